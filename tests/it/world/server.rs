//! A server that takes schedules: what is live, and by which rules it refuses a write.
//!
//! It shares no code with the program. Times are whole hours since Monday, so that its rules are
//! a few comparisons. [`answers`] writes what it says, and [`planted`] makes batches up of which
//! it refuses a part.

pub(crate) mod answers;

pub(crate) mod planted;

use std::collections::{BTreeMap, BTreeSet};

/// A record as it is sent, or as it is live.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Shift {
    pub(crate) agent: String,
    pub(crate) id: String,
    /// The first hour, and the one after the last.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// The version of the agent's schedule that was read, if schedules have versions.
    pub(crate) version: Option<u32>,
    pub(crate) cancelled: bool,
}

impl Shift {
    pub(crate) fn meets(&self, other: &Shift) -> bool {
        self.agent == other.agent && self.start < other.end && other.start < self.end
    }
}

/// What the server applies as a whole or not at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Atom {
    /// One record, in the order of the request.
    #[default]
    Record,
    /// All records of a request.
    Request,
    /// All records of a request, of which it names the first that it refuses.
    RequestToFirst,
}

/// What a server refuses although no file shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Secret {
    LockedPeriod,
    LabourRule,
    Capacity,
    Permission,
    TimeOff,
    /// It never says why.
    Nothing,
}

/// Why a record is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The id of the live shift.
    Overlap(String),
    TimeOff,
    PendingTimeOff,
    PendingSwap,
    /// An approved swap gave the shift to another agent.
    SwappedAway,
    StaleVersion,
    ChangedSinceRead,
    /// The push has written this id before.
    DuplicateId,
    /// Another agent has the id.
    IdTaken,
    UnknownAgent,
    Reversed,
    Secret(Secret),
}

/// What became of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    Taken,
    Refused(Refusal),
    /// Another record of its request was refused.
    RefusedWithOthers,
}

/// What the server says of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reply {
    /// There were too many records in the last minute.
    TooMany,
    /// One verdict for each record.
    Judged(Vec<Verdict>),
}

/// Time off of an agent.
#[derive(Debug, Clone)]
pub(crate) struct Absence {
    pub(crate) time: Shift,
    pub(crate) pending: bool,
}

/// What is live, and what else decides.
#[derive(Debug, Clone, Default)]
pub(crate) struct Server {
    pub(crate) atom: Atom,
    pub(crate) agents: BTreeSet<String>,
    /// By id.
    pub(crate) live: BTreeMap<String, Shift>,
    pub(crate) absences: Vec<Absence>,
    /// The version of each agent's schedule, if it has any.
    pub(crate) versions: BTreeMap<String, u32>,
    /// Ids of shifts in swaps that are not decided.
    pub(crate) undecided: BTreeSet<String>,
    /// Who has a shift since a swap was approved, by its id.
    pub(crate) swapped: BTreeMap<String, String>,
    /// Ids of shifts that were changed after the batch was made.
    pub(crate) changed: BTreeSet<String>,
    /// By the id of the record.
    pub(crate) secrets: BTreeMap<String, Secret>,
    pub(crate) per_minute: Option<usize>,
    /// The second and the records of each request.
    requests: Vec<(u64, usize)>,
    /// The ids that this push has written.
    written: BTreeSet<String>,
}

impl Server {
    /// Takes a request at a second of the push.
    pub(crate) fn push(&mut self, request: &[Shift], second: u64) -> Reply {
        let recent = self.requests.iter().filter(|(sent, _)| sent + 60 > second);
        let recent: usize = recent.map(|(_, records)| records).sum();
        if self.per_minute.is_some_and(|most| recent + request.len() > most) {
            return Reply::TooMany;
        }
        self.requests.push((second, request.len()));
        // The whole request was made from one reading of the schedules.
        let versions = self.versions.clone();
        let verdicts = match self.atom {
            Atom::Record => self.push_each(request, &versions),
            Atom::Request | Atom::RequestToFirst => self.push_whole(request, &versions),
        };
        let taken = request.iter().zip(&verdicts).filter(|(_, of)| **of == Verdict::Taken);
        let written: BTreeSet<&String> = taken.map(|(shift, _)| &shift.agent).collect();
        for agent in written {
            self.versions.entry(agent.clone()).and_modify(|version| *version += 1);
        }
        Reply::Judged(verdicts)
    }

    /// The version of an agent's schedule as it is now.
    pub(crate) fn version(&self, agent: &str) -> Option<u32> {
        self.versions.get(agent).copied()
    }

    fn push_each(&mut self, request: &[Shift], versions: &BTreeMap<String, u32>) -> Vec<Verdict> {
        let mut verdicts = Vec::new();
        for shift in request {
            let refusal = self.refusal(shift, versions).or_else(|| self.obstacle(shift));
            if refusal.is_none() {
                self.apply(shift);
            }
            verdicts.push(refusal.map_or(Verdict::Taken, Verdict::Refused));
        }
        verdicts
    }

    fn push_whole(&mut self, request: &[Shift], versions: &BTreeMap<String, u32>) -> Vec<Verdict> {
        let mut after = self.clone();
        let mut refusals = Vec::new();
        for shift in request {
            refusals.push(after.refusal(shift, versions));
            if refusals.last() == Some(&None) {
                after.apply(shift);
            }
        }
        for (shift, refusal) in request.iter().zip(&mut refusals) {
            *refusal = refusal.take().or_else(|| after.obstacle(shift));
        }
        if refusals.iter().all(Option::is_none) {
            *self = after;
            return vec![Verdict::Taken; request.len()];
        }
        let first = refusals.iter().position(Option::is_some);
        let is_named = |place| self.atom == Atom::Request || Some(place) == first;
        let verdict = |(place, refusal): (usize, Option<Refusal>)| {
            let refusal = refusal.filter(|_| is_named(place));
            refusal.map_or(Verdict::RefusedWithOthers, Verdict::Refused)
        };
        refusals.into_iter().enumerate().map(verdict).collect()
    }

    /// Why a record is refused whatever else is live.
    fn refusal(&self, shift: &Shift, versions: &BTreeMap<String, u32>) -> Option<Refusal> {
        let holder = self.live.get(&shift.id).map(|live| &live.agent);
        let owner = self.swapped.get(&shift.id);
        let is_given = owner == Some(&shift.agent);
        let stale = shift.version.is_some_and(|of| versions.get(&shift.agent) != Some(&of));
        Some(match () {
            () if shift.end < shift.start => Refusal::Reversed,
            () if !self.agents.contains(&shift.agent) => Refusal::UnknownAgent,
            () if stale => Refusal::StaleVersion,
            () if self.changed.contains(&shift.id) => Refusal::ChangedSinceRead,
            () if self.undecided.contains(&shift.id) => Refusal::PendingSwap,
            () if owner.is_some() && !is_given => Refusal::SwappedAway,
            () if holder.is_some_and(|of| *of != shift.agent) && !is_given => Refusal::IdTaken,
            () if self.written.contains(&shift.id) => Refusal::DuplicateId,
            () => Refusal::Secret(*self.secrets.get(&shift.id)?),
        })
    }

    /// What is in the way of a record.
    fn obstacle(&self, shift: &Shift) -> Option<Refusal> {
        if shift.cancelled {
            return None;
        }
        let live = self.live.values().find(|live| live.id != shift.id && live.meets(shift));
        let mut absences = self.absences.iter().filter(|of| of.time.meets(shift));
        live.map(|live| Refusal::Overlap(live.id.clone())).or_else(|| {
            absences.next().map(|of| match of.pending {
                true => Refusal::PendingTimeOff,
                false => Refusal::TimeOff,
            })
        })
    }

    fn apply(&mut self, shift: &Shift) {
        self.written.insert(shift.id.clone());
        match shift.cancelled {
            true => drop(self.live.remove(&shift.id)),
            false => drop(self.live.insert(shift.id.clone(), shift.clone())),
        }
    }
}

/// An hour since Monday as a time.
pub(crate) fn time(hour: u32) -> String {
    format!("2026-03-{:02}T{:02}:00:00Z", 2 + hour / 24, hour % 24)
}
