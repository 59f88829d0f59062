//! Reads dates whose year has two digits: `12.01.26`, `1/12/26`, `26-01-12`, `12-Jan-26`.
//!
//! Only the whole file shows which number is which. The years are those from 2000.

use super::full::{DateStyle, Dated, is_weekday, time_behind, weekday_before};
use super::scanner::{Scanner, day_of};
use super::{NoTime, Written, names};
use crate::model::letters::plain_ascii;
use crate::model::time::DatePartOrder;

/// The century of such years.
const CENTURY: u32 = 2000;

/// The numbers of such a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShortYearDate {
    numbers: [u32; 3],
    /// Whether the first number has two digits, as a year has.
    wide: bool,
    /// The weekday before it, in days since Monday.
    weekday: Option<u8>,
    /// Whether dots divide it, or its month has a name: then the day is before the month.
    pub day_first: bool,
}

impl ShortYearDate {
    /// The date of a word, with or without a time after it; `None` if it has none in any
    /// order.
    #[must_use]
    pub fn of(word: &[u8]) -> Option<ShortYearDate> {
        let plain = plain_ascii(word)?;
        let date = Scanner(plain.trim_ascii()).short_year()?;
        DatePartOrder::ALL.into_iter().any(|order| date.day(order).is_some()).then_some(date)
    }

    /// Its day number in an order; `None` if it is not a date in that.
    #[must_use]
    pub fn day(self, order: DatePartOrder) -> Option<i64> {
        let (day, month) = match (self.numbers, order) {
            ([day, month, _], DatePartOrder::DayMonthYear)
            | ([_, month, day], DatePartOrder::YearMonthDay) => (day, month),
            ([month, day, _], DatePartOrder::MonthDayYear) => (day, month),
        };
        let possible = match order {
            DatePartOrder::DayMonthYear => true,
            DatePartOrder::MonthDayYear => !self.day_first,
            DatePartOrder::YearMonthDay => self.wide,
        };
        let day = day_of(self.year(order), month, day).ok().filter(|_| possible)?;
        is_weekday(self.weekday, day).then_some(day)
    }

    /// Its year in an order.
    #[must_use]
    pub const fn year(self, order: DatePartOrder) -> u32 {
        let [first, _, last] = self.numbers;
        CENTURY + if matches!(order, DatePartOrder::YearMonthDay) { first } else { last }
    }
}

/// Reads a date whose year has two digits, and the time after it.
///
/// # Errors
/// Why it is not a time in this order.
pub fn read_short_year(word: &[u8], order: DatePartOrder) -> Result<Written, NoTime> {
    let plain = plain_ascii(word).ok_or(NoTime::Form)?;
    let mut rest = Scanner(plain.trim_ascii());
    let date = rest.short_year().ok_or(NoTime::Form)?;
    let day = date.day(order).ok_or(NoTime::Value)?;
    time_behind(rest, Dated { day: Some(day), style: DateStyle::Loose })
}

impl Scanner<'_> {
    /// Three short numbers with the same joint between them, the last of two digits. The second
    /// can be the name of a month, and then no joint is needed.
    fn short_year(&mut self) -> Option<ShortYearDate> {
        let mut rest = *self;
        let weekday = weekday_before(&mut rest);
        let wide = rest.digits() == 2;
        let first = rest.short_number().ok()?;
        let named = rest.named_month();
        let joint = rest.peek().filter(|joint| matches!(joint, b'.' | b'/' | b'-'));
        let (second, last) = match named {
            Some(month) => (month, rest.number(2).ok()?),
            None => {
                let joint = joint?;
                rest.skip(1);
                (rest.short_number().ok()?, rest.eat(joint).then(|| rest.number(2).ok())??)
            }
        };
        if !matches!(rest.peek(), None | Some(b' ' | b',')) {
            return None;
        }
        *self = rest;
        let numbers = [first, second, last];
        let day_first = named.is_some() || joint == Some(b'.');
        Some(ShortYearDate { numbers, wide, weekday, day_first })
    }

    /// The month of a name between a day and a year, which is taken with what stands around it.
    fn named_month(&mut self) -> Option<u32> {
        let mut rest = *self;
        rest.eat(b'.');
        rest.joint_of_names();
        let month = names::month(rest.letters())?;
        rest.eat(b'.');
        rest.joint_of_names();
        *self = rest;
        Some(u32::from(month))
    }
}

#[cfg(test)]
mod tests {
    use super::{ShortYearDate, read_short_year};
    use crate::calendar::days_from_civil;
    use crate::model::time::{DAY, DatePartOrder, HOUR};
    use crate::timestamp::{NoTime, Written};
    use DatePartOrder::{DayMonthYear, MonthDayYear, YearMonthDay};

    #[test]
    fn a_word_has_the_orders_in_which_it_is_a_date() {
        for (word, expected) in [
            ("12.01.26", &[DayMonthYear, YearMonthDay][..]),
            ("31.12.26 08:00", &[DayMonthYear, YearMonthDay]),
            ("1.2.26", &[DayMonthYear]),
            ("1/12/26", &[DayMonthYear, MonthDayYear]),
            ("01/12/26", &[DayMonthYear, MonthDayYear, YearMonthDay]),
            ("01/13/26", &[MonthDayYear]),
            ("26-01-31", &[DayMonthYear, YearMonthDay]),
            ("44-01-31", &[YearMonthDay]),
            ("Mo 12.01.26", &[DayMonthYear]),
            ("Mo. 12.01.26, 08:00", &[DayMonthYear]),
            ("16-Mar-26", &[DayMonthYear, YearMonthDay]),
            ("16Mar26 08:00", &[DayMonthYear, YearMonthDay]),
            ("6 mar. 26", &[DayMonthYear]),
            ("Mo 12. Januar 26", &[DayMonthYear]),
            ("44-Jan-31", &[YearMonthDay]),
            ("30-Feb-30", &[]),
            ("16-Mar-2026", &[]),
            ("16-Mar-6", &[]),
            ("16-Maximum-26", &[]),
            ("30.02.30", &[]),
            ("12.01.2026", &[]),
            ("2026.01.12", &[]),
            ("12.01/26", &[]),
            ("12.01.26.3", &[]),
            ("12.01.26x", &[]),
            ("12.13.44", &[]),
            ("1.2.3", &[]),
            ("08:30:15", &[]),
            ("", &[]),
        ] {
            let date = ShortYearDate::of(word.as_bytes());
            let fits = |order: &DatePartOrder| date.is_some_and(|date| date.day(*order).is_some());
            let found: Vec<DatePartOrder> = DatePartOrder::ALL.into_iter().filter(fits).collect();
            assert_eq!(found, expected, "{word}");
        }
    }

    #[test]
    fn an_order_says_the_day() {
        let day = days_from_civil(2026, 1, 12);
        for (word, order, expected) in [
            ("12.01.26", DayMonthYear, Ok(Written::Date(day))),
            ("1/12/26 8:00 AM", MonthDayYear, Ok(Written::Local(day * DAY + 8 * HOUR))),
            ("26-01-12 08:00", YearMonthDay, Ok(Written::Local(day * DAY + 8 * HOUR))),
            ("12-Jan-26 8:00 AM", DayMonthYear, Ok(Written::Local(day * DAY + 8 * HOUR))),
            ("13/01/26", MonthDayYear, Err(NoTime::Value)),
            ("12.01.26 morning", DayMonthYear, Err(NoTime::Form)),
            ("12.01.2026", DayMonthYear, Err(NoTime::Form)),
        ] {
            assert_eq!(read_short_year(word.as_bytes(), order), expected, "{word}");
        }
    }
}
