//! A batch is the same batch in every format.

use super::{PLAIN, config, file, settings, sorted, told, totals};
use crate::laws::schedule::{Clock, Row, Schedule, schedules};
use proptest::prelude::{Strategy, prop_assert, prop_assert_eq, proptest};
use serde_json::{Map, Value};
use shiftlint::analyze::{Progress, analyze};
use shiftlint::model::finding::Report;
use shiftlint::model::source::Role;

/// The columns of a row, and the keys of a record.
const FIELDS: [&str; 7] = ["agent", "id", "kind", "status", "start", "end", "zone"];

/// What the agents and records of a schedule are called.
#[derive(Debug, Clone)]
struct Names {
    agents: Vec<String>,
    ids: Vec<String>,
}

/// Names of letters that formats write in ways of their own. No name is another
/// one with blanks around it.
fn names() -> impl Strategy<Value = Names> {
    let letters = "[a-c\"',;|\\\\{}\\[\\]:\n\r\t\u{1}\u{1b}\u{7f}\u{a0}é山\u{202e}\u{1f642} ]{0,8}";
    let many = |mark: char| {
        proptest::collection::vec(letters, 6).prop_map(move |words| {
            let marked = words.into_iter().enumerate();
            marked.map(|(number, word)| format!("{mark}{number}{word}{mark}")).collect()
        })
    };
    (many('x'), many('y')).prop_map(|(agents, ids)| Names { agents, ids })
}

fn time(at: jiff::civil::DateTime, clock: Clock) -> String {
    let local = at.strftime("%Y-%m-%dT%H:%M");
    match clock {
        Clock::Zone(_) => local.to_string(),
        Clock::Offset(0) => format!("{local}Z"),
        Clock::Offset(minutes) => {
            let sign = if minutes < 0 { '-' } else { '+' };
            format!("{local}{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
        }
    }
}

fn cells(row: &Row, names: &Names) -> [String; 7] {
    let zone = match row.clock {
        Clock::Zone(zone) => zone,
        Clock::Offset(_) => "",
    };
    [
        names.agents[usize::from(row.agent)].clone(),
        row.id.map_or_else(String::new, |id| names.ids[usize::from(id)].clone()),
        if row.off { "Vacation" } else { "SHIFT" }.to_owned(),
        row.status.to_owned(),
        time(row.start, row.clock),
        time(row.end, row.clock),
        zone.to_owned(),
    ]
}

fn csv(rows: &[Row], names: &Names) -> String {
    let line = |row: &Row| {
        cells(row, names).map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).join(",")
    };
    let lines: Vec<String> = rows.iter().map(line).collect();
    format!("{}\n{}\n", FIELDS.join(","), lines.join("\n"))
}

/// Records of a document; empty cells become null, an empty string, or no key.
fn records(rows: &[Row], names: &Names) -> Vec<String> {
    let record = |(number, row): (usize, &Row)| {
        let mut object = Map::new();
        for (place, (field, cell)) in FIELDS.into_iter().zip(cells(row, names)).enumerate() {
            let value = match (number + place) % 3 {
                _ if !cell.is_empty() => Value::String(cell),
                0 => Value::Null,
                1 => Value::String(cell),
                _ => continue,
            };
            object.insert(field.to_owned(), value);
        }
        Value::Object(object).to_string()
    };
    rows.iter().enumerate().map(record).collect()
}

/// The batch in each format, the other files in CSV.
fn check(schedule: &Schedule, names: &Names, name: &str, batch: &str) -> Report {
    let live = csv(&schedule.of(Role::Published), names);
    let off = csv(&schedule.of(Role::TimeOff), names);
    let files = [
        file(Role::Batch, name, batch),
        file(Role::Published, "live.csv", live),
        file(Role::TimeOff, "off.csv", off),
    ];
    let settings = settings(files.into(), PLAIN);
    analyze(&settings, &Progress::default()).expect("sound settings")
}

proptest! {
    #![proptest_config(config(80))]

    #[test]
    fn a_batch_is_the_same_in_every_format(schedule in schedules(), names in names()) {
        let batch = schedule.of(Role::Batch);
        let records = records(&batch, &names);
        let plain = check(&schedule, &names, "batch.csv", &csv(&batch, &names));
        prop_assert!(plain.records >= batch.len() as u64);
        let shapes = [
            ("batch.json", format!("[{}]", records.join(","))),
            ("batch.json", format!("[\n{}\n]\n", records.join("\n,\n"))),
            ("batch.json", format!("{{\"total\":1,\"data\":{{\"shifts\":[{}]}}}}", records.join(","))),
            ("batch.ndjson", format!("{}\n", records.join("\n"))),
            ("batch.ndjson", records.join("\r\n\r\n")),
        ];
        for (name, text) in shapes {
            let other = check(&schedule, &names, name, &text);
            prop_assert_eq!(sorted(&other.findings, told), sorted(&plain.findings, told), "{}", &text);
            prop_assert_eq!(totals(&other), totals(&plain), "{}", &text);
            prop_assert_eq!(other.records, plain.records, "{}", &text);
            prop_assert_eq!(other.agents, plain.agents, "{}", &text);
            prop_assert_eq!(other.verdict, plain.verdict, "{}", &text);
            prop_assert_eq!(other.complete, plain.complete, "{}: {:?}", &text, other.inputs);
        }
    }
}
