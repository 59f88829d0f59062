//! The program runs, in an environment that decides nothing.

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// Variables that could change what is printed, or that a result must not hang on.
const VARIABLES: [&str; 6] = ["TZ", "TZDIR", "CLICOLOR_FORCE", "CLICOLOR", "COLUMNS", "TERM"];

/// What a run of the program left behind.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Outcome {
    /// The exit code and both streams, for the message of a failing test.
    pub(crate) fn told(&self) -> String {
        format!("exit code {:?}\n--- stdout\n{}--- stderr\n{}", self.code, self.out, self.err)
    }

    /// Fails unless the exit code is this one.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Outcome {
        assert_eq!(self.code, Some(code), "{}", self.told());
        self
    }

    /// Fails unless standard output holds every one of these, wherever its lines
    /// are broken.
    #[track_caller]
    pub(crate) fn says(self, words: &[&str]) -> Outcome {
        let flowing = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let out = flowing(&self.out);
        for word in words {
            let said = self.out.contains(word) || out.contains(&flowing(word));
            assert!(said, "no {word:?} on standard output: {}", self.told());
        }
        self
    }

    /// The report on standard output, which is JSON.
    #[track_caller]
    pub(crate) fn report(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.told()))
    }

    /// Fails if standard output holds one of these.
    #[track_caller]
    pub(crate) fn never_says(self, words: &[&str]) -> Outcome {
        for word in words {
            assert!(!self.out.contains(word), "{word:?} on standard output: {}", self.told());
        }
        self
    }

    /// Fails unless standard error holds every one of these.
    #[track_caller]
    pub(crate) fn complains(self, words: &[&str]) -> Outcome {
        for word in words {
            assert!(self.err.contains(word), "no {word:?} on standard error: {}", self.told());
        }
        self
    }
}

/// The program, not run yet: no colours, no zone of the machine, no input.
pub(crate) fn shiftlint(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shiftlint"));
    command.current_dir(folder).env("NO_COLOR", "1").stdin(Stdio::null());
    for variable in VARIABLES {
        command.env_remove(variable);
    }
    command
}

/// Runs a command to its end.
pub(crate) fn finish(command: &mut Command) -> Outcome {
    let Output { status, stdout, stderr } = command.output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("the program prints UTF-8");
    Outcome { code: status.code(), out: text(stdout), err: text(stderr) }
}

/// The lines of a file of shifts with ids, under their header.
pub(crate) fn shifts(rows: &[&str]) -> String {
    format!("agent,id,start,end\n{}\n", rows.join("\n"))
}

/// Rows of one length, one shift for every agent.
pub(crate) fn one_shift_each(agents: std::ops::Range<usize>) -> String {
    let mut text = String::from("agent,id,start,end\n");
    for agent in agents {
        let row = format!("agent-{agent:07},s-{agent:07},2026-03-02T08:00Z,2026-03-02T16:00Z\n");
        text.push_str(&row);
    }
    text
}

/// A folder of its own for the files of a test.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Folder {
        Folder(tempfile::tempdir().expect("a folder for the test"))
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Adds a file.
    pub(crate) fn with(self, name: &str, content: impl AsRef<[u8]>) -> Folder {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("within the folder")).expect("a folder");
        std::fs::write(path, content).expect("a file");
        self
    }

    /// What a file holds, `None` if there is none.
    pub(crate) fn read(&self, name: &str) -> Option<String> {
        std::fs::read_to_string(self.path().join(name)).ok()
    }

    /// The names of its files, in order.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = self.path().read_dir().expect("a folder").flatten();
        let mut names: Vec<String> =
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = shiftlint(self.path());
        command.args(args);
        command
    }

    /// Runs the program with these arguments.
    pub(crate) fn run(&self, args: &[&str]) -> Outcome {
        finish(&mut self.command(args))
    }
}
