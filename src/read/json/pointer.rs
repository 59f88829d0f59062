//! Builds JSON pointers (RFC 6901) from keys.

/// A JSON pointer, one key further down.
pub(in crate::read) fn below(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

#[cfg(test)]
mod tests {
    use super::below;

    #[test]
    fn keys_are_escaped() {
        assert_eq!(below("/x", "y/~z"), "/x/y~1~0z");
        assert_eq!(below("", "x"), "/x");
    }
}
