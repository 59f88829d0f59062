//! Turns a report into annotations: a message with a level, a place, and what to do.
//!
//! CI services spell annotations differently and want the same of them. First comes why an input
//! could not be read or what about it is in doubt, then the findings, the worst first. How many
//! findings are not listed is known beside them.

use super::page::counted;
use super::summary::{answer_in_words, counted_by_severity, gone_words};
use super::text::subject;
use crate::model::finding::{Finding, Record, Report, Verdict};
use crate::model::gate::{BaselineOutcome, FindingState};
use crate::model::rule::Severity;
use crate::model::source::Role;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// Severities, the worst first.
pub(super) const WORST_FIRST: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];

/// One thing to say about one place.
pub(super) struct Annotation<'r> {
    pub(super) severity: Severity,
    /// The code of a rule or of a doubt; `None` of an input that cannot be read.
    pub(super) code: Option<&'static str>,
    /// The name of the rule or of the doubt.
    pub(super) name: &'static str,
    /// The file.
    pub(super) path: Cow<'r, str>,
    /// The line, from 1.
    pub(super) line: Option<u64>,
    /// The columns of the words that it is about, from 1 and without the last, in UTF-16 units.
    pub(super) columns: Option<Range<u64>>,
    pub(super) message: Cow<'r, str>,
    /// What to do; can be empty.
    pub(super) help: Cow<'r, str>,
    /// The record that it is shown at, of a finding.
    pub(super) record: Option<&'r Arc<Record>>,
    /// The finding, if it is one.
    pub(super) finding: Option<&'r Finding>,
}

impl Annotation<'_> {
    /// `OV101 shift-overlap`.
    pub(super) fn title(&self) -> String {
        match self.code {
            Some(code) => format!("{code} {}", self.name),
            None => self.name.to_owned(),
        }
    }

    /// The message with what to do.
    pub(super) fn with_help(&self) -> String {
        match &*self.help {
            "" => self.message.clone().into_owned(),
            help => format!("{}; help: {help}", self.message),
        }
    }

    /// The records of the finding but for the one that it is shown at.
    pub(super) fn others(&self) -> impl Iterator<Item = &Arc<Record>> {
        let records = self.finding.map_or(&[][..], |finding| &finding.records);
        let shown = self.finding.map(primary);
        records.iter().enumerate().filter(move |(place, _)| Some(*place) != shown).map(|of| of.1)
    }
}

/// The place of the record that a finding is shown at: the batch is what can be changed.
fn primary(finding: &Finding) -> usize {
    finding.records.iter().position(|record| record.role == Role::Batch).unwrap_or(0)
}

/// The record that a finding is shown at.
pub(super) fn shown_record(finding: &Finding) -> Option<&Arc<Record>> {
    finding.records.get(primary(finding))
}

/// The file that a finding is shown at.
pub(super) fn shown_path(finding: &Finding) -> Cow<'_, str> {
    shown_record(finding).map_or(Cow::Borrowed(""), |record| file_name(record.file()))
}

/// The annotations of a report, without findings that do not count.
pub(super) fn annotations(report: &Report) -> impl Iterator<Item = Annotation<'_>> {
    all_annotations(report).filter(|annotation| {
        annotation.finding.is_none_or(|finding| finding.state == FindingState::New)
    })
}

/// All annotations of a report.
pub(super) fn all_annotations(report: &Report) -> impl Iterator<Item = Annotation<'_>> {
    beside_findings(report).chain(worst_first(report).map(of_finding))
}

/// The findings of a report, the worst first.
pub(super) fn worst_first(report: &Report) -> impl Iterator<Item = &Finding> {
    WORST_FIRST.into_iter().flat_map(|severity| {
        report.findings.iter().filter(move |finding| finding.severity == severity)
    })
}

/// What stands in the way of an all-clear, whatever is found: the beginning of all annotations.
pub(super) fn beside_findings(report: &Report) -> impl Iterator<Item = Annotation<'_>> {
    let of_each = report.inputs.iter().flat_map(|input| {
        let path = || file_name(&input.path);
        let problem = input.problem.iter().map(move |problem| Annotation {
            severity: Severity::Error,
            code: None,
            name: "unreadable-input",
            path: path(),
            line: problem.line,
            columns: None,
            message: Cow::Borrowed(&problem.message),
            help: Cow::Borrowed(problem.help.as_deref().unwrap_or_default()),
            record: None,
            finding: None,
        });
        let open = input.doubts.iter().filter(|doubt| !doubt.accepted);
        let doubts = open.map(move |doubt| Annotation {
            severity: Severity::Error,
            code: Some(doubt.kind.code),
            name: doubt.kind.name,
            path: path(),
            line: doubt.line,
            columns: None,
            message: Cow::Borrowed(&doubt.message),
            help: Cow::Owned(
                doubt.answers.iter().map(answer_in_words).collect::<Vec<_>>().join("; "),
            ),
            record: None,
            finding: None,
        });
        problem.chain(doubts)
    });
    of_each.chain(of_nothing(report)).chain(of_gone(report))
}

/// That there was nothing to check, which is no all-clear either.
fn of_nothing(report: &Report) -> Option<Annotation<'_>> {
    let mut batch = report.inputs.iter().filter(|input| input.role == Role::Batch);
    (report.verdict == Verdict::Empty).then(|| Annotation {
        severity: Severity::Error,
        code: None,
        name: "nothing-to-check",
        path: batch.next().map_or(Cow::Borrowed(""), |input| file_name(&input.path)),
        line: None,
        columns: None,
        message: Cow::Borrowed("no record of the batch was left to compare"),
        help: Cow::Borrowed("check the file and its export"),
        record: None,
        finding: None,
    })
}

/// That findings of the baseline are gone, if that fails the check.
fn of_gone(report: &Report) -> Option<Annotation<'_>> {
    let gate = report.gate.as_ref().filter(|gate| gate.fails())?;
    let BaselineOutcome { path, gone, .. } = gate.baseline.as_ref()?;
    Some(Annotation {
        severity: Severity::Error,
        code: None,
        name: "gone-findings",
        path: file_name(path),
        line: None,
        columns: None,
        message: Cow::Owned(format!(
            "{} gone: {}",
            counted(
                gone.len() as u64,
                "finding of the baseline is",
                "findings of the baseline are"
            ),
            gone_words(gone).collect::<Vec<_>>().join("; ")
        )),
        help: Cow::Borrowed("remove them from it with --prune-baseline"),
        record: None,
        finding: None,
    })
}

/// The annotation of a finding.
pub(super) fn of_finding(finding: &Finding) -> Annotation<'_> {
    let words = finding.words();
    let (message, help) = match words {
        Cow::Borrowed(words) => (Cow::Borrowed(&*words.message), Cow::Borrowed(&*words.help)),
        Cow::Owned(words) => (Cow::Owned(words.message), Cow::Owned(words.help)),
    };
    let record = shown_record(finding);
    let path = shown_path(finding);
    Annotation {
        severity: finding.severity,
        code: Some(finding.rule.code),
        name: finding.rule.name,
        path,
        line: record.map(|record| record.line),
        columns: record.and_then(|record| columns(finding, record)),
        message,
        help,
        record,
        finding: Some(finding),
    }
}

/// The columns of a record's line that a finding is about, from 1 and without the last, in UTF-16
/// units. `None` if the line is not known as it is written.
pub(super) fn columns(finding: &Finding, record: &Record) -> Option<Range<u64>> {
    if !record.excerpt.is_line {
        return None;
    }
    let text = record.excerpt.text.as_str();
    let line = text.split(['\n', '\r']).next().unwrap_or_default();
    let mut words = Vec::new();
    subject::marked_words(finding, record, &mut words);
    words.retain(|word| word.end <= line.len());
    let first = words.iter().map(|word| word.start).min()?;
    let last = words.iter().map(|word| word.end).max()?;
    let column = |place: usize| Some(line.get(..place)?.encode_utf16().count() as u64 + 1);
    Some(column(first)?..column(last)?)
}

/// How many findings of each severity a format does not show.
pub(super) struct UnshownFindings([u64; 3]);

impl UnshownFindings {
    /// Those that are counted and not listed.
    pub(super) fn of(report: &Report) -> UnshownFindings {
        let mut unshown = UnshownFindings([0; 3]);
        for severity in WORST_FIRST {
            let of_severity = |finding: &&Finding| finding.severity == severity;
            let listed = report.findings.iter().filter(of_severity).count() as u64;
            let all = report.count(severity);
            assert!(all >= listed, "every finding that is listed is counted");
            unshown.0[severity as usize] = all - listed;
        }
        unshown
    }

    /// Counts one that is listed and not shown either.
    pub(super) const fn add(&mut self, severity: Severity) {
        self.0[severity as usize] += 1;
    }

    /// `12 errors, 3 warnings`; `None` if there are none.
    pub(super) fn words(&self) -> Option<String> {
        counted_by_severity(|severity| self.0[severity as usize])
    }
}

/// The name of a file as CI services compare it with those of a repository: without `./`, and
/// with `/` between folders.
pub(super) fn file_name(path: &str) -> Cow<'_, str> {
    if cfg!(windows) { slashed(path) } else { without_here(path) }
}

fn without_here(path: &str) -> Cow<'_, str> {
    Cow::Borrowed(path.strip_prefix("./").unwrap_or(path))
}

/// The name of a file on Windows, where `\\?\` begins a path that is taken as it is written.
fn slashed(path: &str) -> Cow<'_, str> {
    let plain = path.strip_prefix(r"\\?\").unwrap_or(path);
    match plain.strip_prefix(r"UNC\") {
        Some(share) if plain != path => Cow::Owned(format!("//{}", share.replace('\\', "/"))),
        _ if plain.contains('\\') => {
            Cow::Owned(without_here(&plain.replace('\\', "/")).into_owned())
        }
        _ => without_here(plain),
    }
}

#[cfg(test)]
mod tests {
    use super::{UnshownFindings, annotations, columns, file_name, slashed};
    use crate::model::rule::Severity;
    use crate::report::fixture::two_findings;

    #[test]
    fn names_of_files_are_those_of_the_repository() {
        assert_eq!(file_name("./week/batch.csv"), "week/batch.csv");
        assert_eq!(file_name("../batch.csv"), "../batch.csv");
    }

    #[test]
    fn names_of_files_on_windows_have_slashes() {
        for (path, name) in [
            (r".\week\batch.csv", "week/batch.csv"),
            ("./week/batch.csv", "week/batch.csv"),
            (r"C:\week\batch.csv", "C:/week/batch.csv"),
            (r"\\server\share\batch.csv", "//server/share/batch.csv"),
            (r"\\?\C:\week\batch.csv", "C:/week/batch.csv"),
            (r"\\?\UNC\server\share\batch.csv", "//server/share/batch.csv"),
        ] {
            assert_eq!(slashed(path), name);
        }
    }

    #[test]
    fn the_worst_come_first() {
        let mut report = two_findings();
        report.findings[0].severity = Severity::Info;
        let severities: Vec<Severity> = annotations(&report).map(|of| of.severity).collect();
        assert!(severities.is_sorted_by(|one, next| one >= next), "{severities:?}");
    }

    #[test]
    fn columns_are_known_of_lines_alone() {
        let mut report = two_findings();
        let finding = &mut report.findings[0];
        let record = std::sync::Arc::make_mut(&mut finding.records[0]);
        assert!(!record.excerpt.text.is_empty());
        let record = record.clone();
        assert_eq!(columns(finding, &record), None);
        let mut line = record;
        line.excerpt.is_line = true;
        let found = columns(finding, &line).expect("columns");
        assert!(found.start >= 1 && found.end > found.start);
    }

    #[test]
    fn what_is_not_listed_is_counted() {
        let mut report = two_findings();
        let errors = UnshownFindings::of(&report).0[Severity::Error as usize];
        report.rules[0].by_severity[Severity::Error as usize] += 3;
        let mut unshown = UnshownFindings::of(&report);
        unshown.add(Severity::Error);
        assert_eq!(unshown.0[Severity::Error as usize], errors + 4);
        unshown.0 = [1, 0, 1_200];
        assert_eq!(unshown.words().as_deref(), Some("1,200 errors, 1 info"));
        unshown.0 = [0; 3];
        assert_eq!(unshown.words(), None);
    }
}
