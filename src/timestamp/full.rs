//! Every spelling that is understood.

use super::scanner::{Offset, Scanner, day_of};
use super::{NoTime, Written};
use crate::model::time::{DAY, DateOrder};
use std::borrow::Cow;

/// Reads a word. Without an order, a date whose order is not known is refused
/// with [`NoTime::Order`].
#[cold]
pub(super) fn read(word: &[u8], order: Option<DateOrder>) -> Result<Written, NoTime> {
    let plain = with_plain_blanks(word).ok_or(NoTime::Form)?;
    let word = plain.trim_ascii();
    let rest = Scanner(word);
    match word.first().copied() {
        None => Err(NoTime::Form),
        Some(b'/') => dot_net(rest),
        Some(letter) if letter.is_ascii_alphabetic() => mail(rest),
        _ if rest.digits() > 8 => number(rest),
        _ => clock_alone(rest).unwrap_or_else(|| dated(rest, order)),
    }
}

/// The word with plain blanks instead of the narrow and the unbreakable ones
/// that programs put before AM and PM; `None` if anything else is not ASCII.
fn with_plain_blanks(word: &[u8]) -> Option<Cow<'_, [u8]>> {
    if word.is_ascii() {
        return Some(Cow::Borrowed(word));
    }
    let text = std::str::from_utf8(word).ok()?;
    let plain = text.replace(['\u{a0}', '\u{202f}'], " ");
    plain.is_ascii().then(|| Cow::Owned(plain.into_bytes()))
}

/// What the first two numbers of a date say about their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// They can only be in this order.
    Shows(DateOrder),
    /// They could be in either.
    Open,
}

/// What a word says about the order of day and month; `None` where it has no
/// such date.
#[must_use]
pub fn evidence(word: &[u8]) -> Option<Evidence> {
    let plain = with_plain_blanks(word)?;
    let mut rest = Scanner(plain.trim_ascii());
    let (first, second, _) = short_date(&mut rest)?;
    match (first > 12, second > 12) {
        (true, false) => Some(Evidence::Shows(DateOrder::DayMonth)),
        (false, true) => Some(Evidence::Shows(DateOrder::MonthDay)),
        (false, false) => Some(Evidence::Open),
        (true, true) => None,
    }
}

/// Two short numbers and a year, divided by slashes or dashes.
fn short_date(rest: &mut Scanner<'_>) -> Option<(u32, u32, u32)> {
    let first = rest.short_number().ok()?;
    let joint = rest.peek().filter(|joint| matches!(joint, b'/' | b'-'))?;
    rest.skip(1);
    let second = rest.short_number().ok()?;
    let year = rest.eat(joint).then(|| rest.number(4).ok())??;
    (rest.digits() == 0).then_some((first, second, year))
}

/// A date, and whatever follows it.
fn dated(mut rest: Scanner<'_>, order: Option<DateOrder>) -> Result<Written, NoTime> {
    let before = rest;
    if let Some((first, second, year)) = short_date(&mut rest) {
        let day = match order.ok_or(NoTime::Order)? {
            DateOrder::DayMonth => day_of(year, second, first)?,
            DateOrder::MonthDay => day_of(year, first, second)?,
        };
        return loose_time(rest, day);
    }
    rest = before;
    if rest.digits() >= 4 {
        return year_first(rest);
    }
    let first = rest.short_number()?;
    if rest.eat(b'.') {
        let month = rest.short_number()?;
        rest.eat(b'.').then_some(()).ok_or(NoTime::Form)?;
        let day = day_of(rest.number(4)?, month, first)?;
        return loose_time(rest, day);
    }
    mail(before)
}

/// `2026-03-02`, `2026/3/2`, `2026.03.02` or `20260302`, and what follows.
fn year_first(mut rest: Scanner<'_>) -> Result<Written, NoTime> {
    let year = rest.number(4)?;
    let joint = rest.peek().filter(|joint| matches!(joint, b'-' | b'/' | b'.'));
    let strict = matches!(joint, None | Some(b'-'));
    let short = |rest: &mut Scanner<'_>| if strict { rest.number(2) } else { rest.short_number() };
    rest.skip(usize::from(joint.is_some()));
    let month = short(&mut rest)?;
    if joint.is_some_and(|joint| !rest.eat(joint)) {
        return Err(NoTime::Form);
    }
    let day = short(&mut rest)?;
    if rest.digits() > 0 {
        return Err(NoTime::Form);
    }
    let day = day_of(year, month, day)?;
    if rest.is_empty() {
        return Ok(Written::Date(day));
    }
    if rest.eat(b'T') || rest.eat(b't') {
        let time = rest.time_of_day(joint.is_none())?;
        return timed(rest, day, time);
    }
    if joint.is_none() && rest.blanks() {
        let compact = rest.digits() >= 4;
        let time = if compact { rest.time_of_day(true)? } else { rest.spoken_time()? };
        return timed(rest, day, time);
    }
    loose_time(rest, day)
}

/// Nothing, or a time as people write it behind blanks or a comma.
fn loose_time(mut rest: Scanner<'_>, day: i64) -> Result<Written, NoTime> {
    if rest.is_empty() {
        return Ok(Written::Date(day));
    }
    let comma = rest.eat(b',');
    if !rest.blanks() && !comma {
        return Err(NoTime::Form);
    }
    let time = rest.spoken_time()?;
    timed(rest, day, time)
}

/// A date and time, and an offset if there is one.
fn timed(mut rest: Scanner<'_>, day: i64, time: i64) -> Result<Written, NoTime> {
    rest.blanks();
    let offset = rest.offset()?;
    finish(rest, day * DAY + time, offset)
}

fn finish(rest: Scanner<'_>, local: i64, offset: Offset) -> Result<Written, NoTime> {
    match offset {
        _ if !rest.is_empty() => Err(NoTime::Form),
        Offset::None => Ok(Written::Local(local)),
        Offset::Zulu => Ok(Written::Instant { at: local, offset: None }),
        Offset::Seconds(offset) => {
            Ok(Written::Instant { at: local - i64::from(offset) * 1000, offset: Some(offset) })
        }
    }
}

/// A time of day without a date; `None` if the word is none at all.
fn clock_alone(mut rest: Scanner<'_>) -> Option<Result<Written, NoTime>> {
    let hour_digits = rest.digits();
    let after = rest.0.get(hour_digits).copied();
    let is_clock = match (hour_digits, after) {
        (1 | 2, Some(b':')) => true,
        (1 | 2, Some(letter)) => {
            matches!(letter | 0x20, b'a' | b'p') || is_spoken(rest, hour_digits)
        }
        (4, None) => true,
        _ => false,
    };
    is_clock.then(|| {
        let time = if hour_digits == 4 { rest.time_of_day(true)? } else { rest.spoken_time()? };
        rest.blanks();
        match rest.offset()? {
            _ if !rest.is_empty() => Err(NoTime::Form),
            Offset::None => Ok(Written::Clock(time, None)),
            Offset::Zulu => Ok(Written::Clock(time, Some(0))),
            Offset::Seconds(offset) => Ok(Written::Clock(time, Some(offset))),
        }
    })
}

/// `8 am`: an hour, blanks, and half of a day.
fn is_spoken(mut rest: Scanner<'_>, hour_digits: usize) -> bool {
    rest.skip(hour_digits);
    let letter = rest.blanks().then(|| rest.0.get(..2)).flatten();
    letter.is_some_and(|half| {
        matches!(half[0] | 0x20, b'a' | b'p') && matches!(half[1] | 0x20, b'm' | b'.')
    })
}

/// `Mon, 02 Mar 2026 08:00:00 -0600`, as RFC 2822 writes it, with or without
/// weekday and seconds.
fn mail(mut rest: Scanner<'_>) -> Result<Written, NoTime> {
    let mut weekday = None;
    if rest.digits() == 0 {
        weekday = Some(rest.weekday_name()?);
        rest.eat(b',');
        rest.blanks();
    }
    let day = rest.short_number()?;
    rest.blanks();
    let month = rest.month_name()?;
    rest.blanks();
    let year = rest.number(4)?;
    let day = day_of(year, u32::from(month), day)?;
    if weekday.is_some_and(|weekday| i64::from(weekday) != (day + 3).rem_euclid(7)) {
        return Err(NoTime::Value);
    }
    if rest.is_empty() {
        return Ok(Written::Date(day));
    }
    rest.blanks().then_some(()).ok_or(NoTime::Form)?;
    let time = rest.spoken_time()?;
    rest.blanks();
    let offset = rest.mail_offset()?;
    finish(rest, day * DAY + time, offset)
}

/// `/Date(1772460000000-0600)/`: milliseconds since 1970. The offset behind
/// them only says what the writer's clock showed.
fn dot_net(rest: Scanner<'_>) -> Result<Written, NoTime> {
    let inner = rest.0.strip_prefix(b"/Date(").and_then(|inner| inner.strip_suffix(b")/"));
    let mut inner = Scanner(inner.ok_or(NoTime::Form)?);
    let negative = inner.eat(b'-');
    let digits = inner.digits();
    let size = long_number(&mut inner, digits)?;
    inner.offset()?;
    if !inner.is_empty() {
        return Err(NoTime::Form);
    }
    Ok(Written::Instant { at: if negative { -size } else { size }, offset: None })
}

/// Seconds or milliseconds since 1970, or a compact date and time: which, the
/// number of digits tells.
fn number(mut rest: Scanner<'_>) -> Result<Written, NoTime> {
    let digits = rest.digits();
    match digits {
        10 => {
            let seconds = long_number(&mut rest, digits)?;
            let milli = if rest.eat(b'.') { rest.fraction()? } else { 0 };
            rest.is_empty().then_some(()).ok_or(NoTime::Form)?;
            Ok(Written::Instant { at: seconds * 1000 + milli, offset: None })
        }
        13 => {
            let at = long_number(&mut rest, digits)?;
            rest.is_empty().then_some(Written::Instant { at, offset: None }).ok_or(NoTime::Form)
        }
        12 | 14 => {
            let day = day_of(rest.number(4)?, rest.number(2)?, rest.number(2)?)?;
            let time = rest.time_of_day(true)?;
            timed(rest, day, time)
        }
        _ => Err(NoTime::Form),
    }
}

fn long_number(rest: &mut Scanner<'_>, digits: usize) -> Result<i64, NoTime> {
    let word = rest.0.get(..digits).filter(|word| !word.is_empty() && word.len() <= 15);
    let word = word.ok_or(NoTime::Form)?;
    let number = word.iter().fold(0, |number, digit| number * 10 + i64::from(digit - b'0'));
    rest.skip(digits);
    Ok(number)
}
