//! Maps keys of JSON and columns of tables to what they mean.

use super::words::folded;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a list in an answer contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListKind {
    /// The outermost value.
    Root,
    /// Items that went well or failed.
    Items,
    /// Only what failed.
    Failures,
    /// What is in conflict: failures, or the other records of an item that is named.
    Conflicts,
    /// More about the error around it.
    Details,
    /// Only what went well.
    Accepted,
}

/// What a key means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeySense {
    Status,
    /// Whether it went well.
    Success,
    Code,
    /// A code that only an error has.
    ErrorCode,
    Error,
    Message,
    /// How much a message matters.
    Severity,
    /// A message, or a list or object with more about the error.
    Detail,
    Id,
    Agent,
    Start,
    End,
    Date,
    Interval,
    Index,
    Pointer,
    /// The path of the request.
    Request,
    /// A limit that was reached.
    Limit,
    RetryAfter,
    Correlation,
    /// An object that names the item.
    Subject,
    /// The parameters of a message, which name the item.
    Parameters,
    /// The record that is in the way.
    Other,
    List(ListKind),
    /// What was not done: a list of it, or whether that is so.
    Undone,
    /// How many items failed.
    Failures,
    /// What the server did with an item.
    Action,
    /// An object around the answer proper.
    Wrapper,
    /// An object around the answer proper, or what became of an item in words.
    Result,
    Headers,
}

/// The keys of each sense in lower case without marks.
static KEYS: &[(KeySense, &str)] = &[
    (
        KeySense::Status,
        "status statuscode httpstatus httpstatuscode httpcode responsestatus responsecode \
         state outcome jobstatus operationstatus importstatus statut estado",
    ),
    (
        KeySense::Success,
        "success succeeded ok issuccess successful isvalid valid committed applied persisted",
    ),
    (
        KeySense::Code,
        "code type errorkey sqlstate violation violationtype exceptiontype violationcode \
         reasoncode conflicttype",
    ),
    (
        KeySense::ErrorCode,
        "errorcode errcode errortype faultcode fehlercode codeerreur codigoerror",
    ),
    (
        KeySense::Error,
        "error err fault exception innererror innerexception lasterror failure errorinfo \
         fehler erreur erreurs errore errori fout iserror haserror failurereason rejectionreason",
    ),
    (
        KeySense::Message,
        "message msg text title description errormessage errordescription errortext \
         messagewithparams faultstring localizedmessage reason cause statusmessage statustext usermessage explanation errormsg fehlermeldung \
         meldung fehlertext grund messagederreur motif mensaje mensajedeerror motivo",
    ),
    (
        KeySense::Detail,
        "detail details errordetails errordetail moreinfo diagnostics additionalinfo messages",
    ),
    (KeySense::Severity, "severity level"),
    (
        KeySense::Id,
        "id ids shiftid shiftids recordid recordids entityid assignmentid entryid itemid \
         scheduleentryid externalid objectid activityid scheduledshiftid",
    ),
    (
        KeySense::Agent,
        "agent agents agentid agentids user users userid userids employee employees \
         employeeid employeeids worker workerid person personid staff staffid assignee \
         assigneeid associate associateid employeenumber useremail agentname employeename \
         agentemail",
    ),
    (
        KeySense::Start,
        "start startdate starttime startdatetime startat startsat from begin shiftstart \
         startutc",
    ),
    (
        KeySense::End,
        "end enddate endtime enddatetime endat endsat to stop shiftend endutc stoptime",
    ),
    (KeySense::Date, "date day shiftdate scheduledate businessdate"),
    (KeySense::Interval, "interval period timerange window timeinterval range"),
    (
        KeySense::Index,
        "index row rownumber rowindex line linenumber position itemnumber itemindex \
         recordnumber recordindex rowno lineno",
    ),
    (
        KeySense::Pointer,
        "pointer path field fieldname property propertypath propertyname location \
         instancepath target loc datapath param parameter jsonpath attribute",
    ),
    (KeySense::Request, "url uri instance requesturl requesturi requestpath endpoint"),
    (KeySense::Limit, "limit"),
    (
        KeySense::RetryAfter,
        "retryafter retryafterseconds retryafterms retryaftermilliseconds \
         retryaftermillis",
    ),
    (
        KeySense::Correlation,
        "correlationid contextid requestid traceid operationid transactionid \
         clientrequestid xrequestid xcorrelationid traceparent",
    ),
    (
        KeySense::Subject,
        "shift record entity item assignment entry resource subject source rejectedshift \
         activity scheduleentry",
    ),
    (
        KeySense::Parameters,
        "messageparams params parameters additionalerrorparameters args arguments meta \
         additionaldata",
    ),
    (
        KeySense::List(ListKind::Items),
        "entities items results responses records multistatus operations outcomes rows \
         statuses",
    ),
    (
        KeySense::List(ListKind::Failures),
        "errors failures failed rejected violations faileditems failedrecords \
         rejecteditems validationerrors fielderrors invalid unprocessed rejections faults \
         exceptions failedentities faileditemids invaliditems notimported errorlist modelstate \
         problems issues",
    ),
    (KeySense::List(ListKind::Conflicts), "conflicts conflictlist overlaps"),
    (
        KeySense::List(ListKind::Accepted),
        "accepted successes created updated imported saved completed succeededitems \
         successfulitems accepteditems processed inserted upserted added unchanged",
    ),
    (
        KeySense::Undone,
        "skipped ignored duplicates pending deferred dryrun isdryrun validateonly simulated \
         rolledback reverted notsaved notcreated discarded",
    ),
    (
        KeySense::Failures,
        "errorcount errorscount failedcount failurecount failcount rejectedcount skippedcount \
         conflictcount invalidcount numerrors numfailed numberoferrors totalerrors totalfailed",
    ),
    (KeySense::Action, "action actiontaken disposition"),
    (
        KeySense::Wrapper,
        "data body eventbody payload extensions output report responsebody value \
         summary",
    ),
    (
        KeySense::Result,
        "result response ergebnis rückmeldung resultado résultat resultat risultato",
    ),
    (KeySense::Headers, "headers responseheaders"),
];

static BY_KEY: LazyLock<HashMap<&'static str, KeySense>> = LazyLock::new(|| {
    let pairs = KEYS
        .iter()
        .flat_map(|(sense, keys)| keys.split_ascii_whitespace().map(|key| (key, *sense)));
    pairs.collect()
});

/// Words before the name of the record that is in the way: `conflictingShiftId`.
const OTHER: [&str; 5] = ["existing", "conflicting", "other", "overlapping", "blocking"];

/// Words before the name of a list, and what it then contains: `failedShifts`.
const LISTS: [(&str, ListKind); 10] = [
    ("failed", ListKind::Failures),
    ("rejected", ListKind::Failures),
    ("invalid", ListKind::Failures),
    ("unprocessed", ListKind::Failures),
    ("accepted", ListKind::Accepted),
    ("successful", ListKind::Accepted),
    ("succeeded", ListKind::Accepted),
    ("created", ListKind::Accepted),
    ("updated", ListKind::Accepted),
    ("imported", ListKind::Accepted),
];

/// Names of lists behind such a word.
const LISTED: [&str; 10] = [
    "shifts",
    "records",
    "items",
    "entries",
    "assignments",
    "schedules",
    "rows",
    "entities",
    "ids",
    "shiftids",
];

/// How names of lists of failures end: `userErrors`, `parameterViolations`.
const FAILURE_ENDINGS: [&str; 3] = ["errors", "violations", "failures"];

/// Whole names of the record that is in the way.
const OTHER_KEYS: [&str; 6] =
    ["conflictswith", "conflictwith", "overlapswith", "blockedby", "conflictid", "duplicateof"];

/// What a key or column means.
pub(super) fn sense(key: &str) -> Option<KeySense> {
    let key = folded(key);
    if let Some(&sense) = BY_KEY.get(&*key) {
        return Some(sense);
    }
    if FAILURE_ENDINGS.iter().any(|ending| key.ends_with(ending)) {
        return Some(KeySense::List(ListKind::Failures));
    }
    let list = LISTS
        .iter()
        .find(|(word, _)| key.strip_prefix(word).is_some_and(|rest| LISTED.contains(&rest)));
    if let Some(&(_, kind)) = list {
        return Some(KeySense::List(kind));
    }
    let is_other = OTHER_KEYS.contains(&&*key)
        || OTHER.iter().any(|word| {
            key.strip_prefix(word).is_some_and(|rest| {
                rest.is_empty() || BY_KEY.contains_key(rest) || rest == "shifts"
            })
        });
    is_other.then_some(KeySense::Other)
}

#[cfg(test)]
mod tests {
    use super::{BY_KEY, KEYS, KeySense, ListKind, sense};

    #[test]
    fn no_key_has_two_senses() {
        let count: usize = KEYS.iter().map(|(_, keys)| keys.split_ascii_whitespace().count()).sum();
        assert_eq!(count, BY_KEY.len());
    }

    #[test]
    fn keys_are_known_in_every_spelling() {
        for (key, expected) in [
            ("agent_id", Some(KeySense::Agent)),
            ("Shift ID", Some(KeySense::Id)),
            ("conflictingShiftId", Some(KeySense::Other)),
            ("existing", Some(KeySense::Other)),
            ("failedShifts", Some(KeySense::List(ListKind::Failures))),
            ("failedAt", None),
            ("createdBy", None),
            ("otherwise", None),
            ("token", None),
        ] {
            assert_eq!(sense(key), expected, "{key}");
        }
    }
}
