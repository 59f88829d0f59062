//! Records become the lists of them in the manifest, portion by portion.
//!
//! A thread reads the records of a portion again, writes each of them at once, and keeps the text
//! alone: a record is larger than what the manifest says of it.

use super::shipping::PlannedChunk;
use crate::analyze::{ListedRecord, Recaller};
use crate::model::source::Origin;
use crate::report::json::members::{push_maybe, push_number, push_stamp, push_word};
use crate::report::json::push;
use crate::split::PageChange;
use crate::thread_pool::ThreadPool;
use serde::Serialize;
use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;

/// How many records a thread reads again at a time.
const PORTION: usize = 1 << 12;

/// The bytes that a record usually takes.
const USUAL: usize = 256;

/// A chunk whose file is written.
pub(super) struct WrittenChunk<'a> {
    pub(super) chunk: &'a PlannedChunk,
    /// Its path within the folder, with `/` on every system.
    pub(super) file: String,
    pub(super) sha256: String,
    pub(super) changes: Vec<PageChange>,
}

#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
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

/// Says of records what the manifest says of them.
pub(super) struct RecordTexts<'a> {
    /// Where each record of the batch begins.
    pub(super) origins: &'a [Origin],
    pub(super) recaller: Recaller<'a>,
    pub(super) pool: &'a ThreadPool,
}

impl RecordTexts<'_> {
    /// Writes what the manifest says of the chunks of a lane.
    ///
    /// # Errors
    /// When the input has changed since its records were cut out, or nothing can be written.
    pub(super) fn of_chunks(
        &self,
        chunks: &[WrittenChunk<'_>],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let of_portion = |(place, chunks): (usize, &[WrittenChunk<'_>])| {
            let places = chunks.iter().flat_map(|written| &written.chunk.records);
            let told = self.tell(places.copied().collect())?;
            let mut text = String::with_capacity(told.text.len() + told.text.len() / 4);
            for (within, chunk) in chunks.iter().enumerate() {
                let is_first = place == 0 && within == 0;
                text.push_str(if is_first { "\n      " } else { ",\n      " });
                told.push_chunk(chunk, &mut text);
            }
            Ok(text)
        };
        let portions = portions(chunks, |chunk| chunk.chunk.records.len()).into_iter().enumerate();
        self.pool.relay(portions, of_portion, |text: io::Result<_>| out.write_all(text?.as_bytes()))
    }

    /// Writes a list of records that are live already, up to its end.
    ///
    /// # Errors
    /// When the input has changed meanwhile, or nothing can be written.
    pub(super) fn of_live(&self, live: &[u32], out: &mut dyn Write) -> io::Result<()> {
        let of_portion = |(portion, live): (usize, &[u32])| {
            let told = self.tell(live.to_vec())?;
            let mut text = String::with_capacity(told.text.len() + told.text.len() / 4);
            for (within, record) in told.all_of(live).enumerate() {
                let position = portion * PORTION + within;
                text.push_str(if position == 0 { "[\n    " } else { ",\n    " });
                told.push_record(position, record, &mut text);
            }
            Ok(text)
        };
        let portions = live.chunks(PORTION).enumerate();
        self.pool.relay(portions, of_portion, |text: io::Result<_>| out.write_all(text?.as_bytes()))
    }

    /// Reads records again and puts them into text.
    fn tell(&self, mut places: Vec<u32>) -> io::Result<ToldRecords> {
        places.sort_unstable();
        let origins: Vec<Origin> =
            places.iter().map(|place| self.origins[*place as usize]).collect();
        let mut told = ToldRecords::of(places);
        self.recaller.list(&origins, |record| told.add(record));
        match told.records.len() == origins.len() {
            true => Ok(told),
            false => Err(io::Error::other("the batch changed while the plan was written")),
        }
    }
}

/// Records as the manifest shows them, without their positions.
struct ToldRecords {
    /// Their places among those of the batch, in order.
    places: Vec<u32>,
    records: Vec<ToldRecord>,
    text: String,
}

struct ToldRecord {
    /// Where the text has its members.
    members: Range<usize>,
    /// The schedule that it writes, and the version of that.
    writes: Option<(String, Option<String>)>,
}

impl ToldRecords {
    /// None of these so far.
    fn of(places: Vec<u32>) -> ToldRecords {
        let text = String::with_capacity(places.len() * USUAL);
        ToldRecords { records: Vec::with_capacity(places.len()), places, text }
    }

    /// Adds the next one.
    fn add(&mut self, record: ListedRecord<'_>) {
        let start = self.text.len();
        push_members(&record, &mut self.text);
        let ListedRecord { schedule, version, .. } = record;
        let members = start..self.text.len();
        let version = version.map(Cow::into_owned);
        let writes = schedule.map(|schedule| (schedule.into_owned(), version));
        self.records.push(ToldRecord { members, writes });
    }

    /// The records at these places. Most follow each other.
    fn all_of(&self, places: &[u32]) -> impl Iterator<Item = &ToldRecord> {
        let mut next = 0;
        places.iter().map(move |place| {
            if self.places.get(next) != Some(place) {
                next = self.places.partition_point(|known| known < place);
            }
            next += 1;
            &self.records[next - 1]
        })
    }

    fn push_record(&self, position: usize, record: &ToldRecord, text: &mut String) {
        push_number(text, "{\"position\":", position as u64);
        text.push_str(&self.text[record.members.clone()]);
    }

    fn push_chunk(&self, written: &WrittenChunk<'_>, text: &mut String) {
        let WrittenChunk { chunk, file, sha256, changes } = written;
        push_word(text, "{\"file\":", file);
        push_word(text, ",\"sha256\":", sha256);
        push_number(text, ",\"count\":", chunk.records.len() as u64);
        text.push_str(",\"at_second\":");
        push(text, &chunk.at_second);
        let (together, refetch) = (chunk.together, chunk.refetch_before);
        *text += &format!(",\"together\":{together},\"refetch_before\":{refetch}");
        text.push_str(",\"writes\":");
        push(text, &self.writes(&chunk.records));
        text.push_str(",\"changed\":");
        let changes = changes.iter();
        let changed =
            changes.map(|of| ChangedKey { key: &of.key, was: &of.old, is: of.new.as_deref() });
        push(text, &changed.collect::<Vec<_>>());
        text.push_str(",\"records\":[");
        for (position, record) in self.all_of(&chunk.records).enumerate() {
            text.push_str(if position == 0 { "\n        " } else { ",\n        " });
            self.push_record(position, record, text);
        }
        text.push_str("]}");
    }

    /// The schedules that records write, each once.
    fn writes<'s>(&'s self, places: &[u32]) -> Vec<WrittenSchedule<'s>> {
        let of = |record: &'s ToldRecord| {
            let (schedule, version) = record.writes.as_ref()?;
            Some(WrittenSchedule { schedule, version: version.as_deref() })
        };
        let mut writes: Vec<WrittenSchedule<'_>> = self.all_of(places).filter_map(of).collect();
        writes.sort_unstable();
        writes.dedup();
        writes
    }
}

/// Adds what follows the position of a record.
fn push_members(record: &ListedRecord<'_>, text: &mut String) {
    push_word(text, ",\"path\":", record.file);
    if let Some(sheet) = record.sheet {
        push_word(text, ",\"sheet\":", sheet);
    }
    let [start, end] = &record.times;
    push_number(text, ",\"record\":", record.place.number);
    push_number(text, ",\"line\":", record.place.line);
    push_maybe(text, ",\"pointer\":", record.place.pointer.as_deref());
    push_maybe(text, ",\"id\":", record.id.as_deref());
    push_word(text, ",\"agent\":", &record.agent);
    push_stamp(text, ",\"start\":", start.as_ref());
    push_stamp(text, ",\"end\":", end.as_ref());
    text.push('}');
}

/// Chunks in portions of so many records that they are worth reading together.
pub(super) fn portions<Chunk>(chunks: &[Chunk], size: impl Fn(&Chunk) -> usize) -> Vec<&[Chunk]> {
    let mut portions = Vec::new();
    let (mut first, mut count) = (0, 0);
    for (place, chunk) in chunks.iter().enumerate() {
        count += size(chunk);
        if count >= PORTION || place + 1 == chunks.len() {
            portions.push(&chunks[first..=place]);
            (first, count) = (place + 1, 0);
        }
    }
    portions
}
