//! Answers which changes a batch record writes.

use super::{DriftedRecord, LiveEntry};
use crate::model::fact::Drift;
use crate::model::keys::{AgentKey, QuickSet, RecordKey};
use crate::model::shift::{Entry, Kind};
use crate::model::time::Instant;

/// The changes, by the times and ids that they concern.
#[derive(Debug)]
pub struct Writes<'c> {
    changes: &'c [DriftedRecord],
    /// By agent and start.
    claims: Vec<DriftClaim>,
    /// By id, and whether it is that of a shift.
    ids: Vec<((RecordKey, bool), u32)>,
    agents: QuickSet<AgentKey>,
    names: QuickSet<RecordKey>,
}

/// Time that an agent has in a state of a change.
#[derive(Debug, Clone, Copy)]
struct DriftClaim {
    agent: AgentKey,
    start: Instant,
    end: Instant,
    /// The last end of the agent's claims up to this one.
    until: Instant,
    change: u32,
}

/// What a batch record writes.
#[derive(Debug, Default)]
pub struct WrittenRecords {
    /// The places of the changes, in order, and whether the record was found by its id.
    pub changes: Vec<(u32, bool)>,
    /// Changes that made what is published what the record says.
    pub agreed: Vec<u32>,
}

impl<'c> Writes<'c> {
    /// Of these changes.
    #[must_use]
    pub fn of(changes: &'c [DriftedRecord]) -> Writes<'c> {
        let all = || (0..).zip(changes).flat_map(|(at, of)| of.states().map(move |one| (at, one)));
        let claim = |(change, seen): (u32, &LiveEntry)| {
            let Entry { agent, .. } = seen.entry;
            let (start, end) = (seen.entry.start(), seen.entry.end());
            DriftClaim { agent, start, end, until: end, change }
        };
        let mut claims: Vec<DriftClaim> = all().map(claim).collect();
        claims.sort_unstable_by_key(|claim| (claim.agent, claim.start, claim.change));
        for place in 1..claims.len() {
            if claims[place - 1].agent == claims[place].agent {
                claims[place].until = claims[place].end.max(claims[place - 1].until);
            }
        }
        let mut ids: Vec<((RecordKey, bool), u32)> =
            all().filter_map(|(change, seen)| Some((seen.name()?, change))).collect();
        ids.sort_unstable();
        ids.dedup();
        Writes {
            changes,
            agents: claims.iter().map(|claim| claim.agent).collect(),
            names: ids.iter().map(|((id, _), _)| *id).collect(),
            claims,
            ids,
        }
    }

    /// Whether a batch entry may write any of them.
    #[must_use]
    pub fn concern(&self, entry: &Entry) -> bool {
        self.agents.contains(&entry.agent) || self.names.contains(&entry.id)
    }

    /// Whether an id is that of a change.
    #[must_use]
    pub fn concern_id(&self, id: RecordKey) -> bool {
        self.names.contains(&id)
    }

    /// What a batch record writes, whose entries these are, with their times as they are read.
    #[must_use]
    pub fn of_record(&self, entries: &[(Entry, (Instant, Instant))]) -> WrittenRecords {
        let mut written = WrittenRecords::default();
        for (entry, time) in entries {
            let is_shift = entry.side().kind == Kind::Shift;
            written.changes.extend(self.by_id(entry.id, is_shift).map(|change| (change, true)));
            let end = self
                .claims
                .partition_point(|claim| (claim.agent, claim.start) < (entry.agent, entry.end()));
            let before = self.claims[..end].iter().rev();
            let near = before
                .take_while(|claim| claim.agent == entry.agent && claim.until > entry.start());
            let overlapping = near.filter(|claim| claim.end > entry.start());
            written.changes.extend(overlapping.map(|claim| (claim.change, false)));
            let agrees = |(change, _): &&(u32, bool)| self.agrees(*change, entry, *time);
            written.agreed.extend(written.changes.iter().filter(agrees).map(|(change, _)| *change));
        }
        written.changes.sort_unstable_by_key(|(change, by_id)| (*change, !by_id));
        written.changes.dedup_by_key(|(change, _)| *change);
        written.agreed.sort_unstable();
        let is_open = |change: &(u32, bool)| written.agreed.binary_search(&change.0).is_err();
        written.changes.retain(is_open);
        written
    }

    /// The changes of records with this id. One that is deleted by the batch and gone is as the
    /// batch says.
    #[must_use]
    pub fn of_name(&self, id: RecordKey, is_shift: bool, is_deleted: bool) -> WrittenRecords {
        let is_gone =
            |change: &u32| is_deleted && self.changes[*change as usize].drift == Drift::Gone;
        let (agreed, open): (Vec<u32>, Vec<u32>) = self.by_id(id, is_shift).partition(is_gone);
        WrittenRecords { changes: open.into_iter().map(|change| (change, true)).collect(), agreed }
    }

    fn by_id(&self, id: RecordKey, is_shift: bool) -> impl Iterator<Item = u32> {
        let name = (id, is_shift);
        let first = self.ids.partition_point(|(of, _)| *of < name);
        let same = self.ids[first..].iter().take_while(move |(of, _)| *of == name);
        same.filter(move |_| id.is_some()).map(|(_, change)| *change)
    }

    /// Whether a change made what is published what a batch entry says. What differs in its
    /// version alone may differ in what no entry shows.
    fn agrees(&self, change: u32, entry: &Entry, time: (Instant, Instant)) -> bool {
        let DriftedRecord { now, drift, .. } = self.changes[change as usize];
        drift != Drift::Version
            && now.is_some_and(|now| {
                let live = now.entry;
                live.agent == entry.agent
                    && live.id == entry.id
                    && live.side().kind == entry.side().kind
                    && now.time == time
            })
    }
}
