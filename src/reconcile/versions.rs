//! Compares versions of schedules: stale, missing, used twice or mixed.
//!
//! What the records of one file say about one schedule is one write, however
//! many they are. A write is held against the versions that are published, and
//! against the other writes of the same schedule. What a version belongs to is
//! read from the published records: if all of a schedule have one version, it is
//! the schedule's; if those of an agent have, it is the agent's; else it is each
//! record's own. Without any, it is the schedule's.
//!
//! Schedules, agents and versions are keys here; their words are compared by
//! whoever reads them again.

use crate::model::fact::{Detail, Notice, NoticeKind};
use crate::model::keys::{AgentKey, NameKey, QuickMap, QuickSet, RecordKey};
use crate::model::source::Origin;
use crate::model::version::VersionOwner;

/// Records of one file that name one version beside one schedule and agent, or
/// beside one id where they name no schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statement {
    /// Whether they are records of the batch; else they are published.
    pub batch: bool,
    /// The key of the schedule, if they name one.
    pub schedule: NameKey,
    /// The key of the record's id where there is no schedule, else none.
    pub id: RecordKey,
    /// The key of the agent; none for nobody.
    pub agent: AgentKey,
    /// The key of the version, if they name one.
    pub version: NameKey,
    /// The first of these records.
    pub first: Origin,
    /// How many they are.
    pub count: u64,
}

impl Statement {
    const fn of_record(&self) -> bool {
        self.schedule.is_none()
    }
}

/// Finds versions that are stale, missing, used twice or mixed.
pub fn compare_versions(mut statements: Vec<Statement>, tell: &mut dyn FnMut(Notice)) {
    statements.sort_unstable_by_key(|of| (of.schedule, of.id, of.agent, of.first));
    for group in statements.chunk_by(|one, other| thing(one) == thing(other)) {
        let holder = holder(group);
        if holder == VersionOwner::Schedule {
            VersionUnit::of(group.iter(), holder, AgentKey::NONE).judge(tell);
            continue;
        }
        for part in group.chunk_by(|one, other| one.agent == other.agent) {
            let agent = part.first().map_or(AgentKey::NONE, |of| of.agent);
            // What nobody works is no agent's part.
            if agent.is_some() {
                VersionUnit::of(part.iter(), holder, agent).judge(tell);
            }
        }
    }
}

/// The schedule, or the record where there is none.
const fn thing(statement: &Statement) -> (NameKey, RecordKey) {
    (statement.schedule, statement.id)
}

/// What the versions of a schedule belong to. Its statements are sorted by
/// agent.
fn holder(group: &[Statement]) -> VersionOwner {
    if group.first().is_some_and(Statement::of_record) {
        return VersionOwner::Record;
    }
    let live = || group.iter().filter(|of| !of.batch && of.version.is_some());
    let Some(first) = live().next() else { return VersionOwner::Schedule };
    if live().all(|of| of.version == first.version) {
        return VersionOwner::Schedule;
    }
    let mut before = first;
    for of in live() {
        if of.agent == before.agent && of.version != before.version {
            return VersionOwner::Record;
        }
        before = of;
    }
    VersionOwner::Agent
}

/// All that is said about what has one version.
struct VersionUnit<'a> {
    holder: VersionOwner,
    /// The agent whose part it is; none for all of a schedule.
    agent: AgentKey,
    /// The first published record with a version.
    published: Option<Origin>,
    live: QuickSet<NameKey>,
    /// What the batch says, in the order of the records.
    sent: Vec<&'a Statement>,
}

/// What one file says.
struct Write {
    /// Its versions, in the order of the records.
    versions: Vec<Stated>,
    /// Its first record.
    first: Origin,
    count: u64,
}

/// A version, the first record that has it, and how many have.
struct Stated {
    version: NameKey,
    first: Origin,
    count: u64,
}

impl<'a> VersionUnit<'a> {
    fn of(
        statements: impl Iterator<Item = &'a Statement>,
        holder: VersionOwner,
        agent: AgentKey,
    ) -> VersionUnit<'a> {
        let (mut sent, mut live): (Vec<&Statement>, Vec<&Statement>) =
            statements.partition(|of| of.batch);
        live.retain(|of| of.version.is_some());
        sent.sort_unstable_by_key(|of| of.first);
        let published = live.iter().map(|of| of.first).min();
        VersionUnit {
            holder,
            agent,
            published,
            live: live.iter().map(|of| of.version).collect(),
            sent,
        }
    }

    fn judge(&self, tell: &mut dyn FnMut(Notice)) {
        let source = |of: &&Statement| of.first.source();
        let mut used: QuickMap<NameKey, Origin> = QuickMap::default();
        for statements in self.sent.chunk_by(|one, other| source(one) == source(other)) {
            let write = Write::of(statements);
            let mut found = vec![self.mismatch(&write), self.missing(&write)];
            if self.holder != VersionOwner::Record {
                found.extend([self.mixed(&write), self.reused(&write, &used)]);
            }
            found.into_iter().flatten().for_each(&mut *tell);
            for stated in &write.versions {
                used.entry(stated.version).or_insert(stated.first);
            }
        }
    }

    fn notice(&self, kind: NoticeKind, first: Origin, other: Origin, count: u64) -> Notice {
        Notice {
            detail: Detail::Version(self.holder, count),
            ..Notice::about(kind, self.agent, [Some(first), Some(other), None])
        }
    }

    /// Records with a version that no published one has.
    fn mismatch(&self, write: &Write) -> Option<Notice> {
        let published = self.published?;
        let stale = || write.versions.iter().filter(|of| !self.live.contains(&of.version));
        let count = stale().map(|of| of.count).sum();
        Some(self.notice(NoticeKind::VersionMismatch, stale().next()?.first, published, count))
    }

    /// A write without any version, where one is published. A record by itself
    /// may be new, and have none yet.
    fn missing(&self, write: &Write) -> Option<Notice> {
        let published = self.published?;
        let told = write.versions.is_empty() && self.holder != VersionOwner::Record;
        told.then(|| self.notice(NoticeKind::VersionMissing, write.first, published, write.count))
    }

    fn mixed(&self, write: &Write) -> Option<Notice> {
        let [one, other, ..] = &write.versions[..] else { return None };
        let count = write.versions.len() as u64;
        Some(self.notice(NoticeKind::MixedVersion, one.first, other.first, count))
    }

    /// The first version of a write that a write of an earlier file has too.
    fn reused(&self, write: &Write, used: &QuickMap<NameKey, Origin>) -> Option<Notice> {
        let twice = |of: &Stated| Some((of.first, *used.get(&of.version)?));
        let (first, before) = write.versions.iter().find_map(twice)?;
        Some(self.notice(NoticeKind::VersionReused, first, before, write.count))
    }
}

impl Write {
    /// What statements of one file say, which are in the order of the records.
    fn of(statements: &[&Statement]) -> Write {
        let first = statements.first().map_or(Origin::default(), |of| of.first);
        let count = statements.iter().map(|of| of.count).sum();
        let mut stated: Vec<&Statement> =
            statements.iter().copied().filter(|of| of.version.is_some()).collect();
        stated.sort_by_key(|of| of.version);
        let same = stated.chunk_by(|one, other| one.version == other.version);
        let version = |same: &[&Statement]| {
            let count = same.iter().map(|of| of.count).sum();
            same.first().map(|of| Stated { version: of.version, first: of.first, count })
        };
        let mut versions: Vec<Stated> = same.filter_map(version).collect();
        versions.sort_unstable_by_key(|of| of.first);
        Write { versions, first, count }
    }
}

#[cfg(test)]
mod tests {
    use super::{AgentKey, NameKey, RecordKey, Statement, compare_versions};
    use crate::model::fact::Detail;
    use crate::model::fact::NoticeKind::{
        self, MixedVersion, VersionMismatch, VersionMissing, VersionReused,
    };
    use crate::model::source::Origin;
    use crate::model::version::VersionOwner;

    const LIVE: u16 = 9;

    /// A statement about schedule 1: file, place, agent and version.
    fn said(source: u16, place: u64, agent: u64, version: u64) -> Statement {
        let first = Origin::new(source, place);
        Statement {
            batch: source != LIVE,
            schedule: NameKey::from_bits(1),
            id: RecordKey::NONE,
            agent: AgentKey::from_bits(agent),
            version: NameKey::from_bits(version),
            first,
            count: 1,
        }
    }

    /// NoticeKind, agent, the two places, and the detail.
    type Told = (NoticeKind, u64, [(u16, u64); 2], Detail);

    fn told(statements: &[Statement]) -> Vec<Told> {
        let place = |origin: Option<Origin>| origin.map_or((0, 0), |at| (at.source(), at.offset()));
        let mut notices = Vec::new();
        compare_versions(statements.to_vec(), &mut |notice| notices.push(notice));
        let mut told: Vec<Told> = notices
            .iter()
            .map(|notice| {
                let places = [place(notice.records[0]), place(notice.records[1])];
                (notice.kind, notice.agent.bits(), places, notice.detail)
            })
            .collect();
        told.sort_by_key(|(kind, agent, places, _)| (*places, *agent, *kind as u8));
        told
    }

    #[test]
    fn a_schedule_with_one_live_version_is_held_against_it() {
        let live = [said(LIVE, 0, 5, 7), said(LIVE, 1, 6, 7)];
        assert_eq!(told(&[live[0], live[1], said(0, 0, 5, 7), said(0, 1, 8, 7)]), []);
        let stale = [live[0], live[1], said(0, 3, 5, 6), said(0, 2, 8, 6)];
        assert_eq!(
            told(&stale),
            [(VersionMismatch, 0, [(0, 2), (LIVE, 0)], Detail::Version(VersionOwner::Schedule, 2))]
        );
        let missing = [live[0], live[1], said(0, 3, 5, 0), said(0, 2, 8, 0)];
        assert_eq!(
            told(&missing),
            [(VersionMissing, 0, [(0, 2), (LIVE, 0)], Detail::Version(VersionOwner::Schedule, 2))]
        );
        let partly = [live[0], said(0, 3, 5, 0), said(0, 2, 8, 7)];
        assert_eq!(told(&partly), [], "one version is enough for a write");
        let unknown = [said(LIVE, 0, 5, 0), said(0, 3, 5, 0), said(1, 2, 8, 6)];
        assert_eq!(told(&unknown), [], "nothing is asked for that is not published");
    }

    #[test]
    fn files_and_versions_of_one_schedule_are_held_against_each_other() {
        let mixed = [said(0, 0, 5, 6), said(0, 1, 6, 7), said(0, 2, 6, 8)];
        assert_eq!(
            told(&mixed),
            [(MixedVersion, 0, [(0, 0), (0, 1)], Detail::Version(VersionOwner::Schedule, 3))]
        );
        let reused = [said(0, 0, 5, 6), said(1, 1, 6, 6), said(2, 2, 6, 6), said(3, 0, 5, 7)];
        let first = (0, 0);
        assert_eq!(
            told(&reused),
            [
                (VersionReused, 0, [(1, 1), first], Detail::Version(VersionOwner::Schedule, 1)),
                (VersionReused, 0, [(2, 2), first], Detail::Version(VersionOwner::Schedule, 1)),
            ]
        );
    }

    #[test]
    fn agents_can_have_versions_of_their_own() {
        let agents = |count| Detail::Version(VersionOwner::Agent, count);
        let live = [said(LIVE, 0, 5, 3), said(LIVE, 1, 6, 4)];
        let mirrored = [live[0], live[1], said(0, 0, 5, 3), said(0, 1, 6, 4), said(0, 2, 8, 9)];
        assert_eq!(told(&mirrored), [], "an agent that is new has nothing to match");
        let wrong = [live[0], live[1], said(0, 0, 5, 4), said(0, 1, 6, 0), said(1, 2, 5, 4)];
        assert_eq!(
            told(&wrong),
            [
                (VersionMismatch, 5, [(0, 0), (LIVE, 0)], agents(1)),
                (VersionMissing, 6, [(0, 1), (LIVE, 1)], agents(1)),
                (VersionReused, 5, [(1, 2), (0, 0)], agents(1)),
                (VersionMismatch, 5, [(1, 2), (LIVE, 0)], agents(1)),
            ]
        );
        let mixed = [live[0], live[1], said(0, 0, 5, 3), said(0, 1, 5, 4)];
        assert!(told(&mixed).contains(&(MixedVersion, 5, [(0, 0), (0, 1)], agents(2))));
    }

    #[test]
    fn records_can_have_versions_of_their_own() {
        let records = |count| Detail::Version(VersionOwner::Record, count);
        let live = [said(LIVE, 0, 5, 3), said(LIVE, 1, 5, 4), said(LIVE, 2, 6, 8)];
        let sent = [said(0, 0, 5, 3), said(0, 1, 5, 4), said(0, 2, 5, 0), said(1, 3, 5, 3)];
        assert_eq!(told(&[&live[..], &sent].concat()), []);
        let stale = [&live[..], &[said(0, 4, 5, 2), said(0, 5, 6, 4)]].concat();
        assert_eq!(
            told(&stale),
            [
                (VersionMismatch, 5, [(0, 4), (LIVE, 0)], records(1)),
                (VersionMismatch, 6, [(0, 5), (LIVE, 2)], records(1)),
            ]
        );
        let by_id = |source, place, agent, version| Statement {
            schedule: NameKey::NONE,
            id: RecordKey::from_bits(2),
            ..said(source, place, agent, version)
        };
        let sent = [by_id(LIVE, 0, 5, 3), by_id(0, 0, 5, 2), by_id(1, 1, 6, 2), by_id(1, 2, 5, 3)];
        assert_eq!(told(&sent), [(VersionMismatch, 5, [(0, 0), (LIVE, 0)], records(1))]);
    }
}
