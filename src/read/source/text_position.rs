//! Converts the position of a byte to a line and a column.

use memchr::{memchr_iter, memrchr};

/// A place for people: line and column, both from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TextPosition {
    pub(super) line: u64,
    pub(super) column: u64,
}

impl Default for TextPosition {
    fn default() -> TextPosition {
        TextPosition { line: 1, column: 1 }
    }
}

impl TextPosition {
    /// The place after these bytes, whose lines end with this byte.
    pub(super) fn past(self, bytes: &[u8], line_end: u8) -> TextPosition {
        let lines = memchr_iter(line_end, bytes).count() as u64;
        let (start, rest) = match memrchr(line_end, bytes) {
            Some(last) => (1, bytes.get(last + 1..).unwrap_or_default()),
            None => (self.column, bytes),
        };
        // Every byte of UTF-8 except those that continue a character.
        let letters = rest.iter().filter(|byte| **byte & 0xc0 != 0x80).count() as u64;
        TextPosition { line: self.line + lines, column: start + letters }
    }
}

#[cfg(test)]
mod tests {
    use super::TextPosition;
    use proptest::prelude::{prop_assert_eq, proptest};

    #[test]
    fn lines_and_characters_are_counted() {
        for (text, line, column) in
            [("", 1, 1), ("ab", 1, 3), ("ab\n", 2, 1), ("\r\n\nZoë", 3, 4), ("€€", 1, 3)]
        {
            let text_position = TextPosition::default().past(text.as_bytes(), b'\n');
            assert_eq!(text_position, TextPosition { line, column }, "{text:?}");
        }
        assert_eq!(
            TextPosition::default().past(b"a\rb", b'\r'),
            TextPosition { line: 2, column: 2 }
        );
    }

    proptest! {
        #[test]
        fn bytes_may_come_in_portions(text in "[aé€\n]{0,40}", at in 0usize..90) {
            let (head, rest) = text.as_bytes().split_at(at.min(text.len()));
            let portions = TextPosition::default().past(head, b'\n').past(rest, b'\n');
            prop_assert_eq!(portions, TextPosition::default().past(text.as_bytes(), b'\n'));
        }
    }
}
