//! Folders of files and what the program says about them.
//!
//! `tests/cases/OV101-shift-overlap/near-miss-touching-ends/` is one case: its
//! `args` are what follows `shiftlint` on the command line, run with the folder
//! as current directory, and `out.txt` is what comes of it. `BLESS=1 cargo test`
//! rewrites every `out.txt`; read the difference before it is committed.

use crate::program::{finish, shiftlint};
use shiftlint::judge::RULES;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// How the folder of a case begins in which its rule must not apply.
const NEAR_MISS: &str = "near-miss-";

struct Case {
    rule: String,
    name: String,
    folder: PathBuf,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn folders(of: &Path) -> Vec<(String, PathBuf)> {
    let entries = of.read_dir().into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.path().is_dir());
    let mut named: Vec<(String, PathBuf)> = folders
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()))
        .collect();
    named.sort();
    named
}

fn all() -> Vec<Case> {
    let rules = folders(&root()).into_iter();
    rules
        .flat_map(|(rule, folder)| {
            let cases = folders(&folder).into_iter();
            cases.map(move |(name, folder)| Case { rule: rule.clone(), name, folder })
        })
        .collect()
}

impl Case {
    fn label(&self) -> String {
        format!("tests/cases/{}/{}", self.rule, self.name)
    }

    fn code(&self) -> &str {
        self.rule.split('-').next().unwrap_or_default()
    }

    fn is_near_miss(&self) -> bool {
        self.name.starts_with(NEAR_MISS)
    }

    fn read(&self, file: &str) -> Option<String> {
        std::fs::read_to_string(self.folder.join(file)).ok()
    }

    fn run(&self) -> String {
        let args = self.read("args").unwrap_or_else(|| {
            panic!("{}: add the file `args`, such as `check batch.csv`", self.label())
        });
        let outcome = finish(shiftlint(&self.folder).args(args.split_whitespace()));
        let err = match outcome.err.as_str() {
            "" => String::new(),
            err => format!("--- stderr\n{err}"),
        };
        let code = outcome.code.map_or_else(|| "none".to_owned(), |code| code.to_string());
        format!("{}{err}exit code: {code}\n", outcome.out)
    }
}

#[test]
fn every_case_prints_what_it_did() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut differences = Vec::new();
    for case in all() {
        let found = case.run();
        if bless {
            std::fs::write(case.folder.join("out.txt"), &found).expect("a case can be written");
            continue;
        }
        let expected = case.read("out.txt").unwrap_or_default();
        if found != expected {
            let label = case.label();
            differences.push(format!("{label}\n--- out.txt\n{expected}--- printed now\n{found}"));
        }
    }
    assert!(
        differences.is_empty(),
        "{} cases print something else now. If all of it is better, run `BLESS=1 cargo test --test \
         it cases` and read the difference.\n\n{}",
        differences.len(),
        differences.join("\n")
    );
}

#[test]
fn every_rule_has_a_case_that_fires_and_a_near_miss() {
    let cases = all();
    for rule in RULES {
        let folder = format!("{}-{}", rule.code, rule.name);
        for (near_miss, wanted) in [
            (false, "a case in which it applies, such as `smallest`"),
            (true, "a case in which it nearly applies and must not, such as `near-miss-touching`"),
        ] {
            assert!(
                cases.iter().any(|case| case.rule == folder && case.is_near_miss() == near_miss),
                "{rule:?} wants {wanted}: add tests/cases/{folder}/<case>/ with its input files and \
                 `args` (`check batch.csv`), then run `BLESS=1 cargo test --test it cases`"
            );
        }
    }
}

#[test]
fn every_case_belongs_to_a_rule() {
    let known: BTreeSet<String> =
        RULES.iter().map(|rule| format!("{}-{}", rule.code, rule.name)).collect();
    for case in all() {
        assert!(
            known.contains(&case.rule),
            "{}: no rule is called {}; rename the folder to CODE-name",
            case.label(),
            case.rule
        );
    }
}

#[test]
fn a_case_names_its_rule_and_a_near_miss_does_not() {
    let mut wrong = Vec::new();
    for case in all() {
        let (label, code, out) = (case.label(), case.code(), case.run());
        let ignored = case.read("args").is_some_and(|args| args.contains("--ignore"));
        let named = out.contains(code);
        if case.is_near_miss() && named {
            wrong.push(format!("{label}: {code} applies, though it must not\n{out}"));
        } else if !case.is_near_miss() && !named && !ignored {
            wrong.push(format!("{label}: {code} does not apply, and it is no {NEAR_MISS}…\n{out}"));
        }
    }
    assert!(wrong.is_empty(), "mend the rule, or the case.\n\n{}", wrong.join("\n"));
}

/// Checked here again, because a wrong all-clear can be blessed by mistake.
#[test]
fn no_case_gives_an_all_clear_over_records_it_could_not_read() {
    for case in all() {
        let out = case.run();
        let left_out = ["[RC101]", "[TZ105]"].iter().any(|code| out.contains(code));
        assert!(
            !left_out || out.ends_with("exit code: 3\n"),
            "{}: a record could not be read, and the exit code is not 3\n{out}",
            case.label()
        );
    }
}
