//! Holds several words of a record as ranges of one shared text.
//!
//! The text of a record is kept once for its finding, and its words are ranges of it: a record
//! has ten words, and a report can have a hundred thousand records. The shared text is an `ArcStr`,
//! an `Arc<str>` that keeps its length beside its bytes: a word takes 16 bytes instead of 24.

use arcstr::ArcStr;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::ops::{Deref, Range};

/// A piece of a text that others can share.
#[derive(Clone, Default)]
pub struct Text {
    whole: ArcStr,
    start: u32,
    end: u32,
}

impl Text {
    /// These bytes of this text; `None` if there are no such bytes, or they
    /// do not begin and end with characters.
    #[must_use]
    pub fn part(&self, range: Range<u32>) -> Option<Text> {
        let start = self.start.checked_add(range.start)?;
        let end = self.start.checked_add(range.end)?;
        let within = end <= self.end && self.whole.get(start as usize..end as usize).is_some();
        within.then(|| Text { whole: ArcStr::clone(&self.whole), start, end })
    }

    /// Words as they are written in a file; bytes that are not text are shown as such.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Text {
        Text::from(&*lossy(bytes))
    }

    /// Whether both are the same piece of the same text, which shows without a
    /// look at it.
    fn is_one_with(&self, other: &Text) -> bool {
        (self.start, self.end) == (other.start, other.end)
            && ArcStr::ptr_eq(&self.whole, &other.whole)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.whole.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// Bytes as text; those that are none are shown as such. `String::from_utf8_lossy` alone goes byte
/// by byte, also through what is text.
#[must_use]
pub fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

/// Adds a number. Large reports are full of them, and `write!` takes three times as long.
pub fn push_digits(text: &mut String, number: u64) {
    // Of the largest number.
    let mut digits = [0; 20];
    let (mut first, mut rest) = (digits.len(), number);
    loop {
        first -= 1;
        digits[first] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    text.push_str(std::str::from_utf8(&digits[first..]).unwrap_or_default());
}

/// Adds a number in hexadecimal digits, all sixteen of them.
pub fn push_hexadecimal(text: &mut String, number: u64) {
    let mut digits = [0; 16];
    for (digit, four_bits) in digits.iter_mut().rev().zip((0..64).step_by(4)) {
        *digit = b"0123456789abcdef"[(number >> four_bits) as usize & 0xf];
    }
    text.push_str(std::str::from_utf8(&digits).unwrap_or_default());
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

/// Of a text of more than four gigabytes, the first four.
impl From<&str> for Text {
    fn from(text: &str) -> Text {
        let most = u32::MAX as usize;
        let first = || (0..4).find_map(|less| text.get(..most - less)).unwrap_or_default();
        let whole = if text.len() <= most { text } else { first() };
        Text { whole: whole.into(), start: 0, end: whole.len() as u32 }
    }
}

impl From<String> for Text {
    fn from(text: String) -> Text {
        Text::from(text.as_str())
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Text) -> bool {
        self.is_one_with(other) || self.as_str() == other.as_str()
    }
}

impl Eq for Text {}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Text) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Text) -> Ordering {
        if self.is_one_with(other) {
            return Ordering::Equal;
        }
        self.as_str().cmp(other.as_str())
    }
}

impl fmt::Display for Text {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.as_str())
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), out)
    }
}

#[cfg(test)]
mod tests {
    use super::{ArcStr, Text, push_digits, push_hexadecimal};
    use proptest::prelude::{prop_assert_eq, proptest};

    proptest! {
        #[test]
        fn a_number_is_pushed_as_it_is_displayed(number: u64, bits in 0u32..64) {
            for number in [0, number, number >> bits] {
                let mut pushed = String::new();
                push_digits(&mut pushed, number);
                pushed.push(' ');
                push_hexadecimal(&mut pushed, number);
                prop_assert_eq!(pushed, format!("{number} {number:016x}"));
            }
        }
    }

    #[test]
    fn a_part_shares_the_text_and_is_its_words() {
        let text = Text::from("ada,é-1,08:00");
        let id = text.part(4..8).expect("there");
        assert_eq!((id.as_str(), id.len()), ("é-1", 4));
        assert!(ArcStr::ptr_eq(&id.whole, &text.whole));
        assert_eq!(id.part(2..4).expect("there"), "-1");
        assert_eq!(id, Text::from("é-1"));
        let mut sorted = [id.clone(), Text::from("ê"), Text::default()];
        sorted.sort();
        assert_eq!(sorted, ["", "é-1", "ê"]);
    }

    #[test]
    fn what_is_not_there_is_no_part() {
        let text = Text::from("ada,é-1,08:00").part(4..8).expect("there");
        for range in [1..2, 0..5, 4..5, u32::MAX..u32::MAX, 0..u32::MAX] {
            assert_eq!(text.part(range.clone()), None, "{range:?}");
        }
        let turned = std::ops::Range { start: 2, end: 0 };
        assert_eq!(text.part(turned), None);
        assert_eq!(text.part(4..4).as_deref(), Some(""));
    }

    #[test]
    fn bytes_that_are_no_text_are_shown() {
        assert_eq!(Text::of_bytes(b"a\xffb"), "a\u{fffd}b");
        assert_eq!(format!("{:?} {0:>3}", Text::of_bytes(b"a")), "\"a\"   a");
    }
}
