//! Looks up what words of kind, status, flag and zone mean, and remembers the latest ones.
//!
//! Such words repeat from row to row, so that most are among the latest.

#[cfg(feature = "cli")]
use super::statuses::is_joint;
use super::statuses::{Phrase, decisive, in_english};
#[cfg(feature = "cli")]
use super::swap::is_of_swap;
use crate::model::activity_codes::{ActivityCode, ActivityCodes};
use crate::model::kinds::{SaidKind, is_absence, kind_said, plain};
use crate::model::row::fold_name;
use crate::model::short::Short;
use crate::model::time::Clock;
use std::collections::HashMap;
use std::sync::Arc;

/// What a status says about a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    /// It holds; the default.
    Granted,
    /// It is not decided.
    Pending,
    /// It is in no list.
    Unknown,
    /// It is not finished.
    Draft,
    /// It does not hold.
    Cancelled,
    /// It was asked for, and never came to hold.
    Denied,
    /// Of a shift: another one took its place, or it is not used. Of time off it is in no
    /// list.
    Superseded,
    /// It is not there any more.
    Deleted,
}

/// Statuses of time off that holds.
const GRANTED: &[&str] = &[
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
const PENDING: &[&str] = &[
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
    "planned",
    "pastdue",
    "sentback",
    "notsubmitted",
];

/// Statuses of what is not finished.
const DRAFT: &[&str] = &["draft", "unpublished"];

/// Statuses of what does not hold.
const CANCELLED: &[&str] = &[
    "cancelled",
    "canceled",
    "expired",
    "withdrawn",
    "retracted",
    "revoked",
    "rescinded",
    "void",
    "voided",
];

/// Statuses of what was asked for and never came to hold.
const DENIED: &[&str] = &[
    "denied",
    "declined",
    "rejected",
    "refused",
    "turneddown",
    "autodenied",
    "autodeclined",
    "autorejected",
];

/// Statuses of shifts that are not in force any more, or never were.
const SUPERSEDED: &[&str] = &[
    "superseded",
    "replaced",
    "rescheduled",
    "moved",
    "swappedout",
    "tradedaway",
    "givenaway",
    "dropped",
    "calledoff",
    "obsolete",
    "archived",
    "template",
    "inactive",
];

/// Statuses of what is not there any more. A reader that meets a flag of its own
/// for that, such as `isDeleted`, gives `deleted` as the status.
const DELETED: &[&str] = &["deleted", "removed"];

/// Flags that are set.
const YES: &[&str] = &[
    "t",
    "true",
    "1",
    "1.0",
    "yes",
    "y",
    "on",
    "x",
    "ja",
    "j",
    "wahr",
    "oui",
    "o",
    "vrai",
    "si",
    "s",
    "sim",
    "vero",
    "verdadero",
    "verdadeiro",
    "waar",
    "allday",
    "fullday",
    "wholeday",
    "ganztagig",
    "ganztags",
];

/// Flags that are not.
const NO: &[&str] = &[
    "f", "false", "0", "0.0", "no", "n", "off", "nein", "falsch", "non", "faux", "nao", "falso",
    "nee", "onwaar", "-",
];

/// What words mean, remembered.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// Codes of activities, which come before words.
    codes: Arc<ActivityCodes>,
    kind: WordCache<SaidKind>,
    status: WordCache<Decision>,
    flag: WordCache<Option<bool>>,
    zone: WordCache<Option<Clock>>,
    /// The meanings of recent pairs of kind and status.
    claims: [KindAndStatus; AT_HAND],
}

/// What a kind says, and what a status says.
type KindStatusMeaning = (SaidKind, Decision);

/// A kind beside a status. Files have few such pairs, so that comparing both words at once
/// gives their meaning.
#[derive(Debug, Clone, Copy)]
struct KindAndStatus {
    kind: Short,
    status: Short,
    said: KindStatusMeaning,
}

/// No words at all.
impl Default for KindAndStatus {
    fn default() -> KindAndStatus {
        KindAndStatus {
            kind: Short::EMPTY,
            status: Short::EMPTY,
            said: (SaidKind::Silent, Decision::Granted),
        }
    }
}

impl Vocabulary {
    /// What words mean where these are codes.
    pub(super) fn with_codes(codes: Arc<ActivityCodes>) -> Vocabulary {
        Vocabulary { codes, ..Vocabulary::default() }
    }

    /// What a code of an activity stands for.
    pub(super) fn code(&self, word: &[u8]) -> Option<&ActivityCode> {
        self.codes.get(word)
    }

    /// Whether there are codes of activities.
    pub(super) fn has_codes(&self) -> bool {
        !self.codes.is_empty()
    }

    /// The meaning of a kind, as by [`Vocabulary::meaning`], and of a status, with or
    /// without spaces around them.
    #[inline(always)]
    pub(super) fn claim(&mut self, kind: &[u8], status: &[u8]) -> KindStatusMeaning {
        let (Some(short_kind), Some(short_status)) = (Short::new(kind), Short::new(status)) else {
            return self.each(kind, status);
        };
        let place = (short_kind.place() ^ short_status.place()) % AT_HAND;
        let known = self.claims[place];
        if known.kind == short_kind && known.status == short_status {
            return known.said;
        }
        let said = self.each(kind, status);
        self.claims[place] = KindAndStatus { kind: short_kind, status: short_status, said };
        said
    }

    /// What each of two words says by itself.
    #[inline(never)]
    fn each(&mut self, kind: &[u8], status: &[u8]) -> KindStatusMeaning {
        let (kind, status) = (kind.trim_ascii(), status.trim_ascii());
        let (meaning, decision) = (self.meaning(kind), self.decision(status));
        // Rosters have one column for what a day is, whatever it is called.
        let absent = decision == Decision::Unknown && kind.is_empty() && is_absence(status);
        if absent { (SaidKind::TimeOff, Decision::Granted) } else { (meaning, decision) }
    }

    /// What a kind says.
    fn meaning(&mut self, word: &[u8]) -> SaidKind {
        if word.is_empty() {
            return SaidKind::Silent;
        }
        match self.codes.get(word) {
            Some(code) => code.kind,
            None => self.kind.recall(word, kind_said),
        }
    }

    /// What a status says.
    fn decision(&mut self, word: &[u8]) -> Decision {
        if word.is_empty() {
            return Decision::Granted;
        }
        self.status.recall(word, decide)
    }

    /// Whether a flag is set; `None` for a word that is in no list. An empty word means
    /// that it is not.
    pub(super) fn flag(&mut self, word: &[u8]) -> Option<bool> {
        if word.is_empty() {
            return Some(false);
        }
        self.flag.recall(word, |word| {
            let folded = folded(word);
            let listed = |list: &[&str]| list.contains(&folded.as_str());
            if listed(YES) { Some(true) } else { listed(NO).then_some(false) }
        })
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

/// The same without spaces, `_`, `-` and `.`; `1.0` and `-` are not changed.
fn folded(word: &str) -> String {
    let plain = plain(word);
    let letters = plain.starts_with(|letter: char| letter.is_ascii_alphabetic());
    if letters { fold_name(&plain) } else { plain }
}

fn decide(word: &str) -> Decision {
    let folded = in_english(word);
    let lists = [
        (CANCELLED, Decision::Cancelled),
        (DENIED, Decision::Denied),
        (DELETED, Decision::Deleted),
        (DRAFT, Decision::Draft),
        (PENDING, Decision::Pending),
        (GRANTED, Decision::Granted),
    ];
    let own = lists.into_iter().find(|(list, _)| list.contains(&&*folded));
    let said = |phrase: Phrase<'_>| match phrase {
        Phrase::Denial => Some(Decision::Denied),
        Phrase::Cancellation => Some(Decision::Cancelled),
        Phrase::Ungranted => Some(Decision::Pending),
        Phrase::Word(word) if CANCELLED.contains(&word) => Some(Decision::Cancelled),
        Phrase::Word(word) if DENIED.contains(&word) => Some(Decision::Denied),
        Phrase::Word(word) if SUPERSEDED.contains(&word) => Some(Decision::Superseded),
        Phrase::Word(_) => None,
    };
    let own = own.map(|(_, decision)| decision);
    own.or_else(|| decisive(word, said)).unwrap_or(Decision::Unknown)
}

/// Whether a word is known as a status, a part of one, or a flag.
#[must_use]
#[cfg(feature = "cli")]
pub fn is_of_status(word: &str) -> bool {
    let (folded, english) = (folded(word), in_english(word));
    let flags = [YES, NO].into_iter().any(|list| list.contains(&folded.as_str()));
    flags
        || is_of_swap(word)
        || is_joint(word)
        || SUPERSEDED.contains(&&*english)
        || is_decided(&english)
}

/// Whether a status in English is in a list by itself, and not by words around it.
#[cfg(feature = "cli")]
fn is_decided(status: &str) -> bool {
    let lists = [CANCELLED, DENIED, DELETED, DRAFT, PENDING, GRANTED];
    lists.into_iter().any(|list| list.contains(&status))
}

/// How many answers are at hand.
const AT_HAND: usize = 16;

/// How many are remembered at most.
const MOST: usize = 1024;

/// Answers to words, the latest ones at hand. Past a number of different words it
/// forgets the older ones, so that no file can fill the memory with them.
#[derive(Debug)]
struct WordCache<T> {
    latest: [Option<(Short, T)>; AT_HAND],
    known: HashMap<Vec<u8>, T>,
}

impl<T: Copy> Default for WordCache<T> {
    fn default() -> WordCache<T> {
        WordCache { latest: [None; AT_HAND], known: HashMap::new() }
    }
}

impl<T: Copy> WordCache<T> {
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
    use super::{
        CANCELLED, DELETED, DRAFT, Decision, GRANTED, NO, PENDING, SUPERSEDED, Vocabulary,
        WordCache, YES,
    };
    use proptest::prelude::{prop_assert_eq, proptest};

    /// A number that differs between most words.
    fn fingerprint(word: &str) -> u64 {
        word.bytes().fold(word.len() as u64, |sum, byte| sum * 5 + u64::from(byte - b'a'))
    }

    #[test]
    fn no_flag_is_in_two_lists() {
        assert!(YES.iter().all(|word| !NO.contains(word)));
    }

    #[test]
    fn flags_are_yes_or_no_or_neither() {
        let mut words = Vocabulary::default();
        for word in [
            "true",
            "TRUE",
            "t",
            "1",
            "1.0",
            "yes",
            "Y",
            "on",
            "x",
            "X",
            "ja",
            "wahr",
            "oui",
            "vrai",
            "si",
            "sí",
            "sim",
            "vero",
            "All Day",
            "ganztägig",
        ] {
            assert_eq!(words.flag(word.as_bytes()), Some(true), "{word}");
        }
        for word in
            ["", "false", "F", "0", "0.0", "no", "N", "off", "nein", "non", "não", "nee", "-"]
        {
            assert_eq!(words.flag(word.as_bytes()), Some(false), "{word}");
        }
        for word in ["maybe", "2", "half", "true false", "10"] {
            assert_eq!(words.flag(word.as_bytes()), None, "{word}");
        }
    }

    #[test]
    fn statuses_are_decided_open_void_or_unknown() {
        let mut words = Vocabulary::default();
        for (word, decision) in [
            ("", Decision::Granted),
            ("APPROVED", Decision::Granted),
            ("Taken", Decision::Granted),
            ("Pending", Decision::Pending),
            ("Past Due", Decision::Pending),
            ("CANCELED", Decision::Cancelled),
            ("cancelled", Decision::Cancelled),
            ("DELETED", Decision::Deleted),
            ("removed", Decision::Deleted),
            ("Draft", Decision::Draft),
            ("unpublished", Decision::Draft),
            ("Wait listed", Decision::Pending),
            ("penciled", Decision::Unknown),
            ("not approved", Decision::Pending),
            ("Disapproved", Decision::Denied),
            ("Unapproved", Decision::Pending),
            ("turned down", Decision::Denied),
            ("cancelled by employee", Decision::Cancelled),
            ("Declined - staffing", Decision::Denied),
            ("Rejected (no cover)", Decision::Denied),
            ("Zurückgewiesen", Decision::Denied),
            ("cancelled after approval", Decision::Cancelled),
            ("Rückgängig", Decision::Cancelled),
            ("DENIED_BY_MANAGER", Decision::Denied),
            ("deniedByManager", Decision::Denied),
            ("Approval denied", Decision::Denied),
            ("AUTO_DENIED", Decision::Denied),
            ("Auto-declined", Decision::Denied),
            ("Cancellation approved", Decision::Cancelled),
            ("Storno genehmigt", Decision::Cancelled),
            ("nicht freigegeben", Decision::Pending),
            ("Superseded", Decision::Superseded),
            ("Superseded by S-2", Decision::Superseded),
            ("Moved to Tuesday", Decision::Superseded),
            ("Swapped out", Decision::Superseded),
            ("Traded away", Decision::Superseded),
            ("Given away", Decision::Superseded),
            ("Called off", Decision::Superseded),
            ("Ersetzt", Decision::Superseded),
            ("Verschoben", Decision::Superseded),
            ("Remplacé", Decision::Superseded),
            ("Sustituido", Decision::Superseded),
            ("Template", Decision::Superseded),
            ("Inactive", Decision::Superseded),
            ("not yet approved", Decision::Unknown),
            ("not approved yet", Decision::Unknown),
            ("unconfirmed", Decision::Unknown),
            ("unscheduled", Decision::Unknown),
            ("Cancellation denied", Decision::Unknown),
            ("Cancellation requested", Decision::Unknown),
            ("Swap declined", Decision::Unknown),
            ("Declined swap", Decision::Unknown),
            ("Partially denied", Decision::Unknown),
            ("Denied - approved on appeal", Decision::Unknown),
            ("Cancelled (reinstated)", Decision::Unknown),
            ("Moved from Monday", Decision::Unknown),
            ("No approval needed", Decision::Unknown),
            ("Night shift", Decision::Unknown),
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
                let each = (fresh.meaning(kind.as_bytes()), fresh.decision(status.as_bytes()));
                prop_assert_eq!(said, each, "{:?} {:?}", kind, status);
            }
        }
    }

    #[test]
    fn no_status_is_in_two_lists() {
        let mut all: Vec<&str> = [GRANTED, PENDING, DRAFT, CANCELLED, SUPERSEDED, DELETED].concat();
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
        assert_eq!(words.decision(b"denied"), Decision::Denied);
    }

    #[test]
    fn a_word_is_looked_up_once() {
        let mut memory = WordCache::default();
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
            let mut memory = WordCache::default();
            for word in &words {
                prop_assert_eq!(memory.recall(word.as_bytes(), fingerprint), fingerprint(word));
            }
        }
    }
}
