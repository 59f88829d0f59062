//! Finds the words of a record that a finding is about.
//!
//! The rule says which fields those are, and the record's excerpt where their words are.

use crate::model::finding::{Finding, Record};
use crate::model::row::Field;
use std::ops::Range;

/// Sets `words` to the places of what the finding is about in the record's
/// excerpt. A record without such a word has its times marked.
pub(in crate::report) fn marked_words(
    finding: &Finding,
    record: &Record,
    words: &mut Vec<Range<usize>>,
) {
    gather(record, subject(finding, record), words);
    if words.is_empty() {
        gather(record, Field::TIMES, words);
    }
}

/// The fields whose words are marked.
pub(super) fn marked_fields(finding: &Finding, record: &Record) -> &'static [Field] {
    let fields = subject(finding, record);
    let is_there = record.excerpt.words.iter().any(|(field, _)| fields.contains(field));
    if is_there { fields } else { Field::TIMES }
}

fn gather(record: &Record, fields: &[Field], words: &mut Vec<Range<usize>>) {
    words.clear();
    let places = record.excerpt.words.iter().filter(|(field, _)| fields.contains(field));
    words.extend(places.map(|(_, place)| place.start as usize..place.end as usize));
}

fn subject(finding: &Finding, record: &Record) -> &'static [Field] {
    (finding.rule.subject)(record, finding.agent.as_deref())
}

/// Whether the finding is about the times of a record.
pub(super) fn is_about_times(finding: &Finding, record: &Record) -> bool {
    let about = subject(finding, record);
    about.contains(&Field::Start) || about.contains(&Field::End)
}
