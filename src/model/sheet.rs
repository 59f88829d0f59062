//! Holds where the fields of a sheet are, so that a finding can name a cell.

use crate::model::row::Field;
use std::sync::Arc;

/// A sheet as an input: its name, and where the words of its records are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetLayout {
    /// Its name.
    pub name: Arc<str>,
    /// The column of each field that has one, from 0.
    pub columns: Vec<(Field, usize)>,
}

impl SheetLayout {
    /// The cell of a row that has the word of one of these fields, by the first that has a
    /// column; the first cell of the row if none has: `C7`.
    #[must_use]
    pub fn cell(&self, fields: impl IntoIterator<Item = Field>, line: u64) -> String {
        let column = |field: Field| self.columns.iter().find(|(of, _)| *of == field);
        let found = fields.into_iter().find_map(column);
        format!("{}{line}", column_name(found.map_or(0, |(_, place)| *place)))
    }
}

/// The letters of a column of a sheet, from 0: `A`, `Z`, `AA`.
#[must_use]
pub fn column_name(place: usize) -> String {
    let (mut letters, mut rest) = (Vec::new(), place + 1);
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::{SheetLayout, column_name};
    use crate::model::row::Field;

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        for (place, name) in [
            (0, "A"),
            (25, "Z"),
            (26, "AA"),
            (51, "AZ"),
            (701, "ZZ"),
            (702, "AAA"),
            (16_383, "XFD"),
        ] {
            assert_eq!(column_name(place), name);
        }
    }

    #[test]
    fn a_cell_is_that_of_the_first_field_with_a_column() {
        let columns = vec![(Field::Agent, 0), (Field::End, 3)];
        let sheet = SheetLayout { name: "Shifts".into(), columns };
        assert_eq!(sheet.cell([Field::Start, Field::End], 7), "D7");
        assert_eq!(sheet.cell([Field::Start], 7), "A7");
    }
}
