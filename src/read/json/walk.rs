//! Walks the outside of a document and cuts it into pieces of lists.
//!
//! Decides which lists may hold records, what is said around them, and where their elements
//! begin and end. The contents of elements are not examined, and of a value that is skipped only
//! the end is found.
//!
//! Every step either is done and remembered, or waits for more bytes and changes nothing, so
//! that it does not matter where the bytes at hand end.

use super::class::{self, Class};
use super::day_maps::{self, KnownKeys};
use super::days_said::names_days;
use super::element::Elements;
use super::failure;
use super::keys;
use super::naming;
use super::page_order;
use super::paging;
use super::pointer::below;
use super::scan::Walk;
use super::scoping::{self, HANDED_DOWN, depth_of_key, is_about_document, said_by_key};
use super::shape;
use super::text::{self, SyntaxError};
use super::unfinished;
use super::{ANOTHER_TYPE, LateScopes, Layout};
use crate::model::observation::{Noticed, Observation};
use crate::model::row::Field;
use crate::model::source::Role;
use crate::read::{Block, Cutter, ParseError, Part, Piece, Scope};
use std::sync::Arc;

/// How much of an object is examined to distinguish a record from an object that contains
/// records. Less than the head of a file, so that both see the same.
const LOOKAHEAD: usize = 512 << 10;

/// How many bytes without a record are kept before they are let go.
const KEPT: usize = 64 << 10;

/// How many objects around a word hand it down.
const NESTED: usize = 3;

/// Where in the document the next byte is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Before the document's value.
    Outset,
    /// After the `[` of a list.
    FirstElement,
    /// After a comma in a list.
    NextElement,
    /// In an element.
    InElement,
    /// After an element.
    AfterElement,
    /// After the `{` of an object.
    FirstKey,
    /// After a comma in an object.
    NextKey,
    /// In a record without a list.
    InRecord,
    /// In a value that says something by itself.
    InScalar,
    /// In a value that is skipped.
    InOther,
    /// After a value in an object.
    AfterValue,
    /// After the document's value.
    Done,
}

/// What came of a step.
enum StepOutcome {
    /// It is done.
    On,
    /// It needs more bytes than there are.
    Wait,
    /// A piece is complete.
    Cut(Piece),
    /// There is nothing after the document.
    End,
}

/// An object around the place.
#[derive(Debug, Default)]
struct Frame {
    /// How long the pointer of what is around it is.
    outer: usize,
    /// Its key.
    key: String,
    /// What its key says of the records within it.
    by_key: Option<(Field, String)>,
    /// What its own words say of them.
    scope: Scope,
    /// How many parts there were when it was opened.
    parts: usize,
    class: Class,
    /// Whether its keys can be agents.
    maps_agents: bool,
}

impl Frame {
    /// Whether it says who the records within it are of.
    fn names_agent(&self) -> bool {
        let by_key = matches!(self.by_key, Some((Field::Agent, _)));
        by_key || !self.scope.word(Field::Agent).is_empty()
    }
}

/// The walk over one document.
pub(super) struct DocumentCutter {
    layout: Arc<Layout>,
    late: Arc<LateScopes>,
    mode: Mode,
    /// How many of the bytes at hand were scanned already, without finding the end of a
    /// record.
    scanned: usize,
    /// Whether the byte at `scanned` is within quotes, and how many brackets of
    /// the value at hand are open there.
    quoted: bool,
    depth: usize,
    /// Where the value begins that `scanned` is in.
    start: usize,
    /// Its key, for values in an object.
    key: String,
    frames: Vec<Frame>,
    /// The JSON pointer of the innermost of them.
    pointer: String,
    parts: Vec<Arc<Part>>,
    observations: Vec<Observation>,
    mentions: Vec<(String, Vec<u8>)>,
    /// What keys say about days, as far as they were met.
    day_keys: KnownKeys,
    /// Where the elements found in the bytes at hand begin and end.
    found: Option<(usize, usize)>,
}

/// The walk over the bytes at hand.
struct Machine<'c, 'b> {
    cutter: &'c mut DocumentCutter,
    bytes: &'b [u8],
    at_end: bool,
}

impl DocumentCutter {
    pub(super) fn new(layout: Arc<Layout>, late: Arc<LateScopes>) -> DocumentCutter {
        DocumentCutter {
            layout,
            late,
            mode: Mode::Outset,
            scanned: 0,
            quoted: false,
            depth: 0,
            start: 0,
            key: String::new(),
            frames: Vec::new(),
            pointer: String::new(),
            parts: Vec::new(),
            observations: Vec::new(),
            mentions: Vec::new(),
            day_keys: KnownKeys::default(),
            found: None,
        }
    }
}

impl Cutter for DocumentCutter {
    fn cut(&mut self, bytes: &[u8], at_end: bool) -> Result<Option<Piece>, ParseError> {
        let mut machine = Machine { cutter: self, bytes, at_end };
        machine.cut()
    }

    fn parts(&self) -> &[Arc<Part>] {
        &self.parts
    }

    fn take_observations(&mut self) -> Vec<Observation> {
        std::mem::take(&mut self.observations)
    }

    fn take_mentions(&mut self) -> Vec<(String, Vec<u8>)> {
        std::mem::take(&mut self.mentions)
    }
}

impl Machine<'_, '_> {
    fn cut(&mut self) -> Result<Option<Piece>, ParseError> {
        loop {
            match self.step() {
                Ok(StepOutcome::On) => {}
                Ok(StepOutcome::Cut(piece)) => return Ok(Some(self.restart(piece))),
                Ok(StepOutcome::Wait) => return self.pause(),
                Ok(StepOutcome::End) => return Ok(None),
                Err(fault) => return self.hand_out().map_or(Err(fault), |piece| Ok(Some(piece))),
            }
        }
    }

    fn step(&mut self) -> Result<StepOutcome, ParseError> {
        match self.cutter.mode {
            Mode::Outset => self.outset(),
            Mode::FirstElement | Mode::NextElement => self.element(),
            Mode::InElement => self.in_element(),
            Mode::AfterElement => self.after_element(),
            Mode::FirstKey | Mode::NextKey => self.key(),
            Mode::InRecord => self.in_record(),
            Mode::InScalar => self.in_scalar(),
            Mode::InOther => Ok(self.finish()?.map_or(StepOutcome::Wait, |_| self.after_value())),
            Mode::AfterValue => self.after_key(),
            Mode::Done => self.done(),
        }
    }

    /// The next byte that is not white space, and moves to it.
    fn peek(&mut self) -> Option<u8> {
        self.cutter.scanned = text::blanks(self.bytes, self.cutter.scanned);
        self.bytes.get(self.cutter.scanned).copied()
    }

    /// Takes the byte at hand.
    fn take(&mut self, mode: Mode) -> StepOutcome {
        self.cutter.scanned += 1;
        self.cutter.mode = mode;
        StepOutcome::On
    }

    fn breaks<T>(&self, reason: &'static str) -> Result<T, ParseError> {
        Err(SyntaxError { at: self.cutter.scanned, reason }.fault(self.bytes.len()))
    }

    fn outset(&mut self) -> Result<StepOutcome, ParseError> {
        match self.peek() {
            None => Ok(StepOutcome::Wait),
            Some(b'[') => self.list(String::new(), 0),
            Some(b'{') => self.object(String::new(), String::new(), 0),
            Some(_) => self.breaks("expected a list or an object"),
        }
    }

    /// Opens the list that begins `ahead` bytes from here.
    fn list(&mut self, pointer: String, ahead: usize) -> Result<StepOutcome, ParseError> {
        self.add_part(pointer, true)?;
        self.cutter.scanned += ahead;
        Ok(self.take(Mode::FirstElement))
    }

    /// Opens the object that begins `ahead` bytes from here, as a record or as
    /// one that holds records.
    fn object(
        &mut self,
        pointer: String,
        key: String,
        ahead: usize,
    ) -> Result<StepOutcome, ParseError> {
        let at = self.cutter.scanned + ahead;
        if self.cutter.frames.len() >= self.cutter.layout.limits.depth {
            return Err(SyntaxError { at, reason: text::TOO_DEEP }.fault(self.bytes.len()));
        }
        let Some((seen, whole)) = self.beginning(at) else { return Ok(StepOutcome::Wait) };
        let by_key = match key.is_empty() {
            true => None,
            false => self.said_by_key(&pointer, &key),
        };
        if whole && self.is_record(seen, by_key.as_ref()) {
            self.add_part(pointer, false)?;
            self.cutter.scanned += ahead;
            return Ok(self.begin(Mode::InRecord));
        }
        let class = if key.is_empty() { Class::Plain } else { Class::of(&key) };
        let seen = seen.to_vec();
        let known = text::before_mistake(&seen, 0);
        let maps_agents = scoping::maps_agents(known, 0, class);
        if whole {
            self.note_alike(&seen, &pointer, (class, maps_agents), at);
        }
        self.note_days(&seen, &pointer, &key, at);
        let cutter = &mut *self.cutter;
        let parts = cutter.parts.len();
        let outer = cutter.pointer.len();
        let scope = Scope::default();
        cutter.frames.push(Frame { outer, key, by_key, scope, parts, class, maps_agents });
        cutter.pointer = pointer;
        cutter.scanned += ahead;
        Ok(self.take(Mode::FirstKey))
    }

    /// What the key of a value in the innermost object says of the records within it.
    fn said_by_key(&self, pointer: &str, key: &str) -> Option<(Field, String)> {
        let maps_agents = || self.cutter.frames.last().is_some_and(|frame| frame.maps_agents);
        said_by_key(&self.cutter.layout.mapped, pointer, key, maps_agents)
    }

    /// Whether an object is to be read as an element: it is a record, or its
    /// own words say when it begins. What its key says counts unless it holds lists: those of an
    /// agent are the records then.
    fn is_record(&self, object: &[u8], by_key: Option<&(Field, String)>) -> bool {
        let part = Part::default();
        let mut elements = Elements::new(&self.cutter.layout, &Block::again(object, &part));
        let is_named = by_key.is_some_and(|(field, _)| *field == Field::Agent);
        let agent =
            self.cutter.frames.iter().any(Frame::names_agent) || is_named && !holds_list(object);
        elements.parse(0).is_ok() && elements.is_alone(object, agent)
    }

    /// Notes an object without any list that looks like a record all the same.
    fn note_alike(
        &mut self,
        object: &[u8],
        pointer: &str,
        (class, maps_agents): (Class, bool),
        at: usize,
    ) {
        let object = text::before_mistake(object, 0);
        let lists = holds_list_of_more(object);
        let off = pointer.split('/').any(class::lists_days_off);
        let around = shape::Around { off, ..shape::Around::default() };
        // Records within it are read by themselves.
        let mut records = Vec::new();
        shape::each_value(object, 0, |key, at| {
            let end = text::value(object, at, usize::MAX).unwrap_or(object.len());
            let value = object.get(at..end).unwrap_or_default();
            let name = keys::name(key).unwrap_or_default();
            let mapped = &self.cutter.layout.mapped;
            let by_key = || said_by_key(mapped, &below(pointer, &name), &name, || maps_agents);
            if value.first() == Some(&b'{') && self.is_record(value, by_key().as_ref()) {
                records.push(name);
            }
        });
        let like = shape::is_record_like_but(object, 0, around, &records)
            || off && shape::maps_to_days(object);
        if lists || pointer.is_empty() || !like {
            return;
        }
        let noticed = if class == Class::Calendar { Noticed::Calendar } else { Noticed::Unread };
        let (detail, count, at) = ("an object".to_owned(), 1, at as u64);
        let place = pointer.to_owned();
        self.cutter.observations.push(Observation { noticed, place, detail, count, at });
    }

    /// Notes an object with days beside words that may be agents.
    fn note_days(&mut self, object: &[u8], pointer: &str, key: &str, at: usize) {
        let role = self.cutter.layout.role.unwrap_or(Role::Batch);
        if !role.claims_time() {
            return;
        }
        let above = self.cutter.frames.iter().map(|frame| frame.key.as_str());
        let path: Vec<&str> = above.chain([key]).filter(|key| !key.is_empty()).collect();
        let known = text::before_mistake(object, 0);
        let mut keys = std::mem::take(&mut self.cutter.day_keys);
        let map = day_maps::days_of(known, 0, &path, (role, &mut keys));
        self.cutter.day_keys = keys;
        if let Some(map) = map {
            let place = match &map.key {
                Some(key) => below(pointer, key),
                None => pointer.to_owned(),
            };
            let place = day_maps::above_days(&place);
            let words = map.words.into_iter().map(|word| (place.to_owned(), word));
            self.cutter.mentions.extend(words);
            let (count, at) = (map.count, (at + map.at) as u64);
            let (place, detail) = (place.to_owned(), String::new());
            let noticed = Noticed::Days;
            self.cutter.observations.push(Observation { noticed, place, detail, count, at });
        }
    }

    fn add_part(&mut self, pointer: String, list: bool) -> Result<(), ParseError> {
        let said = self.said_by_key(&pointer, pointer.rsplit('/').next().unwrap_or_default());
        let cutter = &mut *self.cutter;
        if cutter.parts.len() >= Piece::MOST_PARTS {
            return self.breaks("more lists in one document than can be told apart");
        }
        let mut scope = Scope::default();
        let mut classes = pointer.split('/').map(Class::of);
        scope.kind = classes.find_map(Class::kind);
        for (depth, frame) in cutter.frames.iter().enumerate() {
            if let Some((field, word)) = &frame.by_key {
                scope.add(*field, depth_of_key(*field, word, depth), word.as_bytes());
            }
            scope.join_below(&frame.scope, 2 * depth + 1);
        }
        let key = pointer.rsplit('/').next().unwrap_or_default();
        if let Some((field, word)) = said {
            let depth = depth_of_key(field, key, cutter.frames.len());
            scope.add(field, depth, word.as_bytes());
        }
        let role = cutter.layout.role.unwrap_or(Role::Batch);
        let aside = pointer.split('/').any(|key| Class::in_role(key, role) == Class::Aside);
        let calendar = Class::of_pointer(&pointer) == Class::Calendar;
        let coded = class::names_pay_code(&pointer);
        cutter.parts.push(Arc::new(Part { pointer, list, scope, aside, calendar, coded }));
        Ok(())
    }

    fn element(&mut self) -> Result<StepOutcome, ParseError> {
        match self.peek() {
            None => Ok(StepOutcome::Wait),
            Some(b']') if self.cutter.mode == Mode::FirstElement => Ok(self.close_list()),
            Some(_) => Ok(self.begin(Mode::InElement)),
        }
    }

    /// Begins the value at hand.
    fn begin(&mut self, mode: Mode) -> StepOutcome {
        self.cutter.start = self.cutter.scanned;
        self.cutter.depth = 0;
        self.cutter.quoted = false;
        self.cutter.mode = mode;
        StepOutcome::On
    }

    /// The end of the value that was begun, once it is there.
    fn finish(&mut self) -> Result<Option<usize>, ParseError> {
        let begun = self.cutter.depth > 0 || self.cutter.quoted;
        let end = match self.bytes.get(self.cutter.start) {
            Some(b'{' | b'[' | b'"') => self.walk(),
            _ if begun => self.walk(),
            _ => self.bare()?,
        };
        if let Some(end) = end {
            self.cutter.scanned = end;
        }
        Ok(end)
    }

    fn walk(&mut self) -> Option<usize> {
        let DocumentCutter { scanned, depth, quoted, .. } = *self.cutter;
        let mut walk = Walk { at: scanned, depth, quoted };
        let end = walk.finish(self.bytes);
        self.cutter.scanned = walk.at;
        self.cutter.depth = walk.depth;
        self.cutter.quoted = walk.quoted;
        end
    }

    /// The end of a number, `true`, `false` or `null`.
    fn bare(&mut self) -> Result<Option<usize>, ParseError> {
        let start = self.cutter.start;
        let end = text::scalar(self.bytes, start);
        let most = end.unwrap_or_else(|found| found.at);
        if most >= self.bytes.len() && !self.at_end {
            return Ok(None);
        }
        end.map(Some).map_err(|found| found.fault(self.bytes.len()))
    }

    fn in_element(&mut self) -> Result<StepOutcome, ParseError> {
        let Some(end) = self.finish()? else { return Ok(StepOutcome::Wait) };
        let start = self.cutter.start;
        if end - start > self.cutter.layout.limits.record {
            return Err(self.too_long(start));
        }
        let first = self.cutter.found.map_or(start, |(first, _)| first);
        self.cutter.found = Some((first, end));
        self.cutter.mode = Mode::AfterElement;
        Ok(StepOutcome::On)
    }

    fn after_element(&mut self) -> Result<StepOutcome, ParseError> {
        match self.peek() {
            None => Ok(StepOutcome::Wait),
            Some(b',') => Ok(self.take(Mode::NextElement)),
            Some(b']') => Ok(self.close_list()),
            Some(_) => self.breaks("expected `,` or `]`"),
        }
    }

    fn close_list(&mut self) -> StepOutcome {
        self.cutter.scanned += 1;
        self.after_value();
        match self.cutter.found.take() {
            Some((start, end)) => StepOutcome::Cut(self.piece(start, end, self.cutter.scanned)),
            None => StepOutcome::On,
        }
    }

    fn after_value(&mut self) -> StepOutcome {
        let outermost = self.cutter.frames.is_empty();
        self.cutter.mode = if outermost { Mode::Done } else { Mode::AfterValue };
        StepOutcome::On
    }

    fn in_record(&mut self) -> Result<StepOutcome, ParseError> {
        let Some(end) = self.finish()? else { return Ok(StepOutcome::Wait) };
        let start = self.cutter.start;
        if end - start > self.cutter.layout.limits.record {
            return Err(self.too_long(start));
        }
        self.after_value();
        Ok(StepOutcome::Cut(self.piece(start, end, end)))
    }

    /// Takes a word that an object says of whatever is within it.
    fn in_scalar(&mut self) -> Result<StepOutcome, ParseError> {
        let Some(end) = self.finish()? else { return Ok(StepOutcome::Wait) };
        let start = self.cutter.start;
        let key = std::mem::take(&mut self.cutter.key);
        let quoted = self.bytes.get(start) == Some(&b'"');
        let null = self.bytes.get(start) == Some(&b'n');
        let word = shape::scalar_text(self.bytes, start).unwrap_or_default();
        let word = if null { Vec::new() } else { word };
        self.note_pages(&key, quoted, &word, start);
        self.note_text(&key, quoted, &word, start);
        self.hand_down(&key, &word);
        debug_assert!(end <= self.bytes.len());
        Ok(self.after_value())
    }

    fn note_pages(&mut self, key: &str, quoted: bool, word: &[u8], at: usize) {
        let above = self.cutter.frames.last().map_or("", |frame| frame.key.as_str());
        let text = String::from_utf8_lossy(word).into_owned();
        let is_outermost = self.cutter.frames.len() == 1;
        if unfinished::says_unfinished(key, above, is_outermost, &text) {
            self.note(Noticed::Unfinished, key, text, at);
        } else if paging::says_more(key, above, &text) {
            self.note(Noticed::MorePages, key, text, at);
        } else if is_outermost && failure::says_failure(key, &text) {
            self.note(Noticed::Failure, key, text, at);
        } else {
            let mut counted = paging::counts(key, above, &text);
            if counted.is_empty() {
                counted.extend(page_order::order(key, above, is_outermost, quoted, &text));
            }
            counted.into_iter().for_each(|counted| self.note(Noticed::Pages, key, counted, at));
        }
    }

    /// Notes a list of errors, or an object of one, that is not empty; whether enough of it is
    /// there.
    fn note_errors(&mut self, key: &str, value: usize) -> bool {
        let is_error = self.cutter.frames.len() == 1 && failure::names_errors(key);
        let Some(open @ (b'[' | b'{')) = self.bytes.get(value).filter(|_| is_error) else {
            return true;
        };
        let shown = if *open == b'[' { "[\u{2026}]" } else { "{\u{2026}}" };
        match self.bytes.get(text::blanks(self.bytes, value + 1)) {
            None => return self.at_end,
            Some(b']' | b'}') => {}
            Some(_) => self.note(Noticed::Failure, key, shown.to_owned(), value),
        }
        true
    }

    /// Notes a text that holds a document or a range of times.
    fn note_text(&mut self, key: &str, quoted: bool, word: &[u8], at: usize) {
        let dated = matches!(scoping::around_key(key, || false), Some((Field::Date, _)));
        let around = shape::Around { date: dated, ..shape::Around::default() };
        if quoted && !naming::is_bookkeeping(key) && shape::is_record_like_text(word, around) {
            self.note(Noticed::Unread, key, "a text that holds times".to_owned(), at);
        }
        let off = Class::of(key) == Class::TimeOff && class::is_time_off_alone(key);
        if quoted && off && names_days(word) && self.reads_shifts() {
            self.note(Noticed::Unread, key, "a day of time off".to_owned(), at);
        }
    }

    fn reads_shifts(&self) -> bool {
        !self.cutter.layout.role.is_some_and(|role| role.lists_absences() || !role.claims_time())
    }

    fn note(&mut self, noticed: Noticed, key: &str, detail: String, at: usize) {
        let place = below(&self.cutter.pointer, key);
        let (count, at) = (1, at as u64);
        self.cutter.observations.push(Observation { noticed, place, detail, count, at });
    }

    /// Hands a word down to the records within the objects around it. Where some
    /// were found before it, that changes how they are read.
    fn hand_down(&mut self, key: &str, word: &[u8]) {
        if word.trim_ascii().is_empty() {
            return;
        }
        let role = self.cutter.layout.role.unwrap_or(Role::Batch);
        let mut path = key.to_owned();
        let parts = self.cutter.parts.len();
        let has_own_version = self.cutter.layout.vendor.has_own_version;
        let mut about_all = None;
        for (level, frame) in self.cutter.frames.iter_mut().enumerate().rev().take(NESTED) {
            let field = keys::target(&self.cutter.layout, &path).map(|target| target.field);
            let field = field.or_else(|| id_of(frame.class, &path, role)).or(about_all);
            let field = field.filter(|field| *field != Field::Version || !has_own_version);
            if let Some(field) = field.filter(|field| HANDED_DOWN.contains(field))
                && frame.scope.word(field).is_empty()
            {
                frame.scope.add(field, 0, word);
                if frame.parts < parts {
                    let end = self.cutter.pointer.len();
                    let pointer = pointer_of_level(&self.cutter.pointer, level, end);
                    self.cutter.late.add(pointer, field, 2 * level + 1, word);
                }
            }
            let of_all = field.filter(|field| matches!(field, Field::Zone | Field::Version));
            about_all = of_all.filter(|_| is_about_document(&frame.key));
            path = format!("{}.{path}", frame.key);
        }
    }

    fn key(&mut self) -> Result<StepOutcome, ParseError> {
        match self.peek() {
            None => Ok(StepOutcome::Wait),
            Some(b'}') if self.cutter.mode == Mode::FirstKey => Ok(self.close_object()),
            Some(_) => match text::key(self.bytes, self.cutter.scanned) {
                Ok((key, value)) => self.route(key.end, value),
                Err(found) if found.at >= self.bytes.len() && !self.at_end => Ok(StepOutcome::Wait),
                Err(found) => Err(found.fault(self.bytes.len())),
            },
        }
    }

    /// Decides what to do with the value at `value`.
    fn route(&mut self, key_end: usize, value: usize) -> Result<StepOutcome, ParseError> {
        let start = self.cutter.scanned;
        let written = self.bytes.get(start + 1..key_end).unwrap_or_default();
        let key = keys::name(written).unwrap_or_else(|| "?".to_owned());
        let pointer = below(&self.cutter.pointer, &key);
        let class = Class::of(&key);
        let expected = self.cutter.layout.vendor.type_of(&key);
        if expected.is_some_and(|of| !of.fits(self.bytes.get(value..).unwrap_or_default())) {
            self.note(Noticed::Unread, &key, ANOTHER_TYPE.to_owned(), value);
        }
        match self.bytes.get(value) {
            None => Ok(StepOutcome::Wait),
            Some(_) if !self.note_errors(&key, value) => Ok(StepOutcome::Wait),
            Some(b'[' | b'{') if class.is_passed_over().is_some() => {
                let why = class.is_passed_over().unwrap_or_default();
                if !self.note_links(&key, value) {
                    return Ok(StepOutcome::Wait);
                }
                self.note(Noticed::Ignored, &key, why.to_owned(), value);
                Ok(self.pass(value))
            }
            Some(b'[') => self.list(pointer, value - start),
            Some(b'{') if class::names_query(&key) => {
                let Some((seen, whole)) = self.beginning(value) else {
                    return Ok(StepOutcome::Wait);
                };
                if !whole || holds_records(seen) {
                    return self.object(pointer, key, value - start);
                }
                self.note(Noticed::Ignored, &key, "what was asked for".to_owned(), value);
                Ok(self.pass(value))
            }
            Some(b'{') => self.object(pointer, key, value - start),
            Some(_) => {
                self.cutter.scanned = value;
                self.cutter.key = key;
                Ok(self.begin(Mode::InScalar))
            }
        }
    }

    /// Notes links to other pages in what is skipped; whether enough of it is there.
    fn note_links(&mut self, key: &str, value: usize) -> bool {
        if !paging::is_about_pages(key) {
            return true;
        }
        let Some((links, _)) = self.beginning(value) else { return false };
        let links = text::before_mistake(links, 0);
        let more = paging::signs_under(key, links, 0).into_iter();
        let mut signs: Vec<_> = more.map(|sign| (Noticed::MorePages, sign)).collect();
        let back = page_order::link_back(key, links, 0);
        signs.extend(
            back.map(|(path, word, at)| (Noticed::Pages, (path, format!("before={word}"), at))),
        );
        for (noticed, (path, detail, at)) in signs {
            let add = |pointer: String, key| below(&pointer, key);
            let place = path.split('/').fold(self.cutter.pointer.clone(), add);
            let (count, at) = (1, (value + at) as u64);
            self.cutter.observations.push(Observation { noticed, place, detail, count, at });
        }
        true
    }

    /// The object at a place, or as much of it as is examined, and whether that is all;
    /// `None` if more is needed.
    fn beginning(&self, at: usize) -> Option<(&[u8], bool)> {
        let rest = self.bytes.get(at..).unwrap_or_default();
        let seen = rest.get(..LOOKAHEAD).unwrap_or(rest);
        let end = Walk::default().finish(seen);
        if end.is_none() && seen.len() < LOOKAHEAD && !self.at_end {
            return None;
        }
        Some((end.and_then(|end| seen.get(..end)).unwrap_or(seen), end.is_some()))
    }

    /// Passes over the value at `value`.
    fn pass(&mut self, value: usize) -> StepOutcome {
        self.cutter.scanned = value;
        self.begin(Mode::InOther)
    }

    fn after_key(&mut self) -> Result<StepOutcome, ParseError> {
        match self.peek() {
            None => Ok(StepOutcome::Wait),
            Some(b',') => Ok(self.take(Mode::NextKey)),
            Some(b'}') => Ok(self.close_object()),
            Some(_) => self.breaks("expected `,` or `}`"),
        }
    }

    fn close_object(&mut self) -> StepOutcome {
        self.cutter.scanned += 1;
        let outer = self.cutter.frames.pop().map_or(0, |frame| frame.outer);
        self.cutter.pointer.truncate(outer);
        self.after_value()
    }

    fn done(&mut self) -> Result<StepOutcome, ParseError> {
        match self.peek() {
            None if self.at_end => Ok(StepOutcome::End),
            None => Ok(StepOutcome::Wait),
            Some(_) => self.breaks("expected nothing after the end of the document"),
        }
    }

    fn piece(&self, start: usize, end: usize, next: usize) -> Piece {
        let part = self.cutter.parts.len().saturating_sub(1);
        Piece { start, end, next, part: part as u32 }
    }

    /// Starts anew after a piece.
    fn restart(&mut self, piece: Piece) -> Piece {
        self.cutter.scanned = 0;
        self.cutter.start = 0;
        piece
    }

    /// The elements found so far as a piece, if there are any.
    fn hand_out(&mut self) -> Option<Piece> {
        let (start, end) = self.cutter.found.take()?;
        self.begin(Mode::AfterElement);
        let piece = self.piece(start, end, end);
        Some(self.restart(piece))
    }

    /// What to do when the bytes are used up.
    fn pause(&mut self) -> Result<Option<Piece>, ParseError> {
        if let Some(piece) = self.hand_out() {
            return Ok(Some(piece));
        }
        let mode = self.cutter.mode;
        let within = matches!(mode, Mode::InElement | Mode::InRecord | Mode::InScalar);
        let needed = if within { self.cutter.start } else { self.cutter.scanned };
        if self.at_end {
            return Err(self.broken_off(needed));
        }
        if self.bytes.len() - needed > self.cutter.layout.limits.record {
            return Err(self.too_long(needed));
        }
        if needed < KEPT {
            return Ok(None);
        }
        if within {
            self.begin(mode);
        }
        let nothing = self.piece(needed, needed, needed);
        Ok(Some(self.restart(nothing)))
    }

    /// Why the document is not whole. A record may be broken long before its
    /// end is missed.
    fn broken_off(&self, needed: usize) -> ParseError {
        let rest = self.bytes.get(needed..).unwrap_or_default();
        let found = match self.cutter.mode {
            Mode::InElement | Mode::InRecord => {
                text::value(rest, 0, self.cutter.layout.limits.depth).err()
            }
            _ => None,
        };
        let reason = "the file ends in the middle of the document";
        let found = found.filter(|found| found.at < rest.len());
        let found = found.map(|found| SyntaxError { at: needed + found.at, ..found });
        found.unwrap_or(SyntaxError { at: self.bytes.len(), reason }).fault(self.bytes.len())
    }

    /// Why a record has no end in sight: it is broken, or just too long.
    fn too_long(&self, start: usize) -> ParseError {
        let rest = self.bytes.get(start..).unwrap_or_default();
        let limits = self.cutter.layout.limits;
        let rest = rest.get(..limits.record).unwrap_or(rest);
        match text::value(rest, 0, limits.depth) {
            Err(found) if found.at < rest.len() => {
                SyntaxError { at: start + found.at, ..found }.fault(self.bytes.len())
            }
            _ => super::longer_than_allowed(limits, start),
        }
    }
}

/// What an `id` is of an object named after people or schedules.
fn id_of(class: Class, path: &str, role: Role) -> Option<Field> {
    let id = naming::field(path, role).is_some_and(|(field, _)| field == Field::Id);
    match class {
        Class::People if id => Some(Field::Agent),
        Class::Schedules if id => Some(Field::Schedule),
        _ => None,
    }
}

/// The pointer of the object at a level, given that of the innermost.
fn pointer_of_level(pointer: &str, level: usize, end: usize) -> String {
    let place = pointer.match_indices('/').nth(level).map_or(end, |(place, _)| place);
    pointer.get(..place).unwrap_or(pointer).to_owned()
}

/// Whether one of the values of an object is a list.
fn holds_list(object: &[u8]) -> bool {
    let mut holds = false;
    shape::each_value(object, 0, |_, at| holds |= object.get(at) == Some(&b'['));
    holds
}

/// Whether one of the values of an object is a list that is not of those who take part in what
/// the object is.
fn holds_list_of_more(object: &[u8]) -> bool {
    let mut holds = false;
    shape::each_value(object, 0, |key, at| {
        let of_people = || keys::name(key).is_some_and(|name| naming::names_those_present(&name));
        holds |= object.get(at) == Some(&b'[') && !(of_people() && is_of_names(object, at));
    });
    holds
}

/// Whether a list holds names, or objects that have nothing but names and other words.
fn is_of_names(bytes: &[u8], list: usize) -> bool {
    let (mut names, mut any) = (true, false);
    shape::each_value(bytes, list, |_, at| {
        any = true;
        names = names
            && match bytes.get(at) {
                Some(b'{') => {
                    let mut plain = !shape::is_record_like(bytes, at, shape::Around::default());
                    shape::each_value(bytes, at, |_, at| plain &= bytes.get(at) != Some(&b'['));
                    plain
                }
                first => first == Some(&b'"'),
            };
    });
    names && any
}

/// Whether a list of objects or lists is in an object, at any depth.
fn holds_records(object: &[u8]) -> bool {
    let object = text::before_mistake(object, 0);
    let mut holds = false;
    shape::each_value(object, 0, |_, at| {
        let first = text::blanks(object, at + 1);
        holds |= match object.get(at) {
            Some(b'[') => matches!(object.get(first), Some(b'{' | b'[')),
            Some(b'{') => object.get(at..).is_some_and(holds_records),
            _ => false,
        };
    });
    holds
}
