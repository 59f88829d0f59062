//! Keys of a document become lists of records, or not.

use super::Layout;
use super::element::Elements;
use super::opening::BEGINNINGS;
use super::text;
use crate::model::row::{Field, fold_name};
use crate::model::shift::Kind;
use crate::model::source::Role;
use crate::read::columns::missing;

/// Keys under which records are looked for, folded.
const KNOWN: &[&str] = &[
    "assignments",
    "shifts",
    "schedules",
    "entities",
    "records",
    "items",
    "data",
    "value",
    "values",
    "results",
    "result",
    "rows",
    "events",
    "timeoff",
    "timeoffs",
    "timeoffrequest",
    "timeoffrequests",
    "pto",
    "ptos",
    "ptorequests",
    "leave",
    "leaves",
    "leaverequests",
    "absence",
    "absences",
    "absencerequests",
];

/// Keys under which agents are looked for, folded; beside shifts they hold no
/// records.
const AGENTS: &[&str] = &["agents", "users", "employees"];

/// Keys under which swaps are looked for, folded.
const SWAPS: &[&str] = &[
    "swaps",
    "trades",
    "shiftswaps",
    "shifttrades",
    "swaprequests",
    "traderequests",
    "swapshiftschangerequests",
];

/// How names of time off begin, folded.
const TIME_OFF: &[&str] = &["timeoff", "pto", "leave", "absence"];

/// How the keys that are understood are told to the user.
pub(super) const UNDERSTOOD: &str = "records are looked for under `assignments`, `shifts`, \
    `schedules`, `timeOffRequests`, `timeOff`, `entities`, `records`, `items`, `data`, `values`, \
    `results`, `rows` and `events` (agents also under `agents`, `users` and `employees`), or in a \
    list by itself; a record is an object with a key for the agent, which `--map agent=KEY` can name";

/// Whether records of this role are looked for under this key.
pub(super) fn is_known(key: &str, role: Option<Role>) -> bool {
    let folded = fold_name(key);
    let of_role = match role {
        Some(Role::Agents) => AGENTS,
        Some(Role::Swaps) => SWAPS,
        _ => &[],
    };
    KNOWN.contains(&&*folded) || of_role.contains(&&*folded)
}

/// What the records under this JSON pointer are, if its names say so.
pub(super) fn kind(pointer: &str) -> Option<Kind> {
    let says_time_off = |name: String| TIME_OFF.iter().any(|beginning| name.starts_with(beginning));
    pointer.split('/').map(fold_name).any(says_time_off).then_some(Kind::TimeOff)
}

/// A JSON pointer, one key further down.
pub(super) fn below(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// Whether an object, of which this is the beginning, is a record and not one
/// that holds records.
pub(super) fn is_record(layout: &Layout, object: &[u8]) -> bool {
    let mut elements = Elements::new(layout, object);
    // Where it breaks, the keys before that decide.
    let _ = elements.parse(0);
    if layout.role == Some(Role::Swaps) {
        return elements.has(Field::Shift);
    }
    elements.has(Field::Agent)
        && (BEGINNINGS.into_iter().any(|field| elements.has(field))
            || !holds_records(layout, object))
}

/// Whether an object, of which this is the beginning, claims time for an agent.
pub(super) fn is_shift(layout: &Layout, object: &[u8]) -> bool {
    let mut elements = Elements::new(layout, object);
    let _ = elements.parse(0);
    let asked = missing(layout.role.unwrap_or(Role::Batch), |field| elements.has(field));
    asked.is_none() && layout.role != Some(Role::Agents)
}

/// Whether an object has a list of objects under a known key.
fn holds_records(layout: &Layout, object: &[u8]) -> bool {
    let mut at = text::blanks(object, 1);
    loop {
        let Ok((key, value)) = text::key(object, at) else { return false };
        let written = object.get(at + 1..key.end).unwrap_or_default();
        if begins_list(object, value)
            && super::keys::name(written).is_some_and(|key| is_known(&key, layout.role))
        {
            return true;
        }
        let room = layout.limits.depth.saturating_sub(1);
        let Ok(end) = text::value(object, value, room) else { return false };
        at = text::blanks(object, end);
        if object.get(at) != Some(&b',') {
            return false;
        }
        at = text::blanks(object, at + 1);
    }
}

/// Whether a list of objects begins at `at`.
fn begins_list(bytes: &[u8], at: usize) -> bool {
    bytes.get(at) == Some(&b'[') && bytes.get(text::blanks(bytes, at + 1)) == Some(&b'{')
}

#[cfg(test)]
mod tests {
    use super::{below, is_known, is_record, kind};
    use crate::model::shift::Kind;
    use crate::model::source::Role;
    use crate::read::json::Layout;

    #[test]
    fn names_of_time_off_are_heard() {
        for (pointer, expected) in [
            ("/timeOffRequests", Some(Kind::TimeOff)),
            ("/result/Time-Off", Some(Kind::TimeOff)),
            ("/absences/items", Some(Kind::TimeOff)),
            ("/shifts", None),
            ("", None),
        ] {
            assert_eq!(kind(pointer), expected, "{pointer}");
        }
    }

    #[test]
    fn known_keys_are_folded() {
        for key in ["Time_Off-Requests", "SHIFTS", "value", "leaves"] {
            assert!(is_known(key, None), "{key}");
        }
        assert!(!is_known("agentSchedules", None));
        assert!(is_known("users", Some(Role::Agents)) && !is_known("users", Some(Role::Batch)));
        assert!(is_known("swap_requests", Some(Role::Swaps)) && !is_known("swaps", None));
        assert_eq!(below("/x", "y/~z"), "/x/y~1~0z");
    }

    #[test]
    fn a_record_has_an_agent_of_its_own() {
        for (object, expected) in [
            (r#"{"agentId":"x","startTime":"y"}"#, true),
            (r#"{"agentId":"x","startTime":"y","events":[{}]}"#, true),
            (r#"{"events":[{}],"agentId":"x","day":"y"}"#, true),
            (r#"{"agentId":"x","colour":1}"#, true),
            (r#"{"user":{"id":"x"},"start":"y"}"#, true),
            (r#"{"agentId":"x","shifts":[{}]}"#, false),
            (r#"{"agentId":"x","shifts":[]}"#, true),
            (r#"{"agentId":"x","shifts":[{"start":"#, false),
            (r#"{"agentId":"x","star"#, true),
            (r#"{"shifts":[{"agentId":"x","start":"y"}]}"#, false),
            (r#"{"id":"x"}"#, false),
            ("{}", false),
        ] {
            assert_eq!(is_record(&Layout::default(), object.as_bytes()), expected, "{object}");
        }
        let agents = Layout { role: Some(Role::Agents), ..Layout::default() };
        assert!(is_record(&agents, br#"{"id":"x","name":"y"}"#));
        assert!(!is_record(&agents, br#"{"id":"x","users":[{"id":"y"}]}"#));
        let swaps = Layout { role: Some(Role::Swaps), ..Layout::default() };
        assert!(is_record(&swaps, br#"{"senderShiftId":"x","state":"y"}"#));
        assert!(!is_record(&swaps, br#"{"id":"x","shiftTrades":[{"shift":"y"}]}"#));
    }
}
