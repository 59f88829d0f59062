//! Documents and lines of JSON, held against `serde_json`.
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

/// Faults of files that may be JSON all the same.
const LIMITS: [&str; 3] = ["no list of records", "nested deeper", "longer than"];

pub(crate) fn run(bytes: &[u8]) {
    let Some((seed, file)) = bytes.split_first() else { return };
    let lines = seed & 8 != 0;
    let format =
        if lines { &shiftlint::read::ndjson::FORMAT } else { &shiftlint::read::json::FORMAT };
    let _ = (format.sniff)(file);
    let Some(document) = drive::open(format, file) else { return };
    let whole = drive::read(&*document, file, None);
    let slowly = drive::read(&*document, file, Some(Steps::new(*seed)));
    assert_eq!((&slowly.rows, &slowly.parts), (&whole.rows, &whole.parts));
    let at = |outcome: &Outcome| outcome.fault.as_ref().map(|(offset, _)| *offset);
    assert_eq!(at(&slowly), at(&whole));
    if lines {
        assert_lines(file, &whole)
    } else {
        assert_document(file, &whole)
    }
    assert_rows(&*document, file, &whole);
}

fn is_limit(outcome: &Outcome) -> bool {
    let limit = |message: &String| LIMITS.iter().any(|limit| message.contains(limit));
    outcome.fault.as_ref().is_some_and(|(_, message)| limit(message))
}

fn is_json(bytes: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(bytes).is_ok()
}

/// What serde_json accepts is no fault. The reverse holds where nothing is
/// passed over: where the document is a list, or one record.
fn assert_document(file: &[u8], outcome: &Outcome) {
    if is_limit(outcome) {
        return;
    }
    let accepted = is_json(file);
    if accepted {
        let value = file.trim_ascii_start().first();
        assert!(outcome.fault.is_none() || !matches!(value, Some(b'[' | b'{')), "{outcome:?}");
    }
    if outcome.fault.is_none() && outcome.parts.first().is_some_and(|part| part.pointer.is_empty())
    {
        assert!(accepted, "read, and no JSON");
    }
    if let (true, Ok(document)) = (accepted, serde_json::from_slice::<Value>(file)) {
        for part in &outcome.parts {
            assert!(document.pointer(&part.pointer).is_some(), "{}", part.pointer);
        }
    }
}

/// As many lines are read as serde_json accepts, up to the first it does not.
fn assert_lines(file: &[u8], outcome: &Outcome) {
    let lines = file.split(|byte| *byte == b'\n');
    let written = lines.filter(|line| line.iter().any(|byte| !b" \t\r".contains(byte)));
    let lines: Vec<&[u8]> = written.collect();
    let sound = lines.iter().take_while(|line| is_json(line)).count();
    match &outcome.fault {
        Some(_) if is_limit(outcome) => assert!(outcome.rows.len() <= sound),
        Some((offset, _)) => {
            assert_eq!(outcome.rows.len(), sound);
            assert!(*offset <= file.len() && sound < lines.len());
        }
        None => assert_eq!((outcome.rows.len(), sound), (lines.len(), lines.len())),
    }
}

/// Every row stands on one value, says what it says, and is read again alone.
fn assert_rows(document: &dyn Document, file: &[u8], outcome: &Outcome) {
    if outcome.fault.is_none() {
        drive::assert_recalled(document, file, &recallable(outcome));
    }
    for row in &outcome.rows {
        let rest = file.get(row.offset..).expect("a row begins in the file");
        assert_eq!(row.line, file[..row.offset].iter().filter(|byte| **byte == b'\n').count());
        // A number may break off behind what is one by itself: `09`.
        if outcome.fault.is_some() && row.fault == Some(RowFault::NotAnObject) {
            continue;
        }
        let value = IgnoredAny::deserialize(&mut serde_json::Deserializer::from_slice(rest));
        assert!(value.is_ok(), "a row that is no JSON at {}", row.offset);
        let told = [Some(RowFault::NotAnObject), Some(RowFault::NotUtf8)].contains(&row.fault);
        assert!(told || rest.first() == Some(&b'{'), "no object, and not told at {}", row.offset);
        if let Some(pairs) = flat_object(rest) {
            assert_words(row, &pairs);
        }
    }
}

/// The rows of one list, without what stands behind it.
fn recallable(outcome: &Outcome) -> Outcome {
    let last = outcome.rows.iter().map(|row| row.part).max();
    let mut rows = outcome.rows.clone();
    // Behind the last row of a list stands its bracket, and not a comma.
    let before_bracket =
        |place: usize| rows.get(place + 1).is_none_or(|next: &Seen| next.part != rows[place].part);
    let kept: Vec<bool> = (0..rows.len()).map(|place| !before_bracket(place)).collect();
    let mut kept = kept.into_iter();
    rows.retain(|_| kept.next() == Some(true));
    Outcome { rows, parts: last.map(|_| outcome.parts.clone()).unwrap_or_default(), fault: None }
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

/// The pairs of an object without objects in it, and without lists in the
/// place of words. Long keys are nobody's.
fn flat_object(bytes: &[u8]) -> Option<Vec<(String, Value)>> {
    let pairs = serde_json::Deserializer::from_slice(bytes).deserialize_map(Pairs).ok()?;
    let plain = |(key, value): &(String, Value)| {
        let passed = value.is_array() && Field::of_column(key, Role::Batch) != Some(Field::Date);
        key.chars().count() <= 40 && !value.is_object() && (!value.is_array() || passed)
    };
    pairs.iter().all(plain).then_some(pairs)
}

/// Of several keys for a field the first that says something counts.
fn assert_words(row: &Seen, pairs: &[(String, Value)]) {
    let mut nul = false;
    for field in Field::all() {
        let values = || {
            let own =
                pairs.iter().filter(|(key, _)| Field::of_column(key, Role::Batch) == Some(field));
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
    let agent = |(key, value): &(String, Value)| {
        let list = value.as_array().is_some_and(|list| !list.is_empty());
        list && Field::of_column(key, Role::Batch) == Some(Field::Agent)
    };
    let listed = row.word(Field::Agent).is_empty() && pairs.iter().any(agent);
    let listed = listed.then_some(RowFault::ListedAgent);
    assert_eq!(row.fault, nul.then_some(RowFault::Nul).or(listed));
}
