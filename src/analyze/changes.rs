//! Compares the changes of a batch with what is published.

use crate::judge::rule_of_notice;
use crate::ledger::FactLedger;
use crate::model::fact::NoticeKind;
use crate::model::shift::Entry;
use crate::model::source::{Origin, Role};
use crate::read::source::Source;
use crate::reconcile::DeletedRecords;
use crate::schedule::Schedule;
use crate::schedule::run::Run;

/// Whether there are changes, and something published that they can change.
pub(super) fn are_compared(run: &Run<'_>) -> bool {
    let is_live = |source: &Source| source.file.role == Role::Published;
    run.settings.is_on(rule_of_notice(NoticeKind::UnknownRecord).code)
        && run.sources.iter().any(is_live)
        && run.sources.iter().any(Source::holds_changes)
}

/// Notes what is deleted of a timeline, and reports changes of what is not on it.
pub(super) fn look(
    schedule: &Schedule<'_>,
    timeline: &[Entry],
    deleted: &mut DeletedRecords,
    ledger: &mut FactLedger<'_>,
) {
    let is_change = |entry: &Entry| is_change(schedule.run, entry.origin);
    let tell = &mut |notice| ledger.add_notice(notice);
    deleted.look(timeline, &schedule.collected.cancelled, is_change, tell);
}

/// Reports deletions of what is on no timeline.
pub(super) fn report_deletions(
    schedule: &Schedule<'_>,
    deleted: &DeletedRecords,
    ledger: &mut FactLedger<'_>,
) {
    let is_change = |origin: Origin| is_change(schedule.run, origin);
    let tell = &mut |notice| ledger.add_notice(notice);
    deleted.unknown(&schedule.collected.cancelled, is_change, tell);
}

fn is_change(run: &Run<'_>, origin: Origin) -> bool {
    run.sources[usize::from(origin.source())].holds_changes()
}
