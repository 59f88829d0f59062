//! Counts facts by the rules that are on, and lists the first of them.

mod listing;

use crate::judge::{rule_of_flaw, rule_of_notice};
use crate::model::fact::{Defect, Notice, NoticeKind, Overlap, OverlapKind};
use crate::model::keys::AgentKey;
use crate::model::rule::{Rule, Severity};
use crate::model::settings::Settings;
use crate::model::shift::Entry;
use crate::model::source::Origin;
use listing::{Capacity, CappedList, Item};
use std::collections::BTreeMap;

/// Findings by rule and severity: info, warning, error.
pub(crate) type FindingTotals = BTreeMap<&'static str, [u64; 3]>;

/// Something that is found, before it is put into words.
#[derive(Debug, Clone)]
pub(crate) enum Listable {
    Overlap(Overlap),
    Defect(Defect),
    Notice(Box<Notice>),
    Misfit(Misfit),
}

/// That something does not fit within a shift, which is read again for what it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Misfit {
    pub(crate) kind: NoticeKind,
    /// Where the shift stands.
    pub(crate) origin: Origin,
    /// The key of its agent.
    pub(crate) agent: AgentKey,
    /// Its number among those of the shift and kind.
    pub(crate) number: u64,
}

/// What was found: counted, and listed as far as there is room.
pub(crate) struct FactLedger<'s> {
    settings: &'s Settings,
    totals: FindingTotals,
    /// Records that could not be checked, whatever rules are on.
    holes: u64,
    listing: CappedList,
}

/// What a ledger holds in the end.
pub(crate) struct Balance {
    pub(crate) totals: FindingTotals,
    pub(crate) holes: u64,
    pub(crate) facts: Vec<Listable>,
    pub(crate) neighbours: Vec<Vec<Entry>>,
    /// How many findings are only not listed because of the limit for all.
    pub(crate) withheld: u64,
}

impl<'s> FactLedger<'s> {
    /// An empty one.
    pub(crate) fn new(settings: &'s Settings) -> FactLedger<'s> {
        let size = |most: u64| usize::try_from(most).unwrap_or(usize::MAX);
        let room =
            Capacity { per_agent: size(settings.max_per_agent), all: size(settings.max_findings) };
        FactLedger {
            settings,
            totals: FindingTotals::new(),
            holes: 0,
            listing: CappedList::new(room),
        }
    }

    /// Whether it knows of a record that could not be checked.
    pub(crate) const fn has_holes(&self) -> bool {
        self.holes > 0
    }

    /// Takes out all that it holds.
    pub(crate) fn take(&mut self) -> FactLedger<'s> {
        let empty = FactLedger::new(self.settings);
        std::mem::replace(self, empty)
    }

    /// An empty one that lists nothing which this one would not.
    pub(crate) fn beside(&self) -> FactLedger<'s> {
        FactLedger { listing: self.listing.beside(), ..FactLedger::new(self.settings) }
    }

    /// The severity of a rule that is on.
    pub(crate) fn level(&self, rule: &Rule) -> Option<Severity> {
        self.settings.levels.get(rule.code).copied()
    }

    /// The most findings of one rule that are listed for one agent.
    pub(crate) fn per_agent(&self) -> usize {
        self.listing.room.per_agent
    }

    /// Counts findings of a rule that is on.
    pub(crate) fn count(&mut self, rule: &Rule, severity: Severity, count: u64) {
        self.totals.entry(rule.code).or_default()[severity as usize] += count;
    }

    /// Lists a fact that was counted, of an agent whose facts of this rule are
    /// complete and within [`FactLedger::per_agent`]; whether it may be listed.
    pub(crate) fn list(&mut self, rule: &Rule, fact: Listable) -> bool {
        self.listing.offer(Item::new(rule, fact))
    }

    /// Counts and lists a flaw of a record that is on no timeline.
    pub(crate) fn add_defect(&mut self, defect: Defect) {
        let rule = rule_of_flaw(defect.flaw);
        self.holes += u64::from(rule.hole.is_some());
        if let Some(level) = self.level(rule) {
            self.count(rule, level, 1);
            let fact = Listable::Defect(defect);
            self.listing.offer_scattered(Item::new(rule, fact));
        }
    }

    /// Counts and lists a notice.
    pub(crate) fn add_notice(&mut self, notice: Notice) {
        let rule = rule_of_notice(notice.kind);
        if let Some(level) = self.level(rule) {
            self.count(rule, notice_severity(level, &notice), 1);
            self.list_scattered(notice);
        }
    }

    /// Lists a notice that was counted, if its rule is on.
    pub(crate) fn list_scattered(&mut self, notice: Notice) {
        let rule = rule_of_notice(notice.kind);
        if self.level(rule).is_some() {
            let fact = Listable::Notice(Box::new(notice));
            self.listing.offer_scattered(Item::new(rule, fact));
        }
    }

    /// Takes the notices about one agent, of whom no other ledger has any of their rules.
    pub(crate) fn of_agent(&mut self) -> AgentNotices<'_, 's> {
        AgentNotices { ledger: self, listed: BTreeMap::new() }
    }

    /// Adds the entries near the overlaps of an agent, of which one is listed.
    pub(crate) fn add_neighbours(&mut self, neighbours: Vec<Entry>) {
        match self.listing.neighbours.last_mut() {
            Some(part) => part.extend(neighbours),
            None => self.listing.neighbours.push(neighbours),
        }
    }

    /// Adds what another one holds.
    pub(crate) fn join(&mut self, other: FactLedger<'_>) {
        for (code, counts) in other.totals {
            let total = self.totals.entry(code).or_default();
            total.iter_mut().zip(counts).for_each(|(sum, more)| *sum += more);
        }
        self.holes += other.holes;
        self.listing.join(other.listing);
    }

    /// What it holds in the end.
    pub(crate) fn finish(self) -> Balance {
        let (facts, neighbours, withheld) = self.listing.finish();
        Balance { totals: self.totals, holes: self.holes, facts, neighbours, withheld }
    }
}

/// The notices about one agent, counted, and listed up to the limit for one agent.
pub(crate) struct AgentNotices<'l, 's> {
    ledger: &'l mut FactLedger<'s>,
    /// How many were listed, by the code of the rule.
    listed: BTreeMap<&'static str, usize>,
}

impl AgentNotices<'_, '_> {
    /// Counts a notice, and lists it while there is room, if its rule is on.
    pub(crate) fn add(&mut self, notice: Notice) {
        let rule = rule_of_notice(notice.kind);
        let Some(level) = self.ledger.level(rule) else { return };
        self.ledger.count(rule, notice_severity(level, &notice), 1);
        let listed = self.listed.entry(rule.code).or_default();
        if *listed < self.ledger.per_agent() {
            *listed += 1;
            self.ledger.list(rule, Listable::Notice(Box::new(notice)));
        }
    }
}

/// A pair that only overlaps if a local time is read another way than it was
/// is a warning at most.
pub(crate) fn overlap_severity(level: Severity, overlap_kind: &OverlapKind) -> Severity {
    if overlap_kind.chosen { level } else { level.min(Severity::Warning) }
}

/// A notice that is mild is a warning at most.
pub(crate) fn notice_severity(level: Severity, notice: &Notice) -> Severity {
    if notice.mild { level.min(Severity::Warning) } else { level }
}
