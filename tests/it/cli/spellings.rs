//! Names that a person takes for one and a server does not.

use crate::program::{Folder, Outcome, shifts};

const MORNING: &str = "2026-03-02T08:00Z,2026-03-02T12:00Z";
const MIDDAY: &str = "2026-03-02T10:00Z,2026-03-02T14:00Z";

fn row(agent: &str, id: &str, times: &str) -> String {
    format!("{agent},{id},{times}")
}

/// The notes of the inputs, each with the name of its file.
fn notes(outcome: &Outcome) -> Vec<String> {
    let report = outcome.report();
    let inputs = report["inputs"].as_array().expect("inputs");
    let of_input = |input: &serde_json::Value| -> Vec<String> {
        let notes = input["notes"].as_array().expect("notes").clone();
        let name = input["path"].as_str().expect("a path").to_owned();
        notes.iter().map(|note| format!("{name}: {}", note.as_str().expect("text"))).collect()
    };
    inputs.iter().flat_map(of_input).collect()
}

fn check(batch: &[String], live: &[String], more: &[&str]) -> Outcome {
    let text = |rows: &[String]| shifts(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    let folder = Folder::new().with("batch.csv", text(batch)).with("live.csv", text(live));
    let args = ["check", "batch.csv", "--published", "live.csv", "--format", "json"];
    folder.run(&[&args[..], more].concat())
}

#[test]
fn agents_in_two_spellings_are_told_with_their_number() {
    let batch =
        [row("Anna", "s-1", MORNING), row("ben", "s-2", MORNING), row("CARL", "s-3", MORNING)];
    let live = [
        row("dora", "p-0", MORNING),
        row("ANNA", "p-1", MIDDAY),
        row("Ben", "p-2", MIDDAY),
        row("CARL", "p-3", MIDDAY),
    ];
    let told = notes(&check(&batch, &live, &[]).exits(1));
    let [note] = &told[..] else { panic!("one note: {told:?}") };
    let expected = "live.csv: 2 agents are spelled in two ways, such as `ANNA` (line 3) and `Anna` \
                    (batch.csv:2); ";
    assert!(note.starts_with(expected), "{note}");
    for jobs in ["1", "2", "5"] {
        assert_eq!(notes(&check(&batch, &live, &["--jobs", jobs])), told);
    }
}

#[test]
fn spellings_are_told_only_where_the_batch_has_one() {
    let batch = [row("ben", "s-2", MORNING)];
    let live =
        [row("Anna", "p-1", MORNING), row("anna", "p-2", MORNING), row("ZOË", "p-3", MORNING)];
    assert_eq!(notes(&check(&batch, &live, &[]).exits(0)), [""; 0]);
    let batch = [row("zoë", "s-2", MORNING)];
    let told = notes(&check(&batch, &live, &[]).exits(0));
    assert!(told[0].starts_with("live.csv: an agent is spelled in two ways, `ZOË` (line 4) and"));
}

/// UUIDs in capitals are so throughout, and the beginning of a file shows it.
#[test]
fn uuids_in_capitals_are_told_by_the_beginning_of_a_file() {
    let uuid = |number: usize| format!("0d5a1c2e-8b1f-4e7a-9c3d-{number:012x}");
    let live: Vec<String> =
        (0..8000).map(|at| row(&uuid(at), &format!("p-{at}"), MORNING)).collect();
    let batch: Vec<String> =
        (0..8000).map(|at| row(&uuid(at).to_uppercase(), &format!("s-{at}"), MIDDAY)).collect();
    let told = notes(&check(&batch, &live, &["--jobs", "3"]).exits(0));
    let expected = "live.csv: at least 3";
    assert!(told[0].starts_with(expected) && told.len() == 1, "{told:?}");
    assert_eq!(notes(&check(&batch, &live, &["--jobs", "1"])), told);
    let few = notes(&check(&batch[..20], &live, &[]).exits(0));
    assert!(few[0].starts_with("live.csv: 20 agents"), "{few:?}");
}

#[test]
fn an_id_with_blanks_takes_the_place_of_no_other() {
    let batch = [
        row("anna", "\" s-1\"", MORNING),
        row("anna", "\"s-2 \"", "2026-03-03T08:00Z,2026-03-03T09:00Z"),
    ];
    let live = [row("anna", "s-1", MIDDAY)];
    let outcome = check(&batch, &live, &[]).exits(1);
    assert_eq!(outcome.report()["inputs"][1]["replaced"], 0);
    assert_eq!(outcome.report()["findings"][0]["records"][0]["id"], " s-1");
    let told = notes(&outcome);
    assert_eq!(
        told,
        [
            "batch.csv: 2 ids have blanks around them, such as ` s-1` (line 2), and are not the same as \
          without: remove the blanks if they mean nothing"
        ]
    );
    let alike = check(&batch, &[row("anna", "\" s-1\"", MIDDAY)], &[]).exits(0);
    assert_eq!(alike.report()["inputs"][1]["replaced"], 1);
}

#[test]
fn every_format_says_how_many_records_are_replaced() {
    let rows = [row("anna", "s-1", MORNING), row("ben", "s-2", MORNING)].join("\n");
    let folder =
        Folder::new().with("batch.csv", shifts(&[&rows])).with("live.csv", shifts(&[&rows]));
    let args = ["check", "batch.csv", "--published", "live.csv", "--format"];
    for (format, words) in [
        ("text", "2 skipped: 2 replaced"),
        ("table", "2 skipped: 2 replaced"),
        ("json", "\"replaced\":2"),
    ] {
        folder.run(&[&args[..], &[format]].concat()).exits(0).says(&[words]);
    }
}

#[test]
fn ids_in_two_spellings_are_told_with_their_number() {
    let batch = [
        row("ann", "s-1", MORNING),
        row("ben", "S-2", MORNING),
        row("carl", "S-3", MORNING),
        row("dora", "S-4", MORNING),
        row("eva", "S-5", MORNING),
    ];
    let later = MORNING.replace("03-02", "03-03");
    let live = [
        row("ann", "S-1", &later),
        row("ben", "s-2", &later),
        row("carl", "S-3", &later),
        row("dora", "p-4", &later),
    ];
    let told = notes(&check(&batch, &live, &[]).exits(0));
    let [note] = &told[..] else { panic!("one note: {told:?}") };
    let expected = "live.csv: 2 ids are spelled in two ways, such as `S-1` (line 2) and `s-1` \
                    (batch.csv:2); ";
    assert!(note.starts_with(expected), "{note}");
    for jobs in ["1", "2", "5"] {
        assert_eq!(notes(&check(&batch, &live, &["--jobs", jobs])), told);
    }
    // Two spellings within the batch, or within what is published, are two ids.
    let own = [row("ann", "s-1", MORNING), row("ann", "S-1", &later)];
    assert_eq!(notes(&check(&own, &live[3..], &[]).exits(0)), [""; 0]);
    assert_eq!(notes(&check(&batch[3..], &own, &[]).exits(0)), [""; 0]);
}
