//! What versions must be found, by brute force.
//!
//! Small files are made up at random, in which few schedules, agents and
//! versions meet often. The oracle asks every question of the contract of all
//! rows again, without keys, counts or order.

use super::config;
use crate::world::check::{check, file, settings};
use crate::world::write;
use proptest::prelude::{Just, Strategy, prop_assert_eq, prop_oneof, proptest};
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use shiftlint::model::finding::{Finding, Record};
use shiftlint::model::settings::Settings;
use shiftlint::model::source::Role;
use std::collections::BTreeSet;
use std::path::Path;

/// The files, in the order of the report; the last two are published.
const FILES: [&str; 5] = ["a.csv", "b.csv", "c.csv", "x.csv", "y.csv"];

/// How versions are written, and what they say.
const VERSIONS: [(&str, &str); 10] = [
    ("", ""),
    ("", ""),
    ("6", "6"),
    ("7", "7"),
    ("007", "7"),
    ("7.0", "7"),
    ("W/\"7\"", "7"),
    ("\"x\"", "x"),
    ("X", "X"),
    ("\"\"", ""),
];

#[derive(Debug, Clone)]
struct Row {
    file: usize,
    agent: &'static str,
    id: &'static str,
    schedule: &'static str,
    version: (&'static str, &'static str),
    status: &'static str,
    times: [&'static str; 2],
}

/// A row with its number in its file.
#[derive(Debug, Clone)]
struct Numbered {
    row: Row,
    number: u64,
}

/// Rule, agent, the two records, and how many records or versions it is about.
type Told = (&'static str, String, [(String, u64); 2], u64);

fn rows() -> impl Strategy<Value = Row> {
    let agents = prop_oneof![6 => select(&["anna", "ben"][..]), 1 => Just("")];
    let names = (select(&["", "s-1", "s-2"][..]), select(&["", "w10", "w10", "w11"][..]));
    let statuses = prop_oneof![5 => Just(""), 1 => Just("cancelled")];
    let times = prop_oneof![
        6 => Just(["2026-03-02T08:00Z", "2026-03-02T16:00Z"]),
        1 => Just(["2026-03-02T08:00Z", "2026-03-02T08:00Z"]),
        1 => Just(["soon", "2026-03-02T08:00Z"]),
    ];
    (0..FILES.len(), agents, names, select(&VERSIONS[..]), statuses, times).prop_map(
        |(file, agent, (id, schedule), version, status, times)| Row {
            file,
            agent,
            id,
            schedule,
            version,
            status,
            times,
        },
    )
}

fn files() -> impl Strategy<Value = Vec<Row>> {
    proptest::collection::vec(rows(), 1..14)
}

fn is_sent(row: &Row) -> bool {
    row.file < 3
}

fn numbered(rows: &[Row]) -> Vec<Numbered> {
    let number = |place: usize| {
        rows[..=place].iter().filter(|row| row.file == rows[place].file).count() as u64
    };
    let numbered =
        |(place, row): (usize, &Row)| Numbered { row: row.clone(), number: number(place) };
    let mut all: Vec<Numbered> = rows.iter().enumerate().map(numbered).collect();
    all.sort_by_key(|of| (of.row.file, of.number));
    all
}

fn said(rows: &[&Numbered]) -> BTreeSet<&'static str> {
    let said = rows.iter().map(|of| of.row.version.1);
    said.filter(|version| !version.is_empty()).collect()
}

fn place(of: &Numbered) -> (String, u64) {
    (FILES[of.row.file].to_owned(), of.number)
}

fn of_agent<'a>(rows: &[&'a Numbered], agent: &str) -> Vec<&'a Numbered> {
    rows.iter().copied().filter(|of| of.row.agent == agent).collect()
}

/// What must be told of rows that share one version, where `asked` says whether
/// a write may leave it out, name two, or name one that another file has named.
fn unit(rows: &[&Numbered], agent: &str, asked: bool, told: &mut Vec<Told>) {
    let (sent, live): (Vec<&Numbered>, Vec<&Numbered>) =
        rows.iter().copied().partition(|of| is_sent(&of.row));
    let known = said(&live);
    let published = live.iter().find(|of| !of.row.version.1.is_empty());
    let mut tell = |rule, one: &Numbered, other: &Numbered, count: usize| {
        told.push((rule, agent.to_owned(), [place(one), place(other)], count as u64));
    };
    for file in 0..3 {
        let write: Vec<&Numbered> = sent.iter().copied().filter(|of| of.row.file == file).collect();
        let versions = said(&write);
        let first = |version: &str| write.iter().find(|of| of.row.version.1 == version);
        let stale: Vec<&&Numbered> = write
            .iter()
            .filter(|of| versions.contains(of.row.version.1) && !known.contains(of.row.version.1))
            .collect();
        if let (Some(published), Some(one)) = (published, stale.first()) {
            tell("VR101", one, published, stale.len());
        }
        if let (Some(published), Some(one), true) = (published, write.first(), asked)
            && versions.is_empty()
        {
            tell("VR102", one, published, write.len());
        }
        let mut firsts: Vec<&&Numbered> = versions.iter().filter_map(|one| first(one)).collect();
        firsts.sort_by_key(|of| of.number);
        if let ([one, other, ..], true) = (&firsts[..], asked) {
            tell("VR104", one, other, firsts.len());
        }
        let earlier = |version: &str| {
            sent.iter().find(|of| of.row.file < file && of.row.version.1 == version)
        };
        let twice = firsts.iter().find_map(|one| Some((one, earlier(one.row.version.1)?)));
        if let (Some((one, before)), true) = (twice, asked) {
            tell("VR103", one, before, 0);
        }
    }
}

fn expected(rows: &[Row]) -> Vec<Told> {
    let all = numbered(rows);
    let mut told = Vec::new();
    for schedule in ["w10", "w11"] {
        let of: Vec<&Numbered> = all.iter().filter(|of| of.row.schedule == schedule).collect();
        let live: Vec<&Numbered> = of.iter().copied().filter(|of| !is_sent(&of.row)).collect();
        if said(&live).len() < 2 {
            unit(&of, "", true, &mut told);
            continue;
        }
        let agents = ["anna", "ben", ""];
        let each = agents.iter().all(|agent| said(&of_agent(&live, agent)).len() < 2);
        for agent in ["anna", "ben"] {
            unit(&of_agent(&of, agent), agent, each, &mut told);
        }
    }
    for (id, agent) in [("s-1", "anna"), ("s-1", "ben"), ("s-2", "anna"), ("s-2", "ben")] {
        let of = all.iter().filter(|of| of.row.schedule.is_empty() && of.row.id == id);
        unit(&of_agent(&of.collect::<Vec<_>>(), agent), agent, false, &mut told);
    }
    told.sort();
    told
}

fn csv(rows: &[Row], file: usize) -> String {
    let line = |row: &Row| {
        let Row { agent, id, schedule, version, status, times: [start, end], .. } = row;
        vec![*agent, id, schedule, version.0, status, start, end]
    };
    let columns = ["agent", "id", "schedule", "version", "status", "start", "end"];
    write::table(&columns, rows.iter().filter(|row| row.file == file).map(line))
}

/// The number that a message tells beside its records.
fn count(finding: &Finding) -> u64 {
    let said = finding.words();
    let words: Vec<&str> = said.message.split([' ', '(']).collect();
    let before = |word: &str| {
        let place = words.windows(2).position(|pair| pair[1] == word)?;
        words[place].parse::<u64>().ok()
    };
    match finding.rule.code {
        "VR101" | "VR102" => before("more").map_or(1, |more| more + 1),
        "VR104" => before("versions").unwrap_or(2),
        _ => 0,
    }
}

fn told(finding: &Finding) -> Told {
    let place = |record: &Record| {
        let name = Path::new(&*record.path).file_name().expect("a name").to_string_lossy();
        (name.into_owned(), record.number)
    };
    let agent = finding.agent.as_deref().unwrap_or_default().to_owned();
    let [one, other] = &finding.records[..] else { panic!("two records: {finding:?}") };
    (finding.rule.code, agent, [place(one), place(other)], count(finding))
}

fn found(rows: &[Row], jobs: usize) -> Vec<Told> {
    let of_rows = |(number, name): (usize, &&str)| {
        let role = if number < 3 { Role::Batch } else { Role::Published };
        file(role, name, csv(rows, number))
    };
    let settings = Settings {
        levels: shiftlint::judge::selected(&["VR".to_owned()], &[], &[]).expect("a family"),
        jobs: Some(jobs),
        ..settings(FILES.iter().enumerate().map(of_rows).collect())
    };
    let report = check(&settings);
    let mut told: Vec<Told> = report.findings.iter().map(told).collect();
    told.sort();
    told
}

/// The law would hold for files in which nothing happens, too.
#[test]
fn the_files_that_are_made_up_reach_every_rule_and_holder() {
    let mut runner = TestRunner::deterministic();
    let mut seen: BTreeSet<(&str, bool)> = BTreeSet::new();
    for _ in 0..2000 {
        let rows = files().new_tree(&mut runner).expect("files").current();
        seen.extend(expected(&rows).iter().map(|told| (told.0, told.1.is_empty())));
    }
    for rule in ["VR101", "VR102", "VR103", "VR104"] {
        for of_schedule in [true, false] {
            assert!(seen.contains(&(rule, of_schedule)), "{rule} {of_schedule}: {seen:?}");
        }
    }
}

proptest! {
    #![proptest_config(config(600))]

    #[test]
    fn versions_are_told_as_comparing_all_rows_tells_them(rows in files(), jobs in 1..4usize) {
        prop_assert_eq!(found(&rows, jobs), expected(&rows));
    }
}
