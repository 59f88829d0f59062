//! Timelines become obstacles: what is in the way of which records of the batch.
//!
//! An obstacle that stays, such as time off, blocks a record for good. Two records of the batch
//! conflict. A published record that the batch moves or cancels blocks others only as long as
//! the record that does so is not sent: they need that record.
//!
//! Shifts are listed with their spans, and not in pairs, so that a thousand copies of one shift
//! take a thousand entries.

use super::{Keep, span};
use crate::analyze::observer::{LeftOut, TimelineObserver, first_of, shifts_around};
use crate::model::allowed::AllowedFacts;
use crate::model::keys::{AgentKey, QuickMap, QuickSet, RecordKey};
use crate::model::shift::{Entry, Kind};
use crate::model::source::Origin;
use crate::model::time::{Instant, MINUTE};
use crate::reconcile::RecordName;
use crate::schedule::Schedule;
use crate::schedule::settle::HandedOver;
use std::sync::{Mutex, PoisonError};

/// What may be sent although it is a warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sends {
    /// What is in the way of requests and swaps that are not decided.
    pub pending: bool,
    /// What overlaps in some readings of its times only.
    pub possible: bool,
}

/// An entry of the batch, and what is in its way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Blocked {
    pub(super) entry: Entry,
    pub(super) by: Entry,
}

/// An entry that can be sent only after the batch has moved or cancelled a published one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Need {
    pub(super) entry: Entry,
    /// What is in its way until then.
    pub(super) published: Entry,
    /// The record that moves or cancels it.
    pub(super) by: Origin,
}

/// An entry that is live already, with the same agent and span.
#[derive(Debug, Clone, Copy)]
pub(super) struct Live {
    pub(super) entry: Entry,
    pub(super) published: Entry,
}

/// What stands in the way of records of the batch.
#[derive(Debug, Default)]
pub(super) struct Obstacles {
    pub(super) blocked: Vec<Blocked>,
    pub(super) needs: Vec<Need>,
    pub(super) live: Vec<Live>,
    /// Shifts that share time with others of the batch.
    pub(super) shifts: Vec<Entry>,
    /// Two entries of the batch of which one is time off.
    pub(super) conflicts: Vec<(Entry, Entry)>,
    /// Records that go or wait together.
    pub(super) ties: Vec<(Origin, Origin)>,
    /// How many minutes each record claims, if hours are to be weighed.
    pub(super) minutes: QuickMap<Origin, u64>,
}

impl Obstacles {
    fn join(&mut self, other: &mut Obstacles) {
        self.blocked.append(&mut other.blocked);
        self.needs.append(&mut other.needs);
        self.live.append(&mut other.live);
        self.shifts.append(&mut other.shifts);
        self.conflicts.append(&mut other.conflicts);
        self.ties.append(&mut other.ties);
        for (origin, minutes) in other.minutes.drain() {
            *self.minutes.entry(origin).or_default() += minutes;
        }
    }

    /// All of them in an order that does not depend on threads.
    fn sort(&mut self) {
        let key = |entry: &Entry| (entry.origin, entry.start(), entry.end(), entry.agent);
        self.blocked.sort_unstable_by_key(|of| (key(&of.entry), key(&of.by)));
        self.needs.sort_unstable_by_key(|of| (key(&of.entry), key(&of.published), of.by));
        self.live.sort_unstable_by_key(|of| (key(&of.entry), key(&of.published)));
        self.shifts.sort_unstable_by_key(key);
        self.conflicts.sort_unstable_by_key(|(one, other)| (key(one), key(other)));
        self.ties.sort_unstable();
    }
}

/// Looks for obstacles on all timelines.
pub(super) struct ObstacleFinder<'a> {
    schedule: &'a Schedule<'a>,
    sends: Sends,
    keep: Keep,
    /// Overlaps that stand in the way of nothing.
    allowed: &'a AllowedFacts,
    /// Published shifts that approved swaps have taken off their timelines, each with the record
    /// of the batch that stands for it, by their former agents.
    handed_over: QuickMap<AgentKey, Vec<(Entry, Origin)>>,
    found: Mutex<Obstacles>,
}

impl<'a> ObstacleFinder<'a> {
    pub(super) fn new(
        schedule: &'a Schedule<'a>,
        (sends, keep): (Sends, Keep),
        allowed: &'a AllowedFacts,
    ) -> ObstacleFinder<'a> {
        let mut handed_over: QuickMap<AgentKey, Vec<(Entry, Origin)>> = QuickMap::default();
        for HandedOver { published, by, .. } in &schedule.settled.handed_over {
            handed_over.entry(published.agent).or_default().push((*published, *by));
        }
        ObstacleFinder { schedule, sends, keep, allowed, handed_over, found: Mutex::default() }
    }

    pub(super) fn finish(self) -> Obstacles {
        let mut found = self.found.into_inner().unwrap_or_else(PoisonError::into_inner);
        // Both sides of a swap go or wait together.
        let mut sides: Vec<(Origin, Origin)> =
            self.schedule.settled.handed_over.iter().map(|of| (of.swap, of.by)).collect();
        sides.sort_unstable();
        for of_swap in sides.chunk_by(|one, other| one.0 == other.0) {
            found.ties.extend(of_swap.windows(2).map(|pair| (pair[0].1, pair[1].1)));
        }
        found.sort();
        found
    }

    fn span(&self, entry: &Entry) -> (Instant, Instant) {
        span(self.schedule, entry, self.sends)
    }

    fn meet(&self, one: &Entry, other: &Entry) -> bool {
        let (one, other) = (self.span(one), self.span(other));
        one.0 < other.1 && other.0 < one.1
    }

    /// Whether an entry of the batch cannot go beside another entry.
    fn excludes(&self, entry: &Entry, other: &Entry) -> bool {
        let kinds = [entry.side().kind, other.side().kind];
        let is_soft = kinds.contains(&Kind::Unavailable)
            || kinds.contains(&Kind::PendingTimeOff) && self.sends.pending;
        kinds.contains(&Kind::Shift) && !is_soft && !self.allowed.may_overlap(entry, other)
    }

    /// The published shifts of an agent that approved swaps have taken away.
    fn handed_over(&self, agent: AgentKey) -> &[(Entry, Origin)] {
        self.handed_over.get(&agent).map_or(&[], Vec::as_slice)
    }
}

impl TimelineObserver for ObstacleFinder<'_> {
    fn look(&self, compared: &[Entry], left_out: &LeftOut) {
        if !compared.iter().chain(&left_out.parts).any(|entry| entry.side().batch) {
            return;
        }
        let mut found = Obstacles::default();
        self.note_ties(compared, left_out, &mut found);
        let standing: Vec<Entry> =
            compared.iter().filter(|entry| !entry.side().batch).copied().collect();
        let cancelled = &self.schedule.collected.cancelled;
        let replaced = left_out.replaced_by(compared, cancelled);
        let fixed = Fixed::of(self, &standing);
        let mut moved: QuickMap<Origin, Vec<Entry>> = QuickMap::default();
        for (published, by) in &replaced {
            if let Some(by) = by {
                moved.entry(*by).or_default().push(*published);
            }
        }
        let mut claims = Vec::new();
        for entry in compared.iter().filter(|entry| entry.side().batch) {
            if entry.side().kind == Kind::Unavailable {
                continue;
            }
            match self.live(entry, &fixed, moved.get(&entry.origin)) {
                Some(published) => found.live.push(Live { entry: *entry, published }),
                None => claims.push(*entry),
            }
        }
        let kept = StayingEntries::of(self, &found.live, &replaced);
        let free: Vec<(Entry, Option<Origin>)> =
            replaced.iter().filter(|(of, _)| !kept.has(of)).copied().collect();
        claims.retain(|entry| {
            let carried = || self.carried(entry, &left_out.carried);
            let by = fixed.blocks(self, entry).or_else(|| kept.blocks(self, entry));
            let Some(by) = by.or_else(carried) else { return true };
            found.blocked.push(Blocked { entry: *entry, by });
            false
        });
        if self.keep == Keep::MostHours {
            for entry in &claims {
                let (start, end) = self.schedule.readings(entry).chosen;
                let minutes = u64::try_from((end - start) / MINUTE).unwrap_or(0);
                *found.minutes.entry(entry.origin).or_default() += minutes;
            }
        }
        self.note_needs(&claims, &free, &mut found);
        self.note_conflicts(&claims, &mut found);
        let mut all = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        all.join(&mut found);
    }
}

impl ObstacleFinder<'_> {
    /// Ties what is one record or one shift.
    fn note_ties(&self, compared: &[Entry], left_out: &LeftOut, found: &mut Obstacles) {
        for again in left_out.repeated.iter().filter(|entry| entry.side().batch) {
            let first = first_of(compared, again);
            found.ties.extend(first.map(|first| (first.origin, again.origin)));
        }
        for part in left_out.parts.iter().filter(|entry| entry.side().batch) {
            let mut around = shifts_around(self.schedule, compared, part);
            let around = around.find(|shift| shift.side().batch);
            found.ties.extend(around.map(|shift| (shift.origin, part.origin)));
        }
    }

    /// What is published of an entry already, if it is certain and nothing else takes it away.
    /// `moved` is what its record takes the place of.
    fn live(&self, entry: &Entry, fixed: &Fixed, moved: Option<&Vec<Entry>>) -> Option<Entry> {
        let is_same = |other: &Entry| self.schedule.are_alike(entry, other);
        // What moves a live record is not live, whatever else is there.
        if let Some(moved) = moved {
            return moved.iter().find(|other| is_same(other)).copied();
        }
        let cancelled = &self.schedule.collected.cancelled;
        let is_called_off =
            |other: &Entry| cancelled.first(other.agent, RecordName::of(other)).is_some();
        fixed.at(entry).iter().find(|other| is_same(other) && !is_called_off(other)).copied()
    }

    /// Time off in the way of an entry that another record carries: where that one is sent, the
    /// two overlap, and where it is not, the time off is in the way.
    fn carried(&self, entry: &Entry, carried: &[Entry]) -> Option<Entry> {
        let of_request = |of: &&Entry| {
            let carries = &self.schedule.collected.carried;
            let by_entry = |request: RecordKey| {
                let first = carries.partition_point(|of| of.by.agent < entry.agent);
                let mine = carries[first..].iter().take_while(|of| of.by.agent == entry.agent);
                mine.into_iter().any(|of| {
                    of.by.origin == entry.origin
                        && (of.request == request || of.request == RecordKey::NONE)
                })
            };
            !of.side().batch && self.excludes(entry, of) && self.meet(entry, of) && !by_entry(of.id)
        };
        carried.iter().find(of_request).copied()
    }

    fn note_needs(
        &self,
        claims: &[Entry],
        replaced: &[(Entry, Option<Origin>)],
        found: &mut Obstacles,
    ) {
        let Some(agent) = claims.first().map(|entry| entry.agent) else { return };
        let named = replaced.iter().filter_map(|(published, by)| Some((*published, (*by)?)));
        let mut leaving: Vec<(Entry, Origin)> = named.collect();
        leaving.extend_from_slice(self.handed_over(agent));
        leaving.sort_by_key(|(published, by)| (self.span(published), *by));
        let published: Vec<Entry> = leaving.iter().map(|(published, _)| *published).collect();
        let published = Fixed::of_sorted(self, published);
        let mut told: QuickSet<(Origin, Origin)> = QuickSet::default();
        for entry in claims {
            for place in published.meeting(self, entry) {
                let (published, by) = leaving[place];
                if by != entry.origin
                    && self.excludes(entry, &published)
                    && told.insert((entry.origin, by))
                {
                    found.needs.push(Need { entry: *entry, published, by });
                }
            }
        }
    }

    /// Lists shifts that share time with each other, and time off with the shifts in its way.
    fn note_conflicts(&self, claims: &[Entry], found: &mut Obstacles) {
        let is_shift = |entry: &&Entry| entry.side().kind == Kind::Shift;
        let mut shifts: Vec<(Entry, bool)> =
            claims.iter().filter(is_shift).map(|entry| (*entry, false)).collect();
        shifts.sort_by_key(|(entry, _)| self.span(entry));
        let mut latest: Option<(Instant, usize)> = None;
        for place in 0..shifts.len() {
            let (start, end) = self.span(&shifts[place].0);
            if let Some((_, before)) = latest.filter(|(latest, _)| start < *latest) {
                shifts[place].1 = true;
                shifts[before].1 = true;
            }
            if latest.is_none_or(|(latest, _)| latest < end) {
                latest = Some((end, place));
            }
        }
        for absence in claims.iter().filter(|entry| !is_shift(entry)) {
            let excluded = shifts.iter_mut().filter(|(shift, _)| {
                self.excludes(absence, shift)
                    && self.meet(absence, shift)
                    && shift.origin != absence.origin
            });
            for (shift, _) in excluded {
                found.conflicts.push((*shift, *absence));
            }
        }
        let shared = shifts.into_iter().filter(|(_, shared)| *shared).map(|(entry, _)| entry);
        found.shifts.extend(shared);
    }
}

/// What is published and stays, sorted so that what is in the way of an entry is found by
/// bisection.
struct Fixed {
    /// By start.
    entries: Vec<Entry>,
    /// For each place the place of the entry up to there that ends last.
    latest: Vec<usize>,
}

impl Fixed {
    fn of(finder: &ObstacleFinder<'_>, standing: &[Entry]) -> Fixed {
        let mut entries = standing.to_vec();
        entries.sort_by_key(|entry| (finder.span(entry), entry.origin));
        Fixed::of_sorted(finder, entries)
    }

    fn of_sorted(finder: &ObstacleFinder<'_>, entries: Vec<Entry>) -> Fixed {
        let mut latest: Vec<usize> = Vec::with_capacity(entries.len());
        for (place, entry) in entries.iter().enumerate() {
            let before = latest.last().copied().unwrap_or(place);
            let ends_later = finder.span(&entries[before]).1 >= finder.span(entry).1;
            latest.push(if ends_later { before } else { place });
        }
        Fixed { entries, latest }
    }

    /// The places of those that share time with an entry, the last first.
    fn meeting<'f>(
        &'f self,
        finder: &'f ObstacleFinder<'_>,
        entry: &Entry,
    ) -> impl Iterator<Item = usize> + 'f {
        let (start, end) = finder.span(entry);
        let after = self.entries.partition_point(|of| finder.span(of).0 < end);
        // As long as any of those before reaches the start.
        let reaches =
            move |place: &usize| finder.span(&self.entries[self.latest[*place]]).1 > start;
        let meets = move |place: &usize| finder.span(&self.entries[*place]).1 > start;
        (0..after).rev().take_while(reaches).filter(meets)
    }

    /// One that blocks an entry: what is granted or live before what is pending.
    fn blocks(&self, finder: &ObstacleFinder<'_>, entry: &Entry) -> Option<Entry> {
        let mut pending = None;
        for place in self.meeting(finder, entry) {
            let of = self.entries[place];
            if finder.excludes(entry, &of) {
                if of.side().kind != Kind::PendingTimeOff {
                    return Some(of);
                }
                pending = Some(of);
            }
        }
        pending
    }

    /// Those that begin where an entry does.
    fn at(&self, entry: &Entry) -> &[Entry] {
        let start = entry.start();
        let first = self.entries.partition_point(|of| of.start() < start);
        let after = self.entries.partition_point(|of| of.start() <= start);
        self.entries.get(first..after).unwrap_or_default()
    }
}

/// What is published and would be replaced by entries of the batch that are equal to it, so that
/// it stays.
struct StayingEntries {
    /// The entries of the batch: overlaps with these are what a check finds, and what is allowed.
    equal: Fixed,
    /// What is published of each.
    published: QuickMap<(Origin, Instant), Entry>,
    /// The published entries.
    names: QuickSet<(Origin, Instant)>,
}

impl StayingEntries {
    fn of(
        finder: &ObstacleFinder<'_>,
        live: &[Live],
        replaced: &[(Entry, Option<Origin>)],
    ) -> StayingEntries {
        let replaced: QuickSet<(Origin, Instant)> =
            replaced.iter().map(|(published, _)| name_of(published)).collect();
        let kept = || live.iter().filter(|of| replaced.contains(&name_of(&of.published)));
        let equal: Vec<Entry> = kept().map(|of| of.entry).collect();
        StayingEntries {
            equal: Fixed::of(finder, &equal),
            published: kept().map(|of| (name_of(&of.entry), of.published)).collect(),
            names: kept().map(|of| name_of(&of.published)).collect(),
        }
    }

    /// Whether a published entry stays.
    fn has(&self, published: &Entry) -> bool {
        self.names.contains(&name_of(published))
    }

    /// One that blocks an entry, as it is published.
    fn blocks(&self, finder: &ObstacleFinder<'_>, entry: &Entry) -> Option<Entry> {
        let by = self.equal.blocks(finder, entry)?;
        self.published.get(&name_of(&by)).copied()
    }
}

/// An entry by its record and its start.
fn name_of(entry: &Entry) -> (Origin, Instant) {
    (entry.origin, entry.start())
}
