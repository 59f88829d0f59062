//! RD109: a document says that there is more.

use super::{About, acceptance, new};
use crate::model::doubt::{Answer, Doubt};

doubt! {
    /// A document is a page of a longer answer, or a job that is not complete: a key leads to the next
    /// page or back to the one before, says that there is more, or counts more pages or entries than
    /// were given. A total counts only beside the size of a page or its place, unless its name leaves no
    /// doubt (`totalElements`, `totalRows`, `@odata.count`). Or a key says that the answer is not whole
    /// (`timed_out`, `"complete": false`, `"status": "error"`), which no other page mends. Or it is the
    /// answer to a request that has failed (`"success": false`, `"statusCode": 403`, a list of `errors`).
    /// Or it has no records, and a key leads to them (`downloadUrl`).
    ///
    /// ### Why it matters
    ///
    /// The records of the other pages were not checked.
    ///
    /// ### Example
    ///
    /// ```json batch.json
    /// {"shifts":[{"agent":"anna","start":"2026-03-02T08:00Z","end":"2026-03-02T16:00Z"}],
    ///  "nextPageToken":"abc"}
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.json
    /// ```
    ///
    /// ### What to do
    ///
    /// Fetch the other pages and give all files. If this page is all that you want to check, accept
    /// that: `--accept RD109=batch.json`.
    DoubtKind {
        code: "RD109",
        name: "more-pages",
        summary: "a document says that there is more",
    }
}

/// A page that says there is more, by a key at a pointer.
#[must_use]
pub fn doubt(about: &About<'_>, word: &str) -> Doubt {
    let message = format!("there is more than this file holds: {}", said(about, word));
    let phrasing = Phrasing {
        brief: "more pages were not given",
        advice: "fetch the other pages, and give all files",
        unless: IS_ONLY_PAGE,
    };
    phrasing.doubt(about, message)
}

/// A page that follows others, by a key at a pointer.
#[must_use]
pub fn before(about: &About<'_>, word: &str) -> Doubt {
    let message = format!("there is more before this file: {}", said(about, word));
    let phrasing = Phrasing {
        brief: "earlier pages were not given",
        advice: "fetch the pages before it, and give all files",
        unless: IS_ONLY_PAGE,
    };
    phrasing.doubt(about, message)
}

/// An answer that is not whole, by a key at a pointer.
#[must_use]
pub fn unfinished_by(about: &About<'_>, word: &str) -> Doubt {
    let message = format!("this answer is not whole: {}", said(about, word));
    let phrasing = Phrasing {
        brief: "the answer is not whole",
        advice: "ask for the answer again until it is whole",
        unless: IS_WHOLE,
    };
    phrasing.doubt(about, message)
}

/// The answer to a request that has failed, by a key at a pointer.
#[must_use]
pub fn failed(about: &About<'_>, word: &str) -> Doubt {
    let said = said(about, word);
    let message =
        format!("this is the answer to a request that has failed, or a part of one: {said}");
    let phrasing = Phrasing {
        brief: "the request has failed",
        advice: "send the request again, and give its answer",
        unless: IS_WHOLE,
    };
    phrasing.doubt(about, message)
}

/// The answer of a job that has not ended well.
#[must_use]
pub fn unfinished(about: &About<'_>) -> Doubt {
    let message = "this is the answer of a job that is not complete, by its `status`".to_owned();
    let phrasing = Phrasing {
        brief: "the job is not complete",
        advice: "ask for the answer again once the job is complete",
        unless: IS_WHOLE,
    };
    phrasing.doubt(about, message)
}

/// An answer without records, and a key at a pointer that leads to them. Nothing could be accepted.
#[must_use]
pub fn elsewhere(about: &About<'_>, word: &str) -> Doubt {
    let (key, word) = (about.place, shortened(word));
    let message = format!("this file has no records, and `{key}` leads to them: `{word}`");
    let answers = vec![Answer::advice("download what it leads to, and give that file")];
    new(&KIND, about, message, "the records are elsewhere".to_owned(), answers)
}

/// When a page is accepted without the others.
const IS_ONLY_PAGE: &str = "if this page is all that matters";

/// When an answer is accepted although it says that something is missing.
const IS_WHOLE: &str = "if nothing is missing";

/// What stays the same in all doubts of one sort.
struct Phrasing {
    brief: &'static str,
    advice: &'static str,
    /// When the file is accepted as it is.
    unless: &'static str,
}

impl Phrasing {
    fn doubt(&self, about: &About<'_>, message: String) -> Doubt {
        let accept = acceptance(&KIND, &About::file(about.path));
        let answers =
            vec![Answer::advice(self.advice), Answer::options(self.unless, &["--accept", &accept])];
        new(&KIND, about, message, self.brief.to_owned(), answers)
    }
}

/// A key and what it says.
fn said(about: &About<'_>, word: &str) -> String {
    format!("`{}` is `{}`", about.place, shortened(word))
}

/// The beginning of a word that may be a long address.
fn shortened(word: &str) -> String {
    word.chars().take(60).collect()
}
