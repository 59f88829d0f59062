//! Reads files in tests as the driver does, with few bytes at a time.

use crate::model::observation::{Noticed, Observation};
use crate::model::row::{Field, Row, RowFault};
use crate::model::shift::Kind;
use crate::model::source::Role;
use crate::read::json::{JsonDocument, Layout};
use crate::read::ndjson::LinesDocument;
use crate::read::{Account, Block, Document, ParseError, Part};
use std::collections::BTreeMap;

/// A row with its words copied and its place counted from the file's start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::read) struct DrivenRow {
    pub(in crate::read) offset: usize,
    pub(in crate::read) line: usize,
    pub(in crate::read) pointer: String,
    pub(in crate::read) kind: Option<Kind>,
    pub(in crate::read) continues: bool,
    pub(in crate::read) fault: Option<RowFault>,
    pub(in crate::read) words: Vec<(Field, String)>,
    /// The number of its element in its block.
    element: u32,
}

impl DrivenRow {
    pub(in crate::read) fn word(&self, field: Field) -> &str {
        self.words.iter().find(|(own, _)| *own == field).map_or("", |(_, word)| word)
    }

    fn of(row: &Row<'_>) -> DrivenRow {
        let words = Field::all().map(|field| (field, row.word(field)));
        let words = words.filter(|(_, word)| !word.is_empty());
        let words = words.map(|(field, word)| (field, String::from_utf8_lossy(word).into_owned()));
        DrivenRow {
            offset: row.offset,
            line: row.line as usize,
            pointer: row.trail.to_owned(),
            kind: row.kind,
            continues: row.continues,
            fault: row.fault,
            words: words.collect(),
            element: row.element,
        }
    }
}

/// What was noticed, and how often: its place, its detail, and where first.
pub(in crate::read) type NoticedAt = BTreeMap<(Noticed, String, String), (u64, u64)>;

/// What came of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::read) struct DrivenFile {
    pub(in crate::read) rows: Vec<DrivenRow>,
    pub(in crate::read) noticed: NoticedAt,
    pub(in crate::read) fault: Option<ParseError>,
    /// The most bytes that were kept.
    pub(in crate::read) kept: usize,
}

impl DrivenFile {
    /// What was noticed, without where and how often.
    pub(in crate::read) fn places(&self) -> Vec<(Noticed, &str)> {
        self.noticed.keys().map(|(noticed, place, _)| (*noticed, place.as_str())).collect()
    }

    fn note(&mut self, observation: Observation, base: usize) {
        let Observation { noticed, place, detail, count, at } = observation;
        let at = at + base as u64;
        let known = self.noticed.entry((noticed, place, detail)).or_insert((0, at));
        *known = (known.0 + count, known.1.min(at));
    }
}

/// A layout without anything in it.
pub(in crate::read) fn plain() -> Layout {
    Layout { role: Some(Role::Batch), ..Layout::default() }
}

/// A document with this layout.
pub(in crate::read) fn json(layout: Layout) -> JsonDocument {
    JsonDocument::new(layout)
}

/// A document and lines without anything known of them.
pub(in crate::read) fn documents() -> [Box<dyn Document>; 2] {
    [Box::new(json(plain())), Box::new(LinesDocument { layout: plain() })]
}

/// Reads some records again.
pub(in crate::read) fn rows(
    document: &dyn Document,
    bytes: &[u8],
) -> (Vec<DrivenRow>, Option<ParseError>) {
    let part = Part { list: true, ..Part::default() };
    let (rows, fault, _) = read(document, &Block::new(bytes, &part));
    (rows, fault)
}

/// The rows of a piece, why it breaks, and what else is known of it.
fn read(
    document: &dyn Document,
    block: &Block<'_>,
) -> (Vec<DrivenRow>, Option<ParseError>, Account) {
    let (mut rows, mut account) = (Vec::new(), Account::default());
    let fault = document.read(block, &mut account, &mut |row| rows.push(DrivenRow::of(row)));
    (rows, fault.err(), account)
}

/// Reads a file that arrives `step` bytes at a time.
pub(in crate::read) fn drive(document: &dyn Document, file: &[u8], step: usize) -> DrivenFile {
    let mut outcome = DrivenFile::default();
    let mut cutter = document.cutter();
    let (mut base, mut end) = (0, step.min(file.len()));
    let mut elements: BTreeMap<u32, u32> = BTreeMap::new();
    loop {
        let bytes = &file[base..end];
        outcome.kept = outcome.kept.max(bytes.len());
        let cut = cutter.cut(bytes, end == file.len());
        cutter.take_observations().into_iter().for_each(|one| outcome.note(one, base));
        match cut {
            Ok(Some(piece)) => {
                assert!(piece.start <= piece.end && piece.end <= piece.next);
                assert!(piece.next <= bytes.len(), "a piece within the bytes at hand");
                let start = base + piece.start;
                let whole = Part::default();
                let part = cutter.parts().get(piece.part as usize).map_or(&whole, |part| part);
                let block = Block::new(&bytes[piece.start..piece.end], part);
                let (rows, fault, account) = read(document, &block);
                let lines = file[..start].iter().filter(|byte| **byte == b'\n').count();
                let before = elements.entry(piece.part).or_default();
                outcome.rows.extend(rows.into_iter().map(|row| DrivenRow {
                    offset: row.offset + start,
                    line: row.line + lines,
                    pointer: match part.list {
                        true => {
                            format!("{}/{}{}", part.pointer, row.element + *before, row.pointer)
                        }
                        false => format!("{}{}", part.pointer, row.pointer),
                    },
                    element: row.element + *before,
                    ..row
                }));
                *before += account.elements;
                account.observations.into_iter().for_each(|one| outcome.note(one, start));
                if let Some(fault) = fault {
                    outcome.fault = Some(ParseError { offset: fault.offset + start, ..fault });
                    break;
                }
                base += piece.next;
            }
            Ok(None) if end == file.len() => break,
            Ok(None) => end = (end + step).min(file.len()),
            Err(fault) => {
                outcome.fault = Some(ParseError { offset: fault.offset + base, ..fault });
                break;
            }
        }
    }
    outcome
}
