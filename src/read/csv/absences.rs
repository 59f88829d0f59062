//! Finds columns beside those of a shift which say that its agent is absent.
//!
//! Examples are `On Leave`, and `Vacation From` with `Vacation To`.

use super::Header;
use super::asides::{AsideColumn, AsideColumns};
use crate::model::kinds::is_absence;
use crate::model::row::{Alternate, Claim, Field};
use crate::model::source::Role;
use crate::read::json::absences::{begins_absence, ends_absence, is_absence_key, says_absence};
use crate::read::json::class::has_word;
use crate::read::json::days_said::is_date;
use crate::read::json::naming::is_bookkeeping;
use crate::read::names::{Assignment, Usage};
use crate::read::nothing::says_nothing;

impl AsideColumns<'_> {
    /// The columns of absences, each start with its end.
    pub(super) fn absences(&self) -> Vec<AsideColumn> {
        let names = &self.header.names;
        let is_unused = |place: usize| {
            is_unread(self.assignment, place)
                && self.assignment.contenders.iter().all(|one| one.other != place)
        };
        // Hours of time off beside a shift are those of an account.
        let is_absence = |(place, name): &(usize, &String)| {
            is_unused(*place)
                && names_absence(name, self.role)
                && !has_word(name, &["hours", "minutes"])
        };
        let wanted = |column: &(usize, &String)| {
            is_absence(column) || is_unused(column.0) && may_hold_absences(column.1)
        };
        let column = |(place, name): (usize, &String)| {
            let end = |other: &(usize, &String)| is_unused(other.0) && ends_absence(name, other.1);
            let second = names.iter().enumerate().find(end).map(|(end, _)| end);
            let claim = if begins_absence(name) { Claim::AbsenceSpan } else { Claim::Absence };
            let by_word = may_hold_absences(name);
            AsideColumn { second, by_word, ..self.column(claim, Field::Kind, place) }
        };
        names.iter().enumerate().filter(wanted).map(column).collect()
    }
}

/// The columns that are not read and are called after an absence, with their names.
pub(super) fn called_after_absences(
    header: &Header,
    assignment: &Assignment,
    role: Role,
) -> Vec<(usize, String)> {
    let is_absence = |(place, name): &(usize, &String)| {
        is_unread(assignment, *place) && names_absence(name, role)
    };
    let named = header.names.iter().enumerate().filter(is_absence);
    named.map(|(place, name)| (place, name.clone())).collect()
}

fn is_unread(assignment: &Assignment, place: usize) -> bool {
    matches!(assignment.usages.get(place), Some(Usage::Unused(_)))
}

/// Whether a column is called after an absence. A full stop in its name abbreviates a word.
fn names_absence(name: &str, role: Role) -> bool {
    !is_bookkeeping(name) && is_absence_key(&name.replace('.', " "), role)
}

/// Whether a column of this name may say by its words that an agent is absent, or anything else
/// of a shift: `Exception`, `Attendance`, `Pay Code`.
fn may_hold_absences(name: &str) -> bool {
    const WORDS: [&str; 5] = ["exception", "exceptions", "attendance", "presence", "anwesenheit"];
    const CODES: [&str; 5] = ["pay code", "paycode", "earnings code", "earning code", "time code"];
    has_word(name, &WORDS) || CODES.contains(&name.to_lowercase().replace(['_', '-'], " ").trim())
}

impl AsideColumn {
    fn says_absence(&self, word: &[u8]) -> bool {
        match self.by_word {
            true => is_absence(word),
            false => says_absence(&self.column, word),
        }
    }

    /// Adds what cells under the names of an absence claim. A date is a day of it, and a time of
    /// day, as when somebody leaves, is none.
    pub(super) fn claim_absence<'r>(
        &'r self,
        word: &'r [u8],
        end: &'r [u8],
        alternates: &mut Vec<Alternate<'r>>,
    ) {
        let claim =
            |claim: Claim, word: &'r [u8]| Alternate::claim(claim, Field::Kind, word, &self.column);
        if self.claim == Claim::AbsenceSpan {
            alternates.extend([claim(Claim::AbsenceSpan, word), claim(Claim::AbsenceSpan, end)]);
        } else if is_date(word) {
            alternates.extend([claim(Claim::AbsenceSpan, word), claim(Claim::AbsenceSpan, word)]);
        } else if !says_nothing(word.trim_ascii()) && self.says_absence(word) {
            alternates.push(claim(Claim::Absence, word));
        }
    }
}
