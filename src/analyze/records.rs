//! Holds the records that findings show, with their words.

use super::activities::ActivityFacts;
use crate::model::finding::Record;
use crate::model::source::Origin;
use std::sync::Arc;

/// Records by their origin, and what was found again within them.
pub(crate) struct Records {
    /// In their order; looked through by themselves, since they are small.
    pub(super) origins: Vec<Origin>,
    pub(super) records: Vec<Arc<Record>>,
    pub(super) activities: ActivityFacts,
}

impl Records {
    /// The record that begins there; `None` if the file changed meanwhile.
    pub(crate) fn get(&self, origin: Origin) -> Option<&Arc<Record>> {
        self.records.get(self.origins.binary_search(&origin).ok()?)
    }

    /// All of them, in the order of their origins.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Arc<Record>> {
        self.records.iter()
    }

    /// Changes the record that begins there.
    pub(crate) fn change(&mut self, origin: Origin, change: impl FnOnce(&mut Record)) {
        let place = self.origins.binary_search(&origin).ok();
        if let Some(record) = place.and_then(|place| self.records.get_mut(place)) {
            change(Arc::make_mut(record));
        }
    }
}
