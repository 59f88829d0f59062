//! A timeline becomes overlaps: calm, busy, and a crowd of identical shifts.

use crate::data::scaled;
use criterion::{Criterion, Throughput};
use shiftlint::model::fact::OverlapKind;
use shiftlint::model::shift::{Kind, Side};
use shiftlint::model::time::{DAY, HOUR, Instant};
use shiftlint::sweep::{Slot, SweepOptions, entangled, sweep};

pub(crate) fn measure(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("sweep");
    let options = options();
    let count = scaled(100_000).cast_signed();
    group.throughput(Throughput::Elements(count.unsigned_abs()));
    let calm: Vec<Slot> = (0..count).map(|day| slot(day * DAY, 8)).collect();
    group.bench_function("calm, who shares time", |bencher| {
        bencher.iter(|| entangled(&calm, |slot| (slot.start, slot.end), usize::MAX));
    });
    group.bench_function("calm", |bencher| bencher.iter(|| sweep(&calm[..], &options)));
    let busy: Vec<Slot> = (0..count).map(|hour| slot(hour * HOUR, 8)).collect();
    group.bench_function("each meets seven", |bencher| bencher.iter(|| sweep(&busy[..], &options)));
    let crowd: Vec<Slot> = (0..count).map(|_| slot(0, 8)).collect();
    group.bench_function("all identical", |bencher| bencher.iter(|| sweep(&crowd[..], &options)));
    group.finish();
}

fn slot(start: i64, hours: i64) -> Slot {
    let day = i32::try_from(start.div_euclid(DAY)).unwrap_or(i32::MAX);
    let start = Instant::from_millis(start);
    let span = (start, start + hours * HOUR);
    let side = Side { batch: true, kind: Kind::Shift };
    Slot { start: span.0, end: span.1, chosen: span, narrowest: span, day, side }
}

/// All overlaps count, in one group, and a hundred are listed.
fn options() -> SweepOptions {
    SweepOptions {
        groups: [Some(0); OverlapKind::COUNT],
        related: [[true; Side::COUNT]; Side::COUNT],
        cap: 100,
    }
}
