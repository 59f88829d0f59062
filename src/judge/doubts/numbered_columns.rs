//! RD108: numbered columns give spans that overlap each other.

use super::{About, acceptance, new};
use crate::model::doubt::{Answer, Doubt};

doubt! {
    /// A record has several starts and ends in numbered columns (`start1`, `end1`, `start2`, `end2`), and
    /// two of its own spans overlap. Spans that never overlap within a record are the parts of a split
    /// shift, and each is read as a record.
    ///
    /// ### Why it matters
    ///
    /// Two spans that overlap are hardly two shifts: one may be planned and one actual, or each a
    /// version of the other.
    ///
    /// ### Example
    ///
    /// ```csv batch.csv
    /// agent,start1,end1,start2,end2
    /// anna,2026-03-02T08:00Z,2026-03-02T16:00Z,2026-03-02T08:05Z,2026-03-02T16:10Z
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Say which pair counts: `--map start=start1 --map end=end1`. If both do, accept that:
    /// `--accept RD108=start2`.
    DoubtKind {
        code: "RD108",
        name: "numbered-columns",
        summary: "numbered columns give spans that overlap each other",
    }
}

/// Numbered columns whose spans overlap within a record.
#[must_use]
pub fn doubt(about: &About<'_>, first: &str) -> Doubt {
    let other = about.place;
    let records = about.records();
    let message =
        format!("the spans that begin with `{first}` and `{other}` overlap within {records}");
    let map = format!("start={first}");
    let accept = acceptance(&KIND, about);
    let answers = vec![
        Answer::options("if only the first counts", &["--map", &map]),
        Answer::options("if each is a shift", &["--accept", &accept]),
    ];
    new(&KIND, about, message, format!("`{first}` and `{other}` overlap"), answers)
}
