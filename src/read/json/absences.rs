//! Decides whether a column or a key, by its name, says that an agent is absent.
//!
//! A word under such a name may say so, or be that of an account of absences.

use super::class::{Class, has_word, is_time_off_alone, words};
use super::days_said::names_days;
use crate::model::kinds::{availability, is_absence};
use crate::model::source::Role;
use crate::model::time::DateOrder;
use crate::read::names::{self, NoField};
use crate::read::nothing::says_nothing;
use crate::read::weekdays::is_yes;
use crate::timestamp::{self, Expected};

/// Words that say how an absence is named, and not what it is.
const OF_ABSENCE: &[&str] = &[
    "is",
    "on",
    "has",
    "was",
    "at",
    "currently",
    "reason",
    "code",
    "category",
    "kind",
    "type",
    "hours",
    "minutes",
    "id",
];

/// Whether a filled key of this path says that the agent of a record is absent: `onLeave`,
/// `sick`, `timeOff.hours`. What an account of absences holds says nothing of a record, nor does
/// bookkeeping, which is not looked for here.
pub(in crate::read) fn is_absence_key(path: &str, role: Role) -> bool {
    let mut keys = path.split('.');
    let open = role.claims_time()
        && !role.lists_absences()
        && names::meaning(path, role).field != Err(NoField::OtherPerson);
    let is_told = |key: &str| Class::of(key).is_passed_over().is_some();
    open && !path.split('.').any(is_told)
        && keys.any(|key| names_absence(key) || begins_absence(key))
        && keys.all(is_of_absence)
}

/// Whether a key is that of the start of an absence: `absenceStart`.
pub(in crate::read) fn begins_absence(key: &str) -> bool {
    without(key, &STARTS).is_some_and(|name| names_absence(&name))
}

/// Whether a key is that of the end of the absence which begins under another.
pub(in crate::read) fn ends_absence(start: &str, key: &str) -> bool {
    const ENDS: [&str; 10] =
        ["end", "ends", "to", "until", "till", "through", "thru", "bis", "ende", "hasta"];
    without(key, &ENDS).is_some_and(|name| without(start, &STARTS) == Some(name))
}

/// Words that name the start of an absence.
const STARTS: [&str; 8] = ["start", "starts", "begin", "begins", "from", "von", "beginn", "desde"];

/// The words of a key but for those of a list; `None` if it has none of them.
fn without(key: &str, list: &[&str]) -> Option<String> {
    let words = words(key);
    let rest: Vec<&str> =
        words.iter().map(|word| &**word).filter(|word| !list.contains(word)).collect();
    (rest.len() < words.len()).then(|| rest.join(" "))
}

/// Whether a key is the name of an absence, and of nothing about one.
fn names_absence(key: &str) -> bool {
    const HOLIDAYS: [&str; 3] = ["holiday", "holidays", "feiertag"];
    let mut words = words(key);
    words.retain(|word| !OF_ABSENCE.contains(&&**word));
    let name = words.join(" ");
    let alone = Class::of(&name) == Class::TimeOff && is_time_off_alone(&name);
    alone
        || availability(name.as_bytes()) == Some(false)
        || is_absence(name.as_bytes()) && !words.iter().any(|word| HOLIDAYS.contains(&&**word))
}

/// Whether a key within an absence says what it is, or that it is: `reason`, `approved`.
fn is_of_absence(key: &str) -> bool {
    const STATES: [&str; 6] = ["name", "status", "approved", "active", "taken", "absent"];
    let words = words(key);
    words.iter().all(|word| OF_ABSENCE.contains(&&**word) || STATES.contains(&&**word))
}

/// Whether a key within an absence is about days that somebody has or may take.
pub(in crate::read) fn is_about_absence(key: &str) -> bool {
    const ABOUT: [&str; 10] = [
        "balance",
        "balances",
        "accrual",
        "accrued",
        "allowance",
        "entitlement",
        "quota",
        "policy",
        "remaining",
        "used",
    ];
    has_word(key, &ABOUT)
}

/// Whether a word under a key of an absence says that there is one. A number does only
/// where its name says what it counts, for others are those of an account.
pub(in crate::read) fn says_absence(path: &str, word: &[u8]) -> bool {
    const COUNTED: [&str; 3] = ["hours", "minutes", "id"];
    const FLAGS: [&str; 4] = ["is", "on", "has", "was"];
    const PRESENT: [&str; 6] = ["present", "worked", "working", "attended", "anwesend", "presente"];
    let word = word.trim_ascii();
    let said = std::str::from_utf8(word).unwrap_or_default();
    let expected = Expected { order: Some(DateOrder::DayMonth), clock: false };
    // `09:00-12:00` is a range, and a clock time with an offset as well.
    let begins = path.rsplit('.').next().is_some_and(begins_absence);
    if begins || timestamp::range(word, expected).is_some() {
        return true;
    }
    let is_present = PRESENT.iter().any(|known| said.eq_ignore_ascii_case(known));
    if says_nothing(word) || is_present || timestamp::read(word, expected.order).is_ok() {
        return false;
    }
    match said.parse::<f64>() {
        Ok(number) => {
            number != 0.0 && (has_word(path, &COUNTED) || number == 1.0 && has_word(path, &FLAGS))
        }
        Err(_) => true,
    }
}

/// Whether a word under a key of an absence says that the agent of the records around it is
/// absent, by a flag or by days. An account of absences and what somebody is entitled to say
/// nothing of them.
pub(in crate::read) fn says_absence_around(path: &str, word: &[u8]) -> bool {
    const NOW: [&str; 8] =
        ["is", "on", "currently", "absent", "away", "sick", "ill", "unavailable"];
    let begins = path.rsplit('.').next().is_some_and(begins_absence);
    let is_flag = has_word(path, &NOW) && is_yes(word.trim_ascii());
    let is_day = || names_days(word);
    if begins { is_day() } else { is_flag || is_day() }
}
