//! Reads whether something went well from a status: a number, or a word such as `failed`.

use super::phrases::hear;
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

/// The number of a status such as `409`, `"409"`, `409 Conflict` or `HTTP/1.1 409 Conflict`.
pub(super) fn number(word: &str) -> Option<u16> {
    let word = word.trim();
    let word = match word.strip_prefix("HTTP/") {
        Some(status_line) => status_line.split_once(' ').map_or("", |(_, status)| status),
        None => word,
    };
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let behind = word.get(digits..)?;
    let ends = behind.is_empty() || behind.starts_with([' ', ':', '-']) || behind == ".0";
    let status = word.get(..digits)?.parse().ok()?;
    (digits == 3 && ends && (100..600).contains(&status)).then_some(status)
}

/// What a numeric status says.
pub(super) const fn verdict(status: u16) -> ItemVerdict {
    match status {
        // Of 206 and 207 the parts say what became of them.
        206 | 207 => ItemVerdict::Open,
        200..300 => ItemVerdict::Good,
        400.. => ItemVerdict::Bad,
        _ => ItemVerdict::Open,
    }
}

/// Whether a status without words says that all of a request was done. 202 only says that it
/// will be, and 206 and 207 that parts say more.
pub(super) const fn is_done(status: u16) -> bool {
    matches!(status, 200..300) && !matches!(status, 202 | 206 | 207)
}

/// What a status in words says. Only words of success are success: any other word that is not
/// known is taken for a complaint, so that no refused record is counted as accepted.
pub(super) fn verdict_of_words(text: &str) -> ItemVerdict {
    if let Some(verdict) = known(text) {
        let is_bad = verdict == ItemVerdict::Good && is_taken_back(text);
        return if is_bad { ItemVerdict::Bad } else { verdict };
    }
    let heard = hear([text]);
    let is_undecided = || text.split(|letter: char| !letter.is_alphanumeric()).any(is_undecided);
    match heard {
        _ if text.trim().is_empty() => ItemVerdict::Open,
        heard if heard.complains() || is_taken_back(text) => ItemVerdict::Bad,
        heard if heard.success => ItemVerdict::Good,
        _ if is_undecided() => ItemVerdict::Open,
        _ => ItemVerdict::Bad,
    }
}

/// Whether words behind a status or a word of success take it back: `200 - rejected`.
pub(super) fn is_taken_back(text: &str) -> bool {
    const WORDS: [&str; 6] = ["ignored", "skipped", "discarded", "dropped", "rejected", "reverted"];
    let mut words = text.split(|letter: char| !letter.is_alphanumeric());
    // A single word is known, or is a code.
    let is_told = text.trim().contains(' ') && !text.contains(" 0 ");
    is_told && (words.any(|word| WORDS.contains(&&*word.to_lowercase())) || hear([text]).failure)
}

/// Whether a status says that all was undone: `ROLLED_BACK`.
pub(super) fn is_undone(text: &str) -> bool {
    let heard = hear([text]).reason;
    let is_word = |word| text.trim().eq_ignore_ascii_case(word);
    heard == Some(Reason::RejectedWithChunk) || ["aborted", "reverted"].into_iter().any(is_word)
}

/// Whether a word affirms a question, such as whether something was left out.
pub(super) fn is_yes(word: &str) -> bool {
    ["true", "yes", "y", "x", "ja"].contains(&&*word.trim().to_ascii_lowercase())
}

/// Whether a word says that all went well.
pub(super) fn is_success(word: &str) -> bool {
    known(word) == Some(ItemVerdict::Good)
}

/// Whether a word says no more than that something failed.
pub(super) fn is_failure(word: &str) -> bool {
    known(word) == Some(ItemVerdict::Bad)
}

fn is_undecided(word: &str) -> bool {
    known(word) == Some(ItemVerdict::Open)
}

/// What a well-known word of a status says.
fn known(text: &str) -> Option<ItemVerdict> {
    if let Some(status) = number(text) {
        return Some(verdict(status));
    }
    let word: String = text.chars().filter(|letter| letter.is_alphanumeric()).collect();
    let word = word.to_lowercase();
    let verdicts =
        [(SUCCESS, ItemVerdict::Good), (FAILURE, ItemVerdict::Bad), (UNDECIDED, ItemVerdict::Open)];
    let mut verdicts = verdicts.into_iter();
    verdicts
        .find(|(words, _)| words.split_ascii_whitespace().any(|known| known == word))
        .map(|of| of.1)
}

/// Words of success, also in German, French and Spanish.
const SUCCESS: &str = "ok okay success successful successfully succeeded accepted created updated \
    complete completed done imported saved published processed nocontent finished inserted \
    unchanged applied true yes y added upserted stored written modified \
    deleted removed passed valid nochange nochanges notmodified unmodified \
    erfolg erfolgreich importiert gespeichert angelegt erstellt aktualisiert ja \
    succès réussi créé enregistré importé accepté \
    éxito exitoso creado guardado importado aceptado actualizado";

const FAILURE: &str = "error failed failure rejected conflict invalid denied aborted fail errored \
    refused forbidden unauthorized notprocessed skipped faulted timedout notfound duplicate \
    rolledback ignored discarded dropped reverted badrequest unprocessableentity conflicted faileddependency false no n";

/// Words of what has not ended, of what ended in parts, and of records that answers repeat.
const UNDECIDED: &str = "pending running queued processing inprogress progress started submitted \
    scheduled waiting partial partially partialsuccess mixed multistatus none null unknown na new \
    active inactive open draft approved confirmed assigned planned released cancelled canceled \
    unassigned offered claimed sent received";

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
    use super::{ItemVerdict, number, verdict_of_words};

    #[test]
    fn only_words_of_success_are_success() {
        use ItemVerdict::{Bad, Good, Open};
        for (words, expected) in [
            ("OK", Good),
            ("created", Good),
            ("201 Created", Good),
            ("Successfully imported", Good),
            ("Erfolgreich", Good),
            ("OVERLAP", Bad),
            ("NOT_CREATED", Bad),
            ("PROCESSED_WITH_ERRORS", Bad),
            ("not saved", Bad),
            ("Not imported", Bad),
            ("nope", Bad),
            ("nicht importiert", Bad),
            ("in progress", Open),
            ("PARTIAL", Open),
            ("import queued", Open),
            ("", Open),
        ] {
            assert_eq!(verdict_of_words(words), expected, "{words}");
        }
    }

    #[test]
    fn statuses_have_three_digits() {
        for (word, expected) in [
            ("409", Some(409)),
            ("409 Conflict", Some(409)),
            ("4091", None),
            ("40", None),
            ("900", None),
            ("409a", None),
            ("HTTP/1.1 409 Conflict", Some(409)),
            ("HTTP/2 201", Some(201)),
        ] {
            assert_eq!(number(word), expected, "{word}");
        }
    }
}
