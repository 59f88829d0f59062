//! Holds what `--agents` says about agents, and which names belong to one agent.
//!
//! The lists are a crosswalk: an agent's id, e-mail address, login, employee number and name are
//! names of one agent, and every record that has one of them is joined with the others by the
//! key of the id. With `--fold-agents` all spellings of a name are one name.

use crate::model::keys::{AgentKey, Keys, NameKey, QuickMap, QuickSet};
use crate::model::spelling::canonical;
use crate::model::time::Clock;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

/// What is known of an agent.
#[derive(Debug, Default)]
pub struct Agent {
    /// The key of the agent's id.
    pub key: AgentKey,
    /// The agent's id, as the file writes it.
    pub id: String,
    /// The zone of local times that have none of their own.
    pub zone: Option<Clock>,
}

/// A name of an agent.
#[derive(Debug)]
struct AgentName {
    /// The name as it is written, or in its canonical spelling.
    word: Box<[u8]>,
    /// The place of the agent; of a name that two agents share, that of the one
    /// whose id it is.
    agent: Option<u32>,
    /// Whether two agents have it.
    shared: bool,
    /// Whether a record has used it.
    used: AtomicBool,
}

/// A name in a list of agents, by its canonical spelling.
#[derive(Debug, Clone, Copy)]
pub struct ListedName {
    /// Its place among all names.
    pub place: u32,
    /// The key of the remark in brackets after it, if there is one.
    pub remark: NameKey,
}

/// The agents that `--agents` names.
#[derive(Debug, Default)]
pub struct Agents {
    agents: Vec<Agent>,
    /// By the key of an id, the place of its agent.
    by_key: QuickMap<AgentKey, u32>,
    /// The places of names, by their keys.
    places: QuickMap<AgentKey, u32>,
    names: Vec<AgentName>,
    /// The names as they are written, or in their canonical spelling.
    words: HashMap<Box<[u8]>, u32>,
    /// The first name of each canonical spelling, by the key of that; empty if all
    /// spellings of a name are one.
    spellings: QuickMap<AgentKey, ListedName>,
    /// Keys of names that two agents share, as records without an agent of the list
    /// have them.
    shared: QuickSet<AgentKey>,
    given: bool,
    zones: bool,
    fold: bool,
    /// Whether the key of a name can be anything but that of its word.
    joins: bool,
}

impl Agents {
    /// No agents; whether all spellings of a name are one.
    #[must_use]
    pub fn new(fold: bool) -> Agents {
        Agents { fold, joins: fold, ..Agents::default() }
    }

    /// Says that there is a list, even if it stays empty.
    pub fn expect(&mut self) {
        self.given = true;
    }

    /// Adds an agent. Of two with one id the first counts, completed by the zone of
    /// the other. Whether they agree on the zone.
    pub fn add(&mut self, keys: &Keys, id: &str, zone: Option<Clock>) -> bool {
        self.zones |= zone.is_some();
        let word = self.spelled(id.as_bytes());
        let key = keys.of(&word);
        let place = match self.by_key.get(&key) {
            Some(place) => *place,
            None => {
                let place = self.agents.len() as u32;
                let word = word.into_owned();
                self.agents.push(Agent { key, id: id.to_owned(), zone: None });
                self.by_key.insert(key, place);
                self.add_word(keys, (key, &word), place, true);
                place
            }
        };
        let Some(known) = self.agents.get_mut(place as usize) else { return true };
        known.zone = known.zone.or(zone);
        zone.is_none() || known.zone == zone
    }

    /// Adds the zone of the agent with this name, if no list says it. Whether the agent is known:
    /// where there is a list, it has to be in it.
    pub fn add_zone(&mut self, keys: &Keys, name: &str, zone: Clock) -> bool {
        if !self.given {
            // Records are to mark the names that they use.
            self.joins = true;
            return self.add(keys, name, Some(zone));
        }
        let key = self.key(keys, name.as_bytes());
        let place = self.by_key.get(&key);
        let Some(agent) = place.and_then(|at| self.agents.get_mut(*at as usize)) else {
            return false;
        };
        agent.zone = agent.zone.or(Some(zone));
        self.zones = true;
        true
    }

    /// Adds another name of the agent with this id, which is in the list.
    pub fn add_name(&mut self, keys: &Keys, id: &str, name: &str) {
        let of_id = keys.of(&self.spelled(id.as_bytes()));
        let Some(place) = self.by_key.get(&of_id).copied() else { return };
        let word = self.spelled(name.as_bytes()).into_owned();
        if !word.is_empty() && word != id.as_bytes() {
            self.add_word(keys, (keys.of(&word), &word), place, false);
        }
    }

    fn add_word(&mut self, keys: &Keys, (key, word): (AgentKey, &[u8]), agent: u32, is_id: bool) {
        self.joins |= !is_id;
        let Some(at) = self.places.get(&key).copied() else {
            let at = self.names.len() as u32;
            self.names.push(AgentName {
                word: word.into(),
                agent: Some(agent),
                shared: false,
                used: AtomicBool::new(false),
            });
            self.places.insert(key, at);
            self.words.insert(word.into(), at);
            if !self.fold {
                let spelled = canonical(word).map_or(key, |spelled| keys.of(&spelled));
                let listed = ListedName { place: at, remark: keys.of_remark(word) };
                self.spellings.entry(spelled).or_insert(listed);
            }
            return;
        };
        let owner = |place: &u32| self.agents.get(*place as usize).map(|agent| agent.key);
        let Some(name) = self.names.get_mut(at as usize) else { return };
        if name.agent == Some(agent) {
            return;
        }
        name.shared = true;
        // An id is first of all an id.
        if is_id {
            name.agent = Some(agent);
        } else if name.agent.as_ref().and_then(owner) != Some(key) {
            name.agent = None;
        }
        self.shared.insert(key);
    }

    /// The spelling of a name by which it is known.
    fn spelled<'w>(&self, word: &'w [u8]) -> Cow<'w, [u8]> {
        match if self.fold { canonical(word) } else { None } {
            Some(canonical) => Cow::Owned(canonical),
            None => Cow::Borrowed(word),
        }
    }

    /// The key of the agent whom a word names: that of the id, where the lists say
    /// so, else that of the word; none for the empty word.
    #[must_use]
    #[inline(always)]
    pub fn key(&self, keys: &Keys, word: &[u8]) -> AgentKey {
        if self.joins { self.joined_key(keys, word) } else { keys.of(word) }
    }

    #[inline(never)]
    fn joined_key(&self, keys: &Keys, word: &[u8]) -> AgentKey {
        let key = keys.of(&self.spelled(word));
        let Some(name) = self.places.get(&key).and_then(|at| self.names.get(*at as usize)) else {
            return key;
        };
        if !name.used.load(Ordering::Relaxed) {
            name.used.store(true, Ordering::Relaxed);
        }
        let agent = name.agent.and_then(|place| self.agents.get(place as usize));
        agent.map_or(key, |agent| agent.key)
    }

    /// Whether two names are those of one agent.
    #[must_use]
    pub fn are_one(&self, one: &str, other: &str) -> bool {
        if one == other || !self.joins {
            return one == other;
        }
        let words = [one, other].map(|name| self.spelled(name.as_bytes()));
        let agent = |word: &[u8]| {
            let at = self.words.get(word)?;
            self.names.get(*at as usize)?.agent
        };
        words[0] == words[1]
            || agent(&words[0]).is_some_and(|found| agent(&words[1]) == Some(found))
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
    pub fn get(&self, key: AgentKey) -> Option<&Agent> {
        self.agents.get(*self.by_key.get(&key)? as usize)
    }

    /// Whether there is a list, and it has the agent with this key.
    #[must_use]
    pub fn lists(&self, key: AgentKey) -> bool {
        self.given && self.get(key).is_some()
    }

    /// Whether a record with this key of an agent has an agent of the list.
    #[must_use]
    pub fn knows(&self, key: AgentKey) -> bool {
        self.get(key).is_some() || self.is_shared(key)
    }

    /// The name in the list with this key of its canonical spelling.
    #[must_use]
    pub fn spelled_as(&self, canonical: AgentKey) -> Option<ListedName> {
        self.spellings.get(&canonical).copied()
    }

    /// The keys of the canonical spellings that are not in the list themselves.
    pub fn unlisted_spellings(&self) -> impl Iterator<Item = AgentKey> {
        self.spellings.keys().copied().filter(|key| !self.places.contains_key(key))
    }

    /// The name at this place.
    #[must_use]
    pub fn name_at(&self, place: u32) -> Option<Cow<'_, str>> {
        let name = self.names.get(place as usize)?;
        Some(String::from_utf8_lossy(&name.word))
    }

    /// Whether any two agents share a name.
    #[must_use]
    pub fn share_names(&self) -> bool {
        !self.shared.is_empty()
    }

    /// Whether this is the key of a name that two agents share.
    #[must_use]
    pub fn is_shared(&self, key: AgentKey) -> bool {
        self.shared.contains(&key)
    }

    /// How many names that records have are in the list, if more than ids are.
    #[must_use]
    pub fn resolved(&self) -> Option<u64> {
        let used = self.names.iter().filter(|name| name.used.load(Ordering::Relaxed));
        (self.given && self.joins).then(|| used.count() as u64)
    }

    /// Whether a record has used a name, if that can be known of it.
    #[must_use]
    pub fn is_used(&self, keys: &Keys, name: &str) -> bool {
        let place = self.places.get(&keys.of(&self.spelled(name.as_bytes())));
        let known = place.and_then(|at| self.names.get(*at as usize));
        !self.joins || known.is_none_or(|name| name.used.load(Ordering::Relaxed))
    }

    /// All ids, in no order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.agents.iter().map(|agent| agent.id.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Agents;
    use crate::model::keys::Keys;
    use crate::model::time::Clock;

    #[test]
    fn the_first_zone_of_an_agent_counts() {
        let (mut agents, keys) = (Agents::default(), Keys::new());
        let (here, there) = (Clock::zone(1), Clock::zone(2));
        assert!(agents.add(&keys, "anna", None));
        assert!(!agents.have_zones());
        assert!(agents.add(&keys, "anna", Some(here)));
        assert!(!agents.add(&keys, "anna", Some(there)));
        let zone = |word: &str| agents.get(agents.key(&keys, word.as_bytes()))?.zone;
        assert_eq!((zone("anna"), zone("ben")), (Some(here), None));
    }

    #[test]
    fn all_names_of_an_agent_have_one_key() {
        let (mut agents, keys) = (Agents::default(), Keys::new());
        agents.expect();
        agents.add(&keys, "7", None);
        agents.add_name(&keys, "7", "anna@example.com");
        agents.add_name(&keys, "7", "Anna Ito");
        let key = |word: &str| agents.key(&keys, word.as_bytes());
        assert_eq!((key("7"), key("Anna Ito")), (key("anna@example.com"), keys.of(b"7")));
        assert_ne!(key("anna ito"), key("7"));
        assert!(key("").is_none());
        assert!(agents.are_one("7", "Anna Ito") && !agents.are_one("7", "anna ito"));
        assert_eq!(agents.resolved(), Some(3));
    }

    #[test]
    fn a_name_that_two_agents_share_is_neither() {
        let (mut agents, keys) = (Agents::default(), Keys::new());
        for id in ["7", "8", "9"] {
            agents.add(&keys, id, None);
        }
        agents.add_name(&keys, "7", "Anna Ito");
        agents.add_name(&keys, "8", "Anna Ito");
        agents.add_name(&keys, "8", "9");
        let key = |word: &str| agents.key(&keys, word.as_bytes());
        assert_eq!(key("Anna Ito"), keys.of(b"Anna Ito"));
        assert!(agents.is_shared(key("Anna Ito")) && agents.is_shared(key("9")));
        assert_eq!(key("9"), keys.of(b"9"), "an id is first of all an id");
        assert!(!agents.are_one("Anna Ito", "7") && !agents.is_shared(key("8")));
    }

    #[test]
    fn spellings_are_one_if_they_are_folded() {
        let keys = Keys::new();
        for fold in [false, true] {
            let mut agents = Agents::new(fold);
            agents.add(&keys, "Anna", None);
            agents.add_name(&keys, "Anna", "007");
            let key = |word: &str| agents.key(&keys, word.as_bytes());
            assert_eq!(key("ANNA") == key("Anna"), fold);
            assert_eq!(key("7") == key("Anna"), fold);
            assert_eq!(key("ben") == key("BEN"), fold);
            assert_eq!(agents.are_one("anna", "7.0"), fold);
            assert!(!agents.are_one("anna", "8"));
        }
    }
}
