//! Turns rows into entries or defects.
//!
//! Decides what a record claims: for whom, from when to when in every reading, and whether it
//! blocks that time. It does not know other rows, and gives no verdicts.

mod activities;

mod endings;

mod display;

mod lengths;

mod marks;

mod nobody;

mod statuses;

mod swap;

mod words;

mod vocabulary;

pub use activities::ActivityOutcome;
#[cfg(test)]
use activities::ShiftFrame;
pub use display::Displayed;
pub(crate) use lengths::conventions_of;
#[cfg(feature = "cli")]
pub use nobody::names_nobody;
pub use swap::{DisplayedSwap, SwapOutcome};
#[cfg(feature = "cli")]
pub use vocabulary::is_of_status;
pub use words::{has_absence_as_time, has_midnights_alone, unfold};

use crate::calendar::{Calendar, Local, OffsetCache};
use crate::model::agents::Agents;
use crate::model::conventions::{Conventions, Question};
use crate::model::fact::Flaw;
use crate::model::fate::Fate;
use crate::model::keys::{AgentKey, Keys};
use crate::model::kinds::{SaidKind, availability};
use crate::model::row::{Field, Row, RowFault};
use crate::model::settings::Settings;
use crate::model::shift::{Entry, Kind, Readings, Side, Traits};
use crate::model::source::{Origin, Role};
use crate::model::text::Text;
use crate::model::time::{Clock, DAY, Disambiguation, HOUR, Instant, Span};
use crate::timestamp::{self, Timed, Usual, Written};
use endings::Ends;
use nobody::{Nobody, NobodyKeys};
use std::sync::Arc;
use vocabulary::{Decision, Vocabulary};

/// A break or a meal that is longer is no part of another shift: `Lunch` can be what is served.
const LONGEST_PART: i64 = 4 * HOUR;

/// What became of a row.
#[derive(Debug, Clone, Copy)]
pub enum Outcome {
    /// It claims time. The readings are there when its words allow more than one.
    Entry(Entry, Option<Readings>),
    /// It has no agent: an open shift, skipped.
    Open,
    /// It has no key for an agent, where other records have one; skipped.
    Agentless,
    /// Its status says that it does not hold, left out; whether it is a shift.
    Cancelled(bool),
    /// A shift whose status says that it was never granted, left out.
    Denied,
    /// Its status says that it is not there any more, left out; whether it is a
    /// shift.
    Deleted(bool),
    /// It is a draft among published records, skipped.
    Draft,
    /// A shift whose start and end both say that there is none that day, skipped.
    DayOff,
    /// A shift with a date and no clock times, skipped.
    NoHours,
    /// Among times at which agents are not available, one that says the opposite; skipped.
    Available,
    /// Not a record: a line that repeats the header, skipped.
    Header,
    /// Not a record: a line of totals, skipped.
    Total,
    /// It cannot be read before this is known of its file.
    Asks(Question),
    /// It cannot be used, left out. The key of its agent and its start, as far
    /// as they could be read.
    Defect(Flaw, AgentKey, Option<Instant>),
}

impl Outcome {
    /// The fate of the record; `None` as long as it cannot be read.
    #[must_use]
    pub fn fate(&self) -> Option<Fate> {
        Some(match self {
            Outcome::Entry(..) => Fate::Checked,
            Outcome::Open | Outcome::Agentless => Fate::Unassigned,
            Outcome::Cancelled(_) | Outcome::Denied => Fate::Cancelled,
            Outcome::Deleted(_) => Fate::Deleted,
            Outcome::Draft => Fate::Draft,
            Outcome::DayOff => Fate::DayOff,
            Outcome::NoHours => Fate::NoHours,
            Outcome::Available => Fate::Available,
            Outcome::Header => Fate::Header,
            Outcome::Total => Fate::Total,
            Outcome::Defect(Flaw::Reversed, ..) => Fate::Reversed,
            Outcome::Defect(Flaw::EmptySpan, ..) => Fate::Empty,
            Outcome::Defect(..) => Fate::Unreadable,
            Outcome::Asks(_) => return None,
        })
    }
}

/// What a file says about all of its rows.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    /// What the file is read as.
    pub role: Role,
    /// How it writes what a record alone leaves open.
    pub conventions: Conventions,
}

/// Reads rows under the settings of a run, and remembers from row to row what
/// tends to repeat.
pub struct Normalizer<'a> {
    calendar: &'a Calendar,
    agents: &'a Agents,
    keys: &'a Keys,
    /// Words in the place of an agent that name nobody.
    nobody: NobodyKeys,
    zone: Option<Clock>,
    /// Whether rows without a zone may have one all the same.
    has_zones: bool,
    disambiguation: Disambiguation,
    longest_shift: i64,
    offset_cache: OffsetCache,
    words: Vocabulary,
    times: Usual,
    /// How the file of the row at hand writes what a record alone leaves open.
    conventions: Conventions,
    /// The zone of the last record that was shown, whose name the next one mostly shares.
    shown_zone: Option<(Clock, Text)>,
}

/// A record of the usual form.
struct PlainRecord {
    agent: AgentKey,
    side: Side,
    span: Span,
    clock: Clock,
    written: PlainTimes,
    traits: Traits,
}

/// How the times of a record of the usual form are written.
enum PlainTimes {
    /// As instants, where nobody names a zone: their offsets in seconds; `None` for `Z`.
    Instants([Option<i32>; 2]),
    InstantsInZone,
    /// As local times, in milliseconds as if they were UTC.
    Local([i64; 2]),
}

/// A record whose words could be read.
struct SpelledRecord {
    ends: Ends,
    clock: Clock,
    traits: Traits,
}

#[derive(Clone, Copy)]
enum Skip {
    Open,
    Agentless,
    Cancelled(bool),
    Denied,
    Deleted(bool),
    Draft,
    DayOff,
    NoHours,
    Available,
    Header,
    Total,
    Asks(Question),
    Flaw(Flaw),
}

impl Skip {
    fn outcome(self, agent: AgentKey) -> Outcome {
        match self {
            Skip::Open => Outcome::Open,
            Skip::Agentless => Outcome::Agentless,
            Skip::Cancelled(shift) => Outcome::Cancelled(shift),
            Skip::Denied => Outcome::Denied,
            Skip::Deleted(shift) => Outcome::Deleted(shift),
            Skip::Draft => Outcome::Draft,
            Skip::DayOff => Outcome::DayOff,
            Skip::NoHours => Outcome::NoHours,
            Skip::Available => Outcome::Available,
            Skip::Header => Outcome::Header,
            Skip::Total => Outcome::Total,
            Skip::Asks(question) => Outcome::Asks(question),
            Skip::Flaw(flaw) => Outcome::Defect(flaw, agent, None),
        }
    }
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
            nobody: NobodyKeys::new(keys, agents),
            zone,
            has_zones: zone.is_some() || agents.have_zones(),
            disambiguation: settings.disambiguation,
            longest_shift: settings.longest_shift,
            offset_cache: OffsetCache::default(),
            words: Vocabulary::with_codes(Arc::clone(&settings.activity_codes)),
            times: Usual::default(),
            conventions: Conventions::default(),
            shown_zone: None,
        }
    }

    /// Reads a row.
    pub fn read(&mut self, row: &Row<'_>, context: Context, origin: Origin) -> Outcome {
        match self.read_plain(row, context, origin) {
            Some(entry) => Outcome::Entry(entry, None),
            None => self.read_fully(row, context, origin),
        }
    }

    /// The key of the agent whom a row names; none for nobody.
    #[inline(always)]
    pub(super) fn agent_key(&self, row: &Row<'_>) -> AgentKey {
        let word = row.word(Field::Agent);
        let key = self.agents.key(self.keys, word);
        let nobody = NobodyKeys::may_be(word)
            && (self.nobody.find(key).is_some()
                || NobodyKeys::is_number_of_nobody(word, key, self.agents));
        if nobody { AgentKey::NONE } else { key }
    }

    /// The entry of a row of the usual form: an agent, and two times in order, with
    /// offsets, or local in a zone that neither skips nor doubles them. `None` for
    /// any other.
    #[inline(always)]
    pub fn read_plain(&mut self, row: &Row<'_>, context: Context, origin: Origin) -> Option<Entry> {
        let PlainRecord { agent, side, span, clock, mut traits, .. } = self.plain(row, context)?;
        let id = self.keys.of(row.id());
        self.note_length(span.end() - span.start(), side, &mut traits);
        Some(Entry::new(agent, id, span, clock, side, traits, origin))
    }

    #[inline(always)]
    fn plain(&mut self, row: &Row<'_>, context: Context) -> Option<PlainRecord> {
        let Conventions { start_clock, end_clock, local, .. } = context.conventions;
        let named = usize::from(start_clock.is_some() | end_clock.is_some() | local);
        let rare = row.raw(Field::AllDay).len() | row.raw(Field::StartDate).len() | named;
        if rare != 0 {
            return None;
        }
        let agent = self.agent_key(row);
        let mut traits = Traits::default();
        let (span, clock, written) = match self.has_zones || !row.raw(Field::Zone).is_empty() {
            true => self.zoned_times(row, agent, &mut traits)?,
            false => {
                let [start, end] = self.offset_times(row)?;
                let written = PlainTimes::Instants([start.offset, end.offset]);
                (Span::new(start.at, end.at)?, start.clock, written)
            }
        };
        let side = self.side_of(row, context, agent, &mut traits).ok()?;
        if !row.raw(Field::Length).is_empty() {
            let conventions = conventions_of(row, context.conventions);
            lengths::fits(row, conventions, span).then_some(())?;
        }
        Some(PlainRecord { agent, side, span, clock, written, traits })
    }

    /// Two times with offsets. A date beside them may
    /// be a list of them, or another than theirs.
    #[inline(always)]
    fn offset_times(&mut self, row: &Row<'_>) -> Option<[Timed; 2]> {
        if !row.raw(Field::Date).is_empty() {
            return None;
        }
        Some([self.times.read(row.raw(Field::Start))?, self.times.read(row.raw(Field::End))?])
    }

    /// Two times where there may be a zone, and the record's clock.
    #[inline(never)]
    fn zoned_times(
        &mut self,
        row: &Row<'_>,
        agent: AgentKey,
        traits: &mut Traits,
    ) -> Option<(Span, Clock, PlainTimes)> {
        let named = self.zone_of(row, agent).ok()?;
        if named.is_some_and(|named| compares(named, row)) {
            return None;
        }
        let [start, end] = [Field::Start, Field::End].map(|field| row.raw(field));
        if !row.raw(Field::Date).is_empty() {
            let (start, end) = clock_times(row, traits)?;
            return self.local_times(start, end, named);
        }
        if let Some(start) = self.times.read_local(start) {
            let end = self.times.read_local(end)?;
            return self.local_times(start, end, named);
        }
        let (start, end) = (self.times.read(start)?, self.times.read(end)?);
        for time in [start, end] {
            // Whatever the zone objects to, it is the instant that counts.
            self.at_instant(time.at, time.offset, named, traits);
        }
        let clock = named.or(self.zone).unwrap_or(start.clock);
        Some((Span::new(start.at, end.at)?, clock, PlainTimes::InstantsInZone))
    }

    /// Two local times by the clock of their zone, which neither skips nor doubles
    /// them.
    #[inline(always)]
    fn local_times(
        &mut self,
        start: i64,
        end: i64,
        named: Option<Clock>,
    ) -> Option<(Span, Clock, PlainTimes)> {
        let clock = named.or(self.zone)?;
        let at = (self.plain_local(clock, start)?, self.plain_local(clock, end)?);
        Some((Span::new(at.0, at.1)?, clock, PlainTimes::Local([start, end])))
    }

    /// The instant of a local time that its clock shows once.
    #[inline(always)]
    fn plain_local(&mut self, clock: Clock, local: i64) -> Option<Instant> {
        match self.calendar.local(clock, local, &mut self.offset_cache) {
            Local::Plain(offset) => Some(Instant::from_local(local, offset)),
            _ => None,
        }
    }

    /// Reads a row however it is written. One of the usual form becomes the same
    /// as by [`Normalizer::read_plain`], only later.
    pub fn read_fully(&mut self, row: &Row<'_>, context: Context, origin: Origin) -> Outcome {
        let agent = self.agent_key(row);
        let mut traits = Traits::default();
        let side = match self.side_of(row, context, agent, &mut traits) {
            Ok(side) => side,
            Err(skip) => return skip.outcome(agent),
        };
        let mut spelled = match self.spell(row, context, agent, side.kind, traits) {
            Ok(spelled) => spelled,
            Err(skip) => return skip.outcome(agent),
        };
        let Ends { start, end, partial, .. } = spelled.ends;
        let span = match spelled.ends.span() {
            Ok(span) => span,
            Err(flaw) => return Outcome::Defect(flaw, agent, Some(start.chosen)),
        };
        // What takes a part of a day takes none of it for certain.
        let narrowest = match partial {
            true => (span.start(), span.start()),
            false => (start.chosen.max(start.other), end.chosen.min(end.other)),
        };
        let ambiguous = (span.start(), span.end()) != narrowest;
        if ambiguous {
            spelled.traits.add(Traits::AMBIGUOUS);
        }
        self.note_length(end.chosen - start.chosen, side, &mut spelled.traits);
        let id = self.keys.of(row.id());
        let entry = Entry::new(agent, id, span, spelled.clock, side, spelled.traits, origin);
        let chosen = (start.chosen, end.chosen);
        Outcome::Entry(entry, ambiguous.then_some(Readings { chosen, narrowest }))
    }

    /// Whether a word in the place of an agent is what is left of a name.
    #[cold]
    fn is_lost(&self, word: &[u8]) -> bool {
        self.nobody.find(self.agents.key(self.keys, word)) == Some(Nobody::Lost)
    }

    fn note_length(&self, length: i64, side: Side, traits: &mut Traits) {
        if side.kind == Kind::Shift && length > self.longest_shift {
            traits.add(Traits::TOO_LONG);
        }
        if length > LONGEST_PART {
            *traits = traits.without(Traits::PART);
        }
    }

    /// The side of a row, if it has one.
    #[inline(always)]
    fn side_of(
        &mut self,
        row: &Row<'_>,
        context: Context,
        agent: AgentKey,
        traits: &mut Traits,
    ) -> Result<Side, Skip> {
        match row.fault {
            None => {}
            Some(RowFault::Agentless) => return Err(Skip::Agentless),
            Some(RowFault::Header) => return Err(Skip::Header),
            Some(RowFault::Total) => return Err(Skip::Total),
            Some(fault) => return Err(Flaw::Fault(fault).into()),
        }
        let gone = row.raw(Field::Deleted).len() | row.raw(Field::Cancelled).len();
        if gone | row.raw(Field::Draft).len() != 0 {
            self.marks(row, context)?;
        }
        let (meaning, mut decision) =
            self.words.claim(row.raw(Field::Kind), row.raw(Field::Status));
        if !row.raw(Field::Approved).is_empty() && self.awaits_approval(row) {
            decision = Decision::Pending;
        }
        let off = is_off(row, context.role, meaning);
        let usual = matches!(decision, Decision::Granted | Decision::Pending | Decision::Unknown);
        let kind = match agent.is_some() && !off && usual {
            true => Kind::Shift,
            false => {
                let word = if agent.is_none() { row.word(Field::Agent) } else { b"" };
                if !word.is_empty() && self.is_lost(word) {
                    return Err(Flaw::NoAgent.into());
                }
                match unusual_kind(context.role, agent, off, decision, traits)? {
                    Kind::TimeOff | Kind::PendingTimeOff if context.role == Role::Unavailable => {
                        self.unavailable(row, traits)?
                    }
                    kind => kind,
                }
            }
        };
        if meaning == SaidKind::Part && kind == Kind::Shift {
            traits.add(Traits::PART);
        }
        Ok(Side { batch: context.role == Role::Batch, kind })
    }

    /// What a record of a file of unavailable times is.
    #[cold]
    fn unavailable(&mut self, row: &Row<'_>, traits: &mut Traits) -> Result<Kind, Skip> {
        let said = [Field::Kind, Field::Status, Field::Available]
            .map(|field| availability(row.word(field)));
        let flag = self.words.flag(row.word(Field::Available));
        let flag = flag.filter(|_| !row.word(Field::Available).is_empty());
        let says = |what| flag == Some(what) || said.contains(&Some(what));
        // What says both is taken as unavailable.
        if says(true) && !says(false) {
            return Err(Skip::Available);
        }
        if said[1] == Some(false) {
            *traits = traits.without(Traits::UNKNOWN_STATUS);
        }
        Ok(Kind::Unavailable)
    }

    /// Whether a row is time off: by its file, its own words, or the list that it is in.
    #[cold]
    pub fn is_time_off(&mut self, row: &Row<'_>, role: Role) -> bool {
        let (meaning, _) = self.words.claim(row.raw(Field::Kind), row.raw(Field::Status));
        is_off(row, role, meaning)
    }

    fn spell(
        &mut self,
        row: &Row<'_>,
        context: Context,
        agent: AgentKey,
        kind: Kind,
        mut traits: Traits,
    ) -> Result<SpelledRecord, Skip> {
        self.conventions = conventions_of(row, context.conventions);
        let named = self.zone_of(row, agent)?;
        let mut ends = self.ends(row, kind, named, &mut traits)?;
        if let Some(offset) = named.filter(|named| compares(*named, row)) {
            self.compare_offset(&mut ends, offset, agent, &mut traits);
        }
        let clock = ends.clock.unwrap_or_else(|| Clock::of_offset(ends.start.offset));
        Ok(SpelledRecord { ends, clock, traits })
    }

    /// The zone of the record, else of its agent.
    fn zone_of(&mut self, row: &Row<'_>, agent: AgentKey) -> Result<Option<Clock>, Skip> {
        let word = row.word(Field::Zone);
        if !word.is_empty() {
            let calendar = self.calendar;
            let clock = self.words.zone(word, |name| calendar.clock(name));
            return clock.map(Some).ok_or(Flaw::UnknownZone.into());
        }
        Ok(self.zone_of_agent(agent))
    }

    fn zone_of_agent(&self, agent: AgentKey) -> Option<Clock> {
        let known = if self.agents.have_zones() { self.agents.get(agent) } else { None };
        known.and_then(|agent| agent.zone)
    }

    /// Takes local times beside an offset for times with that offset, so that it is compared
    /// with the zone of the agent, or of `--tz`.
    fn compare_offset(
        &mut self,
        ends: &mut Ends,
        offset: Clock,
        agent: AgentKey,
        traits: &mut Traits,
    ) {
        let named = self.zone_of_agent(agent);
        let Some(zone) = named.or(self.zone) else { return };
        let seconds = offset.offset_minutes().map(|minutes| minutes * 60);
        // Where no season has the offset zero, such times are in UTC, and not local.
        if seconds == Some(0) && !self.calendar.uses_offset(zone, ends.start.chosen, 0) {
            return;
        }
        for end in [&mut ends.start, &mut ends.end] {
            if !end.instant && end.doubt.is_none() {
                *end = self.at_instant(end.chosen, seconds, named, traits);
                ends.clock = Some(zone);
            }
        }
    }
}

/// Whether the clock of a record is an offset that a zone can contradict: `UTC-06:00`, also
/// `UTC+00:00`, and not `UTC` itself.
#[inline(always)]
pub(super) fn compares(clock: Clock, row: &Row<'_>) -> bool {
    let named = || row.raw(Field::Zone).iter().any(u8::is_ascii_digit);
    clock.offset_minutes().is_some_and(|minutes| minutes != 0 || named())
}

#[inline(always)]
fn is_off(row: &Row<'_>, role: Role, meaning: SaidKind) -> bool {
    role.lists_absences()
        || words::says_absence(row)
        || match meaning {
            SaidKind::Silent => row.kind.is_some_and(|kind| kind != Kind::Shift),
            meaning => meaning == SaidKind::TimeOff,
        }
}

/// What a record is that is not a shift, or has a status that may say so.
#[inline(never)]
fn unusual_kind(
    role: Role,
    agent: AgentKey,
    off: bool,
    decision: Decision,
    traits: &mut Traits,
) -> Result<Kind, Skip> {
    if agent.is_none() {
        return Err(if off { Flaw::Absent(Field::Agent).into() } else { Skip::Open });
    }
    Ok(match decision {
        Decision::Cancelled => return Err(Skip::Cancelled(!off)),
        Decision::Denied if off => return Err(Skip::Cancelled(false)),
        Decision::Denied => return Err(Skip::Denied),
        Decision::Deleted => return Err(Skip::Deleted(!off)),
        Decision::Draft if role.is_live() => return Err(Skip::Draft),
        Decision::Superseded if !off => return Err(Skip::Cancelled(true)),
        _ if !off => Kind::Shift,
        Decision::Pending | Decision::Draft => Kind::PendingTimeOff,
        Decision::Granted => Kind::TimeOff,
        Decision::Unknown | Decision::Superseded => {
            traits.add(Traits::UNKNOWN_STATUS);
            Kind::TimeOff
        }
    })
}

/// Whether two clock times of which the end is not after the start may be those of
/// half a day.
fn may_be_halves(start: i64, end: i64) -> bool {
    start < 13 * HOUR && end < 13 * HOUR
}

/// The local times of a date with two clock times beside it. An end that is not
/// after the start is on the next day.
fn clock_times(row: &Row<'_>, traits: &mut Traits) -> Option<(i64, i64)> {
    if !row.raw(Field::EndDate).is_empty() {
        return None;
    }
    let read = |field| timestamp::read_fixed(row.raw(field));
    let (Written::Date(day), Written::Clock(start, None), Written::Clock(end, None)) =
        (read(Field::Date)?, read(Field::Start)?, read(Field::End)?)
    else {
        return None;
    };
    let overnight = end <= start;
    if overnight && may_be_halves(start, end) {
        return None;
    }
    if overnight {
        traits.add(Traits::OVERNIGHT);
    }
    Some((day * DAY + start, (day + i64::from(overnight)) * DAY + end))
}

#[cfg(test)]
mod tests;
