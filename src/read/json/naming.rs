//! Keys become what they can mean: the questions that documents ask of names.

use super::class::{without_kinds, words};
use crate::model::row::Field;
use crate::model::source::Role;
use crate::read::names::{self, NoField};

/// How well a key stands for a field if only its file tells: worse than any name.
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

/// Words that tell of a time, where a number can be one.
const TIMES: &[&str] = &[
    "start", "starts", "begin", "begins", "end", "ends", "finish", "from", "to", "until", "length",
    "duration", "minutes", "hours", "stop", "in", "out", "time",
];

/// The field that a key of this path stands for, and how well: the lower the
/// better.
pub(in crate::read) fn field(path: &str, role: Role) -> Option<(Field, u8)> {
    names::key(path, role)
}

/// Whether a time of this name says when something was done to a record.
pub(in crate::read) fn is_bookkeeping(path: &str) -> bool {
    without_kinds(words(path)).iter().any(|word| BOOKKEEPING.contains(&&**word))
}

/// Whether nothing says what a key of this path means: it is no field, no person and no
/// bookkeeping.
pub(in crate::read) fn is_unknown(path: &str, role: Role) -> bool {
    let meaning = names::meaning(path, role);
    matches!(meaning.field, Err(NoField::Unknown | NoField::More(_)))
        && meaning.person.is_none()
        && !is_bookkeeping(path)
}

/// Whether a number of this name can be a time or a length.
pub(in crate::read) fn may_be_time(path: &str) -> bool {
    words(path).iter().any(|word| TIMES.contains(&&**word))
}

/// Whether days of this name are those on which a record does not take place.
pub(in crate::read) fn leaves_out(path: &str) -> bool {
    const OUT: [&str; 8] =
        ["except", "exception", "exceptions", "exdate", "exdates", "excluded", "skip", "skipped"];
    words(path).iter().any(|word| OUT.contains(&&**word))
}

/// Whether times of this name stand around shifts: opening hours, wishes.
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
    words(path).iter().any(|word| AROUND.contains(&&**word))
}

/// Whether a time of this name is the end that counts in the place of another: `newEnd`.
pub(in crate::read) fn is_later_end(path: &str) -> bool {
    const LATER: [&str; 10] = [
        "new",
        "extended",
        "revised",
        "expected",
        "final",
        "updated",
        "changed",
        "later",
        "overridden",
        "corrected",
    ];
    words(path).iter().any(|word| LATER.contains(&&**word))
}

/// How a record is more than it shows that is there on several days.
pub(in crate::read) const MORE_DAYS: &str = "it takes place on more days";

/// What a key of this name makes of a record beyond what it shows, if it is
/// filled.
pub(in crate::read) fn more(path: &str) -> Option<&'static str> {
    let words = words(path);
    let has = |known: &[&str]| words.iter().any(|word| known.contains(&&**word));
    let repeats = ["repeat", "repeats", "recurrence", "recurring", "rrule", "recurs"];
    if has(&repeats) {
        Some("it repeats")
    } else if has(&["occurrences"]) || has(&["weekdays"]) || has(&["days"]) && has(&["week"]) {
        Some(MORE_DAYS)
    } else if has(&["next"]) && has(&["day"]) || has(&["day"]) && has(&["number", "offset"]) {
        Some("it is on another day")
    } else {
        None
    }
}
