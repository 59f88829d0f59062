//! Chosen units become groups in one sending order.
//!
//! Units that must each be live before the other are one group: the strongly connected
//! components, by Tarjan's algorithm with a stack of its own instead of recursion, O(units +
//! pairs). The groups are then sorted topologically by Kahn's algorithm: among the groups whose
//! predecessors are all sent, the lowest rank goes first, then the lowest unit; O(n log n).
//! Without pairs this is the order of the file within each rank. Groups without predecessors are
//! sorted once; only the others pass through a heap when they become ready.
//!
//! Proven by a property test that computes the transitive closure and picks each next group by
//! looking at all.

use super::{Group, Links, Sendable, SendingRank, Shipment};
use crate::graph::Adjacency;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::iter::Peekable;

/// The groups of the chosen units in sending order.
///
/// # Panics
/// If the chosen units are not ascending or a number is not a unit.
#[must_use]
pub fn order(shipment: &Shipment) -> Vec<Group> {
    let is_ascending = shipment.chosen.is_sorted_by(|one, next| one < next);
    assert!(is_ascending, "chosen units are ascending");
    if shipment.before.is_empty() {
        let mut groups: Vec<Group> =
            shipment.chosen.iter().map(|unit| alone(shipment, *unit)).collect();
        groups.sort_by_key(|group| group.rank);
        return groups;
    }
    let groups = groups(shipment);
    let links = Links::new(shipment, &groups);
    let mut predecessors = links.predecessors;
    // Groups are numbered by their first unit.
    let key = |group: u32| (groups[group as usize].rank, group);
    let free = (0..groups.len() as u32).filter(|group| predecessors[*group as usize] == 0);
    let mut free: Vec<(SendingRank, u32)> = free.map(key).collect();
    free.sort_unstable();
    let mut free = free.into_iter().peekable();
    let mut ready: BinaryHeap<Reverse<(SendingRank, u32)>> = BinaryHeap::new();
    let mut sequence = Vec::with_capacity(groups.len());
    while let Some((_, group)) = next_of(&mut free, &mut ready) {
        sequence.push(group);
        for &follower in links.followers.of(group) {
            let left = &mut predecessors[follower as usize];
            *left -= 1;
            if *left == 0 {
                ready.push(Reverse(key(follower)));
            }
        }
    }
    assert_eq!(sequence.len(), groups.len(), "components have no cycles among them");
    let mut groups: Vec<Option<Group>> = groups.into_iter().map(Some).collect();
    sequence.into_iter().filter_map(|group| groups[group as usize].take()).collect()
}

/// Takes the lower one of what comes first on both sides.
fn next_of<Key: Ord + Copy>(
    sorted: &mut Peekable<impl Iterator<Item = Key>>,
    heap: &mut BinaryHeap<Reverse<Key>>,
) -> Option<Key> {
    let lowest = heap.peek().map(|Reverse(key)| *key);
    let next = sorted.next_if(|key| lowest.is_none_or(|lowest| *key < lowest));
    next.or_else(|| heap.pop().map(|Reverse(key)| key))
}

/// The group of one unit.
fn alone(shipment: &Shipment, unit: u32) -> Group {
    let Sendable { records, rank, .. } = shipment.items[unit as usize];
    Group { first: unit, others: Box::default(), records, rank }
}

/// The strongly connected components, by their first unit.
fn groups(shipment: &Shipment) -> Vec<Group> {
    let chosen = &shipment.chosen;
    let mut places = vec![None; shipment.items.len()];
    for (unit, place) in chosen.iter().zip(0_u32..) {
        places[*unit as usize] = Some(place);
    }
    let of = |unit: u32| places[unit as usize];
    let pairs = shipment.before.iter().filter_map(|&(first, second)| of(first).zip(of(second)));
    let components = components(&Adjacency::new(chosen.len(), pairs), chosen.len());

    let mut numbers: Vec<Option<usize>> = vec![None; chosen.len()];
    let mut groups: Vec<(Group, Vec<u32>)> = Vec::new();
    for (&unit, component) in chosen.iter().zip(components) {
        let number = *numbers[component as usize].get_or_insert(groups.len());
        if number == groups.len() {
            groups.push((alone(shipment, unit), Vec::new()));
            continue;
        }
        let item = shipment.items[unit as usize];
        let (group, others) = &mut groups[number];
        others.push(unit);
        group.records += item.records;
        group.rank = group.rank.min(item.rank);
    }
    groups.into_iter().map(|(group, others)| Group { others: others.into(), ..group }).collect()
}

/// Marks nodes that were not visited, and nodes whose component is complete. Both are above
/// every visit.
const UNVISITED: u32 = u32::MAX;
const COMPLETE: u32 = u32::MAX - 1;

/// The number of each node's strongly connected component.
fn components(edges: &Adjacency, count: usize) -> Vec<u32> {
    assert!(count < COMPLETE as usize, "visits fit below the marks");
    let mut components = vec![0; count];
    let mut component = 0;
    // The lowest visit that is known to be reachable from each node within its component.
    let mut lowest = vec![UNVISITED; count];
    let mut visits = 0;
    // Visited nodes whose component is not complete, and the path from the start: nodes, their
    // visits, and how many of their edges were followed.
    let mut open: Vec<u32> = Vec::new();
    let mut path: Vec<(u32, u32, usize)> = Vec::new();
    for start in 0..count as u32 {
        let mut entering = (lowest[start as usize] == UNVISITED).then_some(start);
        loop {
            if let Some(node) = entering.take() {
                lowest[node as usize] = visits;
                path.push((node, visits, 0));
                open.push(node);
                visits += 1;
            }
            let Some((node, visit, followed)) = path.last_mut() else { break };
            let (node, visit) = (*node, *visit);
            if let Some(&target) = edges.of(node).get(*followed) {
                *followed += 1;
                match lowest[target as usize] {
                    UNVISITED => entering = Some(target),
                    // Above every visit if the component of the target is complete.
                    reached => lowest[node as usize] = reached.min(lowest[node as usize]),
                }
                continue;
            }
            path.pop();
            let reached = lowest[node as usize];
            if reached == visit {
                while let Some(member) = open.pop() {
                    lowest[member as usize] = COMPLETE;
                    components[member as usize] = component;
                    if member == node {
                        break;
                    }
                }
                component += 1;
            } else if let Some((parent, ..)) = path.last() {
                lowest[*parent as usize] = reached.min(lowest[*parent as usize]);
            }
        }
    }
    components
}
