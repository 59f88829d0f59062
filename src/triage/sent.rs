//! Indexes the records of the batch by the names that answers use.

use crate::analyze;
use crate::analyze::Progress;
use crate::model::finding::Record;
use crate::model::inventory::ListedRow;
use crate::model::keys::AgentKey;
use crate::model::settings::{InputFile, Settings};
use crate::model::source::{Origin, Role};
use crate::model::time::Instant;
use crate::schedule::{Schedule, with_schedule};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A chunk of a plan as it was sent.
#[derive(Debug, Clone, Default)]
pub struct SentChunk {
    /// Its path within the plan, with `/`.
    pub file: String,
    /// Its path on this machine.
    pub on_disk: PathBuf,
    /// The input of each record, and its number there.
    pub records: Vec<(String, u64)>,
}

/// The JSON pointer of each record of a file; empty if it is no document, or cannot be read.
pub(super) fn pointers_of(settings: &Settings, path: &Path, progress: &Progress) -> Vec<String> {
    let path = path.to_string_lossy().into_owned();
    let settings = Settings {
        files: vec![InputFile::named(Role::Batch, path)],
        unread: Vec::new(),
        ..settings.clone()
    };
    let pointers = |mut schedule: Schedule<'_>| {
        let rows = schedule.take_rows();
        let mut origins: Vec<Origin> = rows.iter().map(|row| row.record).collect();
        origins.dedup();
        let mut pointers = Vec::with_capacity(origins.len());
        analyze::recall_each(&schedule, &origins, |_, record| {
            pointers.push(record.pointer.as_deref().unwrap_or_default().to_owned());
        });
        Ok(pointers)
    };
    with_schedule(&settings, progress, pointers).unwrap_or_default()
}

/// A record of the batch, with the words that answers name it by.
#[derive(Debug)]
pub(super) struct SentRecord {
    pub(super) origin: Origin,
    /// The place of the file that it was sent in; none if a plan did not send it.
    pub(super) file: Option<u32>,
    pub(super) agent: AgentKey,
    pub(super) id: Box<str>,
    pub(super) schedule: Box<str>,
    pub(super) span: Option<(Instant, Instant)>,
}

/// A file that was sent: one of the batch, or a chunk of a plan.
#[derive(Debug)]
pub(super) struct SentFile {
    /// Its place among the files.
    pub(super) place: u32,
    /// The rank of the input that its records are from.
    source: u16,
    pub(super) path: Arc<str>,
    /// How many records it has.
    pub(super) count: u64,
    by_number: HashMap<u64, Vec<u32>>,
    by_pointer: HashMap<Box<str>, Vec<u32>>,
    /// Whether its records are the elements of one list, in order.
    is_one_list: bool,
}

/// All records of the batch.
#[derive(Debug, Default)]
pub(super) struct SentBatch {
    pub(super) records: Vec<SentRecord>,
    pub(super) files: Vec<SentFile>,
    by_id: HashMap<Box<str>, Vec<u32>>,
    /// By ids in small letters: servers write UUIDs in either case.
    by_folded_id: HashMap<Box<str>, Vec<u32>>,
    by_schedule: HashMap<Box<str>, Vec<u32>>,
    by_agent: HashMap<AgentKey, Vec<u32>>,
    starts: HashSet<Instant>,
}

impl SentBatch {
    /// Reads the words of these rows again.
    pub(super) fn of(schedule: &Schedule<'_>, rows: &[ListedRow]) -> SentBatch {
        let mut batch = SentBatch::default();
        let records = rows.iter().filter(|row| row.fate.is_of_record());
        let mut places: Vec<(Origin, AgentKey)> =
            records.map(|row| (row.origin, row.agent)).collect();
        places.sort_unstable();
        places.dedup_by_key(|(origin, _)| *origin);
        let origins: Vec<Origin> = places.iter().map(|(origin, _)| *origin).collect();
        let mut agents = places.into_iter();
        analyze::recall_each(schedule, &origins, |origin, record| {
            if let Some((_, agent)) = agents.find(|(of, _)| *of == origin) {
                batch.add(origin, agent, record);
            }
        });
        for file in &mut batch.files {
            file.is_one_list = file.is_one_list();
        }
        batch
    }

    fn add(&mut self, origin: Origin, agent: AgentKey, record: &Record) {
        debug_assert_eq!(record.role, Role::Batch);
        let place = self.records.len() as u32;
        let is_known = self.files.last().is_some_and(|file| file.source == origin.source());
        if !is_known {
            let path = Arc::clone(&record.path);
            self.files.push(SentFile::new(self.files.len(), origin.source(), path));
        }
        if let Some(file) = self.files.last_mut() {
            let of_number = file.by_number.entry(record.number).or_default();
            file.count += u64::from(of_number.is_empty());
            of_number.push(place);
            if let Some(pointer) = record.pointer.as_deref().filter(|pointer| !pointer.is_empty()) {
                file.by_pointer.entry(pointer.into()).or_default().push(place);
            }
        }
        let text = |text: Option<&str>| Box::<str>::from(text.unwrap_or_default());
        let sent = SentRecord {
            origin,
            file: self.files.len().checked_sub(1).map(|place| place as u32),
            agent,
            id: text(record.id.as_deref()),
            schedule: text(record.schedule.as_deref()),
            span: record
                .start
                .at
                .zip(record.end.at)
                .map(|(start, end)| (start.instant, end.instant)),
        };
        let list = |map: &mut HashMap<Box<str>, Vec<u32>>, name: &str| {
            if !name.is_empty() {
                map.entry(name.into()).or_default().push(place);
            }
        };
        list(&mut self.by_id, &sent.id);
        list(&mut self.by_folded_id, &sent.id.to_ascii_lowercase());
        list(&mut self.by_schedule, &sent.schedule);
        if agent.is_some() {
            self.by_agent.entry(agent).or_default().push(place);
        }
        self.starts.extend(sent.span.map(|(start, _)| start));
        self.records.push(sent);
    }

    pub(super) fn get(&self, place: u32) -> &SentRecord {
        &self.records[place as usize]
    }

    pub(super) fn of_id(&self, id: &str) -> &[u32] {
        let exact = self.by_id.get(id);
        let folded = || self.by_folded_id.get(&*id.to_ascii_lowercase());
        exact.or_else(folded).map_or(&[], Vec::as_slice)
    }

    pub(super) fn of_schedule(&self, schedule: &str) -> &[u32] {
        self.by_schedule.get(schedule).map_or(&[], Vec::as_slice)
    }

    pub(super) fn of_agent(&self, agent: AgentKey) -> &[u32] {
        self.by_agent.get(&agent).map_or(&[], Vec::as_slice)
    }

    /// Whether any record starts then.
    pub(super) fn has_start(&self, start: Instant) -> bool {
        self.starts.contains(&start)
    }

    /// Whether any record has an id.
    pub(super) fn has_ids(&self) -> bool {
        !self.by_id.is_empty()
    }

    /// The records of a file of the batch that have a number there.
    fn of_file(&self, path: &str, number: u64) -> Vec<u32> {
        let named = self.files.iter().filter(|file| &*file.path == path);
        named.flat_map(|file| file.of_number(number)).copied().collect()
    }

    /// Puts the chunks of a plan in the place of the files of the batch. Records that no chunk
    /// has were not sent.
    pub(super) fn divide(&mut self, chunks: &[SentChunk], pointers: &dyn Fn(&Path) -> Vec<String>) {
        let mut files = Vec::with_capacity(chunks.len());
        let mut of_records = vec![None; self.records.len()];
        for chunk in chunks {
            let mut file = SentFile::new(files.len(), u16::MAX, chunk.file.as_str().into());
            let pointers = pointers(&chunk.on_disk);
            let pointers =
                if pointers.len() == chunk.records.len() { pointers } else { Vec::new() };
            for (position, (path, number)) in (1..).zip(&chunk.records) {
                let places = self.of_file(path, *number);
                for place in &places {
                    of_records[*place as usize] = Some(file.place);
                }
                let pointer = pointers.get(position as usize - 1);
                if let Some(pointer) = pointer.filter(|pointer| !pointer.is_empty()) {
                    file.by_pointer.insert(pointer.as_str().into(), places.clone());
                }
                file.by_number.insert(position, places);
                file.count += 1;
            }
            file.is_one_list = file.is_one_list();
            files.push(file);
        }
        self.files = files;
        self.records.iter_mut().zip(of_records).for_each(|(record, file)| record.file = file);
    }
}

impl SentFile {
    fn new(place: usize, source: u16, path: Arc<str>) -> SentFile {
        SentFile {
            place: place as u32,
            source,
            path,
            count: 0,
            by_number: HashMap::new(),
            by_pointer: HashMap::new(),
            is_one_list: true,
        }
    }

    /// Whether it is a table, in which each record is a line.
    pub(super) fn is_flat(&self) -> bool {
        self.by_pointer.is_empty()
    }

    /// All its records.
    pub(super) fn records(&self) -> impl Iterator<Item = u32> {
        (1..=self.count).flat_map(|number| self.of_number(number)).copied()
    }

    /// The records with a number, which counts from 1.
    pub(super) fn of_number(&self, number: u64) -> &[u32] {
        self.by_number.get(&number).map_or(&[], Vec::as_slice)
    }

    /// The record that a pointer into the request names: the longest pointer of a record that it
    /// begins with, or, where the file is one list, the number in it.
    pub(super) fn of_pointer(&self, pointer: &str) -> &[u32] {
        let mut rest = pointer;
        loop {
            if let Some(found) = self.by_pointer.get(rest) {
                return found;
            }
            match rest.rfind('/') {
                Some(end) if end > 0 => rest = rest.get(..end).unwrap_or_default(),
                _ => break,
            }
        }
        let mut numbers = pointer.split('/').filter_map(|part| part.parse::<u64>().ok());
        match (numbers.next(), numbers.next()) {
            (Some(index), None) if self.is_one_list => self.of_number(index.saturating_add(1)),
            _ => &[],
        }
    }

    /// Whether its records are the elements of one list, in order.
    fn is_one_list(&self) -> bool {
        self.by_pointer.is_empty()
            || self.by_pointer.iter().all(|(pointer, places)| {
                let mut numbers = pointer.split('/').filter_map(|part| part.parse::<u64>().ok());
                let first = numbers.next();
                let of_first = first.map(|index| self.of_number(index + 1));
                numbers.next().is_none() && of_first == Some(places)
            })
    }
}
