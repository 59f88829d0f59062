//! Joins all listeners to rows into one.

use super::run::Run;
use super::spellings::Spellings;
use crate::drift::PublishedVersions;
use crate::judge::rule_of_notice;
use crate::model::fact::NoticeKind;
use crate::model::listener::{GoneRecord, KeyMakers, Listener, SourceTurn};
use crate::model::row::{Field, Row};
use crate::model::shift::Entry;
use crate::model::source::{Origin, Role};
use crate::reconcile::{IdForms, RequestStates, StatedVersions};

/// What a thread has heard, or all of them together.
pub(crate) struct Heard {
    pub(crate) versions: StatedVersions,
    pub(crate) forms: IdForms,
    pub(crate) requests: RequestStates,
    pub(crate) spellings: Spellings,
    pub(crate) published_versions: PublishedVersions,
}

impl Heard {
    pub(super) fn new(run: &Run<'_>) -> Heard {
        let mut published = run.sources.iter().filter(|source| source.file.role == Role::Published);
        let has_versions = published.any(|source| source.may_have(Field::Version));
        Heard {
            versions: StatedVersions::new(has_versions),
            forms: IdForms::default(),
            requests: RequestStates::default(),
            spellings: Spellings::new(run),
            published_versions: PublishedVersions::new(run.has_base()),
        }
    }

    /// Turns to the rows of the source at this place.
    pub(super) fn turn_to_source(&mut self, run: &Run<'_>, place: usize) {
        let source = &run.sources[place];
        self.turn_to(SourceTurn {
            role: source.file.role,
            ids_name_records: run.shared_ids[place].is_none(),
            may_have: &|field| source.may_have(field),
            is_wanted: &|kind: NoticeKind| run.settings.is_on(rule_of_notice(kind).code),
        });
    }
}

impl Listener for Heard {
    fn turn_to(&mut self, turn: SourceTurn<'_>) {
        self.versions.turn_to(turn);
        self.forms.turn_to(turn);
        self.requests.turn_to(turn);
        self.spellings.turn_to(turn);
        self.published_versions.turn_to(turn);
    }

    #[inline(always)]
    fn hear_row(&mut self, named: KeyMakers<'_>, row: &Row<'_>, origin: Origin) {
        self.versions.hear_row(named, row, origin);
        self.spellings.hear_row(named, row, origin);
        self.published_versions.hear_row(named, row, origin);
    }

    #[inline(always)]
    fn hear_entry(&mut self, named: KeyMakers<'_>, row: &Row<'_>, entry: &Entry) {
        self.forms.hear_entry(named, row, entry);
        self.spellings.hear_entry(named, row, entry);
    }

    fn hear_absence(&mut self, named: KeyMakers<'_>, row: &Row<'_>, entry: &Entry) {
        self.requests.hear_absence(named, row, entry);
    }

    fn hear_cancelled(&mut self, named: KeyMakers<'_>, row: &Row<'_>, gone: GoneRecord) {
        self.forms.hear_cancelled(named, row, gone);
        self.requests.hear_cancelled(named, row, gone);
    }

    fn join(&mut self, other: Heard) {
        self.versions.join(other.versions);
        self.forms.join(other.forms);
        self.requests.join(other.requests);
        self.spellings.join(other.spellings);
        self.published_versions.join(other.published_versions);
    }
}
