//! Finds out whether numbers are days as spreadsheets count them.

use crate::model::conventions::SerialEpoch;
use crate::model::kinds::is_day_off;
use crate::model::row::{Field, Row};
use crate::read::source::Source;
use crate::timestamp::{looks_like_serial, serial};

const FIELDS: [Field; 5] =
    [Field::Start, Field::End, Field::Date, Field::StartDate, Field::EndDate];

/// What the words of each field are.
#[derive(Debug, Default)]
pub(super) struct Serials {
    of_field: [Kinds; FIELDS.len()],
}

#[derive(Debug, Default, Clone, Copy)]
struct Kinds {
    /// Some are written as such days are, and as nothing else.
    serials: bool,
    /// Some cannot be such days.
    others: bool,
}

impl Serials {
    pub(super) fn look(&mut self, row: &Row<'_>) {
        for (field, kinds) in FIELDS.into_iter().zip(&mut self.of_field) {
            let word = row.word(field);
            if !word.is_empty() && !is_day_off(word) {
                kinds.serials |= looks_like_serial(word);
                kinds.others |= serial(word, SerialEpoch::Of1900).is_none();
            }
        }
    }

    pub(super) fn and(self, other: Serials) -> Serials {
        let mut of_field = self.of_field;
        for (kinds, more) in of_field.iter_mut().zip(other.of_field) {
            kinds.serials |= more.serials;
            kinds.others |= more.others;
        }
        Serials { of_field }
    }

    /// Whether all words of the columns with such days are such days. Nothing in a table
    /// tells which epoch they count from.
    pub(super) fn are_dates(&self) -> bool {
        let mut serials = self.of_field.iter().filter(|kinds| kinds.serials);
        let all = serials.clone().all(|kinds| !kinds.others);
        all && serials.next().is_some()
    }

    pub(super) fn note(&self, source: &Source, epoch: SerialEpoch) -> String {
        let fields = FIELDS.into_iter().zip(self.of_field).filter(|(_, kinds)| kinds.serials);
        let names: Vec<String> =
            fields.map(|(field, _)| format!("`{}`", source.column_named(field))).collect();
        let counted = match epoch {
            SerialEpoch::Of1900 => {
                "counted from 1900 (with --serial-epoch 1904, all would be four years and a day later)"
            }
            SerialEpoch::Of1904 => "counted from 1904, as --serial-epoch says",
        };
        format!(
            "the numbers in {} are read as days of a spreadsheet, {counted}",
            names.join(" and ")
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Serials;
    use crate::model::row::{Field, Row};

    fn is_serial(rows: &[(&str, &str)]) -> bool {
        let mut serials = Serials::default();
        for (date, start) in rows {
            let mut row = Row::default();
            row.set(Field::Date, date.as_bytes());
            row.set(Field::Start, start.as_bytes());
            serials.look(&row);
        }
        serials.are_dates()
    }

    #[test]
    fn the_whole_column_decides() {
        assert!(is_serial(&[("", "46083.333"), ("", "46084")]));
        assert!(is_serial(&[("46083", "0.333333"), ("46084", "0")]));
        assert!(is_serial(&[("46083", "08:00")]));
        assert!(is_serial(&[("46083", "0.375"), ("46083", "OFF"), ("OFF", "-")]));
        assert!(!is_serial(&[("46083", "08:00"), ("2026-03-02", "08:00")]));
        assert!(!is_serial(&[("2026-03-02", "8"), ("2026-03-02", "9.5")]));
    }
}
