//! Rows are heard for their ids, if a rule about the form of ids is on.

use super::run::Run;
use crate::model::keys::{Keys, QuickSet};
use crate::model::row::{Field, Row};
use crate::model::shift::{Entry, Kind};
use crate::model::source::Role;
use crate::model::spelling::is_uuid;
use crate::reconcile::{FormKey, NamedRecord};

/// What a thread has heard.
#[derive(Default)]
pub(crate) struct Forms {
    /// Whether the rows at hand are the batch's, and wanted.
    batch: bool,
    /// Whether they are published, and wanted.
    published: bool,
    pub(crate) sent: Vec<NamedRecord>,
    pub(crate) live: QuickSet<FormKey>,
}

impl Forms {
    /// Goes on to the rows of a source of this role, whose ids are those of records, or not.
    pub(crate) fn turn_to(&mut self, run: &Run<'_>, role: Role, of_records: bool) {
        let on = |code| of_records && run.settings.is_on(code);
        self.batch = role == Role::Batch && (on("ID103") || on("ID105"));
        self.published = role == Role::Published && on("ID103");
    }

    /// Listens to a row that claims time.
    #[inline(always)]
    pub(crate) fn hear(&mut self, keys: &Keys, row: &Row<'_>, entry: &Entry) {
        if self.batch {
            self.note_sent(keys, row, entry);
        } else if self.published {
            self.note_live(keys, row, entry.id, entry.side().kind == Kind::Shift);
        }
    }

    #[inline(never)]
    fn note_sent(&mut self, keys: &Keys, row: &Row<'_>, entry: &Entry) {
        let schedule = row.word(Field::Schedule);
        let name = FormKey::of(entry, keys.of(schedule));
        let written = if entry.id == 0 { schedule } else { row.word(Field::Id) };
        let named = |name| NamedRecord { entry: *entry, name, is_uuid: is_uuid(written) };
        self.sent.extend(name.map(named));
    }

    /// Listens to a row that is void.
    pub(crate) fn hear_void(&mut self, keys: &Keys, row: &Row<'_>, shift: bool) {
        if self.published {
            self.note_live(keys, row, keys.of(row.id()), shift);
        }
    }

    /// What a server has once given an id or a schedule is not new any more.
    fn note_live(&mut self, keys: &Keys, row: &Row<'_>, id: u64, shift: bool) {
        let schedule = keys.of(row.word(Field::Schedule));
        self.live.extend((id != 0).then_some(FormKey::Record(id, shift)));
        self.live.extend((schedule != 0).then_some(FormKey::Schedule(schedule)));
    }

    /// Adds what another thread has heard.
    pub(crate) fn join(&mut self, other: Forms) {
        self.sent.extend(other.sent);
        self.live.extend(other.live);
    }
}
