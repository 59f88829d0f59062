//! A batch is the same batch in every format.

use super::schedule::{COLUMNS, schedules};
use super::{config, in_words, sorted};
use crate::world::check::{FILES, check, file, settings_of, totals};
use crate::world::schedule::{Row, Schedule, numbered};
use crate::world::write;
use proptest::prelude::{Strategy, prop_assert, prop_assert_eq, proptest};
use shiftlint::model::finding::Report;
use shiftlint::model::source::Role;

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

/// The schedule under other names.
fn renamed(schedule: &Schedule, names: &Names) -> Schedule {
    let renamed = |name: &Option<String>, what: &str, names: &[String]| {
        let place = (0..names.len()).find(|place| name.as_deref() == Some(&numbered(what, place)));
        place.map(|place| names[place].clone())
    };
    let row = |row: &Row| Row {
        agent: renamed(&row.agent, "agent", &names.agents),
        id: renamed(&row.id, "s", &names.ids),
        ..row.clone()
    };
    Schedule { rows: schedule.rows.iter().map(row).collect(), ..schedule.clone() }
}

/// The batch in some format, the other files in CSV.
fn check_as(schedule: &Schedule, name: &str, batch: &str) -> Report {
    let others = FILES[1..]
        .iter()
        .map(|(role, name)| file(*role, name, write::csv(&COLUMNS, schedule.of(*role))));
    let batch = file(Role::Batch, name, batch);
    check(&settings_of(schedule, std::iter::once(batch).chain(others).collect()))
}

proptest! {
    #![proptest_config(config(80))]

    #[test]
    fn a_batch_is_the_same_in_every_format(schedule in schedules(), names in names()) {
        let schedule = renamed(&schedule, &names);
        let batch = schedule.of(Role::Batch);
        let records = write::records(&COLUMNS, batch.iter().copied());
        let table = write::csv(&COLUMNS, batch.iter().copied());
        let plain = check_as(&schedule, "batch.csv", &table);
        prop_assert!(plain.records >= batch.len() as u64);
        let shapes = [
            ("batch.json", format!("[{}]", records.join(","))),
            ("batch.json", format!("[\n{}\n]\n", records.join("\n,\n"))),
            ("batch.json", format!("{{\"total\":1,\"data\":{{\"shifts\":[{}]}}}}", records.join(","))),
            ("batch.ndjson", format!("{}\n", records.join("\n"))),
            ("batch.ndjson", records.join("\r\n\r\n")),
        ];
        for (name, text) in shapes {
            let other = check_as(&schedule, name, &text);
            prop_assert_eq!(sorted(&other.findings, in_words), sorted(&plain.findings, in_words), "{}", &text);
            prop_assert_eq!(totals(&other), totals(&plain), "{}", &text);
            prop_assert_eq!(other.records, plain.records, "{}", &text);
            prop_assert_eq!(other.agents, plain.agents, "{}", &text);
            prop_assert_eq!(other.verdict, plain.verdict, "{}", &text);
            prop_assert_eq!(other.complete, plain.complete, "{}: {:?}", &text, other.inputs);
        }
    }
}
