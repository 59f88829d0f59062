//! Schedules of honest records, made up, and the ways to write them.

use jiff::civil::{DateTime, date};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, ToSpan};
use shiftlint::model::source::Role;

/// Numbers that are the same in every run.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x51f1_2026)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to below `most`.
    pub(crate) fn below(&mut self, most: i64) -> i64 {
        (self.next() >> 1) as i64 % most.max(1)
    }

    pub(crate) fn percent(&mut self, share: i64) -> bool {
        self.below(100) < share
    }

    pub(crate) fn of<Item: Copy>(&mut self, items: &[Item]) -> Item {
        items[self.below(items.len() as i64) as usize]
    }
}

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

/// A zone of the bundled database, which is that of the program.
pub(crate) fn clock(name: &str) -> TimeZone {
    TimeZoneDatabase::bundled().get(name).expect("a zone of the database")
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

    pub(crate) fn put(&mut self, dice: &mut Dice, agent: i64, times: (i64, i64), ids: bool) {
        let role = dice.of(&[Role::Batch, Role::Batch, Role::Published, Role::TimeOff]);
        let role = if role == Role::TimeOff && dice.percent(70) { Role::Published } else { role };
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

    /// In seconds.
    fn offset(&self, minute: i64) -> i32 {
        let zone = clock(self.zone);
        let at = zone.to_timestamp(self.local(minute)).expect("within the years");
        zone.to_offset(at).seconds()
    }

    fn local(&self, minute: i64) -> DateTime {
        self.first + SignedDuration::from_mins(minute)
    }

    fn written(&self, minute: i64, seconds: i64, how: How) -> String {
        let zone = clock(self.zone);
        let local = self.local(minute) + seconds.seconds();
        let wall = local.strftime("%Y-%m-%dT%H:%M:%S").to_string();
        let at = zone.to_timestamp(local).expect("within the years");
        let offset = |seconds: i32| {
            let sign = if seconds < 0 { '-' } else { '+' };
            let minutes = seconds.abs() / 60;
            format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
        };
        match how {
            // Not as `wall`, for a time that the clock skipped has no offset.
            How::Offset | How::OffsetInZone => {
                let shown = zone.to_datetime(at).strftime("%Y-%m-%dT%H:%M:%S").to_string();
                shown + &offset(zone.to_offset(at).seconds())
            }
            How::Utc | How::UtcInZone => at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            How::Region(minutes) => {
                let there = at + i64::from(minutes).minutes();
                there.strftime("%Y-%m-%dT%H:%M:%S").to_string() + &offset(minutes * 60)
            }
            How::WallAsUtc | How::WallAsUtcInZone => wall + "Z",
            How::Stale | How::StaleInZone => wall + &offset(self.offset(0)),
            How::Zone | How::Local | How::Bare => wall,
            How::Date | How::Slip | How::Swapped => local.strftime("%H:%M").to_string(),
        }
    }

    /// The records of one role as CSV, in their order.
    pub(crate) fn csv(&self, role: Role) -> String {
        let mut text = String::from("agent,id,date,start,end,zone,kind,status\n");
        for fact in self.facts.iter().filter(|fact| fact.role == role) {
            let (mut start, mut end) = (fact.start, fact.end);
            match fact.how {
                How::Slip => end += 12 * 60,
                How::Swapped => (start, end) = (end, start),
                _ => {}
            }
            let start = self.written(start, 0, fact.how);
            let end = self.written(end, fact.surplus, fact.how);
            let dated = matches!(fact.how, How::Date | How::Slip | How::Swapped);
            let day = self.local(fact.start).strftime("%Y-%m-%d").to_string();
            let in_zone = matches!(
                fact.how,
                How::UtcInZone | How::Zone | How::OffsetInZone | How::WallAsUtcInZone
            ) || fact.how == How::StaleInZone
                || dated;
            let kind = if role == Role::TimeOff { "VACATION" } else { "SHIFT" };
            let id = fact.id.as_deref().unwrap_or_default();
            let (day, zone) =
                (if dated { day } else { String::new() }, if in_zone { self.zone } else { "" });
            let (agent, status) = (fact.agent, fact.status);
            text += &format!("agent-{agent},{id},{day},{start},{end},{zone},{kind},{status}\n");
        }
        text
    }
}
