//! Tells ids from numbers and other words by their form.

use super::labels::is_plain_word;
use super::tokens::TextToken;

/// Whether a word is a number without sign and fraction.
pub(super) fn is_plain_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a token can be the id of a record without being a number alone.
pub(super) fn is_record_id(token: TextToken<'_>, is_explicit: bool) -> bool {
    let text = token.text;
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    let has_more =
        text.bytes().any(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'_'));
    let is_word = text.len() < 80 && !text.contains(['/', '[', ' ']);
    let is_quoted_word = token.quoted && is_explicit && !is_plain_word(text);
    is_word && (has_digit && has_more || is_quoted_word) && !token.after_dash && text != "removed"
}

/// Whether a word is a UUID.
pub(super) fn is_uuid(text: &str) -> bool {
    let mut parts = text.split('-');
    text.len() == 36
        && [8, 4, 4, 4, 12].iter().all(|&length| {
            parts.next().is_some_and(|part| {
                part.len() == length && part.bytes().all(|byte| byte.is_ascii_hexdigit())
            })
        })
        && parts.next().is_none()
}
