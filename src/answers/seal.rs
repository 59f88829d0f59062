//! Removes secrets from everything in an answer that is about to be returned.
//!
//! The stages before remove them where texts enter. This one makes sure of it for texts that
//! come another way, such as the keys in a pointer.

use super::redact::redacted;
use crate::model::complaint::{Complaint, ItemName, ServerAnswer};
use std::borrow::Cow;

/// Removes secrets from an answer.
pub(super) fn seal(answer: &mut ServerAnswer) {
    answer.complaints.iter_mut().for_each(complaint);
    answer.accepted.iter_mut().chain(&mut answer.unclear).for_each(name);
    answer.incomplete.iter_mut().for_each(text);
    answer.correlation.iter_mut().for_each(text);
}

fn complaint(complaint: &mut Complaint) {
    text(&mut complaint.message);
    complaint.codes.iter_mut().chain(&mut complaint.others).for_each(text);
    spans(&mut complaint.other_spans);
    for key in &mut complaint.keys {
        [&mut key.agent, &mut key.start, &mut key.end].into_iter().for_each(text);
    }
    name(&mut complaint.names);
}

fn name(name: &mut ItemName) {
    name.ids
        .iter_mut()
        .chain(&mut name.agents)
        .chain(&mut name.mentions)
        .chain(&mut name.pointer)
        .chain(&mut name.place.pointer)
        .for_each(text);
    spans(&mut name.spans);
}

fn spans(spans: &mut [(String, String)]) {
    spans.iter_mut().flat_map(|(start, end)| [start, end]).for_each(text);
}

fn text(text: &mut String) {
    if let Cow::Owned(clean) = redacted(text)
        && clean != *text
    {
        *text = clean;
    }
}
