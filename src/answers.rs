//! Turns the bytes of a server's answer into the list of its complaints.
//!
//! The stages: text and JSON (`input`, `parser`), the shape (a table of `ShapeReader`s), the items
//! of the shape (`walk` for JSON), what each says (`gather`, `draft`), what its words mean
//! (`phrases`) and name (`names`), and the complaint (`finish`). An answer is data of
//! others: it can be broken, huge or hostile, and contain secrets, which `redact` removes.

mod contradictions;
mod draft;
mod field_errors;
mod finish;
mod forms;
mod gather;
mod headers;
mod input;
mod item_names;
mod labels;
mod names;
mod parser;
mod phrases;
mod pointers;
mod postgres;
mod redact;
pub mod requests;
mod seal;
mod senses;
mod shapes;
mod statuses;
#[cfg(test)]
mod tests;
mod times;
mod tokens;
mod tree;
mod understood;
mod walk;
mod words;

use crate::model::complaint::{AnswerPlace, ServerAnswer};
use input::{AnswerText, Outer, ShapeReader};
use shapes::{
    conflicts, curl, empty, error_body, error_list, genesys, graph_batch, graph_error, har, html,
    job, json_api, lines, multi_status, ndjson, postgres_log, problem, quinyx, table, xml,
};

/// The shapes. The first one that fits reads the answer.
static SHAPES: &[ShapeReader] = &[
    empty::SHAPE,
    html::SHAPE,
    xml::SHAPE,
    ndjson::SHAPE,
    har::SHAPE,
    graph_batch::SHAPE,
    graph_error::SHAPE,
    json_api::SHAPE,
    quinyx::SHAPE,
    problem::SHAPE,
    genesys::SHAPE,
    job::SHAPE,
    multi_status::SHAPE,
    conflicts::SHAPE,
    error_list::SHAPE,
    error_body::SHAPE,
    curl::SHAPE,
    table::SHAPE,
    postgres_log::SHAPE,
    lines::SHAPE,
];

/// Reads an answer. Whatever the bytes are, what could be read of them is in it, and
/// [`ServerAnswer::incomplete`] says what could not.
#[must_use]
pub fn read(bytes: &[u8]) -> ServerAnswer {
    let text = input::text(bytes);
    let outer = Outer {
        status: None,
        place: AnswerPlace::default(),
        request_body: None,
        prefix: "",
        depth: 0,
        read_within,
    };
    let mut answer = ServerAnswer::default();
    read_within(&text, &outer, &mut answer);
    contradictions::of_complaints(&mut answer);
    for (place, complaint) in answer.complaints.iter_mut().enumerate() {
        complaint.number = place + 1;
    }
    let is_silent = answer.complaints.is_empty() && answer.accepted.is_empty();
    if is_silent && answer.unclear.is_empty() {
        let left = understood::left_over(&text, answer.shape);
        left.into_iter().for_each(|what| answer.break_off(what.to_owned()));
    }
    seal::seal(&mut answer);
    answer
}

fn read_within(text: &str, outer: &Outer<'_>, answer: &mut ServerAnswer) {
    let input = AnswerText::new(text);
    let Some(shape) = SHAPES.iter().find(|shape| (shape.is)(&input)) else { return };
    if outer.depth == 0 {
        answer.shape = shape.name;
    }
    let accepted = answer.accepted.len();
    (shape.read)(&input, outer, answer);
    if outer.status.is_some_and(|status| status >= 400) {
        answer.doubt(accepted, contradictions::FAILED);
    }
}
