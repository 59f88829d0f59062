//! What a server answered about a push: its complaints, and what it accepted.

use std::fmt;
use std::sync::Arc;

/// An answer, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ServerAnswer {
    /// What the answer looks like.
    pub shape: ResponseShape,
    /// What it complains of, in its order.
    pub complaints: Vec<Complaint>,
    /// What it says went well, in its order.
    pub accepted: Vec<ItemName>,
    /// What it says went well although it also says that all of it failed or was undone.
    pub unclear: Vec<ItemName>,
    /// How many items it says went well, if it counts them.
    pub done: Option<u64>,
    /// What is broken, and where. The lists hold what could be read all the same.
    pub incomplete: Option<String>,
    /// After how many seconds the server wants to be asked again; the longest wait if there
    /// are several.
    pub retry_after: Option<u64>,
    /// Ids by which the vendor's support finds the requests.
    pub correlation: Vec<String>,
}

impl ServerAnswer {
    /// Remembers how long the server wants to be left alone.
    pub fn wait(&mut self, seconds: u64) {
        self.retry_after = self.retry_after.max(Some(seconds));
    }

    /// Remembers a correlation id, once.
    pub fn correlate(&mut self, id: &str) {
        /// Of an answer with very many requests the first ids suffice for support.
        const MOST: usize = 100;
        let id = id.trim();
        let is_new = !id.is_empty() && self.correlation.len() < MOST;
        if is_new && !self.correlation.iter().any(|known| known == id) {
            self.correlation.push(id.to_owned());
        }
    }

    /// How many things it says.
    #[must_use]
    pub fn item_count(&self) -> usize {
        self.complaints.len() + self.accepted.len() + self.unclear.len()
    }

    /// Takes back what went well, from a place of the list on, because other words contradict it.
    pub fn doubt(&mut self, from: usize, why: &str) {
        if from < self.accepted.len() {
            self.unclear.extend(self.accepted.drain(from..));
            self.break_off(why.to_owned());
        }
    }

    /// Remembers what is broken; the first break counts.
    pub fn break_off(&mut self, what: String) {
        self.incomplete.get_or_insert(what);
    }
}

/// What an answer looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ResponseShape {
    /// There is nothing in it.
    #[default]
    Empty,
    /// A page for browsers, such as the error page of a proxy.
    Html,
    /// XML, such as a SOAP fault.
    Xml,
    /// Requests and responses that a browser recorded.
    Har,
    /// The responses of a Microsoft Graph batch.
    GraphBatch,
    /// A Microsoft Graph error.
    GraphError,
    /// JSON:API errors.
    JsonApi,
    /// An RFC 9457 problem.
    Problem,
    /// A Genesys Cloud error.
    Genesys,
    /// A Quinyx error.
    Quinyx,
    /// The result of an asynchronous job.
    Job,
    /// JSON with a status for each item.
    MultiStatus,
    /// JSON with a list of conflicts.
    Conflicts,
    /// A JSON list of error bodies.
    ErrorList,
    /// Any other JSON.
    ErrorBody,
    /// One JSON value per line.
    Ndjson,
    /// What curl prints with `-i` or `-v`.
    Curl,
    /// A table with a header.
    Table,
    /// Log lines with PostgreSQL errors among them.
    Postgres,
    /// Plain log lines.
    Lines,
}

impl ResponseShape {
    /// The word used in reports: `multi-status`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            ResponseShape::Empty => "empty",
            ResponseShape::Html => "html",
            ResponseShape::Xml => "xml",
            ResponseShape::Har => "har",
            ResponseShape::GraphBatch => "graph-batch",
            ResponseShape::GraphError => "graph-error",
            ResponseShape::JsonApi => "json-api",
            ResponseShape::Problem => "problem",
            ResponseShape::Genesys => "genesys",
            ResponseShape::Quinyx => "quinyx",
            ResponseShape::Job => "job",
            ResponseShape::MultiStatus => "multi-status",
            ResponseShape::Conflicts => "conflicts",
            ResponseShape::ErrorList => "error-list",
            ResponseShape::ErrorBody => "error-body",
            ResponseShape::Ndjson => "ndjson",
            ResponseShape::Curl => "curl",
            ResponseShape::Table => "table",
            ResponseShape::Postgres => "postgres",
            ResponseShape::Lines => "lines",
        }
    }
}

/// One thing that an answer complains of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Complaint {
    /// Its number in the answer, from 1.
    pub number: usize,
    /// The HTTP status.
    pub status: Option<u16>,
    /// Error codes as the server wrote them.
    pub codes: Vec<String>,
    /// The server's words without secrets; empty if there are none.
    pub message: String,
    /// The precise reason that the answer names.
    pub reason: Option<Reason>,
    /// Whether it claims an overlap of times, which the data can confirm.
    pub claims_overlap: bool,
    /// What it complains of, and where the answer says so.
    pub names: ItemName,
    /// Ids of other records that it mentions, such as the one that is in the way.
    pub others: Vec<String>,
    /// Starts and ends of other records that it mentions.
    pub other_spans: Vec<(String, String)>,
    /// The rejected and the existing key of a PostgreSQL error.
    pub keys: Vec<Key>,
}

/// How an answer names one item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ItemName {
    /// Where in the answer it stands.
    pub place: AnswerPlace,
    /// Its ids. Ids that stand in a sentence without a label can be those of anything.
    pub ids: Vec<String>,
    /// Its agents.
    pub agents: Vec<String>,
    /// Starts and ends as written; an end can be empty.
    pub spans: Vec<(String, String)>,
    /// Its index as written, which counts from 0 or from 1.
    pub index: Option<u64>,
    /// Whether the index is named as that of a line, of which the first can be a header.
    pub is_line: bool,
    /// Its place, from 0, in a list that has an element for each item. Unlike the index, no
    /// server wrote it.
    pub position: Option<u64>,
    /// A JSON pointer into the request: `/agentSchedules/0/shifts/3`.
    pub pointer: Option<String>,
    /// Words that are ids only if the batch knows them: of a sentence without a label, or from
    /// the end of the path of a request.
    pub mentions: Vec<String>,
    /// The body of the request, without secrets, if the answer contains it.
    pub request_body: Option<Arc<[u8]>>,
}

impl ItemName {
    /// How precisely it names something.
    #[must_use]
    pub fn level(&self) -> NameLevel {
        let in_list = self.pointer.as_deref().is_some_and(has_number);
        if !self.ids.is_empty() || self.index.is_some() || !self.spans.is_empty() || in_list {
            NameLevel::Record
        } else if self.agents.is_empty() {
            NameLevel::Nothing
        } else {
            NameLevel::Agent
        }
    }

    /// Whether it names nothing by itself, nor by the request that it is the answer to.
    #[must_use]
    pub fn names_nothing(&self) -> bool {
        self.level() == NameLevel::Nothing && self.request_body.is_none()
    }

    /// Whether it is of all that an answer is to: it is no element of a list, and neither it nor
    /// its message names anything.
    #[must_use]
    pub fn is_of_all(&self) -> bool {
        self.level() == NameLevel::Nothing && self.position.is_none() && self.mentions.is_empty()
    }
}

/// Whether a part of a pointer is a number.
fn has_number(pointer: &str) -> bool {
    pointer
        .split('/')
        .any(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// How precisely something is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum NameLevel {
    /// Not at all.
    #[default]
    Nothing,
    /// Only the agent.
    Agent,
    /// A record.
    Record,
}

/// Where something stands in an answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AnswerPlace {
    /// The line, from 1.
    pub line: Option<u64>,
    /// The JSON pointer; behind a line, within the JSON of that line.
    pub pointer: Option<String>,
}

impl fmt::Display for AnswerPlace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.pointer.as_deref().filter(|pointer| !pointer.is_empty())) {
            (Some(line), Some(pointer)) => write!(formatter, "line {line}, {pointer}"),
            (Some(line), None) => write!(formatter, "line {line}"),
            (None, Some(pointer)) => formatter.write_str(pointer),
            (None, None) => formatter.write_str("the whole answer"),
        }
    }
}

/// A key of a PostgreSQL exclusion constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The agent, or what else is kept apart.
    pub agent: String,
    /// The start as written.
    pub start: String,
    /// The end as written.
    pub end: String,
}

/// A precise reason in an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Too many requests.
    RateLimit,
    /// The token may not do this.
    Permission,
    /// The schedule changed since it was read.
    StaleVersion,
    /// A swap is not decided.
    PendingSwap,
    /// Time off is not decided.
    PendingTimeOff,
    /// The agent has time off.
    TimeOff,
    /// The period is closed for changes.
    LockedPeriod,
    /// The server does not know the agent.
    UnknownAgent,
    /// No room for another agent.
    Capacity,
    /// A rule on rest, hours or days.
    LabourRule,
    /// The record itself is wrong.
    InvalidRecord,
    /// A shift of the swap changed or is gone.
    StaleSwap,
    /// The id is taken.
    DuplicateId,
    /// The record is there already.
    AlreadyExists,
    /// The server failed.
    ServerError,
    /// Another item of the same request failed.
    RejectedWithChunk,
}

impl Reason {
    /// The word used in reports: `stale-version`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Reason::RateLimit => "rate-limit",
            Reason::Permission => "permission",
            Reason::StaleVersion => "stale-version",
            Reason::PendingSwap => "pending-swap",
            Reason::PendingTimeOff => "pending-time-off",
            Reason::TimeOff => "time-off",
            Reason::LockedPeriod => "locked-period",
            Reason::UnknownAgent => "unknown-agent",
            Reason::Capacity => "capacity",
            Reason::LabourRule => "labour-rule",
            Reason::InvalidRecord => "invalid-record",
            Reason::StaleSwap => "stale-swap",
            Reason::DuplicateId => "duplicate-id",
            Reason::AlreadyExists => "already-exists",
            Reason::ServerError => "server-error",
            Reason::RejectedWithChunk => "rejected-with-chunk",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{AnswerPlace, ItemName, NameLevel, ServerAnswer};

    #[test]
    fn places_are_written_as_far_as_they_are_known() {
        let place = |line, pointer: &str| AnswerPlace { line, pointer: Some(pointer.to_owned()) };
        assert_eq!(place(Some(3), "/errors/0").to_string(), "line 3, /errors/0");
        assert_eq!(place(Some(3), "").to_string(), "line 3");
        assert_eq!(place(None, "/errors/0").to_string(), "/errors/0");
        assert_eq!(AnswerPlace::default().to_string(), "the whole answer");
    }

    #[test]
    fn a_pointer_names_a_record_only_if_it_goes_into_a_list() {
        let with =
            |pointer: &str| ItemName { pointer: Some(pointer.to_owned()), ..ItemName::default() };
        assert_eq!(with("/shifts/3/start").level(), NameLevel::Record);
        assert_eq!(with("/start").level(), NameLevel::Nothing);
        assert_eq!(with("/start2").level(), NameLevel::Nothing);
    }

    #[test]
    fn the_longest_wait_and_the_first_break_count() {
        let mut answer = ServerAnswer::default();
        [5, 30, 7].into_iter().for_each(|seconds| answer.wait(seconds));
        ["a", "b"].into_iter().for_each(|what| answer.break_off(what.to_owned()));
        ["c-1", " c-1 ", "", "c-2"].into_iter().for_each(|id| answer.correlate(id));
        assert_eq!(answer.retry_after, Some(30));
        assert_eq!(answer.incomplete.as_deref(), Some("a"));
        assert_eq!(answer.correlation, ["c-1", "c-2"]);
    }
}
