//! Compares what is published with what was live when the batch was made.
//!
//! It is done before swaps move any record, because records are sent as they were written. The
//! entries of the base are on no timeline: they overlap nothing, replace nothing and are not
//! replaced.

use super::collect::{BesideEntries, Collected};
use super::run::Run;
use crate::calendar::OffsetCache;
use crate::drift::{
    DriftedRecord, Leftovers, LiveEntry, RecordVersions, UnitDrift, Writes, WrittenRecords,
    compare as compare_agent, pair,
};
use crate::judge::rule_of_notice;
use crate::model::fact::{Detail, Drift, Notice, NoticeKind, WrittenBy};
use crate::model::keys::{AgentKey, QuickMap, QuickSet, RecordKey};
use crate::model::partition::Partition;
use crate::model::shift::{Entry, Kind};
use crate::model::source::{Origin, Repeats, Role};
use crate::model::time::Instant;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// The entries of the base.
#[derive(Default)]
pub(crate) struct BaseEntries {
    /// By agent, start and place.
    pub(crate) entries: Vec<Entry>,
    /// Those of its agents whom any other input has.
    pub(crate) known: QuickSet<AgentKey>,
    /// Those of its agents whom the batch has.
    pub(crate) sent: QuickSet<AgentKey>,
}

/// The days of a file, from that of its first start to that of its last end.
#[derive(Debug, Clone, Copy, Default)]
struct FirstAndLast {
    first: Option<Entry>,
    last: Option<Entry>,
}

impl FirstAndLast {
    fn note(&mut self, entry: &Entry) {
        if self.first.is_none_or(|first| entry.order() < first.order()) {
            self.first = Some(*entry);
        }
        let end = |of: &Entry| (of.end(), std::cmp::Reverse(of.origin));
        if self.last.is_none_or(|last| end(entry) > end(&last)) {
            self.last = Some(*entry);
        }
    }

    fn join(&mut self, other: FirstAndLast) {
        other.first.into_iter().chain(other.last).for_each(|entry| self.note(&entry));
    }

    fn days(&self, run: &Run<'_>) -> Option<RangeInclusive<i32>> {
        Some(*days(run, &self.first?).start()..=*days(run, &self.last?).end())
    }
}

/// The local days on which an entry claims time.
fn days(run: &Run<'_>, entry: &Entry) -> RangeInclusive<i32> {
    let cache = &mut OffsetCache::default();
    let mut day = |at| run.calendar.day(entry.clock(), at, cache);
    day(entry.start())..=day((entry.end() - 1).max(entry.start()))
}

/// What a partition shows of both files.
#[derive(Default)]
struct PartitionDrift {
    base: BaseEntries,
    leftovers: Leftovers,
    edges: [FirstAndLast; 2],
}

/// Takes the base out of what was collected, if there is one, and notes what the batch writes
/// that changed since.
pub(super) fn compare(run: &Run<'_>, collected: &mut Collected<'_>) -> Option<BaseEntries> {
    let mut beside = collected.beside.take()?;
    let (versions, units) = collected.take_published_versions().compare();
    let both_have_ids = [Role::Published, Role::Base].into_iter().all(|role| {
        let mut all = collected.partitions.iter().chain(&beside.partitions);
        let is_named = |entry: &Entry| entry.id.is_some() && run.role_of(entry.origin) == role;
        all.any(|partition| partition.entries().any(|entry| is_named(&entry)))
    });
    let number_rows = live_places(run).all(|place| run.sources[place].ids_number_rows());
    let comparison = BaseComparison {
        run,
        collected,
        roles: run.sources.iter().map(|source| source.file.role).collect(),
        is_on: run.settings.is_on(rule_of_notice(NoticeKind::ChangedSinceRead).code),
        has_ids: !live_places(run).any(|place| run.shared_ids[place].is_some()),
        by_id: both_have_ids && (!number_rows || run.ids_are_mapped()),
        versions,
    };
    let partitions = std::mem::take(&mut beside.partitions);
    let pairs = collected.partitions.iter().zip(partitions).collect();
    let parts = run.pool.map(pairs, |(timelines, beside)| comparison.part(timelines, beside));
    let (mut base, mut leftovers, mut edges) =
        (BaseEntries::default(), Leftovers::default(), [FirstAndLast::default(); 2]);
    for part in parts {
        base.entries.extend(part.base.entries);
        base.known.extend(part.base.known);
        base.sent.extend(part.base.sent);
        leftovers.join(part.leftovers);
        edges.iter_mut().zip(part.edges).for_each(|(all, own)| all.join(own));
    }
    let mut changes = pair(leftovers);
    let [published, before] = edges.map(|edges| edges.days(run));
    for change in &mut changes {
        let (seen, role, covered) = match (change.now, change.before) {
            (Some(seen), None) => (seen, Role::Base, &before),
            (None, Some(seen)) => (seen, Role::Published, &published),
            _ => continue,
        };
        let own = days(run, &seen.entry);
        change.is_covered = match covered {
            Some(days) => own.start() <= days.end() && days.start() <= own.end(),
            // A file that was read and has no record says that there were none.
            None => is_read(run, role),
        };
    }
    let mut notices = comparison.written(&changes, &beside);
    notices.count += units.len() as u64;
    notices.listed.extend(units.iter().map(notice_of_unit));
    notices.tell(run, collected, [edges[1].last, edges[0].last]);
    Some(base)
}

/// Whether all inputs of a role could be read.
fn is_read(run: &Run<'_>, role: Role) -> bool {
    let own = run.sources.iter().filter(|source| source.file.role == role);
    own.into_iter().all(|source| source.problem().is_none())
}

/// The places of the inputs that are live, or were.
fn live_places<'r>(run: &'r Run<'_>) -> impl Iterator<Item = usize> + 'r {
    (0..run.sources.len()).filter(|place| run.sources[*place].file.role.is_live())
}

/// What the comparison of all partitions has in common.
struct BaseComparison<'c> {
    run: &'c Run<'c>,
    collected: &'c Collected<'c>,
    /// By the place of the source.
    roles: Vec<Role>,
    /// Whether the rule is on.
    is_on: bool,
    /// Whether the ids of both files name records.
    has_ids: bool,
    /// Whether both files have ids, and these do more than number rows.
    by_id: bool,
    /// The versions of records that have their own.
    versions: RecordVersions,
}

impl BaseComparison<'_> {
    fn role(&self, entry: &Entry) -> Role {
        self.roles[usize::from(entry.origin.source())]
    }

    fn seen(&self, mut entry: Entry, is_replaced: bool) -> LiveEntry {
        let source = &self.run.sources[usize::from(entry.origin.source())];
        let repeats = match source.facts().repeats {
            Repeats::Never => false,
            Repeats::ByPart => self.collected.parts.contains_key(&entry.origin),
            Repeats::InFile => self.collected.with_parts.contains(&entry.origin),
            Repeats::BetweenFiles => entry.side().kind != Kind::Shift,
        };
        let time = self.collected.readings.get(&entry).chosen;
        if !self.has_ids {
            entry.id = RecordKey::NONE;
        }
        LiveEntry { entry, time, repeats, is_replaced }
    }

    fn part(&self, timelines: &Partition, beside: Partition) -> PartitionDrift {
        let mut found = PartitionDrift::default();
        let (mut before, mut replaced) = (Vec::new(), Vec::new());
        for entry in beside.entries() {
            if self.role(&entry) == Role::Base { &mut before } else { &mut replaced }.push(entry);
        }
        drop(beside);
        before.sort_unstable_by_key(|entry: &Entry| (entry.agent, entry.order(), entry.end()));
        let agents: QuickSet<AgentKey> = before.iter().map(|entry| entry.agent).collect();
        let mut now: Vec<LiveEntry> = Vec::new();
        for entry in timelines.entries() {
            if agents.contains(&entry.agent) {
                found.base.known.insert(entry.agent);
                if entry.side().batch {
                    found.base.sent.insert(entry.agent);
                }
            }
            if self.is_on && self.role(&entry) == Role::Published {
                found.edges[0].note(&entry);
                now.push(self.seen(entry, false));
            }
        }
        for entry in replaced.into_iter().filter(|_| self.is_on) {
            found.edges[0].note(&entry);
            now.push(self.seen(entry, true));
        }
        before.iter().for_each(|entry| found.edges[1].note(entry));
        if self.is_on {
            now.sort_unstable_by_key(|seen| seen.entry.agent);
            self.compare_agents(&now, &before, &mut found.leftovers);
        }
        found.base.entries = before;
        found
    }

    /// Compares both files agent by agent; both are sorted by agent.
    fn compare_agents(&self, now: &[LiveEntry], before: &[Entry], found: &mut Leftovers) {
        let mut ours = now.chunk_by(|one, other| one.entry.agent == other.entry.agent).peekable();
        let mut theirs = before.chunk_by(|one, other| one.agent == other.agent).peekable();
        let (mut own, mut old) = (Vec::new(), Vec::new());
        let is_rewritten = |now, before| self.versions.differ(now, before);
        loop {
            let agent = match (ours.peek(), theirs.peek()) {
                (None, None) => return,
                (Some(now), None) => now[0].entry.agent,
                (None, Some(before)) => before[0].agent,
                (Some(now), Some(before)) => now[0].entry.agent.min(before[0].agent),
            };
            own.clear();
            old.clear();
            if let Some(now) = ours.next_if(|now| now[0].entry.agent == agent) {
                own.extend_from_slice(now);
            }
            if let Some(before) = theirs.next_if(|before| before[0].agent == agent) {
                old.extend(before.iter().map(|entry| self.seen(*entry, false)));
            }
            compare_agent(&mut own, &mut old, self.by_id, is_rewritten, found);
        }
    }

    /// What the batch writes of the changes.
    fn written(&self, changes: &[DriftedRecord], beside: &BesideEntries) -> DriftFound {
        let mut found = DriftFound::default();
        if changes.is_empty() {
            return found;
        }
        let writes = Writes::of(changes);
        let most = usize::try_from(self.run.settings.max_per_agent).unwrap_or(usize::MAX);
        let of_partition = |partition: &Partition| {
            let mut found = DriftFound::default();
            let is_sent = |entry: &Entry| entry.side().batch && writes.concern(entry);
            let mut sent: Vec<Entry> = partition.those(is_sent);
            sent.sort_unstable_by_key(|entry| (entry.agent, entry.origin, entry.start()));
            let mut listed = (AgentKey::NONE, 0);
            // Copies of a record write the same.
            let mut last: (Vec<WrittenState>, WrittenRecords) = Default::default();
            for record in
                sent.chunk_by(|one, other| (one.agent, one.origin) == (other.agent, other.origin))
            {
                // Ids that no change concerns are alike.
                let state = |entry: &Entry| {
                    let id = Some(entry.id).filter(|id| id.is_none() || writes.concern_id(*id));
                    (id, entry.side().kind, entry.start(), entry.end())
                };
                let states: Vec<_> = record.iter().map(state).collect();
                let Entry { agent, .. } = record[0];
                let sent =
                    SendingRecord { agent, origin: record[0].origin, entry: Some(record[0]) };
                if listed.0 != agent || last.0 != states {
                    let time = |entry: &Entry| self.collected.readings.get(entry).chosen;
                    let entries: Vec<_> = record.iter().map(|one| (*one, time(one))).collect();
                    last = (states, writes.of_record(&entries));
                    found.settle(changes, &sent, &mut last.1);
                }
                if listed.0 != agent {
                    listed = (agent, 0);
                }
                found.take(changes, &sent, &last.1, (&mut listed.1, most));
            }
            found
        };
        let parts = self.run.pool.map(self.collected.partitions.iter().collect(), of_partition);
        parts.into_iter().for_each(|part| found.join(part));
        self.unscheduled(changes, &writes, beside, &mut found, most);
        self.replaced(changes, beside, &mut found);
        found
    }

    /// What cancelled and unassigned batch records write, which claim no time.
    fn unscheduled(
        &self,
        changes: &[DriftedRecord],
        writes: &Writes<'_>,
        beside: &BesideEntries,
        found: &mut DriftFound,
        most: usize,
    ) {
        let cancelled = self.collected.cancelled.named();
        let cancelled =
            cancelled.map(|(agent, name, origin)| (origin, agent, name.id, name.is_shift, true));
        let unassigned = beside
            .unassigned
            .iter()
            .map(|(id, origin)| (*origin, AgentKey::NONE, *id, true, false));
        let mut all: Vec<_> = cancelled.chain(unassigned).collect();
        all.sort_unstable();
        let mut listed: QuickMap<AgentKey, usize> = QuickMap::default();
        for (origin, agent, id, is_shift, is_deleted) in all {
            let mut written = writes.of_name(id, is_shift, is_deleted);
            let sent = SendingRecord { agent, origin, entry: None };
            found.settle(changes, &sent, &mut written);
            found.take(changes, &sent, &written, (listed.entry(agent).or_default(), most));
        }
    }

    /// Changes of what the batch replaces with whole schedules or weeks, and no record of it
    /// writes by itself: the first record of the agent there is named for it.
    fn replaced(&self, changes: &[DriftedRecord], beside: &BesideEntries, found: &mut DriftFound) {
        let is_open = |(place, change): &(u32, &DriftedRecord)| {
            change.now.is_some_and(|now| now.is_replaced) && !found.handled.contains(place)
        };
        let open: Vec<(u32, &DriftedRecord)> = (0..).zip(changes).filter(is_open).collect();
        if open.is_empty() {
            return;
        }
        let parts: QuickMap<Origin, Origin> = beside
            .replaced
            .iter()
            .filter_map(|(origin, part)| Some((*origin, *beside.writers.get(part)?)))
            .collect();
        let sources = self.run.sources;
        let weekly: Vec<usize> =
            (0..sources.len()).filter(|at| sources[*at].weeks().is_some()).collect();
        let agents: QuickSet<AgentKey> =
            open.iter().filter_map(|(_, change)| Some(change.now?.entry.agent)).collect();
        let mut of_agents: QuickMap<AgentKey, Origin> = QuickMap::default();
        for partition in &self.collected.partitions {
            let is_wanted = |entry: &Entry| {
                agents.contains(&entry.agent)
                    && weekly.contains(&usize::from(entry.origin.source()))
            };
            for Entry { agent, origin, .. } in partition.those(is_wanted) {
                let first = of_agents.entry(agent).or_insert(origin);
                *first = origin.min(*first);
            }
        }
        let first = weekly.iter().find_map(|at| {
            Some(Origin::new(u16::try_from(*at).ok()?, sources[*at].first_record()?))
        });
        for (_, change) in open {
            let Some(now) = change.now else { continue };
            let of_part = parts.get(&now.entry.origin).or_else(|| of_agents.get(&now.entry.agent));
            let Some(origin) = of_part.copied().or(first) else { continue };
            let sent = SendingRecord { agent: now.entry.agent, origin, entry: None };
            if change.is_covered {
                found.count += 1;
                found.listed.push(notice(change, &sent, WrittenBy::Whole));
            } else {
                found.note_uncompared(change, &sent);
            }
        }
    }
}

/// What a batch entry writes changes by: its id, kind and time.
type WrittenState = (Option<RecordKey>, Kind, Instant, Instant);

/// A batch record that writes something.
struct SendingRecord {
    agent: AgentKey,
    origin: Origin,
    /// The first of its entries, if it claims time.
    entry: Option<Entry>,
}

/// What the batch writes of the changes.
#[derive(Default)]
struct DriftFound {
    /// How many pairs of a batch record and a changed one there are.
    count: u64,
    /// Those of them that may be listed.
    listed: Vec<Notice>,
    /// The changes that some batch record writes, or that are as it says.
    handled: BTreeSet<u32>,
    /// What could not be compared, of what is published alone and of what the base has alone:
    /// the records, and the first batch record that writes one of them.
    uncompared: [(BTreeSet<Origin>, Option<Origin>); 2],
}

impl DriftFound {
    /// Notes which changes a batch record writes or agrees with, and keeps of them those that are
    /// findings: each once, whose days both files cover.
    fn settle(
        &mut self,
        changes: &[DriftedRecord],
        sent: &SendingRecord,
        written: &mut WrittenRecords,
    ) {
        self.handled.extend(&written.agreed);
        self.handled.extend(written.changes.iter().map(|(change, _)| *change));
        written.changes.retain(|(place, _)| {
            let change = &changes[*place as usize];
            if !change.is_covered {
                self.note_uncompared(change, sent);
            }
            change.is_covered
        });
        // A record of several days is one.
        let origin = |seen: Option<LiveEntry>| seen.map(|seen| seen.entry.origin);
        let origins = |place: u32| {
            let change = &changes[place as usize];
            (origin(change.now), origin(change.before))
        };
        written.changes.sort_by_key(|(place, _)| (origins(*place), *place));
        written.changes.dedup_by_key(|(place, _)| origins(*place));
    }

    /// Takes the findings of a batch record; of `listed`, how many of its agent's are listed, and
    /// how many may be.
    fn take(
        &mut self,
        changes: &[DriftedRecord],
        sent: &SendingRecord,
        written: &WrittenRecords,
        (listed, most): (&mut usize, usize),
    ) {
        self.count += written.changes.len() as u64;
        for (place, by_id) in written.changes.iter().take(most - *listed) {
            *listed += 1;
            let by = if *by_id { WrittenBy::Id } else { WrittenBy::Time };
            self.listed.push(notice(&changes[*place as usize], sent, by));
        }
    }

    fn note_uncompared(&mut self, change: &DriftedRecord, sent: &SendingRecord) {
        let side = usize::from(change.now.is_none());
        let (records, first) = &mut self.uncompared[side];
        records.extend(change.states().map(|seen| seen.entry.origin));
        *first = Some(first.map_or(sent.origin, |first| first.min(sent.origin)));
    }

    fn join(&mut self, other: DriftFound) {
        self.count += other.count;
        self.listed.extend(other.listed);
        self.handled.extend(other.handled);
        for ((records, first), (more, sent)) in self.uncompared.iter_mut().zip(other.uncompared) {
            records.extend(more);
            *first = [*first, sent].into_iter().flatten().min();
        }
    }

    /// Counts and lists what was found. `ends` are the last records of the base and of what is
    /// published.
    fn tell(self, run: &Run<'_>, collected: &mut Collected<'_>, ends: [Option<Entry>; 2]) {
        let ledger = &mut collected.ledger;
        let rule = rule_of_notice(NoticeKind::ChangedSinceRead);
        if let Some(level) = run.settings.levels.get(rule.code).copied() {
            ledger.count(rule, level, self.count);
        }
        self.listed.into_iter().for_each(|notice| ledger.list_scattered(notice));
        for ((records, first), end) in self.uncompared.into_iter().zip(ends) {
            if let (Some(first), Some(end)) = (first, end) {
                let kind = NoticeKind::SideFileCoverage;
                let named = [Some(end.origin), Some(first), records.first().copied()];
                let detail = Detail::Uncompared(records.len() as u64);
                ledger.add_notice(Notice { detail, ..Notice::about(kind, AgentKey::NONE, named) });
            }
        }
    }
}

fn notice_of_unit(unit: &UnitDrift) -> Notice {
    let drift = Drift::Schedule(unit.owner);
    let detail = Detail::Drift { drift, by: WrittenBy::Id, records: unit.count };
    let records = unit.records.map(Some);
    let notice = Notice::about(NoticeKind::ChangedSinceRead, unit.agent, records);
    Notice { detail, ..notice }
}

fn notice(change: &DriftedRecord, sent: &SendingRecord, by: WrittenBy) -> Notice {
    let origin = |seen: Option<LiveEntry>| seen.map(|seen| seen.entry.origin);
    let entry = |seen: Option<LiveEntry>| seen.map(|seen| seen.entry);
    let (now, before) = (change.now, change.before);
    let records = [Some(sent.origin), origin(now), origin(before)];
    let entries = [sent.entry, entry(now), entry(before)];
    let detail = Detail::Drift { drift: change.drift, by, records: 1 };
    Notice {
        start: sent.entry.map(|entry| entry.start()),
        entries,
        detail,
        ..Notice::about(NoticeKind::ChangedSinceRead, sent.agent, records)
    }
}
