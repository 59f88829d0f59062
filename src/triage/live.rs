//! Finds records of the batch that are live already, with the same agent, start and end.

use crate::analyze::observer::{LeftOut, TimelineObserver};
use crate::model::keys::{QuickMap, RecordKey};
use crate::model::shift::Entry;
use crate::model::source::Origin;
use crate::schedule::Schedule;
use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

/// Looks for published records that those of the batch replace without a change.
pub(super) struct LiveFinder<'a> {
    schedule: &'a Schedule<'a>,
    found: Mutex<HashSet<Origin>>,
}

impl<'a> LiveFinder<'a> {
    pub(super) fn new(schedule: &'a Schedule<'a>) -> LiveFinder<'a> {
        LiveFinder { schedule, found: Mutex::default() }
    }

    /// The records of the batch that are live already.
    pub(super) fn finish(self) -> HashSet<Origin> {
        self.found.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TimelineObserver for LiveFinder<'_> {
    fn look(&self, compared: &[Entry], left_out: &LeftOut) {
        if left_out.replaced.is_empty() {
            return;
        }
        let mut replaced: QuickMap<RecordKey, Vec<&Entry>> = QuickMap::default();
        for entry in &left_out.replaced {
            replaced.entry(entry.id).or_default().push(entry);
        }
        let sent = compared.iter().filter(|entry| entry.side().batch && entry.id.is_some());
        let is_live = |entry: &&Entry| {
            let mut of_id = replaced.get(&entry.id).into_iter().flatten();
            of_id.any(|of| self.schedule.are_alike(entry, of))
        };
        let live: Vec<Origin> = sent.filter(is_live).map(|entry| entry.origin).collect();
        self.found.lock().unwrap_or_else(PoisonError::into_inner).extend(live);
    }
}
