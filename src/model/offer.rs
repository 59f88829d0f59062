//! What a finding itself shows that could be changed in one of its records.

use super::cause::{Cause, CauseKind, RemedyChange};
use super::fact::Flaw;
use super::finding::{Ambiguity, Finding, Moment, Record};
use super::rule::Trigger;
use super::source::Role;
use super::time::Stamp;
use std::borrow::Cow;
use std::sync::Arc;

/// A change of a batch record that could remove a finding, and was not tried.
#[derive(Debug, Clone)]
pub struct FixOffer<'f> {
    /// The cause that asks for it; `None` if the flaw of the record does.
    pub cause: Option<&'f Cause>,
    /// The record.
    pub record: &'f Arc<Record>,
    /// Its place among the records of the finding.
    pub place: usize,
    /// How it would be changed.
    pub change: RemedyChange,
}

impl Finding {
    /// What could be changed so that it goes, in the order of its causes.
    pub fn offers(&self) -> impl Iterator<Item = FixOffer<'_>> {
        let remedies = self.causes.iter().filter_map(|cause| {
            let remedy = cause.remedy.as_deref()?;
            let place = usize::from(remedy.of_later);
            let record = self.records.get(place)?;
            Some(FixOffer { cause: Some(cause), record, place, change: remedy.change })
        });
        let offers = self.right_offset().into_iter().chain(remedies);
        offers.filter(|offer| offer.record.role == Role::Batch)
    }

    /// The offset of the zone, if the finding is that the record has another.
    fn right_offset(&self) -> Option<FixOffer<'_>> {
        let [record] = &self.records[..] else { return None };
        if !matches!(self.rule.trigger, Trigger::Flaw(is_about) if is_about(Flaw::OffsetMismatch)) {
            return None;
        }
        let (start, end) = (right(&record.start)?, right(&record.end)?);
        let change = RemedyChange::Times { start, end };
        Some(FixOffer { cause: None, record, place: 0, change })
    }
}

/// A time with the offset of its zone.
fn right(moment: &Moment) -> Option<Stamp> {
    match (moment.doubt, &moment.otherwise) {
        (Some(Ambiguity::Mismatch), Some(stamp)) => Some(**stamp),
        _ => moment.at,
    }
}

impl FixOffer<'_> {
    /// The start and the end with what they would become, each if it would change.
    fn changed(&self) -> Vec<(&Moment, Stamp)> {
        let RemedyChange::Times { start, end } = self.change else { return Vec::new() };
        let times = [(&self.record.start, start), (&self.record.end, end)];
        times.into_iter().filter(|(moment, to)| moment.at != Some(*to)).collect()
    }

    /// Why it would be changed and how, in one sentence without a full stop.
    #[must_use]
    pub fn message(&self) -> Cow<'_, str> {
        if let Some(cause) = self.cause {
            return Cow::Borrowed(&cause.message);
        }
        let changed = self.changed().into_iter();
        let words: Vec<String> = changed
            .map(|(moment, right)| format!("`{}` gets {}", moment.written, right.offset_name()))
            .collect();
        let zone = self.record.zone.as_ref().map_or("its zone", |zone| zone.as_str());
        Cow::Owned(format!(
            "{}: {}, the offset of {zone} on that date",
            self.record.call_and_place(),
            words.join(" and ")
        ))
    }

    /// What to do, in one sentence without a full stop.
    #[must_use]
    pub fn instruction(&self) -> String {
        if self.change == RemedyChange::Removed {
            // Two of one name are told apart by their places.
            let record = self.record.call_and_place();
            let is_copy = self.cause.is_some_and(|cause| cause.kind == CauseKind::DuplicateRecord);
            let only = if is_copy { ", if the two are equal in every cell or key" } else { "" };
            return format!("leave out {record}{only}");
        }
        let changed = self.changed().into_iter();
        let words: Vec<String> =
            changed.map(|(moment, to)| format!("`{to}` for `{}`", moment.written)).collect();
        format!("in {} write {}", self.record.call(), words.join(" and "))
    }
}
