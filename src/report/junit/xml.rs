//! Writes the elements of XML.

use std::borrow::Cow;

/// The beginning of an XML element, without its last bracket.
pub(super) struct XmlElement(String);

impl XmlElement {
    /// Of this name, without attributes.
    pub(super) fn new(name: &str) -> XmlElement {
        XmlElement(format!("<{name}"))
    }

    /// With one more attribute.
    pub(super) fn with(mut self, name: &str, value: &str) -> XmlElement {
        self.0.extend([" ", name, "=\"", &escaped(value), "\""]);
        self
    }

    /// With these counts as attributes.
    pub(super) fn with_all(self, counts: [(&str, u64); 4]) -> XmlElement {
        counts.into_iter().fold(self, |all, (name, count)| all.with(name, &count.to_string()))
    }

    /// As an element that has others in it.
    pub(super) fn opened(self) -> String {
        self.0 + ">"
    }

    /// As an element with nothing in it.
    pub(super) fn closed(self) -> String {
        self.0 + "/>"
    }
}

/// Visible text as XML writes it, within quotes or without.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    const MARKUP: [char; 5] = ['<', '>', '&', '\'', '"'];
    if !text.contains(MARKUP) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\'' => escaped.push_str("&apos;"),
            '"' => escaped.push_str("&quot;"),
            letter => escaped.push(letter),
        }
    }
    Cow::Owned(escaped)
}
