//! Rotas in which one mistake is made: in a whole file, for one agent, or in a
//! part of a file.

use super::rota::{self, Roles, Rota};
use super::world::{DAY, Fact, How, World};
use crate::world::random::Dice;
use shiftlint::model::cause::CauseKind;
use shiftlint::model::source::Role;
use std::collections::BTreeSet;

/// Where the mistake is.
#[derive(Debug, Clone, Copy)]
enum Scope {
    File,
    Agent,
    Part,
}

const SCOPES: [Scope; 3] = [Scope::File, Scope::Agent, Scope::Part];

/// The places of the batch's records that the scope takes in.
fn taken(dice: &mut Dice, world: &World, scope: Scope) -> Vec<usize> {
    let batch = |place: &usize| world.facts[*place].role == Role::Batch;
    let all: Vec<usize> = (0..world.facts.len()).filter(batch).collect();
    match scope {
        Scope::File => all,
        Scope::Agent if all.is_empty() => all,
        Scope::Agent => {
            let agent = world.facts[all[dice.below(all.len() as i64) as usize]].agent;
            all.into_iter().filter(|place| world.facts[*place].agent == agent).collect()
        }
        Scope::Part => {
            let many = all.len() as i64;
            let first = dice.below(many * 2 / 3);
            let length = 1 + many / 8 + dice.below(many / 3);
            all.into_iter().skip(first as usize).take(length as usize).collect()
        }
    }
}

/// A rota with a mistake of this kind, and now and then some overlaps that are meant.
pub(crate) fn planted(seed: u64, mistake: CauseKind) -> World {
    let dice = &mut Dice::new(seed ^ 0x91_a27e);
    let mut rota = Rota::new(dice);
    rota.roles = dice.of(&[Roles::Mixed, Roles::Mixed, Roles::Weeks, Roles::Mixed]);
    let mut world = match mistake {
        CauseKind::StaleOffset => between_offsets(dice, seed, rota.length),
        _ => rota::anywhere(dice, seed, 10, rota.length),
    };
    let ids = dice.percent(60);
    rota.fill(dice, &mut world, ids);
    rota::sort(dice, &mut world);
    let how = dice.of(&[How::Offset, How::Zone, How::OffsetInZone]);
    world.facts.iter_mut().for_each(|fact| fact.how = how);
    let taken = taken(dice, &world, SCOPES[seed as usize % SCOPES.len()]);
    plant(dice, &mut world.facts, taken, mistake);
    if dice.percent(50) {
        rota::clash(dice, &mut world, &rota, 1, ids);
    }
    world
}

/// A world around a change of the clock. None of its offsets is `+00:00`: that is
/// how UTC is written, too, so that such a change cannot be seen.
fn between_offsets(dice: &mut Dice, seed: u64, length: i64) -> World {
    let mut worlds = (seed..).map(|seed| rota::anywhere(dice, seed, 100, length));
    worlds.find(|world| !world.is_at_utc(0) && !world.is_at_utc(40 * DAY)).expect("any number")
}

/// Makes the mistake in the records at these places.
fn plant(dice: &mut Dice, facts: &mut [Fact], taken: Vec<usize>, mistake: CauseKind) {
    let how = match mistake {
        CauseKind::UtcAsLocal => dice.of(&[How::WallAsUtc, How::WallAsUtcInZone]),
        CauseKind::MissingOffset => How::Bare,
        CauseKind::StaleOffset => dice.of(&[How::Stale, How::StaleInZone]),
        CauseKind::Overnight => return move_ends(dice, facts, taken),
        _ => unreachable!("not planted in rotas"),
    };
    if how == How::Stale {
        // Without a zone nothing but the offsets of others shows the change.
        facts.iter_mut().for_each(|fact| fact.how = How::Offset);
    }
    taken.into_iter().for_each(|place| facts[place].how = how);
}

/// Writes an end twelve hours early, or start and end swapped, once for an agent:
/// long nights that come again are meant.
fn move_ends(dice: &mut Dice, facts: &mut [Fact], taken: Vec<usize>) {
    facts.iter_mut().for_each(|fact| fact.how = How::Date);
    let how = dice.of(&[How::Slip, How::Swapped]);
    let mut agents = BTreeSet::new();
    let skipped = dice.below(taken.len() as i64 / 2 + 1) as usize;
    for place in taken.into_iter().skip(skipped) {
        let late = facts[place].end.rem_euclid(DAY) > 13 * 60;
        if late && agents.insert(facts[place].agent) {
            facts[place].how = how;
        }
    }
}
