//! What the fuzz targets run: one function for each, which panics where the
//! program and its oracle disagree.
//!
//! The functions stand beside the test that replays the corpus, so that both
//! run the same.

#[allow(dead_code, reason = "the laws and the causes use more of it")]
#[path = "../../tests/it/world/mod.rs"]
mod world;

#[path = "../../tests/it/corpus/drive.rs"]
mod drive;

#[path = "../../tests/it/corpus/csv.rs"]
mod by_csv;

#[path = "../../tests/it/corpus/json.rs"]
mod by_json;

#[path = "../../tests/it/corpus/times.rs"]
mod by_times;

#[path = "../../tests/it/corpus/schedule.rs"]
mod schedule;

#[path = "../../tests/it/corpus/check.rs"]
mod by_check;

/// Lines of cells, compared with the `csv` crate.
pub fn csv(bytes: &[u8]) {
    by_csv::run(bytes);
}

/// Documents and lines of JSON, compared with `serde_json`.
pub fn json(bytes: &[u8]) {
    by_json::run(bytes);
}

/// Words that may be times, compared with themselves and `jiff`.
pub fn times(bytes: &[u8]) {
    by_times::run(bytes);
}

/// Whole schedules, compared with brute force, and files of any bytes.
pub fn check(bytes: &[u8]) {
    by_check::run(bytes);
}
