//! Notes what an object says of the agents and days of the records within it.

use super::ValuePlace;
use crate::model::observation::{ABSENT, Noticed};
use crate::model::row::{Claim, Field};
use crate::model::shift::Kind;
use crate::model::source::Role;
use crate::read::Scope;
use crate::read::json::class::{self, Class};
use crate::read::json::element::own::Own;
use crate::read::json::element::{Elements, Leftover};
use crate::read::json::keys::NESTED;
use crate::read::json::pointer::below;
use crate::read::json::shape::{self, Around};
use crate::read::json::{absences, day_maps, naming};

impl Elements<'_, '_> {
    /// Notes days beside words that may be agents, in an element that is not a record.
    pub(super) fn note_days(&mut self, own: &Own, scope: &Scope, place: &ValuePlace) {
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
    pub(super) fn note_absences(&mut self, own: &Own, place: &ValuePlace) {
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
    pub(super) fn note_who_is_away(&mut self, pattern: String, word: Vec<u8>, at: usize) {
        self.mentions.push((pattern.clone(), word));
        self.note(Noticed::Days, pattern, String::new(), at);
    }

    /// Whether a text is a day under a name of time off, in a schedule.
    pub(super) fn is_day_off(&self, node: usize, text: &[u8]) -> bool {
        !self.role.lists_absences()
            && self.keys.is_time_off(node)
            && shape::is_date_key(text.trim_ascii())
    }

    /// Whether an object between this one and a list within it names the agent of the list's
    /// elements: another than the surroundings would give them.
    pub(super) fn is_of_agent_between(
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

    /// Whether an object of a list of assignments or trades names a shift by its id, or its day,
    /// and somebody who gets it.
    pub(super) fn hands_over(&self, own: &Own, place: &ValuePlace) -> bool {
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

    /// Whether the words of a list in a schedule can be agents who are away.
    pub(super) fn names_absent_agents(&self, place: &ValuePlace) -> bool {
        !self.role.lists_absences()
            && (place.class == Class::TimeOff && class::is_time_off_alone(place.name())
                || !naming::is_bookkeeping(place.name())
                    && absences::is_absence_key(place.name(), self.role))
    }
}
