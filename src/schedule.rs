//! Files become a schedule: timelines that visitors walk, and what was noticed beside them.
//!
//! [`with_schedule`] reads the inputs, again where a pass shows that something has to be
//! known of a file first, and hands the [`Schedule`] to a command. [`Schedule::walk`] shows a
//! [`Visitor`] the timeline of every agent, in parallel. A check is one such visitor.

mod agent_lists;

mod collect;

mod collector;

mod counter;

mod folder;

mod listen;

mod open;

mod requests;

pub(crate) mod reopen;

mod survey;

mod swaps;

mod unchanged_times;

mod walk;

pub(crate) mod accepted;

pub(crate) mod activities;

pub(crate) mod base;

pub(crate) mod claims;

pub(crate) mod ids;

pub(crate) mod oddities;

pub(crate) mod readings;

pub(crate) mod remarks;

pub(crate) mod replacements;

pub(crate) mod rivals;

pub mod run;

pub(crate) mod settle;

pub(crate) mod several;

pub(crate) mod spellings;

pub use run::Progress;

pub(crate) use collect::Collected;
pub(crate) use reopen::read_as_agent;
pub use walk::Visitor;

use crate::calendar::{Calendar, OffsetCache};
use crate::error::Error;
use crate::model::agents::Agents;
use crate::model::fact::{Notice, Overlap, OverlapKind};
use crate::model::inventory::ListedRow;
use crate::model::keys::{Keys, QuickSet};
use crate::model::partition::Partition;
use crate::model::settings::{Replace, Settings};
use crate::model::shift::{Entry, Kind, Readings, Traits};
use crate::model::source::{Origin, Repeats};
use crate::model::time::Span;
use crate::normalize::Normalizer;
use crate::read::source::Source;
use crate::reconcile::{ProbableRepeats, Uncarried, take_repeated, take_replaced};
use crate::sweep::Cover;
use crate::thread_pool::ThreadPool;
use base::BaseEntries;
use replacements::CountedRows;
use run::{Again, Run, Surveyed};
use settle::Settled;

/// So many passes in a row cannot be spoilt by keys that two names share: what looks like
/// that each time is a fault of this program, which would never end.
const MOST_COLLISIONS: u32 = 16;

/// All that was read of the inputs, under one set of keys.
pub struct Schedule<'a> {
    pub(crate) run: &'a Run<'a>,
    pub(crate) keys: &'a Keys,
    pub(crate) agents: Agents,
    /// The timelines, and what was noticed while they were read.
    pub(crate) collected: Collected<'a>,
    /// Ids that two records may share.
    pub(crate) probable_repeats: ProbableRepeats,
    /// What was live when the batch was made.
    pub(crate) base: Option<BaseEntries>,
    /// What swaps say, and which of them are in effect.
    pub(crate) settled: Settled,
    /// What the user should know about the lists of agents.
    pub(crate) notes: Vec<(u16, String)>,
}

/// Reads the inputs that the settings name, and hands the schedule to a command.
///
/// The command is called again whenever it answers with [`Again`], on a schedule that was
/// read anew.
///
/// # Errors
/// When the settings make no sense, the system gives no threads, or the run was
/// cancelled. Whatever is wrong with the data is in the schedule.
pub fn with_schedule<Answer>(
    settings: &Settings,
    progress: &Progress,
    command: impl Fn(Schedule<'_>) -> Result<Answer, Again>,
) -> Result<Answer, Error> {
    let calendar = open::calendar(&settings.tzdb)?;
    let zone = open::zone_of(settings, &calendar)?;
    let agent_zones = open::agent_zones(settings, &calendar)?;
    let files = open::ranked(&settings.files)?;
    let pool = ThreadPool::new(settings.jobs.or_else(|| open::small(&files).then_some(1)))?;
    let opened = pool.map(files, |file| Source::open_all(&file, settings));
    let mut sources: Vec<Source> = opened.into_iter().flatten().collect();
    open::few_enough(sources.len())?;
    open::all_sheets(settings, &sources)?;
    folder::read_sheets_once(&mut sources);
    // Some have turned out to be of another role.
    sources.sort_by(|one, other| one.file.cmp(&other.file));
    folder::set_copies_aside(&sources);
    let conventions =
        sources.iter().map(|source| open::conventions(source, settings, &calendar)).collect();
    let shared_ids = vec![None; sources.len()];
    let replaced_days = open::replaced_days(settings, &sources)?;
    let unit = if zone.is_some() { None } else { open::unit_zone(&sources, &calendar) };
    let zone = zone.or(unit.as_ref().map(|(zone, ..)| *zone));
    let mut surveyed = vec![Surveyed::default(); sources.len()];
    if let Some((_, place, zone)) = unit
        && sources.iter().map(Source::facts).any(|of| of.is_of_unit && of.unit_zone.is_none())
    {
        surveyed[usize::from(place)].notes.push(open::note_of_unit(&zone));
    }
    let (calendar, sources, pool): (&Calendar, &[Source], &ThreadPool) =
        (&calendar, &sources, &pool);
    let mut run = Run {
        settings,
        calendar,
        zone,
        agent_zones,
        replaced_days,
        sources,
        pool,
        progress,
        conventions,
        surveyed,
        shared_ids,
        unsent: QuickSet::default(),
    };
    pool.map(sources.iter().collect(), Source::look_ahead);
    let mut collisions = 0;
    loop {
        let keys = Keys::new();
        let again = match Schedule::read(&run, &keys).and_then(&command) {
            Ok(answer) => return Ok(answer),
            Err(again) => again,
        };
        // What was learnt is known from what the next pass forgets.
        if matches!(again, Again::Learnt) {
            sources.iter().for_each(Source::apply_learnt);
        }
        sources.iter().for_each(Source::begin_again);
        match again {
            Again::Cancelled => return Err(Error::cancelled()),
            // What was found by keys that two names share is not known.
            Again::Collision => {
                collisions += 1;
                assert!(collisions < MOST_COLLISIONS, "names share keys whatever the seed is");
                run.shared_ids.fill(None);
                run.unsent.clear();
            }
            Again::Undecided(places) => survey::decide(&mut run, &places),
            Again::Learnt | Again::Completed => {}
            Again::Unsent(records) => run.unsent = records,
            Again::SharedIds(found) => {
                for (place, notice) in found {
                    run.shared_ids[place] = Some(notice);
                }
            }
        }
    }
}

impl<'a> Schedule<'a> {
    /// Reads the inputs once.
    fn read(run: &'a Run<'a>, keys: &'a Keys) -> Result<Schedule<'a>, Again> {
        let lists = agent_lists::read(run, keys);
        let swaps = swaps::read(run, keys, &lists.agents);
        let mut collected = collect::records(run, keys, &lists, &swaps.named);
        if run.progress.is_cancelled() {
            return Err(Again::Cancelled);
        }
        run::ask_all(&mut collected.undecided, swaps.undecided.clone());
        if !collected.undecided.is_empty() {
            return Err(Again::Undecided(std::mem::take(&mut collected.undecided)));
        }
        if run.sources.iter().any(Source::has_learnt) {
            return Err(Again::Learnt);
        }
        if unchanged_times::complete(run, keys, &lists.agents, &collected.half_timed) {
            return Err(Again::Completed);
        }
        let base = base::compare(run, &mut collected);
        let settled = settle::settle(run, &lists.agents, swaps, &mut collected);
        collected.take_notices();
        let probable_repeats = match collected.probable_repeats.take() {
            _ if !ids::wants_ids(run) => ProbableRepeats::default(),
            Some(probable_repeats) => probable_repeats,
            None => ProbableRepeats::among(&collected.partitions, run.pool),
        };
        let agent_lists::AgentLists { agents, notes, .. } = lists;
        Ok(Schedule { run, keys, agents, collected, probable_repeats, base, settled, notes })
    }

    /// Takes the timelines out, to be walked.
    pub fn take_timelines(&mut self) -> Vec<Partition> {
        std::mem::take(&mut self.collected.partitions)
    }

    /// Shows a visitor the timeline of every agent in these partitions, which are all that
    /// there are. Their memory is given back on the way.
    pub fn walk<V: Visitor>(&self, partitions: Vec<Partition>, visitor: &V) -> Vec<V::Found> {
        let count = self.collected.scattered - self.settled.superseded;
        walk::walk(self.run.pool, partitions, count, visitor)
    }

    /// The readings of an entry.
    pub fn readings(&self, entry: &Entry) -> Readings {
        self.collected.readings.get(entry)
    }

    /// The names of the agents whose records begin there, in the order of the files.
    pub fn names_of(&self, origins: &[Origin]) -> Vec<String> {
        self.run.names_of(origins)
    }

    /// Whether two entries do the same to one time, however their times are read.
    pub(crate) fn are_alike(&self, one: &Entry, other: &Entry) -> bool {
        let readings = [one, other].map(|entry| self.readings(entry));
        one.side().kind == other.side().kind
            && readings.iter().all(|of| of.chosen == of.narrowest)
            && readings[0].chosen == readings[1].chosen
    }

    /// The overlap of two entries, as a check would find it; `None` if they share no time.
    pub(crate) fn overlap_of(
        &self,
        [one, other]: [&Entry; 2],
        offset_cache: &mut OffsetCache,
    ) -> Option<Overlap> {
        let readings = [one, other].map(|entry| self.readings(entry));
        let order = |entry: &Entry, of: &Readings| (of.chosen.0, entry.order());
        let swap = order(other, &readings[1]) < order(one, &readings[0]);
        let (earlier, later) = if swap { (other, one) } else { (one, other) };
        let widest = |entry: &Entry| (entry.start(), entry.end());
        let chosen = Span::shared(readings[0].chosen, readings[1].chosen);
        let certain = Span::shared(readings[0].narrowest, readings[1].narrowest).is_some();
        let cross_day = self.day(one, offset_cache) != self.day(other, offset_cache);
        let same_span = readings[0].chosen == readings[1].chosen;
        let sides = (one.side(), other.side());
        let kind = OverlapKind::new(sides.0, sides.1, same_span, cross_day, chosen.is_some());
        Some(Overlap {
            earlier: *earlier,
            later: *later,
            overlap_kind: kind,
            certain,
            shared: chosen.or_else(|| Span::shared(widest(one), widest(other)))?,
            cluster: earlier.origin,
        })
    }

    /// The number of the local day on which an entry starts, as it is read.
    pub(crate) fn day(&self, entry: &Entry, offset_cache: &mut OffsetCache) -> i32 {
        self.run.calendar.day(entry.clock(), self.readings(entry).chosen.0, offset_cache)
    }

    /// Takes the rows that were listed, in the order of the files.
    pub(crate) fn take_rows(&mut self) -> Vec<ListedRow> {
        let mut rows = std::mem::take(&mut self.collected.inventory).into_runs();
        // A stable sort merges runs.
        self.run.pool.sort(&mut rows, ListedRow::cmp);
        rows
    }

    /// Reads rows again as they were read.
    pub(crate) fn normalizer(&self) -> Normalizer<'_> {
        self.run.normalizer(&self.agents, self.keys)
    }

    /// Whether there is an input that can hold a record again.
    pub(crate) fn has_repeats(&self) -> bool {
        self.run.sources.iter().any(|source| source.facts().repeats != Repeats::Never)
    }

    /// Moves records that are an earlier one again to the end of a timeline, and returns how
    /// many entries stay.
    pub(crate) fn take_repeated(&self, timeline: &mut [Entry]) -> usize {
        let Collected { with_parts, parts, .. } = &self.collected;
        let repeats = |entry: &Entry| {
            let source = &self.run.sources[usize::from(entry.origin.source())];
            match source.facts().repeats {
                // A shift without parts that is there twice is two.
                Repeats::InFile if !with_parts.contains(&entry.origin) => Repeats::Never,
                repeats => repeats,
            }
        };
        take_repeated(timeline, repeats, |entry| parts.get(&entry.origin).copied())
    }

    /// Moves what batch records replace to the end of a timeline, and returns how many
    /// entries stay.
    pub(crate) fn take_replaced(
        &self,
        timeline: &mut [Entry],
        tell: &mut dyn FnMut(Notice),
    ) -> usize {
        if self.run.settings.replace != Replace::Id {
            return timeline.len();
        }
        let is_request = |entry: &Entry| self.run.is_request(entry);
        take_replaced(timeline, &self.collected.cancelled, is_request, tell)
    }

    /// What the schedule carries of the requests for time off on a timeline.
    pub(crate) fn uncarried(&self, timeline: &[Entry]) -> Option<Uncarried> {
        let readings = |entry: &Entry| self.readings(entry);
        let may_repeat = |id| self.probable_repeats.contains(id);
        requests::uncarried(self.run, timeline, &self.collected.carried, &may_repeat, &readings)
    }

    /// A timeline without breaks and meals that lie within a shift: they are parts of it.
    pub(crate) fn without_parts(&self, timeline: &[Entry]) -> Vec<Entry> {
        let is_part = |entry: &Entry| entry.traits().any(Traits::PART);
        let shifts = timeline.iter().filter(|entry| entry.side().kind == Kind::Shift);
        let shifts = shifts.filter(|entry| !is_part(entry));
        let cover = Cover::new(shifts.map(|entry| self.readings(entry).chosen).collect());
        let is_within = |entry: &Entry| cover.holds(self.readings(entry).chosen);
        let stays = |entry: &&Entry| !is_part(entry) || !is_within(entry);
        timeline.iter().filter(stays).copied().collect()
    }

    /// Rows that are not counted as records of their own.
    pub(crate) fn counted(&self) -> CountedRows<'_> {
        CountedRows { further: &self.collected.further, partly: &self.collected.partly }
    }
}
