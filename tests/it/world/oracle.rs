//! What must be found in a schedule, by brute force: every record is compared with every
//! other one, and instants come from jiff.

use super::clock::{self, MINUTE, Readings, Span, shared};
use super::schedule::{Row, Schedule, Times};
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use shiftlint::model::settings::Replace;
use shiftlint::model::source::Role;
use std::collections::{BTreeMap, BTreeSet};

/// The name of a zone that does not exist.
pub(crate) const NOWHERE: &str = "Mars/Olympus";

/// A finding, as far as it is compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Reported {
    pub(crate) rule: &'static str,
    pub(crate) severity: &'static str,
    pub(crate) certainty: &'static str,
    pub(crate) cross_day: Option<bool>,
    pub(crate) agent: String,
    /// Start and end in milliseconds, and minutes.
    pub(crate) claim: Option<(i64, i64, i64)>,
    /// Roles and numbers of its records, in order.
    pub(crate) records: Vec<(Role, u64)>,
}

/// What must become of the records of one role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Counts {
    pub(crate) records: u64,
    pub(crate) checked: u64,
    pub(crate) unassigned: u64,
    pub(crate) void: u64,
    pub(crate) replaced: u64,
    pub(crate) unreadable: u64,
}

/// What must come of a schedule.
#[derive(Debug)]
pub(crate) struct Expected {
    /// Sorted.
    pub(crate) findings: Vec<Reported>,
    pub(crate) counts: BTreeMap<Role, Counts>,
    pub(crate) agents: u64,
    pub(crate) complete: bool,
}

/// A kind of entry, in the order in which rules name the kinds of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Shift,
    Granted,
    Pending,
    Unavailable,
}

/// A record of an agent, by what it is called.
#[derive(Clone, Copy)]
struct Record<'a> {
    row: &'a Row,
    /// Its number in its file.
    number: u64,
    agent: &'a str,
    id: Option<&'a str>,
}

/// Agent, id, and whether it is time off: what replaces a record has the same.
type Name<'a> = (&'a str, Option<&'a str>, bool);

impl<'a> Record<'a> {
    fn name(&self) -> Name<'a> {
        (self.agent, self.id, self.row.is_off())
    }

    fn is_of(&self, role: Role) -> bool {
        self.row.role == role
    }
}

/// A record that claims time.
#[derive(Clone)]
struct Entry<'a> {
    record: Record<'a>,
    kind: Kind,
    times: Readings,
    /// The local day of the chosen start.
    day: Date,
    zone: TimeZone,
    clock: (bool, &'static str, i32),
    flaws: Vec<(&'static str, &'static str)>,
}

/// What becomes of a row that claims no time.
enum Skipped<'a> {
    Unassigned,
    Void(Record<'a>),
    /// A shift with dates and no hours.
    Hourless,
    /// Time off from a midnight to the same one, which may mean that whole day.
    Midnight(&'a str, i64),
    Flaw(&'static str, &'static str),
}

fn flaw(rule: &'static str, severity: &'static str, row: &Row, number: u64) -> Reported {
    Reported {
        rule,
        severity,
        certainty: "certain",
        cross_day: None,
        agent: row.agent.clone().unwrap_or_default(),
        claim: None,
        records: vec![(row.role, number)],
    }
}

/// A finding about an agent whose records are not compared, since the order of the
/// files decides which of them it names.
fn of_agent(rule: &'static str, severity: &'static str, agent: &str) -> Reported {
    let agent = agent.to_owned();
    let certainty = "certain";
    Reported { rule, severity, certainty, cross_day: None, agent, claim: None, records: Vec::new() }
}

fn entry<'a>(schedule: &Schedule, row: &'a Row, number: u64) -> Result<Entry<'a>, Skipped<'a>> {
    let Some(agent) = row.agent.as_deref() else {
        return Err(match row.is_off() {
            true => Skipped::Flaw("RC101", "error"),
            false => Skipped::Unassigned,
        });
    };
    let record = Record { row, number, agent, id: row.id.as_deref() };
    let kind = match row.status {
        "cancelled" | "DENIED" => return Err(Skipped::Void(record)),
        _ if !row.is_off() => Kind::Shift,
        _ if row.role == Role::Unavailable => Kind::Unavailable,
        "Pending" | "pending" => Kind::Pending,
        _ => Kind::Granted,
    };
    if row.zone == Some(NOWHERE) {
        return Err(Skipped::Flaw("TZ105", "error"));
    }
    if kind == Kind::Shift && matches!(row.times, Times::Days(..)) {
        return Err(Skipped::Hourless);
    }
    let (start, end) = clock::ends(schedule, row);
    let times = Readings::of(start, end);
    let length = times.chosen.1 - times.chosen.0;
    if length < 0 {
        return Err(Skipped::Flaw("RC102", "error"));
    }
    if length == 0 && is_between_midnights(row) {
        return Err(Skipped::Midnight(agent, times.chosen.0));
    }
    if length == 0 {
        return Err(Skipped::Flaw("RC103", "warning"));
    }
    let flaws = [
        ("TZ101", "error", start.missing || end.missing),
        ("TZ102", "warning", start.gap || end.gap),
        ("TZ103", "warning", start.fold || end.fold),
        ("TZ104", "error", start.mismatch || end.mismatch),
        ("RC104", "warning", kind == Kind::Shift && length > 24 * 60 * MINUTE),
    ];
    let zone = clock::clock(schedule, row);
    Ok(Entry {
        record,
        kind,
        times,
        day: clock::day(&zone, times.chosen.0),
        zone,
        clock: clock::clock_rank(schedule, row),
        flaws: flaws.into_iter().filter(|flaw| flaw.2).map(|flaw| (flaw.0, flaw.1)).collect(),
    })
}

/// Whether time off is written from a midnight to one: to the same one it may mean that whole day,
/// and to another one the day that begins then, which is a doubt.
fn is_between_midnights(row: &Row) -> bool {
    let (start, end) = match row.times {
        Times::Local(start, end) => (start, end),
        Times::Offset((start, _), (end, _)) => (start, end),
        _ => return false,
    };
    row.is_off() && [start, end].iter().all(|at| at.time() == Time::midnight())
}

/// The rule for a pair by the table of the contract, and its severity.
fn rule(one: &Entry<'_>, other: &Entry<'_>) -> Option<(&'static str, &'static str)> {
    use Kind::{Granted, Pending, Shift, Unavailable};
    let sent = [one, other].iter().filter(|entry| entry.record.is_of(Role::Batch)).count();
    let chosen = one.times.chosen;
    // A span that is reversed as it is read is a copy of nothing.
    let same = chosen == other.times.chosen && chosen.0 < chosen.1;
    match (one.kind.min(other.kind), one.kind.max(other.kind), sent) {
        (Granted, Granted, _) => Some(("OV203", "warning")),
        (_, _, 0) => None,
        (Shift, Shift, 1) => Some(("OV104", "error")),
        (Shift, Shift, _) if same => Some(("OV103", "error")),
        (Shift, Shift, _) if one.day != other.day => Some(("OV102", "error")),
        (Shift, Shift, _) => Some(("OV101", "error")),
        (Shift, Granted, _) => Some(("OV201", "error")),
        (Shift, Pending, _) => Some(("OV202", "warning")),
        (Shift, Unavailable, _) => Some(("OV204", "warning")),
        _ => None,
    }
}

fn pair(one: &Entry<'_>, other: &Entry<'_>) -> Option<Reported> {
    let agent = one.record.agent;
    let widest = shared(one.times.widest, other.times.widest);
    let widest = widest.filter(|_| agent == other.record.agent)?;
    let chosen = shared(one.times.chosen, other.times.chosen);
    let certain = shared(one.times.narrowest, other.times.narrowest).is_some();
    let (rule, severity) = rule(one, other)?;
    let (start, end) = chosen.unwrap_or(widest);
    let mut records = [one, other];
    records.sort_by_key(|entry| (entry.record.row.role, entry.record.number));
    Some(Reported {
        rule,
        severity: if chosen.is_some() { severity } else { "warning" },
        certainty: if certain { "certain" } else { "possible" },
        cross_day: Some(one.day != other.day),
        agent: agent.to_owned(),
        claim: Some((start, end, (end - start + MINUTE - 1) / MINUTE)),
        records: records.iter().map(|of| (of.record.row.role, of.record.number)).collect(),
    })
}

/// The roles whose ids do not name records: ten records or more, and a third of them,
/// share their id with another agent or with another day of their own.
fn roles_of_shared_ids(entries: &[Entry<'_>]) -> Vec<Role> {
    let is_shared = |of: &&&Entry<'_>, named: &[&Entry<'_>]| {
        let is_same = |other: &&Entry<'_>| {
            let [own, other] = [&of.record, &other.record];
            own.id == other.id && own.row.is_off() == other.row.is_off()
        };
        let same: Vec<&Entry<'_>> = named.iter().copied().filter(is_same).collect();
        let agents: BTreeSet<&str> = same.iter().map(|other| other.record.agent).collect();
        agents.len() > 1 || are_of_several_days(same)
    };
    let has_shared = |role: &Role| {
        let of_role = entries.iter().filter(|of| of.record.is_of(*role));
        let named: Vec<&Entry<'_>> = of_role.filter(|of| of.record.id.is_some()).collect();
        let count = named.iter().filter(|of| is_shared(of, &named)).count();
        count >= 10 && count * 3 >= named.len()
    };
    [Role::Batch, Role::Published].into_iter().filter(has_shared).collect()
}

/// Whether of two records of an agent that follow each other the later starts on
/// another day, and not as all before it have ended.
fn are_of_several_days(mut entries: Vec<&Entry<'_>>) -> bool {
    entries.sort_by_key(|of| (of.times.widest.0, of.record.number));
    (1..entries.len()).any(|place| {
        let (before, own) = entries.split_at(place);
        let end = before.iter().map(|of| of.times.widest.1).max().expect("one before");
        before[place - 1].day != own[0].day && end != own[0].times.widest.0
    })
}

/// The entries of a schedule and its void records.
struct Known<'a> {
    schedule: &'a Schedule,
    entries: Vec<Entry<'a>>,
    void: Vec<Record<'a>>,
}

impl<'a> Known<'a> {
    fn records(&self, role: Role) -> impl Iterator<Item = &Record<'a>> {
        self.entries.iter().map(|of| &of.record).filter(move |record| record.is_of(role))
    }

    fn void_of_batch(&self) -> impl Iterator<Item = &Record<'a>> {
        self.void.iter().filter(|record| record.is_of(Role::Batch))
    }

    /// Those that take away what has their id: a shift that was denied never came to be.
    fn called_off(&self) -> impl Iterator<Item = &Record<'a>> {
        let is_denied =
            |record: &&Record<'a>| !record.row.is_off() && record.row.status == "DENIED";
        self.void_of_batch().filter(move |record| !is_denied(record))
    }

    /// Whether several published records have a name and differ in their times.
    fn are_several(&self, name: Name<'_>) -> bool {
        let published = self.entries.iter().filter(|of| of.record.is_of(Role::Published));
        let times = published.filter(|of| of.record.name() == name).map(|of| of.times.widest);
        times.collect::<BTreeSet<Span>>().len() > 1
    }

    /// Whether a record of a side file gives way to one of the batch.
    fn is_replaced(&self, record: &Record<'_>) -> bool {
        let same_name = |sent: &Record<'_>| record.id.is_some() && sent.name() == record.name();
        let schedule = |of: &Record<'_>| (of.agent.to_owned(), of.row.schedule.clone());
        let sent = |is_same: &dyn Fn(&Record<'_>) -> bool| self.records(Role::Batch).any(is_same);
        let called_off = |is_same: &dyn Fn(&Record<'_>) -> bool| self.called_off().any(is_same);
        let voided = |is_same: &dyn Fn(&Record<'_>) -> bool| self.void_of_batch().any(is_same);
        match (self.schedule.replace, record.row.role) {
            (Replace::Id, Role::Published) => {
                (sent(&same_name) || called_off(&same_name)) && !self.are_several(record.name())
            }
            // A request stays, unless all that the batch has of it is called off.
            (Replace::Id, Role::TimeOff) => called_off(&same_name) && !sent(&same_name),
            (Replace::Schedule, Role::Published) => {
                let same = |sent: &Record<'_>| schedule(sent) == schedule(record);
                record.row.schedule.is_some() && (sent(&same) || voided(&same))
            }
            _ => false,
        }
    }

    fn remove_replaced(&mut self) {
        let stays: Vec<bool> =
            self.entries.iter().map(|of| !self.is_replaced(&of.record)).collect();
        let mut stays = stays.into_iter();
        self.entries.retain(|_| stays.next() == Some(true));
    }

    /// Takes the ids away that do not name records.
    fn forget_shared_ids(&mut self, findings: &mut Vec<Reported>) {
        if self.schedule.ids_are_mapped {
            return;
        }
        let roles = roles_of_shared_ids(&self.entries);
        findings.extend(roles.iter().map(|_| of_agent("ID109", "warning", "")));
        let entries = self.entries.iter_mut().map(|of| &mut of.record);
        for record in entries.chain(&mut self.void) {
            record.id = record.id.filter(|_| !roles.contains(&record.row.role));
        }
    }

    /// Ids on two batch records, and ids that are published for others.
    fn identities(&self) -> Vec<Reported> {
        let (mut found, mut sent) = (Vec::new(), BTreeSet::new());
        for own in self.records(Role::Batch).filter(|record| record.id.is_some()) {
            let id = |of: &Record<'a>| (of.id, of.row.is_off());
            if !sent.insert(id(own)) {
                found.push(of_agent("ID101", "error", ""));
            }
            let published = self.records(Role::Published).filter(|other| id(other) == id(own));
            let holders: BTreeSet<&str> = published.map(|other| other.agent).collect();
            if !holders.is_empty() && !holders.contains(own.agent) {
                found.push(of_agent("ID102", "error", own.agent));
            }
        }
        found.extend(self.foreign_cancellations());
        found
    }

    /// Ids that the batch cancels for an agent, and that are published for others only.
    fn foreign_cancellations(&self) -> Vec<Reported> {
        let cancelled = self.called_off().filter(|record| record.id.is_some());
        let names: BTreeSet<Name<'_>> = cancelled.map(Record::name).collect();
        let is_foreign = |(agent, id, is_off): &Name<'_>| {
            let same = |of: &&Record<'_>| of.id == *id && of.row.is_off() == *is_off;
            let published = self.records(Role::Published).filter(same);
            let holders: BTreeSet<&str> = published.map(|of| of.agent).collect();
            !holders.is_empty() && !holders.contains(agent)
        };
        let foreign = names.into_iter().filter(is_foreign);
        foreign.map(|(agent, ..)| of_agent("ID102", "error", agent)).collect()
    }

    /// Ids of the batch that would replace several published records.
    fn several(&self) -> Vec<Reported> {
        let sent = self.records(Role::Batch).chain(self.called_off());
        let names: BTreeSet<Name<'_>> =
            sent.filter(|record| record.id.is_some()).map(Record::name).collect();
        let several = names.into_iter().filter(|name| self.are_several(*name));
        several.map(|(agent, ..)| of_agent("ID108", "warning", agent)).collect()
    }

    /// Statuses in no list, once a file.
    fn statuses(&self) -> Vec<Reported> {
        let rows = self.entries.iter().map(|of| of.record.row);
        let unknown = rows.filter(|row| row.is_off() && row.status == "parked");
        let roles: BTreeSet<Role> = unknown.map(|row| row.role).collect();
        roles.iter().map(|_| of_agent("RC105", "warning", "")).collect()
    }

    /// Whether an entry of a side file is a copy of another one that counts instead: of
    /// time off with one id and the same times, the first that is granted, in the
    /// schedule, and by its clock.
    fn is_copy(&self, place: usize) -> bool {
        let off = |of: &Entry<'_>| matches!(of.kind, Kind::Granted | Kind::Pending);
        let beside = |of: &Entry<'_>| !of.record.is_of(Role::Batch) && off(of);
        let rank = |place: usize| {
            let of = &self.entries[place];
            (of.kind, of.record.is_of(Role::TimeOff), of.clock, place)
        };
        let own = &self.entries[place];
        let is_original = |(other_place, other): (usize, &Entry<'_>)| {
            beside(other)
                && other.record.name() == own.record.name()
                && other.times == own.times
                && rank(other_place) < rank(place)
        };
        beside(own) && own.record.id.is_some() && self.entries.iter().enumerate().any(is_original)
    }

    /// What is left of a request once the schedule's own records with its id are taken
    /// out of it, minute by minute.
    fn uncarried(&self, own: &Entry<'a>) -> Vec<Entry<'a>> {
        let is_carried = own.record.is_of(Role::TimeOff) && own.record.id.is_some();
        let carries = |other: &&Entry<'_>| {
            is_carried
                && !other.record.is_of(Role::TimeOff)
                && other.record.name() == own.record.name()
                && other.kind != Kind::Unavailable
                && (other.kind != Kind::Pending || own.kind == Kind::Pending)
        };
        let carriers: Vec<&Entry<'_>> = self.entries.iter().filter(carries).collect();
        if carriers.is_empty() {
            return vec![own.clone()];
        }
        if own.times.widest != own.times.narrowest {
            let (start, end) = own.times.chosen;
            let is_whole = |of: &&Entry<'_>| of.times.chosen.0 <= start && end <= of.times.chosen.1;
            let whole = carriers.iter().any(is_whole);
            return if whole { Vec::new() } else { vec![own.clone()] };
        }
        let during = |at: i64, (start, end): Span| start <= at && at < end;
        let mut left: Vec<Span> = Vec::new();
        for at in (own.times.widest.0..own.times.widest.1).step_by(MINUTE as usize) {
            match left.last_mut() {
                _ if carriers.iter().any(|of| during(at, of.times.narrowest)) => {}
                Some(last) if last.1 == at => last.1 = at + MINUTE,
                _ => left.push((at, at + MINUTE)),
            }
        }
        let part = |span: Span| Entry {
            times: Readings::only(span),
            day: clock::day(&own.zone, span.0),
            ..own.clone()
        };
        left.into_iter().map(part).collect()
    }
}

/// Everything that must come of a schedule.
pub(crate) fn expected(schedule: &Schedule) -> Expected {
    let mut findings = Vec::new();
    let mut counts: BTreeMap<Role, Counts> = BTreeMap::new();
    let mut known = Known { schedule, entries: Vec::new(), void: Vec::new() };
    let (mut complete, mut midnights) = (true, Vec::new());
    for role in [Role::Batch, Role::Published, Role::TimeOff, Role::Unavailable] {
        let counts = counts.entry(role).or_default();
        for (number, row) in (1..).zip(schedule.of(role)) {
            counts.records += 1;
            match entry(schedule, row, number) {
                Ok(entry) => {
                    counts.replaced += 1;
                    known.entries.push(entry);
                }
                Err(Skipped::Unassigned) => counts.unassigned += 1,
                Err(Skipped::Void(record)) => {
                    counts.void += 1;
                    known.void.push(record);
                }
                Err(Skipped::Hourless) => {
                    counts.unreadable += 1;
                    complete = false;
                }
                Err(Skipped::Midnight(agent, start)) => {
                    counts.unreadable += 1;
                    midnights.push((role, agent, start));
                    findings.push(flaw("RC103", "warning", row, number));
                }
                Err(Skipped::Flaw(rule, severity)) => {
                    counts.unreadable += 1;
                    complete &= !["RC101", "TZ105"].contains(&rule);
                    findings.push(flaw(rule, severity, row, number));
                }
            }
        }
    }
    // A schedule is replaced before anything of it is looked at.
    if schedule.replace == Replace::Schedule {
        known.remove_replaced();
    }
    known.forget_shared_ids(&mut findings);
    findings.extend(known.identities());
    findings.extend(known.statuses());
    if schedule.replace == Replace::Id {
        findings.extend(known.several());
        known.remove_replaced();
    }
    for Entry { record, flaws, .. } in &known.entries {
        let of_record = |(rule, severity)| flaw(rule, severity, record.row, record.number);
        findings.extend(flaws.iter().copied().map(of_record));
    }
    // It matters where the agent has a shift on that day, which may have 25 hours.
    let works = |agent: &str, start: i64, hours: i64| {
        known.entries.iter().any(|of| {
            let (from, to) = of.times.widest;
            let is_met = from < start + hours * 60 * MINUTE && start < to;
            of.record.agent == agent && of.kind == Kind::Shift && is_met
        })
    };
    complete &= !midnights.iter().any(|(_, agent, start)| works(agent, *start, 25));
    // Such a record says of its file that the last day counts.
    complete &= !known.entries.iter().any(|of| {
        let says = |(role, ..): &(Role, &str, i64)| of.record.is_of(*role);
        let is_absence = of.kind != Kind::Shift && is_between_midnights(of.record.row);
        let (agent, end) = (of.record.agent, of.times.widest.1);
        is_absence && midnights.iter().any(says) && works(agent, end, 24)
    });
    let agents: BTreeSet<&str> = known.entries.iter().map(|of| of.record.agent).collect();
    let counting = (0..known.entries.len()).filter(|place| !known.is_copy(*place));
    let left: Vec<Vec<Entry<'_>>> =
        counting.map(|place| known.uncarried(&known.entries[place])).collect();
    for (place, ones) in left.iter().enumerate() {
        // What is neither checked nor skipped for another reason is replaced.
        if let Some(of) = ones.first() {
            let counts = counts.entry(of.record.row.role).or_default();
            counts.replaced -= 1;
            counts.checked += 1;
        }
        for other in left[..place].iter().flatten() {
            findings.extend(ones.iter().filter_map(|one| pair(one, other)));
        }
    }
    // Where nothing of a file is checked, nothing says that such a day does not matter.
    complete &= !midnights.iter().any(|(role, ..)| counts[role].checked == 0);
    findings.sort();
    Expected { findings, counts, agents: agents.len() as u64, complete }
}
