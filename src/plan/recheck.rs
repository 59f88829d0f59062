//! A plan that was written is checked as it will be sent: one chunk after another.
//!
//! Records that the plan does not send are read as if they were not there; what is left is
//! checked like any batch. What a server has when the last chunk was sent is then known to be
//! sound. That no chunk before it meets what a later one moves away is known from the needs of
//! the records, which must be sent before them in the same lane.

use super::batch::Batch;
use super::obstacles::{Live, Need, Obstacles};
use super::previous::{PlaceInPlan, PushedPlan};
use super::recut::{ChunkRecords, refuse_other_chunks};
use super::shipping::{VersionedWrite, versioned_writes};
use super::{Keep, PushedPlace, each_place, look};
use crate::analyze::{self, Facts, Progress};
use crate::calendar::OffsetCache;
use crate::error::Error;
use crate::model::allowed::AllowedFacts;
use crate::model::fact::NoticeKind;
use crate::model::fate::Fate;
use crate::model::finding::Report;
use crate::model::keys::QuickSet;
use crate::model::settings::Settings;
use crate::model::source::Origin;
use crate::schedule::run::Again;
use crate::schedule::{Schedule, with_schedule};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Checks the chunks of a plan as consecutive writes. The settings are those of the plan, and list
/// the rows of the batch. What is allowed stays in the report.
///
/// # Errors
/// When the plan is not of these files, the settings make no sense, or the run was cancelled.
pub fn check_plan(
    settings: &Settings,
    (plan, allowed): (&PushedPlan, &AllowedFacts),
    progress: &Progress,
) -> Result<Report, Error> {
    let known = KnownRecords { places: plan.places(), live: plan.live() };
    if known.places.len() != plan.sent() {
        let message = "--plan: its chunks do not hold each of their records once";
        let help = "plan again: plan.json is not as it was written".to_owned();
        return Err(Error::usage(message, Some(help)));
    }
    with_schedule(settings, progress, |schedule| check(schedule, (plan, &known), allowed))?
}

/// The records that a manifest names.
struct KnownRecords {
    /// Where those are that it sends.
    places: HashMap<PushedPlace, PlaceInPlan>,
    /// Those that were live.
    live: HashSet<PushedPlace>,
}

/// Checks what a plan sends of a schedule.
///
/// # Errors
/// When the inputs have to be read again: the first time without the records that are not sent.
fn check(
    mut schedule: Schedule<'_>,
    (plan, known): (&PushedPlan, &KnownRecords),
    allowed: &AllowedFacts,
) -> Result<Result<Report, Error>, Again> {
    let (batch, mut facts, found) =
        look(&mut schedule, (plan.options.sends(), Keep::MostShifts), allowed)?;
    let times = match SendTimes::of(&schedule, &batch, (plan, known)) {
        Ok(times) => times,
        Err(error) => return Ok(Err(error)),
    };
    if schedule.run.unsent.is_empty() {
        let chunks = (plan, times.chunks());
        if let Err(error) = refuse_other_chunks(&schedule, &batch, chunks) {
            return Ok(Err(error));
        }
        let unsent = times.unsent(&batch, &found);
        if !unsent.is_empty() {
            return Err(Again::Unsent(unsent));
        }
    }
    let consecutive = ConsecutiveWrites { schedule: &schedule, batch: &batch, times: &times };
    let early = consecutive.early(&found);
    consecutive.correct(&mut facts, &early, plan);
    schedule.notes.extend(times.notes(&batch));
    schedule.notes.extend(notes_of_early(&early));
    analyze::tell(&schedule, facts).map(Ok)
}

/// When a record is sent.
#[derive(Debug, Clone, Copy)]
enum SendTime {
    /// Not by this plan, and not before.
    Not,
    /// It is live, by the plan before this one or as it was published.
    Before,
    /// In a chunk.
    At(PlaceInPlan),
}

/// When each record of a batch is sent.
struct SendTimes {
    /// By the number of the record.
    sent: Vec<SendTime>,
    /// Whether the records of a chunk are taken one after another.
    one_by_one: bool,
}

impl SendTimes {
    /// By the manifest of a plan.
    ///
    /// # Errors
    /// When it sends a record that the batch does not have.
    fn of(
        schedule: &Schedule<'_>,
        batch: &Batch,
        (plan, KnownRecords { places, live }): (&PushedPlan, &KnownRecords),
    ) -> Result<SendTimes, Error> {
        let mut sent = vec![SendTime::Not; batch.records().len()];
        let mut known = 0;
        each_place(schedule, batch, |record, place| {
            sent[record] = match places.get(place) {
                Some(at) => SendTime::At(*at),
                None if live.contains(place) && is_read(batch, record) => SendTime::Before,
                None => SendTime::Not,
            };
            known += usize::from(places.contains_key(place));
        });
        if known < places.len() {
            let message = format!(
                "--plan: {} of its records cannot be found in the batch",
                places.len() - known
            );
            let help = "it was made by another version of shiftlint; plan again".to_owned();
            return Err(Error::usage(message, Some(help)));
        }
        Ok(SendTimes { sent, one_by_one: plan.options.one_by_one })
    }

    /// The records that the plan does not send, and that no plan before has sent.
    fn unsent(&self, batch: &Batch, found: &Obstacles) -> QuickSet<Origin> {
        let published: QuickSet<Origin> =
            found.live.iter().map(|Live { entry, .. }| entry.origin).collect();
        let records = self.sent.iter().zip(0..);
        let unsent = records.filter(|(sent, record)| match sent {
            SendTime::At(_) => false,
            // What is published so is in the files of what is published.
            SendTime::Before => {
                batch.rows(*record).iter().all(|row| published.contains(&row.origin))
            }
            SendTime::Not => true,
        });
        unsent.map(|(_, record)| batch.records()[record].origin).collect()
    }

    /// The records of each chunk.
    fn chunks(&self) -> ChunkRecords {
        let mut chunks = ChunkRecords::new();
        for (sent, record) in self.sent.iter().zip(0..) {
            if let SendTime::At(PlaceInPlan { lane, chunk, position }) = sent {
                chunks.entry((*lane, *chunk)).or_default().push((*position, record));
            }
        }
        chunks
    }

    fn of_row(&self, batch: &Batch, origin: Origin) -> SendTime {
        batch.find(origin).map_or(SendTime::Not, |record| self.sent[record])
    }

    /// Whether what the second record needs is done when it is sent.
    fn is_before(&self, first: SendTime, second: SendTime) -> bool {
        match (first, second) {
            (_, SendTime::Not | SendTime::Before) | (SendTime::Before, _) => true,
            (SendTime::Not, SendTime::At(_)) => false,
            (SendTime::At(first), SendTime::At(second)) if first.lane != second.lane => false,
            (SendTime::At(first), SendTime::At(second)) if first.chunk == second.chunk => {
                !self.one_by_one || first.position < second.position
            }
            (SendTime::At(first), SendTime::At(second)) => first.chunk < second.chunk,
        }
    }

    /// What is said of each input of the batch.
    fn notes(&self, batch: &Batch) -> Vec<(u16, String)> {
        let mut notes = Vec::new();
        for (rank, records) in batch.by_source() {
            let of_source = &self.sent[records.start as usize..records.end as usize];
            let places = of_source.iter().filter_map(|sent| match sent {
                SendTime::At(place) => Some((place.lane, place.chunk)),
                _ => None,
            });
            let (sent, chunks) = (places.clone().count(), places.collect::<HashSet<_>>().len());
            let chunk = if chunks == 1 { "chunk" } else { "chunks" };
            notes.push((
                rank,
                format!(
                    "checked as the plan sends it: {sent} of {} records, in {chunks} {chunk}",
                    of_source.len()
                ),
            ));
        }
        notes
    }
}

/// What is said of the inputs of records that are sent too early.
fn notes_of_early(early: &[Need]) -> Vec<(u16, String)> {
    let records: BTreeSet<Origin> = early.iter().map(|need| need.entry.origin).collect();
    let mut of_inputs: BTreeMap<u16, u64> = BTreeMap::new();
    records.into_iter().for_each(|record| *of_inputs.entry(record.source()).or_default() += 1);
    let told = |(rank, count)| {
        let which = if count == 1 { "record is" } else { "records are" };
        let told = format!(
            "{count} {which} sent before the chunk that takes away what is in the way; send the \
             chunks of a lane in the order of the plan, or plan again"
        );
        (rank, told)
    };
    of_inputs.into_iter().map(told).collect()
}

/// Whether a record is read, and not left out as one that is not sent.
fn is_read(batch: &Batch, record: usize) -> bool {
    batch.records()[record].fate != Fate::Unsent
}

/// What is sent, chunk by chunk.
struct ConsecutiveWrites<'a> {
    schedule: &'a Schedule<'a>,
    batch: &'a Batch,
    times: &'a SendTimes,
}

impl ConsecutiveWrites<'_> {
    /// What is sent while something is in its way that is moved or cancelled only later.
    fn early(&self, found: &Obstacles) -> Vec<Need> {
        let sent = |origin: Origin| self.times.of_row(self.batch, origin);
        let is_early = |need: &&Need| !self.times.is_before(sent(need.by), sent(need.entry.origin));
        found.needs.iter().filter(is_early).copied().collect()
    }

    /// Facts of one batch become those of consecutive writes.
    fn correct(&self, facts: &mut Facts, early: &[Need], plan: &PushedPlan) {
        let settings = self.schedule.run.settings;
        let is_live =
            |origin: Origin| matches!(self.times.of_row(self.batch, origin), SendTime::Before);
        facts.remove_overlaps(settings, |overlap| {
            is_live(overlap.earlier.origin) && is_live(overlap.later.origin)
        });
        let offset_cache = &mut OffsetCache::default();
        for Need { entry, published, .. } in early {
            let overlap = self.schedule.overlap_of([entry, published], offset_cache);
            overlap.into_iter().for_each(|overlap| facts.add_overlap(settings, overlap));
        }
        if self.are_versions_fetched(plan) {
            facts.remove_notices(NoticeKind::VersionReused);
        }
    }

    /// Whether each chunk that writes a schedule again is marked, so that its version is fetched
    /// before it is sent.
    fn are_versions_fetched(&self, plan: &PushedPlan) -> bool {
        let mut of_chunks: BTreeMap<(usize, usize), Vec<u32>> = BTreeMap::new();
        let mut before: Vec<u32> = Vec::new();
        for (sent, record) in self.times.sent.iter().zip(0..) {
            match sent {
                SendTime::At(place) => {
                    of_chunks.entry((place.lane, place.chunk)).or_default().push(record);
                }
                SendTime::Before => before.push(record),
                SendTime::Not => {}
            }
        }
        let before = versioned_writes(self.schedule.run, self.batch, &before);
        let mut written: HashSet<VersionedWrite> = before.into_iter().collect();
        of_chunks.into_iter().all(|((lane, chunk), records)| {
            let writes = versioned_writes(self.schedule.run, self.batch, &records);
            let is_again = writes.iter().any(|write| written.contains(write));
            written.extend(writes);
            !is_again || plan.refetches_before(lane, chunk)
        })
    }
}
