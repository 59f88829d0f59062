//! Explains overlaps of shifts whose approved swap is not in effect.
//!
//! Which swaps are approved, and which records they name, is found elsewhere; this module
//! writes the sentence.

use super::{Conflict, phrase};
use crate::model::cause::{Cause, CauseKind};
use crate::model::finding::brief;
use crate::model::source::Origin;

/// A decided swap that gives one record of a conflict to another agent.
#[derive(Debug)]
pub struct ApprovedSwap<'a> {
    /// What messages call the swap.
    pub name: String,
    /// The record that leaves its agent.
    pub leaving: Origin,
    /// The agent who gets it; empty if the swap does not say.
    pub receiver: &'a str,
}

/// The overlap is gone once the swap is applied. `None` if the record that
/// leaves is not of this conflict.
pub(super) fn not_applied(conflict: &Conflict<'_>, swap: &ApprovedSwap<'_>) -> Option<Cause> {
    let mut parties = conflict.sides().into_iter();
    let party = parties.find(|party| party.entry.origin == swap.leaving)?;
    let name = phrase::call(party.record, party.other);
    let receiver = match brief(swap.receiver) {
        unknown if unknown.is_empty() => "the other agent".to_owned(),
        receiver => format!("agent `{receiver}`"),
    };
    let message = format!(
        "swap {} is approved and not carried out: with {name} given to {receiver}, the overlap is \
         gone",
        swap.name
    );
    Some(Cause::new(CauseKind::SwapNotApplied, message))
}
