//! Finds the overlaps that each undecided swap would cause.
//!
//! Compares the shifts that a swap brings with what the agent would have after it. Approved
//! swaps are in effect on every lane from the start; each other swap is applied by itself.

use super::routes::{HandOver, Routes};
use super::{Move, NoticeSource, ResolvedSwap};
use crate::model::fact::{Count, Detail, Notice, NoticeKind};
use crate::model::keys::{AgentKey, QuickMap, RecordKey};
use crate::model::shift::{Entry, Kind};
use crate::model::source::Origin;
use crate::model::swap::{Point, SwapAspect, SwapStatus};
use crate::model::time::{Instant, Span};
use std::cmp::Reverse;

/// What one agent has, by start and place, once approved swaps are in effect.
#[derive(Debug, Default)]
pub struct Lane {
    entries: Vec<Entry>,
    /// The latest end below each node of a tree over the entries.
    latest: Vec<Instant>,
}

/// The lanes of the agents concerned, by key, and what was moved onto them.
#[derive(Debug, Default)]
pub struct Lanes {
    by_agent: QuickMap<AgentKey, Lane>,
    /// All shifts with ids, by agent, id and place.
    shifts: Vec<Entry>,
    moved: QuickMap<Origin, HandOver>,
}

/// Moves entries along the ways of approved swaps. The step of each that was
/// moved, by its place.
#[must_use]
pub fn carry_out(entries: &mut [Entry], routes: &Routes) -> QuickMap<Origin, HandOver> {
    let mut moved = QuickMap::default();
    for entry in entries {
        if let Some(step) = routes.destination(entry) {
            moved.insert(entry.origin, *step);
            entry.agent = step.to;
        }
    }
    moved
}

/// Comparison budget per shift, for each swap and each entry of the lanes. Beyond it the
/// count is a lower bound.
const VISITS: u64 = 64;

/// And how many more at first.
const VISITS_AT_FIRST: u64 = 1 << 20;

impl Lane {
    /// From entries of one agent, sorted by start and place.
    #[must_use]
    pub fn new(entries: Vec<Entry>) -> Lane {
        let leaves = entries.len().next_power_of_two();
        let mut latest = vec![Instant::MIN; leaves * 2];
        for (leaf, entry) in latest.iter_mut().skip(leaves).zip(&entries) {
            *leaf = entry.end();
        }
        for node in (1..leaves).rev() {
            latest[node] = latest[node * 2].max(latest[node * 2 + 1]);
        }
        Lane { entries, latest }
    }

    /// The first entry from this place on that ends after an instant.
    fn next_ending_after(&self, from: usize, at: Instant) -> Option<usize> {
        let leaves = self.latest.len() / 2;
        let mut node = leaves + from;
        if from >= leaves {
            return None;
        }
        while self.latest.get(node).is_none_or(|latest| *latest <= at) {
            // Up while this is a right branch, and over to the next one.
            while node % 2 == 1 {
                node /= 2;
            }
            if node == 0 {
                return None;
            }
            node += 1;
        }
        while node < leaves {
            node *= 2;
            node += usize::from(self.latest.get(node).is_none_or(|latest| *latest <= at));
        }
        node.checked_sub(leaves)
    }

    /// The entries that share time with one, in order.
    pub fn overlapping(&self, entry: &Entry) -> impl Iterator<Item = &Entry> {
        let (start, end) = (entry.start(), entry.end());
        let mut from = 0;
        std::iter::from_fn(move || {
            let place = self.next_ending_after(from, start)?;
            from = place + 1;
            self.entries.get(place).filter(|other| other.start() < end)
        })
    }
}

/// What a shift meets.
struct ShiftConflicts {
    other: Entry,
    /// The time that both share in their chosen readings, or else in their widest ones.
    shared: Span,
    mild: bool,
    point: Point,
    count: u64,
    /// Whether that is all.
    counted: bool,
}

impl Lanes {
    /// From the entries of each agent, sorted by start and place, and what was
    /// moved among them.
    #[must_use]
    pub fn new(
        agents: impl IntoIterator<Item = Vec<Entry>>,
        moved: QuickMap<Origin, HandOver>,
    ) -> Lanes {
        let mut shifts: Vec<Entry> = Vec::new();
        let lane = |entries: Vec<Entry>| {
            shifts.extend(entries.iter().filter(|entry| entry.id.is_some() && is_shift(entry)));
            Some((entries.first()?.agent, Lane::new(entries)))
        };
        let by_agent = agents.into_iter().filter_map(lane).collect();
        shifts.sort_unstable_by_key(|entry| (entry.agent, entry.id, entry.origin, entry.start()));
        Lanes { by_agent, shifts, moved }
    }

    /// What would be in each other's way if the swaps were carried out: for each
    /// shift that changes hands the first it would meet. Calls `meet` with each such shift and each
    /// record of the batch that it would meet.
    #[must_use]
    pub fn notices(
        &self,
        deals: &[ResolvedSwap],
        table: &NoticeSource<'_>,
        meet: &mut dyn FnMut(Origin, Origin),
    ) -> Vec<Notice> {
        let entries: usize = self.by_agent.values().map(|lane| lane.entries.len()).sum();
        let count = (entries as u64).saturating_add(deals.len() as u64);
        let mut outcome = SwapOutcomes {
            lanes: self,
            table,
            room: count.saturating_mul(VISITS).saturating_add(VISITS_AT_FIRST),
            meet,
        };
        let mut notices = outcome.of_approved(deals);
        let undecided = deals.iter().filter(|deal| deal.swap.standing == SwapStatus::Undecided);
        notices.extend(undecided.flat_map(|deal| outcome.of_undecided(deal)));
        notices
    }

    fn moved_in_order(&self) -> Vec<(&Entry, &HandOver)> {
        let entries = self.by_agent.values().flat_map(|lane| &lane.entries);
        let mut moved: Vec<(&Entry, &HandOver)> =
            entries.filter_map(|entry| Some((entry, self.moved.get(&entry.origin)?))).collect();
        moved.sort_unstable_by_key(|(entry, _)| (entry.origin, entry.start()));
        moved
    }

    /// What an agent has of a shift.
    fn held(&self, agent: AgentKey, shift: RecordKey) -> &[Entry] {
        let wanted = (agent, shift);
        let start = self.shifts.partition_point(|entry| (entry.agent, entry.id) < wanted);
        let end = self.shifts.partition_point(|entry| (entry.agent, entry.id) <= wanted);
        self.shifts.get(start..end).unwrap_or_default()
    }
}

const fn is_shift(entry: &Entry) -> bool {
    matches!(entry.side().kind, Kind::Shift)
}

struct SwapOutcomes<'a> {
    lanes: &'a Lanes,
    table: &'a NoticeSource<'a>,
    /// How many more entries may be compared.
    room: u64,
    /// Takes a shift and a record of the batch that it would meet.
    meet: &'a mut dyn FnMut(Origin, Origin),
}

/// A shift on its way to an agent.
struct IncomingShift<'e> {
    entry: &'e Entry,
    /// The key of the agent.
    to: AgentKey,
    /// The shift that they give for it, if they give one.
    given: RecordKey,
    second: bool,
    sent: bool,
}

impl SwapOutcomes<'_> {
    fn of_approved(&mut self, deals: &[ResolvedSwap]) -> Vec<Notice> {
        let mut notices = Vec::new();
        let moved = self.lanes.moved_in_order();
        for of_record in moved.chunk_by(|(one, _), (other, _)| one.origin == other.origin) {
            let Some((_, step)) = of_record.first() else { continue };
            let Some(deal) = deals.get(step.deal) else { continue };
            let sent = self.table.is_sent(deal);
            let arrivals = of_record.iter().map(|(entry, _)| IncomingShift {
                entry,
                to: step.to,
                given: RecordKey::NONE,
                second: step.second,
                sent,
            });
            notices.extend(self.of_record(deal, arrivals, false));
        }
        notices
    }

    fn of_undecided(&mut self, deal: &ResolvedSwap) -> Vec<Notice> {
        let sent = self.table.is_sent(deal);
        let moves: Vec<Move> = deal.moves().collect();
        let mut notices = Vec::new();
        for Move { shift, from, to, second } in &moves {
            let back = moves.iter().find(|other| other.second != *second);
            let given = back.map_or(RecordKey::NONE, |back| back.shift);
            // Who has it already is not given it again.
            let there = !self.lanes.held(*to, *shift).is_empty();
            let held = self.lanes.held(*from, *shift);
            let held = if there { &[] } else { held };
            for of_record in held.chunk_by(|one, other| one.origin == other.origin) {
                let (to, second) = (*to, *second);
                let arrivals =
                    of_record.iter().map(|entry| IncomingShift { entry, to, given, second, sent });
                notices.extend(self.of_record(deal, arrivals, true));
            }
        }
        notices
    }

    /// One notice for all that a record would meet.
    fn of_record<'e>(
        &mut self,
        deal: &ResolvedSwap,
        arrivals: impl Iterator<Item = IncomingShift<'e>>,
        undecided: bool,
    ) -> Option<Notice> {
        let mut first: Option<(ShiftConflicts, IncomingShift<'e>)> = None;
        let (mut count, mut counted) = (0_u64, true);
        for arrival in arrivals {
            let Some(met) = self.met(&arrival) else { continue };
            count = count.saturating_add(met.count);
            counted &= met.counted;
            let rank = |met: &ShiftConflicts| (met.mild, met.other.start(), met.other.origin);
            if first.as_ref().is_none_or(|(known, _)| rank(&met) < rank(known)) {
                first = Some((met, arrival));
            }
        }
        let (met, IncomingShift { entry, to, second, .. }) = first?;
        let shared = met.shared;
        let other_moved = self.lanes.moved.contains_key(&met.other.origin);
        let records = [Some(entry.origin), Some(deal.swap.origin), Some(met.other.origin)];
        Some(Notice {
            start: Some(shared.start()),
            claim: Some((shared, met.other.clock_beside(entry))),
            mild: met.mild || undecided,
            entries: [Some(*entry), None, Some(met.other)],
            detail: Detail::Swap(
                SwapAspect { second, other_moved, point: met.point },
                if counted { Count::Exact(count) } else { Count::AtLeast(count) },
            ),
            ..Notice::about(NoticeKind::SwapOverlap, to, records)
        })
    }

    /// What a shift would meet at its new agent's: first what is decided and
    /// certain, then by start.
    fn met(&mut self, arrival: &IncomingShift<'_>) -> Option<ShiftConflicts> {
        let lane = self.lanes.by_agent.get(&arrival.to)?;
        let own = arrival.entry;
        let mut first: Option<ShiftConflicts> = None;
        let (mut count, mut counted) = (0, true);
        for other in lane.overlapping(own) {
            let is_own = other.origin == own.origin
                || (is_shift(other)
                    && (other.id == own.id || other.id == arrival.given)
                    && other.id.is_some());
            let business = arrival.sent || other.side().batch || own.side().batch;
            if self.room == 0 && first.is_some() {
                counted = false;
                break;
            }
            self.room = self.room.saturating_sub(1);
            let blocks = other.side().kind != Kind::Unavailable;
            if is_own || !business || !blocks {
                continue;
            }
            count += 1;
            if other.side().batch {
                (self.meet)(own.origin, other.origin);
            }
            let readings = self.table.readings;
            let as_read = Span::shared(readings(own).chosen, readings(other).chosen);
            let widest = |entry: &Entry| (entry.start(), entry.end());
            let Some(shared) = as_read.or_else(|| Span::shared(widest(own), widest(other))) else {
                unreachable!("entries that meet share time")
            };
            let mild = as_read.is_none() || other.side().kind == Kind::PendingTimeOff;
            let rank = |mild: bool, entry: &Entry| Reverse((mild, entry.order()));
            if first.as_ref().is_none_or(|known| rank(known.mild, &known.other) < rank(mild, other))
            {
                let point = if as_read.is_some() { Point::Plain } else { Point::OtherReading };
                first = Some(ShiftConflicts {
                    other: *other,
                    shared,
                    mild,
                    point,
                    count: 0,
                    counted: true,
                });
            }
        }
        first.map(|met| ShiftConflicts { count, counted, ..met })
    }
}
