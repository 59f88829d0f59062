//! Compares swaps with the shifts they name, and puts approved ones into effect.
//!
//! Only the shifts that swaps name and the timelines of their agents are picked
//! out, and only when there are swaps.

use super::collect::Collected;
use super::replacements::{CountedRows, Replacements};
use super::requests;
use super::run::Run;
use super::swaps::SwapFiles;
use crate::exchange::outcome::{self, Lanes};
use crate::exchange::routes::{HandOver, Routes};
use crate::exchange::{NoticeSource, Replaced, ResolvedSwap, Shifts};
use crate::model::agents::Agents;
use crate::model::fact::{Defect, Detail, Notice, NoticeKind, Overlap};
use crate::model::fate::Fate;
use crate::model::keys::{AgentKey, QuickSet, RecordKey};
use crate::model::partition::Partition;
use crate::model::settings::Replace;
use crate::model::shift::{Entry, Kind};
use crate::model::source::Origin;
use crate::model::swap::{Point, Swap, SwapAspect};
use crate::reconcile::{self, RecordName};
use std::collections::{BTreeMap, BTreeSet};

/// What swaps have to say, and what became of those that are in effect.
#[derive(Default)]
pub(crate) struct Settled {
    pub(crate) notices: Vec<Notice>,
    /// How many entries were taken off their timelines, for a batch record stands
    /// for them.
    pub(crate) superseded: u64,
    /// These entries, if there is to be a plan.
    pub(crate) handed_over: Vec<HandedOver>,
    /// Shifts that swaps move, and the records of the batch that they would meet, sorted; if there
    /// is to be a plan. A notice names only one of them.
    pub(crate) meetings: Vec<(Origin, Origin)>,
    /// What approved swaps would still change.
    routes: Routes,
    /// Records that an approved swap moved.
    pub(crate) moved: BTreeMap<Origin, Moved>,
    /// Swaps that were put into effect and are named in a note.
    pub(crate) told: Vec<Origin>,
    /// How many swaps of each source were put into effect.
    pub(crate) applied: BTreeMap<u16, u64>,
    /// For halves of swaps that name no agent, where the name stands.
    pub(crate) named_by: BTreeMap<(Origin, bool), Origin>,
    pub(crate) notes: Vec<(u16, String)>,
}

/// A published shift that an approved swap gives to another agent.
#[derive(Clone, Copy)]
pub(crate) struct HandedOver {
    pub(crate) published: Entry,
    /// The batch record that stands for it.
    pub(crate) by: Origin,
    /// The swap, the last one if there are several.
    pub(crate) swap: Origin,
}

/// By what a record was moved to another agent.
#[derive(Clone, Copy)]
pub(crate) struct Moved {
    pub(crate) swap: Origin,
    /// Whether the second half of the swap says so.
    pub(crate) second: bool,
}

/// Compares the swaps with what was collected, and puts approved ones into effect.
pub(super) fn settle(
    run: &Run<'_>,
    agents: &Agents,
    files: SwapFiles,
    collected: &mut Collected<'_>,
) -> Settled {
    if !files.given {
        return Settled::default();
    }
    let defects = files.defects.into_iter().chain(files.statuses.into_values());
    defects.for_each(|defect| collected.ledger.add_defect(defect));
    files.counts.iter().for_each(|(place, counts)| collected.counts[*place] = *counts);
    let mut shifts = named_shifts(run, &files.named, collected);
    let deals = deals_of(files.swaps, &shifts, collected);
    let routes = Routes::of(&deals);
    let mut settled = Settled { notes: files.notes, ..Settled::default() };
    for deal in &deals {
        let named = [false, true].into_iter().zip(deal.named_by);
        let named = named.filter_map(|(second, by)| Some(((deal.swap.origin, second), by?)));
        settled.named_by.extend(named);
    }
    if run.settings.apply_swaps {
        settled.carry_out(collected, &routes);
        shifts = named_shifts(run, &files.named, collected);
    }
    let Collected { readings, left_out, .. } = &*collected;
    let readings = |entry: &Entry| readings.get(entry);
    let table = NoticeSource { shifts: &shifts, routes: &routes, left_out, readings: &readings };
    settled.notices = table.notices(&deals);
    let meet = &mut |shift, record| {
        if run.settings.observes_timelines {
            settled.meetings.push((shift, record));
        }
    };
    let of_lanes = lanes(run, collected, &deals, &table).notices(&deals, &table, meet);
    settled.notices.extend(of_lanes);
    settled.meetings.sort_unstable();
    settled.notices.extend(strangers(agents, &deals));
    if run.settings.replace == Replace::Id {
        settled.supersede(run, collected, &routes, &shifts);
    }
    settled.routes = routes;
    settled
}

/// The entries of the shifts that swaps name.
fn named_shifts(run: &Run<'_>, named: &QuickSet<RecordKey>, collected: &Collected<'_>) -> Shifts {
    let of_partition = |partition: &Partition| -> Vec<Entry> {
        partition.those(|entry| {
            entry.id.is_some() && entry.side().kind == Kind::Shift && named.contains(&entry.id)
        })
    };
    Shifts::new(run.pool.map(collected.partitions.iter().collect(), of_partition).concat())
}

/// What the agents of swaps would have if the approved ones were in effect.
fn lanes(
    run: &Run<'_>,
    collected: &Collected<'_>,
    deals: &[ResolvedSwap],
    table: &NoticeSource<'_>,
) -> Lanes {
    let mut concerned: QuickSet<AgentKey> = deals.iter().flat_map(|deal| deal.agents).collect();
    concerned.extend(table.shifts.agents());
    let of_partition = |partition: &Partition| -> Vec<Entry> {
        partition.those(|entry| concerned.contains(&entry.agent))
    };
    let mut entries = run.pool.map(collected.partitions.iter().collect(), of_partition).concat();
    let moved = outcome::carry_out(&mut entries, table.routes);
    entries.sort_unstable_by_key(|entry| (entry.agent, entry.order()));
    let replaces = run.settings.replace == Replace::Id;
    let of_agent = |entries: &[Entry]| {
        let mut entries = entries.to_vec();
        if replaces {
            let is_request = |entry: &Entry| run.is_request(entry);
            let kept = reconcile::take_replaced(
                &mut entries,
                &collected.cancelled,
                is_request,
                &mut |_| {},
            );
            entries.truncate(kept);
        }
        let readings = |entry: &Entry| collected.readings.get(entry);
        match requests::uncarried(run, &entries, &collected.carried, &|_| true, &readings) {
            Some(found) => found.apply(&mut entries, &mut Vec::new()).to_vec(),
            None => entries,
        }
    };
    let agents = entries.chunk_by(|one, other| one.agent == other.agent).map(of_agent);
    Lanes::new(agents, moved)
}

/// Swaps whose agents are known. One that several agents could make is left out.
fn deals_of(swaps: Vec<Swap>, shifts: &Shifts, collected: &mut Collected<'_>) -> Vec<ResolvedSwap> {
    let mut deals = Vec::with_capacity(swaps.len());
    for swap in swaps {
        match ResolvedSwap::of(swap, shifts) {
            Ok(deal) => deals.push(deal),
            Err(flaw) => {
                let (origin, agent) = (swap.origin, swap.halves[0].agent);
                let fates = &mut collected.counts[usize::from(origin.source())];
                fates.change(Fate::Checked, Fate::Unreadable, 1);
                let defect = Defect { flaw, origin, agent, start: None, count: 1 };
                collected.ledger.add_defect(defect);
            }
        }
    }
    deals
}

/// Agents of swaps who are not among the known ones.
fn strangers(agents: &Agents, deals: &[ResolvedSwap]) -> Vec<Notice> {
    if !agents.given() {
        return Vec::new();
    }
    let halves = deals.iter().flat_map(|deal| {
        let [own, other] = deal.swap.halves;
        [(false, own.agent, deal.swap), (true, other.agent, deal.swap)]
    });
    let unknown = halves.filter(|(_, agent, _)| agent.is_some() && agents.get(*agent).is_none());
    let notice = |(second, agent, swap): (bool, AgentKey, Swap)| Notice {
        detail: Detail::swap(SwapAspect::half(second, Point::Plain)),
        ..Notice::about(NoticeKind::UnknownAgent, agent, [Some(swap.origin), None, None])
    };
    unknown.map(notice).collect()
}

impl Settled {
    /// The records of the batch that a shift would meet if its swaps were carried out.
    pub(crate) fn met_by(&self, shift: Origin) -> impl Iterator<Item = Origin> {
        let first = self.meetings.partition_point(|(own, _)| *own < shift);
        let met = self.meetings[first..].iter().take_while(move |(own, _)| *own == shift);
        met.map(|(_, record)| *record)
    }

    /// How many swaps of one file a note names.
    const MOST_NAMED: u64 = 5;

    /// Moves the entries of approved swaps to their new agents.
    fn carry_out(&mut self, collected: &mut Collected<'_>, routes: &Routes) {
        if routes.is_empty() {
            return;
        }
        let mut taken = Vec::new();
        for partition in &mut collected.partitions {
            taken.extend(partition.take(|entry| routes.destination(entry).is_some()));
        }
        // Of several who have a shift, the first on its way has all steps ahead.
        let mut ahead: BTreeMap<RecordKey, &[HandOver]> = BTreeMap::new();
        let mut moved = Vec::with_capacity(taken.len());
        for mut entry in taken {
            let Some(step) = routes.destination(&entry).copied() else {
                unreachable!("only what has a destination was taken");
            };
            self.moved.insert(entry.origin, Moved { swap: step.swap, second: step.second });
            let (steps, known) = (routes.ahead(&entry), ahead.entry(entry.id).or_default());
            if steps.len() > known.len() {
                *known = steps;
            }
            entry.agent = step.to;
            moved.push(entry);
        }
        put(moved, &mut collected.partitions);
        let swaps: BTreeSet<Origin> = ahead.into_values().flatten().map(|step| step.swap).collect();
        for swap in swaps {
            let count = self.applied.entry(swap.source()).or_default();
            *count += 1;
            self.told.extend((*count <= Self::MOST_NAMED).then_some(swap));
        }
    }

    /// Takes published shifts off the timelines of agents who have given them away,
    /// where the batch has them with who has them in the end, or calls them off
    /// there: that record replaces them.
    fn supersede(
        &mut self,
        run: &Run<'_>,
        collected: &mut Collected<'_>,
        routes: &Routes,
        shifts: &Shifts,
    ) {
        let Replaced { ids, several } = shifts.replaced(routes, |agent, id| {
            collected.cancelled.first(agent, RecordName { id, is_shift: true })
        });
        self.notices.extend(several);
        if ids.is_empty() {
            return;
        }
        let wanted = |entry: &Entry| {
            let published = !entry.side().batch && ids.contains_key(&entry.id);
            published && routes.destination(entry).is_some()
        };
        let mut replaced = Replacements::default();
        let counted = CountedRows { further: &collected.further, partly: &collected.partly };
        for partition in &mut collected.partitions {
            let mut taken = partition.take(wanted);
            self.superseded += taken.len() as u64;
            if run.settings.observes_timelines {
                let handed_over = |entry: &Entry| {
                    let swap = routes.destination(entry)?.swap;
                    Some(HandedOver { published: *entry, by: *ids.get(&entry.id)?, swap })
                };
                self.handed_over.extend(taken.iter().filter_map(handed_over));
            }
            replaced.note(&mut taken, counted);
        }
        replaced.settle(&mut collected.counts, Fate::Replaced);
    }

    /// The step that would part two records that overlap, and the one of them that
    /// it moves.
    pub(crate) fn parting(&self, overlap: &Overlap) -> Option<(&HandOver, Origin)> {
        if self.routes.is_empty() {
            return None;
        }
        let Overlap { earlier, later, .. } = overlap;
        let step = self.routes.parts(earlier, later)?;
        let leaving = [earlier, later]
            .into_iter()
            .find(|entry| self.routes.destination(entry) == Some(step))?;
        Some((step, leaving.origin))
    }

    /// Whether a swap has moved the record that begins there to another agent.
    pub(crate) fn is_moved(&self, origin: Origin) -> bool {
        !self.moved.is_empty() && self.moved.contains_key(&origin)
    }

    /// Whether approved swaps give a shift from one agent to another in the end.
    pub(crate) fn gives(&self, shift: RecordKey, from: AgentKey, to: AgentKey) -> bool {
        self.routes.gives(shift, from, to)
    }
}

/// Puts entries where their agents belong.
fn put(mut entries: Vec<Entry>, partitions: &mut [Partition]) {
    let bits = partitions.first().map_or(0, |partition| partition.bits);
    let place =
        |entry: &Entry| entry.agent.bits().checked_shr(u64::BITS - bits).unwrap_or(0) as usize;
    entries.sort_unstable_by_key(|entry| (place(entry), entry.origin, entry.start()));
    for together in entries.chunk_by(|one, other| place(one) == place(other)) {
        partitions[place(&together[0])].add(together.iter().copied());
    }
}
