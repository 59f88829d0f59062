//! Reads the activities of a shift into spans.
//!
//! An activity is read as a record would be, with the zone and the date of its shift unless it
//! has its own.

use super::endings::Ending;
use super::lengths::whole_minutes;
use super::words::first_of;
use super::{Context, Normalizer, Skip, compares};
use crate::calendar::{Calendar, OffsetCache};
use crate::model::conventions::{Conventions, Question};
use crate::model::fact::Flaw;
use crate::model::finding::{Activity, Moment};
use crate::model::kinds::SaidKind;
use crate::model::row::{Field, Row, RowFault};
use crate::model::shift::{Kind, Traits};
use crate::model::text::Text;
use crate::model::time::{Clock, DAY, Instant, MINUTE, Span};
use crate::timestamp::{self, Written};

/// What a shift lends to its activities.
#[derive(Debug, Clone)]
pub struct ShiftFrame {
    /// When the shift is as its words are read, or by the widest of its other
    /// readings where it is empty as they are read.
    pub shift: Span,
    /// The clock of its local times.
    pub clock: Clock,
    /// The local date on which it starts, and the next one.
    dates: [String; 2],
}

/// What became of an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActivityOutcome {
    /// It takes this time, as its words are read.
    Time(Span),
    /// It claims no time: no start, neither end nor length, or no duration.
    Nothing,
    /// Its times cannot be read, or its end lies before its start.
    Unreadable,
    /// It has a date whose day and month could be in either order.
    Asks(Question),
}

impl Normalizer<'_> {
    /// What the shift in a row lends to its activities; `None` if it is none
    /// that can be read.
    pub fn frame(&mut self, row: &Row<'_>, context: Context) -> Option<ShiftFrame> {
        let agent = self.agent_key(row);
        let spelled = self.spell(row, context, agent, Kind::Shift, Traits::default()).ok()?;
        let shift = Span::new(spelled.ends.start.chosen, spelled.ends.end.chosen)?;
        // An offset beside the times of the shift is also that of its activities, even where the
        // days of the shift are those of a zone.
        let named = self.zone_of(row, agent).ok()?.filter(|named| compares(*named, row));
        let clock = named.unwrap_or(spelled.clock);
        let day = i64::from(self.calendar.day(clock, shift.start(), &mut OffsetCache::default()));
        let dates = [day, day + 1]
            .map(|day| Calendar::stamp_at(Instant::from_local(day * DAY, 0), 0).date());
        Some(ShiftFrame { shift, clock, dates })
    }

    /// Whether codes of activities are known.
    #[must_use]
    pub fn has_activity_codes(&self) -> bool {
        self.words.has_codes()
    }

    /// Whether an activity has a code of time off.
    #[must_use]
    pub fn is_coded_time_off(&self, row: &Row<'_>) -> bool {
        let code = self.words.code(row.word(Field::Kind));
        code.is_some_and(|code| code.kind == SaidKind::TimeOff)
    }

    /// Reads an activity of a shift.
    pub fn activity(&mut self, row: &Row<'_>, frame: &ShiftFrame) -> ActivityOutcome {
        match self.plain_activity(row) {
            Some(span) => ActivityOutcome::Time(span),
            None => self.activity_fully(row, frame),
        }
    }

    /// The time of an activity of the usual form: from an instant, and to another or for a
    /// number of minutes. `None` for any other.
    fn plain_activity(&mut self, row: &Row<'_>) -> Option<Span> {
        const REST: [Field; 5] =
            [Field::Zone, Field::Date, Field::EndDate, Field::Times, Field::AllDay];
        let Conventions { start_clock, end_clock, local, .. } = self.conventions;
        let named = start_clock.is_some() || end_clock.is_some() || local;
        if named || row.fault.is_some() || REST.into_iter().any(|field| !row.raw(field).is_empty())
        {
            return None;
        }
        let [start, date, end, length] =
            [Field::Start, Field::StartDate, Field::End, Field::Length].map(|field| row.raw(field));
        let start = self.times.read(if start.is_empty() { date } else { start })?.at;
        let both = !row.raw(Field::Start).is_empty() && !date.is_empty();
        let end = match (end, length) {
            _ if both => return None,
            ([], length) => start + whole_minutes(length, self.conventions)? * MINUTE,
            (end, []) => self.times.read(end)?.at,
            _ => return None,
        };
        Span::new(start, end)
    }

    fn activity_fully(&mut self, row: &Row<'_>, frame: &ShiftFrame) -> ActivityOutcome {
        match self.activity_ends(row, frame) {
            Ok(None) => ActivityOutcome::Nothing,
            Ok(Some((start, end))) if end.chosen < start.chosen => ActivityOutcome::Unreadable,
            Ok(Some((start, end))) if self.is_a_mark(row, start, end) => ActivityOutcome::Nothing,
            Ok(Some((start, end))) => Span::new(start.chosen, end.chosen)
                .map_or(ActivityOutcome::Nothing, ActivityOutcome::Time),
            Err(Skip::Asks(question)) => ActivityOutcome::Asks(question),
            Err(Skip::NoHours | Skip::DayOff) => ActivityOutcome::Nothing,
            Err(_) => ActivityOutcome::Unreadable,
        }
    }

    fn activity_ends(
        &mut self,
        row: &Row<'_>,
        frame: &ShiftFrame,
    ) -> Result<Option<(Ending, Ending)>, Skip> {
        let fields = [Field::Start, Field::StartDate, Field::StartDate];
        let (start, _) = first_of(row, fields);
        let (end, _) = first_of(row, [Field::End, Field::EndDate, Field::Length]);
        match row.fault {
            None if !start.is_empty() && !end.is_empty() => {}
            None | Some(RowFault::NotAnObject) => return Ok(None),
            Some(fault) => return Err(Flaw::Fault(fault).into()),
        }
        let zone = row.word(Field::Zone);
        let calendar = self.calendar;
        let clock = match zone.is_empty() {
            true => frame.clock,
            false => self.words.zone(zone, |name| calendar.clock(name)).ok_or(Flaw::UnknownZone)?,
        };
        let (_, dated) = first_of(row, [Field::StartDate, Field::Date, Field::Start]);
        let is_clock = timestamp::read(start, self.conventions.order).is_ok_and(Written::is_clock);
        if dated != Field::Start || !is_clock {
            return self.ends_on(row, None, clock).map(Some);
        }
        let [first, second] = &frame.dates;
        let ends = self.ends_on(row, Some(first), clock)?;
        if ends.0.chosen < frame.shift.start() {
            let later = self.ends_on(row, Some(second), clock)?;
            if later.0.chosen < frame.shift.end() {
                return Ok(Some(later));
            }
        }
        Ok(Some(ends))
    }

    /// Whether an activity ends by the clock time at which it starts: a mark, and
    /// not a day, as a record would be.
    fn is_a_mark(&self, row: &Row<'_>, start: Ending, end: Ending) -> bool {
        let written = timestamp::read(row.word(Field::End), self.conventions.order);
        let by_clock = written.is_ok_and(Written::is_clock);
        by_clock && row.word(Field::EndDate).is_empty() && end.local == start.local + DAY
    }

    fn ends_on(
        &mut self,
        row: &Row<'_>,
        date: Option<&String>,
        clock: Clock,
    ) -> Result<(Ending, Ending), Skip> {
        let mut row = row.clone();
        if let Some(date) = date {
            row.set(Field::Date, date.as_bytes());
        }
        let ends = self.ends(&row, Kind::Shift, Some(clock), &mut Traits::default())?;
        Ok((ends.start, ends.end))
    }

    /// An activity for people, its times on the clock of its shift. Numbers
    /// count from 1.
    pub fn display_activity(&mut self, row: &Row<'_>, number: u32, frame: &ShiftFrame) -> Activity {
        let text = |field| {
            let word = row.word(field);
            (!word.is_empty()).then(|| String::from_utf8_lossy(word).into_owned())
        };
        let coded = self.words.code(row.word(Field::Kind)).and_then(|code| code.name.clone());
        let moment = |fields, at: Option<Instant>| Moment {
            written: Text::of_bytes(first_of(row, fields).0),
            at: at.map(|at| self.calendar.stamp(frame.clock, at)),
            ..Moment::default()
        };
        let start = [Field::Start, Field::StartDate, Field::StartDate];
        let end = [Field::End, Field::EndDate, Field::Length];
        let ends = match self.activity_ends(row, frame) {
            Ok(Some((start, end))) => Some((start.chosen, end.chosen)),
            _ => None,
        };
        Activity {
            number,
            name: text(Field::Name).or(coded).or(text(Field::Kind)).or(text(Field::Id)),
            start: moment(start, ends.map(|ends| ends.0)),
            end: moment(end, ends.map(|ends| ends.1)),
        }
    }
}

#[cfg(test)]
mod tests;
