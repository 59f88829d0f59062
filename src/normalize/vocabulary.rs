//! Words of kind, status and zone, and what they mean.
//!
//! Such words repeat from row to row, so that each keeps what it last saw.

use crate::model::row::fold_name;
use crate::model::time::Clock;
use std::collections::HashMap;

/// What a status says about a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    /// It holds, or nothing else is said.
    Granted,
    /// It is not decided.
    Pending,
    /// It does not hold.
    Void,
    /// It is in no list.
    Unknown,
}

/// Statuses of time off that holds.
pub(crate) const GRANTED: &[&str] = &[
    "approved",
    "granted",
    "accepted",
    "confirmed",
    "active",
    "scheduled",
    "taken",
    "booked",
    "published",
    "completed",
    "autoapproved",
    "manualapproval",
    "used",
    "shared",
];

/// Statuses of what is not decided.
pub(crate) const PENDING: &[&str] = &[
    "pending",
    "requested",
    "submitted",
    "waitlisted",
    "new",
    "open",
    "inreview",
    "underreview",
    "awaitingapproval",
    "pendingapproval",
    "waitingforapproval",
    "tentative",
    "proposed",
    "draft",
    "planned",
];

/// Statuses of what does not hold.
pub(crate) const VOID: &[&str] = &[
    "denied",
    "declined",
    "cancelled",
    "canceled",
    "expired",
    "withdrawn",
    "deleted",
    "rejected",
    "refused",
    "retracted",
    "revoked",
    "void",
    "voided",
    "removed",
];

const TIME_OFF: &[&str] = &[
    "timeoff",
    "pto",
    "vacation",
    "leave",
    "absence",
    "absent",
    "sick",
    "holiday",
    "dayoff",
    "off",
    "loa",
    "bereavement",
    "juryduty",
    "fulldaytimeoff",
    "partialdaytimeoff",
    "timeoffrequest",
    "annual",
];

const TIME_OFF_ENDINGS: &[&str] = &["leave", "timeoff", "vacation", "absence", "holiday", "pto"];

/// What words mean, remembered.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    kind: Memory<Option<bool>>,
    status: Memory<Decision>,
    zone: Memory<Option<Clock>>,
}

impl Vocabulary {
    /// Whether a kind is time off; `None` where there is no word.
    pub(super) fn is_time_off(&mut self, word: &[u8]) -> Option<bool> {
        if word.is_empty() {
            return None;
        }
        self.kind.recall(word, |word| Some(means_time_off(word)))
    }

    /// What a status says.
    pub(super) fn decision(&mut self, word: &[u8]) -> Decision {
        if word.is_empty() {
            return Decision::Granted;
        }
        self.status.recall(word, decide)
    }

    /// Whether a flag is set.
    pub(super) fn is_true(&mut self, word: &[u8]) -> bool {
        !word.is_empty()
            && [&b"true"[..], b"1", b"yes", b"y", b"x"]
                .iter()
                .any(|yes| word.eq_ignore_ascii_case(yes))
    }

    /// The clock of a zone's name, by `find` if it was not asked before.
    pub(super) fn zone(
        &mut self,
        word: &[u8],
        find: impl Fn(&str) -> Option<Clock>,
    ) -> Option<Clock> {
        self.zone.recall(word, find)
    }
}

fn means_time_off(word: &str) -> bool {
    let folded = fold_name(word);
    TIME_OFF.contains(&folded.as_str())
        || folded.starts_with("sick")
        || TIME_OFF_ENDINGS.iter().any(|ending| folded.ends_with(ending))
}

fn decide(word: &str) -> Decision {
    let folded = fold_name(word);
    let listed = |list: &[&str]| list.contains(&folded.as_str());
    if listed(VOID) {
        Decision::Void
    } else if listed(PENDING) {
        Decision::Pending
    } else if listed(GRANTED) {
        Decision::Granted
    } else {
        Decision::Unknown
    }
}

/// Answers to words, the last one at hand. Past a number of different words it
/// forgets the older ones, so that no file can fill the memory with them.
#[derive(Debug)]
struct Memory<T> {
    last: Option<(Vec<u8>, T)>,
    known: HashMap<Vec<u8>, T>,
}

impl<T> Default for Memory<T> {
    fn default() -> Memory<T> {
        Memory { last: None, known: HashMap::new() }
    }
}

impl<T: Copy> Memory<T> {
    const MOST: usize = 1024;

    fn recall(&mut self, word: &[u8], answer: impl FnOnce(&str) -> T) -> T {
        if let Some((last, value)) = &self.last
            && last == word
        {
            return *value;
        }
        let value = match self.known.get(word) {
            Some(value) => *value,
            None => self.learn(word, answer(&String::from_utf8_lossy(word))),
        };
        self.last = Some((word.to_vec(), value));
        value
    }

    fn learn(&mut self, word: &[u8], value: T) -> T {
        if self.known.len() >= Self::MOST {
            self.known.clear();
        }
        self.known.insert(word.to_vec(), value);
        value
    }
}

#[cfg(test)]
mod tests {
    use super::{Decision, GRANTED, PENDING, VOID, Vocabulary};

    #[test]
    fn kinds_of_time_off_are_known_however_they_are_written() {
        let mut words = Vocabulary::default();
        for word in [
            "TIME_OFF",
            "PTO",
            "Vacation",
            "sick-leave",
            "SICK",
            "Holiday",
            "Annual Leave",
            "Time Off",
        ] {
            assert_eq!(words.is_time_off(word.as_bytes()), Some(true), "{word}");
        }
        for word in ["WORK", "SHIFT", "Inbound calls", "Holiday desk", "Office"] {
            assert_eq!(words.is_time_off(word.as_bytes()), Some(false), "{word}");
        }
        assert_eq!(words.is_time_off(b""), None);
    }

    #[test]
    fn statuses_are_decided_open_void_or_unknown() {
        let mut words = Vocabulary::default();
        for (word, decision) in [
            ("", Decision::Granted),
            ("APPROVED", Decision::Granted),
            ("Pending", Decision::Pending),
            ("CANCELED", Decision::Void),
            ("cancelled", Decision::Void),
            ("Wait listed", Decision::Pending),
            ("penciled", Decision::Unknown),
        ] {
            assert_eq!(words.decision(word.as_bytes()), decision, "{word}");
        }
    }

    #[test]
    fn no_status_is_in_two_lists() {
        let mut all: Vec<&str> = [GRANTED, PENDING, VOID].concat();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn what_was_learnt_is_forgotten_before_it_fills_the_memory() {
        let mut words = Vocabulary::default();
        for number in 0..5000 {
            words.decision(format!("status {number}").as_bytes());
        }
        assert!(words.status.known.len() <= 1024);
        assert_eq!(words.decision(b"denied"), Decision::Void);
    }
}
