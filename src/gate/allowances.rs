//! Finds the findings that somebody has decided to live with.

use crate::baseline::{can_be_known, start_of};
use crate::model::finding::Finding;
use crate::model::gate::{Allowance, AllowanceOutcome, FindingState};
use crate::model::source::Role;
use std::collections::HashMap;

/// Marks the findings that are allowed, and says what became of each allowance. One that has
/// expired allows nothing.
pub(super) fn apply(
    findings: &mut [Finding],
    allowances: Vec<Allowance>,
    today: &str,
) -> Vec<AllowanceOutcome> {
    let mut of_rules: HashMap<&str, Vec<usize>> = HashMap::new();
    for (place, allowance) in allowances.iter().enumerate() {
        of_rules.entry(allowance.rule.code).or_default().push(place);
    }
    let outcome = |allowance: Allowance| AllowanceOutcome {
        is_expired: allowance.until.as_ref().is_some_and(|until| **until < *today),
        allowance,
        matches: 0,
    };
    let mut outcomes: Vec<AllowanceOutcome> = allowances.into_iter().map(outcome).collect();
    for finding in findings.iter_mut().filter(|finding| can_be_known(finding.rule)) {
        let places = of_rules.get(finding.rule.code).map_or(&[][..], Vec::as_slice);
        let is_about = |place: &&usize| allows(&outcomes[**place].allowance, finding);
        let matching: Vec<usize> = places.iter().filter(is_about).copied().collect();
        let valid = matching.iter().copied().find(|place| !outcomes[*place].is_expired);
        for place in matching {
            // What another one allows does not count again when this one ends.
            let matches = !outcomes[place].is_expired || valid.is_none();
            outcomes[place].matches += u64::from(matches);
        }
        if let Some(place) = valid.filter(|_| finding.state == FindingState::New) {
            finding.state = FindingState::Allowed(place as u32);
        }
    }
    outcomes
}

/// Whether an allowance is about a finding of its rule.
fn allows(allowance: &Allowance, finding: &Finding) -> bool {
    let Allowance { agent, ids, days, inputs, .. } = allowance;
    let mut records = finding.records.iter();
    let has_agent = |name: &String| match &finding.agent {
        Some(agent) => **agent == **name,
        None => finding.records.iter().any(|record| record.agent == *name.as_str()),
    };
    let has_id = |id: &String| {
        finding.records.iter().any(|record| record.id.as_deref() == Some(id.as_str()))
    };
    agent.as_ref().is_none_or(has_agent)
        && ids.iter().all(has_id)
        && begins_within(days, finding)
        && inputs.as_ref().is_none_or(|inputs| {
            records.any(|record| {
                let path = record.file();
                record.role == Role::Batch && inputs.iter().any(|input| **input == *path)
            })
        })
}

/// Whether a finding begins on one of these local days.
fn begins_within(days: &[Option<String>; 2], finding: &Finding) -> bool {
    let [first, last] = days;
    if first.is_none() && last.is_none() {
        return true;
    }
    let Some(start) = start_of(finding) else { return false };
    let day = format!("{:04}-{:02}-{:02}", start.year, start.month, start.day);
    first.as_ref().is_none_or(|first| *first <= day)
        && last.as_ref().is_none_or(|last| day <= *last)
}
