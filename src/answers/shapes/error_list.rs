//! Reads a JSON list of error bodies.

use super::read_json;
use crate::answers::input::ShapeReader;
use crate::model::complaint::ResponseShape;

/// Each element is read like an answer of its own.
pub(in crate::answers) const SHAPE: ShapeReader = ShapeReader {
    name: ResponseShape::ErrorList,
    is: |input| input.tree().is_some_and(|tree| tree.as_list().is_some()),
    read: read_json,
};
