//! Divides JSON into tokens, whether it is sound or not.

use std::ops::Range;

/// A token of JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum JsonToken {
    /// A string, without its quotes.
    Text(Range<usize>),
    /// A number, `true`, `false`, `null`, or anything else without quotes.
    Bare(Range<usize>),
    /// A bracket, a colon or a comma.
    Mark(u8),
}

/// The tokens of a text from a byte on, each with its end. What follows a string that is never
/// closed is part of it.
pub(super) struct JsonTokens<'t> {
    text: &'t [u8],
    at: usize,
}

impl<'t> JsonTokens<'t> {
    pub(super) fn of(text: &'t [u8]) -> JsonTokens<'t> {
        JsonTokens { text, at: 0 }
    }
}

impl Iterator for JsonTokens<'_> {
    /// Where it begins, with its quote, where it ends, and what it is.
    type Item = (Range<usize>, JsonToken);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..)?;
        let start = self.at + rest.iter().position(|byte| !byte.is_ascii_whitespace())?;
        let (end, token) = match self.text[start] {
            b'"' => {
                let close = closing_quote(self.text, start + 1);
                let inside = start + 1..close.unwrap_or(self.text.len());
                (inside.end + usize::from(close.is_some()), JsonToken::Text(inside))
            }
            mark if is_mark(mark) => (start + 1, JsonToken::Mark(mark)),
            _ => {
                let ends =
                    |byte: &u8| is_mark(*byte) || *byte == b'"' || byte.is_ascii_whitespace();
                let rest = &self.text[start..];
                let end =
                    rest.iter().position(ends).map_or(self.text.len(), |length| start + length);
                (end, JsonToken::Bare(start..end))
            }
        };
        self.at = end;
        Some((start..end, token))
    }
}

fn is_mark(byte: u8) -> bool {
    matches!(byte, b'{' | b'}' | b'[' | b']' | b':' | b',')
}

/// The quote that ends a string, past escaped ones.
fn closing_quote(text: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    loop {
        match text.get(at)? {
            b'"' => return Some(at),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// What a string says; `None` if it is not a string of JSON.
pub(super) fn spoken(inside: &[u8]) -> Option<String> {
    if !inside.contains(&b'\\') && inside.iter().all(|byte| *byte >= b' ') {
        return String::from_utf8(inside.to_vec()).ok();
    }
    serde_json::from_slice(&[b"\"", inside, b"\""].concat()).ok()
}

/// A string of JSON that says this, with its quotes.
pub(super) fn written(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::{JsonToken, JsonTokens, spoken, written};
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    #[test]
    fn tokens_are_found_in_broken_text_as_well() {
        let text = br#"{"a\"b": [1.5, true x], "open"#;
        let tokens: Vec<JsonToken> = JsonTokens::of(text).map(|(_, token)| token).collect();
        assert_eq!(tokens[1], JsonToken::Text(2..6));
        assert_eq!(tokens[4], JsonToken::Bare(10..13));
        assert_eq!(tokens.last(), Some(&JsonToken::Text(25..29)));
    }

    proptest! {
        #[test]
        fn tokens_lie_one_after_another(text in "[\\[\\]{}:,\"\\\\a1 \n]{0,40}") {
            let mut at = 0;
            for (range, _) in JsonTokens::of(text.as_bytes()) {
                prop_assert!(range.start >= at && range.end > range.start, "{:?}", range);
                at = range.end;
            }
            prop_assert!(at <= text.len());
        }

        #[test]
        fn strings_are_spoken_as_they_were_written(text in "\\PC{0,12}|[\\x00-\\x1f\"\\\\]{0,5}") {
            let quoted = written(&text);
            let inside = &quoted.as_bytes()[1..quoted.len() - 1];
            prop_assert_eq!(spoken(inside), Some(text));
        }
    }
}
