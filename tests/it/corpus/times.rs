//! Words that may be times, compared with themselves and `jiff`.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use shiftlint::model::conventions::{LengthUnit, SerialEpoch};
use shiftlint::model::time::DateOrder;
use shiftlint::timestamp::{
    Evidence, Expected, HalfOfDay, Length, NoTime, RangeEnd, Time, Written, evidence,
    grouped_length, half_of_day, has_two_readings, length, looks_like_serial, range, read, read_as,
    serial,
};

/// A day, in milliseconds.
const DAY: i64 = 86_400_000;

/// An hour.
const HOUR: i64 = DAY / 24;

pub(crate) fn run(word: &[u8]) {
    let plain = read(word, None);
    assert_order(word, plain);
    for order in [None, Some(DateOrder::DayMonth), Some(DateOrder::MonthDay)] {
        let read = read(word, order);
        assert_blanks(word, order, read);
        if let Ok(written) = read {
            assert_spelled(written);
        }
    }
    assert_letter_case(word, plain);
    assert_as_jiff(word, plain);
    assert_as_clock(word, plain);
    assert_range(word);
    assert_length(word);
    assert_serial(word, plain);
}

/// Where a clock time is expected, only numbers are read that are no times
/// elsewhere.
fn assert_as_clock(word: &[u8], plain: Result<Written, NoTime>) {
    let beside = read_as(word, Expected { order: None, clock: true }).map(|time| time.written);
    if beside != plain {
        assert!(plain.is_err() && matches!(beside, Ok(Written::Clock(..)) | Err(NoTime::Value)));
        let text = String::from_utf8_lossy(word);
        let digits = text.trim_matches(|letter: char| !letter.is_ascii_alphanumeric());
        assert!(digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit()));
    }
    match (half_of_day(word), beside) {
        (None, Ok(Written::Clock(..))) => panic!("a clock time is of some half of the day"),
        (Some(HalfOfDay::Open), Ok(Written::Clock(time, _))) => {
            assert!((HOUR..13 * HOUR).contains(&time))
        }
        (Some(_), other) => assert!(matches!(other, Ok(Written::Clock(..)))),
        _ => {}
    }
}

/// The two times of a range are times by themselves, or have the AM or PM of the
/// other.
fn assert_range(word: &[u8]) {
    for clock in [false, true] {
        let Some(found) = range(word, Expected { order: None, clock }) else { continue };
        assert!(!matches!(found.start.written, Written::Date(_)));
        if let RangeEnd::At(Time { written, .. }) = found.end {
            assert!(!matches!(written, Written::Date(_)));
            assert!(written.is_clock() || !found.start.written.is_clock());
        }
        assert!(!matches!(read(word, None), Ok(Written::Local(_) | Written::Date(_))));
    }
}

/// A length, written in milliseconds or as ISO 8601 writes it, is the same again.
fn assert_length(word: &[u8]) {
    let read = length(word, LengthUnit::Minutes);
    if let Some(Length { days, milliseconds, .. }) = read {
        let sign = if days < 0 || milliseconds < 0 { "-" } else { "" };
        let (days, milliseconds) = (days.abs(), milliseconds.abs());
        let iso = format!("{sign}P{days}DT{}.{:03}S", milliseconds / 1000, milliseconds % 1000);
        let again = length(iso.as_bytes(), LengthUnit::Hours).expect("a length");
        assert_eq!(
            Some(Length { bare: false, ..again }),
            read.map(|read| Length { bare: false, ..read })
        );
    }
    if has_two_readings(word) {
        let grouped = grouped_length(word, LengthUnit::Minutes);
        assert!(read.is_none() || grouped.is_some());
    }
}

/// Nothing that is a time by itself looks like a serial number, and what looks like
/// one is one.
fn assert_serial(word: &[u8], plain: Result<Written, NoTime>) {
    if looks_like_serial(word) {
        assert!(plain.is_err());
        for epoch in [SerialEpoch::Of1900, SerialEpoch::Of1904] {
            assert!(serial(word, epoch).is_some());
        }
    }
}

/// The order of day and month is asked for where it matters, and then suffices.
fn assert_order(word: &[u8], plain: Result<Written, NoTime>) {
    let [day_first, month_first] =
        [DateOrder::DayMonth, DateOrder::MonthDay].map(|order| read(word, Some(order)));
    if plain != Err(NoTime::Order) {
        assert_eq!((day_first, month_first), (plain, plain));
        return;
    }
    assert!(day_first != Err(NoTime::Order) && month_first != Err(NoTime::Order));
    match evidence(word) {
        Some(Evidence::Shows(DateOrder::DayMonth)) => assert!(month_first.is_err()),
        Some(Evidence::Shows(DateOrder::MonthDay)) => assert!(day_first.is_err()),
        Some(Evidence::Open) => {}
        None => assert!(day_first.is_err() && month_first.is_err()),
    }
}

/// A blank makes the usual form one that only the full reader knows.
fn assert_blanks(word: &[u8], order: Option<DateOrder>, expected: Result<Written, NoTime>) {
    for spelling in [[word, b" "].concat(), [b" ", word].concat()] {
        assert_eq!(read(&spelling, order), expected);
    }
}

/// So does a small `t`.
fn assert_letter_case(word: &[u8], expected: Result<Written, NoTime>) {
    let dated = word.len() > 10 && word[4] == b'-' && word[10] == b'T';
    if dated && word[..4].iter().all(u8::is_ascii_digit) {
        let mut small = word.to_vec();
        small[10] = b't';
        assert_eq!(read(&small, None), expected);
    }
}

/// What was read, written in the form of ISO 8601, is read as the same.
fn assert_spelled(written: Written) {
    if let Some(word) = spelled(written) {
        assert_eq!(read(word.as_bytes(), None), Ok(written), "{word}");
    }
}

fn spelled(written: Written) -> Option<String> {
    match written {
        Written::Instant { at, offset: None } => Some(format!("{}Z", local(at.millis())?)),
        Written::Instant { at, offset: Some(offset) } => {
            Some(format!("{}{}", local(at.to_local(offset))?, signed(offset)))
        }
        Written::Local(at) => local(at),
        Written::Date(day) => Some(date(day)?.to_string()),
        Written::AbbreviatedLocal(at, zone) => Some(format!("{} {}", local(at)?, zone.name())),
        Written::Clock(time, offset) => {
            assert!((0..2 * DAY).contains(&time) && (time <= DAY || offset.is_none()), "{time}");
            Some(clock(time) + &offset.map_or_else(String::new, signed))
        }
        Written::AbbreviatedClock(time, zone) => Some(format!("{} {}", clock(time), zone.name())),
    }
}

/// The years that are written with four digits.
fn date(day: i64) -> Option<Date> {
    let at = jiff::Timestamp::from_millisecond(day.checked_mul(DAY)?).ok()?;
    let date = TimeZone::UTC.to_datetime(at).date();
    (1..=9999).contains(&date.year()).then_some(date)
}

fn local(at: i64) -> Option<String> {
    Some(format!("{}T{}", date(at.div_euclid(DAY))?, clock(at.rem_euclid(DAY))))
}

fn clock(time: i64) -> String {
    let (hour, minute) = (time / 3_600_000, time / 60_000 % 60);
    format!("{hour:02}:{minute:02}:{:02}.{:03}", time / 1000 % 60, time % 1000)
}

fn signed(offset: i32) -> String {
    let (sign, size) = (if offset < 0 { '-' } else { '+' }, offset.abs());
    let seconds = if size % 60 == 0 { String::new() } else { format!(":{:02}", size % 60) };
    format!("{sign}{:02}:{:02}{seconds}", size / 3600, size / 60 % 60)
}

/// Where jiff reads a time too, it reads the same one. A leap second is left to
/// each, and so are the years that have a sign.
fn assert_as_jiff(word: &[u8], read: Result<Written, NoTime>) {
    let Ok(text) = std::str::from_utf8(word) else { return };
    if text.contains("60") || !text.starts_with(|letter: char| letter.is_ascii_digit()) {
        return;
    }
    match read {
        Ok(Written::Instant { at, .. }) => {
            if let Ok(theirs) = text.parse::<jiff::Timestamp>() {
                let theirs = theirs.as_nanosecond().div_euclid(1_000_000);
                assert_eq!(i128::from(at.millis()), theirs, "{text}");
            }
        }
        Ok(Written::Local(at)) => {
            if let Ok(theirs) = text.parse::<DateTime>() {
                let theirs = TimeZone::UTC.to_timestamp(theirs).expect("a year of four digits");
                let theirs = theirs.as_nanosecond().div_euclid(1_000_000);
                assert_eq!(i128::from(at), theirs, "{text}");
            }
        }
        Ok(Written::Date(day)) => {
            if let Ok(theirs) = text.parse::<Date>() {
                assert_eq!(date(day), Some(theirs), "{text}");
            }
        }
        _ => {}
    }
}
