//! Writes a report as a table, with one row per finding.
//!
//! Decides which columns there are and how they share the width. The lines after the table are
//! written by `summary`.

use super::digest::{DigestItem, digest};
use super::page::{AnsiStyle, Page, Sign, is_command};
use super::visible::{shortened, shortened_front, width};
use super::{Reporter, Style, summary};
use crate::model::finding::{Certainty, Finding, Moment, Record, Report, SharedTime};
use crate::model::gate::FindingState;
use crate::model::row::Field;
use crate::model::rule::Severity;
use crate::model::source::Role;
use crate::model::time::{Stamp, length_name};
use crate::thread_pool::ThreadPool;
use comfy_table::{ColumnConstraint, ContentArrangement, LineStyle, Row, Table, TableStyle, Width};
use std::borrow::Cow;
use std::io::{self, Write};

/// A table for people.
pub static REPORTER: Reporter =
    Reporter { name: "table", summary: "one row a finding, for people", write };

/// The least width for more than two columns.
const MIDDLE: usize = 72;

/// The least width at which the parts of a cell are side by side.
const WIDE: usize = 132;

/// The most columns that a name of a file, an agent or a record may take in
/// all the lines of its cell.
const LONGEST_NAME: usize = 40;

/// The most columns of a rule's name in one line.
const LONGEST_RULE: usize = 18;

/// Blanks between columns, beside the one that the table puts there itself.
const GAP: u16 = 1;

/// Lines only between rows.
const LINES: TableStyle = TableStyle::new()
    .header_separator(LineStyle::none().fill('─').junction('─'))
    .row_separator(LineStyle::none().fill('╌').junction('╌'));

fn write(
    report: &Report,
    style: &Style,
    _pool: &ThreadPool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut page = Page::new(style);
    summary::write_causes(&mut page, report, style);
    let shown = digest(report.shown(style.verbose), style.verbose || style.quiet);
    if !shown.is_empty() {
        for line in build(&shown, page.width).lines() {
            let line = without_seams(&line);
            push_line(&mut page, line.trim_end());
            page.settle(out)?;
        }
        write_sums(&mut page, &shown);
        if !style.quiet {
            page.text.push('\n');
        }
    }
    summary::write(&mut page, report, style);
    page.send(out)?;
    out.flush()
}

/// Writes what the table leaves out of long lists of one thing.
fn write_sums(page: &mut Page, shown: &[DigestItem<'_>]) {
    for shown in shown {
        if let DigestItem::Sum(sum) = shown {
            let (code, name) = sum.rule();
            page.flow(&format!("… {code} {name}: {}", sum.words()), 0, 4);
        }
    }
}

/// Where a place may be broken: before the number of its line, and nowhere within it. It is
/// as wide as a space for the table, and cannot come from a file.
const SEAM: &str = "\u{1f}";

/// The title of a column of places, which is at least that wide: a place that is not wider
/// needs no seam.
const FIRST_RECORD: &str = "first record";

/// A line of the table without its seams. What follows in the cell moves up, and
/// the cell stays as wide.
fn without_seams(line: &str) -> Cow<'_, str> {
    if !line.contains(SEAM) {
        return Cow::Borrowed(line);
    }
    let (mut text, mut owed) = (String::with_capacity(line.len()), 0);
    for letter in line.chars() {
        match letter {
            letter if SEAM.contains(letter) => owed += 1,
            letter => {
                if letter == ' ' && text.ends_with(' ') {
                    Sign::BLANK.push(&mut text, std::mem::take(&mut owed));
                }
                text.push(letter);
            }
        }
    }
    Cow::Owned(text)
}

/// A line of the table, with the severity it begins with in its colour.
fn push_line(page: &mut Page, line: &str) {
    let severities = [Severity::Error, Severity::Warning, Severity::Info];
    let found = severities.into_iter().find_map(|severity| {
        let rest = line.strip_prefix(severity.name())?;
        (rest.is_empty() || rest.starts_with(' ')).then_some((severity, rest))
    });
    match found {
        Some((severity, rest)) => {
            page.painted(AnsiStyle::of(severity), severity.name());
            page.text.push_str(rest);
        }
        None => push_guarded(page, line),
    }
    page.text.push('\n');
}

/// A line that no CI service takes for a command to itself.
fn push_guarded(page: &mut Page, line: &str) {
    let rest = line.trim_start();
    let indent = line.len() - rest.len();
    if is_command(rest) {
        page.blanks(indent.saturating_sub(1));
        page.text.push('…');
        page.text.push_str(rest);
    } else {
        page.text.push_str(line);
    }
}

fn build(shown: &[DigestItem<'_>], width: usize) -> Table {
    let findings = shown.iter().filter_map(|shown| match shown {
        DigestItem::Finding(finding) => Some(*finding),
        DigestItem::Sum(_) => None,
    });
    let mut table = Table::new();
    table.load_style(LINES);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    if width < MIDDLE {
        table.set_header(["finding", "records"]);
        table.add_rows(findings.map(narrow_row));
        set_seams(&mut table, 1);
    } else {
        let joint = if width < WIDE { "\n" } else { " " };
        table.set_header(["severity", "rule", "agent", "when", FIRST_RECORD, "other record"]);
        table.add_rows(findings.map(|finding| row(finding, joint)));
        set_room(&mut table);
        set_seams(&mut table, 4);
    }
    set_gaps(&mut table);
    table
}

/// Gives the names of rules and the dates their room before the rest is shared.
fn set_room(table: &mut Table) {
    let wishes = table.column_max_content_widths();
    for (place, column) in table.column_iter_mut().enumerate() {
        let most = match place {
            1 => LONGEST_RULE as u16,
            3 => "Mon 2026-03-02".len() as u16,
            _ => continue,
        };
        let room = wishes.get(place).map_or(most, |wish| most.min(*wish)) + GAP;
        column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(room)));
    }
}

/// Has places broken at their seams, in all columns from this one on.
fn set_seams(table: &mut Table, from: usize) {
    for column in table.column_iter_mut().skip(from) {
        SEAM.chars().for_each(|seam| _ = column.set_delimiter(seam));
    }
}

fn set_gaps(table: &mut Table) {
    let last = table.column_count().saturating_sub(1);
    for (place, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, if place == last { 0 } else { GAP }));
    }
}

/// A finding in six columns, the parts of each with this between them.
fn row(finding: &Finding, joint: &str) -> Row {
    let mut records = finding.records.iter().map(|record| place(record, joint));
    Row::from([
        severity(finding, joint),
        rule(finding, joint),
        agent(finding),
        when(finding, joint),
        records.next().unwrap_or_default(),
        records.collect::<Vec<_>>().join("\n"),
    ])
}

/// The rule, and below it what explains the finding.
fn rule(finding: &Finding, joint: &str) -> String {
    let rule = [finding.rule.code, &broken(finding.rule.name, joint)].join(joint);
    rule + &causes(finding, joint)
}

/// ` (inclusive-end)`
fn causes(finding: &Finding, joint: &str) -> String {
    let causes = finding.causes.iter();
    causes.map(|cause| format!("{joint}({})", cause.kind.name())).collect()
}

/// The name of a rule, broken after a hyphen if it is long and parts are below each other.
fn broken<'a>(name: &'a str, joint: &str) -> Cow<'a, str> {
    let end = name.char_indices().take(LONGEST_RULE).filter(|(_, letter)| *letter == '-').last();
    match end.and_then(|(at, _)| name.split_at_checked(at + 1)) {
        Some((first, rest)) if joint == "\n" && name.len() > LONGEST_RULE => {
            Cow::Owned(format!("{first}\n{rest}"))
        }
        _ => Cow::Borrowed(name),
    }
}

/// A finding in two columns.
fn narrow_row(finding: &Finding) -> Row {
    let rule = [finding.rule.code, finding.rule.name].join(" ") + &causes(finding, " ");
    let records: Vec<String> = finding.records.iter().map(|record| place(record, "\n")).collect();
    Row::from([
        [severity(finding, " "), rule, agent(finding), when(finding, " ")].join("\n"),
        records.join("\n"),
    ])
}

fn severity(finding: &Finding, joint: &str) -> String {
    let possible = (finding.certainty == Certainty::Possible).then_some("possible");
    let excused = (finding.state != FindingState::New).then(|| finding.state.name());
    let words = [Some(finding.severity.name()), possible, excused];
    words.into_iter().flatten().collect::<Vec<_>>().join(joint)
}

fn agent(finding: &Finding) -> String {
    shortened(finding.agent.as_deref().unwrap_or("–"), LONGEST_NAME).into_owned()
}

/// `batch.csv:13 s-12`, `live.json:9 /shifts/3 s-46 (published)`.
fn place(record: &Record, joint: &str) -> String {
    let path = shortened_front(&record.path, LONGEST_NAME);
    let line = record.place_in_file(Field::TIMES);
    let short = width(&path) + line.len() <= FIRST_RECORD.len();
    let mut place = [&*path, if short { "" } else { SEAM }, &line].concat();
    let names = [record.pointer.as_deref(), record.id.as_deref()].into_iter().flatten();
    for name in names.filter(|name| !name.is_empty()) {
        place.push_str(joint);
        place.push_str(&shortened(name, LONGEST_NAME));
    }
    if record.role != Role::Batch {
        place.push_str(&format!("{joint}({})", record.role.name()));
    }
    place
}

/// The time both records claim, or else what is known of the first one's.
fn when(finding: &Finding, joint: &str) -> String {
    match (&finding.claim, finding.records.first()) {
        (Some(SharedTime { start, end, minutes }), _) => {
            format!("{}{joint}({})", span(start, end), length_name(*minutes))
        }
        (None, Some(record)) => times(record),
        (None, None) => String::new(),
    }
}

fn times(record: &Record) -> String {
    match (&record.start.at, &record.end.at) {
        (Some(start), Some(end)) => span(start, end),
        _ => [&record.start, &record.end].map(words).join(" – "),
    }
}

/// An end of a record as far as it could be read.
fn words(moment: &Moment) -> String {
    match &moment.at {
        Some(at) => at.long(),
        None if moment.written.is_empty() => "?".to_owned(),
        None => shortened(&moment.written, LONGEST_NAME).into_owned(),
    }
}

/// `Mon 2026-03-02 15:30–16:00`.
fn span(start: &Stamp, end: &Stamp) -> String {
    if start.same_date(end) {
        format!("{}–{}", start.long(), end.time())
    } else {
        format!("{} – {}", start.long(), end.long())
    }
}

#[cfg(test)]
mod tests {
    use super::{REPORTER, broken};
    use crate::report::Style;
    use crate::report::fixture::{awkward, explained, report, style, two_findings, written};
    use crate::report::text;
    use crate::report::visible::is_hidden;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn two_findings_look_like_this() {
        let expected = "\
severity  rule              agent     when            first record  other record
────────────────────────────────────────────────────────────────────────────────
error     OV101             7f3c91d2  Mon 2026-03-02  batch.csv:13  batch.csv:47
          shift-overlap               15:30–16:00     s-12          s-46
                                      (30 min)
╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
warning   OV201             7f3c91d2  Mon 2026-03-02  batch.csv:47  off.csv:9
possible  time-off-overlap            21:00–23:00     s-46          r-8
                                      (2 h)                         (time-off)

1 error, 1 warning in 540 records of 120 agents (538 checked, 2 skipped: 1
  unassigned shift, 1 cancelled)
checked batch.csv against off.csv (time-off); tz database 2026e
verdict: conflicts — 2 findings; do not send this batch yet
";
        assert_eq!(written(&REPORTER, &two_findings(), &style(80)), expected);
    }

    #[test]
    fn a_cause_stands_below_the_rule_and_may_lead_the_report() {
        let text = written(&REPORTER, &explained(), &style(80));
        assert!(text.starts_with("cause: 412 of 430 conflicts vanish if the times "), "{text}");
        let row = "
error     OV101           7f3c91d2  Mon 2026-03-02  batch.csv:13  batch.csv:47
          shift-overlap             15:30–16:00     s-12          s-46
          (utc-as-local)            (30 min)
";
        assert!(text.contains(row), "{text}");
        let narrow = written(&REPORTER, &explained(), &style(60));
        assert!(narrow.contains("OV101 shift-overlap (utc-as-local)"), "{narrow}");
    }

    #[test]
    fn a_long_name_breaks_after_a_hyphen_and_loses_nothing() {
        assert_eq!(broken("pending-time-off-overlap", "\n"), "pending-time-off-\noverlap");
        assert_eq!(broken("pending-time-off-overlap", " "), "pending-time-off-overlap");
        assert_eq!(broken("swap-unknown-shift", "\n"), "swap-unknown-shift");
    }

    #[test]
    fn no_line_is_too_wide() {
        for width in [20, 40, 60, 71, 72, 80, 100, 200] {
            for report in [awkward(), two_findings()] {
                let text = written(&REPORTER, &report, &style(width));
                for line in text.lines() {
                    assert!(line.width() <= width, "{width}: {line}");
                }
            }
        }
    }

    #[test]
    fn nothing_is_lost_where_it_is_narrow() {
        for width in [40, 80, 200] {
            let text = written(&REPORTER, &two_findings(), &style(width));
            let together: String = text.split_whitespace().collect();
            for word in ["OV101", "7f3c91d2", "2026-03-02", "15:30–16:00", "batch.csv:13", "s-46"]
            {
                assert!(text.contains(word) || together.contains(word), "{width} {word}: {text}");
            }
        }
    }

    #[test]
    fn wide_paper_is_not_filled_for_its_own_sake() {
        let text = written(&REPORTER, &two_findings(), &style(1000));
        assert!(text.lines().all(|line| line.width() < 170), "{text}");
    }

    #[test]
    fn nothing_harmful_comes_out() {
        let text = written(&REPORTER, &awkward(), &style(80));
        assert!(text.chars().all(|letter| letter == '\n' || !is_hidden(letter)));
        assert!(text.contains("possible") && text.lines().count() < 400);
    }

    #[test]
    fn colour_is_only_on_the_severity() {
        let color = Style { color: true, ..style(80) };
        let text = written(&REPORTER, &two_findings(), &color);
        assert!(text.contains("\n\u{1b}[1;31merror\u{1b}[0m "), "{text}");
        assert!(text.contains("\n\u{1b}[1;33mwarning\u{1b}[0m "), "{text}");
    }

    #[test]
    fn without_findings_it_is_the_text() {
        let empty = report(Vec::new());
        let style = style(80);
        assert_eq!(written(&REPORTER, &empty, &style), written(&text::REPORTER, &empty, &style));
    }
}
