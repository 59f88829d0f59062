use super::exact::choose_exactly;
use super::heuristic::choose_greedily;
use super::selection::{Network, Selection};
use super::{AgentSpan, Choice, Units, choose};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, proptest};

fn overlap(one: AgentSpan, other: AgentSpan) -> bool {
    one.agent == other.agent && (one.start.max(other.start)..one.end.min(other.end)).count() > 0
}

/// Whether a set has no conflict and no unmet need, pair by pair.
fn is_allowed(units: &Units, goes: &[bool]) -> bool {
    let both = |pair: &(u32, u32)| goes[pair.0 as usize] && goes[pair.1 as usize];
    let unmet = |pair: &(u32, u32)| goes[pair.0 as usize] && !goes[pair.1 as usize];
    let spans = || units.spans.iter().zip(goes).filter(|(_, goes)| **goes).map(|(span, _)| span);
    let spans_overlap = spans().enumerate().any(|(place, one)| {
        spans()
            .take(place)
            .any(|other| one.zip(*other).is_some_and(|(one, other)| overlap(one, other)))
    });
    !units.conflicts.iter().any(both) && !units.needs.iter().any(unmet) && !spans_overlap
}

fn weight(units: &Units, goes: &[bool]) -> u64 {
    units.weights.iter().zip(goes).map(|(weight, goes)| weight * u64::from(*goes)).sum()
}

/// The heaviest of all subsets, and of these the one that the tie rule prefers. Unit 0 is the
/// highest bit of a subset's number, so that the preferred subset has the highest number.
fn brute_force(units: &Units) -> Vec<bool> {
    let count = units.weights.len();
    let subset = |number: u32| -> Vec<bool> {
        (0..count).map(|unit| number >> (count - 1 - unit) & 1 == 1).collect()
    };
    let allowed = (0..1_u32 << count).map(subset).filter(|goes| is_allowed(units, goes));
    allowed.max_by_key(|goes| (weight(units, goes), goes.clone())).unwrap()
}

fn numbers(goes: &[bool]) -> Vec<usize> {
    goes.iter().enumerate().filter(|(_, goes)| **goes).map(|(unit, _)| unit).collect()
}

/// The clusters' sums add up, and none is above its bound.
fn check_clusters(units: &Units, choice: &Choice) {
    let mut seen = vec![false; units.weights.len()];
    for cluster in &choice.clusters {
        let going = cluster.units.iter().filter(|unit| choice.goes[**unit as usize]);
        assert_eq!(cluster.weight, going.map(|unit| units.weights[*unit as usize]).sum::<u64>());
        assert!(cluster.weight <= cluster.bound);
        assert!(cluster.units.is_sorted());
        for unit in &cluster.units {
            assert!(
                !std::mem::replace(&mut seen[*unit as usize], true),
                "a unit is in one cluster"
            );
        }
    }
    for (seen, goes) in seen.iter().zip(&choice.goes) {
        assert!(seen | goes, "what is in no cluster goes");
    }
}

fn spans(count: usize) -> impl Strategy<Value = Vec<Option<AgentSpan>>> {
    let span = (0..3_u64, 0..12_i64, 1..6_i64);
    vec(
        span.prop_map(|(agent, start, length)| {
            Some(AgentSpan { agent, start, end: start + length })
        }),
        count,
    )
}

fn pairs(count: usize, most: usize) -> impl Strategy<Value = Vec<(u32, u32)>> {
    vec((0..count as u32, 0..count as u32), 0..=most)
}

/// Units that differ in everything, from few links to many.
fn mixed_units(most: usize) -> impl Strategy<Value = Units> {
    (1..=most, any::<bool>(), 0..4_u8)
        .prop_flat_map(|(count, equal, kind)| {
            let weights = vec(if equal { 1..2_u64 } else { 0..9 }, count);
            let some = vec(any::<bool>(), count);
            let spans = (spans(count), some).prop_map(move |(spans, some)| {
                let keep =
                    |(span, some): (Option<AgentSpan>, bool)| span.filter(|_| some && kind != 0);
                spans.into_iter().zip(some).map(keep).collect::<Vec<_>>()
            });
            let conflicts = pairs(count, count * 2);
            let needs = pairs(count, if kind == 1 { 0 } else { count });
            (weights, spans, conflicts, needs).prop_map(|(weights, spans, conflicts, needs)| {
                Units { weights, spans, conflicts, needs }
            })
        })
        .prop_map(|mut units| {
            // A unit that conflicts with itself is rare.
            let keep = units.weights.len() % 4 == 0;
            units.conflicts.retain(|(one, other)| one != other || keep);
            units
        })
}

/// Units of one span each, on few timelines so that they overlap.
fn span_units(most: usize) -> impl Strategy<Value = Units> {
    (1..=most, any::<bool>()).prop_flat_map(|(count, equal)| {
        let weights = vec(if equal { 1..2_u64 } else { 0..9 }, count);
        (weights, spans(count), Just(Vec::new()), Just(Vec::new())).prop_map(
            |(weights, spans, conflicts, needs)| Units { weights, spans, conflicts, needs },
        )
    })
}

/// The same units with their overlaps listed and without spans.
fn with_listed_overlaps(units: &Units) -> Units {
    let count = units.weights.len() as u32;
    let mut listed = Units { spans: vec![None; count as usize], ..units.clone() };
    for later in 0..count {
        for earlier in 0..later {
            let (one, other) = (units.spans[earlier as usize], units.spans[later as usize]);
            if one.zip(other).is_some_and(|(one, other)| overlap(one, other)) {
                listed.conflicts.push((later, earlier));
            }
        }
    }
    listed
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(1500))]

    #[test]
    fn the_choice_is_the_heaviest_and_first_of_all_subsets(units in mixed_units(12)) {
        let choice = choose(&units);
        prop_assert_eq!(numbers(&choice.goes), numbers(&brute_force(&units)));
        prop_assert!(choice.clusters.iter().all(super::Cluster::is_proven));
        check_clusters(&units, &choice);
    }

    #[test]
    fn spans_alone_are_scheduled_as_the_best_of_all_subsets(units in span_units(14)) {
        let choice = choose(&units);
        prop_assert_eq!(numbers(&choice.goes), numbers(&brute_force(&units)));
        check_clusters(&units, &choice);
        prop_assert_eq!(&choice.goes, &choose(&with_listed_overlaps(&units)).goes);
        let repeated = Units { conflicts: with_listed_overlaps(&units).conflicts, ..units.clone() };
        prop_assert_eq!(choose(&repeated), choice);
    }

    /// Beyond brute force: the two exact algorithms share nothing.
    #[test]
    fn scheduling_equals_branch_and_bound(units in span_units(50)) {
        let (exact, _) = choose_exactly(&with_listed_overlaps(&units), u64::MAX);
        prop_assert_eq!(Some(choose(&units).goes), exact);
    }

    #[test]
    fn a_heuristic_choice_is_allowed_and_below_its_bound(units in mixed_units(12), steps in 0..2000_u64) {
        let found = choose_greedily(&units, steps);
        let best = weight(&units, &brute_force(&units));
        prop_assert!(is_allowed(&units, &found.goes));
        prop_assert!(weight(&units, &found.goes) <= best);
        prop_assert!(best <= found.bound, "{} is above the bound {}", best, found.bound);
    }

    #[test]
    fn large_clusters_are_allowed_and_deterministic(units in mixed_units(150)) {
        let choice = choose(&units);
        prop_assert!(is_allowed(&units, &choice.goes));
        check_clusters(&units, &choice);
        prop_assert_eq!(choose(&units), choice);
    }
}

fn unlinked(weights: &[u64]) -> Units {
    Units { weights: weights.to_vec(), spans: vec![None; weights.len()], ..Units::default() }
}

#[test]
fn ties_keep_the_record_that_comes_first() {
    let pair = Units { conflicts: vec![(1, 0)], ..unlinked(&[1, 1]) };
    assert_eq!(choose(&pair).goes, [true, false]);
    // A square: the two diagonals are equally large.
    let square = Units { conflicts: vec![(0, 1), (1, 2), (2, 3), (3, 0)], ..unlinked(&[1; 4]) };
    assert_eq!(choose(&square).goes, [true, false, true, false]);
}

#[test]
fn a_trade_in_a_circle_goes_as_a_whole() {
    let circle = Units { needs: vec![(0, 1), (1, 2), (2, 0)], ..unlinked(&[1; 3]) };
    assert_eq!(choose(&circle).goes, [true; 3]);
    let broken = Units { conflicts: vec![(2, 2)], ..circle };
    let choice = choose(&broken);
    assert_eq!(choice.goes, [false; 3]);
    assert_eq!((choice.clusters[0].weight, choice.clusters[0].bound), (0, 0));
}

#[test]
fn a_unit_that_conflicts_with_what_it_needs_never_goes() {
    let units =
        Units { conflicts: vec![(0, 2)], needs: vec![(0, 1), (1, 2)], ..unlinked(&[9, 1, 1]) };
    assert_eq!(choose(&units).goes, [false, true, true]);
}

#[test]
fn no_units_are_no_choice() {
    assert_eq!(choose(&Units::default()), Choice { goes: vec![], clusters: vec![] });
}

#[test]
fn a_unit_that_cannot_be_added_names_the_cause() {
    // Unit 0 needs 1 and 2, which exclude each other but could each go without it; 3 needs 2.
    let units =
        Units { conflicts: vec![(1, 2)], needs: vec![(0, 1), (0, 2), (3, 2)], ..unlinked(&[1; 4]) };
    let network = Network::new(&units);
    let mut selection = Selection::new(&network);
    assert_eq!(selection.add(0), Err(0));
    assert_eq!((numbers(&selection.goes), selection.weight), (vec![], 0));
    assert_eq!(selection.add(1), Ok(()));
    assert_eq!(selection.add(3), Err(2));
}

#[test]
fn an_exchange_is_compared_by_the_first_unit_that_changed() {
    let units = Units { conflicts: vec![(0, 1), (1, 2)], ..unlinked(&[1, 2, 1]) };
    let network = Network::new(&units);
    let mut selection = Selection::new(&network);
    assert_eq!(selection.add(1), Ok(()));
    let mark = selection.mark();
    assert!(!selection.comes_first_since(mark), "nothing changed");
    assert_eq!(selection.force(2), Some(vec![1]));
    assert!(!selection.comes_first_since(mark), "unit 1 went before");
    assert_eq!(selection.add(0), Ok(()));
    assert!(selection.comes_first_since(mark), "unit 0 goes now");
    selection.take_back(mark);
    assert_eq!((numbers(&selection.goes), selection.weight), (vec![1], 2));
}
