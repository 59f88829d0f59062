//! Lanes of groups become lanes of chunks.
//!
//! A chunk contains groups of one input, either only unassigned ones or none. In a lane whose
//! groups come from several inputs in turn, nearly every group would be a chunk of its own. So
//! the lane is sorted again first, by Kahn's algorithm as in `order`: of the groups whose
//! predecessors are sent, those of the lowest rank, and of these one of the same input as the
//! group before if there is any. O(n log n). Chunks are then filled greedily in this order, which
//! makes the fewest chunks that the order allows.
//!
//! Proven by a property test: no group is lost, doubled or divided, none comes before its
//! predecessors or after a ready one of higher rank, and no chunk could take the group after it.

use super::{Chunk, Group, Links, SendingRank, SeveralInputs, Shipment};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::num::NonZeroU64;

/// The input of each group.
///
/// # Errors
/// If units of a group come from several inputs; all such groups.
pub fn inputs(shipment: &Shipment, groups: &[Group]) -> Result<Vec<u32>, SeveralInputs> {
    let input_of = |unit: u32| shipment.items[unit as usize].input;
    let has_several =
        |group: &&Group| group.units().any(|unit| input_of(unit) != input_of(group.first));
    let several: Vec<Vec<u32>> =
        groups.iter().filter(has_several).map(|group| group.units().collect()).collect();
    if several.is_empty() {
        Ok(groups.iter().map(|group| input_of(group.first)).collect())
    } else {
        Err(SeveralInputs { groups: several })
    }
}

/// Sorts the lanes so that groups of one input follow each other where ranks and predecessors
/// allow it. Lanes of one input keep their order.
#[must_use]
pub fn gather_inputs(
    groups: &[Group],
    inputs: &[u32],
    links: &Links,
    lanes: Vec<Vec<u32>>,
) -> Vec<Vec<u32>> {
    // No pair leads from one lane to another, so they share the counts.
    let mut predecessors = None;
    let mut gather = |lane: Vec<u32>| {
        let has_one_input =
            lane.windows(2).all(|pair| inputs[pair[0] as usize] == inputs[pair[1] as usize]);
        if has_one_input {
            lane
        } else {
            let predecessors = predecessors.get_or_insert_with(|| links.predecessors.clone());
            gather_lane(groups, inputs, links, predecessors, &lane)
        }
    };
    lanes.into_iter().map(&mut gather).collect()
}

fn gather_lane(
    groups: &[Group],
    inputs: &[u32],
    links: &Links,
    predecessors: &mut [u32],
    lane: &[u32],
) -> Vec<u32> {
    let mut ready: BTreeMap<SendingRank, Ready> = BTreeMap::new();
    let mut sorted = Vec::with_capacity(lane.len());
    let mut input = None;
    for &group in lane.iter().filter(|group| predecessors[**group as usize] == 0) {
        ready.entry(groups[group as usize].rank).or_default().push(group, inputs[group as usize]);
    }
    while let Some(mut lowest) = ready.first_entry() {
        let Some(group) = lowest.get_mut().pop(input) else {
            lowest.remove();
            continue;
        };
        input = Some(inputs[group as usize]);
        sorted.push(group);
        for &follower in links.followers.of(group) {
            predecessors[follower as usize] -= 1;
            if predecessors[follower as usize] == 0 {
                let (rank, input) = (groups[follower as usize].rank, inputs[follower as usize]);
                ready.entry(rank).or_default().push(follower, input);
            }
        }
    }
    assert_eq!(sorted.len(), lane.len(), "predecessors are in the same lane");
    sorted
}

/// Groups of one rank whose predecessors are all sent.
#[derive(Default)]
struct Ready {
    all: BinaryHeap<Reverse<(u32, u32)>>,
    by_input: BTreeMap<u32, BinaryHeap<Reverse<u32>>>,
}

impl Ready {
    fn push(&mut self, group: u32, input: u32) {
        self.all.push(Reverse((group, input)));
        self.by_input.entry(input).or_default().push(Reverse(group));
    }

    /// The first group of this input; if there is none, the first of all.
    fn pop(&mut self, input: Option<u32>) -> Option<u32> {
        let same_input = input.and_then(|input| self.by_input.get_mut(&input));
        if let Some(Reverse(group)) = same_input.and_then(BinaryHeap::pop) {
            return Some(group);
        }
        // Groups that were taken by their input are still in `all`, but no longer the first there.
        while let Some(Reverse((group, input))) = self.all.pop() {
            let of_input = self.by_input.get_mut(&input)?;
            if of_input.peek() == Some(&Reverse(group)) {
                return of_input.pop().map(|Reverse(group)| group);
            }
        }
        None
    }
}

/// Cuts lanes of groups, given by their places, into chunks.
#[must_use]
pub fn cut(
    groups: &[Group],
    inputs: &[u32],
    lanes: &[Vec<u32>],
    chunk_size: NonZeroU64,
) -> Vec<Vec<Chunk>> {
    let cut_lane = |lane: &Vec<u32>| {
        let mut chunks: Vec<Chunk> = Vec::new();
        for (taken, &place) in lane.iter().enumerate() {
            let group = &groups[place as usize];
            let input = inputs[place as usize];
            let is_unassigned = group.rank == SendingRank::Unassigned;
            let fits = chunks.last().is_some_and(|chunk| {
                chunk.input == input
                    && chunk.is_unassigned == is_unassigned
                    && chunk.records.saturating_add(group.records) <= chunk_size.get()
            });
            if !fits {
                // Most units have one record.
                let most = chunk_size.get().min((lane.len() - taken) as u64);
                let units = Vec::with_capacity(most as usize);
                let circles = Vec::new();
                chunks.push(Chunk { input, units, circles, records: 0, is_unassigned });
            }
            let last = chunks.len() - 1;
            let chunk = &mut chunks[last];
            chunk.records += group.records;
            chunk.units.extend(group.units());
            chunk.circles.extend(group.is_together().then(|| group.units().collect::<Vec<_>>()));
        }
        chunks
    };
    lanes.iter().map(cut_lane).collect()
}
