//! Reports about redacted copies are those about the inputs, with other names.

use super::{FileCheck, KEY, cases, exports, root, samples};
use crate::program::{Folder, finish, shiftlint};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::Path;

/// The original of each pseudonym, as `--redact-map` writes it.
fn originals(map: &str) -> HashMap<String, String> {
    let mut table = csv::Reader::from_reader(map.as_bytes());
    assert_eq!(table.headers().expect("a header"), vec!["pseudonym", "original"]);
    let rows = table.records().map(|row| row.expect("a row"));
    rows.map(|row| (row[0].to_owned(), row[1].to_owned())).collect()
}

/// A word with its pseudonym replaced by what it stands for. A first and a last name are two.
fn original(word: &Value, originals: &HashMap<String, String>) -> Value {
    let Some(text) = word.as_str() else { return word.clone() };
    let text = text.trim();
    let parts = || text.split_whitespace().map(|part| originals.get(part).map(String::as_str));
    let joined = || parts().collect::<Option<Vec<&str>>>().map(|parts| parts.join(" "));
    let whole = originals.get(text).cloned();
    json!(whole.or_else(joined).unwrap_or_else(|| text.to_owned()))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// What a report says, without words and their order. `with_files` says in which file each record
/// is.
fn essence(report: &Value, originals: &HashMap<String, String>, with_files: bool) -> Value {
    let inputs = || list(&report["inputs"]).iter().filter(|input| !input["reading"].is_null());
    let places: Vec<&Value> = inputs().map(|input| &input["path"]).collect();
    let input = |input: &Value| {
        let doubts: Vec<Value> = list(&input["doubts"])
            .iter()
            .map(|doubt| json!([doubt["code"], doubt["count"]]))
            .collect();
        let counts = ["role", "records", "checked", "left_out", "cancelled", "unreadable"];
        let counts: Vec<&Value> = counts.into_iter().map(|key| &input[key]).collect();
        json!([counts, doubts, input["problem"].is_null(), input["date_order"]["value"]])
    };
    let record = |record: &Value| {
        let place = places.iter().position(|path| with_files && **path == record["path"]);
        let ids = ["id", "schedule", "agent"].map(|key| original(&record[key], originals));
        let keys = ["role", "kind", "record", "start", "end"].map(|key| &record[key]);
        // A zone that is unknown may be anything.
        let zone = if record["start"].is_null() { &Value::Null } else { &record["zone"] };
        json!([place, ids, keys, zone])
    };
    let finding = |finding: &Value| {
        let keys = ["rule", "severity", "certainty", "cross_day", "start", "end", "minutes"];
        let keys = keys.map(|key| &finding[key]);
        let records: Vec<Value> = list(&finding["records"]).iter().map(record).collect();
        json!([keys, original(&finding["agent"], originals), sorted(records)])
    };
    let findings: Vec<Value> = list(&report["findings"]).iter().map(finding).collect();
    let mut summary = report["summary"].clone();
    summary.as_object_mut().expect("a summary").remove("causes");
    json!({
        "verdict": report["verdict"],
        "complete": report["complete"],
        "summary": summary,
        "inputs": inputs().map(input).collect::<Vec<Value>>(),
        "findings": sorted(findings),
    })
}

fn sorted(mut values: Vec<Value>) -> Vec<Value> {
    values.sort_by_key(Value::to_string);
    values
}

/// Fails unless the report about redacted copies is that about the inputs.
fn compare(check: &FileCheck) {
    let Ok(report) = serde_json::from_str::<Value>(&check.run(&["--format", "json"]).out) else {
        return;
    };
    let folder = Folder::new();
    let map = folder.path().join("map.csv");
    let map = map.to_str().expect("a name");
    let redacted = check.run(&["--format", "json", "--redact", "--redact-map", map]);
    let code = check.run(&["--format", "json"]).code;
    assert_eq!(redacted.code, code, "{}\n{}", check.label(), redacted.told());
    let originals = originals(&folder.read("map.csv").expect("a map"));
    // The sheets of a workbook have one path.
    let with_files = !check.args.iter().any(|word| word.ends_with(".xlsx"));
    let found = essence(&redacted.report(), &originals, with_files);
    let expected = essence(&report, &HashMap::new(), with_files);
    assert!(
        found == expected,
        "{}\n--- inputs\n{expected:#}\n--- copies\n{found:#}",
        check.label()
    );
}

fn is_readable(check: &FileCheck) -> bool {
    !check.args.iter().any(|word| word.contains("no-such-file") || word == "--output")
}

#[test]
fn samples_have_the_same_findings() {
    samples().iter().filter(|check| is_readable(check)).for_each(compare);
}

#[test]
fn cases_have_the_same_findings() {
    let cases = cases();
    assert!(cases.len() > 400, "the cases are gone: {}", cases.len());
    cases.iter().filter(|check| is_readable(check)).for_each(compare);
}

#[test]
fn exports_have_the_same_findings() {
    exports().iter().for_each(compare);
}

/// The options of `check` that `redact` does not take, with their values.
const OF_CHECK: [&str; 7] =
    ["--fail-on", "--select", "--ignore", "--severity", "--min-rest", "--max-week", "--format"];

/// The words of a command without some options and their values.
fn without(args: &[String], options: &[&str]) -> Vec<String> {
    let (mut kept, mut words) = (Vec::new(), args.iter());
    while let Some(word) = words.next() {
        match options.contains(&word.as_str()) {
            true => drop(words.next()),
            false => kept.push(word.clone()),
        }
    }
    kept
}

#[test]
fn copies_are_what_a_redacted_report_is_about() {
    let copied = samples().into_iter().filter(is_readable);
    let mut compared = 0;
    for check in
        copied.filter(|check| !check.args.iter().any(|word| word == "OV999" || word == "LB"))
    {
        let folder = Folder::new();
        let out = folder.path().join("copies");
        let args = without(&check.args, &OF_CHECK);
        let mut command = shiftlint(root());
        command.env("SHIFTLINT_REDACT_KEY", KEY).arg("redact").args(&args).arg("--out").arg(&out);
        let outcome = finish(&mut command).exits(0);
        assert!(outcome.out.is_empty() && outcome.err.contains("times alone may identify"));
        let mut report = check.run(&["--redact", "--format", "json"]).report();
        // What is not read has no copy.
        let inputs = report["inputs"].as_array_mut().expect("inputs");
        inputs.retain(|input| !input["reading"].is_null());
        let inputs = list(&report["inputs"]);
        let mut again: Vec<String> = without(&check.args, &with_files());
        again.retain(|word| word.starts_with('-') || !Path::new(root()).join(word).exists());
        for input in inputs.iter().rev() {
            let name = input["path"].as_str().expect("a name").to_owned();
            match input["role"].as_str() {
                Some("batch") => again.insert(0, name),
                role => again.extend([format!("--{}", role.expect("a role")), name]),
            }
        }
        let of_copies = FileCheck { folder: out, args: again }.run(&["--format", "json"]).report();
        assert_eq!(of_copies, report, "{}", check.label());
        compared += 1;
    }
    assert!(compared > 30, "{compared}");
}

fn with_files() -> [&'static str; 6] {
    ["--published", "--base", "--time-off", "--unavailable", "--swaps", "--agents"]
}

#[test]
fn pseudonyms_depend_on_the_key_alone() {
    let check = &samples()[0];
    let run = |key: &str, jobs: &str| {
        let mut command = shiftlint(&check.folder);
        command.env("SHIFTLINT_REDACT_KEY", key).arg("check").args(&check.args);
        finish(command.args(["--redact", "--jobs", jobs, "--format", "json"])).out
    };
    let one = run(KEY, "1");
    assert_eq!(one, run(KEY, "4"));
    let other = run("another key for the tests", "1");
    let agents = |report: &str| -> Vec<String> {
        let report: Value = serde_json::from_str(report).expect("a report");
        list(&report["findings"]).iter().map(|finding| finding["agent"].to_string()).collect()
    };
    let (one, other) = (agents(&one), agents(&other));
    assert!(one.len() == other.len() && !one.is_empty());
    assert!(one.iter().filter(|agent| *agent != "null").all(|agent| !other.contains(agent)));
}
