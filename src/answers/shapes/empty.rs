//! Reads an answer without any text.

use crate::answers::input::ShapeReader;
use crate::model::complaint::ResponseShape;

/// Nothing, which is more likely a file that was not written than an answer.
pub(in crate::answers) const SHAPE: ShapeReader = ShapeReader {
    name: ResponseShape::Empty,
    is: |input| {
        input.text.trim_matches(|letter: char| letter.is_whitespace() || letter == '\0').is_empty()
    },
    read: |_, outer, answer| {
        // The body of a response may well be empty.
        if outer.depth == 0 {
            answer.break_off("the answer is empty".to_owned());
        }
    },
};
