//! Writes a report as CSV: one row a finding, for spreadsheets.
//!
//! No cell is taken for a formula. Why an input could not be read, doubts, and how many findings
//! are not listed are rows as well, so that no row means more than it says.

use super::annotation::{Annotation, UnshownFindings, all_annotations};
use super::visible::{defused, visible_in_document};
use super::{Reporter, Style};
use crate::model::finding::{Record, Report};
use crate::thread_pool::ThreadPool;
use std::io::{self, Write};
use std::sync::Arc;

/// Rows for a spreadsheet.
pub(super) static REPORTER: Reporter =
    Reporter { name: "csv", summary: "one row a finding, for spreadsheets", write };

const HEADER: [&str; 20] = [
    "rule",
    "name",
    "severity",
    "certainty",
    "agent",
    "start",
    "end",
    "minutes",
    "path",
    "line",
    "pointer",
    "id",
    "other_path",
    "other_line",
    "other_pointer",
    "other_id",
    "message",
    "help",
    "fingerprint",
    "state",
];

fn write(report: &Report, _: &Style, _: &ThreadPool, out: &mut dyn Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(HEADER)?;
    for annotation in all_annotations(report) {
        table.write_record(row(&annotation).map(|cell| defused(&visible_in_document(&cell))))?;
    }
    if let Some(left) = UnshownFindings::of(report).words() {
        let mut row = [const { String::new() }; HEADER.len()];
        row[1] = "not-listed".to_owned();
        row[16] = format!("{left} more are counted and not listed");
        table.write_record(row)?;
    }
    table.flush()
}

fn row(annotation: &Annotation<'_>) -> [String; HEADER.len()] {
    let finding = annotation.finding;
    let claim = finding.and_then(|finding| finding.claim.as_ref());
    let text = |word: Option<&dyn ToString>| word.map(ToString::to_string).unwrap_or_default();
    let [_, _, pointer, id] = place(annotation.record);
    let [other_path, other_line, other_pointer, other_id] = place(annotation.others().next());
    [
        annotation.code.unwrap_or_default().to_owned(),
        annotation.name.to_owned(),
        annotation.severity.name().to_owned(),
        finding.map_or(String::new(), |finding| finding.certainty.name().to_owned()),
        finding.and_then(|of| of.agent.as_ref()).map_or(String::new(), ToString::to_string),
        text(claim.map(|claim| &claim.start as &dyn ToString)),
        text(claim.map(|claim| &claim.end as &dyn ToString)),
        text(claim.map(|claim| &claim.minutes as &dyn ToString)),
        annotation.path.clone().into_owned(),
        text(annotation.line.as_ref().map(|line| line as &dyn ToString)),
        pointer,
        id,
        other_path,
        other_line,
        other_pointer,
        other_id,
        annotation.message.clone().into_owned(),
        annotation.help.clone().into_owned(),
        finding.map_or(String::new(), |finding| finding.fingerprint.to_string()),
        finding.map_or(String::new(), |finding| finding.state.name().to_owned()),
    ]
}

/// The file, the line, the pointer and the id of a record.
fn place(record: Option<&Arc<Record>>) -> [String; 4] {
    let Some(record) = record else { return Default::default() };
    [
        record.file().to_owned(),
        record.line.to_string(),
        record.pointer.as_deref().unwrap_or_default().to_owned(),
        record.id.as_ref().map_or(String::new(), ToString::to_string),
    ]
}
