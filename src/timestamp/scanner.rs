//! Scans the pieces that spellings of times are made of.
//!
//! Each piece takes what it understands from the start of the word.

use super::NoTime;
use super::zone::Abbreviation;
use crate::calendar::{days_from_civil, days_in_month};
use crate::model::time::{HOUR, MINUTE};

/// The rest of a word.
#[derive(Clone, Copy)]
pub(super) struct Scanner<'a>(pub(super) &'a [u8]);

/// What a time says about its offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WrittenOffset {
    None,
    Zulu,
    Seconds(i32),
    Abbreviated(Abbreviation),
}

/// A time of day as people write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spoken {
    hour: u32,
    minute: u32,
    second: u32,
    milli: i64,
    /// Whether it is of the afternoon; `None` if it does not say AM or PM.
    pub(super) afternoon: Option<bool>,
    /// Whether anything beside the hour shows that it is a clock time: minutes, AM
    /// or PM, `h`, `Uhr`.
    pub(super) marked: bool,
}

/// How late a time of day may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ClockLimit {
    /// 24:00, the end of its day.
    EndOfDay,
    /// 47:59, which is 23:59 of the day after it.
    NextDay,
}

/// Names of offsets that RFC 2822 keeps, and their hours.
const NAMED_OFFSETS: &[(&str, i32)] = &[
    ("EST", -5),
    ("EDT", -4),
    ("CST", -6),
    ("CDT", -5),
    ("MST", -7),
    ("MDT", -6),
    ("PST", -8),
    ("PDT", -7),
];

impl<'a> Scanner<'a> {
    pub(super) fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn peek(self) -> Option<u8> {
        self.0.first().copied()
    }

    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        if found {
            self.skip(1);
        }
        found
    }

    /// Takes a letter in either case.
    fn eat_letter(&mut self, letter: u8) -> bool {
        let found = self.peek().is_some_and(|byte| byte.eq_ignore_ascii_case(&letter));
        if found {
            self.skip(1);
        }
        found
    }

    pub(super) fn skip(&mut self, count: usize) {
        self.0 = self.0.get(count..).unwrap_or(&[]);
    }

    /// Blanks; whether there were any.
    pub(super) fn blanks(&mut self) -> bool {
        let before = self.0.len();
        self.0 = self.0.trim_ascii_start();
        self.0.len() < before
    }

    /// How many digits are at the front.
    pub(super) fn digits(self) -> usize {
        self.0.iter().take_while(|byte| byte.is_ascii_digit()).count()
    }

    /// Exactly this many digits.
    pub(super) fn number(&mut self, digits: usize) -> Result<u32, NoTime> {
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
    pub(super) fn short_number(&mut self) -> Result<u32, NoTime> {
        let second = self.0.get(1).is_some_and(u8::is_ascii_digit);
        self.number(if second { 2 } else { 1 })
    }

    /// The letters at the front.
    pub(super) fn letters(&mut self) -> &'a [u8] {
        let count = self.0.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (word, rest) = self.0.split_at(count);
        self.0 = rest;
        word
    }

    /// Takes one of these words if it is at the front, in any case.
    pub(super) fn eat_word(&mut self, words: &[&[u8]]) -> bool {
        let mut rest = *self;
        let letters = rest.letters();
        let found = words.iter().any(|word| letters.eq_ignore_ascii_case(word));
        if found {
            *self = rest;
        }
        found
    }

    /// Whether a letter is at the front.
    fn at_letter(self) -> bool {
        self.peek().is_some_and(|byte| byte.is_ascii_alphabetic())
    }

    /// `08:00`, `08:00:30`, `08:00:30.250`; with `basic` also `0800`,
    /// `080030`. In milliseconds.
    pub(super) fn time_of_day(&mut self, basic: bool) -> Result<i64, NoTime> {
        let hour = self.number(2)?;
        let joint = self.eat(b':');
        if !joint && !basic {
            return Err(NoTime::Form);
        }
        let minute = self.number(2)?;
        let seconds = if joint { self.eat(b':') } else { self.digits() > 0 };
        let (second, milli) = if seconds { self.seconds()? } else { (0, 0) };
        assemble(hour, minute, second, milli, ClockLimit::EndOfDay)
    }

    /// `8:00`, `08:00:30`, `8:00 AM`, `8p`, `8h30`, `8.30 Uhr`, `8`.
    pub(super) fn spoken_time(&mut self) -> Result<Spoken, NoTime> {
        let hour = self.short_number()?;
        let mut spoken =
            Spoken { hour, minute: 0, second: 0, milli: 0, afternoon: None, marked: true };
        if self.eat(b':') {
            spoken.minute = self.number(2)?;
            if self.eat(b':') {
                (spoken.second, spoken.milli) = self.seconds()?;
            }
        } else if self.hour_letter() {
            let mut behind = *self;
            behind.blanks();
            if behind.digits() > 0 {
                *self = behind;
                spoken.minute = self.number(2)?;
            }
            return Ok(spoken);
        } else if let Some(minute) = self.minutes_before_uhr() {
            spoken.minute = minute;
        } else {
            spoken.marked = false;
        }
        spoken.marked |= self.uhr();
        spoken.afternoon = self.half_of_day()?;
        spoken.marked |= spoken.afternoon.is_some();
        Ok(spoken)
    }

    /// `830`, `0830 AM`, `12`: digits alone.
    pub(super) fn spoken_digits(&mut self) -> Result<Spoken, NoTime> {
        let digits = self.digits();
        let (hour, minute) = match digits {
            1 | 2 => (self.number(digits)?, 0),
            3 | 4 => (self.number(digits - 2)?, self.number(2)?),
            _ => return Err(NoTime::Form),
        };
        let afternoon = self.half_of_day()?;
        let marked = afternoon.is_some();
        Ok(Spoken { hour, minute, second: 0, milli: 0, afternoon, marked })
    }

    /// The `h` of `8h30` and `8 h`.
    fn hour_letter(&mut self) -> bool {
        let mut rest = *self;
        rest.blanks();
        let found = rest.eat_letter(b'h') && !rest.at_letter();
        if found {
            *self = rest;
        }
        found
    }

    /// The minutes of `8.30 Uhr`.
    fn minutes_before_uhr(&mut self) -> Option<u32> {
        let mut rest = *self;
        let minute = rest.eat(b'.').then(|| rest.number(2).ok())??;
        rest.uhr().then(|| *self = rest).map(|()| minute)
    }

    fn uhr(&mut self) -> bool {
        let mut rest = *self;
        rest.blanks();
        let found = rest.eat_word(&[b"uhr"]);
        if found {
            *self = rest;
        }
        found
    }

    fn seconds(&mut self) -> Result<(u32, i64), NoTime> {
        let second = self.number(2)?;
        if !self.eat(b'.') && !self.eat(b',') {
            return Ok((second, 0));
        }
        Ok((second, self.fraction()?))
    }

    /// The digits of a fraction, cut to thousandths.
    pub(super) fn fraction(&mut self) -> Result<i64, NoTime> {
        let digits = self.digits();
        if digits == 0 {
            return Err(NoTime::Form);
        }
        let digit = |place: usize| self.0.get(place).filter(|_| place < digits);
        let milli = (0..3).fold(0, |milli, place| {
            milli * 10 + digit(place).map_or(0, |byte| i64::from(byte - b'0'))
        });
        self.skip(digits);
        Ok(milli)
    }

    /// `AM`, `p.m.`, `a`: whether it is the afternoon. Other words that begin with
    /// these letters, as `PST` does, are left where they are.
    pub(super) fn half_of_day(&mut self) -> Result<Option<bool>, NoTime> {
        let mut rest = *self;
        rest.blanks();
        let afternoon = rest.eat_letter(b'p');
        if !afternoon && !rest.eat_letter(b'a') {
            return Ok(None);
        }
        if rest.eat(b'.') {
            rest.blanks();
            rest.eat_letter(b'm').then_some(()).ok_or(NoTime::Form)?;
            rest.eat(b'.');
        } else {
            rest.eat_letter(b'm');
        }
        if rest.at_letter() {
            return Ok(None);
        }
        *self = rest;
        Ok(Some(afternoon))
    }

    /// `Z`, `UTC`, `-06:00`, `-0600`, `-06`, `GMT-6`, an abbreviation, or nothing.
    pub(super) fn offset(&mut self) -> Result<WrittenOffset, NoTime> {
        for name in [&b"UTC"[..], b"GMT", b"UT", b"Z", b"z"] {
            match self.0.strip_prefix(name) {
                Some(b"" | [b' ', b'(', ..]) => {
                    self.skip(name.len());
                    return Ok(WrittenOffset::Zulu);
                }
                Some([b'+' | b'-', ..]) if name.len() == 3 => {
                    self.skip(name.len());
                    return self.signed_offset(true);
                }
                _ => {}
            }
        }
        if matches!(self.peek(), Some(b'+' | b'-')) {
            return self.signed_offset(false);
        }
        let abbreviation = self.abbreviation();
        Ok(abbreviation.map_or(WrittenOffset::None, WrittenOffset::Abbreviated))
    }

    /// A sign, hours and minutes; hours may have one digit after a name.
    fn signed_offset(&mut self, named: bool) -> Result<WrittenOffset, NoTime> {
        let negative = self.eat(b'-');
        if !negative {
            self.eat(b'+');
        }
        let short = named && matches!(self.digits(), 1 | 3);
        let hours = self.number(if short { 1 } else { 2 })?;
        let joint = self.eat(b':');
        let minutes = if joint || self.digits() > 0 { self.number(2)? } else { 0 };
        let seconds = if joint && self.eat(b':') { self.number(2)? } else { 0 };
        if hours > 23 || minutes > 59 || seconds > 59 {
            return Err(NoTime::Value);
        }
        let size = (hours * 3600 + minutes * 60 + seconds) as i32;
        // RFC 3339: -00:00 says that the local offset is not known.
        Ok(if size == 0 && negative {
            WrittenOffset::Zulu
        } else {
            WrittenOffset::Seconds(if negative { -size } else { size })
        })
    }

    /// Capital letters to the end that are the abbreviation of a zone.
    fn abbreviation(&mut self) -> Option<Abbreviation> {
        let mut rest = *self;
        let found = Abbreviation::of(rest.letters()).filter(|_| rest.is_empty())?;
        *self = rest;
        Some(found)
    }

    /// An offset as mail has it: a number, `GMT`, or one of the old names.
    pub(super) fn mail_offset(&mut self) -> Result<WrittenOffset, NoTime> {
        let mut rest = *self;
        let letters = rest.letters();
        let named = NAMED_OFFSETS.iter().find(|(name, _)| letters == name.as_bytes());
        if let Some((_, hours)) = named {
            *self = rest;
            return Ok(WrittenOffset::Seconds(hours * 3600));
        }
        self.offset()
    }

    /// The comment after an offset: ` (Central Standard Time)`.
    pub(super) fn comment(&mut self) {
        let comment =
            self.0.trim_ascii().strip_prefix(b"(").and_then(|rest| rest.strip_suffix(b")"));
        if comment.is_some_and(|comment| !comment.contains(&b'(') && !comment.contains(&b')')) {
            self.0 = b"";
        }
    }
}

impl Spoken {
    /// In milliseconds.
    pub(super) fn time(self, latest: ClockLimit) -> Result<i64, NoTime> {
        let Spoken { hour, minute, second, milli, afternoon, .. } = self;
        match afternoon {
            None => assemble(hour, minute, second, milli, latest),
            Some(_) if hour == 0 || hour > 12 => Err(NoTime::Value),
            Some(afternoon) => {
                let hour = hour % 12 + if afternoon { 12 } else { 0 };
                assemble(hour, minute, second, milli, latest)
            }
        }
    }

    /// The same time of this half of the day, if it is written without one and
    /// could be of either.
    pub(super) fn in_half(self, afternoon: bool) -> Option<Spoken> {
        self.could_be_either().then_some(Spoken { afternoon: Some(afternoon), ..self })
    }

    /// Whether it is written without AM and PM and could be of either half of the
    /// day.
    pub(super) fn could_be_either(self) -> bool {
        self.afternoon.is_none() && (1..=12).contains(&self.hour)
    }
}

/// The day number of a date, if the calendar has it.
pub(super) fn day_of(year: u32, month: u32, day: u32) -> Result<i64, NoTime> {
    let (year, month, day) = (year as i32, month as u8, day as u8);
    if year == 0 || day == 0 || day > days_in_month(year, month) {
        return Err(NoTime::Value);
    }
    Ok(days_from_civil(year, month, day))
}

/// Hours, minutes and seconds as milliseconds; a leap second is the second
/// before it.
fn assemble(
    hour: u32,
    minute: u32,
    second: u32,
    milli: i64,
    latest: ClockLimit,
) -> Result<i64, NoTime> {
    let midnight = hour == 24 && minute == 0 && second == 0 && milli == 0;
    let hours = if latest == ClockLimit::NextDay { 48 } else { 24 };
    if (hour >= hours && !midnight) || minute > 59 || second > 60 {
        return Err(NoTime::Value);
    }
    let second = second.min(59);
    Ok(i64::from(hour) * HOUR + i64::from(minute) * MINUTE + i64::from(second) * 1000 + milli)
}
