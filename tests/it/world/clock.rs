//! What times mean, by jiff.

use super::schedule::{Row, Schedule, Times};
use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, ToSpan};
use shiftlint::model::time::Disambiguation;
use std::sync::LazyLock;

/// Start and end, in milliseconds.
pub(crate) type Span = (i64, i64);

pub(crate) const MINUTE: i64 = 60_000;

static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// A zone of the bundled database, which the program has, too.
pub(crate) fn zone(name: &str) -> TimeZone {
    ZONES.get(name).expect("a zone of the database")
}

/// The names of all zones.
pub(crate) fn zone_names() -> Vec<&'static str> {
    let leak = |name: String| -> &'static str { Box::leak(name.into_boxed_str()) };
    ZONES.available().map(|name| leak(name.to_string())).collect()
}

pub(crate) fn timestamp(millisecond: i64) -> Timestamp {
    Timestamp::from_millisecond(millisecond).expect("within the years")
}

/// The local day of an instant.
pub(crate) fn day(zone: &TimeZone, millisecond: i64) -> Date {
    timestamp(millisecond).to_zoned(zone.clone()).date()
}

/// The first instant of a day.
pub(crate) fn midnight(zone: &TimeZone, day: Date) -> i64 {
    let noon = day.at(12, 0, 0, 0).to_zoned(zone.clone()).expect("within the years");
    noon.start_of_day().expect("within the years").timestamp().as_millisecond()
}

/// An offset in minutes; `None` is that of UTC.
pub(crate) fn fixed(minutes: Option<i32>) -> Offset {
    Offset::from_seconds(minutes.unwrap_or(0) * 60).expect("an offset")
}

fn instant(local: DateTime, offset: Offset) -> i64 {
    offset.to_timestamp(local).expect("within the years").as_millisecond()
}

/// The time that two spans share.
pub(crate) fn shared(one: Span, other: Span) -> Option<Span> {
    let span = (one.0.max(other.0), one.1.min(other.1));
    (span.0 < span.1).then_some(span)
}

/// What of a span lies outside another one; all of it where it juts out at both ends.
pub(crate) fn outside(span: Span, (from, to): Span) -> Option<Span> {
    match (span.0 < from, to < span.1) {
        (false, false) => None,
        (true, false) => Some((span.0, span.1.min(from))),
        (false, true) => Some((span.0.max(to), span.1)),
        (true, true) => Some(span),
    }
}

/// One end of a record: as it is read, as it could be read too, and what is odd about
/// it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Reading {
    pub(crate) chosen: i64,
    pub(crate) other: i64,
    pub(crate) gap: bool,
    pub(crate) fold: bool,
    /// Nothing says its zone.
    pub(crate) missing: bool,
    /// Its zone does not have its offset then.
    pub(crate) mismatch: bool,
}

/// Reads a local time. `Compatible` is what RFC 5545 says: the earlier of two, and a
/// skipped one as if the offset before the change still held.
pub(crate) fn read(zone: &TimeZone, local: DateTime, how: Disambiguation) -> Reading {
    let ambiguous = zone.to_ambiguous_timestamp(local).offset();
    let (usual, other) = match ambiguous {
        AmbiguousOffset::Unambiguous { offset } => (offset, offset),
        AmbiguousOffset::Gap { before, after } | AmbiguousOffset::Fold { before, after } => {
            (before, after)
        }
    };
    let (usual, other) = (instant(local, usual), instant(local, other));
    let (chosen, other) = match how {
        Disambiguation::Compatible => (usual, other),
        Disambiguation::Earlier => (usual.min(other), usual.max(other)),
        Disambiguation::Later => (usual.max(other), usual.min(other)),
    };
    let gap = matches!(ambiguous, AmbiguousOffset::Gap { .. });
    let fold = matches!(ambiguous, AmbiguousOffset::Fold { .. });
    Reading { chosen, other, gap, fold, ..Reading::default() }
}

/// The spans that two ends can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Readings {
    pub(crate) chosen: Span,
    pub(crate) widest: Span,
    pub(crate) narrowest: Span,
}

impl Readings {
    pub(crate) fn of(start: Reading, end: Reading) -> Readings {
        Readings {
            chosen: (start.chosen, end.chosen),
            widest: (start.chosen.min(start.other), end.chosen.max(end.other)),
            narrowest: (start.chosen.max(start.other), end.chosen.min(end.other)),
        }
    }

    /// A span that means itself.
    pub(crate) fn only(span: Span) -> Readings {
        Readings { chosen: span, widest: span, narrowest: span }
    }
}

/// The zone of a row: its own, else that of the settings.
fn zone_name(schedule: &Schedule, row: &Row) -> Option<&'static str> {
    row.zone.or(schedule.zone)
}

/// The clock that the days of a row are counted by: its zone, else its offset.
pub(crate) fn clock(schedule: &Schedule, row: &Row) -> TimeZone {
    zone_name(schedule, row).map_or_else(|| TimeZone::fixed(fixed(own_offset(row))), zone)
}

/// Clocks in their order: zones by name, and behind them offsets by their minutes.
pub(crate) fn clock_rank(schedule: &Schedule, row: &Row) -> (bool, &'static str, i32) {
    let own = own_offset(row).unwrap_or(0);
    zone_name(schedule, row).map_or((true, "", own), |name| (false, name, 0))
}

fn own_offset(row: &Row) -> Option<i32> {
    match row.times {
        Times::Offset((_, minutes), _) => minutes,
        _ => None,
    }
}

/// Start and end of a row.
pub(crate) fn ends(schedule: &Schedule, row: &Row) -> (Reading, Reading) {
    let missing = zone_name(schedule, row).is_none();
    let zone = zone_name(schedule, row).map_or(TimeZone::UTC, zone);
    let local = |at: DateTime| Reading { missing, ..read(&zone, at, schedule.disambiguation) };
    let marked = |(at, minutes): (DateTime, Option<i32>)| {
        let chosen = instant(at, fixed(minutes));
        let disagrees =
            |minutes: i32| !missing && disagrees(&zone, row.zone.is_some(), chosen, minutes);
        let mismatch = minutes.is_some_and(disagrees);
        Reading { chosen, other: chosen, mismatch, ..Reading::default() }
    };
    let first = |day: Date| {
        let first = midnight(&zone, day);
        Reading { chosen: first, other: first, missing, ..Reading::default() }
    };
    match row.times {
        Times::Local(start, end) => (local(start), local(end)),
        Times::Offset(start, end) => (marked(start), marked(end)),
        Times::Clock(start, end) => {
            let same_day = start.date().to_datetime(end.time());
            let end = if same_day > start { same_day } else { same_day + 1.day() };
            (local(start), local(end))
        }
        Times::Length(start, minutes) => {
            let start = local(start);
            let [chosen, other] = [start.chosen, start.other].map(|at| at + minutes * MINUTE);
            (start, Reading { chosen, other, ..Reading::default() })
        }
        Times::Days(start, last) => (first(start), first(last + 1.day())),
    }
}

/// Whether a zone does not have an offset then. `+00:00` beside a zone that never has
/// it is UTC; a zone of the settings objects only to an offset that it has itself at
/// another time of the year.
fn disagrees(zone: &TimeZone, is_own: bool, at: i64, minutes: i32) -> bool {
    let at = timestamp(at);
    let has = |days: i64| zone.to_offset(at + (days * 24).hours()) == fixed(Some(minutes));
    let forgiving = !is_own || minutes == 0;
    !has(0) && (!forgiving || (-12..=12).any(|month| has(month * 30)))
}
