//! Shifts with a date and no hours.

use crate::judge::doubts::{About, no_hours};
use crate::model::doubt::Doubt;
use crate::model::row::{Field, Row};
use crate::model::source::Origin;
use crate::read::names::key;
use crate::read::source::Source;
use std::collections::BTreeMap;

/// How many shifts of each source have no hours.
#[derive(Debug, Default)]
pub(crate) struct Hourless(BTreeMap<u16, Tally>);

#[derive(Debug, Default)]
struct Tally {
    all: Count,
    /// Those that say more than their day: a kind such as `Night`, a length, or a date
    /// where hours should be.
    coded: Count,
}

/// How many, and the first of them.
#[derive(Debug, Default, Clone, Copy)]
struct Count {
    shifts: u64,
    first: Option<Origin>,
}

impl Count {
    fn add(&mut self, more: Count) {
        self.shifts += more.shifts;
        self.first = self.first.into_iter().chain(more.first).min();
    }
}

impl Hourless {
    /// Counts a shift.
    #[cold]
    pub(super) fn note(&mut self, row: &Row<'_>, origin: Origin) {
        let one = Count { shifts: 1, first: Some(origin) };
        let tally = self.0.entry(origin.source()).or_default();
        tally.all.add(one);
        let said = [Field::Start, Field::End, Field::Times, Field::Length, Field::Kind];
        if said.iter().any(|field| !row.word(*field).is_empty()) {
            tally.coded.add(one);
        }
    }

    /// Adds what was counted elsewhere.
    pub(super) fn join(&mut self, other: Hourless) {
        for (source, more) in other.0 {
            let tally = self.0.entry(source).or_default();
            tally.all.add(more.all);
            tally.coded.add(more.coded);
        }
    }

    /// The doubt about the shifts of a source. Where each record has a place for its
    /// hours, one that leaves it empty is nobody's shift, unless it says more.
    pub(super) fn doubt(&self, place: usize, source: &Source) -> Option<Doubt> {
        let tally = self.0.get(&u16::try_from(place).ok()?)?;
        let count = if has_place_for_hours(source) { tally.coded } else { tally.all };
        let first = count.first?;
        let path = &source.file.shown;
        let line = source.line_at(first.offset());
        let about = About { path, place: path, line, count: count.shifts };
        Some(no_hours::doubt(&about, &source.unread_times()))
    }
}

/// Whether every record of a source has a column or key for its start.
fn has_place_for_hours(source: &Source) -> bool {
    const HOURS: [Field; 2] = [Field::Start, Field::Times];
    if !source.names_in_records() {
        return HOURS.into_iter().any(|field| source.may_have(field));
    }
    let ledger = source.ledger();
    let of_hours = |name: &str| key(name, source.file.role).is_some_and(|of| HOURS.contains(&of.0));
    ledger.keys().iter().any(|key| of_hours(&key.name) && key.values >= ledger.elements())
}
