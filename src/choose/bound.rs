//! The units of a cluster become an upper bound of the weight that can go.
//!
//! Two relaxations leave out a part of what keeps units apart, so neither is below the optimum;
//! the lower one counts. Both leave out the needs.
//!
//! - By spans: the units with spans keep only their overlaps, which weighted interval scheduling
//!   solves exactly; the others are bounded by a clique cover.
//! - By lists: all units keep only the listed conflicts, and are bounded by a clique cover.
//!
//! A clique cover divides the units into cliques of the conflict graph. Of each only one unit
//! can go, at most the heaviest. Cliques are built greedily, the heaviest units first, in
//! O(n log n + edges).

use super::intervals;
use super::selection::Network;
use std::cmp::Reverse;

/// The solution of a problem that leaves out some constraints.
#[derive(Debug)]
pub(super) struct Relaxed {
    /// The units with spans that it takes.
    pub(super) goes: Vec<bool>,
    /// A weight that no set exceeds.
    pub(super) bound: u64,
}

/// Bounds the weight of the units that are not barred.
pub(super) fn relax(network: &Network, barred: &[bool]) -> Relaxed {
    let units = network.units;
    let is_open = |unit: &u32| !barred[*unit as usize];
    let mut goes = vec![false; units.weights.len()];
    let sorted: Vec<u32> = network.sorted.iter().copied().filter(is_open).collect();
    intervals::choose_spans(units, &sorted, &mut goes);
    let of_spans: u64 =
        units.weights.iter().zip(&goes).filter(|(_, goes)| **goes).map(|(weight, _)| weight).sum();

    let without_span = |unit: &u32| units.spans[*unit as usize].is_none();
    let by_spans =
        of_spans + cover(network, network.all().filter(is_open).filter(without_span).collect());
    let by_lists = cover(network, network.all().filter(is_open).collect());
    Relaxed { goes, bound: by_spans.min(by_lists) }
}

/// The sum of the heaviest units of a greedy clique cover of these units.
fn cover(network: &Network, mut units: Vec<u32>) -> u64 {
    units.sort_by_key(|unit| Reverse(network.units.weights[*unit as usize]));
    let count = network.units.weights.len();
    let mut open = vec![false; count];
    for unit in &units {
        open[*unit as usize] = true;
    }
    // How many units from the start of the clique on conflict with each unit, up to the first
    // that does not. An edge is visited a bounded number of times, because a unit is in one clique.
    let mut neighbours = vec![0_u32; count];
    let mut bound = 0;
    for first in units {
        if !open[first as usize] {
            continue;
        }
        let mut clique = Vec::new();
        for &unit in [first].iter().chain(network.conflicts.of(first)) {
            if open[unit as usize] && neighbours[unit as usize] as usize == clique.len() {
                open[unit as usize] = false;
                clique.push(unit);
                for other in network.conflicts.of(unit) {
                    let neighbours = &mut neighbours[*other as usize];
                    if *neighbours as usize + 1 == clique.len() {
                        *neighbours += 1;
                    }
                }
            }
        }
        for other in clique.iter().flat_map(|unit| network.conflicts.of(*unit)) {
            neighbours[*other as usize] = 0;
        }
        let heaviest = clique.iter().map(|unit| network.units.weights[*unit as usize]).max();
        bound += heaviest.unwrap_or(0);
    }
    bound
}
