//! Finds doubts about the columns and lines of tables.

use super::DoubtContext;
use crate::judge::doubts::{About, numbered_columns, swallowed_rows, two_agents, two_values};
use crate::model::doubt::Doubt;
use crate::read::source::Source;
use crate::schedule::rivals::RivalColumns;

/// Numbered columns whose spans overlap within a record.
pub(super) fn of_numbered_columns(known: DoubtContext<'_>, place: usize) -> Vec<Doubt> {
    let source = &known.schedule.run.sources[place];
    let doubt = |rival: RivalColumns<'_>| {
        let about = About {
            path: &source.file.shown,
            place: rival.column,
            line: source.line_at(rival.records.first),
            count: rival.records.count,
        };
        numbered_columns::doubt(&about, rival.chosen)
    };
    known.schedule.collected.rivals.numbered_of(place).map(doubt).collect()
}

/// A table that ends where programs stop: what they cut off is not there.
pub(super) fn of_length(source: &Source) -> Option<Doubt> {
    const ENDS: [u64; 2] = [1 << 16, 1 << 20];
    let lines = ENDS.into_iter().find(|lines| source.is_table_of(*lines))?;
    let about = About { line: Some(lines), ..About::file(&source.file.shown) };
    let what =
        format!("the table has exactly {lines} lines, which is where some programs cut one off");
    Some(swallowed_rows::doubt(&about, &what))
}

/// Whether a doubt says what a note about two columns of one field says.
pub(in crate::analyze) fn tell(note: &str, doubts: &[Doubt]) -> bool {
    let same = |doubt: &Doubt| {
        [&two_values::KIND, &two_agents::KIND].contains(&doubt.kind)
            && note.contains(&format!(" and `{}` could both be ", doubt.place))
    };
    doubts.iter().any(same)
}
