//! Explains overlaps of two records that are copies of one.

use super::{Conflict, TimelineSurvey, phrase, times};
use crate::model::cause::{Cause, CauseKind, RemedyChange};
use crate::model::finding::{Moment, Record};
use crate::model::shift::Kind;

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
    Some(Cause::new(CauseKind::DuplicateRecord, message).with_remedy(true, RemedyChange::Removed))
}

/// A shift of the batch is published already, under another id or none: with the
/// records around it in the file, or under its own id that does not replace.
pub(super) fn re_import(conflict: &Conflict<'_>, survey: &TimelineSurvey) -> Option<Cause> {
    let [first, second] = conflict.sides();
    let shifts = [first, second].iter().all(|party| party.entry.side().kind == Kind::Shift);
    let same_times = times(first.record).is_some_and(|here| times(second.record) == Some(here));
    let (sent, live) = match (first.entry.side().batch, second.entry.side().batch) {
        (true, false) => (first, second),
        (false, true) => (second, first),
        _ => return None,
    };
    let same_id = sent.record.id.is_some() && sent.record.id == live.record.id;
    if !shifts || !same_times || !(same_id || survey.imported.contains(&sent.entry.origin)) {
        return None;
    }
    let (name, published) = (phrase::call(sent.record, live.record), live.record.place());
    let message = format!(
        "{name} is published already at the same times ({published}): without it in the batch the \
         overlap is gone"
    );
    Some(Cause::new(CauseKind::ReImport, message).with_remedy(sent.is_later, RemedyChange::Removed))
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
