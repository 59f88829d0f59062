//! Reads days of rest from objects without hours, by the words of tables.

use super::Elements;
use crate::model::kinds::{is_absence, is_day_part, is_rest_day, names_shift};
use crate::model::row::{Field, Row};
use crate::model::shift::Kind;
use crate::model::source::Role;
use crate::read::json::keys::{NESTED, name};
use crate::read::json::naming;
use crate::read::json::scoping::bit;
use crate::read::json::shape::{Around, each_text, each_value, is_record_like_text, scalar_text};
use crate::read::names::meaning;
use crate::read::rest_days::{
    LONGEST_CLOCK, REST, is_between_midnights, is_rest_flag, is_without_shift, names_shift_codes,
    names_shift_or_hours, take_rest_day,
};

impl Elements<'_, '_> {
    /// Whether the object at hand has a key for the hours of a shift, empty or not.
    #[inline]
    fn has_hours(&self) -> bool {
        const HOURS: u64 = bit(Field::Start) | bit(Field::Times);
        self.filled & HOURS != 0
    }

    /// Whether the object at hand, which begins at `start`, has a place for hours: a key for
    /// them, or it is an element of a list in which others have one.
    #[inline]
    pub(super) fn is_timed(&self, start: usize) -> bool {
        self.has_hours() || self.timed && start == self.restart
    }

    /// Takes a shift without hours as a day off if its kind says so. Where no record of its list
    /// has a key for hours, that may be one of days off.
    #[inline]
    pub(super) fn say_rest(&self, row: &mut Row<'_>, has_times: bool) {
        let [start, end] = [Field::Start, Field::End].map(|field| row.raw(field));
        if start.len() <= LONGEST_CLOCK && start.len() == end.len() && has_times {
            self.take_rest(row);
        }
    }

    #[cold]
    #[inline(never)]
    fn take_rest(&self, row: &mut Row<'_>) {
        let is_shift = row.kind.is_none_or(|kind| kind == Kind::Shift);
        if !self.reads_shifts() || !is_shift || !row.word(Field::Activities).is_empty() {
            return;
        }
        let idle = is_without_shift(row);
        if idle || is_between_midnights(row.word(Field::Start), row.word(Field::End)) {
            take_rest_day(row, idle);
        }
    }

    fn reads_shifts(&self) -> bool {
        matches!(self.role, Role::Batch | Role::Published | Role::Base)
    }

    /// Whether the object at hand may be a day without work: its hours are empty, or one word.
    #[inline]
    pub(super) fn may_be_idle(&self, at: usize) -> bool {
        let slot = |field: Field| self.slots.get(field as usize).map(|slot| self.word(*slot));
        let [Some(start), Some(end)] = [Field::Start, Field::End].map(slot) else { return false };
        let glance = start.len() <= LONGEST_CLOCK && start == end && self.is_timed(at);
        glance && self.is_idle(start)
    }

    #[cold]
    #[inline(never)]
    fn is_idle(&self, word: &[u8]) -> bool {
        const ELSEWHERE: [Field; 2] = [Field::Times, Field::Length];
        let said = |field: Field| !self.word_of(field).trim_ascii().is_empty();
        self.reads_shifts()
            && (word.trim_ascii().is_empty() || is_between_midnights(word, word))
            && !ELSEWHERE.into_iter().any(said)
            && !names_shift(self.word_of(Field::Kind))
    }

    fn word_of(&self, field: Field) -> &[u8] {
        self.slots.get(field as usize).map_or(b"", |slot| self.word(*slot))
    }

    /// What an object without hours says that its day is, under keys that are not read: an
    /// absence, a day of rest, or which shift it is where only its hours are missing.
    #[cold]
    #[inline(never)]
    pub(super) fn search_idle_day(&self, start: usize) -> Option<Vec<u8>> {
        let mut found = None;
        each_value(self.bytes, start, |key, at| {
            let flag = || scalar_text(self.bytes, at).unwrap_or_default();
            if name(key).is_some_and(|name| is_rest_flag(&name, &flag())) {
                found = Some(REST.to_vec());
            }
        });
        if found.is_some() || !self.word_of(Field::Kind).trim_ascii().is_empty() {
            return found;
        }
        let empty = self.word_of(Field::Start).is_empty();
        each_text(self.bytes, start, "", NESTED, &mut |path, text| {
            let says = match empty {
                true => is_shift_code(path, &text, self.role),
                false => is_absence(&text) || text.len() > 1 && is_rest_day(&text),
            };
            if found.is_none() && says && self.names_shifts(path) {
                found = Some(text);
            }
        });
        found
    }

    /// Whether a key that is not read can say which shift a record is.
    fn names_shifts(&self, path: &str) -> bool {
        naming::is_unknown(path, self.role)
            && (is_of_shifts(path, self.role)
                || path.rsplit('.').next().is_some_and(names_shift_codes))
    }
}

/// Whether a key is there to say which shift a record is: `shift`, `turno`.
fn is_of_shifts(path: &str, role: Role) -> bool {
    let meaning = meaning(path, role);
    meaning.maybe_times && !meaning.is_of_availability()
}

/// Whether a text says which shift a record is. Under a name such as `code` it can also be what
/// its agent is, unless it is a part of the day.
fn is_shift_code(path: &str, text: &[u8], role: Role) -> bool {
    // A range of times is compared with the record by itself.
    let around = Around { date: true, ..Around::default() };
    let names_shift = || names_shift_or_hours(text) && !is_record_like_text(text, around);
    is_day_part(text) || is_of_shifts(path, role) && names_shift()
}
