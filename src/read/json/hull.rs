//! The parts of a record that has no times of its own become its start and its end.
//!
//! Uploads may leave the times of a shift to its activities: it begins with the first of them
//! and ends with the last. A list of parts longer than a day is none of one shift.

use super::activities::{activities, lists_of_activities};
use super::escapes::unescape;
use super::hours::Hours;
use crate::model::row::{Field, Row};
use crate::model::time::{DAY, MINUTE};
use crate::timestamp::{self, Written};

/// When a record takes place by its parts, in words of its fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hull {
    /// The start of the first part, as it is written.
    pub(super) start: Vec<u8>,
    /// An end or a length.
    pub(super) end: (Field, Vec<u8>),
}

/// A part with a start and an end that can be compared with those of others.
struct TimedPart {
    start: Vec<u8>,
    /// Its end, as it is written; empty if it has a length instead.
    end: Vec<u8>,
    hours: Hours,
    is_instant: bool,
}

impl TimedPart {
    /// The times of a part: `Err` if it has some that cannot be compared, or is not an object;
    /// `None` if it has none.
    fn of(row: &Row<'_>, list: &[u8]) -> Result<Option<TimedPart>, ()> {
        let start = [Field::Start, Field::StartDate].map(|field| row.word(field));
        let [end, length] = [Field::End, Field::Length].map(|field| row.word(field));
        let Some(start) = start.into_iter().find(|word| !word.is_empty()) else {
            let rest = [end, length, row.word(Field::Times)];
            // Something else, such as an activity that is one level deeper.
            let names = [Field::Kind, Field::Name, Field::Id];
            let is_strange = names.into_iter().all(|field| row.word(field).is_empty());
            let timed =
                rest.iter().any(|word| !word.is_empty()) || row.fault.is_some() || is_strange;
            return if timed { Err(()) } else { Ok(None) };
        };
        let is_instant = match timestamp::read(start, None).map_err(drop)? {
            Written::Instant { .. } => true,
            Written::Local(_) => false,
            _ => return Err(()),
        };
        // A length in another unit would be a much shorter or longer part.
        let in_minutes = || {
            let mut said = Vec::new();
            unescape(list, &mut said) && memchr::memmem::find(&said, b"inutes").is_some()
        };
        if end.is_empty() && (length.is_empty() || !is_instant || !in_minutes()) {
            return Err(());
        }
        let word = |field| match field {
            Field::Start => start,
            Field::End => end,
            Field::Length => length,
            _ => &b""[..],
        };
        let hours = Hours::of(word).ok_or(())?;
        Ok(Some(TimedPart { start: start.to_vec(), end: end.to_vec(), hours, is_instant }))
    }
}

/// When a record with these parts takes place: `None` if it has no parts with times, if they
/// cannot be compared with each other, or if they do not lie within one day's length.
pub(super) fn of_parts(word: &[u8]) -> Option<Hull> {
    let mut parts = Vec::new();
    for list in lists_of_activities(word) {
        let mut comparable = true;
        let whole = activities(list, &mut |row| match TimedPart::of(row, list) {
            Ok(part) => parts.extend(part),
            Err(()) => comparable = false,
        });
        if !whole || !comparable {
            return None;
        }
    }
    let first = parts.iter().min_by_key(|part| part.hours.shown_start())?;
    let last = parts.iter().max_by_key(|part| part.hours.shown_end())?;
    if parts.iter().any(|part| part.is_instant != first.is_instant) {
        return None;
    }
    let length = last.hours.shown_end() - first.hours.shown_start();
    if !(1..=DAY).contains(&length) {
        return None;
    }
    let end = match last.end.is_empty() {
        false => (Field::End, last.end.clone()),
        true if length % MINUTE == 0 => (Field::Length, format!("PT{}M", length / MINUTE).into()),
        true => return None,
    };
    Some(Hull { start: first.start.clone(), end })
}

#[cfg(test)]
mod tests {
    use super::of_parts;
    use crate::model::row::Field;

    fn told(list: &str) -> Option<(String, Field, String)> {
        let hull = of_parts(list.as_bytes())?;
        let text = |word: &[u8]| String::from_utf8_lossy(word).into_owned();
        Some((text(&hull.start), hull.end.0, text(&hull.end.1)))
    }

    #[test]
    fn a_record_takes_place_from_its_first_part_to_its_last() {
        let (start, field, end) = told(
            r#"[{"startDate":"2026-03-07T16:00:00Z","lengthMinutes":360},
                {"startDate":"2026-03-07T14:00:00Z","lengthMinutes":120},
                {"description":"no times"}]"#,
        )
        .expect("a hull");
        assert_eq!((&*start, field, &*end), ("2026-03-07T14:00:00Z", Field::Length, "PT480M"));
        let (start, field, end) = told(
            r#"[{"start":"2026-03-07T08:00","end":"2026-03-07T12:00"},
                {"start":"2026-03-07T12:30","end":"2026-03-07T16:30"}]"#,
        )
        .expect("a hull");
        assert_eq!((&*start, field, &*end), ("2026-03-07T08:00", Field::End, "2026-03-07T16:30"));
    }

    #[test]
    fn keys_may_have_escapes() {
        let list = "[{\"startDate\":\"2026-03-07T14:00:00Z\",\"le\\u006egthMi\\u006eutes\":60}]";
        assert_eq!(told(list).map(|(_, _, end)| end).as_deref(), Some("PT60M"));
    }

    #[test]
    fn instants_are_compared_whatever_offset_they_are_written_with() {
        let hull = told(
            r#"[{"start":"2026-03-07T09:00:00+01:00","end":"2026-03-07T12:00:00+01:00"},
                {"start":"2026-03-07T08:30:00Z","end":"2026-03-07T10:00:00Z"}]"#,
        );
        let (start, _, end) = hull.expect("a hull");
        assert_eq!((&*start, &*end), ("2026-03-07T09:00:00+01:00", "2026-03-07T12:00:00+01:00"));
    }

    #[test]
    fn what_cannot_be_compared_has_no_hull() {
        for list in [
            "[]",
            "lunch",
            r#"[{"description":"no times"}]"#,
            // Two days.
            r#"[{"start":"2026-03-07T08:00Z","end":"2026-03-07T12:00Z"},
                {"start":"2026-03-08T08:00Z","end":"2026-03-08T12:01Z"}]"#,
            // An instant and a local time.
            r#"[{"start":"2026-03-07T08:00Z","end":"2026-03-07T12:00Z"},
                {"start":"2026-03-07T12:00","end":"2026-03-07T13:00"}]"#,
            // A length on a clock that may change meanwhile, one of an unknown unit, none.
            r#"[{"start":"2026-03-07T08:00","lengthMinutes":60}]"#,
            r#"[{"start":"2026-03-07T08:00Z","length":60}]"#,
            r#"[{"start":"2026-03-07T08:00Z"}]"#,
            // Clock times without a date, words that are no times.
            r#"[{"start":"08:00","end":"09:00"}]"#,
            r#"[{"start":"soon","end":"2026-03-07T12:00Z"}]"#,
            r#"[{"end":"2026-03-07T12:00Z"}]"#,
            // A part that has lost its start, or is not an object, beside one that is whole.
            r#"[{"startDate":null,"lengthMinutes":60},
                {"startDate":"2026-03-07T08:00Z","lengthMinutes":60}]"#,
            r#"[{"startDate":[["2026-03-07T09:00Z"]],"lengthMinutes":60},
                {"startDate":"2026-03-07T08:00Z","lengthMinutes":60}]"#,
            r#"[[{"startDate":"2026-03-07T09:00Z","lengthMinutes":60}],
                {"startDate":"2026-03-07T08:00Z","lengthMinutes":60}]"#,
        ] {
            assert_eq!(told(list), None, "{list}");
        }
    }
}
