//! Writes `plan.json`: what every file of a plan holds, and why records wait.

use super::record_texts::{RecordTexts, WrittenChunk};
use super::{HeldRecord, PlanSettings};
use crate::model::finding::{Record, Report};
use crate::report::json::gate::AllowanceShape;
use crate::report::json::{JsonObject, push, push_input, text_of};
use crate::thread_pool::ThreadPool;
use serde::Serialize;
use std::io::{self, Write};
use std::sync::Arc;

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

/// What is said at the head of a manifest.
pub(super) struct ManifestHead<'a> {
    pub(super) report: &'a Report,
    pub(super) wishes: &'a PlanSettings,
    pub(super) complete: bool,
    pub(super) counts: [(&'static str, u64); 4],
    pub(super) proven_largest: bool,
    pub(super) possibly_more: u64,
    pub(super) files: &'a [SourceFile],
}

/// Writes a manifest piece by piece: the words of a million records are never in memory at once.
pub(super) struct Manifest<'a> {
    texts: &'a RecordTexts<'a>,
    object: JsonObject<'a>,
}

impl<'a> Manifest<'a> {
    /// Begins a manifest.
    pub(super) fn begin(
        pool: &'a ThreadPool,
        texts: &'a RecordTexts<'a>,
        out: &'a mut dyn Write,
        head: &ManifestHead<'_>,
    ) -> io::Result<Manifest<'a>> {
        let object = JsonObject::begin(pool, out, &head.report.tzdb)?;
        let mut manifest = Manifest { texts, object };
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
        self.object.member("today", &wishes.allowed.today)?;
        let outcomes = wishes.allowed.outcomes.iter().map(AllowanceShape::of);
        self.object.member("allowances", &outcomes.collect::<Vec<_>>())?;
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
            self.texts.of_chunks(chunks, self.object.out)?;
            self.object.out.write_all(b"\n    ]}")?;
        }
        self.object.out.write_all(if lanes.is_empty() { b"]" } else { b"\n  ]" })
    }

    /// The records that are live already.
    pub(super) fn live(&mut self, live: &[u32]) -> io::Result<()> {
        self.object.key("already_live_records")?;
        self.texts.of_live(live, self.object.out)?;
        self.object.out.write_all(if live.is_empty() { b"[]" } else { b"\n  ]" })
    }

    /// What waits, and the end.
    pub(super) fn held(mut self, held: &[HeldRecord]) -> io::Result<()> {
        let push = |held: &HeldRecord, text: &mut String| push(text, &Held::of(held));
        self.object.list("hold", held, |_| (), push)?;
        self.object.end()
    }
}
