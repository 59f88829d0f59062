//! Rows become entries, defects and counts, by one thread.

mod beside;

mod details;

use super::activities;
use super::claims::Claims;
use super::counter::FateCounter;
use super::listen::Heard;
use super::oddities::Oddities;
use super::readings::{NotedReadings, SharedReadings};
use super::rivals::Rivals;
use super::run::{Run, Undecided};
use super::unchanged_times::HalfTimedChange;
use crate::group::Scatter;
use crate::ledger::FactLedger;
use crate::model::agents::Agents;
use crate::model::fact::{Defect, Flaw, Misfits};
use crate::model::fate::Fate;
use crate::model::inventory::{Inventory, ListedRow};
use crate::model::keys::{AgentKey, Keys, NameKey, QuickMap, QuickSet, RecordKey};
use crate::model::listener::{GoneRecord, Listener};
use crate::model::nobody::is_nobody;
use crate::model::row::{Field, Row};
use crate::model::settings::ListedRows;
use crate::model::shift::{Entry, Kind, Traits};
use crate::model::source::{Origin, Repeats, Role};
use crate::model::time::Instant;
use crate::normalize::{Context, Normalizer, Outcome, unfold};
use crate::read::half_timed::HalfTimed;
use crate::reconcile::{
    BloomFilter, CancelledRecords, Carried, FilterWriter, Inserted, RecordName,
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::{ControlFlow, Range};

/// Partitions are two to the power of this: so many that sorting one takes
/// little memory beside all others.
const PARTITION_BITS: u32 = 7;

/// Traits of entries that are told once for an input.
const ODD: Traits = Traits::UNKNOWN_STATUS.with(Traits::OTHER_DATE).with(Traits::TOO_LONG);

/// An agent's part of a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct AgentSchedule {
    pub(super) agent: AgentKey,
    pub(super) schedule: NameKey,
}

/// What only a comparison with the base needs.
#[derive(Debug)]
pub(super) struct BesideTimelines {
    /// Entries of the base, and published ones that the batch replaces with a whole schedule or
    /// week.
    pub(super) scatter: Scatter,
    /// The schedules of the latter, if the batch replaces schedules.
    pub(super) replaced: Vec<(Origin, AgentSchedule)>,
    /// The first batch record of each schedule and agent.
    pub(super) writers: QuickMap<AgentSchedule, Origin>,
    /// Unassigned batch records that have an id.
    pub(super) unassigned: Vec<(RecordKey, Origin)>,
}

impl Default for BesideTimelines {
    fn default() -> BesideTimelines {
        BesideTimelines {
            scatter: Scatter::new(PARTITION_BITS),
            replaced: Vec::new(),
            writers: QuickMap::default(),
            unassigned: Vec::new(),
        }
    }
}

impl BesideTimelines {
    /// Notes that a batch record writes an agent's part of a schedule.
    pub(super) fn note_writer(&mut self, part: AgentSchedule, origin: Origin) {
        let first = self.writers.entry(part).or_insert(origin);
        *first = origin.min(*first);
    }
}

/// What is known while records are read.
#[derive(Clone, Copy)]
pub(super) struct CollectContext<'a> {
    pub(super) keys: &'a Keys,
    pub(super) agents: &'a Agents,
    /// The ids of shifts that swaps name.
    pub(super) named: &'a QuickSet<RecordKey>,
    /// Agents and schedules whose published records are replaced.
    pub(super) replaced: &'a HashSet<AgentSchedule>,
    /// The filter of ids, if anything asks for repeats.
    pub(super) id_filter: Option<&'a BloomFilter>,
    /// What times mean that can be read in two ways.
    pub(super) forms: &'a SharedReadings,
}

/// What one thread has collected.
pub(super) struct Collector<'a> {
    run: &'a Run<'a>,
    known: CollectContext<'a>,
    pub(super) left_out: Vec<RecordKey>,
    normalizer: Normalizer<'a>,
    pub(super) scatter: Scatter,
    /// What is compared with the base, if there is one, and is on no timeline.
    pub(super) beside: Option<BesideTimelines>,
    id_writer: FilterWriter<'a>,
    /// What it inserted, once all is read.
    pub(super) inserted_ids: Inserted,
    pub(super) readings: NotedReadings<'a>,
    pub(super) ledger: FactLedger<'a>,
    pub(super) misfits: Vec<Misfits>,
    /// Whether any rule asks for activities.
    activities: bool,
    pub(super) statuses: BTreeMap<u16, Defect>,
    pub(super) counter: FateCounter,
    pub(super) rivals: Rivals,
    pub(super) claims: Claims,
    /// Lines of totals by the word for their agent, which may be one.
    pub(super) totals: Vec<(AgentKey, Origin)>,
    pub(super) oddities: Oddities,
    /// The agents and spans of the record at hand, where numbered columns give several,
    /// each with the column of its start.
    spans: Vec<(AgentKey, Range<Instant>, String)>,
    /// Whether the ids of the source at hand name something other than records, so
    /// that its records have none.
    shared_ids: bool,
    /// Whether no shift of the source at hand was met that has any hours but midnight.
    seeks_hours: bool,
    /// How many entries of each source have an id.
    pub(super) with_ids: Vec<u64>,
    /// Whether entries of the source at hand may be on no timeline: the batch can replace whole
    /// schedules or weeks, or it is the base.
    diverts: bool,
    /// Records of files that repeat a shift for each of its parts, if they have one.
    pub(super) with_parts: HashSet<Origin>,
    /// The part that a record tells beside its shift, in files that repeat a shift so.
    pub(super) parts: HashMap<Origin, NameKey>,
    pub(super) cancelled: CancelledRecords,
    pub(super) carried: Vec<Carried>,
    pub(super) half_timed: Vec<HalfTimedChange>,
    pub(super) inventory: Inventory,
    pub(super) undecided: Undecided,
    pub(super) schedules: HashSet<AgentSchedule>,
    pub(super) heard: Heard,
}

impl<'a> Collector<'a> {
    /// Nothing collected so far.
    pub(super) fn new(run: &'a Run<'a>, known: CollectContext<'a>) -> Collector<'a> {
        let CollectContext { keys, agents, .. } = known;
        Collector {
            run,
            known,
            left_out: Vec::new(),
            normalizer: run.normalizer(agents, keys),
            scatter: Scatter::new(PARTITION_BITS),
            beside: run.has_base().then(BesideTimelines::default),
            id_writer: FilterWriter::new(known.id_filter),
            inserted_ids: Inserted::default(),
            readings: NotedReadings::new(known.forms),
            ledger: FactLedger::new(run.settings),
            misfits: Vec::new(),
            activities: activities::are_wanted(run.settings),
            statuses: BTreeMap::new(),
            counter: FateCounter::new(run.sources.len()),
            rivals: Rivals::default(),
            claims: Claims::default(),
            totals: Vec::new(),
            oddities: Oddities::default(),
            spans: Vec::new(),
            shared_ids: false,
            seeks_hours: false,
            with_ids: vec![0; run.sources.len()],
            diverts: run.replaces_whole(),
            with_parts: HashSet::new(),
            parts: HashMap::new(),
            cancelled: CancelledRecords::default(),
            carried: Vec::new(),
            half_timed: Vec::new(),
            inventory: Inventory::default(),
            undecided: Undecided::new(),
            schedules: HashSet::new(),
            heard: Heard::new(run),
        }
    }

    /// Takes blocks of a source until it has none left.
    pub(super) fn drain(&mut self, place: usize, buffer: &mut Vec<u8>) {
        let source = &self.run.sources[place];
        let conventions = self.run.conventions[place];
        self.heard.turn_to_source(self.run, place);
        self.shared_ids = self.run.shared_ids[place].is_some();
        self.diverts = self.run.replaces_whole() || source.file.role == Role::Base;
        self.seeks_hours = source.file.role.claims_time() && !conventions.whole_days;
        let is_partly_sent = source.file.role == Role::Batch && !self.run.unsent.is_empty();
        while !self.undecided.contains_key(&(place as u16))
            && !source.ends_early()
            && !self.run.progress.is_cancelled()
            && let Some(handle) = source.next_block(buffer)
        {
            let context = Context { role: source.file.role, conventions };
            source.read(handle, buffer, &mut |row, offset| {
                let origin = Origin::new(place as u16, offset);
                if !is_partly_sent || self.take_unsent(row, context, origin).is_continue() {
                    self.take(row, context, origin);
                }
            });
            self.with_ids[place] += self.id_writer.take_pushed();
            self.counter.flush(place);
            self.run.progress.add_bytes(buffer.len() as u64);
        }
    }

    /// Ends the reading.
    pub(super) fn finish(mut self) -> Collector<'a> {
        self.inserted_ids = std::mem::take(&mut self.id_writer).finish();
        self
    }

    /// Counts and lists a record that the plan at hand does not send.
    #[cold]
    fn take_unsent(&mut self, row: &Row<'_>, context: Context, origin: Origin) -> ControlFlow<()> {
        let record = if row.continues { self.counter.record() } else { origin };
        if !self.run.unsent.contains(&record) {
            return ControlFlow::Continue(());
        }
        self.note_left_out(row);
        self.counter.add(row, origin, Fate::Unsent);
        self.list_row(row, context, origin, Fate::Unsent);
        ControlFlow::Break(())
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

    /// Takes a record that is not of the usual form.
    #[inline(never)]
    fn take_otherwise(&mut self, row: &Row<'_>, context: Context, origin: Origin) {
        let Some(days) = unfold(row, context.conventions.order) else {
            let outcome = self.normalizer.read_fully(row, context, origin);
            self.take_outcome(row, context, origin, outcome);
            return;
        };
        // One day may be there twice, in two spellings; a record does not overlap itself.
        // Of days that cannot be used the first is reported for all.
        let mut taken = BTreeSet::new();
        let mut continues = row.continues;
        for mut day in days {
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

    fn take_outcome(&mut self, row: &Row<'_>, context: Context, origin: Origin, outcome: Outcome) {
        match outcome {
            Outcome::Entry(entry, readings) => {
                readings.into_iter().for_each(|readings| self.readings.note(&entry, readings));
                return self.take_entry(row, context, entry);
            }
            Outcome::Asks(question) => self.ask(origin.source(), question),
            _ => {}
        }
        self.note_left_out(row);
        if matches!(outcome, Outcome::Defect(Flaw::Absent(_), ..)) {
            self.note_half_timed(row, origin);
        }
        // With a question the pass is void; what goes on with the record still finds it counted.
        let fate = outcome.fate().unwrap_or(Fate::Unreadable);
        self.counter.add(row, origin, fate);
        self.list_row(row, context, origin, fate);
        match outcome {
            Outcome::Cancelled(is_shift) | Outcome::Deleted(is_shift) => {
                self.take_cancelled(row, context, is_shift, origin);
            }
            // What is live stays as it is.
            Outcome::Denied => self.hear_gone(row, context, GoneRecord { is_shift: true, origin }),
            Outcome::DayOff => self.take_cancelled(row, context, true, origin),
            Outcome::Open | Outcome::Agentless => {
                self.note_unassigned(row, context, origin);
                let name = row.word(Field::Name);
                if !name.is_empty() && is_nobody(row.word(Field::Agent)) {
                    self.claims.note_name(self.known.agents.key(self.known.keys, name), origin);
                }
            }
            Outcome::Total => {
                let agent = self.agent_key(row);
                self.totals.extend(agent.is_some().then_some((agent, origin)));
            }
            Outcome::NoHours => {
                let source = &self.run.sources[usize::from(origin.source())];
                self.oddities.note_hourless(row, origin, source.names_in_records());
            }
            Outcome::Defect(flaw, agent, start) => {
                if let (Flaw::EmptySpan, Some(start)) = (flaw, start)
                    && self.normalizer.is_time_off(row, context.role)
                {
                    let of = (agent, start, origin);
                    self.oddities.note_empty(row, of, context.conventions.order);
                }
                self.ledger.add_defect(Defect { flaw, origin, agent, start, count: 1 });
            }
            Outcome::Entry(..)
            | Outcome::Asks(_)
            | Outcome::Draft
            | Outcome::Available
            | Outcome::Header => {}
        }
    }

    /// Lists a row, if that is asked for.
    #[cold]
    fn list_row(&mut self, row: &Row<'_>, context: Context, origin: Origin, fate: Fate) {
        let hides_id = match self.run.settings.listed_rows {
            ListedRows::Nothing => return,
            ListedRows::Batch if context.role != Role::Batch => return,
            ListedRows::Batch => self.shared_ids,
            ListedRows::All if context.role == Role::Base => return,
            ListedRows::All => false,
        };
        let CollectContext { keys, agents, .. } = self.known;
        self.inventory.add(ListedRow {
            record: self.counter.record(),
            origin,
            agent: agents.key(keys, row.word(Field::Agent)),
            schedule: keys.of(row.word(Field::Schedule)),
            id: if hides_id { RecordKey::NONE } else { keys.of(row.id()) },
            fate,
            is_versioned: !row.word(Field::Version).is_empty(),
            element: origin.offset() - row.offset as u64 + row.restart as u64,
            stands_alone: row.continues || row.restart == row.offset,
        });
    }

    fn agent_key(&self, row: &Row<'_>) -> AgentKey {
        self.known.agents.key(self.known.keys, row.word(Field::Agent))
    }

    /// Notes a record that is left out, if a swap names it.
    fn note_left_out(&mut self, row: &Row<'_>) {
        if !self.known.named.is_empty() && !self.shared_ids {
            let id = self.known.keys.of(row.id());
            self.left_out.extend(self.known.named.contains(&id).then_some(id));
        }
    }

    /// Notes a change that names a start or a length alone: the published record has the other.
    fn note_half_timed(&mut self, row: &Row<'_>, origin: Origin) {
        let source = &self.run.sources[usize::from(origin.source())];
        if source.holds_changes() && HalfTimed::of_row(row).is_some() {
            let (agent, id) = (self.agent_key(row), self.known.keys.of(row.id()));
            self.half_timed.push(HalfTimedChange { agent, id, origin });
        }
    }

    fn take_cancelled(&mut self, row: &Row<'_>, context: Context, is_shift: bool, origin: Origin) {
        let id = match self.shared_ids {
            true => RecordKey::NONE,
            false => self.known.keys.of(row.id()),
        };
        self.hear_gone(row, context, GoneRecord { is_shift, origin });
        if context.role == Role::Batch && id.is_some() {
            self.cancelled.add(self.agent_key(row), RecordName { id, is_shift }, origin);
        } else if context.role == Role::Batch && !is_shift {
            self.take_cancelled_days(row, context, origin);
        }
    }

    /// Tells the listeners of a record that does not hold, and notes the schedule that it writes.
    fn hear_gone(&mut self, row: &Row<'_>, context: Context, gone: GoneRecord) {
        let schedule: NameKey = self.known.keys.of(row.word(Field::Schedule));
        let named = (self.known.keys, self.known.agents);
        self.heard.hear_cancelled(named, row, gone);
        if context.role == Role::Batch && schedule.is_some() {
            let agent = self.agent_key(row);
            self.note_schedule(AgentSchedule { agent, schedule }, gone.origin);
        }
    }

    /// Notes the time of time off that is marked as deleted and has no id.
    fn take_cancelled_days(&mut self, row: &Row<'_>, context: Context, origin: Origin) {
        let mut unmarked = row.clone();
        [Field::Deleted, Field::Cancelled].into_iter().for_each(|mark| unmarked.set(mark, b""));
        if let Outcome::Entry(entry, _) = self.normalizer.read(&unmarked, context, origin) {
            self.cancelled.add_unnamed(&entry);
        }
    }

    #[inline(always)]
    fn take_entry(&mut self, row: &Row<'_>, context: Context, mut entry: Entry) {
        if self.shared_ids {
            entry.id = RecordKey::NONE;
        }
        self.heard.hear_entry((self.known.keys, self.known.agents), row, &entry);
        if self.diverts && self.divert(row, context, &entry).is_break() {
            return;
        }
        self.counter.add_entry(row, entry.origin);
        if self.run.settings.listed_rows != ListedRows::Nothing {
            self.list_row(row, context, entry.origin, Fate::Checked);
        }
        if row.raw(Field::Activities).len() | row.raw(Field::Request).len() != 0 {
            self.take_activities(row, context, &entry);
            self.take_requests(row, context, &mut entry);
            let source = &self.run.sources[usize::from(entry.origin.source())];
            if source.facts().repeats == Repeats::InFile {
                self.with_parts.insert(entry.origin);
            }
        }
        if !row.raw(Field::WithStart).is_empty() {
            self.note_part(row, entry.origin);
        }
        if entry.side().kind != Kind::Shift {
            self.heard.hear_absence((self.known.keys, self.known.agents), row, &entry);
            self.take_absence(row, context, &entry);
            let source = &self.run.sources[usize::from(entry.origin.source())];
            if entry.id.is_none() && source.holds_changes() {
                self.cancelled.add_unnamed(&entry);
            }
        } else if self.seeks_hours {
            self.seek_hours(row, context, entry.origin);
        }
        if entry.traits().any(ODD) {
            self.take_oddity(row, entry);
        }
        self.id_writer.push(entry.id);
        self.scatter.push(entry);
    }
}

/// Keeps the first record of each source whose status is in no list, and how
/// many there are.
pub(super) fn note_status(statuses: &mut BTreeMap<u16, Defect>, defect: Defect) {
    let known = statuses.entry(defect.origin.source()).or_insert(Defect { count: 0, ..defect });
    let count = known.count + defect.count;
    if defect.origin < known.origin {
        *known = defect;
    }
    known.count = count;
}
