//! RD103: values that look like records were not read.

use super::{About, acceptance, at, new};
use crate::model::doubt::{Answer, Doubt};

doubt! {
    /// Something in the file looks like a record and was not read: it has two times that can be a
    /// start and an end, a range of times, a time and a length, or an agent beside a start or a
    /// date. It is in a place where no record is read: within a shift, in a row of bare values, in
    /// a text, or under a name that says that it is not meant. Within a shift its parts
    /// (`activities`, `breaks` …) are not in doubt. Neither are meetings, trainings, events, states
    /// and the like within its hours, unless they name another agent, nor lists and ranges of times
    /// alone within its hours (`"slots": ["08:00-12:00"]`). Under a name of time off a day alone
    /// looks like a record: it is read beside the shifts of an agent, and not within a shift or
    /// where no agent is named.
    ///
    /// ### Why it matters
    ///
    /// Whatever was not read was not checked. A schedule with a second list in it would pass
    /// although half of it was never read.
    ///
    /// ### Example
    ///
    /// ```json batch.json
    /// {"shifts":[{"agent":"anna","start":"2026-03-02T08:00Z","end":"2026-03-02T16:00Z"}],
    ///  "rows":[["anna","2026-03-02T12:00Z","2026-03-02T20:00Z"]]}
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.json
    /// ```
    ///
    /// ### What to do
    ///
    /// Write them as records, in a list of objects. If they are not meant to be checked, accept that:
    /// `--accept RD103=/rows/*`.
    DoubtKind {
        code: "RD103",
        name: "unread-records",
        summary: "things that look like records were not read",
    }
}

/// Record-like things at a pointer or in a column, and what they are.
#[must_use]
pub fn doubt(about: &About<'_>, what: &str) -> Doubt {
    let things = match about.count {
        1 => "1 thing that looks like a record was".to_owned(),
        count => format!("{count} things that look like records were"),
    };
    let message = format!("{things} not read{} ({what})", at(about));
    let accept = acceptance(&KIND, about);
    let answers = vec![
        Answer::options("if they are not to be checked", &["--accept", &accept]),
        Answer::advice("if they are, write them as records in a list of objects"),
    ];
    let objects = if about.count == 1 { "object" } else { "objects" };
    new(&KIND, about, message, format!("{} {objects} at {}", about.count, about.place), answers)
}
