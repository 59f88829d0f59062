//! Tells lists of names from names of two parts by where the parts of all of them stand.
//!
//! `Lee, Anna` and `Lee, Bob` are two agents with a family name before the comma. In lists
//! such as `Anna, Bob` and `Bob, Cid` the same names stand before it and behind it.

use super::KeyList;
use super::lists::ListLikeness;
use crate::model::keys::{AgentKey, QuickMap};

/// In how many words a part stands.
#[derive(Debug, Clone, Copy, Default)]
struct PartPlaces {
    first: u32,
    later: u32,
}

/// The parts of all words that may be lists of names.
#[derive(Debug, Default)]
pub(super) struct NamePool {
    parts: QuickMap<AgentKey, PartPlaces>,
    /// Whether so many parts stand both first and later that the place means nothing.
    is_mixed: bool,
    /// Whether words of more than two parts have different numbers of them, or there is
    /// one such word: `Lee, Anna, Nurse` has three in each.
    has_long_lists: bool,
}

impl NamePool {
    /// One part of so many that stands both first and later is a list's: of five hundred
    /// agents with family names first, a few are called Thomas, and a few others Thomas by
    /// their first names.
    const MIXED_SHARE: usize = 4;

    /// The parts of these words.
    pub(super) fn of<'w>(words: impl Iterator<Item = &'w KeyList>) -> NamePool {
        let mut pool = NamePool::default();
        let (mut lengths, mut long_words) = (Vec::new(), 0);
        for word in words.filter(|word| word.likeness == ListLikeness::Names) {
            let mut places = word.parts.iter();
            places.next().into_iter().for_each(|part| pool.part(*part).first += 1);
            places.for_each(|part| pool.part(*part).later += 1);
            long_words += usize::from(word.parts.len() > 2);
            if !lengths.contains(&word.parts.len()) {
                lengths.push(word.parts.len());
            }
        }
        let both = pool.parts.values().filter(|places| places.first > 0 && places.later > 0);
        let both = both.count();
        pool.is_mixed = both > 0 && both * NamePool::MIXED_SHARE >= pool.parts.len();
        pool.has_long_lists = long_words == 1 || long_words > 0 && lengths.len() > 1;
        pool
    }

    fn part(&mut self, part: AgentKey) -> &mut PartPlaces {
        self.parts.entry(part).or_default()
    }

    /// Whether a list names several agents, given who is an agent by itself, and whether
    /// its column has a name for several.
    pub(super) fn are_several(
        &self,
        list: &KeyList,
        is_known: impl Fn(&AgentKey) -> bool,
        is_plural: impl Fn() -> bool,
    ) -> bool {
        match list.likeness {
            ListLikeness::Sure => true,
            ListLikeness::Number => is_plural(),
            ListLikeness::Names => {
                list.parts.iter().any(is_known)
                    || self.is_mixed && list.parts.iter().any(|part| self.recurs(part))
                    || self.has_long_lists && list.parts.len() > 2
            }
            ListLikeness::Unlike => false,
        }
    }

    /// Whether a part stands in several words.
    fn recurs(&self, part: &AgentKey) -> bool {
        self.parts.get(part).is_some_and(|places| places.first + places.later > 1)
    }
}
