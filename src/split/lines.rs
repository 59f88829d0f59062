//! Turns lines of JSON and the beginnings of their records into a tree.
//!
//! A line that is a record as a whole is not parsed, so that a record that is broken off stays
//! in one piece. Lines without records are not parsed either.

use super::error::SplitError;
use super::scan::Scan;
use super::tree::{BranchKind, KeyUse};

/// Takes all lines.
pub(super) fn scan_lines(scan: &mut Scan<'_>, length: u64) -> Result<(), SplitError> {
    scan.window.byte_order_mark()?;
    let start = scan.window.place();
    scan.builder.open(BranchKind::Lines, KeyUse::Field, (start, start))?;
    while scan.window.place() < length {
        take_line(scan)?;
    }
    scan.check_finished()?;
    scan.builder.close(length)
}

fn take_line(scan: &mut Scan<'_>) -> Result<(), SplitError> {
    let from = scan.window.place();
    scan.window.skip_while(|byte| matches!(byte, b' ' | b'\t' | b'\r'))?;
    let start = scan.window.place();
    scan.check_passed(start)?;
    let end = scan.window.skip_line()?;
    let next = scan.window.place();
    match scan.awaited() {
        Some(awaited) if awaited == start && end > start => scan.record(from, start, end)?,
        Some(awaited) if awaited < next => {
            scan.window.seek(start);
            scan.value(from)?;
            if scan.window.place() != end {
                return Err(scan.window.unexpected("the end of a line"));
            }
            scan.window.seek(next);
        }
        _ => scan.builder.plain(KeyUse::Field, from, start, end),
    }
    scan.builder.separator(next)
}
