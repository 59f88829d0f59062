//! Recognises answers of servers that say that a request has failed.

use super::class::words;
use crate::read::nothing::says_nothing;

/// Statuses of HTTP by which servers refuse requests and fail.
const STATUSES: [&str; 13] =
    ["400", "401", "403", "404", "408", "409", "422", "429", "500", "501", "502", "503", "504"];

/// Whether a key of the outermost object with this word says that the request has failed:
/// `"success": false`, `"statusCode": 403`, `"error": "rate limited"`.
pub(in crate::read) fn says_failure(key: &str, word: &str) -> bool {
    const SUCCEEDED: [&[&str]; 5] =
        [&["success"], &["ok"], &["is", "success"], &["successful"], &["succeeded"]];
    const STATUS: [&[&str]; 7] = [
        &["code"],
        &["status"],
        &["status", "code"],
        &["http", "status"],
        &["http", "code"],
        &["response", "code"],
        &["http", "status", "code"],
    ];
    let own = words(key);
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    let word = word.trim();
    if SUCCEEDED.contains(&&*own) {
        return word.eq_ignore_ascii_case("false");
    }
    if STATUS.contains(&&*own) {
        return STATUSES.contains(&word);
    }
    names_errors(key) && !says_nothing(word.as_bytes()) && !says_success(word)
}

/// Whether a key of this name has what went wrong, if anything did.
pub(in crate::read) fn names_errors(key: &str) -> bool {
    const ERRORS: [&[&str]; 6] = [
        &["error"],
        &["errors"],
        &["error", "message"],
        &["error", "description"],
        &["fault"],
        &["exception"],
    ];
    let own = words(key);
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    ERRORS.contains(&&*own)
}

/// Whether the key at a pointer says that a request has failed only where its answer has no
/// records: `code` can be that of a place.
#[must_use]
pub fn may_be_other_code(pointer: &str) -> bool {
    pointer.rsplit('/').next().is_some_and(|key| key.eq_ignore_ascii_case("code"))
}

/// Whether a word under a key for errors says that there is none.
fn says_success(word: &str) -> bool {
    const NONE: [&str; 5] = ["ok", "success", "no error", "no errors", "200"];
    NONE.iter().any(|known| word.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::{may_be_other_code, names_errors, says_failure};

    #[test]
    fn failed_requests_say_so() {
        for (key, word, expected) in [
            ("success", "false", true),
            ("isSuccess", "False", true),
            ("ok", "false", true),
            ("code", "403", true),
            ("statusCode", "500", true),
            ("status", "429", true),
            ("error", "rate limited", true),
            ("errorMessage", "x", true),
            ("success", "true", false),
            ("code", "200", false),
            ("code", "412a", false),
            ("status", "ok", false),
            ("error", "", false),
            ("error", "false", false),
            ("error", "0", false),
            ("errors", "none", false),
            ("error", "OK", false),
            ("errorCount", "3", false),
        ] {
            assert_eq!(says_failure(key, word), expected, "{key}: {word}");
        }
        assert!(names_errors("errors") && !names_errors("records"));
        assert!(may_be_other_code("/code") && !may_be_other_code("/statusCode"));
    }
}
