//! Every exit code, and what is said with it.

use crate::program::{Folder, shifts};

const CLEAN: &str = "anna,s-1,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00";
const LATER: &str = "anna,s-2,2026-03-02T15:30:00-06:00,2026-03-02T20:00:00-06:00";

fn batch(rows: &[&str]) -> Folder {
    Folder::new().with("batch.csv", shifts(rows))
}

#[test]
fn nothing_wrong_is_0() {
    batch(&[CLEAN]).run(&["check", "batch.csv"]).exits(0).says(&["no conflicts: 1 record"]);
}

#[test]
fn a_conflict_is_1() {
    let outcome = batch(&[CLEAN, LATER]).run(&["check", "batch.csv"]).exits(1);
    outcome.says(&["error[OV101]", "from 15:30 to", "16:00 (30 min)", "`s-1` and `s-2`"]);
}

#[test]
fn a_wrong_command_line_is_2_and_checks_nothing() {
    let folder = batch(&[CLEAN, LATER]);
    for (args, words) in [
        (&["check"][..], &["<BATCH>"][..]),
        (&["check", "batch.csv", "--publishd", "x"], &["--publishd", "--published"]),
        (&["chekc", "batch.csv"], &["chekc", "check"]),
        (&["check", "batch.csv", "--select", "OV11"], &["OV11", "OV101"]),
        (&["check", "batch.csv", "--ignore", "shift-overlp"], &["shift-overlp", "shift-overlap"]),
        (&["check", "batch.csv", "--severity", "OV101"], &["RULE=LEVEL"]),
        (
            &["check", "batch.csv", "--severity", "OV101=fatal"],
            &["fatal", "error, warning, info or off"],
        ),
        (&["check", "batch.csv", "--severity", "OV999=off"], &["OV999"]),
        (&["check", "batch.csv", "--tz", "America/Chcago"], &["America/Chcago", "America/Chicago"]),
        (&["check", "batch.csv", "--map", "agent"], &["FIELD=COLUMN"]),
        (&["check", "batch.csv", "--map", "worker bee=x"], &["worker bee", "agent, id"]),
        (&["check", "batch.csv", "--map", "agent= "], &["name of a column"]),
        (&["check", "batch.csv", "--format", "pdf"], &["pdf", "text", "json"]),
        (&["check", "batch.csv", "--input-format", "xml"], &["xml", "csv"]),
        (&["check", "batch.csv", "--jobs", "0"], &["--jobs"]),
        (&["check", "batch.csv", "--max-per-agent", "-1"], &["-1"]),
        (&["check", "batch.csv", "--fail-on", "info"], &["info", "warning", "never"]),
        (&["check", "batch.csv", "--quiet", "--verbose"], &["--quiet", "--verbose"]),
        (
            &["check", "batch.csv", "--format", "text", "--format", "json"],
            &["two reports", "--output"],
        ),
        (&["check", "batch.csv", "--output", "r.pdf"], &["no --format", "r.pdf"]),
        (&["check", "-", "--published", "-"], &["`-`", "two inputs"]),
        (&["check", "[.csv"], &["[.csv"]),
        (&["rules", "nonsense"], &["nonsense"]),
        (&["rules", "OV11"], &["OV11", "OV101"]),
        (&[], &["Usage"]),
    ] {
        let outcome = folder.run(args);
        if args == ["check", "[.csv"] && outcome.code == Some(3) {
            continue; // A name that is no pattern and no file is told when it is opened.
        }
        let outcome = outcome.exits(2).complains(words);
        assert_eq!(outcome.out, "", "{args:?}");
    }
    assert_eq!(folder.names(), ["batch.csv"]);
}

#[test]
fn two_reports_to_one_file_are_refused_before_anything_is_written() {
    let folder = batch(&[CLEAN]);
    let args = [
        "check",
        "batch.csv",
        "--format",
        "text",
        "--output",
        "r",
        "--format",
        "json",
        "--output",
        "r",
    ];
    folder.run(&args).exits(2).complains(&["two reports would go to r"]);
    assert_eq!(folder.names(), ["batch.csv"]);
}

#[test]
fn what_cannot_be_read_is_3() {
    let folder = batch(&[CLEAN]).with("notes/readme.md", "nothing");
    for (args, words) in [
        (&["check", "missing.csv"][..], &["missing.csv", "cannot be read", "check the path"][..]),
        (&["check", "batch.csv", "--published", "missing.csv"], &["missing.csv", "cannot be read"]),
        (&["check", "batch.csv", "missing.csv"], &["missing.csv", "cannot be read"]),
        (&["check", "notes"], &["notes"]),
        (&["check", "batch.csv", "--time-off", "notes"], &["notes"]),
        (&["check", "nothing-*.csv"], &["nothing-*.csv", "cannot be read"]),
    ] {
        folder.run(args).exits(3).says(words).says(&["no all-clear can be given"]);
    }
}

#[test]
fn findings_are_told_even_if_something_could_not_be_read() {
    let outcome = batch(&[CLEAN, LATER]).run(&["check", "batch.csv", "--published", "gone.csv"]);
    outcome.exits(3).says(&["error[OV101]", "gone.csv", "no all-clear"]);
}

#[test]
fn nothing_to_check_is_4() {
    for (text, rest) in
        [("agent,id,start,end\n", ""), ("agent,id,start,end", ""), ("agent,start\n,,\n\n", "")]
    {
        let folder = Folder::new().with("batch.csv", format!("{text}{rest}"));
        folder.run(&["check", "batch.csv"]).exits(4).says(&["nothing to check", "batch.csv"]);
        folder.run(&["check", "batch.csv", "--quiet"]).exits(4).says(&["nothing to check"]);
    }
    let folder =
        Folder::new().with("batch.csv", "agent,start,end\n").with("live.csv", shifts(&[CLEAN]));
    folder.run(&["check", "batch.csv", "--published", "live.csv"]).exits(4);
}

#[test]
fn an_empty_file_is_never_an_all_clear() {
    for text in ["", "\n\n", "\u{feff}"] {
        let outcome = Folder::new().with("batch.csv", text).run(&["check", "batch.csv"]);
        assert!(matches!(outcome.code, Some(3 | 4)), "{text:?}: {}", outcome.told());
        let outcome = Folder::new()
            .with("batch.csv", shifts(&[CLEAN]))
            .with("live.csv", text)
            .run(&["check", "batch.csv", "--published", "live.csv"]);
        assert!(matches!(outcome.code, Some(0 | 3)), "{text:?}: {}", outcome.told());
    }
}

#[test]
fn the_order_of_verdicts_is_incomplete_conflicts_empty() {
    let unread = Folder::new().with("batch.csv", shifts(&[CLEAN, LATER, "anna,s-3,tbd,tbd"]));
    unread.run(&["check", "batch.csv"]).exits(3).says(&["[OV101]", "[RC101]"]);
    let empty = Folder::new()
        .with("batch.csv", shifts(&[]))
        .with("live.csv", shifts(&["anna,s-3,tbd,tbd"]));
    empty.run(&["check", "batch.csv", "--published", "live.csv"]).exits(3);
}

#[test]
fn a_batch_of_which_nothing_is_left_to_compare_is_4() {
    let text = "agent,start,end,status\n,2026-03-02T08:00Z,2026-03-02T09:00Z,\nanna,x,y,denied\n";
    let outcome = Folder::new().with("batch.csv", text).run(&["check", "batch.csv"]);
    outcome.exits(4).says(&["nothing to check", "1 unassigned shift, 1 cancelled"]);
}

#[test]
fn help_and_version_are_no_failure() {
    let folder = Folder::new();
    folder.run(&["--help"]).exits(0).says(&["Usage", "check", "rules", "Exit codes"]);
    folder.run(&["help", "check"]).exits(0).says(&["--published", "Example"]);
    let outcome = folder.run(&["--version"]).exits(0);
    let version = format!("shiftlint {} (tz database 20", env!("CARGO_PKG_VERSION"));
    assert!(outcome.out.starts_with(&version), "{}", outcome.told());
    assert!(outcome.out.contains(&shiftlint::calendar::bundled_version().to_string()));
}

#[cfg(target_os = "linux")]
#[test]
fn help_that_cannot_be_written_is_3_and_told() {
    let folder = Folder::new();
    for args in [&["--help"][..], &["--version"], &["check", "--help"], &["rules"]] {
        let full = std::fs::File::options().write(true).open("/dev/full").expect("a full device");
        let mut command = folder.command(args);
        let child = command.stdout(full).stderr(std::process::Stdio::piped()).spawn();
        let output = child.and_then(std::process::Child::wait_with_output).expect("it ends");
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(3), "{args:?}: {told}");
        assert!(told.contains("error: standard output: cannot be written"), "{args:?}: {told}");
    }
}
