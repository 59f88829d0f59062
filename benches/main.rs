//! How long each stage takes, and the whole.
//!
//! One file a stage. `benches/README.md` says how to run them and how to hold
//! the whole against other tools.

#![expect(clippy::expect_used, reason = "a measurement that cannot be prepared has to stop")]

mod data;
mod schedule;

mod read;

mod normalize;

mod calendar;

mod group;

mod sweep;

mod reconcile;

mod recall;

mod judge;

mod report;

mod whole;

use criterion::Criterion;
use std::time::Duration;

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .configure_from_args();
    read::measure(&mut criterion);
    normalize::measure(&mut criterion);
    calendar::measure(&mut criterion);
    group::measure(&mut criterion);
    sweep::measure(&mut criterion);
    reconcile::measure(&mut criterion);
    recall::measure(&mut criterion);
    judge::measure(&mut criterion);
    report::measure(&mut criterion);
    whole::measure(&mut criterion);
    criterion.final_summary();
}
