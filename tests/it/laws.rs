//! What holds for any schedule.
//!
//! Small schedules are made up at random, on a coarse grid around a change of
//! the clock, so that they touch, nest, repeat and replace each other often.
//! [`oracle`] says what must be found, by comparing every record with every
//! other one; the rest is about what must make no difference.

mod activities;

mod crowd;

mod fingerprints;

mod formats;

mod ids;

mod labour;

mod listing;

mod oracle;

mod plants;

mod replacing;

mod schedule;

mod spans;

mod swaps;

mod versions;

use oracle::{Told, expected};
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, proptest};
use proptest::strategy::ValueTree;
use proptest::test_runner::{TestCaseError, TestRunner};
use schedule::{Row, Schedule, schedules};
use shiftlint::analyze::{Progress, analyze};
use shiftlint::model::finding::{Finding, Report};
use shiftlint::model::row::Field;
use shiftlint::model::settings::{InputFile, Mapping, Settings};
use shiftlint::model::source::Role;
use shiftlint::report::{REPORTERS, Style};
use shiftlint::thread_pool::ThreadPool;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

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

/// An input in memory.
fn file(role: Role, name: &str, text: impl Into<Vec<u8>>) -> InputFile {
    InputFile::in_memory(role, name, text.into())
}

fn settings(files: Vec<InputFile>, choice: Choice) -> Settings {
    Settings {
        files,
        // Ids from a small pool are ids of records all the same.
        columns: vec![Mapping { role: None, field: Field::Id, column: "id".to_owned() }],
        levels: shiftlint::judge::selected(&[], &of_files(), &[]).expect("the default selection"),
        max_per_agent: choice.most,
        max_findings: choice.in_all,
        jobs: Some(choice.jobs),
        ..Settings::default()
    }
}

/// Checks the rows of each role, the batch as as many files as there are parts.
fn check(schedule: &Schedule, batch: &[&[Row]], choice: Choice) -> Report {
    let parts = ["batch.csv", "batch-2.csv"];
    let others = [(Role::Published, "live.csv"), (Role::TimeOff, "off.csv")];
    let batch = batch.iter().zip(parts).map(|(rows, name)| (Role::Batch, name, rows.to_vec()));
    let others = others.map(|(role, name)| (role, name, schedule.of(role)));
    let files =
        batch.chain(others).map(|(role, name, rows)| file(role, name, schedule::csv(&rows)));
    let settings = settings(files.collect(), choice);
    analyze(&settings, &Progress::default()).expect("sound settings")
}

fn check_whole(schedule: &Schedule, choice: Choice) -> Report {
    check(schedule, &[&schedule.of(Role::Batch)], choice)
}

/// A finding without the places of its records.
fn told(finding: &Finding) -> Told {
    let mut records: Vec<String> = finding
        .records
        .iter()
        .map(|record| {
            let id = record.id.as_deref().unwrap_or_default();
            format!("{} {id} {} {}", record.role, record.start.written, record.end.written)
        })
        .collect();
    records.sort();
    Told {
        rule: finding.rule.code,
        severity: finding.severity.name(),
        certainty: finding.certainty.name(),
        cross_day: finding.cross_day,
        agent: finding.agent.as_deref().unwrap_or_default().to_owned(),
        claim: finding.claim.map(|claim| (claim.start.instant, claim.end.instant, claim.minutes)),
        records,
    }
}

/// Which of several records stands first decides what some findings name, and
/// a status is told once a file: of those only how many there are is compared.
fn told_anywhere(finding: &Finding) -> Told {
    let told = told(finding);
    match told.rule {
        "ID101" | "RC105" => Told { agent: String::new(), records: Vec::new(), ..told },
        "ID102" | "ID108" => Told { records: Vec::new(), ..told },
        _ => told,
    }
}

fn sorted(findings: &[Finding], tell: fn(&Finding) -> Told) -> Vec<Told> {
    let mut told: Vec<Told> = findings.iter().map(tell).collect();
    told.sort();
    told
}

fn totals(report: &Report) -> BTreeMap<&'static str, [u64; 3]> {
    report.rules.iter().map(|count| (count.rule.code, count.by_severity)).collect()
}

fn json(report: &Report) -> String {
    let json = REPORTERS.iter().find(|reporter| reporter.name == "json").expect("a reporter");
    let style = Style { color: false, width: 100, verbose: false, quiet: false, statistics: false };
    let (pool, mut bytes) = (ThreadPool::new(Some(1)).expect("a pool of one"), Vec::new());
    (json.write)(report, &style, &pool, &mut bytes).expect("memory can be written");
    String::from_utf8(bytes).expect("JSON is UTF-8")
}

/// The report in JSON, without the name of the folder it was made in.
fn portable(report: &Report) -> String {
    let mut text = json(report);
    for input in &report.inputs {
        let name = Path::new(&*input.path).file_name().expect("a name").to_string_lossy();
        let path = serde_json::to_string(&*input.path).expect("a path is text");
        text = text.replace(path.trim_matches('"'), &name);
    }
    text
}

/// Rules about whole files and the names in them, which have laws of their own.
fn of_files() -> Vec<String> {
    ["ID106", "ID107", "RC108", "RC110"].map(str::to_owned).to_vec()
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
    const RULES: [&str; 16] = [
        "ID101", "ID102", "ID108", "OV101", "OV102", "OV103", "OV104", "OV201", "OV202", "OV203",
        "RC102", "RC103", "RC104", "RC105", "TZ102", "TZ103",
    ];
    let mut runner = TestRunner::deterministic();
    let mut found: BTreeSet<(&str, &str, &str)> = BTreeSet::new();
    for _ in 0..500 {
        let schedule = schedules().new_tree(&mut runner).expect("a schedule").current();
        let told = expected(&schedule);
        found.extend(told.iter().map(|told| (told.rule, told.severity, told.certainty)));
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
        prop_assert_eq!(sorted(&report.findings, told_anywhere), expected(&schedule));
        prop_assert_eq!(report.withheld(), 0);
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
        let mut shuffled: Vec<(u16, Row)> =
            keys.into_iter().cycle().zip(schedule.rows.iter().cloned()).collect();
        shuffled.sort_by_key(|(key, _)| *key);
        let shuffled = Schedule { rows: shuffled.into_iter().map(|(_, row)| row).collect() };
        let (before, after) = (check_whole(&schedule, PLAIN), check_whole(&shuffled, PLAIN));
        prop_assert_eq!(
            sorted(&before.findings, told_anywhere),
            sorted(&after.findings, told_anywhere)
        );
        prop_assert_eq!(totals(&before), totals(&after));
        prop_assert_eq!(before.verdict, after.verdict);
    }

    #[test]
    fn a_batch_in_two_files_is_one_batch(schedule in schedules(), place in 0..24usize) {
        let batch = schedule.of(Role::Batch);
        let (first, second) = batch.split_at(place.min(batch.len()));
        let without_status = |report: &Report| {
            let mut told = sorted(&report.findings, told_anywhere);
            told.retain(|told| told.rule != "RC105");
            told
        };
        let whole = check_whole(&schedule, PLAIN);
        let split = check(&schedule, &[first, second], PLAIN);
        prop_assert_eq!(without_status(&whole), without_status(&split));
        prop_assert_eq!(whole.records, split.records);
        prop_assert_eq!(whole.agents, split.agents);
    }

    #[test]
    fn the_number_of_threads_changes_no_byte(schedule in schedules()) {
        let one = portable(&check_whole(&schedule, PLAIN));
        for jobs in [2, 8] {
            prop_assert_eq!(&portable(&check_whole(&schedule, Choice { jobs, ..PLAIN })), &one);
        }
    }

    #[test]
    fn what_is_listed_is_capped_and_totals_are_not(schedule in schedules(), most in 0..4u64) {
        let (all, few) =
            (check_whole(&schedule, PLAIN), check_whole(&schedule, Choice { most, ..PLAIN }));
        prop_assert_eq!(totals(&all), totals(&few));
        prop_assert_eq!(all.verdict, few.verdict);
        assert_listed(&few, most)?;
        let known = sorted(&all.findings, told);
        for finding in &few.findings {
            prop_assert!(known.contains(&told(finding)), "{:?}", told(finding));
        }
    }
}
