//! Counts over all listed timelines what a single conflict cannot show.
//!
//! It counts what becomes of a whole file if it is read another way, and which of its records
//! are published already.

use super::misread::{self, Proven, Tallies};
use crate::calendar::Calendar;
use crate::model::keys::QuickSet;
use crate::model::shift::{Entry, Kind};
use crate::model::source::Origin;

/// This many consecutive records of a file are a run.
const RUN: usize = 5;

/// What timelines show together. Parts of it can be counted apart and joined.
#[derive(Default)]
pub struct TimelineSurvey {
    tallies: Tallies,
    /// Files whose records are on the wrong clock, each with the mistake.
    pub(super) proven: Proven,
    /// The shifts of the batch, and whether each is published at the same times.
    sent: Vec<(Origin, bool)>,
    /// Those that are published already, in runs too long for chance.
    pub(super) imported: QuickSet<Origin>,
}

impl TimelineSurvey {
    /// Looks at the timeline of one agent. `published` says whether anything is
    /// published at all.
    pub fn look(&mut self, timeline: &[Entry], calendar: &Calendar, published: bool) {
        misread::survey(timeline, calendar, &mut self.tallies);
        if !published {
            return;
        }
        let shifts = || timeline.iter().filter(|entry| entry.side().kind == Kind::Shift);
        let times = |entry: &Entry| (entry.start(), entry.end());
        let mut live: Vec<_> = shifts().filter(|entry| !entry.side().batch).map(times).collect();
        live.sort_unstable();
        let sent = shifts().filter(|entry| entry.side().batch);
        self.sent
            .extend(sent.map(|entry| (entry.origin, live.binary_search(&times(entry)).is_ok())));
    }

    /// Adds what was counted elsewhere.
    pub fn join(&mut self, more: TimelineSurvey) {
        misread::join(&mut self.tallies, more.tallies);
        self.sent.extend(more.sent);
    }

    /// Draws the conclusions, when all has been counted.
    pub fn conclude(&mut self) {
        self.proven = misread::proven(&std::mem::take(&mut self.tallies));
        let mut sent = std::mem::take(&mut self.sent);
        sent.sort_unstable();
        for run in
            sent.chunk_by(|one, other| one.1 == other.1 && one.0.source() == other.0.source())
        {
            if run.len() >= RUN && run.iter().all(|(_, live)| *live) {
                self.imported.extend(run.iter().map(|(origin, _)| *origin));
            }
        }
    }
}
