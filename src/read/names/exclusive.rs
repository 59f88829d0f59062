//! Recognises ends of whole days that are the day after the last one, as calendars write them.
//!
//! `DTEND` of iCalendar (RFC 5545, 3.6.1) and `end.date` of the Google Calendar API are exclusive:
//! an event of one day ends on the next.

use super::key;
use crate::model::row::{Field, fold_name};
use crate::model::source::Role;

/// Whether the columns of the start and the end are those of iCalendar.
pub(super) fn are_of_calendar(start: &str, end: &str) -> bool {
    let is = |name: &str, wanted: &str| property(name) == wanted;
    is(start, "dtstart") && is(end, "dtend")
}

/// Whether all keys of ends in a document are those of calendars, beside such starts.
pub(in crate::read) fn keys_are_of_calendar(names: &[String], role: Role) -> bool {
    let ends = names.iter().filter(|name| {
        let field = key(name, role).map(|(field, _)| field);
        matches!(field, Some(Field::End | Field::EndDate | Field::Times))
    });
    let beside = |start: &str| names.iter().any(|name| property(name) == start);
    let is_of_calendar = |name: &String| match &*property(name) {
        "dtend" => beside("dtstart"),
        "enddate" => name.ends_with("end.date") && names.contains(&sibling(name)),
        _ => name.ends_with("end.dateTime"),
    };
    let mut dates = ends.clone().filter(|name| !name.ends_with("end.dateTime"));
    dates.next().is_some() && { ends }.all(is_of_calendar)
}

/// The name of a property of iCalendar, without parameters such as `;VALUE=DATE`.
fn property(name: &str) -> String {
    fold_name(name.split(';').next().unwrap_or(name))
}

/// The key of the start beside one of an end: `start.date` beside `end.date`.
fn sibling(end: &str) -> String {
    format!("{}start.date", end.strip_suffix("end.date").unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{are_of_calendar, keys_are_of_calendar};
    use crate::model::source::Role;

    #[test]
    fn ends_of_calendars_are_known_by_their_names() {
        assert!(are_of_calendar("DTSTART", "DTEND"));
        assert!(are_of_calendar("DTSTART;VALUE=DATE", "DTEND;VALUE=DATE"));
        assert!(!are_of_calendar("Start Date", "DTEND"));
        assert!(!are_of_calendar("Start Date", "End Date"));
        for (keys, expected) in [
            (&["employee", "start.date", "end.date"][..], true),
            (&["employee", "start.date", "start.dateTime", "end.date", "end.dateTime"], true),
            (&["employee", "dtstart", "dtend"], true),
            (&["employee", "start.dateTime", "end.dateTime"], false),
            (&["employee", "start.date", "start.time", "end.date", "end.time"], false),
            (&["employee", "start.date", "end.date", "until"], false),
            (&["employee", "end.date"], false),
            (&["employee", "startDate", "endDate"], false),
            (&["employee", "start", "end"], false),
        ] {
            let names: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
            assert_eq!(keys_are_of_calendar(&names, Role::TimeOff), expected, "{keys:?}");
        }
    }
}
