//! Writes a report as JUnit XML: a test suite for each file, a test case for each finding.
//!
//! A finding that reaches the level which fails the check is a failure; a lesser one is a case that
//! passes and has the message as its output. An input that cannot be read is an error. A file
//! without any finding has one case, which passes.
//!
//! A suite begins with the counts of its cases, so that the cases are listed before any of them is
//! put into words.

mod xml;

use super::annotation::{
    Annotation, UnshownFindings, beside_findings, file_name, of_finding, shown_path, shown_record,
    worst_first,
};
use super::visible::visible_in_document as visible;
use super::{PORTION, Reporter, Style};
use crate::model::finding::{Finding, Report};
use crate::model::gate::FindingState;
use crate::model::rule::{Rule, Severity};
use crate::model::source::Role;
use crate::thread_pool::ThreadPool;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Write};
use xml::{XmlElement, escaped};

/// JUnit XML for Jenkins and others.
pub(super) static REPORTER: Reporter =
    Reporter { name: "junit", summary: "JUnit XML, for what shows test results", write };

/// Suites by their names.
type TestSuites<'r> = BTreeMap<String, Vec<TestCase<'r>>>;

/// A case that is not in words yet.
struct TestCase<'r> {
    subject: TestSubject<'r>,
    /// How many cases before it have its name.
    namesakes: u32,
}

/// What a case is about.
enum TestSubject<'r> {
    /// An input that is not in order.
    Input(Box<Annotation<'r>>),
    Finding(&'r Finding),
    /// Findings that are not listed: `12 errors, 3 warnings`.
    Unlisted(Box<str>),
    /// A file without findings.
    Nothing,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum TestOutcome {
    Passed,
    Skipped,
    Failure,
    Error,
}

fn write(report: &Report, _: &Style, pool: &ThreadPool, out: &mut dyn Write) -> io::Result<()> {
    let suites = suites(report);
    let counts = TestCounts::of(report, suites.values().flatten());
    let [tests, skipped, errors, failures] = counts.attributes();
    let all = XmlElement::new("testsuites").with("name", "shiftlint");
    let all = all.with_all([tests, skipped, failures, errors]);
    write!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}", all.opened())?;
    for (name, cases) in &suites {
        let suite = XmlElement::new("testsuite").with("name", name);
        let suite = suite.with_all(TestCounts::of(report, cases).attributes());
        write!(out, "\n    {}", suite.opened())?;
        write_cases(report, name, cases, pool, out)?;
        out.write_all(b"\n    </testsuite>")?;
    }
    out.write_all(b"\n</testsuites>\n")?;
    out.flush()
}

/// The suites of a report, in order.
fn suites(report: &Report) -> TestSuites<'_> {
    let mut suites = TestSuites::new();
    for input in report.inputs.iter().filter(|input| input.role == Role::Batch) {
        suites.entry(visible(&file_name(&input.path)).into_owned()).or_default();
    }
    let of_findings = worst_first(report).map(TestSubject::Finding);
    let subjects = beside_findings(report).map(|input| TestSubject::Input(Box::new(input)));
    let mut names = HashSet::new();
    for subject in subjects.chain(of_findings) {
        let namesakes = namesakes(&subject, &mut names);
        let suite = suites.entry(visible(&subject.path()).into_owned()).or_default();
        suite.push(TestCase { subject, namesakes });
    }
    if let Some(left) = UnshownFindings::of(report).words() {
        let subject = TestSubject::Unlisted(left.into());
        suites.entry("shiftlint".to_owned()).or_default().push(TestCase { subject, namesakes: 0 });
    }
    for cases in suites.values_mut().filter(|cases| cases.is_empty()) {
        cases.push(TestCase { subject: TestSubject::Nothing, namesakes: 0 });
    }
    suites
}

/// How many cases have the name of this one already. `names` are the hashes of names that are
/// taken, with what is appended to them.
fn namesakes(subject: &TestSubject<'_>, names: &mut HashSet<u64>) -> u32 {
    let mut name = subject.name("");
    let mut namesakes = 0;
    while !names.insert(hash_of(&name)) {
        name.push('+');
        namesakes += 1;
    }
    namesakes
}

fn hash_of(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

fn write_cases(
    report: &Report,
    suite: &str,
    cases: &[TestCase<'_>],
    pool: &ThreadPool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let in_words = |cases: &[TestCase<'_>]| {
        let texts = cases.iter().map(|case| case.in_words(report, suite));
        texts.collect::<String>()
    };
    pool.relay(cases.chunks(PORTION), in_words, |text| out.write_all(text.as_bytes()))
}

impl TestSubject<'_> {
    fn path(&self) -> Cow<'_, str> {
        match self {
            TestSubject::Input(annotation) => Cow::Borrowed(&annotation.path),
            TestSubject::Finding(finding) => shown_path(finding),
            TestSubject::Unlisted(_) | TestSubject::Nothing => Cow::Borrowed(""),
        }
    }

    /// The name of a case in this suite, which others can have too.
    fn name(&self, suite: &str) -> String {
        let line = |line: Option<u64>| line.map(|line| format!(" line {line}")).unwrap_or_default();
        match self {
            TestSubject::Input(annotation) => annotation.title() + &line(annotation.line),
            TestSubject::Finding(finding) => {
                let line = line(shown_record(finding).map(|record| record.line));
                let Rule { code, name, .. } = finding.rule;
                format!("{code} {name}{line} {}", finding.fingerprint)
            }
            TestSubject::Unlisted(left) => format!("not listed: {left}"),
            TestSubject::Nothing => format!("{suite} has no findings"),
        }
    }

    fn outcome(&self, report: &Report) -> TestOutcome {
        match self {
            TestSubject::Input(_) => TestOutcome::Error,
            TestSubject::Finding(finding) if finding.state != FindingState::New => {
                TestOutcome::Skipped
            }
            TestSubject::Finding(finding) if reaches(report, finding.severity) => {
                TestOutcome::Failure
            }
            TestSubject::Unlisted(_) if report.fails() => TestOutcome::Failure,
            TestSubject::Finding(_) | TestSubject::Unlisted(_) | TestSubject::Nothing => {
                TestOutcome::Passed
            }
        }
    }
}

/// Whether findings of this severity fail the check.
fn reaches(report: &Report, severity: Severity) -> bool {
    report.fail_on.is_some_and(|from| severity >= from)
}

impl TestCase<'_> {
    /// The element of this case, on lines of its own.
    fn in_words(&self, report: &Report, suite: &str) -> String {
        let plus = "+".repeat(self.namesakes as usize);
        let case = XmlElement::new("testcase").with("name", &(self.subject.name(suite) + &plus));
        let (case, within) = match &self.subject {
            TestSubject::Input(input) => (case.with("classname", suite), vec![error(input)]),
            TestSubject::Finding(finding) => {
                (case.with("classname", suite), of_outcome(report, finding))
            }
            TestSubject::Unlisted(left) if report.fails() => {
                let message = format!("{left} more are counted and not listed");
                (case, vec![XmlElement::new("failure").with("message", &message).closed()])
            }
            TestSubject::Unlisted(_) | TestSubject::Nothing => (case, Vec::new()),
        };
        if within.is_empty() {
            return format!("\n        {}", case.closed());
        }
        let within = within.join("\n            ");
        format!("\n        {}\n            {within}\n        </testcase>", case.opened())
    }
}

fn error(input: &Annotation<'_>) -> String {
    let error = XmlElement::new("error").with("message", &visible(&input.with_help()));
    error.with("type", &input.title()).closed()
}

/// What a case says of a finding.
fn of_outcome(report: &Report, finding: &Finding) -> Vec<String> {
    let annotation = of_finding(finding);
    let words = annotation.with_help();
    let words = visible(&words);
    let fails = reaches(report, finding.severity);
    let mut within = Vec::new();
    if finding.state != FindingState::New {
        let message = format!("{}: {words}", finding.state.name());
        within.push(XmlElement::new("skipped").with("message", &message).closed());
    } else if fails {
        let failure = XmlElement::new("failure").with("message", &words);
        within.push(failure.with("type", &annotation.title()).closed());
    }
    if !fails {
        within.push(format!("<system-out>{}</system-out>", escaped(&words)));
    }
    within
}

/// How many cases have which outcome.
#[derive(Default)]
struct TestCounts {
    tests: u64,
    skipped: u64,
    errors: u64,
    failures: u64,
}

impl TestCounts {
    fn of<'c>(report: &Report, cases: impl IntoIterator<Item = &'c TestCase<'c>>) -> TestCounts {
        let mut counts = TestCounts::default();
        for case in cases {
            counts.tests += 1;
            match case.subject.outcome(report) {
                TestOutcome::Passed => {}
                TestOutcome::Skipped => counts.skipped += 1,
                TestOutcome::Failure => counts.failures += 1,
                TestOutcome::Error => counts.errors += 1,
            }
        }
        counts
    }

    fn attributes(&self) -> [(&'static str, u64); 4] {
        [
            ("tests", self.tests),
            ("skipped", self.skipped),
            ("errors", self.errors),
            ("failures", self.failures),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::REPORTER;
    use crate::model::finding::Report;
    use crate::model::gate::FindingState;
    use crate::model::rule::Severity;
    use crate::report::fixture::{awkward, explained, report, style, two_findings, written};
    use std::collections::HashSet;

    /// Reports with cases of every outcome.
    fn reports() -> Vec<Report> {
        let mut known = two_findings();
        known.findings[0].state = FindingState::Known;
        known.findings[1].state = FindingState::Allowed(0);
        let mut lenient = awkward();
        lenient.fail_on = None;
        let mut strict = awkward();
        strict.fail_on = Some(Severity::Info);
        let twice = report([two_findings().findings, two_findings().findings].concat());
        let others = [two_findings(), explained(), awkward(), report(Vec::new())];
        others.into_iter().chain([known, lenient, strict, twice]).collect()
    }

    #[test]
    fn the_bytes_are_those_that_a_library_writes_of_the_same_cases() {
        for report in reports() {
            let text = written(&REPORTER, &report, &style(80));
            let read = quick_junit::Report::deserialize_from_str(&text).expect("JUnit XML");
            let mut counted = quick_junit::Report::new("shiftlint");
            for suite in read.test_suites {
                let mut again = quick_junit::TestSuite::new(suite.name);
                again.add_test_cases(suite.test_cases);
                counted.add_test_suite(again);
            }
            assert_eq!(text, counted.to_string().expect("written"));
        }
    }

    #[test]
    fn no_two_cases_share_a_name() {
        for report in reports() {
            let text = written(&REPORTER, &report, &style(80));
            let names = text.lines().filter_map(|line| {
                line.trim_start().strip_prefix("<testcase name=\"")?.split('"').next()
            });
            let names: Vec<&str> = names.collect();
            assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len(), "{names:?}");
        }
    }
}
