//! Sums what the partitions of a schedule hold.

use super::cancellations::CancelledHolder;
use super::coverage::{BatchTally, CoverageTally};
use crate::model::keys::{AgentKey, QuickSet};
use crate::model::occurrences::{AddOccurrences, Occurrences};
use crate::model::shift::Entry;
use crate::model::source::Origin;
use crate::reconcile::{DeletedRecords, Holdings};
use crate::schedule::oddities::ends::EndInDoubt;
use crate::schedule::replacements::Replacements;
use crate::schedule::several::RecordsByAgent;
use crate::schedule::spellings::Plain;
use std::collections::BTreeMap;

/// What partitions hold.
#[derive(Default)]
pub(super) struct PartitionFacts {
    pub(super) agents: u64,
    /// How many entries are swept, once those are left out that are replaced.
    pub(super) swept: u64,
    /// Every agent, if somebody asks for them.
    pub(super) every_agent: QuickSet<AgentKey>,
    /// What was replaced of each source.
    pub(super) replaced: Replacements,
    /// What is another record of its source, or of another one, again.
    pub(super) merged: Replacements,
    /// Records with a name that two agents share, by source and agent: how many, and
    /// the first.
    pub(super) shared: RecordsByAgent,
    /// Time off that may end later and then take a shift, by source and reason: how many, and the
    /// first.
    pub(super) ends_in_doubt: BTreeMap<(u16, EndInDoubt), Occurrences<Origin>>,
    /// Records of agents whose names are in question.
    pub(super) several: RecordsByAgent,
    /// Names to which others fold.
    pub(super) plain: Plain,
    /// Who has ids that may be on several records.
    pub(super) holdings: Holdings,
    /// Published records with names that the batch cancels.
    pub(super) cancelled: Vec<CancelledHolder>,
    /// What is deleted of what is published.
    pub(super) deleted: DeletedRecords,
}

impl PartitionFacts {
    pub(super) fn join(&mut self, other: PartitionFacts) {
        self.agents += other.agents;
        self.swept += other.swept;
        self.every_agent.extend(other.every_agent);
        self.replaced.join(other.replaced);
        self.merged.join(other.merged);
        // An agent is in one part only.
        self.shared.extend(other.shared);
        for (place, more) in other.ends_in_doubt {
            self.ends_in_doubt.add(place, more);
        }
        self.several.extend(other.several);
        self.plain.join(other.plain);
        self.holdings.join(other.holdings);
        self.cancelled.extend(other.cancelled);
        self.deleted.join(other.deleted);
    }

    /// Notes records of an agent with a name that two agents of the lists share.
    #[cold]
    pub(super) fn note_shared(&mut self, timeline: &[Entry]) {
        for entry in timeline {
            let name = (entry.origin.source(), entry.agent);
            self.shared.add(name, Occurrences::one(entry.origin));
        }
    }
}

/// What timelines show of the inputs' agents and times.
#[derive(Default)]
pub(super) struct Tallies {
    /// Of the side files, beside the batch.
    pub(super) coverage: CoverageTally,
    /// Of the inputs of the batch, beside each other.
    pub(super) batches: BatchTally,
}

impl Tallies {
    /// Adds what another thread noted.
    pub(super) fn join(&mut self, other: Tallies) {
        self.coverage.join(other.coverage);
        self.batches.join(other.batches);
    }
}
