//! Writes a report as JUnit XML: a test suite for each file, a test case for each finding.
//!
//! A finding that reaches the level which fails the check is a failure; a lesser one is a case that
//! passes and has the message as its output. An input that cannot be read is an error. A file
//! without any finding has one case, which passes.

use super::annotation::{
    Annotation, UnshownFindings, all_annotations, beside_findings, file_name, shown_path,
};
use super::visible::visible_in_document as visible;
use super::{Reporter, Style};
use crate::model::finding::Report;
use crate::model::gate::FindingState;
use crate::model::source::Role;
use crate::thread_pool::ThreadPool;
use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};
use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Write};

/// JUnit XML for Jenkins and others.
pub(super) static REPORTER: Reporter =
    Reporter { name: "junit", summary: "JUnit XML, for what shows test results", write };

fn write(report: &Report, _: &Style, _: &ThreadPool, out: &mut dyn Write) -> io::Result<()> {
    let mut suites: BTreeMap<String, TestSuite> = BTreeMap::new();
    for input in report.inputs.iter().filter(|input| input.role == Role::Batch) {
        suite_of(&mut suites, &file_name(&input.path));
    }
    // A list that grows is in memory twice while it is moved, and a case takes 350 bytes.
    let of_findings = report.findings.iter().map(shown_path);
    for path in beside_findings(report).map(|annotation| annotation.path).chain(of_findings) {
        suite_of(&mut suites, &path).tests += 1;
    }
    for suite in suites.values_mut() {
        suite.test_cases.reserve_exact(std::mem::take(&mut suite.tests));
    }
    let mut names = HashSet::new();
    for annotation in all_annotations(report) {
        let case = case(report, &annotation, &mut names);
        suite_of(&mut suites, &annotation.path).add_test_case(case);
    }
    if let Some(left) = UnshownFindings::of(report).words() {
        let message = format!("{left} more are counted and not listed");
        let of = if report.fails() { failure(&message) } else { TestCaseStatus::success() };
        let name = format!("not listed: {left}");
        suite_of(&mut suites, "shiftlint").add_test_case(TestCase::new(name, of));
    }
    let mut document = quick_junit::Report::new("shiftlint");
    for (name, mut suite) in suites {
        if suite.test_cases.is_empty() {
            let passed = TestCaseStatus::success();
            suite.add_test_case(TestCase::new(format!("{name} has no findings"), passed));
        }
        document.add_test_suite(suite);
    }
    document.serialize(&mut *out).map_err(io::Error::other)?;
    out.flush()
}

/// The suite of a file.
fn suite_of<'s>(suites: &'s mut BTreeMap<String, TestSuite>, path: &str) -> &'s mut TestSuite {
    let name = visible(path).into_owned();
    suites.entry(name).or_insert_with_key(|name| TestSuite::new(name.as_str()))
}

/// The case of an annotation. `names` are the hashes of names that are taken.
fn case(report: &Report, annotation: &Annotation<'_>, names: &mut HashSet<u64>) -> TestCase {
    let words = visible(&annotation.with_help()).into_owned();
    let fails = report.fail_on.is_some_and(|from| annotation.severity >= from);
    let status = match annotation.finding {
        None => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
            status.set_message(words.as_str()).set_type(annotation.title());
            status
        }
        Some(finding) if finding.state != FindingState::New => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(format!("{}: {words}", finding.state.name()));
            status
        }
        Some(_) if fails => {
            let mut status = failure(&words);
            status.set_type(annotation.title());
            status
        }
        Some(_) => TestCaseStatus::success(),
    };
    let line = annotation.line.map(|line| format!(" line {line}")).unwrap_or_default();
    let fingerprint = annotation.finding.map(|of| format!(" {}", of.fingerprint));
    let mut name = format!("{}{line}{}", annotation.title(), fingerprint.unwrap_or_default());
    while !names.insert(hash_of(&name)) {
        name.push('+');
    }
    let mut case = TestCase::new(name, status);
    case.set_classname(visible(&annotation.path).into_owned());
    if annotation.finding.is_some() && !fails {
        case.set_system_out(words);
    }
    case
}

fn hash_of(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

fn failure(message: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_message(message);
    status
}
