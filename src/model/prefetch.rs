//! Prefetches records into the cache before findings need them.
//!
//! Records lie in memory in the order of their file, and findings are sorted by agent, so that
//! nearly every record of a finding has left the cache. Read one after another, each is a cache
//! miss to wait for; read together, the misses overlap and take little longer than one.

use crate::model::finding::Record;
use std::hint::black_box;
use std::sync::Arc;

/// How many records to prefetch together: this many stay in the cache of a core until
/// the last of them is used.
pub const TOGETHER: usize = 256;

/// Prefetches all of these: first the records, then their words.
pub fn records<'r>(records: impl Iterator<Item = &'r Arc<Record>> + Clone) {
    for touch in [touch, touch_words] {
        let touched = records.clone().map(touch);
        black_box(touched.fold(0, usize::wrapping_add));
    }
}

/// Reads something of each part of a record.
fn touch(record: &Arc<Record>) -> usize {
    let ends = [&record.start, &record.end].map(|moment| usize::from(moment.at.is_some()));
    Arc::strong_count(record)
        ^ record.line as usize
        ^ record.excerpt.words.len()
        ^ usize::from(record.zone.is_some())
        ^ usize::from(record.id.is_some())
        ^ ends[0]
        ^ ends[1]
}

/// Reads something of each part of its words.
fn touch_words(record: &Arc<Record>) -> usize {
    const LINE: usize = 64;
    let words = record.excerpt.text.as_bytes();
    let byte = |place| words.get(place).map_or(0, |byte| usize::from(*byte));
    byte(0) ^ byte(LINE) ^ byte(2 * LINE)
}
