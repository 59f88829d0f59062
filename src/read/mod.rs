//! Reads files into rows of words.
//!
//! A [`Format`] recognises a file by its beginning and opens it as a [`Document`], which owns
//! all that is known of the file's layout. A [`Cutter`] divides the bytes that follow into
//! pieces of whole records, and the document reads a piece into rows. Pieces are read on any
//! thread and in any order. A piece that begins at a record can be read again on its own, which
//! is how a finding gets back the words of its records.
//!
//! What a time means, and whether a record makes sense, is not known here.

pub mod columns;

pub mod content;

pub mod csv;

pub mod half_timed;

pub mod json;

pub mod names;

pub mod ndjson;

pub mod source;

pub mod vendors;

#[cfg(feature = "spreadsheets")]
pub mod workbook;

mod length_parts;

mod nothing;

mod rest_days;

mod survey;

mod weekdays;

#[cfg(feature = "fs")]
pub mod zoneinfo;

pub use survey::{ColumnSurvey, SurveyedColumn};

pub use json::{
    UNDERSTOOD, activities, is_about_pages, keys_named as json_keys, leads_to_data,
    lists_of_activities, may_be_other_code, may_name_requests,
};

use crate::model::finding::{Excerpt, Problem};
use crate::model::observation::{KeyFacts, Observation};
use crate::model::row::{Field, Row, RowFault};
use crate::model::settings::Limits;
use crate::model::shift::Kind;
use crate::model::source::{Repeats, Role, ScheduleWeeks};
use crate::model::time::DateOrder;
use crate::timestamp::{self, Written};
use names::Hints;
use std::ops::Range;
use std::sync::Arc;

/// A format that can be read: an entry of [`FORMATS`].
pub struct Format {
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
    pub open: Open,
    /// Whether each of its records has lines of its own; the records of other formats have
    /// a JSON pointer.
    pub lines: bool,
    /// What its shape is known from, if it is that of a vendor; empty for others.
    pub known_from: &'static str,
}

/// Opens a file as a document, given its beginning.
pub type Open = fn(&Opening<'_>) -> Result<Box<dyn Document>, Problem>;

/// Every format, in the order in which they are asked.
pub static FORMATS: &[&Format] = &[
    #[cfg(feature = "spreadsheets")]
    &workbook::FORMAT,
    &ndjson::FORMAT,
    &vendors::genesys::FORMAT,
    &vendors::graph::FORMAT,
    &json::FORMAT,
    &vendors::cxone::FORMAT,
    &vendors::iex::FORMAT,
    &vendors::teams::FORMAT,
    &csv::FORMAT,
];

/// One file in a format: what its beginning says about the rest.
pub trait Document: Send + Sync {
    /// Where the records begin: usually at the first byte.
    fn outset(&self) -> Outset {
        Outset::default()
    }

    /// What the user should know about how the file is read.
    fn notes(&self) -> &[String] {
        &[]
    }

    /// The names of its columns, if it has a header.
    fn columns(&self) -> &[String] {
        &[]
    }

    /// The name of the column that a field is read from, if it has a header.
    fn column_of(&self, _: Field) -> Option<&str> {
        None
    }

    /// The place of the column that a field is read from, from 0, if it has a header.
    fn place_of(&self, _: Field) -> Option<usize> {
        None
    }

    /// The columns that hold times and are not read, except those of bookkeeping, each with
    /// two of its values.
    fn unread_times(&self) -> Vec<(String, Vec<String>)> {
        Vec::new()
    }

    /// The columns that hold zones beside local times and are not read, each with its first
    /// values.
    fn unread_zones(&self) -> Vec<(String, Vec<String>)> {
        Vec::new()
    }

    /// Whether it joins lines that are parts of one shift into one row.
    fn joins_lines(&self) -> bool {
        false
    }

    /// The byte between its cells, if it is a table.
    fn delimiter(&self) -> Option<u8> {
        None
    }

    /// Whether attendance is read as the plan, since there is no other.
    fn reads_attendance(&self) -> bool {
        false
    }

    /// What its format says of it as a whole.
    fn facts(&self) -> DocumentFacts {
        DocumentFacts::default()
    }

    /// Under which orders of their numbers, as [`DatePartOrder::ALL`] has them, its dates
    /// are on the weekdays that a column says, if one does.
    ///
    /// [`DatePartOrder::ALL`]: crate::model::time::DatePartOrder::ALL
    fn weekday_orders(&self) -> Option<[bool; 3]> {
        None
    }

    /// What its columns hold, in the beginning of the file after [`Document::outset`], if
    /// it has a header. `whole` says whether that is all there is.
    fn survey(&self, head: &[u8], whole: bool) -> Option<ColumnSurvey> {
        let _ = (head, whole);
        None
    }

    /// The field of a key, if records name their fields themselves.
    fn field_of_key(&self, key: &str) -> Option<Field> {
        let _ = key;
        None
    }

    /// Whether a record can have a word of this field: not if a header leaves
    /// it out.
    fn may_have(&self, field: Field) -> bool {
        let _ = field;
        true
    }

    /// A cutter for one pass over the records, from the first.
    fn cutter(&self) -> Box<dyn Cutter>;

    /// Passes the rows of a piece to a sink, in the order of the file, and adds everything
    /// else to an account. It must understand any run of whole records on its own, because
    /// that is how records are recalled.
    ///
    /// # Errors
    /// Where a record breaks the rules of the format. Rows before it have been passed on,
    /// and are in the account.
    fn read(
        &self,
        block: &Block<'_>,
        account: &mut Account,
        sink: &mut dyn FnMut(&Row<'_>),
    ) -> Result<(), ParseError>;

    /// The line or element of a piece that has this byte, whatever is in it; `None` if its
    /// ends cannot be found.
    fn enclosing(&self, bytes: &[u8], at: usize) -> Option<Enclosing> {
        let _ = (bytes, at);
        None
    }

    /// The record of a row in a piece, as a finding shows it.
    fn excerpt(&self, bytes: &[u8], row: &Row<'_>) -> Excerpt {
        let _ = bytes;
        compose_excerpt(row)
    }

    /// Whether every record names its fields itself, so that only reading all of
    /// them shows which there are.
    fn names_in_records(&self) -> bool {
        false
    }

    /// What the names of columns or keys say of all their values.
    fn hints(&self) -> Hints {
        Hints::default()
    }

    /// Whether the ids of its first records count these, as the numbers of lines do.
    fn ids_number_rows(&self) -> bool {
        false
    }

    /// What the surroundings of a part say after it, as far as the file was read.
    fn late_scope(&self, pointer: &str) -> Scope {
        let _ = pointer;
        Scope::default()
    }

    /// The bytes of that record if a finding shows it verbatim, rather than its words
    /// joined. Read alone they give the same row.
    fn verbatim<'b>(&self, bytes: &'b [u8], row: &Row<'_>) -> Option<&'b [u8]> {
        let _ = (bytes, row);
        None
    }
}

/// What a format says of a document as a whole, beside its records.
#[derive(Debug, Clone, Default)]
pub struct DocumentFacts {
    /// Whether it names only what it changes of a schedule that is published.
    pub holds_changes: bool,
    /// The weeks of which it is the whole schedule, in place of what is published.
    pub weeks: Option<ScheduleWeeks>,
    /// The order of day and month that its format has, where its dates do not show another.
    pub date_order: Option<DateOrder>,
    /// Whether what it changes or replaces stands behind its records, where it is not looked for.
    pub is_unclear: bool,
    /// Whether it says that it is not all of its answer: a job that has not ended well.
    pub is_unfinished: bool,
    /// The zone of the unit that it is of, if it says it.
    pub unit_zone: Option<String>,
    /// Whether its local times are those of a unit, which another file may name.
    pub is_of_unit: bool,
    /// Which of its records can be the same one again.
    pub repeats: Repeats,
    /// Whether its format says that the ids are those of records, so that they are no names of
    /// slots.
    pub has_record_ids: bool,
}

/// Where the records of a file begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outset {
    /// Where the first record can begin, in bytes from the start of the head.
    pub start: usize,
    /// Lines before that.
    pub lines: u64,
    /// The byte at the end of a line.
    pub line_end: u8,
}

impl Default for Outset {
    fn default() -> Outset {
        Outset { start: 0, lines: 0, line_end: b'\n' }
    }
}

/// Divides the bytes of a file into pieces of whole records, in one pass from
/// the first record to the last. What it remembers between pieces is its own.
pub trait Cutter: Send {
    /// Finds the next piece in the bytes at hand, given whether they are the last. `None`
    /// asks for more of them, or says that all is read. After a piece the caller continues
    /// after it, from [`Piece::next`].
    ///
    /// # Errors
    /// Where the file cannot be divided any further.
    fn cut(&mut self, bytes: &[u8], at_end: bool) -> Result<Option<Piece>, ParseError>;

    /// The lists of records found so far, in the order of the file.
    fn parts(&self) -> &[Arc<Part>] {
        &[]
    }

    /// What was noticed beside the pieces, in the bytes at hand. Each is given
    /// once.
    fn take_observations(&mut self) -> Vec<Observation> {
        Vec::new()
    }

    /// Words in what was noticed so, with the place of that, if it matters whether they are
    /// agents.
    fn take_mentions(&mut self) -> Vec<(String, Vec<u8>)> {
        Vec::new()
    }
}

/// The beginning of a file, for [`Format::open`].
pub struct Opening<'a> {
    /// Its first bytes after a byte-order mark: a megabyte, or all there is.
    pub head: &'a [u8],
    /// Whether the head is the whole file.
    pub whole: bool,
    /// What the file is read as.
    pub role: Role,
    /// Columns of fields, whatever their names say.
    pub columns: &'a [(Field, String)],
    /// Fields that are taken from the line above where they are empty.
    pub fill_down: &'a [Field],
    /// How large a record may be.
    pub limits: Limits,
    /// What is known of it as a sheet of a workbook, if it is one.
    pub sheet: Option<SheetHints>,
}

/// What is known of a sheet of a workbook before its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SheetHints {
    /// What its records are, if its name says so.
    pub kind: Option<Kind>,
}

impl<'a> Opening<'a> {
    /// A file that is wholly at hand, about which the user has said nothing.
    #[cfg(any(test, feature = "internals"))]
    #[must_use]
    pub fn of_whole(file: &'a [u8], role: Role) -> Opening<'a> {
        let limits = Limits::default();
        let (columns, fill_down, sheet) = (&[], &[], None);
        Opening { head: file, whole: true, role, columns, fill_down, limits, sheet }
    }
}

/// A list of records within a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Part {
    /// The JSON pointer of the list: `/assignments`. For a record that is the document
    /// itself, or is alone under a key, the pointer of the record.
    pub pointer: String,
    /// Whether it is a list, so that its records have numbers in the pointer.
    pub list: bool,
    /// The surroundings of its records.
    pub scope: Scope,
    /// Whether its name says that its records are not meant to be sent.
    pub aside: bool,
    /// Whether its name is that of a calendar, in which a number of `staff` is how many
    /// are needed.
    pub calendar: bool,
    /// Whether its name says that its records have pay codes.
    pub coded: bool,
}

/// What the surroundings of a record say where it does not say so itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// What its records are, if the name of their list says so.
    pub kind: Option<Kind>,
    /// Words of fields, each with the number of objects around it: of two for
    /// one field the inner one counts.
    words: Vec<(Field, usize, Vec<u8>)>,
}

impl Scope {
    /// The word of a field; empty if nothing around says it.
    #[must_use]
    pub fn word(&self, field: Field) -> &[u8] {
        let known = self.words.iter().find(|(of, ..)| *of == field);
        known.map_or(&[], |(.., word)| word)
    }

    /// Adds a word at this depth of objects, unless one further in is known.
    pub fn add(&mut self, field: Field, depth: usize, word: &[u8]) {
        match self.words.iter_mut().find(|(of, ..)| *of == field) {
            Some(known) if known.1 > depth => {}
            Some(known) => (known.1, known.2) = (depth, word.to_vec()),
            None => self.words.push((field, depth, word.to_vec())),
        }
    }

    /// Adds all words of an object at this depth.
    pub(crate) fn join_below(&mut self, object: &Scope, depth: usize) {
        for (field, _, word) in &object.words {
            self.add(*field, depth, word);
        }
    }

    /// Adds all words of another scope in the same way.
    pub fn join(&mut self, other: &Scope) {
        self.kind = self.kind.or(other.kind);
        for (field, depth, word) in &other.words {
            self.add(*field, *depth, word);
        }
    }

    /// Gives a row what it does not say itself. A date only to clock times, for
    /// that of a week or a page is not that of a shift.
    #[inline]
    pub fn fill<'a>(&'a self, row: &mut Row<'a>) {
        row.kind = row.kind.or(self.kind);
        if !self.words.is_empty() {
            self.fill_words(row);
        }
    }

    #[inline(never)]
    fn fill_words<'a>(&'a self, row: &mut Row<'a>) {
        for (field, _, word) in &self.words {
            let dated =
                *field == Field::Date && (has_date(row) || !row.word(Field::StartDate).is_empty());
            if row.word(*field).is_empty() && !dated {
                row.set(*field, word);
            }
        }
        if row.fault == Some(RowFault::Agentless) && !row.word(Field::Agent).is_empty() {
            row.fault = None;
        }
    }

    /// Its words.
    pub fn words(&self) -> impl Iterator<Item = (Field, &[u8])> {
        self.words.iter().map(|(field, _, word)| (*field, word.as_slice()))
    }
}

/// Whether the start of a row has a date of its own.
fn has_date(row: &Row<'_>) -> bool {
    let start = row.word(Field::Start);
    !start.is_empty() && !matches!(timestamp::read(start, None), Ok(Written::Clock(..)))
}

/// Whole records, found by [`Cutter::cut`] in the bytes it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Where the first record begins.
    pub start: usize,
    /// Where the last record ends.
    pub end: usize,
    /// Where to continue.
    pub next: usize,
    /// The list it belongs to, as a place in [`Cutter::parts`]; 0 without lists.
    pub part: u32,
}

impl Piece {
    /// The most lists that one document can have.
    pub const MOST_PARTS: usize = 1 << 24;
}

/// A piece, ready to be read.
#[derive(Debug, Clone, Copy)]
pub struct Block<'a> {
    /// Its bytes: whole records and what is between them.
    pub bytes: &'a [u8],
    /// The list it is a piece of.
    pub part: &'a Part,
    /// Whether its rows are all that is wanted, since the account of it is known.
    pub again: bool,
}

impl<'a> Block<'a> {
    /// A piece that is read for the first time.
    #[must_use]
    pub fn new(bytes: &'a [u8], part: &'a Part) -> Block<'a> {
        Block { bytes, part, again: false }
    }

    /// A piece, or records of one, of which only the rows are wanted.
    #[must_use]
    pub fn again(bytes: &'a [u8], part: &'a Part) -> Block<'a> {
        Block { bytes, part, again: true }
    }
}

/// A line or element of a piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enclosing {
    /// Where it is.
    pub range: Range<usize>,
    /// How many are before it.
    pub before: u32,
}

/// What is known of a piece once its rows are passed on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Account {
    /// How many line ends it has, if they were counted on the way.
    pub line_ends: Option<u32>,
    /// How many elements of its list it has, for documents.
    pub elements: u32,
    /// What was noticed beside the rows.
    pub observations: Vec<Observation>,
    /// The keys that were met, for documents.
    pub keys: Vec<KeyFacts>,
    /// Words in what matters only if it names an agent, with its pointer.
    pub mentions: Vec<(String, Vec<u8>)>,
    /// Fields that have no word in a record, and that its surroundings could have given: a
    /// bit for each.
    pub lacking: u64,
}

impl Account {
    /// Whether there is nothing to say except how long the piece is.
    pub(crate) fn is_bare(&self) -> bool {
        self.elements == 0
            && self.observations.is_empty()
            && self.keys.is_empty()
            && self.mentions.is_empty()
    }

    /// Adds what is known of a further piece that begins this many bytes later.
    pub(crate) fn add(&mut self, more: Account, offset: usize) {
        self.elements += more.elements;
        self.observations.extend(more.observations.into_iter().map(|mut one| {
            one.at += offset as u64;
            one
        }));
        self.keys.extend(more.keys);
        self.mentions.extend(more.mentions);
        self.lacking |= more.lacking;
    }
}

/// Where and why a file cannot be read on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
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
/// left out, for they can be more than everything else together, and so are marks that are
/// not set.
#[must_use]
pub fn compose_excerpt(row: &Row<'_>) -> Excerpt {
    let (mut text, mut words) = (String::new(), Vec::new());
    for field in Field::all() {
        let word = String::from_utf8_lossy(row.word(field));
        let unset = field.is_mark() && word == "false";
        if word.is_empty() || field == Field::Activities || unset {
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
    Excerpt { text: text.into(), words: words.into(), is_line: false }
}
