//! Memory for words that come in threes, asked of the system in large pieces.
//!
//! Each request for a small piece would widen the heap by as little, and stop the
//! other threads that touch fresh memory. What is not filled of a large piece is
//! not fetched, as long as the system hands it out as zeros.

/// Three words.
pub type Triple = [u64; 3];

/// Memory that is given away in stretches, and taken back all at once. A stretch
/// is of no use to other slabs than those that gave it.
#[derive(Debug, Clone, Default)]
pub struct Slabs {
    slabs: Vec<Vec<Triple>>,
    /// How much of the last one is given away.
    given: usize,
}

/// Places of a slab that lie together.
#[derive(Debug, Clone, Copy, Default)]
pub struct Stretch {
    /// The slab.
    pub slab: usize,
    /// The first of them.
    pub start: usize,
    /// The one behind the last.
    pub end: usize,
}

impl Slabs {
    /// Places in the first slab, which is enough for a small file; any other has
    /// sixteen times as many as the one before, up to the most: one and a half
    /// megabytes. In smaller steps much of it would be cleared by hand.
    const FIRST: usize = 1 << 8;
    const MOST: usize = 1 << 16;

    /// Gives so many places away. What nobody puts there is zeros.
    pub fn give(&mut self, count: usize) -> Stretch {
        let last = self.slabs.last().map_or(0, Vec::len);
        if last - self.given < count {
            let usual = (16 * last).clamp(Self::FIRST, Self::MOST);
            // Asked for as zeros, so that they are not touched here.
            self.slabs.push(vec![[0; 3]; usual.max(count)]);
            self.given = 0;
        }
        let start = self.given;
        self.given += count;
        Stretch { slab: self.slabs.len() - 1, start, end: self.given }
    }

    /// Fills a place of a stretch.
    ///
    /// # Panics
    /// May panic if other slabs gave the stretch.
    #[inline(always)]
    pub fn put(&mut self, stretch: Stretch, place: usize, words: Triple) {
        self.slabs[stretch.slab][place] = words;
    }

    /// What a stretch holds.
    ///
    /// # Panics
    /// May panic if other slabs gave the stretch.
    #[must_use]
    pub fn of(&self, stretch: Stretch) -> &[Triple] {
        &self.slabs[stretch.slab][stretch.start..stretch.end]
    }
}

#[cfg(test)]
mod tests {
    use super::Slabs;

    #[test]
    fn stretches_lie_side_by_side_and_hold_what_was_put() {
        let (mut slabs, mut given) = (Slabs::default(), Vec::new());
        for number in 0..3000u64 {
            let stretch = slabs.give(1 + number as usize % 700);
            (stretch.start..stretch.end).for_each(|place| slabs.put(stretch, place, [number; 3]));
            given.push(stretch);
        }
        for (number, stretch) in given.into_iter().enumerate() {
            let held = slabs.of(stretch);
            assert_eq!(held.len(), 1 + number % 700);
            assert!(held.iter().all(|words| *words == [number as u64; 3]));
        }
        let large = slabs.give(Slabs::MOST + 1);
        assert_eq!(slabs.of(large).len(), Slabs::MOST + 1);
    }
}
