//! Where reports go, in which colours, and what happens when they cannot.

use crate::program::{Folder, finish, shifts};
use std::io::{BufRead, BufReader};
use std::process::Stdio;

fn folder() -> Folder {
    Folder::new().with(
        "batch.csv",
        shifts(&[
            "anna,s-1,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00",
            "anna,s-2,2026-03-02T15:30:00-06:00,2026-03-02T20:00:00-06:00",
        ]),
    )
}

const ESCAPE: &str = "\u{1b}[";

#[test]
fn two_reports_go_to_two_places() {
    let folder = folder();
    let args =
        ["check", "batch.csv", "--format", "text", "--format", "json", "--output", "report.json"];
    folder.run(&args).exits(1).says(&["error[OV101]", "verdict: conflicts"]);
    let report = folder.read("report.json").expect("the report is written");
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    assert_eq!(report["verdict"], "conflicts");
    assert_eq!(report["findings"][0]["minutes"], 30);
    assert_eq!(folder.names(), ["batch.csv", "report.json"]);
}

#[test]
fn the_ending_tells_the_format() {
    let folder = folder();
    let outcome = folder.run(&["check", "batch.csv", "--output", "report.json"]).exits(1);
    assert_eq!(outcome.out, "");
    assert!(folder.read("report.json").is_some_and(|report| report.starts_with('{')));
}

#[test]
fn a_report_that_cannot_be_written_is_3() {
    let folder = folder();
    let outcome = folder.run(&["check", "batch.csv", "--output", "nowhere/report.json"]);
    outcome.exits(3).complains(&["nowhere", "cannot be written"]);
    assert_eq!(folder.names(), ["batch.csv"]);
}

#[test]
fn the_other_reports_are_written_all_the_same() {
    let folder = folder().with("taken/x", "");
    let args = [
        "check",
        "batch.csv",
        "--format",
        "json",
        "--output",
        "taken",
        "--format",
        "text",
        "--format",
        "table",
        "--output",
        "r.txt",
    ];
    folder.run(&args).exits(3).says(&["error[OV101]"]);
    assert_eq!(folder.names(), ["batch.csv", "r.txt", "taken"]);
}

#[cfg(unix)]
#[test]
fn a_report_is_whole_or_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder().with("out/report.json", "as it was");
    let out = folder.path().join("out");
    let allow = |mode| std::fs::set_permissions(&out, std::fs::Permissions::from_mode(mode));
    allow(0o555).expect("permissions can be set");
    let writable = std::fs::write(out.join("probe"), "").is_ok();
    let outcome = folder.run(&["check", "batch.csv", "--output", "out/report.json"]);
    let fresh = folder.run(&["check", "batch.csv", "--output", "out/fresh.json"]);
    allow(0o755).expect("permissions can be set");
    if writable {
        // Whoever may write anywhere is not refused.
        outcome.exits(1);
        fresh.exits(1);
        let reports = ["out/report.json", "out/fresh.json"].map(|name| folder.read(name));
        assert!(reports[0] == reports[1] && reports[0].is_some(), "{reports:?}");
        return;
    }
    outcome.exits(3).complains(&["out/report.json", "cannot be written"]);
    fresh.exits(3);
    assert_eq!(folder.read("out/report.json").as_deref(), Some("as it was"));
    assert_eq!(out.read_dir().expect("a folder").count(), 1, "something was left behind");
}

#[test]
fn a_report_replaces_an_older_one() {
    let folder = folder().with("report.json", "x".repeat(100_000));
    folder.run(&["check", "batch.csv", "--output", "report.json"]).exits(1);
    let report = folder.read("report.json").expect("a report");
    let report: serde_json::Value = serde_json::from_str(&report).expect("a whole report");
    assert_eq!(report["verdict"], "conflicts");
    assert_eq!(folder.names(), ["batch.csv", "report.json"]);
}

/// A name that is a folder cannot become a file; whatever was begun beside it
/// goes away again.
#[test]
fn nothing_is_left_behind_when_writing_fails() {
    let folder = folder().with("report.json/inside", "");
    folder
        .run(&["check", "batch.csv", "--output", "report.json"])
        .exits(3)
        .complains(&["report.json"]);
    assert_eq!(folder.names(), ["batch.csv", "report.json"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_takes_no_files_is_3() {
    let outcome = folder().run(&["check", "batch.csv", "--output", "/proc/report.json"]);
    outcome.exits(3).complains(&["/proc/report.json", "cannot be written"]);
}

/// The shell lets no file grow, as a full disk would.
#[cfg(target_os = "linux")]
#[test]
fn a_report_that_breaks_off_leaves_the_older_one() {
    let folder = folder().with("report.json", "as it was");
    let program = env!("CARGO_BIN_EXE_shiftlint");
    let script = format!(
        "trap '' XFSZ; ulimit -f 0; '{program}' check batch.csv --format json --output report.json"
    );
    let mut command = std::process::Command::new("sh");
    let outcome = finish(command.current_dir(folder.path()).args(["-c", &script]));
    outcome.exits(3).complains(&["report.json", "cannot be written"]);
    assert_eq!(folder.read("report.json").as_deref(), Some("as it was"));
    assert_eq!(folder.names(), ["batch.csv", "report.json"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_3() {
    let folder = folder();
    let args = ["check", "batch.csv", "--format", "json", "--output", "/dev/full"];
    folder.run(&args).exits(3).complains(&["/dev/full", "cannot be written"]);
    for args in
        [&["check", "batch.csv"][..], &["rules"], &["rules", "OV101"], &["--help"], &["--version"]]
    {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("linux has it");
        let status =
            folder.command(args).stdout(full).stderr(Stdio::null()).status().expect("it starts");
        assert_eq!(status.code(), Some(3), "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_is_written_as_it_is() {
    let outcome =
        folder().run(&["check", "batch.csv", "--format", "json", "--output", "/dev/null"]).exits(1);
    assert_eq!(outcome.out, "");
}

#[test]
fn a_closed_pipe_keeps_the_verdict() {
    let rows: Vec<String> = (0..2000)
        .map(|number| {
            format!("agent-{},s-{number},2026-03-02T08:00Z,2026-03-02T16:00Z", number / 2)
        })
        .collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let folder = Folder::new().with("batch.csv", shifts(&rows));
    for format in ["text", "table", "json"] {
        let mut child = folder
            .command(&["check", "batch.csv", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        let mut out = BufReader::with_capacity(16, child.stdout.take().expect("a pipe"));
        out.read_line(&mut line).expect("a first line");
        drop(out);
        let output = child.wait_with_output().expect("it ends");
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), &*err), (Some(1), ""), "{format}");
    }
    let mut child = folder.command(&["rules"]).stdout(Stdio::piped()).spawn().expect("it starts");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

/// What is decided by the option, by `NO_COLOR` and by `CLICOLOR_FORCE`.
#[test]
fn colours_are_where_they_are_wanted() {
    let folder = folder();
    for (option, no_color, force, colored) in [
        (None, None, None, false),
        (None, None, Some("1"), true),
        (None, None, Some("0"), false),
        (None, Some("1"), Some("1"), false),
        (None, Some(""), Some("1"), true),
        (Some("auto"), None, Some("1"), true),
        (Some("always"), Some("1"), None, true),
        (Some("never"), None, Some("1"), false),
    ] {
        for format in ["text", "table"] {
            let mut args = vec!["check", "batch.csv", "--format", format];
            args.extend(option.iter().flat_map(|option| ["--color", option]));
            let mut command = folder.command(&args);
            command.env_remove("NO_COLOR");
            command.envs(no_color.map(|value| ("NO_COLOR", value)));
            command.envs(force.map(|value| ("CLICOLOR_FORCE", value)));
            let outcome = finish(&mut command).exits(1);
            let what =
                format!("{option:?} NO_COLOR={no_color:?} CLICOLOR_FORCE={force:?} {format}");
            assert_eq!(outcome.out.contains(ESCAPE), colored, "{what}: {}", outcome.told());
        }
    }
}

#[test]
fn colours_never_reach_a_file_or_json() {
    let folder = folder();
    let args = [
        "check",
        "batch.csv",
        "--color",
        "always",
        "--format",
        "text",
        "--output",
        "r.txt",
        "--format",
        "json",
    ];
    let outcome = folder.run(&args).exits(1);
    assert!(!outcome.out.contains(ESCAPE));
    assert!(
        folder.read("r.txt").is_some_and(|text| text.contains("OV101") && !text.contains(ESCAPE))
    );
}

#[test]
fn the_report_itself_says_nothing_on_standard_error() {
    for format in ["text", "table", "json"] {
        let outcome = folder().run(&["check", "batch.csv", "--format", format]).exits(1);
        assert_eq!(outcome.err, "", "{format}");
    }
}
