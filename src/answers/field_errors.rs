//! Reads errors as web frameworks list them: `{"start":["This field is required."]}`.
//!
//! Django REST framework answers so to a record, and to a list of records with a list of such
//! objects, of which that of a record without errors is empty.

use super::draft::Draft;
use super::phrases::hear;
use super::pointers::escaped;
use super::senses::{KeySense, sense};
use super::statuses::ItemVerdict;
use super::tree::{Object, Tree};

/// Keys of errors that are of no field.
const OF_NO_FIELD: [&str; 3] = ["non_field_errors", "nonFieldErrors", "__all__"];

/// Whether the elements of a list are such objects, one for each item.
pub(super) fn are_items(list: &[Tree]) -> bool {
    let is_fitting = |element: &Tree| {
        element.as_object().is_some_and(|object| object.members.is_empty() || is_one(object))
    };
    list.iter().all(is_fitting) && list.iter().filter_map(Tree::as_object).any(is_one)
}

/// What such an object says of its item.
pub(super) fn read(object: &Object) -> Option<Draft> {
    if !is_one(object) {
        return None;
    }
    let mut draft = Draft::default();
    draft.judge(ItemVerdict::Bad);
    for (key, value) in &object.members {
        messages(value).for_each(|message| draft.add_message(message));
        if !OF_NO_FIELD.contains(&key.as_str()) {
            draft.add_pointer(format!("/{}", escaped(key)));
        }
    }
    Some(draft)
}

/// Whether all values are lists of messages, of which one complains.
fn is_one(object: &Object) -> bool {
    let is_field = |key: &str| match sense(key) {
        None => true,
        Some(sense) => is_name(sense),
    };
    let is_list = |value: &Tree| {
        value.as_list().is_some_and(|list| list.iter().all(|of| of.as_text().is_some()))
    };
    let complains = |(key, value): &(String, Tree)| {
        messages(value).any(|message| {
            OF_NO_FIELD.contains(&key.as_str())
                || message.contains(' ') && hear([message]).complains()
        })
    };
    !object.members.is_empty()
        && object.members.iter().all(|(key, value)| {
            is_list(value) && (is_field(key) || OF_NO_FIELD.contains(&key.as_str()))
        })
        && object.members.iter().any(complains)
}

/// Whether a key names a field of a record.
fn is_name(sense: KeySense) -> bool {
    matches!(
        sense,
        KeySense::Id
            | KeySense::Agent
            | KeySense::Start
            | KeySense::End
            | KeySense::Date
            | KeySense::Interval
            | KeySense::Subject
            | KeySense::Code
            | KeySense::Status
    )
}

fn messages(value: &Tree) -> impl Iterator<Item = &str> {
    value.as_list().unwrap_or_default().iter().filter_map(Tree::as_text)
}
