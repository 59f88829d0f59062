//! The classes of complaints, and what to do about each.

use crate::model::complaint::Reason;

/// What a complaint turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TriageClass {
    /// The record overlaps another one of the batch.
    Overlap,
    /// It overlaps a published record.
    PublishedOverlap,
    /// It lies in time off.
    TimeOff,
    /// It lies in time off that is not decided.
    PendingTimeOff,
    /// A swap that names it is not decided.
    PendingSwap,
    /// A shift of the swap changed or is gone, or went to another agent by it.
    StaleSwap,
    /// The schedule changed since it was read.
    StaleVersion,
    /// Its id is taken.
    DuplicateId,
    /// Its agent is not known.
    UnknownAgent,
    /// The record itself is wrong.
    InvalidRecord,
    /// It is live already.
    AlreadyLive,
    /// The period is closed for changes.
    LockedPeriod,
    /// There is no room for another agent.
    Capacity,
    /// A rule on rest, hours or days.
    LabourRule,
    /// Too many requests.
    RateLimit,
    /// The token may not do this.
    Permission,
    /// The server failed.
    ServerError,
    /// Another record of the same request failed.
    RejectedWithChunk,
    /// Neither the answer nor the data says why.
    Unknown,
}

impl TriageClass {
    /// The word used in reports: `published-overlap`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            TriageClass::Overlap => "overlap",
            TriageClass::PublishedOverlap => "published-overlap",
            TriageClass::TimeOff => "time-off",
            TriageClass::PendingTimeOff => "pending-time-off",
            TriageClass::PendingSwap => "pending-swap",
            TriageClass::StaleVersion => "stale-version",
            TriageClass::DuplicateId => "duplicate-id",
            TriageClass::UnknownAgent => "unknown-agent",
            TriageClass::InvalidRecord => "invalid-record",
            TriageClass::StaleSwap => "stale-swap",
            TriageClass::AlreadyLive => "already-live",
            TriageClass::LockedPeriod => "locked-period",
            TriageClass::Capacity => "capacity",
            TriageClass::LabourRule => "labour-rule",
            TriageClass::RateLimit => "rate-limit",
            TriageClass::Permission => "permission",
            TriageClass::ServerError => "server-error",
            TriageClass::RejectedWithChunk => "rejected-with-chunk",
            TriageClass::Unknown => "unknown",
        }
    }

    /// The class that a precise reason of an answer gives.
    #[must_use]
    pub const fn of_reason(reason: Reason) -> TriageClass {
        match reason {
            Reason::RateLimit => TriageClass::RateLimit,
            Reason::Permission => TriageClass::Permission,
            Reason::StaleVersion => TriageClass::StaleVersion,
            Reason::PendingSwap => TriageClass::PendingSwap,
            Reason::PendingTimeOff => TriageClass::PendingTimeOff,
            Reason::TimeOff => TriageClass::TimeOff,
            Reason::LockedPeriod => TriageClass::LockedPeriod,
            Reason::UnknownAgent => TriageClass::UnknownAgent,
            Reason::Capacity => TriageClass::Capacity,
            Reason::LabourRule => TriageClass::LabourRule,
            Reason::InvalidRecord => TriageClass::InvalidRecord,
            Reason::StaleSwap => TriageClass::StaleSwap,
            // That its id exists does not show that this very record is live.
            Reason::DuplicateId | Reason::AlreadyExists => TriageClass::DuplicateId,
            Reason::ServerError => TriageClass::ServerError,
            Reason::RejectedWithChunk => TriageClass::RejectedWithChunk,
        }
    }

    /// The class that a finding gives, by the code of its rule.
    #[must_use]
    pub fn of_rule(code: &str) -> Option<TriageClass> {
        Some(match code {
            "OV101" | "OV102" | "OV103" => TriageClass::Overlap,
            "OV104" => TriageClass::PublishedOverlap,
            "OV201" => TriageClass::TimeOff,
            "OV202" => TriageClass::PendingTimeOff,
            "SW101" | "SW102" => TriageClass::PendingSwap,
            "SW103" | "SW104" => TriageClass::StaleSwap,
            "VR101" | "VR103" | "VR104" | "VR106" => TriageClass::StaleVersion,
            "ID101" | "ID102" => TriageClass::DuplicateId,
            "ID104" => TriageClass::UnknownAgent,
            code if code.starts_with("RC") || code.starts_with("TZ") => TriageClass::InvalidRecord,
            _ => return None,
        })
    }

    /// Whether records share time.
    #[must_use]
    pub const fn is_overlap(self) -> bool {
        matches!(
            self,
            TriageClass::Overlap
                | TriageClass::PublishedOverlap
                | TriageClass::TimeOff
                | TriageClass::PendingTimeOff
        )
    }

    /// What a complaint says whose class its own words give.
    #[must_use]
    pub const fn said(self) -> &'static str {
        match self {
            TriageClass::Overlap => "the answer says that it overlaps another record",
            TriageClass::PublishedOverlap => "the answer says that it overlaps what is published",
            TriageClass::TimeOff => "the answer says that the agent has time off",
            TriageClass::PendingTimeOff => {
                "the answer says that a request for time off is not decided"
            }
            TriageClass::PendingSwap => "the answer says that a swap is not decided",
            TriageClass::StaleVersion => {
                "the answer says that the schedule has changed since it was read"
            }
            TriageClass::DuplicateId => "the answer says that the id is taken",
            TriageClass::UnknownAgent => "the answer says that the server does not know the agent",
            TriageClass::InvalidRecord => "the answer says that the record itself is wrong",
            TriageClass::StaleSwap => {
                "the answer says that a shift of the swap has changed or is gone"
            }
            TriageClass::AlreadyLive => "the answer says that the record is live already",
            TriageClass::LockedPeriod => "the answer says that the period is closed for changes",
            TriageClass::Capacity => "the answer says that there is no room for another agent",
            TriageClass::LabourRule => {
                "the answer names a rule on rest, hours or days that the server has"
            }
            TriageClass::RateLimit => "the answer says that there were too many requests",
            TriageClass::Permission => "the answer says that the token may not do this",
            TriageClass::ServerError => "the server failed; the record may be live all the same",
            TriageClass::RejectedWithChunk => {
                "the answer says that another record of the same request failed"
            }
            TriageClass::Unknown => "",
        }
    }

    /// What to do, and whether sending it again can help.
    #[must_use]
    pub const fn next(self) -> &'static str {
        match self {
            TriageClass::Overlap => {
                "move or drop one of the two records; waiting and sending again never mends an \
                 overlap"
            }
            TriageClass::PublishedOverlap => {
                "cancel or move the published record first, or drop this one; waiting and sending \
                 again never mends an overlap"
            }
            TriageClass::TimeOff => {
                "move or drop the shift, or have the time off withdrawn; sending it again does not \
                 help"
            }
            TriageClass::PendingTimeOff => {
                "have the request decided, or leave the shift out; sending it again before then \
                 does not help"
            }
            TriageClass::PendingSwap => {
                "have the swap decided, or leave its shifts out; sending them again before then \
                 does not help"
            }
            TriageClass::StaleVersion => {
                "read the schedule again, write with its new version, and check against the fresh \
                 export; the same write never succeeds"
            }
            TriageClass::DuplicateId => {
                "give each record an id of its own, or send one of them; sending it again does not \
                 help"
            }
            TriageClass::UnknownAgent => {
                "correct the agent, or create it on the server first; sending it again before then \
                 does not help"
            }
            TriageClass::InvalidRecord => "correct the record; sending it as it is does not help",
            TriageClass::StaleSwap => {
                "read the shifts and swaps again, and give each shift the agent and times that it \
                 has now; sending it again does not help"
            }
            TriageClass::AlreadyLive => {
                "compare it with what is live; if both are equal, nothing is left to do"
            }
            TriageClass::LockedPeriod => {
                "have the period opened, or leave the record out; sending it again before then \
                 does not help"
            }
            TriageClass::Capacity => {
                "have the limit raised, or drop a record; sending it again does not help"
            }
            TriageClass::LabourRule => {
                "check with --select LB and the limits of the server (--min-rest, --max-week), \
                 then move the shift; sending it again does not help"
            }
            TriageClass::RateLimit => {
                "wait, then send it again more slowly; a retry after the wait can succeed"
            }
            TriageClass::Permission => {
                "send it with a token that may write these schedules; the same token never can"
            }
            TriageClass::ServerError => {
                "read what is live first, then send again only what is missing; a retry can succeed"
            }
            TriageClass::RejectedWithChunk => {
                "mend the record that failed, then send the whole request again; that can succeed"
            }
            TriageClass::Unknown => {
                "export what is live again and run this with the fresh --published, --time-off and \
                 --swaps; then read the schedule with the same token, which shows whether it may; \
                 then send the chunk in halves to find the record"
            }
        }
    }
}
