//! Counts how two columns that could be one field differ.

use crate::model::keys::QuickMap;
use std::collections::BTreeMap;

/// Whether two columns divide records in the same way: what the agents of one are
/// called by the other.
#[derive(Default)]
pub(super) struct Division {
    forth: QuickMap<u64, u64>,
    back: QuickMap<u64, u64>,
    /// How many records do not fit, and the first of them.
    pub(super) odd: (u64, u64),
}

impl Division {
    /// Whether the columns name several agents each, and divide the records differently.
    pub(super) fn differs(&self) -> bool {
        self.odd.0 > 0 && self.forth.len() > 1 && self.back.len() > 1
    }

    pub(super) fn add(&mut self, one: u64, other: u64, at: u64) {
        if one == 0 || other == 0 {
            return;
        }
        let forth = *self.forth.entry(one).or_insert(other) == other;
        let back = *self.back.entry(other).or_insert(one) == one;
        if !(forth && back) {
            self.note((1, at));
        }
    }

    fn note(&mut self, (count, at): (u64, u64)) {
        self.odd = match self.odd {
            (0, _) => (count, at),
            (known, first) if count > 0 => (known + count, first.min(at)),
            same => same,
        };
    }

    pub(super) fn join(&mut self, other: Division) {
        self.note(other.odd);
        for (one, other) in other.forth {
            self.add(one, other, u64::MAX);
        }
        for (other, one) in other.back {
            self.add(one, other, u64::MAX);
        }
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
