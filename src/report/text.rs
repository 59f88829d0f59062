//! Writes a report as text, in the style of compiler messages.
//!
//! Decides how a finding is laid out: its title, the lines of the files it is about, and what to
//! do. The lines after the findings are written by `summary`.

pub(super) mod reading;

mod snippet;

pub(super) mod subject;

use self::snippet::Snippet;
use super::digest::{DigestItem, FindingSum, digest};
use super::page::{AnsiStyle, Page, Sign};
use super::visible::{shortened, shortened_front, visible, width};
use super::{PORTION, Reporter, Style, receipt, summary};
use crate::model::finding::{Certainty, Finding, Record, Report};
use crate::model::gate::FindingState;
use crate::model::prefetch;
use crate::model::source::Role;
use crate::thread_pool::ThreadPool;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::Range;

/// Text for people.
pub static REPORTER: Reporter = Reporter {
    name: "text",
    summary: "each finding with the lines it is about, for people",
    write,
};

/// The most columns that the name of a place may take.
const LONGEST_NAME: usize = 400;

fn write(report: &Report, style: &Style, pool: &ThreadPool, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::new(style);
    summary::write_causes(&mut page, report, style);
    page.send(out)?;
    pool.relay(
        digest(report.shown(style.verbose), style.verbose || style.quiet).chunks(PORTION),
        |portion| draw(portion, style),
        |mut drawn| drawn.send(out),
    )?;
    if style.verbose {
        receipt::write_all(&mut page, report);
    }
    summary::write(&mut page, report, style);
    if style.fixes {
        summary::write_offers(&mut page, report);
    }
    page.send(out)?;
    out.flush()
}

/// Some of the findings on a page of their own.
fn draw(shown: &[DigestItem<'_>], style: &Style) -> Page {
    let findings = shown.iter().filter_map(|shown| match shown {
        DigestItem::Finding(finding) => Some(*finding),
        DigestItem::Sum(_) => None,
    });
    prefetch::records(findings.flat_map(|finding| &finding.records));
    let mut page = Page::new(style);
    let mut pen = FindingWriter { shows_fixes: style.fixes, ..FindingWriter::default() };
    for shown in shown {
        match shown {
            DigestItem::Finding(finding) if style.quiet => write_line(&mut page, finding),
            DigestItem::Finding(finding) => pen.write_finding(&mut page, finding),
            DigestItem::Sum(sum) => write_sum(&mut page, sum),
        }
    }
    page
}

/// `error[TZ101] missing-offset: … and 7,012 more in batch.csv, first at line 2 …`
fn write_sum(page: &mut Page, sum: &FindingSum<'_>) {
    let (code, name) = sum.rule();
    let severity = sum.severity.name();
    page.painted(AnsiStyle::of(sum.severity), &[severity, "[", code, "]"].concat());
    let column = severity.len() + code.len() + "[]".len();
    page.flow(&format!(" {name}: … and {}", sum.words()), column, 4);
    page.text.push('\n');
}

/// A finding in one line: its place, its title, its message.
fn write_line(page: &mut Page, finding: &Finding) {
    if let Some(record) = finding.records.first() {
        push_place(page, finding, record);
        page.text.push_str(": ");
    }
    write_code(page, finding);
    push_title(&mut page.text, finding);
    page.text.push_str(&visible(&finding.words().message));
    page.text.push('\n');
}

/// `error[OV101]`, and how many columns it takes.
fn write_code(page: &mut Page, finding: &Finding) -> usize {
    let (severity, code) = (finding.severity, finding.rule.code);
    let before = page.ink(AnsiStyle::of(severity));
    for part in [severity.name(), "[", code, "]"] {
        page.text.push_str(part);
    }
    page.plain(before);
    severity.name().len() + code.len() + "[]".len()
}

/// ` shift-overlap (possible): `
fn push_title(text: &mut String, finding: &Finding) {
    let certainty = match finding.certainty {
        Certainty::Certain => "",
        Certainty::Possible => " (possible)",
    };
    let standing = match finding.state {
        FindingState::New => "",
        FindingState::Known => " (known)",
        FindingState::Allowed(_) => " (allowed)",
    };
    for part in [" ", finding.rule.name, certainty, standing, ": "] {
        text.push_str(part);
    }
}

/// `batch.csv:13`, `week.xlsx:Shifts!C7`.
fn push_place(page: &mut Page, finding: &Finding, record: &Record) {
    page.text.push_str(&shortened_front(&record.path, LONGEST_NAME));
    match record.sheet {
        Some(_) => {
            let fields = subject::marked_fields(finding, record);
            page.text.push_str(&record.place_in_file(fields));
        }
        None => drop(write!(page.text, ":{}", record.line)),
    }
}

/// Writes findings, with buffers that are reused from one to the next.
#[derive(Default)]
struct FindingWriter {
    snippet: Snippet,
    words: Vec<Range<usize>>,
    title: String,
    /// The columns of the line numbers.
    gutter: usize,
    /// Whether to show what could be changed.
    shows_fixes: bool,
}

impl FindingWriter {
    fn write_finding(&mut self, page: &mut Page, finding: &Finding) {
        let words = finding.words();
        let column = write_code(page, finding);
        self.title.clear();
        push_title(&mut self.title, finding);
        self.title.push_str(&words.message);
        page.flow(&self.title, column, 4);
        let last_line = finding.records.iter().map(|record| record.line).max();
        self.gutter = last_line.unwrap_or(0).checked_ilog10().unwrap_or(0) as usize + 1;
        for (place, record) in finding.records.iter().enumerate() {
            if place > 0 {
                self.write_bar(page);
                page.text.push('\n');
            }
            self.write_record(page, finding, record, place == 0);
        }
        for cause in &finding.causes {
            self.write_note(page, "cause", &cause.message);
        }
        if self.shows_fixes {
            finding.offers().for_each(|offer| self.write_note(page, "fix", &offer.instruction()));
        }
        if !words.help.is_empty() {
            self.write_note(page, "help", &words.help);
        }
        page.text.push('\n');
    }

    fn write_record(&mut self, page: &mut Page, finding: &Finding, record: &Record, first: bool) {
        self.write_arrow(page, finding, record);
        if record.excerpt.text.is_empty() {
            return;
        }
        let (mark, ink) = if first {
            (Sign::CARET, AnsiStyle::of(finding.severity))
        } else {
            (Sign::DASH, AnsiStyle::BLUE)
        };
        let room = page.width.saturating_sub(self.gutter + 3);
        subject::marked_words(finding, record, &mut self.words);
        self.snippet.draw(&record.excerpt, &mut self.words, mark, room);
        self.write_bar(page);
        page.text.push('\n');
        self.write_excerpt(page, record.line);
        let label =
            subject::is_about_times(finding, record).then(|| reading::reading(record)).flatten();
        self.write_marks(page, ink, label.as_deref(), room);
    }

    /// `  --> live.csv:9 /shifts/8 (published)`
    fn write_arrow(&self, page: &mut Page, finding: &Finding, record: &Record) {
        page.blanks(self.gutter);
        page.painted(AnsiStyle::BLUE, "-->");
        page.text.push(' ');
        push_place(page, finding, record);
        if let Some(pointer) = record.pointer.as_ref().filter(|pointer| !pointer.is_empty()) {
            page.text.push(' ');
            page.text.push_str(&shortened(pointer, LONGEST_NAME));
        }
        if record.role != Role::Batch {
            let _ = write!(page.text, " ({})", record.role.name());
        }
        if let Some(swap) = &record.moved_by {
            let _ = write!(page.text, " (moved by swap {})", shortened(swap, LONGEST_NAME));
        }
        page.text.push('\n');
    }

    fn write_bar(&self, page: &mut Page) {
        page.blanks(self.gutter + 1);
        page.painted(AnsiStyle::BLUE, "|");
    }

    fn write_excerpt(&self, page: &mut Page, line: u64) {
        let before = page.ink(AnsiStyle::BLUE);
        let _ = write!(page.text, "{line:>gutter$} |", gutter = self.gutter);
        page.plain(before);
        page.text.push(' ');
        page.text.push_str(&self.snippet.text);
        page.text.push('\n');
    }

    /// The marks, and beside or below them what was read.
    fn write_marks(&self, page: &mut Page, ink: AnsiStyle, label: Option<&str>, room: usize) {
        let marked = self.snippet.marks_width > 0;
        let label = label.unwrap_or_default();
        let beside = self.snippet.marks_width + usize::from(marked) + width(label) <= room;
        if marked || (beside && !label.is_empty()) {
            self.write_bar(page);
            let before = page.ink(ink);
            for part in [self.snippet.marks.as_str(), if beside { label } else { "" }] {
                page.blanks(usize::from(!part.is_empty()));
                page.text.push_str(part);
            }
            page.plain(before);
            page.text.push('\n');
        }
        if !beside && !label.is_empty() {
            self.write_label(page, ink, label, room);
        }
    }

    /// The label on a line of its own, below the marks as far as it fits.
    fn write_label(&self, page: &mut Page, ink: AnsiStyle, label: &str, room: usize) {
        let marks = &self.snippet.marks;
        let first = marks.len() - marks.trim_start().len();
        self.write_bar(page);
        page.blanks(1 + first.min(room.saturating_sub(width(label))));
        page.painted(ink, &shortened(label, room));
        page.text.push('\n');
    }

    /// `   = help: move one of the two`
    fn write_note(&self, page: &mut Page, title: &str, note: &str) {
        page.blanks(self.gutter + 1);
        page.painted(AnsiStyle::BLUE, "=");
        page.blanks(1);
        page.painted(AnsiStyle::BOLD, title);
        page.text.push_str(": ");
        let column = self.gutter + 1 + "= : ".len() + title.len();
        page.flow(note, column, column);
    }
}

#[cfg(test)]
mod tests {
    use super::REPORTER;
    use crate::model::finding::Excerpt;
    use crate::model::row::Field;
    use crate::model::rule::Severity;
    use crate::report::Style;
    use crate::report::fixture::{
        self, finding, record, report, shift, style, two_findings, written,
    };
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn two_findings_look_like_this() {
        let expected = "\
error[OV101] shift-overlap: agent `7f3c91d2` has two shifts at once on Mon
    2026-03-02 from 15:30 to 16:00 (30 min)
  --> batch.csv:13
   |
13 | 7f3c91d2,s-12,2026-03-02T08:00,2026-03-02T16:00,WORK
   |               ^^^^^^^^^^^^^^^^ ^^^^^^^^^^^^^^^^
   |
  --> batch.csv:47
   |
47 | 7f3c91d2,s-46,2026-03-02T15:30,2026-03-02T23:30,WORK
   |               ---------------- ----------------
   = help: move one of the two, or take it out of the batch

warning[OV201] time-off-overlap (possible): shift `s-46` of agent `7f3c91d2`
    lies in time off `r-8`, which may be granted, on Mon 2026-03-02 from 21:00
    to 23:00 (120 min)
  --> batch.csv:47
   |
47 | 7f3c91d2,s-46,2026-03-02T15:30,2026-03-02T23:30,WORK
   |               ^^^^^^^^^^^^^^^^ ^^^^^^^^^^^^^^^^
   |
  --> off.csv:9 (time-off)
   |
 9 | 7f3c91d2,r-8,2026-03-03T03:00Z,2026-03-03T05:00Z,WORK
   |              ----------------- -----------------
   |              2026-03-02 21:00–23:00 -06:00
   = help: move one of the two, or take it out of the batch

1 error, 1 warning in 540 records of 120 agents (538 checked, 2 skipped: 1
  unassigned shift, 1 cancelled)
checked batch.csv against off.csv (time-off); tz database 2026e
verdict: conflicts — 2 findings; do not send this batch yet
";
        assert_eq!(written(&REPORTER, &two_findings(), &style(80)), expected);
    }

    #[test]
    fn a_cause_stands_before_the_help_and_may_lead_the_report() {
        let text = written(&REPORTER, &fixture::explained(), &style(80));
        let lead = "\
cause: 412 of 430 conflicts vanish if the times marked Z are read as
    America/Chicago (utc-as-local)

error[OV101] shift-overlap: ";
        assert!(text.starts_with(lead), "{text}");
        let cause = "
   = cause: `s-12` is read as UTC: read as America/Chicago it is Mon 2026-03-02
            02:00–10:00, and the overlap is gone
   = help: move";
        assert!(text.contains(cause), "{text}");
        let quiet = Style { quiet: true, ..style(80) };
        assert!(!written(&REPORTER, &fixture::explained(), &quiet).contains("cause"));
    }

    #[test]
    fn quiet_is_a_line_a_finding() {
        let quiet = Style { quiet: true, ..style(80) };
        let text = written(&REPORTER, &two_findings(), &quiet);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[2..], ["note: 1 of 540 records is unassigned and skipped"]);
        assert!(lines[0].starts_with("batch.csv:13: error[OV101] shift-overlap: agent"));
        assert!(lines[1].starts_with("batch.csv:47: warning[OV201] time-off-overlap (possible): "));
        assert_eq!(written(&REPORTER, &report(Vec::new()), &quiet), "");
    }

    #[test]
    fn a_document_is_shown_with_its_pointer() {
        let mut entry = shift(12, "ada", "a-3", "2026-03-02T08:00", "2026-03-02T16:00");
        (entry.path, entry.pointer) = ("batch.json".into(), Some("/assignments/3".into()));
        let text = |entry| {
            let report = report(vec![finding(&fixture::SHIFT_OVERLAP, vec![entry], "late")]);
            written(&REPORTER, &report, &style(80))
        };
        let list = text(entry.clone());
        assert!(list.contains("\n  --> batch.json:12 /assignments/3\n   |\n12 | ada,"), "{list}");
        entry.pointer = Some("".into());
        let whole = text(entry);
        assert!(whole.contains("\n  --> batch.json:12\n   |\n12 | ada,"), "{whole}");
    }

    #[test]
    fn an_id_is_marked_where_the_finding_is_about_ids() {
        let entry = shift(12, "ada", "a-3", "2026-03-02T08:00", "2026-03-02T16:00");
        let report = report(vec![finding(&fixture::DUPLICATE_ID, vec![entry], "twice")]);
        let text = written(&REPORTER, &report, &style(80));
        assert!(text.contains("\n   |     ^^^\n"), "{text}");
    }

    #[test]
    fn what_the_rule_names_is_marked_alone() {
        let mut entry = shift(3, "ada", "a-3", "2026-03-02T08:00", "2026-03-02T25:99");
        entry.end.at = None;
        let report = report(vec![finding(&fixture::UNREADABLE, vec![entry], "no time")]);
        let text = written(&REPORTER, &report, &style(80));
        assert!(text.contains(&format!("\n  |{}^^^^^^^^^^^^^^^^\n", " ".repeat(26))), "{text}");
    }

    #[test]
    fn a_record_without_the_word_has_its_times_marked_or_nothing() {
        let mut entry = shift(3, "ada", "a-3", "2026-03-02T08:00", "2026-03-02T16:00");
        let known = finding(&fixture::UNKNOWN_ZONE, vec![entry.clone()], "no zone");
        assert_eq!(written(&REPORTER, &report(vec![known]), &style(80)).matches('^').count(), 32);
        entry.excerpt = Excerpt {
            text: "a,b".into(),
            words: [(Field::Status, 0..1)].into(),
            ..Excerpt::default()
        };
        let bare = finding(&fixture::UNKNOWN_ZONE, vec![entry], "no zone");
        let text = written(&REPORTER, &report(vec![bare]), &style(80));
        assert!(text.contains("\n3 | a,b\n  = help"), "{text}");
    }

    #[test]
    fn a_record_without_excerpt_has_a_place_alone() {
        let report = report(vec![finding(&fixture::UNREADABLE, vec![record("x.csv", 3)], "no")]);
        let text = written(&REPORTER, &report, &style(80));
        assert!(text.contains(": no\n --> x.csv:3\n  = help: "), "{text}");
    }

    #[test]
    fn nothing_harmful_comes_out() {
        for (width, color, quiet) in
            [(80, false, false), (40, true, false), (0, false, false), (200, false, true)]
        {
            let style = Style { color, quiet, statistics: true, ..style(width) };
            let text = written(&REPORTER, &fixture::awkward(), &style);
            let harmless = |letter: char| {
                letter == '\n'
                    || (color && letter == '\u{1b}')
                    || !crate::report::visible::is_hidden(letter)
            };
            assert!(text.chars().all(harmless), "{width}");
            assert!(text.contains("\\u{202e}txt\\u{2069}\\u{9b}2J\\u{7f}"));
            assert!(!text.contains("::error::x\r") && !text.contains("\n::error"));
        }
    }

    #[test]
    fn every_line_fits() {
        for width in [40, 80, 120] {
            let text = written(&REPORTER, &fixture::awkward(), &style(width));
            for line in text.lines().filter(|line| !line.trim_start().starts_with("-->")) {
                assert!(line.width() <= width, "{width}: {line}");
            }
        }
    }

    #[test]
    fn colours_change_nothing_but_colours() {
        let plain = written(&REPORTER, &two_findings(), &style(80));
        let color = Style { color: true, ..style(80) };
        let painted = written(&REPORTER, &two_findings(), &color);
        let mut stripped = String::new();
        for (place, part) in painted.split('\u{1b}').enumerate() {
            let rest = part.split_once('m').map_or(part, |(_, rest)| rest);
            stripped.push_str(if place == 0 { part } else { rest });
        }
        assert_eq!(stripped, plain);
        assert!(painted.starts_with("\u{1b}[1;31merror[OV101]\u{1b}[0m shift-overlap"));
    }

    #[test]
    fn a_label_goes_beside_the_marks_if_it_fits() {
        let mut off = shift(9, "ada", "r-8", "2026-03-03T03:00Z", "2026-03-03T05:00Z");
        off.start.at = Some(fixture::stamp("2026-03-02T21:00-06:00"));
        off.end.at = Some(fixture::stamp("2026-03-02T23:00-06:00"));
        let mut late = finding(&fixture::SHIFT_OVERLAP, vec![off], "late");
        late.severity = Severity::Warning;
        let report = report(vec![late]);
        let beside = written(&REPORTER, &report, &style(100));
        assert!(beside.contains("^ 2026-03-02 21:00–23:00 -06:00\n"), "{beside}");
        let below = written(&REPORTER, &report, &style(50));
        assert!(below.contains("^\n  |         2026-03-02 21:00–23:00 -06:00\n"), "{below}");
        let narrow = written(&REPORTER, &report, &style(28));
        assert!(narrow.contains("\n  | 2026-03-02 21:00–23:00 …\n"), "{narrow}");
    }
}
