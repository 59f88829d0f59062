//! Answers questions about a whole file by all of its words.
//!
//! `3/2/2026`, `8` beside a start, `9:00` to `5:00`: what a record leaves open, its
//! file may show. Where it does not, the file is read in the likelier way and the
//! answer is a doubt.

mod chains;

mod dotted;

mod halves;

mod lengths;

mod local;

mod date_order;

mod samples;

mod serials;

mod spans;

use super::run::{Run, Surveyed, Undecided};
use crate::judge::doubts::About;
use crate::model::conventions::{Question, Questions};
use crate::model::row::{Field, Row, RowFault};
use crate::model::time::DateOrder;
use crate::read::source::Source;
use samples::Samples;

/// Answers the questions about each of these sources, or gives the source up.
pub(crate) fn decide(run: &mut Run<'_>, places: &Undecided) {
    for (place, questions) in places {
        let place = usize::from(*place);
        let source = &run.sources[place];
        let order = run.conventions[place].order;
        let all = (0..run.pool.size()).collect();
        let seen = run.pool.map(all, |_| survey(source, *questions, order));
        let seen = seen.into_iter().fold(RowEvidence::default(), RowEvidence::and);
        seen.settle(run, place, *questions);
        source.rewind();
    }
}

/// Looks at every row of the blocks it gets hold of.
fn survey(source: &Source, questions: Questions, order: Option<DateOrder>) -> RowEvidence {
    let mut seen = RowEvidence::default();
    source.read_all(&mut |row, offset| seen.look(row, offset, questions, order));
    seen
}

/// What the rows of a file show.
#[derive(Default)]
struct RowEvidence {
    order: date_order::OrderEvidence,
    lengths: lengths::Lengths,
    halves: halves::Halves,
    serials: serials::Serials,
    local: local::MarkedUtc,
    dotted: dotted::DottedClocks,
}

impl RowEvidence {
    fn look(&mut self, row: &Row<'_>, offset: u64, questions: Questions, order: Option<DateOrder>) {
        if matches!(row.fault, Some(RowFault::Header | RowFault::Total)) {
            return;
        }
        if questions.contains(Question::DateOrder) {
            self.order.look(row, offset);
        }
        if questions.contains(Question::LengthUnit) || questions.contains(Question::Numbers) {
            self.lengths.look(row, offset, order);
        }
        if questions.contains(Question::Meridiem) {
            self.halves.look(row, offset);
        }
        if questions.contains(Question::Serials) {
            self.serials.look(row);
        }
        if questions.contains(Question::MarkedUtc) {
            self.local.look(row, offset);
        }
        if questions.contains(Question::DottedClocks) {
            self.dotted.look(row, offset);
        }
    }

    fn and(self, other: RowEvidence) -> RowEvidence {
        RowEvidence {
            order: self.order.and(other.order),
            lengths: self.lengths.and(other.lengths),
            halves: self.halves.and(other.halves),
            serials: self.serials.and(other.serials),
            local: self.local.and(other.local),
            dotted: self.dotted.and(other.dotted),
        }
    }

    fn settle(self, run: &mut Run<'_>, place: usize, questions: Questions) {
        let source = &run.sources[place];
        let conventions = &mut run.conventions[place];
        conventions.settled.add(questions);
        if questions.contains(Question::DateOrder) {
            match self.order.orders(source) {
                Ok(orders) => {
                    conventions.order = conventions.order.or(orders.whole_years);
                    conventions.short_years = conventions.short_years.or(orders.short_years);
                    run.surveyed[place].notes.extend(orders.note);
                }
                Err(problem) => source.refuse(problem),
            }
        }
        let Surveyed { doubts, notes } = &mut run.surveyed[place];
        if questions.contains(Question::LengthUnit) {
            doubts.extend(self.lengths.unit_doubt(source));
        }
        if questions.contains(Question::Numbers) {
            doubts.extend(self.lengths.numbers_doubt(source));
        }
        if questions.contains(Question::Meridiem) {
            doubts.extend(self.halves.doubt(source));
        }
        if questions.contains(Question::Serials) {
            let epoch = run.settings.serial_epoch;
            conventions.serials = self.serials.are_dates().then_some(epoch);
            notes.extend(conventions.serials.map(|epoch| self.serials.note(source, epoch)));
        }
        if questions.contains(Question::MarkedUtc) {
            doubts.extend(self.local.doubts(source));
        }
        if questions.contains(Question::DottedClocks) {
            conventions.dotted_clocks = self.dotted.are_clocks();
            notes.extend(conventions.dotted_clocks.then(|| self.dotted.note(source)));
        }
    }
}

/// Where words of a field were met first.
fn with_about<T>(
    source: &Source,
    field: Field,
    samples: &Samples,
    tell: impl Fn(&About<'_>, &[String]) -> T,
) -> T {
    let column = source.column_named(field);
    let line = samples.first().and_then(|at| source.line_at(at));
    let path = &source.file.shown;
    tell(&About { path, place: &column, line, count: samples.count() }, &samples.words())
}
