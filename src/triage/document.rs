//! Writes the explanation of a batch as JSON, schema 1.

use super::{Triage, TriagedAnswer, TriagedItem};
use crate::model::complaint::Reason;
use crate::model::finding::{Finding, Record};
use crate::report::json::{push, push_finding, push_record};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::io::{self, Write};
use std::sync::Arc;

/// Writes the document. Each item is on a line of its own.
///
/// # Errors
/// When it cannot be written.
pub fn write(triage: &Triage, out: &mut dyn Write) -> io::Result<()> {
    let mut text = String::from("{\n  \"schema\": 1");
    let tool = ToolOfTriage {
        name: "shiftlint",
        version: env!("CARGO_PKG_VERSION"),
        tzdb: &triage.report.tzdb,
    };
    member(&mut text, "tool", &tool);
    member(&mut text, "complete", &triage.complete);
    list(&mut text, "answers", &triage.answers, |answer, text| {
        push(text, &AnswerObject::of(answer));
    });
    let mut number = 0;
    list(&mut text, "items", &triage.items, |item, text| {
        number += 1;
        push_item(triage, (number, item), text);
    });
    member(&mut text, "classes", &Classes(triage));
    list(&mut text, "unreported", &triage.unreported, |place, text| {
        push_finding(triage.finding(*place), text);
    });
    text.push_str("\n}\n");
    out.write_all(text.as_bytes())
}

fn key(text: &mut String, key: &str) {
    text.push_str(",\n  \"");
    text.push_str(key);
    text.push_str("\": ");
}

fn member<Value: Serialize + ?Sized>(text: &mut String, name: &str, value: &Value) {
    key(text, name);
    push(text, value);
}

fn list<Item>(
    text: &mut String,
    name: &str,
    items: &[Item],
    mut push: impl FnMut(&Item, &mut String),
) {
    key(text, name);
    for (place, item) in items.iter().enumerate() {
        text.push_str(if place == 0 { "[\n    " } else { ",\n    " });
        push(item, text);
    }
    text.push_str(if items.is_empty() { "[]" } else { "\n  ]" });
}

#[derive(Serialize)]
struct ToolOfTriage<'a> {
    name: &'static str,
    version: &'static str,
    tzdb: &'a str,
}

#[derive(Serialize)]
struct AnswerObject<'a> {
    path: &'a str,
    chunk: Option<&'a str>,
    shape: &'static str,
    complaints: usize,
    accepted: usize,
    incomplete: Option<&'a str>,
    retry_after: Option<u64>,
    correlation: &'a [String],
    superseded_by: Option<&'a str>,
    of_another_batch: bool,
}

impl AnswerObject<'_> {
    fn of(of: &TriagedAnswer) -> AnswerObject<'_> {
        AnswerObject {
            path: &of.path,
            chunk: of.chunk.as_deref(),
            shape: of.answer.shape.name(),
            complaints: of.complaints,
            accepted: of.answer.accepted.len(),
            incomplete: of.answer.incomplete.as_deref(),
            retry_after: of.answer.retry_after,
            correlation: &of.answer.correlation,
            superseded_by: of.superseded_by.as_deref(),
            of_another_batch: of.is_of_another_batch,
        }
    }
}

/// The members of an item up to its records.
#[derive(Serialize)]
struct ItemObject<'a> {
    item: usize,
    class: &'static str,
    explained_by: &'static str,
    confirmed: Option<bool>,
    matched_by: Option<&'static str>,
    status: Option<u16>,
    reason: Option<&'static str>,
    codes: &'a [String],
    said: &'a str,
    place: PlaceObject<'a>,
    agent: Option<&'a str>,
    id: Option<&'a str>,
    start: Option<String>,
    end: Option<String>,
    findings: Vec<String>,
    also: Vec<AlsoObject>,
    candidate_count: usize,
    message: &'a str,
    next: &'a str,
}

#[derive(Serialize)]
struct PlaceObject<'a> {
    path: &'a str,
    line: Option<u64>,
    pointer: Option<&'a str>,
}

/// A finding that is not the explanation.
#[derive(Serialize)]
struct AlsoObject {
    rule: &'static str,
    name: &'static str,
    severity: &'static str,
    message: String,
    fingerprint: String,
}

impl AlsoObject {
    fn of(finding: &Finding) -> AlsoObject {
        AlsoObject {
            rule: finding.rule.code,
            name: finding.rule.name,
            severity: finding.severity.name(),
            message: finding.words().message.clone(),
            fingerprint: finding.fingerprint.to_string(),
        }
    }
}

fn push_item(triage: &Triage, (number, item): (usize, &TriagedItem), text: &mut String) {
    let names = &item.complaint.names;
    let record = item.records.first().filter(|_| item.records.len() == 1);
    let span = names.spans.first();
    let said_time = |word: Option<&String>| word.filter(|word| !word.is_empty()).cloned();
    let agent = record.map(|record| record.agent.as_str()).filter(|agent| !agent.is_empty());
    let object = ItemObject {
        item: number,
        class: item.class.name(),
        explained_by: item.explained_by.name(),
        confirmed: item.confirmed,
        matched_by: item.matched_by.map(|by| by.name()),
        status: item.complaint.status,
        reason: item.complaint.reason.map(Reason::name),
        codes: &item.complaint.codes,
        said: &item.complaint.message,
        place: PlaceObject {
            path: &triage.answers[item.answer].path,
            line: names.place.line,
            pointer: names.place.pointer.as_deref(),
        },
        agent: agent.or(names.agents.first().map(String::as_str)),
        id: record.and_then(|of| of.id.as_deref()).or(names.ids.first().map(String::as_str)),
        start: match record {
            Some(record) => record.start.at.as_ref().map(ToString::to_string),
            None => said_time(span.map(|(start, _)| start)),
        },
        end: match record {
            Some(record) => record.end.at.as_ref().map(ToString::to_string),
            None => said_time(span.map(|(_, end)| end)),
        },
        findings: item
            .findings
            .iter()
            .map(|place| triage.finding(*place).fingerprint.to_string())
            .collect(),
        also: item.also.iter().map(|place| AlsoObject::of(triage.finding(*place))).collect(),
        candidate_count: item.candidate_count,
        message: &item.message,
        next: &item.next,
    };
    push(text, &object);
    text.pop();
    push_records(text, "records", &records_of(triage, item));
    push_records(text, "candidates", &item.candidates);
    text.push('}');
}

fn push_records(text: &mut String, key: &str, records: &[Arc<Record>]) {
    text.push_str(",\"");
    text.push_str(key);
    text.push_str("\":[");
    for (place, record) in records.iter().enumerate() {
        text.push_str(if place == 0 { "" } else { "," });
        push_record(record, text);
    }
    text.push(']');
}

/// The records of an item: those that it means, and those that its findings name beside them.
pub(super) fn records_of(triage: &Triage, item: &TriagedItem) -> Vec<Arc<Record>> {
    /// A thousand copies of one record say no more than the first ones.
    const MOST: usize = 20;
    let mut records: Vec<Arc<Record>> = Vec::new();
    let found = item.findings.iter().flat_map(|place| &triage.finding(*place).records);
    for record in item.records.iter().take(MOST).chain(found) {
        let is_known = |known: &Arc<Record>| {
            (known.role, &known.path, known.number) == (record.role, &record.path, record.number)
        };
        if records.len() < MOST && !records.iter().any(is_known) {
            records.push(Arc::clone(record));
        }
    }
    records
}

/// The counts of the classes, as one object.
struct Classes<'a>(&'a Triage);

impl Serialize for Classes<'_> {
    fn serialize<S: Serializer>(&self, writer: S) -> Result<S::Ok, S::Error> {
        let classes = self.0.classes();
        let mut map = writer.serialize_map(Some(classes.len()))?;
        for (class, count) in classes {
            map.serialize_entry(class.name(), &count)?;
        }
        map.end()
    }
}
