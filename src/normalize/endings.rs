//! Combines the written times of a record into its start and end, in every possible reading.

use super::lengths::{contradicts, is_part_of_a_day};
use super::words::{SaidEnd, SaidTimes, WrittenTime};
use super::{Normalizer, Skip, may_be_halves};
use crate::calendar::{Local, same_to_the_minute};
use crate::model::conventions::Question;
use crate::model::fact::Flaw;
use crate::model::finding::Ambiguity;
use crate::model::kinds::takes_whole_day;
use crate::model::row::{Field, Row};
use crate::model::shift::{Entry, Kind, Traits};
use crate::model::time::{Clock, DAY, Disambiguation, Instant, Span};
use crate::timestamp::{self, Abbreviation, Expected, HalfOfDay, Length, Written};

/// One end of a record: the instant as chosen, the instant of the other
/// reading (the same where there is none), and why there is one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ending {
    pub(super) chosen: Instant,
    pub(super) other: Instant,
    pub(super) doubt: Option<Ambiguity>,
    /// The offset it was written with; `None` for `Z` and for local times.
    pub(super) offset: Option<i32>,
    /// The local time as it was written; of one with an offset, at that.
    pub(super) local: i64,
    /// The clock that it was read on, where another one than `--tz` is named.
    pub(super) clock: Option<Clock>,
    /// Whether it was written as an instant, with an offset or `Z`.
    pub(super) instant: bool,
}

/// Both ends of a record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ends {
    pub(super) start: Ending,
    pub(super) end: Ending,
    /// Whether the record takes an unknown part of these days.
    pub(super) partial: bool,
    /// The clock of its local days, where there is one.
    pub(super) clock: Option<Clock>,
}

impl Ends {
    fn certain(start: Ending, end: Ending) -> Ends {
        Ends { start, end, partial: false, clock: None }
    }

    /// The widest span that any reading gives. What ends before it starts, or as it
    /// starts, is an error by the reading that was chosen, whatever others there
    /// are.
    pub(super) fn span(&self) -> Result<Span, Flaw> {
        let Ends { start, end, .. } = self;
        if end.chosen < start.chosen {
            return Err(Flaw::Reversed);
        }
        if end.chosen == start.chosen {
            return Err(Flaw::EmptySpan);
        }
        let (first, last) = (start.chosen.min(start.other), end.chosen.max(end.other));
        let held = Entry::EARLIEST < first && last < Entry::LATEST;
        Span::new(first, last).filter(|_| held).ok_or(Flaw::NoSuchTime(Field::End))
    }
}

/// What an ending is worked out with, beside its words.
#[derive(Clone, Copy)]
struct EndingContext {
    /// The field of the time.
    field: Field,
    /// The day of a clock time.
    day: Option<i64>,
    /// The clock that the word, the column, the record or the agent names.
    named: Option<Clock>,
}

/// Whether a time of a row has AM or PM, so that others without would be in doubt.
fn names_half_of_day(row: &Row<'_>) -> bool {
    let both = row.word(Field::Times);
    let expected = Expected { order: None, clock: true };
    if timestamp::may_name_half(both) && timestamp::range(both, expected).is_some() {
        return true;
    }
    [Field::Start, Field::End].into_iter().any(|field| {
        let word = row.word(field);
        let lettered = word.last().is_some_and(|last| last.is_ascii_alphabetic() || *last == b'.');
        // The `Z` of UTC is most times' only letter. Other letters can be wide ones.
        let names = |byte: &u8| matches!(byte, b'a' | b'A' | b'p' | b'P') || !byte.is_ascii();
        let dated = || timestamp::dated_half_of_day(word).map(|(half, _)| half);
        lettered
            && word.iter().any(names)
            && timestamp::half_of_day(word).or_else(dated) == Some(HalfOfDay::Named)
    })
}

impl Normalizer<'_> {
    /// The start and the end of a row.
    pub(super) fn ends(
        &mut self,
        row: &Row<'_>,
        kind: Kind,
        named: Option<Clock>,
        traits: &mut Traits,
    ) -> Result<Ends, Skip> {
        let word = row.word(Field::AllDay);
        let flag = self.words.flag(word).or_else(|| takes_whole_day(word));
        let all_day = flag.ok_or(Flaw::NoFlag(Field::AllDay))?;
        let said = self.said_times(row, kind)?;
        if !self.conventions.settled.contains(Question::Meridiem) && names_half_of_day(row) {
            return Err(Skip::Asks(Question::Meridiem));
        }
        let days = matches!(
            (said.start.written, said.end),
            (
                Written::Date(_),
                SaidEnd::Open | SaidEnd::At(WrittenTime { written: Written::Date(_), .. })
            )
        );
        let mut ends = match (all_day, days) {
            (true, _) => self.all_day(row, said, named, traits)?,
            (false, true) => self.dates(row, kind, said, named, traits)?,
            (false, false) => self.times(row, kind, said, named, traits)?,
        };
        // A zone of the time itself says more of its day than the record's, and a
        // column's, such as UTC, less.
        let own = said.start.clock;
        let of_time = own.filter(|clock| Some(*clock) != self.conventions.start_clock);
        ends.clock = of_time.or(named).or(self.zone).or(own);
        Ok(ends)
    }

    /// The whole days that a row with a flag for that touches. Where midnight is
    /// skipped or doubled, its day begins all the same.
    fn all_day(
        &mut self,
        row: &Row<'_>,
        said: SaidTimes,
        named: Option<Clock>,
        traits: &mut Traits,
    ) -> Result<Ends, Skip> {
        let mut noticed = Traits::default();
        let start = self.start(row, said.start, named, &mut noticed)?;
        let end = match said.end {
            SaidEnd::Open => start,
            end => self.end(row, said.start, end, start, named, &mut noticed)?,
        };
        let (start, end) = self.on_its_date(row, start, end, &mut noticed)?;
        traits.add(noticed.without(Traits::GAP).without(Traits::FOLD));
        let first = self.local_of(start).div_euclid(DAY);
        let last = self.local_of(end);
        let after = last.div_euclid(DAY) + 1;
        // An end at midnight ends the day before it.
        let midnight = last.rem_euclid(DAY) == 0;
        let after = if midnight && after > first + 1 { after - 1 } else { after };
        let [first, after] = [(first, start.clock), (after, end.clock)]
            .map(|(day, clock)| self.at_day_start(day, clock, traits));
        Ok(Ends::certain(first, after))
    }

    /// The whole local days of a row with dates and no clock times.
    fn dates(
        &mut self,
        row: &Row<'_>,
        kind: Kind,
        said: SaidTimes,
        named: Option<Clock>,
        traits: &mut Traits,
    ) -> Result<Ends, Skip> {
        if kind == Kind::Shift && !self.conventions.whole_days {
            return Err(Skip::NoHours);
        }
        let first = said.start.written.day().unwrap_or(0);
        let (last, clock) = match said.end {
            SaidEnd::At(end) => (end.written.day().unwrap_or(first), end.clock),
            _ => (first, said.start.clock),
        };
        let start = self.at_day_start(first, said.start.clock.or(named), traits);
        let mut end = self.at_day_start(self.after_last(first, last), clock.or(named), traits);
        let partial = kind != Kind::Shift
            && first == last
            && is_part_of_a_day(row.word(Field::Length), self.conventions);
        if partial && end.doubt.is_none() {
            end.doubt = Some(Ambiguity::Part);
        }
        Ok(Ends { partial, ..Ends::certain(start, end) })
    }

    /// The day after the last of some days, by the date that is written as their end. One day
    /// can end on itself also in a calendar, whose ends are exclusive.
    fn after_last(&self, first: i64, end: i64) -> i64 {
        if self.conventions.exclusive_ends && end > first { end } else { end + 1 }
    }

    /// A start and an end of which at least one has a clock time.
    fn times(
        &mut self,
        row: &Row<'_>,
        kind: Kind,
        said: SaidTimes,
        named: Option<Clock>,
        traits: &mut Traits,
    ) -> Result<Ends, Skip> {
        if matches!(said.start.written, Written::Date(_)) && said.start.field != Field::Start {
            return Err(Flaw::Absent(Field::Start).into());
        }
        if let SaidEnd::At(WrittenTime {
            written: Written::Date(_), field: Field::EndDate, ..
        }) = said.end
        {
            return Err(Flaw::Absent(Field::End).into());
        }
        let mut noticed = Traits::default();
        let start = self.start(row, said.start, named, &mut noticed)?;
        let mut end = self.end(row, said.start, said.end, start, named, &mut noticed)?;
        if let SaidEnd::After(_) = said.end {
            end = self.held_to_its_date(row, kind, end, traits)?;
        }
        let (start, end) = self.on_its_date(row, start, end, &mut noticed)?;
        traits.add(noticed);
        let timed = matches!(said.end, SaidEnd::At(_)) && kind == Kind::Shift;
        let between = [end.chosen - start.chosen, end.local - start.local];
        if timed && contradicts(row.word(Field::Length), self.conventions, &between) {
            traits.add(Traits::CONTRADICTING_LENGTH);
        }
        self.note_other_date(row, said.start, start, traits);
        Ok(Ends::certain(start, end))
    }

    fn start(
        &mut self,
        row: &Row<'_>,
        said: WrittenTime,
        named: Option<Clock>,
        traits: &mut Traits,
    ) -> Result<Ending, Skip> {
        let day = match said.written.is_clock() {
            true => Some(self.date_in(row, [Field::StartDate, Field::Date], said.field)?),
            false => None,
        };
        let place = EndingContext { field: said.field, day, named: said.clock.or(named) };
        match said.written {
            Written::Date(day) => Ok(self.at_day_start(day, place.named, traits)),
            written => self.at(written, place, traits),
        }
    }

    fn end(
        &mut self,
        row: &Row<'_>,
        start_said: WrittenTime,
        end: SaidEnd,
        start: Ending,
        named: Option<Clock>,
        traits: &mut Traits,
    ) -> Result<Ending, Skip> {
        let said = match end {
            SaidEnd::At(said) => said,
            SaidEnd::After(length) => return Ok(self.after(start, length, traits)),
            SaidEnd::Open => return Err(Flaw::Absent(Field::End).into()),
        };
        let own = EndingContext { field: said.field, day: None, named: said.clock.or(named) };
        if let Written::Date(day) = said.written {
            let after = match start_said.written {
                Written::Date(first) => self.after_last(first, day),
                _ => day + 1,
            };
            return Ok(self.at_day_start(after, own.named, traits));
        }
        if !said.written.is_clock() {
            return self.at(said.written, own, traits);
        }
        let explicit = row.word(Field::EndDate);
        if !explicit.is_empty() && said.field == Field::End {
            let day = self.whole_day(row, explicit, Field::EndDate)?;
            return self.at(said.written, EndingContext { day: Some(day), ..own }, traits);
        }
        let day = match start_said.written.is_clock() {
            true => self.date_in(row, [Field::Date, Field::StartDate], said.field)?,
            false => start.local.div_euclid(DAY),
        };
        // What has its day from the start has its zone from there, too.
        let named = said.clock.or(start_said.clock).or(named);
        self.after_start(
            said.written,
            EndingContext { named, day: Some(day), ..own },
            start,
            traits,
        )
    }

    /// A clock time at the end, on the day of the start or, if it is not after
    /// the start there, on the next. From 24:00 on it says itself that it is.
    fn after_start(
        &mut self,
        written: Written,
        place: EndingContext,
        start: Ending,
        traits: &mut Traits,
    ) -> Result<Ending, Skip> {
        let day = place.day.unwrap_or(0);
        let late = match written {
            Written::Clock(time, Some(offset)) => {
                Instant::from_local(day * DAY + time, offset) > start.chosen
            }
            Written::Clock(time, None) | Written::AbbreviatedClock(time, _) => {
                day * DAY + time > start.local || time > DAY
            }
            _ => true,
        };
        if late {
            return self.at(written, place, traits);
        }
        let begins = start.local - day * DAY;
        let halves = matches!(written, Written::Clock(time, _) if may_be_halves(begins, time));
        if halves && !self.conventions.settled.contains(Question::Meridiem) {
            return Err(Skip::Asks(Question::Meridiem));
        }
        traits.add(Traits::OVERNIGHT);
        self.at(written, EndingContext { day: Some(day + 1), ..place }, traits)
    }

    /// A time that has its date in itself.
    pub(super) fn lone(
        &mut self,
        said: WrittenTime,
        named: Option<Clock>,
        traits: &mut Traits,
    ) -> Result<Ending, Skip> {
        if said.written.is_clock() {
            return Err(Flaw::NoDate(said.field).into());
        }
        let place = EndingContext { field: said.field, day: None, named: said.clock.or(named) };
        self.at(said.written, place, traits)
    }

    /// A time by its date, and a clock time on its day.
    fn at(
        &mut self,
        written: Written,
        place: EndingContext,
        traits: &mut Traits,
    ) -> Result<Ending, Skip> {
        let midnight = place.day.unwrap_or(0) * DAY;
        Ok(match written {
            Written::Clock(time, Some(offset)) => {
                let at = Instant::from_local(midnight + time, offset);
                self.at_instant(at, Some(offset), place.named, traits)
            }
            Written::Clock(time, None) => self.at_local(midnight + time, place.named, traits),
            Written::AbbreviatedClock(time, zone) => {
                return self.at_abbreviated(midnight + time, zone, place, traits);
            }
            Written::Local(local) => self.at_local(local, place.named, traits),
            Written::AbbreviatedLocal(local, zone) => {
                return self.at_abbreviated(local, zone, place, traits);
            }
            Written::Instant { at, offset } => self.at_instant(at, offset, place.named, traits),
            Written::Date(day) => self.at_day_start(day, place.named, traits),
        })
    }

    /// The end of a length that begins at a start. Its days are those of the calendar.
    fn after(&mut self, start: Ending, length: Length, traits: &mut Traits) -> Ending {
        let from = match length.days {
            0 => start,
            days => self.on_another_day(start, days, traits),
        };
        let moved = |instant: Instant| instant.saturating_add(length.milliseconds);
        Ending {
            chosen: moved(from.chosen),
            other: moved(from.other),
            doubt: None,
            local: from.local.saturating_add(length.milliseconds),
            ..from
        }
    }

    /// The same local time, this many days later.
    fn on_another_day(&mut self, ending: Ending, days: i64, traits: &mut Traits) -> Ending {
        match ending.clock.or(self.zone) {
            Some(clock) if ending.instant => {
                let offset = self.calendar.offset_at(clock, ending.chosen, &mut self.offset_cache);
                let local = ending.chosen.to_local(offset);
                self.at_local(local + days * DAY, ending.clock, traits)
            }
            None if ending.instant => {
                self.at_instant(ending.chosen + days * DAY, ending.offset, None, traits)
            }
            _ => self.at_local(ending.local + days * DAY, ending.clock, traits),
        }
    }

    /// An end that a length leads to, beside the date on which it should be: for
    /// time off the end of that day, if it is another one.
    fn held_to_its_date(
        &mut self,
        row: &Row<'_>,
        kind: Kind,
        end: Ending,
        traits: &mut Traits,
    ) -> Result<Ending, Skip> {
        let word = row.word(Field::EndDate);
        if word.is_empty() {
            return Ok(end);
        }
        let day = self.whole_day(row, word, Field::EndDate)?;
        let local = self.local_of(end);
        if local.div_euclid(DAY) == day || local == (day + 1) * DAY {
            return Ok(end);
        }
        match kind {
            Kind::Shift => Err(Flaw::Absent(Field::End).into()),
            _ => Ok(self.at_day_start(day + 1, end.clock, traits)),
        }
    }

    /// A row for one date of a list takes the clock times of its start and its end on that
    /// date. They have to be those of the first date.
    fn on_its_date(
        &mut self,
        row: &Row<'_>,
        start: Ending,
        end: Ending,
        traits: &mut Traits,
    ) -> Result<(Ending, Ending), Skip> {
        if row.first_date.is_empty() || !self.start_is_dated(row) {
            return Ok((start, end));
        }
        let first = self.whole_day(row, row.first_date, Field::Date)?;
        let own = self.whole_day(row, row.word(Field::Date), Field::Date)?;
        if !self.days_of(start).contains(&first) {
            return Err(Flaw::DatesApart.into());
        }
        if own == first {
            return Ok((start, end));
        }
        *traits = traits.without(Traits::GAP).without(Traits::FOLD);
        let [start, end] =
            [start, end].map(|ending| self.on_another_day(ending, own - first, traits));
        Ok((start, end))
    }

    /// Whether the start of a row has a date in its own word.
    fn start_is_dated(&mut self, row: &Row<'_>) -> bool {
        let word = [Field::Start, Field::Times].map(|field| row.word(field));
        let word = word.into_iter().find(|word| !word.is_empty()).unwrap_or_default();
        let order = self.conventions.order;
        let range = timestamp::range(word, timestamp::Expected { order, clock: false });
        let written = range.map(|range| range.start.written);
        let written = written.or_else(|| timestamp::read(word, order).ok());
        written.is_some_and(|written| !written.is_clock())
    }

    /// Notes a start whose date is not that of the record.
    fn note_other_date(
        &mut self,
        row: &Row<'_>,
        said: WrittenTime,
        start: Ending,
        traits: &mut Traits,
    ) {
        let Some(day) = said.written.day().filter(|_| said.field == Field::Start) else { return };
        if !row.first_date.is_empty() {
            return;
        }
        let [written, shown] = self.days_of(start);
        if self.own_date(row).is_some_and(|own| ![day, written, shown].contains(&own)) {
            traits.add(Traits::OTHER_DATE);
        }
    }

    /// The day of an ending as it is written, and as its clock shows it.
    fn days_of(&mut self, ending: Ending) -> [i64; 2] {
        let shown = match ending.clock.or(self.zone) {
            Some(clock) if ending.instant => {
                self.calendar.day(clock, ending.chosen, &mut self.offset_cache).into()
            }
            _ => ending.local.div_euclid(DAY),
        };
        [ending.local.div_euclid(DAY), shown]
    }

    /// What the clock of an ending shows then. What is marked as UTC stays so, for
    /// whole days are often written as `2026-03-02T00:00:00Z`.
    fn local_of(&mut self, ending: Ending) -> i64 {
        match (ending.offset, ending.clock.or(self.zone)) {
            (Some(_), Some(clock)) => {
                let offset = self.calendar.offset_at(clock, ending.chosen, &mut self.offset_cache);
                ending.chosen.to_local(offset)
            }
            _ => ending.local,
        }
    }

    /// The clock for times without an offset; UTC where there is none.
    fn clock_for(&self, named: Option<Clock>, traits: &mut Traits) -> (Clock, Option<Ambiguity>) {
        match named.or(self.zone) {
            Some(clock) => (clock, None),
            None => {
                traits.add(Traits::MISSING_OFFSET);
                (Clock::UTC, Some(Ambiguity::Missing))
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
        let at = self.calendar.day_start(clock, day, &mut self.offset_cache);
        Ending {
            chosen: at,
            other: at,
            doubt,
            offset: None,
            local: day * DAY,
            clock: named,
            instant: false,
        }
    }

    pub(super) fn at_local(
        &mut self,
        local: i64,
        named: Option<Clock>,
        traits: &mut Traits,
    ) -> Ending {
        let (clock, missing) = self.clock_for(named, traits);
        let at = |offset: i32| Instant::from_local(local, offset);
        let (compatible, other, doubt) =
            match self.calendar.local(clock, local, &mut self.offset_cache) {
                Local::Plain(offset) => (at(offset), at(offset), missing),
                Local::Gap(before, after) => (at(before), at(after), Some(Ambiguity::Gap)),
                Local::Fold(first, second) => (at(first), at(second), Some(Ambiguity::Fold)),
            };
        match doubt {
            Some(Ambiguity::Gap) => traits.add(Traits::GAP),
            Some(Ambiguity::Fold) => traits.add(Traits::FOLD),
            _ => {}
        }
        let chosen = match self.disambiguation {
            Disambiguation::Compatible => compatible,
            Disambiguation::Earlier => compatible.min(other),
            Disambiguation::Later => compatible.max(other),
        };
        let other = if chosen == compatible { other } else { compatible };
        Ending { chosen, other, doubt, offset: None, local, clock: named, instant: false }
    }

    /// A local time with the abbreviation of a zone, which counts if the zone that
    /// is known has one of its offsets then. Of a doubled time it says which of the
    /// two is meant.
    fn at_abbreviated(
        &mut self,
        local: i64,
        zone: Abbreviation,
        place: EndingContext,
        traits: &mut Traits,
    ) -> Result<Ending, Skip> {
        let unclear = Skip::from(Flaw::Abbreviation(place.field));
        let clock = place.named.or(self.zone).ok_or(unclear)?;
        let shown = self.calendar.local(clock, local, &mut self.offset_cache);
        let settled = match shown {
            Local::Plain(offset) if zone.can_mean(offset) => None,
            Local::Fold(first, second) => match (zone.can_mean(first), zone.can_mean(second)) {
                (true, true) => None,
                (true, false) => Some(first),
                (false, true) => Some(second),
                (false, false) => return Err(unclear),
            },
            Local::Gap(before, after) if zone.can_mean(before) || zone.can_mean(after) => None,
            _ => return Err(unclear),
        };
        let Some(offset) = settled else {
            return Ok(self.at_local(local, place.named, traits));
        };
        let at = Instant::from_local(local, offset);
        let clock = place.named;
        Ok(Ending {
            chosen: at,
            other: at,
            doubt: None,
            offset: None,
            local,
            clock,
            instant: false,
        })
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
        } else if offset.unwrap_or(0) == 0
            && named.or(self.zone).is_some_and(|clock| clock != Clock::UTC)
        {
            traits.add(Traits::UTC);
        }
        Ending {
            chosen: at,
            other: at,
            doubt: (!agrees).then_some(Ambiguity::Mismatch),
            offset,
            local: at.to_local(offset.unwrap_or(0)),
            clock: named,
            instant: true,
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
        let right = self.calendar.offset_at(clock, at, &mut self.offset_cache);
        let foreign = named.is_none() || offset == 0;
        same_to_the_minute(right, offset)
            || (foreign && !self.calendar.uses_offset(clock, at, offset))
    }
}
