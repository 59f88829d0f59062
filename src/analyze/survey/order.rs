//! Dates such as `3/2/2026` become readable: a whole file shows the order of
//! their day and month, or nothing does.

use crate::model::finding::Problem;
use crate::model::row::{Field, Row};
use crate::model::time::DateOrder;
use crate::read::source::Source;
use crate::read::{activities, lists_of_activities};
use crate::timestamp::{Evidence, evidence};

/// The fields that can hold a date.
const FIELDS: [Field; 5] =
    [Field::Start, Field::End, Field::Date, Field::StartDate, Field::EndDate];

/// The first cell of each sort: where its record begins, and its word.
#[derive(Default)]
pub(super) struct Shown {
    day_first: Option<(u64, String)>,
    month_first: Option<(u64, String)>,
    open: Option<(u64, String)>,
}

impl Shown {
    pub(super) fn look(&mut self, row: &Row<'_>, offset: u64) {
        for list in lists_of_activities(row.word(Field::Activities)) {
            activities(list, &mut |activity| {
                self.look_at(FIELDS.map(|field| activity.word(field)), offset);
            });
        }
        let dates = row.dates().unwrap_or_default();
        self.look_at(FIELDS.map(|field| row.word(field)).into_iter().chain(dates), offset);
    }

    fn look_at<'w>(&mut self, words: impl IntoIterator<Item = &'w [u8]>, offset: u64) {
        for word in words {
            let first = match evidence(word) {
                Some(Evidence::Shows(DateOrder::DayMonth)) => &mut self.day_first,
                Some(Evidence::Shows(DateOrder::MonthDay)) => &mut self.month_first,
                Some(Evidence::Open) => &mut self.open,
                None => continue,
            };
            if first.as_ref().is_none_or(|(known, _)| offset < *known) {
                *first = Some((offset, String::from_utf8_lossy(word).into_owned()));
            }
        }
    }

    pub(super) fn and(self, other: Shown) -> Shown {
        let first = |one: Option<(u64, String)>, other| one.into_iter().chain(other).min();
        Shown {
            day_first: first(self.day_first, other.day_first),
            month_first: first(self.month_first, other.month_first),
            open: first(self.open, other.open),
        }
    }

    pub(super) fn order(self, source: &Source) -> Result<DateOrder, Problem> {
        let index = source.index();
        let line = |offset| {
            let mut line = 0;
            index.recall(&[offset], &mut |_, recalled| line = recalled.place.line);
            line
        };
        match (self.day_first, self.month_first, self.open) {
            (Some((offset, day)), Some((other, month)), _) => Err(Problem {
                line: Some(line(offset.max(other))),
                column: None,
                message: format!(
                    "dates are in two orders: `{day}` in line {} has the day first, `{month}` in \
                     line {} the month",
                    line(offset),
                    line(other)
                ),
                help: Some(
                    "write all dates in one order, best as 2026-03-02; nothing of this file was \
                     checked"
                        .to_owned(),
                ),
            }),
            (Some(_), None, _) => Ok(DateOrder::DayMonth),
            (None, Some(_), _) => Ok(DateOrder::MonthDay),
            (None, None, open) => {
                let (offset, word) = open.unwrap_or_default();
                Err(Problem {
                    line: Some(line(offset)),
                    column: None,
                    message: format!(
                        "`{word}` can be read day first or month first, and no date of the file \
                         shows which"
                    ),
                    help: Some(
                        "say which with --date-order dmy or --date-order mdy; nothing of this \
                         file was checked"
                            .to_owned(),
                    ),
                })
            }
        }
    }
}
