//! Compares the requests for time off that a batch carries with those of the side files.
//!
//! A schedule that carries time off names its request and the request's version. What became of
//! the request since then is heard from the files of time off: another version, a denial.

use super::Carried;
use crate::model::fact::{Detail, Notice, NoticeKind, SyncState};
use crate::model::keys::{Keys, QuickMap, QuickSet, RecordKey};
use crate::model::listener::{GoneRecord, KeyMakers, Listener, SourceTurn};
use crate::model::row::{Field, Row};
use crate::model::shift::Entry;
use crate::model::source::{Origin, Role};
use crate::model::time::{Instant, wider};
use crate::model::version::essence;

/// What a thread has heard of requests for time off.
#[derive(Default)]
pub struct RequestStates {
    is_heard: bool,
    /// The first record of each request.
    first: QuickMap<RecordKey, Origin>,
    versions: QuickMap<RecordKey, Vec<u64>>,
    /// Those that are not denied or cancelled.
    standing: QuickSet<RecordKey>,
    /// From the first start to the last end.
    range: Option<(Instant, Instant)>,
}

impl Listener for RequestStates {
    fn turn_to(&mut self, turn: SourceTurn<'_>) {
        let has_ids = (turn.may_have)(Field::Id) || (turn.may_have)(Field::Request);
        let is_wanted = (turn.is_wanted)(NoticeKind::StaleSync);
        self.is_heard = turn.role == Role::TimeOff && is_wanted && has_ids;
    }

    fn hear_absence(&mut self, (keys, _): KeyMakers<'_>, row: &Row<'_>, entry: &Entry) {
        if self.is_heard {
            self.note(keys, row, entry.origin);
            self.standing.extend(request_of(keys, row));
            self.range = wider(self.range, Some((entry.start(), entry.end())));
        }
    }

    fn hear_cancelled(&mut self, (keys, _): KeyMakers<'_>, row: &Row<'_>, gone: GoneRecord) {
        if self.is_heard {
            self.note(keys, row, gone.origin);
        }
    }

    fn join(&mut self, other: RequestStates) {
        for (request, origin) in other.first {
            self.add(request, origin);
        }
        for (request, versions) in other.versions {
            self.versions.entry(request).or_default().extend(versions);
        }
        self.standing.extend(other.standing);
        self.range = wider(self.range, other.range);
    }
}

impl RequestStates {
    fn note(&mut self, keys: &Keys, row: &Row<'_>, origin: Origin) {
        let Some(request) = request_of(keys, row) else { return };
        self.add(request, origin);
        if let Some(version) = sync_version(row) {
            let versions = self.versions.entry(request).or_default();
            if !versions.contains(&version) {
                versions.push(version);
            }
        }
    }

    fn add(&mut self, request: RecordKey, origin: Origin) {
        let known = self.first.entry(request).or_insert(origin);
        *known = origin.min(*known);
    }

    /// Reports the requests that records of the batch carry and that are not as they say, once
    /// for each agent and request. What is carried is sorted by both.
    pub fn notices(&self, carried: &[Carried], tell: &mut dyn FnMut(Notice)) {
        if self.first.is_empty() {
            return;
        }
        let request = |of: &Carried| (of.by.agent, of.request);
        let of_one = carried.chunk_by(|one, other| request(one) == request(other));
        for same in of_one.filter(|same| same.iter().any(|of| of.request.is_some())) {
            let stale = same.iter().filter_map(|of| Some((of, self.state_of(of)?)));
            let stale: Vec<(&Carried, SyncState)> = stale.collect();
            let Some((of, state)) = stale.first() else { continue };
            let mut origins: Vec<Origin> = stale.iter().map(|(of, _)| of.by.origin).collect();
            origins.sort_unstable();
            origins.dedup();
            let detail = Detail::Sync { state: *state, records: origins.len() as u64 };
            let known = self.first.get(&of.request).copied();
            tell(Notice { detail, ..Notice::of(NoticeKind::StaleSync, &of.by, known) });
        }
    }

    /// What is wrong with a request that a record of the batch carries.
    fn state_of(&self, of: &Carried) -> Option<SyncState> {
        if !of.by.side().batch {
            return None;
        }
        if !self.first.contains_key(&of.request) {
            let (first, last) = self.range?;
            let is_covered = first <= of.span.start() && of.span.end() <= last;
            return is_covered.then_some(SyncState::Missing);
        }
        if !self.standing.contains(&of.request) {
            return Some(SyncState::Cancelled);
        }
        let (carried, known) = (of.version?, self.versions.get(&of.request)?);
        let latest = known.iter().max().copied()?;
        (!known.contains(&carried)).then_some(SyncState::Changed { carried, latest })
    }
}

/// The version of a request that a record names: its own, or of the one that it carries.
#[must_use]
pub fn sync_version(row: &Row<'_>) -> Option<u64> {
    str::from_utf8(essence(row.word(Field::SyncVersion))).ok()?.parse().ok()
}

/// The request that a record of time off is, or is of.
fn request_of(keys: &Keys, row: &Row<'_>) -> Option<RecordKey> {
    let own: RecordKey = keys.of(row.id());
    let request = if own.is_some() { own } else { keys.of(row.id_in(Field::Request)) };
    Some(request).filter(|request| request.is_some())
}
