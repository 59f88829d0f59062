//! Detects keys that say that a document is one page of several.

use super::class::words;
use super::keys;
use super::shape::{each_value, scalar_text};
use super::unfinished::{may_say_unfinished, says_unfinished};
use std::collections::HashMap;

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
    &["next", "href"],
    &["next", "after"],
    &["next", "marker"],
    &["next", "offset"],
    &["next", "start"],
    &["next", "page", "number"],
    &["next", "skip", "token"],
    &["continuation", "token"],
    &["continuation"],
    &["cursor", "next"],
    &["page", "token", "next"],
    &["page", "token"],
    &["skip", "token"],
    &["skiptoken"],
    &["odata", "skiptoken"],
    &["odata", "skip", "token"],
    &["odata", "next", "link"],
    &["marker"],
    LAST_KEY,
    DOWNLOAD,
];

/// Words of a key that leads to the data of an answer that has none itself.
const DOWNLOAD: &[&str] = &["download", "url"];

/// Words of a key after which the next page begins: a word, or an object of words.
const LAST_KEY: &[&str] = &["last", "evaluated", "key"];

/// Objects that hold the way to the next page.
const PAGING: &[&str] =
    &["paging", "pagination", "links", "_links", "meta", "page", "cursor", "lastevaluatedkey"];

/// Keys that say there is more where they are true.
const TRUE: &[&[&str]] = &[
    &["has", "more"],
    &["has", "next"],
    &["has", "next", "page"],
    &["has", "more", "results"],
    &["has", "more", "items"],
    &["has", "more", "pages"],
    &["has", "more", "records"],
    &["more", "records"],
    &["more", "results"],
    &["more"],
    &["truncated"],
    &["is", "truncated"],
    &["more", "items", "in", "collection"],
    &["incomplete", "results"],
    &["partial"],
    &["is", "partial"],
];

/// Keys that say there is more where they are false.
const FALSE: &[&[&str]] =
    &[&["done"], &["last"], &["is", "last"], &["is", "last", "page"], &["last", "page"]];

/// A key that only the last page has: what changes later is asked for by it.
const ONLY_AT_END: &[&str] = &["next", "sync", "token"];

/// Whether the key at a pointer leads to the data of an answer, which has none itself.
#[must_use]
pub fn leads_to_data(pointer: &str) -> bool {
    let key = pointer.rsplit('/').next().unwrap_or_default();
    words(key).iter().map(String::as_str).eq(DOWNLOAD.iter().copied())
}

/// Whether a key with this word says that there is more. `above` are the words of the
/// object that contains it: `links.next`, `cursor.next`.
pub(in crate::read) fn says_more(key: &str, above: &str, word: &str) -> bool {
    says(key, above, word) == Some(true)
}

/// Whether a key that can say that there is more says that there is not.
pub(in crate::read) fn ends(key: &str, above: &str, word: &str) -> bool {
    says(key, above, word) == Some(false) || words(key).iter().eq(ONLY_AT_END)
}

/// Whether there is more, by a key that says so or not.
fn says(key: &str, above: &str, word: &str) -> Option<bool> {
    let own = words(key);
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    let both = words(above);
    let both: Vec<&str> = both.iter().map(String::as_str).chain(own.iter().copied()).collect();
    let is = |known: &[&[&str]]| known.contains(&&*own) || known.contains(&&*both);
    let lower = word.trim().to_lowercase();
    if is(LEADING) {
        return Some(!is_empty(word));
    }
    if is(TRUE) {
        return Some(matches!(&*lower, "true" | "1"));
    }
    is(FALSE).then(|| lower == "false")
}

/// Words of keys that count all entries, of whatever page.
const TOTAL: &[&[&str]] = &[
    &["total"],
    &["total", "count"],
    &["total", "results"],
    &["total", "items"],
    &["total", "size"],
    &["total", "entries"],
    &["total", "records"],
    &["total", "hits"],
    &["total", "result", "count"],
    &["items", "total"],
    &["records", "filtered"],
];

/// Words of keys that count all entries and cannot count anything else.
const ALL: &[&[&str]] = &[
    &["total", "elements"],
    &["total", "rows"],
    &["total", "nodes"],
    &["num", "rows"],
    &["odata", "count"],
];

/// Words of keys that count all entries, or those of this page.
const COUNT: &[&[&str]] = &[&["count"], &["hits"]];

/// Words of keys that say how large a page is, and where it begins among all entries.
const WINDOW: &[&[&str]] = &[
    &["limit"],
    &["size"],
    &["page", "size"],
    &["page", "limit"],
    &["page", "length"],
    &["per", "page"],
    &["items", "per", "page"],
    &["results", "per", "page"],
    &["max", "results"],
    &["top"],
    &["offset"],
    &["page", "offset"],
    &["skip"],
    &["start"],
    &["start", "at"],
    &["start", "index"],
    &["from"],
    &["draw"],
    &["records", "total"],
    &["result", "count"],
    &["returned", "count"],
    &["number", "of", "elements"],
];

/// Whether an object of this name says nothing but which page of an answer it is.
#[must_use]
pub fn is_about_pages(name: &str) -> bool {
    PAGING.contains(&name.to_lowercase().as_str())
}

/// What a key of this name counts beside pages, with its number: `page=2`,
/// `pages=5`, `all=120` and `total=120` for all entries, the latter only beside a page,
/// `count=20` for what may be the total or not, and `window=50` for the size of a page and its place.
/// `1 of 3` counts two things.
pub(in crate::read) fn counts(key: &str, above: &str, word: &str) -> Vec<String> {
    if let Some([page, pages]) = page_of_pages(word)
        && words(key).iter().any(|word| word == "page" || word == "pages")
    {
        return vec![format!("page={page}"), format!("pages={pages}")];
    }
    let number = word.trim().parse().ok();
    let counted = number.and_then(|number: u64| Some((counted(key, above)?, number)));
    counted.map(|(counted, number)| format!("{counted}={number}")).into_iter().collect()
}

/// The number of a page and that of all pages: `1 of 3`, `1/3`.
fn page_of_pages(word: &str) -> Option<[u64; 2]> {
    const BETWEEN: [&str; 6] = ["/", " of ", " von ", " de ", " sur ", " di "];
    let parts = BETWEEN.iter().find_map(|between| word.split_once(between));
    let (page, pages) = parts?;
    Some([page.trim().parse().ok()?, pages.trim().parse().ok()?])
}

/// What a key counts beside pages.
fn counted(key: &str, above: &str) -> Option<&'static str> {
    let own = words(key);
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    let in_paging = is_about_pages(above);
    Some(match &*own {
        ["page"] | ["page", "number"] | ["page", "index"] | ["current", "page"] => "page",
        ["number"] | ["current"] if in_paging => "page",
        ["page", "count"] | ["total", "pages"] | ["pages"] | ["last", "page"] => "pages",
        ["value"] if above == "total" => "total",
        ["count"] if key.starts_with("__") => "all",
        own if ALL.contains(&own) => "all",
        own if TOTAL.contains(&own) => "total",
        own if COUNT.contains(&own) => "count",
        own if WINDOW.contains(&own) => "window",
        _ => return None,
    })
}

/// The keys of an object, and of objects within it, that say that there is more: the key
/// with those above it, its word, and the place of that.
pub(in crate::read) fn signs(
    bytes: &[u8],
    start: usize,
    keys: &mut PageKeys,
) -> Vec<(String, String, usize)> {
    let mut signs = Vec::new();
    gather(bytes, start, ("", 3), (keys, &mut signs));
    signs
}

/// Whether keys of an element can say that there is more, as far as they were met. The same few
/// come in every element.
#[derive(Debug, Default)]
pub(in crate::read) struct PageKeys(HashMap<String, bool>);

impl PageKeys {
    /// Whether a key can say so, by its name; any can within an object whose name counts, too.
    fn may_say(&mut self, key: &str, above: &str) -> bool {
        /// Keys can be names of people or days, without end.
        const MOST: usize = 256;
        if !above.is_empty() {
            return true;
        }
        if let Some(known) = self.0.get(key) {
            return *known;
        }
        let may_say = says(key, above, "").is_some() || may_say_unfinished(key);
        if self.0.len() < MOST {
            self.0.insert(key.to_owned(), may_say);
        }
        may_say
    }
}

/// The same for the value of a key that is about pages: an object, or a list of links with
/// their relation.
pub(in crate::read) fn signs_under(
    key: &str,
    bytes: &[u8],
    start: usize,
) -> Vec<(String, String, usize)> {
    let mut signs = Vec::new();
    if !is_about_pages(key) {
        return signs;
    }
    if words(key).iter().eq(LAST_KEY) {
        let mut is_filled = false;
        each_value(bytes, start, |_, _| is_filled = true);
        signs.extend(is_filled.then(|| (key.to_owned(), "{…}".to_owned(), start)));
        return signs;
    }
    if bytes.get(start) == Some(&b'{') {
        gather(bytes, start, (key, 2), (&mut PageKeys::default(), &mut signs));
        return signs;
    }
    each_value(bytes, start, |_, at| {
        if bytes.get(at) != Some(&b'{') {
            return;
        }
        let link = Link::of(bytes, at);
        if link.relation.as_deref() == Some("next") && !is_empty(&link.address) {
            signs.push((format!("{key}/next"), link.address, at));
        }
    });
    signs
}

/// A link with its relation: `{"rel":"next","href":"/x"}`.
#[derive(Debug, Default)]
pub(super) struct Link {
    pub(super) relation: Option<String>,
    pub(super) address: String,
}

impl Link {
    pub(super) fn of(bytes: &[u8], object: usize) -> Link {
        let mut link = Link::default();
        each_value(bytes, object, |key, at| match keys::name(key).as_deref() {
            Some("rel") => link.relation = Some(text_at(bytes, at)),
            Some("href" | "url" | "uri") => link.address = text_at(bytes, at),
            _ => {}
        });
        link
    }
}

/// The word at a place, if there is one.
pub(super) fn text_at(bytes: &[u8], at: usize) -> String {
    let is_null = bytes.get(at) == Some(&b'n');
    let word = scalar_text(bytes, at).filter(|_| !is_null).unwrap_or_default();
    String::from_utf8_lossy(&word).into_owned()
}

/// Whether the word of a key that leads on leads nowhere.
pub(super) fn is_empty(word: &str) -> bool {
    matches!(&*word.trim().to_lowercase(), "" | "null" | "0" | "false" | "-1")
}

/// Whether an object holds a word that is not empty.
fn leads_on(bytes: &[u8], object: usize) -> bool {
    if bytes.get(object) != Some(&b'{') {
        return false;
    }
    let mut leads = false;
    each_value(bytes, object, |_, at| {
        leads |= match bytes.get(at) {
            Some(b'{' | b'[' | b't') | None => false,
            Some(_) => {
                let word = scalar_text(bytes, at).unwrap_or_default();
                !is_empty(&String::from_utf8_lossy(&word))
            }
        };
    });
    leads
}

fn gather(
    bytes: &[u8],
    start: usize,
    (above, room): (&str, usize),
    (keys, signs): (&mut PageKeys, &mut Vec<(String, String, usize)>),
) {
    let mut nested = Vec::new();
    each_value(bytes, start, |key, at| {
        let Some(key) = super::keys::name(key) else { return };
        match bytes.get(at) {
            Some(b'{') if room > 0 => {
                // `paging.next` is an object in some answers.
                if key == "next" && is_about_pages(above) && leads_on(bytes, at) {
                    signs.push((format!("{above}/{key}"), "{…}".to_owned(), at));
                }
                nested.push((key, at));
            }
            Some(b'[') if key == "next" && is_about_pages(above) => {
                let mut leads = false;
                each_value(bytes, at, |_, at| leads |= leads_on(bytes, at));
                if leads {
                    signs.push((format!("{above}/{key}"), "[…]".to_owned(), at));
                }
            }
            Some(b'{' | b'[') | None => {}
            Some(_) if !keys.may_say(&key, above) => {}
            Some(_) => {
                let word = scalar_text(bytes, at).unwrap_or_default();
                let word = String::from_utf8_lossy(&word).into_owned();
                if says_more(&key, above, &word) || says_unfinished(&key, above, false, &word) {
                    let path = if above.is_empty() { key } else { format!("{above}/{key}") };
                    signs.push((path, word, at));
                }
            }
        }
    });
    for (key, at) in nested {
        gather(bytes, at, (&key, room - 1), (keys, signs));
    }
}

#[cfg(test)]
mod tests {
    use super::PageKeys;
    use proptest::prelude::{prop, prop_assert_eq, proptest};

    /// The signs of a document by itself.
    fn signs(bytes: &[u8], start: usize) -> Vec<(String, String, usize)> {
        super::signs(bytes, start, &mut PageKeys::default())
    }

    proptest! {
        #[test]
        fn a_key_that_says_something_may_say_it(
            words in prop::collection::vec(
                "next|page|has|more|token|uri|status|state|job|complete|done|last|timed|out|failed|error|eof|partial|results|code|query",
                1..4,
            ),
            word in "true|false|1|0|error|running|partial|206|x|",
        ) {
            let key = words.join("_");
            let document = format!(r#"{{"{key}":"{word}"}}"#);
            let says = super::says_more(&key, "", &word)
                || super::says_unfinished(&key, "", false, &word);
            prop_assert_eq!(!signs(document.as_bytes(), 0).is_empty(), says);
        }
    }

    #[test]
    fn pages_are_counted() {
        for (key, above, word, expected) in [
            ("pageNumber", "", "2", Some("page=2")),
            ("number", "page", "0", Some("page=0")),
            ("number", "", "0", None),
            ("total", "", "120", Some("total=120")),
            ("totalPages", "", "5", Some("pages=5")),
            ("page", "", "x", None),
            ("total_items", "", "2", Some("total=2")),
            ("totalSize", "", "2", Some("total=2")),
            ("per_page", "", "50", Some("window=50")),
            ("offset", "", "0", Some("window=0")),
            ("totalElements", "", "120", Some("all=120")),
            ("value", "total", "120", Some("total=120")),
            ("__count", "d", "120", Some("all=120")),
            ("totalHours", "", "480", None),
        ] {
            let expected: Vec<&str> = expected.into_iter().collect();
            assert_eq!(super::counts(key, above, word), expected, "{key}");
        }
        for (key, word) in [("page", "1 of 3"), ("pages", "1/3"), ("pageNumber", "1 von 3")] {
            assert_eq!(super::counts(key, "", word), ["page=1", "pages=3"], "{key}");
        }
        assert_eq!(super::counts("ratio", "", "1/3"), [""; 0]);
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
            (r#"{"paging":{"next":{"after":null}}}"#, false),
            (r#"{"week":{"next":{"day":"x"}}}"#, false),
            (r#"{"meta":{"page":{"next":{"href":"/x"}}}}"#, true),
            (r#"{"hasMoreItems":true}"#, true),
            (r#"{"nextOffset":50}"#, true),
            (r#"{"nextOffset":-1}"#, false),
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
            (r#"{"moreResults":1}"#, true),
            (r#"{"pageToken":"abc"}"#, true),
            (r#"{"@odata.skiptoken":"abc"}"#, true),
            (r#"{"nextSyncToken":"abc"}"#, false),
            (r#"{"total":5,"count":5}"#, false),
            (r#"{"downloadUrl":"https://x/y"}"#, true),
            (r#"{"downloadUrl":null}"#, false),
            (r#"{"nextShift":"x"}"#, false),
            (r#"{"Marker":"abc"}"#, true),
            (r#"{"Marker":""}"#, false),
            (r#"{"lastEvaluatedKey":"abc"}"#, true),
            (r#"{"more_items_in_collection":true}"#, true),
            (r#"{"partial":true}"#, true),
            (r#"{"partial":false}"#, false),
            (r#"{"shifts":[{"next":"x"}]}"#, false),
        ] {
            assert_eq!(!signs(document.as_bytes(), 0).is_empty(), expected, "{document}");
        }
    }
}
