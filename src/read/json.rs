//! JSON documents become rows.
//!
//! A document is a list of records, one record, or an object that holds lists
//! of records or a record under keys whose names are known. `machine` walks
//! its outside and cuts it into pieces, `element` reads what stands in a
//! piece. Shapes of particular vendors are not known here.

mod activities;

pub(super) mod element;

mod escapes;

pub(super) mod keys;

mod machine;

mod mode;

mod names;

pub(super) mod opening;

mod scan;

pub(super) mod text;

#[cfg(test)]
pub(super) mod driven;

pub use activities::activities;

use super::{
    Account, Block, Cutter, Document, Fault, Format, Opening, Outset, Part, Piece, limit_on_length,
};
use crate::model::finding::Problem;
use crate::model::row::{Field, Row};
use crate::model::settings::Limits;
use crate::model::source::Role;
use element::Elements;
use machine::{Machine, Passed};
use opening::Sample;
use scan::Walk;
use std::ops::Range;
use std::sync::Arc;

/// Reads JSON documents.
pub static FORMAT: Format = Format {
    name: "json",
    extensions: &["json"],
    summary: "a JSON list of records, one record, or an object that holds lists of records",
    sniff,
    open: |opening| Ok(Box::new(JsonDocument { layout: Arc::new(open(opening)?) })),
    lines: false,
};

/// What the beginning of a file says about the rest, and what the user says.
#[derive(Debug, Clone, Default)]
pub(in crate::read) struct Layout {
    /// Keys that stand for a field whatever their name says.
    pub(in crate::read) mapped: Vec<(Field, String)>,
    /// The JSON pointer of the one list in a document that is read although
    /// its name says nothing.
    pub(in crate::read) list: Option<String>,
    /// What the file is read as.
    pub(in crate::read) role: Option<Role>,
    /// How large a record may be.
    pub(in crate::read) limits: Limits,
    /// What the user should know about how the file is read.
    pub(in crate::read) notes: Vec<String>,
}

/// Where the walk over a document stands between two pieces.
#[derive(Debug, Clone, Default)]
pub(in crate::read) struct State {
    /// How many of the bytes at hand were looked at already, without finding
    /// the end of a record.
    pub(in crate::read) scanned: usize,
    /// Whether the byte at `scanned` is within quotes.
    pub(in crate::read) quoted: bool,
    /// How deep within brackets the byte at `scanned` is.
    pub(in crate::read) depth: usize,
    /// Where in the outer structure it is.
    pub(in crate::read) state: u32,
    /// Where the value begins that `scanned` is in.
    pub(in crate::read) start: usize,
    /// The JSON pointer of the object that the bytes at hand stand in.
    pub(in crate::read) pointer: String,
    /// The lists of records found so far, in the order of the file.
    pub(in crate::read) parts: Vec<Part>,
    /// What the user should know that only shows once the file is read.
    pub(in crate::read) notes: Vec<String>,
    /// Where and why records were passed over that could not be read.
    pub(in crate::read) missed: Option<Fault>,
}

/// A JSON document.
#[derive(Debug)]
pub(in crate::read) struct JsonDocument {
    pub(in crate::read) layout: Arc<Layout>,
}

impl Document for JsonDocument {
    fn outset(&self) -> Outset {
        Outset::default()
    }

    fn notes(&self) -> &[String] {
        &self.layout.notes
    }

    fn may_have(&self, _: Field) -> bool {
        true
    }

    fn cutter(&self) -> Box<dyn Cutter> {
        Box::new(JsonCutter { layout: Arc::clone(&self.layout), state: State::default() })
    }

    fn read(&self, block: &Block<'_>, sink: &mut dyn FnMut(&Row<'_>)) -> Result<Account, Fault> {
        read(&self.layout, block, sink)
    }

    fn broken(&self, bytes: &[u8], at: usize) -> Option<Range<usize>> {
        broken(bytes, at)
    }
}

/// Finds the elements of lists of records.
struct JsonCutter {
    layout: Arc<Layout>,
    state: State,
}

impl Cutter for JsonCutter {
    fn cut(&mut self, bytes: &[u8], at_end: bool) -> Result<Option<Piece>, Fault> {
        let piece = cut(&self.layout, &mut self.state, bytes, at_end)?;
        if piece.is_some() {
            self.state.scanned = 0;
        }
        Ok(piece)
    }

    fn parts(&self) -> &[Part] {
        &self.state.parts
    }

    fn notes(&self) -> &[String] {
        &self.state.notes
    }

    fn take_missed(&mut self) -> Option<Fault> {
        self.state.missed.take()
    }
}

fn sniff(head: &[u8]) -> bool {
    matches!(head.get(text::blanks(head, 0)), Some(b'{' | b'['))
}

fn open(opening: &Opening<'_>) -> Result<Layout, Problem> {
    let mut layout = opening::layout(opening);
    if let Some(what) = bare_value(opening.head) {
        let message = format!("this JSON document is {what}, and holds no list of records");
        let help = Some(names::UNDERSTOOD.to_owned());
        return Err(Problem { line: None, column: None, message, help });
    }
    let mut survey = survey(&layout, opening);
    survey.passed.dedup_by(|one, other| one.pointer == other.pointer);
    if let ([only], false) = (&*survey.passed, survey.found) {
        layout.list = Some(only.pointer.clone());
        survey = self::survey(&layout, opening);
    }
    if survey.over && !survey.found {
        return Err(no_list(opening.head));
    }
    opening::check(opening, &survey.sample, &mut layout)?;
    Ok(layout)
}

/// What a document is that is neither a list nor an object.
fn bare_value(head: &[u8]) -> Option<&'static str> {
    match head.get(text::blanks(head, 0))? {
        b'"' => Some("a string"),
        b'-' | b'0'..=b'9' => Some("a number"),
        b't' | b'f' => Some("true or false"),
        b'n' => Some("null"),
        _ => None,
    }
}

/// What the beginning of a document shows.
struct Survey {
    /// Whether a list of records, or one by itself, was found.
    found: bool,
    /// Whether the document's end was seen.
    over: bool,
    /// Lists of objects that are not read.
    passed: Vec<Passed>,
    sample: Sample,
}

/// Cuts the head of a file as if it were read.
fn survey(layout: &Layout, opening: &Opening<'_>) -> Survey {
    let mut cutter = State::default();
    let mut elements = Elements::new(layout, opening.head);
    let mut sample = Sample::default();
    let mut passed = Vec::new();
    let mut base = 0;
    let over = loop {
        let rest = opening.head.get(base..).unwrap_or_default();
        let mut machine = Machine::new(layout, &mut cutter, rest, opening.whole);
        machine.hasty = true;
        let piece = machine.cut();
        passed.append(&mut machine.passed);
        let done = machine.is_done();
        let Ok(Some(piece)) = piece else { break done };
        let part = cutter.parts.get(usize::from(piece.part));
        sample.begin(part.map_or("", |part| &part.pointer));
        sample.take(&mut elements, opening.head, base + piece.start..base + piece.end);
        base += piece.next;
    };
    sample.name_keys(&elements);
    Survey { found: !cutter.parts.is_empty(), over, passed, sample }
}

/// Why a document without a list cannot be read, with the keys it has instead.
fn no_list(head: &[u8]) -> Problem {
    let layout = Layout::default();
    let mut outer = Elements::new(&layout, head);
    let _ = outer.parse(text::blanks(head, 0));
    let keys = opening::told(&outer.keys().outermost());
    let message = format!("no list of records in this JSON: found {keys}");
    Problem { line: None, column: None, message, help: Some(names::UNDERSTOOD.to_owned()) }
}

fn cut(
    layout: &Layout,
    cutter: &mut State,
    bytes: &[u8],
    at_end: bool,
) -> Result<Option<Piece>, Fault> {
    let mut machine = Machine::new(layout, cutter, bytes, at_end);
    let piece = machine.cut();
    machine.note_passed();
    if at_end && piece == Ok(None) && cutter.parts.is_empty() {
        let message = "no list of records in this JSON".to_owned();
        let help = Some(names::UNDERSTOOD.to_owned());
        return Err(Fault { offset: bytes.len(), message, help });
    }
    piece
}

/// Reads elements and the commas between them. There may be a comma before the
/// first and after the last, so that any run of elements can be read.
fn read(
    layout: &Layout,
    block: &Block<'_>,
    sink: &mut dyn FnMut(&Row<'_>),
) -> Result<Account, Fault> {
    let bytes = block.bytes;
    let mut elements = Elements::new(layout, bytes);
    let mut at = text::blanks(bytes, 0);
    if bytes.get(at) == Some(&b',') {
        at = text::blanks(bytes, at + 1);
    }
    while at < bytes.len() {
        let end = elements.read(at, sink).map_err(|found| found.fault(bytes.len()))?;
        at = text::blanks(bytes, end);
        match bytes.get(at) {
            None => {}
            Some(b',') => at = text::blanks(bytes, at + 1),
            Some(_) => {
                let reason = "expected `,` between two records";
                return Err(text::Break { at, reason }.fault(bytes.len()));
            }
        }
    }
    Ok(elements.account())
}

/// The element with this byte.
fn broken(bytes: &[u8], at: usize) -> Option<Range<usize>> {
    let mut next = text::blanks(bytes, 0);
    if bytes.get(next) == Some(&b',') {
        next += 1;
    }
    loop {
        let start = text::blanks(bytes, next);
        let end = match bytes.get(start)? {
            b'{' | b'[' | b'"' => Walk { at: start, ..Walk::default() }.finish(bytes)?,
            _ => text::scalar(bytes, start).ok()?,
        };
        if at < end {
            return Some(start..end);
        }
        next = text::blanks(bytes, end);
        if bytes.get(next) != Some(&b',') {
            return None;
        }
        next += 1;
    }
}

/// The fault of a record that is too long.
pub(super) fn longer_than_allowed(limits: Limits, offset: usize) -> Fault {
    let message = format!("record longer than {}", limit_on_length(limits));
    let help = "check whether a bracket or a quote is missing; if the record is right, \
                --max-record allows more";
    let help = Some(help.to_owned());
    Fault { offset, message, help }
}

#[cfg(test)]
mod tests;
