//! RD111: numbers or clock times can be read in two ways.

use super::{About, acceptance, new};
use crate::model::doubt::{Answer, Doubt};

doubt! {
    /// Numbers such as `1.440` can have a mark for thousands or for decimals; and clock times without AM
    /// and PM may be those of half a day, if none is after 12:59, none is at 00 o'clock, and some end at or
    /// before they start, or if others in the file have AM or PM.
    ///
    /// ### Why it matters
    ///
    /// A shift from `9:00` to `5:00` is twenty hours long, or eight.
    ///
    /// ### Example
    ///
    /// ```csv batch.csv
    /// agent,date,start,end
    /// anna,2026-03-02,9:00,5:00
    /// ben,2026-03-02,8:00,12:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv --tz America/Chicago
    /// ```
    ///
    /// ### What to do
    ///
    /// Write times with AM and PM or on a 24-hour clock, and numbers without marks. If the file means
    /// what was read, accept that: `--accept RD111=start`.
    DoubtKind {
        code: "RD111",
        name: "two-readings",
        summary: "numbers or clock times can be read in two ways",
    }
}

/// Words of a column that can be read in two ways, and how they were read.
#[must_use]
pub fn doubt(about: &About<'_>, values: &[String], read: &str) -> Doubt {
    let column = about.place;
    let message = format!("`{column}` can be read in two ways ({}): {read}", values.join(", "));
    let accept = acceptance(&KIND, about);
    let answers = vec![
        Answer::advice("write times with AM and PM or as 17:00, and numbers without marks"),
        Answer::options("if it was read rightly", &["--accept", &accept]),
    ];
    new(&KIND, about, message, format!("`{column}` can be read in two ways"), answers)
}
