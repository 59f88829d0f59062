//! Reads whether something went well from a status: a number, or a word such as `failed`.

use crate::model::complaint::Reason;

/// Whether something went well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum ItemVerdict {
    /// The answer does not say.
    #[default]
    Open,
    /// It went well.
    Good,
    /// It did not. This outweighs any other word on the same item.
    Bad,
}

/// The number of a status such as `409`, `"409"` or `409 Conflict`.
pub(super) fn number(word: &str) -> Option<u16> {
    let word = word.trim();
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let behind = word.get(digits..)?;
    let ends = behind.is_empty() || behind.starts_with([' ', ':', '-']) || behind == ".0";
    let status = word.get(..digits)?.parse().ok()?;
    (digits == 3 && ends && (100..600).contains(&status)).then_some(status)
}

/// What a numeric status says.
pub(super) const fn verdict(status: u16) -> ItemVerdict {
    match status {
        200..300 => ItemVerdict::Good,
        400.. => ItemVerdict::Bad,
        _ => ItemVerdict::Open,
    }
}

/// Whether a status without words says that all of a request was done. 202 only says that it
/// will be.
pub(super) const fn is_done(status: u16) -> bool {
    matches!(status, 200..300) && status != 202
}

/// What a status in words says.
pub(super) fn verdict_of_word(word: &str) -> ItemVerdict {
    let word: String = word.chars().filter(char::is_ascii_alphabetic).collect();
    match word.to_ascii_lowercase().as_str() {
        "ok" | "success" | "successful" | "succeeded" | "accepted" | "created" | "updated"
        | "complete" | "completed" | "done" | "imported" | "saved" | "published" | "processed"
        | "nocontent" | "finished" | "inserted" | "unchanged" | "applied" => ItemVerdict::Good,
        "error"
        | "failed"
        | "failure"
        | "rejected"
        | "conflict"
        | "invalid"
        | "denied"
        | "aborted"
        | "fail"
        | "errored"
        | "refused"
        | "forbidden"
        | "unauthorized"
        | "notprocessed"
        | "skipped"
        | "faulted"
        | "timedout"
        | "notfound"
        | "duplicate"
        | "rolledback"
        | "badrequest"
        | "unprocessableentity"
        | "conflicted"
        | "faileddependency" => ItemVerdict::Bad,
        _ => ItemVerdict::Open,
    }
}

/// The reason that a status is by itself.
pub(super) const fn reason(status: u16) -> Option<Reason> {
    match status {
        429 => Some(Reason::RateLimit),
        401 | 403 | 407 => Some(Reason::Permission),
        412 | 428 => Some(Reason::StaleVersion),
        424 => Some(Reason::RejectedWithChunk),
        400 | 422 => Some(Reason::InvalidRecord),
        500..600 => Some(Reason::ServerError),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn statuses_have_three_digits() {
        for (word, expected) in [
            ("409", Some(409)),
            ("409 Conflict", Some(409)),
            ("4091", None),
            ("40", None),
            ("900", None),
            ("409a", None),
        ] {
            assert_eq!(number(word), expected, "{word}");
        }
    }
}
