//! A report becomes bytes, in every format.

use crate::data::{Folder, scaled};
use crate::schedule::{Form, Schedule};
use criterion::{Criterion, Throughput};
use shiftlint::model::finding::Report;
use shiftlint::model::source::Role;
use shiftlint::report::{REPORTERS, Reporter, Style};
use shiftlint::thread_pool::ThreadPool;
use std::cell::LazyCell;
use std::io;

pub(crate) fn measure(criterion: &mut Criterion) {
    let schedule = Schedule { agents: scaled(20_000) / 50, shifts: 50, share: 0.3 };
    let report =
        LazyCell::new(|| Folder::new().with(Role::Batch, schedule, Form::Offsets).report());
    let listed = schedule.write(Form::Offsets, &mut io::sink()).expect("nowhere is never full");
    let mut group = criterion.benchmark_group("report");
    group.throughput(Throughput::Elements(listed.pairs));
    for reporter in REPORTERS {
        group.bench_function(reporter.name, |bencher| bencher.iter(|| written(reporter, &report)));
    }
    group.finish();
}

fn written(reporter: &Reporter, report: &Report) -> usize {
    let style = Style { width: 100, statistics: true, ..Style::PLAIN };
    let pool = ThreadPool::new(Some(1)).expect("no thread is needed");
    let mut bytes = Vec::new();
    (reporter.write)(report, &style, &pool, &mut bytes).expect("memory takes everything");
    assert!(bytes.len() > report.findings.len(), "every finding is told");
    bytes.len()
}
