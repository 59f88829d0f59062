//! Reads NDJSON, one JSON object per line, into rows.
//!
//! Empty lines do not count. A JSON string cannot contain a line end, so that a file can be cut
//! at any.

use super::json::Layout;
use super::json::element::Elements;
use super::json::keys;
use super::json::opening;
use super::json::text;
use super::names::Hints;
use super::{Account, Block, Cutter, Document, Enclosing, Format, ParseError, Piece};
use crate::model::row::{Field, Row};
use crate::model::settings::Limits;

/// Reads lines of JSON.
pub static FORMAT: Format = Format {
    name: "ndjson",
    extensions: &["ndjson", "jsonl"],
    summary: "one JSON object on each line",
    sniff,
    open: |opening| Ok(Box::new(opening::document(opening, |layout| LinesDocument { layout }))),
    lines: true,
    known_from: "",
};

/// A file with a JSON object on each line.
pub(in crate::read) struct LinesDocument {
    pub(in crate::read) layout: Layout,
}

impl Document for LinesDocument {
    fn field_of_key(&self, key: &str) -> Option<Field> {
        keys::target(&self.layout, key).map(|target| target.field)
    }

    fn cutter(&self) -> Box<dyn Cutter> {
        Box::new(LinesCutter { limits: self.layout.limits, scanned: 0 })
    }

    fn read(
        &self,
        block: &Block<'_>,
        account: &mut Account,
        sink: &mut dyn FnMut(&Row<'_>),
    ) -> Result<(), ParseError> {
        read(&self.layout, block, account, sink)
    }

    fn enclosing(&self, bytes: &[u8], at: usize) -> Option<Enclosing> {
        enclosing(bytes, at)
    }

    fn names_in_records(&self) -> bool {
        true
    }

    fn hints(&self) -> Hints {
        self.layout.hints.clone()
    }

    fn reads_attendance(&self) -> bool {
        self.layout.attendance
    }
}

/// Finds the ends of lines.
struct LinesCutter {
    limits: Limits,
    /// How many of the bytes at hand were searched without finding one.
    scanned: usize,
}

/// The beginning and end of each line.
fn lines(bytes: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    let ends = memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]);
    ends.scan(0, |start, end| Some((std::mem::replace(start, end + 1), end)))
}

/// The beginning and end of each line that is not empty, without leading white space.
fn written_lines(bytes: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    lines(bytes).filter_map(|(start, end)| Some((first_of_line(bytes, start, end)?, end)))
}

/// The first byte of a line that is not white space, if it has one.
#[inline]
fn first_of_line(bytes: &[u8], start: usize, end: usize) -> Option<usize> {
    let line = bytes.get(..end).unwrap_or_default();
    Some(text::blanks(line, start)).filter(|first| *first < end)
}

fn sniff(head: &[u8]) -> bool {
    let mut lines = written_lines(head);
    let (Some((start, end)), Some((second, _))) = (lines.next(), lines.next()) else {
        return false;
    };
    let line = head.get(..end).unwrap_or_default();
    let whole =
        text::value(line, start, usize::MAX).map(|after| text::blanks(line, after)) == Ok(end);
    whole && head.get(start) == Some(&b'{') && head.get(second) == Some(&b'{')
}

impl Cutter for LinesCutter {
    fn cut(&mut self, bytes: &[u8], at_end: bool) -> Result<Option<Piece>, ParseError> {
        let unseen = bytes.get(self.scanned..).unwrap_or_default();
        let end = if at_end {
            bytes.len()
        } else {
            memchr::memrchr(b'\n', unseen).map_or(0, |place| self.scanned + place + 1)
        };
        match long_line(bytes, self.limits.record) {
            Some(0) => return Err(super::json::longer_than_allowed(self.limits, 0)),
            Some(long) => {
                self.scanned = 0;
                return Ok(piece(long));
            }
            None => {}
        }
        self.scanned = if end == 0 { bytes.len() } else { 0 };
        Ok((end > 0).then(|| piece(end)).flatten())
    }
}

fn piece(end: usize) -> Option<Piece> {
    Some(Piece { start: 0, end, next: end, part: 0 })
}

/// Where a line begins that is longer than a record may be.
fn long_line(bytes: &[u8], longest: usize) -> Option<usize> {
    if bytes.len() <= longest {
        return None;
    }
    lines(bytes).find(|(start, end)| end - start > longest).map(|(start, _)| start)
}

fn read(
    layout: &Layout,
    block: &Block<'_>,
    account: &mut Account,
    sink: &mut dyn FnMut(&Row<'_>),
) -> Result<(), ParseError> {
    let mut elements = Elements::new(layout, block);
    let (mut number, mut outcome) = (0, Ok(()));
    for (line, (start, end)) in (0..).zip(lines(block.bytes)) {
        number = line;
        if let Some(first) = first_of_line(block.bytes, start, end) {
            outcome = elements.read_line(first, end, line, sink).map_err(|found| found.fault(end));
            if outcome.is_err() {
                break;
            }
        }
    }
    // The last one is what follows the last line end, if anything does.
    account.line_ends = outcome.is_ok().then_some(number);
    elements.account(account);
    outcome
}

/// The line with this byte.
fn enclosing(bytes: &[u8], at: usize) -> Option<Enclosing> {
    let (before, (start, end)) =
        (0..).zip(written_lines(bytes)).find(|(_, (_, end))| at <= *end)?;
    Some(Enclosing { range: start..end, before })
}

#[cfg(test)]
mod tests {
    use super::FORMAT;
    use crate::model::row::{Field, RowFault};
    use crate::model::settings::Limits;
    use crate::read::json::driven::{documents, drive, rows};
    use proptest::prelude::{prop, prop_assert_eq, proptest};

    #[test]
    fn lines_of_objects_are_told() {
        for (head, expected) in [
            ("{\"x\":1}\n{\"y\":2}\n", true),
            ("\n \r\n{\"x\":1} \r\n\r\n {\"y", true),
            ("{\"x\":1}", false),
            ("{\"x\":1}\n", false),
            ("{\n\"x\":1}\n{\"y\":2}", false),
            ("{\"x\":1},\n{\"y\":2}", false),
            ("{\"x\":1}\n[1]", false),
            ("[1]\n{\"x\":1}", false),
            ("{\"x\":", false),
            ("agent,start\nx,y", false),
            ("", false),
        ] {
            assert_eq!((FORMAT.sniff)(head.as_bytes()), expected, "{head}");
        }
    }

    #[test]
    fn lines_are_rows() {
        let file = "\n{\"agent\":\"x\",\"day\":1}\r\n\r\n  {\"agent\":\"y\",\"day\":1} \n42\n{\"agent\":\"z\",\"day\":1}";
        for step in 1..file.len() {
            let outcome = drive(&*documents()[1], file.as_bytes(), step);
            assert_eq!(outcome.fault, None);
            let told = outcome.rows.iter().map(|row| (row.word(Field::Agent), row.line, row.fault));
            let expected = [("x", 1, None), ("y", 3, None), ("z", 5, None)];
            assert_eq!(told.collect::<Vec<_>>(), expected);
            assert_eq!(outcome.rows[1].offset, file.find("{\"agent\":\"y\"").unwrap_or(0));
        }
    }

    #[test]
    fn broken_lines_are_located() {
        for (line, at) in [
            ("{\"x\":1", 6),
            ("{\"x\":\"y", 7),
            ("{\"x\"", 4),
            ("{\"x\":1}{\"y\":2}", 7),
            ("{\"x\":1} ,", 8),
            ("{x}", 1),
            ("{\"x\":[[}", 7),
        ] {
            for ending in ["\n1}", "\n{\"y\":2}\n", ""] {
                let file = format!("{{\"agent\":\"x\",\"day\":1}}\n{line}{ending}");
                let outcome = drive(&*documents()[1], file.as_bytes(), file.len());
                assert_eq!(outcome.rows.len(), 1, "{file}");
                assert_eq!(outcome.fault.map(|fault| fault.offset), Some(22 + at), "{file}");
            }
        }
    }

    #[test]
    fn bytes_that_are_no_text_spoil_their_line_only() {
        let file = b"{\"agent\":\"x\",\"day\":1}\n{\"agent\":\"\xff\",\"day\":1}\n{\"agent\":\"y\",\"day\":1}\n";
        let (rows, fault) = rows(&*documents()[1], file);
        let faults: Vec<_> = rows.iter().map(|row| row.fault).collect();
        assert_eq!((faults, fault), (vec![None, Some(RowFault::NotUtf8), None], None));
    }

    #[test]
    fn a_line_can_be_too_long() {
        let file = format!(
            "{{\"agent\":\"x\",\"day\":1}}\n{{\"x\":\"{}\"}}\n{{}}\n",
            "y".repeat(Limits::default().record)
        );
        for step in [1 << 20, file.len()] {
            let outcome = drive(&*documents()[1], file.as_bytes(), step);
            assert_eq!(outcome.rows.len(), 1);
            assert_eq!(outcome.fault.map(|fault| fault.offset), Some(22));
        }
    }

    proptest! {
        #[test]
        fn where_the_bytes_at_hand_end_does_not_matter(
            lines in prop::collection::vec("|\r| |\\{\"agent\":\"[a-zé]{0,9}\",\"day\":1\\}\r?|\\{\"x\":\\{\\}\\}|1|\\{\"x\"", 0..12),
            step in 1usize..80,
        ) {
            let file = lines.join("\n");
            let whole = drive(&*documents()[1], file.as_bytes(), file.len());
            let slowly = drive(&*documents()[1], file.as_bytes(), step);
            prop_assert_eq!(slowly.rows, whole.rows);
            prop_assert_eq!(slowly.fault.map(|fault| fault.offset), whole.fault.map(|fault| fault.offset));
        }
    }
}
