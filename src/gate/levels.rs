//! Gives findings the levels that their rules have for some files.

use crate::model::finding::{Finding, Report, RuleCount};
use crate::model::rule::Severity;
use crate::model::settings::{PathLevels, RuleLevels};
use crate::model::source::Role;

/// Gives each finding the highest level that its rule has for any of its batch records; for any of
/// its records if none is of the batch. `checked` has the levels by which findings were made.
/// Returns the findings whose rule is off for all of these files, which the report has no more.
pub(super) fn apply(
    report: &mut Report,
    by_path: &PathLevels,
    checked: &RuleLevels,
) -> Vec<Finding> {
    let Report { findings, rules, .. } = report;
    let is_off = |finding: &mut Finding| {
        let Some(count) = rules.iter_mut().find(|count| count.rule == finding.rule) else {
            return false;
        };
        let highest = checked.get(finding.rule.code).copied().unwrap_or(finding.severity);
        let level = level_of(finding, by_path);
        // What is mild has a lower severity than its rule: a warning at most.
        let is_mild = finding.severity < highest;
        let severity = level.map(|of| if is_mild { of.min(Severity::Warning) } else { of });
        recount(count, finding.severity, severity);
        finding.severity = severity.unwrap_or(finding.severity);
        severity.is_none()
    };
    let off = findings.extract_if(.., is_off).collect();
    rules.retain(|count| count.total() > 0);
    off
}

fn recount(count: &mut RuleCount, before: Severity, now: Option<Severity>) {
    count.by_severity[before as usize] -= 1;
    match now {
        Some(severity) => count.by_severity[severity as usize] += 1,
        None => count.listed -= 1,
    }
}

/// `None` if the rule is off.
fn level_of(finding: &Finding, by_path: &PathLevels) -> Option<Severity> {
    let levels = |path: &str| by_path.by_path.get(path).unwrap_or(&by_path.usual);
    let of_batch = finding.records.iter().any(|record| record.role == Role::Batch);
    let records = finding.records.iter().filter(|record| !of_batch || record.role == Role::Batch);
    let mut own = records.map(|of| levels(of.file()).get(finding.rule.code).copied()).peekable();
    match own.peek() {
        Some(_) => own.max().flatten(),
        None => by_path.usual.get(finding.rule.code).copied(),
    }
}
