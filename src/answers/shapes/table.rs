//! Reads tables of ids and messages: CSV, or with tabs, semicolons or bars.

use crate::answers::input::{AnswerText, Outer, ShapeReader};
use crate::answers::phrases::hear;
use crate::answers::senses::{KeySense, ListKind, sense};
use crate::answers::tree::{Object, Tree};
use crate::answers::walk;
use crate::model::complaint::{AnswerPlace, ResponseShape, ServerAnswer};

/// Each row is an item. The columns are known by their names.
pub(in crate::answers) const SHAPE: ShapeReader =
    ShapeReader { name: ResponseShape::Table, is: |input| divider(input.text).is_some(), read };

const DIVIDERS: [u8; 4] = *b"\t;,|";

/// The character between the columns, if the first line is the header of an answer: it names
/// words of a failure or a status, and something else that is known.
fn divider(text: &str) -> Option<u8> {
    let header =
        text.lines().find(|line| !line.trim().is_empty()).filter(|line| line.len() < 10_000)?;
    DIVIDERS.into_iter().find(|&divider| {
        let senses: Vec<KeySense> = header.split(char::from(divider)).filter_map(column).collect();
        let all = header.split(char::from(divider)).count();
        senses.iter().any(|sense| is_verdict(*sense)) && senses.len() > 1 && senses.len() * 3 >= all
    })
}

fn column(cell: &str) -> Option<KeySense> {
    let name = cell.trim().trim_matches('"');
    // A header has names, and no sentences.
    if name.len() > 40 { None } else { sense(name) }
}

/// Whether a column says what went wrong, or whether something did.
fn is_verdict(sense: KeySense) -> bool {
    matches!(
        sense,
        KeySense::Status
            | KeySense::Code
            | KeySense::ErrorCode
            | KeySense::Error
            | KeySense::Message
            | KeySense::Detail
            | KeySense::Success
            | KeySense::List(ListKind::Failures | ListKind::Conflicts)
            | KeySense::Wrapper
            | KeySense::Result
    )
}

fn read(input: &AnswerText<'_>, outer: &Outer<'_>, answer: &mut ServerAnswer) {
    let Some(divider) = divider(input.text) else { return };
    let base = outer.place.line.unwrap_or(1);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(divider)
        .flexible(true)
        .from_reader(input.text.as_bytes());
    let Ok(header) = reader.headers().cloned() else { return };
    let names: Vec<&str> = header.iter().map(str::trim).collect();
    let mut record = csv::StringRecord::new();
    let mut last = base;
    while let Ok(true) = reader.read_record(&mut record) {
        let line = record.position().map_or(base, csv::Position::line) + base - 1;
        last = line;
        let place = AnswerPlace { line: Some(line), pointer: None };
        let outer = Outer { place, ..outer.clone() };
        match remark(&record) {
            Some(remark) => outer.read(remark, &outer, answer),
            None => read_row(&names, &record, &outer, answer),
        }
    }
    // Within quotes a quote is doubled, so that an odd number of them leaves one open.
    if memchr::memchr_iter(b'"', input.text.as_bytes()).count() % 2 == 1 {
        answer.break_off(format!(
            "a quote is never closed; the last row that was read begins at line {last}"
        ));
    }
}

/// The only words of a row, if they are no name but tell how all went: `Total: 3, failed: 1`.
fn remark(record: &csv::StringRecord) -> Option<&str> {
    let mut cells = record.iter().map(str::trim).filter(|cell| !cell.is_empty());
    let only = cells.next().filter(|_| cells.next().is_none())?;
    let tells = || {
        let heard = hear([only]);
        heard.complains() || heard.success || heard.denial
    };
    (only.contains(' ') && tells()).then_some(only)
}

fn read_row(
    names: &[&str],
    record: &csv::StringRecord,
    outer: &Outer<'_>,
    answer: &mut ServerAnswer,
) {
    let cells = names.iter().zip(record).map(|(name, cell)| (*name, cell.trim()));
    let mut object = Object::default();
    let (mut has_words, mut has_status, mut is_success) = (false, false, false);
    for (name, cell) in cells.filter(|(_, cell)| !matches!(*cell, "" | "-" | "null" | "NULL")) {
        match sense(name) {
            Some(KeySense::Status | KeySense::Success | KeySense::Result) => has_status = true,
            Some(KeySense::ErrorCode) if cell.trim_matches('0').is_empty() => {}
            Some(
                KeySense::Code
                | KeySense::ErrorCode
                | KeySense::Error
                | KeySense::Message
                | KeySense::Detail
                | KeySense::List(ListKind::Failures),
            ) => {
                let heard = hear([cell]);
                is_success |= heard.success && !heard.complains();
                has_words = true;
            }
            _ => {}
        }
        object.members.push((name.to_owned(), Tree::Text(cell.to_owned())));
    }
    if object.members.is_empty() {
        return;
    }
    if !has_words && !has_status {
        // The columns for words on a failure are empty: there was none.
        object.members.push(("error".to_owned(), Tree::Null));
    }
    let is_failure = has_words && !has_status && !is_success;
    let kind = if is_failure { ListKind::Failures } else { ListKind::Items };
    walk::read_item(&object, kind, outer, answer);
}
