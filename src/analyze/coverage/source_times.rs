//! Holds what the timelines show of one input: its agents, and its first and last times.

use super::sample::AgentSample;
use crate::model::shift::Entry;
use crate::model::time::Instant;
use std::cmp::Reverse;

/// An entry at one end of a file, and the first or the last moment that it takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub(super) at: Instant,
    pub(super) entry: Entry,
}

/// What the timelines show of one source.
#[derive(Debug, Default, Clone)]
pub(super) struct SourceTimes {
    pub(super) agents: u64,
    /// Agents whom the batch has, too.
    pub(super) common: u64,
    /// Agents who are in no list of agents.
    pub(super) unlisted: u64,
    /// The record that starts first.
    pub(super) first: Option<Edge>,
    /// The record that ends last.
    pub(super) last: Option<Edge>,
    /// Records of some agents.
    pub(super) sample: AgentSample,
}

impl SourceTimes {
    /// Notes a record of the timeline with this number, and returns whether it is the first of
    /// its agent.
    pub(super) fn note(&mut self, (start, end): (Edge, Edge), timeline: u64) -> bool {
        self.first = earlier(self.first, Some(start));
        self.last = later(self.last, Some(end));
        self.sample.note(start.entry.origin, timeline)
    }

    pub(super) fn join(&mut self, other: SourceTimes) {
        self.agents += other.agents;
        self.common += other.common;
        self.unlisted += other.unlisted;
        self.first = earlier(self.first, other.first);
        self.last = later(self.last, other.last);
        self.sample.join(other.sample);
    }
}

pub(super) fn earlier(one: Option<Edge>, other: Option<Edge>) -> Option<Edge> {
    one.into_iter().chain(other).min_by_key(|edge| (edge.at, edge.entry.origin))
}

pub(super) fn later(one: Option<Edge>, other: Option<Edge>) -> Option<Edge> {
    // Of equal ends the record that stands first.
    one.into_iter().chain(other).max_by_key(|edge| (edge.at, Reverse(edge.entry.origin)))
}

/// The start of an entry, and the last moment that it takes.
pub(super) fn edges(entry: &Entry) -> (Edge, Edge) {
    let last = (entry.end() - 1).max(entry.start());
    (Edge { at: entry.start(), entry: *entry }, Edge { at: last, entry: *entry })
}
