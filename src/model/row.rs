//! A record as text: the words a reader found, by field.

use crate::model::shift::Kind;
use crate::model::source::Role;
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
    /// Both clock times in one word: `09:00-13:00`.
    Times,
    /// Its length, instead of an end.
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
    /// An agent's first name, where that and the last name stand for the agent.
    GivenName,
    /// An agent's last name.
    FamilyName,
    /// An agent's team.
    Team,
    /// The activities within a shift: a list, as the document writes it.
    Activities,
    /// In a swap, the id of the agent's shift.
    Shift,
    /// In a swap, the agent it is made with.
    WithAgent,
    /// In a swap, the id of the other agent's shift.
    WithShift,
    /// In a swap, when the other agent's shift starts, as agreed on.
    WithStart,
    /// In a swap, when it ends.
    WithEnd,
}

/// A field's name and the other names files give it.
pub struct FieldNames {
    /// The field.
    pub field: Field,
    /// Its own name, as `--map` takes it.
    pub name: &'static str,
    /// Other names, in files of shifts, time off and agents; `None` where it has
    /// no meaning there.
    pub aliases: Option<&'static [&'static str]>,
    /// Other names in files of swaps, likewise.
    pub in_swaps: Option<&'static [&'static str]>,
}

impl FieldNames {
    /// Its other names in files of this role; `None` where it has no meaning.
    #[must_use]
    pub fn aliases_in(&self, role: Role) -> Option<&'static [&'static str]> {
        if role == Role::Swaps { self.in_swaps } else { self.aliases }
    }
}

/// A field of shifts, time off and agents.
const fn of_records(
    field: Field,
    name: &'static str,
    aliases: &'static [&'static str],
) -> FieldNames {
    FieldNames { field, name, aliases: Some(aliases), in_swaps: None }
}

/// A field of swaps.
const fn of_swaps(
    field: Field,
    name: &'static str,
    aliases: &'static [&'static str],
) -> FieldNames {
    FieldNames { field, name, aliases: None, in_swaps: Some(aliases) }
}

/// Every field, in the order of [`Field`].
pub static FIELDS: [FieldNames; Field::COUNT] = [
    FieldNames {
        field: Field::Agent,
        name: "agent",
        aliases: Some(&[
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
        ]),
        in_swaps: Some(&[
            "agent id",
            "initiating",
            "initiating agent",
            "initiating agent id",
            "initiating user",
            "initiating user id",
            "sender",
            "sender id",
            "sender user id",
            "from",
            "from agent",
            "from agent id",
            "user",
            "user id",
            "employee",
            "employee id",
        ]),
    },
    FieldNames {
        field: Field::Id,
        name: "id",
        aliases: Some(&["shift id", "assignment id", "record id", "event id", "request id"]),
        in_swaps: Some(&["swap id", "trade id", "shift trade id", "request id", "record id"]),
    },
    of_records(Field::Schedule, "schedule", &["schedule id"]),
    of_records(Field::Version, "version", &["schedule version", "etag"]),
    FieldNames {
        field: Field::Start,
        name: "start",
        aliases: Some(&[
            "start time",
            "start date time",
            "start at",
            "begin",
            "from",
            "shift start",
        ]),
        in_swaps: Some(&[
            "start time",
            "shift start",
            "initiating start",
            "initiating shift start",
            "initiating shift start date",
            "sender start",
            "from start",
        ]),
    },
    FieldNames {
        field: Field::End,
        name: "end",
        aliases: Some(&[
            "end time",
            "end date time",
            "end at",
            "finish",
            "stop",
            "to",
            "until",
            "shift end",
        ]),
        in_swaps: Some(&[
            "end time",
            "shift end",
            "initiating end",
            "initiating shift end",
            "initiating shift end date",
            "sender end",
            "from end",
        ]),
    },
    of_records(Field::Times, "times", &[]),
    of_records(
        Field::Length,
        "length",
        &["length minutes", "duration", "duration minutes", "minutes"],
    ),
    of_records(Field::Date, "date", &["shift date", "day", "dates"]),
    of_records(Field::StartDate, "start date", &[]),
    of_records(Field::EndDate, "end date", &[]),
    of_records(Field::AllDay, "all day", &["is all day", "full day", "is full day"]),
    FieldNames {
        field: Field::Zone,
        name: "zone",
        aliases: Some(&["time zone", "tz", "local time zone"]),
        in_swaps: Some(&["time zone", "tz", "local time zone"]),
    },
    of_records(Field::Kind, "kind", &["type", "record type", "activity"]),
    FieldNames {
        field: Field::Status,
        name: "status",
        aliases: Some(&["state", "approval"]),
        in_swaps: Some(&["state", "approval", "swap status", "trade status"]),
    },
    of_records(Field::Name, "name", &["agent name", "full name"]),
    of_records(Field::GivenName, "first name", &[]),
    of_records(Field::FamilyName, "last name", &[]),
    of_records(Field::Team, "team", &["team name", "group"]),
    of_records(Field::Activities, "activities", &[]),
    of_swaps(
        Field::Shift,
        "shift",
        &[
            "shift id",
            "initiating shift",
            "initiating shift id",
            "sender shift",
            "sender shift id",
            "from shift",
            "from shift id",
        ],
    ),
    of_swaps(
        Field::WithAgent,
        "with agent",
        &[
            "with",
            "with agent id",
            "receiving",
            "receiving agent",
            "receiving agent id",
            "receiving user",
            "receiving user id",
            "recipient",
            "recipient id",
            "recipient user id",
            "to",
            "to agent",
            "to agent id",
        ],
    ),
    of_swaps(
        Field::WithShift,
        "with shift",
        &[
            "with shift id",
            "receiving shift",
            "receiving shift id",
            "recipient shift",
            "recipient shift id",
            "to shift",
            "to shift id",
        ],
    ),
    of_swaps(
        Field::WithStart,
        "with start",
        &[
            "receiving start",
            "receiving shift start",
            "receiving shift start date",
            "recipient start",
            "to start",
        ],
    ),
    of_swaps(
        Field::WithEnd,
        "with end",
        &[
            "receiving end",
            "receiving shift end",
            "receiving shift end date",
            "recipient end",
            "to end",
        ],
    ),
];

type ByName = HashMap<String, Field>;

/// The field of every name, folded: in files of records, and in files of swaps.
static BY_NAME: LazyLock<(ByName, ByName)> =
    LazyLock::new(|| (fields_by_name(Role::Batch), fields_by_name(Role::Swaps)));

fn fields_by_name(role: Role) -> ByName {
    let mut fields = ByName::new();
    for names in &FIELDS {
        let Some(aliases) = names.aliases_in(role) else { continue };
        let all = aliases.iter().chain([&names.name]);
        fields.extend(all.map(|name| (fold_name(name), names.field)));
    }
    fields
}

impl Field {
    /// How many fields there are.
    pub const COUNT: usize = 25;

    /// The field with this number.
    #[inline]
    #[must_use]
    pub fn from_number(number: usize) -> Option<Field> {
        FIELDS.get(number).map(|names| names.field)
    }

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

    /// The field that a column of this name stands for in a file of this role,
    /// if any. Case, blanks, `_`, `-` and `.` do not matter.
    #[must_use]
    pub fn of_column(column: &str, role: Role) -> Option<Field> {
        let (in_records, in_swaps) = &*BY_NAME;
        let by_name = if role == Role::Swaps { in_swaps } else { in_records };
        by_name.get(&fold_name(column)).copied()
    }

    /// The names of all fields, for a message: `agent, id, …`.
    #[must_use]
    pub fn listed() -> String {
        // Unrolled over the whole table, this takes the compiler minutes.
        let mut listed = String::new();
        for names in std::hint::black_box(FIELDS.as_slice()) {
            let before = if listed.is_empty() { "" } else { ", " };
            listed.push_str(before);
            listed.push_str(names.name);
        }
        listed
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
    /// It breaks the rules of its format.
    Broken,
    /// An element of a list that is no object.
    NotAnObject,
    /// It names no agent, where a document names it for every record.
    Agentless,
}

/// Another word that a field of a record could have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alternate<'a> {
    /// The field.
    pub field: Field,
    /// The word.
    pub word: &'a [u8],
    /// The column or key it stands in.
    pub column: &'a str,
    /// The column or key that the field has its word from.
    pub chosen: &'a str,
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
    /// Where reading can begin again so as to come to it: its own offset, or
    /// that of the element or line around it.
    pub restart: usize,
    /// Whether it stands for more of the record that the row before began.
    pub continues: bool,
    /// The number of the element it stands in, from 0 at the start of its
    /// block, for documents.
    pub element: u32,
    /// The JSON pointer from that element to the record: empty if it is the
    /// element.
    pub trail: &'a str,
    /// What it is if it does not say so itself, by what stands around it.
    pub kind: Option<Kind>,
    /// Words that its fields could have instead of those they have.
    pub alternates: &'a [Alternate<'a>],
    /// Why it cannot be used, if it cannot.
    pub fault: Option<RowFault>,
}

impl<'a> Row<'a> {
    /// A row without words, for a record that begins there.
    #[inline]
    #[must_use]
    pub fn at(offset: usize, line: u32, restart: usize) -> Row<'a> {
        Row { offset, line, restart, ..Row::default() }
    }

    /// The word of a field, without blanks around it; empty when there is none.
    #[inline]
    #[must_use]
    pub fn word(&self, field: Field) -> &'a [u8] {
        let raw = self.raw(field);
        if is_bare(raw) { raw } else { raw.trim_ascii() }
    }

    /// Its id, blanks and all: ` s-1` and `s-1` are two ids to a server. Empty
    /// when there is none, or nothing but blanks.
    #[inline]
    #[must_use]
    pub fn id(&self) -> &'a [u8] {
        self.id_in(Field::Id)
    }

    /// The id in a field, such as that of a shift in a swap; as above.
    #[inline]
    #[must_use]
    pub fn id_in(&self, field: Field) -> &'a [u8] {
        if self.word(field).is_empty() { b"" } else { self.raw(field) }
    }

    /// Whether there are blanks around the word of a field.
    #[inline]
    #[must_use]
    pub fn is_padded(&self, field: Field) -> bool {
        self.word(field).len() < self.raw(field).len()
    }

    /// The dates of a list, where its date is one: `["2026-03-02","2026-03-03"]`,
    /// as the document writes it. Each once, in their order.
    #[inline]
    #[must_use]
    pub fn dates(&self) -> Option<Vec<&'a [u8]>> {
        if self.raw(Field::Date).is_empty() { None } else { self.dates_in_list() }
    }

    fn dates_in_list(&self) -> Option<Vec<&'a [u8]>> {
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
    #[inline]
    pub fn set(&mut self, field: Field, word: &'a [u8]) {
        self.words[field as usize] = word;
    }

    /// The same row as if its block began so many bytes and lines earlier.
    #[must_use]
    pub fn moved(&self, bytes: usize, lines: u32) -> Row<'a> {
        let (offset, restart) = (self.offset + bytes, self.restart + bytes);
        Row { offset, restart, line: self.line + lines, ..self.clone() }
    }

    /// The same row as if its record were all there is.
    #[must_use]
    pub fn alone(&self) -> Row<'a> {
        Row { offset: 0, line: 0, restart: 0, ..self.clone() }
    }

    /// The word as its reader set it, blanks and all.
    #[inline]
    #[must_use]
    pub fn raw(&self, field: Field) -> &'a [u8] {
        self.words[field as usize]
    }
}

/// Whether a glance shows that a word is empty, or has no blanks around it. No
/// blank is greater than a space.
#[inline(always)]
fn is_bare(word: &[u8]) -> bool {
    match word {
        [] => true,
        [first, .., last] => *first > b' ' && *last > b' ',
        [_] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{FIELDS, Field, Row, fold_name};
    use crate::model::source::Role;

    #[test]
    fn the_table_is_in_the_order_of_the_fields() {
        for (place, names) in FIELDS.iter().enumerate() {
            assert_eq!(names.field as usize, place, "{}", names.name);
        }
    }

    #[test]
    fn no_name_stands_for_two_fields() {
        for role in [Role::Batch, Role::Swaps] {
            let mut seen = std::collections::BTreeMap::new();
            for names in &FIELDS {
                let aliases = names.aliases_in(role).into_iter().flatten();
                let own = names.aliases_in(role).map(|_| &names.name);
                for name in aliases.chain(own) {
                    assert_eq!(seen.insert(fold_name(name), names.field), None, "{name}");
                }
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
            assert_eq!(Field::of_column(column, Role::Batch), Some(Field::Agent), "{column}");
        }
        assert_eq!(Field::of_column("Start Date", Role::Batch), Some(Field::StartDate));
        assert_eq!(Field::of_column("startDateTime", Role::Batch), Some(Field::Start));
        assert_eq!(Field::of_column("user.id", Role::Batch), Some(Field::Agent));
        assert_eq!(Field::of_column("colour", Role::Batch), None);
    }
    #[test]
    fn a_name_can_mean_something_else_in_a_file_of_swaps() {
        for (column, record, swap) in [
            ("shift_id", Some(Field::Id), Some(Field::Shift)),
            ("from", Some(Field::Start), Some(Field::Agent)),
            ("to", Some(Field::End), Some(Field::WithAgent)),
            ("initiatingUser.id", None, Some(Field::Agent)),
            ("recipientShiftId", None, Some(Field::WithShift)),
            ("team", Some(Field::Team), None),
        ] {
            assert_eq!(Field::of_column(column, Role::Published), record, "{column}");
            assert_eq!(Field::of_column(column, Role::Swaps), swap, "{column}");
        }
    }
}
