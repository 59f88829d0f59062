//! Finds records far from the middle one of their file.
//!
//! The middle is known once all records are read, and before any timeline is walked: a
//! histogram of days for each source shows it. It is only made where the first and the
//! last of all records are so far apart that there can be a distant one.

use crate::judge::rule_of_notice;
use crate::ledger::FactLedger;
use crate::model::fact::{Detail, Notice, NoticeKind};
use crate::model::keys::QuickMap;
use crate::model::partition::Partition;
use crate::model::shift::Entry;
use crate::model::time::{DAY, Instant};
use crate::schedule::run::Run;
use std::collections::BTreeMap;

/// So many days from the middle a record is distant.
const FAR: i64 = 400;

/// The days of the middle records, by source, of those sources that have distant ones.
#[derive(Debug, Default)]
pub(super) struct Distant {
    middles: QuickMap<u16, i64>,
}

impl Distant {
    /// Looks through all entries, whose starts have this range, if need be.
    pub(super) fn of(
        run: &Run<'_>,
        partitions: &[Partition],
        range: Option<(Instant, Instant)>,
    ) -> Distant {
        let is_on = run.settings.is_on(rule_of_notice(NoticeKind::DistantRecord).code);
        let is_wide = range.is_some_and(|(first, last)| day(last) - day(first) > FAR);
        if !is_on || !is_wide {
            return Distant::default();
        }
        let histograms = run.pool.map(partitions.iter().collect(), |partition: &Partition| {
            let mut days: QuickMap<(u16, i64), u64> = QuickMap::default();
            for entry in partition.entries() {
                *days.entry((entry.origin.source(), day(entry.start()))).or_default() += 1;
            }
            days
        });
        let mut sources: BTreeMap<u16, BTreeMap<i64, u64>> = BTreeMap::new();
        for ((source, day), count) in histograms.into_iter().flatten() {
            *sources.entry(source).or_default().entry(day).or_default() += count;
        }
        let middles = sources.into_iter().filter_map(|(source, days)| {
            let middle = middle(&days)?;
            let is_far = |day: &i64| (day - middle).abs() > FAR;
            days.keys().any(is_far).then_some((source, middle))
        });
        Distant { middles: middles.collect() }
    }

    /// Whether no source has any.
    pub(super) fn is_empty(&self) -> bool {
        self.middles.is_empty()
    }

    /// Notes records far from the middle one of their file.
    #[cold]
    pub(super) fn visit(&self, timeline: &[Entry], ledger: &mut FactLedger<'_>) {
        let mut notices = ledger.of_agent();
        for entry in timeline {
            if let Some(days) = self.days_off(entry) {
                let notice = Notice::of(NoticeKind::DistantRecord, entry, None);
                notices.add(Notice { detail: Detail::DaysAway(days), ..notice });
            }
        }
    }

    /// How many days after the middle record of its file an entry starts, if it is
    /// distant.
    fn days_off(&self, entry: &Entry) -> Option<i64> {
        let off = day(entry.start()) - self.middles.get(&entry.origin.source())?;
        (off.abs() > FAR).then_some(off)
    }
}

/// The day of the middle record; of two, of the earlier.
fn middle(days: &BTreeMap<i64, u64>) -> Option<i64> {
    let half = days.values().sum::<u64>().div_ceil(2);
    let mut sum = 0;
    days.iter().find_map(|(day, count)| {
        sum += count;
        (sum >= half).then_some(*day)
    })
}

const fn day(at: Instant) -> i64 {
    at.millis().div_euclid(DAY)
}

#[cfg(test)]
mod tests {
    use super::middle;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn the_middle_is_that_of_the_sorted_days(mut days in prop::collection::vec(-9i64..9, 1..40)) {
            let mut counts = BTreeMap::new();
            days.iter().for_each(|day| *counts.entry(*day).or_insert(0) += 1);
            days.sort_unstable();
            prop_assert_eq!(middle(&counts), Some(days[(days.len() - 1) / 2]));
        }
    }
}
