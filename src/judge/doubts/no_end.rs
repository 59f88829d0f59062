//! RD102: time off has no end, and an unread column may hold it.

use super::{About, acceptance, new};
use crate::model::doubt::{Answer, Doubt};

doubt! {
    /// Time off may end later than it was read. A column or key that was not read holds dates at or after
    /// the start in every record that fills it. Or the agent has a shift that a later end would take: the
    /// column of the end is empty; a length is more than a day, or more than 12 hours, and the shift is
    /// within as many workdays of 8 hours; a record starts and ends at one midnight, and the shift is on
    /// that day; or a record ends at the midnight before the shift, and other records, or lengths of one
    /// workday more, show that last days count. Where all ends are empty and most agents have several
    /// records, each record is one day. Shifts that take whole days (`--whole-days`) are asked about in the
    /// same way, and so are shifts with a length, a break and no end: the length may be that of the
    /// hours that are paid, and the next shift begin within the break.
    ///
    /// ### Why it matters
    ///
    /// Time off without an end is one day. If the column is its end, all other days are free in this
    /// check, and a shift on one of them passes.
    ///
    /// ### Example
    ///
    /// ```csv batch.csv
    /// agent,start,end
    /// anna,2026-03-04T08:00-06:00,2026-03-04T16:00-06:00
    /// ```
    ///
    /// ```csv off.csv
    /// agent,start,last
    /// anna,2026-03-02,2026-03-06
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv --time-off off.csv --tz America/Chicago
    /// ```
    ///
    /// ### What to do
    ///
    /// Name the column: `--map end=last`. If it means something else, accept that:
    /// `--accept RD102=last`.
    DoubtKind {
        code: "RD102",
        name: "no-end",
        summary: "time off has no end, and an unread column may hold it",
    }
}

/// Time off whose end is empty, in a file that has a column or key for it.
#[must_use]
pub fn of_empty(about: &About<'_>) -> Doubt {
    let column = about.place;
    let records = about.records();
    let message = format!("`{column}` is empty in {records} of time off: each was read as one day");
    let accept = acceptance(&KIND, about);
    let answers = vec![
        Answer::advice("fill the end; of time off that goes on, a day that is far enough"),
        Answer::options("if each is one day", &["--accept", &accept]),
    ];
    new(&KIND, about, message, format!("`{column}` is empty in {records}"), answers)
}

/// Time off that ends at the midnight at which it starts.
#[must_use]
pub fn of_midnight(about: &About<'_>) -> Doubt {
    let column = about.place;
    let records = about.records();
    let message = format!(
        "`{column}` is the midnight of the start in {records} of time off: it takes no time as it \
         is written, or all of that day"
    );
    let accept = acceptance(&KIND, about);
    let answers = vec![
        Answer::advice("write dates without clock times: the day of the end then counts"),
        Answer::options("if such records take no time", &["--accept", &accept]),
    ];
    new(&KIND, about, message, format!("`{column}` is the midnight of the start"), answers)
}

/// Time off that ends at the midnight before a shift, where the file says that the last day counts.
#[must_use]
pub fn of_last_midnight(about: &About<'_>) -> Doubt {
    let column = about.place;
    let records = about.records();
    let message = format!(
        "`{column}` is a midnight in {records} of time off, and the day that begins then has a shift: \
         as it is written that day is free, but by its lengths, or by records that take no time, the \
         last day counts in this file"
    );
    let accept = acceptance(&KIND, about);
    let answers = vec![
        Answer::advice("write dates without clock times: the day of the end then counts"),
        Answer::options("if the day of the end is free", &["--accept", &accept]),
    ];
    new(&KIND, about, message, format!("`{column}` is a midnight before a shift"), answers)
}

/// Time off whose length is more than the day that was read.
#[must_use]
pub fn of_length(about: &About<'_>) -> Doubt {
    let column = about.place;
    let records = about.records();
    let message = format!(
        "time off has no end, and `{column}` of {records} is longer than the day that was read: it may \
         count days of work or of the calendar"
    );
    let accept = acceptance(&KIND, about);
    let answers = vec![
        Answer::advice("write the last day of each as its end"),
        Answer::options("if each is one day", &["--accept", &accept]),
    ];
    new(&KIND, about, message, format!("`{column}` is longer than a day"), answers)
}

/// Shifts without an end whose length may leave out their break.
#[must_use]
pub fn of_break(about: &About<'_>) -> Doubt {
    let column = about.place;
    let records = about.records();
    let message = format!(
        "shifts have no end, and `{column}` of {records} may leave out a break: with it, the next shift \
         begins before they end"
    );
    let accept = acceptance(&KIND, about);
    let answers = vec![
        Answer::advice("write the end of each shift"),
        Answer::options("if the break is a part of that length", &["--accept", &accept]),
    ];
    new(&KIND, about, message, format!("`{column}` may leave out breaks"), answers)
}

/// Whole days that end later by a column that is not read.
#[must_use]
pub fn of_column(about: &About<'_>) -> Doubt {
    let column = about.place;
    let message = format!("`{column}` holds later dates than those that were read");
    let map = format!("end date={column}");
    let accept = acceptance(&KIND, about);
    let answers = vec![
        Answer::options("if it is the end", &["--map", &map]),
        Answer::options("if it is not", &["--accept", &accept]),
    ];
    new(&KIND, about, message, format!("`{column}` may be the end"), answers)
}

/// Time off without an end beside a column that holds later dates.
#[must_use]
pub fn doubt(about: &About<'_>, values: &[String]) -> Doubt {
    let column = about.place;
    let message = format!(
        "time off has no end, and `{column}` holds dates at or after its start ({}): each was read \
         as one day",
        values.join(", ")
    );
    let map = format!("end={column}");
    let accept = acceptance(&KIND, about);
    let answers = vec![
        Answer::options("if it is the end", &["--map", &map]),
        Answer::options("if it is not", &["--accept", &accept]),
    ];
    new(&KIND, about, message, format!("`{column}` may be the end of time off"), answers)
}
