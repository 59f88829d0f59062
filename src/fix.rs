//! Corrects a batch mechanically: findings become fixes, each tried before it is shown.
//!
//! A check gives findings (`pass`), findings give candidates (`candidates`), and each candidate is
//! tried on the texts in memory (`trial`, `workspace`): the edited batch is checked again and
//! compared with the check before (`judging`). `edit` makes the bytes and the diff; `document` and
//! `summary` write what was found.
//!
//! *Safe* is only what cannot change who works when: the removal of a record that is equal to an
//! earlier one of its file in every cell or key. Everything else is suggested.

mod candidates;

mod cells;

mod document;

mod items;

mod judging;

mod pass;

mod removal;

mod respell;

mod summary;

mod trial;

mod workspace;

pub use document::write as write_json;
pub use summary::{WrittenTo, write as write_summary};
pub use trial::CuredFinding;

use crate::analyze::Progress;
use crate::edit::{ByteEdit, FileDiff};
use crate::error::Error;
use crate::judge::RULES;
use crate::model::cause::CauseKind;
use crate::model::finding::{Finding, Record, Report, RuleCount};
use crate::model::settings::Settings;
use crate::model::source::Role;
use crate::read::content::stored_bytes;
use candidates::Candidate;
use pass::stored;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;
use trial::{PhaseOutcome, PlacedCandidate, Rejection, Trial};
use workspace::{FileChange, WorkFile, WorkingState};

/// What becomes of a possible fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FixKind {
    /// It cannot change who works when.
    Safe,
    /// A person has to agree to it.
    Suggested,
    /// It did not pass its trial.
    Dropped,
}

impl FixKind {
    /// `safe`, `suggested` or `dropped`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            FixKind::Safe => "safe",
            FixKind::Suggested => "suggested",
            FixKind::Dropped => "dropped",
        }
    }
}

/// The bytes that a fix changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixedBytes {
    /// Where they are in the file as it is stored; of a compressed file, in its content.
    pub range: Range<usize>,
    /// What they are.
    pub old: Vec<u8>,
    /// What they become.
    pub new: Vec<u8>,
}

/// A change of one record that removes a finding.
#[derive(Debug, Clone)]
pub struct Fix {
    /// What becomes of it.
    pub kind: FixKind,
    /// The code of the rule whose finding it removes.
    pub rule: &'static str,
    /// The name of that rule.
    pub name: &'static str,
    /// The cause of the finding, if that gives the fix.
    pub cause: Option<CauseKind>,
    /// What it does, in one sentence without a full stop.
    pub message: String,
    /// What its trial showed.
    pub proof: String,
    /// The findings that are gone with it.
    pub cures: Vec<CuredFinding>,
    /// The overlaps that it would uncover.
    pub uncovers: Vec<Finding>,
    /// The record that it changes.
    pub record: Arc<Record>,
    /// The bytes that it changes, if it can be written.
    pub bytes: Option<FixedBytes>,
    /// Why it is described and not written, if it is.
    pub described: Option<&'static str>,
    /// Whether it is among the changes of this run.
    pub is_chosen: bool,
    /// Whether the diff shows it.
    pub is_in_diff: bool,
    /// The place of the file and the first number of the record, if the change was kept.
    change: Option<(usize, u64)>,
}

/// A file that changes.
#[derive(Debug)]
pub struct FixedFile {
    /// Its path, as the user named it.
    pub path: Arc<str>,
    /// Its bytes as they are stored.
    pub bytes: Vec<u8>,
    /// Its edits, in order.
    pub edits: Vec<ByteEdit>,
}

/// What a batch needs.
#[derive(Debug)]
pub struct Fixes {
    /// What a check finds.
    pub report: Report,
    /// All fixes: the safe ones first, then the suggested ones, each in the order of the report.
    pub fixes: Vec<Fix>,
    /// The files that change, in the order of the batch.
    pub files: Vec<FixedFile>,
    /// The findings that no fix removes, by rule.
    pub left: Vec<RuleCount>,
}

impl Fixes {
    /// How many fixes are of a kind.
    #[must_use]
    pub fn count(&self, kind: FixKind) -> usize {
        self.fixes.iter().filter(|fix| fix.kind == kind).count()
    }

    /// How many records the batch has.
    #[must_use]
    pub fn records(&self) -> u64 {
        let batch = self.report.inputs.iter().filter(|input| input.role == Role::Batch);
        batch.map(|input| input.fates.records).sum()
    }

    /// The exit code: 3 if something was not read, 4 if there is no record, 1 if something would
    /// change, 0 otherwise.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        if !self.report.complete {
            3
        } else if self.records() == 0 {
            4
        } else {
            u8::from(self.fixes.iter().any(|fix| fix.is_chosen))
        }
    }
}

/// Finds and tries the fixes of a batch. With `suggested`, those that a person has to agree
/// to are among the changes.
///
/// # Errors
/// When the settings make no sense, or the run was cancelled.
pub fn fix(settings: &Settings, suggested: bool, progress: &Progress) -> Result<Fixes, Error> {
    let first = pass::check(settings, true, progress)?;
    let report = first.report.clone();
    let mut trial = Trial::new(settings, progress, first);
    let mut safe = trial.run(|candidate| candidate.is_copy)?;
    // Records that become equal by a suggestion are copies only with it, and copies that were
    // rejected are tried once more.
    let offered = trial.run(|_| true)?;
    safe.rejected.clear();
    let left = left_of(&trial.base.report);
    let mut writer = FixWriter::new(&trial, &safe, &offered);
    let mut fixes = writer.fixes(safe, FixKind::Safe);
    fixes.extend(writer.fixes(offered, FixKind::Suggested));
    fixes.sort_by_key(|fix| fix.kind);
    for fix in &mut fixes {
        let is_wanted = fix.kind == FixKind::Safe || fix.kind == FixKind::Suggested && suggested;
        fix.is_chosen = is_wanted && fix.uncovers.is_empty();
    }
    let files = writer.files(suggested, &mut fixes);
    Ok(Fixes { report, fixes, files, left })
}

/// The rules that still apply.
fn left_of(report: &Report) -> Vec<RuleCount> {
    report.rules.iter().filter(|count| count.total() > 0).copied().collect()
}

/// Turns what was tried into fixes with their bytes.
struct FixWriter<'a> {
    files: &'a [WorkFile],
    /// The files as they are stored; `None` where their text is not what is stored.
    stored: Vec<Option<Vec<u8>>>,
    /// What each change is if all that was kept is written.
    kept: HashMap<(usize, u64), FixedBytes>,
    /// The changes that are written, those of safe fixes first.
    changes: Vec<FileChange>,
    safe: usize,
    trial: &'a Trial<'a>,
}

impl<'a> FixWriter<'a> {
    fn new(trial: &'a Trial<'a>, safe: &PhaseOutcome, offered: &PhaseOutcome) -> FixWriter<'a> {
        let all = safe.kept.iter().chain(&offered.kept);
        let changes: Vec<FileChange> = all.map(|of| of.change.clone()).collect();
        let state = trial.space.state(&changes.iter().collect::<Vec<_>>());
        let mut kept = HashMap::new();
        for (place, edits) in &state.edits {
            let file = &trial.space.files[*place];
            let in_store = stored_edits(file, edits.iter().map(|(edit, _)| edit));
            let mut by_change: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            for (number, (_, change)) in edits.iter().enumerate() {
                by_change.entry(*change).or_default().push(number);
            }
            for (change, numbers) in by_change {
                let of = |number: &usize| (&edits[*number].0, &in_store[*number]);
                let key = (*place, changes[change].first);
                kept.insert(key, fixed_bytes(file, &numbers.iter().map(of).collect::<Vec<_>>()));
            }
        }
        let files = &trial.space.files[..];
        let mut stored_files = vec![None; files.len()];
        for change in &changes {
            if stored_files[change.file].is_none() {
                stored_files[change.file] = as_stored(&files[change.file]);
            }
        }
        FixWriter { files, stored: stored_files, kept, changes, safe: safe.kept.len(), trial }
    }

    /// Why changes of a file are described and not written.
    fn unwritten(&self, file: usize) -> Option<&'static str> {
        let changed = "its bytes are not those of its text";
        self.files[file].unwritten.or_else(|| self.stored[file].is_none().then_some(changed))
    }

    fn fixes(&mut self, outcome: PhaseOutcome, kind: FixKind) -> Vec<Fix> {
        let kept = outcome.kept.into_iter().map(|of| self.kept_fix(of, kind));
        let mut fixes: Vec<Fix> = kept.collect();
        fixes.extend(outcome.rejected.into_iter().map(|(of, why)| rejected_fix(of, why)));
        fixes
    }

    fn kept_fix(&self, of: PlacedCandidate, kind: FixKind) -> Fix {
        let key = (of.change.file, of.change.first);
        let mut fix = plain_fix(of.candidate, kind);
        fix.bytes = self.kept.get(&key).cloned();
        fix.change = Some(key);
        fix.described = self.unwritten(of.change.file);
        fix.proof = proof(&of.cured);
        fix.cures = of.cured;
        fix
    }

    /// The files that change, and which fixes their diffs show.
    fn files(&self, suggested: bool, fixes: &mut [Fix]) -> Vec<FixedFile> {
        let count = if suggested { self.changes.len() } else { self.safe };
        let changes: Vec<&FileChange> = self.changes[..count].iter().collect();
        let state: WorkingState = self.trial.space.state(&changes);
        let mut files = Vec::new();
        let mut shown: HashMap<(usize, u64), bool> = HashMap::new();
        for (place, edits) in &state.edits {
            let file = &self.files[*place];
            let Some(bytes) = self.stored[*place].clone().filter(|_| file.unwritten.is_none())
            else {
                continue;
            };
            let in_store = stored_edits(file, edits.iter().map(|(edit, _)| edit));
            let diff = FileDiff::of(&bytes, &in_store);
            for (number, (_, change)) in edits.iter().enumerate() {
                let first = self.changes[*change].first;
                let all = shown.entry((*place, first)).or_insert(true);
                *all &= diff.shows(number);
            }
            files.push(FixedFile { path: Arc::clone(&file.file.path), bytes, edits: in_store });
        }
        for fix in fixes.iter_mut().filter(|fix| fix.is_chosen && fix.described.is_none()) {
            let is_shown = fix.change.and_then(|change| shown.get(&change).copied());
            fix.is_in_diff = is_shown.unwrap_or(false);
        }
        files
    }
}

/// The bytes of a file, if its text gives them again.
fn as_stored(file: &WorkFile) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(file.text.len());
    stored_bytes(&file.file, &mut |piece| bytes.extend_from_slice(piece)).ok()?;
    (bytes == stored(file.encoding, &file.text)).then_some(bytes)
}

/// Edits of a text as edits of the bytes that are stored for it.
fn stored_edits<'e>(file: &WorkFile, edits: impl Iterator<Item = &'e ByteEdit>) -> Vec<ByteEdit> {
    let length = |range: Range<usize>| match file.encoding {
        "UTF-8" => range.len(),
        encoding => stored(encoding, &file.text[range]).len(),
    };
    let (mut at, mut place) = (0, 0);
    let mut moved = Vec::new();
    for edit in edits {
        let start = at + length(place..edit.range.start);
        let end = start + length(edit.range.clone());
        moved.push(ByteEdit { range: start..end, new: stored(file.encoding, &edit.new) });
        (at, place) = (end, edit.range.end);
    }
    moved
}

/// All that a fix changes, as one range. Each edit comes as one of the text, and of what is
/// stored for it.
fn fixed_bytes(file: &WorkFile, edits: &[(&ByteEdit, &ByteEdit)]) -> FixedBytes {
    let (mut old, mut new, mut at) = (Vec::new(), Vec::new(), None);
    for (edit, _) in edits {
        let between =
            stored(file.encoding, &file.text[at.unwrap_or(edit.range.start)..edit.range.start]);
        old.extend_from_slice(&between);
        new.extend_from_slice(&between);
        old.extend(stored(file.encoding, &file.text[edit.range.clone()]));
        new.extend(stored(file.encoding, &edit.new));
        at = Some(edit.range.end);
    }
    let start = edits.first().map_or(0, |(_, edit)| edit.range.start);
    let end = edits.last().map_or(start, |(_, edit)| edit.range.end);
    FixedBytes { range: start..end, old, new }
}

fn plain_fix(of: Candidate, kind: FixKind) -> Fix {
    Fix {
        kind,
        rule: of.rule.code,
        name: of.rule.name,
        cause: of.cause,
        message: of.message,
        proof: String::new(),
        cures: Vec::new(),
        uncovers: Vec::new(),
        record: of.record,
        bytes: None,
        described: None,
        is_chosen: false,
        is_in_diff: false,
        change: None,
    }
}

fn rejected_fix(of: Candidate, why: Rejection) -> Fix {
    let is_copy = of.is_copy;
    let mut fix = plain_fix(of, FixKind::Dropped);
    let dropped = match why {
        Rejection::ByHand(why) => {
            fix.kind = if is_copy { FixKind::Safe } else { FixKind::Suggested };
            fix.described = Some(why);
            fix.proof = format!("not tried: {why}");
            return fix;
        }
        Rejection::Uncovers(overlaps) => {
            fix.kind = FixKind::Suggested;
            let told: Vec<String> = overlaps.iter().take(3).map(sentence).collect();
            fix.proof = format!("tried: it uncovers {}", told.join("; "));
            fix.uncovers = overlaps;
            return fix;
        }
        Rejection::Overlaps => "an earlier fix changes the same bytes".to_owned(),
        Rejection::Adds(finding) => format!("it adds {}", sentence(&finding)),
        Rejection::Stays => format!("{} is found again", fix.rule),
        Rejection::ReadsOtherwise => "the record would read otherwise".to_owned(),
        Rejection::Disturbs => "other records would read otherwise".to_owned(),
        Rejection::NotTried => "too many checks would be needed".to_owned(),
    };
    fix.proof = format!("dropped: {dropped}");
    fix
}

/// A finding as a part of a sentence.
fn sentence(finding: &Finding) -> String {
    format!("{} {}: {}", finding.rule.code, finding.rule.name, finding.words().message)
}

/// What a trial showed that was passed.
fn proof(cured: &[CuredFinding]) -> String {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for of in cured {
        *counts.entry(of.rule).or_default() += 1;
    }
    let parts: Vec<String> = RULES
        .iter()
        .filter_map(|rule| Some((rule.code, counts.get(rule.code)?)))
        .map(|(code, count)| match count {
            1 => code.to_owned(),
            count => format!("{count} × {code}"),
        })
        .collect();
    let gone = match &parts[..] {
        [] => "nothing else changes".to_owned(),
        [only] if cured.len() == 1 => format!("{only} is gone"),
        all => format!("{} are gone", all.join(", ")),
    };
    format!("tried: {gone}, and no finding is added")
}
