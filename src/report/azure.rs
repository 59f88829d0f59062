//! Writes a report as logging commands of Azure Pipelines: issues of a run with their places.

use super::annotation::{Annotation, UnshownFindings, annotations};
use super::page::Page;
use super::visible::visible;
use super::{Reporter, Style, summary};
use crate::model::finding::Report;
use crate::model::rule::Severity;
use crate::thread_pool::ThreadPool;
use std::io::{self, Write};

/// Issues for Azure Pipelines.
pub(super) static REPORTER: Reporter =
    Reporter { name: "azure", summary: "issues for Azure Pipelines", write };

fn write(report: &Report, style: &Style, _: &ThreadPool, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::new(style);
    for annotation in annotations(report) {
        push_command(&mut page.text, &annotation);
        page.settle(out)?;
    }
    if let Some(left) = UnshownFindings::of(report).words() {
        page.flow(&format!("… and {left} more that are counted and not listed"), 0, 2);
    }
    if !style.quiet {
        summary::write_outcome(&mut page, report);
    }
    page.send(out)?;
    out.flush()
}

/// `##vso[task.logissue type=error;sourcepath=batch.csv;linenumber=13;code=OV101]message`
fn push_command(text: &mut String, annotation: &Annotation<'_>) {
    let Annotation { path, line, columns, code, .. } = annotation;
    // There is no third level.
    let level = if annotation.severity == Severity::Error { "error" } else { "warning" };
    text.push_str(&format!("##vso[task.logissue type={level};"));
    if !path.is_empty() {
        text.push_str(&format!("sourcepath={};", property(path)));
    }
    if let Some(line) = line {
        text.push_str(&format!("linenumber={line};"));
    }
    if let Some(columns) = columns {
        text.push_str(&format!("columnnumber={};", columns.start));
    }
    if let Some(code) = code {
        text.push_str(&format!("code={code};"));
    }
    text.push(']');
    let title = [&*annotation.title(), ": "].concat();
    text.push_str(&message(&[&title, &*annotation.with_help()].concat()));
    text.push('\n');
}

/// A message of a command.
fn message(words: &str) -> String {
    visible(words).replace('%', "%AZP25")
}

/// A value of a property of a command.
fn property(words: &str) -> String {
    message(words).replace(';', "%3B").replace(']', "%5D")
}

#[cfg(test)]
mod tests {
    use super::{message, property};
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    /// What Azure reads of a message or a property.
    fn read(words: &str) -> String {
        words.replace("%3B", ";").replace("%5D", "]").replace("%AZP25", "%")
    }

    proptest! {
        #[test]
        fn no_words_end_a_command_or_begin_another(words in "(%0A##vso|%AZP25|%3B|;|\\]|\n|\\PC){0,12}") {
            for shown in [message(&words), property(&words)] {
                prop_assert!(!shown.contains(['\n', '\r']));
                prop_assert_eq!(read(&shown), super::visible(&words).into_owned());
            }
            prop_assert!(!property(&words).contains([';', ']']));
        }
    }
}
