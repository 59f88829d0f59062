//! RD106: two columns name different agents.

use super::{About, new};
use crate::model::doubt::{Answer, Doubt};

doubt! {
    /// Two columns could both be the agent, and divide the records differently: who is one agent by the
    /// first is two by the second, or the other way round. Columns of ids come before those of e-mail
    /// addresses, and these before names; two of one rank are in doubt.
    ///
    /// ### Why it matters
    ///
    /// Overlaps are looked for within the records of one agent. With the wrong column they are looked
    /// for among the wrong people.
    ///
    /// ### Example
    ///
    /// ```csv batch.csv
    /// employee,resource,start,end
    /// e1,r1,2026-03-02T08:00Z,2026-03-02T16:00Z
    /// e2,r1,2026-03-02T12:00Z,2026-03-02T20:00Z
    /// e3,r2,2026-03-02T12:00Z,2026-03-02T20:00Z
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Say which one is the agent: `--map agent=employee`.
    DoubtKind {
        code: "RD106",
        name: "two-agents",
        summary: "two columns name different agents",
    }
}

/// Two columns that could be the agent: the one that was read, and the other,
/// whose name is the place.
#[must_use]
pub fn doubt(about: &About<'_>, read: &str) -> Doubt {
    let other = about.place;
    let message = format!(
        "`{read}` and `{other}` could both be the agent, and divide the records differently; \
         `{read}` was read"
    );
    let maps = [format!("agent={read}"), format!("agent={other}")];
    let answers = vec![
        Answer::options("to keep it so", &["--map", &maps[0]]),
        Answer::options("to read the other", &["--map", &maps[1]]),
    ];
    new(&KIND, about, message, format!("`{read}` and `{other}` are two agents"), answers)
}
