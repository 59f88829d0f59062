//! Finds the overlaps of a timeline with a sweep line.
//!
//! Finds every pair of slots that share time, counts them exactly by kind of overlap, and lists
//! the first of each group. It does interval arithmetic only: which rule a kind of overlap
//! breaks, whose timeline it is and what a day is are not known here.
//!
//! There are two ways to one answer. The plain one is the textbook sweep line over slots sorted
//! by start, with a list of the active ones: O(n log n + pairs). Where pairs outnumber slots by
//! far, they are counted without being visited (`crowd`). A property test compares the two with
//! each other, and both with brute force.

mod crowd;

pub mod inner;

use crate::graph::UnionFind;
use crate::model::fact::OverlapKind;
use crate::model::shift::Side;
use crate::model::time::{Instant, Span};

/// One record on a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// When it starts, by the earliest reading.
    pub start: Instant,
    /// When it ends, by the latest reading; after the start.
    pub end: Instant,
    /// Start and end by the chosen reading, which may lie the wrong way round.
    pub chosen: (Instant, Instant),
    /// Start and end that all readings agree on; as above.
    pub narrowest: (Instant, Instant),
    /// The number of the local day it starts on.
    pub day: i32,
    /// Its side.
    pub side: Side,
}

impl Slot {
    fn is_ambiguous(&self) -> bool {
        (self.start, self.end) != self.narrowest
    }

    /// The time that this slot and another one share as they are read, or by
    /// their widest readings where they do not meet as they are read.
    #[must_use]
    pub fn shared(&self, other: &Slot) -> Option<Span> {
        let widest = |slot: &Slot| (slot.start, slot.end);
        Span::shared(self.chosen, other.chosen)
            .or_else(|| Span::shared(widest(self), widest(other)))
    }
}

/// The slots of one agent, sorted by start. Their places fit into 32 bits.
///
/// A timeline can make its slots when it is asked for one: fifty million of them
/// at a time would take as much memory as everything else.
#[allow(clippy::len_without_is_empty, reason = "nothing asks for it")]
pub trait Timeline {
    /// How many slots there are.
    fn len(&self) -> usize;

    /// The slot at a place.
    fn slot(&self, place: u32) -> Slot;

    /// When it starts, by the earliest reading.
    #[inline]
    fn start(&self, place: u32) -> Instant {
        self.slot(place).start
    }

    /// When it ends, by the latest reading.
    #[inline]
    fn end(&self, place: u32) -> Instant {
        self.slot(place).end
    }

    /// The number of the local day it starts on.
    #[inline]
    fn day(&self, place: u32) -> i32 {
        self.slot(place).day
    }

    /// Its side.
    #[inline]
    fn side(&self, place: u32) -> Side {
        self.slot(place).side
    }
}

impl Timeline for [Slot] {
    fn len(&self) -> usize {
        <[Slot]>::len(self)
    }

    #[inline]
    fn slot(&self, place: u32) -> Slot {
        self[place as usize]
    }

    #[inline]
    fn end(&self, place: u32) -> Instant {
        self[place as usize].end
    }
}

/// Which kinds of overlap to report, and how many pairs of each to list.
#[derive(Debug, Clone)]
pub struct SweepOptions {
    /// The group whose cap a kind of overlap counts against, by its number; `None` for
    /// overlaps that are not listed.
    pub groups: [Option<u8>; OverlapKind::COUNT],
    /// Whether overlaps of records of these sides, by number, are reported. The table is
    /// symmetric.
    pub related: [[bool; Side::COUNT]; Side::COUNT],
    /// The most overlaps of one group to list.
    pub cap: u64,
}

/// A pair of slots that share time, by their places on the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// The slot that comes first.
    pub earlier: u32,
    /// The other.
    pub later: u32,
    /// What kind of overlap it is.
    pub overlap_kind: OverlapKind,
    /// Whether they meet by every reading.
    pub certain: bool,
}

/// What a sweep found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SweepResult {
    /// The pairs that are listed: by the later slot, then the earlier one.
    pub pairs: Vec<Pair>,
    /// How many pairs there are, by the number of their kind.
    pub tally: Vec<u64>,
    /// For each slot the first slot of its cluster.
    pub clusters: Vec<u32>,
}

/// Those items of a timeline that share time with another one, in their order;
/// `None` if there are more than `most`. The items are sorted by start.
pub fn entangled<Item: Copy>(
    timeline: &[Item],
    span: impl Fn(&Item) -> (Instant, Instant),
    most: usize,
) -> Option<Vec<Item>> {
    let mut entangled = Vec::new();
    let (mut latest, mut first) = (Instant::MIN, None);
    for item in timeline {
        let (start, end) = span(item);
        if start < latest {
            // The one that starts a run shares time with the next.
            entangled.extend(first.take());
            entangled.push(*item);
            if entangled.len() > most {
                return None;
            }
        } else {
            first = Some(*item);
        }
        latest = latest.max(end);
    }
    Some(entangled)
}

/// Which stretches of time lie within one of some spans.
#[derive(Debug)]
pub struct Cover(Vec<(Instant, Instant)>);

impl Cover {
    /// What these spans cover, each by itself.
    #[must_use]
    pub fn new(mut spans: Vec<(Instant, Instant)>) -> Cover {
        spans.sort_unstable();
        // The latest end of all that start no later.
        let mut latest = Instant::MIN;
        for (_, end) in &mut spans {
            latest = latest.max(*end);
            *end = latest;
        }
        Cover(spans)
    }

    /// Whether one of the spans holds this one.
    #[must_use]
    pub fn holds(&self, (start, end): (Instant, Instant)) -> bool {
        let before = self.0.partition_point(|span| span.0 <= start);
        before.checked_sub(1).and_then(|last| self.0.get(last)).is_some_and(|span| end <= span.1)
    }
}

/// How many pairs may be visited for each slot that was passed, and how many
/// more at first, before the crowd's way is the shorter one. A crowd shows
/// within its first few hundred slots.
const PAIRS_PER_SLOT: usize = 64;
const PAIRS_AT_FIRST: usize = 4096;

/// Finds the overlaps of a timeline.
///
/// # Panics
/// If the timeline has more slots than 32 bits can count.
#[must_use]
pub fn sweep<Slots: Timeline + ?Sized>(slots: &Slots, options: &SweepOptions) -> SweepResult {
    assert!(u32::try_from(slots.len()).is_ok(), "places fit into 32 bits");
    visit_pairs(slots, options, PAIRS_AT_FIRST)
        .unwrap_or_else(|| crowd::count_pairs(slots, options))
}

/// The places of a timeline.
fn places<Slots: Timeline + ?Sized>(slots: &Slots) -> std::ops::Range<u32> {
    0..slots.len() as u32
}

/// Goes through the slots with those at hand that have not ended.
fn visit_pairs<Slots: Timeline + ?Sized>(
    slots: &Slots,
    options: &SweepOptions,
    at_first: usize,
) -> Option<SweepResult> {
    let mut listing = PairListing::new(options);
    let mut tally = vec![0; OverlapKind::COUNT];
    let mut clusters = UnionFind::new(slots.len());
    let mut active: Vec<u32> = Vec::new();
    let mut visited = 0;
    for later in places(slots) {
        let start = slots.start(later);
        active.retain(|earlier| slots.end(*earlier) > start);
        visited += active.len();
        if visited > at_first.saturating_add(later as usize * PAIRS_PER_SLOT) {
            return None;
        }
        for &earlier in &active {
            let pair = pair_of(slots, earlier, later);
            if options.relates(pair.overlap_kind.sides) {
                tally[pair.overlap_kind.number()] += 1;
                clusters.union(earlier, later);
                listing.offer(pair);
            }
        }
        active.push(later);
    }
    Some(SweepResult { pairs: listing.pairs, tally, clusters: clusters.into_roots() })
}

fn pair_of<Slots: Timeline + ?Sized>(slots: &Slots, earlier: u32, later: u32) -> Pair {
    let (first, second) = (slots.slot(earlier), slots.slot(later));
    let overlap_kind = OverlapKind::new(
        first.side,
        second.side,
        first.chosen == second.chosen && first.chosen.0 < first.chosen.1,
        first.day != second.day,
        share_time(first.chosen, second.chosen),
    );
    Pair { earlier, later, overlap_kind, certain: share_time(first.narrowest, second.narrowest) }
}

fn share_time(one: (Instant, Instant), other: (Instant, Instant)) -> bool {
    Span::shared(one, other).is_some()
}

impl SweepOptions {
    fn relates(&self, sides: (Side, Side)) -> bool {
        self.related[sides.0.number()][sides.1.number()]
    }
}

/// Pairs up to the cap of each group.
struct PairListing<'p> {
    options: &'p SweepOptions,
    listed: [u64; 256],
    pairs: Vec<Pair>,
}

impl<'p> PairListing<'p> {
    fn new(options: &'p SweepOptions) -> PairListing<'p> {
        PairListing { options, listed: [0; 256], pairs: Vec::new() }
    }

    fn offer(&mut self, pair: Pair) {
        if self.wants(&pair.overlap_kind)
            && let Some(group) = self.options.groups[pair.overlap_kind.number()]
        {
            self.listed[usize::from(group)] += 1;
            self.pairs.push(pair);
        }
    }

    /// Whether any kind of overlap that occurs is still wanted.
    fn is_open(&self, tally: &[u64]) -> bool {
        let occurring = tally.iter().enumerate().filter(|(_, count)| **count > 0);
        occurring
            .map(|(number, _)| OverlapKind::from_number(number))
            .any(|overlap_kind| self.wants(&overlap_kind))
    }

    fn wants(&self, overlap_kind: &OverlapKind) -> bool {
        self.options.groups[overlap_kind.number()]
            .is_some_and(|group| self.listed[usize::from(group)] < self.options.cap)
    }
}

#[cfg(test)]
mod tests;
