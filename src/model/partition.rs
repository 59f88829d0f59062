//! Distributes entries over partitions by the key of their agent (radix partitioning).

use crate::model::packed::{PackArena, PackedEntries};
use crate::model::shift::Entry;
use crate::model::source::Origin;
use std::iter::Peekable;
use std::sync::Arc;

/// All entries whose agents fall into one partition, in no order.
#[derive(Debug, Default)]
pub struct Partition {
    /// What each thread collected of it.
    pub packs: Vec<(Arc<PackArena>, PackedEntries)>,
    /// How many of the highest bits of a key all its agents have in common.
    pub bits: u32,
}

impl Partition {
    /// How many entries it has.
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "nothing asks for it")]
    pub fn len(&self) -> usize {
        self.packs.iter().map(|(_, pack)| pack.len()).sum()
    }

    /// Adds entries of its agents.
    pub fn add(&mut self, entries: impl IntoIterator<Item = Entry>) {
        let (mut shelf, mut pack) = (PackArena::default(), PackedEntries::default());
        entries.into_iter().for_each(|entry| pack.push(&entry, &mut shelf));
        self.packs.push((Arc::new(shelf), pack));
    }

    /// Takes out the entries that are wanted elsewhere.
    pub fn take(&mut self, wanted: impl Fn(&Entry) -> bool) -> Vec<Entry> {
        let taken = self.those(&wanted);
        if !taken.is_empty() {
            let before = self.len();
            let kept = self.those(|entry| !wanted(entry));
            assert_eq!(taken.len() + kept.len(), before, "an entry is taken or kept");
            self.packs.clear();
            self.add(kept);
        }
        taken
    }

    /// The entries that are wanted, in no order.
    #[must_use]
    pub fn those(&self, wanted: impl Fn(&Entry) -> bool) -> Vec<Entry> {
        self.entries().filter(wanted).collect()
    }

    /// Its entries, in no order.
    #[inline(always)]
    pub fn entries(&self) -> impl Iterator<Item = Entry> {
        self.packs.iter().flat_map(|(shelf, pack)| pack.entries(shelf))
    }

    /// Hands out its entries, in the order of their places if every pack has its
    /// own in that order.
    #[inline(always)]
    pub fn visit_by_place(&self, visit: impl FnMut(Entry)) {
        merge_by_place(self.packs.iter().map(|(shelf, pack)| pack.entries(shelf)), visit);
    }

    /// The same, freeing memory on the way where a pack has it to itself.
    pub fn drain_by_place(self, visit: impl FnMut(Entry)) {
        merge_by_place(self.packs.into_iter().map(|(shelf, pack)| pack.drain(shelf)), visit);
    }
}

/// Merges packs by the places of their entries.
#[inline(always)]
fn merge_by_place<Entries: Iterator<Item = Entry>>(
    packs: impl Iterator<Item = Entries>,
    mut visit: impl FnMut(Entry),
) {
    let mut packs: Vec<_> = packs.map(Iterator::peekable).collect();
    // Threads take turns block by block; so one pack continues for a while.
    while let Some((pack, limit)) = first_of(&mut packs) {
        while let Some(entry) = pack.next_if(|entry| entry.origin <= limit) {
            visit(entry);
        }
    }
}

/// The pack whose next entry comes first, and where that of any other is.
fn first_of<Entries: Iterator<Item = Entry>>(
    packs: &mut [Peekable<Entries>],
) -> Option<(&mut Peekable<Entries>, Origin)> {
    let (mut first, mut limit): (Option<(usize, Origin)>, Origin) = (None, Origin::LAST);
    for (place, pack) in packs.iter_mut().enumerate() {
        let Some(next) = pack.peek().map(|entry| entry.origin) else { continue };
        match first {
            Some((_, origin)) if origin <= next => limit = limit.min(next),
            _ => {
                limit = first.map_or(limit, |(_, origin)| origin.min(limit));
                first = Some((place, next));
            }
        }
    }
    packs.get_mut(first?.0).map(|pack| (pack, limit))
}

#[cfg(test)]
mod tests {
    use super::Partition;
    use crate::model::keys::{AgentKey, RecordKey};
    use crate::model::shift::{Entry, Kind, Side, Traits};
    use crate::model::source::Origin;
    use crate::model::time::{Clock, Span};

    /// Of the agent with this key, at this place.
    fn entry(number: u64) -> Entry {
        let span = Span::of_millis(0, 1).expect("not empty");
        let side = Side { batch: true, kind: Kind::Shift };
        let (agent, origin) = (AgentKey::from_bits(number), Origin::new(0, number));
        Entry::new(agent, RecordKey::NONE, span, Clock::UTC, side, Traits::default(), origin)
    }

    #[test]
    fn what_is_taken_out_is_not_kept() {
        let mut partition = Partition::default();
        partition.add([1, 2, 3].map(entry));
        partition.add([entry(4)]);
        let even = |entry: &Entry| entry.agent.bits().is_multiple_of(2);
        assert_eq!(partition.take(even), [entry(2), entry(4)]);
        assert_eq!(partition.those(|_| true), [entry(1), entry(3)]);
        assert_eq!((partition.take(even), partition.len()), (vec![], 2));
    }

    #[test]
    fn entries_of_several_packs_come_by_their_places() {
        let mut partition = Partition::default();
        for places in [vec![0, 1, 5, 6], vec![], vec![2, 3, 9], vec![4, 7, 8]] {
            partition.add(places.into_iter().map(entry));
        }
        let mut places = Vec::new();
        partition.visit_by_place(|entry| places.push(entry.origin.offset()));
        assert_eq!(places, (0..10).collect::<Vec<_>>());
        // In no order, but all of them.
        partition.add([3, 1].map(entry));
        let mut visited = Vec::new();
        partition.visit_by_place(|entry| visited.push(entry));
        assert_eq!((visited.len(), partition.entries().count()), (12, 12));
        let mut drained = Vec::new();
        partition.drain_by_place(|entry| drained.push(entry));
        assert_eq!(drained, visited);
    }
}
