//! Facts become rulings: which records wait, whatever else is sent.

use super::batch::Batch;
use super::obstacles::Sends;
use super::{Ruling, Wait};
use crate::analyze::Facts;
use crate::judge::{rule_of_flaw, rule_of_notice};
use crate::model::allowed::AllowedFacts;
use crate::model::fact::{Count, Defect, Detail, Drift, Flaw, Notice, NoticeKind};
use crate::model::fate::Fate;
use crate::model::keys::{AgentKey, NameKey, RecordKey};
use crate::model::rule::Severity;
use crate::model::source::{Origin, Role};
use crate::schedule::Schedule;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// What the facts rule about the records of a batch.
pub(super) struct Rulings<'a> {
    schedule: &'a Schedule<'a>,
    batch: &'a Batch,
    sends: Sends,
    allowed: &'a AllowedFacts,
    pub(super) of_records: Vec<Ruling>,
    /// Whether a side file has a record that cannot be read, and nobody knows whose it is.
    pub(super) unread: bool,
}

impl<'a> Rulings<'a> {
    /// By the facts of a check whose lists are complete.
    pub(super) fn of(
        schedule: &'a Schedule<'a>,
        batch: &'a Batch,
        facts: &Facts,
        (sends, allowed): (Sends, &'a AllowedFacts),
    ) -> Rulings<'a> {
        let of_records = vec![Ruling::Goes; batch.records().len()];
        let mut rulings = Rulings { schedule, batch, sends, allowed, of_records, unread: false };
        let run = schedule.run;
        let of_side = |defect: &&Defect| run.role_of(defect.origin) != Role::Batch;
        let unreadable = facts.defects.iter().filter(of_side).map(|defect| defect.agent).collect();
        let by_agent = places(batch, &unreadable, |record| batch.agents(record));
        for (place, defect) in (0..).zip(&facts.defects) {
            rulings.take_defect((place, defect), facts, &by_agent);
        }
        let first = |notice: &Notice| notice.origins().find_map(|origin| batch.find(origin));
        let of_kinds = |kinds: &'static [NoticeKind]| {
            let notices = facts.notices.iter().filter(move |notice| kinds.contains(&notice.kind));
            notices.filter_map(first)
        };
        let shared = of_kinds(&[NoticeKind::DuplicateId, NoticeKind::IdTaken])
            .map(|record| batch.id(record))
            .collect();
        let by_id = places(batch, &shared, |record| vec![batch.id(record)]);
        let write =
            |record: usize| (batch.records()[record].origin.source(), batch.schedule(record));
        let of_schedules = facts.notices.iter().filter(|notice| is_of_schedule(notice));
        let stale = of_kinds(&[NoticeKind::VersionMismatch, NoticeKind::MixedVersion])
            .chain(of_schedules.filter_map(first));
        let writes = places(batch, &stale.map(write).collect(), |record| vec![write(record)]);
        let mut told = HashSet::new();
        let counts = |(_, notice): &(u32, &Notice)| !allowed.has_notice(notice);
        for (place, notice) in (0..).zip(&facts.notices).filter(counts) {
            let is_of_copies = notice.kind == NoticeKind::DuplicateId;
            let shared = is_of_copies.then(|| first(notice)).flatten();
            // Each of a thousand copies has a notice.
            if shared.is_none_or(|record| told.insert(batch.id(record))) {
                rulings.take_notice(place, notice, &by_id, &writes);
            }
        }
        rulings.take_contradictions();
        rulings
    }

    fn wait(&mut self, record: usize, wait: Wait) {
        if self.of_records[record] == Ruling::Goes {
            self.of_records[record] = Ruling::Waits(wait);
        }
    }

    fn take_defect(
        &mut self,
        (place, defect): (u32, &Defect),
        facts: &Facts,
        by_agent: &HashMap<AgentKey, Vec<u32>>,
    ) {
        let role = self.schedule.run.role_of(defect.origin);
        if role == Role::Batch {
            let record = self.batch.find(defect.origin).filter(|_| self.stops_itself(defect));
            return record.into_iter().for_each(|record| self.wait(record, Wait::Defect(place)));
        }
        let is_unread = rule_of_flaw(defect.flaw).hole.is_some();
        if is_unread || self.is_doubtful(defect, role) {
            let own = by_agent.get(&defect.agent);
            for record in own.into_iter().flatten() {
                self.wait(*record as usize, Wait::Defect(place));
            }
            let is_unknown = || facts.is_of_unknown(defect, &self.schedule.agents);
            self.unread |= is_unread && is_unknown();
        }
    }

    /// Whether a record of the batch waits for a flaw of its own.
    fn stops_itself(&self, defect: &Defect) -> bool {
        // What takes no time was not compared with anything.
        let is_grave = is_error(defect.flaw) || defect.flaw == Flaw::EmptySpan;
        // Nobody can say what time a reversed record takes, so that no allowance is about it.
        is_grave && (defect.flaw == Flaw::Reversed || !self.allowed.has_defect(defect))
    }

    /// Whether a record of a side file may claim other times than it was read with. Unavailable
    /// times are in the way of nothing.
    fn is_doubtful(&self, defect: &Defect, role: Role) -> bool {
        // What has no zone is most often time off by days, whose agent would wait for good.
        matches!(defect.flaw, Flaw::Reversed | Flaw::OffsetMismatch)
            && role != Role::Unavailable
            && !self.allowed.has_defect(defect)
    }

    fn take_notice(
        &mut self,
        place: u32,
        notice: &Notice,
        by_id: &HashMap<RecordKey, Vec<u32>>,
        writes: &HashMap<(u16, NameKey), Vec<u32>>,
    ) {
        let wait = Wait::Notice(place);
        match notice.kind {
            NoticeKind::DuplicateId => self.take_copies(notice, wait, by_id),
            NoticeKind::IdTaken => self.take_taken(notice, wait, by_id),
            NoticeKind::VersionMismatch | NoticeKind::MixedVersion => {
                self.take_write(notice, wait, writes);
            }
            NoticeKind::ChangedSinceRead if is_of_schedule(notice) => {
                self.take_write(notice, wait, writes);
            }
            // A later write is sent with the version that the one before has made.
            NoticeKind::VersionReused => {}
            NoticeKind::SwapOverlap => self.take_swap(notice, wait),
            kind => {
                let decides = rule_of_notice(kind).severity == Some(Severity::Error);
                if decides && !(notice.mild && self.sends.pending) {
                    self.wait_all(notice.origins(), wait);
                }
            }
        }
    }

    fn wait_all(&mut self, origins: impl IntoIterator<Item = Origin>, wait: Wait) {
        let batch = self.batch;
        for record in origins.into_iter().filter_map(|origin| batch.find(origin)) {
            self.wait(record, wait);
        }
    }

    /// All records that a shift would meet wait, of which the notice names the first.
    fn take_swap(&mut self, notice: &Notice, wait: Wait) {
        if notice.mild && self.sends.pending {
            return;
        }
        self.wait_all(notice.origins(), wait);
        let [shift, ..] = notice.records;
        let settled = &self.schedule.settled;
        self.wait_all(shift.into_iter().flat_map(|shift| settled.met_by(shift)), wait);
        if matches!(notice.detail, Detail::Swap(_, Count::AtLeast(_))) {
            // Too many to have met them all.
            for record in 0..self.batch.records().len() {
                if self.batch.agents(record).contains(&notice.agent) {
                    self.wait(record, wait);
                }
            }
        }
    }

    /// Records that share an id wait, except for the first of those that are equal in all their
    /// bytes.
    fn take_copies(&mut self, notice: &Notice, wait: Wait, by_id: &HashMap<RecordKey, Vec<u32>>) {
        let first = notice.origins().find_map(|origin| self.batch.find(origin));
        let Some(sharing) = first.and_then(|record| by_id.get(&self.batch.id(record))) else {
            return;
        };
        let origins: Vec<Origin> =
            sharing.iter().map(|record| self.batch.records()[*record as usize].origin).collect();
        let goes = usize::from(are_equal(self.schedule, &origins));
        for record in sharing.iter().skip(goes) {
            self.wait(*record as usize, wait);
        }
    }

    /// All records of the agent with the id of another one. Of cancelled records only the first
    /// has a notice.
    fn take_taken(&mut self, notice: &Notice, wait: Wait, by_id: &HashMap<RecordKey, Vec<u32>>) {
        let first = notice.origins().find_map(|origin| self.batch.find(origin));
        let sharing = first.and_then(|record| by_id.get(&self.batch.id(record)));
        for record in sharing.into_iter().flatten() {
            if self.batch.agents(*record as usize).contains(&notice.agent) {
                self.wait(*record as usize, wait);
            }
        }
        first.into_iter().for_each(|record| self.wait(record, wait));
    }

    /// Records of an agent with one id wait if some cancel it and others send it: which of them
    /// holds in the end would depend on the order in which they are sent.
    fn take_contradictions(&mut self) {
        let batch = self.batch;
        let cancels =
            |record: usize| matches!(batch.records()[record].fate, Fate::Cancelled | Fate::Deleted);
        let cancelled = (0..batch.records().len()).filter(|record| cancels(*record));
        let ids = cancelled.map(|record| batch.id(record)).filter(|id| id.is_some()).collect();
        for sharing in places(batch, &ids, |record| vec![batch.id(record)]).into_values() {
            // By agent, the first record that sends it and the first that cancels it.
            let mut firsts: HashMap<Vec<AgentKey>, [Option<u32>; 2]> = HashMap::new();
            for record in &sharing {
                let of_agent = firsts.entry(batch.agents(*record as usize)).or_default();
                of_agent[usize::from(cancels(*record as usize))].get_or_insert(*record);
            }
            for record in sharing {
                let others = firsts[&batch.agents(record as usize)];
                if let Some(other) = others[usize::from(!cancels(record as usize))] {
                    self.wait(record as usize, Wait::Contradicted(other));
                }
            }
        }
    }

    /// All records of a file that write what a notice about versions is about.
    fn take_write(
        &mut self,
        notice: &Notice,
        wait: Wait,
        writes: &HashMap<(u16, NameKey), Vec<u32>>,
    ) {
        let Some(origin) = notice.origins().next() else { return };
        let Some(record) = self.batch.find(origin) else { return };
        let schedule = self.batch.schedule(record);
        if schedule.is_none() {
            return self.wait(record, wait);
        }
        for record in writes.get(&(origin.source(), schedule)).into_iter().flatten() {
            let record = *record as usize;
            if notice.agent.is_none() || self.batch.agents(record).contains(&notice.agent) {
                self.wait(record, wait);
            }
        }
    }
}

fn is_error(flaw: Flaw) -> bool {
    rule_of_flaw(flaw).severity == Some(Severity::Error)
}

/// Whether the version changed of a schedule that the batch writes.
const fn is_of_schedule(notice: &Notice) -> bool {
    matches!(notice.detail, Detail::Drift { drift: Drift::Schedule(_), .. })
}

/// The records with each of the wanted keys, in the order of the files.
fn places<Key: Hash + Eq>(
    batch: &Batch,
    wanted: &HashSet<Key>,
    keys: impl Fn(usize) -> Vec<Key>,
) -> HashMap<Key, Vec<u32>> {
    let mut places: HashMap<Key, Vec<u32>> = HashMap::new();
    // Most batches have nothing to look for, and a million records.
    let records = if wanted.is_empty() { 0 } else { batch.records().len() };
    for record in 0..records {
        for key in keys(record).into_iter().filter(|key| wanted.contains(key)) {
            places.entry(key).or_default().push(record as u32);
        }
    }
    places
}

/// Whether records are equal in all that is read of them, and as they are shown.
fn are_equal(schedule: &Schedule<'_>, origins: &[Origin]) -> bool {
    let mut texts = Vec::new();
    let run = schedule.run;
    for of_source in origins.chunk_by(|one, other| one.source() == other.source()) {
        let offsets: Vec<u64> = of_source.iter().map(|origin| origin.offset()).collect();
        let source = &run.sources[usize::from(of_source[0].source())];
        source.index().recall(&offsets, &mut |_, recalled| {
            let words = recalled.row.words().iter().map(|word| word.to_vec()).collect::<Vec<_>>();
            texts.push(((recalled.excerpt)().text, words));
        });
    }
    texts.len() == origins.len() && texts.iter().all(|text| *text == texts[0])
}
