//! Counting without visiting.
//!
//! Of two sets of intervals the number of meeting pairs follows from sorted
//! starts and ends alone. Kinds of meeting are told apart by counting again
//! within the chosen readings, within each day and within equal spans, and
//! taking differences. Pairs are then visited only for groups that still have
//! room in the listing and only where such a pair can be.

use super::{Clusters, Found, Listing, Pair, Plan, Slot, pair_of};
use crate::model::fact::Meeting;
use crate::model::keys::QuickMap;
use crate::model::shift::Side;
use crate::model::time::Instant;
use std::collections::BTreeMap;

/// Pairs by the numbers of their sides, the lower one first.
type Matrix = [[u64; Side::COUNT]; Side::COUNT];

pub(super) fn count_pairs(slots: &[Slot], plan: &Plan) -> Found {
    let tally = tally(slots, plan);
    let pairs = list(slots, plan, &tally);
    Found { pairs, tally, clusters: clusters(slots, plan) }
}

/// Exact counts of every kind of meeting.
fn tally(slots: &[Slot], plan: &Plan) -> Vec<u64> {
    let counts = Counts::of(slots);
    let mut tally = vec![0; Meeting::COUNT];
    for one in Side::all() {
        for other in Side::all().filter(|other| one <= *other && plan.relates((one, *other))) {
            counts.add_to(&mut tally, one, other);
        }
    }
    tally
}

/// Pairs by what their slots have in common.
struct Counts {
    widest: Matrix,
    widest_same_day: Matrix,
    chosen: Matrix,
    chosen_same_day: Matrix,
    equal: Matrix,
    equal_same_day: Matrix,
}

impl Counts {
    fn of(slots: &[Slot]) -> Counts {
        let widest = |slot: &Slot| (slot.start, slot.end);
        let chosen = |slot: &Slot| slot.chosen;
        let all: Vec<&Slot> = slots.iter().collect();
        let mut days: BTreeMap<i32, Vec<&Slot>> = BTreeMap::new();
        for slot in slots {
            days.entry(slot.day).or_default().push(slot);
        }
        let within_days = |count: &dyn Fn(&[&Slot]) -> Matrix| {
            days.values().map(|day| count(day)).fold(Matrix::default(), |sum, day| plus(&sum, &day))
        };
        let one_day = days.len() == 1;
        let certain = !slots.iter().any(Slot::is_ambiguous);
        let same_day = |whole: Matrix, count: &dyn Fn(&[&Slot]) -> Matrix| {
            if one_day { whole } else { within_days(count) }
        };
        let by_widest = meeting(&all, widest);
        let by_widest_same_day = same_day(by_widest, &|day| meeting(day, widest));
        let (by_chosen, by_chosen_same_day) = if certain {
            (by_widest, by_widest_same_day)
        } else {
            let by_chosen = meeting(&all, chosen);
            (by_chosen, same_day(by_chosen, &|day| meeting(day, chosen)))
        };
        let equal_spans = equal(&all);
        Counts {
            widest: by_widest,
            widest_same_day: by_widest_same_day,
            chosen: by_chosen,
            chosen_same_day: by_chosen_same_day,
            equal: equal_spans,
            equal_same_day: same_day(equal_spans, &equal),
        }
    }

    fn add_to(&self, tally: &mut [u64], one: Side, other: Side) {
        let of = |matrix: &Matrix| matrix[one.number()][other.number()];
        let mut put = |same_span, cross_day, chosen, count| {
            tally[Meeting::new(one, other, same_span, cross_day, chosen).number()] = count;
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

fn plus(one: &Matrix, other: &Matrix) -> Matrix {
    let mut sum = *one;
    for (row, more) in sum.iter_mut().flatten().zip(other.iter().flatten()) {
        *row += more;
    }
    sum
}

/// Pairs that share time. Each interval meets those that began before it and
/// have not ended.
fn meeting(slots: &[&Slot], span: impl Fn(&Slot) -> (Instant, Instant)) -> Matrix {
    let intervals = || slots.iter().filter(|slot| span(slot).0 < span(slot).1);
    let mut starts: Vec<(Instant, usize)> =
        intervals().map(|slot| (span(slot).0, slot.side.number())).collect();
    let mut ends: Vec<(Instant, usize)> =
        intervals().map(|slot| (span(slot).1, slot.side.number())).collect();
    starts.sort_unstable();
    ends.sort_unstable();
    let mut ended = ends.into_iter().peekable();
    let mut active = [0u64; Side::COUNT];
    let mut pairs = Matrix::default();
    for (start, side) in starts {
        while let Some((_, gone)) = ended.next_if(|(end, _)| *end <= start) {
            active[gone] -= 1;
        }
        for (other, count) in active.iter().enumerate() {
            pairs[side.min(other)][side.max(other)] += count;
        }
        active[side] += 1;
    }
    pairs
}

/// Pairs with equal chosen spans.
fn equal(slots: &[&Slot]) -> Matrix {
    let mut spans: Vec<((Instant, Instant), usize)> = slots
        .iter()
        .filter(|slot| slot.chosen.0 < slot.chosen.1)
        .map(|slot| (slot.chosen, slot.side.number()))
        .collect();
    spans.sort_unstable();
    let mut pairs = Matrix::default();
    for same in spans.chunk_by(|one, other| one.0 == other.0) {
        let mut seen = [0u64; Side::COUNT];
        for (_, side) in same {
            for (other, count) in seen.iter().enumerate() {
                pairs[(*side).min(other)][(*side).max(other)] += count;
            }
            seen[*side] += 1;
        }
    }
    pairs
}

/// Joins each slot with what is active on the sides that concern it. What was
/// joined once is kept as one, so that the cost does not grow with the pairs.
fn clusters(slots: &[Slot], plan: &Plan) -> Vec<u32> {
    let mut clusters = Clusters::new(slots.len());
    let mut active: [Vec<(u32, Instant)>; Side::COUNT] = Default::default();
    for (place, slot) in slots.iter().enumerate() {
        let place = place as u32;
        for side in Side::all().filter(|side| plan.relates((*side, slot.side))) {
            let waiting = &mut active[side.number()];
            waiting.retain(|(_, end)| *end > slot.start);
            let latest = waiting.iter().map(|(_, end)| *end).max();
            for (other, _) in waiting.drain(..) {
                clusters.join(other, place);
            }
            waiting.extend(latest.map(|end| (place, end)));
        }
        active[slot.side.number()].push((place, slot.end));
    }
    clusters.firsts()
}

/// How many steps the search for pairs to list may take for each slot before
/// it gives up on the rest; only times read in two ways by the hundred
/// thousand come near it.
const STEPS: usize = 2_000;

/// The pairs of each group that come first, up to its cap.
fn list(slots: &[Slot], plan: &Plan, tally: &[u64]) -> Vec<Pair> {
    let mut search = Search {
        slots,
        tally,
        listing: Listing::new(plan),
        found: vec![0; Meeting::COUNT],
        active: Active::default(),
        steps: slots.len() * STEPS,
    };
    let mut by_end: Vec<u32> = (0..slots.len() as u32).collect();
    by_end.sort_unstable_by_key(|place| slots[*place as usize].end);
    let mut ended = by_end.into_iter().peekable();
    if !search.listing.is_open(tally) {
        return Vec::new();
    }
    for (place, slot) in slots.iter().enumerate() {
        while let Some(gone) = ended.next_if(|gone| slots[*gone as usize].end <= slot.start) {
            search.active.remove(&slots[gone as usize]);
        }
        if search.visit(place as u32) && !search.listing.is_open(tally) {
            break;
        }
        search.active.add(place as u32, slot);
    }
    search.listing.pairs
}

struct Search<'s, 'p> {
    slots: &'s [Slot],
    tally: &'s [u64],
    listing: Listing<'p>,
    /// Pairs seen so far by meeting, to know when there can be no more.
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
    by_span: QuickMap<(usize, i32, (Instant, Instant)), usize>,
    ambiguous: [usize; Side::COUNT],
}

impl Active {
    fn add(&mut self, place: u32, slot: &Slot) {
        let side = slot.side.number();
        self.places.entry((side, slot.day)).or_default().push(place);
        self.by_side[side] += 1;
        *self.by_day.entry((side, slot.day)).or_default() += 1;
        *self.by_span.entry((side, slot.day, slot.chosen)).or_default() += 1;
        self.ambiguous[side] += usize::from(slot.is_ambiguous());
    }

    /// Takes a slot out of the counts; lists are cleared when they are walked.
    fn remove(&mut self, slot: &Slot) {
        let side = slot.side.number();
        self.by_side[side] -= 1;
        self.ambiguous[side] -= usize::from(slot.is_ambiguous());
        let day = (side, slot.day);
        if let Some(count) = self.by_day.get_mut(&day) {
            *count -= 1;
            if *count == 0 {
                self.by_day.remove(&day);
                self.places.remove(&day);
            }
        }
        let span = (side, slot.day, slot.chosen);
        if let Some(count) = self.by_span.get_mut(&span) {
            *count -= 1;
            if *count == 0 {
                self.by_span.remove(&span);
            }
        }
    }
}

impl Search<'_, '_> {
    /// Lists the pairs of a slot with those before it; whether there were any.
    fn visit(&mut self, later: u32) -> bool {
        let slot = self.slots[later as usize];
        let mut pairs = Vec::new();
        for side in Side::all() {
            if self.may_meet(&slot, side, false) {
                self.walk(later, side, slot.day..=slot.day, &mut pairs);
            }
            if self.may_meet(&slot, side, true) {
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
    fn may_meet(&self, slot: &Slot, side: Side, cross_day: bool) -> bool {
        let number = side.number();
        let same_day = self.active.by_day.get(&(number, slot.day)).copied().unwrap_or(0);
        let there = if cross_day { self.active.by_side[number] - same_day } else { same_day };
        if there == 0 {
            return false;
        }
        let equal = self.active.by_span.get(&(number, slot.day, slot.chosen)).copied().unwrap_or(0);
        let ambiguous = slot.is_ambiguous() || self.active.ambiguous[number] > 0;
        let wanted = |same_span, chosen| {
            let meeting = Meeting::new(slot.side, side, same_span, cross_day, chosen);
            self.listing.wants(&meeting)
                && self.found[meeting.number()] < self.tally[meeting.number()]
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
        let start = self.slots[later as usize].start;
        let number = side.number();
        let range = (number, *days.start())..=(number, *days.end());
        for places in self.active.places.range_mut(range).map(|(_, places)| places) {
            places.retain(|place| self.slots[*place as usize].end > start);
            for &earlier in places.iter() {
                if self.steps == 0 {
                    return;
                }
                self.steps -= 1;
                let pair = pair_of(self.slots, earlier, later);
                if self.listing.wants(&pair.meeting) {
                    self.found[pair.meeting.number()] += 1;
                    pairs.push(pair);
                }
            }
        }
    }
}
