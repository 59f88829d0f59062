//! Ordinary exports, each with one planted overlap that the program has to find.
//!
//! `tests/exports/` holds invented files in the forms that scheduling programs of many
//! trades and countries write. A line of its `index.tsv` is one check: the file, the
//! options that its user would give, how many records of the batch are checked, and the
//! rule and the agent of the one overlap. An ordinary file has no doubts.

use crate::program::{finish, shiftlint};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A line of the index.
struct Export {
    file: String,
    options: Vec<String>,
    checked: u64,
    rule: String,
    agent: String,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exports")
}

fn all() -> Vec<Export> {
    let index = std::fs::read_to_string(folder().join("index.tsv")).expect("an index");
    let export = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [file, options, checked, rule, agent] = cells[..] else {
            panic!("five cells, not {line:?}")
        };
        Export {
            file: file.to_owned(),
            options: options.split_whitespace().map(str::to_owned).collect(),
            checked: checked.parse().expect("a number"),
            rule: rule.to_owned(),
            agent: agent.to_owned(),
        }
    };
    index.lines().skip(1).map(export).collect()
}

impl Export {
    /// What the program says that it should not, if anything.
    fn difference(&self) -> Option<String> {
        let mut command = shiftlint(&folder());
        command.args(["check", &self.file, "--format", "json"]).args(&self.options);
        let outcome = finish(&mut command);
        let report = outcome.report();
        let list = |value: &Value| value.as_array().expect("a list").clone();
        let inputs = list(&report["inputs"]);
        let doubts: usize = inputs.iter().map(|input| list(&input["doubts"]).len()).sum();
        let of_batch = inputs.iter().filter(|input| input["role"] == "batch");
        let checked: u64 = of_batch.filter_map(|input| input["checked"].as_u64()).sum();
        let findings = list(&report["findings"]);
        let text = |finding: &Value, key: &str| finding[key].as_str().expect("a text").to_owned();
        let overlaps: Vec<(String, String)> = findings
            .iter()
            .filter(|finding| text(finding, "rule").starts_with("OV"))
            .map(|finding| (text(finding, "rule"), text(finding, "agent")))
            .collect();
        let found = (outcome.code, doubts, checked, overlaps);
        let expected = (Some(1), 0, self.checked, vec![(self.rule.clone(), self.agent.clone())]);
        (found != expected).then(|| format!("{}: {found:?}, not {expected:?}", self.file))
    }
}

#[test]
fn the_one_overlap_of_each_export_is_found_and_nothing_is_doubted() {
    let exports = all();
    assert!(exports.len() >= 40, "{}", exports.len());
    let differences: Vec<String> = exports.iter().filter_map(Export::difference).collect();
    assert!(differences.is_empty(), "{differences:#?}");
}

#[test]
fn each_file_of_the_folder_is_checked() {
    let exports = all();
    let named: BTreeSet<String> = exports
        .into_iter()
        .flat_map(|export| [vec![export.file], export.options].concat())
        .chain(["index.tsv".to_owned()])
        .collect();
    for entry in folder().read_dir().expect("a folder").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(named.contains(&name), "{name} is in no line of the index");
    }
}
