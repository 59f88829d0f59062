//! Finds times that are marked as UTC in a column that is called local.

use super::samples::Samples;
use super::with_about;
use crate::judge::doubts::zone;
use crate::model::doubt::Doubt;
use crate::model::row::{Field, Row};
use crate::read::names::ZoneHint;
use crate::read::source::Source;
use crate::timestamp::is_marked_utc;

/// Such times by field.
#[derive(Debug, Default)]
pub(super) struct MarkedUtc {
    starts: Samples,
    ends: Samples,
}

impl MarkedUtc {
    pub(super) fn look(&mut self, row: &Row<'_>, offset: u64) {
        for (field, samples) in [(Field::Start, &mut self.starts), (Field::End, &mut self.ends)] {
            let word = row.word(field);
            if is_marked_utc(word) {
                samples.add(offset, word);
            }
        }
    }

    pub(super) fn and(self, other: MarkedUtc) -> MarkedUtc {
        MarkedUtc { starts: self.starts.and(other.starts), ends: self.ends.and(other.ends) }
    }

    /// A doubt for each of the columns whose name says that its times are local.
    pub(super) fn doubts(&self, source: &Source) -> Vec<Doubt> {
        let hints = source.hints();
        let local =
            [(Field::Start, &self.starts, hints.start), (Field::End, &self.ends, hints.end)];
        let local = local
            .into_iter()
            .filter(|(_, samples, hint)| samples.count() > 0 && *hint == Some(ZoneHint::Local));
        local
            .map(|(field, samples, _)| with_about(source, field, samples, zone::of_local))
            .collect()
    }
}
