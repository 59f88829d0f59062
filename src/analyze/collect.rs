//! Rows are collected as entries, defects and counts.

use super::accepted::is_settled;
use super::activities;
use super::claims::{self, Claims};
use super::ids::wants_ids;
use super::ledger::FactLedger;
use super::listen::Heard;
use super::oddities::Oddities;
use super::readings::{KnownReadings, NotedReadings, SharedReadings};
use super::reopen::read_as_agent;
use super::rivals::Rivals;
use super::run::{Run, Undecided};
use crate::calendar::Calendar;
use crate::group::{Scatter, gather as gather_partitions, wider};
use crate::judge::doubts::numbered_columns;
use crate::model::agents::Agents;
use crate::model::conventions::Question;
use crate::model::fact::{Defect, Flaw, Misfits};
use crate::model::fate::{Fate, Fates};
use crate::model::finding::brief;
use crate::model::keys::{Keys, QuickSet};
use crate::model::partition::Partition;
use crate::model::row::{Field, Row, RowFault};
use crate::model::settings::Replace;
use crate::model::shift::{Entry, Kind, Traits};
use crate::model::source::{Origin, Role};
use crate::model::time::Instant;
use crate::normalize::{Context, Normalizer, Outcome, first_date, has_midnights_alone};
use crate::read::names::meaning;
use crate::read::source::Source;
use crate::reconcile::{BloomFilter, Carried, FilterWriter, Inserted, ProbableRepeats, Voided};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::{ControlFlow, Range};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Partitions are two to the power of this: so many that sorting one takes
/// little memory beside all others.
const PARTITION_BITS: u32 = 7;

/// Traits of entries that are told once for an input.
const ODD: Traits = Traits::UNKNOWN_STATUS.with(Traits::OTHER_DATE).with(Traits::TOO_LONG);

/// All that was read.
pub(crate) struct Collected<'a> {
    pub(crate) partitions: Vec<Partition>,
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
    /// Batch records that are void.
    pub(crate) voided: Voided,
    /// What records of the schedule carry, by agent and request.
    pub(crate) carried: Vec<Carried>,
    /// Ids that swaps name, of records that are left out.
    pub(crate) left_out: QuickSet<u64>,
    /// Rows that go on with the record of another one.
    pub(crate) further: HashSet<Origin>,
    /// Checked records of which a part could not be read.
    pub(crate) partly: HashSet<Origin>,
    /// Columns that could be one field.
    pub(super) rivals: Rivals,
    /// What columns claim that are not read.
    pub(super) claims: Claims,
    /// Lines that are no records by the word for their agent, with the key of that.
    pub(super) totals: Vec<(u64, Origin)>,
    /// Records that only their input as a whole explains.
    pub(super) oddities: Oddities,
    /// What has to be known of which sources before they can be read.
    pub(crate) undecided: Undecided,
    /// What entries cannot hold.
    pub(crate) heard: Heard,
    /// Ids that two records may share; `None` if the entries have to be searched for them.
    pub(crate) probable_repeats: Option<ProbableRepeats>,
}

/// The agents that are known, and what became of the records that name them.
#[derive(Default)]
pub(crate) struct Roster {
    pub(crate) agents: Agents,
    /// What the user should know about a source.
    pub(crate) notes: Vec<(u16, String)>,
    counts: Vec<(usize, Fates)>,
    defects: Vec<Defect>,
}

/// Reads the lists of agents.
pub(crate) fn roster(run: &Run<'_>, keys: &Keys) -> Roster {
    let mut roster = Roster { agents: Agents::new(run.settings.fold_agents), ..Roster::default() };
    for (place, source) in run.sources.iter().enumerate() {
        if source.file.role != Role::Agents {
            continue;
        }
        roster.agents.expect();
        let mut counts = Fates::default();
        // By the byte at which they begin, the agents of the records.
        let mut ids = HashMap::new();
        source.read_all(&mut |row, offset| {
            counts.records += 1;
            let origin = Origin::new(place as u16, offset);
            if row.fault == Some(RowFault::Header) {
                return counts.add(Fate::Header, 1);
            }
            match roster.add(row, origin, run.calendar, keys) {
                Ok(()) => {
                    counts.add(Fate::Checked, 1);
                    ids.insert(offset, text(row, Field::Agent));
                }
                Err(defect) => {
                    counts.add(Fate::Unreadable, 1);
                    roster.defects.push(defect);
                }
            }
        });
        roster.add_names(run, source, keys, &ids);
        roster.counts.push((place, counts));
    }
    roster
}

impl Roster {
    fn add(
        &mut self,
        row: &Row<'_>,
        origin: Origin,
        calendar: &Calendar,
        keys: &Keys,
    ) -> Result<(), Defect> {
        let agent = self.agents.key(keys, row.word(Field::Agent));
        let defect = |flaw| Defect { flaw, origin, agent, start: None, count: 1 };
        if let Some(fault) = row.fault {
            return Err(defect(Flaw::Fault(fault)));
        }
        if agent == 0 {
            return Err(defect(Flaw::Absent(Field::Agent)));
        }
        let name = text(row, Field::Zone);
        let zone = calendar.clock(&name);
        let id = text(row, Field::Agent);
        if !self.agents.add(keys, &id, zone) {
            let note = format!("agent `{}` is listed with two zones; the first counts", brief(&id));
            self.notes.push((origin.source(), note));
        }
        let [full, given, family] =
            [Field::Name, Field::GivenName, Field::FamilyName].map(|field| text(row, field));
        self.agents.add_name(keys, &id, &full);
        if !given.is_empty() && !family.is_empty() {
            self.agents.add_name(keys, &id, &format!("{given} {family}"));
            self.agents.add_name(keys, &id, &format!("{family}, {given}"));
        }
        if zone.is_none() && !name.is_empty() { Err(defect(Flaw::UnknownZone)) } else { Ok(()) }
    }
}

impl Roster {
    /// Adds the names of agents that stand in other columns of a list.
    fn add_names(
        &mut self,
        run: &Run<'_>,
        source: &Source,
        keys: &Keys,
        ids: &HashMap<u64, String>,
    ) {
        if ids.is_empty() || !source.can_be_read_again() {
            return;
        }
        let chosen = source.column_of(Field::Agent).map(str::to_owned);
        let is_name = |column: &String| {
            let found = meaning(column, Role::Agents);
            let names = [Ok(Field::Agent), Ok(Field::Name), Ok(Field::Id)];
            Some(column) != chosen.as_ref() && names.contains(&found.field)
        };
        for column in source.column_names().into_iter().filter(is_name) {
            let visit = &mut |name: &[u8], offset: u64| {
                if let Some(id) = ids.get(&offset) {
                    self.agents.add_name(keys, id, &String::from_utf8_lossy(name));
                }
            };
            read_as_agent(run.settings, (source, &column), usize::MAX, visit);
        }
    }
}

fn text(row: &Row<'_>, field: Field) -> String {
    String::from_utf8_lossy(row.word(field)).into_owned()
}

/// Reads everything that claims time. `named` are the ids of shifts that swaps
/// name.
pub(crate) fn records<'a>(
    run: &Run<'a>,
    keys: &Keys,
    roster: &Roster,
    named: &QuickSet<u64>,
) -> Collected<'a> {
    let agents = &roster.agents;
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
        return gather(run, (keys, roster), known.id_filter, collectors);
    }
    let mut collectors = collect(run, known, batch);
    let taken = collectors.iter_mut().map(|collector| std::mem::take(&mut collector.schedules));
    let schedules: HashSet<(u64, u64)> = taken.flatten().collect();
    // What was collected outlives the set that the published ones are held against.
    let rest =
        collect(run, CollectContext { replaced: &schedules, ..known }, |source| !batch(source));
    gather(run, (keys, roster), known.id_filter, collectors.into_iter().chain(rest).collect())
}

/// What records are held against while they are read.
#[derive(Clone, Copy)]
struct CollectContext<'a> {
    keys: &'a Keys,
    agents: &'a Agents,
    /// The ids of shifts that swaps name.
    named: &'a QuickSet<u64>,
    /// Agents and schedules whose published records are replaced.
    replaced: &'a HashSet<(u64, u64)>,
    /// The filter of ids, if anything asks for repeats.
    id_filter: Option<&'a BloomFilter>,
    /// What times mean that can be read in two ways.
    forms: &'a SharedReadings,
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
        collector.inserted_ids = std::mem::take(&mut collector.id_writer).finish();
        collector
    })
}

fn gather<'a>(
    run: &Run<'a>,
    (keys, roster): (&Keys, &Roster),
    id_filter: Option<&BloomFilter>,
    collectors: Vec<Collector<'_>>,
) -> Collected<'a> {
    let mut all = Collected {
        partitions: Vec::new(),
        scattered: 0,
        range: None,
        readings: KnownReadings::default(),
        ledger: FactLedger::new(run.settings),
        misfits: Vec::new(),
        counts: vec![Fates::default(); run.sources.len()],
        with_ids: vec![0; run.sources.len()],
        voided: Voided::default(),
        carried: Vec::new(),
        left_out: QuickSet::default(),
        further: HashSet::new(),
        partly: HashSet::new(),
        rivals: Rivals::default(),
        claims: Claims::default(),
        totals: Vec::new(),
        oddities: Oddities::default(),
        undecided: Undecided::new(),
        heard: Heard::new(run),
        probable_repeats: None,
    };
    roster.counts.iter().for_each(|(place, counts)| all.counts[*place] = *counts);
    roster.defects.iter().for_each(|defect| all.ledger.add_defect(*defect));
    let mut statuses: BTreeMap<u16, Defect> = BTreeMap::new();
    let (mut scatters, mut inserted_ids, mut readings) = (Vec::new(), Vec::new(), Vec::new());
    for collector in collectors {
        all.scattered += collector.scatter.count();
        all.range = wider(all.range, collector.scatter.range());
        scatters.push(collector.scatter);
        inserted_ids.push(collector.inserted_ids);
        readings.push(collector.readings);
        all.ledger.join(collector.ledger);
        all.misfits.extend(collector.misfits);
        all.carried.extend(collector.carried);
        for (key, origin) in collector.voided {
            let first = all.voided.entry(key).or_insert(origin);
            *first = origin.min(*first);
        }
        all.left_out.extend(collector.left_out);
        all.further.extend(collector.further);
        all.partly.extend(collector.partly);
        all.rivals.join(collector.rivals);
        all.claims.join(collector.claims);
        all.totals.extend(collector.totals);
        all.oddities.join(collector.oddities);
        ask_all(&mut all.undecided, collector.undecided);
        all.heard.join(collector.heard);
        all.counts.iter_mut().zip(&collector.counts).for_each(|(sum, more)| sum.join(more));
        all.with_ids.iter_mut().zip(&collector.with_ids).for_each(|(sum, more)| *sum += more);
        collector.statuses.into_values().for_each(|defect| note_status(&mut statuses, defect));
    }
    all.heard.spellings.several.add_fixed_words(keys, &roster.agents);
    all.partitions = gather_partitions(scatters);
    all.readings = KnownReadings::of(readings);
    all.probable_repeats = ProbableRepeats::recorded(id_filter, inserted_ids);
    statuses.into_values().for_each(|defect| all.ledger.add_defect(defect));
    all.carried
        .sort_unstable_by_key(|of| (of.by.agent, of.request, of.by.order(), of.span.start()));
    all
}

/// The fate of a record with a flaw for which it is left out.
pub(super) fn fate_of(flaw: Flaw) -> Fate {
    match flaw {
        Flaw::Reversed => Fate::Reversed,
        Flaw::EmptySpan => Fate::Empty,
        _ => Fate::Unreadable,
    }
}

/// Adds the questions about some sources to those there are.
pub(crate) fn ask_all(undecided: &mut Undecided, more: Undecided) {
    for (source, questions) in more {
        undecided.entry(source).or_default().add(questions);
    }
}

/// Keeps the first record of each source whose status is in no list, and how
/// many there are.
pub(crate) fn note_status(statuses: &mut BTreeMap<u16, Defect>, defect: Defect) {
    let known = statuses.entry(defect.origin.source()).or_insert(Defect { count: 0, ..defect });
    let count = known.count + defect.count;
    if defect.origin < known.origin {
        *known = defect;
    }
    known.count = count;
}

struct Collector<'a> {
    run: &'a Run<'a>,
    known: CollectContext<'a>,
    left_out: Vec<u64>,
    normalizer: Normalizer<'a>,
    scatter: Scatter,
    id_writer: FilterWriter<'a>,
    /// What it inserted, once all is read.
    inserted_ids: Inserted,
    readings: NotedReadings<'a>,
    ledger: FactLedger<'a>,
    misfits: Vec<Misfits>,
    /// Whether any rule asks for activities.
    activities: bool,
    statuses: BTreeMap<u16, Defect>,
    counts: Vec<Fates>,
    /// Entries of the source at hand that are a record each, and are not in the counts.
    usual: u64,
    further: Vec<Origin>,
    rivals: Rivals,
    claims: Claims,
    /// Lines of totals by the word for their agent, which may be one.
    totals: Vec<(u64, Origin)>,
    oddities: Oddities,
    /// The agents and spans of the record at hand, where numbered columns give several,
    /// each with the column of its start.
    spans: Vec<(u64, Range<Instant>, String)>,
    /// Where the record begins that the row before belongs to, and what became of
    /// it so far.
    last: (Origin, Fate),
    /// Checked records of which a part could not be read.
    partly: HashSet<Origin>,
    /// Whether the ids of the source at hand name something other than records, so
    /// that its records have none.
    shared_ids: bool,
    /// Whether no shift of the source at hand was met that has any hours but midnight.
    seeks_hours: bool,
    /// How many entries of each source have an id.
    with_ids: Vec<u64>,
    voided: Voided,
    carried: Vec<Carried>,
    undecided: Undecided,
    schedules: HashSet<(u64, u64)>,
    heard: Heard,
}

impl<'a> Collector<'a> {
    fn new(run: &'a Run<'a>, known: CollectContext<'a>) -> Collector<'a> {
        let CollectContext { keys, agents, .. } = known;
        Collector {
            run,
            known,
            left_out: Vec::new(),
            normalizer: Normalizer::new(run.calendar, agents, keys, run.settings, run.zone),
            scatter: Scatter::new(PARTITION_BITS),
            id_writer: FilterWriter::new(known.id_filter),
            inserted_ids: Inserted::default(),
            readings: NotedReadings::new(known.forms),
            ledger: FactLedger::new(run.settings),
            misfits: Vec::new(),
            activities: activities::are_wanted(run.settings),
            statuses: BTreeMap::new(),
            counts: vec![Fates::default(); run.sources.len()],
            usual: 0,
            further: Vec::new(),
            rivals: Rivals::default(),
            claims: Claims::default(),
            totals: Vec::new(),
            oddities: Oddities::default(),
            spans: Vec::new(),
            last: (Origin::LAST, Fate::Checked),
            partly: HashSet::new(),
            shared_ids: false,
            seeks_hours: false,
            with_ids: vec![0; run.sources.len()],
            voided: Voided::default(),
            carried: Vec::new(),
            undecided: Undecided::new(),
            schedules: HashSet::new(),
            heard: Heard::new(run),
        }
    }

    /// Takes blocks of a source until it has none left.
    fn drain(&mut self, place: usize, buffer: &mut Vec<u8>) {
        let source = &self.run.sources[place];
        let conventions = self.run.conventions[place];
        self.heard.turn_to(self.run, place);
        self.shared_ids = self.run.shared_ids[place].is_some();
        self.seeks_hours = source.file.role.claims_time() && !conventions.whole_days;
        while !self.undecided.contains_key(&(place as u16))
            && !self.run.progress.is_cancelled()
            && let Some(handle) = source.next_block(buffer)
        {
            let context = Context { role: source.file.role, conventions };
            source.read(handle, buffer, &mut |row, offset| {
                self.take(row, context, Origin::new(place as u16, offset));
            });
            self.with_ids[place] += self.id_writer.take_pushed();
            self.count_usual(place);
            self.run.progress.add_bytes(buffer.len() as u64);
        }
    }

    #[inline]
    fn take(&mut self, row: &Row<'_>, context: Context, origin: Origin) {
        self.heard.hear_row((self.known.keys, self.known.agents), row, origin);
        if row.alternates.len() | row.numbered.len() != 0
            && self.take_beside(row, context, origin).is_break()
        {
            return;
        }
        match self.normalizer.read_plain(row, context, origin) {
            Some(entry) => self.take_entry(row, context, entry),
            None => self.take_otherwise(row, context, origin),
        }
    }

    /// Compares a row with what else its record could be, and with the rows before it
    /// that other numbered columns gave. Whether it says no more than they do, or
    /// something that is in doubt.
    #[cold]
    fn take_beside(&mut self, row: &Row<'_>, context: Context, origin: Origin) -> ControlFlow<()> {
        let Collector { normalizer, rivals, claims, spans, known, .. } = self;
        if !row.alternates.is_empty() && !row.continues {
            rivals.compare(normalizer, known.keys, row, (context, origin));
            let met = claims::ClaimingRow { row, context, origin, normalizer };
            claims.compare(met, |word| known.agents.key(known.keys, word));
        }
        if row.numbered.is_empty() {
            return ControlFlow::Continue(());
        }
        if !row.continues {
            spans.clear();
        }
        let Outcome::Entry(entry, _) = normalizer.read(row, context, origin) else {
            return ControlFlow::Continue(());
        };
        let (start, end) = (entry.start(), entry.end());
        let meets = spans
            .iter()
            .find(|(agent, of, _)| *agent == entry.agent && of.start < end && start < of.end);
        let Some((_, of, first)) = meets else {
            spans.push((entry.agent, start..end, row.numbered.to_owned()));
            return ControlFlow::Continue(());
        };
        if *of == (start..end) {
            return ControlFlow::Break(());
        }
        rivals.note_numbered([first, row.numbered], origin);
        let path = &self.run.sources[usize::from(origin.source())].file.shown;
        let accepted =
            is_settled(self.run.settings, numbered_columns::KIND.code, row.numbered, path);
        if accepted { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }

    /// Takes a record that is not of the usual form.
    #[inline(never)]
    fn take_otherwise(&mut self, row: &Row<'_>, context: Context, origin: Origin) {
        let Some(dates) = row.dates() else {
            let outcome = self.normalizer.read_fully(row, context, origin);
            self.take_outcome(row, context, origin, outcome);
            return;
        };
        let first = first_date(&dates, context.conventions.order);
        // One day may be there twice, in two spellings; a record is not in its
        // own way. Of days that cannot be used the first tells for all.
        let mut taken = BTreeSet::new();
        let mut continues = row.continues;
        for date in dates {
            let mut day = row.on(date, first);
            day.set(Field::Activities, b"");
            day.continues = continues;
            let outcome = self.normalizer.read(&day, context, origin);
            let span = match &outcome {
                Outcome::Entry(entry, _) => Some((entry.start(), entry.end())),
                _ => None,
            };
            if taken.insert(span) {
                self.take_outcome(&day, context, origin, outcome);
                continues = true;
            }
        }
    }

    /// Counts a row that became an entry: as a record, or as more of the record before.
    #[inline(always)]
    fn count_entry(&mut self, row: &Row<'_>, origin: Origin) {
        if row.continues {
            return self.count(row, origin, Fate::Checked);
        }
        self.usual += 1;
        self.last = (origin, Fate::Checked);
    }

    /// Counts the entries of a source that are a record each, and were not counted yet.
    fn count_usual(&mut self, place: usize) {
        let usual = std::mem::take(&mut self.usual);
        let counts = &mut self.counts[place];
        counts.entries += usual;
        counts.records += usual;
        counts.add(Fate::Checked, usual);
    }

    /// Counts a row: as a record of this fate, or as more of the record before.
    fn count(&mut self, row: &Row<'_>, origin: Origin, fate: Fate) {
        self.count_usual(usize::from(origin.source()));
        let counts = &mut self.counts[usize::from(origin.source())];
        counts.entries += u64::from(fate == Fate::Checked);
        if row.continues {
            return self.count_further(origin, fate);
        }
        counts.records += 1;
        counts.add(fate, 1);
        self.last = (origin, fate);
    }

    /// Counts a row that goes on with the record before. A record is checked if
    /// any of its rows is, and unreadable if none is and one could not be read.
    #[cold]
    fn count_further(&mut self, origin: Origin, fate: Fate) {
        let counts = &mut self.counts[usize::from(origin.source())];
        let (first, known) = self.last;
        if origin != first {
            self.further.push(origin);
        }
        let all = match (known, fate) {
            (Fate::Checked, _) | (_, Fate::Checked) => Fate::Checked,
            (Fate::Unreadable, _) | (_, Fate::Unreadable) => Fate::Unreadable,
            _ => known,
        };
        counts.change(known, all, 1);
        let unreadable = [known, fate].contains(&Fate::Unreadable);
        if all == Fate::Checked && unreadable && self.partly.insert(first) {
            counts.partly += 1;
        }
        self.last = (first, all);
    }

    fn take_outcome(&mut self, row: &Row<'_>, context: Context, origin: Origin, outcome: Outcome) {
        if !matches!(outcome, Outcome::Entry(..)) {
            self.note_left_out(row);
        }
        match outcome {
            Outcome::Open | Outcome::Agentless => {
                self.count(row, origin, Fate::Unassigned);
                let name = row.word(Field::Name);
                if !name.is_empty() && row.word(Field::Agent).is_empty() {
                    self.claims.note_name(self.known.agents.key(self.known.keys, name), origin);
                }
            }
            Outcome::Cancelled(shift) => {
                self.count(row, origin, Fate::Cancelled);
                self.take_void(row, context, shift, origin);
            }
            Outcome::Deleted(shift) => {
                self.count(row, origin, Fate::Deleted);
                self.take_void(row, context, shift, origin);
            }
            Outcome::DayOff => {
                self.count(row, origin, Fate::DayOff);
                self.take_void(row, context, true, origin);
            }
            Outcome::Draft => self.count(row, origin, Fate::Draft),
            Outcome::Header => self.count(row, origin, Fate::Header),
            Outcome::Total => {
                self.count(row, origin, Fate::Total);
                let agent = self.agent_key(row);
                self.totals.extend((agent != 0).then_some((agent, origin)));
            }
            Outcome::NoHours => {
                self.count(row, origin, Fate::NoHours);
                let source = &self.run.sources[usize::from(origin.source())];
                self.oddities.note_hourless(row, origin, source.names_in_records());
            }
            Outcome::Asks(question) => self.ask(origin.source(), question),
            Outcome::Defect(flaw, agent, start) => {
                self.count(row, origin, fate_of(flaw));
                if flaw == Flaw::EmptySpan && context.role == Role::TimeOff {
                    self.oddities.note_empty(row, origin, context.conventions.order);
                }
                self.ledger.add_defect(Defect { flaw, origin, agent, start, count: 1 });
            }
            Outcome::Entry(entry, readings) => {
                readings.into_iter().for_each(|readings| self.readings.note(&entry, readings));
                self.take_entry(row, context, entry);
            }
        }
    }

    fn agent_key(&self, row: &Row<'_>) -> u64 {
        self.known.agents.key(self.known.keys, row.word(Field::Agent))
    }

    /// Notes a record that is left out, if a swap names it.
    fn note_left_out(&mut self, row: &Row<'_>) {
        if !self.known.named.is_empty() && !self.shared_ids {
            let id = self.known.keys.of(row.id());
            self.left_out.extend(self.known.named.contains(&id).then_some(id));
        }
    }

    fn take_void(&mut self, row: &Row<'_>, context: Context, shift: bool, origin: Origin) {
        let schedule = self.known.keys.of(row.word(Field::Schedule));
        let agent = self.agent_key(row);
        let id = if self.shared_ids { 0 } else { self.known.keys.of(row.id()) };
        self.heard.forms.hear_void(self.known.keys, row, shift);
        if context.role == Role::Batch && id != 0 {
            let first = self.voided.entry((agent, id, shift)).or_insert(origin);
            *first = origin.min(*first);
        }
        if context.role == Role::Batch && schedule != 0 {
            self.schedules.insert((agent, schedule));
        }
    }

    #[inline(always)]
    fn take_entry(&mut self, row: &Row<'_>, context: Context, mut entry: Entry) {
        if self.shared_ids {
            entry.id = 0;
        }
        self.heard.hear_entry((self.known.keys, self.known.agents), row, &entry);
        if self.run.settings.replace == Replace::Schedule && self.is_replaced(row, context, entry) {
            self.count(row, entry.origin, Fate::Replaced);
            self.note_left_out(row);
            return;
        }
        self.count_entry(row, entry.origin);
        if row.raw(Field::Activities).len() | row.raw(Field::Request).len() != 0 {
            self.take_activities(row, context, &entry);
            self.take_requests(row, context, &mut entry);
        }
        if entry.side().kind != Kind::Shift {
            self.take_absence(row, context, &entry);
        } else if self.seeks_hours {
            self.seek_hours(row, context, entry.origin);
        }
        if entry.traits().any(ODD) {
            self.take_oddity(row, entry);
        }
        self.id_writer.push(entry.id);
        self.scatter.push(entry);
    }

    /// Notes what may make time off longer than it was read.
    #[inline(never)]
    fn take_absence(&mut self, row: &Row<'_>, context: Context, entry: &Entry) {
        if row.raw(Field::End).is_empty() && row.raw(Field::EndDate).is_empty() {
            self.oddities.note_open_end(row, entry, context.conventions.length_unit);
        } else if !row.raw(Field::Length).is_empty() {
            self.oddities.note_length(row, entry, context.conventions);
        }
    }

    /// Notes what does not fit of the activities of a shift, if any rule asks.
    #[inline(never)]
    fn take_activities(&mut self, row: &Row<'_>, context: Context, entry: &Entry) {
        if self.activities && !row.word(Field::Activities).is_empty() {
            let noted = activities::note(&mut self.normalizer, row, context, entry);
            self.misfits.extend(noted.misfits);
            noted.defect.into_iter().for_each(|defect| self.ledger.add_defect(defect));
            noted.asks.into_iter().for_each(|question| self.ask(entry.origin.source(), question));
        }
    }

    /// Notes which requests for time off a record of the schedule carries. Of time off
    /// in a file of its own the request is its id, if it has no other.
    #[inline(never)]
    fn take_requests(&mut self, row: &Row<'_>, context: Context, entry: &mut Entry) {
        let keys = self.known.keys;
        if context.role != Role::TimeOff {
            let of = (&*entry, keys);
            activities::note_carried(&mut self.normalizer, row, context, of, &mut self.carried);
        } else if entry.id == 0 {
            entry.id = keys.of(row.id_in(Field::Request));
        }
    }

    /// Notes the schedule of a batch record; whether a published one is of a
    /// schedule that is replaced.
    #[inline(never)]
    fn is_replaced(&mut self, row: &Row<'_>, context: Context, entry: Entry) -> bool {
        let schedule = (entry.agent, self.known.keys.of(row.word(Field::Schedule)));
        if context.role == Role::Batch && schedule.1 != 0 {
            self.schedules.insert(schedule);
        }
        context.role == Role::Published && self.known.replaced.contains(&schedule)
    }

    #[cold]
    fn ask(&mut self, source: u16, question: Question) {
        self.undecided.entry(source).or_default().insert(question);
    }

    /// Looks for hours in a shift.
    #[cold]
    fn seek_hours(&mut self, row: &Row<'_>, context: Context, origin: Origin) {
        let midnights = has_midnights_alone(row, context.conventions.order);
        self.seeks_hours = self.oddities.note_midnights(midnights, origin);
    }

    /// Notes what is told once for an input.
    #[cold]
    fn take_oddity(&mut self, row: &Row<'_>, entry: Entry) {
        if entry.traits().any(Traits::UNKNOWN_STATUS) {
            self.take_status(entry);
        }
        self.oddities.note_dates(row, &entry);
    }

    fn take_status(&mut self, entry: Entry) {
        let (flaw, start) = (Flaw::UnknownStatus, Some(entry.start()));
        let (agent, origin) = (entry.agent, entry.origin);
        note_status(&mut self.statuses, Defect { flaw, origin, agent, start, count: 1 });
    }
}
