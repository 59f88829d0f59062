//! Microsoft Graph Shifts: what is shared, what is a draft, and what is about to go.

use crate::program::Folder;
use serde_json::{Value, json};

fn item(from: u32, to: u32) -> Value {
    json!({
        "displayName": "Day", "activities": [],
        "startDateTime": format!("2026-03-09T{from:02}:00:00Z"),
        "endDateTime": format!("2026-03-09T{to:02}:00:00Z"),
    })
}

fn shift(id: &str, shared: Value, draft: Value, staged: bool) -> Value {
    json!({
        "id": id, "userId": "c5d0c76b-0000-4000-8000-000000000001", "schedulingGroupId": "TAG_1",
        "sharedShift": shared, "draftShift": draft, "isStagedForDeletion": staged,
    })
}

fn codes(batch: &[Value], live: &[Value]) -> Vec<String> {
    let folder = Folder::new()
        .with("batch.json", json!({"value": batch}).to_string())
        .with("live.json", json!({"value": live}).to_string());
    let arguments = ["check", "batch.json", "--published", "live.json", "--format", "json"];
    let report = folder.run(&arguments).report();
    let findings = report["findings"].as_array().expect("findings");
    findings.iter().filter_map(|finding| finding["rule"].as_str()).map(str::to_owned).collect()
}

#[test]
fn a_shift_that_is_about_to_be_deleted_is_live_until_then() {
    let new = shift("SHFT_2", Value::Null, item(10, 12), false);
    let old = |staged| shift("SHFT_1", item(8, 16), Value::Null, staged);
    assert_eq!(codes(std::slice::from_ref(&new), &[old(false)]), ["OV104"]);
    // Staged in what is live, and not among what is sent.
    assert_eq!(codes(std::slice::from_ref(&new), &[old(true)]), ["OV104"]);
    assert_eq!(codes(&[new.clone(), old(true)], &[old(false)]), [""; 0]);
    assert_eq!(codes(&[new, old(false)], &[old(false)]), ["OV101"]);
}

/// A record of another kind than a shift, with two versions of what it holds.
fn other(id: &str, kind: &str, user: Option<&str>, shared: Value, draft: Value) -> Value {
    let (shared_key, draft_key) = (format!("shared{kind}"), format!("draft{kind}"));
    let mut record = json!({"id": id, "isStagedForDeletion": false});
    record[shared_key] = shared;
    record[draft_key] = draft;
    if let Some(user) = user {
        record["userId"] = json!(user);
    }
    record
}

#[test]
fn open_shifts_have_no_agent() {
    let open = |id| other(id, "OpenShift", None, item(8, 16), Value::Null);
    let folder = Folder::new().with(
        "batch.json",
        json!({"value": [open("O1"), open("O2"), shift("S1", item(8, 16), Value::Null, false)]})
            .to_string(),
    );
    let report = folder.run(&["check", "batch.json", "--format", "json"]).exits(0).report();
    assert_eq!(report["inputs"][0]["checked"], 1);
    assert_eq!(report["inputs"][0]["unassigned"], 2);
}

#[test]
fn time_off_has_two_versions_as_well() {
    const USER: &str = "c5d0c76b-0000-4000-8000-000000000001";
    let off = |shared, draft| other("TOFF_1", "TimeOff", Some(USER), shared, draft);
    let work = shift("SHFT_1", Value::Null, item(10, 12), false);
    for (time_off, expected) in [
        (off(item(8, 16), Value::Null), &["OV201"][..]),
        (off(Value::Null, item(8, 16)), &["OV201"]),
        // About to move away from the shift, or onto it.
        (off(item(8, 16), item(14, 16)), &[]),
        (off(item(14, 16), item(8, 16)), &["OV201"]),
    ] {
        assert_eq!(codes(&[work.clone(), time_off.clone()], &[]), expected, "{time_off}");
    }
    // What is live is what is shared.
    for (time_off, expected) in
        [(off(item(8, 16), item(14, 16)), &["OV201"][..]), (off(Value::Null, item(8, 16)), &[])]
    {
        assert_eq!(
            codes(std::slice::from_ref(&work), std::slice::from_ref(&time_off)),
            expected,
            "{time_off}"
        );
    }
}

#[test]
fn shifts_after_many_requests_are_shifts() {
    const USER: &str = "c5d0c76b-0000-4000-8000-000000000001";
    let mut request = item(6, 20);
    for (key, value) in [("state", "declined"), ("senderUserId", USER), ("timeOffReasonId", "T")] {
        request[key] = json!(value);
    }
    let shifts = ["SHFT_1", "SHFT_2"].map(|id| shift(id, item(8, 16), Value::Null, false));
    for count in [1, 5000] {
        let requests: Vec<&Value> = std::iter::repeat_n(&request, count).collect();
        let document = json!({"aRequests": requests, "shifts": shifts});
        let folder = Folder::new().with("batch.json", document.to_string());
        folder.run(&["check", "batch.json"]).exits(1).says(&["SHFT_1", "SHFT_2"]);
    }
}

#[test]
fn a_request_is_of_who_asks() {
    let work = shift("SHFT_1", item(8, 16), Value::Null, false);
    let mut request = item(6, 20);
    for (key, value) in [
        ("id", "TORQ_1"),
        ("state", "approved"),
        ("senderUserId", "c5d0c76b-0000-4000-8000-000000000001"),
        ("assignedTo", "manager"),
        ("timeOffReasonId", "TOR_1"),
    ] {
        request[key] = json!(value);
    }
    let folder = Folder::new()
        .with("batch.json", json!({"value": [work]}).to_string())
        .with("off.json", json!({"value": [request]}).to_string());
    for arguments in [
        &["check", "batch.json", "--time-off", "off.json"][..],
        &["check", "batch.json", "off.json"],
    ] {
        let outcome = folder.run(arguments).exits(1);
        assert!(outcome.out.contains("OV201"), "{}", outcome.out);
    }
    // Beside time off that is granted, and on lines.
    let off = other("TOFF_1", "TimeOff", Some("u9"), item(8, 16), Value::Null);
    let mixed = json!({"value": [off, request.clone()]}).to_string();
    let arguments = ["check", "batch.json", "--time-off", "off.json"];
    let outcome = folder.with("off.json", mixed).run(&arguments);
    assert!(outcome.out.contains("OV201"), "{}", outcome.told());
}

#[test]
fn requests_on_lines_are_never_those_of_who_decides() {
    let work = shift("SHFT_1", item(8, 16), Value::Null, false);
    let request = json!({
        "id": "r1", "assignedTo": "manager", "state": "approved", "timeOffReasonId": "T",
        "senderUserId": "c5d0c76b-0000-4000-8000-000000000001",
        "startDateTime": "2026-03-09T06:00:00Z", "endDateTime": "2026-03-09T20:00:00Z",
    });
    let lines = format!("{request}\n{request}\n");
    let folder = Folder::new()
        .with("batch.json", json!({"value": [work]}).to_string())
        .with("off.ndjson", lines);
    let outcome = folder.run(&["check", "batch.json", "--time-off", "off.ndjson"]);
    assert!(outcome.code == Some(3) || outcome.out.contains("OV201"), "{}", outcome.told());
}

#[test]
fn a_list_of_open_shifts_alone_is_read() {
    let open = other("O1", "OpenShift", None, item(8, 16), Value::Null);
    let work = shift("SHFT_1", item(8, 16), Value::Null, false);
    let folder = Folder::new()
        .with("batch.json", json!({"value": [work]}).to_string())
        .with("open.json", json!({"value": [open]}).to_string());
    folder.run(&["check", "batch.json", "open.json"]).exits(0);
    folder.run(&["check", "open.json"]).exits(4);
}
