//! Ids become notices: the search for ids that come twice, where none does.

use crate::data::scaled;
use crate::group::entries;
use criterion::{Criterion, Throughput};
use shiftlint::crew::Crew;
use shiftlint::group::{Scatter, gather};
use shiftlint::reconcile::compare_ids;
use std::cell::LazyCell;

pub(crate) fn measure(criterion: &mut Criterion) {
    let count = scaled(200_000);
    let partitions = LazyCell::new(|| {
        let mut scatter = Scatter::new(8);
        entries(count, count / 50).into_iter().for_each(|entry| scatter.push(entry));
        gather(vec![scatter])
    });
    let crew = Crew::new(Some(1)).expect("the thread at hand");
    let mut group = criterion.benchmark_group("reconcile");
    group.throughput(Throughput::Elements(count));
    group.bench_function("no id twice", |bencher| {
        bencher.iter(|| compare_ids(&partitions, &crew, &|_| false));
    });
    group.finish();
}
