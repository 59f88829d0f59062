//! Turns the bytes of an answer into text and JSON, and describes shapes of answers.

use super::parser::{Parsed, parse};
use super::tree::Tree;
use crate::model::complaint::{AnswerPlace, ResponseShape, ServerAnswer};
use std::borrow::Cow;
use std::sync::Arc;

/// A shape of answers. A new one is a file of `shapes` and an entry of the table in `answers`.
pub(super) struct ShapeReader {
    /// Its name.
    pub(super) name: ResponseShape,
    /// Whether an answer has it, decided by content.
    pub(super) is: fn(&AnswerText<'_>) -> bool,
    /// Reads the complaints.
    pub(super) read: fn(&AnswerText<'_>, &Outer<'_>, &mut ServerAnswer),
}

/// The text of an answer, with its JSON if it begins like JSON.
pub(super) struct AnswerText<'t> {
    pub(super) text: &'t str,
    pub(super) json: Option<Parsed>,
}

impl<'t> AnswerText<'t> {
    pub(super) fn new(text: &'t str) -> AnswerText<'t> {
        AnswerText { text, json: begins_like_json(text).then(|| parse(text)) }
    }

    /// The value that it is, if nothing but white space follows.
    pub(super) fn tree(&self) -> Option<&Tree> {
        let parsed = self.json.as_ref()?;
        let is_alone = parsed.fault.is_some() || self.text.get(parsed.end..)?.trim().is_empty();
        parsed.tree.as_ref().filter(|_| is_alone)
    }

    /// Says in the answer where its JSON is broken.
    pub(super) fn report_break(&self, outer: &Outer<'_>, answer: &mut ServerAnswer) {
        let Some(fault) = self.json.as_ref().and_then(|parsed| parsed.fault) else { return };
        let before = self.text.get(..fault.at).unwrap_or(self.text);
        let line = before.matches('\n').count() as u64 + outer.place.line.unwrap_or(1);
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let verb = if fault.at >= self.text.trim_end().len() { "breaks off" } else { "breaks" };
        answer.break_off(format!(
            "the JSON {verb} at line {line}, column {column}: {}",
            fault.reason
        ));
    }
}

/// Whether a text begins like JSON. `[2026-03-02 08:00] ERROR` is the prefix of a log line.
fn begins_like_json(text: &str) -> bool {
    let text = text.trim_start();
    let behind = text.get(1..).unwrap_or_default().trim_start();
    match text.as_bytes().first() {
        Some(b'{') => behind.is_empty() || behind.starts_with(['"', '}']),
        Some(b'[') => behind.is_empty() || behind.starts_with(['{', '[', '"', ']']),
        Some(b'"') => text.trim_end().ends_with('"') && !text.trim_end().contains('\n'),
        _ => false,
    }
}

/// Reads an answer that stands within another: the body of a response in a HAR file.
pub(super) type ReadWithin = fn(&str, &Outer<'_>, &mut ServerAnswer);

/// What is known of an answer from what is around it.
#[derive(Clone)]
pub(super) struct Outer<'o> {
    /// The status of the response.
    pub(super) status: Option<u16>,
    /// Where it begins.
    pub(super) place: AnswerPlace,
    /// The body of the request.
    pub(super) request_body: Option<Arc<[u8]>>,
    /// Words before it in its line.
    pub(super) prefix: &'o str,
    /// How many answers it stands within.
    pub(super) depth: usize,
    /// Reads answers within it. It is a value so that shapes need not import their table.
    pub(super) read_within: ReadWithin,
}

impl Outer<'_> {
    /// How many answers may stand within each other: a log line with the body of a response
    /// that quotes another.
    const DEEPEST: usize = 4;

    /// Reads an answer within this one, unless there are too many around it.
    pub(super) fn read(&self, text: &str, outer: &Outer<'_>, answer: &mut ServerAnswer) {
        if self.depth < Self::DEEPEST {
            (self.read_within)(text, &Outer { depth: self.depth + 1, ..outer.clone() }, answer);
        }
    }

    /// The pointer of a part.
    pub(super) fn pointer(&self, path: &str) -> Option<String> {
        let base = self.place.pointer.as_deref().unwrap_or_default();
        Some(format!("{base}{path}"))
    }
}

/// The text of an answer. UTF-16 is decoded by its byte-order mark; PowerShell redirects into it.
/// Bytes that are not UTF-8 become replacement characters.
pub(super) fn text(bytes: &[u8]) -> Cow<'_, str> {
    let units = |bytes: &[u8], from: fn([u8; 2]) -> u16| -> String {
        let units = bytes.chunks_exact(2).filter_map(|pair| Some(from(pair.try_into().ok()?)));
        char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => Cow::Owned(units(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Cow::Owned(units(rest, u16::from_be_bytes)),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest),
        _ => String::from_utf8_lossy(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::{begins_like_json, text};

    #[test]
    fn text_is_decoded_by_its_mark() {
        assert_eq!(text(b"\xff\xfe{\0}\0"), "{}");
        assert_eq!(text(b"\xfe\xff\0{\0}"), "{}");
        assert_eq!(text(b"\xef\xbb\xbf{}"), "{}");
        assert_eq!(text(b"a\xffb"), "a\u{fffd}b");
    }

    #[test]
    fn prefixes_of_log_lines_are_not_json() {
        for (text, expected) in [
            ("[2026-03-02] ERROR", false),
            ("[ERROR] {}", false),
            (" [{", true),
            ("{", true),
            ("{id}", false),
            ("\"x\"", true),
        ] {
            assert_eq!(begins_like_json(text), expected, "{text}");
        }
    }
}
