//! RD120: a batch is the whole schedule of some weeks, and does not say of which.

use super::{About, acceptance, new};
use crate::model::doubt::{Answer, Doubt};

doubt! {
    /// The batch is an import of a whole schedule. It replaces what is published in its weeks, and neither the
    /// document nor an option says which weeks they are.
    ///
    /// ### Why it matters
    ///
    /// Published shifts of these weeks go; those before and after stay, and can overlap the new ones.
    ///
    /// ### Example
    ///
    /// ```json batch.json
    /// {"description": "week 10", "weekCount": 1,
    ///  "agentSchedules": [{"userId": "ann", "shifts": [
    ///    {"startDate": "2026-03-02T08:00:00Z", "lengthMinutes": 480}]}]}
    /// ```
    ///
    /// ```csv live.csv
    /// agent,id,start,end
    /// ann,s-1,2026-03-02T09:00:00Z,2026-03-02T17:00:00Z
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.json --published live.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Name the first day of the weeks: `--week-of 2026-03-02`.
    DoubtKind {
        code: "RD120",
        name: "week-not-given",
        summary: "the batch is the whole schedule of some weeks, and does not say of which",
    }
}

/// An import of a schedule for some weeks that nothing names.
#[must_use]
pub fn doubt(about: &About<'_>) -> Doubt {
    let message = "this import replaces what is published in its weeks, and nothing says which \
                   weeks these are; nothing was taken as replaced"
        .to_owned();
    let accepted = acceptance(&KIND, about);
    let answers = vec![
        Answer::advice("name the first day of its weeks: --week-of 2026-03-02"),
        Answer::options("if it replaces nothing that is given", &["--accept", &accepted]),
    ];
    new(&KIND, about, message, "its weeks are not known".to_owned(), answers)
}
