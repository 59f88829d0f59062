//! A record as text: the words that a reader found, by field.

use crate::model::shift::Kind;

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
    /// Approved, pending, cancelled ….
    Status,
    /// An agent's name for people.
    Name,
    /// An agent's first name, if first and last name together name the agent.
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
    /// The id of the request for time off that a record of the schedule carries.
    Request,
    /// The version of that request, or of a request itself.
    SyncVersion,
    /// Whether it is not there any more, or since when.
    Deleted,
    /// Whether it is cancelled, or since when.
    Cancelled,
    /// Whether it is not published yet.
    Draft,
    /// Among unavailable times, whether the agent is available then.
    Available,
    /// Of time off, whether it is approved.
    Approved,
    /// What the number of its length counts, if another word says it: `days`.
    LengthUnit,
}

/// Every field with its own name, as `--map` takes it, in the order of [`Field`].
static FIELDS: [(Field, &str); Field::COUNT] = [
    (Field::Agent, "agent"),
    (Field::Id, "id"),
    (Field::Schedule, "schedule"),
    (Field::Version, "version"),
    (Field::Start, "start"),
    (Field::End, "end"),
    (Field::Times, "times"),
    (Field::Length, "length"),
    (Field::Date, "date"),
    (Field::StartDate, "start date"),
    (Field::EndDate, "end date"),
    (Field::AllDay, "all day"),
    (Field::Zone, "zone"),
    (Field::Kind, "kind"),
    (Field::Status, "status"),
    (Field::Name, "name"),
    (Field::GivenName, "first name"),
    (Field::FamilyName, "last name"),
    (Field::Team, "team"),
    (Field::Activities, "activities"),
    (Field::Shift, "shift"),
    (Field::WithAgent, "with agent"),
    (Field::WithShift, "with shift"),
    (Field::WithStart, "with start"),
    (Field::WithEnd, "with end"),
    (Field::Request, "time off request"),
    (Field::SyncVersion, "sync version"),
    (Field::Deleted, "deleted"),
    (Field::Cancelled, "cancelled"),
    (Field::Draft, "draft"),
    (Field::Available, "available"),
    (Field::Approved, "approved"),
    (Field::LengthUnit, "length unit"),
];

impl Field {
    /// Those that say when a record is.
    pub const TIMES: &[Field] = &[
        Field::Start,
        Field::End,
        Field::Times,
        Field::Date,
        Field::StartDate,
        Field::EndDate,
        Field::Length,
    ];

    /// How many fields there are.
    pub const COUNT: usize = 33;

    /// The field with this number.
    #[inline]
    #[must_use]
    pub fn from_number(number: usize) -> Option<Field> {
        FIELDS.get(number).map(|(field, _)| *field)
    }

    /// Its own name: `agent`, `start date`.
    #[must_use]
    pub fn name(self) -> &'static str {
        FIELDS[self as usize].1
    }

    /// The field of this own name, as `--map` takes it. Case, spaces, `_`, `-` and `.`
    /// do not matter.
    #[must_use]
    pub fn named(name: &str) -> Option<Field> {
        let folded = fold_name(name);
        let found = FIELDS.iter().find(|(_, own)| fold_name(own) == folded);
        found.map(|(field, _)| *field)
    }

    /// The names of all fields, for a message: `agent, id, …`.
    #[must_use]
    pub fn listed() -> String {
        // Unrolled over the whole table, this takes the compiler minutes.
        let mut listed = String::new();
        for (_, name) in std::hint::black_box(FIELDS.as_slice()) {
            let before = if listed.is_empty() { "" } else { ", " };
            listed.push_str(before);
            listed.push_str(name);
        }
        listed
    }

    /// Whether another word in this field can move a record to another time, side,
    /// agent or fate.
    #[must_use]
    pub const fn moves_records(self) -> bool {
        use Field::{
            Agent, AllDay, Approved, Available, Date, End, EndDate, Kind, Length, LengthUnit,
            Start, StartDate, Status, Times, Zone,
        };
        matches!(
            self,
            Start
                | End
                | Times
                | Length
                | LengthUnit
                | Date
                | StartDate
                | EndDate
                | AllDay
                | Zone
                | Kind
                | Status
                | Agent
                | Available
                | Approved
        )
    }

    /// Whether it marks a record that is gone, or not there yet.
    #[must_use]
    pub const fn is_mark(self) -> bool {
        matches!(self, Field::Deleted | Field::Cancelled | Field::Draft)
    }

    /// Every field, in the order of the table.
    pub fn all() -> impl Iterator<Item = Field> {
        FIELDS.iter().map(|(field, _)| *field)
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
    /// An element of a list that is not an object.
    NotAnObject,
    /// It names no agent, where a document names it for every record.
    Agentless,
    /// Not a record: a line that repeats the header.
    Header,
    /// Not a record: a line of totals.
    Total,
}

/// Another word that a field of a record could have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alternate<'a> {
    /// The field.
    pub field: Field,
    /// The word.
    pub word: &'a [u8],
    /// The column or key that contains it.
    pub column: &'a str,
    /// The column or key that the field has its word from; empty if there is none.
    pub chosen: &'a str,
    /// What it says, if that is more than another word of its field.
    pub claim: Option<Claim>,
}

/// What a column that is not read can say of a record, beyond another word for one of
/// its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Claim {
    /// A further span: its start, and in the next alternate its end.
    Span,
    /// A further span of which the names of the columns say nothing.
    UnnamedSpan,
    /// A further span if it is apart from the record: else it can be when somebody came
    /// and left.
    SpanApart,
    /// A further span, in one word: `2026-03-02T08:00Z/PT4H`.
    Range,
    /// Time off ends then.
    LaterEnd,
    /// Somebody is back from time off then.
    Return,
    /// A shift continues until then, day by day.
    Through,
    /// A shift is on this date as well.
    OtherDate,
    /// Somebody else has the shift.
    Cover,
    /// Who has the shift, where the column of the agent is empty.
    Person,
    /// Somebody else has the shift, by a name in a file whose agents are ids.
    CoverByName,
    /// How long the break of a shift is, which its length may not hold.
    Break,
    /// A cell that is not that of the agent holds an agent, where that of the agent is empty.
    Displaced,
    /// A key of an unknown name holds another agent, who may have the shift.
    OtherAgent,
    /// The agent of a shift is absent, at least for a part of it.
    Absence,
    /// The agent of a shift is absent from then on, and until the next alternate if it has a word.
    AbsenceSpan,
    /// Who has the shift, by the name of the column, where another one was read for its values.
    NamedAgent,
}

impl Claim {
    /// Every claim, each at the place of its number.
    pub const ALL: [Claim; 17] = [
        Claim::Span,
        Claim::UnnamedSpan,
        Claim::SpanApart,
        Claim::Range,
        Claim::LaterEnd,
        Claim::Return,
        Claim::Through,
        Claim::OtherDate,
        Claim::Cover,
        Claim::Person,
        Claim::CoverByName,
        Claim::Break,
        Claim::Displaced,
        Claim::OtherAgent,
        Claim::Absence,
        Claim::AbsenceSpan,
        Claim::NamedAgent,
    ];

    /// Whether it takes two words.
    #[must_use]
    pub const fn is_span(self) -> bool {
        matches!(self, Claim::Span | Claim::UnnamedSpan | Claim::SpanApart | Claim::AbsenceSpan)
    }
}

impl<'a> Alternate<'a> {
    /// What a column that is not read claims.
    #[must_use]
    pub const fn claim(
        claim: Claim,
        field: Field,
        word: &'a [u8],
        column: &'a str,
    ) -> Alternate<'a> {
        Alternate { field, word, column, chosen: "", claim: Some(claim) }
    }

    /// Whether it is compared with the word that was read, record by record.
    #[must_use]
    pub fn is_rival(&self) -> bool {
        matches!(self.claim, None | Some(Claim::NamedAgent))
    }
}

/// One record as text.
///
/// A word that the file does not have, or has empty, is empty here. Readers
/// keep one row and fill it again for every record.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    words: [&'a [u8]; Field::COUNT],
    /// Where the record begins, in bytes from the start of its block.
    pub offset: usize,
    /// The line on which it begins, counted from 0 at the start of its block.
    pub line: u32,
    /// Where reading can begin again to reach it: its own offset, or that of the element or
    /// line around it.
    pub restart: usize,
    /// Whether it is a further part of the record that the row before began.
    pub continues: bool,
    /// The number of the element that contains it, from 0 at the start of its block, for
    /// documents.
    pub element: u32,
    /// The JSON pointer from that element to the record: empty if it is the
    /// element.
    pub trail: &'a str,
    /// What it is by its surroundings, if it does not say so itself.
    pub kind: Option<Kind>,
    /// Words that its fields could have instead of those they have.
    pub alternates: &'a [Alternate<'a>],
    /// In a table with numbered columns, `start1` and `start2`, the one that its start
    /// is in. Empty elsewhere.
    pub numbered: &'a str,
    /// Why it cannot be used, if it cannot.
    pub fault: Option<RowFault>,
    /// If it is for one date of a list: the first of them. Empty otherwise.
    pub first_date: &'a [u8],
}

impl Default for Row<'_> {
    #[inline]
    fn default() -> Self {
        Row {
            words: [b""; Field::COUNT],
            offset: 0,
            line: 0,
            restart: 0,
            continues: false,
            element: 0,
            trail: "",
            kind: None,
            alternates: &[],
            numbered: "",
            fault: None,
            first_date: b"",
        }
    }
}

impl<'a> Row<'a> {
    /// A row without words, for a record that begins there.
    #[inline]
    #[must_use]
    pub fn at(offset: usize, line: u32, restart: usize) -> Row<'a> {
        Row { offset, line, restart, ..Row::default() }
    }

    /// The words of all fields, as they are written.
    #[must_use]
    pub const fn words(&self) -> &[&'a [u8]] {
        &self.words
    }

    /// The word of a field, without spaces around it; empty when there is none.
    #[inline]
    #[must_use]
    pub fn word(&self, field: Field) -> &'a [u8] {
        let raw = self.raw(field);
        if is_bare(raw) { raw } else { raw.trim_ascii() }
    }

    /// Whether it has a length other than zero.
    #[must_use]
    pub fn has_length(&self) -> bool {
        self.word(Field::Length).iter().any(|byte| matches!(byte, b'1'..=b'9'))
    }

    /// Its id with the spaces around it: ` s-1` and `s-1` are two ids to a server. Empty
    /// when there is none, or only spaces.
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

    /// Whether there are spaces around the word of a field.
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

    /// The same record for one date of its list, of which this is the first.
    #[must_use]
    pub fn on(&self, date: &'a [u8], first: &'a [u8]) -> Row<'a> {
        let mut row = Row { first_date: first, ..self.clone() };
        row.set(Field::Date, date);
        row
    }

    /// Puts a word in its field.
    #[inline]
    pub fn set(&mut self, field: Field, word: &'a [u8]) {
        self.words[field as usize] = word;
    }

    /// The same row as if its block began this many bytes and lines earlier.
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

    /// The word as its reader set it, with the spaces around it.
    #[inline]
    #[must_use]
    pub fn raw(&self, field: Field) -> &'a [u8] {
        self.words[field as usize]
    }
}

/// Whether one comparison shows that a word is empty, or has no white space around it. No
/// white space is greater than a space.
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
    use super::{Claim, FIELDS, Field, Row};

    #[test]
    fn the_table_is_in_the_order_of_the_fields() {
        for (place, (field, name)) in FIELDS.iter().enumerate() {
            assert_eq!(*field as usize, place, "{name}");
        }
    }

    #[test]
    fn claims_stand_at_their_numbers() {
        for (place, claim) in Claim::ALL.iter().enumerate() {
            assert_eq!(*claim as usize, place);
        }
    }

    #[test]
    fn fields_are_known_by_their_own_names() {
        for field in Field::all() {
            assert_eq!(Field::named(&field.name().to_uppercase().replace(' ', "_")), Some(field));
        }
        assert_eq!(Field::named("employee"), None);
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
}
