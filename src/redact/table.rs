//! Redacts the cells of a table, line by line.
//!
//! The name of a sheet is not part of its copy. If it said that the records are time off, a column
//! says so instead.

use super::headings::heading;
use super::source_text::SourceText;
use super::words::{WordRedactor, WordUse};
use crate::read::csv::{is_below_records, is_of_foot};
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

/// A cell of a table.
struct TableCell {
    /// Its bytes, without quotes.
    inside: Range<usize>,
    is_quoted: bool,
    /// Where it ends, with its quote and whatever follows that.
    end: usize,
}

/// Writes the table with redacted cells.
pub(super) fn redacted(
    source: &SourceText,
    delimiter: u8,
    words: &mut WordRedactor<'_>,
) -> Vec<u8> {
    let lines = lines(&source.text, delimiter);
    let header = lines.iter().rposition(|cells| {
        cells.first().is_some_and(|cell| cell.inside.start < source.head && !is_empty(cells))
    });
    let uses = column_uses(source, lines.get(header.map_or(0, |line| line + 1)..).unwrap_or(&[]));
    let names: Vec<String> = match header.and_then(|line| lines.get(line)) {
        Some(cells) => cells.iter().map(|cell| content(&source.text, cell).into_owned()).collect(),
        None => Vec::new(),
    };
    let kinds = source.is_time_off.then(|| KindColumn::of(source, &names));
    let mut table = TableWriter { source, words, names, uses, out: Vec::new() };
    let mut at = 0;
    for (number, cells) in lines.iter().enumerate() {
        let is_title = header.is_some_and(|header| number < header);
        let kinds = kinds.as_ref().filter(|_| !is_title && table.names_kind(cells));
        for (column, cell) in cells.iter().enumerate() {
            let text = content(&source.text, cell);
            let redacted = match () {
                () if Some(number) == header => table.name(&text),
                () if is_title => table.title(&text),
                () if kinds.is_some_and(|kinds| kinds.is_filled(column, &text)) => {
                    TIME_OFF.to_owned()
                }
                () => table.cell(&text, column, cell),
            };
            let start = cell.inside.start - usize::from(cell.is_quoted);
            table.out.extend_from_slice(source.text.get(at..start).unwrap_or_default());
            table.write(&redacted, cell);
            at = cell.end;
        }
        if let Some(KindColumn::New(name)) = kinds {
            let is_name = Some(number) == header || table.is_header(cells);
            table.add(if is_name { name } else { TIME_OFF }, cells.len(), delimiter);
        }
    }
    table.out.extend_from_slice(source.text.get(at..).unwrap_or_default());
    table.out
}

struct TableWriter<'t, 'r> {
    source: &'t SourceText,
    words: &'t mut WordRedactor<'r>,
    /// The names of the columns.
    names: Vec<String>,
    /// What most of the words of each column are read as.
    uses: HashMap<usize, WordUse>,
    out: Vec<u8>,
}

/// What a column says of records that are time off.
const TIME_OFF: &str = "time off";

/// The column that says what the records of a copy are.
enum KindColumn {
    /// The table has one, of which empty cells are filled.
    Known(usize),
    /// It is added after the others, under this name.
    New(&'static str),
}

impl KindColumn {
    fn of(source: &SourceText, names: &[String]) -> KindColumn {
        const NAMES: [&str; 4] = ["type", "record type", "kind", "activity"];
        let is_free =
            |name: &&str| !names.iter().any(|known| known.trim().eq_ignore_ascii_case(name));
        let known = source.kind_column.as_ref();
        let place = |column: &String| names.iter().position(|name| name.trim() == column);
        match known.and_then(place) {
            Some(column) => KindColumn::Known(column),
            None => KindColumn::New(NAMES.into_iter().find(is_free).unwrap_or(NAMES[0])),
        }
    }

    /// Whether a cell of a record is filled because it says nothing.
    fn is_filled(&self, column: usize, text: &str) -> bool {
        matches!(self, KindColumn::Known(known) if *known == column) && text.trim().is_empty()
    }
}

impl TableWriter<'_, '_> {
    /// Whether a line has a kind, or its name: one that is empty or below the records does not.
    fn names_kind(&self, cells: &[TableCell]) -> bool {
        !is_empty(cells)
            && !cells.iter().any(|cell| is_below_records(&content(&self.source.text, cell)))
    }

    /// Whether a line repeats the header.
    fn is_header(&self, cells: &[TableCell]) -> bool {
        let mut names = self.names.iter().zip(cells);
        names.all(|(name, cell)| content(&self.source.text, cell).trim() == name.trim())
    }

    /// Adds a cell after the last column, to a line with so many cells.
    fn add(&mut self, text: &str, cells: usize, delimiter: u8) {
        let missing = self.names.len().saturating_sub(cells) + 1;
        self.out.extend(std::iter::repeat_n(delimiter, missing));
        self.out.extend_from_slice(text.as_bytes());
    }

    /// A cell of the header. Some programs write a mark before its first name.
    fn name(&mut self, name: &str) -> String {
        let plain = name.strip_prefix('\u{feff}').unwrap_or(name);
        let (mark, plain) = match plain.strip_prefix("#fields:") {
            Some(rest) => ("#fields:", rest),
            None => ("", plain),
        };
        format!("{mark}{}", heading(plain, self.source.role, self.words.names))
    }

    /// A cell above the header. The line that names the delimiter stays.
    fn title(&mut self, text: &str) -> String {
        match text.trim_start_matches('\u{feff}').starts_with("sep=") && text.len() < 9 {
            true => text.to_owned(),
            false => self.words.redacted(text, WordUse::Unread),
        }
    }

    fn cell(&mut self, text: &str, column: usize, cell: &TableCell) -> String {
        let name = self.names.get(column).map_or("", String::as_str);
        if !name.is_empty() && text.trim().eq_ignore_ascii_case(name.trim()) {
            return self.name(text);
        }
        let placed = self.source.use_in(cell.inside.start, cell.inside.end);
        let column_use = placed.or_else(|| self.uses.get(&column).copied());
        let by_name = || self.source.use_by_heading(name);
        let found = column_use.or_else(by_name).unwrap_or(WordUse::Unread);
        match is_below_records(text) {
            true => self.words.with_known(text, &is_of_foot),
            false => self.words.redacted(text, found),
        }
    }

    /// Writes a cell with the quotes that it had: nothing in it can need new ones. One that was
    /// not UTF-8 still is not.
    fn write(&mut self, text: &str, cell: &TableCell) {
        let is_text =
            std::str::from_utf8(self.source.text.get(cell.inside.clone()).unwrap_or_default())
                .is_ok();
        match cell.is_quoted {
            true => self.out.extend(format!("\"{}\"", text.replace('"', "\"\"")).into_bytes()),
            false => self.out.extend_from_slice(text.as_bytes()),
        }
        if !is_text {
            self.out.push(0xff);
        }
    }
}

/// What most words of each column are read as where they are.
fn column_uses(source: &SourceText, lines: &[Vec<TableCell>]) -> HashMap<usize, WordUse> {
    let mut counts: HashMap<usize, Vec<(WordUse, usize)>> = HashMap::new();
    for (column, cell) in lines.iter().flat_map(|cells| cells.iter().enumerate()) {
        let Some(found) = source.use_in(cell.inside.start, cell.inside.end) else { continue };
        let counts = counts.entry(column).or_default();
        match counts.iter_mut().find(|(known, _)| *known == found) {
            Some((_, count)) => *count += 1,
            None => counts.push((found, 1)),
        }
    }
    let most = |counts: Vec<(WordUse, usize)>| {
        counts.into_iter().max_by_key(|(_, count)| *count).map(|(found, _)| found)
    };
    counts.into_iter().filter_map(|(column, counts)| Some((column, most(counts)?))).collect()
}

fn is_empty(cells: &[TableCell]) -> bool {
    cells.iter().all(|cell| cell.inside.is_empty())
}

/// What a cell says: doubled quotes are one, and what is not UTF-8 is replaced.
fn content<'t>(text: &'t [u8], cell: &TableCell) -> Cow<'t, str> {
    let inside = String::from_utf8_lossy(text.get(cell.inside.clone()).unwrap_or_default());
    match cell.is_quoted && inside.contains("\"\"") {
        true => Cow::Owned(inside.replace("\"\"", "\"")),
        false => inside,
    }
}

/// The cells of each line, with line ends within quotes.
fn lines(text: &[u8], delimiter: u8) -> Vec<Vec<TableCell>> {
    let (mut lines, mut cells, mut at) = (Vec::new(), Vec::new(), 0);
    let line_end = if text.contains(&b'\n') { b'\n' } else { b'\r' };
    loop {
        let cell = cell_at(text, at, delimiter, line_end);
        let end = cell.end;
        cells.push(cell);
        match text.get(end) {
            Some(byte) if *byte == delimiter => {}
            other => {
                lines.push(std::mem::take(&mut cells));
                if other.is_none() {
                    return lines;
                }
            }
        }
        at = end + if text.get(end..end + 2) == Some(b"\r\n") { 2 } else { 1 };
    }
}

/// The cell that begins at a byte. A quote that is never closed is part of a plain cell.
fn cell_at(text: &[u8], start: usize, delimiter: u8, line_end: u8) -> TableCell {
    let is_end = |byte: &u8| *byte == delimiter || *byte == line_end;
    let next = |from: usize| {
        let rest = text.get(from..).unwrap_or_default();
        rest.iter().position(is_end).map_or(text.len(), |length| from + length)
    };
    if text.get(start) == Some(&b'"')
        && let Some(close) = closing_quote(text, start + 1)
    {
        return TableCell {
            inside: start + 1..close,
            is_quoted: true,
            end: close_end(text, next(close + 1), line_end),
        };
    }
    let end = close_end(text, next(start), line_end);
    TableCell { inside: start..end.max(start), is_quoted: false, end: end.max(start) }
}

/// The end of a cell without the carriage return of a line end.
fn close_end(text: &[u8], end: usize, line_end: u8) -> usize {
    let ends_line = line_end == b'\n' && text.get(end).is_none_or(|byte| *byte == b'\n');
    let before = end.checked_sub(1).and_then(|before| text.get(before));
    if ends_line && before == Some(&b'\r') { end - 1 } else { end }
}

/// The quote that ends a quoted cell: the first one that is not doubled.
fn closing_quote(text: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    loop {
        at += text.get(at..)?.iter().position(|byte| *byte == b'"')?;
        if text.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}
