//! One awkward run through every format, and what each makes of it.
//!
//! JSON is read back by a parser; what people read is counted, measured and
//! searched for what would not show itself.

mod ci;

use crate::program::{Folder, Outcome};
use serde_json::Value;
use shiftlint::model::rule::Severity;
use shiftlint::report::REPORTERS;
use unicode_width::UnicodeWidthStr;

/// Names that ask something of a format.
const NAMES: [&str; 9] = [
    "O'Brien, \"Ann\"; <b>&amp;",
    "\u{1b}[31mred\u{1b}[0m\u{7}",
    "an\u{202e}na\u{2066}",
    "two\nlines\r\nand\ta tab",
    "山田 太郎 山田 太郎 山田 太郎 山田 太郎 山田 太郎 山田 太郎",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301} שלום مرحبا \u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467}",
    "back\\slash \\u{1b} %s {0} $(x) `y` | z",
    "::error file=x::y",
    "\u{9b}2J\u{85}\u{2028}\u{feff}",
];

/// How many rows each name has, on one day and over each other.
const ROWS: usize = 4;

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A batch in which each name is agent, id, status and a time that is none.
fn batch() -> String {
    let mut text = String::from("agent,id,status,start,end,zone\n");
    for name in NAMES {
        let name = quoted(name);
        for hour in 8..8 + ROWS {
            text.push_str(&format!(
                "{name},{name},{name},2026-03-02T{hour:02}:00,2026-03-02T16:00,America/Chicago\n"
            ));
        }
        text.push_str(&format!("{name},,,{name},{name},\n"));
        text.push_str(&format!("{name},,,2026-11-01T01:30,2026-11-01T09:00,{name}\n"));
    }
    text
}

fn off() -> String {
    let row = |name: &str| {
        format!("{0},{0},{0},2026-03-02T15:30-06:00,2026-03-02T18:00-06:00\n", quoted(name))
    };
    format!("agent,id,status,start,end\n{}", NAMES.map(row).concat())
}

/// Runs with no findings, with some, and with some that are not listed.
const RUNS: [(&str, &[&str], i32); 6] = [
    ("some", &["check", "batch.csv", "--time-off", "off.csv"], 3),
    ("withheld", &["check", "batch.csv", "--time-off", "off.csv", "--max-per-agent", "1"], 3),
    ("counted", &["check", "batch.csv", "--time-off", "off.csv", "--max-per-agent", "0"], 3),
    ("none", &["check", "clean.csv"], 0),
    ("empty", &["check", "empty.csv"], 4),
    ("unread", &["check", "clean.csv", "--published", "no\u{1b}\u{202e}such.csv"], 3),
];

/// A batch of which nothing is left to compare.
const EMPTY: &str = "agent,status,start,end\nann,cancelled,2026-03-02T08:00Z,2026-03-02T16:00Z\n";

fn folder() -> Folder {
    let clean =
        format!("agent,start,end\n{},2026-03-02T08:00Z,2026-03-02T16:00Z\n", quoted(NAMES[0]));
    Folder::new()
        .with("batch.csv", batch())
        .with("off.csv", off())
        .with("clean.csv", clean)
        .with("empty.csv", EMPTY)
}

/// Every run in a format, with the number of findings that the JSON lists.
fn runs(format: &str, more: &[&str]) -> Vec<(&'static str, Outcome, usize)> {
    let folder = folder();
    RUNS.into_iter()
        .map(|(name, args, code)| {
            let run = |format, more| folder.run(&[args, &["--format", format], more].concat());
            let listed = run("json", &[]).exits(code).report()["summary"]["listed"].clone();
            let listed = listed.as_u64().expect("a number");
            let outcome = run(format, more).exits(code);
            (name, outcome, usize::try_from(listed).expect("few"))
        })
        .collect()
}

/// Letters that do something other than show themselves.
fn is_harmful(letter: char) -> bool {
    letter.is_control() && letter != '\n'
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}'..='\u{200f}')
        || matches!(letter, '\u{61c}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
}

#[test]
fn the_runs_are_as_awkward_as_they_claim() {
    let listed: Vec<(&str, usize)> =
        runs("json", &[]).into_iter().map(|(name, _, listed)| (name, listed)).collect();
    let of = |wanted: &str| {
        listed.iter().find(|(name, _)| *name == wanted).map_or(0, |(_, listed)| *listed)
    };
    assert!(of("some") > of("withheld") && of("withheld") > of("counted"), "{listed:?}");
    assert_eq!((of("none"), of("unread")), (0, 0));
    let overlaps = ROWS * (ROWS - 1) / 2 * NAMES.len();
    assert!(of("some") > overlaps, "{listed:?}");
}

#[test]
fn nothing_harmful_comes_out_of_any_format() {
    for reporter in REPORTERS {
        for more in [&[][..], &["--verbose", "--statistics"], &["--quiet"]] {
            for (name, outcome, _) in runs(reporter.name, more) {
                let harmful =
                    outcome.out.chars().chain(outcome.err.chars()).find(|l| is_harmful(*l));
                assert_eq!(harmful, None, "{} {name} {more:?}", reporter.name);
                let begins = |line: &str| {
                    let line = line.trim_start();
                    line.starts_with("::") && reporter.name != "github"
                        || line.starts_with("##") && !["azure", "markdown"].contains(&reporter.name)
                };
                let commands = outcome.out.lines().any(begins);
                assert!(!commands, "{} {name}: {}", reporter.name, outcome.told());
            }
        }
    }
}

fn sum(counts: &Value) -> u64 {
    let counts = counts.as_object().expect("an object").values();
    counts.map(|count| count.as_u64().expect("a count")).sum()
}

#[test]
fn json_adds_up() {
    let mut names = Vec::new();
    for (name, outcome, _) in runs("json", &[]) {
        let report = outcome.report();
        let summary = &report["summary"];
        let findings = report["findings"].as_array().expect("findings");
        assert_eq!(summary["listed"], findings.len(), "{name}");
        assert_eq!(sum(&summary["rules"]), sum(&summary["findings"]), "{name}: {summary}");
        let withheld = summary["withheld"].as_u64().expect("a count");
        assert_eq!(sum(&summary["rules"]), findings.len() as u64 + withheld, "{name}: {summary}");
        let known: Vec<&String> = summary["rules"].as_object().expect("rules").keys().collect();
        for finding in findings {
            let rule = finding["rule"].as_str().expect("a rule").to_owned();
            assert!(known.contains(&&rule), "{rule}");
        }
        names.extend(findings.iter().filter_map(|it| Some(it["agent"].as_str()?.to_owned())));
    }
    for name in NAMES {
        assert!(names.iter().any(|told| told == name.trim()), "{name:?} comes back changed");
    }
}

/// Where nothing is withheld, the findings by severity are those of the list.
#[test]
fn json_counts_what_it_lists() {
    let folder = folder();
    let args = [RUNS[0].1, &["--format", "json", "--max-per-agent", "1000"]].concat();
    let report = folder.run(&args).exits(3).report();
    let findings = report["findings"].as_array().expect("findings");
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let name = severity.name();
        let listed = findings.iter().filter(|finding| finding["severity"] == name).count();
        assert_eq!(report["summary"]["findings"][name], listed, "{name}");
    }
    for (rule, count) in report["summary"]["rules"].as_object().expect("rules") {
        let listed = findings.iter().filter(|finding| finding["rule"] == **rule).count();
        assert_eq!(*count, listed, "{rule}");
    }
    assert_eq!(report["summary"]["withheld"], 0);
}

/// How many lines begin a finding of the text: `error[OV101] …`.
fn told_in_text(out: &str) -> usize {
    let begins = |line: &&str| {
        ["error[", "warning[", "info["].iter().any(|beginning| line.starts_with(beginning))
    };
    out.lines().filter(begins).count()
}

/// How many lines begin a row of the table: `error OV101 …`.
fn told_in_table(out: &str) -> usize {
    let begins = |line: &&str| {
        let first = line.split_whitespace().next().unwrap_or_default();
        !line.starts_with(' ') && ["error", "warning", "info"].contains(&first)
    };
    out.lines().filter(begins).count()
}

#[test]
fn text_and_table_list_what_json_lists() {
    for (format, count) in [("text", told_in_text as fn(&str) -> usize), ("table", told_in_table)] {
        for (name, outcome, listed) in runs(format, &["--verbose"]) {
            assert_eq!(count(&outcome.out), listed, "{format} {name}: {}", outcome.told());
        }
    }
    for (name, outcome, listed) in runs("text", &["--quiet"]) {
        let begins = |line: &&str| {
            [": error[", ": warning[", ": info["].iter().any(|mark| line.contains(mark))
        };
        let lines = outcome.out.lines().filter(begins);
        assert_eq!(lines.count(), listed, "{name}: {}", outcome.told());
    }
}

#[test]
fn a_table_fits_into_eighty_columns() {
    for (name, outcome, _) in runs("table", &["--verbose", "--statistics"]) {
        for line in outcome.out.lines() {
            assert!(line.width() <= 80, "{name}: {} columns in {line:?}", line.width());
        }
    }
}

#[test]
fn totals_are_told_alike() {
    let folder = folder();
    for (name, args, code) in RUNS {
        let report = folder.run(&[args, &["--format", "json"]].concat()).exits(code).report();
        let errors = report["summary"]["findings"]["error"].as_u64().expect("a count");
        for format in ["text", "table"] {
            let outcome = folder.run(&[args, &["--format", format]].concat()).exits(code);
            let told = outcome.out.contains(&format!("{errors} errors"));
            assert_eq!(told, errors > 0, "{format} {name}: {}", outcome.told());
        }
    }
}
