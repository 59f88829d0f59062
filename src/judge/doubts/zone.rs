//! RD112: the zone of times is in doubt.

use super::{About, acceptance, new};
use crate::model::doubt::{Answer, Doubt};

doubt! {
    /// Times name a zone by an abbreviation that several zones share (`CST`), or a column that is called
    /// local holds times that are marked as UTC.
    ///
    /// ### Why it matters
    ///
    /// An hour, or half a day, more or less decides what overlaps.
    ///
    /// ### Example
    ///
    /// ```csv batch.csv
    /// agent,start,end
    /// anna,2026-03-02 08:00 CST,2026-03-02 16:00 CST
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Name the zone: `--tz America/Chicago`. If local times really are in UTC, accept that:
    /// `--accept RD112=start`.
    DoubtKind {
        code: "RD112",
        name: "zone-in-doubt",
        summary: "the zone of times is in doubt",
    }
}

/// Times whose zone is in doubt, and why.
#[must_use]
pub fn doubt(about: &About<'_>, why: &str) -> Doubt {
    let column = about.place;
    let message = format!("the zone of `{column}` is in doubt: {why}");
    let accept = acceptance(&KIND, about);
    let answers = vec![
        Answer::options("", &["--tz", "ZONE"]),
        Answer::options("if it was read rightly", &["--accept", &accept]),
    ];
    new(&KIND, about, message, format!("`{column}`: {why}"), answers)
}
