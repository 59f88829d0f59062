//! Parses lengths of time in options: `11h`, `90m`, `1d12h`, `11:30`.

use crate::model::time::{DAY, HOUR, MINUTE};

/// A length up to a week in milliseconds: days, hours and minutes, each at most
/// once and in this order, in whole minutes. `11:30` is hours and minutes; a day
/// has 24 hours.
pub(super) fn up_to_a_week(text: &str) -> Result<i64, String> {
    up_to(7, text)
}

/// A length up to a leap year, in the same form: longer than any plausible record.
pub(super) fn up_to_a_year(text: &str) -> Result<i64, String> {
    up_to(366, text)
}

fn up_to(days: i64, text: &str) -> Result<i64, String> {
    let length = if text.contains(':') { clock(text) } else { units(text) };
    length.filter(|length| (1..=days * DAY).contains(length)).ok_or_else(|| {
        format!(
            "expected a length such as 11h, 90m, 37.5h, 1d12h or 11:30, longer than nothing and at \
             most {days} days"
        )
    })
}

fn clock(text: &str) -> Option<i64> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let minutes = (minutes.len() == 2).then(|| whole(minutes)).flatten()?;
    (minutes < 60).then_some(whole(hours)? * HOUR + minutes * MINUTE)
}

fn units(text: &str) -> Option<i64> {
    let folded: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect();
    let (mut rest, mut length, mut smallest) = (folded.as_str(), 0, i64::MAX);
    while !rest.is_empty() {
        let number =
            rest.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
        let written = rest.strip_suffix(number)?;
        let after = number.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
        let unit = match number.strip_suffix(after)? {
            "d" | "day" | "days" => DAY,
            "h" | "hour" | "hours" => HOUR,
            "m" | "min" | "minute" | "minutes" => MINUTE,
            _ => return None,
        };
        if unit >= smallest {
            return None;
        }
        (rest, smallest) = (after, unit);
        length += amount(written, unit)?;
    }
    Some(length)
}

/// A number of units, with or without decimals.
fn amount(written: &str, unit: i64) -> Option<i64> {
    let (number, decimals) = written.split_once('.').unwrap_or((written, "0"));
    if decimals.len() > 4 {
        return None;
    }
    let parts = 10_i64.pow(u32::try_from(decimals.len()).ok()?);
    let fraction = whole(decimals)? * unit;
    let length = whole(number)? * unit + fraction / parts;
    (fraction % parts == 0 && length % MINUTE == 0).then_some(length)
}

/// Digits alone, and few of them.
fn whole(digits: &str) -> Option<i64> {
    let plain = digits.len() <= 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if plain { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::{up_to_a_week, up_to_a_year};
    use crate::model::time::DAY;

    #[test]
    fn lengths_are_read_in_minutes() {
        for (text, minutes) in [
            ("11h", 660),
            ("90m", 90),
            ("90min", 90),
            ("1d12h", 2160),
            ("11h30m", 690),
            ("11 h 30 min", 690),
            ("11:30", 690),
            ("0:01", 1),
            ("37.5h", 2250),
            ("0.25H", 15),
            ("7d", 10_080),
            ("168 hours", 10_080),
            ("48:00", 2880),
            ("10080m", 10_080),
        ] {
            assert_eq!(up_to_a_week(text), Ok(minutes * 60_000), "{text}");
        }
    }

    #[test]
    fn a_shift_may_be_long() {
        assert_eq!(up_to_a_year("366d"), Ok(366 * DAY));
        let refused = up_to_a_year("366d1m").expect_err("too long");
        assert!(refused.contains("at most 366 days"), "{refused}");
    }

    #[test]
    fn what_is_no_length_is_refused() {
        for text in [
            "",
            "11",
            "0h",
            "0",
            "-11h",
            "+11h",
            "h",
            "11x",
            "11h11h",
            "30m11h",
            "7d1m",
            "169h",
            "1.5m",
            "1..5h",
            ".5h",
            "5.h",
            "11:3",
            "11:60",
            "11:30:00",
            ":30",
            "eleven",
            "1h 30",
            "99999999999999999999h",
            "1.00001h",
            "１１h",
            "11h é",
            "NaN",
            "1e3m",
            "999999d",
        ] {
            assert!(up_to_a_week(text).is_err(), "{text}");
        }
    }
}
