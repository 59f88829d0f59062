//! What CI services and spreadsheets read: each format is read back by a parser that is not ours.

use super::{RUNS, folder};
use crate::program::Folder;
use serde_json::Value;
use std::collections::HashSet;

/// What a run lists, by its JSON report: its findings and what it says of its inputs.
fn said(folder: &Folder, args: &[&str]) -> (Vec<Value>, usize, u64) {
    let report = folder.run(&[args, &["--format", "json"]].concat()).report();
    let list = |value: &Value| value.as_array().expect("a list").clone();
    let of_input = |input: &Value| {
        let open = list(&input["doubts"]).iter().filter(|doubt| doubt["accepted"] != true).count();
        open + usize::from(!input["problem"].is_null())
    };
    let of_nothing = usize::from(report["verdict"] == "empty");
    let of_inputs = list(&report["inputs"]).iter().map(of_input).sum::<usize>() + of_nothing;
    let withheld = report["summary"]["withheld"].as_u64().expect("a count");
    (list(&report["findings"]), of_inputs, withheld)
}

/// Every run, with its output in a format and with what it lists.
fn all(format: &str) -> Vec<(&'static str, String, Vec<Value>, usize, u64)> {
    let folder = folder();
    let read = |(name, args, code): (&'static str, &'static [&'static str], i32)| {
        let (findings, of_inputs, withheld) = said(&folder, args);
        let out = folder.run(&[args, &["--format", format]].concat()).exits(code).out;
        (name, out, findings, of_inputs, withheld)
    };
    RUNS.into_iter().map(read).collect()
}

/// The number of the word before another one, of a line such as `… and 1,012 errors more`.
fn number_before(text: &str, word: &str) -> u64 {
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let place = words.iter().position(|it| it.starts_with(word));
    let number = place.and_then(|place| words[place - 1].parse().ok());
    number.unwrap_or(0)
}

#[test]
fn github_gets_ten_of_a_level_and_the_number_of_the_rest() {
    for (name, out, findings, of_inputs, withheld) in all("github") {
        let lines: Vec<&str> = out.lines().collect();
        let mut told = 0;
        for level in ["error", "warning", "notice"] {
            let begin = format!("::{level} ");
            let own: Vec<&&str> = lines.iter().filter(|line| line.starts_with(&begin)).collect();
            assert!(own.len() <= 10, "{name}: {} of {level}", own.len());
            told += own.len() as u64;
            for line in own {
                let (properties, message) =
                    line[begin.len()..].split_once("::").expect("a message");
                assert!(!message.is_empty());
                for property in properties.split(',') {
                    let (key, value) = property.split_once('=').expect("a property");
                    let keys = ["file", "line", "endLine", "col", "endColumn", "title"];
                    assert!(keys.contains(&key) && !value.is_empty(), "{name}: {property}");
                }
            }
        }
        let more =
            lines.iter().find(|line| line.starts_with("… and ")).copied().unwrap_or_default();
        told +=
            ["error", "warning", "info"].map(|word| number_before(more, word)).iter().sum::<u64>();
        assert_eq!(told, findings.len() as u64 + of_inputs as u64 + withheld, "{name}: {out}");
        let commands = lines.iter().filter(|line| line.trim_start().starts_with("::")).count();
        let ours = lines.iter().filter(|line| line.contains(",title=") || line.contains(" title="));
        assert_eq!(commands, ours.count(), "{name}: {out}");
    }
}

#[test]
fn azure_gets_every_finding() {
    for (name, out, findings, of_inputs, withheld) in all("azure") {
        let commands: Vec<&str> = out.lines().filter(|line| line.starts_with("##")).collect();
        assert_eq!(commands.len(), findings.len() + of_inputs, "{name}");
        for command in commands {
            let (head, message) = command.split_once(']').expect("an end");
            assert!(head.starts_with("##vso[task.logissue type=") && !message.is_empty(), "{name}");
        }
        assert_eq!(out.contains("counted and not listed"), withheld > 0, "{name}");
    }
}

#[test]
fn gitlab_gets_a_list_with_fingerprints_of_their_own() {
    for (name, out, findings, of_inputs, withheld) in all("gitlab") {
        let issues: Vec<Value> = serde_json::from_str(&out).expect("a list");
        assert_eq!(issues.len(), findings.len() + of_inputs + usize::from(withheld > 0), "{name}");
        let mut fingerprints = HashSet::new();
        for issue in &issues {
            let text = |key: &str| issue[key].as_str().expect("a text").to_owned();
            assert!(fingerprints.insert(text("fingerprint")), "{name}: {issue}");
            assert!(["info", "minor", "major", "blocker"].contains(&&*text("severity")));
            assert!(!text("description").is_empty() && !text("check_name").is_empty());
            assert!(!issue["location"]["path"].as_str().expect("a path").is_empty());
            assert!(issue["location"]["lines"]["begin"].as_u64().expect("a line") > 0);
        }
    }
}

#[test]
fn rows_for_spreadsheets_have_all_that_is_listed_and_no_formulas() {
    for (name, out, findings, of_inputs, withheld) in all("csv") {
        let mut reader = csv::Reader::from_reader(out.as_bytes());
        let header = reader.headers().expect("a header").clone();
        let rows: Vec<csv::StringRecord> =
            reader.records().map(|row| row.expect("a row")).collect();
        assert_eq!(rows.len(), findings.len() + of_inputs + usize::from(withheld > 0), "{name}");
        let column = |name: &str| header.iter().position(|it| it == name).expect("a column");
        let (fingerprint, rule) = (column("fingerprint"), column("rule"));
        let mut told: Vec<(&str, &str)> =
            rows.iter().map(|row| (&row[rule], &row[fingerprint])).collect();
        told.retain(|(_, fingerprint)| !fingerprint.is_empty());
        told.sort_unstable();
        let text =
            |finding: &'_ Value, key: &str| finding[key].as_str().expect("a text").to_owned();
        let mut expected: Vec<(String, String)> =
            findings.iter().map(|of| (text(of, "rule"), text(of, "fingerprint"))).collect();
        expected.sort_unstable();
        let expected: Vec<(&str, &str)> =
            expected.iter().map(|(rule, of)| (rule.as_str(), of.as_str())).collect();
        assert_eq!(told, expected, "{name}");
        for cell in rows.iter().flatten() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{name}: {cell}");
        }
    }
}

#[test]
fn lines_have_the_findings_of_the_document_and_an_end() {
    for (name, out, findings, ..) in all("ndjson") {
        let lines: Vec<Value> =
            out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let of = |wanted: &str| -> Vec<Value> {
            lines.iter().filter(|line| line["type"] == wanted).cloned().collect()
        };
        let told: Vec<Value> = of("finding")
            .into_iter()
            .map(|mut line| {
                line.as_object_mut().expect("an object").remove("type");
                line
            })
            .collect();
        assert_eq!(told, findings, "{name}");
        assert!(!of("input").is_empty());
        let last = lines.last().expect("a line");
        assert_eq!(last["type"], "summary", "{name}");
        assert!(last["verdict"].is_string() && last["complete"].is_boolean(), "{name}: {last}");
        assert_eq!(of("summary").len(), 1);
    }
}

#[test]
fn test_suites_have_a_case_for_each_finding() {
    for (name, out, findings, of_inputs, withheld) in all("junit") {
        let document = roxmltree::Document::parse(&out).expect("XML");
        let of = |tag: &str| document.descendants().filter(|it| it.has_tag_name(tag)).count();
        let errors = findings.iter().filter(|finding| finding["severity"] == "error").count();
        let left = usize::from(withheld > 0);
        assert_eq!(of("error"), of_inputs, "{name}: {out}");
        assert!((errors..=errors + left).contains(&of("failure")), "{name}: {out}");
        let cases = document.descendants().filter(|it| it.has_tag_name("testcase"));
        let names: Vec<&str> = cases.map(|it| it.attribute("name").expect("a name")).collect();
        let unique: HashSet<&&str> = names.iter().collect();
        assert_eq!(unique.len(), names.len(), "{name}");
        let passed = names.iter().filter(|it| it.ends_with("has no findings")).count();
        assert_eq!(names.len() - passed, findings.len() + of_inputs + left, "{name}");
        assert!(!names.is_empty(), "{name}");
    }
}

#[test]
fn sarif_has_all_rules_and_a_result_for_each_finding() {
    for (name, out, findings, of_inputs, withheld) in all("sarif") {
        let document: Value = serde_json::from_str(&out).expect("JSON");
        assert_eq!(document["version"], "2.1.0");
        let run = &document["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
        assert!(rules.len() > 45);
        let results = run["results"].as_array().expect("results");
        assert_eq!(results.len(), findings.len(), "{name}");
        let mut fingerprints = HashSet::new();
        for result in results {
            let place = result["ruleIndex"].as_u64().expect("a place") as usize;
            assert_eq!(rules[place]["id"], result["ruleId"]);
            let own = result["partialFingerprints"]["primaryLocationLineHash"].to_string();
            assert!(fingerprints.insert(own), "{name}: {result}");
            let related = result["relatedLocations"].as_array().expect("others");
            let text = result["message"]["text"].as_str().expect("a text");
            for other in related {
                assert!(text.contains(&format!("]({})", other["id"])), "{name}: {text}");
            }
            for place in result["locations"].as_array().expect("places").iter().chain(related) {
                let place = &place["physicalLocation"];
                let uri = place["artifactLocation"]["uri"].as_str().expect("a reference");
                assert!(uri.is_ascii() && !uri.contains([' ', '\\', '"']), "{uri}");
                let region = &place["region"];
                assert!(region["startLine"].as_u64().expect("a line") > 0);
                if let Some(end) = region["endColumn"].as_u64() {
                    assert!(region["startColumn"].as_u64().expect("a column") < end);
                }
            }
        }
        let invocation = &run["invocations"][0];
        let told = invocation["toolExecutionNotifications"].as_array().expect("a list").len();
        assert_eq!(told, of_inputs + usize::from(withheld > 0), "{name}");
        assert_eq!(invocation["executionSuccessful"], ["none", "empty"].contains(&name), "{name}");
    }
}

/// Rows of which each is one line, whatever is in the names.
#[test]
fn markdown_has_a_row_for_each_finding() {
    for (name, out, findings, of_inputs, _) in all("markdown") {
        let rows = out.lines().filter(|line| {
            ["| ❌ ", "| ⚠️ ", "| ℹ️ "].iter().any(|beginning| line.starts_with(beginning))
        });
        let rows: Vec<&str> = rows.collect();
        assert_eq!(rows.len(), findings.len(), "{name}");
        assert!(rows.iter().all(|row| row.matches('|').count() == 5), "{name}: {out}");
        let items = out.lines().filter(|line| line.starts_with("- **")).count();
        assert_eq!(items, of_inputs, "{name}: {out}");
    }
}
