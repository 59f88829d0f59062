//! Builds JSON pointers (RFC 6901) from keys.

/// A JSON pointer, one key further down.
pub(in crate::read) fn below(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// Whether the name of a key is a pattern of pointers, which means the keys in the place of its last
/// `*`: `/weeks/*/*`.
pub(in crate::read) fn is_pattern(name: &str) -> bool {
    name.starts_with('/') && name.ends_with("/*")
}

/// Whether a pointer is one of those that a pattern means, in which `*` stands for any key.
pub(in crate::read) fn is_of_pattern(pointer: &str, pattern: &str) -> bool {
    let (mut keys, mut wanted) = (pointer.split('/'), pattern.split('/'));
    loop {
        match (keys.next(), wanted.next()) {
            (None, None) => return true,
            (Some(key), Some(wanted)) if wanted == "*" || key == wanted => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{below, is_of_pattern};

    #[test]
    fn patterns_leave_keys_open() {
        for (pointer, pattern, expected) in [
            ("/anna", "/*", true),
            ("/anna/shifts", "/*", false),
            ("/anna/shifts", "/*/shifts", true),
            ("/anna/leave", "/*/shifts", false),
            ("", "/*", false),
            ("/weeks/3/anna", "/weeks/*/*", true),
        ] {
            assert_eq!(is_of_pattern(pointer, pattern), expected, "{pointer} {pattern}");
        }
    }

    #[test]
    fn keys_are_escaped() {
        assert_eq!(below("/x", "y/~z"), "/x/y~1~0z");
        assert_eq!(below("", "x"), "/x");
    }
}
