//! Notes what an entry cannot hold: activities, requests, and what is odd.

use super::{AgentSchedule, Collector, ODD, note_status};
use crate::calendar::OffsetCache;
use crate::model::conventions::Question;
use crate::model::fact::{Defect, Flaw};
use crate::model::fate::Fate;
use crate::model::keys::RecordKey;
use crate::model::row::{Field, Row};
use crate::model::settings::Replace;
use crate::model::shift::{Entry, Kind, Traits};
use crate::model::source::{Origin, Repeats, Role};
use crate::normalize::{Context, conventions_of, has_absence_as_time, has_midnights_alone};
use crate::schedule::activities;
use std::ops::ControlFlow;

impl Collector<'_> {
    /// Notes what may make time off longer than it was read.
    #[inline(never)]
    pub(super) fn take_absence(&mut self, row: &Row<'_>, context: Context, entry: &Entry) {
        // An absence in the place of hours takes the day of its row.
        if has_absence_as_time(row) {
            return;
        }
        let ends = [Field::End, Field::EndDate].map(|field| row.raw(field));
        let conventions = conventions_of(row, context.conventions);
        let may_be_midnight = |word: &&[u8]| word.windows(5).any(|part| part == b"00:00");
        if ends.iter().any(may_be_midnight) {
            self.oddities.note_midnights_around(row, entry, context.conventions.order);
        }
        if ends.iter().all(|end| end.is_empty()) {
            self.oddities.ends.note(row, entry, conventions);
        } else if !row.raw(Field::Length).is_empty() {
            self.oddities.note_length(row, entry, conventions);
        }
    }

    /// Notes what does not fit of the activities of a shift, if any rule asks.
    #[inline(never)]
    pub(super) fn take_activities(&mut self, row: &Row<'_>, context: Context, entry: &Entry) {
        if self.activities && !row.word(Field::Activities).is_empty() {
            let noted = activities::note(&mut self.normalizer, row, context, entry);
            self.misfits.extend(noted.misfits);
            noted.defect.into_iter().for_each(|defect| self.ledger.add_defect(defect));
            noted.asks.into_iter().for_each(|question| self.ask(entry.origin.source(), question));
        }
    }

    /// Notes which requests for time off a record of the schedule carries. Of time off
    /// in a file of its own the request is its id, if it has no other.
    #[inline(never)]
    pub(super) fn take_requests(&mut self, row: &Row<'_>, context: Context, entry: &mut Entry) {
        let keys = self.known.keys;
        if !context.role.lists_absences() {
            let of = (&*entry, keys);
            activities::note_carried(&mut self.normalizer, row, context, of, &mut self.carried);
        } else if entry.id.is_none() {
            entry.id = keys.of(row.id_in(Field::Request));
        }
    }

    /// Notes the schedule of a batch record; whether a published one is of a schedule or of
    /// weeks that are replaced.
    #[inline(never)]
    pub(super) fn is_replaced(&mut self, row: &Row<'_>, context: Context, entry: &Entry) -> bool {
        let is_live = context.role == Role::Published;
        if is_live && self.is_in_new_week(entry) {
            return true;
        }
        if self.run.settings.replace != Replace::Schedule {
            return false;
        }
        let schedule = self.known.keys.of(row.word(Field::Schedule));
        let part = AgentSchedule { agent: entry.agent, schedule };
        if context.role == Role::Batch && schedule.is_some() {
            self.note_schedule(part, entry.origin);
        }
        let is_replaced = is_live && self.known.replaced.contains(&part);
        if let Some(beside) = self.beside.as_mut().filter(|_| is_replaced) {
            beside.replaced.push((entry.origin, part));
        }
        is_replaced
    }

    /// Notes an agent's part of a schedule that the batch writes.
    pub(super) fn note_schedule(&mut self, part: AgentSchedule, origin: Origin) {
        self.schedules.insert(part);
        if let Some(beside) = &mut self.beside {
            beside.note_writer(part, origin);
        }
    }

    /// Keeps an entry off the timelines that is replaced as a whole, or is of the base.
    #[inline(never)]
    pub(super) fn divert(
        &mut self,
        row: &Row<'_>,
        context: Context,
        entry: &Entry,
    ) -> ControlFlow<()> {
        let is_base = context.role == Role::Base;
        if !is_base && !self.is_replaced(row, context, entry) {
            return ControlFlow::Continue(());
        }
        if is_base {
            self.take_base_entry(row, context, entry);
        } else {
            self.counter.add(row, entry.origin, Fate::Replaced);
            self.list_row(row, context, entry.origin, Fate::Replaced);
            self.note_left_out(row);
        }
        if let Some(beside) = &mut self.beside {
            beside.scatter.push(*entry);
        }
        ControlFlow::Break(())
    }

    /// Notes the part that a record tells beside its shift.
    #[cold]
    pub(super) fn note_part(&mut self, row: &Row<'_>, origin: Origin) {
        let times = [row.word(Field::WithStart), b" ", row.word(Field::WithEnd)].concat();
        self.parts.insert(origin, self.known.keys.of(&times));
    }

    /// Takes what the file as a whole says by an entry of the base.
    fn take_base_entry(&mut self, row: &Row<'_>, context: Context, entry: &Entry) {
        self.counter.add_entry(row, entry.origin);
        let source = &self.run.sources[usize::from(entry.origin.source())];
        if source.facts().repeats == Repeats::InFile && !row.raw(Field::Activities).is_empty() {
            self.with_parts.insert(entry.origin);
        }
        if !row.raw(Field::WithStart).is_empty() {
            self.note_part(row, entry.origin);
        }
        if self.seeks_hours && entry.side().kind == Kind::Shift {
            self.seek_hours(row, context, entry.origin);
        }
        if entry.traits().any(ODD) {
            self.take_oddity(row, *entry);
        }
    }

    /// Notes an unassigned batch record, if it is compared with the base: it writes what has its
    /// id.
    pub(super) fn note_unassigned(&mut self, row: &Row<'_>, context: Context, origin: Origin) {
        let is_named = context.role == Role::Batch && !self.shared_ids;
        if let Some(beside) = self.beside.as_mut().filter(|_| is_named) {
            let id: RecordKey = self.known.keys.of(row.id());
            beside.unassigned.extend(id.is_some().then_some((id, origin)));
        }
    }

    /// Whether an entry starts in weeks of which the batch is the whole schedule, by its own
    /// clock.
    fn is_in_new_week(&self, entry: &Entry) -> bool {
        !self.run.replaced_days.is_empty() && {
            let cache = &mut OffsetCache::default();
            let day = self.run.calendar.day(entry.clock(), entry.start(), cache);
            self.run.is_replaced_day(i64::from(day))
        }
    }

    #[cold]
    pub(super) fn ask(&mut self, source: u16, question: Question) {
        self.undecided.entry(source).or_default().insert(question);
    }

    /// Looks for hours in a shift.
    #[cold]
    pub(super) fn seek_hours(&mut self, row: &Row<'_>, context: Context, origin: Origin) {
        let midnights = has_midnights_alone(row, context.conventions.order);
        self.seeks_hours = self.oddities.note_midnights(midnights, origin);
    }

    /// Notes what is told once for an input.
    #[cold]
    pub(super) fn take_oddity(&mut self, row: &Row<'_>, entry: Entry) {
        if entry.traits().any(Traits::UNKNOWN_STATUS) {
            self.take_status(entry);
        }
        self.oddities.note_dates(row, &entry);
    }

    fn take_status(&mut self, entry: Entry) {
        let (flaw, start) = (Flaw::UnknownStatus, Some(entry.start()));
        let (agent, origin) = (entry.agent, entry.origin);
        note_status(&mut self.statuses, Defect { flaw, origin, agent, start, count: 1 });
    }
}
