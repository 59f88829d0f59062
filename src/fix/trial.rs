//! Tries candidates, each on the result of those before it.
//!
//! **Price tag.** A check for each candidate would take time by the square of the file. All
//! candidates of a round are applied at once and checked together. A finding that was not there
//! before names its records, and of the candidates for them the last one is withdrawn, which is the
//! one that would have failed on the result of those before. Then the rest is checked again. Where
//! no record shows which candidate is to blame, the shortest run of candidates that fails is found
//! by binary search. Usually two or three checks are enough for any number of candidates.

use super::candidates::{Candidate, CandidateEdit, CandidateFinder};
use super::judging::{KnownFindings, OtherRecord, changed_records, is_less_complete};
use super::pass::{self, Pass};
use super::workspace::{FileChange, TakenBytes, TextChange, WorkingState, Workspace};
use crate::analyze::Progress;
use crate::edit::ByteEdit;
use crate::error::Error;
use crate::model::finding::Finding;
use crate::model::settings::Settings;
use std::collections::{BTreeMap, HashMap, HashSet};

/// How often candidates are looked for on the result of those before.
const MOST_ROUNDS: usize = 12;

/// How many checks one round may take.
const MOST_CHECKS: usize = 100;

/// A candidate with its place in the text as it was read.
#[derive(Debug, Clone)]
pub(super) struct PlacedCandidate {
    pub(super) candidate: Candidate,
    pub(super) change: FileChange,
    /// The change of the same record that it replaces, by its place among those kept.
    own: Option<usize>,
    /// The findings that are gone with it.
    pub(super) cured: Vec<CuredFinding>,
}

/// A finding that is gone with a fix.
#[derive(Debug, Clone)]
pub struct CuredFinding {
    /// The code of the rule.
    pub rule: &'static str,
    /// The identity of the finding.
    pub fingerprint: String,
}

/// Why a candidate was not kept.
#[derive(Debug, Clone)]
pub(super) enum Rejection {
    /// Its bytes belong to an earlier fix.
    Overlaps,
    /// With it these overlaps are found.
    Uncovers(Vec<Finding>),
    /// With it this finding appears, which is not an overlap.
    Adds(Box<Finding>),
    /// Its finding is still there.
    Stays,
    /// Its record does not read as it should.
    ReadsOtherwise,
    /// Other records, or the file, do not read as before.
    Disturbs,
    /// A person has to make the change.
    ByHand(&'static str),
    /// Too many checks would have been needed.
    NotTried,
}

/// The candidates of a phase that are left, and the others.
#[derive(Debug, Default)]
pub(super) struct PhaseOutcome {
    pub(super) kept: Vec<PlacedCandidate>,
    pub(super) rejected: Vec<(Candidate, Rejection)>,
}

impl PhaseOutcome {
    /// Adds a candidate that was kept. Two changes of one record are one fix.
    fn add(&mut self, of: PlacedCandidate) {
        let same = |known: &&mut PlacedCandidate| {
            (known.change.file, known.change.first) == (of.change.file, of.change.first)
        };
        match self.kept.iter_mut().find(same).filter(|_| of.own.is_some()) {
            Some(known) => {
                known.change = of.change;
                known.cured.extend(of.cured);
                known.candidate.message += "; then ";
                known.candidate.message += &of.candidate.message;
            }
            None => self.kept.push(of),
        }
    }
}

/// Tries candidates.
pub(super) struct Trial<'a> {
    pub(super) settings: &'a Settings,
    pub(super) progress: &'a Progress,
    pub(super) space: Workspace,
    /// What the batch is with all that was kept so far.
    pub(super) base: Pass,
    pub(super) state: WorkingState,
    /// All changes that were kept so far.
    kept: Vec<FileChange>,
}

/// What a check of candidates shows.
#[derive(Default)]
struct Judgement {
    /// Those that are withdrawn, by their places.
    rejected: BTreeMap<usize, Rejection>,
    /// Whether something went wrong that no candidate explains.
    is_disturbed: bool,
}

impl<'a> Trial<'a> {
    pub(super) fn new(settings: &'a Settings, progress: &'a Progress, mut base: Pass) -> Trial<'a> {
        let space = Workspace::of(&mut base);
        let state = WorkingState::default();
        Trial { settings, progress, space, base, state, kept: Vec::new() }
    }

    /// Tries candidates of a kind until none is left that could be kept.
    ///
    /// # Errors
    /// When the run was cancelled.
    pub(super) fn run(
        &mut self,
        is_wanted: impl Fn(&Candidate) -> bool,
    ) -> Result<PhaseOutcome, Error> {
        let mut outcome = PhaseOutcome::default();
        for _ in 0..MOST_ROUNDS {
            let candidates = self.candidates(&is_wanted);
            outcome.rejected.clear();
            let placed = self.place(candidates, &mut outcome.rejected);
            if placed.is_empty() {
                return Ok(outcome);
            }
            let kept = self.try_all(placed, &mut outcome.rejected)?;
            if kept.is_empty() {
                return Ok(outcome);
            }
            kept.into_iter().for_each(|of| outcome.add(of));
        }
        Ok(outcome)
    }

    fn candidates(&self, is_wanted: impl Fn(&Candidate) -> bool) -> Vec<Candidate> {
        let text = |file: &pass::PassFile| match self.space.file(&file.shown) {
            Some(place) => self.space.text(place, &self.state),
            None => Vec::new(),
        };
        let texts: Vec<Vec<u8>> = self.base.files.iter().map(text).collect();
        let mut found = CandidateFinder::new(&self.base, &texts).find();
        found.retain(is_wanted);
        found
    }

    /// Finds the places of candidates in the text as it was read.
    fn place(
        &self,
        candidates: Vec<Candidate>,
        rejected: &mut Vec<(Candidate, Rejection)>,
    ) -> Vec<PlacedCandidate> {
        let mut taken = TakenBytes::default();
        for change in &self.kept {
            taken.take(change);
        }
        let mut further = HashSet::new();
        let mut placed = Vec::new();
        for mut candidate in candidates {
            let Some(file) = self.space.file(&self.base.files[candidate.file].shown) else {
                continue;
            };
            candidate.file = file;
            let first = self.state.first_number(file, candidate.number);
            // A record that was changed before can be changed further.
            let own = self.kept.iter().position(|of| (of.file, of.first) == (file, first));
            let first_range = |range| self.state.first_range(file, range, own);
            let change = match &candidate.edit {
                CandidateEdit::ByHand(why) => {
                    let why = Rejection::ByHand(why);
                    rejected.push((candidate, why));
                    continue;
                }
                CandidateEdit::Lines(range, _) => first_range(range).map(TextChange::Lines),
                CandidateEdit::Item(range, _) => first_range(range).map(TextChange::Item),
                CandidateEdit::Words(edits, _) if own.is_some() => {
                    let composed = own.and_then(|own| self.state.composed(file, own, edits));
                    composed.map(TextChange::Words)
                }
                CandidateEdit::Words(edits, _) => {
                    let moved = edits.iter().map(|edit| {
                        let range = first_range(&edit.range)?;
                        Some(ByteEdit { range, new: edit.new.clone() })
                    });
                    moved.collect::<Option<Vec<_>>>().map(TextChange::Words)
                }
            };
            let first_of = |number: &u64| self.state.first_number(file, *number);
            let removed = match &candidate.edit {
                CandidateEdit::Lines(_, removed) | CandidateEdit::Item(_, removed) => {
                    removed.iter().map(first_of).collect()
                }
                _ => Vec::new(),
            };
            let change = change.map(|change| FileChange { file, change, first, removed });
            let is_free = |change: &FileChange| match own {
                // Its bytes were taken for the change that it replaces; once in a round.
                Some(own) => further.insert(own) && taken.take_more(change, &self.kept[own]),
                None => taken.take(change),
            };
            match change.filter(is_free) {
                Some(change) => {
                    placed.push(PlacedCandidate { candidate, change, own, cured: Vec::new() });
                }
                None => rejected.push((candidate, Rejection::Overlaps)),
            }
        }
        placed
    }

    /// Tries these candidates, and keeps what can be kept.
    fn try_all(
        &mut self,
        mut left: Vec<PlacedCandidate>,
        rejected: &mut Vec<(Candidate, Rejection)>,
    ) -> Result<Vec<PlacedCandidate>, Error> {
        let mut checks = 0;
        while !left.is_empty() {
            if checks >= MOST_CHECKS {
                rejected.extend(left.drain(..).map(|of| (of.candidate, Rejection::NotTried)));
                break;
            }
            let (next, state) = self.check(&left)?;
            checks += 1;
            let mut judgement = self.judge(&left, (&next, &state));
            if judgement.rejected.is_empty() && judgement.is_disturbed {
                let last = self.first_disturbing(&left, &mut checks)?;
                judgement.rejected.insert(last, Rejection::Disturbs);
            }
            if judgement.rejected.is_empty() {
                self.note_cured(&mut left, (&next, &state));
                self.keep(&left);
                (self.base, self.state) = (next, state);
                break;
            }
            for (place, why) in judgement.rejected.into_iter().rev() {
                rejected.push((left.remove(place).candidate, why));
            }
        }
        Ok(left)
    }

    /// Checks the batch with what was kept and these candidates.
    fn check(&self, left: &[PlacedCandidate]) -> Result<(Pass, WorkingState), Error> {
        let mut changes: Vec<&FileChange> = self.kept.iter().collect();
        for of in left {
            match of.own {
                Some(own) => changes[own] = &of.change,
                None => changes.push(&of.change),
            }
        }
        let state = self.space.state(&changes);
        let settings = self.space.settings(self.settings, &state);
        Ok((pass::check(&settings, false, self.progress)?, state))
    }

    fn keep(&mut self, left: &[PlacedCandidate]) {
        for of in left {
            match of.own {
                Some(own) => self.kept[own] = of.change.clone(),
                None => self.kept.push(of.change.clone()),
            }
        }
    }

    /// The last of the fewest first candidates with which something goes wrong.
    fn first_disturbing(
        &self,
        left: &[PlacedCandidate],
        checks: &mut usize,
    ) -> Result<usize, Error> {
        let (mut sound, mut failing) = (0, left.len());
        while failing - sound > 1 {
            let middle = usize::midpoint(sound, failing);
            let (next, state) = self.check(&left[..middle])?;
            *checks += 1;
            let judgement = self.judge(&left[..middle], (&next, &state));
            match judgement.is_disturbed {
                true => failing = middle,
                false => sound = middle,
            }
        }
        Ok(failing - 1)
    }

    fn judge(&self, left: &[PlacedCandidate], (next, state): (&Pass, &WorkingState)) -> Judgement {
        let mut judgement = Judgement::default();
        let before = KnownFindings::of(&self.base, &self.state, &self.space);
        let now = KnownFindings::of(next, state, &self.space);
        let mut by_record: HashMap<(usize, u64), usize> = HashMap::new();
        let mut by_agent: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut meant: HashMap<(usize, u64), [Option<i64>; 2]> = HashMap::new();
        for (place, of) in left.iter().enumerate() {
            let record = (of.change.file, of.change.first);
            by_record.insert(record, place);
            by_agent.entry(of.candidate.record.agent.as_str()).or_default().push(place);
            if let CandidateEdit::Words(_, times) = &of.candidate.edit {
                meant.insert(record, *times);
            }
        }
        let base = (&self.base, &self.state);
        for other in changed_records(base, (next, state), &self.space, &meant) {
            let own = match other {
                OtherRecord::Of(file, number) => by_record.get(&(file, number)),
                OtherRecord::Any => None,
            };
            match own {
                Some(place) => {
                    judgement.rejected.insert(*place, Rejection::ReadsOtherwise);
                }
                None => judgement.is_disturbed = true,
            }
        }
        judgement.is_disturbed |= is_less_complete(&self.base, next);
        for (place, of) in left.iter().enumerate() {
            let finding = &self.base.report.findings[of.candidate.finding];
            let stays = of.change.removed.is_empty() && now.contains(&before.key(finding));
            if stays {
                judgement.rejected.entry(place).or_insert(Rejection::Stays);
            }
        }
        // Each new finding with the candidates that concern its records, in the order of the last
        // of them.
        let mut blamed: Vec<(Vec<usize>, &Finding)> = Vec::new();
        for finding in now.new_since(&before) {
            let records = finding.records.iter().filter_map(|record| now.first(record));
            let mut places: Vec<usize> =
                records.filter_map(|record| by_record.get(&record).copied()).collect();
            if places.is_empty() {
                let agent = finding.agent.as_ref().map_or("", |agent| agent.as_str());
                places = by_agent.get(agent).cloned().unwrap_or_default();
            }
            places.sort_unstable();
            match places.is_empty() {
                true => judgement.is_disturbed = true,
                false => blamed.push((places, finding)),
            }
        }
        blamed.sort_by_key(|(places, _)| places.last().copied());
        for (places, finding) in blamed {
            let Some(last) = places.last().copied() else { continue };
            let rejected = &mut judgement.rejected;
            // With an earlier one withdrawn this may not be found any more.
            let is_open =
                places.iter().all(|place| *place == last || !rejected.contains_key(place));
            if is_open {
                add_finding(
                    rejected.entry(last).or_insert(Rejection::Uncovers(Vec::new())),
                    finding,
                );
            }
        }
        judgement
    }

    /// Notes the findings that are gone with each candidate.
    fn note_cured(&self, left: &mut [PlacedCandidate], (next, state): (&Pass, &WorkingState)) {
        let before = KnownFindings::of(&self.base, &self.state, &self.space);
        let now = KnownFindings::of(next, state, &self.space);
        let mut by_record: HashMap<(usize, u64), Vec<&Finding>> = HashMap::new();
        for finding in &self.base.report.findings {
            if now.contains(&before.key(finding)) {
                continue;
            }
            for record in finding.records.iter().filter_map(|record| before.first(record)) {
                by_record.entry(record).or_default().push(finding);
            }
        }
        for of in left {
            let own = by_record.get(&(of.change.file, of.change.first));
            let mut cured = own.map_or(&[][..], Vec::as_slice).to_vec();
            let reason = &self.base.report.findings[of.candidate.finding];
            let is_known = cured.iter().any(|of| of.fingerprint == reason.fingerprint);
            if !is_known && !now.contains(&before.key(reason)) {
                cured.insert(0, reason);
            }
            let cured = cured.into_iter().map(|finding| CuredFinding {
                rule: finding.rule.code,
                fingerprint: finding.fingerprint.to_string(),
            });
            of.cured = cured.collect();
        }
    }
}

/// Adds a finding to why a candidate is withdrawn.
fn add_finding(rejection: &mut Rejection, finding: &Finding) {
    match rejection {
        Rejection::Uncovers(overlaps) if finding.cross_day.is_some() => {
            overlaps.push(finding.clone());
        }
        Rejection::Uncovers(_) => *rejection = Rejection::Adds(Box::new(finding.clone())),
        _ => {}
    }
}
