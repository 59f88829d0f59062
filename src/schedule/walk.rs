//! Shows visitors the timeline of every agent, in parallel.
//!
//! Each partition is sorted into one buffer of its thread, and its timelines stay there: a
//! visitor may reorder a timeline, and what it needs beside costs no copy.

use crate::group::{sort, timelines};
use crate::model::partition::Partition;
use crate::model::shift::Entry;
use crate::thread_pool::ThreadPool;

/// What looks at the timelines of all agents, one after another.
///
/// Partitions are visited by several threads; the agents of a partition by one. The order
/// of partitions is that of the results, whichever thread was first.
pub trait Visitor: Sync {
    /// Memory that a thread keeps from partition to partition.
    type Room: Default + Send;
    /// What the timelines of one partition show, while they are visited.
    type Part;
    /// And once all of them were.
    type Found: Send;

    /// Begins a partition.
    fn enter(&self) -> Self::Part;

    /// Looks at one agent's timeline: its entries by start and place, at least one.
    fn visit(&self, timeline: &mut [Entry], part: &mut Self::Part, room: &mut Self::Room);

    /// Ends a partition.
    fn leave(&self, part: Self::Part) -> Self::Found;
}

/// Shows a visitor every timeline.
///
/// # Panics
/// If not as many entries come out as `count`: that would be a fault of this program, and
/// an overlap would not be seen.
pub(super) fn walk<V: Visitor>(
    pool: &ThreadPool,
    partitions: Vec<Partition>,
    count: u64,
    visitor: &V,
) -> Vec<V::Found> {
    let show = |(entries, room): &mut (Vec<Entry>, V::Room), partition| {
        sort(partition, entries);
        let mut part = visitor.enter();
        for timeline in timelines(entries) {
            visitor.visit(timeline, &mut part, room);
        }
        (entries.len() as u64, visitor.leave(part))
    };
    let shown = pool.map_with_room(partitions, Default::default, show);
    let all: u64 = shown.iter().map(|(count, _)| count).sum();
    assert_eq!(all, count, "every entry is on a timeline");
    shown.into_iter().map(|(_, found)| found).collect()
}
