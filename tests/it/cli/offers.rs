//! `shiftlint check --fixes`: what could be changed for a finding to go.

use crate::program::{Folder, finish, shiftlint};
use serde_json::{Value, json};
use std::path::Path;

const WRONG_OFFSET: &str = "agent,id,start,end,zone
ann,s-1,2026-03-09T08:00:00-06:00,2026-03-09T12:00:00-06:00,America/Chicago
ann,s-2,2026-03-10T08:00:00-05:00,2026-03-10T12:00:00-05:00,America/Chicago
";

/// The fixes of all findings, each with the code of its rule.
fn offers(folder: &Folder, args: &str) -> Vec<(String, Value)> {
    let args: Vec<&str> = args.split_whitespace().collect();
    let report = folder.run(&args).report();
    let findings = report["findings"].as_array().expect("findings").clone();
    let of_finding = |finding: &Value| {
        let rule = finding["rule"].as_str().expect("a code").to_owned();
        let fixes = finding["fixes"].as_array().expect("fixes").clone();
        fixes.into_iter().map(move |fix| (rule.clone(), fix))
    };
    findings.iter().flat_map(of_finding).collect()
}

#[test]
fn a_wrong_offset_is_shown_as_it_would_be_right() {
    let folder = Folder::new().with("batch.csv", WRONG_OFFSET);
    let expected = json!({
        "cause": null,
        "record": 0,
        "remove": false,
        "start": "2026-03-09T08:00:00-05:00",
        "end": "2026-03-09T12:00:00-05:00",
        "message": "in `s-1` write `2026-03-09T08:00:00-05:00` for \
                    `2026-03-09T08:00:00-06:00` and `2026-03-09T12:00:00-05:00` for \
                    `2026-03-09T12:00:00-06:00`",
    });
    assert_eq!(offers(&folder, "check batch.csv --format json"), [("TZ104".to_owned(), expected)]);
    let outcome = folder.run(&["check", "batch.csv", "--fixes"]).exits(1);
    outcome.says(&["= fix: in `s-1` write", "fixes: 1 change could remove a finding"]);
    folder.run(&["check", "batch.csv"]).exits(1).never_says(&["= fix:", "fixes:"]);
    folder.run(&["check", "batch.csv", "--fixes", "--quiet"]).exits(2);
}

#[test]
fn a_copy_is_left_out_if_it_is_one() {
    let row = "ann,s-1,2026-03-09T08:00Z,2026-03-09T12:00Z\n";
    let folder = Folder::new().with("batch.csv", format!("agent,id,start,end\n{row}{row}"));
    let offered = offers(&folder, "check batch.csv --format json");
    let told: Vec<(&str, &Value, &Value)> =
        offered.iter().map(|(rule, fix)| (rule.as_str(), &fix["cause"], &fix["message"])).collect();
    let message = json!("leave out `s-1` (batch.csv:3), if the two are equal in every cell or key");
    assert_eq!(told, [("OV103", &json!("duplicate-record"), &message)]);
}

/// A record that is published cannot be changed in the batch.
#[test]
fn only_records_of_the_batch_are_changed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let args =
        "check samples/chicago/batch.csv --published samples/chicago/published.csv --format json";
    let report = finish(shiftlint(root).args(args.split(' '))).report();
    for finding in report["findings"].as_array().expect("findings") {
        for fix in finding["fixes"].as_array().expect("fixes") {
            let place = fix["record"].as_u64().expect("a place") as usize;
            assert_eq!(finding["records"][place]["role"], "batch", "{finding:#}");
        }
    }
}

/// Whatever `shiftlint fix` suggests for a cause or an offset is offered by the check.
#[test]
fn a_check_offers_what_a_fix_suggests() {
    let folder = Folder::new().with("batch.csv", WRONG_OFFSET);
    let fixes = folder.run(&["fix", "batch.csv", "--format", "json"]).report();
    let suggested: Vec<&Value> = fixes["fixes"].as_array().expect("fixes").iter().collect();
    let offered = offers(&folder, "check batch.csv --format json");
    assert_eq!(suggested.len(), offered.len());
    assert_eq!(suggested[0]["rule"], offered[0].0);
}
