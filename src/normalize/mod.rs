//! Rows become entries, or defects.
//!
//! Decides what a record claims: for whom, from when to when by every reading,
//! and whether it blocks that time. Other rows are not known here, and nothing
//! is judged.

pub mod timestamp;

mod vocabulary;

use crate::calendar::{Calendar, Local, Season, same_to_the_minute};
use crate::model::agents::Agents;
use crate::model::fact::Flaw;
use crate::model::finding::{Doubt, Moment};
use crate::model::keys::Keys;
use crate::model::row::{Field, Row};
use crate::model::settings::Settings;
use crate::model::shift::{Entry, Kind, Readings, Side, Traits};
use crate::model::source::{Origin, Role};
use crate::model::time::{Clock, DAY, DateOrder, Disambiguation, Instant, MINUTE, Span};
use timestamp::{NoTime, Written};
use vocabulary::{Decision, Vocabulary};

/// What became of a row.
#[derive(Debug, Clone, Copy)]
pub enum Outcome {
    /// It claims time. The readings are there when its words allow more than one.
    Entry(Entry, Option<Readings>),
    /// It has no agent: an open shift, left out.
    Open,
    /// Its status is void, left out; whether it is a shift.
    Void(bool),
    /// It has a date whose day and month could be in either order, and the
    /// order of its file is not known yet.
    WantsOrder,
    /// It cannot be used, left out. The key of its agent and its start, as far
    /// as they could be read.
    Defect(Flaw, u64, Option<Instant>),
}

/// What a file says about all of its rows.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    /// What the file is read as.
    pub role: Role,
    /// What its records are when they do not say so themselves.
    pub kind: Option<Kind>,
    /// The order of day and month in its dates, once it is known.
    pub order: Option<DateOrder>,
}

/// What a row was read as, for people.
#[derive(Debug, Clone, Default)]
pub struct Explained {
    /// Its start.
    pub start: Moment,
    /// Its end.
    pub end: Moment,
    /// The zone its local times were read in, or are shown in.
    pub zone: Option<String>,
    /// Its end was moved to the next day.
    pub overnight: bool,
    /// It stands for several days; the times are those of the first, or of the
    /// first that cannot be used.
    pub several: bool,
    /// The side it stands on, unless it was left out.
    pub side: Option<Side>,
}

/// Reads rows under the settings of a run, and remembers from row to row what
/// tends to repeat.
pub struct Normalizer<'a> {
    calendar: &'a Calendar,
    agents: &'a Agents,
    keys: &'a Keys,
    zone: Option<Clock>,
    disambiguation: Disambiguation,
    longest_shift: i64,
    season: Season,
    words: Vocabulary,
    /// The order of day and month in the file of the row at hand.
    order: Option<DateOrder>,
}

/// One end of a record: the instant as chosen, the instant of the other
/// reading (the same where there is none), and why there is one.
#[derive(Debug, Clone, Copy)]
struct Ending {
    chosen: Instant,
    other: Instant,
    doubt: Option<Doubt>,
    /// The offset it was written with; `None` for `Z` and for local times.
    offset: Option<i32>,
    /// The local time, where it was written as one or has an offset.
    local: Option<i64>,
}

/// A record whose words could be read.
struct Spelled {
    start: Ending,
    end: Ending,
    clock: Clock,
    side: Side,
    traits: Traits,
}

enum Skip {
    Open,
    Void(bool),
    Order,
    Flaw(Flaw),
}

impl From<Flaw> for Skip {
    fn from(flaw: Flaw) -> Skip {
        Skip::Flaw(flaw)
    }
}

impl<'a> Normalizer<'a> {
    /// A normalizer under these settings. `zone` is the clock of `--tz`.
    #[must_use]
    pub fn new(
        calendar: &'a Calendar,
        agents: &'a Agents,
        keys: &'a Keys,
        settings: &Settings,
        zone: Option<Clock>,
    ) -> Normalizer<'a> {
        Normalizer {
            calendar,
            agents,
            keys,
            zone,
            disambiguation: settings.disambiguation,
            longest_shift: settings.longest_shift,
            season: Season::default(),
            words: Vocabulary::default(),
            order: None,
        }
    }

    /// Reads a row.
    pub fn read(&mut self, row: &Row<'_>, context: Context, origin: Origin) -> Outcome {
        let agent = self.keys.of(row.word(Field::Agent));
        let spelled = match self.spell(row, context, agent) {
            Ok(spelled) => spelled,
            Err(Skip::Open) => return Outcome::Open,
            Err(Skip::Void(shift)) => return Outcome::Void(shift),
            Err(Skip::Order) => return Outcome::WantsOrder,
            Err(Skip::Flaw(flaw)) => return Outcome::Defect(flaw, agent, None),
        };
        let id = self.keys.of(row.word(Field::Id));
        match spelled.span() {
            Ok(span) => spelled.entry(span, agent, id, origin, self.longest_shift),
            Err(flaw) => Outcome::Defect(flaw, agent, Some(spelled.start.chosen)),
        }
    }

    /// Reads a row again, for a finding.
    pub fn explain(&mut self, row: &Row<'_>, context: Context) -> Explained {
        if let Some(dates) = row.dates() {
            let day = self.telling_day(row, context, &dates);
            return Explained { several: true, ..self.explain(&day, context) };
        }
        let agent = self.keys.of(row.word(Field::Agent));
        let mut explained = Explained {
            start: written(row, [Field::StartDate, Field::Date], Field::Start),
            end: written(row, [Field::EndDate, Field::EndDate], Field::End),
            ..Explained::default()
        };
        if explained.end.written.is_empty() {
            explained.end.written = text(row.word(Field::Length));
        }
        let zone = row.word(Field::Zone);
        explained.zone = (!zone.is_empty()).then(|| text(zone));
        if let Ok(spelled) = self.spell(row, context, agent) {
            self.show(&mut explained.start, spelled.start, spelled.clock);
            self.show(&mut explained.end, spelled.end, spelled.clock);
            explained.overnight = spelled.traits.any(Traits::OVERNIGHT);
            explained.side = spelled.span().is_ok().then_some(spelled.side);
            if spelled.clock.zone_number().is_some() {
                explained.zone = Some(self.calendar.name_of(spelled.clock));
            }
        }
        explained
    }

    /// The row for one of several dates: the first that cannot be used, which is
    /// the one a finding is about, else the first.
    fn telling_day<'r>(&mut self, row: &Row<'r>, context: Context, dates: &[&'r [u8]]) -> Row<'r> {
        let agent = self.keys.of(row.word(Field::Agent));
        let on = |date: &&'r [u8]| {
            let mut day = row.clone();
            day.set(Field::Date, date);
            day
        };
        let fails = |day: &Row<'r>| {
            self.spell(day, context, agent).map_or(true, |spelled| spelled.span().is_err())
        };
        let failing = dates.iter().map(on).find(fails);
        failing.or_else(|| dates.first().map(on)).unwrap_or_else(|| row.clone())
    }

    fn show(&self, moment: &mut Moment, ending: Ending, clock: Clock) {
        let stamp = |instant| match (clock.zone_number(), ending.offset) {
            (None, Some(offset)) => Calendar::stamp_at(instant, offset),
            _ => self.calendar.stamp(clock, instant),
        };
        moment.at = Some(stamp(ending.chosen));
        moment.doubt = ending.doubt;
        moment.otherwise = match ending.doubt {
            Some(Doubt::Gap | Doubt::Fold) => Some(stamp(ending.other)),
            Some(Doubt::Mismatch) => {
                moment.at = ending.offset.map(|offset| Calendar::stamp_at(ending.chosen, offset));
                let zone = if clock.zone_number().is_some() { Some(clock) } else { self.zone };
                zone.zip(ending.local).map(|(zone, local)| self.resolved_stamp(zone, local))
            }
            _ => None,
        };
    }

    fn resolved_stamp(&self, zone: Clock, local: i64) -> crate::model::time::Stamp {
        let mut season = Season::default();
        let instant = match self.calendar.local(zone, local, &mut season) {
            Local::Plain(offset) | Local::Gap(offset, _) | Local::Fold(offset, _) => {
                local - i64::from(offset) * 1000
            }
        };
        self.calendar.stamp(zone, instant)
    }

    fn spell(&mut self, row: &Row<'_>, context: Context, agent: u64) -> Result<Spelled, Skip> {
        if let Some(fault) = row.fault {
            return Err(Flaw::Fault(fault).into());
        }
        self.order = context.order;
        let default = context.kind.unwrap_or(Kind::Shift);
        let off = context.role == Role::TimeOff
            || self.words.is_time_off(row.word(Field::Kind)).unwrap_or(default != Kind::Shift);
        if agent == 0 {
            return Err(if off { Flaw::Absent(Field::Agent).into() } else { Skip::Open });
        }
        let mut traits = Traits::default();
        let kind = match self.words.decision(row.word(Field::Status)) {
            Decision::Void => return Err(Skip::Void(!off)),
            _ if !off => Kind::Shift,
            Decision::Pending => Kind::PendingTimeOff,
            Decision::Granted => Kind::TimeOff,
            Decision::Unknown => {
                traits.add(Traits::UNKNOWN_STATUS);
                Kind::TimeOff
            }
        };
        let named = self.zone_of(row, agent)?;
        let (start, end) = self.endings(row, named, &mut traits)?;
        let clock = named.or(self.zone).unwrap_or_else(|| own_clock(&start));
        let side = Side { batch: context.role == Role::Batch, kind };
        Ok(Spelled { start, end, clock, side, traits })
    }

    /// The zone of the record, else of its agent.
    fn zone_of(&mut self, row: &Row<'_>, agent: u64) -> Result<Option<Clock>, Skip> {
        let word = row.word(Field::Zone);
        if !word.is_empty() {
            let calendar = self.calendar;
            let clock = self.words.zone(word, |name| calendar.clock(name));
            return clock.map(Some).ok_or(Flaw::UnknownZone.into());
        }
        let known = if self.agents.have_zones() { self.agents.get(agent) } else { None };
        Ok(known.and_then(|agent| agent.zone))
    }

    fn endings(
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
            _ => ending.local.unwrap_or(ending.chosen),
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
                    Written::Date(day) => day,
                    _ => start.local.unwrap_or(start.chosen).div_euclid(DAY),
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
        let late = match (offset, start.local) {
            (None, Some(start)) => local > start,
            (offset, _) => local - i64::from(offset.unwrap_or(0)) * 1000 > start.chosen,
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

    fn at_day_start(&mut self, day: i64, named: Option<Clock>, traits: &mut Traits) -> Ending {
        let (clock, doubt) = self.clock_for(named, traits);
        let at = self.calendar.day_start(clock, day, &mut self.season);
        Ending { chosen: at, other: at, doubt, offset: None, local: Some(day * DAY) }
    }

    fn at_local(&mut self, local: i64, named: Option<Clock>, traits: &mut Traits) -> Ending {
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
        Ending { chosen, other, doubt, offset: None, local: Some(local) }
    }

    fn at_instant(
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
        }
        Ending {
            chosen: at,
            other: at,
            doubt: (!agrees).then_some(Doubt::Mismatch),
            offset,
            local: Some(at + i64::from(offset.unwrap_or(0)) * 1000),
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
    fn word_in(&self, word: &[u8], field: Field) -> Result<Written, Skip> {
        if word.is_empty() {
            return Err(Flaw::Absent(field).into());
        }
        timestamp::read(word, self.order).map_err(|why| match why {
            NoTime::Form => Flaw::NoTime(field).into(),
            NoTime::Value => Flaw::NoSuchTime(field).into(),
            NoTime::Order => Skip::Order,
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

impl Spelled {
    /// The widest span that any reading gives. A record that ends before it
    /// starts as it is read is an error whatever other readings there are; one
    /// that is empty as it is read claims what they give.
    fn span(&self) -> Result<Span, Flaw> {
        if self.end.chosen < self.start.chosen {
            return Err(Flaw::Reversed);
        }
        let start = self.start.chosen.min(self.start.other);
        let end = self.end.chosen.max(self.end.other);
        Span::new(start, end).ok_or(Flaw::EmptySpan)
    }

    fn entry(
        mut self,
        span: Span,
        agent: u64,
        id: u64,
        origin: Origin,
        longest_shift: i64,
    ) -> Outcome {
        let chosen = (self.start.chosen, self.end.chosen);
        if self.side.kind == Kind::Shift && chosen.1 - chosen.0 > longest_shift {
            self.traits.add(Traits::TOO_LONG);
        }
        let narrowest =
            (self.start.chosen.max(self.start.other), self.end.chosen.min(self.end.other));
        let ambiguous = (span.start(), span.end()) != narrowest;
        if ambiguous {
            self.traits.add(Traits::AMBIGUOUS);
        }
        let entry = Entry::new(agent, id, span, self.clock, self.side, self.traits, origin);
        Outcome::Entry(entry, ambiguous.then_some(Readings { chosen, narrowest }))
    }
}

/// The clock of a record without a zone: its own offset.
fn own_clock(start: &Ending) -> Clock {
    Clock::fixed_minutes(start.offset.unwrap_or(0).div_euclid(60))
}

/// Whether a midnight is a date, as programs write them: in a column for dates,
/// and with nothing that says when it ends.
fn stands_for_date(row: &Row<'_>, field: Field, midnight: i64) -> bool {
    field != Field::Start
        && midnight.rem_euclid(DAY) == 0
        && first_of(row, [Field::End, Field::EndDate, Field::Length]).0.is_empty()
}

fn first_of<'r>(row: &Row<'r>, fields: [Field; 3]) -> (&'r [u8], Field) {
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

fn written(row: &Row<'_>, dates: [Field; 2], time: Field) -> Moment {
    let (date, time) = (first_of(row, [dates[0], dates[1], dates[1]]).0, row.word(time));
    let is_clock = matches!(timestamp::read(time, None), Ok(Written::Clock(..)));
    let written = match (date.is_empty(), time.is_empty()) {
        (false, false) if is_clock => format!("{} {}", text(date), text(time)),
        (_, false) => text(time),
        (_, true) => text(date),
    };
    Moment { written, ..Moment::default() }
}

fn text(word: &[u8]) -> String {
    String::from_utf8_lossy(word).into_owned()
}
