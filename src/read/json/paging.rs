//! Keys of a document become signs that there is more than it holds.

use super::class::words;
use super::keys;
use super::shape::{each_value, scalar_text};

/// Keys that lead to the next page where they are filled, as words.
const LEADING: &[&[&str]] = &[
    &["next"],
    &["next", "uri"],
    &["next", "url"],
    &["next", "link"],
    &["next", "page"],
    &["next", "page", "token"],
    &["next", "page", "uri"],
    &["next", "page", "url"],
    &["next", "page", "link"],
    &["next", "records", "url"],
    &["next", "token"],
    &["next", "cursor"],
    &["next", "sync", "token"],
    &["continuation", "token"],
    &["continuation"],
    &["cursor", "next"],
    &["page", "token", "next"],
    &["odata", "next", "link"],
];

/// Objects that hold the way to the next page.
const PAGING: &[&str] = &["paging", "pagination", "links", "_links", "meta", "page", "cursor"];

/// Keys that say there is more where they are true.
const TRUE: &[&[&str]] = &[
    &["has", "more"],
    &["has", "next"],
    &["has", "next", "page"],
    &["has", "more", "results"],
    &["more"],
    &["truncated"],
    &["is", "truncated"],
    &["incomplete", "results"],
];

/// Keys that say there is more where they are false.
const FALSE: &[&[&str]] =
    &[&["done"], &["last"], &["is", "last"], &["is", "last", "page"], &["last", "page"]];

/// States of a job that has delivered all.
const COMPLETE: &[&str] =
    &["complete", "completed", "done", "finished", "success", "succeeded", "ok", "ready"];

/// States of a job that has not.
const RUNNING: &[&str] = &[
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
    "canceled",
    "cancelled",
];

/// Whether a key with this word says that there is more. `above` are the words
/// of the object it stands in: `links.next`, `cursor.next`.
pub(in crate::read) fn says_more(key: &str, above: &str, quoted: bool, word: &str) -> bool {
    let own = words(key);
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    let both = words(above);
    let both: Vec<&str> = both.iter().map(String::as_str).chain(own.iter().copied()).collect();
    let is = |known: &[&[&str]]| known.contains(&&*own) || known.contains(&&*both);
    let lower = word.trim().to_lowercase();
    if is(LEADING) {
        return !matches!(&*lower, "" | "null" | "0" | "false" | "-1");
    }
    if is(TRUE) {
        return lower == "true";
    }
    if is(FALSE) {
        return lower == "false";
    }
    let job = own == ["job", "status"] || own == ["operation", "status"];
    job && quoted && !COMPLETE.contains(&&*lower) && RUNNING.contains(&&*lower)
}

/// What a key of this name counts beside pages, with its number: `page=2`,
/// `pages=5`, `total=120`.
pub(in crate::read) fn counts(key: &str, above: &str, word: &str) -> Option<String> {
    let number: u64 = word.trim().parse().ok()?;
    let own = words(key);
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    let in_paging = PAGING.contains(&above.to_lowercase().as_str());
    let counted = match &*own {
        ["page"] | ["page", "number"] | ["page", "index"] | ["current", "page"] => "page",
        ["number"] | ["current"] if in_paging => "page",
        ["page", "count"] | ["total", "pages"] | ["pages"] | ["last", "page"] => "pages",
        ["total"] | ["total", "count"] | ["total", "results"] | ["total", "elements"] => "total",
        _ => return None,
    };
    Some(format!("{counted}={number}"))
}

/// The keys of an object, and of objects within it, that say there is more: the
/// key with those above it, its word, and where that stands.
pub(in crate::read) fn signs(bytes: &[u8], start: usize) -> Vec<(String, String, usize)> {
    let mut signs = Vec::new();
    gather(bytes, start, "", 2, &mut signs);
    signs
}

fn gather(
    bytes: &[u8],
    start: usize,
    above: &str,
    room: usize,
    signs: &mut Vec<(String, String, usize)>,
) {
    let mut nested = Vec::new();
    each_value(bytes, start, |key, at| {
        let Some(key) = keys::name(key) else { return };
        match bytes.get(at) {
            Some(b'{') if room > 0 => {
                // `paging.next` is an object in some answers.
                let leads = key == "next" && PAGING.contains(&above.to_lowercase().as_str());
                if leads && bytes.get(super::text::blanks(bytes, at + 1)) != Some(&b'}') {
                    signs.push((format!("{above}/{key}"), "{…}".to_owned(), at));
                }
                nested.push((key, at));
            }
            Some(b'{' | b'[') | None => {}
            Some(first) => {
                let word = scalar_text(bytes, at).unwrap_or_default();
                let word = String::from_utf8_lossy(&word).into_owned();
                if says_more(&key, above, *first == b'"', &word) {
                    let path = if above.is_empty() { key } else { format!("{above}/{key}") };
                    signs.push((path, word, at));
                }
            }
        }
    });
    for (key, at) in nested {
        gather(bytes, at, &key, room - 1, signs);
    }
}

#[cfg(test)]
mod tests {
    use super::signs;

    #[test]
    fn pages_are_counted() {
        for (key, above, word, expected) in [
            ("pageNumber", "", "2", Some("page=2")),
            ("number", "page", "0", Some("page=0")),
            ("number", "", "0", None),
            ("total", "", "120", Some("total=120")),
            ("totalPages", "", "5", Some("pages=5")),
            ("page", "", "x", None),
        ] {
            assert_eq!(super::counts(key, above, word).as_deref(), expected, "{key}");
        }
    }

    #[test]
    fn documents_say_that_there_is_more_in_many_ways() {
        for (document, expected) in [
            (r#"{"next":"/x?page=2"}"#, true),
            (r#"{"next":null}"#, false),
            (r#"{"next":""}"#, false),
            (r#"{"nextPage":0}"#, false),
            (r#"{"nextPage":3}"#, true),
            (r#"{"@odata.nextLink":"https://x"}"#, true),
            (r#"{"nextRecordsUrl":"/x"}"#, true),
            (r#"{"paging":{"next":{"after":"x"}}}"#, true),
            (r#"{"paging":{"next":{}}}"#, false),
            (r#"{"week":{"next":{"after":"x"}}}"#, false),
            (r#"{"links":{"next":"/x"}}"#, true),
            (r#"{"cursor":{"next":"abc"}}"#, true),
            (r#"{"continuationToken":"abc"}"#, true),
            (r#"{"hasMore":true}"#, true),
            (r#"{"hasMore":false}"#, false),
            (r#"{"pageInfo":{"hasNextPage":true}}"#, true),
            (r#"{"truncated":true}"#, true),
            (r#"{"done":false}"#, true),
            (r#"{"isLast":false}"#, true),
            (r#"{"isLast":true}"#, false),
            (r#"{"jobStatus":"Processing"}"#, true),
            (r#"{"jobStatus":"Complete"}"#, false),
            (r#"{"total":5,"count":5}"#, false),
            (r#"{"nextShift":"x"}"#, false),
            (r#"{"shifts":[{"next":"x"}]}"#, false),
        ] {
            assert_eq!(!signs(document.as_bytes(), 0).is_empty(), expected, "{document}");
        }
    }
}
