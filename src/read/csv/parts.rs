//! Joins consecutive rows that are parts of one shift into one row.
//!
//! Some tables have a row for each activity. What a row says of its part is in columns of its
//! own, or the row is the part. The row of the shift holds its parts as a list of activities, as
//! a document would.

use crate::model::kinds::{is_absence, is_day_off};
use crate::model::row::{Field, Row};
use crate::model::time::DAY;
use crate::read::json::quoted;
use crate::timestamp::{self, Written};

/// Where the rows of a vendor have what concerns parts: fields of swaps, which no shift has.
pub(in crate::read) const PART_START: Field = Field::WithStart;
/// The end of the part.
pub(in crate::read) const PART_END: Field = Field::WithEnd;
/// What the part is.
pub(in crate::read) const PART_NAME: Field = Field::WithShift;
/// What rows of one shift have in common.
pub(in crate::read) const WHOLE: Field = Field::WithAgent;

/// Every one of these fields.
const OF_PARTS: [Field; 4] = [PART_START, PART_END, PART_NAME, WHOLE];

/// What stands in the place of agents who are gone: they are not one.
const UNKNOWN: &[u8] = b"<Unknown>";

/// Which rows are parts of one shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum PartsOf {
    /// Rows with a part, in columns of its own, and the agent, start, end and zone of the row
    /// before.
    OneSpan,
    /// Rows with the agent and the [`WHOLE`] of the row before that begin before that ends, or
    /// as it does. Each is a part, with clock times.
    OneDay,
}

/// Whether a field holds what concerns a part.
pub(super) fn is_of_part(field: Field) -> bool {
    OF_PARTS.contains(&field)
}

/// Rows on their way into shifts.
pub(super) struct PartJoiner {
    by: PartsOf,
    pending: Option<PendingShift>,
}

/// A shift whose next row may be one more part of it.
struct PendingShift {
    offset: usize,
    line: u32,
    restart: usize,
    words: Vec<(Field, Vec<u8>)>,
    /// Its parts so far, as the elements of a list.
    parts: String,
    /// With clock times alone: the time of the day at which it begins, and how long it lasts.
    hours: Option<(i64, i64)>,
    /// The same of its last part, and the name of that: the same again is another record.
    last: Option<(i64, i64)>,
    name: Vec<u8>,
}

impl PartJoiner {
    pub(super) fn new(by: PartsOf) -> PartJoiner {
        PartJoiner { by, pending: None }
    }

    /// Takes a row, and hands on the shift before it if the row is no part of that.
    pub(super) fn take(&mut self, row: &Row<'_>, sink: &mut dyn FnMut(&Row<'_>)) {
        let hours = hours(row);
        let (name, agent) = (row.word(PART_NAME), row.word(Field::Agent));
        let alone = || hours.is_none() || is_day_off(name) || is_absence(name) || agent == UNKNOWN;
        let bare = row.fault.is_some() || self.by == PartsOf::OneDay && alone();
        if bare {
            self.finish(sink);
            return hand_on(row, sink);
        }
        match &mut self.pending {
            Some(pending) if pending.has(row, hours, self.by) => pending.add(row, hours, self.by),
            _ => {
                self.finish(sink);
                self.pending = Some(PendingShift::begun(row, hours, self.by));
            }
        }
    }

    /// Hands on the last shift.
    pub(super) fn finish(&mut self, sink: &mut dyn FnMut(&Row<'_>)) {
        let Some(pending) = self.pending.take() else { return };
        let parts = format!("[{}]", pending.parts);
        let mut row = Row::at(pending.offset, pending.line, pending.restart);
        let own = pending.words.iter().filter(|(field, _)| !is_of_part(*field));
        own.for_each(|(field, word)| row.set(*field, word));
        if !pending.parts.is_empty() {
            row.set(Field::Activities, parts.as_bytes());
        }
        sink(&row);
    }
}

impl PendingShift {
    fn begun(row: &Row<'_>, hours: Option<(i64, i64)>, by: PartsOf) -> PendingShift {
        let kept = Field::all().filter(|field| !row.raw(*field).is_empty() && *field != PART_NAME);
        let words = kept.map(|field| (field, row.raw(field).to_vec())).collect();
        let mut begun = PendingShift {
            offset: row.offset,
            line: row.line,
            restart: row.restart,
            words,
            parts: String::new(),
            hours,
            last: None,
            name: Vec::new(),
        };
        begun.add_part(row, hours, by);
        begun
    }

    fn word(&self, field: Field) -> &[u8] {
        let known = self.words.iter().find(|(of, _)| *of == field);
        known.map_or(&[], |(_, word)| word)
    }

    /// Whether a row is one more part of it.
    fn has(&self, row: &Row<'_>, hours: Option<(i64, i64)>, by: PartsOf) -> bool {
        let same = |field| self.word(field) == row.raw(field);
        match by {
            PartsOf::OneSpan => {
                let of_shift = [Field::Agent, Field::Start, Field::End, Field::Zone];
                !row.word(PART_START).is_empty() && of_shift.into_iter().all(same)
            }
            PartsOf::OneDay => {
                same(Field::Agent)
                    && same(if self.word(WHOLE).is_empty() { Field::Date } else { WHOLE })
                    && !(self.last == hours && self.name == row.word(PART_NAME))
                    && self.further(hours).is_some_and(|(after, length)| {
                        self.hours.is_some_and(|(_, known)| after <= known) && after + length < DAY
                    })
            }
        }
    }

    /// How long after its start a part begins, and how long that lasts.
    fn further(&self, hours: Option<(i64, i64)>) -> Option<(i64, i64)> {
        let ((first, _), (start, length)) = (self.hours?, hours?);
        Some(((start - first).rem_euclid(DAY), length))
    }

    fn add(&mut self, row: &Row<'_>, hours: Option<(i64, i64)>, by: PartsOf) {
        if by == PartsOf::OneDay
            && let Some((after, length)) = self.further(hours)
            && let Some((_, known)) = &mut self.hours
            && after + length > *known
        {
            *known = after + length;
            self.words.retain(|(field, _)| *field != Field::End);
            self.words.push((Field::End, row.raw(Field::End).to_vec()));
        }
        self.add_part(row, hours, by);
    }

    fn add_part(&mut self, row: &Row<'_>, hours: Option<(i64, i64)>, by: PartsOf) {
        (self.last, self.name) = (hours, row.word(PART_NAME).to_vec());
        let [start, end] = match by {
            PartsOf::OneSpan => [PART_START, PART_END],
            PartsOf::OneDay => [Field::Start, Field::End],
        };
        let said = [("start", start), ("end", end), ("name", PART_NAME)]
            .map(|(key, field)| (key, String::from_utf8_lossy(row.word(field))))
            .into_iter()
            .filter(|(_, word)| !word.is_empty())
            .map(|(key, word)| format!("\"{key}\":{}", quoted(&word)));
        let said: Vec<String> = said.collect();
        if said.is_empty() {
            return;
        }
        if !self.parts.is_empty() {
            self.parts.push(',');
        }
        self.parts.push_str(&format!("{{{}}}", said.join(",")));
    }
}

/// Hands on a row that is a record by itself; what it is says whether that is a shift.
fn hand_on(row: &Row<'_>, sink: &mut dyn FnMut(&Row<'_>)) {
    let mut alone = row.clone();
    let name = row.word(PART_NAME);
    if is_absence(name) && row.word(Field::Kind).is_empty() {
        alone.set(Field::Kind, row.raw(PART_NAME));
    } else if is_day_off(name) {
        // Its hours, mostly from midnight to midnight, are those of no shift.
        [Field::Start, Field::End]
            .into_iter()
            .for_each(|field| alone.set(field, row.raw(PART_NAME)));
    }
    if row.word(Field::Agent) == UNKNOWN {
        alone.set(Field::Agent, b"");
    }
    OF_PARTS.into_iter().for_each(|field| alone.set(field, b""));
    sink(&alone);
}

/// The time of the day at which a row begins, and how long it lasts: an end that is not after
/// the start is on the next day. `None` unless both are clock times.
fn hours(row: &Row<'_>) -> Option<(i64, i64)> {
    let clock = |field| match timestamp::read(row.word(field), None) {
        Ok(Written::Clock(clock, None)) => Some(clock),
        _ => None,
    };
    let (start, end) = (clock(Field::Start)?, clock(Field::End)?);
    let length = (end - start).rem_euclid(DAY);
    Some((start, if length == 0 { DAY } else { length }))
}

#[cfg(test)]
mod tests {
    use super::{PART_END, PART_NAME, PART_START, PartJoiner, PartsOf, WHOLE};
    use crate::model::row::{Field, Row};

    /// Rows as `agent whole start end name`, joined: `start-end [parts]`.
    fn joined(by: PartsOf, rows: &[[&'static str; 5]]) -> Vec<String> {
        let mut joiner = PartJoiner::new(by);
        let mut told = Vec::new();
        let mut tell = |row: &Row<'_>| {
            let text = |field| String::from_utf8_lossy(row.word(field)).into_owned();
            assert!(row.word(PART_NAME).is_empty(), "{row:?}");
            let words = [Field::Start, Field::End, Field::Kind].map(text);
            told.push(
                format!("{} {} {} {}", row.line, words[0], words[1], words[2]).trim().to_owned(),
            );
            let parts = text(Field::Activities);
            if !parts.is_empty() {
                let parts: Vec<serde_json::Value> = serde_json::from_str(&parts).expect("a list");
                told.push(format!("{} parts", parts.len()));
            }
        };
        for (line, [agent, whole, start, end, name]) in (0..).zip(rows) {
            let mut row = Row::at(0, line, 0);
            row.set(Field::Agent, agent.as_bytes());
            row.set(WHOLE, whole.as_bytes());
            match by {
                PartsOf::OneDay => {
                    row.set(Field::Start, start.as_bytes());
                    row.set(Field::End, end.as_bytes());
                }
                PartsOf::OneSpan => {
                    row.set(Field::Start, b"08:00");
                    row.set(Field::End, b"16:00");
                    row.set(PART_START, start.as_bytes());
                    row.set(PART_END, end.as_bytes());
                }
            }
            row.set(PART_NAME, name.as_bytes());
            joiner.take(&row, &mut tell);
        }
        joiner.finish(&mut tell);
        told
    }

    #[test]
    fn rows_that_go_on_are_one_shift() {
        let told = joined(
            PartsOf::OneDay,
            &[
                ["ann", "1", "08:00", "12:00", "Open"],
                ["ann", "1", "12:00", "13:00", "Lunch"],
                ["ann", "1", "12:30", "12:45", "Call"],
                ["ann", "1", "13:00", "16:00", "Open"],
                // A gap, another agent, another day.
                ["ann", "1", "17:00", "18:00", "Open"],
                ["ben", "1", "18:00", "19:00", "Open"],
                ["ben", "2", "19:00", "20:00", "Open"],
                // Past midnight.
                ["eve", "1", "22:00", "00:00", "Open"],
                ["eve", "1", "00:00", "06:00", "Open"],
            ],
        );
        let expected = [
            "0 08:00 16:00",
            "4 parts",
            "4 17:00 18:00",
            "1 parts",
            "5 18:00 19:00",
            "1 parts",
            "6 19:00 20:00",
            "1 parts",
            "7 22:00 06:00",
            "2 parts",
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn an_absence_is_no_part_of_a_shift() {
        let told = joined(
            PartsOf::OneDay,
            &[
                ["ann", "1", "08:00", "12:00", "Open"],
                ["ann", "1", "12:00", "16:00", "Vacation"],
                ["ann", "1", "16:00", "18:00", "Open"],
            ],
        );
        let expected =
            ["0 08:00 12:00", "1 parts", "1 12:00 16:00 Vacation", "2 16:00 18:00", "1 parts"];
        assert_eq!(told, expected);
    }

    #[test]
    fn rows_that_never_end_are_no_shift_of_a_day() {
        let told = joined(
            PartsOf::OneDay,
            &[["ann", "1", "08:00", "20:00", "Open"], ["ann", "1", "20:00", "08:00", "Open"]],
        );
        assert_eq!(told, ["0 08:00 20:00", "1 parts", "1 20:00 08:00", "1 parts"]);
    }

    #[test]
    fn rows_of_one_span_have_parts_in_columns_of_their_own() {
        let told = joined(
            PartsOf::OneSpan,
            &[
                ["ann", "", "10:00", "10:15", "Break"],
                ["ann", "", "12:00", "13:00", "Lunch \"long\""],
                // Without a part it is the same shift twice.
                ["ann", "", "", "", ""],
                ["ann", "", "13:00", "14:00", "Call"],
                ["ben", "", "", "", ""],
            ],
        );
        let expected = ["0 08:00 16:00", "2 parts", "2 08:00 16:00", "1 parts", "4 08:00 16:00"];
        assert_eq!(told, expected);
    }
}
