//! Timelines become facts: what overlaps, what is flawed, what does not fit.
//!
//! What is replaced moves to the end of its timeline, and a crowd is swept where it is.
//! So a record takes its 40 bytes and little else.

use super::coverage::{self, BatchTally, CoverageTally};
use super::distant::Distant;
use super::doubts;
use super::facts::Facts;
use super::file_facts::{add_misfits, attendance, broken_totals, compare_ids};
use super::flaws::{note_flaws, note_strangers};
use super::glance::Glance;
use super::labour::LabourLimits;
use super::overlaps::OverlapFinder;
use crate::calendar::OffsetCache;
use crate::judge::rule_of_notice;
use crate::ledger::FactLedger;
use crate::model::fact::NoticeKind;
use crate::model::fate::Fate;
use crate::model::keys::{AgentKey, QuickSet};
use crate::model::occurrences::{AddOccurrences, Occurrences};
use crate::model::shift::{Entry, Kind, Traits};
use crate::model::source::{Origin, Role};
use crate::read::source::Source;
use crate::reconcile::{DeletedRecords, Holdings};
use crate::schedule::ids::{has_id, shared_ids};
use crate::schedule::replacements::Replacements;
use crate::schedule::run::{Again, Run};
use crate::schedule::several::RecordsByAgent;
use crate::schedule::spellings::{Folded, Plain};
use crate::schedule::{Schedule, Visitor};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Finds the facts that the settings ask for.
///
/// # Errors
/// When ids turn out to name something other than records: the files are read
/// again without them.
pub(super) fn find(schedule: &mut Schedule<'_>) -> Result<Facts, Again> {
    let partitions = schedule.take_timelines();
    let misfits = std::mem::take(&mut schedule.collected.misfits);
    let ledger = schedule.collected.ledger.take();
    let schedule = &*schedule;
    let Schedule { run, agents, collected, settled, .. } = schedule;
    let spellings = collected.spellings();
    let finder = FactFinder {
        schedule,
        folded: spellings.folded(agents),
        distant: Distant::of(run, &partitions, collected.range),
        covers: coverage::is_wanted(run),
        has_batches: coverage::are_several(run),
        compares_changes: compares_changes(run),
        has_repeats: schedule.has_repeats(),
        overlaps: OverlapFinder::new(schedule),
        limits: LabourLimits::of(run.settings),
        every_agent: doubts::wants_agents(run)
            || spellings.several.may_be_lists()
            || collected.claims.want_agents()
            || !collected.totals.is_empty(),
        most: ledger.per_agent(),
        all: Mutex::new((ledger, Tallies::default())),
    };
    let mut found = PartitionFacts::default();
    schedule.walk(partitions, &finder).into_iter().for_each(|part| found.join(part));
    found.holdings.sort();
    shared_ids(run, &found.holdings, &collected.with_ids)?;
    let (mut ledger, tallies) = finder.all.into_inner().unwrap_or_else(PoisonError::into_inner);
    compare_ids(&found.holdings, settled, &mut ledger);
    let swaps = settled.notices.iter().copied();
    let of_files = run.shared_ids.iter().flatten().copied();
    let attended = attendance(run, &collected.counts);
    swaps.chain(of_files).chain(attended).for_each(|notice| ledger.add_notice(notice));
    add_misfits(&mut ledger, misfits);
    spellings.notices(run, agents, &found.plain, &mut |notice| ledger.add_notice(notice));
    if finder.compares_changes {
        let is_change = |origin: Origin| run.sources[usize::from(origin.source())].holds_changes();
        let tell = &mut |notice| ledger.add_notice(notice);
        found.deleted.unknown(&collected.cancelled, is_change, tell);
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
        swept: found.swept,
        strangers,
        covered: tallies.coverage.coverage(run, agents),
        remarks: spellings.remarks(run, found.plain),
        several: spellings.several.settle(found.several, &found.every_agent, agents),
        every_agent: found.every_agent,
        shared: found.shared.into_values().collect(),
        empty_days: found.empty_days,
        ..Facts::default()
    };
    facts.take(ledger.finish());
    Ok(facts)
}

/// Whether there are changes, and something published that they can change.
fn compares_changes(run: &Run<'_>) -> bool {
    let is_live = |source: &Source| source.file.role == Role::Published;
    run.settings.is_on(rule_of_notice(NoticeKind::UnknownRecord).code)
        && run.sources.iter().any(is_live)
        && run.sources.iter().any(Source::holds_changes)
}

/// What partitions hold.
#[derive(Default)]
struct PartitionFacts {
    agents: u64,
    /// How many entries are swept, once those are left out that are replaced.
    swept: u64,
    /// Every agent, if somebody asks for them.
    every_agent: QuickSet<AgentKey>,
    /// What was replaced of each source.
    replaced: Replacements,
    /// What is another record of its source, or of another one, again.
    merged: Replacements,
    /// Records with a name that two agents share, by source and agent: how many, and
    /// the first.
    shared: RecordsByAgent,
    /// Time off that may be a day with a shift, by source: how many, and the first.
    empty_days: BTreeMap<u16, Occurrences<Origin>>,
    /// Records of agents whose names are in question.
    several: RecordsByAgent,
    /// Names to which others fold.
    plain: Plain,
    /// Who has ids that may be on several records.
    holdings: Holdings,
    /// What is deleted of what is published.
    deleted: DeletedRecords,
}

impl PartitionFacts {
    fn join(&mut self, other: PartitionFacts) {
        self.agents += other.agents;
        self.swept += other.swept;
        self.every_agent.extend(other.every_agent);
        self.replaced.join(other.replaced);
        self.merged.join(other.merged);
        // An agent is in one part only.
        self.shared.extend(other.shared);
        for (source, more) in other.empty_days {
            self.empty_days.add(source, more);
        }
        self.several.extend(other.several);
        self.plain.join(other.plain);
        self.holdings.join(other.holdings);
        self.deleted.join(other.deleted);
    }

    /// Notes records of an agent with a name that two agents of the lists share.
    #[cold]
    fn note_shared(&mut self, timeline: &[Entry]) {
        for entry in timeline {
            let name = (entry.origin.source(), entry.agent);
            self.shared.add(name, Occurrences::one(entry.origin));
        }
    }
}

/// What a thread keeps from partition to partition, for its memory.
#[derive(Default)]
struct Room {
    places: Vec<u32>,
    /// A timeline whose requests are carried in part.
    parts: Vec<Entry>,
}

/// What timelines show of the inputs' agents and times.
#[derive(Default)]
struct Tallies {
    /// Of the side files, beside the batch.
    coverage: CoverageTally,
    /// Of the inputs of the batch, beside each other.
    batches: BatchTally,
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
    /// Whether a record can occur more than once.
    has_repeats: bool,
    overlaps: OverlapFinder<'a>,
    limits: LabourLimits,
    /// Whether somebody asks for all agents.
    every_agent: bool,
    /// The most findings of one rule that are listed for one agent.
    most: usize,
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
        let timeline = if self.has_repeats { self.merged(timeline, facts) } else { timeline };
        if !self.schedule.probable_repeats.is_empty() {
            self.note_ids(timeline, &mut room.places, facts, offset_cache);
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
            let run = self.schedule.run;
            let is_change =
                |entry: &Entry| run.sources[usize::from(entry.origin.source())].holds_changes();
            let tell = &mut |notice| ledger.add_notice(notice);
            facts.deleted.look(timeline, &self.schedule.collected.cancelled, is_change, tell);
        }
        if !self.distant.is_empty() {
            self.distant.visit(timeline, ledger);
        }
        let is_moved = |origin| self.schedule.settled.is_moved(origin);
        self.folded.look(timeline, is_moved, &mut facts.plain);
        let standing = self.standing(timeline, glance, facts, ledger);
        for origin in self.schedule.collected.oddities.empty_days(standing) {
            facts.empty_days.add(origin.source(), Occurrences::one(origin));
        }
        facts.agents += u64::from(!standing.is_empty());
        facts.swept += standing.len() as u64;
        if glance.traits != Traits::default() {
            note_flaws(standing, glance.traits, ledger);
        }
        note_strangers(agents, standing, ledger);
        let mut kept: &[Entry] = self.uncarried(standing, glance, &mut room.parts, facts);
        let shifts;
        if glance.traits.any(Traits::PART) {
            shifts = self.schedule.without_parts(kept);
            kept = &shifts;
        }
        self.overlaps.visit(kept, glance, ledger, offset_cache);
        self.limits.visit(self.schedule, kept, ledger, offset_cache);
    }

    fn leave(&self, part: PartitionSearch<'a>) -> PartitionFacts {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        all.0.join(part.ledger);
        all.1.coverage.join(part.tallies.coverage);
        all.1.batches.join(part.tallies.batches);
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
    fn merged<'t>(&self, timeline: &'t mut [Entry], facts: &mut PartitionFacts) -> &'t mut [Entry] {
        let kept = self.schedule.take_repeated(timeline);
        let (rest, merged) = timeline.split_at_mut(kept);
        facts.merged.note(merged, self.schedule.counted());
        rest
    }

    /// A timeline without what is replaced.
    fn standing<'t>(
        &self,
        timeline: &'t mut [Entry],
        glance: Glance,
        facts: &mut PartitionFacts,
        ledger: &mut FactLedger<'_>,
    ) -> &'t mut [Entry] {
        let mut timeline = timeline;
        if glance.any(|side| !side.batch) {
            let tell = &mut |notice| ledger.add_notice(notice);
            let kept = self.schedule.take_replaced(timeline, tell);
            let (rest, replaced) = timeline.split_at_mut(kept);
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
        room: &'t mut Vec<Entry>,
        facts: &mut PartitionFacts,
    ) -> &'t mut [Entry] {
        if !glance.any(|side| side.kind != Kind::Shift) {
            return timeline;
        }
        let Some(found) = self.schedule.uncarried(timeline) else { return timeline };
        let mut emptied: Vec<Entry> = found.emptied_entries(timeline).copied().collect();
        facts.swept -= emptied.len() as u64;
        facts.replaced.note(&mut emptied, self.schedule.counted());
        found.apply(timeline, room)
    }
}
