//! Schedules of honest records, made up, and the ways to write them.

use crate::world::clock;
use crate::world::random::Dice;
use crate::world::schedule::{Marked, Row, Times, numbered};
use jiff::civil::{DateTime, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use shiftlint::model::source::Role;

/// How a record's times are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum How {
    /// With the right offset.
    Offset,
    /// In UTC, marked `Z`.
    Utc,
    /// In UTC, marked `Z`, beside the name of the zone.
    UtcInZone,
    /// On the wall clock, beside the name of the zone.
    Zone,
    /// With the right offset, beside the name of the zone.
    OffsetInZone,
    /// At an offset of another region, in minutes.
    Region(i32),
    /// On the wall clock; the zone is that of `--tz`.
    Local,
    /// As a date and clock times on the wall clock, beside the name of the zone.
    Date,
    /// Wrong: on the wall clock, marked `Z`.
    WallAsUtc,
    /// Wrong: the same, beside the name of the zone.
    WallAsUtcInZone,
    /// Wrong: on the wall clock, with nothing.
    Bare,
    /// Wrong: on the wall clock, with the offset that held at first.
    Stale,
    /// Wrong: the same, beside the name of the zone.
    StaleInZone,
    /// Wrong: as a date and clock times, the end twelve hours early.
    Slip,
    /// Wrong: as a date and clock times, start and end swapped.
    Swapped,
}

/// A record as it is meant, in minutes of the wall clock since the first day.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Fact {
    pub(crate) role: Role,
    pub(crate) agent: i64,
    pub(crate) id: Option<String>,
    pub(crate) start: i64,
    pub(crate) end: i64,
    pub(crate) status: &'static str,
    pub(crate) how: How,
    /// Seconds that are added to the end where it is written.
    pub(crate) surplus: i64,
}

/// Where and when, and on which grid.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) zone: &'static str,
    pub(crate) first: DateTime,
    /// Minutes.
    pub(crate) grid: i64,
    /// Whether agents keep the same hours from day to day.
    pub(crate) regular: bool,
    pub(crate) facts: Vec<Fact>,
}

/// Zones, and a day within a week before a change of their clocks or a calm one.
const SCENES: [(&str, DateTime); 8] = [
    ("America/Chicago", date(2026, 3, 3).at(0, 0, 0, 0)),
    ("America/Chicago", date(2026, 6, 1).at(0, 0, 0, 0)),
    ("America/New_York", date(2026, 10, 27).at(0, 0, 0, 0)),
    ("Europe/Berlin", date(2026, 3, 24).at(0, 0, 0, 0)),
    ("America/Los_Angeles", date(2026, 1, 12).at(0, 0, 0, 0)),
    ("Asia/Kolkata", date(2026, 6, 1).at(0, 0, 0, 0)),
    ("Asia/Singapore", date(2026, 9, 1).at(0, 0, 0, 0)),
    ("Australia/Sydney", date(2026, 9, 29).at(0, 0, 0, 0)),
];

pub(crate) const DAY: i64 = 24 * 60;
pub(crate) const DAYS: i64 = 12;

impl World {
    /// A scene without records. Of those that are asked for with a change, the
    /// clock changes within it.
    pub(crate) fn new(dice: &mut Dice, grids: &[i64], changes: bool) -> World {
        let scenes: &[usize] = if changes { &[0, 2, 3, 7] } else { &[0, 1, 2, 3, 4, 5, 6, 7] };
        let (zone, first) = SCENES[dice.of(scenes)];
        let (grid, regular) = (dice.of(grids), dice.percent(50));
        World { zone, first, grid, regular, facts: Vec::new() }
    }

    /// One scene, at quarters of an hour.
    pub(crate) fn at(scene: usize) -> World {
        let (zone, first) = SCENES[scene];
        World { zone, first, grid: 15, regular: false, facts: Vec::new() }
    }

    /// Agents with up to three records a day, one after another, of which many
    /// touch. None is within the small hours, where clocks change.
    pub(crate) fn fill(&mut self, dice: &mut Dice, agents: i64, ids: bool) {
        for agent in 0..agents {
            let mut hours = self.day(dice);
            for day in 0..DAYS {
                if !self.regular {
                    hours = self.day(dice);
                }
                for (start, end) in &hours {
                    if dice.percent(75) {
                        let times = (day * DAY + start, day * DAY + end);
                        self.put(dice, agent, times, ids);
                    }
                }
            }
        }
    }

    fn day(&self, dice: &mut Dice) -> Vec<(i64, i64)> {
        let snap = |minutes: i64| minutes / self.grid * self.grid;
        let mut at = snap(4 * 60 + dice.below(180));
        let mut hours = Vec::new();
        for _ in 0..3 {
            let end = at + snap(180 + dice.below(150)).max(self.grid);
            hours.push((at, end));
            at = end + if dice.percent(70) { 0 } else { snap(dice.below(60)) };
        }
        hours
    }

    /// Adds a record of some role.
    pub(crate) fn put(&mut self, dice: &mut Dice, agent: i64, times: (i64, i64), ids: bool) {
        let role = dice.of(&[Role::Batch, Role::Batch, Role::Published, Role::TimeOff]);
        let role = if role == Role::TimeOff && dice.percent(70) { Role::Published } else { role };
        self.put_as(role, agent, times, ids);
    }

    pub(crate) fn put_as(&mut self, role: Role, agent: i64, times: (i64, i64), ids: bool) {
        let id = ids.then(|| format!("{role}-{}", self.facts.len()));
        self.facts.push(Fact {
            role,
            agent,
            id,
            start: times.0,
            end: times.1,
            status: if role == Role::TimeOff { "approved" } else { "" },
            how: How::Offset,
            surplus: 0,
        });
    }

    /// Records that are meant, and in the way of others.
    pub(crate) fn clash(&mut self, dice: &mut Dice, agents: i64, share: i64, ids: bool) {
        for agent in 0..agents {
            for day in 0..DAYS {
                if dice.percent(share) {
                    let start = (3 * 60 + dice.below(18 * 60)) / self.grid * self.grid;
                    let length = (90 + dice.below(450)) / self.grid * self.grid;
                    let start = day * DAY + start;
                    self.put(dice, agent, (start, start + length), ids);
                }
            }
        }
    }

    /// An agent with long nights, every third day.
    pub(crate) fn keep_watch(&mut self, dice: &mut Dice, agent: i64, ids: bool) {
        for day in (0..DAYS).step_by(3) {
            let start = day * DAY + 16 * 60;
            self.put(dice, agent, (start, start + 16 * 60), ids);
        }
    }

    /// Whether the times of a record are written as others than are meant. Where the
    /// clock is at UTC, or has not changed yet, a wrong way to write is right.
    pub(crate) fn is_miswritten(&self, fact: &Fact) -> bool {
        let offsets = [self.offset(fact.start), self.offset(fact.end)];
        match fact.how {
            How::WallAsUtc | How::WallAsUtcInZone | How::Bare => offsets != [0, 0],
            How::Stale | How::StaleInZone => offsets != [self.offset(0); 2],
            How::Slip | How::Swapped => true,
            _ => fact.surplus > 0,
        }
    }

    /// Whether the clock shows UTC then.
    pub(crate) fn is_at_utc(&self, minute: i64) -> bool {
        self.offset(minute) == 0
    }

    fn local(&self, minute: i64) -> DateTime {
        self.first + minute.minutes()
    }

    /// An instant, a compatible reading of the wall clock.
    fn instant(&self, local: DateTime) -> Timestamp {
        clock::zone(self.zone).to_timestamp(local).expect("within the years")
    }

    /// The offset at a minute of the wall clock, in minutes.
    fn offset(&self, minute: i64) -> i32 {
        let zone = clock::zone(self.zone);
        zone.to_offset(self.instant(self.local(minute))).seconds() / 60
    }

    /// What a record says.
    fn row(&self, fact: &Fact) -> Row {
        let (mut start, mut end) = (self.local(fact.start), self.local(fact.end));
        match fact.how {
            How::Slip => end += 12.hours(),
            How::Swapped => (start, end) = (end, start),
            _ => {}
        }
        end += fact.surplus.seconds();
        // The local time that an offset shows at the instant of a time.
        let shown = |zone: &TimeZone, at: DateTime| -> Marked {
            let there = self.instant(at).to_zoned(zone.clone());
            (there.datetime(), Some(there.offset().seconds() / 60))
        };
        let marked = |zone: TimeZone| Times::Offset(shown(&zone, start), shown(&zone, end));
        let times = match fact.how {
            // Not the wall clock, for a time that it skipped has no offset.
            How::Offset | How::OffsetInZone => marked(clock::zone(self.zone)),
            How::Utc | How::UtcInZone => {
                let (start, end) = (shown(&TimeZone::UTC, start).0, shown(&TimeZone::UTC, end).0);
                Times::at_offset(start, end, None)
            }
            How::Region(minutes) => marked(TimeZone::fixed(clock::fixed(Some(minutes)))),
            How::WallAsUtc | How::WallAsUtcInZone => Times::at_offset(start, end, None),
            How::Stale | How::StaleInZone => Times::at_offset(start, end, Some(self.offset(0))),
            How::Zone | How::Local | How::Bare => Times::Local(start, end),
            How::Date | How::Slip | How::Swapped => {
                Times::Clock(self.local(fact.start).date().to_datetime(start.time()), end)
            }
        };
        let in_zone = !matches!(
            fact.how,
            How::Offset
                | How::Utc
                | How::Region(_)
                | How::WallAsUtc
                | How::Stale
                | How::Local
                | How::Bare
        );
        Row {
            id: fact.id.clone(),
            off: fact.role == Role::TimeOff,
            status: fact.status,
            zone: in_zone.then_some(self.zone),
            ..Row::shift(fact.role, &numbered("agent", fact.agent), times)
        }
    }

    /// The records of one role, in their order.
    pub(crate) fn rows(&self, role: Role) -> Vec<Row> {
        let facts = self.facts.iter().filter(|fact| fact.role == role);
        facts.map(|fact| self.row(fact)).collect()
    }
}
