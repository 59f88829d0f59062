//! Finds inputs of a batch that name their agents in another way than its other inputs.
//!
//! No record of such an input is compared with a record of the others.

use super::names::{self, NameShapes, Stranger};
use super::sample::AgentSample;
use crate::model::agents::Agents;
use crate::model::keys::AgentKey;
use crate::model::shift::Entry;
use crate::model::source::Role;
use crate::schedule::run::Run;

/// What timelines show of the agents of each input of the batch.
#[derive(Debug, Default)]
pub(in crate::analyze) struct BatchTally {
    timelines: u64,
    sources: Vec<BatchAgents>,
}

#[derive(Debug, Default, Clone)]
struct BatchAgents {
    /// Whether another input of the batch has one of its agents.
    shares: bool,
    /// Whether one of its agents is in no list of agents.
    unlisted: bool,
    sample: AgentSample,
}

impl BatchAgents {
    /// Whether who is in it is known, whatever they are called.
    fn is_known(&self) -> bool {
        self.shares || !self.unlisted
    }
}

/// How many agents of an input are looked at by name.
const FEW: usize = 64;

/// Whether the batch has several inputs.
pub(in crate::analyze) fn are_several(run: &Run<'_>) -> bool {
    let batches = run.sources.iter().filter(|source| source.file.role == Role::Batch);
    batches.count() > 1
}

impl BatchTally {
    /// Notes a timeline, before anything on it is replaced.
    pub(in crate::analyze) fn note(&mut self, agents: &Agents, timeline: &[Entry]) {
        self.timelines += 1;
        let agent = timeline.first().map_or(AgentKey::NONE, |entry| entry.agent);
        let unlisted = !agents.lists(agent);
        let sent = || timeline.iter().filter(|entry| entry.side().batch);
        let first = sent().next().map(|entry| entry.origin.source());
        let shares = sent().any(|entry| Some(entry.origin.source()) != first);
        for entry in sent() {
            let place = usize::from(entry.origin.source());
            if place >= self.sources.len() {
                self.sources.resize(place + 1, BatchAgents::default());
            }
            let source = &mut self.sources[place];
            if source.sample.note(entry.origin, self.timelines) {
                source.shares |= shares;
                source.unlisted |= unlisted;
            }
        }
    }

    /// Adds what another thread noted.
    pub(in crate::analyze) fn join(&mut self, other: BatchTally) {
        let most = self.sources.len().max(other.sources.len());
        self.sources.resize(most, BatchAgents::default());
        for (own, more) in self.sources.iter_mut().zip(other.sources) {
            own.shares |= more.shares;
            own.unlisted |= more.unlisted;
            own.sample.join(more.sample);
        }
    }

    /// The inputs that have no agent in common with the others, and name theirs in another way.
    /// If that is so of all, the first is what the others are compared with.
    pub(in crate::analyze) fn strangers(&self, run: &Run<'_>) -> Vec<Stranger> {
        if self.sources.iter().all(BatchAgents::is_known) {
            return Vec::new();
        }
        let first = |source: &BatchAgents| {
            let mut records = source.sample.records();
            records.truncate(FEW);
            run.names_of(&records)
        };
        let names: Vec<Vec<String>> = self.sources.iter().map(first).collect();
        let shapes: Vec<NameShapes> = names.iter().map(|names| names::shapes(names)).collect();
        let with_agents = || (0..names.len()).filter(|place| !names[*place].is_empty());
        let others = |place: usize| with_agents().filter(move |other| *other != place);
        let is_strange = |place: &usize| {
            let differs = |other: usize| !names::may_share(&shapes[*place], &shapes[other]);
            !self.sources[*place].is_known() && others(*place).all(differs)
        };
        let mut strange: Vec<usize> = with_agents().filter(is_strange).collect();
        if strange.len() == with_agents().count() {
            strange.drain(..1.min(strange.len()));
        }
        let told = |place: usize| {
            let other = others(place).find(|other| !strange.contains(other));
            let other = other.or_else(|| others(place).next())?;
            Some(names::stranger(run, (place, &names[place]), (other, &names[other])))
        };
        strange.iter().filter_map(|place| told(*place)).collect()
    }
}
