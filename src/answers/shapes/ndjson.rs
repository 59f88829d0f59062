//! Reads JSON values that stand on a line each.

use crate::answers::input::{AnswerText, Outer, ShapeReader};
use crate::answers::parser::parse;
use crate::model::complaint::{AnswerPlace, ResponseShape, ServerAnswer};

/// Each line is an answer by itself.
pub(in crate::answers) const SHAPE: ShapeReader =
    ShapeReader { name: ResponseShape::Ndjson, is: is_ndjson, read };

fn is_ndjson(input: &AnswerText<'_>) -> bool {
    let is_one_value =
        input.json.as_ref().is_none_or(|json| json.fault.is_none()) && input.tree().is_some();
    let mut lines = input.text.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    if is_one_value || !lines.clone().take(2).any(is_whole) || lines.clone().nth(1).is_none() {
        return false;
    }
    lines.all(|line| line.starts_with(['{', '[']))
}

fn is_whole(line: &str) -> bool {
    let parsed = parse(line);
    parsed.fault.is_none() && parsed.end == line.len()
}

fn read(input: &AnswerText<'_>, outer: &Outer<'_>, answer: &mut ServerAnswer) {
    let first = outer.place.line.unwrap_or(1);
    for (number, line) in (first..).zip(input.text.lines()) {
        if !line.trim().is_empty() {
            let place = AnswerPlace { line: Some(number), pointer: None };
            outer.read(line, &Outer { place, ..outer.clone() }, answer);
        }
    }
}
