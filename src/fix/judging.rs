//! Compares a check of edited texts with the check before.

use super::pass::{Pass, PlacedRecord};
use super::workspace::{WorkingState, Workspace};
use crate::model::fate::Fate;
use crate::model::finding::{Finding, Fingerprint, Input, Record};
use crate::model::source::Role;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What a finding is about, whatever lines were removed: its rule, and the role, file and first
/// number of each record.
type FindingKey = (&'static str, Vec<(&'static str, String, u64)>);

/// The findings of a pass, by what they are about.
pub(super) struct KnownFindings<'a> {
    pass: &'a Pass,
    state: &'a WorkingState,
    space: &'a Workspace,
    keys: HashSet<FindingKey>,
    fingerprints: HashSet<Fingerprint>,
}

impl<'a> KnownFindings<'a> {
    pub(super) fn of(pass: &'a Pass, state: &'a WorkingState, space: &'a Workspace) -> Self {
        let findings = &pass.report.findings;
        let fingerprints = findings.iter().map(|finding| finding.fingerprint).collect();
        let mut known = KnownFindings { pass, state, space, keys: HashSet::new(), fingerprints };
        known.keys = findings.iter().map(|finding| known.key(finding)).collect();
        known
    }

    /// What a finding of this pass is about.
    pub(super) fn key(&self, finding: &Finding) -> FindingKey {
        let place = |record: &std::sync::Arc<Record>| {
            let number = match self.first(record) {
                Some((_, number)) => number,
                None => record.number,
            };
            (record.role.name(), record.path.to_string(), number)
        };
        let mut records: Vec<_> = finding.records.iter().map(place).collect();
        records.sort();
        (finding.rule.code, records)
    }

    pub(super) fn contains(&self, key: &FindingKey) -> bool {
        self.keys.contains(key)
    }

    /// The file of a record of the batch, and the number that it had at first.
    pub(super) fn first(&self, record: &Record) -> Option<(usize, u64)> {
        if record.role != Role::Batch {
            return None;
        }
        let file = self.space.file(&record.path)?;
        Some((file, self.state.first_number(file, record.number)))
    }

    /// The findings of this pass that an earlier one does not have.
    pub(super) fn new_since(&self, before: &KnownFindings<'_>) -> Vec<&'a Finding> {
        // Where not all findings were listed, another one of them can be listed now.
        let total = |pass: &Pass, code: &str| {
            let counts = pass.report.rules.iter().find(|count| count.rule.code == code);
            counts.map_or((0, 0), |count| (count.total(), count.listed))
        };
        let mut more: HashMap<&'static str, bool> = HashMap::new();
        let mut is_withheld = |code: &'static str| {
            *more.entry(code).or_insert_with(|| {
                let (all, listed) = total(before.pass, code);
                listed < all && total(self.pass, code).0 <= all
            })
        };
        let findings = self.pass.report.findings.iter();
        findings
            .filter(|finding| {
                // A finding about a file names one of its records, which may be gone. Of two
                // records that still overlap, though in another way, the overlap is new.
                let is_same = finding.cross_day.is_none()
                    && before.fingerprints.contains(&finding.fingerprint);
                let is_known = is_same || before.keys.contains(&self.key(finding));
                !is_known && !is_withheld(finding.rule.code)
            })
            .collect()
    }
}

/// Whether something of the inputs could be read before and cannot be read now.
pub(super) fn is_less_complete(before: &Pass, now: &Pass) -> bool {
    let doubts = |input: &Input| {
        let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
        for doubt in input.doubts.iter().filter(|doubt| !doubt.accepted) {
            *counts.entry(doubt.kind.code).or_default() += 1;
        }
        counts
    };
    now.report.inputs.iter().any(|input| {
        let same = |other: &&Input| (other.role, &other.path) == (input.role, &input.path);
        let Some(former) = before.report.inputs.iter().find(same) else { return true };
        let known = doubts(former);
        let is_new = |(code, count): (&str, usize)| known.get(code).is_none_or(|of| *of < count);
        input.problem.is_some() && former.problem.is_none()
            || input.fates.of(Fate::Unreadable) > former.fates.of(Fate::Unreadable)
            || doubts(input).into_iter().any(is_new)
    })
}

/// A record that does not say what it said before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OtherRecord {
    /// The record with this number at first, of this file.
    Of(usize, u64),
    /// It is not clear which one: there are more or fewer of them.
    Any,
}

/// The records that say something else than before. Records that are meant to have
/// other times are compared with those.
pub(super) fn changed_records(
    (before, state_before): (&Pass, &WorkingState),
    (now, state): (&Pass, &WorkingState),
    space: &Workspace,
    meant: &HashMap<(usize, u64), [Option<i64>; 2]>,
) -> Vec<OtherRecord> {
    let mut changed = Vec::new();
    let mut left: HashMap<usize, &[PlacedRecord]> = now
        .files
        .iter()
        .filter_map(|file| Some((space.file(&file.shown)?, &file.records[..])))
        .collect();
    for file in &before.files {
        let Some(place) = space.file(&file.shown) else { continue };
        let mut next = left.remove(&place).unwrap_or_default().iter();
        for record in &file.records {
            let first = state_before.first_number(place, record.number);
            if state.is_removed(place, first) {
                continue;
            }
            let Some(same) = next.next() else {
                changed.push(OtherRecord::Any);
                break;
            };
            let times = meant.get(&(place, first)).unwrap_or(&record.times);
            if state.first_number(place, same.number) != first {
                changed.push(OtherRecord::Any);
                break;
            } else if same.who != record.who || same.times != *times {
                changed.push(OtherRecord::Of(place, first));
            }
        }
        if next.next().is_some() {
            changed.push(OtherRecord::Any);
        }
    }
    changed.extend(left.values().any(|rest| !rest.is_empty()).then_some(OtherRecord::Any));
    changed
}
