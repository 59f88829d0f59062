//! Gives the records that approved swaps moved the names of their new agents.

use super::records::Records;
use crate::model::finding::Record;
use crate::model::source::Origin;
use crate::model::text::Text;
use crate::schedule::run::Again;
use crate::schedule::settle::Settled;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What approved swaps say of names.
#[derive(Default)]
pub(super) struct SwapNames {
    /// The agents of halves of swaps that name none themselves.
    halves: BTreeMap<(Origin, bool), Text>,
    /// Records that were moved, as they are written.
    written: BTreeMap<Origin, Arc<Record>>,
}

impl SwapNames {
    /// The names, once the records are known that have them.
    fn of(settled: &Settled, records: &Records) -> SwapNames {
        let name =
            |(half, origin): (&_, &Origin)| Some((*half, records.get(*origin)?.agent.clone()));
        let halves = settled.named_by.iter().filter_map(name).collect();
        SwapNames { halves, written: BTreeMap::new() }
    }

    /// The agent of a half of a swap, by name; empty where that is not known.
    pub(super) fn agent_of<'r>(
        &'r self,
        origin: Origin,
        swap: &'r Record,
        second: bool,
    ) -> &'r str {
        let said = match &swap.trade {
            Some(trade) if second => trade.with_agent.as_str(),
            _ => swap.agent.as_str(),
        };
        let found = self.halves.get(&(origin, second)).filter(|_| said.is_empty());
        found.map_or(said, Text::as_str)
    }

    /// A record that was moved, with the agent that it names itself.
    pub(super) fn as_written(&self, origin: Origin) -> Option<&Arc<Record>> {
        self.written.get(&origin)
    }
}

/// The records that are needed, beside these, to say who has them: the swaps that moved
/// them, and the records that name the agents of these swaps.
pub(super) fn wanted(settled: &Settled, named: &[Origin]) -> Vec<Origin> {
    let moved = named.iter().filter_map(|origin| settled.moved.get(origin));
    let mut wanted: Vec<Origin> = moved.map(|moved| moved.swap).collect();
    wanted.extend(&settled.told);
    let swaps: Vec<Origin> = wanted.iter().chain(named).copied().collect();
    for origin in swaps {
        let halves = [(origin, false), (origin, true)];
        wanted.extend(halves.iter().filter_map(|half| settled.named_by.get(half)));
    }
    wanted
}

/// Gives moved records the names of their new agents.
///
/// # Errors
/// When two ids turn out to share a key.
pub(super) fn rename(settled: &Settled, records: &mut Records) -> Result<SwapNames, Again> {
    let mut known = SwapNames::of(settled, records);
    let mut names = Vec::new();
    for (origin, moved) in &settled.moved {
        let (Some(record), Some(swap)) = (records.get(*origin), records.get(moved.swap)) else {
            continue;
        };
        if shift_of(swap, moved.second) != record.id.as_deref() {
            return Err(Again::Collision);
        }
        let name = Text::from(known.agent_of(moved.swap, swap, !moved.second));
        let called = swap.id.as_deref().map_or_else(|| swap.place(), str::to_owned);
        let written = Arc::clone(record);
        names.push((*origin, name, called));
        known.written.insert(*origin, written);
    }
    for (origin, name, called) in names {
        records.change(origin, |record| {
            record.agent = name;
            record.moved_by = Some(called.into());
        });
    }
    Ok(known)
}

/// Says of each file which of its swaps were put into effect.
pub(super) fn notes(settled: &Settled, records: &Records) -> Vec<(u16, String)> {
    let note = |(source, count): (&u16, &u64)| {
        let of_source = settled.told.iter().filter(|origin| origin.source() == *source);
        let named: Vec<String> =
            of_source.filter_map(|origin| records.get(*origin)).map(|swap| swap.call()).collect();
        let more = count.saturating_sub(named.len() as u64);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let what = if *count == 1 { "swap is" } else { "swaps are" };
        let named = named.join(", ");
        (*source, format!("{count} approved {what} put into effect: {named}{more}"))
    };
    settled.applied.iter().map(note).collect()
}

/// The id of the shift that a half of a swap names.
pub(super) fn shift_of(swap: &Record, second: bool) -> Option<&str> {
    let trade = swap.trade.as_ref()?;
    Some(if second { &trade.with_shift } else { &trade.shift })
}
