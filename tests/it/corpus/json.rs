//! Documents and lines of JSON, compared with `serde_json`.
//!
//! The first byte decides in which portions the rest, a file, arrives, and
//! whether it is a document or lines.

use super::drive::{self, Outcome, Seen, Steps};
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use shiftlint::model::row::{Field, RowFault};
use shiftlint::model::source::Role;
use shiftlint::read::Document;
use shiftlint::read::names::key;

/// Faults of files that may be JSON all the same.
const LIMITS: [&str; 2] = ["nested deeper", "longer than"];

/// Returns whether the file has a list of records.
pub(crate) fn run(bytes: &[u8]) -> bool {
    let Some((seed, file)) = bytes.split_first() else { return false };
    let lines = seed & 8 != 0;
    let format =
        if lines { &shiftlint::read::ndjson::FORMAT } else { &shiftlint::read::json::FORMAT };
    let _ = (format.sniff)(file);
    let Some(document) = drive::open(format, file) else { return false };
    let whole = drive::read(&*document, file, None);
    let slowly = drive::read(&*document, file, Some(Steps::new(*seed)));
    assert_eq!(slowly.rows, whole.rows);
    let at = |outcome: &Outcome| outcome.fault.as_ref().map(|(offset, _)| *offset);
    assert_eq!(at(&slowly), at(&whole));
    if lines {
        assert_lines(file, &whole)
    } else {
        assert_document(file, &whole)
    }
    assert_rows(&*document, file, &whole);
    true
}

fn is_limit(outcome: &Outcome) -> bool {
    let limit = |message: &String| LIMITS.iter().any(|limit| message.contains(limit));
    outcome.fault.as_ref().is_some_and(|(_, message)| limit(message))
}

fn is_json(bytes: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(bytes).is_ok()
}

/// What serde_json accepts is no fault. The reverse holds where nothing is
/// passed over: where the document is a list.
fn assert_document(file: &[u8], outcome: &Outcome) {
    if is_limit(outcome) {
        return;
    }
    let accepted = is_json(file);
    let first = file.trim_ascii_start().first();
    if accepted {
        assert!(outcome.fault.is_none() || !matches!(first, Some(b'[' | b'{')), "{outcome:?}");
    }
    if outcome.fault.is_none() && first == Some(&b'[') {
        assert!(accepted, "read, and no JSON");
    }
    if let (true, Ok(document)) = (accepted, serde_json::from_slice::<Value>(file)) {
        for row in &outcome.rows {
            assert!(document.pointer(&row.pointer).is_some(), "{}", row.pointer);
        }
    }
}

/// The first line that serde_json does not accept is a fault, and rows stand on
/// lines before it.
fn assert_lines(file: &[u8], outcome: &Outcome) {
    let mut at = 0;
    let mut sound = file.len();
    for line in file.split(|byte| *byte == b'\n') {
        let written = line.iter().any(|byte| !b" \t\r".contains(byte));
        if written && !is_json(line) {
            sound = at;
            break;
        }
        at += line.len() + 1;
    }
    assert!(outcome.rows.iter().all(|row| row.offset < sound));
    match &outcome.fault {
        Some(_) if is_limit(outcome) => {}
        Some((offset, _)) => assert!(*offset >= sound && sound < file.len()),
        None => assert_eq!(sound, file.len()),
    }
}

/// Every row stands on one value, says what it says, and is read again alone.
fn assert_rows(document: &dyn Document, file: &[u8], outcome: &Outcome) {
    if outcome.fault.is_none() {
        drive::assert_recalled(document, file, &recallable(outcome));
    }
    for row in &outcome.rows {
        let rest = file.get(row.offset..).expect("a row begins in the file");
        assert_eq!(
            row.line,
            file[..row.restart.max(row.offset)].iter().filter(|byte| **byte == b'\n').count()
        );
        let value = IgnoredAny::deserialize(&mut serde_json::Deserializer::from_slice(rest));
        assert!(value.is_ok(), "a row that is no JSON at {}", row.offset);
        if let Some(pairs) = flat_object(rest) {
            assert_words(row, &pairs);
        }
    }
}

/// The rows of the elements that another element of their list follows: behind
/// the last one stands a bracket, and not a comma.
fn recallable(outcome: &Outcome) -> Outcome {
    let follows = |row: &Seen| {
        let mut others = outcome.rows.iter();
        others.any(|other| other.part == row.part && other.restart > row.restart)
    };
    let rows = outcome.rows.iter().filter(|row| follows(row)).cloned().collect();
    Outcome { rows, fault: None }
}

/// The pairs of an object in their order.
struct Pairs;

impl<'de> Visitor<'de> for Pairs {
    type Value = Vec<(String, Value)>;

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<Map: MapAccess<'de>>(self, mut map: Map) -> Result<Self::Value, Map::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(pairs)
    }
}

/// The pairs of an object without objects and lists in it. Long keys are
/// nobody's.
fn flat_object(bytes: &[u8]) -> Option<Vec<(String, Value)>> {
    let pairs = serde_json::Deserializer::from_slice(bytes).deserialize_map(Pairs).ok()?;
    let plain = |(key, value): &(String, Value)| {
        key.chars().count() <= 40 && !value.is_object() && !value.is_array()
    };
    pairs.iter().all(plain).then_some(pairs)
}

/// The field that a key stands for, and how well.
fn known(name: &str) -> Option<(Field, u8)> {
    key(name, Role::Batch)
}

/// Of several keys for a field those count that say it best, and of these the first
/// that says something.
fn assert_words(row: &Seen, pairs: &[(String, Value)]) {
    let mut nul = false;
    // What stands around a record says what it does not say itself.
    for field in Field::all().filter(|field| row.part.scope.word(*field).is_empty()) {
        let values = || {
            let rank = |name: &str| known(name).filter(|known| known.0 == field);
            let best = pairs.iter().filter_map(|(name, _)| rank(name)).min();
            let own = pairs.iter().filter(move |(name, _)| best.is_some() && rank(name) == best);
            own.map(|(_, value)| value).filter(|value| !value.is_array())
        };
        let says = |value: &&Value| match value {
            Value::Null => false,
            Value::String(text) => !text.as_bytes().trim_ascii().is_empty(),
            _ => true,
        };
        let word = row.word(field);
        match values().find(says) {
            None => assert_eq!(word, b"", "{}", field.name()),
            Some(Value::String(text)) => {
                nul |= text.contains('\0');
                assert_eq!(word, text.as_bytes().trim_ascii(), "{}", field.name());
            }
            Some(value) => {
                let read = serde_json::from_slice::<Value>(word).ok();
                assert_eq!(read.as_ref(), Some(value), "{}", field.name());
            }
        }
    }
    assert_eq!(row.fault, nul.then_some(RowFault::Nul));
}
