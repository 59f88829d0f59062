//! Words that may be times, held against themselves and `jiff`.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use shiftlint::model::time::DateOrder;
use shiftlint::timestamp::{Evidence, NoTime, Written, evidence, read};

/// A day, in milliseconds.
const DAY: i64 = 86_400_000;

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
        Written::Instant { at, offset: None } => Some(format!("{}Z", local(at)?)),
        Written::Instant { at, offset: Some(offset) } => {
            Some(format!("{}{}", local(at + i64::from(offset) * 1000)?, signed(offset)))
        }
        Written::Local(at) => local(at),
        Written::Date(day) => Some(date(day)?.to_string()),
        Written::Clock(time, offset) => {
            assert!((0..=DAY).contains(&time), "{time}");
            Some(clock(time) + &offset.map_or_else(String::new, signed))
        }
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
                assert_eq!(i128::from(at), theirs.as_nanosecond().div_euclid(1_000_000), "{text}");
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
