//! The pieces that spellings of times are made of.
//!
//! Each piece takes what it understands from the front of the word.

use super::NoTime;
use crate::calendar::{days_from_civil, days_in_month};
use crate::model::time::{HOUR, MINUTE};

/// The rest of a word.
#[derive(Clone, Copy)]
pub(super) struct Scanner<'a>(pub(super) &'a [u8]);

/// What a time says about its offset.
pub(super) enum Offset {
    None,
    Zulu,
    Seconds(i32),
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

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

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

    pub(super) fn skip(&mut self, count: usize) {
        self.0 = self.0.get(count..).unwrap_or(&[]);
    }

    /// Blanks; whether there were any.
    pub(super) fn blanks(&mut self) -> bool {
        let before = self.0.len();
        self.0 = self.0.trim_ascii_start();
        self.0.len() < before
    }

    /// How many digits stand at the front.
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

    /// The letters at the front, in lower case; at most nine.
    fn letters(&mut self) -> String {
        let count = self.0.iter().take_while(|byte| byte.is_ascii_alphabetic()).count().min(9);
        let word = self.0.get(..count).unwrap_or(&[]).to_ascii_lowercase();
        self.skip(count);
        String::from_utf8(word).unwrap_or_default()
    }

    /// The name of a month, whole or its first three letters: 1 to 12.
    pub(super) fn month_name(&mut self) -> Result<u8, NoTime> {
        place_of(&self.letters(), &MONTHS).map(|place| place + 1).ok_or(NoTime::Form)
    }

    /// The name of a weekday, whole or its first three letters: days since Monday.
    pub(super) fn weekday_name(&mut self) -> Result<u8, NoTime> {
        place_of(&self.letters(), &WEEKDAYS).ok_or(NoTime::Form)
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
        assemble(hour, minute, second, milli)
    }

    /// `8:00`, `08:00:30`, `8:00 AM`, `8 pm`. In milliseconds.
    pub(super) fn spoken_time(&mut self) -> Result<i64, NoTime> {
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

    /// `AM`, `p.m.`: whether it is the afternoon. Other words that begin with
    /// these letters, as `PST` does, are left where they are.
    fn half_of_day(&mut self) -> Result<Option<bool>, NoTime> {
        let before = *self;
        self.blanks();
        let second = self.0.get(1).map(|letter| letter | 0x20);
        let is_half = matches!(second, Some(b'm' | b'.'));
        let afternoon = match self.peek().filter(|_| is_half).map(|letter| letter | 0x20) {
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
    pub(super) fn offset(&mut self) -> Result<Offset, NoTime> {
        for name in [&b"UTC"[..], b"GMT", b"UT", b"Z", b"z"] {
            if self.0.strip_prefix(name) == Some(b"") {
                self.skip(name.len());
                return Ok(Offset::Zulu);
            }
        }
        let negative = self.peek() == Some(b'-');
        if !self.eat(b'+') && !self.eat(b'-') {
            return Ok(Offset::None);
        }
        let hours = self.number(2)?;
        let joint = self.eat(b':');
        let minutes = if joint || self.digits() > 0 { self.number(2)? } else { 0 };
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

    /// An offset as mail has it: a number, `GMT`, or one of the old names.
    pub(super) fn mail_offset(&mut self) -> Result<Offset, NoTime> {
        let named = NAMED_OFFSETS.iter().find(|(name, _)| self.0 == name.as_bytes());
        if let Some((name, hours)) = named {
            self.skip(name.len());
            return Ok(Offset::Seconds(hours * 3600));
        }
        self.offset()
    }
}

fn place_of(word: &str, names: &[&str]) -> Option<u8> {
    let short = word.get(..3)?;
    names.iter().position(|name| *name == short).and_then(|place| u8::try_from(place).ok())
}

/// The day number of a date, if the calendar has it.
pub(super) fn day_of(year: u32, month: u32, day: u32) -> Result<i64, NoTime> {
    let (year, month, day) = (year as i32, month as u8, day as u8);
    if year == 0 || day == 0 || day > days_in_month(year, month) {
        return Err(NoTime::Value);
    }
    Ok(days_from_civil(year, month, day))
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
