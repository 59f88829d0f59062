//! Explains a batch that a server sent back: what each complaint of its answer means.
//!
//! An answer becomes complaints (`answers`), complaints find the records that they mean
//! (`matching`, in the index of `sent`), and the findings of a check confirm the reason that the
//! answer names, or settle the one that it does not (`settling`). `document` and `summary` write
//! the result.

mod class;

mod document;

mod fates;

mod live;

mod matching;

mod sent;

mod settling;

mod summary;

pub use class::TriageClass;
pub use document::write as write_json;
pub use fates::{PushFate, SentFate};
pub use matching::MatchedBy;
pub use sent::SentChunk;
pub use summary::write as write_summary;

use crate::analyze::{self, Progress, Records, Taken};
use crate::answers;
use crate::error::Error;
use crate::model::complaint::{AnswerPlace, Complaint, ItemName, ServerAnswer};
use crate::model::finding::{Finding, Input, Record, RecordPlace, Report};
use crate::model::rule::Severity;
use crate::model::settings::Settings;
use crate::model::source::{Origin, Role};
use crate::schedule::run::Again;
use crate::schedule::{Schedule, with_schedule};
use fates::FateFinder;
use live::LiveFinder;
use matching::{AnswerMatcher, FoundRecords};
use sent::{SentBatch, SentFile};
use settling::{Findings, SettledComplaint};
use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::Arc;

/// How many of the records that a complaint can mean are listed.
const MOST_CANDIDATES: usize = 10;

/// An answer as it is given.
#[derive(Debug, Clone)]
pub struct AnswerFile {
    /// Its file, as the user named it.
    pub path: String,
    /// The file of the batch that it answers to, if that is named.
    pub chunk: Option<String>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What is to be explained.
#[derive(Debug, Clone, Default)]
pub struct TriageSettings {
    /// The answers, in their order.
    pub answers: Vec<AnswerFile>,
    /// What the indexes in answers count from, if that is named.
    pub index_base: Option<u64>,
    /// The chunks that were sent, if a plan divided the batch.
    pub chunks: Option<Arc<[SentChunk]>>,
}

/// Where an explanation is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExplainedBy {
    /// The records.
    Data,
    /// The words of the answer.
    Response,
    /// There is none.
    Nothing,
}

impl ExplainedBy {
    /// `data`, `response` or `nothing`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            ExplainedBy::Data => "data",
            ExplainedBy::Response => "response",
            ExplainedBy::Nothing => "nothing",
        }
    }
}

/// A complaint, explained as far as it can be.
#[derive(Debug)]
pub struct TriagedItem {
    /// The place of its answer among the answers.
    pub answer: usize,
    /// What the answer says.
    pub complaint: Complaint,
    /// What it turned out to be.
    pub class: TriageClass,
    /// Where that is from.
    pub explained_by: ExplainedBy,
    /// Whether the data confirms the reason that the answer names; `None` if the files that
    /// were given cannot show it.
    pub confirmed: Option<bool>,
    /// By what its record was found.
    pub matched_by: Option<MatchedBy>,
    /// The records that it means; several if all of them are explained alike.
    pub records: Vec<Arc<Record>>,
    /// Records that it could mean, if that is not settled.
    pub candidates: Vec<Arc<Record>>,
    /// How many those are in all.
    pub candidate_count: usize,
    /// The findings that explain it, as places in the report.
    pub findings: Vec<usize>,
    /// What else was found of its records.
    pub also: Vec<usize>,
    /// What it is, in one sentence.
    pub message: String,
    /// What to do.
    pub next: String,
    /// Whether it names something that is not in the batch.
    pub is_unmatched: bool,
}

impl TriagedItem {
    /// Whether a reason is known.
    #[must_use]
    pub fn is_explained(&self) -> bool {
        self.class != TriageClass::Unknown && !self.is_unmatched
    }
}

/// An answer, read and compared with the batch.
#[derive(Debug)]
pub struct TriagedAnswer {
    /// Its file.
    pub path: String,
    /// The file of the batch that it answers to, if that is known.
    pub chunk: Option<String>,
    /// What was read; its complaints have moved to the items.
    pub answer: ServerAnswer,
    /// How many complaints it has.
    pub complaints: usize,
    /// The path of another answer to the same file, which counts instead.
    pub superseded_by: Option<String>,
    /// Whether nothing that it names is in this batch.
    pub is_of_another_batch: bool,
}

/// The explanation of a batch.
#[derive(Debug)]
pub struct Triage {
    /// What a check finds.
    pub report: Report,
    /// The answers, in their order.
    pub answers: Vec<TriagedAnswer>,
    /// Their complaints, in their order.
    pub items: Vec<TriagedItem>,
    /// The chunks that were sent, if a plan divided the batch.
    pub chunks: Option<Arc<[SentChunk]>>,
    /// What became of each record of these chunks, in their order.
    pub fates: Vec<SentFate>,
    /// Errors in the data that no complaint is about, as places in the report.
    pub unreported: Vec<usize>,
    /// Whether the answers and the inputs were read as a whole.
    pub complete: bool,
}

impl Triage {
    /// The exit code: 3 if something was not read or is of another batch, 1 if a complaint is
    /// not explained, 4 if there is none, 0 otherwise.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        if !self.complete || self.answers.iter().any(|answer| answer.is_of_another_batch) {
            3
        } else if self.items.iter().any(|item| !item.is_explained()) {
            1
        } else if self.items.is_empty() {
            4
        } else {
            0
        }
    }

    /// How many of these complaints are of each class, the most frequent first.
    fn classes<'i>(items: impl Iterator<Item = &'i TriagedItem>) -> Vec<(TriageClass, usize)> {
        let mut counts: BTreeMap<TriageClass, usize> = BTreeMap::new();
        items.for_each(|item| *counts.entry(item.class).or_default() += 1);
        let mut counts: Vec<(TriageClass, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|(class, count)| (*class == TriageClass::Unknown, usize::MAX - count));
        counts
    }

    /// How many of the records that were sent met which fate.
    fn pushed(&self) -> [(PushFate, usize); 4] {
        let count = |fate| self.fates.iter().filter(|of| of.fate == fate).count();
        let counts = PushFate::ALL.map(|fate| (fate, count(fate)));
        let all: usize = counts.iter().map(|(_, count)| count).sum();
        assert_eq!(all, self.fates.len(), "every record that was sent has one fate");
        counts
    }

    /// The finding at a place.
    fn finding(&self, place: usize) -> &Finding {
        &self.report.findings[place]
    }
}

/// Explains the answers to a batch.
///
/// # Errors
/// When the settings make no sense, a chunk is not in the batch, or the run was cancelled.
pub fn triage(
    settings: &Settings,
    wishes: &TriageSettings,
    progress: &Progress,
) -> Result<Triage, Error> {
    let answers: Vec<ServerAnswer> =
        wishes.answers.iter().map(|file| answers::read(&file.bytes)).collect();
    with_schedule(settings, progress, |schedule| explain(schedule, wishes, &answers))?
}

/// Explains answers by a schedule.
///
/// # Errors
/// When the inputs have to be read again.
fn explain(
    mut schedule: Schedule<'_>,
    wishes: &TriageSettings,
    answers: &[ServerAnswer],
) -> Result<Result<Triage, Error>, Again> {
    let rows = schedule.take_rows();
    let taken = Taken::of(&mut schedule);
    let finder = LiveFinder::new(&schedule);
    let facts = analyze::find(&schedule, taken, Some(&finder))?;
    let live = finder.finish();
    let mut batch = SentBatch::of(&schedule, &rows);
    if let Some(chunks) = &wishes.chunks {
        let names = answers.iter().flat_map(matching::all_names);
        let has_pointers = names.into_iter().any(|name| name.pointer.is_some());
        let settings = schedule.run.settings;
        batch.divide(chunks, &|path| match has_pointers {
            true => sent::pointers_of(settings, path, &Progress::default()),
            false => Vec::new(),
        });
    }
    let report = analyze::tell(&schedule, facts)?;
    let mut files: Vec<Option<&SentFile>> =
        match wishes.answers.iter().map(|file| file_of(&batch, file)).collect() {
            Ok(files) => files,
            Err(error) => return Ok(Err(error)),
        };
    if wishes.chunks.is_some() {
        for (place, answer) in answers.iter().enumerate() {
            let path = &wishes.answers[place].path;
            let by_content = || matching::file_by_content(&batch, answer);
            files[place] =
                files[place].or_else(|| by_content().filter(|_| !is_to_another_plan(&batch, path)));
        }
    }
    let answered = Answered { schedule: &schedule, batch: &batch, wishes, answers, files };
    let findings = Findings::of(&report, wishes.chunks.as_deref());
    let given = settling::GivenFiles::of(&report);
    // A server can name the record that is in the way instead.
    let records = report.findings.iter().flat_map(|finding| &finding.records);
    let ids: HashSet<&str> = records.filter_map(|record| record.id.as_deref()).collect();
    let mut items: Vec<TriagedItem> = Vec::new();
    let mut fates = FateFinder::new(&batch);
    let mut triaged = Vec::with_capacity(answers.len());
    for (place, answer) in answers.iter().enumerate() {
        let superseded_by = answered.superseding(place);
        let is_other =
            matching::is_of_another_batch(&schedule, &batch, answer, &|id| ids.contains(id));
        if superseded_by.is_none() {
            let matcher = answered.matcher(place);
            let found: Vec<FoundRecords> =
                answer.complaints.iter().map(|complaint| matcher.find(complaint)).collect();
            let records = recall(&schedule, &batch, &found);
            let first = items.len();
            for (complaint, found) in answer.complaints.iter().zip(&found) {
                let shown: Vec<Arc<Record>> = found
                    .records
                    .iter()
                    .filter_map(|place| records.get(batch.get(*place).origin).cloned())
                    .collect();
                let is_live = match &*found.records {
                    [only] => live.contains(&batch.get(*only).origin),
                    _ => false,
                };
                let mut settled = settling::settle(complaint, found, &shown, &findings, &given);
                if is_live && found.by != Some(MatchedBy::Agent) {
                    settled.add_live(complaint);
                }
                let mut item = item(place, complaint, found, shown, settled);
                if let (TriageClass::RateLimit, Some(wait)) = (item.class, answer.retry_after) {
                    item.next = item.next.replacen("wait,", &format!("wait {wait} s,"), 1);
                }
                items.push(item);
            }
            if let Some(file) = answered.files[place].filter(|_| wishes.chunks.is_some()) {
                fates.take(file, answer, &matcher, (&found, &items, first));
            }
        }
        triaged.push(TriagedAnswer {
            path: wishes.answers[place].path.clone(),
            chunk: answered.files[place].map(|file| file.path.to_string()),
            complaints: answer.complaints.len(),
            answer: ServerAnswer { complaints: Vec::new(), ..answer.clone() },
            superseded_by,
            is_of_another_batch: is_other,
        });
    }
    let unreported = unreported(&report, &items);
    let complete = is_complete(&report)
        && triaged.iter().all(|of| of.superseded_by.is_some() || of.answer.incomplete.is_none());
    let fates = if wishes.chunks.is_some() { fates.finish() } else { Vec::new() };
    let chunks = wishes.chunks.clone();
    Ok(Ok(Triage { report, answers: triaged, items, chunks, fates, unreported, complete }))
}

/// The answers beside the batch.
struct Answered<'a> {
    schedule: &'a Schedule<'a>,
    batch: &'a SentBatch,
    wishes: &'a TriageSettings,
    answers: &'a [ServerAnswer],
    /// For each answer the file that its name or the command line says it answers to.
    files: Vec<Option<&'a SentFile>>,
}

impl<'a> Answered<'a> {
    fn file(&self, place: usize) -> Option<u32> {
        self.files[place].map(|file| file.place)
    }

    /// The answer to the same file that counts instead: of those that say more than that all went
    /// well, the last one. The headers of a response can be kept beside its body. Where the command
    /// line names the chunk, its order is that of the answers.
    fn superseding(&self, place: usize) -> Option<String> {
        let file = self.file(place)?;
        let of_file = (0..self.files.len()).filter(|other| self.file(*other) == Some(file));
        let is_ordered = |other: usize| self.wishes.answers[other].chunk.is_some();
        let counts = of_file
            .max_by_key(|other| (is_ordered(*other) || says_more(&self.answers[*other]), *other))?;
        (counts != place).then(|| self.wishes.answers[counts].path.clone())
    }

    fn matcher(&self, place: usize) -> AnswerMatcher<'a> {
        let file = self.files[place];
        let others = self.files.iter().enumerate().filter(|(other, _)| *other != place);
        let is_only = file.is_some() || others.into_iter().all(|(_, file)| file.is_some());
        let index_base = self.wishes.index_base;
        let answer = &self.answers[place];
        AnswerMatcher::new(self.schedule, self.batch, answer, file, (is_only, index_base))
    }
}

/// Whether an answer is named as a chunk is that is not among these: it is to another plan.
fn is_to_another_plan(batch: &SentBatch, path: &str) -> bool {
    let stem = Path::new(path).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let number = stem.strip_prefix("chunk-").unwrap_or_default();
    let is_chunk = !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit());
    let is_of_stem = |file: &SentFile| {
        let name = Path::new(&*file.path).file_name().and_then(|name| name.to_str());
        name.and_then(|name| name.strip_prefix(stem)).is_some_and(|end| end.starts_with('.'))
    };
    is_chunk && !batch.files.iter().any(is_of_stem)
}

/// Whether an answer complains, or says of single items that they went well.
fn says_more(answer: &ServerAnswer) -> bool {
    !answer.complaints.is_empty()
        || !answer.unclear.is_empty()
        || !answer.accepted.iter().all(ItemName::is_of_all)
}

/// The file that an answer is to: the one that the command line names, else the one of several
/// whose name is that of the answer up to its ending; of several such, the one in a folder of the
/// same name.
fn file_of<'b>(batch: &'b SentBatch, of: &AnswerFile) -> Result<Option<&'b SentFile>, Error> {
    let name = |path: &str| Path::new(path).file_name().map(|name| name.to_owned());
    let stem = |path: &str| Path::new(path).file_stem().map(|stem| stem.to_owned());
    let folder = |path: &str| Path::new(path).parent()?.file_name().map(|name| name.to_owned());
    if let Some(chunk) = &of.chunk {
        let exact = batch.files.iter().find(|file| *file.path == **chunk);
        let ends = |file: &&SentFile| Path::new(&*file.path).ends_with(chunk);
        let is_called = |file: &&SentFile| name(&file.path) == name(chunk);
        let named = exact.or_else(|| only(batch.files.iter().filter(ends)));
        let Some(file) = named.or_else(|| only(batch.files.iter().filter(is_called))) else {
            let message = format!("--response: `{chunk}` is not a file that was sent, or several");
            let help = "write --response CHUNK=FILE with a file that is given as BATCH, or with \
                        --plan a chunk such as lane-1/chunk-001.csv";
            return Err(Error::usage(message, Some(help.to_owned())));
        };
        return Ok(Some(file));
    }
    let named = || batch.files.iter().filter(|file| stem(&file.path) == stem(&of.path));
    let is_beside = |file: &&SentFile| folder(&file.path) == folder(&of.path);
    let found = only(named()).or_else(|| only(named().filter(is_beside)));
    Ok(found.filter(|_| batch.files.len() > 1))
}

/// The only one of these, if there is one.
fn only<'f>(mut files: impl Iterator<Item = &'f SentFile>) -> Option<&'f SentFile> {
    files.next().filter(|_| files.next().is_none())
}

/// Reads the records again that complaints can mean.
fn recall(schedule: &Schedule<'_>, batch: &SentBatch, found: &[FoundRecords]) -> Records {
    let places = found.iter().flat_map(|found| &found.records);
    let mut origins: Vec<Origin> = places.map(|place| batch.get(*place).origin).collect();
    origins.sort_unstable();
    origins.dedup();
    analyze::recall_all(schedule, &origins)
}

fn item(
    answer: usize,
    complaint: &Complaint,
    found: &FoundRecords,
    shown: Vec<Arc<Record>>,
    settled: SettledComplaint,
) -> TriagedItem {
    let candidate_count = if settled.is_settled { 0 } else { found.count };
    let (records, mut candidates) =
        if settled.is_settled { (shown, Vec::new()) } else { (Vec::new(), shown) };
    candidates.truncate(MOST_CANDIDATES);
    candidates.shrink_to_fit();
    TriagedItem {
        answer,
        complaint: complaint.clone(),
        class: settled.class,
        explained_by: settled.explained_by,
        confirmed: settled.confirmed,
        matched_by: found.by.filter(|_| settled.is_settled),
        records,
        candidates,
        candidate_count,
        findings: settled.findings,
        also: settled.also,
        message: settled.message,
        next: settled.next,
        is_unmatched: settling::names_something(complaint) && found.records.is_empty(),
    }
}

/// The errors whose records of the batch no item mentions.
fn unreported(report: &Report, items: &[TriagedItem]) -> Vec<usize> {
    let mut mentioned: HashSet<RecordPlace<'_>> = HashSet::new();
    for item in items {
        let explaining = item.findings.iter().flat_map(|place| &report.findings[*place].records);
        let records = explaining.chain(&item.records);
        mentioned.extend(records.map(|record| record.key()));
    }
    let is_unreported = |finding: &Finding| {
        let batch = finding.records.iter().filter(|record| record.role == Role::Batch);
        let mut batch = batch.peekable();
        finding.severity == Severity::Error
            && batch.peek().is_some()
            && batch.all(|record| !mentioned.contains(&record.key()))
    };
    let places = report.findings.iter().enumerate();
    places.filter(|(_, finding)| is_unreported(finding)).map(|(place, _)| place).collect()
}

/// How many records the batch has.
fn sent_records(report: &Report) -> u64 {
    let batch = report.inputs.iter().filter(|input| input.role == Role::Batch);
    batch.map(|input| input.fates.records).sum()
}

/// Whether there is a batch, and the inputs were read as a whole, up to single records of it.
fn is_complete(report: &Report) -> bool {
    let is_hole = |finding: &Finding| {
        finding.rule.hole.is_some()
            && finding.records.iter().any(|record| record.role != Role::Batch)
    };
    report.inputs.iter().all(Input::is_settled)
        && sent_records(report) > 0
        && report.withheld() == 0
        && !report.findings.iter().any(is_hole)
}

/// Where in which answer a complaint is.
fn place_name(triage: &Triage, item: &TriagedItem) -> String {
    let place = &item.complaint.names.place;
    let answer = &triage.answers[item.answer].path;
    match (*place == AnswerPlace::default(), triage.answers.len()) {
        (_, 1) => place.to_string(),
        (true, _) => answer.clone(),
        (false, _) => format!("{answer} {place}"),
    }
}
