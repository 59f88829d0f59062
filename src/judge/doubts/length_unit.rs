//! RD110: a length names no unit.

use super::{About, new};
use crate::model::doubt::{Answer, Doubt};

doubt! {
    /// A length is read, because there is no end, and neither its name nor its values say whether
    /// it counts hours or minutes. Lengths with a median between 25 and 1,440 are minutes, and so
    /// are those by which most records end where the next one of their agent begins.
    ///
    /// ### Why it matters
    ///
    /// Eight minutes and eight hours are different shifts.
    ///
    /// ### Example
    ///
    /// ```csv batch.csv
    /// agent,start,duration
    /// anna,2026-03-02T08:00Z,8
    /// ben,2026-03-02T08:00Z,6
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Say which: `--length-unit hours` or `--length-unit minutes`.
    DoubtKind {
        code: "RD110",
        name: "length-unit",
        summary: "a length names no unit",
    }
}

/// Lengths without a unit, with some of them.
#[must_use]
pub fn doubt(about: &About<'_>, values: &[String]) -> Doubt {
    let message = format!(
        "the lengths in `{}` name no unit ({}): they were read as minutes",
        about.place,
        values.join(", ")
    );
    let answers = vec![
        Answer::options("if they are hours", &["--length-unit", "hours"]),
        Answer::options("if they are minutes", &["--length-unit", "minutes"]),
    ];
    new(&KIND, about, message, format!("`{}` names no unit", about.place), answers)
}
