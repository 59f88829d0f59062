//! Files become a report: all stages, on all threads.

use crate::data::{Folder, scaled, schedule};
use crate::schedule::{Form, Schedule};
use criterion::{BenchmarkGroup, Criterion, Throughput, measurement::WallTime};
use shiftlint::model::source::Role;
use std::cell::LazyCell;
use std::time::Duration;

pub(crate) fn measure(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("whole");
    group.sample_size(10).measurement_time(Duration::from_secs(5));
    for (size, records) in [("500", 500), ("100 thousand", 100_000), ("a million", 1_000_000)] {
        let records = if records > 500 { scaled(records) } else { records };
        for (times, form) in [("offsets", Form::Offsets), ("zone", Form::Zone)] {
            let folder = || Folder::of_batch(records, form);
            measure_folder(&mut group, &format!("{size}, {times}"), records, folder);
        }
    }
    let records = scaled(100_000);
    measure_folder(&mut group, "100 thousand, published, time off", records, || desk(records));
    let records = scaled(200_000);
    for (name, form) in [("calm", Form::Calm), ("identical", Form::Identical)] {
        let folder = || Folder::of_batch(records, form);
        measure_folder(&mut group, &format!("200 thousand of one agent, {name}"), records, folder);
    }
    group.finish();
}

/// A batch with ids and states, half of what is published already, and time off.
fn desk(records: u64) -> Folder {
    let batch = schedule(records);
    let published = Schedule { agents: batch.agents / 2, ..batch };
    Folder::new()
        .with(Role::Batch, batch, Form::Offsets)
        .with(Role::Published, published, Form::Offsets)
        .with(Role::TimeOff, batch, Form::TimeOff)
}

/// Measures the files, per record of the batch.
fn measure_folder(
    group: &mut BenchmarkGroup<'_, WallTime>,
    name: &str,
    records: u64,
    folder: impl Fn() -> Folder,
) {
    let folder = LazyCell::new(folder);
    group.throughput(Throughput::Elements(records));
    group.bench_function(name, |bencher| bencher.iter(|| folder.report().total()));
}
