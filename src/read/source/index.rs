//! Records are found again.
//!
//! The index knows the blocks that were read and a mark every few kilobytes, so
//! that a record is read again from the mark before it, by the same reader.

use super::Source;
use super::kept::Kept;
use super::onward::read_on;
use crate::model::finding::Excerpt;
use crate::model::row::Row;
use crate::read::{Block, Part, compose_excerpt};
use std::sync::Arc;

/// How much is read again at a time where many records are recalled, in bytes.
const LONGEST_STRETCH: u64 = 1 << 15;

/// What is known of a block that was read.
pub(super) struct Indexed {
    pub(super) number: usize,
    pub(super) offset: u64,
    pub(super) next: u64,
    pub(super) end: u64,
    pub(super) part: Arc<Part>,
    /// The number of the part in its file.
    pub(super) part_number: u32,
    pub(super) lines: u64,
    pub(super) records: u64,
    pub(super) elements: u64,
    /// The first is at the start of the block.
    pub(super) marks: Vec<Mark>,
    /// Its records, if the block cannot be read again. It has one mark then.
    pub(super) kept: Option<Kept>,
}

/// A record of a block from which reading can begin: bytes, lines, records and
/// elements after the start of the block.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Mark {
    pub(super) offset: u32,
    pub(super) line: u32,
    pub(super) record: u32,
    pub(super) element: u32,
}

/// Where a record stands, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its number among the records of its file, from 1.
    pub number: u64,
    /// The line it begins on, from 1.
    pub line: u64,
    /// Its JSON pointer, in a document.
    pub pointer: Option<String>,
}

/// Meets a row that is read again: the byte at which it begins, its part, and how
/// a finding shows it.
type Meet<'m> = dyn FnMut(&Row<'_>, u64, &Part, &dyn Fn() -> Excerpt) + 'm;

/// Finds records again.
pub struct Index<'s> {
    source: &'s Source,
    blocks: Vec<Arc<Indexed>>,
    /// Lines and records before each block, and elements of its part.
    before: Vec<(u64, u64, u64)>,
}

/// What a recalled record is handed over with.
pub struct Recalled<'r, 'b> {
    /// Its words.
    pub row: &'r Row<'b>,
    /// Where it stands.
    pub place: Place,
    /// The record as a finding shows it.
    pub excerpt: Excerpt,
}

impl<'s> Index<'s> {
    /// Puts the blocks of a source in order, and counts what is before each.
    pub(super) fn of(source: &'s Source, mut blocks: Vec<Arc<Indexed>>) -> Index<'s> {
        blocks.sort_unstable_by_key(|block| block.number);
        let lines = source.document.as_ref().map_or(0, |document| document.outset().lines);
        let (mut line, mut record, mut element, mut part) = (lines, 0, 0, 0);
        let mut before = Vec::with_capacity(blocks.len());
        for block in &blocks {
            if block.part_number != part {
                (part, element) = (block.part_number, 0);
            }
            before.push((line, record, element));
            line += block.lines;
            record += block.records;
            element += block.elements;
        }
        Index { source, blocks, before }
    }

    /// Where the first records begin, at most so many; and whether there are no
    /// more.
    #[must_use]
    pub fn first_offsets(&self, most: usize) -> (Vec<u64>, bool) {
        let mut offsets = Vec::new();
        let mut bytes = Vec::new();
        for place in 0..self.blocks.len() {
            for stretch in self.stretches(place) {
                if offsets.len() > most {
                    break;
                }
                self.read_rows(place, stretch, &mut bytes, &mut |row, offset, _, _| {
                    offsets.extend((!row.continues).then_some(offset));
                });
            }
        }
        let whole = offsets.len() <= most;
        offsets.truncate(most);
        (offsets, whole)
    }

    /// The marks of a block, each with the byte of the next.
    fn stretches(&self, place: usize) -> Vec<(Mark, u64)> {
        let Some(block) = self.blocks.get(place) else { return Vec::new() };
        let next = block.marks.iter().skip(1).map(|next| block.offset + u64::from(next.offset));
        block.marks.iter().copied().zip(next.chain([block.end])).collect()
    }

    /// Reads the records that begin at these bytes again, in order. Those that
    /// are not found are passed over; the file has changed then.
    pub fn recall(&self, offsets: &[u64], visit: &mut dyn FnMut(u64, Recalled<'_, '_>)) {
        let mut rest = offsets;
        let mut bytes = Vec::new();
        while let Some(first) = rest.first() {
            let Some((block, mark, mut end)) = self.stretch(*first) else {
                rest = &rest[1..];
                continue;
            };
            let mut wanted = rest.partition_point(|offset| *offset < end);
            while let Some(longer) = self.longer(mark, block, end, rest.get(wanted)) {
                end = longer;
                wanted = rest.partition_point(|offset| *offset < end);
            }
            self.recall_stretch(block, mark, end, &rest[..wanted], &mut bytes, visit);
            rest = &rest[wanted.max(1)..];
        }
    }

    /// The block, the mark before an offset, and the byte of the next mark.
    fn stretch(&self, offset: u64) -> Option<(usize, Mark, u64)> {
        let place = self.blocks.partition_point(|block| block.offset <= offset).checked_sub(1)?;
        let block = self.blocks.get(place)?;
        let within = u32::try_from(offset - block.offset).ok()?;
        let mark = block.marks.partition_point(|mark| mark.offset <= within).checked_sub(1)?;
        let end = block
            .marks
            .get(mark + 1)
            .map_or(block.end, |next| block.offset + u64::from(next.offset));
        (offset < block.next).then_some((place, *block.marks.get(mark)?, end))
    }

    /// The end of the stretch with this offset, if it goes on where one of the
    /// same block ends and both together are not too long.
    fn longer(&self, mark: Mark, block: usize, end: u64, offset: Option<&u64>) -> Option<u64> {
        let (next_block, next, next_end) = self.stretch(*offset?)?;
        let start = self.blocks.get(block)?.offset;
        let goes_on = next_block == block && start + u64::from(next.offset) == end;
        let fits = next_end - start <= u64::from(mark.offset) + LONGEST_STRETCH;
        (goes_on && fits).then_some(next_end)
    }

    fn recall_stretch(
        &self,
        place: usize,
        mark: Mark,
        end: u64,
        wanted: &[u64],
        bytes: &mut Vec<u8>,
        visit: &mut dyn FnMut(u64, Recalled<'_, '_>),
    ) {
        let Some(before) = self.before.get(place) else { return };
        let mut record = before.1 + u64::from(mark.record);
        let elements = before.2 + u64::from(mark.element);
        let document_lines = self.source.format.is_some_and(|format| format.lines);
        let mut wanted = wanted.iter().peekable();
        self.read_rows(place, (mark, end), bytes, &mut |row, offset, part, excerpt| {
            record += u64::from(!row.continues);
            if wanted.next_if(|wanted| **wanted == offset).is_some() {
                let place = Place {
                    number: record,
                    line: before.0 + u64::from(mark.line) + u64::from(row.line) + 1,
                    pointer: (!document_lines || !row.trail.is_empty())
                        .then(|| pointer(part, elements + u64::from(row.element), row.trail)),
                };
                visit(offset, Recalled { row, place, excerpt: excerpt() });
            }
        });
    }

    /// Reads the rows from a mark of a block to a byte again.
    fn read_rows(
        &self,
        place: usize,
        (mark, end): (Mark, u64),
        bytes: &mut Vec<u8>,
        meet: &mut Meet<'_>,
    ) {
        let (Some(document), Some(block)) =
            (self.source.document.as_deref(), self.blocks.get(place))
        else {
            return;
        };
        let start = block.offset + u64::from(mark.offset);
        let part = self.source.part_of(block);
        let part = &*part;
        let offset = |row: &Row<'_>| start + row.offset as u64;
        if let Some(kept) = &block.kept {
            kept.rows(document, part, &mut |row, record| {
                meet(row, offset(row), part, &|| match record {
                    Some(bytes) => document.excerpt(bytes, &row.alone()),
                    None => compose_excerpt(row),
                });
            });
        } else if self.read_stretch(start, end, bytes) {
            let _ = read_on(document, &Block::again(bytes, part), &mut |row| {
                meet(row, offset(row), part, &|| document.excerpt(bytes, row));
            });
        }
    }

    /// Whether these bytes could be read.
    fn read_stretch(&self, start: u64, end: u64, bytes: &mut Vec<u8>) -> bool {
        let length = usize::try_from(end - start).unwrap_or(0);
        self.source.read_at(start, length, bytes, 0).is_ok()
    }
}

fn pointer(part: &Part, number: u64, trail: &str) -> String {
    match part.list {
        true => format!("{}/{number}{trail}", part.pointer),
        false => format!("{}{trail}", part.pointer),
    }
}
