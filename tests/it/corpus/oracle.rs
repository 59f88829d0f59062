//! What must be found in a schedule, by the contract and by brute force: every
//! record is held against every other one, and instants come from jiff.

use super::schedule::{NOWHERE, Row, Schedule, Times};
use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, ToSpan};
use shiftlint::model::settings::Replace;
use shiftlint::model::source::Role;
use shiftlint::model::time::Disambiguation;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A finding, as far as it is compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Told {
    pub(crate) rule: &'static str,
    pub(crate) severity: &'static str,
    pub(crate) certainty: &'static str,
    pub(crate) cross_day: Option<bool>,
    pub(crate) agent: String,
    /// Start and end in milliseconds, and minutes.
    pub(crate) claim: Option<(i64, i64, i64)>,
    /// Roles and numbers of its records.
    pub(crate) records: Vec<(Role, u64)>,
}

/// What must become of the records of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Counts {
    pub(crate) records: u64,
    pub(crate) checked: u64,
    pub(crate) open: u64,
    pub(crate) void: u64,
    pub(crate) replaced: u64,
    pub(crate) unreadable: u64,
}

/// What must come of a schedule.
#[derive(Debug)]
pub(crate) struct Expected {
    pub(crate) findings: Vec<Told>,
    pub(crate) counts: BTreeMap<Role, Counts>,
    pub(crate) agents: u64,
    pub(crate) complete: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Shift,
    Granted,
    Pending,
}

/// Start and end, in milliseconds.
type Stretch = (i64, i64);

/// A row and its number in its file.
#[derive(Clone, Copy)]
struct Numbered<'a> {
    row: &'a Row,
    number: u64,
}

/// A record that claims time.
struct Claimant<'a> {
    of: Numbered<'a>,
    agent: u8,
    kind: Kind,
    widest: Stretch,
    chosen: Stretch,
    narrowest: Stretch,
    /// The local day of the chosen start.
    day: Date,
    flaws: Vec<(&'static str, &'static str)>,
}

/// An end of a record: as read, as it could be too, and what is odd about it.
#[derive(Clone, Copy, Default)]
struct Reading {
    chosen: i64,
    other: i64,
    gap: bool,
    fold: bool,
    missing: bool,
    mismatch: bool,
}

/// What becomes of a row that claims no time.
enum Out {
    Open,
    Void,
    Flaw(Box<Told>),
}

static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

fn zone(name: &str) -> TimeZone {
    ZONES.get(name).expect("a zone of the database")
}

fn fixed(minutes: i32) -> Offset {
    Offset::from_seconds(minutes * 60).expect("an offset")
}

fn instant(local: DateTime, offset: Offset) -> i64 {
    offset.to_timestamp(local).expect("within the years").as_millisecond()
}

fn timestamp(millisecond: i64) -> Timestamp {
    Timestamp::from_millisecond(millisecond).expect("within the years")
}

/// The settings, and what a row says about its zone.
struct Reader<'a> {
    schedule: &'a Schedule,
    /// The zone of the record itself.
    named: Option<TimeZone>,
    /// That, else the zone of the settings.
    any: Option<TimeZone>,
}

impl Reader<'_> {
    fn new<'a>(schedule: &'a Schedule, row: &Row) -> Reader<'a> {
        let named = row.zone.map(zone);
        let any = named.clone().or_else(|| schedule.zone.map(zone));
        Reader { schedule, named, any }
    }

    fn local(&self, local: DateTime) -> Reading {
        let zone = self.any.clone().unwrap_or(TimeZone::UTC);
        let ambiguous = zone.to_ambiguous_timestamp(local).offset();
        let (usual, other) = match ambiguous {
            AmbiguousOffset::Unambiguous { offset } => (offset, offset),
            AmbiguousOffset::Gap { before, after } | AmbiguousOffset::Fold { before, after } => {
                (before, after)
            }
        };
        let (usual, other) = (instant(local, usual), instant(local, other));
        let chosen = match self.schedule.disambiguation {
            Disambiguation::Compatible => usual,
            Disambiguation::Earlier => usual.min(other),
            Disambiguation::Later => usual.max(other),
        };
        Reading {
            chosen,
            other: if chosen == usual { other } else { usual },
            gap: matches!(ambiguous, AmbiguousOffset::Gap { .. }),
            fold: matches!(ambiguous, AmbiguousOffset::Fold { .. }),
            missing: self.any.is_none(),
            mismatch: false,
        }
    }

    fn offset(&self, local: DateTime, minutes: Option<i32>) -> Reading {
        let chosen = instant(local, fixed(minutes.unwrap_or(0)));
        let mismatch = minutes.is_some_and(|minutes| self.disagrees(chosen, minutes));
        Reading { chosen, other: chosen, mismatch, ..Reading::default() }
    }

    /// Whether the zone does not have this offset then. `+00:00` beside a zone
    /// that never has it is UTC; a zone of the settings objects only to what it
    /// has itself at another time of the year.
    fn disagrees(&self, at: i64, minutes: i32) -> bool {
        let Some(zone) = &self.any else { return false };
        let at = timestamp(at);
        let has = |days: i32| zone.to_offset(at + (i64::from(days) * 24).hours()) == fixed(minutes);
        let forgiving = self.named.is_none() || minutes == 0;
        !has(0) && (!forgiving || (-12..=12).any(|month| has(month * 30)))
    }

    /// The first instant of a day.
    fn midnight(&self, day: Date) -> Reading {
        let zone = self.any.clone().unwrap_or(TimeZone::UTC);
        let noon = day.at(12, 0, 0, 0).to_zoned(zone).expect("within the years");
        let first = noon.start_of_day().expect("within the years").timestamp().as_millisecond();
        let missing = self.any.is_none();
        Reading { chosen: first, other: first, missing, ..Reading::default() }
    }

    fn ends(&self, times: Times) -> (Reading, Reading) {
        match times {
            Times::Local(start, end) => (self.local(start), self.local(end)),
            Times::Offset(start, end, offset) => {
                (self.offset(start, offset), self.offset(end, offset))
            }
            Times::Clock(start, end) => {
                let same_day = start.date().to_datetime(end.time());
                let end = if same_day > start { same_day } else { same_day + 1.day() };
                (self.local(start), self.local(end))
            }
            Times::Length(start, minutes) => {
                let start = self.local(start);
                let moved = |at: i64| at + minutes * 60_000;
                let (chosen, other) = (moved(start.chosen), moved(start.other));
                (start, Reading { chosen, other, ..Reading::default() })
            }
            Times::Days(first, last) => (self.midnight(first), self.midnight(last + 1.day())),
        }
    }

    /// The clock by which the record's days are counted.
    fn clock(&self, times: Times) -> TimeZone {
        let own = match times {
            Times::Offset(_, _, minutes) => fixed(minutes.unwrap_or(0)),
            _ => Offset::UTC,
        };
        self.any.clone().unwrap_or_else(|| TimeZone::fixed(own))
    }
}

fn is_off(row: &Row) -> bool {
    row.off || row.role == Role::TimeOff
}

fn kind(row: &Row) -> Kind {
    match row.status {
        _ if !is_off(row) => Kind::Shift,
        "Pending" => Kind::Pending,
        _ => Kind::Granted,
    }
}

fn name(agent: u8) -> String {
    format!("agent-{agent}")
}

fn flaw(rule: &'static str, severity: &'static str, of: Numbered<'_>) -> Told {
    Told {
        rule,
        severity,
        certainty: "certain",
        cross_day: None,
        agent: of.row.agent.map(name).unwrap_or_default(),
        claim: None,
        records: vec![(of.row.role, of.number)],
    }
}

/// A finding of which only the rule is compared: which record it names, the
/// order of the files decides.
fn bare(rule: &'static str, severity: &'static str, of: Numbered<'_>) -> Told {
    Told { agent: String::new(), records: Vec::new(), ..flaw(rule, severity, of) }
}

fn defect(rule: &'static str, severity: &'static str, of: Numbered<'_>) -> Box<Told> {
    Box::new(flaw(rule, severity, of))
}

fn claimant<'a>(schedule: &Schedule, of: Numbered<'a>) -> Result<Claimant<'a>, Out> {
    let row = of.row;
    let Some(agent) = row.agent else {
        return Err(if is_off(row) { Out::Flaw(defect("RC101", "error", of)) } else { Out::Open });
    };
    if ["cancelled", "DENIED"].contains(&row.status) {
        return Err(Out::Void);
    }
    if row.zone == Some(NOWHERE) {
        return Err(Out::Flaw(defect("TZ105", "error", of)));
    }
    let kind = kind(row);
    if kind == Kind::Shift && matches!(row.times, Times::Days(..)) {
        return Err(Out::Flaw(defect("RC101", "error", of)));
    }
    let reader = Reader::new(schedule, row);
    let (start, end) = reader.ends(row.times);
    let chosen = (start.chosen, end.chosen);
    let widest = (start.chosen.min(start.other), end.chosen.max(end.other));
    if chosen.1 < chosen.0 {
        return Err(Out::Flaw(defect("RC102", "error", of)));
    }
    if chosen.1 == chosen.0 {
        return Err(Out::Flaw(defect("RC103", "warning", of)));
    }
    let long = kind == Kind::Shift && chosen.1 - chosen.0 > 24 * 3_600_000;
    let flaws = [
        ("TZ101", "error", start.missing || end.missing),
        ("TZ102", "warning", start.gap || end.gap),
        ("TZ103", "warning", start.fold || end.fold),
        ("TZ104", "error", start.mismatch || end.mismatch),
        ("RC104", "warning", long),
    ];
    Ok(Claimant {
        of,
        agent,
        kind,
        widest,
        chosen,
        narrowest: (start.chosen.max(start.other), end.chosen.min(end.other)),
        day: timestamp(chosen.0).to_zoned(reader.clock(row.times)).date(),
        flaws: flaws.into_iter().filter(|flaw| flaw.2).map(|flaw| (flaw.0, flaw.1)).collect(),
    })
}

fn shared(one: Stretch, other: Stretch) -> Option<Stretch> {
    let span = (one.0.max(other.0), one.1.min(other.1));
    (span.0 < span.1).then_some(span)
}

/// The rule for a pair by the table of the contract, and its severity.
fn rule(one: &Claimant<'_>, other: &Claimant<'_>) -> Option<(&'static str, &'static str)> {
    use Kind::{Granted, Pending, Shift};
    let sent = [one, other].iter().filter(|claimant| claimant.of.row.role == Role::Batch).count();
    let same = one.chosen == other.chosen && one.chosen.0 < one.chosen.1;
    match (one.kind.min(other.kind), one.kind.max(other.kind), sent) {
        (Granted, Granted, _) => Some(("OV203", "warning")),
        (_, _, 0) => None,
        (Shift, Shift, 1) => Some(("OV104", "error")),
        (Shift, Shift, _) if same => Some(("OV103", "error")),
        (Shift, Shift, _) if one.day != other.day => Some(("OV102", "error")),
        (Shift, Shift, _) => Some(("OV101", "error")),
        (Shift, Granted, _) => Some(("OV201", "error")),
        (Shift, Pending, _) => Some(("OV202", "warning")),
        _ => None,
    }
}

fn pair(one: &Claimant<'_>, other: &Claimant<'_>) -> Option<Told> {
    let widest = shared(one.widest, other.widest).filter(|_| one.agent == other.agent)?;
    let claim = shared(one.chosen, other.chosen).unwrap_or(widest);
    let (rule, severity) = rule(one, other)?;
    let mut records = [one, other].map(|claimant| (claimant.of.row.role, claimant.of.number));
    records.sort();
    let chosen = shared(one.chosen, other.chosen).is_some();
    let certain = shared(one.narrowest, other.narrowest).is_some();
    Some(Told {
        rule,
        severity: if chosen { severity } else { "warning" },
        certainty: if certain { "certain" } else { "possible" },
        cross_day: Some(one.day != other.day),
        agent: name(one.agent),
        claim: Some((claim.0, claim.1, (claim.1 - claim.0 + 59_999) / 60_000)),
        records: records.to_vec(),
    })
}

/// Whether a record that is there already gives way to one that is sent.
fn gives_way(replace: Replace, row: &Row, sent: &Row) -> bool {
    let same_agent = sent.role == Role::Batch && sent.agent == row.agent;
    match replace {
        Replace::None => false,
        Replace::Id => {
            let same_id = row.id.is_some() && sent.id == row.id;
            same_agent && row.role != Role::Batch && same_id && is_off(sent) == is_off(row)
        }
        Replace::Schedule => {
            let same_schedule = row.schedule.is_some() && sent.schedule == row.schedule;
            same_agent && row.role == Role::Published && same_schedule
        }
    }
}

/// Ids that stand on two batch records, and ids that are published for others.
fn identities(all: &[Claimant<'_>], replace: Replace) -> Vec<Told> {
    let mut found = Vec::new();
    let mut sent: BTreeSet<(u8, bool)> = BTreeSet::new();
    for claimant in all.iter().filter(|claimant| claimant.of.row.role == Role::Batch) {
        let row = claimant.of.row;
        let Some(id) = row.id else { continue };
        if !sent.insert((id, is_off(row))) {
            found.push(bare("ID101", "error", claimant.of));
        }
        let rows = all.iter().map(|other| other.of.row).filter(|other| {
            other.role == Role::Published && other.id == row.id && is_off(other) == is_off(row)
        });
        let holders: BTreeSet<Option<u8>> = rows.map(|other| other.agent).collect();
        let taken = !holders.is_empty() && !holders.contains(&row.agent);
        // What a whole schedule replaces is no holder any more, or still one:
        // the contract does not say.
        if taken && replace != Replace::Schedule {
            let agent = name(claimant.agent);
            found.push(Told { agent, ..bare("ID102", "error", claimant.of) });
        }
    }
    found
}

/// Statuses in no list, once a file.
fn statuses<'a>(all: impl Iterator<Item = &'a Claimant<'a>>) -> Vec<Told> {
    let unknown =
        all.filter(|claimant| is_off(claimant.of.row) && claimant.of.row.status == "parked");
    let files: BTreeMap<Role, Numbered<'_>> =
        unknown.map(|claimant| (claimant.of.row.role, claimant.of)).collect();
    files.values().map(|of| bare("RC105", "warning", *of)).collect()
}

/// Everything that must come of a schedule.
pub(crate) fn expected(schedule: &Schedule) -> Expected {
    let mut findings = Vec::new();
    let mut counts: BTreeMap<Role, Counts> = BTreeMap::new();
    let (mut all, mut void, mut complete) = (Vec::new(), Vec::new(), true);
    for role in [Role::Batch, Role::Published, Role::TimeOff] {
        let counts = counts.entry(role).or_default();
        for (place, row) in schedule.of(role).into_iter().enumerate() {
            counts.records += 1;
            match claimant(schedule, Numbered { row, number: place as u64 + 1 }) {
                Ok(claimant) => all.push(claimant),
                Err(Out::Open) => counts.open += 1,
                Err(Out::Void) => {
                    counts.void += 1;
                    void.push(row);
                }
                Err(Out::Flaw(told)) => {
                    counts.unreadable += 1;
                    complete &= !["RC101", "TZ105"].contains(&told.rule);
                    findings.push(*told);
                }
            }
        }
    }
    let replace = schedule.replace;
    let sent: Vec<&Row> =
        all.iter().map(|claimant| claimant.of.row).chain(void.iter().copied()).collect();
    let stays = |claimant: &&Claimant<'_>| {
        !sent.iter().any(|sent| gives_way(replace, claimant.of.row, sent))
    };
    let kept: Vec<&Claimant<'_>> = all.iter().filter(stays).collect();
    findings.extend(identities(&all, replace));
    // Ids are compared while the records are still there; a schedule is
    // replaced before anything of it is looked at.
    match replace {
        Replace::Schedule => findings.extend(statuses(kept.iter().copied())),
        _ => findings.extend(statuses(all.iter())),
    }
    for (place, one) in kept.iter().enumerate() {
        findings.extend(one.flaws.iter().map(|(rule, severity)| flaw(rule, severity, one.of)));
        findings.extend(kept[..place].iter().filter_map(|other| pair(one, other)));
    }
    for claimant in &all {
        counts.entry(claimant.of.row.role).or_default().replaced += 1;
    }
    for claimant in &kept {
        let counts = counts.entry(claimant.of.row.role).or_default();
        counts.replaced -= 1;
        counts.checked += 1;
    }
    findings.sort();
    let agents: BTreeSet<u8> = kept.iter().map(|claimant| claimant.agent).collect();
    Expected { findings, counts, agents: agents.len() as u64, complete }
}
