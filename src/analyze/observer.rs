//! Lets another command look at the timelines that the check compares.

use crate::model::shift::Entry;

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
}
