//! Makes what findings are recognised by, and words why a text has none.

use crate::judge::rule_named;
use crate::model::finding::{Finding, Record};
use crate::model::gate::{FindingKey, KnownFinding};
use crate::model::rule::Rule;
use crate::model::time::{Instant, Stamp};
use crate::model::word_hash::WordHash;

/// Why a text is no baseline.
#[derive(Debug, PartialEq, Eq)]
pub struct NoBaseline {
    /// The line, from 1, if it is about one.
    pub line: Option<usize>,
    /// What is wrong, without a full stop.
    pub message: String,
    /// What to do; can be empty.
    pub help: String,
}

impl NoBaseline {
    /// About the whole text.
    pub(super) fn new(message: &str, help: &str) -> NoBaseline {
        NoBaseline { line: None, message: message.to_owned(), help: help.to_owned() }
    }
}

/// Whether a baseline can have findings of a rule: what was not checked is never known.
#[must_use]
pub fn can_be_known(rule: &Rule) -> bool {
    rule.hole.is_none()
}

/// By what a finding is recognised.
#[must_use]
pub fn key_of(finding: &Finding) -> FindingKey {
    let instant = |stamp: &Option<Stamp>| stamp.as_ref().map(|stamp| stamp.instant);
    let spans = finding.records.iter().map(|of| [instant(&of.start.at), instant(&of.end.at)]);
    FindingKey {
        fingerprint: finding.fingerprint,
        spans: spans_hash(finding.rule, finding.agent.as_deref(), spans.collect()),
        start: start_of(finding).map(|stamp| stamp.instant),
        minutes: finding.claim.map(|claim| claim.minutes),
        of_version: finding.rule.is_of_version(),
    }
}

/// When a finding begins: the time that both records claim, or the earliest record.
#[must_use]
pub fn start_of(finding: &Finding) -> Option<Stamp> {
    let starts = finding.records.iter().filter_map(|record| record.start.at);
    let claim = finding.claim.map(|claim| claim.start);
    claim.or_else(|| starts.min_by_key(|stamp| stamp.instant))
}

/// A finding as a baseline keeps it.
#[must_use]
pub fn known(finding: &Finding) -> KnownFinding {
    let mut ids: Vec<String> = finding.records.iter().filter_map(|of| id_of(of)).collect();
    ids.sort();
    let mut roles: Vec<_> = finding.records.iter().map(|record| record.role).collect();
    roles.sort_unstable();
    KnownFinding {
        key: key_of(finding),
        rule: finding.rule.code.to_owned(),
        agent: finding.agent.as_deref().map(str::to_owned),
        ids,
        roles,
        start: start_of(finding).map(|stamp| stamp.to_string()),
    }
}

fn id_of(record: &Record) -> Option<String> {
    record.id.as_deref().map(str::to_owned)
}

/// A hash of the kin of a rule, an agent, and the spans of records in any order.
pub(super) fn spans_hash(
    rule: &Rule,
    agent: Option<&str>,
    mut spans: Vec<[Option<Instant>; 2]>,
) -> u64 {
    spans.sort_unstable();
    let mut hash = WordHash::default();
    hash.add(rule.kin());
    hash.add(agent.unwrap_or_default());
    for instant in spans.into_iter().flatten() {
        match instant {
            Some(at) => hash.add_shown(at.millis()),
            None => hash.add(""),
        }
    }
    hash.finish()
}

/// Whether the rule with this code is about versions of schedules.
pub(super) fn is_of_version(code: &str) -> bool {
    rule_named(code).is_some_and(Rule::is_of_version)
}
