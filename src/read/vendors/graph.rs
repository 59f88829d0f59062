//! Microsoft Graph: shifts, time off and requests of Teams, as lists of the `schedule` API.
//!
//! A record has a draft and a shared version. A batch is about to share its drafts; what is
//! published is what is shared.

use super::is_json_with;
use crate::read::{Format, json};

/// Reads lists of shifts, time off, swaps and offers.
pub static FORMAT: Format = Format {
    name: "graph",
    extensions: &[],
    summary: "Microsoft Graph: shifts of Teams, time off, swap and offer requests",
    sniff: |head| is_json_with(head, KEYS),
    open: |opening| Ok(Box::new(json::open(opening)?)),
    lines: false,
    known_from: "the vendor's reference of the Graph API; no real export was seen",
};

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
