//! Versions of schedules, compared by what they mean.
//!
//! A version is a number or a text, bare or as an ETag. Its meaning is its [`essence`]; two
//! versions are the same if their essences are.

use std::cmp::Ordering;

/// What a version belongs to, as far as the published records show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum VersionOwner {
    /// A schedule: all its published records have one version.
    Schedule,
    /// An agent's part of a schedule: each agent's published records have one.
    Agent,
    /// A record by itself.
    Record,
}

/// What a version says, without what only wraps it: spaces, the quotes of an ETag and the
/// `W/` before them, and of a whole number the leading zeros and a fraction of zeros, as
/// spreadsheets add it. Empty when it says nothing.
#[must_use]
pub fn essence(word: &[u8]) -> &[u8] {
    let word = word.trim_ascii();
    let tag = word.strip_prefix(b"W/").unwrap_or(word);
    let unquoted = tag.strip_prefix(b"\"").and_then(|tag| tag.strip_suffix(b"\""));
    let said = unquoted.map_or(word, <[u8]>::trim_ascii);
    whole_number(said).unwrap_or(said)
}

/// The digits of a whole number that count.
fn whole_number(said: &[u8]) -> Option<&[u8]> {
    let point = said.iter().position(|byte| *byte == b'.').unwrap_or(said.len());
    let (digits, fraction) = said.split_at_checked(point)?;
    let zeros = fraction.get(1..).unwrap_or_default();
    let is_number = !digits.is_empty()
        && digits.iter().all(u8::is_ascii_digit)
        && zeros.iter().all(|byte| *byte == b'0')
        && fraction.len() != 1;
    let zeros_in_front = digits.iter().take_while(|byte| **byte == b'0').count();
    let from = zeros_in_front.min(digits.len().saturating_sub(1));
    digits.get(from..).filter(|_| is_number)
}

/// Which of two versions is the later one, where both are whole numbers.
#[must_use]
pub fn order(one: &str, other: &str) -> Option<Ordering> {
    let number = |version| {
        let said = essence(version);
        said.iter()
            .all(u8::is_ascii_digit)
            .then_some((said.len(), said))
            .filter(|(size, _)| *size > 0)
    };
    Some(number(one.as_bytes())?.cmp(&number(other.as_bytes())?))
}

#[cfg(test)]
mod tests {
    use super::{essence, order};
    use std::cmp::Ordering;

    #[test]
    fn what_only_wraps_a_version_does_not_count() {
        for (word, said) in [
            ("7", "7"),
            (" 7 ", "7"),
            ("\"7\"", "7"),
            ("W/\"7\"", "7"),
            ("W/\" 7 \"", "7"),
            ("007", "7"),
            ("7.0", "7"),
            ("07.00", "7"),
            ("0", "0"),
            ("000", "0"),
            ("7.5", "7.5"),
            ("7.", "7."),
            (".0", ".0"),
            ("1.10", "1.10"),
            ("-7", "-7"),
            ("\"a1b2\"", "a1b2"),
            ("W/a1b2", "W/a1b2"),
            ("A1", "A1"),
            ("\"", "\""),
            ("\"\"", ""),
            ("W/\"\"", ""),
            ("  ", ""),
            ("", ""),
        ] {
            assert_eq!(essence(word.as_bytes()), said.as_bytes(), "{word:?}");
        }
    }

    #[test]
    fn numbers_have_an_order_and_texts_have_none() {
        assert_eq!(order("6", "W/\"7\""), Some(Ordering::Less));
        assert_eq!(order("10", "9"), Some(Ordering::Greater));
        assert_eq!(order("07", "7"), Some(Ordering::Equal));
        let huge = "9".repeat(500);
        assert_eq!(order(&huge, "9"), Some(Ordering::Greater));
        for (one, other) in [("a", "7"), ("7", "a"), ("", "7"), ("7", ""), ("1.5", "2")] {
            assert_eq!(order(one, other), None, "{one:?} {other:?}");
        }
    }
}
