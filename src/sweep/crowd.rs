//! Counts overlapping pairs by order statistics, in O(n log n) however many there are.
//!
//! Two intervals overlap unless one ends before the other starts, so that the number of
//! overlapping pairs of two sets follows from their sorted starts and ends alone. Kinds of
//! overlap are separated by inclusion and exclusion: counting again within the chosen readings,
//! within each day and within equal spans, and taking differences. Pairs are then visited only
//! for groups that still have room in the listing, and only where such a pair can be.
//!
//! The slots are not moved; what is sorted are places, of four bytes, and ends, of eight: at
//! most 20 bytes a slot at a time, where no time is read in two ways.
//!
//! **Price tag.** 200,000 identical shifts of one agent, 20 billion pairs, take twice as long
//! as 200,000 that follow one another; visiting each pair would take minutes. Proven equal to
//! the plain sweep and to brute force by a property test.

use super::{Pair, PairListing, Slot, SweepOptions, SweepResult, Timeline, pair_of, places};
use crate::graph::UnionFind;
use crate::model::fact::OverlapKind;
use crate::model::keys::QuickMap;
use crate::model::shift::Side;
use crate::model::time::Instant;
use std::collections::BTreeMap;
use std::ops::Range;

/// Pairs by the numbers of their sides, the lower one first.
type Matrix = [[u64; Side::COUNT]; Side::COUNT];

pub(super) fn count_pairs<Slots: Timeline + ?Sized>(
    slots: &Slots,
    options: &SweepOptions,
) -> SweepResult {
    let tally = tally(slots, options);
    let pairs = list(slots, options, &tally);
    SweepResult { pairs, tally, clusters: clusters(slots, options) }
}

/// Exact counts of every kind of overlap.
fn tally<Slots: Timeline + ?Sized>(slots: &Slots, options: &SweepOptions) -> Vec<u64> {
    let counts = PairCounts::of(slots);
    let mut tally = vec![0; OverlapKind::COUNT];
    for one in Side::all() {
        for other in Side::all().filter(|other| one <= *other && options.relates((one, *other))) {
            counts.add_to(&mut tally, one, other);
        }
    }
    tally
}

/// Pairs by what their slots have in common.
struct PairCounts {
    widest: Matrix,
    widest_same_day: Matrix,
    chosen: Matrix,
    chosen_same_day: Matrix,
    equal: Matrix,
    equal_same_day: Matrix,
}

impl PairCounts {
    fn of<Slots: Timeline + ?Sized>(slots: &Slots) -> PairCounts {
        let certain = is_certain(slots);
        let order = by_day(slots);
        let mut counting = Counting { slots, starts: Vec::new(), ends: Vec::new() };
        let widest = counting.overlapping_widest(places(slots));
        let chosen = if certain { widest } else { counting.overlapping_chosen(places(slots)) };
        let (mut widest_same_day, mut chosen_same_day) = (Matrix::default(), Matrix::default());
        for_each_day(slots, &order, |day| {
            // All of one day were counted before.
            let all = day.len() == slots.len();
            let of_day = if all { widest } else { counting.overlapping_widest(day.clone()) };
            add(&mut widest_same_day, &of_day);
            let of_day = match (certain, all) {
                (true, _) => of_day,
                (false, true) => chosen,
                (false, false) => counting.overlapping_chosen(day),
            };
            add(&mut chosen_same_day, &of_day);
        });
        drop((counting, order));
        let (equal, equal_same_day) = equal(slots, certain);
        PairCounts { widest, widest_same_day, chosen, chosen_same_day, equal, equal_same_day }
    }

    fn add_to(&self, tally: &mut [u64], one: Side, other: Side) {
        let of = |matrix: &Matrix| matrix[one.number()][other.number()];
        let mut put = |same_span, cross_day, chosen, count| {
            tally[OverlapKind::new(one, other, same_span, cross_day, chosen).number()] = count;
        };
        let equal_cross = of(&self.equal) - of(&self.equal_same_day);
        let chosen_cross = of(&self.chosen) - of(&self.chosen_same_day);
        let widest_cross = of(&self.widest) - of(&self.widest_same_day);
        put(true, false, true, of(&self.equal_same_day));
        put(true, true, true, equal_cross);
        put(false, false, true, of(&self.chosen_same_day) - of(&self.equal_same_day));
        put(false, true, true, chosen_cross - equal_cross);
        put(false, false, false, of(&self.widest_same_day) - of(&self.chosen_same_day));
        put(false, true, false, widest_cross - chosen_cross);
    }
}

/// Whether no time of a timeline is read in two ways.
fn is_certain<Slots: Timeline + ?Sized>(slots: &Slots) -> bool {
    !places(slots).any(|place| slots.slot(place).is_ambiguous())
}

fn add(sum: &mut Matrix, more: &Matrix) {
    for (row, more) in sum.iter_mut().flatten().zip(more.iter().flatten()) {
        *row += more;
    }
}

/// The places of a timeline sorted by day and then by start; `None` if they are in that
/// order already.
fn by_day<Slots: Timeline + ?Sized>(slots: &Slots) -> Option<Vec<u32>> {
    if places(slots).is_sorted_by_key(|place| slots.day(place)) {
        return None;
    }
    let mut order: Vec<u32> = places(slots).collect();
    order.sort_unstable_by_key(|place| (slots.day(*place), *place));
    Some(order)
}

/// Places of a timeline, by start.
#[derive(Clone)]
enum Places<'o> {
    Range(Range<u32>),
    Some(std::slice::Iter<'o, u32>),
}

impl Iterator for Places<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        match self {
            Places::Range(range) => range.next(),
            Places::Some(places) => places.next().copied(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = match self {
            Places::Range(range) => range.len(),
            Places::Some(places) => places.len(),
        };
        (len, Some(len))
    }
}

impl ExactSizeIterator for Places<'_> {}

impl From<Range<u32>> for Places<'_> {
    fn from(range: Range<u32>) -> Self {
        Places::Range(range)
    }
}

/// Visits the places of each day.
fn for_each_day<'o, Slots: Timeline + ?Sized>(
    slots: &Slots,
    order: &'o Option<Vec<u32>>,
    mut visit: impl FnMut(Places<'o>),
) {
    if let Some(order) = order {
        let days = order.chunk_by(|one, other| slots.day(*one) == slots.day(*other));
        return days.for_each(|day| visit(Places::Some(day.iter())));
    }
    let mut start = 0;
    for place in places(slots) {
        if slots.day(place) != slots.day(start) {
            visit(Places::Range(start..place));
            start = place;
        }
    }
    if start < places(slots).end {
        visit(Places::Range(start..places(slots).end));
    }
}

/// Counts pairs that share time, among some places of a timeline. Each interval
/// meets those that began before it and have not ended.
struct Counting<'s, Slots: ?Sized> {
    slots: &'s Slots,
    /// Starts and ends with their sides; see [`packed`].
    starts: Vec<i64>,
    ends: Vec<i64>,
}

/// An instant and the number of a side in one number, which sorts by the instant.
#[inline]
fn packed(at: Instant, side: Side) -> i64 {
    let at = at.millis();
    debug_assert_eq!(at << SIDE_BITS >> SIDE_BITS, at, "an instant has 52 bits");
    at << SIDE_BITS | side.number() as i64
}

const SIDE_BITS: u32 = 3;

/// The number of the side that is packed with an instant.
#[inline]
fn side_in(packed: i64) -> usize {
    (packed & ((1 << SIDE_BITS) - 1)) as usize
}

impl<Slots: Timeline + ?Sized> Counting<'_, Slots> {
    /// Pairs by the widest readings, whose starts are in order.
    fn overlapping_widest<'o>(&mut self, places: impl Into<Places<'o>>) -> Matrix {
        let (slots, places) = (self.slots, places.into());
        self.ends.clear();
        self.ends.reserve_exact(places.len());
        let ends = places.clone().map(|place| packed(slots.end(place), slots.side(place)));
        self.ends.extend(ends);
        self.ends.sort_unstable();
        overlap_kind(places.map(|place| packed(slots.start(place), slots.side(place))), &self.ends)
    }

    /// Pairs by the chosen readings.
    fn overlapping_chosen<'o>(&mut self, places: impl Into<Places<'o>>) -> Matrix {
        let slots = self.slots;
        self.starts.clear();
        self.ends.clear();
        for Slot { chosen: (start, end), side, .. } in places.into().map(|place| slots.slot(place))
        {
            if start < end {
                self.starts.push(packed(start, side));
                self.ends.push(packed(end, side));
            }
        }
        self.starts.sort_unstable();
        self.ends.sort_unstable();
        overlap_kind(self.starts.iter().copied(), &self.ends)
    }
}

/// Pairs of intervals, given their starts and their ends in order.
fn overlap_kind(starts: impl Iterator<Item = i64>, ends: &[i64]) -> Matrix {
    let mut ended = ends.iter().copied().peekable();
    let mut active = [0u64; Side::COUNT];
    let mut pairs = Matrix::default();
    for start in starts {
        while let Some(gone) = ended.next_if(|end| *end >> SIDE_BITS <= start >> SIDE_BITS) {
            active[side_in(gone)] -= 1;
        }
        let side = side_in(start);
        for (other, count) in active.iter().enumerate() {
            pairs[side.min(other)][side.max(other)] += count;
        }
        active[side] += 1;
    }
    pairs
}

/// Pairs with equal chosen spans: all of them, and those of one day.
fn equal<Slots: Timeline + ?Sized>(slots: &Slots, certain: bool) -> (Matrix, Matrix) {
    let (mut all, mut same_day) = (Matrix::default(), Matrix::default());
    for_each_twins(slots, certain, |twins| {
        add_pairs(slots, twins, &mut all);
        for of_day in twins.chunk_by(|one, other| slots.day(*one) == slots.day(*other)) {
            add_pairs(slots, of_day, &mut same_day);
        }
    });
    (all, same_day)
}

/// Adds every pair of some places.
fn add_pairs<Slots: Timeline + ?Sized>(slots: &Slots, places: &[u32], pairs: &mut Matrix) {
    let mut seen = [0u64; Side::COUNT];
    for place in places {
        let side = slots.side(*place).number();
        for (other, count) in seen.iter().enumerate() {
            pairs[side.min(other)][side.max(other)] += count;
        }
        seen[side] += 1;
    }
}

/// Visits groups of several places with one chosen span, by day.
fn for_each_twins<Slots: Timeline + ?Sized>(
    slots: &Slots,
    certain: bool,
    mut visit: impl FnMut(&[u32]),
) {
    let mut twins = Vec::new();
    let mut visit_all = |twins: &mut Vec<u32>| {
        twins.sort_unstable_by_key(|place| (slots.slot(*place).chosen, slots.day(*place), *place));
        let span = |place: u32| slots.slot(place).chosen;
        let same = twins.chunk_by(|one, other| span(*one) == span(*other));
        same.filter(|same| same.len() > 1).for_each(&mut visit);
        twins.clear();
    };
    let valid = |place: &u32| {
        let (start, end) = slots.slot(*place).chosen;
        start < end
    };
    if !certain {
        twins.extend(places(slots).filter(valid));
        return visit_all(&mut twins);
    }
    // Only what starts together can be equal.
    let mut from = 0;
    for place in 1..=places(slots).end {
        if place == places(slots).end || slots.start(place) != slots.start(from) {
            if place - from > 1 {
                twins.extend(from..place);
                visit_all(&mut twins);
            }
            from = place;
        }
    }
}

/// Joins each slot with what is active on the sides that concern it. What was
/// joined once is kept as one, so that the cost does not grow with the pairs:
/// O(n α(n)).
fn clusters<Slots: Timeline + ?Sized>(slots: &Slots, options: &SweepOptions) -> Vec<u32> {
    let mut clusters = UnionFind::new(slots.len());
    let mut waiting: [ActiveOfSide; Side::COUNT] = Default::default();
    for place in places(slots) {
        let (start, own) = (slots.start(place), slots.side(place));
        for side in Side::all().filter(|side| options.relates((*side, own))) {
            let ActiveOfSide { alone, joined } = &mut waiting[side.number()];
            let mut latest = None;
            let active = alone.drain(..).map(|other| (other, slots.end(other))).chain(*joined);
            for (other, end) in active.filter(|(_, end)| *end > start) {
                clusters.union(other, place);
                latest = latest.max(Some(end));
            }
            *joined = latest.map(|end| (place, end));
        }
        waiting[own.number()].alone.push(place);
    }
    clusters.into_roots()
}

/// The slots of one side that have not ended.
#[derive(Default)]
struct ActiveOfSide {
    /// Those that met nothing that concerns them.
    alone: Vec<u32>,
    /// The representative of all others that it is linked with, and the latest of their
    /// ends.
    joined: Option<(u32, Instant)>,
}

/// How many steps the search for pairs to list may take for each slot before
/// it gives up on the rest; only times read in two ways by the hundred
/// thousand come near it.
const STEPS: usize = 2_000;

/// The pairs of each group that come first, up to its cap.
fn list<Slots: Timeline + ?Sized>(
    slots: &Slots,
    options: &SweepOptions,
    tally: &[u64],
) -> Vec<Pair> {
    let listing = PairListing::new(options);
    if !listing.is_open(tally) {
        return Vec::new();
    }
    let mut search = Search {
        slots,
        tally,
        listing,
        found: vec![0; OverlapKind::COUNT],
        active: Active { twins: Twins::of(slots, tally), ..Active::default() },
        steps: slots.len() * STEPS,
    };
    let mut by_end: Vec<u32> = places(slots).collect();
    by_end.sort_unstable_by_key(|place| slots.end(*place));
    let mut ended = by_end.into_iter().peekable();
    for place in places(slots) {
        let slot = slots.slot(place);
        while let Some(gone) = ended.next_if(|gone| slots.end(*gone) <= slot.start) {
            search.active.remove(gone, &slots.slot(gone));
        }
        if search.visit(place) && !search.listing.is_open(tally) {
            break;
        }
        search.active.add(place, &slot);
    }
    search.listing.pairs
}

struct Search<'s, 'p, Slots: ?Sized> {
    slots: &'s Slots,
    tally: &'s [u64],
    listing: PairListing<'p>,
    /// Pairs seen so far by kind of overlap, to know when there can be no more.
    found: Vec<u64>,
    active: Active,
    steps: usize,
}

/// The slots that have begun and not ended, by side and day.
#[derive(Default)]
struct Active {
    places: BTreeMap<(usize, i32), Vec<u32>>,
    by_side: [usize; Side::COUNT],
    by_day: QuickMap<(usize, i32), usize>,
    twins: Twins,
    ambiguous: [usize; Side::COUNT],
}

/// Slots of one day with the same chosen span, and how many of them are active.
#[derive(Default)]
struct Twins {
    /// The number of each slot's set; [`Twins::NONE`] if no other slot is like it. Empty if
    /// there is no set.
    sets: Vec<u32>,
    /// How many of each set are active, by side: as many numbers as there are
    /// sides in the timeline.
    active: Vec<u32>,
    /// The place of each side among those numbers, and how many there are.
    columns: [usize; Side::COUNT],
    width: usize,
}

impl Twins {
    const NONE: u32 = u32::MAX;

    fn of<Slots: Timeline + ?Sized>(slots: &Slots, tally: &[u64]) -> Twins {
        let twins = |(number, count): (usize, &u64)| {
            let overlap_kind = OverlapKind::from_number(number);
            *count > 0 && overlap_kind.same_span && !overlap_kind.cross_day
        };
        if !tally.iter().enumerate().any(twins) {
            return Twins::default();
        }
        let mut twins = Twins { sets: vec![Self::NONE; slots.len()], ..Twins::default() };
        let mut count = 0;
        for_each_twins(slots, is_certain(slots), |places| {
            for of_day in places.chunk_by(|one, other| slots.day(*one) == slots.day(*other)) {
                of_day.iter().for_each(|place| twins.sets[*place as usize] = count);
                count += 1;
            }
        });
        let mut there = [false; Side::COUNT];
        places(slots).for_each(|place| there[slots.side(place).number()] = true);
        for (column, _) in twins.columns.iter_mut().zip(there).filter(|(_, there)| *there) {
            *column = twins.width;
            twins.width += 1;
        }
        twins.active = vec![0; count as usize * twins.width];
        twins
    }

    /// How many active slots of a side have the day and the span of a slot.
    fn active(&mut self, place: u32, side: usize) -> Option<&mut u32> {
        let set = self.sets.get(place as usize).copied().filter(|set| *set != Self::NONE)?;
        Some(&mut self.active[set as usize * self.width + self.columns[side]])
    }
}

impl Active {
    fn add(&mut self, place: u32, slot: &Slot) {
        let side = slot.side.number();
        self.places.entry((side, slot.day)).or_default().push(place);
        self.by_side[side] += 1;
        *self.by_day.entry((side, slot.day)).or_default() += 1;
        self.ambiguous[side] += usize::from(slot.is_ambiguous());
        if let Some(active) = self.twins.active(place, side) {
            *active += 1;
        }
    }

    /// Takes a slot out of the counts; lists are cleared when they are walked.
    fn remove(&mut self, place: u32, slot: &Slot) {
        let side = slot.side.number();
        self.by_side[side] -= 1;
        self.ambiguous[side] -= usize::from(slot.is_ambiguous());
        if let Some(active) = self.twins.active(place, side) {
            *active -= 1;
        }
        let day = (side, slot.day);
        let count = self.by_day.get_mut(&day);
        debug_assert!(count.is_some(), "what ends has begun");
        if let Some(count) = count {
            *count -= 1;
            if *count == 0 {
                self.by_day.remove(&day);
                self.places.remove(&day);
            }
        }
    }
}

impl<Slots: Timeline + ?Sized> Search<'_, '_, Slots> {
    /// Lists the pairs of a slot with those before it; whether there were any.
    fn visit(&mut self, later: u32) -> bool {
        let slot = self.slots.slot(later);
        let mut pairs = Vec::new();
        for side in Side::all() {
            if self.may_meet(later, &slot, side, false) {
                self.walk(later, side, slot.day..=slot.day, &mut pairs);
            }
            if self.may_meet(later, &slot, side, true) {
                self.walk(later, side, i32::MIN..=slot.day.saturating_sub(1), &mut pairs);
                self.walk(later, side, slot.day.saturating_add(1)..=i32::MAX, &mut pairs);
            }
        }
        pairs.sort_unstable_by_key(|pair: &Pair| pair.earlier);
        let any = !pairs.is_empty();
        for pair in pairs {
            self.listing.offer(pair);
        }
        any
    }

    /// Whether a slot can have a pair with this side, on its own day or another,
    /// that would be listed.
    fn may_meet(&mut self, place: u32, slot: &Slot, side: Side, cross_day: bool) -> bool {
        let number = side.number();
        let same_day = self.active.by_day.get(&(number, slot.day)).copied().unwrap_or(0);
        let there = if cross_day { self.active.by_side[number] - same_day } else { same_day };
        if there == 0 {
            return false;
        }
        let equal = self.active.twins.active(place, number).map_or(0, |count| *count as usize);
        let ambiguous = slot.is_ambiguous() || self.active.ambiguous[number] > 0;
        let wanted = |same_span, chosen| {
            let overlap_kind = OverlapKind::new(slot.side, side, same_span, cross_day, chosen);
            self.listing.wants(&overlap_kind)
                && self.found[overlap_kind.number()] < self.tally[overlap_kind.number()]
        };
        let other_spans = cross_day || there > equal;
        let same_spans = cross_day || equal > 0;
        (same_spans && wanted(true, true))
            || (other_spans && wanted(false, true))
            || (ambiguous && wanted(false, false))
    }

    /// Walks the active slots of a side whose days are within a range.
    fn walk(
        &mut self,
        later: u32,
        side: Side,
        days: std::ops::RangeInclusive<i32>,
        pairs: &mut Vec<Pair>,
    ) {
        if days.is_empty() {
            return;
        }
        let (slots, start) = (self.slots, self.slots.start(later));
        let number = side.number();
        let range = (number, *days.start())..=(number, *days.end());
        for places in self.active.places.range_mut(range).map(|(_, places)| places) {
            places.retain(|place| slots.end(*place) > start);
            for &earlier in places.iter() {
                if self.steps == 0 {
                    return;
                }
                self.steps -= 1;
                let pair = pair_of(slots, earlier, later);
                if self.listing.wants(&pair.overlap_kind) {
                    self.found[pair.overlap_kind.number()] += 1;
                    pairs.push(pair);
                }
            }
        }
    }
}
