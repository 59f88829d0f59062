//! Keys: the hashes of names and ids by which records are compared.

use crate::model::spelling::remark;
use foldhash::fast::RandomState;
use foldhash::quality::SeedableRandomState;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hash, Hasher};

/// A set whose members nobody can prepare, such as keys, or that are few.
pub type QuickSet<Member> = HashSet<Member, RandomState>;

/// A map of the same kind.
pub type QuickMap<Key, Value> = HashMap<Key, Value, RandomState>;

/// A kind of key.
pub trait KeyKind: Copy + Ord + Hash {
    /// The key with this hash.
    fn from_hash(hash: u64) -> Self;
}

/// Defines a kind of key.
macro_rules! key {
    ($(#[$attribute:meta])* $kind:ident) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        #[repr(transparent)]
        pub struct $kind(u64);

        impl $kind {
            /// No key: that of the empty word.
            pub const NONE: $kind = $kind(0);

            /// Whether it is none.
            #[must_use]
            #[inline]
            pub const fn is_none(self) -> bool {
                self.0 == 0
            }

            /// Whether it is the key of something.
            #[must_use]
            #[inline]
            pub const fn is_some(self) -> bool {
                self.0 != 0
            }

            /// The hash.
            #[must_use]
            #[inline]
            pub const fn bits(self) -> u64 {
                self.0
            }

            /// The key with this hash.
            #[must_use]
            #[inline]
            pub const fn from_bits(bits: u64) -> $kind {
                $kind(bits)
            }
        }

        impl KeyKind for $kind {
            #[inline]
            fn from_hash(hash: u64) -> $kind {
                $kind::from_bits(hash)
            }
        }
    };
}

key! {
    /// The key of an agent: of the agent's id where the lists of agents give it, else of the
    /// word by which a record names the agent.
    AgentKey
}

key! {
    /// The key of the id of a record.
    RecordKey
}

key! {
    /// The key of any other name: of a schedule, of a version, of an agent beside the id.
    NameKey
}

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

    /// The key of the remark in brackets after a name, if there is one.
    #[must_use]
    pub fn of_remark(&self, name: &[u8]) -> NameKey {
        remark(name).map_or(NameKey::NONE, |remark| self.of(remark.as_bytes()))
    }

    /// The key of a word.
    #[must_use]
    #[inline(always)]
    pub fn of<Key: KeyKind>(&self, word: &[u8]) -> Key {
        Key::from_hash(self.hash(word))
    }

    /// The hash of a word; 0 only for the empty one.
    #[must_use]
    pub fn hash(&self, word: &[u8]) -> u64 {
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
    use super::{AgentKey, Keys, NameKey};

    #[test]
    fn only_the_empty_word_has_no_key() {
        let keys = Keys::new();
        let of = |word: &[u8]| keys.of::<NameKey>(word);
        assert_eq!((of(b""), of(b"").is_some()), (NameKey::NONE, false));
        assert_ne!(of(b"0"), NameKey::NONE);
        assert_eq!(of(b"anna"), of(b"anna"));
        assert_ne!(of(b"anna"), of(b"Anna"));
    }

    #[test]
    fn keys_of_any_kind_are_hashes() {
        let keys = Keys::new();
        let hash = keys.hash(b"anna");
        assert_eq!(
            (keys.of::<AgentKey>(b"anna").bits(), keys.of::<NameKey>(b"anna").bits()),
            (hash, hash)
        );
        assert_eq!(AgentKey::from_bits(hash), keys.of(b"anna"));
    }
}
