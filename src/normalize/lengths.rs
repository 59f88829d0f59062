//! Reads lengths beside times, which replace an end or are compared with it.

use super::Skip;
use crate::model::conventions::{Conventions, LengthUnit, Question};
use crate::model::fact::Flaw;
use crate::model::row::{Field, Row};
use crate::model::time::{DAY, HOUR, Span};
use crate::timestamp::{Length, grouped_length, has_two_readings, length, length_unit};

/// How much of a shift is not counted in its length at most: an unpaid break.
const LONGEST_BREAK: i64 = 2 * HOUR;

/// Below this, a length beside a date is a part of the day.
const SHORTEST_DAY: i64 = 6 * HOUR;

/// How a row writes lengths: in the unit that it names for them, if it names one.
pub(crate) fn conventions_of(row: &Row<'_>, conventions: Conventions) -> Conventions {
    if row.raw(Field::LengthUnit).is_empty() {
        return conventions;
    }
    match length_unit(row.word(Field::LengthUnit)) {
        Some(length_unit) => {
            let mut own = Conventions { length_unit, ..conventions };
            own.settled.insert(Question::LengthUnit);
            own
        }
        None => conventions,
    }
}

/// The length of a record that has no other end.
pub(super) fn length_in(word: &[u8], conventions: Conventions) -> Result<Length, Skip> {
    let length = length(word, conventions.length_unit).ok_or(Flaw::NoLength)?;
    // Nothing is nothing in every unit.
    let names_none = length.bare && length.milliseconds_in_all() != 0;
    if names_none && !conventions.settled.contains(Question::LengthUnit) {
        return Err(Skip::Asks(Question::LengthUnit));
    }
    if !conventions.settled.contains(Question::Numbers) && has_two_readings(word) {
        return Err(Skip::Asks(Question::Numbers));
    }
    Ok(length)
}

/// Whether the length beside a start and an end is that of the time between them,
/// or says nothing.
pub(super) fn fits(row: &Row<'_>, conventions: Conventions, span: Span) -> bool {
    !contradicts(row.word(Field::Length), conventions, &[span.end() - span.start()])
}

/// Whether a length contradicts all of these, each the time from the start to the end by
/// some clock, in whatever unit it may be: they may be longer by a break. A word that is
/// not a length contradicts nothing.
pub(super) fn contradicts(word: &[u8], conventions: Conventions, between: &[i64]) -> bool {
    const UNITS: [LengthUnit; 3] = [LengthUnit::Minutes, LengthUnit::Hours, LengthUnit::Seconds];
    if word.is_empty() {
        return false;
    }
    let settled = conventions.settled.contains(Question::LengthUnit);
    let units = if settled { &[conventions.length_unit][..] } else { &UNITS[..] };
    let fits =
        |length: i64| between.iter().any(|time| (0..=LONGEST_BREAK).contains(&(time - length)));
    // Most columns of lengths hold whole numbers.
    if let Some(number) = whole_number(word) {
        return !units.iter().any(|unit| fits(number * unit.milliseconds()));
    }
    let mut readings = units
        .iter()
        .flat_map(|unit| length(word, *unit).into_iter().chain(grouped_length(word, *unit)));
    let fits = |length: Length| fits(length.milliseconds_in_all());
    let Some(first) = readings.next() else { return false };
    !fits(first) && !readings.any(fits)
}

/// A length that is a plain number of minutes.
pub(super) fn whole_minutes(word: &[u8], conventions: Conventions) -> Option<i64> {
    let minutes = conventions.length_unit == LengthUnit::Minutes
        && conventions.settled.contains(Question::LengthUnit);
    if minutes { whole_number(word) } else { None }
}

/// A few digits as a number.
fn whole_number(word: &[u8]) -> Option<i64> {
    let few = (1..=7).contains(&word.len()) && word.iter().all(u8::is_ascii_digit);
    let digit = |number: i64, byte: &u8| number * 10 + i64::from(byte - b'0');
    few.then(|| word.iter().fold(0, digit))
}

/// Whether a length beside a date is a part of that day and no more.
pub(super) fn is_part_of_a_day(word: &[u8], conventions: Conventions) -> bool {
    let settled = conventions.settled.contains(Question::LengthUnit);
    let unit = if settled { conventions.length_unit } else { LengthUnit::Hours };
    let Some(length) = length(word, unit) else { return false };
    // Half a day of work is not twelve hours.
    let in_days = length.bare && matches!(unit, LengthUnit::Days | LengthUnit::Weeks);
    let shortest = if in_days { DAY } else { SHORTEST_DAY };
    (1..shortest).contains(&length.milliseconds_in_all())
}

#[cfg(test)]
mod tests {
    use super::{contradicts, is_part_of_a_day};
    use crate::model::conventions::{Conventions, LengthUnit, Question};
    use crate::model::time::{HOUR, MINUTE};

    fn settled(length_unit: LengthUnit) -> Conventions {
        let settled = Question::LengthUnit.into();
        Conventions { settled, length_unit, ..Conventions::default() }
    }

    #[test]
    fn a_length_fits_up_to_a_break() {
        let eight = [8 * HOUR];
        for (word, unit, expected) in [
            ("8", LengthUnit::Hours, false),
            ("7.5", LengthUnit::Hours, false),
            ("6", LengthUnit::Hours, false),
            ("5.9", LengthUnit::Hours, true),
            ("8.1", LengthUnit::Hours, true),
            ("480", LengthUnit::Minutes, false),
            ("480", LengthUnit::Hours, true),
            ("8", LengthUnit::Minutes, true),
            ("8h", LengthUnit::Minutes, false),
            ("PT4H", LengthUnit::Minutes, true),
            ("8:00", LengthUnit::Seconds, false),
            ("0", LengthUnit::Hours, true),
            ("long", LengthUnit::Hours, false),
            ("", LengthUnit::Hours, false),
        ] {
            assert_eq!(contradicts(word.as_bytes(), settled(unit), &eight), expected, "{word}");
        }
        assert!(!contradicts(b"7", settled(LengthUnit::Hours), &[9 * HOUR + MINUTE, 8 * HOUR]));
        let day = [24 * HOUR];
        assert!(!contradicts(b"1.440", settled(LengthUnit::Minutes), &day), "24 h by one reading");
    }

    #[test]
    fn without_a_unit_every_unit_is_tried() {
        let open = Conventions::default();
        for (word, expected) in [
            ("8", false),
            ("480", false),
            ("28800", false),
            ("40", true),
            ("4", true),
            ("9h", true),
        ] {
            assert_eq!(contradicts(word.as_bytes(), open, &[8 * HOUR]), expected, "{word}");
        }
    }

    /// A whole number takes a shorter way than one with decimals.
    #[test]
    fn whole_numbers_are_lengths_like_any_other() {
        let all = [LengthUnit::Hours, LengthUnit::Minutes, LengthUnit::Seconds];
        let conventions = all.map(settled).into_iter().chain([Conventions::default()]);
        for conventions in conventions {
            for number in (0..1500).chain([28_800, 86_400, 9_999_999]) {
                let [plain, decimal] = [format!("{number}"), format!("{number}.0")]
                    .map(|word| contradicts(word.as_bytes(), conventions, &[8 * HOUR, 9 * HOUR]));
                assert_eq!(plain, decimal, "{number} {conventions:?}");
            }
        }
    }

    #[test]
    fn less_than_six_hours_are_a_part_of_a_day() {
        for (word, conventions, expected) in [
            ("4", Conventions::default(), true),
            ("8", Conventions::default(), false),
            ("4", settled(LengthUnit::Minutes), true),
            ("480", settled(LengthUnit::Minutes), false),
            ("359", settled(LengthUnit::Minutes), true),
            ("0", Conventions::default(), false),
            ("1 day", Conventions::default(), false),
            ("5h59", Conventions::default(), true),
            ("half", Conventions::default(), false),
            ("0.5", settled(LengthUnit::Days), true),
            ("1", settled(LengthUnit::Days), false),
        ] {
            assert_eq!(is_part_of_a_day(word.as_bytes(), conventions), expected, "{word}");
        }
    }
}
