//! Sums what was noticed beside the rows of a file.
//!
//! Many threads read pieces in any order. What each noticed is summed here, and of one
//! observation the first place in the file counts.

use super::text_position::TextPosition;
use crate::model::observation::{KeyFacts, Noticed, Observation};
use crate::model::row::Field;
use crate::read::survey::SAMPLES;
use crate::read::{Account, Scope};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// How many different words are remembered of one thing that matters only if it names an agent.
const MOST_MENTIONS: usize = 1 << 17;

/// How many observations of one sort are distinguished.
const MOST: usize = 1 << 12;

/// Something that was noticed in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotedCount {
    /// How often.
    pub count: u64,
    /// The byte where it was met first.
    pub at: u64,
    /// The line of that, where the file can be read only once.
    pub line: Option<u64>,
}

/// The contents of one pointer, read as a list of records.
#[derive(Debug, Clone, Copy, Default)]
struct PartTotals {
    records: u64,
    elements: u64,
    lacking: u64,
}

/// All that was noticed in a file.
#[derive(Debug, Default)]
pub struct SourceLedger {
    noted: BTreeMap<(Noticed, String, String), NotedCount>,
    keys: BTreeMap<String, KeyFacts>,
    mentions: BTreeMap<String, HashSet<Vec<u8>>>,
    parts: BTreeMap<String, PartTotals>,
}

impl SourceLedger {
    /// Adds something that was noticed in bytes that begin at an offset.
    pub(super) fn note(
        &mut self,
        observation: Observation,
        offset: u64,
        text_position: Option<TextPosition>,
    ) {
        let Observation { noticed, place, mut detail, count, at } = observation;
        if self.noted.len() >= MOST {
            detail = String::from("…");
        }
        let (at, line) = (offset + at, text_position.map(|text_position| text_position.line));
        let known =
            self.noted.entry((noticed, place, detail)).or_insert(NotedCount { count: 0, at, line });
        known.count += count;
        if at < known.at {
            (known.at, known.line) = (at, line);
        }
    }

    /// Adds what is known of a piece of a part, which begins at an offset.
    pub(super) fn add(
        &mut self,
        account: Account,
        pointer: &str,
        records: u64,
        offset: u64,
        text_position: &dyn Fn(u64) -> Option<TextPosition>,
    ) {
        for observation in account.observations {
            let text_position = text_position(observation.at);
            self.note(observation, offset, text_position);
        }
        for mut key in account.keys {
            key.first.0 += offset;
            key.first_agent.iter_mut().for_each(|at| *at += offset);
            key.samples.iter_mut().for_each(|(at, _)| *at += offset);
            self.add_key(key);
        }
        for (place, word) in account.mentions {
            self.mention(place, word);
        }
        let totals =
            PartTotals { records, elements: account.elements.into(), lacking: account.lacking };
        match self.parts.get_mut(pointer) {
            Some(known) => known.add(totals),
            None => drop(self.parts.insert(pointer.to_owned(), totals)),
        }
    }

    /// Adds a word in what matters only if it names an agent.
    pub(super) fn mention(&mut self, place: String, word: Vec<u8>) {
        let known = self.mentions.entry(place).or_default();
        if known.len() < MOST_MENTIONS {
            known.insert(word);
        }
    }

    fn add_key(&mut self, key: KeyFacts) {
        let room = self.keys.len() < MOST;
        match self.keys.get_mut(&key.path) {
            Some(known) => {
                known.values += key.values;
                known.agentless += key.agentless;
                known.agents += key.agents;
                known.first_agent = known.first_agent.into_iter().chain(key.first_agent).min();
                known.first = known.first.min(key.first);
                // Which piece comes first is an accident; its place is not.
                known.samples.extend(key.samples);
                known.samples.sort_by_key(|(at, _)| *at);
                known.samples.truncate(SAMPLES);
            }
            None if room => drop(self.keys.insert(key.path.clone(), key)),
            None => {}
        }
    }

    /// Forgets everything for another pass, except what a file that can be read only once
    /// would not give again.
    pub(super) fn begin_again(&mut self, once: bool) {
        if !once {
            *self = SourceLedger::default();
        }
    }

    /// Forgets that records have no agent, of a file that can be read only once, where an agent
    /// follows them.
    pub(super) fn settle_agents(&mut self, late: impl Fn(&str) -> Scope) {
        let is_named = |pointer: &&String| late(pointer).words().any(|(of, _)| of == Field::Agent);
        let named: Vec<String> = self.parts.keys().filter(is_named).cloned().collect();
        let is_within = |place: &str, list: &str| {
            place.strip_prefix(list).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.noted.retain(|(noticed, place, _), _| {
            *noticed != Noticed::Agentless || !named.iter().any(|list| is_within(place, list))
        });
    }

    /// Whether records lack a word that follows them.
    pub(super) fn lacks(&self, late: impl Fn(&str) -> Scope) -> bool {
        self.parts.iter().filter(|(_, totals)| totals.lacking != 0).any(|(pointer, totals)| {
            let late = late(pointer);
            late.words().any(|(field, _)| totals.lacking & bit(field) != 0)
        })
    }

    /// What was noticed: what it is, its place, its detail, and how often.
    pub fn noted(&self) -> impl Iterator<Item = (Noticed, &str, &str, NotedCount)> {
        self.noted.iter().map(|((noticed, place, detail), noted)| {
            (*noticed, place.as_str(), detail.as_str(), *noted)
        })
    }

    /// The keys of a document, in the order in which they are met first.
    #[must_use]
    pub fn keys(&self) -> Vec<&KeyFacts> {
        let mut keys: Vec<&KeyFacts> = self.keys.values().collect();
        keys.sort_by_key(|key| key.first);
        keys
    }

    /// What is known of a key.
    #[must_use]
    pub fn key(&self, path: &str) -> Option<&KeyFacts> {
        self.keys.get(path)
    }

    /// The words of a thing that matters only if it names an agent; `None` if they are too many to
    /// remember.
    #[must_use]
    pub fn mentions(&self, list: &str) -> Option<BTreeSet<&[u8]>> {
        let known = self.mentions.get(list).map(|known| known.iter().map(Vec::as_slice).collect());
        known.filter(|known: &BTreeSet<&[u8]>| known.len() < MOST_MENTIONS)
    }

    /// Whether lists of records can be within what a pattern of pointers means.
    #[must_use]
    pub fn may_have(&self, pattern: &str) -> bool {
        let wanted = || pattern.split('/');
        let fits = |(key, wanted): (&str, &str)| wanted == "*" || key == wanted;
        self.parts.keys().any(|pointer| pointer.split('/').zip(wanted()).all(fits))
    }

    /// The pattern of the keys in which alone the pointers of all lists with records differ, and the
    /// first of these keys: they may be agents.
    #[must_use]
    pub fn differing_key(&self) -> Option<(String, &str)> {
        let mut lists = self.parts.iter().filter(|(_, part)| part.records > 0);
        let first: Vec<&str> = lists.next()?.0.split('/').collect();
        let mut differing = None;
        for (pointer, _) in lists {
            let keys: Vec<&str> = pointer.split('/').collect();
            let differ = |at: &usize| keys.get(*at) != first.get(*at);
            let places: Vec<usize> = (0..first.len().max(keys.len())).filter(differ).collect();
            match (places.as_slice(), differing) {
                ([place], None) => differing = Some(*place),
                ([place], Some(known)) if *place == known => {}
                _ => return None,
            }
        }
        let (above, key) = (first.get(..differing?)?, first.get(differing?)?);
        Some((format!("{}/*", above.join("/")), key))
    }

    /// How many records there are under a pointer, read as a list.
    #[must_use]
    pub fn records_under(&self, pointer: &str) -> u64 {
        self.parts.get(pointer).map_or(0, |totals| totals.records)
    }

    /// Whether such a thing has any words.
    #[must_use]
    pub fn has_mentions(&self, list: &str) -> bool {
        self.mentions.contains_key(list)
    }

    /// How many elements all lists have together.
    #[must_use]
    pub fn elements(&self) -> u64 {
        self.parts.values().map(|totals| totals.elements).sum()
    }

    /// How many elements the largest list with records has.
    #[must_use]
    pub fn elements_with_records(&self) -> u64 {
        let lists = self.parts.values().filter(|totals| totals.records > 0);
        lists.map(|totals| totals.elements).max().unwrap_or(0)
    }
}

impl PartTotals {
    fn add(&mut self, more: PartTotals) {
        self.records += more.records;
        self.elements += more.elements;
        self.lacking |= more.lacking;
    }
}

const fn bit(field: Field) -> u64 {
    1 << field as usize
}
