//! Finds activities that overlap within a shift, and activities that leave it.
//!
//! There can be a few of them or a hundred thousand, so that pairs are counted from sorted
//! starts and ends, and visited only as far as they are listed.

use crate::model::time::Span;

/// The spans within a shift, by start.
#[derive(Debug, Clone)]
pub struct ActivityTimeline {
    shift: Span,
    /// The number of each span, and the span.
    spans: Vec<(u32, Span)>,
}

impl ActivityTimeline {
    /// Puts numbered spans in order.
    #[must_use]
    pub fn new(shift: Span, mut spans: Vec<(u32, Span)>) -> ActivityTimeline {
        spans.sort_unstable_by_key(|(number, span)| (span.start(), *number));
        ActivityTimeline { shift, spans }
    }

    /// How many pairs of spans share time.
    #[must_use]
    pub fn overlaps(&self) -> u64 {
        let following = |(place, (_, span)): (usize, &(u32, Span))| {
            let overlap_kind = self.spans.partition_point(|(_, later)| later.start() < span.end());
            (overlap_kind - place - 1) as u64
        };
        self.spans.iter().enumerate().map(following).sum()
    }

    /// The pairs that share time, by the earlier span and then the later: their
    /// numbers, and the time they share.
    pub fn pairs(&self) -> impl Iterator<Item = ([u32; 2], Span)> {
        self.spans.iter().enumerate().flat_map(|(place, (number, span))| {
            let later = self.spans.iter().skip(place + 1);
            let overlap_kind =
                later.map_while(|(other, later)| Some((*other, span.overlap(*later)?)));
            overlap_kind.map(|(other, shared)| ([*number, other], shared))
        })
    }

    /// The spans that leave the shift, by start: their number, and the time
    /// outside, or the whole span where it leaves at both ends.
    pub fn leaving(&self) -> impl Iterator<Item = (u32, Span)> {
        self.spans.iter().filter_map(|(number, span)| {
            let before = Span::new(span.start(), span.end().min(self.shift.start()));
            let after = Span::new(span.start().max(self.shift.end()), span.end());
            let outside = match (before, after) {
                (Some(_), Some(_)) => Some(*span),
                (before, after) => before.or(after),
            };
            Some((*number, outside?))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::ActivityTimeline;
    use crate::model::time::Span;
    use proptest::prelude::{prop_assert_eq, proptest};
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn every_pair_is_found_and_whatever_leaves(
            spans in proptest::collection::vec((0..30i64, 1..12i64), 0..20),
            shift in (0..20i64, 1..20i64),
        ) {
            let shift = Span::of_millis(shift.0, shift.0 + shift.1).expect("not empty");
            let span = |(start, length): (i64, i64)| Span::of_millis(start, start + length);
            let spans: Vec<(u32, Span)> =
                (1..).zip(spans.into_iter().filter_map(span)).collect();
            let mut pairs = BTreeSet::new();
            for (one, first) in &spans {
                for (other, second) in spans.iter().filter(|(other, _)| other > one) {
                    pairs.extend(first.overlap(*second).map(|shared| ([*one, *other], shared)));
                }
            }
            let inside = |span: &Span| shift.start() <= span.start() && span.end() <= shift.end();
            let outside: BTreeSet<u32> =
                spans.iter().filter(|(_, span)| !inside(span)).map(|(number, _)| *number).collect();
            let inner = ActivityTimeline::new(shift, spans.clone());
            prop_assert_eq!(inner.overlaps(), pairs.len() as u64);
            let listed: Vec<([u32; 2], Span)> = inner.pairs().collect();
            prop_assert_eq!(listed.len(), pairs.len());
            let sorted = |([one, other], shared): ([u32; 2], Span)| ([one.min(other), one.max(other)], shared);
            prop_assert_eq!(listed.into_iter().map(sorted).collect::<BTreeSet<_>>(), pairs);
            let leaving: Vec<(u32, Span)> = inner.leaving().collect();
            prop_assert_eq!(leaving.len(), outside.len());
            for (number, told) in leaving {
                let whole = spans.iter().find(|(other, _)| *other == number).expect("known").1;
                prop_assert_eq!(whole.overlap(told), Some(told));
                let both = whole.start() < shift.start() && shift.end() < whole.end();
                prop_assert_eq!(told.overlap(shift).is_some(), both);
            }
        }
    }

    #[test]
    fn a_crowd_is_counted_and_not_visited() {
        let shift = Span::of_millis(0, 1000).expect("not empty");
        let spans = (1..=200_000).map(|number| (number, shift)).collect();
        let inner = ActivityTimeline::new(shift, spans);
        assert_eq!(inner.overlaps(), 200_000 * 199_999 / 2);
        let listed: Vec<[u32; 2]> = inner.pairs().take(3).map(|(pair, _)| pair).collect();
        assert_eq!(listed, [[1, 2], [1, 3], [1, 4]]);
        assert_eq!(inner.leaving().count(), 0);
    }
}
