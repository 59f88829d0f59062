//! What holds for any schedule.
//!
//! Small schedules are made up at random, on a coarse grid around a change of
//! the clock, so that they touch, nest, repeat and replace each other often.
//! The [`oracle`](crate::world::oracle) says what must be found; the rest is about
//! what must make no difference.

mod activities;

mod anything;

mod base;

mod crowd;

mod fingerprints;

mod fixes;

mod formats;

mod ids;

mod labour;

mod listing;

mod plans;
mod plants;

mod quotes;

mod replacing;

mod schedule;

mod server;

mod spans;

mod swaps;

mod vendors;

mod versions;

mod why;

mod workbooks;

use crate::world::check::{
    FILES, check, comparable, counts, file, json, reported, settings_of, totals,
};
use crate::world::oracle::{Reported, expected};
use crate::world::schedule::{Row, Schedule};
use crate::world::write;
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, proptest};
use proptest::strategy::ValueTree;
use proptest::test_runner::{TestCaseError, TestRunner};
use schedule::schedules;
use shiftlint::model::finding::{Finding, Record, Report};
use shiftlint::model::settings::{InputFile, Settings};
use shiftlint::model::source::Role;
use std::collections::{BTreeMap, BTreeSet};

/// No file of failures is kept: what failed is printed, and becomes a case.
fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// What the settings of a law change.
#[derive(Clone, Copy)]
struct Choice {
    jobs: usize,
    /// For one agent and rule, and in all.
    most: u64,
    in_all: u64,
}

const PLAIN: Choice = Choice { jobs: 1, most: u64::MAX, in_all: u64::MAX };

fn limited(settings: Settings, choice: Choice) -> Settings {
    Settings {
        max_per_agent: choice.most,
        max_findings: choice.in_all,
        jobs: Some(choice.jobs),
        ..settings
    }
}

/// The settings for files whose ids name records, however many share one.
fn with_ids(files: Vec<InputFile>, choice: Choice) -> Settings {
    let schedule = Schedule { ids_are_mapped: true, ..Schedule::new(Vec::new()) };
    limited(settings_of(&schedule, files), choice)
}

/// Checks the rows of each role, the batch as as many files as there are parts.
fn check_parts(schedule: &Schedule, batch: &[&[&Row]], choice: Choice) -> Report {
    let csv = |rows: &[&Row]| write::csv(&schedule::COLUMNS, rows.iter().copied());
    let parts = batch.iter().zip(["batch.csv", "batch-2.csv"]);
    let parts = parts.map(|(rows, name)| file(Role::Batch, name, csv(rows)));
    let others = FILES[1..].iter().map(|(role, name)| file(*role, name, csv(&schedule.of(*role))));
    check(&limited(settings_of(schedule, parts.chain(others).collect()), choice))
}

fn check_whole(schedule: &Schedule, choice: Choice) -> Report {
    check_parts(schedule, &[&schedule.of(Role::Batch)], choice)
}

/// The words of a record, without its place.
fn words(record: &Record) -> String {
    let id = record.id.as_deref().unwrap_or_default();
    format!("{} {id} {} {}", record.role, record.start.written, record.end.written)
}

/// The words that the row with this number must have.
fn words_of(schedule: &Schedule, (role, number): (Role, u64)) -> String {
    let row = schedule.of(role)[number as usize - 1];
    let [id, start, end] = ["id", "start", "end"].map(|column| write::cell(row, column));
    format!("{role} {id} {start} {end}")
}

/// A finding with the words of its records in the place of their numbers.
type InWords = (Reported, Vec<String>);

fn in_words(finding: &Finding) -> InWords {
    let mut records: Vec<String> = finding.records.iter().map(|record| words(record)).collect();
    records.sort();
    (Reported { records: Vec::new(), ..reported(finding) }, records)
}

/// A finding in words, but for those that the order of the records decides.
fn in_words_if_ordered(finding: &Finding) -> InWords {
    let comparable = comparable(finding);
    let words = if comparable.records.is_empty() { Vec::new() } else { in_words(finding).1 };
    (Reported { records: Vec::new(), ..comparable }, words)
}

fn sorted<Told: Ord>(findings: &[Finding], tell: fn(&Finding) -> Told) -> Vec<Told> {
    let mut told: Vec<Told> = findings.iter().map(tell).collect();
    told.sort();
    told
}

/// The rows in the order of these keys.
fn shuffled(schedule: &Schedule, keys: Vec<u16>) -> Schedule {
    let mut rows: Vec<(u16, Row)> =
        keys.into_iter().cycle().zip(schedule.rows.iter().cloned()).collect();
    rows.sort_by_key(|(key, _)| *key);
    Schedule { rows: rows.into_iter().map(|(_, row)| row).collect(), ..schedule.clone() }
}

/// What is listed is what is counted, and no more than asked for.
fn assert_listed(report: &Report, most: u64) -> Result<(), TestCaseError> {
    let mut listed: BTreeMap<(&str, Option<&str>), u64> = BTreeMap::new();
    // What is told once a file has no agent, and is not capped by one.
    for finding in report.findings.iter().filter(|finding| finding.agent.is_some()) {
        *listed.entry((finding.rule.code, finding.agent.as_deref())).or_default() += 1;
    }
    prop_assert!(listed.values().all(|count| *count <= most), "{listed:?}");
    for count in &report.rules {
        let of_rule =
            report.findings.iter().filter(|finding| finding.rule == count.rule).count() as u64;
        prop_assert_eq!(of_rule, count.listed);
    }
    Ok(())
}

/// The laws would hold for schedules in which nothing happens, too.
#[test]
fn the_schedules_that_are_made_up_reach_every_rule_and_reading() {
    const RULES: [&str; 17] = [
        "ID101", "ID102", "ID108", "OV101", "OV102", "OV103", "OV104", "OV201", "OV202", "OV203",
        "OV204", "RC102", "RC103", "RC104", "RC105", "TZ102", "TZ103",
    ];
    let mut runner = TestRunner::deterministic();
    let mut found: BTreeSet<(&str, &str, &str)> = BTreeSet::new();
    for _ in 0..2_000 {
        let schedule = schedules().new_tree(&mut runner).expect("a schedule").current();
        let reported = expected(&schedule).findings;
        found.extend(reported.iter().map(|of| (of.rule, of.severity, of.certainty)));
    }
    for rule in RULES {
        assert!(found.iter().any(|(known, ..)| *known == rule), "{rule} never applies: {found:?}");
    }
    for rule in ["OV101", "OV102", "OV104", "OV201"] {
        for reading in [("error", "certain"), ("error", "possible"), ("warning", "possible")] {
            let wanted = (rule, reading.0, reading.1);
            assert!(found.contains(&wanted), "{wanted:?} never occurs: {found:?}");
        }
    }
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn what_is_found_is_what_comparing_every_pair_finds(schedule in schedules()) {
        let report = check_whole(&schedule, PLAIN);
        let expected = expected(&schedule);
        prop_assert_eq!(sorted(&report.findings, comparable), expected.findings);
        prop_assert_eq!(counts(&report), expected.counts);
        let found = (report.agents, report.complete, report.withheld());
        prop_assert_eq!(found, (expected.agents, expected.complete, 0));
        for record in report.findings.iter().flat_map(|finding| &finding.records) {
            prop_assert_eq!(words(record), words_of(&schedule, (record.role, record.number)));
        }
        assert_listed(&report, u64::MAX)?;
    }
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn the_order_of_rows_changes_nothing(
        schedule in schedules(),
        keys in proptest::collection::vec(any::<u16>(), 24),
    ) {
        let shuffled = shuffled(&schedule, keys);
        let (before, after) = (check_whole(&schedule, PLAIN), check_whole(&shuffled, PLAIN));
        prop_assert_eq!(
            sorted(&before.findings, in_words_if_ordered),
            sorted(&after.findings, in_words_if_ordered)
        );
        prop_assert_eq!(totals(&before), totals(&after));
        prop_assert_eq!(before.verdict, after.verdict);
    }

    #[test]
    fn a_batch_in_two_files_is_one_batch(schedule in schedules(), place in 0..24usize) {
        let batch = schedule.of(Role::Batch);
        let (first, second) = batch.split_at(place.min(batch.len()));
        let without_status = |report: &Report| {
            let mut told = sorted(&report.findings, in_words_if_ordered);
            told.retain(|(reported, _)| reported.rule != "RC105");
            told
        };
        let whole = check_whole(&schedule, PLAIN);
        let split = check_parts(&schedule, &[first, second], PLAIN);
        prop_assert_eq!(without_status(&whole), without_status(&split));
        prop_assert_eq!(whole.records, split.records);
        prop_assert_eq!(whole.agents, split.agents);
    }

    #[test]
    fn the_number_of_threads_changes_no_byte(schedule in schedules()) {
        let one = json(&check_whole(&schedule, PLAIN));
        for jobs in [2, 8] {
            prop_assert_eq!(&json(&check_whole(&schedule, Choice { jobs, ..PLAIN })), &one);
        }
    }

    #[test]
    fn what_is_listed_is_capped_and_totals_are_not(schedule in schedules(), most in 0..4u64) {
        let (all, few) =
            (check_whole(&schedule, PLAIN), check_whole(&schedule, Choice { most, ..PLAIN }));
        prop_assert_eq!(totals(&all), totals(&few));
        prop_assert_eq!(all.verdict, few.verdict);
        assert_listed(&few, most)?;
        let known = sorted(&all.findings, reported);
        for finding in &few.findings {
            prop_assert!(known.contains(&reported(finding)), "{:?}", reported(finding));
        }
    }
}
