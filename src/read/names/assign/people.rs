//! Decides which column names the agent.

use super::{ColumnSet, Contender, Fit, Unused};
use crate::model::row::Field;
use crate::read::names::shape::most;
use crate::read::names::{Meaning, NoField, PersonRank};

/// A column that can say who works.
#[derive(Debug, Clone, Copy)]
struct PersonColumn {
    place: usize,
    fit: Fit,
    rank: PersonRank,
}

impl ColumnSet<'_> {
    /// Who works: the column that names persons best and divides the records.
    pub(super) fn settle_agent(&mut self) {
        let candidates = self.candidates();
        if let Some(chosen) = self.column(Field::Agent) {
            self.leave_people(chosen, None, &candidates);
            return;
        }
        let best = self.best(&candidates);
        self.passed_constant = best.is_some_and(|best| {
            let chosen = self.shape(best.place);
            let passed = |other: &PersonColumn| {
                let shape = self.shape(other.place);
                let says_less = !chosen.is_constant() || shape.is_vacant() && !chosen.is_vacant();
                let plainer = chosen.filled() > 1 && self.is_plainer(other, best.place);
                let names_better = other.rank <= best.rank || plainer;
                names_better && shape.is_constant() && says_less
            };
            candidates.iter().any(passed)
        });
        let halves = self.halves();
        let vacant = |best: &PersonColumn| self.shape(best.place).is_vacant();
        let named = halves.is_some_and(|halves| self.is_filled(halves));
        match best {
            Some(best)
                if halves.is_none()
                    || best.rank < PersonRank::PlainName && !(named && vacant(&best)) =>
            {
                self.read(best.place, Field::Agent);
                self.agent_rank = Some(best.rank);
                self.leave_people(best.place, Some(best.rank), &candidates);
            }
            _ => self.settle_halves(halves),
        }
    }

    /// The columns that can name the agent, except the halves of names.
    fn candidates(&self) -> Vec<PersonColumn> {
        let whole = [Ok(Field::Agent), Ok(Field::Name)];
        let places =
            self.free(|meaning| meaning.person.is_some() && whole.contains(&meaning.field));
        let candidate = |place| PersonColumn {
            place,
            fit: self.fit_as(place, Field::Agent),
            rank: self.rank(place),
        };
        places.into_iter().map(candidate).collect()
    }

    /// How well a column names persons, by its values where the name leaves it open.
    fn rank(&self, place: usize) -> PersonRank {
        let named = self.meanings.get(place).and_then(|meaning| meaning.person);
        let named = named.unwrap_or(PersonRank::PlainName);
        let shape = self.shape(place);
        let filled = shape.filled();
        match named {
            PersonRank::Login | PersonRank::Person if most(shape.spaced, filled) => {
                PersonRank::Name
            }
            PersonRank::Person if most(shape.addresses, filled) => PersonRank::Login,
            PersonRank::Person if most(shape.numbers, filled) => PersonRank::Number,
            named => named,
        }
    }

    fn best(&self, candidates: &[PersonColumn]) -> Option<PersonColumn> {
        let divides = |candidate: &PersonColumn| {
            let shape = self.shape(candidate.place);
            shape.filled() > 0 && !shape.is_constant() && candidate.fit == Fit::Fits
        };
        let some_divide = candidates.iter().any(divides);
        let fills = |candidate: &PersonColumn| {
            self.shape(candidate.place).filled() > 0 && candidate.fit == Fit::Fits
        };
        let some_fill = candidates.iter().any(fills);
        let says_nothing = |candidate: &PersonColumn| some_divide && !divides(candidate);
        let order = |candidate: &&PersonColumn| {
            let PersonColumn { place, fit, rank } = **candidate;
            let number = self.number(place);
            let vacant = some_fill && self.shape(place).is_vacant();
            (fit, vacant, says_nothing(candidate), rank, number, self.cost(place), place)
        };
        let allowed = |candidate: &&PersonColumn| self.may_be_agent(candidate, candidates);
        let best = candidates.iter().filter(allowed).min_by_key(order)?;
        // Of numbered columns the first one counts, whether or not it divides: the
        // others are further agents of its records.
        let number = |candidate: &PersonColumn| self.number(candidate.place);
        let earlier = |other: &&PersonColumn| {
            (other.rank, other.fit) == (best.rank, best.fit) && number(other) < number(best)
        };
        let first = candidates.iter().filter(earlier).min_by_key(|other| number(other));
        Some(*first.unwrap_or(best))
    }

    /// A plain name names the agent only if nothing else in the file names a person. In files
    /// with customers neither a plain name nor an e-mail address does. A number of people
    /// never does.
    fn may_be_agent(&self, candidate: &PersonColumn, candidates: &[PersonColumn]) -> bool {
        let Some(meaning) = self.meanings.get(candidate.place) else { return false };
        let vague = candidate.rank == PersonRank::PlainName || meaning.is_bare_email();
        let served = |found: &Meaning| found.field == Err(NoField::Customer);
        if vague && self.meanings.iter().any(served) {
            return false;
        }
        if candidate.fit == Fit::Differs {
            return !meaning.doubtful && !vague;
        }
        // A column without values names nobody, nor does an e-mail address that is the
        // same throughout.
        let silent = |other: &PersonColumn| {
            let bare = self.meanings.get(other.place).is_some_and(Meaning::is_bare_email);
            let shape = self.shape(other.place);
            shape.is_vacant() || bare && shape.is_constant()
        };
        let names = |other: &PersonColumn| other.rank != PersonRank::PlainName && !silent(other);
        let others = candidates.iter().any(names);
        candidate.rank != PersonRank::PlainName || !others
    }

    /// The columns of the first and the last name. A plain name beside one of them is
    /// the other.
    fn halves(&self) -> Option<(Option<usize>, Option<usize>)> {
        let half = |field| {
            let places = self.free(|meaning| meaning.is(field) && meaning.number < 2);
            places.into_iter().find(|place| self.fit_as(*place, field) == Fit::Fits)
        };
        let plain = self.free(|meaning| {
            let named = meaning.person == Some(PersonRank::PlainName) && !meaning.is_who();
            named && meaning.number == 0
        });
        let plain = plain.first().copied();
        match (half(Field::GivenName), half(Field::FamilyName)) {
            (None, None) => None,
            (Some(given), None) => Some((Some(given), plain)),
            (None, Some(family)) => Some((plain, Some(family))),
            both => Some(both),
        }
    }

    /// Whether the columns of a first and a last name have values.
    fn is_filled(&self, (given, family): (Option<usize>, Option<usize>)) -> bool {
        [given, family].into_iter().flatten().any(|place| self.shape(place).filled() > 0)
    }

    /// First and last name together are the agent; one alone is by itself.
    fn settle_halves(&mut self, halves: Option<(Option<usize>, Option<usize>)>) {
        let Some(halves) = halves else { return };
        self.agent_rank = Some(PersonRank::Name);
        match halves {
            (Some(given), Some(family)) => {
                self.read(given, Field::GivenName);
                self.read(family, Field::FamilyName);
            }
            (Some(only), None) | (None, Some(only)) => self.read(only, Field::Agent),
            (None, None) => {}
        }
    }

    /// What becomes of the other columns that name persons. `rank` is that of the
    /// chosen one, unless the user named it.
    fn leave_people(
        &mut self,
        chosen: usize,
        rank: Option<PersonRank>,
        candidates: &[PersonColumn],
    ) {
        let base = self.number(chosen);
        // `Guardia` beside the name of a person can be the shift.
        let is_who =
            |other: &PersonColumn| self.meanings.get(other.place).is_some_and(Meaning::is_who);
        let others = candidates.iter().filter(|other| other.place != chosen && !is_who(other));
        for other in others.collect::<Vec<_>>() {
            let place = other.place;
            let (field, alike) = (Field::Agent, rank == Some(other.rank));
            let by_name = rank.is_some()
                && self.is_plainer(other, chosen)
                && (!alike || self.shape(place).is_constant());
            if by_name {
                self.contenders.push(Contender { field, chosen, other: place, by_name });
            }
            if other.fit == Fit::Fits && self.number(place) > base && alike {
                self.number_off(place, Field::Agent);
            } else if other.rank >= PersonRank::Name && !self.is_settled(Field::Name) {
                self.read(place, Field::Name);
                if alike && !by_name && self.may_divide(other) {
                    self.contenders.push(Contender { field, chosen, other: place, by_name });
                }
            } else if alike && !by_name && rank < Some(PersonRank::Name) {
                self.pass_over(Field::Agent, chosen, place);
            } else {
                self.skip(place, Unused::Other(Field::Agent, chosen));
            }
        }
        for half in [Field::GivenName, Field::FamilyName] {
            for place in self.free(|meaning| meaning.is(half)) {
                self.skip(place, Unused::Other(Field::Agent, chosen));
            }
        }
    }

    /// Whether a column names who works more plainly than another one, by their names alone:
    /// `Employee` than `User`.
    fn is_plainer(&self, one: &PersonColumn, than: usize) -> bool {
        let vague = |place: usize| self.vague.get(place) == Some(&true);
        let has_values = one.fit == Fit::Fits && self.shape(one.place).filled() > 0;
        let names = has_values && one.rank != PersonRank::PlainName;
        names && !vague(one.place) && vague(than)
    }

    /// Whether a column of names can be another agent than one of the same rank: a plain
    /// name is that of anything.
    fn may_divide(&self, other: &PersonColumn) -> bool {
        other.rank == PersonRank::Name && other.fit == Fit::Fits
    }

    /// A file of agents: the agent is a number, else an id, else what there is.
    pub(super) fn settle_roster(&mut self) {
        if !self.is_settled(Field::Agent) {
            self.settle_roster_agent();
        }
        let names = self.free(|meaning| meaning.is(Field::Name));
        self.choose_name(names);
        for half in [Field::GivenName, Field::FamilyName] {
            let places = self.free(|meaning| meaning.is(half));
            self.choose(half, places);
        }
        self.settle_others();
    }

    fn settle_roster_agent(&mut self) {
        let candidates = self.candidates();
        let id = self.free(|meaning| meaning.is(Field::Id)).first().copied();
        let best = candidates.iter().min_by_key(|candidate| {
            let PersonColumn { place, fit, rank } = **candidate;
            (fit, self.shape(place).is_vacant(), rank, self.cost(place), place)
        });
        let id = id.filter(|id| best.is_none() || !self.shape(*id).is_vacant());
        let chosen = match (best, id) {
            (Some(best), Some(id))
                if best.rank > PersonRank::Number || self.shape(best.place).is_vacant() =>
            {
                id
            }
            (Some(best), _) => best.place,
            (None, Some(id)) => id,
            (None, None) => return,
        };
        let vacant = |other: &PersonColumn| self.shape(other.place).is_vacant();
        self.passed_constant |= !self.shape(chosen).is_vacant() && candidates.iter().any(vacant);
        self.agent_rank =
            Some(if Some(chosen) == id { PersonRank::Number } else { self.rank(chosen) });
        self.read(chosen, Field::Agent);
        let others = candidates.iter().filter(|other| other.place != chosen);
        for other in others.filter(|other| other.rank < PersonRank::Name) {
            self.skip(other.place, Unused::Other(Field::Agent, chosen));
        }
    }

    /// The name of persons before a plain one.
    fn choose_name(&mut self, places: Vec<usize>) {
        let rank = |place: &usize| self.meanings.get(*place).and_then(|found| found.person);
        let best = places.iter().filter_map(rank).min();
        let best: Vec<usize> = places.iter().copied().filter(|place| rank(place) == best).collect();
        if let Some(chosen) = self.choose(Field::Name, best) {
            for place in places {
                self.skip(place, Unused::Other(Field::Name, chosen));
            }
        }
    }
}
