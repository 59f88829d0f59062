//! Reads the fields of a row into written times, before zones are applied.
//!
//! Decides which field holds the start of a record and which its end, and what their words mean
//! by themselves. Zones are only named here, and nothing is an instant yet.

use super::lengths::length_in;
use super::{Normalizer, Skip};
use crate::model::conventions::Question;
use crate::model::fact::Flaw;
use crate::model::kinds::{is_absence, is_day_off, is_no_shift, names_shift};
use crate::model::row::{Field, Row};
use crate::model::shift::Kind;
use crate::model::time::{Clock, DAY, DateOrder};
use crate::timestamp::{
    self, DottedClock, Expected, Length, NoTime, RangeEnd, ShortYearDate, Time, Written,
    is_placeholder, looks_like_serial, serial,
};

/// A time of a row, as it is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct WrittenTime {
    pub(super) written: Written,
    pub(super) field: Field,
    /// The clock that its own word names, or its column's.
    pub(super) clock: Option<Clock>,
}

/// When a row ends, as it is written.
#[derive(Debug, Clone, Copy)]
pub(super) enum SaidEnd {
    /// At this time.
    At(WrittenTime),
    /// So long after its start.
    After(Length),
    /// Nothing says when.
    Open,
}

/// When a row starts and ends, as it is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct SaidTimes {
    pub(super) start: WrittenTime,
    pub(super) end: SaidEnd,
}

/// The rows of the single days that a row stands for, if its date is a list of days. They
/// have no activities, whose times would be those of one day.
#[must_use]
pub fn unfold<'r>(
    row: &Row<'r>,
    order: Option<DateOrder>,
) -> Option<impl Iterator<Item = Row<'r>> + use<'r>> {
    let dates = row.dates()?;
    let first = first_date(&dates, order);
    let row = row.clone();
    Some(dates.into_iter().map(move |date| {
        let mut day = row.on(date, first);
        day.set(Field::Activities, b"");
        day
    }))
}

/// The first of some dates; the first word where none of them can be read.
pub(super) fn first_date<'w>(dates: &[&'w [u8]], order: Option<DateOrder>) -> &'w [u8] {
    let day = |date: &[u8]| timestamp::read(date, order).ok().and_then(Written::day);
    let known = dates.iter().filter_map(|date| Some((day(date)?, *date))).min();
    known.map(|(_, date)| date).or(dates.first().copied()).unwrap_or_default()
}

/// Whether the times of a row are midnights, so that they may be dates whose hours are
/// somewhere else.
#[must_use]
pub fn has_midnights_alone(row: &Row<'_>, order: Option<DateOrder>) -> bool {
    let is_midnight = |word: &[u8]| {
        let time = timestamp::read_as(word, Expected { order, clock: true });
        time.is_ok_and(|time| time.written.is_midnight())
    };
    let end = row.word(Field::End);
    row.word(Field::AllDay).is_empty()
        && is_midnight(row.word(Field::Start))
        && (end.is_empty() || is_midnight(end))
}

impl Normalizer<'_> {
    /// What a row says of its times.
    pub(super) fn said_times(&mut self, row: &Row<'_>, kind: Kind) -> Result<SaidTimes, Skip> {
        let [start, end, both] =
            [Field::Start, Field::End, Field::Times].map(|field| row.word(field));
        let off = says_no_shift(row);
        if off && kind == Kind::Shift {
            return Err(if names_hours(row) { Skip::NoHours } else { Skip::DayOff });
        }
        if !both.is_empty() && start.is_empty() && end.is_empty() && !off {
            return self.said_range(row, both);
        }
        let fields = if off { [Field::StartDate, Field::Date, Field::Date] } else { STARTS };
        let (word, field) = first_of(row, fields);
        let mut start = self.said(row, word, field)?;
        if is_midnight(start) && stands_for_date(row, field) {
            start.written = start.written.day().map_or(start.written, Written::Date);
        }
        let end = self.said_end(row, if off { b"" } else { end }, start)?;
        // A midnight is a date where nothing but a clock time says when it ends.
        if let SaidEnd::At(WrittenTime { written, .. }) = end
            && written.is_clock()
            && is_midnight(start)
            && field != Field::Start
        {
            start.written = start.written.day().map_or(start.written, Written::Date);
        }
        Ok(SaidTimes { start, end })
    }

    fn said_end(
        &mut self,
        row: &Row<'_>,
        word: &[u8],
        start: WrittenTime,
    ) -> Result<SaidEnd, Skip> {
        if !word.is_empty() {
            return self.said(row, word, Field::End).map(SaidEnd::At);
        }
        let end_date = self.said_end_date(row, start)?;
        let is_date = |said: &WrittenTime| matches!(said.written, Written::Date(_));
        let length = row.word(Field::Length);
        // Beside dates a length is credited time, and beside two times it decides
        // nothing.
        let counts = !is_date(&start) && end_date.as_ref().is_none_or(is_date);
        if counts && !length.is_empty() {
            return length_in(length, self.conventions).map(SaidEnd::After);
        }
        Ok(end_date.map_or(SaidEnd::Open, SaidEnd::At))
    }

    /// The date of the end, which may have a time of its own. A midnight has none
    /// beside a start whose date is a field of its own.
    fn said_end_date(
        &mut self,
        row: &Row<'_>,
        start: WrittenTime,
    ) -> Result<Option<WrittenTime>, Skip> {
        let word = row.word(Field::EndDate);
        if word.is_empty() {
            return Ok(None);
        }
        let mut said = self.said(row, word, Field::EndDate)?;
        let apart = start.written.is_clock() || matches!(start.written, Written::Date(_));
        if apart && is_midnight(said) {
            said.written = said.written.day().map_or(said.written, Written::Date);
        }
        Ok(Some(said))
    }

    /// Both times in one word.
    fn said_range(&mut self, row: &Row<'_>, word: &[u8]) -> Result<SaidTimes, Skip> {
        let expected =
            Expected { order: self.conventions.order, clock: has_date(row, Field::Times) };
        let range = timestamp::range(word, expected);
        let range = range.or_else(|| timestamp::hours_of_day(word, expected));
        let Some(range) = range else {
            let asks = expected.order.is_none()
                && timestamp::range(
                    word,
                    Expected { order: Some(DateOrder::DayMonth), ..expected },
                )
                .or(timestamp::range(
                    word,
                    Expected { order: Some(DateOrder::MonthDay), ..expected },
                ))
                .is_some();
            return Err(if asks {
                self.without_order(Field::Times)
            } else {
                Flaw::NoTime(Field::Times).into()
            });
        };
        let start = self.named(range.start, Field::Times)?;
        let end = match range.end {
            RangeEnd::At(time) => SaidEnd::At(self.named(time, Field::Times)?),
            RangeEnd::After(length) => SaidEnd::After(length),
        };
        Ok(SaidTimes { start, end })
    }

    /// A word of a field as a time.
    pub(super) fn said(
        &mut self,
        row: &Row<'_>,
        word: &[u8],
        field: Field,
    ) -> Result<WrittenTime, Skip> {
        if word.is_empty() {
            return Err(Flaw::Absent(field).into());
        }
        let marked = self.conventions.local && timestamp::is_marked_utc(word);
        if marked && !self.conventions.settled.contains(Question::MarkedUtc) {
            return Err(Skip::Asks(Question::MarkedUtc));
        }
        let dated = has_date(row, field);
        // Where numbers are days, 0 and 1 are midnights.
        let midnight = self.conventions.serials.is_some() && matches!(word, b"0" | b"1");
        let clock = dated && is_time(field) && !midnight;
        let expected = Expected { order: self.conventions.order, clock };
        let time = match timestamp::read_as(word, expected) {
            Ok(time) => time,
            Err(NoTime::Form) if ShortYearDate::of(word).is_some() => {
                self.short_year_in(word, field)?
            }
            Err(NoTime::Form) => match clock.then(|| self.dotted_in(word)).flatten() {
                Some(dotted) => dotted?,
                None => self.serial_in(word, field)?,
            },
            Err(NoTime::Value) => return Err(Flaw::NoSuchTime(field).into()),
            Err(NoTime::Order) => return Err(self.without_order(field)),
        };
        let written = if dated { without_placeholder(time.written, field) } else { time.written };
        self.named(Time { written, ..time }, field)
    }

    /// A date whose year has two digits.
    fn short_year_in<'w>(&self, word: &[u8], field: Field) -> Result<Time<'w>, Skip> {
        let order = self.conventions.short_years.ok_or(self.without_order(field))?;
        let written = timestamp::read_short_year(word, order);
        let written = written.map_err(|_| Skip::Flaw(Flaw::NoSuchTime(field)))?;
        Ok(Time { written, zone: None })
    }

    /// A clock time with a dot, if the file has such.
    fn dotted_in<'w>(&self, word: &[u8]) -> Option<Result<Time<'w>, Skip>> {
        let dotted = DottedClock::of(word)?;
        let written = Written::Clock(dotted.time(), None);
        if self.conventions.dotted_clocks {
            return Some(Ok(Time { written, zone: None }));
        }
        let settled = self.conventions.settled.contains(Question::DottedClocks)
            || self.conventions.serials.is_some();
        (!settled).then_some(Err(Skip::Asks(Question::DottedClocks)))
    }

    /// A number of days, as spreadsheets have dates and times.
    fn serial_in<'w>(&self, word: &[u8], field: Field) -> Result<Time<'w>, Skip> {
        let known = self.conventions.serials.and_then(|epoch| serial(word, epoch));
        let written = match known {
            Some(Written::Local(local)) if !is_time(field) => Written::Date(local.div_euclid(DAY)),
            Some(written) => written,
            None => {
                let settled = self.conventions.settled.contains(Question::Serials);
                let asks = !settled && looks_like_serial(word);
                let question = Skip::Asks(Question::Serials);
                let weekday = !is_time(field) && timestamp::is_weekday(word);
                let flaw = if weekday { Flaw::Weekday(field) } else { Flaw::NoTime(field) };
                return Err(if asks { question } else { flaw.into() });
            }
        };
        Ok(Time { written, zone: None })
    }

    fn without_order(&self, field: Field) -> Skip {
        if self.conventions.settled.contains(Question::DateOrder) {
            Flaw::NoOrder(field).into()
        } else {
            Skip::Asks(Question::DateOrder)
        }
    }

    /// A time and the clock that it names itself, or its column.
    fn named(&mut self, time: Time<'_>, field: Field) -> Result<WrittenTime, Skip> {
        let calendar = self.calendar;
        let of_column = match field {
            Field::Start | Field::StartDate | Field::Times => self.conventions.start_clock,
            Field::End | Field::EndDate => self.conventions.end_clock,
            _ => None,
        };
        let clock = match time.zone {
            None => of_column,
            Some(zone) => {
                let clock = self.words.zone(zone, |name| calendar.clock(name));
                Some(clock.ok_or(Flaw::UnknownZone)?)
            }
        };
        Ok(WrittenTime { written: time.written, field, clock })
    }

    /// The day in the first of two fields that is not empty, for a clock time
    /// in another field.
    pub(super) fn date_in(
        &mut self,
        row: &Row<'_>,
        fields: [Field; 2],
        clock: Field,
    ) -> Result<i64, Skip> {
        for field in fields {
            let word = row.word(field);
            if !word.is_empty() {
                return self.whole_day(row, word, field);
            }
        }
        Err(Flaw::NoDate(clock).into())
    }

    /// A word that must be a date. A midnight beside it, as spreadsheets write,
    /// is one too.
    pub(super) fn whole_day(
        &mut self,
        row: &Row<'_>,
        word: &[u8],
        field: Field,
    ) -> Result<i64, Skip> {
        let said = self.said(row, word, field)?;
        match said.written {
            Written::Date(day) => Ok(day),
            Written::Local(local) if is_midnight(said) => Ok(local.div_euclid(DAY)),
            _ => Err(Flaw::NoTime(field).into()),
        }
    }

    /// The date that the record has beside its start.
    pub(super) fn own_date(&mut self, row: &Row<'_>) -> Option<i64> {
        let (word, field) = first_of(row, [Field::StartDate, Field::Date, Field::Date]);
        if word.is_empty() { None } else { self.whole_day(row, word, field).ok() }
    }
}

/// The fields that can say when a record starts, the first that does counts.
const STARTS: [Field; 3] = [Field::Start, Field::StartDate, Field::Date];

/// The first of some fields that is not empty, with its word.
pub(super) fn first_of<'r>(row: &Row<'r>, fields: [Field; 3]) -> (&'r [u8], Field) {
    for field in fields {
        let word = row.word(field);
        if !word.is_empty() {
            return (word, field);
        }
    }
    (b"", fields[0])
}

/// Whether a row has an absence in the place of its times: `Vacation`. No such word begins with
/// a digit, as times do.
#[inline(always)]
pub fn has_absence_as_time(row: &Row<'_>) -> bool {
    let begins = |word: &[u8]| word.first().is_some_and(|first| !first.is_ascii_digit());
    let word = word_of_times(row);
    begins(word) && is_absence_as_time(word)
}

#[cold]
fn is_absence_as_time(word: &[u8]) -> bool {
    is_absence(word) && !is_no_shift(word)
}

/// The word that says when a row starts, or when it is.
#[inline(always)]
fn word_of_times<'r>(row: &Row<'r>) -> &'r [u8] {
    let start = row.word(Field::Start);
    if start.is_empty() { row.word(Field::Times) } else { start }
}

/// Whether a row has an absence in the place of its times, and a date.
#[inline(always)]
pub(super) fn says_absence(row: &Row<'_>) -> bool {
    let dated = || [Field::Date, Field::StartDate].iter().any(|of| !row.word(*of).is_empty());
    has_absence_as_time(row) && says_no_shift(row) && dated()
}

/// Whether the times of a row say that there is no shift.
fn says_no_shift(row: &Row<'_>) -> bool {
    let [start, end, both] = [Field::Start, Field::End, Field::Times].map(|field| row.word(field));
    is_off(start, end) || (start.is_empty() && end.is_empty() && is_day_off(both))
}

/// Whether a row has a length, or names a shift, whatever its times say.
fn names_hours(row: &Row<'_>) -> bool {
    row.has_length() || names_shift(row.word(Field::Kind))
}

/// Whether a start and an end both say that there is no shift.
fn is_off(start: &[u8], end: &[u8]) -> bool {
    let word = |word: &[u8]| word.len() > 1 && is_day_off(word);
    match (start.is_empty(), end.is_empty()) {
        (false, false) => is_day_off(start) && is_day_off(end),
        (false, true) => word(start),
        (true, false) => word(end),
        (true, true) => false,
    }
}

/// Whether a field holds times, which may be clock times.
const fn is_time(field: Field) -> bool {
    matches!(field, Field::Start | Field::End | Field::Times)
}

/// Whether a row has a date for the time in a field.
fn has_date(row: &Row<'_>, field: Field) -> bool {
    let fields = match field {
        Field::Start | Field::Times => [Field::Date, Field::StartDate, Field::StartDate],
        Field::End => [Field::Date, Field::StartDate, Field::EndDate],
        Field::StartDate | Field::EndDate => [Field::Date; 3],
        _ => return false,
    };
    fields.iter().any(|field| !row.raw(*field).is_empty())
}

fn is_midnight(said: WrittenTime) -> bool {
    matches!(said.written, Written::Local(local) if local.rem_euclid(DAY) == 0)
}

/// Whether a midnight is a date, as programs write them: in a column for dates,
/// and with nothing that says when it ends. A length beside a date says that only
/// of a start with its own date.
fn stands_for_date(row: &Row<'_>, field: Field) -> bool {
    let empty = |fields: &[Field]| fields.iter().all(|field| row.word(*field).is_empty());
    match field {
        Field::Date => empty(&[Field::End, Field::EndDate]),
        Field::StartDate => empty(&[Field::End, Field::EndDate, Field::Length]),
        _ => false,
    }
}

/// Only the clock time of a placeholder date, which some programs write before every clock
/// time.
fn without_placeholder(written: Written, field: Field) -> Written {
    let lone_date = matches!(written, Written::Date(_)) && !is_time(field);
    if lone_date || !written.day().is_some_and(is_placeholder) {
        return written;
    }
    match written {
        Written::Local(local) => Written::Clock(local.rem_euclid(DAY), None),
        Written::AbbreviatedLocal(local, zone) => {
            Written::AbbreviatedClock(local.rem_euclid(DAY), zone)
        }
        Written::Instant { at, offset } => {
            let offset = offset.unwrap_or(0);
            Written::Clock(at.to_local(offset).rem_euclid(DAY), Some(offset))
        }
        Written::Date(_) => Written::Clock(0, None),
        clock => clock,
    }
}
