//! Packs entries into three words instead of five until they are sorted (delta encoding).
//!
//! Most entries of a run start and end at whole minutes of these decades, last at most two days
//! and a half, share a few clocks and sides (dictionary encoding), and begin shortly after the
//! entry before them in the file (delta encoding). Such an entry takes 24 bytes, any other one
//! 48; both are decoded to the 40 bytes of [`Entry`].
//!
//! **Price tag.** 0.94 of the processor time and 0.62 of the memory of ten million records,
//! against a vector of plain entries. A property test encodes and decodes entries of all kinds.

use crate::model::keys::{AgentKey, RecordKey};
use crate::model::shift::Entry;
use crate::model::slabs::{Slabs, Stretch, Triple};
use crate::model::source::Origin;
use crate::model::time::{Instant, MINUTE};
use std::slice::Iter;
use std::sync::Arc;
use std::vec::IntoIter;

/// The third word of the first half of an entry that takes two. No other has it,
/// since no likeness has this number.
const HALF: u64 = u64::MAX;

/// 2010-01-01T00:00Z, from which the minutes of starts are counted.
const FIRST: Instant = Instant::from_millis(14_610 * 24 * 60 * MINUTE);

/// How many bits hold the minutes from there to the start, those from start to
/// end, the bytes since the entry before, and the number of the likeness.
const START: u32 = 24;
const LENGTH: u32 = 12;
const STEP: u32 = 22;
const LIKENESS: u32 = 6;

/// Clock, side and traits together, as entries of one thread have them: each in
/// the place that its bits lead to.
#[derive(Debug, Clone, Copy)]
struct Likenesses([u32; 1 << LIKENESS]);

impl Default for Likenesses {
    fn default() -> Likenesses {
        Likenesses([Self::NONE; 1 << LIKENESS])
    }
}

impl Likenesses {
    /// More than the 27 bits of a likeness.
    const NONE: u32 = u32::MAX;

    /// The place of a likeness, unless another one has it.
    #[inline(always)]
    fn place(&mut self, likeness: u32) -> Option<u64> {
        let place = likeness.wrapping_mul(0x9e37_79b1) >> (u32::BITS - LIKENESS);
        let known = &mut self.0[place as usize];
        if *known != likeness {
            let last = (1 << LIKENESS) - 1;
            if *known != Self::NONE || place == last {
                return None;
            }
            *known = likeness;
        }
        Some(u64::from(place))
    }
}

/// An arena with the entries of one thread's packs, and what those have in common.
#[derive(Debug, Clone, Default)]
pub struct PackArena {
    slabs: Slabs,
    likenesses: Likenesses,
}

/// One thread's entries of one partition, in the order in which they came.
#[derive(Debug, Default)]
pub struct PackedEntries {
    /// The places that are being filled.
    open: Stretch,
    /// The next of them.
    next: usize,
    /// Those that were filled before.
    full: Vec<Filled>,
    /// How many places those are.
    places: usize,
    /// Where the last entry is.
    last: Origin,
    /// How many entries take two places.
    halved: usize,
}

/// Places that are filled.
#[derive(Debug)]
enum Filled {
    /// In a slab that others may use, too.
    Shared(Stretch),
    /// In memory of their own.
    Own(Vec<Triple>),
}

impl Filled {
    #[inline(always)]
    fn words<'f>(&'f self, shelf: &'f PackArena) -> &'f [Triple] {
        match self {
            Filled::Shared(stretch) => shelf.slabs.of(*stretch),
            Filled::Own(words) => words,
        }
    }
}

impl PackedEntries {
    /// How many places a pack is given first; each time twice as many as before,
    /// up to the most: 48 KB.
    const FEWEST: usize = 8;
    const MOST: usize = 2048;
    /// From how many places on a pack is given whole slabs: 24 MB, which most of
    /// the partitions of a file of a hundred million records do not reach. The
    /// crowd of one agent does.
    const LARGE: usize = 1 << 20;
    /// The places of such a slab: 50 MB, which the usual allocators ask of the
    /// system and give back to it by themselves, and not in a heap with others.
    const WHOLE: usize = 1 << 21;

    /// Adds an entry, always to the same shelf.
    #[inline(always)]
    pub fn push(&mut self, entry: &Entry, shelf: &mut PackArena) {
        if self.open.end - self.next < 2 {
            self.make_room(&mut shelf.slabs);
        }
        match shortened(entry, self.last, &mut shelf.likenesses) {
            Some(word) => self.put([entry.agent.bits(), entry.id.bits(), word], shelf),
            None => self.push_halves(entry, shelf),
        }
        self.last = entry.origin;
    }

    #[inline(always)]
    fn put(&mut self, words: Triple, shelf: &mut PackArena) {
        shelf.slabs.put(self.open, self.next, words);
        self.next += 1;
    }

    #[cold]
    fn push_halves(&mut self, entry: &Entry, shelf: &mut PackArena) {
        let (start, end) = entry.words();
        self.put([entry.agent.bits(), entry.id.bits(), HALF], shelf);
        self.put([start, end, entry.origin.bits()], shelf);
        self.halved += 1;
    }

    #[cold]
    fn make_room(&mut self, slabs: &mut Slabs) {
        let before = self.open.end - self.open.start;
        self.close();
        self.open = match self.places < Self::LARGE {
            true => slabs.give((2 * before).clamp(Self::FEWEST, Self::MOST)),
            false => slabs.give_whole(Self::WHOLE),
        };
        self.next = self.open.start;
    }

    /// Counts what is filled of the open places among those that are full.
    fn close(&mut self) {
        if let Some(filled) = self.filled() {
            self.places += filled.end - filled.start;
            self.full.push(Filled::Shared(filled));
        }
        self.open.start = self.next;
    }

    /// What is filled of the places that are being filled.
    fn filled(&self) -> Option<Stretch> {
        (self.next > self.open.start).then_some(Stretch { end: self.next, ..self.open })
    }

    /// Takes the slabs that it has to itself out of its shelf, so that they can be
    /// freed one by one. Nothing is added any more.
    pub fn take_own(&mut self, shelf: &mut PackArena) {
        self.close();
        self.open = Stretch::default();
        self.next = 0;
        for filled in &mut self.full {
            if let Filled::Shared(stretch) = filled
                && stretch.whole
            {
                *filled = Filled::Own(shelf.slabs.take_whole(*stretch));
            }
        }
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places + (self.next - self.open.start) - self.halved
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entries in their order, from the shelf to which they were added.
    #[must_use]
    pub fn entries<'p>(&'p self, shelf: &'p PackArena) -> Entries<'p> {
        let open = self.filled();
        Entries { shelf, full: self.full.iter(), open, words: [].iter(), before: Origin::default() }
    }

    /// The same, freeing the memory that it has to itself on the way.
    #[must_use]
    pub fn drain(mut self, shelf: Arc<PackArena>) -> Drain {
        self.close();
        let full = self.full.into_iter();
        Drain { shelf, full, filled: Filled::Own(Vec::new()), place: 0, before: Origin::default() }
    }
}

/// The entries of a pack.
#[derive(Debug, Clone)]
pub struct Entries<'p> {
    shelf: &'p PackArena,
    full: Iter<'p, Filled>,
    open: Option<Stretch>,
    /// What is left of some places. No entry is spread over two such.
    words: Iter<'p, Triple>,
    /// Where the entry before is.
    before: Origin,
}

impl<'p> Entries<'p> {
    #[inline(always)]
    fn next_words(&mut self) -> Option<&'p Triple> {
        loop {
            if let Some(words) = self.words.next() {
                return Some(words);
            }
            self.words = match self.full.next() {
                Some(filled) => filled.words(self.shelf).iter(),
                None => self.shelf.slabs.of(self.open.take()?).iter(),
            };
        }
    }
}

impl Iterator for Entries<'_> {
    type Item = Entry;

    #[inline(always)]
    fn next(&mut self) -> Option<Entry> {
        let first = *self.next_words()?;
        let likenesses = &self.shelf.likenesses;
        let entry = put_together(first, || self.words.next(), self.before, likenesses);
        self.before = entry.origin;
        Some(entry)
    }
}

/// The entries of a pack that is given up.
#[derive(Debug)]
pub struct Drain {
    shelf: Arc<PackArena>,
    full: IntoIter<Filled>,
    /// The places at hand, and the next of them.
    filled: Filled,
    place: usize,
    /// Where the entry before is.
    before: Origin,
}

impl Iterator for Drain {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        let mut words = self.filled.words(&self.shelf);
        while self.place == words.len() {
            // What was at hand is freed here.
            self.filled = self.full.next()?;
            (self.place, words) = (0, self.filled.words(&self.shelf));
        }
        let mut rest = words[self.place..].iter();
        let first = *rest.next()?;
        let likenesses = &self.shelf.likenesses;
        let entry = put_together(first, || rest.next(), self.before, likenesses);
        self.place = words.len() - rest.len();
        self.before = entry.origin;
        Some(entry)
    }
}

/// The entry of three words, and of the next three if it takes two places.
///
/// # Panics
/// If there is only half an entry: it was not packed by this module.
#[inline(always)]
fn put_together<'w>(
    [agent, id, word]: Triple,
    next: impl FnOnce() -> Option<&'w Triple>,
    before: Origin,
    likenesses: &Likenesses,
) -> Entry {
    let (agent, id) = (AgentKey::from_bits(agent), RecordKey::from_bits(id));
    if word != HALF {
        return lengthened(agent, id, word, before, likenesses);
    }
    let Some([start, end, origin]) = next() else { panic!("half an entry") };
    Entry::from_words(agent, id, (*start, *end), Origin::from_bits(*origin))
}

/// The third word of an entry, if all of it fits.
#[inline(always)]
fn shortened(entry: &Entry, last: Origin, likenesses: &mut Likenesses) -> Option<u64> {
    const IN_MINUTE: u64 = MINUTE as u64;
    let (start, end) = (entry.start().millis(), entry.end().millis());
    let since = start.wrapping_sub(FIRST.millis()) as u64;
    let length = end.wrapping_sub(start) as u64;
    let step = entry.origin.bits().wrapping_sub(last.bits());
    let (start, minutes) = (since / IN_MINUTE, length / IN_MINUTE);
    let fits = start >> START == 0
        && minutes >> LENGTH == 0
        && step >> STEP == 0
        && start * IN_MINUTE == since
        && minutes * IN_MINUTE == length;
    if !fits {
        return None;
    }
    let place = likenesses.place(entry.likeness())?;
    Some(((start << LENGTH | minutes) << STEP | step) << LIKENESS | place)
}

/// The entry that was shortened to a word.
#[inline(always)]
fn lengthened(
    agent: AgentKey,
    id: RecordKey,
    word: u64,
    last: Origin,
    likenesses: &Likenesses,
) -> Entry {
    let low = |word: u64, bits: u32| word & ((1 << bits) - 1);
    let likeness = likenesses.0[low(word, LIKENESS) as usize];
    debug_assert_ne!(likeness, Likenesses::NONE, "a likeness that no entry has");
    let step = low(word >> LIKENESS, STEP);
    let minutes = low(word >> (LIKENESS + STEP), LENGTH).cast_signed();
    let start = FIRST + (word >> (LIKENESS + STEP + LENGTH)).cast_signed() * MINUTE;
    let words = Entry::words_of(start, start + minutes * MINUTE, likeness);
    Entry::from_words(agent, id, words, Origin::from_bits(last.bits().wrapping_add(step)))
}

#[cfg(test)]
mod tests {
    use super::{FIRST, PackArena, PackedEntries, Triple};
    use crate::model::keys::{AgentKey, RecordKey};
    use crate::model::shift::{Entry, Side, Traits};
    use crate::model::source::Origin;
    use crate::model::time::{Clock, Instant, MINUTE, Span};
    use proptest::prelude::{Strategy, any, prop_assert_eq, prop_oneof, proptest};
    use std::sync::Arc;

    /// Entries that fit into three words, that nearly do, and that do not.
    fn entries() -> impl Strategy<Value = Vec<Entry>> {
        let start = prop_oneof![
            (0i64..1 << 24).prop_map(|minute| FIRST + minute * MINUTE),
            (-3i64..3).prop_map(|minute| FIRST + minute * MINUTE),
            (-3i64..3).prop_map(|minute| FIRST + ((1 << 24) + minute) * MINUTE),
            (-62_135_596_800_000i64..253_402_300_800_000).prop_map(Instant::from_millis),
        ];
        let length = prop_oneof![
            (1i64..1 << 12).prop_map(|minutes| minutes * MINUTE),
            (4090i64..4100).prop_map(|minutes| minutes * MINUTE),
            1i64..1 << 40,
        ];
        let step = prop_oneof![0i64..400, (1i64 << 22) - 3..(1 << 22) + 3, -9i64..1 << 40];
        let clock = prop_oneof![(0i32..4).prop_map(|hour| hour * 60), -1440i32..1440];
        let entry = (
            start,
            length,
            step,
            clock,
            0..Side::COUNT,
            any::<(bool, bool)>(),
            any::<(u64, u64)>(),
        );
        proptest::collection::vec(entry, 0..1500).prop_map(|entries| {
            let mut place = 1 << 30;
            let entry = |(start, length, step, clock, side, (late, other), (agent, id))| {
                let mut traits = Traits::default();
                if late {
                    traits.add(Traits::OVERNIGHT);
                }
                if other {
                    traits.add(Traits::PART);
                }
                place += step;
                let origin = Origin::new(u16::from(other && late), place as u64);
                let span = Span::new(start, start + length).expect("not empty");
                let (clock, side) = (Clock::fixed_minutes(clock), Side::from_number(side));
                let (agent, id) = (AgentKey::from_bits(agent), RecordKey::from_bits(id));
                Entry::new(agent, id, span, clock, side, traits, origin)
            };
            entries.into_iter().map(entry).collect()
        })
    }

    proptest! {
        #[test]
        fn what_is_packed_comes_out_as_it_was(entries in entries()) {
            let (mut pack, mut shelf) = (PackedEntries::default(), PackArena::default());
            entries.iter().for_each(|entry| pack.push(entry, &mut shelf));
            let out: Vec<Entry> = pack.entries(&shelf).collect();
            prop_assert_eq!((pack.len(), pack.is_empty()), (out.len(), out.is_empty()));
            prop_assert_eq!(&out, &entries);
            pack.take_own(&mut shelf);
            prop_assert_eq!(pack.len(), entries.len());
            prop_assert_eq!(&pack.entries(&shelf).collect::<Vec<_>>(), &entries);
            prop_assert_eq!(pack.drain(Arc::new(shelf)).collect::<Vec<_>>(), entries);
        }
    }

    #[test]
    fn a_large_pack_has_slabs_to_itself_and_gives_them_up() {
        let count = PackedEntries::LARGE + PackedEntries::WHOLE + PackedEntries::MOST;
        let entry = |place: usize| {
            let span = Span::new(FIRST, FIRST + MINUTE).expect("not empty");
            let (origin, side) = (Origin::new(0, 40 * place as u64), Side::from_number(3));
            let (agent, id) = (AgentKey::from_bits(7), RecordKey::from_bits(place as u64));
            Entry::new(agent, id, span, Clock::UTC, side, Traits::default(), origin)
        };
        let ([mut pack, mut other], mut shelf) =
            (<[PackedEntries; 2]>::default(), PackArena::default());
        for place in 0..count {
            pack.push(&entry(place), &mut shelf);
            if place % 1000 == 0 {
                other.push(&entry(place), &mut shelf);
            }
        }
        pack.take_own(&mut shelf);
        let own = pack.full.iter().filter(|filled| matches!(filled, super::Filled::Own(_)));
        assert_eq!((pack.len(), own.count()), (count, 2));
        assert!(pack.entries(&shelf).eq((0..count).map(entry)));
        let shelf = Arc::new(shelf);
        assert!(other.entries(&shelf).eq((0..count).step_by(1000).map(entry)));
        assert!(pack.drain(Arc::clone(&shelf)).eq((0..count).map(entry)));
    }

    #[test]
    fn a_usual_entry_takes_24_bytes() {
        assert_eq!(std::mem::size_of::<Triple>(), 24);
        let (mut pack, mut shelf) = (PackedEntries::default(), PackArena::default());
        for place in 0..10_000i64 {
            let start = FIRST + place * 61 * MINUTE;
            let span = Span::new(start, start + 480 * MINUTE).expect("not empty");
            let clock = Clock::fixed_minutes(-300 - 60 * i32::from(place % 2 == 0));
            let origin = Origin::new(0, place as u64 * 36_000);
            let (side, traits) = (Side::from_number(3), Traits::default());
            let (agent, id) = (AgentKey::from_bits(7), RecordKey::from_bits(8));
            pack.push(&Entry::new(agent, id, span, clock, side, traits, origin), &mut shelf);
        }
        assert_eq!((pack.len(), pack.halved), (10_000, 0));
        assert!(pack.full.len() < 15, "it is given twice as many places each time");
    }
}
