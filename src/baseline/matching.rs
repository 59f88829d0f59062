//! Finds for each finding the one of an earlier run that is the same.

use crate::model::gate::FindingKey;
use crate::model::keys::QuickMap;
use crate::model::rule::Measure;

/// Which findings of two runs are the same.
#[derive(Debug)]
pub struct Matches {
    /// For each finding of this run the place of the earlier one.
    pub earlier: Vec<Option<usize>>,
    /// The places of the earlier ones that none is the same as.
    pub unmatched: Vec<usize>,
}

/// Matches findings with those of an earlier run, each with one at most: first by the ids of their
/// records, then by the spans.
#[must_use]
pub fn match_all(known: &[FindingKey], found: &[FindingKey]) -> Matches {
    let mut matching =
        Matching { known, is_taken: vec![false; known.len()], earlier: vec![None; found.len()] };
    matching.take_by(found, |key| key.fingerprint.0, covers);
    matching.take_by(found, |key| key.spans, is_no_worse);
    let unmatched = matching.is_taken.iter().enumerate().filter(|(_, is_taken)| !**is_taken);
    Matches { unmatched: unmatched.map(|(place, _)| place).collect(), earlier: matching.earlier }
}

struct Matching<'k> {
    known: &'k [FindingKey],
    is_taken: Vec<bool>,
    earlier: Vec<Option<usize>>,
}

impl Matching<'_> {
    /// Matches those that are left and have the same hash, the first first. Places are linked, so
    /// that a thousand copies of one record, of which each pair is a finding with the same spans,
    /// are not looked through for each of these.
    fn take_by(
        &mut self,
        found: &[FindingKey],
        hash: impl Fn(&FindingKey) -> u64,
        is_same: impl Fn(&FindingKey, &FindingKey) -> bool,
    ) {
        let Matching { known, is_taken, earlier } = self;
        if is_taken.iter().all(|is_taken| *is_taken) {
            return;
        }
        let mut places = PlacesByHash::with_room(known.len());
        for place in (0..known.len()).rev().filter(|place| !is_taken[*place]) {
            places.put_first(hash(&known[place]), place);
        }
        for (earlier, found) in earlier.iter_mut().zip(found).filter(|(of, _)| of.is_none()) {
            *earlier = places.take(hash(found), |place| is_same(&known[place], found));
            earlier.iter().for_each(|place| is_taken[*place] = true);
        }
    }
}

/// Places by their hashes, those of each in a linked list.
struct PlacesByHash {
    first: QuickMap<u64, usize>,
    /// What follows each place.
    next: Vec<Option<usize>>,
}

impl PlacesByHash {
    fn with_room(count: usize) -> PlacesByHash {
        let mut first = QuickMap::default();
        first.reserve(count);
        PlacesByHash { first, next: vec![None; count] }
    }

    fn put_first(&mut self, hash: u64, place: usize) {
        self.next[place] = self.first.insert(hash, place);
    }

    /// Takes out the first place with this hash that is wanted.
    fn take(&mut self, hash: u64, is_wanted: impl Fn(usize) -> bool) -> Option<usize> {
        let mut before = None;
        let mut place = *self.first.get(&hash)?;
        while !is_wanted(place) {
            before = Some(place);
            place = self.next[place]?;
        }
        match (before, self.next[place]) {
            (Some(before), after) => self.next[before] = after,
            (None, Some(after)) => _ = self.first.insert(hash, after),
            (None, None) => _ = self.first.remove(&hash),
        }
        Some(place)
    }
}

/// Whether a finding about records with the same ids is not worse than it was.
fn covers(known: &FindingKey, found: &FindingKey) -> bool {
    is_as_grave(known, found)
        && match found.measure {
            Measure::SharedTime => holds(known, found),
            Measure::Rest => holds(found, known),
            Measure::Work | Measure::Versions | Measure::Agents => is_no_worse(known, found),
            Measure::Spans => known.spans == found.spans,
            Measure::Nothing => false,
        }
}

/// Whether the time of one finding holds that of another one.
fn holds(outer: &FindingKey, inner: &FindingKey) -> bool {
    let spans = [outer, inner].map(|of| Some((of.start?, of.minutes?)));
    let [Some((outer, outer_minutes)), Some((inner, minutes))] = spans else { return false };
    let later = inner.checked_since(outer).unwrap_or(-1);
    later >= 0 && later + minutes * MINUTE <= outer_minutes * MINUTE
}

/// In milliseconds.
const MINUTE: i64 = 60_000;

/// Whether a finding with the same spans is not worse than it was.
fn is_no_worse(known: &FindingKey, found: &FindingKey) -> bool {
    let same = known.spans == found.spans;
    let minutes = known.minutes.zip(found.minutes);
    same && is_as_grave(known, found)
        && match found.measure {
            Measure::SharedTime | Measure::Work => {
                minutes.is_some_and(|(before, now)| now <= before)
            }
            Measure::Rest => minutes.is_some_and(|(before, now)| now >= before),
            Measure::Versions | Measure::Agents | Measure::Spans => true,
            Measure::Nothing => false,
        }
}

/// Whether a finding is no graver than it was, and of records of the same roles.
fn is_as_grave(known: &FindingKey, found: &FindingKey) -> bool {
    found.severity <= known.severity && found.roles == known.roles
}

#[cfg(test)]
mod tests {
    use super::{PlacesByHash, match_all};
    use crate::model::finding::Fingerprint;
    use crate::model::gate::FindingKey;
    use crate::model::rule::{Measure, Severity};
    use crate::model::time::Instant;
    use proptest::prelude::{prop_assert_eq, proptest};

    fn key(fingerprint: u64, spans: u64, minutes: i64) -> FindingKey {
        FindingKey {
            fingerprint: Fingerprint(fingerprint),
            spans,
            start: Some(Instant::from_millis(0)),
            minutes: Some(minutes),
            severity: Severity::Error,
            roles: 1,
            measure: Measure::SharedTime,
        }
    }

    #[test]
    fn a_crowd_with_new_ids_is_matched_pair_by_pair() {
        let crowd = |first: u64| -> Vec<FindingKey> {
            (first..first + 200_000).map(|number| key(number, 7, 30)).collect()
        };
        let matches = match_all(&crowd(0), &crowd(1 << 32));
        assert!(matches.unmatched.is_empty() && matches.earlier.iter().all(Option::is_some));
    }

    proptest! {
        #[test]
        fn the_first_that_is_wanted_is_taken(
            hashes in proptest::collection::vec(0_u64..4, 0..30),
            wishes in proptest::collection::vec((0_u64..4, 0_usize..4), 0..40),
        ) {
            let mut places = PlacesByHash::with_room(hashes.len());
            for place in (0..hashes.len()).rev() {
                places.put_first(hashes[place], place);
            }
            let mut left: Vec<usize> = (0..hashes.len()).collect();
            for (hash, rest) in wishes {
                let is_wanted = |place: usize| place % 4 >= rest;
                let at = left.iter().position(|place| hashes[*place] == hash && is_wanted(*place));
                prop_assert_eq!(places.take(hash, is_wanted), at.map(|at| left.remove(at)));
            }
        }
    }
}
