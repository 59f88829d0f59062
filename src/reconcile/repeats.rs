//! Ids become suspects: those that may stand on two records.
//!
//! While records are read, every thread notes their ids in one table of bits,
//! stretch by stretch, and puts down those whose bits were all noted already. An
//! id that comes twice is always put down, by whichever thread notes it second;
//! one that comes once may be, and does no harm. What it means that an id comes
//! twice is not known here.

use crate::model::keys::QuickSet;
use crate::model::partition::Partition;
use crate::thread_pool::ThreadPool;
use std::sync::{Mutex, PoisonError};

/// A table of bits that shows where an id may have been seen before. An id has
/// three bits in one word.
pub struct Seen {
    /// Words that lie together, which one thread at a time has to itself.
    stretches: Vec<Mutex<Vec<u64>>>,
    /// How many bits tell the words of a stretch apart.
    bits: u32,
}

impl Seen {
    /// How many words a stretch has, as a power of two: 32 KB, which stays in the
    /// nearest cache, unless the table is smaller or would have too many stretches.
    const STRETCH_BITS: u32 = 12;
    /// How many stretches there are, as a power of two, before they get larger.
    const MANY_BITS: u32 = 9;
    /// A word before anything is noted in it. Its bits are set, so that no page is
    /// ever read before it is written: the system would hand it out twice, and
    /// stop the other cores for it.
    const UNSEEN: u64 = u64::MAX;

    /// For files of this many bytes: some 8 to 16 bits for a record of usual
    /// length. However long a file says it is, the table takes 128 MB at most.
    #[must_use]
    pub fn for_bytes(bytes: u64) -> Seen {
        const BYTES_TO_A_WORD: u64 = 1024;
        const MOST_WORDS: u64 = 1 << 24;
        Seen::of_words((bytes / BYTES_TO_A_WORD).min(MOST_WORDS) as usize)
    }

    fn for_ids(count: usize) -> Seen {
        Seen::of_words(count / 4)
    }

    fn of_words(least: usize) -> Seen {
        let words = least.next_power_of_two().max(16).ilog2();
        let fewest = words.saturating_sub(Self::MANY_BITS);
        let bits = fewest.clamp(Self::STRETCH_BITS, WORD_BITS).min(words);
        let stretches = (0..1 << (words - bits)).map(|_| Mutex::default()).collect();
        Seen { stretches, bits }
    }

    /// How many ids it tells apart well enough: with fewer than four bits for
    /// each, most would look as if they had been seen.
    fn room(&self) -> usize {
        (self.stretches.len() << self.bits) * 16
    }

    /// The bits of an id that matter here: those of its stretch, above its mark.
    fn mask(&self) -> u64 {
        ((self.stretches.len() as u64) << Mark::BITS) - 1
    }

    /// The number of the stretch of an id.
    #[inline(always)]
    fn stretch(&self, id: u64) -> usize {
        (id >> Mark::BITS) as usize & (self.stretches.len() - 1)
    }

    /// Notes ids of a stretch, and puts down those that may have been seen before.
    #[inline(never)]
    fn note(&self, stretch: usize, marks: &[Mark], repeated: &mut Vec<u64>) {
        let mut words = self.stretches[stretch].lock().unwrap_or_else(PoisonError::into_inner);
        words.resize(1 << self.bits, Self::UNSEEN);
        let last = words.len() - 1;
        for mark in marks {
            let (word, bits) = (&mut words[word(*mark) & last], bits(*mark));
            if *word & bits == 0 {
                let id = (stretch as u64) << Mark::BITS | u64::from(*mark);
                // The copies of one record come one after another.
                if repeated.last() != Some(&id) {
                    repeated.push(id);
                }
            }
            *word &= !bits;
        }
    }
}

/// The half of an id that leads to its bits, once its stretch is known.
type Mark = u32;

/// How many bits of a mark are left for the word, beside those for places in it.
const WORD_BITS: u32 = Mark::BITS - 3 * 6;

/// The word of a mark, of as many as there can be in a stretch.
#[inline(always)]
fn word(mark: Mark) -> usize {
    (mark >> (Mark::BITS - WORD_BITS)) as usize
}

/// The bits of a mark in its word.
#[inline(always)]
fn bits(mark: Mark) -> u64 {
    1 << (mark & 63) | 1 << (mark >> 6 & 63) | 1 << (mark >> 12 & 63)
}

/// One thread's ids, on their way into the table.
///
/// They wait until there are many for one stretch of it: its words come into the
/// cache together, and each serves several ids while it is there.
#[derive(Default)]
pub struct Notes<'s> {
    seen: Option<&'s Seen>,
    /// Those that came last.
    staged: Vec<u64>,
    /// Those before them: the same room for each stretch of the table.
    waiting: Vec<Mark>,
    /// How many wait for each stretch.
    counts: Vec<usize>,
    noted: Noted,
    /// How many ids were pushed.
    pushed: u64,
}

/// What came of one thread's notes.
#[derive(Debug, Default)]
pub struct Noted {
    /// How many ids were noted.
    count: usize,
    /// Those of them that may have been seen before.
    repeated: Vec<u64>,
}

impl<'s> Notes<'s> {
    /// How many ids are put where they wait at a time, for that is seldom in the
    /// nearest cache.
    const STAGE: usize = 256;
    /// How many wait for a stretch.
    const ROOM: usize = 4096;

    /// Notes for this table; without one, nothing is noted.
    #[must_use]
    pub fn new(seen: Option<&'s Seen>) -> Notes<'s> {
        let stretches = seen.map_or(0, |seen| seen.stretches.len());
        Notes {
            seen,
            staged: Vec::new(),
            waiting: vec![0; stretches * Self::ROOM],
            counts: vec![0; stretches],
            noted: Noted::default(),
            pushed: 0,
        }
    }

    /// Notes an id; 0 is none.
    #[inline]
    pub fn push(&mut self, id: u64) {
        if id == 0 {
            return;
        }
        self.pushed += 1;
        if self.seen.is_some() {
            if self.staged.len() == Self::STAGE {
                self.spread();
            }
            self.staged.push(id);
        }
    }

    /// How many ids were pushed since this was asked last.
    pub fn take_pushed(&mut self) -> u64 {
        std::mem::take(&mut self.pushed)
    }

    /// Puts what is staged where it has to wait.
    #[inline(never)]
    fn spread(&mut self) {
        let Some(seen) = self.seen else { return };
        let mut staged = std::mem::take(&mut self.staged);
        for id in staged.drain(..) {
            let stretch = seen.stretch(id);
            let count = self.counts[stretch];
            self.waiting[stretch * Self::ROOM + count] = id as Mark;
            self.counts[stretch] = count + 1;
            if count + 1 == Self::ROOM {
                self.settle(stretch);
            }
        }
        self.staged = staged;
    }

    /// Notes those that wait for a stretch.
    #[inline(never)]
    fn settle(&mut self, stretch: usize) {
        let count = std::mem::take(&mut self.counts[stretch]);
        if count == 0 {
            return;
        }
        let waiting = &self.waiting[stretch * Self::ROOM..][..count];
        // A table without room is of no use, and is not asked any more.
        if let Some(seen) = self.seen.filter(|seen| self.noted.count <= seen.room()) {
            seen.note(stretch, waiting, &mut self.noted.repeated);
        }
        self.noted.count += count;
    }

    /// Notes all that wait. Whoever pushed them does this, so that threads do it
    /// side by side.
    #[must_use]
    pub fn settle_all(mut self) -> Noted {
        self.spread();
        (0..self.counts.len()).for_each(|stretch| self.settle(stretch));
        self.noted
    }
}

/// Ids that may stand on two records: all that do, and a few others.
#[derive(Debug, Default)]
pub struct Suspects {
    /// The bits of an id that matter here.
    mask: u64,
    ids: QuickSet<u64>,
    sieve: Sieve,
}

impl Suspects {
    /// What all threads put down; `None` if there was no table, or more was noted
    /// than it had room for.
    #[must_use]
    pub fn noted(seen: Option<&Seen>, noted: impl IntoIterator<Item = Noted>) -> Option<Suspects> {
        let seen = seen?;
        let (mut count, mut ids) = (0, QuickSet::default());
        for noted in noted {
            count += noted.count;
            ids.extend(noted.repeated);
        }
        (count <= seen.room()).then(|| Suspects::of(ids, seen.mask()))
    }

    /// The suspects among entries that were collected without notes.
    #[must_use]
    pub fn among(partitions: &[Partition], pool: &ThreadPool) -> Suspects {
        let seen = Seen::for_ids(partitions.iter().map(Partition::len).sum());
        let repeated = |partition: &Partition| -> Vec<u64> {
            let mut notes = Notes::new(Some(&seen));
            partition.entries().for_each(|entry| notes.push(entry.id));
            notes.settle_all().repeated
        };
        let repeated = pool.map(partitions.iter().collect(), repeated);
        Suspects::of(repeated.into_iter().flatten().collect(), seen.mask())
    }

    fn of(ids: QuickSet<u64>, mask: u64) -> Suspects {
        Suspects { mask, sieve: Sieve::of(&ids), ids }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Whether an id is one of them.
    #[inline]
    #[must_use]
    pub fn hold(&self, id: u64) -> bool {
        let id = id & self.mask;
        self.sieve.may_hold(id) && self.ids.contains(&id)
    }
}

/// A table of bits, so small that it stays in the cache, in which most ids that
/// are not in a set are seen not to be.
#[derive(Debug, Default)]
struct Sieve {
    words: Vec<u64>,
}

impl Sieve {
    fn of(ids: &QuickSet<u64>) -> Sieve {
        let mut sieve = Sieve { words: vec![0; (ids.len() / 4).next_power_of_two()] };
        for id in ids {
            let (word, bit) = sieve.place(*id);
            sieve.words[word] |= bit;
        }
        sieve
    }

    #[inline(always)]
    fn place(&self, id: u64) -> (usize, u64) {
        let mixed = id.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        ((mixed >> 32) as usize & (self.words.len().wrapping_sub(1)), 1 << (mixed >> 26 & 63))
    }

    #[inline(always)]
    fn may_hold(&self, id: u64) -> bool {
        let (word, bit) = self.place(id);
        self.words.get(word).is_some_and(|word| word & bit != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Notes, Seen, Suspects};
    use crate::model::keys::Keys;
    use crate::model::packed::{Pack, Shelf};
    use crate::model::partition::Partition;
    use crate::model::shift::{Entry, Kind, Side, Traits};
    use crate::model::source::Origin;
    use crate::model::time::{Clock, Span};
    use crate::thread_pool::ThreadPool;
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};
    use std::collections::{BTreeSet, HashMap};
    use std::sync::Arc;

    /// The key of an id, as a run would make it.
    fn key(keys: &Keys, id: u16) -> u64 {
        keys.of(id.to_string().as_bytes())
    }

    /// Those that come twice.
    fn repeated(ids: &[u64]) -> BTreeSet<u64> {
        let mut counts: HashMap<u64, u32> = HashMap::new();
        ids.iter().for_each(|id| *counts.entry(*id).or_default() += 1);
        ids.iter().copied().filter(|id| counts[id] > 1).collect()
    }

    fn noted(ids: &[u64], seen: &Seen, threads: usize) -> Option<Suspects> {
        let pool = ThreadPool::new(Some(threads)).expect("threads");
        let shares = ids.chunks(ids.len().div_ceil(threads).max(1)).collect();
        let notes = pool.map(shares, |share: &[u64]| {
            let mut notes = Notes::new(Some(seen));
            share.iter().for_each(|id| notes.push(*id));
            notes.settle_all()
        });
        Suspects::noted(Some(seen), notes)
    }

    fn entry(id: u64, place: u64) -> Entry {
        let (span, origin) = (Span::new(0, 1).expect("not empty"), Origin::new(0, place));
        let side = Side { batch: true, kind: Kind::Shift };
        Entry::new(1, id, span, Clock::UTC, side, Traits::default(), origin)
    }

    proptest! {
        #[test]
        fn every_repeat_is_suspect_and_hardly_anything_else(
            ids in proptest::collection::vec(0u16..2000, 0..600),
            threads in 1usize..4,
        ) {
            let keys = Keys::new();
            let ids: Vec<u64> = ids.into_iter().map(|id| key(&keys, id)).collect();
            let twice = repeated(&ids);
            let mut partitions = [Partition::default(), Partition::default()];
            for (place, id) in ids.iter().enumerate() {
                let (mut pack, mut shelf) = (Pack::default(), Shelf::default());
                pack.push(&entry(*id, place as u64), &mut shelf);
                partitions[place % 2].packs.push((Arc::new(shelf), pack));
            }
            let pool = ThreadPool::new(Some(threads)).expect("threads");
            let walked = Suspects::among(&partitions, &pool);
            let seen = Seen::for_bytes(140 * ids.len() as u64);
            let noted = noted(&ids, &seen, threads).expect("room");
            for suspects in [walked, noted] {
                let held = ids.iter().copied().filter(|id| suspects.hold(*id));
                let held: BTreeSet<u64> = held.collect();
                prop_assert!(held.is_superset(&twice));
                prop_assert!(held.len() <= twice.len() + 5 + ids.len() / 10);
                prop_assert_eq!(suspects.is_empty(), held.is_empty());
            }
        }
    }

    #[test]
    fn every_repeat_is_suspect_in_a_table_of_many_stretches() {
        let (keys, count) = (Keys::new(), 200_000);
        let key = |id: u32| keys.of(&id.to_le_bytes());
        let again = (0..count).step_by(7);
        let ids: Vec<u64> = (0..count).chain(again.clone()).map(key).collect();
        for threads in [1, 3] {
            let seen = Seen::for_bytes(280 * u64::from(count));
            let suspects = noted(&ids, &seen, threads).expect("room");
            assert!(again.clone().all(|id| suspects.hold(key(id))));
            let others = (0..count).filter(|id| id % 7 != 0 && suspects.hold(key(*id)));
            assert!(others.count() < count as usize / 20);
        }
    }

    #[test]
    fn every_repeat_is_suspect_in_the_largest_table() {
        let seen = Seen::for_bytes(u64::MAX);
        assert_eq!((seen.stretches.len(), seen.bits), (1024, 14));
        // Any bits, but few of those that lead to the stretch.
        let key = |id: u64| id.wrapping_mul(0x9e37_79b9_7f4a_7c15) & !(0x3f0 << 32);
        let ids: Vec<u64> = (1..=3000).chain([1, 1500, 3000]).map(key).collect();
        let suspects = noted(&ids, &seen, 2).expect("room");
        let held = ids[..3000].iter().filter(|id| suspects.hold(**id));
        assert!(held.eq(&[key(1), key(1500), key(3000)]));
    }

    #[test]
    fn a_table_without_room_says_so() {
        let keys = Keys::new();
        let ids: Vec<u64> = (0..2000).map(|id| key(&keys, id)).collect();
        let seen = Seen::for_bytes(0);
        assert!(noted(&ids, &seen, 1).is_none());
        assert!(noted(&ids, &seen, 2).is_none());
        assert!(Suspects::noted(None, []).is_none());
        let seen = Seen::for_bytes(0);
        assert!(noted(&ids[..seen.room()], &seen, 2).is_some());
    }
}
