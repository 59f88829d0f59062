//! Timelines become facts: what overlaps, what is flawed, what does not fit.
//!
//! Each partition is sorted into one buffer, and its timelines stay there: what is
//! replaced moves to the end of its timeline, and a crowd is swept where it lies.
//! So a record takes its 40 bytes and little else.

use super::causes;
use super::collect::Collected;
use super::coverage::{self, CoverageTally};
use super::distant::Distant;
use super::doubts;
use super::facts::{Facts, Passage};
use super::ids::{has_id, shared_ids, wants_ids};
use super::labour::LabourLimits;
use super::ledger::{FactLedger, Listable, Misfit, notice_severity, overlap_severity};
use super::listen::Heard;
use super::readings::KnownReadings;
use super::replacements::{CountedRows, Replacements};
use super::requests::{is_request, uncarried};
use super::run::{Again, Run};
use super::several::{RecordsByAgent, SeveralAgents};
use super::spellings::{Folded, Plain};
use super::swaps::Settled;
use crate::calendar::OffsetCache;
use crate::group::{sort, timelines};
use crate::judge::{RULES, rule_of_flaw, rule_of_notice, rule_of_overlap};
use crate::model::agents::Agents;
use crate::model::fact::{Defect, Detail, Flaw, Misfits, Notice, NoticeKind, Overlap, OverlapKind};
use crate::model::fate::{Fate, Fates};
use crate::model::keys::QuickSet;
use crate::model::partition::Partition;
use crate::model::row::Field;
use crate::model::settings::{Replace, Settings};
use crate::model::shift::{Entry, Kind, Readings, Side, Traits};
use crate::model::source::Origin;
use crate::model::time::Instant;
use crate::read::source::Source;
use crate::reconcile::{self, Carried, Holdings, OfIds, ProbableRepeats, Voided};
use crate::sweep::{self, Cover, Slot, SweepOptions, Timeline};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Finds the facts that the settings ask for, beside those on swaps.
///
/// # Errors
/// When ids turn out to name something other than records: the files are read
/// again without them.
pub(crate) fn find(
    run: &Run<'_>,
    agents: &Agents,
    collected: Collected<'_>,
    settled: &mut Settled,
) -> Result<Facts, Again> {
    let Collected { partitions, readings, misfits, voided, further, partly, heard, .. } = collected;
    let Heard { versions, forms, spellings } = heard;
    let probable_repeats = match collected.probable_repeats {
        _ if !wants_ids(run) => ProbableRepeats::default(),
        Some(probable_repeats) => probable_repeats,
        None => ProbableRepeats::among(&partitions, run.pool),
    };
    let finder = FactFinder {
        run,
        agents,
        readings: &readings,
        voided: &voided,
        carried: &collected.carried,
        counted: CountedRows { further: &further, partly: &partly },
        folded: spellings.folded(agents),
        distant: Distant::of(run, &partitions, collected.range),
        covers: coverage::is_wanted(run),
        probable_repeats: &probable_repeats,
        options: options(run.settings),
        limits: LabourLimits::of(run.settings),
        every_agent: doubts::wants_agents(run)
            || spellings.several.may_be_lists()
            || collected.claims.want_agents()
            || !collected.totals.is_empty(),
        several: &spellings.several,
        most: collected.ledger.per_agent(),
        tally: Mutex::default(),
        ledger: Mutex::new(collected.ledger),
    };
    let search = |buffers: &mut Buffers, partition| finder.search(partition, buffers);
    let parts = run.pool.map_with_room(partitions, Buffers::default, search);
    let mut all = PartitionFacts::default();
    parts.into_iter().for_each(|part| all.join(part));
    all.holdings.sort();
    shared_ids(run, &all.holdings, &collected.with_ids)?;
    let FactFinder { ledger, tally, .. } = finder;
    let tally = tally.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut ledger = ledger.into_inner().unwrap_or_else(PoisonError::into_inner);
    compare_ids(&all.holdings, settled, &mut ledger);
    Heard::notices(versions, forms, &mut |notice| ledger.add_notice(notice));
    std::mem::take(&mut settled.notices).into_iter().for_each(|notice| ledger.add_notice(notice));
    run.shared_ids.iter().flatten().for_each(|notice| ledger.add_notice(*notice));
    attendance(run, &collected.counts).into_iter().for_each(|notice| ledger.add_notice(notice));
    add_misfits(&mut ledger, misfits);
    spellings.notices(run, agents, &all.plain, &mut |notice| ledger.add_notice(notice));
    let broken = broken_totals(&collected.totals, &all.every_agent);
    broken.iter().for_each(|defect| ledger.add_defect(*defect));
    let strangers = tally.report(run, &mut ledger);
    let covered = tally.coverage(run, agents);
    let remarks = spellings.remarks(run, all.plain);
    let Collected { counts, rivals, claims, oddities, .. } = collected;
    let PartitionFacts { swept, every_agent, .. } = all;
    let several = spellings.several.settle(all.several, &every_agent, agents);
    let mut facts = Facts {
        counts,
        agents: all.agents,
        swept,
        every_agent,
        rivals,
        claims,
        oddities,
        remarks,
        covered,
        strangers,
        several,
        ..Facts::default()
    };
    all.replaced.settle(&mut facts.counts);
    for defect in broken {
        let counts = &mut facts.counts[usize::from(defect.origin.source())];
        counts.change(Fate::Total, Fate::Unreadable, 1);
    }
    let (scattered, superseded) = (collected.scattered, settled.superseded);
    facts.passage = Passage { scattered, superseded, walked: all.walked };
    facts.shared = all.shared.into_values().collect();
    facts.take(ledger.finish());
    facts.readings = readings;
    Ok(facts)
}

/// Lines of totals whose word for the agent is that of an agent with records: these are
/// records that are cut short.
fn broken_totals(totals: &[(u64, Origin)], agents: &QuickSet<u64>) -> Vec<Defect> {
    let broken = totals.iter().filter(|(agent, _)| agents.contains(agent));
    let defect = |(agent, origin): &(u64, Origin)| {
        let (flaw, agent, origin) = (Flaw::Absent(Field::Start), *agent, *origin);
        Defect { flaw, origin, agent, start: None, count: 1 }
    };
    broken.map(defect).collect()
}

/// What partitions hold.
#[derive(Default)]
struct PartitionFacts {
    agents: u64,
    /// How many entries came out.
    walked: u64,
    /// How many of them are swept, once those are left out that are replaced.
    swept: u64,
    /// Every agent, if somebody asks for them.
    every_agent: QuickSet<u64>,
    /// What was replaced of each source.
    replaced: Replacements,
    /// Records with a name that two agents share, by source and agent: how many, and
    /// the first.
    shared: BTreeMap<(u16, u64), (u64, Origin)>,
    /// Records of agents whose names are in question.
    several: RecordsByAgent,
    /// Names to which others fold.
    plain: Plain,
    /// Who has ids that may stand on several records.
    holdings: Holdings,
}

impl PartitionFacts {
    fn join(&mut self, other: PartitionFacts) {
        self.agents += other.agents;
        self.walked += other.walked;
        self.swept += other.swept;
        self.every_agent.extend(other.every_agent);
        self.replaced.join(other.replaced);
        // An agent is in one part only.
        self.shared.extend(other.shared);
        self.several.extend(other.several);
        self.plain.join(other.plain);
        self.holdings.join(other.holdings);
    }
}

/// What one thread keeps from partition to partition, for its memory.
#[derive(Default)]
struct Buffers {
    entries: Vec<Entry>,
    places: Vec<u32>,
    /// A timeline whose requests are carried in part.
    parts: Vec<Entry>,
}

/// What a glance at a timeline shows. Of what stays of it, the same or less is true.
#[derive(Clone, Copy, Default)]
struct Glance {
    /// The sides that its entries stand on, a bit for each.
    sides: u32,
    traits: Traits,
}

impl Glance {
    #[inline]
    fn of(timeline: &[Entry]) -> Glance {
        let mut glance = Glance::default();
        for entry in timeline {
            glance.sides |= 1 << entry.side().number();
            glance.traits.add(entry.traits());
        }
        glance
    }

    fn has(self, side: Side) -> bool {
        self.sides & (1 << side.number()) != 0
    }

    fn any(self, of: impl Fn(Side) -> bool) -> bool {
        Side::all().any(|side| of(side) && self.has(side))
    }
}

struct FactFinder<'a> {
    /// Names of agents that may be those of several.
    several: &'a SeveralAgents,
    run: &'a Run<'a>,
    agents: &'a Agents,
    readings: &'a KnownReadings,
    voided: &'a Voided,
    /// What records of the schedule carry, by agent and request.
    carried: &'a [Carried],
    counted: CountedRows<'a>,
    /// What names with capitals fold to.
    folded: Folded,
    /// Records far from the middle one of their file.
    distant: Distant,
    /// Whether there are side files.
    covers: bool,
    probable_repeats: &'a ProbableRepeats,
    options: SweepOptions,
    limits: LabourLimits,
    /// Whether somebody asks for all agents.
    every_agent: bool,
    /// The most findings of one rule that are listed for one agent.
    most: usize,
    /// What side files cover, as far as it was noted.
    tally: Mutex<CoverageTally>,
    /// All that was found so far.
    ledger: Mutex<FactLedger<'a>>,
}

/// How many entries that share time are copied out of their timeline to be swept.
/// More are swept where they lie, among those that do not.
const MOST_COPIED: usize = 1 << 14;

impl<'a> FactFinder<'a> {
    fn search(&self, partition: Partition, buffers: &mut Buffers) -> PartitionFacts {
        let mut part = PartitionFacts::default();
        let mut offset_cache = OffsetCache::default();
        let mut ledger = self.ledger().beside();
        let mut tally = CoverageTally::default();
        sort(partition, &mut buffers.entries);
        let Buffers { entries, places, parts } = buffers;
        for timeline in timelines(entries) {
            part.walked += timeline.len() as u64;
            if !self.probable_repeats.is_empty() {
                self.note_ids(timeline, places, &mut part, &mut offset_cache);
            }
            let glance = Glance::of(timeline);
            self.several.look(timeline, &mut part.several);
            if self.agents.share_names() {
                self.note_shared(timeline, &mut part);
            }
            if self.covers {
                tally.note(self.run, self.agents, timeline, &mut offset_cache);
            }
            if !self.distant.is_empty() {
                self.note_distant(timeline, &mut ledger);
            }
            let kept = self.search_alone(timeline, glance, &mut part, &mut ledger);
            let mut kept: &[Entry] = self.uncarried(kept, glance, parts, &mut part);
            let shifts;
            if glance.traits.any(Traits::PART) {
                shifts = self.without_parts(kept);
                kept = &shifts;
            }
            self.note_overlaps(kept, glance, &mut ledger, &mut offset_cache);
            self.note_labour(kept, &mut ledger, &mut offset_cache);
        }
        self.ledger().join(ledger);
        if self.covers {
            self.tally.lock().unwrap_or_else(PoisonError::into_inner).join(tally);
        }
        part
    }

    fn ledger(&self) -> std::sync::MutexGuard<'_, FactLedger<'a>> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes who has ids that may stand on several records, before any is replaced.
    fn note_ids(
        &self,
        timeline: &[Entry],
        places: &mut Vec<u32>,
        part: &mut PartitionFacts,
        offset_cache: &mut OffsetCache,
    ) {
        places.clear();
        places.extend((0..).zip(timeline).filter_map(|(place, entry)| {
            let suspect =
                self.probable_repeats.contains(entry.id) && has_id(self.run.sources, entry);
            suspect.then_some(place)
        }));
        if !places.is_empty() {
            let day = |entry: &Entry| self.day(entry, offset_cache);
            let goes_on = |origin: Origin| self.counted.further.contains(&origin);
            part.holdings.add(timeline, places, day, goes_on, self.most);
        }
    }

    /// Looks at a timeline without what is replaced, record by record.
    fn search_alone<'t>(
        &self,
        mut timeline: &'t mut [Entry],
        glance: Glance,
        part: &mut PartitionFacts,
        ledger: &mut FactLedger<'_>,
    ) -> &'t mut [Entry] {
        self.folded.look(timeline, &mut part.plain);
        if self.run.settings.replace == Replace::Id && glance.any(|side| !side.batch) {
            let is_request = |entry: &Entry| is_request(self.run.sources, entry);
            let tell = &mut |notice| ledger.add_notice(notice);
            let kept = reconcile::take_replaced(timeline, self.voided, is_request, tell);
            let (rest, replaced) = timeline.split_at_mut(kept);
            part.replaced.note(replaced, self.counted);
            timeline = rest;
        }
        if self.every_agent {
            part.every_agent.extend(timeline.first().map(|entry| entry.agent));
        }
        part.agents += u64::from(!timeline.is_empty());
        part.swept += timeline.len() as u64;
        if glance.traits != Traits::default() {
            self.note_flaws(timeline, glance.traits, ledger);
        }
        self.note_strangers(timeline, ledger);
        timeline
    }

    /// A timeline without the time off that the schedule carries already.
    fn uncarried<'t>(
        &self,
        timeline: &'t mut [Entry],
        glance: Glance,
        room: &'t mut Vec<Entry>,
        part: &mut PartitionFacts,
    ) -> &'t mut [Entry] {
        if !glance.any(|side| side.kind != Kind::Shift) {
            return timeline;
        }
        let (may_repeat, readings) =
            (|id| self.probable_repeats.contains(id), |entry: &Entry| self.readings_of(entry));
        let found = uncarried(self.run, timeline, self.carried, &may_repeat, &readings);
        let Some(found) = found else { return timeline };
        let mut emptied: Vec<Entry> = found.emptied_entries(timeline).copied().collect();
        part.swept -= emptied.len() as u64;
        part.replaced.note(&mut emptied, self.counted);
        found.apply(timeline, room)
    }

    /// A timeline without breaks and meals that lie within a shift: they are parts of
    /// it.
    fn without_parts(&self, timeline: &[Entry]) -> Vec<Entry> {
        let is_part = |entry: &Entry| entry.traits().any(Traits::PART);
        let shifts = timeline.iter().filter(|entry| entry.side().kind == Kind::Shift);
        let shifts = shifts.filter(|entry| !is_part(entry));
        let cover = Cover::new(shifts.map(|entry| self.readings_of(entry).chosen).collect());
        let is_within = |entry: &Entry| cover.holds(self.readings_of(entry).chosen);
        let stays = |entry: &&Entry| !is_part(entry) || !is_within(entry);
        timeline.iter().filter(stays).copied().collect()
    }

    /// Notes the flaws of a timeline on which these traits are.
    #[cold]
    fn note_flaws(&self, timeline: &[Entry], all: Traits, ledger: &mut FactLedger<'_>) {
        const FLAWS: [(Traits, Flaw); 6] = [
            (Traits::MISSING_OFFSET, Flaw::MissingOffset),
            (Traits::GAP, Flaw::GapTime),
            (Traits::FOLD, Flaw::FoldTime),
            (Traits::MISMATCH, Flaw::OffsetMismatch),
            (Traits::TOO_LONG, Flaw::TooLong),
            (Traits::CONTRADICTING_LENGTH, Flaw::ContradictingLength),
        ];
        for (bit, flaw) in FLAWS.into_iter().filter(|(bit, _)| all.any(*bit)) {
            let rule = rule_of_flaw(flaw);
            let Some(level) = ledger.level(rule) else { continue };
            let flawed = || timeline.iter().filter(|entry| entry.traits().any(bit));
            let count = flawed().count() as u64;
            if count == 0 {
                continue;
            }
            ledger.count(rule, level, count);
            for entry in flawed().take(ledger.per_agent()) {
                let (origin, agent, start) = (entry.origin, entry.agent, Some(entry.start()));
                let defect = Defect { flaw, origin, agent, start, count: 1 };
                ledger.list(rule, Listable::Defect(defect));
            }
        }
    }

    /// Notes records of an agent with a name that two agents of the lists share.
    #[cold]
    fn note_shared(&self, timeline: &[Entry], part: &mut PartitionFacts) {
        let shared = timeline.first().is_some_and(|entry| self.agents.is_shared(entry.agent));
        for entry in timeline.iter().filter(|_| shared) {
            let known = part.shared.entry((entry.origin.source(), entry.agent));
            let (count, first) = known.or_insert((0, entry.origin));
            (*count, *first) = (*count + 1, entry.origin.min(*first));
        }
    }

    /// Notes records far from the middle one of their file.
    #[cold]
    fn note_distant(&self, timeline: &[Entry], ledger: &mut FactLedger<'_>) {
        let rule = rule_of_notice(NoticeKind::DistantRecord);
        let Some(level) = ledger.level(rule) else { return };
        let mut listed = 0;
        for (entry, days) in
            timeline.iter().filter_map(|entry| Some((entry, self.distant.days_off(entry)?)))
        {
            ledger.count(rule, level, 1);
            if listed < ledger.per_agent() {
                listed += 1;
                let notice = Notice::of(NoticeKind::DistantRecord, entry, None);
                let notice = Notice { detail: Detail::DaysAway(days), ..notice };
                ledger.list(rule, Listable::Notice(Box::new(notice)));
            }
        }
    }

    /// Batch records of an agent who is not among the known ones.
    fn note_strangers(&self, timeline: &[Entry], ledger: &mut FactLedger<'_>) {
        let unknown = self.agents.given()
            && timeline.first().is_some_and(|entry| {
                self.agents.get(entry.agent).is_none() && !self.agents.is_shared(entry.agent)
            });
        if !unknown {
            return;
        }
        let rule = rule_of_notice(NoticeKind::UnknownAgent);
        let Some(level) = ledger.level(rule) else { return };
        let sent = || timeline.iter().filter(|entry| entry.side().batch);
        let count = sent().count() as u64;
        if count > 0 {
            ledger.count(rule, level, count);
        }
        for record in sent().take(ledger.per_agent()) {
            let notice = Notice::of(NoticeKind::UnknownAgent, record, None);
            ledger.list(rule, Listable::Notice(Box::new(notice)));
        }
    }

    /// Sweeps a timeline, as far as its entries share time.
    fn note_overlaps(
        &self,
        timeline: &[Entry],
        glance: Glance,
        ledger: &mut FactLedger<'_>,
        offset_cache: &mut OffsetCache,
    ) {
        if timeline.len() < 2 {
            return;
        }
        let related = |one: Side| {
            let related = &self.options.related[one.number()];
            glance.has(one) && glance.any(|other| related[other.number()])
        };
        if !Side::all().any(related) {
            return;
        }
        let span = |entry: &Entry| (entry.start(), entry.end());
        match sweep::entangled(timeline, span, MOST_COPIED) {
            Some(entangled) if entangled.is_empty() => {}
            Some(entangled) => {
                let slots: Vec<Slot> =
                    entangled.iter().map(|entry| self.slot(entry, offset_cache)).collect();
                let found = sweep::sweep(&slots[..], &self.options);
                note_found(&found, &slots[..], &entangled, timeline, ledger);
            }
            None => {
                let days = timeline.iter().map(|entry| self.day(entry, offset_cache)).collect();
                let lying = Lying { finder: self, entries: timeline, days };
                let found = sweep::sweep(&lying, &self.options);
                note_found(&found, &lying, timeline, timeline, ledger);
            }
        }
    }

    /// What passes a limit of the labour rules; each rule's in order.
    fn note_labour(
        &self,
        timeline: &[Entry],
        ledger: &mut FactLedger<'_>,
        offset_cache: &mut OffsetCache,
    ) {
        let mut told: BTreeMap<&str, usize> = BTreeMap::new();
        let calendar = (self.run.calendar, offset_cache);
        self.limits.check(timeline, |entry| self.readings_of(entry), calendar, &mut |notice| {
            let rule = rule_of_notice(notice.kind);
            let Some(level) = ledger.level(rule) else { return };
            ledger.count(rule, notice_severity(level, &notice), 1);
            let told = told.entry(rule.code).or_default();
            if *told < ledger.per_agent() {
                *told += 1;
                ledger.list(rule, Listable::Notice(Box::new(notice)));
            }
        });
    }

    fn readings_of(&self, entry: &Entry) -> Readings {
        self.readings.get(entry)
    }

    /// The number of the local day on which an entry starts, as it is read.
    fn day(&self, entry: &Entry, offset_cache: &mut OffsetCache) -> i32 {
        self.run.calendar.day(entry.clock(), self.readings_of(entry).chosen.0, offset_cache)
    }

    fn slot(&self, entry: &Entry, offset_cache: &mut OffsetCache) -> Slot {
        self.slot_on(entry, self.day(entry, offset_cache))
    }

    fn slot_on(&self, entry: &Entry, day: i32) -> Slot {
        let Readings { chosen, narrowest } = self.readings_of(entry);
        Slot { start: entry.start(), end: entry.end(), chosen, narrowest, day, side: entry.side() }
    }
}

/// A timeline that is swept where it lies.
struct Lying<'f, 'a> {
    finder: &'f FactFinder<'a>,
    entries: &'f [Entry],
    /// The local days on which they start.
    days: Vec<i32>,
}

impl Timeline for Lying<'_, '_> {
    fn len(&self) -> usize {
        self.entries.len()
    }

    fn slot(&self, place: u32) -> Slot {
        self.finder.slot_on(&self.entries[place as usize], self.day(place))
    }

    fn start(&self, place: u32) -> Instant {
        self.entries[place as usize].start()
    }

    fn end(&self, place: u32) -> Instant {
        self.entries[place as usize].end()
    }

    fn day(&self, place: u32) -> i32 {
        self.days[place as usize]
    }

    fn side(&self, place: u32) -> Side {
        self.entries[place as usize].side()
    }
}

/// Counts and lists what the sweep of some entries of a timeline found.
fn note_found(
    found: &sweep::SweepResult,
    slots: &(impl Timeline + ?Sized),
    swept: &[Entry],
    timeline: &[Entry],
    ledger: &mut FactLedger<'_>,
) {
    for (number, count) in found.tally.iter().enumerate().filter(|(_, count)| **count > 0) {
        let overlap_kind = OverlapKind::from_number(number);
        let rule = rule_of_overlap(&overlap_kind);
        let level = rule.and_then(|rule| ledger.level(rule));
        if let (Some(rule), Some(level)) = (rule, level) {
            ledger.count(rule, overlap_severity(level, &overlap_kind), *count);
        }
    }
    let mut listed = false;
    for pair in &found.pairs {
        let Some(rule) = rule_of_overlap(&pair.overlap_kind) else { continue };
        let cluster = found.clusters[pair.later as usize];
        let (mut earlier, mut later) = (pair.earlier, pair.later);
        if pair.overlap_kind.chosen && slots.slot(later).chosen.0 < slots.slot(earlier).chosen.0 {
            (earlier, later) = (later, earlier);
        }
        let Some(shared) = slots.slot(earlier).shared(&slots.slot(later)) else {
            unreachable!("two slots of a pair share time")
        };
        let overlap = Overlap {
            earlier: swept[earlier as usize],
            later: swept[later as usize],
            overlap_kind: pair.overlap_kind,
            certain: pair.certain,
            shared,
            cluster: swept[cluster as usize].origin,
        };
        listed |= ledger.list(rule, Listable::Overlap(overlap));
    }
    if listed {
        ledger.add_neighbours(causes::near(timeline, swept, &found.pairs));
    }
}

/// Counts and lists what ids say, once it is known who has them.
fn compare_ids(holdings: &Holdings, settled: &Settled, ledger: &mut FactLedger<'_>) {
    let is_given = |id, from, to| settled.gives(id, from, to);
    holdings.compare(is_given, &mut |told| match told {
        OfIds::Count(kind, count) => {
            let rule = rule_of_notice(kind);
            if let Some(level) = ledger.level(rule) {
                ledger.count(rule, level, count);
            }
        }
        OfIds::Notice(notice) => ledger.list_scattered(*notice),
    });
}

/// Files whose attendance is read as the plan.
fn attendance(run: &Run<'_>, counts: &[Fates]) -> Vec<Notice> {
    let read = run.sources.iter().enumerate().filter(|(_, source)| source.reads_attendance());
    let notice = |(place, source): (usize, &Source)| {
        let first = Origin::new(u16::try_from(place).ok()?, source.first_record()?);
        let detail = Detail::Records(counts.get(place)?.records);
        let notice = Notice::about(NoticeKind::AttendanceAsPlan, 0, [Some(first), None, None]);
        Some(Notice { detail, ..notice })
    };
    read.filter_map(notice).collect()
}

/// Counts activities that do not fit, and lists those of the shifts that stand
/// first.
fn add_misfits(ledger: &mut FactLedger<'_>, mut misfits: Vec<Misfits>) {
    misfits.sort_unstable_by_key(|shift| (shift.agent, shift.origin, shift.start));
    let kinds = [NoticeKind::ActivityOverlap, NoticeKind::ActivityOutsideShift];
    for shifts in misfits.chunk_by(|one, other| one.agent == other.agent) {
        let mut room = [ledger.per_agent() as u64; 2];
        for shift in shifts {
            let Misfits { origin, agent, .. } = *shift;
            for (place, count) in [shift.overlaps, shift.leaving].into_iter().enumerate() {
                let (kind, rule) = (kinds[place], rule_of_notice(kinds[place]));
                let Some(level) = ledger.level(rule).filter(|_| count > 0) else { continue };
                ledger.count(rule, level, count);
                let listed = count.min(room[place]);
                room[place] -= listed;
                for number in 0..listed {
                    ledger.list(rule, Listable::Misfit(Misfit { kind, origin, agent, number }));
                }
            }
        }
    }
}

/// Which overlaps are counted and listed, by the rules that are on.
fn options(settings: &Settings) -> SweepOptions {
    let mut options = SweepOptions {
        groups: [None; OverlapKind::COUNT],
        related: [[false; Side::COUNT]; Side::COUNT],
        cap: settings.max_per_agent,
    };
    for number in 0..OverlapKind::COUNT {
        let overlap_kind = OverlapKind::from_number(number);
        let Some(rule) = rule_of_overlap(&overlap_kind) else { continue };
        let (one, other) = (overlap_kind.sides.0.number(), overlap_kind.sides.1.number());
        options.related[one][other] = true;
        options.related[other][one] = true;
        let place = RULES.iter().position(|known| *known == rule);
        let on = settings.is_on(rule.code);
        options.groups[number] = place.filter(|_| on).and_then(|place| u8::try_from(place).ok());
    }
    options
}
