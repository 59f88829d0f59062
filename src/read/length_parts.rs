//! Turns lengths in several columns or keys into one word: hours in one and minutes in another.

use crate::model::conventions::LengthUnit;
use crate::model::row::Field;
use crate::read::names::{Basis, Meaning};
use std::borrow::Cow;

/// The unit that the name of a column or key gives a planned length.
pub(in crate::read) fn unit_of(meaning: &Meaning) -> Option<LengthUnit> {
    let planned = meaning.is(Field::Length) && meaning.basis == Basis::Planned;
    meaning.unit.filter(|_| planned)
}

/// A bare number with its unit, so that it can stand in the place of a length in another one.
pub(in crate::read) fn with_unit(word: &[u8], unit: Option<LengthUnit>) -> Cow<'_, [u8]> {
    let number = word.trim_ascii();
    let is_bare = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',');
    match unit.filter(|_| !number.is_empty() && number.iter().all(is_bare)) {
        Some(unit) => [number, suffix(unit)].concat().into(),
        None => Cow::Borrowed(word),
    }
}

const fn suffix(unit: LengthUnit) -> &'static [u8] {
    match unit {
        LengthUnit::Weeks => b"w",
        LengthUnit::Days => b"d",
        LengthUnit::Hours => b"h",
        LengthUnit::Minutes => b"min",
        LengthUnit::Seconds => b"s",
        LengthUnit::Milliseconds => b"ms",
    }
}

/// Whether one of two lengths is in hours, and the other in minutes.
pub(in crate::read) fn are_hours_and_minutes(units: [Option<LengthUnit>; 2]) -> bool {
    [LengthUnit::Hours, LengthUnit::Minutes].iter().all(|unit| units.contains(&Some(*unit)))
}

/// One word for a length whose whole hours are in one word and the minutes beyond them in the
/// other; `None` if either can be all of it.
pub(in crate::read) fn joined(parts: [(&[u8], Option<LengthUnit>); 2]) -> Option<Vec<u8>> {
    let of = |unit| parts.iter().find(|(_, of)| *of == Some(unit)).map(|(word, _)| *word);
    let hours = whole(of(LengthUnit::Hours)?)?;
    let minutes = whole(of(LengthUnit::Minutes)?)?;
    (minutes < 60).then(|| format!("{hours}h {minutes}min").into_bytes())
}

/// How long a break is, with its unit. A small whole number without one may count breaks.
pub(in crate::read) fn length_of_break(word: &[u8], unit: Option<LengthUnit>) -> Option<Vec<u8>> {
    const SHORTEST: f64 = 5.0;
    const LONGEST: f64 = 180.0;
    let text = std::str::from_utf8(word).ok()?.trim();
    let unit = match text.replace(',', ".").parse::<f64>() {
        Err(_) => unit,
        Ok(0.0) => return None,
        Ok(_) if unit.is_some() => unit,
        Ok(number) if number.fract() > 0.0 && number < SHORTEST => Some(LengthUnit::Hours),
        Ok(number) if (SHORTEST..=LONGEST).contains(&number) => Some(LengthUnit::Minutes),
        Ok(_) => return None,
    };
    (!text.is_empty()).then(|| with_unit(text.as_bytes(), unit).into_owned())
}

/// A number without a fraction; nothing is zero.
fn whole(word: &[u8]) -> Option<u32> {
    const LONGEST: usize = 4;
    let digits = word.trim_ascii();
    let digits = digits.strip_suffix(b".0").unwrap_or(digits);
    let few = digits.len() <= LONGEST && digits.iter().all(u8::is_ascii_digit);
    few.then(|| digits.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::{joined, length_of_break, with_unit};
    use crate::model::conventions::LengthUnit::{Hours, Minutes};
    use crate::timestamp::length;

    #[test]
    fn hours_and_the_minutes_beyond_them_are_one_length() {
        for (hours, minutes, expected) in [
            ("8", "30", Some(510)),
            ("8", "0", Some(480)),
            ("8", "", Some(480)),
            ("", "45", Some(45)),
            ("8.0", "05", Some(485)),
            ("8", "480", None),
            ("8", "60", None),
            ("8.5", "30", None),
            ("x", "30", None),
        ] {
            let (hours, minutes) = (hours.as_bytes(), minutes.as_bytes());
            for parts in [
                [(hours, Some(Hours)), (minutes, Some(Minutes))],
                [(minutes, Some(Minutes)), (hours, Some(Hours))],
            ] {
                let found = joined(parts).and_then(|word| length(&word, Hours));
                let found = found.map(|found| found.milliseconds_in_all() / 60_000);
                assert_eq!(found, expected, "{hours:?} {minutes:?}");
            }
        }
        assert_eq!(joined([(b"8", Some(Hours)), (b"30", None)]), None);
    }

    #[test]
    fn breaks_are_lengths() {
        for (word, unit, expected) in [
            ("0.5", None, Some("0.5h")),
            ("0,5", None, Some("0,5h")),
            ("30", None, Some("30min")),
            ("1", None, None),
            ("1", Some(Hours), Some("1h")),
            ("30", Some(Minutes), Some("30min")),
            ("0:30", None, Some("0:30")),
            ("0", Some(Minutes), None),
            ("", None, None),
            ("4711", None, None),
        ] {
            let found = length_of_break(word.as_bytes(), unit);
            assert_eq!(found.as_deref(), expected.map(str::as_bytes), "{word}");
        }
    }

    #[test]
    fn a_bare_number_gets_its_unit() {
        for (word, unit, expected) in [
            ("8", Some(Hours), "8h"),
            (" 8.5 ", Some(Hours), "8.5h"),
            ("480", Some(Minutes), "480min"),
            ("8:30", Some(Hours), "8:30"),
            ("PT8H", Some(Minutes), "PT8H"),
            ("8", None, "8"),
            ("", Some(Hours), ""),
        ] {
            assert_eq!(&*with_unit(word.as_bytes(), unit), expected.as_bytes(), "{word}");
        }
    }
}
