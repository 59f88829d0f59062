//! Finds words in the place of an agent that mean several agents, or the one above.
//!
//! `Anna, Bob` is an agent of its own to the sweep, and overlaps with the shifts of
//! Anna are not seen. Whether it is two names, or one such as `Lee, Anna`, often only the
//! other agents of the inputs tell: each word that can be divided is kept once, by the
//! keys of its parts, and looked up when all timelines are known.

mod groups;
mod lists;
mod pool;

use crate::model::agents::Agents;
use crate::model::keys::{AgentKey, Keys, QuickMap, QuickSet};
use crate::model::listener::KeyMakers;
use crate::model::occurrences::{AddOccurrences, Occurrences};
use crate::model::shift::{Entry, Kind};
use crate::model::source::Origin;
use crate::model::text::lossy;
#[cfg(feature = "cli")]
pub(crate) use groups::is_of_group;

use groups::names_group;
use lists::{ListLikeness, NameList, lists, may_be_divided};
use pool::NamePool;
use std::collections::BTreeMap;

/// Marks for the name in the line above.
const DITTO: [&str; 21] = [
    "\"",
    "\"\"",
    "\" \"",
    "\" \" \"",
    "''",
    "\u{3003}",
    "\u{2033}",
    "\u{201d}",
    "\u{201c}",
    "-\"-",
    "-''-",
    "-//-",
    "do.",
    "ditto",
    "dito",
    "dto.",
    "idem",
    "as above",
    "same as above",
    "see above",
    "wie oben",
];

/// Words for all agents, in the place of the agent of time off.
const EVERYBODY: [&str; 19] = [
    "*",
    "staff",
    "team",
    "the team",
    "company",
    "company-wide",
    "companywide",
    "belegschaft",
    "all",
    "all agents",
    "all employees",
    "all staff",
    "alle",
    "everyone",
    "everybody",
    "tous",
    "todos",
    "tutti",
    "iedereen",
];

/// Whether a word in the place of an agent is one for all agents, in whatever capitals, and
/// whether it is one for a group of them.
#[cfg(feature = "cli")]
pub(crate) fn names_everybody(word: &str) -> [bool; 2] {
    let lower = word.trim().to_lowercase();
    [EVERYBODY.contains(&&*lower), names_group(&lower)]
}

/// What a word in the place of an agent may stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum MeantAgents {
    /// The name in the line above.
    Ditto,
    /// All agents, if it is the agent of time off.
    Everybody,
    /// A group of agents, if it is the agent of time off and of no shift.
    Group,
    /// Several agents, in one of these ways to divide it.
    Several(Vec<KeyList>),
}

/// A list of names by their keys, and how much it looks like one.
#[derive(Debug, Clone, PartialEq, Eq)]
struct KeyList {
    parts: Box<[AgentKey]>,
    likeness: ListLikeness,
}

/// Words in the place of an agent that are in question, by their keys.
#[derive(Debug, Default)]
pub(crate) struct SeveralAgents(QuickMap<AgentKey, MeantAgents>);

/// How many records have such words, and the first of them, by source and agent.
pub(crate) type RecordsByAgent = BTreeMap<(u16, AgentKey), Occurrences<Origin>>;

/// For whom a word in the place of an agent stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SharedMeaning {
    Ditto,
    Everybody,
    Group,
    Several,
}

/// Records of one source whose agents stand for others.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SharedRecords {
    pub(crate) source: u16,
    pub(crate) meaning: SharedMeaning,
    pub(crate) records: Occurrences<Origin>,
}

impl SeveralAgents {
    /// Keeps a word that is met for the first time, if it can be divided.
    #[cold]
    pub(crate) fn note(&mut self, (keys, agents): KeyMakers<'_>, word: &[u8], key: AgentKey) {
        let text = lossy(word);
        if names_group(&text) && agents.get(key).is_none() {
            self.0.insert(key, MeantAgents::Group);
        }
        if !may_be_divided(word) {
            return;
        }
        let by_key = |list: NameList<'_>| KeyList {
            parts: list.parts.iter().map(|part| agents.key(keys, part.as_bytes())).collect(),
            likeness: list.likeness,
        };
        let lists: Vec<KeyList> = lists(&text).into_iter().map(by_key).collect();
        if !lists.is_empty() {
            self.0.insert(key, MeantAgents::Several(lists));
        }
    }

    /// Adds the marks for the name above, and the words for everybody, unless they are
    /// names of agents in a list.
    pub(crate) fn add_fixed_words(&mut self, keys: &Keys, agents: &Agents) {
        let marks = DITTO.iter().map(|mark| (*mark, MeantAgents::Ditto));
        for (mark, stands) in
            marks.chain(EVERYBODY.iter().map(|word| (*word, MeantAgents::Everybody)))
        {
            let capital = mark.get(..1).unwrap_or_default().to_uppercase();
            let rest = mark.get(1..).unwrap_or_default();
            for spelled in [mark.to_owned(), mark.to_uppercase(), capital + rest] {
                let key = agents.key(keys, spelled.as_bytes());
                if agents.get(key).is_none() {
                    self.0.insert(key, stands.clone());
                }
            }
        }
    }

    /// Whether any word may be the names of several agents.
    pub(crate) fn may_be_lists(&self) -> bool {
        self.0.values().any(|stands| matches!(stands, MeantAgents::Several(_)))
    }

    /// Notes the records of an agent whose name is in question.
    pub(crate) fn look(&self, timeline: &[Entry], met: &mut RecordsByAgent) {
        let Some(agent) = timeline.first().map(|entry| entry.agent) else { return };
        let Some(stands) = self.0.get(&agent) else { return };
        // A shift of `All` may be one of a crew with that name.
        let is_word = matches!(stands, MeantAgents::Everybody | MeantAgents::Group);
        let is_shift = |entry: &Entry| entry.side().kind == Kind::Shift;
        if *stands == MeantAgents::Group && timeline.iter().any(is_shift) {
            return;
        }
        let counts = |entry: &&Entry| !is_word || !is_shift(entry);
        for entry in timeline.iter().filter(counts) {
            met.add((entry.origin.source(), agent), Occurrences::one(entry.origin));
        }
    }

    /// The records that were met and stand for other agents, of which these are all, given
    /// whether an input says in the name of its column that there are several.
    pub(crate) fn settle(
        &self,
        met: RecordsByAgent,
        (all, agents): (&QuickSet<AgentKey>, &Agents),
        is_plural: impl Fn(u16) -> bool,
    ) -> Vec<SharedRecords> {
        let pool = if met.is_empty() { NamePool::default() } else { self.pool() };
        let is_known = |key: &AgentKey| all.contains(key) || agents.get(*key).is_some();
        let mut found: BTreeMap<(u16, SharedMeaning), SharedRecords> = BTreeMap::new();
        for ((source, agent), records) in met {
            let is_listed = agents.get(agent).is_some();
            let are_several = |list: &KeyList| {
                list.parts.iter().all(is_known)
                    || !is_listed && pool.are_several(list, is_known, || is_plural(source))
            };
            let meaning = match self.0.get(&agent) {
                Some(MeantAgents::Ditto) => SharedMeaning::Ditto,
                Some(MeantAgents::Everybody) => SharedMeaning::Everybody,
                Some(MeantAgents::Group) => SharedMeaning::Group,
                Some(MeantAgents::Several(lists)) if lists.iter().any(are_several) => {
                    SharedMeaning::Several
                }
                _ => continue,
            };
            let own = SharedRecords { source, meaning, records };
            let known = found.entry((source, meaning));
            known.and_modify(|known| known.records.join(records)).or_insert(own);
        }
        found.into_values().collect()
    }

    /// The names in all words that can be lists, each divided by all of its dividers.
    fn pool(&self) -> NamePool {
        let whole = self.0.values().filter_map(|stands| match stands {
            MeantAgents::Several(lists) => lists.last(),
            MeantAgents::Ditto | MeantAgents::Everybody | MeantAgents::Group => None,
        });
        NamePool::of(whole)
    }

    /// Adds what another thread has kept.
    pub(crate) fn join(&mut self, other: SeveralAgents) {
        self.0.extend(other.0);
    }
}
