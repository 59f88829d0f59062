//! Finds the unit of lengths that name none, and the marks in their numbers.

use super::chains::Chains;
use super::samples::Samples;
use super::with_about;
use crate::judge::doubts::{About, length_unit, two_readings};
use crate::model::conventions::LengthUnit;
use crate::model::doubt::Doubt;
use crate::model::row::{Field, Row};
use crate::model::time::{DateOrder, MINUTE};
use crate::read::source::Source;
use crate::timestamp::{has_two_readings, length};

/// Minutes between which the median of lengths shows that they are minutes.
const USUAL: std::ops::RangeInclusive<i64> = 25..=1440;

/// What the lengths of a file show, where they stand for the end.
#[derive(Debug, Default)]
pub(super) struct Lengths {
    /// Lengths that name no unit: shorter than the usual ones if they are minutes,
    /// as long, and longer.
    bare: [u64; 3],
    /// Whether they follow each other if they are minutes.
    chains: Chains,
    samples: Samples,
    /// Numbers whose mark can be that of thousands and that of decimals.
    two_readings: Samples,
    /// Marks that are those of decimals, since no three digits stand behind them.
    decimal_marks: [bool; 2],
}

impl Lengths {
    pub(super) fn look(&mut self, row: &Row<'_>, offset: u64, order: Option<DateOrder>) {
        let word = row.word(Field::Length);
        let is_told = !row.word(Field::LengthUnit).is_empty();
        if word.is_empty() || is_told || !row.word(Field::End).is_empty() {
            return;
        }
        let Some(length) = length(word, LengthUnit::Minutes) else { return };
        if length.bare && length.milliseconds_in_all() != 0 {
            let minutes = length.milliseconds_in_all() / MINUTE;
            let place = if USUAL.contains(&minutes) { 1 } else { usize::from(minutes > 1) * 2 };
            let place = if minutes < *USUAL.start() { 0 } else { place };
            self.bare[place] += 1;
            self.chains.note(row, length.milliseconds_in_all(), order);
            self.samples.add(offset, word);
        }
        if has_two_readings(word) {
            self.two_readings.add(offset, word);
        } else {
            self.decimal_marks[0] |= word.contains(&b'.');
            self.decimal_marks[1] |= word.contains(&b',');
        }
    }

    pub(super) fn and(self, other: Lengths) -> Lengths {
        let sum = |place: usize| self.bare[place] + other.bare[place];
        let any = |place: usize| self.decimal_marks[place] | other.decimal_marks[place];
        Lengths {
            bare: [sum(0), sum(1), sum(2)],
            decimal_marks: [any(0), any(1)],
            chains: self.chains.and(other.chains),
            samples: self.samples.and(other.samples),
            two_readings: self.two_readings.and(other.two_readings),
        }
    }

    /// The doubt about the unit, unless the median is that of minutes, or most records
    /// end, read as minutes, where the next one of their agent begins.
    pub(super) fn unit_doubt(&self, source: &Source) -> Option<Doubt> {
        let [below, within, above] = self.bare;
        let middle = (below + within + above) / 2;
        let minutes = below <= middle && middle < below + within;
        let doubtful = !minutes && self.samples.count() > 0;
        let doubtful = doubtful && !self.chains.hold(self.samples.count());
        doubtful.then(|| with_about(source, Field::Length, &self.samples, length_unit::doubt))
    }

    /// The doubt about marks in numbers, unless others show that they are those of
    /// decimals.
    pub(super) fn numbers_doubt(&self, source: &Source) -> Option<Doubt> {
        let words = self.two_readings.words();
        let marks = ['.', ','].into_iter().zip(self.decimal_marks);
        let shown = |word: &String| marks.clone().any(|(mark, shown)| shown && word.contains(mark));
        if words.iter().all(shown) {
            return None;
        }
        let tell = |about: &About<'_>, words: &[String]| {
            two_readings::doubt(about, words, "they were read with decimals")
        };
        Some(with_about(source, Field::Length, &self.two_readings, tell))
    }
}

#[cfg(test)]
mod tests {
    use super::Lengths;
    use crate::model::row::{Field, Row};

    fn lengths(words: &[&str]) -> Lengths {
        let mut lengths = Lengths::default();
        for (place, word) in words.iter().enumerate() {
            let mut row = Row::default();
            row.set(Field::Length, word.as_bytes());
            lengths.look(&row, place as u64, None);
        }
        lengths
    }

    #[test]
    fn lengths_are_counted_by_what_they_are_as_minutes() {
        let found =
            lengths(&["0", "8", "24.9", "25", "480", "1440", "1440.5", "1441", "28800", "8h"]);
        assert_eq!(found.bare, [2, 4, 2]);
        assert_eq!(found.samples.words(), ["8", "24.9"]);
        let mut row = Row::default();
        row.set(Field::Length, b"8");
        row.set(Field::End, b"16:00");
        let mut found = Lengths::default();
        found.look(&row, 0, None);
        assert_eq!(found.bare, [0; 3]);
    }

    #[test]
    fn marks_show_what_they_are_without_three_digits_behind_them() {
        assert_eq!(lengths(&["1.440", "7.5"]).decimal_marks, [true, false]);
        assert_eq!(lengths(&["1.440", "480,5"]).decimal_marks, [false, true]);
        assert_eq!(lengths(&["1.440", "480"]).two_readings.words(), ["1.440"]);
    }
}
