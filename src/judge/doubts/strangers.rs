//! RD113: an input names its agents in another way.

use super::{About, acceptance, new};
use crate::model::doubt::{Answer, Doubt};
use crate::model::finding::brief;

doubt! {
    /// A side file has no agent in common with the batch, and names its agents in another way: by
    /// e-mail addresses while the batch has ids, by `Ann` or `1234 - Ann Ito` while it has `Ann Ito`, or by
    /// words that a list of agents does not know, which knows some of the batch. Or an input of the batch
    /// names its agents in another way than its other inputs, and has no agent in common with them.
    ///
    /// ### Why it matters
    ///
    /// Nothing of the file was compared with anything: its time off blocks nobody, and its shifts
    /// overlap none of the other inputs.
    ///
    /// ### Example
    ///
    /// ```csv batch.csv
    /// agent,start,end
    /// 4711,2026-03-02T08:00Z,2026-03-02T16:00Z
    /// 4712,2026-03-02T08:00Z,2026-03-02T16:00Z
    /// ```
    ///
    /// ```csv off.csv
    /// agent,start,end
    /// anna@example.com,2026-03-02,2026-03-03
    /// ben@example.com,2026-03-02,2026-03-03
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv --time-off off.csv --tz UTC
    /// ```
    ///
    /// ### What to do
    ///
    /// Name the column that holds the same names as the batch (`--map time-off:agent=COLUMN`), or give a
    /// list of agents that has both (`--agents FILE`).
    DoubtKind {
        code: "RD113",
        name: "strangers",
        summary: "an input names its agents in another way",
    }
}

/// What would give a side file agents in common with the batch.
#[derive(Debug, Clone, Copy)]
pub enum Remedy<'a> {
    /// To read this column of the files of a role.
    Column(&'a str, &'a str),
    /// To write the names in another way.
    Rewriting(&'a str),
    /// Nothing that is known.
    Nothing,
}

/// A side file without an agent in common with the batch, with a name of each side, and what
/// would match most.
#[must_use]
pub fn doubt(about: &About<'_>, here: &str, there: &str, remedy: Remedy<'_>) -> Doubt {
    between(about, [here, there], ("in the batch", "nothing of this file was compared"), remedy)
}

/// An input of the batch without an agent in common with another input of it.
#[must_use]
pub fn of_batch(
    about: &About<'_>,
    here: &str,
    (other, there): (&str, &str),
    remedy: Remedy<'_>,
) -> Doubt {
    let uncompared = "no shift of one file was compared with a shift of the other";
    between(about, [here, there], (&format!("in {}", brief(other)), uncompared), remedy)
}

fn between(
    about: &About<'_>,
    names: [&str; 2],
    (place, uncompared): (&str, &str),
    remedy: Remedy<'_>,
) -> Doubt {
    let [here, there] = names.map(brief);
    let would = match remedy {
        Remedy::Column(role, column) => format!("; column `{column}` ({role}) would match most"),
        Remedy::Rewriting(what) => format!("; {what} would match most"),
        Remedy::Nothing => String::new(),
    };
    let message = format!(
        "no agent is {place}, and the names differ in form: `{here}` here, `{there}` {place}; \
         {uncompared}{would}"
    );
    let mut answers = Vec::new();
    if let Remedy::Column(role, column) = remedy {
        let map = format!("{role}:agent={column}");
        answers.push(Answer::options("if that column names the same agents", &["--map", &map]));
    }
    let accept = acceptance(&KIND, &About::file(about.path));
    answers.push(Answer::options("with a list that has both names", &["--agents", "FILE"]));
    answers.push(Answer::options("if they really are others", &["--accept", &accept]));
    new(&KIND, about, message, "its agents are named in another way".to_owned(), answers)
}
