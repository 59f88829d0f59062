//! What columns that are not read claim of records, in effect.
//!
//! A second span, a later end, somebody else who has the shift: each is read in the
//! place of what was read of the record. Only what then takes time that the record does
//! not take is a doubt.

use super::rivals::date_of;
use super::run::Run;
use crate::calendar::weekday_of;
use crate::judge::doubts::{
    About, more_than_it_shows, no_end, two_agents, two_values, unread_records,
};
use crate::model::conventions::Question;
use crate::model::doubt::Doubt;
use crate::model::keys::{QuickMap, QuickSet};
use crate::model::row::{Alternate, Claim, Field, Row};
use crate::model::shift::{Entry, Kind};
use crate::model::source::{Origin, Role};
use crate::model::time::{DAY, DateOrder, HOUR};
use crate::normalize::{Context, Normalizer, Outcome};
use crate::read::names::{ABSENT, More, key};
use crate::timestamp::{self, falls_on, list_entries};
use std::collections::BTreeMap;

/// What a column claims, by input.
type ColumnKey = (u16, Claim, String);

/// How many records, and the byte where the first of them begins.
type ClaimCount = (u64, u64);

/// The claims that a thread, or all of them, have met.
#[derive(Debug, Default)]
pub(super) struct Claims {
    counts: BTreeMap<ColumnKey, ClaimCount>,
    /// Who may have the shifts of others, by the key of the name: those who are claims only
    /// if they are agents. The column of a [`Claim::Person`] is that of names.
    agents: BTreeMap<ColumnKey, QuickMap<u64, ClaimCount>>,
}

/// What is known where a claim is met.
pub(super) struct ClaimingRow<'r, 'n> {
    pub(super) row: &'r Row<'r>,
    pub(super) context: Context,
    pub(super) origin: Origin,
    pub(super) normalizer: &'r mut Normalizer<'n>,
}

impl Claims {
    /// Compares a record with what its alternates claim.
    #[cold]
    pub(super) fn compare(&mut self, mut met: ClaimingRow<'_, '_>, key: impl Fn(&[u8]) -> u64) {
        let alternates = met.row.alternates;
        if alternates.iter().all(|alternate| alternate.claim.is_none()) {
            return;
        }
        let outcome = met.read(met.row);
        // The survey answers for the columns that are read.
        met.context.conventions.settled.insert(Question::Meridiem);
        let mut rest = alternates.iter();
        while let Some(alternate) = rest.next() {
            let Some(claim) = alternate.claim else { continue };
            let second = if claim.is_span() { rest.next() } else { None };
            if matches!(claim, Claim::Cover | Claim::OtherAgent) {
                let agent = key(alternate.word.trim_ascii());
                self.note_cover((claim, alternate), agent, &outcome, met.origin);
            } else if met.holds(claim, alternate, second, &outcome) {
                let column = (met.origin.source(), claim, alternate.column.to_owned());
                let count = (1, met.origin.offset());
                add(self.counts.entry(column).or_insert(NONE), count);
            }
        }
    }

    /// Notes what a record without an agent is called, which may be an agent.
    #[cold]
    pub(super) fn note_name(&mut self, name: u64, origin: Origin) {
        self.note_agent((origin.source(), Claim::Person, String::new()), name, origin);
    }

    /// Notes an agent who may have a shift beside its own agent, or instead. One that is
    /// unassigned may be that of any other.
    fn note_cover(
        &mut self,
        (claim, alternate): (Claim, &Alternate<'_>),
        agent: u64,
        outcome: &Outcome,
        origin: Origin,
    ) {
        let own = match outcome {
            Outcome::Entry(entry, _) => entry.agent,
            Outcome::Open | Outcome::Agentless if claim == Claim::OtherAgent => 0,
            _ => return,
        };
        if agent != 0 && agent != own {
            let column = (origin.source(), claim, alternate.column.to_owned());
            self.note_agent(column, agent, origin);
        }
    }

    fn note_agent(&mut self, column: ColumnKey, agent: u64, origin: Origin) {
        let agents = self.agents.entry(column).or_default();
        add(agents.entry(agent).or_insert(NONE), (1, origin.offset()));
    }

    /// Adds what another thread has met.
    pub(super) fn join(&mut self, other: Claims) {
        for (column, count) in other.counts {
            add(self.counts.entry(column).or_insert(NONE), count);
        }
        for (column, agents) in other.agents {
            let known = self.agents.entry(column).or_default();
            let add = |(agent, count)| add(known.entry(agent).or_insert(NONE), count);
            agents.into_iter().for_each(add);
        }
    }

    /// Whether it takes all agents to know what is claimed.
    pub(super) fn want_agents(&self) -> bool {
        !self.agents.is_empty()
    }

    /// The doubts about an input, given the agents of all of them.
    pub(super) fn doubts(&self, run: &Run<'_>, agents: &QuickSet<u64>, place: usize) -> Vec<Doubt> {
        let of_claims = self.counts.iter().filter(|((of, ..), _)| usize::from(*of) == place);
        let mut doubts: Vec<Doubt> = of_claims
            .map(|((_, claim, column), count)| doubt(run, place, (*claim, column), *count))
            .collect();
        for wanted in [Claim::Cover, Claim::OtherAgent, Claim::Person] {
            let is_own = |(of, claim, _): &ColumnKey| usize::from(*of) == place && *claim == wanted;
            let own = self.agents.iter().filter(|(column, _)| is_own(column));
            doubts.extend(own.filter_map(|((_, claim, column), names)| {
                let named = *claim == Claim::OtherAgent && names_agents(column);
                let again = names.values().copied().filter(|(count, _)| named && *count > 1);
                // The first of them, in whatever order they are kept.
                let again = || again.min_by_key(|(_, at)| *at);
                let count = of_agents(agents, names).or_else(again)?;
                let of_names = || run.sources[place].column_named(Field::Name);
                let column = if *claim == Claim::Person { &of_names() } else { column };
                Some(doubt(run, place, (*claim, column), count))
            }));
        }
        doubts
    }
}

impl ClaimingRow<'_, '_> {
    fn read(&mut self, row: &Row<'_>) -> Outcome {
        self.normalizer.read(row, self.context, self.origin)
    }

    /// Whether a claim adds something to what was read of the record.
    fn holds(
        &mut self,
        claim: Claim,
        alternate: &Alternate<'_>,
        second: Option<&Alternate<'_>>,
        outcome: &Outcome,
    ) -> bool {
        let row = self.row;
        match claim {
            Claim::Span | Claim::UnnamedSpan | Claim::SpanApart => {
                let end = second.map_or(&b""[..], |second| second.word);
                let span = self.read(&with_span(row, alternate.word, end));
                self.adds_time(claim, outcome, &span)
            }
            Claim::Range => {
                let range = self.read(&with_range(row, alternate.word));
                adds_range(outcome, &range)
            }
            // Beside other times `4411` is the extension of a telephone.
            Claim::LaterEnd
                if is_short_number(alternate.word) && !is_short_number(row.word(Field::End)) =>
            {
                false
            }
            Claim::LaterEnd => {
                let later = self.read(&with_end(row, alternate));
                matches!((outcome, &later), (Outcome::Entry(own, _), Outcome::Entry(other, _)) if other.end() > own.end())
            }
            Claim::Through => self.goes_on(alternate, outcome),
            Claim::Return => {
                let Outcome::Entry(own, _) = outcome else { return false };
                self.is_back_late(alternate, own)
            }
            Claim::OtherDate => {
                matches!(outcome, Outcome::Entry(..)) && self.names_other_day(alternate.word)
            }
            Claim::Person => {
                let mut named = row.clone();
                named.set(Field::Agent, alternate.word);
                let open = matches!(outcome, Outcome::Open | Outcome::Agentless);
                open && matches!(self.read(&named), Outcome::Entry(..))
            }
            Claim::CoverByName => matches!(outcome, Outcome::Entry(..)),
            Claim::Absence => {
                matches!(outcome, Outcome::Entry(own, _) if own.side().kind == Kind::Shift)
            }
            Claim::Cover | Claim::OtherAgent => false,
        }
    }

    /// Whether a further span takes time that the record does not. One of which the
    /// columns' names do not say that it is one has to be like that of a record.
    fn adds_time(&self, claim: Claim, outcome: &Outcome, span: &Outcome) -> bool {
        // Two lengths side by side, `7:30` and `0:30`, would be longer spans.
        const LONGEST: i64 = 16 * HOUR;
        match (span, outcome) {
            (Outcome::Entry(span, _), _)
                if claim != Claim::Span && span.end() - span.start() > LONGEST =>
            {
                false
            }
            (Outcome::Entry(span, _), Outcome::Entry(own, _)) if claim == Claim::SpanApart => {
                span.end() <= own.start() || own.end() <= span.start()
            }
            (Outcome::Entry(span, _), Outcome::Entry(own, _)) => leaves(span, own),
            // A record that takes no time by itself takes this one.
            (Outcome::Entry(..), Outcome::NoHours | Outcome::DayOff) => true,
            (Outcome::Asks(_), Outcome::Entry(..)) => claim == Claim::Span,
            _ => false,
        }
    }

    /// Whether a shift goes on until a later date: read as that of its end, it is longer.
    fn goes_on(&mut self, alternate: &Alternate<'_>, outcome: &Outcome) -> bool {
        let Outcome::Entry(own, _) = *outcome else { return false };
        let word = alternate.word.trim_ascii();
        let end = self.row.word(Field::End);
        if let Some(last) = self.day(end) {
            return self.day(word).is_some_and(|day| day > last);
        }
        let mut longer = self.row.clone();
        longer.set(Field::EndDate, alternate.word);
        matches!(self.read(&longer), Outcome::Entry(other, _) if other.end() > own.end())
    }

    /// Whether somebody is back later than on the day behind the end of time off, or
    /// behind the weekend that follows.
    fn is_back_late(&mut self, alternate: &Alternate<'_>, own: &Entry) -> bool {
        let mut back = self.row.clone();
        let others = [
            Field::Times,
            Field::End,
            Field::EndDate,
            Field::StartDate,
            Field::Date,
            Field::Length,
        ];
        others.into_iter().for_each(|field| back.set(field, b""));
        back.set(Field::Start, alternate.word);
        let day = self.day(alternate.word.trim_ascii());
        let (Outcome::Entry(back, _), Some(day)) = (self.read(&back), day) else { return false };
        // A clock that changes meanwhile makes a day an hour longer or shorter.
        let between = (back.start() - own.end() + DAY / 2).div_euclid(DAY);
        (1..=between).any(|before| !is_weekend(day - before))
    }

    /// The day of a word, in whichever order the file writes dates.
    fn day(&self, word: &[u8]) -> Option<i64> {
        let order = self.context.conventions.order.unwrap_or(DateOrder::DayMonth);
        timestamp::read(word, Some(order)).ok()?.day()
    }

    /// Whether a word is another date than that of the record, or another day of the week,
    /// or a list with one in it.
    fn names_other_day(&self, word: &[u8]) -> bool {
        let own = self.own_day();
        if let Some(other) = self.day(word.trim_ascii()) {
            return Some(other) != own;
        }
        let falls_elsewhere = |weekday: u8| own.is_some_and(|own| !falls_on(own, weekday));
        list_entries(word).any(|entry| match self.day(entry) {
            Some(other) => Some(other) != own,
            None => timestamp::weekday(entry).is_some_and(falls_elsewhere),
        })
    }

    /// The day on which the record starts, as it is written.
    fn own_day(&self) -> Option<i64> {
        let fields = [Field::StartDate, Field::Date, Field::Start, Field::Times];
        fields.into_iter().find_map(|field| self.day(self.row.word(field)))
    }
}

/// Whether a span takes time that a record does not.
fn leaves(span: &Entry, own: &Entry) -> bool {
    span.start() < own.start() || own.end() < span.end()
}

/// Whether a word is a number that is too short for an instant.
fn is_short_number(word: &[u8]) -> bool {
    let word = word.trim_ascii();
    word.len() < 9 && word.iter().all(u8::is_ascii_digit)
}

/// Whether a day since 1970 is a Saturday or a Sunday.
const fn is_weekend(day: i64) -> bool {
    matches!(weekday_of(day), 5 | 6)
}

/// A row with a date, that of its start if it has no other.
fn with_date<'r>(row: &Row<'r>) -> Row<'r> {
    let mut other = row.clone();
    if row.word(Field::Date).is_empty() && row.word(Field::StartDate).is_empty() {
        other.set(Field::Date, date_of(row.word(Field::Start)));
    }
    other
}

/// A row with another span, on its own date where the other names none.
fn with_span<'r>(row: &Row<'r>, start: &'r [u8], end: &'r [u8]) -> Row<'r> {
    let mut other = with_date(row);
    let spans = [Field::Times, Field::EndDate, Field::Length, Field::AllDay];
    spans.into_iter().for_each(|field| other.set(field, b""));
    other.set(Field::Start, start);
    other.set(Field::End, end);
    other
}

/// A row with a range of times for its span, on its own date where the range names none.
fn with_range<'r>(row: &Row<'r>, range: &'r [u8]) -> Row<'r> {
    let mut other = with_span(row, b"", b"");
    other.set(Field::Times, range);
    other
}

/// Whether a range takes time that its record does not. One that cannot be read, such as
/// an interval that is repeated, may.
fn adds_range(outcome: &Outcome, range: &Outcome) -> bool {
    match (outcome, range) {
        (Outcome::Entry(own, _), Outcome::Entry(range, _)) => leaves(range, own),
        (Outcome::Entry(..) | Outcome::NoHours | Outcome::DayOff, range) => {
            matches!(range, Outcome::Entry(..) | Outcome::Defect(..) | Outcome::Asks(_))
        }
        _ => false,
    }
}

/// A row with another end.
fn with_end<'r>(row: &Row<'r>, alternate: &Alternate<'r>) -> Row<'r> {
    let mut other = with_date(row);
    [Field::EndDate, Field::Length].into_iter().for_each(|field| other.set(field, b""));
    other.set(Field::End, alternate.word);
    other
}

fn doubt(
    run: &Run<'_>,
    place: usize,
    (claim, column): (Claim, &str),
    (count, at): ClaimCount,
) -> Doubt {
    let source = &run.sources[place];
    let about = About { path: &source.file.shown, place: column, line: source.line_at(at), count };
    let ends = [Field::End, Field::EndDate, Field::Times];
    let end = || {
        let read = ends.into_iter().find(|field| source.may_have(*field)).unwrap_or(Field::End);
        source.column_named(read)
    };
    match claim {
        Claim::Span if source.file.role == Role::TimeOff => {
            let starts = [Field::Start, Field::StartDate, Field::Date];
            let read = starts.into_iter().find(|field| source.may_have(*field));
            let read = source.column_named(read.unwrap_or(Field::Start));
            two_values::of_other_span(&about, &read)
        }
        Claim::Span | Claim::SpanApart => {
            more_than_it_shows::doubt(&about, "with the end beside it, it is a further span")
        }
        Claim::UnnamedSpan => unread_records::doubt(&about, "a start and an end, side by side"),
        Claim::Range => unread_records::doubt(&about, "ranges of times"),
        Claim::LaterEnd => two_values::of_later_end(&about, &end()),
        Claim::Return => {
            let why = format!("somebody is back later than on the day after `{}`", end());
            more_than_it_shows::of_dates(&about, &why)
        }
        Claim::Through if run.conventions[place].whole_days => no_end::of_column(&about),
        Claim::Through => more_than_it_shows::doubt(&about, "it goes on until a later date"),
        Claim::OtherDate => more_than_it_shows::doubt(&about, More::Days.why()),
        Claim::Cover | Claim::CoverByName => {
            more_than_it_shows::doubt(&about, "it names another agent, who may have the shift")
        }
        Claim::Absence => more_than_it_shows::doubt(&about, ABSENT),
        Claim::OtherAgent => more_than_it_shows::of_other_agents(&about),
        Claim::Person => {
            // Of several keys for the agent the one that the claim is about may be the first.
            let named = Some(source.column_named(Field::Agent)).filter(|name| name != column);
            two_agents::of_agentless(&about, named.as_deref().unwrap_or(Field::Agent.name()))
        }
    }
}

/// Whether a key is one for agents by its own name, so that whoever stands there twice is
/// an agent. Resources can be rooms.
fn names_agents(column: &str) -> bool {
    let resources = column.to_lowercase().contains("resource");
    matches!(key(column, Role::Batch), Some((Field::Agent, _))) && !resources
}

/// How many of the records name an agent of the inputs, if any does.
fn of_agents(agents: &QuickSet<u64>, names: &QuickMap<u64, ClaimCount>) -> Option<ClaimCount> {
    let here = names.iter().filter(|(name, _)| agents.contains(name));
    here.map(|(_, count)| *count).reduce(|mut sum, count| {
        add(&mut sum, count);
        sum
    })
}

/// No record yet.
const NONE: ClaimCount = (0, u64::MAX);

fn add(known: &mut ClaimCount, (count, at): ClaimCount) {
    *known = (known.0 + count, known.1.min(at));
}
