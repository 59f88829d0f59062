//! Lines of cells, compared with the `csv` crate.
//!
//! The first byte decides in which portions the rest, a file, arrives.

use super::drive::{self, Outcome, Steps};
use shiftlint::model::row::{Field, RowFault};
use shiftlint::model::source::Role;
use shiftlint::read::csv::Table;
use shiftlint::read::{Document, Opening};
use std::io::Read;

/// A record of the `csv` crate: its words by field, and its fault.
type Told = (Vec<(Field, Vec<u8>)>, Option<RowFault>);

/// Returns whether the file is a table.
pub(crate) fn run(bytes: &[u8]) -> bool {
    let Some((seed, file)) = bytes.split_first() else { return false };
    let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    let opening = Opening::of_whole(file, Role::Batch);
    let Ok(table) = Table::open(&opening) else { return false };
    let whole = drive::read(&table, file, None);
    let slowly = drive::read(&table, file, Some(Steps::new(*seed)));
    assert_eq!(slowly, whole);
    drive::assert_recalled(&table, file, &whole);
    if whole.fault.is_none() && table.is_plain() {
        let (read, told) = (read(&whole), by_the_crate(&table, file));
        assert_eq!(read.len(), told.len());
        for (own, other) in read.into_iter().zip(told) {
            // What is no record is told apart by its words, which the crate is not
            // asked for.
            if !matches!(own.1, Some(RowFault::Header | RowFault::Total)) {
                assert_eq!(own, other);
            }
        }
    }
    true
}

fn read(outcome: &Outcome) -> Vec<Told> {
    outcome.rows.iter().map(|row| (row.words.clone(), row.fault)).collect()
}

fn by_the_crate(table: &Table, file: &[u8]) -> Vec<Told> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(table.delimiter)
        .from_reader(b"\n".chain(&file[table.outset().start..]));
    let records = reader.byte_records().map(|record| record.expect("memory can be read"));
    records.filter_map(|record| told(table, &record)).collect()
}

/// A record without anything in it is none, and cells behind the last column
/// matter only if they hold something.
fn told(table: &Table, record: &csv::ByteRecord) -> Option<Told> {
    let cells: Vec<&[u8]> = record.iter().map(<[u8]>::trim_ascii).collect();
    let filled = cells.iter().rposition(|cell| !cell.is_empty())?;
    let fields =
        table.columns.iter().zip(record).filter_map(|(field, cell)| Some(((*field)?, cell)));
    let raw: Vec<(Field, &[u8])> = fields.collect();
    let expected = table.columns.len();
    let fault = if cells.len() < expected || filled >= expected {
        Some(RowFault::Ragged { found: cells.len() as u32, expected: expected as u32 })
    } else if raw.iter().any(|(_, word)| word.contains(&0)) {
        Some(RowFault::Nul)
    } else {
        raw.iter().any(|(_, word)| std::str::from_utf8(word).is_err()).then_some(RowFault::NotUtf8)
    };
    let mut words: Vec<(Field, Vec<u8>)> =
        raw.into_iter().map(|(field, word)| (field, word.trim_ascii().to_vec())).collect();
    words.retain(|(_, word)| !word.is_empty());
    words.sort();
    Some((words, fault))
}
