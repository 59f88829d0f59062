//! Writes the fixes of a batch as JSON, schema 1.

use super::{Fix, Fixes};
use crate::report::json::{JsonObject, push, push_finding, push_items, text_of};
use crate::thread_pool::ThreadPool;
use serde::Serialize;
use serde::ser::SerializeMap;
use std::io::{self, Write};

/// Writes the document. Each fix is on a line of its own.
///
/// # Errors
/// When it cannot be written.
pub fn write(fixes: &Fixes, pool: &ThreadPool, out: &mut dyn Write) -> io::Result<()> {
    let mut object = JsonObject::begin(pool, out, &fixes.report.tzdb)?;
    object.member("report", "fix")?;
    object.member("complete", &fixes.report.complete)?;
    object.member("would_change", &fixes.fixes.iter().any(|fix| fix.is_chosen))?;
    let all = fixes.fixes.iter();
    object.texts("fixes", &mut all.map(|fix| text_of(|text| push_fix(fix, text))))?;
    object.member("left", &LeftRules(fixes))?;
    object.end()
}

#[derive(Serialize)]
struct FixObject<'a> {
    kind: &'static str,
    rule: &'static str,
    name: &'static str,
    cause: Option<&'static str>,
    message: &'a str,
    proof: &'a str,
    path: &'a str,
    record: u64,
    line: u64,
    pointer: Option<&'a str>,
    id: Option<&'a str>,
    agent: Option<&'a str>,
    bytes: Option<[usize; 2]>,
    old: Option<String>,
    new: Option<String>,
    chosen: bool,
    in_diff: bool,
    described: Option<&'static str>,
    cures: Vec<CuredObject<'a>>,
}

#[derive(Serialize)]
struct CuredObject<'a> {
    rule: &'static str,
    fingerprint: &'a str,
}

fn push_fix(fix: &Fix, text: &mut String) {
    let record = &fix.record;
    let bytes = fix.bytes.as_ref();
    let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let object = FixObject {
        kind: fix.kind.name(),
        rule: fix.rule,
        name: fix.name,
        cause: fix.cause.map(|cause| cause.name()),
        message: &fix.message,
        proof: &fix.proof,
        path: &record.path,
        record: record.number,
        line: record.line,
        pointer: record.pointer.as_deref(),
        id: record.id.as_deref(),
        agent: Some(record.agent.as_str()).filter(|agent| !agent.is_empty()),
        bytes: bytes.map(|of| [of.range.start, of.range.end]),
        old: bytes.map(|of| shown(&of.old)),
        new: bytes.map(|of| shown(&of.new)),
        chosen: fix.is_chosen,
        in_diff: fix.is_in_diff,
        described: fix.described,
        cures: fix
            .cures
            .iter()
            .map(|of| CuredObject { rule: of.rule, fingerprint: &of.fingerprint })
            .collect(),
    };
    push(text, &object);
    text.pop();
    text.push_str(",\"uncovers\":[");
    push_items(text, &fix.uncovers, push_finding);
    text.push_str("]}");
}

/// The counts of the rules that no fix deals with, as one object.
struct LeftRules<'a>(&'a Fixes);

impl Serialize for LeftRules<'_> {
    fn serialize<S: serde::Serializer>(&self, writer: S) -> Result<S::Ok, S::Error> {
        let left = &self.0.left;
        let mut map = writer.serialize_map(Some(left.len()))?;
        for count in left {
            map.serialize_entry(count.rule.code, &count.total())?;
        }
        map.end()
    }
}
