//! Rows of the batch become its records, in the order of the files.

use crate::model::fate::Fate;
use crate::model::inventory::ListedRow;
use crate::model::keys::{AgentKey, NameKey, RecordKey};
use crate::model::source::Origin;
use std::ops::Range;

/// A record of the batch.
#[derive(Debug, Clone)]
pub(super) struct BatchRecord {
    /// Where it begins.
    pub(super) origin: Origin,
    /// What became of it.
    pub(super) fate: Fate,
    /// Its rows among those of the batch.
    rows: Range<u32>,
}

/// All records of the batch.
#[derive(Debug)]
pub(super) struct Batch {
    rows: Vec<ListedRow>,
    records: Vec<BatchRecord>,
    /// Whether any row names a version. Few batches have one, and a million records to ask.
    has_versions: bool,
}

impl Batch {
    /// Of the rows of a batch, in the order of the files. Lines that are no records are left
    /// out, unless they turned out to be some.
    pub(super) fn of(rows: Vec<ListedRow>, is_record: impl Fn(Origin) -> bool) -> Batch {
        let mut records = Vec::new();
        let mut first = 0;
        for same in rows.chunk_by(|one, other| one.record == other.record) {
            let after = first + same.len() as u32;
            let origin = same[0].record;
            let is_line = !same.iter().any(|row| row.fate.is_of_record());
            if let Some(fate) = ListedRow::fate_of(same).filter(|_| !is_line || is_record(origin)) {
                records.push(BatchRecord { origin, fate, rows: first..after });
            }
            first = after;
        }
        let has_versions = rows.iter().any(|row| row.is_versioned);
        Batch { rows, records, has_versions }
    }

    pub(super) fn records(&self) -> &[BatchRecord] {
        &self.records
    }

    /// The rank of each source that has records, and the places of these.
    pub(super) fn by_source(&self) -> impl Iterator<Item = (u16, Range<u32>)> + '_ {
        let source = |record: &BatchRecord| record.origin.source();
        let mut first = 0;
        self.records.chunk_by(move |one, other| source(one) == source(other)).map(move |of| {
            let places = first..first + of.len() as u32;
            first = places.end;
            (source(&of[0]), places)
        })
    }

    pub(super) fn rows(&self, record: usize) -> &[ListedRow] {
        let Range { start, end } = self.records[record].rows;
        &self.rows[start as usize..end as usize]
    }

    /// The record in which a row begins there.
    pub(super) fn find(&self, origin: Origin) -> Option<usize> {
        let exact = self.records.binary_search_by_key(&origin, |record| record.origin);
        let holds = |record: &usize| self.rows(*record).iter().any(|row| row.origin == origin);
        exact.ok().or_else(|| {
            // The rows of a record of several agents can begin behind it.
            let place = self.records.partition_point(|record| record.origin <= origin);
            place.checked_sub(1).filter(holds)
        })
    }

    /// The agents of a record, each once.
    pub(super) fn agents(&self, record: usize) -> Vec<AgentKey> {
        let mut agents: Vec<AgentKey> = self.rows(record).iter().map(|row| row.agent).collect();
        agents.retain(|agent| agent.is_some());
        agents.sort_unstable();
        agents.dedup();
        agents
    }

    pub(super) fn schedule(&self, record: usize) -> NameKey {
        self.rows(record)[0].schedule
    }

    pub(super) fn id(&self, record: usize) -> RecordKey {
        self.rows(record)[0].id
    }

    pub(super) fn is_versioned(&self, record: usize) -> bool {
        self.has_versions && self.rows(record).iter().any(|row| row.is_versioned)
    }
}
