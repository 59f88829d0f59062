//! Files become rows as the program reads them, in pieces of any size.

use shiftlint::model::row::{Field, Row, RowFault};
use shiftlint::model::shift::Kind;
use shiftlint::model::source::Role;
use shiftlint::read::{Account, Block, Document, Format, Opening, Part};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A row with its words copied and its place counted from the file's start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) offset: usize,
    /// Its line, counted from 0.
    pub(crate) line: usize,
    /// Where reading begins again so as to come to it.
    pub(crate) restart: usize,
    /// Its JSON pointer, for documents.
    pub(crate) pointer: String,
    /// The part that it is of.
    pub(crate) part: Arc<Part>,
    pub(crate) kind: Option<Kind>,
    /// The number of its element in its part.
    element: u32,
    pub(crate) fault: Option<RowFault>,
    pub(crate) words: Vec<(Field, Vec<u8>)>,
}

impl Seen {
    /// The word of a field; empty if it has none.
    pub(crate) fn word(&self, field: Field) -> &[u8] {
        self.words.iter().find(|(own, _)| *own == field).map_or(b"", |(_, word)| word)
    }
}

/// What came of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Outcome {
    pub(crate) rows: Vec<Seen>,
    /// Where reading stopped before the end, and why.
    pub(crate) fault: Option<(usize, String)>,
}

/// Sizes of portions, made up from a seed.
pub(crate) struct Steps {
    state: u32,
    most: u32,
}

impl Steps {
    /// Portions of which the seed tells how large they are at most.
    pub(crate) fn new(seed: u8) -> Steps {
        let most = [1, 2, 3, 5, 9, 17, 64, 300][usize::from(seed % 8)];
        Steps { state: u32::from(seed).wrapping_mul(0x9e37_79b9) | 1, most }
    }

    fn next(&mut self) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 17;
        self.state ^= self.state << 5;
        (self.state % self.most + 1) as usize
    }
}

/// Understands the beginning of a file of which the whole is at hand.
pub(crate) fn open(format: &Format, file: &[u8]) -> Option<Box<dyn Document>> {
    let opening = Opening::of_whole(file, Role::Batch);
    (format.open)(&opening).ok()
}

/// Reads a file that arrives in portions; at once where there are no steps.
pub(crate) fn read(document: &dyn Document, file: &[u8], mut steps: Option<Steps>) -> Outcome {
    let mut step = || steps.as_mut().map_or(usize::MAX, Steps::next);
    let (mut outcome, mut cutter) = (Outcome::default(), document.cutter());
    let mut base = document.outset().start.min(file.len());
    let mut end = base.saturating_add(step()).min(file.len());
    let (mut counted, mut line) = (0, 0);
    let mut elements: BTreeMap<u32, u32> = BTreeMap::new();
    loop {
        match cutter.cut(&file[base..end], end == file.len()) {
            Ok(Some(piece)) => {
                assert!(piece.start <= piece.end && piece.end <= piece.next);
                assert!(piece.next <= end - base, "a piece lies within the bytes at hand");
                let part = cutter.parts().get(piece.part as usize).cloned().unwrap_or_default();
                let block = Block::new(&file[base + piece.start..base + piece.end], &part);
                let (rows, fault, count) = rows(document, &block);
                let before = elements.entry(piece.part).or_insert(0);
                line += lines(document, &file[counted..base + piece.start]);
                counted = base + piece.start;
                outcome.rows.extend(rows.into_iter().map(|row| Seen {
                    offset: row.offset + base + piece.start,
                    restart: row.restart + base + piece.start,
                    line: row.line + line,
                    pointer: match part.list {
                        true => {
                            format!("{}/{}{}", part.pointer, row.element + *before, row.pointer)
                        }
                        false => format!("{}{}", part.pointer, row.pointer),
                    },
                    element: row.element + *before,
                    part: Arc::clone(&part),
                    ..row
                }));
                *before += count;
                if let Some((offset, message)) = fault {
                    outcome.fault = Some((offset + base + piece.start, message));
                    break;
                }
                base += piece.next;
                end = end.max(base);
            }
            Ok(None) if end == file.len() => break,
            Ok(None) => end = end.saturating_add(step()).min(file.len()),
            Err(fault) => {
                outcome.fault = Some((fault.offset + base, fault.message));
                break;
            }
        }
    }
    outcome
}

fn lines(document: &dyn Document, bytes: &[u8]) -> usize {
    let end = document.outset().line_end;
    bytes.iter().filter(|byte| **byte == end).count()
}

/// The rows of a piece, why it breaks, and how many elements it has.
fn rows(document: &dyn Document, block: &Block<'_>) -> (Vec<Seen>, Option<(usize, String)>, u32) {
    let (mut rows, mut account) = (Vec::new(), Account::default());
    let outcome = document.read(block, &mut account, &mut |row| {
        show(document, block, row);
        rows.push(seen(row));
    });
    (rows, outcome.err().map(|fault| (fault.offset, fault.message)), account.elements)
}

fn seen(row: &Row<'_>) -> Seen {
    let words = Field::all().map(|field| (field, row.word(field).to_vec()));
    Seen {
        offset: row.offset,
        line: row.line as usize,
        restart: row.restart,
        pointer: row.trail.to_owned(),
        part: Arc::default(),
        element: row.element,
        kind: row.kind,
        fault: row.fault,
        words: words.filter(|(_, word)| !word.is_empty()).collect(),
    }
}

/// What a finding shows of a row can be shown.
fn show(document: &dyn Document, block: &Block<'_>, row: &Row<'_>) {
    let excerpt = document.excerpt(block.bytes, row);
    for (field, range) in excerpt.words {
        assert!(excerpt.text.part(range).is_some(), "the {} lies in the text", field.name());
    }
}

/// A record that is read again from where reading can begin is what it was.
pub(crate) fn assert_recalled(document: &dyn Document, file: &[u8], outcome: &Outcome) {
    for row in outcome.rows.iter().take(12) {
        let later = outcome.rows.iter().map(|other| other.restart);
        let end = later.filter(|place| *place > row.restart).min();
        let bytes = &file[row.restart..end.unwrap_or(file.len())];
        let (again, ..) = rows(document, &Block::new(bytes, &row.part));
        let words = |seen: &Seen| (seen.words.clone(), seen.fault, seen.kind);
        let found = again.iter().find(|seen| seen.offset + row.restart == row.offset);
        assert_eq!(found.map(words), Some(words(row)), "read again at {}", row.offset);
    }
}
