//! Finds for each finding the one of an earlier run that is the same.

use crate::model::gate::FindingKey;
use crate::model::keys::QuickMap;

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
    matching.take_by(found, |key| key.spans, is_no_longer);
    let unmatched = matching.is_taken.iter().enumerate().filter(|(_, is_taken)| !**is_taken);
    Matches { unmatched: unmatched.map(|(place, _)| place).collect(), earlier: matching.earlier }
}

struct Matching<'k> {
    known: &'k [FindingKey],
    is_taken: Vec<bool>,
    earlier: Vec<Option<usize>>,
}

impl Matching<'_> {
    /// Matches those that are left and have the same hash.
    fn take_by(
        &mut self,
        found: &[FindingKey],
        hash: impl Fn(&FindingKey) -> u64,
        is_same: impl Fn(&FindingKey, &FindingKey) -> bool,
    ) {
        let mut places: QuickMap<u64, Vec<usize>> = QuickMap::default();
        for (place, key) in self.known.iter().enumerate().filter(|(at, _)| !self.is_taken[*at]) {
            places.entry(hash(key)).or_default().push(place);
        }
        for (earlier, found) in self.earlier.iter_mut().zip(found) {
            if earlier.is_some() {
                continue;
            }
            let alike = places.get(&hash(found)).into_iter().flatten();
            let is_free = |place: &&usize| !self.is_taken[**place];
            let same = alike.filter(is_free).find(|place| is_same(&self.known[**place], found));
            if let Some(place) = same.copied() {
                self.is_taken[place] = true;
                *earlier = Some(place);
            }
        }
    }
}

/// Whether a finding about records with the same ids takes no time that it did not take before.
fn covers(known: &FindingKey, found: &FindingKey) -> bool {
    match (known.minutes, found.minutes) {
        (Some(before), Some(minutes)) => {
            let start = known.start.zip(found.start);
            start.is_some_and(|(known, found)| {
                let later = found.checked_since(known).unwrap_or(-1);
                later >= 0 && later + minutes * MINUTE <= before * MINUTE
            })
        }
        (None, None) => known.of_version || known.spans == found.spans,
        _ => false,
    }
}

/// In milliseconds.
const MINUTE: i64 = 60_000;

/// Whether records with the same spans share no more time than before.
fn is_no_longer(known: &FindingKey, found: &FindingKey) -> bool {
    match (known.minutes, found.minutes) {
        (Some(before), Some(minutes)) => minutes <= before,
        (before, now) => before == now,
    }
}
