use super::{Capacity, CappedList, FactKey, Item, Listable, first, place_of, rank};
use crate::judge::{RULES, rule_of_flaw, rule_of_notice};
use crate::model::fact::{Defect, Flaw, Notice, NoticeKind, Overlap, OverlapKind};
use crate::model::keys::{AgentKey, RecordKey};
use crate::model::rule::Rule;
use crate::model::shift::{Entry, Kind, Side, Traits};
use crate::model::source::Origin;
use crate::model::time::{Clock, Span};
use proptest::prelude::{any, prop_assert_eq, proptest};
use std::collections::BTreeMap;

fn defect(flaw: Flaw, agent: u64, place: u64) -> Item {
    let origin = Origin::new(0, place);
    let agent = AgentKey::from_bits(agent);
    let defect = Defect { flaw, origin, agent, start: None, count: 1 };
    Item { rule: place_of(rule_of_flaw(flaw)), fact: Listable::Defect(defect) }
}

fn notice(kind: NoticeKind, agent: u64, place: u64) -> Item {
    let agent = AgentKey::from_bits(agent);
    let notice = Notice::about(kind, agent, [Some(Origin::new(0, place)), None, None]);
    let fact = Listable::Notice(Box::new(notice));
    Item { rule: place_of(rule_of_notice(kind)), fact }
}

fn overlap(agent: u64, place: u64) -> Item {
    let span = Span::of_millis(0, 1).expect("not empty");
    let side = Side { batch: true, kind: Kind::Shift };
    let (agent, id) = (AgentKey::from_bits(agent), RecordKey::NONE);
    let [earlier, later] = [place, place + 1].map(|place| {
        let origin = Origin::new(0, place);
        Entry::new(agent, id, span, Clock::UTC, side, Traits::default(), origin)
    });
    let overlap_kind = OverlapKind::new(side, side, true, false, true);
    let rule = RULES.iter().position(|rule| rule.code == "OV103").expect("a rule") as u8;
    let cluster = earlier.origin;
    let overlap = Overlap { earlier, later, overlap_kind, certain: true, shared: span, cluster };
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
    let mut by_agent: BTreeMap<(AgentKey, u8), Vec<Item>> = BTreeMap::new();
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
    let of = |code: &str| keys.iter().filter(|key| RULES[usize::from(key.2)].code == code).count();
    assert_eq!((of("OV103"), of("ID101"), of("TZ101"), withheld), (980, 10, 10, 12_000));
    items.retain(|(what, _)| *what != 0);
    let (keys, _) = listed(vec![items], room, false);
    let of = |code: &str| keys.iter().filter(|key| RULES[usize::from(key.2)].code == code).count();
    assert_eq!((of("ID101"), of("TZ101")), (990, 10));
}

#[test]
fn every_rule_has_a_rank_and_a_share() {
    let ranks: BTreeMap<&str, u8> = RULES.iter().map(|rule| (rule.code, rank(rule))).collect();
    assert_eq!((ranks["OV101"], ranks["ID101"], ranks["RC101"], ranks["TZ101"]), (0, 1, 1, 2));
    assert!(RULES.len() < 100, "each rule has a hundredth of the room to itself");
    assert!(RULES.iter().all(|rule: &&Rule| usize::from(place_of(rule)) < RULES.len()));
}
