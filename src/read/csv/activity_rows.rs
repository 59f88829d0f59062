//! Recognises tables that repeat a shift on the row of each of its activities.
//!
//! Such a table has the times of the shift, and a second pair of times that is the row's own:
//! `Activity Start` and `Activity End`. Rows of one shift that differ there are one record.

use super::parts::{PART_END, PART_START};
use super::{Header, each_record};
use crate::model::kinds::is_absence;
use crate::model::row::{Field, Row};
use crate::model::source::Role;
use crate::model::time::{DAY, DateOrder};
use crate::read::Opening;
use crate::read::columns::Columns;
use crate::read::names::{PartTime, names_part, part_time};
use crate::timestamp::{self, Written};
use std::collections::{HashMap, HashSet};

/// How many records are examined.
const FEW: usize = 256;

/// The columns of a table that has a row for each activity of a shift.
#[derive(Debug, Clone, Copy)]
pub(super) struct ActivityColumns {
    start: usize,
    end: usize,
    /// Whether the kind of a record is that of its activity.
    has_kind: bool,
}

impl ActivityColumns {
    /// Finds them by their names: of activities, or of breaks where the first records show that
    /// shifts are repeated.
    pub(super) fn find(
        opening: &Opening<'_>,
        header: &Header,
        columns: &Columns,
    ) -> Option<ActivityColumns> {
        let of_shifts = matches!(opening.role, Role::Batch | Role::Published | Role::Base);
        let is_read = |field| columns.fields.contains(&Some(field));
        if !of_shifts || !is_read(Field::Start) || !is_read(Field::End) {
            return None;
        }
        let unread = |place: &usize| columns.fields.get(*place).is_some_and(Option::is_none);
        let times = |wanted: fn(&PartTime) -> bool| {
            let places = (0..header.names.len()).filter(unread);
            places
                .filter_map(|place| Some((place, part_time(&header.names[place])?)))
                .find(|(_, time)| wanted(time))
        };
        let (start, of_start) = times(|time| time.is_start)?;
        let (end, of_end) = times(|time| !time.is_start)?;
        let kind = columns.fields.iter().position(|field| *field == Some(Field::Kind));
        let is_mapped = opening.columns.iter().any(|(field, _)| *field == Field::Kind);
        let has_kind = !is_mapped && kind.is_some_and(|kind| names_part(&header.names[kind]));
        let found = ActivityColumns { start, end, has_kind };
        let is_plain = of_start.is_of_break == of_end.is_of_break
            && (!of_start.is_of_break || found.repeats_shifts(opening, header, columns));
        is_plain.then_some(found)
    }

    /// Whether most shifts of the first records stand on several rows, which differ in the
    /// second pair of times.
    fn repeats_shifts(&self, opening: &Opening<'_>, header: &Header, columns: &Columns) -> bool {
        const FEWEST: usize = 3;
        const OF_SHIFT: [Field; 6] =
            [Field::Agent, Field::Date, Field::Start, Field::StartDate, Field::End, Field::EndDate];
        let is_of_shift = |field: &Option<Field>| field.is_some_and(|of| OF_SHIFT.contains(&of));
        let mut shifts: HashMap<Vec<Vec<u8>>, HashSet<[Vec<u8>; 2]>> = HashMap::new();
        each_record(header.first_records(opening, FEW), header.delimiter, |_, cells| {
            let cells: Vec<&[u8]> = cells.collect();
            let of_shift = cells.iter().zip(&columns.fields).filter(|(_, of)| is_of_shift(of));
            let shift = of_shift.map(|(cell, _)| cell.to_vec()).collect();
            let times = [self.start, self.end]
                .map(|place| cells.get(place).copied().unwrap_or_default().to_vec());
            shifts.entry(shift).or_default().insert(times);
            true
        });
        let repeated = shifts.values().filter(|times| times.len() > 1).count();
        repeated >= FEWEST && 2 * repeated >= shifts.len()
    }

    /// Makes these columns the times of parts.
    pub(super) fn assign(&self, fields: &mut [Option<Field>]) {
        for (place, part) in [(self.start, PART_START), (self.end, PART_END)] {
            fields.get_mut(place).into_iter().for_each(|field| *field = Some(part));
        }
    }

    /// Takes the second pair of times out of a row unless they are those of a part of its shift.
    /// The kind of a part is not that of the shift; an absence that fills it is.
    pub(super) fn say_part(&self, row: &mut Row<'_>) {
        match part_of(row) {
            Some(PartExtent::Some) if self.has_kind => row.set(Field::Kind, b""),
            Some(PartExtent::Whole) if self.has_kind && !is_absence(row.word(Field::Kind)) => {
                row.set(Field::Kind, b"");
            }
            Some(_) => {}
            None => [PART_START, PART_END].into_iter().for_each(|field| row.set(field, b"")),
        }
    }
}

/// How much of its shift a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PartExtent {
    Some,
    Whole,
}

/// How much of its shift the second pair of times of a row is; `None` if it is not within it.
fn part_of(row: &Row<'_>) -> Option<PartExtent> {
    let orders = [DateOrder::DayMonth, DateOrder::MonthDay];
    orders.into_iter().find_map(|order| {
        let local = |field| LocalTime::of(row.word(field), order);
        let (start, end) = (local(Field::Start)?, local(Field::End)?);
        let (part_start, part_end) = (local(PART_START)?, local(PART_END)?);
        let length = end.after(start);
        let (after, part) = (part_start.after(start), part_end.after(part_start));
        // What ends as it starts lasts a day, or no time at all.
        let length = if length == 0 { DAY } else { length };
        let within = part > 0 && after + part <= length;
        within.then_some(if part == length { PartExtent::Whole } else { PartExtent::Some })
    })
}

/// A time behind the end of every shift.
const NEVER: i64 = i64::MAX / 4;

/// A local time, perhaps without its day.
#[derive(Debug, Clone, Copy)]
struct LocalTime {
    day: Option<i64>,
    clock: i64,
}

impl LocalTime {
    fn of(word: &[u8], order: DateOrder) -> Option<LocalTime> {
        let local = match timestamp::read(word, Some(order)).ok()? {
            Written::Clock(clock, None) => return Some(LocalTime { day: None, clock }),
            Written::Instant { at, offset } => at.to_local(offset.unwrap_or(0)),
            Written::Local(local) => local,
            _ => return None,
        };
        Some(LocalTime { day: Some(local.div_euclid(DAY)), clock: local.rem_euclid(DAY) })
    }

    /// How long after another one it is: without both days, the next time of that kind.
    fn after(self, other: LocalTime) -> i64 {
        match (self.day, other.day) {
            (Some(day), Some(before)) => {
                let after = (day - before) * DAY + self.clock - other.clock;
                if after < 0 { NEVER } else { after }
            }
            _ => (self.clock - other.clock).rem_euclid(DAY),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{PART_END, PART_START, PartExtent, part_of};
    use crate::model::row::{Field, Row};

    #[test]
    fn parts_lie_within_their_shift() {
        for (words, expected) in [
            (["08:00", "16:00", "10:00", "10:15"], Some(PartExtent::Some)),
            (["08:00", "16:00", "08:00", "16:00"], Some(PartExtent::Whole)),
            (["08:00", "16:00", "15:00", "16:30"], None),
            (["08:00", "16:00", "07:00", "09:00"], None),
            (["08:00", "16:00", "10:00", "10:00"], None),
            (["08:00", "16:00", "", ""], None),
            (["22:00", "06:00", "01:00", "01:30"], Some(PartExtent::Some)),
            (["22:00", "06:00", "12:00", "12:30"], None),
            (["8:00 AM", "4:00 PM", "12:00 PM", "1:00 PM"], Some(PartExtent::Some)),
            (["2026-03-16 22:00", "2026-03-17 06:00", "01:00", "01:30"], Some(PartExtent::Some)),
            (
                ["3/16/2026 22:00", "3/17/2026 06:00", "3/17/2026 01:00", "3/17/2026 01:30"],
                Some(PartExtent::Some),
            ),
            (
                ["2026-03-16 08:00", "2026-03-16 16:00", "2026-03-17 09:00", "2026-03-17 10:00"],
                None,
            ),
            (
                ["2026-03-16 08:00", "2026-03-16 16:00", "2026-03-15 09:00", "2026-03-15 10:00"],
                None,
            ),
        ] {
            let mut row = Row::at(0, 0, 0);
            let fields = [Field::Start, Field::End, PART_START, PART_END];
            fields.into_iter().zip(words).for_each(|(of, word)| row.set(of, word.as_bytes()));
            assert_eq!(part_of(&row), expected, "{words:?}");
        }
    }
}
