//! Entries, put into partitions by agent.

use crate::model::packed::{Likenesses, Pack};
use crate::model::shift::Entry;
use std::sync::Arc;

/// All entries whose agents fall into one partition, in no order.
#[derive(Debug, Default)]
pub struct Partition {
    /// What each thread collected of it.
    pub packs: Vec<(Arc<Likenesses>, Pack)>,
    /// How many of the highest bits of a key all its agents have in common.
    pub bits: u32,
}

impl Partition {
    /// How many entries it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.packs.iter().map(|(_, pack)| pack.len()).sum()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.packs.iter().all(|(_, pack)| pack.is_empty())
    }

    /// Adds entries of its agents.
    pub fn add(&mut self, entries: impl IntoIterator<Item = Entry>) {
        let (mut likenesses, mut pack) = (Likenesses::default(), Pack::default());
        entries.into_iter().for_each(|entry| pack.push(&entry, &mut likenesses));
        self.packs.push((Arc::new(likenesses), pack));
    }

    /// Takes out the entries that are wanted elsewhere.
    pub fn take(&mut self, wanted: impl Fn(&Entry) -> bool) -> Vec<Entry> {
        let taken = self.those(&wanted);
        if !taken.is_empty() {
            let kept = self.those(|entry| !wanted(entry));
            self.packs.clear();
            self.add(kept);
        }
        taken
    }

    /// The entries that are wanted, in no order.
    #[must_use]
    pub fn those(&self, wanted: impl Fn(&Entry) -> bool) -> Vec<Entry> {
        let mut those = Vec::new();
        self.visit(|entry| those.extend(wanted(&entry).then_some(entry)));
        those
    }

    /// Hands out its entries, in no order.
    #[inline(always)]
    pub fn visit(&self, mut visit: impl FnMut(Entry)) {
        for (likenesses, pack) in &self.packs {
            pack.visit(likenesses, &mut visit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Partition;
    use crate::model::shift::{Entry, Kind, Side, Traits};
    use crate::model::source::Origin;
    use crate::model::time::{Clock, Span};

    #[test]
    fn what_is_taken_out_is_not_kept() {
        let entry = |agent| {
            let span = Span::new(0, 1).expect("not empty");
            let side = Side { batch: true, kind: Kind::Shift };
            let origin = Origin::new(0, agent);
            Entry::new(agent, 0, span, Clock::UTC, side, Traits::default(), origin)
        };
        let mut partition = Partition::default();
        partition.add([1, 2, 3].map(entry));
        partition.add([entry(4)]);
        let even = |entry: &Entry| entry.agent.is_multiple_of(2);
        assert_eq!(partition.take(even), [entry(2), entry(4)]);
        assert_eq!(partition.those(|_| true), [entry(1), entry(3)]);
        assert_eq!((partition.take(even), partition.len()), (vec![], 2));
    }
}
