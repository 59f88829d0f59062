//! Lines become what they are if they are no records.
//!
//! A line that repeats the header, one that sums others up, and one without
//! anything in it. Only lines whose start does not look like a time come here.

use super::Table;
use super::quoted::observe;
use crate::model::observation::{Noticed, Observation};
use crate::model::row::{Field, Row, RowFault};
use crate::read::names::meaning;

/// The fields that say when a record starts and ends.
const TIMES: [Field; 5] =
    [Field::Start, Field::End, Field::Times, Field::StartDate, Field::EndDate];

/// The column whose value shows at a glance that a line is a record: that of the
/// start, if there is one.
pub(super) fn anchor(columns: &[Option<Field>]) -> Field {
    const ANCHORS: [Field; 6] =
        [Field::Start, Field::Times, Field::StartDate, Field::Date, Field::Shift, Field::Agent];
    let known = |field: &Field| columns.contains(&Some(*field));
    ANCHORS
        .into_iter()
        .find(known)
        .or(columns.iter().flatten().next().copied())
        .unwrap_or(Field::Agent)
}

/// Whether a word begins as times do: with a digit or a sign.
#[inline(always)]
pub(super) fn begins_like_time(word: &[u8]) -> bool {
    matches!(word.first(), Some(b'!'..=b'@'))
}

/// Why a line with these cells is no record, if it is none.
#[cold]
pub(super) fn aside<'c>(
    table: &Table,
    row: &Row<'_>,
    cells: impl Iterator<Item = &'c [u8]> + Clone,
    observations: &mut Vec<Observation>,
) -> Option<RowFault> {
    if repeats_header(table, cells.clone()) {
        return Some(RowFault::Header);
    }
    if is_other_header(table, row) {
        let noticed = Observation {
            noticed: Noticed::Swallowed,
            place: String::new(),
            detail: "a line holds names of columns in another order than the header: two files \
                     seem to stand in one"
                .to_owned(),
            count: 1,
            at: 0,
        };
        observe(observations, Some(noticed), row.offset);
        return Some(RowFault::Header);
    }
    let has_times = TIMES.iter().any(|field| table.columns.contains(&Some(*field)));
    let undated = has_times || row.word(Field::Date).is_empty();
    let total = table.role.claims_time() && is_timeless(row) && undated && { cells }.any(is_total);
    total.then_some(RowFault::Total)
}

/// Whether nothing in a row says when it starts or ends, but for its date.
pub(super) fn is_timeless(row: &Row<'_>) -> bool {
    TIMES.iter().all(|field| row.word(*field).is_empty())
}

/// A line without anything but delimiters.
pub(super) fn note_empty(observations: &mut Vec<Observation>, at: usize) {
    let (place, detail) = (String::new(), String::new());
    let noticed = Observation { noticed: Noticed::Empty, place, detail, count: 1, at: 0 };
    observe(observations, Some(noticed), at);
}

/// Whether cells are the names of the columns, in their order.
fn repeats_header<'c>(table: &Table, mut cells: impl Iterator<Item = &'c [u8]>) -> bool {
    let same =
        |name: &String| cells.next().is_some_and(|cell| cell.trim_ascii() == name.as_bytes());
    table.names.iter().all(same) && cells.all(|cell| cell.trim_ascii().is_empty())
}

/// Whether the words of a row are names of columns, of which its start is one.
fn is_other_header(table: &Table, row: &Row<'_>) -> bool {
    let is_name = |word: &[u8]| {
        let name = std::str::from_utf8(word).ok().filter(|name| name.len() < 64);
        name.is_some_and(|name| {
            table.names.iter().any(|known| known == name) || meaning(name, table.role).field.is_ok()
        })
    };
    let words = || table.columns.iter().flatten().map(|field| row.word(*field));
    let anchor = row.word(table.anchor);
    let known = || words().filter(|word| !word.is_empty() && is_name(word)).count();
    table.role.claims_time()
        && !anchor.is_empty()
        && is_name(anchor)
        && known() > 1
        && known() * 2 >= words().count()
}

/// Whether a cell has a word for a total: `Total`, `Grand total`, `Summe:`.
fn is_total(cell: &[u8]) -> bool {
    const WORDS: [&str; 22] = [
        "total",
        "totals",
        "subtotal",
        "subtotals",
        "sub-total",
        "sum",
        "summe",
        "gesamt",
        "gesamtsumme",
        "gesamtstunden",
        "zwischensumme",
        "insgesamt",
        "somme",
        "totaux",
        "suma",
        "totales",
        "soma",
        "totais",
        "somma",
        "totale",
        "totali",
        "totaal",
    ];
    let Ok(text) = std::str::from_utf8(cell) else { return false };
    let text = text.trim();
    if text.is_empty() || text.len() > 48 {
        return false;
    }
    let is_word = |word: &str| {
        let word = word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
        WORDS.contains(&word.as_str())
    };
    let mut words = text.split_whitespace();
    let first = words.next();
    first.is_some_and(is_word) || words.last().is_some_and(is_word)
}

#[cfg(test)]
mod tests {
    use super::is_total;

    #[test]
    fn words_for_totals_are_known() {
        for cell in
            ["Total", "TOTAL:", "Grand Total", "Sub-total", "Summe", "total général", "Ann Total"]
        {
            assert!(is_total(cell.as_bytes()), "{cell}");
        }
        for cell in ["", "Totaro", "Ann", "in total 5 shifts", "summer"] {
            assert!(!is_total(cell.as_bytes()), "{cell}");
        }
    }
}
