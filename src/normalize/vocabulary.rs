//! Words of kind, status and zone, and what they mean.
//!
//! Such words repeat from row to row, so that the latest answers are at hand.

use crate::model::row::fold_name;
use crate::model::short::Short;
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
    /// What kinds and statuses said that stood side by side.
    claims: [Claim; AT_HAND],
}

/// Whether a kind is time off, and what a status says.
type Said = (Option<bool>, Decision);

/// A kind beside a status. Files have few such pairs, so that a look at both
/// words at once tells what they say.
#[derive(Debug, Clone, Copy)]
struct Claim {
    kind: Short,
    status: Short,
    said: Said,
}

/// No words at all.
impl Default for Claim {
    fn default() -> Claim {
        Claim { kind: Short::EMPTY, status: Short::EMPTY, said: (None, Decision::Granted) }
    }
}

impl Vocabulary {
    /// Whether a kind is time off, as [`Vocabulary::is_time_off`] has it, and what
    /// a status says, with or without blanks around them.
    #[inline(always)]
    pub(super) fn claim(&mut self, kind: &[u8], status: &[u8]) -> Said {
        let (Some(short_kind), Some(short_status)) = (Short::new(kind), Short::new(status)) else {
            return self.each(kind, status);
        };
        let place = (short_kind.place() ^ short_status.place()) % AT_HAND;
        let known = self.claims[place];
        if known.kind == short_kind && known.status == short_status {
            return known.said;
        }
        let said = self.each(kind, status);
        self.claims[place] = Claim { kind: short_kind, status: short_status, said };
        said
    }

    /// What each of two words says by itself.
    #[inline(never)]
    fn each(&mut self, kind: &[u8], status: &[u8]) -> Said {
        (self.is_time_off(kind.trim_ascii()), self.decision(status.trim_ascii()))
    }

    /// Whether a kind is time off; `None` where there is no word.
    fn is_time_off(&mut self, word: &[u8]) -> Option<bool> {
        if word.is_empty() {
            return None;
        }
        self.kind.recall(word, |word| Some(means_time_off(word)))
    }

    /// What a status says.
    fn decision(&mut self, word: &[u8]) -> Decision {
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

/// How many answers are at hand.
const AT_HAND: usize = 16;

/// How many are remembered at most.
const MOST: usize = 1024;

/// Answers to words, the latest ones at hand. Past a number of different words it
/// forgets the older ones, so that no file can fill the memory with them.
#[derive(Debug)]
struct Memory<T> {
    latest: [Option<(Short, T)>; AT_HAND],
    known: HashMap<Vec<u8>, T>,
}

impl<T: Copy> Default for Memory<T> {
    fn default() -> Memory<T> {
        Memory { latest: [None; AT_HAND], known: HashMap::new() }
    }
}

impl<T: Copy> Memory<T> {
    fn recall(&mut self, word: &[u8], answer: impl FnOnce(&str) -> T) -> T {
        let Some(short) = Short::new(word) else { return self.look_up(word, answer) };
        match self.latest[short.place() % AT_HAND] {
            Some((known, value)) if known == short => value,
            _ => {
                let value = self.look_up(word, answer);
                self.latest[short.place() % AT_HAND] = Some((short, value));
                value
            }
        }
    }

    #[cold]
    fn look_up(&mut self, word: &[u8], answer: impl FnOnce(&str) -> T) -> T {
        if let Some(value) = self.known.get(word) {
            return *value;
        }
        let value = answer(&String::from_utf8_lossy(word));
        if self.known.len() >= MOST {
            self.known.clear();
        }
        self.known.insert(word.to_vec(), value);
        value
    }
}

#[cfg(test)]
mod tests {
    use super::{Decision, GRANTED, Memory, PENDING, VOID, Vocabulary};
    use proptest::prelude::{prop_assert_eq, proptest};

    /// An answer that tells words apart.
    fn fingerprint(word: &str) -> u64 {
        word.bytes().fold(word.len() as u64, |sum, byte| sum * 5 + u64::from(byte - b'a'))
    }

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
            "LOA",
            "Jury Duty",
            "Sickness",
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

    proptest! {
        #[test]
        fn two_words_side_by_side_say_what_each_says(
            pairs in proptest::collection::vec(
                (" ?[PWt]{0,3}(TO|eave|){0,8} ?", " ?[Cdn]{0,2}(DENIED|granted|){0,3} ?"),
                0..60,
            ),
        ) {
            let mut words = Vocabulary::default();
            for (kind, status) in pairs.iter().chain(&pairs) {
                let said = words.claim(kind.as_bytes(), status.as_bytes());
                let mut fresh = Vocabulary::default();
                let (kind, status) = (kind.trim(), status.trim());
                let each = (fresh.is_time_off(kind.as_bytes()), fresh.decision(status.as_bytes()));
                prop_assert_eq!(said, each, "{:?} {:?}", kind, status);
            }
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

    #[test]
    fn a_word_is_looked_up_once() {
        let mut memory = Memory::default();
        let asked = std::cell::Cell::new(0);
        let ask = |word: &str| {
            asked.set(asked.get() + 1);
            word.len()
        };
        let words: Vec<String> =
            (0..100).map(|number| format!("a rather long word {number}")).collect();
        for word in words.iter().chain(&words) {
            assert_eq!(memory.recall(word.as_bytes(), ask), word.len());
        }
        assert_eq!(asked.get(), words.len());
    }

    proptest! {
        #[test]
        fn what_is_at_hand_is_what_was_asked(
            words in proptest::collection::vec("[a-c]{0,3}|[a-c]{7,9}|[a-c]{15,18}", 0..200),
        ) {
            let mut memory = Memory::default();
            for word in &words {
                prop_assert_eq!(memory.recall(word.as_bytes(), fingerprint), fingerprint(word));
            }
        }
    }
}
