//! Compares what is found in two copies of the same inputs.

use crate::model::finding::{Finding, Input, Record, Report};
use std::collections::HashMap;

/// All that two reports have in common if one is about the redacted copies of the other's inputs.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NamelessReport {
    outcome: String,
    inputs: Vec<String>,
    /// Each finding without names, in order; none if some are not listed, because then another
    /// order lists others.
    findings: Vec<String>,
}

impl NamelessReport {
    /// That of a report. `with_notes` counts the notes of each input, too.
    pub(super) fn of(report: &Report, with_notes: bool) -> NamelessReport {
        let rules: Vec<_> =
            report.rules.iter().map(|count| (count.rule.code, count.by_severity)).collect();
        let numbers = (report.agents, report.records, report.batch_checked);
        let verdict = (report.verdict, report.complete, report.exit_code());
        let read: Vec<&Input> = report.inputs.iter().filter(|input| input.is_read).collect();
        let places = read.iter().enumerate();
        let places: HashMap<_, _> =
            places.map(|(place, input)| ((input.role, &*input.path), place)).collect();
        let is_listed = report.total() == report.findings.len() as u64;
        let listed = report.findings.iter().filter(|_| is_listed);
        let mut findings: Vec<String> =
            listed.map(|finding| of_finding(finding, &places)).collect();
        findings.sort_unstable();
        NamelessReport {
            outcome: format!("{verdict:?} {numbers:?} {rules:?}"),
            inputs: read.into_iter().map(|input| of_input(input, with_notes)).collect(),
            findings,
        }
    }
}

fn of_input(input: &Input, with_notes: bool) -> String {
    let mut doubts: Vec<_> =
        input.doubts.iter().map(|doubt| (doubt.kind.code, doubt.count, doubt.accepted)).collect();
    doubts.sort_unstable();
    let notes = if with_notes { input.notes.len() } else { 0 };
    let is_broken = input.problem.is_some();
    format!(
        "{} {:?} {:?} {doubts:?} {notes} {is_broken}",
        input.role, input.fates, input.date_order
    )
}

/// Where a record of the report is.
type InputPlaces<'r> = HashMap<(crate::model::source::Role, &'r str), usize>;

fn of_finding(finding: &Finding, places: &InputPlaces<'_>) -> String {
    let claim = finding
        .claim
        .as_ref()
        .map(|claim| format!("{} {} {}", claim.start, claim.end, claim.minutes));
    let mut records: Vec<String> =
        finding.records.iter().map(|record| of_record(record, places)).collect();
    records.sort_unstable();
    let mut causes: Vec<String> =
        finding.causes.iter().map(|cause| format!("{:?}", cause.kind)).collect();
    causes.sort_unstable();
    format!(
        "{} {:?} {:?} {:?} {claim:?} {records:?} {causes:?}",
        finding.rule.code, finding.severity, finding.certainty, finding.cross_day
    )
}

fn of_record(record: &Record, places: &InputPlaces<'_>) -> String {
    let place = places.get(&(record.role, &*record.path));
    let times = [&record.start, &record.end].map(|moment| moment.at.map(|stamp| stamp.to_string()));
    format!("{place:?} {} {times:?} {}", record.number, record.overnight)
}
