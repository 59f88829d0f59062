//! Turns the value of a cell into a word as other files have it.
//!
//! Dates become ISO 8601 text and clock times `08:00:00`, whatever the number format makes of
//! them. What has no value that could be read (errors, formulas that were never calculated,
//! dates of 1900 before March) becomes a word that is neither a time nor a name, so that the
//! record is reported.

use super::format_code::NumberKind;
use calamine::{DataRef, ExcelDateTime, ExcelDateTimeType};
use std::borrow::Cow;

/// What an error cell holds in the place of the value of a formula that was never calculated.
pub(super) const NOT_CALCULATED: &str = "#VALUE!";

/// Seconds of a day.
const DAY: i64 = 86_400;

/// The first serial number of the 1900 system that is a date without question: 1900-03-01.
/// Excel has a 1900-02-29 before it, other programs do not, and they count differently.
const FIRST_DATE: f64 = 61.0;

/// The first serial number after 9999-12-31, in the 1900 system.
const AFTER_LAST: f64 = 2_958_466.0;

/// The word of a cell; empty if it holds nothing. A number is what its format shows, else what
/// the parser takes it for.
pub(super) fn word<'v>(
    value: &'v DataRef<'_>,
    kind: Option<NumberKind>,
    is_1904: bool,
) -> Cow<'v, str> {
    match value {
        DataRef::Empty => Cow::Borrowed(""),
        DataRef::String(text) => line(text),
        DataRef::SharedString(text) => line(text),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => line(text),
        DataRef::Bool(true) => Cow::Borrowed("true"),
        DataRef::Bool(false) => Cow::Borrowed("false"),
        DataRef::Error(error) => Cow::Owned(error.to_string()),
        DataRef::Int(number) => number_word(*number as f64, kind, is_1904).into(),
        DataRef::Float(number) => number_word(*number, kind, is_1904).into(),
        DataRef::DateTime(date) => {
            // The built-in formats of East Asia have no code, and look plain: what the number
            // can be decides.
            let number = date.as_f64();
            let unknown = if date.is_duration() {
                NumberKind::Duration
            } else if (0.0..1.0).contains(&number) {
                NumberKind::Clock
            } else {
                NumberKind::Date
            };
            let kind = kind.filter(|kind| *kind != NumberKind::Plain).unwrap_or(unknown);
            number_word(number, Some(kind), is_1904).into()
        }
    }
}

/// A text on one line: a cell with line breaks must not move the rows below it.
fn line(text: &str) -> Cow<'_, str> {
    let breaks = |letter: char| matches!(letter, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}');
    let text = text.trim_matches(breaks);
    match text.contains(breaks) {
        false => Cow::Borrowed(text),
        true => Cow::Owned(text.replace("\r\n", " ").replace(breaks, " ")),
    }
}

fn number_word(number: f64, kind: Option<NumberKind>, is_1904: bool) -> String {
    let kind = kind.unwrap_or(NumberKind::Plain);
    if !number.is_finite() {
        return "#NUM!".to_owned();
    }
    let is_time_of_day = (0.0..1.0).contains(&number);
    match kind {
        NumberKind::Plain => plain(number),
        NumberKind::Padded(width) if number >= 0.0 && number.fract() == 0.0 => {
            format!("{:0>width$}", plain(number))
        }
        NumberKind::Padded(_) => plain(number),
        // A clock shows no date, but the cell has one.
        NumberKind::Clock | NumberKind::Duration if number >= FIRST_DATE => {
            date_word(number, NumberKind::DateTime, is_1904)
        }
        NumberKind::Duration => elapsed(seconds(number)),
        // It shows 06:00, and has 30 hours: a length, or a time past midnight.
        NumberKind::Clock if number >= 1.0 => elapsed(seconds(number)),
        NumberKind::Clock if number >= 0.0 => clock(seconds(number)),
        NumberKind::Date | NumberKind::DateTime if is_time_of_day && number > 0.0 => {
            clock(seconds(number))
        }
        _ => date_word(number, kind, is_1904),
    }
}

/// A number with the fifteen digits that spreadsheets have, and no `.0`.
fn plain(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    match rounded == 0.0 {
        true => "0".to_owned(),
        false => rounded.to_string(),
    }
}

/// The seconds of a number of days, the nearest whole one: fractions of a day have no exact
/// third, so that 08:00 can be a little less.
fn seconds(days: f64) -> i64 {
    (days * DAY as f64).round() as i64
}

fn clock(seconds: i64) -> String {
    let time = seconds.rem_euclid(DAY);
    format!("{:02}:{:02}:{:02}", time / 3600, time / 60 % 60, time % 60)
}

/// `25:30`, and with seconds if there are any.
fn elapsed(seconds: i64) -> String {
    let sign = if seconds < 0 { "-" } else { "" };
    let length = seconds.abs();
    let text = format!("{sign}{:02}:{:02}", length / 3600, length / 60 % 60);
    if length % 60 == 0 { text } else { format!("{text}:{:02}", length % 60) }
}

/// A date, with its time of day if it has one or its format shows one.
fn date_word(number: f64, kind: NumberKind, is_1904: bool) -> String {
    let first = if is_1904 { 0.0 } else { FIRST_DATE };
    if !(first..AFTER_LAST).contains(&number) {
        return format!("{} (no date)", plain(number));
    }
    let seconds = seconds(number);
    let (day, time) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
    let day = ExcelDateTime::new(day as f64, ExcelDateTimeType::DateTime, is_1904);
    let (year, month, day, ..) = day.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    match time == 0 && kind == NumberKind::Date {
        true => date,
        false => format!("{date}T{}", clock(time)),
    }
}

#[cfg(test)]
mod tests {
    use super::{DAY, number_word, word};
    use crate::read::workbook::format_code::NumberKind::{
        self, Clock, Date, DateTime, Duration, Padded, Plain,
    };
    use calamine::{CellErrorType, DataRef, ExcelDateTime, ExcelDateTimeType};
    use proptest::prelude::{prop_assert_eq, proptest};

    fn read(number: f64, kind: NumberKind) -> String {
        number_word(number, Some(kind), false)
    }

    #[test]
    fn numbers_are_what_their_formats_show() {
        for (number, kind, expected) in [
            (4711.0, Plain, "4711"),
            (-0.0, Plain, "0"),
            (8.5, Plain, "8.5"),
            (0.1 + 0.2, Plain, "0.3"),
            (123_456_789_012.0, Plain, "123456789012"),
            (42.0, Padded(5), "00042"),
            (4.5, Padded(5), "4.5"),
            (46_090.0, Date, "2026-03-09"),
            (46_090.5, Date, "2026-03-09T12:00:00"),
            (46_090.0, DateTime, "2026-03-09T00:00:00"),
            (46_090.0 + 1.0 / 3.0, DateTime, "2026-03-09T08:00:00"),
            (46_090.333_33, DateTime, "2026-03-09T08:00:00"),
            (46_090.999_999_99, Date, "2026-03-10"),
            (0.333_333_333, Clock, "08:00:00"),
            (0.0, Clock, "00:00:00"),
            (0.999_999_99, Clock, "00:00:00"),
            (1.25, Clock, "30:00"),
            (46_090.25, Clock, "2026-03-09T06:00:00"),
            (0.5, DateTime, "12:00:00"),
            (1.0625, Duration, "25:30"),
            (0.354_178_240_740_741, Duration, "08:30:01"),
            (-0.0625, Duration, "-01:30"),
            (60.0, Date, "60 (no date)"),
            (0.0, Date, "0 (no date)"),
            (61.0, Date, "1900-03-01"),
            (-1.0, DateTime, "-1 (no date)"),
            (-0.5, Clock, "-0.5 (no date)"),
            (2_958_465.0, Date, "9999-12-31"),
            (2_958_466.0, Date, "2958466 (no date)"),
            (f64::NAN, Plain, "#NUM!"),
        ] {
            assert_eq!(read(number, kind), expected, "{number} as {kind:?}");
        }
        assert_eq!(number_word(44_628.0, Some(Date), true), "2026-03-09");
        assert_eq!(number_word(10.0, Some(Date), true), "1904-01-11");
    }

    #[test]
    fn cells_are_one_line_of_text() {
        let text = |value: DataRef<'_>| word(&value, Some(Plain), false).into_owned();
        for (value, expected) in [
            (DataRef::Empty, ""),
            (DataRef::SharedString("a\r\nb\nc\td"), "a b c d"),
            (DataRef::String("\n x \n".to_owned()), " x "),
            (DataRef::Bool(true), "true"),
            (DataRef::Int(42), "42"),
            (DataRef::Error(CellErrorType::Div0), "#DIV/0!"),
            (DataRef::DateTimeIso("2026-03-09T08:00:00".to_owned()), "2026-03-09T08:00:00"),
        ] {
            assert_eq!(text(value), expected);
        }
        let date = |number, kind| text(DataRef::DateTime(ExcelDateTime::new(number, kind, false)));
        assert_eq!(date(46_090.0, ExcelDateTimeType::DateTime), "2026-03-09");
        assert_eq!(date(46_090.5, ExcelDateTimeType::DateTime), "2026-03-09T12:00:00");
        assert_eq!(date(0.5, ExcelDateTimeType::DateTime), "12:00:00");
        assert_eq!(date(1.5, ExcelDateTimeType::TimeDelta), "36:00");
    }

    proptest! {
        #[test]
        fn whole_minutes_stay_whole(day in 61i64..100_000, minute in 0i64..1440, steps in 1i64..97) {
            let exact = day as f64 + minute as f64 / 1440.0;
            // As a column has it that was filled by adding a step.
            let step = minute as f64 / 1440.0 / steps as f64;
            let added = (0..steps).fold(day as f64, |sum, _| sum + step);
            let expected = format!("{:02}:{:02}:00", minute / 60, minute % 60);
            for number in [exact, added] {
                let word = read(number, DateTime);
                prop_assert_eq!(word.split_once('T').map(|(_, time)| time), Some(&*expected));
            }
            prop_assert_eq!(super::seconds(exact) % DAY, minute * 60);
        }
    }
}
