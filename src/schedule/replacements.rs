//! Counts the records whose entries something else replaces.

use crate::model::fate::{Fate, Fates};
use crate::model::shift::Entry;
use crate::model::source::Origin;
use std::collections::{BTreeMap, HashSet};

/// What was replaced of each source.
#[derive(Default)]
pub(crate) struct Replacements(BTreeMap<u16, SourceReplacements>);

#[derive(Clone, Copy, Default)]
struct SourceReplacements {
    records: u64,
    entries: u64,
    /// Records that were read in part.
    partly: u64,
}

/// Rows that are not counted as records of their own.
#[derive(Clone, Copy)]
pub(crate) struct CountedRows<'a> {
    /// Rows that go on with the record of another one.
    pub(crate) further: &'a HashSet<Origin>,
    /// Checked records of which a part could not be read.
    pub(crate) partly: &'a HashSet<Origin>,
}

impl Replacements {
    /// Counts entries that were replaced, and the records that they are of.
    pub(crate) fn note(&mut self, entries: &mut [Entry], counted: CountedRows<'_>) {
        entries.sort_unstable_by_key(|entry| entry.origin);
        for record in entries.chunk_by(|one, other| one.origin == other.origin) {
            let Some(Entry { origin, .. }) = record.first() else { continue };
            let of_source = self.0.entry(origin.source()).or_default();
            of_source.entries += record.len() as u64;
            // A record is counted by the row that it begins with.
            if !counted.further.contains(origin) {
                of_source.records += 1;
                of_source.partly += u64::from(counted.partly.contains(origin));
            }
        }
    }

    /// Adds what was counted elsewhere.
    pub(crate) fn join(&mut self, other: Replacements) {
        for (source, more) in other.0 {
            let sum = self.0.entry(source).or_default();
            sum.records += more.records;
            sum.entries += more.entries;
            sum.partly += more.partly;
        }
    }

    /// Gives those records, which were checked so far, another fate.
    pub(crate) fn settle(self, fates: &mut [Fates], fate: Fate) {
        for (source, replaced) in self.0 {
            let fates = &mut fates[usize::from(source)];
            fates.change(Fate::Checked, fate, replaced.records);
            fates.entries -= replaced.entries;
            fates.partly -= replaced.partly;
        }
    }
}
