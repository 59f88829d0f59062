//! Gives records of an upload of changes the times that they leave to what is published.
//!
//! A change may name a start or a length alone: what it does not name is that of the published
//! record with its id. The rows are completed where they leave the source, so that a record is
//! the same when it is collected and when a finding recalls it.

use crate::model::row::{Field, Row};
use crate::read::half_timed::HalfTimed;
use std::collections::HashMap;

/// When a published record takes place, as words that a row can hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedTimes {
    /// An instant, as RFC 3339 writes it.
    pub start: String,
    /// A length, as ISO 8601 writes it.
    pub length: String,
}

/// The times that records lack, by the byte at which each begins.
#[derive(Debug, Default)]
pub(super) struct Completions(HashMap<u64, PublishedTimes>);

impl FromIterator<(u64, PublishedTimes)> for Completions {
    fn from_iter<All: IntoIterator<Item = (u64, PublishedTimes)>>(all: All) -> Completions {
        Completions(all.into_iter().collect())
    }
}

impl Completions {
    /// How many records there are.
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    /// Hands a row over that begins there, with the times that it lacks.
    fn complete(&self, row: &Row<'_>, at: u64, sink: &mut dyn FnMut(&Row<'_>, u64)) {
        let Some((times, half)) = self.0.get(&at).zip(HalfTimed::of_row(row)) else {
            return sink(row, at);
        };
        let mut whole = row.clone();
        match half {
            HalfTimed::Start => whole.set(Field::Length, times.length.as_bytes()),
            HalfTimed::Length => whole.set(Field::Start, times.start.as_bytes()),
        }
        sink(&whole, at);
    }
}

/// Hands over a row that begins there, with the times that it leaves to what is published.
#[inline]
pub(super) fn hand_over(
    completions: Option<&Completions>,
    row: &Row<'_>,
    at: u64,
    sink: &mut dyn FnMut(&Row<'_>, u64),
) {
    match completions {
        None => sink(row, at),
        Some(completions) => completions.complete(row, at, sink),
    }
}
