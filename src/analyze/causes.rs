//! Overlaps that are told get their causes.

use super::facts::Facts;
use crate::explain::{Conflict, Scene};
use crate::model::cause::Cause;
use crate::model::fact::Overlap;
use crate::model::finding::Record;
use crate::model::shift::Entry;
use crate::sweep::Pair;
use std::sync::Arc;

/// Timelines up to this length are kept as a whole where they have an overlap.
const SHORT: usize = 96;
/// Of longer ones, so many entries on either side of a record that overlaps,
const AROUND: usize = 12;
/// for so many pairs.
const MOST_PAIRS: usize = 256;

/// What explains overlaps.
pub(crate) struct Explainer<'a> {
    scene: Scene<'a>,
}

impl<'a> Explainer<'a> {
    /// Looks at all that is known of the agents with overlaps.
    pub(crate) fn new(facts: &'a Facts) -> Explainer<'a> {
        Explainer { scene: Scene { timelines: &facts.timelines } }
    }

    /// The causes of an overlap of these records.
    pub(crate) fn causes(&self, overlap: &Overlap, records: &[Arc<Record>]) -> Vec<Cause> {
        let [earlier, later] = records else { return Vec::new() };
        self.scene.causes(&Conflict { overlap, earlier, later })
    }
}

/// The entries of a timeline that can tell why its pairs overlap.
pub(crate) fn near(timeline: &[Entry], pairs: &[Pair]) -> Vec<Entry> {
    if pairs.is_empty() || timeline.len() <= SHORT {
        return if pairs.is_empty() { Vec::new() } else { timeline.to_vec() };
    }
    let around = |place: u32| {
        let place = place as usize;
        place.saturating_sub(AROUND)..(place + AROUND + 1).min(timeline.len())
    };
    let places = pairs.iter().take(MOST_PAIRS).flat_map(|pair| [pair.earlier, pair.later]);
    let mut places: Vec<usize> = places.flat_map(around).collect();
    places.sort_unstable();
    places.dedup();
    places.into_iter().filter_map(|place| timeline.get(place).copied()).collect()
}
