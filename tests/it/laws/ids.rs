//! Ids, as often as they please: within a file and across files, of one agent
//! and of several, noted while they are read or looked for afterwards.

use super::{Choice, PLAIN, config, settings, totals};
use proptest::prelude::{any, prop_assert_eq, proptest};
use shiftlint::analyze::{Progress, analyze};
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
        let folder = tempfile::tempdir().expect("a folder for the law");
        for (place, (_, name)) in FILES.iter().enumerate() {
            let (text, path) = (csv(&records, place), folder.path().join(name));
            let file = std::fs::File::create(path).expect("a file");
            if stream && place == 0 {
                let level = flate2::Compression::fast();
                let mut packed = flate2::write::GzEncoder::new(file, level);
                packed.write_all(text.as_bytes()).expect("a packed file");
                packed.finish().expect("a packed file");
            } else {
                (&file).write_all(text.as_bytes()).expect("a file");
            }
        }
        let settings = settings(folder.path(), &FILES, Choice { jobs, ..PLAIN });
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
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("one.csv"), text).expect("a file");
    for jobs in [1, 3] {
        let settings = settings(folder.path(), &FILES[..1], Choice { jobs, ..PLAIN });
        let report = analyze(&settings, &Progress::default()).expect("sound settings");
        let found = totals(&report).get("ID101").map_or(0, |counts| counts.iter().sum::<u64>());
        assert_eq!(found, again as u64);
    }
}
