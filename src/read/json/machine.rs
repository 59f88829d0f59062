//! Bytes become pieces of lists.
//!
//! Walks a document from its outside: which lists hold records, and where their
//! elements begin and end. What stands within elements is not looked at, and of
//! values that are passed over no more than where they end.
//!
//! Every step either is done and remembered, or waits for more bytes and
//! changes nothing, so that it does not matter where the bytes at hand end.

use super::mode::Mode;
use super::names;
use super::scan::Walk;
use super::text::{self, Break};
use super::{Layout, State};
use crate::read::{Fault, Part, Piece};

/// How much of an object is looked at to tell a record from one that holds
/// records. Less than the head of a file, so that both see the same.
const LOOKAHEAD: usize = 512 << 10;

/// How many bytes without a record are kept before they are let go.
const KEPT: usize = 64 << 10;

/// How many levels below the document's own object lists are looked for.
const LEVELS: u32 = 4;

/// The most notes on lists that are passed over.
const MOST_NOTES: usize = 8;

/// What came of a step.
enum Step {
    /// It is done.
    On,
    /// It needs more bytes than there are.
    Wait,
    /// A piece is complete.
    Cut(Piece),
    /// There is nothing after the document.
    End,
}

/// The walk over the bytes at hand.
pub(super) struct Machine<'a> {
    layout: &'a Layout,
    cutter: &'a mut State,
    bytes: &'a [u8],
    at_end: bool,
    mode: Mode,
    /// How many objects are open around the place.
    levels: u32,
    /// The elements found in these bytes: where the first begins and the last
    /// ends.
    found: Option<(usize, usize)>,
    /// Whether to decide by what is at hand instead of waiting for more.
    pub(super) hasty: bool,
    /// Lists of objects that were passed over.
    pub(super) passed: Vec<Passed>,
}

/// A list of objects that was passed over.
pub(super) struct Passed {
    /// Its JSON pointer.
    pub(super) pointer: String,
    /// Where it begins in the bytes at hand.
    at: usize,
    /// Whether it seems to hold shifts.
    records: bool,
}

impl<'a> Machine<'a> {
    /// Goes on where the cutter stands.
    pub(super) fn new(
        layout: &'a Layout,
        cutter: &'a mut State,
        bytes: &'a [u8],
        at_end: bool,
    ) -> Machine<'a> {
        let (levels, mode) = (cutter.state / 16, Mode::from_number(cutter.state % 16));
        Machine {
            layout,
            cutter,
            bytes,
            at_end,
            mode,
            levels,
            found: None,
            hasty: at_end,
            passed: Vec::new(),
        }
    }

    /// Finds the next piece; see [`crate::read::Cutter::cut`].
    pub(super) fn cut(&mut self) -> Result<Option<Piece>, Fault> {
        let outcome = loop {
            match self.step() {
                Ok(Step::On) => {}
                Ok(Step::Cut(piece)) => break Ok(Some(self.restart(piece))),
                Ok(Step::Wait) => break self.pause(),
                Ok(Step::End) => break Ok(None),
                Err(fault) => break self.hand_out().map_or(Err(fault), |piece| Ok(Some(piece))),
            }
        };
        self.cutter.state = self.levels * 16 + self.mode.number();
        outcome
    }

    /// Whether the document is over.
    pub(super) fn is_done(&self) -> bool {
        self.mode == Mode::Done
    }

    fn step(&mut self) -> Result<Step, Fault> {
        match self.mode {
            Mode::Outset => self.outset(),
            Mode::FirstElement | Mode::NextElement => self.element(),
            Mode::InElement => self.in_element(),
            Mode::AfterElement => self.after_element(),
            Mode::FirstKey | Mode::NextKey => self.key(),
            Mode::InRecord => self.in_record(),
            Mode::InOther => Ok(self.finish()?.map_or(Step::Wait, |_| self.after_value())),
            Mode::AfterValue => self.after_key(),
            Mode::Done => self.done(),
        }
    }

    /// The next byte that is not blank, and moves to it.
    fn peek(&mut self) -> Option<u8> {
        self.cutter.scanned = text::blanks(self.bytes, self.cutter.scanned);
        self.bytes.get(self.cutter.scanned).copied()
    }

    /// Takes the byte at hand.
    fn take(&mut self, mode: Mode) -> Step {
        self.cutter.scanned += 1;
        self.mode = mode;
        Step::On
    }

    fn breaks<T>(&self, reason: &'static str) -> Result<T, Fault> {
        Err(Break { at: self.cutter.scanned, reason }.fault(self.bytes.len()))
    }

    fn outset(&mut self) -> Result<Step, Fault> {
        match self.peek() {
            None => Ok(Step::Wait),
            Some(b'[') => self.list(String::new(), 0),
            Some(b'{') => self.object(String::new(), 0),
            Some(_) => self.breaks("expected a list or an object"),
        }
    }

    /// Opens the list that begins `ahead` bytes from here.
    fn list(&mut self, pointer: String, ahead: usize) -> Result<Step, Fault> {
        self.add_part(pointer, true)?;
        self.cutter.scanned += ahead;
        Ok(self.take(Mode::FirstElement))
    }

    /// Opens the object that begins `ahead` bytes from here, as a record or as
    /// one that holds records.
    fn object(&mut self, pointer: String, ahead: usize) -> Result<Step, Fault> {
        let Some(seen) = self.beginning(self.cutter.scanned + ahead) else {
            return Ok(Step::Wait);
        };
        if names::is_record(self.layout, seen) {
            self.add_part(pointer, false)?;
            self.cutter.scanned += ahead;
            return Ok(self.begin(Mode::InRecord));
        }
        self.cutter.pointer = pointer;
        self.cutter.scanned += ahead;
        self.levels += 1;
        Ok(self.take(Mode::FirstKey))
    }

    fn add_part(&mut self, pointer: String, list: bool) -> Result<(), Fault> {
        if self.cutter.parts.len() > usize::from(u16::MAX) {
            return self.breaks("more than 65,536 lists in one document");
        }
        let kind = names::kind(&pointer);
        self.cutter.parts.push(Part { pointer, list, kind });
        Ok(())
    }

    fn element(&mut self) -> Result<Step, Fault> {
        match self.peek() {
            None => Ok(Step::Wait),
            Some(b']') if self.mode == Mode::FirstElement => Ok(self.close_list()),
            Some(_) => Ok(self.begin(Mode::InElement)),
        }
    }

    /// Begins the value at hand.
    fn begin(&mut self, mode: Mode) -> Step {
        self.cutter.start = self.cutter.scanned;
        self.cutter.depth = 0;
        self.cutter.quoted = false;
        self.mode = mode;
        Step::On
    }

    /// The end of the value that was begun, once it is there.
    fn finish(&mut self) -> Result<Option<usize>, Fault> {
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
        let State { scanned, depth, quoted, .. } = *self.cutter;
        let mut walk = Walk { at: scanned, depth, quoted };
        let end = walk.finish(self.bytes);
        self.cutter.scanned = walk.at;
        self.cutter.depth = walk.depth;
        self.cutter.quoted = walk.quoted;
        end
    }

    /// The end of a number, `true`, `false` or `null`.
    fn bare(&mut self) -> Result<Option<usize>, Fault> {
        let start = self.cutter.start;
        let end = text::scalar(self.bytes, start);
        let most = end.unwrap_or_else(|found| found.at);
        if most >= self.bytes.len() && !self.at_end {
            return Ok(None);
        }
        end.map(Some).map_err(|found| found.fault(self.bytes.len()))
    }

    fn in_element(&mut self) -> Result<Step, Fault> {
        let Some(end) = self.finish()? else { return Ok(Step::Wait) };
        let start = self.cutter.start;
        if end - start > self.layout.limits.record {
            return Err(self.too_long(start));
        }
        let first = self.found.map_or(start, |(first, _)| first);
        self.found = Some((first, end));
        self.mode = Mode::AfterElement;
        Ok(Step::On)
    }

    fn after_element(&mut self) -> Result<Step, Fault> {
        match self.peek() {
            None => Ok(Step::Wait),
            Some(b',') => Ok(self.take(Mode::NextElement)),
            Some(b']') => Ok(self.close_list()),
            Some(_) => self.breaks("expected `,` or `]`"),
        }
    }

    fn close_list(&mut self) -> Step {
        self.cutter.scanned += 1;
        self.after_value();
        match self.found.take() {
            Some((start, end)) => Step::Cut(self.piece(start, end, self.cutter.scanned)),
            None => Step::On,
        }
    }

    fn after_value(&mut self) -> Step {
        self.mode = if self.levels == 0 { Mode::Done } else { Mode::AfterValue };
        Step::On
    }

    fn in_record(&mut self) -> Result<Step, Fault> {
        let Some(end) = self.finish()? else { return Ok(Step::Wait) };
        let start = self.cutter.start;
        if end - start > self.layout.limits.record {
            return Err(self.too_long(start));
        }
        self.after_value();
        Ok(Step::Cut(self.piece(start, end, end)))
    }

    fn key(&mut self) -> Result<Step, Fault> {
        match self.peek() {
            None => Ok(Step::Wait),
            Some(b'}') if self.mode == Mode::FirstKey => Ok(self.close_object()),
            Some(_) => match text::key(self.bytes, self.cutter.scanned) {
                Ok((key, value)) => self.route(key.end, value),
                Err(found) if found.at >= self.bytes.len() && !self.at_end => Ok(Step::Wait),
                Err(found) => Err(found.fault(self.bytes.len())),
            },
        }
    }

    /// Decides what to do with the value at `value`.
    fn route(&mut self, key_end: usize, value: usize) -> Result<Step, Fault> {
        let start = self.cutter.scanned;
        let written = self.bytes.get(start + 1..key_end).unwrap_or_default();
        let key = super::keys::name(written);
        let known = key.as_ref().is_some_and(|key| names::is_known(key, self.layout.role));
        let pointer = key.map(|key| names::below(&self.cutter.pointer, &key));
        match (self.bytes.get(value), pointer) {
            (None, _) => Ok(Step::Wait),
            (Some(b'['), Some(pointer)) if known || self.layout.list.as_ref() == Some(&pointer) => {
                self.list(pointer, value - start)
            }
            (Some(b'{'), Some(pointer)) if known && self.levels <= LEVELS => {
                self.object(pointer, value - start)
            }
            (Some(b'['), Some(pointer)) => {
                let first = text::blanks(self.bytes, value + 1);
                match self.bytes.get(first) {
                    None => Ok(Step::Wait),
                    Some(b'{') => self.pass_objects(pointer, value, first),
                    Some(_) => Ok(self.pass(value)),
                }
            }
            _ => Ok(self.pass(value)),
        }
    }

    /// Passes over the list at `value`, whose first object begins at `first`.
    fn pass_objects(&mut self, pointer: String, value: usize, first: usize) -> Result<Step, Fault> {
        let Some(seen) = self.beginning(first) else { return Ok(Step::Wait) };
        let records = names::is_shift(self.layout, seen);
        self.passed.push(Passed { pointer, at: value, records });
        Ok(self.pass(value))
    }

    /// The object at a place, or as much of it as is looked at; `None` if more
    /// is needed.
    fn beginning(&self, at: usize) -> Option<&'a [u8]> {
        let rest = self.bytes.get(at..).unwrap_or_default();
        let seen = rest.get(..LOOKAHEAD).unwrap_or(rest);
        let end = Walk::default().finish(seen);
        if end.is_none() && seen.len() < LOOKAHEAD && !self.hasty {
            return None;
        }
        Some(end.and_then(|end| seen.get(..end)).unwrap_or(seen))
    }

    /// Passes over the value at `value`.
    fn pass(&mut self, value: usize) -> Step {
        self.cutter.scanned = value;
        self.begin(Mode::InOther)
    }

    fn after_key(&mut self) -> Result<Step, Fault> {
        match self.peek() {
            None => Ok(Step::Wait),
            Some(b',') => Ok(self.take(Mode::NextKey)),
            Some(b'}') => Ok(self.close_object()),
            Some(_) => self.breaks("expected `,` or `}`"),
        }
    }

    fn close_object(&mut self) -> Step {
        self.cutter.scanned += 1;
        self.levels = self.levels.saturating_sub(1);
        let above = self.cutter.pointer.rfind('/').unwrap_or(0);
        self.cutter.pointer.truncate(above);
        self.after_value()
    }

    fn done(&mut self) -> Result<Step, Fault> {
        match self.peek() {
            None if self.at_end => Ok(Step::End),
            None => Ok(Step::Wait),
            Some(_) => self.breaks("expected nothing after the end of the document"),
        }
    }

    fn piece(&self, start: usize, end: usize, next: usize) -> Piece {
        let part = self.cutter.parts.len().saturating_sub(1);
        Piece { start, end, next, part: u16::try_from(part).unwrap_or(u16::MAX) }
    }

    /// Starts anew after a piece.
    fn restart(&mut self, piece: Piece) -> Piece {
        self.cutter.scanned = 0;
        self.cutter.start = 0;
        piece
    }

    /// The elements found so far as a piece, if there are any.
    fn hand_out(&mut self) -> Option<Piece> {
        let (start, end) = self.found.take()?;
        self.begin(Mode::AfterElement);
        let piece = self.piece(start, end, end);
        Some(self.restart(piece))
    }

    /// What to do when the bytes are used up.
    fn pause(&mut self) -> Result<Option<Piece>, Fault> {
        if let Some(piece) = self.hand_out() {
            return Ok(Some(piece));
        }
        let within = matches!(self.mode, Mode::InElement | Mode::InRecord);
        let needed = if within { self.cutter.start } else { self.cutter.scanned };
        if self.at_end {
            return Err(self.broken_off(needed));
        }
        if self.bytes.len() - needed > self.layout.limits.record {
            return Err(self.too_long(needed));
        }
        if needed < KEPT {
            return Ok(None);
        }
        if within {
            self.begin(self.mode);
        }
        let nothing = self.piece(needed, needed, needed);
        Ok(Some(self.restart(nothing)))
    }

    /// Why the document is not whole. A record may be broken long before its
    /// end is missed.
    fn broken_off(&self, needed: usize) -> Fault {
        let rest = self.bytes.get(needed..).unwrap_or_default();
        let found = match self.mode {
            Mode::InElement | Mode::InRecord => {
                text::value(rest, 0, self.layout.limits.depth).err()
            }
            _ => None,
        };
        let reason = "the file ends in the middle of the document";
        let found = found.filter(|found| found.at < rest.len());
        let found = found.map(|found| Break { at: needed + found.at, ..found });
        found.unwrap_or(Break { at: self.bytes.len(), reason }).fault(self.bytes.len())
    }

    /// Why a record has no end in sight: it is broken, or just too long.
    fn too_long(&self, start: usize) -> Fault {
        let rest = self.bytes.get(start..).unwrap_or_default();
        let limits = self.layout.limits;
        let rest = rest.get(..limits.record).unwrap_or(rest);
        match text::value(rest, 0, limits.depth) {
            Err(found) if found.at < rest.len() => {
                Break { at: start + found.at, ..found }.fault(self.bytes.len())
            }
            _ => super::longer_than_allowed(limits, start),
        }
    }

    /// Notes what was passed over beside lists that are read. Where that seems to
    /// be shifts, they are missed, for they cannot be checked.
    pub(super) fn note_passed(&mut self) {
        for Passed { pointer, at, records } in std::mem::take(&mut self.passed) {
            if records {
                let message = format!(
                    "the list under `{pointer}` holds records and was not checked: nothing is \
                     looked for under that name"
                );
                let help = "give it a name that is known, such as `shifts`, or take it out of the \
                            file";
                let fault = Fault { offset: at, message, help: Some(help.to_owned()) };
                self.cutter.missed.get_or_insert(fault);
            } else if self.cutter.notes.len() < MOST_NOTES {
                let note = format!(
                    "the list under `{pointer}` is passed over: nothing is looked for under that name"
                );
                if !self.cutter.notes.contains(&note) {
                    self.cutter.notes.push(note);
                }
            }
        }
    }
}
