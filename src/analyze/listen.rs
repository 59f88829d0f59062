//! Rows are listened to while they are collected, for what an entry cannot
//! hold: versions.

use super::Run;
use super::versions::Versions;
use crate::model::keys::Keys;
use crate::model::row::Row;
use crate::model::source::Origin;
use crate::read::source::Source;

/// What a thread has heard, or all of them together.
pub(crate) struct Heard {
    pub(crate) versions: Versions,
}

impl Heard {
    pub(crate) fn new(run: &Run<'_>) -> Heard {
        Heard { versions: Versions::new(run) }
    }

    /// Goes on to the rows of this source.
    pub(crate) fn turn_to(&mut self, run: &Run<'_>, source: &Source) {
        self.versions.turn_to(run, source);
    }

    /// Listens to a row, whatever becomes of it.
    #[inline]
    pub(crate) fn hear_row(&mut self, keys: &Keys, row: &Row<'_>, origin: Origin) {
        self.versions.hear(keys, row, origin);
    }

    /// Adds what another thread has heard.
    pub(crate) fn join(&mut self, other: Heard) {
        self.versions.join(other.versions);
    }
}
