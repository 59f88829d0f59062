//! Reads marks that a record is deleted, cancelled or a draft.
//!
//! A mark is a flag (`deleted`: `true`), or the moment since which it holds (`deleted_at`:
//! `2026-03-02T08:00Z`). An empty mark does not hold.

use super::{Context, Normalizer, Skip};
use crate::model::fact::Flaw;
use crate::model::operation::deletes;
use crate::model::row::{Field, Row};
use crate::model::time::DateOrder;
use crate::timestamp::{self, Expected, NoTime, is_placeholder, looks_like_serial};

/// Days from 1970 to 9999-01-01. Databases end in that year what does not end.
const NEVER: i64 = crate::calendar::days_from_civil(9999, 1, 1);

impl Normalizer<'_> {
    /// Passes over a record that is marked as deleted or cancelled, or, among published
    /// ones, as a draft.
    #[cold]
    pub(super) fn marks(&mut self, row: &Row<'_>, context: Context) -> Result<(), Skip> {
        let (role, order) = (context.role, context.conventions.order);
        let is_shift = !self.is_time_off(row, role);
        let mut is_set = |field: Field, moments: bool| {
            let word = row.word(field);
            let flag = self.words.flag(word).or_else(|| deletes(word));
            let moment = || {
                if moments { Some(has_come(row, order, holds_since(word, order)?)) } else { None }
            };
            flag.or_else(moment).ok_or(Skip::Flaw(Flaw::NoFlag(field)))
        };
        if is_set(Field::Deleted, true)? {
            return Err(Skip::Deleted(is_shift));
        }
        if is_set(Field::Cancelled, true)? {
            return Err(Skip::Cancelled(is_shift));
        }
        let draft = is_set(Field::Draft, false)?;
        if draft && role.is_live() { Err(Skip::Draft) } else { Ok(()) }
    }

    /// Whether a flag says that a record without a status is not approved, or not yet.
    #[cold]
    pub(super) fn awaits_approval(&mut self, row: &Row<'_>) -> bool {
        let word = row.word(Field::Approved);
        let denied = !word.is_empty() && self.words.flag(word) == Some(false);
        denied && row.word(Field::Status).is_empty()
    }
}

/// Since when a mark holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Since {
    Never,
    /// Since a day, counted from 1970.
    Day(i64),
    /// Since a moment whose day is not known without the order of day and month.
    Once,
}

/// How many days after a record a mark can be set: exports contain past records, too. A
/// later day is a plan or a placeholder.
const LATEST: i64 = 366;

/// Whether a mark holds, by the day since which it does.
fn has_come(row: &Row<'_>, order: Option<DateOrder>, since: Since) -> bool {
    let starts = [Field::StartDate, Field::Date, Field::Start, Field::Times];
    let own = || starts.into_iter().find_map(|field| day(row.word(field), order));
    match since {
        Since::Never => false,
        Since::Once => true,
        Since::Day(since) => own().is_none_or(|own| since <= own + LATEST),
    }
}

/// The day of a word since 1970; of an instant the one in UTC.
fn day(word: &[u8], order: Option<DateOrder>) -> Option<i64> {
    timestamp::read_as(word, Expected { order, clock: false }).ok()?.written.utc_day()
}

/// The moment since which a mark holds, by its word: none for a word for nothing, nor for a
/// placeholder date. `None` if it is neither.
fn holds_since(word: &[u8], order: Option<DateOrder>) -> Option<Since> {
    const NOTHING: [&[u8]; 6] = [b"null", b"none", b"nil", b"nan", b"\\n", b"never"];
    let none = NOTHING.iter().any(|nothing| word.eq_ignore_ascii_case(nothing));
    // `0000-00-00 00:00:00`
    let zeroes =
        word.iter().all(|byte| !matches!(byte, b'1'..=b'9') && !byte.is_ascii_alphabetic());
    if none || zeroes {
        return Some(Since::Never);
    }
    let since = |day: i64| match day {
        day if is_placeholder(day) || day >= NEVER => Since::Never,
        day => Since::Day(day),
    };
    match timestamp::read_as(word, Expected { order, clock: false }) {
        Ok(time) if time.written.is_clock() => None,
        Ok(_) => day(word, order).map(since),
        // Without the order, it is taken for an earlier day.
        Err(NoTime::Order) => Some(Since::Once),
        Err(_) => looks_like_serial(word).then_some(Since::Once),
    }
}

#[cfg(test)]
mod tests {
    use super::{Since, holds_since};

    #[test]
    fn a_mark_holds_since_a_moment() {
        for (word, expected) in [
            ("2026-03-02T08:00:00Z", Some(Since::Day(20_514))),
            ("2026-03-02 08:00:00.123", Some(Since::Day(20_514))),
            ("2026-03-02", Some(Since::Day(20_514))),
            ("3/2/2026 8:00 AM", Some(Since::Once)),
            ("3/22/2026", Some(Since::Once)),
            ("1769500000", Some(Since::Day(20_480))),
            ("1769500000000", Some(Since::Day(20_480))),
            ("/Date(1769500000000)/", Some(Since::Day(20_480))),
            ("46083.5", Some(Since::Once)),
            ("NULL", Some(Since::Never)),
            ("\\N", Some(Since::Never)),
            ("0000-00-00 00:00:00", Some(Since::Never)),
            ("0001-01-01T00:00:00", Some(Since::Never)),
            ("1970-01-01T00:00:00Z", Some(Since::Never)),
            ("1900-01-01", Some(Since::Never)),
            ("9999-12-31 23:59:59", Some(Since::Never)),
            ("by Ann", None),
            ("08:00", None),
            ("2026-13-45", None),
        ] {
            assert_eq!(holds_since(word.as_bytes(), None), expected, "{word}");
        }
    }
}
