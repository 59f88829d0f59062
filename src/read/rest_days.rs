//! Recognises days of rest: records of shifts without hours that say why they have none.

use crate::model::kinds::{is_day_off, is_no_shift, is_rest_day};
use crate::model::row::{Field, Row, fold_name};
use crate::timestamp::{self, Written};

/// The fields that say when a record starts and ends.
pub(in crate::read) const TIMES: [Field; 5] =
    [Field::Start, Field::End, Field::Times, Field::StartDate, Field::EndDate];

/// The longest word that [`is_between_midnights`] can take for a clock time.
pub(in crate::read) const LONGEST_CLOCK: usize = 15;

/// The word that a flag for a day of rest stands for.
pub(in crate::read) const REST: &[u8] = b"off";

/// The word that a column which is called after an absence stands for.
pub(in crate::read) const ABSENCE: &[u8] = b"absence";

/// Whether the times of a row all say that there is no shift: `-`, `off`, or nothing.
pub(in crate::read) fn is_without_shift(row: &Row<'_>) -> bool {
    lacks_times(row, is_no_shift)
}

/// Whether the times of a row are empty, or words for a day off: `Ruhetag`.
pub(in crate::read) fn is_hourless(row: &Row<'_>) -> bool {
    lacks_times(row, is_day_off)
}

fn lacks_times(row: &Row<'_>, says_none: fn(&[u8]) -> bool) -> bool {
    TIMES.iter().all(|field| {
        let word = row.word(*field);
        word.is_empty() || says_none(word)
    })
}

/// Whether a start and an end are one midnight, as programs fill the hours of a day without
/// any.
pub(in crate::read) fn is_between_midnights(start: &[u8], end: &[u8]) -> bool {
    let is_midnight = |word| matches!(timestamp::read(word, None), Ok(Written::Clock(0, None)));
    is_midnight(start) && is_midnight(end)
}

/// Takes a shift without hours as a day off if its kind says that it is one, as if that word
/// was in the place of its hours. `idle` is whether it has no times at all.
pub(in crate::read) fn take_rest_day(row: &mut Row<'_>, idle: bool) {
    let kind = row.word(Field::Kind);
    // Beside midnights `-` is no kind at all.
    let says = idle || kind.len() > 1;
    if says && is_rest_day(kind) && !row.has_length() {
        [Field::Start, Field::End].into_iter().for_each(|field| row.set(field, kind));
        [Field::Times, Field::Kind].into_iter().for_each(|field| row.set(field, b""));
    }
}

/// Whether a column or key of this name can hold codes of shifts, if its values differ among the
/// records of one agent.
pub(in crate::read) fn names_shift_codes(name: &str) -> bool {
    const CODES: [&str; 11] = [
        "daytype",
        "tagesart",
        "code",
        "codes",
        "pattern",
        "shiftpattern",
        "symbol",
        "k\u{fc}rzel",
        "kuerzel",
        "sigle",
        "sigla",
    ];
    CODES.contains(&fold_name(name).as_str())
}

/// Whether a value under a name for shifts says which one a record is, or when it is: `N`,
/// `09:00-17:00`.
pub(in crate::read) fn names_shift_or_hours(value: &[u8]) -> bool {
    const NOTHING: [&[u8]; 5] = [b"none", b"null", b"nan", b"na", b"n/a"];
    let value = value.trim_ascii();
    let said = !NOTHING.iter().any(|word| value.eq_ignore_ascii_case(word));
    said && (value.iter().any(u8::is_ascii_alphabetic) || may_be_hours(value)) && !is_day_off(value)
}

/// Whether a value without letters can be a clock time, a length or a range of hours, and not
/// just a number.
fn may_be_hours(value: &[u8]) -> bool {
    let is_digit = |byte: &u8| matches!(byte, b'1'..=b'9');
    let mut parts = value.split(|byte| !byte.is_ascii_digit()).filter(|part| !part.is_empty());
    let is_short = parts.clone().all(|part| part.len() <= 4);
    parts.nth(1).is_some()
        && is_short
        && value.iter().any(is_digit)
        && value.iter().any(|byte| matches!(byte, b':' | b'-') || !byte.is_ascii())
}

/// Whether a column or key of this name with this value is a flag that marks a day without
/// work: `isDayOff` with `true`, `working_day` with `0`.
pub(in crate::read) fn is_rest_flag(name: &str, value: &[u8]) -> bool {
    const YES: [&str; 10] = ["true", "t", "1", "yes", "y", "x", "ja", "oui", "si", "sim"];
    const NO: [&str; 7] = ["false", "f", "0", "no", "n", "nein", "non"];
    let is_of = |list: &[&str]| list.iter().any(|word| value.eq_ignore_ascii_case(word.as_bytes()));
    match flags_rest(name) {
        Some(rests) => is_of(if rests { &YES } else { &NO }),
        None => false,
    }
}

/// Whether a set flag of this name marks a day of rest or one of work; `None` for any other
/// name.
pub(in crate::read) fn flags_rest(name: &str) -> Option<bool> {
    const RESTS: [&str; 12] = [
        "off",
        "dayoff",
        "offday",
        "restday",
        "dayofrest",
        "rdo",
        "nonworkingday",
        "nonworking",
        "nonworkday",
        "frei",
        "ruhetag",
        "repos",
    ];
    const WORKS: [&str; 4] = ["workingday", "workday", "working", "arbeitstag"];
    let folded = fold_name(name);
    let bare = folded.strip_prefix("is").unwrap_or(&folded);
    if RESTS.contains(&bare) { Some(true) } else { WORKS.contains(&bare).then_some(false) }
}

#[cfg(test)]
mod tests {
    use super::is_rest_flag;

    #[test]
    fn flags_mark_days_without_work() {
        for (name, value, expected) in [
            ("isDayOff", "true", true),
            ("is_day_off", "1", true),
            ("Day Off", "Yes", true),
            ("restDay", "x", true),
            ("off", "Y", true),
            ("Ruhetag", "ja", true),
            ("isWorkingDay", "false", true),
            ("working", "0", true),
            ("isDayOff", "false", false),
            ("isDayOff", "", false),
            ("isWorkingDay", "true", false),
            ("isWorkingDay", "", false),
            ("dayOff", "2", false),
            ("dayOff", "Vacation", false),
            ("isOffice", "true", false),
            ("timeOff", "true", false),
        ] {
            assert_eq!(is_rest_flag(name, value.as_bytes()), expected, "{name}: {value}");
        }
    }
}
