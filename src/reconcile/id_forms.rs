//! Listens to rows for the form of their ids, if a rule about that is on.

use super::{FormKey, NamedRecord, RecordName, compare_forms};
use crate::model::fact::{Notice, NoticeKind};
use crate::model::keys::{Keys, NameKey, QuickSet, RecordKey};
use crate::model::listener::{GoneRecord, KeyMakers, Listener, SourceTurn};
use crate::model::row::{Field, Row};
use crate::model::shift::{Entry, Kind};
use crate::model::source::Role;
use crate::model::spelling::is_uuid;

/// What a thread has heard.
#[derive(Default)]
pub struct IdForms {
    /// Whether the rows at hand are the batch's, and wanted.
    batch: bool,
    /// Whether they are published, and wanted.
    published: bool,
    sent: Vec<NamedRecord>,
    live: QuickSet<FormKey>,
}

impl Listener for IdForms {
    fn turn_to(&mut self, turn: SourceTurn<'_>) {
        let on = |kind| turn.ids_name_records && (turn.is_wanted)(kind);
        let strange = on(NoticeKind::ClientMadeId);
        self.batch = turn.role == Role::Batch && (strange || on(NoticeKind::RepeatedSchedule));
        self.published = turn.role == Role::Published && strange;
    }

    #[inline(always)]
    fn hear_entry(&mut self, (keys, _): KeyMakers<'_>, row: &Row<'_>, entry: &Entry) {
        if self.batch {
            self.note_sent(keys, row, entry);
        } else if self.published {
            self.note_live(keys, row, entry.id, entry.side().kind == Kind::Shift);
        }
    }

    fn hear_cancelled(&mut self, (keys, _): KeyMakers<'_>, row: &Row<'_>, gone: GoneRecord) {
        if self.published {
            self.note_live(keys, row, keys.of(row.id()), gone.is_shift);
        }
    }

    fn join(&mut self, other: IdForms) {
        self.sent.extend(other.sent);
        self.live.extend(other.live);
    }
}

impl IdForms {
    /// Reports what the forms of ids say, once all rows were heard.
    pub fn notices(self, tell: &mut dyn FnMut(Notice)) {
        compare_forms(self.sent, &self.live, tell);
    }

    #[inline(never)]
    fn note_sent(&mut self, keys: &Keys, row: &Row<'_>, entry: &Entry) {
        let schedule = row.word(Field::Schedule);
        let name = FormKey::of(entry, keys.of(schedule));
        let written = if entry.id.is_none() { schedule } else { row.word(Field::Id) };
        let named = |name| NamedRecord { entry: *entry, name, is_uuid: is_uuid(written) };
        self.sent.extend(name.map(named));
    }

    /// What a server has once given an id or a schedule is not new any more.
    fn note_live(&mut self, keys: &Keys, row: &Row<'_>, id: RecordKey, is_shift: bool) {
        let schedule: NameKey = keys.of(row.word(Field::Schedule));
        self.live.extend(id.is_some().then_some(FormKey::Record(RecordName { id, is_shift })));
        self.live.extend(schedule.is_some().then_some(FormKey::Schedule(schedule)));
    }
}
