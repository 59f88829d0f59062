//! What a reader noticed in a file beside its rows.
//!
//! Examples are a list that was not read, an element that is not a record, and a key that says
//! that there are more pages. None of these is a row, and none may be lost. They are counted by
//! what they are and where; whether any of them is a doubt is decided later.

/// What was noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Noticed {
    /// Something that looks like a record and was not read.
    Unread,
    /// An element of a list of records that is not a record. The detail names its keys.
    Stray,
    /// `null` or `{}` in a list of records.
    Empty,
    /// A record that names no agent, where others may. The detail names its
    /// keys.
    Agentless,
    /// A list that was skipped. The detail says why.
    Ignored,
    /// A list of times without anything around them.
    Times,
    /// Something that looks like a record in a list of holidays or opening
    /// hours. It matters only if an agent is named there.
    Calendar,
    /// Days beside words, in what is not a record. It matters only if one of the words is an
    /// agent.
    Days,
    /// A filled column or key that makes a record more than it shows. The
    /// detail says what kind it is.
    More,
    /// A document or a page that says there is more. The detail is its word.
    MorePages,
    /// An answer that is not whole, whatever pages there are. The detail is the word of its key.
    Unfinished,
    /// A number of this page, of all pages, or of all entries, or the place of this page among
    /// others. The detail is what it counts or where that is, and the word.
    Pages,
    /// A request that has failed, of which the document is the answer. The detail is the word that
    /// says so.
    Failure,
    /// Lines that seem to be missing, within a cell or after the end. The detail says how
    /// it shows.
    Swallowed,
    /// Agents that are named only in the first line of their block.
    Grouped,
}

/// Something that was noticed, and how often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// What it is.
    pub noticed: Noticed,
    /// The column, or the JSON pointer with `*` for the numbers of elements.
    pub place: String,
    /// What there is to say of it.
    pub detail: String,
    /// How often it was met.
    pub count: u64,
    /// The byte where it was met first, from the start of the bytes at hand.
    pub at: u64,
}

/// A key of a document, and what was seen of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeyFacts {
    /// The key with those around it: `users.shifts.user.id`.
    pub path: String,
    /// The same within its record, as names are matched: `user.id`.
    pub name: String,
    /// How many values it has.
    pub values: u64,
    /// How many of them in records that name no agent.
    pub agentless: u64,
    /// How many records, or objects around records, it names the agent of.
    pub agents: u64,
    /// The byte at which the first of them begins.
    pub first_agent: Option<u64>,
    /// The first values that are not empty, at most two, cut short; each with the
    /// byte at which its piece begins.
    pub samples: Vec<(u64, String)>,
    /// Where it was met first among all keys: the byte of the piece, and the
    /// number of the key in it.
    pub first: (u64, u32),
}

impl KeyFacts {
    /// Its first values, without their places.
    #[must_use]
    pub fn words(&self) -> Vec<&str> {
        self.samples.iter().map(|(_, word)| word.as_str()).collect()
    }
}

/// How a record is more than it shows whose agent is absent.
pub const ABSENT: &str = "the agent is absent, at least for a part of the shift";

/// How a record is more than it shows whose minutes are in a column of their own.
pub const MINUTES: &str = "it starts or ends after the full hour that was read";
