//! Bytes become rows.
//!
//! A [`Reader`] knows one format. It opens a file by its beginning, cuts the
//! bytes that follow into pieces that hold whole records, and reads a piece
//! into rows. Pieces are read on any thread and in any order; a piece that
//! begins at a record can be read again on its own, which is how a finding gets
//! back the words of its records.
//!
//! What a time means, and whether a record makes sense, is not known here.

pub mod columns;

pub mod content;

pub mod csv;

pub mod json;

pub mod ndjson;

pub mod source;

pub mod zoneinfo;

pub use json::activities;

use crate::model::finding::{Excerpt, Problem};
use crate::model::row::{Field, Row};
use crate::model::settings::Limits;
use crate::model::shift::Kind;
use crate::model::source::Role;
use std::ops::Range;

/// A format that can be read.
pub struct Reader {
    /// Its name, as `--input-format` takes it.
    pub name: &'static str,
    /// The endings of files that are tried when a directory is given.
    pub extensions: &'static [&'static str],
    /// What it reads, in one line.
    pub summary: &'static str,
    /// Whether a file that begins with these bytes is in this format. They
    /// hold no byte-order mark, and are the whole file if that is shorter.
    pub sniff: fn(&[u8]) -> bool,
    /// Understands the beginning of a file.
    pub open: fn(&Opening<'_>) -> Result<Layout, Problem>,
    /// Finds the next piece of whole records.
    pub cut: Cut,
    /// Reads a piece into rows, in the order of the file.
    pub read: Read,
    /// The record that breaks the rules in a piece, given the byte where it does;
    /// `None` if its ends cannot be told.
    pub broken: fn(&[u8], usize) -> Option<Range<usize>>,
    /// The record that begins at an offset of a piece, as a finding shows it.
    pub excerpt: fn(&Layout, &[u8], &Row<'_>) -> Excerpt,
    /// The bytes of that record if a finding shows it as it stands, rather than
    /// its words put together. Read alone they give the same row.
    pub stands: Stands,
    /// Whether its records stand on lines of their own; the records of other
    /// formats have a JSON pointer.
    pub lines: bool,
}

/// Finds the next piece in the bytes at hand, given whether they are the last.
/// `None` asks for more of them, or says that all is read.
pub type Cut = fn(&Layout, &mut Cutter, &[u8], bool) -> Result<Option<Piece>, Fault>;

/// Hands the rows of a piece to a sink.
pub type Read = fn(&Layout, &Block<'_>, &mut dyn FnMut(&Row<'_>)) -> Result<Account, Fault>;

/// The bytes of a record that a finding shows as it stands.
pub type Stands = for<'b> fn(&Layout, &'b [u8], &Row<'_>) -> Option<&'b [u8]>;

/// Every format, in the order in which they are asked.
pub static READERS: &[&Reader] = &[&ndjson::READER, &json::READER, &csv::READER];

/// The beginning of a file, for [`Reader::open`].
pub struct Opening<'a> {
    /// Its first bytes after a byte-order mark: a megabyte, or all there is.
    pub head: &'a [u8],
    /// Whether the head is the whole file.
    pub whole: bool,
    /// What the file is read as.
    pub role: Role,
    /// Columns that stand for a field whatever their name says.
    pub columns: &'a [(Field, String)],
    /// How large a record may be.
    pub limits: Limits,
}

/// What the beginning of a file says about the rest.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// Where the first record can begin, in bytes from the start of the head.
    pub start: usize,
    /// Lines before that.
    pub lines: u64,
    /// The byte between cells.
    pub delimiter: u8,
    /// The byte at the end of a line.
    pub terminator: u8,
    /// The field of each column, for formats that have a header.
    pub columns: Vec<Option<Field>>,
    /// Columns that stand for a field whatever their name says, for formats
    /// that name the fields in every record.
    pub mapped: Vec<(Field, String)>,
    /// The JSON pointer of the one list in a document that is read although
    /// its name says nothing.
    pub list: Option<String>,
    /// What the file is read as.
    pub role: Option<Role>,
    /// How large a record may be.
    pub limits: Limits,
    /// What the user should know about how the file is read.
    pub notes: Vec<String>,
}

/// What [`Reader::cut`] remembers from piece to piece of one file.
#[derive(Debug, Clone, Default)]
pub struct Cutter {
    /// How many of the bytes at hand were looked at already, without finding
    /// the end of a record. The caller sets it to 0 after taking a piece.
    pub scanned: usize,
    /// Whether the byte at `scanned` is within quotes.
    pub quoted: bool,
    /// Where those quotes opened.
    pub opened: usize,
    /// How deep within brackets the byte at `scanned` is.
    pub depth: usize,
    /// For the reader's own use: where in the outer structure it is.
    pub state: u32,
    /// Where the value begins that `scanned` is in, for documents.
    pub start: usize,
    /// The JSON pointer of the object that the bytes at hand stand in.
    pub pointer: String,
    /// The lists of records found so far, in the order of the file.
    pub parts: Vec<Part>,
    /// What the user should know that only shows once the file is read.
    pub notes: Vec<String>,
    /// Where and why records were passed over that could not be read, in the
    /// bytes at hand. The caller takes it; reading goes on.
    pub missed: Option<Fault>,
}

/// A list of records within a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The JSON pointer of the list: `/assignments`. For a record that is the
    /// document itself, or stands alone under a key, the pointer of the record.
    pub pointer: String,
    /// Whether it is a list, so that its records have numbers in the pointer.
    pub list: bool,
    /// What its records are, if its name says so.
    pub kind: Option<Kind>,
}

/// Whole records, found by [`Reader::cut`] in the bytes it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Where the first record begins.
    pub start: usize,
    /// Where the last record ends.
    pub end: usize,
    /// From where to go on.
    pub next: usize,
    /// The list it belongs to, as a place in [`Cutter::parts`]; 0 without lists.
    pub part: u16,
}

/// A piece, ready to be read.
#[derive(Debug, Clone, Copy)]
pub struct Block<'a> {
    /// Its bytes: whole records and what stands between them.
    pub bytes: &'a [u8],
    /// What its records are if the name of their list says so, and they do not.
    pub kind: Option<Kind>,
}

/// What is known of a piece once its rows are handed on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Account {
    /// How many line ends it has, if they were counted on the way.
    pub line_ends: Option<u32>,
    /// What the user should know about how a field was read, once for each.
    pub notes: Vec<(Field, String)>,
}

/// Where and why a file cannot be read on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The byte, counted from the start of the bytes at hand.
    pub offset: usize,
    /// What is wrong and what was expected, without a full stop.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// A limit on length for people: `16 MiB`.
fn limit_on_length(limits: Limits) -> String {
    match limits.record {
        bytes if bytes % (1 << 20) == 0 => format!("{} MiB", bytes >> 20),
        bytes => format!("{bytes} bytes"),
    }
}

/// The words of a record put together, for formats whose records have no line
/// of their own: `start: 2026-03-02T08:00, end: 2026-03-02T16:00`. Activities are
/// left out: they can be more than everything else together.
#[must_use]
pub fn compose_excerpt(row: &Row<'_>) -> Excerpt {
    let (mut text, mut words) = (String::new(), Vec::new());
    for field in Field::all() {
        let word = String::from_utf8_lossy(row.word(field));
        if word.is_empty() || field == Field::Activities {
            continue;
        }
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(field.name());
        text.push_str(": ");
        let start = text.len() as u32;
        text.push_str(&word);
        words.push((field, start..text.len() as u32));
    }
    Excerpt { text: text.into(), words }
}
