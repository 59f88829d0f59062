//! RD119: a batch names only what it changes, and what is published is not given.

use super::{About, acceptance, new};
use crate::model::doubt::{Answer, Doubt};

doubt! {
    /// The batch is an upload that changes a schedule: it names only the shifts that it changes, and no
    /// file with what is published was given.
    /// Or a large upload says only behind its records, if at all, whether it changes a schedule or
    /// replaces it.
    ///
    /// ### Why it matters
    ///
    /// All other shifts of its agents stay as they are, and those it names can overlap them.
    ///
    /// ### Example
    ///
    /// ```json batch.json
    /// {"metadata": {"version": 7},
    ///  "agentSchedules": [{"userId": "ann", "shifts": [
    ///    {"id": "s-1", "startDate": "2026-03-02T08:00:00Z", "lengthMinutes": 480}]}]}
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.json
    /// ```
    ///
    /// ### What to do
    ///
    /// Fetch the schedule that the upload is for, and name it: `--published FILE`. If there is nothing else
    /// in it, say so with `--accept`.
    DoubtKind {
        code: "RD119",
        name: "base-not-given",
        summary: "the batch names only what it changes, and what is published is not given",
    }
}

/// An upload that says only behind its records, if at all, what kind it is.
#[must_use]
pub fn unclear(about: &About<'_>) -> Doubt {
    let message = "whether this upload changes a schedule or replaces it is said behind its first \
                   megabyte, if at all, where it is not looked for"
        .to_owned();
    let accepted = acceptance(&KIND, about);
    let answers = vec![
        Answer::advice("write `metadata` or `weekCount` before `agentSchedules`"),
        Answer::options("if it is all there is", &["--accept", &accepted]),
    ];
    new(&KIND, about, message, "the kind of upload is not known".to_owned(), answers)
}

/// An upload of changes without what it changes.
#[must_use]
pub fn doubt(about: &About<'_>) -> Doubt {
    let message = "this upload names only the shifts that it changes, and what is published is \
                   not given, so that nothing was compared with the rest"
        .to_owned();
    let accepted = acceptance(&KIND, about);
    let answers = vec![
        Answer::advice("name the schedule that it changes: --published FILE"),
        Answer::options("if it has no other shifts", &["--accept", &accepted]),
    ];
    new(&KIND, about, message, "changes without what they change".to_owned(), answers)
}
