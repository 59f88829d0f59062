//! Ends that name the wrong minute or the wrong day become causes.

use super::{Conflict, phrase, times};
use crate::model::cause::{Cause, CauseKind};
use crate::model::shift::Traits;
use crate::model::time::{MINUTE, length_name};

/// Where one record hands over to the next, schedules are on a grid like this.
const GRID: i64 = 5 * MINUTE;

/// The earlier record ends at most a minute after the later one starts, as if
/// its end named the last minute that belongs to it. Two times that are both
/// off the grid meet within a minute by chance.
pub(super) fn inclusive(conflict: &Conflict<'_>) -> Option<Cause> {
    let Conflict { overlap, earlier, later } = *conflict;
    let ambiguous = [&overlap.earlier, &overlap.later]
        .into_iter()
        .any(|entry| entry.traits().any(Traits::AMBIGUOUS));
    let ((start, end), (next_start, next_end)) = (times(earlier)?, times(later)?);
    let shared = end.checked_sub(next_start)?;
    let hands_over = start < next_start && end < next_end && (1..=MINUTE).contains(&shared);
    let on_grid = [end, next_start].into_iter().any(|at| at.rem_euclid(GRID) == 0);
    if ambiguous || !hands_over || !on_grid {
        return None;
    }
    let (name, next) = phrase::calls(conflict);
    let (end, cut) = (earlier.end.at?, later.start.at?);
    let shared = if shared == MINUTE { length_name(1) } else { "less than a minute".to_owned() };
    let message = format!(
        "the end of {name} at {} is {shared} behind the start of {next}, as if it named the last \
         minute that counts: with its end at {} {}, the overlap is gone",
        end.time(),
        cut.time(),
        cut.offset_name()
    );
    Some(Cause::new(CauseKind::InclusiveEnd, message))
}
