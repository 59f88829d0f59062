//! Finds the activities that findings name again, in the shifts that are listed.

use super::facts::{Facts, Listed};
use crate::model::fact::{Detail, Flaw, Notice, NoticeKind};
use crate::model::finding::Activity;
use crate::model::row::{Field, Row};
use crate::model::source::Origin;
use crate::model::text::Text;
use crate::model::time::Span;
use crate::normalize::{Context, Normalizer};
use crate::read::{activities, lists_of_activities, may_name_requests};
use crate::schedule::activities::read;
use crate::sweep::inner::ActivityTimeline;
use std::collections::{BTreeMap, BTreeSet};

/// Which shifts have activities that are told, by their places.
pub(super) fn listed(facts: &Facts) -> BTreeMap<Origin, Listed> {
    let mut listed = facts.misfits.clone();
    for defect in &facts.defects {
        if let Flaw::Activity(number) = defect.flaw {
            listed.entry(defect.origin).or_default().unreadable = Some(number);
        }
    }
    listed
}

/// The request for time off that the activities of a shift name, if it is one.
pub(super) fn only_request(row: &Row<'_>) -> Option<Text> {
    let word = row.word(Field::Activities);
    let mut named: BTreeSet<Vec<u8>> = BTreeSet::new();
    if may_name_requests(word) {
        lists_of_activities(word).for_each(|list| {
            activities(list, &mut |activity| {
                named.insert(activity.id_in(Field::Request).to_vec());
            });
        });
    }
    named.remove(&b""[..]);
    let only = named.pop_first().filter(|_| named.is_empty());
    only.map(|request| String::from_utf8_lossy(&request).as_ref().into())
}

/// What is told of the activities of some shifts.
#[derive(Default)]
pub(super) struct ActivityFacts {
    pub(super) notices: Vec<Notice>,
    /// The activities that findings name, by shift and number.
    pub(super) named: BTreeMap<(Origin, u32), Activity>,
}

impl ActivityFacts {
    /// Adds what another thread found.
    pub(super) fn add(&mut self, mut more: ActivityFacts) {
        self.notices.append(&mut more.notices);
        self.named.append(&mut more.named);
    }

    /// Finds again what does not fit within a shift.
    pub(super) fn look(
        &mut self,
        normalizer: &mut Normalizer<'_>,
        row: &Row<'_>,
        context: Context,
        (origin, listed): (Origin, &Listed),
    ) {
        let Some(read) = read(normalizer, row, context) else { return };
        let most = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
        let first = self.notices.len();
        let notice = |kind, numbers: [u32; 2], span: Span| Notice {
            start: Some(span.start()),
            claim: Some((span, read.clock)),
            detail: Detail::Activities(numbers),
            ..Notice::about(kind, listed.agent, [Some(origin), None, None])
        };
        let pairs = read.inner.iter().flat_map(ActivityTimeline::pairs);
        for (pair, shared) in pairs.take(most(listed.overlaps)) {
            self.notices.push(notice(NoticeKind::ActivityOverlap, pair, shared));
        }
        let leaving = read.inner.iter().flat_map(ActivityTimeline::leaving);
        for (number, outside) in leaving.take(most(listed.leaving)) {
            self.notices.push(notice(NoticeKind::ActivityOutsideShift, [number; 2], outside));
        }
        let told = self.notices.iter().skip(first).filter_map(|notice| match notice.detail {
            Detail::Activities(numbers) => Some(numbers),
            _ => None,
        });
        let numbers: Vec<u32> = told.flatten().chain(listed.unreadable).collect();
        self.name(normalizer, row, context, origin, numbers);
    }

    /// Reads the activities with these numbers again, for people.
    fn name(
        &mut self,
        normalizer: &mut Normalizer<'_>,
        row: &Row<'_>,
        context: Context,
        origin: Origin,
        mut numbers: Vec<u32>,
    ) {
        let Some(frame) = normalizer.frame(row, context) else { return };
        numbers.sort_unstable();
        let mut number = 0;
        let lists = lists_of_activities(row.word(Field::Activities));
        lists.for_each(|list| {
            activities(list, &mut |activity| {
                number += 1;
                if numbers.binary_search(&number).is_ok() {
                    let told = normalizer.display_activity(activity, number, &frame);
                    self.named.insert((origin, number), told);
                }
            });
        });
    }

    /// The activities with these numbers in a shift.
    pub(super) fn of(&self, origin: Origin, numbers: &[u32]) -> Vec<Activity> {
        numbers.iter().filter_map(|number| self.named.get(&(origin, *number)).cloned()).collect()
    }
}
