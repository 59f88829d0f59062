//! Ids, as often as they please: within a file and across files, of one agent
//! and of several, noted while they are read or looked for afterwards.

use super::{Choice, PLAIN, config, limited, with_ids};
use crate::world::check::{check, file, settings, totals};
use crate::world::schedule::{Row, Times};
use crate::world::write;
use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use shiftlint::model::fate::Fate;
use shiftlint::model::finding::Report;
use shiftlint::model::settings::{Replace, Settings};
use shiftlint::model::source::Role;
use std::collections::HashMap;
use std::io::Write;

const FILES: [(Role, &str); 4] = [
    (Role::Batch, "one.csv"),
    (Role::Batch, "two.csv"),
    (Role::Batch, "three.csv"),
    (Role::Published, "live.csv"),
];

/// A record: its agent, its id and the place of its file in [`FILES`].
type Named = (u8, Option<u16>, usize);

/// How many records have an id that another batch record has, too, and how many
/// one that is published for others only.
fn expected(records: &[Named]) -> [u64; 2] {
    let mut by_id: HashMap<u16, (Vec<u8>, Vec<u8>)> = HashMap::new();
    for (agent, id, file) in records {
        if let Some(id) = id {
            let (sent, published) = by_id.entry(*id).or_default();
            if FILES[*file].0 == Role::Batch { sent.push(*agent) } else { published.push(*agent) }
        }
    }
    let twice = by_id.values().map(|(sent, _)| sent.len().saturating_sub(1));
    let taken = by_id.values().map(|(sent, published)| {
        let others = |agent: &&u8| !published.is_empty() && !published.contains(agent);
        sent.iter().filter(others).count()
    });
    [twice.sum::<usize>() as u64, taken.sum::<usize>() as u64]
}

/// A shift of eight hours from an hour of a day of 2026 on.
fn shift(agent: usize, id: Option<String>, day: usize, hour: usize) -> Row {
    let start = date(2026, 3, 1).at(0, 0, 0, 0) + (day as i64).days() + (hour as i64).hours();
    let times = Times::at_offset(start, start + 8.hours(), None);
    Row { id, ..Row::shift(Role::Batch, &format!("agent-{agent}"), times) }
}

fn csv(rows: &[Row]) -> String {
    write::csv(&["agent", "id", "start", "end"], rows)
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn ids_that_come_twice_are_counted_wherever_they_stand(
        records in proptest::collection::vec(
            (0u8..9, proptest::option::weighted(0.9, 0u16..300), 0..FILES.len()),
            0..500,
        ),
        jobs in 1usize..4,
        stream in any::<bool>(),
    ) {
        let of_records = |(place, (role, name)): (usize, &(Role, &str))| {
            let of_file = records.iter().enumerate().filter(|(_, named)| named.2 == place);
            // Each record is on a day of its own.
            let row = |(day, (agent, id, _)): (usize, &Named)| {
                shift(usize::from(*agent), id.map(|id| id.to_string()), day, 8)
            };
            let text = csv(&of_file.map(row).collect::<Vec<Row>>());
            file(*role, name, if stream && place == 0 { packed(&text) } else { text.into_bytes() })
        };
        let files = FILES.iter().enumerate().map(of_records).collect();
        let report = check(&with_ids(files, Choice { jobs, ..PLAIN }));
        let totals = totals(&report);
        let found = ["ID101", "ID102"]
            .map(|code| totals.get(code).map_or(0, |counts| counts.iter().sum::<u64>()));
        prop_assert_eq!(found, expected(&records));
    }
}

#[test]
fn ids_that_come_twice_are_counted_in_a_table_of_many_stretches() {
    let (count, again) = (40_000, 701);
    let padding = "x".repeat(400);
    let row = |agent: usize, id: usize| {
        format!("a-{agent},s-{id},2026-03-02T08:00Z,2026-03-02T16:00Z,{padding}\n")
    };
    let all = (0..count).map(|number| row(number, number));
    let some = (0..again).map(|number| row(count + number, number * 57));
    let text: String =
        std::iter::once("agent,id,start,end,notes\n".to_owned()).chain(all).chain(some).collect();
    let (role, name) = FILES[0];
    let files = vec![file(role, name, text)];
    for jobs in [1, 3] {
        let report = check(&with_ids(files.clone(), Choice { jobs, ..PLAIN }));
        let found = totals(&report).get("ID101").map_or(0, |counts| counts.iter().sum::<u64>());
        assert_eq!(found, again as u64);
    }
}

/// What the ids of a file name.
#[derive(Debug, Clone, Copy)]
enum Naming {
    /// Records: each has its own, but for so many that were copied by mistake, one of
    /// so many to another agent and the others to another day.
    Records { copied: usize },
    /// Places in a plan, each for so many people.
    Slots { people: usize },
    /// Types of shifts, of which there are so many.
    Types { types: usize },
    /// The pattern of an agent, who has one.
    Patterns,
}

fn namings() -> impl Strategy<Value = Naming> {
    prop_oneof![
        (0usize..8).prop_map(|copied| Naming::Records { copied }),
        (2usize..5).prop_map(|people| Naming::Slots { people }),
        (1usize..5).prop_map(|types| Naming::Types { types }),
        Just(Naming::Patterns),
    ]
}

/// The rows of so many agents on so many days, and how many are copies.
fn roster(naming: Naming, agents: usize, days: usize) -> (Vec<Row>, usize) {
    let mut rows = Vec::new();
    for (day, agent) in (0..days).flat_map(|day| (0..agents).map(move |agent| (day, agent))) {
        let id = match naming {
            Naming::Records { .. } => format!("s-{day}-{agent}"),
            Naming::Slots { people } => format!("p-{day}-{}", agent / people),
            Naming::Types { types } => format!("t-{}", (agent + day) % types),
            Naming::Patterns => format!("a-{agent}"),
        };
        rows.push(shift(agent, Some(id), day, 6));
    }
    let Naming::Records { copied } = naming else { return (rows, 0) };
    // Few: not more than one in twelve.
    let copied = copied.min(agents * days / 12);
    for copy in 0..copied {
        let (day, agent) = (copy % days, copy / days % agents);
        let id = Some(format!("s-{day}-{agent}"));
        rows.push(match copy % 2 {
            0 => shift(agents + copy, id, day, 6),
            _ => shift(agent, id, days + copy, 6),
        });
    }
    (rows, copied)
}

fn packed(text: &str) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(text.as_bytes()).expect("memory can be written");
    packed.finish().expect("memory can be written")
}

fn report_on(batch: &[Row], live: Option<&[Row]>, replace: Replace, jobs: usize) -> Report {
    let of_rows = |role, name, rows: &[Row]| {
        file(role, name, csv(rows).replacen("agent,id,", "agent,shift_id,", 1))
    };
    let mut files = vec![of_rows(Role::Batch, "batch.csv", batch)];
    files.extend(live.map(|rows| of_rows(Role::Published, "live.csv", rows)));
    check(&limited(Settings { replace, ..settings(files) }, Choice { jobs, ..PLAIN }))
}

fn total(report: &Report, codes: &[&str]) -> u64 {
    let counts = report.rules.iter().filter(|count| codes.contains(&count.rule.code));
    counts.map(|count| count.total()).sum()
}

proptest! {
    #![proptest_config(config(80))]

    #[test]
    fn ids_that_name_no_records_are_reported_once_and_compared_with_none(
        naming in namings(),
        agents in 2usize..12,
        days in 5usize..15,
        jobs in 1usize..4,
    ) {
        let (rows, copied) = roster(naming, agents, days);
        let report = report_on(&rows, None, Replace::Id, jobs);
        let found = (total(&report, &["ID109"]), total(&report, &["ID101", "ID102", "ID108"]));
        // Where the people of a slot are fewer than it has places for, it has one.
        let honest = matches!(naming, Naming::Records { .. });
        let expected = if honest { (0, copied as u64) } else { (1, 0) };
        prop_assert_eq!(found, expected);
    }

    /// To replace by such ids would hide what the published shifts overlap with.
    #[test]
    fn nothing_is_replaced_by_ids_that_name_no_records(
        sent in namings(),
        live in namings(),
        agents in 2usize..8,
        days in 6usize..10,
        hour in 0usize..16,
    ) {
        let (live_rows, _) = roster(live, agents, days);
        let (mut rows, _) = roster(sent, agents, days);
        for row in &mut rows {
            let Times::Offset(start, end) = row.times else { unreachable!("all have offsets") };
            row.times = Times::Offset((start.0 - 30.minutes(), None), end);
        }
        rows.push(shift(0, Some("s-0-1".to_owned()), 3, hour));
        let with = |replace| report_on(&rows, Some(&live_rows), replace, 2);
        let (by_id, by_none) = (with(Replace::Id), with(Replace::None));
        let honest = |naming| matches!(naming, Naming::Records { .. });
        if !honest(sent) || !honest(live) {
            prop_assert_eq!(by_id.inputs[1].fates.of(Fate::Replaced), 0);
            prop_assert_eq!(total(&by_id, &["OV104"]), total(&by_none, &["OV104"]));
            prop_assert_eq!(total(&by_id, &["ID102"]), 0);
        } else {
            prop_assert!(by_id.inputs[1].fates.of(Fate::Replaced) > 0);
        }
    }
}
