//! RD105: two columns of one field say different things.

use super::{About, acceptance, new};
use crate::model::doubt::{Answer, Doubt};

doubt! {
    /// Two columns or keys could both be one field, and they differ in effect: read the other way,
    /// a record is at another time or is not read at all. A key that occurs twice in one object is
    /// two values as well, and so is an end beside a later one that may count instead: `new end`,
    /// `extended to`, `override.end`.
    ///
    /// ### Why it matters
    ///
    /// Only one of them was read. If it is the wrong one, every record that differs is checked at the
    /// wrong time.
    ///
    /// ### Example
    ///
    /// ```csv batch.csv
    /// agent,start,shift start,end
    /// anna,2026-03-02T08:00Z,2026-03-02T06:00Z,2026-03-02T16:00Z
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Say which one counts: `--map start="shift start"`.
    DoubtKind {
        code: "RD105",
        name: "two-values",
        summary: "two columns of one field say different things",
    }
}

/// A column that is not read and holds a later end than the one that is.
#[must_use]
pub fn of_later_end(about: &About<'_>, read: &str) -> Doubt {
    let other = about.place;
    let records = about.records();
    let message = format!("`{other}` ends {records} later than `{read}`, which was read");
    let accept = acceptance(&KIND, about);
    let answers = vec![
        Answer::advice(format!("write the later end into `{read}`")),
        Answer::options("if what was read is the end", &["--accept", &accept]),
    ];
    new(&KIND, about, message, format!("`{other}` ends later than `{read}`"), answers)
}

/// A start, the place, that with the end beside it gives other time off than what was
/// read.
#[must_use]
pub fn of_other_span(about: &About<'_>, read: &str) -> Doubt {
    let other = about.place;
    let records = about.records();
    let message = format!(
        "`{other}`, with the end beside it, takes time in {records} that `{read}`, which was read, \
         does not"
    );
    let accept = acceptance(&KIND, about);
    let answers = vec![
        Answer::advice(format!(
            "leave out the columns that do not count, or name the others with \
             --map start='{other}'"
        )),
        Answer::options("if what was read counts", &["--accept", &accept]),
    ];
    new(&KIND, about, message, format!("`{other}` and `{read}` differ"), answers)
}

/// Two columns of one field: the one that was read, and the other, whose name is
/// the place.
#[must_use]
pub fn doubt(about: &About<'_>, field: &str, read: &str) -> Doubt {
    let other = about.place;
    let records = about.records();
    let (message, answers) = if read == other {
        let message =
            format!("the key `{read}` stands twice in {records}, with two values; one was read");
        let accept = acceptance(&KIND, about);
        (
            message,
            vec![
                Answer::advice("take one of the two out"),
                Answer::options("if it does not matter", &["--accept", &accept]),
            ],
        )
    } else {
        let message = format!(
            "`{read}` and `{other}` could both be the {field}, and differ in {records}; `{read}` was read"
        );
        let maps = [format!("{field}={read}"), format!("{field}={other}")];
        (
            message,
            vec![
                Answer::options("to keep it so", &["--map", &maps[0]]),
                Answer::options("to read the other", &["--map", &maps[1]]),
            ],
        )
    };
    new(&KIND, about, message, format!("`{read}` and `{other}` differ"), answers)
}
