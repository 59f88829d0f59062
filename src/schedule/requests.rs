//! Tells requests for time off from the schedule, and reduces them by what it carries.

use super::run::Run;
use crate::model::keys::RecordKey;
use crate::model::shift::{Entry, Readings};
use crate::reconcile::{self, AgentContext, Carried, Uncarried};

/// What the schedule carries of the requests on a timeline, if it carries any, given
/// whether an id may be on several records, and the readings of an entry.
pub(crate) fn uncarried(
    run: &Run<'_>,
    timeline: &[Entry],
    carried: &[Carried],
    may_repeat: &dyn Fn(RecordKey) -> bool,
    readings: &dyn Fn(&Entry) -> Readings,
) -> Option<Uncarried> {
    let agent = timeline.first()?.agent;
    let start = carried.partition_point(|of| of.by.agent < agent);
    let end = carried.partition_point(|of| of.by.agent <= agent);
    let is_request = |entry: &Entry| run.is_request(entry);
    let carried = &carried[start..end];
    let about = AgentContext { is_request: &is_request, may_repeat, readings, carried };
    reconcile::uncarried(timeline, &about)
}
