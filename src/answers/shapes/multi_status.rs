//! Reads JSON with a status for each item: `{"entities":[{"id":…,"status":409},{"status":200}]}`.

use super::read_json;
use crate::answers::input::ShapeReader;
use crate::answers::senses::{KeySense, ListKind, sense};
use crate::answers::tree::{Object, Tree};
use crate::model::complaint::ResponseShape;

/// Items without words on a failure are accepted if their status says so.
pub(in crate::answers) const SHAPE: ShapeReader = ShapeReader {
    name: ResponseShape::MultiStatus,
    is: |input| match input.tree() {
        Some(Tree::List(list)) => have_status(list),
        Some(Tree::Object(root)) => root.members.iter().any(|(key, value)| {
            let is_list = matches!(
                sense(key),
                Some(KeySense::List(ListKind::Items) | KeySense::Wrapper | KeySense::Result)
            );
            is_list && value.as_list().is_some_and(have_status)
        }),
        _ => false,
    },
    read: read_json,
};

/// Whether an element has a status.
fn have_status(list: &[Tree]) -> bool {
    let has_status = |object: &Object| {
        object
            .members
            .iter()
            .any(|(key, value)| sense(key) == Some(KeySense::Status) && value.as_word().is_some())
    };
    list.iter().filter_map(Tree::as_object).any(has_status)
}
