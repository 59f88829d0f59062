//! Compares answers with the plan that was sent, and writes what can be sent again.

use crate::analyze::Progress;
use crate::cli::args::{TriageArgs, UnmentionedArg};
use crate::cli::new_folder::{NewFolder, path_within};
use crate::cli::plan::check_folder;
use crate::cli::{gate, sent_plan};
use crate::error::Error;
use crate::model::settings::Settings;
use crate::model::source::Role;
use crate::plan::{
    self, Keep, Plan, PlanOutcome, PlanSettings, PreviousPush, PushedPlan, PushedRecord,
    checksum_of,
};
use crate::triage::{PushFate, SentChunk, SentFate, Triage, TriageClass, TriagedItem};
use std::collections::HashSet;
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Reads the plan that was sent, if one is named.
///
/// # Errors
/// When it cannot be read, or is not of this batch as it is now.
pub(crate) fn of_batch(
    args: &TriageArgs,
    settings: &Settings,
) -> Result<Option<PushedPlan>, Error> {
    let Some(folder) = &args.plan else { return Ok(None) };
    let plan = sent_plan::read(folder)?;
    sent_plan::refuse_other_batch(&plan, settings)?;
    Ok(Some(plan))
}

/// The chunks of a plan as they were sent.
pub(crate) fn chunks(folder: &str, plan: &PushedPlan) -> Arc<[SentChunk]> {
    let chunk = |(file, records): (&str, Vec<plan::PushedPlace>)| SentChunk {
        file: file.to_owned(),
        on_disk: path_within(Path::new(folder), file),
        records,
    };
    plan.chunks().map(chunk).collect()
}

/// Writes what can be sent again into a folder.
///
/// # Errors
/// When the command line makes no sense or the folder cannot be written.
pub(crate) fn write(
    args: &TriageArgs,
    settings: &Settings,
    (plan, triage): (&PushedPlan, &Triage),
    progress: &Progress,
) -> Result<Option<Plan>, Error> {
    let Some(folder) = &args.write_retry else { return Ok(None) };
    let options = &plan.options;
    let (previous, chunk) = pushed(args, (plan, triage), has_fresh_published(settings, plan));
    let settings =
        Settings { observes_timelines: true, max_per_agent: u64::MAX, ..settings.clone() };
    let wishes = PlanSettings {
        folder: PathBuf::from(folder),
        chunk: chunk.map_or(options.chunk, |chunk| chunk.min(options.chunk)),
        lanes: options.lanes,
        per_minute: options.per_minute,
        keep: if options.keep == Keep::MostHours.name() {
            Keep::MostHours
        } else {
            Keep::MostShifts
        },
        sends: options.sends(),
        one_by_one: options.one_by_one,
        // What cannot be read now could not be read when it was planned.
        partial: true,
        allowed: gate::allowed(&args.reading, &args.date, &settings, progress)?,
        previous: Some(previous),
    };
    let folder = NewFolder::begin(&wishes.folder)?;
    match plan::plan(&settings, &wishes, &folder, progress)? {
        PlanOutcome::Planned(plan) => {
            folder.finish()?;
            Ok(Some(*plan))
        }
        PlanOutcome::Refused(_) => Ok(None),
    }
}

/// Refuses a folder for what can be sent again that holds something else.
///
/// # Errors
/// When it exists, or lies in an input or in the plan.
pub(crate) fn check(args: &TriageArgs) -> Result<(), Error> {
    let Some(folder) = &args.write_retry else { return Ok(()) };
    let inputs: Vec<&String> =
        args.batch.iter().chain(args.reading.side_files()).chain(&args.plan).collect();
    check_folder(("--write-retry", folder, false), &inputs)
}

/// What became of each record that was sent, and the most records of a chunk if some have to be
/// halved.
fn pushed(
    args: &TriageArgs,
    (plan, triage): (&PushedPlan, &Triage),
    is_fresh: bool,
) -> (PreviousPush, Option<NonZeroU64>) {
    let mut previous = PreviousPush { records: plan.unsent().collect() };
    let is_told =
        |of: &&SentFate| of.item.is_none_or(|item| triage.items[item].candidate_count < 2);
    let mut chunk: Option<NonZeroU64> = None;
    let chunks = triage.chunks.as_deref().unwrap_or_default();
    let rejected = triage.fates.iter().filter(|of| of.fate == PushFate::Rejected);
    let has_rejected: HashSet<usize> = rejected.filter(is_told).map(|of| of.chunk).collect();
    for fate in &triage.fates {
        let records = &chunks[fate.chunk].records;
        let item = fate.item.map(|item| &triage.items[item]);
        let waits = |reason: &str, message: &str| PushedRecord::Waits {
            reason: reason.to_owned(),
            message: message.to_owned(),
        };
        let pushed = match (fate.fate, item) {
            (PushFate::Accepted, _) => PushedRecord::Accepted,
            (_, Some(item)) => match item.class {
                TriageClass::AlreadyLive => PushedRecord::Accepted,
                TriageClass::RateLimit | TriageClass::RejectedWithChunk => PushedRecord::Again,
                TriageClass::ServerError => unmentioned(args),
                TriageClass::StaleVersion if is_fresh => PushedRecord::Again,
                _ if is_of_some_record(args, fate, item) => {
                    if has_rejected.contains(&fate.chunk) {
                        // It goes again without what is wrong with others.
                        PushedRecord::Again
                    } else if records.len() > 1 {
                        let half = NonZeroU64::new(records.len().div_ceil(2) as u64);
                        chunk = [chunk, half].into_iter().flatten().min();
                        PushedRecord::Again
                    } else {
                        waits(item.class.name(), &said_of_one(item))
                    }
                }
                class => waits(class.name(), &item.message),
            },
            (_, None) => unmentioned(args),
        };
        let name = records[fate.position].clone();
        previous.records.insert(name, pushed);
    }
    reconsider(&mut previous);
    (previous, chunk)
}

/// Whether a complaint is about one record of several, and does not say which.
fn is_of_some_record(args: &TriageArgs, fate: &SentFate, item: &TriagedItem) -> bool {
    let is_of_request = matches!(item.class, TriageClass::StaleVersion | TriageClass::Permission);
    let is_refused = matches!(args.unmentioned, Some(UnmentionedArg::Rejected));
    let is_candidate = item.candidate_count > 1 && is_refused;
    !is_of_request && (fate.fate == PushFate::RejectedWithChunk || is_candidate)
}

/// What is said of a record that was refused alone.
fn said_of_one(item: &TriagedItem) -> String {
    match item.class {
        TriageClass::Unknown => "the server refuses it alone, and says no reason".to_owned(),
        _ => item.message.clone(),
    }
}

/// Lets records that waited for others be planned again: the others may wait by now. What no
/// answer mentions may be live, and a plan does not see it.
fn reconsider(previous: &mut PreviousPush) {
    if previous.records.values().any(PushedRecord::is_unmentioned) {
        return;
    }
    for of in previous.records.values_mut().filter(|of| of.waits_for_others()) {
        *of = PushedRecord::Again;
    }
}

/// What becomes of a record of which no answer says what the server did.
fn unmentioned(args: &TriageArgs) -> PushedRecord {
    match args.unmentioned {
        Some(UnmentionedArg::Accepted) => PushedRecord::Accepted,
        Some(UnmentionedArg::Rejected) => PushedRecord::Again,
        None => PushedRecord::Waits {
            reason: plan::UNMENTIONED.to_owned(),
            message: "no answer says whether the server took it; export what is live again, or \
                      say by --unmentioned what silence means"
                .to_owned(),
        },
    }
}

/// Whether what is published was exported again since the plan was made.
fn has_fresh_published(settings: &Settings, plan: &PushedPlan) -> bool {
    let published = settings.files.iter().filter(|file| file.role == Role::Published);
    let planned: Vec<Option<&str>> =
        plan.files_of("published").map(|file| file.sha256.as_deref()).collect();
    let mut sums = published.map(|file| checksum_of(file).0);
    sums.any(|sum| sum.is_some() && !planned.contains(&sum.as_deref()))
}
