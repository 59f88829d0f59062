//! Hands on a record that contains lists or objects, with what they claim.

use super::ValuePlace;
use crate::model::observation::Noticed;
use crate::model::row::{Alternate, Claim, Field, Row, RowFault};
use crate::model::source::Role;
use crate::read::json::activities::SEPARATOR;
use crate::read::json::class::Class;
use crate::read::json::element::own::Own;
use crate::read::json::element::{Elements, Leftover, OtherName, RivalWord, alternates};
use crate::read::json::naming;
use crate::read::json::scoping::lacking;
use crate::read::json::shape::{self, Around};
use crate::read::names::Aside;

impl Elements<'_, '_> {
    /// The words of the object at hand that may be agents beside its own, in lists as well.
    /// Where it has a list of its agents, none of them is another.
    pub(super) fn other_agents(&mut self, agents: Option<(usize, usize)>) -> Vec<RivalWord> {
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
    pub(super) fn later_ends(&self) -> Vec<RivalWord> {
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

    /// Hands on the row of a record: one for each of its agents.
    pub(in crate::read::json::element) fn emit(
        &mut self,
        own: &Own,
        place: &ValuePlace,
        sink: &mut dyn FnMut(&Row<'_>),
    ) {
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
