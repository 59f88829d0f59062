//! Finds doubts about columns and keys of zones that are not read.

use super::DoubtContext;
use crate::calendar::{OffsetCache, meanings};
use crate::judge::doubts::{About, zone};
use crate::model::doubt::Doubt;
use crate::model::row::Field;
use crate::model::time::{Clock, Instant};
use crate::read::names::numeric_offsets;
use crate::read::source::Source;
use crate::schedule::run::Run;
use crate::timestamp::{self, Written};

/// The doubts about columns and keys that hold zones and are not read, unless they say the zone
/// that the times of their input are read in.
pub(super) fn of_zones(known: DoubtContext<'_>, place: usize) -> Vec<Doubt> {
    let run = &known.schedule.run;
    let source = &run.sources[place];
    let path = &*source.file.shown;
    let at = known.schedule.collected.range.map(|(first, _)| first);
    let unread = source.unread_zones().into_iter().chain(keys_of_offsets(source));
    let doubt = |(column, values): (String, Vec<String>)| {
        let about = About { place: &column, ..About::file(path) };
        match numeric_offsets(&column, &values) {
            Some(offsets) => {
                are_others(run, at?, &offsets).then(|| zone::of_offsets(&about, &values))
            }
            None => are_other_zones(run, &values).then(|| zone::of_column(&about, &values)),
        }
    };
    unread.filter_map(doubt).collect()
}

/// Whether some of these zones are another one than that of the run.
fn are_other_zones(run: &Run<'_>, values: &[String]) -> bool {
    // A name with two meanings is a zone, and no clock is that zone.
    let zone = |value: &String| {
        let clock = run.calendar.clock(value);
        (clock.is_some() || meanings(value).is_some()).then_some(clock)
    };
    let clocks: Option<Vec<Option<Clock>>> = values.iter().map(zone).collect();
    clocks.is_some_and(|clocks| clocks.iter().any(|clock| clock.is_none() || *clock != run.zone))
}

/// Whether the zone of the run has not all of these offsets around an instant.
fn are_others(run: &Run<'_>, at: Instant, offsets: &[i32]) -> bool {
    let Some(zone) = run.zone else { return true };
    let now = run.calendar.offset_at(zone, at, &mut OffsetCache::default());
    offsets.iter().any(|offset| *offset != now && !run.calendar.uses_offset(zone, at, *offset))
}

/// The keys of a document that hold offsets and are not read, beside local times, each with its
/// first values.
fn keys_of_offsets(source: &Source) -> Vec<(String, Vec<String>)> {
    if !source.names_in_records() {
        return Vec::new();
    }
    let ledger = source.ledger();
    let keys = ledger.keys();
    let is = |name: &str, field: Field| source.field_of_key(name) == Some(field);
    let is_local = |word: &&str| match timestamp::read(word.as_bytes(), None) {
        Ok(written) => matches!(written, Written::Local(_) | Written::Clock(_, None)),
        Err(_) => false,
    };
    let starts = || keys.iter().filter(|key| is(&key.name, Field::Start));
    let are_local = starts().any(|key| key.words().iter().any(is_local));
    if !are_local || keys.iter().any(|key| is(&key.name, Field::Zone)) {
        return Vec::new();
    }
    let unread = keys.iter().filter(|key| {
        source.field_of_key(&key.name).is_none()
            && numeric_offsets(&key.name, &key.words()).is_some()
    });
    unread
        .map(|key| (key.name.clone(), key.words().into_iter().map(str::to_owned).collect()))
        .collect()
}
