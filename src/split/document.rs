//! Turns JSON or NDJSON into an outline, and a choice of its records into a chunk.

use super::choose::Chosen;
use super::copy::{Fragment, copy};
use super::error::{SplitError, check_ascending};
use super::lines::scan_lines;
use super::outline::{ChunkChoice, Outline};
use super::scan::Scan;
use super::tree::{DocumentTree, KeyUse};
use super::window::{BLOCK, ReadAt, Window};
use std::io;
#[cfg(test)]
use std::ops::Range;

/// Where the records of a document are, and what is around them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentOutline {
    pub(super) tree: DocumentTree,
    length: u64,
}

/// Scans a JSON document. Its records begin at `offsets`, in ascending order; each is an object,
/// a list or a string, as an element, as the value of a key, or as the whole document.
/// `key_use` is asked about the keys outside of records, between their quotes.
///
/// # Errors
/// When the document cannot be read or is not JSON, and when no record can begin where one
/// was said to begin.
pub fn outline_document(
    source: &dyn ReadAt,
    offsets: &[u64],
    key_use: &dyn Fn(&[u8]) -> KeyUse,
) -> Result<DocumentOutline, SplitError> {
    outline_in_blocks(source, offsets, key_use, BLOCK)
}

/// Scans a JSON document as above, in blocks of another size.
pub(super) fn outline_in_blocks(
    source: &dyn ReadAt,
    offsets: &[u64],
    key_use: &dyn Fn(&[u8]) -> KeyUse,
    block: usize,
) -> Result<DocumentOutline, SplitError> {
    check_ascending(offsets)?;
    let mut scan = Scan::new(Window::new(source, block), offsets, key_use);
    scan.window.byte_order_mark()?;
    let from = scan.window.place();
    scan.window.skip_space()?;
    scan.value(from)?;
    if scan.window.skip_space()?.is_some() {
        return Err(scan.window.unexpected("the end of the document"));
    }
    scan.check_finished()?;
    Ok(DocumentOutline { tree: scan.builder.into_tree(), length: source.length() })
}

/// Scans NDJSON. Its records begin at `offsets`, in ascending order; each is a line as a whole,
/// or within the value of its line.
///
/// # Errors
/// When the lines cannot be read, when one that holds records is not JSON, and when no record
/// can begin where one was said to begin.
pub fn outline_lines(
    source: &dyn ReadAt,
    offsets: &[u64],
    key_use: &dyn Fn(&[u8]) -> KeyUse,
) -> Result<DocumentOutline, SplitError> {
    outline_lines_in_blocks(source, offsets, key_use, BLOCK)
}

/// Scans NDJSON as above, in blocks of another size.
pub(super) fn outline_lines_in_blocks(
    source: &dyn ReadAt,
    offsets: &[u64],
    key_use: &dyn Fn(&[u8]) -> KeyUse,
    block: usize,
) -> Result<DocumentOutline, SplitError> {
    check_ascending(offsets)?;
    let mut scan = Scan::new(Window::new(source, block), offsets, key_use);
    scan_lines(&mut scan, source.length())?;
    Ok(DocumentOutline { tree: scan.builder.into_tree(), length: source.length() })
}

impl Outline for DocumentOutline {
    fn records(&self) -> u32 {
        self.tree.leaves.len() as u32
    }

    #[cfg(test)]
    fn extent(&self, record: u32) -> Option<Range<u64>> {
        let footprint = self.tree.leaves.get(record as usize)?.footprint();
        Some(footprint.start..footprint.end)
    }

    fn write(
        &self,
        source: &dyn ReadAt,
        choice: &ChunkChoice<'_>,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        choice.check(self.records(), true)?;
        let ranges = Chosen::of(&self.tree, choice).ranges(&self.tree, choice, self.length);
        copy(source, ranges.into_iter().map(Fragment::Read), choice.edits, out)
    }
}
