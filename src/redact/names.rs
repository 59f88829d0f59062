//! Remembers which word has which pseudonym.

use super::key::RedactKey;
use super::pseudonym::{of_name, pseudonym};
use std::collections::{BTreeMap, HashMap};

/// The pseudonyms that were given, and what they stand for.
pub(super) struct Pseudonyms {
    key: RedactKey,
    known: HashMap<String, String>,
    /// What each pseudonym stands for: two words never share one.
    words: BTreeMap<String, String>,
    collides: bool,
}

impl Pseudonyms {
    pub(super) fn new(key: &RedactKey) -> Pseudonyms {
        let (known, words) = (HashMap::new(), BTreeMap::new());
        Pseudonyms { key: key.clone(), known, words, collides: false }
    }

    /// The pseudonym of a name or id; spaces around it stay.
    pub(super) fn of(&mut self, word: &str) -> String {
        let name = word.trim();
        if !self.known.contains_key(name) {
            let pseudonym = of_name(&self.key, name);
            self.remember(name, &pseudonym);
        }
        self.remembered(word)
    }

    /// The pseudonym of the name of a group, in which the words that `keeps` accepts stay.
    pub(super) fn of_group(&mut self, word: &str, keeps: &dyn Fn(&str) -> bool) -> String {
        let name = word.trim();
        if !self.known.contains_key(name) {
            let pseudonym = pseudonym(&self.key, name, keeps);
            self.remember(name, &pseudonym);
        }
        self.remembered(word)
    }

    /// The pseudonym that a name has got, with the spaces around the name.
    fn remembered(&self, word: &str) -> String {
        let name = word.trim();
        match self.known.get(name) {
            Some(pseudonym) if name.len() == word.len() => pseudonym.clone(),
            Some(pseudonym) => word.replacen(name, pseudonym, 1),
            None => String::new(),
        }
    }

    /// A text whose runs have the pseudonyms that they have in names, except those that `keeps`
    /// accepts.
    pub(super) fn of_words(&self, text: &str, keeps: &dyn Fn(&str) -> bool) -> String {
        pseudonym(&self.key, text, keeps)
    }

    fn remember(&mut self, name: &str, pseudonym: &str) {
        self.known.insert(name.to_owned(), pseudonym.to_owned());
        let other = self.words.insert(pseudonym.to_owned(), name.to_owned());
        self.collides |= other.is_some();
    }

    /// Whether two words got one pseudonym.
    pub(super) fn collides(&self) -> bool {
        self.collides
    }

    /// Each pseudonym and what it stands for, where that is another word.
    pub(super) fn into_words(self) -> Vec<(String, String)> {
        self.words.into_iter().filter(|(pseudonym, word)| pseudonym != word).collect()
    }
}
