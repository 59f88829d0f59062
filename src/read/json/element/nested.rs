//! Reads an element that contains lists or objects into rows.
//!
//! An object with hours of its own is a record, and lists within it hold its parts. Any other
//! object that holds records is their surroundings: its agent, date and zone apply to the
//! records that do not have their own. Whatever looks like a record and is not read is noted.

mod around;

mod emit;

mod within;

use super::own::Own;
use super::{Elements, Leftover};
use crate::model::observation::Noticed;
use crate::model::row::{Field, Row};
use crate::model::shift::Kind;
use crate::model::source::Role;
use crate::model::time::DateOrder;
use crate::read::Scope;
use crate::read::half_timed::HalfTimed;
use crate::read::json::class::{self, Class};
use crate::read::json::days_said::names_days;
use crate::read::json::keys::{NESTED, RECORD, Rank};
use crate::read::json::pointer::below;
use crate::read::json::scoping::{self, HANDED_DOWN, bit, depth_of_key, lacking, said_by_key};
use crate::read::json::shape::{self, Around};
use crate::read::json::{naming, paging, text};
use crate::timestamp::{self, Written};
use std::cell::OnceCell;

/// How many lists and objects within each other are read. Below that, whatever
/// looks like a record is noted.
const DEEPEST: usize = 48;

/// How deep elements are, to decide which word counts: what an element says comes before
/// all its list's surroundings.
const FIRST_DEPTH: usize = 1 << 16;

/// Where a value is.
#[derive(Clone)]
pub(super) struct ValuePlace {
    /// The node that the keys of an object here are found under.
    root: usize,
    scope: Scope,
    /// The JSON pointer from the element, and from the document with `*` for the
    /// numbers of elements.
    trail: String,
    pattern: String,
    depth: usize,
    /// What the name of its list, or its own, says.
    class: Class,
    /// Whether it is an element of a list.
    listed: bool,
}

impl ValuePlace {
    /// Whether its surroundings have a date.
    fn has_date(&self) -> bool {
        !self.scope.word(Field::Date).is_empty()
    }

    /// The key of the value, or of its list.
    fn name(&self) -> &str {
        self.pattern.rsplit('/').find(|key| *key != "*").unwrap_or_default()
    }

    /// Whether an agent is named around it.
    fn has_agent(&self) -> bool {
        !self.scope.word(Field::Agent).is_empty()
    }
}

/// What a value turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
enum ValueKind {
    /// A record, or something that holds one.
    Records,
    /// Something that looks like a record and is not read; it is noted.
    Unread,
    /// Nothing at all: `null`, `{}`.
    Empty,
    /// It surrounds records, and contains none.
    Nothing,
    /// Anything else, by its keys or its kind.
    Other(String),
}

impl Elements<'_, '_> {
    /// Reads the element at hand, whatever it is.
    #[cold]
    #[inline(never)]
    pub(super) fn read_nested(&mut self, start: usize, end: usize, sink: &mut dyn FnMut(&Row<'_>)) {
        let pointer = &self.part.pointer;
        let place = ValuePlace {
            root: RECORD,
            scope: self.part.scope.clone(),
            trail: String::new(),
            pattern: if self.part.list { format!("{pointer}/*") } else { pointer.clone() },
            depth: FIRST_DEPTH,
            class: Class::of_pointer(pointer),
            listed: true,
        };
        let found = if self.bytes.get(start) == Some(&b'{') {
            let own = self.own(start, end);
            self.read_object(own, &place, sink)
        } else {
            self.read_other(start, &place, sink)
        };
        self.note_element(found, start, &place.pattern);
    }

    /// Notes what an element is that is not a record.
    fn note_element(&mut self, found: ValueKind, at: usize, pattern: &str) {
        match found {
            ValueKind::Records | ValueKind::Unread | ValueKind::Nothing => {}
            ValueKind::Empty => self.note(Noticed::Empty, pattern.to_owned(), String::new(), at),
            ValueKind::Other(what) => self.note(Noticed::Stray, pattern.to_owned(), what, at),
        }
    }

    /// Takes the words of the object that was parsed last.
    pub(super) fn own(&mut self, start: usize, end: usize) -> Own {
        let slot = self.slots.first().copied().filter(|agent| agent.list);
        let agents = slot.map(|agent| (agent.start, agent.end));
        let activities = self.slots.get(Field::Activities as usize).filter(|slot| slot.list);
        let activities =
            activities.map(|slot| Leftover { node: slot.node, start: slot.start, end: slot.end });
        let absence = self.absence(start);
        let mut row = self.row(start, 0);
        absence.iter().for_each(|word| row.set(Field::Kind, word));
        let words = Field::all().map(|field| (field, row.raw(field)));
        let words = words.filter(|(_, word)| !word.is_empty());
        let mut words: Vec<_> = words.map(|(field, word)| (field, word.to_vec())).collect();
        let (fault, kind) = (row.fault, row.kind);
        let mut rivals = std::mem::take(&mut self.rivals);
        self.join_lengths(&mut words, &mut rivals);
        for rival in &mut rivals {
            rival.chosen = self.slots.get(rival.field as usize).map_or(RECORD, |slot| slot.node);
        }
        rivals.extend(self.claims());
        rivals.extend(self.range_beside_start());
        rivals.extend(self.later_ends());
        rivals.extend(self.other_agents(agents));
        let mut leftovers = std::mem::take(&mut self.leftovers);
        leftovers.sort_unstable_by_key(|leftover| (leftover.start, usize::MAX - leftover.end));
        let mut end_of_last = 0;
        let (leftovers, inner) = leftovers.into_iter().partition(|leftover| {
            let outer = leftover.start >= end_of_last;
            end_of_last = if outer { leftover.end } else { end_of_last };
            outer
        });
        let slots = self.slots.iter().filter(|slot| slot.rank != Rank::ABSENT);
        let key_of_person = self.key_of(Field::Id).or_else(|| self.key_of(Field::Name));
        let nodes = slots.map(|slot| slot.node).chain(rivals.iter().map(|rival| rival.node));
        Own {
            nodes: nodes.collect(),
            inner,
            start,
            end,
            words,
            fault,
            kind,
            rivals,
            leftovers,
            texts: std::mem::take(&mut self.texts),
            agents,
            activities,
            has_agent: self.has(Field::Agent),
            key_of_agent: self.key_of(Field::Agent),
            key_of_person,
            begins: self.begins(),
            has_times: self.is_timed(start),
            is_record: self.is_record(),
            counts_heads: self.counts_heads(),
        }
    }

    /// Reads the value at `start`, which was found to be JSON.
    fn read_value(
        &mut self,
        start: usize,
        place: &ValuePlace,
        sink: &mut dyn FnMut(&Row<'_>),
    ) -> ValueKind {
        if place.depth > FIRST_DEPTH + DEEPEST {
            return self.note_unread(start, place, "it is nested too deep");
        }
        if self.bytes.get(start) != Some(&b'{') {
            return self.read_other(start, place, sink);
        }
        self.begin();
        let Ok(end) = self.object(start, place.root) else {
            return self.note_unread(start, place, "it is nested too deep");
        };
        self.look_for_text(start, end);
        let own = self.own(start, end);
        self.read_object(own, place, sink)
    }

    fn read_object(
        &mut self,
        mut own: Own,
        place: &ValuePlace,
        sink: &mut dyn FnMut(&Row<'_>),
    ) -> ValueKind {
        if own.counts_heads && place.class == Class::Calendar {
            own.has_agent = false;
            own.words.retain(|(field, _)| *field != Field::Agent);
        }
        if matches!(self.role, Role::Swaps | Role::Agents) {
            return self.read_named(own, place, sink);
        }
        if self.part.aside {
            return self.judge(&own, place);
        }
        let named = own.has_agent || place.has_agent();
        let days = self.partial_days(&own);
        let has_dates = own.word(Field::Date).iter().any(u8::is_ascii_digit);
        if named && !days.is_empty() && !has_dates {
            self.emit_partial_days(own, &days, place, sink);
            return ValueKind::Records;
        }
        own.drop_empty_span();
        if !own.begins {
            own.take_times_of_parts(named);
        }
        let like = || {
            let around = Around { date: place.has_date(), ..Around::default() };
            // The details of an element are the element, whatever agent they name.
            let details = place.depth == FIRST_DEPTH + 1
                && place.class == Class::Parts
                && own.leftovers.is_empty();
            (place.listed || details)
                && place.class != Class::Calendar
                && shape::is_record_like(self.bytes, own.start, around)
        };
        let half = match self.vendor.document.holds_changes {
            true => HalfTimed::of(|field| own.word(field)),
            false => None,
        };
        if half.is_some() && !self.vendor.leaves_times(&self.keys_of(&own)) {
            return self.other(&own);
        }
        let changes = half.is_some() || own.is_deletion();
        let record = own.begins && (named || like()) || named && changes;
        if record && (own.has_hours() || !self.holds_records(&own, place)) {
            self.leave_out_read(&mut own, place);
            self.emit(&own, place, sink);
            self.look_within(&own, place);
            return ValueKind::Records;
        }
        self.descend(own, place, sink)
    }

    /// Judges an object whose list is not meant to be sent.
    fn judge(&mut self, own: &Own, place: &ValuePlace) -> ValueKind {
        let around = Around::default();
        if shape::holds_record_like(self.bytes, own.start, around, DEEPEST) {
            return self.note_unread(own.start, place, "their name says that they are not meant");
        }
        self.other(own)
    }

    /// Reads an object of a list of swaps or agents, of which only its own fields
    /// are read.
    fn read_named(
        &mut self,
        own: Own,
        place: &ValuePlace,
        sink: &mut dyn FnMut(&Row<'_>),
    ) -> ValueKind {
        let holds = |leftover: &Leftover| {
            let list = self.bytes.get(leftover.start) == Some(&b'[');
            list && self.role == Role::Agents && self.keys.class(leftover.node) == Class::People
        };
        if own.is_record && !own.leftovers.iter().any(holds) {
            self.emit(&own, place, sink);
            return ValueKind::Records;
        }
        self.descend(own, place, sink)
    }

    /// Skips the objects from which a record has its words, and which are not records
    /// without them: their contents are judged separately.
    fn leave_out_read(&self, own: &mut Own, place: &ValuePlace) {
        let around = self.around(own, place);
        let read = |leftover: &Leftover| self.is_read(leftover, own, around);
        if !own.leftovers.iter().any(read) {
            return;
        }
        let mut all = [&own.leftovers[..], &own.inner[..]].concat();
        all.sort_unstable_by_key(|leftover| (leftover.start, usize::MAX - leftover.end));
        let mut end_of_last = 0;
        all.retain(|leftover| {
            let left = leftover.start >= end_of_last && !self.is_read(leftover, own, around);
            end_of_last = if left { leftover.end } else { end_of_last };
            left
        });
        own.leftovers = all;
    }

    /// Whether an object within a record says when the record takes place, and holds
    /// nothing else that looks like a record by its own words.
    fn is_read(&self, leftover: &Leftover, own: &Own, around: Around) -> bool {
        let Leftover { node, start, .. } = *leftover;
        if self.bytes.get(start) != Some(&b'{') {
            return false;
        }
        let twice = |other: &&Leftover| other.node == node;
        if own.leftovers.iter().chain(&own.inner).filter(twice).count() > 1 {
            return false;
        }
        let below = own.nodes.iter().filter(|read| self.keys.is_below(**read, node));
        let below: Vec<usize> = below.copied().collect();
        let times = below.iter().any(|read| self.keys.is_of_time(*read));
        times && {
            let read = below.iter().map(|read| self.keys.trail(*read, node).join("."));
            let read: Vec<String> = read.collect();
            !shape::is_record_like_but(self.bytes, start, around, &read)
        }
    }

    /// Whether lists or objects within an object hold records that would be read.
    fn holds_records(&self, own: &Own, place: &ValuePlace) -> bool {
        let around = self.around(own, place);
        own.leftovers.iter().any(|leftover| {
            let class = self.keys.class(leftover.node);
            let read = class.is_passed_over().is_none()
                && class != Class::Aside
                && own.agents != Some((leftover.start, leftover.end));
            read && self.holds_record_like(leftover, around)
        })
    }

    /// Whether what is left over looks like a record, or holds one.
    ///
    /// **Price tag.** The last answers are remembered (memoization), because the object of a
    /// shift's schedule is the same in all of its shifts, byte for byte.
    fn holds_record_like(&self, leftover: &Leftover, around: Around) -> bool {
        let Leftover { node, start, end } = *leftover;
        let value = self.bytes.get(start..end);
        let slot = &self.judged[node % self.judged.len()];
        if let Some((of, known, holds)) = slot.get()
            && known == around
            && self.bytes.get(of.start..of.end) == value
        {
            return holds;
        }
        let holds = shape::holds_record_like(self.bytes, start, around, DEEPEST);
        slot.set(Some((*leftover, around, holds)));
        holds
    }

    /// The surroundings of the things within an object.
    fn around(&self, own: &Own, place: &ValuePlace) -> Around {
        let scope = |field| !place.scope.word(field).is_empty();
        let dated =
            [Field::Date, Field::StartDate].iter().any(|field| !own.word(*field).is_empty());
        let start = timestamp::read(own.word(Field::Start), Some(DateOrder::DayMonth));
        let start =
            matches!(start, Ok(Written::Instant { .. } | Written::Local(_) | Written::Date(_)));
        Around {
            date: dated || start || scope(Field::Date),
            agent: own.has_agent || scope(Field::Agent),
            off: false,
        }
    }

    /// Reads the contents of an object that is not a record itself.
    fn descend(
        &mut self,
        own: Own,
        place: &ValuePlace,
        sink: &mut dyn FnMut(&Row<'_>),
    ) -> ValueKind {
        let around = self.around(&own, place);
        let scope = self.scope_of(&own, place);
        let mut found = ValueKind::Nothing;
        // Its values are looked at for the first key that could be an agent.
        let (bytes, known) = (self.bytes, OnceCell::new());
        let maps_agents =
            || *known.get_or_init(|| scoping::maps_agents(bytes, own.start, place.class));
        for leftover in &own.leftovers {
            let is_of_another = self.is_of_agent_between(leftover, &own, &scope, around, place);
            // Without an agent around them they are read, in case they name their own.
            let what = match is_of_another && !scope.word(Field::Agent).is_empty() {
                true => ValueKind::Nothing,
                false => self.descend_into(leftover, &maps_agents, &scope, around, place, sink),
            };
            if is_of_another && what == ValueKind::Nothing {
                self.note_within(leftover.node, leftover.start, place, "a list of an agent");
                found.join(ValueKind::Unread);
            } else {
                found.join(what);
            }
        }
        for (node, at) in &own.texts {
            let text = shape::scalar_text(self.bytes, *at).unwrap_or_default();
            let key = self.keys.last_name(*node).unwrap_or_default();
            let dated = around.date || shape::is_date_key(key.as_bytes());
            if self.is_day_off(*node, &text) {
                self.note_within(*node, *at, place, "a day of time off");
                found.join(ValueKind::Unread);
                continue;
            }
            if !shape::is_record_like_text(&text, Around { date: dated, ..around }) {
                continue;
            }
            let document = matches!(text.trim_ascii().first(), Some(b'{' | b'['));
            if place.class == Class::Calendar && !own.has_agent && !document {
                self.note_calendar(own.start, place);
            } else {
                self.note_within(*node, *at, place, "a text that holds times");
            }
            found.join(ValueKind::Unread);
        }
        if shape::is_table(self.bytes, own.start, around) {
            found.join(self.note_unread(own.start, place, "a table of columns"));
        }
        for (path, word, at) in paging::signs(self.bytes, own.start, &mut self.page_keys) {
            let pointer = path.split('/').fold(place.pattern.clone(), |all, key| below(&all, key));
            self.note(Noticed::MorePages, pointer, word, at);
        }
        self.note_days(&own, &scope, place);
        if found == ValueKind::Records {
            self.note_absences(&own, place);
        }
        let person = own.key_of_person.filter(|_| !own.has_agent && place.class == Class::People);
        match found {
            ValueKind::Nothing => self.no_record(&own, place, around),
            ValueKind::Records => {
                let namer = own.key_of_agent.or(person);
                namer.into_iter().for_each(|node| self.keys.note_agent(node, own.start));
                ValueKind::Records
            }
            found => found,
        }
    }

    /// What an object is that holds no record.
    fn no_record(&mut self, own: &Own, place: &ValuePlace, around: Around) -> ValueKind {
        if text::blanks(self.bytes, own.start + 1) + 1 == own.end {
            return ValueKind::Empty;
        }
        if self.part.pointer.is_empty() && place.trail.is_empty() && !self.part.list {
            return self.other(own);
        }
        // All that an agent has is to be deleted.
        if own.has_agent && own.is_marked_deleted() {
            return ValueKind::Nothing;
        }
        let calendar = place.class == Class::Calendar && !own.has_agent;
        let off = self.is_off(place) && !calendar;
        let around = Around { agent: around.agent && !calendar, off, ..around };
        if self.hands_over(own, place) {
            let keys = self.keys_of(own).join(", ");
            return self.note_unread(own.start, place, &keys);
        }
        if !shape::is_record_like(self.bytes, own.start, around) {
            let lists = own.leftovers.iter().any(|leftover| may_hold(self.bytes, leftover.start));
            return if lists { ValueKind::Nothing } else { self.other(own) };
        }
        if calendar {
            self.note_calendar(own.start, place);
            return ValueKind::Unread;
        }
        let keys = self.keys_of(own).join(", ");
        self.note_unread(own.start, place, &keys)
    }

    fn other(&self, own: &Own) -> ValueKind {
        ValueKind::Other(self.keys_of(own).join(", "))
    }

    /// The keys of an object with values of their own.
    fn keys_of(&self, own: &Own) -> Vec<String> {
        let mut paths = Vec::new();
        shape::each_path(self.bytes, own.start, "", NESTED, &mut |path| paths.push(path));
        paths.sort_unstable();
        paths.dedup();
        paths
    }

    /// What an object says of the records within it.
    fn scope_of(&self, own: &Own, place: &ValuePlace) -> Scope {
        let mut scope = place.scope.clone();
        for field in HANDED_DOWN {
            let word = own.word(field);
            if !word.is_empty() {
                scope.add(field, 2 * place.depth + 1, word);
            }
        }
        let id = own.word(Field::Id);
        let named = if id.is_empty() { own.word(Field::Name) } else { id };
        match place.class {
            Class::People if !own.has_agent && !named.is_empty() => {
                scope.add(Field::Agent, 2 * place.depth + 1, named);
            }
            Class::Schedules if !id.is_empty() && own.word(Field::Schedule).is_empty() => {
                scope.add(Field::Schedule, 2 * place.depth + 1, id);
            }
            _ => {}
        }
        scope
    }

    fn descend_into(
        &mut self,
        leftover: &Leftover,
        maps_agents: &dyn Fn() -> bool,
        scope: &Scope,
        around: Around,
        place: &ValuePlace,
        sink: &mut dyn FnMut(&Row<'_>),
    ) -> ValueKind {
        let Leftover { node, start, .. } = *leftover;
        let class = self.keys.class(node);
        if let Some(why) = class.is_passed_over() {
            self.note_ignored(node, start, place, why);
            return ValueKind::Nothing;
        }
        if class == Class::Aside {
            if !self.holds_record_like(leftover, around) {
                return ValueKind::Nothing;
            }
            self.note_within(node, start, place, "their name says that they are not meant");
            return ValueKind::Unread;
        }
        let inner = self.place_below(node, maps_agents, scope, class, place);
        if self.bytes.get(start) == Some(&b'[') {
            self.read_list(start, &inner, sink)
        } else {
            match self.read_value(start, &inner, sink) {
                ValueKind::Other(_) | ValueKind::Empty => ValueKind::Nothing,
                found => found,
            }
        }
    }

    /// The place of the value of a key.
    fn place_below(
        &mut self,
        node: usize,
        maps_agents: &dyn Fn() -> bool,
        scope: &Scope,
        class: Class,
        place: &ValuePlace,
    ) -> ValuePlace {
        let name = self.keys.last_name(node).unwrap_or_default();
        let keys = self.keys.trail(node, place.root);
        let add = |to: &String| keys.iter().fold(to.clone(), |pointer, key| below(&pointer, key));
        let class = match class {
            Class::Plain => Class::within(&name, place.class),
            class => class,
        };
        let mut inner = ValuePlace {
            root: self.keys.root_below(node),
            scope: scope.clone(),
            trail: add(&place.trail),
            pattern: add(&place.pattern),
            depth: place.depth + 1,
            class,
            listed: false,
        };
        inner.scope.kind = class.kind().or(inner.scope.kind);
        // Only a key right below the place is one of its map.
        let maps_agents = || keys.len() == 1 && maps_agents();
        if let Some((field, word)) = said_by_key(self.mapped, &inner.pattern, &name, maps_agents) {
            let depth = depth_of_key(field, &name, inner.depth);
            inner.scope.add(field, depth, word.as_bytes());
        }
        inner
    }

    /// Reads the elements of a list within an element.
    fn read_list(
        &mut self,
        start: usize,
        place: &ValuePlace,
        sink: &mut dyn FnMut(&Row<'_>),
    ) -> ValueKind {
        let mut places = Vec::new();
        shape::each_value(self.bytes, start, |_, at| places.push(at));
        let (pattern, depth) = (format!("{}/*", place.pattern), place.depth + 1);
        let (mut all, mut others) = (ValueKind::Nothing, Vec::new());
        let of_records = self.vendor.records.contains(&place.name());
        for (number, at) in places.into_iter().enumerate() {
            let (trail, pattern) = (format!("{}/{number}", place.trail), pattern.clone());
            let inner = ValuePlace { trail, pattern, depth, listed: true, ..place.clone() };
            match self.read_value(at, &inner, sink) {
                ValueKind::Other(keys) if of_records && self.vendor.keeps_times(&keys) => {
                    others.push((ValueKind::Empty, at));
                }
                found @ (ValueKind::Other(_) | ValueKind::Empty) => others.push((found, at)),
                ValueKind::Nothing if of_records => {
                    others.push((ValueKind::Other("no times".to_owned()), at));
                }
                found => all.join(found),
            }
        }
        if all == ValueKind::Records || of_records {
            // Among records, what does not look like one may be one that is not understood.
            for (found, at) in others {
                self.note_element(found, at, &pattern);
            }
        }
        all
    }

    /// Reads a value that is not an object.
    fn read_other(
        &mut self,
        start: usize,
        place: &ValuePlace,
        sink: &mut dyn FnMut(&Row<'_>),
    ) -> ValueKind {
        let around =
            Around { date: place.has_date(), agent: place.has_agent(), off: self.is_off(place) };
        match self.bytes.get(start) {
            Some(b'[') => {
                let mut nested = false;
                shape::each_value(self.bytes, start, |_, at| {
                    nested |= matches!(self.bytes.get(at), Some(b'{' | b'['));
                });
                if nested {
                    return self.read_list(
                        start,
                        &ValuePlace { depth: place.depth + 1, ..place.clone() },
                        sink,
                    );
                }
                match shape::is_record_like(self.bytes, start, around) {
                    true if place.class == Class::Calendar && !around.agent => {
                        self.note_calendar(start, place);
                        ValueKind::Unread
                    }
                    true => self.note_unread(start, place, "a list of values"),
                    false => ValueKind::Other("a list".to_owned()),
                }
            }
            Some(b'n') => ValueKind::Empty,
            Some(b'"') => self.read_text(start, place, around, sink),
            _ => ValueKind::Other("a number".to_owned()),
        }
    }

    /// Whether a day alone is time off here.
    fn is_off(&self, place: &ValuePlace) -> bool {
        let by_role = self.role.lists_absences() && place.class != Class::Calendar;
        let by_name = place.scope.kind == Some(Kind::TimeOff)
            && (place.class != Class::TimeOff || class::lists_days_off(place.name()));
        (by_role || by_name) && !naming::is_bookkeeping(place.name())
    }

    fn read_text(
        &mut self,
        start: usize,
        place: &ValuePlace,
        around: Around,
        sink: &mut dyn FnMut(&Row<'_>),
    ) -> ValueKind {
        let text = shape::scalar_text(self.bytes, start).unwrap_or_default();
        if around.off && shape::is_date_key(text.trim_ascii()) {
            return self.read_day(start, &text, place, sink);
        }
        if shape::is_record_like_text(&text, around) {
            return self.note_unread(start, place, "a text that holds times");
        }
        if around.off && shape::is_full_time(&text) {
            return self.note_unread(start, place, "a time of time off");
        }
        if around.off && names_days(&text) {
            return self.note_unread(start, place, "days of time off");
        }
        if self.names_absent_agents(place) && naming::may_be_agent(&text, false) {
            self.note_who_is_away(place.pattern.clone(), text, start);
            return ValueKind::Nothing;
        }
        if shape::is_full_time(&text) {
            self.note(Noticed::Times, place.pattern.clone(), String::new(), start);
            return ValueKind::Nothing;
        }
        ValueKind::Other("a text".to_owned())
    }

    /// Reads a day in a list that is called time off, as that of the agent around it.
    fn read_day(
        &mut self,
        start: usize,
        day: &[u8],
        place: &ValuePlace,
        sink: &mut dyn FnMut(&Row<'_>),
    ) -> ValueKind {
        if !place.has_agent() {
            // The agent may follow the list.
            self.lacking |= bit(Field::Agent);
            return self.note_unread(start, place, "a day of time off without an agent");
        }
        // A list under the agent's own name says nothing else; a request would.
        let of_agent = place.name().as_bytes() == place.scope.word(Field::Agent);
        if place.scope.kind != Some(Kind::TimeOff) && !of_agent {
            return self.note_unread(start, place, "a day of time off");
        }
        let mut row = Row::at(start, self.line(start), self.restart);
        row.set(Field::Date, day);
        (row.element, row.trail) = (self.element, &place.trail);
        place.scope.fill(&mut row);
        self.lacking |= lacking(&row);
        sink(&row);
        ValueKind::Records
    }

    fn note_unread(&mut self, start: usize, place: &ValuePlace, why: &str) -> ValueKind {
        self.note(Noticed::Unread, place.pattern.clone(), why.to_owned(), start);
        ValueKind::Unread
    }

    fn note_within(&mut self, node: usize, at: usize, place: &ValuePlace, why: &str) {
        let keys = self.keys.trail(node, place.root);
        let pattern = keys.iter().fold(place.pattern.clone(), |trail, key| below(&trail, key));
        self.note(Noticed::Unread, pattern, why.to_owned(), at);
    }

    fn note_ignored(&mut self, node: usize, at: usize, place: &ValuePlace, why: &str) {
        let keys = self.keys.trail(node, place.root);
        let pattern = keys.iter().fold(place.pattern.clone(), |trail, key| below(&trail, key));
        self.note(Noticed::Ignored, pattern, why.to_owned(), at);
    }

    /// Notes an object of a list that may be a calendar, and every word in it, so
    /// that it shows whether an agent is meant.
    fn note_calendar(&mut self, at: usize, place: &ValuePlace) {
        let mut words = Vec::new();
        shape::each_word(self.bytes, at, DEEPEST, &mut |word| words.push(word));
        words.push(place.scope.word(Field::Agent).to_vec());
        words.retain(|word| !word.is_empty());
        self.mentions.extend(words.into_iter().map(|word| (place.pattern.clone(), word)));
        self.note(Noticed::Calendar, place.pattern.clone(), String::new(), at);
    }
}

impl ValueKind {
    /// Adds what else was found: records count more than what is not read, and
    /// that more than nothing.
    fn join(&mut self, more: ValueKind) {
        *self = match (&*self, more) {
            (ValueKind::Records, _) | (_, ValueKind::Records) => ValueKind::Records,
            (ValueKind::Unread, _) | (_, ValueKind::Unread) => ValueKind::Unread,
            _ => ValueKind::Nothing,
        };
    }
}

/// Whether a value says that there is nothing.
fn is_nothing(bytes: &[u8], at: usize) -> bool {
    let end = text::value(bytes, at, usize::MAX).unwrap_or(bytes.len());
    matches!(bytes.get(at..end).unwrap_or_default(), b"null" | b"false" | b"0" | b"\"\"")
}

/// Whether a list begins here that holds records, or would if it were not empty.
fn may_hold(bytes: &[u8], at: usize) -> bool {
    let first = text::blanks(bytes, at + 1);
    bytes.get(at) == Some(&b'[') && matches!(bytes.get(first), Some(b']' | b'{' | b'['))
}
