//! `shiftlint triage`: what a server sent back is explained by the data and by its own words.

use crate::program::{Folder, Outcome};
use serde_json::Value;

const BATCH: &str = "agent,id,start,end
anna,s-1,2026-03-02T08:00-06:00,2026-03-02T16:00-06:00
anna,s-2,2026-03-02T15:00-06:00,2026-03-02T17:00-06:00
ben,s-3,2026-03-02T08:00-06:00,2026-03-02T16:00-06:00
cleo,s-4,2026-03-02T08:00-06:00,2026-03-02T16:00-06:00
dora,s-5,2026-03-02T08:00-06:00,2026-03-02T16:00-06:00
emil,s-5,2026-03-03T08:00-06:00,2026-03-03T16:00-06:00
409,s-6,2026-03-03T08:00-06:00,2026-03-03T16:00-06:00
flo,s-7,2026-03-04T08:00-06:00,2026-03-04T16:00-06:00
gus,s-8,2026-03-04T08:00-06:00,2026-03-04T16:00-06:00
hal,s-9,2026-03-04T16:00-06:00,2026-03-04T08:00-06:00
anna,s-10,2026-03-05T08:00-06:00,2026-03-05T16:00-06:00
";

/// The batch, and what is in its way.
fn week() -> Folder {
    Folder::new()
        .with("batch.csv", BATCH)
        .with(
            "live.csv",
            "agent,id,start,end\nben,p-1,2026-03-02T12:00-06:00,2026-03-02T20:00-06:00\n",
        )
        .with(
            "off.csv",
            "agent,id,start,end,status\n\
             cleo,r-1,2026-03-02T00:00-06:00,2026-03-03T00:00-06:00,approved\n\
             flo,r-2,2026-03-04T00:00-06:00,2026-03-05T00:00-06:00,pending\n",
        )
        .with("agents.csv", "agent\nanna\nben\ncleo\ndora\nemil\n409\nflo\nhal\n")
        .with(
            "swaps.csv",
            "id,status,agent,shift,with agent,with shift\nw-1,pending,409,s-6,hal,\n",
        )
}

/// What the program says of an answer.
fn run(folder: Folder, answer: &str, more: &[&str]) -> Outcome {
    let folder = folder.with("answer.txt", answer);
    let mut words = vec!["triage", "batch.csv", "--response", "answer.txt"];
    for (option, file) in [
        ("--published", "live.csv"),
        ("--time-off", "off.csv"),
        ("--agents", "agents.csv"),
        ("--swaps", "swaps.csv"),
    ] {
        if folder.path().join(file).exists() {
            words.extend([option, file]);
        }
    }
    words.extend(more);
    folder.run(&words)
}

fn triage(answer: &str) -> Value {
    run(week(), answer, &["--format", "json"]).report()
}

/// Class, where that is from, confirmed, and by what it was matched, of each item.
fn shown(document: &Value) -> Vec<String> {
    let items = document["items"].as_array().expect("items");
    let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let item = |item: &Value| {
        let confirmed = item["confirmed"].to_string();
        let keys = ["class", "explained_by", "matched_by"].map(|key| word(&item[key]));
        let [class, by, matched] = keys;
        format!("{class} {by} {confirmed} {matched}")
    };
    items.iter().map(item).collect()
}

#[track_caller]
fn is(answer: &str, expected: &[&str]) {
    let document = triage(answer);
    assert_eq!(shown(&document), expected, "{answer}\n{document:#}");
}

#[test]
fn the_data_explains_a_bare_conflict() {
    for (id, class) in [
        ("s-1", "overlap data null id"),
        ("s-2", "overlap data null id"),
        ("s-3", "published-overlap data null id"),
        ("s-4", "time-off data null id"),
        ("s-6", "pending-swap data null id"),
        ("s-7", "pending-time-off data null id"),
        ("s-8", "unknown-agent data null id"),
        ("s-9", "invalid-record data null id"),
        ("s-5", "duplicate-id data null id"),
    ] {
        is(&format!(r#"{{"status":409,"message":"Conflict","shiftId":"{id}"}}"#), &[class]);
    }
}

#[test]
fn a_record_without_trouble_stays_unknown() {
    is(r#"{"status":409,"shiftId":"s-10"}"#, &["unknown nothing null id"]);
    is(r#"{"code":"SHIFT_OVERLAP","shiftId":"s-10"}"#, &["unknown nothing null id"]);
    // It has trouble of another kind.
    is(r#"{"code":"SHIFT_OVERLAP","shiftId":"s-8"}"#, &["unknown nothing null id"]);
    let folder = Folder::new().with("batch.csv", BATCH);
    let outcome = run(folder, r#"{"status":409,"shiftId":"s-10"}"#, &[]).exits(1);
    outcome.says(&["the complaint is not explained: 1 unknown", "same token"]);
}

#[test]
fn a_precise_reason_decides_and_the_data_confirms_it() {
    for (message, id, expected) in [
        ("Version mismatch", "s-1", "stale-version response null id"),
        ("user has approved time off", "s-4", "time-off response true id"),
        ("user has approved time off", "s-10", "time-off response false id"),
        ("The record has a pending shift swap", "s-6", "pending-swap response true id"),
        ("unknown employee", "s-8", "unknown-agent response true id"),
        ("unknown employee", "s-1", "unknown-agent response false id"),
        ("duplicate id", "s-5", "duplicate-id response true id"),
        ("already exists", "s-5", "duplicate-id response true id"),
        ("already exists", "s-10", "duplicate-id response false id"),
        ("Duplicate entry 's-10' for key 'PRIMARY'", "s-10", "duplicate-id response false id"),
        ("period is locked", "s-10", "locked-period response null id"),
        ("Max consecutive hours exceeded", "s-10", "labour-rule response null id"),
        ("capacity exceeded", "s-10", "capacity response null id"),
    ] {
        let answer = format!(r#"{{"status":409,"message":"{message}","shiftId":"{id}"}}"#);
        is(&answer, &[expected]);
    }
    is(r#"{"status":403,"message":"Missing permission"}"#, &["permission response null -"]);
    is(r#"{"status":429,"shiftId":"s-1"}"#, &["rate-limit response null id"]);
    is("HTTP/1.1 503 Service Unavailable\n\n", &["server-error response null -"]);
    let of_chunk = r#"{"results":[{"id":"s-1","status":424},{"id":"s-2","status":200}]}"#;
    is(of_chunk, &["rejected-with-chunk response null id"]);
}

#[test]
fn a_record_that_is_live_already_is_recognized() {
    let row = "agent,id,start,end\nanna,s-1,2026-03-02T08:00Z,2026-03-02T16:00Z\n";
    for (message, expected) in [
        ("already exists", "already-live response true id"),
        ("overlaps with an existing assignment", "already-live data null id"),
        // Something else can be the reason.
        ("Conflict", "unknown nothing null id"),
    ] {
        let folder = Folder::new().with("batch.csv", row).with("live.csv", row);
        let answer = format!(r#"{{"status":409,"message":"{message}","shiftId":"s-1"}}"#);
        let outcome = run(folder, &answer, &["--format", "json"]);
        assert_eq!(shown(&outcome.report()), [expected]);
        let said = outcome.report()["items"][0]["message"].to_string();
        assert!(said.contains("is live already"), "{said}");
    }
}

#[test]
fn other_findings_are_beside_the_reason() {
    let document = triage(r#"{"status":409,"message":"Version mismatch","shiftId":"s-1"}"#);
    assert_eq!(document["items"][0]["also"][0]["rule"], "OV101");
    assert_eq!(document["items"][0]["findings"], Value::Array(Vec::new()));
}

#[test]
fn versions_are_compared() {
    let folder = Folder::new()
        .with(
            "batch.csv",
            "agent,id,schedule,version,start,end\n\
             anna,s-1,w-1,3,2026-03-02T08:00Z,2026-03-02T16:00Z\n\
             anna,s-2,w-1,3,2026-03-03T08:00Z,2026-03-03T16:00Z\n",
        )
        .with(
            "live.csv",
            "agent,id,schedule,version,start,end\n\
             anna,s-1,w-1,4,2026-03-02T08:00Z,2026-03-02T16:00Z\n",
        );
    let folder = folder.with(
        "answer.json",
        r#"[{"status":409,"shiftId":"s-2"},{"status":412,"entityId":"w-1","message":"Version mismatch"}]"#,
    );
    let words = ["triage", "batch.csv", "--published", "live.csv", "--response", "answer.json"];
    let document = folder.run(&[&words[..], &["--format", "json"]].concat()).exits(0).report();
    let expected = ["stale-version data null id", "stale-version response true schedule"];
    assert_eq!(shown(&document), expected, "{document:#}");
}

#[test]
fn records_are_found_by_their_place() {
    // The 0 says that indexes count from 0.
    let items = r#"{"items":[{"index":0,"status":"created"},{"index":3,"status":"failed","message":"Conflict"}]}"#;
    is(items, &["time-off data null index"]);
    // 11 is the number of records, so that indexes count from 1.
    let items = r#"{"items":[{"index":11,"status":"created"},{"index":3,"status":"failed","message":"Conflict"}]}"#;
    is(items, &["published-overlap data null index"]);
    // The agent beside it shows what they count from.
    let item = r#"{"errors":[{"index":3,"agentId":"cleo","message":"Conflict"}]}"#;
    is(item, &["time-off data null index"]);
    // Nothing shows it.
    let item = r#"{"errors":[{"index":3,"message":"Conflict"}]}"#;
    is(item, &["unknown nothing null -"]);
    let outcome = run(week(), item, &["--index-base", "1", "--format", "json"]).exits(0);
    assert_eq!(shown(&outcome.report()), ["published-overlap data null index"]);
    let outcome = run(week(), item, &[]).exits(1);
    outcome.says(&["--index-base"]);
    is(
        r#"{"detail":[{"loc":["body","shifts",3,"start"],"msg":"Conflict"}]}"#,
        &["time-off data null pointer"],
    );
    // A list with an element for each record.
    let statuses: Vec<String> = (0..11)
        .map(|place| format!(r#"{{"status":{}}}"#, if place == 3 { 409 } else { 200 }))
        .collect();
    is(&format!("[{}]", statuses.join(",")), &["time-off data null index"]);
    // A list of failures alone.
    is(r#"[{"status":409},{"status":409}]"#, &["unknown nothing null -"; 2]);
}

#[test]
fn places_in_something_else_are_not_used() {
    // Lines of a file with a header: there is no record 12 from 1, and none from 0.
    let lines = "ERROR row 12: 409 Conflict\nERROR row 3: 409 Conflict\n";
    is(lines, &["unknown nothing null -"; 2]);
    // Two requests of one record each.
    let requests = "ERROR push failed: {\"status\":409,\"errors\":[{\"index\":0,\"message\":\"Conflict\"}]}\n\
                    ERROR push failed: {\"status\":409,\"errors\":[{\"index\":0,\"message\":\"Overlap\"}]}\n";
    is(requests, &["unknown nothing null -"; 2]);
    let folder = Folder::new()
        .with(
            "batch.csv",
            "agent,start,end\ncleo,2026-03-02T08:00Z,2026-03-02T16:00Z\n\
             dora,2026-03-02T08:00Z,2026-03-02T16:00Z\n",
        )
        .with("off.csv", "agent,start,end\ncleo,2026-03-02T00:00Z,2026-03-03T00:00Z\n");
    let lists = "HTTP/1.1 207 Multi-Status\n\n[{\"status\":409},{\"status\":200}]\n\
                 HTTP/1.1 207 Multi-Status\n\n[{\"status\":409},{\"status\":200}]\n";
    let document = run(folder, lists, &["--format", "json"]).exits(1).report();
    assert_eq!(shown(&document), ["unknown nothing null -"; 2], "{document:#}");
}

#[test]
fn ids_are_compared_in_either_case() {
    is(r#"{"status":409,"shiftId":"S-4"}"#, &["time-off data null id"]);
    // The record in the way is not one of another batch.
    let other = r#"{"status":409,"message":"Conflict","shiftId":"p-1"}"#;
    run(week(), other, &[]).exits(1).never_says(&["another batch"]);
}

#[test]
fn a_place_tells_records_with_one_id_apart() {
    let folder = Folder::new().with(
        "batch.csv",
        "agent,id,start,end\nanna,early,2026-03-02T08:00Z,2026-03-02T16:00Z\n\
         ben,s-2,2026-03-02T08:00Z,2026-03-02T16:00Z\n\
         ben,s-2,2026-03-02T15:00Z,2026-03-02T19:00Z\n",
    );
    let answer = r#"{"items":[{"index":0,"status":"created"},{"index":2,"id":"s-2","status":"failed","message":"overlaps"}]}"#;
    let document = run(folder, answer, &["--format", "json"]).exits(0).report();
    assert_eq!(shown(&document), ["overlap data true id"]);
    assert_eq!(document["items"][0]["start"], "2026-03-02T15:00:00Z");
}

#[test]
fn the_server_says_how_long_to_wait() {
    let answer = "HTTP/1.1 429 Too Many Requests\nRetry-After: 30\n\n{\"message\":\"slow down\"}\n";
    run(week(), answer, &[]).exits(0).says(&["1 rate-limit", "next: wait 30 s, then"]);
}

#[test]
fn records_are_found_by_agent_and_time() {
    let at = |agent: &str, start: &str, end: &str| {
        format!(r#"{{"status":409,"agentId":"{agent}","start":"{start}","end":"{end}"}}"#)
    };
    let exact = at("cleo", "2026-03-02T14:00:00Z", "2026-03-02T22:00:00Z");
    is(&exact, &["time-off data null agent-and-span"]);
    let within = at("cleo", "2026-03-02T15:00:00Z", "2026-03-02T16:00:00Z");
    is(&within, &["time-off data null agent-and-time"]);
    // Two records of the agent meet this time.
    let both = at("anna", "2026-03-02T21:30:00Z", "2026-03-02T22:00:00Z");
    is(&both, &["unknown nothing null -"]);
    let apart = at("cleo", "2026-03-09T15:00:00Z", "2026-03-09T16:00:00Z");
    is(&apart, &["unknown nothing null -"]);
    // A local time needs a zone.
    let local = at("cleo", "2026-03-02T08:00:00", "2026-03-02T16:00:00");
    is(&local, &["unknown nothing null -"]);
    let outcome = run(week(), &local, &["--tz", "America/Chicago", "--format", "json"]);
    assert_eq!(shown(&outcome.report()), ["time-off data null agent-and-span"]);
    let postgres = "ERROR:  23P01: conflicting key value violates exclusion constraint \"x\"\n\
                    DETAIL:  Key (agent, during)=(ben, [\"2026-03-02 14:00:00+00\",\"2026-03-02 22:00:00+00\")) \
                    conflicts with existing key (agent, during)=(ben, [\"2026-03-02 18:00:00+00\",\"2026-03-03 02:00:00+00\")).\n";
    is(postgres, &["published-overlap data true agent-and-span"]);
}

#[test]
fn an_agent_alone_explains_a_claimed_overlap_only() {
    is(
        "409 Conflict: agent ben is scheduled for overlapping intervals",
        &["published-overlap data true agent"],
    );
    let document = triage("409 Conflict: agent anna is scheduled for overlapping intervals");
    assert_eq!(shown(&document), ["overlap data true agent"]);
    assert_eq!(document["items"][0]["records"].as_array().map(Vec::len), Some(3));
    is("409 Conflict: agent ben", &["unknown nothing null -"]);
    is(
        "409 Conflict: agent dora is scheduled for overlapping intervals",
        &["unknown nothing null -"],
    );
    // Of two agents each has to have one, of one kind.
    is("409 Conflict: agent dora overlaps with agent anna", &["unknown nothing null -"]);
    is("409 Conflict: agent ben overlaps with agent anna", &["unknown nothing null -"]);
    let document = triage("ERROR shift of agent ben was rejected: Conflict");
    assert_eq!(document["items"][0]["candidate_count"], 1);
    // The agent is called like a status.
    is(r#"{"status":409,"message":"Conflict"}"#, &["unknown nothing null -"]);
    is("connection to 10.0.0.7 port 409 was refused", &["unknown nothing null -"]);
}

#[test]
fn records_are_found_in_the_body_of_a_request() {
    let har = |body: &str| {
        let body = body.replace('"', "\\\"");
        format!(
            r#"{{"log":{{"entries":[{{"request":{{"method":"POST","headers":[{{"name":"Authorization","value":"Bearer s3cr3t"}}],"postData":{{"text":"{body}"}}}},"response":{{"status":409,"content":{{}}}}}},{{"request":{{"method":"POST"}},"response":{{"status":201,"content":{{}}}}}}]}}}}"#
        )
    };
    is(&har(r#"{"id":"s-4"}"#), &["time-off data null request-body"]);
    is(
        &har(r#"{"agentId":"cleo","start":"2026-03-02T14:00:00Z","end":"2026-03-02T22:00:00Z"}"#),
        &["time-off data null request-body"],
    );
    is(&har(r#"{"shifts":[{"id":"s-1"},{"id":"s-2"}]}"#), &["overlap data null request-body"]);
    let other = har(r#"{"id":"x-4"}"#);
    run(week(), &other, &[]).exits(3).says(&["is the answer to another batch"]);
    // These two are not explained alike.
    is(&har(r#"{"shifts":[{"id":"s-1"},{"id":"s-4"}]}"#), &["unknown nothing null -"]);
}

#[test]
fn a_request_for_one_record_is_about_it() {
    let folder = Folder::new()
        .with("batch.csv", "agent,id,start,end\ncleo,s-4,2026-03-02T08:00Z,2026-03-02T16:00Z\n")
        .with("off.csv", "agent,id,start,end\ncleo,r-1,2026-03-02T00:00Z,2026-03-03T00:00Z\n");
    let outcome = run(folder, r#"{"message":"Conflict","status":409}"#, &["--format", "json"]);
    assert_eq!(shown(&outcome.exits(0).report()), ["time-off data null only-record"]);
}

#[test]
fn answers_that_say_nothing_or_break_off() {
    run(week(), "", &[]).exits(3).says(&["the answer is empty"]);
    run(week(), r#"{"entities":[{"id":"s-1","status":200}]}"#, &[]).exits(4);
    let html = "<html><head><title>504 Gateway Time-out</title></head></html>";
    is(html, &["server-error response null -"]);
    let cut = r#"{"entities":[{"id":"s-4","status":409},{"id":"s-"#;
    run(week(), cut, &[]).exits(3).says(&["1 time-off", "breaks off"]);
    run(week(), "<html><body>Sign in</body></html>", &[]).exits(1);
    let nothing_sent = Folder::new().with("batch.csv", "agent,id,start,end\n");
    let outcome = run(nothing_sent, r#"{"status":409,"shiftId":"s-1"}"#, &[]).exits(3);
    outcome.says(&["the batch contains no record"]);
    let outcome = run(Folder::new(), r#"{"status":409,"shiftId":"s-1"}"#, &[]).exits(3);
    outcome.says(&["not all inputs were read"]);
}

#[test]
fn the_answer_to_another_batch_is_recognized() {
    let other = r#"{"entities":[{"id":"x-1","status":409},{"id":"x-2","status":409}]}"#;
    run(week(), other, &[]).exits(3).says(&["is the answer to another batch"]);
    let other = r#"{"items":[{"index":0,"id":"x-1","status":409,"message":"Conflict"}]}"#;
    is(other, &["unknown nothing null -"]);
    // Some ids are of this batch.
    let both = r#"{"entities":[{"id":"x-1","status":409},{"id":"s-4","status":409}]}"#;
    run(week(), both, &[]).exits(1).never_says(&["another batch"]);
}

#[test]
fn several_answers_belong_to_their_files() {
    let folder = || {
        Folder::new()
            .with("a.csv", "agent,start,end\nanna,2026-03-02T08:00Z,2026-03-02T16:00Z\n")
            .with(
                "b.csv",
                "agent,start,end\nben,2026-03-02T08:00Z,2026-03-02T16:00Z\n\
                 cleo,2026-03-02T08:00Z,2026-03-02T16:00Z\n",
            )
            .with("off.csv", "agent,start,end\ncleo,2026-03-02T00:00Z,2026-03-03T00:00Z\n")
            .with("answers/a.json", r#"[{"status":200}]"#)
            .with("answers/b.json", r#"[{"status":200},{"status":409}]"#)
            .with("other.txt", r#"[{"status":201},{"status":409}]"#)
    };
    let words = ["triage", "a.csv", "b.csv", "--time-off", "off.csv", "--format", "json"];
    let run = |more: &[&str]| folder().run(&[&words[..], more].concat());
    let document = run(&["--response", "answers"]).exits(0).report();
    assert_eq!(shown(&document), ["time-off data null index"], "{document:#}");
    assert_eq!(document["answers"][1]["chunk"], "b.csv");
    let document = run(&["--response", "b.csv=other.txt"]).exits(0).report();
    assert_eq!(shown(&document), ["time-off data null index"], "{document:#}");
    let twice = ["--response", "b.csv=answers/b.json", "--response", "b.csv=other.txt"];
    let document = run(&twice).exits(0).report();
    assert_eq!(shown(&document).len(), 1);
    assert_eq!(document["answers"][0]["superseded_by"], "other.txt");
    run(&["--response", "c.csv=other.txt"]).exits(2).complains(&["`c.csv` is not a file"]);
    run(&["--response", "missing.txt"]).exits(2).complains(&["`missing.txt` cannot be read"]);
    run(&["--response", "off.csv"]).exits(2).complains(&["both an input and an answer"]);
    run(&[]).exits(2);
}

#[test]
fn what_no_complaint_mentions_is_listed() {
    let document = triage(r#"{"status":409,"shiftId":"s-1"}"#);
    let unreported = document["unreported"].as_array().expect("findings");
    let rules: Vec<&str> = unreported.iter().filter_map(|of| of["rule"].as_str()).collect();
    assert!(rules.contains(&"OV104") && rules.contains(&"OV201"), "{rules:?}");
    assert!(!rules.contains(&"OV101"), "{rules:?}");
}

#[test]
fn secrets_and_escapes_never_come_out() {
    let answer = "> POST /v2/shifts?access_token=s3cr3t HTTP/1.1\n\
                  > Authorization: Bearer s3cr3t\n\
                  > Cookie: sid=s3cr3t\n>\n\
                  < HTTP/1.1 409 Conflict\n\
                  < Set-Cookie: sid=s3cr3t\n<\n\
                  {\"message\":\"\\u001b[2JConflict at https://h/x?token=s3cr3t \\u202e\",\"shiftId\":\"s-4\"}\n";
    for more in [&[][..], &["--format", "json"]] {
        let outcome = run(week(), answer, more).exits(0);
        let outcome = outcome.never_says(&["s3cr3t", "\u{1b}", "\u{202e}"]);
        outcome.says(&["time-off"]);
    }
}

#[test]
fn the_text_fits_and_says_what_to_do() {
    let answer = r#"{"entities":[{"id":"s-2","status":409},{"id":"s-3","status":409,"message":"overlaps"},{"id":"s-10","status":409},{"status":429}]}"#;
    let outcome = run(week(), answer, &[]).exits(1).says(&[
        "3 of 4 complaints are explained: 1 overlap, 1 published-overlap, 1 rate-limit; 1 unknown",
        "waiting and sending again never mends an overlap",
        "wait, then send it again",
        "live.csv:2 `p-1` (published)",
    ]);
    for line in outcome.out.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    let quiet = run(week(), answer, &["--quiet"]).exits(1);
    assert!(quiet.out.lines().count() <= 2, "{}", quiet.out);
    let painted = run(week(), answer, &["--color", "always"]).exits(1);
    assert!(painted.out.contains("\u{1b}[1m"), "{}", painted.out);
}

/// Agents whose names are numbers, among them a status and a port.
#[test]
fn statuses_and_ports_are_not_agents() {
    let folder = || {
        let row =
            |agent: &str, id: &str| format!("{agent},{id},2026-03-02T08:00Z,2026-03-02T16:00Z\n");
        let rows = [("409", "s-1"), ("8080", "s-2"), ("200", "s-3")].map(|of| row(of.0, of.1));
        let off = "agent,start,end\n409,2026-03-02T00:00Z,2026-03-03T00:00Z\n\
                   8080,2026-03-02T00:00Z,2026-03-03T00:00Z\n";
        Folder::new()
            .with("batch.csv", format!("agent,id,start,end\n{}", rows.concat()))
            .with("off.csv", off)
    };
    for (answer, expected) in [
        ("409 Conflict: shifts overlap", "unknown nothing null -"),
        ("HTTP/1.1 409 Conflict\nserver: api:8080\n\nshifts overlap\n", "unknown nothing null -"),
        (r#"{"status":409,"code":8080,"message":"shifts overlap"}"#, "unknown nothing null -"),
        ("409 Conflict: Agent ID 409 has overlapping shifts", "time-off data true agent"),
        ("409 Conflict: Agent ID 200 has overlapping shifts", "unknown nothing null -"),
    ] {
        let outcome = run(folder(), answer, &["--format", "json"]);
        assert_eq!(shown(&outcome.report()), [expected], "{answer}");
    }
}

#[test]
fn an_answer_can_have_very_many_items() {
    let item = |number: usize| match number {
        77 => r#"{"id":"s-4","status":409}"#.to_owned(),
        number => format!(r#"{{"id":"x-{number}","status":409,"message":"Conflict"}}"#),
    };
    let items: Vec<String> = (0..100_000).map(item).collect();
    let answer = format!(r#"{{"entities":[{}]}}"#, items.join(","));
    let outcome = run(week(), &answer, &[]).exits(1);
    outcome.says(&["1 of 100000 complaints is explained: 1 time-off"]);
}

#[test]
fn a_place_is_not_used_where_the_answer_itself_contradicts_it() {
    let elsewhere = |number: usize| match number {
        0 => r#"{"success":false,"message":"Shift overlaps","start":"2026-03-05T08:00-06:00"}"#,
        _ => r#"{"success":true}"#,
    };
    let items: Vec<&str> = (0..11).map(elsewhere).collect();
    is(&format!(r#"{{"results":[{}]}}"#, items.join(",")), &["unknown nothing null -"]);
    // The same list in the order of what was sent.
    let items = items.join(",").replace("03-05T08", "03-02T08");
    is(&format!(r#"{{"results":[{items}]}}"#), &["overlap data true index"]);

    let agents = BATCH.lines().skip(1).filter_map(|row| row.split(',').next());
    let agents: Vec<String> = agents
        .map(|agent| format!(r#"{{"success":false,"message":"Conflict","agentId":"{agent}"}}"#))
        .collect();
    let reversed: Vec<&str> = agents.iter().rev().map(String::as_str).collect();
    let document = triage(&format!(r#"{{"results":[{}]}}"#, reversed.join(",")));
    assert!(!document.to_string().contains(r#""matched_by":"index""#), "{document:#}");

    is(
        r#"{"errors":[{"agentId":"anna","start":"2026-03-09T15:00-06:00","end":"2026-03-09T16:00-06:00","message":"overlap"}]}"#,
        &["unknown nothing null -"],
    );
    is(
        r#"{"errors":[{"index":0,"message":"overlap"},{"index":2,"start":"2026-03-04T08:00-06:00","message":"overlap"}]}"#,
        &["overlap data true index", "unknown nothing null -"],
    );
}

#[test]
fn a_word_is_an_id_where_the_batch_has_it() {
    is("s-2 conflict", &["overlap data null id"]);
    is(
        "409 Client Error: Conflict for url: https://h/shifts/s-3",
        &["published-overlap data null id"],
    );
    is(
        r#"{"status":409,"error":"Conflict","path":"/api/teams/4/shifts"}"#,
        &["unknown nothing null -"],
    );
    is("host-7: conflict", &["unknown nothing null -"]);
}
