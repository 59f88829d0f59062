//! Periodic rotas, made up: who works when, and the overlaps that are meant.
//!
//! Agents work in slots of 4, 6, 8 or 12 hours, the same every day or in turns,
//! on all days or some. What is planted on top is meant: double bookings, longer
//! shifts, moved ones, copies of another day.

use super::world::{DAY, Fact, How, World};
use crate::world::clock::{zone, zone_names};
use crate::world::random::Dice;
use jiff::civil::{DateTime, date};
use jiff::{Timestamp, ToSpan};
use shiftlint::model::source::Role;
use std::collections::HashSet;
use std::sync::LazyLock;

const HOUR: i64 = 60;

/// The names of all zones.
static ZONES: LazyLock<Vec<&'static str>> = LazyLock::new(zone_names);

/// Whose records are the batch's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Roles {
    /// The rota is published, and only what was planted is sent.
    Changes,
    /// All is sent.
    Batch,
    /// The first half of the days is published, the second sent.
    Weeks,
    /// Each record is sent or published, or now and then time off.
    Mixed,
    /// The rota of every other agent is published.
    Agents,
}

/// A rota, before anybody is in it.
#[derive(Debug, Clone)]
pub(crate) struct Rota {
    pub(crate) hours: i64,
    /// How many slots are worked: two-, three-, six-shift.
    pub(crate) slots: i64,
    /// When the first slot begins, in minutes of the day.
    pub(crate) first: i64,
    /// After how many days an agent goes on to the next slot; 0 for never.
    pub(crate) turn: i64,
    /// Whether turns go backwards.
    pub(crate) back: bool,
    /// Days of work, and days of both work and rest.
    pub(crate) days: (i64, i64),
    /// Slots that one agent works in a row.
    pub(crate) row: i64,
    pub(crate) agents: i64,
    pub(crate) length: i64,
    pub(crate) roles: Roles,
}

impl Rota {
    pub(crate) fn new(dice: &mut Dice) -> Rota {
        let hours = dice.of(&[4, 6, 8, 12]);
        let most = 24 / hours;
        let slots = dice.of(&[1, 2, 3, most]).min(most);
        let agents = dice.of(&[1, 1, 2, 3, 5, 8, 12, 20, 40, 80, 200]);
        let length = dice.of(&[7, 10, 14, 21, 28]).min((1_600 / agents).max(5));
        let row = match hours {
            4 => dice.of(&[1, 2, 2, 3]),
            6 => dice.of(&[1, 1, 2]),
            _ => 1,
        };
        Rota {
            hours,
            slots,
            first: match dice.percent(70) {
                true => dice.of(&[0, 4, 5, 6, 6, 6, 7, 8, 9]) * HOUR,
                false => dice.below(24 * 12) * 5,
            },
            turn: dice.of(&[0, 0, 1, 2, 3, 4, 5, 7]),
            back: dice.percent(30),
            days: dice.of(&[(1, 1), (5, 7), (5, 7), (4, 8), (6, 8), (2, 4), (3, 5)]),
            row,
            agents,
            length,
            roles: dice.of(&[
                Roles::Changes,
                Roles::Changes,
                Roles::Batch,
                Roles::Weeks,
                Roles::Mixed,
                Roles::Mixed,
                Roles::Agents,
            ]),
        }
    }

    /// Nights that last over the hours in which clocks change.
    pub(crate) fn nights(dice: &mut Dice) -> Rota {
        let rota = Rota::new(dice);
        let first = (18 + dice.below(9)) * HOUR;
        Rota { slots: 1, row: 1, first, agents: rota.agents.min(12), length: 14, ..rota }
    }

    /// The slots that an agent works on a day, in minutes since the first day.
    pub(crate) fn slots_of(&self, agent: i64, day: i64) -> Vec<(i64, i64)> {
        let (work, cycle) = self.days;
        if (day + agent) % cycle >= work {
            return Vec::new();
        }
        let turns = if self.turn == 0 { 0 } else { day / self.turn };
        let turns = if self.back { -turns } else { turns };
        let slot = (agent + turns).rem_euclid(self.slots);
        (0..self.row)
            .map(|next| {
                let start = day * DAY + self.first + (slot + next) * self.hours * HOUR;
                (start, start + self.hours * HOUR)
            })
            .collect()
    }

    fn role(&self, dice: &mut Dice, agent: i64, day: i64) -> Role {
        match self.roles {
            Roles::Changes => Role::Published,
            Roles::Batch => Role::Batch,
            Roles::Weeks if day * 2 < self.length => Role::Published,
            Roles::Weeks => Role::Batch,
            Roles::Mixed if dice.percent(6) => Role::TimeOff,
            Roles::Mixed => dice.of(&[Role::Batch, Role::Batch, Role::Published]),
            Roles::Agents if agent % 2 == 0 => Role::Published,
            Roles::Agents => Role::Batch,
        }
    }

    /// The records of everybody in it.
    pub(crate) fn fill(&self, dice: &mut Dice, world: &mut World, ids: bool) {
        for agent in 0..self.agents {
            let mut last = i64::MIN;
            for day in 0..self.length {
                for times in self.slots_of(agent, day) {
                    // Where a turn would put two slots at once, the first counts.
                    if times.0 >= last {
                        last = times.1;
                        let role = self.role(dice, agent, day);
                        world.put_as(role, agent, times, ids);
                    }
                }
            }
        }
    }
}

/// A world in any zone, in 2024 to 2027, now and then around a change of its
/// clock.
pub(crate) fn anywhere(dice: &mut Dice, seed: u64, near_change: i64, length: i64) -> World {
    let zone = ZONES[(seed % ZONES.len() as u64) as usize];
    let day = date(2024, 1, 1) + dice.below(1_300).days();
    let mut first = day.at(0, 0, 0, 0);
    if dice.percent(near_change)
        && let Some(change) = change_after(zone, first)
    {
        first = change - (1 + dice.below(length.min(14))).days();
    }
    World { zone, first, grid: 5, regular: true, facts: Vec::new() }
}

/// The midnight of the day on which the clock of a zone changes next.
fn change_after(zone_name: &str, first: DateTime) -> Option<DateTime> {
    let zone = zone(zone_name);
    let from = zone.to_timestamp(first).expect("within the years");
    let last: Timestamp = "2028-01-01T00:00:00Z".parse().expect("a timestamp");
    let change =
        zone.following(from).take_while(|change| change.timestamp() < last).find(|change| {
            let before = change.timestamp() - 1.seconds();
            zone.to_offset(before) != change.offset()
        })?;
    Some(zone.to_datetime(change.timestamp()).date().at(0, 0, 0, 0))
}

/// What is meant and overlaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clash {
    /// One more shift at a time of the lattice, or at any.
    Double,
    /// A shift that goes on into the next one.
    Longer,
    /// A shift that is sent at another time, and published at the old one.
    Moved,
    /// What an agent works on another day.
    Copied,
}

pub(crate) const CLASHES: [Clash; 4] = [Clash::Double, Clash::Longer, Clash::Moved, Clash::Copied];

/// How the overlaps of one schedule come about.
struct Manner {
    kinds: Vec<Clash>,
    /// By how many minutes shifts are moved, if all are moved alike.
    by: Option<i64>,
    ids: bool,
}

impl Manner {
    fn new(dice: &mut Dice, ids: bool) -> Manner {
        let kinds = match dice.percent(50) {
            true => vec![dice.of(&CLASHES)],
            false => CLASHES.to_vec(),
        };
        let usual = dice.of(&[15, 30, 60, 60, 90, 120, 120, 180, 240, 300, 330, 360, 480]);
        let usual = if dice.percent(50) { -usual } else { usual };
        Manner { kinds, by: dice.percent(40).then_some(usual), ids }
    }

    /// By how many minutes a shift of this length is moved.
    fn by(&self, dice: &mut Dice, length: i64) -> i64 {
        let step = if dice.percent(70) { HOUR } else { dice.of(&[15, 30]) };
        self.by.unwrap_or_else(|| {
            (1 + dice.below(length / step)) * step * if dice.percent(50) { -1 } else { 1 }
        })
    }
}

/// Plants overlaps that are meant, on this share of the days of agents.
pub(crate) fn clash(dice: &mut Dice, world: &mut World, rota: &Rota, share: i64, ids: bool) {
    let manner = Manner::new(dice, ids);
    let mut replaced = HashSet::new();
    for fact in world.facts.clone() {
        if dice.percent(share)
            && fact.start < rota.length * DAY
            && clash_with(dice, world, rota, &fact, &manner)
        {
            replaced.insert(fact);
        }
    }
    world.facts.retain(|fact| !replaced.contains(fact));
}

/// Plants one overlap with a record. Whether the new record replaces it.
fn clash_with(
    dice: &mut Dice,
    world: &mut World,
    rota: &Rota,
    fact: &Fact,
    manner: &Manner,
) -> bool {
    let role = match rota.roles {
        Roles::Mixed => dice.of(&[Role::Batch, Role::Batch, Role::Published]),
        _ => Role::Batch,
    };
    let (start, end, length) = (fact.start, fact.end, fact.end - fact.start);
    let by = manner.by(dice, length);
    let mut put = |times| world.put_as(role, fact.agent, times, manner.ids);
    match manner.kinds[dice.below(manner.kinds.len() as i64) as usize] {
        Clash::Double => put(double(dice, (start, end), by)),
        Clash::Moved => put((start + by, end + by)),
        Clash::Copied => {
            let day = dice.below(rota.length);
            let away = (start.div_euclid(DAY) - day) * DAY;
            let slots = rota.slots_of(fact.agent, day).into_iter();
            slots.for_each(|(from, to)| put((from + away, to + away)));
        }
        Clash::Longer => {
            let more = (1 + dice.below(4)) * dice.of(&[15, 30, 60, 60, length / 4]);
            put((end, end + length));
            put((start, (end + more).min(start + 23 * HOUR)));
            return dice.percent(50);
        }
    }
    false
}

/// One more shift: at the same time, moved, or at any quarter of an hour.
fn double(dice: &mut Dice, (start, end): (i64, i64), by: i64) -> (i64, i64) {
    match dice.below(3) {
        0 => (start, end),
        1 => (start + by, end + by),
        _ => {
            let from = start + dice.below((end - start) / 15) * 15;
            (from, from + (1 + dice.below(40)) * 15)
        }
    }
}

/// Brings the records into the order in which files have them.
pub(crate) fn sort(dice: &mut Dice, world: &mut World) {
    match dice.below(5) {
        0 => {}
        1 => world.facts.sort_by_key(|fact| (fact.start, fact.agent)),
        _ => world.facts.sort_by_key(|fact| (fact.agent, fact.start)),
    }
}

/// The ways to write times that are right.
const WAYS: [How; 7] =
    [How::Utc, How::UtcInZone, How::Utc, How::Offset, How::OffsetInZone, How::Zone, How::Date];

/// Writes the files in right ways: each in its own, or each agent, or each record.
pub(crate) fn write_rightly(dice: &mut Dice, world: &mut World) {
    let of_files = [Role::Batch, Role::Published, Role::TimeOff].map(|role| (role, dice.of(&WAYS)));
    let local = dice.percent(10);
    let (each, cut) = (dice.below(10), dice.below(world.facts.len() as i64));
    let of_agents: Vec<How> = (0..512).map(|_| dice.of(&WAYS)).collect();
    let other = dice.of(&WAYS);
    for (place, fact) in world.facts.iter_mut().enumerate() {
        let (_, of_file) = of_files.iter().find(|(role, _)| *role == fact.role).expect("a role");
        fact.how = match each {
            0 => dice.of(&WAYS),
            1 => of_agents[fact.agent as usize % 512],
            2 if (place as i64) < cut => other,
            _ => *of_file,
        };
        if local && fact.how == How::Zone {
            fact.how = How::Local;
        }
        if fact.end - fact.start >= 24 * HOUR && fact.how == How::Date {
            fact.how = How::Zone;
        }
    }
}
