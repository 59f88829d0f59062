//! Reads error bodies of Genesys Cloud.
//!
//! `{"message":…,"code":…,"messageParams":{…},"details":[…],"limit":{…}}`

use super::{read_json, root};
use crate::answers::input::ShapeReader;
use crate::model::complaint::ResponseShape;

/// Named by the keys that no other vendor has.
pub(in crate::answers) const SHAPE: ShapeReader = ShapeReader {
    name: ResponseShape::Genesys,
    is: |input| root(input).is_some_and(|root| KEYS.iter().any(|key| root.has(key))),
    read: read_json,
};

const KEYS: [&str; 3] = ["messageWithParams", "messageParams", "contextId"];
