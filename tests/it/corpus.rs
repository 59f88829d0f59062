//! What the fuzz targets found worth keeping, run again.
//!
//! Each folder of `tests/corpus` belongs to a target of `fuzz/`, and each of its
//! files is one input. Files that are named by words were written by hand, or showed
//! a mistake once, which docs/proof.md tells; the others are what a few dozen files can
//! show of all that fuzzing reached.

mod drive;

mod csv;

mod json;

pub(crate) mod times;

mod schedule;

mod check;

mod vendors;

use crate::world::oracle::expected;
use std::path::{Path, PathBuf};

/// The most that the corpus may weigh, in bytes, so that it stays a test and
/// does not become a store.
const MOST: u64 = 200 << 10;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

/// The inputs of a target, in the order of their names.
fn inputs(target: &str) -> Vec<PathBuf> {
    let folder = root().join(target).read_dir().expect("a folder for each target");
    let mut inputs: Vec<PathBuf> = folder.map(|entry| entry.expect("a file").path()).collect();
    inputs.sort();
    assert!(inputs.len() > 10, "tests/corpus/{target} has lost its files");
    inputs
}

/// What a target does with an input.
type Run = fn(&[u8]) -> bool;

/// Runs every input of a target, and names the one that fails. Nearly all are read.
fn replay(target: &str, run: Run) {
    let inputs = inputs(target);
    let is_read = |input: &&PathBuf| {
        let bytes = std::fs::read(input).expect("a file that can be read");
        std::panic::catch_unwind(|| run(&bytes))
            .unwrap_or_else(|_| panic!("{} fails", input.display()))
    };
    let read = inputs.iter().filter(is_read).count();
    assert!(read * 10 >= inputs.len() * 9, "{read} of {} are read", inputs.len());
}

#[test]
fn lines_of_cells_are_read_as_the_csv_crate_reads_them() {
    replay("csv", csv::run);
}

#[test]
fn json_is_what_serde_json_takes_for_json() {
    replay("json", json::run);
}

#[test]
fn times_are_read_alike_in_every_spelling() {
    replay("times", |word| {
        times::run(word);
        true
    });
}

#[test]
fn schedules_hold_what_brute_force_finds() {
    replay("check", check::run);
}

#[test]
fn the_files_of_vendors_hold_what_brute_force_finds() {
    let targets: [(&str, Run); 6] = [
        ("genesys", vendors::genesys),
        ("graph", vendors::graph),
        ("cxone", vendors::cxone),
        ("iex", vendors::iex),
        ("teams", vendors::teams),
        ("workbook", vendors::workbook),
    ];
    for (target, run) in targets {
        replay(target, run);
    }
}

/// The schedules would agree with the oracle if nothing happened in them, too.
#[test]
fn the_schedules_of_the_corpus_reach_every_rule_that_is_on() {
    let mut found = std::collections::BTreeSet::new();
    for input in inputs("check") {
        let bytes = std::fs::read(&input).expect("a file that can be read");
        let rest = bytes.get(1..).filter(|_| !bytes[0].is_ascii_uppercase());
        let decoded = rest.and_then(schedule::decode);
        let reported = decoded.map(|decoded| expected(&decoded.schedule).findings);
        found.extend(reported.into_iter().flatten().map(|reported| reported.rule));
    }
    // No agents are listed, so that none of them is unknown, no versions named
    // and no swaps, tables have no activities and no attendance, no length stands beside
    // an end, and nothing is asked about whole files: these have laws of their own.
    let elsewhere =
        ["ID104", "ID106", "ID107", "ID110", "RC107", "RC108", "RC109", "RC110", "VR", "SW", "OV3"];
    let elsewhere = |code: &str| elsewhere.iter().any(|family| code.starts_with(family));
    let on = shiftlint::judge::RULES.iter().filter(|rule| rule.severity.is_some());
    let codes = on.map(|rule| rule.code).filter(|code| !elsewhere(code));
    let missing: Vec<&str> = codes.filter(|code| !found.contains(code)).collect();
    assert!(missing.is_empty(), "no schedule of tests/corpus/check reaches {missing:?}");
}

#[test]
fn the_corpus_is_small() {
    let targets = ["csv", "json", "times", "check"].into_iter();
    let vendors = ["genesys", "graph", "cxone", "iex", "teams", "workbook"];
    let sizes = targets.chain(vendors).flat_map(inputs);
    let sizes: Vec<u64> = sizes.map(|input| input.metadata().expect("a file").len()).collect();
    let sum: u64 = sizes.iter().sum();
    assert!(sum <= MOST && sizes.len() <= 260, "{} files with {sum} bytes", sizes.len());
}
