//! Findings are counted, and the first of them listed.
//!
//! Counts are exact. What is listed is limited twice: for each agent and rule
//! (`--max-per-agent`), and in all (`--max-findings`). Both limits hold while
//! findings are collected, so that memory does not grow with what is only
//! counted. Which findings are listed is a function of the findings alone: it
//! does not depend on threads, on portions, or on the order in which they come.
//!
//! - For each agent and rule, those whose records stand first in the files.
//! - Of these, in all: each rule has a hundredth of the room to itself. What is
//!   left goes to overlaps, then to what is wrong with ids, agents, versions,
//!   swaps and records that could not be read, then to flaws of single records;
//!   within each of the three to those whose records stand first.
//!
//! That order does not change when findings are left out, so that a finding that
//! is left out of a part is left out of the whole: a bounded priority queue, kept
//! as a list that is sorted and cut whenever it has doubled.

use crate::judge::{RULES, rule_of_flaw, rule_of_notice};
use crate::model::fact::{Defect, Detail, Notice, NoticeKind, Overlap, OverlapKind};
use crate::model::keys::{QuickMap, QuickSet};
use crate::model::rule::{Rule, Severity, Trigger};
use crate::model::settings::Settings;
use crate::model::shift::Entry;
use crate::model::source::Origin;
use crate::model::time::Instant;
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
    pub(crate) agent: u64,
    /// Its number among those of the shift and kind.
    pub(crate) number: u64,
}

/// A fact on its way into the listing.
#[derive(Debug, Clone)]
struct Item {
    /// The place of its rule in the table.
    rule: u8,
    fact: Listable,
}

/// What facts are listed by: a rank, the place of the first record, and whatever
/// tells facts of one record apart.
type FactKey = (u8, Origin, u8, Option<Instant>, [Option<Origin>; 3], [Instant; 2], Detail);

impl Item {
    fn key(&self) -> FactKey {
        let (rank, rule) = (rank(RULES[usize::from(self.rule)]), self.rule);
        match &self.fact {
            Listable::Overlap(Overlap { earlier, later, .. }) => {
                let places = [earlier.origin, later.origin];
                let first = places[0].min(places[1]);
                let starts = [earlier.start(), later.start()];
                (
                    rank,
                    first,
                    rule,
                    None,
                    [Some(places[0]), Some(places[1]), None],
                    starts,
                    Detail::Nothing,
                )
            }
            Listable::Defect(Defect { origin, start, .. }) => {
                (rank, *origin, rule, *start, [None; 3], [0; 2], Detail::Nothing)
            }
            Listable::Notice(notice) => {
                let first = notice.origins().next().unwrap_or_default();
                (rank, first, rule, notice.start, notice.records, [0; 2], notice.detail)
            }
            Listable::Misfit(Misfit { origin, number, .. }) => {
                (rank, *origin, rule, None, [None; 3], [0; 2], Detail::Records(*number))
            }
        }
    }

    fn agent(&self) -> u64 {
        match &self.fact {
            Listable::Overlap(overlap) => overlap.earlier.agent,
            Listable::Defect(defect) => defect.agent,
            Listable::Notice(notice) => notice.agent,
            Listable::Misfit(misfit) => misfit.agent,
        }
    }
}

/// Which findings come first where there is not room for all.
fn rank(rule: &Rule) -> u8 {
    match rule.trigger {
        Trigger::Overlap(_) => 0,
        Trigger::Notice(_) => 1,
        Trigger::Flaw(_) if rule.hole.is_some() => 1,
        Trigger::Flaw(_) => 2,
    }
}

/// How many findings are listed.
#[derive(Debug, Clone, Copy)]
struct Capacity {
    /// For one agent and rule.
    per_agent: usize,
    /// In all.
    all: usize,
}

impl Capacity {
    /// Of each rule, before any other rule has more.
    const fn per_rule(self) -> usize {
        self.all / 100
    }
}

/// Facts up to the limits.
#[derive(Debug)]
struct CappedList {
    room: Capacity,
    items: Vec<Item>,
    /// Facts that come agent by agent in no order, so that an agent's are known
    /// only at the end.
    scattered: Vec<Item>,
    /// How many of the latter there are, by agent and rule.
    of_agents: QuickMap<(u64, u8), u64>,
    /// How many of the former there were.
    offered: u64,
    /// A fact beyond this one is listed only if its rule has room of its own.
    last: Option<FactKey>,
    /// The last that has such room, for each rule whose room is full.
    last_of_rules: BTreeMap<u8, FactKey>,
    /// What stands around overlaps, agent by agent.
    neighbours: Vec<Vec<Entry>>,
}

impl CappedList {
    fn new(room: Capacity) -> CappedList {
        CappedList {
            room,
            items: Vec::new(),
            scattered: Vec::new(),
            of_agents: QuickMap::default(),
            offered: 0,
            last: None,
            last_of_rules: BTreeMap::new(),
            neighbours: Vec::new(),
        }
    }

    /// An empty one that leaves out what this one would.
    fn beside(&self) -> CappedList {
        let (last, last_of_rules) = (self.last, self.last_of_rules.clone());
        CappedList { last, last_of_rules, ..CappedList::new(self.room) }
    }

    fn has_room_for(&self, item: &Item) -> bool {
        let Some(last) = &self.last else { return self.room.all > 0 };
        let key = item.key();
        let of_rule = || self.last_of_rules.get(&item.rule).is_none_or(|last| key <= *last);
        key <= *last || (self.room.per_rule() > 0 && of_rule())
    }

    /// Takes a fact whose agent's facts of its rule are complete and within the
    /// limit for agents; whether it may be listed.
    fn offer(&mut self, item: Item) -> bool {
        self.offered += 1;
        let taken = self.has_room_for(&item);
        if taken {
            self.items.push(item);
            self.cut_if_long();
        }
        taken
    }

    /// Takes any other fact.
    fn offer_scattered(&mut self, item: Item) {
        *self.of_agents.entry((item.agent(), item.rule)).or_default() += 1;
        if self.has_room_for(&item) {
            self.scattered.push(item);
            self.cut_if_long();
        }
    }

    fn cut_if_long(&mut self) {
        let most = self.room.all.saturating_mul(2).max(1 << 12);
        if self.items.len() + self.scattered.len() > most {
            self.cut();
        }
    }

    /// Leaves out what cannot be listed whatever else comes.
    fn cut(&mut self) {
        self.cut_agents();
        let room = self.room;
        if self.items.len() + self.scattered.len() <= room.all {
            return;
        }
        let of = |scattered: bool| move |item: &Item| (item.key(), scattered);
        let keys = self.items.iter().map(of(false)).chain(self.scattered.iter().map(of(true)));
        let mut keys: Vec<(FactKey, bool)> = keys.collect();
        keys.sort_unstable();
        let mut counts = [0usize; 256];
        for (place, (key, _)) in keys.iter().enumerate() {
            let count = &mut counts[usize::from(key.2)];
            *count += 1;
            if *count == room.per_rule() {
                self.last_of_rules.insert(key.2, *key);
            }
            if place + 1 == room.all {
                self.last = Some(*key);
            }
        }
        let [mut items, mut scattered] = [&mut self.items, &mut self.scattered].map(std::mem::take);
        items.retain(|item| self.has_room_for(item));
        scattered.retain(|item| self.has_room_for(item));
        (self.items, self.scattered) = (items, scattered);
        self.cut_neighbours();
    }

    /// Keeps of scattered facts as many for each agent and rule as are listed.
    fn cut_agents(&mut self) {
        let group = |item: &Item| (item.agent(), item.rule);
        self.scattered.sort_by_cached_key(|item| (group(item), item.key()));
        let (mut count, mut last) = (0, None);
        let most = self.room.per_agent;
        self.scattered.retain(|item| {
            count = if last == Some(group(item)) { count + 1 } else { 1 };
            last = Some(group(item));
            count <= most
        });
    }

    /// Leaves out what stands around overlaps of which none is listed.
    fn cut_neighbours(&mut self) {
        let overlaps = self.items.iter().filter(|item| matches!(item.fact, Listable::Overlap(_)));
        let agents: QuickSet<u64> = overlaps.map(Item::agent).collect();
        for part in &mut self.neighbours {
            part.retain(|entry| agents.contains(&entry.agent));
            part.shrink_to_fit();
        }
        self.neighbours.retain(|part| !part.is_empty());
    }

    fn join(&mut self, mut other: CappedList) {
        self.offered += other.offered;
        for (group, count) in other.of_agents {
            *self.of_agents.entry(group).or_default() += count;
        }
        self.neighbours.append(&mut other.neighbours);
        let has_room = |item: &Item| self.has_room_for(item);
        other.items.retain(has_room);
        other.scattered.retain(has_room);
        self.items.append(&mut other.items);
        self.scattered.append(&mut other.scattered);
        self.cut_if_long();
    }

    /// The facts that are listed, those around overlaps, and how many facts only
    /// the limit for all of them leaves out.
    fn finish(mut self) -> (Vec<Listable>, Vec<Vec<Entry>>, u64) {
        self.cut();
        let of_agents =
            self.of_agents.values().map(|count| (*count).min(self.room.per_agent as u64));
        let within_agents = self.offered + of_agents.sum::<u64>();
        let mut items = self.items;
        items.append(&mut self.scattered);
        if items.len() > self.room.all {
            items = first(items, self.room);
        }
        let withheld = within_agents - items.len() as u64;
        let facts = items.into_iter().map(|item| item.fact).collect();
        (facts, self.neighbours, withheld)
    }
}

/// As many items as there is room for: the first of each rule, and then of all.
fn first(items: Vec<Item>, room: Capacity) -> Vec<Item> {
    let mut items: Vec<(FactKey, Item)> =
        items.into_iter().map(|item| (item.key(), item)).collect();
    items.sort_by_key(|(key, _)| *key);
    let mut counts = [0usize; 256];
    let mut is_first = |item: &Item| {
        let count = &mut counts[usize::from(item.rule)];
        *count += 1;
        *count <= room.per_rule()
    };
    let (own, rest): (Vec<_>, Vec<_>) = items.into_iter().partition(|(_, item)| is_first(item));
    let left = room.all.saturating_sub(own.len());
    own.into_iter().chain(rest.into_iter().take(left)).map(|(_, item)| item).collect()
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
        self.listing.offer(Item { rule: place_of(rule), fact })
    }

    /// Counts and lists a flaw of a record that is on no timeline.
    pub(crate) fn add_defect(&mut self, defect: Defect) {
        let rule = rule_of_flaw(defect.flaw);
        self.holes += u64::from(rule.hole.is_some());
        if let Some(level) = self.level(rule) {
            self.count(rule, level, 1);
            let fact = Listable::Defect(defect);
            self.listing.offer_scattered(Item { rule: place_of(rule), fact });
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
            self.listing.offer_scattered(Item { rule: place_of(rule), fact });
        }
    }

    /// Adds what stands around the overlaps of an agent, of which one is listed.
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

/// The place of a rule in the table, which is in the order of the codes.
fn place_of(rule: &Rule) -> u8 {
    let place = RULES.binary_search_by_key(&rule.code, |known| known.code);
    debug_assert!(place.is_ok(), "{rule:?} is in the table");
    place.unwrap_or_default() as u8
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

#[cfg(test)]
mod tests {
    use super::{Capacity, CappedList, FactKey, Item, Listable, first, place_of, rank};
    use crate::judge::{RULES, rule_of_flaw, rule_of_notice};
    use crate::model::fact::{Defect, Flaw, Notice, NoticeKind, Overlap, OverlapKind};
    use crate::model::rule::Rule;
    use crate::model::shift::{Entry, Kind, Side, Traits};
    use crate::model::source::Origin;
    use crate::model::time::{Clock, Span};
    use proptest::prelude::{any, prop_assert_eq, proptest};
    use std::collections::BTreeMap;

    fn defect(flaw: Flaw, agent: u64, place: u64) -> Item {
        let origin = Origin::new(0, place);
        let defect = Defect { flaw, origin, agent, start: None, count: 1 };
        Item { rule: place_of(rule_of_flaw(flaw)), fact: Listable::Defect(defect) }
    }

    fn notice(kind: NoticeKind, agent: u64, place: u64) -> Item {
        let notice = Notice::about(kind, agent, [Some(Origin::new(0, place)), None, None]);
        let fact = Listable::Notice(Box::new(notice));
        Item { rule: place_of(rule_of_notice(kind)), fact }
    }

    fn overlap(agent: u64, place: u64) -> Item {
        let span = Span::new(0, 1).expect("not empty");
        let side = Side { batch: true, kind: Kind::Shift };
        let [earlier, later] = [place, place + 1].map(|place| {
            let origin = Origin::new(0, place);
            Entry::new(agent, 0, span, Clock::UTC, side, Traits::default(), origin)
        });
        let overlap_kind = OverlapKind::new(side, side, true, false, true);
        let rule = RULES.iter().position(|rule| rule.code == "OV103").expect("a rule") as u8;
        let cluster = earlier.origin;
        let overlap =
            Overlap { earlier, later, overlap_kind, certain: true, shared: span, cluster };
        Item { rule, fact: Listable::Overlap(overlap) }
    }

    fn item(what: u8, agent: u64, place: u64) -> Item {
        match what {
            0 => overlap(agent, place),
            1 => defect(Flaw::MissingOffset, agent, place),
            2 => defect(Flaw::Reversed, agent, place),
            3 => notice(NoticeKind::DuplicateId, agent, place),
            _ => notice(NoticeKind::IdTaken, agent, place),
        }
    }

    /// Whether an agent's facts of this kind are known at once.
    const fn is_scattered(what: u8) -> bool {
        what >= 2
    }

    /// What is listed, and how many the limit for all leaves out.
    fn brute_force(items: &[(u8, Item)], room: Capacity) -> (Vec<FactKey>, u64) {
        let mut by_agent: BTreeMap<(u64, u8), Vec<Item>> = BTreeMap::new();
        let mut within: Vec<Item> = Vec::new();
        for (what, item) in items {
            if is_scattered(*what) {
                by_agent.entry((item.agent(), item.rule)).or_default().push(item.clone());
            } else {
                within.push(item.clone());
            }
        }
        for mut of_agent in by_agent.into_values() {
            of_agent.sort_by_key(Item::key);
            of_agent.truncate(room.per_agent);
            within.extend(of_agent);
        }
        let count = within.len();
        let listed = if count > room.all { first(within, room) } else { within };
        let withheld = (count - listed.len()) as u64;
        let mut keys: Vec<FactKey> = listed.iter().map(Item::key).collect();
        keys.sort_unstable();
        (keys, withheld)
    }

    fn listed(parts: Vec<Vec<(u8, Item)>>, room: Capacity, each: bool) -> (Vec<FactKey>, u64) {
        let mut whole = CappedList::new(room);
        for part in parts {
            let mut listing = if each { whole.beside() } else { CappedList::new(room) };
            for (what, item) in part {
                match is_scattered(what) {
                    true => listing.offer_scattered(item),
                    false => drop(listing.offer(item)),
                }
                // However often it is cut, the same is listed.
                if each {
                    listing.cut();
                }
            }
            whole.join(listing);
        }
        let (facts, _, withheld) = whole.finish();
        let rule = |fact: &Listable| match fact {
            Listable::Overlap(_) => overlap(0, 0).rule,
            Listable::Defect(defect) => place_of(rule_of_flaw(defect.flaw)),
            Listable::Notice(notice) => place_of(rule_of_notice(notice.kind)),
            Listable::Misfit(misfit) => place_of(rule_of_notice(misfit.kind)),
        };
        let keys = facts.into_iter().map(|fact| Item { rule: rule(&fact), fact }.key());
        let mut keys: Vec<FactKey> = keys.collect();
        keys.sort_unstable();
        (keys, withheld)
    }

    proptest! {
        #[test]
        fn what_is_listed_follows_from_the_findings_alone(
            facts in proptest::collection::vec((0u8..5, 1u64..4, 0u64..400, 0usize..5), 0..400),
            per_agent in 0usize..60,
            all in 0usize..320,
            each in any::<bool>(),
        ) {
            let room = Capacity { per_agent, all };
            let mut parts = vec![Vec::new(); 5];
            let mut items = Vec::new();
            // Each place once: no two findings are equal.
            for (place, (what, agent, from, part)) in facts.into_iter().enumerate() {
                let item = item(what, agent, from * 400 + place as u64);
                items.push((what, item.clone()));
                parts[part].push((what, item));
            }
            prop_assert_eq!(listed(parts, room, each), brute_force(&items, room));
        }
    }

    #[test]
    fn overlaps_come_first_and_no_rule_is_left_out() {
        let room = Capacity { per_agent: 1 << 20, all: 1000 };
        let mut items: Vec<(u8, Item)> = Vec::new();
        items.extend((0..5000).map(|place| (1, item(1, place, place))));
        items.extend((0..5000).map(|place| (3, item(3, place, place))));
        items.extend((9000..12_000).map(|place| (0, item(0, place, place))));
        let (keys, withheld) = listed(vec![items.clone()], room, false);
        let of =
            |code: &str| keys.iter().filter(|key| RULES[usize::from(key.2)].code == code).count();
        assert_eq!((of("OV103"), of("ID101"), of("TZ101"), withheld), (980, 10, 10, 12_000));
        items.retain(|(what, _)| *what != 0);
        let (keys, _) = listed(vec![items], room, false);
        let of =
            |code: &str| keys.iter().filter(|key| RULES[usize::from(key.2)].code == code).count();
        assert_eq!((of("ID101"), of("TZ101")), (990, 10));
    }

    #[test]
    fn every_rule_has_a_rank_and_a_share() {
        let ranks: BTreeMap<&str, u8> = RULES.iter().map(|rule| (rule.code, rank(rule))).collect();
        assert_eq!((ranks["OV101"], ranks["ID101"], ranks["RC101"], ranks["TZ101"]), (0, 1, 1, 2));
        assert!(RULES.len() < 100, "each rule has a hundredth of the room to itself");
        assert!(RULES.iter().all(|rule: &&Rule| usize::from(place_of(rule)) < RULES.len()));
    }
}
