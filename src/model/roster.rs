//! Entries, put into partitions by agent.

use crate::model::shift::Entry;

/// All entries whose agents fall into one partition, in boxes and in no order.
#[derive(Debug, Default)]
pub struct Partition {
    /// The boxes in which they were collected.
    pub boxes: Vec<Vec<Entry>>,
}

impl Partition {
    /// Its entries, in no order.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.boxes.iter().flatten()
    }
}
