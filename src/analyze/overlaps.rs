//! Timelines become overlaps, counted and listed.

use super::causes;
use super::glance::Glance;
use crate::calendar::OffsetCache;
use crate::judge::{RULES, rule_of_overlap};
use crate::ledger::{FactLedger, Listable, overlap_severity};
use crate::model::fact::{Overlap, OverlapKind};
use crate::model::settings::Settings;
use crate::model::shift::{Entry, Readings, Side};
use crate::model::time::Instant;
use crate::schedule::Schedule;
use crate::sweep::{self, Slot, SweepOptions, Timeline};

/// How many entries that share time are copied out of their timeline to be swept.
/// More are swept where they lie, among those that do not.
const MOST_COPIED: usize = 1 << 14;

/// Finds overlaps by the rules that are on.
pub(super) struct OverlapFinder<'a> {
    schedule: &'a Schedule<'a>,
    options: SweepOptions,
}

impl<'a> OverlapFinder<'a> {
    pub(super) fn new(schedule: &'a Schedule<'a>) -> OverlapFinder<'a> {
        OverlapFinder { schedule, options: options(schedule.run.settings) }
    }

    /// Sweeps a timeline, as far as its entries share time.
    pub(super) fn visit(
        &self,
        timeline: &[Entry],
        glance: Glance,
        ledger: &mut FactLedger<'_>,
        offset_cache: &mut OffsetCache,
    ) {
        if timeline.len() < 2 {
            return;
        }
        let related = |one: Side| {
            let related = &self.options.related[one.number()];
            glance.has(one) && glance.any(|other| related[other.number()])
        };
        if !Side::all().any(related) {
            return;
        }
        let span = |entry: &Entry| (entry.start(), entry.end());
        match sweep::entangled(timeline, span, MOST_COPIED) {
            Some(entangled) if entangled.is_empty() => {}
            Some(entangled) => {
                let slots: Vec<Slot> =
                    entangled.iter().map(|entry| self.slot(entry, offset_cache)).collect();
                let found = sweep::sweep(&slots[..], &self.options);
                self.note_found(&found, &slots[..], (&entangled, timeline), ledger);
            }
            None => {
                let days =
                    timeline.iter().map(|entry| self.schedule.day(entry, offset_cache)).collect();
                let lying = Lying { finder: self, entries: timeline, days };
                let found = sweep::sweep(&lying, &self.options);
                self.note_found(&found, &lying, (timeline, timeline), ledger);
            }
        }
    }

    /// Counts and lists what the sweep of some entries of a timeline found.
    fn note_found(
        &self,
        found: &sweep::SweepResult,
        slots: &(impl Timeline + ?Sized),
        (swept, timeline): (&[Entry], &[Entry]),
        ledger: &mut FactLedger<'_>,
    ) {
        for (number, count) in found.tally.iter().enumerate().filter(|(_, count)| **count > 0) {
            let overlap_kind = OverlapKind::from_number(number);
            let rule = rule_of_overlap(&overlap_kind);
            let level = rule.and_then(|rule| ledger.level(rule));
            if let (Some(rule), Some(level)) = (rule, level) {
                ledger.count(rule, overlap_severity(level, &overlap_kind), *count);
            }
        }
        let mut listed = false;
        for pair in &found.pairs {
            let Some(rule) = rule_of_overlap(&pair.overlap_kind) else { continue };
            let cluster = found.clusters[pair.later as usize];
            let (mut earlier, mut later) = (pair.earlier, pair.later);
            if pair.overlap_kind.chosen && slots.slot(later).chosen.0 < slots.slot(earlier).chosen.0
            {
                (earlier, later) = (later, earlier);
            }
            let Some(shared) = slots.slot(earlier).shared(&slots.slot(later)) else {
                unreachable!("two slots of a pair share time")
            };
            let overlap = Overlap {
                earlier: swept[earlier as usize],
                later: swept[later as usize],
                overlap_kind: pair.overlap_kind,
                certain: pair.certain,
                shared,
                cluster: swept[cluster as usize].origin,
            };
            listed |= ledger.list(rule, Listable::Overlap(overlap));
        }
        if listed {
            ledger.add_neighbours(causes::near(self.schedule.run, timeline, swept, &found.pairs));
        }
    }

    fn slot(&self, entry: &Entry, offset_cache: &mut OffsetCache) -> Slot {
        self.slot_on(entry, self.schedule.day(entry, offset_cache))
    }

    fn slot_on(&self, entry: &Entry, day: i32) -> Slot {
        let Readings { chosen, narrowest } = self.schedule.readings(entry);
        Slot { start: entry.start(), end: entry.end(), chosen, narrowest, day, side: entry.side() }
    }
}

/// A timeline that is swept where it lies.
struct Lying<'f, 'a> {
    finder: &'f OverlapFinder<'a>,
    entries: &'f [Entry],
    /// The local days on which they start.
    days: Vec<i32>,
}

impl Timeline for Lying<'_, '_> {
    fn len(&self) -> usize {
        self.entries.len()
    }

    fn slot(&self, place: u32) -> Slot {
        self.finder.slot_on(&self.entries[place as usize], self.day(place))
    }

    fn start(&self, place: u32) -> Instant {
        self.entries[place as usize].start()
    }

    fn end(&self, place: u32) -> Instant {
        self.entries[place as usize].end()
    }

    fn day(&self, place: u32) -> i32 {
        self.days[place as usize]
    }

    fn side(&self, place: u32) -> Side {
        self.entries[place as usize].side()
    }
}

/// Which overlaps are counted and listed, by the rules that are on.
fn options(settings: &Settings) -> SweepOptions {
    let mut options = SweepOptions {
        groups: [None; OverlapKind::COUNT],
        related: [[false; Side::COUNT]; Side::COUNT],
        cap: settings.max_per_agent,
    };
    for number in 0..OverlapKind::COUNT {
        let overlap_kind = OverlapKind::from_number(number);
        let Some(rule) = rule_of_overlap(&overlap_kind) else { continue };
        let (one, other) = (overlap_kind.sides.0.number(), overlap_kind.sides.1.number());
        options.related[one][other] = true;
        options.related[other][one] = true;
        let place = RULES.iter().position(|known| *known == rule);
        let on = settings.is_on(rule.code) && !settings.observes_timelines;
        options.groups[number] = place.filter(|_| on).and_then(|place| u8::try_from(place).ok());
    }
    options
}
