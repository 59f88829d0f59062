//! Replaces ranges of bytes.

use std::ops::Range;

/// Bytes that are written in place of a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByteEdit {
    /// The bytes that go.
    pub range: Range<usize>,
    /// What is written in their place.
    pub new: Vec<u8>,
}

/// The bytes with all edits, which are in ascending order and do not overlap.
#[must_use]
pub fn apply(bytes: &[u8], edits: &[ByteEdit]) -> Vec<u8> {
    debug_assert!(edits.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start));
    let added: usize = edits.iter().map(|edit| edit.new.len()).sum();
    let mut edited = Vec::with_capacity(bytes.len() + added);
    let mut at = 0;
    for edit in edits {
        edited.extend_from_slice(&bytes[at..edit.range.start]);
        edited.extend_from_slice(&edit.new);
        at = edit.range.end;
    }
    edited.extend_from_slice(&bytes[at..]);
    edited
}
