//! Finds changes that name a shift which is not published.

use super::{CancelledRecords, RecordName};
use crate::model::fact::{Notice, NoticeKind};
use crate::model::keys::{AgentKey, QuickSet};
use crate::model::shift::{Entry, Kind};
use crate::model::source::Origin;

/// The deleted records that are published.
#[derive(Debug, Default)]
pub struct DeletedRecords(QuickSet<(AgentKey, RecordName)>);

impl DeletedRecords {
    /// Notes which records on an agent's timeline are deleted, before they are taken away, and
    /// reports changes of shifts that are not published. `is_change` holds for entries that change
    /// what is published.
    pub fn look(
        &mut self,
        timeline: &[Entry],
        cancelled: &CancelledRecords,
        is_change: impl Fn(&Entry) -> bool,
        tell: &mut dyn FnMut(Notice),
    ) {
        let is_live = |entry: &&Entry| {
            let side = entry.side();
            !side.batch && side.kind == Kind::Shift && entry.id.is_some()
        };
        let live: QuickSet<RecordName> =
            timeline.iter().filter(is_live).map(RecordName::of).collect();
        let Some(agent) = timeline.first().map(|entry| entry.agent) else { return };
        let deleted = live.iter().filter(|name| cancelled.first(agent, **name).is_some());
        self.0.extend(deleted.map(|name| (agent, *name)));
        let is_unknown = |entry: &&Entry| {
            let side = entry.side();
            side.batch
                && side.kind == Kind::Shift
                && entry.id.is_some()
                && is_change(entry)
                && !live.contains(&RecordName::of(entry))
        };
        let mut told: QuickSet<Origin> = QuickSet::default();
        for entry in timeline.iter().filter(is_unknown) {
            if told.insert(entry.origin) {
                tell(Notice::of(NoticeKind::UnknownRecord, entry, None));
            }
        }
    }

    /// Adds what another thread found.
    pub fn join(&mut self, other: DeletedRecords) {
        self.0.extend(other.0);
    }

    /// Reports deletions of shifts that are not published, in the order of the files.
    pub fn unknown(
        &self,
        cancelled: &CancelledRecords,
        is_change: impl Fn(Origin) -> bool,
        tell: &mut dyn FnMut(Notice),
    ) {
        let mut unknown: Vec<(Origin, AgentKey)> = cancelled
            .named()
            .filter(|(agent, name, origin)| {
                name.is_shift && is_change(*origin) && !self.0.contains(&(*agent, *name))
            })
            .map(|(agent, _, origin)| (origin, agent))
            .collect();
        unknown.sort_unstable();
        for (origin, agent) in unknown {
            tell(Notice::about(NoticeKind::UnknownRecord, agent, [Some(origin), None, None]));
        }
    }
}
