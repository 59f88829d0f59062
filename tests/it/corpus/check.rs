//! Whole schedules, compared with brute force, and files of any bytes.
//!
//! The first byte decides: a capital letter begins a file that is checked as it
//! is, anything else a schedule that is made of the bytes behind it. It also says
//! which of the inputs are checked again through pipes, and which packed.

use super::schedule::{Decoded, decode};
use crate::world::check::{
    FILES, check, comparable, counts, file, json, settings, settings_of, totals, totals_of,
};
use crate::world::oracle::{Reported, expected};
use crate::world::schedule::Schedule;
use crate::world::write;
use flate2::Compression;
use flate2::write::GzEncoder;
use shiftlint::model::fate::Fate;
use shiftlint::model::finding::{Report, Verdict};
use shiftlint::model::settings::{Replace, Settings};
use shiftlint::model::source::Role;
use shiftlint::report::{REPORTERS, Style};
use shiftlint::thread_pool::ThreadPool;
use std::io::{PipeReader, Write};
use std::path::Path;
use tempfile::TempDir;

/// Returns whether there is something to check.
pub(crate) fn run(bytes: &[u8]) -> bool {
    let Some((how, rest)) = bytes.split_first() else { return false };
    match (how, decode(rest)) {
        (b'A'..=b'Z', _) => check_file(*how - b'A', rest),
        (_, Some(decoded)) => check_schedule(*how, &decoded),
        (_, None) => return false,
    }
    true
}

/// A folder in memory, where there is such a thing.
fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    folder.expect("a folder for the files")
}

/// The most that a packed input may be unpacked to.
const MAX_UNPACKED: u64 = 1 << 20;

fn check_schedule(how: u8, Decoded { schedule, most, jobs }: &Decoded) {
    let text = |role| write::csv(&write::COLUMNS, schedule.of(role));
    let files = FILES.map(|(role, name)| file(role, name, text(role)));
    let settings = Settings {
        max_per_agent: *most,
        max_unpacked: MAX_UNPACKED,
        jobs: Some(*jobs),
        ..settings_of(schedule, files.into())
    };
    let report = check(&settings);
    assert_sound(&report);
    assert_expected(schedule, *most, &report);
    assert_alike(how, &settings, &report);
}

fn assert_expected(schedule: &Schedule, most: u64, report: &Report) {
    let mut expected = expected(schedule);
    // Whether what a whole schedule replaces still holds its ids, the contract does not
    // say.
    let is_compared = |rule: &str| schedule.replace != Replace::Schedule || rule != "ID102";
    expected.findings.retain(|reported| is_compared(reported.rule));
    let mut found: Vec<Reported> = report.findings.iter().map(comparable).collect();
    found.retain(|reported| is_compared(reported.rule));
    found.sort();
    if most == u64::MAX {
        assert_eq!(found, expected.findings);
    }
    for reported in &found {
        let is_expected = expected.findings.binary_search(reported).is_ok();
        assert!(is_expected, "{reported:?} in {expected:?}");
    }
    let mut totals = totals(report);
    totals.retain(|rule, _| is_compared(rule));
    assert_eq!(totals, totals_of(&expected.findings));
    assert_eq!(counts(report), expected.counts);
    let doubts: Vec<_> = report.inputs.iter().flat_map(|input| &input.doubts).collect();
    let found = (report.agents, report.complete);
    assert_eq!(found, (expected.agents, expected.complete), "{doubts:?}");
}

/// A file as it is: what it is called and read as, and beside what, the first
/// byte decides. However it is read, the report adds up, and so does that of two
/// threads.
fn check_file(how: u8, bytes: &[u8]) {
    const NAMES: [&str; 4] = ["batch.csv", "batch.json", "batch.ndjson", "batch"];
    const LIVE: &[u8] = b"agent,id,start,end,zone\n\
        anna,s-1,2026-03-08T01:30,2026-03-08T09:00,America/Chicago\n\
        ben,s-2,2026-03-07T22:00-06:00,2026-03-08T06:00-05:00,\n\
        x,,2026-03-02,,UTC\n";
    let name = NAMES[usize::from(how % 4)];
    // The file is what is live, too, so that every record has something to meet.
    let live = if (how / 4).is_multiple_of(2) { LIVE } else { bytes };
    let mut files = vec![file(Role::Batch, name, bytes), file(Role::Published, "live", live)];
    // The last two letters begin swaps, beside a batch that is what is live.
    if how >= b'Y' - b'A' {
        files = vec![file(Role::Batch, "batch.csv", LIVE), file(Role::Swaps, "swaps", bytes)];
    }
    let settings = Settings {
        apply_swaps: how == b'Z' - b'A',
        replace: [Replace::Id, Replace::Schedule, Replace::None][usize::from(how / 8 % 3)],
        max_per_agent: 3,
        max_findings: Settings::default().max_findings,
        max_unpacked: MAX_UNPACKED,
        ..settings(files)
    };
    let report = check(&settings);
    assert_sound(&report);
    assert_alike(how, &settings, &report);
    let again = check(&Settings { jobs: Some(2), ..settings });
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
    let told = json(&check(&settings));
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
/// with what it is compared with; or packed, and that through pipes.
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
pub(super) fn assert_sound(report: &Report) {
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
    let mut doubts = report.inputs.iter().flat_map(|input| &input.doubts);
    let doubt = doubts.any(|doubt| !doubt.accepted);
    assert_eq!(report.complete, !problem && !hole && !doubt);
    assert_eq!(report.complete, report.verdict != Verdict::Incomplete);
    assert_written(report);
}

fn assert_written(report: &Report) {
    let color = report.records.is_multiple_of(4);
    let pool = ThreadPool::new(Some(1)).expect("a pool of one");
    for reporter in REPORTERS {
        let style = Style { color, width: 72, verbose: true, statistics: color, ..Style::PLAIN };
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
