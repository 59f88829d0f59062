//! Reads a row again in full, to show it to a person.

use super::endings::{Ending, Ends};
use super::words::{first_date, first_of};
use super::{Context, Normalizer, PlainRecord, PlainTimes, Skip, SpelledRecord};
use crate::calendar::{Calendar, Local, OffsetCache};
use crate::model::finding::{Ambiguity, ClockSource, Excerpt, Moment};
use crate::model::keys::AgentKey;
use crate::model::row::{Field, Row};
use crate::model::shift::{Kind, Side, Traits};
use crate::model::text::Text;
use crate::model::time::{Clock, Instant, Stamp};
use crate::timestamp::{self, Expected};

/// What a row was read as, for people.
#[derive(Debug, Clone, Default)]
pub struct Displayed {
    /// Its start.
    pub start: Moment,
    /// Its end.
    pub end: Moment,
    /// The zone its local times were read in, or are shown in.
    pub zone: Option<Text>,
    /// Who says by which clock its times are read.
    pub clock_source: ClockSource,
    /// Its end was moved to the next day.
    pub overnight: bool,
    /// It is for several days; the times are those of the first, or of the first that
    /// cannot be used.
    pub several: bool,
    /// Its side, unless it was skipped.
    pub side: Option<Side>,
}

impl Normalizer<'_> {
    /// Reads a row again, for a finding that shows it so.
    pub fn display(&mut self, row: &Row<'_>, context: Context, shown: &Excerpt) -> Displayed {
        if let Some(dates) = row.dates() {
            let day = self.telling_day(row, context, &dates);
            return Displayed { several: true, ..self.display(&day, context, shown) };
        }
        let agent = self.agent_key(row);
        let spelled = self.spelled(row, context, agent);
        let mut explained = Displayed {
            start: written(row, shown, [Field::StartDate, Field::Date], Field::Start),
            end: written(row, shown, [Field::EndDate, Field::EndDate], Field::End),
            zone: None,
            clock_source: ClockSource::Nobody,
            overnight: false,
            several: false,
            side: None,
        };
        if explained.end.written.is_empty() {
            explained.end.written = shown.word(Field::Length, row.word(Field::Length));
        }
        let times = row.word(Field::Times);
        if !times.is_empty() && row.word(Field::Start).is_empty() && row.word(Field::End).is_empty()
        {
            explained.start.written = shown.word(Field::Times, times);
            explained.end.written = shown.word(Field::Times, times);
        }
        let zone = row.word(Field::Zone);
        explained.zone = (!zone.is_empty()).then(|| shown.word(Field::Zone, zone));
        if let Some(zone) = self.unknown_bracket(row) {
            explained.zone = Some(zone);
        }
        if let Ok((side, spelled)) = spelled {
            self.show(&mut explained.start, spelled.ends.start, spelled.clock);
            self.show(&mut explained.end, spelled.ends.end, spelled.clock);
            explained.overnight = spelled.traits.any(Traits::OVERNIGHT);
            explained.side = spelled.ends.span().is_ok().then_some(side);
            explained.clock_source = self.clock_source(row, agent, &spelled);
            if spelled.clock.zone_number().is_some() {
                explained.zone = Some(self.zone_name(spelled.clock));
            }
        }
        explained
    }

    /// When a row starts and ends, as `display` shows it.
    pub fn displayed_times(&mut self, row: &Row<'_>, context: Context) -> [Option<Stamp>; 2] {
        if let Some(dates) = row.dates() {
            let day = self.telling_day(row, context, &dates);
            return self.displayed_times(&day, context);
        }
        let agent = self.agent_key(row);
        match self.spelled(row, context, agent) {
            Ok((_, SpelledRecord { ends, clock, .. })) => {
                [ends.start, ends.end].map(|ending| self.stamp(ending, clock))
            }
            Err(_) => [None; 2],
        }
    }

    /// A row as it is read again: its side, and what its words say.
    pub(super) fn spelled(
        &mut self,
        row: &Row<'_>,
        context: Context,
        agent: AgentKey,
    ) -> Result<(Side, SpelledRecord), Skip> {
        match self.spelled_plainly(row, context) {
            Some(spelled) => Ok(spelled),
            None => self.spelled_fully(row, context, agent),
        }
    }

    /// The same for a record of the usual form, with a third of the instructions; `None` for any
    /// other. Proven equal to reading it fully, field by field, on random rows.
    fn spelled_plainly(
        &mut self,
        row: &Row<'_>,
        context: Context,
    ) -> Option<(Side, SpelledRecord)> {
        let PlainRecord { side, span, clock, written, traits, .. } = self.plain(row, context)?;
        let at = [span.start(), span.end()];
        let named = Some(clock).filter(|clock| self.zone != Some(*clock));
        let ending = |place: usize| {
            let (offset, local, clock) = match &written {
                PlainTimes::Instants(offsets) => {
                    (offsets[place], at[place].to_local(offsets[place].unwrap_or(0)), None)
                }
                PlainTimes::Local(local) => (None, local[place], named),
                // The two can contradict each other.
                PlainTimes::InstantsInZone => return None,
            };
            let chosen = at[place];
            let instant = matches!(written, PlainTimes::Instants(_));
            Some(Ending { chosen, other: chosen, doubt: None, offset, local, clock, instant })
        };
        let (start, end) = (ending(0)?, ending(1)?);
        let ends = Ends { start, end, partial: false, clock: Some(clock) };
        Some((side, SpelledRecord { ends, clock, traits }))
    }

    /// The same, however it is written.
    pub(super) fn spelled_fully(
        &mut self,
        row: &Row<'_>,
        context: Context,
        agent: AgentKey,
    ) -> Result<(Side, SpelledRecord), Skip> {
        self.conventions = context.conventions;
        let mut traits = Traits::default();
        let side = self.side_of(row, context, agent, &mut traits)?;
        Ok((side, self.spell(row, context, agent, side.kind, traits)?))
    }

    /// The name of a zone; records of one zone share it.
    fn zone_name(&mut self, clock: Clock) -> Text {
        match &self.shown_zone {
            Some((known, name)) if *known == clock => name.clone(),
            _ => {
                let name = Text::from(self.calendar.name_of(clock));
                self.shown_zone = Some((clock, name.clone()));
                name
            }
        }
    }

    /// Who says by which clock a record is read.
    fn clock_source(&self, row: &Row<'_>, agent: AgentKey, of: &SpelledRecord) -> ClockSource {
        let SpelledRecord { ends, clock, .. } = of;
        let of_agent = self.zone_of_agent(agent);
        if ends.start.instant {
            ClockSource::Times
        } else if !row.word(Field::Zone).is_empty() {
            ClockSource::File
        } else if of_agent == Some(*clock) {
            ClockSource::Agent
        } else if self.zone == Some(*clock) {
            ClockSource::Settings
        } else if ends.start.doubt == Some(Ambiguity::Missing) {
            ClockSource::Nobody
        } else {
            ClockSource::File
        }
    }

    /// The row for one of several dates: the first that cannot be used, which is
    /// the one a finding is about, else the first.
    fn telling_day<'r>(&mut self, row: &Row<'r>, context: Context, dates: &[&'r [u8]]) -> Row<'r> {
        let agent = self.agent_key(row);
        let first = first_date(dates, context.conventions.order);
        let on = |date: &&'r [u8]| row.on(date, first);
        let fails = |day: &Row<'r>| {
            let side = self.side_of(day, context, agent, &mut Traits::default());
            let kind = side.map_or(Kind::Shift, |side| side.kind);
            self.spell(day, context, agent, kind, Traits::default())
                .map_or(true, |spelled| spelled.ends.span().is_err())
        };
        let failing = dates.iter().map(on).find(fails);
        failing.or_else(|| dates.first().map(on)).unwrap_or_else(|| row.clone())
    }

    /// The name in brackets after a time of a row that is not a zone.
    fn unknown_bracket(&self, row: &Row<'_>) -> Option<Text> {
        let expected = Expected { order: self.conventions.order, clock: true };
        let fields = [Field::Start, Field::StartDate, Field::End, Field::EndDate];
        let words = fields.into_iter().map(|field| row.word(field));
        let zones = words
            .filter(|word| word.ends_with(b"]"))
            .filter_map(|word| timestamp::read_as(word, expected).ok().and_then(|time| time.zone));
        let unknown = |zone: &&[u8]| self.calendar.clock(&String::from_utf8_lossy(zone)).is_none();
        zones.into_iter().find(unknown).map(Text::of_bytes)
    }

    pub(super) fn show(&self, moment: &mut Moment, ending: Ending, clock: Clock) {
        moment.at = self.stamp(ending, clock);
        moment.doubt = ending.doubt;
        moment.otherwise = match ending.doubt {
            Some(Ambiguity::Gap | Ambiguity::Fold) => {
                Some(Box::new(self.stamp_of(ending, clock, ending.other)))
            }
            Some(Ambiguity::Mismatch) => {
                let zone = ending.clock.unwrap_or(clock);
                Some(Box::new(self.resolved_stamp(zone, ending.local)))
            }
            _ => None,
        };
    }

    /// An ending as it was read; where its offset and its zone contradict each other, by the
    /// offset.
    fn stamp(&self, ending: Ending, clock: Clock) -> Option<Stamp> {
        match ending.doubt {
            Some(Ambiguity::Mismatch) => {
                ending.offset.map(|offset| Calendar::stamp_at(ending.chosen, offset))
            }
            _ => Some(self.stamp_of(ending, clock, ending.chosen)),
        }
    }

    /// What a clock shows; one that is no zone shows a time that has an offset by that.
    fn stamp_of(&self, ending: Ending, clock: Clock, instant: Instant) -> Stamp {
        match (clock.zone_number(), ending.offset) {
            (None, Some(offset)) => Calendar::stamp_at(instant, offset),
            _ => self.calendar.stamp(clock, instant),
        }
    }

    fn resolved_stamp(&self, zone: Clock, local: i64) -> Stamp {
        let mut offset_cache = OffsetCache::default();
        let instant = match self.calendar.local(zone, local, &mut offset_cache) {
            Local::Plain(offset) | Local::Gap(offset, _) | Local::Fold(offset, _) => {
                Instant::from_local(local, offset)
            }
        };
        self.calendar.stamp(zone, instant)
    }
}

fn written(row: &Row<'_>, shown: &Excerpt, dates: [Field; 2], field: Field) -> Moment {
    let (date, of_date) = first_of(row, [dates[0], dates[1], dates[1]]);
    let time = row.word(field);
    let expected = Expected { order: None, clock: true };
    let is_clock = || timestamp::read_as(time, expected).is_ok_and(|time| time.written.is_clock());
    let written = match (date.is_empty(), time.is_empty()) {
        (false, false) if is_clock() => Text::of_bytes(&[date, b" ", time].concat()),
        (_, false) => shown.word(field, time),
        (_, true) => shown.word(of_date, date),
    };
    Moment { written, at: None, otherwise: None, doubt: None }
}

#[cfg(test)]
mod tests;
