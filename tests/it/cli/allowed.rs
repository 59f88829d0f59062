//! Allowances in plans, retries and explanations: what is allowed stands in the way of nothing.

use crate::program::{Folder, Outcome};
use serde_json::{Value, json};

const BATCH: &str = "agent,id,start,end
anna,s-1,2026-03-02T08:00Z,2026-03-02T16:00Z
anna,s-2,2026-03-02T15:00Z,2026-03-02T18:00Z
ben,s-3,2026-03-03T08:00Z,2026-03-03T16:00Z
ben,s-4,2026-03-03T14:00Z,2026-03-03T18:00Z
";

const ANNA: &str = "[[allow]]
rule = \"OV101\"
agent = \"anna\"
reason = \"handover\"
until = \"2026-06-30\"
";

fn plan(folder: &Folder, more: &[&str]) -> Outcome {
    folder.run(&[&["plan", "batch.csv", "--out", "plan", "--force"], more].concat())
}

fn manifest(folder: &Folder) -> Value {
    serde_json::from_str(&folder.read("plan/plan.json").expect("a manifest")).expect("JSON")
}

/// The ids of the records that wait.
fn held(folder: &Folder) -> Vec<String> {
    let manifest = manifest(folder);
    let held = manifest["hold"].as_array().expect("a list").iter();
    held.map(|of| of["id"].as_str().unwrap_or_default().to_owned()).collect()
}

fn folder(configuration: &str, batch: &str) -> Folder {
    Folder::new().with("shiftlint.toml", configuration).with("batch.csv", batch)
}

#[test]
fn a_plan_sends_what_is_allowed_and_names_who_allows_it() {
    let folder = folder(ANNA, BATCH);
    plan(&folder, &["--today", "2026-06-30"]).exits(1).says(&[
        "3 of 4 records (75%) can go now",
        "allowance shiftlint.toml:1 (OV101) allows 1 finding: handover",
    ]);
    assert_eq!(held(&folder), ["s-4"]);
    let manifest = manifest(&folder);
    let allowance = json!({
        "place": "shiftlint.toml:1", "rule": "OV101", "reason": "handover",
        "until": "2026-06-30", "expired": false, "matches": 1
    });
    assert_eq!(
        (&manifest["today"], &manifest["allowances"]),
        (&json!("2026-06-30"), &json!([allowance]))
    );
    folder.run(&["check", "--plan", "plan", "--today", "2026-06-30"]).exits(0);
    folder.run(&["check", "--plan", "plan", "--today", "2026-07-01"]).exits(1);
}

#[test]
fn what_has_ended_allows_nothing() {
    let folder = folder(ANNA, BATCH);
    plan(&folder, &["--today", "2026-07-01"])
        .exits(1)
        .says(&["(OV101) ended with 2026-06-30, so that 1 finding counts again"]);
    assert_eq!(held(&folder), ["s-2", "s-4"]);
    plan(&folder, &["--no-config"]).exits(1).never_says(&["allowance"]);
    assert_eq!(manifest(&folder)["today"], json!(null));
}

#[test]
fn other_allowances_let_nothing_go() {
    for wrong in [
        "rule = \"OV102\"\nagent = \"anna\"",
        "rule = \"OV101\"\nids = [\"s-1\", \"s-4\"]",
        "rule = \"OV101\"\nfrom = \"2026-03-04\"",
        "rule = \"OV101\"\npath = \"other/*.csv\"",
    ] {
        let folder = folder(&format!("[[allow]]\n{wrong}\nreason = \"r\"\n"), BATCH);
        plan(&folder, &[]).exits(1).never_says(&["allowance"]);
        assert_eq!(held(&folder), ["s-2", "s-4"], "{wrong}");
    }
}

#[test]
fn one_of_three_is_allowed_beside_each_of_the_others() {
    let batch = "agent,id,start,end
anna,a,2026-03-02T08:00Z,2026-03-02T12:00Z
anna,b,2026-03-02T11:00Z,2026-03-02T14:00Z
anna,c,2026-03-02T11:30Z,2026-03-02T15:00Z
";
    let allow = |ids: &str| format!("[[allow]]\nrule = \"OV101\"\nids = [{ids}]\nreason = \"r\"\n");
    let folder = folder(&allow("\"b\", \"a\""), batch);
    plan(&folder, &[]).exits(1);
    assert_eq!(held(&folder), ["c"]);
    let folder = folder.with("shiftlint.toml", allow("\"b\""));
    plan(&folder, &[]).exits(1);
    assert_eq!(held(&folder), ["c"], "a and c are in each other's way");
    let folder = folder.with("shiftlint.toml", allow("\"b\"") + &allow("\"a\", \"c\""));
    plan(&folder, &[]).exits(0);
    assert_eq!(held(&folder), [""; 0]);
}

#[test]
fn facts_about_one_record_are_allowed_too() {
    let batch = "agent,id,start,end,timezone,schedule_id,version
anna,s-1,2026-03-02T08:00-05:00,2026-03-02T16:00-06:00,America/Chicago,w,3
ben,s-2,2026-03-03T08:00-06:00,2026-03-03T16:00-06:00,America/Chicago,w,3
";
    let live = "agent,id,start,end,timezone,schedule_id,version
ben,s-9,2026-03-04T08:00-06:00,2026-03-04T16:00-06:00,America/Chicago,w,4
";
    let folder = folder("", batch).with("live.csv", live);
    plan(&folder, &["--published", "live.csv"]).exits(1);
    assert_eq!(held(&folder), ["s-1", "s-2"]);
    let entry = |rule: &str| format!("[[allow]]\nrule = \"{rule}\"\nreason = \"r\"\n");
    let folder = folder.with("shiftlint.toml", entry("VR101"));
    plan(&folder, &["--published", "live.csv"]).exits(1);
    assert_eq!(held(&folder), ["s-1"]);
    let folder = folder.with("shiftlint.toml", entry("VR101") + &entry("TZ104"));
    plan(&folder, &["--published", "live.csv"]).exits(0);
}

#[test]
fn what_goes_or_waits_as_a_whole_may_overlap_within() {
    let batch = "agent,id,start,end,schedule
anna,s-1,2026-03-02T08:00Z,2026-03-02T12:00Z,w
anna,s-2,2026-03-02T11:00Z,2026-03-02T12:00Z,w
anna,s-3,2026-03-02T11:30Z,2026-03-02T15:00Z,w
";
    let folder = folder("", batch);
    let whole = |folder: &Folder| plan(folder, &["--replace", "schedule"]);
    whole(&folder).exits(1).says(&["none of 3 records can go now"]);
    let allow = |ids: &str| format!("[[allow]]\nrule = \"OV101\"\nids = [{ids}]\nreason = \"r\"\n");
    let folder = folder.with("shiftlint.toml", allow("\"s-2\""));
    whole(&folder).exits(1).says(&["none of 3 records can go now"]);
    let folder = folder.with("shiftlint.toml", allow("\"s-2\"") + &allow("\"s-1\""));
    whole(&folder).exits(0).says(&["all 3 records can go now", "allows 2 findings"]);
}

#[test]
fn a_retry_heeds_allowances() {
    let folder = folder(ANNA, BATCH);
    let today = ["--today", "2026-06-30"];
    plan(&folder, &today).exits(1);
    let answer = r#"{"errors": [{"id": "s-2", "status": 429, "message": "too many requests"}]}"#;
    let folder = folder.with("answer.json", answer);
    let args = ["triage", "batch.csv", "--plan", "plan", "--response", "answer.json"];
    let retry = |today: &str, out: &str| {
        folder.run(
            &[&args[..], &["--write-retry", out, "--today", today, "--unmentioned", "accepted"]]
                .concat(),
        );
        folder.read(&format!("{out}/plan.json")).expect("a manifest")
    };
    assert!(retry("2026-06-30", "again").contains("\"kept\": 1,"), "s-2 goes again");
    assert!(retry("2026-07-01", "later").contains("\"kept\": 0,"), "nothing allows it any more");
}

#[test]
fn why_says_who_allows_a_conflict() {
    let folder = folder(ANNA, BATCH);
    let why = |records: &[&str], today: &str| {
        folder.run(&[&["why", "batch.csv", "--today", today, "--"], records].concat())
    };
    why(&["s-1", "s-2"], "2026-06-30")
        .exits(0)
        .says(&["allowed, OV101 shift-overlap:", "shiftlint.toml:1 allows it: handover"]);
    why(&["s-1"], "2026-06-30").exits(0).says(&["allowed, OV101"]);
    why(&["s-1", "s-2"], "2026-07-01").exits(1).says(&["conflict, OV101"]);
    why(&["s-3", "s-4"], "2026-06-30").exits(1).says(&["conflict, OV101"]);
    let json =
        ["why", "batch.csv", "--format", "json", "--today", "2026-06-30", "--", "s-1", "s-2"];
    let said: Value = serde_json::from_str(&folder.run(&json).exits(0).out).expect("JSON");
    let pair = &said["pairs"][0];
    assert_eq!((&said["conflict"], &pair["relation"]), (&json!(false), &json!("allowed")));
    assert_eq!(pair["findings"][0]["state"], "allowed");
}

#[test]
fn of_several_days_one_may_be_allowed() {
    let record = |id: &str, start: &str, end: &str| {
        format!(
            r#"{{"agent":"anna","id":"{id}","dates":["2026-03-02","2026-03-03"],"start":"{start}","end":"{end}","zone":"UTC"}}"#
        )
    };
    let batch = [record("s-1", "08:00", "16:00"), record("s-2", "15:00", "18:00")].join(",");
    let allow = |days: &str| format!("[[allow]]\nrule = \"OV101\"\n{days}\nreason = \"r\"\n");
    let one = allow("from = \"2026-03-02\"\nto = \"2026-03-02\"");
    let folder = Folder::new().with("shiftlint.toml", one).with("batch.json", format!("[{batch}]"));
    let why = |folder: &Folder| folder.run(&["why", "batch.json", "--", "s-1", "s-2"]);
    let plan = |folder: &Folder| folder.run(&["plan", "batch.json", "--out", "plan", "--force"]);
    folder.run(&["check", "batch.json"]).exits(1).says(&["1 new, 0 known, 1 allowed"]);
    why(&folder).exits(1).says(&["conflict, OV101", "2026-03-03"]);
    plan(&folder).exits(1);
    assert_eq!(held(&folder), ["s-2"]);
    let folder = folder.with("shiftlint.toml", allow("to = \"2026-03-03\""));
    why(&folder).exits(0).says(&["allowed, OV101"]);
    plan(&folder).exits(0);
}
