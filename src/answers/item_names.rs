//! Reads from the keys of JSON what names an item: ids, agents, times, places.

use super::draft::Draft;
use super::pointers::{escaped, field_pointer};
use super::senses::{KeySense, sense};
use super::tree::{Object, Tree};
use super::words::folded;

/// Adds what a key says of the name of an item.
pub(super) fn add_name(draft: &mut Draft, key: &str, sense: KeySense, value: &Tree) {
    match sense {
        KeySense::Id => each_word(value, &mut |id| draft.add_id(id)),
        KeySense::Agent => each_word(value, &mut |agent| draft.add_agent(agent)),
        KeySense::Start => draft.start = value.as_word().map(str::to_owned).or(draft.start.take()),
        KeySense::End => draft.end = value.as_word().map(str::to_owned).or(draft.end.take()),
        KeySense::Date => draft.date = value.as_word().map(str::to_owned).or(draft.date.take()),
        KeySense::Interval => interval(draft, value),
        KeySense::Index => {
            draft.names.index =
                value.as_word().and_then(|word| word.parse().ok()).or(draft.names.index);
            draft.names.is_line |= folded(key).starts_with("line");
        }
        KeySense::Pointer => pointer(draft, value),
        KeySense::Subject => subject(draft, key, value),
        KeySense::Parameters => {
            value.as_object().into_iter().for_each(|object| subject_object(draft, object))
        }
        KeySense::Other => other(draft, value),
        _ => {}
    }
}

/// The words of a value, of a list, or the ids of objects.
fn each_word(value: &Tree, add: &mut impl FnMut(&str)) {
    match value {
        Tree::List(list) => list.iter().for_each(|value| each_word(value, add)),
        Tree::Object(object) => {
            const IDS: [&str; 9] = [
                "id",
                "userId",
                "agentId",
                "employeeId",
                "externalId",
                "shiftId",
                "email",
                "selfUri",
                "name",
            ];
            let id = IDS.iter().find_map(|key| object.get(key).and_then(Tree::as_word));
            id.into_iter().for_each(add);
        }
        value => value.as_word().into_iter().for_each(add),
    }
}

fn interval(draft: &mut Draft, value: &Tree) {
    match value {
        Tree::Object(object) => subject_object(draft, object),
        value => {
            if let Some((start, end)) = value.as_text().and_then(|text| text.split_once('/')) {
                draft.add_span(start.trim().to_owned(), end.trim().to_owned());
            }
        }
    }
}

fn pointer(draft: &mut Draft, value: &Tree) {
    let found = match value {
        Tree::List(list) => {
            let parts = list.iter().filter_map(Tree::as_word).map(escaped);
            Some(parts.flat_map(|part| ["/".to_owned(), part]).collect::<String>())
                .filter(|path| !path.is_empty())
        }
        value => value.as_text().and_then(field_pointer),
    };
    found.into_iter().for_each(|pointer| draft.add_pointer(pointer));
}

/// An object that names the item, its id, or its index where the key is that of a list.
fn subject(draft: &mut Draft, key: &str, value: &Tree) {
    match value {
        Tree::Object(object) => subject_object(draft, object),
        Tree::Number(number) if matches!(key, "item" | "record" | "entry") => {
            draft.names.index = number.parse().ok().or(draft.names.index);
        }
        Tree::Text(word)
            if matches!(key, "item" | "record" | "entry" | "Record" | "Item" | "Entry")
                && word.parse::<u64>().is_ok() =>
        {
            draft.names.index = word.parse().ok();
        }
        value if key != "source" => each_word(value, &mut |id| draft.add_id(id)),
        _ => {}
    }
}

fn subject_object(draft: &mut Draft, object: &Object) {
    let mut inner = Draft::default();
    for (key, value) in &object.members {
        match sense(key) {
            // `source: {parameter: …}` of JSON:API; the parameters of messages nest no deeper.
            Some(KeySense::Subject | KeySense::Parameters) => {}
            Some(sense) => add_name(&mut inner, key, sense, value),
            None => {}
        }
    }
    inner.close_span();
    draft.merge(inner);
}

/// The record that is in the way.
fn other(draft: &mut Draft, value: &Tree) {
    match value {
        Tree::List(list) => list.iter().for_each(|value| other(draft, value)),
        Tree::Object(object) => {
            let mut inner = Draft::default();
            subject_object(&mut inner, object);
            draft.other_spans.append(&mut inner.names.spans);
            inner.names.ids.iter().for_each(|id| draft.add_other(id));
        }
        value => value.as_word().into_iter().for_each(|id| draft.add_other(id)),
    }
}

/// Adds what another record's draft names as that of the record in the way.
pub(super) fn add_as_other(draft: &mut Draft, mut other: Draft) {
    other.names.ids.iter().chain(&other.others).for_each(|id| draft.add_other(id));
    draft.other_spans.append(&mut other.names.spans);
    draft.other_spans.append(&mut other.other_spans);
    draft.other_spans.truncate(1_000);
    other.messages.iter().for_each(|message| draft.add_message(message));
    other.codes.iter().for_each(|code| draft.add_code(code));
}
