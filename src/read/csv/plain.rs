//! Lines without quotes become rows.
//!
//! Marks of cells and lines are collected for a stretch of bytes, and lines with
//! as many cells as the header are filled into the row straight from them. Other
//! lines go cell by cell. At a quote, or a carriage return that ends no line,
//! the rest is left to the general reader.

use super::cells::{Cells, is_sound};
use super::marks::{CHUNK, Finder};
use crate::model::row::{Field, Row};
use crate::read::Layout;

/// How many bytes are marked before the lines among them are taken: so few that
/// they and their marks stay in the nearest cache.
const STRETCH: usize = 64 * CHUNK;

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
    let mut place = 0;
    for stretch in bytes.chunks(STRETCH) {
        let is_plain = lines.mark(stretch, place);
        lines.take(sink);
        if !is_plain {
            return Err(Stop { start: lines.line_start(), line: lines.line });
        }
        place += stretch.len();
    }
    lines.finish(sink);
    let last_has_none = bytes.last().is_some_and(|byte| *byte != b'\n');
    Ok(lines.line.saturating_sub(u32::from(last_has_none)))
}

/// The lines of a piece, on their way into rows.
struct Lines<'l, 'b> {
    bytes: &'b [u8],
    finder: Finder,
    cells: Cells<'l, 'b>,
    /// The field of each column.
    columns: &'l [Option<Field>],
    /// Where cells end that were marked and not taken yet: the first `count`.
    ends: Vec<usize>,
    count: usize,
    /// Where the next cell begins.
    start: usize,
    /// Lines before the next cell.
    line: u32,
    /// Whether cells of the line at hand were taken already.
    within: bool,
    /// Whether the bytes were looked at for what is no text.
    looked: bool,
}

impl<'l, 'b> Lines<'l, 'b> {
    fn new(layout: &'l Layout, bytes: &'b [u8]) -> Lines<'l, 'b> {
        let room = layout.columns.len() + STRETCH.min(bytes.len()) + CHUNK;
        Lines {
            bytes,
            finder: Finder::new(layout.delimiter),
            cells: Cells::new(layout, true),
            columns: &layout.columns,
            ends: vec![0; room],
            count: 0,
            start: 0,
            line: 0,
            within: false,
            looked: false,
        }
    }

    /// Marks the ends in a stretch that begins at `place`; whether all of it is
    /// plain.
    fn mark(&mut self, stretch: &[u8], mut place: usize) -> bool {
        let (chunks, rest) = stretch.as_chunks::<CHUNK>();
        let mut last = [b' '; CHUNK];
        last[..rest.len()].copy_from_slice(rest);
        let last = (!rest.is_empty()).then_some(&last);
        for chunk in chunks.iter().chain(last) {
            let marks = self.finder.marks(chunk);
            if marks.odd && !self.is_plain(chunk, place) {
                return false;
            }
            self.note(marks.ends, place);
            place += CHUNK;
        }
        true
    }

    /// Whether a chunk with something odd in it can be cut at its ends: it has
    /// no quotes, and no carriage return but before a line feed.
    #[cold]
    fn is_plain(&mut self, chunk: &[u8; CHUNK], place: usize) -> bool {
        let odd = Finder::oddities(chunk);
        if odd.foreign != 0 && !self.looked {
            self.looked = true;
            self.cells.sound = is_sound(self.bytes);
        }
        let next = self.bytes.get(place + CHUNK) == Some(&b'\n');
        let before_feed = odd.feeds >> 1 | u64::from(next) << (CHUNK - 1);
        odd.quotes | (odd.returns & !before_feed) == 0
    }

    /// Adds the ends that a chunk has.
    #[inline(always)]
    fn note(&mut self, mut ends: u64, place: usize) {
        let room = self.ends.get_mut(self.count..).and_then(|room| room.first_chunk_mut::<CHUNK>());
        let Some(room) = room else { return };
        let mut count = 0;
        while ends != 0 {
            room[count & (CHUNK - 1)] = place + ends.trailing_zeros() as usize;
            ends &= ends - 1;
            count += 1;
        }
        self.count += count;
    }

    /// Takes the lines whose ends are known.
    fn take(&mut self, sink: &mut dyn FnMut(&Row<'_>)) {
        let ends = std::mem::take(&mut self.ends);
        let mut rest = ends.get(..self.count).unwrap_or(&[]);
        while !rest.is_empty() {
            if !self.within {
                let Some((line, behind)) = rest.split_at_checked(self.columns.len()) else { break };
                if self.take_whole(line, sink) {
                    rest = behind;
                    continue;
                }
            }
            let Some((end, behind)) = rest.split_first() else { break };
            self.take_cell(*end, sink);
            rest = behind;
        }
        let kept = self.count - rest.len();
        self.keep(ends, kept);
    }

    /// Keeps the ends that were not taken.
    fn keep(&mut self, mut ends: Vec<usize>, taken: usize) {
        ends.copy_within(taken..self.count, 0);
        self.count -= taken;
        self.ends = ends;
    }

    /// Takes a line of as many cells as there are columns; whether it is one,
    /// and something is in it.
    #[inline(always)]
    fn take_whole(&mut self, line: &[usize], sink: &mut dyn FnMut(&Row<'_>)) -> bool {
        let Some((last, ends)) = line.split_last() else { return false };
        let Some((last_field, fields)) = self.columns.split_last() else { return false };
        if self.bytes.get(*last) != Some(&b'\n') {
            return false;
        }
        let (mut start, mut filled) = (self.start, false);
        for (end, field) in ends.iter().zip(fields) {
            // The end is there too: it comes before the last one.
            let Some([cell @ .., end]) = self.bytes.get(start..=*end) else { return false };
            if *end == b'\n' {
                return false;
            }
            start += cell.len() + 1;
            if let Some(field) = field {
                filled |= cell.first().is_some_and(|byte| *byte > b' ');
                self.cells.row.set(*field, cell);
            }
        }
        if let Some(field) = last_field {
            let cell = self.bytes.get(start..*last).unwrap_or(&[]);
            filled |= cell.first().is_some_and(|byte| *byte > b' ');
            self.cells.row.set(*field, cell.strip_suffix(b"\r").unwrap_or(cell));
        }
        if filled {
            self.cells.begin(self.start, self.line);
            self.cells.hand_on(sink);
            self.start = *last + 1;
            self.line += 1;
        }
        filled
    }

    /// Takes one cell, with what ends it: a delimiter, a line feed or nothing.
    fn take_cell(&mut self, end: usize, sink: &mut dyn FnMut(&Row<'_>)) {
        if !self.within {
            self.cells.begin(self.start, self.line);
        }
        let cell = self.bytes.get(self.start..end).unwrap_or(&[]);
        self.start = end + 1;
        self.within = self.bytes.get(end).is_some_and(|byte| *byte != b'\n');
        if self.within {
            self.cells.push(cell);
        } else {
            self.cells.push(cell.strip_suffix(b"\r").unwrap_or(cell));
            self.cells.finish(sink);
            self.line += 1;
        }
    }

    /// Takes what is left when all bytes are marked; the last line may end
    /// without a line feed.
    fn finish(&mut self, sink: &mut dyn FnMut(&Row<'_>)) {
        for place in 0..self.count {
            let end = self.ends.get(place).copied().unwrap_or(self.bytes.len());
            self.take_cell(end, sink);
        }
        if self.start < self.bytes.len() || self.within {
            self.take_cell(self.bytes.len(), sink);
        }
    }

    /// Where the line at hand begins.
    fn line_start(&self) -> usize {
        if self.within { self.cells.row.offset } else { self.start }
    }
}
