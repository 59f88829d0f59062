//! Tells requests for time off from the schedule, and reduces them by what it carries.

use super::run::Run;
use crate::model::shift::{Entry, Kind, Readings};
use crate::model::source::{Origin, Role};
use crate::read::source::Source;
use crate::reconcile::{self, AgentContext, Carried, Uncarried};

/// Whether an entry is time off that is given beside the schedule.
pub(crate) fn is_request(sources: &[Source], entry: &Entry) -> bool {
    entry.side().kind != Kind::Shift && role(sources, entry.origin) == Some(Role::TimeOff)
}

/// What the schedule carries of the requests on a timeline, if it carries any, given
/// whether an id may stand on several records, and the readings of an entry.
pub(crate) fn uncarried(
    run: &Run<'_>,
    timeline: &[Entry],
    carried: &[Carried],
    may_repeat: &dyn Fn(u64) -> bool,
    readings: &dyn Fn(&Entry) -> Readings,
) -> Option<Uncarried> {
    let agent = timeline.first()?.agent;
    let start = carried.partition_point(|of| of.by.agent < agent);
    let end = carried.partition_point(|of| of.by.agent <= agent);
    let is_request = |entry: &Entry| is_request(run.sources, entry);
    let carried = &carried[start..end];
    let about = AgentContext { is_request: &is_request, may_repeat, readings, carried };
    reconcile::uncarried(timeline, &about)
}

pub(crate) fn role(sources: &[Source], origin: Origin) -> Option<Role> {
    sources.get(usize::from(origin.source())).map(|source| source.file.role)
}
