//! Knows the words that stand before names in sentences: `agent 7`, `row 3`.

use super::words::folded;

/// What a word labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// An agent.
    Agent,
    /// A record.
    Record,
    /// A word before an index: `row 3`.
    Index,
    /// An index before a plain number, otherwise a record: `record 3`, `record s-3`.
    Either,
    /// Something that is neither agent nor record.
    Foreign,
    /// A time that is not that of a record.
    Clock,
    /// A status.
    Status,
}

/// What a word labels, in any spelling.
pub(super) fn label(word: &str) -> Option<Label> {
    // No label is longer, and most words of a sentence need not be folded.
    if word.len() > 20 || !word.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
        return None;
    }
    Some(match &*folded(word) {
        "agent" | "agents" | "agentid" | "agentids" | "user" | "users" | "userid" | "userids"
        | "employee" | "employees" | "employeeid" | "employeeids" | "worker" | "workers"
        | "workerid" | "person" | "personid" | "staff" | "staffid" | "advisor" | "associate"
        | "associateid" | "agentname" | "username" | "useremail" | "agentemail"
        | "employeenumber" | "personnelnumber" => Label::Agent,
        "shift" | "shifts" | "shiftid" | "shiftids" | "assignment" | "assignmentid"
        | "activity" | "activityid" | "id" | "ids" | "entityid" | "entity" | "recordid"
        | "recordids" | "itemid" | "entryid" | "externalid" => Label::Record,
        "row" | "rows" | "index" | "position" | "line" | "rownumber" | "linenumber"
        | "rowindex" | "itemindex" => Label::Index,
        "record" | "item" | "entry" | "element" | "records" | "items" | "entries" => Label::Either,
        "correlation" | "correlationid" | "request" | "requestid" | "trace" | "traceid"
        | "transaction" | "transactionid" | "operation" | "operationid" | "job" | "jobid"
        | "schedule" | "scheduleid" | "unit" | "unitid" | "organization" | "org" | "orgid"
        | "swap" | "swapid" | "trade" | "tradeid" | "session" | "batch" | "batchid" | "tenant"
        | "tenantid" | "team" | "teamid" | "group" | "groupid" | "site" | "siteid" | "span"
        | "spanid" | "contextid" | "context" | "client" | "clientid" | "queue" | "process"
        | "version" | "account" | "timeoff" | "leave" | "port" | "message" | "messageid"
        | "event" | "eventid" => Label::Foreign,
        "time" | "ts" | "timestamp" | "datetime" | "logged" => Label::Clock,
        "status" | "http" | "error" | "code" | "statuscode" | "returned" | "responded"
        | "httpstatus" => Label::Status,
        _ => return None,
    })
}

/// Words that stand behind `agent:` and are no names.
pub(super) fn is_plain_word(text: &str) -> bool {
    matches!(
        text.to_ascii_lowercase().as_str(),
        "is" | "has"
            | "not"
            | "was"
            | "the"
            | "a"
            | "an"
            | "and"
            | "or"
            | "cannot"
            | "already"
            | "unknown"
            | "invalid"
            | "missing"
            | "required"
            | "does"
            | "null"
            | "none"
            | "must"
            | "in"
            | "for"
            | "of"
            | "schedule"
            | "shift"
            | "shifts"
            | "conflict"
            | "overlap"
            | "no"
            | "id"
            | "to"
            | "with"
            | "on"
            | "at"
            | "error"
            | "failed"
            | "removed"
            | "undefined"
            | "inactive"
            | "double"
            | "booked"
            | "this"
            | "that"
            | "field"
            | "may"
    )
}
