//! Reads errors of Quinyx: `{"error":"ABSENCE_OVERLAP","text":…,"shiftId":…}`.

use super::{has_text, read_json, root};
use crate::answers::input::ShapeReader;
use crate::model::complaint::ResponseShape;

/// The code stands under `error`, the message under `text`.
pub(in crate::answers) const SHAPE: ShapeReader = ShapeReader {
    name: ResponseShape::Quinyx,
    is: |input| root(input).is_some_and(|root| has_text(root, "error") && has_text(root, "text")),
    read: read_json,
};
