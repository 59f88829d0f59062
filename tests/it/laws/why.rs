//! What `shiftlint why` says of two records is what the oracle says of them.

use super::schedule::{COLUMNS, schedules};
use super::{config, write};
use crate::world::check::{FILES, file, settings_of};
use crate::world::clock;
use crate::world::oracle::expected;
use crate::world::schedule::{Row, Schedule};
use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};
use shiftlint::analyze::Progress;
use shiftlint::model::allowed::AllowedFacts;
use shiftlint::model::settings::{ListedRows, Settings};
use shiftlint::model::source::Role;
use shiftlint::why::{Allowances, Explanation, Relation, explain};

type Place = (Role, u64);

fn settings(schedule: &Schedule) -> Settings {
    let csv = |rows: &[&Row]| write::csv(&COLUMNS, rows.iter().copied());
    let files =
        FILES.iter().map(|(role, name)| file(*role, name, csv(&schedule.of(*role)))).collect();
    let settings = settings_of(schedule, files);
    Settings { listed_rows: ListedRows::All, observes_timelines: true, ..settings }
}

fn name((role, number): Place) -> String {
    let path = FILES.iter().find(|(of, _)| *of == role).expect("a file").1;
    format!("{path}@{number}")
}

fn why(schedule: &Schedule, places: &[Place]) -> Explanation {
    let names: Vec<String> = places.iter().map(|place| name(*place)).collect();
    let facts = AllowedFacts::default();
    let allowances = Allowances { facts: &facts, mark: &|_| {} };
    explain(&settings(schedule), &names, &allowances, &Progress::default()).expect("they are there")
}

fn row(schedule: &Schedule, (role, number): Place) -> &Row {
    schedule.of(role)[number as usize - 1]
}

/// The milliseconds between two rows as they are read, by another library.
fn gap(schedule: &Schedule, places: [Place; 2]) -> i64 {
    let [one, other] = places.map(|place| {
        let (start, end) = clock::ends(schedule, row(schedule, place));
        (start.chosen, end.chosen)
    });
    (other.0 - one.1).max(one.0 - other.1)
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn two_records_are_explained_as_the_oracle_finds_them(
        schedule in schedules(),
        picks in proptest::collection::vec((any::<u16>(), any::<u16>()), 5),
    ) {
        let expected = expected(&schedule).findings;
        let mut places: Vec<Place> = Vec::new();
        for (role, _) in FILES {
            places.extend((1..=schedule.of(role).len() as u64).map(|number| (role, number)));
        }
        // Random pairs, and the first pairs of which there is a finding.
        let mut pairs: Vec<[Place; 2]> = picks
            .iter()
            .map(|(one, other)| [one, other].map(|of| places[usize::from(*of) % places.len()]))
            .filter(|[one, other]| one != other)
            .collect();
        let found = expected.iter().filter(|finding| finding.records.len() == 2).take(5);
        pairs.extend(found.map(|finding| [finding.records[0], finding.records[1]]));
        for pair in pairs {
            let explanation = why(&schedule, &pair);
            let context = format!("{pair:?} of {:?}", [row(&schedule, pair[0]), row(&schedule, pair[1])]);
            let rules: Vec<&str> = expected
                .iter()
                .filter(|finding| pair.iter().all(|place| finding.records.contains(place)))
                .map(|finding| finding.rule)
                .collect();
            // Of more than two records that share an id a finding names the first ones.
            let is_ordered = |rule: &&str| !["ID101", "ID102", "ID108"].contains(rule);
            let overlaps: Vec<&str> = rules.iter().copied().filter(is_ordered).collect();
            prop_assert_eq!(explanation.pair_count, 1, "{}", context);
            let told = &explanation.pairs[0];
            let named: Vec<&str> =
                told.findings.iter().map(|place| explanation.report.findings[*place].rule.code).collect();
            let named_overlaps: Vec<&str> = named.iter().copied().filter(is_ordered).collect();
            prop_assert_eq!(named_overlaps, overlaps, "{}: {}", context, told.message);
            prop_assert_eq!(explanation.has_conflict, !named.is_empty());
            let (one, other) = (row(&schedule, pair[0]), row(&schedule, pair[1]));
            let between = || gap(&schedule, pair);
            match told.relation {
                Relation::Conflict => prop_assert!(!named.is_empty()),
                Relation::OtherAgent | Relation::OtherSpelling => {
                    prop_assert!(one.agent != other.agent, "{}", context);
                }
                Relation::Adjacent => {
                    prop_assert!(one.agent == other.agent && between() <= 0, "{}", context);
                }
                Relation::Apart => {
                    prop_assert!(one.agent == other.agent && between() > 0, "{}", context);
                    prop_assert!(told.message.contains("later"), "{}", told.message);
                }
                Relation::BothLive => {
                    prop_assert!(pair.iter().all(|(role, _)| *role != Role::Batch), "{}", context);
                    prop_assert!(one.agent == other.agent, "{}", context);
                }
                Relation::NoRule => {
                    prop_assert!(one.is_off() && other.is_off(), "{}", context);
                }
                Relation::Replaced => {
                    let is_live = |place: &Place| place.0 != Role::Batch;
                    prop_assert!(pair.iter().any(is_live), "{}", context);
                }
                Relation::Skipped | Relation::Unreadable => {
                    prop_assert!(told.message.contains("not compared"), "{}", told.message);
                }
                Relation::Carried => prop_assert!(one.is_off() || other.is_off(), "{}", context),
                Relation::Allowed
                | Relation::RuleOff
                | Relation::Moved
                | Relation::Merged
                | Relation::PartOfShift => {
                    prop_assert!(false, "{}: {}", context, told.message);
                }
            }
        }
    }

    #[test]
    fn what_touches_one_record_is_what_the_oracle_finds(
        schedule in schedules(),
        picks in proptest::collection::vec(any::<u16>(), 4),
    ) {
        let expected = expected(&schedule).findings;
        let mut places: Vec<Place> = Vec::new();
        for (role, _) in FILES {
            places.extend((1..=schedule.of(role).len() as u64).map(|number| (role, number)));
        }
        for pick in picks {
            let place = places[usize::from(pick) % places.len()];
            let explanation = why(&schedule, &[place]);
            let of_overlap = |rule: &str| rule.starts_with("OV");
            let touching = expected.iter().filter(|finding| {
                of_overlap(finding.rule) && finding.records.contains(&place)
            });
            let conflicts =
                explanation.pairs.iter().filter(|pair| pair.relation == Relation::Conflict);
            let told = conflicts.filter(|pair| {
                let first = &explanation.report.findings[pair.findings[0]];
                of_overlap(first.rule.code)
            });
            prop_assert_eq!(told.count(), touching.count().min(10), "{:?}", place);
        }
    }
}
