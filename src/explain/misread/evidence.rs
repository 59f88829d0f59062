//! Decides whether the records of a file are on the wrong clock (log-likelihood ratio).
//!
//! Some records can be misread, such as local times that are marked `Z`. One overlap that would
//! be gone on the other clock proves little, since every second honest one would be gone too. So
//! all such records of a file are read on the other clock together, and the two readings are
//! compared by three groups of evidence:
//!
//! - **Overlaps.** At least half of the overlaps with other records are gone, and at most a
//!   third as many are new.
//! - **Hours.** Agents keep their hours. A record fits if other shifts of its agent start at the
//!   same local time of day, and others end at the same.
//! - **Touching ends.** Shifts follow each other. An end fits if another record of the agent
//!   begins or ends exactly there. Touching ends are compared only where hours do not separate
//!   the readings, so that nothing counts twice.
//!
//! Overlaps have to agree; hours and touching ends are matched pairs (McNemar's test,
//! [`Pairs`]), whose bits add up to a log-likelihood ratio.
//!
//! Honest rotas are periodic, and that deceives in three ways. A rota of slots that is moved by
//! whole slots is as plausible as before ([`LONG_SLOT`]). Moves of one schedule are often the
//! same, so that shifts touch on one side only ([`EvidenceTally::touch_bits`]). And the
//! published records may be another version of the batch ([`EvidenceTally::is_moved_copy`]). Of
//! 1.15 million honest overlaps, 3 were taken for a wrong clock with all three rules, 25 without
//! the first, and hundreds without the second or the third.
//!
//! A timeline comes in pieces of at most 96 entries (`Timelines::pieces`), and each record is
//! compared with the others of its piece: the time is linear in all entries.

use super::others::{Mistake, Others, ShiftedRecord};
use super::pairs::Pairs;
use crate::calendar::{Calendar, OffsetCache};
use crate::explain::share;
use crate::explain::timeline::span;
use crate::model::shift::Entry;
use crate::model::time::{HOUR, Instant};
use std::collections::{BTreeMap, BTreeSet};

/// Records that are misread together: those of one file with one mistake.
type MistakeGroup = (u16, Mistake);

/// What was counted for each group.
pub(in crate::explain) type Tallies = BTreeMap<MistakeGroup, EvidenceTally>;

/// The groups that are on the wrong clock beyond doubt.
pub(in crate::explain) type Proven = BTreeSet<MistakeGroup>;

/// The evidence that is asked for, in bits, of a mistake that nothing else shows:
/// odds of 45 to 1, at which less than one honest overlap in 20,000 is explained
/// and 95 of a hundred mistakes are (`tests/it/causes.rs`).
const ENOUGH: f64 = 5.5;

/// Three slots of this length, or fewer longer ones, fill a day. If their shifts keep the
/// agent's hours on both clocks, the rota is moved by whole slots, and touching ends cannot
/// separate the two.
const LONG_SLOT: i64 = 8 * HOUR;

/// So many records at least are a copy of a schedule, and no coincidence.
const LEAST_COPIED: u64 = 4;

/// What becomes of the records of one group on the other clock.
#[derive(Debug, Default)]
pub(in crate::explain) struct EvidenceTally {
    /// Records of the group.
    records: u64,
    /// Records that they are compared with.
    others: u64,
    /// Overlaps as the records are written.
    before: u64,
    /// How many of these are gone on the other clock.
    gone: u64,
    /// Overlaps that there are on the other clock only.
    new: u64,
    /// Whether records keep the hours of their agents. One length of shifts is one
    /// observation.
    hours: Pairs<i64>,
    /// Whether ends of records touch others. All ends of one side at one time of
    /// day, as read, are one observation.
    touches: Pairs<(RecordEnd, i64)>,
    /// How many records overlap one of the same length that starts so much earlier.
    moved: BTreeMap<i64, u64>,
}

/// An end of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum RecordEnd {
    Start,
    End,
}

/// A record of a group, and how it reads on the other clock.
type Suspect<'a> = (&'a Entry, ShiftedRecord);

/// Counts what becomes of one piece of an agent's timeline.
pub(in crate::explain) fn survey(timeline: &[Entry], calendar: &Calendar, tallies: &mut Tallies) {
    let Some(known) = Others::of(timeline, calendar, timeline) else { return };
    let readings: Vec<Option<ShiftedRecord>> =
        timeline.iter().map(|entry| known.reading(entry)).collect();
    let mut groups: BTreeMap<MistakeGroup, Vec<Suspect<'_>>> = BTreeMap::new();
    for (entry, reading) in timeline.iter().zip(&readings) {
        if let Some(reading) = *reading {
            let group = (entry.origin.source(), reading.mistake);
            groups.entry(group).or_default().push((entry, reading));
        }
    }
    for (group, suspects) in groups {
        let rest = timeline.iter().zip(&readings);
        let rest = rest.filter(|(other, theirs)| {
            suspects.iter().any(|(entry, _)| entry.side().relates(other.side()))
                && !suspects
                    .iter()
                    .any(|(entry, reading)| moves_with(entry, reading, other, theirs.as_ref()))
        });
        let rest: Vec<&Entry> = rest.map(|(other, _)| other).collect();
        tallies.entry(group).or_default().count(&suspects, &rest, &known);
    }
}

/// Adds what was counted elsewhere.
pub(in crate::explain) fn join(tallies: &mut Tallies, more: Tallies) {
    for (group, tally) in more {
        tallies.entry(group).or_default().join(tally);
    }
}

/// The groups that are beyond doubt.
pub(in crate::explain) fn proven(tallies: &Tallies) -> Proven {
    let proven = tallies.iter().filter(|((_, mistake), tally)| tally.is_proven(*mistake));
    proven.map(|(group, _)| *group).collect()
}

/// Whether two records share a mistake, so that they move together: those of one
/// file, and those that are sent together.
pub(in crate::explain) fn moves_with(
    entry: &Entry,
    reading: &ShiftedRecord,
    other: &Entry,
    theirs: Option<&ShiftedRecord>,
) -> bool {
    let together =
        entry.origin.source() == other.origin.source() || entry.side().batch == other.side().batch;
    together && theirs.is_some_and(|theirs| theirs.mistake == reading.mistake)
}

/// Counting.
impl EvidenceTally {
    /// Compares the records of a group with the others of their agent.
    fn count(&mut self, suspects: &[Suspect<'_>], rest: &[&Entry], known: &Others<'_>) {
        self.others += rest.len() as u64;
        let mut offset_cache = OffsetCache::default();
        for (entry, reading) in suspects {
            let related = rest.iter().filter(|other| entry.side().relates(other.side()));
            let related: Vec<&Entry> = related.copied().collect();
            self.records += 1;
            self.count_overlaps(entry, reading, &related);
            let written = known.keeps_hours(span(entry), reading.clock, &mut offset_cache);
            let read = known.keeps_hours(reading.times, reading.clock, &mut offset_cache);
            let length = entry.end() - entry.start();
            self.hours.add(length, written, read);
            let both = written && read;
            if written == read && !(both && length >= LONG_SLOT) {
                let hours = known.hours(reading.times, reading.clock, &mut offset_cache);
                self.count_touches(entry, reading, &related, hours);
            }
        }
    }

    fn count_overlaps(&mut self, entry: &Entry, reading: &ShiftedRecord, related: &[&Entry]) {
        let length = entry.end() - entry.start();
        let mut moved = BTreeSet::new();
        for other in related {
            let before = share(span(entry), span(other));
            let after = share(reading.times, span(other));
            self.before += u64::from(before);
            self.gone += u64::from(before && !after);
            self.new += u64::from(after && !before);
            if before && other.end() - other.start() == length {
                moved.insert(entry.start() - other.start());
            }
        }
        moved.into_iter().for_each(|by| *self.moved.entry(by).or_default() += 1);
    }

    /// Whether others end where the record starts, and start where it ends. `hours`
    /// are the times of day of both ends as read.
    fn count_touches(
        &mut self,
        entry: &Entry,
        reading: &ShiftedRecord,
        related: &[&Entry],
        hours: (i64, i64),
    ) {
        let ends_at = |at: Instant| related.iter().any(|other| other.end() == at);
        let starts_at = |at: Instant| related.iter().any(|other| other.start() == at);
        let (written, read) = (ends_at(entry.start()), ends_at(reading.times.0));
        self.touches.add((RecordEnd::Start, hours.0), written, read);
        let (written, read) = (starts_at(entry.end()), starts_at(reading.times.1));
        self.touches.add((RecordEnd::End, hours.1), written, read);
    }

    fn join(&mut self, more: EvidenceTally) {
        self.records += more.records;
        self.others += more.others;
        self.before += more.before;
        self.gone += more.gone;
        self.new += more.new;
        self.hours.join(more.hours);
        self.touches.join(more.touches);
        for (by, count) in more.moved {
            *self.moved.entry(by).or_default() += count;
        }
    }
}

/// Concluding.
impl EvidenceTally {
    /// Whether chance and any honest rota can be ruled out.
    fn is_proven(&self, mistake: Mistake) -> bool {
        let bits = self.hours.bits(self.hours.votes()) + self.touch_bits();
        let enough = match mistake {
            // A finding of their own shows that something is wrong with the times
            // (TZ101, TZ104), so that the evidence only must not be against it.
            Mistake::Missing | Mistake::Season => bits >= 0.0,
            Mistake::Utc | Mistake::Stale => bits >= ENOUGH && !self.is_moved_copy(),
        };
        enough && 2 * self.gone >= self.before && 3 * self.new <= self.gone
    }

    /// The evidence of touching ends, in bits. Records on the wrong clock lose their
    /// neighbours on both sides. Where nearly all of those that are found again are
    /// on one side, as after shifts that were all prolonged or moved alike, they are
    /// one observation.
    fn touch_bits(&self) -> f64 {
        let [starts, ends] = [RecordEnd::Start, RecordEnd::End]
            .map(|side| self.touches.surplus(|(of_side, _)| *of_side == side));
        let one_sided = 10 * starts.min(ends) <= starts.max(ends);
        let votes = self.touches.votes();
        self.touches.bits(if one_sided { votes.min(1.0) } else { votes })
    }

    /// Whether three of four records overlap one of the same length at the same
    /// distance: one schedule twice, of which one was moved as a whole.
    fn is_moved_copy(&self) -> bool {
        let records = self.records.min(self.others);
        self.moved.values().any(|count| *count >= LEAST_COPIED && 4 * count >= 3 * records)
    }
}
