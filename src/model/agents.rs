//! Agents: the keys of their names, and what `--agents` says about them.

use crate::model::time::Clock;
use foldhash::quality::SeedableRandomState;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher};

/// Makes keys of names and ids.
///
/// Keys stand for names in the hot pass. They depend on a seed that differs
/// from run to run, so that nobody can prepare names whose keys are equal; no
/// output depends on them. Should two names share a key all the same, the
/// records of a finding show it, and the work is done again with other seeds.
#[derive(Debug, Clone)]
pub struct Keys(SeedableRandomState);

impl Default for Keys {
    fn default() -> Keys {
        Keys::new()
    }
}

impl Keys {
    /// Keys by a fresh seed.
    #[must_use]
    pub fn new() -> Keys {
        Keys(SeedableRandomState::random())
    }

    /// The key of a word; 0 only for the empty one.
    #[must_use]
    pub fn of(&self, word: &[u8]) -> u64 {
        if word.is_empty() {
            return 0;
        }
        let mut hasher = self.0.build_hasher();
        hasher.write(word);
        hasher.finish().max(1)
    }
}

/// What is known of an agent.
#[derive(Debug, Clone, Default)]
pub struct Agent {
    /// The agent's id, as the file writes it.
    pub id: String,
    /// The zone of local times that have none of their own.
    pub zone: Option<Clock>,
}

/// The agents that `--agents` names, by key.
#[derive(Debug, Clone, Default)]
pub struct Agents {
    by_key: HashMap<u64, Agent>,
    given: bool,
    zones: bool,
}

impl Agents {
    /// Says that there is a list, even if it stays empty.
    pub fn expect(&mut self) {
        self.given = true;
    }

    /// Adds an agent. Of two with one key the first counts, completed by the
    /// zone of the other. Whether they agree on the zone.
    pub fn add(&mut self, key: u64, agent: Agent) -> bool {
        self.zones |= agent.zone.is_some();
        let known = self.by_key.entry(key).or_insert_with(|| agent.clone());
        known.zone = known.zone.or(agent.zone);
        agent.zone.is_none() || known.zone == agent.zone
    }

    /// Whether there is a list, so that an agent can be unknown.
    #[must_use]
    pub fn given(&self) -> bool {
        self.given
    }

    /// Whether any agent has a zone.
    #[must_use]
    pub fn have_zones(&self) -> bool {
        self.zones
    }

    /// The agent with this key.
    #[must_use]
    pub fn get(&self, key: u64) -> Option<&Agent> {
        self.by_key.get(&key)
    }

    /// All ids, in order.
    #[must_use]
    pub fn ids(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self.by_key.values().map(|agent| agent.id.as_str()).collect();
        ids.sort_unstable();
        ids
    }
}

#[cfg(test)]
mod tests {
    use super::{Agent, Agents, Keys};
    use crate::model::time::Clock;

    #[test]
    fn the_first_zone_of_an_agent_counts() {
        let mut agents = Agents::default();
        let agent = |zone| Agent { id: "anna".to_owned(), zone };
        let (here, there) = (Clock::zone(1), Clock::zone(2));
        assert!(agents.add(7, agent(None)));
        assert!(!agents.have_zones());
        assert!(agents.add(7, agent(Some(here))));
        assert!(!agents.add(7, agent(Some(there))));
        assert_eq!(agents.get(7).and_then(|agent| agent.zone), Some(here));
    }

    #[test]
    fn only_the_empty_word_has_no_key() {
        let keys = Keys::new();
        assert_eq!(keys.of(b""), 0);
        assert_ne!(keys.of(b"0"), 0);
        assert_eq!(keys.of(b"anna"), keys.of(b"anna"));
        assert_ne!(keys.of(b"anna"), keys.of(b"Anna"));
    }
}
