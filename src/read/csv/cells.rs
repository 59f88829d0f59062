//! Reads the cells of a line into a row, one by one.
//!
//! Decides whether a line is a record, and what is wrong with one that does not fit its header.

use super::Table;
use super::lines::{aside, is_total_by_agent, is_usual, note_empty};
use crate::model::kinds::{is_day_part, names_shift};
use crate::model::observation::Observation;
use crate::model::row::{Field, Row, RowFault};
use crate::read::rest_days::{
    ABSENCE, REST, is_between_midnights, is_without_shift, take_rest_day,
};
use memchr::memchr;

/// Whether bytes are UTF-8 without NUL, so that no record has to be checked for that.
pub(super) fn is_sound(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok() && memchr(0, bytes).is_none()
}

/// The cells of the record at hand, on their way into a row.
pub(super) struct Cells<'l, 'b> {
    table: &'l Table,
    pub(super) row: Row<'b>,
    pub(super) count: usize,
    /// Whether any cell holds something.
    filled: bool,
    /// Whether there is anything after the last column.
    surplus: bool,
    /// Whether all records are known to be text.
    pub(super) sound: bool,
}

impl<'l, 'b> Cells<'l, 'b> {
    pub(super) fn new(table: &'l Table, sound: bool) -> Cells<'l, 'b> {
        Cells { table, row: Row::default(), count: 0, filled: false, surplus: false, sound }
    }

    pub(super) fn begin(&mut self, offset: usize, line: u32) {
        self.row.offset = offset;
        self.row.restart = offset;
        self.row.line = line;
        self.row.fault = None;
        (self.count, self.filled, self.surplus) = (0, false, false);
    }

    pub(super) fn push(&mut self, cell: &'b [u8]) {
        match self.table.columns.get(self.count) {
            Some(Some(field)) => self.row.set(*field, cell),
            Some(None) => {}
            None => self.surplus |= !cell.trim_ascii().is_empty(),
        }
        self.filled = self.filled || !cell.trim_ascii().is_empty();
        self.count += 1;
    }

    /// Passes on a row that was empty before its cells came, which are given once more. An
    /// empty line is not a record, nor is one that repeats the header or is a total; cells
    /// after the last column matter only if they are filled.
    pub(super) fn finish(
        &mut self,
        cells: impl Iterator<Item = &'b [u8]> + Clone,
        observations: &mut Vec<Observation>,
        sink: &mut dyn FnMut(&Row<'b>),
    ) {
        if !self.filled {
            if self.count > 1 {
                note_empty(observations, self.row.offset);
            }
            return;
        }
        if !is_usual(&self.row, self.table.anchor) {
            self.row.fault = aside(self.table, &self.row, cells.clone(), observations);
            if self.row.fault.is_some() {
                if self.row.fault == Some(RowFault::Total) && !is_total_by_agent(&self.row) {
                    self.row.set(Field::Agent, b"");
                }
                return sink(&self.row);
            }
            self.say_day(cells);
        }
        let expected = self.table.columns.len();
        // The rows of a sheet may end after their last cell.
        if self.surplus || self.count < expected && !self.table.is_sheet {
            let (found, expected) = (self.count as u32, expected as u32);
            self.row.fault = Some(RowFault::Ragged { found, expected });
            sink(&self.row);
        } else {
            self.hand_on(sink);
        }
    }

    /// Takes what the cells of a record without hours say that its day is.
    fn say_day(&mut self, cells: impl Iterator<Item = &'b [u8]> + Clone) {
        let idle = is_without_shift(&self.row);
        let [start, end] = [Field::Start, Field::End].map(|field| self.row.word(field));
        if idle || is_between_midnights(start, end) {
            self.say_kind(cells.clone(), idle);
            if self.table.has_shifts() {
                self.say_rest(cells, idle);
            }
        }
    }

    /// Takes the kind from another cell, or lets one go that says nothing of the day.
    fn say_kind(&mut self, cells: impl Iterator<Item = &'b [u8]> + Clone, idle: bool) {
        let (row, unread) = (&mut self.row, &self.table.unread);
        let says_none = !row.word(Field::Start).is_empty();
        let kind = row.word(Field::Kind);
        if self.table.has_shifts() && !names_shift(kind) && unread.is_flagged_as_rest(cells.clone())
        {
            row.set(Field::Kind, REST);
        } else if kind.is_empty() {
            let all = cells.clone();
            let day = if idle { unread.day(cells, says_none) } else { unread.idle_day(cells) };
            day.into_iter().for_each(|day| row.set(Field::Kind, day));
            let is_absent = || idle && unread.says_absent(all);
            if row.word(Field::Kind).is_empty() && is_absent() {
                row.set(Field::Kind, ABSENCE);
            }
        } else if idle && says_none && unread.has_constant_kind() && names_shift(kind) {
            row.set(Field::Kind, b"");
        }
    }

    /// Takes the part of the day and the length of a shift without hours. A day of rest among shifts
    /// is none, as if it was named in the place of its hours.
    fn say_rest(&mut self, cells: impl Iterator<Item = &'b [u8]> + Clone, idle: bool) {
        let row = &mut self.row;
        if idle && row.word(Field::Kind).is_empty() && is_day_part(row.word(Field::Schedule)) {
            row.set(Field::Kind, row.word(Field::Schedule));
        }
        if idle && row.word(Field::Length).is_empty() {
            let length = self.table.unread.length(cells);
            length.into_iter().for_each(|length| row.set(Field::Length, length));
        }
        take_rest_day(row, idle);
    }

    /// Hands on a row that fits the header.
    #[inline(always)]
    pub(super) fn hand_on(&mut self, sink: &mut dyn FnMut(&Row<'b>)) {
        if !self.sound {
            self.row.fault = unsound(&self.row);
        }
        sink(&self.row);
    }
}

fn unsound(row: &Row<'_>) -> Option<RowFault> {
    let words = || Field::all().map(|field| row.raw(field));
    if words().any(|word| memchr(0, word).is_some()) {
        return Some(RowFault::Nul);
    }
    words().any(|word| std::str::from_utf8(word).is_err()).then_some(RowFault::NotUtf8)
}
