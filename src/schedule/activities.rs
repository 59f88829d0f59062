//! Reads the activities of a shift, and counts those that do not fit.
//!
//! Which they are is not kept: it is found again for those that a report lists.

use crate::judge::rule_of_notice;
use crate::model::conventions::Question;
use crate::model::fact::{Defect, Flaw, Misfits, NoticeKind};
use crate::model::keys::{Keys, RecordKey};
use crate::model::row::{Field, Row};
use crate::model::settings::Settings;
use crate::model::shift::{Entry, Kind};
use crate::model::time::{Clock, Span};
use crate::normalize::{ActivityOutcome, Context, Normalizer};
use crate::read::{activities, lists_of_activities, may_name_requests};
use crate::reconcile::{Carried, sync_version};
use crate::sweep::inner::ActivityTimeline;

/// Whether a rule about activities is on.
pub(crate) fn are_wanted(settings: &Settings) -> bool {
    let kinds = [NoticeKind::ActivityOverlap, NoticeKind::ActivityOutsideShift];
    kinds.into_iter().any(|kind| settings.is_on(rule_of_notice(kind).code))
}

/// The activities of a shift.
pub(crate) struct ReadActivities {
    /// Those of each list.
    pub(crate) inner: Vec<ActivityTimeline>,
    pub(crate) clock: Clock,
    /// The first that cannot be read.
    unreadable: Option<u32>,
    asks: Option<Question>,
}

/// What became of the activities of a shift in the first pass.
#[derive(Default)]
pub(crate) struct ActivityNotes {
    pub(crate) misfits: Option<Misfits>,
    pub(crate) defect: Option<Defect>,
    pub(crate) asks: Option<Question>,
}

/// Reads the activities of a row; `None` where it has none. Their numbers go on from
/// list to list.
pub(crate) fn read(
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
                ActivityOutcome::Time(span) => spans.push((number, span)),
                ActivityOutcome::Nothing => {}
                ActivityOutcome::Unreadable => unreadable = unreadable.or(Some(number)),
                ActivityOutcome::Asks(question) => asks = Some(question),
            }
        });
        if whole {
            all.inner.push(ActivityTimeline::new(frame.shift, spans));
            all.unreadable = all.unreadable.or(unreadable);
            all.asks = all.asks.or(asks);
        }
    }
    (!all.inner.is_empty()).then_some(all)
}

/// Notes what does not fit within a shift of the batch.
pub(crate) fn note(
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
    let overlaps = read.inner.iter().map(ActivityTimeline::overlaps).sum();
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
/// and those that the activities of a shift name. One that is time off by its code, and names
/// none, carries any.
pub(crate) fn note_carried(
    normalizer: &mut Normalizer<'_>,
    row: &Row<'_>,
    context: Context,
    (entry, keys): (&Entry, &Keys),
    carried: &mut Vec<Carried>,
) {
    let request: RecordKey = keys.of(row.id_in(Field::Request));
    let own = Span::new(entry.start(), entry.end());
    // What has the id itself is the request.
    if let Some(span) = own.filter(|_| request.is_some() && request != entry.id) {
        carried.push(Carried { request, by: *entry, span, version: sync_version(row) });
    }
    let word = row.word(Field::Activities);
    let may_be_off = may_name_requests(word) || normalizer.has_activity_codes();
    if entry.side().kind != Kind::Shift || !may_be_off || word.is_empty() {
        return;
    }
    let Some(frame) = normalizer.frame(row, context) else { return };
    for list in lists_of_activities(word) {
        activities(list, &mut |activity| {
            let request: RecordKey = keys.of(activity.id_in(Field::Request));
            if (request.is_some() || normalizer.is_coded_time_off(activity))
                && let ActivityOutcome::Time(span) = normalizer.activity(activity, &frame)
            {
                let span = frame.shift.overlap(span);
                let version = sync_version(activity);
                carried.extend(span.map(|span| Carried { request, by: *entry, span, version }));
            }
        });
    }
}
