//! The shapes of answers: each recognises an answer by its content and reads its complaints.

pub(super) mod conflicts;
pub(super) mod curl;
pub(super) mod empty;
pub(super) mod error_body;
pub(super) mod error_list;
pub(super) mod genesys;
pub(super) mod graph_batch;
pub(super) mod graph_error;
pub(super) mod har;
pub(super) mod html;
pub(super) mod job;
pub(super) mod json_api;
pub(super) mod lines;
pub(super) mod multi_status;
pub(super) mod ndjson;
pub(super) mod postgres_log;
pub(super) mod problem;
pub(super) mod quinyx;
pub(super) mod table;
pub(super) mod xml;

use super::gather::AnswerDialect;
use super::input::{AnswerText, Outer};
use super::tree::{Object, Tree};
use super::walk;
use crate::model::complaint::ServerAnswer;

/// The outermost object of an answer in JSON.
fn root<'i>(input: &'i AnswerText<'_>) -> Option<&'i Object> {
    input.tree()?.as_object()
}

/// Whether an object has a text under a key.
fn has_text(object: &Object, key: &str) -> bool {
    object.get(key).is_some_and(|value| value.as_text().is_some())
}

/// The elements of the list under a key.
fn list<'o>(object: &'o Object, key: &str) -> Option<&'o [Tree]> {
    object.get(key)?.as_list()
}

/// Reads an answer in JSON whose keys mean what they usually do.
fn read_json(input: &AnswerText<'_>, outer: &Outer<'_>, answer: &mut ServerAnswer) {
    read_dialect(input, AnswerDialect::default(), outer, answer);
}

/// Reads an answer in JSON in the dialect of a vendor.
fn read_dialect(
    input: &AnswerText<'_>,
    dialect: AnswerDialect,
    outer: &Outer<'_>,
    answer: &mut ServerAnswer,
) {
    input.report_break(outer, answer);
    if let Some(tree) = input.tree() {
        walk::read(tree, dialect, outer, answer);
    }
}
