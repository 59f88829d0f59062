//! What a row is about: whose it is, under which names, and what became of it.

use crate::model::fate::Fate;
use crate::model::keys::{AgentKey, NameKey, RecordKey};
use crate::model::source::Origin;

/// One row, whatever became of it. A record can have several: one for each of its
/// dates or agents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListedRow {
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

impl ListedRow {
    /// What became of a record with these rows: it is unreadable if one of them could not be read,
    /// and else checked if any is. `None` if there are none.
    #[must_use]
    pub fn fate_of(rows: &[ListedRow]) -> Option<Fate> {
        let has = |fate: Fate| rows.iter().any(|row| row.fate == fate);
        let decisive = [Fate::Unreadable, Fate::Checked].into_iter().find(|fate| has(*fate));
        decisive.or_else(|| rows.first().map(|row| row.fate))
    }
}

/// The rows that were listed.
#[derive(Debug, Default)]
pub struct Inventory(Vec<ListedRow>);

impl Inventory {
    /// Adds a row.
    pub fn add(&mut self, row: ListedRow) {
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

    /// The rows in runs: each thread has listed its own in the order of the files.
    #[must_use]
    pub fn into_runs(self) -> Vec<ListedRow> {
        self.0
    }
}
