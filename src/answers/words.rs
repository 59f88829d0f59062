//! Splits texts and error codes into words.
//!
//! `SCHEDULE_CONFLICT`, `scheduleConflict` and `schedule-conflict` are the same two.

use std::borrow::Cow;

/// Words in lower case, in one buffer: a text has so many that a string for each would cost more
/// than all that is done with them.
#[derive(Debug, Default)]
pub(super) struct MessageWords {
    text: String,
    /// Where each word ends. A word without letters is the barrier between two sentences.
    ends: Vec<usize>,
}

impl MessageWords {
    /// How many words and barriers there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The word at a place; empty for the end of a sentence, which no phrase reaches over.
    pub(super) fn get(&self, place: usize) -> Option<&str> {
        let end = *self.ends.get(place)?;
        let start =
            place.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.text.get(start..end)
    }

    /// Ends a sentence.
    pub(super) fn end_sentence(&mut self) {
        self.end_word();
        if !self.ends.is_empty() && self.get(self.len() - 1) != Some("") {
            self.ends.push(self.text.len());
        }
    }

    /// Whether the word that is being read has more than one letter so far.
    fn has_several_letters(&self) -> bool {
        self.text.len() > self.ends.last().copied().unwrap_or(0) + 1
    }

    fn end_word(&mut self) {
        if self.text.len() > self.ends.last().copied().unwrap_or(0) {
            self.ends.push(self.text.len());
        }
    }

    /// Adds the words of a text, with the ends of its sentences.
    pub(super) fn add(&mut self, text: &str) {
        let mut before = ' ';
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            let next = letters.peek().copied().unwrap_or(' ');
            if letter.is_alphanumeric() {
                let begins = before.is_lowercase() && letter.is_uppercase();
                // The last letter of `HTTP` in `HTTPError` is followed by a small one. `ETag` is one
                // word.
                let ends_capitals = before.is_uppercase()
                    && letter.is_uppercase()
                    && next.is_lowercase()
                    && self.has_several_letters();
                if begins || ends_capitals {
                    self.end_word();
                }
                self.text.extend(letter.to_lowercase());
            } else {
                // `agent's` and `can't` are one word.
                let joins =
                    matches!(letter, '\'' | '’') && before.is_alphabetic() && next.is_alphabetic();
                if !joins {
                    self.end_word();
                }
                let is_stop = matches!(letter, '.' | '!' | '?') && !next.is_alphanumeric();
                if is_stop || matches!(letter, ';' | '\n') {
                    self.end_sentence();
                }
            }
            before = letter;
        }
        self.end_word();
    }
}

/// The letters and digits of a name in lower case: `agent_id` and `agentId` are the same.
pub(super) fn folded(name: &str) -> Cow<'_, str> {
    if name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        return Cow::Borrowed(name);
    }
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    Cow::Owned(letters.flat_map(char::to_lowercase).collect())
}

#[cfg(test)]
mod tests {
    use super::MessageWords;

    #[test]
    fn codes_and_sentences_are_split_alike() {
        for (text, expected) in [
            ("SCHEDULE_CONFLICT", "schedule conflict"),
            ("InitiatingShiftTimesChanged", "initiating shift times changed"),
            ("HTTPError", "http error"),
            ("The ETag does not match", "the etag does not match"),
            ("agent.not.found", "agent not found"),
            ("The agent's shift. It can't go!", "the agents shift  it cant go "),
            ("time-off: 409", "time off 409"),
        ] {
            let mut words = MessageWords::default();
            words.add(text);
            let found: Vec<_> = (0..words.len()).filter_map(|place| words.get(place)).collect();
            assert_eq!(found.join(" "), expected);
        }
    }
}
