//! Chunks of a plan are cut again, which shows whether they hold what the manifest says.

use super::batch::Batch;
use super::checksum::Checksum;
use super::cutting::CutInput;
use super::folder::pool_for;
use super::previous::PushedPlan;
use crate::error::Error;
use crate::schedule::Schedule;
use std::collections::BTreeMap;

/// The records of each chunk by its lane and its number there, each with its place in the chunk.
pub(super) type ChunkRecords = BTreeMap<(usize, usize), Vec<(usize, u32)>>;

/// Refuses a plan with a chunk that holds something else than the records which the manifest
/// names. That its files have the checksums of the manifest is known.
///
/// # Errors
/// When there is such a chunk.
pub(super) fn refuse_other_chunks(
    schedule: &Schedule<'_>,
    batch: &Batch,
    (plan, mut records): (&PushedPlan, ChunkRecords),
) -> Result<(), Error> {
    let inputs = CutInput::all(schedule, batch);
    let chunks = plan.files().map(|(place, file, sha256)| {
        let mut of_chunk = records.remove(&place).unwrap_or_default();
        of_chunk.sort_unstable();
        let of_chunk: Vec<u32> = of_chunk.into_iter().map(|(_, record)| record).collect();
        (of_chunk, file, sha256)
    });
    let found = pool_for(schedule, batch).map(chunks.collect(), |(records, file, sha256)| {
        let is_same = checksum(schedule, batch, (&inputs, &records)).as_deref() == Some(sha256);
        (!is_same).then_some(file)
    });
    let Some(file) = found.into_iter().flatten().next() else { return Ok(()) };
    let message = format!("--plan: `{file}` does not hold the records that plan.json names for it");
    let help = "plan again: what is sent would not be what is checked".to_owned();
    Err(Error::usage(message, Some(help)))
}

/// The checksum of a chunk with these records; `None` if no chunk can have them.
fn checksum(
    schedule: &Schedule<'_>,
    batch: &Batch,
    (inputs, records): (&BTreeMap<u16, CutInput<'_>>, &[u32]),
) -> Option<String> {
    let rank = batch.records()[*records.first()? as usize].origin.source();
    let input = inputs.get(&rank)?;
    let is_whole = records.iter().all(|record| input.records.contains(record));
    let (bytes, _) = is_whole.then(|| input.file((schedule, batch), records))?.ok()?;
    Some(Checksum::of(&bytes).digits())
}
