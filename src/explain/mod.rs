//! Overlaps become causes.
//!
//! Says why two records are in each other's way, where the records tell: read
//! without the mistake, the overlap is gone and no other one is there instead.
//! Where that could be chance, there is no cause. Which rule the overlap breaks
//! and how it is printed is left to others.

mod copies;

mod doubts;

mod ends;

mod lead;

mod pending;

mod phrase;

pub mod swap;

pub mod timeline;

pub use lead::leading;

use crate::model::cause::Cause;
use crate::model::fact::Overlap;
use crate::model::finding::Record;
use crate::model::time::Instant;
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
pub struct Scene<'a> {
    /// What else their agents have.
    pub timelines: &'a Timelines,
}

impl Scene<'_> {
    /// The causes of a conflict, in the order of their kinds; usually none.
    #[must_use]
    pub fn causes(&self, conflict: &Conflict<'_>) -> Vec<Cause> {
        let found = [
            copies::duplicate_record(conflict),
            doubts::gap(conflict, self.timelines),
            doubts::fold(conflict, self.timelines),
            ends::inclusive(conflict),
            pending::pending(conflict),
        ];
        found.into_iter().flatten().collect()
    }
}

impl<'a> Conflict<'a> {
    /// Both records, each with its entry and the other record.
    fn sides(&self) -> [Party<'a>; 2] {
        let Conflict { overlap, earlier, later } = *self;
        let first = Party { record: earlier, entry: &overlap.earlier, other: later };
        [first, Party { record: later, entry: &overlap.later, other: earlier }]
    }
}

/// One record of a conflict.
#[derive(Clone, Copy)]
struct Party<'a> {
    record: &'a Record,
    entry: &'a crate::model::shift::Entry,
    other: &'a Record,
}

/// Start and end of a record as it is read.
fn times(record: &Record) -> Option<(Instant, Instant)> {
    Some((record.start.at?.instant, record.end.at?.instant))
}

/// Whether two pairs of start and end share time.
fn share(one: (Instant, Instant), other: (Instant, Instant)) -> bool {
    one.0.max(other.0) < one.1.min(other.1)
}
