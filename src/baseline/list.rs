//! Reads and writes baselines: one finding a line, as JSON, in the order of the fingerprints.
//!
//! Nothing in such a file changes with the number of its lines or the time at which it is written,
//! so that two branches can both add to it.

use super::keys::{NoBaseline, bits_of, measure_named};
use crate::model::finding::Fingerprint;
use crate::model::gate::{FindingKey, KnownFinding};
use crate::model::keys::QuickSet;
use crate::model::rule::Severity;
use crate::model::source::Role;
use crate::model::time::Instant;
use crate::report::json::members::{push_integer, push_list, push_maybe, push_word};
use crate::thread_pool::ThreadPool;
use crate::timestamp::{self, Written};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// The first line.
const HEAD: &str = "{\"shiftlint\":\"baseline\",\"version\":1}";

/// How many lines a thread reads at a time.
const PORTION: usize = 1 << 12;

/// What the first line says.
#[derive(Deserialize)]
struct ListHead<'t> {
    #[serde(borrow)]
    shiftlint: Cow<'t, str>,
    version: u64,
}

/// A line.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'t> {
    #[serde(borrow)]
    fingerprint: Cow<'t, str>,
    #[serde(borrow)]
    spans: Cow<'t, str>,
    rule: String,
    severity: Cow<'t, str>,
    agent: Option<String>,
    ids: Vec<String>,
    roles: Vec<Cow<'t, str>>,
    start: Option<String>,
    minutes: Option<i64>,
}

/// Whether the beginning of a file is that of a baseline, of whatever version.
#[must_use]
pub fn is_list(head: &[u8]) -> bool {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let dense: Vec<u8> = text.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    dense.starts_with(b"{\"shiftlint\":\"baseline\"")
}

/// The text of a baseline of these findings.
#[must_use]
pub fn write_list<'f>(findings: impl Iterator<Item = &'f KnownFinding>) -> String {
    let lines: BTreeSet<String> = findings.map(line).collect();
    let mut text = String::from(HEAD);
    for line in lines {
        text.push('\n');
        text.push_str(&line);
    }
    text + "\n"
}

fn line(finding: &KnownFinding) -> String {
    let mut text = String::new();
    push_word(&mut text, "{\"fingerprint\":", &finding.key.fingerprint.to_string());
    push_word(&mut text, ",\"spans\":", &format!("{:016x}", finding.key.spans));
    push_word(&mut text, ",\"rule\":", &finding.rule);
    push_word(&mut text, ",\"severity\":", finding.key.severity.name());
    push_maybe(&mut text, ",\"agent\":", finding.agent.as_deref());
    push_list(&mut text, ",\"ids\":", &finding.ids, |text, id| push_word(text, "", id));
    push_list(&mut text, ",\"roles\":", &finding.roles, |text, role| {
        push_word(text, "", role.name());
    });
    push_maybe(&mut text, ",\"start\":", finding.start.as_deref());
    push_integer(&mut text, ",\"minutes\":", finding.key.minutes);
    text.push('}');
    text
}

/// The findings of a baseline; `None` if the text is none, by its first line.
///
/// # Errors
/// When it is of another version, or a line is not understood: the first of them.
pub fn read_list(text: &str, pool: &ThreadPool) -> Option<Result<Vec<KnownFinding>, NoBaseline>> {
    let mut lines = text.lines();
    let head: ListHead<'_> = serde_json::from_str(lines.next()?).ok()?;
    if head.shiftlint != "baseline" {
        return None;
    }
    if head.version != 1 {
        let message = format!("it is a baseline of version {}, and this is 1", head.version);
        return Some(Err(NoBaseline::new(&message, "write it again: --write-baseline")));
    }
    // Two branches can have added the same line.
    let mut known: QuickSet<&str> = QuickSet::default();
    let lines = (2..).zip(lines).filter(|(_, line)| !line.trim().is_empty() && known.insert(line));
    let lines: Vec<(usize, &str)> = lines.collect();
    let of_portion = |portion: &[(usize, &str)]| {
        portion.iter().map(|(number, line)| finding(line, *number)).collect()
    };
    let portions: Vec<Result<Vec<KnownFinding>, NoBaseline>> =
        pool.map(lines.chunks(PORTION).collect(), of_portion);
    let portions: Result<Vec<_>, _> = portions.into_iter().collect();
    Some(portions.map(|portions| portions.into_iter().flatten().collect()))
}

fn finding(line: &str, number: usize) -> Result<KnownFinding, NoBaseline> {
    let help = "each line but the first is a finding; conflicts of a merge have to be resolved";
    let refuse =
        |message: String| NoBaseline { line: Some(number), message, help: help.to_owned() };
    let said: Line<'_> = serde_json::from_str(line)
        .map_err(|error| refuse(format!("this is no finding of a baseline: {}", plain(&error))))?;
    let fingerprint = fingerprint(&said.fingerprint);
    let spans = u64::from_str_radix(&said.spans, 16).ok();
    let roles: Option<Vec<Role>> = said.roles.iter().map(|name| role(name)).collect();
    let severity = severity(&said.severity);
    let start = said.start.as_deref().map(instant);
    let (Some(fingerprint), Some(spans), Some(severity), Some(roles), None | Some(Some(_))) =
        (fingerprint, spans, severity, roles, start)
    else {
        let message = "a fingerprint, a severity, a role or a time is not understood";
        return Err(refuse(message.to_owned()));
    };
    let key = FindingKey {
        fingerprint,
        spans,
        start: start.flatten(),
        minutes: said.minutes,
        severity,
        roles: bits_of(roles.iter().copied()),
        measure: measure_named(&said.rule),
    };
    Ok(KnownFinding {
        key,
        rule: said.rule,
        agent: said.agent,
        ids: said.ids,
        roles,
        start: said.start,
    })
}

/// What serde says, without its own place, which is that within the line.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

/// A fingerprint as a report writes it.
pub(super) fn fingerprint(text: &str) -> Option<Fingerprint> {
    u64::from_str_radix(text.strip_prefix("v1:")?, 16).ok().map(Fingerprint)
}

/// A role by its name.
pub(super) fn role(name: &str) -> Option<Role> {
    Role::ALL.into_iter().find(|role| role.name() == name)
}

/// A severity by its name.
pub(super) fn severity(name: &str) -> Option<Severity> {
    [Severity::Info, Severity::Warning, Severity::Error].into_iter().find(|of| of.name() == name)
}

/// The instant of a time with its offset.
pub(super) fn instant(text: &str) -> Option<Instant> {
    match timestamp::read(text.as_bytes(), None) {
        Ok(Written::Instant { at, .. }) => Some(at),
        _ => None,
    }
}
