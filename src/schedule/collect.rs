//! Lets all threads read the inputs, and puts together what they collected.

use super::agent_lists::AgentLists;
use super::claims::Claims;
use super::collector::{AgentSchedule, CollectContext, Collector, note_status};
use super::ids::wants_ids;
use super::listen::Heard;
use super::oddities::Oddities;
use super::readings::{KnownReadings, SharedReadings};
use super::rivals::Rivals;
use super::run::{Run, Undecided, ask_all};
use super::spellings::Spellings;
use super::unchanged_times::HalfTimedChange;
use crate::drift::PublishedVersions;
use crate::group::gather as gather_partitions;
use crate::ledger::FactLedger;
use crate::model::fact::{Defect, Misfits};
use crate::model::fate::Fates;
use crate::model::inventory::Inventory;
use crate::model::keys::{AgentKey, Keys, NameKey, QuickMap, QuickSet, RecordKey};
use crate::model::listener::Listener;
use crate::model::partition::Partition;
use crate::model::settings::Replace;
use crate::model::source::{Origin, Role};
use crate::model::time::{Instant, wider};
use crate::read::source::Source;
use crate::reconcile::{BloomFilter, CancelledRecords, Carried, ProbableRepeats};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};

/// What all threads have collected.
pub(crate) struct Collected<'a> {
    pub(crate) partitions: Vec<Partition>,
    /// What only a comparison with the base needs, if there is one.
    pub(super) beside: Option<BesideEntries>,
    /// How many entries went into them.
    pub(crate) scattered: u64,
    /// The first and the last of their starts.
    pub(crate) range: Option<(Instant, Instant)>,
    /// The readings of entries that have more than one.
    pub(crate) readings: KnownReadings,
    /// Flaws of records that are on no timeline.
    pub(crate) ledger: FactLedger<'a>,
    /// Shifts with activities that do not fit.
    pub(crate) misfits: Vec<Misfits>,
    pub(crate) counts: Vec<Fates>,
    /// How many entries of each source have an id.
    pub(crate) with_ids: Vec<u64>,
    /// Batch records that are cancelled.
    pub(crate) cancelled: CancelledRecords,
    /// The rows of the batch, if there is to be a plan.
    pub(crate) inventory: Inventory,
    /// Changes that name a start or a length alone.
    pub(super) half_timed: Vec<HalfTimedChange>,
    /// What records of the schedule carry, by agent and request.
    pub(crate) carried: Vec<Carried>,
    /// Ids that swaps name, of records that are skipped.
    pub(crate) left_out: QuickSet<RecordKey>,
    /// Rows that go on with the record of another one.
    pub(crate) further: HashSet<Origin>,
    /// Records of files that repeat a shift for each of its parts, if they have one.
    pub(crate) with_parts: HashSet<Origin>,
    /// The part that a record tells beside its shift, in files that repeat a shift so.
    pub(crate) parts: HashMap<Origin, NameKey>,
    /// Checked records of which a part could not be read.
    pub(crate) partly: HashSet<Origin>,
    /// Columns that could be one field.
    pub(crate) rivals: Rivals,
    /// What columns claim that are not read.
    pub(crate) claims: Claims,
    /// Lines that are no records by the word for their agent, with the key of that.
    pub(crate) totals: Vec<(AgentKey, Origin)>,
    /// Records that only their input as a whole explains.
    pub(crate) oddities: Oddities,
    /// What has to be known of which sources before they can be read.
    pub(crate) undecided: Undecided,
    /// What entries cannot hold.
    heard: Heard,
    /// Ids that two records may share; `None` if the entries have to be searched for them.
    pub(crate) probable_repeats: Option<ProbableRepeats>,
}

/// What all threads have collected for a comparison with the base.
#[derive(Default)]
pub(super) struct BesideEntries {
    /// Entries of the base, and published ones that are replaced as a whole.
    pub(super) partitions: Vec<Partition>,
    /// The schedules of the latter, if the batch replaces schedules.
    pub(super) replaced: Vec<(Origin, AgentSchedule)>,
    /// The first batch record of each schedule and agent.
    pub(super) writers: QuickMap<AgentSchedule, Origin>,
    /// Unassigned batch records that have an id.
    pub(super) unassigned: Vec<(RecordKey, Origin)>,
}

impl Collected<'_> {
    /// What is published in another version than the base has.
    pub(super) fn take_published_versions(&mut self) -> PublishedVersions {
        std::mem::take(&mut self.heard.published_versions)
    }

    /// How names and ids are spelled.
    pub(crate) const fn spellings(&self) -> &Spellings {
        &self.heard.spellings
    }

    /// Adds what versions, the forms of ids and requests for time off say.
    pub(super) fn take_notices(&mut self) {
        let Heard { versions, forms, requests, .. } = &mut self.heard;
        let mut add = |notice| self.ledger.add_notice(notice);
        std::mem::take(versions).notices(&mut add);
        std::mem::take(forms).notices(&mut add);
        requests.notices(&self.carried, &mut add);
    }
}

/// Reads everything that claims time. `named` are the ids of shifts that swaps
/// name.
pub(super) fn records<'a>(
    run: &Run<'a>,
    keys: &Keys,
    lists: &AgentLists,
    named: &QuickSet<RecordKey>,
) -> Collected<'a> {
    let agents = &lists.agents;
    let by_schedule = run.settings.replace == Replace::Schedule;
    let batch = |source: &Source| source.file.role == Role::Batch;
    let none = HashSet::new();
    let (id_filter, forms) = (new_id_filter(run), SharedReadings::default());
    let known = CollectContext {
        keys,
        agents,
        named,
        replaced: &none,
        id_filter: id_filter.as_ref(),
        forms: &forms,
    };
    if !by_schedule {
        let collectors = collect(run, known, |_| true);
        return gather(run, (keys, lists), known.id_filter, collectors);
    }
    let mut collectors = collect(run, known, batch);
    let taken = collectors.iter_mut().map(|collector| std::mem::take(&mut collector.schedules));
    let schedules: HashSet<AgentSchedule> = taken.flatten().collect();
    // What was collected outlives the set of schedules that the batch replaces.
    let rest =
        collect(run, CollectContext { replaced: &schedules, ..known }, |source| !batch(source));
    gather(run, (keys, lists), known.id_filter, collectors.into_iter().chain(rest).collect())
}

/// A filter for the ids of all records; `None` if no rule compares ids, or if the length of
/// an input is unknown.
fn new_id_filter(run: &Run<'_>) -> Option<BloomFilter> {
    let sources = run.sources.iter().filter(|source| source.file.role.claims_time());
    let mut lengths = sources.map(Source::length);
    let bytes = lengths.try_fold(0, |sum: u64, length| Some(sum.saturating_add(length?)));
    bytes.filter(|_| wants_ids(run)).map(BloomFilter::for_bytes)
}

/// Lets every thread take blocks of the wanted sources until none is left.
fn collect<'a>(
    run: &'a Run<'a>,
    known: CollectContext<'a>,
    wanted: impl Fn(&Source) -> bool + Sync,
) -> Vec<Collector<'a>> {
    let wanted = |place: &usize| {
        let source = &run.sources[*place];
        source.file.role.claims_time() && wanted(source)
    };
    let places: Vec<usize> = (0..run.sources.len()).filter(wanted).collect();
    let next = AtomicUsize::new(0);
    let pool = run.pool.size();
    run.pool.map((0..pool).collect(), |_| {
        let mut collector = Collector::new(run, known);
        let mut buffer = Vec::new();
        // Small files are taken one by one; what is left of large ones is
        // shared by all who find nothing else to do.
        while let Some(place) = places.get(next.fetch_add(1, Ordering::Relaxed)) {
            collector.drain(*place, &mut buffer);
        }
        for place in &places {
            collector.drain(*place, &mut buffer);
        }
        collector.finish()
    })
}

fn gather<'a>(
    run: &Run<'a>,
    (keys, lists): (&Keys, &AgentLists),
    id_filter: Option<&BloomFilter>,
    collectors: Vec<Collector<'_>>,
) -> Collected<'a> {
    let mut all = Collected {
        partitions: Vec::new(),
        beside: None,
        scattered: 0,
        range: None,
        readings: KnownReadings::default(),
        ledger: FactLedger::new(run.settings),
        misfits: Vec::new(),
        counts: vec![Fates::default(); run.sources.len()],
        with_ids: vec![0; run.sources.len()],
        cancelled: CancelledRecords::default(),
        carried: Vec::new(),
        half_timed: Vec::new(),
        inventory: Inventory::default(),
        left_out: QuickSet::default(),
        further: HashSet::new(),
        with_parts: HashSet::new(),
        parts: HashMap::new(),
        partly: HashSet::new(),
        rivals: Rivals::default(),
        claims: Claims::default(),
        totals: Vec::new(),
        oddities: Oddities::default(),
        undecided: Undecided::new(),
        heard: Heard::new(run),
        probable_repeats: None,
    };
    lists.counts.iter().for_each(|(place, counts)| all.counts[*place] = *counts);
    lists.defects.iter().for_each(|defect| all.ledger.add_defect(*defect));
    let mut statuses: BTreeMap<u16, Defect> = BTreeMap::new();
    let (mut scatters, mut inserted_ids, mut readings) = (Vec::new(), Vec::new(), Vec::new());
    let mut beside = Vec::new();
    for collector in collectors {
        all.scattered += collector.scatter.count();
        all.range = wider(all.range, collector.scatter.range());
        scatters.push(collector.scatter);
        if let Some(own) = collector.beside {
            let all = all.beside.get_or_insert_default();
            beside.push(own.scatter);
            all.replaced.extend(own.replaced);
            all.unassigned.extend(own.unassigned);
            for (part, first) in own.writers {
                let known = all.writers.entry(part).or_insert(first);
                *known = first.min(*known);
            }
        }
        inserted_ids.push(collector.inserted_ids);
        readings.push(collector.readings);
        all.ledger.join(collector.ledger);
        all.misfits.extend(collector.misfits);
        all.carried.extend(collector.carried);
        all.half_timed.extend(collector.half_timed);
        all.inventory.join(collector.inventory);
        all.cancelled.join(collector.cancelled);
        all.left_out.extend(collector.left_out);
        all.further.extend(collector.counter.further);
        all.with_parts.extend(collector.with_parts);
        all.parts.extend(collector.parts);
        all.partly.extend(collector.counter.partly);
        all.rivals.join(collector.rivals);
        all.claims.join(collector.claims);
        all.totals.extend(collector.totals);
        all.oddities.join(collector.oddities);
        ask_all(&mut all.undecided, collector.undecided);
        all.heard.join(collector.heard);
        all.counts.iter_mut().zip(&collector.counter.counts).for_each(|(sum, more)| sum.join(more));
        all.with_ids.iter_mut().zip(&collector.with_ids).for_each(|(sum, more)| *sum += more);
        collector.statuses.into_values().for_each(|defect| note_status(&mut statuses, defect));
    }
    all.heard.spellings.several.add_fixed_words(keys, &lists.agents);
    all.partitions = gather_partitions(scatters);
    if let Some(all) = &mut all.beside {
        all.partitions = gather_partitions(beside);
    }
    all.readings = KnownReadings::of(readings);
    all.probable_repeats = ProbableRepeats::recorded(id_filter, inserted_ids);
    statuses.into_values().for_each(|defect| all.ledger.add_defect(defect));
    all.carried
        .sort_unstable_by_key(|of| (of.by.agent, of.request, of.by.order(), of.span.start()));
    all
}
