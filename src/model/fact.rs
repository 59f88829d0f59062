//! The facts that the stages find, without a verdict on them.

use crate::model::keys::AgentKey;
use crate::model::row::{Field, RowFault};
use crate::model::shift::{Entry, Kind, Side, Traits};
use crate::model::source::Origin;
use crate::model::swap::SwapAspect;
use crate::model::time::{Clock, Instant, Span};
use crate::model::version::VersionOwner;

/// What kind of overlap a pair of records makes. Small and `Copy`, so that
/// millions of pairs can be counted by it without being kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OverlapKind {
    /// The sides of the two records, the lower number first.
    pub sides: (Side, Side),
    /// Both have the same start and end.
    pub same_span: bool,
    /// They start on different local days.
    pub cross_day: bool,
    /// They overlap in the reading that was chosen; without it they do so only
    /// if a local time is read the other way.
    pub chosen: bool,
}

impl OverlapKind {
    /// How many kinds of overlap there are.
    pub const COUNT: usize = Side::COUNT * Side::COUNT * 8;

    /// The kind of overlap of these two sides, in either order.
    #[must_use]
    pub fn new(
        one: Side,
        other: Side,
        same_span: bool,
        cross_day: bool,
        chosen: bool,
    ) -> OverlapKind {
        let sides = if one <= other { (one, other) } else { (other, one) };
        OverlapKind { sides, same_span, cross_day, chosen }
    }

    /// Its number, below [`OverlapKind::COUNT`].
    #[must_use]
    pub const fn number(&self) -> usize {
        let sides = self.sides.0.number() * Side::COUNT + self.sides.1.number();
        sides * 8
            + (self.same_span as usize) * 4
            + (self.cross_day as usize) * 2
            + self.chosen as usize
    }

    /// The kind of overlap with this number.
    #[must_use]
    pub const fn from_number(number: usize) -> OverlapKind {
        let sides = number / 8;
        OverlapKind {
            sides: (Side::from_number(sides / Side::COUNT), Side::from_number(sides % Side::COUNT)),
            same_span: number & 4 != 0,
            cross_day: number & 2 != 0,
            chosen: number & 1 != 0,
        }
    }

    /// Whether both are of this kind.
    #[must_use]
    pub fn both(&self, kind: Kind) -> bool {
        self.sides.0.kind == kind && self.sides.1.kind == kind
    }

    /// Whether one is of this kind and the other of that.
    #[must_use]
    pub fn between(&self, one: Kind, other: Kind) -> bool {
        let kinds = (self.sides.0.kind, self.sides.1.kind);
        kinds == (one, other) || kinds == (other, one)
    }

    /// How many of the two are records of the batch.
    #[must_use]
    pub const fn batch_records(&self) -> u8 {
        self.sides.0.batch as u8 + self.sides.1.batch as u8
    }
}

/// Two records of one agent that claim the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overlap {
    /// The one that starts first, by the readings that `shared` is of; among equal starts,
    /// the first in the order of the files.
    pub earlier: Entry,
    /// The other.
    pub later: Entry,
    /// What kind of overlap it is.
    pub overlap_kind: OverlapKind,
    /// Whether every reading of both makes them overlap.
    pub certain: bool,
    /// The time both claim as they are read, or by their widest readings where
    /// they do not meet as they are read.
    pub shared: Span,
    /// The first record of the cluster they belong to.
    pub cluster: Origin,
}

/// What is wrong with one record by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// A time with neither offset nor zone.
    MissingOffset,
    /// A local time that the clock skipped.
    GapTime,
    /// A local time that the clock showed twice.
    FoldTime,
    /// An offset that the zone does not have on that date.
    OffsetMismatch,
    /// An unknown time zone; the record is skipped.
    UnknownZone,
    /// The reader could not make sense of it; skipped.
    Fault(RowFault),
    /// A field that should hold something is empty; skipped.
    Absent(Field),
    /// A word in the place of an agent that is left of a lost name; skipped.
    NoAgent,
    /// A field that is not a time; skipped.
    NoTime(Field),
    /// A day of the week in the place of a date; skipped.
    Weekday(Field),
    /// A field that names a date which the calendar does not have; skipped.
    NoSuchTime(Field),
    /// A clock time without a date; skipped.
    NoDate(Field),
    /// A length that cannot be read; skipped.
    NoLength,
    /// A date whose day and month could be in either order, in a file that shows
    /// none; skipped.
    NoOrder(Field),
    /// An abbreviation of a zone that several zones have, and none is known that
    /// has it then; skipped.
    Abbreviation(Field),
    /// A field that should say yes or no and says something else; skipped.
    NoFlag(Field),
    /// A list of dates that does not begin on the day of the start beside it; left
    /// out.
    DatesApart,
    /// A length that contradicts the start and the end.
    ContradictingLength,
    /// The end is before the start; skipped.
    Reversed,
    /// Start and end are the same; skipped.
    EmptySpan,
    /// A shift longer than shifts may be.
    TooLong,
    /// An unknown status; the time off is taken as granted.
    UnknownStatus,
    /// An activity of the shift that cannot be read, the first by its number
    /// from 1. The shift itself is checked.
    Activity(u32),
}

impl Flaw {
    /// The flaws that traits of an entry or a swap stand for.
    pub const OF_TRAITS: [(Traits, Flaw); 6] = [
        (Traits::MISSING_OFFSET, Flaw::MissingOffset),
        (Traits::GAP, Flaw::GapTime),
        (Traits::FOLD, Flaw::FoldTime),
        (Traits::MISMATCH, Flaw::OffsetMismatch),
        (Traits::TOO_LONG, Flaw::TooLong),
        (Traits::CONTRADICTING_LENGTH, Flaw::ContradictingLength),
    ];
}

/// A record and its flaw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Defect {
    /// What is wrong.
    pub flaw: Flaw,
    /// Where the record is.
    pub origin: Origin,
    /// The key of its agent; none when that could not be read.
    pub agent: AgentKey,
    /// When it starts, if that is known.
    pub start: Option<Instant>,
    /// How many records share the flaw if it is reported once per file.
    pub count: u64,
}

/// What can be found about records beside overlaps and flaws of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    /// One id on two batch records.
    DuplicateId,
    /// An id that is published for another agent.
    IdTaken,
    /// An id of the batch that several published records of its agent have, which
    /// differ.
    ReplacesSeveral,
    /// The ids of a file name slots and not records.
    SharedIds,
    /// Attendance is read as the plan, for the file has no other.
    AttendanceAsPlan,
    /// An agent who is not among the known ones.
    UnknownAgent,
    /// One agent in two spellings, or two agents with one name.
    TwoSpellings,
    /// A side file without an agent, or without a time, in common with the batch.
    NoCommonAgent,
    /// Side files end before the batch does.
    SideFileCoverage,
    /// A record far from the middle one of its file.
    DistantRecord,
    /// A change of a shift that is not published.
    UnknownRecord,
    /// A new record with an id of another form than servers give.
    ClientMadeId,
    /// One schedule on two records of an agent, where ids are those of schedules.
    RepeatedSchedule,
    /// A schedule, or an agent's part of it, is not written from its published
    /// version.
    VersionMismatch,
    /// A published version is not named by those who write the schedule.
    VersionMissing,
    /// Two files write a schedule from one version.
    VersionReused,
    /// One file writes a schedule from two versions.
    MixedVersion,
    /// A batch shift is named in a swap that is not decided.
    PendingSwap,
    /// A swap would put a shift on other shifts or time off of its new agent.
    SwapOverlap,
    /// A swap is approved, and a batch shift is with its former agent.
    SwapNotApplied,
    /// A shift is not as it was when its swap was agreed on.
    StaleSwap,
    /// A swap names a shift that no file has.
    SwapUnknownShift,
    /// Less rest between two shifts than there has to be.
    ShortRest,
    /// More work in a local week than there may be.
    TooManyHours,
    /// The batch carries a request for time off that is not as it says.
    StaleSync,
    /// The batch writes what was changed since the base was read.
    ChangedSinceRead,
    /// Two activities of a shift at once.
    ActivityOverlap,
    /// An activity that leaves its shift.
    ActivityOutsideShift,
}

impl NoticeKind {
    /// Every one of them.
    pub const ALL: [NoticeKind; 28] = [
        NoticeKind::DuplicateId,
        NoticeKind::IdTaken,
        NoticeKind::ReplacesSeveral,
        NoticeKind::SharedIds,
        NoticeKind::AttendanceAsPlan,
        NoticeKind::UnknownAgent,
        NoticeKind::TwoSpellings,
        NoticeKind::NoCommonAgent,
        NoticeKind::SideFileCoverage,
        NoticeKind::DistantRecord,
        NoticeKind::UnknownRecord,
        NoticeKind::ClientMadeId,
        NoticeKind::RepeatedSchedule,
        NoticeKind::VersionMismatch,
        NoticeKind::VersionMissing,
        NoticeKind::VersionReused,
        NoticeKind::MixedVersion,
        NoticeKind::PendingSwap,
        NoticeKind::SwapOverlap,
        NoticeKind::SwapNotApplied,
        NoticeKind::StaleSwap,
        NoticeKind::SwapUnknownShift,
        NoticeKind::ShortRest,
        NoticeKind::TooManyHours,
        NoticeKind::StaleSync,
        NoticeKind::ChangedSinceRead,
        NoticeKind::ActivityOverlap,
        NoticeKind::ActivityOutsideShift,
    ];

    /// Whether its records were found by an id they share. Two ids can share a key, which
    /// only their words show.
    #[must_use]
    pub const fn by_id(self) -> bool {
        matches!(
            self,
            NoticeKind::DuplicateId
                | NoticeKind::IdTaken
                | NoticeKind::ReplacesSeveral
                | NoticeKind::SharedIds
        )
    }

    /// Whether it is about versions, and its records were found by what they
    /// write: a schedule, or themselves where they name none.
    #[must_use]
    pub const fn by_version(self) -> bool {
        matches!(
            self,
            NoticeKind::VersionMismatch
                | NoticeKind::VersionMissing
                | NoticeKind::VersionReused
                | NoticeKind::MixedVersion
        )
    }

    /// Whether it is about a swap, so that its notices have a [`Detail::Swap`].
    #[must_use]
    pub const fn by_swap(self) -> bool {
        matches!(
            self,
            NoticeKind::PendingSwap
                | NoticeKind::SwapOverlap
                | NoticeKind::SwapNotApplied
                | NoticeKind::StaleSwap
                | NoticeKind::SwapUnknownShift
        )
    }

    /// Whether it is found only under a limit that somebody has set.
    #[must_use]
    pub const fn wants_limit(self) -> bool {
        matches!(self, NoticeKind::ShortRest | NoticeKind::TooManyHours)
    }
}

/// A shift with activities that do not fit, before they are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Misfits {
    /// Where the shift is.
    pub origin: Origin,
    /// The key of its agent.
    pub agent: AgentKey,
    /// When it starts.
    pub start: Instant,
    /// How many pairs of its activities overlap.
    pub overlaps: u64,
    /// How many of them leave it.
    pub leaving: u64,
}

/// Records, and what was found about them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// What it is.
    pub kind: NoticeKind,
    /// The key of the agent it is reported for; none if it is reported for a file.
    pub agent: AgentKey,
    /// The records: first the one it is about.
    pub records: [Option<Origin>; 3],
    /// When the first one starts, if it claims time.
    pub start: Option<Instant>,
    /// The time it is about, and the clock it is shown on.
    pub claim: Option<(Span, Clock)>,
    /// Whether it is a warning at most.
    pub mild: bool,
    /// Whether every reading of the records leads to it.
    pub certain: bool,
    /// The entry of each of its records, where that matters: a record can be for several
    /// days, each of which is an entry.
    pub entries: [Option<Entry>; 3],
    /// What else its words need.
    pub detail: Detail,
}

/// What a notice says beside its records. Its kind decides which of these it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Detail {
    /// Nothing.
    #[default]
    Nothing,
    /// How many records it is about; it names the first.
    Records(u64),
    /// How many records share their id, of how many that have one.
    SharedIds {
        /// Those that share it.
        sharing: u64,
        /// Those that have one.
        with_id: u64,
    },
    /// The ids of a file only number its rows: how many of its records would replace a
    /// published one, and how many of these are on another day.
    RowNumbers {
        /// Those that would.
        replacing: u64,
        /// Those on another day.
        apart: u64,
    },
    /// The ids of a file name slots of a week: this many of its records would replace a published
    /// one, each by whole weeks.
    WeeklySlots(u64),
    /// Two agents have one name, and not one agent two.
    TwoAgents,
    /// The other spelling is the name at this place in the list of agents.
    Listed(u32),
    /// None of the agents of a side file is one of the batch.
    OtherAgents {
        /// Those of the side file.
        side_file: u64,
        /// Those of the batch.
        batch: u64,
    },
    /// A side file ends this many days before the batch begins.
    EndsBefore(i64),
    /// A side file begins this many days after the batch ends.
    BeginsAfter(i64),
    /// How many local days of the batch its side files cover.
    CoveredDays {
        /// Those that they cover.
        covered: u64,
        /// All of them.
        all: u64,
    },
    /// How many days after the middle record of its file a record starts.
    DaysAway(i64),
    /// Which half of a swap it is about and how, and on how many records a shift would
    /// be put.
    Swap(SwapAspect, Count),
    /// What a version belongs to, and how many records or versions it is about.
    Version(VersionOwner, u64),
    /// Rest or work, and its limit, in minutes.
    Limit {
        /// What there is.
        minutes: i64,
        /// What there may be.
        limit: i64,
    },
    /// What is wrong with a request that the batch carries, and how many records carry it so.
    Sync {
        /// What is wrong.
        state: SyncState,
        /// How many records.
        records: u64,
    },
    /// How what is published differs from the base.
    Drift {
        /// What differs.
        drift: Drift,
        /// How the batch writes it.
        by: WrittenBy,
        /// How many batch records write it.
        records: u64,
    },
    /// How many records that the batch writes could not be compared with the base, because one of
    /// both files does not cover their days.
    Uncompared(u64),
    /// The numbers of two activities of a shift, from 1; the same twice for one.
    Activities([u32; 2]),
}

/// How a batch record writes another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WrittenBy {
    /// It has its id.
    Id,
    /// It overlaps its time, as it is or as it was.
    Time,
    /// It replaces the schedule or the weeks that the other is in.
    Whole,
}

/// How what is published differs from what the base has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Drift {
    /// A record has other times.
    Moved,
    /// Its agent is another one.
    Reassigned,
    /// A request was granted, or is pending again.
    Decided,
    /// Its own version is another one.
    Version,
    /// It is in the base alone.
    Gone,
    /// It is published alone.
    New,
    /// The version of a schedule, or of an agent's part of it, is another one.
    Schedule(VersionOwner),
}

/// How a request for time off differs from what a record that carries it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SyncState {
    /// It has another version.
    Changed {
        /// The one that the record names.
        carried: u64,
        /// The latest one of the side files.
        latest: u64,
    },
    /// It is denied, cancelled or deleted.
    Cancelled,
    /// No side file has it, although they cover its time.
    Missing,
}

/// How many of something there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Count {
    /// So many.
    Exact(u64),
    /// So many were counted, and there may be more.
    AtLeast(u64),
}

impl Detail {
    /// What a notice about a swap says that puts no shift on another.
    #[must_use]
    pub const fn swap(aspect: SwapAspect) -> Detail {
        Detail::Swap(aspect, Count::Exact(0))
    }

    /// How many records it is about: 1 if it does not say.
    #[must_use]
    pub const fn records(self) -> u64 {
        match self {
            Detail::Records(count)
            | Detail::Version(_, count)
            | Detail::Drift { records: count, .. } => count,
            _ => 1,
        }
    }

    /// Which half of a swap it is about, and how.
    #[must_use]
    pub fn aspect(self) -> SwapAspect {
        match self {
            Detail::Swap(aspect, _) => aspect,
            _ => SwapAspect::default(),
        }
    }
}

impl Notice {
    /// A notice about a record that claims time, and another one.
    #[must_use]
    pub const fn of(kind: NoticeKind, record: &Entry, other: Option<Origin>) -> Notice {
        let records = [Some(record.origin), other, None];
        Notice { start: Some(record.start()), ..Notice::about(kind, record.agent, records) }
    }

    /// A notice of which only the agent and the records are known.
    #[must_use]
    pub const fn about(kind: NoticeKind, agent: AgentKey, records: [Option<Origin>; 3]) -> Notice {
        Notice {
            kind,
            agent,
            records,
            start: None,
            claim: None,
            mild: false,
            certain: true,
            entries: [None; 3],
            detail: Detail::Nothing,
        }
    }

    /// The places of its records, in order.
    pub fn origins(&self) -> impl Iterator<Item = Origin> {
        self.records.into_iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::OverlapKind;

    #[test]
    fn every_kind_of_overlap_survives_its_number() {
        for number in 0..OverlapKind::COUNT {
            assert_eq!(OverlapKind::from_number(number).number(), number);
        }
    }
}
