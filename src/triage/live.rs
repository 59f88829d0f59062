//! Finds records of the batch that are live already, with the same agent, start and end.

use crate::analyze::observer::{LeftOut, TimelineObserver};
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

    /// Whether two entries are one shift, however their times are read.
    fn is_same(&self, one: &Entry, other: &Entry) -> bool {
        let readings = [one, other].map(|entry| self.schedule.readings(entry));
        one.side().kind == other.side().kind
            && one.id == other.id
            && readings.iter().all(|of| of.chosen == of.narrowest)
            && readings[0].chosen == readings[1].chosen
    }
}

impl TimelineObserver for LiveFinder<'_> {
    fn look(&self, compared: &[Entry], left_out: &LeftOut) {
        if left_out.replaced.is_empty() {
            return;
        }
        let sent = compared.iter().filter(|entry| entry.side().batch && entry.id.is_some());
        let is_live = |entry: &&Entry| left_out.replaced.iter().any(|of| self.is_same(entry, of));
        let live: Vec<Origin> = sent.filter(is_live).map(|entry| entry.origin).collect();
        self.found.lock().unwrap_or_else(PoisonError::into_inner).extend(live);
    }
}
