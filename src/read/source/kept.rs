//! Keeps the records of a stream, as far as findings can show them.
//!
//! Standard input and pipes can be read once, so that a record is gone when a finding names it.
//! A record that findings show verbatim is kept whole, for it is short. Of any other record the
//! words of its fields are kept, in LEB128. Its other text is not kept, so that memory grows
//! with records and their words and not with bytes: a test sends records with 16 KB beside their
//! fields. The rows that are recalled are those that were kept.

use crate::model::row::{Alternate, Claim, Field, Row, RowFault};
use crate::model::shift::Kind;
use crate::read::{Account, Block, Document, Part};

/// The records of a block, one after the other.
#[derive(Debug)]
pub(super) struct Kept(Box<[u8]>);

/// Writes records down, in the order of their block.
#[derive(Debug, Default)]
pub(super) struct Keeper {
    bytes: Vec<u8>,
    offset: usize,
    line: u32,
}

/// What follows a record's place: the record verbatim, or its words and what is wrong with
/// it.
const VERBATIM: u64 = 0;
const SOUND: u64 = 1;
const RAGGED: u64 = 2;
const NOT_UTF8: u64 = 3;
const NUL: u64 = 4;
const NOT_AN_OBJECT: u64 = 5;
const AGENTLESS: u64 = 6;
const BROKEN: u64 = 7;
const HEADER: u64 = 8;
const TOTAL: u64 = 9;

impl Keeper {
    /// Keeps a record of a block that has these bytes.
    pub(super) fn keep(&mut self, document: &dyn Document, bytes: &[u8], row: &Row<'_>) {
        let verbatim = document.verbatim(bytes, row);
        if verbatim.is_some() && row.continues {
            return; // The record before gives this row as well.
        }
        self.put(row.offset.saturating_sub(self.offset) as u64);
        self.put(u64::from(row.line.saturating_sub(self.line)));
        (self.offset, self.line) = (row.offset, row.line);
        match verbatim {
            Some(record) => {
                self.put(VERBATIM);
                self.put_word(record);
            }
            None => self.put_words(row),
        }
    }

    /// All that was kept.
    pub(super) fn finish(self) -> Kept {
        Kept(self.bytes.into_boxed_slice())
    }

    fn put_words(&mut self, row: &Row<'_>) {
        match row.fault {
            None => self.put(SOUND),
            Some(RowFault::Ragged { found, expected }) => {
                [RAGGED, found.into(), expected.into()].into_iter().for_each(|part| self.put(part));
            }
            Some(RowFault::NotUtf8) => self.put(NOT_UTF8),
            Some(RowFault::Nul) => self.put(NUL),
            Some(RowFault::NotAnObject) => self.put(NOT_AN_OBJECT),
            Some(RowFault::Agentless) => self.put(AGENTLESS),
            Some(RowFault::Broken) => self.put(BROKEN),
            Some(RowFault::Header) => self.put(HEADER),
            Some(RowFault::Total) => self.put(TOTAL),
        }
        self.put_place(row);
        let filled = |field: &Field| !row.raw(*field).is_empty();
        self.put(Field::all().filter(filled).map(bit).sum());
        Field::all().filter(filled).for_each(|field| self.put_word(row.raw(field)));
    }

    /// Writes where in its element the record is, and what it is by its surroundings.
    fn put_place(&mut self, row: &Row<'_>) {
        let kind = row.kind.map_or(0, |kind| kind as u64 + 1);
        self.put(kind << 1 | u64::from(row.continues));
        self.put(row.element.into());
        self.put_word(row.trail.as_bytes());
        self.put_word(row.numbered.as_bytes());
        self.put(row.alternates.len() as u64);
        for alternate in row.alternates {
            self.put(alternate.field as u64);
            self.put_word(alternate.word);
            self.put_word(alternate.column.as_bytes());
            self.put_word(alternate.chosen.as_bytes());
            self.put(alternate.claim.map_or(0, |claim| claim as u64 + 1));
        }
    }

    fn put_word(&mut self, word: &[u8]) {
        self.put(word.len() as u64);
        self.bytes.extend_from_slice(word);
    }

    /// Seven bits a byte, the lowest first; all bytes but the last are marked.
    fn put(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }
}

fn bit(field: Field) -> u64 {
    const { assert!(Field::COUNT <= 64) };
    1 << field as usize
}

impl Kept {
    /// Returns the rows as they were read from the block, each with its record if that was
    /// kept verbatim. What surrounds them may be known better than when they were read.
    pub(super) fn rows(
        &self,
        document: &dyn Document,
        part: &Part,
        sink: &mut dyn FnMut(&Row<'_>, Option<&[u8]>),
    ) {
        let mut rest = Rest { bytes: &self.0, offset: 0, line: 0 };
        let mut alternates = Vec::new();
        while let Some((row, record)) = rest.row(&mut alternates) {
            let Some(bytes) = record else {
                let mut row = row;
                row.alternates = &alternates;
                part.scope.fill(&mut row);
                sink(&row, None);
                continue;
            };
            // It was read before, and was sound.
            let mut account = Account::default();
            let _ = document.read(&Block::again(bytes, part), &mut account, &mut |read| {
                sink(&read.moved(row.offset, row.line), Some(bytes));
            });
        }
    }
}

/// What is left to be taken of what was kept, and the place of the record before.
struct Rest<'k> {
    bytes: &'k [u8],
    offset: usize,
    line: u32,
}

impl<'k> Rest<'k> {
    /// The next record: its row, or its place and bytes if it was kept verbatim.
    fn row(&mut self, alternates: &mut Vec<Alternate<'k>>) -> Option<(Row<'k>, Option<&'k [u8]>)> {
        alternates.clear();
        self.offset += self.number()? as usize;
        self.line += self.number()? as u32;
        let mut row = Row::default().moved(self.offset, self.line);
        row.fault = match self.number()? {
            VERBATIM => return Some((row, Some(self.word()?))),
            RAGGED => {
                let (found, expected) = (self.number()? as u32, self.number()? as u32);
                Some(RowFault::Ragged { found, expected })
            }
            NOT_UTF8 => Some(RowFault::NotUtf8),
            NUL => Some(RowFault::Nul),
            NOT_AN_OBJECT => Some(RowFault::NotAnObject),
            AGENTLESS => Some(RowFault::Agentless),
            BROKEN => Some(RowFault::Broken),
            HEADER => Some(RowFault::Header),
            TOTAL => Some(RowFault::Total),
            _ => None,
        };
        let kind = self.number()?;
        row.continues = kind & 1 == 1;
        row.kind = [Kind::Shift, Kind::TimeOff, Kind::PendingTimeOff]
            .into_iter()
            .find(|known| *known as u64 + 1 == kind >> 1);
        row.element = self.number()? as u32;
        row.trail = self.text()?;
        row.numbered = self.text()?;
        for _ in 0..self.number()? {
            let number = self.number()?;
            let field = Field::all().find(|field| *field as u64 == number)?;
            let word = self.word()?;
            let [column, chosen] = [self.text()?, self.text()?];
            // Nothing, or the number of a claim and one.
            let claim = match self.number()? {
                0 => None,
                number => Some(*Claim::ALL.get(usize::try_from(number).ok()? - 1)?),
            };
            alternates.push(Alternate { field, word, column, chosen, claim });
        }
        let filled = self.number()?;
        for field in Field::all().filter(|field| filled & bit(*field) != 0) {
            row.set(field, self.word()?);
        }
        Some((row, None))
    }

    fn text(&mut self) -> Option<&'k str> {
        std::str::from_utf8(self.word()?).ok()
    }

    fn word(&mut self) -> Option<&'k [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        let (word, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        Some(word)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..u64::BITS).step_by(7) {
            let (byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if *byte < 0x80 {
                return Some(number);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::Keeper;
    use crate::model::finding::Excerpt;
    use crate::model::row::Row;
    use crate::model::source::Role;
    use crate::read::{Account, Block, FORMATS, Format, Opening, Part};
    use proptest::prelude::{any, prop, prop_assert_eq, proptest};

    /// All of a row but where it can be read again from: it is kept.
    fn shown(row: &Row<'_>, excerpt: &Excerpt) -> String {
        let mut row = row.clone();
        row.restart = 0;
        format!("{row:?} {excerpt:?}")
    }

    /// Every row of a block as it is read, and as it is kept.
    fn both(format: &Format, head: &[u8], bytes: &[u8]) -> Option<[Vec<String>; 2]> {
        let opening = Opening::of_whole(head, Role::Agents);
        let document = (format.open)(&opening).ok()?;
        let (mut read, mut kept) = (Vec::new(), Vec::new());
        let mut keeper = Keeper::default();
        let part = Part::default();
        let mut account = Account::default();
        let _ = document.read(&Block::new(bytes, &part), &mut account, &mut |row| {
            keeper.keep(&*document, bytes, row);
            read.push(shown(row, &document.excerpt(bytes, row)));
        });
        keeper.finish().rows(&*document, &part, &mut |row, record| {
            let excerpt = match record {
                Some(bytes) => document.excerpt(bytes, &row.alone()),
                None => crate::read::compose_excerpt(row),
            };
            kept.push(shown(row, &excerpt));
        });
        Some([read, kept])
    }

    const HEADER: &[u8] = b"agent,id,other,start,end\n";

    #[test]
    fn a_record_is_kept_as_long_as_it_is_shown() {
        for length in 480..540 {
            let row = format!("anna,\"{}\",,b,c\n", "é".repeat(length / 2));
            let bytes = [row.as_str(), "\r\n", &row.replace('"', "")].concat();
            let format = FORMATS.last().expect("some");
            let [read, kept] = both(format, HEADER, bytes.as_bytes()).expect("a header");
            assert_eq!((read.len(), kept), (2, read));
        }
    }

    proptest! {
        #[test]
        fn rows_of_lines_are_kept_as_they_were_read(
            cells in prop::collection::vec("[a-zé\"]{0,9}|\"[a-z,\n\"é]{0,30}\"|\\PC{0,600}|\0", 0..40),
            ends in prop::collection::vec("[,,,;]|\n|\r\n|\r|\n\n", 40),
            spoilt in any::<bool>(),
        ) {
            let text: String = cells.iter().zip(&ends).flat_map(|(cell, end)| [&**cell, end]).collect();
            let bytes = [text.as_bytes(), if spoilt { b"\xff,x" } else { b"" }].concat();
            let [read, kept] = both(FORMATS.last().expect("some"), HEADER, &bytes).expect("a header");
            prop_assert_eq!(read, kept);
        }

        #[test]
        fn rows_of_objects_are_kept_as_they_were_read(
            objects in prop::collection::vec(
                "\\{\"agent\":\"[a-zé]{0,200}(\\\\u00e9)?\",\"id\":[0-9]{1,5},\"x\":\\{\"start\":1\\}\\}|1|\\{\\}", 0..20),
        ) {
            for (format, between) in [("json", ","), ("ndjson", "\n")] {
                let text = objects.join(between);
                let format = FORMATS.iter().find(|known| known.name == format).expect("known");
                let head = b"[{\"agent\":1,\"id\":2}]";
                let head = if between == "," { &head[..] } else { &head[1..head.len() - 1] };
                let [read, kept] = both(format, head, text.as_bytes()).expect("agents");
                prop_assert_eq!(read, kept);
            }
        }
    }
}
