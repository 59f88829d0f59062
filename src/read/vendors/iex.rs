//! NICE IEX WFM: the details of agents' schedules as text.
//!
//! A row is an activity, by the clock of the agent's unit, and belongs to the schedule of a
//! date. Activities past midnight have the date of the schedule and their own. Exports cut them
//! at midnight; the rows on both sides are parts of one shift.

use super::has_columns;
use crate::model::row::Field;
use crate::model::time::DateOrder;
use crate::read::csv::parts::{PART_NAME, PartsOf, WHOLE};
use crate::read::csv::{Table, TableShape};
use crate::read::{Document, Format, Opening};

/// Reads the text that is divided by bars.
pub static FORMAT: Format = Format {
    name: "iex",
    extensions: &[],
    summary: "NICE IEX WFM: details of agents' schedules, divided by bars under `#fields`",
    sniff: |head| {
        begins_with_mark(head) && {
            let head = unmarked(head);
            DATES.iter().any(|name| has_columns(&head, &[name]))
        }
    },
    open: |opening| {
        let head = unmarked(opening.head);
        let both = has_columns(&head, &DATES);
        let shape = if both { &SHAPE } else { &SHAPE_OF_ONE_DATE };
        let table = Table::of_vendor(&Opening { head: &head, ..*opening }, shape)?;
        Ok(Box::new(table) as Box<dyn Document>)
    },
    lines: true,
    known_from: "the vendor's help pages of its exports; no real export was seen",
};

/// The dates of an activity: its own, and that of its schedule.
const DATES: [&str; 2] = ["excdate", "schedDate"];

/// Columns beside the dates. An agent has several numbers, of which that of the person is the
/// last resort.
macro_rules! columns {
    ($($date:expr),+) => {
        &[
            (Field::Agent, "tvID"),
            (Field::Agent, "logonID"),
            (Field::Agent, "acdID"),
            (Field::Agent, "ssn"),
            (Field::Zone, "TZ"),
            $($date,)+
            (Field::Start, "startTime"),
            (Field::End, "stopTime"),
            (PART_NAME, "code"),
            (PART_NAME, "excCode"),
            (PART_NAME, "activity"),
            (PART_NAME, "activityCode"),
        ]
    };
}

static SHAPE: TableShape = TableShape {
    columns: columns!((Field::Date, "excdate"), (WHOLE, "schedDate")),
    ..SHAPE_OF_ONE_DATE
};

/// With one of the dates, which is both.
static SHAPE_OF_ONE_DATE: TableShape = TableShape {
    columns: columns!((Field::Date, "excdate"), (Field::Date, "schedDate")),
    date_order: DateOrder::MonthDay,
    parts: Some(PartsOf::OneDay),
    of_time_off: None,
};

const MARK: &[u8] = b"#fields";

fn begins_with_mark(head: &[u8]) -> bool {
    head.get(..MARK.len()).is_some_and(|mark| mark.eq_ignore_ascii_case(MARK))
}

/// The beginning of a file with blanks in place of the mark before its header.
fn unmarked(head: &[u8]) -> Vec<u8> {
    let mut head = head.to_vec();
    if begins_with_mark(&head) {
        let behind = head.get(MARK.len()).copied().unwrap_or_default();
        let length = MARK.len() + usize::from(matches!(behind, b':' | b'|' | b'='));
        head.iter_mut().take(length).for_each(|byte| *byte = b' ');
    }
    head
}

#[cfg(test)]
mod tests {
    use super::unmarked;

    #[test]
    fn the_mark_gives_way_and_nothing_moves() {
        for (line, expected) in [
            ("#fields:excdate|schedDate", "        excdate|schedDate"),
            ("#fields|excdate", "        excdate"),
            ("#Fields excdate", "        excdate"),
            ("excdate|schedDate", "excdate|schedDate"),
        ] {
            assert_eq!(unmarked(line.as_bytes()), expected.as_bytes());
        }
    }
}
