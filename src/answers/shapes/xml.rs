//! Reads XML, such as a SOAP fault: it is one complaint.

use crate::answers::draft::{Draft, Inherited, shortened};
use crate::answers::finish::complain;
use crate::answers::input::{AnswerText, Outer, ShapeReader};
use crate::answers::names;
use crate::answers::statuses;
use crate::model::complaint::{ResponseShape, ServerAnswer};

/// The words are those of the elements that name an error, otherwise all of them.
pub(in crate::answers) const SHAPE: ShapeReader = ShapeReader {
    name: ResponseShape::Xml,
    is: |input| {
        let start = input.text.trim_start();
        start.starts_with("<?xml")
            || start.starts_with('<') && start.contains("</") && !start.starts_with("< ")
    },
    read,
};

const TAGS: [&str; 8] =
    ["faultcode", "code", "faultstring", "message", "title", "h1", "error", "detail"];

fn read(input: &AnswerText<'_>, outer: &Outer<'_>, answer: &mut ServerAnswer) {
    let mut parts: Vec<String> = TAGS.iter().filter_map(|tag| element(input.text, tag)).collect();
    parts.dedup();
    if parts.is_empty() {
        parts.push(without_tags(input.text));
    }
    report(&parts, outer, answer);
}

/// Adds a complaint with these words.
pub(super) fn report(parts: &[String], outer: &Outer<'_>, answer: &mut ServerAnswer) {
    let mut draft = Draft::default();
    parts.iter().for_each(|part| draft.add_message(part));
    let spoken = names::read(&draft.message()).status;
    let leading = parts.iter().find_map(|part| statuses::number(part.split(' ').next()?));
    let status = spoken.or(leading);
    let is_failure = status.or(outer.status).is_none_or(|status| status >= 400);
    if is_failure {
        status.into_iter().for_each(|status| draft.set_status(status));
        complain(draft, &Inherited::of_outer(outer), "", outer, answer);
    }
}

/// The words in the first element of a name, whose prefix does not matter.
pub(super) fn element(text: &str, name: &str) -> Option<String> {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        rest = rest.get(at + 1..)?;
        let tag = shortened(rest, 64);
        let tag = tag
            .find(|letter: char| letter == '>' || letter.is_whitespace())
            .and_then(|end| tag.get(..end));
        let local = tag.map(|tag| tag.rsplit(':').next().unwrap_or(tag));
        if local.is_some_and(|local| local.eq_ignore_ascii_case(name)) {
            let behind = rest.get(rest.find('>')? + 1..)?;
            let tag = tag.unwrap_or_default();
            let close = behind.match_indices("</").map(|(at, _)| at);
            let end = close.into_iter().find(|&at| {
                behind.get(at + 2..).is_some_and(|close| {
                    close.get(..tag.len()).is_some_and(|close| close.eq_ignore_ascii_case(tag))
                })
            })?;
            return Some(without_tags(behind.get(..end)?)).filter(|words| !words.is_empty());
        }
    }
    None
}

/// The words of a page, up to a length that a person would read.
pub(super) fn without_tags(text: &str) -> String {
    let mut words = String::new();
    let mut in_tag = false;
    for letter in shortened(text, 4_000).chars() {
        match letter {
            '<' => {
                in_tag = true;
                words.push(' ');
            }
            '>' => in_tag = false,
            _ if in_tag => {}
            letter => words.push(letter),
        }
    }
    let words = words
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
    let words: Vec<&str> = words.split_whitespace().collect();
    shortened(&words.join(" "), 500).to_owned()
}
