//! Finds the order of day and month in the dates of a file.
//!
//! A number over 12 is a day. Where there is none, a column of weekdays may fit one order
//! only, or only one leaves no record longer than a day.

use super::spans::Spans;
use crate::model::finding::Problem;
use crate::model::row::{Field, Row};
use crate::model::time::{DateOrder, DatePartOrder};
use crate::read::source::Source;
use crate::read::{activities, lists_of_activities};
use crate::timestamp::{self, Evidence, ShortYearDate, evidence};

/// The fields that can hold a date.
const FIELDS: [Field; 5] =
    [Field::Start, Field::End, Field::Date, Field::StartDate, Field::EndDate];

/// A cell: where its record begins, and its word.
type Cell = (u64, String);

/// The first cell of each sort.
#[derive(Default)]
pub(super) struct OrderEvidence {
    day_first: Option<Cell>,
    month_first: Option<Cell>,
    open: Option<Cell>,
    /// With a year of two digits.
    short: Option<Cell>,
    /// With a whole year, where there are short ones.
    whole: Option<Cell>,
    short_years: ShortYears,
    spans: Spans,
}

/// What dates with short years are in each order.
#[derive(Default)]
struct ShortYears {
    /// Whether some are no date in it.
    impossible: [bool; 3],
    /// The first and the last year.
    years: [Option<(u32, u32)>; 3],
    /// Whether some do not say by their form that the day is before the month.
    unordered: bool,
}

/// How the dates of a file are read.
#[derive(Default, Debug, PartialEq, Eq)]
pub(super) struct Orders {
    /// Those with whole years.
    pub(super) whole_years: Option<DateOrder>,
    /// Those with years of two digits.
    pub(super) short_years: Option<DatePartOrder>,
    /// What the user should know.
    pub(super) note: Option<String>,
}

impl ShortYears {
    fn add(&mut self, date: ShortYearDate) {
        self.unordered |= !date.day_first;
        for (place, order) in DatePartOrder::ALL.into_iter().enumerate() {
            self.impossible[place] |= date.day(order).is_none();
            let year = date.year(order);
            let (first, last) = self.years[place].unwrap_or((year, year));
            self.years[place] = Some((first.min(year), last.max(year)));
        }
    }

    fn and(self, other: ShortYears) -> ShortYears {
        let both = |place: usize| match (self.years[place], other.years[place]) {
            (Some((first, last)), Some((from, to))) => Some((first.min(from), last.max(to))),
            (one, more) => one.or(more),
        };
        ShortYears {
            years: [0, 1, 2].map(both),
            impossible: [0, 1, 2].map(|place| self.impossible[place] | other.impossible[place]),
            unordered: self.unordered | other.unordered,
        }
    }

    /// The orders in which all of them are dates. One in which they are of many years is
    /// out where they are of one year, or of two in a row, in another; that with the year
    /// first always is, for a wrong date shall not turn all others.
    fn possible(&self) -> Vec<DatePartOrder> {
        let near = |place: usize| self.years[place].is_some_and(|(from, to)| to - from <= 1);
        let possible = |place: &usize| !self.impossible[*place];
        let some_near = (0..3).filter(possible).any(near);
        let year_first = DatePartOrder::YearMonthDay as usize;
        let alone = |place: &usize| !some_near && *place != year_first;
        let places = (0..3).filter(possible).filter(|place| near(*place) || alone(place));
        places.map(|place| DatePartOrder::ALL[place]).collect()
    }
}

impl OrderEvidence {
    pub(super) fn look(&mut self, row: &Row<'_>, offset: u64) {
        for list in lists_of_activities(row.word(Field::Activities)) {
            activities(list, &mut |activity| {
                self.look_at(FIELDS.map(|field| activity.word(field)), offset);
            });
        }
        let dates = row.dates().unwrap_or_default();
        self.look_at(FIELDS.map(|field| row.word(field)).into_iter().chain(dates), offset);
        self.spans.look(row);
    }

    fn look_at<'w>(&mut self, words: impl IntoIterator<Item = &'w [u8]>, offset: u64) {
        for word in words {
            let first = match evidence(word) {
                Some(Evidence::Shows(DateOrder::DayMonth)) => &mut self.day_first,
                Some(Evidence::Shows(DateOrder::MonthDay)) => &mut self.month_first,
                Some(Evidence::Open) => &mut self.open,
                None => match ShortYearDate::of(word) {
                    Some(date) => {
                        self.short_years.add(date);
                        &mut self.short
                    }
                    None if has_date(word) => &mut self.whole,
                    None => continue,
                },
            };
            if first.as_ref().is_none_or(|(known, _)| offset < *known) {
                *first = Some((offset, String::from_utf8_lossy(word).into_owned()));
            }
        }
    }

    pub(super) fn and(self, other: OrderEvidence) -> OrderEvidence {
        let first = |one: Option<Cell>, other| one.into_iter().chain(other).min();
        OrderEvidence {
            day_first: first(self.day_first, other.day_first),
            month_first: first(self.month_first, other.month_first),
            open: first(self.open, other.open),
            short: first(self.short, other.short),
            whole: first(self.whole, other.whole),
            short_years: self.short_years.and(other.short_years),
            spans: self.spans.and(other.spans),
        }
    }

    /// The order that the dates show, or why none.
    pub(super) fn orders(self, source: &Source) -> Result<Orders, Problem> {
        let index = source.index();
        let line = |offset| {
            let mut line = 0;
            index.recall(&[offset], &mut |_, recalled| line = recalled.place.line);
            line
        };
        let likely = |orders: Vec<DatePartOrder>| {
            self.spans.likely(orders, source.file.role.lists_absences(), source.weekday_orders())
        };
        if let Some((offset, word)) = &self.short {
            return self.of_short_years(word, likely).map_err(|message| Problem {
                line: Some(line(*offset)),
                column: None,
                message,
                help: Some(
                    "say in which order the numbers are with --date-order dmy, mdy or ymd, or write \
                     years with four digits; nothing of this file was checked"
                        .to_owned(),
                ),
            });
        }
        let whole_years = match (self.day_first, self.month_first) {
            (Some(day), Some(month)) => return Err(two_orders(&day, &month, line)),
            (Some(_), None) => DateOrder::DayMonth,
            (None, Some(_)) => DateOrder::MonthDay,
            (None, None) => {
                let either = vec![DatePartOrder::DayMonthYear, DatePartOrder::MonthDayYear];
                let shown = match *likely(either) {
                    [only] => only.of_whole_years(),
                    _ => None,
                };
                let open = self.open.unwrap_or_default();
                if let (None, Some(order)) = (shown, source.facts().date_order) {
                    return Ok(of_format(order, &open.1));
                }
                shown.ok_or_else(|| no_order(open, line))?
            }
        };
        Ok(Orders { whole_years: Some(whole_years), ..Orders::default() })
    }

    /// The order of dates with short years, which all dates of the file have to be.
    fn of_short_years(
        &self,
        word: &str,
        likely: impl Fn(Vec<DatePartOrder>) -> Vec<DatePartOrder>,
    ) -> Result<Orders, String> {
        let shown = [&self.day_first, &self.month_first, &self.open, &self.whole];
        if let Some((_, whole)) = shown.into_iter().flatten().min() {
            return Err(format!(
                "dates are in two forms: `{word}` has a year of two digits, `{whole}` a whole one"
            ));
        }
        let orders = likely(self.short_years.possible());
        // With dots the day comes first, unless it cannot.
        let order = match *orders {
            [first, ..] if !self.short_years.unordered => first,
            [only] => only,
            _ => {
                return Err(format!(
                    "`{word}` has a year of two digits, and nothing in the file shows which of its \
                     numbers is the day"
                ));
            }
        };
        let note = format!(
            "dates such as `{word}` are read as {} (--date-order dmy, mdy or ymd says otherwise)",
            order.words()
        );
        let whole_years = order.of_whole_years();
        Ok(Orders { whole_years, short_years: Some(order), note: Some(note) })
    }
}

/// The order that every file of a format has, where nothing shows another.
fn of_format(order: DateOrder, word: &str) -> Orders {
    let (first, other) = match order {
        DateOrder::DayMonth => ("day", DateOrder::MonthDay),
        DateOrder::MonthDay => ("month", DateOrder::DayMonth),
    };
    let note = format!(
        "dates such as `{word}` are read {first} first, as this format has them (--date-order \
         {} says otherwise)",
        other.name()
    );
    Orders { whole_years: Some(order), short_years: None, note: Some(note) }
}

/// Whether a word has a date whose order is known.
fn has_date(word: &[u8]) -> bool {
    timestamp::read(word, Some(DateOrder::DayMonth)).is_ok_and(|written| written.day().is_some())
}

fn two_orders(day: &Cell, month: &Cell, line: impl Fn(u64) -> u64) -> Problem {
    Problem {
        line: Some(line(day.0.max(month.0))),
        column: None,
        message: format!(
            "dates are in two orders: `{}` in line {} has the day first, `{}` in line {} the month",
            day.1,
            line(day.0),
            month.1,
            line(month.0)
        ),
        help: Some(
            "write all dates in one order, best as 2026-03-02; nothing of this file was checked"
                .to_owned(),
        ),
    }
}

fn no_order((offset, word): Cell, line: impl Fn(u64) -> u64) -> Problem {
    Problem {
        line: Some(line(offset)),
        column: None,
        message: format!(
            "`{word}` can be read day first or month first, and no date of the file shows which"
        ),
        help: Some(
            "say which with --date-order dmy or --date-order mdy; nothing of this file was checked"
                .to_owned(),
        ),
    }
}
