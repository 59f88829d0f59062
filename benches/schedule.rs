//! Schedules that are made up for measuring, the same every time.
//!
//! Day after day as an export by week would have it, on America/Chicago's wall
//! clock with the right offsets. The first half of the days lies around the
//! change to summer time of 2026, the second half around the change back. No
//! time falls into a skipped or doubled hour, so that every way of writing the
//! times means the same schedule. A share of the shifts begins 90 minutes before
//! the agent's shift of the day before ends; nothing else overlaps.
//!
//! Everything is a function of an agent's and a day's number, so that no
//! schedule has to fit into memory.

use std::io::{self, Write};

/// Minutes since the first of January 2026, 00:00, on the wall clock.
type Minute = u64;

const HOUR: Minute = 60;
const DAY: Minute = 24 * HOUR;
/// 20 February and 12 October, in days after the first of January.
const HALVES: [u64; 2] = [50, 284];
/// The skipped hour of 8 March, and the second of the two hours from one to two
/// on 1 November, after which offsets are those of winter again.
const GAP: Minute = 66 * DAY + 2 * HOUR;
const FOLD_END: Minute = 304 * DAY + 2 * HOUR;
const MONTHS: [u64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// How many agents have how many shifts, and how many of a hundred overlap.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Schedule {
    pub(crate) agents: u64,
    /// Shifts of each agent, one a day: at most [`Schedule::MOST_SHIFTS`].
    pub(crate) shifts: u64,
    /// The share of shifts that overlap the one before, from 0 to 1.
    pub(crate) share: f64,
}

/// How the records are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// `2026-03-02T08:00:00-06:00`.
    Offsets,
    /// `2026-03-02T08:00:00` beside a column with the zone.
    Zone,
    /// `08:00` beside columns with the date and the zone.
    Clock,
    /// Instead of the shifts a day off for every fifth agent.
    TimeOff,
    /// Instead of the schedule as many shifts of one agent, one after another.
    Calm,
    /// Instead of the schedule as many copies of one shift of one agent.
    Identical,
}

/// Every form by the name that the generator takes.
pub(crate) const FORMS: [(&str, Form); 6] = [
    ("offsets", Form::Offsets),
    ("zone", Form::Zone),
    ("clock", Form::Clock),
    ("time-off", Form::TimeOff),
    ("calm", Form::Calm),
    ("identical", Form::Identical),
];

/// What was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) records: u64,
    /// Pairs of shifts of one agent that overlap.
    pub(crate) pairs: u64,
}

struct Shift {
    agent: u64,
    /// The number in its id.
    number: u64,
    start: Minute,
    end: Minute,
}

impl Schedule {
    pub(crate) const MOST_SHIFTS: u64 = 160;

    /// Writes it as CSV.
    pub(crate) fn write(&self, form: Form, out: &mut impl Write) -> io::Result<Written> {
        assert!(self.shifts <= Self::MOST_SHIFTS, "the year has no room for more shifts");
        out.write_all(header(form))?;
        match form {
            Form::TimeOff => self.write_time_off(out),
            Form::Calm => self.write_crowd(out, false),
            Form::Identical => self.write_crowd(out, true),
            Form::Offsets | Form::Zone | Form::Clock => self.write_shifts(form, out),
        }
    }

    fn write_shifts(&self, form: Form, out: &mut impl Write) -> io::Result<Written> {
        let mut written = Written::default();
        for day in 0..self.shifts {
            for agent in 0..self.agents {
                let (start, end) = self.span(agent, day);
                write_shift(form, &Shift { agent, number: agent * 1000 + day, start, end }, out)?;
                written.records += 1;
                written.pairs += u64::from(self.overlaps(agent, day));
            }
        }
        Ok(written)
    }

    fn write_time_off(&self, out: &mut impl Write) -> io::Result<Written> {
        let mut written = Written::default();
        let day = self.first_minute(self.shifts / 4);
        for agent in (0..self.agents).step_by(5) {
            let status = if agent % 4 == 0 { "PENDING" } else { "APPROVED" };
            let (start, end) = (Wall(day), Wall(day + DAY));
            writeln!(
                out,
                "{},off-{agent},{start}{},{end}{},{status}",
                Name(agent),
                start.offset(),
                end.offset()
            )?;
            written.records += 1;
        }
        Ok(written)
    }

    fn write_crowd(&self, out: &mut impl Write, identical: bool) -> io::Result<Written> {
        let count = self.agents * self.shifts;
        for number in 0..count {
            let start = if identical { 0 } else { number };
            let shift = Shift {
                agent: 0,
                number,
                start,
                end: start + if identical { 8 * HOUR } else { 1 },
            };
            write_shift(Form::Offsets, &shift, out)?;
        }
        let pairs = if identical { count * count.saturating_sub(1) / 2 } else { 0 };
        Ok(Written { records: count, pairs })
    }

    /// Start and end of a shift.
    fn span(&self, agent: u64, day: u64) -> (Minute, Minute) {
        let (start, end) = self.usual_span(agent, day);
        if !self.overlaps(agent, day) {
            return (start, end);
        }
        let early = self.usual_span(agent, day - 1).1 - 90;
        (early, early + (end - start))
    }

    /// The same before any shift was moved.
    fn usual_span(&self, agent: u64, day: u64) -> (Minute, Minute) {
        const LENGTHS: [Minute; 6] = [4, 6, 8, 8, 8, 10];
        let length = LENGTHS[(chance(agent, day, 1) % 6) as usize];
        let start = self.usual_start(agent, day);
        (start, (start + length * HOUR).min(self.usual_start(agent, day + 1)))
    }

    fn usual_start(&self, agent: u64, day: u64) -> Minute {
        const HOURS: [Minute; 8] = [6, 8, 8, 10, 12, 14, 16, 22];
        self.first_minute(day) + HOURS[(chance(agent, day, 2) % 8) as usize] * HOUR
    }

    fn first_minute(&self, day: u64) -> Minute {
        let half = self.shifts.div_ceil(2);
        let date = if day < half { HALVES[0] + day } else { HALVES[1] + day - half };
        date * DAY
    }

    /// Whether a shift was moved so that it overlaps the one before. Of two in
    /// a row only the first may be, and the first of a half has none before.
    fn overlaps(&self, agent: u64, day: u64) -> bool {
        let drawn = |day| (chance(agent, day, 3) as f64) < self.share * u64::MAX as f64;
        let alone = day == 0 || day == self.shifts.div_ceil(2);
        !alone && drawn(day) && !drawn(day - 1)
    }
}

fn header(form: Form) -> &'static [u8] {
    match form {
        Form::Zone => b"agent_id,shift_id,start,end,time_zone,type,state\n",
        Form::Clock => b"agent_id,shift_id,date,start,end,time_zone,type,state\n",
        Form::TimeOff => b"agent_id,request_id,start,end,status\n",
        Form::Offsets | Form::Calm | Form::Identical => b"agent_id,shift_id,start,end,type,state\n",
    }
}

fn write_shift(form: Form, shift: &Shift, out: &mut impl Write) -> io::Result<()> {
    let (start, end) = (Wall(shift.start).shown(), Wall(shift.end).shown());
    write!(out, "{},0d5a1c2e-8b1f-4e7a-9c3d-{:012},", Name(shift.agent), shift.number)?;
    match form {
        Form::Zone => write!(out, "{start},{end},America/Chicago")?,
        Form::Clock => {
            let (start, end) = (start.to_string(), end.to_string());
            write!(out, "{},{},{},America/Chicago", &start[..10], &start[11..16], &end[11..16])?;
        }
        _ => write!(out, "{start}{},{end}{}", start.offset(), end.offset())?,
    }
    out.write_all(b",WORK,PROPOSED\n")
}

/// An agent's number as a name that looks random.
struct Name(u64);

impl std::fmt::Display for Name {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (high, low) = (chance(self.0, 0, 4), chance(self.0, 0, 5));
        let parts = [high >> 32, high >> 16 & 0xffff, high & 0xffff, low >> 48];
        write!(out, "{:08x}-{:04x}-{:04x}-{:04x}-", parts[0], parts[1], parts[2], parts[3])?;
        write!(out, "{:012x}", low & 0xffff_ffff_ffff)
    }
}

/// A time on the wall clock.
#[derive(Clone, Copy)]
struct Wall(Minute);

impl Wall {
    /// The same, or an hour later where the clock skipped it.
    fn shown(self) -> Wall {
        let skipped = (GAP..GAP + HOUR).contains(&self.0);
        Wall(self.0 + if skipped { HOUR } else { 0 })
    }

    fn offset(self) -> &'static str {
        if (GAP..FOLD_END).contains(&self.0) { "-05:00" } else { "-06:00" }
    }
}

impl std::fmt::Display for Wall {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (mut day, mut month) = (self.0 / DAY, 0);
        while day >= MONTHS[month] {
            day -= MONTHS[month];
            month += 1;
        }
        let (hour, minute) = (self.0 / HOUR % 24, self.0 % HOUR);
        write!(out, "2026-{:02}-{:02}T{hour:02}:{minute:02}:00", month + 1, day + 1)
    }
}

/// A number that looks random: two rounds of multiplying and shifting.
fn chance(agent: u64, day: u64, about: u64) -> u64 {
    let mut word = (agent << 20 | day << 4 | about).wrapping_mul(0xd6e8_feb8_6659_fd93);
    for _ in 0..2 {
        word = (word ^ word >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93);
    }
    word ^ word >> 32
}
