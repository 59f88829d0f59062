//! Explains overlaps of times that were read on the wrong clock.
//!
//! A record of a conflict is read again on the clock of its agent. What becomes of the overlap
//! then could be chance, and this module decides whether it is: by what becomes of all records
//! of its file ([`evidence`]), or, for a record with a finding of its own, by the usual hours of
//! its agent.

mod evidence;

mod others;

mod pairs;

pub(super) use evidence::{Proven, Tallies, join, proven, survey};
pub(super) use others::can_be_misread;

use super::timeline::span;
use super::{Conflict, ConflictContext, ConflictSide, phrase, share, times};
use crate::calendar::{Calendar, OffsetCache};
use crate::model::cause::{Cause, CauseKind, RemedyChange};
use crate::model::finding::{Ambiguity, Moment};
use crate::model::shift::Entry;
use crate::model::time::Instant;
use evidence::moves_with;
use others::{Mistake, Others, ShiftedRecord};

/// How UTC is written after a time.
const MARKS: [&str; 8] = ["Z", "z", "+00:00", "-00:00", "+0000", "-0000", "GMT", "UTC"];

/// One of the two is on the wrong clock, and does not overlap any record on the right one.
pub(super) fn misread(conflict: &Conflict<'_>, scene: &ConflictContext<'_>) -> Option<Cause> {
    let (earlier, later) = (conflict.overlap.earlier, conflict.overlap.later);
    let timeline = scene.timelines.around(&later);
    let others = Others::of(timeline, scene.calendar, &[earlier, later])?;
    conflict.sides().into_iter().find_map(|party| {
        let reading = others.reading(party.entry)?;
        let there = times(party.other)?;
        if !shows(&party, reading.mistake, scene.calendar) {
            return None;
        }
        let theirs = others.reading(party.other_entry);
        let together = moves_with(party.entry, &reading, party.other_entry, theirs.as_ref());
        if together || share(reading.times, there) {
            return None;
        }
        let key = (party.entry.origin.source(), reading.mistake);
        let convincing = scene.survey.proven.contains(&key)
            || is_convincing_alone(&party, &reading, &others, scene);
        let with = |entry: &Entry| {
            moves_with(party.entry, &reading, entry, others.reading(entry).as_ref())
        };
        let room = convincing && scene.timelines.has_room(party.entry, reading.times, with);
        room.then(|| cause(&party, &reading, scene.calendar))
    })
}

/// Whether the words of the record show the mistake, at both of its ends.
fn shows(party: &ConflictSide<'_>, mistake: Mistake, calendar: &Calendar) -> bool {
    let ends = [&party.record.start, &party.record.end];
    let is_marked = |end: &Moment| {
        let written = end.written.trim_end();
        MARKS.iter().any(|mark| written.ends_with(mark))
    };
    let is_missing = |end: &Moment| end.doubt == Some(Ambiguity::Missing);
    let [start, end] = ends;
    // A length in the place of the end goes with the start.
    let is_length = !end.written.contains(':');
    match mistake {
        // Where the two offsets differ, the clock changes in between, and they are
        // right.
        Mistake::Stale => {
            let offset = |end: &Moment| end.at.map(|at| at.offset);
            is_length || offset(start) == offset(end)
        }
        Mistake::Utc => is_marked(start) && (is_length || is_marked(end)),
        Mistake::Missing => is_missing(start) && (is_length || is_missing(end)),
        Mistake::Season => {
            let doubtful = ends.into_iter().filter(|end| end.doubt == Some(Ambiguity::Mismatch));
            let mut written = doubtful.filter_map(|end| end.at);
            written.all(|at| calendar.uses_offset(party.entry.clock(), at.instant, at.offset))
        }
    }
}

/// Whether the hours of the agent show that this record alone is misread.
fn is_convincing_alone(
    party: &ConflictSide<'_>,
    reading: &ShiftedRecord,
    others: &Others<'_>,
    scene: &ConflictContext<'_>,
) -> bool {
    let mut offset_cache = OffsetCache::default();
    let before = others.keeping(span(party.entry), reading.clock, &mut offset_cache);
    let after = others.keeping(reading.times, reading.clock, &mut offset_cache);
    let named = Some(party.entry.clock()) != scene.default_clock;
    match reading.mistake {
        Mistake::Missing => before == 0 || after > 0,
        Mistake::Season => before == 0 && (after > 0 || named),
        Mistake::Utc | Mistake::Stale => false,
    }
}

fn cause(party: &ConflictSide<'_>, reading: &ShiftedRecord, calendar: &Calendar) -> Cause {
    let name = phrase::call(party.record, party.other);
    let clock = reading.clock;
    let stamp = |at: Instant| calendar.stamp(clock, at);
    let shown = phrase::times(&stamp(reading.times.0), &stamp(reading.times.1));
    let read_as = match clock.zone_number() {
        Some(_) => calendar.name_of(clock),
        None => stamp(reading.times.0).offset_name(),
    };
    let (kind, why, condition) = match reading.mistake {
        Mistake::Utc => (
            CauseKind::UtcAsLocal,
            "is marked as UTC".to_owned(),
            format!("the times marked Z are read as {read_as}"),
        ),
        Mistake::Missing => (
            CauseKind::MissingOffset,
            "has no offset and is read as UTC".to_owned(),
            format!("the times without an offset are read as {read_as}"),
        ),
        Mistake::Stale | Mistake::Season => {
            let old = party.record.start.at.map(|at| at.offset_name()).unwrap_or_default();
            let why = format!("has the offset {old}, which is that of another season");
            let condition = format!("the offset {old} is read as {read_as}");
            (CauseKind::StaleOffset, why, condition)
        }
    };
    let message =
        format!("{name} {why}: read as {read_as}, it is {shown}, and the overlap is gone");
    let change = RemedyChange::Times { start: stamp(reading.times.0), end: stamp(reading.times.1) };
    let cause = Cause { kind, message, condition: condition.into(), remedy: None };
    cause.with_remedy(party.is_later, change)
}
