//! Activities are read with their shift, and again for people.
//!
//! The first time only how many do not fit is kept of a shift: which they are is
//! found again for those that are listed.

use super::facts::{Facts, Listed};
use crate::model::conventions::Question;
use crate::model::fact::{Defect, Detail, Flaw, Misfits, Notice, NoticeKind};
use crate::model::finding::Activity;
use crate::model::keys::Keys;
use crate::model::row::{Field, Row};
use crate::model::settings::Settings;
use crate::model::shift::{Entry, Kind};
use crate::model::source::Origin;
use crate::model::time::{Clock, Span};
use crate::normalize::{Context, Normalizer, Taken};
use crate::read::{activities, lists_of_activities};
use crate::reconcile::Carried;
use crate::sweep::inner::Inner;
use std::collections::BTreeMap;

/// The rules about activities.
const CODES: [&str; 2] = ["OV301", "OV302"];

/// Whether anybody wants to know of activities.
pub(super) fn are_wanted(settings: &Settings) -> bool {
    CODES.iter().any(|code| settings.is_on(code))
}

/// The activities of a shift.
pub(super) struct ReadActivities {
    /// Those of each list.
    inner: Vec<Inner>,
    clock: Clock,
    /// The first that cannot be read.
    unreadable: Option<u32>,
    asks: Option<Question>,
}

/// What became of the activities of a shift in the first pass.
#[derive(Default)]
pub(super) struct ActivityNotes {
    pub(super) misfits: Option<Misfits>,
    pub(super) defect: Option<Defect>,
    pub(super) asks: Option<Question>,
}

/// Reads the activities of a row; `None` where it has none. Their numbers go on from
/// list to list.
fn read(
    normalizer: &mut Normalizer<'_>,
    row: &Row<'_>,
    context: Context,
) -> Option<ReadActivities> {
    let word = row.word(Field::Activities);
    let frame = if word.is_empty() { None } else { normalizer.frame(row, context) }?;
    let mut all =
        ReadActivities { inner: Vec::new(), clock: frame.clock, unreadable: None, asks: None };
    let mut number = 0;
    for list in lists_of_activities(word) {
        let (mut spans, mut unreadable, mut asks) = (Vec::new(), None, None);
        let whole = activities(list, &mut |activity| {
            number += 1;
            match normalizer.activity(activity, &frame) {
                Taken::Time(span) => spans.push((number, span)),
                Taken::Nothing => {}
                Taken::Unreadable => unreadable = unreadable.or(Some(number)),
                Taken::Asks(question) => asks = Some(question),
            }
        });
        if whole {
            all.inner.push(Inner::new(frame.shift, spans));
            all.unreadable = all.unreadable.or(unreadable);
            all.asks = all.asks.or(asks);
        }
    }
    (!all.inner.is_empty()).then_some(all)
}

/// Notes what does not fit within a shift of the batch.
pub(super) fn note(
    normalizer: &mut Normalizer<'_>,
    row: &Row<'_>,
    context: Context,
    entry: &Entry,
) -> ActivityNotes {
    if !entry.side().batch || entry.side().kind != Kind::Shift {
        return ActivityNotes::default();
    }
    let Some(read) = read(normalizer, row, context) else { return ActivityNotes::default() };
    let (origin, agent, start) = (entry.origin, entry.agent, entry.start());
    let overlaps = read.inner.iter().map(Inner::overlaps).sum();
    let leaving = read.inner.iter().map(|inner| inner.leaving().count() as u64).sum();
    let misfits = Misfits { origin, agent, start, overlaps, leaving };
    let defect = |number| {
        let flaw = Flaw::Activity(number);
        Defect { flaw, origin, agent, start: Some(start), count: 1 }
    };
    ActivityNotes {
        misfits: (overlaps + leaving > 0).then_some(misfits),
        defect: read.unreadable.map(defect),
        asks: read.asks,
    }
}

/// Notes what a record of the schedule carries: the request that it names itself,
/// and those that the activities of a shift name.
pub(super) fn note_carried(
    normalizer: &mut Normalizer<'_>,
    row: &Row<'_>,
    context: Context,
    (entry, keys): (&Entry, &Keys),
    carried: &mut Vec<Carried>,
) {
    let request = keys.of(row.id_in(Field::Request));
    let own = Span::new(entry.start(), entry.end());
    // What has the id itself is the request.
    if let Some(span) = own.filter(|_| request != 0 && request != entry.id) {
        carried.push(Carried { request, by: *entry, span });
    }
    let word = row.word(Field::Activities);
    if entry.side().kind != Kind::Shift || !may_name_requests(word) {
        return;
    }
    let Some(frame) = normalizer.frame(row, context) else { return };
    for list in lists_of_activities(word) {
        activities(list, &mut |activity| {
            let request = keys.of(activity.id_in(Field::Request));
            if request != 0
                && let Taken::Time(span) = normalizer.activity(activity, &frame)
            {
                let span = frame.shift.overlap(span);
                carried.extend(span.map(|span| Carried { request, by: *entry, span }));
            }
        });
    }
}

/// Whether activities can name a request: a glance at their text, which is often
/// long. Keys may be written with escapes.
pub(super) fn may_name_requests(list: &[u8]) -> bool {
    list.windows(6).any(|word| word.eq_ignore_ascii_case(b"equest") || word[0] == b'\\')
}

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
        let pairs = read.inner.iter().flat_map(Inner::pairs);
        for (pair, shared) in pairs.take(most(listed.overlaps)) {
            self.notices.push(notice(NoticeKind::ActivityOverlap, pair, shared));
        }
        let leaving = read.inner.iter().flat_map(Inner::leaving);
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
