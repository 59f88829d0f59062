//! Defines what hears rows while they are collected, for what an entry cannot hold.

use crate::model::agents::Agents;
use crate::model::fact::NoticeKind;
use crate::model::keys::Keys;
use crate::model::row::{Field, Row};
use crate::model::shift::Entry;
use crate::model::source::{Origin, Role};

/// What makes keys of words, and of the words for agents.
pub type KeyMakers<'a> = (&'a Keys, &'a Agents);

/// The source whose rows come next.
#[derive(Clone, Copy)]
pub struct SourceTurn<'s> {
    /// What it is read as.
    pub role: Role,
    /// Whether its ids name records.
    pub ids_name_records: bool,
    /// Whether its records may have a field.
    pub may_have: &'s dyn Fn(Field) -> bool,
    /// Whether the rule for a kind of notice is on.
    pub is_wanted: &'s dyn Fn(NoticeKind) -> bool,
}

/// A record that is cancelled or deleted.
#[derive(Clone, Copy)]
pub struct GoneRecord {
    /// Whether it is a shift.
    pub is_shift: bool,
    /// Where it is.
    pub origin: Origin,
}

/// One thread's listener. Each thread has its own; they are joined in the end, in no order.
pub trait Listener: Sized {
    /// Turns to the rows of another source, or to other rows of the same one.
    fn turn_to(&mut self, turn: SourceTurn<'_>);

    /// Hears a row, whatever becomes of it.
    #[inline(always)]
    fn hear_row(&mut self, named: KeyMakers<'_>, row: &Row<'_>, origin: Origin) {
        let _ = (named, row, origin);
    }

    /// Hears a row that became this entry.
    #[inline(always)]
    fn hear_entry(&mut self, named: KeyMakers<'_>, row: &Row<'_>, entry: &Entry) {
        let _ = (named, row, entry);
    }

    /// Hears a row that became this entry, which is no shift.
    fn hear_absence(&mut self, named: KeyMakers<'_>, row: &Row<'_>, entry: &Entry) {
        let _ = (named, row, entry);
    }

    /// Hears a row of a shift, or of time off, that is cancelled.
    fn hear_cancelled(&mut self, named: KeyMakers<'_>, row: &Row<'_>, gone: GoneRecord) {
        let _ = (named, row, gone);
    }

    /// Adds what another thread heard.
    fn join(&mut self, other: Self);
}
