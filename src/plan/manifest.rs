//! Writes `plan.json`: what every file of a plan holds, and why records wait.

use super::{HeldRecord, PlanSettings};
use crate::analyze::{self, Records};
use crate::model::finding::{Moment, Record, Report};
use crate::model::source::Origin;
use crate::report::json::{JsonObject, push, push_input, text_of};
use crate::schedule::Schedule;
use crate::split::PageChange;
use serde::Serialize;
use std::io::{self, Write};
use std::sync::Arc;

/// How many records are read again at a time for their words.
const PORTION: usize = 1 << 14;

/// A chunk whose file is written.
pub(super) struct WrittenChunk {
    /// Its path within the folder, with `/` on every system.
    pub(super) file: String,
    pub(super) sha256: String,
    pub(super) records: Vec<u32>,
    pub(super) at_second: Option<u64>,
    pub(super) together: bool,
    pub(super) refetch: bool,
    pub(super) changes: Vec<PageChange>,
}

#[derive(Serialize)]
struct Options<'a> {
    chunk: u64,
    lanes: usize,
    per_minute: Option<u32>,
    keep: &'static str,
    send: Vec<&'static str>,
    one_by_one: bool,
    partial: bool,
    command: &'a [String],
}

/// A file that a plan was made from.
#[derive(Serialize)]
pub(super) struct SourceFile {
    pub(super) path: String,
    pub(super) role: &'static str,
    pub(super) bytes: u64,
    pub(super) sha256: Option<String>,
}

#[derive(Serialize)]
struct PlannedRecord<'a> {
    position: usize,
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'a str>,
    record: u64,
    line: u64,
    pointer: Option<&'a str>,
    id: Option<&'a str>,
    agent: &'a str,
    start: Option<String>,
    end: Option<String>,
}

#[derive(Serialize)]
struct RecordReference<'a> {
    path: &'a str,
    record: u64,
    id: Option<&'a str>,
}

impl<'a> RecordReference<'a> {
    fn of(record: &'a Arc<Record>) -> RecordReference<'a> {
        RecordReference { path: record.file(), record: record.number, id: record.id.as_deref() }
    }
}

#[derive(Serialize)]
struct Held<'a> {
    path: &'a str,
    record: u64,
    line: u64,
    pointer: Option<&'a str>,
    id: Option<&'a str>,
    agent: &'a str,
    rule: &'a str,
    message: &'a str,
    because: Vec<RecordReference<'a>>,
}

impl<'a> Held<'a> {
    fn of(held: &'a HeldRecord) -> Held<'a> {
        let HeldRecord { record, rule, message, because } = held;
        Held {
            path: record.file(),
            record: record.number,
            line: record.line,
            pointer: record.pointer.as_deref(),
            id: record.id.as_deref(),
            agent: &record.agent,
            rule,
            message,
            because: because.iter().map(RecordReference::of).collect(),
        }
    }
}

#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord, Clone)]
struct WrittenSchedule<'a> {
    schedule: &'a str,
    version: Option<&'a str>,
}

#[derive(Serialize)]
struct ChangedKey<'a> {
    key: &'a str,
    was: &'a str,
    is: Option<&'a str>,
}

/// What is said at the head of a manifest.
pub(super) struct ManifestHead<'a> {
    pub(super) report: &'a Report,
    pub(super) wishes: &'a PlanSettings,
    pub(super) complete: bool,
    pub(super) counts: [(&'static str, u64); 4],
    pub(super) proven_largest: bool,
    pub(super) possibly_more: u64,
    pub(super) files: Vec<SourceFile>,
}

/// Writes a manifest piece by piece: the words of a million records are never in memory at once.
pub(super) struct Manifest<'a> {
    schedule: &'a Schedule<'a>,
    /// Where each record of the batch begins.
    origins: &'a [Origin],
    object: JsonObject<'a>,
}

impl<'a> Manifest<'a> {
    /// Begins a manifest.
    pub(super) fn begin(
        schedule: &'a Schedule<'a>,
        origins: &'a [Origin],
        out: &'a mut dyn Write,
        head: &ManifestHead<'_>,
    ) -> io::Result<Manifest<'a>> {
        let object = JsonObject::begin(schedule.run.pool, out, &head.report.tzdb)?;
        let mut manifest = Manifest { schedule, origins, object };
        manifest.head(head)?;
        Ok(manifest)
    }

    fn head(&mut self, head: &ManifestHead<'_>) -> io::Result<()> {
        let ManifestHead { report, wishes, complete, counts, .. } = head;
        self.object.member("complete", complete)?;
        for (key, count) in counts {
            self.object.member(key, count)?;
        }
        self.object.member("proven_largest", &head.proven_largest)?;
        self.object.member("possibly_more", &head.possibly_more)?;
        let send = [(wishes.sends.pending, "pending"), (wishes.sends.possible, "possible")];
        self.object.member(
            "options",
            &Options {
                chunk: wishes.chunk.get(),
                lanes: wishes.lanes.get(),
                per_minute: wishes.per_minute,
                keep: wishes.keep.name(),
                send: send.into_iter().filter(|(on, _)| *on).map(|(_, name)| name).collect(),
                one_by_one: wishes.one_by_one,
                partial: wishes.partial,
                command: &report.command,
            },
        )?;
        self.object.member("files", &head.files)?;
        let inputs = &mut report.inputs.iter().map(|of| text_of(|text| push_input(of, text)));
        self.object.texts("inputs", inputs)
    }

    /// The chunks of each lane.
    pub(super) fn lanes(&mut self, lanes: &[Vec<WrittenChunk>]) -> io::Result<()> {
        self.object.key("lanes")?;
        self.object.out.write_all(b"[")?;
        for (place, chunks) in lanes.iter().enumerate() {
            let before = if place == 0 { "" } else { "," };
            write!(self.object.out, "{before}\n    {{\"lane\":{},\"chunks\":[", place + 1)?;
            let mut first = true;
            for portion in portions(chunks) {
                let records = portion.iter().flat_map(|chunk| &chunk.records);
                let records = self.recall(records);
                let origins = self.origins;
                let text = |chunk: &WrittenChunk| of_chunk(chunk, origins, &records);
                for text in self.schedule.run.pool.map(portion.iter().collect(), text) {
                    self.object.out.write_all(if first { b"\n      " } else { b",\n      " })?;
                    first = false;
                    self.object.out.write_all(text?.as_bytes())?;
                }
            }
            self.object.out.write_all(b"\n    ]}")?;
        }
        self.object.out.write_all(if lanes.is_empty() { b"]" } else { b"\n  ]" })
    }

    /// The records that are live already.
    pub(super) fn live(&mut self, live: &[u32]) -> io::Result<()> {
        let records = self.recall(live.iter());
        let shown = live.iter().filter_map(|place| records.get(self.origins[*place as usize]));
        let shown = &mut shown
            .enumerate()
            .map(|(position, record)| text_of(|text| push(text, &planned(position, record))));
        self.object.texts("already_live_records", shown)
    }

    /// What waits, and the end.
    pub(super) fn held(mut self, held: &[HeldRecord]) -> io::Result<()> {
        let held = &mut held.iter().map(|of| text_of(|text| push(text, &Held::of(of))));
        self.object.texts("hold", held)?;
        self.object.end()
    }

    fn recall<'r>(&self, records: impl Iterator<Item = &'r u32>) -> Records {
        let mut origins: Vec<Origin> = records.map(|place| self.origins[*place as usize]).collect();
        origins.sort_unstable();
        analyze::recall_all(self.schedule, &origins)
    }
}

/// What the manifest says of a chunk.
///
/// # Errors
/// When the input has changed since its records were cut out.
fn of_chunk(chunk: &WrittenChunk, origins: &[Origin], records: &Records) -> io::Result<String> {
    let WrittenChunk { file, sha256, .. } = chunk;
    let of = |place: &u32| records.get(origins[*place as usize]);
    let known: Vec<&Arc<Record>> = chunk.records.iter().filter_map(of).collect();
    if known.len() < chunk.records.len() {
        return Err(io::Error::other("the batch changed while the plan was written"));
    }
    let mut writes: Vec<WrittenSchedule<'_>> = Vec::new();
    for record in &known {
        if let Some(schedule) = record.schedule.as_deref() {
            let write = WrittenSchedule { schedule, version: record.version.as_deref() };
            if writes.last() != Some(&write) {
                writes.push(write);
            }
        }
    }
    writes.sort();
    writes.dedup();
    let changed: Vec<ChangedKey<'_>> = chunk
        .changes
        .iter()
        .map(|of| ChangedKey { key: &of.key, was: &of.old, is: of.new.as_deref() })
        .collect();
    let mut text = String::from("{\"file\":");
    push(&mut text, file);
    text += ",\"sha256\":";
    push(&mut text, sha256);
    text += &format!(",\"count\":{},\"at_second\":", chunk.records.len());
    push(&mut text, &chunk.at_second);
    text += &format!(",\"together\":{},\"refetch_before\":{}", chunk.together, chunk.refetch);
    text += ",\"writes\":";
    push(&mut text, &writes);
    text += ",\"changed\":";
    push(&mut text, &changed);
    text += ",\"records\":[";
    for (position, record) in known.into_iter().enumerate() {
        text += if position == 0 { "\n        " } else { ",\n        " };
        push(&mut text, &planned(position, record));
    }
    text += "]}";
    Ok(text)
}

fn planned(position: usize, record: &Record) -> PlannedRecord<'_> {
    let at = |moment: &Moment| moment.at.as_ref().map(ToString::to_string);
    PlannedRecord {
        position,
        path: record.file(),
        sheet: record.sheet.as_ref().map(|sheet| &*sheet.name),
        record: record.number,
        line: record.line,
        pointer: record.pointer.as_deref(),
        id: record.id.as_deref(),
        agent: &record.agent,
        start: at(&record.start),
        end: at(&record.end),
    }
}

/// Chunks in portions of so many records that they are worth reading again together.
fn portions(chunks: &[WrittenChunk]) -> Vec<&[WrittenChunk]> {
    let mut portions = Vec::new();
    let (mut first, mut count) = (0, 0);
    for (place, chunk) in chunks.iter().enumerate() {
        count += chunk.records.len();
        if count >= PORTION || place + 1 == chunks.len() {
            portions.push(&chunks[first..=place]);
            (first, count) = (place + 1, 0);
        }
    }
    portions
}
