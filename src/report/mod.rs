//! Writes a report in one of several formats.
//!
//! A [`Reporter`] writes a whole [`Report`] in one format. How findings were made is not known
//! here.

pub mod visible;

pub mod text;

#[cfg(feature = "cli")]
pub mod table;

pub mod json;

#[cfg(feature = "cli")]
mod annotation;

#[cfg(feature = "cli")]
mod azure;

#[cfg(feature = "cli")]
mod csv;

#[cfg(feature = "cli")]
mod github;

#[cfg(feature = "cli")]
mod gitlab;

#[cfg(feature = "cli")]
mod junit;

#[cfg(feature = "cli")]
mod markdown;

#[cfg(feature = "cli")]
mod ndjson;

#[cfg(feature = "cli")]
mod sarif;

pub mod receipt;

mod digest;

#[cfg(feature = "cli")]
pub(crate) mod flowed;

mod page;

mod summary;

#[cfg(test)]
pub(crate) mod fixture;

#[cfg(feature = "cli")]
pub(crate) use markdown::escaped as markdown_words;

#[cfg(feature = "cli")]
pub(crate) use summary::allowance_words;

use crate::model::finding::Report;
use crate::thread_pool::ThreadPool;
use std::io::{self, Write};

/// A format that a report can be written in.
pub struct Reporter {
    /// Its name, as `--format` takes it.
    pub name: &'static str,
    /// What it is for, in one line.
    pub summary: &'static str,
    /// Writes the report. The bytes are the same whatever the pool.
    pub write: fn(&Report, &Style, &ThreadPool, &mut dyn Write) -> io::Result<()>,
}

/// How many findings one thread puts into bytes at a time: so few that their
/// bytes stay in the cache of its core until they are written.
const PORTION: usize = 64;

/// Every format, in the order of the help.
#[cfg(feature = "cli")]
pub static REPORTERS: &[&Reporter] = &[
    &text::REPORTER,
    &table::REPORTER,
    &json::REPORTER,
    &github::REPORTER,
    &markdown::REPORTER,
    &sarif::REPORTER,
    &junit::REPORTER,
    &gitlab::REPORTER,
    &csv::REPORTER,
    &ndjson::REPORTER,
    &azure::REPORTER,
];

/// How a report is formatted for its output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether colours may be used.
    pub color: bool,
    /// The width to fit into, in columns.
    pub width: usize,
    /// Whether to show every note on an input, however many there are.
    pub verbose: bool,
    /// Whether to say only what is wrong: a line for a finding, no summary, and
    /// nothing where all is well.
    pub quiet: bool,
    /// Whether to add a table of how often each rule applied.
    pub statistics: bool,
    /// Whether to show what could be changed for a finding to go.
    pub fixes: bool,
}

impl Style {
    /// The style of an unknown output.
    pub const PLAIN: Style = Style {
        color: false,
        width: 80,
        verbose: false,
        quiet: false,
        statistics: false,
        fixes: false,
    };
}

#[cfg(test)]
mod tests {
    use super::fixture::{says, style, two_findings, written, written_by};
    use super::{PORTION, REPORTERS};
    use crate::model::finding::Report;

    /// Counts at least as many findings as are listed.
    fn count_more(report: &mut Report) {
        let listed = report.findings.len() as u64;
        report.rules[0].by_severity.iter_mut().for_each(|count| *count += listed);
    }

    #[test]
    fn a_report_of_many_portions_is_the_same_for_any_pool() {
        let mut report = two_findings();
        let few = report.findings.clone();
        report.findings = few.iter().cycle().take(20 * PORTION + 7).cloned().collect();
        count_more(&mut report);
        for (number, finding) in report.findings.iter_mut().enumerate() {
            finding.says = says(&format!("message {number}"), "help");
        }
        for reporter in REPORTERS {
            let alone = written(reporter, &report, &style(80));
            for jobs in [2, 8] {
                let together = written_by(jobs, reporter, &report, &style(80));
                assert!(together == alone, "{} by {jobs}", reporter.name);
            }
        }
    }

    #[test]
    fn a_list_of_many_portions_is_one_list() {
        let mut report = two_findings();
        let few = report.findings.clone();
        for count in [PORTION - 1, PORTION, PORTION + 1, 3 * PORTION] {
            report.findings = few.iter().cycle().take(count).cloned().collect();
            count_more(&mut report);
            let text = written(&super::json::REPORTER, &report, &style(80));
            let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            assert_eq!(value["findings"].as_array().map(Vec::len), Some(count));
        }
    }
}
