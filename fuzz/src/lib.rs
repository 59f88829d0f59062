//! What the fuzz targets run: one function for each, which panics where the
//! program and its oracle disagree.
//!
//! The functions stand beside the test that replays the corpus, so that both
//! run the same.

#[allow(dead_code, reason = "the laws and the causes use more of it")]
#[path = "../../tests/it/world/mod.rs"]
mod world;

#[allow(dead_code, reason = "the tests of workbooks use more of it")]
#[path = "../../tests/it/book.rs"]
mod book;

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
mod check;

#[path = "../../tests/it/corpus/vendors.rs"]
mod vendors;

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
    check::run(bytes);
}

/// Schedules of Genesys Cloud in three dialects, compared with brute force, and changed.
pub fn genesys(bytes: &[u8]) {
    vendors::genesys(bytes);
}

/// Shifts and time off of Microsoft Graph, compared with brute force, and changed.
pub fn graph(bytes: &[u8]) {
    vendors::graph(bytes);
}

/// Imports of NICE CXone, compared with brute force, and changed.
pub fn cxone(bytes: &[u8]) {
    vendors::cxone(bytes);
}

/// Activities of NICE IEX WFM, compared with brute force, and changed.
pub fn iex(bytes: &[u8]) {
    vendors::iex(bytes);
}

/// Sheets of Microsoft Teams, compared with brute force, and changed.
pub fn teams(bytes: &[u8]) {
    vendors::teams(bytes);
}

/// Workbooks of Microsoft Teams, and raw ones, compared with brute force, and changed.
pub fn workbook(bytes: &[u8]) {
    vendors::workbook(bytes);
}
