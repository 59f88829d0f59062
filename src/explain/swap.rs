//! A swap that is decided and not carried out becomes a cause.
//!
//! Which swaps are decided, and which records they name, is found by others;
//! here it becomes a sentence.

use super::{Conflict, phrase};
use crate::model::cause::{Cause, CauseKind};
use crate::model::finding::brief;
use crate::model::source::Origin;

/// A decided swap that gives one record of a conflict to another agent.
pub struct Decided<'a> {
    /// The swap's id.
    pub id: &'a str,
    /// The record that leaves its agent.
    pub leaving: Origin,
    /// The agent who gets it.
    pub receiver: &'a str,
}

/// The overlap is gone once the swap is carried out. `None` if the record that
/// leaves is not of this conflict.
#[must_use]
pub fn not_applied(conflict: &Conflict<'_>, swap: &Decided<'_>) -> Option<Cause> {
    let mut parties = conflict.sides().into_iter();
    let party = parties.find(|party| party.entry.origin == swap.leaving)?;
    let name = phrase::call(party.record, party.other);
    let (id, receiver) = (brief(swap.id), brief(swap.receiver));
    let message = format!(
        "swap `{id}` is approved and not carried out: with {name} given to agent `{receiver}`, the \
         overlap is gone"
    );
    Some(Cause::new(CauseKind::SwapNotApplied, message))
}
