//! Decides which records of a timeline others replace, by their ids.

use crate::model::fact::{Detail, Notice, NoticeKind};
use crate::model::keys::{AgentKey, QuickMap, QuickSet, RecordKey};
use crate::model::shift::{Entry, Kind};
use crate::model::source::Origin;
use crate::model::time::Instant;

/// What names a record among those of one agent. Ids of time off are counted separately.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordName {
    /// The key of its id.
    pub id: RecordKey,
    /// Whether it is a shift.
    pub is_shift: bool,
}

impl RecordName {
    /// The name of the record of an entry.
    #[must_use]
    pub const fn of(entry: &Entry) -> RecordName {
        RecordName { id: entry.id, is_shift: matches!(entry.side().kind, Kind::Shift) }
    }
}

/// Batch records that are cancelled.
#[derive(Debug, Default)]
pub struct CancelledRecords {
    /// By agent and name: the first of each.
    named: QuickMap<(AgentKey, RecordName), Origin>,
    /// Time off without an id that is sent in place of what is live, or cancelled, by agent
    /// and span.
    unnamed: QuickSet<(AgentKey, Instant, Instant)>,
}

impl CancelledRecords {
    /// Adds a record of an agent.
    pub fn add(&mut self, agent: AgentKey, name: RecordName, origin: Origin) {
        let first = self.named.entry((agent, name)).or_insert(origin);
        *first = origin.min(*first);
    }

    /// Adds time off that has no id, and takes the place of what has the same time.
    pub fn add_unnamed(&mut self, entry: &Entry) {
        self.unnamed.insert((entry.agent, entry.start(), entry.end()));
    }

    /// Adds what another thread found.
    pub fn join(&mut self, other: CancelledRecords) {
        for ((agent, name), origin) in other.named {
            self.add(agent, name, origin);
        }
        self.unnamed.extend(other.unnamed);
    }

    /// The first record of an agent with this name, if there is any.
    #[must_use]
    pub fn first(&self, agent: AgentKey, name: RecordName) -> Option<Origin> {
        if self.named.is_empty() { None } else { self.named.get(&(agent, name)).copied() }
    }

    /// The records with a name, each with its agent and its first record.
    pub fn named(&self) -> impl Iterator<Item = (AgentKey, RecordName, Origin)> {
        self.named.iter().map(|((agent, name), origin)| (*agent, *name, *origin))
    }

    fn has(&self, entry: &Entry) -> bool {
        self.first(entry.agent, RecordName::of(entry)).is_some()
    }

    /// Whether time off that only its time names, as days off of a schedule are, is sent again
    /// or cancelled.
    fn has_unnamed(&self, entry: &Entry) -> bool {
        entry.side().kind != Kind::Shift
            && self.unnamed.contains(&(entry.agent, entry.start(), entry.end()))
    }

    fn is_empty(&self) -> bool {
        self.named.is_empty() && self.unnamed.is_empty()
    }
}

/// What replaces published records: a batch record of the agent with the same name, or one
/// that is cancelled.
struct Sent<'v> {
    /// The names of batch records, sorted; whether a published record has it, too.
    names: Vec<(RecordName, bool)>,
    cancelled: &'v CancelledRecords,
}

impl<'v> Sent<'v> {
    fn of(timeline: &[Entry], cancelled: &'v CancelledRecords) -> Sent<'v> {
        let mut names: Vec<(RecordName, bool)> = Vec::new();
        for entry in timeline.iter().filter(|entry| entry.side().batch && entry.id.is_some()) {
            let name = (RecordName::of(entry), false);
            // A crowd of copies has one id.
            if names.last() != Some(&name) {
                names.push(name);
            }
        }
        names.sort_unstable();
        names.dedup();
        Sent { names, cancelled }
    }

    fn is_empty(&self) -> bool {
        self.names.is_empty() && self.cancelled.is_empty()
    }

    fn place_of(&self, entry: &Entry) -> Option<usize> {
        self.names.binary_search_by_key(&RecordName::of(entry), |(name, _)| *name).ok()
    }

    /// Whether something replaces an entry, and whether that replaces another one that was
    /// asked for before.
    fn replaces(&mut self, entry: &Entry) -> Option<bool> {
        match self.place_of(entry) {
            Some(place) => Some(std::mem::replace(&mut self.names[place].1, true)),
            None => self.cancelled.has(entry).then_some(true),
        }
    }

    /// Whether every batch record with the name of an entry is cancelled.
    fn only_cancels(&self, entry: &Entry) -> bool {
        self.place_of(entry).is_none() && self.cancelled.has(entry)
    }
}

/// Moves what other records replace to the end of one agent's timeline: published
/// records with the id and of the kind of a batch record, also of one that is
/// cancelled. How many entries stay; they keep their order.
///
/// A batch record that would replace several published ones which differ in their
/// times replaces none of them, for nobody can say which is meant; `tell` is told.
/// Copies of a published record count as one.
///
/// Published time off without an id is replaced by such time off of the batch that is
/// cancelled, or is a change of what is published, if both take the same time.
///
/// What `is_request` holds for is time off beside the schedule. Only a batch record
/// that is cancelled replaces it, if no other batch record has its id; what else the
/// schedule says of a request is told by what it carries.
pub fn take_replaced(
    timeline: &mut [Entry],
    cancelled: &CancelledRecords,
    is_request: impl Fn(&Entry) -> bool,
    tell: &mut dyn FnMut(Notice),
) -> usize {
    let mut sent = Sent::of(timeline, cancelled);
    if sent.is_empty() {
        return timeline.len();
    }
    let (mut gone, mut several): (Vec<u32>, bool) = (Vec::new(), false);
    let mut certain = Vec::new();
    for (place, entry) in (0..).zip(&*timeline) {
        // Ids of unavailable times are their own.
        if entry.side().batch || entry.side().kind == Kind::Unavailable {
            continue;
        }
        if entry.id.is_none() {
            let gone = cancelled.has_unnamed(entry) && !is_request(entry);
            certain.extend(gone.then_some(place));
        } else if is_request(entry) {
            certain.extend(sent.only_cancels(entry).then_some(place));
        } else if let Some(again) = sent.replaces(entry) {
            several |= again;
            gone.push(place);
        }
    }
    if several {
        spare(timeline, &mut gone, cancelled, tell);
    }
    if !certain.is_empty() {
        gone.append(&mut certain);
        gone.sort_unstable();
    }
    move_to_end(timeline, &gone)
}

/// Moves the entries at some places, which are in order, to the end of a timeline.
/// How many stay; they keep their order.
pub(super) fn move_to_end(timeline: &mut [Entry], gone: &[u32]) -> usize {
    let (mut kept, mut gone) = (0, gone.iter().peekable());
    for place in 0..timeline.len() {
        if gone.next_if(|gone| **gone as usize == place).is_none() {
            timeline.swap(kept, place);
            kept += 1;
        }
    }
    debug_assert!(gone.next().is_none(), "every place is on the timeline");
    kept
}

/// Leaves those places out of the ones that are replaced whose records share an id
/// and differ.
#[cold]
fn spare(
    timeline: &[Entry],
    gone: &mut Vec<u32>,
    cancelled: &CancelledRecords,
    tell: &mut dyn FnMut(Notice),
) {
    let at = |place: &u32| &timeline[*place as usize];
    let key = |place: &u32| RecordName::of(at(place));
    let mut by_id = gone.clone();
    by_id.sort_unstable_by_key(|place| (key(place), at(place).origin, at(place).order()));
    let mut spared = Vec::new();
    for same in by_id.chunk_by(|one, other| key(one) == key(other)) {
        let records = same.chunk_by(|one, other| at(one).origin == at(other).origin);
        let mut records: Vec<&[u32]> = records.collect();
        let times = |record: &[u32]| -> Vec<(Instant, Instant)> {
            record.iter().map(|place| (at(place).start(), at(place).end())).collect()
        };
        // Of copies the first stays, for sorting keeps the order of equals.
        records.sort_by_cached_key(|record| times(record));
        records.dedup_by_key(|record| times(record));
        records.sort_unstable_by_key(|record| at(&record[0]).origin);
        if let [first, second, ..] = records[..] {
            spared.push((key(&first[0]), [first, second].map(|of| at(&of[0])), records.len()));
        }
    }
    gone.retain(|place| spared.binary_search_by_key(&key(place), |(key, ..)| *key).is_err());
    let mut sent: Vec<u32> =
        (0..timeline.len() as u32).filter(|at| timeline[*at as usize].side().batch).collect();
    sent.sort_unstable_by_key(|place| (key(place), at(place).origin, at(place).order()));
    for (name, [first, second], count) in spared {
        let sent = sent.get(sent.partition_point(|place| key(place) < name)).map(at);
        let sent = sent.filter(|sent| RecordName::of(sent) == name);
        let cancelled = cancelled.first(first.agent, name);
        let Some(record) = sent.map(|sent| sent.origin).or(cancelled) else { continue };
        let records = [Some(record), Some(first.origin), Some(second.origin)];
        tell(Notice {
            start: sent.map(Entry::start),
            detail: Detail::Records(count as u64),
            ..Notice::about(NoticeKind::ReplacesSeveral, first.agent, records)
        });
    }
}
