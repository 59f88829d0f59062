//! What a terminal is given: colours, widths, and nothing that a file or a name
//! could do to it.
//!
//! The program runs under `script` of util-linux, which gives it a terminal of 80
//! columns.

#![cfg(target_os = "linux")]

use crate::program::{Folder, Outcome, finish, shifts};
use std::process::{Command, Stdio};
use unicode_width::UnicodeWidthStr;

const COLUMNS: usize = 80;

/// Names that would do something, or hide something, if a terminal got them as
/// they are.
const NAMES: [&str; 14] = [
    "\u{1b}[2J\u{1b}]0;owned\u{7}",
    "red\u{1b}[31mred\u{1b}[0m",
    "\u{9b}31mred\u{9d}0;owned\u{9c}",
    "an\u{202e}na\u{202c}",
    "\u{2066}an\u{2067}na\u{2069}\u{200e}\u{200f}\u{61c}",
    "new\nline",
    "carriage\rreturn\r\n",
    "tab\tand\u{8}back\u{b}\u{c}",
    "nul\0del\u{7f}",
    "zero\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}width\u{ad}",
    "para\u{2028}graph\u{2029}next\u{85}",
    "tags\u{e0041}\u{e007f}\u{fe0f}\u{3164}",
    "::error file=x::y",
    "\u{1b}",
];

/// The program in a terminal, with both streams in it, or standard error apart.
struct Terminal<'a> {
    folder: &'a Folder,
    variables: &'a [(&'a str, &'a str)],
    apart: bool,
}

fn terminal(folder: &Folder) -> Terminal<'_> {
    Terminal { folder, variables: &[], apart: false }
}

impl Terminal<'_> {
    fn run(&self, args: &[&str]) -> Outcome {
        let quoted = |word: &&str| format!("'{}'", word.replace('\'', "'\\''"));
        let words: Vec<String> = args.iter().map(quoted).collect();
        let script = format!(
            "stty -opost rows 24 cols {COLUMNS} && exec '{}' {}{}",
            env!("CARGO_BIN_EXE_shiftlint"),
            words.join(" "),
            if self.apart { " 2> /dev/null" } else { "" }
        );
        let mut command = Command::new("script");
        command.args(["-q", "-e", "-c", &script, "/dev/null"]).stdin(Stdio::null());
        command.current_dir(self.folder.path()).env("SHELL", "/bin/sh");
        for variable in ["NO_COLOR", "CLICOLOR_FORCE", "CLICOLOR", "COLUMNS", "TERM", "TZ"] {
            command.env_remove(variable);
        }
        command.envs(self.variables.iter().copied());
        let there = Command::new("script").arg("--version").stdout(Stdio::null()).status();
        let there = there.is_ok_and(|status| status.success());
        assert!(there, "`script` is missing: install util-linux");
        finish(&mut command)
    }
}

/// The text without the colours, which are all that may begin with an escape.
fn without_colours(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let colour = part.strip_prefix('[').and_then(|part| part.split_once('m'));
        let digits = |code: &str| code.bytes().all(|byte| byte.is_ascii_digit() || byte == b';');
        match colour.filter(|(code, _)| digits(code)) {
            Some((_, rest)) => plain.push_str(rest),
            None => panic!("an escape that is no colour: {part:?}"),
        }
    }
    plain
}

fn is_harmful(letter: char) -> bool {
    (letter < ' ' && letter != '\n')
        || ('\u{7f}'..='\u{9f}').contains(&letter)
        || matches!(letter, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(letter, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}' | '\u{3164}')
        || matches!(letter, '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}')
}

#[track_caller]
fn assert_harmless(outcome: &Outcome) {
    for line in without_colours(&outcome.out).split('\n') {
        assert!(!line.chars().any(is_harmful), "it reaches the terminal: {line:?}");
        assert!(!line.starts_with("::"), "a CI service would take this for a command: {line:?}");
    }
}

/// Every line but places, which may be clicked on and are not broken.
#[track_caller]
fn assert_fits(outcome: &Outcome) {
    for line in without_colours(&outcome.out).lines() {
        let place = line.trim_start().starts_with("-->");
        assert!(place || line.width() <= COLUMNS, "{} columns: {line}", line.width());
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Every name in every column, and in findings of as many kinds as there are.
fn records(names: &[&str]) -> String {
    let mut text = String::from("agent,id,schedule,kind,status,start,end,zone\n");
    for name in names {
        let name = quoted(name);
        let mut row = |rest: &str| text.push_str(&format!("{rest}\n").replace("NAME", &name));
        row("NAME,NAME,NAME,,NAME,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00,");
        row("NAME,NAME,NAME,,,2026-03-02T09:00:00-06:00,2026-03-02T16:00:00-06:00,");
        row("NAME,NAME,NAME,,,2026-03-02T09:00:00-06:00,2026-03-02T16:00:00-06:00,");
        row("NAME,NAME,NAME,NAME,,2026-03-03T09:00,2026-03-03T16:00,");
        row("NAME,NAME,NAME,,,NAME,NAME,");
        row("NAME,NAME,NAME,,,2026-03-04T09:00,2026-03-04T16:00,NAME");
        row("NAME,NAME,NAME,,,2026-03-05T16:00Z,2026-03-05T09:00Z,");
        row("NAME,NAME,NAME,,,2026-03-06T16:00Z,2026-03-09T09:00Z,");
    }
    text
}

fn in_json(names: &[&str]) -> String {
    let text = |name: &&str| serde_json::Value::from(*name).to_string();
    let record = |name: &str| {
        format!(
            "{{\"agent\":{name},\"id\":{name},{name}:{name},\"zone\":{name},\
             \"start\":\"2026-03-02T08:00Z\",\"end\":\"2026-03-02T16:00Z\"}},\
             {{\"agent\":{name},\"id\":{name},\"status\":{name},\
             \"start\":\"2026-03-02T08:00Z\",\"end\":\"2026-03-02T17:00Z\"}},\
             {{\"agent\":{name},\"id\":{name},\"status\":{name},\
             \"start\":\"2026-03-02T09:00Z\",\"end\":\"2026-03-02T17:00Z\"}}"
        )
    };
    let all: Vec<String> = names.iter().map(text).map(|name| record(&name)).collect();
    format!("{{{}:[{}]}}", text(&names[0]), all.join(","))
}

fn folder() -> Folder {
    let off = NAMES.map(|name| {
        format!("{0},{0},{0},2026-03-02T08:00:00-06:00,2026-03-02T12:00:00-06:00\n", quoted(name))
    });
    Folder::new()
        .with("batch.csv", records(&NAMES))
        .with("off.csv", format!("agent,id,status,start,end\n{}", off.concat()))
        .with("batch.json", in_json(&NAMES))
        .with("agents.csv", "agent,zone\nanna,America/Chicago\n")
}

const BATCHES: [&[&str]; 3] = [
    &["batch.csv", "--time-off", "off.csv"],
    &["batch.json", "--published", "batch.csv", "--replace", "none"],
    &["batch.csv", "--agents", "agents.csv", "--fail-on", "never"],
];

/// The ways in which a report is shown.
const SHAPES: [&[&str]; 4] = [
    &["--format", "text"],
    &["--format", "text", "--quiet"],
    &["--format", "text", "--verbose", "--statistics"],
    &["--format", "table", "--verbose", "--statistics"],
];

#[test]
fn a_terminal_gets_colours_unless_it_asks_for_none() {
    let folder = Folder::new().with(
        "batch.csv",
        shifts(&[
            "anna,s-1,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00",
            "anna,s-2,2026-03-02T15:30:00-06:00,2026-03-02T20:00:00-06:00",
        ]),
    );
    let args = ["check", "batch.csv", "--no-progress"];
    for (variables, more, coloured) in [
        (&[][..], &[][..], true),
        (&[("TERM", "xterm-256color")], &[], true),
        (&[("NO_COLOR", "")], &[], true),
        (&[("NO_COLOR", "1")], &[], false),
        (&[("TERM", "dumb")], &[], false),
        (&[], &["--color", "never"], false),
        (&[("NO_COLOR", "1")], &["--color", "always"], true),
    ] {
        for format in ["text", "table"] {
            let args = [&args[..], more, &["--format", format]].concat();
            let terminal = Terminal { variables, ..terminal(&folder) };
            let outcome = terminal.run(&args);
            assert_eq!(outcome.out.contains('\u{1b}'), coloured, "{variables:?} {more:?} {format}");
            outcome.exits(1).says(&["OV101"]);
        }
    }
    for args in [&["rules", "nonsense"][..], &["check"], &["check", "batch.csv", "--tz", "x"]] {
        let terminal = Terminal { variables: &[("NO_COLOR", "1")], ..terminal(&folder) };
        let outcome = terminal.run(args);
        assert!(!outcome.exits(2).out.contains('\u{1b}'), "{args:?}");
    }
}

#[test]
fn colours_change_nothing_but_colours() {
    let folder = folder();
    for shape in SHAPES {
        let args = [&["check", "--no-progress"][..], BATCHES[0], shape].concat();
        let painted = Terminal { apart: true, ..terminal(&folder) }.run(&args);
        assert!(painted.out.contains("\u{1b}["), "{shape:?}");
        assert_eq!(without_colours(&painted.out), folder.run(&args).out, "{shape:?}");
    }
}

#[test]
fn no_name_in_a_file_does_anything_to_a_terminal() {
    let folder = folder();
    for batch in BATCHES {
        for shape in SHAPES {
            let args = [&["check", "--no-progress"][..], batch, shape].concat();
            let outcome = terminal(&folder).run(&args);
            assert!(outcome.out.contains("OV10"), "{args:?}: {}", outcome.told());
            assert_harmless(&outcome);
            let apart = Terminal { apart: true, ..terminal(&folder) };
            let outcome = apart.run(&args);
            // A quiet line is for tools, and is one line.
            if !shape.contains(&"--quiet") {
                assert_fits(&outcome);
            }
        }
    }
}

#[test]
fn no_header_or_key_does_anything_to_a_terminal() {
    for name in NAMES {
        let header = quoted(name);
        let rows = "x,anna,2026-03-02T08:00Z,2026-03-02T16:00Z\n".repeat(2);
        let folder = Folder::new()
            .with("known.csv", format!("{header},agent,start,end\n{rows}"))
            .with(
                "twice.csv",
                format!("user,agent,start,{}\n{rows}", quoted(&format!("{name}end"))),
            )
            .with("alone.csv", format!("{header},{header},{header},{header}\n{rows}"))
            .with("list.json", in_json(&[name]))
            .with("lines.ndjson", format!("{{{}:1}}\n", serde_json::Value::from(name)))
            .with("broken.json", format!("[{{\"agent\":{}", serde_json::Value::from(name)));
        for file in
            ["known.csv", "twice.csv", "alone.csv", "list.json", "lines.ndjson", "broken.json"]
        {
            let args = ["check", file, "--verbose", "--no-progress"];
            let outcome = terminal(&folder).run(&args);
            assert_harmless(&outcome);
            let apart = Terminal { apart: true, ..terminal(&folder) };
            let outcome = apart.run(&args);
            assert_fits(&outcome);
        }
    }
}

/// In options, in names of files that exist and of files that do not. An
/// argument cannot hold a NUL.
#[test]
fn nothing_that_was_typed_does_anything_to_a_terminal() {
    for name in NAMES.map(|name| name.replace('\0', "")) {
        let file = format!("{}.csv", name.replace('/', ""));
        let folder =
            Folder::new().with("batch.csv", records(&[&name])).with(&file, records(&["x"]));
        let (map, level) = (format!("agent={name}"), format!("OV101={name}"));
        let (field, report) = (format!("{name}=x"), format!("{name}/{name}.json"));
        let option = format!("--{name}");
        for args in [
            &["check", &file][..],
            &["check", "batch.csv", "--published", &file],
            &["check", &name],
            &["check", "batch.csv", "--time-off", &name],
            &["check", "batch.csv", "--map", &map],
            &["check", "batch.csv", "--map", &field],
            &["check", "batch.csv", "--tz", &name],
            &["check", "batch.csv", "--tzdb", &name],
            &["check", "batch.csv", "--select", &name],
            &["check", "batch.csv", "--severity", &level],
            &["check", "batch.csv", "--format", &name],
            &["check", "batch.csv", "--input-format", &name],
            &["check", "batch.csv", "--encoding", &name],
            &["check", "batch.csv", "--jobs", &name],
            &["check", "batch.csv", "--output", &report],
            &["check", "batch.csv", "--format", "json", "--output", &report],
            &["check", "batch.csv", &option],
            &["rules", &name],
            &[&name],
        ] {
            let outcome = terminal(&folder).run(args);
            assert!(outcome.code.is_some_and(|code| code < 4), "{args:?}: {}", outcome.told());
            assert_harmless(&outcome);
            let piped = folder.run(args);
            let both = Outcome { out: piped.out + &piped.err, ..piped };
            assert_harmless(&both);
        }
    }
}

#[test]
fn long_names_fit() {
    let wide = "山田".repeat(1_000);
    let long = "n".repeat(3_000);
    let words = "many words ".repeat(300);
    let names = [wide.as_str(), long.as_str(), words.trim()];
    let folder = Folder::new()
        .with("batch.csv", records(&names))
        .with("batch.json", in_json(&names))
        .with(&format!("{}.csv", "f".repeat(200)), records(&["x"]));
    let file = format!("{}.csv", "f".repeat(200));
    for input in ["batch.csv", "batch.json", &file] {
        for format in ["text", "table"] {
            let args = ["check", input, "--format", format, "--verbose", "--no-progress"];
            let apart = Terminal { apart: true, ..terminal(&folder) };
            let outcome = apart.run(&args);
            assert_fits(&outcome);
            assert_harmless(&outcome);
        }
    }
}

#[test]
fn a_diff_on_a_terminal_shows_what_would_act_and_a_pipe_gets_the_bytes() {
    let mut text = String::from("agent,id,start,end\n");
    for name in NAMES {
        let row = format!("{0},{0},2026-03-02T08:00:00Z,2026-03-02T16:00:00Z\n", quoted(name));
        text.push_str(&row.repeat(2));
    }
    let folder = Folder::new().with("batch.csv", &text);
    for options in [&["--suggested"][..], &["--color", "always"], &["--format", "json"]] {
        let args = [&["fix", "batch.csv"], options].concat();
        let outcome = terminal(&folder).run(&args);
        assert!(outcome.out.contains("safe"), "{}", outcome.told());
        assert_harmless(&outcome);
    }
    let piped = folder.run(&["fix", "batch.csv"]);
    assert!(piped.out.contains("-\"\u{1b}[2J\u{1b}]0;owned\u{7}\","), "{:?}", piped.out);
    assert!(!piped.err.contains('\u{1b}'), "{:?}", piped.err);
}
