//! Detects keys that say that an answer is not whole: its query failed in part, or still runs.
//!
//! Such an answer is not a page, so that no other page makes it whole.

use super::class::words;

/// Keys that say so where they are false.
const FALSE: &[&[&str]] = &[&["job", "complete"], &["end", "of", "stream"]];

/// Keys that say so where they are false and about the document: of a list or an agent they can
/// mean that the work is not done.
const FALSE_OF_DOCUMENT: &[&[&str]] = &[
    &["complete"],
    &["is", "complete"],
    &["completed"],
    &["is", "completed"],
    &["finished"],
    &["is", "finished"],
    &["eof"],
];

/// Keys that say so where they are true.
const TRUE: &[&[&str]] = &[
    &["timed", "out"],
    &["partial", "results"],
    &["partial", "result"],
    &["exceeded", "transfer", "limit"],
];

/// Objects about the answer that they are in.
const ABOUT_ANSWERS: &[&str] = &["meta", "metadata", "page", "paging", "pagination"];

/// What a state is the state of, if it is the answer's.
const OF_ANSWERS: &[&str] = &["job", "operation", "query", "response", "request", "result"];

/// States of an answer that is not whole.
const STATES: &[&str] = &[
    "processing",
    "running",
    "pending",
    "queued",
    "inprogress",
    "in_progress",
    "in progress",
    "started",
    "partial",
    "incomplete",
    "error",
    "failed",
    "fail",
    "failure",
    "timeout",
    "canceled",
    "cancelled",
];

/// States that only an answer has, and no schedule.
const ONLY_OF_ANSWERS: &[&str] = &[
    "processing",
    "running",
    "queued",
    "inprogress",
    "in_progress",
    "in progress",
    "error",
    "failed",
    "fail",
    "failure",
    "timeout",
    "206",
    "207",
];

/// Whether a key with this word says that the answer is not whole. `above` is the key of the
/// object that contains it, if that is not the outermost one.
pub(in crate::read) fn says_unfinished(
    key: &str,
    above: &str,
    is_outermost: bool,
    word: &str,
) -> bool {
    let own = words(key);
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    let of_document = is_outermost || ABOUT_ANSWERS.contains(&&*above.to_lowercase());
    match &*word.trim().to_lowercase() {
        "false" => FALSE.contains(&&*own) || of_document && FALSE_OF_DOCUMENT.contains(&&*own),
        "true" => TRUE.contains(&&*own),
        lower => match &*own {
            ["failed"] if words(above) == ["shards"] => lower.parse().is_ok_and(|of: u64| of > 0),
            ["status" | "state"] | ["status" | "http", "code" | "status"] if is_outermost => {
                ONLY_OF_ANSWERS.contains(&lower)
            }
            [what, "status" | "state"] if OF_ANSWERS.contains(what) => STATES.contains(&lower),
            _ => false,
        },
    }
}

/// Whether a key can say that an answer is not whole, by its name.
pub(super) fn may_say_unfinished(key: &str) -> bool {
    let own = words(key);
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    let known = [FALSE, FALSE_OF_DOCUMENT, TRUE].iter().any(|keys| keys.contains(&&*own));
    known || own.last().is_some_and(|last| ["failed", "status", "state", "code"].contains(last))
}

#[cfg(test)]
mod tests {
    use super::says_unfinished;

    #[test]
    fn answers_that_are_not_whole_are_recognised() {
        for (key, above, word, outermost, within) in [
            ("jobComplete", "", "false", true, true),
            ("jobComplete", "", "true", false, false),
            ("end_of_stream", "", "false", true, true),
            ("complete", "", "false", true, false),
            ("complete", "", "true", false, false),
            ("complete", "meta", "false", true, true),
            ("eof", "", "false", true, false),
            ("timed_out", "", "true", true, true),
            ("timed_out", "", "false", false, false),
            ("partialResults", "", "true", true, true),
            ("failed", "_shards", "1", true, true),
            ("failed", "_shards", "0", false, false),
            ("failed", "", "1", false, false),
            ("status", "", "Processing", true, false),
            ("status", "", "error", true, false),
            ("status", "", "rejected", false, false),
            ("status", "", "207", true, false),
            ("statusCode", "", "206", true, false),
            ("statusCode", "", "200", false, false),
            ("jobStatus", "", "Processing", true, true),
            ("jobStatus", "", "Complete", false, false),
            ("queryStatus", "", "incomplete", true, true),
            ("responseStatus", "", "FAILED", true, true),
            ("shiftStatus", "", "failed", false, false),
        ] {
            assert_eq!(says_unfinished(key, above, true, word), outermost, "{key} {word}");
            assert_eq!(says_unfinished(key, above, false, word), within, "{key} {word} within");
        }
    }
}
