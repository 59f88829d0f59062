//! Finds records that cancel what is published for another agent.

use crate::judge::rule_of_notice;
use crate::ledger::FactLedger;
use crate::model::fact::{Notice, NoticeKind};
use crate::model::keys::{AgentKey, QuickSet};
use crate::model::shift::Entry;
use crate::model::source::{Origin, Role};
use crate::reconcile::RecordName;
use crate::schedule::Schedule;

/// A published record with a name that the batch cancels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CancelledHolder {
    name: RecordName,
    record: Origin,
    agent: AgentKey,
}

/// The names of what the batch cancels, if it matters whose they are.
pub(super) fn cancelled_names(schedule: &Schedule<'_>) -> QuickSet<RecordName> {
    let Schedule { run, collected, .. } = schedule;
    let is_on = run.settings.is_on(rule_of_notice(NoticeKind::IdTaken).code);
    let named = collected.cancelled.named().filter(|_| is_on);
    named.map(|(_, name, _)| name).filter(|name| name.id.is_some()).collect()
}

/// Notes the published records of a timeline that have one of these names.
pub(super) fn look(
    schedule: &Schedule<'_>,
    names: &QuickSet<RecordName>,
    timeline: &[Entry],
    found: &mut Vec<CancelledHolder>,
) {
    let is_published = |entry: &&Entry| {
        !entry.side().batch && schedule.run.role_of(entry.origin) == Role::Published
    };
    let named = timeline.iter().filter(|entry| names.contains(&RecordName::of(entry)));
    found.extend(named.filter(is_published).map(|entry| CancelledHolder {
        name: RecordName::of(entry),
        record: entry.origin,
        agent: entry.agent,
    }));
}

/// Reports cancellations whose id is published for other agents only.
pub(super) fn report(
    schedule: &Schedule<'_>,
    mut holders: Vec<CancelledHolder>,
    ledger: &mut FactLedger<'_>,
) {
    holders.sort_unstable();
    let Schedule { collected, settled, .. } = schedule;
    let cancelled = &collected.cancelled;
    for (agent, name, record) in cancelled.named().filter(|(agent, ..)| agent.is_some()) {
        let first = holders.partition_point(|of| of.name < name);
        let of_name = || holders[first..].iter().take_while(|of| of.name == name);
        // A record of several agents cancels that of any of them.
        let is_own = |of: &CancelledHolder| cancelled.first(of.agent, name) == Some(record);
        let mut others = of_name().filter(|of| !settled.gives(name.id, of.agent, agent));
        if let Some(other) = others.next().filter(|_| !of_name().any(is_own)) {
            let records = [Some(record), Some(other.record), None];
            ledger.add_notice(Notice::about(NoticeKind::IdTaken, agent, records));
        }
    }
}
