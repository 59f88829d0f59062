//! The receipt of an input: how it was understood, for the person who gave it.
//!
//! A receipt says what was recognised in an input and by what, which column or key is which
//! field, what was not read, and how the first records were read. What became of all records is
//! in [`Fates`](super::fate::Fates).

use crate::model::conventions::LengthUnit;
use crate::model::fate::Fate;
use crate::model::finding::Record;
use crate::model::row::Field;
use crate::model::time::DateOrder;
use std::sync::Arc;

/// How one input was understood.
#[derive(Debug, Clone, Default)]
pub struct Receipt {
    /// How its bytes became text in a format.
    pub recognition: Recognition,
    /// Its columns or keys, in the order of the file.
    pub columns: Vec<Column>,
    /// How much of the values of the columns was examined.
    pub extent: Extent,
    /// Lists and objects of a document that were skipped.
    pub ignored: Vec<IgnoredList>,
    /// Which zones its local times were read in.
    pub zones: Zones,
    /// The order of day and month in its dates; `None` if no date needs it.
    pub date_order: Option<(DateOrder, ShownBy)>,
    /// The unit of lengths that name none; `None` if no length is read.
    pub length_unit: Option<(LengthUnit, ShownBy)>,
    /// Whether ends that are dates are the day after the last one.
    pub exclusive_ends: bool,
    /// Its first records, as they were understood.
    pub first: Vec<FirstRecord>,
    /// Options that would change how it is read.
    pub options: Vec<Suggestion>,
}

/// How the bytes of an input became text in a format.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recognition {
    /// What says its format.
    pub format: ShownBy,
    /// What the shape of its format is known from, if that is a vendor's; else empty.
    pub known_from: &'static str,
    /// What says its role.
    pub role: ShownBy,
    /// What it is packed in: `gzip`, `zstd`.
    pub container: Option<&'static str>,
    /// The encoding it was decoded from: `UTF-8`, `UTF-16LE`, `windows-1252`.
    pub encoding: String,
}

/// What says how something is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ShownBy {
    /// The content of the file.
    #[default]
    Content,
    /// The name of the file.
    Name,
    /// An option.
    Option,
    /// Nothing: it is what holds if nothing says otherwise.
    Default,
}

impl ShownBy {
    /// The word of the JSON report.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            ShownBy::Content => "content",
            ShownBy::Name => "name",
            ShownBy::Option => "option",
            ShownBy::Default => "default",
        }
    }
}

/// A column, or a key of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name; of a key with those around it: `user.id`.
    pub name: String,
    /// The field that it is read as; `None` if it is not read.
    pub field: Option<Field>,
    /// What its values look like.
    pub values: Values,
    /// How many values it has: of a column those that are not empty, of a key how
    /// often it was met.
    pub count: u64,
    /// Its first two values that are not empty, cut short; none if they do not
    /// belong in a log.
    pub samples: Vec<String>,
}

/// What most values of a column look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Values {
    /// There are none.
    None,
    /// Dates with a clock time, or clock times.
    Times,
    /// Dates.
    Dates,
    /// Two times in one word.
    Ranges,
    /// Numbers.
    Numbers,
    /// Words for yes and no.
    Flags,
    /// Any other text.
    Words,
    /// Some of each.
    Mixed,
}

impl Values {
    /// The word of the reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Values::None => "empty",
            Values::Times => "times",
            Values::Dates => "dates",
            Values::Ranges => "ranges",
            Values::Numbers => "numbers",
            Values::Flags => "flags",
            Values::Words => "text",
            Values::Mixed => "mixed",
        }
    }
}

/// How much of a file's values was examined.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Extent {
    /// In all records.
    #[default]
    Whole,
    /// In this many records at the beginning of the file.
    First(u64),
}

/// A list or an object of a document that was skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IgnoredList {
    /// Its JSON pointer, with `*` for the numbers of elements.
    pub pointer: String,
    /// How often there is one.
    pub count: u64,
    /// Why it holds no records.
    pub why: String,
}

/// Which zones the local times of an input were read in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Zones {
    /// How many records were examined.
    pub records: u64,
    /// Whether these are all there are.
    pub whole: bool,
    /// How many of them have an offset in each of their times.
    pub with_offsets: u64,
    /// How many have local times, by zone; the most frequent first.
    pub local: Vec<ZoneUse>,
}

/// A zone and how many records were read in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ZoneUse {
    /// Where it came from.
    pub source: ZoneSource,
    /// Its name; `UTC` where nothing names one.
    pub zone: String,
    /// How many records.
    pub records: u64,
}

/// Where the zone of a local time came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ZoneSource {
    /// The record.
    Record,
    /// The surroundings of the record in its document.
    Surroundings,
    /// The name of the column that the time is in.
    ColumnName,
    /// The list of agents.
    Agents,
    /// `--tz`.
    Option,
    /// Another file of the same unit.
    Unit,
    /// Nothing: read as UTC.
    None,
}

impl ZoneSource {
    /// The word of the JSON report.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            ZoneSource::Record => "record",
            ZoneSource::Surroundings => "surroundings",
            ZoneSource::ColumnName => "column-name",
            ZoneSource::Agents => "agents",
            ZoneSource::Option => "option",
            ZoneSource::Unit => "unit",
            ZoneSource::None => "none",
        }
    }
}

/// One of the first records, as it was understood.
#[derive(Debug, Clone)]
pub struct FirstRecord {
    /// The record.
    pub record: Arc<Record>,
    /// What became of it by itself; `None` for a swap or an agent.
    pub fate: Option<Fate>,
}

/// An option that would change how an input is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What to type, each word by itself.
    pub words: Vec<String>,
    /// What that does.
    pub effect: String,
}
