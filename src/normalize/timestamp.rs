//! Words become written times.
//!
//! What a word says by itself: an instant, a local time, a date, a clock time.
//! Zones and other words of the record are not known here. Times of the usual
//! form are read at fixed places; everything else by [`read_fully`], and the
//! two agree on whatever the first understands.

use crate::calendar::{days_from_civil, days_in_month};
use crate::model::time::{DAY, HOUR, Instant, MINUTE};

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
    /// A date, as a day number.
    Date(i64),
    /// A time of day in milliseconds, up to and including 24 hours, and the
    /// offset in seconds if it has one.
    Clock(i64, Option<i32>),
}

/// Why a word is no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoTime {
    /// It has no form that a time can have.
    Form,
    /// It has the form, but the calendar or the clock has no such time.
    Value,
}

/// Reads a word.
///
/// # Errors
/// Why it is no time.
pub fn read(word: &[u8]) -> Result<Written, NoTime> {
    match read_at_fixed_places(word) {
        Some(written) => Ok(written),
        None => read_fully(word),
    }
}

/// Reads `2026-03-02T08:00:00-06:00`, `2026-03-02T08:00:00Z` and
/// `2026-03-02T08:00:00`, with a `T` or a blank, and nothing else.
#[must_use]
pub fn read_at_fixed_places(word: &[u8]) -> Option<Written> {
    let (time, zone) = word.split_first_chunk::<19>()?;
    let local = fixed_local(time)?;
    match zone {
        [] => Some(Written::Local(local)),
        [b'Z'] => Some(Written::Instant { at: local, offset: None }),
        [sign @ (b'+' | b'-'), hour1, hour2, b':', minute1, minute2] => {
            let hours = two_digits(*hour1, *hour2)?;
            let minutes = two_digits(*minute1, *minute2)?;
            if hours > 23 || minutes > 59 || hours + minutes == 0 {
                return None;
            }
            let size = (hours * 60 + minutes) as i32 * 60;
            let offset = if *sign == b'-' { -size } else { size };
            let at = local - i64::from(offset) * 1000;
            Some(Written::Instant { at, offset: Some(offset) })
        }
        _ => None,
    }
}

/// Digits that do not stand where they should make this `None`; so does
/// anything that needs a second look, such as 24:00 and leap seconds.
fn fixed_local(time: &[u8; 19]) -> Option<i64> {
    let joints = time[4] == b'-'
        && time[7] == b'-'
        && (time[10] == b'T' || time[10] == b' ')
        && time[13] == b':'
        && time[16] == b':';
    if !joints {
        return None;
    }
    let century = two_digits(time[0], time[1])?;
    let year = (century * 100 + two_digits(time[2], time[3])?) as i32;
    let month = two_digits(time[5], time[6])? as u8;
    let day = two_digits(time[8], time[9])? as u8;
    let hour = two_digits(time[11], time[12])?;
    let minute = two_digits(time[14], time[15])?;
    let second = two_digits(time[17], time[18])?;
    if year == 0 || day == 0 || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    if day > 28 && day > days_in_month(year, month) || month == 0 || month > 12 {
        return None;
    }
    let seconds = i64::from(hour * 3600 + minute * 60 + second);
    Some(days_from_civil(year, month, day) * DAY + seconds * 1000)
}

fn two_digits(tens: u8, ones: u8) -> Option<u32> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    if tens > 9 || ones > 9 { None } else { Some(u32::from(tens) * 10 + u32::from(ones)) }
}

/// Reads every spelling that is understood.
///
/// # Errors
/// Why it is no time.
pub fn read_fully(word: &[u8]) -> Result<Written, NoTime> {
    let mut rest = Scanner(word.trim_ascii());
    if rest.0.is_empty() || !rest.0.is_ascii() {
        return Err(NoTime::Form);
    }
    if let Some(clock) = clock_alone(rest) {
        return clock;
    }
    let (day, basic) = rest.date()?;
    if rest.0.is_empty() {
        return Ok(Written::Date(day));
    }
    if !rest.date_joint(basic) {
        return Err(NoTime::Form);
    }
    let time = rest.time_of_day(basic)?;
    let local = day * DAY + time;
    rest.blanks();
    match rest.offset()? {
        _ if !rest.0.is_empty() => Err(NoTime::Form),
        Offset::None => Ok(Written::Local(local)),
        Offset::Zulu => Ok(Written::Instant { at: local, offset: None }),
        Offset::Seconds(offset) => {
            Ok(Written::Instant { at: local - i64::from(offset) * 1000, offset: Some(offset) })
        }
    }
}

/// A time of day without a date; `None` if the word is none at all.
fn clock_alone(mut rest: Scanner<'_>) -> Option<Result<Written, NoTime>> {
    let hour_digits = rest.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let after = rest.0.get(hour_digits).copied();
    let is_clock = match (hour_digits, after) {
        (1 | 2, Some(b':')) => true,
        (1 | 2, Some(letter)) => matches!(letter | 0x20, b'a' | b'p' | b' '),
        (4, None) => true,
        _ => false,
    };
    is_clock.then(|| {
        let time = if hour_digits == 4 { rest.time_of_day(true)? } else { rest.spoken_time()? };
        rest.blanks();
        match rest.offset()? {
            _ if !rest.0.is_empty() => Err(NoTime::Form),
            Offset::None => Ok(Written::Clock(time, None)),
            Offset::Zulu => Ok(Written::Clock(time, Some(0))),
            Offset::Seconds(offset) => Ok(Written::Clock(time, Some(offset))),
        }
    })
}

enum Offset {
    None,
    Zulu,
    Seconds(i32),
}

#[derive(Clone, Copy)]
struct Scanner<'a>(&'a [u8]);

impl Scanner<'_> {
    fn eat(&mut self, byte: u8) -> bool {
        let found = self.0.first() == Some(&byte);
        if found {
            self.skip(1);
        }
        found
    }

    fn skip(&mut self, count: usize) {
        self.0 = self.0.get(count..).unwrap_or(&[]);
    }

    fn blanks(&mut self) {
        self.0 = self.0.trim_ascii_start();
    }

    /// Exactly this many digits.
    fn number(&mut self, digits: usize) -> Result<u32, NoTime> {
        let word = self.0.get(..digits).ok_or(NoTime::Form)?;
        let mut number = 0;
        for digit in word {
            if !digit.is_ascii_digit() {
                return Err(NoTime::Form);
            }
            number = number * 10 + u32::from(digit - b'0');
        }
        self.skip(digits);
        Ok(number)
    }

    /// One or two digits.
    fn short_number(&mut self) -> Result<u32, NoTime> {
        let second = self.0.get(1).is_some_and(u8::is_ascii_digit);
        self.number(if second { 2 } else { 1 })
    }

    /// `2026-03-02`, `2026/03/02` or `20260302`, as a day number, and whether
    /// it was the form without joints.
    fn date(&mut self) -> Result<(i64, bool), NoTime> {
        let year = self.number(4)?;
        let joint = match self.0.first() {
            Some(b'-') => b'-',
            Some(b'/') => b'/',
            _ => 0,
        };
        let basic = joint == 0;
        if !basic {
            self.skip(1);
        }
        let month = if joint == b'/' { self.short_number()? } else { self.number(2)? };
        if !basic && !self.eat(joint) {
            return Err(NoTime::Form);
        }
        let day = if joint == b'/' { self.short_number()? } else { self.number(2)? };
        if self.0.first().is_some_and(u8::is_ascii_digit) {
            return Err(NoTime::Form);
        }
        let (year, month, day) = (year as i32, month as u8, day as u8);
        if year == 0 || day == 0 || day > days_in_month(year, month) {
            return Err(NoTime::Value);
        }
        Ok((days_from_civil(year, month, day), basic))
    }

    fn date_joint(&mut self, basic: bool) -> bool {
        if self.eat(b'T') || self.eat(b't') {
            return true;
        }
        let before = self.0.len();
        self.blanks();
        self.0.len() < before || (basic && self.eat(b'T'))
    }

    /// `08:00`, `08:00:30`, `08:00:30.250`; with `basic` also `0800`,
    /// `080030`. In milliseconds.
    fn time_of_day(&mut self, basic: bool) -> Result<i64, NoTime> {
        let hour = self.number(2)?;
        let joint = self.eat(b':');
        if !joint && !basic {
            return Err(NoTime::Form);
        }
        let minute = self.number(2)?;
        let seconds =
            if joint { self.eat(b':') } else { self.0.first().is_some_and(u8::is_ascii_digit) };
        let (second, milli) = if seconds { self.seconds()? } else { (0, 0) };
        assemble(hour, minute, second, milli)
    }

    fn seconds(&mut self) -> Result<(u32, i64), NoTime> {
        let second = self.number(2)?;
        if !self.eat(b'.') && !self.eat(b',') {
            return Ok((second, 0));
        }
        let digits = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            return Err(NoTime::Form);
        }
        let mut milli = 0;
        for place in 0..3 {
            let digit =
                if place < digits { self.0.get(place).map_or(0, |byte| byte - b'0') } else { 0 };
            milli = milli * 10 + i64::from(digit);
        }
        self.skip(digits);
        Ok((second, milli))
    }

    /// `8:00`, `08:00:30`, `8:00 AM`, `8 pm`. In milliseconds.
    fn spoken_time(&mut self) -> Result<i64, NoTime> {
        let hour = self.short_number()?;
        let joint = self.eat(b':');
        let minute = if joint { self.number(2)? } else { 0 };
        let (second, milli) = if joint && self.eat(b':') { self.seconds()? } else { (0, 0) };
        match self.half_of_day()? {
            None if !joint => Err(NoTime::Form),
            None => assemble(hour, minute, second, milli),
            Some(_) if hour == 0 || hour > 12 => Err(NoTime::Value),
            Some(afternoon) => {
                assemble(hour % 12 + if afternoon { 12 } else { 0 }, minute, second, milli)
            }
        }
    }

    /// `AM`, `p.m.`: whether it is the afternoon.
    fn half_of_day(&mut self) -> Result<Option<bool>, NoTime> {
        let before = *self;
        self.blanks();
        let afternoon = match self.0.first().map(|letter| letter | 0x20) {
            Some(b'a') => false,
            Some(b'p') => true,
            _ => {
                *self = before;
                return Ok(None);
            }
        };
        self.skip(1);
        let dotted = self.eat(b'.');
        if !self.eat(b'm') && !self.eat(b'M') || dotted && !self.eat(b'.') {
            return Err(NoTime::Form);
        }
        Ok(Some(afternoon))
    }

    /// `Z`, `UTC`, `-06:00`, `-0600`, `-06`, or nothing.
    fn offset(&mut self) -> Result<Offset, NoTime> {
        for name in [&b"UTC"[..], b"GMT", b"Z", b"z"] {
            if self.0.strip_prefix(name) == Some(b"") {
                self.skip(name.len());
                return Ok(Offset::Zulu);
            }
        }
        let negative = self.0.first() == Some(&b'-');
        if !self.eat(b'+') && !self.eat(b'-') {
            return Ok(Offset::None);
        }
        let hours = self.number(2)?;
        let joint = self.eat(b':');
        let minutes = if joint || !self.0.is_empty() { self.number(2)? } else { 0 };
        let seconds = if joint && self.eat(b':') { self.number(2)? } else { 0 };
        if hours > 23 || minutes > 59 || seconds > 59 {
            return Err(NoTime::Value);
        }
        let size = (hours * 3600 + minutes * 60 + seconds) as i32;
        // RFC 3339: -00:00 says that the local offset is not known.
        Ok(if size == 0 && negative {
            Offset::Zulu
        } else {
            Offset::Seconds(if negative { -size } else { size })
        })
    }
}

/// Hours, minutes and seconds as milliseconds of the day; 24:00 is its end, and
/// a leap second is the second before it.
fn assemble(hour: u32, minute: u32, second: u32, milli: i64) -> Result<i64, NoTime> {
    let midnight = hour == 24 && minute == 0 && second == 0 && milli == 0;
    if (hour > 23 && !midnight) || minute > 59 || second > 60 {
        return Err(NoTime::Value);
    }
    let second = second.min(59);
    Ok(i64::from(hour) * HOUR + i64::from(minute) * MINUTE + i64::from(second) * 1000 + milli)
}

#[cfg(test)]
mod tests {
    use super::{NoTime, Written, read, read_at_fixed_places, read_fully};
    use crate::model::time::{DAY, HOUR, MINUTE};
    use proptest::prelude::{Strategy, any, prop_assert_eq, proptest};

    /// Monday 2026-03-02T00:00Z.
    const MONDAY: i64 = 20_514 * DAY;

    fn instant(at: i64, offset: Option<i32>) -> Result<Written, NoTime> {
        Ok(Written::Instant { at, offset })
    }

    #[test]
    fn every_spelling_of_eight_in_the_morning_is_the_same() {
        let local = Ok(Written::Local(MONDAY + 8 * HOUR));
        for word in [
            "2026-03-02T08:00:00",
            "2026-03-02 08:00:00",
            "2026-03-02T08:00",
            "2026-03-02t08:00",
            "2026/03/02 08:00",
            "2026/3/2 08:00",
            "20260302T080000",
            "20260302T0800",
            "20260302 0800",
            "2026-03-02T08:00:00.000",
            "2026-03-02T08:00:00,0",
            " 2026-03-02  08:00 ",
        ] {
            assert_eq!(read(word.as_bytes()), local, "{word}");
        }
        for word in [
            "2026-03-02T08:00:00Z",
            "2026-03-02T08:00Z",
            "20260302T080000Z",
            "2026-03-02 08:00 UTC",
            "2026-03-02T08:00-00:00",
        ] {
            assert_eq!(read(word.as_bytes()), instant(MONDAY + 8 * HOUR, None), "{word}");
        }
        for word in ["2026-03-02T08:00:00-06:00", "2026-03-02T08:00-0600", "2026-03-02 08:00 -06"] {
            assert_eq!(
                read(word.as_bytes()),
                instant(MONDAY + 14 * HOUR, Some(-6 * 3600)),
                "{word}"
            );
        }
        assert_eq!(read(b"2026-03-02T08:00:00+00:00"), instant(MONDAY + 8 * HOUR, Some(0)));
        assert_eq!(read(b"2026-03-02"), Ok(Written::Date(20_514)));
        assert_eq!(read(b"20260302"), Ok(Written::Date(20_514)));
        assert_eq!(read(b"2026-03-02T24:00"), Ok(Written::Local(MONDAY + DAY)));
        assert_eq!(read(b"2026-03-02T23:59:60"), Ok(Written::Local(MONDAY + DAY - 1000)));
        assert_eq!(read(b"2026-03-02T08:00:00.1239"), Ok(Written::Local(MONDAY + 8 * HOUR + 123)));
    }

    #[test]
    fn clock_times_are_read_alone() {
        for (word, minutes) in [
            ("8:00", 480),
            ("08:00", 480),
            ("08:00:00", 480),
            ("0800", 480),
            ("8:00 AM", 480),
            ("8am", 480),
            ("8 a.m.", 480),
            ("12:00 AM", 0),
            ("12:30 pm", 750),
            ("11:59PM", 1439),
            ("24:00", 1440),
            ("00:00", 0),
        ] {
            assert_eq!(read(word.as_bytes()), Ok(Written::Clock(minutes * MINUTE, None)), "{word}");
        }
        assert_eq!(read(b"08:00Z"), Ok(Written::Clock(8 * HOUR, Some(0))));
        assert_eq!(read(b"08:00-06:00"), Ok(Written::Clock(8 * HOUR, Some(-21_600))));
    }

    #[test]
    fn what_is_no_time_says_why() {
        for word in [
            "",
            "TBD",
            "8",
            "8:0",
            "202",
            "2026-3-2",
            "2026-03-02X08:00",
            "2026-03-02T8:00",
            "99999-01-01",
            "2026-03-02T08:00:00.",
            "2026-03-02T08:00 x",
            "3/2/2026",
            "1772438400",
            "2026-03-02T08",
            "8:00 xm",
            "2026-03-02T08:00+6",
            "20260302080000",
            "\u{662}\u{660}\u{662}\u{666}",
        ] {
            assert_eq!(read(word.as_bytes()), Err(NoTime::Form), "{word}");
        }
        for word in [
            "2026-02-30",
            "2026-13-01",
            "2026-00-10",
            "0000-01-01",
            "25:00",
            "08:60",
            "2026-03-02T24:01",
            "2026-03-02T08:00+25:00",
            "2026-03-02T08:00:61",
            "13:00 PM",
            "0:30 am",
            "2026-02-29T08:00:00Z",
        ] {
            assert_eq!(read(word.as_bytes()), Err(NoTime::Value), "{word}");
        }
    }

    fn nearly_a_time() -> impl Strategy<Value = Vec<u8>> {
        let whole = (1i32..10_000, 0u8..14, 0u8..33, 0u8..26, 0u8..62, 0u8..62, any::<bool>(), -25i32..26, 0u8..62, 0u8..4)
            .prop_map(|(year, month, day, hour, minute, second, blank, offset, off_minute, zone)| {
                let joint = if blank { ' ' } else { 'T' };
                let zone = match zone {
                    0 => String::new(),
                    1 => "Z".to_owned(),
                    _ => format!("{offset:+03}:{off_minute:02}"),
                };
                format!("{year:04}-{month:02}-{day:02}{joint}{hour:02}:{minute:02}:{second:02}{zone}").into_bytes()
            });
        (whole, any::<Option<(usize, u8)>>()).prop_map(|(mut word, change)| {
            if let Some((place, byte)) = change {
                let place = place % word.len();
                word[place] = byte;
            }
            word
        })
    }

    proptest! {
        #[test]
        fn the_reader_of_fixed_places_agrees_with_the_full_one(word in nearly_a_time()) {
            if let Some(written) = read_at_fixed_places(&word) {
                prop_assert_eq!(read_fully(&word), Ok(written));
            }
        }

        #[test]
        fn no_bytes_make_the_reader_panic(word in proptest::collection::vec(any::<u8>(), 0..40)) {
            let _ = read(&word);
        }
    }
}
