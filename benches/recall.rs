//! Origins become records again: single records of a large file, far apart.

use crate::data::{Folder, scaled};
use crate::schedule::Form;
use criterion::{Criterion, Throughput};
use shiftlint::read::source::{Index, Source};
use std::cell::LazyCell;

pub(crate) fn measure(criterion: &mut Criterion) {
    let records = scaled(100_000);
    let folder = LazyCell::new(|| Folder::of_batch(records, Form::Offsets));
    let source = LazyCell::new(|| {
        let settings = folder.settings();
        Source::open(&settings.files[0], &settings)
    });
    let read = LazyCell::new(|| read(&source));
    let mut group = criterion.benchmark_group("recall");
    group.throughput(Throughput::Elements(records / 50));
    group.bench_function("one record in fifty", |bencher| {
        bencher.iter(|| recall(&read.0, &read.1));
    });
    group.finish();
}

/// Reads a source to its end, and picks some of the places where records begin.
fn read(source: &Source) -> (Index<'_>, Vec<u64>) {
    let (mut buffer, mut places) = (Vec::new(), Vec::new());
    while let Some(handle) = source.next_block(&mut buffer) {
        source.read(handle, &buffer, &mut |_, place| places.push(place));
    }
    (source.index(), places.into_iter().step_by(50).collect())
}

fn recall(index: &Index<'_>, wanted: &[u64]) -> usize {
    let mut found = 0;
    index.recall(wanted, &mut |_, _| found += 1);
    assert_eq!(found, wanted.len(), "every record is found again");
    found
}
