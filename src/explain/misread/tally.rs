//! What becomes of a whole file if its records are read another way.

use super::others::{Mistake, Others, Reading};
use crate::calendar::{Calendar, Season};
use crate::explain::share;
use crate::explain::timeline::span;
use crate::model::shift::Entry;
use std::collections::BTreeMap;

/// What becomes of the records of one file if all that share a mistake are read
/// the other way.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::explain) struct Tally {
    /// Overlaps of such records with others,
    before: i64,
    /// those that are gone then,
    gone: i64,
    /// those of which the records then touch,
    touching: i64,
    /// and those that are new.
    new: i64,
    /// Records that then keep the hours of their agent, and did not before.
    fitting: i64,
    /// Records that then no longer keep them.
    unfitting: i64,
    /// Records whose agents keep regular hours.
    regular: i64,
}

/// Tallies by file and mistake.
pub(in crate::explain) type Tallies = BTreeMap<(u16, Mistake), Tally>;

impl Tally {
    pub(in crate::explain) fn add(&mut self, more: &Tally) {
        self.before += more.before;
        self.gone += more.gone;
        self.touching += more.touching;
        self.new += more.new;
        self.fitting += more.fitting;
        self.unfitting += more.unfitting;
        self.regular += more.regular;
    }

    /// Whether chance can be ruled out. The weights are about tenths of a bit:
    /// of honest records every second overlap is gone too, but then as many are
    /// left or new.
    pub(in crate::explain) fn is_convincing(&self, mistake: Mistake) -> bool {
        let score = 6 * self.gone + 30 * self.touching + 20 * self.fitting
            - 30 * (self.before - self.gone)
            - 30 * self.new
            - 30 * self.unfitting;
        // A mistake that has a finding of its own needs less.
        let enough = match mistake {
            Mistake::Missing => 10,
            Mistake::Season => 30,
            Mistake::Utc | Mistake::Stale => 120,
        };
        let fits = 4 * (self.fitting + self.touching) >= self.regular;
        score >= enough && 4 * self.gone >= 3 * self.before && fits
    }
}

/// Counts what becomes of one agent's records.
pub(in crate::explain) fn survey(timeline: &[Entry], calendar: &Calendar, tallies: &mut Tallies) {
    let Some(others) = Others::of(timeline, calendar, timeline) else { return };
    let readings: Vec<Option<Reading>> =
        timeline.iter().map(|entry| others.reading(entry)).collect();
    if readings.iter().all(Option::is_none) {
        return;
    }
    let mut season = Season::default();
    let regular = others.is_regular();
    for (entry, reading) in timeline.iter().zip(&readings) {
        let Some(reading) = reading else { continue };
        let key = (entry.origin.source(), reading.mistake);
        let tally = tallies.entry(key).or_default();
        let rest = timeline.iter().zip(&readings).filter(|(other, theirs)| {
            !moves_with(entry, reading, other, theirs.as_ref())
                && entry.side().relates(other.side())
        });
        rest.for_each(|(other, _)| tally.meet(entry, reading, other));
        let after = others.keeping(reading.times, reading.clock, &mut season) > 0;
        let before = others.keeping(span(entry), reading.clock, &mut season) > 0;
        tally.fitting += i64::from(after && !before);
        tally.unfitting += i64::from(before && !after);
        tally.regular += i64::from(regular);
    }
}

impl Tally {
    fn meet(&mut self, entry: &Entry, reading: &Reading, other: &Entry) {
        let before = share(span(entry), span(other));
        let after = share(reading.times, span(other));
        let touches = reading.times.1 == other.start() || other.end() == reading.times.0;
        self.before += i64::from(before);
        self.gone += i64::from(before && !after);
        self.touching += i64::from(before && !after && touches);
        self.new += i64::from(after && !before);
    }
}

/// Whether two records share a mistake, so that they move together: those of one
/// file, and those that are sent together.
pub(in crate::explain) fn moves_with(
    entry: &Entry,
    reading: &Reading,
    other: &Entry,
    theirs: Option<&Reading>,
) -> bool {
    let together =
        entry.origin.source() == other.origin.source() || entry.side().batch == other.side().batch;
    together && theirs.is_some_and(|theirs| theirs.mistake == reading.mistake)
}
