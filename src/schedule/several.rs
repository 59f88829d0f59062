//! Finds words in the place of an agent that mean several agents, or the one above.
//!
//! `Anna, Bob` is an agent of its own to the sweep, and overlaps with the shifts of
//! Anna are not seen. Whether it is two names, or one such as `Lee, Anna`, only the
//! other agents of the inputs tell: each word that can be divided is kept once, by the
//! keys of its parts, and looked up when all timelines are known.

use crate::model::agents::Agents;
use crate::model::keys::{AgentKey, Keys, QuickMap, QuickSet};
use crate::model::listener::KeyMakers;
use crate::model::occurrences::{AddOccurrences, Occurrences};
use crate::model::shift::{Entry, Kind};
use crate::model::source::Origin;
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
const EVERYBODY: [&str; 12] = [
    "*",
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

/// Characters that divide names in a list.
const DIVIDERS: [char; 7] = [',', ';', '/', '&', '+', '|', '\n'];

/// Words that divide names in a list.
const AND: [&str; 7] = [" and ", " und ", " et ", " y ", " e ", " en ", " og "];

/// What a word in the place of an agent may stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum MeantAgents {
    /// The name in the line above.
    Ditto,
    /// All agents, if it is the agent of time off.
    Everybody,
    /// The agents with these keys, in one of these ways to divide it.
    Several(Vec<Box<[AgentKey]>>),
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
        if !may_be_divided(word) {
            return;
        }
        let text = String::from_utf8_lossy(word);
        let parts = |divided: Vec<&str>| -> Box<[AgentKey]> {
            divided.into_iter().map(|part| agents.key(keys, part.as_bytes())).collect()
        };
        let ways: Vec<Box<[AgentKey]>> = ways(&text).into_iter().map(parts).collect();
        if !ways.is_empty() {
            self.0.insert(key, MeantAgents::Several(ways));
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
        let counts =
            |entry: &&Entry| *stands != MeantAgents::Everybody || entry.side().kind != Kind::Shift;
        for entry in timeline.iter().filter(counts) {
            met.add((entry.origin.source(), agent), Occurrences::one(entry.origin));
        }
    }

    /// The records that were met and stand for other agents, of which these are all.
    pub(crate) fn settle(
        &self,
        met: RecordsByAgent,
        all: &QuickSet<AgentKey>,
        agents: &Agents,
    ) -> Vec<SharedRecords> {
        let is_known = |key: &AgentKey| all.contains(key) || agents.get(*key).is_some();
        let mut found: BTreeMap<(u16, SharedMeaning), SharedRecords> = BTreeMap::new();
        for ((source, agent), records) in met {
            let meaning = match self.0.get(&agent) {
                Some(MeantAgents::Ditto) => SharedMeaning::Ditto,
                Some(MeantAgents::Everybody) => SharedMeaning::Everybody,
                Some(MeantAgents::Several(ways))
                    if ways.iter().any(|parts| parts.iter().all(is_known)) =>
                {
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

    /// Adds what another thread has kept.
    pub(crate) fn join(&mut self, other: SeveralAgents) {
        self.0.extend(other.0);
    }
}

/// Whether a glance leaves it open that a word can be divided: most names are looked at
/// once, and have nothing of it.
fn may_be_divided(word: &[u8]) -> bool {
    let divides = |byte: &u8| DIVIDERS.contains(&char::from(*byte));
    let is_and = |part: &[u8]| AND.iter().any(|and| and.trim_ascii().as_bytes() == part);
    word.iter().any(divides) || word.split(|byte| *byte == b' ').any(is_and)
}

/// The ways to divide a word into names: by each divider alone, and by all of them.
fn ways(text: &str) -> Vec<Vec<&str>> {
    let by_one = DIVIDERS.iter().map(|divider| text.split(*divider).collect::<Vec<_>>());
    let by_word = AND.iter().map(|and| text.split(and).collect());
    let by_all: Vec<&str> = text
        .split(DIVIDERS)
        .flat_map(|part| {
            let and = AND.iter().find(|and| part.contains(**and));
            and.map_or_else(|| vec![part], |and| part.split(and).collect())
        })
        .collect();
    let mut ways: Vec<Vec<&str>> = by_one
        .chain(by_word)
        .chain([by_all])
        .map(|parts| parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect())
        .filter(|parts: &Vec<&str>| parts.len() > 1)
        .collect();
    ways.dedup();
    ways
}

#[cfg(test)]
mod tests {
    use super::ways;

    #[test]
    fn a_word_is_divided_in_every_way_that_lists_are_written() {
        for (text, expected) in [
            ("Anna, Bob", &[&["Anna", "Bob"][..]][..]),
            ("Anna/Bob/", &[&["Anna", "Bob"]]),
            ("Anna und Bob", &[&["Anna", "Bob"]]),
            (
                "Lee, Anna; Ho, Bob",
                &[
                    &["Lee", "Anna; Ho", "Bob"],
                    &["Lee, Anna", "Ho, Bob"],
                    &["Lee", "Anna", "Ho", "Bob"],
                ],
            ),
            (
                "Anna, Bob & Cid",
                &[&["Anna", "Bob & Cid"], &["Anna, Bob", "Cid"], &["Anna", "Bob", "Cid"]],
            ),
            ("Anna", &[]),
            ("Anna,", &[]),
            ("Andy Anderson", &[]),
        ] {
            assert_eq!(ways(text), expected, "{text}");
        }
    }
}
