//! Where a record comes from: the role of its file, and its place in the file.
//!
//! A file has a [`Role`]; a record has an [`Origin`], from which its words can be read again
//! when a finding needs them.

use std::fmt;

/// What a file is read as.
///
/// The order is part of the output: records of the batch come before
/// published ones wherever a place decides.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The records about to be sent.
    Batch,
    /// What is live already.
    Published,
    /// What was live when the batch was made.
    Base,
    /// Absences, granted or asked for.
    TimeOff,
    /// Times at which agents cannot, or do not want to work.
    Unavailable,
    /// Shifts that agents trade.
    Swaps,
    /// The roster of agents and their zones.
    Agents,
}

impl Role {
    /// Every role, in this order.
    pub const ALL: [Role; 7] = [
        Role::Batch,
        Role::Published,
        Role::Base,
        Role::TimeOff,
        Role::Unavailable,
        Role::Swaps,
        Role::Agents,
    ];

    /// Those whose records are compared with the batch.
    pub const COMPARED: [Role; 4] = [Role::Published, Role::Base, Role::TimeOff, Role::Unavailable];

    /// The word used in reports: `batch`, `published`, `base`, `time-off`, `unavailable`, `swaps`,
    /// `agents`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Role::Batch => "batch",
            Role::Published => "published",
            Role::Base => "base",
            Role::TimeOff => "time-off",
            Role::Unavailable => "unavailable",
            Role::Swaps => "swaps",
            Role::Agents => "agents",
        }
    }

    /// Whether its records are checked: those of the base are only compared with what is published.
    #[must_use]
    pub const fn is_checked(self) -> bool {
        self.claims_time() && !matches!(self, Role::Base)
    }

    /// Whether its records are live, or were: they are not drafts.
    #[must_use]
    pub const fn is_live(self) -> bool {
        matches!(self, Role::Published | Role::Base)
    }

    /// Whether its records claim time: shifts and time off do, swaps and agents
    /// only speak of those who do.
    #[must_use]
    pub const fn claims_time(self) -> bool {
        !matches!(self, Role::Swaps | Role::Agents)
    }

    /// Whether its records are times at which agents are away, so that the words of its columns
    /// and keys speak of absences, and a date alone is a whole day.
    #[must_use]
    pub const fn lists_absences(self) -> bool {
        matches!(self, Role::TimeOff | Role::Unavailable)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// The place of a record: the rank of its source and the byte at which it
/// begins there.
///
/// Sources are ranked by role and path before anything is read, so that
/// comparing origins gives the same order whatever order the files were named
/// in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Origin(u64);

impl Origin {
    /// The most sources one run can have.
    pub const MOST_SOURCES: usize = 1 << 16;
    const OFFSET_BITS: u32 = 48;
    /// No place is after it.
    pub const LAST: Origin = Origin(u64::MAX);

    /// A place `offset` bytes into the source with this rank.
    #[must_use]
    pub const fn new(source: u16, offset: u64) -> Origin {
        Origin(((source as u64) << Self::OFFSET_BITS) | (offset & ((1 << Self::OFFSET_BITS) - 1)))
    }

    /// Its bits.
    pub(super) const fn bits(self) -> u64 {
        self.0
    }

    /// From bits that [`Origin::bits`] gave.
    pub(super) const fn from_bits(bits: u64) -> Origin {
        Origin(bits)
    }

    /// The rank of the source.
    #[must_use]
    pub const fn source(self) -> u16 {
        (self.0 >> Self::OFFSET_BITS) as u16
    }

    /// The byte at which the record begins.
    #[must_use]
    pub const fn offset(self) -> u64 {
        self.0 & ((1 << Self::OFFSET_BITS) - 1)
    }
}
/// The weeks of which a document is the whole schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScheduleWeeks {
    /// Their first day, if it says so: days since 1970.
    pub first: Option<i64>,
    /// How many there are.
    pub count: u32,
}

/// Which records of a format can be the same one again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Repeats {
    /// None: two that are alike are two.
    #[default]
    Never,
    /// Those of one agent with the same span, in one file.
    InFile,
    /// Those of one agent with the same span and id, in one file, if each has another part.
    ByPart,
    /// Those of one agent with the same span and id, and days off, in two files.
    BetweenFiles,
}
