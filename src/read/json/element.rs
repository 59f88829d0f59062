//! Reads one element of a list into a row.
//!
//! Objects within the element are flattened with a dot. What is not the word of a field and may
//! hold records, a list or an object of another kind, is left over. An element without such
//! leftovers is read here, any other in [`nested`]. [`KeyTree`] knows which key is which field.

use super::day_maps::KnownKeys;
use super::escapes::unescape;
use super::keys::{FieldTarget, KeyMeaning, KeyTree, NESTED, RECORD, Rank};
use super::naming;
use super::paging::PageKeys;
use super::scoping::{bit, lacking};
use super::shape::{self, Around};
use super::text::{self, SyntaxError};
use super::{ANOTHER_TYPE, Layout, VendorFacts, class, scan};
use crate::model::kinds::is_absence;
use crate::model::nobody::is_nobody;
use crate::model::observation::{Noticed, Observation};
use crate::model::row::{Alternate, Claim, Field, Row, RowFault};
use crate::model::shift::Kind;
use crate::model::source::Role;
use crate::read::names::{Aside, OTHER_STAGE};
use crate::read::survey::SAMPLES;
use crate::read::{Account, Block, Part};
use path::Path;
use std::cell::Cell;
use std::ops::Range;

mod beside;

mod nested;

mod own;

mod partial_days;

mod path;

mod rest;

/// Reads the elements in some bytes, one at a time.
#[derive(Debug)]
pub(in crate::read) struct Elements<'a, 'l> {
    bytes: &'a [u8],
    keys: KeyTree<'l>,
    part: &'a Part,
    /// Whether the rows are all that is wanted.
    again: bool,
    role: Role,
    /// Whether records of the list have keys for hours, so that those without are empty.
    timed: bool,
    /// Whether all of the bytes are UTF-8.
    utf8: bool,
    /// How many brackets may be open at once.
    depth: usize,
    /// The keys of fields, as the user names them.
    mapped: &'l [(Field, String)],
    /// What the vendor of its format says.
    vendor: &'l VendorFacts,
    slots: [FieldSlot; Field::COUNT],
    /// The fields whose slots are filled, a bit for each.
    filled: u64,
    /// Whether the record at hand has a key that only time off has.
    is_time_off: bool,
    /// Other words for a field than the one in its slot.
    rivals: Vec<RivalWord>,
    /// Words that may say more of the record, each with the node of its key.
    asides: Vec<(usize, Aside, Vec<u8>)>,
    /// Words of the record at hand that may be other agents.
    others: Vec<OtherName>,
    /// Lists and objects of the element at hand that no field takes.
    leftovers: Vec<Leftover>,
    /// Texts of the element at hand that may be documents or ranges.
    texts: Vec<(usize, usize)>,
    /// Some of the last leftovers, and whether each held anything like a record around which
    /// this is known.
    judged: [Cell<Option<(Leftover, Around, bool)>>; 4],
    /// Where values are that their format never has.
    mistyped: Vec<usize>,
    /// What words with escapes say.
    said: Vec<u8>,
    fault: Option<RowFault>,
    /// Whether the element at hand was found to be JSON.
    is_known: bool,
    /// The number of the element at hand, and of the record: one element can
    /// hold several.
    element: u32,
    record: u64,
    /// Where the element at hand begins.
    restart: usize,
    /// How many of the bytes were searched for line ends, and how many those
    /// are.
    counted: (usize, u32),
    observations: Vec<Observation>,
    mentions: Vec<(String, Vec<u8>)>,
    /// What keys say about days, as far as they were met.
    day_keys: KnownKeys,
    page_keys: PageKeys,
    lacking: u64,
}

/// The word of a field in the record at hand.
#[derive(Debug, Clone, Copy)]
struct FieldSlot {
    rank: Rank,
    /// Whether it is in `said`, and not in the bytes.
    escaped: bool,
    /// Whether it has half a character in it.
    broken: bool,
    /// Whether it is a list, as the document writes it.
    list: bool,
    /// The node of its key.
    node: usize,
    start: usize,
    end: usize,
}

const EMPTY: FieldSlot = FieldSlot {
    rank: Rank::ABSENT,
    escaped: false,
    broken: false,
    list: false,
    node: RECORD,
    start: 0,
    end: 0,
};

/// A word that may be another agent than that of its record, the node of its key, and what it
/// claims if it is one.
#[derive(Debug, Clone)]
struct OtherName {
    node: usize,
    claim: Claim,
    word: Vec<u8>,
}

/// Another word for a field, and the node of its key.
#[derive(Debug, Clone)]
struct RivalWord {
    field: Field,
    node: usize,
    /// The node of the key that the field has its word from.
    chosen: usize,
    word: Vec<u8>,
    /// What it says, if that is more than another word.
    claim: Option<Claim>,
}

impl RivalWord {
    /// What the key at a node claims, which is read as a word of this field.
    fn claim(claim: Claim, field: Field, node: usize, word: Vec<u8>) -> RivalWord {
        RivalWord { field, node, chosen: node, word, claim: Some(claim) }
    }
}

/// A key that is being read: its node, what it means, and whether its value is kept,
/// to show it.
#[derive(Debug, Clone, Copy)]
struct KeyInHand {
    node: usize,
    meaning: KeyMeaning,
    sampled: bool,
}

/// A list or an object that no field takes.
#[derive(Debug, Clone, Copy)]
struct Leftover {
    node: usize,
    start: usize,
    end: usize,
}

impl Leftover {
    fn holds(&self, place: usize) -> bool {
        (self.start..self.end).contains(&place)
    }
}

impl<'a, 'l> Elements<'a, 'l> {
    /// A reader of the elements of a block.
    pub(in crate::read) fn new(layout: &'l Layout, block: &Block<'a>) -> Elements<'a, 'l> {
        let keys = KeyTree::new(layout, if block.again { 0 } else { SAMPLES });
        Elements::with_keys(layout, block, keys)
    }

    /// The same, with keys that were met in other blocks.
    pub(in crate::read) fn with_keys(
        layout: &'l Layout,
        block: &Block<'a>,
        keys: KeyTree<'l>,
    ) -> Elements<'a, 'l> {
        let Block { bytes, part, again } = *block;
        Elements {
            bytes,
            keys,
            again,
            part,
            role: layout.role.unwrap_or(Role::Batch),
            timed: layout.timed.contains(&part.pointer),
            utf8: std::str::from_utf8(bytes).is_ok(),
            depth: layout.limits.depth,
            mapped: &layout.mapped,
            vendor: &layout.vendor,
            slots: [EMPTY; Field::COUNT],
            filled: 0,
            is_time_off: false,
            rivals: Vec::new(),
            asides: Vec::new(),
            others: Vec::new(),
            leftovers: Vec::new(),
            texts: Vec::new(),
            judged: Default::default(),
            mistyped: Vec::new(),
            said: Vec::new(),
            fault: None,
            is_known: false,
            element: 0,
            record: 0,
            restart: 0,
            counted: (0, 0),
            observations: Vec::new(),
            mentions: Vec::new(),
            day_keys: KnownKeys::default(),
            page_keys: PageKeys::default(),
            lacking: 0,
        }
    }

    /// Reads the element at `start` and gives the place after it.
    #[inline]
    pub(in crate::read) fn read(
        &mut self,
        start: usize,
        sink: &mut dyn FnMut(&Row<'_>),
    ) -> Result<usize, SyntaxError> {
        let end = self.parse(start)?;
        self.hand_on(start, end, sink);
        Ok(end)
    }

    /// The keys that were met.
    pub(in crate::read) fn into_keys(self) -> KeyTree<'l> {
        self.keys
    }

    /// Reads the element at `start` as one row, whatever it is and holds.
    pub(in crate::read) fn read_flat(
        &mut self,
        start: usize,
        sink: &mut dyn FnMut(&Row<'_>),
    ) -> Result<usize, SyntaxError> {
        let end = self.parse(start)?;
        let line = self.line(start);
        sink(&self.row(start, line));
        Ok(end)
    }

    /// Reads the element that makes up a line, which ends at `limit`.
    #[inline]
    pub(in crate::read) fn read_line(
        &mut self,
        start: usize,
        limit: usize,
        line: u32,
        sink: &mut dyn FnMut(&Row<'_>),
    ) -> Result<(), SyntaxError> {
        self.counted = (start, line);
        let broken_off =
            SyntaxError { at: limit, reason: "expected the record to end on its line" };
        let end = match self.parse(start) {
            Ok(end) if end <= limit => end,
            Err(found) if found.at < limit => return Err(found),
            _ => return Err(broken_off),
        };
        let after = text::blanks(self.bytes.get(..limit).unwrap_or_default(), end);
        if after < limit {
            return Err(SyntaxError { at: after, reason: "expected one object on a line" });
        }
        self.hand_on(start, end, sink);
        Ok(())
    }

    #[inline]
    fn hand_on(&mut self, start: usize, end: usize, sink: &mut dyn FnMut(&Row<'_>)) {
        self.restart = start;
        if self.is_plain(start) {
            if let Some(node) = self.key_of(Field::Agent) {
                self.keys.note_agent(node, start);
            }
            let line = self.line(start);
            let absence = self.absence(start);
            let mut row = self.row(start, line);
            absence.iter().for_each(|word| row.set(Field::Kind, word));
            self.part.scope.fill(&mut row);
            self.say_rest(&mut row, self.is_timed(start));
            let lacks = if self.part.pointer.is_empty() { 0 } else { lacking(&row) };
            match self.others.is_empty() {
                true => sink(&row),
                false => self.hand_on_with_others(row, sink),
            }
            self.lacking |= lacks;
        } else {
            self.read_nested(start, end, sink);
        }
        self.element += 1;
    }

    /// Hands on a record with words that may be other agents.
    #[cold]
    #[inline(never)]
    fn hand_on_with_others<'r>(&'r self, row: Row<'r>, sink: &mut dyn FnMut(&Row<'_>)) {
        let path = |other: &OtherName| self.keys.path(other.node).unwrap_or_default();
        let paths: Vec<String> = self.others.iter().map(path).collect();
        let others = self.others.iter().zip(&paths);
        let alternates: Vec<Alternate<'_>> = others
            .map(|(other, path)| Alternate::claim(other.claim, Field::Agent, &other.word, path))
            .collect();
        let mut row = row.clone();
        row.alternates = &alternates;
        sink(&row);
    }

    /// The key that the object at hand has a word of this field from.
    #[inline]
    fn key_of(&self, field: Field) -> Option<usize> {
        let slot = *self.slots.get(field as usize)?;
        (slot.rank != Rank::ABSENT && !self.blank(slot)).then_some(slot.node)
    }

    /// Whether the element at hand is one record and nothing else.
    #[inline]
    fn is_plain(&self, start: usize) -> bool {
        self.leftovers.is_empty()
            && self.texts.is_empty()
            && self.rivals.is_empty()
            && self.asides.is_empty()
            && !self.has_range_beside_start()
            && !self.part.aside
            && !(self.part.calendar && self.counts_heads())
            && self.bytes.get(start) == Some(&b'{')
            && self.is_record()
            && self.slots.first().is_some_and(|agent| !agent.list)
    }

    /// Whether the object at hand, of which this is all, is read as a record or
    /// with its records, rather than gone through for lists.
    pub(in crate::read) fn is_alone(&mut self, object: &[u8], has_agent: bool) -> bool {
        if self.role == Role::Swaps {
            return self.is_record();
        }
        let own = self.own(0, object.len());
        let lists = own.leftovers.iter().any(|leftover| begins_list(object, leftover.start));
        if self.role == Role::Agents {
            return own.is_record && !lists;
        }
        own.begins && (own.has_agent || has_agent) && (own.has_hours() || !lists)
    }

    /// Whether the object at hand names all that a record needs by itself.
    #[inline]
    fn is_record(&self) -> bool {
        match self.role {
            Role::Swaps => self.has(Field::Shift),
            Role::Agents => self.has(Field::Agent) || self.has(Field::Id) || self.has(Field::Name),
            _ => self.has(Field::Agent) && self.begins(),
        }
    }

    /// Whether the agent of the object at hand is how many there are, in a calendar.
    fn counts_heads(&self) -> bool {
        self.slots.first().is_some_and(|agent| {
            let word = std::str::from_utf8(self.word(*agent)).unwrap_or_default();
            let name = || self.keys.last_name(agent.node).unwrap_or_default();
            word.trim().parse::<f64>().is_ok() && class::counts_heads(&name())
        })
    }

    /// Whether the object at hand has a start, and a range of times beside it, by a glance.
    #[inline]
    fn has_range_beside_start(&self) -> bool {
        const RANGES: u64 = bit(Field::Times) | bit(Field::Length);
        self.has(Field::Start) && self.filled & RANGES != 0 && self.slot_of_range().is_some()
    }

    /// The slot of a field for both times, or for a length, that may hold a range.
    fn slot_of_range(&self) -> Option<FieldSlot> {
        const SHORTEST: usize = "8:00-9:00".len();
        let slots = [Field::Times, Field::Length].map(|field| self.slots.get(field as usize));
        let mut slots = slots.into_iter().flatten().copied();
        slots.find(|slot| {
            let word = self.word(*slot);
            word.len() >= SHORTEST
                && !word.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b':'))
        })
    }

    /// Whether the object at hand says when it begins.
    #[inline]
    fn begins(&self) -> bool {
        const BEGINNINGS: u64 =
            bit(Field::Start) | bit(Field::Date) | bit(Field::StartDate) | bit(Field::Times);
        self.filled & BEGINNINGS != 0
    }

    /// What a record with a date and no hours says to be an absence, under a key that is
    /// not read; of a record of a list with pay codes, that code.
    #[inline]
    fn absence(&self, start: usize) -> Option<Vec<u8>> {
        const DATES: u64 = bit(Field::Date) | bit(Field::StartDate);
        const REST: [Field; 5] =
            [Field::Start, Field::End, Field::Times, Field::Length, Field::Kind];
        let said = |field| self.slots.get(field as usize).is_some_and(|slot| !self.blank(*slot));
        if self.part.coded && !said(Field::Kind) {
            return self.search_pay_code(start);
        }
        let timeless = self.filled & DATES != 0 && !REST.into_iter().any(said);
        let found =
            if timeless && self.role.claims_time() { self.search_absence(start) } else { None };
        if found.is_none() && self.may_be_idle(start) { self.search_idle_day(start) } else { found }
    }

    /// The pay code of a record, in words, if it is that of an absence. Any other is of
    /// hours worked, and of those of a shift a part.
    #[cold]
    #[inline(never)]
    fn search_pay_code(&self, start: usize) -> Option<Vec<u8>> {
        let mut found = None;
        shape::each_text(self.bytes, start, "", NESTED, &mut |path, text| {
            let said = text.iter().any(u8::is_ascii_alphabetic);
            if found.is_none() && said && class::names_pay_code(path) {
                found = Some(text);
            }
        });
        found.map(|code| if is_absence(&code) { code } else { b"pay code".to_vec() })
    }

    #[cold]
    #[inline(never)]
    fn search_absence(&self, start: usize) -> Option<Vec<u8>> {
        let mut found = None;
        shape::each_text(self.bytes, start, "", NESTED, &mut |path, text| {
            if found.is_none() && is_absence(&text) && naming::is_unknown(path, self.role) {
                found = Some(text);
            }
        });
        found
    }

    /// What is known once all elements are read.
    pub(in crate::read) fn account(self, account: &mut Account) {
        account.elements += self.element;
        if self.again {
            return;
        }
        account.keys.extend(self.keys.facts());
        account.observations.extend(self.observations);
        account.mentions.extend(self.mentions);
        account.lacking |= self.lacking;
    }

    /// Understands the element at `start` and gives the place after it.
    #[inline]
    pub(in crate::read) fn parse(&mut self, start: usize) -> Result<usize, SyntaxError> {
        self.begin();
        self.is_known = false;
        let object = self.bytes.get(start) == Some(&b'{');
        let end = match object {
            true => self.object(start, RECORD)?,
            false => text::value(self.bytes, start, self.depth)?,
        };
        if !object {
            self.fault = Some(RowFault::NotAnObject);
        }
        self.look_for_text(start, end);
        self.is_known = true;
        Ok(end)
    }

    /// Forgets the record before.
    #[inline]
    fn begin(&mut self) {
        let mut filled = std::mem::take(&mut self.filled);
        while filled != 0 {
            if let Some(slot) = self.slots.get_mut(filled.trailing_zeros() as usize) {
                *slot = EMPTY;
            }
            filled &= filled - 1;
        }
        self.is_time_off = false;
        self.rivals.clear();
        self.asides.clear();
        self.others.clear();
        self.leftovers.clear();
        self.texts.clear();
        self.said.clear();
        self.fault = None;
        self.record += 1;
    }

    #[inline]
    fn look_for_text(&mut self, start: usize, end: usize) {
        if !self.utf8 {
            let element = self.bytes.get(start..end).unwrap_or_default();
            if std::str::from_utf8(element).is_err() {
                self.fault = Some(RowFault::NotUtf8);
            }
        }
    }

    /// Whether the element at hand has a key for this field.
    #[inline]
    pub(in crate::read) fn has(&self, field: Field) -> bool {
        self.filled & bit(field) != 0
    }

    /// Reads the object at `start`, whose keys are found below `root`.
    fn object(&mut self, start: usize, root: usize) -> Result<usize, SyntaxError> {
        let mut path = Path::of(root, start);
        let mut at = text::blanks(self.bytes, start + 1);
        let mut empty = self.bytes.get(at) == Some(&b'}');
        loop {
            if !empty {
                let (node, value) = self.key(&mut path, at)?;
                if let Some(expected) = self.keys.meaning(node).value_type
                    && !expected.fits(self.bytes.get(value..).unwrap_or_default())
                {
                    self.note_type(node, value);
                }
                if self.bytes.get(value) == Some(&b'{')
                    && self.keys.speaks(node)
                    && path.enter(node, value)
                {
                    at = text::blanks(self.bytes, value + 1);
                    empty = self.bytes.get(at) == Some(&b'}');
                    continue;
                }
                at = text::blanks(self.bytes, self.value(node, value, &mut path)?);
            }
            empty = false;
            while self.bytes.get(at) == Some(&b'}') {
                if let Some(leftover) = path.leftover(at + 1) {
                    self.leftovers.push(leftover);
                }
                if path.leave() {
                    return Ok(at + 1);
                }
                at = text::blanks(self.bytes, at + 1);
            }
            if self.bytes.get(at) != Some(&b',') {
                return Err(SyntaxError { at, reason: "expected `,` or `}`" });
            }
            at = text::blanks(self.bytes, at + 1);
        }
    }

    /// Reads the key at `at`; gives its node and the place of its value.
    #[inline]
    fn key(&mut self, path: &mut Path, at: usize) -> Result<(usize, usize), SyntaxError> {
        let (key, value) = text::key(self.bytes, at)?;
        let written = self.bytes.get(at + 1..key.end).unwrap_or_default();
        let node = self.keys.find(path.parent(), path.last, written);
        path.last = node;
        // The days of a record may be keys.
        if path.level > 0 && written.first().is_some_and(u8::is_ascii_digit) {
            path.suspect();
        }
        Ok((node, value))
    }

    /// Notes a value that its format never has, once.
    #[cold]
    fn note_type(&mut self, node: usize, value: usize) {
        if !self.again && !self.mistyped.contains(&value) {
            self.mistyped.push(value);
            let path = self.keys.path(node).unwrap_or_default();
            let place = format!("{}/*/{}", self.part.pointer, path.replace('.', "/"));
            self.note(Noticed::Unread, place, ANOTHER_TYPE.to_owned(), value);
        }
    }

    /// Reads the value of a key and gives the place after it.
    #[inline]
    fn value(&mut self, node: usize, at: usize, path: &mut Path) -> Result<usize, SyntaxError> {
        let (meaning, sampled) = self.keys.count(node);
        self.is_time_off |= meaning.of_time_off;
        let key = KeyInHand { node, meaning, sampled };
        match self.bytes.get(at) {
            Some(b'"') => {
                let string = text::string(self.bytes, at + 1)?;
                self.take_string(key, at + 1..string.end, string.escaped, path);
                Ok(string.end + 1)
            }
            Some(b'[') => {
                let end = self.end_of_nested(at, path.level)?;
                if path.level > 0 && !meaning.idle && self.lists_times(at) {
                    path.suspect();
                }
                self.take_list(key, at..end);
                Ok(end)
            }
            Some(b'{') => {
                let end = self.end_of_nested(at, path.level)?;
                self.leftovers.push(Leftover { node, start: at, end });
                Ok(end)
            }
            _ => {
                let end = text::scalar(self.bytes, at)?;
                let null = self.bytes.get(at) == Some(&b'n');
                match meaning.target {
                    Some(target) => {
                        self.put(key, target, at..if null { at } else { end }, false);
                    }
                    None => self.take_other(key, at..end, path),
                }
                Ok(end)
            }
        }
    }

    /// The end of a list or an object within the object at hand, on this level of it.
    fn end_of_nested(&self, at: usize, level: usize) -> Result<usize, SyntaxError> {
        // What is within an element was found to be JSON, and not too deep, with the element.
        let known = if self.is_known { scan::end_of_known(self.bytes, at) } else { None };
        match known {
            Some(end) => Ok(end),
            None => text::value(self.bytes, at, self.depth.saturating_sub(level + 1)),
        }
    }

    #[inline]
    fn take_string(
        &mut self,
        key: KeyInHand,
        written: Range<usize>,
        escaped: bool,
        path: &mut Path,
    ) {
        match key.meaning.target {
            Some(target) => {
                if matches!(self.bytes.get(written.start), Some(b'{' | b'['))
                    && !matches!(target.field, Field::Activities | Field::Times)
                {
                    self.texts.push((key.node, written.start - 1));
                }
                self.put(key, target, written, escaped);
            }
            None => {
                let first = self.bytes.get(written.start).copied().unwrap_or(b' ');
                if first.is_ascii_digit()
                    || matches!(first, b'{' | b'[' | b'\\')
                    || matches!(first, b'P' | b'R') && self.begins_interval(written.start)
                {
                    self.take_suspect(key, written.clone(), path);
                }
                self.take_other(key, written, path);
            }
        }
    }

    /// Whether a text begins like an interval: with a length, `PT4H/`, or how often it is
    /// repeated, `R5/`.
    fn begins_interval(&self, at: usize) -> bool {
        let second = self.bytes.get(at + 1).copied().unwrap_or(b' ');
        second.is_ascii_digit() || matches!(second, b'T' | b'/')
    }

    /// Takes a text that no field takes and that begins like a time, an interval or a
    /// document.
    #[inline(never)]
    fn take_suspect(&mut self, key: KeyInHand, written: Range<usize>, path: &mut Path) {
        if key.meaning.idle {
            return;
        }
        path.suspect();
        let text = self.bytes.get(written.clone()).unwrap_or_default();
        let document = matches!(text.first(), Some(b'{' | b'[' | b'\\'));
        let off = || self.keys.is_time_off(key.node) && shape::is_date_key(text);
        if document || shape::may_be_range(text) || off() {
            self.texts.push((key.node, written.start - 1));
        }
    }

    /// Takes a value that no field takes.
    #[inline]
    fn take_other(&mut self, key: KeyInHand, written: Range<usize>, path: &mut Path) {
        if path.level > 0 && !key.meaning.idle {
            let first = self.bytes.get(written.start).copied().unwrap_or(b' ');
            path.open_mut().suspect |= first.is_ascii_digit();
        }
        if key.sampled {
            let value = self.bytes.get(written.clone()).unwrap_or_default();
            self.keys.sample(key.node, value);
        }
        if let Some(aside) = key.meaning.aside
            && (path.level == 0 || key.meaning.within)
        {
            self.note_aside(key.node, aside, written.clone());
        }
        if key.meaning.unit.is_some() {
            self.note_length(key, written.clone());
        }
        if let Some(unit) = key.meaning.rest
            && !self.has(Field::End)
        {
            self.note_break(key.node, unit, written.clone());
        }
        if key.meaning.open {
            self.look_for_agent(key.node, written.clone());
        }
        if let Some(more) = key.meaning.more {
            self.note_more(key.node, more, written);
        }
    }

    /// Whether the first word of a list may be a time, so that the list may be a
    /// column.
    fn lists_times(&self, list: usize) -> bool {
        let first = text::blanks(self.bytes, list + 1);
        let word = self.bytes.get(first..first + 2).unwrap_or_default();
        matches!(word, [b'"', digit] if digit.is_ascii_digit())
    }

    /// Takes a list: as a word where its field can be a list, else as something
    /// that may hold records.
    #[inline(never)]
    fn take_list(&mut self, key: KeyInHand, list: Range<usize>) {
        let KeyInHand { node, meaning: KeyMeaning { target, more, .. }, .. } = key;
        if let Some(target) = target
            && let Some(word) = self.time_of_list(target.field, list.start)
        {
            return self.put_said(key, target, list, &word);
        }
        let field = target.map(|target| target.field);
        // `data` is a date in some languages, and a list of anything in others.
        let within = self.bytes.get(list.start + 1..list.end).unwrap_or_default();
        let dates = field == Some(Field::Date) && memchr::memchr2(b'{', b'[', within).is_none();
        let field = field.filter(|field| *field != Field::Date || dates);
        if let (Some(target), Some(Field::Date | Field::Agent | Field::Activities)) =
            (target, field)
        {
            let empty = text::blanks(self.bytes, list.start + 1) + 1 == list.end;
            if target.field == Field::Agent && empty {
                self.put(key, target, list.start..list.start, false);
                return;
            }
            let written = self.bytes.get(list.clone()).unwrap_or_default();
            // The text of activities is read again as JSON, escapes and all.
            let escaped = target.field == Field::Date && written.contains(&b'\\');
            let is_taken = self.put(key, target, list.clone(), escaped);
            if let Some(slot) = self.slots.get_mut(target.field as usize) {
                slot.list |= is_taken;
            }
        }
        let parts = field == Some(Field::Activities);
        let named = parts
            && !self.is_harmless(list.clone())
            && !shape::agents_named(self.bytes, list.start).is_empty();
        if !dates && (!parts || named) {
            self.leftovers.push(Leftover { node, start: list.start, end: list.end });
        }
        if let Some(more) = more {
            self.note_more(node, more, list);
        }
    }

    /// Whether a vendor's documentation says that what is here holds no other record.
    fn is_harmless(&self, value: Range<usize>) -> bool {
        shape::has_only_keys(self.bytes.get(value).unwrap_or_default(), self.vendor.harmless)
    }

    /// The time that a list under the name of one says, in numbers or as its one text.
    fn time_of_list(&self, field: Field, list: usize) -> Option<Vec<u8>> {
        const TIMES: [Field; 5] =
            [Field::Start, Field::End, Field::StartDate, Field::EndDate, Field::Date];
        let of_days = field == Field::Date;
        TIMES.contains(&field).then(|| shape::time_of_list(self.bytes, list, of_days))?
    }

    /// Puts a word in its field that represents a value of the document.
    fn put_said(
        &mut self,
        key: KeyInHand,
        target: FieldTarget,
        written: Range<usize>,
        word: &[u8],
    ) {
        let (node, start) = (key.node, written.start);
        self.put(key, target, written, false);
        if let Some(slot) = self.slots.get_mut(target.field as usize)
            && (slot.node, slot.start, slot.escaped) == (node, start, false)
        {
            (slot.start, slot.escaped) = (self.said.len(), true);
            self.said.extend_from_slice(word);
            slot.end = self.said.len();
        }
    }

    /// Puts a word in its field, unless that has a better one. Whether it did.
    #[inline]
    fn put(
        &mut self,
        key: KeyInHand,
        target: FieldTarget,
        written: Range<usize>,
        escaped: bool,
    ) -> bool {
        let (FieldTarget { field, rank }, KeyInHand { node, sampled, .. }) = (target, key);
        let Some(slot) = self.slots.get(field as usize).copied() else { return false };
        // Only keys of one rank say the same thing.
        let alike = rank == slot.rank;
        let loses = if slot.rank.is_named() && rank.is_named() {
            !self.blank(slot) && (rank >= slot.rank || is_blank(self.bytes, &written, escaped))
        } else {
            rank > slot.rank || alike && !self.blank(slot) && !self.gives_way(slot, &written)
        };
        if loses {
            if slot.rank.is_named() {
                return false;
            }
            let is_agent = field == Field::Agent;
            if alike {
                self.add_rival(node, field, slot, written.clone(), escaped, None);
            } else if is_agent && is_nobody(self.word(slot)) {
                // The better key names nobody, and this one somebody.
                self.add_rival(node, field, slot, written, escaped, Some(Claim::Person));
                return false;
            }
            if is_agent && key.meaning.open {
                self.look_for_second_agent(node, slot.node, written);
            }
            return false;
        }
        if slot.rank != Rank::ABSENT {
            let word = self.bytes.get(written.clone()).unwrap_or_default();
            let named = !is_blank(self.bytes, &written, escaped) && !is_nobody(word);
            self.keep_person(key, target, slot, named);
        }
        let Range { start, end } = written;
        let mut new = FieldSlot { rank, escaped, broken: false, list: false, node, start, end };
        if escaped {
            let written = self.bytes.get(start..end).unwrap_or_default();
            new.start = self.said.len();
            new.broken = !unescape(written, &mut self.said);
            new.end = self.said.len();
        }
        self.filled |= bit(field);
        if let Some(slot) = self.slots.get_mut(field as usize) {
            *slot = new;
        }
        if sampled {
            let word = self.word(new).to_vec();
            self.keys.sample(node, &word);
        }
        true
    }

    /// Whether a list of agents gives way to one agent: the list may be of those beside.
    fn gives_way(&self, slot: FieldSlot, written: &Range<usize>) -> bool {
        slot.list
            && slot.rank != Rank::ABSENT
            && self.slots.first().is_some_and(|agent| agent.node == slot.node)
            && !written.is_empty()
            && self.bytes.get(written.start) != Some(&b'[')
    }

    #[inline]
    fn word(&self, slot: FieldSlot) -> &[u8] {
        let from = if slot.escaped { &self.said } else { self.bytes };
        from.get(slot.start..slot.end).unwrap_or_default()
    }

    fn blank(&self, slot: FieldSlot) -> bool {
        self.word(slot).trim_ascii().is_empty()
    }

    fn row(&self, offset: usize, line: u32) -> Row<'_> {
        let mut row = Row::at(offset, line, offset);
        (row.fault, row.element) = (self.fault, self.element);
        let mut filled = self.filled;
        while filled != 0 {
            let place = filled.trailing_zeros() as usize;
            filled &= filled - 1;
            let Some((slot, field)) = self.slots.get(place).zip(Field::from_number(place)) else {
                continue;
            };
            let word = self.word(*slot);
            row.set(field, word);
            if slot.escaped && row.fault.is_none() {
                row.fault = if slot.broken {
                    Some(RowFault::NotUtf8)
                } else {
                    word.contains(&0).then_some(RowFault::Nul)
                };
            }
        }
        let mapped = self.slots.first().is_some_and(|agent| agent.rank.is_named());
        if self.role == Role::Agents && !mapped && row.word(Field::Agent).is_empty() {
            row.set(Field::Agent, row.raw(Field::Id));
        }
        let start = self.slots.get(Field::Start as usize);
        // What is shared is live; a draft alone is not.
        let other = start.map(|start| start.rank) == Some(Rank::known(OTHER_STAGE));
        if self.role.is_live() && other {
            row.set(Field::Draft, b"true");
        }
        let named = start.filter(|start| start.node != RECORD);
        if self.is_time_off || named.is_some_and(|start| self.keys.meaning(start.node).in_time_off)
        {
            row.kind = Some(Kind::TimeOff);
        }
        row
    }

    /// The line of a place; cheap where that is not before that of the last call.
    fn line(&mut self, at: usize) -> u32 {
        let (counted, lines) = self.counted;
        let (from, before) = if at < counted { (0, 0) } else { (counted, lines) };
        let between = self.bytes.get(from..at).unwrap_or_default();
        let more = memchr::memchr_iter(b'\n', between).count();
        self.counted = (at, before.saturating_add(u32::try_from(more).unwrap_or(u32::MAX)));
        self.counted.1
    }

    /// Counts something that was noticed. If there is no end of different ones, only the
    /// first are distinguished.
    fn note(&mut self, noticed: Noticed, place: String, mut detail: String, at: usize) {
        const MOST: usize = 128;
        if self.observations.len() >= MOST {
            detail = String::from("…");
        }
        let same = |one: &&mut Observation| {
            one.noticed == noticed && one.place == place && one.detail == detail
        };
        match self.observations.iter_mut().find(same) {
            Some(known) => known.count += 1,
            None => {
                let (count, at) = (1, at as u64);
                self.observations.push(Observation { noticed, place, detail, count, at });
            }
        }
    }
}

/// Whether a list of objects or of lists begins here.
fn begins_list(bytes: &[u8], at: usize) -> bool {
    let first = text::blanks(bytes, at + 1);
    bytes.get(at) == Some(&b'[') && matches!(bytes.get(first), Some(b'{' | b'[' | b'n'))
}

/// Words for the alternates of a row.
fn alternates<'r>(rivals: &'r [RivalWord], names: &'r [[String; 2]]) -> Vec<Alternate<'r>> {
    let alternate = |(rival, [column, chosen]): (&'r RivalWord, &'r [String; 2])| Alternate {
        field: rival.field,
        word: &rival.word,
        column,
        chosen: if rival.claim.is_some() { "" } else { chosen },
        claim: rival.claim,
    };
    rivals.iter().zip(names).map(alternate).collect()
}

/// Whether a word says nothing, as it is once its escapes are undone.
#[inline(never)]
fn is_blank(bytes: &[u8], written: &Range<usize>, escaped: bool) -> bool {
    let written = bytes.get(written.clone()).unwrap_or_default();
    let mut said = Vec::new();
    if escaped {
        unescape(written, &mut said);
    }
    (if escaped { &said } else { written }).trim_ascii().is_empty()
}

#[cfg(test)]
mod tests;
