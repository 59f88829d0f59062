//! `shiftlint check --plan`: what a plan sends is checked as it is sent.

use crate::program::{Folder, Outcome, finish};
use serde_json::Value;
use shiftlint::model::settings::InputFile;
use shiftlint::model::source::Role;
use shiftlint::plan::checksum_of;
use std::fs::File;
use std::path::Path;

const BATCH: &str = "agent,id,start,end
a,s-1,2026-03-02T08:00Z,2026-03-02T16:00Z
a,s-2,2026-03-02T15:00Z,2026-03-02T18:00Z
b,s-3,2026-03-02T08:00Z,2026-03-02T16:00Z
c,p-1,2026-03-02T20:00Z,2026-03-02T22:00Z
c,s-4,2026-03-02T08:00Z,2026-03-02T12:00Z
";
const LIVE: &str = "agent,id,start,end
b,p-2,2026-03-03T08:00Z,2026-03-03T16:00Z
c,p-1,2026-03-02T11:00Z,2026-03-02T13:00Z
";

/// A plan with the chunks `s-1`, `s-3`, `p-1`, `s-4`, of which the last needs the one before.
fn planned(more: &[&str]) -> Folder {
    let folder = Folder::new().with("batch.csv", BATCH).with("live.csv", LIVE);
    let inputs = ["plan", "batch.csv", "--published", "live.csv", "--out", "plan", "--chunk", "1"];
    folder.run(&[&inputs, more].concat()).exits(1);
    folder
}

fn check(folder: &Folder, more: &[&str]) -> Outcome {
    folder.run(&[&["check", "--plan", "plan"], more].concat())
}

/// The folder with another manifest.
fn edited(folder: Folder, edit: impl Fn(&mut Value)) -> Folder {
    let text = folder.read("plan/plan.json").expect("a manifest");
    let mut manifest: Value = serde_json::from_str(&text).expect("JSON");
    edit(&mut manifest);
    folder.with("plan/plan.json", manifest.to_string())
}

#[test]
fn a_plan_as_it_was_written_is_clean() {
    let folder = planned(&[]);
    let note = "batch.csv: checked as the plan sends it: 4 of 5 records, in 4 chunks";
    check(&folder, &[]).exits(0).says(&[note, "1 not sent", "no conflicts"]);
    let report = check(&folder, &["--format", "json"]).report();
    let fates = &report["inputs"][0]["reading"]["fates"];
    assert_eq!([&fates["records"], &fates["checked"], &fates["unsent"]], [5, 4, 1]);
    let one = check(&folder, &["--format", "json", "--jobs", "1"]).report();
    assert_eq!(report, one);
}

#[test]
fn a_chunk_before_the_one_that_it_needs_meets_what_is_live() {
    let reversed = |manifest: &mut Value| {
        manifest["lanes"][0]["chunks"].as_array_mut().expect("chunks").reverse();
    };
    let outcome = check(&edited(planned(&[]), reversed), &[]).exits(1);
    outcome.says(&[
        "OV104",
        "`p-1` is live, and `s-4` does not replace it",
        "1 record is sent before the chunk that takes away what is in the way",
    ]);
}

#[test]
fn a_chunk_that_holds_other_records_than_the_manifest_names_is_refused() {
    let exchanged = edited(planned(&[]), |manifest| {
        let chunks = manifest["lanes"][0]["chunks"].as_array_mut().expect("chunks");
        for key in ["file", "sha256"] {
            let first = chunks[0][key].clone();
            chunks[0][key] = chunks[1][key].take();
            chunks[1][key] = first;
        }
    });
    let says = "does not hold the records that plan.json names for it";
    check(&exchanged, &[]).exits(2).complains(&[says]);
    let file = "plan/send/lane-1/chunk-001.csv";
    let more = |text: &str| format!("{text}a,s-7,2026-03-02T08:00Z,2026-03-02T16:00Z\n");
    let other = |text: &str| text.replace("08:00Z", "09:00Z");
    for change in [&more as &dyn Fn(&str) -> String, &other] {
        let folder = planned(&[]);
        let text = change(&folder.read(file).expect("a chunk"));
        let changed = folder.with(file, &text);
        let chunk = changed.path().join(file);
        let chunk = InputFile::named(Role::Batch, chunk.to_string_lossy());
        let sha256 = checksum_of(&chunk).0;
        let changed = edited(changed, |manifest| {
            manifest["lanes"][0]["chunks"][0]["sha256"] = sha256.clone().into();
        });
        check(&changed, &[]).exits(2).complains(&[says]);
    }
}

#[test]
fn what_the_plan_before_sent_is_live() {
    let accepted = |manifest: &mut Value| {
        let waits = manifest["hold"][0].clone();
        manifest["already_live_records"].as_array_mut().expect("a list").push(waits);
    };
    let outcome = check(&edited(planned(&[]), accepted), &[]).exits(1);
    outcome.says(&["OV101", "`s-1`", "`s-2`"]);
}

#[test]
fn a_retry_is_checked_as_a_plan_is() {
    let folder = planned(&[]).with("answers/chunk-001.json", r#"{"status":201}"#);
    let words = "triage batch.csv --published live.csv --plan plan --response answers \
                 --write-retry again --unmentioned rejected";
    folder.run(&words.split_whitespace().collect::<Vec<_>>());
    let outcome = folder.run(&["check", "--plan", "again"]).exits(0);
    outcome.says(&["checked as the plan sends it: 3 of 5 records"]);
}

#[test]
fn what_has_changed_since_is_refused() {
    for (name, text, said) in [
        ("live.csv", "agent,id,start,end\n", "`live.csv` has changed since the plan was made"),
        ("batch.csv", "agent,id,start,end\n", "`batch.csv` has changed since the plan was made"),
        (
            "plan/send/lane-1/chunk-002.csv",
            "agent,id,start,end\nb,s-3,2026-03-02T08:00Z,2026-03-02T17:00Z\n",
            "chunk-002.csv` is not as it was planned",
        ),
    ] {
        let folder = planned(&[]).with(name, text);
        check(&folder, &[]).exits(2).complains(&[said]).never_says(&["verdict"]);
    }
    for (name, said) in [
        ("live.csv", "`live.csv` cannot be read any more"),
        ("plan/send/lane-1/chunk-001.csv", "chunk-001.csv` is not as it was planned"),
    ] {
        let folder = planned(&[]);
        std::fs::remove_file(folder.path().join(name)).expect("a file to remove");
        check(&folder, &[]).exits(2).complains(&[said]);
    }
}

/// Every format that can be planned is read again as it was.
#[test]
fn the_plans_of_the_samples_have_no_errors() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let folders = samples.read_dir().expect("samples").flatten().map(|entry| entry.path());
    let files = folders.filter_map(|folder| folder.read_dir().ok()).flatten().flatten();
    let mut planned = 0;
    for file in files.map(|entry| entry.path()).filter(|path| path.is_file()) {
        let name = file.to_str().expect("a name");
        let folder = Folder::new();
        folder.run(&["plan", name, "--out", "plan", "--tz", "America/Chicago", "--chunk", "3"]);
        if folder.read("plan/plan.json").is_some() {
            let outcome = check(&folder, &["--quiet"]);
            assert!(matches!(outcome.code, Some(0 | 4)), "{name}: {}", outcome.told());
            planned += 1;
        }
    }
    assert!(planned > 25, "{planned} samples have a plan");
}

/// Whoever sends all files of the folder would send it.
#[test]
fn a_file_that_is_no_chunk_is_refused() {
    let folder = planned(&[]).with("plan/send/lane-1/chunk-009.csv", BATCH);
    check(&folder, &[]).exits(2).complains(&["chunk-009.csv` is no chunk of the plan"]);
}

#[test]
fn each_record_is_sent_once() {
    let twice = |manifest: &mut Value| {
        let chunks = manifest["lanes"][0]["chunks"].as_array_mut().expect("chunks");
        chunks.push(chunks[0].clone());
    };
    let fewer = |manifest: &mut Value| {
        let records = &mut manifest["lanes"][0]["chunks"][0]["records"];
        records.as_array_mut().expect("records").clear();
    };
    let said = "its chunks do not hold each of their records once";
    check(&edited(planned(&[]), twice), &[]).exits(2).complains(&[said]);
    check(&edited(planned(&[]), fewer), &[]).exits(2).complains(&[said]);
}

#[test]
fn a_folder_that_was_planned_has_the_same_files() {
    let folder = Folder::new().with("week/a.csv", BATCH);
    folder.run(&["plan", "week", "--out", "plan"]).exits(1);
    check(&folder, &[]).exits(0);
    let more = "agent,id,start,end\nz,z-1,2026-03-02T08:00Z,2026-03-02T16:00Z\n";
    let folder = folder.with("week/b.csv", more);
    check(&folder, &[]).exits(2).complains(&["b.csv` is not a file that the plan was made of"]);
    std::fs::remove_file(folder.path().join("week/b.csv")).expect("a file to remove");
    std::fs::remove_file(folder.path().join("week/a.csv")).expect("a file to remove");
    check(&folder.with("week/c.csv", more), &[]).exits(2);
}

#[test]
fn a_manifest_that_is_none_is_refused() {
    for (text, said) in
        [("", "is no plan"), ("{}", "is no plan"), ("{\"options\":{}}", "is no plan")]
    {
        let folder = planned(&[]).with("plan/plan.json", text);
        check(&folder, &[]).exits(2).complains(&[said]);
    }
    let unknown = |manifest: &mut Value| {
        manifest["lanes"][0]["chunks"][0]["records"][0]["record"] = 99.into();
    };
    let said = "1 of its records cannot be found in the batch";
    check(&edited(planned(&[]), unknown), &[]).exits(2).complains(&[said]);
    let other = |manifest: &mut Value| {
        manifest["options"]["command"] = serde_json::json!(["shiftlint", "publish", "batch.csv"]);
    };
    let said = "the command that made the plan is not understood";
    check(&edited(planned(&[]), other), &[]).exits(2).complains(&[said]);
}

#[test]
fn the_plan_says_how_its_inputs_are_read() {
    let folder = planned(&[]);
    for more in [&["--tz", "UTC"][..], &["--published", "live.csv"], &["--map", "id=start"]] {
        check(&folder, more).exits(2).complains(&["says how its inputs are read: leave out --"]);
    }
    folder.run(&["check", "batch.csv", "--plan", "plan"]).exits(2);
    folder.run(&["check"]).exits(2).complains(&["<BATCH>"]);
}

#[test]
fn a_chunk_need_not_show_the_order_of_its_dates() {
    let batch = "agent,id,start,end
a,s-1,3/4/2026 08:00,3/4/2026 16:00
b,s-2,25/4/2026 08:00,25/4/2026 16:00
";
    let folder = Folder::new().with("batch.csv", batch);
    let args = ["plan", "batch.csv", "--out", "plan", "--chunk", "1", "--tz", "UTC"];
    folder.run(&args).exits(0);
    folder.run(&["check", "plan/send/lane-1/chunk-001.csv", "--tz", "UTC"]).exits(3);
    check(&folder, &[]).exits(0);
}

#[test]
fn a_version_that_is_fetched_again_is_not_reused() {
    let header = "agent,id,schedule,version,start,end\n";
    let folder = Folder::new()
        .with("a.csv", format!("{header}a,s-1,w10,7,2026-03-02T08:00Z,2026-03-02T16:00Z\n"))
        .with("b.csv", format!("{header}b,s-2,w10,7,2026-03-02T08:00Z,2026-03-02T16:00Z\n"));
    folder.run(&["check", "a.csv", "b.csv"]).exits(1).says(&["VR103"]);
    folder.run(&["plan", "a.csv", "b.csv", "--out", "plan"]).exits(0);
    check(&folder, &[]).exits(0).never_says(&["VR103"]);
    let not_fetched = |manifest: &mut Value| {
        for chunk in manifest["lanes"][0]["chunks"].as_array_mut().expect("chunks") {
            chunk["refetch_before"] = false.into();
        }
    };
    check(&edited(folder, not_fetched), &[]).exits(1).says(&["VR103"]);
}

#[test]
fn a_plan_of_standard_input_is_checked_with_the_same_input() {
    let folder = Folder::new().with("batch.csv", BATCH).with("live.csv", LIVE);
    let piped = |args: &[&str], name: &str| {
        let input = File::open(folder.path().join(name)).expect("a file");
        finish(folder.command(args).stdin(input))
    };
    piped(&["plan", "-", "--out", "plan"], "batch.csv").exits(1);
    piped(&["check", "--plan", "plan"], "batch.csv").exits(0);
    let said = "`-` has changed since the plan was made";
    piped(&["check", "--plan", "plan"], "live.csv").exits(2).complains(&[said]);
}
