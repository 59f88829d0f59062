//! Collects what an answer says about one item.

use super::input::Outer;
use super::names::SpokenNames;
use super::phrases::{HeardReason, hear};
use super::redact::redacted;
use super::statuses::{self, ItemVerdict};
use crate::model::complaint::{ItemName, NameLevel};

/// The longest message, in bytes.
const LONGEST_MESSAGE: usize = 16_384;

/// The longest code or name.
const LONGEST_WORD: usize = 256;

/// How many messages one item has at most.
const MOST_MESSAGES: usize = 64;

/// How many codes, ids or agents one item has at most.
const MOST_WORDS: usize = 1_000;

/// What has been read of one item. Secrets are removed from every text before it gets here, so
/// that no later stage can pick a name out of one.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    pub(super) status: Option<u16>,
    pub(super) verdict: ItemVerdict,
    pub(super) codes: Vec<String>,
    pub(super) messages: Vec<String>,
    pub(super) names: ItemName,
    pub(super) others: Vec<String>,
    pub(super) other_spans: Vec<(String, String)>,
    /// Whether a key for errors is there and empty.
    pub(super) no_error: bool,
    /// Whether a limit was named.
    pub(super) limit: bool,
    /// Whether it is said to be a remark and no error.
    pub(super) is_remark: bool,
    /// Whether all of it was undone, or never meant to last.
    pub(super) undone: bool,
    /// How many failures it counts.
    pub(super) failures: u64,
    /// Whether the text breaks off within the item.
    pub(super) cut: bool,
    /// The names in its messages, if they have been read already.
    pub(super) spoken: Option<SpokenNames>,
    pub(super) start: Option<String>,
    pub(super) end: Option<String>,
    pub(super) date: Option<String>,
}

impl Draft {
    /// Hears another verdict; the worst one counts.
    pub(super) fn judge(&mut self, verdict: ItemVerdict) {
        self.verdict = self.verdict.max(verdict);
    }

    pub(super) fn set_status(&mut self, status: u16) {
        // Of two statuses of one item the failure says more.
        if self.status.is_none_or(|known| known < 400) {
            self.status = Some(status);
        }
        self.judge(statuses::verdict(status));
    }

    /// Adds an error code, or a message if it is a sentence.
    pub(super) fn add_code(&mut self, code: &str) {
        let code = code.trim();
        if let Some(status) = statuses::number(code).filter(|_| code.len() == 3) {
            self.set_status(status);
        } else if code.contains(' ') {
            self.add_message(code);
        } else {
            push_word(&mut self.codes, code);
        }
    }

    pub(super) fn add_message(&mut self, message: &str) {
        let message = shortened(message.trim(), LONGEST_MESSAGE);
        self.push_message(redacted(message).into_owned());
    }

    /// Adds a message without secrets.
    fn push_message(&mut self, mut message: String) {
        self.spoken = None;
        let used: usize = self.messages.iter().map(String::len).sum();
        let room = LONGEST_MESSAGE.saturating_sub(used);
        message.truncate(shortened(&message, room).len());
        let is_known = self.messages.contains(&message);
        if !message.is_empty() && self.messages.len() < MOST_MESSAGES && !is_known {
            self.messages.push(message);
        }
    }

    pub(super) fn add_id(&mut self, id: &str) {
        push_word(&mut self.names.ids, id);
    }

    pub(super) fn add_agent(&mut self, agent: &str) {
        push_word(&mut self.names.agents, agent);
    }

    /// Adds a word that is an id only if the batch knows it.
    pub(super) fn add_mention(&mut self, word: &str) {
        push_word(&mut self.names.mentions, word);
    }

    pub(super) fn add_other(&mut self, id: &str) {
        push_word(&mut self.others, id);
    }

    pub(super) fn add_pointer(&mut self, pointer: String) {
        let pointer = redacted(shortened(&pointer, LONGEST_WORD)).into_owned();
        self.names.pointer.get_or_insert(pointer);
    }

    /// Makes a span of the start, end and date that stood in different keys.
    pub(super) fn close_span(&mut self) {
        let date = self.date.take();
        let with_date = |time: String| match &date {
            Some(date)
                if !time.contains(['T', ' ', '/']) && time.len() <= 14 && time.contains(':') =>
            {
                format!("{date} {time}")
            }
            _ => time,
        };
        if let Some(start) = self.start.take() {
            let end = self.end.take().map(&with_date).unwrap_or_default();
            self.add_span(with_date(start), end);
        }
    }

    pub(super) fn add_span(&mut self, start: String, end: String) {
        let span = (
            redacted(shortened(&start, 64)).into_owned(),
            redacted(shortened(&end, 64)).into_owned(),
        );
        let spans = &mut self.names.spans;
        if spans.len() < MOST_WORDS && !spans.iter().rev().take(32).any(|known| *known == span) {
            spans.push(span);
        }
    }

    /// Adds what another draft says of the same item.
    pub(super) fn merge(&mut self, other: Draft) {
        if let Some(status) = other.status {
            self.set_status(status);
        }
        self.judge(other.verdict);
        other.codes.iter().for_each(|code| push_word(&mut self.codes, code));
        other.messages.into_iter().for_each(|message| self.push_message(message));
        other.names.ids.iter().for_each(|id| push_word(&mut self.names.ids, id));
        other.names.agents.iter().for_each(|agent| push_word(&mut self.names.agents, agent));
        other.names.spans.into_iter().for_each(|(start, end)| self.add_span(start, end));
        other.others.iter().for_each(|id| push_word(&mut self.others, id));
        self.other_spans.extend(other.other_spans);
        self.other_spans.truncate(MOST_WORDS);
        other.names.mentions.iter().for_each(|id| push_word(&mut self.names.mentions, id));
        self.names.index = self.names.index.or(other.names.index);
        self.names.pointer = self.names.pointer.take().or(other.names.pointer);
        self.limit |= other.limit;
        self.undone |= other.undone;
        self.failures = self.failures.max(other.failures);
        self.cut |= other.cut;
    }

    /// What its codes and messages mean.
    pub(super) fn heard(&self) -> HeardReason {
        let codes = self.codes.iter().map(|code| last_part(code));
        hear(codes.chain(self.messages.iter().map(String::as_str)))
    }

    /// Its message: the parts that are not contained in others.
    pub(super) fn message(&self) -> String {
        let parts = self.messages.iter().enumerate().filter(|(place, part)| {
            let rest = self.messages.iter().take(16).enumerate();
            !rest.clone().any(|(other, whole)| {
                other != *place && whole.len() > part.len() && whole.contains(part.as_str())
            })
        });
        let parts: Vec<&str> = parts.map(|(_, part)| part.as_str()).collect();
        parts.join(": ")
    }
}

/// Of a URI or a class name the part that says something: `https://host/errors/locked-period`.
fn last_part(code: &str) -> &str {
    if code.contains("://") || code.contains('#') || code.contains("urn:") {
        let end = code.trim_end_matches('/');
        return end.rsplit(['/', '#', ':']).next().unwrap_or(end);
    }
    code
}

fn push_word(list: &mut Vec<String>, word: &str) {
    let word = redacted(shortened(word.trim(), LONGEST_WORD));
    // Long lists are not searched as a whole: a copy there does no harm.
    if !word.is_empty()
        && list.len() < MOST_WORDS
        && !list.iter().take(64).any(|known| *known == word)
    {
        list.push(word.into_owned());
    }
}

/// The beginning of a text, up to a number of bytes.
pub(super) fn shortened(text: &str, length: usize) -> &str {
    if text.len() <= length {
        return text;
    }
    let end = (0..=length).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

/// What the parts of an answer have from those around them.
#[derive(Debug, Clone, Default)]
pub(super) struct Inherited {
    pub(super) status: Option<u16>,
    pub(super) codes: Vec<String>,
    pub(super) message: String,
    pub(super) agents: Vec<String>,
    pub(super) heard: HeardReason,
    pub(super) level: NameLevel,
    pub(super) limit: bool,
    /// Whether the parts are those of a failure.
    pub(super) failing: bool,
}

impl Inherited {
    /// What an HTTP response or a log line gives to its body.
    pub(super) fn of_outer(outer: &Outer<'_>) -> Inherited {
        let failing = outer.status.is_some_and(|status| status >= 400);
        Inherited { status: outer.status, failing, ..Inherited::default() }
    }

    /// What an item gives to its parts. It is copied into each of them, and therefore short.
    pub(super) fn under(&self, item: &Draft) -> Inherited {
        let mut message = item.message();
        if message.is_empty() {
            message.clone_from(&self.message);
        }
        let own = item.heard();
        let codes = if item.codes.is_empty() { &self.codes } else { &item.codes };
        let agents = if item.names.agents.is_empty() { &self.agents } else { &item.names.agents };
        Inherited {
            status: item.status.or(self.status),
            codes: codes.iter().take(8).cloned().collect(),
            message: shortened(&message, 1_000).to_owned(),
            agents: if agents.len() <= 8 { agents.clone() } else { Vec::new() },
            heard: if own.explains() { own } else { self.heard },
            level: item.names.level(),
            limit: item.limit || self.limit,
            failing: self.failing || item.verdict == ItemVerdict::Bad || own.complains(),
        }
    }
}
