//! Doubts: what may have been misread, so that the check is incomplete.

use std::fmt;

/// A kind of doubt. It is not a rule: nothing but its answer settles it.
pub struct DoubtKind {
    /// Its code: `RD101`.
    pub code: &'static str,
    /// Its name: `no-hours`.
    pub name: &'static str,
    /// What it is, in one line.
    pub summary: &'static str,
    /// Its page.
    pub docs: &'static str,
}

impl fmt::Debug for DoubtKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code)
    }
}

impl PartialEq for DoubtKind {
    fn eq(&self, other: &DoubtKind) -> bool {
        self.code == other.code
    }
}

/// A way to settle a doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// In which case it is the right one: `if these are the planned hours`;
    /// empty if there is only one.
    pub when: String,
    /// What to type: options with their values, each a word of its own.
    pub options: Vec<String>,
    /// What to do where no option helps.
    pub advice: String,
}

impl Answer {
    /// Options that settle it, in a case.
    #[must_use]
    pub fn options(when: &str, options: &[&str]) -> Answer {
        let options = options.iter().map(|word| (*word).to_owned()).collect();
        Answer { when: when.to_owned(), options, advice: String::new() }
    }

    /// What to do where no option helps.
    #[must_use]
    pub fn advice(advice: impl Into<String>) -> Answer {
        Answer { when: String::new(), options: Vec::new(), advice: advice.into() }
    }
}

/// A doubt about an input.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubt {
    /// What kind it is.
    pub kind: &'static DoubtKind,
    /// What it is about: a column, a JSON pointer, or nothing but the file.
    pub place: String,
    /// The line of the first record that it is about, from 1.
    pub line: Option<u64>,
    /// How many records, or things, it is about.
    pub count: u64,
    /// What is the case, in one sentence without a full stop.
    pub message: String,
    /// What it is in a few words, for a list: `12 objects under /drafts`.
    pub brief: String,
    /// The ways to settle it, the likeliest first.
    pub answers: Vec<Answer>,
    /// Whether the user has accepted it (`--accept`).
    pub accepted: bool,
}
