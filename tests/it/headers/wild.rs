//! A collection of header rows from elsewhere, if there is one.

use super::fill::{Cell, HeaderRow};
use super::{Score, judge};
use serde_json::Value;

/// The file with the collection: a JSON object a line.
const COLLECTION: &str = "SHIFTLINT_HEADERS";

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The row that a line describes, where other columns hold `other`.
fn row(line: &str, other: &str) -> HeaderRow {
    let line: Value = serde_json::from_str(line).expect("an object a line");
    let columns: Vec<String> = line["cols"].as_array().expect("columns").iter().map(text).collect();
    let cell = |column: &String| {
        let fields = line["f"].as_object().expect("fields");
        let found = fields.iter().find(|(_, of)| {
            of.as_str() == Some(column) || of.get(0).and_then(Value::as_str) == Some(column)
        });
        let spelling = |place: usize| found.and_then(|(_, of)| of.get(place)).map(text);
        match (found.map(|(field, _)| field.as_str()), spelling(1), spelling(2)) {
            (Some("agent"), ..) => Cell::Agent,
            (Some("given" | "first"), ..) => Cell::GivenName,
            (Some("family" | "last"), ..) => Cell::FamilyName,
            (Some("id"), ..) => Cell::Id,
            (Some("date"), Some(spelling), _) => Cell::Date(spelling),
            (Some("edate"), Some(spelling), _) => Cell::EndDate(spelling),
            (Some("start"), Some(spelling), _) => Cell::Start(spelling),
            (Some("end"), Some(spelling), _) => Cell::End(spelling),
            (Some("both"), Some(spelling), Some(joint)) => Cell::Both(spelling, joint),
            (Some("len"), Some(unit), _) => Cell::Length(unit),
            _ => Cell::Fill(line["fill"].get(column).map_or_else(|| other.to_owned(), text)),
        }
    };
    let mut options: Vec<String> = ["--tz", "UTC"].map(str::to_owned).to_vec();
    options.extend(line["opts"].as_array().into_iter().flatten().map(text));
    let agents = line["agents"].as_array();
    HeaderRow {
        fields: columns.iter().map(cell).collect(),
        agents: agents.map_or_else(
            || vec!["a1".to_owned(), "a2".to_owned()],
            |agents| agents.iter().map(text).collect(),
        ),
        options,
        delimiter: line["sep"].as_str().and_then(|text| text.chars().next()).unwrap_or(','),
        json: line.get("json").map(|_| line.get("wrap").map(text).unwrap_or_default()),
        off: line.get("off").map(text),
        refused: line.get("refuse").is_some() || line["times"] == 0,
        columns,
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "the score is what the test is for")]
#[ignore = "needs a collection of header rows, and reports a score"]
fn the_collection_is_understood() {
    let path = std::env::var(COLLECTION).expect("the path of a collection");
    let text = std::fs::read_to_string(path).expect("a collection");
    for other in ["", "x"] {
        let (mut right, mut recognised, mut all) = (0, 0, 0);
        for line in text.lines() {
            let score = judge(&row(line, other));
            all += 1;
            right += usize::from(score == Score::Right);
            recognised += usize::from(matches!(score, Score::Recognised(_)));
            if score != Score::Right {
                println!("=== {}\n{score:#?}", line.chars().take(120).collect::<String>());
            }
        }
        println!("with {other:?} elsewhere: {right} right, {recognised} recognised, of {all}");
    }
}
