//! The examples of docs/ci.md run as they are written there.

use crate::program::Folder;
use std::path::Path;
use std::process::{Command, Stdio};

const CLEAN: &str = "agent,id,start,end\nann,s-1,2026-03-02T08:00Z,2026-03-02T16:00Z\n";
const LIVE: &str = "agent,id,start,end\nann,p-1,2026-03-02T18:00Z,2026-03-02T20:00Z\n";
const OFF: &str = "agent,id,start,end\nann,r-1,2026-03-02T06:00Z,2026-03-02T07:00Z\n";

/// The lines of the page that call the program, without what stands before and behind it.
fn commands() -> Vec<String> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/ci.md");
    let page = std::fs::read_to_string(page).expect("the page");
    let call = |line: &str| {
        let place = line.find("shiftlint check export/")?;
        Some(line[place..].trim_end_matches('\'').to_owned())
    };
    page.lines().filter_map(call).collect()
}

/// Runs a line by a shell that finds the program.
fn run(folder: &Folder, line: &str) -> (Option<i32>, String) {
    let program = Path::new(env!("CARGO_BIN_EXE_shiftlint")).parent().expect("a folder");
    let path = std::env::join_paths(
        std::iter::once(program.to_owned())
            .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())),
    );
    let mut shell = Command::new("sh");
    let shell = shell.arg("-c").arg(line).current_dir(folder.path()).stdin(Stdio::null());
    let shell = shell.env("PATH", path.expect("a path")).env("GITHUB_STEP_SUMMARY", "summary.md");
    let done = shell.output().expect("a shell");
    (done.status.code(), String::from_utf8_lossy(&done.stderr).into_owned())
}

#[test]
fn the_examples_run() {
    let commands = commands();
    assert!(commands.len() >= 5, "{commands:?}");
    let clash = format!("{CLEAN}ann,s-2,2026-03-02T15:00Z,2026-03-02T17:00Z\n");
    for command in &commands {
        for (batch, code) in [(CLEAN, 0), (&*clash, 1), ("agent,start\nann,soon\n", 3)] {
            let folder = Folder::new()
                .with("export/batch.csv", batch)
                .with("export/live.csv", LIVE)
                .with("export/off.csv", OFF);
            let (found, told) = run(&folder, command);
            assert_eq!(found, Some(code), "{command}: {told}");
            for output in command.split("--output ").skip(1) {
                let name = output.split(' ').next().unwrap_or_default().trim_matches('"');
                let name = name.replace("$GITHUB_STEP_SUMMARY", "summary.md");
                let report = folder.read(&name).unwrap_or_default();
                assert!(!report.is_empty(), "{command}: {name}");
            }
        }
    }
}

/// The hook names a command that there is, and takes no names of files.
#[test]
fn the_hook_checks_whole_schedules() {
    let hooks = Path::new(env!("CARGO_MANIFEST_DIR")).join(".pre-commit-hooks.yaml");
    let hooks = std::fs::read_to_string(hooks).expect("the hooks");
    for line in ["entry: shiftlint check", "pass_filenames: false", "require_serial: true"] {
        assert!(hooks.contains(line), "{line}");
    }
}
