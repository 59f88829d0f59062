//! What a row of the batch sends, for whom and under which names.

use crate::model::fate::Fate;
use crate::model::keys::{AgentKey, NameKey, RecordKey};
use crate::model::source::Origin;

/// One row of the batch, whatever became of it. A record can have several: one for each of its
/// dates or agents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct BatchRow {
    /// Where its record begins.
    pub record: Origin,
    /// Where the row itself begins.
    pub origin: Origin,
    /// The key of its agent; none for nobody.
    pub agent: AgentKey,
    /// The key of its schedule, if it names one.
    pub schedule: NameKey,
    /// The key of its id, if it has one that names records.
    pub id: RecordKey,
    /// What became of it.
    pub fate: Fate,
    /// Whether it names the version of its schedule.
    pub is_versioned: bool,
    /// Where the line or element begins that contains it, in bytes.
    pub element: u64,
    /// Whether the words of its record stand in one place of the file, so that they can be sent
    /// as they are.
    pub stands_alone: bool,
}

/// All rows of the batch.
#[derive(Debug, Default)]
pub struct Inventory(Vec<BatchRow>);

impl Inventory {
    /// Adds a row.
    pub fn add(&mut self, row: BatchRow) {
        self.0.push(row);
    }

    /// Adds what another thread listed.
    pub fn join(&mut self, other: Inventory) {
        if self.0.is_empty() {
            self.0 = other.0;
        } else {
            self.0.extend(other.0);
        }
    }

    /// The rows of each record, in the order of the files.
    #[must_use]
    pub fn into_rows(mut self) -> Vec<BatchRow> {
        self.0.sort_unstable();
        self.0
    }
}
