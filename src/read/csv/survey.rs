//! Surveys the columns of a table in its first lines.

use super::parts::is_of_part;
use super::{Table, each_record};
use crate::model::row::Field;
use crate::read::{ColumnSurvey, Document, SurveyedColumn};

/// Counts the values of each column in bytes that begin with the first record.
/// A record that may not be whole is skipped.
pub(super) fn survey(table: &Table, head: &[u8], whole: bool) -> ColumnSurvey {
    let end = match table.cutter().cut(head, whole) {
        Ok(Some(piece)) => piece.end,
        _ => 0,
    };
    let records = head.get(..end).unwrap_or_default();
    let named = table.names.iter().zip(&table.columns);
    let column = |(name, field): (&String, &Option<Field>)| {
        // Columns of parts are read into a list of them.
        let listed = |field| if is_of_part(field) { Field::Activities } else { field };
        let (name, field) = (name.clone(), field.map(listed));
        SurveyedColumn { name, field, ..SurveyedColumn::default() }
    };
    let columns = named.map(column).collect();
    let mut survey = ColumnSurvey { columns, records: 0, whole: whole && end == head.len() };
    each_record(records, table.delimiter, |_, cells| {
        let cells: Vec<&[u8]> = cells.collect();
        // A record without any filled cell is none.
        survey.records += u64::from(cells.iter().any(|cell| !cell.trim_ascii().is_empty()));
        for (column, cell) in survey.columns.iter_mut().zip(cells) {
            column.add(cell);
        }
        true
    });
    survey
}

#[cfg(test)]
mod tests {
    use super::super::FORMAT;
    use crate::model::source::Role;
    use crate::read::{ColumnSurvey, Opening};
    use proptest::prelude::{prop, prop_assert_eq, proptest};

    fn surveyed(text: &str, whole: bool) -> ColumnSurvey {
        let opening = Opening::of_whole(text.as_bytes(), Role::Batch);
        let document = (FORMAT.open)(&opening).expect("a table");
        let start = document.outset().start;
        document.survey(&text.as_bytes()[start..], whole).expect("it has columns")
    }

    #[test]
    fn a_record_that_may_go_on_is_left_out() {
        let text = "agent,start,note\na,2026-03-02T08:00Z,\"x\ny\"\nb,2026-03-02T08:00Z,\"z";
        let survey = surveyed(text, false);
        assert_eq!((survey.records, survey.whole), (1, false));
        assert_eq!(survey.columns[2].samples, ["x\ny"]);
    }

    proptest! {
        #[test]
        fn counts_are_those_of_the_cells(
            cells in prop::collection::vec(("[ab]{0,2}", "[ ]?[0-9]{0,2}", " ?"), 0..30),
        ) {
            let lines = cells.iter().map(|(agent, start, note)| format!("{agent},{start},{note}\n"));
            let survey = surveyed(&format!("agent,start,note\n{}", lines.collect::<String>()), true);
            let filled = |cell: &&String| !cell.trim().is_empty();
            let count = |column: Vec<&String>| column.into_iter().filter(filled).count() as u64;
            let counts: Vec<u64> = survey.columns.iter().map(|column| column.count).collect();
            let expected = [
                count(cells.iter().map(|cell| &cell.0).collect()),
                count(cells.iter().map(|cell| &cell.1).collect()),
                count(cells.iter().map(|cell| &cell.2).collect()),
            ];
            prop_assert_eq!(counts, expected);
            prop_assert_eq!(survey.whole, true);
            let any = cells.iter().filter(|cell| filled(&&cell.0) || filled(&&cell.1));
            prop_assert_eq!(survey.records, any.count() as u64);
        }
    }
}
