//! Microsoft Graph: shifts, time off and requests of Teams, as lists of the `schedule` API.
//!
//! A record has a draft and a shared version. A batch is about to share its drafts; what is
//! published is what is shared.

use super::{has_key, is_json_with};
use crate::model::row::Field;
use crate::read::json::{self, ValueType, VendorFacts};
use crate::read::{DocumentFacts, Format, Opening};

/// Reads lists of shifts, time off, swaps and offers.
pub static FORMAT: Format = Format {
    name: "graph",
    extensions: &[],
    summary: "Microsoft Graph: shifts of Teams, time off, swap and offer requests",
    sniff: |head| is_json_with(head, KEYS),
    open: |opening| Ok(Box::new(json::open(opening)?.of_vendor(facts(opening)))),
    lines: false,
    known_from: "the vendor's reference of the Graph API; no real export was seen",
};

/// A request for time off names who asks for it, beside who has to answer.
fn facts(opening: &Opening<'_>) -> VendorFacts {
    let has = |key: &str| has_key(opening.head, key);
    let requests = has("timeOffReasonId") && has("senderUserId");
    VendorFacts {
        time_off: &["timeOffReasonId"],
        keys: if requests {
            &[(Field::Agent, "userId"), (Field::Agent, "senderUserId")]
        } else {
            &[]
        },
        types: TYPES,
        document: DocumentFacts { has_record_ids: true, ..DocumentFacts::default() },
        ..VendorFacts::default()
    }
}

/// What the values of keys are that say whose a record is and when.
const TYPES: &[(&str, ValueType)] = &[
    ("draftShift", ValueType::Object),
    ("sharedShift", ValueType::Object),
    ("draftTimeOff", ValueType::Object),
    ("sharedTimeOff", ValueType::Object),
    ("draftOpenShift", ValueType::Object),
    ("sharedOpenShift", ValueType::Object),
    ("activities", ValueType::List),
    ("userId", ValueType::Word),
    ("senderUserId", ValueType::Word),
    ("startDateTime", ValueType::Word),
    ("endDateTime", ValueType::Word),
];

/// Keys that no other known format has.
const KEYS: &[&str] = &[
    "sharedShift",
    "draftShift",
    "sharedTimeOff",
    "draftTimeOff",
    "sharedOpenShift",
    "draftOpenShift",
    "senderShiftId",
    "timeOffReasonId",
];
