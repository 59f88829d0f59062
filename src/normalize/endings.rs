//! Words become the two ends of a record, by every reading.

use super::{Normalizer, Skip};
use crate::calendar::{Local, same_to_the_minute};
use crate::model::conventions::Question;
use crate::model::fact::Flaw;
use crate::model::finding::Doubt;
use crate::model::row::{Field, Row};
use crate::model::shift::Traits;
use crate::model::time::{Clock, DAY, Disambiguation, Instant, MINUTE};
use crate::timestamp::{self, NoTime, Written};

/// One end of a record: the instant as chosen, the instant of the other
/// reading (the same where there is none), and why there is one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ending {
    pub(super) chosen: Instant,
    pub(super) other: Instant,
    pub(super) doubt: Option<Doubt>,
    /// The offset it was written with; `None` for `Z` and for local times.
    pub(super) offset: Option<i32>,
    /// The local time as it was written; of one with an offset, at that.
    pub(super) local: i64,
}

impl Normalizer<'_> {
    /// The start and the end of a row.
    pub(super) fn endings(
        &mut self,
        row: &Row<'_>,
        named: Option<Clock>,
        traits: &mut Traits,
    ) -> Result<(Ending, Ending), Skip> {
        let (start_word, start_field) =
            first_of(row, [Field::Start, Field::StartDate, Field::Date]);
        let mut start_written = self.word_in(start_word, start_field)?;
        if let Written::Local(midnight) = start_written
            && stands_for_date(row, start_field, midnight)
        {
            start_written = Written::Date(midnight.div_euclid(DAY));
        }
        let start = match start_written {
            Written::Clock(time, offset) => {
                let day = self.date_in(row, [Field::StartDate, Field::Date], start_field)?;
                self.at_clock(day, time, offset, named, traits)
            }
            Written::Date(day) => self.at_day_start(day, named, traits),
            Written::Local(local) => self.at_local(local, named, traits),
            Written::Instant { at, offset } => self.at_instant(at, offset, named, traits),
        };
        let all_day = self.words.is_true(row.word(Field::AllDay));
        if all_day && first_of(row, [Field::End, Field::EndDate, Field::Length]).0.is_empty() {
            return Ok(self.whole_days(start, start, named, traits));
        }
        let end = self.ending(row, start_written, start, named, traits)?;
        Ok(if all_day { self.whole_days(start, end, named, traits) } else { (start, end) })
    }

    /// From the first instant of the local day of the start to the last of that
    /// of the end. An end at midnight ends the day before it.
    fn whole_days(
        &mut self,
        start: Ending,
        end: Ending,
        named: Option<Clock>,
        traits: &mut Traits,
    ) -> (Ending, Ending) {
        let first = self.local_of(start, named).div_euclid(DAY);
        let after = self.local_of(end, named).div_euclid(DAY) + 1;
        let midnight = self.local_of(end, named).rem_euclid(DAY) == 0;
        let after = if midnight && after > first + 1 { after - 1 } else { after };
        (self.at_day_start(first, named, traits), self.at_day_start(after, named, traits))
    }

    /// What the record's clock shows at one of its ends.
    fn local_of(&mut self, ending: Ending, named: Option<Clock>) -> i64 {
        match (ending.offset, named.or(self.zone)) {
            (Some(_), Some(clock)) => {
                let offset = self.calendar.offset_at(clock, ending.chosen, &mut self.season);
                ending.chosen + i64::from(offset) * 1000
            }
            _ => ending.local,
        }
    }

    fn ending(
        &mut self,
        row: &Row<'_>,
        start_written: Written,
        start: Ending,
        named: Option<Clock>,
        traits: &mut Traits,
    ) -> Result<Ending, Skip> {
        let word = row.word(Field::End);
        let length = row.word(Field::Length);
        if word.is_empty() && !length.is_empty() {
            let length = length_in(length)?;
            let moved = |instant: Instant| instant.saturating_add(length);
            let (chosen, other) = (moved(start.chosen), moved(start.other));
            return Ok(Ending { chosen, other, doubt: None, ..start });
        }
        let (word, field) = first_of(row, [Field::End, Field::EndDate, Field::EndDate]);
        if word.is_empty() {
            return match start_written {
                Written::Date(day) => Ok(self.at_day_start(day + 1, named, traits)),
                _ => Err(Flaw::Absent(Field::End).into()),
            };
        }
        Ok(match self.word_in(word, field)? {
            Written::Clock(time, offset) => {
                let explicit = row.word(Field::EndDate);
                if !explicit.is_empty() {
                    let day = self.whole_day(explicit, Field::EndDate)?;
                    return Ok(self.at_clock(day, time, offset, named, traits));
                }
                let day = match start_written {
                    Written::Clock(..) => {
                        self.date_in(row, [Field::Date, Field::StartDate], field)?
                    }
                    _ => start.local.div_euclid(DAY),
                };
                self.at_clock_after(day, time, offset, start, named, traits)
            }
            Written::Date(day) => self.at_day_start(day + 1, named, traits),
            Written::Local(local) => self.at_local(local, named, traits),
            Written::Instant { at, offset } => self.at_instant(at, offset, named, traits),
        })
    }

    fn at_clock(
        &mut self,
        day: i64,
        time: i64,
        offset: Option<i32>,
        named: Option<Clock>,
        traits: &mut Traits,
    ) -> Ending {
        let local = day * DAY + time;
        match offset {
            None => self.at_local(local, named, traits),
            Some(seconds) => {
                self.at_instant(local - i64::from(seconds) * 1000, Some(seconds), named, traits)
            }
        }
    }

    /// A clock time at the end, on the day of the start or, if it is not after
    /// the start there, on the next.
    fn at_clock_after(
        &mut self,
        day: i64,
        time: i64,
        offset: Option<i32>,
        start: Ending,
        named: Option<Clock>,
        traits: &mut Traits,
    ) -> Ending {
        let local = day * DAY + time;
        let late = match offset {
            None => local > start.local,
            Some(offset) => local - i64::from(offset) * 1000 > start.chosen,
        };
        if late {
            return self.at_clock(day, time, offset, named, traits);
        }
        traits.add(Traits::OVERNIGHT);
        self.at_clock(day + 1, time, offset, named, traits)
    }

    /// The clock for times without an offset; UTC where there is none.
    fn clock_for(&self, named: Option<Clock>, traits: &mut Traits) -> (Clock, Option<Doubt>) {
        match named.or(self.zone) {
            Some(clock) => (clock, None),
            None => {
                traits.add(Traits::MISSING_OFFSET);
                (Clock::UTC, Some(Doubt::Missing))
            }
        }
    }

    pub(super) fn at_day_start(
        &mut self,
        day: i64,
        named: Option<Clock>,
        traits: &mut Traits,
    ) -> Ending {
        let (clock, doubt) = self.clock_for(named, traits);
        let at = self.calendar.day_start(clock, day, &mut self.season);
        Ending { chosen: at, other: at, doubt, offset: None, local: day * DAY }
    }

    pub(super) fn at_local(
        &mut self,
        local: i64,
        named: Option<Clock>,
        traits: &mut Traits,
    ) -> Ending {
        let (clock, missing) = self.clock_for(named, traits);
        let at = |offset: i32| local - i64::from(offset) * 1000;
        let (compatible, other, doubt) = match self.calendar.local(clock, local, &mut self.season) {
            Local::Plain(offset) => (at(offset), at(offset), missing),
            Local::Gap(before, after) => (at(before), at(after), Some(Doubt::Gap)),
            Local::Fold(first, second) => (at(first), at(second), Some(Doubt::Fold)),
        };
        match doubt {
            Some(Doubt::Gap) => traits.add(Traits::GAP),
            Some(Doubt::Fold) => traits.add(Traits::FOLD),
            _ => {}
        }
        let chosen = match self.disambiguation {
            Disambiguation::Compatible => compatible,
            Disambiguation::Earlier => compatible.min(other),
            Disambiguation::Later => compatible.max(other),
        };
        let other = compatible + other - chosen;
        Ending { chosen, other, doubt, offset: None, local }
    }

    pub(super) fn at_instant(
        &mut self,
        at: Instant,
        offset: Option<i32>,
        named: Option<Clock>,
        traits: &mut Traits,
    ) -> Ending {
        let agrees = match offset {
            None => true,
            Some(offset) => self.agrees(at, offset, named),
        };
        if !agrees {
            traits.add(Traits::MISMATCH);
        } else if offset.unwrap_or(0) == 0 && named.or(self.zone).is_some() {
            traits.add(Traits::UTC);
        }
        Ending {
            chosen: at,
            other: at,
            doubt: (!agrees).then_some(Doubt::Mismatch),
            offset,
            local: at + i64::from(offset.unwrap_or(0)) * 1000,
        }
    }

    /// Whether an offset is the one that the zone has then. A zone that only
    /// `--tz` names objects to its own offsets of another season, not to those
    /// of other regions; and any zone takes `+00:00` for UTC, as programs write
    /// it, unless it is such an offset of its own.
    fn agrees(&mut self, at: Instant, offset: i32, named: Option<Clock>) -> bool {
        let Some(clock) = named.or(self.zone) else {
            return true;
        };
        let right = self.calendar.offset_at(clock, at, &mut self.season);
        let foreign = named.is_none() || offset == 0;
        same_to_the_minute(right, offset)
            || (foreign && !self.calendar.uses_offset(clock, at, offset))
    }

    #[inline(always)]
    pub(super) fn word_in(&self, word: &[u8], field: Field) -> Result<Written, Skip> {
        if word.is_empty() {
            return Err(Flaw::Absent(field).into());
        }
        timestamp::read(word, self.conventions.order).map_err(|why| match why {
            NoTime::Form => Flaw::NoTime(field).into(),
            NoTime::Value => Flaw::NoSuchTime(field).into(),
            NoTime::Order => Skip::Asks(Question::DateOrder),
        })
    }

    /// The day in the first of two fields that is not empty, for a clock time
    /// in another field.
    fn date_in(&self, row: &Row<'_>, fields: [Field; 2], clock: Field) -> Result<i64, Skip> {
        for field in fields {
            let word = row.word(field);
            if !word.is_empty() {
                return self.whole_day(word, field);
            }
        }
        Err(Flaw::NoDate(clock).into())
    }

    /// A word that must be a date. A midnight beside it, as spreadsheets write,
    /// is one too.
    fn whole_day(&self, word: &[u8], field: Field) -> Result<i64, Skip> {
        match self.word_in(word, field)? {
            Written::Date(day) => Ok(day),
            Written::Local(local) if local.rem_euclid(DAY) == 0 => Ok(local.div_euclid(DAY)),
            _ => Err(Flaw::NoTime(field).into()),
        }
    }
}

/// Whether a midnight is a date, as programs write them: in a column for dates,
/// and with nothing that says when it ends.
fn stands_for_date(row: &Row<'_>, field: Field, midnight: i64) -> bool {
    field != Field::Start
        && midnight.rem_euclid(DAY) == 0
        && first_of(row, [Field::End, Field::EndDate, Field::Length]).0.is_empty()
}

pub(super) fn first_of<'r>(row: &Row<'r>, fields: [Field; 3]) -> (&'r [u8], Field) {
    for field in fields {
        let word = row.word(field);
        if !word.is_empty() {
            return (word, field);
        }
    }
    (b"", fields[0])
}

/// Minutes, whole or with a decimal fraction, in milliseconds.
fn length_in(word: &[u8]) -> Result<i64, Flaw> {
    let minutes: f64 = std::str::from_utf8(word)
        .ok()
        .filter(|word| {
            word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'))
        })
        .and_then(|word| word.parse().ok())
        .ok_or(Flaw::NoLength)?;
    if minutes.abs() > 1e9 {
        return Err(Flaw::NoLength);
    }
    Ok((minutes * MINUTE as f64).round() as i64)
}
