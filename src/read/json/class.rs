//! Decides what a list or an object can hold, by its name.
//!
//! Its contents show whether something is a record. What its name adds is decided here, word by
//! word, in one table.

use crate::model::shift::Kind;
use crate::model::source::Role;

/// What the name of a list or an object says about its contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::read) enum Class {
    /// Nothing: the contents decide.
    #[default]
    Plain,
    /// Time off.
    TimeOff,
    /// Parts of a record: activities, breaks.
    Parts,
    /// What was worked, or what became of a record.
    History,
    /// Opening hours, holidays, how much staff is needed, what was asked for.
    Calendar,
    /// About the data and not in it: comments, links, who created it.
    Bookkeeping,
    /// Records that are not meant to be sent: deleted ones, templates.
    Aside,
    /// People.
    People,
    /// Schedules.
    Schedules,
}

use Class::{Aside, Bookkeeping, Calendar, History, Parts, People, Schedules, TimeOff};

/// Every word that says something, with what it says. Of several words in a
/// name the first of this table counts.
#[rustfmt::skip]
const WORDS: &[(Class, &[&str])] = &[
    (History, &[
        "punch", "punches", "clocking", "clockings", "history", "histories", "audit", "audits",
        "log", "logs", "timecard", "timecards", "timesheet", "timesheets", "attendance",
        "attendances", "changelog", "stempelungen", "fichajes", "pointages", "timbrature",
    ]),
    (Aside, &[
        "deleted", "removed", "cancelled", "canceled", "rejected", "previous", "original",
        "originals", "old", "before", "archived", "archive", "obsolete", "superseded", "template",
        "templates", "example", "examples", "availability", "availabilities", "unavailability",
        "unavailabilities", "preferences", "bids",
    ]),
    (Bookkeeping, &[
        "contract", "contracts", "employment", "employments", "pay", "payroll", "comment",
        "comments", "note", "notes", "message", "messages", "attachment", "attachments", "link",
        "links", "tag", "tags", "warning", "warnings", "error", "errors", "evaluated",
    ]),
    (Parts, &[
        "activities", "activity", "segments", "segment", "layers", "layer", "breaks", "break",
        "meals", "meal", "lunch", "lunches", "tasks", "task", "jobs", "job", "details", "detail",
        "pausen", "pauses", "pausas", "pauze", "pauzes", "pause",
    ]),
    (TimeOff, &[
        "timeoff", "timeoffs", "pto", "ptos", "leave", "leaves", "absence", "absences", "vacation",
        "vacations", "abwesenheiten", "urlaub", "conges", "ausencias", "vacaciones", "assenze",
        "ferie", "verlof", "sick", "sickness", "illness",
    ]),
    (Calendar, &[
        "holidays", "holiday", "closures", "closure", "forecast", "forecasts", "demand", "demands",
        "requirements", "requirement", "intervals", "interval", "hours", "periods", "period",
        "feiertage", "festivos", "window", "windows", "range", "query", "filter", "filters", "params",
        "parameters", "criteria", "coverage", "coverages", "staffing", "headcount", "headcounts",
        "workload", "workloads", "volumes",
    ]),
    (People, &[
        "agents", "agent", "users", "user", "employees", "employee", "workers", "worker", "people",
        "person", "persons", "staff", "members", "member", "resources", "mitarbeiter", "empleados",
        "salaries", "employes", "dipendenti", "funcionarios", "medewerkers",
    ]),
    (Schedules, &["schedule", "schedules", "dienstplan", "dienstplaene", "planning", "plannings"]),
];

/// Words of what takes place within a shift, and may as well be a list of records.
#[rustfmt::skip]
const WITHIN: &[&str] = &[
    "event", "events", "meeting", "meetings", "training", "trainings", "coaching", "coachings",
    "exception", "exceptions", "aux", "state", "states", "status", "statuses", "interval",
    "intervals", "slot", "slots",
];

/// Two words that are time off only together.
fn is_time_off(pair: &[String]) -> bool {
    const PAIRS: [[&str; 2]; 7] = [
        ["time", "off"],
        ["times", "off"],
        ["day", "off"],
        ["days", "off"],
        ["off", "days"],
        ["off", "dates"],
        ["rest", "days"],
    ];
    PAIRS.iter().any(|known| pair == known)
}

/// The words of a name without those that name a kind together: a pay code says what a
/// record is, and nothing of what is paid.
pub(in crate::read) fn without_kinds(mut words: Vec<String>) -> Vec<String> {
    let is_kind = |pair: &[String]| pair[0] == "pay" && matches!(&*pair[1], "code" | "codes");
    while let Some(place) = words.windows(2).position(is_kind) {
        words.drain(place..place + 2);
    }
    words
}

/// Whether a name is, or has in it, that of a pay code.
pub(in crate::read) fn names_pay_code(name: &str) -> bool {
    let all = words(name);
    without_kinds(all.clone()).len() < all.len()
}

/// Whether days under such a name are days off, and not about them: those of an
/// account, of a rule.
pub(in crate::read) fn lists_days_off(name: &str) -> bool {
    const ABOUT: [&str; 18] = [
        "balance",
        "balances",
        "accrual",
        "accruals",
        "accrued",
        "allowance",
        "allowances",
        "entitlement",
        "entitlements",
        "quota",
        "quotas",
        "policy",
        "policies",
        "type",
        "types",
        "code",
        "codes",
        "limits",
    ];
    Class::of(name) == TimeOff && !has_word(name, &ABOUT)
}

/// Whether a name is that of time off, and of nothing about it: `absence`, `dayOff`.
pub(in crate::read) fn is_time_off_alone(name: &str) -> bool {
    match &*words(name) {
        [_] => true,
        pair @ [_, _] => is_time_off(pair),
        _ => false,
    }
}

/// Whether a name says nothing of what is in it: `data`, a number, a day.
fn is_container(name: &str) -> bool {
    const NAMES: [&str; 15] = [
        "data",
        "items",
        "values",
        "entries",
        "rows",
        "results",
        "list",
        "days",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    NAMES.contains(&&*name.to_lowercase())
        || name == "*"
        || name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

/// Whether a number of this name is how many people there are: `staff`, `required_agents`.
pub(in crate::read) fn counts_heads(name: &str) -> bool {
    const HEADS: [&str; 20] = [
        "staff",
        "staffing",
        "agents",
        "users",
        "employees",
        "workers",
        "people",
        "persons",
        "personnel",
        "members",
        "resources",
        "crew",
        "headcount",
        "heads",
        "fte",
        "mitarbeiter",
        "empleados",
        "salaries",
        "dipendenti",
        "medewerkers",
    ];
    has_word(name, &HEADS)
}

/// Whether a name contains one of these words.
pub(in crate::read) fn has_word(name: &str, known: &[&str]) -> bool {
    words(name).iter().any(|word| known.contains(&&**word))
}

/// Whether a value under such a name within a shift is a part of it, if it lies within the
/// hours of the shift.
pub(in crate::read) fn may_name_parts(name: &str) -> bool {
    has_word(name, WITHIN)
}

impl Class {
    /// What a name says.
    #[must_use]
    pub(in crate::read) fn of(name: &str) -> Class {
        let words = without_kinds(words(name));
        if words == ["off"] || words.windows(2).any(is_time_off) {
            return TimeOff;
        }
        let says =
            |(_, known): &&(Class, &[&str])| words.iter().any(|word| known.contains(&&**word));
        WORDS.iter().find(says).map_or(Class::Plain, |(class, _)| *class)
    }

    /// What the names in a pointer say of its value: the last of them, except names that a
    /// list has in anything.
    #[must_use]
    pub(in crate::read) fn of_pointer(pointer: &str) -> Class {
        let mut keys = pointer.rsplit('/').skip_while(|key| is_container(key));
        let class = keys.next().map_or(Class::Plain, Class::of);
        let last = Class::of(pointer.rsplit('/').next().unwrap_or_default());
        if class == Calendar { class } else { last }
    }

    /// What a name says in a file of this role.
    #[must_use]
    pub(in crate::read) fn in_role(name: &str, role: Role) -> Class {
        const AVAILABILITY: [&str; 4] =
            ["availability", "availabilities", "unavailability", "unavailabilities"];
        match Class::of(name) {
            Aside if role == Role::Unavailable && has_word(name, &AVAILABILITY) => Class::Plain,
            class => class,
        }
    }

    /// What a name says within something else.
    #[must_use]
    pub(in crate::read) fn within(name: &str, outer: Class) -> Class {
        match Class::of(name) {
            Class::Plain if outer == Calendar && is_container(name) => Calendar,
            class => class,
        }
    }

    /// Why things under such a name are not read whatever they hold; `None`
    /// where their contents decide.
    #[must_use]
    pub(in crate::read) const fn is_passed_over(self) -> Option<&'static str> {
        match self {
            History => Some("what was worked, or what became of records"),
            Bookkeeping => Some("about the data, and not a part of it"),
            _ => None,
        }
    }

    /// What the records under such a name are, if it says so.
    #[must_use]
    pub(in crate::read) const fn kind(self) -> Option<Kind> {
        match self {
            TimeOff => Some(Kind::TimeOff),
            _ => None,
        }
    }
}

/// Whether an object of this name repeats what was asked for, unless it has records: the agents and
/// days of a query are no shift.
pub(in crate::read) fn names_query(name: &str) -> bool {
    const QUERIES: [&str; 5] = ["filter", "filters", "query", "criteria", "search"];
    words(name).last().is_some_and(|word| QUERIES.contains(&&**word))
}

/// The words of a name, in lower case: `agentSchedules`, `agent_schedules` and
/// `Agent schedules` have the same two.
pub(in crate::read) fn words(name: &str) -> Vec<String> {
    let (mut words, mut word) = (Vec::new(), String::new());
    let mut before = ' ';
    for letter in name.chars() {
        let begins = letter.is_uppercase() && before.is_lowercase()
            || letter.is_alphabetic() != before.is_alphabetic();
        if begins && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if letter.is_alphanumeric() {
            word.extend(letter.to_lowercase());
        }
        before = letter;
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{Class, words};

    #[test]
    fn names_are_divided_into_words() {
        for (name, expected) in [
            ("agentSchedules", &["agent", "schedules"][..]),
            ("time-off_requests", &["time", "off", "requests"]),
            ("SHIFTS", &["shifts"]),
            ("shift2Start", &["shift", "2", "start"]),
            ("", &[]),
            ("  ", &[]),
        ] {
            assert_eq!(words(name), expected, "{name}");
        }
    }

    #[test]
    fn a_calendar_says_what_is_in_its_lists() {
        for (pointer, expected) in [
            ("", Class::Plain),
            ("/shifts", Class::Plain),
            ("/forecast", Class::Calendar),
            ("/forecast/data", Class::Calendar),
            ("/forecast/2026-03-02/intervals", Class::Calendar),
            ("/forecast/2026-03-02", Class::Calendar),
            ("/demand/*/monday", Class::Calendar),
            ("/period/shifts", Class::Plain),
            ("/agents/data", Class::Plain),
            ("/holidays/agents", Class::People),
        ] {
            assert_eq!(Class::of_pointer(pointer), expected, "{pointer}");
        }
    }

    #[test]
    fn what_a_name_says_is_said_by_its_words() {
        for (name, expected) in [
            ("shifts", Class::Plain),
            ("agentSchedules", Class::People),
            ("timeOffRequests", Class::TimeOff),
            ("Time Off", Class::TimeOff),
            ("ptoRequests", Class::TimeOff),
            ("daysOff", Class::TimeOff),
            ("fullDayTimeOffMarkers", Class::TimeOff),
            ("off", Class::TimeOff),
            ("offset", Class::Plain),
            ("dropOff", Class::Plain),
            ("activities", Class::Parts),
            ("activityLog", Class::History),
            ("businessHours", Class::Calendar),
            ("holidays", Class::Calendar),
            ("deletedShifts", Class::Aside),
            ("comments", Class::Bookkeeping),
            ("payCodeEdits", Class::Plain),
            ("payCode", Class::Plain),
            ("payPeriods", Class::Bookkeeping),
            ("payrollCodes", Class::Bookkeeping),
            ("entities", Class::Plain),
            ("leaves", Class::TimeOff),
            ("believe", Class::Plain),
        ] {
            assert_eq!(Class::of(name), expected, "{name}");
        }
    }
}
