//! Adds members to objects of JSON one by one, without a serializer.
//!
//! For what a large document is mostly made of: findings and records.

use crate::model::time::Stamp;
use std::fmt::Write;

pub(crate) fn push_list<Item>(
    text: &mut String,
    key: &str,
    items: &[Item],
    push: impl Fn(&mut String, &Item),
) {
    text.push_str(key);
    text.push('[');
    for (place, item) in items.iter().enumerate() {
        text.push_str(if place == 0 { "" } else { "," });
        push(text, item);
    }
    text.push(']');
}

/// Adds what shows itself: a number, or yes or no.
pub(crate) fn push_plain(text: &mut String, key: &str, value: Option<impl std::fmt::Display>) {
    text.push_str(key);
    match value {
        Some(value) => _ = write!(text, "{value}"),
        None => text.push_str("null"),
    }
}

/// Adds a number. Documents of records are full of them, and `write!` takes three times as long.
pub(crate) fn push_number(text: &mut String, key: &str, number: u64) {
    text.push_str(key);
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

pub(crate) fn push_stamp(text: &mut String, key: &str, at: Option<&Stamp>) {
    text.push_str(key);
    match at {
        Some(at) => {
            text.push('"');
            at.push_to(text);
            text.push('"');
        }
        None => text.push_str("null"),
    }
}

pub(crate) fn push_maybe(text: &mut String, key: &str, word: Option<&str>) {
    match word {
        Some(word) => push_word(text, key, word),
        None => {
            text.push_str(key);
            text.push_str("null");
        }
    }
}

pub(crate) fn push_word(text: &mut String, key: &str, word: &str) {
    text.push_str(key);
    if shows_itself(word) {
        text.push('"');
        text.push_str(word);
        text.push('"');
    } else {
        super::push(text, word);
    }
}

/// Whether a word needs no escapes between quotes: printable ASCII without quotes and
/// backslashes.
fn shows_itself(word: &str) -> bool {
    // No early exit, so that the loop is done many bytes at a time.
    !word.bytes().fold(false, |strange, byte| {
        strange | (byte.wrapping_sub(0x20) >= 0x5f) | (byte == b'"') | (byte == b'\\')
    })
}

#[cfg(test)]
mod tests {
    use super::{push_number, push_word};
    use proptest::prelude::{prop_assert_eq, proptest};

    proptest! {
        #[test]
        fn a_number_is_pushed_as_it_is_displayed(number: u64, bits in 0u32..64) {
            for number in [0, number, number >> bits] {
                let mut pushed = String::new();
                push_number(&mut pushed, "", number);
                prop_assert_eq!(pushed, number.to_string());
            }
        }

        #[test]
        fn a_word_is_pushed_as_the_serializer_writes_it(word in "[ -~]{0,20}|\\PC{0,8}|.{0,8}") {
            let (mut pushed, mut serialized) = (String::new(), String::new());
            push_word(&mut pushed, "", &word);
            super::super::push(&mut serialized, word.as_str());
            prop_assert_eq!(&pushed, &serialized);
            let read: Result<String, _> = serde_json::from_str(&pushed);
            prop_assert_eq!(read.ok(), Some(word));
        }
    }
}
