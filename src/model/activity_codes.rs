//! Holds the codes of activities, with their names and kinds.

use super::kinds::SaidKind;
use std::collections::BTreeMap;

/// What a code of an activity stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityCode {
    /// Its name, for people.
    pub name: Option<String>,
    /// What an activity with it is.
    pub kind: SaidKind,
}

/// The codes of a business unit, by their ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActivityCodes(pub BTreeMap<String, ActivityCode>);

impl ActivityCodes {
    /// Whether none is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What a word stands for, if it is a code.
    #[must_use]
    pub fn get(&self, word: &[u8]) -> Option<&ActivityCode> {
        if self.is_empty() {
            return None;
        }
        self.0.get(str::from_utf8(word.trim_ascii()).ok()?)
    }
}
