//! Reads any other JSON, such as `{"code":…,"message":…,"status":409}`.

use super::read_json;
use crate::answers::input::ShapeReader;
use crate::model::complaint::ResponseShape;

/// The last shape of JSON.
pub(in crate::answers) const SHAPE: ShapeReader = ShapeReader {
    name: ResponseShape::ErrorBody,
    is: |input| input.tree().is_some(),
    read: read_json,
};
