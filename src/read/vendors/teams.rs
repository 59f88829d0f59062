//! Microsoft Teams: the sheets of an import or export of Shifts.

use super::has_columns;
use crate::model::row::Field;
use crate::model::time::DateOrder;
use crate::read::Format;
use crate::read::csv::{Table, TableShape};

/// Reads the sheets for shifts and time off.
pub static FORMAT: Format = Format {
    name: "teams",
    extensions: &[],
    summary: "Microsoft Teams: a sheet of shifts or time off as Shifts imports and exports it",
    sniff: |head| has_columns(head, &["Member", "Work Email", "Start Date"]),
    open: |opening| Ok(Box::new(Table::of_vendor(opening, &SHAPE)?)),
    lines: true,
    known_from: "a public program that writes such sheets and the vendor's help page; no real \
                 export was seen",
};

static SHAPE: TableShape = TableShape {
    columns: &[
        (Field::Agent, "Work Email"),
        (Field::StartDate, "Start Date"),
        (Field::Start, "Start Time"),
        (Field::EndDate, "End Date"),
        (Field::End, "End Time"),
    ],
    date_order: DateOrder::MonthDay,
    parts: None,
    of_time_off: Some("Time Off Reason"),
};
