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

/// Whether a finding about records with the same ids is not worse than it was.
fn covers(known: &FindingKey, found: &FindingKey) -> bool {
    is_as_grave(known, found)
        && match known.measure {
            Measure::SharedTime => holds(known, found),
            Measure::Rest => holds(found, known),
            Measure::Work | Measure::Versions => is_no_worse(known, found),
            Measure::Spans => known.spans == found.spans,
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
        && match known.measure {
            Measure::SharedTime | Measure::Work => {
                minutes.is_some_and(|(before, now)| now <= before)
            }
            Measure::Rest => minutes.is_some_and(|(before, now)| now >= before),
            Measure::Versions | Measure::Spans => true,
        }
}

/// Whether a finding is no graver than it was, and of records of the same roles.
fn is_as_grave(known: &FindingKey, found: &FindingKey) -> bool {
    found.severity <= known.severity && found.roles == known.roles
}
