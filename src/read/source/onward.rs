//! Continues to read a block after a broken record.
//!
//! A reader stops where a record breaks the rules of its format. The cut of the block shows
//! where that record ends. A row takes its place, so that it counts, and the records after it
//! are read.

use crate::model::row::{Row, RowFault};
use crate::read::{Account, Block, Document, Enclosing, ParseError};
use memchr::memchr_iter;

/// Hands the rows of a block to a sink, and a row without words in the place of
/// each broken record. Gives what is known of the block, and why the first of
/// them is broken.
pub(super) fn read_on(
    document: &dyn Document,
    block: &Block<'_>,
    sink: &mut dyn FnMut(&Row<'_>),
) -> (Account, Option<ParseError>) {
    let mut account = Account::default();
    let mut fault = match document.read(block, &mut account, sink) {
        Ok(()) => return (account, None),
        Err(fault) => fault,
    };
    let first = fault.clone();
    let (mut from, mut lines) = (0, 0);
    let lines_of = |bytes: &[u8]| memchr_iter(b'\n', bytes).count() as u32;
    loop {
        let rest = block.bytes.get(from..).unwrap_or_default();
        let Some(Enclosing { range: broken, .. }) = document.enclosing(rest, fault.offset) else {
            break;
        };
        lines += lines_of(rest.get(..broken.start).unwrap_or(rest));
        let mut row = Row::default().moved(from + broken.start, lines);
        (row.fault, row.element) = (Some(RowFault::Broken), account.elements);
        account.elements += 1;
        sink(&row);
        lines += lines_of(rest.get(broken.clone()).unwrap_or_default());
        from += broken.end;
        let bytes = block.bytes.get(from..).unwrap_or_default();
        let (mut more, before) = (Account::default(), account.elements);
        let outcome = document.read(&Block { bytes, ..*block }, &mut more, &mut |row| {
            let mut row = row.moved(from, lines);
            row.element += before;
            sink(&row);
        });
        account.add(more, from);
        match outcome {
            Ok(()) => break,
            Err(next) => fault = next,
        }
    }
    account.line_ends = None;
    (account, Some(first))
}

#[cfg(test)]
mod tests {
    use super::read_on;
    use crate::model::row::{Field, RowFault};
    use crate::read::json::driven::documents;
    use crate::read::{Block, Part};
    use proptest::prelude::{prop, prop_assert_eq, proptest};

    /// What breaks a record and leaves its brackets and quotes in pairs.
    const BROKEN: [&str; 5] = [
        r#"{"agent":"x","day":tru}"#,
        r#"{"agent" "x"}"#,
        r#"{"agent":"x",}"#,
        r#"{"agent":"\u12"}"#,
        r#"{"agent":"x","list":[1 2]}"#,
    ];

    proptest! {
        #[test]
        fn records_around_broken_ones_are_read(
            records in prop::collection::vec(prop::option::of(0..BROKEN.len()), 1..40),
        ) {
            let forms = [(" ,\n\n", "\n"), ("\n\n", " ")];
            for (document, (between, blank)) in documents().iter().zip(forms) {
                let (mut bytes, mut expected) = (String::new(), Vec::new());
                for (place, broken) in records.iter().enumerate() {
                    if place > 0 {
                        bytes.push_str(between);
                    }
                    let offset = bytes.len();
                    let line = bytes.matches('\n').count() as u32;
                    match broken {
                        Some(how) => {
                            bytes.push_str(&BROKEN[*how].replace(' ', blank));
                            expected.push((offset, line, String::new(), Some(RowFault::Broken)));
                        }
                        None => {
                            bytes += &format!("{{\"agent\":\"{place}\",\"day\":1}}");
                            expected.push((offset, line, place.to_string(), None));
                        }
                    }
                }
                let mut rows = Vec::new();
                let part = Part::default();
                let block = Block::new(bytes.as_bytes(), &part);
                let (_, fault) = read_on(&**document, &block, &mut |row| {
                    let agent = String::from_utf8_lossy(row.word(Field::Agent)).into_owned();
                    rows.push((row.offset, row.line, agent, row.fault));
                });
                prop_assert_eq!(rows, expected);
                prop_assert_eq!(fault.is_some(), records.iter().any(Option::is_some));
            }
        }
    }
}
