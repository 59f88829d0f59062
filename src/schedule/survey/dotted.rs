//! Finds out whether numbers such as `8.30` are clock times.

use crate::model::kinds::is_day_off;
use crate::model::row::{Field, Row};
use crate::read::source::Source;
use crate::timestamp::DottedClock;

const FIELDS: [Field; 2] = [Field::Start, Field::End];

/// What the words of starts and ends are.
#[derive(Debug, Default)]
pub(super) struct DottedClocks {
    of_field: [DottedWords; FIELDS.len()],
    /// Some are no quarters of an hour as a decimal.
    no_quarters: bool,
    /// Some are no full hours.
    minutes: bool,
    /// Some are after 1:59: fractions of a day are not.
    late: bool,
}

/// What the words of one field are.
#[derive(Debug, Default)]
struct DottedWords {
    /// The first clock time with a dot, by where its record begins.
    first: Option<(u64, String)>,
    /// Some are anything else.
    others: bool,
}

impl DottedClocks {
    pub(super) fn look(&mut self, row: &Row<'_>, offset: u64) {
        for (field, words) in FIELDS.into_iter().zip(&mut self.of_field) {
            let word = row.word(field);
            let Some(dotted) = DottedClock::of(word) else {
                words.others |= !word.is_empty() && !is_day_off(word);
                continue;
            };
            self.no_quarters |= dotted.is_no_quarter();
            self.minutes |= dotted.minute > 0;
            self.late |= dotted.hour > 1;
            if words.first.as_ref().is_none_or(|(known, _)| offset < *known) {
                words.first = Some((offset, String::from_utf8_lossy(word).into_owned()));
            }
        }
    }

    pub(super) fn and(mut self, other: DottedClocks) -> DottedClocks {
        for (words, more) in self.of_field.iter_mut().zip(other.of_field) {
            words.first = words.first.take().into_iter().chain(more.first).min();
            words.others |= more.others;
        }
        self.no_quarters |= other.no_quarters;
        self.minutes |= other.minutes;
        self.late |= other.late;
        self
    }

    /// Whether they are: all words are of this form, and read as hours with decimals
    /// they would be odd lengths, or the same times.
    pub(super) fn are_clocks(&self) -> bool {
        let dotted = self.of_field.iter().any(|words| words.first.is_some());
        let others = self.of_field.iter().any(|words| words.others);
        dotted && !others && (self.no_quarters || !self.minutes) && self.late
    }

    pub(super) fn note(&self, source: &Source) -> String {
        let fields = FIELDS.into_iter().zip(&self.of_field);
        let fields: Vec<(Field, &String)> =
            fields.filter_map(|(field, words)| Some((field, &words.first.as_ref()?.1))).collect();
        let names: Vec<String> =
            fields.iter().map(|(field, _)| format!("`{}`", source.column_named(*field))).collect();
        let word = fields.first().map_or("", |(_, word)| word);
        format!("`{word}` and all other words in {} are read as clock times", names.join(" and "))
    }
}

#[cfg(test)]
mod tests {
    use super::DottedClocks;
    use crate::model::row::{Field, Row};

    fn are_clocks(rows: &[(&str, &str)]) -> bool {
        let looked = |rows: &[(&str, &str)]| {
            let mut clocks = DottedClocks::default();
            for (start, end) in rows {
                let mut row = Row::default();
                row.set(Field::Start, start.as_bytes());
                row.set(Field::End, end.as_bytes());
                clocks.look(&row, 0);
            }
            clocks
        };
        let (one, other) = rows.split_at(rows.len() / 2);
        let found = looked(rows).are_clocks();
        assert_eq!(looked(other).and(looked(one)).are_clocks(), found, "{rows:?}");
        found
    }

    #[test]
    fn all_words_of_a_file_decide() {
        assert!(are_clocks(&[("06.00", "13.30"), ("8.30", "17.00"), ("", "")]));
        assert!(are_clocks(&[("06.00", "13.30"), ("riposo", "")]));
        assert!(are_clocks(&[("06.15", "")]));
        // Full hours are the same either way.
        assert!(are_clocks(&[("08.00", "16.00"), ("15.00", "18.00")]));
        assert!(are_clocks(&[("8.0", "16.0")]));
        // Hours with decimals.
        assert!(!are_clocks(&[("06.00", "13.5")]));
        assert!(!are_clocks(&[("8.30", "7.75")]));
        assert!(!are_clocks(&[("8.00", "16.50"), ("8.25", "16.00")]));
        // Parts of a day, and other clock times.
        assert!(!are_clocks(&[("0.33", "0.57")]));
        assert!(!are_clocks(&[("06.10", "13:30")]));
        assert!(!are_clocks(&[("", "")]));
    }
}
