//! Batches made up at random, with trouble of known kinds in some of their records.
//!
//! An agent has trouble of one kind at most, so that an answer that names only the agent can be
//! judged. What is ordinary is there, too: records that move or cancel what is live, trade places
//! with each other, carry out approved swaps, or are live already.

use super::answers::Wording;
use super::{Absence, Secret, Server, Shift, time};
use crate::program::Folder;
use crate::world::random::Dice;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What is wrong with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    Overlap,
    PublishedOverlap,
    TimeOff,
    PendingTimeOff,
    PendingSwap,
    SwapNotApplied,
    StaleVersion,
    ChangedSinceRead,
    DuplicateId,
    IdTaken,
    /// It cancels the shift of another agent.
    CancelsAnothers,
    UnknownAgent,
    Reversed,
    Secret(Secret),
}

impl Trouble {
    /// What can be planted on one shift.
    const OF_A_SHIFT: [Trouble; 11] = [
        Trouble::Overlap,
        Trouble::PublishedOverlap,
        Trouble::TimeOff,
        Trouble::PendingTimeOff,
        Trouble::PendingSwap,
        Trouble::SwapNotApplied,
        Trouble::ChangedSinceRead,
        Trouble::DuplicateId,
        Trouble::IdTaken,
        Trouble::CancelsAnothers,
        Trouble::Reversed,
    ];

    const SECRETS: [Trouble; 6] = [
        Trouble::Secret(Secret::LockedPeriod),
        Trouble::Secret(Secret::LabourRule),
        Trouble::Secret(Secret::Capacity),
        Trouble::Secret(Secret::Permission),
        Trouble::Secret(Secret::TimeOff),
        Trouble::Secret(Secret::Nothing),
    ];

    /// The class that a triage gives it.
    pub(crate) const fn class(self, wording: Wording) -> &'static str {
        match self {
            Trouble::Overlap => "overlap",
            Trouble::PublishedOverlap => "published-overlap",
            Trouble::TimeOff => "time-off",
            Trouble::PendingTimeOff => "pending-time-off",
            Trouble::PendingSwap => "pending-swap",
            Trouble::SwapNotApplied => "stale-swap",
            Trouble::StaleVersion | Trouble::ChangedSinceRead => "stale-version",
            Trouble::DuplicateId | Trouble::IdTaken | Trouble::CancelsAnothers => "duplicate-id",
            Trouble::UnknownAgent => "unknown-agent",
            Trouble::Reversed => "invalid-record",
            Trouble::Secret(secret) => match (secret, wording) {
                (_, Wording::Silent) | (Secret::Nothing, _) => "unknown",
                (Secret::TimeOff, Wording::Claims) => "unknown",
                (Secret::TimeOff, Wording::Precise) => "time-off",
                (Secret::LockedPeriod, _) => "locked-period",
                (Secret::LabourRule, _) => "labour-rule",
                (Secret::Capacity, _) => "capacity",
                (Secret::Permission, _) => "permission",
            },
        }
    }

    /// Whether even precise words say no more than that something overlaps.
    pub(crate) const fn is_only_claimed(self) -> bool {
        matches!(self, Trouble::Overlap | Trouble::PublishedOverlap)
    }

    /// Whether the record shares time with another one.
    pub(crate) const fn shares_time(self) -> bool {
        matches!(
            self,
            Trouble::Overlap
                | Trouble::PublishedOverlap
                | Trouble::TimeOff
                | Trouble::PendingTimeOff
        )
    }
}

/// How the batch is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Table,
    Lines,
    List,
}

impl Form {
    pub(crate) const fn ending(self) -> &'static str {
        match self {
            Form::Table => "csv",
            Form::Lines => "ndjson",
            Form::List => "json",
        }
    }

    fn write(self, shifts: &[Shift]) -> String {
        let objects: Vec<String> = shifts.iter().map(|shift| object(shift).to_string()).collect();
        match self {
            Form::Table => table(shifts),
            Form::Lines => objects.join("\n") + "\n",
            Form::List => format!("{{\"shifts\": [\n{}\n]}}\n", objects.join(",\n")),
        }
    }

    /// The records of a file of a plan.
    pub(crate) fn read(self, text: &str) -> Vec<Shift> {
        let value = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
        match self {
            Form::Table => text.lines().skip(1).map(of_line).collect(),
            Form::Lines => text.lines().map(|line| of_object(&value(line))).collect(),
            Form::List => {
                let document = value(text);
                document["shifts"].as_array().expect("a list").iter().map(of_object).collect()
            }
        }
    }
}

const HEADER: &str = "agent,id,start,end,status,schedule,version\n";

fn table(shifts: &[Shift]) -> String {
    let line = |shift: &Shift| {
        let Shift { agent, id, start, end, version, cancelled } = shift;
        let status = if *cancelled { "cancelled" } else { "planned" };
        let schedule = version.map_or(",".to_owned(), |version| format!("w-{agent},{version}"));
        format!("{agent},{id},{},{},{status},{schedule}\n", time(*start), time(*end))
    };
    shifts.iter().fold(HEADER.to_owned(), |text, shift| text + &line(shift))
}

fn object(shift: &Shift) -> Value {
    let Shift { agent, id, start, end, version, cancelled } = shift;
    let status = if *cancelled { "cancelled" } else { "planned" };
    let mut object = json!({"agent": agent, "id": id, "start": time(*start), "end": time(*end),
                            "status": status});
    if let Some(version) = version {
        object["schedule"] = json!(format!("w-{agent}"));
        object["version"] = json!(version.to_string());
    }
    object
}

fn hour(time: &str) -> u32 {
    let number = |from: usize| time[from..from + 2].parse::<u32>().expect("two digits");
    (number(8) - 2) * 24 + number(11)
}

fn of_words([agent, id, start, end, status, version]: [&str; 6]) -> Shift {
    Shift {
        agent: agent.to_owned(),
        id: id.to_owned(),
        start: hour(start),
        end: hour(end),
        version: version.parse().ok(),
        cancelled: status == "cancelled",
    }
}

fn of_line(line: &str) -> Shift {
    let cells: Vec<&str> = line.split(',').collect();
    of_words([0, 1, 2, 3, 4, 6].map(|cell| cells[cell]))
}

fn of_object(object: &Value) -> Shift {
    let keys = ["agent", "id", "start", "end", "status", "version"];
    of_words(keys.map(|key| object[key].as_str().unwrap_or_default()))
}

/// A swap as a line of its file.
struct Swap {
    status: &'static str,
    from: (String, String),
    to: (String, String),
}

/// A batch, and the server that it is for.
pub(crate) struct Planted {
    pub(crate) form: Form,
    pub(crate) batch: Vec<Shift>,
    pub(crate) server: Server,
    /// By agent and id.
    pub(crate) troubles: BTreeMap<(String, String), Trouble>,
    /// Ids of shifts that approved swaps trade.
    pub(crate) traded: Vec<String>,
    swaps: Vec<Swap>,
    /// Shifts as they were when the batch was made, by id.
    before: Option<BTreeMap<String, Shift>>,
}

/// What is planted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plants {
    /// How many of a hundred records have trouble.
    pub(crate) share: i64,
    /// Whether there is trouble that no file shows.
    pub(crate) secrets: bool,
    /// Whether one of two records that overlap can have such trouble, too.
    pub(crate) crossed: bool,
}

impl Planted {
    pub(crate) fn of(dice: &mut Dice, plants: Plants) -> Planted {
        let server = Server::default();
        let before = dice.percent(40).then(BTreeMap::new);
        let form = dice.of(&[Form::Table, Form::Lines, Form::List]);
        let mut made = Planted {
            form,
            batch: Vec::new(),
            server,
            troubles: BTreeMap::new(),
            traded: Vec::new(),
            swaps: Vec::new(),
            before,
        };
        let version = dice.percent(50).then_some(3);
        for number in 0..dice.below(9) + 2 {
            let agent = Agent { name: format!("a{}", 1000 + number), number, version };
            made.add_agent(&agent, plants, dice);
        }
        made.add_bystander(version);
        for place in (1..made.batch.len()).rev() {
            made.batch.swap(place, dice.below(place as i64 + 1) as usize);
        }
        made
    }

    pub(crate) fn trouble(&self, shift: &Shift) -> Option<Trouble> {
        self.troubles.get(&(shift.agent.clone(), shift.id.clone())).copied()
    }

    /// Somebody whom the batch does not know, so that no file is empty.
    fn add_bystander(&mut self, version: Option<u32>) {
        let bystander = Agent { name: "a9999".to_owned(), number: 9999, version };
        self.server.agents.insert(bystander.name.clone());
        self.set_live(bystander.shift("p-far-x".to_owned(), (24, 30)));
        let time = bystander.shift("r-far-x".to_owned(), (0, 4));
        self.server.absences.push(Absence { time, pending: false });
    }

    fn set_live(&mut self, shift: Shift) {
        if let Some(version) = shift.version {
            self.server.versions.entry(shift.agent.clone()).or_insert(version);
        }
        let before = self.before.as_mut();
        before.map(|before| before.insert(shift.id.clone(), shift.clone()));
        self.server.live.insert(shift.id.clone(), shift);
    }

    fn add_agent(&mut self, agent: &Agent, plants: Plants, dice: &mut Dice) {
        if let Some(version) = agent.version {
            self.server.versions.insert(agent.name.clone(), version);
        }
        let of_all = dice.percent(plants.share);
        if of_all && dice.percent(30) {
            return self.add_stranger(agent, dice);
        }
        self.server.agents.insert(agent.name.clone());
        let is_stale = of_all && agent.version.is_some();
        let mut planted = is_stale;
        for day in 0..5 {
            let start = day * 24 + 6 + dice.below(6) as u32;
            let span = (start, start + 4 + dice.below(5) as u32);
            if !planted && dice.percent(plants.share) {
                planted = true;
                self.plant(agent, day, span, (plants, dice));
            } else if dice.percent(85) {
                self.add_ordinary(agent, day, span, dice);
            }
        }
        if is_stale {
            self.make_stale(agent);
        }
    }

    /// An agent whom the server does not know.
    fn add_stranger(&mut self, agent: &Agent, dice: &mut Dice) {
        for day in 0..1 + dice.below(2) as u32 {
            let shift = agent.shift(agent.id("s", day), (day * 24 + 8, day * 24 + 16));
            self.send(shift, Some(Trouble::UnknownAgent));
        }
    }

    /// Somebody else has written the schedule of an agent since it was read.
    fn make_stale(&mut self, agent: &Agent) {
        self.server.versions.insert(agent.name.clone(), 4);
        self.set_live(agent.shift(agent.id("p", 6), (6 * 24 + 8, 6 * 24 + 16)));
        for live in self.server.live.values_mut().filter(|live| live.agent == agent.name) {
            live.version = Some(4);
        }
        let own = self.batch.iter().filter(|shift| shift.agent == agent.name);
        let names = own.map(|shift| (shift.agent.clone(), shift.id.clone()));
        self.troubles.extend(names.map(|name| (name, Trouble::StaleVersion)));
    }

    fn send(&mut self, shift: Shift, trouble: Option<Trouble>) {
        let name = (shift.agent.clone(), shift.id.clone());
        self.troubles.extend(trouble.map(|trouble| (name, trouble)));
        self.batch.push(shift);
    }

    /// A record that the server takes.
    fn add_ordinary(&mut self, agent: &Agent, day: u32, (start, end): (u32, u32), dice: &mut Dice) {
        let (own, live) = (agent.id("s", day), agent.id("p", day));
        match dice.below(10) {
            // It moves what is live.
            0 => {
                self.set_live(agent.shift(live.clone(), (start + 1, end + 2)));
                self.send(agent.shift(live, (start, end)), None);
            }
            // It is live already.
            1 => {
                let shift = agent.shift(live, (start, end));
                self.set_live(shift.clone());
                self.send(shift, None);
            }
            // It comes in the place of one that is cancelled.
            2 => {
                let gone = agent.shift(live, (start + 1, end));
                self.set_live(gone.clone());
                self.send(agent.shift(own, (start, end)), None);
                self.send(Shift { cancelled: true, ..gone }, None);
            }
            // Two trade their times.
            3 => {
                let other = agent.id("q", day);
                let (early, late) = ((start, start + 3), (start + 3, end + 1));
                self.set_live(agent.shift(live.clone(), early));
                self.set_live(agent.shift(other.clone(), late));
                self.send(agent.shift(live, late), None);
                self.send(agent.shift(other, early), None);
            }
            // One takes the place that another one leaves.
            4 => {
                self.set_live(agent.shift(live.clone(), (start, end)));
                self.send(agent.shift(live, (end, end + 2)), None);
                self.send(agent.shift(own, (start, end)), None);
            }
            5 => self.add_swapped(agent, day, (start, end), dice.percent(50)),
            _ => self.send(agent.shift(own, (start, end)), None),
        }
    }

    /// A shift that an approved swap gives to a partner, who gives one back or not.
    fn add_swapped(&mut self, agent: &Agent, day: u32, (start, end): (u32, u32), is_trade: bool) {
        let partner = self.add_partner(agent, day);
        let (own, theirs) = (agent.id("s", day), agent.id("t", day));
        self.set_live(agent.shift(own.clone(), (start, end)));
        self.server.swapped.insert(own.clone(), partner.name.clone());
        self.send(partner.shift(own.clone(), (start, end)), None);
        self.traded.push(own.clone());
        let mut back = String::new();
        if is_trade {
            self.set_live(partner.shift(theirs.clone(), (start + 1, end + 1)));
            self.server.swapped.insert(theirs.clone(), agent.name.clone());
            self.send(agent.shift(theirs.clone(), (start + 1, end + 1)), None);
            self.traded.push(theirs.clone());
            back = theirs;
        }
        let from = (agent.name.clone(), own);
        self.swaps.push(Swap { status: "Approved", from, to: (partner.name, back) });
    }

    /// An agent with nothing but what swaps give them.
    fn add_partner(&mut self, agent: &Agent, day: u32) -> Agent {
        let name = format!("b{}-{day}", agent.number);
        self.server.agents.insert(name.clone());
        if let Some(version) = agent.version {
            self.server.versions.insert(name.clone(), version);
        }
        Agent { name, number: agent.number, version: agent.version }
    }

    fn plant(
        &mut self,
        agent: &Agent,
        day: u32,
        span: (u32, u32),
        (plants, dice): (Plants, &mut Dice),
    ) {
        let has_changes = self.before.is_some();
        let trouble = match plants.secrets && dice.percent(30) {
            true => dice.of(&Trouble::SECRETS),
            false => match dice.of(&Trouble::OF_A_SHIFT) {
                Trouble::ChangedSinceRead if !has_changes => Trouble::TimeOff,
                // Ids that repeat more often are not those of records (ID109).
                Trouble::DuplicateId if self.has_copies() => Trouble::Overlap,
                trouble => trouble,
            },
        };
        self.plant_trouble(agent, day, span, trouble);
        if trouble == Trouble::Overlap && plants.crossed && dice.percent(50) {
            let id = agent.id(dice.of(&["s", "u"]), day);
            self.server.secrets.insert(id, Secret::LockedPeriod);
        }
    }

    fn has_copies(&self) -> bool {
        self.troubles.values().filter(|trouble| **trouble == Trouble::DuplicateId).count() > 2
    }

    fn plant_trouble(
        &mut self,
        agent: &Agent,
        day: u32,
        (start, end): (u32, u32),
        trouble: Trouble,
    ) {
        let (own, live) = (agent.id("s", day), agent.id("p", day));
        let mut sent = agent.shift(own.clone(), (start, end));
        let absence = |pending| {
            let time = agent.shift(agent.id("r", day), (start, start + 2));
            Absence { time: Shift { version: None, ..time }, pending }
        };
        match trouble {
            Trouble::Overlap => {
                self.send(agent.shift(agent.id("u", day), (end - 1, end + 2)), Some(trouble));
            }
            Trouble::PublishedOverlap => self.set_live(agent.shift(live, (end - 1, end + 2))),
            Trouble::TimeOff => self.server.absences.push(absence(false)),
            Trouble::PendingTimeOff => self.server.absences.push(absence(true)),
            Trouble::PendingSwap => {
                let partner = self.add_partner(agent, day);
                self.server.undecided.insert(own.clone());
                let from = (agent.name.clone(), own);
                self.swaps.push(Swap {
                    status: "Pending",
                    from,
                    to: (partner.name, String::new()),
                });
            }
            Trouble::SwapNotApplied => {
                let partner = self.add_partner(agent, day);
                self.server.swapped.insert(own.clone(), partner.name.clone());
                // What is published is from after the swap, or from before.
                let holder = if start % 2 == 0 { &partner } else { agent };
                self.set_live(holder.shift(own.clone(), (start, end)));
                sent.end += 1;
                let from = (agent.name.clone(), own);
                let to = (partner.name, String::new());
                self.swaps.push(Swap { status: "Approved", from, to });
            }
            Trouble::ChangedSinceRead => {
                self.set_live(agent.shift(own.clone(), (start + 1, end + 1)));
                self.server.changed.insert(own.clone());
                let moved = agent.shift(own.clone(), (start + 2, end + 2));
                self.server.live.insert(own, moved);
            }
            Trouble::DuplicateId => {
                let other = (start + 24 * 7 - day * 24, end + 24 * 7 - day * 24);
                self.send(agent.shift(own, other), Some(trouble));
            }
            Trouble::IdTaken | Trouble::CancelsAnothers => {
                let holder = self.add_partner(agent, day);
                self.set_live(holder.shift(own, (start, end)));
                sent.cancelled = trouble == Trouble::CancelsAnothers;
            }
            Trouble::Reversed => (sent.start, sent.end) = (end, start),
            Trouble::Secret(secret) => drop(self.server.secrets.insert(own, secret)),
            Trouble::StaleVersion | Trouble::UnknownAgent => {}
        }
        self.send(sent, Some(trouble));
    }

    /// The files that a user has, and the arguments that name them.
    pub(crate) fn files(&self) -> (Folder, Vec<String>) {
        let batch = format!("batch.{}", self.form.ending());
        let live: Vec<Shift> = self.server.live.values().cloned().collect();
        let absence = |of: &Absence| {
            let status = if of.pending { "pending" } else { "approved" };
            let Shift { agent, id, start, end, .. } = &of.time;
            format!("{agent},{id},{},{},{status}\n", time(*start), time(*end))
        };
        let off: String = self.server.absences.iter().map(absence).collect();
        let agents = self.server.agents.iter().map(|agent| format!("{agent}\n"));
        let mut folder = Folder::new()
            .with(&batch, self.form.write(&self.batch))
            .with("live.csv", table(&live))
            .with("off.csv", format!("agent,id,start,end,status\n{off}"))
            .with("agents.csv", format!("agent\n{}", agents.collect::<String>()));
        let mut args = vec![batch.as_str()];
        args.extend(["--published", "live.csv", "--time-off", "off.csv", "--agents", "agents.csv"]);
        if !self.swaps.is_empty() {
            folder = folder.with("swaps.csv", self.swap_lines());
            args.extend(["--swaps", "swaps.csv"]);
        }
        if let Some(before) = &self.before {
            let before: Vec<Shift> = before.values().cloned().collect();
            folder = folder.with("base.csv", table(&before));
            args.extend(["--base", "base.csv"]);
        }
        (folder, args.into_iter().map(str::to_owned).collect())
    }

    fn swap_lines(&self) -> String {
        let line = |(number, swap): (usize, &Swap)| {
            let Swap { status, from, to } = swap;
            format!("w-{number},{status},{},{},{},{}\n", from.0, from.1, to.0, to.1)
        };
        let lines: String = self.swaps.iter().enumerate().map(line).collect();
        format!("id,status,agent,shift,with agent,with shift\n{lines}")
    }
}

/// Who gets shifts.
struct Agent {
    name: String,
    number: i64,
    version: Option<u32>,
}

impl Agent {
    fn id(&self, kind: &str, day: u32) -> String {
        format!("{kind}{}-{day}x", self.number)
    }

    fn shift(&self, id: String, (start, end): (u32, u32)) -> Shift {
        let (agent, version) = (self.name.clone(), self.version);
        Shift { agent, id, start, end, version, cancelled: false }
    }
}
