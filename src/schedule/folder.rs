//! Detects files of a directory and sheets of a workbook that would be read twice.

use crate::model::keys::Keys;
use crate::model::source::Role;
use crate::read::source::{SkipReason, Source};
use std::collections::HashMap;

/// Settles what sheets are read as whose workbook is given in several roles: one that is read
/// as something else is no longer in doubt, and time off beside a batch is not a part of it.
pub(crate) fn read_sheets_once(sources: &mut [Source]) {
    let is_other =
        |source: &Source, other: &Source| source.is_same_sheet(other) && !other.is_refused();
    let excused: Vec<(usize, SkipReason)> = (0..)
        .zip(&*sources)
        .filter(|(_, source)| source.sheet_name().is_some())
        .filter_map(|(place, source)| {
            let mut others = sources.iter().filter(|other| is_other(source, other));
            let doubtful = source.aside().is_some_and(|aside| aside.doubtful);
            let may_be = source.aside().is_some_and(SkipReason::may_be_doubtful);
            let apart = source.aside().is_none() && source.file.role != Role::TimeOff;
            // That a sheet has nothing to read is known where it would be read as records.
            let settles = |other: &&Source| match other.aside() {
                Some(aside) => doubtful && !aside.doubtful && other.file.role.claims_time(),
                None => may_be || apart && other.file.role == Role::TimeOff,
            };
            let other = others.find(settles)?;
            let why = match other.aside() {
                Some(aside) => aside.clone(),
                None => SkipReason::harmless(&format!("it is read as {}", other.file.role)),
            };
            Some((place, why))
        })
        .collect();
    for (place, why) in excused {
        sources[place].leave_aside(why);
    }
}

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
    // The base is equal to what is published where nothing changed.
    let is_base = |source: &Source| source.file.role == Role::Base;
    let mut known: HashMap<((u64, u64), bool), &Source> = HashMap::new();
    for source in found() {
        let alone = source.length().is_some_and(|length| lengths.get(&length) == Some(&1));
        if alone && !packed {
            continue;
        }
        let Some(contents) = source.contents(&keys) else { continue };
        let contents = (contents, is_base(source));
        match known.get(&contents) {
            Some(first) => {
                let why = format!("it holds the same bytes as {}", first.file.shown);
                source.set_aside(SkipReason::harmless(&why));
            }
            None => drop(known.insert(contents, source)),
        }
    }
}
