//! What replaces what, in every combination.
//!
//! One record is live and one is sent, at the same time. Which ids, schedules
//! and agents they have, whether the one that is sent is called off, and of
//! which kinds they are is tried in all ways under each `--replace`.

use crate::world::check::{FILES, check, comparable, counts, file, settings_of};
use crate::world::oracle::expected;
use crate::world::schedule::{Row, Schedule, Times};
use crate::world::write;
use jiff::civil::date;
use shiftlint::model::settings::Replace;
use shiftlint::model::source::Role;

#[test]
fn every_combination_replaces_what_the_contract_says() {
    let day = date(2026, 3, 2);
    let times = Times::at_offset(day.at(8, 0, 0, 0), day.at(16, 0, 0, 0), None);
    let named = |name: &str| Some(name.to_owned());
    let live = Row {
        id: named("s-1"),
        schedule: named("w10"),
        ..Row::shift(Role::Published, "anna", times)
    };
    let lives = [
        live.clone(),
        Row { id: None, ..live.clone() },
        Row { schedule: None, ..live.clone() },
        Row { off: true, ..live },
    ];
    let mut replaced = [0; 3];
    for live in lives {
        for number in 0..72 {
            let sent = Row {
                id: [None, named("s-1"), named("s-2")][number / 2 % 3].clone(),
                schedule: [None, named("w10"), named("w11")][number / 6 % 3].clone(),
                off: number / 18 % 2 == 1,
                status: ["", "cancelled"][number / 36],
                ..Row::shift(Role::Batch, ["anna", "ben"][number % 2], times)
            };
            let ways = [Replace::Id, Replace::Schedule, Replace::None];
            for (replaced, replace) in replaced.iter_mut().zip(ways) {
                let rows = vec![sent.clone(), live.clone()];
                let schedule = Schedule { replace, ..Schedule::new(rows) };
                let csv = |role| write::csv(&write::COLUMNS, schedule.of(role));
                let files = FILES[..2].iter().map(|(role, name)| file(*role, name, csv(*role)));
                let report = check(&settings_of(&schedule, files.collect()));
                let mut expected = expected(&schedule);
                expected.counts.retain(|role, _| !role.lists_absences());
                let mut found: Vec<_> = report.findings.iter().map(comparable).collect();
                found.sort();
                assert_eq!(found, expected.findings, "{schedule:?}");
                assert_eq!(counts(&report), expected.counts, "{schedule:?}");
                *replaced += expected.counts[&Role::Published].replaced;
            }
        }
    }
    assert!(replaced[0] > 10 && replaced[1] > 10 && replaced[2] == 0, "{replaced:?}");
}
