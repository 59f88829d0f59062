//! Explains overlaps of at most a minute, from ends that name the last minute of a shift.

use super::timeline::Timelines;
use super::{Conflict, phrase, times};
use crate::calendar::Calendar;
use crate::model::cause::{Cause, CauseKind, RemedyChange};
use crate::model::shift::{Entry, Traits};
use crate::model::time::{Instant, MINUTE, length_name};

/// Schedules are on a grid like this, or on a coarser one.
const GRID: i64 = 5 * MINUTE;

/// Whether two records share so little that the end of one can name its last minute.
pub(super) fn can_be_inclusive(one: &Entry, other: &Entry) -> bool {
    one.end().min(other.end()) - one.start().max(other.start()) <= MINUTE
}

/// The earlier record ends at most a minute after the later one starts, as if
/// its end named the last minute that belongs to it. Where the agent's records
/// start at any minute, two of them meet within a minute by chance.
pub(super) fn inclusive(conflict: &Conflict<'_>, timelines: &Timelines) -> Option<Cause> {
    let Conflict { overlap, earlier, later } = *conflict;
    let ambiguous = [&overlap.earlier, &overlap.later]
        .into_iter()
        .any(|entry| entry.traits().any(Traits::AMBIGUOUS));
    let ((start, end), (next_start, next_end)) = (times(earlier)?, times(later)?);
    let shared = end.checked_since(next_start)?;
    let hands_over = start < next_start && end < next_end && (1..=MINUTE).contains(&shared);
    let on_grid = |at: Instant| at.millis().rem_euclid(GRID) == 0;
    let off_grid = on_grid(end) != on_grid(next_start);
    if ambiguous || !hands_over || !off_grid {
        return None;
    }
    let starts = timelines.around(&overlap.later).iter().map(Entry::start);
    let (regular, all) = starts
        .fold((0, 0), |(regular, all), start| (regular + usize::from(on_grid(start)), all + 1));
    if regular * 10 < all * 9 {
        return None;
    }
    let (name, next) = phrase::calls(conflict);
    let (start, end, cut) = (earlier.start.at?, earlier.end.at?, later.start.at?);
    let shared = if shared == MINUTE { length_name(1) } else { "less than a minute".to_owned() };
    let message = format!(
        "the end of {name} at {} is {shared} behind the start of {next}, as if it named the last \
         minute that counts: with its end at {} {}, the overlap is gone",
        end.time(),
        cut.time(),
        cut.offset_name()
    );
    let change = RemedyChange::Times { start, end: Calendar::stamp_at(cut.instant, end.offset) };
    Some(Cause::new(CauseKind::InclusiveEnd, message).with_remedy(false, change))
}
