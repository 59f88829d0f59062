//! RD114: agents are named only in the first line of their block.

use super::{About, acceptance, new};
use crate::model::doubt::{Answer, Doubt};

doubt! {
    /// The agent is filled in the first line of each block and empty in those that follow, as in a sheet
    /// that was grouped for the eye.
    ///
    /// ### Why it matters
    ///
    /// Lines without an agent are unassigned shifts, and are not checked.
    ///
    /// ### Example
    ///
    /// ```csv batch.csv
    /// agent,start,end
    /// anna,2026-03-02T08:00Z,2026-03-02T16:00Z
    /// ,2026-03-03T08:00Z,2026-03-03T16:00Z
    /// ben,2026-03-02T08:00Z,2026-03-02T16:00Z
    /// ,2026-03-03T08:00Z,2026-03-03T16:00Z
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Let the agent count for the lines below it: `--fill-down agent`. If these shifts have no agent,
    /// accept that: `--accept RD114=agent`.
    DoubtKind {
        code: "RD114",
        name: "grouped-sheet",
        summary: "agents stand only in the first line of their block",
    }
}

/// Blocks of lines of which only the first names an agent.
#[must_use]
pub fn doubt(about: &About<'_>) -> Doubt {
    let column = about.place;
    let message = format!(
        "`{column}` is empty in {} lines, each below a line that names an agent: as they stand, \
         they are unassigned shifts",
        about.count
    );
    let accept = acceptance(&KIND, about);
    let answers = vec![
        Answer::options("if the agent above counts", &["--fill-down", "agent"]),
        Answer::options("if these shifts have no agent", &["--accept", &accept]),
    ];
    new(&KIND, about, message, format!("{} lines without an agent", about.count), answers)
}
