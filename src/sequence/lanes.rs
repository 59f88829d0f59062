//! Groups in one order become lanes that can be sent side by side.
//!
//! Groups that share a key, or of which one must be live before the other, form a component
//! (union-find), and a component stays in one lane. The components are distributed by LPT
//! scheduling (longest processing time first): the one with the most records goes onto the lane
//! with the fewest; ties go to the component with the lowest unit and to the lowest lane. The
//! fullest lane has at most 4/3 of the records that it has in the best distribution (Graham
//! 1969). O(n log n).
//!
//! Proven by a property test that merges components by repeated comparison and distributes them
//! by looking at all lanes.

use super::{Group, Links, Shipment};
use crate::graph::UnionFind;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::num::NonZeroUsize;

/// The places of the groups in each lane, ascending. No lane is empty.
#[must_use]
pub fn divide(
    shipment: &Shipment,
    groups: &[Group],
    links: &Links,
    most_lanes: NonZeroUsize,
) -> Vec<Vec<u32>> {
    if most_lanes.get() == 1 && !groups.is_empty() {
        return vec![(0..groups.len() as u32).collect()];
    }
    let roots = connect(shipment, groups, links);
    let mut sizes = vec![0_u64; groups.len()];
    let mut first_units = vec![u32::MAX; groups.len()];
    for (group, root) in groups.iter().zip(&roots) {
        let root = *root as usize;
        sizes[root] += group.records;
        first_units[root] = group.first.min(first_units[root]);
    }
    let mut components: Vec<u32> =
        (0..groups.len() as u32).filter(|group| roots[*group as usize] == *group).collect();
    components
        .sort_unstable_by_key(|root| (Reverse(sizes[*root as usize]), first_units[*root as usize]));

    let lane_count = most_lanes.get().min(components.len());
    let mut emptiest: BinaryHeap<Reverse<(u64, usize)>> =
        (0..lane_count).map(|lane| Reverse((0, lane))).collect();
    let mut lane_of = vec![0; groups.len()];
    for root in components {
        let Some(Reverse((records, lane))) = emptiest.pop() else { break };
        lane_of[root as usize] = lane;
        emptiest.push(Reverse((records + sizes[root as usize], lane)));
    }
    let mut lanes = vec![Vec::new(); lane_count];
    for (group, root) in (0..).zip(roots) {
        lanes[lane_of[root as usize]].push(group);
    }
    // Components without records do not make a lane less empty.
    lanes.retain(|lane| !lane.is_empty());
    lanes
}

/// The first group of each group's component.
fn connect(shipment: &Shipment, groups: &[Group], links: &Links) -> Vec<u32> {
    let of = |unit: u32| links.group_of[unit as usize];
    let mut sets = UnionFind::new(groups.len());
    let ties = shipment.ties.iter().filter_map(|&(unit, key)| of(unit).map(|group| (key, group)));
    let mut ties: Vec<(u64, u32)> = ties.collect();
    ties.sort_unstable();
    for pair in ties.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        sets.union(pair[0].1, pair[1].1);
    }
    for group in 0..groups.len() as u32 {
        for follower in links.followers.of(group) {
            sets.union(group, *follower);
        }
    }
    sets.into_roots()
}
