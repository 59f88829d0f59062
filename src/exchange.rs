//! Decides who has each shift after the swaps, and which swaps do not fit the schedule.
//!
//! A swap does not fit if it is undecided, if it is not in effect, or if its shift has changed
//! or is in no file. This module does not know which files and names the keys come from, nor
//! which records replace which.

pub mod outcome;
pub mod routes;

use crate::model::fact::{Detail, Flaw, Notice, NoticeKind};
use crate::model::keys::{AgentKey, QuickMap, QuickSet, RecordKey};
use crate::model::row::Field;
use crate::model::shift::{Entry, Kind, Readings};
use crate::model::source::Origin;
use crate::model::swap::{Point, Swap, SwapAspect, SwapHalf, SwapStatus};
use crate::model::time::Instant;
use routes::Routes;

/// A shift in the batch, or as it is published. In order, the batch's comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct ShiftOfSide {
    id: RecordKey,
    published: bool,
}

impl ShiftOfSide {
    const fn of(entry: &Entry) -> ShiftOfSide {
        ShiftOfSide { id: entry.id, published: !entry.side().batch }
    }

    fn both(id: RecordKey) -> [ShiftOfSide; 2] {
        [false, true].map(|published| ShiftOfSide { id, published })
    }
}

/// The shifts that swaps name, wherever they are.
#[derive(Debug, Default)]
pub struct Shifts {
    /// By id, the batch's first, then by agent and place.
    entries: Vec<Entry>,
    /// The entry of each that comes first.
    first: QuickMap<ShiftOfSide, Entry>,
}

impl Shifts {
    /// From entries in any order.
    #[must_use]
    pub fn new(mut entries: Vec<Entry>) -> Shifts {
        entries.retain(|entry| entry.side().kind == Kind::Shift);
        entries.sort_unstable_by_key(|entry| (Self::key(entry), entry.origin, entry.start()));
        let mut first: QuickMap<ShiftOfSide, Entry> = QuickMap::default();
        for entry in &entries {
            let known = first.entry(ShiftOfSide::of(entry)).or_insert(*entry);
            if entry.origin < known.origin {
                *known = *entry;
            }
        }
        Shifts { entries, first }
    }

    const fn key(entry: &Entry) -> (ShiftOfSide, AgentKey) {
        (ShiftOfSide::of(entry), entry.agent)
    }

    fn range<K: Ord>(&self, key: impl Fn(&Entry) -> K, wanted: &K) -> &[Entry] {
        let start = self.entries.partition_point(|entry| key(entry) < *wanted);
        let end = self.entries.partition_point(|entry| key(entry) <= *wanted);
        self.entries.get(start..end).unwrap_or_default()
    }

    fn of_agent(&self, shift: ShiftOfSide, agent: AgentKey) -> &[Entry] {
        self.range(Self::key, &(shift, agent))
    }

    fn of_side(&self, shift: ShiftOfSide) -> &[Entry] {
        self.range(ShiftOfSide::of, &shift)
    }

    /// The entries of the first agent who has a shift.
    fn of_first(&self, shift: ShiftOfSide) -> &[Entry] {
        let first = self.first.get(&shift);
        first.map_or(&[], |first| self.of_agent(shift, first.agent))
    }

    /// Who has a shift, if it is one agent: in the batch if it is there, else
    /// among what is published. With a record that says so.
    fn owner(&self, id: RecordKey) -> Owner {
        let sides = ShiftOfSide::both(id).map(|shift| self.of_side(shift));
        let entries = sides.into_iter().find(|entries| !entries.is_empty()).unwrap_or_default();
        match (entries.first(), entries.last()) {
            (Some(first), Some(last)) if first.agent == last.agent => {
                Owner::One(first.agent, first.origin)
            }
            (None, _) => Owner::Nobody,
            _ => Owner::Several,
        }
    }

    /// The ids of shifts that the batch has with who gets them by approved swaps in
    /// the end, and that are published for those who gave them: a swap that is
    /// carried out. `called_off` gives the batch record that calls off the shift of
    /// an agent.
    ///
    /// Where published records of one shift differ in their times, nobody can say
    /// which was given, and there is a notice instead.
    #[must_use]
    pub fn replaced(
        &self,
        routes: &Routes,
        called_off: impl Fn(AgentKey, RecordKey) -> Option<Origin>,
    ) -> Replaced {
        let mut replaced = Replaced::default();
        for of_shift in self.entries.chunk_by(|one, other| one.id == other.id) {
            let given = |entry: &&Entry| !entry.side().batch && routes.destination(entry).is_some();
            let given: Vec<&Entry> = of_shift.iter().filter(given).collect();
            let Some((first, to)) =
                given.first().and_then(|first| Some((*first, routes.destination(first)?.to)))
            else {
                continue;
            };
            let sent = ShiftOfSide { id: first.id, published: false };
            let sent = self.of_agent(sent, to).first();
            let Some(record) = sent.map(|sent| sent.origin).or_else(|| called_off(to, first.id))
            else {
                continue;
            };
            match differing(&given) {
                None => drop(replaced.ids.insert(first.id, record)),
                Some(others) => replaced.several.push(Notice {
                    start: sent.map(Entry::start),
                    detail: Detail::Records(others.len() as u64),
                    ..Notice::about(
                        NoticeKind::ReplacesSeveral,
                        to,
                        [Some(record), Some(others[0]), Some(others[1])],
                    )
                }),
            }
        }
        replaced
    }

    /// The agents who have any of them.
    pub fn agents(&self) -> impl Iterator<Item = AgentKey> + '_ {
        self.entries.iter().map(|entry| entry.agent)
    }

    /// Its entries.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

/// What the batch has in place of published shifts that changed hands.
#[derive(Debug, Default)]
pub struct Replaced {
    /// The ids of these shifts, and the records that replace them.
    pub ids: QuickMap<RecordKey, Origin>,
    /// Of shifts whose published records differ.
    pub several: Vec<Notice>,
}

/// The records of some entries that differ in their times, if there are two or
/// more, in the order of the files.
fn differing(entries: &[&Entry]) -> Option<Vec<Origin>> {
    let mut entries = entries.to_vec();
    entries.sort_unstable_by_key(|entry| (entry.origin, entry.start(), entry.end()));
    let records = entries.chunk_by(|one, other| one.origin == other.origin);
    let times = |record: &[&Entry]| -> Vec<(Instant, Instant)> {
        record.iter().map(|entry| (entry.start(), entry.end())).collect()
    };
    let mut firsts: Vec<(Vec<(Instant, Instant)>, Origin)> =
        records.map(|record| (times(record), record[0].origin)).collect();
    firsts.sort_unstable();
    firsts.dedup_by(|next, first| next.0 == first.0);
    let mut origins: Vec<Origin> = firsts.into_iter().map(|(_, origin)| origin).collect();
    origins.sort_unstable();
    (origins.len() > 1).then_some(origins)
}

enum Owner {
    One(AgentKey, Origin),
    Nobody,
    Several,
}

/// A swap whose agents are known, as far as its shifts are.
#[derive(Debug, Clone, Copy)]
pub struct ResolvedSwap {
    /// The swap.
    pub swap: Swap,
    /// The keys of both agents, as far as they are known.
    pub agents: [AgentKey; 2],
    /// Where the name of an agent is whom the swap does not name.
    pub named_by: [Option<Origin>; 2],
}

impl ResolvedSwap {
    /// A swap and who makes it: an agent whom it does not name is the one who
    /// has the shift.
    ///
    /// # Errors
    /// When it names no agent and several have the shift.
    pub fn of(swap: Swap, shifts: &Shifts) -> Result<ResolvedSwap, Flaw> {
        let mut deal = ResolvedSwap { swap, agents: [AgentKey::NONE; 2], named_by: [None; 2] };
        for (place, half) in swap.halves.iter().enumerate() {
            if half.agent.is_some() || half.shift.is_none() {
                deal.agents[place] = half.agent;
                continue;
            }
            match shifts.owner(half.shift) {
                Owner::One(agent, origin) => {
                    deal.agents[place] = agent;
                    deal.named_by[place] = Some(origin);
                }
                Owner::Nobody => {}
                Owner::Several if swap.standing == SwapStatus::Offer => {}
                Owner::Several if place == 0 => return Err(Flaw::Absent(Field::Agent)),
                Owner::Several => return Err(Flaw::Absent(Field::WithAgent)),
            }
        }
        Ok(deal)
    }

    /// The changes of hands that it would make.
    pub fn moves(&self) -> impl Iterator<Item = Move> + '_ {
        let is_move = |change: &Move| {
            let known = change.shift.is_some() && change.from.is_some() && change.to.is_some();
            known && change.from != change.to
        };
        [false, true].into_iter().map(|second| self.change(second)).filter(is_move)
    }

    const fn change(&self, second: bool) -> Move {
        let [one, other] = self.agents;
        let shift = self.half(second).shift;
        if second {
            Move { shift, from: other, to: one, second }
        } else {
            Move { shift, from: one, to: other, second }
        }
    }

    const fn half(&self, second: bool) -> &SwapHalf {
        let [own, other] = &self.swap.halves;
        if second { other } else { own }
    }
}

/// A shift that changes hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// The key of its id.
    pub shift: RecordKey,
    /// The key of the agent who gives it.
    pub from: AgentKey,
    /// The key of the agent who gets it.
    pub to: AgentKey,
    /// Whether the second half of the swap says so.
    pub second: bool,
}

/// What the notices are drawn from.
pub struct NoticeSource<'a> {
    /// The shifts that are named.
    pub shifts: &'a Shifts,
    /// What approved swaps do.
    pub routes: &'a Routes,
    /// Ids of records that are skipped.
    pub left_out: &'a QuickSet<RecordKey>,
    /// The readings of an entry.
    pub readings: &'a dyn Fn(&Entry) -> Readings,
}

/// How many entries of one shift are compared with what was agreed on: a record can be for
/// many days.
const MOST_DAYS: usize = 4096;

impl NoticeSource<'_> {
    /// Everything to say about swaps, except what they would lead to.
    #[must_use]
    pub fn notices(&self, deals: &[ResolvedSwap]) -> Vec<Notice> {
        let mut notices: Vec<Notice> = deals.iter().flat_map(|deal| self.of_deal(deal)).collect();
        notices.extend(self.not_applied(deals));
        notices
    }

    /// The entries of a shift that a half speaks of: the batch's before
    /// published ones, and those of the agents concerned before any others, for
    /// an id may be known to its agent only.
    pub fn current(&self, deal: &ResolvedSwap, second: bool) -> &[Entry] {
        let Move { shift, from, to, .. } = deal.change(second);
        if shift.is_none() {
            return &[];
        }
        let agents = [from, to, self.routes.end(shift).unwrap_or_default()];
        let sides = ShiftOfSide::both(shift);
        let concerned = sides
            .into_iter()
            .flat_map(|shift| agents.map(|agent| self.shifts.of_agent(shift, agent)));
        let anyone = sides.map(|shift| self.shifts.of_first(shift));
        concerned.chain(anyone).find(|entries| !entries.is_empty()).unwrap_or_default()
    }

    /// Whether one of its shifts is the batch's.
    #[must_use]
    pub fn is_sent(&self, deal: &ResolvedSwap) -> bool {
        [false, true].into_iter().any(|second| {
            self.current(deal, second).first().is_some_and(|entry| entry.side().batch)
        })
    }

    fn of_deal(&self, deal: &ResolvedSwap) -> Vec<Notice> {
        let sent = self.is_sent(deal);
        let [own, other] = [false, true].map(|second| deal.half(second).shift);
        let halves = [(false, own.is_some()), (true, other.is_some() && other != own)];
        let named = halves.into_iter().filter(|(_, named)| *named);
        named.flat_map(|(second, _)| self.of_half(deal, second, sent)).flatten().collect()
    }

    fn of_half(&self, deal: &ResolvedSwap, second: bool, sent: bool) -> [Option<Notice>; 2] {
        let entries = self.current(deal, second);
        let Some(first) = entries.first() else {
            return [Some(self.unknown_shift(deal, second)), None];
        };
        let pending = deal.swap.standing != SwapStatus::Approved && first.side().batch;
        let mild = deal.swap.standing == SwapStatus::Offer;
        let about = SwapAspect::half(second, if mild { Point::Offer } else { Point::Plain });
        let pending = pending
            .then(|| Notice { mild, ..self.notice(NoticeKind::PendingSwap, first, deal, about) });
        [pending, if sent { self.stale(deal, second, entries) } else { None }]
    }

    fn notice(
        &self,
        kind: NoticeKind,
        entry: &Entry,
        deal: &ResolvedSwap,
        about: SwapAspect,
    ) -> Notice {
        let other = self.current(deal, !about.second).first().map(|entry| entry.origin);
        let own = Some(entry.origin);
        Notice {
            records: [own, Some(deal.swap.origin), other.filter(|other| Some(*other) != own)],
            detail: Detail::swap(about),
            ..Notice::of(kind, entry, None)
        }
    }

    fn unknown_shift(&self, deal: &ResolvedSwap, second: bool) -> Notice {
        let half = deal.half(second);
        let left_out = self.left_out.contains(&half.shift);
        let point = if left_out { Point::LeftOut } else { Point::Plain };
        Notice {
            start: half.start.map(|start| start.chosen),
            detail: Detail::swap(SwapAspect::half(second, point)),
            ..Notice::about(
                NoticeKind::SwapUnknownShift,
                half.agent,
                [Some(deal.swap.origin), None, None],
            )
        }
    }

    /// That a shift is another one by now: someone else's, or at another time.
    fn stale(&self, deal: &ResolvedSwap, second: bool, entries: &[Entry]) -> Option<Notice> {
        let first = entries.first()?;
        let point = if self.has_other_owner(deal, second, first) {
            Point::OtherOwner
        } else if !self.is_as_agreed(deal.half(second), entries) {
            Point::Plain
        } else {
            return None;
        };
        Some(self.notice(NoticeKind::StaleSwap, first, deal, SwapAspect::half(second, point)))
    }

    fn has_other_owner(&self, deal: &ResolvedSwap, second: bool, entry: &Entry) -> bool {
        let change = deal.change(second);
        if change.from.is_none() || change.from == change.to {
            return false;
        }
        if deal.swap.standing == SwapStatus::Approved {
            return self.routes.is_stray(deal.swap.origin, second)
                || !self.routes.knows(change.shift, entry.agent);
        }
        let owner = self.routes.destination(entry).map_or(entry.agent, |step| step.to);
        ![change.from, change.to].contains(&owner)
    }

    fn is_as_agreed(&self, half: &SwapHalf, entries: &[Entry]) -> bool {
        entries.iter().take(MOST_DAYS).any(|entry| {
            let Readings { chosen, narrowest } = (self.readings)(entry);
            let starts = [entry.start(), chosen.0, narrowest.0];
            let ends = [entry.end(), chosen.1, narrowest.1];
            half.start.is_none_or(|agreed| starts.into_iter().any(|at| agreed.agrees(at)))
                && half.end.is_none_or(|agreed| ends.into_iter().any(|at| agreed.agrees(at)))
        })
    }

    /// Batch shifts that an approved swap has given to someone else.
    fn not_applied(&self, deals: &[ResolvedSwap]) -> Vec<Notice> {
        let mut sent: Vec<&Entry> =
            self.shifts.entries().iter().filter(|entry| entry.side().batch).collect();
        sent.dedup_by_key(|entry| entry.origin);
        let notice = |entry: &&Entry| {
            let step = self.routes.destination(entry)?;
            let deal = deals.get(step.deal)?;
            let about = SwapAspect::half(step.second, Point::Plain);
            Some(self.notice(NoticeKind::SwapNotApplied, entry, deal, about))
        };
        sent.iter().filter_map(notice).collect()
    }
}

#[cfg(test)]
mod tests;
