//! Ids become notices and replacements.
//!
//! Who stands for whom: which batch records share an id, whose id is published
//! for another agent, which published records a batch record replaces. Time is
//! not known here. What they say about versions is in `versions`,
//! what their form says in `forms`.

mod forms;

mod versions;

pub use forms::{Name, Named, compare_forms};
pub use versions::{Statement, compare_versions};

use crate::crew::Crew;
use crate::model::fact::{Matter, Notice};
use crate::model::keys::QuickSet;
use crate::model::roster::Partition;
use crate::model::shift::{Entry, Kind};
use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};

/// Takes out of one agent's entries what other records replace: a record that
/// is there already, whose id a batch record of the same kind has. `voided`
/// holds agent, id and whether it is a shift of batch records that are void.
///
/// Returns the entries that were taken out.
pub fn take_replaced(timeline: &mut Vec<Entry>, voided: &HashSet<(u64, u64, bool)>) -> Vec<Entry> {
    let class = |entry: &Entry| entry.side().kind == Kind::Shift;
    let mut sent: Vec<(u64, bool)> = timeline
        .iter()
        .filter(|entry| entry.side().batch && entry.id != 0)
        .map(|entry| (entry.id, class(entry)))
        .collect();
    if sent.is_empty() && voided.is_empty() {
        return Vec::new();
    }
    sent.sort_unstable();
    let replaced = |entry: &mut Entry| {
        !entry.side().batch
            && entry.id != 0
            && (sent.binary_search(&(entry.id, class(entry))).is_ok()
                || voided.contains(&(entry.agent, entry.id, class(entry))))
    };
    timeline.extract_if(.., replaced).collect()
}

/// Finds batch records that share an id with another one, and those whose id is
/// published for another agent. `is_published` tells by the rank of a source.
///
/// Ids of shifts and of time off are told apart: they are counted separately
/// where they come from.
#[must_use]
pub fn compare_ids(
    partitions: &[Partition],
    crew: &Crew,
    is_published: &(impl Fn(u16) -> bool + Sync),
) -> Vec<Notice> {
    let named = |entry: &&Entry| {
        entry.id != 0 && (entry.side().batch || is_published(entry.origin.source()))
    };
    let repeated = repeated_ids(partitions, crew, &named);
    if repeated.is_empty() {
        return Vec::new();
    }
    let sieve = Sieve::of(&repeated);
    let suspects = |partition: &Partition| -> Vec<Entry> {
        let entries = partition.entries().filter(|entry| sieve.may_hold(entry.id));
        entries.filter(|entry| repeated.contains(&entry.id) && named(entry)).copied().collect()
    };
    let mut suspects = crew.map(partitions.iter().collect(), suspects).concat();
    let class = |entry: &Entry| (entry.id, entry.side().kind != Kind::Shift);
    suspects.sort_unstable_by_key(|entry| (class(entry), !entry.side().batch, entry.origin));
    suspects.chunk_by(|one, other| class(one) == class(other)).flat_map(notices_of_one_id).collect()
}

/// The notices among entries with one id, batch records first.
fn notices_of_one_id(entries: &[Entry]) -> Vec<Notice> {
    let (sent, published) = entries.split_at(entries.partition_point(|entry| entry.side().batch));
    // A record that stands for several days has an entry for each.
    let mut sent = sent.to_vec();
    sent.dedup_by_key(|entry| entry.origin);
    let mut notices = Vec::new();
    if let Some((first, others)) = sent.split_first() {
        let duplicate = |record| Notice::of(Matter::DuplicateId, record, Some(first.origin));
        notices.extend(others.iter().map(duplicate));
    }
    for record in &sent {
        let own = published.iter().any(|other| other.agent == record.agent);
        if let Some(other) = published.first().filter(|_| !own) {
            notices.push(Notice::of(Matter::IdTaken, record, Some(other.origin)));
        }
    }
    notices
}

/// A table of bits, so small that it stays in the cache, in which most ids that
/// are not in a set are seen not to be.
struct Sieve {
    words: Vec<u64>,
}

impl Sieve {
    fn of(ids: &QuickSet<u64>) -> Sieve {
        let mut sieve = Sieve { words: vec![0; (ids.len() / 4).next_power_of_two()] };
        for id in ids {
            let (word, bit) = sieve.place(*id);
            sieve.words.get_mut(word).into_iter().for_each(|word| *word |= bit);
        }
        sieve
    }

    /// By other bits of the id than [`Seen`] goes by, for the ids of the set have
    /// those in common with others.
    fn place(&self, id: u64) -> (usize, u64) {
        ((id >> 38) as usize & (self.words.len() - 1), 1 << (id >> 32 & 63))
    }

    #[inline(always)]
    fn may_hold(&self, id: u64) -> bool {
        let (word, bit) = self.place(id);
        self.words.get(word).is_some_and(|word| word & bit != 0)
    }
}

/// Ids that occur more than once, and a few that do not.
fn repeated_ids(
    partitions: &[Partition],
    crew: &Crew,
    named: &(impl Fn(&&Entry) -> bool + Sync),
) -> QuickSet<u64> {
    if !partitions.iter().any(|partition| partition.entries().any(|entry| named(&entry))) {
        return QuickSet::default();
    }
    let seen = Seen::for_ids(partitions.iter().map(Partition::len).sum());
    let repeated = |partition: &Partition| -> Vec<u64> {
        let mut repeated = Vec::new();
        let mut some = [0; Seen::TOGETHER];
        for entries in partition.boxes.iter().flat_map(|entries| entries.chunks(Seen::TOGETHER)) {
            let mut count = 0;
            for entry in entries.iter().filter(named) {
                some[count % Seen::TOGETHER] = entry.id;
                count += 1;
            }
            seen.note(some.get(..count).unwrap_or(&[]), &mut repeated);
        }
        repeated
    };
    crew.map(partitions.iter().collect(), repeated).into_iter().flatten().collect()
}

/// A table of bits, 16 for each id, that shows where an id may have been seen
/// before.
struct Seen {
    words: Vec<AtomicU64>,
}

impl Seen {
    /// How many ids are noted together.
    const TOGETHER: usize = 32;

    fn for_ids(count: usize) -> Seen {
        let words = (count / 4).next_power_of_two().max(16);
        Seen { words: (0..words).map(|_| AtomicU64::new(0)).collect() }
    }

    /// Notes a few ids, and puts down those that were seen before. All their
    /// words are asked for first, so that the machine waits for them at once.
    fn note(&self, ids: &[u64], repeated: &mut Vec<u64>) {
        let word = |id: &u64| self.words.get((id >> 6) as usize & (self.words.len() - 1));
        let mut before = [0; Seen::TOGETHER];
        for (id, before) in ids.iter().zip(&mut before) {
            *before = word(id).map_or(0, |word| word.load(Ordering::Relaxed));
        }
        for (id, before) in ids.iter().zip(before) {
            let bit = 1 << (id & 63);
            let set =
                || word(id).is_some_and(|word| word.fetch_or(bit, Ordering::Relaxed) & bit != 0);
            if before & bit != 0 || set() {
                repeated.push(*id);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{compare_ids, take_replaced};
    use crate::crew::Crew;
    use crate::model::fact::Matter;
    use crate::model::roster::Partition;
    use crate::model::shift::{Entry, Kind, Side, Traits};
    use crate::model::source::Origin;
    use crate::model::time::{Clock, Span};
    use std::collections::HashSet;

    fn entry(agent: u64, id: u64, batch: bool, kind: Kind, place: u64) -> Entry {
        let span = Span::new(0, 1).expect("not empty");
        let origin = Origin::new(u16::from(!batch), place);
        Entry::new(agent, id, span, Clock::UTC, Side { batch, kind }, Traits::default(), origin)
    }

    fn notices(entries: &[Entry]) -> Vec<(Matter, u64, u64)> {
        // Entries of one id in different partitions, as agents fall.
        let (here, there) = entries.split_at(entries.len() / 2);
        let partitions =
            [here, there].map(|part| Partition { boxes: vec![part.to_vec()], bits: 0 });
        let crew = Crew::new(Some(2)).expect("threads");
        compare_ids(&partitions, &crew, &|source| source == 1)
            .into_iter()
            .map(|notice| {
                let places: Vec<u64> = notice.origins().map(Origin::offset).collect();
                (notice.matter, places[0], places[1])
            })
            .collect()
    }

    #[test]
    fn an_id_on_two_batch_records_is_found_across_agents() {
        let far = u64::MAX - 5;
        let entries = [
            entry(1, 9, true, Kind::Shift, 0),
            entry(far, 9, true, Kind::Shift, 1),
            entry(1, 9, true, Kind::Shift, 2),
            entry(1, 9, true, Kind::TimeOff, 3),
            entry(1, 8, true, Kind::Shift, 4),
            entry(1, 0, true, Kind::Shift, 5),
            entry(2, 0, true, Kind::Shift, 6),
        ];
        assert_eq!(notices(&entries), [(Matter::DuplicateId, 1, 0), (Matter::DuplicateId, 2, 0)]);
    }

    #[test]
    fn an_id_is_taken_when_only_others_have_published_it() {
        let entries = [
            entry(1, 9, true, Kind::Shift, 0),
            entry(2, 9, false, Kind::Shift, 1),
            entry(3, 7, true, Kind::Shift, 2),
            entry(3, 7, false, Kind::Shift, 3),
            entry(4, 7, false, Kind::Shift, 4),
        ];
        assert_eq!(notices(&entries), [(Matter::IdTaken, 0, 1)]);
    }

    #[test]
    fn a_batch_record_replaces_what_has_its_id_and_kind() {
        let mut timeline = vec![
            entry(1, 9, true, Kind::Shift, 0),
            entry(1, 9, false, Kind::Shift, 1),
            entry(1, 9, false, Kind::TimeOff, 2),
            entry(1, 8, false, Kind::Shift, 3),
            entry(1, 8, false, Kind::TimeOff, 5),
            entry(1, 0, false, Kind::Shift, 4),
        ];
        let voided = HashSet::from([(1, 8, true)]);
        let taken = take_replaced(&mut timeline, &voided);
        assert_eq!(taken.iter().map(|entry| entry.origin.offset()).collect::<Vec<_>>(), [1, 3]);
        assert_eq!(timeline.len(), 4);
    }
}
