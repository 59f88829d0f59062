//! Chooses the causes that lead the report from the causes of single findings.

use crate::model::cause::{Cause, CauseKind, LeadingCause};
use crate::model::finding::Finding;
use std::collections::BTreeMap;

/// How many conflicts a cause explains at least to lead the report.
const FEWEST: u64 = 3;
/// Of how many conflicts it has to explain one.
const ONE_IN: u64 = 4;

/// The causes that explain many of the findings, the most frequent first.
/// `partial` says whether there are conflicts that are counted and not listed.
#[must_use]
pub fn leading(findings: &[Finding], partial: bool) -> Vec<LeadingCause> {
    let conflicts = findings.iter().filter(|finding| finding.cross_day.is_some()).count() as u64;
    let mut by_kind: BTreeMap<CauseKind, CauseTally<'_>> = BTreeMap::new();
    for cause in findings.iter().flat_map(|finding| &finding.causes) {
        by_kind.entry(cause.kind).or_default().add(cause);
    }
    let mut leading: Vec<LeadingCause> = by_kind
        .into_iter()
        .filter(|(_, tally)| tally.count >= FEWEST.max(conflicts.div_ceil(ONE_IN)))
        .map(|(kind, tally)| tally.lead(kind, conflicts, partial))
        .collect();
    leading.sort_by_key(|cause| std::cmp::Reverse(cause.explained));
    leading
}

/// How often a kind of cause was found.
#[derive(Default)]
struct CauseTally<'a> {
    count: u64,
    /// The remedy that all have in common, as long as there is one.
    condition: Option<&'a str>,
    mixed: bool,
}

impl<'a> CauseTally<'a> {
    fn add(&mut self, cause: &'a Cause) {
        self.count += 1;
        let known = *self.condition.get_or_insert(&cause.condition);
        self.mixed |= known != cause.condition;
    }

    fn lead(&self, kind: CauseKind, conflicts: u64, partial: bool) -> LeadingCause {
        let condition = self.condition.filter(|_| !self.mixed).unwrap_or(kind.condition());
        let explained = self.count;
        let of = if partial { "listed conflicts" } else { "conflicts" };
        let message = if explained == conflicts {
            format!("all {explained} {of} vanish if {condition}")
        } else {
            format!("{explained} of {conflicts} {of} vanish if {condition}")
        };
        LeadingCause { kind, explained, conflicts, message }
    }
}
