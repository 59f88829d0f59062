//! Turns paths as servers write them into JSON pointers: `shifts[3].start` into `/shifts/3/start`.

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

/// A key of a pointer with its marks escaped (RFC 6901).
pub(super) fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::{field_pointer, pointer};

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
