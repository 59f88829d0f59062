//! Genesys Cloud: results of searches and queries, uploads, time off requests and trades.
//!
//! A shift has a start and a length in minutes; in an upload it may leave both to its
//! activities. Days off are dates in the zone of the business unit, requests for days off dates
//! in that of the management unit. Older results (`userSchedules`) are maps by user id.

use super::{document_keys, has_key, is_json_with};
use crate::model::source::{Repeats, ScheduleWeeks};
use crate::read::json::{self, PartialDays, ValueType, VendorFacts};
use crate::read::{DocumentFacts, Format};
use crate::timestamp;

/// Reads what the interface of Genesys Cloud gives and takes.
pub static FORMAT: Format = Format {
    name: "genesys",
    extensions: &[],
    summary: "Genesys Cloud: schedules as exported or uploaded, time off requests, shift trades",
    sniff: |head| is_json_with(head, KEYS),
    open: |opening| {
        Ok(Box::new(json::open(opening)?.of_vendor(facts(opening.head, opening.whole))))
    },
    lines: false,
    known_from: "the models of the vendor's public SDK; no real export was seen",
};

/// Keys that no other known format has.
const KEYS: &[&str] = &[
    "agentSchedules",
    "userSchedules",
    "businessUnitTimeZone",
    "managementUnitTimeZone",
    "fullDayTimeOffMarkers",
    "fullDayManagementUnitDates",
    "partialDayStartDateTimes",
    "initiatingShiftId",
    "initiatingUser",
    "activityCodeId",
];

/// What its outermost keys say of a document.
///
/// An upload of changes names only what it changes. An upload of a new schedule says how many
/// weeks it has, and a result of a query in which zone it is. A schedule covers a day after its
/// last week, which the next one covers as well.
fn facts(head: &[u8], is_whole: bool) -> VendorFacts {
    // An answer can be wrapped, and an upload be one of several.
    let (outer, beside) = document_keys(head, "agentSchedules");
    let named = |keys: &[(String, String)], name: &str| -> Option<String> {
        keys.iter().find(|(key, _)| key == name).map(|(_, word)| word.clone())
    };
    let has = |name: &str| named(&beside, name).is_some();
    let word = |name: &str| named(&beside, name).or_else(|| named(&outer, name));
    let result = ["businessUnitTimeZone", "publishedSchedules"];
    let upload = has("agentSchedules") && !result.into_iter().any(has);
    let count = word("weekCount").and_then(|count| count.trim().parse().ok());
    let count = count.filter(|count| *count > 0);
    let first = word("weekDate").and_then(|date| timestamp::date(date.trim().as_bytes()));
    let is_job = named(&outer, "operationId").is_some();
    let is_done = |status: String| status.eq_ignore_ascii_case("complete");
    let zones = ["businessUnitTimeZone", "managementUnitTimeZone"];
    let document = DocumentFacts {
        holds_changes: upload && has("metadata") && count.is_none(),
        is_unclear: upload
            && !is_whole
            && has_key(head, "userId")
            && !has("metadata")
            && count.is_none(),
        weeks: count.filter(|_| upload).map(|count| ScheduleWeeks { first, count }),
        date_order: None,
        is_unfinished: is_job && !named(&outer, "status").is_none_or(is_done),
        unit_zone: zones.into_iter().find_map(word),
        is_of_unit: true,
        repeats: Repeats::BetweenFiles,
        has_record_ids: true,
    };
    VendorFacts {
        document,
        in_minutes: true,
        harmless: HARMLESS,
        time_off: TIME_OFF,
        // Activities are records where they do not give their shift its times.
        records: &["shifts", "activities"],
        types: TYPES,
        times: &["startDate", "lengthMinutes", "lengthInMinutes", "activities", "delete"],
        beside_times: BESIDE_TIMES,
        partial_days: Some(PARTIAL_DAYS),
        keys: &[],
        has_own_version: upload,
    }
}

/// What the values of keys are that lead to records, and say whose they are and when.
const TYPES: &[(&str, ValueType)] = &[
    ("agentSchedules", ValueType::List),
    ("userSchedules", ValueType::Object),
    ("shifts", ValueType::List),
    ("activities", ValueType::List),
    ("fullDayTimeOffMarkers", ValueType::List),
    ("timeOffRequests", ValueType::List),
    ("fullDayManagementUnitDates", ValueType::List),
    ("partialDayStartDateTimes", ValueType::List),
    ("unavailableTimes", ValueType::List),
    ("timeSpan", ValueType::Object),
    ("user", ValueType::Object),
    ("userId", ValueType::Word),
    ("startDate", ValueType::Word),
    ("lengthMinutes", ValueType::Word),
    ("lengthInMinutes", ValueType::Word),
    ("businessUnitDate", ValueType::Date),
    ("managementUnitDate", ValueType::Date),
    ("businessUnitTimeZone", ValueType::Word),
    ("managementUnitTimeZone", ValueType::Word),
];

/// Keys of a shift in an upload of changes. Activities that are not empty have times.
const BESIDE_TIMES: &[&str] = &[
    "id",
    "startDate",
    "lengthMinutes",
    "lengthInMinutes",
    "activities",
    "description",
    "manuallyEdited",
    "schedule",
    "workPlanId",
    "workPlanShiftId",
    "delete",
];

/// Keys of a request: its days, or its parts of days.
const TIME_OFF: &[&str] = &["fullDayManagementUnitDates", PARTIAL_DAYS.starts];

/// Parts of days in a request.
const PARTIAL_DAYS: PartialDays = PartialDays {
    starts: "partialDayStartDateTimes",
    lengths: "durationMinutes",
    length: "dailyDurationMinutes",
    beside: &["payableMinutes"],
};

/// Keys of activities, and of the schedule that a shift belongs to.
const HARMLESS: &[&str] = &[
    "startDate",
    "lengthMinutes",
    "lengthInMinutes",
    "activityCodeId",
    "description",
    "paid",
    "countsAsPaidTime",
    "payableMinutes",
    "timeOffRequestId",
    "timeOffRequestSyncVersion",
    "externalActivityId",
    "externalActivityType",
    "isDstFallback",
    "id",
    "weekDate",
    "selfUri",
];

#[cfg(test)]
mod tests {
    use super::facts;
    use crate::model::source::ScheduleWeeks;

    #[test]
    fn an_upload_of_changes_is_no_schedule() {
        for (text, changes, weeks) in [
            (r#"{"metadata":{"version":7},"agentSchedules":[]}"#, true, None),
            (r#"{"agentSchedules":[],"metadata":{"version":7},"published":true}"#, true, None),
            (r#"{"description":"","weekCount":2,"agentSchedules":[]}"#, false, Some((None, 2))),
            (
                r#"{"weekDate":"1970-01-08","weekCount":1,"agentSchedules":[]}"#,
                false,
                Some((Some(7), 1)),
            ),
            (r#"{"businessUnitTimeZone":"UTC","agentSchedules":[],"metadata":{}}"#, false, None),
            (r#"{"metadata":{},"weekCount":null,"agentSchedules":[]}"#, true, None),
            (r#"[{"metadata":{},"agentSchedules":[]}]"#, true, None),
            (r#"{"body":{"metadata":{},"agentSchedules":[]},"method":"PUT"}"#, true, None),
            (r#"{"result":{"agentSchedules":[]},"metadata":{}}"#, false, None),
        ] {
            let found = facts(text.as_bytes(), true).document;
            let weeks = weeks.map(|(first, count)| ScheduleWeeks { first, count });
            assert_eq!((found.holds_changes, found.weeks), (changes, weeks), "{text}");
        }
    }
}
