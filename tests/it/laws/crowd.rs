//! Crowds: hundreds of records of one agent, equal or within each other, so
//! that pairs outnumber records by far and are counted without being visited.

use super::schedule::schedules;
use super::{Choice, PLAIN, assert_listed, check_whole, config, sorted};
use crate::world::check::{comparable, reported, totals, totals_of};
use crate::world::oracle::expected;
use crate::world::schedule::{Row, Schedule};
use proptest::prelude::{Strategy, prop_assert, prop_assert_eq, proptest};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// The rows of a small schedule, all of one agent and without ids, each as
/// often as its share says.
fn crowds() -> impl Strategy<Value = Schedule> {
    let shares = proptest::collection::vec(1..90usize, 24);
    (schedules(), shares).prop_map(|(schedule, shares)| {
        let one = |row: &Row| Row { agent: Some("agent-0".to_owned()), id: None, ..row.clone() };
        let many = schedule.rows.iter().zip(shares);
        let mut rows: Vec<Row> =
            many.flat_map(|(row, share)| std::iter::repeat_n(one(row), share)).collect();
        rows.truncate(400);
        Schedule { rows, ..schedule }
    })
}

/// The law would hold for a few records, too.
#[test]
fn crowds_have_far_more_pairs_than_records() {
    let mut runner = TestRunner::deterministic();
    let crowded = (0..50).filter(|_| {
        let crowd = crowds().new_tree(&mut runner).expect("a crowd").current();
        expected(&crowd).findings.len() > 8 * crowd.rows.len()
    });
    assert!(crowded.count() > 25);
}

proptest! {
    #![proptest_config(config(25))]

    #[test]
    fn a_crowd_is_counted_as_if_each_pair_were_compared(crowd in crowds(), most in 0..40u64) {
        let report = check_whole(&crowd, Choice { most, ..PLAIN });
        let all = expected(&crowd).findings;
        prop_assert_eq!(totals(&report), totals_of(&all));
        assert_listed(&report, most)?;
        for finding in &report.findings {
            let reported = comparable(finding);
            prop_assert!(all.binary_search(&reported).is_ok(), "{:?}", reported);
        }
        let again = check_whole(&crowd, Choice { most, jobs: 8, ..PLAIN });
        prop_assert_eq!(sorted(&again.findings, reported), sorted(&report.findings, reported));
    }
}
