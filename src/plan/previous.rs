//! Reads the manifest of a plan again, and keeps what became of its records for the next one.

use super::Sends;
use super::{PushedPlace, UNMENTIONED};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::io::{BufReader, Read};
use std::num::{NonZeroU64, NonZeroUsize};

/// A plan as it was written.
#[derive(Debug, Deserialize)]
pub struct PushedPlan {
    /// How it was made.
    pub options: PushedOptions,
    /// The files that it was made from.
    pub files: Vec<PushedFile>,
    lanes: Vec<PushedLane>,
    already_live_records: Vec<ManifestRecord>,
    hold: Vec<ManifestHold>,
}

/// How a plan was made.
#[derive(Debug, Deserialize)]
pub struct PushedOptions {
    /// The most records of a chunk.
    pub chunk: NonZeroU64,
    /// The most lanes.
    pub lanes: NonZeroUsize,
    /// The most records that may be sent in a minute.
    pub per_minute: Option<u32>,
    /// `most-shifts` or `most-hours`.
    pub keep: String,
    /// What was sent although it is a warning: `pending`, `possible`.
    pub send: Vec<String>,
    /// Whether the server takes the records of a chunk one after another.
    pub one_by_one: bool,
    /// How the program was called.
    pub command: Vec<String>,
}

impl PushedOptions {
    /// What was sent although it is a warning.
    #[must_use]
    pub fn sends(&self) -> Sends {
        let has = |name: &str| self.send.iter().any(|what| what == name);
        Sends { pending: has("pending"), possible: has("possible") }
    }
}

/// A file that a plan was made from.
#[derive(Debug, Deserialize)]
pub struct PushedFile {
    /// Its path, as the user named it.
    pub path: String,
    /// The word for its role.
    pub role: String,
    /// Its checksum, in hexadecimal digits.
    pub sha256: Option<String>,
}

#[derive(Debug, Deserialize)]
struct PushedLane {
    chunks: Vec<PushedChunk>,
}

/// A chunk of a plan.
#[derive(Debug, Deserialize)]
struct PushedChunk {
    file: String,
    sha256: String,
    count: usize,
    refetch_before: bool,
    records: Vec<ManifestRecord>,
}

#[derive(Debug, Deserialize)]
struct ManifestRecord {
    path: String,
    sheet: Option<String>,
    record: u64,
}

/// A record that waits, and why.
#[derive(Debug, Deserialize)]
struct ManifestHold {
    #[serde(flatten)]
    record: ManifestRecord,
    rule: String,
    message: String,
}

impl ManifestRecord {
    fn name(&self) -> PushedPlace {
        let ManifestRecord { path, sheet, record } = self;
        match sheet {
            Some(sheet) => (format!("{path}:{sheet}"), *record),
            None => (path.clone(), *record),
        }
    }
}

impl PushedPlan {
    /// Reads a manifest.
    ///
    /// # Errors
    /// Why it is none, in words.
    pub fn read(manifest: impl Read) -> Result<PushedPlan, String> {
        serde_json::from_reader(BufReader::new(manifest)).map_err(|error| error.to_string())
    }

    /// The file of each chunk within the folder, and its checksum.
    pub fn checksums(&self) -> impl Iterator<Item = (&str, &str)> {
        let chunks = self.lanes.iter().flat_map(|lane| &lane.chunks);
        chunks.map(|chunk| (&*chunk.file, &*chunk.sha256))
    }

    /// Where each chunk is, its file within the folder, and its checksum.
    pub(super) fn files(&self) -> impl Iterator<Item = ((usize, usize), &str, &str)> {
        self.lanes.iter().enumerate().flat_map(|(lane, of)| {
            let chunks = of.chunks.iter().enumerate();
            chunks.map(move |(chunk, of)| ((lane, chunk), &*of.file, &*of.sha256))
        })
    }

    /// How many records its chunks hold.
    pub(super) fn sent(&self) -> usize {
        self.lanes.iter().flat_map(|lane| &lane.chunks).map(|chunk| chunk.count).sum()
    }

    /// Where each record is sent.
    pub(super) fn places(&self) -> HashMap<PushedPlace, PlaceInPlan> {
        let mut places = HashMap::new();
        for (lane, chunks) in self.lanes.iter().enumerate() {
            for (chunk, of) in chunks.chunks.iter().enumerate() {
                let place = |position| PlaceInPlan { lane, chunk, position };
                let records = of.records.iter().enumerate();
                places.extend(records.map(|(position, of)| (of.name(), place(position))));
            }
        }
        places
    }

    /// Whether the version of what a chunk writes is to be fetched before it is sent.
    pub(super) fn refetches_before(&self, lane: usize, chunk: usize) -> bool {
        self.lanes[lane].chunks[chunk].refetch_before
    }

    /// The records that were live when it was made.
    pub(super) fn live(&self) -> HashSet<PushedPlace> {
        self.already_live_records.iter().map(ManifestRecord::name).collect()
    }

    /// The file of each chunk within the folder, and its records.
    pub fn chunks(&self) -> impl Iterator<Item = (&str, Vec<PushedPlace>)> {
        let chunks = self.lanes.iter().flat_map(|lane| &lane.chunks);
        let names = |of: &PushedChunk| of.records.iter().map(ManifestRecord::name).collect();
        chunks.map(move |chunk| (&*chunk.file, names(chunk)))
    }

    /// What became of the records that it did not send: they were live, or wait.
    pub fn unsent(&self) -> impl Iterator<Item = (PushedPlace, PushedRecord)> {
        let live = self.already_live_records.iter();
        let live = live.map(|record| (record.name(), PushedRecord::Accepted));
        live.chain(self.hold.iter().map(|held| {
            let (reason, message) = (held.rule.clone(), held.message.clone());
            (held.record.name(), PushedRecord::Waits { reason, message })
        }))
    }

    /// The files with this role.
    pub fn files_of<'a>(&'a self, role: &'a str) -> impl Iterator<Item = &'a PushedFile> {
        self.files.iter().filter(move |file| file.role == role)
    }
}

/// Where a plan sends a record.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlaceInPlan {
    /// The number of the lane, from 0.
    pub(super) lane: usize,
    /// The number of the chunk in its lane, from 0.
    pub(super) chunk: usize,
    /// The number of the record in the chunk, from 0.
    pub(super) position: usize,
}

/// What became of records that a plan has sent before.
#[derive(Debug, Clone, Default)]
pub struct PreviousPush {
    /// By record. One that is not listed was not sent.
    pub records: HashMap<PushedPlace, PushedRecord>,
}

/// What became of a record that was sent before.
#[derive(Debug, Clone)]
pub enum PushedRecord {
    /// It is live.
    Accepted,
    /// It is to be sent again.
    Again,
    /// It is not to be sent again as it is.
    Waits {
        /// Why, in a word.
        reason: String,
        /// Why, in a sentence.
        message: String,
    },
}

impl PushedRecord {
    /// Whether no answer mentions it.
    #[must_use]
    pub fn is_unmentioned(&self) -> bool {
        matches!(self, PushedRecord::Waits { reason, .. } if reason == UNMENTIONED)
    }

    /// Whether the plan let it wait, for a finding or for other records, and no server.
    #[must_use]
    pub fn waits_for_others(&self) -> bool {
        let PushedRecord::Waits { reason, .. } = self else { return false };
        // The codes of rules begin with capitals, and the classes of answers do not.
        reason.starts_with(|first: char| first.is_ascii_uppercase())
            || ["with", "contradicted", "circle", "cluster"].contains(&reason.as_str())
    }
}
