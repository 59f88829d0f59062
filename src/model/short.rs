//! Short words packed into integers, so that one comparison compares eight bytes (SWAR).

/// A word of at most 16 bytes as numbers: its length, its first bytes and its
/// last, which overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Short(usize, u64, u64);

impl Short {
    /// No word.
    pub const EMPTY: Short = Short(0, 0, 0);

    /// The numbers of a word; `None` for a longer one.
    #[inline(always)]
    #[must_use]
    pub fn new(word: &[u8]) -> Option<Short> {
        let wide = |part: Option<&[u8; 8]>| part.map(|bytes| u64::from_le_bytes(*bytes));
        let half = |part: Option<&[u8; 4]>| part.map(|bytes| u64::from(u32::from_le_bytes(*bytes)));
        let (first, last) = match *word {
            [] => (0, 0),
            [one] => (u64::from(one), 0),
            [one, two] => (u64::from(one), u64::from(two)),
            [one, two, three] => (u64::from(one), u64::from(two) << 8 | u64::from(three)),
            _ if word.len() < 8 => (half(word.first_chunk())?, half(word.last_chunk())?),
            _ if word.len() <= 16 => (wide(word.first_chunk())?, wide(word.last_chunk())?),
            _ => return None,
        };
        Some(Short(word.len(), first, last))
    }

    /// A number that tends to differ from word to word.
    #[inline(always)]
    #[must_use]
    pub fn place(self) -> usize {
        let mixed = (self.1 ^ self.2.rotate_left(32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> 48) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::Short;
    use proptest::prelude::{prop_assert_eq, proptest};

    proptest! {
        #[test]
        fn short_words_are_one_if_their_numbers_are(
            one in proptest::collection::vec(b'a'..b'c', 0..20),
            place in 0usize..20,
            byte in b'a'..b'c',
        ) {
            let mut other = one.clone();
            other.get_mut(place).into_iter().for_each(|known| *known = byte);
            let (short, others) = (Short::new(&one), Short::new(&other));
            prop_assert_eq!(short.is_some(), one.len() <= 16);
            prop_assert_eq!(short == others && short.is_some(), one == other && one.len() <= 16);
        }
    }
}
