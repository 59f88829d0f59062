//! A sparse index: finds the place in a file from which a record is read again.
//!
//! It knows the blocks that were read and has a mark every 4 KB, so that a record is read again
//! from the mark before it, by the same reader. Where each line or element of a block is one
//! record, it is read alone.
//!
//! **Price tag.** Records that are read alone: 0.86 of the time of a million records of NDJSON
//! with 7,500 findings, 0.96 of JSON, 0.97 of CSV, against reading on from the mark. Both
//! ways give the same rows by a property test.

use super::Source;
use super::completions::hand_over;
use super::gathered::GatheredLines;
use super::kept::Kept;
use super::onward::read_on;
use crate::model::finding::Excerpt;
use crate::model::row::Row;
use crate::read::{Block, Document, Enclosing, Part, compose_excerpt};
use memchr::memchr_iter;
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
    pub(super) marks: Vec<RestartMark>,
    /// Whether its lines or elements are a record each, so that one can be read alone. Never
    /// of records that are kept.
    pub(super) one_each: bool,
    /// Its records, if the block cannot be read again. It has one mark then.
    pub(super) kept: Option<Kept>,
}

impl Indexed {
    /// Whether so many of the records in so many bytes are wanted that all of them are read: in a
    /// row, a record takes less than a quarter of what it takes alone.
    fn are_dense(&self, wanted: usize, bytes: u64) -> bool {
        let usual_length = (self.end - self.offset) / self.records.max(1);
        4 * wanted as u64 * usual_length >= bytes
    }
}

/// A record of a block from which reading can begin: bytes, lines, records and
/// elements after the start of the block.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RestartMark {
    pub(super) offset: u32,
    pub(super) line: u32,
    pub(super) record: u32,
    pub(super) element: u32,
}

impl RestartMark {
    /// The mark after so many records, bytes and lines.
    const fn further(self, records: u32, bytes: usize, lines: u32) -> RestartMark {
        RestartMark {
            offset: self.offset + bytes as u32,
            line: self.line + lines,
            record: self.record + records,
            element: self.element + records,
        }
    }
}

/// The numbers of a record in its file.
#[derive(Clone, Copy)]
struct RecordNumbers {
    /// From 1; before a mark, how many there are.
    record: u64,
    /// From 0.
    line: u64,
    /// Of its part, from 0.
    element: u64,
}

/// What is read again of a stretch. Kept from stretch to stretch, for its memory.
#[derive(Default)]
struct StretchRoom {
    bytes: Vec<u8>,
    /// Each with the byte at which the wanted record begins, and the mark at its line.
    lines: GatheredLines<(u64, RestartMark)>,
}

/// The place of a record, for people.
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
    /// Its place.
    pub place: Place,
    /// Makes the record as a finding shows it.
    pub excerpt: &'r dyn Fn() -> Excerpt,
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

    /// Where the first records begin, limited in number; and whether there are no more.
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
    fn stretches(&self, place: usize) -> Vec<(RestartMark, u64)> {
        let Some(block) = self.blocks.get(place) else { return Vec::new() };
        let next = block.marks.iter().skip(1).map(|next| block.offset + u64::from(next.offset));
        block.marks.iter().copied().zip(next.chain([block.end])).collect()
    }

    /// Reads the records that begin at these bytes again, in order. Those that are not
    /// found are skipped; the file has changed then.
    pub fn recall(&self, offsets: &[u64], visit: &mut dyn FnMut(u64, Recalled<'_, '_>)) {
        let mut rest = offsets;
        let mut room = StretchRoom::default();
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
            self.recall_stretch(block, mark, end, &rest[..wanted], &mut room, visit);
            rest = &rest[wanted.max(1)..];
        }
        self.source.pause();
    }

    /// The block, the mark before an offset, and the byte of the next mark.
    fn stretch(&self, offset: u64) -> Option<(usize, RestartMark, u64)> {
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

    /// The end of the stretch with this offset, if it begins where one of the same block
    /// ends and both together are not too long.
    fn longer(
        &self,
        mark: RestartMark,
        block: usize,
        end: u64,
        offset: Option<&u64>,
    ) -> Option<u64> {
        let (next_block, next, next_end) = self.stretch(*offset?)?;
        let start = self.blocks.get(block)?.offset;
        let goes_on = next_block == block && start + u64::from(next.offset) == end;
        let fits = next_end - start <= u64::from(mark.offset) + LONGEST_STRETCH;
        (goes_on && fits).then_some(next_end)
    }

    fn recall_stretch(
        &self,
        place: usize,
        mark: RestartMark,
        end: u64,
        wanted: &[u64],
        room: &mut StretchRoom,
        visit: &mut dyn FnMut(u64, Recalled<'_, '_>),
    ) {
        let Some(block) = self.blocks.get(place) else { return };
        let start = block.offset + u64::from(mark.offset);
        if !block.one_each || block.are_dense(wanted.len(), end - start) {
            let rows =
                |meet: &mut Meet<'_>| self.read_rows(place, (mark, end), &mut room.bytes, meet);
            return self.pick(place, mark, wanted, visit, rows);
        }
        let Some(document) = self.source.document.as_deref() else { return };
        if !self.read_stretch(start, end, &mut room.bytes) {
            return;
        }
        let StretchRoom { bytes, lines } = room;
        let part = self.source.part_of(block);
        lines.clear();
        let (mut from, mut mark) = (0, mark);
        for offset in wanted {
            let rest = bytes.get(from..).unwrap_or_default();
            let at = (offset - start) as usize - from;
            let Some(Enclosing { range, before }) = document.enclosing(rest, at) else { continue };
            let (behind, record) = (rest.get(..range.start), rest.get(range.clone()));
            let (behind, record) = (behind.unwrap_or_default(), record.unwrap_or_default());
            from += range.start;
            if self.source.has_lines() {
                mark = mark.further(before, behind.len(), before);
                let within = offset - block.offset - u64::from(mark.offset);
                lines.push((record, self.source.line_end()), within, (*offset, mark));
                continue;
            }
            let line_ends = memchr_iter(self.source.line_end(), behind).count() as u32;
            mark = mark.further(before, behind.len(), line_ends);
            let rows = |meet: &mut Meet<'_>| {
                let start = block.offset + u64::from(mark.offset);
                read_bytes(document, &part, (start, record), meet);
            };
            self.pick(place, mark, &[*offset], visit, rows);
        }
        self.recall_lines(place, lines, visit);
    }

    /// Reads lines again that are a record each.
    fn recall_lines(
        &self,
        place: usize,
        lines: &GatheredLines<(u64, RestartMark)>,
        visit: &mut dyn FnMut(u64, Recalled<'_, '_>),
    ) {
        let (Some(document), Some(block)) =
            (self.source.document.as_deref(), self.blocks.get(place))
        else {
            return;
        };
        let part = self.source.part_of(block);
        let mut wanted = lines.wanted();
        read_bytes(document, &part, (0, lines.bytes()), &mut |row, at, part, excerpt| {
            let Some(((offset, mark), record)) = wanted.find(row, at) else { return };
            if let Some(first) = self.numbers_at(place, mark) {
                let numbers = RecordNumbers { record: first.record + record, ..first };
                self.show(row, (offset, numbers), part, excerpt, visit);
            }
        });
    }

    /// Hands over the wanted ones of the records that are read from a mark on.
    fn pick(
        &self,
        place: usize,
        mark: RestartMark,
        wanted: &[u64],
        visit: &mut dyn FnMut(u64, Recalled<'_, '_>),
        rows: impl FnOnce(&mut Meet<'_>),
    ) {
        let Some(first) = self.numbers_at(place, mark) else { return };
        let mut record = first.record;
        let mut wanted = wanted.iter().peekable();
        rows(&mut |row, offset, part, excerpt| {
            record += u64::from(!row.continues);
            if wanted.next_if(|wanted| **wanted == offset).is_some() {
                let numbers = RecordNumbers {
                    record,
                    line: first.line + u64::from(row.line),
                    element: first.element + u64::from(row.element),
                };
                self.show(row, (offset, numbers), part, excerpt, visit);
            }
        });
    }

    /// How many records, lines and elements of its part are before a mark of a block.
    fn numbers_at(&self, place: usize, mark: RestartMark) -> Option<RecordNumbers> {
        let (lines, records, elements) = self.before.get(place)?;
        Some(RecordNumbers {
            record: records + u64::from(mark.record),
            line: lines + u64::from(mark.line),
            element: elements + u64::from(mark.element),
        })
    }

    /// Hands over a row with its place.
    fn show(
        &self,
        row: &Row<'_>,
        (offset, numbers): (u64, RecordNumbers),
        part: &Part,
        excerpt: &dyn Fn() -> Excerpt,
        visit: &mut dyn FnMut(u64, Recalled<'_, '_>),
    ) {
        let has_lines = self.source.has_lines();
        let place = || Place {
            number: numbers.record,
            line: numbers.line + 1,
            pointer: (!has_lines || !row.trail.is_empty())
                .then(|| pointer(part, numbers.element, row.trail)),
        };
        hand_over(self.source.completions.get(), row, offset, &mut |row, offset| {
            visit(offset, Recalled { row, place: place(), excerpt });
        });
    }

    /// Reads the rows from a mark of a block to a byte again.
    fn read_rows(
        &self,
        place: usize,
        (mark, end): (RestartMark, u64),
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
        let Some(kept) = &block.kept else {
            if self.read_stretch(start, end, bytes) {
                read_bytes(document, &part, (start, bytes), meet);
            }
            return;
        };
        kept.rows(document, &part, &mut |row, record| {
            meet(row, start + row.offset as u64, &part, &|| match record {
                Some(bytes) => document.excerpt(bytes, &row.alone()),
                None => compose_excerpt(row),
            });
        });
    }

    /// Whether these bytes could be read.
    fn read_stretch(&self, start: u64, end: u64, bytes: &mut Vec<u8>) -> bool {
        let length = usize::try_from(end - start).unwrap_or(0);
        self.source.read_at(start, length, bytes, 0).is_ok()
    }
}

/// Reads the rows of these bytes of a part again, which begin at a place in the file.
fn read_bytes(
    document: &dyn Document,
    part: &Part,
    (start, bytes): (u64, &[u8]),
    meet: &mut Meet<'_>,
) {
    let _ = read_on(document, &Block::again(bytes, part), &mut |row| {
        meet(row, start + row.offset as u64, part, &|| document.excerpt(bytes, row));
    });
}

fn pointer(part: &Part, number: u64, trail: &str) -> String {
    match part.list {
        true => format!("{}/{number}{trail}", part.pointer),
        false => format!("{}{trail}", part.pointer),
    }
}

#[cfg(test)]
mod tests {
    use super::Place;
    use crate::model::row::{Field, Row};
    use crate::model::settings::{InputFile, Settings};
    use crate::model::source::Role;
    use crate::read::source::Source;
    use proptest::prelude::{
        ProptestConfig, prop, prop_assert, prop_assert_eq, prop_oneof, proptest,
    };

    const HEADER: &str = "agent,start,end,notes\n";

    /// Lines of a table, the first far likelier than the others: plain, empty, quoted, over
    /// two lines, with other line ends, too short, and of several agents.
    const LINES: [&str; 9] = [
        "@,2026-03-02T08:00Z,2026-03-02T09:00Z,_\n",
        "\n",
        "@,2026-03-02T08:00Z,2026-03-02T09:00Z,\"_\"\n",
        "@,2026-03-02T08:00Z,2026-03-02T09:00Z,\"_\n_\"\n",
        "@,2026-03-02T08:00Z,2026-03-02T09:00Z,_\r\n",
        "@,2026-03-02T08:00Z,2026-03-02T09:00Z,_\r",
        "@,2026-03-02T08:00Z,2026-03-02T09:00Z,\"_\n_\"\r",
        "@,2026-03-02T08:00Z\n",
        "@; x@,2026-03-02T08:00Z,2026-03-02T09:00Z,_\n",
    ];

    /// Elements of a list: plain, over two lines, none of a record's, of two agents, with
    /// two shifts, and with none.
    const ELEMENTS: [&str; 6] = [
        r#"{"agent":"@","start":"2026-03-02T08:00Z","end":"2026-03-02T09:00Z","notes":"_"}"#,
        "{\"agent\":\"@\",\n\"start\":\"2026-03-02T08:00Z\",\"end\":\"2026-03-02T09:00Z\"}",
        "\"@\"",
        r#"{"agent":["@","x@"],"start":"2026-03-02T08:00Z","end":"2026-03-02T09:00Z"}"#,
        r#"{"agent":"@","shifts":[{"start":"2026-03-02T08:00Z","end":"2026-03-02T09:00Z"},{"start":"2026-03-03T08:00Z","end":"2026-03-03T09:00Z"}]}"#,
        r#"{"agent":"@","shifts":[]}"#,
    ];

    /// A piece with its own number, and so long that a few dozen are between two marks.
    fn piece(pieces: &[&str], (kind, odd): (usize, bool), number: usize) -> String {
        let piece = pieces[if odd { kind % pieces.len() } else { 0 }];
        piece.replace('@', &format!("a{number}")).replace('_', &"x".repeat(number % 90))
    }

    type Found = (u64, String, Place);

    /// Every record that is read, and the wanted ones read again.
    fn read(name: &str, text: &str, wanted: &[bool]) -> (Vec<Found>, Vec<Found>) {
        let file = InputFile::in_memory(Role::Batch, name, text.as_bytes());
        let fill_down = if name.starts_with("grouped") { vec![Field::Agent] } else { Vec::new() };
        let source = Source::open(&file, &Settings { fill_down, ..Settings::default() });
        let agent = |row: &Row<'_>| String::from_utf8_lossy(row.word(Field::Agent)).into_owned();
        let (mut all, mut number) = (Vec::<Found>::new(), 0);
        source.read_all(&mut |row, offset| {
            number += u64::from(!row.continues);
            if all.last().is_none_or(|(last, ..)| *last != offset) {
                let line = text[..offset as usize].matches('\n').count() as u64 + 1;
                all.push((offset, agent(row), Place { number, line, pointer: None }));
            }
        });
        let (mut place, mut again) = ((0..wanted.len()).cycle(), Vec::new());
        all.retain(|_| place.next().is_some_and(|place| wanted[place]));
        let offsets: Vec<u64> = all.iter().map(|(offset, ..)| *offset).collect();
        source.index().recall(&offsets, &mut |offset, recalled| {
            again.push((offset, agent(recalled.row), recalled.place));
        });
        (all, again)
    }

    /// The element of a document in which a pointer ends.
    fn element(text: &str, pointer: &str) -> Option<String> {
        let root: serde_json::Value = serde_json::from_str(text).ok()?;
        let number = pointer.find(|letter: char| letter.is_ascii_digit())?;
        let end = pointer[number..].find('/').map_or(pointer.len(), |length| number + length);
        root.pointer(&pointer[..end]).map(ToString::to_string)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        /// Of most files every record is a line or an element, and the wanted ones are
        /// read alone if they are few; many of them, and odd ones, send the others through the
        /// usual way.
        #[test]
        fn records_are_found_again_however_few_are_wanted(
            pieces in prop::collection::vec((0..LINES.len(), prop::bool::weighted(0.005)), 1..300),
            wanted in prop_oneof![
                prop::collection::vec(prop::bool::ANY, 1..20),
                prop::collection::vec(prop::bool::weighted(0.05), 20..80),
            ],
        ) {
            let of = |all: &[&str]| -> Vec<String> {
                pieces.iter().zip(0..).map(|(kind, number)| piece(all, *kind, number)).collect()
            };
            let elements = of(&ELEMENTS);
            let lines: String =
                elements.iter().map(|element| element.replace('\n', " ") + "\n").collect();
            let json = format!("[ \n{}\n]", elements.join(" ,\n "));
            let table = of(&LINES);
            let agentless = |(line, number): (&String, usize)| match number % 3 {
                0 => line.clone(),
                _ => line.replace(&format!("a{number}"), ""),
            };
            let grouped: String = table.iter().zip(0..).map(agentless).collect();
            for (name, text) in [
                ("table.csv", format!("{HEADER}{}", table.concat())),
                ("grouped.csv", format!("{HEADER}{grouped}")),
                ("lines.ndjson", lines),
                ("one line.json", json.replace('\n', " ")),
                ("within.json", format!("{{\n\"shifts\": {json}}}")),
                ("list.json", json),
            ] {
                let (expected, found) = read(name, &text, &wanted);
                prop_assert_eq!(found.len(), expected.len());
                for ((offset, agent, place), (at, name, again)) in expected.iter().zip(&found) {
                    prop_assert_eq!((offset, agent), (at, name));
                    prop_assert_eq!((place.number, place.line), (again.number, again.line));
                    let pointer = again.pointer.as_deref();
                    let element = pointer.and_then(|pointer| element(&text, pointer));
                    prop_assert!(element.is_none_or(|element| element.contains(&**agent)));
                }
            }
        }
    }
}
