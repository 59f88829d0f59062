//! Tests of whole answers.

mod bodies;
mod contradicted;
mod limits;
mod refused;
mod texts;

use super::read;
use crate::model::complaint::{Complaint, ItemName, ServerAnswer};

/// An answer, and what is expected of it: its shape, then each complaint as
/// `status codes reason! names`, with `!` for a claimed overlap, then what was accepted.
type Case = (&'static str, &'static [&'static str]);

fn check(cases: &[Case]) {
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let found = shown(&read(text.as_bytes()));
        if found != *expected {
            wrong.push(format!("{text}\n  expected {expected:#?}\n  found {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{} answers are misread:\n{}", wrong.len(), wrong.join("\n\n"));
}

fn shown(answer: &ServerAnswer) -> Vec<String> {
    let mut lines = vec![answer.shape.name().to_owned()];
    lines.extend(answer.complaints.iter().map(shown_complaint));
    lines.extend(answer.accepted.iter().map(|item| format!("+{}", shown_name(item))));
    lines.extend(answer.unclear.iter().map(|item| format!("?{}", shown_name(item))));
    lines.extend(answer.retry_after.map(|seconds| format!("retry after {seconds}")));
    lines.extend(answer.correlation.iter().map(|id| format!("correlation {id}")));
    lines.extend(answer.incomplete.iter().map(|what| format!("incomplete: {what}")));
    lines
}

fn shown_complaint(complaint: &Complaint) -> String {
    let status = complaint.status.map_or("-".to_owned(), |status| status.to_string());
    let codes = if complaint.codes.is_empty() { "-".to_owned() } else { complaint.codes.join("+") };
    let reason = complaint.reason.map_or("-", |reason| reason.name());
    let overlap = if complaint.claims_overlap { "!" } else { "" };
    let mut line = format!("{status} {codes} {reason}{overlap}{}", shown_name(&complaint.names));
    line.extend(complaint.others.iter().map(|id| format!(" ~{id}")));
    line.extend(complaint.other_spans.iter().map(|(start, end)| format!(" ~{start}..{end}")));
    line
}

fn shown_name(name: &ItemName) -> String {
    let mut line = String::new();
    line.extend(name.agents.iter().map(|agent| format!(" agent {agent}")));
    line.extend(name.ids.iter().map(|id| format!(" id {id}")));
    line.extend(name.spans.iter().map(|(start, end)| format!(" {start}..{end}")));
    line.extend(name.index.map(|index| format!(" #{index}")));
    line.extend(name.pointer.iter().map(|pointer| format!(" {pointer}")));
    line.extend(
        name.request_body.iter().map(|body| format!(" sent {}", String::from_utf8_lossy(body))),
    );
    line.extend(Some(format!(" @{}", name.place)).filter(|place| place != " @the whole answer"));
    line
}
