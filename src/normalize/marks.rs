//! Marks of records that are gone, or not there yet.
//!
//! A mark is a flag (`deleted`: `true`), or the moment since which it holds
//! (`deleted_at`: `2026-03-02T08:00Z`); without one it does not hold.

use super::{Normalizer, Skip};
use crate::model::fact::Flaw;
use crate::model::row::{Field, Row};
use crate::model::source::Role;
use crate::model::time::DateOrder;
use crate::timestamp::{self, Expected, NoTime, is_placeholder, looks_like_serial};

/// Days from 1970 to 9999-01-01. Databases end in that year what does not end.
const NEVER: i64 = crate::calendar::days_from_civil(9999, 1, 1);

impl Normalizer<'_> {
    /// Passes over a record that is marked as deleted or cancelled, or, among published
    /// ones, as a draft.
    #[cold]
    pub(super) fn marks(&mut self, row: &Row<'_>, role: Role) -> Result<(), Skip> {
        let mut is_set = |field: Field, moments: bool| {
            let word = row.word(field);
            let flag = self.words.flag(word);
            let moment = || if moments { holds_since(word) } else { None };
            flag.or_else(moment).ok_or(Skip::Flaw(Flaw::NoFlag(field)))
        };
        if is_set(Field::Deleted, true)? {
            return Err(Skip::Deleted(role != Role::TimeOff));
        }
        if is_set(Field::Cancelled, true)? {
            return Err(Skip::Cancelled(role != Role::TimeOff));
        }
        let draft = is_set(Field::Draft, false)?;
        if draft && role == Role::Published { Err(Skip::Draft) } else { Ok(()) }
    }
}

/// Whether a word is a moment since which a mark holds: no word for nothing, and no
/// date that stands for nothing. `None` where it is neither.
fn holds_since(word: &[u8]) -> Option<bool> {
    const NOTHING: [&[u8]; 6] = [b"null", b"none", b"nil", b"nan", b"\\n", b"never"];
    let none = NOTHING.iter().any(|nothing| word.eq_ignore_ascii_case(nothing));
    // `0000-00-00 00:00:00`
    let zeroes =
        word.iter().all(|byte| !matches!(byte, b'1'..=b'9') && !byte.is_ascii_alphabetic());
    if none || zeroes {
        return Some(false);
    }
    let order = Some(DateOrder::DayMonth);
    match timestamp::read_as(word, Expected { order, clock: false }) {
        Ok(time) => time.written.day().map(|day| !is_placeholder(day) && day < NEVER),
        // The month first, perhaps.
        Err(NoTime::Value) => {
            let order = Some(DateOrder::MonthDay);
            timestamp::read(word, order).ok().map(|_| true)
        }
        Err(_) => looks_like_serial(word).then_some(true),
    }
}

#[cfg(test)]
mod tests {
    use super::holds_since;

    #[test]
    fn a_mark_holds_since_a_moment() {
        for (word, expected) in [
            ("2026-03-02T08:00:00Z", Some(true)),
            ("2026-03-02 08:00:00.123", Some(true)),
            ("2026-03-02", Some(true)),
            ("3/2/2026 8:00 AM", Some(true)),
            ("3/22/2026", Some(true)),
            ("1769500000", Some(true)),
            ("1769500000000", Some(true)),
            ("/Date(1769500000000)/", Some(true)),
            ("46083.5", Some(true)),
            ("NULL", Some(false)),
            ("\\N", Some(false)),
            ("0000-00-00 00:00:00", Some(false)),
            ("0001-01-01T00:00:00", Some(false)),
            ("1970-01-01T00:00:00Z", Some(false)),
            ("1900-01-01", Some(false)),
            ("9999-12-31 23:59:59", Some(false)),
            ("by Ann", None),
            ("08:00", None),
            ("2026-13-45", None),
        ] {
            assert_eq!(holds_since(word.as_bytes()), expected, "{word}");
        }
    }
}
