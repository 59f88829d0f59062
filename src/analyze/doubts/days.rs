//! Finds doubts about days that stand beside agents, in what is not a record.

use super::{DoubtContext, line_of, names_agent};
use crate::judge::doubts::{About, unread_records};
use crate::model::doubt::Doubt;
use crate::model::observation::Noticed;
use crate::read::source::{NotedCount, Source, SourceLedger};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The doubts about an input: one for all days beside agents in one object.
pub(super) fn of_days(
    known: DoubtContext<'_>,
    ledger: &SourceLedger,
    (source, path): (&Source, &Arc<str>),
) -> Vec<Doubt> {
    let mut found: BTreeMap<String, NotedCount> = BTreeMap::new();
    for (noticed, pointer, _, noted) in ledger.noted() {
        if noticed == Noticed::Days && names_agent(known, ledger, pointer) {
            let place = above_agents(known, pointer).to_owned();
            let all = found.entry(place).or_insert(NotedCount { count: 0, ..noted });
            all.count += noted.count;
            if noted.at < all.at {
                (all.at, all.line) = (noted.at, noted.line);
            }
        }
    }
    let doubt = |(place, noted): (&String, &NotedCount)| {
        let line = line_of(source, *noted);
        let about = About { path, place, line, count: noted.count };
        unread_records::doubt(&about, "days beside agents")
    };
    found.iter().map(doubt).collect()
}

/// The pointer of what is around the first agent in a pointer, or all of it.
fn above_agents<'p>(known: DoubtContext<'_>, pointer: &'p str) -> &'p str {
    let is_agent_at = |place: &usize| {
        let name = pointer[place + 1..].split('/').next().unwrap_or_default();
        known.facts.every_agent.contains(&known.schedule.keys.of(name.as_bytes()))
    };
    let mut keys = pointer.match_indices('/').map(|(place, _)| place);
    keys.find(is_agent_at).map_or(pointer, |place| &pointer[..place])
}
