//! Keeps the names beside the ids of agents, and finds agents that share one.

use crate::model::keys::{AgentKey, Keys, NameKey, QuickMap, QuickSet};
use crate::model::shift::Entry;
use crate::model::source::Origin;
use crate::model::spelling::canonical;

/// How many agents are remembered whose name was noted, to the power of two: those
/// of a large site.
const REMEMBERED: usize = 1 << 12;

/// The names that stand beside the ids of agents.
#[derive(Default)]
pub(super) struct Beside {
    /// By the key of the agent: its first record with a name, and the key of that.
    by_agent: QuickMap<AgentKey, (Origin, NameKey)>,
    /// The canonical spellings of these names.
    spelled: QuickSet<NameKey>,
    /// Agents of the source at hand whose name was noted, each in the place of its key:
    /// whatever else they are called further down does not matter.
    latest: Vec<AgentKey>,
}

impl Beside {
    /// Goes on to another source, or to another part of it.
    pub(super) fn turn_to(&mut self) {
        self.latest.fill(AgentKey::NONE);
    }

    #[inline(never)]
    pub(super) fn note(&mut self, keys: &Keys, name: &[u8], entry: &Entry) {
        self.latest.resize(REMEMBERED, AgentKey::NONE);
        let place = entry.agent.bits() as usize % REMEMBERED;
        let Some(latest) = self.latest.get_mut(place) else { return };
        if *latest == entry.agent {
            return;
        }
        *latest = entry.agent;
        if !self.by_agent.contains_key(&entry.agent) {
            self.spelled.insert(keys.of(canonical(name).as_deref().unwrap_or(name)));
        }
        self.add(entry.agent, (entry.origin, keys.of(name)));
    }

    fn add(&mut self, agent: AgentKey, named: (Origin, NameKey)) {
        let known = self.by_agent.entry(agent).or_insert(named);
        *known = named.min(*known);
    }

    pub(super) fn join(&mut self, other: Beside) {
        self.spelled.extend(other.spelled);
        other.by_agent.into_iter().for_each(|(agent, named)| self.add(agent, named));
    }

    /// The canonical spellings of the names.
    pub(super) const fn spelled(&self) -> &QuickSet<NameKey> {
        &self.spelled
    }

    /// The agents that share a name, each with the first record that has it, those
    /// whose record stands first first.
    pub(super) fn sharing(&self) -> Vec<Vec<(Origin, AgentKey)>> {
        let named = self.by_agent.iter().filter(|(_, (_, name))| name.is_some());
        let mut all: Vec<(NameKey, Origin, AgentKey)> =
            named.map(|(agent, (origin, name))| (*name, *origin, *agent)).collect();
        all.sort_unstable();
        let shared = all.chunk_by(|one, other| one.0 == other.0).filter(|chunk| chunk.len() > 1);
        shared
            .map(|chunk| chunk.iter().map(|(_, origin, agent)| (*origin, *agent)).collect())
            .collect()
    }
}
