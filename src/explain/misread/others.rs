//! Decides which records can be on the wrong clock, by the other records of their agent.
//!
//! Also reads such a record on the clock that the others use.

use crate::calendar::{Calendar, Local, OffsetCache};
use crate::explain::timeline::{hours_of, span};
use crate::model::shift::{Entry, Kind, Traits};
use crate::model::time::{Clock, DAY, HOUR, Instant, MINUTE};

/// What can be wrong with the clock of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::explain) enum Mistake {
    /// Local times marked as UTC.
    Utc,
    /// Local times without offset.
    Missing,
    /// The offset from before a change of the clock, as the agent's others show it.
    Stale,
    /// An offset that the zone of the record has in another season.
    Season,
}

/// A record as it reads on another clock.
#[derive(Debug, Clone, Copy)]
pub(in crate::explain) struct ShiftedRecord {
    pub(in crate::explain) mistake: Mistake,
    pub(in crate::explain) clock: Clock,
    pub(in crate::explain) times: (Instant, Instant),
}

/// The records of an agent that can be misread, and what the agent's other records say.
pub(in crate::explain) struct Others<'a> {
    calendar: &'a Calendar,
    /// Records that cannot be misread.
    trusted: Vec<&'a Entry>,
    /// The times of day at which those of them that are shifts start and end, in ms
    /// since midnight, sorted.
    hours: Vec<(i64, i64)>,
    change: Option<Change>,
}

/// The change of the clock that the offsets of an agent's records show.
#[derive(Clone, Copy)]
struct Change {
    old: Clock,
    new: Clock,
    /// Local midnight of the first day with the new offset, by either.
    from: Instant,
    /// Where the last record with the new offset ends, and an hour more. What has the old offset
    /// later is right if a season is over by then: the clock has changed back.
    until: Instant,
}

/// No clock that changes twice a year changes back earlier.
const SHORTEST_SEASON: i64 = 90 * DAY;

impl Change {
    fn is_stale(&self, entry: &Entry) -> bool {
        entry.clock() == self.old && (self.from..self.back()).contains(&entry.start())
    }

    /// When the old offset is right again.
    fn back(&self) -> Instant {
        if self.until - self.from >= SHORTEST_SEASON { self.until } else { Entry::LATEST }
    }

    /// The clock by which a local time is read that has no offset, if that is sure.
    fn clock_of_local(&self, entry: &Entry) -> Option<Clock> {
        let offset = i64::from(self.new.offset_minutes().unwrap_or(0));
        let start = entry.start() - offset * MINUTE;
        let is_after = start >= self.from;
        is_after.then_some(if start < self.back() { self.new } else { self.old })
    }
}

/// How many days away another season is looked for.
const AWAY: [i64; 8] = [-45, 45, -91, 91, -137, 137, -182, 182];

const DOUBTED: [Traits; 3] = [Traits::MISSING_OFFSET, Traits::MISMATCH, Traits::AMBIGUOUS];

impl<'a> Others<'a> {
    /// `None` if none of these entries could be misread.
    pub(in crate::explain) fn of(
        timeline: &'a [Entry],
        calendar: &'a Calendar,
        about: &[Entry],
    ) -> Option<Others<'a>> {
        let change = change_of(timeline);
        let suspect = |entry: &Entry| {
            is_utc(entry)
                || [Traits::MISSING_OFFSET, Traits::MISMATCH]
                    .iter()
                    .any(|doubt| entry.traits().any(*doubt))
                || change.is_some_and(|change| change.is_stale(entry))
        };
        if !about.iter().any(suspect) {
            return None;
        }
        let doubted = |entry: &Entry| DOUBTED.iter().any(|doubt| entry.traits().any(*doubt));
        let stale = |entry: &Entry| change.is_some_and(|change| change.is_stale(entry));
        let trusted = timeline
            .iter()
            .filter(|entry| !doubted(entry) && !is_utc(entry) && !stale(entry))
            .collect();
        let mut others = Others { calendar, trusted, hours: Vec::new(), change };
        let mut offset_cache = OffsetCache::default();
        let hours = others.trusted.iter().filter(|entry| entry.side().kind == Kind::Shift);
        let hours = hours.map(|entry| others.hours(span(entry), entry.clock(), &mut offset_cache));
        others.hours = hours.collect();
        others.hours.sort_unstable();
        Some(others)
    }

    /// How a record reads if it is misread as it is written; `None` if nothing says that it
    /// could be.
    pub(in crate::explain) fn reading(&self, entry: &Entry) -> Option<ShiftedRecord> {
        if entry.traits().any(Traits::AMBIGUOUS) {
            return None;
        }
        if entry.traits().any(Traits::MISSING_OFFSET) {
            return self.as_local(entry, self.clock_near(entry)?, Mistake::Missing);
        }
        if is_utc(entry) {
            let own = Some(entry.clock()).filter(|clock| clock.zone_number().is_some());
            return self.as_local(entry, own.or_else(|| self.clock_near(entry))?, Mistake::Utc);
        }
        if entry.traits().any(Traits::MISMATCH) {
            return self.in_season(entry);
        }
        let change = self.change.filter(|change| change.is_stale(entry))?;
        let behind = change.old.offset_minutes()? - change.new.offset_minutes()?;
        let times = moved(entry, i64::from(behind) * MINUTE);
        Some(ShiftedRecord { mistake: Mistake::Stale, clock: change.new, times })
    }

    /// With the offset that its zone has then, taking the written one for that of
    /// the season nearest by.
    fn in_season(&self, entry: &Entry) -> Option<ShiftedRecord> {
        let clock = entry.clock();
        let mut offset_cache = OffsetCache::default();
        let mut offset = |at| self.calendar.offset_at(clock, at, &mut offset_cache);
        let right = offset(entry.start());
        let away = AWAY.into_iter().map(|days| entry.start() + days * DAY);
        let stale = away.map(&mut offset).find(|offset| *offset != right)?;
        let times = moved(entry, i64::from(stale - right) * 1000);
        Some(ShiftedRecord { mistake: Mistake::Season, clock, times })
    }

    /// The clock of the undoubted record that is nearest in time, if they do not
    /// speak of several regions.
    fn clock_near(&self, entry: &Entry) -> Option<Clock> {
        if let Some(clock) = self.change.and_then(|change| change.clock_of_local(entry)) {
            return Some(clock);
        }
        let distance = |known: &&&Entry| (known.start() - entry.start()).abs();
        let nearest = self.trusted.iter().min_by_key(distance)?;
        let clock = nearest.clock();
        let mut offset_caches = [OffsetCache::default(); 2];
        let mut same_region = |known: &Entry| {
            let [mine, theirs] = &mut offset_caches;
            let offset =
                |clock, offset_cache| self.calendar.offset_at(clock, known.start(), offset_cache);
            // At most the hour by which a change of the clock moves it.
            known.clock() == clock
                || (offset(clock, mine) - offset(known.clock(), theirs)).abs() <= 3600
        };
        self.trusted.iter().all(|known| same_region(known)).then_some(clock)
    }

    fn as_local(&self, entry: &Entry, clock: Clock, mistake: Mistake) -> Option<ShiftedRecord> {
        let mut offset_cache = OffsetCache::default();
        let mut read = |local: i64| match self.calendar.local(clock, local, &mut offset_cache) {
            Local::Plain(offset) | Local::Gap(offset, _) | Local::Fold(offset, _) => {
                Instant::from_local(local, offset)
            }
        };
        let times = (read(entry.start().to_local(0)), read(entry.end().to_local(0)));
        let moves = times != span(entry) && times.0 < times.1;
        moves.then_some(ShiftedRecord { mistake, clock, times })
    }

    /// How many undoubted shifts keep these hours on their own clock.
    pub(in crate::explain) fn keeping(
        &self,
        times: (Instant, Instant),
        clock: Clock,
        offset_cache: &mut OffsetCache,
    ) -> usize {
        let hours = self.hours(times, clock, offset_cache);
        let from = self.hours.partition_point(|known| *known < hours);
        self.hours.iter().skip(from).take_while(|known| **known == hours).count()
    }

    /// Whether undoubted shifts start at the time of day at which this span starts,
    /// and some, the same or others, end at that at which it ends.
    pub(super) fn keeps_hours(
        &self,
        times: (Instant, Instant),
        clock: Clock,
        offset_cache: &mut OffsetCache,
    ) -> bool {
        let (start, end) = self.hours(times, clock, offset_cache);
        self.hours.iter().any(|known| known.0 == start)
            && self.hours.iter().any(|known| known.1 == end)
    }

    /// The times of day at which a span starts and ends, in ms since midnight.
    pub(super) fn hours(
        &self,
        times: (Instant, Instant),
        clock: Clock,
        offset_cache: &mut OffsetCache,
    ) -> (i64, i64) {
        hours_of(times, clock, self.calendar, offset_cache)
    }
}

/// Whether any record of these can be read on another clock, within any part of them: by its own
/// zone, or by that of an undoubted record.
pub(in crate::explain) fn can_be_misread(timeline: &[Entry]) -> bool {
    let (mut loose, mut others) = (false, false);
    for entry in timeline {
        let (is_utc, is_missing) = (is_utc(entry), entry.traits().any(Traits::MISSING_OFFSET));
        let has_zone = is_utc && entry.clock().zone_number().is_some();
        if has_zone || entry.traits().any(Traits::MISMATCH) {
            return true;
        }
        loose |= is_utc || is_missing;
        others |= !is_utc && !is_missing;
    }
    loose && others || can_be_stale(timeline)
}

/// Whether a record can have an offset from before a change of the clock, within any part of
/// these. A part of them can begin after the first change, and so show the change back alone;
/// with more than two offsets a part can show what the whole does not.
fn can_be_stale(timeline: &[Entry]) -> bool {
    let mut clocks = timeline.iter().filter(|entry| has_offset(entry)).map(Entry::clock);
    let Some(old) = clocks.next() else { return false };
    let mut others = clocks.filter(|clock| *clock != old);
    let Some(new) = others.next() else { return false };
    if others.any(|clock| clock != new) {
        return true;
    }
    let first = timeline.iter().position(|entry| has_offset(entry) && entry.clock() == new);
    let after_first = timeline.get(first.unwrap_or(0)..).unwrap_or_default();
    [timeline, after_first].into_iter().any(|part| {
        change_of(part).is_some_and(|change| part.iter().any(|entry| change.is_stale(entry)))
    })
}

/// Whether its times are marked as UTC.
fn is_utc(entry: &Entry) -> bool {
    let missing = entry.traits().any(Traits::MISSING_OFFSET);
    !missing && (entry.clock() == Clock::UTC || entry.traits().any(Traits::UTC))
}

/// Start and end so much later.
fn moved(entry: &Entry, by: i64) -> (Instant, Instant) {
    (entry.start() + by, entry.end() + by)
}

/// Whether its times are written with an offset that is not that of UTC.
fn has_offset(entry: &Entry) -> bool {
    !is_utc(entry)
        && !entry.traits().any(Traits::MISSING_OFFSET)
        && entry.clock().offset_minutes().is_some()
}

/// One offset at first, and another one, at most an hour off, later.
fn change_of(timeline: &[Entry]) -> Option<Change> {
    let mut plain = timeline.iter().filter(|entry| has_offset(entry));
    let old = plain.next()?.clock();
    let mut changed = plain.filter(|entry| entry.clock() != old);
    let first = changed.next()?;
    let new = first.clock();
    let (before, after) = (old.offset_minutes()?, new.offset_minutes()?);
    let mut last = first;
    let two = changed.all(|entry| {
        last = entry;
        entry.clock() == new
    });
    let offset = before.max(after) * 60;
    let from = Instant::from_local(first.start().to_local(offset).div_euclid(DAY) * DAY, offset);
    let change = Change { old, new, from, until: last.end() + HOUR };
    ((1..=60).contains(&(before - after).abs()) && two).then_some(change)
}

#[cfg(test)]
mod tests {
    use super::{Others, can_be_misread};
    use crate::calendar::Calendar;
    use crate::explain::tests::{made_up, made_up_clocks, made_up_entry};
    use crate::model::shift::Entry;
    use crate::model::time::Clock;
    use proptest::prelude::{ProptestConfig, prop, prop_assert, proptest};

    #[test]
    fn a_time_marked_as_utc_can_be_meant_by_the_zone_of_its_record() {
        let marked = 6;
        let alone = [(0, (60, 60), 3, marked, true)];
        let clocks = [Clock::UTC, Clock::UTC, Clock::UTC, Clock::zone(1)];
        assert!(can_be_misread(&made_up(&alone, &(0..0), clocks)));
    }

    #[test]
    fn an_old_offset_is_right_again_a_season_later_and_not_before() {
        let winter_and_summer = [Clock::fixed_minutes(-360), Clock::fixed_minutes(-300)];
        let clocks =
            [winter_and_summer, winter_and_summer].as_flattened().try_into().expect("four");
        let days =
            |summer| [0, 1, summer, 1].map(|days| (days, (600, 60), usize::MAX, usize::MAX, true));
        let is_suspect = |summer| can_be_misread(&made_up(&days(summer), &(1..3), clocks));
        assert!(is_suspect(60));
        assert!(!is_suspect(120));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn what_cannot_be_misread_has_no_other_reading_in_any_part(
            entries in prop::collection::vec(made_up_entry(), 1..40),
            changed in (0..20usize, 1..20usize),
            clocks in made_up_clocks(),
        ) {
            let timeline = made_up(&entries, &(changed.0..changed.0 + changed.1), clocks);
            let calendar = Calendar::bundled();
            let is_read_otherwise = |part: &[Entry]| {
                Others::of(part, &calendar, part)
                    .is_some_and(|others| part.iter().any(|entry| others.reading(entry).is_some()))
            };
            let parts = (0..timeline.len())
                .flat_map(|start| (start + 1..=timeline.len()).map(move |end| start..end));
            let found = parts.map(|part| &timeline[part]).find(|part| is_read_otherwise(part));
            prop_assert!(found.is_none() || can_be_misread(&timeline), "{found:?}");
        }
    }
}
