//! Compares the versions that are published with those of the base.
//!
//! What a version belongs to shows as in VR101: if all records of a schedule have one, in each of
//! both files, to the schedule; if those of each agent have, to the agent's part of it; else to
//! the record. That of a schedule or part is compared once for all of its records.

use crate::model::fact::NoticeKind;
use crate::model::keys::{AgentKey, NameKey, QuickMap, RecordKey};
use crate::model::listener::{KeyMakers, Listener, SourceTurn};
use crate::model::row::{Field, Row};
use crate::model::source::{Origin, Role};
use crate::model::version::{VersionOwner, essence};
use std::collections::BTreeSet;

/// A row that names a version.
#[derive(Debug, Clone, Copy)]
struct StatedVersion {
    schedule: NameKey,
    agent: AgentKey,
    id: RecordKey,
    version: NameKey,
    origin: Origin,
    is_live: bool,
}

/// The batch records of one file that write an agent's part of a schedule.
type AgentPart = (u16, NameKey, AgentKey);

/// A schedule, or an agent's part of one, whose published version is not that of the base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitDrift {
    /// What the version belongs to.
    pub owner: VersionOwner,
    /// The agent whose part it is; none for a schedule.
    pub agent: AgentKey,
    /// The first record of a batch file that writes it, the first published one with a version,
    /// and that of the base.
    pub records: [Origin; 3],
    /// How many records of the batch file write it.
    pub count: u64,
}

/// The versions of records that have their own, by their places.
#[derive(Debug, Default)]
pub struct RecordVersions(Vec<(Origin, NameKey)>);

impl RecordVersions {
    /// Whether two records both have a version, and not the same.
    #[must_use]
    pub fn differ(&self, now: Origin, before: Origin) -> bool {
        let of = |origin: Origin| {
            let place = self.0.binary_search_by_key(&origin, |(origin, _)| *origin).ok()?;
            Some(self.0[place].1)
        };
        !self.0.is_empty() && of(now).zip(of(before)).is_some_and(|(now, before)| now != before)
    }
}

/// What a thread has heard of versions, if there is a base.
#[derive(Debug, Default)]
pub struct PublishedVersions {
    /// Whether there is a base.
    is_wanted: bool,
    turn: Option<Role>,
    has_ids: bool,
    stated: Vec<StatedVersion>,
    writes: QuickMap<AgentPart, (Origin, u64)>,
}

impl Listener for PublishedVersions {
    fn turn_to(&mut self, turn: SourceTurn<'_>) {
        let has = |field| (turn.may_have)(field);
        let is_heard = match turn.role {
            Role::Batch => has(Field::Schedule),
            Role::Published | Role::Base => has(Field::Version),
            _ => false,
        };
        let is_on = self.is_wanted && (turn.is_wanted)(NoticeKind::ChangedSinceRead);
        self.turn = Some(turn.role).filter(|_| is_on && is_heard);
        self.has_ids = turn.ids_name_records;
    }

    #[inline(always)]
    fn hear_row(&mut self, named: KeyMakers<'_>, row: &Row<'_>, origin: Origin) {
        if let Some(role) = self.turn
            && row.fault.is_none()
        {
            self.note(named, row, origin, role);
        }
    }

    fn join(&mut self, other: PublishedVersions) {
        self.stated.extend(other.stated);
        for (part, (first, count)) in other.writes {
            self.add(part, first, count);
        }
    }
}

impl PublishedVersions {
    /// Nothing heard so far; whether there is a base.
    #[must_use]
    pub fn new(is_wanted: bool) -> PublishedVersions {
        PublishedVersions { is_wanted, ..PublishedVersions::default() }
    }

    #[inline(never)]
    fn note(&mut self, (keys, agents): KeyMakers<'_>, row: &Row<'_>, origin: Origin, role: Role) {
        let schedule = keys.of(row.word(Field::Schedule));
        let agent = agents.key(keys, row.word(Field::Agent));
        if role == Role::Batch {
            if schedule != NameKey::NONE {
                self.add((origin.source(), schedule, agent), origin, 1);
            }
            return;
        }
        let version = keys.of(essence(row.word(Field::Version)));
        let id = if self.has_ids { keys.of(row.id()) } else { RecordKey::NONE };
        if version != NameKey::NONE {
            let is_live = role == Role::Published;
            self.stated.push(StatedVersion { schedule, agent, id, version, origin, is_live });
        }
    }

    fn add(&mut self, part: AgentPart, first: Origin, count: u64) {
        let known = self.writes.entry(part).or_insert((first, 0));
        *known = (known.0.min(first), known.1 + count);
    }

    /// The versions of records that have their own, and the schedules and parts that the batch
    /// writes of which the published version is not that of the base.
    #[must_use]
    pub fn compare(mut self) -> (RecordVersions, Vec<UnitDrift>) {
        self.stated.sort_unstable_by_key(|of| (of.schedule, of.agent, of.id.is_some(), of.origin));
        let mut writes: Vec<(AgentPart, (Origin, u64))> = self.writes.into_iter().collect();
        writes.sort_unstable_by_key(|((_, schedule, agent), of)| (*schedule, *agent, of.0));
        let (mut own_versions, mut units) = (Vec::new(), Vec::new());
        for of_schedule in self.stated.chunk_by(|one, other| one.schedule == other.schedule) {
            let schedule = of_schedule[0].schedule;
            let first = writes.partition_point(|((_, of, _), _)| *of < schedule);
            let own = writes[first..].iter().take_while(|((_, of, _), _)| *of == schedule);
            let own: Vec<(AgentPart, (Origin, u64))> = own.copied().collect();
            let is_written = schedule.is_some() && !own.is_empty();
            if is_written && is_one(of_schedule) {
                compare_unit(VersionOwner::Schedule, of_schedule, &own, &mut units);
                continue;
            }
            let by_agent = || of_schedule.chunk_by(|one, other| one.agent == other.agent);
            let of_agents = is_written && by_agent().all(is_one);
            for of_agent in by_agent() {
                let agent = of_agent[0].agent;
                let own = own.iter().filter(|((.., of), _)| *of == agent);
                let own: Vec<(AgentPart, (Origin, u64))> = own.copied().collect();
                let unnamed = match of_agents && !own.is_empty() {
                    true => of_agent.len(),
                    false => of_agent.partition_point(|of| of.id.is_none()),
                };
                let (unnamed, named) = of_agent.split_at(unnamed);
                compare_unit(VersionOwner::Agent, unnamed, &own, &mut units);
                own_versions.extend(named.iter().map(|of| (of.origin, of.version)));
            }
        }
        own_versions.sort_unstable();
        units.sort_unstable_by_key(|unit| unit.records);
        (RecordVersions(own_versions), units)
    }
}

fn versions(stated: &[StatedVersion], is_live: bool) -> BTreeSet<NameKey> {
    stated.iter().filter(|of| of.is_live == is_live).map(|of| of.version).collect()
}

/// Whether each of both files has one version at most.
fn is_one(stated: &[StatedVersion]) -> bool {
    [true, false].into_iter().all(|is_live| {
        let mut own = stated.iter().filter(|of| of.is_live == is_live);
        own.next().is_none_or(|first| own.all(|of| of.version == first.version))
    })
}

/// Whether both files name versions, and not the same.
fn differs(stated: &[StatedVersion]) -> bool {
    let [now, before] = [true, false].map(|is_live| versions(stated, is_live));
    !now.is_empty() && !before.is_empty() && now != before
}

/// Adds what has one version and changed, for each batch file that writes it.
fn compare_unit(
    owner: VersionOwner,
    stated: &[StatedVersion],
    writes: &[(AgentPart, (Origin, u64))],
    units: &mut Vec<UnitDrift>,
) {
    if writes.is_empty() || !differs(stated) {
        return;
    }
    let first = |is_live| {
        let own = stated.iter().filter(|of| of.is_live == is_live);
        own.map(|of| of.origin).min().unwrap_or_default()
    };
    let agent = if owner == VersionOwner::Schedule { AgentKey::NONE } else { stated[0].agent };
    let sources: BTreeSet<u16> = writes.iter().map(|((source, ..), _)| *source).collect();
    for source in sources {
        let own = || writes.iter().filter(|((of, ..), _)| *of == source).map(|(_, write)| write);
        let Some(sent) = own().map(|(first, _)| *first).min() else { continue };
        let count = own().map(|(_, count)| count).sum();
        units.push(UnitDrift { owner, agent, records: [sent, first(true), first(false)], count });
    }
}
