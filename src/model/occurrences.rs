//! Counts records of one kind, and keeps where the first of them is.

use crate::model::keys::QuickMap;
use std::collections::BTreeMap;
use std::hash::Hash;

/// How many records there are of something, and where the first of them is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrences<At> {
    /// How many.
    pub count: u64,
    /// The first: the byte at which it begins, or its origin.
    pub first: At,
}

impl<At: Copy + Ord> Occurrences<At> {
    /// The one there.
    #[must_use]
    pub const fn one(at: At) -> Occurrences<At> {
        Occurrences { count: 1, first: at }
    }

    /// Adds others.
    pub fn join(&mut self, others: Occurrences<At>) {
        self.count += others.count;
        self.first = self.first.min(others.first);
    }

    /// These and others.
    #[must_use]
    pub fn and(mut self, others: Occurrences<At>) -> Occurrences<At> {
        self.join(others);
        self
    }
}

/// Maps that count occurrences by a key.
pub trait AddOccurrences<Key, At> {
    /// Adds occurrences to those that the key has.
    fn add(&mut self, key: Key, more: Occurrences<At>);
}

impl<Key: Ord, At: Copy + Ord> AddOccurrences<Key, At> for BTreeMap<Key, Occurrences<At>> {
    fn add(&mut self, key: Key, more: Occurrences<At>) {
        self.entry(key).and_modify(|known| known.join(more)).or_insert(more);
    }
}

impl<Key: Eq + Hash, At: Copy + Ord> AddOccurrences<Key, At> for QuickMap<Key, Occurrences<At>> {
    fn add(&mut self, key: Key, more: Occurrences<At>) {
        self.entry(key).and_modify(|known| known.join(more)).or_insert(more);
    }
}

#[cfg(test)]
mod tests {
    use super::{AddOccurrences, Occurrences};
    use std::collections::BTreeMap;

    #[test]
    fn the_first_is_kept_in_whatever_order_they_come() {
        let mut known: BTreeMap<&str, Occurrences<u64>> = BTreeMap::new();
        for (key, at) in [("a", 7), ("b", 1), ("a", 3), ("a", 9)] {
            known.add(key, Occurrences::one(at));
        }
        let more = Occurrences { count: 2, first: 0 };
        known.add("b", more);
        assert_eq!(known["a"], Occurrences { count: 3, first: 3 });
        assert_eq!(known["b"], Occurrences { count: 3, first: 0 });
        assert_eq!(known["a"].and(more), Occurrences { count: 5, first: 0 });
    }
}
