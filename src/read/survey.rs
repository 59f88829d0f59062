//! Counts what the columns of a file hold, for its receipt.

use super::names::Shape;
use crate::model::row::Field;

/// How many values of a column are shown.
pub(super) const SAMPLES: usize = 2;

/// How many letters of a value are shown.
const LONGEST_SAMPLE: usize = 40;

/// What the columns of a file hold.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnSurvey {
    /// The columns, in the order of the header.
    pub columns: Vec<SurveyedColumn>,
    /// How many records were examined.
    pub records: u64,
    /// Whether these are all records of the file.
    pub whole: bool,
}

/// What one column holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SurveyedColumn {
    /// Its name.
    pub name: String,
    /// The field that it is read as.
    pub field: Option<Field>,
    /// How many values are not empty.
    pub count: u64,
    /// What the first of them look like.
    pub shape: Shape,
    /// The first two of them, cut short.
    pub samples: Vec<String>,
}

impl SurveyedColumn {
    /// Adds a value, unless it is empty.
    pub(super) fn add(&mut self, value: &[u8]) {
        // This many values show what a column holds.
        const TELLING: u64 = 256;
        let value = value.trim_ascii();
        if value.is_empty() {
            return;
        }
        if self.count < TELLING {
            self.shape.add(value);
        }
        if self.samples.len() < SAMPLES {
            self.samples.push(sample(value));
        }
        self.count += 1;
    }
}

/// A value as it is kept to be shown.
pub(super) fn sample(value: &[u8]) -> String {
    // A letter has four bytes at most.
    let near = value.get(..4 * (LONGEST_SAMPLE + 1)).unwrap_or(value);
    let text = String::from_utf8_lossy(near);
    let mut letters = text.chars();
    let mut start: String = letters.by_ref().take(LONGEST_SAMPLE).collect();
    if letters.next().is_some() {
        start.push('…');
    }
    start
}

#[cfg(test)]
mod tests {
    use super::{SurveyedColumn, sample};

    #[test]
    fn values_are_counted_and_the_first_two_kept() {
        let mut column = SurveyedColumn::default();
        for value in ["", " a ", " ", "a", "b"] {
            column.add(value.as_bytes());
        }
        assert_eq!((column.count, column.samples), (3, vec!["a".to_owned(), "a".to_owned()]));
    }

    #[test]
    fn long_values_are_cut() {
        assert_eq!(sample("é".repeat(40).as_bytes()), "é".repeat(40));
        assert_eq!(sample("é".repeat(41).as_bytes()), format!("{}…", "é".repeat(40)));
        assert_eq!(sample(&[b'x'; 1 << 20]).chars().count(), 41);
        assert_eq!(sample(&[0xff; 4096]).chars().count(), 41);
    }
}
