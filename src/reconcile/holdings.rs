//! Records who has which id, and whether ids name records.
//!
//! Of each agent and id that may stand on several records one [`Holding`] is kept
//! for each file, however many records that are. Once all agents are through, the
//! holdings of an id stand together: which batch records share it, and whose it is
//! among published ones. Whether a column holds ids of records at all is told by
//! how many records share theirs; see [`Sharing`].

use super::shift_ids::{RepeatedIds, are_parts};
use crate::model::fact::{Notice, NoticeKind};
use crate::model::keys::{AgentKey, RecordKey};
use crate::model::shift::{Entry, Kind};
use crate::model::source::Origin;
use crate::model::time::{DAY, Instant};
use std::collections::{BTreeMap, BTreeSet};

const WEEK: i64 = 7 * DAY;

/// The records of one agent in one file that have one id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Holding {
    id: RecordKey,
    agent: AgentKey,
    /// The record that stands first.
    first: Origin,
    /// When it starts.
    start: Instant,
    /// How many there are, without those that go on with a record of another agent: 0
    /// if there are no others.
    count: u32,
    /// Whether they are the batch's; else they are published.
    sent: bool,
    /// Whether they are time off, whose ids are counted separately.
    off: bool,
    /// Whether the agent's records with this id, in all files of the batch or in
    /// all published ones, are of several days.
    several_days: bool,
    /// Whether there are several, which can be the parts of one shift.
    of_parts: bool,
}

/// Batch records that would replace a published one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Replacing {
    /// How many there are.
    pub records: u64,
    /// How many start at least half a day apart from it.
    pub apart: u64,
    /// How many start whole weeks before or behind it, by less than half a day.
    pub by_weeks: u64,
}

/// A batch record that is not the first of its holding, and may be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Further {
    id: RecordKey,
    agent: AgentKey,
    off: bool,
    record: Origin,
    start: Instant,
}

/// Ids that may stand on several records, and who has them.
#[derive(Debug, Default)]
pub struct Holdings {
    all: Vec<Holding>,
    further: Vec<Further>,
}

/// What ids say.
#[derive(Debug, Clone)]
pub enum OfIds {
    /// So many more findings of this kind.
    Count(NoticeKind, u64),
    /// One of them, which may be listed.
    Notice(Box<Notice>),
}

/// The ids of shifts and of time off are told apart: they are counted separately
/// where they come from.
const fn is_off(entry: &Entry) -> bool {
    !matches!(entry.side().kind, Kind::Shift)
}

impl Holdings {
    /// Adds what one agent has, given the places on their timeline of records whose
    /// ids may be others', too. `day` gives the number of the local day on which a
    /// record starts. A record of several agents is that of the first of them; `goes_on` says
    /// where it goes on with the others. Of each agent `most` records are listed for each
    /// matter.
    pub fn add(
        &mut self,
        timeline: &[Entry],
        places: &mut [u32],
        mut day: impl FnMut(&Entry) -> i32,
        goes_on: impl Fn(Origin) -> bool,
        most: usize,
    ) {
        let at = |place: &u32| &timeline[*place as usize];
        let class = |entry: &Entry| (entry.id, is_off(entry), !entry.side().batch);
        places.sort_unstable_by_key(|place| {
            let entry = at(place);
            (class(entry), entry.origin, entry.start())
        });
        let (mut own, mut strange) = (Vec::new(), Vec::new());
        for of_id in places.chunk_by(|one, other| at(one).id == at(other).id) {
            for same in of_id.chunk_by(|one, other| class(at(one)) == class(at(other))) {
                let has_published = |off| {
                    let published =
                        |place: &u32| !at(place).side().batch && is_off(at(place)) == off;
                    of_id.iter().any(published)
                };
                let Some(first) = same.first().map(at) else { continue };
                let further = match first.side().batch {
                    true if has_published(is_off(first)) => Some(&mut own),
                    true => Some(&mut strange),
                    false => None,
                };
                self.hold(timeline, same, (&mut day, &goes_on), (further, most));
            }
        }
        for mut further in [own, strange] {
            further.sort_unstable_by_key(|further: &Further| further.record);
            further.truncate(most);
            self.further.append(&mut further);
        }
    }

    /// Adds the records of one agent with one id that are all the batch's, or all
    /// published, sorted by origin.
    fn hold(
        &mut self,
        timeline: &[Entry],
        same: &[u32],
        (day, goes_on): (&mut impl FnMut(&Entry) -> i32, &impl Fn(Origin) -> bool),
        (mut further, most): (Option<&mut Vec<Further>>, usize),
    ) {
        let at = |place: &u32| &timeline[*place as usize];
        let mut records = same.to_vec();
        // A record that stands for several days has an entry for each; the first
        // day stands for all.
        records.dedup_by_key(|place| at(place).origin);
        let before = self.all.len();
        for of_file in records.chunk_by(|one, other| source(at(one)) == source(at(other))) {
            let [first, rest @ ..] = of_file else { continue };
            let Entry { id, agent, origin, .. } = *at(first);
            let off = is_off(at(first));
            let begins = |place: &&u32| !goes_on(at(place).origin);
            self.all.push(Holding {
                id,
                agent,
                first: origin,
                start: at(first).start(),
                count: of_file.iter().filter(begins).count() as u32,
                sent: at(first).side().batch,
                off,
                several_days: false,
                of_parts: false,
            });
            if let Some(further) = &mut further {
                further.extend(rest.iter().filter(begins).take(most).map(|place| {
                    let (record, start) = (at(place).origin, at(place).start());
                    Further { id, agent, off, record, start }
                }));
            }
        }
        if records.len() > 1 {
            let several_days = are_of_several_days(timeline, &mut records, day);
            // By start, as they were sorted.
            let of_parts = are_parts(records.iter().map(at));
            for holding in &mut self.all[before..] {
                (holding.several_days, holding.of_parts) = (several_days, of_parts);
            }
        }
    }

    /// Adds those of another part.
    pub fn join(&mut self, mut other: Holdings) {
        self.all.append(&mut other.all);
        self.further.append(&mut other.further);
    }

    /// Brings together what belongs to one id: the batch's first, in the order of
    /// the files.
    pub fn sort(&mut self) {
        self.all.sort_unstable_by_key(|of| (of.id, of.off, !of.sent, of.first));
        self.further.sort_unstable_by_key(|of| (of.id, of.off, of.agent, of.record));
    }

    /// The holdings of each id, once they are sorted: the batch's, and published
    /// ones.
    fn by_id(&self) -> impl Iterator<Item = (&[Holding], &[Holding])> {
        let same = self.all.chunk_by(|one, other| (one.id, one.off) == (other.id, other.off));
        same.map(|of_id| of_id.split_at(of_id.partition_point(|of| of.sent)))
    }

    fn further_of(&self, of: &Holding) -> impl Iterator<Item = &Further> {
        let key = |of: &Further| (of.id, of.off, of.agent);
        let wanted = (of.id, of.off, of.agent);
        let start = self.further.partition_point(|further| key(further) < wanted);
        let rest = self.further.get(start..).unwrap_or_default();
        let of_agent = rest.iter().take_while(move |further| key(further) == wanted);
        let source = of.first.source();
        of_agent.filter(move |further| further.record.source() == source)
    }

    /// Finds batch records that share an id with another one, and those whose id is
    /// published for another agent, once holdings are sorted. `is_given` says
    /// whether a swap gives the shift with an id from one agent to another, and `of_shifts`
    /// which files have ids of shifts, whose parts are records.
    pub fn compare(
        &self,
        is_given: impl Fn(RecordKey, AgentKey, AgentKey) -> bool,
        of_shifts: &BTreeSet<u16>,
        tell: &mut dyn FnMut(OfIds),
    ) {
        for (sent, published) in self.by_id() {
            let is_of_shift = sent.first().is_some_and(|of| of_shifts.contains(&of.first.source()));
            if !(is_of_shift && are_parts_of_one(sent)) {
                self.duplicates(sent, tell);
            }
            if are_of_one_team(sent, published) {
                continue;
            }
            for of in sent {
                let is_own = |other: &Holding| other.agent == of.agent;
                let taken = |other: &&Holding| !is_given(of.id, other.agent, of.agent);
                if let Some(other) = published.iter().find(taken)
                    && !published.iter().any(is_own)
                {
                    tell(OfIds::Count(NoticeKind::IdTaken, u64::from(of.count.max(1))));
                    tell(OfIds::Notice(Box::new(of.notice(NoticeKind::IdTaken, other))));
                    self.tell_further(of, NoticeKind::IdTaken, other, tell);
                }
            }
        }
    }

    /// Every batch record with an id but the first.
    fn duplicates(&self, sent: &[Holding], tell: &mut dyn FnMut(OfIds)) {
        let records: u64 = sent.iter().map(|of| u64::from(of.count)).sum();
        let begin = || sent.iter().filter(|of| of.count > 0);
        let Some(first) = begin().next().filter(|_| records > 1) else { return };
        tell(OfIds::Count(NoticeKind::DuplicateId, records - 1));
        for of in begin() {
            if of.first != first.first {
                tell(OfIds::Notice(Box::new(of.notice(NoticeKind::DuplicateId, first))));
            }
            self.tell_further(of, NoticeKind::DuplicateId, first, tell);
        }
    }

    /// Tells of the records of a holding behind the first.
    fn tell_further(
        &self,
        of: &Holding,
        kind: NoticeKind,
        other: &Holding,
        tell: &mut dyn FnMut(OfIds),
    ) {
        let notices = self.further_of(of).map(|further| further.notice(kind, other));
        notices.for_each(|notice| tell(OfIds::Notice(Box::new(notice))));
    }

    /// How many batch records would replace a published one, once holdings are sorted.
    #[must_use]
    pub fn replacing(&self) -> Replacing {
        let mut found = Replacing::default();
        for (sent, published) in self.by_id() {
            for of in sent {
                if let Some(live) = published.iter().find(|live| live.agent == of.agent) {
                    let moved = of.start - live.start;
                    let weeks = (moved + WEEK / 2).div_euclid(WEEK);
                    found.records += 1;
                    found.apart += u64::from(moved.abs() >= DAY / 2);
                    found.by_weeks +=
                        u64::from(weeks != 0 && (moved - weeks * WEEK).abs() < DAY / 2);
                }
            }
        }
        found
    }

    /// How ids are repeated in each file of the batch, once holdings are sorted.
    #[must_use]
    pub fn repeated(&self) -> BTreeMap<u16, RepeatedIds> {
        let mut files: BTreeMap<u16, RepeatedIds> = BTreeMap::new();
        for (sent, _) in self.by_id() {
            let records: u64 = sent.iter().map(|of| u64::from(of.count)).sum();
            if records < 2 {
                continue;
            }
            let of_parts = are_parts_of_one(sent);
            for of_file in sent.chunk_by(|one, other| one.first.source() == other.first.source()) {
                let known = files.entry(of_file[0].first.source()).or_default();
                known.ids += u64::from(of_parts);
                known.records += if of_parts { records } else { 0 };
                known.others += u64::from(!of_parts);
            }
        }
        files
    }

    /// How the ids of each file are shared, once holdings are sorted.
    #[must_use]
    pub fn sharing(&self) -> BTreeMap<u16, Sharing> {
        let mut files = BTreeMap::new();
        for (sent, published) in self.by_id() {
            note_sharing(sent, &mut files);
            note_sharing(published, &mut files);
        }
        files
    }
}

/// Whether records of several agents have the id, and an agent is in a batch record and in
/// a published one: then the one is the other, with other agents.
fn are_of_one_team(sent: &[Holding], published: &[Holding]) -> bool {
    let is_sent = |of: &Holding| sent.iter().any(|sent| sent.agent == of.agent);
    sent.iter().chain(published).any(|of| of.count == 0) && published.iter().any(is_sent)
}

/// Whether the batch records with an id can be the parts of one shift.
fn are_parts_of_one(sent: &[Holding]) -> bool {
    matches!(sent, [only] if only.of_parts && !only.off)
}

fn source(entry: &Entry) -> u16 {
    entry.origin.source()
}

/// Whether records of one agent start on different local days. One that begins
/// where another one ends goes on with it: night shifts are cut at midnight.
fn are_of_several_days(
    timeline: &[Entry],
    records: &mut [u32],
    day: &mut impl FnMut(&Entry) -> i32,
) -> bool {
    // By start, as the timeline is.
    records.sort_unstable();
    let mut records = records.iter().map(|place| &timeline[*place as usize]);
    let Some(first) = records.next() else { return false };
    let (mut own_day, mut end) = (day(first), first.end());
    records.any(|next| {
        let next_day = day(next);
        let apart = next_day != own_day && next.start() != end;
        (own_day, end) = (next_day, end.max(next.end()));
        apart
    })
}

impl Holding {
    fn notice(&self, kind: NoticeKind, other: &Holding) -> Notice {
        let records = [Some(self.first), Some(other.first), None];
        Notice { start: Some(self.start), ..Notice::about(kind, self.agent, records) }
    }
}

impl Further {
    fn notice(&self, kind: NoticeKind, other: &Holding) -> Notice {
        let records = [Some(self.record), Some(other.first), None];
        Notice { start: Some(self.start), ..Notice::about(kind, self.agent, records) }
    }
}

/// How the ids of one file are shared. An id is shared if it stands on records of
/// more than one agent, or of more than one local day of an agent, in all files of
/// the batch, or in all published ones. Copies of a record do not make its id a
/// shared one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sharing {
    /// How many records of the file have a shared id.
    pub records: u64,
    /// The first of them.
    pub first: Origin,
    /// The first of another agent that has the same id, where there is one.
    pub other: Option<Origin>,
}

/// How many records must have a shared id before that is a habit: a few may be
/// copied by mistake.
const FEWEST: u64 = 10;

/// One of how many records of a file must have one.
const SHARE: u64 = 3;

/// The files whose ids do not name records, but slots, types of shifts or patterns:
/// at least a third of their records have a shared id, and at least ten records of
/// all these files together. The files are all of the batch, or all published ones,
/// each with the number of its records that have an id.
#[must_use]
pub fn sharing_habitually(files: &[(Sharing, u64)]) -> Vec<(Sharing, u64)> {
    let often = files.iter().filter(|(of, with_id)| of.records * SHARE >= *with_id);
    let often: Vec<(Sharing, u64)> = often.copied().collect();
    let records: u64 = often.iter().map(|(of, _)| of.records).sum();
    if records >= FEWEST { often } else { Vec::new() }
}

/// Adds the holdings of one id that are all the batch's, or all published.
fn note_sharing(holdings: &[Holding], files: &mut BTreeMap<u16, Sharing>) {
    let begin = || holdings.iter().filter(|of| of.count > 0);
    let Some(first) = begin().next() else { return };
    let stranger = begin().find(|of| of.agent != first.agent);
    if stranger.is_none() && !begin().any(|of| of.several_days) {
        return;
    }
    for of in begin() {
        let other = match stranger {
            Some(stranger) if of.agent == first.agent => Some(stranger.first),
            Some(_) => Some(first.first),
            None => None,
        };
        let fresh = Sharing { records: 0, first: of.first, other };
        let known = files.entry(of.first.source()).or_insert(fresh);
        let records = known.records + u64::from(of.count);
        if of.first < known.first {
            *known = fresh;
        }
        known.records = records;
    }
}
