//! A finding becomes the words of a record that it is about.
//!
//! Decides which fields are marked. Where their words stand is said by the
//! record's excerpt.

use crate::model::fact::{Flaw, Matter};
use crate::model::finding::{Finding, Moment, Record};
use crate::model::row::Field;
use crate::model::rule::Trigger;
use std::ops::Range;

const START: &[Field] = &[Field::Start, Field::StartDate, Field::Date];
const END: &[Field] = &[Field::End, Field::EndDate, Field::Date, Field::Length];
const TIMES: &[Field] = &[
    Field::Start,
    Field::End,
    Field::Times,
    Field::Date,
    Field::StartDate,
    Field::EndDate,
    Field::Length,
];

/// Sets `words` to the places of what the finding is about in the record's
/// excerpt. A record without such a word has its times marked.
pub(super) fn marked_words(finding: &Finding, record: &Record, words: &mut Vec<Range<usize>>) {
    gather(record, subject(finding, record), words);
    if words.is_empty() {
        gather(record, TIMES, words);
    }
}

fn gather(record: &Record, fields: &[Field], words: &mut Vec<Range<usize>>) {
    words.clear();
    let places = record.excerpt.words.iter().filter(|(field, _)| fields.contains(field));
    words.extend(places.map(|(_, place)| place.start as usize..place.end as usize));
}

fn subject(finding: &Finding, record: &Record) -> &'static [Field] {
    match finding.rule.trigger {
        Trigger::Overlap(_) => TIMES,
        Trigger::Notice(Matter::UnknownAgent) if is_other_agent(finding, record) => {
            &[Field::WithAgent]
        }
        Trigger::Notice(Matter::UnknownAgent | Matter::TwoSpellings) => &[Field::Agent],
        Trigger::Notice(matter) if matter.by_id() => &[Field::Id],
        Trigger::Notice(Matter::ClientMadeId) if record.id.is_some() => &[Field::Id],
        Trigger::Notice(Matter::ClientMadeId | Matter::RepeatedSchedule) => &[Field::Schedule],
        Trigger::Notice(matter) if matter.by_version() => &[Field::Schedule, Field::Version],
        Trigger::Notice(matter) if matter.by_swap() => subject_of_swap(matter, record),
        Trigger::Notice(_) => TIMES,
        Trigger::Flaw(has) if has(Flaw::UnknownZone) && has_own_zone(record) => &[Field::Zone],
        Trigger::Flaw(has) if has(Flaw::UnknownZone) => TIMES,
        Trigger::Flaw(has) if has(Flaw::UnknownStatus) => &[Field::Status],
        Trigger::Flaw(_) => doubtful_times(record),
    }
}

/// Whether the record's zone is the word of its field; a time can name one, too.
fn has_own_zone(record: &Record) -> bool {
    let words = record.excerpt.words.iter().filter(|(field, _)| *field == Field::Zone);
    let mut words = words.filter_map(|(_, place)| record.excerpt.text.part(place.clone()));
    words.any(|word| Some(word.as_str().trim()) == record.zone.as_deref())
}

/// Whether the finding is about the second agent of a swap.
fn is_other_agent(finding: &Finding, record: &Record) -> bool {
    record.trade.is_some() && finding.agent.as_deref() != Some(&record.agent)
}

/// In a swap its status, or what else speaks against it; in a shift what the
/// swap changes, or where it is in the way.
const fn subject_of_swap(matter: Matter, record: &Record) -> &'static [Field] {
    match (matter, record.trade.is_some()) {
        (Matter::SwapUnknownShift, true) => &[Field::Shift, Field::WithShift],
        (Matter::StaleSwap, true) => &[Field::Start, Field::End, Field::WithStart, Field::WithEnd],
        (_, true) => &[Field::Status],
        (Matter::PendingSwap, false) => &[Field::Id],
        (Matter::SwapNotApplied, false) => &[Field::Agent],
        (_, false) => TIMES,
    }
}

/// The end of the record that is in doubt, or both.
fn doubtful_times(record: &Record) -> &'static [Field] {
    let doubtful = |moment: &Moment| moment.at.is_none() || moment.doubt.is_some();
    match (doubtful(&record.start), doubtful(&record.end)) {
        (true, false) => START,
        (false, true) => END,
        _ => TIMES,
    }
}

/// Whether the finding is about its records' times.
pub(super) fn is_about_times(finding: &Finding) -> bool {
    match finding.rule.trigger {
        Trigger::Overlap(_) | Trigger::Notice(Matter::SwapOverlap | Matter::StaleSwap) => true,
        Trigger::Notice(matter) => matter.wants_limit(),
        Trigger::Flaw(has) => !has(Flaw::UnknownZone) && !has(Flaw::UnknownStatus),
    }
}
