//! Keeps the first facts of a stream in the order of the report, within two limits.
//!
//! Counts are exact elsewhere. What is listed is limited for each agent and rule
//! (`--max-per-agent`), and in all (`--max-findings`). Both limits hold while
//! facts are collected, so that memory does not grow with what is only
//! counted. Which facts are listed is a function of the facts alone: it
//! does not depend on threads, on portions, or on the order in which they come.
//!
//! - For each agent and rule, those whose records are first in the files.
//! - Of these, in all: each rule has a hundredth of the room to itself. What is
//!   left goes to overlaps, then to what is wrong with ids, agents, versions,
//!   swaps and records that could not be read, then to flaws of single records;
//!   within each of the three to those whose records are first.
//!
//! That order does not change when facts are left out, so that a fact that
//! is left out of a part is left out of the whole: a bounded priority queue, kept
//! as a list that is sorted and cut whenever it has doubled.

use super::{Listable, Misfit};
use crate::judge::RULES;
use crate::model::fact::{Defect, Detail, Overlap};
use crate::model::keys::{AgentKey, QuickMap, QuickSet};
use crate::model::rule::{Rule, Trigger};
use crate::model::shift::Entry;
use crate::model::source::Origin;
use crate::model::time::Instant;
use std::collections::BTreeMap;

/// A fact on its way into the listing.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// The place of its rule in the table.
    rule: u8,
    fact: Listable,
}

/// What facts are listed by: a rank, the place of the first record, and whatever
/// tells facts of one record apart.
type FactKey = (u8, Origin, u8, Option<Instant>, [Option<Origin>; 3], [Instant; 2], Detail);

impl Item {
    pub(super) fn new(rule: &Rule, fact: Listable) -> Item {
        Item { rule: place_of(rule), fact }
    }

    fn key(&self) -> FactKey {
        let (rank, rule) = (rank(RULES[usize::from(self.rule)]), self.rule);
        match &self.fact {
            Listable::Overlap(Overlap { earlier, later, .. }) => {
                let places = [earlier.origin, later.origin];
                let first = places[0].min(places[1]);
                let starts = [earlier.start(), later.start()];
                (
                    rank,
                    first,
                    rule,
                    None,
                    [Some(places[0]), Some(places[1]), None],
                    starts,
                    Detail::Nothing,
                )
            }
            Listable::Defect(Defect { origin, start, .. }) => {
                (rank, *origin, rule, *start, [None; 3], [Instant::MIN; 2], Detail::Nothing)
            }
            Listable::Notice(notice) => {
                let first = notice.origins().next().unwrap_or_default();
                (rank, first, rule, notice.start, notice.records, [Instant::MIN; 2], notice.detail)
            }
            Listable::Misfit(Misfit { origin, number, .. }) => {
                (rank, *origin, rule, None, [None; 3], [Instant::MIN; 2], Detail::Records(*number))
            }
        }
    }

    fn agent(&self) -> AgentKey {
        match &self.fact {
            Listable::Overlap(overlap) => overlap.earlier.agent,
            Listable::Defect(defect) => defect.agent,
            Listable::Notice(notice) => notice.agent,
            Listable::Misfit(misfit) => misfit.agent,
        }
    }
}

/// Which findings come first where there is not room for all.
fn rank(rule: &Rule) -> u8 {
    match rule.trigger {
        Trigger::Overlap(_) => 0,
        Trigger::Notice(_) => 1,
        Trigger::Flaw(_) if rule.hole.is_some() => 1,
        Trigger::Flaw(_) => 2,
    }
}

/// How many findings are listed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Capacity {
    /// For one agent and rule.
    pub(super) per_agent: usize,
    /// In all.
    pub(super) all: usize,
}

impl Capacity {
    /// Of each rule, before any other rule has more.
    const fn per_rule(self) -> usize {
        self.all / 100
    }
}

/// Facts up to the limits.
#[derive(Debug)]
pub(super) struct CappedList {
    pub(super) room: Capacity,
    items: Vec<Item>,
    /// Facts that come agent by agent in no order, so that an agent's are known
    /// only at the end.
    scattered: Vec<Item>,
    /// How many of the latter there are, by agent and rule.
    of_agents: QuickMap<(AgentKey, u8), u64>,
    /// How many of the former there were.
    offered: u64,
    /// A fact beyond this one is listed only if its rule has room of its own.
    last: Option<FactKey>,
    /// The last that has such room, for each rule whose room is full.
    last_of_rules: BTreeMap<u8, FactKey>,
    /// The entries near overlaps, agent by agent.
    pub(super) neighbours: Vec<Vec<Entry>>,
}

impl CappedList {
    pub(super) fn new(room: Capacity) -> CappedList {
        CappedList {
            room,
            items: Vec::new(),
            scattered: Vec::new(),
            of_agents: QuickMap::default(),
            offered: 0,
            last: None,
            last_of_rules: BTreeMap::new(),
            neighbours: Vec::new(),
        }
    }

    /// An empty one that leaves out what this one would.
    pub(super) fn beside(&self) -> CappedList {
        let (last, last_of_rules) = (self.last, self.last_of_rules.clone());
        CappedList { last, last_of_rules, ..CappedList::new(self.room) }
    }

    fn has_room_for(&self, item: &Item) -> bool {
        let Some(last) = &self.last else { return self.room.all > 0 };
        let key = item.key();
        let of_rule = || self.last_of_rules.get(&item.rule).is_none_or(|last| key <= *last);
        key <= *last || (self.room.per_rule() > 0 && of_rule())
    }

    /// Takes a fact whose agent's facts of its rule are complete and within the
    /// limit for agents; whether it may be listed.
    pub(super) fn offer(&mut self, item: Item) -> bool {
        self.offered += 1;
        let taken = self.has_room_for(&item);
        if taken {
            self.items.push(item);
            self.cut_if_long();
        }
        taken
    }

    /// Takes any other fact.
    pub(super) fn offer_scattered(&mut self, item: Item) {
        *self.of_agents.entry((item.agent(), item.rule)).or_default() += 1;
        if self.has_room_for(&item) {
            self.scattered.push(item);
            self.cut_if_long();
        }
    }

    fn cut_if_long(&mut self) {
        let most = self.room.all.saturating_mul(2).max(1 << 12);
        if self.items.len() + self.scattered.len() > most {
            self.cut();
        }
    }

    /// Leaves out what cannot be listed whatever else comes.
    fn cut(&mut self) {
        self.cut_agents();
        let room = self.room;
        if self.items.len() + self.scattered.len() <= room.all {
            return;
        }
        let of = |scattered: bool| move |item: &Item| (item.key(), scattered);
        let keys = self.items.iter().map(of(false)).chain(self.scattered.iter().map(of(true)));
        let mut keys: Vec<(FactKey, bool)> = keys.collect();
        keys.sort_unstable();
        let mut counts = [0usize; 256];
        for (place, (key, _)) in keys.iter().enumerate() {
            let count = &mut counts[usize::from(key.2)];
            *count += 1;
            if *count == room.per_rule() {
                self.last_of_rules.insert(key.2, *key);
            }
            if place + 1 == room.all {
                self.last = Some(*key);
            }
        }
        let [mut items, mut scattered] = [&mut self.items, &mut self.scattered].map(std::mem::take);
        items.retain(|item| self.has_room_for(item));
        scattered.retain(|item| self.has_room_for(item));
        (self.items, self.scattered) = (items, scattered);
        self.cut_neighbours();
    }

    /// Keeps of scattered facts as many for each agent and rule as are listed.
    fn cut_agents(&mut self) {
        let group = |item: &Item| (item.agent(), item.rule);
        self.scattered.sort_by_cached_key(|item| (group(item), item.key()));
        let (mut count, mut last) = (0, None);
        let most = self.room.per_agent;
        self.scattered.retain(|item| {
            count = if last == Some(group(item)) { count + 1 } else { 1 };
            last = Some(group(item));
            count <= most
        });
    }

    /// Leaves out what stands around overlaps of which none is listed.
    fn cut_neighbours(&mut self) {
        let overlaps = self.items.iter().filter(|item| matches!(item.fact, Listable::Overlap(_)));
        let agents: QuickSet<AgentKey> = overlaps.map(Item::agent).collect();
        for part in &mut self.neighbours {
            part.retain(|entry| agents.contains(&entry.agent));
            part.shrink_to_fit();
        }
        self.neighbours.retain(|part| !part.is_empty());
    }

    pub(super) fn join(&mut self, mut other: CappedList) {
        self.offered += other.offered;
        for (group, count) in other.of_agents {
            *self.of_agents.entry(group).or_default() += count;
        }
        self.neighbours.append(&mut other.neighbours);
        let has_room = |item: &Item| self.has_room_for(item);
        other.items.retain(has_room);
        other.scattered.retain(has_room);
        self.items.append(&mut other.items);
        self.scattered.append(&mut other.scattered);
        self.cut_if_long();
    }

    /// The facts that are listed, those around overlaps, and how many facts only
    /// the limit for all of them leaves out.
    pub(super) fn finish(mut self) -> (Vec<Listable>, Vec<Vec<Entry>>, u64) {
        self.cut();
        let of_agents =
            self.of_agents.values().map(|count| (*count).min(self.room.per_agent as u64));
        let within_agents = self.offered + of_agents.sum::<u64>();
        let mut items = self.items;
        items.append(&mut self.scattered);
        if items.len() > self.room.all {
            items = first(items, self.room);
        }
        let withheld = within_agents - items.len() as u64;
        let facts = items.into_iter().map(|item| item.fact).collect();
        (facts, self.neighbours, withheld)
    }
}

/// As many items as there is room for: the first of each rule, and then of all.
fn first(items: Vec<Item>, room: Capacity) -> Vec<Item> {
    let mut items: Vec<(FactKey, Item)> =
        items.into_iter().map(|item| (item.key(), item)).collect();
    items.sort_by_key(|(key, _)| *key);
    let mut counts = [0usize; 256];
    let mut is_first = |item: &Item| {
        let count = &mut counts[usize::from(item.rule)];
        *count += 1;
        *count <= room.per_rule()
    };
    let (own, rest): (Vec<_>, Vec<_>) = items.into_iter().partition(|(_, item)| is_first(item));
    let left = room.all.saturating_sub(own.len());
    own.into_iter().chain(rest.into_iter().take(left)).map(|(_, item)| item).collect()
}

/// The place of a rule in the table, which is in the order of the codes.
fn place_of(rule: &Rule) -> u8 {
    let place = RULES.binary_search_by_key(&rule.code, |known| known.code);
    debug_assert!(place.is_ok(), "{rule:?} is in the table");
    place.unwrap_or_default() as u8
}

#[cfg(test)]
mod tests;
