//! `shiftlint triage --plan`: every record that was sent gets a fate, and what can be sent again
//! is written.

use crate::program::{Folder, Outcome};
use serde_json::Value;

const BATCH: &str = "agent,id,start,end
a,s-1,2026-03-02T08:00Z,2026-03-02T16:00Z
a,s-2,2026-03-02T15:00Z,2026-03-02T18:00Z
b,s-3,2026-03-02T08:00Z,2026-03-02T16:00Z
c,s-4,2026-03-02T08:00Z,2026-03-02T16:00Z
d,s-5,2026-03-02T08:00Z,2026-03-02T16:00Z
e,s-6,2026-03-02T08:00Z,2026-03-02T16:00Z
";

/// A batch whose plan has two chunks, of `s-1`, `s-3`, `s-4` and of `s-5`, `s-6`.
fn planned(more: &[&str]) -> Folder {
    let folder = Folder::new().with("batch.csv", BATCH);
    let args = [&["plan", "batch.csv", "--out", "plan", "--chunk", "3"], more].concat();
    folder.run(&args).exits(1);
    folder
}

/// What a triage says of answers, which are a name and a text each.
fn triage(folder: Folder, answers: &[(&str, &str)], more: &[&str]) -> (Folder, Outcome) {
    let folder = answers
        .iter()
        .fold(folder, |folder, (name, text)| folder.with(&format!("answers/{name}"), text));
    let mut args = vec!["triage", "batch.csv", "--plan", "plan", "--response", "answers"];
    args.extend(more);
    let outcome = folder.run(&args);
    (folder, outcome)
}

/// `s-1 accepted` for each record that was sent.
fn fates(outcome: &Outcome) -> Vec<String> {
    let document = outcome.report();
    let list = document["fates"].as_array().expect("fates").clone();
    let ids: Vec<&str> = BATCH.lines().skip(1).filter_map(|row| row.split(',').nth(1)).collect();
    let shown = |fate: &Value| {
        let record = fate["record"].as_u64().expect("a number") as usize;
        format!("{} {}", ids[record - 1], fate["fate"].as_str().expect("a word"))
    };
    list.iter().map(shown).collect()
}

/// The ids in the files that are to be sent again, file by file.
fn again(folder: &Folder) -> Vec<Vec<String>> {
    let manifest: Value =
        serde_json::from_str(&folder.read("again/plan.json").expect("a plan")).expect("JSON");
    let mut chunks = Vec::new();
    for lane in manifest["lanes"].as_array().expect("lanes") {
        for chunk in lane["chunks"].as_array().expect("chunks") {
            let ids = chunk["records"].as_array().expect("records").iter();
            chunks.push(ids.map(|of| of["id"].as_str().expect("an id").to_owned()).collect());
        }
    }
    chunks
}

const BARE: &str = r#"{"status":409,"message":"Conflict"}"#;

#[test]
fn a_chunk_that_is_refused_without_a_reason_is_halved() {
    let (folder, outcome) = triage(
        planned(&[]),
        &[("chunk-001.json", BARE), ("chunk-002.json", r#"{"status":200}"#)],
        &["--write-retry", "again"],
    );
    outcome.exits(1).says(&[
        "5 records sent in 2 chunks: 2 accepted, 3 rejected with chunk",
        "to be sent again:",
        "3 of 6 records (50%) can go now, in 2 chunks",
        "1   17%  OV101 shift-overlap",
        "2 records are live already",
    ]);
    assert_eq!(again(&folder), [vec!["s-1", "s-3"], vec!["s-4"]]);
}

#[test]
fn a_record_that_is_refused_alone_waits() {
    let folder = Folder::new().with("batch.csv", BATCH);
    folder.run(&["plan", "batch.csv", "--out", "plan", "--chunk", "1"]).exits(1);
    let answers = [("chunk-001.json", BARE), ("chunk-003.json", r#"{"status":429}"#)];
    let (folder, outcome) = triage(folder, &answers, &["--write-retry", "again"]);
    // What it overlaps was not sent.
    outcome.says(&["the server refused it: unknown", "no answer of the server mentions it"]);
    assert_eq!(again(&folder), [["s-4"]]);
}

#[test]
fn each_record_that_was_sent_has_one_fate() {
    let items = r#"{"results":[{"id":"s-1","status":200},{"id":"s-3","status":409,"message":"agent is locked: period closed"},{"id":"s-4","status":424}]}"#;
    let (_, outcome) = triage(planned(&[]), &[("chunk-001.json", items)], &["--format", "json"]);
    assert_eq!(
        fates(&outcome),
        [
            "s-1 accepted",
            "s-3 rejected",
            "s-4 rejected-with-chunk",
            "s-5 unmentioned",
            "s-6 unmentioned"
        ]
    );
    let sent = &outcome.report()["sent"];
    assert_eq!(sent["unmentioned"], 2);
}

#[test]
fn what_no_answer_mentions_is_sent_again_only_if_that_is_said() {
    let answers = [("chunk-001.json", r#"{"status":429}"#)];
    for (more, expected, live) in [
        (&[][..], vec![vec!["s-1", "s-3", "s-4"]], 0),
        (&["--unmentioned", "rejected"], vec![vec!["s-1", "s-3", "s-4"], vec!["s-5", "s-6"]], 0),
        (&["--unmentioned", "accepted"], vec![vec!["s-1", "s-3", "s-4"]], 2),
    ] {
        let more = [&["--write-retry", "again"], more].concat();
        let (folder, _) = triage(planned(&[]), &answers, &more);
        assert_eq!(again(&folder), expected, "{more:?}");
        let manifest = folder.read("again/plan.json").expect("a plan");
        assert!(manifest.contains(&format!("\"already_live\": {live},")), "{manifest}");
    }
}

#[test]
fn a_stale_version_is_sent_again_with_a_fresh_export_only() {
    let live = "agent,id,start,end\nz,p-1,2026-03-02T08:00Z,2026-03-02T16:00Z\n";
    let stale = r#"{"status":409,"message":"version mismatch"}"#;
    for (fresh, expected) in [(false, 1), (true, 2)] {
        let folder = Folder::new().with("batch.csv", BATCH).with("live.csv", live);
        let plan =
            ["plan", "batch.csv", "--published", "live.csv", "--out", "plan", "--chunk", "3"];
        folder.run(&plan).exits(1);
        let folder = match fresh {
            true => folder.with("live.csv", live.replace("16:00", "15:00")),
            false => folder,
        };
        let answers = [("chunk-001.json", stale), ("chunk-002.json", r#"{"status":429}"#)];
        let more = ["--published", "live.csv", "--write-retry", "again"];
        let (folder, _) = triage(folder, &answers, &more);
        assert_eq!(again(&folder).len(), expected, "{fresh}");
    }
}

/// `y-1` takes the place that `x-1` leaves.
#[test]
fn what_needs_a_record_that_was_refused_waits() {
    let rows = "agent,id,start,end\n\
                a,x-1,2026-03-02T18:00Z,2026-03-02T20:00Z\n\
                a,y-1,2026-03-02T08:00Z,2026-03-02T16:00Z\n";
    let live = "agent,id,start,end\na,x-1,2026-03-02T08:00Z,2026-03-02T16:00Z\n";
    let run = |first: &str| {
        let folder = Folder::new().with("batch.csv", rows).with("live.csv", live);
        let plan =
            ["plan", "batch.csv", "--published", "live.csv", "--out", "plan", "--chunk", "1"];
        folder.run(&plan).exits(0);
        let answers = [("chunk-001.json", first), ("chunk-002.json", r#"{"status":429}"#)];
        triage(folder, &answers, &["--published", "live.csv", "--write-retry", "again"])
    };
    let (folder, outcome) = run(r#"{"status":423,"message":"the period is locked"}"#);
    outcome.says(&["locked-period", "OV104"]);
    assert!(again(&folder).is_empty());
    let (folder, _) = run(r#"{"status":200}"#);
    assert_eq!(again(&folder), [["y-1"]]);
}

#[test]
fn answers_find_their_chunks_by_folder_content_and_option() {
    let folder = Folder::new().with("batch.csv", BATCH);
    let plan = ["plan", "batch.csv", "--out", "plan", "--chunk", "1", "--lanes", "2"];
    folder.run(&plan).exits(1);
    let manifest: Value =
        serde_json::from_str(&folder.read("plan/plan.json").expect("a plan")).expect("JSON");
    let id = |lane: usize| {
        let first = &manifest["lanes"][lane]["chunks"][0]["records"][0];
        first["id"].as_str().expect("an id").to_owned()
    };
    let locked = r#"{"status":423,"message":"the period is locked"}"#;
    let rejected = |outcome: &Outcome| -> Vec<String> {
        fates(outcome).into_iter().filter(|fate| fate.ends_with(" rejected")).collect()
    };
    let json = ["--format", "json"];
    let (folder, outcome) = triage(folder, &[("lane-2/chunk-001.json", locked)], &json);
    assert_eq!(rejected(&outcome), [format!("{} rejected", id(1))]);
    let args = |response: &str| {
        let args = ["triage", "batch.csv", "--plan", "plan", "--response", response];
        folder.run(&[&args[..], &json].concat())
    };
    assert_eq!(rejected(&args("answers/lane-2")), [format!("{} rejected", id(1))]);
    let named = args("lane-1/chunk-001.csv=answers/lane-2/chunk-001.json");
    assert_eq!(rejected(&named), [format!("{} rejected", id(0))]);
    args("chunk-001.csv=answers/lane-2/chunk-001.json").exits(2).complains(&["or several"]);
    let by_content = format!(r#"{{"status":423,"message":"locked period","shiftId":"{}"}}"#, id(1));
    let folder = folder.with("other.json", by_content);
    let outcome = folder.run(
        &[&["triage", "batch.csv", "--plan", "plan", "--response", "other.json"], &json[..]]
            .concat(),
    );
    assert_eq!(rejected(&outcome), [format!("{} rejected", id(1))]);
}

#[test]
fn pointers_and_indexes_are_places_in_the_chunk() {
    let list = r#"{"shifts":[
        {"agent":"a","id":"s-1","start":"2026-03-02T08:00Z","end":"2026-03-02T16:00Z"},
        {"agent":"a","id":"s-2","start":"2026-03-02T15:00Z","end":"2026-03-02T18:00Z"},
        {"agent":"b","id":"s-3","start":"2026-03-02T08:00Z","end":"2026-03-02T16:00Z"},
        {"agent":"c","id":"s-4","start":"2026-03-02T08:00Z","end":"2026-03-02T16:00Z"}
    ]}"#;
    for name in [r#""source":{"pointer":"/shifts/1/start"}"#, r#""index":1"#] {
        let folder = Folder::new().with("batch.json", list);
        folder.run(&["plan", "batch.json", "--out", "plan"]).exits(1);
        let answer = format!(
            r#"{{"errors":[{{"status":423,"message":"period is locked",{name}}},
                {{"status":423,"message":"period is locked",{}}}]}}"#,
            name.replace('1', "0")
        );
        let folder = folder.with("answer.json", answer);
        let args = ["triage", "batch.json", "--plan", "plan", "--response", "answer.json"];
        let outcome = folder.run(&[&args[..], &["--format", "json"]].concat());
        let document = outcome.report();
        let ids: Vec<&str> = document["items"]
            .as_array()
            .expect("items")
            .iter()
            .map(|item| item["id"].as_str().unwrap_or("-"))
            .collect();
        assert_eq!(ids, ["s-3", "s-1"], "{name} {document:#}");
    }
}

#[test]
fn of_two_answers_to_a_chunk_the_later_counts() {
    let folder = planned(&[]).with("first.json", BARE).with("second.json", r#"{"status":200}"#);
    let args = [
        "triage",
        "batch.csv",
        "--plan",
        "plan",
        "--response",
        "chunk-001.csv=first.json",
        "--response",
        "chunk-001.csv=second.json",
    ];
    folder.run(&args).says(&["first.json is left out", "3 accepted, 2 unmentioned"]);
}

#[test]
fn a_plan_of_something_else_is_refused() {
    let answers = [("chunk-001.json", BARE)];
    let (folder, _) = triage(planned(&[]), &answers, &["--write-retry", "again"]);
    let run = |folder: &Folder, plan: &str, more: &[&str]| {
        let args = ["triage", "batch.csv", "--plan", plan, "--response", "answers"];
        folder.run(&[&args[..], more].concat())
    };
    run(&folder, "nowhere", &[]).exits(2).complains(&["cannot be read"]);
    run(&folder, "plan", &["--write-retry", "again"]).exits(2).complains(&["exists"]);
    run(&folder, "plan", &["--write-retry", "plan/again"])
        .exits(2)
        .complains(&["is in the folder"]);
    run(&folder, "plan", &["--unmentioned", "accepted"]).exits(2);
    let folder = folder.with("other/plan.json", "{}");
    run(&folder, "other", &[]).exits(2).complains(&["is no plan"]);
    let folder = folder.with("batch.csv", BATCH.replace("s-6", "s-7"));
    run(&folder, "plan", &[]).exits(2).complains(&["has changed since the plan was made"]);
    assert!(!folder.path().join("plan/again").exists());
}

/// What is taken for accepted is never sent again: a guess would lose records.
#[test]
fn only_a_clear_success_accepts_a_chunk() {
    let count = |answer: &str| {
        let (_, outcome) =
            triage(planned(&[]), &[("chunk-001.json", answer)], &["--format", "json"]);
        outcome.report()["sent"]["accepted"].as_u64().expect("a number")
    };
    let body = r#"{"results":[{"id":"s-1","status":200},{"id":"s-3","status":200}]}"#;
    for answer in [
        r#"{"status":200}"#,
        r#"{"success":true,"data":{"imported":3,"failed":0}}"#,
        r#"{"status":"Complete","operationId":"op-1"}"#,
        "HTTP/1.1 200 OK\n\n{\"status\":200}\n",
        "HTTP/1.1 204 No Content\n\n",
    ] {
        assert_eq!(count(answer), 3, "{answer}");
    }
    assert_eq!(count(body), 2);
    for answer in [
        "",
        "{}",
        "[]",
        "null",
        r#"{"status":202}"#,
        r#"{"status":"Processing","operationId":"op-1"}"#,
        r#"{"status":"queued"}"#,
        r#"{"success":true,"data":{"imported":2,"failed":1}}"#,
        r#"{"success":true,"failedCount":"1"}"#,
        r#"{"success":false}"#,
        r#"{"status":200"#,
        r#"{"status":200,"errors":[{"message":"Conflict","status":409}]}"#,
        r#"{"message":"Saved","warnings":3}"#,
        "HTTP/1.1 202 Accepted\n\n",
        "HTTP/1.1 302 Found\nLocation: /login\n\n",
        "HTTP/1.1 100 Continue\n\n",
        "HTTP/1.1 200 OK\nContent-Type: text/html\n\n<html><body>Please log in</body></html>\n",
        "HTTP/1.1 200 OK\n\n{\"status\":409,\"message\":\"Conflict\"}\n",
        "HTTP/1.1 200 OK\n\n\nHTTP/1.1 409 Conflict\n\n",
        "<html><body>200 OK</body></html>",
        "200 OK, 2 records imported, 1 failed",
        "{\"status\":200}\n{\"status\":200}\n",
    ] {
        assert_eq!(count(answer), 0, "{answer}");
    }
}

#[test]
fn a_record_whose_id_exists_is_not_taken_for_live() {
    for words in ["Shift already exists", "Duplicate entry 's-1' for key 'PRIMARY'"] {
        let answer = format!(r#"{{"results":[{{"id":"s-1","status":409,"message":"{words}"}}]}}"#);
        let answers = [("chunk-001.json", &*answer), ("chunk-002.json", r#"{"status":200}"#)];
        let (folder, _) = triage(planned(&[]), &answers, &["--write-retry", "again"]);
        let reasons = folder.read("again/hold/reasons.csv").expect("reasons");
        assert!(reasons.contains("s-1") && reasons.contains("duplicate-id"), "{reasons}");
    }
}
