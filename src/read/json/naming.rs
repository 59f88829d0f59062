//! Decides what a key can mean: a field, a list of records, or nothing that is read.

use super::class::{Class, has_word, without_kinds, words};
use super::shape;
use crate::model::row::Field;
use crate::model::source::Role;
use crate::read::names::{self, More, NoField};
use crate::read::nothing::says_nothing;
use crate::read::weekdays::{is_recurrence, is_yes};
use crate::timestamp;

/// How well a key fits a field if only its file shows that: worse than any name.
pub(in crate::read) const OF_FILE: u8 = u8::MAX;

/// Words in the names of times that say when something was done to a record,
/// and not when it takes place.
const BOOKKEEPING: &[&str] = &[
    "created",
    "updated",
    "modified",
    "exported",
    "requested",
    "submitted",
    "approved",
    "reviewed",
    "published",
    "issued",
    "expires",
    "expiry",
    "valid",
    "effective",
    "hired",
    "hire",
    "terminated",
    "contract",
    "employment",
    "birth",
    "birthday",
    "birthdate",
    "dob",
    "pay",
    "generated",
    "synced",
    "imported",
    "deleted",
    "seen",
    "sent",
    "received",
    "changed",
    "edited",
    "registered",
    "joined",
];

/// Words for times, where a number can be one.
const TIMES: &[&str] = &[
    "start", "starts", "begin", "begins", "end", "ends", "finish", "from", "to", "until", "length",
    "duration", "minutes", "hours", "stop", "in", "out", "time",
];

/// The field of a key with this path, and how well it fits: the lower the better.
pub(in crate::read) fn field(path: &str, role: Role) -> Option<(Field, u8)> {
    names::key(path, role)
}

/// Whether a time of this name says when something was done to a record.
pub(in crate::read) fn is_bookkeeping(path: &str) -> bool {
    without_kinds(words(path)).iter().any(|word| BOOKKEEPING.contains(&&**word))
}

/// Whether nothing says what a key of this path means: it is not a field, a person or
/// bookkeeping.
pub(in crate::read) fn is_unknown(path: &str, role: Role) -> bool {
    let meaning = names::meaning(path, role);
    matches!(meaning.field, Err(NoField::Unknown | NoField::More(_)))
        && meaning.person.is_none()
        && !is_bookkeeping(path)
}

/// Whether a number of this name can be a time or a length.
pub(in crate::read) fn may_be_time(path: &str) -> bool {
    has_word(path, TIMES)
}

/// Whether days of this name are those on which a record does not take place.
pub(in crate::read) fn leaves_out(path: &str) -> bool {
    const OUT: [&str; 8] =
        ["except", "exception", "exceptions", "exdate", "exdates", "excluded", "skip", "skipped"];
    has_word(path, &OUT)
}

/// Whether days of the week in a list of this name are those of its record, and if so, whether
/// numbers there are such days: `days`, `dow`.
pub(in crate::read) fn lists_weekdays(path: &str) -> Option<bool> {
    match words(path).join(" ").as_str() {
        "days" | "on" | "on days" => Some(false),
        "dow" | "weekday" | "day of week" => Some(true),
        _ => None,
    }
}

/// Whether times of this name surround shifts: opening hours, wishes.
pub(in crate::read) fn is_around_shifts(path: &str) -> bool {
    const AROUND: [&str; 10] = [
        "opening",
        "open",
        "availability",
        "available",
        "business",
        "store",
        "preferred",
        "desired",
        "earliest",
        "latest",
    ];
    has_word(path, &AROUND)
}

/// Whether a time of this path is the end that counts in the place of another: `newEnd`,
/// `override.end`.
pub(in crate::read) fn is_later_end(path: &str) -> bool {
    const LATER: [&str; 32] = [
        "new",
        "extended",
        "extension",
        "extensions",
        "prolonged",
        "prolongation",
        "overtime",
        "ot",
        "revised",
        "revision",
        "expected",
        "final",
        "updated",
        "modified",
        "changed",
        "change",
        "changes",
        "later",
        "override",
        "overrides",
        "overridden",
        "corrected",
        "correction",
        "adjusted",
        "amended",
        "amendment",
        "neues",
        "nouvelle",
        "nuevo",
        "nueva",
        "nuovo",
        "novo",
    ];
    has_word(path, &LATER)
}

/// The later ends that the objects of a list under such a name give, which have no start.
pub(in crate::read) fn later_ends(bytes: &[u8], list: usize) -> Vec<Vec<u8>> {
    let mut ends = Vec::new();
    shape::each_value(bytes, list, |_, at| {
        if bytes.get(at) == Some(&b'{') && !shape::names_span(bytes, at) {
            shape::each_value(bytes, at, |key, value| {
                let key = super::keys::name(key).unwrap_or_default();
                let end = matches!(field(&key, Role::Batch), Some((Field::End, _)));
                ends.extend(end.then(|| shape::scalar_text(bytes, value)).flatten());
            });
        }
    });
    ends
}

/// Whether the name of a key leaves it open that its value is an agent who may have the
/// shift: `backup`, `newEmployee`, `swap.to`. Those who lead, who could have it and who had
/// it do not.
pub(in crate::read) fn may_name_agents(path: &str, role: Role) -> bool {
    const OTHERS: [&str; 28] = [
        "eligible",
        "candidate",
        "candidates",
        "applicant",
        "applicants",
        "bidders",
        "offered",
        "invited",
        "notification",
        "notifications",
        "notified",
        "notify",
        "viewers",
        "watchers",
        "followers",
        "subscribers",
        "declined",
        "interested",
        "excluded",
        "blocked",
        "contact",
        "contacts",
        "mentor",
        "coach",
        "trainer",
        "publisher",
        "lead",
        "from",
    ];
    let last = Class::of(path.rsplit('.').next().unwrap_or_default());
    let unknown = match names::meaning(path, role).field {
        // Participants are served, or take part in a training.
        Err(NoField::Unknown | NoField::Customer) | Ok(Field::Team | Field::Agent) => true,
        // `extra` is a part of a shift, and `extraEmployees` are not.
        Err(NoField::Part | NoField::Bookkeeping) => last == Class::People,
        _ => false,
    };
    let classes = [Class::Plain, Class::People, Class::Schedules];
    role.claims_time()
        && !role.lists_absences()
        && unknown
        && path.split('.').all(|key| classes.contains(&Class::of(key)))
        && !has_word(path, &OTHERS)
}

/// Whether a list of this name holds those who take part in something: `attendees`.
pub(in crate::read) fn names_those_present(name: &str) -> bool {
    const PRESENT: [&str; 8] =
        ["attendees", "participants", "invitees", "trainees", "crew", "team", "who", "names"];
    let named = matches!(field(name, Role::Batch), Some((Field::Agent, _)));
    named || Class::of(name) == Class::People || has_word(name, &PRESENT)
}

/// Whether a list of this name says who has shifts that stand elsewhere, and if so, whether it
/// is only asked for: `assignments`, `swapRequests`.
pub(in crate::read) fn names_handovers(name: &str) -> Option<bool> {
    const HANDOVERS: [&str; 16] = [
        "assignment",
        "assignments",
        "reassignments",
        "pickup",
        "pickups",
        "cover",
        "covers",
        "substitutions",
        "swap",
        "swaps",
        "trade",
        "trades",
        "exchange",
        "exchanges",
        "handovers",
        "transfers",
    ];
    const ASKED: [&str; 4] = ["request", "requests", "offer", "offers"];
    has_word(name, &HANDOVERS).then(|| has_word(name, &ASKED))
}

/// Whether a word under a key names a shift that stands elsewhere, by its id or its day:
/// `shiftId`.
pub(in crate::read) fn names_shift_of(path: &str, word: &[u8]) -> bool {
    match words(path).join(" ").as_str() {
        "shift" | "shift id" | "shift uuid" | "shift ref" => !says_nothing(word),
        "date" | "day" | "shift date" => shape::is_date_key(word.trim_ascii()),
        _ => false,
    }
}

/// Whether a key of a trade or an assignment names who gets the shift: `to`, `employee`,
/// `coveredBy`.
pub(in crate::read) fn names_receiver(path: &str) -> bool {
    let agent = matches!(field(path, Role::Batch), Some((Field::Agent, _)));
    let receiver = matches!(words(path).join(" ").as_str(), "to" | "covered by" | "taken by");
    agent || receiver || is_of_people(path)
}

/// Whether a status says that what was asked for is granted.
pub(in crate::read) fn says_approved(status: &[u8]) -> bool {
    const GRANTED: [&str; 8] =
        ["approved", "accepted", "granted", "confirmed", "completed", "complete", "active", "done"];
    let status = String::from_utf8_lossy(status);
    GRANTED.contains(&status.trim().to_lowercase().as_str())
}

/// Whether a key, or one around it, is for people.
pub(in crate::read) fn is_of_people(path: &str) -> bool {
    path.split('.').any(|key| Class::of(key) == Class::People)
}

/// Whether a word under a key of an unknown name may be an agent. A number can be anything,
/// unless its key is named for people.
pub(in crate::read) fn may_be_agent(word: &[u8], of_people: bool) -> bool {
    const LONGEST: usize = 80;
    let word = word.trim_ascii();
    let named = word.iter().any(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii());
    word.len() <= LONGEST
        && !says_nothing(word)
        && word != b"true"
        && if named { timestamp::read(word, None).is_err() } else { of_people }
}

/// What the value of a key has to be, so that it makes a record more than it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum MoreValue {
    /// Anything that does not say that there is nothing.
    Filled,
    /// A rule by which something comes back: `daily`.
    Recurrence,
    /// A flag that is set.
    Flag,
    /// Minutes after a full hour.
    Minutes,
}

/// Whether a word is a number of minutes after a full hour, but for none.
pub(in crate::read) fn is_minutes(word: &[u8]) -> bool {
    let number = std::str::from_utf8(word).ok().and_then(|word| word.trim().parse::<u8>().ok());
    number.is_some_and(|minutes| (1..60).contains(&minutes))
}

impl MoreValue {
    /// Whether a value as written, without its quotes, is such a one.
    pub(in crate::read) fn is(self, written: &[u8]) -> bool {
        match self {
            MoreValue::Filled => !says_nothing(written),
            MoreValue::Recurrence => is_recurrence(&String::from_utf8_lossy(written)),
            MoreValue::Flag => is_yes(written),
            MoreValue::Minutes => is_minutes(written),
        }
    }
}

/// What a key of this path makes of a record beyond what it shows, if its value is such.
pub(in crate::read) fn more(path: &str, role: Role) -> Option<(&'static str, MoreValue)> {
    let words = words(path);
    let has = |known: &[&str]| words.iter().any(|word| known.contains(&&**word));
    let repeats =
        ["repeat", "repeats", "repeated", "recurrence", "recurring", "rrule", "recurs", "recur"];
    if has(&repeats) || words == ["cron"] || says_how_often(&words) {
        Some((More::Repeat.why(), MoreValue::Filled))
    } else if matches!(&*words, [every, unit] if every == "every" && is_unit_of_days(unit)) {
        Some((More::Repeat.why(), MoreValue::Flag))
    } else if has(&["occurrences"]) || has(&["weekdays"]) || has(&["days"]) && has(&["week"]) {
        Some((More::Days.why(), MoreValue::Filled))
    } else if has(&["minute"]) && has(&["start", "begin", "from", "end", "to"]) && words.len() == 2
    {
        Some((More::Minutes.why(), MoreValue::Minutes))
    } else if has(&["next"]) && has(&["day"]) || has(&["day"]) && has(&["number", "offset"]) {
        Some((More::DayOffset.why(), MoreValue::Filled))
    } else if has(&["extension", "extended", "prolongation"]) && has(&["minutes", "mins"]) {
        Some(("it ends later", MoreValue::Filled))
    } else if is_bookkeeping(path) {
        None
    } else {
        let value = path.split('.').find_map(|key| recurrence(key, role))?;
        Some((More::Repeat.why(), value))
    }
}

/// Whether a key is one of a series that says until when or how often it goes on. Others number
/// the records of the series, each of which is there.
fn says_how_often(words: &[String]) -> bool {
    const HOW: [&str; 4] = ["until", "frequency", "freq", "every"];
    matches!(words, [series, how] if series == "series" && HOW.contains(&&**how))
}

fn is_unit_of_days(word: &str) -> bool {
    matches!(word, "day" | "week" | "fortnight" | "month")
}

/// What the value of a key has to be that says in which order something comes back.
fn recurrence(key: &str, role: Role) -> Option<MoreValue> {
    const RULES: [&str; 4] = ["pattern", "interval", "occurs", "rotation"];
    const FLAGS: [&str; 5] = ["daily", "weekly", "biweekly", "fortnightly", "monthly"];
    const BESIDE: [&str; 10] =
        ["is", "shift", "work", "schedule", "rule", "type", "unit", "of", "day", "days"];
    let mut words = words(key);
    words.retain(|word| !BESIDE.contains(&&**word));
    match &*words {
        [word] if RULES.contains(&&**word) => Some(MoreValue::Recurrence),
        [word] if FLAGS.contains(&&**word) => Some(MoreValue::Flag),
        [word] if word == "periodicity" => Some(MoreValue::Filled),
        [word] => {
            let repeats = Err(NoField::More(More::Repeat));
            (names::meaning(word, role).field == repeats).then_some(MoreValue::Filled)
        }
        _ => None,
    }
}
