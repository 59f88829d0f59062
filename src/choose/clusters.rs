//! Units become clusters: connected components of conflicts and needs.
//!
//! A sweep over the spans sorted by agent and start unions each span with the one that ends
//! last among those before it, which links all that overlap without visiting every pair:
//! O(n log n) with the sort, for the spans, and O(log n) for each listed pair.

use super::{AgentSpan, Cluster, Units};
use crate::graph::UnionFind;

/// The first unit of each unit's cluster.
pub(super) fn connect(units: &Units, sorted: &[u32]) -> Vec<u32> {
    let mut sets = UnionFind::new(units.weights.len());
    // The unit whose span ends last among those of the agent that have started.
    let mut longest: Option<(AgentSpan, u32)> = None;
    for &unit in sorted {
        let Some(span) = units.spans[unit as usize] else { continue };
        if let Some((open, open_unit)) = longest
            && open.overlaps(&span)
        {
            sets.union(open_unit, unit);
        }
        let ends_last =
            longest.is_none_or(|(open, _)| open.agent != span.agent || open.end < span.end);
        if ends_last {
            longest = Some((span, unit));
        }
    }
    for &(one, other) in units.conflicts.iter().chain(&units.needs) {
        sets.union(one, other);
    }
    sets.into_roots()
}

/// Which clusters, by their first unit, contain more than overlapping spans.
pub(super) fn mixed(units: &Units, roots: &[u32]) -> Vec<bool> {
    let mut mixed = vec![false; roots.len()];
    let unlike_spans = |&&(one, other): &&(u32, u32)| !units.spans_conflict(one, other);
    let needs = units.needs.iter().filter(|(unit, needed)| unit != needed);
    for (unit, _) in units.conflicts.iter().filter(unlike_spans).chain(needs) {
        mixed[roots[*unit as usize] as usize] = true;
    }
    mixed
}

/// The clusters that have several units or are mixed, still without weights.
pub(super) fn list(roots: &[u32], mixed: &[bool]) -> Vec<Cluster> {
    let mut sizes = vec![0_u32; roots.len()];
    for root in roots {
        sizes[*root as usize] += 1;
    }
    let mut clusters: Vec<Cluster> = Vec::new();
    // Where the cluster of each first unit is listed.
    let mut places = vec![u32::MAX; roots.len()];
    for (unit, &root) in (0..).zip(roots) {
        let size = sizes[root as usize];
        if size == 1 && !mixed[root as usize] {
            continue;
        }
        if unit == root {
            places[root as usize] = clusters.len() as u32;
            let units = Vec::with_capacity(size as usize);
            clusters.push(Cluster { units, weight: 0, bound: 0 });
        }
        clusters[places[root as usize] as usize].units.push(unit);
    }
    clusters
}

/// The mixed clusters by themselves, their units numbered from 0, each listed pair once and
/// without what the spans say; `None` for the others.
pub(super) fn split(units: &Units, mixed: &[bool], clusters: &[Cluster]) -> Vec<Option<Units>> {
    let mut places = vec![(usize::MAX, 0_u32); units.weights.len()];
    let mut parts = Vec::with_capacity(clusters.len());
    for (place, cluster) in clusters.iter().enumerate() {
        if !mixed[cluster.units[0] as usize] {
            parts.push(None);
            continue;
        }
        for (&unit, local) in cluster.units.iter().zip(0..) {
            places[unit as usize] = (place, local);
        }
        parts.push(Some(Units {
            weights: cluster.units.iter().map(|unit| units.weights[*unit as usize]).collect(),
            spans: cluster.units.iter().map(|unit| units.spans[*unit as usize]).collect(),
            ..Units::default()
        }));
    }
    let local = |unit: u32| places[unit as usize].1;
    // Pairs lie within one cluster. Plain ones are in no part.
    for &(one, other) in &units.conflicts {
        if let Some(Some(part)) = parts.get_mut(places[one as usize].0)
            && !units.spans_conflict(one, other)
        {
            let (one, other) = (local(one), local(other));
            part.conflicts.push((one.min(other), one.max(other)));
        }
    }
    for &(unit, needed) in &units.needs {
        if let Some(Some(part)) = parts.get_mut(places[unit as usize].0)
            && unit != needed
        {
            part.needs.push((local(unit), local(needed)));
        }
    }
    for part in parts.iter_mut().flatten() {
        for pairs in [&mut part.conflicts, &mut part.needs] {
            pairs.sort_unstable();
            pairs.dedup();
        }
    }
    parts
}
