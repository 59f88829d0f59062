//! Reads a request for parts of several days into a row for each.
//!
//! The starts are one list, and their lengths another one or one number.

use super::Elements;
use super::nested::ValuePlace;
use super::own::Own;
use crate::model::row::{Field, Row};
use crate::model::shift::Kind;
use crate::read::json::keys;
use crate::read::json::shape::{each_value, scalar_text};

/// One of the parts of days: where it is, when it begins and how long it is.
pub(super) struct PartialDay {
    at: usize,
    start: Vec<u8>,
    length: Vec<u8>,
}

impl Elements<'_, '_> {
    /// The parts of days that an object lists; empty if its format knows no such lists.
    pub(super) fn partial_days(&self, own: &Own) -> Vec<PartialDay> {
        let known = self.vendor.partial_days.filter(|_| own.kind == Some(Kind::TimeOff));
        let Some(known) = known else { return Vec::new() };
        let (mut starts, mut lengths, mut length) = (Vec::new(), Vec::new(), Vec::new());
        each_value(self.bytes, own.start, |key, at| {
            let Some(key) = keys::name(key) else { return };
            let words = |all: &mut Vec<(usize, Vec<u8>)>| {
                each_value(self.bytes, at, |_, at| {
                    all.push((at, scalar_text(self.bytes, at).unwrap_or_default()));
                });
            };
            match key.as_str() {
                key if key == known.starts => words(&mut starts),
                key if key == known.lengths => words(&mut lengths),
                key if key == known.length => {
                    length = scalar_text(self.bytes, at).unwrap_or_default();
                }
                _ => {}
            }
        });
        let days = starts.into_iter().enumerate().map(|(number, (at, start))| {
            let own = lengths.get(number).map(|(_, length)| length.clone());
            PartialDay { at, start, length: own.unwrap_or_else(|| length.clone()) }
        });
        days.collect()
    }

    /// Hands on a row for each part of a day, all of one record.
    pub(super) fn emit_partial_days(
        &mut self,
        mut own: Own,
        days: &[PartialDay],
        place: &ValuePlace,
        sink: &mut dyn FnMut(&Row<'_>),
    ) {
        const TIMES: [Field; 6] = [
            Field::Start,
            Field::End,
            Field::Length,
            Field::Date,
            Field::StartDate,
            Field::EndDate,
        ];
        let Some(known) = self.vendor.partial_days else { return };
        let is_known = |name: String| {
            name == known.starts || name == known.lengths || known.beside.contains(&name.as_str())
        };
        let own_keys = std::mem::take(&mut own.leftovers).into_iter();
        own.leftovers = own_keys
            .filter(|leftover| !self.keys.last_name(leftover.node).is_some_and(is_known))
            .collect();
        for (number, day) in days.iter().enumerate() {
            own.words.retain(|(field, _)| !TIMES.contains(field));
            own.words.push((Field::Start, day.start.clone()));
            own.words.push((Field::Length, day.length.clone()));
            self.emit(&own, place, &mut |row| {
                let mut row = row.clone();
                row.continues |= number > 0;
                row.offset = if number > 0 { day.at } else { row.offset };
                sink(&row);
            });
        }
        self.look_within(&own, place);
    }
}
