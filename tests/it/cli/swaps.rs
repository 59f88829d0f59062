//! Swaps beside a batch.

use crate::program::{Folder, shifts};
use serde_json::json;

const ANNA: &str = "anna,s-12,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00";
const BEN: &str = "ben,s-30,2026-03-03T08:00:00-06:00,2026-03-03T16:00:00-06:00";
const HEADER: &str = "id,status,agent,shift,with agent,with shift\n";
const CHECK: [&str; 4] = ["check", "batch.csv", "--swaps", "swaps.csv"];

fn folder(swaps: &str) -> Folder {
    Folder::new().with("batch.csv", shifts(&[ANNA, BEN])).with("swaps.csv", swaps)
}

fn args<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&CHECK[..], more].concat()
}

#[test]
fn there_must_be_swaps_to_put_into_effect() {
    let folder = folder(HEADER);
    folder.run(&["check", "batch.csv", "--apply-swaps"]).exits(2).complains(&["--swaps"]);
}

#[test]
fn a_swap_is_a_record_of_its_own_kind_and_claims_no_time() {
    let folder = folder(&format!(
        "{HEADER}w-1,Matched,anna,s-12,ben,s-30\nw-2,denied,anna,s-12,ben,\nw-3,,ben,,anna,\n"
    ));
    let report = folder.run(&args(&["--format", "json"])).exits(3).report();
    assert_eq!(report["summary"]["records"], 2);
    let input = &report["inputs"][1];
    let counts = ["records", "checked", "cancelled", "unreadable"].map(|key| input[key].as_u64());
    assert_eq!((&input["role"], counts), (&json!("swaps"), [3, 1, 1, 1].map(Some)));
    let findings = report["findings"].as_array().expect("a list");
    let finding = findings.iter().find(|finding| finding["rule"] == "SW101").expect("one");
    let kinds = ["shift", "swap", "shift"];
    for (place, kind) in kinds.into_iter().enumerate() {
        assert_eq!(finding["records"][place]["kind"], kind);
        assert!(finding["records"][place].get("moved_by").is_none());
    }
    let swap = &finding["records"][1];
    assert_eq!(
        (&swap["id"], &swap["line"], &swap["role"]),
        (&json!("w-1"), &json!(2), &json!("swaps"))
    );
}

#[test]
fn a_record_that_was_moved_says_so_and_has_its_new_agent() {
    let overtime = "ben,s-40,2026-03-02T15:00:00-06:00,2026-03-02T18:00:00-06:00";
    let folder = Folder::new()
        .with("batch.csv", shifts(&[ANNA, BEN, overtime]))
        .with("swaps.csv", format!("{HEADER}w-1,approved,anna,s-12,ben,\n"));
    let report = folder.run(&args(&["--apply-swaps", "--format", "json"])).exits(1).report();
    let [finding] = &report["findings"].as_array().expect("findings")[..] else {
        panic!("one finding: {report}");
    };
    assert_eq!((&finding["rule"], &finding["agent"]), (&json!("OV101"), &json!("ben")));
    let moved = &finding["records"][0];
    assert_eq!((&moved["agent"], &moved["moved_by"]), (&json!("ben"), &json!("w-1")));
    assert_eq!(report["inputs"][1]["notes"], json!(["1 approved swap is put into effect: `w-1`"]));
    // Without an id a swap is called by its place, and one note is enough for many.
    let nameless: String =
        (0..7).map(|number| format!(",approved,anna,s-{number},ben,\n")).collect();
    let rows: Vec<String> =
        (0..7).map(|number| ANNA.replace("12,", &format!("{number},"))).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let folder = Folder::new()
        .with("batch.csv", shifts(&rows))
        .with("swaps.csv", format!("{HEADER}{nameless}"));
    folder.run(&args(&["--apply-swaps", "--max-per-agent", "1"])).exits(1).says(&[
        "7 approved swaps are put into effect: swaps.csv:2, swaps.csv:3, swaps.csv:4, swaps.csv:5, \
         swaps.csv:6 and 2 more",
        "(moved by swap swaps.csv:2)",
    ]);
}

#[test]
fn swaps_that_cannot_be_read_are_no_all_clear() {
    let no_file = Folder::new().with("batch.csv", shifts(&[ANNA]));
    no_file.run(&CHECK).exits(3).says(&["swaps.csv"]);
    let no_column = folder("id,status,agent,with agent\nw-1,Matched,anna,ben\n");
    no_column.run(&CHECK).exits(3).says(&["no column for the shift", "--map shift=COLUMN"]);
    let mapped = folder("id,status,agent,gives,with agent\nw-1,Matched,anna,s-12,ben\n");
    mapped.run(&args(&["--map", "shift=gives"])).exits(1).says(&["[SW101]"]);
    let ragged = folder(&format!("{HEADER}w-1,Matched,anna\n"));
    ragged.run(&CHECK).exits(3).says(&["[RC101]", "swaps.csv:2"]);
}

#[test]
fn dates_in_either_order_are_read_as_the_file_shows() {
    let swaps = |first: &str| {
        folder(&format!(
            "id,status,agent,shift,with agent,start,zone\n\
             w-1,Matched,anna,s-12,ben,{first} 08:00,America/Chicago\n\
             w-2,Denied,anna,s-12,ben,2/13/2026 08:00,America/Chicago\n\
             w-3,Matched,ben,s-30,anna,3/3/2026 08:00,America/Chicago\n"
        ))
    };
    swaps("3/2/2026").run(&CHECK).exits(1).never_says(&["[SW104]", "[RC101]"]);
    swaps("2/3/2026").run(&CHECK).exits(1).says(&["[SW104]"]);
}

#[test]
fn a_chain_may_stand_in_several_files_and_the_batch_be_a_folder() {
    let folder = Folder::new()
        .with("in/batch.csv", shifts(&[ANNA]))
        .with("in/a.csv", format!("{HEADER}w-2,approved,ben,s-12,carl,\n"))
        .with("in/b.csv", format!("{HEADER}w-1,approved,anna,s-12,ben,\n"));
    let files = ["check", "in", "--swaps", "in/b.csv", "--swaps", "in/a.csv"];
    folder
        .run(&files)
        .exits(1)
        .says(&["swap `w-2` (`approved`) gives shift `s-12`", "agent `carl`"]);
    folder.run(&[&files[..], &["--apply-swaps"]].concat()).exits(0).says(&[
        "in/a.csv: 1 approved",
        "`w-2`",
        "in/b.csv: 1 approved",
        "`w-1`",
    ]);
}

#[test]
fn a_record_of_several_days_is_swapped_as_one() {
    let folder = Folder::new()
        .with(
            "batch.json",
            r#"[{"agent":"anna","id":"s-1","dates":["2026-03-02","2026-03-03"],"start":"08:00",
                "end":"16:00","zone":"America/Chicago"}]"#,
        )
        .with("off.csv", "agent,id,start,end,zone\nben,r-1,2026-03-03,2026-03-03,America/Chicago\n")
        .with("swaps.csv", format!("{HEADER}w-1,pending,anna,s-1,ben,\n"));
    let args = ["check", "batch.json", "--time-off", "off.csv", "--swaps", "swaps.csv"];
    let outcome = folder.run(&args).exits(1);
    let outcome = outcome.says(&["in time off `r-1` on Tue 2026-03-03 from 08:00 to 16:00 (8 h)"]);
    assert_eq!(outcome.out.matches("[SW101]").count(), 1);
    assert_eq!(outcome.out.matches("[SW102]").count(), 1);
}

#[test]
fn a_crowd_is_one_finding_with_its_number() {
    let rows: Vec<String> =
        (0..3000).map(|number| ANNA.replace("anna,s-12", &format!("ben,b-{number}"))).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).chain([ANNA]).collect();
    let folder = Folder::new()
        .with("batch.csv", shifts(&rows))
        .with("swaps.csv", format!("{HEADER}w-1,pending,anna,s-12,ben,\n"));
    folder.run(&args(&["--select", "SW"])).exits(1).says(&["and on 2999 more records"]);
}

#[test]
fn the_order_of_the_rows_of_a_chain_changes_no_finding() {
    let [one, other] = ["w-1,approved,anna,s-12,ben,\n", "w-2,approved,ben,s-12,carl,\n"];
    let told = |first: &str, second: &str| {
        let report =
            folder(&format!("{HEADER}{first}{second}")).run(&args(&["--format", "json"])).report();
        let findings = report["findings"].as_array().expect("findings").clone();
        findings.iter().map(|finding| finding["message"].to_string()).collect::<Vec<_>>()
    };
    assert_eq!(told(one, other), told(other, one));
    assert_eq!(told(one, other).len(), 1);
}

/// Whoever swaps give a shift to, it is written with the agent and the version that it is.
#[test]
fn a_shift_that_an_applied_swap_moved_is_compared_as_it_is_written() {
    const BATCH: &str = "agent,id,start,end,schedule,version\n\
                         ANNA,s-1,2026-03-03T08:00Z,2026-03-03T12:00Z,w,1\n\
                         Anna,s-2,2026-03-04T08:00Z,2026-03-04T12:00Z,w,1\n\
                         anna,s-3,2026-03-05T08:00Z,2026-03-05T12:00Z,w,2\n";
    const LIVE: &str = "agent,id,start,end,schedule,version\n\
                        Anna,s-9,2026-03-10T08:00Z,2026-03-10T12:00Z,w,3\n";
    for agents in ["", "agent\nanna\n", "agent\nbob\n"] {
        for to in ["bob", "BOB", "Zoe"] {
            for moved in [&["s-2"][..], &["s-1", "s-2"], &["s-1", "s-3"], &["s-1", "s-2", "s-3"]] {
                let owner = |id| match id {
                    "s-1" => "ANNA",
                    "s-2" => "Anna",
                    _ => "anna",
                };
                let swaps: String = (moved.iter().enumerate())
                    .map(|(place, id)| format!("w-{place},approved,{},{id},{to},\n", owner(id)))
                    .collect();
                let bob = BATCH.to_owned() + "Bob,s-4,2026-03-06T08:00Z,2026-03-06T12:00Z,w,1\n";
                let folder = Folder::new()
                    .with("batch.csv", &bob)
                    .with("live.csv", LIVE)
                    .with("swaps.csv", format!("{HEADER}{swaps}"))
                    .with("agents.csv", agents);
                let mut args = vec![
                    "check",
                    "batch.csv",
                    "--published",
                    "live.csv",
                    "--swaps",
                    "swaps.csv",
                    "--apply-swaps",
                    "--format",
                    "json",
                ];
                if !agents.is_empty() {
                    args.extend(["--agents", "agents.csv"]);
                }
                let report = folder.run(&args).report();
                let told = report["findings"].to_string();
                assert!(told.contains("ID106"), "{agents} {to} {moved:?}: {told}");
                assert!(told.contains("VR101"), "{agents} {to} {moved:?}: {told}");
            }
        }
    }
}
