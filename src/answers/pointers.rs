//! Turns paths as servers write them into JSON pointers: `shifts[3].start` into `/shifts/3/start`.
//!
//! The path of a request is none of these.

use super::forms::is_plain_number;
use super::labels::{Label, label};

/// The pointer of a path; `None` if it is a name or a sentence and no path.
pub(super) fn pointer(path: &str) -> Option<String> {
    let path = path.trim();
    let path = path.strip_prefix('#').unwrap_or(path);
    if path.starts_with('/') {
        return (!path.contains(char::is_whitespace) && path.len() > 1).then(|| path.to_owned());
    }
    let path = path.strip_prefix('$').unwrap_or(path);
    let is_path = path.contains(['.', '[']) && !path.contains(char::is_whitespace);
    let parts = || path.split(['.', '[', ']']).map(|part| part.trim_matches(['"', '\'']));
    let parts = || parts().filter(|part| !part.is_empty());
    let are_names = parts()
        .all(|part| part.chars().all(|letter| letter.is_alphanumeric() || "_-$".contains(letter)));
    if !is_path || !are_names || parts().next().is_none() {
        return None;
    }
    Some(parts().flat_map(|part| ["/", part]).collect())
}

/// The pointer of the name of a field or a path.
pub(super) fn field_pointer(field: &str) -> Option<String> {
    let field = field.trim();
    pointer(field).or_else(|| {
        let is_name = !field.is_empty()
            && field.chars().all(|letter| letter.is_alphanumeric() || "_-".contains(letter));
        is_name.then(|| format!("/{field}"))
    })
}

/// Whether a path is that of a request or a URL, and none into the text of the request.
pub(super) fn is_of_request(path: &str) -> bool {
    let is_version = |part: &str| part.strip_prefix('v').is_some_and(is_plain_number);
    let names_host = path.contains("://") || path.starts_with("//");
    names_host
        || path.starts_with('/') && path.split('/').any(|part| part == "api" || is_version(part))
}

/// The last part of the path of a request, if it can be the id of a record: a number only behind
/// the name of records, and nothing behind that of something else: `/teams/4`.
pub(super) fn resource(path: &str) -> Option<&str> {
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let (before, last) = path.rsplit_once('/')?;
    let collection = before.rsplit('/').next().unwrap_or_default();
    let label = label(collection).or_else(|| label(collection.strip_suffix('s')?));
    let has_digit = last.bytes().any(|byte| byte.is_ascii_digit());
    let fits = match label {
        Some(Label::Record | Label::Either) => true,
        Some(_) => false,
        None => !is_plain_number(last) && has_digit && !before.is_empty(),
    };
    (fits && !last.is_empty()).then_some(last)
}

/// A key of a pointer with its marks escaped (RFC 6901).
pub(super) fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::{field_pointer, is_of_request, pointer, resource};

    #[test]
    fn paths_of_requests_end_with_a_resource() {
        for (path, is_request, expected) in [
            ("/api/teams/4/shifts", true, None),
            ("https://api.example.com/shifts/5", true, Some("5")),
            ("https://api.example.com/shifts/sh-5105?x=1", true, Some("sh-5105")),
            ("https://docs.x.com/errors/4", true, None),
            ("/v2/teams/t-4", true, None),
            ("/shifts/3", false, Some("3")),
            ("/shifts/3/start", false, None),
            ("shifts[3].start", false, None),
        ] {
            assert_eq!((is_of_request(path), resource(path)), (is_request, expected), "{path}");
        }
    }

    #[test]
    fn paths_become_pointers() {
        for (path, expected) in [
            ("/shifts/3/start", Some("/shifts/3/start")),
            ("#/shifts/3", Some("/shifts/3")),
            ("$.shifts[3].start", Some("/shifts/3/start")),
            ("records.3.start", Some("/records/3/start")),
            ("agentSchedules[0].shifts[3]", Some("/agentSchedules/0/shifts/3")),
            ("['shifts'][3]", Some("/shifts/3")),
            ("start", None),
            ("two words.", None),
            ("/ or so", None),
            ("$", None),
            ("[]", None),
        ] {
            assert_eq!(pointer(path).as_deref(), expected, "{path}");
        }
        assert_eq!(field_pointer("start").as_deref(), Some("/start"));
        assert_eq!(field_pointer("the start"), None);
    }
}
