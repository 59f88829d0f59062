//! Writes a report as workflow commands of GitHub Actions: annotations of a run and of its files.
//!
//! GitHub keeps ten annotations of each level for a step and drops the rest, so that the worst are
//! written first and the others are counted.

use super::annotation::{Annotation, UnshownFindings, annotations};
use super::page::Page;
use super::visible::visible;
use super::{Reporter, Style, summary};
use crate::model::finding::Report;
use crate::model::rule::Severity;
use crate::thread_pool::ThreadPool;
use std::io::{self, Write};

/// Annotations for GitHub Actions.
pub(super) static REPORTER: Reporter =
    Reporter { name: "github", summary: "annotations for GitHub Actions", write };

/// The most annotations of one level that GitHub keeps for a step.
const MOST: u64 = 10;

fn write(report: &Report, style: &Style, _: &ThreadPool, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::new(style);
    let mut left = UnshownFindings::of(report);
    let mut written = [0; 3];
    for annotation in annotations(report) {
        let level = annotation.severity as usize;
        written[level] += 1;
        if written[level] <= MOST {
            push_command(&mut page.text, &annotation);
            page.settle(out)?;
        } else {
            left.add(annotation.severity);
        }
    }
    if let Some(left) = left.words() {
        page.flow(&format!("… and {left} more; --format text or json has all"), 0, 2);
    }
    if !style.quiet {
        summary::write_outcome(&mut page, report);
    }
    page.send(out)?;
    out.flush()
}

/// `::error file=batch.csv,line=13,col=4,endColumn=9,title=OV101 shift-overlap::message`
fn push_command(text: &mut String, annotation: &Annotation<'_>) {
    let Annotation { path, line, columns, .. } = annotation;
    text.push_str(match annotation.severity {
        Severity::Error => "::error ",
        Severity::Warning => "::warning ",
        Severity::Info => "::notice ",
    });
    if !path.is_empty() {
        text.push_str(&format!("file={},", property(path)));
    }
    if let Some(line) = line {
        text.push_str(&format!("line={line},endLine={line},"));
    }
    if let (Some(columns), Some(_)) = (columns, line) {
        text.push_str(&format!("col={},endColumn={},", columns.start, columns.end - 1));
    }
    text.push_str(&format!("title={}::", property(&annotation.title())));
    text.push_str(&message(&annotation.message));
    if !annotation.help.is_empty() {
        text.push_str("%0Ahelp: ");
        text.push_str(&message(&annotation.help));
    }
    text.push('\n');
}

/// A message of a command.
fn message(words: &str) -> String {
    visible(words).replace('%', "%25")
}

/// A value of a property of a command.
fn property(words: &str) -> String {
    message(words).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{REPORTER, message, property};
    use crate::report::fixture::{says, style, two_findings, written};
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    /// What GitHub reads of a message or a property.
    fn read(words: &str) -> String {
        let words = words.replace("%0D", "\r").replace("%0A", "\n");
        words.replace("%3A", ":").replace("%2C", ",").replace("%25", "%")
    }

    proptest! {
        #[test]
        fn no_words_end_a_command_or_begin_another(words in "(%0A::error|%|:|,|\n|\r|\\PC|x){0,12}") {
            for shown in [message(&words), property(&words)] {
                prop_assert!(!shown.contains(['\n', '\r']));
                let whole = shown.split('%').skip(1).all(|rest| {
                    ["25", "3A", "2C"].iter().any(|code| rest.starts_with(code))
                });
                prop_assert!(whole, "{shown}");
                prop_assert_eq!(read(&shown), super::visible(&words).into_owned());
            }
            prop_assert!(!property(&words).contains([',', ':']));
        }
    }

    #[test]
    fn ten_of_a_level_are_written_and_the_rest_is_counted() {
        let mut report = two_findings();
        let few = report.findings.clone();
        report.findings = few.iter().cycle().take(25).cloned().collect();
        report.rules.truncate(1);
        report.rules[0].by_severity = [0, 0, 30];
        for finding in &mut report.findings {
            finding.severity = crate::model::rule::Severity::Error;
            finding.says = says("one\n::error::two", "");
        }
        let text = written(&REPORTER, &report, &style(80));
        assert_eq!(text.lines().filter(|line| line.starts_with("::error ")).count(), 10);
        assert!(text.contains("… and 20 errors more"), "{text}");
        assert_eq!(text.lines().filter(|line| line.starts_with("::")).count(), 10, "{text}");
    }
}
