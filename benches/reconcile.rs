//! Ids become notices: the search for ids that come twice, where none does.

use crate::data::scaled;
use crate::group::entries;
use criterion::{Criterion, Throughput};
use shiftlint::group::{Scatter, gather};
use shiftlint::reconcile::{BloomFilter, FilterWriter, ProbableRepeats};
use shiftlint::thread_pool::ThreadPool;
use std::cell::LazyCell;

pub(crate) fn measure(criterion: &mut Criterion) {
    let count = scaled(200_000);
    let entries = LazyCell::new(|| entries(count, count / 50));
    let partitions = LazyCell::new(|| {
        let mut scatter = Scatter::new(8);
        entries.iter().for_each(|entry| scatter.push(*entry));
        gather(vec![scatter])
    });
    let pool = ThreadPool::new(Some(1)).expect("the thread at hand");
    let mut group = criterion.benchmark_group("reconcile");
    group.throughput(Throughput::Elements(count));
    group.bench_function("no id twice, noted", |bencher| {
        bencher.iter(|| {
            let seen = BloomFilter::for_bytes(140 * count);
            let mut notes = FilterWriter::new(Some(&seen));
            entries.iter().for_each(|entry| notes.push(entry.id));
            ProbableRepeats::recorded(Some(&seen), [notes.finish()])
        });
    });
    group.bench_function("no id twice, looked for", |bencher| {
        bencher.iter(|| ProbableRepeats::among(&partitions, &pool));
    });
    group.finish();
}
