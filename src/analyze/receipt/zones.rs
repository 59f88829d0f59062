//! Counts the zones in which the local times of an input are read.

use crate::model::receipt::{Column, ZoneSource, ZoneUse, Zones};
use crate::model::row::{Field, Row};
use crate::model::time::DateOrder;
use crate::schedule::Schedule;
use crate::timestamp::{self, Expected, Written};
use std::collections::BTreeMap;

/// Counts the zones in which the local times of the records of one source are read.
pub(super) struct ZoneCounter<'a> {
    schedule: &'a Schedule<'a>,
    place: usize,
    /// Whether records name their zones themselves.
    of_record: bool,
    zones: Zones,
    local: BTreeMap<(ZoneSource, String), u64>,
}

impl<'a> ZoneCounter<'a> {
    pub(super) fn new(
        schedule: &'a Schedule<'a>,
        place: usize,
        columns: &[Column],
    ) -> ZoneCounter<'a> {
        let of_record = columns.iter().any(|column| column.field == Some(Field::Zone));
        let (zones, local) = (Zones::default(), BTreeMap::new());
        ZoneCounter { schedule, place, of_record, zones, local }
    }

    pub(super) fn look(&mut self, row: &Row<'_>) {
        self.zones.records += 1;
        match has_local_time(row, self.schedule.run.conventions[self.place].order) {
            None => {}
            Some(false) => self.zones.with_offsets += 1,
            Some(true) => *self.local.entry(self.zone(row)).or_default() += 1,
        }
    }

    /// The zone of a record's local times, and where it came from.
    fn zone(&self, row: &Row<'_>) -> (ZoneSource, String) {
        let name = |clock| self.schedule.run.calendar.name_of(clock);
        if let Some(clock) = self.schedule.run.conventions[self.place].start_clock {
            return (ZoneSource::ColumnName, name(clock));
        }
        let word = row.word(Field::Zone);
        if !word.is_empty() {
            let source = if self.of_record { ZoneSource::Record } else { ZoneSource::Surroundings };
            return (source, String::from_utf8_lossy(word).into_owned());
        }
        let (agents, keys) = (&self.schedule.agents, &self.schedule.keys);
        let agent = agents.get(agents.key(keys, row.word(Field::Agent)));
        if let Some(zone) = agent.and_then(|agent| agent.zone) {
            return (ZoneSource::Agents, name(zone));
        }
        match self.schedule.run.zone {
            Some(zone) if self.schedule.run.settings.zone.is_none() => {
                (ZoneSource::Unit, name(zone))
            }
            Some(zone) => (ZoneSource::Option, name(zone)),
            None => (ZoneSource::None, "UTC".to_owned()),
        }
    }

    pub(super) fn zones(self, whole: bool) -> Zones {
        let local = self.local.into_iter();
        let mut local: Vec<ZoneUse> =
            local.map(|((source, zone), records)| ZoneUse { source, zone, records }).collect();
        local.sort_by(|one, other| other.records.cmp(&one.records).then_with(|| one.cmp(other)));
        Zones { whole, local, ..self.zones }
    }
}

/// Whether a record has a time without an offset; `None` if it has no time.
fn has_local_time(row: &Row<'_>, order: Option<DateOrder>) -> Option<bool> {
    const FIELDS: [Field; 6] =
        [Field::Start, Field::End, Field::Times, Field::Date, Field::StartDate, Field::EndDate];
    let expected = Expected { order, clock: true };
    let mut found = None;
    for word in FIELDS.map(|field| row.word(field)).into_iter().filter(|word| !word.is_empty()) {
        let has_offset = match timestamp::read_as(word, expected) {
            Ok(time) => match time.written {
                Written::Instant { .. } => true,
                Written::Clock(_, offset) => offset.is_some(),
                _ => time.zone.is_some(),
            },
            Err(_) if row.word(Field::Times) == word => false,
            Err(_) => continue,
        };
        found = Some(found.unwrap_or(false) || !has_offset);
    }
    found
}
