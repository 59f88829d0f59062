//! Makes what findings are recognised by, and words why a text has none.

use crate::judge::rule_named;
use crate::model::finding::{Finding, Moment, Record};
use crate::model::gate::{FindingKey, KnownFinding};
use crate::model::rule::{Measure, Rule};
use crate::model::source::Role;
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

/// What a key takes from a record.
pub(super) struct KeyedRecord<'r> {
    pub(super) role: Role,
    pub(super) agent: &'r str,
    pub(super) id: Option<&'r str>,
    pub(super) schedule: Option<&'r str>,
    pub(super) version: Option<&'r str>,
    pub(super) span: [Option<Instant>; 2],
}

impl<'r> KeyedRecord<'r> {
    fn of(record: &'r Record) -> KeyedRecord<'r> {
        let instant = |moment: &Moment| moment.at.map(|stamp| stamp.instant);
        KeyedRecord {
            role: record.role,
            agent: &record.agent,
            id: record.id.as_deref(),
            schedule: record.schedule.as_deref(),
            version: record.version.as_deref(),
            span: [instant(&record.start), instant(&record.end)],
        }
    }
}

/// By what a finding is recognised.
#[must_use]
pub fn key_of(finding: &Finding) -> FindingKey {
    let records: Vec<KeyedRecord<'_>> =
        finding.records.iter().map(|record| KeyedRecord::of(record)).collect();
    let start = start_of(finding);
    let day = start.map(|stamp| stamp.to_string());
    FindingKey {
        fingerprint: finding.fingerprint,
        spans: spans_hash(finding.rule, (finding.agent.as_deref(), day.as_deref()), &records),
        start: start.map(|stamp| stamp.instant),
        minutes: finding.claim.map(|claim| claim.minutes),
        severity: finding.severity,
        roles: bits_of(records.iter().map(|record| record.role)),
        measure: measure_of(finding.rule, &records),
    }
}

/// What makes a finding of this rule about these records worse.
pub(super) fn measure_of(rule: &Rule, records: &[KeyedRecord<'_>]) -> Measure {
    let is_any = |record: &KeyedRecord<'_>| record.role == Role::Swaps && record.id.is_none();
    if records.iter().any(is_any) { Measure::Nothing } else { rule.measure() }
}

/// Roles as bits: a record that is live now was once in a batch.
pub(super) fn bits_of(roles: impl Iterator<Item = Role>) -> u8 {
    let once = |role| if role == Role::Published { Role::Batch } else { role };
    roles.fold(0, |bits, role| bits | 1 << once(role) as u8)
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

/// A hash of the kin of a rule, an agent, and the spans of records in any order. A week of work is
/// known by its first local day, and versions and spellings by themselves. A swap is a decision of
/// its own, and who else has an id is another fact. `start` is written as in `2026-03-02T08:00Z`.
pub(super) fn spans_hash(
    rule: &Rule,
    (agent, start): (Option<&str>, Option<&str>),
    records: &[KeyedRecord<'_>],
) -> u64 {
    let mut hash = WordHash::default();
    hash.add(rule.kin());
    hash.add(agent.unwrap_or_default());
    match rule.measure() {
        Measure::Work => hash.add(start.and_then(|start| start.get(..10)).unwrap_or_default()),
        Measure::Agents => add_agents(&mut hash, records),
        Measure::Versions => {
            let mut versions: Vec<_> = records.iter().map(|of| (of.schedule, of.version)).collect();
            versions.sort_unstable();
            let words = versions.into_iter().flat_map(|(schedule, version)| [schedule, version]);
            words.for_each(|word| hash.add(word.unwrap_or_default()));
        }
        measure => {
            if measure == Measure::Spans {
                add_agents(&mut hash, records);
            }
            let mut spans: Vec<_> = records.iter().map(|record| record.span).collect();
            spans.sort_unstable();
            spans.into_iter().flatten().for_each(|instant| add_instant(&mut hash, instant));
            let swaps = records.iter().filter(|record| record.role == Role::Swaps);
            swaps.filter_map(|swap| swap.id).for_each(|id| hash.add(id));
        }
    }
    hash.finish()
}

fn add_agents(hash: &mut WordHash, records: &[KeyedRecord<'_>]) {
    let mut agents: Vec<&str> = records.iter().map(|record| record.agent).collect();
    agents.sort_unstable();
    agents.into_iter().for_each(|agent| hash.add(agent));
}

fn add_instant(hash: &mut WordHash, instant: Option<Instant>) {
    match instant {
        Some(at) => hash.add_shown(at.millis()),
        None => hash.add(""),
    }
}

/// What makes a finding of the rule with this code worse, if it was known.
pub(super) fn measure_named(code: &str) -> Measure {
    rule_named(code).map(Rule::measure).unwrap_or_default()
}
