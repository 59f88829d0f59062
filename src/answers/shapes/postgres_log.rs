//! Reads log lines of PostgreSQL with errors of exclusion constraints.

use super::lines;
use crate::answers::input::ShapeReader;
use crate::model::complaint::ResponseShape;

/// Such an error names both records in the line of its `DETAIL`.
pub(in crate::answers) const SHAPE: ShapeReader = ShapeReader {
    name: ResponseShape::Postgres,
    is: |input| {
        ["exclusion constraint", "conflicts with existing key"]
            .iter()
            .any(|mark| memchr::memmem::find(input.text.as_bytes(), mark.as_bytes()).is_some())
    },
    read: lines::read,
};
