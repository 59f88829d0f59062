//! Writes a report as code quality of GitLab: a list of issues, each with a fingerprint.

use super::annotation::{Annotation, UnshownFindings, annotations, file_name};
use super::json::{push, text_of};
use super::visible::visible_in_document;
use super::{Reporter, Style};
use crate::model::finding::Report;
use crate::model::rule::Severity;
use crate::thread_pool::ThreadPool;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::io::{self, Write};

/// Code quality for merge requests of GitLab.
pub(super) static REPORTER: Reporter =
    Reporter { name: "gitlab", summary: "code quality for GitLab merge requests", write };

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: &'a str,
    severity: &'static str,
    location: Value,
}

fn write(report: &Report, _: &Style, _: &ThreadPool, out: &mut dyn Write) -> io::Result<()> {
    let mut known = HashSet::new();
    let mut before: &[u8] = b"[";
    let mut send = |issue: &Issue<'_>| {
        out.write_all(before)?;
        before = b",";
        out.write_all(b"\n  ")?;
        out.write_all(text_of(|text| push(text, issue)).as_bytes())
    };
    for annotation in annotations(report) {
        let fingerprint = unique(&mut known, fingerprint(&annotation));
        send(&issue(&annotation, &fingerprint))?;
    }
    if let Some(left) = UnshownFindings::of(report).words() {
        let batch = report.inputs.first().map_or("", |input| &*input.path);
        send(&Issue {
            description: format!("{left} more are counted and not listed"),
            check_name: "not-listed",
            fingerprint: "shiftlint:not-listed",
            severity: "major",
            location: location(&file_name(batch), 1),
        })?;
    }
    if let Some(excused) = excused(report) {
        let batch = report.inputs.first().map_or("", |input| &*input.path);
        send(&Issue {
            description: excused,
            check_name: "not-counted",
            fingerprint: "shiftlint:not-counted",
            severity: "info",
            location: location(&file_name(batch), 1),
        })?;
    }
    out.write_all(if before == b"[" { b"[]\n" } else { b"\n]\n" })?;
    out.flush()
}

fn issue<'a>(annotation: &'a Annotation<'_>, fingerprint: &'a str) -> Issue<'a> {
    Issue {
        // Only the description is shown, and it is cut short.
        description: visible_in_document(&format!(
            "{}: {}",
            annotation.title(),
            annotation.with_help()
        ))
        .into_owned(),
        check_name: annotation.name,
        fingerprint,
        severity: match (annotation.severity, annotation.finding) {
            // Without it nothing else can be relied on.
            (_, None) => "blocker",
            (Severity::Error, _) => "major",
            (Severity::Warning, _) => "minor",
            (Severity::Info, _) => "info",
        },
        location: location(&annotation.path, annotation.line.unwrap_or(1)),
    }
}

/// How many findings are known or allowed.
fn excused(report: &Report) -> Option<String> {
    let [known, allowed] = report.gate.as_ref()?.totals();
    let words = format!("{known} known and {allowed} allowed findings do not count");
    (known + allowed > 0).then_some(words)
}

fn location(path: &str, line: u64) -> Value {
    json!({ "path": path, "lines": { "begin": line } })
}

/// What is the same for the same issue in another run.
fn fingerprint(annotation: &Annotation<'_>) -> String {
    match annotation.finding {
        Some(finding) => format!("{}:{}", finding.rule.code, finding.fingerprint),
        None => format!("{}:{}", annotation.title(), annotation.path),
    }
}

/// The same word, or one with a number if there is such a one already.
fn unique(known: &mut HashSet<String>, word: String) -> String {
    let mut name = word.clone();
    let mut number = 1_u64;
    while !known.insert(name.clone()) {
        number += 1;
        name = format!("{word}:{number}");
    }
    name
}
