//! Counts how two columns that could be one field differ.

use crate::model::keys::{NameKey, QuickMap};
use crate::model::occurrences::{AddOccurrences, Occurrences};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What a record is called by two columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct NamePair {
    pub(super) chosen: NameKey,
    pub(super) other: NameKey,
}

/// Whether two columns divide records in the same way: who is called what by each of them.
#[derive(Default)]
pub(super) struct Division {
    /// How many records each pair of names has, and the first of them. Empty once there are
    /// more than [`Division::MOST_PAIRS`].
    pairs: QuickMap<NamePair, Occurrences<u64>>,
    /// All records that have two names, if any has.
    all: Option<Occurrences<u64>>,
    has_too_many: bool,
    /// Whether the other column is the agent by its name, and has another kind of words, or
    /// one alone.
    pub(super) is_by_name: bool,
}

impl Division {
    /// So many pairs take 50 MB. Columns with more do not divide records in the same way.
    const MOST_PAIRS: usize = 1 << 20;

    pub(super) fn add(&mut self, names: NamePair, at: u64) {
        if names.chosen.is_some() && names.other.is_some() {
            self.add_pair(names, Occurrences::one(at));
        }
    }

    fn add_pair(&mut self, pair: NamePair, more: Occurrences<u64>) {
        self.all = self.all.into_iter().chain([more]).reduce(Occurrences::and);
        if !self.has_too_many {
            self.pairs.add(pair, more);
            if self.pairs.len() > Self::MOST_PAIRS {
                self.forget_pairs();
            }
        }
    }

    fn forget_pairs(&mut self) {
        (self.pairs, self.has_too_many) = (QuickMap::default(), true);
    }

    pub(super) fn join(&mut self, other: Division) {
        self.is_by_name |= other.is_by_name;
        if other.has_too_many {
            self.forget_pairs();
            self.all = self.all.into_iter().chain(other.all).reduce(Occurrences::and);
        }
        for (pair, more) in other.pairs {
            self.add_pair(pair, more);
        }
    }

    /// How many records are one agent's by one column and another's by the other, if that is
    /// in doubt, and the first of them. `may_be_records` says whether the column that is read
    /// may hold the ids of records.
    pub(super) fn doubtful(&self, may_be_records: bool) -> Option<Occurrences<u64>> {
        match self.is_by_name {
            true => self.divided().or_else(|| self.merged()),
            false => self.odd().or_else(|| self.divided().filter(|_| may_be_records)),
        }
    }

    /// How many records have one of several names by the column that is read and the same by
    /// the other, which is the agent by its name; `None` if few of the names there are
    /// such. A few agents of one name are ordinary.
    fn divided(&self) -> Option<Occurrences<u64>> {
        self.with_several(|pair| pair.other)
    }

    /// The same the other way round: what is read is the same for several agents, as a code of
    /// shifts is.
    fn merged(&self) -> Option<Occurrences<u64>> {
        self.with_several(|pair| pair.chosen)
    }

    /// How many records have a name of these that stands in several pairs; `None` if few of the
    /// names do.
    fn with_several(&self, name: fn(&NamePair) -> NameKey) -> Option<Occurrences<u64>> {
        const SHARE: usize = 4;
        if self.has_too_many {
            return None;
        }
        let mut names: QuickMap<NameKey, u32> = QuickMap::default();
        for pair in self.pairs.keys() {
            *names.entry(name(pair)).or_default() += 1;
        }
        let has_several = |pair: &NamePair| names.get(&name(pair)).is_some_and(|count| *count > 1);
        let records = self.pairs.iter().filter(|(pair, _)| has_several(pair));
        let records = records.map(|(_, records)| *records).reduce(Occurrences::and);
        let several = names.values().filter(|count| **count > 1).count();
        records.filter(|_| several * SHARE >= names.len())
    }

    /// How many records have another pair of names than most with one of them, and the first
    /// of these records. `None` if the columns divide the records in the same way, or one
    /// of them has one name alone.
    pub(super) fn odd(&self) -> Option<Occurrences<u64>> {
        if self.has_too_many {
            return self.all;
        }
        let usual = |name: fn(&NamePair) -> NameKey| {
            let mut usual: QuickMap<NameKey, (u64, Reverse<u64>)> = QuickMap::default();
            for (pair, records) in &self.pairs {
                let best = usual.entry(name(pair)).or_default();
                *best = (*best).max((records.count, Reverse(records.first)));
            }
            usual
        };
        let (forth, back) = (usual(|pair| pair.chosen), usual(|pair| pair.other));
        let odd = self.pairs.iter().filter(|(pair, records)| {
            let own = (records.count, Reverse(records.first));
            forth.get(&pair.chosen) != Some(&own) || back.get(&pair.other) != Some(&own)
        });
        let odd = odd.map(|(_, records)| *records).reduce(Occurrences::and);
        odd.filter(|_| forth.len() > 1 && back.len() > 1)
    }
}

/// How many records a column could be the end of.
#[derive(Default)]
pub(super) struct EndCandidate {
    pub(super) fits: u64,
    pub(super) others: u64,
    /// The first words, by where their records begin.
    pub(super) words: BTreeMap<u64, String>,
}

impl EndCandidate {
    pub(super) fn note(&mut self, fits: bool, word: &[u8], at: u64) {
        self.fits += u64::from(fits);
        self.others += u64::from(!fits);
        self.add_word(at, || String::from_utf8_lossy(word.trim_ascii()).chars().take(40).collect());
    }

    fn add_word(&mut self, at: u64, word: impl FnOnce() -> String) {
        const SHOWN: usize = 2;
        if self.words.len() < SHOWN
            || self.words.last_key_value().is_some_and(|(last, _)| at < *last)
        {
            self.words.insert(at, word());
        }
        if self.words.len() > SHOWN {
            self.words.pop_last();
        }
    }

    pub(super) fn join(&mut self, other: EndCandidate) {
        self.fits += other.fits;
        self.others += other.others;
        other.words.into_iter().for_each(|(at, word)| self.add_word(at, || word));
    }
}

#[cfg(test)]
mod tests {
    use super::{Division, NamePair};
    use crate::model::keys::NameKey;
    use proptest::prelude::{prop_assert_eq, proptest};

    fn division(records: &[(u64, (u64, u64))]) -> Division {
        let mut division = Division::default();
        for (at, (chosen, other)) in records {
            let [chosen, other] = [*chosen, *other].map(NameKey::from_bits);
            division.add(NamePair { chosen, other }, *at);
        }
        division
    }

    #[test]
    fn what_most_records_say_is_usual() {
        let of = |names: &[(u64, u64)]| {
            let records: Vec<_> = (0..).zip(names.iter().copied()).collect();
            division(&records).odd().map(|odd| (odd.count, odd.first))
        };
        assert_eq!(of(&[(1, 8), (2, 9), (1, 8)]), None);
        assert_eq!(of(&[(1, 8), (2, 9), (1, 9), (1, 8)]), Some((1, 2)));
        // Of two that are as many, the first.
        assert_eq!(of(&[(1, 8), (1, 9), (2, 8), (2, 9)]), Some((3, 1)));
        // A name of nobody, and a column with one name.
        assert_eq!(of(&[(1, 8), (2, 0), (0, 9)]), None);
        assert_eq!(of(&[(1, 8), (2, 8)]), None);
    }

    proptest! {
        /// Nothing depends on who met which record, and in which order.
        #[test]
        fn threads_and_order_change_nothing(
            names in proptest::collection::vec((1u64..5, 1u64..5, 0usize..3), 0..40),
        ) {
            let records: Vec<(u64, (u64, u64))> =
                (0..).zip(names.iter().map(|(one, other, _)| (*one, *other))).collect();
            let mut joined = Division::default();
            for thread in 0..3 {
                let own = records.iter().zip(&names).filter(|(_, name)| name.2 == thread);
                let mut own: Vec<_> = own.map(|(record, _)| *record).collect();
                own.reverse();
                joined.join(division(&own));
            }
            prop_assert_eq!(joined.odd(), division(&records).odd());
        }
    }
}
