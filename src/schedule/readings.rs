//! Keeps the readings of records whose times can be read in two ways.
//!
//! An entry holds the widest reading only. What the others are nearly always
//! follows from that: records with one start, one end and one clock have the same
//! ones, so that the copies of a record take no memory here. All threads share the
//! readings of each such form as the first thread met it; a record of the same form
//! with other readings has an entry of its own.

use crate::model::keys::QuickMap;
use crate::model::shift::{Entry, Readings, Traits};
use crate::model::source::Origin;
use crate::model::time::{Clock, Instant};
use std::sync::{Mutex, PoisonError};

/// Start, end and clock of an entry.
type ReadingKey = (Instant, Instant, u16);

fn form(entry: &Entry) -> ReadingKey {
    let clock: Clock = entry.clock();
    (entry.start(), entry.end(), clock.bits())
}

/// The readings of each form, as they are met.
#[derive(Debug, Default)]
pub(crate) struct SharedReadings(Mutex<QuickMap<ReadingKey, Readings>>);

impl SharedReadings {
    /// The readings of a form; these, if it is new.
    fn settle(&self, form: ReadingKey, readings: Readings) -> Readings {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *known.entry(form).or_insert(readings)
    }
}

/// What one thread noted.
pub(crate) struct NotedReadings<'f> {
    shared: &'f SharedReadings,
    /// The forms that it has met.
    forms: QuickMap<ReadingKey, Readings>,
    /// Records that differ from their form, by place and start: a record can stand
    /// for several days.
    others: Vec<((Origin, Instant), Readings)>,
}

impl<'f> NotedReadings<'f> {
    pub(crate) fn new(shared: &'f SharedReadings) -> NotedReadings<'f> {
        NotedReadings { shared, forms: QuickMap::default(), others: Vec::new() }
    }

    /// Notes the readings of an entry that has more than one.
    pub(crate) fn note(&mut self, entry: &Entry, readings: Readings) {
        let form = form(entry);
        let settle = || self.shared.settle(form, readings);
        if *self.forms.entry(form).or_insert_with(settle) != readings {
            self.others.push(((entry.origin, entry.start()), readings));
        }
    }
}

/// The readings of all entries that have more than one.
#[derive(Debug, Default)]
pub(crate) struct KnownReadings {
    forms: QuickMap<ReadingKey, Readings>,
    others: QuickMap<(Origin, Instant), Readings>,
}

impl KnownReadings {
    /// What all threads noted, once they are done.
    pub(crate) fn of<'f>(noted: impl IntoIterator<Item = NotedReadings<'f>>) -> KnownReadings {
        let mut known = KnownReadings::default();
        for NotedReadings { forms, others, .. } in noted {
            known.forms.extend(forms);
            known.others.extend(others);
        }
        known
    }

    /// The readings of an entry.
    pub(crate) fn get(&self, entry: &Entry) -> Readings {
        if !entry.traits().any(Traits::AMBIGUOUS) {
            return Readings::of(entry);
        }
        let own = || self.others.get(&(entry.origin, entry.start()));
        let own = if self.others.is_empty() { None } else { own() };
        let readings = own.or_else(|| self.forms.get(&form(entry))).copied();
        debug_assert!(readings.is_some(), "an ambiguous entry has readings");
        readings.unwrap_or(Readings::of(entry))
    }
}

#[cfg(test)]
mod tests {
    use super::{KnownReadings, NotedReadings, SharedReadings};
    use crate::model::keys::{AgentKey, RecordKey};
    use crate::model::shift::{Entry, Readings, Side, Traits};
    use crate::model::source::Origin;
    use crate::model::time::{Clock, Span};
    use proptest::prelude::{prop_assert_eq, proptest};

    proptest! {
        /// However records are shared among threads, each gets back what it had.
        #[test]
        fn each_record_has_its_own_readings(
            records in proptest::collection::vec((0i64..3, 1i64..3, 0i64..2, 0usize..3), 0..60),
        ) {
            let shared = SharedReadings::default();
            let mut noted: Vec<NotedReadings<'_>> =
                (0..3).map(|_| NotedReadings::new(&shared)).collect();
            let mut all = Vec::new();
            for (place, (start, length, late, thread)) in (0..).zip(records) {
                let span = Span::of_millis(start, start + length).expect("not empty");
                let mut traits = Traits::default();
                traits.add(Traits::AMBIGUOUS);
                let (side, origin) = (Side::from_number(3), Origin::new(0, place));
                let (agent, id) = (AgentKey::from_bits(1), RecordKey::NONE);
                let entry = Entry::new(agent, id, span, Clock::UTC, side, traits, origin);
                let chosen = (span.start() + late, span.end());
                let readings = Readings { chosen, narrowest: chosen };
                noted[thread].note(&entry, readings);
                all.push((entry, readings));
            }
            let known = KnownReadings::of(noted);
            for (entry, readings) in all {
                prop_assert_eq!(known.get(&entry), readings);
            }
        }
    }

    #[test]
    fn copies_of_a_record_take_no_memory() {
        let shared = SharedReadings::default();
        let mut noted = NotedReadings::new(&shared);
        for place in 0..1000 {
            let span = Span::of_millis(0, 9).expect("not empty");
            let (side, origin) = (Side::from_number(3), Origin::new(0, place));
            let (agent, id) = (AgentKey::from_bits(1), RecordKey::NONE);
            let entry = Entry::new(agent, id, span, Clock::UTC, side, Traits::default(), origin);
            let chosen = (span.start() + 1, span.end());
            noted.note(&entry, Readings { chosen, narrowest: chosen });
        }
        assert_eq!((noted.forms.len(), noted.others.len()), (1, 0));
    }
}
