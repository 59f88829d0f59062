//! No word of an input that could name somebody is in any output.
//!
//! The words are found by the `csv` crate and `serde_json`, and not by the program: whatever is
//! in a column or under a key that is not for times, zones, kinds or statuses is secret.

use super::{FileCheck, cases, exports, samples};
use crate::program::Folder;
use serde_json::Value;
use std::collections::BTreeSet;

/// Parts of the names of columns and keys whose words may stay.
const PUBLIC: &[&str] = &[
    "start", "end", "time", "date", "zone", "tz", "type", "kind", "status", "state", "activity",
    "hours", "length", "duration", "category", "from", "until", "to", "beginn", "von", "bis",
    "day", "version", "etag", "actions",
];

/// Words that every report has, whatever it is about, and words for nobody.
const COMMON: &[&str] = &[
    "agent",
    "agents",
    "shift",
    "shifts",
    "open",
    "team",
    "employee",
    "member",
    "user",
    "week",
    "day",
    "the",
    "all",
    "batch",
    "published",
    "off",
    "new",
    "none",
    "null",
    "nan",
    "unassigned",
    "vacant",
    "undefined",
    "total",
    "for",
    "and",
    "time",
    "schedule",
    "grand",
    "work",
    "sick",
    "leave",
    "vacation",
    "holiday",
    "with",
    "swap",
    "not",
    "true",
    "false",
    "one",
    "two",
    "week",
    "utc",
    "not",
    "from",
    "are",
    "name",
    "names",
    "record",
    "other",
    "same",
    "person",
    "lost",
    "ref",
    "object",
    "value",
    "tbd",
    "report",
    "date",
    "before",
    "after",
    "date",
    "id",
    "file",
];

/// The formats of reports.
const FORMATS: [&str; 11] = [
    "text", "table", "json", "github", "gitlab", "azure", "sarif", "junit", "markdown", "csv",
    "ndjson",
];

/// The words of three letters or more.
fn tokens(text: &str) -> BTreeSet<String> {
    let words = text.split(|letter: char| !letter.is_alphabetic());
    words.filter(|word| word.chars().count() > 2).map(str::to_lowercase).collect()
}

fn is_public(name: &str) -> bool {
    let name = name.to_lowercase();
    PUBLIC.iter().any(|part| name.contains(part))
}

fn secrets_of_json(value: &Value, key: &str, secrets: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if !is_public(key) => secrets.extend(tokens(text)),
        Value::Array(items) => items.iter().for_each(|item| secrets_of_json(item, key, secrets)),
        Value::Object(members) => {
            members.iter().for_each(|(key, value)| secrets_of_json(value, key, secrets));
        }
        _ => {}
    }
}

fn secrets_of_table(text: &str, secrets: &mut BTreeSet<String>) {
    let first = text.lines().next().unwrap_or_default();
    let delimiter = [b';', b'\t', b'|'].into_iter().find(|byte| first.as_bytes().contains(byte));
    let mut table = csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(delimiter.unwrap_or(b','))
        .from_reader(text.as_bytes());
    let header = table.headers().cloned().unwrap_or_default();
    for row in table.records().flatten() {
        for (cell, name) in row.iter().zip(&header) {
            if !is_public(name) && !name.is_empty() {
                secrets.extend(tokens(cell));
            }
        }
    }
}

/// The secret words of the files of a check, and of their names.
fn secrets(check: &FileCheck) -> BTreeSet<String> {
    let mut secrets = BTreeSet::new();
    for word in check.args.iter().filter(|word| !word.starts_with("--")) {
        let Ok(text) = std::fs::read_to_string(check.folder.join(word)) else { continue };
        match serde_json::from_str::<Value>(&text) {
            Ok(document) => secrets_of_json(&document, "", &mut secrets),
            Err(_) if text.starts_with('{') => {
                let lines = text.lines().filter_map(|line| serde_json::from_str(line).ok());
                lines.for_each(|line| secrets_of_json(&line, "", &mut secrets));
            }
            Err(_) => secrets_of_table(&text, &mut secrets),
        }
    }
    secrets.retain(|word| !COMMON.contains(&word.as_str()));
    secrets
}

/// What no word of the program or of a test ends with.
const SALT: &str = "zqx";

/// A text in which the secret words have an ending, so that no word of a report is one of them.
fn salted(text: &str, secrets: &BTreeSet<String>) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(start) = rest.find(char::is_alphabetic) {
        let word = &rest[start..];
        let end = word.find(|letter: char| !letter.is_alphabetic()).unwrap_or(word.len());
        out.push_str(&rest[..start + end]);
        if secrets.contains(&word[..end].to_lowercase()) {
            out.push_str(SALT);
        }
        rest = &word[end..];
    }
    out + rest
}

/// What a check says in all formats with redacted inputs, and how many of its inputs were read.
fn outputs(check: &FileCheck) -> (String, usize) {
    let secrets = secrets(check);
    let mut folder = Folder::new();
    let mut args = vec!["--redact".to_owned()];
    for word in &check.args {
        let path = check.folder.join(word);
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                folder = folder.with(word, salted(&text, &secrets));
                args.push(word.clone());
            }
            Err(_) if path.exists() => args.push(path.to_str().expect("a name").to_owned()),
            Err(_) => args.push(word.clone()),
        }
    }
    for format in FORMATS {
        let file = folder.path().join(format).to_str().expect("a name").to_owned();
        args.extend(["--format".to_owned(), format.to_owned(), "--output".to_owned(), file]);
    }
    let outcome = FileCheck { folder: folder.path().to_owned(), args }.run(&[]);
    let mut text = outcome.out + &outcome.err;
    let reports: Vec<String> = FORMATS.into_iter().filter_map(|name| folder.read(name)).collect();
    text.extend(reports.iter().map(String::as_str));
    (text, reports.len())
}

/// The secret words that are in an output.
fn leaks(checks: &[FileCheck]) -> Vec<String> {
    let checks = checks.iter().filter(|check| !check.args.iter().any(|word| word == "--format"));
    let mut written = 0;
    let found: Vec<String> = checks
        .clone()
        .filter_map(|check| {
            let (text, reports) = outputs(check);
            written += usize::from(reports == FORMATS.len());
            let leaks: Vec<String> =
                tokens(&text).into_iter().filter(|word| word.ends_with(SALT)).collect();
            (!leaks.is_empty()).then(|| format!("{}: {leaks:?}", check.label()))
        })
        .collect();
    assert!(written * 20 > checks.count() * 17, "only {written} checks have reports");
    found
}

#[test]
fn no_word_of_a_sample_is_in_an_output() {
    let leaks = leaks(&samples());
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
}

#[test]
fn no_word_of_a_case_is_in_an_output() {
    let leaks = leaks(&cases());
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
}

#[test]
fn no_word_of_an_export_is_in_an_output() {
    let leaks = leaks(&exports());
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
}

#[test]
fn the_words_of_the_files_are_found() {
    let found = secrets(&samples()[0]);
    for word in ["beatriz", "salgado", "owen"] {
        assert!(found.contains(word), "{word} in {found:?}");
    }
    let json = secrets(&samples()[1]);
    assert!(json.len() > 10, "{json:?}");
}
