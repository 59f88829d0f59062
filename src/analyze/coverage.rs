//! Measures how much of the batch the side files cover.
//!
//! Of each file of published records or time off: how many of the batch's agents have
//! a record there, and on how many of the local days on which batch records start the
//! file has records, of any agent: all days from that of its first start to that of its
//! last end. A file without an agent in common is looked at by the names in it.

mod batches;

mod names;

mod sample;

mod source_times;

use crate::calendar::OffsetCache;
use crate::ledger::FactLedger;
use crate::model::agents::Agents;
use crate::model::fact::{Detail, Notice, NoticeKind};
use crate::model::finding::Coverage;
use crate::model::keys::{AgentKey, QuickSet};
use crate::model::shift::{Entry, Kind};
use crate::model::source::Role;
use crate::model::time::DAY;
use crate::read::source::Source;
use crate::schedule::run::Run;
use source_times::{Edge, SourceTimes, earlier, edges, later};

pub(super) use batches::{BatchTally, are_several};
pub(super) use names::{MatchBy, Stranger, may_name_alike};

/// How many agents of a file are looked at by name: those that come first in it.
const SAMPLE: usize = 512;

/// The least number of names on each side that make it strange that none is in common.
const MANY: usize = 10;

/// The place of the first input, which is the batch's.
const BATCH: usize = 0;

/// So long after the end of a side file a batch can begin and still be the next period.
const NEXT_PERIOD: i64 = 35 * DAY;

/// What timelines show of the batch and its side files.
#[derive(Debug, Default)]
pub(super) struct CoverageTally {
    timelines: u64,
    sources: Vec<SourceTimes>,
    batch: SourceTimes,
    /// The batch record that starts last.
    last_start: Option<Edge>,
    /// Local days on which batch records start.
    days: QuickSet<i32>,
    /// Local days on which there is time off of the side files.
    absent: QuickSet<i32>,
    /// Agents of the batch whom any file of a role has, by the place of the role in [`Role::COMPARED`].
    common: [u64; Role::COMPARED.len()],
    /// Agents of the batch who are in a list of agents.
    listed: u64,
}

/// Whether there is anything that the batch is compared with.
pub(super) fn is_wanted(run: &Run<'_>) -> bool {
    run.sources.iter().any(|source| source.file.role != Role::Batch)
}

impl CoverageTally {
    /// Notes a timeline, before anything on it is replaced.
    pub(super) fn note(
        &mut self,
        run: &Run<'_>,
        agents: &Agents,
        timeline: &[Entry],
        offset_cache: &mut OffsetCache,
    ) {
        self.sources.resize(run.sources.len(), SourceTimes::default());
        self.timelines += 1;
        let sent = timeline.iter().any(|entry| entry.side().batch);
        let agent = timeline.first().map_or(AgentKey::NONE, |entry| entry.agent);
        let listed = agents.lists(agent);
        if sent {
            self.batch.agents += 1;
            self.listed += u64::from(listed);
        }
        for entry in timeline.iter().filter(|entry| entry.side().batch) {
            let (start, end) = edges(entry);
            self.days.insert(run.calendar.day(entry.clock(), entry.start(), offset_cache));
            self.last_start = later(self.last_start, Some(start));
            self.batch.note((start, end), self.timelines);
        }
        self.note_side_files(run, agents, (timeline, sent), offset_cache);
    }

    /// Notes the entries of side files of an agent, and whether the batch has the agent, too.
    pub(super) fn note_side_files(
        &mut self,
        run: &Run<'_>,
        agents: &Agents,
        (timeline, sent): (&[Entry], bool),
        offset_cache: &mut OffsetCache,
    ) {
        self.sources.resize(run.sources.len(), SourceTimes::default());
        self.timelines += 1;
        let listed = timeline.first().is_some_and(|entry| agents.lists(entry.agent));
        let mut common = [false; Role::COMPARED.len()];
        for entry in timeline.iter().filter(|entry| !entry.side().batch) {
            let (start, end) = edges(entry);
            let place = usize::from(entry.origin.source());
            let Some(source) = self.sources.get_mut(place) else { continue };
            let role = run.sources.get(place).map(|source| source.file.role);
            if source.note((start, end), self.timelines) {
                source.agents += 1;
                source.common += u64::from(sent);
                source.unlisted += u64::from(!listed);
            }
            if let Some(common) = role.and_then(side).and_then(|side| common.get_mut(side)) {
                *common = sent;
            }
            if role == Some(Role::TimeOff) && entry.side().kind != Kind::Shift {
                let days = [start, end]
                    .map(|edge| run.calendar.day(edge.entry.clock(), edge.at, offset_cache));
                self.absent.extend((days[0]..=days[1]).take(MOST_ABSENT));
            }
        }
        self.common.iter_mut().zip(common).for_each(|(sum, is)| *sum += u64::from(is));
    }

    /// Adds what another thread noted.
    pub(super) fn join(&mut self, other: CoverageTally) {
        let most = self.sources.len().max(other.sources.len());
        self.sources.resize(most, SourceTimes::default());
        for (own, more) in self.sources.iter_mut().zip(other.sources) {
            own.join(more);
        }
        self.batch.join(other.batch);
        self.last_start = later(self.last_start, other.last_start);
        self.days.extend(other.days);
        self.absent.extend(other.absent);
        self.common.iter_mut().zip(other.common).for_each(|(sum, more)| *sum += more);
        self.listed += other.listed;
    }

    /// What each source covers, and each role.
    pub(super) fn coverage(&self, run: &Run<'_>, agents: &Agents) -> Covered {
        let of = |source: &Source, place: usize| match source.file.role {
            role if Role::COMPARED.contains(&role) => {
                let found = self.sources.get(place).cloned().unwrap_or_default();
                Some(self.covered(run, found.common, (found.first, found.last)))
            }
            Role::Agents => Some(self.covered_by_list(agents)),
            _ => None,
        };
        let by_source = run.sources.iter().enumerate().map(|(place, source)| of(source, place));
        let by_source = by_source.collect();
        let mut by_role = Vec::new();
        for role in Role::COMPARED {
            if run.sources.iter().any(|source| source.file.role == role) {
                let common = side(role).and_then(|side| self.common.get(side));
                let covered =
                    self.covered(run, common.copied().unwrap_or(0), self.edges_of(run, role));
                by_role.push((role, covered));
            }
        }
        if agents.resolved().is_some() {
            by_role.push((Role::Agents, self.covered_by_list(agents)));
        }
        Covered { by_source, by_role }
    }

    fn covered_by_list(&self, agents: &Agents) -> Coverage {
        let names = agents.resolved();
        Coverage { agents: self.listed, of_agents: self.batch.agents, days: None, names }
    }

    fn covered(&self, run: &Run<'_>, agents: u64, edges: (Option<Edge>, Option<Edge>)) -> Coverage {
        let covered = match edges {
            (Some(first), Some(last)) => {
                let (first, last) = (day_of(run, first), day_of(run, last));
                self.days.iter().filter(|day| (first..=last).contains(*day)).count()
            }
            _ => 0,
        };
        let days = Some((covered as u64, self.days.len() as u64));
        Coverage { agents, of_agents: self.batch.agents, days, names: None }
    }

    /// The first and the last record of all files of a role.
    fn edges_of(&self, run: &Run<'_>, role: Role) -> (Option<Edge>, Option<Edge>) {
        let own = run.sources.iter().zip(&self.sources);
        let own = own.filter(|(source, _)| source.file.role == role).map(|(_, found)| found);
        own.fold((None, None), |(first, last), found| {
            (earlier(first, found.first), later(last, found.last))
        })
    }

    /// Reports files and roles that cannot have much to do with the batch, and returns
    /// those whose agents are named in another way.
    pub(super) fn report(&self, run: &Run<'_>, ledger: &mut FactLedger<'_>) -> Vec<Stranger> {
        for role in Role::COMPARED {
            self.time_notice(run, role).into_iter().for_each(|notice| ledger.add_notice(notice));
        }
        if self.batch.agents == 0 {
            return Vec::new();
        }
        let mut strangers = Vec::new();
        for (place, found) in self.sources.iter().enumerate() {
            if found.agents == 0 || found.common > 0 {
                continue;
            }
            let names = |of: &SourceTimes| run.names_of(&of.sample.records());
            let share = |here: &[String], there: &[String]| {
                names::may_share(&names::shapes(here), &names::shapes(there))
            };
            let (here, there) = (names(found), names(&self.batch));
            let kinship = match found.unlisted {
                // A list knows who they are, whatever they are called.
                0 => names::Kinship::Alike(here.len().min(there.len())),
                unlisted
                    if unlisted == found.agents && self.listed > 0 && !share(&here, &there) =>
                {
                    names::Kinship::Strange
                }
                _ if names::are_abridged(&here, &there) => names::Kinship::Strange,
                _ if names::differ_by_separators(&here, &there) => names::Kinship::Strange,
                _ => names::compare(&here, &there),
            };
            match kinship {
                names::Kinship::Alike(least) if least >= MANY => {
                    let records = [found.sample.first(), self.batch.sample.first(), None];
                    let notice = Notice::about(NoticeKind::NoCommonAgent, AgentKey::NONE, records);
                    let agents = (found.agents, self.batch.agents);
                    let detail = Detail::OtherAgents { side_file: agents.0, batch: agents.1 };
                    ledger.add_notice(Notice { detail, ..notice });
                }
                names::Kinship::Alike(_) => {}
                names::Kinship::Strange => {
                    strangers.push(names::stranger(run, (place, &here), (BATCH, &there)));
                }
            }
        }
        strangers
    }

    /// What there is to say about the time that the files of a role cover.
    fn time_notice(&self, run: &Run<'_>, role: Role) -> Option<Notice> {
        let (Some(first), Some(last)) = self.edges_of(run, role) else { return None };
        let (begin, end) = (self.batch.first?, self.batch.last?);
        let about = |kind, edge: Edge, other: Edge| {
            let entries = [Some(edge.entry), Some(other.entry), None];
            let records = entries.map(|entry| entry.map(|entry| entry.origin));
            Notice { entries, ..Notice::about(kind, AgentKey::NONE, records) }
        };
        let apart = |from: Edge, to: Edge| i64::from(day_of(run, to) - day_of(run, from));
        if last.at + NEXT_PERIOD < begin.at {
            let notice = about(NoticeKind::NoCommonAgent, last, begin);
            return Some(Notice { detail: Detail::EndsBefore(apart(last, begin)), ..notice });
        }
        // On the last day of the batch it covers that day.
        if apart(end, first) > 0 {
            let notice = about(NoticeKind::NoCommonAgent, first, end);
            return Some(Notice { detail: Detail::BeginsAfter(apart(end, first)), ..notice });
        }
        // Who is available without end names no time after the last one.
        // What the base does not cover is reported where the batch writes it.
        let is_open = [Role::Unavailable, Role::Base].contains(&role);
        let until = self.last_start.filter(|_| !is_open)?;
        let missing = apart(last, until);
        if missing <= 0 || role == Role::TimeOff && missing <= self.longest_without_absence() {
            return None;
        }
        let covered = self.covered(run, 0, (Some(first), Some(last))).days?;
        let notice = about(NoticeKind::SideFileCoverage, last, until);
        let (covered, all) = covered;
        Some(Notice { detail: Detail::CoveredDays { covered, all }, ..notice })
    }

    /// The most days in a row, between the first and the last with time off, on which
    /// there is none.
    fn longest_without_absence(&self) -> i64 {
        let mut days: Vec<i32> = self.absent.iter().copied().collect();
        days.sort_unstable();
        days.windows(2).map(|pair| i64::from(pair[1] - pair[0]) - 1).max().unwrap_or(0)
    }
}

/// The most days of one time off that are remembered.
const MOST_ABSENT: usize = 1000;

/// What sources cover.
#[derive(Debug, Default)]
pub(super) struct Covered {
    /// By the place of the source.
    pub(super) by_source: Vec<Option<Coverage>>,
    /// By role, over all of its files.
    pub(super) by_role: Vec<(Role, Coverage)>,
}

fn side(role: Role) -> Option<usize> {
    Role::COMPARED.iter().position(|side| *side == role)
}

fn day_of(run: &Run<'_>, edge: Edge) -> i32 {
    run.calendar.day(edge.entry.clock(), edge.at, &mut OffsetCache::default())
}
