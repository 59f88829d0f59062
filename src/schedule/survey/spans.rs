//! Measures how long records are under each order of the numbers in their dates.
//!
//! `07/10/2026 21:00` to `08/10/2026 07:00` is a night if the day comes first, and a month
//! if it does not.

use crate::model::row::{Field, Row};
use crate::model::time::DatePartOrder;
use crate::timestamp::{self, Expected, ShortYearDate, evidence};

/// What some records are under each order.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Spans {
    /// Some end on a day before they start.
    reversed: [bool; 3],
    /// Some end later than on the day after.
    long: [bool; 3],
}

impl Spans {
    pub(super) fn look(&mut self, row: &Row<'_>) {
        let starts = [Field::Start, Field::StartDate, Field::Date].map(|field| row.word(field));
        let ends = [Field::End, Field::EndDate].map(|field| row.word(field));
        let hangs = |word: &&[u8]| evidence(word).is_some() || ShortYearDate::of(word).is_some();
        if !starts.iter().chain(&ends).any(hangs) {
            return;
        }
        for (place, order) in DatePartOrder::ALL.into_iter().enumerate() {
            let first = |words: &[&[u8]]| words.iter().find_map(|word| day(word, order));
            if let (Some(start), Some(end)) = (first(&starts), first(&ends)) {
                self.reversed[place] |= end < start;
                self.long[place] |= end > start + 1;
            }
        }
    }

    pub(super) fn and(self, other: Spans) -> Spans {
        let either = |one: [bool; 3], more: [bool; 3]| [0, 1, 2].map(|at| one[at] | more[at]);
        Spans {
            reversed: either(self.reversed, other.reversed),
            long: either(self.long, other.long),
        }
    }

    /// Of some orders those under which no record ends before it starts, none is longer
    /// than a day where they are shifts, and all are on their weekdays.
    pub(super) fn likely(
        &self,
        mut orders: Vec<DatePartOrder>,
        may_be_long: bool,
        weekdays: Option<[bool; 3]>,
    ) -> Vec<DatePartOrder> {
        orders.retain(|order| {
            let place = *order as usize;
            let odd = self.reversed[place] || self.long[place] && !may_be_long;
            !odd && weekdays.is_none_or(|fits| fits[place])
        });
        orders
    }
}

/// The day of a word that has a date.
fn day(word: &[u8], order: DatePartOrder) -> Option<i64> {
    if let Some(date) = ShortYearDate::of(word) {
        return date.day(order);
    }
    let order = order.of_whole_years();
    let expected = Expected { order, clock: true };
    timestamp::read_as(word, expected).ok()?.written.day()
}

#[cfg(test)]
mod tests {
    use super::Spans;
    use crate::model::row::{Field, Row};
    use crate::model::time::DatePartOrder::{self, DayMonthYear, MonthDayYear, YearMonthDay};

    fn likely(rows: &[(&str, &str)], may_be_long: bool) -> Vec<DatePartOrder> {
        let mut spans = Spans::default();
        for (start, end) in rows {
            let mut row = Row::default();
            row.set(Field::StartDate, start.as_bytes());
            row.set(Field::Start, b"21:00");
            row.set(Field::EndDate, end.as_bytes());
            let mut other = Spans::default();
            other.look(&row);
            spans = other.and(spans);
        }
        spans.likely(DatePartOrder::ALL.to_vec(), may_be_long, None)
    }

    #[test]
    fn a_night_is_no_month() {
        let all = DatePartOrder::ALL;
        for (rows, expected) in [
            (&[("07/10/2026", "08/10/2026")][..], &[DayMonthYear, YearMonthDay][..]),
            (&[("10/07/2026", "10/08/2026")], &[MonthDayYear, YearMonthDay]),
            (&[("07/10/2026", "07/10/2026")], &all),
            (&[("2026-03-02", "2026-07-02")], &all),
            (&[("07.10.26", "08.10.26")], &[DayMonthYear, MonthDayYear]),
            (&[("26-10-07", "26-10-08")], &[MonthDayYear, YearMonthDay]),
            (&[("07/10/2026", "08/10/2026"), ("10/07/2026", "10/08/2026")], &[YearMonthDay]),
        ] {
            assert_eq!(likely(rows, false), expected, "{rows:?}");
        }
        // Time off may take months, but not end before it begins.
        assert_eq!(likely(&[("07/10/2026", "08/10/2026")], true), all);
        assert_eq!(likely(&[("10/07/2026", "01/08/2026")], true), [DayMonthYear, YearMonthDay]);
    }
}
