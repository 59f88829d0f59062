//! Writes a report as a table, with one row per finding.
//!
//! Decides which findings are laid out together, and what becomes of the lines of the layout. The
//! lines after the table are written by `summary`.

mod cells;
mod columns;

use super::digest::{DigestItem, digest};
use super::page::{AnsiStyle, Page, Sign, is_command};
use super::{Reporter, Style, summary};
use crate::model::finding::{Finding, Report};
use crate::model::rule::Severity;
use crate::thread_pool::ThreadPool;
use cells::RowForm;
use columns::{SEAM, TableColumns, cell_width};
use std::borrow::Cow;
use std::io::{self, Write};

/// A table for people.
pub static REPORTER: Reporter =
    Reporter { name: "table", summary: "one row a finding, for people", write };

/// How many findings are laid out at a time, and how many the widths of columns are decided by.
const PORTION: usize = 1_000;

fn write(report: &Report, style: &Style, pool: &ThreadPool, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::new(style);
    summary::write_causes(&mut page, report, style);
    page.send(out)?;
    let shown = digest(report.shown(style.verbose), style.verbose || style.quiet);
    if !shown.is_empty() {
        write_rows(&findings(&shown), style, pool, out)?;
        write_sums(&mut page, &shown);
        if !style.quiet {
            page.text.push('\n');
        }
    }
    summary::write(&mut page, report, style);
    page.send(out)?;
    out.flush()
}

fn findings<'r>(shown: &[DigestItem<'r>]) -> Vec<&'r Finding> {
    let finding = |shown: &DigestItem<'r>| match shown {
        DigestItem::Finding(finding) => Some(*finding),
        DigestItem::Sum(_) => None,
    };
    shown.iter().filter_map(finding).collect()
}

fn write_rows(
    findings: &[&Finding],
    style: &Style,
    pool: &ThreadPool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let page = Page::new(style);
    let form = RowForm::of(page.width);
    let sample = sample(findings, form, pool);
    let columns = TableColumns::fitted(form.headings(), form.rows(&sample), page.width);
    let rows = TableRows { form, columns, style };
    out.write_all(rows.titles().text.as_bytes())?;
    rows.write(findings, PORTION, pool, out)
}

/// How rows are laid out.
struct TableRows<'s> {
    form: RowForm,
    columns: TableColumns,
    style: &'s Style,
}

impl TableRows<'_> {
    fn titles(&self) -> Page {
        self.page(self.columns.titles())
    }

    /// Writes the rows of findings, so many at a time.
    fn write(
        &self,
        findings: &[&Finding],
        portion: usize,
        pool: &ThreadPool,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let portions = findings.chunks(portion).enumerate();
        let draw = |(number, findings): (usize, &[&Finding])| {
            let separator = (number > 0).then(|| self.columns.separator());
            let lines = self.columns.lines(self.form.rows(findings));
            self.page(separator.into_iter().chain(lines))
        };
        pool.relay(portions, draw, |mut drawn| drawn.send(out))
    }

    fn page(&self, lines: impl IntoIterator<Item = String>) -> Page {
        let mut page = Page::new(self.style);
        for line in lines {
            push_line(&mut page, without_seams(&line).trim_end());
        }
        page
    }
}

/// Findings that need the columns as wide as all of them do, as far as the width of a cell shows
/// that: some, and of the others those with the widest cells.
fn sample<'f>(findings: &[&'f Finding], form: RowForm, pool: &ThreadPool) -> Vec<&'f Finding> {
    let (first, rest) = findings.split_at(findings.len().min(PORTION));
    let widest = pool.map(rest.chunks(PORTION).collect(), |portion| widest(portion, form));
    first.iter().copied().chain(widest.into_iter().flatten()).collect()
}

/// Of each column the first finding with the widest cell in it.
fn widest<'f>(findings: &[&'f Finding], form: RowForm) -> Vec<&'f Finding> {
    let mut widest: Vec<(usize, &Finding)> = Vec::new();
    for finding in findings {
        for (place, cell) in form.cells(finding).iter().enumerate() {
            let width = cell_width(cell);
            match widest.get_mut(place) {
                None => widest.push((width, finding)),
                Some(known) if known.0 < width => *known = (width, finding),
                Some(_) => {}
            }
        }
    }
    widest.into_iter().map(|(_, finding)| finding).collect()
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

/// A line of the table without its seams. What follows in the cell moves up, and
/// the cell stays as wide.
fn without_seams(line: &str) -> Cow<'_, str> {
    if !line.contains(SEAM) {
        return Cow::Borrowed(line);
    }
    let (mut text, mut owed) = (String::with_capacity(line.len()), 0);
    for letter in line.chars() {
        match letter {
            SEAM => owed += 1,
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

#[cfg(test)]
mod tests {
    use super::{PORTION, REPORTER, RowForm, TableColumns, TableRows};
    use crate::model::finding::Finding;
    use crate::report::Style;
    use crate::report::fixture::{awkward, explained, report, style, two_findings, written};
    use crate::report::text;
    use crate::report::visible::is_hidden;
    use crate::thread_pool::ThreadPool;
    use proptest::collection::vec;
    use proptest::prelude::{ProptestConfig, any, prop_assert_eq, proptest};
    use std::collections::HashSet;
    use std::sync::Arc;
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

    /// These findings again and again, with these ids for their first records.
    fn findings_called(ids: &[String], known: &[Finding]) -> Vec<Finding> {
        let named = ids.iter().zip(known.iter().cycle()).map(|(id, finding)| {
            let mut finding = finding.clone();
            if let Some(first) = finding.records.first_mut() {
                Arc::make_mut(first).id = Some(id.as_str().into());
            }
            finding
        });
        named.collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn portions_are_written_like_the_whole(
            ids in vec("[a-z山 :\\-]{0,60}", 1..24),
            width in 20_usize..=200,
            color in any::<bool>(),
        ) {
            let known = [awkward().findings, two_findings().findings].concat();
            let findings = findings_called(&ids, &known);
            let findings: Vec<&Finding> = findings.iter().collect();
            let form = RowForm::of(width);
            let columns = TableColumns::fitted(form.headings(), form.rows(&findings), width);
            let style = Style { color, ..style(width) };
            let rows = TableRows { form, columns, style: &style };
            let written = |portion| {
                let mut out = Vec::new();
                let done = rows.write(&findings, portion, &ThreadPool::alone(), &mut out);
                done.map(|()| String::from_utf8_lossy(&out).into_owned()).expect("written")
            };
            prop_assert_eq!(written(3), written(findings.len()));
        }
    }

    #[test]
    fn columns_are_as_wide_as_the_widest_cell_of_any_portion() {
        let long = "an-id-of-thirty-letters-and-so";
        let mut ids = vec!["s-1".to_owned(); 2 * PORTION + 7];
        ids[PORTION + 5] = long.to_owned();
        let findings = findings_called(&ids, &two_findings().findings);
        let text = written(&REPORTER, &report(findings), &style(200));
        assert!(text.contains(long) && text.matches("first record").count() == 1);
        let separators = text.lines().filter(|line| line.starts_with('╌')).count();
        assert_eq!(separators, ids.len() - 1);
        let first_rows = text.lines().filter(|line| line.contains("batch.csv:13"));
        let places: HashSet<Option<usize>> =
            first_rows.map(|line| line.find("batch.csv:47")).collect();
        assert_eq!(places.len(), 1, "{places:?}");
    }
}
