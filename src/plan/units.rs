//! Records become units: what goes or waits as a whole.

use super::batch::Batch;
use crate::graph::{Adjacency, UnionFind};
use crate::model::keys::{AgentKey, QuickMap};
use crate::model::settings::Replace;
use crate::model::source::Origin;
use crate::schedule::run::Run;
use std::collections::BTreeSet;
use std::ops::Range;

/// The units of a batch, numbered in the order of the files.
#[derive(Debug)]
pub(super) struct UnitsOfBatch {
    /// The unit of each record.
    pub(super) of_record: Vec<u32>,
    /// The records of each unit, in the order of the files.
    records: Adjacency,
    count: u32,
}

impl UnitsOfBatch {
    /// Joins records that cannot be sent one without the other: what ties say; what an agent
    /// has in an upload of changes, or in all where a write replaces whole schedules; an import.
    pub(super) fn of(run: &Run<'_>, batch: &Batch, ties: &[(Origin, Origin)]) -> UnitsOfBatch {
        let mut sets = UnionFind::new(batch.records().len());
        let mut parts: QuickMap<(u16, AgentKey), u32> = QuickMap::default();
        let mut imports: QuickMap<u16, u32> = QuickMap::default();
        let by_schedule = run.settings.replace == Replace::Schedule;
        let whole = sources_sent_whole(run, batch);
        for (place, record) in batch.records().iter().enumerate() {
            let number = record.origin.source();
            let source = &run.sources[usize::from(number)];
            let place_number = place as u32;
            if whole.contains(&number) {
                let first = *imports.entry(number).or_insert(place_number);
                sets.union(first, place_number);
            } else if by_schedule || source.holds_changes() {
                let part = if by_schedule { u16::MAX } else { number };
                for agent in batch.agents(place) {
                    let first = *parts.entry((part, agent)).or_insert(place_number);
                    sets.union(first, place_number);
                }
            }
        }
        for (one, other) in ties {
            if one.source() == other.source()
                && let (Some(one), Some(other)) = (batch.find(*one), batch.find(*other))
            {
                sets.union(one as u32, other as u32);
            }
        }
        UnitsOfBatch::of_sets(sets, batch.records().len())
    }

    fn of_sets(mut sets: UnionFind, count: usize) -> UnitsOfBatch {
        let mut of_record = Vec::with_capacity(count);
        let mut units = 0;
        for place in 0..count as u32 {
            let first = sets.root(place);
            let unit = match first == place {
                true => {
                    units += 1;
                    units - 1
                }
                false => of_record[first as usize],
            };
            of_record.push(unit);
        }
        // There are no more units than records, and mostly as many.
        let records = match units as usize == count {
            true => Adjacency::loops(count),
            false => Adjacency::new(count, of_record.iter().copied().zip(0..)),
        };
        UnitsOfBatch { of_record, records, count: units }
    }

    /// How many units there are.
    pub(super) const fn count(&self) -> usize {
        self.count as usize
    }

    /// The records of a unit, in the order of the files.
    pub(super) fn records_of(&self, unit: u32) -> &[u32] {
        self.records.of(unit)
    }

    /// The records of each unit.
    pub(super) fn all(&self) -> impl Iterator<Item = &[u32]> {
        (0..self.count).map(|unit| self.records_of(unit))
    }
}

/// The inputs that are sent as a whole: imports, and uploads of changes with a part of an agent
/// that holds no record, such as one that deletes all.
fn sources_sent_whole(run: &Run<'_>, batch: &Batch) -> BTreeSet<u16> {
    let is_whole = |(number, places): &(u16, Range<u32>)| {
        let source = &run.sources[usize::from(*number)];
        let element = |place: u32| batch.rows(place as usize)[0].element;
        let has_others = || {
            let mut elements: Vec<u64> = places.clone().map(element).collect();
            elements.dedup();
            source.element_count() > elements.len() as u64
        };
        source.weeks().is_some() || source.holds_changes() && has_others()
    };
    batch.by_source().filter(is_whole).map(|(number, _)| number).collect()
}
