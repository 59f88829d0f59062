//! RD115: a cell seems to have swallowed lines.

use super::{About, acceptance, new};
use crate::model::doubt::{Answer, Doubt};

doubt! {
    /// A quoted cell holds lines that look like records, or parts of two; text follows the quote that closes
    /// a cell of several lines; a name or an id has a quote that nothing closes; a line repeats the header in
    /// another order; or a table ends where a program stops counting (65,536 or 1,048,576 lines).
    ///
    /// ### Why it matters
    ///
    /// What a stray quote swallows is read as a note and not as shifts, and a name with one is another name.
    ///
    /// A cell of several lines is no doubt if its quotes are right: its lines are not those of the table.
    ///
    /// ### Example
    ///
    /// ```csv batch.csv
    /// agent,start,end,note
    /// anna,2026-03-02T08:00Z,2026-03-02T16:00Z,"late
    /// ben,2026-03-02T08:00Z,2026-03-02T16:00Z,
    /// ben,2026-03-02T12:00Z,2026-03-02T20:00Z,"
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Close the quote where its cell ends, or export the file again. If the cell is right, accept it:
    /// `--accept RD115=batch.csv`.
    DoubtKind {
        code: "RD115",
        name: "swallowed-rows",
        summary: "a cell seems to have swallowed lines",
    }
}

/// Lines that seem to have been swallowed, and how.
#[must_use]
pub fn doubt(about: &About<'_>, what: &str) -> Doubt {
    let accept = acceptance(&KIND, &About::file(about.path));
    let answers = vec![
        Answer::advice("close the quote where its cell ends, or export the file again"),
        Answer::options("if it is right as it stands", &["--accept", &accept]),
    ];
    new(&KIND, about, what.to_owned(), what.to_owned(), answers)
}
