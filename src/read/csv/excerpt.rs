//! Extracts from a line what a finding shows of it.
//!
//! Decides which records are shown verbatim, and where their words are in them. The reporters
//! decide how much of that fits on a page.

use super::Table;
use crate::model::finding::Excerpt;
use crate::model::row::{Field, Row};
use crate::read::compose_excerpt;
use memchr::{memchr, memchr_iter, memchr3};
use std::ops::Range;

/// The longest record that is shown verbatim, in bytes. Of longer ones, no line has room
/// for more than the words that matter.
const LONGEST_SHOWN: usize = 512;

/// The record as a finding shows it, with the places of its words.
pub(super) fn excerpt(table: &Table, bytes: &[u8], row: &Row<'_>) -> Excerpt {
    let record = verbatim(table, bytes, row).map(|record| (record, std::str::from_utf8(record)));
    let Some((record, Ok(text))) = record else { return compose_excerpt(row) };
    let known = table.columns.iter().filter(|field| field.is_some()).count();
    let mut words = Vec::with_capacity(known);
    let mut add = |cell: Range<usize>, field: &Option<Field>| {
        let field = field.filter(|_| !cell.is_empty());
        words.extend(field.map(|field| (field, cell.start as u32..cell.end as u32)));
    };
    let columns = table.columns.iter();
    if memchr(b'"', record).is_none() {
        plain_ranges(table, record).zip(columns).for_each(|(cell, field)| add(cell, field));
    } else {
        let (cells, _) = cell_ranges(table, record);
        cells.into_iter().zip(columns).for_each(|(cell, field)| add(cell, field));
    }
    Excerpt { text: text.into(), words: words.into(), is_line: true }
}

/// The bytes of the record if it is shown verbatim.
pub(super) fn verbatim<'b>(table: &Table, bytes: &'b [u8], row: &Row<'_>) -> Option<&'b [u8]> {
    if table.extras.as_ref().is_some_and(|extras| extras.hangs_together()) {
        return None;
    }
    let rest = bytes.get(row.offset..)?;
    let near = rest.get(..LONGEST_SHOWN + 1).unwrap_or(rest);
    let end = match memchr3(b'\n', b'\r', b'"', near) {
        Some(place) if near[place] == b'"' => cell_ranges(table, near).1,
        Some(place) => place,
        None => near.len(),
    };
    near.get(..end).filter(|record| record.len() <= LONGEST_SHOWN)
}

/// The range of each cell of a record without quotes.
fn plain_ranges(table: &Table, record: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let ends = memchr_iter(table.delimiter, record).chain([record.len()]);
    ends.scan(0, |start, end| Some(std::mem::replace(start, end + 1)..end))
}

/// The range of each cell of the first record, including its quotes, and the end of the
/// record.
pub(super) fn cell_ranges(table: &Table, bytes: &[u8]) -> (Vec<Range<usize>>, usize) {
    let mut cells = Vec::with_capacity(table.columns.len().min(bytes.len() + 1));
    let (mut start, mut place) = (0, 0);
    let mut quoted = bytes.first() == Some(&b'"');
    place += usize::from(quoted);
    while let Some(&byte) = bytes.get(place) {
        if quoted {
            let doubled = byte == b'"' && bytes.get(place + 1) == Some(&b'"');
            quoted = byte != b'"' || doubled;
            place += 1 + usize::from(doubled);
        } else if byte == table.delimiter {
            cells.push(start..place);
            start = place + 1;
            quoted = bytes.get(start) == Some(&b'"');
            place = start + usize::from(quoted);
        } else if byte == b'\n' || byte == b'\r' {
            break;
        } else {
            place += 1;
        }
    }
    let end = place.min(bytes.len());
    cells.push(start.min(end)..end);
    (cells, end)
}

#[cfg(test)]
mod tests {
    use super::{cell_ranges, plain_ranges};
    use crate::model::row::{Field, Row};
    use crate::model::source::Role;
    use crate::read::csv::Table;
    use crate::read::{Document, Opening};
    use proptest::prelude::{prop_assert_eq, proptest};

    fn open(text: &[u8]) -> Table {
        let opening = Opening::of_whole(text, Role::Batch);
        Table::open(&opening).expect("a header")
    }

    #[test]
    fn an_excerpt_knows_where_its_words_stand() {
        let text = b"agent,start,end\n\"a,1\",\"b\",c\nx,y,z\n";
        let table = open(text);
        let bytes = &text[table.outset().start..];
        let excerpt = table.excerpt(bytes, &Row::default());
        assert_eq!(excerpt.text, "\"a,1\",\"b\",c");
        let shown: Vec<_> = excerpt
            .words
            .iter()
            .map(|(field, range)| (*field, &excerpt.text[range.start as usize..range.end as usize]))
            .collect();
        assert_eq!(shown, [(Field::Agent, "\"a,1\""), (Field::Start, "\"b\""), (Field::End, "c")]);
    }

    proptest! {
        #[test]
        fn cells_without_quotes_are_found_the_short_way(record in "[,a é]{0,30}") {
            let table = open(b"agent,start,end\n");
            let plain: Vec<_> = plain_ranges(&table, record.as_bytes()).collect();
            prop_assert_eq!(plain, cell_ranges(&table, record.as_bytes()).0);
        }
    }
}
