//! Converts dates to day numbers and back.
//!
//! A day number counts days since 1970-01-01 on the proleptic Gregorian calendar. chrono does
//! the arithmetic, except in [`days_from_civil`], which every timestamp calls, with a date that
//! is known to be valid. A test compares the two.

use crate::model::time::{DAY, Instant, Stamp, Weekday};
use chrono::{DateTime, Datelike, NaiveDate, Timelike};

/// The day number of a valid date of the years 0 to 9999.
#[inline]
pub(crate) const fn days_from_civil(year: i32, month: u8, day: u8) -> i64 {
    // Counted from 1 March of a year before all of them that 400 divides, in
    // whole numbers without a sign.
    let before_march = (month <= 2) as u32;
    let year = (year + 400) as u32 - before_march;
    let month_from_march = month as u32 + 12 * before_march - 3;
    let century = year / 100;
    let of_year = (153 * month_from_march + 2) / 5 + day as u32 - 1;
    (365 * year + year / 4 - century + century / 4 + of_year) as i64 - (719_468 + 146_097)
}

/// How many days a month has; 0 for a month that is none.
pub(crate) const fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 0,
    }
}

/// Days since Monday of the weekday of a day number.
pub(crate) const fn weekday_of(day: i64) -> i64 {
    (day + 3).rem_euclid(7)
}

/// The year that holds a second since 1970, on UTC.
pub(super) fn year_of(second: i64) -> i32 {
    DateTime::from_timestamp(second, 0).map_or(1970, |time| time.year())
}

/// What a clock with this offset, in seconds, shows at an instant.
pub(super) fn stamp(instant: Instant, offset: i32) -> Stamp {
    let local = instant.millis().saturating_add(i64::from(offset) * 1000);
    let shown = DateTime::from_timestamp_millis(local)
        .map_or(NaiveDate::MAX.and_time(chrono::NaiveTime::MIN), |time| time.naive_utc());
    Stamp {
        instant,
        year: shown.year(),
        month: shown.month() as u8,
        day: shown.day() as u8,
        hour: shown.hour() as u8,
        minute: shown.minute() as u8,
        second: shown.second() as u8,
        milli: local.rem_euclid(1000) as u16,
        weekday: Weekday::after_monday(weekday_of(local.div_euclid(DAY))),
        offset,
    }
}

#[cfg(test)]
mod tests {
    use super::{days_from_civil, days_in_month, stamp, weekday_of};
    use crate::model::time::Instant;
    use chrono::{Datelike, NaiveDate};

    #[test]
    fn day_numbers_agree_with_chrono_on_every_day() {
        let mut date = NaiveDate::from_ymd_opt(0, 1, 1).expect("valid");
        let epoch = NaiveDate::from_ymd_opt(1970, 1, 1).expect("valid");
        while date.year() < 10_000 {
            let (month, day) = (date.month() as u8, date.day() as u8);
            let number = days_from_civil(date.year(), month, day);
            assert_eq!(number, (date - epoch).num_days(), "{date}");
            assert_eq!(weekday_of(number), i64::from(date.weekday().num_days_from_monday()));
            assert!(day <= days_in_month(date.year(), month));
            date = date.succ_opt().expect("valid");
            if date.day() == 1 {
                assert_eq!(
                    days_in_month(date.year(), month) * u8::from(date.month() as u8 != month),
                    day
                );
            }
        }
    }

    #[test]
    fn a_stamp_shows_the_local_time() {
        let shown = stamp(Instant::from_millis(1_772_460_000_000), -6 * 3600);
        assert_eq!(shown.to_string(), "2026-03-02T08:00:00-06:00");
        assert_eq!(shown.long(), "Mon 2026-03-02 08:00");
        assert_eq!(stamp(Instant::from_millis(-1), 0).to_string(), "1969-12-31T23:59:59.999Z");
    }
}
