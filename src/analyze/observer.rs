//! Lets another command look at the timelines that the check compares.

use crate::model::keys::QuickMap;
use crate::model::shift::{Entry, Kind};
use crate::model::source::Origin;
use crate::reconcile::{CancelledRecords, RecordName};
use crate::schedule::Schedule;

/// Looks at every timeline as the check sees it, from several threads.
pub(crate) trait TimelineObserver: Sync {
    /// Looks at an agent's timeline: what is compared, and what is left out of it.
    fn look(&self, compared: &[Entry], left_out: &LeftOut);
}

/// What is on an agent's timeline, and is not compared with the rest.
#[derive(Debug, Default, Clone)]
pub(crate) struct LeftOut {
    /// Records that are another one again.
    pub(crate) repeated: Vec<Entry>,
    /// Published records that the batch replaces.
    pub(crate) replaced: Vec<Entry>,
    /// Time off that the schedule carries, in part at least, as it was before.
    pub(crate) carried: Vec<Entry>,
    /// Breaks and meals, some of which lie within shifts.
    pub(crate) parts: Vec<Entry>,
}

impl LeftOut {
    /// Forgets everything, for the next timeline.
    pub(super) fn clear(&mut self) {
        let LeftOut { repeated, replaced, carried, parts } = self;
        [repeated, replaced, carried, parts].into_iter().for_each(Vec::clear);
    }

    /// The published entries that are replaced, each with the batch record that sends or cancels
    /// it; nothing where it is time off that only its time names.
    pub(crate) fn replaced_by(
        &self,
        compared: &[Entry],
        cancelled: &CancelledRecords,
    ) -> Vec<(Entry, Option<Origin>)> {
        let mut sent: QuickMap<RecordName, Origin> = QuickMap::default();
        for entry in compared.iter().chain(&self.parts) {
            if entry.side().batch && entry.id.is_some() {
                let first = sent.entry(RecordName::of(entry)).or_insert(entry.origin);
                *first = entry.origin.min(*first);
            }
        }
        let by = |entry: &Entry| {
            let name = RecordName::of(entry);
            let named = entry.id.is_some().then(|| sent.get(&name).copied()).flatten();
            named.or_else(|| cancelled.first(entry.agent, name))
        };
        self.replaced.iter().map(|entry| (*entry, by(entry))).collect()
    }
}

/// The entry that is compared and that another one is again.
pub(crate) fn first_of<'t>(compared: &'t [Entry], again: &Entry) -> Option<&'t Entry> {
    compared.iter().find(|entry| {
        entry.side() == again.side()
            && entry.id == again.id
            && (entry.start(), entry.end()) == (again.start(), again.end())
    })
}

/// The shifts that a break or a meal lies within.
pub(crate) fn shifts_around<'t>(
    schedule: &Schedule<'_>,
    compared: &'t [Entry],
    part: &Entry,
) -> impl Iterator<Item = &'t Entry> {
    let (start, end) = schedule.readings(part).chosen;
    compared.iter().filter(move |entry| {
        let whole = schedule.readings(entry).chosen;
        entry.side().kind == Kind::Shift
            && whole.0 <= start
            && end <= whole.1
            && entry.origin != part.origin
    })
}
