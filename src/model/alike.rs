//! An index of names that finds those that are similar to a given one.
//!
//! Similarity is the Damerau-Levenshtein distance as a share of the longer name, which takes a
//! quarter of a microsecond for each pair of letters. So names are grouped by length, with a
//! signature of the letters that they have. Both give a lower bound of the distance, and only
//! names within it are compared. A property test compares the answers with those of comparing
//! all names.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// Names longer than this, in bytes, are not compared.
const LONGEST: usize = 256;

/// How much of a name can differ: one letter in this many.
const ONE_IN: usize = 4;

/// How many names are offered.
const MOST: usize = 3;

/// Names that others may have meant.
#[derive(Debug, Default)]
pub struct Alike<'n> {
    /// By their number of letters.
    by_length: BTreeMap<usize, Vec<KnownName<'n>>>,
}

#[derive(Debug)]
struct KnownName<'n> {
    name: &'n str,
    folded: String,
    signature: u64,
}

/// How many names may still be compared.
#[derive(Debug, Clone, Copy)]
pub struct ComparisonBudget(usize);

impl Default for ComparisonBudget {
    /// Some tenths of a second: a hundred names among five thousand that are all
    /// like them, and any number among others.
    fn default() -> ComparisonBudget {
        ComparisonBudget(500_000)
    }
}

impl<'n> Alike<'n> {
    /// An index of these names.
    #[must_use]
    pub fn of(names: impl IntoIterator<Item = &'n str>) -> Alike<'n> {
        let mut alike = Alike::default();
        for name in names.into_iter().filter(|name| name.len() <= LONGEST) {
            let folded = name.to_lowercase();
            let (length, signature) = (folded.chars().count(), signature(&folded));
            let known = KnownName { name, folded, signature };
            alike.by_length.entry(length).or_default().push(known);
        }
        alike
    }

    /// The names that come nearest to one, the nearest first and of equals the first
    /// by name. `None` if that takes more effort than there is.
    pub fn nearest(&self, name: &str, effort: &mut ComparisonBudget) -> Option<Vec<String>> {
        if name.len() > LONGEST {
            return Some(Vec::new());
        }
        let folded = name.to_lowercase();
        let (length, own) = (folded.chars().count(), signature(&folded));
        let candidates = self.by_length.range(lengths(length)).flat_map(|(other, known)| {
            let most = length.max(*other) / ONE_IN;
            // One letter more or less changes one bit, another letter two.
            known.iter().filter(move |known| bits_apart(known.signature, own) <= 2 * most)
        });
        let candidates: Vec<&KnownName<'_>> = candidates.collect();
        effort.0 = effort.0.checked_sub(candidates.len())?;
        let mut scored: Vec<(f64, &str)> = candidates
            .into_iter()
            .map(|known| (likeness(&folded, &known.folded), known.name))
            .filter(|(score, _)| *score >= LEAST)
            .collect();
        scored.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(other.1)));
        Some(scored.into_iter().take(MOST).map(|(_, name)| name.to_owned()).collect())
    }
}

/// The name that differs least from this one, if so few letters do that it may be meant.
#[must_use]
pub fn nearest_name<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    /// A name longer than this is no slip of the finger.
    const LONGEST_SLIP: usize = 64;
    let length = name.chars().count();
    if length > LONGEST_SLIP {
        return None;
    }
    let lowercase = name.to_lowercase();
    known
        .map(|known| (strsim::damerau_levenshtein(&known.to_lowercase(), &lowercase), known))
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, _)| *distance <= (length / 3).max(1))
        .map(|(_, known)| known)
}

/// The least likeness of names that are offered: one letter in four differs.
const LEAST: f64 = 0.75;

fn likeness(one: &str, other: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(one, other)
}

/// The lengths of names that can be alike: a longer name has as many letters more
/// as differ at least.
fn lengths(length: usize) -> RangeInclusive<usize> {
    length - length / ONE_IN..=length * ONE_IN / (ONE_IN - 1)
}

/// A bit for each letter that a name has, which others may share.
fn signature(name: &str) -> u64 {
    name.chars().fold(0, |bits, letter| bits | 1 << (letter as u32 % u64::BITS))
}

fn bits_apart(one: u64, other: u64) -> usize {
    (one ^ other).count_ones() as usize
}

#[cfg(test)]
mod tests {
    use super::{Alike, ComparisonBudget, LEAST, LONGEST, likeness};
    use proptest::prelude::{prop_assert_eq, proptest};

    /// By comparing with every name.
    fn brute_force(name: &str, names: &[String]) -> Vec<String> {
        let folded = name.to_lowercase();
        let known = names.iter().filter(|known| known.len() <= LONGEST && name.len() <= LONGEST);
        let mut scored: Vec<(f64, &String)> = known
            .map(|known| (likeness(&folded, &known.to_lowercase()), known))
            .filter(|(score, _)| *score >= LEAST)
            .collect();
        scored.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(other.1)));
        scored.into_iter().take(3).map(|(_, known)| known.clone()).collect()
    }

    proptest! {
        #[test]
        fn the_nearest_are_those_that_comparing_all_finds(
            names in proptest::collection::btree_set("[aAbé]{0,9}|agent-[0-3]{1,4}|.{0,5}", 0..60),
            wanted in proptest::collection::vec("[aBbé]{0,9}|Agent-[0-3]{1,4}|.{0,5}", 1..20),
        ) {
            let names: Vec<String> = names.into_iter().collect();
            let alike = Alike::of(names.iter().map(String::as_str));
            for wanted in wanted {
                let found = alike.nearest(&wanted, &mut ComparisonBudget::default());
                prop_assert_eq!(found, Some(brute_force(&wanted, &names)), "{:?}", wanted);
            }
        }
    }

    #[test]
    fn what_takes_too_long_is_not_begun() {
        let names: Vec<String> = (0..1000).map(|number| format!("agent-{number:04}")).collect();
        let alike = Alike::of(names.iter().map(String::as_str));
        let mut effort = ComparisonBudget(2500);
        let mut ask = |name| alike.nearest(name, &mut effort).map(|found| found.len());
        assert_eq!(
            [ask("agent-x001"), ask("agent-x002"), ask("agent-x003")],
            [Some(3), Some(3), None]
        );
        assert_eq!(ask("somebody else"), Some(0), "no effort is none");
        let long = "x".repeat(LONGEST + 1);
        assert_eq!(
            Alike::of([long.as_str()]).nearest(&long, &mut ComparisonBudget(9)),
            Some(vec![])
        );
    }
}
