//! Rulings and obstacles become the decision which records go, and in what order.

use super::batch::Batch;
use super::obstacles::{Blocked, Need, Obstacles};
use super::units::UnitsOfBatch;
use super::{Keep, Ruling, Wait};
use crate::choose::{self, AgentSpan, Units};
use crate::model::allowed::AllowedFacts;
use crate::model::keys::{AgentKey, QuickMap};
use crate::model::shift::Entry;
use crate::model::source::Origin;
use crate::model::time::Instant;
use crate::schedule::run::Run;
use std::collections::BTreeSet;

/// What becomes of each record.
#[derive(Debug, Clone)]
pub(super) struct RecordRulings {
    pub(super) of_records: Vec<Ruling>,
    /// Entries of the batch, each with what is in its way.
    pub(super) obstacles: Vec<(Entry, Entry)>,
}

impl RecordRulings {
    /// Nothing is in the way of anything so far.
    pub(super) const fn of(of_records: Vec<Ruling>) -> RecordRulings {
        RecordRulings { of_records, obstacles: Vec::new() }
    }

    fn goes(&self, record: usize) -> bool {
        self.of_records[record] == Ruling::Goes
    }

    fn waits(&self, record: u32) -> bool {
        matches!(self.of_records[record as usize], Ruling::Waits(_))
    }
}

/// What goes.
#[derive(Debug)]
pub(super) struct PlanChoice {
    pub(super) rulings: RecordRulings,
    /// Pairs of units of which the first is sent before the second.
    pub(super) before: Vec<(u32, u32)>,
    /// Units with a record that needs a later one of the same unit, so that a server that takes
    /// one after another refuses it.
    pub(super) backward: Vec<u32>,
    /// Whether no larger part can go, and how many more at most.
    pub(super) proven_largest: bool,
    pub(super) possibly_more: u64,
}

/// What is to be decided.
pub(super) struct PlanProblem<'a> {
    pub(super) run: &'a Run<'a>,
    pub(super) batch: &'a Batch,
    pub(super) units: &'a UnitsOfBatch,
    pub(super) obstacles: &'a Obstacles,
    pub(super) keep: Keep,
    /// Overlaps that stand in the way of nothing.
    pub(super) allowed: &'a AllowedFacts,
    /// The time that an entry takes, as far as it counts.
    pub(super) span: &'a (dyn Fn(&Entry) -> (Instant, Instant) + 'a),
    /// Whether a record is live since it was sent before, so that whatever is in its way waits.
    pub(super) is_kept: &'a (dyn Fn(u32) -> bool + 'a),
}

/// A dependency of units: the first goes only if the second does, and after it.
struct UnitNeed<'a> {
    unit: u32,
    on: u32,
    need: &'a Need,
}

/// A shift of the batch and its unit.
type UnitShift<'a> = (u32, &'a Entry);

/// The agent of an entry and the time that it takes.
type EntryKey = (AgentKey, (Instant, Instant));

impl PlanProblem<'_> {
    /// Decides, by what is ruled of each record already.
    pub(super) fn decide(&self, of_records: Vec<Ruling>) -> PlanChoice {
        let mut rulings = RecordRulings::of(of_records);
        let shifts = self.shifts();
        self.rule_live(&mut rulings);
        self.rule_inner(&mut rulings, &shifts);
        for Blocked { entry, by } in &self.obstacles.blocked {
            self.wait_for(&mut rulings, entry, by);
        }
        let needs = self.needs();
        self.spread(&mut rulings, &needs);
        let is_open: Vec<bool> = (0..self.units.count() as u32)
            .map(|unit| self.ruling(&rulings, unit) == Ruling::Goes)
            .collect();
        let mut contended = self.contended(&shifts);
        contended.retain(|unit| is_open[*unit as usize]);
        let mut number = vec![u32::MAX; self.units.count()];
        contended.iter().zip(0..).for_each(|(unit, place)| number[*unit as usize] = place);
        let problem = self.problem((&contended, &number), &shifts, &needs);
        let choice = choose::choose(&problem);
        let goes = |unit: u32| match number[unit as usize] {
            u32::MAX => is_open[unit as usize],
            place => choice.goes[place as usize],
        };
        self.rule_unchosen(&mut rulings, (&contended, &goes), &shifts, &needs);
        let possibly_more = choice.clusters.iter().map(|of| of.bound - of.weight).sum();
        let sent = needs.iter().filter(|of| goes(of.unit) && goes(of.on));
        PlanChoice {
            before: sent.map(|of| (of.on, of.unit)).collect(),
            backward: self.backward(),
            rulings,
            proven_largest: choice.clusters.iter().all(choose::Cluster::is_proven),
            possibly_more,
        }
    }

    /// Shifts that share time with others, each with its unit: to find that among all records
    /// takes longer than all else that is done with it.
    fn shifts(&self) -> Vec<UnitShift<'_>> {
        let shifts = self.obstacles.shifts.iter();
        shifts.filter_map(|entry| Some((self.unit_of(entry.origin)?, entry))).collect()
    }

    /// The units that are in the way of others, or need them, in their order.
    fn contended(&self, shifts: &[UnitShift<'_>]) -> Vec<u32> {
        let Obstacles { conflicts, needs, .. } = self.obstacles;
        let of_conflicts = conflicts.iter().flat_map(|(one, other)| [one.origin, other.origin]);
        let of_needs = needs.iter().flat_map(|need| [need.entry.origin, need.by]);
        let others = of_conflicts.chain(of_needs).filter_map(|origin| self.unit_of(origin));
        let mut units: Vec<u32> = shifts.iter().map(|(unit, _)| *unit).chain(others).collect();
        units.sort_unstable();
        units.dedup();
        units
    }

    fn unit_of(&self, origin: Origin) -> Option<u32> {
        self.batch.find(origin).map(|record| self.units.of_record[record])
    }

    /// Lets a record wait, because something is in the way of an entry of it.
    fn wait_for(&self, rulings: &mut RecordRulings, entry: &Entry, by: &Entry) {
        if let Some(record) = self.batch.find(entry.origin)
            && rulings.goes(record)
        {
            let place = rulings.obstacles.len() as u32;
            rulings.obstacles.push((*entry, *by));
            rulings.of_records[record] = Ruling::Waits(Wait::Obstacle(place));
        }
    }

    /// What is ruled of a unit: it goes if all of its records can.
    fn ruling(&self, rulings: &RecordRulings, unit: u32) -> Ruling {
        rulings.of_records[self.units.records_of(unit)[0] as usize]
    }

    /// Units of which everything is live are not sent. What is live of other units goes again if
    /// it takes the place of what is published, and waits if it would be added.
    fn rule_live(&self, rulings: &mut RecordRulings) {
        let mut entries: QuickMap<Origin, usize> = QuickMap::default();
        for of in &self.obstacles.live {
            *entries.entry(of.entry.origin).or_default() += 1;
        }
        let is_live = |record: &u32| {
            let origin = self.batch.records()[*record as usize].origin;
            let rows = self.batch.rows(*record as usize);
            let live: usize =
                origins_of(rows).iter().filter_map(|origin| entries.get(origin)).sum();
            rulings.goes(*record as usize) && live >= rows.len() && entries.contains_key(&origin)
        };
        let mut live: Vec<u32> = Vec::new();
        for of in &self.obstacles.live {
            live.extend(self.unit_of(of.entry.origin));
        }
        live.sort_unstable();
        live.dedup();
        live.retain(|unit| self.units.records_of(*unit).iter().all(is_live));
        for record in live.iter().flat_map(|unit| self.units.records_of(*unit)) {
            rulings.of_records[*record as usize] = Ruling::Live;
        }
        for of in &self.obstacles.live {
            let replaces = of.entry.id.is_some() && of.entry.id == of.published.id;
            if !replaces {
                self.wait_for(rulings, &of.entry, &of.published);
            }
        }
    }

    /// Lets units wait of which two records are in each other's way.
    fn rule_inner(&self, rulings: &mut RecordRulings, shifts: &[UnitShift<'_>]) {
        let mut shifts: Vec<(u32, Entry)> =
            shifts.iter().map(|(unit, entry)| (*unit, **entry)).collect();
        shifts.sort_by_key(|(unit, entry)| (*unit, entry.agent, (self.span)(entry), entry.origin));
        let of_agent = |one: &(u32, Entry), other: &(u32, Entry)| {
            (one.0, one.1.agent) == (other.0, other.1.agent)
        };
        for together in shifts.chunk_by(of_agent) {
            if together.iter().any(|(_, entry)| self.allowed.may_overlap_some(entry)) {
                self.rule_inner_pairs(rulings, together);
                continue;
            }
            let mut latest = together[0].1;
            for (_, entry) in &together[1..] {
                if (self.span)(entry).0 < (self.span)(&latest).1 {
                    self.wait_for(rulings, entry, &latest);
                }
                if (self.span)(entry).1 > (self.span)(&latest).1 {
                    latest = *entry;
                }
            }
        }
        for (shift, absence) in &self.obstacles.conflicts {
            if self.unit_of(shift.origin) == self.unit_of(absence.origin) {
                self.wait_for(rulings, shift, absence);
            }
        }
    }

    /// The same, pair by pair, where some pairs may overlap.
    fn rule_inner_pairs(&self, rulings: &mut RecordRulings, together: &[(u32, Entry)]) {
        for (place, (_, earlier)) in together.iter().enumerate() {
            let end = (self.span)(earlier).1;
            let later = together[place + 1..].iter().map(|(_, entry)| entry);
            for entry in later.take_while(|entry| (self.span)(entry).0 < end) {
                if !self.allowed.may_overlap(earlier, entry) {
                    self.wait_for(rulings, entry, earlier);
                }
            }
        }
    }

    fn needs(&self) -> Vec<UnitNeed<'_>> {
        let unit_need = |need| {
            let Need { entry, by, .. }: &Need = need;
            let (unit, on) = (self.unit_of(entry.origin)?, self.unit_of(*by)?);
            (unit != on).then_some(UnitNeed { unit, on, need })
        };
        self.obstacles.needs.iter().filter_map(unit_need).collect()
    }

    /// The units with a record that needs a later one of its unit. A file has its records in their
    /// order.
    fn backward(&self) -> Vec<u32> {
        let unit_of = |need: &Need| {
            let [entry, by] = [need.entry.origin, need.by].map(|origin| self.batch.find(origin));
            let units = [entry?, by?].map(|record| self.units.of_record[record]);
            (units[0] == units[1] && entry < by).then_some(units[0])
        };
        self.obstacles.needs.iter().filter_map(unit_of).collect()
    }

    /// Lets whole units wait of which a record does, and units that need those.
    fn spread(&self, rulings: &mut RecordRulings, needs: &[UnitNeed<'_>]) {
        let mut queue: Vec<u32> = Vec::new();
        if let Some(first) = self.waiting_import(rulings) {
            (0..self.units.count() as u32).for_each(|unit| self.hold_back(rulings, unit, first));
        }
        for (records, unit) in self.units.all().zip(0..) {
            if let Some(first) = records.iter().copied().find(|record| rulings.waits(*record)) {
                self.hold_back(rulings, unit, first);
                queue.push(unit);
            } else if self.ruling(rulings, unit) == Ruling::Live {
                queue.push(unit);
            }
        }
        let mut dependents: QuickMap<u32, Vec<usize>> = QuickMap::default();
        for (place, of) in needs.iter().enumerate() {
            dependents.entry(of.on).or_default().push(place);
        }
        while let Some(unit) = queue.pop() {
            for place in dependents.get(&unit).into_iter().flatten() {
                let UnitNeed { unit, need, .. } = needs[*place];
                if self.ruling(rulings, unit) != Ruling::Goes {
                    continue;
                }
                self.wait_for(rulings, &need.entry, &need.published);
                if let Some(record) = self.batch.find(need.entry.origin) {
                    self.hold_back(rulings, unit, record as u32);
                }
                queue.push(unit);
            }
        }
    }

    /// A record that waits of a file that replaces whole weeks. What is published in these weeks
    /// stays then, and nothing was compared with it.
    fn waiting_import(&self, rulings: &RecordRulings) -> Option<u32> {
        let is_import = |record: &usize| {
            let origin = self.batch.records()[*record].origin;
            self.run.sources[usize::from(origin.source())].weeks().is_some()
        };
        let mut waiting = (0..rulings.of_records.len()).filter(|of| rulings.waits(*of as u32));
        waiting.find(is_import).map(|record| record as u32)
    }

    /// Lets the rest of a unit wait with one of its records.
    fn hold_back(&self, rulings: &mut RecordRulings, unit: u32, first: u32) {
        for record in self.units.records_of(unit) {
            let ruling = &mut rulings.of_records[*record as usize];
            if *ruling == Ruling::Goes || *ruling == Ruling::Live {
                *ruling = Ruling::Waits(Wait::With(first));
            }
        }
    }

    fn problem(
        &self,
        (open, number): (&[u32], &[u32]),
        shifts: &[UnitShift<'_>],
        needs: &[UnitNeed<'_>],
    ) -> Units {
        let mut problem = Units {
            weights: open.iter().map(|unit| self.weight(*unit)).collect(),
            spans: vec![None; open.len()],
            ..Units::default()
        };
        let number = |unit: u32| Some(number[unit as usize]).filter(|number| *number != u32::MAX);
        let numbered = |entry: &Entry| self.unit_of(entry.origin).and_then(number);
        let mut shifts: Vec<UnitShift<'_>> =
            shifts.iter().filter_map(|(unit, of)| Some((number(*unit)?, *of))).collect();
        shifts.sort_by_key(|(unit, entry)| (*unit, entry.agent, entry.start()));
        let mut several = Vec::new();
        for of_unit in shifts.chunk_by(|one, other| one.0 == other.0) {
            let (unit, first) = of_unit[0];
            match of_unit {
                [_] if !self.allowed.may_overlap_some(first) => {
                    let (start, end) = (self.span)(first);
                    let agent = first.agent.bits();
                    let (start, end) = (start.millis(), end.millis());
                    problem.spans[unit as usize] = Some(AgentSpan { agent, start, end });
                }
                of_unit => several.extend(of_unit.iter().map(|(unit, entry)| (*unit, **entry))),
            }
        }
        problem.conflicts = self.conflicts(&shifts, &several);
        for (one, other) in &self.obstacles.conflicts {
            problem.conflicts.extend(numbered(one).zip(numbered(other)));
        }
        problem.needs = needs.iter().filter_map(|of| number(of.unit).zip(number(of.on))).collect();
        problem
    }

    fn weight(&self, unit: u32) -> u64 {
        /// More than all records of a batch, and all minutes of them.
        const KEPT: u64 = 1 << 40;
        let records = self.units.records_of(unit);
        if records.iter().any(|record| (self.is_kept)(*record)) {
            return KEPT;
        }
        match self.keep {
            Keep::MostShifts => records.len() as u64,
            Keep::MostHours => {
                let rows = |record: &u32| origins_of(self.batch.rows(*record as usize));
                let minutes = |origin: Origin| self.obstacles.minutes.get(&origin).copied();
                records.iter().flat_map(rows).filter_map(minutes).sum()
            }
        }
    }

    /// Pairs of units of which at least one claims several spans, or may overlap some others, so
    /// that its spans do not tell what is in its way.
    fn conflicts(&self, shifts: &[(u32, &Entry)], several: &[(u32, Entry)]) -> Vec<(u32, u32)> {
        let mut pairs = BTreeSet::new();
        if several.is_empty() {
            return Vec::new();
        }
        let mut sorted: Vec<(u32, &Entry)> = shifts.to_vec();
        sorted.sort_by_key(|(unit, entry)| (entry.agent, (self.span)(entry), *unit));
        let longest = sorted.iter().map(|(_, entry)| {
            let (start, end) = (self.span)(entry);
            end - start
        });
        let longest = longest.max().unwrap_or(0);
        for (unit, entry) in several {
            let (start, end) = (self.span)(entry);
            let from = sorted.partition_point(|(_, of)| {
                (of.agent, (self.span)(of).0) < (entry.agent, start.saturating_add(-longest))
            });
            let near = sorted[from..]
                .iter()
                .take_while(|(_, of)| of.agent == entry.agent && (self.span)(of).0 < end);
            for (other, of) in near {
                let meets = (self.span)(of).1 > start && !self.allowed.may_overlap(entry, of);
                if other != unit && meets {
                    pairs.insert((*unit.min(other), *unit.max(other)));
                }
            }
        }
        pairs.into_iter().collect()
    }

    /// Lets units wait that were not chosen, each with the record that goes in its place.
    fn rule_unchosen(
        &self,
        rulings: &mut RecordRulings,
        (contended, goes): (&[u32], &dyn Fn(u32) -> bool),
        shifts: &[UnitShift<'_>],
        needs: &[UnitNeed<'_>],
    ) {
        let is_unchosen = |rulings: &RecordRulings, unit: u32| {
            self.ruling(rulings, unit) == Ruling::Goes && !goes(unit)
        };
        let waits = |rulings: &RecordRulings, entry: &Entry| {
            self.unit_of(entry.origin).is_some_and(|unit| is_unchosen(rulings, unit))
        };
        let sent = |entry: &Entry| self.unit_of(entry.origin).is_some_and(goes);
        let mut found: Vec<(Entry, Entry)> = Vec::new();
        // The keys stand beside the entries: to look them up in entries all over the memory takes
        // twice as long.
        let going = shifts.iter().filter(|(unit, _)| goes(*unit));
        let mut going: Vec<(EntryKey, &Entry)> =
            going.map(|(_, entry)| ((entry.agent, (self.span)(entry)), *entry)).collect();
        self.run.pool.sort(&mut going, |(one, _), (other, _)| one.cmp(other));
        for (_, entry) in shifts.iter().filter(|(unit, _)| is_unchosen(rulings, *unit)) {
            let (start, end) = (self.span)(entry);
            // What goes does not overlap, so that one that starts before may be the only one,
            // unless overlaps are allowed.
            let near = if self.allowed.has_overlaps() { usize::MAX } else { 2 };
            let after =
                going.partition_point(|((agent, span), _)| (*agent, span.0) < (entry.agent, end));
            let by = going[..after].iter().rev().take_while(|((of, _), _)| *of == entry.agent);
            let mut by = by.take(near);
            let by =
                by.find(|((_, span), of)| span.1 > start && !self.allowed.may_overlap(entry, of));
            found.extend(by.map(|(_, by)| (**entry, **by)));
        }
        for (one, other) in &self.obstacles.conflicts {
            for (entry, by) in [(one, other), (other, one)] {
                if waits(rulings, entry) && sent(by) {
                    found.push((*entry, *by));
                }
            }
        }
        for of in needs.iter().filter(|of| !goes(of.on)) {
            if waits(rulings, &of.need.entry) {
                found.push((of.need.entry, of.need.published));
            }
        }
        for (entry, by) in found {
            self.wait_for(rulings, &entry, &by);
        }
        for unit in contended.iter().filter(|unit| !goes(**unit)) {
            let records = self.units.records_of(*unit);
            if !records.iter().any(|record| rulings.goes(*record as usize)) {
                continue;
            }
            match records.iter().copied().find(|record| rulings.waits(*record)) {
                Some(first) => self.hold_back(rulings, *unit, first),
                None => {
                    for record in records {
                        rulings.of_records[*record as usize] = Ruling::Waits(Wait::Cluster);
                    }
                }
            }
        }
    }
}

/// Where the rows of a record begin, each once.
fn origins_of(rows: &[crate::model::inventory::ListedRow]) -> Vec<Origin> {
    let mut origins: Vec<Origin> = rows.iter().map(|row| row.origin).collect();
    origins.dedup();
    origins
}
