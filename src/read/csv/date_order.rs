//! Decides the order of day and month by a column of weekdays beside the dates.

use super::{Header, each_record};
use crate::model::row::Field;
use crate::model::time::DatePartOrder;
use crate::read::Opening;
use crate::timestamp::{self, Expected, ShortYearDate, evidence, falls_on, weekday};

/// How many records are examined to detect such a column.
const FEW: usize = 8;

/// What a column that is not read shows.
#[derive(Clone, Copy, Default)]
struct WeekdayColumn {
    /// Dates with a weekday beside them.
    days: u32,
    /// Whether some value is not a weekday.
    other: bool,
    /// Whether some date is on another day than it says, in each order.
    contradicts: [bool; 3],
}

/// The orders in which each date in the beginning of a file is on the weekday that a column
/// names; `None` if no column does, or no date depends on its order.
pub(super) fn orders(
    opening: &Opening<'_>,
    header: &Header,
    fields: &[Option<Field>],
) -> Option<[bool; 3]> {
    let dates = [Field::Date, Field::StartDate, Field::Start];
    let place = |field: Field| fields.iter().position(|column| *column == Some(field));
    let date = dates.into_iter().find_map(place)?;
    if !fields.contains(&None) {
        return None;
    }
    let few = header.first_records(opening, FEW);
    if !hangs_on_order(header, few, date) {
        return None;
    }
    looked_at(header, few, date, fields).iter().find(|column| column.days > 0)?;
    let all = looked_at(header, header.first_records(opening, usize::MAX), date, fields);
    let found = all.iter().find(|column| column.days > 0 && !column.other)?;
    Some(found.contradicts.map(|contradicts| !contradicts))
}

/// Whether the first date of some records depends on the order of its numbers, or may be
/// one of few that do not. Most files are excluded by one comparison.
fn hangs_on_order(header: &Header, records: &[u8], date: usize) -> bool {
    let mut hangs = false;
    each_record(records, header.delimiter, |_, cells| {
        let cell = cells.nth(date).unwrap_or_default().trim_ascii();
        hangs = days(cell).is_some();
        cell.is_empty() || !hangs && matches!(cell, [_, _, b'/' | b'-' | b'.', ..])
    });
    hangs
}

/// What the columns that are not read show in these records.
fn looked_at(
    header: &Header,
    records: &[u8],
    date: usize,
    fields: &[Option<Field>],
) -> Vec<WeekdayColumn> {
    let mut columns = vec![WeekdayColumn::default(); fields.len()];
    each_record(records, header.delimiter, |_, cells| {
        let cells: Vec<&[u8]> = cells.map(<[u8]>::trim_ascii).collect();
        let days = cells.get(date).and_then(|date| days(date));
        let unread = cells.iter().zip(fields).zip(&mut columns);
        for ((cell, _), column) in unread.filter(|((_, field), _)| field.is_none()) {
            column.add(cell, days);
        }
        true
    });
    columns
}

impl WeekdayColumn {
    fn add(&mut self, cell: &[u8], days: Option<[Option<i64>; 3]>) {
        if cell.is_empty() {
            return;
        }
        let Some(weekday) = weekday(cell) else {
            self.other = true;
            return;
        };
        let Some(days) = days else { return };
        self.days += 1;
        for (contradicts, day) in self.contradicts.iter_mut().zip(days) {
            *contradicts |= !day.is_some_and(|day| falls_on(day, weekday));
        }
    }
}

/// The day of a date in each order; `None` if it does not hang on the order.
fn days(word: &[u8]) -> Option<[Option<i64>; 3]> {
    if let Some(date) = ShortYearDate::of(word) {
        return Some(DatePartOrder::ALL.map(|order| date.day(order)));
    }
    evidence(word)?;
    Some(DatePartOrder::ALL.map(|order| {
        let order = Some(order.of_whole_years()?);
        timestamp::read_as(word, Expected { order, clock: false }).ok()?.written.day()
    }))
}

#[cfg(test)]
mod tests {
    use super::super::FORMAT;
    use crate::model::source::Role;
    use crate::read::Opening;

    fn orders(text: &str) -> Option<[bool; 3]> {
        let opening = Opening::of_whole(text.as_bytes(), Role::Batch);
        (FORMAT.open)(&opening).expect("a table").weekday_orders()
    }

    #[test]
    fn weekdays_fit_one_order() {
        let sheet = |days: &str| format!("agent,date,tag,start\n{days}");
        for (days, expected) in [
            ("a,04/05/2026,Monday,8:00\n,05/05/2026,Tuesday,8:00\n", Some([true, false, false])),
            ("a,04/05/2026,dim.,8:00\n,,,9:00\n", Some([false, true, false])),
            ("a,12.01.26,Mo,8:00\nb,13.01.26,Di,8:00\n", Some([true, false, false])),
            ("a,03/11/2026,mercredi,8:00\n", Some([false, true, false])),
            ("a,04/05/2026,Friday,8:00\n", Some([false, false, false])),
            // No column of weekdays, and dates that show their order by themselves.
            ("a,04/05/2026,Monday,8:00\na,05/05/2026,x,8:00\n", None),
            ("a,04/05/2026,early,8:00\n", None),
            ("a,2026-05-04,Monday,8:00\n", None),
        ] {
            assert_eq!(orders(&sheet(days)), expected, "{days}");
        }
        // Names of people are not weekdays.
        assert_eq!(orders("date,agent,start\n04/05/2026,Mo,8:00\n"), None);
    }
}
