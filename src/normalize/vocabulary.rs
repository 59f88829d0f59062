//! Words of kind, status, flag and zone, and what they mean.
//!
//! Such words repeat from row to row, so that the latest answers are at hand.

use crate::model::row::fold_name;
use crate::model::short::Short;
use crate::model::time::Clock;
use crate::timestamp::plain_ascii;
use std::collections::HashMap;

/// What a kind says a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Nothing: there is no word.
    Silent,
    /// Work, and whatever is in no list.
    Shift,
    /// A break, a meal or a pause.
    Part,
    /// An absence.
    TimeOff,
}

/// What a status says about a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    /// It holds, or nothing else is said.
    Granted,
    /// It is not decided.
    Pending,
    /// It is in no list.
    Unknown,
    /// It is not finished.
    Draft,
    /// It does not hold.
    Cancelled,
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
];

/// Statuses of what is not finished.
const DRAFT: &[&str] = &["draft", "unpublished"];

/// Statuses of what does not hold.
const CANCELLED: &[&str] = &[
    "denied",
    "declined",
    "cancelled",
    "canceled",
    "expired",
    "withdrawn",
    "rejected",
    "refused",
    "retracted",
    "revoked",
    "void",
    "voided",
];

/// Statuses of what is not there any more. A reader that meets a flag of its own
/// for that, such as `isDeleted`, gives `deleted` as the status.
const DELETED: &[&str] = &["deleted", "removed"];

/// Words of absence, in seven languages and without diacritics.
const ABSENCE: &[&str] = &[
    // English
    "absence",
    "absent",
    "bereavement",
    "dayoff",
    "furlough",
    "holiday",
    "holidays",
    "ill",
    "illness",
    "juryduty",
    "juryservice",
    "leave",
    "lieu",
    "loa",
    "maternity",
    "off",
    "paternity",
    "pto",
    "rdo",
    "restday",
    "sabbatical",
    "sick",
    "sickness",
    "timeoff",
    "toil",
    "vacation",
    "vacations",
    "vto",
    // German
    "abwesend",
    "abwesenheit",
    "elternzeit",
    "fehlzeit",
    "feiertag",
    "frei",
    "freier",
    "freizeitausgleich",
    "krank",
    "krankenstand",
    "krankheit",
    "krankmeldung",
    "mutterschutz",
    "ruhetag",
    "urlaub",
    "urlaubsantrag",
    "urlaubstag",
    "zeitausgleich",
    // French
    "absente",
    "conge",
    "conges",
    "ferie",
    "feries",
    "maladie",
    "maternite",
    "paternite",
    "recuperation",
    "repos",
    "rtt",
    "vacances",
    // Spanish
    "ausencia",
    "ausente",
    "baja",
    "enfermedad",
    "festivo",
    "incapacidad",
    "libranza",
    "libre",
    "licencia",
    "permiso",
    "vacaciones",
    // Italian
    "aspettativa",
    "assente",
    "assenza",
    "congedo",
    "ferie",
    "festivita",
    "malattia",
    "permesso",
    "riposo",
    // Portuguese
    "atestado",
    "doenca",
    "feriado",
    "ferias",
    "folga",
    "licenca",
    // Dutch
    "afwezig",
    "afwezigheid",
    "feestdag",
    "vakantie",
    "verlof",
    "vrij",
    "ziek",
    "ziekte",
];

/// Words that may stand beside one of absence, or of a part of a shift, and change
/// nothing.
const PLAIN: &[&str] = &[
    // English
    "adoption",
    "all",
    "and",
    "annual",
    "approved",
    "birthday",
    "carer",
    "carers",
    "casual",
    "compassionate",
    "compensatory",
    "day",
    "days",
    "disability",
    "earned",
    "educational",
    "emergency",
    "extended",
    "family",
    "floating",
    "full",
    "garden",
    "gardening",
    "half",
    "in",
    "long",
    "medical",
    "military",
    "of",
    "paid",
    "parental",
    "partial",
    "personal",
    "planned",
    "public",
    "religious",
    "request",
    "requested",
    "service",
    "short",
    "special",
    "statutory",
    "study",
    "term",
    "the",
    "time",
    "unpaid",
    "unplanned",
    "voluntary",
    "whole",
    // German
    "bezahlt",
    "bezahlte",
    "bezahlter",
    "ganz",
    "ganzer",
    "ganztagig",
    "halb",
    "halber",
    "halbtagig",
    "tag",
    "tage",
    "unbezahlt",
    "unbezahlte",
    "unbezahlter",
    // French
    "arret",
    "demi",
    "demie",
    "du",
    "jour",
    "journee",
    "jours",
    "la",
    "le",
    "paye",
    "payee",
    "payes",
    "sans",
    "solde",
    // Spanish
    "anual",
    "anuales",
    "completo",
    "de",
    "del",
    "dia",
    "dias",
    "media",
    "medica",
    "medico",
    "medio",
    "pagadas",
    "pagado",
    "por",
    "retribuido",
    // Italian
    "di",
    "giornata",
    "giorni",
    "giorno",
    "intera",
    "mezza",
    // Portuguese
    "meio",
    "remunerada",
    // Dutch
    "betaald",
    "dag",
    "dagen",
    "halve",
    "hele",
    "onbetaald",
];

/// Words of parts of a shift.
const PART: &[&str] = &[
    "break",
    "breaks",
    "coffee",
    "dinner",
    "lunch",
    "lunchbreak",
    "lunchtime",
    "meal",
    "mealbreak",
    "meals",
    "pause",
    "pauses",
    "rest",
    "restbreak",
    "tea",
    // German
    "mittag",
    "mittagspause",
    "pausen",
    "ruhepause",
    // French
    "dejeuner",
    "repas",
    // Spanish and Italian
    "almuerzo",
    "comida",
    "descanso",
    "pausa",
    "pranzo",
    // Portuguese
    "almoco",
    "intervalo",
    "refeicao",
    // Dutch
    "lunchpauze",
    "pauze",
];

/// English words that are also written together, as in `FULLDAYTIMEOFF`.
const JOINED: &[&str] = &[
    "absence", "annual", "day", "full", "half", "holiday", "leave", "off", "paid", "partial",
    "public", "pto", "request", "sick", "time", "unpaid", "vacation",
];

/// Endings that make an absence of a compound.
const COMPOUNDS: &[&str] = &["urlaub", "verlof", "vakantie"];

/// What stands in a start or an end where there is no shift that day.
const NO_SHIFT: &[&str] = &[
    "-", "--", "---", "–", "—", "/", "//", "x", "xx", "rd", "rdo", "off", "rest", "absent",
    "descanso",
];

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
    kind: Memory<Meaning>,
    status: Memory<Decision>,
    flag: Memory<Option<bool>>,
    zone: Memory<Option<Clock>>,
    /// What kinds and statuses said that stood side by side.
    claims: [Claim; AT_HAND],
}

/// What a kind says, and what a status says.
type Said = (Meaning, Decision);

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
        Claim {
            kind: Short::EMPTY,
            status: Short::EMPTY,
            said: (Meaning::Silent, Decision::Granted),
        }
    }
}

impl Vocabulary {
    /// What a kind says, as [`Vocabulary::meaning`] has it, and what a status says,
    /// with or without blanks around them.
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
        (self.meaning(kind.trim_ascii()), self.decision(status.trim_ascii()))
    }

    /// What a kind says.
    fn meaning(&mut self, word: &[u8]) -> Meaning {
        if word.is_empty() {
            return Meaning::Silent;
        }
        self.kind.recall(word, meaning_of)
    }

    /// What a status says.
    fn decision(&mut self, word: &[u8]) -> Decision {
        if word.is_empty() {
            return Decision::Granted;
        }
        self.status.recall(word, decide)
    }

    /// Whether a flag is set; `None` for a word that is in no list. Nothing at all
    /// is no.
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

/// Whether a word stands in a start or an end for a day without a shift: `off`,
/// `rdo`, `-`, `frei`, `repos`.
#[must_use]
pub fn is_day_off(word: &[u8]) -> bool {
    let word = String::from_utf8_lossy(word.trim_ascii());
    if word.is_empty() || word.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let folded = plain(&word);
    NO_SHIFT.contains(&folded.as_str()) || meaning_of(&word) == Meaning::TimeOff
}

/// Small letters without diacritics.
fn plain(word: &str) -> String {
    let ascii = plain_ascii(word.as_bytes());
    let plain = ascii.and_then(|ascii| String::from_utf8(ascii.into_owned()).ok());
    plain.unwrap_or_else(|| word.to_owned()).trim().to_lowercase()
}

/// The same without blanks, `_`, `-` and `.`; `1.0` and `-` stay what they are.
fn folded(word: &str) -> String {
    let plain = plain(word);
    let letters = plain.starts_with(|letter: char| letter.is_ascii_alphabetic());
    if letters { fold_name(&plain) } else { plain }
}

/// A record is an absence, or a part of a shift, if one of its words says so and
/// none says anything else: `cover for holiday` is a shift.
fn meaning_of(kind: &str) -> Meaning {
    let words = words_of(kind);
    if all_say(&words, ABSENCE, is_compound) {
        Meaning::TimeOff
    } else if all_say(&words, PART, |_| false) {
        Meaning::Part
    } else {
        Meaning::Shift
    }
}

/// Whether at least one of the words is one of these, or seems to be, and all
/// others are plain. Two words can be one of them together: `time off`.
fn all_say(words: &[String], own: &[&str], seems: fn(&str) -> bool) -> bool {
    let (mut rest, mut found) = (words, false);
    while let Some((first, others)) = rest.split_first() {
        let pair = others.split_first().map(|(second, _)| format!("{first}{second}"));
        let number = || first.bytes().all(|byte| byte.is_ascii_digit());
        if pair.is_some_and(|pair| own.contains(&pair.as_str())) {
            (rest, found) = (others.get(1..).unwrap_or_default(), true);
        } else if own.contains(&first.as_str()) || seems(first) {
            (rest, found) = (others, true);
        } else if PLAIN.contains(&first.as_str()) || number() {
            rest = others;
        } else {
            return false;
        }
    }
    found
}

/// Whether a word is an absence that is put together of others: `sickleave`,
/// `Bildungsurlaub`.
fn is_compound(word: &str) -> bool {
    let joined = || {
        let mut parts = Vec::new();
        takes_apart(word, &mut parts) && parts.iter().any(|part| ABSENCE.contains(part))
    };
    COMPOUNDS.iter().any(|ending| word.ends_with(ending)) || joined()
}

/// Takes a word apart into those that are written together, from the left.
fn takes_apart<'w>(word: &'w str, parts: &mut Vec<&'w str>) -> bool {
    if word.is_empty() {
        return parts.len() > 1;
    }
    JOINED.iter().filter_map(|part| word.strip_prefix(part).map(|rest| (part.len(), rest))).any(
        |(length, rest)| {
            parts.push(&word[..length]);
            let whole = takes_apart(rest, parts);
            if !whole {
                parts.pop();
            }
            whole
        },
    )
}

/// The words of a kind in small letters: `FULL_DAY`, `full day` and `fullDay` are
/// two.
fn words_of(kind: &str) -> Vec<String> {
    let ascii = plain_ascii(kind.as_bytes()).map(|ascii| ascii.into_owned());
    let ascii = ascii.unwrap_or_else(|| kind.as_bytes().to_vec());
    let mut words: Vec<String> = Vec::new();
    let mut before = b' ';
    for byte in ascii {
        let letter = byte.is_ascii_alphanumeric() || !byte.is_ascii();
        let begins = !is_of_word(before)
            || (before.is_ascii_lowercase() && byte.is_ascii_uppercase())
            || before.is_ascii_digit() != byte.is_ascii_digit();
        if letter && begins {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| letter) {
            word.push(byte.to_ascii_lowercase() as char);
        }
        before = byte;
    }
    words
}

fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

fn decide(word: &str) -> Decision {
    let folded = fold_name(word);
    let lists = [
        (CANCELLED, Decision::Cancelled),
        (DELETED, Decision::Deleted),
        (DRAFT, Decision::Draft),
        (PENDING, Decision::Pending),
        (GRANTED, Decision::Granted),
    ];
    let own = lists.into_iter().find(|(list, _)| list.contains(&folded.as_str()));
    own.map_or(Decision::Unknown, |(_, decision)| decision)
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
    use super::{
        ABSENCE, CANCELLED, DELETED, DRAFT, Decision, GRANTED, JOINED, Meaning, Memory, NO, PART,
        PENDING, PLAIN, Vocabulary, YES, is_day_off, meaning_of,
    };
    use proptest::prelude::{prop_assert_eq, proptest};

    /// An answer that tells words apart.
    fn fingerprint(word: &str) -> u64 {
        word.bytes().fold(word.len() as u64, |sum, byte| sum * 5 + u64::from(byte - b'a'))
    }

    #[test]
    fn kinds_of_time_off_are_known_however_they_are_written() {
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
            "FULLDAYTIMEOFF",
            "PartialDayTimeOff",
            "timeOffRequest",
            "PAID TIME OFF",
            "Unpaid leave (half day)",
            "Leave of absence",
            "Day in lieu",
            "Public Holiday",
            "parentalLeave",
            "Rest Day",
            "annualleave",
            "Long-term sick",
            "Gardening leave",
            "Urlaub",
            "Sonderurlaub",
            "unbezahlter Urlaub",
            "halber Tag Urlaub",
            "Krank",
            "Congé payé",
            "congés sans solde",
            "Arrêt maladie",
            "jour férié",
            "Vacaciones",
            "Baja médica",
            "día libre",
            "Ferie",
            "Permesso",
            "malattia",
            "Férias",
            "Licença",
            "meio dia folga",
            "Verlof",
            "ziek",
            "zorgverlof",
        ] {
            assert_eq!(meaning_of(word), Meaning::TimeOff, "{word}");
        }
        for word in [
            "WORK",
            "SHIFT",
            "Inbound calls",
            "Holiday desk",
            "Office",
            "Holiday cover",
            "Sick cover",
            "Worked holiday",
            "Bank holiday",
            "Return from leave",
            "No leave",
            "not sick",
            "Shift off",
            "Offline",
            "offboarding",
            "Freitag",
            "Urlaubsvertretung",
            "Turno libre",
            "day",
            "full time",
            "Paid",
            "Leaver interview",
            "休暇",
            "42",
        ] {
            assert_eq!(meaning_of(word), Meaning::Shift, "{word}");
        }
        for word in [
            "BREAK",
            "Lunch",
            "meal break",
            "Paid break 15",
            "Rest break",
            "lunchBreak",
            "Mittagspause",
            "Pause déjeuner",
            "pausa pranzo",
            "Intervalo",
            "Pauze",
        ] {
            assert_eq!(meaning_of(word), Meaning::Part, "{word}");
        }
        for word in ["Lunch cover", "Break relief", "Breakfast shift", "no break"] {
            assert_eq!(meaning_of(word), Meaning::Shift, "{word}");
        }
        assert_eq!(Vocabulary::default().meaning(b""), Meaning::Silent);
    }

    #[test]
    fn no_word_is_in_two_lists() {
        for (one, other) in [(ABSENCE, PLAIN), (ABSENCE, PART), (PLAIN, PART), (YES, NO)] {
            let both: Vec<_> = one.iter().filter(|word| other.contains(word)).collect();
            assert!(both.is_empty(), "{both:?}");
        }
        for part in JOINED {
            assert!(ABSENCE.contains(part) || PLAIN.contains(part), "{part}");
        }
        let lower = |word: &&str| word.bytes().all(|byte| byte.is_ascii_lowercase());
        assert!([ABSENCE, PLAIN, PART, JOINED].concat().iter().all(lower));
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
    fn words_for_a_day_off_are_known() {
        for word in [
            "off", "OFF", "Off ", "rd", "RDO", "rest", "absent", "x", "-", "–", "/", "frei",
            "Urlaub", "repos", "libre", "Descanso", "riposo", "folga", "vrij", "Day Off", "PTO",
        ] {
            assert!(is_day_off(word.as_bytes()), "{word}");
        }
        for word in ["", "8:00", "tbd", "TBA", "open", "?", "0", "off 8:00", "night", "nan"] {
            assert!(!is_day_off(word.as_bytes()), "{word}");
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
        let mut all: Vec<&str> = [GRANTED, PENDING, DRAFT, CANCELLED, DELETED].concat();
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
        assert_eq!(words.decision(b"denied"), Decision::Cancelled);
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
