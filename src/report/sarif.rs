//! Writes a report as SARIF 2.1.0, as code scanning of GitHub takes it.
//!
//! Every rule is described, whether it applied or not. GitHub takes 5,000 results of a run, so
//! that the worst are written and a notification says how many are not. What could not be read is a
//! notification, too, and the run was then not successful.

use super::annotation::{
    Annotation, UnshownFindings, all_annotations, beside_findings, columns, file_name,
};
use super::json::push;
use super::visible::visible_in_document;
use super::{Reporter, Style};
use crate::model::finding::{Finding, Record, Report};
use crate::model::gate::FindingState;
use crate::model::rule::{Rule, Severity};
use crate::thread_pool::ThreadPool;
use serde_json::{Value, json};
use std::io::{self, Write};

/// SARIF for code scanning.
pub(super) static REPORTER: Reporter =
    Reporter { name: "sarif", summary: "SARIF 2.1.0 for code scanning", write };

/// The most results that GitHub takes of a run.
const MOST: usize = 5_000;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

fn write(report: &Report, _: &Style, _: &ThreadPool, out: &mut dyn Write) -> io::Result<()> {
    let rules: Vec<Value> = report.known_rules.iter().map(|rule| descriptor(rule)).collect();
    let driver = json!({
        "name": "shiftlint",
        "version": env!("CARGO_PKG_VERSION"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules,
        "properties": { "tzdb": report.tzdb },
    });
    let run = json!({
        "tool": { "driver": driver },
        "columnKind": "utf16CodeUnits",
        "invocations": [invocation(report)],
    });
    let head = json!({ "$schema": SCHEMA, "version": "2.1.0" });
    let mut text = String::new();
    push(&mut text, &head);
    text.pop();
    text.push_str(",\"runs\":[");
    push(&mut text, &run);
    text.pop();
    text.push_str(",\"results\":[");
    let findings = all_annotations(report).filter_map(|of| of.finding.map(|finding| (of, finding)));
    for (place, (annotation, finding)) in findings.take(MOST).enumerate() {
        text.push_str(if place == 0 { "\n" } else { ",\n" });
        push(&mut text, &result(report, &annotation, finding));
        if text.len() > 1 << 16 {
            out.write_all(text.as_bytes())?;
            text.clear();
        }
    }
    text.push_str("]}]}\n");
    out.write_all(text.as_bytes())?;
    out.flush()
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": rule.summary },
        "help": { "text": rule.page, "markdown": rule.page },
        "defaultConfiguration": {
            "enabled": rule.severity.is_some(),
            "level": level(rule.severity.unwrap_or(Severity::Warning)),
        },
        "properties": { "tags": [rule.code.get(..2).unwrap_or_default()] },
    })
}

/// How the run went, and what it has to say beside its results.
fn invocation(report: &Report) -> Value {
    let mut notifications: Vec<Value> =
        beside_findings(report).map(|of| notification(&of)).collect();
    let mut left = UnshownFindings::of(report);
    for annotation in all_annotations(report).filter(|of| of.finding.is_some()).skip(MOST) {
        left.add(annotation.severity);
    }
    if let Some(left) = left.words() {
        let text = format!("{left} more are found and are not among the results");
        notifications.push(json!({ "level": "warning", "message": { "text": text } }));
    }
    json!({
        "executionSuccessful": report.complete,
        "exitCode": report.exit_code(),
        "toolExecutionNotifications": notifications,
    })
}

fn notification(annotation: &Annotation<'_>) -> Value {
    let text = plain(&format!("{}: {}", annotation.title(), annotation.with_help()));
    let mut place = json!({
        "physicalLocation": { "artifactLocation": { "uri": uri(&annotation.path) } },
    });
    if let Some(line) = annotation.line {
        place["physicalLocation"]["region"] = json!({ "startLine": line });
    }
    json!({ "level": "error", "message": { "text": text }, "locations": [place] })
}

fn result(report: &Report, annotation: &Annotation<'_>, finding: &Finding) -> Value {
    let mut text = plain(&annotation.message);
    for (id, record) in (1..).zip(annotation.others()) {
        let and = if id == 1 { "; beside it: " } else { ", " };
        text.push_str(&format!("{and}[{}]({id})", plain(&record.place())));
    }
    if !annotation.help.is_empty() {
        text.push_str(&format!("; help: {}", plain(&annotation.help)));
    }
    let related: Vec<Value> = (1..)
        .zip(annotation.others())
        .map(|(id, record)| {
            let mut place = location(finding, record);
            place["id"] = json!(id);
            place["message"] = json!({ "text": plain(&record.call_and_place()) });
            place
        })
        .collect();
    let rule = report.known_rules.iter().position(|rule| rule.code == finding.rule.code);
    let first = annotation.record.map(|record| location(finding, record));
    let mut result = json!({
        "ruleId": finding.rule.code,
        "ruleIndex": rule.map_or(-1, |place| place as i64),
        "level": level(finding.severity),
        "message": { "text": text },
        "locations": first.into_iter().collect::<Vec<_>>(),
        "relatedLocations": related,
        "partialFingerprints": {
            // One line can have several findings, each of which is an alert.
            "primaryLocationLineHash": finding.fingerprint.to_string(),
            "shiftlint": finding.fingerprint.to_string(),
        },
    });
    let Some(gate) = &report.gate else { return result };
    if gate.baseline.is_some() {
        let is_known = finding.state == FindingState::Known;
        result["baselineState"] = json!(if is_known { "unchanged" } else { "new" });
    }
    if let FindingState::Allowed(place) = finding.state
        && let Some(outcome) = gate.allowances.get(place as usize)
    {
        let reason = visible_in_document(&outcome.allowance.reason);
        let suppression = json!({
            "kind": "external", "status": "accepted", "justification": reason,
        });
        result["suppressions"] = json!([suppression]);
    }
    result
}

fn location(finding: &Finding, record: &Record) -> Value {
    let mut region = json!({ "startLine": record.line });
    if let Some(columns) = columns(finding, record) {
        region["startColumn"] = json!(columns.start);
        region["endColumn"] = json!(columns.end);
    }
    let mut place = json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(&file_name(record.file())) },
            "region": region,
        },
    });
    if let Some(pointer) = &record.pointer {
        place["logicalLocations"] = json!([{ "fullyQualifiedName": visible_in_document(pointer) }]);
    }
    place
}

/// Words of which nothing is taken for a link.
fn plain(words: &str) -> String {
    let mut text = String::new();
    for letter in visible_in_document(words).chars() {
        if "\\[]".contains(letter) {
            text.push('\\');
        }
        text.push(letter);
    }
    text
}

/// A path as a reference: relative to the root of the repository, or to that of the machine.
fn uri(path: &str) -> String {
    reference(path, cfg!(windows))
}

/// Where there are `drives`, `C:/a` is a path from the root, and `//server/a` from that of a server.
fn reference(path: &str, drives: bool) -> String {
    let has_drive = drives && path.as_bytes().get(1..3) == Some(b":/");
    let (start, rest) = match path.split_at_checked(2) {
        Some((drive, rest)) if has_drive => (format!("file:///{drive}"), rest),
        Some(("//", share)) if drives => ("file://".to_owned(), share),
        _ if path.starts_with('/') => ("file://".to_owned(), path),
        _ => (String::new(), path),
    };
    rest.bytes().fold(start, |mut uri, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
        uri
    })
}

#[cfg(test)]
mod tests {
    use super::{plain, reference, uri};

    #[test]
    fn paths_are_references() {
        assert_eq!(uri("week 10/ä:b%.csv"), "week%2010/%C3%A4%3Ab%25.csv");
        assert_eq!(uri("/data/a.csv"), "file:///data/a.csv");
        for (path, drives, uri) in [
            ("C:/data/a b.csv", true, "file:///C:/data/a%20b.csv"),
            ("//server/share/a.csv", true, "file://server/share/a.csv"),
            ("C:/data/a.csv", false, "C%3A/data/a.csv"),
            ("C:a.csv", true, "C%3Aa.csv"),
        ] {
            assert_eq!(reference(path, drives), uri);
        }
    }

    #[test]
    fn words_are_no_links() {
        assert_eq!(plain("see [it](1) \\ \n"), "see \\[it\\](1) \\\\ \\\\n");
    }
}
