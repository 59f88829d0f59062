//! Turns a table into an outline, and a choice of its records into a chunk.
//!
//! A record is its line, or its lines where a quoted cell contains line ends. Lines between
//! records (empty lines, totals, repeated headers) are in no chunk.

use super::copy::{Fragment, copy};
use super::error::{SplitError, check_ascending, short_length};
use super::outline::{ChunkChoice, Outline};
use super::window::{BLOCK, ReadAt, Window};
use std::io;
#[cfg(test)]
use std::ops::Range;

/// How the cells of a table are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// The byte between cells.
    pub delimiter: u8,
    /// The byte around cells that contain delimiters or line ends, if there is one. Within
    /// a cell it is written twice.
    pub quote: Option<u8>,
}

/// The line or lines of a record, with the line end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct RecordLines {
    start: u64,
    length: u32,
    /// Whether they have a line end: all but the last line of a table do.
    ended: bool,
}

/// Where the records of a table are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableOutline {
    /// How many bytes are before the records.
    head: u64,
    records: Vec<RecordLines>,
    /// The line end of the first record.
    line_end: &'static [u8],
}

/// Scans a table. All before `head` is its envelope: byte-order mark, `sep=`, title lines,
/// header. Its records begin at `offsets`, in ascending order, each where a line does.
///
/// # Errors
/// When the table cannot be read, when a quoted cell does not end, and when no record can
/// begin where one was said to begin.
pub fn outline_table(
    source: &dyn ReadAt,
    head: u64,
    offsets: &[u64],
    dialect: Dialect,
) -> Result<TableOutline, SplitError> {
    outline_table_in_blocks(source, (head, offsets), dialect, BLOCK)
}

/// How many bytes the lines of the record have that begins at this place, with their line end.
///
/// # Errors
/// When the table cannot be read, or when a quoted cell does not end.
pub fn table_record(source: &dyn ReadAt, start: u64, dialect: Dialect) -> Result<u64, SplitError> {
    /// Most lines are shorter.
    const SMALL: usize = 1 << 9;
    let mut window = Window::new(source, SMALL);
    window.seek(start);
    skip_record(&mut window, dialect)?;
    Ok(window.place() - start)
}

/// Scans a table as above, in blocks of another size.
pub(super) fn outline_table_in_blocks(
    source: &dyn ReadAt,
    (head, offsets): (u64, &[u64]),
    dialect: Dialect,
    block: usize,
) -> Result<TableOutline, SplitError> {
    check_ascending(offsets)?;
    let mut window = Window::new(source, block);
    window.byte_order_mark()?;
    let first_line = window.place();
    let mut usual = None;
    let mut records = Vec::with_capacity(offsets.len());
    for start in offsets {
        if *start < window.place().max(head) {
            return Err(SplitError::NotARecord { at: *start });
        }
        if *start > first_line && (*start > window.place() || records.is_empty()) {
            check_line_start(&mut window, *start)?;
        }
        if window.peek()?.is_none() {
            return Err(SplitError::NotARecord { at: *start });
        }
        let line_end = skip_record(&mut window, dialect)?;
        usual = usual.or(line_end);
        let length = short_length(*start, window.place())?;
        records.push(RecordLines { start: *start, length, ended: line_end.is_some() });
    }
    let head = head.min(source.length());
    Ok(TableOutline { head, records, line_end: usual.unwrap_or(b"\n") })
}

/// Continues at a place, if a line begins there.
fn check_line_start(window: &mut Window<'_>, start: u64) -> Result<(), SplitError> {
    window.seek(start - 1);
    let before = window.peek()?;
    if before.is_some() {
        window.advance(1);
    }
    match (before, window.peek()?) {
        (Some(b'\r'), Some(b'\n')) => Err(SplitError::NotARecord { at: start }),
        (Some(b'\n' | b'\r'), _) => Ok(()),
        _ => Err(SplitError::NotARecord { at: start }),
    }
}

/// Passes over a record, and gives its line end. A quote opens a cell only at the start of
/// the cell; elsewhere it is a letter. A carriage return alone ends a line.
fn skip_record(
    window: &mut Window<'_>,
    dialect: Dialect,
) -> Result<Option<&'static [u8]>, SplitError> {
    let start = window.place();
    let marks = [b'\n', b'\r', dialect.quote.unwrap_or(b'\n')];
    loop {
        match window.find3(marks)? {
            None => return Ok(None),
            Some(b'\n') => {
                window.advance(1);
                return Ok(Some(b"\n"));
            }
            Some(b'\r') => {
                window.advance(1);
                let with_feed = window.peek()? == Some(b'\n');
                window.advance(usize::from(with_feed));
                return Ok(Some(if with_feed { b"\r\n" } else { b"\r" }));
            }
            Some(quote) => {
                let opens = window.place() == start || window.previous() == Some(dialect.delimiter);
                window.advance(1);
                if opens {
                    skip_quoted(window, quote)?;
                }
            }
        }
    }
}

/// Passes over the rest of a quoted cell.
fn skip_quoted(window: &mut Window<'_>, quote: u8) -> Result<(), SplitError> {
    while window.find1(quote)? {
        window.advance(1);
        if window.peek()? != Some(quote) {
            return Ok(());
        }
        window.advance(1);
    }
    Err(window.unfinished())
}

impl Outline for TableOutline {
    fn records(&self) -> u32 {
        self.records.len() as u32
    }

    #[cfg(test)]
    fn extent(&self, record: u32) -> Option<Range<u64>> {
        let lines = self.records.get(record as usize)?;
        Some(lines.start..lines.start + u64::from(lines.length))
    }

    fn write(
        &self,
        source: &dyn ReadAt,
        choice: &ChunkChoice<'_>,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        choice.check(self.records(), false)?;
        let mut fragments = Vec::with_capacity(choice.records.len() + 1);
        fragments.push(Fragment::Read(0..self.head));
        // Only the last line of a table has no line end, and another can come after it here.
        let mut ended = true;
        for record in choice.records {
            let lines = &self.records[*record as usize];
            fragments.extend((!ended).then_some(Fragment::Given(self.line_end)));
            ended = lines.ended;
            fragments.push(Fragment::Read(lines.start..lines.start + u64::from(lines.length)));
        }
        copy(source, fragments.into_iter(), choice.edits, out)
    }
}
