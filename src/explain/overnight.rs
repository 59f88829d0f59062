//! Ends that were moved to the next day by mistake become causes.

use super::timeline::Timelines;
use super::{Conflict, Party, Scene, phrase, share, times};
use crate::calendar::Calendar;
use crate::model::cause::{Cause, CauseKind};
use crate::model::shift::{Kind, Traits};
use crate::model::time::{DAY, HOUR, Instant};

/// The longest that a shift usually is.
const USUAL: i64 = 12 * HOUR;
/// The length from which a shift that runs into the next day looks like a slip.
const UNUSUAL: i64 = 13 * HOUR;

/// The end was moved to the next day, for it lay before the start, and that made
/// the record far longer than any other of its agent: twelve hours were missing,
/// or start and end are swapped.
pub(super) fn overnight(conflict: &Conflict<'_>, scene: &Scene<'_>) -> Option<Cause> {
    conflict.sides().into_iter().find_map(|party| {
        let (start, end) = times(party.record)?;
        let there = times(party.other)?;
        let is_shift = party.entry.side().kind == Kind::Shift;
        let clear = !party.entry.traits().any(Traits::AMBIGUOUS) && !party.record.several;
        let long = (UNUSUAL..DAY).contains(&(end - start)) && is_alone(&party, scene.timelines);
        if !(party.record.overnight && is_shift && clear && long) {
            return None;
        }
        let slip = Mended { times: (start, end - 12 * HOUR), how: "with an end in the afternoon" };
        let swap = Mended { times: (end - DAY, start), how: "with its ends swapped" };
        [slip, swap].into_iter().find_map(|mended| {
            let (from, to) = mended.times;
            let usual = (HOUR..=USUAL).contains(&(to - from));
            let free = usual && !share(mended.times, there);
            (free && scene.timelines.has_room(party.entry, mended.times, |_| false))
                .then(|| mended.cause(&party, scene.calendar))
        })
    })
}

/// Whether no other shift of the agent is as long as it should not be: long
/// nights that come again are meant.
fn is_alone(party: &Party<'_>, timelines: &Timelines) -> bool {
    let others = timelines.around(party.entry).iter();
    let mut others = others
        .filter(|entry| entry.origin != party.entry.origin)
        .filter(|entry| entry.side().kind == Kind::Shift);
    others.all(|entry| entry.end() - entry.start() <= USUAL)
}

/// A record as it may have been meant.
struct Mended {
    times: (Instant, Instant),
    how: &'static str,
}

impl Mended {
    fn cause(&self, party: &Party<'_>, calendar: &Calendar) -> Cause {
        let stamp = |at: Instant| calendar.stamp(party.entry.clock(), at);
        let shown = phrase::times(&stamp(self.times.0), &stamp(self.times.1));
        let name = phrase::call(party.record, party.other);
        let end = &party.record.end.written;
        let message = format!(
            "the end of {name}, `{end}`, was moved to the next day: {}, it is {shown}, and the \
             overlap is gone",
            self.how
        );
        Cause::new(CauseKind::Overnight, message)
    }
}
