//! Keeps the first words of a kind, to show them.

use std::collections::BTreeMap;

/// How many are shown.
const MOST: usize = 2;

/// How many letters of each.
const LETTERS: usize = 40;

/// How many words of a kind there are, and the first of them that differ.
#[derive(Debug, Default)]
pub(super) struct Samples {
    count: u64,
    /// Each word by where it stands first, in bytes from the start of the file.
    words: BTreeMap<u64, String>,
}

impl Samples {
    /// Counts a word.
    pub(super) fn add(&mut self, offset: u64, word: &[u8]) {
        self.count += 1;
        let full = self.words.len() >= MOST;
        if !full || self.words.last_key_value().is_some_and(|(last, _)| offset < *last) {
            self.insert(offset, String::from_utf8_lossy(word).chars().take(LETTERS).collect());
        }
    }

    fn insert(&mut self, offset: u64, word: String) {
        let known = self.words.iter().find(|(_, known)| **known == word).map(|(at, _)| *at);
        match known {
            Some(at) if at <= offset => return,
            Some(at) => drop(self.words.remove(&at)),
            None => {}
        }
        self.words.insert(offset, word);
        if self.words.len() > MOST {
            self.words.pop_last();
        }
    }

    /// Those of both.
    pub(super) fn and(mut self, other: Samples) -> Samples {
        self.count += other.count;
        other.words.into_iter().for_each(|(offset, word)| self.insert(offset, word));
        self
    }

    /// How many words were counted.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// Where the first of them stands.
    pub(super) fn first(&self) -> Option<u64> {
        self.words.first_key_value().map(|(offset, _)| *offset)
    }

    /// The first words that differ.
    pub(super) fn words(&self) -> Vec<String> {
        self.words.values().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Samples;
    use proptest::prelude::{any, prop_assert_eq, proptest};

    fn of(words: &[(u64, u8)]) -> Samples {
        let mut samples = Samples::default();
        words.iter().for_each(|(offset, word)| samples.add(*offset, word.to_string().as_bytes()));
        samples
    }

    proptest! {
        #[test]
        fn the_first_two_words_do_not_hang_on_the_order(
            words in proptest::collection::vec(0..4u8, 0..20),
            split in any::<proptest::sample::Index>(),
        ) {
            let words: Vec<(u64, u8)> = (0..).zip(words).collect();
            let mut expected: Vec<String> = Vec::new();
            for (_, word) in &words {
                if expected.len() < 2 && !expected.contains(&word.to_string()) {
                    expected.push(word.to_string());
                }
            }
            let (one, other) = words.split_at(split.index(words.len() + 1));
            let joined = of(other).and(of(one));
            prop_assert_eq!(joined.words(), expected);
            prop_assert_eq!(joined.count(), words.len() as u64);
            prop_assert_eq!(joined.first(), words.first().map(|(offset, _)| *offset));
        }
    }
}
