//! The page for scripts and agents says what the program does.

use super::{file, root};
use crate::cli::installing::COMMANDS;
use crate::program::{Folder, finish};
use std::collections::BTreeSet;
use std::process::Command;

/// A row of the table of exit codes: its commands, and the codes that it explains.
fn explained() -> BTreeSet<(String, i32)> {
    let page = file("docs/scripts.md");
    let (_, section) = page.split_once("\n## Exit codes\n").expect("a section");
    let rows = section.lines().skip_while(|line| !line.starts_with("|---")).skip(1);
    let mut explained = BTreeSet::new();
    for row in rows.take_while(|line| line.starts_with('|')) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let codes = (0..).zip(&cells[1..]).filter(|(_, cell)| !cell.is_empty());
        let codes: Vec<i32> = codes.map(|(code, _)| code).collect();
        for command in cells[0].split(", ").map(|command| command.trim_matches('`')) {
            explained.extend(codes.iter().map(|code| (command.to_owned(), *code)));
        }
    }
    explained
}

/// A server refuses a shift that clashes in the sample.
const EXPLAINED: &str = r#"{"errors": [{"id": "sh-5103", "status": 409}]}"#;

/// One run for each code that a command ends with.
const RUNS: &[(&str, i32)] = &[
    ("check samples/clean/batch.csv", 0),
    ("check samples/chicago/batch.csv", 1),
    ("check samples/clean/batch.csv --select OV999", 2),
    ("check samples/broken/batch.csv", 3),
    ("check none.csv", 4),
    ("plan samples/clean/batch.csv --out plan", 0),
    ("plan samples/chicago/batch.csv --out plan", 1),
    ("plan samples/clean/batch.csv", 2),
    ("plan gone.csv --out plan", 3),
    ("plan none.csv --out plan", 4),
    ("triage samples/chicago/batch.csv --response explained.json", 0),
    ("triage samples/chicago/batch.csv --response samples/answers/chicago.json", 1),
    ("triage samples/clean/batch.csv", 2),
    ("triage samples/clean/batch.csv --response explained.json", 3),
    ("triage samples/clean/batch.csv --response none.json", 4),
    ("why samples/chicago/batch.csv -- sh-5101 sh-5102", 0),
    ("why samples/chicago/batch.csv -- sh-5102 sh-5103", 1),
    ("why samples/chicago/batch.csv -- nothing", 2),
    ("why gone.csv samples/chicago/batch.csv -- sh-5101 sh-5102", 3),
    ("fix samples/clean/batch.csv", 0),
    ("fix samples/fixes/batch.csv", 1),
    ("fix", 2),
    ("fix samples/broken/batch.csv", 3),
    ("fix none.csv", 4),
    ("diff samples/clean/batch.csv samples/clean/batch.csv", 0),
    ("diff samples/clean/batch.csv samples/chicago/batch.csv", 1),
    ("diff samples/clean/batch.csv", 2),
    ("diff samples/clean/batch.csv samples/broken/batch.csv", 3),
    ("diff samples/clean/batch.csv none.csv", 4),
    ("init none.csv", 0),
    ("init gone.csv", 2),
    ("init --preset none", 2),
    ("inspect samples/clean/batch.csv", 0),
    ("inspect", 2),
    ("inspect samples/broken/batch.csv", 3),
    ("redact samples/clean/batch.csv --out copies --redact-key key", 0),
    ("redact samples/clean/batch.csv --out copies", 2),
    ("redact gone.csv --out copies --redact-key key", 3),
    ("redact none.csv --out copies --redact-key key", 4),
    ("rules OV101", 0),
    ("rules OV999", 2),
    ("schema plan", 0),
    ("schema none", 2),
    ("completions bash", 0),
    ("completions none", 2),
    ("man check", 0),
    ("man none", 2),
];

#[test]
fn every_exit_code_is_explained_and_happens() {
    let explained = explained();
    let commands: BTreeSet<&str> = explained.iter().map(|(command, _)| command.as_str()).collect();
    assert!(commands.iter().eq(&BTreeSet::from(COMMANDS)), "{commands:?}");
    let mut seen = BTreeSet::new();
    for (words, code) in RUNS {
        let folder = Folder::new()
            .with("none.csv", "agent,id,start,end\n")
            .with("none.json", "{}")
            .with("key", "0123456789abcdef0123456789abcdef")
            .with("explained.json", EXPLAINED);
        let sample = |word: &str| match word.starts_with("samples/") {
            true => root().join(word).display().to_string(),
            false => word.to_owned(),
        };
        let words: Vec<String> = words.split(' ').map(sample).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        folder.run(&words).exits(*code);
        seen.insert((words[0].to_owned(), *code));
    }
    assert_eq!(seen, explained);
}

/// The example of the page, where there is a Python.
#[cfg(unix)]
#[test]
fn the_example_in_python_runs() {
    let page = file("docs/scripts.md");
    let (_, example) = page.split_once("```python\n").expect("an example");
    let example = example.split("```").next().expect("an end");
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_shiftlint")).parent().expect("a folder");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = [program.to_owned()].into_iter().chain(std::env::split_paths(&path));
    let path = std::env::join_paths(path).expect("a path");
    for (batch, said) in [
        ("agent,id,start,end\nann,s-1,2026-03-02T08:00Z,2026-03-02T16:00Z\n", ""),
        (
            "agent,id,start,end\nann,s-1,2026-03-02T08:00Z,2026-03-02T16:00Z\n\
             ann,s-2,2026-03-02T15:00Z,2026-03-02T18:00Z\n",
            "OV101 agent `ann`",
        ),
        ("agent,day,shift\nann,2026-03-02,Night\n", "RD101 "),
    ] {
        let folder = Folder::new().with("batch.csv", batch);
        let mut python = Command::new("python3");
        python.args(["-c", example]).current_dir(folder.path()).env("PATH", &path);
        if python.output().is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound) {
            return;
        }
        let outcome = finish(&mut python).exits(0);
        assert!(outcome.out.starts_with(said), "{}", outcome.told());
    }
}

#[test]
fn every_variable_that_is_read_is_named() {
    let page = file("docs/scripts.md");
    let mut named = BTreeSet::new();
    for source in crate::layers::sources() {
        // What decides about colours asks for several.
        for way in ["var_os(\"", "var(\"", "set(\""] {
            let after = source.text.split(way).skip(1);
            named.extend(after.filter_map(|of| of.split('"').next()).map(str::to_owned));
        }
    }
    named.retain(|name| name.chars().all(|of| of.is_ascii_uppercase() || of == '_'));
    assert!(named.len() >= 3, "{named:?}");
    for name in named {
        assert!(page.contains(&format!("`{name}`")), "docs/scripts.md says nothing about {name}");
    }
}
