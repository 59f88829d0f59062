//! Options that choose what is judged and told.

use crate::program::{Folder, shifts};
use shiftlint::judge::doubts::DOUBTS;

/// Three overlaps of one agent, a pending time off of another.
fn folder() -> Folder {
    Folder::new()
        .with(
            "batch.csv",
            shifts(&[
                "anna,s-1,2026-03-02T08:00:00-06:00,2026-03-02T12:00:00-06:00",
                "anna,s-2,2026-03-02T09:00:00-06:00,2026-03-02T13:00:00-06:00",
                "anna,s-3,2026-03-02T10:00:00-06:00,2026-03-02T14:00:00-06:00",
                "ben,s-4,2026-03-02T08:00:00-06:00,2026-03-02T12:00:00-06:00",
            ]),
        )
        .with(
            "off.csv",
            "agent,id,start,end,status\nben,r-1,2026-03-02T11:00:00-06:00,2026-03-02T18:00:00-06:00,pending\n",
        )
}

const CHECK: [&str; 4] = ["check", "batch.csv", "--time-off", "off.csv"];

fn args<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&CHECK[..], more].concat()
}

#[test]
fn only_selected_rules_speak() {
    let folder = folder();
    let outcome = folder.run(&args(&[])).exits(1);
    assert_eq!(outcome.out.matches("error[OV101]").count(), 3);
    assert_eq!(outcome.out.matches("warning[OV202]").count(), 1);
    for (select, code, said, silent) in [
        ("OV101", 1, "[OV101]", "[OV202]"),
        ("pending-time-off-overlap", 0, "[OV202]", "[OV101]"),
        ("OV2", 0, "[OV202]", "[OV101]"),
        ("ov101", 1, "[OV101]", "[OV202]"),
    ] {
        folder.run(&args(&["--select", select])).exits(code).says(&[said]).never_says(&[silent]);
    }
    folder.run(&args(&["--select", "TZ,RC"])).exits(0).never_says(&["["]);
    folder.run(&args(&["--ignore", "OV101"])).exits(0).never_says(&["[OV101]"]);
    let outcome = folder.run(&args(&["--ignore", "OV101,OV202"])).exits(0);
    outcome.says(&["no findings of the selected rules"]).never_says(&["no conflicts"]);
    folder.run(&args(&["--select", "ALL", "--ignore", "OV"])).exits(0).never_says(&["[OV"]);
}

#[test]
fn severities_can_be_changed() {
    let folder = folder();
    folder.run(&args(&["--severity", "OV101=warning"])).exits(0).says(&["warning[OV101]"]);
    folder.run(&args(&["--severity", "OV101=off"])).exits(0).never_says(&["[OV101]"]);
    folder
        .run(&args(&["--severity", "OV101=info,OV202=error"]))
        .exits(1)
        .says(&["info[OV101]", "error[OV202]"]);
}

#[test]
fn the_level_that_fails_can_be_changed() {
    let folder = folder();
    folder.run(&args(&["--ignore", "OV101"])).exits(0).says(&["--fail-on error"]);
    folder.run(&args(&["--ignore", "OV101", "--fail-on", "warning"])).exits(1);
    folder.run(&args(&["--fail-on", "never"])).exits(0).says(&["error[OV101]", "--fail-on never"]);
    let broken = Folder::new().with("batch.csv", shifts(&["anna,s-1,x,y"]));
    broken.run(&["check", "batch.csv", "--fail-on", "never"]).exits(3);
}

#[test]
fn what_is_listed_is_capped_and_counts_stay_exact() {
    let folder = folder();
    for (most, listed) in [("0", 0), ("1", 1), ("2", 2), ("3", 3), ("100", 3)] {
        let outcome = folder.run(&args(&["--max-per-agent", most])).exits(1);
        assert_eq!(outcome.out.matches("error[OV101]").count(), listed, "{}", outcome.told());
        assert!(outcome.out.contains("3 errors, 1 warning in 5 records"), "{}", outcome.told());
        let more = format!("and {} more OV101 shift-overlap finding", 3 - listed);
        assert_eq!(outcome.out.contains(&more), listed < 3, "{}", outcome.told());
        let json = folder.run(&args(&["--max-per-agent", most, "--format", "json"])).exits(1);
        let report: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
        assert_eq!(report["summary"]["rules"]["OV101"], 3);
        assert_eq!(report["summary"]["findings"]["error"], 3);
        let capped = if most == "0" { 0 } else { 1 };
        assert_eq!(report["summary"]["listed"], listed + capped);
    }
}

#[test]
fn what_is_listed_in_all_is_capped_with_overlaps_first() {
    let folder = folder();
    for (most, listed) in [("0", 0), ("1", 1), ("3", 3), ("4", 4), ("100", 4)] {
        let outcome = folder.run(&args(&["--max-findings", most])).exits(1);
        assert_eq!(outcome.out.matches("-overlap: agent").count(), listed, "{}", outcome.told());
        assert!(outcome.out.contains("3 errors, 1 warning in 5 records"), "{}", outcome.told());
        let names_it = outcome.out.contains(&format!("--max-findings {most})"));
        assert_eq!(names_it, listed < 4, "{}", outcome.told());
        let json = folder.run(&args(&["--max-findings", most, "--format", "json"])).exits(1);
        let summary = &json.report()["summary"];
        assert_eq!(
            (&summary["listed"], &summary["withheld"]),
            (&listed.into(), &(4 - listed).into())
        );
        assert_eq!(summary["withheld_by"]["max_findings"], 4 - listed);
        assert_eq!(summary["withheld_by"]["max_per_agent"], 0);
    }
    let both = ["--max-per-agent", "2", "--max-findings", "1", "--format", "json"];
    let summary = folder.run(&args(&both)).exits(1).report()["summary"].clone();
    assert_eq!(summary["withheld_by"]["max_per_agent"], 1, "{summary}");
    assert_eq!(summary["withheld_by"]["max_findings"], 2, "{summary}");
}

#[test]
fn a_flaw_in_every_record_does_not_crowd_out_an_overlap() {
    let mut rows: Vec<String> = (0..3000)
        .map(|number| format!("agent-{number:04},s-{number},2026-03-02T08:00,2026-03-02T12:00"))
        .collect();
    rows.push("zoe,s-x,2026-03-02T08:00,2026-03-02T12:00".to_owned());
    rows.push("zoe,s-y,2026-03-02T09:00,2026-03-02T13:00".to_owned());
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let folder = Folder::new().with("batch.csv", shifts(&rows));
    let args = ["check", "batch.csv", "--max-findings", "100", "--format", "json"];
    for jobs in ["1", "2", "5"] {
        let report = folder.run(&[&args[..], &["--jobs", jobs]].concat()).exits(1).report();
        let listed = report["findings"].as_array().expect("a list");
        assert_eq!(listed.len(), 100);
        // The flaws of those that stand first in the file, and the overlap.
        assert_eq!(listed[99]["rule"], "OV101", "{}", listed[99]);
        assert_eq!(listed[98]["agent"], "agent-0098");
        assert_eq!(report["summary"]["rules"]["TZ101"], 3002);
    }
}

#[test]
fn quiet_is_a_line_a_finding_and_nothing_when_clean() {
    let folder = folder();
    let outcome = folder.run(&args(&["--quiet"])).exits(1);
    assert_eq!(outcome.out.lines().count(), 4, "{}", outcome.told());
    assert!(outcome.out.starts_with("batch.csv:"), "{}", outcome.told());
    let outcome = folder.run(&args(&["-q", "--ignore", "OV"])).exits(0);
    assert_eq!((outcome.out.as_str(), outcome.err.as_str()), ("", ""));
}

#[test]
fn quiet_says_how_many_are_unassigned_beside_anything_else_or_if_they_are_many() {
    let row = |agent: &str, number| {
        format!("{agent},s-{number},2026-03-{number:02}T08:00Z,2026-03-{number:02}T16:00Z")
    };
    let quiet = |unassigned: usize, of: usize, more: &[&str]| {
        let rows = (1..=of).map(|number| row(if number > unassigned { "ada" } else { "" }, number));
        let rows: Vec<String> = rows.collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).chain(more.iter().copied()).collect();
        Folder::new().with("batch.csv", shifts(&rows)).run(&["check", "batch.csv", "--quiet"]).out
    };
    assert_eq!(quiet(2, 10, &[]), "");
    assert_eq!(quiet(3, 10, &[]), "note: 3 of 10 records are unassigned and skipped\n");
    let overlap = ["ada,s-x,2026-03-09T09:00Z,2026-03-09T10:00Z"];
    let out = quiet(1, 10, &overlap);
    assert!(out.ends_with("note: 1 of 11 records is unassigned and skipped\n"), "{out}");
    assert_eq!(out.lines().count(), 2, "{out}");
    assert!(quiet(0, 10, &overlap).lines().count() == 1);
}

#[test]
fn conflicts_lead_the_text_and_long_lists_are_summed() {
    let mut rows: Vec<String> = (0..3000)
        .map(|number| format!("a-{number:04},s-{number},2026-03-02T08:00,2026-03-02T12:00"))
        .collect();
    rows.push("zoe,s-x,2026-03-02T08:00,2026-03-02T12:00".to_owned());
    rows.push("zoe,s-y,2026-03-02T09:00,2026-03-02T13:00".to_owned());
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let folder = Folder::new().with("batch.csv", shifts(&rows));
    let sum = "… and 2,999 more in batch.csv, first at line 2, last at line 3003";
    for format in ["text", "table"] {
        let outcome = folder.run(&["check", "batch.csv", "--format", format]).exits(1);
        assert!(outcome.out.lines().count() < 80, "{}", outcome.told());
        let place = |word: &str| outcome.out.find(word).expect(word);
        assert!(place("OV101") < place("TZ101"), "{}", outcome.told());
        outcome.says(&[sum.trim_start_matches("… and ")]);
    }
    let quiet = folder.run(&["check", "batch.csv", "--quiet"]).exits(1);
    assert_eq!(quiet.out.lines().count(), 3003, "{}", quiet.told());
    assert!(quiet.out.starts_with("batch.csv:3002: error[OV101]"), "{}", quiet.told());
    let all = folder.run(&["check", "batch.csv", "--verbose"]).exits(1);
    assert_eq!(all.out.matches("error[TZ101]").count(), 3002);
    let report = folder.run(&["check", "batch.csv", "--format", "json"]).exits(1).report();
    assert_eq!(report["findings"].as_array().map(Vec::len), Some(3003));
    assert_eq!(report["findings"][0]["rule"], "TZ101");
}

#[test]
fn a_table_never_breaks_the_number_of_a_line() {
    let rows: Vec<String> = (0..2000)
        .map(|number| format!("a-{number},s-{number},2026-03-02T08:00Z,2026-03-02T16:00Z"))
        .chain(["a-7,s-x,2026-03-02T09:00Z,2026-03-02T10:00Z".to_owned()])
        .collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    for path in ["batch.csv", "a/rather/long/folder/of/exports/week-10.csv", "an-export-of-x.csv"] {
        let folder = Folder::new().with(path, shifts(&rows));
        let outcome = folder.run(&["check", path, "--format", "table"]).exits(1);
        for number in [":9", ":2002"] {
            let whole = |line: &str| line.split_whitespace().any(|word| word.ends_with(number));
            assert!(outcome.out.lines().any(whole), "{path}: {}", outcome.told());
        }
        assert!(outcome.out.lines().all(|line| line.chars().count() <= 80), "{}", outcome.told());
        assert!(!outcome.out.contains('\u{1f}'), "{}", outcome.told());
    }
}

#[test]
fn statistics_add_a_table() {
    let outcome = folder().run(&args(&["--statistics"])).exits(1);
    outcome.says(&[
        "rule   name",
        "errors  warnings",
        "OV101  shift-overlap",
        "OV202  pending-time-off-overlap",
    ]);
    folder().run(&args(&[])).exits(1).never_says(&["rule   name"]);
}

#[test]
fn verbose_tells_all_notes() {
    let columns: Vec<String> =
        (0..15).map(|number| format!("agent{}id", "_".repeat(number))).collect();
    let cells = vec!["anna"; 15].join(",");
    let text =
        format!("{},start,end\n{cells},2026-03-02T08:00Z,2026-03-02T16:00Z\n", columns.join(","));
    let folder = Folder::new().with("batch.csv", text);
    let few = folder.run(&["check", "batch.csv"]).exits(0).says(&["4 more notes (--verbose"]);
    assert_eq!(few.out.matches("could both be").count(), 10, "{}", few.told());
    let all = folder.run(&["check", "batch.csv", "-v"]).exits(0).never_says(&["more notes"]);
    assert_eq!(all.out.matches("could both be").count(), 14, "{}", all.told());
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let folder = folder();
    for format in ["text", "table", "json"] {
        let one = folder.run(&args(&["--jobs", "1", "--format", format])).exits(1);
        for jobs in ["2", "8"] {
            let many = folder.run(&args(&["--jobs", jobs, "--format", format])).exits(1);
            assert_eq!(many.out, one.out, "--jobs {jobs} --format {format}");
        }
    }
}

/// Three megabytes are several blocks, which go to whoever is free.
#[test]
fn several_blocks_on_several_threads_give_the_same_bytes() {
    let mut rows = String::from("agent,id,start,end\n");
    for number in 0..60_000u32 {
        let (agent, day, hour) = (number * 7919 % 9973, 1 + number / 2400, number * 31 % 16);
        let end = if number % 5003 == 0 { "none".to_owned() } else { format!("{:02}", hour + 7) };
        rows.push_str(&format!(
            "agent-{agent},s-{number},2026-03-{day:02}T{hour:02}:00:00Z,2026-03-{day:02}T{end}:00:00Z\n"
        ));
    }
    assert!(rows.len() > 3 << 20, "{} bytes are one block only", rows.len());
    let folder = Folder::new().with("batch.csv", rows);
    let run = |jobs: &str| {
        folder.run(&["check", "batch.csv", "--format", "json", "--jobs", jobs]).exits(3)
    };
    let one = run("1");
    let report: serde_json::Value = serde_json::from_str(&one.out).expect("JSON");
    assert_eq!(report["summary"]["rules"]["RC101"], 12);
    let findings = report["findings"].as_array().expect("findings");
    assert!(findings.len() > 10, "{} findings", findings.len());
    let records =
        findings.iter().flat_map(|finding| finding["records"].as_array().expect("records"));
    for record in records {
        let number = record["record"].as_u64().expect("a number");
        assert_eq!(record["line"], number + 1, "{record}");
        assert_eq!(record["id"], format!("s-{}", number - 1), "{record}");
    }
    for jobs in ["2", "8"] {
        assert!(run(jobs).out == one.out, "--jobs {jobs} and --jobs 1 differ");
    }
}

#[test]
fn the_list_of_rules_and_their_pages_are_printed() {
    let folder = Folder::new();
    let all = folder.run(&["rules"]).exits(0);
    let heads = all.out.lines().filter(|line| !line.starts_with(' ')).count();
    assert_eq!(heads, shiftlint::judge::RULES.len() + DOUBTS.len(), "{}", all.told());
    assert!(all.out.lines().all(|line| line.chars().count() <= 80), "{}", all.told());
    for rule in shiftlint::judge::RULES {
        let all = folder.run(&["rules"]).exits(0);
        all.says(&[rule.code, rule.summary]);
        let page = folder.run(&["rules", rule.name]).exits(0);
        assert_eq!(page.out, folder.run(&["rules", &rule.code.to_lowercase()]).exits(0).out);
        assert!(page.out.contains(rule.page), "{rule:?}: {}", page.told());
        assert!(page.out.contains("### What to do"), "{rule:?}");
    }
    for kind in DOUBTS {
        let page = folder.run(&["rules", kind.name]).exits(0);
        assert_eq!(page.out, folder.run(&["rules", &kind.code.to_lowercase()]).exits(0).out);
        assert!(page.out.contains(kind.docs) && all.out.contains(kind.code), "{kind:?}");
    }
    for (name, start, count) in [("ov", "OV", 10), ("RD", "RD", DOUBTS.len()), ("rd10", "RD10", 9)]
    {
        let family = folder.run(&["rules", name]).exits(0);
        let heads: Vec<&str> = family.out.lines().filter(|line| !line.starts_with(' ')).collect();
        assert!(heads.iter().all(|line| line.starts_with(start)), "{}", family.told());
        assert_eq!(heads.len(), count, "{}", family.told());
    }
    folder.run(&["rules", "RD9"]).exits(2);
    assert_eq!(folder.run(&["rules", "all"]).exits(0).out, all.out);
}

#[test]
fn a_limit_turns_its_rule_on() {
    let folder = Folder::new().with(
        "batch.csv",
        shifts(&[
            "anna,s-1,2026-03-02T14:00:00-06:00,2026-03-02T22:00:00-06:00",
            "anna,s-2,2026-03-03T08:00:00-06:00,2026-03-03T16:00:00-06:00",
        ]),
    );
    let run = |more: &[&str]| folder.run(&[&["check", "batch.csv"], more].concat());
    for silent in [
        &[][..],
        &["--severity", "LB101=error,LB102=error"],
        &["--min-rest", "10h", "--max-week", "16:00"],
        &["--min-rest", "11h", "--ignore", "LB101"],
        &["--min-rest", "11h", "--severity", "LB=off"],
        &["--min-rest", "11h", "--select", "OV"],
    ] {
        run(silent).exits(0).never_says(&["[LB"]);
    }
    for (told, code, said) in [
        (&["--min-rest", "11h"][..], 1, "error[LB101]"),
        (&["--min-rest", "10h1m", "--select", "LB"], 1, "error[LB101]"),
        (&["--min-rest", "11h", "--severity", "LB101=warning"], 0, "warning[LB101]"),
        (&["--max-week", "15h59m", "--select", "LB102"], 1, "error[LB102]"),
        (&["--max-week", "7.5h", "--week-start", "Tue"], 1, "error[LB102]"),
    ] {
        run(told).exits(code).says(&[said]);
    }
}

#[test]
fn a_limit_that_is_none_is_refused() {
    let folder = folder();
    let run = |more: &[&str]| folder.run(&args(more)).exits(2);
    for length in ["0h", "-11h", "11", "soon", "", "8d", "9999999h"] {
        run(&["--min-rest", length]).complains(&["expected a length such as 11h"]);
        run(&["--max-week", length]).complains(&["at most 7 days"]);
    }
    run(&["--week-start", "monday"]).complains(&["--max-week"]);
    run(&["--max-week", "48h", "--week-start", "lundi"]).complains(&["expected a weekday"]);
    for name in ["LB", "lb101", "too-many-hours"] {
        run(&["--select", name]).complains(&[name, "--min-rest", "--max-week"]);
    }
    run(&["--select", "OV,LB102", "--min-rest", "11h"]).complains(&["LB102"]);
}

/// Records that cannot be read are no all-clear, whatever rules are on, and the
/// way to see them is told.
#[test]
fn what_is_missing_is_told_where_its_rules_are_off() {
    let text = shifts(&["anna,s-1,soon,2026-03-02T16:00Z"]);
    let folder = Folder::new().with("batch.csv", text);
    for quiet in [&[][..], &["--quiet"]] {
        let args = [&["check", "batch.csv", "--select", "OV"], quiet].concat();
        let run = folder.run(&args).exits(3);
        run.says(&["not all records could be read (--select RC101,TZ105 shows which)"]);
    }
}
