//! Finds what became of the entries of the records that are asked for.

use crate::analyze::observer::{LeftOut, TimelineObserver, first_of, shifts_around};
use crate::model::allowed::AllowedFacts;
use crate::model::fate::Fate;
use crate::model::inventory::ListedRow;
use crate::model::keys::{AgentKey, QuickMap, QuickSet};
use crate::model::shift::Entry;
use crate::model::source::Origin;
use crate::schedule::Schedule;
use std::sync::{Mutex, PoisonError};

/// Keeps the timelines on which some entries are.
pub(super) struct TimelineKeeper {
    wanted: QuickSet<Origin>,
    kept: Mutex<Vec<KeptTimeline>>,
}

/// A timeline as the check compares it, and what it leaves out.
#[derive(Debug)]
pub(super) struct KeptTimeline {
    pub(super) compared: Vec<Entry>,
    left_out: LeftOut,
}

impl TimelineKeeper {
    /// Keeps the timelines of the entries whose rows begin there.
    pub(super) fn new(wanted: QuickSet<Origin>) -> TimelineKeeper {
        TimelineKeeper { wanted, kept: Mutex::new(Vec::new()) }
    }

    /// The timelines, in an order that does not depend on threads.
    pub(super) fn finish(self) -> Vec<KeptTimeline> {
        let mut kept = self.kept.into_inner().unwrap_or_else(PoisonError::into_inner);
        kept.sort_by_key(|of| of.all().map(|entry| entry.origin).min());
        kept
    }
}

impl TimelineObserver for TimelineKeeper {
    fn look(&self, compared: &[Entry], left_out: &LeftOut) {
        let LeftOut { repeated, replaced, carried, parts } = left_out;
        let mut all = [compared, repeated, replaced, carried, parts].into_iter().flatten();
        if all.any(|entry| self.wanted.contains(&entry.origin)) {
            let kept = KeptTimeline { compared: compared.to_vec(), left_out: left_out.clone() };
            self.kept.lock().unwrap_or_else(PoisonError::into_inner).push(kept);
        }
    }
}

impl KeptTimeline {
    fn all(&self) -> impl Iterator<Item = &Entry> {
        let LeftOut { repeated, replaced, carried, parts } = &self.left_out;
        [&self.compared, repeated, replaced, carried, parts].into_iter().flatten()
    }
}

/// What became of an entry, if it is not compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Absence {
    /// It is another record again.
    Repeated(Option<Origin>),
    /// A batch record takes its place, or deletes it.
    Replaced(Option<Origin>),
    /// The schedule carries it already.
    Carried,
    /// It is a part of a shift.
    Part(Option<Origin>),
    /// An approved swap gives it to another agent, with whom the batch has it.
    HandedOver(Origin),
    /// The record itself was skipped.
    Skipped(Fate),
}

/// An entry that is compared: its place, and that of its timeline.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    pub(super) entry: Entry,
    pub(super) timeline: usize,
}

/// What became of the entries of some records.
pub(super) struct Standings<'a> {
    pub(super) schedule: &'a Schedule<'a>,
    rows: &'a [ListedRow],
    pub(super) allowed: &'a AllowedFacts,
    pub(super) timelines: Vec<KeptTimeline>,
    compared: QuickMap<Origin, Vec<Placed>>,
    absent: QuickMap<Origin, Absence>,
}

impl<'a> Standings<'a> {
    /// Of the entries on these timelines.
    pub(super) fn new(
        schedule: &'a Schedule<'a>,
        rows: &'a [ListedRow],
        timelines: Vec<KeptTimeline>,
        allowed: &'a AllowedFacts,
    ) -> Standings<'a> {
        let mut compared: QuickMap<Origin, Vec<Placed>> = QuickMap::default();
        let mut absent = QuickMap::default();
        for handed_over in &schedule.settled.handed_over {
            absent.insert(handed_over.published.origin, Absence::HandedOver(handed_over.by));
        }
        for (timeline, kept) in timelines.iter().enumerate() {
            for entry in &kept.compared {
                let placed = Placed { entry: *entry, timeline };
                compared.entry(entry.origin).or_default().push(placed);
            }
            let LeftOut { repeated, carried, parts, .. } = &kept.left_out;
            for entry in repeated {
                let first = first_of(&kept.compared, entry).map(|first| first.origin);
                absent.insert(entry.origin, Absence::Repeated(first));
            }
            let cancelled = &schedule.collected.cancelled;
            for (entry, by) in kept.left_out.replaced_by(&kept.compared, cancelled) {
                absent.insert(entry.origin, Absence::Replaced(by));
            }
            absent.extend(carried.iter().map(|entry| (entry.origin, Absence::Carried)));
            for entry in parts {
                let whole = shifts_around(schedule, &kept.compared, entry).next();
                absent.insert(entry.origin, Absence::Part(whole.map(|whole| whole.origin)));
            }
        }
        Standings { schedule, rows, allowed, timelines, compared, absent }
    }

    /// The rows of a record: one for each of its dates or agents.
    pub(super) fn rows_of(&self, record: Origin) -> &'a [ListedRow] {
        rows_of(self.rows, record)
    }

    /// The entries of a record that are compared.
    pub(super) fn compared(&self, record: Origin) -> Vec<Placed> {
        let mut origins: Vec<Origin> = self.rows_of(record).iter().map(|row| row.origin).collect();
        origins.dedup();
        origins.iter().filter_map(|origin| self.compared.get(origin)).flatten().copied().collect()
    }

    /// Why no entry of a record is compared; `None` for a record that claims no time.
    pub(super) fn absence(&self, record: Origin) -> Option<Absence> {
        let rows = self.rows_of(record);
        let taken = rows.iter().find_map(|row| self.absent.get(&row.origin));
        match taken {
            Some(absence) => Some(*absence),
            None => Some(Absence::Skipped(ListedRow::fate_of(rows)?)),
        }
    }

    /// The record in which a row begins there.
    pub(super) fn record_of(&self, row: Origin) -> Origin {
        let place = self.rows.partition_point(|of| of.record <= row);
        // The rows of a record of several agents can begin behind it.
        let near = self.rows[..place].last().map_or(row, |of| of.record);
        let holds = self.rows_of(near).iter().any(|of| of.origin == row);
        if holds { near } else { row }
    }

    /// The entries that share time with one; if none does, those before and after it.
    pub(super) fn near(&self, placed: &Placed) -> Vec<Placed> {
        let timeline = &self.timelines[placed.timeline].compared;
        let others = timeline.iter().filter(|other| other.origin != placed.entry.origin);
        let others = others.map(|entry| Placed { entry: *entry, timeline: placed.timeline });
        let others: Vec<Placed> = others.collect();
        let widest = |of: &Placed| (of.entry.start(), of.entry.end());
        let own = widest(placed);
        let meeting = others.iter().filter(|other| {
            let (start, end) = widest(other);
            start < own.1 && own.0 < end
        });
        let meeting: Vec<Placed> = meeting.copied().collect();
        if !meeting.is_empty() {
            return meeting;
        }
        let before = others.iter().filter(|of| widest(of).1 <= own.0).max_by_key(|of| widest(of).1);
        let after = others.iter().filter(|of| own.1 <= widest(of).0).min_by_key(|of| widest(of).0);
        before.into_iter().chain(after).copied().collect()
    }

    /// The agents of a record.
    pub(super) fn agents(&self, record: Origin) -> impl Iterator<Item = AgentKey> {
        self.rows_of(record).iter().map(|row| row.agent)
    }
}

/// The rows of a record, of all rows in their order.
pub(super) fn rows_of(rows: &[ListedRow], record: Origin) -> &[ListedRow] {
    let first = rows.partition_point(|row| row.record < record);
    let after = rows.partition_point(|row| row.record <= record);
    &rows[first..after]
}
