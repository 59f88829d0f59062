//! Converts serial numbers of spreadsheets to times: days since 1900 or 1904.
//!
//! The time of day is the fraction.

use super::Written;
use crate::calendar::days_from_civil;
use crate::model::conventions::SerialEpoch;
use crate::model::time::{DAY, MINUTE};

/// The last serial number that a spreadsheet has: 9999-12-31, since 1900.
const LAST: i64 = 2_958_465;

/// Whether a word has the form of a serial number and of no other time: five
/// digits for the day, with or without a fraction, or a fraction alone. The days
/// are those of 1927 to 2173.
#[must_use]
pub fn looks_like_serial(word: &[u8]) -> bool {
    DayNumber::of(word).is_some_and(|DayNumber { whole, fraction }| match whole.len() {
        5 => !whole.starts_with(b"0"),
        0 | 1 => is_nought(whole) && !fraction.is_empty(),
        _ => false,
    })
}

fn is_nought(whole: &[u8]) -> bool {
    whole.iter().all(|digit| *digit == b'0')
}

/// Reads a serial number: a date, a date and time, or the time of day if there is only a
/// fraction. A time is the nearest whole second; with too few decimals for seconds, it is
/// the nearest whole minute.
#[must_use]
pub fn serial(word: &[u8], epoch: SerialEpoch) -> Option<Written> {
    let number = DayNumber::of(word)?;
    let days = number.days()?;
    let time = number.time();
    if is_nought(number.whole) {
        return Some(Written::Clock(time, None));
    }
    let day = match epoch {
        // There is no 1900-02-29, and all numbers before it are a day late.
        SerialEpoch::Of1900 if days == 60 => return None,
        SerialEpoch::Of1900 => days_from_civil(1899, 12, 30) + days + i64::from(days < 60),
        SerialEpoch::Of1904 => days_from_civil(1904, 1, 1) + days,
    };
    let written = if time == 0 { Written::Date(day) } else { Written::Local(day * DAY + time) };
    Some(written)
}

/// A number of days as it is written.
struct DayNumber<'w> {
    whole: &'w [u8],
    fraction: &'w [u8],
}

impl<'w> DayNumber<'w> {
    /// Digits, and a fraction after a point or a comma.
    fn of(word: &'w [u8]) -> Option<DayNumber<'w>> {
        let word = word.trim_ascii();
        let (whole, fraction) = match word.iter().position(|byte| matches!(byte, b'.' | b',')) {
            Some(place) => (word.get(..place)?, word.get(place + 1..)?),
            None => (word, &b""[..]),
        };
        let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
        let some = !whole.is_empty() || !fraction.is_empty();
        (some && digits(whole) && digits(fraction)).then_some(DayNumber { whole, fraction })
    }

    fn days(&self) -> Option<i64> {
        let days = std::str::from_utf8(self.whole).ok()?;
        let days: i64 = if days.is_empty() { 0 } else { days.parse().ok()? };
        (days <= LAST).then_some(days)
    }

    /// The time of day, in milliseconds.
    fn time(&self) -> i64 {
        // The decimals that say anything: the last of them is a hundredth of a
        // microsecond.
        let decimals = self.fraction.get(..12).unwrap_or(self.fraction);
        let unit = 10_i64.pow(decimals.len() as u32);
        let parts = decimals.iter().fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
        let exact = i128::from(parts) * i128::from(DAY) / i128::from(unit);
        let exact = i64::try_from(exact).unwrap_or(0);
        // What one more in the last place would add.
        let step = (DAY / unit).max(500);
        let nearest = |whole: i64| (exact + whole / 2) / whole * whole;
        let minute = nearest(MINUTE);
        if (minute - exact).abs() <= step { minute } else { nearest(1000) }
    }
}

#[cfg(test)]
mod tests {
    use super::{looks_like_serial, serial};
    use crate::calendar::days_from_civil;
    use crate::model::conventions::SerialEpoch::{self, Of1900, Of1904};
    use crate::model::time::{DAY, HOUR, MINUTE};
    use crate::timestamp::Written;
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    fn read(word: &str, epoch: SerialEpoch) -> Option<Written> {
        serial(word.as_bytes(), epoch)
    }

    fn date(year: i32, month: u8, day: u8) -> Option<Written> {
        Some(Written::Date(days_from_civil(year, month, day)))
    }

    #[test]
    fn whole_numbers_are_dates() {
        assert_eq!(read("45353", Of1900), date(2024, 3, 2));
        assert_eq!(read("43891", Of1904), date(2024, 3, 2));
        assert_eq!(read("1", Of1900), date(1900, 1, 1));
        assert_eq!(read("59", Of1900), date(1900, 2, 28));
        assert_eq!(read("60", Of1900), None, "1900-02-29 never was");
        assert_eq!(read("61", Of1900), date(1900, 3, 1));
        assert_eq!(read("60", Of1904), date(1904, 3, 1));
        assert_eq!(read("2958465", Of1900), date(9999, 12, 31));
        assert_eq!(read("2958466", Of1900), None);
        assert_eq!(read("45353.0", Of1900), date(2024, 3, 2));
        for word in ["", ".", "-1", "1e5", "4 5353", "45353.3.3", "x"] {
            assert_eq!(read(word, Of1900), None, "{word}");
        }
    }

    #[test]
    fn fractions_are_times_of_day() {
        let clock = |time| Some(Written::Clock(time, None));
        for (word, time) in [
            ("0.3333", 8 * HOUR),
            ("0,33333", 8 * HOUR),
            (".5", 12 * HOUR),
            ("0.0", 0),
            ("0", 0),
            ("0.333333333333333", 8 * HOUR),
            ("0.6666", 16 * HOUR),
            ("0.6667", 16 * HOUR),
            ("0.354166666666667", 8 * HOUR + 30 * MINUTE),
            ("0.35418981481", 8 * HOUR + 30 * MINUTE + 2000),
        ] {
            assert_eq!(read(word, Of1900), clock(time), "{word}");
        }
        assert_eq!(read("0.99999999", Of1900), clock(DAY), "the end of the day");
        let local = days_from_civil(2024, 3, 2) * DAY + 8 * HOUR;
        assert_eq!(read("45353.3333", Of1900), Some(Written::Local(local)));
        assert_eq!(read("43891,3333333", Of1904), Some(Written::Local(local)));
    }

    #[test]
    fn only_numbers_that_are_no_other_time_look_like_one() {
        for word in ["45353", "45353.3333", "0.3333", ".25", "0,5", "99999"] {
            assert!(looks_like_serial(word.as_bytes()), "{word}");
        }
        for word in ["8", "0", "0830", "20260302", "1772438400", "1.5", "04535", "", ".", "4535.3"]
        {
            assert!(!looks_like_serial(word.as_bytes()), "{word}");
        }
    }

    proptest! {
        /// As a spreadsheet writes it, with all of its fifteen digits or few.
        #[test]
        fn what_a_spreadsheet_writes_is_read_back(day in 10_000i64..99_999, second in 0i64..86_400) {
            let exact = day as f64 + second as f64 / 86_400.0;
            let first = days_from_civil(1899, 12, 30) + day;
            let expected = match second {
                0 => Written::Date(first),
                _ => Written::Local(first * DAY + second * 1000),
            };
            prop_assert_eq!(read(&format!("{exact:.10}"), Of1900), Some(expected));
            let minute = second / 60 * 60;
            let fraction = minute as f64 / 86_400.0;
            for decimals in 4..12 {
                let word = format!("{fraction:.decimals$}");
                prop_assert_eq!(read(&word, Of1900), Some(Written::Clock(minute * 1000, None)), "{}", word);
                let cut = &format!("{fraction:.14}")[..decimals + 2];
                let near = match read(cut, Of1900) {
                    Some(Written::Clock(time, None)) => (time - minute * 1000).abs(),
                    other => panic!("{cut}: {other:?}"),
                };
                prop_assert!(near < 1000, "{cut}");
            }
        }
    }
}
