//! Two records and their entries become the relation in which they stand.

use super::standing::{Absence, Placed, Standings};
use crate::calendar::OffsetCache;
use crate::judge::rule_of_overlap;
use crate::model::fact::Overlap;
use crate::model::fate::Fate;
use crate::model::rule::Rule;
use crate::model::source::Origin;
use crate::model::time::Instant;
use std::collections::{BTreeMap, BTreeSet};

/// How two records stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// A finding names both.
    Conflict,
    /// Findings name both, and allowances allow them.
    Allowed,
    /// They overlap, and the rule about it is off.
    RuleOff,
    /// They overlap, and both are published.
    BothLive,
    /// They overlap, and no rule is about records of their kinds.
    NoRule,
    /// One ends when the other starts.
    Adjacent,
    /// There is time between them.
    Apart,
    /// They are of different agents.
    OtherAgent,
    /// Their agents differ in the spelling of their names only.
    OtherSpelling,
    /// One was moved to another agent by an approved swap.
    Moved,
    /// One could not be read.
    Unreadable,
    /// One was skipped.
    Skipped,
    /// One is replaced by a record of the batch.
    Replaced,
    /// One is another record again.
    Merged,
    /// The schedule carries the time off already.
    Carried,
    /// One is a part of a shift.
    PartOfShift,
}

impl Relation {
    /// The word of the JSON document: `rule-off`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Relation::Conflict => "conflict",
            Relation::Allowed => "allowed",
            Relation::RuleOff => "rule-off",
            Relation::BothLive => "both-live",
            Relation::NoRule => "no-rule",
            Relation::Adjacent => "adjacent",
            Relation::Apart => "apart",
            Relation::OtherAgent => "other-agent",
            Relation::OtherSpelling => "other-spelling",
            Relation::Moved => "moved",
            Relation::Unreadable => "unreadable",
            Relation::Skipped => "skipped",
            Relation::Replaced => "replaced",
            Relation::Merged => "merged",
            Relation::Carried => "carried",
            Relation::PartOfShift => "part-of-shift",
        }
    }
}

/// Two records, and what decides how they stand to each other.
#[derive(Debug)]
pub(super) struct RecordPair {
    /// Where they begin.
    pub(super) records: [Origin; 2],
    pub(super) bond: Bond,
    /// The milliseconds between them, 0 if they share time; `None` if one has no time that is
    /// compared.
    gap: Option<i64>,
    /// Whether they share time, and may.
    is_allowed: bool,
}

/// What decides how two records stand to each other.
#[derive(Debug)]
pub(super) enum Bond {
    /// They share time, and the rule is about it if there is one.
    Overlap(Overlap, Option<&'static Rule>),
    /// The first ends so many milliseconds before the second starts.
    Apart { earlier: Placed, later: Placed, gap: i64 },
    /// Their agents differ.
    OtherAgent { one: Placed, other: Placed },
    /// The record with this place among the two is not compared.
    Absent(usize, Absence),
}

impl RecordPair {
    /// Their overlap, if a rule is about it.
    pub(super) fn overlap(&self) -> Option<(&Overlap, &'static Rule)> {
        match &self.bond {
            Bond::Overlap(overlap, Some(rule)) => Some((overlap, rule)),
            _ => None,
        }
    }

    /// Where the records begin that have to be known to explain them.
    pub(super) fn origins(&self) -> Vec<Origin> {
        let by = match &self.bond {
            Bond::Absent(_, absence) => absence.by(),
            _ => None,
        };
        self.records.into_iter().chain(by).collect()
    }

    /// Nearest first, and then in the order of the files.
    fn order(&self) -> (bool, i64, bool, [Origin; 2]) {
        (self.gap.is_none(), self.gap.unwrap_or(0), self.is_allowed, self.records)
    }
}

impl Absence {
    /// The record that is compared in its place.
    pub(super) const fn by(self) -> Option<Origin> {
        match self {
            Absence::Repeated(by) | Absence::Replaced(by) | Absence::Part(by) => by,
            Absence::HandedOver(by) => Some(by),
            Absence::Carried | Absence::Skipped(_) => None,
        }
    }

    pub(super) const fn relation(self) -> Relation {
        match self {
            Absence::Repeated(_) | Absence::Skipped(Fate::Merged) => Relation::Merged,
            Absence::Replaced(_) | Absence::Skipped(Fate::Replaced) => Relation::Replaced,
            Absence::Carried => Relation::Carried,
            Absence::Part(_) => Relation::PartOfShift,
            Absence::HandedOver(_) => Relation::Moved,
            Absence::Skipped(Fate::Unreadable) => Relation::Unreadable,
            Absence::Skipped(_) => Relation::Skipped,
        }
    }
}

/// Pairs of records, the nearest first.
pub(super) struct PairRelations {
    /// The first of them.
    pub(super) pairs: Vec<RecordPair>,
    /// How many there are.
    pub(super) count: u64,
    /// How many of them overlap by a rule that is on, and may not.
    pub(super) overlaps: u64,
}

impl PairRelations {
    /// Each of some records with each of others.
    pub(super) fn between(
        standings: &Standings<'_>,
        (ones, others): (&BTreeSet<Origin>, &BTreeSet<Origin>),
        most: usize,
    ) -> PairRelations {
        let mut pairs: BTreeMap<[Origin; 2], RecordPair> = BTreeMap::new();
        let offset_cache = &mut OffsetCache::default();
        let placed = |records: &BTreeSet<Origin>| -> Vec<(Origin, Vec<Placed>)> {
            records.iter().map(|record| (*record, standings.compared(*record))).collect()
        };
        let (ones, others) = (placed(ones), placed(others));
        for (one, of_one) in &ones {
            for (other, of_other) in &others {
                let mut records = [(*one, of_one), (*other, of_other)];
                records.sort_by_key(|(origin, _)| *origin);
                let origins = records.map(|(origin, _)| origin);
                if one != other && !pairs.contains_key(&origins) {
                    let pair = relate(standings, records, offset_cache);
                    pairs.insert(origins, pair);
                }
            }
        }
        PairRelations::nearest(standings, pairs.into_values().collect(), most)
    }

    /// Records with what shares time with them, and else with what comes before and after.
    pub(super) fn around(
        standings: &Standings<'_>,
        records: &BTreeSet<Origin>,
        most: usize,
    ) -> PairRelations {
        let mut pairs: BTreeMap<[Origin; 2], RecordPair> = BTreeMap::new();
        let offset_cache = &mut OffsetCache::default();
        for record in records {
            let own = standings.compared(*record);
            for placed in &own {
                let near = standings.near(placed);
                for other in near {
                    let record_of = standings.record_of(other.entry.origin);
                    let mut both = [(*record, vec![*placed]), (record_of, vec![other])];
                    both.sort_by_key(|(origin, _)| *origin);
                    let origins = [both[0].0, both[1].0];
                    if origins[0] == origins[1] {
                        continue;
                    }
                    let refs = [(both[0].0, &both[0].1), (both[1].0, &both[1].1)];
                    let pair = relate(standings, refs, offset_cache);
                    let is_nearer = |known: &RecordPair| pair.order() < known.order();
                    if pairs.get(&origins).is_none_or(is_nearer) {
                        pairs.insert(origins, pair);
                    }
                }
            }
        }
        PairRelations::nearest(standings, pairs.into_values().collect(), most)
    }

    fn nearest(
        standings: &Standings<'_>,
        mut pairs: Vec<RecordPair>,
        most: usize,
    ) -> PairRelations {
        let settings = standings.schedule.run.settings;
        let is_on =
            |pair: &RecordPair| pair.overlap().is_some_and(|(_, rule)| settings.is_on(rule.code));
        let counts = |pair: &&RecordPair| !pair.is_allowed && is_on(pair);
        let (count, overlaps) = (pairs.len() as u64, pairs.iter().filter(counts).count() as u64);
        pairs.sort_by_key(RecordPair::order);
        pairs.truncate(most);
        PairRelations { pairs, count, overlaps }
    }
}

/// How two records stand to each other, by those of their entries that are nearest.
fn relate(
    standings: &Standings<'_>,
    [(one, of_one), (other, of_other)]: [(Origin, &Vec<Placed>); 2],
    offset_cache: &mut OffsetCache,
) -> RecordPair {
    let records = [one, other];
    let all = of_one.iter().flat_map(|one| of_other.iter().map(move |other| (one, other)));
    let allowed =
        |one: &Placed, other: &Placed| standings.allowed.may_overlap(&one.entry, &other.entry);
    let nearest = all.min_by_key(|(one, other)| {
        let is_apart = one.timeline != other.timeline;
        let gap = gap(standings, one, other);
        let order = (one.entry.order(), other.entry.order());
        // All that overlap are equally near to what may not.
        (is_apart, gap.max(-1), allowed(one, other), gap, order)
    });
    let Some((one, other)) = nearest else {
        let absent = |place: usize| {
            let absence = standings.absence(records[place])?;
            Some(Bond::Absent(place, absence))
        };
        let place = usize::from(!of_one.is_empty());
        let unknown = Bond::Absent(place, Absence::Skipped(Fate::Checked));
        let bond = absent(place).unwrap_or(unknown);
        return RecordPair { records, bond, gap: None, is_allowed: false };
    };
    let is_allowed = allowed(one, other);
    let between = gap(standings, one, other);
    if one.timeline != other.timeline {
        let bond = Bond::OtherAgent { one: *one, other: *other };
        return RecordPair { records, bond, gap: Some(between.max(0)), is_allowed };
    }
    let bond = match standings.schedule.overlap_of([&one.entry, &other.entry], offset_cache) {
        Some(overlap) => {
            let rule = rule_of_overlap(&overlap.overlap_kind);
            Bond::Overlap(overlap, rule.filter(|_| one.entry.side().relates(other.entry.side())))
        }
        None => {
            let start = |of: &Placed| standings.schedule.readings(&of.entry).chosen.0;
            let (earlier, later) =
                if start(other) < start(one) { (other, one) } else { (one, other) };
            Bond::Apart { earlier: *earlier, later: *later, gap: between }
        }
    };
    RecordPair { records, bond, gap: Some(between.max(0)), is_allowed }
}

/// The milliseconds between two entries as they are read; less than 0 if they share time.
pub(super) fn gap(standings: &Standings<'_>, one: &Placed, other: &Placed) -> i64 {
    let [one, other] = [one, other].map(|of| standings.schedule.readings(&of.entry).chosen);
    let between = |end: Instant, start: Instant| start.checked_since(end).unwrap_or(i64::MAX);
    between(one.1, other.0).max(between(other.1, one.0))
}
