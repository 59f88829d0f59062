//! Spans of agents become the heaviest set of spans that do not overlap.
//!
//! This is weighted interval scheduling. The spans of all agents lie one after another on one
//! line, sorted by agent and start. The textbook dynamic program is a longest path: from node
//! `k`, either skip span `k` (an edge of weight 0 to `k + 1`) or take it (an edge of its weight
//! to the first span that starts no earlier than it ends). Sets without overlaps and paths
//! correspond one to one.
//!
//! The tie rule needs more than one longest path. An edge is *tight* if it lies on any of them;
//! at first every path of tight edges is a longest one. Going through the units in file order,
//! a unit whose edge is still alive goes. All edges that bypass it are then removed, and so is,
//! repeatedly, every edge that leads into a dead end or out of a node that nothing leads to.
//! Afterwards each living edge again lies on a longest path, and all of these contain every
//! unit that was taken, so the first living unit is always the right one. Each edge is removed
//! once. A segment tree finds those that span a taken unit from before: O(n log n) in total.
//!
//! Proven by a property test against all subsets, which also compares it with `exact`.

use super::{AgentSpan, Units};
use crate::graph::Adjacency;

/// Clears `goes` for each of these units, sorted by agent and start, that does not go; the
/// others are set.
pub fn choose_spans(units: &Units, sorted: &[u32], goes: &mut [bool]) {
    let mut paths = LongestPaths::new(units, sorted);
    let mut in_file_order: Vec<(u32, u32)> = sorted.iter().copied().zip(0..).collect();
    in_file_order.sort_unstable();
    for (unit, node) in in_file_order {
        goes[unit as usize] = paths.takes[node as usize];
        if goes[unit as usize] {
            paths.keep_only_through(node);
        }
    }
}

/// The longest paths that contain all units taken so far. Nodes are places in the sorted order
/// and the end of the line; an edge belongs to the node it starts at.
struct LongestPaths {
    /// Where taking the span of each node leads to.
    next: Vec<u32>,
    /// The reverse: from which nodes taking a span leads to each node.
    previous: Adjacency,
    /// Whether the edge that takes the span of a node is alive.
    takes: Vec<bool>,
    /// Whether the edge that skips it is alive.
    skips: Vec<bool>,
    /// How many living edges lead to and from each node.
    incoming: Vec<u32>,
    outgoing: Vec<u32>,
    /// `next` of the living edges that take a span.
    reach: MaxTree,
    /// Edges that are removed, but whose nodes are not yet updated.
    removed: Vec<(u32, u32)>,
}

impl LongestPaths {
    fn new(units: &Units, sorted: &[u32]) -> LongestPaths {
        let spans: Vec<AgentSpan> =
            sorted.iter().filter_map(|unit| units.spans[*unit as usize]).collect();
        assert_eq!(spans.len(), sorted.len(), "each of these units has a span");
        let weights: Vec<u64> = sorted.iter().map(|unit| units.weights[*unit as usize]).collect();
        let next = next_starts(&spans);
        let count = spans.len();

        // The heaviest path to each node, and from each node to the end.
        let mut before = vec![0_u64; count + 1];
        for node in 0..count {
            let taken = before[node] + weights[node];
            let target = &mut before[next[node] as usize];
            *target = taken.max(*target);
            before[node + 1] = before[node + 1].max(before[node]);
        }
        let mut after = vec![0_u64; count + 1];
        for node in (0..count).rev() {
            after[node] = after[node + 1].max(weights[node] + after[next[node] as usize]);
        }

        let most = before[count];
        let mut paths = LongestPaths {
            previous: Adjacency::new(count + 1, next.iter().copied().zip(0..)),
            takes: vec![false; count],
            skips: vec![false; count],
            incoming: vec![0; count + 1],
            outgoing: vec![0; count + 1],
            reach: MaxTree::new(count),
            removed: Vec::new(),
            next,
        };
        for node in 0..count {
            let next = paths.next[node] as usize;
            paths.takes[node] = before[node] + weights[node] + after[next] == most;
            paths.skips[node] = before[node] + after[node + 1] == most;
            paths.incoming[next] += u32::from(paths.takes[node]);
            paths.incoming[node + 1] += u32::from(paths.skips[node]);
            paths.outgoing[node] = u32::from(paths.takes[node]) + u32::from(paths.skips[node]);
        }
        let living = paths.next.iter().zip(&paths.takes);
        paths.reach.fill(living.map(|(next, alive)| if *alive { *next } else { 0 }));
        paths
    }

    /// Removes the paths that do not take the span of this node.
    fn keep_only_through(&mut self, node: u32) {
        let next = self.next[node as usize];
        self.skip_removed(node);
        // Spans that start during this one. Taken units do not overlap, so all these loops
        // together visit a node once.
        for inside in node + 1..next {
            self.skip_removed(inside);
            self.take_removed(inside);
        }
        // Spans that start before it and end during or after it.
        while let Some(earlier) = self.reach.last_above(node, node) {
            self.take_removed(earlier);
        }
        self.remove_dead_ends();
        debug_assert!(self.takes[node as usize], "a path through the unit remains");
    }

    fn take_removed(&mut self, node: u32) {
        if std::mem::take(&mut self.takes[node as usize]) {
            self.reach.clear(node);
            self.removed.push((node, self.next[node as usize]));
        }
    }

    fn skip_removed(&mut self, node: u32) {
        if std::mem::take(&mut self.skips[node as usize]) {
            self.removed.push((node, node + 1));
        }
    }

    /// Removes the edges that lie on no path from the first node to the last any more.
    fn remove_dead_ends(&mut self) {
        let last = self.next.len() as u32;
        while let Some((from, to)) = self.removed.pop() {
            self.outgoing[from as usize] -= 1;
            if self.outgoing[from as usize] == 0 && from > 0 {
                self.skip_removed(from - 1);
                for place in 0..self.previous.of(from).len() {
                    self.take_removed(self.previous.of(from)[place]);
                }
            }
            self.incoming[to as usize] -= 1;
            if self.incoming[to as usize] == 0 && to < last {
                self.skip_removed(to);
                self.take_removed(to);
            }
        }
    }
}

/// For each span the place of the first one that starts no earlier than it ends; spans are
/// sorted by agent and start.
fn next_starts(spans: &[AgentSpan]) -> Vec<u32> {
    let mut next = Vec::with_capacity(spans.len());
    for (place, span) in spans.iter().enumerate() {
        let comes_before = |other: &AgentSpan| (other.agent, other.start) < (span.agent, span.end);
        // Galloping search: most spans overlap few others.
        let (mut low, mut width) = (place + 1, 1);
        while spans.get(low + width - 1).is_some_and(comes_before) {
            low += width;
            width *= 2;
        }
        let high = (low + width).min(spans.len());
        next.push((low + spans[low..high].partition_point(comes_before)) as u32);
    }
    next
}

/// A segment tree of maxima over a fixed number of places; 0 stands for nothing.
struct MaxTree {
    /// The leaves start at `size`; the children of a node are at twice its number and beside.
    nodes: Vec<u32>,
    size: usize,
}

impl MaxTree {
    fn new(count: usize) -> MaxTree {
        let size = count.next_power_of_two();
        MaxTree { nodes: vec![0; 2 * size], size }
    }

    fn fill(&mut self, values: impl Iterator<Item = u32>) {
        for (leaf, value) in self.nodes[self.size..].iter_mut().zip(values) {
            *leaf = value;
        }
        for node in (1..self.size).rev() {
            self.nodes[node] = self.nodes[2 * node].max(self.nodes[2 * node + 1]);
        }
    }

    fn clear(&mut self, place: u32) {
        let mut node = self.size + place as usize;
        self.nodes[node] = 0;
        while node > 1 {
            node /= 2;
            let highest = self.nodes[2 * node].max(self.nodes[2 * node + 1]);
            if self.nodes[node] == highest {
                break;
            }
            self.nodes[node] = highest;
        }
    }

    /// The last place below `end` whose value is above `value`.
    fn last_above(&self, end: u32, value: u32) -> Option<u32> {
        // Climb to the nearest subtree on the left that contains one, then descend.
        let mut node = self.size + end as usize;
        loop {
            if node % 2 == 1 && node > 1 && self.nodes[node - 1] > value {
                node -= 1;
                break;
            }
            node /= 2;
            if node <= 1 {
                return None;
            }
        }
        while node < self.size {
            node = 2 * node + usize::from(self.nodes[2 * node + 1] > value);
        }
        Some((node - self.size) as u32)
    }
}
