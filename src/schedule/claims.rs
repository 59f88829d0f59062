//! Collects what columns that are not read claim of records, in effect.
//!
//! A second span, a later end, somebody else who has the shift: each is read in the
//! place of what was read of the record. Only what then takes time that the record does
//! not take is a doubt.

mod claiming_row;

pub(super) use claiming_row::ClaimingRow;

use crate::model::conventions::Question;
use crate::model::keys::{AgentKey, QuickMap, QuickSet};
use crate::model::occurrences::{AddOccurrences, Occurrences};
use crate::model::row::{Alternate, Claim};
use crate::model::source::Origin;
use crate::normalize::Outcome;
use std::collections::BTreeMap;

/// What a column claims, by input.
type ColumnKey = (u16, Claim, String);

/// How many records, and the byte where the first of them begins.
pub(crate) type ClaimCount = Occurrences<u64>;

/// The claims that a thread, or all of them, have met.
#[derive(Debug, Default)]
pub(crate) struct Claims {
    counts: BTreeMap<ColumnKey, ClaimCount>,
    /// Who may have the shifts of others, by the key of the name: those who are claims only
    /// if they are agents. The column of a [`Claim::Person`] is that of names.
    agents: BTreeMap<ColumnKey, QuickMap<AgentKey, ClaimCount>>,
}

impl Claims {
    /// Compares a record with what its alternates claim.
    #[cold]
    pub(in crate::schedule) fn compare(
        &mut self,
        mut met: ClaimingRow<'_, '_>,
        key: impl Fn(&[u8]) -> AgentKey,
    ) {
        let alternates = met.row.alternates;
        if alternates.iter().all(Alternate::is_rival) {
            return;
        }
        let outcome = met.read(met.row);
        // The survey answers for the columns that are read.
        met.context.conventions.settled.insert(Question::Meridiem);
        let mut rest = alternates.iter();
        while let Some(alternate) = rest.next() {
            let Some(claim) = alternate.claim.filter(|_| !alternate.is_rival()) else { continue };
            let second = if claim.is_span() { rest.next() } else { None };
            if matches!(claim, Claim::Cover | Claim::OtherAgent | Claim::Displaced) {
                let agent = key(alternate.word.trim_ascii());
                self.note_cover((claim, alternate), agent, &outcome, met.origin);
            } else if met.holds(claim, alternate, second, &outcome) {
                let column = (met.origin.source(), claim, alternate.column.to_owned());
                let one = Occurrences::one(met.origin.offset());
                self.counts.add(column, one);
            }
        }
    }

    /// Notes what a record without an agent is called, which may be an agent.
    #[cold]
    pub(crate) fn note_name(&mut self, name: AgentKey, origin: Origin) {
        self.note_agent((origin.source(), Claim::Person, String::new()), name, origin);
    }

    /// Notes an agent who may have a shift beside its own agent, or instead. One that is
    /// unassigned may be that of any other.
    fn note_cover(
        &mut self,
        (claim, alternate): (Claim, &Alternate<'_>),
        agent: AgentKey,
        outcome: &Outcome,
        origin: Origin,
    ) {
        let own = match outcome {
            Outcome::Entry(entry, _) => entry.agent,
            Outcome::Open | Outcome::Agentless => AgentKey::NONE,
            _ => return,
        };
        if agent.is_some() && agent != own {
            let column = (origin.source(), claim, alternate.column.to_owned());
            self.note_agent(column, agent, origin);
        }
    }

    fn note_agent(&mut self, column: ColumnKey, agent: AgentKey, origin: Origin) {
        let agents = self.agents.entry(column).or_default();
        agents.add(agent, Occurrences::one(origin.offset()));
    }

    /// Adds what another thread has met.
    pub(crate) fn join(&mut self, other: Claims) {
        for (column, count) in other.counts {
            self.counts.add(column, count);
        }
        for (column, agents) in other.agents {
            let known = self.agents.entry(column).or_default();
            for (agent, more) in agents {
                known.add(agent, more);
            }
        }
    }

    /// Whether it takes all agents to know what is claimed.
    pub(crate) fn want_agents(&self) -> bool {
        !self.agents.is_empty()
    }

    /// What the columns of an input claim that is doubtful by itself.
    pub(crate) fn of(&self, place: usize) -> impl Iterator<Item = (Claim, &str, ClaimCount)> {
        let own = self.counts.iter().filter(move |((of, ..), _)| usize::from(*of) == place);
        own.map(|((_, claim, column), count)| (*claim, column.as_str(), *count))
    }

    /// The columns of an input that may name agents: claims only if they do.
    pub(crate) fn names_of(
        &self,
        place: usize,
        wanted: Claim,
    ) -> impl Iterator<Item = ClaimedNames<'_>> {
        let own = self
            .agents
            .iter()
            .filter(move |((of, claim, _), _)| usize::from(*of) == place && *claim == wanted);
        own.map(|((.., column), names)| ClaimedNames { column, names })
    }
}

/// Names in a column, of whom may have the shifts of others.
pub(crate) struct ClaimedNames<'c> {
    pub(crate) column: &'c str,
    names: &'c QuickMap<AgentKey, ClaimCount>,
}

impl ClaimedNames<'_> {
    /// How many records name one of these agents, if any does.
    pub(crate) fn among(&self, agents: &QuickSet<AgentKey>) -> Option<ClaimCount> {
        let here = self.names.iter().filter(|(name, _)| agents.contains(name));
        here.map(|(_, count)| *count).reduce(Occurrences::and)
    }

    /// How many records name somebody whom another one names, too: of several the one who
    /// is named first.
    pub(crate) fn repeated(&self) -> Option<ClaimCount> {
        let again = self.names.values().copied().filter(|named| named.count > 1);
        // They are in no order.
        again.min_by_key(|named| named.first)
    }
}
