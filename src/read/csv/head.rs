//! Finds the header line of a file, and the lines above it.
//!
//! Most files begin with their header. Reports have titles above it, and some programs name the
//! delimiter in a line of its own.

use super::{DELIMITERS, Header, columns};
use crate::model::finding::{Problem, brief};
use crate::model::observation::{Noticed, Observation};
use crate::read::Opening;
use crate::read::columns::Columns;
use crate::timestamp;
use memchr::{memchr, memchr_iter};

/// How many lines the header and the lines above it may take.
const LINES: usize = 30;

/// The header of a file.
pub(super) struct Head {
    pub(super) header: Header,
    pub(super) columns: Columns,
    /// The lines above it that are not titles.
    pub(super) noticed: Vec<Observation>,
    /// What the user should know about the lines above it.
    pub(super) note: Option<String>,
}

impl Head {
    /// Finds it: the first line, else the first one whose names settle the fields
    /// that the role needs.
    ///
    /// # Errors
    /// Why the first line is none that has two cells with something in them.
    pub(super) fn find(opening: &Opening<'_>) -> Result<Head, Problem> {
        let (from, delimiter) = match opening.sheet {
            Some(_) => (0, Some(b',')),
            None => named_delimiter(opening.head),
        };
        let first = best(opening, from, delimiter).ok_or_else(no_header)?;
        let (titled, bare) = (has_times(&first), filled(&first) < 2);
        let plain = |(header, columns)| Head { header, columns, noticed: Vec::new(), note: None };
        let found = match understood(opening, first) {
            Ok(found) if !titled => return Ok(plain(found)),
            found => found,
        };
        match (Head::below(opening, from, delimiter), found) {
            (Some(head), _) => Ok(head),
            (None, Err(problem)) if bare => {
                Err(problem_below(opening, from, delimiter).unwrap_or(problem))
            }
            (None, found) => found.map(plain),
        }
    }

    /// The first line below the first one whose names settle the fields.
    fn below(opening: &Opening<'_>, from: usize, delimiter: Option<u8>) -> Option<Head> {
        let lines = starts(opening.head, from);
        lines.into_iter().enumerate().skip(1).find_map(|(number, start)| {
            let header = best(opening, start, delimiter).filter(|header| !has_times(header))?;
            let (header, columns) = understood(opening, header).ok()?;
            let above = opening.head.get(from..start).unwrap_or_default();
            let noticed = records_above(above, header.delimiter).into_iter().collect();
            Some(Head { header, columns, noticed, note: Some(note(above, number)) })
        })
    }
}

/// The byte between the cells of a table, whatever its columns are: by its first line with two
/// filled cells.
pub(in crate::read) fn delimiter(opening: &Opening<'_>) -> Option<u8> {
    let lines = starts(opening.head, 0).into_iter();
    let mut headers = lines.filter_map(|start| best(opening, start, None));
    headers.find(|header| filled(header) > 1).map(|header| header.delimiter)
}

/// Why the first line with two filled cells is not a header.
fn problem_below(opening: &Opening<'_>, from: usize, delimiter: Option<u8>) -> Option<Problem> {
    let lines = starts(opening.head, from);
    let header = lines
        .into_iter()
        .skip(1)
        .find_map(|start| best(opening, start, delimiter).filter(|header| filled(header) > 1))?;
    let mut problem = columns(opening, &header).err()?;
    let above = opening.head.get(..header.start).unwrap_or_default();
    problem.line = Some(1 + memchr_iter(b'\n', above).count() as u64);
    Some(problem)
}

fn no_header() -> Problem {
    Problem {
        line: Some(1),
        column: None,
        message: "the file has no header line".to_owned(),
        help: Some(
            "expected CSV with the names of its columns in the first line, or JSON".to_owned(),
        ),
    }
}

/// The header at a byte by the delimiter under which most of its names are known.
fn best(opening: &Opening<'_>, from: usize, delimiter: Option<u8>) -> Option<Header> {
    delimiters(opening, from)
        .filter(|byte| delimiter.is_none_or(|named| named == *byte))
        .filter_map(|delimiter| Header::read(opening.head, from, delimiter))
        .max_by_key(|header| (header.known(opening), header.names.len(), header.preference()))
}

fn understood(opening: &Opening<'_>, header: Header) -> Result<(Header, Columns), Problem> {
    if header.end == opening.head.len() && !opening.whole {
        return Err(no_header());
    }
    columns(opening, &header).map(|columns| (header, columns))
}

/// The delimiters that may divide a header: without quotes, those in its line; if
/// there are none, or the user names a column with one in it, any. To try each costs
/// more than to read a small file.
fn delimiters(opening: &Opening<'_>, from: usize) -> impl Iterator<Item = u8> {
    let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let head = opening.head.get(from..).unwrap_or_default();
    let line = head.split(is_end).find(|line| !line.is_empty()).unwrap_or(&[]);
    let divides = |delimiter: &u8| memchr(*delimiter, line).is_some();
    let quoted = memchr(b'"', line).is_some();
    let mut named = opening.columns.iter().flat_map(|(_, name)| name.bytes());
    let any =
        quoted || !DELIMITERS.iter().any(divides) || named.any(|byte| DELIMITERS.contains(&byte));
    DELIMITERS.into_iter().filter(move |delimiter| any || divides(delimiter))
}

/// The delimiter that a first line `sep=;` names, and the byte after that line.
fn named_delimiter(head: &[u8]) -> (usize, Option<u8>) {
    let line = head.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or(&[]);
    let bare = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\"")).unwrap_or(line);
    let named = match bare {
        [name @ .., delimiter] if name.eq_ignore_ascii_case(b"sep=") => Some(*delimiter),
        _ => None,
    };
    match named.filter(|delimiter| DELIMITERS.contains(delimiter)) {
        Some(delimiter) => {
            let ends = head.get(line.len()..).unwrap_or_default();
            let behind = ends.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            (line.len() + behind, Some(delimiter))
        }
        None => (0, None),
    }
}

/// Where the first lines begin that are not empty.
fn starts(head: &[u8], from: usize) -> Vec<usize> {
    let mut at = from;
    let mut starts = Vec::new();
    for line in head.get(from..).unwrap_or_default().split(|byte| matches!(byte, b'\n' | b'\r')) {
        if starts.len() == LINES {
            break;
        }
        if !line.trim_ascii().is_empty() {
            starts.push(at);
        }
        at += line.len() + 1;
    }
    starts
}

fn filled(header: &Header) -> usize {
    header.names.iter().filter(|name| !name.is_empty()).count()
}

/// Whether a name is a time: a title says from when to when, a header does not.
fn has_times(header: &Header) -> bool {
    header.names.iter().any(|name| is_time(name.as_bytes()))
}

fn is_time(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    text.first().is_some_and(u8::is_ascii_digit)
        && text.iter().any(|byte| matches!(byte, b':' | b'-' | b'/' | b'.'))
        && (timestamp::read(text, None).is_ok() || timestamp::evidence(text).is_some())
}

/// Lines above the header that have times as records do: another table, perhaps.
fn records_above(above: &[u8], delimiter: u8) -> Option<Observation> {
    let is_record = |line: &&[u8]| {
        let cells = || line.split(|byte| *byte == delimiter);
        let times = cells().filter(|cell| is_time(cell) && cell.contains(&b':')).count();
        times > 1 && cells().filter(|cell| !cell.trim_ascii().is_empty()).count() > 2
    };
    let lines = above.split(|byte| matches!(byte, b'\n' | b'\r'));
    let count = lines.filter(is_record).count() as u64;
    (count > 0).then(|| Observation {
        noticed: Noticed::Unread,
        place: String::new(),
        detail: "lines above the header".to_owned(),
        count,
        at: 0,
    })
}

/// What was skipped above the header.
fn note(above: &[u8], lines: usize) -> String {
    let text = String::from_utf8_lossy(above);
    let mut titles = text.lines().map(|line| line.trim_matches([',', ';', '\t', '|', '"', ' ']));
    let title = titles.find(|line| !line.is_empty()).map(brief).unwrap_or_default();
    let skipped = if lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") };
    format!("{skipped} above the header skipped: `{title}`{}", if lines == 1 { "" } else { ", …" })
}
