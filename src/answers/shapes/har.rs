//! Reads HAR files: requests and responses that a browser recorded.
//!
//! Only requests that write count. A page that was not found, or a picture, is no part of a push.

use super::{list, root};
use crate::answers::draft::{Draft, Inherited};
use crate::answers::finish::complain;
use crate::answers::headers;
use crate::answers::input::{AnswerText, Outer, ShapeReader};
use crate::answers::redact::redacted;
use crate::answers::statuses;
use crate::answers::tree::{Object, Tree};
use crate::answers::understood::accept_body;
use crate::model::complaint::{AnswerPlace, ItemName, ResponseShape, ServerAnswer};
use std::sync::Arc;

/// The body of a request says what a bare `409` complains of.
pub(in crate::answers) const SHAPE: ShapeReader =
    ShapeReader { name: ResponseShape::Har, is: |input| entries(input).is_some(), read };

fn entries<'i>(input: &'i AnswerText<'_>) -> Option<&'i [Tree]> {
    list(root(input)?.get("log")?.as_object()?, "entries")
}

fn object<'o>(object: &'o Object, key: &str) -> Option<&'o Object> {
    object.get(key)?.as_object()
}

fn read(input: &AnswerText<'_>, outer: &Outer<'_>, answer: &mut ServerAnswer) {
    input.report_break(outer, answer);
    for (place, entry) in entries(input).unwrap_or_default().iter().enumerate() {
        if let Some(entry) = entry.as_object() {
            read_entry(entry, &format!("/log/entries/{place}"), outer, answer);
        }
    }
}

fn read_entry(entry: &Object, path: &str, outer: &Outer<'_>, answer: &mut ServerAnswer) {
    let request = object(entry, "request");
    let method = request.and_then(|request| request.get("method")?.as_text());
    if method.is_some_and(|method| {
        ["GET", "HEAD", "OPTIONS"].contains(&method.to_ascii_uppercase().as_str())
    }) {
        return;
    }
    let Some(response) = object(entry, "response") else { return };
    let status = response
        .get("status")
        .and_then(Tree::as_word)
        .and_then(|word| word.parse().ok())
        .unwrap_or(0);
    response.get("headers").into_iter().for_each(|list| headers::from_object(list, answer));
    let sent = request.and_then(|request| object(request, "postData")?.get("text")?.as_text());
    let within = Outer {
        status: Some(status),
        place: AnswerPlace { line: None, pointer: outer.pointer(path) },
        request_body: sent.map(|sent| Arc::from(redacted(sent).as_bytes())),
        ..outer.clone()
    };
    let items = answer.item_count();
    let body = body(response).unwrap_or_default();
    if !body.is_empty() {
        outer.read(&body, &within, answer);
    }
    // A page for browsers, such as a form to log in, answers another request.
    let is_page = body.trim_start().starts_with('<');
    let says_nothing = answer.item_count() == items;
    // A browser writes status 0 where no response came.
    if says_nothing && (status >= 400 || status == 0) && !entry.cut {
        let mut draft =
            Draft { status: Some(status).filter(|status| *status > 0), ..Draft::default() };
        let error = response.get("_error").and_then(Tree::as_text);
        error.into_iter().for_each(|error| draft.add_message(error));
        complain(draft, &Inherited::default(), "", &within, answer);
    } else if says_nothing && statuses::is_done(status) && !is_page {
        let name = ItemName {
            place: within.place,
            request_body: within.request_body,
            ..ItemName::default()
        };
        accept_body(name, &body, answer);
    }
}

/// The body of a response.
fn body(response: &Object) -> Option<String> {
    let content = object(response, "content")?;
    let text = content.get("text")?.as_text()?;
    match content.get("encoding").and_then(Tree::as_text) {
        Some("base64") => Some(String::from_utf8_lossy(&base64(text)).into_owned()),
        _ => Some(text.to_owned()),
    }
}

/// The bytes of base64 (RFC 4648). Letters outside of its alphabet are skipped.
fn base64(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for letter in text.bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => continue,
        };
        bits = (bits << 6 | u32::from(value)) & 0xff_ffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_is_decoded() {
        assert_eq!(base64("eyJhIjoxfQ=="), b"{\"a\":1}");
        assert_eq!(base64("Y29uZmxpY3Q="), b"conflict");
        assert_eq!(base64("Y29u\nZmxpY3Q"), b"conflict");
    }
}
