//! Units that go become a set that can be changed, compared and taken back.
//!
//! The set is always free of conflicts and unmet needs between calls. Spans that go are kept in
//! one ordered map for each agent, so that the overlaps of a span are found in O(log n + overlaps)
//! although they are not listed. Each change is written to a journal; taking changes back undoes
//! the journal from its end.

use super::Units;
use crate::graph::Adjacency;
use std::collections::{BTreeMap, HashMap};

/// The conflicts and needs of a cluster, by unit.
pub(super) struct Network<'u> {
    pub(super) units: &'u Units,
    /// The listed conflicts of each unit; overlapping spans are not among them.
    pub(super) conflicts: Adjacency,
    /// What each unit needs, and the reverse.
    pub(super) needs: Adjacency,
    pub(super) needed_by: Adjacency,
    /// The units with a span, sorted by it.
    pub(super) sorted: Vec<u32>,
    /// The number of each unit's agent.
    agents: Vec<usize>,
    agent_count: usize,
}

impl<'u> Network<'u> {
    pub(super) fn new(units: &'u Units) -> Network<'u> {
        let count = units.weights.len();
        let mut numbers = HashMap::new();
        let mut agents = Vec::with_capacity(count);
        for span in &units.spans {
            let next = numbers.len();
            agents.push(span.map_or(0, |span| *numbers.entry(span.agent).or_insert(next)));
        }
        Network {
            units,
            conflicts: Adjacency::undirected(count, &units.conflicts),
            needs: Adjacency::new(count, units.needs.iter().copied()),
            needed_by: Adjacency::new(count, units.needs.iter().map(|&(unit, need)| (need, unit))),
            sorted: super::sorted_by_span(units),
            agents,
            agent_count: numbers.len(),
        }
    }

    /// Whether two units conflict; also whether one conflicts with itself.
    pub(super) fn conflict(&self, one: u32, other: u32) -> bool {
        let (one_list, other_list) = (self.conflicts.of(one), self.conflicts.of(other));
        let listed = if one_list.len() <= other_list.len() {
            one_list.contains(&other)
        } else {
            other_list.contains(&one)
        };
        listed || self.units.spans_conflict(one, other)
    }

    /// The units of the same agent whose spans start during the span of this one, and itself.
    pub(super) fn starting_during(&self, unit: u32) -> &[u32] {
        let Some(span) = self.units.spans[unit as usize] else { return &[] };
        let starts_before = |time: i64| {
            self.sorted.partition_point(|other| {
                let other = self.units.spans[*other as usize];
                other.is_some_and(|other| (other.agent, other.start) < (span.agent, time))
            })
        };
        &self.sorted[starts_before(span.start)..starts_before(span.end)]
    }

    /// All units.
    pub(super) fn all(&self) -> std::ops::Range<u32> {
        0..self.units.weights.len() as u32
    }
}

#[derive(Clone, Copy)]
enum JournalEntry {
    Added(u32),
    Removed(u32),
}

impl JournalEntry {
    fn unit(self) -> u32 {
        match self {
            JournalEntry::Added(unit) | JournalEntry::Removed(unit) => unit,
        }
    }
}

/// What a look into the ordered map of an agent costs, in visited edges.
const LOOKUP_STEPS: u64 = 4;

/// Units that go, and how they came to.
pub(super) struct Selection<'n> {
    network: &'n Network<'n>,
    pub(super) goes: Vec<bool>,
    pub(super) weight: u64,
    /// The spans that go by their start, for each agent.
    timelines: Vec<BTreeMap<i64, u32>>,
    journal: Vec<JournalEntry>,
    /// The call that last added each unit, to know the units of the bundle being added.
    added_by: Vec<u32>,
    calls: u32,
    /// The work done: units and edges visited, and lookups by what they cost.
    pub(super) steps: u64,
}

impl<'n> Selection<'n> {
    pub(super) fn new(network: &'n Network<'n>) -> Selection<'n> {
        let count = network.units.weights.len();
        Selection {
            network,
            goes: vec![false; count],
            weight: 0,
            timelines: vec![BTreeMap::new(); network.agent_count],
            journal: Vec::new(),
            added_by: vec![0; count],
            calls: 0,
            steps: 0,
        }
    }

    /// Adds a unit with all it needs. If that is impossible, nothing changes, and the error is a
    /// unit that cannot be added to this set: this one or one that it needs.
    pub(super) fn add(&mut self, unit: u32) -> Result<(), u32> {
        let mark = self.mark();
        let mut pending = vec![unit];
        while let Some(next) = pending.pop() {
            if self.goes[next as usize] {
                continue;
            }
            if self.rivals(next).next().is_some() {
                self.take_back(mark);
                let alone = self.rivals(next).next().is_none();
                return Err(if alone { unit } else { next });
            }
            self.include(next);
            pending.extend_from_slice(self.network.needs.of(next));
        }
        Ok(())
    }

    /// Adds a unit with all it needs, and removes what conflicts with these units and what needs
    /// removed ones. Returns the removed ones, or `None` if the units exclude each other; then
    /// the caller takes the changes back.
    pub(super) fn force(&mut self, unit: u32) -> Option<Vec<u32>> {
        self.calls += 1;
        let mut removed = Vec::new();
        let mut pending = vec![unit];
        while let Some(next) = pending.pop() {
            if self.goes[next as usize] {
                continue;
            }
            let mut leaving: Vec<u32> = self.rivals(next).collect();
            while let Some(rival) = leaving.pop() {
                if !self.goes[rival as usize] {
                    continue;
                }
                if self.added_by[rival as usize] == self.calls {
                    return None;
                }
                self.exclude(rival);
                removed.push(rival);
                leaving.extend_from_slice(self.network.needed_by.of(rival));
            }
            if self.network.conflicts.of(next).contains(&next) {
                return None;
            }
            self.include(next);
            self.added_by[next as usize] = self.calls;
            pending.extend_from_slice(self.network.needs.of(next));
        }
        Some(removed)
    }

    /// The units that go and conflict with this one; the unit itself if it can never go.
    fn rivals(&mut self, unit: u32) -> impl Iterator<Item = u32> + use<'_> {
        let network = self.network;
        let listed = network.conflicts.of(unit);
        self.steps += LOOKUP_STEPS + listed.len() as u64;
        let (goes, timelines) = (&self.goes, &self.timelines);
        let overlapping = network.units.spans[unit as usize].into_iter().flat_map(move |span| {
            let started = timelines[network.agents[unit as usize]].range(..span.end).rev();
            // Spans that go do not overlap, so they end in the order they start.
            started.map(|(_, other)| *other).take_while(move |other| {
                network.units.spans[*other as usize].is_some_and(|other| other.end > span.start)
            })
        });
        let listed = listed.iter().copied().filter(move |o| goes[*o as usize] || *o == unit);
        listed.chain(overlapping)
    }

    fn include(&mut self, unit: u32) {
        if let Some(span) = self.network.units.spans[unit as usize] {
            self.timelines[self.network.agents[unit as usize]].insert(span.start, unit);
        }
        self.goes[unit as usize] = true;
        self.weight += self.network.units.weights[unit as usize];
        self.journal.push(JournalEntry::Added(unit));
        self.steps += 1;
    }

    fn exclude(&mut self, unit: u32) {
        if let Some(span) = self.network.units.spans[unit as usize] {
            self.timelines[self.network.agents[unit as usize]].remove(&span.start);
        }
        self.goes[unit as usize] = false;
        self.weight -= self.network.units.weights[unit as usize];
        self.journal.push(JournalEntry::Removed(unit));
        self.steps += 1 + self.network.needed_by.of(unit).len() as u64;
    }

    /// The state to take changes back to.
    pub(super) fn mark(&self) -> usize {
        self.journal.len()
    }

    /// Undoes the changes since a mark.
    pub(super) fn take_back(&mut self, mark: usize) {
        while self.journal.len() > mark {
            match self.journal.pop() {
                Some(JournalEntry::Added(unit)) => self.exclude(unit),
                Some(JournalEntry::Removed(unit)) => self.include(unit),
                None => break,
            }
            // The undoing is itself no change.
            self.journal.pop();
        }
    }

    /// Whether the tie rule prefers the set to the one at a mark: the first unit whose state
    /// differs goes.
    pub(super) fn comes_first_since(&self, mark: usize) -> bool {
        let mut changed: Vec<u32> = self.journal[mark..].iter().map(|c| c.unit()).collect();
        changed.sort_unstable();
        // A unit that changed an even number of times is as it was.
        let odd = changed.chunk_by(|one, other| one == other).find(|run| run.len() % 2 == 1);
        odd.is_some_and(|run| self.goes[run[0] as usize])
    }
}
