//! Reads problems of RFC 9457: `{"type":…,"title":…,"status":409,"detail":…}`.

use super::{has_text, read_json, root};
use crate::answers::input::ShapeReader;
use crate::model::complaint::ResponseShape;

/// Also with the `errors` that frameworks add: a list, or an object by fields.
pub(in crate::answers) const SHAPE: ShapeReader = ShapeReader {
    name: ResponseShape::Problem,
    is: |input| {
        root(input).is_some_and(|root| {
            has_text(root, "title") && ["type", "status", "detail"].iter().any(|key| root.has(key))
        })
    },
    read: read_json,
};
