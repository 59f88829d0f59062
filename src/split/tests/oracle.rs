//! Deletes records from a parsed document: what a chunk has to be equal to.

use crate::split::Bare;
use serde_json::{Map, Value};

/// The number of a record, if the value is one: a string with a number, a list that says that it
/// is one, an object with a number as a key or value.
fn record(value: &Value) -> Option<u32> {
    let is_number = |word: &&str| word.contains('#');
    let word = match value {
        Value::String(text) => Some(text.as_str()),
        Value::Array(items) if items.first().is_some_and(|first| first == "list") => {
            items.iter().filter_map(Value::as_str).find(is_number)
        }
        Value::Object(members) => {
            let words = members.iter().flat_map(|(key, own)| {
                let own = own.as_str().filter(|_| key == "r" || key == "id");
                [Some(key.as_str()), own]
            });
            words.flatten().find(is_number)
        }
        _ => None,
    };
    word?.split_once('#')?.1.split_once(';')?.0.parse().ok()
}

/// The records in a value.
fn records(value: &Value, found: &mut Vec<u32>) {
    match (record(value), value) {
        (Some(number), _) => found.push(number),
        (None, Value::Array(items)) => items.iter().for_each(|item| records(item, found)),
        (None, Value::Object(members)) => {
            members.values().for_each(|member| records(member, found));
        }
        _ => {}
    }
}

fn all(value: &Value) -> Vec<u32> {
    let mut found = Vec::new();
    records(value, &mut found);
    found
}

/// Whether a member is a page key that can go: it has no records, and no page keys of its own.
fn is_page(key: &str, value: &Value) -> bool {
    key.starts_with("page:") && all(value).is_empty() && !has_pages(value)
}

/// Whether a value has page keys of its own.
fn has_pages(value: &Value) -> bool {
    value.as_object().is_some_and(|members| members.iter().any(|(key, own)| is_page(key, own)))
}

/// Which records are chosen.
pub(super) struct Oracle<'o> {
    pub(super) chosen: &'o [u32],
    pub(super) bare: Bare,
    /// Whether page keys go.
    pub(super) without_pages: bool,
}

impl Oracle<'_> {
    /// A member of an object, if it stays, without the page keys in it.
    fn page(&self, (key, value): (String, Value)) -> Option<(String, Value)> {
        if !self.without_pages || is_page(&key, &value) {
            return (!self.without_pages).then_some((key, value));
        }
        let is_object_of_pages = key.starts_with("page:") && all(&value).is_empty();
        match value {
            Value::Object(members) if is_object_of_pages => {
                let members = members.into_iter().filter_map(|member| self.page(member));
                Some((key, Value::Object(members.collect())))
            }
            _ => Some((key, value)),
        }
    }

    /// A value that is kept, without what is not.
    pub(super) fn prune(&self, value: Value) -> Value {
        let own = all(&value);
        if own.is_empty() || record(&value).is_some() {
            return value;
        }
        let keeps_bare = match self.bare {
            Bare::First => self.chosen.contains(&own[0]),
            Bare::Always => true,
            Bare::Never => false,
        };
        let keeps = |value: &Value| match all(value) {
            own if own.is_empty() => keeps_bare,
            own => own.iter().any(|number| self.chosen.contains(number)),
        };
        match value {
            Value::Array(items) => {
                items.into_iter().filter(|item| keeps(item)).map(|item| self.prune(item)).collect()
            }
            Value::Object(members) => {
                let is_entry = |key: &str| key.starts_with("id:");
                let is_map = members.iter().any(|(key, value)| {
                    record(value).is_some() || is_entry(key) && !all(value).is_empty()
                });
                let is_kept = |(key, value): &(String, Value)| match record(value) {
                    Some(_) => keeps(value),
                    None => !(is_entry(key) && is_map) || keeps(value),
                };
                let members = members.into_iter().filter(is_kept);
                let members = members.filter_map(|member| self.page(member));
                let members = members.map(|(key, value)| (key, self.prune(value)));
                Value::Object(members.collect::<Map<_, _>>())
            }
            scalar => scalar,
        }
    }
}
