//! The component for GitLab: its script runs as it is written in `templates/shiftlint.yml`.

use super::file;
use super::job::{BASE_URL, BROKEN, CLASH, CLEAN, LIVE, Machine, takes};
use super::yaml::{conforms, documents, texts};
use crate::program::Outcome;
use serde_json::{Map, Value};

/// The header and the pipeline of the component.
pub(super) fn component() -> (Value, Value) {
    let documents: [Value; 2] = documents(&file("templates/shiftlint.yml"))
        .try_into()
        .unwrap_or_else(|of| panic!("a header and a pipeline: {of:?}"));
    documents.into()
}

/// Runs the job of the component with these inputs.
fn run(files: &[(&str, &str)], inputs: &[(&str, &str)]) -> (Machine, Outcome) {
    let (header, pipeline) = component();
    let declared = header["spec"]["inputs"].as_object().expect("inputs").iter();
    let mut values: Map<String, Value> =
        declared.map(|(name, of)| (name.clone(), of["default"].clone())).collect();
    for (name, value) in [("base-url", BASE_URL)].iter().chain(inputs) {
        let known = values.insert((*name).to_owned(), (*value).into());
        assert!(known.is_some(), "the component has no input {name}");
    }
    let job = pipeline.as_object().expect("jobs").values().next().expect("a job");
    let variables = job["variables"].as_object().expect("variables").iter();
    let variables: Vec<(String, String)> = variables
        .map(|(name, of)| {
            let text = of["value"].as_str().expect("a text");
            let input = text.strip_prefix("$[[ inputs.").and_then(|of| of.strip_suffix(" ]]"));
            let value = &values[input.expect("one input")];
            (name.clone(), value.as_str().expect("a value").to_owned())
        })
        .collect();
    let target = format!("{}-unknown-linux-musl", std::env::consts::ARCH);
    let machine = Machine::new(files, &target);
    let script = job["script"][0].as_str().expect("a script");
    let outcome = machine.run(&["sh", "-c"], script, "", &variables);
    (machine, outcome)
}

#[test]
fn the_component_has_the_keys_of_one() {
    let (header, pipeline) = component();
    conforms("gitlab-header.json", &header);
    conforms("gitlab-pipeline.json", &pipeline);
    assert_eq!(header["spec"]["inputs"]["version"]["default"], env!("CARGO_PKG_VERSION"));
    for (_, script) in texts(&pipeline).iter().filter(|(key, _)| key == "script") {
        takes("sh", script);
    }
}

/// GitLab inserts inputs as text, and expands variables in the values of variables.
#[test]
fn inputs_reach_the_script_as_variables_only() {
    let (header, pipeline) = component();
    let used = texts(&pipeline);
    assert!(used.iter().all(|(key, text)| key != "script" || !text.contains("$[[")));
    let job = pipeline.as_object().expect("jobs").values().next().expect("a job");
    for (name, variable) in job["variables"].as_object().expect("variables") {
        assert_eq!(variable["expand"], false, "{name}");
    }
    let keys = pipeline.as_object().expect("jobs").keys();
    let used: Vec<&str> =
        used.iter().map(|(_, text)| text.as_str()).chain(keys.map(String::as_str)).collect();
    for input in header["spec"]["inputs"].as_object().expect("inputs").keys() {
        let expression = format!("$[[ inputs.{input} ]]");
        assert!(used.contains(&expression.as_str()), "{input} is not used");
    }
}

#[test]
fn the_job_ends_with_the_code_of_the_check_and_leaves_its_reports() {
    for (batch, code) in [(CLEAN, 0), (CLASH, 1), (BROKEN, 3)] {
        let (machine, outcome) = run(&[("batch.csv", batch)], &[("batch", "batch.csv")]);
        outcome.exits(code).says(&["OK"]);
        let (_, pipeline) = component();
        let reports = texts(&pipeline["$[[ inputs.job ]]"]["artifacts"]["reports"]);
        assert_eq!(reports.len(), 2);
        for (_, name) in reports {
            assert!(machine.folder.read(&format!("work/{name}")).is_some(), "{name}");
        }
    }
}

#[test]
fn lists_are_divided_at_line_ends() {
    let files = [("a week.csv", CLEAN), ("live.csv", LIVE)];
    let inputs = [
        ("batch", "a week.csv"),
        ("published", "live.csv\n"),
        ("arguments", "--fail-on=never\n--format=ndjson\n--output=all findings.ndjson"),
    ];
    let (machine, outcome) = run(&files, &inputs);
    outcome.exits(0);
    let lines = machine.folder.read("work/all findings.ndjson").expect("a report");
    assert!(lines.contains("OV104"), "{lines}");
}

#[test]
fn inputs_are_words_and_never_commands() {
    for hostile in ["$(touch owned)", "`touch owned`", "; touch owned", "' ; touch owned #"] {
        for input in ["batch", "published", "arguments", "version", "base-url", "sha256"] {
            let (machine, _) =
                run(&[("batch.csv", CLEAN)], &[("batch", "batch.csv"), (input, hostile)]);
            assert!(!machine.folder.path().join("work/owned").exists(), "{input}: {hostile}");
        }
    }
}

#[test]
fn an_archive_with_another_checksum_is_not_run() {
    let inputs = [("batch", "batch.csv"), ("sha256", &*"0".repeat(64))];
    let (machine, outcome) = run(&[("batch.csv", CLEAN)], &inputs);
    outcome.exits(1).never_says(&["verdict"]);
    assert!(machine.folder.read("work/shiftlint-junit.xml").is_none());
}
