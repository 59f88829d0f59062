//! A schedule is the same schedule in the files of every vendor.

use super::config;
use crate::world::check::{FILES, check, comparable, file, settings_of};
use crate::world::clock;
use crate::world::oracle::{Reported, expected};
use crate::world::schedule::Schedule;
use crate::world::vendors::{self, Case, Draft, SCENES, VENDORS, Vendor};
use crate::world::write;
use proptest::prelude::{Just, Strategy, any, prop, prop_assert_eq, prop_oneof, proptest};
use proptest::test_runner::TestCaseError;
use shiftlint::model::fate::Fate;
use shiftlint::model::finding::{Finding, Record, Report};
use shiftlint::model::source::Role;

/// A finding by the times of its records, since vendors' files count records in their own order.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct InTimes {
    rule: &'static str,
    severity: &'static str,
    certainty: &'static str,
    cross_day: Option<bool>,
    agent: String,
    claim: Option<(i64, i64, i64)>,
    /// Role, id, start and end of each record.
    records: Vec<(Role, String, i64, i64)>,
}

impl InTimes {
    fn of(reported: Reported, records: Vec<(Role, String, i64, i64)>) -> InTimes {
        let Reported { rule, severity, certainty, cross_day, agent, claim, .. } = reported;
        InTimes { rule, severity, certainty, cross_day, agent, claim, records }
    }
}

/// The id of a shift. A day off has that of its request, or none.
fn shown(id: String) -> String {
    if id.starts_with("t-") { String::new() } else { id }
}

fn found(report: &Report) -> Vec<InTimes> {
    let record = |record: &Record| {
        let at = |moment: &shiftlint::model::finding::Moment| {
            moment.at.as_ref().map_or(0, |stamp| stamp.instant.millis())
        };
        let id = record.id.as_ref().map_or_else(String::new, ToString::to_string);
        (record.role, shown(id), at(&record.start), at(&record.end))
    };
    let finding = |finding: &Finding| {
        let reported = comparable(finding);
        let mut records: Vec<_> = finding.records.iter().map(|of| record(of)).collect();
        records.sort();
        // Of some findings the order of the records decides which of them they name.
        records.truncate(reported.records.len());
        InTimes::of(reported, records)
    };
    let mut found: Vec<InTimes> = report.findings.iter().map(finding).collect();
    found.sort();
    found
}

/// What brute force finds in the rows.
fn wanted(schedule: &Schedule) -> Vec<InTimes> {
    let reported = expected(schedule).findings.into_iter();
    let mut wanted: Vec<InTimes> = reported
        .map(|reported| {
            let record = |(role, number): &(Role, u64)| {
                let row = schedule.of(*role)[*number as usize - 1];
                let (start, end) = clock::ends(schedule, row);
                let id = row.id.clone().unwrap_or_default();
                (*role, shown(id), start.chosen, end.chosen)
            };
            let mut records: Vec<_> = reported.records.iter().map(record).collect();
            records.sort();
            InTimes::of(reported, records)
        })
        .collect();
    wanted.sort();
    wanted
}

fn drafts() -> impl Strategy<Value = Draft> {
    let role =
        prop_oneof![4 => Just(Role::Batch), 2 => Just(Role::Published), 2 => Just(Role::TimeOff)];
    let times = (0u8..64, prop_oneof![8 => 1u8..24, 1 => 24u8..90]);
    let id = prop::option::weighted(0.6, 0u8..6);
    let words = (prop::bool::weighted(0.25), prop::bool::weighted(0.4), 0u8..4);
    (role, 0u8..3, id, words, times, any::<u8>()).prop_map(
        |(role, agent, id, (off, whole, status), (place, length), style)| Draft {
            role,
            agent,
            id,
            off,
            whole,
            status,
            place,
            length,
            style,
        },
    )
}

/// The rows as plain CSV.
fn flat(schedule: &Schedule) -> Report {
    const COLUMNS: [&str; 7] = ["agent", "id", "kind", "status", "start", "end", "zone"];
    let files =
        FILES.iter().filter(|(role, _)| *role == Role::Batch || !schedule.of(*role).is_empty());
    let files =
        files.map(|(role, name)| file(*role, name, write::csv(&COLUMNS, schedule.of(*role))));
    check(&settings_of(schedule, files.collect()))
}

fn checked(report: &Report) -> u64 {
    report.inputs.iter().map(|input| input.fates.of(Fate::Checked)).sum()
}

fn assert_same(vendor: Vendor, scene: usize, drafts: &[Draft]) -> Result<(), TestCaseError> {
    let case = Case::new(vendor, &SCENES[scene], drafts);
    if case.schedule.of(Role::Batch).is_empty() {
        return Ok(());
    }
    let told: Vec<String> = case
        .files
        .iter()
        .map(|file| {
            format!(
                "{}\n{}",
                file.path,
                String::from_utf8_lossy(file.bytes.as_deref().unwrap_or_default())
            )
        })
        .collect();
    let told = format!("{vendor:?} {:?}\n{}", SCENES[scene], told.join("\n"));
    let (plain, own) =
        (flat(&case.schedule), check(&vendors::settings(&case.schedule, case.files)));
    prop_assert_eq!(found(&plain), wanted(&case.schedule), "{}", &told);
    let doubts: Vec<_> = own.inputs.iter().flat_map(|input| &input.doubts).collect();
    prop_assert_eq!(found(&own), found(&plain), "{}\n{:?}", &told, doubts);
    prop_assert_eq!(own.complete, plain.complete, "{}\n{:?}", &told, doubts);
    prop_assert_eq!(own.verdict, plain.verdict, "{}", &told);
    prop_assert_eq!(checked(&own), checked(&plain), "{}", &told);
    prop_assert_eq!(own.agents, plain.agents, "{}", &told);
    Ok(())
}

proptest! {
    #![proptest_config(config(160))]

    #[test]
    fn a_schedule_is_the_same_in_the_files_of_every_vendor(
        vendor in prop::sample::select(&VENDORS[..]),
        scene in 0..SCENES.len(),
        drafts in prop::collection::vec(drafts(), 1..14),
    ) {
        assert_same(vendor, scene, &drafts)?;
    }
}
