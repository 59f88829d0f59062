//! Writes a report as NDJSON: one object a line, for pipes.
//!
//! Each object has a `type`: `input` and `finding` have the keys of the JSON report, and `summary`
//! is the last line, without which the output is not whole.

use super::json::{push_finding, push_input, push_summary, text_of};
use super::{PORTION, Reporter, Style};
use crate::model::finding::Report;
use crate::thread_pool::ThreadPool;
use std::io::{self, Write};

/// Objects for a pipe.
pub(super) static REPORTER: Reporter =
    Reporter { name: "ndjson", summary: "one object a line, for pipes", write };

fn write(report: &Report, _: &Style, pool: &ThreadPool, out: &mut dyn Write) -> io::Result<()> {
    for input in &report.inputs {
        out.write_all(typed("input", &text_of(|text| push_input(input, text))).as_bytes())?;
    }
    let of_findings = |findings: &[crate::model::finding::Finding]| {
        let lines = findings.iter();
        lines
            .map(|of| typed("finding", &text_of(|text| push_finding(of, text))))
            .collect::<String>()
    };
    pool.relay(report.findings.chunks(PORTION), of_findings, |text| {
        out.write_all(text.as_bytes())
    })?;
    out.write_all(typed("summary", &text_of(|text| push_summary(report, text))).as_bytes())?;
    out.flush()
}

/// A line with an object, whose first key is its type.
fn typed(of: &str, object: &str) -> String {
    format!("{{\"type\":\"{of}\",{}\n", object.strip_prefix('{').unwrap_or(object))
}
