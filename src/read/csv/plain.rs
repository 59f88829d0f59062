//! Reads lines without quotes into rows.
//!
//! Lines with as many cells as the header are filled into the row straight from the marks of
//! their bytes. Other lines go cell by cell. At a quote, or a carriage return that does not end
//! a line, the rest is left to the general reader.

use super::Table;
use super::cells::{Cells, is_sound};
use super::lines::is_usual;
use super::marks::MarkFinder;
use crate::model::observation::Observation;
use crate::model::row::{Field, Row};

/// Where the general reader continues: the beginning of a line.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct PlainStop {
    /// Its first byte.
    pub(super) start: usize,
    /// Its number, from 0.
    pub(super) line: u32,
}

/// Reads lines, and counts their line feeds.
///
/// # Errors
/// Where the first line is that needs the general reader. Lines that do not end
/// with line feeds all need it.
pub(super) fn read_plain(
    table: &Table,
    bytes: &[u8],
    observations: &mut Vec<Observation>,
    sink: &mut dyn FnMut(&Row<'_>),
) -> Result<u32, PlainStop> {
    if table.outset.line_end != b'\n' {
        return Err(PlainStop::default());
    }
    let mut lines = Lines::new(table, bytes);
    while lines.start < bytes.len() {
        if !lines.take_whole(sink) && !lines.take_cells(observations, sink) {
            return Err(PlainStop { start: lines.start, line: lines.line });
        }
    }
    let last_has_none = bytes.last().is_some_and(|byte| *byte != b'\n');
    Ok(lines.line.saturating_sub(u32::from(last_has_none)))
}

/// The lines of a piece, on their way into rows.
struct Lines<'l, 'b> {
    bytes: &'b [u8],
    /// Where cells end.
    ends: MarkFinder<'b>,
    cells: Cells<'l, 'b>,
    /// The field of each column.
    columns: &'l [Option<Field>],
    delimiter: u8,
    /// The field whose word shows that a line is a record.
    anchor: Field,
    /// Where the line at hand begins.
    start: usize,
    /// Lines before it.
    line: u32,
    /// Whether the bytes were checked for being text.
    looked: bool,
}

impl<'l, 'b> Lines<'l, 'b> {
    fn new(table: &'l Table, bytes: &'b [u8]) -> Lines<'l, 'b> {
        Lines {
            bytes,
            ends: MarkFinder::new(bytes, table.delimiter),
            cells: Cells::new(table, true),
            columns: &table.columns,
            delimiter: table.delimiter,
            anchor: table.anchor,
            start: 0,
            line: 0,
            looked: false,
        }
    }

    /// Takes a line of as many cells as there are columns; whether it is one, and
    /// looks like a record.
    #[inline(always)]
    fn take_whole(&mut self, sink: &mut dyn FnMut(&Row<'_>)) -> bool {
        let count = self.columns.len();
        let Some(ends) = self.ends.next(count) else { return false };
        let Some((last, ends)) = ends.split_last() else { return false };
        let Some((last_field, fields)) = self.columns.split_last() else { return false };
        let mut start = self.start;
        for (end, field) in ends.iter().zip(fields) {
            let Some([cell @ .., end]) = self.bytes.get(start..=*end) else { return false };
            if *end == b'\n' {
                return false;
            }
            start += cell.len() + 1;
            if let Some(field) = field {
                self.cells.row.set(*field, cell);
            }
        }
        let Some([cell @ .., b'\n']) = self.bytes.get(start..=*last) else { return false };
        start += cell.len() + 1;
        if let Some(field) = last_field {
            self.cells.row.set(*field, cell.strip_suffix(b"\r").unwrap_or(cell));
        }
        // Any other line is examined cell by cell: it may be empty, or not a record.
        let usual = is_usual(&self.cells.row, self.anchor);
        if usual {
            self.ends.take(count);
            self.look_for_text();
            self.cells.begin(self.start, self.line);
            self.cells.hand_on(sink);
            self.start = start;
            self.line += 1;
        }
        usual
    }

    /// Looks once whether all bytes are text, if there is reason to.
    #[inline(always)]
    fn look_for_text(&mut self) {
        if self.ends.is_foreign() && !self.looked {
            self.looked = true;
            self.cells.sound = is_sound(self.bytes);
        }
    }

    /// Takes a line cell by cell, however many there are; the last one of all may
    /// end without a line feed. Whether all of it is plain.
    #[cold]
    fn take_cells(
        &mut self,
        observations: &mut Vec<Observation>,
        sink: &mut dyn FnMut(&Row<'_>),
    ) -> bool {
        self.cells.row = Row::default();
        self.cells.begin(self.start, self.line);
        let mut start = self.start;
        loop {
            let end = self.ends.next(1).and_then(<[usize]>::first).copied();
            let end = match end {
                Some(end) => end,
                None if self.ends.is_through() => self.bytes.len(),
                None => return false,
            };
            self.ends.take(usize::from(end < self.bytes.len()));
            let cell = self.bytes.get(start..end).unwrap_or(&[]);
            start = end + 1;
            if self.bytes.get(end).is_some_and(|byte| *byte != b'\n') {
                self.cells.push(cell);
                continue;
            }
            self.cells.push(cell.strip_suffix(b"\r").unwrap_or(cell));
            self.look_for_text();
            let line = self.bytes.get(self.start..end).unwrap_or(&[]);
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let delimiter = self.delimiter;
            let cells = line.split(|byte| *byte == delimiter);
            self.cells.finish(cells, observations, sink);
            // The cells of the next line replace these, column by column; a word of a field
            // without a column would stay.
            self.cells.row = Row::default();
            self.line += 1;
            self.start = start;
            return true;
        }
    }
}
