//! Writes the lines that follow the findings: totals, problems, doubts and the verdict.
//!
//! Decides their words, for every format that people read.

mod doubts;

mod gate;

mod outcome;

#[cfg(feature = "cli")]
pub(super) use doubts::answer_in_words;
pub(super) use doubts::quoted;
#[cfg(feature = "cli")]
pub(super) use outcome::counted_by_severity;

pub(crate) use gate::{allowance_words, gone_words};

use super::Style;
use super::page::{AnsiStyle, Page, counted, grouped};
use super::visible::{shortened_front, visible};
use crate::model::finding::{Input, Problem, Report, RuleCount, Verdict};
use crate::model::rule::Severity;
use crate::model::time::DateOrder;

/// Writes how many changes the findings offer, and what to do with them.
pub(super) fn write_offers(page: &mut Page, report: &Report) {
    let offers: usize = report.findings.iter().map(|finding| finding.offers().count()).sum();
    let offered = match offers {
        0 => "no finding shows a change that would remove it".to_owned(),
        1 => "1 change could remove a finding; `shiftlint fix …` tries it".to_owned(),
        many => format!(
            "{} changes could remove findings; `shiftlint fix …` tries each",
            grouped(many as u64)
        ),
    };
    page.flow(&["fixes: ", &offered].concat(), 0, 2);
}

/// The most notes of one input that are shown without `--verbose`.
const MOST_NOTES: usize = 10;

/// The most columns that the path of a file may take.
const LONGEST_PATH: usize = 400;

/// Writes all that follows the findings.
pub(super) fn write(page: &mut Page, report: &Report, style: &Style) {
    write_withheld(page, report, style);
    if style.statistics {
        write_statistics(page, report, style);
    }
    for input in &report.inputs {
        if let Some(problem) = &input.problem {
            write_problem(page, input, problem, style);
        }
    }
    doubts::write(page, report, style);
    gate::write(page, report, style);
    if style.verbose {
        write_configuration(page, report);
    }
    if style.quiet {
        write_silence(page, report);
        return;
    }
    write_notes(page, report, style);
    outcome::write(page, report);
}

/// Writes which configuration was used, if one was.
pub(super) fn write_configuration(page: &mut Page, report: &Report) {
    if let Some(path) = &report.configuration {
        page.flow(&format!("configuration: {path}"), 0, 2);
    }
}

/// Writes why an input could not be read, its doubts and its notes.
pub(super) fn write_state(page: &mut Page, input: &Input, style: &Style) {
    if let Some(problem) = &input.problem {
        write_problem(page, input, problem, style);
    }
    doubts::write_of(page, input, style);
    for note in &input.notes {
        write_note(page, input, note);
    }
    if !input.notes.is_empty() {
        page.text.push('\n');
    }
}

/// Writes the totals and the verdict.
#[cfg(feature = "cli")]
pub(super) fn write_outcome(page: &mut Page, report: &Report) {
    outcome::write(page, report);
}

/// Writes whether all inputs were understood, and what would settle the rest.
pub(super) fn write_understood(page: &mut Page, report: &Report) {
    outcome::write_understood(page, report);
}

/// Writes the causes of many findings, which come before them.
pub(super) fn write_causes(page: &mut Page, report: &Report, style: &Style) {
    if style.quiet || report.causes.is_empty() {
        return;
    }
    for cause in &report.causes {
        page.painted(AnsiStyle::BOLD, "cause");
        page.flow(&format!(": {} ({})", cause.message, cause.kind.name()), "cause".len(), 4);
    }
    page.text.push('\n');
}

/// Ends a block of lines.
fn end_block(page: &mut Page, style: &Style) {
    if !style.quiet {
        page.text.push('\n');
    }
}

fn write_withheld(page: &mut Page, report: &Report, style: &Style) {
    let mut any = false;
    let limits = match report.beyond_max_findings {
        0 => format!("--max-per-agent {}", report.max_per_agent),
        _ => format!(
            "--max-per-agent {}, --max-findings {}",
            report.max_per_agent, report.max_findings
        ),
    };
    for count in &report.rules {
        let withheld = count.total().saturating_sub(count.listed);
        if withheld > 0 {
            any = true;
            let what = if withheld == 1 { "finding is" } else { "findings are" };
            let line = format!(
                "… and {} more {} {} {what} counted but not listed ({limits})",
                grouped(withheld),
                count.rule.code,
                count.rule.name,
            );
            page.flow(&line, 0, 2);
        }
    }
    if any {
        end_block(page, style);
    }
}

fn write_statistics(page: &mut Page, report: &Report, style: &Style) {
    if report.rules.is_empty() {
        return;
    }
    let rows: Vec<[String; 5]> = report.rules.iter().map(statistics_row).collect();
    let titles = ["rule", "name", "errors", "warnings", "infos"];
    let wide = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(String::len);
        cells.chain(titles.get(column).map(|title| title.len())).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..titles.len()).map(wide).collect();
    let before = page.ink(AnsiStyle::BOLD);
    push_row(page, &titles, &widths);
    page.plain(before);
    page.text.push('\n');
    for row in &rows {
        push_row(page, &row.each_ref().map(String::as_str), &widths);
        page.text.push('\n');
    }
    end_block(page, style);
}

fn statistics_row(count: &RuleCount) -> [String; 5] {
    let [infos, warnings, errors] = count.by_severity.map(grouped);
    [count.rule.code.to_owned(), count.rule.name.to_owned(), errors, warnings, infos]
}

/// A row of the statistics: words to the left, numbers to the right.
fn push_row(page: &mut Page, cells: &[&str], widths: &[usize]) {
    for (place, (cell, wide)) in cells.iter().zip(widths).enumerate() {
        page.blanks(if place == 0 { 0 } else { 2 });
        let padding = wide.saturating_sub(cell.len());
        page.blanks(if place < 2 { 0 } else { padding });
        page.text.push_str(cell);
        page.blanks(if place < 2 { padding } else { 0 });
    }
}

fn write_problem(page: &mut Page, input: &Input, problem: &Problem, style: &Style) {
    let place = place_of(input, problem);
    if style.quiet {
        page.text.push_str(&place);
        page.text.push_str(": ");
        page.painted(AnsiStyle::of(Severity::Error), "error");
        page.text.push_str(": ");
        page.text.push_str(&visible(&problem.message));
        page.text.push('\n');
        return;
    }
    page.painted(AnsiStyle::of(Severity::Error), "error");
    page.text.push_str(": ");
    page.flow(&format!("{place}: {}", problem.message), "error: ".len(), 4);
    if let Some(help) = &problem.help {
        page.text.push_str("  ");
        page.painted(AnsiStyle::BLUE, "=");
        page.painted(AnsiStyle::BOLD, " help");
        page.text.push_str(": ");
        page.flow(help, "  = help: ".len(), "  = help: ".len());
    }
    page.text.push('\n');
}

/// `off.csv:17`, `week.xlsx:Shifts!A17`, if a line is known.
fn place_of_line(input: &Input, line: Option<u64>) -> String {
    let joint = if input.sheet.is_some() { "!A" } else { ":" };
    let line = line.map(|line| format!("{joint}{line}")).unwrap_or_default();
    path_of(input) + &line
}

/// `off.csv:17:5`, as far as it is known.
fn place_of(input: &Input, problem: &Problem) -> String {
    // The column counts the characters of a line, which a sheet has not.
    if input.sheet.is_some() {
        return place_of_line(input, problem.line);
    }
    let mut place = path_of(input);
    for number in [problem.line, problem.line.and(problem.column)].into_iter().flatten() {
        place.push(':');
        place.push_str(&number.to_string());
    }
    place
}

fn path_of(input: &Input) -> String {
    shortened_front(&input.path, LONGEST_PATH).into_owned()
}

fn write_notes(page: &mut Page, report: &Report, style: &Style) {
    let mut any = false;
    for input in &report.inputs {
        let order = input.date_order.filter(|_| style.verbose && input.reading.is_none());
        if let Some(order) = order {
            let order = match order {
                DateOrder::DayMonth => "day first, as in 31/12/2026 (dmy)",
                DateOrder::MonthDay => "month first, as in 12/31/2026 (mdy)",
            };
            write_note(page, input, &format!("dates are read {order}"));
            any = true;
        }
        let most = if style.verbose { usize::MAX } else { MOST_NOTES };
        for note in input.notes.iter().take(most) {
            write_note(page, input, note);
            any = true;
        }
        let more = input.notes.len().saturating_sub(most);
        if more > 0 {
            let more = counted(more as u64, "more note", "more notes");
            write_note(page, input, &format!("… and {more} (--verbose shows all)"));
        }
    }
    if any {
        end_block(page, style);
    }
}

fn write_note(page: &mut Page, input: &Input, note: &str) {
    page.painted(AnsiStyle::of(Severity::Info), "note");
    page.text.push_str(": ");
    page.flow(&format!("{}: {note}", path_of(input)), "note: ".len(), 4);
}

/// What `--quiet` prints if the output would otherwise look like a clean one.
fn write_silence(page: &mut Page, report: &Report) {
    let told = report.count_of_new() > 0
        || report.inputs.iter().any(|input| input.problem.is_some())
        || doubts::open(report).next().is_some();
    let silent = !matches!(report.verdict, Verdict::Empty | Verdict::Incomplete);
    if !told && !silent {
        outcome::write_verdict(page, report);
    }
    outcome::write_unassigned(page, report, told || !silent);
}

#[cfg(test)]
mod tests {
    use crate::model::finding::{Problem, Report, RuleCount, Verdict};
    use crate::model::rule::Severity;
    use crate::model::source::Role;
    use crate::report::fixture::{self, finding, input, report, style, two_findings, written};
    use crate::report::{Style, text};

    fn summary(report: &Report) -> String {
        summary_in(report, &style(200))
    }

    fn summary_in(report: &Report, style: &Style) -> String {
        let bare = Report { findings: Vec::new(), ..report.clone() };
        written(&text::REPORTER, &bare, style)
    }

    /// What quiet adds to anything else.
    const UNASSIGNED: &str = "note: 1 of 500 records is unassigned and skipped\n";

    fn listed(rule: &'static crate::model::rule::Rule, by_severity: [u64; 3]) -> RuleCount {
        RuleCount { rule, by_severity, listed: by_severity.iter().sum() }
    }

    #[test]
    fn a_clean_batch_takes_one_line() {
        let mut clean = report(Vec::new());
        assert_eq!(
            summary(&clean),
            "no conflicts: 498 records of 120 agents checked against each other; 2 skipped: \
             1 unassigned shift, 1 cancelled; tz database 2026e\n"
        );
        clean.inputs = ["a", "b", "c", "d", "e"].map(|name| input(Role::Published, name, 1)).into();
        clean.agents = 1;
        assert_eq!(
            summary(&clean),
            "no conflicts: 0 records of 1 agent checked against a, b, c and 2 more (published); 10 \
             skipped: 5 unassigned shifts, 5 cancelled; tz database 2026e\n"
        );
    }

    #[test]
    fn findings_below_the_fail_level_are_warnings_and_say_so() {
        let mut warned = finding(&fixture::SHIFT_OVERLAP, Vec::new(), "");
        warned.severity = Severity::Warning;
        let mut warned = report(vec![warned]);
        let lines = summary(&warned);
        assert!(
            lines.starts_with("1 warning in 500 records of 120 agents (498 checked, 2 skipped")
        );
        assert!(lines.ends_with(
            "verdict: warnings — 1 warning; none reaches the level that fails (--fail-on error)\n"
        ));
        warned.fail_on = None;
        let lines = summary(&warned);
        assert!(lines.ends_with("1 warning; no finding fails this check (--fail-on never)\n"));
    }

    #[test]
    fn what_is_missing_is_named() {
        let mut broken = report(Vec::new());
        (broken.verdict, broken.complete) = (Verdict::Incomplete, false);
        assert!(summary(&broken).ends_with("because not everything could be read and checked\n"));
        broken.rules = vec![
            listed(&fixture::UNREADABLE, [0, 1, 1]),
            listed(&fixture::UNKNOWN_ZONE, [0, 0, 1]),
        ];
        assert!(summary(&broken).ends_with(
            "\nincomplete: no all-clear can be given, because 2 records cannot be read (RC101) \
             and 1 record has an unknown time zone (TZ105)\n"
        ));
        let message = "the quote that opens here is never closed".to_owned();
        let help = Some("close it".to_owned());
        broken.rules.clear();
        broken.inputs[0].problem = Some(Problem { line: Some(17), column: Some(5), message, help });
        let lines = summary(&broken);
        assert!(lines.starts_with(
            "error: batch.csv:17:5: the quote that opens here is never closed\n  \
             = help: close it\n\nno findings in 500 records"
        ));
        assert!(lines.ends_with("because only a part of batch.csv could be read\n"), "{lines}");
        let records = std::mem::take(&mut broken.inputs[0].fates.records);
        assert!(summary(&broken).ends_with("because batch.csv could not be read\n"));
        broken.inputs[0].fates.records = records;
        broken.inputs.push(broken.inputs[0].clone());
        assert!(summary(&broken).ends_with("because 2 inputs could not be read whole\n"));
    }

    #[test]
    fn nothing_to_check_is_said_even_quietly() {
        let mut empty = report(Vec::new());
        empty.verdict = Verdict::Empty;
        let said = "nothing to check: no record of batch.csv was left to compare (2 skipped: 1 \
                    unassigned shift, 1 cancelled)\n";
        assert_eq!(summary(&empty), said);
        let quiet = Style { quiet: true, ..style(80) };
        assert_eq!(summary_in(&empty, &quiet), said.replace("1 unas", "1\n  unas") + UNASSIGNED);
        empty.inputs.clear();
        let said = "nothing to check: no record of any input was left to compare\n";
        assert_eq!(summary(&empty), said);
    }

    #[test]
    fn what_is_withheld_is_counted() {
        let mut many = two_findings();
        many.rules[0].by_severity[2] += 19_999_899_900;
        many.rules[1].by_severity[1] += 1;
        let lines = summary(&many);
        assert!(
            lines.starts_with(
                "… and 19,999,899,900 more OV101 shift-overlap findings are counted but not listed \
             (--max-per-agent 100)\n\
             … and 1 more OV201 time-off-overlap finding is counted but not listed \
             (--max-per-agent 100)\n\n19,999,899,901 errors, 2 warnings in"
            ),
            "{lines}"
        );
    }

    #[test]
    fn statistics_are_aligned() {
        let mut many = two_findings();
        many.rules[0].by_severity[2] = 1000;
        many.rules[0].listed = 1000;
        let lines = summary_in(&many, &Style { statistics: true, ..style(80) });
        assert!(
            lines.starts_with(
                "\
rule   name              errors  warnings  infos
OV101  shift-overlap      1,000         0      0
OV201  time-off-overlap       0         1      0

"
            ),
            "{lines}"
        );
    }

    #[test]
    fn notes_are_shown_up_to_ten() {
        let mut noted = report(Vec::new());
        noted.inputs[0].notes = (1..=13).map(|number| format!("note {number}\n")).collect();
        let lines = summary(&noted);
        assert!(lines.starts_with("note: batch.csv: note 1\\n\nnote: batch.csv: note 2\\n\n"));
        assert!(
            lines.contains(
                "note 10\\n\nnote: batch.csv: … and 3 more notes (--verbose shows all)\n\n"
            )
        );
        let verbose = summary_in(&noted, &Style { verbose: true, ..style(80) });
        assert_eq!(verbose.matches("note: batch.csv: note ").count(), 13);
        assert!(!verbose.contains("more notes"));
    }

    #[test]
    fn quiet_tells_problems_in_a_line() {
        let mut broken = two_findings();
        let problem =
            Problem { line: None, column: Some(4), message: "gone".into(), help: Some("x".into()) };
        broken.inputs[0].problem = Some(problem);
        let quiet = Style { quiet: true, ..style(80) };
        assert_eq!(
            summary_in(&broken, &quiet),
            format!("batch.csv: error: gone\n{}", UNASSIGNED.replace("500", "540"))
        );
    }
}
