//! Turns ranges of an input, and edits of them, into written bytes.
//!
//! Ranges that are near each other are read together: fifty neighbouring records take a few
//! reads.

use super::window::{BLOCK, ReadAt};
use std::io;
use std::ops::Range;

/// The most bytes between two ranges that are read along with them.
const LARGEST_GAP: u64 = 1 << 13;

/// Bytes to write in place of some of the input.
///
/// An edit counts where the first of its bytes is kept. Edits do not overlap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes of the input that are left out; none where bytes are only added.
    pub range: Range<u64>,
    /// The bytes that are written instead.
    pub bytes: Vec<u8>,
}

/// A piece of a chunk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fragment<'f> {
    /// Bytes of the input.
    Read(Range<u64>),
    /// Other bytes.
    Given(&'f [u8]),
}

/// Writes these pieces of an input, with the edits in them.
pub(super) fn copy<'f>(
    source: &dyn ReadAt,
    fragments: impl Iterator<Item = Fragment<'f>>,
    edits: &'f [Edit],
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| edit.range.start);
    let mut group = ReadGroup { source, buffer: Vec::new(), fragments: Vec::new(), read: 0..0 };
    let mut replaced = 0..0;
    for fragment in fragments {
        let Fragment::Read(range) = fragment else {
            group.fragments.push(fragment);
            continue;
        };
        let mut at = if replaced.contains(&range.start) { replaced.end } else { range.start };
        let first = edits.partition_point(|edit| edit.range.start < at);
        for edit in &edits[first..] {
            if edit.range.start >= range.end {
                break;
            }
            group.add(at..edit.range.start, out)?;
            group.fragments.push(Fragment::Given(&edit.bytes));
            at = edit.range.end.max(at);
            replaced = edit.range.start..at;
        }
        group.add(at..range.end, out)?;
    }
    group.write(out)
}

/// Pieces that are read at once.
struct ReadGroup<'s, 'f> {
    source: &'s dyn ReadAt,
    buffer: Vec<u8>,
    fragments: Vec<Fragment<'f>>,
    /// From the first byte that is read to the last.
    read: Range<u64>,
}

impl ReadGroup<'_, '_> {
    fn add(&mut self, range: Range<u64>, out: &mut dyn io::Write) -> io::Result<()> {
        let mut at = range.start;
        while at < range.end {
            let end = range.end.min(at + BLOCK as u64);
            let near = at >= self.read.end && at - self.read.end <= LARGEST_GAP;
            if !(near && end - self.read.start <= BLOCK as u64) {
                self.write(out)?;
                self.read = at..at;
            }
            self.read.end = end;
            match self.fragments.last_mut() {
                Some(Fragment::Read(last)) if last.end == at => last.end = end,
                _ => self.fragments.push(Fragment::Read(at..end)),
            }
            at = end;
        }
        Ok(())
    }

    fn write(&mut self, out: &mut dyn io::Write) -> io::Result<()> {
        let count = (self.read.end - self.read.start) as usize;
        if count > 0 {
            self.source.read(self.read.start, count, &mut self.buffer)?;
        }
        for fragment in self.fragments.drain(..) {
            let bytes = match &fragment {
                Fragment::Read(range) => {
                    let (from, to) = (range.start - self.read.start, range.end - self.read.start);
                    self.buffer.get(from as usize..to as usize).ok_or_else(shortened)?
                }
                Fragment::Given(bytes) => bytes,
            };
            out.write_all(bytes)?;
        }
        self.read = 0..0;
        Ok(())
    }
}

fn shortened() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "the input has become shorter")
}
