//! Reads two times from one word: `09:00-13:00`, `2026-03-02T08:00Z/PT8H`.

use super::full::spoken_alone;
use super::length::{Length, length};
use super::scanner::{ClockLimit, Scanner, Spoken};
use super::{Expected, NoTime, Time, Written, date, read_as};
use crate::model::conventions::LengthUnit;
use crate::model::letters::plain_ascii;
use crate::model::time::{DAY, HOUR, MINUTE};

/// A start and an end in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range<'w> {
    /// The start: a clock time, or a date and time.
    pub start: Time<'w>,
    /// The end.
    pub end: RangeEnd<'w>,
}

/// How a range says where it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RangeEnd<'w> {
    /// At this time. Behind a date and time it may be a clock time.
    At(Time<'w>),
    /// So long after its start.
    After(Length),
}

/// The marks that people write between two times.
const MARKS: [&str; 6] = ["-", "–", "—", "~", "～", "〜"];

/// The same in words, with spaces around them.
const WORDS: [&str; 13] =
    ["to", "bis", "a", "à", "until", "till", "tot", "hasta", "até", "ate", "al", "au", "alle"];

/// Whether a word in small letters can be between two times: `to`, `hasta`.
#[cfg(feature = "cli")]
pub(super) fn is_between_times(word: &[u8]) -> bool {
    WORDS.iter().any(|known| known.as_bytes() == word)
}

/// Reads a range of two clock times, or of two dates and times. ISO intervals with a slash
/// may have a duration after it. Those of databases are in brackets, the second of which is
/// round. `None` for anything else, such as a single time, and for words that can be split
/// in two ways.
///
/// Hours alone are times only where clock times are expected. AM or PM after one of two
/// times counts for both if the end is then after the start.
#[must_use]
pub fn range(word: &[u8], expected: Expected) -> Option<Range<'_>> {
    let word = word.trim_ascii();
    let whole = read_as(word, Expected { clock: false, ..expected });
    match whole.map(|time| time.written) {
        // What is written like the offset of a clock time may be the end.
        Ok(Written::Clock(_, Some(_))) | Err(NoTime::Form | NoTime::Value) => {}
        Ok(Written::Instant { offset: Some(offset), .. }) if offset < LEAST_OFFSET => {
            return hours_of_day(word, expected);
        }
        Ok(_) | Err(NoTime::Order) => return None,
    }
    let in_brackets = word.strip_prefix(b"[").and_then(|inner| inner.strip_suffix(b")"));
    if let Some(inner) = in_brackets {
        let pairs = splits(inner, b",").map(|(start, end)| (unquoted(start), unquoted(end)));
        return only(pairs.filter_map(|(start, end)| of_dates(start, end, expected)));
    }
    let interval = only(splits(word, b"/").filter_map(|pair| interval(pair, expected)));
    interval.or_else(|| spoken(word, expected))
}

/// The offset of the zone that is farthest behind UTC, in seconds.
const LEAST_OFFSET: i32 = -12 * 3600;

/// Reads a date with the hours of that day: `2026-03-02 08:00-12:00`. Where a single time may
/// stand, that is one with an offset.
#[must_use]
pub fn hours_of_day(word: &[u8], expected: Expected) -> Option<Range<'_>> {
    let dash = word.iter().rposition(|byte| *byte == b'-')?;
    let (start, end) = (word.get(..dash)?, word.get(dash + 1..)?);
    let start =
        dated(start, expected).filter(|start| matches!(start.written, Written::Local(_)))?;
    let end = read_as(end, Expected { clock: true, ..expected }).ok()?;
    matches!(end.written, Written::Clock(_, None))
        .then_some(Range { start, end: RangeEnd::At(end) })
}

/// The one thing that there is.
fn only<T>(mut found: impl Iterator<Item = T>) -> Option<T> {
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// The text before and after each place of a mark outside of brackets.
fn splits<'w>(word: &'w [u8], mark: &'w [u8]) -> impl Iterator<Item = (&'w [u8], &'w [u8])> {
    let mut depth = 0;
    (0..word.len()).filter_map(move |place| {
        match word.get(place)? {
            b'[' => depth += 1,
            b']' => depth -= 1,
            _ => {}
        }
        let (before, rest) = word.split_at_checked(place)?;
        let behind = rest.strip_prefix(mark).filter(|_| depth == 0)?;
        Some((before, behind))
    })
}

fn unquoted(word: &[u8]) -> &[u8] {
    let word = word.trim_ascii();
    word.strip_prefix(b"\"").and_then(|inner| inner.strip_suffix(b"\"")).unwrap_or(word)
}

const fn is_dated(time: &Time<'_>) -> bool {
    matches!(
        time.written,
        Written::Instant { .. } | Written::Local(_) | Written::AbbreviatedLocal(..)
    )
}

fn dated(word: &[u8], expected: Expected) -> Option<Time<'_>> {
    read_as(word, Expected { clock: false, ..expected }).ok().filter(is_dated)
}

/// Two dates and times.
fn of_dates<'w>(start: &'w [u8], end: &'w [u8], expected: Expected) -> Option<Range<'w>> {
    let (start, end) = (dated(start, expected)?, dated(end, expected)?);
    Some(Range { start, end: RangeEnd::At(end) })
}

/// `2026-03-02T08:00/2026-03-02T16:00`, `…/16:00` or `…/PT8H`.
fn interval<'w>((start, end): (&'w [u8], &'w [u8]), expected: Expected) -> Option<Range<'w>> {
    let start = dated(start, expected)?;
    if matches!(end.first(), Some(b'P' | b'p')) {
        let length = length(end, LengthUnit::Minutes)?;
        return Some(Range { start, end: RangeEnd::After(length) });
    }
    let end = read_as(end, Expected { clock: false, ..expected }).ok()?;
    let sound = is_dated(&end) || end.written.is_clock();
    sound.then_some(Range { start, end: RangeEnd::At(end) })
}

/// Whether a word is a first and a last day, with or without their years: `16.03.-18.03.`.
#[must_use]
pub fn is_range_of_days(word: &[u8]) -> bool {
    let is_day = |word: &[u8]| {
        let word = word.trim_ascii();
        is_day_of_any_year(word) || date(word).is_some()
    };
    spoken_splits(word).any(|(first, last)| is_day(first) && is_day(last))
}

/// Whether a word is a day and a month, in either order: `16.03.`, `3/16`.
#[must_use]
pub fn is_day_of_any_year(word: &[u8]) -> bool {
    let mut parts = word.strip_suffix(b".").unwrap_or(word).split(|byte| b"./".contains(byte));
    let mut number = || match parts.next()? {
        digits @ ([b'0'..=b'9'] | [b'0'..=b'9', b'0'..=b'9']) => {
            Some(digits.iter().fold(0, |number, digit| 10 * number + (digit - b'0')))
        }
        _ => None,
    };
    let (Some(one), Some(other)) = (number(), number()) else { return false };
    parts.next().is_none() && one.min(other) >= 1 && one.min(other) <= 12 && one.max(other) <= 31
}

/// The text before and after each mark between two times, and each word that is there.
fn spoken_splits(word: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let marks = MARKS.iter().flat_map(|mark| splits(word, mark.as_bytes()));
    let words = WORDS.iter().flat_map(|between| splits(word, between.as_bytes()));
    marks.chain(words.filter(|(before, behind)| {
        before.last().is_some_and(u8::is_ascii_whitespace)
            && behind.first().is_some_and(u8::is_ascii_whitespace)
    }))
}

/// Two times with a dash or a word between them.
fn spoken(word: &[u8], expected: Expected) -> Option<Range<'_>> {
    only(spoken_splits(word).filter_map(|(before, behind)| {
        let apart = before.last().is_some_and(u8::is_ascii_whitespace);
        pair(before.trim_ascii(), behind.trim_ascii(), apart, expected)
    }))
}

/// A start and an end; `apart` is whether there is a space between them.
fn pair<'w>(start: &'w [u8], end: &'w [u8], apart: bool, expected: Expected) -> Option<Range<'w>> {
    if let Some(start) = dated(start, expected) {
        let end = read_as(end, Expected { clock: false, ..expected }).ok()?;
        let sound = is_dated(&end) || (apart && end.written.is_clock());
        return sound.then_some(Range { start, end: RangeEnd::At(end) });
    }
    let (start, start_half) = clock(start, expected)?;
    let (end, end_half) = clock(end, expected)?;
    // `8:00-9:00-10:00` has a dash too many to be an offset.
    let signed =
        |time: Time<'_>| matches!(time.written, Written::Clock(_, Some(offset)) if offset != 0);
    if !apart && (signed(start) || signed(end)) {
        return None;
    }
    let (start, end) = match (start_half, end_half) {
        (
            SpokenClock { afternoon: Some(half), .. },
            SpokenClock { afternoon: None, spoken: Some(other) },
        ) => (start, with_half(end, other, half)?),
        (
            SpokenClock { afternoon: None, spoken: Some(other) },
            SpokenClock { afternoon: Some(half), .. },
        ) => (with_half(start, other, half)?, end),
        _ => return Some(Range { start, end: RangeEnd::At(end) }),
    };
    let in_order = time_of(start)? < time_of(end)?;
    in_order.then_some(Range { start, end: RangeEnd::At(end) })
}

/// A clock time as it is spoken.
#[derive(Clone, Copy)]
struct SpokenClock {
    afternoon: Option<bool>,
    spoken: Option<Spoken>,
}

fn clock(word: &[u8], expected: Expected) -> Option<(Time<'_>, SpokenClock)> {
    if let Some(written) = dotted(word).filter(|_| expected.clock) {
        return Some((Time { written, zone: None }, SpokenClock { afternoon: None, spoken: None }));
    }
    let time = read_as(word, expected).ok().filter(|time| time.written.is_clock())?;
    let plain = plain_ascii(word)?;
    let spoken = spoken_alone(&mut Scanner(plain.trim_ascii())).and_then(Result::ok);
    let afternoon = spoken.and_then(|spoken| spoken.afternoon);
    Some((time, SpokenClock { afternoon, spoken }))
}

/// A clock time with a full stop: `08.30`. A quarter of an hour as a decimal
/// fraction, `.25` or `.50`, would be another time.
fn dotted(word: &[u8]) -> Option<Written> {
    let text = std::str::from_utf8(word).ok()?;
    let (hour, minute) = text.split_once('.')?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let formed = matches!(hour.len(), 1 | 2) && minute.len() == 2 && digits(hour) && digits(minute);
    if !formed || matches!(minute, "25" | "50") {
        return None;
    }
    let (hour, minute) = (hour.parse::<i64>().ok()?, minute.parse::<i64>().ok()?);
    let time = hour * HOUR + minute * MINUTE;
    (minute < 60 && time <= DAY).then_some(Written::Clock(time, None))
}

/// A clock time that has AM or PM from the other end of its range.
fn with_half(time: Time<'_>, spoken: Spoken, afternoon: bool) -> Option<Time<'_>> {
    let moved = spoken.in_half(afternoon)?.time(ClockLimit::EndOfDay).ok()?;
    let written = match time.written {
        Written::Clock(_, offset) => Written::Clock(moved, offset),
        Written::AbbreviatedClock(_, zone) => Written::AbbreviatedClock(moved, zone),
        _ => return None,
    };
    Some(Time { written, ..time })
}

const fn time_of(time: Time<'_>) -> Option<i64> {
    match time.written {
        Written::Clock(time, _) | Written::AbbreviatedClock(time, _) => Some(time),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Range, RangeEnd, hours_of_day, is_range_of_days, range};
    use crate::model::time::{DAY, DateOrder, HOUR, MINUTE};
    use crate::timestamp::{Expected, Length, Time, Written, read_as};
    use proptest::prelude::{any, prop_assert_eq, proptest};

    const BESIDE_A_DATE: Expected = Expected { order: None, clock: true };

    fn clocks(word: &str) -> Option<(i64, i64)> {
        let Range { start, end } = range(word.as_bytes(), BESIDE_A_DATE)?;
        match (start.written, end) {
            (
                Written::Clock(start, None),
                RangeEnd::At(Time { written: Written::Clock(end, None), .. }),
            ) => Some((start / MINUTE, end / MINUTE)),
            other => panic!("{word}: {other:?}"),
        }
    }

    #[test]
    fn clock_times_may_have_full_stops() {
        assert_eq!(clocks("08.00-16.15"), Some((480, 975)));
        assert_eq!(clocks("8.30 bis 24.00"), Some((510, 1440)));
        for word in ["8.5-16.5", "8.25-16.75", "8.00-16.50", "08.00-25.00", "8.0-16.0"] {
            assert!(range(word.as_bytes(), BESIDE_A_DATE).is_none(), "{word}");
        }
        let anywhere = Expected { clock: false, ..BESIDE_A_DATE };
        assert!(range(b"08.00-16.15", anywhere).is_none());
    }

    #[test]
    fn clock_times_with_offsets_stand_apart() {
        for (word, sound) in [
            ("08:00-06:00 - 16:00-06:00", true),
            ("08:00Z-16:00Z", true),
            ("08:00 CST - 16:00 CST", true),
            ("08:00-06:00-16:00-06:00", false),
        ] {
            assert_eq!(range(word.as_bytes(), BESIDE_A_DATE).is_some(), sound, "{word}");
        }
    }

    #[test]
    fn two_clock_times_are_taken_apart() {
        for (word, start, end) in [
            ("09:00-13:00", 540, 780),
            ("09:00 - 13:00", 540, 780),
            ("9:00 AM - 5:00 PM", 540, 1020),
            ("9am–5pm", 540, 1020),
            ("9am—5pm", 540, 1020),
            ("9:00a-9:00p", 540, 1260),
            ("0900-1300", 540, 780),
            ("900-1300", 540, 780),
            ("09:00 to 13:00", 540, 780),
            ("09:00 bis 13:00", 540, 780),
            ("8 bis 16 Uhr", 480, 960),
            ("08h00 à 16h30", 480, 990),
            ("8:00 a 16:00", 480, 960),
            ("8:00 até 16:00", 480, 960),
            ("08:00~16:00", 480, 960),
            ("08:00～16:00", 480, 960),
            ("9-17", 540, 1020),
            ("22:00-06:00", 1320, 360),
            ("22:00-26:00", 1320, 1560),
            ("09:00-24:00", 540, 1440),
            ("1-5pm", 780, 1020),
            ("9-11am", 540, 660),
            ("9am-11", 540, 660),
            ("12-5pm", 720, 1020),
            ("9:30-11:30 a.m.", 570, 690),
            ("  08:00 -16:00", 480, 960),
        ] {
            assert_eq!(clocks(word), Some((start, end)), "{word}");
        }
    }

    #[test]
    fn what_could_be_meant_in_two_ways_is_no_range() {
        for word in [
            "9-5pm",
            "10pm-6",
            "13-5pm",
            "11am-12",
            "8:00",
            "2026-03-02",
            "2026-03-02T08:00-06:00",
            "03-02-2026",
            "3/2/2026",
            "08:00-16:00-06:00",
            "8:00-9:00-10:00",
            "-",
            "8:00-",
            "-8:00",
            "off",
            "8:00 16:00",
            "9:00-13:00, 14:00-18:00",
            "",
        ] {
            assert_eq!(range(word.as_bytes(), BESIDE_A_DATE), None, "{word}");
        }
        assert_eq!(range(b"9-17", Expected::default()), None, "no clock times are expected");
    }

    #[test]
    fn intervals_have_dates_of_their_own() {
        let local = |hours: i64| Written::Local(20_514 * DAY + hours * HOUR);
        let at = |written| RangeEnd::At(Time { written, zone: None });
        for word in [
            "2026-03-02T08:00/2026-03-02T16:00",
            "2026-03-02 08:00 - 2026-03-02 16:00",
            "2026-03-02T08:00:00-2026-03-02T16:00:00",
            "[2026-03-02T08:00,2026-03-02T16:00)",
            "[\"2026-03-02 08:00:00\",\"2026-03-02 16:00:00\")",
            "3/2/2026 8:00 AM - 3/2/2026 4:00 PM",
            "3/2/2026 8:00/3/2/2026 16:00",
            "Mar 2, 2026 8:00 to Mar 2, 2026 16:00",
        ] {
            let expected = Expected { order: Some(DateOrder::MonthDay), clock: true };
            let found = range(word.as_bytes(), expected).expect(word);
            assert_eq!((found.start.written, found.end), (local(8), at(local(16))), "{word}");
        }
        for word in
            ["2026-03-02T08:00/16:00", "2026-03-02 08:00 - 16:00", "2.3.2026 8:00 bis 16:00"]
        {
            let found = range(word.as_bytes(), BESIDE_A_DATE).expect(word);
            let end = Written::Clock(16 * HOUR, None);
            assert_eq!((found.start.written, found.end), (local(8), at(end)), "{word}");
        }
        // Behind UTC by more than any zone is.
        for word in ["2026-03-02 08:00-16:00", "2026-03-02T08:00-16:00", "2.3.2026 8:00-16:00"] {
            let found = range(word.as_bytes(), BESIDE_A_DATE).expect(word);
            let end = Written::Clock(16 * HOUR, None);
            assert_eq!((found.start.written, found.end), (local(8), at(end)), "{word}");
        }
        for word in ["2026-03-02 08:00-12:00", "2026-03-02T08:00-06:00"] {
            assert_eq!(range(word.as_bytes(), BESIDE_A_DATE), None, "{word}");
            assert!(hours_of_day(word.as_bytes(), BESIDE_A_DATE).is_some(), "{word}");
        }
        for word in ["2026-03-02", "2026-03-02 08:00", "2026-03-02T08:00Z", "08:00-16:00"] {
            assert_eq!(hours_of_day(word.as_bytes(), BESIDE_A_DATE), None, "{word}");
        }
        let found = range(b"2026-03-02T08:00/P1DT2H", BESIDE_A_DATE).expect("an interval");
        let length = Length { days: 1, milliseconds: 2 * HOUR, bare: false };
        assert_eq!((found.start.written, found.end), (local(8), RangeEnd::After(length)));
        let zoned = b"2026-03-02T08:00[America/Chicago]/2026-03-02T16:00[America/Chicago]";
        let found = range(zoned, BESIDE_A_DATE).expect("an interval");
        assert_eq!(found.start.zone, Some(&b"America/Chicago"[..]));
        for word in
            ["2026-03-02/2026-03-06", "[2026-03-02,2026-03-06)", "08:00/PT8H", "2026-03-02T08:00/8"]
        {
            assert_eq!(range(word.as_bytes(), BESIDE_A_DATE), None, "{word}");
        }
    }

    #[test]
    fn first_and_last_days_need_no_year() {
        for word in [
            "16.03.-18.03.",
            "16.3. – 18.3.",
            "3/16 - 3/18",
            "16.03 bis 18.03",
            "2026-03-02 to 2026-03-06",
        ] {
            assert!(is_range_of_days(word.as_bytes()), "{word}");
        }
        for word in [
            "16.03.",
            "08.30-16.30",
            "8.00-16.00",
            "1-2",
            "3/16 - x",
            "16.13.-18.13.",
            "1.2.3-4.5.6",
        ] {
            assert!(!is_range_of_days(word.as_bytes()), "{word}");
        }
    }

    proptest! {
        /// Held against reading each of the two by itself.
        #[test]
        fn a_range_is_its_two_times(
            (start, end) in ((0i64..24, 0i64..60), (0i64..28, 0i64..60)),
            mark in proptest::sample::select(vec!["-", " - ", "–", " — ", "~", " to ", " bis ", " à "]),
            spelling in 0..4,
        ) {
            let spelled = |(hour, minute): (i64, i64)| match spelling {
                0 => format!("{hour:02}:{minute:02}"),
                1 => format!("{hour}:{minute:02}"),
                2 => format!("{hour}h{minute:02}"),
                _ => format!("{hour:02}{minute:02}"),
            };
            let (start, end) = (spelled(start), spelled(end));
            let word = format!("{start}{mark}{end}");
            let read = |word: &str| {
                read_as(word.as_bytes(), BESIDE_A_DATE).map(|time| time.written).expect("a clock time")
            };
            let found = range(word.as_bytes(), BESIDE_A_DATE).expect("a range");
            prop_assert_eq!(found.start.written, read(&start));
            prop_assert_eq!(found.end, RangeEnd::At(Time { written: read(&end), zone: None }));
        }

        #[test]
        fn no_bytes_make_it_panic(word in proptest::collection::vec(any::<u8>(), 0..40), clock: bool) {
            let _ = range(&word, Expected { order: Some(DateOrder::DayMonth), clock });
            let _ = is_range_of_days(&word);
        }

        #[test]
        fn no_two_parts_make_it_panic(word in "[-0-9:apm/\\[\\]T,PH ]{0,24}") {
            let _ = range(word.as_bytes(), BESIDE_A_DATE);
        }
    }
}
