//! Finds probable repeats of ids with a Bloom filter: those that two records may share.
//!
//! While records are read, each thread inserts their ids into one Bloom filter, which is
//! divided into shards of a cache's size, and records the ids that the filter already
//! contained. A Bloom filter has no false negatives, so that an id of two records is
//! always recorded, by the thread that inserts it second. A false positive is compared
//! with the other records and does no harm. What it means that two records share an id is
//! not known here.
//!
//! The plain alternative is a hash set of all ids: 16 bytes for each record instead of
//! one to two, and a cache miss for each. A property test compares the two.

use crate::model::keys::{QuickSet, RecordKey};
use crate::model::partition::Partition;
use crate::thread_pool::ThreadPool;
use std::sync::{Mutex, PoisonError};

/// A blocked Bloom filter: each id sets three bits, all in one 64-bit word, so that an id
/// costs one access to memory.
pub struct BloomFilter {
    /// Adjacent words, locked by one thread at a time. A shard is allocated when the first
    /// id is inserted.
    shards: Vec<Mutex<Vec<u64>>>,
    /// The binary logarithm of the number of words in a shard.
    bits: u32,
}

impl BloomFilter {
    /// The binary logarithm of the usual number of words in a shard: 32 KB, which fits in
    /// the first-level cache.
    const SHARD_BITS: u32 = 12;
    /// The binary logarithm of the number of shards above which shards grow instead.
    const MANY_BITS: u32 = 9;
    /// A word without an id: bits are inverted, and inserting an id clears them. So a shard
    /// is written before it is read; a page that is read first is mapped twice, first to
    /// the page of zeros, which interrupts the other cores (measured: 0.96 of the time).
    const EMPTY: u64 = u64::MAX;

    /// A filter for files of this many bytes: 8 to 16 bits for a record of usual length,
    /// and at most 128 MB.
    #[must_use]
    pub fn for_bytes(bytes: u64) -> BloomFilter {
        const BYTES_TO_A_WORD: u64 = 1024;
        const MOST_WORDS: u64 = 1 << 24;
        BloomFilter::of_words((bytes / BYTES_TO_A_WORD).min(MOST_WORDS) as usize)
    }

    fn for_ids(count: usize) -> BloomFilter {
        BloomFilter::of_words(count / 4)
    }

    fn of_words(least: usize) -> BloomFilter {
        let words = least.next_power_of_two().max(16).ilog2();
        let fewest = words.saturating_sub(Self::MANY_BITS);
        let bits = fewest.clamp(Self::SHARD_BITS, WORD_BITS).min(words);
        let shards = (0..1 << (words - bits)).map(|_| Mutex::default()).collect();
        BloomFilter { shards, bits }
    }

    /// How many ids it holds: with fewer than four bits for each, most lookups would be
    /// false positives.
    fn room(&self) -> usize {
        (self.shards.len() << self.bits) * 16
    }

    /// The bits of an id that the filter uses: the number of its shard above its hash.
    fn mask(&self) -> u64 {
        ((self.shards.len() as u64) << ShardHash::BITS) - 1
    }

    /// The number of the shard of an id.
    #[inline(always)]
    fn shard(&self, id: u64) -> usize {
        (id >> ShardHash::BITS) as usize & (self.shards.len() - 1)
    }

    /// Inserts ids into a shard, and records those that it may already have contained.
    #[inline(never)]
    fn insert(&self, shard: usize, hashes: &[ShardHash], repeated: &mut Vec<u64>) {
        let mut words = self.shards[shard].lock().unwrap_or_else(PoisonError::into_inner);
        words.resize(1 << self.bits, Self::EMPTY);
        let last = words.len() - 1;
        for hash in hashes {
            let (word, bits) = (&mut words[word(*hash) & last], bits(*hash));
            if *word & bits == 0 {
                let id = (shard as u64) << ShardHash::BITS | u64::from(*hash);
                // Copies of one record often follow each other.
                if repeated.last() != Some(&id) {
                    repeated.push(id);
                }
            }
            *word &= !bits;
        }
    }
}

/// The lower half of an id, which determines its word and bits within a shard.
type ShardHash = u32;

/// The bits of a hash that are left for the word beside three places of six bits.
const WORD_BITS: u32 = ShardHash::BITS - 3 * 6;

/// The number of the word of a hash, before it is reduced to the size of the shard.
#[inline(always)]
fn word(hash: ShardHash) -> usize {
    (hash >> (ShardHash::BITS - WORD_BITS)) as usize
}

/// The three bits of a hash in its word.
#[inline(always)]
fn bits(hash: ShardHash) -> u64 {
    1 << (hash & 63) | 1 << (hash >> 6 & 63) | 1 << (hash >> 12 & 63)
}

/// One thread's batched insertions into a Bloom filter.
///
/// Ids are buffered by shard, and a full buffer is inserted at once, while the shard is in
/// the cache (measured: 0.97 of the time of a million records, against one at a time).
#[derive(Default)]
pub struct FilterWriter<'s> {
    filter: Option<&'s BloomFilter>,
    /// The latest ids, not yet distributed to the buffers of their shards.
    staged: Vec<u64>,
    /// The buffers of all shards, of [`FilterWriter::ROOM`] hashes each.
    waiting: Vec<ShardHash>,
    /// How many hashes are in the buffer of each shard.
    counts: Vec<usize>,
    inserted: Inserted,
    /// How many ids were pushed.
    pushed: u64,
}

/// What one thread has inserted.
#[derive(Debug, Default)]
pub struct Inserted {
    /// How many ids.
    count: usize,
    /// Those that the filter may already have contained.
    repeated: Vec<u64>,
}

impl<'s> FilterWriter<'s> {
    /// How many ids are distributed at a time: the buffers together exceed the
    /// first-level cache.
    const STAGE: usize = 256;
    /// The capacity of the buffer of a shard.
    const ROOM: usize = 4096;

    /// A writer for this filter; without one, ids are only counted.
    #[must_use]
    pub fn new(filter: Option<&'s BloomFilter>) -> FilterWriter<'s> {
        let shards = filter.map_or(0, |filter| filter.shards.len());
        FilterWriter {
            filter,
            staged: Vec::new(),
            waiting: vec![0; shards * Self::ROOM],
            counts: vec![0; shards],
            inserted: Inserted::default(),
            pushed: 0,
        }
    }

    /// Inserts an id, if there is one.
    #[inline]
    pub fn push(&mut self, id: RecordKey) {
        if id.is_none() {
            return;
        }
        self.pushed += 1;
        if self.filter.is_some() {
            if self.staged.len() == Self::STAGE {
                self.distribute();
            }
            self.staged.push(id.bits());
        }
    }

    /// How many ids were pushed since this was asked last.
    pub fn take_pushed(&mut self) -> u64 {
        std::mem::take(&mut self.pushed)
    }

    /// Distributes the latest ids to the buffers of their shards.
    #[inline(never)]
    fn distribute(&mut self) {
        let Some(filter) = self.filter else { return };
        let mut staged = std::mem::take(&mut self.staged);
        for id in staged.drain(..) {
            let shard = filter.shard(id);
            let count = self.counts[shard];
            self.waiting[shard * Self::ROOM + count] = id as ShardHash;
            self.counts[shard] = count + 1;
            if count + 1 == Self::ROOM {
                self.flush(shard);
            }
        }
        self.staged = staged;
    }

    /// Inserts the buffered ids of a shard.
    #[inline(never)]
    fn flush(&mut self, shard: usize) {
        let count = std::mem::take(&mut self.counts[shard]);
        if count == 0 {
            return;
        }
        let waiting = &self.waiting[shard * Self::ROOM..][..count];
        // A full filter answers with false positives, and its result is discarded.
        if let Some(filter) = self.filter.filter(|filter| self.inserted.count <= filter.room()) {
            filter.insert(shard, waiting, &mut self.inserted.repeated);
        }
        self.inserted.count += count;
    }

    /// Inserts all buffered ids. Each thread does so for its own, in parallel.
    #[must_use]
    pub fn finish(mut self) -> Inserted {
        self.distribute();
        (0..self.counts.len()).for_each(|shard| self.flush(shard));
        self.inserted
    }
}

/// Ids that two records may share: all that two records do share, and a few false
/// positives.
#[derive(Debug, Default)]
pub struct ProbableRepeats {
    /// The bits of an id that the filter used.
    mask: u64,
    ids: QuickSet<u64>,
    bits_of_ids: BitFilter,
}

impl ProbableRepeats {
    /// The repeats that all threads recorded; `None` if there was no filter, or more ids
    /// were inserted than it holds.
    #[must_use]
    pub fn recorded(
        filter: Option<&BloomFilter>,
        inserted: impl IntoIterator<Item = Inserted>,
    ) -> Option<ProbableRepeats> {
        let filter = filter?;
        let (mut count, mut ids) = (0, QuickSet::default());
        for inserted in inserted {
            count += inserted.count;
            ids.extend(inserted.repeated);
        }
        (count <= filter.room()).then(|| ProbableRepeats::of(ids, filter.mask()))
    }

    /// The probable repeats among entries whose ids were not inserted while they were read.
    #[must_use]
    pub fn among(partitions: &[Partition], pool: &ThreadPool) -> ProbableRepeats {
        let filter = BloomFilter::for_ids(partitions.iter().map(Partition::len).sum());
        let repeated = |partition: &Partition| -> Vec<u64> {
            let mut notes = FilterWriter::new(Some(&filter));
            partition.entries().for_each(|entry| notes.push(entry.id));
            notes.finish().repeated
        };
        let repeated = pool.map(partitions.iter().collect(), repeated);
        ProbableRepeats::of(repeated.into_iter().flatten().collect(), filter.mask())
    }

    fn of(ids: QuickSet<u64>, mask: u64) -> ProbableRepeats {
        ProbableRepeats { mask, bits_of_ids: BitFilter::of(&ids), ids }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Whether an id is one of them.
    #[inline]
    #[must_use]
    pub fn contains(&self, id: RecordKey) -> bool {
        let id = id.bits() & self.mask;
        self.bits_of_ids.may_hold(id) && self.ids.contains(&id)
    }
}

/// A Bloom filter with one bit for each id of a set, small enough for the cache: it answers
/// most lookups of ids that are not in the set.
#[derive(Debug, Default)]
struct BitFilter {
    words: Vec<u64>,
}

impl BitFilter {
    fn of(ids: &QuickSet<u64>) -> BitFilter {
        let mut bits_of_ids = BitFilter { words: vec![0; (ids.len() / 4).next_power_of_two()] };
        for id in ids {
            let (word, bit) = bits_of_ids.place(*id);
            bits_of_ids.words[word] |= bit;
        }
        bits_of_ids
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
    use super::{BloomFilter, FilterWriter, ProbableRepeats};
    use crate::model::keys::{AgentKey, Keys, RecordKey};
    use crate::model::packed::{PackArena, PackedEntries};
    use crate::model::partition::Partition;
    use crate::model::shift::{Entry, Kind, Side, Traits};
    use crate::model::source::Origin;
    use crate::model::time::{Clock, Span};
    use crate::thread_pool::ThreadPool;
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};
    use std::collections::{BTreeSet, HashMap};
    use std::sync::Arc;

    /// The key of an id, as a run would make it.
    fn key(keys: &Keys, id: u16) -> RecordKey {
        keys.of(id.to_string().as_bytes())
    }

    /// Those that come twice.
    fn repeated(ids: &[RecordKey]) -> BTreeSet<RecordKey> {
        let mut counts: HashMap<RecordKey, u32> = HashMap::new();
        ids.iter().for_each(|id| *counts.entry(*id).or_default() += 1);
        ids.iter().copied().filter(|id| counts[id] > 1).collect()
    }

    fn inserted(
        ids: &[RecordKey],
        filter: &BloomFilter,
        threads: usize,
    ) -> Option<ProbableRepeats> {
        let pool = ThreadPool::new(Some(threads)).expect("threads");
        let shares = ids.chunks(ids.len().div_ceil(threads).max(1)).collect();
        let notes = pool.map(shares, |share: &[RecordKey]| {
            let mut notes = FilterWriter::new(Some(filter));
            share.iter().for_each(|id| notes.push(*id));
            notes.finish()
        });
        ProbableRepeats::recorded(Some(filter), notes)
    }

    fn entry(id: RecordKey, place: u64) -> Entry {
        let (span, origin) = (Span::of_millis(0, 1).expect("not empty"), Origin::new(0, place));
        let side = Side { batch: true, kind: Kind::Shift };
        let agent = AgentKey::from_bits(1);
        Entry::new(agent, id, span, Clock::UTC, side, Traits::default(), origin)
    }

    proptest! {
        #[test]
        fn every_repeat_is_found_and_hardly_anything_else(
            ids in proptest::collection::vec(0u16..2000, 0..600),
            threads in 1usize..4,
        ) {
            let keys = Keys::new();
            let ids: Vec<RecordKey> = ids.into_iter().map(|id| key(&keys, id)).collect();
            let twice = repeated(&ids);
            let mut partitions = [Partition::default(), Partition::default()];
            for (place, id) in ids.iter().enumerate() {
                let (mut pack, mut shelf) = (PackedEntries::default(), PackArena::default());
                pack.push(&entry(*id, place as u64), &mut shelf);
                partitions[place % 2].packs.push((Arc::new(shelf), pack));
            }
            let pool = ThreadPool::new(Some(threads)).expect("threads");
            let walked = ProbableRepeats::among(&partitions, &pool);
            let filter = BloomFilter::for_bytes(140 * ids.len() as u64);
            let inserted = inserted(&ids, &filter, threads).expect("room");
            for repeats in [walked, inserted] {
                let held = ids.iter().copied().filter(|id| repeats.contains(*id));
                let held: BTreeSet<RecordKey> = held.collect();
                prop_assert!(held.is_superset(&twice));
                prop_assert!(held.len() <= twice.len() + 5 + ids.len() / 10);
                prop_assert_eq!(repeats.is_empty(), held.is_empty());
            }
        }
    }

    #[test]
    fn every_repeat_is_found_in_a_filter_of_many_parts() {
        let (keys, count) = (Keys::new(), 200_000);
        let key = |id: u32| keys.of(&id.to_le_bytes());
        let again = (0..count).step_by(7);
        let ids: Vec<RecordKey> = (0..count).chain(again.clone()).map(key).collect();
        for threads in [1, 3] {
            let filter = BloomFilter::for_bytes(280 * u64::from(count));
            let repeats = inserted(&ids, &filter, threads).expect("room");
            assert!(again.clone().all(|id| repeats.contains(key(id))));
            let others = (0..count).filter(|id| id % 7 != 0 && repeats.contains(key(*id)));
            assert!(others.count() < count as usize / 20);
        }
    }

    #[test]
    fn every_repeat_is_found_in_the_largest_filter() {
        let filter = BloomFilter::for_bytes(u64::MAX);
        assert_eq!((filter.shards.len(), filter.bits), (1024, 14));
        // Any bits, but few of those that lead to the shard.
        let bits = |id: u64| id.wrapping_mul(0x9e37_79b9_7f4a_7c15) & !(0x3f0 << 32);
        let key = |id| RecordKey::from_bits(bits(id));
        let ids: Vec<RecordKey> = (1..=3000).chain([1, 1500, 3000]).map(key).collect();
        let repeats = inserted(&ids, &filter, 2).expect("room");
        let held = ids[..3000].iter().filter(|id| repeats.contains(**id));
        assert!(held.eq(&[key(1), key(1500), key(3000)]));
    }

    #[test]
    fn a_filter_without_room_says_so() {
        let keys = Keys::new();
        let ids: Vec<RecordKey> = (0..2000).map(|id| key(&keys, id)).collect();
        let filter = BloomFilter::for_bytes(0);
        assert!(inserted(&ids, &filter, 1).is_none());
        assert!(inserted(&ids, &filter, 2).is_none());
        assert!(ProbableRepeats::recorded(None, []).is_none());
        let filter = BloomFilter::for_bytes(0);
        assert!(inserted(&ids[..filter.room()], &filter, 2).is_some());
    }
}
