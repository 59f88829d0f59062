//! `--base`: what changed since the batch was made, and that the batch writes (VR106).

use crate::program::{Folder, Outcome};
use serde_json::Value;

const HEADER: &str = "agent,id,start,end\n";

/// A table of rows such as `anna s-1 08-16`, on 2 March 2026 in UTC.
fn table(rows: &[&str]) -> String {
    let row = |row: &&str| {
        let words: Vec<&str> = row.split(' ').collect();
        let [agent, id, hours] = words[..] else { panic!("{row}") };
        let id = if id == "-" { "" } else { id };
        let (start, end) = hours.split_once('-').expect("two hours");
        let time = |hour: &str| format!("2026-03-02T{hour}:00:00Z");
        format!("{agent},{id},{},{}\n", time(start), time(end))
    };
    HEADER.to_owned() + &rows.iter().map(row).collect::<String>()
}

fn folder(batch: &str, live: &str, base: &str) -> Folder {
    Folder::new().with("batch.csv", batch).with("live.csv", live).with("base.csv", base)
}

const FILES: [&str; 5] = ["batch.csv", "--published", "live.csv", "--base", "base.csv"];

fn check(folder: &Folder, more: &[&str]) -> Outcome {
    folder.run(&[&["check"], &FILES[..], more, &["--format", "json"]].concat())
}

/// The records of each VR106, by role and number: `batch 1, published 2, base 1`.
fn records(outcome: &Outcome) -> Vec<String> {
    let report = outcome.report();
    let findings = report["findings"].as_array().expect("findings").iter();
    let place = |record: &Value| {
        format!("{} {}", record["role"].as_str().expect("a role"), record["record"])
    };
    let of = |finding: &Value| {
        let records = finding["records"].as_array().expect("records").iter();
        records.map(place).collect::<Vec<_>>().join(", ")
    };
    let mut found: Vec<String> =
        findings.filter(|finding| finding["rule"] == "VR106").map(of).collect();
    found.sort();
    let counted = report["summary"]["rules"]["VR106"].as_u64().unwrap_or(0);
    assert_eq!(counted, found.len() as u64, "{}", outcome.told());
    found
}

/// What is found of three tables.
#[track_caller]
fn finds(batch: &[&str], live: &[&str], base: &[&str], expected: &[&str]) {
    let outcome = check(&folder(&table(batch), &table(live), &table(base)), &[]);
    assert_eq!(records(&outcome), expected, "{}", outcome.told());
}

#[test]
fn a_record_that_was_moved_is_named_with_both_states() {
    let batch = table(&["anna s-1 08-12"]);
    let folder = folder(&batch, &table(&["anna s-1 10-18"]), &table(&["anna s-1 08-16"]));
    let outcome = check(&folder, &[]).exits(1);
    assert_eq!(records(&outcome), ["batch 1, published 1, base 1"]);
    let report = outcome.report();
    let finding = &report["findings"][0];
    assert_eq!(
        (&finding["name"], &finding["severity"]),
        (&"changed-since-read".into(), &"error".into())
    );
    assert_eq!(finding["agent"], "anna");
    folder.run(&[&["check"], &FILES[..]].concat()).exits(1).says(&[
        "`s-1` (live.csv:2) of agent `anna` is now from Mon 2026-03-02 10:00 Z to 18:00 Z",
        "in the base it is from Mon 2026-03-02 08:00 Z to 16:00 Z",
        "the batch writes it with `s-1` (batch.csv:2)",
    ]);
}

#[test]
fn what_a_batch_record_has_the_id_or_the_time_of_is_written() {
    let (live, base) = (["anna s-1 10-12"], ["anna s-1 08-10"]);
    finds(&["anna s-1 18-20"], &live, &base, &["batch 1, published 1, base 1"]);
    finds(&["anna s-2 09-10"], &live, &base, &["batch 1, published 1, base 1"]);
    finds(&["anna s-2 11-13"], &live, &base, &["batch 1, published 1, base 1"]);
    finds(&["anna - 09-11"], &live, &base, &["batch 1, published 1, base 1"]);
    finds(&["ben s-1 18-20"], &live, &base, &["batch 1, published 1, base 1"]);
    // Adjacent time and other agents are not touched.
    finds(&["anna s-2 12-14", "anna s-3 06-08", "ben s-4 08-12"], &live, &base, &[]);
}

#[test]
fn what_is_gone_or_new_is_named() {
    let (with, without) = (["ben s-9 06-22", "anna s-1 08-12"], ["ben s-9 06-22"]);
    finds(&["anna s-1 09-13"], &without, &with, &["batch 1, base 2"]);
    finds(&["anna s-2 09-13"], &without, &with, &["batch 1, base 2"]);
    finds(&["anna s-1 14-16"], &without, &with, &["batch 1, base 2"]);
    finds(&["anna s-2 09-13"], &with, &without, &["batch 1, published 2"]);
    finds(&["anna s-1 14-16"], &with, &without, &["batch 1, published 2"]);
    finds(&["anna s-2 14-16"], &with, &without, &[]);
}

#[test]
fn a_record_of_another_agent_is_one_change() {
    let (live, base) = (["ben s-1 08-12"], ["anna s-1 08-12"]);
    let both = ["batch 1, published 1, base 1"];
    finds(&["anna s-1 08-14"], &live, &base, &both);
    finds(&["ben s-2 10-14"], &live, &base, &both);
    finds(&["anna s-2 10-14"], &live, &base, &both);
    finds(&["cleo s-2 10-14"], &live, &base, &[]);
    // A record without an id in its place before is another one.
    let (live, base) = (["anna - 21-23", "anna s-1 20-22"], ["anna - 20-22", "ben s-1 20-22"]);
    finds(
        &["anna - 20-22"],
        &live,
        &base,
        &["batch 1, base 1", "batch 1, published 1", "batch 1, published 2, base 2"],
    );
}

#[test]
fn records_without_ids_are_the_same_by_agent_kind_and_time() {
    let (live, base) = (["anna - 10-14"], ["anna - 08-12"]);
    finds(&["anna - 11-16"], &live, &base, &["batch 1, base 1", "batch 1, published 1"]);
    finds(&["anna - 13-16"], &live, &base, &["batch 1, published 1"]);
    finds(&["anna - 14-16"], &live, &base, &[]);
    // Two are two.
    let twice = ["anna - 10-14", "anna - 10-14"];
    finds(&["anna - 11-16"], &live, &twice, &["batch 1, base 2"]);
    finds(&["anna - 11-16"], &twice, &twice, &[]);
}

#[test]
fn copies_of_a_record_with_an_id_are_one() {
    let twice = ["anna s-1 10-14", "anna s-1 10-14"];
    finds(&["anna s-1 11-16"], &twice[..1], &twice, &[]);
    finds(&["anna s-1 11-16"], &twice, &twice[..1], &[]);
    let differ = ["anna s-1 10-14", "anna s-1 15-17"];
    finds(&["anna s-1 11-13"], &differ, &differ, &[]);
    finds(&["anna s-1 11-13"], &differ, &differ[..1], &["batch 1, published 2"]);
}

#[test]
fn the_same_moment_in_another_spelling_is_no_change() {
    let live = "agent,id,start,end\nanna,s-1,2026-03-02T08:00:00Z,2026-03-02T16:00:00Z\n";
    let batch = table(&["anna s-1 09-12"]);
    for base in [
        "agent,id,start,end\nanna,s-1,2026-03-02T02:00:00-06:00,2026-03-02T17:00:00+01:00\n",
        "id,employee,shift start,duration minutes\ns-1,anna,2026-03-02T08:00Z,480\n",
        "agent,id,date,start,end,zone\nanna,s-1,2026-03-02,02:00,10:00,America/Chicago\n",
    ] {
        let outcome = check(&folder(&batch, live, base), &[]).exits(0);
        assert_eq!(records(&outcome), [""; 0], "{base}");
    }
    let spelled = "agent,id,start,end\nAnna,s-1,2026-03-02T08:00:00Z,2026-03-02T16:00:00Z\n";
    let outcome = check(&folder(&batch, live, spelled), &["--fold-agents"]).exits(0);
    assert_eq!(records(&outcome), [""; 0]);
    check(&folder(&batch, live, spelled), &[]).exits(1).says(&["ID106"]);
    let named = folder(&batch, live, &spelled.replace("Anna", "anna@x.com"))
        .with("agents.csv", "agent,email\nanna,anna@x.com\n");
    assert_eq!(records(&check(&named, &["--agents", "agents.csv"]).exits(0)), [""; 0]);
}

#[test]
fn one_of_both_files_may_have_no_ids() {
    let (named, bare) = (["anna s-1 08-12", "ben s-2 08-12"], ["anna - 08-12", "ben - 08-12"]);
    finds(&["anna s-1 10-14"], &named, &bare, &[]);
    finds(&["anna s-3 12-14", "ben s-2 10-14"], &bare, &named, &[]);
    finds(
        &["anna s-1 10-14"],
        &named,
        &["anna - 08-13"],
        &["batch 1, base 1", "batch 1, published 1"],
    );
}

#[test]
fn equal_files_have_no_finding() {
    let live = table(&["anna s-1 08-16", "anna - 18-20", "ben s-2 08-16", "ben s-2 17-18"]);
    let batch = table(&["anna s-1 10-12", "ben s-3 20-21", "cleo s-4 08-16"]);
    check(&folder(&batch, &live, &live), &[]).exits(0);
    // Also in one folder, where a file that is there twice is set aside.
    let folder =
        Folder::new().with("batch.csv", &batch).with("a/x.csv", &live).with("b/x.csv", &live);
    folder.run(&["check", "batch.csv", "--published", "a", "--base", "b"]).exits(0);
    folder.run(&["check", "batch.csv", "--published", "a", "--base", "a"]).exits(0);
}

#[test]
fn what_is_live_already_is_no_finding() {
    finds(&["anna s-1 10-18"], &["anna s-1 10-18"], &["anna s-1 08-16"], &[]);
    finds(&["ben s-1 08-16"], &["ben s-1 08-16"], &["anna s-1 08-16"], &[]);
    let (live, base) = (["ben s-9 06-22", "anna s-1 08-10"], ["ben s-9 06-22"]);
    finds(&["anna s-1 08-10"], &live, &base, &[]);
    // It says nothing about others.
    let live = ["ben s-9 06-22", "anna s-1 08-10", "anna s-2 09-11"];
    finds(&["anna s-1 08-10"], &live, &base, &["batch 1, published 3"]);
}

#[test]
fn a_version_that_changed_is_reported_once_for_each_write() {
    let header = "agent,id,schedule,version,start,end\n";
    let row = |agent: &str, id: &str, version: &str, hours: [&str; 2]| {
        let [start, end] = hours.map(|hour| format!("2026-03-02T{hour}:00:00Z"));
        format!("{agent},{id},w10,{version},{start},{end}\n")
    };
    let file = |rows: &[String]| header.to_owned() + &rows.concat();
    let live = |one: &str, other: &str| {
        file(&[row("anna", "s-1", one, ["08", "12"]), row("ben", "s-2", other, ["08", "12"])])
    };
    let sent = |version: &str| {
        file(&[row("anna", "s-1", version, ["09", "12"]), row("ben", "s-3", version, ["14", "16"])])
    };
    let of_schedule = check(&folder(&sent("8"), &live("8", "8"), &live("7", "7")), &[]).exits(1);
    assert_eq!(records(&of_schedule), ["batch 1, published 1, base 1"]);
    of_schedule.says(&[
        "schedule `w10` has version 8 now and version 7 in the base",
        "and 1 more record of its file",
    ]);
    let of_agent = check(&folder(&sent("8"), &live("8", "3"), &live("7", "3")), &[]).exits(1);
    assert_eq!(records(&of_agent), ["batch 1, published 1, base 1"]);
    of_agent.says(&["the part of agent `anna` in schedule `w10`"]);
    for same in [live("7", "7"), live("07", "7.0")] {
        assert_eq!(records(&check(&folder(&sent("7"), &same, &live("7", "7")), &[])), [""; 0]);
    }
    // Records that have versions of their own.
    let strip = |text: String| text.replace("schedule,", "").replace("w10,", "");
    let files = [sent("8"), live("8", "3"), live("7", "3")].map(strip);
    let outcome = check(&folder(&files[0], &files[1], &files[2]), &["--ignore", "VR101"]).exits(1);
    assert_eq!(records(&outcome), ["batch 1, published 1, base 1"]);
    outcome
        .says(&["`s-1` (live.csv:2) of agent `anna` has version 8 now and version 7 in the base"]);
}

#[test]
fn cancelled_and_unassigned_records_count_on_each_side() {
    let header = "agent,id,start,end,status\n";
    let row = |agent: &str, status: &str| {
        format!(
            "{header}{agent},s-1,2026-03-02T08:00:00Z,2026-03-02T12:00:00Z,{status}\n\
                 zoe,s-9,2026-03-02T08:00:00Z,2026-03-02T12:00:00Z,\n"
        )
    };
    let run = |batch: (&str, &str), live: (&str, &str), base: (&str, &str)| {
        let [batch, live, base] = [batch, live, base].map(|(agent, status)| row(agent, status));
        records(&check(&folder(&batch, &live, &base), &[]))
    };
    let (plain, cancelled, open) = (("anna", ""), ("anna", "cancelled"), ("", ""));
    assert_eq!(run(plain, cancelled, cancelled), [""; 0]);
    assert_eq!(run(plain, open, open), [""; 0]);
    assert_eq!(run(plain, cancelled, plain), ["batch 1, base 1"]);
    assert_eq!(run(plain, open, plain), ["batch 1, base 1"]);
    // What the batch says is live already.
    assert_eq!(run(plain, plain, cancelled), [""; 0]);
    assert_eq!(run(cancelled, cancelled, plain), [""; 0]);
    assert_eq!(run(cancelled, ("ben", ""), plain), ["batch 1, published 1, base 1"]);
    assert_eq!(run(open, ("ben", ""), plain), ["batch 1, published 1, base 1"]);
    assert_eq!(run(open, plain, open), ["batch 1, published 1"]);
}

#[test]
fn a_schedule_that_the_batch_replaces_is_written_as_a_whole() {
    let header = "agent,id,schedule,start,end\n";
    let row = |id: &str, schedule: &str, hours: [&str; 2]| {
        let [start, end] = hours.map(|hour| format!("2026-03-02T{hour}:00:00Z"));
        format!("anna,{id},{schedule},{start},{end}\n")
    };
    let batch = format!("{header}{}", row("s-1", "w10", ["08", "10"]));
    let base = format!("{header}{}", row("s-1", "w10", ["08", "10"]));
    let live = |schedule: &str| format!("{base}{}", row("s-2", schedule, ["20", "22"]));
    let outcome = |live: &str, replace: &str| {
        records(&check(&folder(&batch, live, &base), &["--replace", replace]))
    };
    assert_eq!(outcome(&live("w10"), "schedule"), ["batch 1, published 2"]);
    assert_eq!(outcome(&live("w11"), "schedule"), [""; 0]);
    assert_eq!(outcome(&live("w10"), "id"), [""; 0]);
}

#[test]
fn days_that_one_file_does_not_cover_are_not_compared() {
    let row = |id: &str, day: u32| {
        format!("anna,{id},2026-03-0{day}T08:00:00Z,2026-03-0{day}T12:00:00Z\n")
    };
    let file = |rows: &[(&str, u32)]| {
        HEADER.to_owned() + &rows.iter().map(|(id, day)| row(id, *day)).collect::<String>()
    };
    let (short, long) = (file(&[("a", 2), ("b", 3)]), file(&[("a", 2), ("b", 3), ("c", 6)]));
    let batch = file(&[("c", 6)]).replace("T08", "T09");
    let outcome = check(&folder(&batch, &long, &short), &[]).exits(0);
    assert_eq!(records(&outcome), [""; 0]);
    outcome.says(&[
        "RC108",
        "the base has no records on the days of a published record, such as `c` (live.csv:4), that the batch writes",
    ]);
    let outcome = check(&folder(&batch, &short, &long), &[]);
    assert_eq!(records(&outcome), [""; 0]);
    outcome.says(&["what is published has no records on the days of a record of the base"]);
    // What the batch does not write is nobody's business.
    check(&folder(&file(&[("a", 2)]), &long, &short), &[]).exits(0).never_says(&["RC108"]);
    // A record that is in both files was moved, wherever it is now.
    let moved = file(&[("a", 2), ("b", 6)]);
    let outcome = check(&folder(&file(&[("b", 3)]), &moved, &short), &[]).exits(1);
    assert_eq!(records(&outcome), ["batch 1, published 2, base 2"]);
    // A file without records says that there were none.
    let outcome = check(&folder(&batch, &long, HEADER), &[]).exits(1);
    assert_eq!(records(&outcome), ["batch 1, published 3"]);
}

#[test]
fn an_unreadable_record_of_the_base_leaves_the_check_incomplete() {
    let live = table(&["anna s-1 08-16"]);
    let base = format!("{live}ben,s-2,tomorrow,2026-03-02T16:00:00Z\n");
    check(&folder(&table(&["anna s-1 09-16"]), &live, &base), &[]).exits(3).says(&["RC101"]);
    let missing = folder(&table(&["anna s-1 09-16"]), &live, &live);
    let outcome =
        missing.run(&["check", "batch.csv", "--published", "live.csv", "--base", "no.csv"]);
    outcome.exits(3).never_says(&["VR106"]);
}

#[test]
fn a_base_alone_is_a_usage_error() {
    let folder = folder(&table(&["anna s-1 08-16"]), HEADER, HEADER);
    for command in
        [&["check"][..], &["plan", "--out", "plan"], &["triage", "--response", "batch.csv"]]
    {
        let words = [command, &["batch.csv", "--base", "base.csv"]].concat();
        folder.run(&words).exits(2).complains(&["--base", "`base.csv`", "add --published FILE"]);
    }
    folder.run(&["inspect", "--base", "base.csv"]);
    let outcome = folder.run(&["inspect", "--base", "batch.csv"]).exits(0);
    outcome.says(&["read as base"]);
}

#[test]
fn records_of_the_base_are_in_nobodys_way() {
    let (batch, live) = (table(&["anna s-2 08-12"]), table(&["ben s-9 06-22"]));
    let base = table(&["ben s-9 06-22", "cleo s-2 08-12", "anna s-3 20-22", "anna s-3 21-23"]);
    let outcome = check(&folder(&batch, &live, &base), &["--ignore", "VR106"]).exits(0);
    let report = outcome.report();
    let inputs = report["inputs"].as_array().expect("inputs");
    let roles: Vec<&str> = inputs.iter().filter_map(|input| input["role"].as_str()).collect();
    assert_eq!(roles, ["batch", "published", "base"]);
    assert_eq!(inputs[2]["checked"], 4);
    assert_eq!(
        (&report["summary"]["agents"], &report["summary"]["records"]),
        (&2.into(), &2.into())
    );
    outcome.says(&["\"coverage\""]);
}

#[test]
fn a_plan_lets_what_others_changed_wait() {
    let batch = table(&["anna s-1 08-10", "ben s-2 08-10", "cleo s-3 08-10"]);
    let base = table(&["anna s-1 08-16", "ben s-2 08-16"]);
    let live = table(&["anna s-1 10-18", "ben s-2 08-16"]);
    let folder = folder(&batch, &live, &base);
    let outcome = folder.run(&[&["plan"], &FILES[..], &["--out", "plan"]].concat()).exits(1);
    outcome.says(&["2 of 3 records"]);
    let hold = folder.read("plan/hold/hold.csv").expect("a file");
    assert_eq!(hold, table(&["anna s-1 08-10"]));
    let reasons = folder.read("plan/hold/reasons.csv").expect("a file");
    assert!(reasons.contains("VR106") && reasons.lines().count() == 2, "{reasons}");
}

#[test]
fn a_plan_lets_a_schedule_wait_whose_version_changed() {
    let header = "agent,id,schedule,version,start,end\n";
    let row = |agent: &str, schedule: &str, version: &str| {
        format!(
            "{agent},{agent}-1,{schedule},{version},2026-03-02T08:00:00Z,2026-03-02T12:00:00Z\n"
        )
    };
    let file = |versions: [&str; 2]| {
        let [one, other] = versions;
        [header, &row("anna", "w10", one), &row("ben", "w10", one), &row("cleo", "w11", other)]
            .concat()
    };
    let folder =
        folder(&file(["8", "3"]).replace("T12", "T13"), &file(["8", "3"]), &file(["7", "3"]));
    folder.run(&[&["plan"], &FILES[..], &["--out", "plan"]].concat()).exits(1);
    let hold = folder.read("plan/hold/hold.csv").expect("a file");
    assert_eq!(hold.lines().count(), 3, "{hold}");
    assert!(hold.contains("anna,") && hold.contains("ben,"), "{hold}");
}

#[test]
fn a_triage_explains_a_conflict_by_what_others_changed() {
    let batch = table(&["anna s-1 08-10", "ben s-2 08-10"]);
    let base = table(&["anna s-1 08-16", "ben s-2 08-16"]);
    let live = table(&["anna s-1 10-18", "ben s-2 08-16"]);
    let folder = folder(&batch, &live, &base);
    for (answer, confirmed) in [
        (r#"{"status":409,"id":"s-1"}"#, Value::Null),
        (
            r#"{"status":412,"id":"s-1","code":"version.mismatch","message":"version mismatch"}"#,
            true.into(),
        ),
    ] {
        let folder = &folder;
        std::fs::write(folder.path().join("answer.json"), answer).expect("written");
        let words =
            [&["triage"], &FILES[..], &["--response", "answer.json", "--format", "json"]].concat();
        let report = folder.run(&words).exits(0).report();
        let item = &report["items"][0];
        assert_eq!(item["class"], "stale-version", "{report}");
        assert_eq!(item["confirmed"], confirmed, "{report}");
        let message = item["message"].as_str().expect("a message");
        assert!(message.contains("in the base"), "{message}");
    }
}

#[test]
fn counts_of_crowds_are_exact_and_lists_are_limited() {
    let crowd = |prefix: &str| {
        let rows: Vec<String> =
            (0..1000).map(|number| format!("anna {prefix}-{number} 08-16")).collect();
        table(&rows.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let folder = folder(&crowd("s"), &crowd("p"), HEADER);
    let report = check(&folder, &["--select", "VR106"]).exits(1).report();
    assert_eq!(report["summary"]["rules"]["VR106"], 1_000_000);
    let findings = report["findings"].as_array().expect("findings");
    assert_eq!(findings.len(), 100);
    assert!(findings.iter().all(|finding| finding["records"][0]["record"] == 1));
}
