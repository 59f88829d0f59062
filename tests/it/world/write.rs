//! Files of rows.

use super::schedule::{Row, Times};
use jiff::civil::DateTime;
use serde_json::{Map, Value};

/// All columns of a row, and keys of a record.
pub(crate) const COLUMNS: [&str; 10] =
    ["agent", "id", "schedule", "kind", "status", "date", "start", "end", "length", "zone"];

/// A table of CSV with a header line.
pub(crate) fn table<Cell: AsRef<str>>(
    columns: &[&str],
    lines: impl IntoIterator<Item = Vec<Cell>>,
) -> String {
    let lines: String = lines.into_iter().map(|cells| line(',', &cells)).collect();
    line(',', columns) + &lines
}

/// A line of a table. Cells are quoted where they have to be.
pub(crate) fn line<Cell: AsRef<str>>(delimiter: char, cells: &[Cell]) -> String {
    let quoted = |cell: &Cell| {
        let cell = cell.as_ref();
        let is_odd = |letter: char| letter == delimiter || letter == '"' || letter.is_control();
        match cell.contains(is_odd) {
            true => format!("\"{}\"", cell.replace('"', "\"\"")),
            false => cell.to_owned(),
        }
    };
    let cells: Vec<String> = cells.iter().map(quoted).collect();
    cells.join(&delimiter.to_string()) + "\n"
}

/// Rows as CSV with these columns.
pub(crate) fn csv<'a>(columns: &[&str], rows: impl IntoIterator<Item = &'a Row>) -> String {
    let line = |row: &Row| columns.iter().map(|column| cell(row, column)).collect();
    table(columns, rows.into_iter().map(line).collect::<Vec<Vec<String>>>())
}

/// Rows as the records of a document. What is empty becomes null, an empty text, or no
/// key, in turns.
pub(crate) fn records<'a>(
    columns: &[&str],
    rows: impl IntoIterator<Item = &'a Row>,
) -> Vec<String> {
    let record = |(number, row): (usize, &Row)| {
        let mut object = Map::new();
        for (place, column) in columns.iter().enumerate() {
            let value = match (number + place) % 3 {
                _ if !cell(row, column).is_empty() => Value::String(cell(row, column)),
                0 => Value::Null,
                1 => Value::String(String::new()),
                _ => continue,
            };
            object.insert((*column).to_owned(), value);
        }
        Value::Object(object).to_string()
    };
    rows.into_iter().enumerate().map(record).collect()
}

/// What a row says in a column.
pub(crate) fn cell(row: &Row, column: &str) -> String {
    let [date, start, end, length] = times(row.times);
    match column {
        "agent" => row.agent.clone().unwrap_or_default(),
        "id" => row.id.clone().unwrap_or_default(),
        "schedule" => row.schedule.clone().unwrap_or_default(),
        "kind" => if row.off { "Vacation" } else { "SHIFT" }.to_owned(),
        "status" => row.status.to_owned(),
        "date" => date,
        "start" => start,
        "end" => end,
        "length" => length,
        "zone" => row.zone.unwrap_or_default().to_owned(),
        _ => unreachable!("rows have no column {column}"),
    }
}

/// A local time. Seconds are written where there are any.
pub(crate) fn local(at: DateTime) -> String {
    let format = if at.second() == 0 { "%Y-%m-%dT%H:%M" } else { "%Y-%m-%dT%H:%M:%S" };
    at.strftime(format).to_string()
}

/// An offset in minutes.
fn offset(minutes: Option<i32>) -> String {
    let Some(minutes) = minutes else { return "Z".to_owned() };
    let (sign, size) = (if minutes < 0 { '-' } else { '+' }, minutes.abs());
    format!("{sign}{:02}:{:02}", size / 60, size % 60)
}

/// The words for date, start, end and length.
fn times(times: Times) -> [String; 4] {
    let clock = |at: DateTime| at.strftime("%H:%M").to_string();
    let none = String::new;
    match times {
        Times::Local(start, end) => [none(), local(start), local(end), none()],
        Times::Offset(start, end) => {
            let [start, end] = [start, end].map(|(at, minutes)| local(at) + &offset(minutes));
            [none(), start, end, none()]
        }
        Times::Clock(start, end) => [start.date().to_string(), clock(start), clock(end), none()],
        Times::Length(start, minutes) => [none(), local(start), none(), minutes.to_string()],
        Times::Days(first, last) => [none(), first.to_string(), last.to_string(), none()],
    }
}
