//! Detects stray quotes: those that make one record of several lines, or another name of a name.
//!
//! RFC 4180 allows quotes around a cell, and doubled within it. The csv crate reads any other
//! quote as well as it can: one at the beginning of a cell opens it, and the next one closes it,
//! perhaps lines below. So the cells of a record are looked at as they are written.

use super::quoted::is_time;
use super::{Header, Table};
use crate::model::observation::{Noticed, Observation};
use crate::model::row::Field;
use crate::read::rest_days::TIMES;
use crate::timestamp::{self, NoTime};
use memchr::{memchr, memchr_iter, memchr2, memmem};

/// A cell as it is written.
struct RawCell<'r> {
    /// What its quotes enclose, if it begins with one.
    quoted: &'r [u8],
    /// What is written without quotes, or after them.
    bare: &'r [u8],
}

/// Whether a glance at a cell shows that its record may have a stray quote.
#[inline]
pub(super) fn may_be_stray(table: &Table, place: usize, cell: &[u8]) -> bool {
    has_break(cell) || is_name(table, place) && memchr(b'"', cell).is_some()
}

/// What is noticed in a record, which is given as it is written.
#[cold]
pub(super) fn noticed_in_record(table: &Table, record: &[u8]) -> Option<Observation> {
    let cells = raw_cells(record, table.delimiter);
    let joins = |(place, cell): (usize, &RawCell<'_>)| {
        has_break(cell.quoted)
            && (holds_line(table, cell.quoted) || is_torn(table, cells.len(), place, cell.quoted))
    };
    if table.names.len() > 2 && cells.iter().enumerate().any(joins) {
        return Some(swallowed("a quoted cell holds lines that look like records"));
    }
    let is_open = |(place, cell): (usize, &RawCell<'_>)| {
        let is_followed = !cell.quoted.is_empty() && !cell.bare.trim_ascii().is_empty();
        let is_odd = memchr_iter(b'"', cell.bare).count() % 2 == 1;
        // The end of one cell and the beginning of the next, which the record then lacks.
        let lacks_cells = cells.len() < table.names.len();
        let mut joints = memmem::find_iter(cell.quoted, b"\"\"");
        let is_joint = |at: usize| {
            let around = [at.checked_sub(1), Some(at + 2)].into_iter().flatten();
            around.filter_map(|at| cell.quoted.get(at)).any(|byte| *byte == table.delimiter)
        };
        is_name(table, place) && (is_followed || is_odd || lacks_cells && joints.any(is_joint))
    };
    let has_open = cells.iter().enumerate().any(is_open);
    followed_by_text(&cells)
        .or_else(|| has_open.then(|| swallowed("a name or an id has a quote that nothing closes")))
}

/// What is noticed in the line of a header.
pub(super) fn noticed_in_header(head: &[u8], header: &Header) -> Option<Observation> {
    let line = head.get(header.start..header.end)?;
    memchr(b'"', line)?;
    let cells = raw_cells(line, header.delimiter);
    let is_record = |line: &[u8]| {
        let mut words = line.split(|byte| *byte == header.delimiter);
        memchr(header.delimiter, line).is_some() && words.any(is_time)
    };
    let holds_record = |cell: &RawCell<'_>| {
        has_break(cell.quoted) && cell.quoted.split(is_line_end).any(is_record)
    };
    match cells.iter().any(holds_record) {
        true => Some(swallowed("the header has a quoted cell with lines that look like records")),
        false => followed_by_text(&cells),
    }
}

/// Notices a cell of several lines whose closing quote does not end it.
fn followed_by_text(cells: &[RawCell<'_>]) -> Option<Observation> {
    let followed =
        |cell: &RawCell<'_>| has_break(cell.quoted) && !cell.bare.trim_ascii().is_empty();
    let what = "text follows the closing quote of a cell of several lines";
    cells.iter().any(followed).then(|| swallowed(what))
}

fn swallowed(what: &str) -> Observation {
    let (place, detail) = (String::new(), what.to_owned());
    Observation { noticed: Noticed::Swallowed, place, detail, count: 1, at: 0 }
}

/// Whether a cell holds a line with as many delimiters as the header, and a time.
fn holds_line(table: &Table, cell: &[u8]) -> bool {
    let mut lines = cell.split(is_line_end);
    lines.any(|line| {
        memchr_iter(table.delimiter, line).count() + 1 == table.names.len()
            && has_time(table, 0, line)
    })
}

/// Whether a cell of a record of so many cells has a line that is the end of a record, and after it
/// one that is the beginning of another: with what is before and after the cell, either has all
/// cells, and times are where the header has them.
fn is_torn(table: &Table, count: usize, place: usize, cell: &[u8]) -> bool {
    let columns = table.names.len();
    let is_whole = |cells: usize| (columns..=columns.max(count)).contains(&cells);
    let delimiters = |line| memchr_iter(table.delimiter, line).count();
    // Of the ends so far, what is where times belong.
    let mut before = None;
    for line in cell.split(is_line_end) {
        let heads = parts(line).filter(|(_, head)| is_whole(place + delimiters(head) + 1));
        let tails = parts(line)
            .filter(|(tail, _)| is_whole(delimiters(tail) + count.saturating_sub(place)));
        let torn = |before: TornTimes| {
            let mut tails = tails.map(|(tail, _)| times(table, 0, tail));
            tails.any(|tail| tail != TornTimes::Others && before.max(tail) == TornTimes::Some)
        };
        if before.is_some_and(torn) {
            return true;
        }
        let ends = heads.map(|(_, head)| times(table, place, head));
        before = ends.chain(before).filter(|end| *end != TornTimes::Others).max();
    }
    false
}

/// A line, and what is before and after each doubled quote in it, which may be a sound one beside
/// a stray one: then that is in a cell of its own.
fn parts(line: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    /// Lines have few, and each is as much work as the line.
    const MOST: usize = 16;
    let at_doubled = memmem::find_iter(line, b"\"\"").take(MOST);
    let at_doubled = at_doubled.map(move |at| (&line[..at], &line[at + 2..]));
    std::iter::once((line, line)).chain(at_doubled)
}

/// What a part of a line has where the header has times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum TornTimes {
    Others,
    None,
    Some,
}

/// What a part of a line that begins in a column has where the header has times.
fn times(table: &Table, place: usize, part: &[u8]) -> TornTimes {
    let words = part.split(|byte| *byte == table.delimiter).enumerate();
    let is_timed = |place: usize| {
        let field = table.columns.get(place).copied().flatten();
        field.is_some_and(|field| field == Field::Date || TIMES.contains(&field))
    };
    let mut found = words
        .filter(|(at, word)| is_timed(place + at) && !word.trim_ascii().is_empty())
        .map(|(_, word)| is_time(word) || is_bare_time(word));
    match found.next() {
        None => TornTimes::None,
        Some(first) if first && found.all(|is_time| is_time) => TornTimes::Some,
        Some(_) => TornTimes::Others,
    }
}

/// Whether a line, whose first cell is in some column, has a time.
fn has_time(table: &Table, place: usize, line: &[u8]) -> bool {
    let words = line.split(|byte| *byte == table.delimiter).enumerate();
    { words }.any(|(number, word)| is_time(word) || is_start(table, place + number, word))
}

/// Whether a word is a time where the start of a record is expected, such as `0800`.
fn is_start(table: &Table, place: usize, word: &[u8]) -> bool {
    table.columns.get(place) == Some(&Some(table.anchor)) && is_bare_time(word)
}

/// Whether a word is a time where one is expected.
fn is_bare_time(word: &[u8]) -> bool {
    let word = word.trim_ascii();
    let order = Some(crate::model::time::DateOrder::DayMonth);
    let is_number = word.len() > 2 && word.iter().all(u8::is_ascii_digit);
    !word.is_empty() && (is_number || !matches!(timestamp::read(word, order), Err(NoTime::Form)))
}

/// Whether a column has names that tell records apart: a stray quote makes another of one.
fn is_name(table: &Table, place: usize) -> bool {
    !table.is_sheet && matches!(table.columns.get(place), Some(Some(Field::Agent | Field::Id)))
}

fn has_break(cell: &[u8]) -> bool {
    memchr2(b'\n', b'\r', cell).is_some()
}

fn is_line_end(byte: &u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// The cells of a record as they are written.
fn raw_cells(record: &[u8], delimiter: u8) -> Vec<RawCell<'_>> {
    let first = record.iter().position(|byte| !is_line_end(byte)).unwrap_or(record.len());
    let (mut rest, mut cells) = (record.get(first..).unwrap_or_default(), Vec::new());
    loop {
        let (quoted, behind) = split_quoted(rest);
        let is_end = |byte: &u8| *byte == delimiter || is_line_end(byte);
        let end = behind.iter().position(is_end).unwrap_or(behind.len());
        let (bare, behind) = behind.split_at(end);
        cells.push(RawCell { quoted, bare });
        match behind.split_first() {
            Some((byte, behind)) if *byte == delimiter => rest = behind,
            _ => return cells,
        }
    }
}

/// What the quotes at the beginning of a text enclose, and what follows them.
fn split_quoted(text: &[u8]) -> (&[u8], &[u8]) {
    let Some(text) = text.strip_prefix(b"\"") else { return (&[], text) };
    let mut at = 0;
    while let Some(quote) = text.get(at..).and_then(|rest| memchr(b'"', rest)) {
        let quote = at + quote;
        if text.get(quote + 1) != Some(&b'"') {
            return (&text[..quote], &text[quote + 1..]);
        }
        at = quote + 2;
    }
    (text, &[])
}
