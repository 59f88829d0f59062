//! Finds facts about single records: their flaws, and agents who are not known.

use crate::judge::rule_of_flaw;
use crate::ledger::{FactLedger, Listable};
use crate::model::agents::Agents;
use crate::model::fact::{Defect, Flaw, Notice, NoticeKind};
use crate::model::shift::{Entry, Traits};

/// Notes the flaws of a timeline on which these traits are.
#[cold]
pub(super) fn note_flaws(timeline: &[Entry], all: Traits, ledger: &mut FactLedger<'_>) {
    for (bit, flaw) in Flaw::OF_TRAITS.into_iter().filter(|(bit, _)| all.any(*bit)) {
        let rule = rule_of_flaw(flaw);
        let Some(level) = ledger.level(rule) else { continue };
        let flawed = || timeline.iter().filter(|entry| entry.traits().any(bit));
        let count = flawed().count() as u64;
        if count == 0 {
            continue;
        }
        ledger.count(rule, level, count);
        for entry in flawed().take(ledger.per_agent()) {
            let (origin, agent, start) = (entry.origin, entry.agent, Some(entry.start()));
            let defect = Defect { flaw, origin, agent, start, count: 1 };
            ledger.list(rule, Listable::Defect(defect));
        }
    }
}

/// Batch records of an agent who is not among the known ones.
pub(super) fn note_strangers(agents: &Agents, timeline: &[Entry], ledger: &mut FactLedger<'_>) {
    let unknown = agents.given()
        && timeline.first().is_some_and(|entry| {
            agents.get(entry.agent).is_none() && !agents.is_shared(entry.agent)
        });
    if !unknown {
        return;
    }
    let mut notices = ledger.of_agent();
    for entry in timeline.iter().filter(|entry| entry.side().batch) {
        notices.add(Notice::of(NoticeKind::UnknownAgent, entry, None));
    }
}
