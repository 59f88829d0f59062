//! What `--agents` says about agents.

use crate::model::time::Clock;
use std::collections::HashMap;

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

    /// All ids, in no order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.by_key.values().map(|agent| agent.id.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::{Agent, Agents};
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
}
