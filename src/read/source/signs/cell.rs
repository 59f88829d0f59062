//! A cell becomes the sign that it is of a schedule.

use crate::model::kinds::is_day_part;
use crate::read::names::Shape;
use crate::timestamp;

/// What a cell says about time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CellSign<'c> {
    /// Nothing.
    Nothing,
    /// A time of day, or two; whether they are two.
    Clock { is_range: bool },
    /// What may be one: four digits twice can be a telephone number, too. The word before it,
    /// if there is one: `anna 08:00-16:00`.
    MaybeClock(&'c [u8]),
    /// A date, a first and a last one, or a week.
    Date,
    /// A day of the week; whether it is abbreviated, as `Sat` and names of people are.
    Weekday { is_short: bool },
    /// A part of the day, as shifts are called: `Early`, `Night shift`.
    DayPart,
    /// A day of the month, or any small number; whether a full stop follows it.
    Number(u8, bool),
}

impl<'c> CellSign<'c> {
    /// What a cell without spaces around it says.
    pub(super) fn of(cell: &'c [u8]) -> CellSign<'c> {
        if !cell.iter().any(u8::is_ascii_digit) {
            return match timestamp::is_weekday(cell) {
                true => CellSign::Weekday { is_short: is_short(cell) },
                false if is_part_of_day(cell) => CellSign::DayPart,
                false => word_beside_time(cell).map_or(CellSign::Nothing, CellSign::MaybeClock),
            };
        }
        if let Some(number) = day_of_month(cell) {
            return number;
        }
        if is_long_number(cell) {
            return CellSign::Nothing;
        }
        let shape = Shape::of(&[&*String::from_utf8_lossy(cell)]);
        if shape.holds_clocks() && is_marked(cell) {
            CellSign::Clock { is_range: shape.ranges > 0 }
        } else if shape.holds_clocks() {
            CellSign::MaybeClock(b"")
        } else if shape.holds_times() || timestamp::is_range_of_days(cell) || is_day(cell) {
            CellSign::Date
        } else {
            word_beside_time(cell).map_or(CellSign::Nothing, CellSign::MaybeClock)
        }
    }

    /// Whether it is a day that needs no other beside it.
    pub(super) const fn is_day(self) -> bool {
        matches!(self, CellSign::Date | CellSign::Weekday { is_short: false })
    }
}

/// Whether the name of a day may be something else: `Sam`, `Don`.
fn is_short(name: &[u8]) -> bool {
    const DAYS: [&[u8]; 5] = [b"mon", b"tue", b"wed", b"thu", b"fri"];
    let name = name.strip_suffix(b".").unwrap_or(name);
    name.len() < 4 && !DAYS.iter().any(|day| name.eq_ignore_ascii_case(day))
}

/// Whether a cell is a part of the day, alone or before the word for a shift.
fn is_part_of_day(cell: &[u8]) -> bool {
    const SHIFTS: [&[u8]; 8] =
        [b"shift", b"shifts", b"duty", b"dienst", b"schicht", b"turno", b"service", b"team"];
    let cell = cell.strip_suffix(b":").unwrap_or(cell);
    let mut words = cell.split(|byte| byte.is_ascii_whitespace());
    let is_first = words.next().is_some_and(is_day_part);
    let is_shift = |word: &[u8]| SHIFTS.iter().any(|known| word.eq_ignore_ascii_case(known));
    is_first && words.next().is_none_or(is_shift) && words.next().is_none()
}

/// A number from 1 to 31, with a full stop or without.
fn day_of_month(cell: &[u8]) -> Option<CellSign<'_>> {
    let digits = cell.strip_suffix(b".").unwrap_or(cell);
    let number: u8 = match digits {
        [b'0'..=b'9'] | [b'0'..=b'9', b'0'..=b'9'] => {
            std::str::from_utf8(digits).ok()?.parse().ok()?
        }
        _ => return None,
    };
    (1..=31).contains(&number).then_some(CellSign::Number(number, digits.len() < cell.len()))
}

/// Whether a time has what only times have: a colon, or the letters of `3pm-8pm`, `15h-20h`, or
/// as many full stops as `8.00-16.00`. Seconds since 1970 are as long as no other number.
fn is_marked(cell: &[u8]) -> bool {
    let stops = cell.iter().filter(|byte| **byte == b'.').count();
    is_unix(cell)
        || stops > 1
        || cell.iter().any(|byte| *byte == b':' || byte.is_ascii_alphabetic())
}

/// Whether a number is that of seconds or milliseconds from 2001 to 2033.
fn is_unix(cell: &[u8]) -> bool {
    cell.starts_with(b"1") && matches!(cell.len(), 10 | 13) && cell.iter().all(u8::is_ascii_digit)
}

/// Whether a number is too long for a date, and no time either: that of a telephone.
fn is_long_number(cell: &[u8]) -> bool {
    cell.len() > 8 && cell.iter().all(u8::is_ascii_digit) && !is_unix(cell)
}

/// Whether a word is a day without its year, or one in words: `16.03.`, `16/3`, `Mo 16`,
/// `Monday 2nd March`.
fn is_day(cell: &[u8]) -> bool {
    let dotted = cell.ends_with(b".") || cell.contains(&b'/');
    is_spoken(cell) || is_week(cell) || dotted && timestamp::is_day_of_any_year(cell)
}

/// Whether the words of a cell are those of a day: the name of a day or a month, a number, and
/// what is between them.
fn is_spoken(cell: &[u8]) -> bool {
    const OTHERS: [&[u8]; 7] = [b"of", b"de", b"st", b"nd", b"rd", b"th", b"er"];
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    let is_digit = |byte: &u8| byte.is_ascii_digit();
    let words = cell
        .chunk_by(|one, other| is_word(one) == is_word(other) && is_digit(one) == is_digit(other));
    let words: Vec<&[u8]> = words.filter(|word| word.iter().all(is_word)).collect();
    let is_name = |word: &&[u8]| timestamp::is_weekday(word) || timestamp::is_month(word);
    let is_number = |word: &[u8]| word.len() <= 4 && word.iter().all(is_digit);
    let is_other = |word: &[u8]| OTHERS.iter().any(|known| word.eq_ignore_ascii_case(known));
    words.iter().any(is_name)
        && words.iter().any(|word| word.len() < 3 && is_number(word))
        && words.iter().all(|word| is_name(word) || is_number(word) || is_other(word))
}

/// Whether a word is the number of a week: `Week 10`, `KW10`.
pub(super) fn is_week(cell: &[u8]) -> bool {
    let digits = cell.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let (word, number) = cell.split_at_checked(cell.len() - digits).unwrap_or((b"", b""));
    matches!(number.len(), 1 | 2) && is_word_for_week(word.trim_ascii_end())
}

/// Whether a word is the one for a week, before its number.
pub(super) fn is_word_for_week(word: &[u8]) -> bool {
    const WEEKS: [&[u8]; 8] =
        [b"week", b"wk", b"w", b"kw", b"woche", b"semaine", b"semana", b"settimana"];
    WEEKS.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// The word beside a time in a cell: `anna 08:00-16:00`, `anna (02.03.)`, `Monday: anna`.
fn word_beside_time(cell: &[u8]) -> Option<&[u8]> {
    let colon = cell.windows(2).position(|pair| pair == b": ");
    let after = colon.and_then(|place| Some((cell.get(..place)?, cell.get(place + 2..)?)));
    if let Some((_, word)) = after.filter(|(time, _)| is_time(time)) {
        return Some(word.trim_ascii());
    }
    let place = cell.iter().position(u8::is_ascii_digit)?;
    let (word, time) = cell.split_at_checked(place)?;
    let word = word.trim_ascii_end();
    let word = word.strip_suffix(b":").unwrap_or(word);
    let word = word.strip_suffix(b"(").unwrap_or(word).trim_ascii_end();
    let time = time.strip_suffix(b")").unwrap_or(time);
    (!word.is_empty() && is_time(time)).then_some(word)
}

/// Whether a word is a time of day, a day, or a part of one.
fn is_time(word: &[u8]) -> bool {
    let shape = Shape::of(&[&*String::from_utf8_lossy(word)]);
    shape.holds_times() || timestamp::is_weekday(word) || is_day(word) || is_part_of_day(word)
}

#[cfg(test)]
mod tests {
    use super::CellSign::{self, Clock, Date, DayPart, MaybeClock, Nothing, Number, Weekday};

    #[test]
    fn cells_say_what_they_are_by_themselves() {
        for (cell, expected) in [
            ("E", Nothing),
            ("anna", Nothing),
            ("7.5", Nothing),
            ("4711", Nothing),
            ("Room 12", Nothing),
            ("08:00", Clock { is_range: false }),
            ("08:00-16:00", Clock { is_range: true }),
            ("8.00-16.00", Clock { is_range: true }),
            ("2026-03-02 08:00", Clock { is_range: false }),
            ("0800-1600", MaybeClock(b"")),
            ("555-0100", MaybeClock(b"")),
            ("anna 08:00-16:00", MaybeClock(b"anna")),
            ("anna: 8-16", MaybeClock(b"anna")),
            ("Anna Lee (8:00-16:00)", MaybeClock(b"Anna Lee")),
            ("2026-03-02", Date),
            ("16.03.-18.03.", Date),
            ("16.03.", Date),
            ("16/3", Date),
            ("Mon 16.03.", Date),
            ("Mo 16", Date),
            ("Mo, 16.", Date),
            ("2 March", Date),
            ("Monday 2nd of March 2026", Date),
            ("March 2026", Nothing),
            ("anna (02.03.)", MaybeClock(b"anna")),
            ("Monday: anna", MaybeClock(b"anna")),
            ("Early: anna", MaybeClock(b"anna")),
            ("Note: anna", Nothing),
            ("Early birds", Nothing),
            ("Week 10", Date),
            ("KW10", Date),
            ("Monday", Weekday { is_short: false }),
            ("Mon.", Weekday { is_short: false }),
            ("Sam", Weekday { is_short: true }),
            ("Early", DayPart),
            ("Night shift", DayPart),
            ("Day off", Nothing),
            ("1772438400", Clock { is_range: false }),
            ("5550100123", Nothing),
            ("12", Number(12, false)),
            ("12.", Number(12, true)),
            ("32", Nothing),
        ] {
            assert_eq!(CellSign::of(cell.as_bytes()), expected, "{cell}");
        }
    }
}
