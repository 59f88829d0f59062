//! Data is never trusted.

use crate::program::{Folder, Outcome, shifts};
use std::io::{BufWriter, Write};

/// Names that would do something if they reached a terminal as they are.
const NAMES: [&str; 10] = [
    "\u{1b}[2J\u{1b}]0;owned\u{7}",
    "an\u{202e}na",
    "anna\u{2066}x",
    "new\nline",
    "carriage\rreturn",
    "tab\tand\u{8}back",
    "\u{9b}31mred",
    "::error file=x::y",
    "##[error]pwned",
    "an ##vso[task.complete result=Succeeded;]",
];

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Every name in every place that a report may show.
fn folder() -> Folder {
    let mut batch = String::from("agent,id,status,start,end,zone\n");
    for name in NAMES {
        let name = quoted(name);
        for hour in ["08", "09"] {
            batch.push_str(&format!(
                "{name},{name},{name},2026-03-02T{hour}:00:00-06:00,2026-03-02T16:00:00-06:00,\n"
            ));
        }
        batch.push_str(&format!("{name},,,{name},{name},\n"));
        batch.push_str(&format!("{name},,,2026-03-03T08:00,2026-03-03T09:00,{name}\n"));
    }
    let off = format!(
        "agent,id,status,start,end\n{0},{0},{0},2026-03-02T08:00:00-06:00,2026-03-02T12:00:00-06:00\n",
        quoted(NAMES[0])
    );
    Folder::new().with("batch.csv", batch).with("off.csv", off)
}

/// Whether a line holds what some services take for a command wherever it is.
fn holds_command(line: &str) -> bool {
    ["##[", "##vso["].iter().any(|mark| line.to_lowercase().contains(mark))
}

#[track_caller]
fn assert_harmless(outcome: &Outcome) {
    for line in outcome.out.lines().chain(outcome.err.lines()) {
        let bad = |letter: char| {
            letter < ' '
                || ('\u{7f}'..='\u{9f}').contains(&letter)
                || ('\u{202a}'..='\u{202e}').contains(&letter)
                || ('\u{2066}'..='\u{2069}').contains(&letter)
                || ['\u{200e}', '\u{200f}', '\u{061c}', '\u{2028}', '\u{2029}'].contains(&letter)
        };
        assert!(!line.chars().any(bad), "a raw control reaches the terminal: {line:?}");
        let is_command = line.starts_with("::") || holds_command(line);
        assert!(!is_command, "a CI service would take this for a command: {line:?}");
    }
}

#[test]
fn nothing_raw_reaches_the_terminal() {
    for format in ["text", "table"] {
        for more in [&[][..], &["--quiet"], &["--verbose", "--statistics"]] {
            let args =
                [&["check", "batch.csv", "--time-off", "off.csv", "--format", format][..], more]
                    .concat();
            let outcome = folder().run(&args).exits(3);
            assert!(outcome.out.contains("OV101"), "{}", outcome.told());
            assert_harmless(&outcome);
        }
    }
}

#[test]
fn json_escapes_what_would_do_something() {
    let outcome =
        folder().run(&["check", "batch.csv", "--time-off", "off.csv", "--format", "json"]).exits(3);
    let report: serde_json::Value = serde_json::from_str(&outcome.out).expect("JSON");
    let agents: Vec<&str> = report["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter_map(|finding| finding["agent"].as_str())
        .collect();
    for name in NAMES {
        assert!(agents.contains(&name.trim()), "{name:?} is not told as it is: {agents:?}");
    }
    assert!(!outcome.out.bytes().any(|byte| byte < b' ' && byte != b'\n'), "raw controls in JSON");
}

#[test]
fn names_of_columns_files_and_options_are_made_harmless_too() {
    let folder =
        Folder::new().with("batch.csv", "\u{1b}[2Jlocker,\u{202e}start,end\nx,y,z\n").with(
            "two.csv",
            "user,\"ag\u{1b}ent\",agent,start,end\na,b,c,2026-03-02T08:00Z,2026-03-02T09:00Z\n",
        );
    assert_harmless(&folder.run(&["check", "batch.csv"]).exits(3));
    assert_harmless(&folder.run(&["check", "two.csv"]).exits(0));
    assert_harmless(&folder.run(&["check", "no\u{1b}file\u{202e}.csv"]).exits(3));
    assert_harmless(&folder.run(&["check", "two.csv", "--tz", "\u{1b}[2J"]).exits(2));
    assert_harmless(&folder.run(&["check", "two.csv", "--select", "\u{1b}[2J\u{202e}"]).exits(2));
    assert_harmless(&folder.run(&["check", "two.csv", "--map", "agent=\u{1b}[2J"]).exits(3));
    assert_harmless(&folder.run(&["rules", "\u{1b}[2J"]).exits(2));
}

/// Memory is not measured here; that it ends, and says where, is.
#[test]
fn a_line_of_a_hundred_megabytes_is_an_error_with_a_place() {
    let folder = Folder::new();
    let path = folder.path().join("batch.csv");
    let mut out = BufWriter::new(std::fs::File::create(&path).expect("a file"));
    let row = "anna,s-1,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00";
    out.write_all(shifts(&[row]).as_bytes()).expect("room on the disk");
    let piece = vec![b'x'; 1 << 20];
    for _ in 0..100 {
        out.write_all(&piece).expect("room on the disk");
    }
    out.write_all(b",s-2,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00\n")
        .expect("room on the disk");
    drop(out);
    let outcome = folder.run(&["check", "batch.csv"]).exits(3);
    assert!(outcome.out.len() < 10_000, "{} bytes are told", outcome.out.len());
    outcome.says(&["batch.csv:3", "longer than 16 MiB", "no all-clear"]);
}

#[test]
fn a_long_name_is_cut_in_a_table() {
    let name = "n".repeat(100_000);
    let rows =
        [8, 9].map(|hour| format!("{name},{name},2026-03-02T0{hour}:00:00Z,2026-03-02T16:00:00Z"));
    let folder = Folder::new().with("batch.csv", shifts(&[&rows[0], &rows[1]]));
    let outcome = folder.run(&["check", "batch.csv", "--format", "table"]).exits(1);
    assert!(outcome.out.len() < 20_000, "{} bytes are told", outcome.out.len());
}

#[test]
fn a_crowd_of_copies_costs_no_minutes() {
    let rows = "anna,,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00\n".repeat(20_000);
    let folder = Folder::new().with("batch.csv", format!("agent,id,start,end\n{rows}"));
    let outcome = folder.run(&["check", "batch.csv", "--max-per-agent", "2"]).exits(1);
    outcome
        .says(&["and 199,989,998 more OV103", "199,990,000 errors in 20,000 records of 1 agent"]);
}

/// A cell of any length makes a sentence that can be read.
#[test]
fn words_without_end_are_told_briefly() {
    let long = "x".repeat(300_000);
    for row in [
        format!("anna,{long},2026-03-02T16:00Z,,"),
        format!("anna,2026-03-02T08:00,2026-03-02T16:00,{long},"),
        format!("anna,2026-03-02T08:00Z,2026-03-02T16:00Z,,{long}"),
    ] {
        let text = format!("agent,start,end,zone,status\n{row}\n");
        let folder = Folder::new().with("batch.csv", &text).with("off.csv", &text);
        for quiet in [&[][..], &["--quiet"]] {
            let args = [&["check", "batch.csv", "--time-off", "off.csv"], quiet].concat();
            let told = folder.run(&args).out.len();
            assert!((100..6000).contains(&told), "{told} bytes");
        }
    }
}

/// Where nothing is left of a word but blanks, its escapes would be a word.
#[test]
fn blanks_that_were_typed_are_made_visible() {
    let folder = Folder::new().with("batch.csv", shifts(&[]));
    for blank in ["\r", "\t", "\n", "\u{2028}", "\u{85}", " \r\n "] {
        let mapping = format!("agent={blank}");
        let outcome = folder.run(&["check", "batch.csv", "--map", &mapping]).exits(2);
        let shown = format!("{:?}", mapping.trim_end_matches(' '));
        let outcome = outcome.complains(&["name of a column", shown.trim_matches('"')]);
        assert_harmless(&outcome);
    }
}

#[test]
fn no_line_of_a_log_has_a_command_of_the_data() {
    const NAME: &str = "##vso[task.complete result=Succeeded;]";
    let file = format!("{NAME}.csv");
    let rows = |hour: u32| {
        format!("{NAME},{NAME} {hour},2026-03-02T{hour:02}:00Z,2026-03-02T16:00Z,##[group]{NAME}\n")
    };
    let batch = format!("agent,id,start,end,status\n{}{}{NAME},,{NAME},,\n", rows(8), rows(9));
    let folder = Folder::new().with(&file, &batch).with("##[x].txt", "##[error]a\n##[b]\n");
    let allowed = format!("[[allow]]\nrule = \"OV104\"\nreason = \"{NAME}\"\nuntil = 2026-01-01\n");
    let folder = folder.with("allowed.toml", allowed);
    let missing = format!("{NAME}.json");
    for format in ["text", "table", "markdown", "github", "azure"] {
        for args in [
            &["check", &file, "--verbose", "--statistics"][..],
            &["check", &file, "--quiet"],
            &["check", &file, "--config", "allowed.toml", "--verbose"],
            &["check", &file, "--published", &missing],
            &["check", &file, "##[x].txt"],
            &["check", ".", "--verbose"],
        ] {
            let outcome = folder.run(&[args, &["--format", format]].concat());
            for line in outcome.out.lines().chain(outcome.err.lines()) {
                // The commands of this format are its own.
                let own =
                    ["##vso[task.logissue ", "##vso[task.complete ", "##[group]", "##[endgroup]"];
                let own = own
                    .iter()
                    .filter(|_| format == "azure")
                    .find_map(|mark| line.strip_prefix(mark));
                assert!(!holds_command(own.unwrap_or(line)), "{format} {args:?}: {line}");
            }
        }
    }
    let plan = format!("{NAME}.out");
    for args in [
        &["inspect", &file][..],
        &["inspect", &missing],
        &["why", &file, "--", NAME, "##[x]"],
        &["triage", &file, "##[x].txt"],
        &["fix", &file, "--diff"],
        &["plan", &file, "--out", &plan],
        &["diff", &file, &missing],
        &["rules", NAME],
        &["check", &file, "--select", NAME],
        &["check", &file, "--tz", NAME],
        &["check", &file, "--map", NAME],
        &["check", &file, "--config", NAME],
        &["check", &file, "--accept", NAME],
        &["check", &file, "--output", "##[x]/##[y].txt"],
        &[NAME],
        &["check", "##[z]*.csv"],
    ] {
        let outcome = folder.run(args);
        for line in outcome.out.lines().chain(outcome.err.lines()) {
            assert!(!holds_command(line), "{args:?}: {line}");
        }
    }
    // Documents for programs keep what they were given.
    for format in ["csv", "junit"] {
        let outcome = folder.run(&["check", &file, "--format", format]);
        assert!(outcome.out.contains(NAME), "{}", outcome.told());
    }
}
