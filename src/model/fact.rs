//! What the stages found out, without a verdict on it.

use crate::model::row::{Field, RowFault};
use crate::model::shift::{Entry, Kind, Side};
use crate::model::source::Origin;
use crate::model::time::{Clock, Instant, Span};

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
    /// The one that starts first, by the readings that `shared` is of; among
    /// equal starts, the one that stands first.
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
    /// A zone name nobody knows; the record is left out.
    UnknownZone,
    /// The reader could not make sense of it; left out.
    Fault(RowFault),
    /// A field that should hold something is empty; left out.
    Absent(Field),
    /// A word in the place of an agent that is left of a lost name; left out.
    NoAgent,
    /// A field that is no time; left out.
    NoTime(Field),
    /// A day of the week in the place of a date; left out.
    Weekday(Field),
    /// A field that names a date which the calendar does not have; left out.
    NoSuchTime(Field),
    /// A clock time without a date; left out.
    NoDate(Field),
    /// A length that cannot be read; left out.
    NoLength,
    /// A date whose day and month could be in either order, in a file that shows
    /// none; left out.
    NoOrder(Field),
    /// An abbreviation of a zone that several zones have, and none is known that
    /// has it then; left out.
    Abbreviation(Field),
    /// A field that should say yes or no and says something else; left out.
    NoFlag(Field),
    /// A list of dates that does not begin on the day of the start beside it; left
    /// out.
    DatesApart,
    /// A length that contradicts the start and the end.
    ContradictingLength,
    /// The end lies before the start; left out.
    Reversed,
    /// Start and end are the same; left out.
    EmptySpan,
    /// A shift longer than shifts may be.
    TooLong,
    /// A status in no list; the time off is taken as granted.
    UnknownStatus,
    /// An activity of the shift that cannot be read, the first by its number
    /// from 1. The shift itself is checked.
    Activity(u32),
}

/// A record and its flaw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Defect {
    /// What is wrong.
    pub flaw: Flaw,
    /// Where the record stands.
    pub origin: Origin,
    /// The key of its agent; 0 when that could not be read.
    pub agent: u64,
    /// When it starts, if that is known.
    pub start: Option<Instant>,
    /// How many records share the flaw where it is told once a file.
    pub count: u64,
}

/// What can be the matter with records beside overlaps and flaws of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matter {
    /// One id on two batch records.
    DuplicateId,
    /// An id that is published for another agent.
    IdTaken,
    /// An id of the batch that several published records of its agent have, which
    /// differ. Figures: how many they are.
    ReplacesSeveral,
    /// The ids of a file name slots and not records. Figures: how many records share
    /// their id, and how many have one.
    SharedIds,
    /// Attendance is read as the plan, for the file has no other. Figures: how many
    /// records, and 0.
    AttendanceAsPlan,
    /// An agent who is not among the known ones.
    UnknownAgent,
    /// One agent in two spellings, or, where the first figure is 1, two agents with one
    /// name. Where it is 2, the other spelling is the name in a list of agents at the
    /// place that the second figure is.
    TwoSpellings,
    /// A side file without an agent, or without a time, in common with the batch.
    /// Figures: its agents and those of the batch; or 0, and how many days before the
    /// batch it ends, or minus how many days after it it begins.
    NoCommonAgent,
    /// Side files end before the batch does. Figures: how many local days of the batch
    /// they cover, and how many it has.
    SideFileCoverage,
    /// A record far from the middle one of its file. Figures: how many days it starts
    /// after that one.
    DistantRecord,
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
    /// Less rest between two shifts than there has to be. Figures: the rest and
    /// the limit, in minutes.
    ShortRest,
    /// More work in a local week than there may be. Figures: the work and the
    /// limit, in minutes.
    TooManyHours,
    /// Two activities of a shift at once. Figures: their numbers, from 1.
    ActivityOverlap,
    /// An activity that leaves its shift. Figures: its number, twice.
    ActivityOutsideShift,
}

impl Matter {
    /// Every one of them.
    pub const ALL: [Matter; 25] = [
        Matter::DuplicateId,
        Matter::IdTaken,
        Matter::ReplacesSeveral,
        Matter::SharedIds,
        Matter::AttendanceAsPlan,
        Matter::UnknownAgent,
        Matter::TwoSpellings,
        Matter::NoCommonAgent,
        Matter::SideFileCoverage,
        Matter::DistantRecord,
        Matter::ClientMadeId,
        Matter::RepeatedSchedule,
        Matter::VersionMismatch,
        Matter::VersionMissing,
        Matter::VersionReused,
        Matter::MixedVersion,
        Matter::PendingSwap,
        Matter::SwapOverlap,
        Matter::SwapNotApplied,
        Matter::StaleSwap,
        Matter::SwapUnknownShift,
        Matter::ShortRest,
        Matter::TooManyHours,
        Matter::ActivityOverlap,
        Matter::ActivityOutsideShift,
    ];

    /// Whether its records were found by an id they share. Two ids can share a
    /// key, which only their words tell.
    #[must_use]
    pub const fn by_id(self) -> bool {
        matches!(
            self,
            Matter::DuplicateId | Matter::IdTaken | Matter::ReplacesSeveral | Matter::SharedIds
        )
    }

    /// Whether it is about versions, and its records were found by what they
    /// write: a schedule, or themselves where they name none.
    #[must_use]
    pub const fn by_version(self) -> bool {
        matches!(
            self,
            Matter::VersionMismatch
                | Matter::VersionMissing
                | Matter::VersionReused
                | Matter::MixedVersion
        )
    }

    /// Whether it is about a swap, so that the first figure of its notices is
    /// an [`SwapAspect`](crate::model::swap::SwapAspect).
    #[must_use]
    pub const fn by_swap(self) -> bool {
        matches!(
            self,
            Matter::PendingSwap
                | Matter::SwapOverlap
                | Matter::SwapNotApplied
                | Matter::StaleSwap
                | Matter::SwapUnknownShift
        )
    }

    /// Whether it is found only under a limit that somebody has set.
    #[must_use]
    pub const fn wants_limit(self) -> bool {
        matches!(self, Matter::ShortRest | Matter::TooManyHours)
    }
}

/// A shift with activities that do not fit, before they are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Misfits {
    /// Where the shift stands.
    pub origin: Origin,
    /// The key of its agent.
    pub agent: u64,
    /// When it starts.
    pub start: Instant,
    /// How many pairs of its activities overlap.
    pub overlaps: u64,
    /// How many of them leave it.
    pub leaving: u64,
}

/// Records, and what is the matter with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// What it is.
    pub matter: Matter,
    /// The key of the agent it is told for; 0 where it is told for a file.
    pub agent: u64,
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
    /// The entry of each of its records, where that matters: a record can stand
    /// for several days, each of which is an entry.
    pub entries: [Option<Entry>; 3],
    /// Amounts that the words need: minutes, hours, counts. What they are is the
    /// matter's own.
    pub figures: [i64; 2],
}

impl Notice {
    /// A notice about a record that claims time, and another one.
    #[must_use]
    pub const fn of(matter: Matter, record: &Entry, other: Option<Origin>) -> Notice {
        let records = [Some(record.origin), other, None];
        Notice { start: Some(record.start()), ..Notice::about(matter, record.agent, records) }
    }

    /// A notice of which only the agent and the records are known.
    #[must_use]
    pub const fn about(matter: Matter, agent: u64, records: [Option<Origin>; 3]) -> Notice {
        Notice {
            matter,
            agent,
            records,
            start: None,
            claim: None,
            mild: false,
            certain: true,
            entries: [None; 3],
            figures: [0; 2],
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
    fn every_meeting_survives_its_number() {
        for number in 0..OverlapKind::COUNT {
            assert_eq!(OverlapKind::from_number(number).number(), number);
        }
    }
}
