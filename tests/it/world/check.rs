//! The program runs on a schedule in memory, and its report is put into the terms of the
//! oracle.

use super::oracle::{Counts, Reported};
use super::schedule::Schedule;
use shiftlint::analyze::{Progress, analyze};
use shiftlint::model::conventions::LengthUnit;
use shiftlint::model::fate::Fate;
use shiftlint::model::finding::{Finding, Report};
use shiftlint::model::row::Field;
use shiftlint::model::settings::{InputFile, Mapping, Settings};
use shiftlint::model::source::Role;
use shiftlint::report::{REPORTERS, Style};
use shiftlint::thread_pool::ThreadPool;
use std::collections::BTreeMap;

/// The files of a schedule.
pub(crate) const FILES: [(Role, &str); 4] = [
    (Role::Batch, "batch.csv"),
    (Role::Published, "live.csv"),
    (Role::TimeOff, "off.csv"),
    (Role::Unavailable, "unavailable.csv"),
];

/// Rules about whole files and the names in them, which have laws of their own.
const OF_FILES: [&str; 4] = ["ID106", "ID107", "RC108", "RC110"];

/// Findings of which the order of the records decides which they name.
const UNORDERED: [&str; 5] = ["ID101", "ID102", "ID108", "ID109", "RC105"];

/// An input in memory.
pub(crate) fn file(role: Role, name: &str, bytes: impl Into<Vec<u8>>) -> InputFile {
    InputFile::in_memory(role, name, bytes.into())
}

/// The settings that the oracle stands for: the rules that it knows, and no limit.
pub(crate) fn settings(files: Vec<InputFile>) -> Settings {
    let of_files = OF_FILES.map(str::to_owned);
    Settings {
        files,
        levels: shiftlint::judge::selected(&[], &of_files, &[]).expect("the default selection"),
        max_per_agent: u64::MAX,
        max_findings: u64::MAX,
        jobs: Some(1),
        ..Settings::default()
    }
}

/// The settings of a schedule, whose files are these.
pub(crate) fn settings_of(schedule: &Schedule, files: Vec<InputFile>) -> Settings {
    let ids = || Mapping {
        role: None,
        field: Field::Id,
        column: "id".to_owned(),
        files: None,
        is_typed: true,
    };
    Settings {
        zone: schedule.zone.map(str::to_owned),
        disambiguation: schedule.disambiguation,
        replace: schedule.replace,
        columns: schedule.ids_are_mapped.then(ids).into_iter().collect(),
        // Few clock times and lengths do not show what they are.
        accepted: vec![("RD111".to_owned(), "start".to_owned())],
        length_unit: Some(LengthUnit::Minutes),
        ..settings(files)
    }
}

pub(crate) fn check(settings: &Settings) -> Report {
    analyze(settings, &Progress::default()).expect("sound settings")
}

/// A finding as it is reported.
pub(crate) fn reported(finding: &Finding) -> Reported {
    let mut records: Vec<(Role, u64)> =
        finding.records.iter().map(|record| (record.role, record.number)).collect();
    records.sort();
    Reported {
        rule: finding.rule.code,
        severity: finding.severity.name(),
        certainty: finding.certainty.name(),
        cross_day: finding.cross_day,
        agent: finding.agent.as_deref().unwrap_or_default().to_owned(),
        claim: finding
            .claim
            .map(|claim| (claim.start.instant.millis(), claim.end.instant.millis(), claim.minutes)),
        records,
    }
}

/// A finding without what the order of the records decides, as the oracle has it.
pub(crate) fn comparable(finding: &Finding) -> Reported {
    let mut reported = reported(finding);
    if UNORDERED.contains(&reported.rule) {
        reported.records.clear();
        if !["ID102", "ID108"].contains(&reported.rule) {
            reported.agent.clear();
        }
    }
    reported
}

/// Findings by rule and severity.
pub(crate) type Totals = BTreeMap<&'static str, [u64; 3]>;

pub(crate) fn totals(report: &Report) -> Totals {
    let counts = report.rules.iter().map(|count| (count.rule.code, count.by_severity));
    counts.filter(|(_, by_severity)| by_severity.iter().any(|count| *count > 0)).collect()
}

pub(crate) fn totals_of(findings: &[Reported]) -> Totals {
    let mut totals = Totals::new();
    for reported in findings {
        let names = ["info", "warning", "error"];
        let place = names.iter().position(|name| *name == reported.severity);
        totals.entry(reported.rule).or_default()[place.expect("a severity")] += 1;
    }
    totals
}

/// What became of the records of each role.
pub(crate) fn counts(report: &Report) -> BTreeMap<Role, Counts> {
    let mut counts: BTreeMap<Role, Counts> = BTreeMap::new();
    for input in &report.inputs {
        let (of_role, fates) = (counts.entry(input.role).or_default(), &input.fates);
        of_role.records += fates.records;
        of_role.checked += fates.of(Fate::Checked);
        of_role.unassigned += fates.of(Fate::Unassigned);
        of_role.void += fates.of(Fate::Cancelled);
        of_role.replaced += fates.of(Fate::Replaced);
        let unreadable = [Fate::Unreadable, Fate::Reversed, Fate::Empty, Fate::NoHours];
        of_role.unreadable += unreadable.map(|fate| fates.of(fate)).iter().sum::<u64>();
    }
    counts
}

/// The report in JSON.
pub(crate) fn json(report: &Report) -> String {
    let json = REPORTERS.iter().find(|reporter| reporter.name == "json").expect("a reporter");
    let style = Style { width: 72, ..Style::PLAIN };
    let (pool, mut bytes) = (ThreadPool::new(Some(1)).expect("a pool of one"), Vec::new());
    (json.write)(report, &style, &pool, &mut bytes).expect("memory can be written");
    String::from_utf8(bytes).expect("JSON is UTF-8")
}
