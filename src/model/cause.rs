//! The causes of overlaps: the mistakes that explain why two records overlap.

use crate::model::time::Stamp;
use std::borrow::Cow;

/// What explains an overlap. The order is that of a finding's causes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CauseKind {
    /// One record is there twice.
    DuplicateRecord,
    /// An offset that held in another season.
    StaleOffset,
    /// Local times that are marked as UTC.
    UtcAsLocal,
    /// Local times without offset and zone, read as UTC.
    MissingOffset,
    /// A local time that the clock skipped.
    Gap,
    /// A local time that the clock showed twice.
    Fold,
    /// An end that was moved to the next day and belongs to the first.
    Overnight,
    /// An end that names the last minute instead of the first one after.
    InclusiveEnd,
    /// What is to be sent is published already.
    ReImport,
    /// A swap that is decided and not carried out.
    SwapNotApplied,
    /// Time off that is asked for and not decided.
    Pending,
}

impl CauseKind {
    /// Every kind, in order.
    #[cfg(test)]
    pub const ALL: [CauseKind; 11] = [
        CauseKind::DuplicateRecord,
        CauseKind::StaleOffset,
        CauseKind::UtcAsLocal,
        CauseKind::MissingOffset,
        CauseKind::Gap,
        CauseKind::Fold,
        CauseKind::Overnight,
        CauseKind::InclusiveEnd,
        CauseKind::ReImport,
        CauseKind::SwapNotApplied,
        CauseKind::Pending,
    ];

    /// The word used in reports: `utc-as-local`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            CauseKind::DuplicateRecord => "duplicate-record",
            CauseKind::StaleOffset => "stale-offset",
            CauseKind::UtcAsLocal => "utc-as-local",
            CauseKind::MissingOffset => "missing-offset",
            CauseKind::Gap => "gap",
            CauseKind::Fold => "fold",
            CauseKind::Overnight => "overnight",
            CauseKind::InclusiveEnd => "inclusive-end",
            CauseKind::ReImport => "re-import",
            CauseKind::SwapNotApplied => "swap-not-applied",
            CauseKind::Pending => "pending",
        }
    }

    /// What has to be done to all records of this kind for their overlaps to go:
    /// what follows `conflicts vanish if`.
    #[must_use]
    pub const fn condition(self) -> &'static str {
        match self {
            CauseKind::DuplicateRecord => "records that are there twice are sent once",
            CauseKind::StaleOffset => "the offsets of another season are set right",
            CauseKind::UtcAsLocal => "the times marked Z are read as local times of their agents",
            CauseKind::MissingOffset => {
                "the times without an offset are read as local times of their agents"
            }
            CauseKind::Gap => "the times that the clock skipped are read the other way",
            CauseKind::Fold => "the times that the clock showed twice are read the other way",
            CauseKind::Overnight => "the ends that were moved to the next day are mended",
            CauseKind::InclusiveEnd => "no end counts the minute in which the next record starts",
            CauseKind::ReImport => "what is published already is not sent again",
            CauseKind::SwapNotApplied => "the approved swaps are carried out",
            CauseKind::Pending => "the time off that is not decided is denied or withdrawn",
        }
    }
}

/// What explains one overlap, with its evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// What it is.
    pub kind: CauseKind,
    /// Which records it is about, how they read without the mistake, and that
    /// the overlap is gone then; one sentence without a full stop.
    pub message: String,
    /// The same remedy for all records alike: what follows `conflicts vanish
    /// if`.
    pub condition: Cow<'static, str>,
    /// The change of one record without which the counter-test would not hold, where it can be
    /// written into a file.
    pub remedy: Option<Box<CauseRemedy>>,
}

impl Cause {
    /// A cause whose remedy is the one of its kind.
    #[must_use]
    pub fn new(kind: CauseKind, message: String) -> Cause {
        Cause { kind, message, condition: Cow::Borrowed(kind.condition()), remedy: None }
    }

    /// The same cause, with what would be changed in one of the two records.
    #[must_use]
    pub fn with_remedy(self, of_later: bool, change: RemedyChange) -> Cause {
        Cause { remedy: Some(Box::new(CauseRemedy { of_later, change })), ..self }
    }
}

/// What would be changed in a record so that it no longer overlaps the other one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CauseRemedy {
    /// Whether the later record of the finding would be changed, not the earlier one.
    pub of_later: bool,
    /// The change.
    pub change: RemedyChange,
}

/// How a record would be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemedyChange {
    /// It would not be sent.
    Removed,
    /// It would have these times.
    Times {
        /// The start.
        start: Stamp,
        /// The end.
        end: Stamp,
    },
}

/// One cause of many findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeadingCause {
    /// What it is.
    pub kind: CauseKind,
    /// How many of the listed conflicts it explains.
    pub explained: u64,
    /// How many conflicts are listed.
    pub conflicts: u64,
    /// All of this in one sentence without a full stop.
    pub message: String,
}

#[cfg(test)]
mod tests {
    use super::CauseKind;

    #[test]
    fn kinds_are_listed_in_their_order_and_have_names_of_their_own() {
        assert!(CauseKind::ALL.is_sorted());
        let mut names = CauseKind::ALL.map(CauseKind::name).to_vec();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), CauseKind::ALL.len());
    }
}
