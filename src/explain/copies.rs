//! Two records that are one become a cause.

use super::{Conflict, times};
use crate::model::cause::{Cause, CauseKind};
use crate::model::finding::{Moment, Record};

/// One record is there twice: with one id at the same time, or without ids and
/// word for word. Equal times under two ids are two assignments as often as one.
pub(super) fn duplicate_record(conflict: &Conflict<'_>) -> Option<Cause> {
    let Conflict { overlap, earlier, later } = *conflict;
    let same = match (&earlier.id, &later.id) {
        (None, None) => same_words(earlier, later),
        (one, other) => one == other && times(earlier) == times(later),
    };
    if !same || overlap.earlier.side() != overlap.later.side() {
        return None;
    }
    let name = match &earlier.id {
        Some(_) => earlier.call(),
        None => "one record".to_owned(),
    };
    let message = format!(
        "{name} is there twice, at {} and at {}: without one of the two the overlap is gone",
        earlier.place(),
        later.place()
    );
    Some(Cause::new(CauseKind::DuplicateRecord, message))
}

fn same_words(one: &Record, other: &Record) -> bool {
    let words = |record: &Record| {
        let written = |moment: &Moment| moment.written.clone();
        let times = [written(&record.start), written(&record.end)];
        let rest = [&record.schedule, &record.status, &record.zone].map(Clone::clone);
        (times, rest, record.agent.clone())
    };
    let same_file = one.path == other.path;
    words(one) == words(other) && (!same_file || one.excerpt.text == other.excerpt.text)
}
