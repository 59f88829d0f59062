//! Detects quoted cells that contain a document, or lines that were meant to be records.
//!
//! A cell can hold a document, and a quote that is not closed where it should be makes a cell of
//! the lines that follow. Both need quotes, so that plain tables are not examined.

use super::Table;
use crate::model::observation::{Noticed, Observation};
use crate::read::json::shape::{Around, is_record_like_text};
use crate::timestamp;
use memchr::{memchr, memchr_iter};

/// Whether a glance shows that there may be records in a cell.
#[inline]
pub(super) fn may_hold_records(cell: &[u8]) -> bool {
    matches!(cell.first(), Some(b'{' | b'[' | b' '))
        || cell.len() > 8 && memchr(b'\n', cell).is_some()
}

/// What is noticed in a cell, and where.
#[cold]
pub(super) fn noticed_in(table: &Table, place: usize, cell: &[u8]) -> Option<Observation> {
    let observation = |noticed, place: &str, detail: &str| {
        let (place, detail) = (place.to_owned(), detail.to_owned());
        Some(Observation { noticed, place, detail, count: 1, at: 0 })
    };
    let name = table.names.get(place).map_or("", String::as_str);
    let around = Around { date: true, agent: true, off: false };
    let document = matches!(cell.trim_ascii().first(), Some(b'{' | b'['));
    if document && table.unread.may_hold_records(place) && is_record_like_text(cell, around) {
        return observation(Noticed::Unread, name, "JSON text");
    }
    let swallowed = table.names.len() > 2 && holds_lines(table, cell);
    let what = "a quoted cell holds lines that look like records";
    if swallowed { observation(Noticed::Swallowed, "", what) } else { None }
}

/// Whether a cell holds a line with as many delimiters as the header, and a time.
fn holds_lines(table: &Table, cell: &[u8]) -> bool {
    let is_line = |line: &[u8]| {
        let delimiters = memchr_iter(table.delimiter, line).count();
        delimiters + 1 == table.names.len()
            && line.split(|byte| *byte == table.delimiter).any(is_time)
    };
    memchr(b'\n', cell).is_some() && cell.split(|byte| *byte == b'\n').any(is_line)
}

fn is_time(cell: &[u8]) -> bool {
    let cell = cell.trim_ascii();
    let order = Some(crate::model::time::DateOrder::DayMonth);
    cell.first().is_some_and(u8::is_ascii_digit)
        && cell.len() > 3
        && !cell.iter().all(u8::is_ascii_digit)
        && !matches!(timestamp::read(cell, order), Err(timestamp::NoTime::Form))
}

/// Adds something that was noticed in the record at a byte to those like it.
pub(super) fn observe(
    observations: &mut Vec<Observation>,
    noticed: Option<Observation>,
    at: usize,
) {
    let Some(noticed) = noticed else { return };
    let alike = |known: &&mut Observation| {
        known.noticed == noticed.noticed
            && known.place == noticed.place
            && known.detail == noticed.detail
    };
    match observations.iter_mut().find(alike) {
        Some(known) => known.count += noticed.count,
        None => observations.push(Observation { at: at as u64, ..noticed }),
    }
}
