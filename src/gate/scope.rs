//! Says which known findings a check would have found if they were still there.
//!
//! A check of one team's file says nothing about another team. A known finding is in scope if its
//! rule is on, its inputs are given, its agent is in the batch, and the batch has records on both
//! sides of its day.

use crate::analyze::observer::{LeftOut, TimelineObserver};
use crate::calendar::OffsetCache;
use crate::model::gate::KnownFinding;
use crate::model::keys::{AgentKey, QuickSet};
use crate::model::shift::Entry;
use crate::model::source::Role;
use crate::model::time::Instant;
use crate::schedule::Schedule;
use std::sync::{Mutex, PoisonError};

/// Looks for the agents of known findings in the batch, and for the days of the batch.
pub(super) struct BatchScope<'a> {
    schedule: &'a Schedule<'a>,
    agents: QuickSet<AgentKey>,
    seen: Mutex<Seen>,
}

/// What was seen of the batch.
#[derive(Default)]
struct Seen {
    agents: QuickSet<AgentKey>,
    /// The first instant of the first day, and the last of the last.
    days: Option<(Instant, Instant)>,
}

impl<'a> BatchScope<'a> {
    pub(super) fn new(schedule: &'a Schedule<'a>, known: &[KnownFinding]) -> BatchScope<'a> {
        let agents = known.iter().filter_map(|known| known.agent.as_deref());
        let key = |agent: &str| schedule.agents.key(schedule.keys, agent.as_bytes());
        BatchScope { schedule, agents: agents.map(key).collect(), seen: Mutex::default() }
    }

    /// Which of the known findings are in scope.
    pub(super) fn finish(self, known: &[KnownFinding]) -> Vec<bool> {
        let seen = self.seen.into_inner().unwrap_or_else(PoisonError::into_inner);
        let run = self.schedule.run;
        let is_given = |role: &Role| {
            let mut sources = run.sources.iter();
            sources.any(|of| of.file.role == *role && of.aside().is_none())
        };
        let is_in = |known: &KnownFinding| {
            let agent = known.agent.as_deref();
            let agent = agent.map(|of| self.schedule.agents.key(self.schedule.keys, of.as_bytes()));
            let is_within = |start: Instant| {
                seen.days.is_some_and(|(first, last)| first <= start && start < last)
            };
            run.settings.is_on(&known.rule)
                && known.roles.iter().all(is_given)
                && agent.is_none_or(|agent| seen.agents.contains(&agent))
                && known.key.start.is_none_or(is_within)
        };
        known.iter().map(is_in).collect()
    }

    /// The first instant of the local day of an entry, and the first of the next one.
    fn day_of(&self, entry: &Entry) -> (Instant, Instant) {
        let (calendar, cache) = (self.schedule.run.calendar, &mut OffsetCache::default());
        let day = i64::from(calendar.day(entry.clock(), entry.start(), cache));
        let start = |day| calendar.day_start(entry.clock(), day, &mut OffsetCache::default());
        (start(day), start(day + 1))
    }
}

impl TimelineObserver for BatchScope<'_> {
    fn look(&self, compared: &[Entry], left_out: &LeftOut) {
        let LeftOut { repeated, parts, .. } = left_out;
        let all = || compared.iter().chain(repeated).chain(parts).filter(|of| of.side().batch);
        let earliest = all().min_by_key(|entry| entry.start());
        let latest = all().max_by_key(|entry| entry.start());
        let (Some(earliest), Some(latest)) = (earliest, latest) else { return };
        let days = (self.day_of(earliest).0, self.day_of(latest).1);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if self.agents.contains(&earliest.agent) {
            seen.agents.insert(earliest.agent);
        }
        let (first, last) = seen.days.unwrap_or(days);
        seen.days = Some((first.min(days.0), last.max(days.1)));
    }
}
