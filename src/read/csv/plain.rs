//! Lines without quotes become rows.
//!
//! Lines with as many cells as the header are filled into the row straight from
//! the marks of their bytes. Other lines go cell by cell. At a quote, or a
//! carriage return that ends no line, the rest is left to the general reader.

use super::cells::{Cells, is_sound};
use super::marks::{CHUNK, Finder};
use crate::model::row::{Field, Row};
use crate::read::Layout;

/// Where the general reader has to go on: the beginning of a line.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Stop {
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
    layout: &Layout,
    bytes: &[u8],
    sink: &mut dyn FnMut(&Row<'_>),
) -> Result<u32, Stop> {
    if layout.terminator != b'\n' {
        return Err(Stop::default());
    }
    let mut lines = Lines::new(layout, bytes);
    while lines.start < bytes.len() {
        let before = lines.ends;
        if lines.take_whole(sink) {
            continue;
        }
        lines.ends = before;
        if !lines.take_cells(sink) {
            return Err(Stop { start: lines.start, line: lines.line });
        }
    }
    let last_has_none = bytes.last().is_some_and(|byte| *byte != b'\n');
    Ok(lines.line.saturating_sub(u32::from(last_has_none)))
}

/// Where cells end: those of the chunk at hand that were not taken yet.
#[derive(Debug, Clone, Copy, Default)]
struct Ends {
    /// One bit for each byte of the chunk.
    marks: u64,
    /// Where the chunk behind it begins.
    next: usize,
}

/// The lines of a piece, on their way into rows.
struct Lines<'l, 'b> {
    bytes: &'b [u8],
    finder: Finder,
    ends: Ends,
    cells: Cells<'l, 'b>,
    /// The field of each column.
    columns: &'l [Option<Field>],
    /// Where the line at hand begins.
    start: usize,
    /// Lines before it.
    line: u32,
    /// Whether the bytes were looked at for what is no text.
    looked: bool,
}

impl<'l, 'b> Lines<'l, 'b> {
    fn new(layout: &'l Layout, bytes: &'b [u8]) -> Lines<'l, 'b> {
        Lines {
            bytes,
            finder: Finder::new(layout.delimiter),
            ends: Ends::default(),
            cells: Cells::new(layout, true),
            columns: &layout.columns,
            start: 0,
            line: 0,
            looked: false,
        }
    }

    /// Where the next cell ends; `None` at the end of the bytes, or before what
    /// needs the general reader.
    #[inline(always)]
    fn next_end(&mut self) -> Option<usize> {
        while self.ends.marks == 0 {
            let place = self.ends.next;
            self.ends.marks = match self.bytes.get(place..).and_then(|rest| rest.first_chunk()) {
                Some(chunk) => self.mark(chunk)?,
                None => self.mark_last()?,
            };
            self.ends.next = place + CHUNK;
        }
        let marks = self.ends.marks;
        self.ends.marks = marks & (marks - 1);
        Some(self.ends.next - CHUNK + marks.trailing_zeros() as usize)
    }

    /// The ends in a chunk, if all of it is plain.
    #[inline(always)]
    fn mark(&mut self, chunk: &[u8; CHUNK]) -> Option<u64> {
        let marks = self.finder.marks(chunk);
        (!marks.odd || self.is_plain(chunk)).then_some(marks.ends)
    }

    /// The ends in the last bytes, which fill no chunk; `None` if there are none.
    #[cold]
    fn mark_last(&mut self) -> Option<u64> {
        let rest = self.bytes.get(self.ends.next..).filter(|rest| !rest.is_empty())?;
        let mut chunk = [b' '; CHUNK];
        chunk.get_mut(..rest.len())?.copy_from_slice(rest);
        self.mark(&chunk)
    }

    /// Whether a chunk with something odd in it can be cut at its ends: it has
    /// no quotes, and no carriage return but before a line feed.
    #[cold]
    fn is_plain(&mut self, chunk: &[u8; CHUNK]) -> bool {
        let odd = Finder::oddities(chunk);
        if odd.foreign != 0 && !self.looked {
            self.looked = true;
            self.cells.sound = is_sound(self.bytes);
        }
        let next = self.bytes.get(self.ends.next + CHUNK) == Some(&b'\n');
        let before_feed = odd.feeds >> 1 | u64::from(next) << (CHUNK - 1);
        odd.quotes | (odd.returns & !before_feed) == 0
    }

    /// Takes a line of as many cells as there are columns; whether it is one,
    /// and something is in it.
    #[inline(always)]
    fn take_whole(&mut self, sink: &mut dyn FnMut(&Row<'_>)) -> bool {
        let Some((last_field, fields)) = self.columns.split_last() else { return false };
        let (mut start, mut filled) = (self.start, false);
        for field in fields {
            let Some(end) = self.next_end() else { return false };
            let Some([cell @ .., end]) = self.bytes.get(start..=end) else { return false };
            if *end == b'\n' {
                return false;
            }
            start += cell.len() + 1;
            if let Some(field) = field {
                filled = filled || cell.first().is_some_and(|byte| *byte > b' ');
                self.cells.row.set(*field, cell);
            }
        }
        let Some(end) = self.next_end() else { return false };
        let Some([cell @ .., b'\n']) = self.bytes.get(start..=end) else { return false };
        start += cell.len() + 1;
        if let Some(field) = last_field {
            filled = filled || cell.first().is_some_and(|byte| *byte > b' ');
            self.cells.row.set(*field, cell.strip_suffix(b"\r").unwrap_or(cell));
        }
        if filled {
            self.cells.begin(self.start, self.line);
            self.cells.hand_on(sink);
            self.start = start;
            self.line += 1;
        }
        filled
    }

    /// Takes a line cell by cell, however many there are; the last one of all may
    /// end without a line feed. Whether all of it is plain.
    #[cold]
    fn take_cells(&mut self, sink: &mut dyn FnMut(&Row<'_>)) -> bool {
        self.cells.begin(self.start, self.line);
        let mut start = self.start;
        loop {
            let end = self.next_end().unwrap_or(self.bytes.len());
            if end == self.bytes.len() && self.ends.next < end {
                return false;
            }
            let cell = self.bytes.get(start..end).unwrap_or(&[]);
            start = end + 1;
            if self.bytes.get(end).is_some_and(|byte| *byte != b'\n') {
                self.cells.push(cell);
                continue;
            }
            self.cells.push(cell.strip_suffix(b"\r").unwrap_or(cell));
            self.cells.finish(sink);
            self.line += 1;
            self.start = start;
            return true;
        }
    }
}
