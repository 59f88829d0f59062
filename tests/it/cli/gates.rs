//! Allowances and baselines: what does not count, and what counts again.

use crate::program::{Folder, Outcome, finish};
use serde_json::{Value, json};

const BATCH: &str = "agent,id,start,end
anna,s-1,2026-03-02T08:00Z,2026-03-02T16:00Z
anna,s-2,2026-03-02T15:00Z,2026-03-02T18:00Z
ben,s-3,2026-03-03T08:00Z,2026-03-03T16:00Z
ben,s-4,2026-03-03T14:00Z,2026-03-03T18:00Z
";

const FORMATS: [&str; 11] = [
    "text", "table", "json", "ndjson", "github", "azure", "markdown", "sarif", "junit", "gitlab",
    "csv",
];

fn check(folder: &Folder, more: &[&str]) -> Outcome {
    folder.run(&[&["check", "batch.csv", "--format", "json"], more].concat())
}

/// How many findings are new, known and allowed.
fn standing(report: &Value) -> [u64; 3] {
    ["new", "known", "allowed"].map(|part| {
        let counts = report["gate"][part].as_object().expect("counts");
        counts.values().filter_map(Value::as_u64).sum()
    })
}

/// A folder whose findings are known.
fn known() -> Folder {
    let folder = Folder::new().with("batch.csv", BATCH);
    check(&folder, &["--write-baseline", "known.txt"])
        .exits(0)
        .complains(&["2 findings are known"]);
    folder
}

#[test]
fn known_findings_pass_and_are_never_clean() {
    let folder = known();
    let report = check(&folder, &["--baseline", "known.txt"]).exits(0).report();
    assert_eq!((standing(&report), &report["verdict"]), ([0, 2, 0], &json!("conflicts")));
    assert!(
        report["findings"]
            .as_array()
            .is_some_and(|all| all.iter().all(|of| of["state"] == "known"))
    );
    let text = folder.run(&["check", "batch.csv", "--baseline", "known.txt"]).exits(0);
    let text = text.says(&["verdict: conflicts — passed: 0 new, 2 known, 0 allowed"]);
    text.says(&["2 known findings are not shown (--verbose shows all)"])
        .never_says(&["error[", "next:"]);
    let quiet = folder.run(&["check", "batch.csv", "--baseline", "known.txt", "-q"]).exits(0);
    assert_eq!(quiet.out, "");
    let added = format!(
        "{BATCH}cleo,s-5,2026-03-04T08:00Z,2026-03-04T16:00Z\ncleo,s-6,2026-03-04T09:00Z,2026-03-04T10:00Z\n"
    );
    let folder = folder.with("batch.csv", added);
    let report = check(&folder, &["--baseline", "known.txt"]).exits(1).report();
    assert_eq!(standing(&report), [1, 2, 0]);
}

#[test]
fn a_report_is_a_baseline_if_it_has_all_findings() {
    let folder = Folder::new().with("batch.csv", BATCH);
    let report = check(&folder, &[]).exits(1).out;
    let folder = folder.with("report.json", report);
    let again = check(&folder, &["--baseline", "report.json"]).exits(0).report();
    assert_eq!(standing(&again), [0, 2, 0]);
    let cut = check(&folder, &["--max-findings", "1"]).exits(1).out;
    let folder = folder.with("cut.json", cut);
    check(&folder, &["--baseline", "cut.json"]).exits(2).complains(&["does not list 1"]);
    let pruned = ["--baseline", "report.json", "--prune-baseline"];
    check(&folder, &pruned).exits(2).complains(&["is a report"]);
}

#[test]
fn what_is_gone_is_told_and_can_fail_and_be_removed() {
    let mended = BATCH.replace("15:00Z", "16:00Z");
    let folder = known().with("batch.csv", mended);
    let report = check(&folder, &["--baseline", "known.txt"]).exits(0).report();
    assert_eq!(report["gate"]["baseline"]["gone"][0]["ids"], json!(["s-1", "s-2"]));
    let strict = ["check", "batch.csv", "--baseline", "known.txt", "--strict-baseline"];
    folder.run(&strict).exits(1).says(&["1 of 2 findings in known.txt gone", "s-1, s-2"]);
    folder.run(&[&strict[..], &["-q"]].concat()).exits(1).says(&["--strict-baseline fails"]);
    let pruned = ["--baseline", "known.txt", "--prune-baseline"];
    check(&folder, &pruned).exits(0).complains(&["1 gone and removed, 1 left"]);
    assert_eq!(folder.read("known.txt").expect("a baseline").lines().count(), 2);
    folder.run(&strict).exits(0);
    // Pruning adds nothing.
    let folder = folder.with("batch.csv", BATCH);
    check(&folder, &pruned).exits(1);
    assert_eq!(folder.read("known.txt").expect("a baseline").lines().count(), 2);
}

#[test]
fn only_what_was_checked_is_gone() {
    let folder = known();
    let one_agent: String = BATCH
        .lines()
        .filter(|line| !line.starts_with("ben"))
        .map(|line| format!("{line}\n"))
        .collect();
    let of_ben = "agent,id,start,end\nben,s-9,2026-03-09T08:00Z,2026-03-09T16:00Z\n";
    for (batch, more) in [
        (one_agent.as_str(), &[][..]),
        (of_ben, &[]),
        (&BATCH.replace("15:00Z", "16:00Z").replace("14:00Z", "16:00Z"), &["--ignore", "OV"]),
    ] {
        let folder = Folder::new()
            .with("batch.csv", batch)
            .with("known.txt", folder.read("known.txt").expect("a baseline"));
        let args = [&["--baseline", "known.txt", "--strict-baseline"], more].concat();
        let report = check(&folder, &args).exits(0).report();
        assert_eq!(report["gate"]["baseline"]["gone"], json!([]), "{batch}");
    }
}

#[test]
fn a_baseline_is_the_same_whatever_the_order_and_can_be_merged() {
    let folder = known();
    let first = folder.read("known.txt").expect("a baseline");
    let mut lines: Vec<&str> = BATCH.lines().collect();
    lines[1..].reverse();
    let folder = folder.with("batch.csv", lines.join("\n"));
    check(&folder, &["--write-baseline", "again.txt", "--baseline", "none.txt"]).exits(0);
    assert_eq!(folder.read("again.txt"), Some(first.clone()), "an active baseline is ignored");
    let doubled = format!("{first}{}\n\n", first.lines().last().expect("a line"));
    let folder = folder.with("known.txt", doubled);
    check(&folder, &["--baseline", "known.txt", "--strict-baseline"]).exits(0);
    for (text, said) in [
        (first.replace("\"version\":1", "\"version\":2"), "version 2"),
        (first.replacen("{\"fing", "<<<<<<< HEAD\n{\"fing", 1), "known.txt:2"),
        (first.replace("\"roles\":[\"batch\"", "\"roles\":[\"boss\""), "not understood"),
        (first.replace("v1:", "v9:"), "not understood"),
        ("{\"results\":[]}".to_owned(), "neither a baseline nor a JSON report"),
        (String::new(), "neither"),
        ("a,b\n".to_owned(), "neither"),
    ] {
        let folder = Folder::new().with("batch.csv", BATCH).with("known.txt", text);
        check(&folder, &["--baseline", "known.txt"]).exits(2).complains(&["--baseline: ", said]);
    }
    check(&folder, &["--baseline", "none.txt"]).exits(2).complains(&["--write-baseline none.txt"]);
}

#[test]
fn what_was_not_checked_is_never_known() {
    let broken = format!("{BATCH}ben,s-5,yesterday,tomorrow\n");
    let folder = Folder::new().with("batch.csv", broken);
    let outcome = check(&folder, &["--write-baseline", "known.txt"]).exits(3);
    outcome.complains(&["known.txt is not written, because the check is incomplete"]);
    assert_eq!(folder.read("known.txt"), None);
    let folder = folder.with("known.txt", known().read("known.txt").expect("a baseline"));
    check(&folder, &["--baseline", "known.txt"]).exits(3);
    check(&folder, &["--baseline", "known.txt", "--prune-baseline"]).exits(3);
    let report = check(&folder, &[]).exits(3).out;
    let folder = folder.with("report.json", report);
    check(&folder, &["--baseline", "report.json"]).exits(2).complains(&["incomplete"]);
    let reversed = "agent,id,start,end\nben,s-5,2026-03-02T16:00Z,2026-03-02T08:00Z\n";
    let folder = Folder::new().with("batch.csv", reversed);
    let outcome = check(&folder, &["--write-baseline", "known.txt"]).exits(4);
    outcome.complains(&["known.txt is not written, because there was nothing to check"]);
    assert_eq!(folder.read("known.txt"), None);
}

#[test]
fn a_baseline_is_no_input() {
    let folder = known();
    check(&folder, &["--write-baseline", "batch.csv"]).exits(2).complains(&["replace the input"]);
    assert_eq!(folder.read("batch.csv").as_deref(), Some(BATCH));
}

#[test]
fn all_findings_are_compared_whatever_is_listed() {
    let mut batch = String::from("agent,id,start,end\n");
    for number in 0..30 {
        batch.push_str(&format!("anna,s-{number},2026-03-02T08:00Z,2026-03-02T16:00Z\n"));
    }
    let folder = Folder::new().with("batch.csv", &batch);
    check(&folder, &["--write-baseline", "known.txt", "--max-per-agent", "3"]).exits(0);
    assert_eq!(folder.read("known.txt").expect("a baseline").lines().count(), 1 + 30 * 29 / 2);
    let few = ["--baseline", "known.txt", "--max-per-agent", "3"];
    let report = check(&folder, &few).exits(0).report();
    assert_eq!(
        (standing(&report), report["findings"].as_array().map(Vec::len)),
        ([0, 435, 0], Some(3))
    );
    let folder =
        folder.with("batch.csv", format!("{batch}anna,x,2026-03-02T15:30Z,2026-03-02T17:00Z\n"));
    let report = check(&folder, &few).exits(1).report();
    assert_eq!(standing(&report), [30, 435, 0]);
    let new =
        report["findings"].as_array().expect("a list").iter().filter(|of| of["state"] == "new");
    assert_eq!(new.count(), 3, "those that count are listed first");
}

/// A folder with these allowances.
fn allowing(allowances: &str) -> Folder {
    Folder::new().with("batch.csv", BATCH).with("shiftlint.toml", allowances)
}

#[test]
fn allowances_are_about_what_findings_mean() {
    for (what, allowed) in [
        ("", 2),
        ("agent = \"anna\"", 1),
        ("agent = \"Anna\"", 0),
        ("ids = [\"s-3\"]", 1),
        ("ids = [\"s-4\", \"s-3\"]", 1),
        ("ids = [\"s-1\", \"s-3\"]", 0),
        ("from = 2026-03-03", 1),
        ("to = \"2026-03-02\"", 1),
        ("from = 2026-03-02\nto = 2026-03-03", 2),
        ("from = 2026-03-04", 0),
        ("path = \"batch.*\"", 2),
        ("path = \"live/*\"", 0),
        ("agent = \"ben\"\nids = \"s-4\"\nfrom = 2026-03-03\npath = \"batch.csv\"", 1),
    ] {
        let rule = format!("[[allow]]\nrule = \"shift-overlap\"\nreason = \"agreed\"\n{what}\n");
        let outcome = check(&allowing(&rule), &[]).exits(u8::from(allowed < 2).into());
        let report = outcome.report();
        assert_eq!(standing(&report), [2 - allowed, 0, allowed], "{what}");
        assert_eq!(report["gate"]["allowances"][0]["matches"], allowed, "{what}");
    }
}

#[test]
fn an_allowance_ends_and_says_so() {
    let folder = allowing("[[allow]]\nrule = \"OV101\"\nreason = \"agreed\"\nuntil = 2026-06-30\n");
    let on = |day: &str| folder.run(&["check", "batch.csv", "--today", day]);
    let held = on("2026-06-30").exits(0);
    held.says(&["passed: 0 new, 0 known, 2 allowed", "allowances are those of 2026-06-30"]);
    let ended = on("2026-07-01").exits(1);
    ended.says(&[
        "allowance shiftlint.toml:1 (OV101) ended with 2026-06-30",
        "2 findings count again",
    ]);
    on("2026-7-1").exits(2).complains(&["--today: `2026-7-1` is no date"]);
    on("2026-02-30").exits(2);
    let idle = allowing("[[allow]]\nrule = \"OV102\"\nreason = \"agreed\"\n");
    idle.run(&["check", "batch.csv"]).exits(1).says(&["(OV102) matches no finding of this check"]);
}

#[test]
fn allowed_findings_are_in_no_baseline() {
    let folder = allowing("[[allow]]\nrule = \"OV101\"\nagent = \"anna\"\nreason = \"agreed\"\n");
    check(&folder, &["--write-baseline", "known.txt"]).exits(0);
    let text = folder.read("known.txt").expect("a baseline");
    assert!(text.lines().count() == 2 && text.contains("ben"), "{text}");
    let report = check(&folder, &["--baseline", "known.txt"]).exits(0).report();
    assert_eq!(standing(&report), [0, 1, 1]);
}

#[test]
fn a_configuration_names_a_baseline() {
    let folder =
        known().with("shiftlint.toml", "baseline = \"known.txt\"\nstrict-baseline = true\n");
    assert_eq!(standing(&check(&folder, &[]).exits(0).report()), [0, 2, 0]);
    check(&folder, &["--write-baseline", "known.txt"]).exits(0);
    std::fs::remove_file(folder.path().join("known.txt")).expect("removed");
    check(&folder, &[]).exits(2).complains(&["`known.txt` cannot be read"]);
}

#[test]
fn every_format_tells_what_does_not_count() {
    let folder = known().with(
        "shiftlint.toml",
        "[[allow]]\nrule = \"OV101\"\nagent = \"anna\"\nreason = \"agreed\"\n",
    );
    let of = |format: &str| {
        let args = ["check", "batch.csv", "--baseline", "known.txt", "--format", format];
        folder.run(&args).exits(0).out
    };
    for format in ["text", "table", "github", "azure", "markdown"] {
        let text = of(format);
        assert!(text.contains("0 new, 1 known, 1 allowed"), "{format}: {text}");
        assert!(!text.contains("s-1"), "{format}: {text}");
    }
    let sarif: Value = serde_json::from_str(&of("sarif")).expect("JSON");
    let results = &sarif["runs"][0]["results"];
    assert_eq!(results[0]["suppressions"][0]["justification"], "agreed");
    assert_eq!(results[1]["baselineState"], "unchanged");
    assert!(of("junit").matches("<skipped").count() == 2 && !of("junit").contains("<failure"));
    assert!(of("gitlab").contains("1 known and 1 allowed findings do not count"));
    assert!(of("csv").contains(",allowed\n") && of("csv").contains(",known\n"));
    assert!(of("ndjson").contains("\"state\":\"allowed\"") && of("ndjson").contains("\"gate\":{"));
}

#[test]
fn every_format_names_what_is_gone_and_fails() {
    let folder = known();
    let folder =
        folder.with("batch.csv", BATCH.replace("s-2,2026-03-02T15:00Z", "s-2,2026-03-02T16:00Z"));
    for format in FORMATS {
        let args = ["check", "batch.csv", "--baseline", "known.txt", "--format", format];
        let plain = folder.run(&args).exits(0).out;
        let strict = folder.run(&[&args[..], &["--strict-baseline"]].concat()).exits(1).out;
        let is_named = strict.contains("gone") && strict.contains("anna");
        assert!(is_named, "{format}: {strict:.2000}");
        assert!(!plain.contains("gone-findings"), "{format}: {plain:.2000}");
    }
}

/// How a schedule is written again without a change of what it means.
fn rewritten() -> Vec<(&'static str, Folder, Vec<&'static str>)> {
    let rows: Vec<&str> = BATCH.lines().skip(1).collect();
    let turned: Vec<&str> = rows.iter().rev().copied().collect();
    let part = |rows: &[&str]| format!("agent,id,start,end\n{}\n", rows.join("\n"));
    let objects: Vec<Value> = rows
        .iter()
        .map(|row| {
            let cells: Vec<&str> = row.split(',').collect();
            json!({"agent": cells[0], "id": cells[1], "start": cells[2], "end": cells[3]})
        })
        .collect();
    let west = BATCH
        .replace("08:00Z", "02:00-06:00")
        .replace("16:00Z", "10:00-06:00")
        .replace("15:00Z", "18:00+03:00")
        .replace("14:00Z", "08:00-06:00")
        .replace("18:00Z", "12:00-06:00");
    let more = format!("{BATCH}zoe,s-9,2026-03-03T08:00Z,2026-03-03T16:00Z\n");
    let one = |name: &str, bytes: &[u8]| Folder::new().with(name, bytes);
    vec![
        ("rows moved", one("batch.csv", part(&turned).as_bytes()), vec!["batch.csv"]),
        (
            "files split",
            one("a.csv", part(&rows[1..3]).as_bytes()).with("b.csv", part(&[rows[3], rows[0]])),
            vec!["a.csv", "b.csv"],
        ),
        ("renamed", one("week 10.csv", BATCH.as_bytes()), vec!["week 10.csv"]),
        (
            "compressed",
            one("batch.csv.gz", &super::streams::gzip(BATCH.as_bytes())),
            vec!["batch.csv.gz"],
        ),
        ("as JSON", one("b.json", json!(objects).to_string().as_bytes()), vec!["b.json"]),
        ("other offsets", one("batch.csv", west.as_bytes()), vec!["batch.csv"]),
        ("new ids", one("batch.csv", BATCH.replace("s-", "new-").as_bytes()), vec!["batch.csv"]),
        ("a record more", one("batch.csv", more.as_bytes()), vec!["batch.csv"]),
    ]
}

#[test]
fn what_is_written_otherwise_is_known() {
    let baseline = known().read("known.txt").expect("a baseline");
    for (what, folder, names) in rewritten() {
        let folder = folder.with("known.txt", &baseline);
        let args = ["--baseline", "known.txt", "--strict-baseline", "--format", "json"];
        let outcome = folder.run(&[&["check"], &names[..], &args].concat());
        let report = outcome.exits(0).report();
        assert_eq!(standing(&report), [0, 2, 0], "{what}");
    }
}

#[test]
fn what_moved_or_grew_is_new() {
    let folder = known();
    for (what, before, after, new) in [
        ("grew", "anna,s-2,2026-03-02T15:00Z", "anna,s-2,2026-03-02T14:30Z", 1),
        ("grew by a minute", "s-2,2026-03-02T15:00Z", "s-2,2026-03-02T14:59Z", 1),
        ("shrank", "s-2,2026-03-02T15:00Z", "s-2,2026-03-02T15:30Z", 0),
        (
            "moved within the day",
            "08:00Z,2026-03-02T16:00Z\nanna,s-2,2026-03-02T15:00Z",
            "08:00Z,2026-03-02T17:00Z\nanna,s-2,2026-03-02T16:00Z",
            1,
        ),
        ("moved to another day", "2026-03-02", "2026-03-05", 1),
        ("another agent", "anna", "zoe", 1),
        ("a twin more", "ben,s-3", "anna,s-7,2026-03-02T15:00Z,2026-03-02T18:00Z\nben,s-3", 2),
    ] {
        let changed = BATCH.replace(before, after);
        assert_ne!(changed, BATCH, "{what}");
        let folder = Folder::new()
            .with("batch.csv", changed)
            .with("known.txt", folder.read("known.txt").expect("a baseline"));
        let report = check(&folder, &["--baseline", "known.txt"]).report();
        assert_eq!(standing(&report)[0], new, "{what}: {:#}", report["findings"]);
    }
}

#[test]
fn reports_and_batches_are_compared() {
    let mended = BATCH.replace("15:00Z", "16:00Z");
    let added = format!(
        "{mended}cleo,s-5,2026-03-04T08:00Z,2026-03-04T16:00Z\ncleo,s-6,2026-03-04T09:00Z,2026-03-04T10:00Z\n"
    );
    let folder = Folder::new().with("old.csv", BATCH).with("new.csv", &added);
    let report = |name: &str| folder.run(&["check", name, "--format", "json"]).out;
    let (old, new) = (report("old.csv"), report("new.csv"));
    let folder = Folder::new()
        .with("old.csv", BATCH)
        .with("new.csv", added)
        .with("old.json", old)
        .with("new.json", new);
    let said =
        ["new: OV101 agent `cleo`", "fixed: OV101 agent `anna`", "1 new, 1 fixed, 1 still there"];
    for sides in [["old.csv", "new.csv"], ["old.json", "new.json"]] {
        let diff = [&["diff"], &sides[..]].concat();
        folder.run(&diff).exits(1).says(&said).never_says(&["still there: OV101"]);
        let all = folder.run(&[&diff[..], &["--verbose"]].concat()).exits(1);
        all.says(&["still there: OV101 agent `ben`"]);
        let json = folder.run(&[&diff[..], &["--format", "json"]].concat()).exits(1).report();
        assert_eq!(json["new"][0]["ids"], json!(["s-5", "s-6"]));
        assert_eq!(
            (&json["report"], json["still_there"].as_array().map(Vec::len)),
            (&json!("diff"), Some(1))
        );
        let markdown = folder.run(&[&diff[..], &["--format", "markdown"]].concat()).exits(1);
        markdown.says(&["## shiftlint: 1 new, 1 fixed, 1 still there", "| fixed | OV101 |"]);
        let back = [&["diff"], &[sides[1], sides[0]][..]].concat();
        folder.run(&back).exits(1).says(&["fixed: OV101 agent `cleo`"]);
        folder.run(&["diff", sides[0], sides[0]]).exits(0).says(&["0 new, 0 fixed, 2 still there"]);
    }
    folder.run(&["diff", "old.csv", "new.json"]).exits(2).complains(&["is a report"]);
    let folder = folder.with("broken.csv", format!("{BATCH}x,y,never,ever\n"));
    folder.run(&["diff", "old.csv", "broken.csv"]).exits(3).complains(&["could not be read"]);
    let outcome = finish(&mut folder.command(&["diff", "none.csv", "old.csv"]));
    assert_eq!(outcome.code, Some(3), "{}", outcome.told());
    assert!(outcome.err.contains("none.csv"), "{}", outcome.told());
}

#[test]
fn what_cannot_be_compared_is_not_compared() {
    let folder = Folder::new()
        .with("old.csv", BATCH)
        .with("zero.csv", "")
        .with("header.csv", BATCH.lines().next().expect("a header"))
        .with("broken.csv", format!("{BATCH}x,y,never,ever\n"));
    for (old, new, code, named) in [
        ("old.csv", "zero.csv", 4, "`zero.csv` has no record to check"),
        ("zero.csv", "old.csv", 4, "`zero.csv` has no record to check"),
        ("old.csv", "header.csv", 4, "`header.csv` has no record to check"),
        ("zero.csv", "broken.csv", 3, "`broken.csv` could not be read as a whole"),
        ("old.csv", "none.csv", 3, "none.csv"),
        ("none.csv", "old.csv", 3, "none.csv"),
    ] {
        for format in ["text", "json", "markdown"] {
            let outcome = folder.run(&["diff", old, new, "--format", format]);
            assert_eq!((outcome.code, &*outcome.out), (Some(code), ""), "{}", outcome.told());
            assert!(outcome.err.contains(named), "{}", outcome.told());
        }
    }
    let folder = folder.with("live.csv", "agent,id,start,end\nx,y,never,ever\n");
    folder
        .run(&["diff", "old.csv", "old.csv", "--published", "live.csv"])
        .exits(3)
        .complains(&["`live.csv`, with which `old.csv` is compared, could not be read"]);
    let [old, empty] = ["old.csv", "header.csv"]
        .map(|batch| folder.run(&["check", batch, "--format", "json"]).out);
    let folder = folder.with("old.json", old).with("empty.json", empty);
    folder.run(&["diff", "old.json", "empty.json"]).exits(2).complains(&["empty.json: the report"]);
    let twice = ["`-` stands for two inputs"];
    for args in [
        &["-", "-"][..],
        &["-", "/dev/stdin"],
        &["old.csv", "old.csv", "--published", "-"],
        &["-", "old.csv", "--agents", "-"],
    ] {
        folder.run(&[&["diff"], args].concat()).exits(2).complains(&twice);
    }
}

#[test]
fn two_reports_are_compared_as_they_are() {
    let folder = Folder::new().with("old.csv", BATCH);
    let report = folder.run(&["check", "old.csv", "--format", "json"]).out;
    let folder = folder
        .with("r.json", report)
        .with("shiftlint.toml", "tz = \"UTC\"\nignore = [\"TZ103\"]\n[severity]\nOV = \"error\"\n");
    for option in [
        &["--published", "old.csv"][..],
        &["--select", "OV104"],
        &["--ignore", "OV101"],
        &["--severity", "OV101=warning"],
        &["--fail-on", "never"],
        &["--tz", "UTC"],
        &["--map", "agent=agent"],
        &["--min-rest", "11h"],
    ] {
        let outcome = folder.run(&[&["diff", "r.json", "r.json"], option].concat()).exits(2);
        outcome.complains(&["compared as they are", option[0]]);
    }
    // What a configuration says is for the checks.
    for more in [&[][..], &["--no-config"], &["--verbose", "--format", "json"]] {
        folder.run(&[&["diff", "r.json", "r.json"], more].concat()).exits(0);
    }
    folder.run(&["diff", "old.csv", "old.csv", "--select", "OV"]).exits(0);
}
