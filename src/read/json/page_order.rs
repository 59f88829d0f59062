//! Detects keys that say where a page is among others.

use super::class::words;
use super::keys;
use super::paging::{Link, ends, is_about_pages, is_empty, text_at};
use super::shape::{each_value, is_date_key};

/// What follows `previous` or `prev` in a key that leads to the page before.
const OF_LINKS: &[&[&str]] = &[
    &[],
    &["page"],
    &["uri"],
    &["url"],
    &["link"],
    &["href"],
    &["cursor"],
    &["page", "uri"],
    &["page", "url"],
    &["page", "link"],
];

/// What follows `has previous` or `has prev`.
const OF_MARKS: &[&[&str]] = &[&[], &["page"]];

/// What a word of the outermost object or of an object about pages says of the order:
/// `before=`, `after=` and `end=` with the word.
pub(in crate::read) fn order(
    key: &str,
    above: &str,
    is_outermost: bool,
    quoted: bool,
    word: &str,
) -> Option<String> {
    let what = if (is_outermost || is_about_pages(above)) && leads_back(key, above, word)
        || is_mark_of_previous(key, word)
    {
        "before"
    } else if ends(key, above, word) {
        "end"
    } else if is_outermost && may_lead_on(key, quoted, word) {
        "after"
    } else {
        return None;
    };
    Some(format!("{what}={word}"))
}

/// Whether a key leads to the page before this one.
fn leads_back(key: &str, above: &str, word: &str) -> bool {
    let own = words(key);
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    let is_link = |name: &[&str]| match name {
        ["previous" | "prev", rest @ ..] => OF_LINKS.contains(&rest),
        _ => false,
    };
    let is_within = matches!(&*own, ["href" | "url" | "uri"]) && is_link(&[above]);
    (is_link(&own) || is_within) && !is_empty(word) && !is_date_key(word.trim().as_bytes())
}

/// Whether a key says that there is a page before this one.
fn is_mark_of_previous(key: &str, word: &str) -> bool {
    let own = words(key);
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    let is_mark =
        matches!(&*own, ["has", "previous" | "prev", rest @ ..] if OF_MARKS.contains(&rest));
    is_mark && word.eq_ignore_ascii_case("true")
}

/// Whether a key can lead to the next page. Some servers write it on the last page too, and say
/// elsewhere that there is no more.
fn may_lead_on(key: &str, quoted: bool, word: &str) -> bool {
    let own = words(key);
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    match &*own {
        ["cursor"] | ["scroll", "id"] => !is_empty(word) && !word.eq_ignore_ascii_case("true"),
        ["offset"] => quoted && is_token(word),
        _ => false,
    }
}

/// Whether an offset is a token, and neither a number nor that of a time zone.
fn is_token(word: &str) -> bool {
    let has = |is: fn(char) -> bool| word.chars().any(is);
    let is_of_records = word.starts_with("itr");
    let is_of_zone = has(|letter| matches!(letter, ':' | '+')) || word.contains("GMT");
    let is_opaque = word.len() >= 8
        && has(|letter| letter.is_ascii_digit())
        && has(|letter| letter.is_ascii_alphabetic());
    !is_of_zone && (is_of_records || is_opaque)
}

/// The key within links that leads to the page before this one, its word and its place.
pub(in crate::read) fn link_back(
    key: &str,
    bytes: &[u8],
    start: usize,
) -> Option<(String, String, usize)> {
    let mut found = None;
    each_value(bytes, start, |name, at| {
        let own = keys::name(name).unwrap_or_default();
        let (own, word) = match bytes.get(at) {
            // `"prev":{"href":"/x"}` has its relation as its key.
            Some(b'{') => {
                let link = Link::of(bytes, at);
                (link.relation.unwrap_or(own), link.address)
            }
            _ => (own, text_at(bytes, at)),
        };
        if found.is_none() && leads_back(&own, key, &word) {
            found = Some((format!("{key}/{own}"), word, at));
        }
    });
    found
}

#[cfg(test)]
mod tests {
    use super::{link_back, order};

    #[test]
    fn the_place_of_a_page_is_found() {
        for (key, above, word, expected) in [
            ("previous", "", "/x?page=1", Some("before=/x?page=1")),
            ("previous", "", "", None),
            ("previous", "", "2026-03-09", None),
            ("previous", "week", "x", Some("before=x")),
            ("prev_page", "meta", "3", Some("before=3")),
            ("prevWeek", "", "x", None),
            ("hasPreviousPage", "", "true", Some("before=true")),
            ("hasPreviousPage", "", "false", None),
            ("has_more", "", "false", Some("end=false")),
            ("nextSyncToken", "", "x", Some("end=x")),
            ("done", "", "true", Some("end=true")),
            ("next", "", "", Some("end=")),
            ("cursor", "", "EKux", Some("after=EKux")),
            ("cursor", "", "0", None),
            ("_scroll_id", "", "DXF1", Some("after=DXF1")),
            ("offset", "", "itrABC/recDEF", Some("after=itrABC/recDEF")),
            ("offset", "", "86", None),
            ("offset", "", "+01:00", None),
            ("offset", "", "Europe/Berlin", None),
        ] {
            assert_eq!(order(key, above, true, true, word).as_deref(), expected, "{key} {word}");
        }
        assert_eq!(order("previous", "week", false, true, "x"), None);
        assert_eq!(order("cursor", "week", false, true, "x"), None);
    }

    #[test]
    fn links_lead_back() {
        for (links, expected) in [
            (r#"{"self":"/x","prev":"/y"}"#, true),
            (r#"{"self":"/x","prev":null}"#, false),
            (r#"{"prev":{"href":"/y"}}"#, true),
            (r#"[{"rel":"self","href":"/x"},{"rel":"prev","href":"/y"}]"#, true),
            (r#"[{"rel":"self","href":"/x"}]"#, false),
        ] {
            assert_eq!(link_back("links", links.as_bytes(), 0).is_some(), expected, "{links}");
        }
    }
}
