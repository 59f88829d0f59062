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

/// Zones by name, and behind them offsets by their minutes.
type Clock = (bool, &'static str, i32);

/// A row and its number in its file.
#[derive(Clone, Copy)]
struct Numbered<'a> {
    row: &'a Row,
    number: u64,
}

/// A record that claims time.
#[derive(Clone)]
struct Claimant<'a> {
    of: Numbered<'a>,
    agent: u8,
    kind: Kind,
    widest: Stretch,
    chosen: Stretch,
    narrowest: Stretch,
    /// The local day of the chosen start.
    day: Date,
    /// The clock that it is taken from.
    zone: TimeZone,
    clock: Clock,
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
    /// A shift with dates and no hours.
    Hourless,
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

    /// That clock, as it is sorted by.
    fn rank(&self, row: &Row) -> Clock {
        let own = match row.times {
            Times::Offset(_, _, minutes) => minutes.unwrap_or(0),
            _ => 0,
        };
        let zone = row.zone.or(self.schedule.zone);
        zone.map_or((true, "", own), |name| (false, name, 0))
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
        return Err(Out::Hourless);
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
        zone: reader.clock(row.times),
        clock: reader.rank(row),
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

/// What two records are named by: agent, id and whether it is time off.
type Name = (Option<u8>, Option<u8>, bool);

fn name_of(row: &Row) -> Name {
    (row.agent, row.id, is_off(row))
}

/// The roles whose ids do not name records: ten records or more, and a third of
/// them, share their id with another agent or with another day of their own.
fn shared_ids(all: &[&Claimant<'_>]) -> BTreeMap<Role, u64> {
    let mut shared = BTreeMap::new();
    for role in [Role::Batch, Role::Published] {
        let named = all.iter().filter(|of| of.of.row.role == role && of.of.row.id.is_some());
        let named: Vec<&&Claimant<'_>> = named.collect();
        let id = |of: &Claimant<'_>| (of.of.row.id, is_off(of.of.row));
        let is_shared = |of: &&&&Claimant<'_>| {
            let same: Vec<&&&Claimant<'_>> =
                named.iter().filter(|other| id(other) == id(of)).collect();
            let agents: BTreeSet<u8> = same.iter().map(|other| other.agent).collect();
            agents.len() > 1 || are_of_several_days(&same)
        };
        let count = named.iter().filter(is_shared).count();
        if count >= 10 && count * 3 >= named.len() {
            shared.insert(role, count as u64);
        }
    }
    shared
}

/// Whether of two records of an agent that follow each other the later starts on
/// another day, and not as all before it have ended.
fn are_of_several_days(records: &[&&&Claimant<'_>]) -> bool {
    let mut records = records.to_vec();
    records.sort_by_key(|of| (of.widest.0, of.of.number));
    (1..records.len()).any(|place| {
        let (before, own) = records.split_at(place);
        let end = before.iter().map(|of| of.widest.1).max().expect("one before");
        before[place - 1].day != own[0].day && end != own[0].widest.0
    })
}

/// Whether several published records have the name of a record and differ in their
/// times.
fn are_several(name: Name, all: &[&Claimant<'_>]) -> bool {
    let published = all.iter().filter(|of| of.of.row.role == Role::Published);
    let namesakes = published.filter(|of| name_of(of.of.row) == name);
    namesakes.map(|of| of.widest).collect::<BTreeSet<Stretch>>().len() > 1
}

/// Whether a record that is there already gives way to one that is sent.
fn gives_way(
    schedule: &Schedule,
    of: &Claimant<'_>,
    (all, void): (&[&Claimant<'_>], &[&Row]),
) -> bool {
    let row = of.of.row;
    let live = || all.iter().map(|of| of.of.row).filter(|row| row.role == Role::Batch);
    let called_off = || void.iter().copied().filter(|row| row.role == Role::Batch);
    let same_name = |sent: &Row| row.id.is_some() && name_of(sent) == name_of(row);
    match (schedule.replace, row.role) {
        (_, Role::Batch) | (Replace::None, _) => false,
        (Replace::Id, Role::Published) => {
            live().chain(called_off()).any(same_name) && !are_several(name_of(row), all)
        }
        // A request stays, unless all that the batch has of it is called off.
        (Replace::Id, _) => called_off().any(same_name) && !live().any(same_name),
        (Replace::Schedule, role) => {
            let same = |sent: &Row| sent.agent == row.agent && sent.schedule == row.schedule;
            role == Role::Published
                && row.schedule.is_some()
                && live().chain(called_off()).any(same)
        }
    }
}

/// Ids of the batch that would replace several published records.
fn several(all: &[&Claimant<'_>], void: &[&Row]) -> Vec<Told> {
    let sent = all.iter().map(|of| of.of.row).chain(void.iter().copied());
    let sent = sent.filter(|row| row.role == Role::Batch && row.id.is_some());
    let names: BTreeMap<Name, &Row> = sent.map(|row| (name_of(row), row)).collect();
    let told = |(name, row): (Name, &Row)| {
        let of = Numbered { row, number: 0 };
        are_several(name, all).then(|| bare("ID108", "warning", of))
    };
    names.into_iter().filter_map(told).collect()
}

/// Ids that stand on two batch records, and ids that are published for others.
fn identities(all: &[&Claimant<'_>], replace: Replace) -> Vec<Told> {
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

/// The times of a record, by every reading.
fn times(of: &Claimant<'_>) -> [Stretch; 3] {
    [of.widest, of.chosen, of.narrowest]
}

/// Whether a record beside the batch is a copy of another one that counts instead:
/// of time off with one id and the same times, the first that is granted, in the
/// schedule, and by its clock.
fn is_copy(of: &Claimant<'_>, all: &[&Claimant<'_>]) -> bool {
    let beside = |of: &Claimant<'_>| of.of.row.role != Role::Batch && of.kind != Kind::Shift;
    let place = all.iter().position(|other| std::ptr::eq(*other, of));
    beside(of)
        && of.of.row.id.is_some()
        && all.iter().enumerate().any(|(other_place, other)| {
            let is_request = |of: &Claimant<'_>| of.of.row.role == Role::TimeOff;
            let rank = (other.kind, is_request(other), other.clock, Some(other_place));
            beside(other)
                && name_of(other.of.row) == name_of(of.of.row)
                && times(other) == times(of)
                && rank < (of.kind, is_request(of), of.clock, place)
        })
}

/// What is left of a request once the schedule's own records with its id are taken
/// out: quarter by quarter of an hour.
fn uncarried<'a>(of: &Claimant<'a>, all: &[&Claimant<'_>]) -> Vec<Claimant<'a>> {
    let covers = all.iter().filter(|other| {
        of.of.row.role == Role::TimeOff
            && of.of.row.id.is_some()
            && other.of.row.role != Role::TimeOff
            && name_of(other.of.row) == name_of(of.of.row)
            && (other.kind != Kind::Pending || of.kind == Kind::Pending)
    });
    let covers: Vec<&&Claimant<'_>> = covers.collect();
    if of.widest != of.narrowest {
        let (start, end) = of.chosen;
        let whole = |other: &&&Claimant<'_>| other.chosen.0 <= start && end <= other.chosen.1;
        return if covers.iter().any(whole) { Vec::new() } else { vec![of.clone()] };
    }
    const STEP: i64 = 15 * 60_000;
    let covered =
        |at: i64| covers.iter().any(|other| other.narrowest.0 <= at && at < other.narrowest.1);
    let mut left: Vec<Stretch> = Vec::new();
    let mut at = of.widest.0;
    while at < of.widest.1 {
        let next = (at + STEP).min(of.widest.1);
        match left.last_mut() {
            _ if covered(at) => {}
            Some(last) if last.1 == at => last.1 = next,
            _ => left.push((at, next)),
        }
        at = next;
    }
    let part = |span: Stretch| Claimant {
        widest: span,
        chosen: span,
        narrowest: span,
        day: timestamp(span.0).to_zoned(of.zone.clone()).date(),
        ..of.clone()
    };
    left.into_iter().map(part).collect()
}

/// Statuses in no list, once a file.
fn statuses<'a>(all: impl Iterator<Item = &'a Claimant<'a>>) -> Vec<Told> {
    let unknown =
        all.filter(|claimant| is_off(claimant.of.row) && claimant.of.row.status == "parked");
    let files: BTreeMap<Role, Numbered<'_>> =
        unknown.map(|claimant| (claimant.of.row.role, claimant.of)).collect();
    files.values().map(|of| bare("RC105", "warning", *of)).collect()
}

/// A row without its id, if those of its file name no records.
fn without_shared(row: &Row, shared: &BTreeMap<Role, u64>) -> Row {
    let id = row.id.filter(|_| !shared.contains_key(&row.role));
    Row { id, ..row.clone() }
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
                Err(Out::Hourless) => {
                    counts.unreadable += 1;
                    complete = false;
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
    let everyone: Vec<&Claimant<'_>> = all.iter().collect();
    // A schedule is replaced before anything of it is looked at.
    let there: Vec<&Claimant<'_>> = match replace {
        Replace::Schedule => {
            let stays = |of: &&&Claimant<'_>| !gives_way(schedule, of, (&everyone, &void));
            everyone.iter().filter(stays).copied().collect()
        }
        _ => everyone,
    };
    let shared = shared_ids(&there);
    for role in shared.keys() {
        let of_role = there.iter().find(|of| of.of.row.role == *role).expect("ten of them");
        findings.push(bare("ID109", "warning", of_role.of));
    }
    // Without their ids: what they name is no record.
    let rows: Vec<Row> = there.iter().map(|of| without_shared(of.of.row, &shared)).collect();
    let void: Vec<Row> = void.iter().map(|row| without_shared(row, &shared)).collect();
    let void: Vec<&Row> = void.iter().collect();
    let there: Vec<Claimant<'_>> = there
        .iter()
        .zip(&rows)
        .map(|(of, row)| Claimant { of: Numbered { row, ..of.of }, ..(*of).clone() })
        .collect();
    let there: Vec<&Claimant<'_>> = there.iter().collect();
    findings.extend(identities(&there, replace));
    findings.extend(statuses(there.iter().copied()));
    if replace == Replace::Id {
        findings.extend(several(&there, &void));
    }
    let stays = |of: &&&Claimant<'_>| {
        replace == Replace::Schedule || !gives_way(schedule, of, (&there, &void))
    };
    let kept: Vec<&Claimant<'_>> = there.iter().filter(stays).copied().collect();
    for one in &kept {
        findings.extend(one.flaws.iter().map(|(rule, severity)| flaw(rule, severity, one.of)));
    }
    let agents: BTreeSet<u8> = kept.iter().map(|claimant| claimant.agent).collect();
    let left = kept.iter().filter(|of| !is_copy(of, &kept));
    let left: Vec<Vec<Claimant<'_>>> = left.map(|of| uncarried(of, &kept)).collect();
    let kept: Vec<&Claimant<'_>> = left.iter().filter_map(|parts| parts.first()).collect();
    for (place, ones) in left.iter().enumerate() {
        for other in left[..place].iter().flatten() {
            findings.extend(ones.iter().filter_map(|one| pair(one, other)));
        }
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
    Expected { findings, counts, agents: agents.len() as u64, complete }
}
