//! Holds the records that findings show, with their words.

use super::activities::ActivityFacts;
use crate::model::finding::Record;
use crate::model::source::Origin;
use std::sync::Arc;

/// Records by their origin, and what was found again within them.
pub(crate) struct Records {
    /// In their order; looked through by themselves, since they are small.
    origins: Vec<Origin>,
    /// The first of every [`STRIDE`] of them. These stay in the cache.
    firsts: Vec<Origin>,
    records: Vec<Arc<Record>>,
    pub(super) activities: ActivityFacts,
}

/// So many origins are few enough to look through, and lie in a few lines of the cache.
const STRIDE: usize = 32;

impl Records {
    /// Of these origins, which are in order.
    pub(super) fn new(
        origins: Vec<Origin>,
        records: Vec<Arc<Record>>,
        activities: ActivityFacts,
    ) -> Records {
        let firsts = origins.iter().copied().step_by(STRIDE).collect();
        Records { origins, firsts, records, activities }
    }

    /// The record that begins there; `None` if the file changed meanwhile.
    pub(crate) fn get(&self, origin: Origin) -> Option<&Arc<Record>> {
        self.records.get(self.place_of(origin)?)
    }

    fn place_of(&self, origin: Origin) -> Option<usize> {
        let stride = self.firsts.partition_point(|first| *first <= origin).checked_sub(1)?;
        let start = stride * STRIDE;
        let end = self.origins.len().min(start + STRIDE);
        Some(start + self.origins.get(start..end)?.binary_search(&origin).ok()?)
    }

    /// All of them, in the order of their origins.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Arc<Record>> {
        self.records.iter()
    }

    /// Changes the record that begins there.
    pub(crate) fn change(&mut self, origin: Origin, change: impl FnOnce(&mut Record)) {
        let place = self.place_of(origin);
        if let Some(record) = place.and_then(|place| self.records.get_mut(place)) {
            change(Arc::make_mut(record));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Records;
    use crate::analyze::activities::ActivityFacts;
    use crate::model::source::Origin;
    use proptest::prelude::{prop, prop_assert_eq, proptest};

    proptest! {
        #[test]
        fn an_origin_is_found_where_it_is(
            offsets in prop::collection::btree_set(0..400u64, 0..200),
            wanted in 0..400u64,
        ) {
            let origin = |offset| Origin::new(1, offset);
            let origins: Vec<Origin> = offsets.into_iter().map(origin).collect();
            let expected = origins.binary_search(&origin(wanted)).ok();
            let records = Records::new(origins, Vec::new(), ActivityFacts::default());
            prop_assert_eq!(records.place_of(origin(wanted)), expected);
        }
    }
}
