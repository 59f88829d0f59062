//! A hash of words that is the same in every run and on every machine: 64-bit FNV-1a.

use std::fmt::{self, Display, Write};

/// A hash to which words are added, each with a byte 0xFF behind it, which no text has.
#[derive(Debug, Clone, Copy)]
pub struct WordHash(u64);

impl Default for WordHash {
    fn default() -> WordHash {
        WordHash(0xcbf2_9ce4_8422_2325)
    }
}

impl WordHash {
    /// Adds a word.
    pub fn add(&mut self, word: &str) {
        self.add_bytes(word.bytes().chain([0xff]));
    }

    /// Adds a word that is not written yet.
    pub fn add_shown(&mut self, word: impl Display) {
        // `write_str` does not fail.
        let _ = write!(self, "{word}");
        self.add("");
    }

    fn add_bytes(&mut self, bytes: impl Iterator<Item = u8>) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// The hash of all words so far.
    #[must_use]
    pub const fn finish(self) -> u64 {
        self.0
    }
}

impl Write for WordHash {
    /// Adds a part of a word.
    fn write_str(&mut self, part: &str) -> fmt::Result {
        self.add_bytes(part.bytes());
        Ok(())
    }
}
