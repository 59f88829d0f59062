//! Detects files of a directory with equal content, so that each is read once.

use crate::model::keys::Keys;
use crate::read::source::{SkipReason, Source};
use std::collections::HashMap;

/// Sets aside every file of a directory whose bytes, unpacked, are those of one
/// before it.
pub(crate) fn set_copies_aside(sources: &[Source]) {
    let found = || sources.iter().filter(|source| source.file.found && source.aside().is_none());
    let mut lengths: HashMap<u64, usize> = HashMap::new();
    for length in found().filter_map(Source::length) {
        *lengths.entry(length).or_default() += 1;
    }
    let packed = found().any(|source| source.length().is_none());
    if found().count() < 2 || !packed && lengths.values().all(|count| *count < 2) {
        return;
    }
    let keys = Keys::new();
    let mut known: HashMap<(u64, u64), &Source> = HashMap::new();
    for source in found() {
        let alone = source.length().is_some_and(|length| lengths.get(&length) == Some(&1));
        if alone && !packed {
            continue;
        }
        let Some(contents) = source.contents(&keys) else { continue };
        match known.get(&contents) {
            Some(first) => {
                let why = format!("it holds the same bytes as {}", first.file.shown);
                source.set_aside(SkipReason::harmless(&why));
            }
            None => drop(known.insert(contents, source)),
        }
    }
}
