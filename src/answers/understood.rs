//! Decides whether an answer without any complaint says that there is none, or was not understood.

use super::draft::shortened;
use super::gather::names_something;
use super::input::AnswerText;
use super::phrases::hear;
use super::senses::{KeySense, sense};
use super::statuses::{self, ItemVerdict};
use super::tree::Tree;
use crate::model::complaint::ResponseShape;

/// How much of a text is listened to.
const LONGEST: usize = 65_536;

/// What is left over of an answer in which neither complaints nor accepted items were found;
/// `None` if it says nothing, or that all went well.
pub(super) fn left_over(text: &str, shape: ResponseShape) -> Option<&'static str> {
    let input = AnswerText::new(text);
    let is_understood = match (shape, input.tree()) {
        (ResponseShape::Empty | ResponseShape::Har, _) => true,
        (_, Some(tree)) if counts_failures(tree) => {
            return Some("it counts failures and does not name them");
        }
        (_, Some(tree)) => says_success(tree),
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

/// Whether a number says that something failed, such as `"failed": 3`.
pub(super) fn counts_failures(tree: &Tree) -> bool {
    const STEMS: [&str; 6] = ["fail", "error", "reject", "conflict", "skip", "invalid"];
    let is_count = |key: &str, value: &Tree| {
        let key = key.to_ascii_lowercase();
        let (Tree::Number(number) | Tree::Text(number)) = value else { return false };
        STEMS.iter().any(|stem| key.contains(stem))
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
