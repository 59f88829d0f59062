//! The action for GitHub: its steps run as they are written in `action.yml`.

use super::job::{BASE_URL, BROKEN, CLASH, CLEAN, LIVE, Machine, takes};
use super::yaml::{conforms, document, texts};
use crate::program::Outcome;
use serde_json::{Map, Value};
use std::path::PathBuf;

const TARGET: &str = "x86_64-unknown-linux-musl";

/// The action, and what a workflow gives it.
struct Run {
    machine: Machine,
    action: Value,
    inputs: Map<String, Value>,
}

impl Run {
    fn new(files: &[(&str, &str)], inputs: &[(&str, &str)]) -> Run {
        let action = document("action.yml");
        let declared = action["inputs"].as_object().expect("inputs").iter();
        let mut values: Map<String, Value> =
            declared.map(|(name, of)| (name.clone(), of["default"].clone())).collect();
        values.insert("base-url".to_owned(), BASE_URL.into());
        for (name, value) in inputs {
            let known = values.insert((*name).to_owned(), (*value).into());
            assert!(known.is_some(), "the action has no input {name}");
        }
        Run { machine: Machine::new(files, TARGET), action, inputs: values }
    }

    /// A text with the value of what stands in `${{ }}`, as GitHub inserts it.
    fn expanded(&self, text: &str) -> String {
        let Some(expression) = text.strip_prefix("${{ ").and_then(|of| of.strip_suffix(" }}"))
        else {
            assert!(!text.contains("${{"), "{text}");
            return text.to_owned();
        };
        match expression.strip_prefix("inputs.") {
            Some(input) => self.inputs[input].as_str().unwrap_or_default().to_owned(),
            None => {
                assert_eq!(expression, "github.action_repository", "{text}");
                "example/shiftlint".to_owned()
            }
        }
    }

    /// Runs a step as the runner does.
    fn step(&mut self, place: usize) -> Outcome {
        let step = &self.action["runs"]["steps"][place];
        let own = |name: &str| self.machine.folder.path().join(name).display().to_string();
        let runner = [
            ("RUNNER_OS", "Linux".to_owned()),
            ("RUNNER_ARCH", "X64".to_owned()),
            ("RUNNER_TEMP", own("temporary")),
            ("GITHUB_SERVER_URL", "https://github.com".to_owned()),
            ("GITHUB_PATH", own("path.txt")),
            ("GITHUB_OUTPUT", own("output.txt")),
            ("GITHUB_STEP_SUMMARY", own("summary.md")),
        ];
        let given = step["env"].as_object().expect("variables").iter();
        let given =
            given.map(|(name, of)| (name.clone(), self.expanded(of.as_str().expect("a text"))));
        let runner = runner.into_iter().map(|(name, of)| (name.to_owned(), of));
        let variables: Vec<(String, String)> = runner.chain(given).collect();
        let folder = step["working-directory"].as_str().map(|of| self.expanded(of));
        let shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"];
        let script = step["run"].as_str().expect("a script");
        let outcome = self.machine.run(&shell, script, &folder.unwrap_or_default(), &variables);
        let added = self.machine.folder.read("path.txt").unwrap_or_default();
        self.machine.added = added.lines().map(PathBuf::from).collect();
        outcome
    }

    /// Installs the program and checks.
    fn check(&mut self) -> Outcome {
        self.step(0).exits(0);
        self.step(1)
    }
}

#[test]
fn the_action_has_the_keys_of_one_and_calls_no_other() {
    let action = document("action.yml");
    conforms("github-action.json", &action);
    assert_eq!(action["inputs"]["version"]["default"], env!("CARGO_PKG_VERSION"));
    for step in action["runs"]["steps"].as_array().expect("steps") {
        takes("bash", step["run"].as_str().expect("a script"));
    }
}

/// Text that is inserted into a script is run by it.
#[test]
fn inputs_reach_scripts_as_variables_only() {
    let action = document("action.yml");
    let steps = &action["runs"]["steps"];
    let used = texts(steps);
    assert!(used.iter().all(|(key, text)| key != "run" || !text.contains("${{")));
    for input in action["inputs"].as_object().expect("inputs").keys() {
        let expression = format!("${{{{ inputs.{input} }}}}");
        assert!(used.iter().any(|(_, text)| *text == expression), "{input} is not used");
    }
}

#[test]
fn the_exit_code_is_that_of_the_check() {
    for (batch, code) in [(CLEAN, 0), (CLASH, 1), (BROKEN, 3)] {
        let mut run = Run::new(&[("batch.csv", batch)], &[("batch", "batch.csv")]);
        let outcome = run.check().exits(code);
        assert_eq!(outcome.out.contains("::error"), code != 0, "{}", outcome.told());
        let folder = &run.machine.folder;
        assert_eq!(folder.read("output.txt"), Some(format!("exit-code={code}\n")));
        assert!(folder.read("summary.md").is_some_and(|summary| summary.contains("shiftlint")));
    }
}

#[test]
fn every_list_reaches_its_option() {
    let files = [
        ("data/week 1.csv", CLEAN),
        ("data/week 2.csv", "agent,id,start,end\n"),
        ("live.csv", LIVE),
        ("off.csv", "agent,start,end,status\nann,2026-03-02T08:00Z,2026-03-02T09:00Z,approved\n"),
        ("swaps.csv", "id,status,agent,shift,with agent,with shift\nw-1,pending,ann,s-1,bob,s-9\n"),
        ("agents.csv", "agent,name\nbob,Bob\n"),
    ];
    let inputs = [
        ("batch", "week 1.csv\nweek 2.csv\n"),
        ("published", "../live.csv"),
        ("time-off", "../off.csv"),
        ("swaps", "../swaps.csv"),
        ("agents", "../agents.csv"),
        ("arguments", "--fail-on=never\n--quiet"),
        ("format", "json"),
        ("summary", "false"),
        ("sarif", "found.sarif"),
        ("working-directory", "data"),
    ];
    let mut run = Run::new(&files, &inputs);
    let report = run.check().report();
    let found = |rule: &str| {
        report["findings"].as_array().expect("a list").iter().any(|of| of["rule"] == rule)
    };
    for rule in ["OV104", "OV201", "SW101", "ID104"] {
        assert!(found(rule), "{rule}: {report}");
    }
    let folder = &run.machine.folder;
    assert!(folder.read("summary.md").is_none());
    assert!(folder.read("work/data/found.sarif").is_some_and(|sarif| sarif.contains("OV104")));
}

#[test]
fn inputs_are_words_and_never_commands() {
    for hostile in ["$(touch owned)", "`touch owned`", "; touch owned", "' ; touch owned #", "-h"] {
        for input in ["batch", "published", "arguments", "sarif", "format"] {
            let mut run =
                Run::new(&[("batch.csv", CLEAN)], &[("batch", "batch.csv"), (input, hostile)]);
            run.check();
            let work = run.machine.folder.path().join("work");
            assert!(!work.join("owned").exists(), "{input}: {hostile}");
        }
    }
    // An option among the files is a file.
    let mut run = Run::new(&[("batch.csv", CLASH)], &[("batch", "batch.csv\n--fail-on=never")]);
    run.check().exits(3);
}

#[test]
fn the_archive_is_that_of_the_version_and_the_machine() {
    let version = env!("CARGO_PKG_VERSION");
    let mut run = Run::new(&[], &[("base-url", "")]);
    run.step(0).exits(0);
    let base = format!("https://github.com/example/shiftlint/releases/download/v{version}");
    let archive = format!("{base}/shiftlint-{version}-{TARGET}.tar.gz");
    assert_eq!(run.machine.asked(), [archive, format!("{base}/SHA256SUMS")]);
    for version in ["", "../1", "1 2", "$(touch owned)"] {
        let mut run = Run::new(&[], &[("version", version)]);
        run.step(0).exits(1).says(&["::error title=shiftlint::the input version"]);
        assert!(run.machine.asked().is_empty(), "{version}");
    }
}

#[test]
fn an_archive_with_another_checksum_is_not_unpacked() {
    let wrong = "0".repeat(64);
    let mut run = Run::new(&[], &[("sha256", &wrong)]);
    run.step(0).exits(1).says(&["the SHA-256 of shiftlint-", &wrong]);
    assert!(run.machine.added.is_empty());
    // A list without the archive says nothing of it.
    let mut run = Run::new(&[], &[]);
    run.machine.folder = run.machine.folder.with("release/SHA256SUMS", format!("{wrong}  other\n"));
    run.step(0).exits(1).says(&["expected one in SHA256SUMS"]);
    assert!(run.machine.added.is_empty());
    let temporary = run.machine.folder.path().join("temporary/shiftlint");
    let unpacked = temporary.read_dir().expect("a folder").flatten().any(|of| of.path().is_dir());
    assert!(!unpacked);
}
