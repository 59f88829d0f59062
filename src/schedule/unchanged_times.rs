//! Finds the published records whose times changes leave as they are.

use super::run::Run;
use crate::calendar::Calendar;
use crate::model::agents::Agents;
use crate::model::keys::{AgentKey, Keys, QuickMap, QuickSet, RecordKey};
use crate::model::shift::Kind;
use crate::model::source::{Origin, Role};
use crate::model::time::{Instant, MINUTE};
use crate::normalize::{Context, Outcome};
use crate::read::source::{PublishedTimes, Source};

/// A change that names a start or a length alone.
#[derive(Debug, Clone, Copy)]
pub(super) struct HalfTimedChange {
    pub(super) agent: AgentKey,
    pub(super) id: RecordKey,
    pub(super) origin: Origin,
}

/// When the published record of an agent and an id takes place; `None` if there are several
/// that differ.
type UnchangedTimes = QuickMap<(AgentKey, RecordKey), Option<(Instant, Instant)>>;

/// Tells the files of changes the times that are published of their records; whether there
/// was anything to tell them.
pub(super) fn complete(
    run: &Run<'_>,
    keys: &Keys,
    agents: &Agents,
    changes: &[HalfTimedChange],
) -> bool {
    let is_open = |change: &&HalfTimedChange| !source_of(run, change).is_completed();
    let changes: Vec<HalfTimedChange> = changes.iter().filter(is_open).copied().collect();
    if changes.is_empty() {
        return false;
    }
    let known_times = published(run, keys, agents, &changes);
    let mut told = false;
    for (place, source) in run.sources.iter().enumerate() {
        let of_source =
            changes.iter().filter(|change| usize::from(change.origin.source()) == place);
        let known = of_source.filter_map(|change| {
            let (start, end) = known_times.get(&(change.agent, change.id)).copied().flatten()?;
            Some((change.origin.offset(), times(start, end)?))
        });
        told |= source.complete_records(known.collect());
    }
    told
}

fn source_of<'r>(run: &'r Run<'_>, change: &HalfTimedChange) -> &'r Source {
    &run.sources[usize::from(change.origin.source())]
}

fn published(
    run: &Run<'_>,
    keys: &Keys,
    agents: &Agents,
    changes: &[HalfTimedChange],
) -> UnchangedTimes {
    let wanted: QuickSet<(AgentKey, RecordKey)> =
        changes.iter().map(|change| (change.agent, change.id)).collect();
    let mut times = UnchangedTimes::default();
    let mut normalizer = run.normalizer(agents, keys);
    for (place, source) in run.sources.iter().enumerate() {
        if source.file.role != Role::Published {
            continue;
        }
        let context = Context { role: Role::Published, conventions: run.conventions[place] };
        source.rewind();
        source.read_all(&mut |row, offset| {
            let origin = Origin::new(place as u16, offset);
            let Outcome::Entry(entry, readings) = normalizer.read(row, context, origin) else {
                return;
            };
            let name = (entry.agent, entry.id);
            if entry.side().kind != Kind::Shift || !wanted.contains(&name) {
                return;
            }
            let span = readings.map_or((entry.start(), entry.end()), |of| of.chosen);
            let known = times.entry(name).or_insert(Some(span));
            *known = known.filter(|known| *known == span);
        });
    }
    times
}

/// Words for a span; `None` if it is no whole number of minutes.
fn times(start: Instant, end: Instant) -> Option<PublishedTimes> {
    let length = end - start;
    (length % MINUTE == 0).then(|| PublishedTimes {
        start: Calendar::stamp_at(start, 0).to_string(),
        length: format!("PT{}M", length / MINUTE),
    })
}
