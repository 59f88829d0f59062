//! Timelines become facts: what overlaps, what is flawed, what does not fit.
//!
//! What is replaced moves to the end of its timeline, and a crowd is swept where it is.
//! So a record takes its 40 bytes and little else.

use super::base;
use super::cancellations;
use super::changes;
use super::coverage;
use super::distant::Distant;
use super::doubts;
use super::facts::Facts;
use super::file_facts::{add_misfits, attendance, broken_totals, compare_ids, ids_of_shifts};
use super::flaws::{note_flaws, note_strangers};
use super::glance::Glance;
use super::labour::LabourLimits;
use super::observer::{LeftOut, TimelineObserver};
use super::overlaps::OverlapFinder;
use super::partition_facts::{PartitionFacts, Tallies};
use super::skipped;
use crate::calendar::OffsetCache;
use crate::ledger::FactLedger;
use crate::model::fact::Misfits;
use crate::model::fate::Fate;
use crate::model::keys::QuickSet;
use crate::model::occurrences::{AddOccurrences, Occurrences};
use crate::model::partition::Partition;
use crate::model::shift::{Entry, Kind, Traits};
use crate::model::source::Origin;
use crate::reconcile::RecordName;
use crate::schedule::ids::{has_id, shared_ids};
use crate::schedule::run::Again;
use crate::schedule::spellings::{Folded, SpelledAgents};
use crate::schedule::{Schedule, Visitor};
use std::sync::{Mutex, PoisonError};

/// What a search for facts takes out of a schedule.
pub(crate) struct Taken<'a> {
    partitions: Vec<Partition>,
    misfits: Vec<Misfits>,
    ledger: FactLedger<'a>,
}

impl<'a> Taken<'a> {
    /// Takes it out.
    pub(crate) fn of(schedule: &mut Schedule<'a>) -> Taken<'a> {
        Taken {
            partitions: schedule.take_timelines(),
            misfits: std::mem::take(&mut schedule.collected.misfits),
            ledger: schedule.collected.ledger.take(),
        }
    }
}

/// Finds the facts that the settings ask for, and shows the timelines to an observer.
///
/// # Errors
/// When ids turn out to name something other than records: the files are read
/// again without them.
pub(crate) fn find(
    schedule: &Schedule<'_>,
    Taken { partitions, misfits, ledger }: Taken<'_>,
    observer: Option<&dyn TimelineObserver>,
) -> Result<Facts, Again> {
    let Schedule { run, agents, collected, settled, .. } = schedule;
    let spellings = collected.spellings();
    let finder = FactFinder {
        schedule,
        folded: spellings.folded(agents),
        distant: Distant::of(run, &partitions, collected.range),
        covers: coverage::is_wanted(run),
        has_batches: coverage::are_several(run),
        compares_changes: changes::are_compared(run),
        cancelled: cancellations::cancelled_names(schedule),
        has_repeats: schedule.has_repeats(),
        overlaps: OverlapFinder::new(schedule),
        limits: LabourLimits::of(run.settings),
        every_agent: doubts::wants_agents(run)
            || skipped::wants_agents(run)
            || spellings.several.may_be_lists()
            || collected.claims.want_agents()
            || !collected.totals.is_empty()
            || ledger.has_holes(),
        most: ledger.per_agent(),
        observer,
        all: Mutex::new((ledger, Tallies::default())),
    };
    let mut found = PartitionFacts::default();
    schedule.walk(partitions, &finder).into_iter().for_each(|part| found.join(part));
    found.holdings.sort();
    shared_ids(run, &found.holdings, &collected.with_ids)?;
    let (mut ledger, mut tallies) = finder.all.into_inner().unwrap_or_else(PoisonError::into_inner);
    let of_base =
        base::look(schedule, &finder.folded, (&mut tallies.coverage, &mut found), &mut ledger);
    let ids_of_shifts = ids_of_shifts(run, &found.holdings, &collected.with_ids);
    compare_ids(&found.holdings, settled, &ids_of_shifts, &mut ledger);
    cancellations::report(schedule, std::mem::take(&mut found.cancelled), &mut ledger);
    let swaps = settled.notices.iter().copied();
    let of_files = run.shared_ids.iter().flatten().copied();
    let attended = attendance(run, &collected.counts);
    swaps.chain(of_files).chain(attended).for_each(|notice| ledger.add_notice(notice));
    add_misfits(&mut ledger, misfits);
    spellings.notices(run, agents, &found.plain, &mut |notice| ledger.add_notice(notice));
    if finder.compares_changes {
        changes::report_deletions(schedule, &found.deleted, &mut ledger);
    }
    let broken = broken_totals(&collected.totals, &found.every_agent);
    broken.iter().for_each(|defect| ledger.add_defect(*defect));
    let mut counts = collected.counts.clone();
    found.replaced.settle(&mut counts, Fate::Replaced);
    found.merged.settle(&mut counts, Fate::Merged);
    for defect in broken {
        let fates = &mut counts[usize::from(defect.origin.source())];
        fates.change(Fate::Total, Fate::Unreadable, 1);
    }
    let mut strangers = tallies.coverage.report(run, &mut ledger);
    strangers.extend(tallies.batches.strangers(run));
    let mut facts = Facts {
        counts,
        agents: found.agents,
        swept: found.swept + of_base,
        strangers,
        covered: tallies.coverage.coverage(run, agents),
        remarks: spellings.remarks(run, found.plain),
        several: spellings.several.settle(found.several, (&found.every_agent, agents), |source| {
            doubts::names_several(run, source)
        }),
        every_agent: found.every_agent,
        spelled: match skipped::wants_agents(run) {
            true => spellings.spelled(),
            false => SpelledAgents::default(),
        },
        shared: found.shared.into_values().collect(),
        ends_in_doubt: found.ends_in_doubt,
        ids_of_shifts,
        ..Facts::default()
    };
    facts.take(ledger.finish());
    Ok(facts)
}

/// What a thread keeps from partition to partition, for its memory.
#[derive(Default)]
struct Room {
    places: Vec<u32>,
    /// A timeline whose requests are carried in part.
    parts: Vec<Entry>,
    /// What is left out of a timeline, if there is an observer.
    left_out: LeftOut,
}

/// What a partition shows, while it is visited.
struct PartitionSearch<'a> {
    facts: PartitionFacts,
    ledger: FactLedger<'a>,
    tallies: Tallies,
    offset_cache: OffsetCache,
}

/// Looks at every timeline for all rules.
struct FactFinder<'a> {
    schedule: &'a Schedule<'a>,
    /// What names with capitals fold to.
    folded: Folded,
    /// Records far from the middle one of their file.
    distant: Distant,
    /// Whether there are side files.
    covers: bool,
    /// Whether the batch has several inputs.
    has_batches: bool,
    /// Whether changes are compared with what is published.
    compares_changes: bool,
    /// The names of what the batch cancels.
    cancelled: QuickSet<RecordName>,
    /// Whether a record can occur more than once.
    has_repeats: bool,
    overlaps: OverlapFinder<'a>,
    limits: LabourLimits,
    /// Whether somebody asks for all agents.
    every_agent: bool,
    /// The most findings of one rule that are listed for one agent.
    most: usize,
    /// Who else looks at the timelines.
    observer: Option<&'a dyn TimelineObserver>,
    /// All that was found so far.
    all: Mutex<(FactLedger<'a>, Tallies)>,
}

impl<'a> Visitor for FactFinder<'a> {
    type Room = Room;
    type Part = PartitionSearch<'a>;
    type Found = PartitionFacts;

    fn enter(&self) -> PartitionSearch<'a> {
        let ledger = self.all.lock().unwrap_or_else(PoisonError::into_inner).0.beside();
        PartitionSearch {
            facts: PartitionFacts::default(),
            ledger,
            tallies: Tallies::default(),
            offset_cache: OffsetCache::default(),
        }
    }

    fn visit(&self, timeline: &mut [Entry], part: &mut PartitionSearch<'a>, room: &mut Room) {
        let agents = &self.schedule.agents;
        let PartitionSearch { facts, ledger, tallies, offset_cache } = part;
        room.left_out.clear();
        let timeline = match self.has_repeats {
            true => self.merged(timeline, facts, &mut room.left_out),
            false => timeline,
        };
        if !self.schedule.probable_repeats.is_empty() {
            self.note_ids(timeline, &mut room.places, facts, offset_cache);
        }
        if !self.cancelled.is_empty() {
            cancellations::look(self.schedule, &self.cancelled, timeline, &mut facts.cancelled);
        }
        let glance = Glance::of(timeline);
        self.schedule.collected.spellings().several.look(timeline, &mut facts.several);
        if agents.share_names() && agents.is_shared(timeline[0].agent) {
            facts.note_shared(timeline);
        }
        if self.covers {
            tallies.coverage.note(self.schedule.run, agents, timeline, offset_cache);
        }
        if self.has_batches {
            tallies.batches.note(agents, timeline);
        }
        if self.compares_changes {
            changes::look(self.schedule, timeline, &mut facts.deleted, ledger);
        }
        if !self.distant.is_empty() {
            self.distant.visit(timeline, ledger);
        }
        let is_moved = |origin| self.schedule.settled.is_moved(origin);
        self.folded.look(timeline, is_moved, &mut facts.plain);
        let standing = self.standing(timeline, glance, facts, (ledger, &mut room.left_out));
        for (why, origin) in self.schedule.collected.oddities.ends_in_doubt(standing) {
            facts.ends_in_doubt.add((origin.source(), why), Occurrences::one(origin));
        }
        facts.agents += u64::from(!standing.is_empty());
        facts.swept += standing.len() as u64;
        if glance.traits != Traits::default() {
            note_flaws(standing, glance.traits, ledger);
        }
        note_strangers(agents, standing, ledger);
        let Room { parts, left_out, .. } = room;
        let mut kept: &[Entry] = self.uncarried(standing, glance, (parts, left_out), facts);
        let shifts;
        if glance.traits.any(Traits::PART) {
            if self.observer.is_some() {
                let is_part = |entry: &&Entry| entry.traits().any(Traits::PART);
                left_out.parts.extend(kept.iter().filter(is_part));
            }
            shifts = self.schedule.without_parts(kept);
            kept = &shifts;
        }
        if let Some(observer) = self.observer {
            observer.look(kept, left_out);
        }
        self.overlaps.visit(kept, glance, ledger, offset_cache);
        self.limits.visit(self.schedule, kept, ledger, offset_cache);
    }

    fn leave(&self, part: PartitionSearch<'a>) -> PartitionFacts {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        all.0.join(part.ledger);
        all.1.join(part.tallies);
        part.facts
    }
}

impl FactFinder<'_> {
    /// Notes who has ids that may be on several records, before any is replaced.
    fn note_ids(
        &self,
        timeline: &[Entry],
        places: &mut Vec<u32>,
        facts: &mut PartitionFacts,
        offset_cache: &mut OffsetCache,
    ) {
        let Schedule { run, probable_repeats, collected, .. } = self.schedule;
        places.clear();
        places.extend((0..).zip(timeline).filter_map(|(place, entry)| {
            let suspect = probable_repeats.contains(entry.id) && has_id(run, entry);
            suspect.then_some(place)
        }));
        if !places.is_empty() {
            let day = |entry: &Entry| self.schedule.day(entry, offset_cache);
            let goes_on = |origin: Origin| collected.further.contains(&origin);
            facts.holdings.add(timeline, places, day, goes_on, self.most);
        }
    }

    /// A timeline on which what is one record occurs once.
    fn merged<'t>(
        &self,
        timeline: &'t mut [Entry],
        facts: &mut PartitionFacts,
        left_out: &mut LeftOut,
    ) -> &'t mut [Entry] {
        let kept = self.schedule.take_repeated(timeline);
        let (rest, merged) = timeline.split_at_mut(kept);
        if self.observer.is_some() {
            left_out.repeated.extend_from_slice(merged);
        }
        facts.merged.note(merged, self.schedule.counted());
        rest
    }

    /// A timeline without what is replaced.
    fn standing<'t>(
        &self,
        timeline: &'t mut [Entry],
        glance: Glance,
        facts: &mut PartitionFacts,
        (ledger, left_out): (&mut FactLedger<'_>, &mut LeftOut),
    ) -> &'t mut [Entry] {
        let mut timeline = timeline;
        if glance.any(|side| !side.batch) {
            let tell = &mut |notice| ledger.add_notice(notice);
            let kept = self.schedule.take_replaced(timeline, tell);
            let (rest, replaced) = timeline.split_at_mut(kept);
            if self.observer.is_some() {
                left_out.replaced.extend_from_slice(replaced);
            }
            facts.replaced.note(replaced, self.schedule.counted());
            timeline = rest;
        }
        if self.every_agent {
            facts.every_agent.extend(timeline.first().map(|entry| entry.agent));
        }
        timeline
    }

    /// A timeline without the time off that the schedule carries already.
    fn uncarried<'t>(
        &self,
        timeline: &'t mut [Entry],
        glance: Glance,
        (room, left_out): (&'t mut Vec<Entry>, &mut LeftOut),
        facts: &mut PartitionFacts,
    ) -> &'t mut [Entry] {
        if !glance.any(|side| side.kind != Kind::Shift) {
            return timeline;
        }
        let Some(found) = self.schedule.uncarried(timeline) else { return timeline };
        if self.observer.is_some() {
            left_out.carried.extend(found.changed_entries(timeline));
        }
        let mut emptied: Vec<Entry> = found.emptied_entries(timeline).copied().collect();
        facts.swept -= emptied.len() as u64;
        facts.replaced.note(&mut emptied, self.schedule.counted());
        found.apply(timeline, room)
    }
}
