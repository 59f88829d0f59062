//! Reads JSON documents into rows.
//!
//! A document is a list of records, one record, or an object that holds lists of records or a
//! record under keys whose names are known. `walk` walks its outside and cuts it into pieces,
//! and `element` reads what a piece contains. Formats of particular vendors are not known here.

pub(super) mod absences;

mod activities;

pub(super) mod class;

pub(super) mod element;

mod day_maps;

pub(super) mod days_said;

mod escapes;

mod failure;

mod hours;

mod hull;

pub(super) mod keys;

pub(super) mod naming;

pub(super) mod opening;

mod page_order;

mod paging;

mod pointer;

mod scan;

mod scoping;

pub(super) mod shape;

pub(super) mod text;

mod unfinished;

mod walk;

#[cfg(test)]
pub(super) mod driven;

pub use activities::{activities, lists_of_activities, may_name_requests};
pub(in crate::read) use escapes::quoted;
pub use failure::may_be_other_code;
pub(in crate::read) use opening::keys_in;
pub use opening::{UNDERSTOOD, keys_named};
pub use paging::{is_about_pages, leads_to_data};
pub(in crate::read) use pointer::is_pattern;

use super::names::Hints;
use super::{
    Account, Block, Cutter, Document, DocumentFacts, Enclosing, Format, Opening, ParseError, Scope,
    limit_on_length,
};
use crate::model::conventions::LengthUnit;
use crate::model::finding::Problem;
use crate::model::row::{Field, Row};
use crate::model::settings::Limits;
use crate::model::source::Role;
use element::Elements;
use keys::Meanings;
use scan::Walk;
use std::sync::{Arc, Mutex, PoisonError};
use text::SyntaxError;
use walk::DocumentCutter;

/// Reads JSON documents.
pub static FORMAT: Format = Format {
    name: "json",
    extensions: &["json"],
    summary: "a JSON list of records, one record, or an object that holds lists of records",
    sniff,
    open: |opening| Ok(Box::new(open(opening)?)),
    lines: false,
    known_from: "",
};

/// What the user says of a file.
#[derive(Debug, Clone, Default)]
pub(in crate::read) struct Layout {
    /// Keys of fields, whatever their names say.
    pub(in crate::read) mapped: Vec<(Field, String)>,
    /// Keys of fields, by what all keys of the file are.
    pub(in crate::read) assigned: Vec<(String, Field)>,
    /// What names of keys say of all their values.
    pub(in crate::read) hints: Hints,
    /// The pointers of lists in the beginning of the file whose records have keys for hours.
    pub(in crate::read) timed: Vec<String>,
    /// Whether attendance is read as the plan, since there is no other.
    pub(in crate::read) attendance: bool,
    /// What the file is read as.
    pub(in crate::read) role: Option<Role>,
    /// How large a record may be.
    pub(in crate::read) limits: Limits,
    /// What its vendor says of it.
    pub(in crate::read) vendor: VendorFacts,
    /// What its keys mean, as far as they were met.
    pub(in crate::read) meanings: Meanings,
}

/// What the format of a vendor says of a document, and of how its records are read.
#[derive(Debug, Clone, Default)]
pub(in crate::read) struct VendorFacts {
    /// What concerns it as a whole.
    pub(in crate::read) document: DocumentFacts,
    /// Whether all of its lengths are in minutes.
    pub(in crate::read) in_minutes: bool,
    /// Keys that never lead to another record or another agent, whatever their values are.
    pub(in crate::read) harmless: &'static [&'static str],
    /// Keys that only time off has.
    pub(in crate::read) time_off: &'static [&'static str],
    /// Keys of lists whose elements are records, each of them.
    pub(in crate::read) records: &'static [&'static str],
    /// What values of these keys are in every document; another value, except `null`, is not
    /// understood.
    pub(in crate::read) types: &'static [(&'static str, ValueType)],
    /// Keys that say when a record is, or that it is deleted.
    pub(in crate::read) times: &'static [&'static str],
    /// Keys that a change may have beside one half of its times, and which say nothing of the
    /// other.
    pub(in crate::read) beside_times: &'static [&'static str],
    /// Where its records list parts of days.
    pub(in crate::read) partial_days: Option<PartialDays>,
    /// Keys of fields, whatever their names say: what the user names comes first.
    pub(in crate::read) keys: &'static [(Field, &'static str)],
    /// Whether the version around the lists is not that of what they hold.
    pub(in crate::read) has_own_version: bool,
}

/// What a value is, as far as its first byte shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum ValueType {
    /// A text or a number.
    Word,
    /// A date without a time, as a text.
    Date,
    /// A list.
    List,
    /// An object.
    Object,
}

impl ValueType {
    /// Whether a value that begins so is one, or `null`.
    fn fits(self, value: &[u8]) -> bool {
        const DATE: usize = "2026-03-02".len();
        match value.first() {
            None | Some(b'n') => true,
            Some(b'[') => self == ValueType::List,
            Some(b'{') => self == ValueType::Object,
            Some(b't' | b'f') => false,
            Some(_) if self == ValueType::Date => value.get(DATE + 1) == Some(&b'"'),
            Some(_) => self == ValueType::Word,
        }
    }
}

impl VendorFacts {
    /// Whether an element with these keys, joined by commas, changes a published record and not
    /// its times: absent fields are those of what is published.
    fn keeps_times(&self, keys: &str) -> bool {
        let has = |name: &str| keys.split(", ").any(|key| key == name);
        self.document.holds_changes && has("id") && !self.times.iter().any(|time| has(time))
    }

    /// Whether an element of changes with these keys says nothing else of its times, so that what
    /// it lacks of them is that of the published record.
    fn leaves_times(&self, keys: &[String]) -> bool {
        let is_known =
            |key: &String| self.beside_times.contains(&key.split('.').next().unwrap_or(key));
        keys.iter().all(is_known)
    }

    /// What the value of a key is, if the vendor says so.
    fn type_of(&self, key: &str) -> Option<ValueType> {
        self.types.iter().find(|(name, _)| *name == key).map(|(_, of)| *of)
    }
}

/// What is said of a value of another type.
const ANOTHER_TYPE: &str = "a value of another type than this format has there";

/// The keys under which a record lists parts of days, beside each other.
#[derive(Debug, Clone, Copy)]
pub(in crate::read) struct PartialDays {
    /// When each begins.
    pub(in crate::read) starts: &'static str,
    /// How long each is.
    pub(in crate::read) lengths: &'static str,
    /// How long all are that have no length of their own.
    pub(in crate::read) length: &'static str,
    /// Other lists about the same days.
    pub(in crate::read) beside: &'static [&'static str],
}

/// Words that follow the lists they are about, by the JSON pointer of the object that
/// contains them.
#[derive(Debug, Default)]
struct LateScopes(Mutex<Vec<(String, Scope)>>);

impl LateScopes {
    fn add(&self, pointer: String, field: Field, depth: usize, word: &[u8]) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match known.iter_mut().find(|(of, _)| *of == pointer) {
            Some((_, scope)) => scope.add(field, depth, word),
            None => {
                let mut scope = Scope::default();
                scope.add(field, depth, word);
                known.push((pointer, scope));
            }
        }
    }

    /// What the objects around this pointer say after it.
    fn around(&self, pointer: &str) -> Scope {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut scope = Scope::default();
        for (object, said) in &*known {
            let rest = pointer.strip_prefix(object.as_str());
            if rest.is_some_and(|rest| rest.starts_with('/')) {
                scope.join(said);
            }
        }
        scope
    }
}

/// A JSON document.
#[derive(Debug)]
pub(in crate::read) struct JsonDocument {
    layout: Arc<Layout>,
    late: Arc<LateScopes>,
}

impl JsonDocument {
    pub(in crate::read) fn new(layout: Layout) -> JsonDocument {
        JsonDocument { layout: Arc::new(layout), late: Arc::default() }
    }

    /// The same, of which a vendor says more.
    pub(in crate::read) fn of_vendor(self, vendor: VendorFacts) -> JsonDocument {
        let mut layout = (*self.layout).clone();
        let own = vendor.keys.iter().map(|(field, key)| (*field, (*key).to_owned()));
        layout.mapped.extend(own);
        JsonDocument::new(Layout { vendor, meanings: Meanings::default(), ..layout })
    }
}

impl Document for JsonDocument {
    fn field_of_key(&self, key: &str) -> Option<Field> {
        keys::target(&self.layout, key).map(|target| target.field)
    }

    fn cutter(&self) -> Box<dyn Cutter> {
        Box::new(DocumentCutter::new(Arc::clone(&self.layout), Arc::clone(&self.late)))
    }

    fn read(
        &self,
        block: &Block<'_>,
        account: &mut Account,
        sink: &mut dyn FnMut(&Row<'_>),
    ) -> Result<(), ParseError> {
        read(&self.layout, block, account, sink)
    }

    fn enclosing(&self, bytes: &[u8], at: usize) -> Option<Enclosing> {
        enclosing(bytes, at)
    }

    fn late_scope(&self, pointer: &str) -> Scope {
        self.late.around(pointer)
    }

    fn names_in_records(&self) -> bool {
        true
    }

    fn hints(&self) -> Hints {
        let unit = self.layout.vendor.in_minutes.then_some(LengthUnit::Minutes);
        let hints = self.layout.hints.clone();
        Hints { length_unit: hints.length_unit.or(unit), ..hints }
    }

    fn reads_attendance(&self) -> bool {
        self.layout.attendance
    }

    fn facts(&self) -> DocumentFacts {
        self.layout.vendor.document.clone()
    }
}

fn sniff(head: &[u8]) -> bool {
    matches!(head.get(text::blanks(head, 0)), Some(b'{' | b'['))
}

/// Opens a document.
///
/// # Errors
/// When it is neither a list nor an object.
pub(in crate::read) fn open(opening: &Opening<'_>) -> Result<JsonDocument, Problem> {
    match bare_value(opening.head) {
        Some(what) => {
            let message = format!("this JSON document is {what}, and holds no list of records");
            let help = Some(opening::UNDERSTOOD.to_owned());
            Err(Problem { line: None, column: None, message, help })
        }
        None => Ok(opening::document(opening, JsonDocument::new)),
    }
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

/// Reads elements and the commas between them. There may be a comma before the
/// first and after the last, so that any run of elements can be read.
fn read(
    layout: &Layout,
    block: &Block<'_>,
    account: &mut Account,
    sink: &mut dyn FnMut(&Row<'_>),
) -> Result<(), ParseError> {
    let mut elements = Elements::new(layout, block);
    let outcome = read_elements(&mut elements, block.bytes, sink);
    elements.account(account);
    outcome.map_err(|found| found.fault(block.bytes.len()))
}

fn read_elements(
    elements: &mut Elements<'_, '_>,
    bytes: &[u8],
    sink: &mut dyn FnMut(&Row<'_>),
) -> Result<(), SyntaxError> {
    let mut at = text::blanks(bytes, 0);
    if bytes.get(at) == Some(&b',') {
        at = text::blanks(bytes, at + 1);
    }
    while at < bytes.len() {
        let end = elements.read(at, sink)?;
        at = text::blanks(bytes, end);
        match bytes.get(at) {
            None => {}
            Some(b',') => at = text::blanks(bytes, at + 1),
            Some(_) => return Err(SyntaxError { at, reason: "expected `,` between two records" }),
        }
    }
    Ok(())
}

/// The element with this byte.
fn enclosing(bytes: &[u8], at: usize) -> Option<Enclosing> {
    let mut next = text::blanks(bytes, 0);
    if bytes.get(next) == Some(&b',') {
        next += 1;
    }
    for before in 0.. {
        let start = text::blanks(bytes, next);
        let end = match bytes.get(start)? {
            b'{' | b'[' | b'"' => Walk { at: start, ..Walk::default() }.finish(bytes)?,
            _ => text::scalar(bytes, start).ok()?,
        };
        if at < end {
            return Some(Enclosing { range: start..end, before });
        }
        next = text::blanks(bytes, end);
        if bytes.get(next) != Some(&b',') {
            return None;
        }
        next += 1;
    }
    None
}

/// The fault of a record that is too long.
pub(super) fn longer_than_allowed(limits: Limits, offset: usize) -> ParseError {
    let message = format!("record longer than {}", limit_on_length(limits));
    let help = "check whether a bracket or a quote is missing; if the record is right, \
                --max-record allows more";
    let help = Some(help.to_owned());
    ParseError { offset, message, help }
}

#[cfg(test)]
mod tests;
