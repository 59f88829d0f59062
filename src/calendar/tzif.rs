//! Parses compiled zone files (TZif) into the rules of a zone.
//!
//! Reads the TZif format (RFC 9636, versions 1 to 4) and the POSIX rule at its end. Only what
//! schedules need is kept: which offset applies from which instant. Abbreviations, leap seconds
//! and daylight flags are skipped.

use super::WIDEST_OFFSET;
use super::civil::{days_from_civil, weekday_of, year_of};

/// From when on which offset holds, in one zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rules {
    /// Seconds since 1970-01-01T00:00Z; the first is the beginning of time.
    starts: Vec<i64>,
    /// Seconds ahead of UTC from the start at the same place on.
    offsets: Vec<i32>,
    /// From here on everything repeats each 400 years, as the calendar does.
    repeats_from: i64,
}

/// Four hundred years in seconds: a whole number of weeks, so that rules by
/// weekday repeat exactly.
const CYCLE: i64 = 146_097 * 86_400;

impl Rules {
    /// Rules with one offset for all time.
    pub(super) fn fixed(offset: i32) -> Rules {
        Rules { starts: vec![i64::MIN], offsets: vec![offset], repeats_from: i64::MAX }
    }

    /// Rules from changes in order of time: instant and the offset from then on.
    pub(super) fn from_changes(
        first: i32,
        changes: impl IntoIterator<Item = (i64, i32)>,
        repeats_from: i64,
    ) -> Rules {
        let mut rules = Rules::fixed(first);
        rules.repeats_from = repeats_from;
        for (start, offset) in changes {
            if rules.offsets.last() != Some(&offset) {
                rules.starts.push(start);
                rules.offsets.push(offset);
            }
        }
        rules
    }

    /// The same second of the 400 years that the table spells out.
    pub(super) fn folded(&self, second: i64) -> i64 {
        match second.checked_sub(self.repeats_from) {
            Some(beyond) if beyond >= 0 => second - (beyond / CYCLE + 1) * CYCLE,
            _ => second,
        }
    }

    /// The place of the stretch that holds a second which is folded already.
    pub(super) fn stretch_at(&self, second: i64) -> usize {
        self.starts.partition_point(|start| *start <= second).saturating_sub(1)
    }

    /// Start, end and offset of the stretch at a place.
    pub(super) fn stretch(&self, place: usize) -> (i64, i64, i32) {
        let start = self.starts.get(place).copied().unwrap_or(i64::MAX);
        let end = self.starts.get(place + 1).copied().unwrap_or(i64::MAX);
        (start, end, self.offsets.get(place).copied().unwrap_or(0))
    }

    /// The instants at which the offset changes, in order.
    #[cfg(test)]
    pub(super) fn changes(&self) -> &[i64] {
        self.starts.get(1..).unwrap_or(&[])
    }

    /// Reads a TZif file; `None` if it is damaged.
    pub(super) fn from_tzif(bytes: &[u8]) -> Option<Rules> {
        let mut file = Bytes(bytes);
        let first = TzifHeader::read(&mut file)?;
        if first.version == 0 {
            let table = TransitionTable::read(&mut file, &first, 4)?;
            return table.rules(None);
        }
        file.take(first.body_length(4)?)?;
        let second = TzifHeader::read(&mut file)?;
        let table = TransitionTable::read(&mut file, &second, 8)?;
        table.rules(footer(file.0)?)
    }
}

struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<usize> {
        let bytes = self.take(4)?.try_into().ok()?;
        usize::try_from(u32::from_be_bytes(bytes)).ok()
    }
}

struct TzifHeader {
    version: u8,
    ut_flags: usize,
    wall_flags: usize,
    leaps: usize,
    changes: usize,
    types: usize,
    letters: usize,
}

impl TzifHeader {
    fn read(file: &mut Bytes<'_>) -> Option<TzifHeader> {
        if file.take(4)? != b"TZif" {
            return None;
        }
        let version = *file.take(1)?.first()?;
        file.take(15)?;
        Some(TzifHeader {
            version,
            ut_flags: file.number()?,
            wall_flags: file.number()?,
            leaps: file.number()?,
            changes: file.number()?,
            types: file.number()?,
            letters: file.number()?,
        })
    }

    fn body_length(&self, instant: usize) -> Option<usize> {
        let changes = self.changes.checked_mul(instant + 1)?;
        let leaps = self.leaps.checked_mul(instant + 4)?;
        let types = self.types.checked_mul(6)?;
        [types, self.letters, leaps, self.wall_flags, self.ut_flags]
            .into_iter()
            .try_fold(changes, usize::checked_add)
    }
}

struct TransitionTable {
    first: i32,
    changes: Vec<(i64, i32)>,
}

impl TransitionTable {
    fn read(file: &mut Bytes<'_>, header: &TzifHeader, width: usize) -> Option<TransitionTable> {
        let mut body = Bytes(file.take(header.body_length(width)?)?);
        let instants = body.take(header.changes * width)?;
        let kinds = body.take(header.changes)?;
        let types = body.take(header.types * 6)?;
        let offset = |kind: usize| -> Option<i32> {
            let bytes = types.get(kind * 6..kind * 6 + 4)?.try_into().ok()?;
            let seconds = i32::from_be_bytes(bytes);
            (i64::from(seconds).abs() < WIDEST_OFFSET).then_some(seconds)
        };
        let mut changes = Vec::with_capacity(header.changes);
        for (instant, kind) in instants.chunks_exact(width).zip(kinds) {
            let second = match *instant {
                [a, b, c, d] => i64::from(i32::from_be_bytes([a, b, c, d])),
                _ => i64::from_be_bytes(instant.try_into().ok()?),
            };
            changes.push((second, offset(usize::from(*kind))?));
        }
        if !changes.is_sorted_by_key(|change| change.0) {
            return None;
        }
        Some(TransitionTable { first: offset(0)?, changes })
    }

    fn rules(mut self, rule: Option<PosixRule>) -> Option<Rules> {
        let Some(rule) = rule else {
            return Some(Rules::from_changes(self.first, self.changes, i64::MAX));
        };
        let last = self.changes.last().map_or(i64::MIN, |change| change.0);
        let Some(summer) = rule.summer else {
            if self.changes.is_empty() {
                self.first = rule.standard;
            }
            return Some(Rules::from_changes(self.first, self.changes, i64::MAX));
        };
        let year = if last == i64::MIN { 1970 } else { year_of(last).clamp(1, 9999) };
        let mut added: Vec<(i64, i32)> = (year - 1..=year + 402)
            .flat_map(|year| {
                [
                    (summer.start.second(year) - i64::from(rule.standard), summer.offset),
                    (summer.end.second(year) - i64::from(summer.offset), rule.standard),
                ]
            })
            .filter(|change| change.0 > last)
            .collect();
        added.sort_unstable();
        self.changes.extend(added);
        let repeats_from = days_from_civil(year + 401, 1, 1) * 86_400;
        Some(Rules::from_changes(self.first, self.changes, repeats_from))
    }
}

/// The rule after the last newline-enclosed line of a file: `None` within for
/// an empty one, `None` without for one that cannot be read.
fn footer(bytes: &[u8]) -> Option<Option<PosixRule>> {
    let text = bytes.strip_prefix(b"\n")?;
    let end = text.iter().position(|byte| *byte == b'\n')?;
    let text = text.get(..end)?;
    if text.is_empty() { Some(None) } else { PosixRule::read(text).map(Some) }
}

/// A rule as the POSIX variable `TZ` writes it: `CST6CDT,M3.2.0,M11.1.0`.
struct PosixRule {
    standard: i32,
    summer: Option<DaylightTime>,
}

struct DaylightTime {
    offset: i32,
    start: YearDay,
    end: YearDay,
}

/// A day of the year and a second of it, on the clock before the change.
struct YearDay {
    day: DayRule,
    second: i64,
}

enum DayRule {
    /// Day 1 to 365, never counting 29 February.
    NoLeap(i64),
    /// Day 0 to 365.
    Zero(i64),
    /// Weekday (from Sunday) of week 1 to 5 (the last) of a month.
    Month(u8, i64, i64),
}

impl YearDay {
    /// Local seconds since 1970-01-01T00:00 at which it comes in a year.
    fn second(&self, year: i32) -> i64 {
        let first = days_from_civil(year, 1, 1);
        let day = match self.day {
            DayRule::Zero(day) => first + day,
            DayRule::NoLeap(day) => {
                let march = days_from_civil(year, 3, 1);
                if day >= 60 { march + day - 60 } else { first + day - 1 }
            }
            DayRule::Month(month, week, weekday) => {
                let begin = days_from_civil(year, month, 1);
                let sunday_based = weekday_of(begin) + 1;
                let day = begin + (weekday - sunday_based).rem_euclid(7) + (week - 1) * 7;
                let next = if month == 12 {
                    days_from_civil(year + 1, 1, 1)
                } else {
                    days_from_civil(year, month + 1, 1)
                };
                if day >= next { day - 7 } else { day }
            }
        };
        day * 86_400 + self.second
    }
}

impl PosixRule {
    fn read(text: &[u8]) -> Option<PosixRule> {
        let mut text = Bytes(text);
        text.abbreviation()?;
        let standard = -text.clock(24)?;
        if text.0.is_empty() {
            return Some(PosixRule { standard, summer: None });
        }
        text.abbreviation()?;
        let offset = match text.0.first()? {
            b',' => standard + 3600,
            _ => -text.clock(24)?,
        };
        let start = text.year_day()?;
        let end = text.year_day()?;
        text.0.is_empty().then_some(())?;
        Some(PosixRule { standard, summer: Some(DaylightTime { offset, start, end }) })
    }
}

impl Bytes<'_> {
    fn eat(&mut self, byte: u8) -> bool {
        let found = self.0.first() == Some(&byte);
        if found {
            self.0 = self.0.get(1..).unwrap_or(&[]);
        }
        found
    }

    fn abbreviation(&mut self) -> Option<()> {
        let end = if self.eat(b'<') {
            let end = self.0.iter().position(|byte| *byte == b'>')?;
            self.take(end)?;
            return self.eat(b'>').then_some(());
        } else {
            self.0.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(self.0.len())
        };
        self.take(end).filter(|name| !name.is_empty()).map(|_| ())
    }

    fn digits(&mut self) -> Option<i64> {
        let end =
            self.0.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(self.0.len()).min(4);
        let digits = self.take(end).filter(|digits| !digits.is_empty())?;
        Some(digits.iter().fold(0, |number, digit| number * 10 + i64::from(digit - b'0')))
    }

    /// `[+-]h[h][:mm[:ss]]` in seconds.
    fn clock(&mut self, most_hours: i64) -> Option<i32> {
        let negative = self.eat(b'-');
        if !negative {
            self.eat(b'+');
        }
        let hours = self.digits()?;
        let minutes = if self.eat(b':') { self.digits()? } else { 0 };
        let seconds = if self.eat(b':') { self.digits()? } else { 0 };
        if hours > most_hours || minutes > 59 || seconds > 59 {
            return None;
        }
        let total = i32::try_from(hours * 3600 + minutes * 60 + seconds).ok()?;
        Some(if negative { -total } else { total })
    }

    fn year_day(&mut self) -> Option<YearDay> {
        self.eat(b',').then_some(())?;
        let day = if self.eat(b'J') {
            DayRule::NoLeap(self.digits().filter(|day| (1..=365).contains(day))?)
        } else if self.eat(b'M') {
            let month = self.digits().filter(|month| (1..=12).contains(month))?;
            self.eat(b'.').then_some(())?;
            let week = self.digits().filter(|week| (1..=5).contains(week))?;
            self.eat(b'.').then_some(())?;
            let weekday = self.digits().filter(|day| (0..=6).contains(day))?;
            DayRule::Month(u8::try_from(month).ok()?, week, weekday)
        } else {
            DayRule::Zero(self.digits().filter(|day| (0..=365).contains(day))?)
        };
        let second = if self.eat(b'/') { i64::from(self.clock(167)?) } else { 2 * 3600 };
        Some(YearDay { day, second })
    }
}

#[cfg(test)]
mod tests;
