//! Describes what the values of a column look like.

use crate::model::kinds::takes_whole_day;
use crate::model::operation::deletes;
use crate::model::time::DateOrder;
use crate::timestamp::{self, Expected, NoTime, Written};

/// The values of a column in the beginning of a file, counted by what they look
/// like. A value can look like more than one thing: `0800` is a number and a clock
/// time.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Shape {
    /// All values, empty ones too.
    pub values: u32,
    /// Empty values.
    pub empty: u32,
    /// Clock times: `08:00`, `8 AM`.
    pub clocks: u32,
    /// Dates.
    pub dates: u32,
    /// Dates with a clock time, without an offset.
    pub locals: u32,
    /// Dates with a clock time and an offset; Unix times.
    pub instants: u32,
    /// Two clock times, or two times: `08:00-16:00`.
    pub ranges: u32,
    /// Plain numbers.
    pub numbers: u32,
    /// Numbers from 0 to 24, as hours of the day or a part of it are.
    pub day_hours: u32,
    /// Numbers of three or four digits that are a clock time: `800`, `1630`.
    pub digit_clocks: u32,
    /// Numbers that are days since 1900, from 1990 to 2099.
    pub serials: u32,
    /// Anything with letters in it that is nothing else.
    pub words: u32,
    /// Words with a space between letters, as names of people have.
    pub spaced: u32,
    /// Words with an `@`.
    pub addresses: u32,
    /// Words for yes or no.
    pub flags: u32,
    /// Words for what is done with a record: `add`, `delete`.
    pub operations: u32,
    /// Words for a whole day or a part of it.
    pub portions: u32,
    /// Days of the week.
    pub weekdays: u32,
    /// Units of lengths: `days`, `h`.
    pub units: u32,
    /// What no zone is called: numbers, single letters, `Zone A`.
    pub areas: u32,
    /// Times with an offset that may be the hours of a day, and whether a value showed that such
    /// values are.
    maybe_hours: u32,
    has_dated_hours: bool,
    /// A hash of the first value that is not empty.
    first: u64,
    /// Whether another value differs from that.
    differs: bool,
}

impl Shape {
    /// The shape of these values.
    #[must_use]
    pub fn of(values: &[impl AsRef<str>]) -> Shape {
        let mut shape = Shape::default();
        for value in values {
            shape.add(value.as_ref().as_bytes());
        }
        shape
    }

    /// Counts a value.
    pub fn add(&mut self, value: &[u8]) {
        let value = value.trim_ascii();
        self.values += 1;
        if value.is_empty() {
            self.empty += 1;
            return;
        }
        self.compare(value);
        // Months and days of the week have a space after them.
        self.areas += u32::from(is_area(value));
        if value.first().is_some_and(u8::is_ascii_alphabetic) && !value.contains(&b' ') {
            self.add_word(value);
            return;
        }
        match timestamp::read(value, None) {
            Ok(Written::Instant { .. }) => self.add_instant(value),
            Ok(Written::Local(_)) => self.locals += 1,
            Ok(Written::Date(_)) => self.dates += 1,
            // `08:00-12:00` has the form of a clock time with an offset, too.
            Ok(Written::Clock(_, Some(_))) if is_range(value) => {
                self.clocks += 1;
                self.ranges += 1;
            }
            Ok(Written::Clock(..)) if !is_digits(value) => self.clocks += 1,
            Err(NoTime::Order) if value.contains(&b':') => self.locals += 1,
            Err(NoTime::Order) => self.dates += 1,
            // `18:00 a 22:00` begins as a time of the morning does.
            Err(NoTime::Value) if is_range(value) => self.ranges += 1,
            // The hour after midnight as transit schedules write it.
            Err(NoTime::Value) if value.contains(&b':') && value.len() < 9 => self.clocks += 1,
            Err(NoTime::Value) if value.contains(&b':') => self.locals += 1,
            _ => self.add_other(value),
        }
    }

    /// Counts a time with an offset, or the hours of a day: `2026-03-02 08:00-16:00`. One with
    /// an offset that no zone has shows what all of such values are.
    fn add_instant(&mut self, value: &[u8]) {
        let expected = Expected { order: Some(DateOrder::DayMonth), clock: true };
        if !self.has_dated_hours && is_range(value) {
            self.has_dated_hours = true;
            self.instants -= self.maybe_hours;
            self.ranges += self.maybe_hours;
        }
        match timestamp::hours_of_day(value, expected).is_some() {
            true if self.has_dated_hours => self.ranges += 1,
            maybe => {
                self.instants += 1;
                self.maybe_hours += u32::from(maybe);
            }
        }
    }

    /// Counts a value that is not a time by itself.
    fn add_other(&mut self, value: &[u8]) {
        if let Some(number) = number(value) {
            self.add_number(value, number);
        } else if timestamp::ShortYearDate::of(value).is_some() {
            let timed = value.contains(&b':');
            self.locals += u32::from(timed);
            self.dates += u32::from(!timed);
        } else if is_range(value) {
            self.ranges += 1;
        } else {
            self.add_word(value);
        }
    }

    fn add_number(&mut self, value: &[u8], number: f64) {
        self.numbers += 1;
        self.day_hours += u32::from((0.0..=24.0).contains(&number));
        self.serials += u32::from((32_874.0..73_051.0).contains(&number));
        let digits = is_digits(value) && matches!(value.len(), 3 | 4);
        let clock = number <= 2400.0 && number % 100.0 < 60.0;
        self.digit_clocks += u32::from(digits && clock);
        self.flags += u32::from(matches!(value, b"0" | b"1"));
    }

    fn add_word(&mut self, value: &[u8]) {
        const FLAGS: [&[u8]; 14] = [
            b"true", b"false", b"yes", b"no", b"y", b"n", b"x", b"ja", b"nein", b"nee", b"oui",
            b"non", b"sim", b"si",
        ];
        self.words += 1;
        self.operations += u32::from(deletes(value).is_some());
        self.portions += u32::from(takes_whole_day(value).is_some());
        let is_flag = |flag: &&[u8]| value.eq_ignore_ascii_case(flag);
        self.flags += u32::from(value.len() < 6 && FLAGS.iter().any(is_flag));
        self.weekdays += u32::from(is_weekday(value));
        self.units += u32::from(timestamp::names_length_unit(value));
        self.addresses += u32::from(value.contains(&b'@'));
        let letters = |byte: &u8| byte.is_ascii_alphabetic() || !byte.is_ascii();
        let spaced = value.windows(3).any(|near| {
            matches!(near, [before, b' ', after] if (letters(before) || *before == b',') && letters(after))
        });
        self.spaced += u32::from(spaced);
    }

    fn compare(&mut self, value: &[u8]) {
        let hash = value.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
        if self.empty + 1 == self.values {
            self.first = hash;
        } else {
            self.differs |= hash != self.first;
        }
    }

    /// How many values are not empty.
    #[must_use]
    pub fn filled(&self) -> u32 {
        self.values - self.empty
    }

    /// Whether there are values, and all of them are the same. Empty ones count.
    #[must_use]
    pub fn is_constant(&self) -> bool {
        self.values > 1 && !self.differs && (self.empty == 0 || self.filled() == 0)
    }

    /// Whether values were examined, and all of them are empty.
    #[must_use]
    pub fn is_vacant(&self) -> bool {
        self.values > 0 && self.filled() == 0
    }

    /// How many values can be an end of a record: a time, a date, or the number of an
    /// hour.
    #[must_use]
    pub fn times(&self) -> u32 {
        let numbers = (self.day_hours + self.digit_clocks + self.serials).min(self.numbers);
        self.clocks + self.dates + self.locals + self.instants + numbers
    }

    /// Whether most values are times, not counting plain numbers.
    #[must_use]
    pub fn holds_times(&self) -> bool {
        let times = self.clocks + self.dates + self.locals + self.instants + self.ranges;
        most(times.min(self.filled()), self.filled())
    }

    /// Whether most values say a time of day.
    #[must_use]
    pub fn holds_clocks(&self) -> bool {
        most(self.clocks + self.locals + self.instants + self.ranges, self.filled())
    }

    /// Whether most values are two clock times.
    #[must_use]
    pub fn holds_ranges(&self) -> bool {
        most(self.ranges, self.filled())
    }
}

/// Whether a part is at least the half of something.
pub(super) fn most(part: u32, whole: u32) -> bool {
    whole > 0 && part * 2 >= whole
}

fn is_digits(value: &[u8]) -> bool {
    value.iter().all(u8::is_ascii_digit)
}

/// A plain number: `8`, `8.5`, `8,5`, `-3`.
fn number(value: &[u8]) -> Option<f64> {
    let text = std::str::from_utf8(value).ok().filter(|text| text.len() < 24)?;
    let plain =
        text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'-'));
    if plain { text.replace(',', ".").parse().ok() } else { None }
}

/// Whether a value is two clock times, or two times.
fn is_range(value: &[u8]) -> bool {
    if !may_be_range(value) {
        return false;
    }
    let is_one = |order: DateOrder| {
        timestamp::range(value, Expected { order: Some(order), clock: true }).is_some()
    };
    is_one(DateOrder::DayMonth) || value.contains(&b'/') && is_one(DateOrder::MonthDay)
}

/// Whether the letters after digits can be those of times: ids have others, and are most of
/// what comes here.
fn may_be_range(value: &[u8]) -> bool {
    let behind_digit = value.windows(2).filter(|pair| pair[0].is_ascii_digit());
    let mut letters = behind_digit.map(|pair| pair[1].to_ascii_lowercase());
    letters.all(|letter| !letter.is_ascii_lowercase() || b"aphtzunrsd".contains(&letter))
}

/// Whether a word is a day of the week, whole or abbreviated, in one of the languages
/// that names are known in.
#[must_use]
pub fn is_weekday(word: &[u8]) -> bool {
    const BEGINNINGS: [&str; 34] = [
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "die", "mit", "don", "sam", "son", "lun",
        "mar", "mer", "jeu", "jue", "ven", "vie", "dim", "dom", "mie", "mié", "sab", "sáb", "gio",
        "seg", "ter", "qua", "qui", "sex", "maa", "din", "woe",
    ];
    const ENDINGS: [&str; 11] =
        ["day", "tag", "woch", "di", "dì", "es", "feira", "dag", "ado", "ato", "ngo"];
    let starts = |text: &str| word.get(..text.len()).is_some_and(|word| same(word, text));
    let ends = |text: &str| {
        let place = word.len().checked_sub(text.len());
        place.and_then(|place| word.get(place..)).is_some_and(|word| same(word, text))
    };
    let Some(beginning) = BEGINNINGS.iter().find(|beginning| starts(beginning)) else {
        return false;
    };
    let short = word.len() == beginning.len() || word.len() == beginning.len() + 1 && ends(".");
    short || word.len() < 16 && ENDINGS.iter().any(|ending| ends(ending))
}

fn same(word: &[u8], text: &str) -> bool {
    word.eq_ignore_ascii_case(text.as_bytes())
}

/// Whether a value names a part of a place rather than a time zone. What zones are
/// called is not known here: `Navajo` is one.
fn is_area(value: &[u8]) -> bool {
    const WORDS: [&[u8]; 3] = [b"zone", b"area", b"bereich"];
    let starts = |word: &&[u8]| {
        value.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    let number = value.iter().all(u8::is_ascii_digit);
    number || value.len() == 1 && value != b"Z" || WORDS.iter().any(starts)
}

#[cfg(test)]
mod tests {
    use super::Shape;

    fn shape(value: &str) -> Shape {
        Shape::of(&[value])
    }

    #[test]
    fn values_are_told_apart() {
        for (values, count) in [
            (
                &["08:00", "8:00 AM", "8am", "25:10", "08:00:00"][..],
                (|s| s.clocks) as fn(Shape) -> u32,
            ),
            (&["2026-03-02", "3/2/2026", "2.3.2026", "20260302", "2.3.26"], |s| s.dates),
            (&["2026-03-02 08:00", "3/2/2026 8:00 AM", "02.03.26 08:00"], |s| s.locals),
            (&["2026-03-02T08:00Z", "1772438400", "1772438400000"], |s| s.instants),
            (
                &[
                    "08:00-16:00",
                    "8:00 - 16:00",
                    "8am-4pm",
                    "9-17",
                    "08:00–16:00",
                    "8h-16h",
                    "8h30 à 16h",
                    "08:00 bis 16:00",
                    "08.00-16.00",
                    "18:00 a 22:00",
                    "0800-1600",
                    "2026-03-02T08:00/2026-03-02T16:00",
                    "[2026-03-02 08:00, 2026-03-02 16:00)",
                ][..12],
                |s| s.ranges,
            ),
            (&["8", "8.5", "8,5", "480", "-3"], |s| s.numbers),
            (&["8", "17", "0.5"], |s| s.day_hours),
            (&["800", "1630", "0000"], |s| s.digit_clocks),
            (&["46083", "46083.33"], |s| s.serials),
            (&["Ann", "E-17", "night shift"], |s| s.words),
            (&["Ann Smith", "Smith, Ann", "Zoë Ångström"], |s| s.spaced),
            (&["ann@example.com"], |s| s.addresses),
            (&["true", "No", "1"], |s| s.flags),
            (&["Monday", "Mo.", "Fri", "lundi", "Montag", "miércoles", "sexta-feira"][2..], |s| {
                s.weekdays
            }),
            (&["A", "7", "Zone 4", "area 51"], |s| s.areas),
        ] {
            for value in values {
                assert_eq!(count(shape(value)), 1, "{value}: {:?}", shape(value));
            }
        }
    }

    #[test]
    fn what_only_looks_like_it_does_not_count() {
        for value in ["2026-03-02", "A-1", "Ann-Marie", "1/2", "north/south"] {
            assert_eq!(shape(value).ranges, 0, "{value}");
        }
        for word in ["moneybag", "Martin", "Samir", "Donna", "Marco", "approved"] {
            assert_eq!(shape(word).weekdays, 0, "{word}");
        }
        for word in ["Z", "Navajo", "GB", "Europe/Berlin", "-06:00", "utc+1"] {
            assert_eq!(shape(word).areas, 0, "{word}");
        }
        assert_eq!(shape("Ann").spaced, 0);
        assert_eq!(shape("480").day_hours, 0);
    }

    #[test]
    fn a_column_is_constant_if_nothing_differs() {
        for (values, constant) in [
            (&["a", "a"][..], true),
            (&["a", "b"], false),
            (&["a", ""], false),
            (&["", ""], true),
            (&["a"], false),
            (&[], false),
            (&["", "a", "a"], false),
        ] {
            assert_eq!(Shape::of(values).is_constant(), constant, "{values:?}");
        }
    }
}
