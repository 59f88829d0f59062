//! Files of vendors, as they are and changed, compared with brute force.
//!
//! The bytes are a small schedule, whose files a vendor writes, and a change of one of them. As
//! they are, the findings are those of brute force. However they are changed, the receipt adds up,
//! threads change no byte, and two shifts of one agent that overlap and stay as they were are
//! found, or the check is incomplete.

use super::check::assert_sound;
use crate::book::{book, parts, text};
use crate::world::check::{check, comparable, json};
use crate::world::oracle::expected;
use crate::world::vendors::{self, Case, Draft, SCENES, Vendor};
use serde_json::{Value, json};
use shiftlint::model::fate::Fate;
use shiftlint::model::finding::Report;
use shiftlint::model::settings::{InputFile, Settings};
use shiftlint::model::source::Role;
use std::sync::Arc;

/// The agent of the two shifts that no change concerns.
const WITNESS: u8 = 9;

const WITNESS_NAME: &str = "6f1c5a60-0f3c-4b8e-9d4e-0a1b2c3d4e09";

/// The most that a workbook may be unpacked to.
const MAX_UNPACKED: u64 = 1 << 20;

pub(crate) fn genesys(bytes: &[u8]) -> bool {
    const DIALECTS: [Vendor; 3] = [Vendor::Genesys, Vendor::GenesysOlder, Vendor::GenesysUpload];
    let dialect = bytes.first().map_or(0, |byte| usize::from(byte / 8 % 3));
    run(DIALECTS[dialect], bytes)
}

pub(crate) fn graph(bytes: &[u8]) -> bool {
    run(Vendor::Graph, bytes)
}

pub(crate) fn cxone(bytes: &[u8]) -> bool {
    run(Vendor::Cxone, bytes)
}

pub(crate) fn iex(bytes: &[u8]) -> bool {
    run(Vendor::Iex, bytes)
}

pub(crate) fn teams(bytes: &[u8]) -> bool {
    run(Vendor::Teams, bytes)
}

pub(crate) fn workbook(bytes: &[u8]) -> bool {
    run(Vendor::Workbook, bytes)
}

/// How many bytes make a draft.
const WIDTH: usize = 5;

fn draft([who, what, place, length, style]: [u8; WIDTH]) -> Draft {
    use Role::{Batch, Published, TimeOff};
    Draft {
        role: [Batch, Batch, Published, TimeOff][usize::from(who % 4)],
        agent: who / 4 % 3,
        id: Some(who / 16).filter(|id| *id < 8),
        off: what % 4 == 3,
        whole: what / 4 % 2 == 1,
        status: what / 8 % 4,
        place: place % 64,
        length: 1 + length % 80,
        style,
    }
}

/// Returns whether there is something to check.
fn run(vendor: Vendor, bytes: &[u8]) -> bool {
    let Some(([scene, count, how], rest)) = bytes.split_first_chunk() else { return false };
    let length = usize::from(count % 12) * WIDTH;
    let Some((drafts, change)) = rest.split_at_checked(length) else { return false };
    let witness = |place: u8| Draft {
        role: Role::Batch,
        agent: WITNESS,
        id: None,
        off: false,
        whole: false,
        status: 0,
        place,
        length: 8,
        style: 0,
    };
    let mut all = vec![witness(40)];
    all.extend(drafts.as_chunks::<WIDTH>().0.iter().map(|bytes| draft(*bytes)));
    all.push(witness(42));
    let scene = &SCENES[usize::from(scene % 8)];
    let Case { schedule, mut files } = Case::new(vendor, scene, &all);
    let place = usize::from(count / 12) % files.len();
    let expects = match how % 8 {
        0 | 1 => {
            let settings = limited(vendors::settings(&schedule, files));
            let report = checked(&settings);
            let mut found: Vec<_> = report.findings.iter().map(comparable).collect();
            let mut wanted = expected(&schedule).findings;
            // Vendors' files count records in their own order.
            found.iter_mut().chain(&mut wanted).for_each(|reported| reported.records.clear());
            found.sort();
            wanted.sort();
            assert_eq!(found, wanted);
            return true;
        }
        2 => edit(&mut files[place], change),
        _ => match vendor {
            Vendor::Workbook => change_workbook(&mut files, how / 8, change),
            Vendor::Cxone | Vendor::Iex | Vendor::Teams => change_lines(&mut files[place], change),
            _ => change_tree(&mut files[place], how / 8, change),
        },
    };
    let settings = limited(vendors::settings(&schedule, files));
    let report = checked(&settings);
    let witnessed = |finding: &&shiftlint::model::finding::Finding| {
        finding.agent.as_deref() == Some(WITNESS_NAME) && finding.rule.code.starts_with("OV")
    };
    let found = report.findings.iter().filter(witnessed).count();
    match expects {
        _ if !report.complete => {}
        Expects::Nothing => {}
        Expects::Account => {
            let is_skipped =
                |fate: Fate| report.inputs.iter().any(|input| input.fates.of(fate) > 0);
            let account = Fate::ALL[1..].iter().any(|fate| is_skipped(*fate));
            assert!(found > 0 || account, "{}", written(&settings));
        }
        Expects::Found(least) => {
            assert!(found >= least, "{found} of {least}: {}", written(&settings));
        }
    }
    true
}

/// What must come of a file that was changed, unless the check is incomplete.
enum Expects {
    /// Only that the receipt adds up.
    Nothing,
    /// The two shifts that overlap, or a record that was skipped.
    Account,
    /// So many overlaps of the agent whose shifts overlap.
    Found(usize),
}

fn limited(settings: Settings) -> Settings {
    Settings { max_unpacked: MAX_UNPACKED, ..settings }
}

/// The report, which three threads write as one does.
fn checked(settings: &Settings) -> Report {
    let report = check(settings);
    assert_sound(&report);
    let again = check(&Settings { jobs: Some(3), ..settings.clone() });
    assert_eq!(json(&report), json(&again));
    report
}

/// The files, for the message of a failure.
fn written(settings: &Settings) -> String {
    let file = |file: &InputFile| {
        let bytes = file.bytes.as_deref().unwrap_or_default();
        format!("{} {}\n{}", file.role, file.path, String::from_utf8_lossy(bytes))
    };
    settings.files.iter().map(file).collect::<Vec<_>>().join("\n")
}

fn bytes_of(file: &InputFile) -> Vec<u8> {
    file.bytes.as_deref().expect("bytes in memory").to_vec()
}

fn put(file: &mut InputFile, bytes: Vec<u8>) {
    file.bytes = Some(Arc::from(bytes));
}

/// Bytes of a file change: each place takes two bytes, and what is there a third.
fn edit(file: &mut InputFile, change: &[u8]) -> Expects {
    let mut bytes = bytes_of(file);
    edit_bytes(&mut bytes, change);
    put(file, bytes);
    Expects::Nothing
}

fn edit_bytes(bytes: &mut Vec<u8>, change: &[u8]) {
    for [high, low, byte] in change.as_chunks::<3>().0.iter().take(8) {
        let place = usize::from(u16::from_be_bytes([*high, *low])) % bytes.len().max(1);
        match byte {
            0 => bytes.truncate(place),
            1..=31 if place < bytes.len() => drop(bytes.remove(place)),
            32..=127 => bytes.insert(place.min(bytes.len()), *byte),
            _ => bytes.iter_mut().skip(place).take(1).for_each(|known| *known = *byte),
        }
    }
}

/// Any bytes become lines before the last line of a table.
fn change_lines(file: &mut InputFile, change: &[u8]) -> Expects {
    let bytes = bytes_of(file);
    let end = bytes.len().saturating_sub(1);
    let last = bytes[..end].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let (before, after) = bytes.split_at(last);
    put(file, [before, change, b"\n", after].concat());
    Expects::Account
}

/// Names that say nothing about what is under them.
const NEUTRAL: [&str; 4] = ["extra", "box", "group", "x"];

/// A value of a document changes that has nothing to do with the shifts that overlap, or one of
/// them is planted again.
fn change_tree(file: &mut InputFile, how: u8, change: &[u8]) -> Expects {
    let Ok(mut document) = serde_json::from_slice::<Value>(&bytes_of(file)) else {
        return Expects::Nothing;
    };
    let Some(([high, low, which], rest)) = change.split_first_chunk() else {
        return Expects::Found(1);
    };
    let pick = usize::from(u16::from_be_bytes([*high, *low]));
    let witness = find(&document).cloned();
    let places = places(&document);
    let place = places[pick % places.len()].clone();
    let value = document.pointer_mut(&place).expect("a value of the document");
    // Within an activity nothing is looked for.
    let is_beside = !place.contains("/activities");
    let is_plant = how.is_multiple_of(4) && is_beside && (value.is_array() || value.is_object());
    let planted = witness.filter(|_| is_plant);
    let least = 1 + usize::from(planted.is_some());
    let new = match (planted, how % 4) {
        (Some(witness), _) => witness,
        (_, 1) => serde_json::from_slice(rest).unwrap_or(Value::Null),
        (_, 2) => Value::String(String::from_utf8_lossy(rest).into_owned()),
        _ => match which % 8 {
            0 => json!([value]),
            1 => json!({"x": value}),
            2 => json!(null),
            3 => json!(-1),
            4 => json!(1e300),
            5 => json!({}),
            6 => json!([[[[]]]]),
            _ => json!(true),
        },
    };
    match value {
        Value::Array(list) if is_plant => list.insert(usize::from(*which) % (list.len() + 1), new),
        Value::Object(map) if is_plant => {
            map.insert(NEUTRAL[usize::from(which % 4)].to_owned(), new);
        }
        _ => *value = new,
    }
    put(file, document.to_string().into_bytes());
    Expects::Found(least)
}

/// An element of a list that holds a shift of the witness and its name.
fn find(document: &Value) -> Option<&Value> {
    let mut open = vec![document];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(list) => {
                let own = list.iter().find(|value| {
                    value.is_object() && value["user"]["id"] == WITNESS_NAME
                        || value["userId"] == WITNESS_NAME
                });
                if own.is_some() {
                    return own;
                }
                open.extend(list);
            }
            Value::Object(map) => open.extend(map.values()),
            _ => {}
        }
    }
    None
}

/// The pointers of values that are neither of the witness nor around it.
fn places(document: &Value) -> Vec<String> {
    let is_of_witness = |value: &Value| value.to_string().contains(WITNESS_NAME);
    let (mut found, mut open) = (Vec::new(), vec![(String::new(), document)]);
    while let Some((pointer, value)) = open.pop() {
        let is_around = is_of_witness(value);
        if !is_around {
            found.push(pointer.clone());
        }
        // What is beside the name of the witness is its own.
        let is_own = value["user"]["id"] == WITNESS_NAME || value["userId"] == WITNESS_NAME;
        match value {
            _ if is_own => {}
            Value::Object(map) => {
                let pairs = map.iter().filter(|(key, _)| *key != WITNESS_NAME);
                open.extend(pairs.map(|(key, value)| (format!("{pointer}/{key}"), value)));
            }
            Value::Array(list) => {
                let items = list.iter().enumerate();
                open.extend(items.map(|(at, value)| (format!("{pointer}/{at}"), value)));
            }
            _ => {}
        }
    }
    if found.is_empty() {
        found.push(String::new());
    }
    found.sort();
    found
}

/// Another sheet is put beside those of a workbook, or a part of one changes before it is packed.
fn change_workbook(files: &mut Vec<InputFile>, how: u8, change: &[u8]) -> Expects {
    if how.is_multiple_of(2) {
        let at = change.iter().position(|byte| *byte == 0).unwrap_or(change.len());
        let lines = String::from_utf8_lossy(change.get(at + 1..).unwrap_or_default()).into_owned();
        let rows = lines.lines().map(|line| line.split('|').map(text).collect()).collect();
        let mut name: String = String::from_utf8_lossy(&change[..at]).into_owned();
        name.retain(|letter| letter.is_alphanumeric() || letter == ' ');
        let name: String = name.trim().chars().take(25).collect();
        let sheet = format!("n{name}");
        files.push(crate::world::check::file(Role::Batch, "more.xlsx", book(&[(&sheet, rows)])));
        return Expects::Account;
    }
    let cell =
        |at: &str, word: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{word}</t></is></c>");
    let row = |number: usize, words: &[&str]| {
        let cells = ('A'..).zip(words);
        let cells: String =
            cells.map(|(letter, word)| cell(&format!("{letter}{number}"), word)).collect();
        format!("<row r=\"{number}\">{cells}</row>")
    };
    let sheet = [
        "<sheetData>".to_owned(),
        row(1, &["agent", "start", "end"]),
        row(2, &[WITNESS_NAME, "2026-03-09T08:00Z", "2026-03-09T16:00Z"]),
        "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>ben</t></is></c>\
         <c r=\"B3\" s=\"3\"><v>46090.25</v></c><c r=\"C3\" s=\"3\"><f>B3+0.25</f><v>46090.5</v></c></row>"
            .to_owned(),
        row(4, &[WITNESS_NAME, "2026-03-09T15:00Z", "2026-03-09T20:00Z"]),
        "</sheetData>".to_owned(),
    ]
    .concat();
    const PARTS: [&str; 5] =
        ["sheet1.xml", "styles.xml", "workbook.xml", "workbook.xml.rels", "[Content_Types].xml"];
    let part = PARTS[usize::from(how / 2) % PARTS.len()];
    let mut all = parts("", &[("name=\"Plan\"", &sheet)]);
    for (name, text) in &mut all {
        if name.ends_with(part) {
            let mut bytes = std::mem::take(text).into_bytes();
            edit_bytes(&mut bytes, change);
            *text = String::from_utf8_lossy(&bytes).into_owned();
        }
    }
    let batch = files.iter_mut().find(|file| file.role == Role::Batch).expect("a batch");
    put(batch, crate::book::zipped(&all));
    Expects::Nothing
}
