//! Explains overlaps of ends that were moved to the next day by mistake.

use super::timeline::{hours_of, span};
use super::{Conflict, ConflictContext, ConflictSide, phrase, share, times};
use crate::calendar::{Calendar, OffsetCache};
use crate::model::cause::{Cause, CauseKind, RemedyChange};
use crate::model::shift::{Entry, Kind, Traits};
use crate::model::time::{Clock, DAY, HOUR, Instant};

/// The longest that a shift usually is.
const USUAL: i64 = 12 * HOUR;
/// The length from which a shift that runs into the next day looks like a slip.
const UNUSUAL: i64 = 13 * HOUR;

/// The end was moved to the next day because it was before the start, and that made the
/// record unlike any other of its agent: twelve hours were missing, or start and end are
/// swapped.
pub(super) fn overnight(conflict: &Conflict<'_>, scene: &ConflictContext<'_>) -> Option<Cause> {
    conflict.sides().into_iter().find_map(|party| {
        let read = times(party.record).filter(|_| is_suspect(&party))?;
        let there = times(party.other)?;
        let habits = Habits::of(&party, scene)?;
        candidates(read).into_iter().find_map(|mended| {
            let convincing = habits.explain(read, mended.times, scene.calendar);
            let free = convincing && !share(mended.times, there);
            (free && scene.timelines.has_room(party.entry, mended.times, |_| false))
                .then(|| mended.cause(&party, scene.calendar))
        })
    })
}

/// Whether the end of a record can have been moved to the next day by mistake.
pub(super) fn can_be_moved_by_mistake(entry: &Entry) -> bool {
    entry.traits().any(Traits::OVERNIGHT) && entry.end() - entry.start() >= UNUSUAL
}

/// Whether the end of a shift was moved to the next day, and with it the shift is
/// unusually long.
fn is_suspect(party: &ConflictSide<'_>) -> bool {
    let is_shift = party.entry.side().kind == Kind::Shift;
    let clear = !party.entry.traits().any(Traits::AMBIGUOUS) && !party.record.several;
    let long =
        times(party.record).is_some_and(|(start, end)| (UNUSUAL..DAY).contains(&(end - start)));
    party.record.overnight && is_shift && clear && long
}

/// What these times can have meant.
fn candidates((start, end): (Instant, Instant)) -> [Mended; 2] {
    [
        Mended { times: (start, end - 12 * HOUR), how: "with an end in the afternoon" },
        Mended { times: (end - DAY, start), how: "with its ends swapped" },
    ]
}

/// How an agent works otherwise.
struct Habits {
    /// The lengths of the shortest and the longest other shift, in ms.
    lengths: (i64, i64),
    /// Local times of day at which the others start and end, in ms since midnight.
    hours: Vec<(i64, i64)>,
    clock: Clock,
}

impl Habits {
    /// `None` without other shifts, or if one of them is unusually long as well, because
    /// repeated long nights are intended.
    fn of(party: &ConflictSide<'_>, scene: &ConflictContext<'_>) -> Option<Habits> {
        let (clock, mut offset_cache) = (party.entry.clock(), OffsetCache::default());
        let others = scene.timelines.around(party.entry).iter();
        let others = others
            .filter(|entry| entry.origin != party.entry.origin)
            .filter(|entry| entry.side().kind == Kind::Shift);
        let (mut shortest, mut longest, mut hours) = (i64::MAX, 0, Vec::new());
        for entry in others {
            let length = entry.end() - entry.start();
            (shortest, longest) = (shortest.min(length), longest.max(length));
            hours.push(hours_of(span(entry), clock, scene.calendar, &mut offset_cache));
        }
        let usual = (1..=USUAL).contains(&longest);
        usual.then_some(Habits { lengths: (shortest, longest), hours, clock })
    }

    /// Whether a record is like the others once it is corrected, and is not as it is
    /// read.
    fn explain(
        &self,
        read: (Instant, Instant),
        mended: (Instant, Instant),
        calendar: &Calendar,
    ) -> bool {
        let outlier = self.is_outlier(read.1 - read.0) && self.is_length(mended.1 - mended.0);
        let mut offset_cache = OffsetCache::default();
        let [read, mended] =
            [read, mended].map(|times| hours_of(times, self.clock, calendar, &mut offset_cache));
        outlier || self.hours.contains(&mended) && !self.fills_slots(read)
    }

    /// Whether a shift is too long even for one that continues into the next.
    fn is_outlier(&self, length: i64) -> bool {
        length > 2 * self.lengths.1
    }

    /// Whether a shift may be so long: from half the shortest to twice the longest.
    fn is_length(&self, length: i64) -> bool {
        2 * length >= self.lengths.0 && length <= 2 * self.lengths.1
    }

    /// Whether others start and others end at these times of day, as with a shift
    /// that fills several slots of a rota.
    fn fills_slots(&self, (start, end): (i64, i64)) -> bool {
        let starts = self.hours.iter().any(|hours| hours.0 == start);
        starts && self.hours.iter().any(|hours| hours.1 == end)
    }
}

/// A record as it may have been meant.
struct Mended {
    times: (Instant, Instant),
    how: &'static str,
}

impl Mended {
    fn cause(&self, party: &ConflictSide<'_>, calendar: &Calendar) -> Cause {
        let stamp = |at: Instant| calendar.stamp(party.entry.clock(), at);
        let shown = phrase::times(&stamp(self.times.0), &stamp(self.times.1));
        let name = phrase::call(party.record, party.other);
        let end = &party.record.end.written;
        let message = format!(
            "the end of {name}, `{end}`, was moved to the next day: {}, it is {shown}, and the \
             overlap is gone",
            self.how
        );
        let change = RemedyChange::Times { start: stamp(self.times.0), end: stamp(self.times.1) };
        Cause::new(CauseKind::Overnight, message).with_remedy(party.is_later, change)
    }
}
