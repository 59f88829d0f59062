//! Finds what changed in what is published since the base was read, and who writes it.
//!
//! A three-way comparison: the base is the common ancestor, what is published is one side, the
//! batch the other. [`compare`] cancels the entries that both files have, agent by agent, and
//! [`pair`] joins what is left into [`DriftedRecord`]s by id: across agents, too. [`Writes`] then answers
//! which changes a batch record writes: those with its id, and those whose time it overlaps, as
//! it is or as it was. What versions say is in `versions`.
//!
//! **Price tag.** Two files without a change cost one sort each. Afterwards a batch entry costs
//! two binary searches.

mod versions;

mod writes;

pub use versions::{PublishedVersions, RecordVersions, UnitDrift};
pub use writes::{Writes, WrittenRecords};

use crate::model::agents::Agents;
use crate::model::fact::{Detail, Drift, Notice, WrittenBy};
use crate::model::finding::Record;
use crate::model::keys::{AgentKey, RecordKey};
use crate::model::shift::{Entry, Kind};
use crate::model::source::Origin;
use crate::model::time::Instant;
use std::cmp::Ordering;
use std::sync::Arc;

/// An entry of what is published or of the base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LiveEntry {
    /// The entry.
    pub entry: Entry,
    /// Its time as it is read.
    pub time: (Instant, Instant),
    /// Whether two that are alike are one record.
    pub repeats: bool,
    /// Whether the batch replaces it with a whole schedule or week.
    pub is_replaced: bool,
}

/// What an entry is: its id, kind and time.
type LiveState = (RecordKey, Kind, (Instant, Instant));

impl LiveEntry {
    /// `by_id` is whether ids name records; without it those that differ in it are alike.
    const fn state(&self, by_id: bool) -> LiveState {
        let id = if by_id { self.entry.id } else { RecordKey::NONE };
        (id, self.entry.side().kind, self.time)
    }

    /// Its id among those of shifts or of time off, if it has one.
    fn name(&self) -> Option<(RecordKey, bool)> {
        let is_shift = self.entry.side().kind == Kind::Shift;
        self.entry.id.is_some().then_some((self.entry.id, is_shift))
    }
}

/// What was published is not what the base has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DriftedRecord {
    /// What is published now.
    pub now: Option<LiveEntry>,
    /// What the base has.
    pub before: Option<LiveEntry>,
    /// What differs.
    pub drift: Drift,
    /// Whether the other file covers its time, so that it can be said to be new or gone.
    pub is_covered: bool,
}

impl DriftedRecord {
    fn of(now: Option<LiveEntry>, before: Option<LiveEntry>) -> DriftedRecord {
        let drift = match (now, before) {
            (None, _) => Drift::Gone,
            (_, None) => Drift::New,
            (Some(now), Some(before)) if now.entry.agent != before.entry.agent => Drift::Reassigned,
            (Some(now), Some(before)) if now.time != before.time => Drift::Moved,
            (Some(now), Some(before)) if now.entry.side() != before.entry.side() => Drift::Decided,
            _ => Drift::Version,
        };
        DriftedRecord { now, before, drift, is_covered: true }
    }

    /// Both states.
    pub fn states(&self) -> impl Iterator<Item = &LiveEntry> {
        self.now.iter().chain(&self.before)
    }
}

/// Compares what is published for an agent with the base, and hands out what only one of them
/// has, and the pairs of which `is_rewritten` holds: by the place of the published one and of the other.
///
/// Two entries with one id and state are one record. Without ids as many have to be published as
/// the base has.
pub fn compare(
    now: &mut Vec<LiveEntry>,
    before: &mut Vec<LiveEntry>,
    by_id: bool,
    is_rewritten: impl Fn(Origin, Origin) -> bool,
    found: &mut Leftovers,
) {
    for side in [&mut *now, &mut *before] {
        side.sort_unstable_by_key(|seen| (seen.state(by_id), seen.entry.origin));
        side.dedup_by(|later, first| {
            let is_one = later.repeats || by_id && later.entry.id.is_some();
            is_one && later.state(by_id) == first.state(by_id)
        });
    }
    let key = |seen: &LiveEntry| seen.state(by_id);
    merge(now, before, key, |pair| match pair {
        (Some(one), Some(other)) => {
            if is_rewritten(one.entry.origin, other.entry.origin) {
                found.changes.push(DriftedRecord::of(Some(one), Some(other)));
            }
        }
        (one, other) => {
            found.now.extend(one);
            found.before.extend(other);
        }
    });
}

/// Merges two sides that are sorted by a key, and hands out the pairs that are equal in it, and
/// what only one side has.
fn merge<Key: Ord>(
    now: &[LiveEntry],
    before: &[LiveEntry],
    key: impl Fn(&LiveEntry) -> Key,
    mut found: impl FnMut((Option<LiveEntry>, Option<LiveEntry>)),
) {
    let (mut now, mut before) = (now.iter().peekable(), before.iter().peekable());
    loop {
        let order = match (now.peek(), before.peek()) {
            (None, None) => return,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(one), Some(other)) => key(one).cmp(&key(other)),
        };
        let one = if order.is_le() { now.next() } else { None };
        let other = if order.is_ge() { before.next() } else { None };
        found((one.copied(), other.copied()));
    }
}

/// What is left of a comparison.
#[derive(Debug, Default)]
pub struct Leftovers {
    /// What is published alone.
    now: Vec<LiveEntry>,
    /// What the base has alone.
    before: Vec<LiveEntry>,
    /// What differs in its version alone.
    changes: Vec<DriftedRecord>,
}

impl Leftovers {
    /// Adds what another comparison left.
    pub fn join(&mut self, other: Leftovers) {
        self.now.extend(other.now);
        self.before.extend(other.before);
        self.changes.extend(other.changes);
    }
}

/// Joins what only one file has into changes: by id and agent, then by id alone.
#[must_use]
pub fn pair(found: Leftovers) -> Vec<DriftedRecord> {
    let Leftovers { mut now, mut before, mut changes } = found;
    for of_agent in [true, false] {
        let name = |seen: &LiveEntry| {
            let agent = if of_agent { seen.entry.agent } else { AgentKey::NONE };
            Some((seen.name()?, agent))
        };
        for side in [&mut now, &mut before] {
            side.sort_unstable_by_key(|seen| (name(seen), seen.time, seen.entry.origin));
        }
        let (mut new, mut gone) = (Vec::new(), Vec::new());
        let mut take = |pair| match pair {
            (Some(one), Some(other)) if name(&one).is_some() => {
                changes.push(DriftedRecord::of(Some(one), Some(other)));
            }
            (one, other) => {
                new.extend(one);
                gone.extend(other);
            }
        };
        merge(&now, &before, name, &mut take);
        (now, before) = (new, gone);
    }
    changes.extend(now.into_iter().map(|seen| DriftedRecord::of(Some(seen), None)));
    changes.extend(before.into_iter().map(|seen| DriftedRecord::of(None, Some(seen))));
    // In an order that no key decides.
    let origin = |seen: Option<LiveEntry>| seen.map(|seen| (seen.entry.origin, seen.time));
    changes.sort_unstable_by_key(|change| (origin(change.now), origin(change.before)));
    changes
}

/// Whether the words of records show that a batch record does not write the change that a notice
/// is about: then two names have one key.
#[must_use]
pub fn contradicts(agents: &Agents, notice: &Notice, records: &[Arc<Record>]) -> bool {
    let Detail::Drift { drift, by, .. } = notice.detail else { return false };
    let [sent, states @ ..] = records else { return false };
    let is_of_agent = || states.iter().any(|state| agents.are_one(&state.agent, &sent.agent));
    match (drift, by) {
        (Drift::Schedule(_), _) => states.iter().any(|state| state.schedule != sent.schedule),
        (_, WrittenBy::Id) => states.iter().any(|state| state.id != sent.id),
        (_, WrittenBy::Time) => !is_of_agent(),
        (_, WrittenBy::Whole) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Leftovers, LiveEntry, compare, pair};
    use crate::model::fact::Drift;
    use crate::model::keys::{AgentKey, RecordKey};
    use crate::model::shift::{Entry, Kind, Side, Traits};
    use crate::model::source::Origin;
    use crate::model::time::{Clock, Span};

    fn seen(agent: u64, id: u64, start: i64, place: u64) -> LiveEntry {
        let span = Span::of_millis(start, start + 8).expect("not empty");
        let (agent, id) = (AgentKey::from_bits(agent), RecordKey::from_bits(id));
        let (side, origin) = (Side { batch: false, kind: Kind::Shift }, Origin::new(1, place));
        let entry = Entry::new(agent, id, span, Clock::UTC, side, Traits::default(), origin);
        LiveEntry { entry, time: (span.start(), span.end()), repeats: false, is_replaced: false }
    }

    fn changes(now: &[LiveEntry], before: &[LiveEntry], by_id: bool) -> Vec<(Drift, u64)> {
        let mut found = Leftovers::default();
        for agent in [1, 2] {
            let of_agent = |all: &[LiveEntry]| -> Vec<LiveEntry> {
                all.iter().filter(|one| one.entry.agent.bits() == agent).copied().collect()
            };
            compare(&mut of_agent(now), &mut of_agent(before), by_id, |_, _| false, &mut found);
        }
        let place =
            |of: &super::DriftedRecord| of.states().map(|one| one.entry.origin.offset()).next();
        pair(found).iter().map(|of| (of.drift, place(of).unwrap_or(99))).collect()
    }

    #[test]
    fn what_both_files_have_is_no_change() {
        let records = [seen(1, 5, 0, 1), seen(1, 0, 20, 2), seen(2, 0, 20, 3), seen(2, 0, 20, 4)];
        let mut turned = records;
        turned.reverse();
        assert_eq!(changes(&records, &turned, true), []);
        assert_eq!(changes(&records, &[&records[..], &records[..1]].concat(), true), []);
        let more = [&records[..], &records[1..2]].concat();
        assert_eq!(changes(&more, &records, true), [(Drift::New, 2)], "no id: each is one");
        assert_eq!(changes(&records, &more, true), [(Drift::Gone, 2)]);
    }

    #[test]
    fn changes_are_joined_by_id() {
        assert_eq!(changes(&[seen(1, 5, 3, 1)], &[seen(1, 5, 0, 2)], true), [(Drift::Moved, 1)]);
        let moved = [(Drift::Reassigned, 1)];
        assert_eq!(changes(&[seen(2, 5, 0, 1)], &[seen(1, 5, 0, 2)], true), moved);
        let apart = [(Drift::Gone, 2), (Drift::New, 1)];
        assert_eq!(changes(&[seen(1, 0, 3, 1)], &[seen(1, 0, 0, 2)], true), apart);
        // The agent's own first, whatever stands first.
        let (now, before) = ([seen(2, 5, 0, 1), seen(1, 5, 9, 3)], [seen(1, 5, 0, 2)]);
        assert_eq!(changes(&now, &before, true), [(Drift::New, 1), (Drift::Moved, 3)]);
    }

    #[test]
    fn numbers_of_rows_are_no_ids() {
        let before = [seen(1, 1, 0, 1), seen(1, 2, 20, 2)];
        let now = [seen(1, 1, -20, 1), seen(1, 2, 0, 2), seen(1, 3, 20, 3)];
        assert_eq!(changes(&now, &before, false), [(Drift::New, 1)]);
        assert_eq!(changes(&now, &before, true).len(), 3);
    }
}
