//! Records become flat CSV, where they cannot be cut out of their input as they are.

use super::batch::Batch;
use super::cells::CellWriter;
use crate::analyze;
use crate::model::finding::{Moment, Record};
use crate::model::shift::Kind;
use crate::model::text::Text;
use crate::schedule::Schedule;
use std::io::{self, Write};

/// Writes records, in their order, with the names of columns that every check knows.
pub(super) fn write(
    schedule: &Schedule<'_>,
    batch: &Batch,
    records: &[u32],
    out: &mut dyn Write,
) -> io::Result<()> {
    let origins: Vec<_> =
        records.iter().map(|record| batch.records()[*record as usize].origin).collect();
    let known = analyze::recall_all(schedule, &origins);
    let mut table = CellWriter::new(out);
    table.row(&["agent", "id", "schedule", "version", "kind", "status", "start", "end", "zone"])?;
    for record in origins.iter().filter_map(|origin| known.get(*origin)) {
        let record: &Record = record;
        let time = |moment: &Moment| match &moment.at {
            Some(at) => at.to_string(),
            None => moment.written.to_string(),
        };
        let kind = record.side.map_or("", |side| match side.kind {
            Kind::Shift => "shift",
            Kind::TimeOff | Kind::PendingTimeOff | Kind::Unavailable => "time off",
        });
        let word = |word: &Option<Text>| word.as_deref().unwrap_or_default().to_owned();
        table.row(&[
            &record.agent,
            &word(&record.id),
            &word(&record.schedule),
            &word(&record.version),
            kind,
            &word(&record.status),
            &time(&record.start),
            &time(&record.end),
            &word(&record.zone),
        ])?;
    }
    table.finish()
}
