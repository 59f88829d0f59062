//! Explains the overlaps that are listed by their causes.

use super::facts::Facts;
use crate::explain::swap::ApprovedSwap;
use crate::explain::{Conflict, ConflictContext, TimelineSurvey, has_explaining_neighbours};
use crate::model::cause::Cause;
use crate::model::fact::Overlap;
use crate::model::finding::Record;
use crate::model::shift::Entry;
use crate::model::source::Role;
use crate::schedule::run::Run;
use crate::sweep::Pair;
use std::ops::Range;
use std::sync::Arc;

/// How many timelines one thread looks at at a time.
const PORTION: usize = 256;
/// Timelines up to this length are kept as a whole where they have an overlap.
const SHORT: usize = 25;
/// Of longer ones, so many entries on either side of a record that overlaps,
const AROUND: usize = 12;
/// for so many pairs.
const MOST_PAIRS: usize = 64;

/// What explains overlaps.
pub(crate) struct Explainer<'a> {
    scene: ConflictContext<'a>,
}

impl<'a> Explainer<'a> {
    /// Looks at all that is known of the agents with overlaps.
    pub(crate) fn new(run: &Run<'a>, facts: &'a Facts) -> Explainer<'a> {
        let (timelines, calendar) = (&facts.timelines, run.calendar);
        let published = is_published(run);
        let portions: Vec<Vec<&[Entry]>> =
            timelines.pieces().collect::<Vec<_>>().chunks(PORTION).map(<[_]>::to_vec).collect();
        let parts = run.pool.map(portions, |portion| {
            let mut part = TimelineSurvey::default();
            portion.into_iter().for_each(|timeline| part.look(timeline, calendar, published));
            part
        });
        let mut survey = TimelineSurvey::default();
        parts.into_iter().for_each(|part| survey.join(part));
        survey.conclude();
        Explainer {
            scene: ConflictContext { timelines, calendar, default_clock: run.zone, survey },
        }
    }

    /// The causes of an overlap of these records.
    pub(crate) fn causes(
        &self,
        overlap: &Overlap,
        records: &[Arc<Record>],
        swap: Option<&ApprovedSwap<'_>>,
    ) -> Vec<Cause> {
        let [earlier, later] = records else { return Vec::new() };
        self.scene.causes(&Conflict { overlap, earlier, later }, swap)
    }
}

/// The entries of a timeline that can tell why its pairs overlap, which name
/// entries by their places among the entangled ones. None of most timelines: nothing in
/// them could be a mistake.
pub(crate) fn near(
    run: &Run<'_>,
    timeline: &[Entry],
    entangled: &[Entry],
    pairs: &[Pair],
) -> Vec<Entry> {
    let entry = |place: u32| entangled.get(place as usize);
    let overlapping = pairs.iter().filter_map(|pair| entry(pair.earlier).zip(entry(pair.later)));
    if !is_published(run) && !has_explaining_neighbours(timeline, overlapping) {
        return Vec::new();
    }
    if timeline.len() <= SHORT {
        return timeline.to_vec();
    }
    let around = |place: u32| {
        let order = entry(place).map(Entry::order);
        let place = timeline.partition_point(|entry| Some(entry.order()) < order);
        place.saturating_sub(AROUND)..(place + AROUND + 1).min(timeline.len())
    };
    let places = pairs.iter().take(MOST_PAIRS).flat_map(|pair| [pair.earlier, pair.later]);
    let mut places: Vec<u32> = places.collect();
    places.sort_unstable();
    places.dedup();
    let (mut near, mut next) = (Vec::with_capacity(timeline.len()), 0);
    for Range { start, end } in places.into_iter().map(around) {
        near.extend_from_slice(timeline.get(start.max(next)..end).unwrap_or_default());
        next = end;
    }
    near
}

/// Whether anything is published: what of the batch is published already shows in runs of
/// records, and a run in all timelines together.
fn is_published(run: &Run<'_>) -> bool {
    run.sources.iter().any(|source| source.file.role == Role::Published)
}
