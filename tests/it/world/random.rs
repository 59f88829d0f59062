//! Random numbers that are the same in every run.

/// A SplitMix64 generator.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x51f1_2026)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to below `most`.
    pub(crate) fn below(&mut self, most: i64) -> i64 {
        (self.next() >> 1) as i64 % most.max(1)
    }

    pub(crate) fn percent(&mut self, share: i64) -> bool {
        self.below(100) < share
    }

    pub(crate) fn of<Item: Copy>(&mut self, items: &[Item]) -> Item {
        items[self.below(items.len() as i64) as usize]
    }
}
