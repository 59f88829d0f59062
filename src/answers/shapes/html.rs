//! Reads pages for browsers: the error page of a proxy is one complaint.

use super::xml::{element, report, without_tags};
use crate::answers::input::{AnswerText, Outer, ShapeReader};
use crate::model::complaint::{ResponseShape, ServerAnswer};

/// Not the server answered, but something before it.
pub(in crate::answers) const SHAPE: ShapeReader = ShapeReader {
    name: ResponseShape::Html,
    is: |input| {
        let start = input.text.trim_start().get(..9).unwrap_or_else(|| input.text.trim_start());
        let start = start.to_ascii_lowercase();
        ["<!doctype", "<html", "<head", "<body", "<h1", "<center"]
            .iter()
            .any(|tag| start.starts_with(tag))
    },
    read,
};

/// The words of the title and the first heading, which name the status if the page shows it.
fn read(input: &AnswerText<'_>, outer: &Outer<'_>, answer: &mut ServerAnswer) {
    let mut parts: Vec<String> =
        ["title", "h1", "h2", "p"].iter().filter_map(|tag| element(input.text, tag)).collect();
    if parts.is_empty() {
        parts.push(without_tags(input.text));
    }
    report(&parts, outer, answer);
}
