//! What changed since the base, against comparing all pairs.
//!
//! Exports are made up on a grid of hours; what is published is the base after some changes, and
//! each time is written with some offset. The oracle knows nothing of timelines, keys or
//! partitions: it compares each record with each other one.

use super::config;
use crate::world::check::{check, comparable, file, settings};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::{Strategy, any, prop_assert_eq, proptest};
use shiftlint::model::finding::Report;
use shiftlint::model::row::Field;
use shiftlint::model::settings::{Mapping, Settings};
use shiftlint::model::source::Role;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Record {
    agent: u8,
    id: Option<u8>,
    off: bool,
    hours: (i64, i64),
    version: Option<u8>,
    cancelled: bool,
    offset: i64,
}

fn records(most: usize) -> impl Strategy<Value = Vec<Record>> {
    let hours = (0..60i64, 1..9i64);
    let ids = weighted(0.7, 0..8u8);
    let marks = (proptest::bool::weighted(0.15), weighted(0.5, 0..2u8));
    let marks = (marks, proptest::bool::weighted(0.15), -3..4i64);
    let record = (0..3u8, ids, hours, marks).prop_map(|(agent, id, (start, length), marks)| {
        let ((off, version), cancelled, offset) = marks;
        let hours = (start, start + length);
        Record { agent, id, off, hours, version, cancelled, offset }
    });
    vec(record, 0..most)
}

/// What happens to a record between two exports.
#[derive(Debug, Clone, Copy)]
enum Event {
    Nothing,
    Moved(i64),
    Given(u8),
    Deleted,
    Cancelled,
    Rewritten,
    Copied,
}

fn events() -> impl Strategy<Value = Event> {
    (0..14u8, 1..6i64).prop_map(|(kind, by)| match kind {
        0 => Event::Moved(by),
        1 => Event::Given(by as u8 % 3),
        2 => Event::Deleted,
        3 => Event::Cancelled,
        4 => Event::Rewritten,
        5 => Event::Copied,
        _ => Event::Nothing,
    })
}

/// Records of which each id is one record's.
fn with_own_ids(records: Vec<Record>, taken: &mut BTreeSet<(u8, bool)>) -> Vec<Record> {
    let mut records = records;
    records.retain(|of| of.id.is_none_or(|id| taken.insert((id, of.off))));
    records
}

/// An export after some events, with records that are new.
fn after(base: &[Record], events: &[Event], new: &[Record]) -> Vec<Record> {
    let mut live = Vec::new();
    for (place, record) in base.iter().enumerate() {
        let mut record = Record { offset: -record.offset, ..record.clone() };
        match events.get(place).copied().unwrap_or(Event::Nothing) {
            Event::Nothing => {}
            Event::Moved(by) => record.hours = (record.hours.0 + by, record.hours.1 + by),
            Event::Given(agent) => record.agent = agent,
            Event::Deleted => continue,
            Event::Cancelled => record.cancelled = true,
            Event::Rewritten => record.version = record.version.map(|version| version + 1),
            Event::Copied => live.push(record.clone()),
        }
        live.push(record);
    }
    live.extend(new.iter().cloned());
    live
}

/// A table, after two records that cover all days.
fn table(records: &[Record], with_versions: bool) -> String {
    let time = |hour: i64, offset: i64| {
        let local = hour + offset + 72;
        let (day, hour) = (1 + local.div_euclid(24), local.rem_euclid(24));
        let sign = if offset < 0 { '-' } else { '+' };
        format!("2026-03-{day:02}T{hour:02}:00:00{sign}{:02}:00", offset.abs())
    };
    let mut text = String::from("agent,id,kind,status,version,start,end\n");
    for hour in [-40, 150] {
        text += &format!("zed,z{hour},,,,{},{}\n", time(hour, 0), time(hour + 1, 0));
    }
    for of in records {
        let id = of.id.map_or_else(String::new, |id| format!("s-{id}"));
        let kind = if of.off { "vacation" } else { "" };
        let status = if of.cancelled { "cancelled" } else { "" };
        let version = of.version.filter(|_| with_versions);
        let version = version.map_or_else(String::new, |version| (version + 1).to_string());
        let (start, end) = (time(of.hours.0, of.offset), time(of.hours.1, of.offset));
        text += &format!("a{},{id},{kind},{status},{version},{start},{end}\n", of.agent);
    }
    text
}

/// The number of a record in its file, from 1, after the two that cover all days.
const fn number(place: usize) -> u64 {
    place as u64 + 3
}

/// A batch record, a published one and one of the base, by their numbers.
type Pair = (u64, Option<u64>, Option<u64>);

type Place<'r> = (usize, &'r Record);

const fn state(of: &Record) -> (u8, bool, (i64, i64)) {
    (of.agent, of.off, of.hours)
}

/// The changes: what is published, and what the base has.
fn changes<'r>(live: &'r [Record], base: &'r [Record]) -> Vec<[Option<Place<'r>>; 2]> {
    let standing = |records: &'r [Record]| -> Vec<Place<'r>> {
        records.iter().enumerate().filter(|(_, of)| !of.cancelled).collect()
    };
    let (live, base) = (standing(live), standing(base));
    let named = |all: &[Place<'r>], id: u8, off: bool| {
        all.iter().find(|(_, of)| of.id == Some(id) && of.off == off).copied()
    };
    let mut found = Vec::new();
    for (id, off) in (0..40).flat_map(|id| [(id, false), (id, true)]) {
        let pair = [named(&live, id, off), named(&base, id, off)];
        let differ = match pair {
            [Some((_, now)), Some((_, before))] => {
                let versions = now.version.zip(before.version);
                state(now) != state(before) || versions.is_some_and(|(now, then)| now != then)
            }
            [None, None] => false,
            _ => true,
        };
        found.extend(differ.then_some(pair));
    }
    // Without an id, of those that are alike as many are the same as both files have.
    let unnamed = |all: &[Place<'r>], of: &Record| -> Vec<Place<'r>> {
        let is_like = |other: &&Place<'r>| other.1.id.is_none() && state(other.1) == state(of);
        all.iter().filter(is_like).copied().collect()
    };
    let rest = |own: &[Place<'r>], other: &[Place<'r>]| -> BTreeSet<usize> {
        let all = own.iter().filter(|(_, of)| of.id.is_none());
        all.flat_map(|(_, of)| {
            let common = unnamed(other, of).len();
            unnamed(own, of).into_iter().skip(common).map(|(place, _)| place).collect::<Vec<_>>()
        })
        .collect()
    };
    let place = |all: &[Place<'r>], at: usize| all.iter().find(|(place, _)| *place == at).copied();
    found.extend(rest(&live, &base).into_iter().map(|at| [place(&live, at), None]));
    found.extend(rest(&base, &live).into_iter().map(|at| [None, place(&base, at)]));
    found
}

fn expected(batch: &[Record], live: &[Record], base: &[Record]) -> BTreeSet<Pair> {
    let mut pairs = BTreeSet::new();
    let mut cancelled = BTreeSet::new();
    let changes = changes(live, base);
    for (place, sent) in batch.iter().enumerate() {
        // One deletion is as good as several.
        if sent.cancelled && !cancelled.insert((sent.agent, sent.id, sent.off)) {
            continue;
        }
        for [now, before] in &changes {
            let of = |other: &Option<Place<'_>>| other.map(|(_, other)| other.clone());
            let states: Vec<Record> = of(now).into_iter().chain(of(before)).collect();
            let has_id =
                |other: &Record| sent.id.is_some() && sent.id == other.id && sent.off == other.off;
            let has_time = |other: &Record| {
                sent.agent == other.agent
                    && sent.hours.0 < other.hours.1
                    && other.hours.0 < sent.hours.1
            };
            let is_written = match sent.cancelled {
                true => now.is_some() && states.iter().any(has_id),
                false => states.iter().any(|other| has_id(other) || has_time(other)),
            };
            let is_moved = of(before)
                .is_none_or(|of_base| of(now).is_some_and(|now| state(&now) != state(&of_base)));
            let agrees = !sent.cancelled
                && is_moved
                && of(now).is_some_and(|now| state(&now) == state(sent) && now.id == sent.id);
            if is_written && !agrees {
                let number = |of: &Option<Place<'_>>| of.map(|(place, _)| number(place));
                pairs.insert((super::base::number(place), number(now), number(before)));
            }
        }
    }
    pairs
}

fn found(report: &Report) -> Vec<Pair> {
    let findings = report.findings.iter().filter(|finding| finding.rule.code == "VR106");
    let number = |records: &[std::sync::Arc<shiftlint::model::finding::Record>], role| {
        records.iter().find(|record| record.role == role).map(|record| record.number)
    };
    let pair = |finding: &shiftlint::model::finding::Finding| {
        let of = |role| number(&finding.records, role);
        (of(Role::Batch).unwrap_or(0), of(Role::Published), of(Role::Base))
    };
    let mut pairs: Vec<Pair> = findings.map(pair).collect();
    pairs.sort_unstable();
    pairs
}

fn run(files: &[(Role, &str, String)], jobs: usize) -> Report {
    let files = files.iter().map(|(role, name, text)| file(*role, name, text.clone())).collect();
    let column = Mapping {
        role: None,
        field: Field::Id,
        column: "id".to_owned(),
        files: None,
        is_typed: true,
    };
    check(&Settings { columns: vec![column], jobs: Some(jobs), ..settings(files) })
}

/// All but VR106 and what is about the base itself.
fn others(report: &Report) -> (Vec<String>, BTreeMap<&'static str, u64>) {
    let is_other = |of: &&shiftlint::model::finding::Finding| {
        of.rule.code != "VR106" && of.records.iter().all(|record| record.role != Role::Base)
    };
    let findings = report.findings.iter().filter(is_other);
    let mut findings: Vec<String> = findings.map(|of| format!("{:?}", comparable(of))).collect();
    findings.sort();
    let of_base = report.findings.iter().filter(|of| {
        of.rule.code != "VR106" && of.records.iter().any(|record| record.role == Role::Base)
    });
    let mut totals: BTreeMap<&'static str, u64> =
        report.rules.iter().map(|of| (of.rule.code, of.total())).collect();
    totals.remove("VR106");
    for finding in of_base {
        *totals.entry(finding.rule.code).or_default() -= 1;
    }
    totals.retain(|_, count| *count > 0);
    (findings, totals)
}

proptest! {
    #![proptest_config(config(1500))]

    /// Every pair of a batch record and a change that it writes is found, and nothing besides;
    /// and the base changes no other finding.
    #[test]
    fn what_the_batch_writes_of_the_changes_is_found(
        base in records(9),
        events in vec(events(), 9),
        new in records(4),
        batch in records(7),
        same in vec((0..9usize, any::<bool>()), 0..3),
        jobs in 1..3usize,
    ) {
        let mut ids = BTreeSet::new();
        let base = with_own_ids(base, &mut ids);
        let new = with_own_ids(new, &mut ids);
        let live = after(&base, &events, &new);
        let mut batch = batch;
        // Some batch records say what is live already, or was.
        for (place, is_live) in same {
            let from = if is_live { &live } else { &base };
            batch.extend(from.get(place).cloned());
        }
        let files = [
            (Role::Batch, "batch.csv", table(&batch, false)),
            (Role::Published, "live.csv", table(&live, true)),
            (Role::Base, "base.csv", table(&base, true)),
        ];
        let report = run(&files, jobs);
        let pairs = found(&report);
        let count = report.rules.iter().find(|of| of.rule.code == "VR106");
        prop_assert_eq!(count.map_or(0, |of| of.total()), pairs.len() as u64);
        let expected: Vec<Pair> = expected(&batch, &live, &base).into_iter().collect();
        prop_assert_eq!(&pairs, &expected, "{:?}\n{:?}\n{:?}", batch, live, base);
        let without = run(&files[..2], jobs);
        prop_assert_eq!(others(&report), others(&without));
        let equal = [files[0].clone(), files[1].clone(), (Role::Base, "b.csv", files[1].2.clone())];
        prop_assert_eq!(found(&run(&equal, jobs)), []);
    }
}
