//! Reads files in tests as the driver does, with few bytes at a time.

use crate::model::row::{Field, RowFault};
use crate::model::settings::Limits;
use crate::model::shift::Kind;
use crate::model::source::Role;
use crate::read::json::{JsonDocument, Layout};
use crate::read::ndjson::LinesDocument;
use crate::read::{Block, Document, Fault, Opening, Part};
use std::sync::Arc;

/// A row with its words copied and its place counted from the file's start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::read) struct Seen {
    pub(in crate::read) offset: usize,
    pub(in crate::read) line: usize,
    pub(in crate::read) pointer: Option<String>,
    pub(in crate::read) kind: Option<Kind>,
    pub(in crate::read) fault: Option<RowFault>,
    pub(in crate::read) words: Vec<(Field, String)>,
}

impl Seen {
    pub(in crate::read) fn word(&self, field: Field) -> &str {
        self.words.iter().find(|(own, _)| *own == field).map_or("", |(_, word)| word)
    }
}

/// What came of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::read) struct Outcome {
    pub(in crate::read) rows: Vec<Seen>,
    pub(in crate::read) parts: Vec<Part>,
    pub(in crate::read) notes: Vec<String>,
    pub(in crate::read) fault: Option<Fault>,
    /// The most bytes that were kept.
    pub(in crate::read) kept: usize,
}

/// A layout without anything in it.
pub(in crate::read) fn plain() -> Layout {
    Layout { role: Some(Role::Batch), ..Layout::default() }
}

/// A document with this layout.
pub(in crate::read) fn json(layout: Layout) -> JsonDocument {
    JsonDocument { layout: Arc::new(layout) }
}

/// A document and lines without anything known of them.
pub(in crate::read) fn documents() -> [Box<dyn Document>; 2] {
    [Box::new(json(plain())), Box::new(LinesDocument { layout: plain() })]
}

/// Opens a file of which the whole is at hand.
pub(in crate::read) fn opening(file: &[u8], role: Role) -> Opening<'_> {
    Opening { head: file, whole: true, role, columns: &[], limits: Limits::default() }
}

/// Reads some records again.
pub(in crate::read) fn rows(document: &dyn Document, bytes: &[u8]) -> (Vec<Seen>, Option<Fault>) {
    let mut rows = Vec::new();
    let block = Block { bytes, kind: None };
    let fault = document.read(&block, &mut |row| {
        let words = Field::all().map(|field| (field, row.word(field)));
        let words = words.filter(|(_, word)| !word.is_empty());
        let words = words.map(|(field, word)| (field, String::from_utf8_lossy(word).into_owned()));
        let (offset, line, fault) = (row.offset, row.line as usize, row.fault);
        let words = words.collect();
        rows.push(Seen { offset, line, pointer: None, kind: None, fault, words });
    });
    (rows, fault.err())
}

/// Reads a file that arrives `step` bytes at a time.
pub(in crate::read) fn drive(document: &dyn Document, file: &[u8], step: usize) -> Outcome {
    let mut outcome = Outcome::default();
    let mut cutter = document.cutter();
    let (mut base, mut end) = (0, step.min(file.len()));
    loop {
        let bytes = &file[base..end];
        outcome.kept = outcome.kept.max(bytes.len());
        match cutter.cut(bytes, end == file.len()) {
            Ok(Some(piece)) => {
                assert!(piece.start <= piece.end && piece.end <= piece.next);
                assert!(piece.next <= bytes.len(), "a piece within the bytes at hand");
                let start = base + piece.start;
                let (rows, fault) = rows(document, &bytes[piece.start..piece.end]);
                let lines = file[..start].iter().filter(|byte| **byte == b'\n').count();
                let part = cutter.parts().get(usize::from(piece.part));
                outcome.rows.extend(rows.into_iter().map(|row| Seen {
                    offset: row.offset + start,
                    line: row.line + lines,
                    pointer: part.map(|part| part.pointer.clone()),
                    kind: part.and_then(|part| part.kind),
                    ..row
                }));
                if let Some(fault) = fault {
                    outcome.fault = Some(Fault { offset: fault.offset + start, ..fault });
                    break;
                }
                base += piece.next;
            }
            Ok(None) if end == file.len() => break,
            Ok(None) => end = (end + step).min(file.len()),
            Err(fault) => {
                outcome.fault = Some(Fault { offset: fault.offset + base, ..fault });
                break;
            }
        }
    }
    (outcome.parts, outcome.notes) = (cutter.parts().to_vec(), cutter.notes().to_vec());
    outcome
}
