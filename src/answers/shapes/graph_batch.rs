//! Reads responses of a Microsoft Graph batch: `{"responses":[{"id":"1","status":409,"body":…}]}`.

use super::{list, root};
use crate::answers::gather::AnswerDialect;
use crate::answers::headers;
use crate::answers::input::{AnswerText, Outer, ShapeReader};
use crate::answers::statuses;
use crate::answers::tree::{Object, Tree};
use crate::answers::walk;
use crate::model::complaint::{AnswerPlace, ItemName, ServerAnswer};

/// The `id` of a response is the number that the sender gave to the request.
pub(in crate::answers) const SHAPE: ShapeReader = ShapeReader {
    name: crate::model::complaint::ResponseShape::GraphBatch,
    is: |input| {
        let responses = root(input).and_then(|root| list(root, "responses"));
        responses.into_iter().flatten().filter_map(Tree::as_object).any(|response| {
            response.has("id")
                && response.has("status")
                && (response.has("body") || response.has("headers"))
        })
    },
    read,
};

fn read(input: &AnswerText<'_>, outer: &Outer<'_>, answer: &mut ServerAnswer) {
    input.report_break(outer, answer);
    let responses = root(input).and_then(|root| list(root, "responses"));
    for (position, response) in responses.into_iter().flatten().enumerate() {
        if let Some(response) = response.as_object() {
            read_response(response, position, outer, answer);
        }
    }
}

fn read_response(response: &Object, position: usize, outer: &Outer<'_>, answer: &mut ServerAnswer) {
    let word = |key: &str| response.get(key).and_then(Tree::as_word);
    let Some(status) = word("status").and_then(statuses::number) else { return };
    response.get("headers").into_iter().for_each(|object| headers::from_object(object, answer));
    let place = AnswerPlace {
        pointer: outer.pointer(&format!("/responses/{position}")),
        line: outer.place.line,
    };
    let name = ItemName {
        place: place.clone(),
        position: Some(position as u64),
        index: word("id").and_then(|id| id.parse().ok()),
        ids: word("id")
            .filter(|id| id.parse::<u64>().is_err())
            .map(str::to_owned)
            .into_iter()
            .collect(),
        ..ItemName::default()
    };
    if status < 400 {
        answer.accepted.extend((status < 300 && !response.cut).then_some(name));
        return;
    }
    let first = answer.complaints.len();
    let inner = Outer { status: Some(status), place, ..outer.clone() };
    let body = response.get("body").filter(|body| **body != Tree::Null);
    let empty = Tree::Object(Object::default());
    walk::read(body.unwrap_or(&empty), AnswerDialect::default(), &inner, answer);
    for complaint in answer.complaints.iter_mut().skip(first) {
        let names = &mut complaint.names;
        names.position = name.position;
        names.index = names.index.or(name.index);
        names
            .ids
            .extend(name.ids.iter().filter(|_| names.ids.is_empty()).cloned().collect::<Vec<_>>());
    }
}
