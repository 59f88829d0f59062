//! Detects quoted cells that contain a document.
//!
//! They need quotes, so that plain tables are not examined.

use super::Table;
use crate::model::observation::{Noticed, Observation};
use crate::read::json::shape::{Around, is_record_like_text};
use crate::timestamp;

/// Whether a glance shows that there may be records in a cell.
#[inline]
pub(super) fn may_hold_records(cell: &[u8]) -> bool {
    matches!(cell.first(), Some(b'{' | b'[' | b' ' | b'\n' | b'\r' | b'\t'))
}

/// What is noticed in a cell, and where.
#[cold]
pub(super) fn noticed_in(table: &Table, place: usize, cell: &[u8]) -> Option<Observation> {
    let around = Around { date: true, agent: true, off: false };
    let document = matches!(cell.trim_ascii().first(), Some(b'{' | b'['));
    let holds_records =
        document && table.unread.may_hold_records(place) && is_record_like_text(cell, around);
    holds_records.then(|| Observation {
        noticed: Noticed::Unread,
        place: table.names.get(place).cloned().unwrap_or_default(),
        detail: "JSON text".to_owned(),
        count: 1,
        at: 0,
    })
}

/// Whether a cell is a time, wherever it is.
pub(super) fn is_time(cell: &[u8]) -> bool {
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
