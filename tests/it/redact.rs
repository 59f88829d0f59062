//! Redacted copies have the findings of what they are copies of, and none of its names.

mod copies;

mod hostile;

mod leaks;

mod options;

use crate::program::{Outcome, finish, shiftlint};
use std::path::{Path, PathBuf};

/// The key of all tests.
const KEY: &str = "a key for tests alone";

/// A check of files that are in the repository.
struct FileCheck {
    folder: PathBuf,
    /// The words after `shiftlint check`.
    args: Vec<String>,
}

impl FileCheck {
    fn run(&self, more: &[&str]) -> Outcome {
        let mut command = shiftlint(&self.folder);
        command.env("SHIFTLINT_REDACT_KEY", KEY).arg("check").args(&self.args).args(more);
        finish(&mut command)
    }

    fn label(&self) -> String {
        format!("{}: {}", self.folder.display(), self.args.join(" "))
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn words(line: &str) -> Vec<String> {
    line.split_whitespace().map(str::to_owned).collect()
}

/// The checks of the table in `samples/README.md`.
fn samples() -> Vec<FileCheck> {
    let page = std::fs::read_to_string(root().join("samples/README.md")).expect("a page");
    let rows = page.lines().filter(|line| line.starts_with('|'));
    let commands = rows.filter_map(|row| row.split("`shiftlint check ").nth(1)?.split('`').next());
    commands.map(|args| FileCheck { folder: root().to_owned(), args: words(args) }).collect()
}

/// The checks of `tests/cases`.
fn cases() -> Vec<FileCheck> {
    let folders = |of: &Path| -> Vec<PathBuf> {
        let entries = of.read_dir().into_iter().flatten().flatten();
        let mut folders: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        folders.sort();
        folders
    };
    let cases = folders(&root().join("tests/cases")).into_iter().flat_map(|rule| folders(&rule));
    let checks = cases.filter_map(|folder| {
        let args = std::fs::read_to_string(folder.join("args")).ok()?;
        let args = words(args.strip_prefix("check ")?);
        Some(FileCheck { folder, args })
    });
    checks.collect()
}

/// The checks of `tests/exports`.
fn exports() -> Vec<FileCheck> {
    let folder = root().join("tests/exports");
    let index = std::fs::read_to_string(folder.join("index.tsv")).expect("an index");
    let check = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let args = words(&format!("{} {}", cells[0], cells[1]));
        FileCheck { folder: folder.clone(), args }
    };
    index.lines().skip(1).map(check).collect()
}
