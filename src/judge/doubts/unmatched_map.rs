//! RD118: a column that --map names is in no input.

use super::{About, new};
use crate::model::doubt::{Answer, Doubt};

doubt! {
    /// `--map` names a column, and no input of its role has it.
    ///
    /// ### Why it matters
    ///
    /// The columns were then matched by their names, which is not what was asked for.
    ///
    /// ### Example
    ///
    /// ```csv batch.csv
    /// agent,start,end
    /// anna,2026-03-02T08:00Z,2026-03-02T16:00Z
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv --map "agent=Emp No"
    /// ```
    ///
    /// ### What to do
    ///
    /// Correct the name of the column, or leave the option out.
    DoubtKind {
        code: "RD118",
        name: "unmatched-map",
        summary: "a column that --map names is in no input",
    }
}

/// A mapping that found no column.
#[must_use]
pub fn doubt(about: &About<'_>, field: &str) -> Doubt {
    let message =
        format!("--map names `{}` for the {field}, and no input has such a column", about.place);
    let answers = vec![Answer::advice("correct the name, or leave the option out")];
    new(&KIND, about, message, format!("no column `{}`", about.place), answers)
}
