//! Reads the findings of a JSON report.

use super::keys::{KeyedRecord, NoBaseline, bits_of, can_be_known, measure_of, spans_hash};
use super::list::{fingerprint, instant, role, severity};
use crate::judge::rule_named;
use crate::model::finding::Verdict;
use crate::model::gate::{FindingKey, FindingState, KnownFinding};
use crate::model::time::Instant;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What is read of a report.
#[derive(Deserialize)]
struct ReportShape {
    schema: u64,
    verdict: String,
    complete: bool,
    summary: SummaryShape,
    findings: Vec<FindingShape>,
}

#[derive(Deserialize)]
struct SummaryShape {
    findings: BTreeMap<String, u64>,
}

#[derive(Deserialize)]
struct FindingShape {
    rule: String,
    severity: String,
    state: String,
    agent: Option<String>,
    start: Option<String>,
    minutes: Option<i64>,
    records: Vec<RecordShape>,
    fingerprint: String,
    message: String,
}

#[derive(Deserialize)]
struct RecordShape {
    role: String,
    agent: String,
    id: Option<String>,
    schedule: Option<String>,
    version: Option<String>,
    start: Option<String>,
    end: Option<String>,
}

/// A finding of a report, and what it says.
#[derive(Debug, Clone)]
pub struct ReportedFinding {
    /// The finding.
    pub known: KnownFinding,
    /// Its message.
    pub message: String,
    /// Whether an allowance allowed it, so that it is known only until that ends.
    pub is_allowed: bool,
}

/// Whether a text looks like a JSON report, by its beginning.
#[must_use]
pub fn is_report(text: &str) -> bool {
    let head: String = text.chars().take(200).filter(|letter| !letter.is_whitespace()).collect();
    head.starts_with("{\"schema\":") && head.contains("\"tool\":{\"name\":\"shiftlint\"")
}

/// The findings of a JSON report, without those that can not be known.
///
/// # Errors
/// When the text is no such report, or it does not have all findings.
pub fn read_report(text: &str) -> Result<Vec<ReportedFinding>, NoBaseline> {
    let report: ReportShape = serde_json::from_str(text).map_err(|error| NoBaseline {
        line: Some(error.line()).filter(|line| *line > 0),
        message: "this is neither a baseline nor a JSON report of shiftlint check".to_owned(),
        help: "write one: shiftlint check … --write-baseline FILE".to_owned(),
    })?;
    if report.schema != 1 {
        let message = format!("the report has schema {}, and this is 1", report.schema);
        return Err(NoBaseline::new(&message, "write it again with this version"));
    }
    if !report.complete {
        let help = "settle what could not be read, and write it again";
        return Err(NoBaseline::new("the report is incomplete", help));
    }
    if report.verdict == Verdict::Empty.name() {
        let help = "write it of files with records that can be checked";
        return Err(NoBaseline::new("the report is of a batch without anything to check", help));
    }
    let counted: u64 = report.summary.findings.values().sum();
    if counted > report.findings.len() as u64 {
        let unlisted = counted - report.findings.len() as u64;
        let message = format!("the report does not list {unlisted} of its findings");
        let help = "write it again with a higher --max-findings and --max-per-agent";
        return Err(NoBaseline::new(&message, help));
    }
    let findings = report.findings.into_iter().map(finding);
    let findings: Vec<Option<ReportedFinding>> = findings.collect::<Result<_, _>>()?;
    Ok(findings.into_iter().flatten().collect())
}

fn keyed(record: &RecordShape) -> Result<KeyedRecord<'_>, NoBaseline> {
    Ok(KeyedRecord {
        role: role(&record.role).ok_or_else(unread)?,
        agent: &record.agent,
        id: record.id.as_deref(),
        schedule: record.schedule.as_deref(),
        version: record.version.as_deref(),
        span: [time(record.start.as_deref())?, time(record.end.as_deref())?],
    })
}

fn time(text: Option<&str>) -> Result<Option<Instant>, NoBaseline> {
    text.map(|text| instant(text).ok_or_else(unread)).transpose()
}

fn unread() -> NoBaseline {
    NoBaseline::new("a fingerprint, a severity, a role or a time is not understood", "")
}

/// `None` if its rule cannot be known, or is none of this version.
fn finding(said: FindingShape) -> Result<Option<ReportedFinding>, NoBaseline> {
    let Some(rule) = rule_named(&said.rule).filter(|rule| can_be_known(rule)) else {
        return Ok(None);
    };
    let records: Vec<KeyedRecord<'_>> =
        said.records.iter().map(keyed).collect::<Result<_, NoBaseline>>()?;
    let mut roles: Vec<_> = records.iter().map(|record| record.role).collect();
    roles.sort_unstable();
    let mut ids: Vec<String> = said.records.iter().filter_map(|of| of.id.clone()).collect();
    ids.sort();
    let first = said.records.iter().filter_map(|of| of.start.clone());
    let first = first.min_by_key(|start| instant(start));
    let start = said.start.clone().or(first);
    let key = FindingKey {
        fingerprint: fingerprint(&said.fingerprint).ok_or_else(unread)?,
        spans: spans_hash(rule, (said.agent.as_deref(), start.as_deref()), &records),
        start: time(start.as_deref())?,
        minutes: said.minutes,
        severity: severity(&said.severity).ok_or_else(unread)?,
        roles: bits_of(roles.iter().copied()),
        measure: measure_of(rule, &records),
    };
    let is_allowed = said.state == FindingState::Allowed(0).name();
    let (rule, agent) = (said.rule, said.agent);
    let known = KnownFinding { key, rule, agent, ids, roles, start };
    Ok(Some(ReportedFinding { known, message: said.message, is_allowed }))
}
