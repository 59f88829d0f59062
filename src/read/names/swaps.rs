//! Decides which senses make up a field, in files of swaps.
//!
//! A name has a side and a thing: `initiatingShiftStart` is the start of the shift that is
//! given, `recipient` the person who takes it.

use super::rules::BOOKKEEPING;
use super::senses::{Sense, Senses};
use super::words::SplitName;
use super::{Meaning, NoField, PersonRank};
use crate::model::row::Field;

/// Who gives the shift.
const GIVERS: Senses =
    Senses::of(&[Sense::Giver, Sense::Requester, Sense::Requested, Sense::From, Sense::WeakFrom]);

/// Who takes it.
const TAKERS: Senses =
    Senses::of(&[Sense::Taker, Sense::Cover, Sense::Recipient, Sense::To, Sense::WeakTo]);

/// What says nothing in a file of swaps.
const NEUTRAL: Senses = Senses::of(&[
    Sense::Particle,
    Sense::Format,
    Sense::Wrapper,
    Sense::Envelope,
    Sense::Data,
    Sense::Swap,
]);

const PEOPLE: Senses = Senses::of(&[Sense::Person, Sense::People, Sense::Resource]);

/// The times of a shift.
const OF_TIME: Senses =
    Senses::of(&[Sense::Time, Sense::DateTime, Sense::Date, Sense::Shift, Sense::Planned]);

/// The side of a swap that a name is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SwapSide {
    Giver,
    Taker,
    Neither,
}

/// What a name means.
pub(super) fn meaning(words: &SplitName) -> Meaning {
    let senses: Vec<Sense> = words.words.iter().map(|word| word.sense).collect();
    let set = Senses::of(&senses);
    if set.any(Senses::of(&[Sense::By, Sense::OtherPerson])) {
        return Meaning::none(NoField::OtherPerson);
    }
    if set.any(BOOKKEEPING) {
        return Meaning::none(NoField::Bookkeeping);
    }
    let side = match (set.any(GIVERS), set.any(TAKERS)) {
        (true, false) => SwapSide::Giver,
        (false, true) => SwapSide::Taker,
        (false, false) => SwapSide::Neither,
        (true, true) => return Meaning::none(NoField::Unknown),
    };
    let thing = set.without(GIVERS).without(TAKERS).without(NEUTRAL);
    let found = if side == SwapSide::Neither { of_swap(set, thing) } else { None };
    let found = found.or_else(|| of_side(side, thing));
    Meaning { number: words.number, ..found.unwrap_or_else(|| Meaning::none(NoField::Unknown)) }
}

/// A field of the swap itself.
fn of_swap(set: Senses, thing: Senses) -> Option<Meaning> {
    let only = |defined_by: &[Sense], with: &[Sense]| {
        let defined_by = Senses::of(defined_by);
        thing.any(defined_by) && thing.without(defined_by.and(Senses::of(with))).is_empty()
    };
    let field = if only(&[Sense::Zone, Sense::AreaZone], &[Sense::Local, Sense::Time]) {
        Field::Zone
    } else if only(&[Sense::Status, Sense::Approval], &[Sense::Request]) {
        Field::Status
    } else if only(&[Sense::Id], &[Sense::Request, Sense::Entry])
        || set.has(Sense::Swap) && only(&[Sense::Id, Sense::Number], &[Sense::Shift])
    {
        Field::Id
    } else {
        return None;
    };
    Some(Meaning { field: Ok(field), ..Meaning::none(NoField::Unknown) })
}

/// A field of one side; without a side it is the giver's.
fn of_side(side: SwapSide, thing: Senses) -> Option<Meaning> {
    let made_of = |defined_by: Senses, with: Senses| {
        thing.any(defined_by) && thing.without(defined_by.and(with)).is_empty()
    };
    let pair = |giver, taker| if side == SwapSide::Taker { taker } else { giver };
    let known = |field| Meaning { field: Ok(field), ..Meaning::none(NoField::Unknown) };
    if let Some(rank) = person(side, thing) {
        let agent = pair(Field::Agent, Field::WithAgent);
        return Some(Meaning { person: Some(rank), ..known(agent) });
    }
    let start = Senses::of(&[Sense::Start]);
    let end = Senses::of(&[Sense::End]);
    let shift = Senses::of(&[Sense::Shift, Sense::Entry]);
    let field = if made_of(start, OF_TIME) {
        pair(Field::Start, Field::WithStart)
    } else if made_of(end, OF_TIME) {
        pair(Field::End, Field::WithEnd)
    } else if made_of(shift, Senses::of(&[Sense::Id, Sense::Number])) {
        pair(Field::Shift, Field::WithShift)
    } else {
        return None;
    };
    Some(known(field))
}

/// How well senses name a person; a side by itself is one.
fn person(side: SwapSide, thing: Senses) -> Option<PersonRank> {
    let is_side = side != SwapSide::Neither;
    let only = |senses: &[Sense]| {
        let set = Senses::of(senses);
        let named = is_side || thing.any(PEOPLE) || set.has(Sense::Login);
        named && thing.any(set) && thing.without(set.and(PEOPLE)).is_empty()
    };
    if only(&[Sense::Id, Sense::Number, Sense::Badge]) {
        Some(PersonRank::Number)
    } else if only(&[Sense::Email, Sense::Login, Sense::Address]) {
        Some(PersonRank::Login)
    } else if only(&[Sense::Name, Sense::Full, Sense::Label]) {
        Some(PersonRank::Name)
    } else if thing.without(PEOPLE).is_empty() && (is_side || thing.any(PEOPLE)) {
        Some(PersonRank::Person)
    } else {
        None
    }
}
