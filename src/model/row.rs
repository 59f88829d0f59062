//! A record as text: the words a reader found, by field.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a word of a record can mean to shiftlint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Field {
    /// Who works.
    Agent,
    /// The record's own id.
    Id,
    /// The schedule it belongs to.
    Schedule,
    /// The version of that schedule.
    Version,
    /// When it starts: a time, a date, or a clock time beside a date.
    Start,
    /// When it ends.
    End,
    /// Its length in minutes, instead of an end.
    Length,
    /// The date its clock times belong to; in a document also a list of dates.
    Date,
    /// The date of the start alone.
    StartDate,
    /// The date of the end alone.
    EndDate,
    /// Whether it takes whole local days, whatever clock times it has.
    AllDay,
    /// The zone its local times are in.
    Zone,
    /// Shift or time off.
    Kind,
    /// Approved, pending, void ….
    Status,
    /// An agent's name for people.
    Name,
    /// An agent's team.
    Team,
}

/// A field's name and the other names files give it.
pub struct FieldNames {
    /// The field.
    pub field: Field,
    /// Its own name, as `--map` takes it.
    pub name: &'static str,
    /// Other names.
    pub aliases: &'static [&'static str],
}

/// Every field, in the order of [`Field`].
pub static FIELDS: [FieldNames; Field::COUNT] = [
    FieldNames {
        field: Field::Agent,
        name: "agent",
        aliases: &[
            "agent id",
            "user",
            "user id",
            "employee",
            "employee id",
            "employee number",
            "worker",
            "person",
            "person id",
            "staff",
            "username",
            "resource",
        ],
    },
    FieldNames {
        field: Field::Id,
        name: "id",
        aliases: &["shift id", "assignment id", "record id", "event id", "request id"],
    },
    FieldNames { field: Field::Schedule, name: "schedule", aliases: &["schedule id"] },
    FieldNames { field: Field::Version, name: "version", aliases: &["schedule version", "etag"] },
    FieldNames {
        field: Field::Start,
        name: "start",
        aliases: &["start time", "start date time", "start at", "begin", "from", "shift start"],
    },
    FieldNames {
        field: Field::End,
        name: "end",
        aliases: &[
            "end time",
            "end date time",
            "end at",
            "finish",
            "stop",
            "to",
            "until",
            "shift end",
        ],
    },
    FieldNames {
        field: Field::Length,
        name: "length",
        aliases: &["length minutes", "duration", "duration minutes", "minutes"],
    },
    FieldNames { field: Field::Date, name: "date", aliases: &["shift date", "day", "dates"] },
    FieldNames { field: Field::StartDate, name: "start date", aliases: &[] },
    FieldNames { field: Field::EndDate, name: "end date", aliases: &[] },
    FieldNames {
        field: Field::AllDay,
        name: "all day",
        aliases: &["is all day", "full day", "is full day"],
    },
    FieldNames {
        field: Field::Zone,
        name: "zone",
        aliases: &["time zone", "tz", "local time zone"],
    },
    FieldNames { field: Field::Kind, name: "kind", aliases: &["type", "record type", "activity"] },
    FieldNames { field: Field::Status, name: "status", aliases: &["state", "approval"] },
    FieldNames { field: Field::Name, name: "name", aliases: &["agent name", "full name"] },
    FieldNames { field: Field::Team, name: "team", aliases: &["team name", "group"] },
];

/// The field of every name, folded.
static BY_NAME: LazyLock<HashMap<String, Field>> = LazyLock::new(|| {
    let names = |names: &FieldNames| [&[names.name], names.aliases].concat();
    let of = |field: &FieldNames| {
        names(field).into_iter().map(|name| (fold_name(name), field.field)).collect::<Vec<_>>()
    };
    FIELDS.iter().flat_map(of).collect()
});

impl Field {
    /// How many fields there are.
    pub const COUNT: usize = 16;

    /// Its names.
    #[must_use]
    pub fn names(self) -> &'static FieldNames {
        &FIELDS[self as usize]
    }

    /// Its own name: `agent`, `start date`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.names().name
    }

    /// The field that a column of this name stands for, if any. Case, blanks,
    /// `_`, `-` and `.` do not matter.
    #[must_use]
    pub fn of_column(column: &str) -> Option<Field> {
        BY_NAME.get(&fold_name(column)).copied()
    }

    /// Every field, in the order of the table.
    pub fn all() -> impl Iterator<Item = Field> {
        FIELDS.iter().map(|names| names.field)
    }
}

/// A column's name without what does not matter in it.
#[must_use]
pub fn fold_name(name: &str) -> String {
    name.chars()
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, '_' | '-' | '.'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Why a reader could not make sense of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowFault {
    /// It has this many cells where the header has that many.
    Ragged {
        /// Cells in the record.
        found: u32,
        /// Cells in the header.
        expected: u32,
    },
    /// It holds bytes that are not UTF-8.
    NotUtf8,
    /// It holds a NUL byte.
    Nul,
    /// An element of a list that is no object.
    NotAnObject,
}

/// One record as text.
///
/// A word that the file does not have, or has empty, is empty here. Readers
/// keep one row and fill it again for every record.
#[derive(Debug, Clone, Default)]
pub struct Row<'a> {
    words: [&'a [u8]; Field::COUNT],
    /// Where the record begins, in bytes from the start of its block.
    pub offset: usize,
    /// The line on which it begins, counted from 0 at the start of its block.
    pub line: u32,
    /// Why it cannot be used, if it cannot.
    pub fault: Option<RowFault>,
}

impl<'a> Row<'a> {
    /// The word of a field, without blanks around it; empty when there is none.
    #[must_use]
    pub fn word(&self, field: Field) -> &'a [u8] {
        self.words[field as usize].trim_ascii()
    }

    /// The dates of a list, where its date is one: `["2026-03-02","2026-03-03"]`,
    /// as the document writes it. Each once, in their order.
    #[must_use]
    pub fn dates(&self) -> Option<Vec<&'a [u8]>> {
        let list = self.word(Field::Date).strip_prefix(b"[")?.strip_suffix(b"]")?;
        let mut quoted = false;
        let mut dates: Vec<&[u8]> = list
            .split(|byte| {
                quoted ^= *byte == b'"';
                *byte == b',' && !quoted
            })
            .map(|date| date.trim_ascii())
            .map(|date| {
                date.strip_prefix(b"\"").and_then(|date| date.strip_suffix(b"\"")).unwrap_or(date)
            })
            .collect();
        dates.sort_unstable();
        dates.dedup();
        Some(dates)
    }

    /// Puts a word in its field.
    pub fn set(&mut self, field: Field, word: &'a [u8]) {
        self.words[field as usize] = word;
    }

    /// The word as its reader set it, blanks and all.
    #[must_use]
    pub fn raw(&self, field: Field) -> &'a [u8] {
        self.words[field as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::{FIELDS, Field, Row, fold_name};

    #[test]
    fn the_table_is_in_the_order_of_the_fields() {
        for (place, names) in FIELDS.iter().enumerate() {
            assert_eq!(names.field as usize, place, "{}", names.name);
        }
    }

    #[test]
    fn no_name_stands_for_two_fields() {
        let mut seen = std::collections::BTreeMap::new();
        for names in &FIELDS {
            for name in names.aliases.iter().chain([&names.name]) {
                assert_eq!(seen.insert(fold_name(name), names.field), None, "{name}");
            }
        }
    }

    #[test]
    fn a_list_of_dates_is_taken_apart() {
        let mut row = Row::default();
        assert_eq!(row.dates(), None);
        row.set(Field::Date, b"[\"2026-03-03\", \"2026-03-02\",\"2026-03-03\"]");
        assert_eq!(row.dates(), Some(vec![&b"2026-03-02"[..], b"2026-03-03"]));
        row.set(Field::Date, b"[]");
        assert_eq!(row.dates(), Some(vec![&b""[..]]));
    }

    #[test]
    fn columns_match_whatever_their_case_and_joints() {
        for column in ["Agent ID", "agent_id", "agentId", "AGENT-ID", "agent.id"] {
            assert_eq!(Field::of_column(column), Some(Field::Agent), "{column}");
        }
        assert_eq!(Field::of_column("Start Date"), Some(Field::StartDate));
        assert_eq!(Field::of_column("startDateTime"), Some(Field::Start));
        assert_eq!(Field::of_column("user.id"), Some(Field::Agent));
        assert_eq!(Field::of_column("colour"), None);
    }
}
