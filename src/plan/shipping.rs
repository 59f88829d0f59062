//! What goes becomes chunks in lanes, in the order in which they are safe to send.

use super::batch::Batch;
use super::decide::PlanChoice;
use super::units::UnitsOfBatch;
use super::{PlanSettings, Ruling};
use crate::model::fate::Fate;
use crate::model::keys::NameKey;
use crate::schedule::Schedule;
use crate::schedule::run::Run;
use crate::schedule::settle::HandedOver;
use crate::sequence::rate::{AboveRate, send_times};
use crate::sequence::{Chunk, Sendable, SendingRank, Shipment, sequence};
use std::collections::HashSet;

/// The chunks of each lane.
#[derive(Debug)]
pub(super) struct Shipping {
    pub(super) lanes: Vec<Vec<PlannedChunk>>,
    /// The records of a chunk that is larger than what may be sent in a minute.
    pub(super) above_rate: Option<u64>,
}

/// Records that are sent in one request.
#[derive(Debug)]
pub(super) struct PlannedChunk {
    /// The rank of their input.
    pub(super) input: u16,
    /// The records, in the order of the file.
    pub(super) records: Vec<u32>,
    /// Whether some of them need each other, so that they have to be sent at once.
    pub(super) together: bool,
    /// Whether an earlier chunk of its lane, or the push before, has changed a schedule that this
    /// one writes by its version.
    pub(super) refetch_before: bool,
    /// How many seconds after the first it is sent.
    pub(super) at_second: Option<u64>,
}

/// Keeps keys of agents, schedules and ids apart: one word can be all three.
#[derive(Clone, Copy)]
enum TieKind {
    Agent = 1,
    Schedule = 2,
    Id = 3,
    Upload = 4,
}

/// What a record writes that has one version: the schedule that it names, or that of its upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum VersionedWrite {
    Named(NameKey),
    OfUpload(u16),
}

impl VersionedWrite {
    fn of(run: &Run<'_>, batch: &Batch, record: usize) -> Option<VersionedWrite> {
        let (name, rank) = (batch.schedule(record), batch.records()[record].origin.source());
        match run.sources[usize::from(rank)].is_upload() {
            true => Some(VersionedWrite::OfUpload(rank)),
            false => name.is_some().then_some(VersionedWrite::Named(name)),
        }
    }

    const fn tie(self) -> u64 {
        match self {
            VersionedWrite::Named(name) => tie(TieKind::Schedule, name.bits()),
            VersionedWrite::OfUpload(rank) => tie(TieKind::Upload, rank as u64),
        }
    }
}

const fn tie(kind: TieKind, bits: u64) -> u64 {
    bits.rotate_left(8).wrapping_add(kind as u64)
}

impl Shipping {
    /// Divides what goes into chunks. `written` are records of a push before.
    ///
    /// # Errors
    /// The units that cannot be sent: those that have to be in one chunk, and are in several
    /// inputs; or with `--one-by-one` those that need each other.
    pub(super) fn of(
        schedule: &Schedule<'_>,
        (batch, units): (&Batch, &UnitsOfBatch),
        (decision, written): (&PlanChoice, &[u32]),
        wishes: &PlanSettings,
    ) -> Result<Shipping, Vec<u32>> {
        let goes = |unit: &u32| {
            let first = units.records_of(*unit)[0];
            decision.rulings.of_records[first as usize] == Ruling::Goes
        };
        let chosen: Vec<u32> = (0..units.count() as u32).filter(goes).collect();
        let scattered: Vec<u32> =
            chosen.iter().copied().filter(|unit| is_scattered(batch, units, *unit)).collect();
        if !scattered.is_empty() {
            return Err(scattered);
        }
        let shipment = Shipment {
            items: (0..units.count()).map(|unit| sendable(batch, units, unit)).collect(),
            // A single lane needs nothing that keeps units in one.
            ties: match wishes.lanes.get() {
                1 => Vec::new(),
                _ => ties(schedule, (batch, units), &chosen),
            },
            before: decision
                .before
                .iter()
                .filter(|(one, other)| goes(one) && goes(other))
                .copied()
                .collect(),
            chosen,
        };
        let lanes = sequence(&shipment, wishes.lanes, wishes.chunk)
            .map_err(|several| several.groups.concat())?;
        if wishes.one_by_one {
            let circles = lanes.iter().flatten().flat_map(|chunk| &chunk.circles);
            let mut circles: Vec<u32> = circles.flatten().copied().collect();
            circles.extend(decision.backward.iter().filter(|unit| goes(unit)));
            if !circles.is_empty() {
                return Err(circles);
            }
        }
        let (times, above_rate) = match wishes.per_minute.map(|most| send_times(&lanes, most)) {
            None => (None, None),
            Some(Ok(times)) => (Some(times), None),
            Some(Err(AboveRate { records, .. })) => (None, Some(records)),
        };
        let written = versioned_writes(schedule.run, batch, written);
        let planned = lanes.iter().enumerate().map(|(lane, chunks)| {
            let at = |chunk: usize| times.as_ref().map(|times| times[lane][chunk]);
            let written = written.iter().copied().collect();
            of_lane(schedule.run, (batch, units), (chunks, written), (wishes.one_by_one, &at))
        });
        Ok(Shipping { lanes: planned.collect(), above_rate })
    }

    pub(super) fn chunks(&self) -> impl Iterator<Item = &PlannedChunk> {
        self.lanes.iter().flatten()
    }
}

/// Whether the records of a unit are in several inputs.
fn is_scattered(batch: &Batch, units: &UnitsOfBatch, unit: u32) -> bool {
    let records = units.records_of(unit);
    let source = |record: &u32| batch.records()[*record as usize].origin.source();
    records.iter().any(|record| source(record) != source(&records[0]))
}

fn sendable(batch: &Batch, units: &UnitsOfBatch, unit: usize) -> Sendable {
    let records = units.records_of(unit as u32);
    let rank = |record: &u32| match batch.records()[*record as usize].fate {
        Fate::Cancelled | Fate::Deleted => SendingRank::Cancellation,
        Fate::Unassigned => SendingRank::Unassigned,
        _ => SendingRank::Ordinary,
    };
    // What is sent with other records has the rank of those, if they are ordinary.
    let first = rank(&records[0]);
    let alike = records[1..].iter().all(|record| rank(record) == first);
    Sendable {
        records: records.len() as u64,
        rank: if alike { first } else { SendingRank::Ordinary },
        input: u32::from(batch.records()[records[0] as usize].origin.source()),
    }
}

/// What lets units share a lane: an agent, a schedule, an id, or a shift that is handed over.
fn ties(
    schedule: &Schedule<'_>,
    (batch, units): (&Batch, &UnitsOfBatch),
    chosen: &[u32],
) -> Vec<(u32, u64)> {
    let mut ties = Vec::new();
    for unit in chosen {
        for record in units.records_of(*unit) {
            let record = *record as usize;
            let agents = batch.agents(record);
            ties.extend(agents.iter().map(|agent| (*unit, tie(TieKind::Agent, agent.bits()))));
            let written = VersionedWrite::of(schedule.run, batch, record);
            ties.extend(written.map(|written| (*unit, written.tie())));
            let id = batch.id(record);
            ties.extend(id.is_some().then(|| (*unit, tie(TieKind::Id, id.bits()))));
        }
    }
    for HandedOver { published, by, .. } in &schedule.settled.handed_over {
        if let Some(record) = batch.find(*by) {
            ties.push((units.of_record[record], tie(TieKind::Agent, published.agent.bits())));
        }
    }
    ties
}

fn of_lane(
    run: &Run<'_>,
    (batch, units): (&Batch, &UnitsOfBatch),
    (chunks, mut written): (&[Chunk], HashSet<VersionedWrite>),
    (one_by_one, at_second): (bool, &dyn Fn(usize) -> Option<u64>),
) -> Vec<PlannedChunk> {
    let mut planned = Vec::new();
    for (place, chunk) in chunks.iter().enumerate() {
        let records = |unit: &u32| units.records_of(*unit);
        let mut sent: Vec<u32> = Vec::with_capacity(chunk.records as usize);
        sent.extend(chunk.units.iter().flat_map(records));
        let runs: Vec<Vec<u32>> = match one_by_one {
            // A file holds its records in their order, and the server takes them in that.
            true => sent.chunk_by(|one, other| one < other).map(<[u32]>::to_vec).collect(),
            false => vec![sorted(sent)],
        };
        for records in runs {
            let schedules = versioned_writes(run, batch, &records);
            planned.push(PlannedChunk {
                input: chunk.input as u16,
                refetch_before: schedules.iter().any(|schedule| written.contains(schedule)),
                together: !chunk.circles.is_empty(),
                at_second: at_second(place),
                records,
            });
            written.extend(schedules);
        }
    }
    planned
}

/// What records write by the version that they name.
pub(super) fn versioned_writes(
    run: &Run<'_>,
    batch: &Batch,
    records: &[u32],
) -> Vec<VersionedWrite> {
    let records = records.iter().map(|record| *record as usize);
    let versioned = records.filter(|record| batch.is_versioned(*record));
    versioned.filter_map(|record| VersionedWrite::of(run, batch, record)).collect()
}

fn sorted(mut records: Vec<u32>) -> Vec<u32> {
    records.sort_unstable();
    records
}
