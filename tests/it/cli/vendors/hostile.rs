//! Vendors' files that are cut off, or say something else than a vendor would.
//!
//! Each change is made to one of the samples. What the sample is known to have must still be
//! found, or the check is incomplete, or the receipt says what became of a record: no record is
//! misread or lost in silence.

use crate::book::{Cell, fill, text};
use crate::world::check::{check, file, json, settings};
use rust_xlsxwriter::Workbook;
use serde_json::{Map, Value, json};
use shiftlint::model::fate::Fate;
use shiftlint::model::finding::{Report, Verdict};
use shiftlint::model::settings::{InputFile, Settings};
use shiftlint::model::source::Role;
use std::collections::BTreeMap;

/// Files of `samples/` that belong together, and the zone they are checked in.
struct Sample {
    files: &'static [(Role, &'static str)],
    zone: Option<&'static str>,
}

const GENESYS: Sample = Sample {
    files: &[
        (Role::Batch, "genesys/update.json"),
        (Role::Published, "genesys/live.json"),
        (Role::TimeOff, "genesys/time-off.json"),
    ],
    zone: Some("America/Chicago"),
};

const GRAPH: Sample = Sample {
    files: &[
        (Role::Batch, "graph/drafts.json"),
        (Role::Published, "graph/shared.json"),
        (Role::TimeOff, "graph/time-off.json"),
    ],
    zone: Some("Europe/Berlin"),
};

const CXONE: Sample = Sample {
    files: &[(Role::Batch, "cxone/import.csv"), (Role::Agents, "cxone/agents.csv")],
    zone: None,
};

const IEX: Sample = Sample { files: &[(Role::Batch, "iex/agentScheduleDetail.txt")], zone: None };

const TEAMS: Sample =
    Sample { files: &[(Role::Batch, "teams/shifts.csv")], zone: Some("Europe/Berlin") };

const WORKBOOK: Sample =
    Sample { files: &[(Role::Batch, "teams/week.xlsx")], zone: Some("America/Chicago") };

fn bytes(name: &str) -> Vec<u8> {
    let path = format!("{}/samples/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(path).expect("a sample")
}

impl Sample {
    /// The report, with other bytes in the place of one of the files.
    fn report(&self, changed: usize, other: impl Into<Vec<u8>>) -> Report {
        let mut other = Some(other.into());
        let input = |(place, (role, name)): (usize, &(Role, &str))| -> InputFile {
            let bytes = match place == changed {
                true => other.take().expect("one file is changed"),
                false => bytes(name),
            };
            file(*role, name.split_once('/').expect("a folder").1, bytes)
        };
        let files = self.files.iter().enumerate().map(input).collect();
        let zone = self.zone.map(str::to_owned);
        let report = check(&Settings { zone, ..settings(files) });
        assert_sound(&report);
        report
    }

    fn whole(&self) -> Report {
        self.report(0, bytes(self.files[0].1))
    }
}

/// However it ends, each record has one fate, and what is not understood is no all-clear.
fn assert_sound(report: &Report) {
    for input in &report.inputs {
        assert!(input.fates.add_up(), "{}: {:?}", input.path, input.fates);
        let bug = input.problem.as_ref().is_some_and(|problem| problem.message.contains("bug"));
        assert!(!bug, "{}: {:?}", input.path, input.problem);
        assert!(input.problem.is_none() || !report.complete, "{}", input.path);
        assert!(input.fates.of(Fate::Unreadable) == 0 || !report.complete, "{}", input.path);
    }
    assert_eq!(report.complete, report.verdict != Verdict::Incomplete);
    serde_json::from_str::<Value>(&json(report)).expect("the report is JSON");
}

/// How often each agent has each rule about overlaps.
fn overlaps(report: &Report) -> BTreeMap<(&'static str, String), usize> {
    let mut overlaps = BTreeMap::new();
    for finding in report.findings.iter().filter(|finding| finding.rule.code.starts_with("OV")) {
        let agent = finding.agent.as_deref().unwrap_or_default().to_owned();
        *overlaps.entry((finding.rule.code, agent)).or_default() += 1;
    }
    overlaps
}

/// Whether the agents that had overlaps have as many, of whatever rule.
fn keeps(report: &Report, whole: &Report) -> bool {
    let agents = |report: &Report| {
        let mut agents: BTreeMap<String, usize> = BTreeMap::new();
        for ((_, agent), count) in overlaps(report) {
            *agents.entry(agent).or_default() += count;
        }
        agents
    };
    let found = agents(report);
    agents(whole).iter().all(|(agent, count)| found.get(agent).is_some_and(|own| own >= count))
}

/// What a key of JSON leads to, by its pointer.
fn pointers(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), value)];
    while let Some((pointer, value)) = open.pop() {
        match value {
            Value::Object(map) => {
                open.extend(map.iter().map(|(key, value)| (format!("{pointer}/{key}"), value)));
            }
            Value::Array(list) => {
                let items = list.iter().enumerate();
                open.extend(items.map(|(place, value)| (format!("{pointer}/{place}"), value)));
            }
            _ => {}
        }
        found.push(pointer);
    }
    found.sort();
    found
}

/// Other values than the one that is there: of every type, and the same value one level deeper.
fn others(value: &Value) -> Vec<Value> {
    let mut others =
        vec![json!(null), json!(true), json!(0), json!(-7.5), json!("x"), json!([]), json!({})];
    others.push(json!([value]));
    others.push(json!([[value]]));
    others.push(json!({"x": value}));
    // A map where a list was, and a list where a map was.
    match value {
        Value::Array(list) => {
            let keys = list.iter().enumerate();
            let map: Map<String, Value> =
                keys.map(|(place, value)| (format!("k{place}"), value.clone())).collect();
            others.push(Value::Object(map));
        }
        Value::Object(map) => others.push(map.values().cloned().collect()),
        _ => {}
    }
    others.retain(|other| other != value);
    others
}

/// What a file says in the place of one value: the file, the pointer of the value, and the other
/// value.
type Change = (usize, String, Value);

/// Whether the change says that there is no record, or that it is another agent's, in plain
/// words: then it is no misreading that an overlap is gone.
fn is_said(pointer: &str, other: &Value) -> bool {
    let key = pointer.rsplit('/').next().unwrap_or_default();
    let is_nothing = match other {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    };
    let is_container = key.parse::<usize>().is_ok()
        || ["", "value", "entities", "shifts"].contains(&key)
        || ["agentSchedules", "draftShift", "sharedTimeOff", "activities"].contains(&key);
    let is_word = !other.is_array() && !other.is_object();
    match key {
        "userId" | "id" | "isStagedForDeletion" => is_word || is_nothing,
        // A length of nothing, or less, is a record without time.
        "lengthMinutes" => true,
        _ if pointer.contains("/durationMinutes/") => is_word,
        _ => is_container && is_nothing,
    }
}

/// Every `step`th change of the files of a sample.
fn changes(sample: &Sample, step: usize) -> Vec<Change> {
    let mut changes = Vec::new();
    for (place, (_, name)) in sample.files.iter().enumerate() {
        let document: Value = serde_json::from_slice(&bytes(name)).expect("JSON");
        for pointer in pointers(&document) {
            let value = document.pointer(&pointer).expect("a value");
            changes.extend(others(value).into_iter().map(|other| (place, pointer.clone(), other)));
        }
    }
    changes.into_iter().step_by(step).collect()
}

/// How many changes of a sample the suite tries: `PROPTEST_CASES` says another number.
fn step(all: usize) -> usize {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    (all / cases.unwrap_or(60)).max(1)
}

#[test]
fn a_value_of_another_type_loses_no_overlap_in_silence() {
    for sample in [GENESYS, GRAPH] {
        let whole = sample.whole();
        assert!(!overlaps(&whole).is_empty() && whole.complete);
        let all = changes(&sample, 1).len();
        let mut silent = Vec::new();
        // A step that shares no factor with the number of values tries each type of change.
        for (place, pointer, other) in changes(&sample, step(all) | 1) {
            let name = sample.files[place].1;
            let mut document: Value = serde_json::from_slice(&bytes(name)).expect("JSON");
            *document.pointer_mut(&pointer).expect("a value") = other.clone();
            let report = sample.report(place, document.to_string());
            let is_told = !report.complete || keeps(&report, &whole);
            if !is_told && !is_said(&pointer, &other) {
                silent.push(format!("{name} {pointer}: {other}"));
            }
        }
        assert!(silent.is_empty(), "{}", silent.join("\n"));
    }
}

#[test]
fn a_part_of_a_shift_that_has_lost_its_start_is_no_shorter_shift() {
    let document: Value = serde_json::from_slice(&bytes("genesys/update.json")).expect("JSON");
    let (pointer, whole) = ("/agentSchedules/0/shifts/0/activities/1", GENESYS.whole());
    for other in [json!(null), json!([]), json!({}), json!("soon"), json!(["2026-03-08T09:00:00Z"])]
    {
        let mut changed = document.clone();
        changed.pointer_mut(pointer).expect("a value")["startDate"] = other.clone();
        let report = GENESYS.report(0, changed.to_string());
        // A list of one time is that time.
        assert!(!report.complete || other.is_array() && keeps(&report, &whole), "{other}");
        let mut changed = document.clone();
        let activity = changed.pointer_mut(pointer).expect("a value");
        *activity = json!([activity]);
        let report = GENESYS.report(0, changed.to_string());
        assert!(!report.complete || keeps(&report, &whole), "a list in the place of an activity");
    }
}

#[test]
fn a_document_that_is_cut_off_is_no_all_clear() {
    for sample in [GENESYS, GRAPH] {
        for (place, (_, name)) in sample.files.iter().enumerate() {
            let whole = bytes(name);
            let end = whole.trim_ascii_end().len();
            for cut in (0..end).step_by(end / 9) {
                let report = sample.report(place, &whole[..cut]);
                assert!(!report.complete || report.verdict == Verdict::Empty, "{name} at {cut}");
            }
        }
    }
}

#[test]
fn a_table_that_is_cut_off_keeps_the_overlaps_of_its_whole_lines() {
    for sample in [CXONE, IEX, TEAMS] {
        let whole = bytes(sample.files[0].1);
        for cut in (0..whole.len()).step_by(whole.len() / 40) {
            let report = sample.report(0, &whole[..cut]);
            let lines = whole[..cut].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            let before = sample.report(0, &whole[..lines]);
            let found = overlaps(&report);
            let is_kept =
                overlaps(&before).iter().all(|(key, count)| found.get(key) >= Some(count));
            assert!(is_kept || !report.complete, "{} at {cut}", sample.files[0].1);
        }
    }
}

#[test]
fn a_workbook_that_is_cut_off_or_has_lost_a_byte_is_no_all_clear() {
    let whole = bytes(WORKBOOK.files[0].1);
    for cut in (0..whole.len()).step_by(whole.len() / 25) {
        let report = WORKBOOK.report(0, &whole[..cut]);
        assert!(!report.complete || report.verdict == Verdict::Empty, "at {cut}");
        let mut without = whole.clone();
        without.remove(cut);
        let report = WORKBOOK.report(0, without);
        assert!(!report.complete || keeps(&report, &WORKBOOK.whole()), "without the byte at {cut}");
    }
}

/// The cells of the lines of a sample, each with another word in its place.
fn cells(sample: &Sample, delimiter: char, word: &str) -> Vec<(String, String)> {
    let text = String::from_utf8(bytes(sample.files[0].1)).expect("UTF-8");
    let lines: Vec<&str> = text.lines().collect();
    let mut changed = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let mut cells: Vec<String> = line.split(delimiter).map(str::to_owned).collect();
        for place in 0..cells.len() {
            let known = std::mem::replace(&mut cells[place], word.to_owned());
            let own = cells.join(&delimiter.to_string());
            let all =
                lines.iter().enumerate().map(|(at, line)| if at == number { &*own } else { line });
            let told = format!("line {}, cell {}: {known}", number + 1, place + 1);
            changed.push((told, all.collect::<Vec<_>>().join("\n") + "\n"));
            cells[place] = known;
        }
    }
    changed
}

#[test]
fn a_cell_that_is_no_time_is_no_all_clear() {
    for (sample, delimiter, times) in
        [(CXONE, ',', "/2026"), (TEAMS, ',', "/2026"), (IEX, '|', "2026")]
    {
        let (name, whole) = (sample.files[0].1, sample.whole());
        for word in ["soon", "99/99/9999"] {
            for (told, text) in cells(&sample, delimiter, word).into_iter().step_by(2) {
                let report = sample.report(0, text);
                // A part of a shift may show by its clock alone that it goes on.
                let is_date = told.contains(times);
                let is_told = !report.complete || keeps(&report, &whole);
                assert!(!is_date || is_told, "{name} {told} -> {word}");
            }
        }
    }
}

#[test]
fn ten_thousand_levels_are_refused_or_passed_over() {
    const LEVELS: usize = 10_000;
    let lists = format!("{}{}", "[".repeat(LEVELS), "]".repeat(LEVELS));
    let maps = format!("{}1{}", "{\"x\":".repeat(LEVELS), "}".repeat(LEVELS));
    for sample in [GENESYS, GRAPH] {
        let whole = sample.whole();
        let text = String::from_utf8(bytes(sample.files[0].1)).expect("UTF-8");
        for deep in [&lists, &maps] {
            for key in
                ["\"userId\": ", "\"activities\": ", "\"id\": ", "\"startDate", "\"value\": "]
            {
                let Some(at) = text.find(key).map(|at| at + key.len()) else { continue };
                let changed = match key.ends_with(' ') {
                    // Beside the value that is there.
                    true => format!("{}{deep},\"more\": {}", &text[..at], &text[at..]),
                    false => format!("{}X\": {deep},\"startDate{}", &text[..at], &text[at..]),
                };
                let report = sample.report(0, changed);
                assert!(!report.complete || keeps(&report, &whole), "{key}");
            }
        }
    }
}

#[test]
fn words_that_a_vendor_may_add_are_told_and_nothing_is_lost() {
    for (sample, place, key, words) in [
        (GENESYS, 2, "status", &["WAITING", "unknownFutureValue"][..]),
        (GENESYS, 2, "substatus", &["NewReason"]),
        (GENESYS, 0, "activityCodeId", &["-1", "x"]),
        (GRAPH, 0, "theme", &["ultraviolet"]),
        (GRAPH, 2, "timeOffReasonId", &["unknownFutureValue"]),
    ] {
        let whole = sample.whole();
        let text = String::from_utf8(bytes(sample.files[place].1)).expect("UTF-8");
        for word in words {
            let mut document: Value = serde_json::from_str(&text).expect("JSON");
            for pointer in pointers(&document).iter().filter(|at| at.ends_with(&format!("/{key}")))
            {
                *document.pointer_mut(pointer).expect("a value") = json!(word);
            }
            let report = sample.report(place, document.to_string());
            assert!(!report.complete || keeps(&report, &whole), "{key} {word}");
            let is_named = report.findings.iter().any(|finding| finding.rule.code == "RC105");
            assert!(key != "status" || is_named, "{word}");
        }
    }
}

#[test]
fn a_cell_in_the_last_place_of_a_sheet_of_teams_is_no_shift() {
    let columns =
        ["Member", "Work Email", "Start Date", "Start Time", "End Date", "End Time", "Shared"];
    let row = |end: &'static str| {
        ["Fox, Ann", "ann@example.com", "3/9/2026", "08:00", "3/9/2026", end, "1. Shared"]
    };
    let rows = [columns, row("16:00"), row("12:00")];
    let cells = |words: &[&str; 7]| words.iter().map(|word| text(word)).collect::<Vec<Cell>>();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Shifts").expect("a name");
    fill(sheet, &rows.iter().map(cells).collect::<Vec<_>>()).expect("cells");
    sheet.write_string(1_048_575, 16_383, "x").expect("the last cell");
    let bytes = book.save_to_buffer().expect("memory can be written");
    let zone = Some("UTC".to_owned());
    let files = vec![file(Role::Batch, "week.xlsx", bytes)];
    let report = check(&Settings { zone, max_unpacked: 4 << 20, ..settings(files) });
    assert_sound(&report);
    assert_eq!(overlaps(&report).len(), 1);
    assert!(!report.complete, "the last line is not a whole record");
}
