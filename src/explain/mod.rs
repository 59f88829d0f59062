//! Explains overlaps: finds the mistake that made two records overlap, if the records show it.
//!
//! A mistake is a cause if the overlap is gone when the record is read without it, and no other
//! overlap appears instead. Where that could be chance, there is no cause. Which rule the
//! overlap breaks and how it is printed is decided elsewhere.

mod copies;

mod doubts;

mod ends;

mod lead;

mod misread;

mod neighbours;

mod overnight;

mod pending;

mod phrase;

mod survey;

pub mod swap;

pub mod timeline;

pub use lead::leading;
pub use neighbours::has_explaining_neighbours;
pub use survey::TimelineSurvey;

use crate::calendar::Calendar;
use crate::model::cause::Cause;
use crate::model::fact::Overlap;
use crate::model::finding::Record;
use crate::model::shift::Entry;
use crate::model::time::{Clock, Instant};
use swap::ApprovedSwap;
use timeline::Timelines;

/// Two records that are in each other's way.
#[derive(Clone, Copy)]
pub struct Conflict<'a> {
    /// Their entries.
    pub overlap: &'a Overlap,
    /// The one that starts first.
    pub earlier: &'a Record,
    /// The other.
    pub later: &'a Record,
}

/// What is known beside the two records of a conflict.
pub struct ConflictContext<'a> {
    /// What else their agents have.
    pub timelines: &'a Timelines,
    /// What is known of zones.
    pub calendar: &'a Calendar,
    /// The clock of records that name no zone, a weak one: their offsets may be
    /// those of other regions.
    pub default_clock: Option<Clock>,
    /// What all timelines together show.
    pub survey: TimelineSurvey,
}

impl ConflictContext<'_> {
    /// The causes of a conflict, in the order of their kinds; usually none. The
    /// swap is one that parts its two records.
    #[must_use]
    pub fn causes(&self, conflict: &Conflict<'_>, swap: Option<&ApprovedSwap<'_>>) -> Vec<Cause> {
        let found = [
            copies::duplicate_record(conflict),
            misread::misread(conflict, self),
            doubts::gap(conflict, self.timelines),
            doubts::fold(conflict, self.timelines),
            overnight::overnight(conflict, self),
            ends::inclusive(conflict, self.timelines),
            copies::re_import(conflict, &self.survey),
            swap.and_then(|swap| swap::not_applied(conflict, swap)),
            pending::pending(conflict),
        ];
        found.into_iter().flatten().collect()
    }
}

impl<'a> Conflict<'a> {
    /// Both records, each with its entry and the other record.
    fn sides(&self) -> [ConflictSide<'a>; 2] {
        let Conflict { overlap, earlier, later } = *self;
        let (first, second) = (&overlap.earlier, &overlap.later);
        [
            ConflictSide {
                record: earlier,
                entry: first,
                other: later,
                other_entry: second,
                is_later: false,
            },
            ConflictSide {
                record: later,
                entry: second,
                other: earlier,
                other_entry: first,
                is_later: true,
            },
        ]
    }
}

/// One record of a conflict.
#[derive(Clone, Copy)]
struct ConflictSide<'a> {
    record: &'a Record,
    entry: &'a Entry,
    other: &'a Record,
    other_entry: &'a Entry,
    /// Whether it is the one that starts later.
    is_later: bool,
}

/// Start and end of a record as it is read.
fn times(record: &Record) -> Option<(Instant, Instant)> {
    Some((record.start.at?.instant, record.end.at?.instant))
}

/// Whether two pairs of start and end share time.
fn share(one: (Instant, Instant), other: (Instant, Instant)) -> bool {
    one.0.max(other.0) < one.1.min(other.1)
}

#[cfg(test)]
mod tests;
