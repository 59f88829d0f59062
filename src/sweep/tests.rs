use super::{Cover, Pair, Slot, SweepOptions, SweepResult, crowd, entangled, sweep, visit_pairs};
use crate::model::fact::OverlapKind;
use crate::model::shift::{Kind, Side};
use crate::model::time::Instant;
use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, proptest};

fn options(cap: u64) -> SweepOptions {
    let mut groups = [None; OverlapKind::COUNT];
    let mut related = [[true; Side::COUNT]; Side::COUNT];
    for (number, group) in groups.iter_mut().enumerate() {
        let overlap_kind = OverlapKind::from_number(number);
        let (one, other) = overlap_kind.sides;
        let published =
            !one.batch && !other.batch && one.kind == Kind::Shift && other.kind == Kind::Shift;
        related[one.number()][other.number()] &= !published;
        let by_kind = one.kind as u8 * 3 + other.kind as u8;
        *group =
            (!published && by_kind != 4).then_some(by_kind * 2 + u8::from(overlap_kind.same_span));
    }
    SweepOptions { groups, related, cap }
}

fn share_time(one: (Instant, Instant), other: (Instant, Instant)) -> bool {
    one.0 < one.1 && other.0 < other.1 && one.0 < other.1 && other.0 < one.1
}

/// All pairs, compared each with each, and clusters by carrying the lowest
/// number over every link until none changes. Nothing of this is the sweep's.
fn brute_force(slots: &[Slot], options: &SweepOptions) -> SweepResult {
    let mut tally = vec![0; OverlapKind::COUNT];
    let mut listed = [0; 256];
    let mut links = Vec::new();
    let mut pairs = Vec::new();
    for later in 0..slots.len() {
        for earlier in 0..later {
            let (one, other) = (&slots[earlier], &slots[later]);
            let sides = (one.side, other.side);
            if !share_time((one.start, one.end), (other.start, other.end))
                || !options.related[sides.0.number()][sides.1.number()]
            {
                continue;
            }
            let same = one.chosen == other.chosen && one.chosen.0 < one.chosen.1;
            let chosen = share_time(one.chosen, other.chosen);
            let overlap_kind =
                OverlapKind::new(sides.0, sides.1, same, one.day != other.day, chosen);
            tally[overlap_kind.number()] += 1;
            links.push((earlier, later));
            if let Some(group) = options.groups[overlap_kind.number()]
                && listed[usize::from(group)] < options.cap
            {
                listed[usize::from(group)] += 1;
                let certain = share_time(one.narrowest, other.narrowest);
                pairs.push(Pair {
                    earlier: earlier as u32,
                    later: later as u32,
                    overlap_kind,
                    certain,
                });
            }
        }
    }
    let mut clusters: Vec<u32> = (0..slots.len() as u32).collect();
    while let Some((one, other)) =
        links.iter().find(|(one, other)| clusters[*one] != clusters[*other])
    {
        let lowest = clusters[*one].min(clusters[*other]);
        (clusters[*one], clusters[*other]) = (lowest, lowest);
    }
    SweepResult { pairs, tally, clusters }
}

/// Slots on a small grid, so that touching, nested and equal ones abound; some
/// with readings that differ, even turned round. Every other timeline has neither
/// these nor days that fall back.
fn slots() -> impl Strategy<Value = Vec<Slot>> {
    (doubtful_slots(), any::<bool>()).prop_map(|(mut slots, plain)| {
        for slot in slots.iter_mut().filter(|_| plain) {
            (slot.chosen, slot.narrowest) = ((slot.start, slot.end), (slot.start, slot.end));
            slot.day = (slot.start.millis() / 12) as i32;
        }
        slots
    })
}

fn doubtful_slots() -> impl Strategy<Value = Vec<Slot>> {
    let slot = (
        0i64..30,
        1i64..12,
        0i64..3,
        0i64..3,
        any::<(bool, bool, bool)>(),
        0i32..3,
        0..Side::COUNT,
    );
    proptest::collection::vec(slot, 0..40).prop_map(|slots| {
        let mut slots: Vec<Slot> = slots
            .into_iter()
            .map(|(start, length, late, early, (ambiguous, shift, pull), day, side)| {
                let start = Instant::from_millis(start);
                let end = start + length;
                let (late, early) = if ambiguous { (late, early) } else { (0, 0) };
                Slot {
                    start,
                    end,
                    chosen: (
                        start + if shift { late } else { 0 },
                        end - if pull { early } else { 0 },
                    ),
                    narrowest: (start + late, end - early),
                    day,
                    side: Side::from_number(side),
                }
            })
            .collect();
        slots.sort_by_key(|slot| slot.start);
        slots
    })
}

proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(2_000))]

    #[test]
    fn both_ways_find_what_brute_force_finds(slots in slots(), cap in 0u64..12) {
        let options = options(cap);
        let truth = brute_force(&slots, &options);
        let slots = &slots[..];
        prop_assert_eq!(&visit_pairs(slots, &options, usize::MAX).expect("no budget"), &truth);
        prop_assert_eq!(&crowd::count_pairs(slots, &options), &truth);
        prop_assert_eq!(&sweep(slots, &options), &truth);
        // Most overlaps are in no group, as when one rule is selected.
        let listed = truth.tally.iter().position(|count| *count > 0).unwrap_or(0);
        let mut options = options;
        for (number, group) in options.groups.iter_mut().enumerate() {
            *group = group.filter(|_| number == listed);
        }
        prop_assert_eq!(&crowd::count_pairs(slots, &options), &brute_force(slots, &options));
    }

    #[test]
    fn those_that_share_time_are_entangled(slots in slots()) {
        let span = |place: usize| (slots[place].start, slots[place].end);
        let meets = |place: &usize| {
            (0..slots.len()).any(|other| other != *place && share_time(span(*place), span(other)))
        };
        let overlap_kind: Vec<usize> = (0..slots.len()).filter(meets).collect();
        let places: Vec<usize> = (0..slots.len()).collect();
        let found = entangled(&places, |place| span(*place), overlap_kind.len());
        prop_assert_eq!(found.as_ref(), Some(&overlap_kind));
        if let Some(fewer) = overlap_kind.len().checked_sub(1) {
            prop_assert!(entangled(&places, |place| span(*place), fewer).is_none());
        }
    }
}

proptest! {
    #[test]
    fn what_one_span_holds_is_covered(
        spans in proptest::collection::vec((0i64..40, 1i64..20), 0..12),
        (start, length) in (0i64..40, 1i64..20),
    ) {
        let span = |(start, length): (i64, i64)| {
            (Instant::from_millis(start), Instant::from_millis(start + length))
        };
        let spans: Vec<(Instant, Instant)> = spans.into_iter().map(span).collect();
        let part = span((start, length));
        let held = spans.iter().any(|span| span.0 <= part.0 && part.1 <= span.1);
        prop_assert_eq!(Cover::new(spans).holds(part), held);
    }
}

fn shift(start: i64, end: i64) -> Slot {
    let span = (Instant::from_millis(start), Instant::from_millis(end));
    Slot {
        start: span.0,
        end: span.1,
        chosen: span,
        narrowest: span,
        day: 0,
        side: Side { batch: true, kind: Kind::Shift },
    }
}

#[test]
fn a_long_shift_meets_all_that_it_covers() {
    let found = sweep(&[shift(8, 20), shift(9, 10), shift(11, 12)][..], &options(9));
    let places: Vec<(u32, u32)> =
        found.pairs.iter().map(|Pair { earlier, later, .. }| (*earlier, *later)).collect();
    assert_eq!(places, [(0, 1), (0, 2)]);
    assert_eq!(found.clusters, [0, 0, 0]);
}

#[test]
fn a_crowd_is_counted_without_visiting_its_pairs() {
    let crowd = vec![shift(0, 10); 200_000];
    let found = sweep(&crowd[..], &options(100));
    assert_eq!(found.tally.iter().sum::<u64>(), 19_999_900_000);
    assert_eq!(found.pairs.len(), 100);
    assert!(found.clusters.iter().all(|first| *first == 0));
}

#[test]
fn a_stranger_late_in_a_crowd_is_still_listed() {
    let mut crowd = vec![shift(0, 10); 50_000];
    crowd.push(shift(1, 9));
    let found = sweep(&crowd[..], &options(3));
    let last = found.pairs.last().expect("listed");
    assert_eq!((last.earlier, last.later, last.overlap_kind.same_span), (2, 50_000, false));
}

#[test]
fn onion_skins_and_stairs_are_counted() {
    let skins: Vec<Slot> = (0..30_000).map(|skin| shift(skin, 100_000 - skin)).collect();
    let found = sweep(&skins[..], &options(100));
    assert_eq!(found.tally.iter().sum::<u64>(), 30_000 * 29_999 / 2);
    assert_eq!(found.pairs.len(), 100);
    let stairs: Vec<Slot> = (0..30_000).map(|step| shift(step, step + 1000)).collect();
    let pairs = sweep(&stairs[..], &options(100)).tally.iter().sum::<u64>();
    assert_eq!(pairs, 999 * 30_000 - 999 * 1000 / 2);
}

/// Times read in two ways make the search go through all active slots for an overlap of the
/// widest readings alone. It goes far for it, but not for ever.
#[test]
fn the_search_among_doubtful_times_is_long_and_has_an_end() {
    for (count, listed) in [(2_000, true), (4_500, false)] {
        let read = shift(0, 5);
        let doubtful = Slot { chosen: read.chosen, narrowest: read.narrowest, ..shift(0, 10) };
        let mut crowd = vec![doubtful; count];
        crowd.push(shift(7, 10));
        let found = sweep(&crowd[..], &options(3));
        let last = found.pairs.last().expect("listed");
        assert_eq!(last.later == count as u32, listed, "{count}");
        let pairs = (count * (count - 1) / 2, count);
        let same = OverlapKind::new(doubtful.side, doubtful.side, true, false, true);
        let apart = OverlapKind::new(doubtful.side, doubtful.side, false, false, false);
        let counted = [same, apart].map(|overlap_kind| found.tally[overlap_kind.number()] as usize);
        assert_eq!((counted[0], counted[1]), pairs);
    }
}
