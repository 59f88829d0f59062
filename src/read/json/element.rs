//! An element of a list becomes a row.
//!
//! Objects within it are flattened with a dot; lists within it are passed
//! over, but for lists of dates and of activities, whose text is their word.
//! Which key stands for which field is [`Keys`]' business.

use super::Layout;
use super::escapes::unescape;
use super::keys::{Keys, NESTED, RECORD, Rank, Target};
use super::text::{self, Break};
use crate::model::row::{Field, Row, RowFault};
use crate::model::source::Role;
use crate::read::Account;
use std::ops::Range;

/// Reads the elements that stand in some bytes, one at a time.
#[derive(Debug)]
pub(in crate::read) struct Elements<'a> {
    bytes: &'a [u8],
    keys: Keys<'a>,
    /// Whether an id can stand for the agent.
    agents: bool,
    /// Whether all of the bytes are UTF-8.
    utf8: bool,
    /// How many brackets may be open at once.
    depth: usize,
    slots: [Slot; Field::COUNT],
    /// The fields whose slots are filled.
    filled: Vec<Field>,
    /// Where two keys of the element say different things with equal right.
    disputes: Vec<Dispute>,
    /// Such fields and what is told of them, over all elements.
    notes: Vec<(Field, String)>,
    /// What words with escapes say.
    said: Vec<u8>,
    fault: Option<RowFault>,
    /// Whether the agent is a list with something in it.
    listed_agent: bool,
    /// How many of the bytes were searched for line ends, and how many those
    /// are.
    counted: (usize, u32),
}

/// The word of a field in the element at hand.
#[derive(Debug, Clone, Copy)]
struct Slot {
    rank: Rank,
    /// Whether it stands in `said`, and not in the bytes.
    escaped: bool,
    /// Whether it has half a character in it.
    broken: bool,
    /// The node of its key.
    node: usize,
    start: usize,
    end: usize,
}

const EMPTY: Slot =
    Slot { rank: Rank::Absent, escaped: false, broken: false, node: RECORD, start: 0, end: 0 };

/// A field, and the nodes of two keys for it.
#[derive(Debug, Clone, Copy)]
struct Dispute {
    field: Field,
    first: usize,
    second: usize,
}

impl<'a> Elements<'a> {
    /// A reader of the elements in these bytes.
    pub(in crate::read) fn new(layout: &'a Layout, bytes: &'a [u8]) -> Elements<'a> {
        Elements {
            bytes,
            keys: Keys::new(layout),
            agents: layout.role == Some(Role::Agents),
            utf8: std::str::from_utf8(bytes).is_ok(),
            depth: layout.limits.depth,
            slots: [EMPTY; Field::COUNT],
            filled: Vec::with_capacity(Field::COUNT),
            disputes: Vec::new(),
            notes: Vec::new(),
            said: Vec::new(),
            fault: None,
            listed_agent: false,
            counted: (0, 0),
        }
    }

    /// Reads the element at `start` and gives the place after it.
    #[inline]
    pub(in crate::read) fn read(
        &mut self,
        start: usize,
        sink: &mut dyn FnMut(&Row<'_>),
    ) -> Result<usize, Break> {
        let end = self.parse(start)?;
        self.tell(start, sink);
        Ok(end)
    }

    /// Reads the element that makes up a line, which ends at `limit`.
    #[inline]
    pub(in crate::read) fn read_line(
        &mut self,
        start: usize,
        limit: usize,
        sink: &mut dyn FnMut(&Row<'_>),
    ) -> Result<(), Break> {
        let broken_off = Break { at: limit, reason: "expected the record to end on its line" };
        let end = match self.parse(start) {
            Ok(end) if end <= limit => end,
            Err(found) if found.at < limit => return Err(found),
            _ => return Err(broken_off),
        };
        let after = text::blanks(self.bytes.get(..limit).unwrap_or_default(), end);
        if after < limit {
            return Err(Break { at: after, reason: "expected one object on a line" });
        }
        self.tell(start, sink);
        Ok(())
    }

    #[inline]
    fn tell(&mut self, start: usize, sink: &mut dyn FnMut(&Row<'_>)) {
        let line = self.line(start);
        for Dispute { field, first, second } in std::mem::take(&mut self.disputes) {
            self.notes.push((field, self.keys.clash(field, first, second)));
        }
        sink(&self.row(start, line));
    }

    /// What is known once all elements are read.
    pub(in crate::read) fn account(self) -> Account {
        Account { line_ends: None, notes: self.notes }
    }

    /// Understands the element at `start` and gives the place after it.
    #[inline]
    pub(in crate::read) fn parse(&mut self, start: usize) -> Result<usize, Break> {
        for field in self.filled.drain(..) {
            if let Some(slot) = self.slots.get_mut(field as usize) {
                *slot = EMPTY;
            }
        }
        self.disputes.clear();
        self.said.clear();
        self.fault = None;
        self.listed_agent = false;
        let object = self.bytes.get(start) == Some(&b'{');
        let end = match object {
            true => self.object(start)?,
            false => text::value(self.bytes, start, self.depth)?,
        };
        if !object {
            self.fault = Some(RowFault::NotAnObject);
        }
        if !self.utf8 {
            let element = self.bytes.get(start..end).unwrap_or_default();
            if std::str::from_utf8(element).is_err() {
                self.fault = Some(RowFault::NotUtf8);
            }
        }
        Ok(end)
    }

    /// Whether the element at hand has a key for this field.
    pub(in crate::read) fn has(&self, field: Field) -> bool {
        let present = |field: Field| {
            self.slots.get(field as usize).is_some_and(|slot| slot.rank != Rank::Absent)
        };
        present(field) || (field == Field::Agent && self.agents && present(Field::Id))
    }

    /// Whether the element at hand is an object.
    pub(in crate::read) fn is_object(&self) -> bool {
        self.fault != Some(RowFault::NotAnObject)
    }

    /// The keys met so far.
    pub(in crate::read) fn keys(&self) -> &Keys<'a> {
        &self.keys
    }

    fn object(&mut self, start: usize) -> Result<usize, Break> {
        let mut path = Path { open: [RECORD; NESTED + 1], level: 0, last: RECORD };
        let mut at = text::blanks(self.bytes, start + 1);
        let mut empty = self.bytes.get(at) == Some(&b'}');
        loop {
            if !empty {
                let (node, value) = self.key(&mut path, at)?;
                if self.bytes.get(value) == Some(&b'{')
                    && self.keys.speaks(node)
                    && path.enter(node)
                {
                    at = text::blanks(self.bytes, value + 1);
                    empty = self.bytes.get(at) == Some(&b'}');
                    continue;
                }
                at = text::blanks(self.bytes, self.value(node, value, path.level + 1)?);
            }
            empty = false;
            while self.bytes.get(at) == Some(&b'}') {
                if path.leave() {
                    return Ok(at + 1);
                }
                at = text::blanks(self.bytes, at + 1);
            }
            if self.bytes.get(at) != Some(&b',') {
                return Err(Break { at, reason: "expected `,` or `}`" });
            }
            at = text::blanks(self.bytes, at + 1);
        }
    }

    /// Reads the key at `at`; gives its node and the place of its value.
    #[inline]
    fn key(&mut self, path: &mut Path, at: usize) -> Result<(usize, usize), Break> {
        let (key, value) = text::key(self.bytes, at)?;
        let written = self.bytes.get(at + 1..key.end).unwrap_or_default();
        let node = self.keys.find(path.parent(), path.last, written);
        path.last = node;
        Ok((node, value))
    }

    /// Reads the value of a key and gives the place after it.
    #[inline]
    fn value(&mut self, node: usize, at: usize, level: usize) -> Result<usize, Break> {
        self.keys.mark(node);
        let target = self.keys.target(node);
        let room = self.depth.saturating_sub(level);
        match self.bytes.get(at) {
            Some(b'"') => {
                let string = text::string(self.bytes, at + 1)?;
                if let Some(target) = target {
                    self.put(node, target, at + 1..string.end, string.escaped);
                }
                Ok(string.end + 1)
            }
            Some(b'[') => {
                let end = text::value(self.bytes, at, room)?;
                match target {
                    Some(target) if target.field == Field::Date => {
                        let list = self.bytes.get(at..end).unwrap_or_default();
                        self.put(node, target, at..end, list.contains(&b'\\'));
                    }
                    Some(target) if target.field == Field::Agent => {
                        let empty = text::blanks(self.bytes, at + 1) + 1 == end;
                        self.listed_agent |= !empty;
                    }
                    // Their text is read again as JSON, escapes and all.
                    Some(target) if target.field == Field::Activities => {
                        self.put(node, target, at..end, false);
                    }
                    _ => {}
                }
                Ok(end)
            }
            Some(b'{') => text::value(self.bytes, at, room),
            _ => {
                let end = text::scalar(self.bytes, at)?;
                if let Some(target) = target {
                    let null = self.bytes.get(at) == Some(&b'n');
                    self.put(node, target, at..if null { at } else { end }, false);
                }
                Ok(end)
            }
        }
    }

    /// Puts a word in its field, unless that has a better one.
    #[inline]
    fn put(&mut self, node: usize, target: Target, written: Range<usize>, escaped: bool) {
        let Target { field, rank } = target;
        let Some(slot) = self.slots.get(field as usize).copied() else { return };
        if rank > slot.rank {
            return;
        }
        if rank == slot.rank && !self.blank(slot) {
            return self.dispute(node, field, slot, written, escaped);
        }
        // Between keys that say less than this one nothing is left to decide.
        self.disputes.retain(|dispute| dispute.field != field);
        let Range { start, end } = written;
        let mut new = Slot { rank, escaped, broken: false, node, start, end };
        if escaped {
            let written = self.bytes.get(start..end).unwrap_or_default();
            new.start = self.said.len();
            new.broken = !unescape(written, &mut self.said);
            new.end = self.said.len();
        }
        if slot.rank == Rank::Absent {
            self.filled.push(field);
        }
        if let Some(slot) = self.slots.get_mut(field as usize) {
            *slot = new;
        }
    }

    /// Notes that a field has another word already, if it is another, and that is
    /// not told of the field so far.
    fn dispute(
        &mut self,
        node: usize,
        field: Field,
        slot: Slot,
        written: Range<usize>,
        escaped: bool,
    ) {
        let told = self.notes.iter().any(|(told, _)| *told == field);
        if told || self.disputes.iter().any(|dispute| dispute.field == field) {
            return;
        }
        let written = self.bytes.get(written).unwrap_or_default();
        let mut unescaped = Vec::new();
        let said = if escaped {
            unescape(written, &mut unescaped);
            &unescaped
        } else {
            written
        };
        let said = said.trim_ascii();
        if !said.is_empty() && said != self.word(slot).trim_ascii() {
            self.disputes.push(Dispute { field, first: slot.node, second: node });
        }
    }

    #[inline]
    fn word(&self, slot: Slot) -> &[u8] {
        let from = if slot.escaped { &self.said } else { self.bytes };
        from.get(slot.start..slot.end).unwrap_or_default()
    }

    fn blank(&self, slot: Slot) -> bool {
        self.word(slot).trim_ascii().is_empty()
    }

    fn row(&self, offset: usize, line: u32) -> Row<'_> {
        let mut row = Row::default();
        (row.offset, row.line, row.fault) = (offset, line, self.fault);
        for field in &self.filled {
            let Some(slot) = self.slots.get(*field as usize) else { continue };
            let word = self.word(*slot);
            row.set(*field, word);
            if slot.escaped && row.fault.is_none() {
                row.fault = if slot.broken {
                    Some(RowFault::NotUtf8)
                } else {
                    word.contains(&0).then_some(RowFault::Nul)
                };
            }
        }
        let mapped = self.slots.first().is_some_and(|agent| agent.rank < Rank::Known);
        if self.agents && !mapped && row.word(Field::Agent).is_empty() {
            row.set(Field::Agent, row.raw(Field::Id));
        }
        if self.listed_agent && row.fault.is_none() && row.word(Field::Agent).is_empty() {
            row.fault = Some(RowFault::ListedAgent);
        }
        row
    }

    /// The line of a place, which is never before that of the last call.
    fn line(&mut self, at: usize) -> u32 {
        let (counted, lines) = self.counted;
        let between = self.bytes.get(counted..at).unwrap_or_default();
        let more = memchr::memchr_iter(b'\n', between).count();
        self.counted = (at, lines.saturating_add(u32::try_from(more).unwrap_or(u32::MAX)));
        self.counted.1
    }
}

/// The objects around a place in a record, by the nodes of their keys.
struct Path {
    open: [usize; NESTED + 1],
    level: usize,
    /// The key before the place; the object's own node if there is none.
    last: usize,
}

impl Path {
    #[inline]
    fn parent(&self) -> usize {
        self.open.get(self.level).copied().unwrap_or(RECORD)
    }

    /// Goes into the object under a key, unless that is too deep.
    fn enter(&mut self, node: usize) -> bool {
        let Some(place) = self.open.get_mut(self.level + 1) else { return false };
        *place = node;
        self.level += 1;
        self.last = node;
        true
    }

    /// Leaves an object; whether that was the record.
    fn leave(&mut self) -> bool {
        self.last = self.parent();
        let outermost = self.level == 0;
        self.level = self.level.saturating_sub(1);
        outermost
    }
}

#[cfg(test)]
mod tests;
