//! Rows are listened to while they are collected, for what an entry cannot
//! hold: versions, the form of ids, the spelling of names.

use super::forms::Forms;
use super::run::{NameKeys, Run};
use super::spellings::Spellings;
use super::versions::Versions;
use crate::model::fact::Notice;
use crate::model::row::Row;
use crate::model::shift::Entry;
use crate::model::source::Origin;
use crate::reconcile::{compare_forms, compare_versions};

/// What a thread has heard, or all of them together.
pub(crate) struct Heard {
    pub(crate) versions: Versions,
    pub(crate) forms: Forms,
    pub(crate) spellings: Spellings,
}

impl Heard {
    pub(crate) fn new(run: &Run<'_>) -> Heard {
        Heard {
            versions: Versions::new(run),
            forms: Forms::default(),
            spellings: Spellings::new(run),
        }
    }

    /// Goes on to the rows of this source.
    pub(crate) fn turn_to(&mut self, run: &Run<'_>, place: usize) {
        let source = &run.sources[place];
        let of_records = run.shared_ids[place].is_none();
        self.versions.turn_to(run, source, of_records);
        self.forms.turn_to(run, source.file.role, of_records);
        self.spellings.turn_to();
    }

    /// Listens to a row, whatever becomes of it.
    #[inline(always)]
    pub(crate) fn hear_row(&mut self, named: NameKeys<'_>, row: &Row<'_>, origin: Origin) {
        self.versions.hear(named, row, origin);
        self.spellings.hear_id(row, origin);
    }

    /// Listens to a row that claims time.
    #[inline(always)]
    pub(crate) fn hear_entry(&mut self, named: NameKeys<'_>, row: &Row<'_>, entry: &Entry) {
        self.forms.hear(named.0, row, entry);
        self.spellings.hear(named, row, entry);
    }

    /// What versions and the form of ids say, once all is heard.
    pub(crate) fn notices(versions: Versions, forms: Forms, tell: &mut dyn FnMut(Notice)) {
        compare_versions(versions.statements(), tell);
        compare_forms(forms.sent, &forms.live, tell);
    }

    /// Adds what another thread has heard.
    pub(crate) fn join(&mut self, other: Heard) {
        self.versions.join(other.versions);
        self.forms.join(other.forms);
        self.spellings.join(other.spellings);
    }
}
