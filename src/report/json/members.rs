//! Adds members to objects of JSON one by one, without a serializer.
//!
//! For what a large document is mostly made of: findings and records.

use crate::model::text::push_digits;
use crate::model::time::Stamp;

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

/// Adds yes or no.
pub(crate) fn push_flag(text: &mut String, key: &str, flag: Option<bool>) {
    text.push_str(key);
    text.push_str(match flag {
        Some(true) => "true",
        Some(false) => "false",
        None => "null",
    });
}

/// Adds a number that may be unknown.
pub(crate) fn push_integer(text: &mut String, key: &str, number: Option<i64>) {
    text.push_str(key);
    match number {
        Some(number) => {
            text.push_str(if number < 0 { "-" } else { "" });
            push_digits(text, number.unsigned_abs());
        }
        None => text.push_str("null"),
    }
}

/// Adds a number.
pub(crate) fn push_number(text: &mut String, key: &str, number: u64) {
    text.push_str(key);
    push_digits(text, number);
}

/// Adds a name of the program's own, which needs no escapes.
pub(crate) fn push_name(text: &mut String, key: &str, name: &'static str) {
    debug_assert!(shows_itself(name), "{name}");
    for part in [key, "\"", name, "\""] {
        text.push_str(part);
    }
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
    use super::{push_integer, push_word};
    use proptest::prelude::{prop_assert_eq, proptest};

    proptest! {
        #[test]
        fn an_integer_is_pushed_as_it_is_displayed(number: i64) {
            let mut pushed = String::new();
            push_integer(&mut pushed, "", Some(number));
            prop_assert_eq!(pushed, number.to_string());
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
