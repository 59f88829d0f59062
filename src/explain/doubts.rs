//! Explains overlaps of local times that the clock skipped or showed twice.

use super::timeline::Timelines;
use super::{Conflict, ConflictSide, phrase, share, times};
use crate::model::cause::{Cause, CauseKind};
use crate::model::finding::{Ambiguity, Moment};
use crate::model::shift::{Entry, Traits};
use crate::model::time::{Instant, Stamp};

/// The overlap depends on how a time that the clock skipped is read.
pub(super) fn gap(conflict: &Conflict<'_>, timelines: &Timelines) -> Option<Cause> {
    of_doubt(conflict, timelines, Ambiguity::Gap)
}

/// The overlap depends on which of two times is meant that the clock shows alike.
pub(super) fn fold(conflict: &Conflict<'_>, timelines: &Timelines) -> Option<Cause> {
    of_doubt(conflict, timelines, Ambiguity::Fold)
}

/// Whether a record can have a time with two readings.
pub(super) fn can_have_doubts(entry: &Entry) -> bool {
    let doubts = [Traits::AMBIGUOUS, Traits::GAP, Traits::FOLD];
    doubts.into_iter().any(|doubt| entry.traits().any(doubt))
}

fn of_doubt(conflict: &Conflict<'_>, timelines: &Timelines, doubt: Ambiguity) -> Option<Cause> {
    conflict.sides().into_iter().find_map(|party| {
        let ConflictSide { record, entry, other, .. } = party;
        if record.several || other.several {
            return None;
        }
        let there = times(other)?;
        let reading = HarmlessReading::without_overlap(&party, doubt, there)?;
        let room = !reading.moved || timelines.has_room(entry, reading.instants(), |_| false);
        room.then(|| reading.cause(&party, doubt))
    })
}

/// A reading of a record in which nothing overlaps.
struct HarmlessReading {
    start: Stamp,
    end: Stamp,
    /// Whether it is not the one that was chosen.
    moved: bool,
}

impl HarmlessReading {
    /// Of the chosen reading and those with other ends, the one that does not
    /// overlap, if the others do.
    fn without_overlap(
        party: &ConflictSide<'_>,
        doubt: Ambiguity,
        there: (Instant, Instant),
    ) -> Option<HarmlessReading> {
        let other_reading = |moment: &Moment| {
            moment
                .otherwise
                .as_deref()
                .filter(|_| moment.doubt == Some(doubt))
                .copied()
                .or(moment.at)
        };
        let ends = [&party.record.start, &party.record.end];
        let [Some(start), Some(end)] = ends.map(|moment| moment.at) else { return None };
        let [Some(other_start), Some(other_end)] = ends.map(other_reading) else { return None };
        let chosen = HarmlessReading { start, end, moved: false };
        let others = [(other_start, end), (start, other_end), (other_start, other_end)];
        let mut others =
            others.map(|(start, end)| HarmlessReading { start, end, moved: true }).into_iter();
        let free = |reading: &HarmlessReading| !share(reading.instants(), there);
        if free(&chosen) {
            return others.any(|reading| !free(&reading)).then_some(chosen);
        }
        others.find(|reading| free(reading) && reading.start.instant < reading.end.instant)
    }

    const fn instants(&self) -> (Instant, Instant) {
        (self.start.instant, self.end.instant)
    }

    fn cause(&self, party: &ConflictSide<'_>, doubt: Ambiguity) -> Cause {
        let (kind, why) = match doubt {
            Ambiguity::Gap => (CauseKind::Gap, "a time that the clock skipped"),
            _ => (CauseKind::Fold, "a time that the clock showed twice"),
        };
        let name = phrase::call(party.record, party.other);
        let times = phrase::times_with_offsets(&self.start, &self.end);
        let how = if self.moved { "read the other way, as" } else { "as it is read," };
        let message = format!("{name} has {why}: {how} {times}, the overlap is gone");
        Cause::new(kind, message)
    }
}
