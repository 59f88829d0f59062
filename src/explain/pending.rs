//! Explains overlaps with time off that is not decided yet.

use super::{Conflict, phrase};
use crate::model::cause::{Cause, CauseKind};
use crate::model::shift::Kind;

/// The overlap depends on a request: denied or withdrawn, it claims no time.
pub(super) fn pending(conflict: &Conflict<'_>) -> Option<Cause> {
    let undecided = |kind: Kind| kind == Kind::PendingTimeOff;
    let party = conflict.sides().into_iter().find(|party| undecided(party.entry.side().kind))?;
    let name = phrase::call(party.record, party.other);
    let status = party.record.status.as_deref().filter(|status| !status.is_empty());
    let status = status.map(|status| format!(" (`{status}`)")).unwrap_or_default();
    let message = format!(
        "{name}{status} is not decided: denied or withdrawn, it claims no time, and the overlap is \
         gone"
    );
    Some(Cause::new(CauseKind::Pending, message))
}
