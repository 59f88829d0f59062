//! Declares how an input and a choice of its records become a chunk, whatever the format.

use super::copy::Edit;
use super::window::ReadAt;
use std::io;
#[cfg(test)]
use std::ops::Range;

/// Where the records of an input are, so that chunks can be cut out of it.
pub trait Outline {
    /// How many records there are.
    fn records(&self) -> u32;

    /// Where the bytes of a record are: without the white space around them in a document,
    /// with the line end in a table. `None` if there is no such record.
    #[cfg(test)]
    fn extent(&self, record: u32) -> Option<Range<u64>>;

    /// Writes a chunk.
    ///
    /// # Errors
    /// When the input cannot be read or has become shorter, when the chunk cannot be written,
    /// and when the chosen records are not in ascending order or do not exist.
    fn write(
        &self,
        source: &dyn ReadAt,
        choice: &ChunkChoice<'_>,
        out: &mut dyn io::Write,
    ) -> io::Result<()>;
}

/// Which chunks elements without records go into: an agent with `"shifts": []`, `null`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Bare {
    /// Into the one with the first record of their list, so that they are in one chunk if
    /// every record is.
    #[default]
    First,
    /// Into this one.
    #[cfg(test)]
    Always,
    /// Into another one, or none.
    #[cfg(test)]
    Never,
}

/// What a chunk is made of.
#[derive(Debug, Clone, Copy, Default)]
pub struct ChunkChoice<'c> {
    /// The numbers of its records, from 0, in ascending order; those of a table in any.
    pub records: &'c [u32],
    /// Whether it has elements without records.
    pub bare: Bare,
    /// What is written in place of bytes of the input.
    pub edits: &'c [Edit],
    /// The numbers of the page keys that it does not have, in ascending order.
    pub removed: &'c [u32],
}

impl<'c> ChunkChoice<'c> {
    /// These records.
    #[must_use]
    pub fn of(records: &'c [u32]) -> ChunkChoice<'c> {
        ChunkChoice { records, ..ChunkChoice::default() }
    }

    /// Checks that the records exist and, if they have to, ascend.
    pub(super) fn check(&self, records: u32, ascending: bool) -> io::Result<()> {
        let exist = self.records.iter().all(|record| *record < records);
        let in_order = !ascending || self.records.windows(2).all(|pair| pair[0] < pair[1]);
        match exist && in_order {
            true => Ok(()),
            false => Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "the chosen records are not records of the input in ascending order",
            )),
        }
    }
}
