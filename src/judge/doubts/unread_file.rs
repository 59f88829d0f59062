//! RD117: a file of a directory was not read.

use super::{About, acceptance, new};
use crate::model::doubt::{Answer, Doubt};

doubt! {
    /// A directory was given, and a file in it was not read although it may hold records: nothing reads
    /// its format, or it is a file of another role, such as swaps among a batch.
    ///
    /// ### Why it matters
    ///
    /// What was not read was not checked.
    ///
    /// ### Example
    ///
    /// ```csv week/a.csv
    /// agent,start,end
    /// anna,2026-03-02T08:00Z,2026-03-02T16:00Z
    /// ```
    ///
    /// ```csv week/b.xlsx
    /// x
    /// ```
    ///
    /// ```console
    /// $ shiftlint check week
    /// ```
    ///
    /// ### What to do
    ///
    /// Convert the file, give it by its own option (`--swaps FILE`), or accept that it is skipped:
    /// `--accept RD117=week/b.xlsx`.
    DoubtKind {
        code: "RD117",
        name: "unread-file",
        summary: "a file of a directory was not read",
    }
}

/// A file that was not read, why, and the option that reads it.
#[must_use]
pub fn doubt(about: &About<'_>, why: &str, option: Option<&str>) -> Doubt {
    let accept = acceptance(&KIND, &About::file(about.path));
    let mut answers = Vec::new();
    if let Some(option) = option {
        answers.push(Answer::options("to read it", &[option, about.path]));
    }
    answers.push(Answer::options("if it does not belong to the check", &["--accept", &accept]));
    new(&KIND, about, format!("this file was not read: {why}"), format!("not read: {why}"), answers)
}
