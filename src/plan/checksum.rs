//! Bytes become a checksum (SHA-256), by which a plan knows its files again.

use crate::model::settings::InputFile;
use crate::read::content::stored_bytes;
use sha2::{Digest, Sha256};

/// The checksum of a file as it is stored, in hexadecimal digits, and its length in bytes; no
/// checksum if it cannot be read.
pub fn checksum_of(file: &InputFile) -> (Option<String>, u64) {
    let mut checksum = Checksum::default();
    let read = stored_bytes(file, &mut |bytes| checksum.add(bytes));
    let length = checksum.length;
    (read.is_ok().then(|| checksum.digits()), length)
}

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

    /// In hexadecimal digits.
    pub(super) fn digits(self) -> String {
        let halves = |byte: u8| [byte >> 4, byte & 0xf];
        let digits = self.digest.finalize().into_iter().flat_map(halves);
        digits.filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect()
    }
}
