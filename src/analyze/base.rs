//! Looks at the base for what is wrong with the file as such: its times, its agents, its days.

use super::coverage::CoverageTally;
use super::partition_facts::PartitionFacts;
use crate::calendar::OffsetCache;
use crate::ledger::FactLedger;
use crate::model::fact::{Defect, Flaw};
use crate::model::shift::Traits;
use crate::schedule::Schedule;
use crate::schedule::spellings::Folded;

/// Flaws of times: read in another way, what is published would not differ from them.
const OF_TIMES: [(Traits, Flaw); 4] = [
    (Traits::MISSING_OFFSET, Flaw::MissingOffset),
    (Traits::GAP, Flaw::GapTime),
    (Traits::FOLD, Flaw::FoldTime),
    (Traits::MISMATCH, Flaw::OffsetMismatch),
];

/// Notes what the base covers and the flaws of its times, and returns how many entries it has.
pub(super) fn look(
    schedule: &Schedule<'_>,
    folded: &Folded,
    (coverage, found): (&mut CoverageTally, &mut PartitionFacts),
    ledger: &mut FactLedger<'_>,
) -> u64 {
    let Some(base) = &schedule.base else { return 0 };
    let cache = &mut OffsetCache::default();
    for entries in base.entries.chunk_by(|one, other| one.agent == other.agent) {
        let agent = entries[0].agent;
        let is_sent = base.sent.contains(&agent);
        coverage.note_side_files(schedule.run, &schedule.agents, (entries, is_sent), cache);
        if !base.known.contains(&agent) {
            folded.look(entries, |_| false, &mut found.plain);
        }
        for entry in entries.iter().filter(|entry| entry.traits() != Traits::default()) {
            for (_, flaw) in OF_TIMES.into_iter().filter(|(bit, _)| entry.traits().any(*bit)) {
                let (origin, agent, start) = (entry.origin, entry.agent, Some(entry.start()));
                ledger.add_defect(Defect { flaw, origin, agent, start, count: 1 });
            }
        }
    }
    base.entries.len() as u64
}
