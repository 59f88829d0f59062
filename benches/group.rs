//! Entries become timelines: scattered while files are read, sorted afterwards.

use crate::data::scaled;
use criterion::{BatchSize, Criterion, Throughput};
use shiftlint::group::{self, Scatter, timelines};
use shiftlint::model::keys::{AgentKey, RecordKey};
use shiftlint::model::partition::Partition;
use shiftlint::model::shift::{Entry, Kind, Side, Traits};
use shiftlint::model::source::Origin;
use shiftlint::model::time::{Clock, DAY, HOUR, Instant, Span};
use std::cell::LazyCell;

pub(crate) fn measure(criterion: &mut Criterion) {
    let count = scaled(200_000);
    let entries = LazyCell::new(|| entries(count, count / 50));
    let mut group = criterion.benchmark_group("group");
    group.throughput(Throughput::Elements(count));
    group.bench_function("scatter", |bencher| bencher.iter(|| scattered(&entries)));
    group.bench_function("sort", |bencher| {
        let gathered = || group::gather(vec![scattered(&entries)]);
        bencher.iter_batched(gathered, sorted, BatchSize::LargeInput);
    });
    group.finish();
}

/// Entries day after day, each agent's key far from the next one's.
pub(crate) fn entries(count: u64, agents: u64) -> Vec<Entry> {
    let agents = agents.max(1);
    let side = Side { batch: true, kind: Kind::Shift };
    let entry = |number: u64| {
        let key = |number: u64| (number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let start = Instant::from_millis((number / agents).cast_signed() * DAY);
        let span = Span::new(start, start + 8 * HOUR).expect("not empty");
        let (clock, origin) = (Clock::fixed_minutes(-360), Origin::new(0, number * 140));
        let agent = AgentKey::from_bits(key(number % agents));
        let id = RecordKey::from_bits(key(agents + number));
        Entry::new(agent, id, span, clock, side, Traits::default(), origin)
    };
    (0..count).map(entry).collect()
}

fn scattered(entries: &[Entry]) -> Scatter {
    let mut scatter = Scatter::new(8);
    for entry in entries {
        scatter.push(*entry);
    }
    scatter
}

fn sorted(partitions: Vec<Partition>) -> usize {
    let mut sorted = Vec::new();
    let mut count = |partition| {
        group::sort(partition, &mut sorted);
        timelines(&mut sorted).count()
    };
    partitions.into_iter().map(&mut count).sum()
}
