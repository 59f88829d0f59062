//! Reads JSON:API errors: `{"errors":[{"status":"409","code":…,"source":{"pointer":…}}]}`.

use super::{has_text, list, read_dialect, root};
use crate::answers::gather::AnswerDialect;
use crate::answers::input::ShapeReader;
use crate::model::complaint::ResponseShape;

/// The `id` of an error is that of the error and not of a record.
pub(in crate::answers) const SHAPE: ShapeReader = ShapeReader {
    name: ResponseShape::JsonApi,
    is: |input| {
        let errors = root(input).and_then(|root| list(root, "errors"));
        let mut errors = errors.into_iter().flatten().filter_map(|error| error.as_object());
        errors.any(|error| {
            let has_source = error.get("source").is_some_and(|source| source.as_object().is_some());
            has_source || has_text(error, "title") && has_text(error, "status")
        })
    },
    read: |input, outer, answer| {
        read_dialect(
            input,
            AnswerDialect { id_of_error: true, ..AnswerDialect::default() },
            outer,
            answer,
        );
    },
};
