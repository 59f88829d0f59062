//! Counts the fates of records, whose rows come one by one.

use crate::model::fate::{Fate, Fates};
use crate::model::row::Row;
use crate::model::source::Origin;
use std::collections::HashSet;

/// What one thread has counted.
pub(super) struct FateCounter {
    /// By the place of the source.
    pub(super) counts: Vec<Fates>,
    /// Entries of the source at hand that are a record each, and are not in `counts` yet.
    usual: u64,
    /// Rows that go on with the record of another one.
    pub(super) further: Vec<Origin>,
    /// Checked records of which a part could not be read.
    pub(super) partly: HashSet<Origin>,
    /// Where the record begins that the row before belongs to, and what became of it so
    /// far.
    last: (Origin, Fate),
}

impl FateCounter {
    /// For so many sources.
    pub(super) fn new(sources: usize) -> FateCounter {
        FateCounter {
            counts: vec![Fates::default(); sources],
            usual: 0,
            further: Vec::new(),
            partly: HashSet::new(),
            last: (Origin::LAST, Fate::Checked),
        }
    }

    /// Counts a row that became an entry: as a record, or as more of the record before.
    #[inline(always)]
    pub(super) fn add_entry(&mut self, row: &Row<'_>, origin: Origin) {
        if row.continues {
            return self.add(row, origin, Fate::Checked);
        }
        self.usual += 1;
        self.last = (origin, Fate::Checked);
    }

    /// Where the record begins that was counted last.
    pub(super) const fn record(&self) -> Origin {
        self.last.0
    }

    /// Brings the counts of a source up to date, after the last of its rows.
    pub(super) fn flush(&mut self, place: usize) {
        let usual = std::mem::take(&mut self.usual);
        let counts = &mut self.counts[place];
        counts.entries += usual;
        counts.records += usual;
        counts.add(Fate::Checked, usual);
    }

    /// Counts a row: as a record of this fate, or as more of the record before.
    pub(super) fn add(&mut self, row: &Row<'_>, origin: Origin, fate: Fate) {
        self.flush(usize::from(origin.source()));
        let counts = &mut self.counts[usize::from(origin.source())];
        counts.entries += u64::from(fate == Fate::Checked);
        if row.continues {
            return self.add_further(origin, fate);
        }
        counts.records += 1;
        counts.add(fate, 1);
        self.last = (origin, fate);
    }

    /// Counts a row that goes on with the record before. A record is checked if
    /// any of its rows is, and unreadable if none is and one could not be read.
    #[cold]
    fn add_further(&mut self, origin: Origin, fate: Fate) {
        let counts = &mut self.counts[usize::from(origin.source())];
        let (first, known) = self.last;
        if origin != first {
            self.further.push(origin);
        }
        let all = match (known, fate) {
            (Fate::Checked, _) | (_, Fate::Checked) => Fate::Checked,
            (Fate::Unreadable, _) | (_, Fate::Unreadable) => Fate::Unreadable,
            _ => known,
        };
        counts.change(known, all, 1);
        let unreadable = [known, fate].contains(&Fate::Unreadable);
        if all == Fate::Checked && unreadable && self.partly.insert(first) {
            counts.partly += 1;
        }
        self.last = (first, all);
    }
}
