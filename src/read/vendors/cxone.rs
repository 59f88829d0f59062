//! NICE CXone: the table of an import of schedules.
//!
//! A shift takes as many rows as it has activities. Each row has the whole shift, and the offset
//! of its local times from UTC.

use super::has_columns;
use crate::model::row::Field;
use crate::model::time::DateOrder;
use crate::read::Format;
use crate::read::csv::parts::{PART_END, PART_NAME, PART_START, PartsOf};
use crate::read::csv::{Table, TableShape};

/// Reads imports of schedules.
pub static FORMAT: Format = Format {
    name: "cxone",
    extensions: &[],
    summary: "NICE CXone: the table of an import of schedules",
    sniff: |head| has_columns(head, &["Shift Start Date and Time", "Base Activity Name"]),
    open: |opening| Ok(Box::new(Table::of_vendor(opening, &SHAPE)?)),
    lines: true,
    known_from: "the vendor's help page of the import; no real export was seen",
};

static SHAPE: TableShape = TableShape {
    columns: &[
        (Field::Agent, "Username"),
        (Field::Start, "Shift Start Date and Time"),
        (Field::End, "Shift End Date and Time"),
        (Field::Zone, "Local Time Zone"),
        (PART_START, "Activity Start Date and Time"),
        (PART_END, "Activity End Date and Time"),
        (PART_NAME, "Activity Name"),
    ],
    date_order: DateOrder::MonthDay,
    parts: Some(PartsOf::OneSpan),
    of_time_off: None,
};
