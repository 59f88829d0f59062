//! What a push needs beyond one plan or one answer: order, versions, and what goes again.

use crate::program::{Folder, Outcome, shifts};
use serde_json::Value;

fn manifest(folder: &Folder, plan: &str) -> Value {
    let text = folder.read(&format!("{plan}/plan.json")).expect("a manifest");
    serde_json::from_str(&text).expect("JSON")
}

fn list(value: &Value, key: &str) -> Vec<Value> {
    value[key].as_array().expect("a list").clone()
}

/// The ids of each chunk of a plan.
fn sent(folder: &Folder, plan: &str) -> Vec<Vec<String>> {
    let id = |record: &Value| record["id"].as_str().expect("an id").to_owned();
    let lanes = list(&manifest(folder, plan), "lanes");
    let chunks = lanes.iter().flat_map(|lane| list(lane, "chunks"));
    chunks.map(|chunk| list(&chunk, "records").iter().map(id).collect()).collect()
}

/// The id and the rule of each record that waits.
fn held(folder: &Folder, plan: &str) -> Vec<String> {
    let held = list(&manifest(folder, plan), "hold");
    let told = |of: &Value| format!("{} {}", of["id"], of["rule"]).replace('"', "");
    held.iter().map(told).collect()
}

/// Plans a batch with what is published.
fn planned(batch: &str, live: &str, more: &[&str]) -> Folder {
    let folder = Folder::new().with("batch.csv", batch).with("live.csv", live);
    let args = ["plan", "batch.csv", "--published", "live.csv", "--out", "plan"];
    let outcome = folder.run(&[&args[..], more].concat());
    assert!(matches!(outcome.code, Some(0 | 1)), "{}", outcome.told());
    folder
}

/// Triages answers to the chunks of a plan, in their order.
fn answered(folder: Folder, answers: &[&str], more: &[&str]) -> (Folder, Outcome) {
    let numbered = (1..).zip(answers);
    let folder = numbered.fold(folder, |folder, (number, answer)| {
        folder.with(&format!("answers/chunk-{number:03}.txt"), answer)
    });
    let args = ["triage", "batch.csv", "--published", "live.csv", "--plan", "plan"];
    let next = ["--response", "answers", "--write-retry", "again"];
    let outcome = folder.run(&[&args[..], &next, more].concat());
    assert!(matches!(outcome.code, Some(0 | 1)), "{}", outcome.told());
    (folder, outcome)
}

/// A shift from one hour to another of a Monday.
fn row(agent: &str, id: &str, start: u32, end: u32) -> String {
    format!("{agent},{id},2026-03-02T{start:02}:00Z,2026-03-02T{end:02}:00Z")
}

fn rows(rows: &[(&str, &str, u32, u32)]) -> String {
    let rows: Vec<String> = rows.iter().map(|of| row(of.0, of.1, of.2, of.3)).collect();
    shifts(&rows.iter().map(String::as_str).collect::<Vec<_>>())
}

const BARE: &str = r#"{"status":409,"message":"Conflict"}"#;
const TAKEN: &str = r#"{"status":200}"#;
const LIMITED: &str = r#"{"status":429}"#;

#[test]
fn a_cancellation_of_the_shift_of_another_agent_waits() {
    let live = rows(&[("anna", "s-1", 8, 16), ("ben", "s-2", 8, 16)]);
    let cancelled =
        |agent: &str, id: &str, kind: &str| format!("{},cancelled,{kind}\n", row(agent, id, 8, 16));
    for (kind, expected) in [("shift", vec!["s-1 ID102"]), ("time-off", Vec::new())] {
        let batch = "agent,id,start,end,status,kind\n".to_owned()
            + &cancelled("ben", "s-1", kind)
            + &cancelled("ben", "s-2", "shift");
        let folder = planned(&batch, &live, &[]);
        assert_eq!(held(&folder, "plan"), expected);
        let check = ["check", "batch.csv", "--published", "live.csv"];
        let said = folder.run(&check).out;
        // Ids of time off are counted separately.
        assert_eq!(said.contains("the id `s-1` of agent `ben` is published"), kind == "shift");
    }
}

#[test]
fn sides_of_a_swap_that_need_each_other_wait_for_a_server_that_takes_one_after_another() {
    let live = rows(&[("anna", "s-1", 8, 12), ("ben", "s-2", 10, 14)]);
    let batch = rows(&[("ben", "s-1", 8, 12), ("anna", "s-2", 10, 14)]);
    let swaps = "id,status,agent,shift,with agent,with shift\nw-1,approved,anna,s-1,ben,s-2\n";
    let folder =
        Folder::new().with("batch.csv", batch).with("live.csv", live).with("swaps.csv", swaps);
    let plan = ["plan", "batch.csv", "--published", "live.csv", "--swaps", "swaps.csv", "--out"];
    folder.run(&[&plan[..], &["whole"]].concat()).exits(0);
    assert_eq!(sent(&folder, "whole"), [["s-1", "s-2"]]);
    folder.run(&[&plan[..], &["each", "--one-by-one"]].concat()).exits(1);
    assert!(sent(&folder, "each").is_empty());
}

#[test]
fn a_shift_that_an_approved_swap_gave_away_is_explained_by_it() {
    let swaps = "id,status,agent,shift,with agent\nw-1,approved,anna,s-1,ben\n";
    // What is published is from before the swap, or from after it.
    for holder in ["anna", "ben"] {
        let folder = Folder::new()
            .with("batch.csv", rows(&[("anna", "s-1", 8, 16), ("cleo", "s-2", 8, 16)]))
            .with("live.csv", rows(&[(holder, "s-1", 8, 15)]))
            .with("swaps.csv", swaps)
            .with("answer.json", r#"{"status":409,"shiftId":"s-1"}"#);
        let args = ["triage", "batch.csv", "--published", "live.csv", "--swaps", "swaps.csv"];
        let outcome = folder.run(&[&args[..], &["--response", "answer.json"]].concat()).exits(0);
        outcome.says(&["1 stale-swap", "give each shift the agent and times that it has now"]);
    }
}

#[test]
fn versions_that_the_last_push_changed_are_fetched_again() {
    let row = |id: &str, day: u32| {
        format!("anna,{id},w-1,3,2026-03-0{day}T08:00Z,2026-03-0{day}T16:00Z\n")
    };
    let header = "agent,id,schedule,version,start,end\n";
    let batch = format!("{header}{}{}", row("s-1", 2), row("s-2", 3));
    let live = format!("{header}{}", row("p-1", 6));
    for (first, expected) in [(TAKEN, true), ("{}", true), (LIMITED, false)] {
        let folder = planned(&batch, &live, &["--chunk", "1"]);
        let (folder, _) = answered(folder, &[first, LIMITED], &[]);
        let chunks = list(&list(&manifest(&folder, "again"), "lanes")[0], "chunks");
        assert_eq!(chunks[0]["refetch_before"], expected, "{first}");
    }
}

#[test]
fn a_request_that_is_refused_for_one_of_its_records_is_halved() {
    let batch = rows(&[("a", "s-1", 8, 16), ("b", "s-2", 8, 16), ("c", "s-3", 8, 16)]);
    let live = rows(&[("z", "p-1", 8, 16)]);
    let again =
        |answer: &str| sent(&answered(planned(&batch, &live, &[]), &[answer], &[]).0, "again");
    let halves = vec![vec!["s-1".to_owned(), "s-2".to_owned()], vec!["s-3".to_owned()]];
    assert_eq!(again(BARE), halves);
    assert_eq!(again(r#"{"status":423,"message":"the period is locked"}"#), halves);
    // These are about the request.
    assert!(again(r#"{"status":403,"message":"missing permission"}"#).is_empty());
    assert!(again(r#"{"status":412,"message":"version mismatch"}"#).is_empty());
}

#[test]
fn what_waited_for_a_record_goes_once_that_is_refused() {
    let batch = rows(&[("a", "s-1", 8, 16), ("a", "s-2", 15, 18), ("b", "s-3", 8, 16)]);
    let live = rows(&[("z", "p-1", 8, 16)]);
    let locked = r#"{"status":423,"message":"the period is locked"}"#;
    for (second, expected) in [(TAKEN, vec![vec!["s-2"]]), ("{}", Vec::new())] {
        let folder = planned(&batch, &live, &["--chunk", "1"]);
        assert_eq!(sent(&folder, "plan"), [["s-1"], ["s-3"]]);
        let (folder, _) = answered(folder, &[locked, second], &[]);
        // What no answer mentions may be live, and in the way.
        assert_eq!(sent(&folder, "again"), expected);
    }
}

#[test]
fn a_record_whose_place_was_not_left_in_time_goes_again() {
    let live = rows(&[("a", "x-1", 8, 16)]);
    let batch = rows(&[("a", "x-1", 18, 20), ("a", "y-1", 8, 16)]);
    let folder = planned(&batch, &live, &["--chunk", "1"]);
    let overlap = r#"{"status":409,"message":"overlaps with an existing shift"}"#;
    let (folder, _) = answered(folder, &[LIMITED, overlap], &[]);
    assert_eq!(sent(&folder, "again"), [["x-1"], ["y-1"]]);
}

#[test]
fn an_agent_means_the_records_of_the_request() {
    let batch = rows(&[("a", "s-1", 8, 10), ("a", "s-2", 10, 12), ("b", "s-3", 8, 16)]);
    let live = rows(&[("z", "p-1", 8, 16)]);
    let agent = "409 Conflict: agent a is scheduled for overlapping intervals\n";
    let rejected = ["--unmentioned", "rejected"];
    let folder = planned(&batch, &live, &["--chunk", "2"]);
    assert_eq!(sent(&folder, "plan"), [vec!["s-1", "s-2"], vec!["s-3"]]);
    let (folder, _) = answered(folder, &[agent, TAKEN], &rejected);
    assert_eq!(sent(&folder, "again"), [["s-1"], ["s-2"]]);
    // It is one of several, and the others may be live.
    let (folder, _) = answered(planned(&batch, &live, &["--chunk", "2"]), &[agent, TAKEN], &[]);
    assert_eq!(held(&folder, "again"), ["s-1 unknown", "s-2 unknown"]);
    // The other record of the agent was in another request.
    let folder = planned(&batch, &live, &["--chunk", "1"]);
    let (folder, _) = answered(folder, &[agent, TAKEN, TAKEN], &rejected);
    assert_eq!(held(&folder, "again"), ["s-1 unknown"]);
}

#[test]
fn each_way_to_list_what_was_accepted_is_understood() {
    let batch = rows(&[("a", "s-1", 8, 10), ("b", "s-2", 10, 12)]);
    let live = rows(&[("z", "p-1", 8, 16)]);
    for (answer, accepted) in [
        (r#"{"results":[{"status":200},{"status":201}]}"#, 2),
        (r#"{"results":[{"status":200},{"status":409}]}"#, 1),
        (
            "HTTP/1.1 200 OK\n\n{\"shiftId\":\"s-1\"}\n\nHTTP/1.1 201 Created\n\n{\"shiftId\":\"s-2\"}\n",
            2,
        ),
        ("HTTP/1.1 202 Accepted\n\n{\"shiftId\":\"s-1\"}\n", 0),
        // A list that is not that of the records.
        (r#"{"results":[{"status":200},{"status":200},{"status":200}]}"#, 0),
    ] {
        let (_, outcome) = answered_or_nothing(planned(&batch, &live, &[]), answer);
        assert_eq!(outcome.report()["sent"]["accepted"], accepted, "{answer}");
    }
}

/// Triages an answer that may complain of nothing.
fn answered_or_nothing(folder: Folder, answer: &str) -> (Folder, Outcome) {
    let folder = folder.with("answers/chunk-001.txt", answer);
    let args = ["triage", "batch.csv", "--published", "live.csv", "--plan", "plan"];
    let outcome = folder.run(&[&args[..], &["--response", "answers", "--format", "json"]].concat());
    (folder, outcome)
}

/// Four records in one chunk, and an answer to them.
fn fates_of(answer: &str) -> Value {
    let batch = rows(&[
        ("a", "s-1", 8, 12),
        ("a", "s-2", 13, 16),
        ("b", "s-3", 8, 12),
        ("c", "s-4", 8, 12),
    ]);
    let live = rows(&[("z", "p-1", 8, 16)]);
    answered_or_nothing(planned(&batch, &live, &[]), answer).1.report()
}

#[test]
fn what_is_contradicted_or_means_another_record_is_not_accepted() {
    let items = r#"{"id":"s-1","status":200},{"id":"s-2","status":200},{"id":"s-3","status":200}"#;
    for (answer, accepted) in [
        (format!(r#"{{"entities":[{items},{{"id":"s-4","status":200}}]}}"#), 4),
        (format!(r#"{{"status":409,"entities":[{items},{{"id":"s-4","status":200}}]}}"#), 0),
        // The error is of one of four that went well.
        (format!(r#"[{items},{{"id":"s-4","status":200}},{{"error":"commit failed"}}]"#), 0),
        (format!(r#"{{"entities":[{items},{{"id":"x-4","status":200}}]}}"#), 3),
        (format!(r#"{{"entities":[{items},{{"id":"s-4","agent":"b","status":200}}]}}"#), 3),
        (
            format!(
                r#"{{"entities":[{items},{{"id":"s-4","start":"2026-03-02T09:00Z","status":200}}]}}"#
            ),
            3,
        ),
        (
            format!(
                r#"{{"entities":[{items},{{"id":"s-4","start":"2026-03-02T08:00Z","status":200}}]}}"#
            ),
            4,
        ),
        ("agent,status\na,OK\nb,OK\nc,OK\n".to_owned(), 2),
        (r#"[{"status":200}]"#.to_owned(), 0),
        (r#"{"status":"OK","imported":3}"#.to_owned(), 0),
        (r#"{"status":"OK","imported":4}"#.to_owned(), 4),
        (r#"{"status":"OK","data":[{"id":"s-1"},{"id":"s-2"},{"id":"s-3"}]}"#.to_owned(), 0),
        // Lines of the file, or records of it.
        ("line,status\n2,OK\n3,OK\n4,OK\n".to_owned(), 0),
        ("row,status\n2,OK\n3,OK\n4,OK\n".to_owned(), 3),
    ] {
        let report = fates_of(&answer);
        assert_eq!(report["sent"]["accepted"], accepted, "{answer}: {report:#}");
    }
}

#[test]
fn an_answer_that_says_more_counts_before_bare_headers() {
    let batch = rows(&[("a", "s-1", 8, 10), ("b", "s-2", 10, 12)]);
    let live = rows(&[("z", "p-1", 8, 16)]);
    let items = r#"{"results":[{"id":"s-1","status":200},{"id":"s-2","status":429}]}"#;
    let folder = planned(&batch, &live, &[])
        .with("answers/chunk-001.json", items)
        .with("answers/chunk-001.status", "HTTP/1.1 200 OK\ncontent-type: application/json\n\n");
    let args = ["triage", "batch.csv", "--published", "live.csv", "--plan", "plan"];
    let next = ["--response", "answers", "--format", "json"];
    let report = folder.run(&[&args[..], &next].concat()).exits(0).report();
    assert_eq!(report["sent"]["accepted"], 1, "{report:#}");
    // The answer to a chunk of another plan is not the later one.
    let folder = planned(&batch, &live, &[])
        .with("answers/chunk-001.json", items)
        .with("answers/chunk-002.json", r#"{"results":[{"id":"s-2","status":200}]}"#);
    let report = folder.run(&[&args[..], &next].concat()).report();
    assert_eq!(report["sent"]["accepted"], 1, "{report:#}");
    assert_eq!(report["sent"]["rejected"], 1, "{report:#}");
}
