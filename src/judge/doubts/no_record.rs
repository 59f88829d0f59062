//! RD104: elements of a list of records are not records.

use super::{About, acceptance, at, new};
use crate::model::doubt::{Answer, Doubt};

doubt! {
    /// A list of records holds something that is none: it names no agent or no start, and it is not like
    /// the other records. An answer that broke off often ends so, with a message in place of a record.
    ///
    /// ### Why it matters
    ///
    /// If the element should have been a record, the list is not whole.
    ///
    /// ### Example
    ///
    /// ```ndjson batch.ndjson
    /// {"agent":"anna","start":"2026-03-02T08:00Z","end":"2026-03-02T16:00Z"}
    /// {"error":"rate limited"}
    /// {"agent":"ben","start":"2026-03-02T08:00Z","end":"2026-03-02T16:00Z"}
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.ndjson
    /// ```
    ///
    /// ### What to do
    ///
    /// Export the file again. If the elements mean nothing, accept them by the place that the message
    /// names.
    DoubtKind {
        code: "RD104",
        name: "no-record",
        summary: "elements of a list of records are not records",
    }
}

/// Elements that are not records, with their keys.
#[must_use]
pub fn doubt(about: &About<'_>, keys: &str) -> Doubt {
    let elements = match about.count {
        1 => "1 element is not a record".to_owned(),
        count => format!("{count} elements are not records"),
    };
    let message = format!("{elements}{}: {keys}", at(about));
    let accept = acceptance(&KIND, about);
    let answers = vec![
        Answer::advice("export the file again, or take them out"),
        Answer::options("if they mean nothing", &["--accept", &accept]),
    ];
    new(&KIND, about, message, elements.clone(), answers)
}
