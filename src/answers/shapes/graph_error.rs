//! Reads errors of Microsoft Graph: `{"error":{"code":…,"message":…,"innerError":{…}}}`.

use super::{has_text, read_json, root};
use crate::answers::input::ShapeReader;
use crate::model::complaint::ResponseShape;

/// Also the errors of other services that follow the same guidelines.
pub(in crate::answers) const SHAPE: ShapeReader = ShapeReader {
    name: ResponseShape::GraphError,
    is: |input| {
        root(input)
            .and_then(|root| root.get("error")?.as_object())
            .is_some_and(|error| has_text(error, "code") && has_text(error, "message"))
    },
    read: read_json,
};
