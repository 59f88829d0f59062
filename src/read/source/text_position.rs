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

/// The positions at equal distances from the start of a text, as far as they are known.
#[derive(Debug, Default)]
pub(super) struct Landmarks(Vec<TextPosition>);

impl Landmarks {
    /// The distance between two of them, in bytes.
    pub(super) const SPACING: usize = 1 << 15;

    /// How many bytes there are before the last known one that is not behind so many bytes, and
    /// its position.
    pub(super) fn before(&self, bytes: u64) -> (u64, TextPosition) {
        let wanted = bytes / Landmarks::SPACING as u64;
        let number = wanted.min(self.0.len() as u64);
        let known = number.checked_sub(1).and_then(|place| self.0.get(place as usize));
        (number * Landmarks::SPACING as u64, known.copied().unwrap_or_default())
    }

    /// Adds the position behind so many bytes, if it is the next one.
    pub(super) fn add(&mut self, bytes: u64, text_position: TextPosition) {
        if bytes == (self.0.len() as u64 + 1) * Landmarks::SPACING as u64 {
            self.0.push(text_position);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Landmarks, TextPosition};
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

    #[test]
    fn the_last_landmark_before_a_byte_is_found() {
        const SPACING: u64 = Landmarks::SPACING as u64;
        let at = |line| TextPosition { line, column: 1 };
        let mut landmarks = Landmarks::default();
        assert_eq!(landmarks.before(3 * SPACING), (0, at(1)));
        // Only the next one is added.
        landmarks.add(2 * SPACING, at(9));
        landmarks.add(SPACING, at(5));
        landmarks.add(2 * SPACING, at(7));
        landmarks.add(SPACING, at(9));
        for (bytes, expected) in [
            (0, (0, at(1))),
            (SPACING - 1, (0, at(1))),
            (SPACING, (SPACING, at(5))),
            (2 * SPACING, (2 * SPACING, at(7))),
            (9 * SPACING, (2 * SPACING, at(7))),
        ] {
            assert_eq!(landmarks.before(bytes), expected, "{bytes}");
        }
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
