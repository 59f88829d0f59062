//! Collects records that are doubtful in a way that only their file explains.

pub(crate) mod ends;

use crate::judge::doubts::{About, more_than_it_shows, no_hours};
use crate::model::conventions::{Conventions, Question};
use crate::model::doubt::Doubt;
use crate::model::keys::{AgentKey, QuickMap};
use crate::model::occurrences::{AddOccurrences, Occurrences};
use crate::model::row::{Alternate, Field, Row};
use crate::model::shift::{Entry, Traits};
use crate::model::source::Origin;
use crate::model::time::{DAY, DateOrder, HOUR, Instant};
use crate::read::names::key;
use crate::read::source::Source;
use crate::timestamp::{self, Written, length};
use ends::{EndInDoubt, EndsInDoubt, meets_shift};
use std::collections::{BTreeMap, BTreeSet};

/// What can be odd about a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Oddity {
    /// A shift with a date and no hours.
    NoHours,
    /// One that says more than its day: a kind such as `Night`, a length, or a date
    /// where hours should be.
    NoHoursButMore,
    /// A shift whose times are midnights.
    Midnights,
    /// Any other shift; the first of a source is enough.
    Hours,
    /// A start on another date than the record's own.
    OtherDate,
    /// A shift of more than a day by an end date and clock times.
    DaysLong,
    /// Time off with a length of more than the time from its start to its end.
    LongerThanItsTime,
}

/// How many records of each source are odd.
#[derive(Debug, Default)]
pub(crate) struct Oddities {
    counts: BTreeMap<(u16, Oddity), Occurrences<Origin>>,
    /// Time off that may end later than it was read.
    pub(crate) ends: EndsInDoubt,
    /// Time off from a midnight to the same one, by agent: the midnight and the record.
    empty_days: QuickMap<AgentKey, Vec<(Instant, Origin)>>,
    /// Time off from a midnight to another one, by agent: the record.
    between_midnights: QuickMap<AgentKey, Vec<Origin>>,
    /// Sources with such time off of which a record says that the last day counts.
    with_last_days: BTreeSet<u16>,
}

/// The days of the start and the end of a row, if both are midnights: a program wrote them after
/// dates, or beside them.
fn midnights(row: &Row<'_>, order: Option<DateOrder>) -> Option<[i64; 2]> {
    let read = |field: Field| timestamp::read(row.word(field), order).ok();
    let midnight = |field: Field| read(field).filter(|written| written.is_midnight());
    let of = |[time, date]: [Field; 2]| match midnight(time) {
        Some(written) if written.is_clock() => read(date).and_then(Written::day),
        Some(written) => written.day(),
        None => midnight(date).and_then(Written::day),
    };
    Some([of([Field::Start, Field::StartDate])?, of([Field::End, Field::EndDate])?])
}

/// How many days from Monday to Friday there are from a day to the one before another one.
fn workdays([from, to]: [i64; 2]) -> i64 {
    // The day with the number 0 was a Thursday.
    let until = |day: i64| {
        let day = day + 3;
        5 * day.div_euclid(7) + day.rem_euclid(7).min(5)
    };
    until(to) - until(from)
}

impl Oddities {
    /// Counts a shift without hours. In a document, hours under another key are its own; of
    /// a column the file as a whole tells.
    #[cold]
    pub(crate) fn note_hourless(&mut self, row: &Row<'_>, origin: Origin, of_document: bool) {
        self.counts.add((origin.source(), Oddity::NoHours), Occurrences::one(origin));
        let more = [Field::Start, Field::End, Field::Times, Field::Kind];
        let hours = |alternate: &Alternate<'_>| {
            alternate.claim.is_none() && matches!(alternate.field, Field::Times | Field::Start)
        };
        let beside = of_document && row.alternates.iter().any(hours);
        if row.has_length() || beside || more.iter().any(|field| !row.word(*field).is_empty()) {
            let one = Occurrences::one(origin);
            self.counts.add((origin.source(), Oddity::NoHoursButMore), one);
        }
    }

    /// Counts a shift that has midnights instead of hours; whether the next one of the
    /// source has to be looked at.
    #[cold]
    pub(crate) fn note_midnights(&mut self, midnights: bool, origin: Origin) -> bool {
        let oddity = if midnights { Oddity::Midnights } else { Oddity::Hours };
        self.counts.add((origin.source(), oddity), Occurrences::one(origin));
        midnights
    }

    /// Counts an entry with odd dates.
    #[cold]
    pub(crate) fn note_dates(&mut self, row: &Row<'_>, entry: &Entry) {
        let long = entry.traits().any(Traits::TOO_LONG) && !row.word(Field::EndDate).is_empty();
        let other = entry.traits().any(Traits::OTHER_DATE);
        for oddity in [(Oddity::DaysLong, long), (Oddity::OtherDate, other)] {
            if oddity.1 {
                let one = Occurrences::one(entry.origin);
                self.counts.add((entry.origin.source(), oddity.0), one);
            }
        }
    }

    /// Counts time off whose length is more than the time from its start to its end. A
    /// number that names no unit says nothing beside them.
    #[cold]
    pub(crate) fn note_length(&mut self, row: &Row<'_>, entry: &Entry, conventions: Conventions) {
        let Some(length) = length(row.word(Field::Length), conventions.length_unit) else { return };
        let settled = !length.bare || conventions.settled.contains(Question::LengthUnit);
        if settled && length.milliseconds_in_all() > entry.end() - entry.start() + HOUR {
            let one = Occurrences::one(entry.origin);
            self.counts.add((entry.origin.source(), Oddity::LongerThanItsTime), one);
        }
        let days = length.milliseconds_in_all() / DAY;
        // As many days as there are between the two midnights do not count the last one.
        let counts_last = |of: [i64; 2]| workdays(of) < days && days != of[1] - of[0];
        if settled && midnights(row, conventions.order).is_some_and(counts_last) {
            self.with_last_days.insert(entry.origin.source());
        }
    }

    /// Keeps time off of an agent that takes no time, if it starts and ends at one midnight:
    /// a program wrote it after a date.
    #[cold]
    pub(crate) fn note_empty(
        &mut self,
        row: &Row<'_>,
        (agent, start, origin): (AgentKey, Instant, Origin),
        order: Option<DateOrder>,
    ) {
        if midnights(row, order).is_some() {
            self.empty_days.entry(agent).or_default().push((start, origin));
            self.with_last_days.insert(origin.source());
        }
    }

    /// All time off of a source that takes no time as it is written: how many, and the first.
    pub(crate) fn all_empty_days(&self, source: u16) -> Option<Occurrences<Origin>> {
        let all = self.empty_days.values().flatten().map(|(_, origin)| *origin);
        let of_source = all.filter(|origin| origin.source() == source).map(Occurrences::one);
        of_source.reduce(Occurrences::and)
    }

    /// Keeps time off from a midnight to another one, as it is written.
    #[cold]
    pub(crate) fn note_midnights_around(
        &mut self,
        row: &Row<'_>,
        entry: &Entry,
        order: Option<DateOrder>,
    ) {
        if midnights(row, order).is_some() {
            self.between_midnights.entry(entry.agent).or_default().push(entry.origin);
        }
    }

    /// Time off of the agent of a timeline that may end later than it was read, and may then take
    /// a shift of the timeline.
    pub(crate) fn ends_in_doubt(&self, timeline: &[Entry]) -> Vec<(EndInDoubt, Origin)> {
        let mut ends = self.ends.of(timeline);
        ends.extend(self.empty_days(timeline).map(|day| (EndInDoubt::SameMidnight, day)));
        ends.extend(self.last_days(timeline).map(|day| (EndInDoubt::LastMidnight, day)));
        ends
    }

    /// Time off of a timeline that ends at a midnight, and a shift of the timeline on the day that
    /// begins then, if records of its file say that this day counts.
    fn last_days<'o>(&'o self, timeline: &'o [Entry]) -> impl Iterator<Item = Origin> + use<'o> {
        let agent = timeline.first().filter(|_| !self.with_last_days.is_empty());
        let noted = agent.and_then(|entry| self.between_midnights.get(&entry.agent));
        let is_met = |entry: &&Entry, noted: &[Origin]| {
            self.with_last_days.contains(&entry.origin.source())
                && noted.contains(&entry.origin)
                && meets_shift(timeline, entry.end(), entry.end() + DAY)
        };
        let met = noted.map(|noted| timeline.iter().filter(move |entry| is_met(entry, noted)));
        met.into_iter().flatten().map(|entry| entry.origin)
    }

    /// Time off of the agent of a timeline that takes no time as it is written, and a shift
    /// of the timeline if it is the whole day.
    fn empty_days<'o>(&'o self, timeline: &'o [Entry]) -> impl Iterator<Item = Origin> + use<'o> {
        let agent = timeline.first().map(|entry| entry.agent);
        let days = agent.and_then(|agent| self.empty_days.get(&agent)).into_iter().flatten();
        // A day on which the clock is put back has an hour more.
        let met = days.filter(|(start, _)| meets_shift(timeline, *start, *start + DAY + HOUR));
        met.map(|(_, origin)| *origin)
    }

    /// Adds what was counted elsewhere.
    pub(crate) fn join(&mut self, other: Oddities) {
        for ((source, oddity), more) in other.counts {
            self.counts.add((source, oddity), more);
        }
        for (agent, days) in other.empty_days {
            self.empty_days.entry(agent).or_default().extend(days);
        }
        for (agent, records) in other.between_midnights {
            self.between_midnights.entry(agent).or_default().extend(records);
        }
        self.with_last_days.extend(other.with_last_days);
        self.ends.join(other.ends);
    }

    /// The doubts about the records of a source.
    pub(crate) fn doubts(&self, place: usize, source: &Source) -> Vec<Doubt> {
        let path = &*source.file.shown;
        let Ok(number) = u16::try_from(place) else { return Vec::new() };
        let has = |oddity: Oddity| self.counts.contains_key(&(number, oddity));
        // To look up lines and columns takes time, and most files have nothing odd.
        let behind = self.counts.range((number, Oddity::NoHours)..);
        let mut own = behind.take_while(|((of, _), _)| *of == number);
        if own.all(|((_, oddity), _)| *oddity == Oddity::Hours) {
            return Vec::new();
        }
        let about = |oddity: Oddity| {
            let count = self.counts.get(&(number, oddity))?;
            let line = source.line_at(count.first.offset());
            Some(About { path, place: path, line, count: count.count })
        };
        let start = source.column_named(Field::Start);
        let hourless = Oddities::hourless(source, &has).and_then(|oddity| {
            let unread = source.unread_times();
            let midnights = oddity == Oddity::Midnights;
            if midnights && unread.is_empty() {
                return None;
            }
            let date = (midnights && !source.has_place_for(Field::Date)).then_some(start.as_str());
            Some(no_hours::doubt(&about(oddity)?, &unread, date))
        });
        let date = source.column_named(Field::Date);
        let other = about(Oddity::OtherDate).map(|about| {
            let why = format!("its date is another one than that of `{date}`");
            more_than_it_shows::of_dates(&About { place: &start, ..about }, &why)
        });
        let end = source.column_named(Field::EndDate);
        let long = about(Oddity::DaysLong).map(|about| {
            let why = "with it and the clock times, a shift takes more than a day";
            more_than_it_shows::of_dates(&About { place: &end, ..about }, why)
        });
        let length = source.column_named(Field::Length);
        let contradicting = about(Oddity::LongerThanItsTime).map(|about| {
            let why = "it is longer than the time from start to end that was read";
            more_than_it_shows::of_dates(&About { place: &length, ..about }, why)
        });
        [hourless, other, long, contradicting].into_iter().flatten().collect()
    }

    /// What shows that shifts of a source have no hours, if anything does. Where each
    /// record has a place for them, one that leaves it empty is nobody's shift, unless
    /// it says more.
    fn hourless(source: &Source, has: &impl Fn(Oddity) -> bool) -> Option<Oddity> {
        let hourless =
            if has_place_for_hours(source) { Oddity::NoHoursButMore } else { Oddity::NoHours };
        let midnights = has(Oddity::Midnights) && !has(Oddity::Hours);
        if has(hourless) { Some(hourless) } else { midnights.then_some(Oddity::Midnights) }
    }
}

/// The column or key of the end of a source's records, if they have one.
pub(crate) fn column_of_end(source: &Source) -> Option<String> {
    let mut ends = [Field::End, Field::EndDate].into_iter();
    let field = ends.find(|field| source.has_place_for(*field))?;
    Some(source.column_named(field))
}

/// Whether every record of a source has a column or key for its start.
fn has_place_for_hours(source: &Source) -> bool {
    const HOURS: [Field; 2] = [Field::Start, Field::Times];
    if !source.names_in_records() {
        return HOURS.into_iter().any(|field| source.may_have(field));
    }
    let ledger = source.ledger();
    let of_hours = |name: &str| key(name, source.file.role).is_some_and(|of| HOURS.contains(&of.0));
    ledger.keys().iter().any(|key| of_hours(&key.name) && key.values >= ledger.elements())
}
