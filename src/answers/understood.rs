//! Decides whether an answer without any complaint says that there is none, or was not understood.

use super::draft::shortened;
use super::gather::names_something;
use super::input::AnswerText;
use super::phrases::hear;
use super::senses::{KeySense, ListKind, sense};
use super::statuses::{self, ItemVerdict};
use super::tree::Tree;
use super::words::folded;
use crate::model::complaint::{ItemName, ResponseShape, ServerAnswer};

/// How much of a text is listened to.
const LONGEST: usize = 65_536;

/// What is left over of an answer in which neither complaints nor accepted items were found;
/// `None` if it says nothing, or that all went well.
pub(super) fn left_over(text: &str, shape: ResponseShape) -> Option<&'static str> {
    let input = AnswerText::new(text);
    let is_understood = match (shape, input.tree()) {
        (ResponseShape::Empty | ResponseShape::Har, _) => true,
        (_, Some(tree)) => match shortfall(tree, &ItemCounts::of(tree)) {
            None => says_success(tree),
            shortfall => return shortfall,
        },
        (ResponseShape::Table, None) => {
            let lines = text.lines().filter(|line| !line.trim().is_empty());
            lines.count() < 2 || is_of_success(text)
        }
        (_, None) => is_of_success(text),
    };
    (!is_understood).then_some("nothing in it was understood")
}

/// Whether a text says that something went well, or has no words.
fn is_of_success(text: &str) -> bool {
    let text = shortened(text, LONGEST);
    let heard = hear([text]);
    let says_nothing = text.trim() == "null" || !text.contains(char::is_alphabetic);
    says_nothing || (heard.success || heard.denial) && !heard.complains()
}

/// Whether JSON has no words, says that something went well or has not ended, or repeats records.
fn says_success(tree: &Tree) -> bool {
    let mut words = LeafWords::default();
    words.add(None, tree);
    let says_success = words.texts.iter().any(|text| is_of_success(text));
    words.texts.is_empty() || words.is_undecided || says_success || words.repeats_records()
}

/// The words of the values in a tree.
#[derive(Default)]
struct LeafWords<'t> {
    texts: Vec<&'t str>,
    is_undecided: bool,
    names_records: bool,
}

impl<'t> LeafWords<'t> {
    fn add(&mut self, key: Option<KeySense>, tree: &'t Tree) {
        match tree {
            Tree::List(list) => list.iter().for_each(|value| self.add(key, value)),
            Tree::Object(object) => {
                self.names_records |= names_something(object);
                object.members.iter().for_each(|(key, value)| self.add(sense(key), value));
            }
            Tree::Text(text) if !text.trim().is_empty() => {
                let is_status = matches!(key, Some(KeySense::Status | KeySense::Result));
                self.is_undecided |=
                    is_status && statuses::verdict_of_words(text) == ItemVerdict::Open;
                let says_something = key != Some(KeySense::Correlation);
                self.texts.extend(Some(text.as_str()).filter(|_| says_something));
            }
            _ => {}
        }
    }

    /// Whether records are named, and no sentence stands beside them.
    fn repeats_records(&self) -> bool {
        let is_sentence = |text: &&str| text.split_whitespace().count() > 2;
        self.names_records && !self.texts.iter().any(is_sentence)
    }
}

/// Accepts all that an answer is to, unless its words or counts say that a part was not done.
pub(super) fn accept_whole(name: ItemName, tree: &Tree, answer: &mut ServerAnswer) {
    let counts = ItemCounts::of(tree);
    match shortfall(tree, &counts) {
        Some(why) => {
            answer.unclear.push(name);
            answer.break_off(why.to_owned());
        }
        None => {
            answer.done = counts.done().or(answer.done);
            answer.accepted.push(name);
        }
    }
}

/// The same for the body of a response.
pub(super) fn accept_body(name: ItemName, body: &str, answer: &mut ServerAnswer) {
    let text = Tree::Text(body.to_owned());
    accept_whole(name, AnswerText::new(body).tree().unwrap_or(&text), answer);
}

/// What says that a part was not done, where it is not named.
fn shortfall(tree: &Tree, counts: &ItemCounts) -> Option<&'static str> {
    if counts_failures(tree) {
        return Some("it counts failures and does not name them");
    }
    let done = counts.done();
    let is_part = done == Some(0) || counts.all > done && done.is_some();
    let mut words = LeafWords::default();
    words.add(None, tree);
    let is_part = is_part || words.texts.iter().any(|text| says_part(text));
    is_part.then_some("it says that only a part was done, and does not name the rest")
}

/// Whether a text says `3 of 4` of something that is not counted through: `step 3 of 4`.
fn says_part(text: &str) -> bool {
    const STEPS: [&str; 10] =
        ["batch", "chunk", "step", "page", "part", "request", "try", "attempt", "job", "file"];
    let text = shortened(text, LONGEST).to_lowercase();
    let words: Vec<&str> = text.split(|letter: char| !letter.is_alphanumeric()).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let number = |at: usize| words.get(at).and_then(|word| word.parse::<u64>().ok());
    words.iter().enumerate().any(|(at, word)| {
        let Some(before) = at.checked_sub(1).filter(|_| *word == "of") else { return false };
        let before =
            if words.get(before) == Some(&"out") { before.saturating_sub(1) } else { before };
        let is_step = before.checked_sub(1).is_some_and(|at| STEPS.contains(&words[at]));
        !is_step && number(before).zip(number(at + 1)).is_some_and(|(some, all)| some < all)
    })
}

/// How many items an answer counts.
#[derive(Default)]
struct ItemCounts {
    /// Those that are said to have gone well.
    succeeded: Option<u64>,
    /// Those that were worked on.
    processed: Option<u64>,
    /// The records that are repeated, or what became of them, in the longest list.
    listed: Option<u64>,
    /// Those that came.
    all: Option<u64>,
}

impl ItemCounts {
    fn of(tree: &Tree) -> ItemCounts {
        let mut counts = ItemCounts::default();
        counts.add(tree);
        counts
    }

    /// How many went well, by the best that says so.
    fn done(&self) -> Option<u64> {
        self.succeeded.or(self.processed).or(self.listed)
    }

    fn add(&mut self, tree: &Tree) {
        const DONE: [&str; 7] = [
            "successcount",
            "succeededcount",
            "successfulcount",
            "importedcount",
            "createdcount",
            "acceptedcount",
            "savedcount",
        ];
        const ALL: [&str; 6] =
            ["total", "totalcount", "received", "submitted", "requested", "totalrecords"];
        let Tree::Object(object) = tree else { return };
        for (key, value) in &object.members {
            let (name, sense) = (folded(key), sense(key));
            let number = match value {
                Tree::Number(word) | Tree::Text(word) => word.trim().parse::<u64>().ok(),
                _ => None,
            };
            let is_list = matches!(
                sense,
                Some(KeySense::List(ListKind::Items) | KeySense::Wrapper | KeySense::Result)
            );
            match (number, value) {
                (Some(number), _) if name == "processed" => self.processed = Some(number),
                (Some(number), _)
                    if sense == Some(KeySense::List(ListKind::Accepted))
                        || DONE.contains(&&*name)
                        || sense == Some(KeySense::Success) && number > 1 =>
                {
                    self.succeeded = Some(self.succeeded.unwrap_or(0).saturating_add(number));
                }
                (Some(number), _) if ALL.contains(&&*name) => self.all = self.all.max(Some(number)),
                (None, Tree::List(list)) if is_list => {
                    let names = |tree: &&Tree| tree.as_object().is_some_and(names_something);
                    let count = list.iter().filter(names).count() as u64;
                    self.listed = self.listed.max(Some(count).filter(|count| *count > 0));
                }
                (None, Tree::Object(_)) => self.add(value),
                _ => {}
            }
        }
    }
}

/// Whether a number says that something failed, such as `"failed": 3`.
fn counts_failures(tree: &Tree) -> bool {
    const STEMS: [&str; 6] = ["fail", "error", "reject", "conflict", "skip", "invalid"];
    let is_count = |key: &str, value: &Tree| {
        let key = key.to_ascii_lowercase();
        let (Tree::Number(number) | Tree::Text(number)) = value else { return false };
        let is_failure = STEMS.iter().any(|stem| key.contains(stem));
        (is_failure || sense(&key) == Some(KeySense::Undone))
            && number.parse::<f64>().is_ok_and(|number| number > 0.0)
    };
    match tree {
        Tree::Object(object) => {
            object.members.iter().any(|(key, value)| is_count(key, value) || counts_failures(value))
        }
        Tree::List(list) => list.iter().any(counts_failures),
        _ => false,
    }
}
