//! Large clusters become a heavy set of units, and a bound that says how good it is.
//!
//! Two greedy passes start from different orders: the units that the relaxed problem of
//! `bound` takes first, which is best where a cluster is mostly overlapping spans; and the
//! units with the most weight for each conflict first, which is best where it is mostly listed
//! conflicts. The better set is improved by local search: force in a unit that waits, with all
//! it needs, remove what excludes it, refill what became free, and keep the result if it is
//! heavier, or as heavy and preferred by the tie rule. Each exchange that is kept improves the
//! set in that order, so the search ends; a limit of steps ends it earlier.
//!
//! The set is not always the heaviest. The property tests prove that it has no conflict and no
//! unmet need and that the bound is valid; how close it comes to the optimum is measured by
//! `cargo run --release --example scale`.

use super::selection::{Network, Selection};
use super::{Units, bound};

/// A set of units found within a limit of steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Whether each unit goes.
    pub goes: Vec<bool>,
    /// A weight that no set exceeds.
    pub bound: u64,
    /// The steps that were taken; the greedy passes take theirs even past the limit.
    pub steps: u64,
}

/// Units whose bundle is larger are not tested on whether they can ever go.
const MOST_TESTED: usize = 16;

/// How many of the units that a removed one excluded are tried in its place, of each kind.
const MOST_REFILLED: usize = 64;

/// Chooses units greedily and improves the choice for at most this many steps.
#[must_use]
pub fn choose_greedily(units: &Units, most_steps: u64) -> Found {
    let network = Network::new(units);
    let barred = barred_units(&network);
    let relaxed = bound::relax(&network, &barred);

    let mut by_relaxation: Vec<u32> = network.all().collect();
    by_relaxation.sort_by_key(|unit| !relaxed.goes[*unit as usize]);
    let by_rate = sorted_by_rate(&network);
    let first = add_in_order(&network, &barred, &by_relaxation);
    let second = add_in_order(&network, &barred, &by_rate);
    let mut selection = if second.weight > first.weight { second } else { first };
    improve(&network, &mut selection, &barred, most_steps);
    Found { goes: selection.goes, bound: relaxed.bound, steps: selection.steps }
}

/// Units that cannot go whatever else does, as far as this is cheap to know: those that conflict
/// with themselves or with what they need, and those that need one of these.
fn barred_units(network: &Network) -> Vec<bool> {
    let mut barred = vec![false; network.units.weights.len()];
    for unit in network.all() {
        if !barred[unit as usize] && excludes_itself(network, unit) {
            bar(network, &mut barred, unit);
        }
    }
    barred
}

/// Whether two units of this one's bundle conflict; `false` for large bundles.
fn excludes_itself(network: &Network, unit: u32) -> bool {
    let mut bundle = vec![unit];
    let mut place = 0;
    while let Some(next) = bundle.get(place) {
        for need in network.needs.of(*next) {
            if !bundle.contains(need) {
                bundle.push(*need);
            }
        }
        if bundle.len() > MOST_TESTED {
            return false;
        }
        place += 1;
    }
    let mut pairs = bundle
        .iter()
        .enumerate()
        .flat_map(|(place, one)| bundle[place..].iter().map(|other| (*one, *other)));
    pairs.any(|(one, other)| network.conflict(one, other))
}

/// Bars a unit and all that need it.
fn bar(network: &Network, barred: &mut [bool], unit: u32) {
    let mut pending = vec![unit];
    while let Some(next) = pending.pop() {
        if !std::mem::replace(&mut barred[next as usize], true) {
            pending.extend_from_slice(network.needed_by.of(next));
        }
    }
}

/// The units by weight for each conflict, the highest first.
fn sorted_by_rate(network: &Network) -> Vec<u32> {
    let overlaps = count_overlaps(network);
    let rate = |unit: u32| {
        let conflicts = overlaps[unit as usize] + network.conflicts.of(unit).len() as u64;
        // The factor keeps the fractions of small weights apart.
        (u128::from(network.units.weights[unit as usize]) << 32) / u128::from(conflicts + 1)
    };
    let mut sorted: Vec<u32> = network.all().collect();
    sorted.sort_by_cached_key(|unit| std::cmp::Reverse(rate(*unit)));
    sorted
}

/// How many other spans each unit's span overlaps: those that start before it ends, less those
/// that end before it starts.
fn count_overlaps(network: &Network) -> Vec<u64> {
    let spans = || network.units.spans.iter().flatten();
    let mut starts: Vec<(u64, i64)> = spans().map(|span| (span.agent, span.start)).collect();
    let mut ends: Vec<(u64, i64)> = spans().map(|span| (span.agent, span.end)).collect();
    starts.sort_unstable();
    ends.sort_unstable();
    // Spans of lower agents are counted on both sides.
    let count = |span: &super::AgentSpan| {
        let started = starts.partition_point(|start| *start < (span.agent, span.end));
        let ended = ends.partition_point(|end| *end <= (span.agent, span.start));
        (started - ended - 1) as u64
    };
    network.units.spans.iter().map(|span| span.as_ref().map_or(0, count)).collect()
}

/// Adds every unit that can be added, in this order.
fn add_in_order<'n>(network: &'n Network, barred: &[bool], order: &[u32]) -> Selection<'n> {
    let mut selection = Selection::new(network);
    // The set only grows, so a unit that cannot be added now never can, nor what needs it.
    let mut closed = barred.to_vec();
    for &unit in order {
        if !closed[unit as usize]
            && let Err(cause) = selection.add(unit)
        {
            bar(network, &mut closed, cause);
        }
    }
    selection
}

/// Exchanges units until no exchange improves the set or the steps are used up. A set that
/// meets its bound can still be improved by the tie rule.
fn improve(network: &Network, selection: &mut Selection, barred: &[bool], most_steps: u64) {
    let most_steps = selection.steps.saturating_add(most_steps);
    let mut has_improved = true;
    while has_improved {
        has_improved = false;
        for unit in network.all().filter(|unit| !barred[*unit as usize]) {
            if selection.steps > most_steps {
                return;
            }
            if !selection.goes[unit as usize] {
                has_improved |= exchange(network, selection, unit);
            }
        }
    }
}

/// Forces a unit in, and keeps the change if the set is better for it.
fn exchange(network: &Network, selection: &mut Selection, unit: u32) -> bool {
    let (mark, weight) = (selection.mark(), selection.weight);
    let Some(removed) = selection.force(unit) else {
        selection.take_back(mark);
        return false;
    };
    for rival in removed {
        let listed = network.conflicts.of(rival).iter().take(MOST_REFILLED);
        let overlapping = network.starting_during(rival).iter().take(MOST_REFILLED);
        for freed in listed.chain(overlapping).chain([&rival]) {
            refill(selection, *freed);
        }
    }
    let is_better = selection.weight > weight
        || selection.weight == weight && selection.comes_first_since(mark);
    if !is_better {
        selection.take_back(mark);
    }
    is_better
}

/// Adds a unit if it can be added.
fn refill(selection: &mut Selection, unit: u32) {
    if !selection.goes[unit as usize] {
        // A unit that cannot be added stays out.
        selection.add(unit).ok();
    }
}
