use super::order::order;
use super::rate::{AboveRate, send_times};
use super::{Chunk, Group, Links, Sendable, SendingRank, SeveralInputs, Shipment, lanes, sequence};
use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, proptest};
use proptest::sample::select;
use std::num::{NonZeroU64, NonZeroUsize};

fn lanes(number: usize) -> NonZeroUsize {
    NonZeroUsize::new(number).unwrap()
}

fn records(number: u64) -> NonZeroU64 {
    NonZeroU64::new(number).unwrap()
}

/// Shipments of up to 14 units with few pairs or many, of which some are not chosen.
fn shipments(most_inputs: u32) -> impl Strategy<Value = Shipment> {
    (1..15_usize, 0..3_usize, any::<bool>()).prop_flat_map(move |(count, density, forward)| {
        let rank = select(vec![
            SendingRank::Cancellation,
            SendingRank::Ordinary,
            SendingRank::Ordinary,
            SendingRank::Unassigned,
        ]);
        let item = (1..4_u64, rank, 0..most_inputs);
        let items =
            vec(item.prop_map(|(records, rank, input)| Sendable { records, rank, input }), count);
        let unit = 0..count as u32;
        let before = vec((unit.clone(), unit.clone()), 0..=count * density);
        // Units that only go forward have no circles.
        let before = before.prop_map(move |mut pairs| {
            pairs.retain(|(first, second)| !forward || first < second);
            pairs
        });
        let ties = vec((unit, 0..12_u64), 0..=count);
        (items, vec(0..5_u8, count), before, ties).prop_map(|(items, chosen, before, ties)| {
            let chosen = (0..).zip(chosen).filter(|(_, roll)| *roll > 0).map(|(unit, _)| unit);
            Shipment { chosen: chosen.collect(), items, before, ties }
        })
    })
}

/// Which unit must be live before which, over other chosen units too.
fn reachable(shipment: &Shipment) -> Vec<Vec<bool>> {
    let count = shipment.items.len();
    let mut reaches = vec![vec![false; count]; count];
    for &(first, second) in &shipment.before {
        if shipment.chosen.contains(&first) && shipment.chosen.contains(&second) {
            reaches[first as usize][second as usize] = true;
        }
    }
    for middle in 0..count {
        for first in 0..count {
            for second in 0..count {
                reaches[first][second] |= reaches[first][middle] && reaches[middle][second];
            }
        }
    }
    reaches
}

/// Groups by mutual reachability; the next is found by looking at all that are left.
fn brute_force_order(shipment: &Shipment) -> Vec<Vec<u32>> {
    let reaches = reachable(shipment);
    let reach = |first: u32, second: u32| reaches[first as usize][second as usize];
    let group_of = |unit: u32| -> Vec<u32> {
        let mutual = |o: &u32| *o == unit || reach(unit, *o) && reach(*o, unit);
        shipment.chosen.iter().copied().filter(mutual).collect()
    };
    let rank =
        |group: &Vec<u32>| group.iter().map(|unit| shipment.items[*unit as usize].rank).min();
    let mut left: Vec<Vec<u32>> = shipment.chosen.iter().map(|unit| group_of(*unit)).collect();
    left.sort();
    left.dedup();
    let mut sequence = Vec::new();
    while !left.is_empty() {
        let waits =
            |group: &Vec<u32>| left.iter().any(|other| other != group && reach(other[0], group[0]));
        let next =
            left.iter().filter(|group| !waits(group)).min_by_key(|group| (rank(group), group[0]));
        let next = next.unwrap().clone();
        left.retain(|group| *group != next);
        sequence.push(next);
    }
    sequence
}

/// Labels of units, merged until nothing changes.
fn components(shipment: &Shipment) -> Vec<u32> {
    let mut labels: Vec<u32> = (0..shipment.items.len() as u32).collect();
    let chosen = |unit: &u32| shipment.chosen.contains(unit);
    let mut pairs = shipment.before.clone();
    for (unit, key) in &shipment.ties {
        pairs.extend(
            shipment.ties.iter().filter(|(_, k)| k == key).map(|(other, _)| (*unit, *other)),
        );
    }
    pairs.retain(|(one, other)| chosen(one) && chosen(other));
    while let Some((one, other)) =
        pairs.iter().find(|(one, other)| labels[*one as usize] != labels[*other as usize])
    {
        let lowest = labels[*one as usize].min(labels[*other as usize]);
        (labels[*one as usize], labels[*other as usize]) = (lowest, lowest);
    }
    labels
}

/// The lane of each chosen unit: the largest component first onto the emptiest lane.
fn brute_force_lanes(shipment: &Shipment, count: usize) -> Vec<Vec<u32>> {
    let labels = components(shipment);
    let size = |label: u32| -> u64 {
        let members = shipment.chosen.iter().filter(|unit| labels[**unit as usize] == label);
        members.map(|unit| shipment.items[*unit as usize].records).sum()
    };
    let mut left: Vec<u32> = shipment.chosen.iter().map(|unit| labels[*unit as usize]).collect();
    left.sort_by_key(|label| (std::cmp::Reverse(size(*label)), *label));
    left.dedup();
    let mut loads = vec![0; count];
    let mut lanes = vec![Vec::new(); count];
    for label in left {
        let lane = (0..count).min_by_key(|lane| loads[*lane]).unwrap();
        loads[lane] += size(label);
        lanes[lane].extend(shipment.chosen.iter().filter(|unit| labels[**unit as usize] == label));
    }
    lanes.retain(|lane| !lane.is_empty());
    lanes.iter_mut().for_each(|lane| lane.sort_unstable());
    lanes
}

/// The chunks of a lane keep the order, their inputs and their size.
fn check_lane(shipment: &Shipment, lane: &[Chunk], chunk_size: u64) {
    let item = |unit: u32| shipment.items[unit as usize];
    let mut of_lane = Vec::new();
    for chunk in lane {
        let groups = groups_of(shipment, chunk);
        assert!(!groups.is_empty());
        assert!(chunk.units.iter().all(|unit| item(*unit).input == chunk.input));
        assert_eq!(chunk.records, chunk.units.iter().map(|unit| item(*unit).records).sum::<u64>());
        assert!(chunk.records <= chunk_size || groups.len() == 1, "only a group is too large");
        let unassigned = |group: &Group| group.rank == SendingRank::Unassigned;
        assert!(groups.iter().all(|group| unassigned(group) == chunk.is_unassigned));
        let circles = groups.iter().filter(|group| group.is_together()).map(units_of);
        assert_eq!(chunk.circles, circles.collect::<Vec<_>>());
        of_lane.push(groups);
    }
    for (pair, groups) in lane.windows(2).zip(of_lane.iter().skip(1)) {
        let fits = pair[0].records + groups[0].records <= chunk_size;
        let alike =
            (pair[0].input, pair[0].is_unassigned) == (pair[1].input, pair[1].is_unassigned);
        assert!(!(fits && alike), "a chunk takes what fits");
    }
    check_order(shipment, &of_lane.iter().flatten().collect::<Vec<_>>());
}

/// The groups of a chunk: each begins with its first unit, and the others follow.
fn groups_of(shipment: &Shipment, chunk: &Chunk) -> Vec<Group> {
    let all = order(shipment);
    let (mut groups, mut rest) = (Vec::new(), &chunk.units[..]);
    while let Some(first) = rest.first() {
        let group = all.iter().find(|group| group.first == *first).expect("the first of a group");
        rest = rest.strip_prefix(&units_of(group)[..]).expect("a group is never divided");
        groups.push(group.clone());
    }
    groups
}

fn units_of(group: &Group) -> Vec<u32> {
    group.units().collect()
}

/// Each group is the first of those that are ready: by rank, then of the input before, then by
/// the order that is the same for all lanes.
fn check_order(shipment: &Shipment, groups: &[&Group]) {
    let reaches = reachable(shipment);
    let overall = brute_force_order(shipment);
    let place = |group: &Group| overall.iter().position(|units| *units == units_of(group));
    let input = |group: &Group| shipment.items[group.first as usize].input;
    for (next, group) in groups.iter().enumerate() {
        let left = &groups[next..];
        let is_ready = |group: &&&Group| {
            !left.iter().any(|other| {
                other.first != group.first && reaches[other.first as usize][group.first as usize]
            })
        };
        let last = next.checked_sub(1).map(|last| input(groups[last]));
        let key = |group: &Group| (group.rank, Some(input(group)) != last, place(group));
        let first = left.iter().filter(is_ready).min_by_key(|group| key(group)).unwrap();
        assert_eq!(units_of(first), units_of(group));
    }
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(2000))]

    #[test]
    fn the_order_equals_brute_force(shipment in shipments(1)) {
        let groups = order(&shipment);
        let units: Vec<Vec<u32>> = groups.iter().map(units_of).collect();
        prop_assert_eq!(units, brute_force_order(&shipment));
    }

    /// The prefix law: what must be live first is in an earlier group of the same lane, or in
    /// the same group.
    #[test]
    fn lanes_keep_the_prefix_law(shipment in shipments(1), most in 1..5_usize, size in 1..9_u64) {
        let lanes = sequence(&shipment, lanes(most), records(size)).unwrap();
        let mut places = vec![None; shipment.items.len()];
        for (lane, chunks) in lanes.iter().enumerate() {
            let groups = chunks.iter().flat_map(|chunk| groups_of(&shipment, chunk));
            for (place, group) in groups.enumerate() {
                for unit in &units_of(&group) {
                    prop_assert!(places[*unit as usize].replace((lane, place)).is_none(), "doubled");
                }
            }
        }
        for (unit, place) in (0..).zip(&places) {
            prop_assert_eq!(place.is_some(), shipment.chosen.contains(&unit), "lost or not chosen");
        }
        let place = |unit: &u32| places[*unit as usize];
        for (first, second) in &shipment.before {
            if let Some(((lane, first), (other, second))) = place(first).zip(place(second)) {
                prop_assert_eq!(lane, other);
                prop_assert!(first <= second);
            }
        }
        for (one, key) in &shipment.ties {
            for (other, _) in shipment.ties.iter().filter(|(_, other)| other == key) {
                if let Some(((lane, _), (other, _))) = place(one).zip(place(other)) {
                    prop_assert_eq!(lane, other, "lanes share no key");
                }
            }
        }
    }

    #[test]
    fn lanes_equal_brute_force(shipment in shipments(2), most in 1..5_usize) {
        let groups = order(&shipment);
        let links = Links::new(&shipment, &groups);
        let divided = lanes::divide(&shipment, &groups, &links, lanes(most));
        for lane in &divided {
            prop_assert!(lane.is_sorted(), "a lane keeps the order");
        }
        let units = |lane: &Vec<u32>| {
            let mut units: Vec<u32> =
                lane.iter().flat_map(|group| groups[*group as usize].units()).collect();
            units.sort_unstable();
            units
        };
        let divided: Vec<Vec<u32>> = divided.iter().map(units).collect();
        prop_assert_eq!(divided, brute_force_lanes(&shipment, most));
    }

    #[test]
    fn chunks_are_full_and_in_order(shipment in shipments(3), most in 1..3_usize, size in 1..9_u64) {
        let groups = brute_force_order(&shipment);
        let input = |unit: &u32| shipment.items[*unit as usize].input;
        let is_mixed = |group: &&Vec<u32>| group.iter().any(|unit| input(unit) != input(&group[0]));
        let mixed: Vec<Vec<u32>> = groups.iter().filter(is_mixed).cloned().collect();
        match (sequence(&shipment, lanes(most), records(size)), mixed) {
            (Ok(lanes), mixed) if mixed.is_empty() => {
                for lane in &lanes {
                    check_lane(&shipment, lane, size);
                }
                prop_assert_eq!(Ok(lanes), sequence(&shipment, super::tests::lanes(most), records(size)));
            }
            (result, mixed) => prop_assert_eq!(result, Err(SeveralInputs { groups: mixed })),
        }
    }

    #[test]
    fn no_minute_exceeds_the_rate(sizes in vec(vec(1..6_u64, 0..8), 0..4), rate in 5..12_u32) {
        let lanes: Vec<Vec<Chunk>> = sizes.iter().map(|lane| lane.iter().map(|size| chunk(*size)).collect()).collect();
        let times = send_times(&lanes, rate).unwrap();
        let fits = |times: &[Vec<u64>]| {
            let sent = || times.iter().zip(&sizes).flat_map(|(times, sizes)| times.iter().zip(sizes));
            let in_window = |start: u64| -> u64 {
                sent().filter(|(time, _)| (start..start + 60).contains(*time)).map(|(_, size)| size).sum()
            };
            // The fullest windows start with a chunk.
            sent().all(|(start, _)| in_window(*start) <= u64::from(rate))
        };
        prop_assert!(fits(&times));
        for lane in 0..times.len() {
            prop_assert_eq!(times[lane].len(), sizes[lane].len());
            prop_assert!(times[lane].is_sorted());
            for chunk in 0..times[lane].len() {
                let earliest = chunk.checked_sub(1).map_or(0, |before| times[lane][before]);
                // What a window holds changes a minute after a chunk at the latest.
                let latest = times[lane][chunk];
                for earlier in (earliest..latest).filter(|time| time % 60 < 2 || latest - time < 2) {
                    let mut moved = times.clone();
                    moved[lane][chunk] = earlier;
                    prop_assert!(!fits(&moved), "chunk {} of lane {} could be sent at {}", chunk, lane, earlier);
                }
            }
        }
    }
}

fn chunk(records: u64) -> Chunk {
    Chunk { input: 0, units: Vec::new(), circles: Vec::new(), records, is_unassigned: false }
}

fn ordinary(inputs: &[u32]) -> Shipment {
    let item = |input: &u32| Sendable { records: 1, rank: SendingRank::Ordinary, input: *input };
    Shipment {
        items: inputs.iter().map(item).collect(),
        chosen: (0..inputs.len() as u32).collect(),
        ..Shipment::default()
    }
}

fn units(lane: &[Chunk]) -> Vec<Vec<u32>> {
    lane.iter().map(|chunk| chunk.units.clone()).collect()
}

#[test]
fn alternating_inputs_make_one_chunk_each() {
    let mut shipment = ordinary(&[0, 1, 0, 1, 0]);
    let lanes_of = |shipment: &Shipment| sequence(shipment, lanes(1), records(10)).unwrap();
    assert_eq!(units(&lanes_of(&shipment)[0]), [vec![0, 2, 4], vec![1, 3]]);
    shipment.before = vec![(1, 2), (3, 4)];
    assert_eq!(units(&lanes_of(&shipment)[0]), [vec![0], vec![1, 3], vec![2, 4]]);
}

#[test]
fn a_group_is_never_divided() {
    let mut shipment = ordinary(&[0; 5]);
    shipment.before = vec![(1, 2), (2, 3), (3, 1)];
    let lanes = sequence(&shipment, lanes(1), records(2)).unwrap();
    assert_eq!(units(&lanes[0]), [vec![0], vec![1, 2, 3], vec![4]]);
    assert_eq!(lanes[0][1].circles, [vec![1, 2, 3]]);
}

#[test]
fn a_circle_over_two_inputs_cannot_be_sent() {
    let mut shipment = ordinary(&[0, 1]);
    shipment.before = vec![(0, 1), (1, 0)];
    let error = SeveralInputs { groups: vec![vec![0, 1]] };
    assert_eq!(sequence(&shipment, lanes(1), records(2)), Err(error));
}

#[test]
fn cancellations_go_first_and_unassigned_records_last() {
    let mut shipment = ordinary(&[0; 4]);
    shipment.items[0].rank = SendingRank::Unassigned;
    shipment.items[3].rank = SendingRank::Cancellation;
    let sent = sequence(&shipment, lanes(1), records(10)).unwrap();
    assert_eq!(units(&sent[0]), [vec![3, 1, 2], vec![0]]);
    // A predecessor is stronger than a rank.
    shipment.before = vec![(2, 3)];
    let sent = sequence(&shipment, lanes(1), records(10)).unwrap();
    assert_eq!(units(&sent[0]), [vec![1, 2, 3], vec![0]]);
}

#[test]
fn nothing_to_send_makes_no_lane() {
    assert_eq!(sequence(&Shipment::default(), lanes(4), records(10)), Ok(vec![]));
    assert_eq!(send_times(&[], 0), Ok(vec![]));
}

#[test]
fn a_chunk_above_the_rate_is_named() {
    let lanes = [vec![chunk(5)], vec![chunk(5), chunk(6)]];
    let above = AboveRate { lane: 1, chunk: 1, records: 6 };
    assert_eq!(send_times(&lanes, 5), Err(above));
    assert_eq!(send_times(&lanes, 11), Ok(vec![vec![0], vec![0, 60]]));
}
