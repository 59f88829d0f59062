//! Reads results of asynchronous jobs: `{"status":"Error","operationId":…,"failures":[…]}`.

use super::{has_text, read_dialect, root};
use crate::answers::gather::AnswerDialect;
use crate::answers::input::ShapeReader;
use crate::model::complaint::ResponseShape;

/// The `id` of the outermost object is that of the job.
pub(in crate::answers) const SHAPE: ShapeReader = ShapeReader {
    name: ResponseShape::Job,
    is: |input| {
        root(input).is_some_and(|root| {
            let inner = root.get("eventBody").and_then(|body| body.as_object()).unwrap_or(root);
            let has_state = ["status", "state", "jobStatus"].iter().any(|key| has_text(inner, key));
            has_state
                && ["operationId", "jobId", "eventType", "job", "jobType"]
                    .iter()
                    .any(|key| inner.has(key))
        })
    },
    read: |input, outer, answer| {
        read_dialect(
            input,
            AnswerDialect { id_of_job: true, ..AnswerDialect::default() },
            outer,
            answer,
        );
    },
};
