//! Reads times in every spelling that is understood.

use super::names;
use super::scanner::{ClockLimit, Scanner, Spoken, WrittenOffset, day_of};
use super::{Expected, NoTime, Written};
use crate::calendar::weekday_of;
use crate::model::letters::plain_ascii;
use crate::model::time::{DAY, DateOrder, Instant};

/// Reads a word without brackets. Without an order, a date whose order is not
/// known is refused with [`NoTime::Order`].
#[cold]
pub(super) fn read(word: &[u8], expected: Expected) -> Result<Written, NoTime> {
    let plain = plain_ascii(word).ok_or(NoTime::Form)?;
    let rest = Scanner(plain.trim_ascii());
    match rest.peek() {
        None => Err(NoTime::Form),
        Some(b'/') => dot_net(rest),
        _ if rest.digits() > 8 => number(rest),
        _ => clock_alone(rest, expected.clock).unwrap_or_else(|| dated(rest, expected.order)),
    }
}

/// What the first two numbers of a date say about their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// They can only be in this order.
    Shows(DateOrder),
    /// They could be in either.
    Open,
}

/// What a word says about the order of day and month; `None` if it has no
/// such date, or where both orders are the same day.
#[must_use]
pub fn evidence(word: &[u8]) -> Option<Evidence> {
    let word = super::zone::split_brackets(word.trim_ascii()).map_or(word, |(time, _)| time);
    let plain = plain_ascii(word)?;
    let mut rest = Scanner(plain.trim_ascii());
    let weekday = weekday_before(&mut rest);
    let date = rest.two_ways()?;
    let fits = |order| date.day(order).is_ok_and(|day| is_weekday(weekday, day));
    match (date.first > 12, date.second > 12) {
        (true, true) => None,
        (true, false) => Some(Evidence::Shows(DateOrder::DayMonth)),
        (false, true) => Some(Evidence::Shows(DateOrder::MonthDay)),
        (false, false) if date.first == date.second || date.is_zeroth() => None,
        (false, false) => match [DateOrder::DayMonth, DateOrder::MonthDay].map(fits) {
            [true, false] => Some(Evidence::Shows(DateOrder::DayMonth)),
            [false, true] => Some(Evidence::Shows(DateOrder::MonthDay)),
            _ => Some(Evidence::Open),
        },
    }
}

/// A date of two short numbers and a year.
#[derive(Clone, Copy)]
struct TwoWays {
    first: u32,
    second: u32,
    year: u32,
}

impl TwoWays {
    fn day(self, order: DateOrder) -> Result<i64, NoTime> {
        let TwoWays { first, second, year } = self;
        match order {
            DateOrder::DayMonth => day_of(year, second, first),
            DateOrder::MonthDay => day_of(year, first, second),
        }
    }

    /// Whether it is `1/0/1900`, the day before the first of a spreadsheet.
    fn is_zeroth(self) -> bool {
        self.year == 1900 && self.first + self.second == 1
    }
}

impl Scanner<'_> {
    /// A date whose order has to be known.
    fn two_ways(&mut self) -> Option<TwoWays> {
        let before = *self;
        let found = if self.digits() == 8 { self.eight_digits() } else { self.short_date() };
        if found.is_none() {
            *self = before;
        }
        found
    }

    /// Two short numbers and a year, divided by slashes or dashes.
    fn short_date(&mut self) -> Option<TwoWays> {
        let first = self.short_number().ok()?;
        let joint = self.peek().filter(|joint| matches!(joint, b'/' | b'-'))?;
        self.skip(1);
        let second = self.short_number().ok()?;
        let year = self.eat(joint).then(|| self.number(4).ok())??;
        (self.digits() == 0).then_some(TwoWays { first, second, year })
    }

    /// `03022026`: a date that ends with the year, unless its first four digits are a year
    /// of these two centuries.
    fn eight_digits(&mut self) -> Option<TwoWays> {
        let mut other = *self;
        let [year, month, day] =
            [other.number(4), other.number(2), other.number(2)].map(Result::ok);
        let (year, basic) = (year?, matches!(other.peek(), Some(b'T' | b't')));
        let year_first = day_of(year, month?, day?).is_ok();
        if basic || (year_first && is_of_our_time(year)) {
            return None;
        }
        let [first, second, year] =
            [self.number(2), self.number(2), self.number(4)].map(Result::ok);
        let date = TwoWays { first: first?, second: second?, year: year? };
        let exists = |order| date.day(order).is_ok();
        let likely = is_of_our_time(date.year) || !year_first;
        let any = [DateOrder::DayMonth, DateOrder::MonthDay].into_iter().any(exists);
        (likely && any).then_some(date)
    }
}

/// Whether schedules are of such a year.
const fn is_of_our_time(year: u32) -> bool {
    matches!(year, 1900..=2100)
}

/// A date, and how the time after it may be written.
#[derive(Clone, Copy)]
pub(super) struct Dated {
    /// Its day number; `None` for the zeroth day of a spreadsheet, which occurs only before
    /// a clock time.
    pub(super) day: Option<i64>,
    pub(super) style: DateStyle,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum DateStyle {
    /// With a `T` and all digits, or as people write it.
    Iso,
    /// The same, and `0800` after a space.
    Compact,
    /// As people write it.
    Loose,
    /// As people write it, with the offsets of mail.
    Mail,
}

/// A date, and whatever follows it.
fn dated(mut rest: Scanner<'_>, order: Option<DateOrder>) -> Result<Written, NoTime> {
    let before = rest;
    let Some(weekday) = weekday_before(&mut rest) else {
        return whole(rest, order, None);
    };
    match whole(rest, order, Some(weekday)) {
        // `Mar 2, 2026`: a month, and not a Tuesday.
        Err(NoTime::Form) => whole(before, order, None),
        other => other,
    }
}

fn whole(
    mut rest: Scanner<'_>,
    order: Option<DateOrder>,
    weekday: Option<u8>,
) -> Result<Written, NoTime> {
    let date = rest.date(order, weekday)?;
    if date.day.is_some_and(|day| !is_weekday(weekday, day)) {
        return Err(NoTime::Value);
    }
    time_behind(rest, date)
}

/// The weekday that a word is, in days since Monday: `Mon`, `lundi`, `Mo.`.
#[must_use]
pub fn weekday(word: &[u8]) -> Option<u8> {
    let plain = plain_ascii(word)?;
    let mut rest = Scanner(plain.trim_ascii());
    weekday_before(&mut rest).filter(|_| rest.is_empty())
}

/// `Mon`, `Monday,`, `segunda-feira,`: the weekday before a date.
pub(super) fn weekday_before(rest: &mut Scanner<'_>) -> Option<u8> {
    let mut behind = *rest;
    let weekday = names::weekday(behind.letters())?;
    let mut feira = behind;
    if feira.eat(b'-') && feira.eat_word(&[b"feira"]) {
        behind = feira;
    }
    behind.eat(b'.');
    behind.eat(b',');
    behind.blanks();
    *rest = behind;
    Some(weekday)
}

pub(super) fn is_weekday(weekday: Option<u8>, day: i64) -> bool {
    weekday.is_none_or(|weekday| falls_on(day, weekday))
}

/// Whether a day number is one of this weekday, in days since Monday.
#[must_use]
pub fn falls_on(day: i64, weekday: u8) -> bool {
    weekday_of(day) == i64::from(weekday)
}

impl Scanner<'_> {
    /// The date at the front. A weekday before it may show its order.
    fn date(&mut self, order: Option<DateOrder>, weekday: Option<u8>) -> Result<Dated, NoTime> {
        if self.digits() == 0 {
            return self.month_first();
        }
        if let Some(date) = self.two_ways() {
            let day = match order {
                _ if date.is_zeroth() => None,
                Some(order) => Some(date.day(order)?),
                None if date.first == date.second => Some(date.day(DateOrder::DayMonth)?),
                None => return Err(refusal(date, weekday)),
            };
            return Ok(Dated { day, style: DateStyle::Loose });
        }
        if self.digits() >= 4 {
            return self.year_first();
        }
        self.day_first()
    }

    /// `2026-03-02`, `2026-3-2`, `2026/3/2`, `2026.03.02` or `20260302`.
    fn year_first(&mut self) -> Result<Dated, NoTime> {
        let year = self.number(4)?;
        let joint = self.peek().filter(|joint| matches!(joint, b'-' | b'/' | b'.'));
        let short = |rest: &mut Self| match joint {
            None => rest.number(2),
            Some(_) => rest.short_number(),
        };
        self.skip(usize::from(joint.is_some()));
        let month = short(self)?;
        if joint.is_some_and(|joint| !self.eat(joint)) {
            return Err(NoTime::Form);
        }
        let day = short(self)?;
        if self.digits() > 0 {
            return Err(NoTime::Form);
        }
        let zeroth = (year, month, day) == (1900, 1, 0);
        let day = if zeroth { None } else { Some(day_of(year, month, day)?) };
        let style = if joint.is_none() { DateStyle::Compact } else { DateStyle::Iso };
        Ok(Dated { day, style })
    }

    /// `2.3.2026`, `02-Mar-2026`, `2. März 2026`, `2 de marzo de 2026`.
    fn day_first(&mut self) -> Result<Dated, NoTime> {
        let day = self.short_number()?;
        let dot = self.eat(b'.');
        if dot && self.digits() > 0 {
            let month = self.short_number()?;
            self.eat(b'.').then_some(()).ok_or(NoTime::Form)?;
            let year = self.number(4)?;
            let day = if (day, month, year) == (0, 1, 1900) {
                None
            } else {
                Some(day_of(year, month, day)?)
            };
            return Ok(Dated { day, style: DateStyle::Loose });
        }
        self.ordinal();
        let plain = !self.joint_of_names() && !dot;
        let name = self.letters();
        let month = names::month(name).ok_or(NoTime::Form)?;
        let plain = plain && self.peek() != Some(b'.');
        self.eat(b'.');
        let plain = !self.joint_of_names() && plain;
        let day = day_of(self.number(4)?, u32::from(month), day)?;
        let style =
            if plain && names::is_of_mail(name) { DateStyle::Mail } else { DateStyle::Loose };
        Ok(Dated { day: Some(day), style })
    }

    /// The text between a day, the name of a month and a year; whether it is more than
    /// spaces.
    pub(super) fn joint_of_names(&mut self) -> bool {
        const OF: [&[u8]; 4] = [b"de", b"del", b"of", b"di"];
        let joint = self.eat(b'-') || self.eat(b'/') || self.eat(b',');
        self.blanks();
        let of = self.eat_word(&OF);
        self.blanks();
        joint || of
    }

    /// `Mar 2, 2026`, `March 2nd 2026`.
    fn month_first(&mut self) -> Result<Dated, NoTime> {
        let month = names::month(self.letters()).ok_or(NoTime::Form)?;
        self.eat(b'.');
        self.blanks().then_some(()).ok_or(NoTime::Form)?;
        let day = self.short_number()?;
        self.ordinal();
        let comma = self.eat(b',');
        if !self.blanks() && !comma {
            return Err(NoTime::Form);
        }
        let day = day_of(self.number(4)?, u32::from(month), day)?;
        Ok(Dated { day: Some(day), style: DateStyle::Loose })
    }

    /// What makes `2nd` of `2`.
    fn ordinal(&mut self) {
        self.eat_word(&[b"st", b"nd", b"rd", b"th", b"er", b"ere", b"o"]);
    }
}

/// Why a date of two orders is refused where none is known: its weekday may leave
/// no order at all.
fn refusal(date: TwoWays, weekday: Option<u8>) -> NoTime {
    let fits = |order| date.day(order).is_ok_and(|day| is_weekday(weekday, day));
    let any = [DateOrder::DayMonth, DateOrder::MonthDay].into_iter().any(fits);
    if any || weekday.is_none() { NoTime::Order } else { NoTime::Value }
}

/// What follows a date: nothing, or a time and what it says about its offset.
pub(super) fn time_behind(mut rest: Scanner<'_>, date: Dated) -> Result<Written, NoTime> {
    if rest.is_empty() {
        return date.day.map(Written::Date).ok_or(NoTime::Value);
    }
    let iso = matches!(date.style, DateStyle::Iso | DateStyle::Compact);
    if iso && (rest.eat(b'T') || rest.eat(b't')) {
        let time = rest.time_of_day(date.style == DateStyle::Compact)?;
        return finish(rest, date, time);
    }
    let comma = rest.eat(b',');
    if !rest.blanks() && !comma {
        return Err(NoTime::Form);
    }
    if rest.eat_word(&[b"at", b"um", b"alle", b"om", b"as", b"a"]) {
        rest.blanks();
    }
    let compact = date.style == DateStyle::Compact && !comma && rest.digits() >= 4;
    let time = if compact {
        rest.time_of_day(true)?
    } else {
        let spoken = rest.spoken_time()?;
        spoken.marked.then(|| spoken.time(ClockLimit::EndOfDay)).ok_or(NoTime::Form)??
    };
    finish(rest, date, time)
}

/// The offset at the end, and what all of it makes.
fn finish(mut rest: Scanner<'_>, date: Dated, time: i64) -> Result<Written, NoTime> {
    rest.blanks();
    let offset = if date.style == DateStyle::Mail { rest.mail_offset()? } else { rest.offset()? };
    if matches!(date.style, DateStyle::Mail | DateStyle::Loose) && offset != WrittenOffset::None {
        rest.comment();
    }
    let Some(day) = date.day else { return clock(rest, time, offset) };
    let local = day * DAY + time;
    match offset {
        _ if !rest.is_empty() => Err(NoTime::Form),
        WrittenOffset::None => Ok(Written::Local(local)),
        WrittenOffset::Zulu => {
            Ok(Written::Instant { at: Instant::from_local(local, 0), offset: None })
        }
        WrittenOffset::Seconds(offset) => {
            Ok(Written::Instant { at: Instant::from_local(local, offset), offset: Some(offset) })
        }
        WrittenOffset::Abbreviated(zone) => Ok(Written::AbbreviatedLocal(local, zone)),
    }
}

/// A clock time, with its offset read.
fn clock(rest: Scanner<'_>, time: i64, offset: WrittenOffset) -> Result<Written, NoTime> {
    match offset {
        _ if !rest.is_empty() => Err(NoTime::Form),
        WrittenOffset::None => Ok(Written::Clock(time, None)),
        _ if time > DAY => Err(NoTime::Value),
        WrittenOffset::Zulu => Ok(Written::Clock(time, Some(0))),
        WrittenOffset::Seconds(offset) => Ok(Written::Clock(time, Some(offset))),
        WrittenOffset::Abbreviated(zone) => Ok(Written::AbbreviatedClock(time, zone)),
    }
}

/// A time of day without a date; `None` if the word is none at all. Digits alone
/// are one where a clock time is expected.
fn clock_alone(mut rest: Scanner<'_>, expected: bool) -> Option<Result<Written, NoTime>> {
    let lone_hour = rest.digits() <= 2;
    let spoken = spoken_alone(&mut rest)?;
    let is_clock = spoken.is_ok_and(|spoken| spoken.marked || (expected && rest.is_empty()));
    if !is_clock {
        return spoken.err().map(Err);
    }
    Some(spoken.and_then(|spoken| {
        let next_day = spoken.marked || !lone_hour;
        let time =
            spoken.time(if next_day { ClockLimit::NextDay } else { ClockLimit::EndOfDay })?;
        rest.blanks();
        let offset = rest.offset()?;
        clock(rest, time, offset)
    }))
}

/// The clock time at the front; an error if it begins as one and is not one, and `None` if
/// it is a number or the beginning of a date.
pub(super) fn spoken_alone(rest: &mut Scanner<'_>) -> Option<Result<Spoken, NoTime>> {
    let mut behind = *rest;
    let digits = rest.digits();
    behind.skip(digits);
    let colon = behind.peek() == Some(b':');
    let spoken = match digits {
        1 | 2 => rest.spoken_time(),
        3 | 4 if !colon => rest.spoken_digits(),
        _ => return None,
    };
    match spoken {
        Err(why) if colon => Some(Err(why)),
        Err(_) => None,
        Ok(spoken) => Some(Ok(spoken)),
    }
}

/// `/Date(1772460000000-0600)/`: milliseconds since 1970. The offset after them only says
/// what the writer's clock showed.
fn dot_net(rest: Scanner<'_>) -> Result<Written, NoTime> {
    /// The end of the year 9999.
    const LATEST: i64 = 253_402_300_800_000;
    let inner = rest.0.strip_prefix(b"/Date(").and_then(|inner| inner.strip_suffix(b")/"));
    let mut inner = Scanner(inner.ok_or(NoTime::Form)?);
    let negative = inner.eat(b'-');
    let digits = inner.digits();
    let size = long_number(&mut inner, digits)?;
    inner.offset()?;
    if !inner.is_empty() {
        return Err(NoTime::Form);
    }
    if size > LATEST {
        return Err(NoTime::Value);
    }
    let at = Instant::from_millis(if negative { -size } else { size });
    Ok(Written::Instant { at, offset: None })
}

/// Seconds or milliseconds since 1970, or a compact date and time; the number of digits
/// decides.
fn number(mut rest: Scanner<'_>) -> Result<Written, NoTime> {
    let digits = rest.digits();
    match digits {
        10 => {
            let seconds = long_number(&mut rest, digits)?;
            let milli = if rest.eat(b'.') { rest.fraction()? } else { 0 };
            rest.is_empty().then_some(()).ok_or(NoTime::Form)?;
            Ok(Written::Instant { at: Instant::from_millis(seconds * 1000 + milli), offset: None })
        }
        13 => {
            let at = Instant::from_millis(long_number(&mut rest, digits)?);
            rest.is_empty().then_some(Written::Instant { at, offset: None }).ok_or(NoTime::Form)
        }
        12 | 14 => {
            let day = day_of(rest.number(4)?, rest.number(2)?, rest.number(2)?)?;
            let time = rest.time_of_day(true)?;
            finish(rest, Dated { day: Some(day), style: DateStyle::Compact }, time)
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
