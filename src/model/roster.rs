//! Entries, put into partitions by agent.

use crate::model::shift::Entry;

/// All entries whose agents fall into one partition, in boxes and in no order.
#[derive(Debug, Default)]
pub struct Partition {
    /// The boxes in which they were collected.
    pub boxes: Vec<Vec<Entry>>,
    /// How many of the highest bits of a key all its agents have in common.
    pub bits: u32,
}

impl Partition {
    /// How many entries it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.boxes.iter().map(Vec::len).sum()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.boxes.is_empty()
    }

    /// Its entries, in no order.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.boxes.iter().flatten()
    }
}
