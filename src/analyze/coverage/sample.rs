//! Keeps records of different agents of one input, from which their names can be read.

use super::SAMPLE;
use crate::model::source::Origin;

/// The first records of some agents of one source: those that come first in it.
#[derive(Debug, Default, Clone)]
pub(super) struct AgentSample {
    /// The number of the last timeline that had a record of it.
    latest: u64,
    origins: Vec<Origin>,
}

impl AgentSample {
    /// Notes a record of the timeline with this number, and returns whether it is the first of
    /// its agent.
    pub(super) fn note(&mut self, origin: Origin, timeline: u64) -> bool {
        let is_new = self.latest != timeline;
        self.latest = timeline;
        if is_new {
            self.origins.push(origin);
            if self.origins.len() > 4 * SAMPLE {
                self.cut();
            }
        } else if let Some(first) = self.origins.last_mut() {
            *first = origin.min(*first);
        }
        is_new
    }

    /// The record that comes first.
    pub(super) fn first(&self) -> Option<Origin> {
        self.origins.iter().min().copied()
    }

    /// The records, in their order.
    pub(super) fn records(&self) -> Vec<Origin> {
        let mut origins = self.origins.clone();
        origins.sort_unstable();
        origins.truncate(SAMPLE);
        origins
    }

    pub(super) fn join(&mut self, other: AgentSample) {
        self.origins.extend(other.origins);
        self.cut();
    }

    fn cut(&mut self) {
        if self.origins.len() > 2 * SAMPLE {
            self.origins.sort_unstable();
            self.origins.truncate(SAMPLE);
        }
    }
}
