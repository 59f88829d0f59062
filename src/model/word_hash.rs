//! A hash of words that is the same in every run and on every machine: 64-bit FNV-1a.

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
        for byte in word.bytes().chain([0xff]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// The hash of all words so far.
    #[must_use]
    pub const fn finish(self) -> u64 {
        self.0
    }
}
