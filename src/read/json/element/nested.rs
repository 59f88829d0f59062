//! Reads an element that contains lists or objects into rows.
//!
//! An object with hours of its own is a record, and lists within it hold its parts. Any other
//! object that holds records is their surroundings: its agent, date and zone apply to the
//! records that do not have their own. Whatever looks like a record and is not read is noted.

use super::own::Own;
use super::{Elements, Leftover, OtherName, RivalWord, alternates};
use crate::model::kinds::is_absence;
use crate::model::observation::Noticed;
use crate::model::row::{Alternate, Claim, Field, Row, RowFault};
use crate::model::shift::Kind;
use crate::model::source::Role;
use crate::model::time::DateOrder;
use crate::read::Scope;
use crate::read::half_timed::HalfTimed;
use crate::read::json::absences;
use crate::read::json::activities::SEPARATOR;
use crate::read::json::class::{self, Class};
use crate::read::json::day_maps;
use crate::read::json::days_said::names_days;
use crate::read::json::hours::{self, Hours, Within};
use crate::read::json::keys::{self, NESTED, RECORD, Rank};
use crate::read::json::pointer::below;
use crate::read::json::scoping::{self, HANDED_DOWN, bit, depth_of_key, lacking, said_by_key};
use crate::read::json::shape::{self, Around};
use crate::read::json::{naming, paging, text};
use crate::read::names::{ABSENT, Aside, More};
use crate::timestamp::{self, Written};
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

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

    /// The words of the object at hand that may be agents beside its own, in lists as well.
    /// Where it has a list of its agents, none of them is another.
    fn other_agents(&mut self, agents: Option<(usize, usize)>) -> Vec<RivalWord> {
        let own = agents.map_or_else(Vec::new, |(list, _)| agents_of(self.bytes, list));
        for place in 0..self.leftovers.len() {
            let Some(Leftover { node, start, .. }) = self.leftovers.get(place).copied() else {
                break;
            };
            let is_own = agents.is_some_and(|(list, _)| list == start);
            let list = self.bytes.get(start) == Some(&b'[') && !is_own;
            if list && self.keys.meaning(node).open {
                let agents = agents_of(self.bytes, start);
                let claim = Claim::OtherAgent;
                agents.into_iter().for_each(|(_, word)| self.note_other(node, claim, word));
            }
        }
        let others = std::mem::take(&mut self.others);
        let is_own = |word: &[u8]| own.iter().any(|(_, own)| own.trim_ascii() == word.trim_ascii());
        let others = others.into_iter().filter(|other| !is_own(&other.word));
        let claim =
            |OtherName { node, claim, word }| RivalWord::claim(claim, Field::Agent, node, word);
        others.map(claim).collect()
    }

    /// The ends that the objects in lists of the object at hand give it, under names that say
    /// that they count in the place of its own.
    fn later_ends(&self) -> Vec<RivalWord> {
        if !self.has(Field::End) {
            return Vec::new();
        }
        let lists = self.leftovers.iter().filter(|leftover| {
            let list = self.bytes.get(leftover.start) == Some(&b'[');
            let name = || self.keys.last_name(leftover.node).unwrap_or_default();
            list && self.keys.class(leftover.node) == Class::Plain && naming::is_later_end(&name())
        });
        let ends = lists.flat_map(|leftover| {
            let words = naming::later_ends(self.bytes, leftover.start).into_iter();
            words.map(|word| RivalWord::claim(Claim::LaterEnd, Field::End, leftover.node, word))
        });
        ends.collect()
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

    /// Hands on the row of a record: one for each of its agents.
    pub(super) fn emit(&mut self, own: &Own, place: &ValuePlace, sink: &mut dyn FnMut(&Row<'_>)) {
        let line = self.line(own.start);
        let names: Vec<[String; 2]> =
            own.rivals.iter().map(|rival| self.columns_of(rival)).collect();
        let ranges = self.ranges(own);
        let mut alternates = alternates(&own.rivals, &names);
        alternates.extend(
            ranges
                .iter()
                .map(|(column, word)| Alternate::claim(Claim::Range, Field::Times, word, column)),
        );
        let mut row = Row::at(own.start, line, self.restart);
        own.words.iter().for_each(|(field, word)| row.set(*field, word));
        let parts = self.parts_of(own);
        if !parts.is_empty() {
            row.set(Field::Activities, &parts);
        }
        (row.fault, row.kind) = (own.fault, own.kind);
        (row.element, row.trail) = (self.element, &place.trail);
        row.alternates = &alternates;
        place.scope.fill(&mut row);
        self.say_rest(&mut row, own.has_times);
        let claims = !matches!(self.role, Role::Swaps | Role::Agents);
        if claims && !own.has_agent && !place.has_agent() && row.fault.is_none() {
            row.fault = Some(RowFault::Agentless);
            let keys = self.keys_of(own);
            let paths: Vec<String> =
                keys.iter().map(|key| self.keys.path_below(place.root, key)).collect();
            self.keys.note_agentless(&paths);
            self.note(Noticed::Agentless, place.pattern.clone(), paths.join(", "), own.start);
        }
        if let Some(node) = own.key_of_agent {
            self.keys.note_agent(node, own.start);
        }
        self.lacking |= lacking(&row);
        match own.agents {
            Some(list) => self.emit_for_each(row, list, sink),
            None => sink(&row),
        }
    }

    /// The lists of an object that hold its parts: the one with such a name, and others, or
    /// single objects, with something that has times. Empty if there are no others.
    fn parts_of(&self, own: &Own) -> Vec<u8> {
        let mut parts = Vec::new();
        for leftover in own.leftovers.iter().filter(|leftover| self.is_more_parts(leftover)) {
            let bytes = self.bytes.get(leftover.start..leftover.end).unwrap_or_default();
            let list = bytes.first() == Some(&b'[');
            let [open, close] = if list { [&b""[..], b""] } else { [&b"["[..], b"]"] };
            parts.extend([&[SEPARATOR], open, bytes, close].concat());
        }
        let known = own.word(Field::Activities);
        match parts.is_empty() {
            true => parts,
            false => [known, &parts].concat(),
        }
    }

    /// Whether something within an object holds parts of it that are not its activities.
    fn is_more_parts(&self, leftover: &Leftover) -> bool {
        let around = Around { date: true, ..Around::default() };
        let list = self.bytes.get(leftover.start) == Some(&b'[');
        let target = self.keys.meaning(leftover.node).target.map(|target| target.field);
        self.keys.class(leftover.node) == Class::Parts
            && !(list && target == Some(Field::Activities))
            && self.holds_record_like(leftover, around)
    }

    /// Hands on a record once for each agent of a list; as one without an agent
    /// where the list is empty.
    fn emit_for_each(
        &self,
        mut row: Row<'_>,
        (start, _): (usize, usize),
        sink: &mut dyn FnMut(&Row<'_>),
    ) {
        let agents = agents_of(self.bytes, start);
        row.set(Field::Agent, b"");
        if agents.is_empty() {
            sink(&row);
        }
        for (number, (at, agent)) in agents.iter().enumerate() {
            let mut row = row.clone();
            row.set(Field::Agent, agent);
            row.continues = number > 0;
            row.offset = if row.continues { *at } else { row.offset };
            sink(&row);
        }
    }

    /// The key of another word, and the key that the field has its word from.
    fn columns_of(&self, rival: &RivalWord) -> [String; 2] {
        [rival.node, rival.chosen].map(|node| self.keys.path(node).unwrap_or_default())
    }

    /// The ranges of times that an object holds under keys that no field takes.
    fn ranges(&self, own: &Own) -> Vec<(String, Vec<u8>)> {
        let around = Around { date: true, ..Around::default() };
        // What is in a list or an object of its own is judged with that.
        let within = |at: &usize| {
            own.leftovers.iter().any(|leftover| (leftover.start..leftover.end).contains(at))
        };
        let ranges = own.texts.iter().filter(|(_, at)| !within(at)).filter_map(|(node, at)| {
            let text = shape::scalar_text(self.bytes, *at)?;
            let document = matches!(text.trim_ascii().first(), Some(b'{' | b'['));
            let path = self.keys.path(*node).unwrap_or_default();
            let absent = self.keys.meaning(*node).aside == Some(Aside::Absence);
            let counts = !document && !absent && !naming::is_around_shifts(&path);
            (counts && shape::is_record_like_text(&text, around)).then_some((path, text))
        });
        ranges.collect()
    }

    /// Looks at what is within a record: its parts, and what should not be there.
    pub(super) fn look_within(&mut self, own: &Own, place: &ValuePlace) {
        let around = self.around(own, place);
        for leftover in &own.leftovers {
            if own.agents != Some((leftover.start, leftover.end)) {
                self.look_at(leftover, own, around, place);
            }
        }
        for (node, at) in &own.texts {
            let text = shape::scalar_text(self.bytes, *at).unwrap_or_default();
            let document = matches!(text.trim_ascii().first(), Some(b'{' | b'['));
            if document && shape::is_record_like_text(&text, around) {
                self.note_within(*node, *at, place, "a text that holds a document");
            } else if self.is_day_off(*node, &text) {
                self.note_within(*node, *at, place, "a day of time off");
            }
        }
    }

    fn look_at(&mut self, leftover: &Leftover, own: &Own, around: Around, place: &ValuePlace) {
        let Leftover { node, start, end } = *leftover;
        if self.is_harmless(start..end) {
            return;
        }
        let class = self.keys.class(node);
        if let Some(why) = class.is_passed_over() {
            return self.note_ignored(node, start, place, why);
        }
        let list = self.bytes.get(start) == Some(&b'[');
        let off = class == Class::TimeOff && self.keys.lists_days_off(node);
        let around = Around { off, ..around };
        let keeps_hours = || {
            hours_of(own, place).map(|hours| hours.hold(self.bytes, start)) == Some(Within::Inside)
        };
        let doubtful = match class {
            Class::Parts => {
                self.names_other_agent(leftover, own, place)
                    || self.leaves_unnoticed(leftover, own, place)
            }
            _ if list && self.lists_times_of(node, start) => true,
            _ if !self.holds_record_like(leftover, around) => false,
            _ if self.keys.may_hold_parts(node) => {
                let first = text::blanks(self.bytes, start + 1);
                // A row of values may name anybody.
                let rows = list && self.bytes.get(first) == Some(&b'[');
                rows && !shape::is_of_times(self.bytes, start)
                    || self.names_other_agent(leftover, own, place)
                    || !keeps_hours()
            }
            Class::TimeOff | Class::Aside => true,
            _ => !shape::is_of_times(self.bytes, start) || !keeps_hours(),
        };
        if doubtful {
            let what = if list { "a list within a record" } else { "an object within a record" };
            self.note_within(node, start, place, what);
        } else if matches!(class, Class::Plain | Class::People | Class::Schedules)
            && self.is_on_more_days(leftover, own, place)
        {
            let path = self.keys.path(node).unwrap_or_default();
            self.note(Noticed::More, path, More::Days.why().to_owned(), start);
        } else if list && self.lists_absences_of_shift(leftover, own, place) {
            let path = self.keys.path(node).unwrap_or_default();
            self.note(Noticed::More, path, ABSENT.to_owned(), start);
        }
    }

    /// Whether a list within a shift holds absences of its agent without times.
    fn lists_absences_of_shift(&self, leftover: &Leftover, own: &Own, place: &ValuePlace) -> bool {
        let off = place.scope.kind == Some(Kind::TimeOff) || is_absence(own.word(Field::Kind));
        let mut found = false;
        if self.keys.meaning(leftover.node).aside == Some(Aside::Absence) && !off {
            shape::each_value(self.bytes, leftover.start, |_, at| {
                found = found || is_absence_object(self.bytes, at);
            });
        }
        found
    }

    /// Whether a list under the name of a start, an end or days holds something that
    /// was not read: several times, or days in numbers.
    fn lists_times_of(&self, node: usize, list: usize) -> bool {
        const TIMES: [Field; 4] = [Field::Start, Field::End, Field::StartDate, Field::EndDate];
        let field = self.keys.meaning(node).target.map(|target| target.field);
        let first = text::blanks(self.bytes, list + 1);
        match field {
            Some(Field::Date) => shape::time_of_list(self.bytes, first, true).is_some(),
            Some(field) => TIMES.contains(&field) && self.bytes.get(first) != Some(&b']'),
            None => false,
        }
    }

    /// Whether a list of days, or an object with days as keys, has one that is none of
    /// its record.
    fn is_on_more_days(&self, leftover: &Leftover, own: &Own, place: &ValuePlace) -> bool {
        let Some(times) = self.times_alone(leftover.start) else {
            return self.is_on_more_weekdays(leftover, own, place);
        };
        let path = self.keys.path(leftover.node).unwrap_or_default();
        if naming::is_bookkeeping(&path) || naming::leaves_out(&path) {
            return false;
        }
        let hours = hours_of(own, place);
        let Some(days) = days_of(own, hours) else { return false };
        let is_other = |time: &Written| {
            let is_date = matches!(time, Written::Date(_));
            // A start on another day, at the same time of the day.
            let counts = is_date || hours.is_some_and(|hours| hours.begin_alike(*time));
            counts && time.day().is_some_and(|day| !days.contains(&day))
        };
        times.iter().any(is_other)
    }

    /// Whether a list of days of the week, under a name of nothing else, has one that is none of
    /// its record. Their numbers begin anywhere, so that only how many there are counts.
    fn is_on_more_weekdays(&self, leftover: &Leftover, own: &Own, place: &ValuePlace) -> bool {
        let weekdays = self.keys.meaning(leftover.node).weekdays;
        let Some(numbered) = weekdays else { return false };
        let Some(days) = days_of(own, hours_of(own, place)) else { return false };
        let (mut weekdays, mut numbers) = (BTreeSet::new(), BTreeSet::new());
        let mut all = self.bytes.get(leftover.start) == Some(&b'[');
        shape::each_value(self.bytes, leftover.start, |_, at| {
            let word = shape::scalar_text(self.bytes, at).unwrap_or_default();
            match (timestamp::weekday(&word), &*word) {
                (Some(weekday), _) => drop(weekdays.insert(weekday)),
                (None, [b'0'..=b'7']) if numbered => drop(numbers.insert(word)),
                _ => all = false,
            }
        });
        let is_other = |weekday: &u8| !days.clone().any(|day| timestamp::falls_on(day, *weekday));
        let span = days.end().saturating_sub(*days.start()).saturating_add(1);
        all && (weekdays.iter().any(is_other)
            || i64::try_from(numbers.len()).is_ok_and(|all| all > span))
    }

    /// The dates and times of a list, or of the keys of an object that are said to count;
    /// `None` if there is anything else.
    fn times_alone(&self, start: usize) -> Option<Vec<Written>> {
        let object = self.bytes.get(start) == Some(&b'{');
        let first = text::blanks(self.bytes, start + 1);
        if self.bytes.get(first) != Some(&b'"') {
            return None;
        }
        let mut times = Some(Vec::new());
        shape::each_value(self.bytes, start, |key, at| {
            let Some(known) = &mut times else { return };
            let word = if object { Some(key.to_vec()) } else { shape::scalar_text(self.bytes, at) };
            let word = word.filter(|word| word.iter().any(u8::is_ascii_digit));
            match word.and_then(|word| timestamp::read(word.trim_ascii(), None).ok()) {
                Some(time) if !is_nothing(self.bytes, at) => known.push(time),
                Some(_) => {}
                None => times = None,
            }
        });
        times
    }

    /// Whether something within a record names an agent who is not the record's.
    fn names_other_agent(&self, leftover: &Leftover, own: &Own, place: &ValuePlace) -> bool {
        let agent = own.word(Field::Agent);
        let agent = if agent.is_empty() { place.scope.word(Field::Agent) } else { agent };
        // A record may name its agent in more than one way.
        let is_own = |named: &[u8]| {
            named == agent.trim_ascii() || shape::says(self.bytes, own.start, named, leftover.start)
        };
        let named = shape::agents_named(self.bytes, leftover.start);
        named.iter().any(|named| !is_own(named.trim_ascii()))
    }

    /// Whether parts of a record leave it by times that have no name of a start and an
    /// end: those that have one are compared once zones are known.
    fn leaves_unnoticed(&self, leftover: &Leftover, own: &Own, place: &ValuePlace) -> bool {
        let leaves = |at| {
            !shape::names_span(self.bytes, at)
                && hours_of(own, place)
                    .is_some_and(|hours| hours.hold(self.bytes, at) == Within::Outside)
        };
        if self.bytes.get(leftover.start) != Some(&b'[') {
            return leaves(leftover.start);
        }
        let mut any = false;
        shape::each_value(self.bytes, leftover.start, |_, at| any = any || leaves(at));
        any
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

    /// Notes days beside words that may be agents, in an element that is not a record.
    fn note_days(&mut self, own: &Own, scope: &Scope, place: &ValuePlace) {
        if !place.listed || !self.role.claims_time() {
            return;
        }
        let path: Vec<&str> = place.pattern.split('/').filter(|key| !key.is_empty()).collect();
        let known = (self.role, &mut self.day_keys);
        if let Some(map) = day_maps::days_within(self.bytes, own.start, &path, known) {
            let agent = match own.word(Field::Agent) {
                b"" => place.scope.word(Field::Agent),
                agent => agent,
            };
            // Days of every week under the name of a person can be those of a contract.
            let agent = match agent {
                b"" if map.has_values_of_dates => scope.word(Field::Agent),
                agent => agent,
            };
            let around = map.has_values_of_days.then(|| agent.to_vec());
            let words = map.words.into_iter().chain(around);
            let words = words.filter(|word| !word.is_empty());
            self.mentions.extend(words.map(|word| (place.pattern.clone(), word)));
            self.note(Noticed::Days, place.pattern.clone(), String::new(), map.at);
        }
    }

    /// Notes what an object around records says of absences: that its agent is away, on which
    /// days, or who is.
    fn note_absences(&mut self, own: &Own, place: &ValuePlace) {
        if place.scope.kind == Some(Kind::TimeOff) || self.role.lists_absences() {
            return;
        }
        let said = own.rivals.iter().filter(|rival| rival.claim == Some(Claim::Absence));
        let said: Vec<_> = said.map(|rival| (rival.node, rival.word.clone())).collect();
        let mut absence = None;
        for (node, word) in said {
            let path = self.keys.path(node).unwrap_or_default();
            if absences::says_absence_around(&path, &word) {
                absence.get_or_insert(path);
            } else if naming::may_be_agent(&word, false) {
                let keys = self.keys.trail(node, place.root);
                let pattern = keys.iter().fold(place.pattern.clone(), |all, key| below(&all, key));
                self.note_who_is_away(pattern, word, own.start);
            }
        }
        if let Some(path) = absence {
            self.note(Noticed::More, path, ABSENT.to_owned(), own.start);
        }
    }

    /// Notes a word under a name of time off that matters if it is an agent.
    fn note_who_is_away(&mut self, pattern: String, word: Vec<u8>, at: usize) {
        self.mentions.push((pattern.clone(), word));
        self.note(Noticed::Days, pattern, String::new(), at);
    }

    /// Whether a text is a day under a name of time off, in a schedule.
    fn is_day_off(&self, node: usize, text: &[u8]) -> bool {
        !self.role.lists_absences()
            && self.keys.is_time_off(node)
            && shape::is_date_key(text.trim_ascii())
    }

    /// Whether an object between this one and a list within it names the agent of the list's
    /// elements: another than the surroundings would give them.
    fn is_of_agent_between(
        &self,
        leftover: &Leftover,
        own: &Own,
        scope: &Scope,
        around: Around,
        place: &ValuePlace,
    ) -> bool {
        let class = self.keys.class(leftover.node);
        if self.keys.is_key_of(leftover.node, place.root)
            || matches!(class, Class::Calendar | Class::Aside)
            || class.is_passed_over().is_some()
        {
            return false;
        }
        let known = scope.word(Field::Agent).trim_ascii();
        let keys = self.keys.trail(leftover.node, place.root);
        let agents = shape::agents_on_the_way(self.bytes, own.start, &keys);
        agents.iter().any(|agent| agent.trim_ascii() != known)
            && !shape::each_names_agent(self.bytes, leftover.start)
            && self.holds_record_like(leftover, Around { agent: true, ..around })
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

    /// Whether an object of a list of assignments or trades names a shift by its id, or its day,
    /// and somebody who gets it.
    fn hands_over(&self, own: &Own, place: &ValuePlace) -> bool {
        let of_schedule = matches!(self.role, Role::Batch | Role::Published | Role::Base);
        let Some(asked) = naming::names_handovers(place.name()).filter(|_| of_schedule) else {
            return false;
        };
        let (mut shift, mut person, mut status) = (false, place.has_agent(), None);
        shape::each_scalar(self.bytes, own.start, "", NESTED, &mut |path, at| {
            let word = shape::scalar_text(self.bytes, at).unwrap_or_default();
            shift |= naming::names_shift_of(path, &word);
            person |= naming::names_receiver(path) && naming::may_be_agent(&word, true);
            if class::has_word(path, &["status", "state"]) {
                status = Some(naming::says_approved(&word));
            }
        });
        shift && person && status.unwrap_or(!asked)
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

    /// Whether the words of a list in a schedule can be agents who are away.
    fn names_absent_agents(&self, place: &ValuePlace) -> bool {
        !self.role.lists_absences()
            && (place.class == Class::TimeOff && class::is_time_off_alone(place.name())
                || !naming::is_bookkeeping(place.name())
                    && absences::is_absence_key(place.name(), self.role))
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

/// Whether an object of a list of absences is one, and not the account of them.
fn is_absence_object(bytes: &[u8], at: usize) -> bool {
    let (mut said, mut about) = (false, false);
    shape::each_value(bytes, at, |key, value| {
        let key = keys::name(key).unwrap_or_default();
        let scalar = !matches!(bytes.get(value), Some(b'{' | b'[') | None);
        let word = if scalar { shape::scalar_text(bytes, value) } else { None };
        about |= absences::is_about_absence(&key);
        said |= !naming::is_bookkeeping(&key)
            && word.is_some_and(|word| absences::says_absence(&key, &word));
    });
    bytes.get(at) == Some(&b'{') && said && !about
}

/// When a record takes place, as far as it and its surroundings say.
fn hours_of(own: &Own, place: &ValuePlace) -> Option<Hours> {
    Hours::of(|field| match own.word(field) {
        b"" if field == Field::Date => place.scope.word(field),
        word => word,
    })
}

/// The days on which a record takes place, given its hours if it has some.
fn days_of(own: &Own, hours: Option<Hours>) -> Option<RangeInclusive<i64>> {
    let words = || [Field::Date, Field::StartDate, Field::Start].map(|of| own.word(of));
    let last = || [Field::EndDate, Field::End].map(|of| own.word(of));
    let day = || {
        let first = words().into_iter().find_map(hours::day_of)?;
        // What begins and ends with a day takes all days between.
        let last = last().into_iter().find_map(hours::day_of).unwrap_or(first);
        Some(first..=last)
    };
    hours.map(|hours| hours.days()).or_else(day)
}

/// Whether a list begins here that holds records, or would if it were not empty.
fn may_hold(bytes: &[u8], at: usize) -> bool {
    let first = text::blanks(bytes, at + 1);
    bytes.get(at) == Some(&b'[') && matches!(bytes.get(first), Some(b']' | b'{' | b'['))
}

/// The agents of a list and where each is: words unchanged, of objects the key that says
/// most.
fn agents_of(bytes: &[u8], start: usize) -> Vec<(usize, Vec<u8>)> {
    let mut agents = Vec::new();
    shape::each_value(bytes, start, |_, at| {
        let agent = shape::person_or_word(bytes, at);
        agents
            .extend(agent.filter(|agent| !agent.trim_ascii().is_empty()).map(|agent| (at, agent)));
    });
    agents
}
