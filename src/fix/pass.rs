//! Checks the inputs once, and lists what each record of the batch says.

use crate::analyze::{self, Progress, Taken};
use crate::error::Error;
use crate::model::fate::Fate;
use crate::model::finding::{Finding, Record, Report};
use crate::model::inventory::ListedRow;
use crate::model::settings::{InputFile, Settings};
use crate::model::shift::Side;
use crate::model::source::{Origin, Role};
use crate::read::content::encode;
use crate::read::source::Source;
use crate::schedule::run::Again;
use crate::schedule::{Schedule, with_schedule};
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// How the records of a file can be cut out of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileForm {
    /// Lines with this byte between cells.
    Table(u8),
    /// A document, whose records are elements of lists.
    Document,
    /// Lines, each a record or a document with records.
    Lines,
}

/// A record of the batch, without its words.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlacedRecord {
    /// Its number in the file, from 1.
    pub(super) number: u64,
    /// Where it begins in the text.
    pub(super) start: u64,
    /// The hash of who it is about, of its names and of what became of it.
    pub(super) who: u64,
    /// Start and end, in milliseconds, by the chosen reading.
    pub(super) times: [Option<i64>; 2],
}

impl PlacedRecord {
    /// The hash of all that is read of it.
    pub(super) fn words(&self) -> u64 {
        hash_of(&(self.who, self.times))
    }
}

/// A file of the batch.
#[derive(Debug)]
pub(super) struct PassFile {
    /// How findings call it.
    pub(super) shown: Arc<str>,
    /// As it was opened.
    pub(super) file: InputFile,
    /// How it can be edited, or why it cannot.
    pub(super) form: Result<FileForm, &'static str>,
    /// Why edits are described and not written, if they are.
    pub(super) unwritten: Option<&'static str>,
    pub(super) encoding: &'static str,
    /// Its records, by their numbers.
    pub(super) records: Vec<PlacedRecord>,
    /// Its text, if it was asked for and a finding names a record of it.
    pub(super) text: Vec<u8>,
}

impl PassFile {
    pub(super) fn record(&self, number: u64) -> Option<&PlacedRecord> {
        let place = self.records.binary_search_by_key(&number, |record| record.number).ok()?;
        self.records.get(place)
    }
}

/// What a check says of the batch as it is now.
#[derive(Debug)]
pub(super) struct Pass {
    pub(super) report: Report,
    pub(super) files: Vec<PassFile>,
    /// The place of each file by the name that findings have for it.
    by_name: HashMap<Arc<str>, usize>,
    /// Records that say the same as another one of their file of which two are in a finding, by
    /// the place of the file and their number.
    pub(super) twins: HashMap<(usize, u64), Arc<Record>>,
}

impl Pass {
    /// The place of the file that findings call so.
    pub(super) fn file_of(&self, record: &Record) -> Option<usize> {
        let is_batch = record.role == Role::Batch;
        self.by_name.get(&record.path).copied().filter(|_| is_batch)
    }
}

/// Checks the inputs. The first time the texts of files are read, too.
///
/// # Errors
/// When the settings make no sense, or the run was cancelled.
pub(super) fn check(
    settings: &Settings,
    is_first: bool,
    progress: &Progress,
) -> Result<Pass, Error> {
    with_schedule(settings, progress, |schedule| look(schedule, is_first))
}

fn look(mut schedule: Schedule<'_>, is_first: bool) -> Result<Pass, Again> {
    let rows = schedule.take_rows();
    let taken = Taken::of(&mut schedule);
    let facts = analyze::find(&schedule, taken, None)?;
    let report = analyze::tell(&schedule, facts)?;
    let named = batch_records(&report.findings);
    let (mut files, mut origins, mut by_name) = (Vec::new(), Vec::new(), HashMap::new());
    let rows: Vec<ListedRow> = rows.into_iter().filter(|row| row.fate.is_of_record()).collect();
    for rows in rows.chunk_by(|one, other| one.record.source() == other.record.source()) {
        let source = &schedule.run.sources[usize::from(rows[0].record.source())];
        let is_named = named.contains(&source.file.shown);
        // Without findings there is nothing to fix; with fixes every record is compared.
        let (records, of_records) = match is_first && report.findings.is_empty() {
            true => (Vec::new(), HashMap::new()),
            false => placed(&schedule, rows),
        };
        origins.push(of_records);
        by_name.insert(Arc::clone(&source.file.shown), files.len());
        files.push(file_of(source, records, is_first && is_named));
    }
    let twins = twins(&schedule, &report.findings, (&files, &by_name), &origins);
    Ok(Pass { report, files, by_name, twins })
}

/// The files of the batch that findings name.
fn batch_records(findings: &[Finding]) -> HashSet<Arc<str>> {
    let records = findings.iter().flat_map(|finding| &finding.records);
    let batch = records.filter(|record| record.role == Role::Batch);
    batch.map(|record| Arc::clone(&record.path)).collect()
}

fn file_of(source: &Source, records: Vec<PlacedRecord>, with_text: bool) -> PassFile {
    let wrapping = source.wrapping();
    let mut text = Vec::new();
    let mut form = form_of(source);
    if with_text && form.is_ok() {
        let length = usize::try_from(source.text_length()).unwrap_or(usize::MAX);
        if source.read_text(0, length, &mut text).is_err() || text.len() != length {
            (form, text) = (Err("the file cannot be read again"), Vec::new());
        }
    }
    let unwritten = match &source.file {
        file if file.bytes.is_some() => Some("the file is a stream"),
        _ if wrapping.packing.is_some() => Some("the file is compressed"),
        _ if wrapping.encoding.starts_with("UTF-16") => Some("the file is UTF-16"),
        _ => None,
    };
    PassFile {
        shown: Arc::clone(&source.file.shown),
        file: source.file.clone(),
        form,
        unwritten,
        encoding: wrapping.encoding,
        records,
        text,
    }
}

fn form_of(source: &Source) -> Result<FileForm, &'static str> {
    if source.sheet().is_some() {
        Err("it is a sheet of a workbook")
    } else if !source.can_be_read_again() {
        Err("the file is a stream")
    } else if source.joins_lines() {
        Err("lines of the file are joined into shifts")
    } else if let Some(delimiter) = source.delimiter() {
        Ok(FileForm::Table(delimiter))
    } else if source.has_lines() {
        Ok(FileForm::Lines)
    } else {
        Ok(FileForm::Document)
    }
}

/// What each record says, by number, and where its first row begins.
fn placed(
    schedule: &Schedule<'_>,
    rows: &[ListedRow],
) -> (Vec<PlacedRecord>, HashMap<u64, Origin>) {
    let mut records: Vec<PlacedRecord> = Vec::new();
    let mut known: HashMap<u64, usize> = HashMap::new();
    let mut origins = HashMap::new();
    let mut places: Vec<(Origin, Origin, Fate)> =
        rows.iter().map(|row| (row.origin, row.record, row.fate)).collect();
    places.sort_unstable();
    places.dedup_by_key(|(origin, ..)| *origin);
    let wanted: Vec<Origin> = places.iter().map(|(origin, ..)| *origin).collect();
    let mut places = places.into_iter();
    analyze::recall_each(schedule, &wanted, |origin, record| {
        let Some((_, of, fate)) = places.find(|(place, ..)| *place == origin) else { return };
        let who = hash_of(&(who(record), fate));
        let times = [&record.start, &record.end]
            .map(|moment| moment.at.map(|stamp| stamp.instant.millis()));
        match known.get(&record.number) {
            Some(place) => {
                let first = &mut records[*place];
                first.who = hash_of(&(first.who, who, times));
            }
            None => {
                known.insert(record.number, records.len());
                origins.insert(record.number, origin);
                let (number, start) = (record.number, of.offset());
                records.push(PlacedRecord { number, start, who, times });
            }
        }
    });
    records.sort_by_key(|record| record.number);
    (records, origins)
}

/// All that is read of a record beside its times.
fn who(record: &Record) -> impl Hash + use<'_> {
    let Record { agent, id, schedule, version, request, status, side, .. } = record;
    let texts = [Some(agent), id.as_ref(), schedule.as_ref(), version.as_ref(), request.as_ref()];
    let side: &Option<Side> = side;
    (texts.map(|text| text.map(|text| text.as_str())), status.as_ref().map(|of| of.as_str()), side)
}

fn hash_of(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Records that say the same as a pair in a finding. A finding can name two of a thousand.
fn twins(
    schedule: &Schedule<'_>,
    findings: &[Finding],
    (files, by_name): (&[PassFile], &HashMap<Arc<str>, usize>),
    origins: &[HashMap<u64, Origin>],
) -> HashMap<(usize, u64), Arc<Record>> {
    let mut pairs: HashSet<(usize, u64)> = HashSet::new();
    for finding in findings {
        let mut seen: Vec<(usize, u64)> = Vec::new();
        for record in finding.records.iter().filter(|record| record.role == Role::Batch) {
            let Some(file) = by_name.get(&record.path).copied() else { continue };
            let Some(placed) = files[file].record(record.number) else { continue };
            let words = (file, placed.words());
            if seen.contains(&words) {
                pairs.insert(words);
            }
            seen.push(words);
        }
    }
    let mut wanted: Vec<(Origin, (usize, u64))> = Vec::new();
    for (place, file) in files.iter().enumerate() {
        for record in &file.records {
            if pairs.contains(&(place, record.words()))
                && let Some(origin) = origins[place].get(&record.number)
            {
                wanted.push((*origin, (place, record.number)));
            }
        }
    }
    wanted.sort_unstable();
    let all: Vec<Origin> = wanted.iter().map(|(origin, _)| *origin).collect();
    let recalled = analyze::recall_all(schedule, &all);
    let found = wanted.into_iter();
    found.filter_map(|(origin, place)| Some((place, Arc::clone(recalled.get(origin)?)))).collect()
}

/// A text as it is stored.
pub(super) fn stored(encoding: &str, text: &[u8]) -> Vec<u8> {
    match encoding {
        "UTF-8" => text.to_vec(),
        _ => encode(encoding, text.to_vec()),
    }
}
