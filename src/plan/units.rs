//! Records become units: what goes or waits as a whole.

use super::batch::Batch;
use crate::graph::UnionFind;
use crate::model::keys::{AgentKey, QuickMap};
use crate::model::settings::Replace;
use crate::model::source::Origin;
use crate::schedule::run::Run;

/// The units of a batch, numbered in the order of the files.
#[derive(Debug)]
pub(super) struct UnitsOfBatch {
    /// The unit of each record.
    pub(super) of_record: Vec<u32>,
    /// The records of each unit, in the order of the files.
    pub(super) records: Vec<Vec<u32>>,
}

impl UnitsOfBatch {
    /// Joins records that cannot be sent one without the other: what ties say; what an agent
    /// has in an upload of changes, or in all where a write replaces whole schedules; an import.
    pub(super) fn of(run: &Run<'_>, batch: &Batch, ties: &[(Origin, Origin)]) -> UnitsOfBatch {
        let mut sets = UnionFind::new(batch.records().len());
        let mut parts: QuickMap<(u16, AgentKey), u32> = QuickMap::default();
        let mut imports: QuickMap<u16, u32> = QuickMap::default();
        let by_schedule = run.settings.replace == Replace::Schedule;
        for (place, record) in batch.records().iter().enumerate() {
            let number = record.origin.source();
            let source = &run.sources[usize::from(number)];
            let place_number = place as u32;
            if source.weeks().is_some() {
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
        let mut records: Vec<Vec<u32>> = Vec::new();
        for place in 0..count as u32 {
            let first = sets.root(place);
            let unit = match first == place {
                true => records.len() as u32,
                false => of_record[first as usize],
            };
            of_record.push(unit);
            match records.get_mut(unit as usize) {
                Some(unit) => unit.push(place),
                None => records.push(vec![place]),
            }
        }
        UnitsOfBatch { of_record, records }
    }
}
