//! Finds the names of agents and records in sentences.
//!
//! A number alone names nothing: it can be a status, a port, a year or a count. Behind a label
//! such as `agent` it is a name. Ids with letters and digits are names behind `shift` or
//! `record`, and UUIDs anywhere but behind the label of something else.

use super::forms::{is_plain_number, is_record_id, is_uuid};
use super::labels::{Label, is_plain_word, label};
use super::pointers::{is_of_request, pointer, resource};
use super::times::{is_time, span_at};
use super::tokens::{TextToken, tokens};
use super::words::folded;

/// What a sentence names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct SpokenNames {
    pub(super) ids: Vec<String>,
    pub(super) agents: Vec<String>,
    pub(super) spans: Vec<(String, String)>,
    pub(super) others: Vec<String>,
    pub(super) other_spans: Vec<(String, String)>,
    pub(super) index: Option<u64>,
    pub(super) pointer: Option<String>,
    /// Words that can be ids, and have no label.
    pub(super) mentions: Vec<String>,
    pub(super) status: Option<u16>,
}

/// Reads the names in a sentence or several.
pub(super) fn read(text: &str) -> SpokenNames {
    let tokens = tokens(text);
    let mut spoken = SpokenNames::default();
    let labels: Vec<_> = tokens.iter().map(|token| label(token.text)).collect();
    let mut reader =
        NameReader { tokens: &tokens, labels: &labels, spoken: &mut spoken, of_other: false };
    let mut at = 0;
    while at < tokens.len() {
        at += reader.step(at).max(1);
    }
    spoken
}

struct NameReader<'t, 's> {
    tokens: &'t [TextToken<'t>],
    /// What each token labels.
    labels: &'t [Option<Label>],
    spoken: &'s mut SpokenNames,
    /// Whether the words are about the record that is in the way: behind `overlaps with`.
    of_other: bool,
}

impl NameReader<'_, '_> {
    fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.text)
    }

    fn label(&self, at: usize) -> Option<Label> {
        self.labels.get(at).copied().flatten()
    }

    fn label_before(&self, at: usize) -> Option<Label> {
        let near = self.label(at.checked_sub(1)?);
        // Of `request id X` the first word says whose id it is.
        let far = at.checked_sub(2).and_then(|far| self.label(far));
        let is_id = matches!(
            self.text(at - 1).to_ascii_lowercase().as_str(),
            "id" | "ids" | "number" | "no"
        );
        if is_id { far.or(near) } else { near }
    }

    /// Reads what begins at a token; how many tokens it takes.
    fn step(&mut self, at: usize) -> usize {
        let Some(&token) = self.tokens.get(at) else { return 1 };
        if token.begins_sentence {
            self.of_other = false;
        }
        self.switch(at);
        if self.label_before(at) != Some(Label::Clock)
            && let Some((span, taken)) = span_at(self.tokens, at)
        {
            let list =
                if self.of_other { &mut self.spoken.other_spans } else { &mut self.spoken.spans };
            push(list, span);
            return taken;
        }
        if let Some(status) = self.status_at(at) {
            self.spoken.status.get_or_insert(status);
            return 1;
        }
        if is_uuid(token.text)
            && !matches!(self.label_before(at), Some(Label::Foreign | Label::Agent))
        {
            self.push_id(token.text);
            return 1;
        }
        if self.is_behind_with(at) && is_record_id(token, false) && !is_time(token.text) {
            self.push_id(token.text);
            return 1;
        }
        if self.is_request_path(at) {
            self.mention(resource(token.text));
            return 1;
        }
        if let Some(found) = self.path(token) {
            self.spoken.pointer.get_or_insert(found);
            return 1;
        }
        match self.label(at) {
            Some(Label::Agent) if !token.quoted => self.agents_behind(at),
            Some(kind @ (Label::Record | Label::Index | Label::Either)) if !token.quoted => {
                self.record_behind(at, kind)
            }
            None if self.label_before(at).is_none()
                && is_record_id(token, true)
                && !is_time(token.text) =>
            {
                self.mention(Some(token.text));
                1
            }
            _ => 1,
        }
    }

    fn mention(&mut self, word: Option<&str>) {
        if let Some(word) = word.filter(|_| !self.of_other) {
            push(&mut self.spoken.mentions, word.to_owned());
        }
    }

    /// Whether a path is that of a request: behind a scheme or a method, or before the protocol.
    fn is_request_path(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or("", |before| self.text(before));
        let is_behind = ["http", "https", "url", "uri", "endpoint"]
            .iter()
            .any(|word| before.eq_ignore_ascii_case(word))
            || ["GET", "POST", "PUT", "PATCH", "DELETE"].contains(&before);
        let text = self.text(at);
        let has_path = text.contains('/') && !text.starts_with("HTTP/");
        has_path && (is_behind || is_of_request(text) || self.text(at + 1).starts_with("HTTP/"))
    }

    /// Follows whether the words are about the other record.
    fn switch(&mut self, at: usize) {
        /// The longest word below.
        const LONGEST: usize = 11;
        if self.text(at).len() > LONGEST {
            return;
        }
        let word = self.text(at).to_ascii_lowercase();
        let before = at
            .checked_sub(1)
            .map(|before| self.text(before).to_ascii_lowercase())
            .unwrap_or_default();
        let has_name = !self.spoken.ids.is_empty() || self.spoken.index.is_some();
        match word.as_str() {
            "existing" | "overlaps" | "duplicates" | "clashes" | "another" => self.of_other = true,
            "overlapping" | "overlap" if has_name => self.of_other = true,
            "with"
                if ["overlap", "conflict", "clash", "collid", "collision"]
                    .iter()
                    .any(|stem| before.starts_with(stem)) =>
            {
                self.of_other = true;
            }
            "for" | "when" | "while" | "because" => self.of_other = false,
            _ => {}
        }
    }

    /// Whether a record without a label can stand here: `overlaps with s-9`.
    fn is_behind_with(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| self.text(before)).unwrap_or_default();
        self.of_other && matches!(before, "with" | "overlaps" | "existing" | "duplicates")
    }

    fn push_id(&mut self, id: &str) {
        let list = if self.of_other { &mut self.spoken.others } else { &mut self.spoken.ids };
        push(list, id.to_owned());
    }

    /// A status behind a label or before its name: `HTTP/1.1 409`, `409 Conflict`.
    fn status_at(&self, at: usize) -> Option<u16> {
        let text = self.text(at);
        let status = text
            .parse::<u16>()
            .ok()
            .filter(|status| text.len() == 3 && (100..600).contains(status))?;
        let before = at.checked_sub(1).map(|before| self.text(before)).unwrap_or_default();
        let near = at.checked_sub(1).and_then(|before| self.label(before));
        let is_labelled = near == Some(Label::Status)
            || before.to_ascii_uppercase().starts_with("HTTP/")
            || (before == "with" && at > 1 && self.text(at - 2) == "responded");
        // The word behind a status is its name; `agent 409 forbidden` is taken by the agent before.
        let behind = self.text(at + 1).to_ascii_lowercase();
        let is_named = matches!(
            behind.as_str(),
            "conflict"
                | "forbidden"
                | "unauthorized"
                | "unprocessable"
                | "locked"
                | "created"
                | "accepted"
                | "ok"
                | "gone"
                | "multi-status"
        ) || matches!(
            (behind.as_str(), self.text(at + 2).to_ascii_lowercase().as_str()),
            ("too", "many")
                | ("bad", _)
                | ("not", "found")
                | ("internal", "server")
                | ("client" | "server", "error")
                | ("service", "unavailable")
                | ("gateway", _)
                | ("precondition", _)
                | ("failed", "dependency")
        );
        let may_be_named = is_named && near.is_none();
        (is_labelled || may_be_named).then_some(status)
    }

    /// `errors[3].start`, `records.3.start`, `/shifts/3`.
    fn path(&self, token: TextToken<'_>) -> Option<String> {
        if is_time(token.text) || token.text.contains('@') {
            return None;
        }
        let found = pointer(token.text)?;
        // `push[123]` and `host.9.example` are no paths: a list has a name in the plural.
        let parts: Vec<&str> = found.split('/').collect();
        let is_numbered = parts.windows(2).any(|pair| match pair {
            [list, number] => {
                is_plain_number(number) && (list.ends_with('s') || matches!(*list, "data" | "body"))
            }
            _ => false,
        });
        let begins = token.text.starts_with(|letter: char| {
            letter.is_ascii_alphabetic() || matches!(letter, '/' | '$' | '#')
        });
        (is_numbered && begins).then_some(found)
    }

    /// Reads the agents behind a label.
    fn agents_behind(&mut self, at: usize) -> usize {
        let (mut next, mut is_explicit) = self.behind_label(at);
        let first = next;
        while let Some(&token) = self.tokens.get(next) {
            let is_next = next == first || token.after_comma || self.text(next - 1) == "and";
            let goes_on = is_next && !(token.begins_sentence && next > first);
            if !goes_on || !self.is_agent(next, is_explicit) {
                break;
            }
            push(&mut self.spoken.agents, token.text.to_owned());
            next += 1;
            // Without a label before each of them only numbers and ids form a list.
            is_explicit = false;
            if self.text(next) == "and" && self.is_agent(next + 1, false) {
                next += 1;
            }
        }
        // Without a name the words behind the label are read by themselves.
        if next == first { 1 } else { next - at }
    }

    /// The place behind a label and words such as `id`, and whether those or a mark say that
    /// a name follows.
    fn behind_label(&self, at: usize) -> (usize, bool) {
        let mut next = at + 1;
        let mut is_explicit = folded(self.text(at)).ends_with("id");
        if matches!(
            self.text(next).to_ascii_lowercase().as_str(),
            "id" | "ids" | "number" | "no" | "nr"
        ) {
            next += 1;
            is_explicit = true;
        }
        if self.text(next) == "is" && is_explicit {
            next += 1;
        }
        let is_marked = self.tokens.get(next).is_some_and(|token| token.after_mark);
        (next, is_explicit || is_marked)
    }

    fn is_agent(&self, at: usize, is_explicit: bool) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        let text = token.text;
        if is_time(text) || token.after_dash || token.begins_sentence {
            return false;
        }
        if token.quoted || text.contains('@') {
            return true;
        }
        if text.bytes().any(|byte| byte.is_ascii_digit()) {
            return !self.is_count(at) && (text.len() < 80) && !text.contains('/');
        }
        is_explicit && text.len() > 1 && !is_plain_word(text)
    }

    /// Whether a number counts something: `3 of 5`, `2 hours`.
    fn is_count(&self, at: usize) -> bool {
        let behind = self.text(at + 1).to_ascii_lowercase();
        let counted = matches!(
            behind.as_str(),
            "of" | "hours"
                | "hour"
                | "minutes"
                | "days"
                | "day"
                | "weeks"
                | "shifts"
                | "records"
                | "errors"
                | "items"
                | "times"
                | "percent"
                | "agents"
                | "users"
                | "conflicts"
                | "seconds"
                | "rows"
        );
        counted
            && is_plain_number(self.text(at))
            && !self.tokens.get(at + 1).is_some_and(|token| token.after_comma)
    }

    /// Reads the record or index behind a label.
    fn record_behind(&mut self, at: usize, kind: Label) -> usize {
        if self.label_before(at) == Some(Label::Foreign) && folded(self.text(at)).starts_with("id")
        {
            return 1;
        }
        let (mut next, is_explicit) = self.behind_label(at);
        let first = next;
        while let Some(&token) = self.tokens.get(next) {
            let text = token.text;
            let is_next = next == first || token.after_comma || self.text(next - 1) == "and";
            if !is_next || is_time(text) || token.begins_sentence && next > first {
                break;
            }
            if is_plain_number(text) {
                self.index(next, kind, is_explicit);
                break;
            }
            if !is_record_id(token, is_explicit) || kind == Label::Index {
                break;
            }
            self.push_id(text);
            next += 1;
            if self.text(next) == "and" {
                next += 1;
            }
        }
        if next == first { 1 } else { next - at }
    }

    fn index(&mut self, at: usize, kind: Label, is_explicit: bool) {
        let is_label = kind == Label::Index
            || kind == Label::Either
                && !(is_explicit && self.text(at - 1).eq_ignore_ascii_case("id"));
        // `line 1 column 5` is a place in the request's text.
        let is_text_place = self.text(at + 1).eq_ignore_ascii_case("column");
        let is_index = is_label && !self.of_other && !is_text_place && !is_count_of_items(self, at);
        if is_index && let Ok(index) = self.text(at).parse() {
            self.spoken.index.get_or_insert(index);
        }
    }
}

/// `items: 3 failed`: a label in the plural with a number is a count.
fn is_count_of_items(reader: &NameReader<'_, '_>, at: usize) -> bool {
    let label = reader.text(at - 1).to_ascii_lowercase();
    matches!(label.as_str(), "items" | "records" | "entries" | "rows")
        && !reader.tokens.get(at + 1).is_some_and(|token| token.after_comma)
}

fn push<T: PartialEq>(list: &mut Vec<T>, value: T) {
    /// More names in one sentence are a listing, and are compared one by one.
    const MOST: usize = 200;
    if list.len() < MOST && !list.contains(&value) {
        list.push(value);
    }
}

#[cfg(test)]
mod tests;
