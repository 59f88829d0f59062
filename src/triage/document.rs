//! Writes the explanation of a batch as JSON, schema 1.

use super::{SentChunk, SentFate, Triage, TriagedAnswer, TriagedItem};
use crate::model::complaint::Reason;
use crate::model::finding::{Finding, Record};
use crate::report::json::{JsonObject, push, push_finding, push_items, push_record, text_of};
use crate::thread_pool::ThreadPool;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::io::{self, Write};
use std::sync::Arc;

/// Writes the document. Each item is on a line of its own.
///
/// # Errors
/// When it cannot be written.
pub fn write(triage: &Triage, pool: &ThreadPool, out: &mut dyn Write) -> io::Result<()> {
    let mut object = JsonObject::begin(pool, out, &triage.report.tzdb)?;
    object.member("complete", &triage.complete)?;
    let answers = triage.answers.iter().map(AnswerObject::of);
    object.texts("answers", &mut answers.map(|of| text_of(|text| push(text, &of))))?;
    let items = (1..).zip(&triage.items);
    object.texts("items", &mut items.map(|item| text_of(|text| push_item(triage, item, text))))?;
    object.member("classes", &Classes(triage))?;
    if let Some(chunks) = &triage.chunks {
        object.member("sent", &FateCounts(triage))?;
        let fates = triage.fates.iter().map(|of| FateObject::of(of, chunks));
        object.texts("fates", &mut fates.map(|fate| text_of(|text| push(text, &fate))))?;
    }
    let unreported = triage.unreported.iter().map(|place| triage.finding(*place));
    let unreported = &mut unreported.map(|of| text_of(|text| push_finding(of, text)));
    object.texts("unreported", unreported)?;
    object.end()
}

/// What became of a record that was sent.
#[derive(Serialize)]
struct FateObject<'a> {
    chunk: &'a str,
    position: usize,
    path: &'a str,
    record: u64,
    fate: &'static str,
    item: Option<usize>,
}

impl FateObject<'_> {
    fn of<'a>(of: &SentFate, chunks: &'a [SentChunk]) -> FateObject<'a> {
        let SentChunk { file, records, .. } = &chunks[of.chunk];
        let (path, record) = &records[of.position];
        FateObject {
            chunk: file,
            position: of.position,
            path,
            record: *record,
            fate: of.fate.name(),
            item: of.item.map(|item| item + 1),
        }
    }
}

/// The counts of the fates, as one object.
struct FateCounts<'a>(&'a Triage);

impl Serialize for FateCounts<'_> {
    fn serialize<S: Serializer>(&self, writer: S) -> Result<S::Ok, S::Error> {
        let counts = self.0.pushed();
        let mut map = writer.serialize_map(Some(counts.len()))?;
        for (fate, count) in counts {
            map.serialize_entry(fate.name(), &count)?;
        }
        map.end()
    }
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
    text.push_str(",\"records\":[");
    push_items(text, &records_of(triage, item), push_record);
    text.push_str("],\"candidates\":[");
    push_items(text, &item.candidates, push_record);
    text.push_str("]}");
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
        let classes = Triage::classes(self.0.items.iter());
        let mut map = writer.serialize_map(Some(classes.len()))?;
        for (class, count) in classes {
            map.serialize_entry(class.name(), &count)?;
        }
        map.end()
    }
}
