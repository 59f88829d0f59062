//! RD116: an encoding was named for a file that is UTF-8.

use super::{About, new};
use crate::model::doubt::{Answer, Doubt};

doubt! {
    /// `--encoding` names an encoding, and the file is valid UTF-8 with letters of more than one byte.
    ///
    /// ### Why it matters
    ///
    /// Read in the wrong encoding, names change: two spellings of one name become two agents.
    ///
    /// ### Example
    ///
    /// ```csv batch.csv
    /// agent,start,end
    /// Zoë,2026-03-02T08:00Z,2026-03-02T16:00Z
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv --encoding windows-1252
    /// ```
    ///
    /// ### What to do
    ///
    /// Leave the option out, or name the encoding for the files that need it:
    /// `--encoding old.csv=windows-1252`.
    DoubtKind {
        code: "RD116",
        name: "encoding-in-doubt",
        summary: "an encoding was named for a file that is UTF-8",
    }
}

/// A file that is UTF-8 and is read in another encoding.
#[must_use]
pub fn doubt(about: &About<'_>, encoding: &str) -> Doubt {
    let message = format!("this file is valid UTF-8, and was read as {encoding}");
    let own = format!("{}={encoding}", about.path);
    let utf_8 = format!("{}=utf-8", about.path);
    let answers = vec![
        Answer::options("if it is UTF-8", &["--encoding", &utf_8]),
        Answer::options("if it is not", &["--encoding", &own]),
    ];
    new(&KIND, about, message, format!("valid UTF-8, read as {encoding}"), answers)
}
