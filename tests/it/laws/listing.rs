//! Which findings are listed where there are more than may be.
//!
//! The report without a limit for all findings says what there is to choose from.

use super::schedule::schedules;
use super::{Choice, PLAIN, check_whole, config, sorted};
use crate::world::check::{json, reported, totals};
use crate::world::oracle::Reported;
use proptest::prelude::{prop_assert, prop_assert_eq, proptest};
use shiftlint::model::finding::{Finding, Report};
use shiftlint::model::rule::Trigger;
use shiftlint::model::source::Role;

/// A record by the rank of its file and its number.
type Place = (Role, u64);

fn places(finding: &Finding) -> Vec<Place> {
    finding.records.iter().map(|record| (record.role, record.number)).collect()
}

/// Overlaps first, flaws of single records last, and the others between them; of
/// each, those whose first record stands first.
fn order(finding: &Finding) -> (u8, Place, &'static str, Vec<Place>) {
    let places = places(finding);
    let unread = ["RC101", "TZ105"].contains(&finding.rule.code);
    let (rank, first) = match finding.rule.trigger {
        Trigger::Overlap(_) => (0, *places.iter().min().expect("two records")),
        Trigger::Notice(_) => (1, places[0]),
        Trigger::Flaw(_) => (if unread { 1 } else { 2 }, places[0]),
    };
    (rank, first, finding.rule.code, places)
}

fn chosen(report: &Report, most: u64) -> Vec<Reported> {
    let mut findings = report.findings.clone();
    findings.sort_by_key(order);
    findings.truncate(most as usize);
    sorted(&findings, reported)
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn of_all_findings_those_are_listed_that_come_first(
        schedule in schedules(),
        most in 0..6u64,
        in_all in 0..30u64,
    ) {
        let all = check_whole(&schedule, Choice { most, ..PLAIN });
        let few = check_whole(&schedule, Choice { most, in_all, ..PLAIN });
        prop_assert_eq!(chosen(&few, u64::MAX), chosen(&all, in_all));
        prop_assert_eq!(totals(&few), totals(&all));
        prop_assert_eq!(few.verdict, all.verdict);
        let left_out = all.findings.len() - few.findings.len();
        prop_assert_eq!(few.beyond_max_findings, left_out as u64);
        prop_assert_eq!(all.beyond_max_findings, 0);
        prop_assert_eq!(few.withheld(), few.total() - few.findings.len() as u64);
        // They stand in the order of the report.
        let mut rest = all.findings.iter().map(reported);
        for finding in few.findings.iter().map(reported) {
            prop_assert!(rest.any(|known| known == finding), "{finding:?}");
        }
        for jobs in [2, 8] {
            let again = check_whole(&schedule, Choice { most, in_all, jobs });
            prop_assert_eq!(json(&again), json(&few));
        }
    }
}
