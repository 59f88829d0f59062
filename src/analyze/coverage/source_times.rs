//! Holds what the timelines show of one input: its agents, and its first and last times.

use super::sample::AgentSample;
use crate::model::shift::Entry;
use crate::model::source::Origin;
use crate::model::time::{Clock, Instant};

/// A record at one end of a file.
pub(super) type Edge = (Instant, Origin, Clock);

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
        self.sample.note(start.1, timeline)
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
    one.into_iter().chain(other).min_by_key(|edge| (edge.0, edge.1))
}

pub(super) fn later(one: Option<Edge>, other: Option<Edge>) -> Option<Edge> {
    // Of equal ends the record that stands first.
    one.into_iter().chain(other).max_by_key(|edge| (edge.0, std::cmp::Reverse(edge.1)))
}

/// The start of an entry, and the last moment that it takes.
pub(super) fn edges(entry: &Entry) -> (Edge, Edge) {
    let last = (entry.end() - 1).max(entry.start());
    ((entry.start(), entry.origin, entry.clock()), (last, entry.origin, entry.clock()))
}
