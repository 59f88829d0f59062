//! Bytes become a checksum (SHA-256), by which a plan knows its files again.

use sha2::{Digest, Sha256};
use std::fmt::Write;

/// A checksum of bytes that come piece by piece.
#[derive(Default)]
pub(super) struct Checksum {
    digest: Sha256,
    length: u64,
}

impl Checksum {
    /// That of these bytes.
    pub(super) fn of(bytes: &[u8]) -> Checksum {
        let mut checksum = Checksum::default();
        checksum.add(bytes);
        checksum
    }

    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.length += bytes.len() as u64;
        self.digest.update(bytes);
    }

    /// How many bytes there were.
    pub(super) const fn length(&self) -> u64 {
        self.length
    }

    /// In hexadecimal digits.
    pub(super) fn digits(self) -> String {
        self.digest.finalize().iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}
