//! Collects time off, and shifts with breaks, that may end later than they were read.

use super::workdays;
use crate::model::conventions::{Conventions, LengthUnit};
use crate::model::keys::{AgentKey, QuickMap, QuickSet};
use crate::model::occurrences::{AddOccurrences, Occurrences};
use crate::model::row::{Field, Row};
use crate::model::shift::{Entry, Kind};
use crate::model::source::Origin;
use crate::model::time::{DAY, HOUR, Instant};
use crate::timestamp::{self, Length, length, length_unit};
use std::collections::BTreeMap;

/// The hours of a day of work.
const DAY_OF_WORK: i64 = 8 * HOUR;

/// More than a day of work has.
const LONG_DAY: i64 = 12 * HOUR;

/// The most days that are counted one by one.
const MOST_DAYS: i64 = 4_000;

/// Why time off may end later than it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum EndInDoubt {
    /// It has a start, and no word for its end.
    Empty,
    /// It has a date without a start, and no word for its end.
    EmptyBesideDate,
    /// Its length is more than the day that was read, or than a day of work.
    Longer,
    /// It starts and ends at one midnight, and takes no time as it is written.
    SameMidnight,
    /// It ends at a midnight, in a file in which the day that begins then may count.
    LastMidnight,
    /// It is a shift whose length may be without its break.
    WithoutBreak,
}

/// Time off, or a shift with a break, that may end later.
#[derive(Debug, Clone, Copy)]
struct OpenEnd {
    why: EndInDoubt,
    origin: Origin,
    /// A shift that ends later than this may be in it.
    from: Instant,
    /// It ends at this at the latest.
    until: Instant,
    /// Its hours; whoever works as many in one shift is off for one shift.
    hours: Option<i64>,
}

impl OpenEnd {
    /// Whether it may take a shift of its agent beyond what was read.
    fn meets(&self, timeline: &[Entry]) -> bool {
        // A shift that begins within one with a break overlaps with it as it was read.
        let begins_later =
            |shift: &Entry| self.why != EndInDoubt::WithoutBreak || self.from <= shift.start();
        let works = |hours: i64| shifts(timeline).any(|shift| shift.end() - shift.start() >= hours);
        let mut met = shifts(timeline).filter(|shift| begins_later(shift));
        met.any(|shift| is_met(shift, self.from, self.until)) && !self.hours.is_some_and(works)
    }
}

fn shifts(timeline: &[Entry]) -> impl Iterator<Item = &Entry> {
    timeline.iter().filter(|entry| entry.side().kind == Kind::Shift)
}

/// Whether a shift of a timeline takes some of the time between two instants.
pub(super) fn meets_shift(timeline: &[Entry], from: Instant, until: Instant) -> bool {
    shifts(timeline).any(|shift| is_met(shift, from, until))
}

fn is_met(shift: &Entry, from: Instant, until: Instant) -> bool {
    from < shift.end() && shift.start() < until
}

/// Time off of all sources that may end later than it was read.
#[derive(Debug, Default)]
pub(crate) struct EndsInDoubt {
    counts: BTreeMap<(u16, EndInDoubt), Occurrences<Origin>>,
    /// Whose time off it is, by source and reason.
    agents: BTreeMap<(u16, EndInDoubt), QuickSet<AgentKey>>,
    open_ends: QuickMap<AgentKey, Vec<OpenEnd>>,
}

impl EndsInDoubt {
    /// Keeps time off that has no word for its end, if it may end later.
    #[cold]
    pub(crate) fn note(&mut self, row: &Row<'_>, entry: &Entry, conventions: Conventions) {
        let Some(end) = open_end(row, entry, conventions) else { return };
        let place = (end.origin.source(), end.why);
        self.counts.add(place, Occurrences::one(end.origin));
        self.agents.entry(place).or_default().insert(entry.agent);
        self.open_ends.entry(entry.agent).or_default().push(end);
    }

    /// Keeps a shift that ends by its length, and has a break which that may not hold.
    #[cold]
    pub(crate) fn note_break(&mut self, entry: &Entry, break_length: i64) {
        const LONGEST: i64 = 3 * HOUR;
        let until = entry.end() + break_length;
        if (1..=LONGEST).contains(&break_length) && entry.side().kind == Kind::Shift {
            let (why, origin, from) = (EndInDoubt::WithoutBreak, entry.origin, entry.end());
            let end = OpenEnd { why, origin, from, until, hours: None };
            self.open_ends.entry(entry.agent).or_default().push(end);
        }
    }

    /// Time off of the agent of a timeline that may take a shift of it, beyond what was read.
    pub(crate) fn of(&self, timeline: &[Entry]) -> Vec<(EndInDoubt, Origin)> {
        let agent = timeline.first().filter(|_| !self.open_ends.is_empty());
        let noted = agent.and_then(|entry| self.open_ends.get(&entry.agent));
        let met = noted.into_iter().flatten().filter(|end| end.meets(timeline));
        met.map(|end| (end.why, end.origin)).collect()
    }

    /// All time off of a source that may end later, for a reason.
    pub(crate) fn all(&self, source: u16, why: EndInDoubt) -> Option<Occurrences<Origin>> {
        self.counts.get(&(source, why)).copied()
    }

    /// How many agents have such time off.
    pub(crate) fn agents(&self, source: u16, why: EndInDoubt) -> u64 {
        self.agents.get(&(source, why)).map_or(0, |agents| agents.len() as u64)
    }

    /// Adds what was kept elsewhere.
    pub(super) fn join(&mut self, other: EndsInDoubt) {
        for (place, more) in other.counts {
            self.counts.add(place, more);
        }
        for (place, agents) in other.agents {
            self.agents.entry(place).or_default().extend(agents);
        }
        for (agent, ends) in other.open_ends {
            self.open_ends.entry(agent).or_default().extend(ends);
        }
    }
}

/// What a record of time off without an end leaves open, if anything.
fn open_end(row: &Row<'_>, entry: &Entry, conventions: Conventions) -> Option<OpenEnd> {
    let has = |field: Field| !row.word(field).is_empty();
    if has(Field::Times) || has(Field::AllDay) {
        return None;
    }
    let open =
        |why, from, until, hours| Some(OpenEnd { why, origin: entry.origin, from, until, hours });
    let unit = row.word(Field::LengthUnit);
    match length(row.word(Field::Length), conventions.length_unit) {
        // Months, or a word that is no unit.
        Some(_) if !unit.is_empty() && length_unit(unit).is_none() => {
            open(EndInDoubt::Longer, entry.end(), Entry::LATEST, None)
        }
        None if has(Field::Length) => None,
        None if has(Field::Start) || has(Field::StartDate) => {
            open(EndInDoubt::Empty, entry.start(), Entry::LATEST, None)
        }
        None => open(EndInDoubt::EmptyBesideDate, entry.start(), Entry::LATEST, None),
        Some(length) if is_long(length, entry, conventions) => {
            let until = entry.start() + DAY * calendar_days(row, length, conventions);
            let hours = (length.days == 0).then_some(length.milliseconds);
            open(EndInDoubt::Longer, entry.end(), until, hours)
        }
        Some(_) => None,
    }
}

/// Whether a length is more than the time that was read, or more hours than a day of work has.
/// A day of the calendar has 24.
fn is_long(length: Length, entry: &Entry, conventions: Conventions) -> bool {
    let (all, read) = (length.milliseconds_in_all(), entry.end() - entry.start());
    let counts_hours = length.bare && conventions.length_unit == LengthUnit::Hours;
    let is_calendar_day = all == DAY && !counts_hours;
    let of_work = length.days == 0 && read >= DAY - HOUR && !is_calendar_day;
    of_work && all > LONG_DAY || all > read + HOUR
}

/// How many days of the calendar a length takes at most, if all of it is days of work.
fn calendar_days(row: &Row<'_>, length: Length, conventions: Conventions) -> i64 {
    let rounded_up = |time: i64, whole: i64| (time + whole - 1) / whole;
    let days = match length.days {
        0 => rounded_up(length.milliseconds, DAY_OF_WORK),
        days => days + rounded_up(length.milliseconds, DAY),
    };
    let day = |field: Field| timestamp::read(row.word(field), conventions.order).ok()?.day();
    let first = [Field::StartDate, Field::Start, Field::Date].into_iter().find_map(day);
    // A record of which no word says its day may begin before a weekend.
    let most = days + 2 * ((days + 4) / 5);
    let of_work = |first: i64| (days..most).find(|all| workdays([first, first + all]) >= days);
    first.filter(|_| days < MOST_DAYS).and_then(of_work).unwrap_or(most)
}
