//! What must be found in a schedule, by the contract and by brute force.
//!
//! Instants come from jiff; nothing of the program's own is used.

use super::schedule::{Clock, Row, Schedule, agent, written};
use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use shiftlint::model::source::Role;
use std::collections::{BTreeMap, BTreeSet};

/// A finding, as far as laws compare it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Told {
    pub(crate) rule: &'static str,
    pub(crate) severity: &'static str,
    pub(crate) certainty: &'static str,
    pub(crate) cross_day: Option<bool>,
    pub(crate) agent: String,
    /// Start and end in milliseconds, and minutes.
    pub(crate) claim: Option<(i64, i64, i64)>,
    pub(crate) records: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Shift,
    Granted,
    Pending,
}

/// Start and end, in milliseconds.
type Times = (i64, i64);

/// A record that claims time, with its readings.
struct Claimant<'a> {
    row: &'a Row,
    kind: Kind,
    widest: Times,
    chosen: Times,
    narrowest: Times,
    /// The local day of the chosen start.
    day: Date,
    gap: bool,
    fold: bool,
}

/// An end of a record: as read, as it could be too, and why.
struct Reading {
    chosen: i64,
    other: i64,
    gap: bool,
    fold: bool,
}

fn zone(clock: Clock) -> TimeZone {
    match clock {
        Clock::Zone(name) => TimeZone::get(name).expect("a zone of the database"),
        Clock::Offset(minutes) => {
            TimeZone::fixed(Offset::from_seconds(minutes * 60).expect("an offset"))
        }
    }
}

fn instant(local: DateTime, offset: Offset) -> i64 {
    offset.to_timestamp(local).expect("within the years").as_millisecond()
}

/// Reads a local time as RFC 9557 tools do: the earlier of two, and a skipped
/// one as if the offset before the change still held.
fn read(local: DateTime, clock: Clock) -> Reading {
    let ambiguous = zone(clock).to_ambiguous_timestamp(local).offset();
    let (gap, fold) = (ambiguous_gap(&ambiguous), ambiguous_fold(&ambiguous));
    let (chosen, other) = match ambiguous {
        AmbiguousOffset::Unambiguous { offset } => (offset, offset),
        AmbiguousOffset::Gap { before, after } | AmbiguousOffset::Fold { before, after } => {
            (before, after)
        }
    };
    Reading { chosen: instant(local, chosen), other: instant(local, other), gap, fold }
}

fn ambiguous_gap(offset: &AmbiguousOffset) -> bool {
    matches!(offset, AmbiguousOffset::Gap { .. })
}

fn ambiguous_fold(offset: &AmbiguousOffset) -> bool {
    matches!(offset, AmbiguousOffset::Fold { .. })
}

fn is_void(row: &Row) -> bool {
    ["cancelled", "DENIED"].contains(&row.status)
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

/// A claimant, or the flaw that makes it none.
fn claimant(row: &Row) -> Result<Claimant<'_>, Box<Told>> {
    let (start, end) = (read(row.start, row.clock), read(row.end, row.clock));
    let widest = (start.chosen.min(start.other), end.chosen.max(end.other));
    let chosen = (start.chosen, end.chosen);
    if chosen.1 < chosen.0 {
        return Err(Box::new(flaw("RC102", "error", row)));
    }
    if chosen.1 == chosen.0 {
        return Err(Box::new(flaw("RC103", "warning", row)));
    }
    let at = jiff::Timestamp::from_millisecond(chosen.0).expect("within the years");
    Ok(Claimant {
        row,
        kind: kind(row),
        widest,
        chosen,
        narrowest: (start.chosen.max(start.other), end.chosen.min(end.other)),
        day: at.to_zoned(zone(row.clock)).date(),
        gap: start.gap || end.gap,
        fold: start.fold || end.fold,
    })
}

fn record(row: &Row) -> String {
    let id = row.id.map_or_else(String::new, |id| format!("s-{id}"));
    let (start, end) = written(row);
    format!("{} {id} {start} {end}", row.role)
}

fn flaw(rule: &'static str, severity: &'static str, row: &Row) -> Told {
    Told {
        rule,
        severity,
        certainty: "certain",
        cross_day: None,
        agent: agent(row),
        claim: None,
        records: vec![record(row)],
    }
}

fn shared(one: Times, other: Times) -> Option<Times> {
    let span = (one.0.max(other.0), one.1.min(other.1));
    (span.0 < span.1).then_some(span)
}

/// The rule for a pair by the table of the contract, and its severity.
fn rule(one: &Claimant<'_>, other: &Claimant<'_>) -> Option<(&'static str, &'static str)> {
    let sent = [one, other].iter().filter(|claimant| claimant.row.role == Role::Batch).count();
    let mut kinds = [one.kind, other.kind];
    kinds.sort();
    // A span that is upside down as it is read is no copy of anything.
    let same = one.chosen == other.chosen && one.chosen.0 < one.chosen.1;
    match (kinds, sent) {
        ([Kind::Granted, Kind::Granted], _) => Some(("OV203", "warning")),
        (_, 0) => None,
        ([Kind::Shift, Kind::Shift], 1) => Some(("OV104", "error")),
        ([Kind::Shift, Kind::Shift], _) if same => Some(("OV103", "error")),
        ([Kind::Shift, Kind::Shift], _) if one.day != other.day => Some(("OV102", "error")),
        ([Kind::Shift, Kind::Shift], _) => Some(("OV101", "error")),
        ([Kind::Shift, Kind::Granted], _) => Some(("OV201", "error")),
        ([Kind::Shift, Kind::Pending], _) => Some(("OV202", "warning")),
        _ => None,
    }
}

fn pair(one: &Claimant<'_>, other: &Claimant<'_>) -> Option<Told> {
    if one.row.agent != other.row.agent {
        return None;
    }
    let widest = shared(one.widest, other.widest)?;
    let (start, end) = shared(one.chosen, other.chosen).unwrap_or(widest);
    let (rule, severity) = rule(one, other)?;
    let mut records = vec![record(one.row), record(other.row)];
    records.sort();
    Some(Told {
        rule,
        severity: if shared(one.chosen, other.chosen).is_some() { severity } else { "warning" },
        certainty: match shared(one.narrowest, other.narrowest) {
            Some(_) => "certain",
            None => "possible",
        },
        cross_day: Some(one.day != other.day),
        agent: agent(one.row),
        claim: Some((start, end, (end - start + 59_999) / 60_000)),
        records,
    })
}

/// Whether two rows have one agent and one id, and are both shifts or both time off.
fn are_namesakes(one: &Row, other: &Row) -> bool {
    one.id.is_some()
        && one.agent == other.agent
        && one.id == other.id
        && is_off(one) == is_off(other)
}

/// Whether several published records have the name of a row and differ in their
/// times.
fn are_several(row: &Row, all: &[Claimant<'_>]) -> bool {
    let published = all.iter().filter(|of| of.row.role == Role::Published);
    let namesakes = published.filter(|of| are_namesakes(of.row, row));
    namesakes.map(|of| of.widest).collect::<BTreeSet<Times>>().len() > 1
}

/// Whether a record that is there already gives way to one of the batch, with
/// the same id and agent: sent anew, or called off. A request for time off gives way
/// only where all that the batch has of it is called off.
fn is_replaced(claimant: &Claimant<'_>, all: &[Claimant<'_>], void: &[&Row]) -> bool {
    let row = claimant.row;
    let stands_for = |sent: &Row| sent.role == Role::Batch && are_namesakes(sent, row);
    let sent = all.iter().any(|sent| stands_for(sent.row));
    let called_off = void.iter().any(|sent| stands_for(sent));
    match row.role {
        Role::Published => (sent || called_off) && !are_several(row, all),
        Role::TimeOff => called_off && !sent,
        _ => false,
    }
}

/// Ids of the batch that would replace several published records.
fn several(all: &[Claimant<'_>], void: &[&Row]) -> Vec<Told> {
    let sent = all.iter().map(|of| of.row).chain(void.iter().copied());
    let sent = sent.filter(|row| row.role == Role::Batch && row.id.is_some());
    let names: BTreeMap<(u8, Option<u8>, bool), &Row> =
        sent.map(|row| ((row.agent, row.id, is_off(row)), row)).collect();
    let told = |row: &Row| {
        let nothing = Told { records: Vec::new(), ..flaw("ID108", "warning", row) };
        are_several(row, all).then_some(nothing)
    };
    names.into_values().filter_map(told).collect()
}

/// Whether time off beside the batch is a copy of another record that counts
/// instead: the first that is granted, in the schedule, and by its clock.
fn is_copy(place: usize, kept: &[&Claimant<'_>]) -> bool {
    let beside = |of: &Claimant<'_>| of.row.role != Role::Batch && of.kind != Kind::Shift;
    let rank = |place: usize| {
        let clock = match kept[place].row.clock {
            Clock::Zone(name) => (false, name, 0),
            Clock::Offset(minutes) => (true, "", minutes),
        };
        (kept[place].kind, kept[place].row.role == Role::TimeOff, clock, place)
    };
    let own = kept[place];
    beside(own)
        && (0..kept.len()).any(|other| {
            let of = kept[other];
            beside(of)
                && are_namesakes(of.row, own.row)
                && [of.widest, of.chosen, of.narrowest] == [own.widest, own.chosen, own.narrowest]
                && rank(other) < rank(place)
        })
}

/// What is left of a request once the schedule's own records with its id are taken
/// out of it, minute by minute.
fn uncarried<'a>(of: &Claimant<'a>, kept: &[&Claimant<'_>]) -> Vec<Claimant<'a>> {
    let stands = |other: &&&Claimant<'_>| {
        of.row.role == Role::TimeOff
            && other.row.role != Role::TimeOff
            && are_namesakes(other.row, of.row)
            && (other.kind != Kind::Pending || of.kind == Kind::Pending)
    };
    let covers: Vec<&&Claimant<'_>> = kept.iter().filter(stands).collect();
    let part = |widest: Times, chosen: Times, narrowest: Times| {
        let at = jiff::Timestamp::from_millisecond(chosen.0).expect("within the years");
        let day = at.to_zoned(zone(of.row.clock)).date();
        Claimant {
            row: of.row,
            kind: of.kind,
            widest,
            chosen,
            narrowest,
            day,
            gap: false,
            fold: false,
        }
    };
    if of.widest != of.narrowest {
        let whole =
            |cover: &&&Claimant<'_>| cover.chosen.0 <= of.chosen.0 && of.chosen.1 <= cover.chosen.1;
        let whole = covers.iter().any(whole);
        return if whole { Vec::new() } else { vec![part(of.widest, of.chosen, of.narrowest)] };
    }
    const STEP: usize = 60_000;
    let during =
        |at: i64| move |cover: &&&Claimant<'_>| cover.narrowest.0 <= at && at < cover.narrowest.1;
    let mut left: Vec<Times> = Vec::new();
    for at in (of.widest.0..of.widest.1).step_by(STEP) {
        match left.last_mut() {
            _ if covers.iter().any(during(at)) => {}
            Some(last) if last.1 == at => last.1 = at + STEP as i64,
            _ => left.push((at, at + STEP as i64)),
        }
    }
    left.into_iter().map(|span| part(span, span, span)).collect()
}

fn flaws_of(claimant: &Claimant<'_>) -> Vec<Told> {
    let long = claimant.chosen.1 - claimant.chosen.0 > 24 * 3_600_000;
    let flaws = [
        ("TZ102", claimant.gap),
        ("TZ103", claimant.fold),
        ("RC104", long && claimant.kind == Kind::Shift),
    ];
    let found = flaws.into_iter().filter(|(_, found)| *found);
    found.map(|(rule, _)| flaw(rule, "warning", claimant.row)).collect()
}

/// Ids that stand on two batch records, and ids that are published for others.
fn identities(all: &[Claimant<'_>]) -> Vec<Told> {
    let mut found = Vec::new();
    let mut sent: BTreeMap<(u8, bool), u32> = BTreeMap::new();
    for claimant in all.iter().filter(|claimant| claimant.row.role == Role::Batch) {
        let row = claimant.row;
        let Some(id) = row.id else { continue };
        let times = sent.entry((id, is_off(row))).or_default();
        *times += 1;
        let nobody =
            Told { agent: String::new(), records: Vec::new(), ..flaw("ID101", "error", row) };
        found.extend((*times > 1).then_some(nobody));
        let holders: BTreeSet<u8> = all
            .iter()
            .map(|other| other.row)
            .filter(|other| {
                other.role == Role::Published && other.id == row.id && is_off(other) == is_off(row)
            })
            .map(|other| other.agent)
            .collect();
        let taken = !holders.is_empty() && !holders.contains(&row.agent);
        let nothing = Told { records: Vec::new(), ..flaw("ID102", "error", row) };
        found.extend(taken.then_some(nothing));
    }
    found
}

/// Statuses in no list, once a file.
fn statuses(all: &[Claimant<'_>]) -> Vec<Told> {
    let unknown = all.iter().map(|claimant| claimant.row);
    let files: BTreeMap<Role, &Row> = unknown
        .filter(|row| is_off(row) && row.status == "parked")
        .map(|row| (row.role, row))
        .collect();
    let told = |row: &&Row| Told {
        agent: String::new(),
        records: Vec::new(),
        ..flaw("RC105", "warning", row)
    };
    files.values().map(told).collect()
}

/// Everything that must be found, in order.
pub(crate) fn expected(schedule: &Schedule) -> Vec<Told> {
    let (void, rest): (Vec<&Row>, Vec<&Row>) = schedule.rows.iter().partition(|row| is_void(row));
    let mut found = Vec::new();
    let mut all = Vec::new();
    for row in rest {
        match claimant(row) {
            Ok(claimant) => all.push(claimant),
            Err(flaw) => found.push(*flaw),
        }
    }
    found.extend(identities(&all));
    found.extend(statuses(&all));
    found.extend(several(&all, &void));
    let kept: Vec<&Claimant<'_>> =
        all.iter().filter(|claimant| !is_replaced(claimant, &all, &void)).collect();
    kept.iter().for_each(|one| found.extend(flaws_of(one)));
    let counting = (0..kept.len()).filter(|place| !is_copy(*place, &kept));
    let left: Vec<Vec<Claimant<'_>>> =
        counting.map(|place| uncarried(kept[place], &kept)).collect();
    for (place, ones) in left.iter().enumerate() {
        for other in left[..place].iter().flatten() {
            found.extend(ones.iter().filter_map(|one| pair(one, other)));
        }
    }
    found.sort();
    found
}
