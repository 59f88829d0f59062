//! Collects what a JSON object says about its item, and finds the lists in it.

use super::draft::Draft;
use super::headers;
use super::item_names::add_name;
use super::pointers::{escaped, is_of_request, resource};
use super::senses::{KeySense, ListKind, sense};
use super::statuses::{self, ItemVerdict};
use super::tree::{Object, Tree};
use super::words::folded;
use crate::model::complaint::ServerAnswer;

/// What the vendor of a shape means by keys that others use otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct AnswerDialect {
    /// Whether `id` in an error is the id of the error.
    pub(super) id_of_error: bool,
    /// Whether `id` of the outermost object is that of the job.
    pub(super) id_of_job: bool,
}

/// Words for an error that there is not.
const NO_ERROR: [&str; 6] = ["", "0", "00000", "null", "none", "n/a"];

/// A list in an object, or an object that maps names to errors.
pub(super) struct ItemPart<'t> {
    pub(super) kind: ListKind,
    pub(super) tree: &'t Tree,
    pub(super) path: String,
}

/// Collects from one object and those around the error in it.
pub(super) struct Gathering<'t, 'a> {
    pub(super) draft: Draft,
    pub(super) parts: Vec<ItemPart<'t>>,
    /// JSON that stands in strings.
    pub(super) embedded: Vec<(String, &'t str)>,
    pub(super) answer: &'a mut ServerAnswer,
    pub(super) ignore_id: bool,
}

impl<'t> Gathering<'t, '_> {
    /// Reads all keys of an object.
    pub(super) fn object(&mut self, object: &'t Object, path: &str) {
        self.draft.cut |= object.cut;
        for (key, value) in &object.members {
            let here = || format!("{path}/{}", escaped(key));
            let Some(sense) = sense(key) else {
                // GraphQL: the errors of a mutation stand under its name.
                if let Some(inner) = value.as_object().filter(|inner| has_failures(inner)) {
                    self.object(inner, &here());
                }
                continue;
            };
            match sense {
                KeySense::Status => self.status(value, &here()),
                KeySense::Request => self.request(value),
                KeySense::Pointer if is_request_path(object, path, value) => self.request(value),
                KeySense::Success => {
                    self.success(value, counts(object));
                    self.draft.undone |= *value == Tree::Bool(false) && is_of_storage(key);
                }
                KeySense::Code => self.code(value, &here()),
                KeySense::ErrorCode => self.error_code(value, &here()),
                KeySense::Error => self.error(value, here()),
                KeySense::Message => self.message(value, &here()),
                KeySense::Severity => self.severity(value),
                KeySense::Detail => self.detail(value, here()),
                KeySense::Headers => headers::from_object(value, self.answer),
                KeySense::Limit => self.draft.limit |= is_limit(value),
                KeySense::RetryAfter => headers::retry_after_key(key, value, self.answer),
                KeySense::Correlation => {
                    value.as_word().into_iter().for_each(|id| self.answer.correlate(id))
                }
                KeySense::List(kind) => self.list(kind, value, here()),
                KeySense::Undone => self.undone(value, here()),
                KeySense::Failures => self.count_failures(value),
                KeySense::Action => self.action(value),
                KeySense::Wrapper => self.wrapper(value, here(), false),
                KeySense::Result => self.wrapper(value, here(), true),
                KeySense::Id if self.ignore_id && key == "id" => {
                    value.as_word().into_iter().for_each(|id| self.answer.correlate(id));
                }
                _ => add_name(&mut self.draft, key, sense, value),
            }
        }
        self.draft.close_span();
    }

    fn status(&mut self, value: &'t Tree, path: &str) {
        match value {
            Tree::Object(object) => self.object(object, path),
            value => {
                let Some(word) = value.as_word() else { return };
                match statuses::number(word) {
                    Some(status) => {
                        self.draft.set_status(status);
                        if status < 400 && statuses::is_taken_back(word) {
                            self.draft.judge(ItemVerdict::Bad);
                            self.draft.add_message(word);
                        }
                    }
                    None => self.words_of_status(word),
                }
            }
        }
    }

    /// Reads a status in words. What is not only a word for a failure says why.
    fn words_of_status(&mut self, words: &str) {
        let verdict = statuses::verdict_of_words(words);
        self.draft.judge(verdict);
        self.draft.undone |= statuses::is_undone(words);
        if verdict == ItemVerdict::Bad && !statuses::is_failure(words) {
            self.draft.add_code(words);
        }
    }

    fn success(&mut self, value: &Tree, counts: bool) {
        match value {
            Tree::Bool(true) => self.draft.judge(ItemVerdict::Good),
            Tree::Bool(false) => self.draft.judge(ItemVerdict::Bad),
            Tree::Text(word) | Tree::Number(word) => match word.trim() {
                "0" if counts => {}
                "1" => self.draft.judge(ItemVerdict::Good),
                "0" => self.draft.judge(ItemVerdict::Bad),
                word if word.parse::<f64>().is_ok() => {}
                word => self.words_of_status(word),
            },
            _ => {}
        }
    }

    /// Reads a code that only errors have.
    fn error_code(&mut self, value: &'t Tree, path: &str) {
        let word = value.as_word();
        let is_none = |word: &str| {
            NO_ERROR.contains(&&*word.to_ascii_lowercase()) || statuses::is_success(word)
        };
        if *value == Tree::Null || word.is_some_and(is_none) {
            self.draft.no_error = true;
            return;
        }
        self.draft.judge(word.map_or(ItemVerdict::Open, |_| ItemVerdict::Bad));
        self.code(value, path);
    }

    fn code(&mut self, value: &'t Tree, path: &str) {
        match value {
            Tree::List(list) => {
                list.iter().filter_map(Tree::as_word).for_each(|code| self.draft.add_code(code))
            }
            Tree::Object(object) => self.object(object, path),
            value => {
                let code = value
                    .as_word()
                    .filter(|code| !matches!(*code, "" | "0" | "null" | "about:blank"));
                if let Some(code) = code {
                    match statuses::is_success(code) {
                        true => self.draft.judge(ItemVerdict::Good),
                        false => self.draft.add_code(code),
                    }
                }
            }
        }
    }

    fn error(&mut self, value: &'t Tree, path: String) {
        match value {
            Tree::Null | Tree::Bool(false) => self.draft.no_error = true,
            Tree::Bool(true) => self.draft.judge(ItemVerdict::Bad),
            Tree::List(_) => self.list(ListKind::Failures, value, path),
            Tree::Object(object) if object.members.is_empty() => {}
            Tree::Object(object) => {
                self.draft.judge(ItemVerdict::Bad);
                self.object(object, &path);
            }
            value => {
                let word = value.as_word().unwrap_or_default();
                if word.starts_with('{') {
                    self.embedded(value, path);
                } else if NO_ERROR.contains(&&*word.trim().to_ascii_lowercase()) {
                    self.draft.no_error = true;
                } else {
                    self.draft.judge(ItemVerdict::Bad);
                    self.draft.add_code(word);
                }
            }
        }
    }

    fn message(&mut self, value: &'t Tree, path: &str) {
        match value {
            Tree::List(list) => {
                list.iter().filter_map(Tree::as_text).for_each(|text| self.draft.add_message(text))
            }
            Tree::Object(object) => self.object(object, path),
            Tree::Text(text) if text.trim_start().starts_with('{') => {
                self.embedded(value, path.to_owned())
            }
            value => value.as_text().into_iter().for_each(|text| self.draft.add_message(text)),
        }
    }

    /// Reads the path of a request, whose last part can be an id.
    fn request(&mut self, value: &Tree) {
        let resource = value.as_text().and_then(resource);
        resource.into_iter().for_each(|id| self.draft.add_mention(id));
    }

    fn severity(&mut self, value: &Tree) {
        let word = value.as_word().unwrap_or_default().to_ascii_lowercase();
        match word.as_str() {
            "error" | "err" | "fatal" | "critical" | "severe" => {
                self.draft.judge(ItemVerdict::Bad);
            }
            "info" | "information" | "warning" | "warn" | "notice" | "success" => {
                self.draft.is_remark = true;
            }
            _ => {}
        }
    }

    fn detail(&mut self, value: &'t Tree, path: String) {
        match value {
            Tree::List(_) => self.list(ListKind::Details, value, path),
            Tree::Object(object) if is_error(object) || names_something(object) => {
                self.object(object, &path)
            }
            Tree::Object(_) => self.list(ListKind::Details, value, path),
            value => self.message(value, &path),
        }
    }

    fn list(&mut self, kind: ListKind, value: &'t Tree, path: String) {
        match value {
            Tree::List(list) if list.is_empty() => {
                // `"errors": []` says that there are none.
                self.draft.no_error |= kind == ListKind::Failures;
            }
            Tree::List(_) | Tree::Object(_) => {
                self.parts.push(ItemPart { kind, tree: value, path })
            }
            Tree::Bool(value) => {
                let verdict = match (kind, value) {
                    (ListKind::Accepted, true) | (ListKind::Failures, false) => ItemVerdict::Good,
                    (ListKind::Accepted, false) | (ListKind::Failures, true) => ItemVerdict::Bad,
                    _ => ItemVerdict::Open,
                };
                self.draft.judge(verdict);
            }
            Tree::Text(text)
                if matches!(kind, ListKind::Failures | ListKind::Conflicts)
                && !text.trim().is_empty()
                // A column `errors` of a table, unless it is the count of a summary.
                && text.trim().parse::<f64>().is_err() =>
            {
                self.draft.judge(ItemVerdict::Bad);
                self.draft.add_code(text);
            }
            value if kind == ListKind::Failures => self.count_failures(value),
            _ => {}
        }
    }

    /// Reads what was not done. That something is not so does not say that all went well.
    fn undone(&mut self, value: &'t Tree, path: String) {
        match value {
            Tree::List(list) if list.is_empty() => {}
            Tree::List(_) | Tree::Object(_) => self.list(ListKind::Failures, value, path),
            value if is_affirmed(value) => {
                self.draft.judge(ItemVerdict::Bad);
                self.draft.undone = true;
            }
            value => self.count_failures(value),
        }
    }

    fn count_failures(&mut self, value: &Tree) {
        let count = value.as_word().and_then(|word| word.trim().parse().ok());
        self.draft.failures = self.draft.failures.max(count.unwrap_or(0));
    }

    /// Reads what the server did. Only a word of failure says something of it.
    fn action(&mut self, value: &Tree) {
        if value.as_text().is_some_and(statuses::is_failure) {
            self.draft.judge(ItemVerdict::Bad);
        }
    }

    fn wrapper(&mut self, value: &'t Tree, path: String, is_result: bool) {
        match value {
            Tree::Object(object) => {
                // The body of an item shows what the server made of it, with an id of its own.
                let known = self.draft.names.ids.len();
                self.object(object, &path);
                if known > 0 {
                    self.draft.names.ids.truncate(known);
                }
            }
            Tree::List(_) => self.list(ListKind::Items, value, path),
            Tree::Text(text) if text.trim_start().starts_with(['{', '[']) => {
                self.embedded(value, path)
            }
            // The body of a response is any text; a result is that of the item.
            Tree::Text(text) if is_result || statuses::is_failure(text) => {
                self.words_of_status(text);
            }
            Tree::Text(text) if statuses::is_success(text) => {
                self.draft.judge(ItemVerdict::Good);
            }
            _ => {}
        }
    }

    fn embedded(&mut self, value: &'t Tree, path: String) {
        self.embedded.extend(value.as_text().map(|text| (path, text)));
    }
}

/// Whether a key says whether something lasts.
fn is_of_storage(key: &str) -> bool {
    ["committed", "applied", "persisted"].contains(&&*folded(key))
}

fn is_affirmed(value: &Tree) -> bool {
    *value == Tree::Bool(true) || value.as_text().is_some_and(statuses::is_yes)
}

/// Whether an object is an error and not a map of names to errors: one of the keys of an error
/// has a single value.
pub(super) fn is_error(object: &Object) -> bool {
    object.members.iter().any(|(key, value)| {
        let is_single = value.as_word().is_some() || matches!(value, Tree::Bool(_));
        is_single
            && matches!(
                sense(key),
                Some(
                    KeySense::Code
                        | KeySense::ErrorCode
                        | KeySense::Message
                        | KeySense::Status
                        | KeySense::Detail
                        | KeySense::Success
                )
            )
            || matches!(sense(key), Some(KeySense::Error)) && value.as_object().is_some()
    })
}

/// Whether the `path` of an object is that of the request: by its parts, or because the object is
/// the whole answer or has a time.
fn is_request_path(object: &Object, path: &str, value: &Tree) -> bool {
    const OF_ANSWER: [&str; 3] = ["timestamp", "status", "error"];
    let keys = if path.is_empty() { &OF_ANSWER[..] } else { &OF_ANSWER[..1] };
    value.as_text().is_some_and(|text| {
        is_of_request(text) || text.starts_with('/') && keys.iter().any(|key| object.has(key))
    })
}

/// Whether an object has a list of failures with something in it.
fn has_failures(object: &Object) -> bool {
    object.members.iter().any(|(key, value)| {
        sense(key) == Some(KeySense::List(ListKind::Failures))
            && value.as_list().is_some_and(|list| !list.is_empty())
    })
}

/// Whether an object counts items: `{"success":0,"failed":0}`.
fn counts(object: &Object) -> bool {
    object.members.iter().any(|(key, value)| {
        matches!(sense(key), Some(KeySense::List(_))) && matches!(value, Tree::Number(_))
    })
}

/// Whether an object names an item by single values.
pub(super) fn names_something(object: &Object) -> bool {
    object.members.iter().any(|(key, value)| {
        value.as_word().is_some()
            && matches!(
                sense(key),
                Some(KeySense::Id | KeySense::Agent | KeySense::Start | KeySense::Index)
            )
    })
}

/// Genesys names the limit that was reached; a page size has the same key and is a number.
fn is_limit(value: &Tree) -> bool {
    value.as_object().is_some_and(|limit| {
        ["key", "namespace"]
            .iter()
            .any(|key| limit.get(key).and_then(Tree::as_word).is_some_and(|word| !word.is_empty()))
    })
}
