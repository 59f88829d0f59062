//! Finds the cells of a line of a table.

use std::borrow::Cow;
use std::ops::Range;

/// A cell of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LineCell<'l> {
    /// Its bytes in the line, without quotes.
    pub(super) inside: Range<usize>,
    /// What it says: doubled quotes are one.
    pub(super) content: Cow<'l, [u8]>,
}

/// The cells of a line, which may contain line ends within quotes. `None` if a quoted cell
/// does not end with its quote.
pub(super) fn cells(line: &[u8], delimiter: u8) -> Option<Vec<LineCell<'_>>> {
    let mut cells = Vec::new();
    let mut at = 0;
    loop {
        let (cell, end) = match line.get(at) {
            Some(b'"') => quoted(line, at + 1)?,
            _ => {
                let rest = &line[at..];
                let end = rest.iter().position(|byte| *byte == delimiter);
                let end = end.map_or(line.len(), |length| at + length);
                (LineCell { inside: at..end, content: Cow::Borrowed(&line[at..end]) }, end)
            }
        };
        cells.push(cell);
        match line.get(end) {
            None => return Some(cells),
            Some(byte) if *byte == delimiter => at = end + 1,
            Some(_) => return None,
        }
    }
}

/// The cell whose first quote was passed, and the place after its last one.
fn quoted(line: &[u8], start: usize) -> Option<(LineCell<'_>, usize)> {
    let mut content: Option<Vec<u8>> = None;
    let (mut from, mut at) = (start, start);
    loop {
        at += line[at..].iter().position(|byte| *byte == b'"')?;
        if line.get(at + 1) != Some(&b'"') {
            let rest = &line[from..at];
            let content = match content {
                Some(before) => Cow::Owned([&before, rest].concat()),
                None => Cow::Borrowed(rest),
            };
            return Some((LineCell { inside: start..at, content }, at + 1));
        }
        content.get_or_insert_default().extend_from_slice(&line[from..=at]);
        at += 2;
        from = at;
    }
}

/// A line without its line end.
pub(super) fn without_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::cells;

    #[test]
    fn cells_are_those_of_the_csv_crate() {
        for line in ["", "a", "a,b,", ",,", "\"a,b\",c", "\"a\"\"b\",\"\",c", "\"line\nbreak\",x"] {
            let mut reader =
                csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
            let expected: Vec<Vec<u8>> = match reader.byte_records().next() {
                Some(record) => record.expect("sound").iter().map(<[u8]>::to_vec).collect(),
                None => vec![Vec::new()],
            };
            let found = cells(line.as_bytes(), b',').expect("sound");
            let found: Vec<Vec<u8>> = found.into_iter().map(|cell| cell.content.into()).collect();
            assert_eq!(found, expected, "{line:?}");
        }
        assert!(cells(b"\"a\"b,c", b',').is_none());
        assert!(cells(b"\"a,c", b',').is_none());
    }
}
