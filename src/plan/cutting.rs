//! Inputs become outlines from which chunks are cut.
//!
//! Most records are cut out as they are written. Where a record has words from elsewhere, such
//! as those of a line above, it is written as flat CSV.

use super::batch::Batch;
use super::flat;
use crate::read::content::encode;
use crate::read::source::Source;
use crate::schedule::Schedule;
use crate::split::{
    Bare, ChunkChoice, Dialect, DocumentOutline, KeyUse, Outline, PageChange, ReadAt, TableOutline,
    outline_document, outline_lines, outline_table, page_key, rewrite_pages,
};
use std::collections::BTreeMap;
use std::io;
use std::ops::Range;

/// An input of the batch, ready to be cut.
pub(super) struct CutInput<'a> {
    source: &'a Source,
    /// The places of its records among those of the batch.
    pub(super) records: Range<u32>,
    how: How,
}

/// How records of an input are written.
enum How {
    /// As they are: for each record the items of the outline that it is written as, the first
    /// and the one after the last. Several records can be in one item.
    Document(DocumentOutline, Vec<Range<u32>>),
    Table(TableOutline, Vec<Range<u32>>),
    /// As flat CSV.
    Flat,
}

/// The text of an input, unpacked and as UTF-8.
struct InputText<'a>(&'a Source);

impl ReadAt for InputText<'_> {
    fn length(&self) -> u64 {
        self.0.text_length()
    }

    fn read(&self, from: u64, count: usize, into: &mut Vec<u8>) -> io::Result<()> {
        self.0.read_text(from, count, into)
    }
}

impl<'a> CutInput<'a> {
    /// The inputs of the batch that have records, by their ranks.
    pub(super) fn all(schedule: &Schedule<'a>, batch: &Batch) -> BTreeMap<u16, CutInput<'a>> {
        let cut = |(rank, records): (u16, Range<u32>)| {
            (rank, CutInput::of(&schedule.run.sources[usize::from(rank)], batch, records))
        };
        batch.by_source().map(cut).collect()
    }

    fn of(source: &'a Source, batch: &Batch, records: Range<u32>) -> CutInput<'a> {
        let how = How::of(source, batch, &records).unwrap_or(How::Flat);
        CutInput { source, records, how }
    }

    /// Whether its records are written as flat CSV.
    pub(super) const fn is_flat(&self) -> bool {
        matches!(self.how, How::Flat)
    }

    /// The bytes of a file with these records, in their order, and what is around them; and which
    /// page keys were changed.
    pub(super) fn file(
        &self,
        (schedule, batch): (&Schedule<'_>, &Batch),
        records: &[u32],
    ) -> io::Result<(Vec<u8>, Vec<PageChange>)> {
        let text = InputText(self.source);
        let (mut out, mut changes) = (Vec::new(), Vec::new());
        match &self.how {
            How::Document(outline, of_records) => {
                let chosen = self.items(of_records, records);
                let plain =
                    ChunkChoice { records: &chosen, bare: Bare::First, ..ChunkChoice::default() };
                let pages = rewrite_pages(outline, &text, &plain)?;
                let choice = ChunkChoice { edits: &pages.edits, removed: &pages.removed, ..plain };
                outline.write(&text, &choice, &mut out)?;
                changes = pages.changes;
            }
            How::Table(outline, of_records) => {
                let chosen = self.items(of_records, records);
                outline.write(&text, &ChunkChoice::of(&chosen), &mut out)?;
            }
            How::Flat => {
                flat::write(schedule, batch, records, &mut out)?;
                return Ok((out, changes));
            }
        }
        Ok((encode(self.source.wrapping().encoding, out), changes))
    }

    /// The items of the outline that these records are written as.
    fn items(&self, of_records: &[Range<u32>], records: &[u32]) -> Vec<u32> {
        let of = |record: &u32| of_records[(*record - self.records.start) as usize].clone();
        let mut items: Vec<u32> = records.iter().flat_map(of).collect();
        items.sort_unstable();
        items.dedup();
        items
    }
}

impl How {
    /// `None` if the input cannot be cut.
    fn of(source: &Source, batch: &Batch, records: &Range<u32>) -> Option<How> {
        let text = InputText(source);
        let whole = source.is_upload();
        let mut offsets = Vec::new();
        let mut of_records = Vec::with_capacity(records.len());
        for record in records.clone() {
            let row = &batch.rows(record as usize)[0];
            // Of an upload the part of an agent is sent as a whole, with what it says beside.
            let at = if whole { row.element } else { row.record.offset() };
            if offsets.last() != Some(&at) {
                offsets.push(at);
            }
            of_records.push(offsets.len() as u32 - 1..offsets.len() as u32);
        }
        let Some(delimiter) = source.delimiter() else {
            let outline = match source.has_lines() {
                true => outline_lines(&text, &offsets, &key_use),
                false => outline_document(&text, &offsets, &key_use),
            };
            return Some(How::Document(outline.ok()?, of_records));
        };
        let stand_alone = records
            .clone()
            .all(|record| batch.rows(record as usize).iter().all(|row| row.stands_alone));
        // A chunk of a sheet no longer has the name that says what its records are.
        if source.kind_by_name().is_some() {
            return None;
        }
        let dialect = Dialect { delimiter, quote: Some(b'"') };
        let head = source.head_length();
        if source.joins_lines() {
            let lines = line_starts(&text, head).ok()?;
            let of_records = spread(&lines, &offsets);
            let outline = outline_table(&text, head, &lines, dialect).ok()?;
            return Some(How::Table(outline, of_records));
        }
        let outline = stand_alone.then(|| outline_table(&text, head, &offsets, dialect).ok());
        Some(How::Table(outline??, of_records))
    }
}

/// Where lines begin that are not empty, after the head of a table.
fn line_starts(text: &InputText<'_>, head: u64) -> io::Result<Vec<u64>> {
    const BLOCK: usize = 1 << 18;
    let (mut starts, mut line, mut at) = (Vec::new(), head, head);
    let (mut is_empty, mut is_quoted, mut block) = (true, false, Vec::new());
    loop {
        text.read(at, BLOCK, &mut block)?;
        for byte in &block {
            at += 1;
            match byte {
                b'"' => (is_quoted, is_empty) = (!is_quoted, false),
                b'\n' if !is_quoted => {
                    starts.extend((!is_empty).then_some(line));
                    (line, is_empty) = (at, true);
                }
                b'\r' => {}
                _ => is_empty = false,
            }
        }
        if block.len() < BLOCK {
            starts.extend((!is_empty).then_some(line));
            return Ok(starts);
        }
    }
}

/// For each record its lines: those from where it begins to the next record.
fn spread(lines: &[u64], offsets: &[u64]) -> Vec<Range<u32>> {
    let place = |offset: u64| lines.partition_point(|line| *line < offset) as u32;
    let ends = offsets.iter().skip(1).map(|next| place(*next)).chain([lines.len() as u32]);
    offsets.iter().zip(ends).map(|(offset, end)| place(*offset)..end).collect()
}

/// What a key outside of records is: a name of the format, a page key, or what the value is
/// about, such as the id of an agent in a map.
fn key_use(key: &[u8]) -> KeyUse {
    let is_id = key.iter().any(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'@' | b' '));
    page_key(key).unwrap_or(if is_id { KeyUse::Entry } else { KeyUse::Field })
}
