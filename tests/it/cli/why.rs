//! `shiftlint why`: two records, or one and what touches it, explained from the words on.

use crate::program::{Folder, Outcome};
use serde_json::Value;

const BATCH: &str = "agent,id,start,end,status
anna,s-1,2026-03-02T08:00-06:00,2026-03-02T16:00-06:00,
anna,s-2,2026-03-02T15:00-06:00,2026-03-02T17:00-06:00,
anna,s-3,2026-03-02T17:00-06:00,2026-03-02T20:00-06:00,
anna,s-4,2026-03-02T21:15-06:00,2026-03-02T23:00-06:00,
ben,s-5,2026-03-02T08:00-06:00,2026-03-02T16:00-06:00,
Anna,s-6,2026-03-02T15:30-06:00,2026-03-02T18:00-06:00,
anna,s-7,2026-03-02T08:00-06:00,2026-03-02T16:00-06:00,cancelled
anna,s-8,2026-03-02T16:00-06:00,2026-03-02T08:00-06:00,
anna,p-1,2026-03-04T08:00-06:00,2026-03-04T16:00-06:00,
ben,s-9,2026-03-05T08:00-06:00,2026-03-05T16:00-06:00,
carl,s-10,2026-03-05T08:00-06:00,2026-03-05T16:00-06:00,
";

fn week() -> Folder {
    Folder::new()
        .with("batch.csv", BATCH)
        .with(
            "live.csv",
            "agent,id,start,end\n\
             anna,p-1,2026-03-03T08:00-06:00,2026-03-03T16:00-06:00\n\
             anna,p-2,2026-03-06T08:00-06:00,2026-03-06T16:00-06:00\n\
             anna,p-3,2026-03-06T12:00-06:00,2026-03-06T18:00-06:00\n",
        )
        .with(
            "off.csv",
            "agent,id,start,end,status\n\
             ben,r-1,2026-03-05T12:00-06:00,2026-03-05T13:00-06:00,pending\n\
             ben,r-2,2026-03-05T12:30-06:00,2026-03-05T14:00-06:00,pending\n\
             carl,r-3,2026-03-05T00:00-06:00,2026-03-06T00:00-06:00,denied\n",
        )
}

fn run(folder: &Folder, more: &[&str], names: &[&str]) -> Outcome {
    let mut words = vec!["why", "batch.csv", "--published", "live.csv", "--time-off", "off.csv"];
    words.extend(more);
    words.push("--");
    words.extend(names);
    folder.run(&words)
}

/// The relation of each pair, and the exit code.
fn relations(folder: &Folder, more: &[&str], names: &[&str]) -> (Vec<String>, Option<i32>) {
    let outcome = run(folder, &[more, &["--format", "json"]].concat(), names);
    let document: Value = serde_json::from_str(&outcome.out).expect("a document");
    let pairs = document["pairs"].as_array().expect("pairs").clone();
    let relation = |pair: Value| pair["relation"].as_str().expect("a word").to_owned();
    (pairs.into_iter().map(relation).collect(), outcome.code)
}

#[track_caller]
fn is(names: &[&str], relation: &str, code: i32) {
    assert_eq!(relations(&week(), &[], names), (vec![relation.to_owned()], Some(code)));
}

#[test]
fn every_relation_of_two_records_has_its_word() {
    is(&["s-1", "s-2"], "conflict", 1);
    is(&["s-2", "s-1"], "conflict", 1);
    is(&["s-2", "s-3"], "adjacent", 0);
    is(&["s-3", "s-4"], "apart", 0);
    is(&["s-1", "s-5"], "other-agent", 0);
    is(&["s-1", "s-6"], "other-spelling", 0);
    is(&["s-1", "s-7"], "skipped", 0);
    is(&["s-1", "s-8"], "skipped", 0);
    is(&["batch:p-1", "published:p-1"], "replaced", 0);
    is(&["p-2", "p-3"], "both-live", 0);
    is(&["s-9", "r-1"], "conflict", 1);
    is(&["r-1", "r-2"], "no-rule", 0);
    is(&["s-10", "r-3"], "skipped", 0);
}

#[test]
fn the_words_say_how_far_it_is_and_what_would_change_it() {
    let folder = week();
    run(&folder, &[], &["s-3", "s-4"]).exits(0).says(&[
        "no conflict, apart: `s-3` ends on Mon 2026-03-02 at 20:00 -06:00",
        "1 h 15 min later",
        "they would overlap if",
    ]);
    run(&folder, &[], &["s-1", "s-2"]).exits(1).says(&[
        "conflict, OV101 shift-overlap:",
        "they would only touch if `s-1` ended on Mon 2026-03-02 at 15:00 -06:00, or `s-2` \
         started on Mon 2026-03-02 at 16:00 -06:00",
        "help: ",
        "written `2026-03-02T08:00-06:00`",
        "in UTC Mon 2026-03-02 14:00",
        "the offsets of the times themselves",
    ]);
    run(&folder, &[], &["s-1", "s-6"]).exits(0).says(&[
        "`anna`",
        "`Anna`",
        "only the spelling differs",
        "their times share 30 min",
    ]);
    run(&folder, &[], &["s-1", "s-7"]).exits(0).says(&["it is cancelled", "(status `cancelled`)"]);
    let both = ["batch:p-1", "published:p-1"];
    run(&folder, &[], &both).exits(0).says(&["the batch replaces it by `p-1` (batch.csv:10)"]);
}

#[test]
fn an_id_that_is_live_and_in_the_batch_names_both() {
    let folder = week();
    let outcome = run(&folder, &[], &["p-1"]).exits(0);
    outcome.says(&["`p-1` is the name of 2 records", "live.csv:2", "batch.csv:10"]);
    let (mut found, code) = relations(&folder, &[], &["p-1", "p-2"]);
    found.sort();
    assert_eq!((found, code), (vec!["apart".to_owned(), "replaced".to_owned()], Some(0)));
}

#[test]
fn what_touches_one_record_is_told() {
    let folder = week();
    let outcome = run(&folder, &[], &["s-2"]).exits(1);
    outcome.says(&["`s-1` and `s-2`", "`s-1`: batch.csv:2", "`s-2`: batch.csv:3"]);
    // Nothing overlaps it; what is before and after is told.
    let (found, code) = relations(&folder, &[], &["s-3"]);
    assert_eq!((found, code), (vec!["adjacent".to_owned(), "apart".to_owned()], Some(0)));
    // A flaw of its own is something too.
    run(&folder, &[], &["s-8"]).exits(1).says(&["RC102 reversed", "nothing is compared with it"]);
}

#[test]
fn records_are_named_by_their_place() {
    let folder = week();
    for name in ["batch.csv:2", "batch.csv@1"] {
        run(&folder, &[], &[name, "s-2"]).exits(1).says(&["`s-1`: batch.csv:2"]);
    }
    let list = r#"{"shifts":[
        {"agent":"a","start":"2026-03-02T08:00Z","end":"2026-03-02T16:00Z"},
        {"agent":"a",
         "start":"2026-03-02T15:00Z","end":"2026-03-02T18:00Z"}, {"agent":"a","start":"2026-03-03T15:00Z","end":"2026-03-03T18:00Z"}
    ]}"#;
    let folder = folder.with("sub/list.json", list);
    let names = [
        ("sub/list.json#/shifts/0", "sub/list.json#/shifts/1"),
        ("list.json#/shifts/0", "list.json@2"),
        ("sub/list.json:2", "sub/list.json:3"),
        // It goes on there.
        ("list.json:2", "list.json:4"),
        ("sub/list.json:2 /shifts/0", "sub/list.json:3 /shifts/1"),
    ];
    for (one, other) in names {
        let outcome = folder.run(&["why", "sub/list.json", "--", one, other]);
        match one {
            // The line also begins another record.
            "list.json:2" => outcome.exits(0).says(&["apart"]),
            _ => outcome.exits(1).says(&["OV101"]),
        };
    }
}

/// A shift can have several rows.
#[test]
fn a_line_within_a_record_names_it() {
    let rows = "agent,id,start,end,note\n\
                a,s-1,2026-03-02T08:00Z,2026-03-02T16:00Z,\"two\nlines\"\n\
                a,s-2,2026-03-02T15:00Z,2026-03-02T18:00Z,\n";
    let folder = Folder::new().with("batch.csv", rows);
    let why = |name: &str| folder.run(&["why", "batch.csv", "--", name, "s-2"]);
    why("batch.csv:3").exits(1).says(&["`s-1`: batch.csv:2"]);
    why("batch.csv:1").exits(2);
    why("batch.csv:5").exits(2);
}

#[test]
fn names_that_mean_nothing_are_refused_with_the_nearest() {
    let folder = week();
    run(&folder, &[], &["s-1", "s-11"])
        .exits(2)
        .complains(&["no record is called `s-11`", "`s-1`"]);
    run(&folder, &[], &["batch.csv:99"]).exits(2).complains(&["FILE:LINE"]);
    run(&folder, &[], &["published:s-1"]).exits(2);
    run(&folder, &[], &["a", "b", "c"]).exits(2).complains(&["one or two records"]);
    folder.run(&["why", "batch.csv"]).exits(2);
}

#[test]
fn what_is_named_may_begin_like_an_option_or_like_a_role() {
    let rows = "agent,id,start,end\n\
                a,--tz,2026-03-02T08:00Z,2026-03-02T16:00Z\n\
                a,batch:x,2026-03-02T15:00Z,2026-03-02T18:00Z\n";
    let folder = Folder::new().with("batch.csv", rows);
    folder.run(&["why", "batch.csv", "--", "--tz", "batch:x"]).exits(1).says(&["OV101"]);
}

#[test]
fn a_rule_that_is_off_is_named() {
    let outcome = run(&week(), &["--ignore", "OV101"], &["s-1", "s-2"]).exits(0);
    outcome.says(&["no conflict, rule off:", "share 1 h", "OV101 shift-overlap is off"]);
    let rest = ["--min-rest", "11h"];
    run(&week(), &rest, &["s-3", "s-4"]).exits(1).says(&["LB101 short-rest"]);
}

#[test]
fn what_cannot_be_read_is_no_all_clear() {
    let rows = "agent,id,start,end\n\
                a,s-1,2026-03-02T08:00Z,soon\n\
                a,s-2,2026-03-02T08:00Z,2026-03-02T16:00Z\n\
                b,s-3,2026-03-02T08:00Z,2026-03-02T16:00Z\n\
                b,s-4,2026-03-02T18:00Z,2026-03-02T20:00Z\n";
    let folder = Folder::new().with("batch.csv", rows);
    let why = |names: &[&str]| folder.run(&[&["why", "batch.csv", "--"], names].concat());
    why(&["s-1", "s-2"]).exits(3).says(&["no conflict, unreadable:", "`soon`", "no all-clear"]);
    // It may be in the way of the other records of its agent.
    why(&["s-2"]).exits(3);
    why(&["s-3", "s-4"]).exits(0).never_says(&["no all-clear"]);
}

#[test]
fn a_name_of_many_records_shows_the_nearest_pairs() {
    let mut rows = String::from("agent,id,start,end\na,x,2026-03-01T08:00Z,2026-03-01T16:00Z\n");
    for day in 2..=29 {
        rows += &format!("a,same,2026-03-{day:02}T08:00Z,2026-03-{day:02}T16:00Z\n");
    }
    let folder = Folder::new().with("batch.csv", rows);
    let args = ["why", "batch.csv", "--map", "id=id", "--", "same", "x"];
    folder.run(&args).exits(0).says(&["name of 28 records", "16 h later", "18 more pairs are not"]);
}

#[test]
fn swaps_and_the_shifts_that_they_move_are_explained() {
    let rows = "agent,id,start,end\n\
                a,s-1,2026-03-02T08:00Z,2026-03-02T16:00Z\n\
                a,s-2,2026-03-02T15:00Z,2026-03-02T18:00Z\n";
    let swaps = "id,status,agent,shift,with agent,with shift\nw-1,approved,a,s-1,b,\n";
    let folder = Folder::new().with("batch.csv", rows).with("swaps.csv", swaps);
    let why = |more: &[&str], names: &[&str]| {
        let args = [&["why", "batch.csv", "--swaps", "swaps.csv"], more, &["--"], names].concat();
        folder.run(&args)
    };
    why(&[], &["s-1", "s-2"]).exits(1).says(&["OV101"]);
    let outcome = why(&["--apply-swaps"], &["s-1", "s-2"]).exits(0);
    outcome.says(&["no conflict, moved:", "`w-1`"]);
    why(&[], &["w-1"]).exits(1).says(&["SW103", "swaps.csv:2, swap"]);
    why(&[], &["swaps:w-1", "s-1"]).exits(1).says(&["SW103"]);
}

#[test]
fn shifts_with_parts_and_times_without_a_zone_say_so() {
    let rows = "agent,id,start,end,type\n\
                a,s-1,2026-03-02 08:00,2026-03-02 16:00,WORK\n\
                a,s-2,2026-03-02 12:00,2026-03-02 12:30,BREAK\n";
    let folder = Folder::new().with("batch.csv", rows);
    let zoned = ["why", "batch.csv", "--tz", "America/Chicago", "--", "s-1", "s-2"];
    let outcome = folder.run(&zoned).exits(0);
    outcome.says(&["part of shift:", "within `s-1`", "America/Chicago, by --tz"]);
    let outcome = folder.run(&["why", "batch.csv", "--", "s-1"]).exits(1);
    outcome.says(&["read as UTC", "TZ101"]);
}

#[test]
fn nothing_of_a_file_reaches_the_terminal_raw() {
    let rows = "agent,id,start,end\n\
                \"a\u{1b}[31m\",\"s\u{1b}]0;x\u{7}\",2026-03-02T08:00Z,2026-03-02T16:00Z\n\
                \"a\u{1b}[31m\",s-2,2026-03-02T15:00Z,2026-03-02T18:00Z\n";
    let folder = Folder::new().with("batch.csv", rows);
    for format in ["text", "json"] {
        let args = ["why", "batch.csv", "--format", format, "--", "batch.csv:2", "s-2"];
        let outcome = folder.run(&args).exits(1);
        assert!(!outcome.told().contains('\u{1b}'), "{}", outcome.told());
    }
}

#[test]
fn the_same_is_said_for_any_number_of_threads() {
    let folder = week();
    let told = |jobs: &str| run(&folder, &["--jobs", jobs, "--format", "json"], &["s-2"]).out;
    assert_eq!(told("1"), told("2"));
}
