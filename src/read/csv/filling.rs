//! Carries filled-down words from one piece of a file to the next (`--fill-down`).
//!
//! An empty cell gets the word of the last filled cell above it, which can be in an earlier
//! piece. The cutter reads each piece for such words and gives them to the next one in its
//! scope, so that pieces can be read by any thread in any order.

use super::Table;
use super::extras::Completer;
use crate::model::row::Field;
use crate::read::{Account, Part, Scope};
use std::sync::Arc;

/// What was filled last, on the way through a file.
pub(super) struct Filler {
    table: Table,
    carried: Vec<(Field, Vec<u8>)>,
    parts: Vec<Arc<Part>>,
}

impl Filler {
    /// A filler for a table, if any field of it is filled down.
    pub(super) fn of(table: &Table) -> Option<Filler> {
        let fills = table.extras.as_ref().is_some_and(|extras| !extras.fill_down.is_empty());
        fills.then(|| Filler { table: table.clone(), carried: Vec::new(), parts: Vec::new() })
    }

    /// The parts so far: one for each word.
    pub(super) fn parts(&self) -> &[Arc<Part>] {
        &self.parts
    }

    /// The number of the part that the next piece belongs to, which has these bytes.
    pub(super) fn take(&mut self, bytes: &[u8]) -> u32 {
        let mut scope = Scope::default();
        self.carried.iter().for_each(|(field, word)| scope.add(*field, 0, word));
        if self.parts.last().is_none_or(|last| last.scope != scope) {
            self.parts.push(Arc::new(Part { scope, ..Part::default() }));
        }
        if let (Some(extras), Some(part)) = (&self.table.extras, self.parts.last()) {
            let mut completer = Completer::new(&self.table, extras, bytes, part);
            self.table.read_rows(bytes, &mut Account::default(), &mut |row| {
                completer.complete(row, &mut |_| {});
            });
            self.carried = completer.carried;
        }
        self.parts.len().saturating_sub(1) as u32
    }
}
