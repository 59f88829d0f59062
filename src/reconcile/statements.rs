//! Listens to rows for what they say about versions.
//!
//! Only inputs whose records can name a version are listened to, and what is
//! kept of a row is its keys, once for all rows that say the same. A row counts
//! whatever becomes of its times: a record that is cancelled, unassigned or flawed
//! writes its schedule, too.

use super::{Statement, compare_versions};
use crate::model::agents::Agents;
use crate::model::fact::{Notice, NoticeKind};
use crate::model::finding::Record;
use crate::model::keys::{AgentKey, NameKey, QuickMap, RecordKey};
use crate::model::listener::{KeyMakers, Listener, SourceTurn};
use crate::model::row::{Field, Row};
use crate::model::source::{Origin, Role};
use crate::model::version::essence;
use std::sync::Arc;

/// What to listen for in the rows of a source.
#[derive(Debug, Clone, Copy, Default)]
struct Watch {
    batch: bool,
    /// Versions beside schedules.
    versions: bool,
    /// Schedules without a version.
    missing: bool,
    /// Versions beside ids, where there is no schedule.
    of_records: bool,
}

impl Watch {
    /// `known` is whether published records can name a version.
    fn of(turn: SourceTurn<'_>, known: bool) -> Watch {
        const KINDS: [NoticeKind; 4] = [
            NoticeKind::VersionMismatch,
            NoticeKind::VersionMissing,
            NoticeKind::VersionReused,
            NoticeKind::MixedVersion,
        ];
        let batch = turn.role == Role::Batch;
        let is_heard = KINDS.into_iter().any(turn.is_wanted);
        let versions =
            is_heard && (batch || turn.role == Role::Published) && (turn.may_have)(Field::Version);
        let missing = batch && known && (turn.is_wanted)(NoticeKind::VersionMissing);
        let of_records = versions && known && (turn.is_wanted)(NoticeKind::VersionMismatch);
        Watch {
            batch,
            versions,
            missing: missing && (turn.may_have)(Field::Schedule),
            of_records: of_records && turn.ids_name_records,
        }
    }
}

/// What one row says, as keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct RowStatement {
    source: u16,
    schedule: NameKey,
    id: RecordKey,
    agent: AgentKey,
    version: NameKey,
}

impl RowStatement {
    /// All of it in one number: keys are random, and stay so when they are mixed.
    const fn mixed(&self) -> u64 {
        const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut mixed = self.source as u64;
        let parts = [self.schedule.bits(), self.id.bits(), self.agent.bits(), self.version.bits()];
        let mut place = 0;
        while place < parts.len() {
            mixed = (mixed.rotate_left(23) ^ parts[place]).wrapping_mul(ODD);
            place += 1;
        }
        mixed
    }
}

/// What a thread has heard of versions.
#[derive(Default)]
pub struct StatedVersions {
    /// Whether published records can name a version.
    known: bool,
    watch: Watch,
    /// How many rows said the same, and where that is in `said`, by what was said, mixed.
    counts: QuickMap<u64, (u64, usize)>,
    /// What was said, and the first row that did.
    said: Vec<(RowStatement, Origin, bool)>,
}

impl Listener for StatedVersions {
    fn turn_to(&mut self, turn: SourceTurn<'_>) {
        self.watch = Watch::of(turn, self.known);
    }

    #[inline(always)]
    fn hear_row(&mut self, named: KeyMakers<'_>, row: &Row<'_>, origin: Origin) {
        if (self.watch.versions || self.watch.missing) && row.fault.is_none() {
            self.note(named, row, origin);
        }
    }

    fn join(&mut self, other: StatedVersions) {
        for told in other.said {
            let mixed = told.0.mixed();
            let count = other.counts.get(&mixed).map_or(0, |(count, _)| *count);
            self.add(told, count);
            let place = self.counts.get(&mixed).map(|(_, place)| *place);
            if let Some(known) = place.and_then(|place| self.said.get_mut(place)) {
                known.1 = known.1.min(told.1);
            }
        }
    }
}

impl StatedVersions {
    /// Nothing heard so far; whether published records can name a version.
    #[must_use]
    pub fn new(known: bool) -> StatedVersions {
        let (watch, counts) = (Watch::default(), QuickMap::default());
        StatedVersions { known, watch, counts, said: Vec::new() }
    }

    /// Reports what the versions say, once all rows were heard.
    pub fn notices(self, tell: &mut dyn FnMut(Notice)) {
        compare_versions(self.statements(), tell);
    }

    #[inline(never)]
    fn note(&mut self, (keys, agents): KeyMakers<'_>, row: &Row<'_>, origin: Origin) {
        let version = essence(row.word(Field::Version));
        let schedule = row.word(Field::Schedule);
        let of_record = schedule.is_empty() && self.watch.of_records;
        let id = if of_record { row.id() } else { b"" };
        let told = if version.is_empty() {
            self.watch.missing && !schedule.is_empty()
        } else {
            !schedule.is_empty() || !id.is_empty()
        };
        if !told {
            return;
        }
        let said = RowStatement {
            source: origin.source(),
            schedule: keys.of(schedule),
            id: keys.of(id),
            agent: agents.key(keys, row.word(Field::Agent)),
            version: keys.of(version),
        };
        self.add((said, origin, self.watch.batch), 1);
    }

    fn add(&mut self, (said, origin, batch): (RowStatement, Origin, bool), count: u64) {
        let next = self.said.len();
        let known = self.counts.entry(said.mixed()).or_insert((0, next));
        known.0 += count;
        if known.1 == next {
            self.said.push((said, origin, batch));
        }
    }

    /// All that was said.
    fn statements(self) -> Vec<Statement> {
        let StatedVersions { counts, said, .. } = self;
        let statement = |(said, first, batch): (RowStatement, Origin, bool)| Statement {
            batch,
            schedule: said.schedule,
            id: said.id,
            agent: said.agent,
            version: said.version,
            first,
            count: counts.get(&said.mixed()).map_or(0, |(count, _)| *count),
        };
        said.into_iter().map(statement).collect()
    }
}

/// Whether the words of two records show that they do not write the same
/// thing, or do not name the versions, that a notice is about: then two names
/// have one key.
#[must_use]
pub fn contradict(agents: &Agents, notice: &Notice, records: &[Arc<Record>]) -> bool {
    let [one, other, ..] = records else { return false };
    let said = |record: &Record| {
        record.version.as_deref().map_or(Vec::new(), |word| essence(word.as_bytes()).to_vec())
    };
    let same_version = said(one) == said(other);
    one.schedule != other.schedule
        || (one.schedule.is_none() && one.id != other.id)
        || (notice.agent.is_some() && !agents.are_one(&one.agent, &other.agent))
        || same_version != (notice.kind == NoticeKind::VersionReused)
}
