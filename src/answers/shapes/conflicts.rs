//! Reads JSON with a list of conflicts: `{"message":…,"conflicts":[{"agentId":…,"startTime":…}]}`.

use super::{list, read_json, root};
use crate::answers::input::ShapeReader;
use crate::model::complaint::ResponseShape;

/// Each conflict is a complaint with the words around the list.
pub(in crate::answers) const SHAPE: ShapeReader = ShapeReader {
    name: ResponseShape::Conflicts,
    is: |input| root(input).is_some_and(|root| list(root, "conflicts").is_some()),
    read: read_json,
};
