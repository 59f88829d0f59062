//! Columns that are not read.
//!
//! What they hold is looked at in the first records, where their names leave open
//! whether it matters.

use super::Header;
use crate::model::row::Field;
use crate::model::source::Role;
use crate::read::Opening;
use crate::read::columns::Columns;
use crate::read::json::class::Class;
use crate::read::names::{Assignment, Meaning, NoField, Unused, Usage};

/// How many records are looked at.
const FEW: usize = 64;

/// How many values of a column are shown.
const SAMPLES: usize = 2;

/// The columns that are not read, and the first records.
#[derive(Debug, Clone, Default)]
pub(super) struct UnreadColumns {
    delimiter: u8,
    first: Box<[u8]>,
    /// Whether each column is not read, and is no bookkeeping.
    unused: Vec<bool>,
    /// Whether a document in the cells of each column can hold records.
    documents: Vec<bool>,
    /// Columns that hold two times in one word.
    ranges: Vec<usize>,
    /// Columns that may hold the end of time off that has none.
    ends: Vec<usize>,
}

impl UnreadColumns {
    pub(super) fn of(opening: &Opening<'_>, header: &Header, columns: &Columns) -> UnreadColumns {
        let assignment = &columns.assignment;
        let contends = |place| assignment.contenders.iter().any(|one| one.other == place);
        let unused = |usage: &Usage| match usage {
            Usage::Field(_) => false,
            Usage::Unused(why) => *why != Unused::NoField(NoField::Bookkeeping),
        };
        let unknown = |(place, usage): (usize, &Usage)| {
            let class = header.names.get(place).map_or(Class::Plain, |name| Class::of(name));
            let may_be_times =
                assignment.meanings.get(place).is_some_and(|meaning| meaning.maybe_times);
            // `Hours` can be those of the shift; `Store Hours` are not.
            let aside = matches!(class, Class::Parts | Class::History | Class::Bookkeeping)
                || class == Class::Calendar && !may_be_times;
            is_unknown(usage) && !aside && !contends(place)
        };
        let unknown: Vec<bool> = assignment.usages.iter().enumerate().map(unknown).collect();
        let first = header.first_records(opening, FEW);
        let documents = |(place, usage): (usize, &Usage)| {
            let class = header.names.get(place).map_or(Class::Plain, |name| Class::of(name));
            let aside = matches!(class, Class::Parts | Class::History | Class::Bookkeeping)
                || class == Class::Calendar;
            !aside && may_be_document(usage)
        };
        let documents = assignment.usages.iter().enumerate().map(documents).collect();
        // Where no hours are read, all columns that hold times are in question.
        let ranges = match assignment.has_hours && unknown.contains(&true) {
            true => header.shapes(first, &unknown),
            false => Vec::new(),
        };
        // Phone numbers and rooms look like hours; times of a day that people wish for
        // are none of the shift.
        let timed = |place: usize| {
            let asked = assignment.meanings.get(place).is_some_and(Meaning::is_of_availability);
            !asked && header.samples(first, place, FEW).iter().any(|value| value.contains(':'))
        };
        let ranges = ranges.iter().enumerate().filter(|(_, shape)| shape.ranges > 0);
        let ranges = ranges.filter(|(place, _)| timed(*place));
        UnreadColumns {
            delimiter: header.delimiter,
            first: first.into(),
            ranges: ranges.map(|(place, _)| place).collect(),
            ends: ends(opening, header, assignment, first),
            unused: assignment.usages.iter().map(unused).collect(),
            documents,
        }
    }

    /// The first records.
    pub(super) fn first(&self) -> &[u8] {
        &self.first
    }

    /// Columns that hold two times in one word.
    pub(super) fn ranges(&self) -> &[usize] {
        &self.ranges
    }

    /// Columns that may hold the end of time off that has none.
    pub(super) fn ends(&self) -> &[usize] {
        &self.ends
    }

    /// Whether a document in the cell of a column can hold records.
    pub(super) fn may_hold_records(&self, place: usize) -> bool {
        self.documents.get(place).copied().unwrap_or(false)
    }

    /// The columns that hold times, each with some of its values.
    pub(super) fn times(&self, names: &[String]) -> Vec<(String, Vec<String>)> {
        let header = Header { names: names.to_vec(), delimiter: self.delimiter, start: 0, end: 0 };
        let shapes = header.shapes(&self.first, &self.unused);
        let timed = shapes.iter().enumerate().filter(|(_, shape)| shape.holds_times());
        let column = |(place, _): (usize, &_)| {
            let name = names.get(place).cloned().unwrap_or_default();
            (name, header.samples(&self.first, place, SAMPLES))
        };
        timed.map(column).collect()
    }
}

/// The columns of dates that are not read, and are no bookkeeping, in a file of whole
/// days whose records have a start and no end.
fn ends(
    opening: &Opening<'_>,
    header: &Header,
    assignment: &Assignment,
    first: &[u8],
) -> Vec<usize> {
    let ended = [Field::End, Field::EndDate, Field::Times];
    // Shifts with dates alone take whole days, if the user says so.
    let whole_days = opening.role == Role::TimeOff || !assignment.has_hours;
    if !whole_days || ended.iter().any(|of| assignment.column(*of).is_some()) {
        return Vec::new();
    }
    let unused = |usage: &Usage| matches!(usage, Usage::Unused(why) if *why != Unused::NoField(NoField::Bookkeeping));
    let unused: Vec<bool> = assignment.usages.iter().map(unused).collect();
    let shapes = header.shapes(first, &unused);
    let dated = shapes.iter().enumerate().filter(|(_, shape)| {
        let dates = shape.dates + shape.locals + shape.instants;
        dates > 0 && dates == shape.filled()
    });
    dated.map(|(place, _)| place).collect()
}

/// Whether a column can hold documents of records: whatever it is taken for, if it
/// is neither the activities of its record nor about it.
fn may_be_document(usage: &Usage) -> bool {
    match usage {
        Usage::Field(field) => *field != Field::Activities,
        Usage::Unused(why) => !matches!(
            why,
            Unused::NoField(NoField::Bookkeeping | NoField::Attendance | NoField::Calendar)
                | Unused::Attendance(_)
        ),
    }
}

/// Whether a column is not read and nothing says what it means.
fn is_unknown(usage: &Usage) -> bool {
    match usage {
        Usage::Field(_) => false,
        Usage::Unused(why) => matches!(
            why,
            Unused::NoField(NoField::Unknown | NoField::More(_))
                | Unused::Unconfirmed(_)
                | Unused::Unneeded(_)
                | Unused::Other(..)
        ),
    }
}
