//! Keys: the hashes of names and ids by which records are compared.

use crate::model::spelling::remark;
use foldhash::fast::RandomState;
use foldhash::quality::SeedableRandomState;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hasher};

/// A set whose members nobody can prepare, such as keys, or that are few.
pub type QuickSet<Member> = HashSet<Member, RandomState>;

/// A map of the same kind.
pub type QuickMap<Key, Value> = HashMap<Key, Value, RandomState>;

/// Makes keys of names and ids.
///
/// Keys represent names in the hot pass. They depend on a seed that differs from run to
/// run, so that nobody can prepare names whose keys are equal; no output depends on them.
/// If two names share a key all the same, the records of a finding show it, and the work is
/// repeated with other seeds.
#[derive(Debug, Clone)]
pub struct Keys(SeedableRandomState);

impl Default for Keys {
    fn default() -> Keys {
        Keys::new()
    }
}

impl Keys {
    /// Keys by a fresh seed.
    #[must_use]
    pub fn new() -> Keys {
        Keys(SeedableRandomState::random())
    }

    /// The key of the remark in brackets after a name; 0 for none.
    #[must_use]
    pub fn of_remark(&self, name: &[u8]) -> u64 {
        remark(name).map_or(0, |remark| self.of(remark.as_bytes()))
    }

    /// The key of a word; 0 only for the empty one.
    #[must_use]
    pub fn of(&self, word: &[u8]) -> u64 {
        if word.is_empty() {
            return 0;
        }
        let mut hasher = self.0.build_hasher();
        hasher.write(word);
        hasher.finish().max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::Keys;

    #[test]
    fn only_the_empty_word_has_no_key() {
        let keys = Keys::new();
        assert_eq!(keys.of(b""), 0);
        assert_ne!(keys.of(b"0"), 0);
        assert_eq!(keys.of(b"anna"), keys.of(b"anna"));
        assert_ne!(keys.of(b"anna"), keys.of(b"Anna"));
    }
}
