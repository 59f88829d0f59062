//! Ids, as often as they please: within a file and across files, of one agent
//! and of several, noted while they are read or looked for afterwards.

use super::{Choice, PLAIN, config, file, settings, totals};
use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use shiftlint::analyze::{Progress, analyze};
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

/// The lines of a file: each record on a day of its own.
fn csv(records: &[Named], file: usize) -> String {
    let mut text = "agent,id,start,end\n".to_owned();
    for (place, (agent, id, _)) in records.iter().enumerate().filter(|(_, named)| named.2 == file) {
        let id = id.map(|id| id.to_string()).unwrap_or_default();
        let day =
            format!("{}-{:02}-{:02}", 2020 + place / 336, place / 28 % 12 + 1, place % 28 + 1);
        text += &format!("agent {agent},{id},{day}T08:00Z,{day}T16:00Z\n");
    }
    text
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
            let text = csv(&records, place);
            file(*role, name, if stream && place == 0 { packed(&text) } else { text.into_bytes() })
        };
        let files = FILES.iter().enumerate().map(of_records).collect();
        let settings = settings(files, Choice { jobs, ..PLAIN });
        let report = analyze(&settings, &Progress::default()).expect("sound settings");
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
        let settings = settings(files.clone(), Choice { jobs, ..PLAIN });
        let report = analyze(&settings, &Progress::default()).expect("sound settings");
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

/// A day from the first of March on, and a shift of eight hours from an hour on.
fn shift(agent: usize, id: &str, day: usize, hour: usize) -> String {
    let at = |hour: usize| {
        let day = day + hour / 24;
        format!("2026-{:02}-{:02}T{:02}:00Z", 3 + day / 28, 1 + day % 28, hour % 24)
    };
    format!("agent-{agent},{id},{},{}\n", at(hour), at(hour + 8))
}

/// The rows of so many agents on so many days, and how many are copies.
fn roster(naming: Naming, agents: usize, days: usize) -> (String, usize) {
    let mut rows = String::new();
    for (day, agent) in (0..days).flat_map(|day| (0..agents).map(move |agent| (day, agent))) {
        let id = match naming {
            Naming::Records { .. } => format!("s-{day}-{agent}"),
            Naming::Slots { people } => format!("p-{day}-{}", agent / people),
            Naming::Types { types } => format!("t-{}", (agent + day) % types),
            Naming::Patterns => format!("a-{agent}"),
        };
        rows += &shift(agent, &id, day, 6);
    }
    let Naming::Records { copied } = naming else { return (rows, 0) };
    // Few: not more than one in twelve.
    let copied = copied.min(agents * days / 12);
    for copy in 0..copied {
        let (day, agent) = (copy % days, copy / days % agents);
        let id = format!("s-{day}-{agent}");
        rows += &if copy % 2 == 0 {
            shift(agents + copy, &id, day, 6)
        } else {
            shift(agent, &id, days + copy, 6)
        };
    }
    (rows, copied)
}

fn packed(text: &str) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(text.as_bytes()).expect("memory can be written");
    packed.finish().expect("memory can be written")
}

fn report_on(batch: &str, live: Option<&str>, replace: Replace, jobs: usize) -> Report {
    let of_rows =
        |role, name, rows: &str| file(role, name, format!("agent,shift_id,start,end\n{rows}"));
    let mut files = vec![of_rows(Role::Batch, "batch.csv", batch)];
    files.extend(live.map(|rows| of_rows(Role::Published, "live.csv", rows)));
    let settings = settings(files, Choice { jobs, ..PLAIN });
    let settings = Settings { columns: Vec::new(), replace, ..settings };
    analyze(&settings, &Progress::default()).expect("sound settings")
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
        rows = rows.replace("T06:00Z,", "T05:30Z,");
        rows += &shift(0, "s-0-1", 3, hour);
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
