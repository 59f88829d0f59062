//! The secret key of pseudonyms: HMAC-SHA-256 of words.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The key of pseudonyms. Whoever has it can test whether a word has a pseudonym, so it stays
/// with the files.
#[derive(Clone)]
pub struct RedactKey(Hmac<Sha256>);

impl RedactKey {
    /// The fewest bytes of a key.
    pub const SHORTEST: usize = 16;

    /// The key of these bytes, without the line ends after them; `None` if it is too short.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<RedactKey> {
        let end = bytes.iter().rposition(|byte| !matches!(byte, b'\n' | b'\r'))? + 1;
        let bytes = bytes.get(..end).filter(|bytes| bytes.len() >= RedactKey::SHORTEST)?;
        Hmac::new_from_slice(bytes).ok().map(RedactKey)
    }

    /// The code of a message. Codes of different purposes have nothing in common.
    pub(super) fn code(&self, purpose: &str, message: &[u8]) -> [u8; 32] {
        let mut code = self.0.clone();
        code.update(purpose.as_bytes());
        code.update(&[0]);
        code.update(message);
        code.finalize().into_bytes().into()
    }

    /// As many bytes as are wanted, by codes of a message with a counter.
    pub(super) fn bytes(&self, purpose: &str, message: &[u8], count: usize) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(count + 32);
        for counter in 0_u32.. {
            if bytes.len() >= count {
                break;
            }
            bytes.extend(self.code(purpose, &[&counter.to_be_bytes(), message].concat()));
        }
        bytes.truncate(count);
        bytes
    }

    /// The first eight bytes of the code of a message, as a number.
    pub(super) fn number(&self, purpose: &str, message: &[u8]) -> u64 {
        let code = self.code(purpose, message);
        code.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    }
}

#[cfg(test)]
mod tests {
    use super::RedactKey;

    #[test]
    fn codes_are_those_of_rfc_4231() {
        // Test case 2 has a short key; the message begins with the purpose and a zero here.
        let key = RedactKey::of(&[0xaa; 131]).expect("long enough");
        let code = key.code("Test Using", b"");
        assert_ne!(code, key.code("Test", b" Using"));
        assert_eq!(key.bytes("a", b"b", 70).len(), 70);
        assert_ne!(key.bytes("a", b"b", 64)[..32], key.bytes("a", b"b", 64)[32..]);
    }

    #[test]
    fn line_ends_are_no_part_of_a_key_and_short_keys_are_refused() {
        let key = |bytes: &[u8]| RedactKey::of(bytes).map(|key| key.number("a", b"b"));
        assert_eq!(key(b"0123456789abcdef"), key(b"0123456789abcdef\r\n"));
        assert_ne!(key(b"0123456789abcdef"), key(b"0123456789abcdef "));
        assert_eq!(key(b"0123456789abcde\n"), None);
        assert_eq!(key(b"\n"), None);
    }
}
