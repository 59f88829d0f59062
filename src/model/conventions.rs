//! Holds how one input writes what a single record leaves open, such as the order of dates.
//!
//! `3/2/2026`, `8.0` beside a start, `45353.33`: a word alone does not say what it means, and
//! the whole file does. The first pass over a file asks a [`Question`] where it meets such a
//! word; the file is then surveyed, and the next pass reads it by the answers.

use crate::model::time::{Clock, DateOrder, DatePartOrder};

/// What has to be known of a whole file before one of its records can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Question {
    /// Day or month first, in dates such as `3/2/2026` or `03022026`, and which number is
    /// the year in `12.01.26`.
    DateOrder,
    /// Hours, minutes or seconds, in lengths that name no unit.
    LengthUnit,
    /// Whether clock times without AM and PM are those of half a day.
    Meridiem,
    /// Whether numbers such as `45353.33` are days since 1900 or 1904.
    Serials,
    /// Whether the mark in numbers such as `1.440` is that of decimals.
    Numbers,
    /// Whether times that are marked as UTC are local, as their column is called.
    MarkedUtc,
    /// Whether numbers such as `8.30` beside a date are clock times.
    DottedClocks,
}

/// A set of questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Questions(u8);

impl Questions {
    /// Whether this question is among them.
    #[must_use]
    pub const fn contains(self, question: Question) -> bool {
        self.0 & (1 << question as u8) != 0
    }

    /// Adds a question.
    pub const fn insert(&mut self, question: Question) {
        self.0 |= 1 << question as u8;
    }

    /// Adds all of another set.
    pub const fn add(&mut self, more: Questions) {
        self.0 |= more.0;
    }
}

impl From<Question> for Questions {
    fn from(question: Question) -> Questions {
        let mut questions = Questions::default();
        questions.insert(question);
        questions
    }
}

/// What a bare number counts where it is a length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LengthUnit {
    /// Hours.
    Hours,
    /// Minutes.
    #[default]
    Minutes,
    /// Seconds.
    Seconds,
    /// Milliseconds.
    Milliseconds,
    /// Days by the calendar.
    Days,
    /// Weeks of seven such days.
    Weeks,
}

impl LengthUnit {
    /// How many milliseconds one of it is, with days of 24 hours.
    #[must_use]
    pub const fn milliseconds(self) -> i64 {
        match self {
            LengthUnit::Hours => 3_600_000,
            LengthUnit::Minutes => 60_000,
            LengthUnit::Seconds => 1_000,
            LengthUnit::Milliseconds => 1,
            LengthUnit::Days => 86_400_000,
            LengthUnit::Weeks => 604_800_000,
        }
    }

    /// `hours`, `minutes`, `seconds`, `milliseconds`, `days`, `weeks`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            LengthUnit::Hours => "hours",
            LengthUnit::Minutes => "minutes",
            LengthUnit::Seconds => "seconds",
            LengthUnit::Milliseconds => "milliseconds",
            LengthUnit::Days => "days",
            LengthUnit::Weeks => "weeks",
        }
    }
}

/// The day that a spreadsheet counts its serial numbers from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SerialEpoch {
    /// 1 is 1900-01-01, and 60 a day that never was.
    #[default]
    Of1900,
    /// 0 is 1904-01-01.
    Of1904,
}

/// How one input writes its times and lengths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Conventions {
    /// Questions that are settled: the file was surveyed for them, or the user
    /// has answered them. One that the survey could not answer is settled, too,
    /// by the default here, and is a doubt of the input.
    pub settled: Questions,
    /// The order of day and month; dates that need it cannot be read without.
    pub order: Option<DateOrder>,
    /// The order of the numbers in dates whose year has two digits; such dates cannot be
    /// read without.
    pub short_years: Option<DatePartOrder>,
    /// The unit of lengths that name none.
    pub length_unit: LengthUnit,
    /// The epoch of serial numbers; without one they are not times.
    pub serials: Option<SerialEpoch>,
    /// Whether `8.30` beside a date is half past eight.
    pub dotted_clocks: bool,
    /// The clock that the name of the start's column gives, as `start_utc` does.
    /// It comes before the record's own zone.
    pub start_clock: Option<Clock>,
    /// The clock that the name of the end's column gives.
    pub end_clock: Option<Clock>,
    /// Whether the name of a column says that its times are local.
    pub local: bool,
    /// Whether an end that is a date is the day after the last one, as in calendars.
    pub exclusive_ends: bool,
    /// Whether a shift with a date and no hours takes the whole local day.
    pub whole_days: bool,
}
