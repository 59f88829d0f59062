//! Time as the stages pass it on: integers, and stamps for people.
//!
//! Between normalizing and reporting, an instant is a number. A [`Stamp`] is
//! what the calendar made of one for the eye: the local date and time with the
//! offset they were shown at.

use std::fmt;

/// Milliseconds since 1970-01-01T00:00:00Z.
pub type Instant = i64;

/// One minute, in milliseconds.
pub const MINUTE: i64 = 60_000;
/// One hour, in milliseconds.
pub const HOUR: i64 = 60 * MINUTE;
/// Twenty-four hours, in milliseconds. Not the length of a local day.
pub const DAY: i64 = 24 * HOUR;

/// A half-open stretch of time `[start, end)` that is never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: Instant,
    end: Instant,
}

impl Span {
    /// The span from `start` to `end`; `None` unless `start < end`.
    #[must_use]
    pub const fn new(start: Instant, end: Instant) -> Option<Span> {
        if start < end { Some(Span { start, end }) } else { None }
    }

    /// Its first instant.
    #[must_use]
    pub const fn start(self) -> Instant {
        self.start
    }

    /// The first instant after it.
    #[must_use]
    pub const fn end(self) -> Instant {
        self.end
    }

    /// The time both spans claim; `None` when they only touch or lie apart.
    #[must_use]
    pub fn overlap(self, other: Span) -> Option<Span> {
        Span::new(self.start.max(other.start), self.end.min(other.end))
    }

    /// Its length in whole minutes, rounded up, so that nothing is called zero.
    #[must_use]
    pub const fn minutes(self) -> i64 {
        (self.end - self.start + MINUTE - 1) / MINUTE
    }
}

/// Which clock a local time is read from: a zone of the catalogue or a fixed
/// offset from UTC.
///
/// Twelve bits wide, so that it fits beside an instant in an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Clock(u16);

impl Clock {
    const FIXED: u16 = 0x0400;
    const MIDDLE: i32 = Self::WIDEST_MINUTES;
    /// How many zones a catalogue can hold.
    pub const MOST_ZONES: usize = Self::FIXED as usize;
    /// The widest fixed offset, in minutes either way.
    pub const WIDEST_MINUTES: i32 = 24 * 60;
    /// The clock of UTC.
    pub const UTC: Clock = Clock::fixed_minutes(0);

    /// The clock of the zone with this number.
    #[must_use]
    pub const fn zone(number: u16) -> Clock {
        assert!(number < Self::FIXED);
        Clock(number)
    }

    /// A clock this many minutes ahead of UTC, at most 24 hours either way.
    #[must_use]
    pub const fn fixed_minutes(minutes: i32) -> Clock {
        let most = Self::WIDEST_MINUTES;
        let minutes = if minutes > most {
            most
        } else if minutes < -most {
            -most
        } else {
            minutes
        };
        Clock((Self::FIXED as i32 + Self::MIDDLE + minutes) as u16)
    }

    /// The number of its zone, if it is one of the catalogue's.
    #[must_use]
    pub const fn zone_number(self) -> Option<u16> {
        if self.0 < Self::FIXED { Some(self.0) } else { None }
    }

    /// Its offset in minutes, if it is a fixed one.
    #[must_use]
    pub const fn offset_minutes(self) -> Option<i32> {
        if self.0 < Self::FIXED {
            None
        } else {
            Some(self.0 as i32 - Self::FIXED as i32 - Self::MIDDLE)
        }
    }

    /// The twelve bits.
    #[must_use]
    pub const fn bits(self) -> u16 {
        self.0
    }

    /// From twelve bits that [`Clock::bits`] gave.
    #[must_use]
    pub const fn from_bits(bits: u16) -> Clock {
        Clock(bits)
    }
}

/// What to make of a local time that the clock skipped or showed twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Disambiguation {
    /// A doubled time is the first one; a skipped one is read as if the offset
    /// before the change still held.
    #[default]
    Compatible,
    /// The earlier of the two instants.
    Earlier,
    /// The later of the two instants.
    Later,
}

/// The order of day and month in dates such as `3/2/2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// 3 February.
    DayMonth,
    /// March 2.
    MonthDay,
}

impl DateOrder {
    /// `dmy` or `mdy`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            DateOrder::DayMonth => "dmy",
            DateOrder::MonthDay => "mdy",
        }
    }
}

/// A local date and time with its offset, ready to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The instant it shows.
    pub instant: Instant,
    /// Year of the proleptic Gregorian calendar.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
    /// 0 to 999.
    pub milli: u16,
    /// Days since Monday.
    pub weekday: u8,
    /// Seconds ahead of UTC.
    pub offset: i32,
}

impl Stamp {
    /// The date: `2026-03-02`.
    #[must_use]
    pub fn date(&self) -> String {
        format!("{}-{:02}-{:02}", Year(self.year), self.month, self.day)
    }

    /// The time of day, as short as it can be said: `08:00`, `08:00:30`.
    #[must_use]
    pub fn time(&self) -> String {
        let mut text = format!("{:02}:{:02}", self.hour, self.minute);
        if self.second != 0 || self.milli != 0 {
            text.push_str(&format!(":{:02}", self.second));
        }
        if self.milli != 0 {
            text.push_str(&format!(".{:03}", self.milli));
        }
        text
    }

    /// The short English name of the weekday: `Mon`.
    #[must_use]
    pub const fn weekday_name(&self) -> &'static str {
        const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        NAMES[self.weekday as usize % 7]
    }

    /// The offset: `-06:00`, `Z` for none.
    #[must_use]
    pub fn offset_name(&self) -> String {
        Offset(self.offset).to_string()
    }

    /// Weekday, date and time: `Mon 2026-03-02 08:00`.
    #[must_use]
    pub fn long(&self) -> String {
        format!("{} {} {}", self.weekday_name(), self.date(), self.time())
    }

    /// Whether both show the same local date.
    #[must_use]
    pub const fn same_date(&self, other: &Stamp) -> bool {
        self.year == other.year && self.month == other.month && self.day == other.day
    }
}

/// As RFC 3339 writes it: `2026-03-02T08:00:00-06:00`.
impl fmt::Display for Stamp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{}-{:02}-{:02}T{:02}:{:02}:{:02}",
            Year(self.year),
            self.month,
            self.day,
            self.hour,
            self.minute,
            self.second
        )?;
        if self.milli != 0 {
            write!(out, ".{:03}", self.milli)?;
        }
        write!(out, "{}", Offset(self.offset))
    }
}

/// A number of minutes for people: `30 min`, `2 h`, `8 h 30 min`.
#[must_use]
pub fn length_name(minutes: i64) -> String {
    let minutes = minutes.max(0);
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// A year as ISO 8601 writes it, with a sign outside 0 to 9999.
struct Year(i32);

impl fmt::Display for Year {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if (0..=9999).contains(&self.0) {
            write!(out, "{:04}", self.0)
        } else {
            write!(out, "{:+07}", self.0)
        }
    }
}

/// Seconds ahead of UTC as ISO 8601 writes them: `Z`, `-06:00`, `+05:53:28`.
pub struct Offset(pub i32);

impl fmt::Display for Offset {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return out.write_str("Z");
        }
        let sign = if self.0 < 0 { '-' } else { '+' };
        let seconds = self.0.unsigned_abs();
        write!(out, "{sign}{:02}:{:02}", seconds / 3600, seconds / 60 % 60)?;
        if !seconds.is_multiple_of(60) {
            write!(out, ":{:02}", seconds % 60)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Clock, Span, length_name};

    #[test]
    fn a_span_is_never_empty() {
        assert_eq!(Span::new(5, 5), None);
        assert_eq!(Span::new(6, 5), None);
        assert!(Span::new(4, 5).is_some());
    }

    #[test]
    fn touching_spans_share_nothing() {
        let morning = Span::new(0, 10);
        let evening = Span::new(10, 20);
        assert_eq!(morning.and_then(|m| m.overlap(evening?)), None);
    }

    #[test]
    fn lengths_are_hours_and_minutes() {
        for (length, expected) in [(0, "0 min"), (30, "30 min"), (120, "2 h"), (510, "8 h 30 min")]
        {
            assert_eq!(length_name(length), expected);
        }
        assert_eq!(length_name(i64::MIN), "0 min");
        assert_eq!(length_name(i64::MAX), "153722867280912930 h 7 min");
    }

    #[test]
    fn every_clock_survives_its_twelve_bits() {
        for minutes in -Clock::WIDEST_MINUTES..=Clock::WIDEST_MINUTES {
            let clock = Clock::fixed_minutes(minutes);
            assert!(clock.bits() < 1 << 12);
            assert_eq!(Clock::from_bits(clock.bits()).offset_minutes(), Some(minutes));
        }
        for number in 0..Clock::MOST_ZONES as u16 {
            assert_eq!(Clock::zone(number).zone_number(), Some(number));
        }
    }
}
