//! Whole schedules, held against brute force, and files of any bytes.
//!
//! The first byte decides: a capital letter begins a file that is checked as it
//! is, anything else a schedule that is made of the bytes behind it. It also says
//! which of the inputs are checked again through pipes, and which packed.

use super::oracle::{Counts, Told, expected};
use super::schedule::{self, Schedule};
use flate2::Compression;
use flate2::write::GzEncoder;
use shiftlint::analyze::{Progress, analyze};
use shiftlint::model::conventions::LengthUnit;
use shiftlint::model::fate::Fate;
use shiftlint::model::finding::{Finding, Report, Verdict};
use shiftlint::model::settings::{InputFile, Replace, Settings};
use shiftlint::model::source::Role;
use shiftlint::report::{REPORTERS, Style};
use shiftlint::thread_pool::ThreadPool;
use std::collections::BTreeMap;
use std::io::{PipeReader, Write};
use std::path::Path;
use tempfile::TempDir;

pub(crate) fn run(bytes: &[u8]) {
    match bytes.split_first() {
        Some((how @ b'A'..=b'Z', file)) => check_file(*how - b'A', file),
        Some((how, rest)) => {
            if let Some(schedule) = Schedule::decode(rest) {
                check_schedule(*how, &schedule);
            }
        }
        None => {}
    }
}

/// A folder in memory, where there is such a thing.
fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    folder.expect("a folder for the files")
}

fn settings(files: &[(Role, &str, &[u8])]) -> Settings {
    let file =
        |(role, name, bytes): &(Role, &str, &[u8])| InputFile::in_memory(*role, *name, *bytes);
    // Rules about whole files and the names in them have laws of their own.
    let of_files = ["ID106", "ID107", "RC108", "RC110"].map(str::to_owned);
    Settings {
        files: files.iter().map(file).collect(),
        levels: shiftlint::judge::selected(&[], &of_files, &[]).expect("the default selection"),
        max_unpacked: 1 << 20,
        jobs: Some(1),
        ..Settings::default()
    }
}

fn check_schedule(how: u8, schedule: &Schedule) {
    let text = |role| schedule::csv(&schedule.of(role)).into_bytes();
    let roles =
        [(Role::Batch, "batch.csv"), (Role::Published, "live.csv"), (Role::TimeOff, "off.csv")];
    let texts = roles.map(|(role, name)| (role, name, text(role)));
    let files = texts.each_ref().map(|(role, name, text)| (*role, *name, text.as_slice()));
    let settings = Settings {
        zone: schedule.zone.map(str::to_owned),
        disambiguation: schedule.disambiguation,
        replace: schedule.replace,
        max_per_agent: schedule.most,
        jobs: Some(schedule.jobs),
        // Few clock times and lengths do not show what they are.
        accepted: vec![("RD111".to_owned(), "start".to_owned())],
        length_unit: Some(LengthUnit::Minutes),
        ..settings(&files)
    };
    let report = analyze(&settings, &Progress::default()).expect("sound settings");
    assert_sound(&report);
    assert_expected(schedule, &report);
    assert_alike(how, &settings, &report);
}

fn assert_expected(schedule: &Schedule, report: &Report) {
    let expected = expected(schedule);
    let skipped = |rule: &str| schedule.replace == Replace::Schedule && rule == "ID102";
    let told = report.findings.iter().filter(|finding| !skipped(finding.rule.code)).map(told);
    let mut told: Vec<Told> = told.collect();
    told.sort();
    if schedule.most == u64::MAX {
        assert_eq!(told, expected.findings);
    }
    for told in &told {
        assert!(expected.findings.binary_search(told).is_ok(), "{told:?} in {expected:?}");
    }
    let mut totals = totals(report);
    totals.retain(|rule, _| !skipped(rule));
    assert_eq!(totals, counted(&expected.findings));
    for input in &report.inputs {
        let counts = Counts {
            records: input.fates.records,
            checked: input.fates.of(Fate::Checked),
            open: input.fates.of(Fate::Unassigned),
            void: input.fates.of(Fate::Cancelled),
            replaced: input.fates.of(Fate::Replaced),
            unreadable: [Fate::Unreadable, Fate::Reversed, Fate::Empty, Fate::NoHours]
                .map(|fate| input.fates.of(fate))
                .iter()
                .sum(),
        };
        assert_eq!(Some(&counts), expected.counts.get(&input.role), "{}", input.role);
    }
    let doubts: Vec<_> = report.inputs.iter().flat_map(|input| &input.doubts).collect();
    let found = (report.agents, report.complete);
    assert_eq!(found, (expected.agents, expected.complete), "{doubts:?}");
}

/// A finding without the places of its records. Where the order of the records
/// decides which of them is named, it is not compared.
fn told(finding: &Finding) -> Told {
    let rule = finding.rule.code;
    let named = !["ID101", "ID102", "ID108", "ID109", "RC105"].contains(&rule);
    let mut records: Vec<(Role, u64)> =
        finding.records.iter().map(|record| (record.role, record.number)).collect();
    records.sort();
    let agent = finding.agent.as_deref().unwrap_or_default().to_owned();
    Told {
        rule,
        severity: finding.severity.name(),
        certainty: finding.certainty.name(),
        cross_day: finding.cross_day,
        agent: if named || rule == "ID102" { agent } else { String::new() },
        claim: finding.claim.map(|claim| (claim.start.instant, claim.end.instant, claim.minutes)),
        records: if named { records } else { Vec::new() },
    }
}

/// Findings by rule and severity.
type Totals = BTreeMap<&'static str, [u64; 3]>;

fn totals(report: &Report) -> Totals {
    let counts = report.rules.iter().map(|count| (count.rule.code, count.by_severity));
    counts.filter(|(_, by_severity)| by_severity.iter().any(|count| *count > 0)).collect()
}

fn counted(findings: &[Told]) -> Totals {
    let mut totals = Totals::new();
    for told in findings {
        let place = ["info", "warning", "error"].iter().position(|name| *name == told.severity);
        totals.entry(told.rule).or_default()[place.expect("a severity")] += 1;
    }
    totals
}

/// A file as it is: what it is called and read as, and beside what, the first
/// byte decides. However it is read, the report adds up, and so does that of two
/// threads.
fn check_file(how: u8, file: &[u8]) {
    const NAMES: [&str; 4] = ["batch.csv", "batch.json", "batch.ndjson", "batch"];
    const LIVE: &[u8] = b"agent,id,start,end,zone\n\
        anna,s-1,2026-03-08T01:30,2026-03-08T09:00,America/Chicago\n\
        ben,s-2,2026-03-07T22:00-06:00,2026-03-08T06:00-05:00,\n\
        x,,2026-03-02,,UTC\n";
    let name = NAMES[usize::from(how % 4)];
    // The file is what is live, too, so that every record has something to meet.
    let live = if (how / 4).is_multiple_of(2) { LIVE } else { file };
    let mut files = vec![(Role::Batch, name, file), (Role::Published, "live", live)];
    // The last two letters begin swaps, beside a batch that is what is live.
    let are_swaps = how >= b'Y' - b'A';
    if are_swaps {
        files = vec![(Role::Batch, "batch.csv", LIVE), (Role::Swaps, "swaps", file)];
    }
    let settings = Settings {
        apply_swaps: how == b'Z' - b'A',
        replace: [Replace::Id, Replace::Schedule, Replace::None][usize::from(how / 8 % 3)],
        max_per_agent: 3,
        ..settings(&files)
    };
    let report = analyze(&settings, &Progress::default()).expect("sound settings");
    assert_sound(&report);
    assert_alike(how, &settings, &report);
    let settings = Settings { jobs: Some(2), ..settings };
    let again = analyze(&settings, &Progress::default()).expect("sound settings");
    assert_eq!(json(&report), json(&again));
}

/// Inputs that are files, come through pipes or are packed have the report of those in
/// memory.
fn assert_alike(how: u8, settings: &Settings, expected: &Report) {
    let (folder, mut settings, mut pipes) = (folder(), settings.clone(), Vec::new());
    for input in &mut settings.files {
        let bytes = input.bytes.take().expect("bytes in memory");
        let file = || folder.path().join(&*input.path).to_string_lossy().into_owned();
        let other = match way(how, input.role) {
            Way::File => None,
            Way::Packed => packed(&file(), &bytes),
            Way::Pipe => pipe(&bytes).map(|(pipe, path)| {
                pipes.push(pipe);
                path
            }),
        };
        let path = other.unwrap_or_else(|| written(file(), &bytes));
        input.path = path.into();
    }
    let told = json(&analyze(&settings, &Progress::default()).expect("sound settings"));
    // The receipt names what a file is packed in.
    let told = told.replace("\"container\":\"gzip\"", "\"container\":null");
    assert_eq!(told, json(expected));
}

/// How an input comes, when it is checked again.
enum Way {
    File,
    Pipe,
    Packed,
}

/// How an input of this role comes: what is to be sent through a pipe, alone or
/// with what it is held against; or packed, and that through pipes.
fn way(how: u8, role: Role) -> Way {
    match (how % 4, matches!(role, Role::Batch | Role::Swaps)) {
        (2, true) => Way::Packed,
        (0 | 3, false) => Way::File,
        _ => Way::Pipe,
    }
}

/// A pipe that holds these bytes, and its path; `None` where there is no such
/// thing, or it would wait for a reader.
#[cfg(target_os = "linux")]
fn pipe(bytes: &[u8]) -> Option<(PipeReader, String)> {
    use std::os::fd::AsRawFd;
    if bytes.len() > 32 << 10 {
        return None;
    }
    let (reader, mut writer) = std::io::pipe().expect("a pipe");
    writer.write_all(bytes).expect("room in the pipe");
    let path = format!("/proc/self/fd/{}", reader.as_raw_fd());
    Some((reader, path))
}

#[cfg(not(target_os = "linux"))]
fn pipe(_: &[u8]) -> Option<(PipeReader, String)> {
    None
}

/// The path of a file that is packed; `None` where it is packed as it stands,
/// for what is packed twice is unpacked once.
fn packed(path: &str, bytes: &[u8]) -> Option<String> {
    let magic = [&b"\x1f\x8b"[..], b"\x28\xb5\x2f\xfd"];
    if magic.iter().any(|magic| bytes.starts_with(magic)) {
        return None;
    }
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).expect("memory can be written");
    Some(written(format!("{path}.gz"), &packed.finish().expect("memory can be written")))
}

fn written(path: String, bytes: &[u8]) -> String {
    std::fs::write(&path, bytes).expect("a file");
    path
}

/// The counts of a report add up, and it can be written in every format.
fn assert_sound(report: &Report) {
    let mut records = 0;
    for input in &report.inputs {
        let fates = &input.fates;
        let one_each = fates.of(Fate::Checked) + fates.skipped() + fates.of(Fate::Unreadable);
        assert_eq!(fates.records, one_each, "{}", input.path);
        assert!(fates.add_up(), "{}", input.path);
        assert!(input.problem.is_none() || !report.complete);
        let bug = input.problem.as_ref().is_some_and(|problem| problem.message.contains("bug"));
        assert!(!bug, "{}: {:?}", input.path, input.problem);
        records += if input.role.claims_time() { input.fates.records } else { 0 };
    }
    assert_eq!(report.records, records);
    for count in &report.rules {
        let listed = report.findings.iter().filter(|finding| finding.rule == count.rule).count();
        assert_eq!(count.listed, listed as u64);
        assert!(count.total() >= count.listed);
    }
    let total = |code: &str| {
        let of_rule = report.rules.iter().filter(|count| count.rule.code == code);
        of_rule.map(|count| count.total()).sum::<u64>()
    };
    let problem = report.inputs.iter().any(|input| input.problem.is_some());
    let hole = total("RC101") + total("TZ105") > 0;
    let doubt = report.inputs.iter().any(|input| !input.doubts.is_empty());
    assert_eq!(report.complete, !problem && !hole && !doubt);
    assert_eq!(report.complete, report.verdict != Verdict::Incomplete);
    assert_written(report);
}

fn assert_written(report: &Report) {
    let color = report.records.is_multiple_of(4);
    let pool = ThreadPool::new(Some(1)).expect("a pool of one");
    for reporter in REPORTERS {
        let style = Style { color, width: 72, verbose: true, quiet: false, statistics: color };
        let mut bytes = Vec::new();
        (reporter.write)(report, &style, &pool, &mut bytes).expect("memory can be written");
        let text = String::from_utf8(bytes).expect("a report is UTF-8");
        let hostile = |letter: char| letter.is_control() && !"\n\u{1b}".contains(letter);
        assert!(!text.contains(hostile), "{}: {text:?}", reporter.name);
        assert!(color || !text.contains('\u{1b}'), "{}: {text:?}", reporter.name);
    }
    let written: serde_json::Value = serde_json::from_str(&json(report)).expect("JSON");
    assert_eq!(written["findings"].as_array().map(Vec::len), Some(report.findings.len()));
    assert_eq!(written["complete"], report.complete);
}

fn json(report: &Report) -> String {
    let json = REPORTERS.iter().find(|reporter| reporter.name == "json").expect("a reporter");
    let style = Style { color: false, width: 72, verbose: false, quiet: false, statistics: false };
    let (pool, mut bytes) = (ThreadPool::new(Some(1)).expect("a pool of one"), Vec::new());
    (json.write)(report, &style, &pool, &mut bytes).expect("memory can be written");
    String::from_utf8(bytes).expect("JSON is UTF-8")
}
