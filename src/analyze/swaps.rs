//! Swaps are read, held against the shifts they name, and put into effect.
//!
//! Only the shifts that swaps name and the timelines of their agents are picked
//! out of the roster, and only when there are swaps.

use super::collect::{Collected, note_status};
use super::records::Records;
use super::replacements::{CountedRows, Replacements};
use super::requests;
use super::run::{Again, Run, Undecided};
use crate::exchange::outcome::{self, Lanes};
use crate::exchange::routes::{HandOver, Routes};
use crate::exchange::{Deal, NoticeSource, Replaced, Shifts};
use crate::model::agents::Agents;
use crate::model::fact::{Defect, Detail, Flaw, Notice, NoticeKind, Overlap};
use crate::model::fate::{Fate, Fates};
use crate::model::finding::{Record, brief};
use crate::model::keys::{Keys, QuickSet};
use crate::model::partition::Partition;
use crate::model::row::{Field, Row};
use crate::model::settings::Replace;
use crate::model::shift::{Entry, Kind, Traits};
use crate::model::source::{Origin, Role};
use crate::model::swap::{Point, Swap, SwapAspect};
use crate::model::text::Text;
use crate::normalize::{Context, Normalizer, SwapOutcome};
use crate::reconcile;
use std::collections::{BTreeMap, BTreeSet};

/// The swaps as they were read.
#[derive(Default)]
pub(crate) struct Trades {
    given: bool,
    swaps: Vec<Swap>,
    /// The ids of the shifts that they name.
    pub(crate) named: QuickSet<u64>,
    /// Sources whose dates cannot be read until their order is known.
    pub(crate) undecided: Undecided,
    counts: Vec<(usize, Fates)>,
    defects: Vec<Defect>,
    statuses: BTreeMap<u16, Defect>,
    notes: Vec<(u16, String)>,
}

/// What swaps have to say, and what became of those that are in effect.
#[derive(Default)]
pub(crate) struct Settled {
    pub(crate) notices: Vec<Notice>,
    /// How many entries were taken off their timelines, for a batch record stands
    /// for them.
    pub(crate) superseded: u64,
    /// What approved swaps would still change.
    routes: Routes,
    /// Records that an approved swap moved.
    moved: BTreeMap<Origin, Moved>,
    /// Swaps that were put into effect and are named in a note.
    told: Vec<Origin>,
    applied: BTreeMap<u16, u64>,
    /// For halves of swaps that name no agent, where the name stands.
    named_by: BTreeMap<(Origin, bool), Origin>,
    /// And what it is, once that is recalled.
    names: BTreeMap<(Origin, bool), Text>,
    pub(crate) notes: Vec<(u16, String)>,
}

/// By what a record was moved to another agent.
#[derive(Clone, Copy)]
struct Moved {
    swap: Origin,
    /// Whether the second half of the swap says so.
    second: bool,
}

/// Reads the files of swaps.
pub(crate) fn read(run: &Run<'_>, keys: &Keys, agents: &Agents) -> Trades {
    let mut trades = Trades::default();
    for (place, source) in run.sources.iter().enumerate() {
        if source.file.role != Role::Swaps {
            continue;
        }
        trades.given = true;
        let mut normalizer = Normalizer::new(run.calendar, agents, keys, run.settings, run.zone);
        let conventions = run.conventions[place];
        let mut reading = SwapFile { trades: &mut trades, counts: Fates::default(), selfish: None };
        let context = Context { role: Role::Swaps, conventions };
        source.read_all(&mut |row, offset| {
            let origin = Origin::new(place as u16, offset);
            reading.take(row, normalizer.read_swap(row, context, origin), origin);
        });
        reading.finish(place);
    }
    trades
}

/// One file of swaps while it is read.
struct SwapFile<'t> {
    trades: &'t mut Trades,
    counts: Fates,
    /// What the first swap with oneself is called, and how many there are.
    selfish: Option<(String, u64)>,
}

impl SwapFile<'_> {
    fn take(&mut self, row: &Row<'_>, outcome: SwapOutcome, origin: Origin) {
        self.counts.records += 1;
        match outcome {
            SwapOutcome::Void => self.counts.add(Fate::Cancelled, 1),
            SwapOutcome::Header => self.counts.add(Fate::Header, 1),
            SwapOutcome::Asks(question) => {
                self.trades.undecided.entry(origin.source()).or_default().insert(question);
            }
            SwapOutcome::Defect(flaw, agent) => {
                self.counts.add(Fate::Unreadable, 1);
                self.trades.defects.push(Defect { flaw, origin, agent, start: None, count: 1 });
            }
            SwapOutcome::Swap(swap, traits) => {
                self.counts.add(Fate::Checked, 1);
                self.note_flaws(&swap, traits);
                self.note_self(row, &swap);
                let shifts = swap.halves.iter().map(|half| half.shift);
                self.trades.named.extend(shifts.filter(|shift| *shift != 0));
                self.trades.swaps.push(swap);
            }
        }
    }

    fn note_flaws(&mut self, swap: &Swap, traits: Traits) {
        const FLAWS: [(Traits, Flaw); 4] = [
            (Traits::MISSING_OFFSET, Flaw::MissingOffset),
            (Traits::GAP, Flaw::GapTime),
            (Traits::FOLD, Flaw::FoldTime),
            (Traits::MISMATCH, Flaw::OffsetMismatch),
        ];
        let [own, other] = swap.halves;
        let start = own.start.or(other.start).map(|start| start.chosen);
        let defect = |flaw| Defect { flaw, origin: swap.origin, agent: own.agent, start, count: 1 };
        let found = FLAWS.into_iter().filter(|(bit, _)| traits.any(*bit));
        self.trades.defects.extend(found.map(|(_, flaw)| defect(flaw)));
        if traits.any(Traits::UNKNOWN_STATUS) {
            note_status(&mut self.trades.statuses, defect(Flaw::UnknownStatus));
        }
    }

    fn note_self(&mut self, row: &Row<'_>, swap: &Swap) {
        let [own, other] = swap.halves;
        if own.agent != 0 && own.agent == other.agent {
            let text = |field| String::from_utf8_lossy(row.word(field)).into_owned();
            let (_, count) = self
                .selfish
                .get_or_insert_with(|| (name_of(text(Field::Id), text(Field::Shift)), 0));
            *count += 1;
        }
    }

    fn finish(self, place: usize) {
        let note = self.selfish.map(|(name, count)| match count {
            1 => format!("{name} is between an agent and themselves; it changes nothing"),
            _ => format!(
                "{count} swaps are between an agent and themselves, {name} first; they change \
                 nothing"
            ),
        });
        self.trades.notes.extend(note.map(|note| (place as u16, note)));
        self.trades.counts.push((place, self.counts));
    }
}

/// What a note calls a swap.
fn name_of(id: String, shift: String) -> String {
    match id.is_empty() {
        true => format!("the swap of shift `{}`", brief(&shift)),
        false => format!("swap `{}`", brief(&id)),
    }
}

/// Holds the swaps against what was collected.
pub(crate) fn settle(
    run: &Run<'_>,
    agents: &Agents,
    trades: Trades,
    collected: &mut Collected<'_>,
) -> Settled {
    if !trades.given {
        return Settled::default();
    }
    let defects = trades.defects.into_iter().chain(trades.statuses.into_values());
    defects.for_each(|defect| collected.ledger.add_defect(defect));
    trades.counts.iter().for_each(|(place, counts)| collected.counts[*place] = *counts);
    let mut shifts = named_shifts(run, &trades.named, collected);
    let deals = deals_of(trades.swaps, &shifts, collected);
    let routes = Routes::of(&deals);
    let mut settled = Settled { notes: trades.notes, ..Settled::default() };
    for deal in &deals {
        let named = [false, true].into_iter().zip(deal.named_by);
        let named = named.filter_map(|(second, by)| Some(((deal.swap.origin, second), by?)));
        settled.named_by.extend(named);
    }
    if run.settings.apply_swaps {
        settled.carry_out(collected, &routes);
        shifts = named_shifts(run, &trades.named, collected);
    }
    let Collected { readings, left_out, .. } = &*collected;
    let readings = |entry: &Entry| readings.get(entry);
    let table = NoticeSource { shifts: &shifts, routes: &routes, left_out, readings: &readings };
    settled.notices = table.notices(&deals);
    settled.notices.extend(lanes(run, collected, &deals, &table).notices(&deals, &table));
    settled.notices.extend(strangers(agents, &deals));
    if run.settings.replace == Replace::Id {
        settled.supersede(collected, &routes, &shifts);
    }
    settled.routes = routes;
    settled
}

/// The entries of the shifts that swaps name.
fn named_shifts(run: &Run<'_>, named: &QuickSet<u64>, collected: &Collected<'_>) -> Shifts {
    let of_partition = |partition: &Partition| -> Vec<Entry> {
        partition.those(|entry| {
            entry.id != 0 && entry.side().kind == Kind::Shift && named.contains(&entry.id)
        })
    };
    Shifts::new(run.pool.map(collected.partitions.iter().collect(), of_partition).concat())
}

/// What the agents of swaps would have if the approved ones were in effect.
fn lanes(
    run: &Run<'_>,
    collected: &Collected<'_>,
    deals: &[Deal],
    table: &NoticeSource<'_>,
) -> Lanes {
    let mut concerned: QuickSet<u64> = deals.iter().flat_map(|deal| deal.agents).collect();
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
            let is_request = |entry: &Entry| requests::is_request(run.sources, entry);
            let kept =
                reconcile::take_replaced(&mut entries, &collected.voided, is_request, &mut |_| {});
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
fn deals_of(swaps: Vec<Swap>, shifts: &Shifts, collected: &mut Collected<'_>) -> Vec<Deal> {
    let mut deals = Vec::with_capacity(swaps.len());
    for swap in swaps {
        match Deal::of(swap, shifts) {
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
fn strangers(agents: &Agents, deals: &[Deal]) -> Vec<Notice> {
    if !agents.given() {
        return Vec::new();
    }
    let halves = deals.iter().flat_map(|deal| {
        let [own, other] = deal.swap.halves;
        [(false, own.agent, deal.swap), (true, other.agent, deal.swap)]
    });
    let unknown = halves.filter(|(_, agent, _)| *agent != 0 && agents.get(*agent).is_none());
    let notice = |(second, agent, swap): (bool, u64, Swap)| Notice {
        detail: Detail::swap(SwapAspect::half(second, Point::Plain)),
        ..Notice::about(NoticeKind::UnknownAgent, agent, [Some(swap.origin), None, None])
    };
    unknown.map(notice).collect()
}

impl Settled {
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
        let mut ahead: BTreeMap<u64, &[HandOver]> = BTreeMap::new();
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
    fn supersede(&mut self, collected: &mut Collected<'_>, routes: &Routes, shifts: &Shifts) {
        let Replaced { ids, several } = shifts
            .replaced(routes, |agent, shift| collected.voided.get(&(agent, shift, true)).copied());
        self.notices.extend(several);
        if ids.is_empty() {
            return;
        }
        let wanted = |entry: &Entry| {
            let published = !entry.side().batch && ids.contains(&entry.id);
            published && routes.destination(entry).is_some()
        };
        let mut replaced = Replacements::default();
        let counted = CountedRows { further: &collected.further, partly: &collected.partly };
        for partition in &mut collected.partitions {
            let mut taken = partition.take(wanted);
            self.superseded += taken.len() as u64;
            replaced.note(&mut taken, counted);
        }
        replaced.settle(&mut collected.counts);
    }

    /// The agent of a half of a swap, by name; empty where that is not known.
    pub(crate) fn agent_of<'r>(
        &'r self,
        origin: Origin,
        swap: &'r Record,
        second: bool,
    ) -> &'r str {
        let said = match &swap.trade {
            Some(trade) if second => trade.with_agent.as_str(),
            _ => swap.agent.as_str(),
        };
        let found = self.names.get(&(origin, second)).filter(|_| said.is_empty());
        found.map_or(said, Text::as_str)
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

    /// Whether approved swaps give a shift from one agent to another in the end.
    pub(crate) fn gives(&self, shift: u64, from: u64, to: u64) -> bool {
        self.routes.gives(shift, from, to)
    }

    /// What has to be recalled, so that the records that are named can be told.
    pub(crate) fn wanted(&self, named: &[Origin]) -> Vec<Origin> {
        let moved = named.iter().filter_map(|origin| self.moved.get(origin));
        let mut wanted: Vec<Origin> = moved.map(|moved| moved.swap).collect();
        wanted.extend(&self.told);
        let swaps: Vec<Origin> = wanted.iter().chain(named).copied().collect();
        for origin in swaps {
            let halves = [(origin, false), (origin, true)];
            wanted.extend(halves.iter().filter_map(|half| self.named_by.get(half)));
        }
        wanted
    }

    /// Gives moved records the names of their new agents, and says which swaps
    /// were put into effect.
    ///
    /// # Errors
    /// When two ids turn out to share a key.
    pub(crate) fn rename(&mut self, records: &mut Records) -> Result<(), Again> {
        let name =
            |(half, origin): (&_, &Origin)| Some((*half, records.get(*origin)?.agent.clone()));
        self.names = self.named_by.iter().filter_map(name).collect();
        let mut names = Vec::new();
        for (origin, moved) in &self.moved {
            let (Some(record), Some(swap)) = (records.get(*origin), records.get(moved.swap)) else {
                continue;
            };
            if shift_of(swap, moved.second) != record.id.as_deref() {
                return Err(Again::Collision);
            }
            let name = Text::from(self.agent_of(moved.swap, swap, !moved.second));
            let called = swap.id.as_deref().map_or_else(|| swap.place(), str::to_owned);
            names.push((*origin, name, called));
        }
        for (origin, name, called) in names {
            records.change(origin, |record| {
                record.agent = name;
                record.moved_by = Some(called.into());
            });
        }
        for (source, count) in &self.applied {
            let of_source = self.told.iter().filter(|origin| origin.source() == *source);
            let named: Vec<String> = of_source
                .filter_map(|origin| records.get(*origin))
                .map(|swap| swap.call())
                .collect();
            let more = count.saturating_sub(named.len() as u64);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let what = if *count == 1 { "swap is" } else { "swaps are" };
            let named = named.join(", ");
            let note = format!("{count} approved {what} put into effect: {named}{more}");
            self.notes.push((*source, note));
        }
        Ok(())
    }
}

/// Puts entries where their agents belong.
fn put(mut entries: Vec<Entry>, partitions: &mut [Partition]) {
    let bits = partitions.first().map_or(0, |partition| partition.bits);
    let place = |entry: &Entry| entry.agent.checked_shr(u64::BITS - bits).unwrap_or(0) as usize;
    entries.sort_unstable_by_key(|entry| (place(entry), entry.origin, entry.start()));
    for together in entries.chunk_by(|one, other| place(one) == place(other)) {
        partitions[place(&together[0])].add(together.iter().copied());
    }
}

/// The id of the shift that a half of a swap names.
pub(crate) fn shift_of(swap: &Record, second: bool) -> Option<&str> {
    let trade = swap.trade.as_ref()?;
    Some(if second { &trade.with_shift } else { &trade.shift })
}
