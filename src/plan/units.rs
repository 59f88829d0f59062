//! Records become units: what goes or waits as a whole.

use super::batch::Batch;
use crate::graph::UnionFind;
use crate::model::keys::{AgentKey, QuickMap};
use crate::model::settings::Replace;
use crate::model::source::Origin;
use crate::schedule::run::Run;
use std::collections::BTreeSet;

/// The units of a batch, numbered in the order of the files.
#[derive(Debug)]
pub(super) struct UnitsOfBatch {
    /// The unit of each record.
    pub(super) of_record: Vec<u32>,
    /// The records of all units, unit by unit, each in the order of the files.
    records: Vec<u32>,
    /// Where those of each unit begin; at the end how many records there are.
    firsts: Vec<u32>,
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
        let mut sizes: Vec<u32> = Vec::new();
        for place in 0..count as u32 {
            let first = sets.root(place);
            let unit = match first == place {
                true => {
                    sizes.push(0);
                    sizes.len() as u32 - 1
                }
                false => of_record[first as usize],
            };
            sizes[unit as usize] += 1;
            of_record.push(unit);
        }
        let mut firsts = Vec::with_capacity(sizes.len() + 1);
        let mut next = 0;
        for size in sizes {
            firsts.push(next);
            next += size;
        }
        firsts.push(next);
        let mut free = firsts.clone();
        let mut records = vec![0; count];
        for (unit, record) in of_record.iter().zip(0..) {
            let place = &mut free[*unit as usize];
            records[*place as usize] = record;
            *place += 1;
        }
        UnitsOfBatch { of_record, records, firsts }
    }

    /// How many units there are.
    pub(super) const fn count(&self) -> usize {
        self.firsts.len() - 1
    }

    /// The records of a unit, in the order of the files.
    pub(super) fn records_of(&self, unit: u32) -> &[u32] {
        let [first, after] = [unit, unit + 1].map(|unit| self.firsts[unit as usize] as usize);
        &self.records[first..after]
    }

    /// The records of each unit.
    pub(super) fn all(&self) -> impl Iterator<Item = &[u32]> {
        (0..self.count() as u32).map(|unit| self.records_of(unit))
    }
}

/// The inputs that are sent as a whole: imports, and uploads of changes with a part of an agent
/// that holds no record, such as one that deletes all.
fn sources_sent_whole(run: &Run<'_>, batch: &Batch) -> BTreeSet<u16> {
    let records = batch.records();
    let mut whole = BTreeSet::new();
    let mut first = 0;
    for of_source in records.chunk_by(|one, other| one.origin.source() == other.origin.source()) {
        let number = of_source[0].origin.source();
        let source = &run.sources[usize::from(number)];
        let places = first..first + of_source.len();
        first = places.end;
        let mut elements: Vec<u64> = places.map(|place| batch.rows(place)[0].element).collect();
        elements.dedup();
        let has_more = source.holds_changes() && source.element_count() > elements.len() as u64;
        if source.weeks().is_some() || has_more {
            whole.insert(number);
        }
    }
    whole
}
