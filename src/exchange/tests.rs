use super::outcome::Lane;
use super::routes::Routes;
use super::{NoticeSource, ResolvedSwap, Shifts};
use crate::model::fact::{Flaw, NoticeKind};
use crate::model::keys::{AgentKey, QuickSet, RecordKey};
use crate::model::row::Field;
use crate::model::shift::{Entry, Kind, Readings, Side, Traits};
use crate::model::source::Origin;
use crate::model::swap::{Swap, SwapHalf, SwapStatus};
use crate::model::time::{Clock, Span};

fn entry(agent: u64, id: u64, batch: bool, (start, end): (i64, i64), place: u64) -> Entry {
    let span = Span::of_millis(start, end).expect("not empty");
    let origin = Origin::new(u16::from(!batch), place);
    let side = Side { batch, kind: Kind::Shift };
    let (agent, id) = (AgentKey::from_bits(agent), RecordKey::from_bits(id));
    Entry::new(agent, id, span, Clock::UTC, side, Traits::default(), origin)
}

fn swap(place: u64, standing: SwapStatus, own: (u64, u64), other: (u64, u64)) -> Swap {
    let half = |(agent, shift)| SwapHalf {
        agent: AgentKey::from_bits(agent),
        shift: RecordKey::from_bits(shift),
        ..SwapHalf::default()
    };
    let origin = Origin::new(2, place);
    Swap { origin, standing, halves: [half(own), half(other)] }
}

fn deals(swaps: &[Swap], shifts: &Shifts) -> Vec<ResolvedSwap> {
    swaps.iter().map(|swap| ResolvedSwap::of(*swap, shifts).expect("somebody")).collect()
}

#[test]
fn an_agent_who_is_not_named_is_the_one_who_has_the_shift() {
    let shifts = Shifts::new(vec![
        entry(1, 8, false, (0, 1), 0),
        entry(2, 8, true, (0, 1), 1),
        entry(3, 9, true, (0, 1), 2),
        entry(4, 9, true, (0, 1), 3),
    ]);
    let deal = |standing, own, other| ResolvedSwap::of(swap(0, standing, own, other), &shifts);
    let found = deal(SwapStatus::Undecided, (0, 8), (5, 0)).expect("the batch counts");
    let agents = |deal: &ResolvedSwap| deal.agents.map(AgentKey::bits);
    assert_eq!((agents(&found), found.named_by[0]), ([2, 5], Some(Origin::new(0, 1))));
    assert_eq!(deal(SwapStatus::Undecided, (0, 9), (5, 0)).err(), Some(Flaw::Absent(Field::Agent)));
    assert_eq!(
        deal(SwapStatus::Approved, (5, 8), (0, 9)).err(),
        Some(Flaw::Absent(Field::WithAgent))
    );
    assert!(deal(SwapStatus::Offer, (0, 9), (0, 0)).is_ok(), "an offer moves nothing");
    let found = deal(SwapStatus::Undecided, (0, 7), (5, 0)).expect("nobody");
    assert_eq!(agents(&found), [0, 5]);
}

#[test]
fn approved_swaps_part_what_is_in_each_others_way() {
    let shifts = Shifts::new(vec![entry(1, 8, true, (0, 9), 0), entry(2, 9, true, (0, 9), 1)]);
    let approved = swap(7, SwapStatus::Approved, (1, 8), (2, 9));
    let routes = Routes::of(&deals(&[approved], &shifts));
    let here = entry(1, 8, true, (0, 9), 0);
    let parted = |other: Entry| routes.parts(&here, &other).map(|step| step.swap);
    assert_eq!(parted(entry(1, 5, true, (3, 4), 2)), Some(Origin::new(2, 7)));
    assert_eq!(parted(entry(1, 8, false, (3, 4), 2)), None, "both go together");
    let nobodys = [entry(3, 8, true, (0, 9), 3), entry(3, 5, true, (3, 4), 2)];
    assert!(routes.parts(&nobodys[0], &nobodys[1]).is_none());
}

#[test]
fn of_owners_beside_the_swap_the_one_who_stands_first_is_named() {
    for agents in [[7, 8], [8, 7]] {
        let entries = [entry(agents[0], 5, true, (0, 1), 0), entry(agents[1], 5, true, (0, 1), 1)];
        let shifts = Shifts::new(entries.into());
        let deals = deals(&[swap(0, SwapStatus::Undecided, (1, 5), (2, 0))], &shifts);
        let (routes, left_out) = (Routes::of(&deals), QuickSet::default());
        let readings = |entry: &Entry| Readings::of(entry);
        let table = NoticeSource {
            shifts: &shifts,
            routes: &routes,
            left_out: &left_out,
            readings: &readings,
        };
        let notices = table.notices(&deals);
        let told: Vec<(NoticeKind, u64)> =
            notices.iter().map(|notice| (notice.kind, notice.agent.bits())).collect();
        assert_eq!(
            told,
            [(NoticeKind::PendingSwap, agents[0]), (NoticeKind::StaleSwap, agents[0])]
        );
    }
}

#[test]
fn a_lane_finds_all_that_shares_time_in_order() {
    // Lengths and gaps that a multiplier scatters, with long ones among them.
    for count in 0..40_i64 {
        let of_number = |number: i64| {
            let start = number * 3 + number * 7919 % 5;
            let length = if number % 9 == 0 { 60 } else { 1 + number * 31 % 7 };
            entry(1, number as u64 + 1, true, (start, start + length), number as u64)
        };
        let mut entries: Vec<Entry> = (0..count).map(of_number).collect();
        entries.sort_unstable_by_key(Entry::order);
        let lane = Lane::new(entries.clone());
        for start in -3..count * 3 + 70 {
            for length in [1, 4, 50] {
                let own = entry(1, 99, true, (start, start + length), 99);
                let shares =
                    |other: &&Entry| other.start() < own.end() && own.start() < other.end();
                let expected: Vec<Origin> =
                    entries.iter().filter(shares).map(|other| other.origin).collect();
                let found: Vec<Origin> = lane.overlapping(&own).map(|other| other.origin).collect();
                assert_eq!(found, expected, "{count} {start} {length}");
            }
        }
    }
}
