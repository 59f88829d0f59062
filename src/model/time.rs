//! Time between the stages: instants as integers, and stamps for people.
//!
//! Between normalizing and reporting, an instant is a number. A [`Stamp`] is an instant as the
//! calendar shows it to a reader: the local date and time with their offset.

use crate::model::text::push_digits;
use std::fmt;
use std::ops::{Add, Sub};

/// A point in time: milliseconds since 1970-01-01T00:00:00Z.
///
/// An `i64` of milliseconds is a length of time, or a local time as if it were UTC. A length
/// is added to an instant, and is what two instants differ by; an offset turns a local time
/// into an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(transparent)]
pub struct Instant(i64);

impl Instant {
    /// The first one that there is.
    pub const MIN: Instant = Instant(i64::MIN);

    /// The instant this many milliseconds after 1970-01-01T00:00:00Z.
    #[must_use]
    #[inline]
    pub const fn from_millis(millis: i64) -> Instant {
        Instant(millis)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    #[inline]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The instant at which a clock with this offset, in seconds, shows a local time.
    #[must_use]
    #[inline]
    pub const fn from_local(local: i64, offset: i32) -> Instant {
        Instant(local - offset as i64 * 1000)
    }

    /// The local time that a clock with this offset, in seconds, shows.
    #[must_use]
    #[inline]
    pub const fn to_local(self, offset: i32) -> i64 {
        self.0 + offset as i64 * 1000
    }

    /// The milliseconds from an earlier instant to this one, unless they are too many.
    #[must_use]
    #[inline]
    pub const fn checked_since(self, earlier: Instant) -> Option<i64> {
        self.0.checked_sub(earlier.0)
    }

    /// The instant this many milliseconds later, or the last one that there is.
    #[must_use]
    #[inline]
    pub const fn saturating_add(self, millis: i64) -> Instant {
        Instant(self.0.saturating_add(millis))
    }
}

/// The instant this many milliseconds later.
impl Add<i64> for Instant {
    type Output = Instant;

    #[inline]
    fn add(self, millis: i64) -> Instant {
        Instant(self.0 + millis)
    }
}

/// The instant this many milliseconds earlier.
impl Sub<i64> for Instant {
    type Output = Instant;

    #[inline]
    fn sub(self, millis: i64) -> Instant {
        Instant(self.0 - millis)
    }
}

/// The milliseconds from the other instant to this one.
impl Sub for Instant {
    type Output = i64;

    #[inline]
    fn sub(self, other: Instant) -> i64 {
        self.0 - other.0
    }
}

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
        if start.0 < end.0 { Some(Span { start, end }) } else { None }
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

    /// The time that two pairs of start and end share; `None` when they only
    /// touch, lie apart, or one of them ends before it starts.
    #[must_use]
    pub fn shared(one: (Instant, Instant), other: (Instant, Instant)) -> Option<Span> {
        Span::new(one.0.max(other.0), one.1.min(other.1))
    }

    /// Its length in whole minutes, rounded up, so that nothing is called zero.
    #[must_use]
    pub const fn minutes(self) -> i64 {
        (self.end.0 - self.start.0 + MINUTE - 1) / MINUTE
    }
}

/// The range that holds both.
#[must_use]
pub fn wider(
    one: Option<(Instant, Instant)>,
    other: Option<(Instant, Instant)>,
) -> Option<(Instant, Instant)> {
    let all = one.into_iter().chain(other);
    all.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
}

/// The English days of the week from Monday on, in small letters.
pub const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

#[cfg(test)]
impl Span {
    /// The span between two instants, in milliseconds since 1970-01-01T00:00:00Z.
    pub(crate) fn of_millis(start: i64, end: i64) -> Option<Span> {
        Span::new(Instant(start), Instant(end))
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

    /// The clock of a time that has this offset in seconds, or `Z`, and no zone.
    #[must_use]
    pub const fn of_offset(offset: Option<i32>) -> Clock {
        match offset {
            Some(seconds) => Clock::fixed_minutes(seconds.div_euclid(60)),
            None => Clock::UTC,
        }
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

/// The order of the numbers in dates whose year has two digits: `12.01.26`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DatePartOrder {
    /// `31/12/26`.
    DayMonthYear,
    /// `12/31/26`.
    MonthDayYear,
    /// `26/12/31`.
    YearMonthDay,
}

impl DatePartOrder {
    /// Every order, in the order of its number.
    pub const ALL: [DatePartOrder; 3] =
        [DatePartOrder::DayMonthYear, DatePartOrder::MonthDayYear, DatePartOrder::YearMonthDay];

    /// The order of day and month in dates that end with the whole year.
    #[must_use]
    pub const fn of_whole_years(self) -> Option<DateOrder> {
        match self {
            DatePartOrder::DayMonthYear => Some(DateOrder::DayMonth),
            DatePartOrder::MonthDayYear => Some(DateOrder::MonthDay),
            DatePartOrder::YearMonthDay => None,
        }
    }

    /// In words: `day, month, year`.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            DatePartOrder::DayMonthYear => "day, month, year",
            DatePartOrder::MonthDayYear => "month, day, year",
            DatePartOrder::YearMonthDay => "year, month, day",
        }
    }
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

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weekday {
    /// `Mon`.
    Monday,
    /// `Tue`.
    Tuesday,
    /// `Wed`.
    Wednesday,
    /// `Thu`.
    Thursday,
    /// `Fri`.
    Friday,
    /// `Sat`.
    Saturday,
    /// `Sun`.
    Sunday,
}

impl Weekday {
    /// The day that comes so many days after a Monday.
    #[must_use]
    pub const fn after_monday(days: i64) -> Weekday {
        match days.rem_euclid(7) {
            0 => Weekday::Monday,
            1 => Weekday::Tuesday,
            2 => Weekday::Wednesday,
            3 => Weekday::Thursday,
            4 => Weekday::Friday,
            5 => Weekday::Saturday,
            _ => Weekday::Sunday,
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
    /// The day of the week.
    pub weekday: Weekday,
    /// Seconds ahead of UTC.
    pub offset: i32,
}

impl Stamp {
    /// From this time to another, without repetition: `2026-03-02 08:00–16:00 -06:00`.
    #[must_use]
    pub fn span_name(&self, end: &Stamp) -> String {
        let offset = match self.offset == end.offset {
            true => String::new(),
            false => format!(" {}", self.offset_name()),
        };
        let first = format!("{} {}{offset}", self.date(), self.time());
        let last = format!("{} {}", end.time(), end.offset_name());
        match (self.same_date(end), offset.is_empty()) {
            (true, true) => format!("{first}–{last}"),
            (true, false) => format!("{first} – {last}"),
            (false, _) => format!("{first} – {} {last}", end.date()),
        }
    }

    /// The date: `2026-03-02`.
    #[must_use]
    pub fn date(&self) -> String {
        let mut text = String::with_capacity("2026-03-02".len());
        self.push_date(&mut text);
        text
    }

    /// Adds the date to a text.
    pub fn push_date(&self, text: &mut String) {
        let [[m, o], [d, t]] = [two(self.month), two(self.day)];
        match u16::try_from(self.year) {
            Ok(year @ 0..=9999) => {
                let [[y, e], [a, r]] = [two((year / 100) as u8), two((year % 100) as u8)];
                push_ascii(text, &[y, e, a, r, b'-', m, o, b'-', d, t]);
            }
            _ => {
                text.push_str(&format!("{:+07}", self.year));
                push_ascii(text, &[b'-', m, o, b'-', d, t]);
            }
        }
    }

    /// The time of day, in its shortest form: `08:00`, `08:00:30`.
    #[must_use]
    pub fn time(&self) -> String {
        let mut text = String::with_capacity("08:00:00".len());
        self.push_time(&mut text);
        text
    }

    /// Adds the time of day, in its shortest form.
    pub fn push_time(&self, text: &mut String) {
        self.push_time_with(text, self.second != 0 || self.milli != 0);
    }

    fn push_time_with(&self, text: &mut String, seconds: bool) {
        let [[h, o], [m, i], [s, e]] = [two(self.hour), two(self.minute), two(self.second)];
        let digits = [h, o, b':', m, i, b':', s, e];
        push_ascii(text, if seconds { &digits } else { &digits[..5] });
        if self.milli != 0 {
            text.push_str(&format!(".{:03}", self.milli));
        }
    }

    /// The short English name of the weekday: `Mon`.
    #[must_use]
    pub const fn weekday_name(&self) -> &'static str {
        const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        NAMES[self.weekday as usize]
    }

    /// The offset: `-06:00`, `Z` for none.
    #[must_use]
    pub fn offset_name(&self) -> String {
        let mut text = String::with_capacity("-06:00".len());
        self.push_offset(&mut text);
        text
    }

    /// Adds the offset to a text.
    pub fn push_offset(&self, text: &mut String) {
        push_offset(text, self.offset);
    }

    /// Weekday, date and time: `Mon 2026-03-02 08:00`.
    #[must_use]
    pub fn long(&self) -> String {
        let mut text = String::with_capacity("Mon 2026-03-02 08:00:00".len());
        self.push_long(&mut text);
        text
    }

    /// Adds weekday, date and time to a text.
    pub fn push_long(&self, text: &mut String) {
        self.push_day(text);
        text.push(' ');
        self.push_time(text);
    }

    /// Adds weekday and date: `Mon 2026-03-02`.
    pub fn push_day(&self, text: &mut String) {
        text.push_str(self.weekday_name());
        text.push(' ');
        self.push_date(text);
    }

    /// Adds it to a text as RFC 3339 writes it, which a large report does more
    /// often than anything else.
    pub fn push_to(&self, text: &mut String) {
        let minutes = self.offset.unsigned_abs() / 60;
        let is_usual = (0..10_000).contains(&self.year)
            && self.milli == 0
            && self.offset % 60 == 0
            && minutes < 100 * 60;
        if !is_usual {
            self.push_date(text);
            text.push('T');
            self.push_time_with(text, true);
            return self.push_offset(text);
        }
        // All of it at once: piece by piece takes half as many instructions more.
        let [[y, e], [a, r]] = [two((self.year / 100) as u8), two((self.year % 100) as u8)];
        let [[m, o], [d, t]] = [two(self.month), two(self.day)];
        let [[h, u], [i, n], [s, c]] = [two(self.hour), two(self.minute), two(self.second)];
        let sign = match self.offset {
            0 => b'Z',
            1.. => b'+',
            _ => b'-',
        };
        let [[k, l], [p, q]] = [two((minutes / 60) as u8), two((minutes % 60) as u8)];
        let all = [
            y, e, a, r, b'-', m, o, b'-', d, t, b'T', h, u, b':', i, n, b':', s, c, sign, k, l,
            b':', p, q,
        ];
        let length = if sign == b'Z' { all.len() - "00:00".len() } else { all.len() };
        push_ascii(text, &all[..length]);
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
        let mut text = String::with_capacity("2026-03-02T08:00:00.000-06:00".len());
        self.push_to(&mut text);
        out.write_str(&text)
    }
}

/// A number of minutes for people: `30 min`, `2 h`, `8 h 30 min`.
#[must_use]
pub fn length_name(minutes: i64) -> String {
    let mut text = String::with_capacity("10 h 30 min".len());
    push_length(&mut text, minutes);
    text
}

/// Adds a number of minutes for people.
pub fn push_length(text: &mut String, minutes: i64) {
    let minutes = minutes.max(0).unsigned_abs();
    let (hours, minutes) = (minutes / 60, minutes % 60);
    if hours > 0 {
        push_digits(text, hours);
        text.push_str(if minutes > 0 { " h " } else { " h" });
    }
    if minutes > 0 || hours == 0 {
        push_digits(text, minutes);
        text.push_str(" min");
    }
}

/// Two digits.
const fn two(number: u8) -> [u8; 2] {
    [b'0' + number / 10 % 10, b'0' + number % 10]
}

/// Adds ASCII, all of it at once.
fn push_ascii(text: &mut String, ascii: &[u8]) {
    text.push_str(std::str::from_utf8(ascii).unwrap_or_default());
}

/// Adds seconds ahead of UTC as ISO 8601 writes them: `Z`, `-06:00`, `+05:53:28`.
fn push_offset(text: &mut String, offset: i32) {
    if offset == 0 {
        return text.push('Z');
    }
    let seconds = offset.unsigned_abs();
    let sign = if offset < 0 { b'-' } else { b'+' };
    let [h, o] = two((seconds / 3600).min(99) as u8);
    let [[m, i], [s, e]] = [two((seconds / 60 % 60) as u8), two((seconds % 60) as u8)];
    let digits = [sign, h, o, b':', m, i, b':', s, e];
    push_ascii(text, if seconds.is_multiple_of(60) { &digits[..6] } else { &digits });
}

/// Seconds ahead of UTC as ISO 8601 writes them: `Z`, `-06:00`, `+05:53:28`.
pub struct IsoOffset(pub i32);

impl fmt::Display for IsoOffset {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity("-06:00".len());
        push_offset(&mut text, self.0);
        out.write_str(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::{Clock, DAY, HOUR, Instant, IsoOffset, Span, Stamp, Weekday, length_name};
    use proptest::prelude::{Just, Strategy, prop_assert_eq, prop_oneof, proptest};

    #[test]
    fn an_offset_leads_from_a_local_time_to_its_instant_and_back() {
        let eight = 20_514 * DAY + 8 * HOUR;
        let at = Instant::from_local(eight, -6 * 3600);
        assert_eq!(at, Instant(20_514 * DAY + 14 * HOUR));
        assert_eq!((at.to_local(-6 * 3600), at.to_local(0)), (eight, at.millis()));
        assert_eq!((at + HOUR - at, at - (at - HOUR)), (HOUR, HOUR));
    }

    #[test]
    fn what_is_beyond_all_instants_does_not_overflow() {
        let (first, last) = (Instant::MIN, Instant(i64::MAX));
        assert_eq!((last.checked_since(first), last.checked_since(last)), (None, Some(0)));
        assert_eq!((last.saturating_add(1), first.saturating_add(-1)), (last, first));
    }

    #[test]
    fn a_span_is_never_empty() {
        assert_eq!(Span::of_millis(5, 5), None);
        assert_eq!(Span::of_millis(6, 5), None);
        assert!(Span::of_millis(4, 5).is_some());
    }

    #[test]
    fn touching_spans_share_nothing() {
        let morning = Span::of_millis(0, 10);
        let evening = Span::of_millis(10, 20);
        assert_eq!(morning.and_then(|m| m.overlap(evening?)), None);
    }

    #[test]
    fn a_pair_that_ends_before_it_starts_shares_nothing() {
        let shared = |one: (i64, i64), other: (i64, i64)| {
            let at = |(start, end)| (Instant(start), Instant(end));
            Span::shared(at(one), at(other))
        };
        assert_eq!(shared((0, 10), (5, 20)), Span::of_millis(5, 10));
        assert_eq!(shared((0, 10), (10, 20)), None);
        assert_eq!(shared((6, 4), (0, 10)), None);
        assert_eq!(shared((5, 5), (0, 10)), None);
    }

    proptest! {
        #[test]
        fn a_stamp_is_written_as_its_parts(
            (year, month, day) in (prop_oneof![0..10_000, -20_000..20_000], 1..13u8, 1..32u8),
            (hour, minute, second) in (0..24u8, 0..60u8, 0..60u8),
            milli in prop_oneof![Just(0), 0..1000u16],
            offset in prop_oneof![(-56..57).prop_map(|quarter| quarter * 900), -400_000..400_000],
        ) {
            let instant = Instant(0);
            let weekday = Weekday::Monday;
            let at =
                Stamp { instant, year, month, day, hour, minute, second, milli, weekday, offset };
            let millis = if milli == 0 { String::new() } else { format!(".{milli:03}") };
            let time = format!("{hour:02}:{minute:02}:{second:02}{millis}");
            let parts = format!("{}T{time}{}", at.date(), at.offset_name());
            prop_assert_eq!(at.to_string(), parts);
        }
    }

    #[test]
    fn stamps_are_written_with_all_their_digits() {
        let usual = Stamp {
            instant: Instant(0),
            year: 2026,
            month: 3,
            day: 9,
            hour: 8,
            minute: 5,
            second: 0,
            milli: 0,
            weekday: Weekday::Monday,
            offset: -6 * 3600,
        };
        let exact =
            Stamp { second: 7, milli: 40, weekday: Weekday::Sunday, offset: 21_208, ..usual };
        assert_eq!(usual.to_string(), "2026-03-09T08:05:00-06:00");
        assert_eq!(exact.to_string(), "2026-03-09T08:05:07.040+05:53:28");
        assert_eq!(usual.long(), "Mon 2026-03-09 08:05");
        assert_eq!(exact.long(), "Sun 2026-03-09 08:05:07.040");
        for (year, shown) in [
            (0, "0000-03-09"),
            (987, "0987-03-09"),
            (9999, "9999-03-09"),
            (10_000, "+010000-03-09"),
            (-1, "-000001-03-09"),
            (262_142, "+262142-03-09"),
        ] {
            assert_eq!(Stamp { year, ..usual }.date(), shown);
        }
        let offsets = [0, 5400, -86_399].map(|offset| IsoOffset(offset).to_string());
        assert_eq!(offsets, ["Z", "+01:30", "-23:59:59"]);
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
