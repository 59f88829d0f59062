//! Local times become instants and instants local days, in a zone and at a
//! fixed offset, within one period of an offset and across many.

use crate::data::scaled;
use criterion::{BenchmarkGroup, Criterion, Throughput, measurement::WallTime};
use shiftlint::calendar::{Calendar, OffsetCache};
use shiftlint::model::time::{Clock, DAY, HOUR, Instant};
use std::hint::black_box;

/// 1 January 2026, 00:00.
const NEW_YEAR: i64 = 1_767_225_600_000;

pub(crate) fn measure(criterion: &mut Criterion) {
    let calendar = Calendar::bundled();
    let zone = calendar.clock("America/Chicago").expect("a zone of the catalogue");
    let count = scaled(100_000).cast_signed();
    let mut group = criterion.benchmark_group("calendar");
    group.throughput(Throughput::Elements(count.unsigned_abs()));
    // A few days by the hour, and a decade in leaps.
    let within: Vec<i64> = (0..count).map(|hour| NEW_YEAR + hour % 100 * HOUR).collect();
    let across: Vec<i64> = (0..count).map(|leap| NEW_YEAR + leap * 97 % 3650 * DAY).collect();
    for (clock, place) in [(zone, "zone"), (Clock::fixed_minutes(-360), "offset")] {
        for (times, spread) in [(&within, "one offset_cache"), (&across, "ten years")] {
            measure_clock(&mut group, &calendar, clock, times, &format!("{place}, {spread}"));
        }
    }
    group.throughput(Throughput::Elements(1));
    group.bench_function("the catalogue", |bencher| bencher.iter(Calendar::bundled));
    group.bench_function("the rules of a zone", |bencher| {
        let at = Instant::from_millis(NEW_YEAR);
        bencher.iter_with_setup(Calendar::bundled, |calendar| calendar.stamp(zone, at));
    });
    group.finish();
}

fn measure_clock(
    group: &mut BenchmarkGroup<'_, WallTime>,
    calendar: &Calendar,
    clock: Clock,
    times: &[i64],
    name: &str,
) {
    group.bench_function(format!("local time, {name}"), |bencher| {
        bencher.iter(|| {
            let mut offset_cache = OffsetCache::default();
            for time in times {
                black_box(calendar.local(clock, *time, &mut offset_cache));
            }
        });
    });
    group.bench_function(format!("local day, {name}"), |bencher| {
        bencher.iter(|| {
            let mut offset_cache = OffsetCache::default();
            for time in times {
                let at = Instant::from_millis(*time);
                black_box(calendar.day(clock, at, &mut offset_cache));
            }
        });
    });
}
