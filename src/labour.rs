//! Finds short rests and long weeks in the timeline of an agent.
//!
//! Decides how long an agent is free between two shifts and how long at work in a local week,
//! and which of these break a limit. Both count instants, so that the night of a clock change
//! has its true length. Which records are shifts, which records replace which, and how severe a
//! finding is, is decided elsewhere.

pub mod rest;

pub mod week;

use crate::model::shift::{Entry, Readings};
use crate::model::time::{Instant, Span};

/// A shift of an agent, by the readings of its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    /// Its record; the widest reading.
    pub entry: Entry,
    /// When it is, as its words are read.
    pub chosen: Span,
    /// Latest start and earliest end that any reading gives.
    pub narrowest: (Instant, Instant),
}

impl Work {
    /// A shift by its readings; `None` if it is empty as its words are read.
    #[must_use]
    pub fn new(entry: Entry, readings: Readings) -> Option<Work> {
        let chosen = Span::new(readings.chosen.0, readings.chosen.1)?;
        Some(Work { entry, chosen, narrowest: readings.narrowest })
    }

    fn is_sent(&self) -> bool {
        self.entry.side().batch
    }
}

/// Brings the shifts of an agent into the order in which they start.
pub fn sort(work: &mut [Work]) {
    work.sort_by_key(|shift| (shift.chosen.start(), shift.entry.origin));
}
