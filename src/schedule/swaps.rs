//! Reads the files of swaps.

use super::collector::note_status;
use super::run::{Run, Undecided};
use crate::model::agents::Agents;
use crate::model::fact::{Defect, Flaw};
use crate::model::fate::{Fate, Fates};
use crate::model::finding::brief;
use crate::model::keys::{Keys, QuickSet, RecordKey};
use crate::model::row::{Field, Row};
use crate::model::shift::Traits;
use crate::model::source::{Origin, Role};
use crate::model::swap::Swap;
use crate::normalize::{Context, SwapOutcome};
use std::collections::BTreeMap;

/// The swaps as they were read.
#[derive(Default)]
pub(super) struct SwapFiles {
    pub(super) given: bool,
    pub(super) swaps: Vec<Swap>,
    /// The ids of the shifts that they name.
    pub(super) named: QuickSet<RecordKey>,
    /// Sources whose dates cannot be read until their order is known.
    pub(super) undecided: Undecided,
    pub(super) counts: Vec<(usize, Fates)>,
    pub(super) defects: Vec<Defect>,
    pub(super) statuses: BTreeMap<u16, Defect>,
    pub(super) notes: Vec<(u16, String)>,
}

/// Reads the files of swaps.
pub(super) fn read(run: &Run<'_>, keys: &Keys, agents: &Agents) -> SwapFiles {
    let mut all = SwapFiles::default();
    for (place, source) in run.sources.iter().enumerate() {
        if source.file.role != Role::Swaps {
            continue;
        }
        all.given = true;
        let mut normalizer = run.normalizer(agents, keys);
        let conventions = run.conventions[place];
        let mut reading = SwapFile { all: &mut all, counts: Fates::default(), selfish: None };
        let context = Context { role: Role::Swaps, conventions };
        source.read_all(&mut |row, offset| {
            let origin = Origin::new(place as u16, offset);
            reading.take(row, normalizer.read_swap(row, context, origin), origin);
        });
        reading.finish(place);
    }
    all
}

/// One file of swaps while it is read.
struct SwapFile<'t> {
    all: &'t mut SwapFiles,
    counts: Fates,
    /// What the first swap with oneself is called, and how many there are.
    selfish: Option<(String, u64)>,
}

impl SwapFile<'_> {
    fn take(&mut self, row: &Row<'_>, outcome: SwapOutcome, origin: Origin) {
        self.counts.records += 1;
        match outcome {
            SwapOutcome::Void => self.counts.add(Fate::Cancelled, 1),
            SwapOutcome::Header => self.counts.add(Fate::Header, 1),
            SwapOutcome::Asks(question) => {
                self.all.undecided.entry(origin.source()).or_default().insert(question);
            }
            SwapOutcome::Defect(flaw, agent) => {
                self.counts.add(Fate::Unreadable, 1);
                self.all.defects.push(Defect { flaw, origin, agent, start: None, count: 1 });
            }
            SwapOutcome::Swap(swap, traits) => {
                self.counts.add(Fate::Checked, 1);
                self.note_flaws(&swap, traits);
                self.note_self(row, &swap);
                let shifts = swap.halves.iter().map(|half| half.shift);
                self.all.named.extend(shifts.filter(|shift| shift.is_some()));
                self.all.swaps.push(swap);
            }
        }
    }

    fn note_flaws(&mut self, swap: &Swap, traits: Traits) {
        let [own, other] = swap.halves;
        let start = own.start.or(other.start).map(|start| start.chosen);
        let defect = |flaw| Defect { flaw, origin: swap.origin, agent: own.agent, start, count: 1 };
        let found = Flaw::OF_TRAITS.into_iter().filter(|(bit, _)| traits.any(*bit));
        self.all.defects.extend(found.map(|(_, flaw)| defect(flaw)));
        if traits.any(Traits::UNKNOWN_STATUS) {
            note_status(&mut self.all.statuses, defect(Flaw::UnknownStatus));
        }
    }

    fn note_self(&mut self, row: &Row<'_>, swap: &Swap) {
        let [own, other] = swap.halves;
        if own.agent.is_some() && own.agent == other.agent {
            let text = |field| String::from_utf8_lossy(row.word(field)).into_owned();
            let (_, count) = self
                .selfish
                .get_or_insert_with(|| (name_of(text(Field::Id), text(Field::Shift)), 0));
            *count += 1;
        }
    }

    fn finish(self, place: usize) {
        let note = self.selfish.map(|(name, count)| match count {
            1 => format!("{name} is between an agent and themselves; it changes nothing"),
            _ => format!(
                "{count} swaps are between an agent and themselves, {name} first; they change \
                 nothing"
            ),
        });
        self.all.notes.extend(note.map(|note| (place as u16, note)));
        self.all.counts.push((place, self.counts));
    }
}

/// What a note calls a swap.
fn name_of(id: String, shift: String) -> String {
    match id.is_empty() {
        true => format!("the swap of shift `{}`", brief(&shift)),
        false => format!("swap `{}`", brief(&id)),
    }
}
