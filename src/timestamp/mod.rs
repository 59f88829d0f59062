//! Reads words as written times.
//!
//! Decides what a word says by itself: an instant, a local time, a date, a clock time, a range
//! of times, a length. Zones and other words of the record are not known here. Times of the
//! usual form are read by fixed positions, everything else by the full reader, and the two agree
//! on whatever the first understands.

mod dotted;
mod fixed;
mod full;
mod length;
mod names;
mod range;
mod scanner;
mod serial;
mod short_year;
mod usual;
mod zone;

pub use dotted::DottedClock;
pub use fixed::read as read_fixed;
pub use full::{Evidence, evidence, falls_on, weekday};
pub use length::{
    Length, grouped_length, has_two_readings, length, length_unit, names_length_unit,
};
pub use range::{RangeEnd, hours_of_day, is_day_of_any_year, is_range_of_days, range};
pub use serial::{looks_like_serial, serial};
pub use short_year::{ShortYearDate, read_short_year};
pub(crate) use usual::{Timed, Usual};
pub use zone::{Abbreviation, is_zone_like};

use crate::calendar::days_from_civil;
use crate::model::letters::plain_ascii;
use crate::model::time::{DAY, DateOrder, Instant};
use scanner::Scanner;

/// A word, read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// A date and time with an offset.
    Instant {
        /// The instant.
        at: Instant,
        /// The offset as written, in seconds; `None` for `Z`.
        offset: Option<i32>,
    },
    /// A date and time without an offset, in milliseconds as if it were UTC.
    Local(i64),
    /// A date and time, as above, and the abbreviation of a zone.
    AbbreviatedLocal(i64, Abbreviation),
    /// A date, as a day number.
    Date(i64),
    /// A time of day in milliseconds, and the offset in seconds if it has one.
    /// Times from 24:00 to 47:59 are those of the next day, and have none.
    Clock(i64, Option<i32>),
    /// A time of day and the abbreviation of a zone.
    AbbreviatedClock(i64, Abbreviation),
}

impl Written {
    /// Whether it is a time of day, which needs a date beside it.
    #[must_use]
    pub const fn is_clock(self) -> bool {
        matches!(self, Written::Clock(..) | Written::AbbreviatedClock(..))
    }

    /// Its date and time as they are written, in milliseconds as if they were UTC.
    #[must_use]
    pub const fn local(self) -> Option<i64> {
        match self {
            Written::Local(local) | Written::AbbreviatedLocal(local, _) => Some(local),
            Written::Instant { at, offset: None } => Some(at.to_local(0)),
            Written::Instant { at, offset: Some(offset) } => Some(at.to_local(offset)),
            Written::Date(_) | Written::Clock(..) | Written::AbbreviatedClock(..) => None,
        }
    }

    /// The day number of its date, as it is written.
    #[must_use]
    pub fn day(self) -> Option<i64> {
        match self {
            Written::Date(day) => Some(day),
            _ => self.local().map(|local| local.div_euclid(DAY)),
        }
    }

    /// The same, but of an instant the day in UTC.
    #[must_use]
    pub fn utc_day(self) -> Option<i64> {
        match self {
            Written::Instant { at, .. } => Some(at.to_local(0).div_euclid(DAY)),
            written => written.day(),
        }
    }

    /// Whether it is a time, and that is midnight, as it is written.
    #[must_use]
    pub fn is_midnight(self) -> bool {
        let time = match self {
            Written::Clock(clock, _) | Written::AbbreviatedClock(clock, _) => Some(clock),
            _ => self.local(),
        };
        time.is_some_and(|time| time.rem_euclid(DAY) == 0)
    }
}

/// Why a word is not a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoTime {
    /// It has no form that a time can have.
    Form,
    /// It has the form, but the calendar or the clock has no such time.
    Value,
    /// It is a date whose day and month could be in either order.
    Order,
}

/// Whether a word ends as a time in UTC does: a `Z` after a digit.
#[must_use]
pub fn is_marked_utc(word: &[u8]) -> bool {
    matches!(word, [.., b'0'..=b'9', b'Z' | b'z'])
}

/// What is known of a word before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Expected {
    /// The order of day and month in dates such as `3/2/2026`, as the whole file
    /// shows it.
    pub order: Option<DateOrder>,
    /// Whether a clock time is expected, beside a date: then `8` is an hour, and `830` half
    /// an hour more.
    pub clock: bool,
}

/// A word, read, and the zone that it names in brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Time<'w> {
    /// What it says without the brackets.
    pub written: Written,
    /// The name of the zone: `America/Chicago`.
    pub zone: Option<&'w [u8]>,
}

/// Reads a word. The order is that of day and month in dates such as `3/2/2026`, as the
/// whole file shows it. A zone in brackets after the time must have its form, and is
/// ignored here.
///
/// # Errors
/// Why it is not a time.
#[inline(always)]
pub fn read(word: &[u8], order: Option<DateOrder>) -> Result<Written, NoTime> {
    match fixed::read(word) {
        Some(written) => Ok(written),
        None => read_fully(word, Expected { order, clock: false }).map(|time| time.written),
    }
}

/// The day of a word that is a date by itself, with its numbers in an order that is known: days
/// since 1970.
#[must_use]
pub fn date(word: &[u8]) -> Option<i64> {
    match read(word, None) {
        Ok(Written::Date(day)) => Some(day),
        _ => None,
    }
}

/// Reads a word and the zone in its brackets.
///
/// # Errors
/// Why it is not a time.
#[inline(always)]
pub fn read_as(word: &[u8], expected: Expected) -> Result<Time<'_>, NoTime> {
    match fixed::read(word) {
        Some(written) => Ok(Time { written, zone: None }),
        None => read_fully(word, expected),
    }
}

#[cold]
fn read_fully(word: &[u8], expected: Expected) -> Result<Time<'_>, NoTime> {
    match zone::split_brackets(word.trim_ascii()) {
        None => full::read(word, expected).map(|written| Time { written, zone: None }),
        Some((time, zone)) => {
            let written = full::read(time, Expected { clock: false, ..expected })?;
            let abbreviated =
                matches!(written, Written::AbbreviatedLocal(..) | Written::AbbreviatedClock(..));
            if abbreviated { Err(NoTime::Form) } else { Ok(Time { written, zone }) }
        }
    }
}

/// What a clock time says about its half of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HalfOfDay {
    /// It is followed by AM or PM.
    Named,
    /// It could be of either: from 1:00 to 12:59, without AM or PM.
    Open,
    /// Its hour is on a clock of 24 hours alone: 0, or 13 and later.
    Settled,
}

/// Whether a word has a letter of AM or PM in it.
#[must_use]
pub fn may_name_half(word: &[u8]) -> bool {
    word.iter().any(|byte| matches!(byte, b'm' | b'M' | b'p' | b'P'))
}

/// What a clock time without a date says about its half of the day; `None` for any other
/// word.
#[must_use]
pub fn half_of_day(word: &[u8]) -> Option<HalfOfDay> {
    let Ok(Time { written: Written::Clock(..), .. }) =
        read_as(word, Expected { order: None, clock: true })
    else {
        return None;
    };
    let plain = plain_ascii(word)?;
    let spoken = full::spoken_alone(&mut Scanner(plain.trim_ascii()))?.ok()?;
    Some(match spoken.afternoon {
        Some(_) => HalfOfDay::Named,
        None if spoken.could_be_either() => HalfOfDay::Open,
        None => HalfOfDay::Settled,
    })
}

/// The same of a time after a date and a space, and what is before it.
#[must_use]
pub fn dated_half_of_day(word: &[u8]) -> Option<(HalfOfDay, &[u8])> {
    let spaces = word.iter().enumerate().filter(|(_, byte)| **byte == b' ');
    let mut parts = spaces.filter_map(|(place, _)| word.split_at_checked(place));
    parts.find_map(|(date, clock)| {
        let half = half_of_day(clock.trim_ascii()).filter(|_| clock.contains(&b':'))?;
        Some((half, date))
    })
}

/// The entries of a list in one cell: `2026-03-03; 2026-03-05`, `Sat + Sun`.
pub fn list_entries(word: &[u8]) -> impl Iterator<Item = &[u8]> {
    let entries = word.split(|byte| matches!(byte, b',' | b';' | b'|' | b'&' | b'+' | b'\n'));
    entries.map(<[u8]>::trim_ascii).filter(|entry| !entry.is_empty())
}

/// Whether a word is the name of a day of the week, and nothing else.
#[must_use]
pub fn is_weekday(word: &[u8]) -> bool {
    let word = word.trim_ascii();
    let name = word.strip_suffix(b".").unwrap_or(word);
    plain_ascii(name).is_some_and(|name| names::weekday(&name).is_some())
}

/// Whether a word is the name of a month, and nothing else.
#[must_use]
pub fn is_month(word: &[u8]) -> bool {
    plain_ascii(word).is_some_and(|name| names::month(&name).is_some())
}

/// Whether letters are a word of times: a month, a day of the week, a unit, a zone's
/// abbreviation, or what joins them. Words of one or two letters are.
#[must_use]
#[cfg(feature = "cli")]
pub fn is_of_time(letters: &str) -> bool {
    const OTHERS: [&str; 8] = ["utc", "gmt", "uhr", "noon", "midnight", "and", "und", "date"];
    let Some(plain) = plain_ascii(letters.as_bytes()) else { return false };
    let lower = plain.to_ascii_lowercase();
    plain.len() < 3
        || names::month(&plain).is_some()
        || names::weekday(&plain).is_some()
        || Abbreviation::of(&plain.to_ascii_uppercase()).is_some()
        || OTHERS.iter().any(|word| word.as_bytes() == lower)
        || range::is_between_times(&lower)
        || length::is_unit(&lower)
}

/// Whether a date is a placeholder before a clock time: the first days of spreadsheets and
/// of databases.
#[must_use]
pub fn is_placeholder(day: i64) -> bool {
    const DAYS: [i64; 7] = [
        days_from_civil(1, 1, 1),
        days_from_civil(1899, 12, 30),
        days_from_civil(1899, 12, 31),
        days_from_civil(1900, 1, 1),
        days_from_civil(1904, 1, 1),
        days_from_civil(1970, 1, 1),
        days_from_civil(2000, 1, 1),
    ];
    DAYS.contains(&day)
}

#[cfg(test)]
mod tests;
