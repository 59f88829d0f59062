//! Compares a row with the columns beside those that were read of it.

use super::Collector;
use crate::judge::doubts::numbered_columns;
use crate::model::conventions::LengthUnit;
use crate::model::row::{Claim, Field, Row};
use crate::model::source::Origin;
use crate::normalize::{Context, Outcome};
use crate::schedule::accepted::is_settled;
use crate::schedule::claims::ClaimingRow;
use crate::timestamp::length;
use std::ops::ControlFlow;

impl Collector<'_> {
    /// Compares a row with what else its record could be, and with the rows before it
    /// that other numbered columns gave. Whether it says no more than they do, or
    /// something that is in doubt.
    #[cold]
    pub(super) fn take_beside(
        &mut self,
        row: &Row<'_>,
        context: Context,
        origin: Origin,
    ) -> ControlFlow<()> {
        let Collector { normalizer, rivals, claims, known, .. } = self;
        if !row.alternates.is_empty() && !row.continues {
            rivals.compare(normalizer, known.keys, row, (context, origin));
            let met = ClaimingRow { row, context, origin, normalizer };
            claims.compare(met, |word| known.agents.key(known.keys, word));
            self.note_break(row, context, origin);
        }
        if row.numbered.is_empty() {
            return ControlFlow::Continue(());
        }
        let Collector { normalizer, rivals, spans, .. } = self;
        if !row.continues {
            spans.clear();
        }
        let Outcome::Entry(entry, _) = normalizer.read(row, context, origin) else {
            return ControlFlow::Continue(());
        };
        let (start, end) = (entry.start(), entry.end());
        let meets = spans
            .iter()
            .find(|(agent, of, _)| *agent == entry.agent && of.start < end && start < of.end);
        let Some((_, of, first)) = meets else {
            spans.push((entry.agent, start..end, row.numbered.to_owned()));
            return ControlFlow::Continue(());
        };
        if *of == (start..end) {
            return ControlFlow::Break(());
        }
        rivals.note_numbered([first, row.numbered], origin);
        let path = &self.run.sources[usize::from(origin.source())].file.shown;
        let accepted =
            is_settled(self.run.settings, numbered_columns::KIND.code, row.numbered, path);
        if accepted { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }

    /// Notes that a shift which ends by its length may end later, by its break.
    fn note_break(&mut self, row: &Row<'_>, context: Context, origin: Origin) {
        let rest = row.alternates.iter().find(|of| of.claim == Some(Claim::Break));
        let ends = [Field::End, Field::EndDate, Field::Times, Field::LengthUnit];
        let Some(rest) = rest.filter(|_| ends.iter().all(|end| row.word(*end).is_empty())) else {
            return;
        };
        let break_length = length(rest.word, LengthUnit::Minutes);
        if let Outcome::Entry(entry, _) = self.normalizer.read(row, context, origin)
            && let Some(break_length) = break_length
        {
            self.oddities.ends.note_break(&entry, break_length.milliseconds_in_all());
        }
    }
}
