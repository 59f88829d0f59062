//! Reads clock times with a dot, as `8.30` in Italian, German and Finnish.
//!
//! By itself such a word is a number as well; only its column shows whether it is a time.

use crate::model::time::{HOUR, MINUTE};

/// An hour and two digits of minutes with a dot between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DottedClock {
    /// From 0 to 47; those from 24 are of the next day.
    pub hour: u8,
    /// From 0 to 59.
    pub minute: u8,
}

impl DottedClock {
    /// Reads a word; `None` for any other form, and for minutes beyond 59.
    #[must_use]
    pub fn of(word: &[u8]) -> Option<DottedClock> {
        let (hour, minute) = match *word.trim_ascii() {
            [ones, b'.', ref minute @ ..] => (number(&[ones])?, minute),
            [tens, ones, b'.', ref minute @ ..] => (number(&[tens, ones])?, minute),
            _ => return None,
        };
        let minute = match *minute {
            // A full hour, as programs write the number.
            [b'0'] => 0,
            [_, _] => number(minute)?,
            _ => return None,
        };
        (hour < 48 && minute < 60).then_some(DottedClock { hour, minute })
    }

    /// Milliseconds since midnight.
    #[must_use]
    pub const fn time(self) -> i64 {
        self.hour as i64 * HOUR + self.minute as i64 * MINUTE
    }

    /// Whether it is a time that people do not write as a decimal, in quarters of an hour:
    /// `8.30`, but not `8.00`, `8.25` and `8.50`.
    #[must_use]
    pub const fn is_no_quarter(self) -> bool {
        !self.minute.is_multiple_of(25)
    }
}

/// The number of one or two digits.
fn number(digits: &[u8]) -> Option<u8> {
    let value = |number: u8, digit: &u8| number * 10 + (digit - b'0');
    digits.iter().all(u8::is_ascii_digit).then(|| digits.iter().fold(0, value))
}

#[cfg(test)]
mod tests {
    use super::DottedClock;

    #[test]
    fn an_hour_and_two_digits_of_minutes_are_a_clock_time() {
        for (word, expected) in [
            ("8.30", Some((8, 30))),
            ("06.00", Some((6, 0))),
            (" 23.59 ", Some((23, 59))),
            ("25.42", Some((25, 42))),
            ("0.00", Some((0, 0))),
            ("8.0", Some((8, 0))),
            ("8.5", None),
            ("7.75", None),
            ("8.300", None),
            ("48.00", None),
            (".30", None),
            ("8,30", None),
            ("108.30", None),
            ("-8.30", None),
            ("8.3x", None),
            ("12.01.26", None),
            ("", None),
        ] {
            let found = DottedClock::of(word.as_bytes());
            assert_eq!(found.map(|clock| (clock.hour, clock.minute)), expected, "{word}");
        }
    }

    #[test]
    fn every_minute_of_two_days_is_one() {
        for minute in 0..48 * 60 {
            let word = format!("{}.{:02}", minute / 60, minute % 60);
            let found = DottedClock::of(word.as_bytes()).expect("a clock time");
            assert_eq!(found.time(), minute * 60_000, "{word}");
            let decimal: f64 = word.parse().expect("a number");
            assert_eq!(found.is_no_quarter(), (decimal * 4.0).fract() != 0.0, "{word}");
        }
    }
}
