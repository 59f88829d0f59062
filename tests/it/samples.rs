//! The samples do what `samples/README.md` and `README.md` say.

use crate::program::Folder;
use serde_json::Value;
use shiftlint::Check;
use shiftlint::judge::RULES;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};

const FOLDER: &str = env!("CARGO_MANIFEST_DIR");

/// A row of the table in `samples/README.md`.
struct Sample {
    /// The words after `shiftlint`.
    arguments: Vec<String>,
    code: i32,
}

fn page(path: &str) -> String {
    let path = Path::new(FOLDER).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The words after `shiftlint` in a command without quotes.
fn arguments(command: &str) -> Option<Vec<String>> {
    let words = command.trim().strip_prefix("shiftlint ")?;
    Some(words.split_whitespace().map(str::to_owned).collect())
}

fn samples() -> Vec<Sample> {
    let page = page("samples/README.md");
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, _, command, code, _, _] = cells[..] else { return None };
        let arguments = arguments(command.strip_prefix('`')?.strip_suffix('`')?)?;
        let code = code.parse().unwrap_or_else(|_| panic!("no exit code: {line}"));
        Some(Sample { arguments, code })
    };
    let samples: Vec<Sample> = page.lines().filter_map(row).collect();
    let commands = page.matches("`shiftlint check").count();
    assert_eq!(samples.len(), commands, "a command of samples/README.md is in no row of its table");
    assert!(!samples.is_empty(), "samples/README.md has no table of commands");
    samples
}

fn run(arguments: &[String], more: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_shiftlint");
    let mut command = Command::new(program);
    command.args(arguments).args(more).current_dir(FOLDER).env("NO_COLOR", "1");
    command.output().unwrap_or_else(|error| panic!("{program}: {error}"))
}

/// The JSON report of a sample; `None` when nothing was checked.
fn report(sample: &Sample) -> Option<Value> {
    let output = run(&sample.arguments, &["--format", "json"]);
    serde_json::from_slice(&output.stdout).ok()
}

fn findings(report: &Value) -> &[Value] {
    report["findings"].as_array().expect("findings")
}

#[test]
fn every_command_has_the_exit_code_of_its_row() {
    for sample in samples() {
        let output = run(&sample.arguments, &[]);
        let told = String::from_utf8_lossy(&output.stdout);
        let failed = String::from_utf8_lossy(&output.stderr);
        let command = sample.arguments.join(" ");
        assert_eq!(output.status.code(), Some(sample.code), "{command}\n{told}{failed}");
    }
}

#[test]
fn every_rule_is_fired_by_a_sample() {
    let mut fired = BTreeSet::new();
    for report in samples().iter().filter_map(report) {
        let rules = findings(&report).iter().filter_map(|finding| finding["rule"].as_str());
        fired.extend(rules.map(str::to_owned));
    }
    let silent: Vec<&str> =
        RULES.iter().map(|rule| rule.code).filter(|code| !fired.contains(*code)).collect();
    assert!(
        silent.is_empty(),
        "no sample fires {silent:?}: add a mistake to samples/, or a row to samples/README.md"
    );
}

#[test]
fn the_table_of_mistakes_is_what_the_week_holds() {
    let page = page("samples/README.md");
    let rule_of_row = |line: &str| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, _, _, rule, _] = cells[..] else { return None };
        RULES.iter().map(|known| known.code).find(|code| *code == rule)
    };
    let mut told: Vec<&str> = page.lines().filter_map(rule_of_row).collect();
    let samples = samples();
    let report = report(&samples[0]).expect("the first row is the week");
    let mut found: Vec<&str> =
        findings(&report).iter().filter_map(|finding| finding["rule"].as_str()).collect();
    told.sort_unstable();
    found.sort_unstable();
    assert!(!told.is_empty(), "samples/README.md has no table of mistakes");
    assert_eq!(told, found, "the second table of samples/README.md is not what is found");
}

/// A finding without what says in which file and where its records stand.
fn without_places(finding: &Value) -> Value {
    let mut finding = finding.clone();
    let mut places = Vec::new();
    for record in finding["records"].as_array_mut().into_iter().flatten() {
        if record["role"] == "batch" {
            let place = format!("{}:{}", record["path"].as_str().unwrap_or("?"), record["line"]);
            places.extend(record["pointer"].as_str().map(|pointer| format!("{place} {pointer}")));
            places.push(place);
        }
        if let Some(record) = record.as_object_mut() {
            record.retain(|key, _| !["path", "line", "pointer", "record"].contains(&key.as_str()));
        }
    }
    for key in ["message", "help"] {
        let mut words = finding[key].as_str().unwrap_or_default().to_owned();
        for place in &places {
            words = words.replace(place, "(its place)");
        }
        finding[key] = words.into();
    }
    finding
}

#[test]
fn the_document_gives_the_findings_of_the_table() {
    let samples = samples();
    let of_batch = |name: &str| {
        let sample = samples.iter().find(|sample| sample.arguments[1].ends_with(name));
        let report = sample.and_then(report).unwrap_or_else(|| panic!("no report of {name}"));
        findings(&report).iter().map(without_places).collect::<Vec<Value>>()
    };
    let table = of_batch("chicago/batch.csv");
    let document = of_batch("chicago/batch.json");
    assert!(!table.is_empty());
    assert_eq!(table.len(), document.len());
    for (of_table, of_document) in table.iter().zip(&document) {
        assert_eq!(of_table, of_document);
    }
}

/// The screens of README.md and of the docs: blocks of `console` that begin with `$ shiftlint
/// check samples/`, `$ shiftlint inspect samples/` or another command, and show something. A
/// line `…` stands for what was left out.
#[test]
fn the_screens_of_the_documents_are_real() {
    let documents = [
        "README.md",
        "docs/409.md",
        "docs/plan.md",
        "docs/fix.md",
        "docs/triage.md",
        "docs/why.md",
        "docs/checks.md",
        "docs/reading.md",
        "docs/time.md",
    ];
    let seen: usize = documents.into_iter().map(real_screens).sum();
    assert!(seen >= 9, "the documents show only {seen} screens");
}

fn real_screens(document: &str) -> usize {
    let page = page(document);
    let blocks = page.split("```console\n").skip(1).filter_map(|rest| rest.split("\n```").next());
    let mut seen = 0;
    // A plan is written into an empty folder, where commands on it follow.
    let mut beside = beside_samples();
    for (command, shown) in blocks.filter_map(|block| block.split_once('\n')) {
        let Some(command) = command.strip_prefix("$ ") else { continue };
        let words = || arguments(command).unwrap_or_else(|| panic!("no command: {command}"));
        let run_beside = |folder: &Folder| {
            let words = words();
            folder.run(&words.iter().map(String::as_str).collect::<Vec<_>>()).out
        };
        let screen = match command.split_once(" samples/").map(|(name, _)| name) {
            Some("shiftlint triage") if command.contains(" --plan ") => run_beside(&beside),
            Some(
                "shiftlint check" | "shiftlint inspect" | "shiftlint triage" | "shiftlint why",
            ) => String::from_utf8_lossy(&run(&words(), &[]).stdout).into_owned(),
            Some("shiftlint fix") => {
                let output = run(&words(), &[]);
                String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
            }
            Some("shiftlint plan") => {
                beside = beside_samples();
                run_beside(&beside)
            }
            _ => continue,
        };
        seen += 1;
        let mut rest = screen.as_str();
        for stretch in shown.split("…\n").map(|stretch| stretch.trim_matches('\n')) {
            let Some(place) = rest.find(stretch) else {
                panic!("{document} shows for `{command}`\n{stretch}\nbut the screen is\n{screen}");
            };
            rest = &rest[place + stretch.len()..];
        }
    }
    seen
}

/// A folder with the samples that plans are shown for.
fn beside_samples() -> Folder {
    let chicago = ["batch.csv", "published.csv", "time-off.csv", "agents.csv"];
    let chicago = chicago.map(|sample| format!("samples/chicago/{sample}"));
    let answers = ["chunk-001.json", "chunk-002.json"];
    let answers = answers.map(|sample| format!("samples/answers/plan/lane-1/{sample}"));
    chicago.into_iter().chain(answers).fold(Folder::new(), |folder, name| {
        let bytes = std::fs::read(Path::new(FOLDER).join(&name)).expect("a sample");
        folder.with(&name, bytes)
    })
}

#[test]
fn the_library_reports_what_the_program_does() {
    for name in
        ["samples/chicago/batch.csv", "samples/payload/batch.json", "samples/broken/batch.csv"]
    {
        let bytes = std::fs::read(Path::new(FOLDER).join(name)).expect("a sample");
        let report = Check::new().batch(name, bytes).run().expect("sound settings");
        let words = ["check", name, "--format", "json"].map(str::to_owned);
        let program = run(&words, &[]);
        assert_eq!(report.to_json().as_bytes(), program.stdout, "{name}");
        assert_eq!(Some(i32::from(report.exit_code())), program.status.code(), "{name}");
    }
}
