//! Finds out whether clock times without AM and PM are those of half a day.

use super::samples::Samples;
use super::with_about;
use crate::judge::doubts::{About, two_readings};
use crate::model::doubt::Doubt;
use crate::model::row::{Field, Row};
use crate::model::time::HOUR;
use crate::read::source::Source;
use crate::timestamp::{
    self, Expected, HalfOfDay, RangeEnd, Written, dated_half_of_day, half_of_day, may_name_half,
};
use std::collections::{BTreeMap, BTreeSet};

/// What the clock times of a file show.
#[derive(Debug, Default)]
pub(super) struct Halves {
    /// Whether one is later than 12:59, is at 0 o'clock, or has AM or PM.
    whole_day: bool,
    /// Starts with ends that do not lie behind them.
    backwards: Samples,
    /// The forms of dates, by their marks, behind which a start or an end has AM or PM;
    /// an empty one for clock times alone.
    named: BTreeSet<Vec<u8>>,
    /// Starts and ends that have neither, and could be of either half, by the same forms:
    /// what is written in another form comes from elsewhere.
    open: BTreeMap<Vec<u8>, Samples>,
}

impl Halves {
    pub(super) fn look(&mut self, row: &Row<'_>, offset: u64) {
        let [start, end, both] =
            [Field::Start, Field::End, Field::Times].map(|field| row.word(field));
        self.look_at_halves(&[start, end, both], offset);
        if self.whole_day {
            return;
        }
        let (from, to) = match (clock(start), clock(end)) {
            (None, None) => range(both),
            times => times,
        };
        self.whole_day |= [from, to].into_iter().flatten().any(is_of_whole_day)
            || [start, end, both].into_iter().any(may_name_half);
        if let (Some(from), Some(to)) = (from, to)
            && to <= from
        {
            let word =
                if both.is_empty() { [start, end].join("–".as_bytes()) } else { both.into() };
            self.backwards.add(offset, &word);
        }
    }

    /// Notes which of the words of a record have AM or PM, and which lack it.
    fn look_at_halves(&mut self, words: &[&[u8]], offset: u64) {
        let halves = words.iter().filter_map(|word| Some((*word, half_and_form(word)?)));
        let halves: Vec<_> = halves.collect();
        // A time after 13:00 beside it shows on which clock a time is.
        let settled = halves.iter().any(|(_, (half, _))| *half == HalfOfDay::Settled);
        for (word, (half, form)) in halves {
            match half {
                HalfOfDay::Named => {
                    self.named.insert(form);
                }
                HalfOfDay::Open if !settled => self.open.entry(form).or_default().add(offset, word),
                HalfOfDay::Open | HalfOfDay::Settled => {}
            }
        }
    }

    pub(super) fn and(mut self, other: Halves) -> Halves {
        for (form, samples) in other.open {
            let known = self.open.remove(&form).unwrap_or_default();
            self.open.insert(form, known.and(samples));
        }
        self.named.extend(other.named);
        Halves {
            whole_day: self.whole_day | other.whole_day,
            backwards: self.backwards.and(other.backwards),
            ..self
        }
    }

    pub(super) fn doubt(&self, source: &Source) -> Option<Doubt> {
        let mixed = self.open.iter().filter(|(form, _)| self.named.contains(*form));
        if let Some((_, open)) = mixed.max_by_key(|(_, open)| open.count()) {
            let tell = |about: &About<'_>, words: &[String]| {
                let read =
                    "other times of the file have AM or PM; each was read on a 24-hour clock";
                two_readings::doubt(about, words, read)
            };
            return Some(with_about(source, Field::Start, open, tell));
        }
        let tell = |about: &About<'_>, words: &[String]| {
            let read = "no time is later than 12:59 or has AM or PM; each was read on a 24-hour \
                        clock, to an end on the next day";
            two_readings::doubt(about, words, read)
        };
        let doubtful = !self.whole_day && self.backwards.count() > 0;
        doubtful.then(|| with_about(source, Field::Start, &self.backwards, tell))
    }
}

/// What a word says about its half of the day, and the form of the date before it: the
/// marks between its parts.
fn half_and_form(word: &[u8]) -> Option<(HalfOfDay, Vec<u8>)> {
    if let Some(half) = half_of_day(word) {
        return Some((half, Vec::new()));
    }
    if let Some(half) = half_of_range(word) {
        return Some((half, b"-".to_vec()));
    }
    let (half, date) = dated_half_of_day(word)?;
    let marks = date.iter().copied().filter(|byte| !byte.is_ascii_alphanumeric());
    // A date without marks is one all the same.
    Some((half, marks.chain([b' ']).collect()))
}

/// What a range of two clock times says about its half of the day.
fn half_of_range(word: &[u8]) -> Option<HalfOfDay> {
    let (Some(from), Some(to)) = range(word) else { return None };
    Some(match [from, to].into_iter().any(is_of_whole_day) {
        _ if may_name_half(word) => HalfOfDay::Named,
        true => HalfOfDay::Settled,
        false => HalfOfDay::Open,
    })
}

/// Whether a clock time is one that half a day does not have.
fn is_of_whole_day(time: i64) -> bool {
    !(HOUR..13 * HOUR).contains(&time)
}

/// The time of day of a word, in milliseconds.
fn clock(word: &[u8]) -> Option<i64> {
    match timestamp::read_as(word, Expected { clock: true, ..Expected::default() }).ok()?.written {
        Written::Clock(time, _) | Written::AbbreviatedClock(time, _) => Some(time),
        _ => None,
    }
}

fn range(word: &[u8]) -> (Option<i64>, Option<i64>) {
    let expected = Expected { clock: true, ..Expected::default() };
    let Some(range) = timestamp::range(word, expected) else { return (None, None) };
    let time = |written: Written| match written {
        Written::Clock(time, _) | Written::AbbreviatedClock(time, _) => Some(time),
        _ => None,
    };
    let end = match range.end {
        RangeEnd::At(end) => time(end.written),
        RangeEnd::After(_) => None,
    };
    (time(range.start.written), end)
}

#[cfg(test)]
mod tests {
    use super::Halves;
    use crate::model::row::{Field, Row};

    fn halves(rows: &[(&str, &str)]) -> Halves {
        let mut halves = Halves::default();
        for (place, (start, end)) in rows.iter().enumerate() {
            let mut row = Row::default();
            let ranges = end.is_empty();
            row.set(if ranges { Field::Times } else { Field::Start }, start.as_bytes());
            row.set(Field::End, end.as_bytes());
            halves.look(&row, place as u64);
        }
        halves
    }

    #[test]
    fn times_of_half_a_day_are_told_by_what_is_not_there() {
        for (rows, doubtful) in [
            (&[("9:00", "5:00")][..], true),
            (&[("9:00", "5:00"), ("8", "12:59")], true),
            (&[("9:00-5:00", "")], true),
            (&[("9:00", "5:00"), ("13:00", "5:00")], false),
            (&[("9:00", "5:00"), ("8:00", "0:30")], false),
            (&[("9:00", "5:00"), ("8:00", "24:00")], false),
            (&[("9:00 AM", "5:00")], false),
            (&[("9:00", "12:00")], false),
        ] {
            let found = halves(rows);
            let told = !found.whole_day && found.backwards.count() > 0;
            assert_eq!(told, doubtful, "{rows:?}: {found:?}");
        }
        assert_eq!(halves(&[("9:00", "5:00")]).backwards.words(), ["9:00–5:00"]);
    }
}
