//! Conflicts among units become the largest set of units that can go together.
//!
//! A unit is what goes or waits as a whole; units are numbered in file order. Of all sets
//! without a conflict and without an unmet need, the heaviest is chosen, and of equally heavy
//! ones the one that contains the first unit in which they differ: ties keep the record that
//! comes first. Where no weight is 0 this is the set whose sorted list of numbers is
//! lexicographically first; a unit of weight 0 goes wherever it can.
//!
//! Units that conflict or need each other, directly or over others, form a cluster, and each
//! cluster is solved by itself:
//!
//! | cluster | algorithm | result |
//! |---|---|---|
//! | only overlapping spans of one agent | weighted interval scheduling (`intervals`) | exact, O(n log n) |
//! | up to 24 units | branch and bound (`exact`) | exact |
//! | up to 64 units | the same within a limit of nodes | exact if the limit suffices |
//! | anything else | greedy and local search (`heuristic`) | a set and an upper bound (`bound`) |
//!
//! The tie rule holds wherever the result is exact. A set from the local search can meet its
//! bound, and is then proven the heaviest, but another one as heavy may come first.
//!
//! What makes two units conflict, and which units wait for other reasons, is decided elsewhere.
//! The property tests compare the choice with all subsets of up to 14 units.

mod bound;

mod clusters;

pub mod exact;

pub mod heuristic;

pub mod intervals;

mod selection;

/// The span of an agent that a unit claims, half-open and never empty. Instants are in any one
/// unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct AgentSpan {
    /// The key of the agent.
    pub agent: u64,
    /// When it starts.
    pub start: i64,
    /// When it ends; after the start.
    pub end: i64,
}

impl AgentSpan {
    /// Whether two spans of the same agent share time.
    #[must_use]
    pub fn overlaps(&self, other: &AgentSpan) -> bool {
        self.agent == other.agent && self.start < other.end && other.start < self.end
    }
}

/// The units of a batch and what stands between them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Units {
    /// The weight of each unit: its records, or its minutes. Their sum fits into 64 bits.
    pub weights: Vec<u64>,
    /// The span of each unit that claims exactly one. Two overlapping spans of an agent conflict
    /// without being listed in `conflicts`, so that a crowd needs no quadratic list.
    pub spans: Vec<Option<AgentSpan>>,
    /// Other pairs that cannot both go. Pairs may repeat, and may repeat what the spans say. A
    /// unit that is paired with itself can never go.
    pub conflicts: Vec<(u32, u32)>,
    /// Pairs of which the first may go only if the second goes. Cycles are allowed.
    pub needs: Vec<(u32, u32)>,
}

/// What can go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Whether each unit goes.
    pub goes: Vec<bool>,
    /// The clusters in order of their first unit; those whose only unit goes are left out.
    pub clusters: Vec<Cluster>,
}

/// Units that are linked by conflicts and needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// Its units, in file order.
    pub units: Vec<u32>,
    /// The weight of those that go.
    pub weight: u64,
    /// A weight that no set of its units can exceed.
    pub bound: u64,
}

impl Cluster {
    /// Whether no heavier set exists for certain.
    #[must_use]
    pub fn is_proven(&self) -> bool {
        self.weight == self.bound
    }
}

/// What may be spent on clusters that are too large for an exact answer. It is counted in steps
/// and not in seconds, and used up in file order, so that equal inputs have equal answers.
#[derive(Debug, Clone)]
struct WorkLimits {
    /// Nodes of branch and bound beyond `exact::ALWAYS`; about 80 ns each.
    nodes: u64,
    /// Steps of the local search; 10 to 30 ns each.
    steps: u64,
}

const WORK_LIMITS: WorkLimits = WorkLimits { nodes: 1 << 22, steps: 1 << 24 };

/// The most of them that a single cluster takes.
const NODES_PER_CLUSTER: u64 = 1 << 15;
const STEPS_PER_UNIT: u64 = 256;

/// Chooses the units that go.
///
/// # Panics
/// If lists differ in length, a pair contains a number that is not a unit, a span is empty, or
/// the weights do not fit into 64 bits.
#[must_use]
pub fn choose(units: &Units) -> Choice {
    check_units(units);
    let sorted = sorted_by_span(units);
    let roots = clusters::connect(units, &sorted);
    let mixed = clusters::mixed(units, &roots);
    let is_mixed = |unit: u32| mixed[roots[unit as usize] as usize];

    let mut goes: Vec<bool> = (0..units.weights.len() as u32).map(|unit| !is_mixed(unit)).collect();
    let plain: Vec<u32> = sorted.into_iter().filter(|unit| !is_mixed(*unit)).collect();
    intervals::choose_spans(units, &plain, &mut goes);

    let mut clusters = clusters::list(&roots, &mixed);
    let parts = clusters::split(units, &mixed, &clusters);
    let mut limits = WORK_LIMITS;
    for (cluster, part) in clusters.iter_mut().zip(parts) {
        let bound = part.map(|part| {
            let (chosen, bound) = solve(&part, &mut limits);
            for (unit, chosen) in cluster.units.iter().zip(chosen) {
                goes[*unit as usize] = chosen;
            }
            bound
        });
        let going = cluster.units.iter().map(|unit| *unit as usize).filter(|unit| goes[*unit]);
        cluster.weight = going.map(|unit| units.weights[unit]).sum();
        cluster.bound = bound.unwrap_or(cluster.weight);
        debug_assert!(cluster.weight <= cluster.bound, "the bound is above every choice");
    }
    Choice { goes, clusters }
}

fn check_units(units: &Units) {
    let count = units.weights.len();
    assert!(u32::try_from(count).is_ok(), "units fit into 32 bits");
    assert_eq!(count, units.spans.len(), "each unit has a weight and perhaps a span");
    let in_range = |pair: &(u32, u32)| (pair.0.max(pair.1) as usize) < count;
    assert!(units.conflicts.iter().all(in_range), "conflicts are pairs of units");
    assert!(units.needs.iter().all(in_range), "needs are pairs of units");
    assert!(units.spans.iter().flatten().all(|span| span.start < span.end), "no span is empty");
    let total = units.weights.iter().try_fold(0_u64, |sum, weight| sum.checked_add(*weight));
    assert!(total.is_some(), "the sum of the weights fits into 64 bits");
}

/// The units with a span: by agent, start, end and number.
fn sorted_by_span(units: &Units) -> Vec<u32> {
    let numbered = (0..).zip(&units.spans);
    let mut sorted: Vec<(AgentSpan, u32)> =
        numbered.filter_map(|(unit, span)| span.map(|span| (span, unit))).collect();
    sorted.sort_unstable();
    sorted.into_iter().map(|(_, unit)| unit).collect()
}

impl Units {
    /// Whether the spans of two different units overlap.
    fn spans_conflict(&self, one: u32, other: u32) -> bool {
        let spans = (self.spans[one as usize], self.spans[other as usize]);
        one != other && matches!(spans, (Some(one), Some(other)) if one.overlaps(&other))
    }
}

/// Chooses among the units of one cluster; what goes, and an upper bound of the weight.
fn solve(part: &Units, limits: &mut WorkLimits) -> (Vec<bool>, u64) {
    let count = part.weights.len();
    if count <= exact::MOST {
        let is_small = count <= exact::ALWAYS;
        let most = if is_small { u64::MAX } else { limits.nodes.min(NODES_PER_CLUSTER) };
        let (chosen, nodes) = exact::choose_exactly(part, most);
        if !is_small {
            limits.nodes -= nodes;
        }
        if let Some(chosen) = chosen {
            let going = part.weights.iter().zip(&chosen).filter(|(_, chosen)| **chosen);
            let weight = going.map(|(weight, _)| *weight).sum();
            return (chosen, weight);
        }
    }
    let edges = part.conflicts.len() + part.needs.len();
    let most = limits.steps.min(STEPS_PER_UNIT * (count + edges) as u64);
    let found = heuristic::choose_greedily(part, most);
    limits.steps -= found.steps.min(limits.steps);
    (found.goes, found.bound)
}

#[cfg(test)]
mod tests;
