//! Maps names of columns and keys to fields.
//!
//! A name is split into words (`words`), each word has a sense (`senses`, the one table), and
//! rules say which senses make up a field (`rules`, `swaps`): `Shift Start (UTC)`, `start_time`
//! and `Schichtbeginn` are the start, `Start Location` is nothing. A name alone says little, so
//! [`assign()`] takes all columns of a file at once, with the [`Shape`] of their values.

mod amounts;
mod assign;
mod breaks;
mod confirm;
mod examples;
mod exclusive;
mod marks;
mod offsets;
mod parts;
mod rules;
mod senses;
mod series;
mod shape;
mod swaps;
mod words;
mod workers;
mod zone;

pub(in crate::read) use amounts::may_be_of_length;
pub use assign::{Assignment, Unused, Usage, assign};
pub(in crate::read) use breaks::names_break;
pub(in crate::read) use examples::examples;
pub(in crate::read) use exclusive::keys_are_of_calendar;
pub(in crate::read) use marks::may_mark;
pub use offsets::{names_offsets, numeric_offsets};
pub(in crate::read) use parts::{PartTime, names_part, part_time};
pub use shape::{Shape, is_weekday};

use crate::model::conventions::LengthUnit;
use crate::model::observation::MINUTES;
use crate::model::row::{Claim, Field};
use crate::model::source::Role;
use senses::{Sense, Senses};
use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};

/// What one name can mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// The field that it names, or why it names none.
    pub field: Result<Field, NoField>,
    /// How well it names a person, if that is what it names. The field is
    /// [`Field::Agent`], [`Field::Name`] for names of persons, or a part of a name.
    pub person: Option<PersonRank>,
    /// Whether such a name often means something else, as values show that do not
    /// fit: `employees` are also how many there are, a `zone` is also a place.
    pub doubtful: bool,
    /// Whether it says when somebody was to work, or did.
    pub basis: Basis,
    /// The number of a numbered column: 2 in `start2`; 0 if there is none.
    pub number: u8,
    /// The zone that it gives.
    pub zone: Option<ZoneHint>,
    /// The unit of a length.
    pub unit: Option<LengthUnit>,
    /// Whether the column holds both clock times if its values are ranges:
    /// `shift`, `hours`, `time`.
    pub maybe_times: bool,
    /// Whether the column is the start if the file has an end or a length, and no
    /// other start: `time`.
    pub maybe_start: bool,
    /// What it says about a record if it is not read.
    pub(in crate::read) aside: Option<Aside>,
    /// Whether it is below a key that can contain all records: `data.id`.
    enveloped: bool,
    /// What qualifies it; a start and an end with the same ones belong together.
    qualifiers: Senses,
}

/// Why a name is not a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoField {
    /// What was done with the record, when, or how someone is employed.
    Bookkeeping,
    /// Someone other than the agent: a manager, whoever approved.
    OtherPerson,
    /// Who is served: a customer, a patient.
    Customer,
    /// A part of a shift: a break, overtime.
    Part,
    /// What happened, but not when somebody came or left.
    Attendance,
    /// Weeks, periods, dates as headings.
    Calendar,
    /// The record is more than it shows, or something else.
    More(More),
    /// None of the above.
    Unknown,
}

/// What makes a record more than it shows, or something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum More {
    /// It is repeated.
    Repeat,
    /// It is on some days of the week.
    Weekdays,
    /// It is there this many times.
    Occurrences,
    /// It is this many days later.
    DayOffset,
    /// It ends on the next day.
    NextDay,
    /// It is on this many days, or on these days of the week.
    Days,
    /// It comes back in some order, if its value says so.
    Pattern,
    /// It comes back as often as the name says, if its value says yes.
    Rhythm,
    /// It starts or ends so many minutes after the hour that is read.
    Minutes,
}

impl More {
    /// How the record is more than it shows.
    #[must_use]
    pub const fn why(self) -> &'static str {
        match self {
            More::Repeat | More::Pattern | More::Rhythm => "it repeats",
            More::Weekdays | More::Occurrences | More::Days => "it takes place on more days",
            More::DayOffset | More::NextDay => "it is on another day",
            More::Minutes => MINUTES,
        }
    }
}

/// What a column says about a record if it is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aside {
    /// A further span begins: `split start`.
    Start,
    /// A further span ends.
    End,
    /// Somebody comes again, in words that distinguish it from the first time: `PM in`, `In
    /// 2`.
    In,
    /// Somebody leaves again, in the same way.
    Out,
    /// Time off ends at another time than was read: `new end`.
    LaterEnd,
    /// Somebody is back after time off: `return to work`.
    Return,
    /// It continues beyond its end: `through`.
    Through,
    /// It takes place on one more date: `other date`.
    OtherDate,
    /// Somebody else works: `covered by`.
    Cover,
    /// Somebody works beside the record, if it holds both times: `Overtime`.
    Extra,
    /// The agent is absent: `onLeave`. Only of keys.
    Absence,
    /// Whatever its values say: no word of its name is known.
    Anything,
    /// Somebody is away or back, or it is one more, if its values say when: `Leave`.
    Something,
}

impl Aside {
    /// What a word says by itself of a record whose end is read as `end`, and the field
    /// that it is read as.
    pub(super) fn claim(self, end: Option<Field>, of_time_off: bool) -> Option<(Claim, Field)> {
        Some(match self {
            Aside::Cover => (Claim::Cover, Field::Agent),
            Aside::Absence => (Claim::Absence, Field::Kind),
            Aside::LaterEnd => (Claim::LaterEnd, end?),
            // Without an end, any column of later dates is in question.
            Aside::Through if of_time_off => (Claim::LaterEnd, end?),
            Aside::Through => (Claim::Through, Field::EndDate),
            Aside::Return if of_time_off => (Claim::Return, end?),
            Aside::OtherDate if !of_time_off => (Claim::OtherDate, Field::Date),
            _ => return None,
        })
    }
}

/// How well a column names a person, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PersonRank {
    /// An id or a number.
    Number,
    /// A login or an e-mail address.
    Login,
    /// A person, by whatever the values are: `employee`.
    Person,
    /// The name of a person.
    Name,
    /// A name, perhaps of something else.
    PlainName,
}

/// Whether a column says when somebody was to work, or did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// As planned; the default.
    Planned,
    /// As it happened: `Clock In`.
    Attendance,
}

/// What names of columns say of all their values.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hints {
    /// The unit of lengths.
    pub length_unit: Option<LengthUnit>,
    /// The clock of starts.
    pub start: Option<ZoneHint>,
    /// The clock of ends.
    pub end: Option<ZoneHint>,
    /// Whether an end that is a date is the day after the last one.
    pub exclusive_ends: bool,
}

/// The zone that a name gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ZoneHint {
    /// `start_utc`.
    Utc,
    /// The clock of the place: `start_local`.
    Local,
    /// Seconds east of UTC: `Start (UTC+05:30)`.
    Offset(i32),
    /// The IANA name of a zone: `Start (America/Chicago)`.
    Named(Box<str>),
    /// An abbreviation, which several zones can have: `Start (CST)`.
    Abbreviation(Box<str>),
}

impl Meaning {
    /// A name that is not a field.
    fn none(why: NoField) -> Meaning {
        Meaning {
            field: Err(why),
            person: None,
            doubtful: false,
            basis: Basis::Planned,
            number: 0,
            zone: None,
            unit: None,
            maybe_times: false,
            maybe_start: false,
            aside: None,
            enveloped: false,
            qualifiers: Senses::default(),
        }
    }

    /// Whether values can show that it means something else, or which of several
    /// things.
    #[must_use]
    pub fn needs_values(&self) -> bool {
        const BY_NAME: [Field; 5] =
            [Field::Schedule, Field::Version, Field::Status, Field::Activities, Field::Draft];
        self.maybe_times
            || self.maybe_start
            || self.field.is_ok_and(|field| !BY_NAME.contains(&field))
    }

    /// Whether it belongs to the other version of records that have two: what is to be
    /// sent is the draft, and what is published is shared.
    fn is_of_other_stage(&self, role: Role) -> bool {
        let other = if role == Role::Batch { Sense::Shared } else { Sense::Draft };
        self.qualifiers.has(other)
    }

    /// Whether it is an e-mail address, of whomever.
    pub(in crate::read) fn is_bare_email(&self) -> bool {
        self.qualifiers.has(Sense::Email)
    }

    /// Whether it asks who it is, and names nobody by itself: `Who`.
    fn is_who(&self) -> bool {
        self.qualifiers.any(Senses::of(&[Sense::Who, Sense::Guard]))
    }

    /// Whether it says when somebody could or would like to work.
    pub(in crate::read) fn is_of_availability(&self) -> bool {
        self.qualifiers.has(Sense::Availability)
    }

    /// Whether it names this field.
    #[must_use]
    pub fn is(&self, field: Field) -> bool {
        self.field == Ok(field)
    }
}

/// What a name can mean in a file of this role.
#[must_use]
pub fn meaning(name: &str, role: Role) -> Meaning {
    let group = match role {
        Role::Batch | Role::Agents => 0,
        Role::Published | Role::Base => 1,
        Role::TimeOff => 2,
        Role::Swaps => 3,
        Role::Unavailable => 4,
    };
    let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = known[group].get(name) {
        return known.clone();
    }
    drop(known);
    let found = work_out(name, role);
    let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
    if known[group].len() < MOST_KNOWN && name.len() <= words::LONGEST {
        known[group].insert(name.to_owned(), found.clone());
    }
    found
}

/// How many names are remembered of one kind of files at most.
const MOST_KNOWN: usize = 4096;

/// What names were found to mean. Thousands of files have one header, and each
/// piece of a document asks again.
static KNOWN: LazyLock<RwLock<[HashMap<String, Meaning>; 5]>> = LazyLock::new(RwLock::default);

/// What a folded name means about absences, beyond what its words say.
fn of_absence(folded: &str, role: Role) -> Option<Field> {
    match folded {
        "available" | "isavailable" | "availability" if role == Role::Unavailable => {
            Some(Field::Available)
        }
        "syncversion" if role == Role::TimeOff => Some(Field::SyncVersion),
        "timeoffrequestsyncversion" if role.claims_time() => Some(Field::SyncVersion),
        _ => None,
    }
}

/// Objects that hold one version of a record, as those of shifts do.
const VERSIONS: [(&str, &str); 6] = [
    ("sharedShift", "sharedShift"),
    ("draftShift", "draftShift"),
    ("sharedTimeOff", "sharedShift"),
    ("draftTimeOff", "draftShift"),
    ("sharedOpenShift", "sharedShift"),
    ("draftOpenShift", "draftShift"),
];

/// The meaning of a key in a version of a record. Its name is that of the version, and of
/// nobody.
fn of_version(name: &str, role: Role) -> Option<Meaning> {
    let (above, key) = name.split_once('.')?;
    let (_, shift) = VERSIONS.iter().find(|(version, _)| *version == above)?;
    Some(match key {
        "displayName" => Meaning::none(NoField::Bookkeeping),
        _ if *shift == above => return None,
        key => work_out(&format!("{shift}.{key}"), role),
    })
}

fn work_out(name: &str, role: Role) -> Meaning {
    if name.len() > words::LONGEST {
        return Meaning::none(NoField::Unknown);
    }
    if let Some(meaning) = of_version(name, role) {
        return meaning;
    }
    // A request is assigned to who decides it.
    if role.lists_absences() && words::folded(name).ends_with("assignedto") {
        return Meaning::none(NoField::OtherPerson);
    }
    if let Some(field) = of_absence(&words::folded(name), role) {
        return Meaning { field: Ok(field), ..Meaning::none(NoField::Unknown) };
    }
    if let Some((field, moment)) = marks::mark(name, role) {
        // A flag says more than a moment that it may have kept.
        let qualifiers = if moment { Senses::of(&[Sense::DateTime]) } else { Senses::default() };
        return Meaning { field: Ok(field), qualifiers, ..Meaning::none(NoField::Unknown) };
    }
    let Some((hint, place)) = zone::find(name) else {
        return of_words(name, role);
    };
    let before = name.get(..place.start).unwrap_or_default();
    let after = name.get(place.end..).unwrap_or_default();
    Meaning { zone: Some(hint), ..of_words(&format!("{before} {after}"), role) }
}

fn of_words(name: &str, role: Role) -> Meaning {
    let words = words::SplitName::of(name);
    match role {
        Role::Swaps => swaps::meaning(&words),
        _ => rules::meaning(&words, role),
    }
}

/// Whether a name is not a field, and not bookkeeping either.
#[must_use]
pub fn is_unread(name: &str, role: Role) -> bool {
    let field = meaning(name, role).field;
    key(name, role).is_none() && field != Err(NoField::Bookkeeping)
}

/// Whether a name consists of words that say what a column or key holds, and of `others`, in
/// small letters, so that it cannot name anybody.
#[cfg(feature = "cli")]
#[must_use]
pub fn says_what_is_held(name: &str, others: &dyn Fn(&str) -> bool) -> bool {
    words::are_known(name, others)
}

/// Whether a name is about times, lengths or numbers of things alone.
#[cfg(feature = "cli")]
#[must_use]
pub fn is_of_quantity(name: &str) -> bool {
    use Sense::{
        Attendance, Count, Date, DateTime, Day, DayOffset, Days, End, Epoch, From, Hours,
        HoursShort, In, Length, Local, Milliseconds, Minutes, MinutesShort, NextDay, Occurrences,
        Offset, Out, Part, Planned, Seconds, SecondsShort, Shift, Span, Start, Through, Time, To,
        Total, Utc, WeakFrom, WeakTo, Weeks, Work,
    };
    const QUANTITIES: Senses = Senses::of(&[
        Attendance,
        Count,
        Date,
        DateTime,
        Day,
        DayOffset,
        Days,
        End,
        Epoch,
        From,
        Hours,
        HoursShort,
        In,
        Length,
        Local,
        Milliseconds,
        Minutes,
        MinutesShort,
        NextDay,
        Occurrences,
        Offset,
        Out,
        Part,
        Planned,
        Seconds,
        SecondsShort,
        Shift,
        Span,
        Start,
        Through,
        Time,
        To,
        Total,
        Utc,
        WeakFrom,
        WeakTo,
        Weeks,
        Work,
    ]);
    let words = words::SplitName::of(name).words;
    let is_quantity = |sense| QUANTITIES.has(sense);
    words.iter().any(|word| word.sense != Shift && word.sense != Work)
        && words.iter().all(|word| is_quantity(word.sense))
}

/// The field that a role cannot do without and that is not there.
pub fn missing(role: Role, has: impl Fn(Field) -> bool) -> Option<Field> {
    if role == Role::Swaps {
        return (!has(Field::Shift)).then_some(Field::Shift);
    }
    let named = has(Field::GivenName) && has(Field::FamilyName);
    if !has(Field::Agent) && !named {
        return Some(Field::Agent);
    }
    let starts = [Field::Start, Field::StartDate, Field::Date, Field::Times];
    (role.claims_time() && !starts.into_iter().any(has)).then_some(Field::Start)
}

/// How well a key fits a field if it belongs to the version of a record that is not meant:
/// the shared one in a batch, the draft in published records.
pub(in crate::read) const OTHER_STAGE: u8 = 0x40;

/// The field of a document's key by its name alone, and how well it fits, from 0. Only the
/// agent can be named better and worse.
///
/// What only a whole file can decide is not a field: attendance, numbered keys, lengths in
/// another unit than minutes, times on a clock that the name gives. Nor is a key below
/// `data` and the like, where the records themselves may be.
#[must_use]
pub fn key(name: &str, role: Role) -> Option<(Field, u8)> {
    let meaning = meaning(name, role);
    let field = meaning.field.ok()?;
    let of_time = matches!(field, Field::Start | Field::End | Field::Date | Field::Times);
    let alone = meaning.basis == Basis::Planned
        && !(of_time && is_name_of_flag(name))
        && meaning.number == 0
        && !meaning.is_bare_email()
        && !meaning.is_who()
        && (!meaning.enveloped || field == Field::Version)
        && matches!(meaning.zone, None | Some(ZoneHint::Local))
        && matches!(meaning.unit, None | Some(LengthUnit::Minutes));
    // A badge by itself says less than the id of an employee.
    let badge = u8::from(meaning.qualifiers.has(Sense::Badge));
    let found = match (field, meaning.person) {
        (Field::Name, Some(PersonRank::Name)) if role != Role::Agents => {
            (Field::Agent, PersonRank::Name as u8 + 1)
        }
        (Field::Agent | Field::WithAgent, Some(PersonRank::Number)) => (field, badge),
        (Field::Agent | Field::WithAgent, Some(rank)) => (field, rank as u8 + 1),
        (Field::Deleted | Field::Cancelled, _) => {
            (field, u8::from(meaning.qualifiers.has(Sense::DateTime)))
        }
        _ if meaning.is_of_other_stage(role) => (field, OTHER_STAGE),
        _ => (field, 0),
    };
    alone.then_some(found)
}

/// Whether a key says by its name that it is yes or no: `isWorkingDay`, `is_start`.
fn is_name_of_flag(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name);
    let rest = last.strip_prefix("is").unwrap_or_default();
    rest.starts_with(|next: char| next.is_uppercase() || matches!(next, '_' | '-' | ' '))
}

/// What a key of a document says of its record beside what is read, by its name alone: a
/// second start or agent, and whatever a column of that name says.
#[must_use]
pub fn key_aside(name: &str, role: Role) -> Option<Aside> {
    use Aside::{Anything, Extra, In, Out, Something};
    let meaning = meaning(name, role);
    // What takes a neighbour and the values of other records to say anything is a matter
    // of tables.
    let by_name = |aside: &Aside| !matches!(aside, Anything | Something | Extra | In | Out);
    match (meaning.number, meaning.field) {
        (0, _) => meaning.aside.filter(by_name),
        (_, Ok(Field::Start)) => Some(Aside::Start),
        (_, Ok(Field::End)) => Some(Aside::End),
        (_, Ok(Field::Agent)) if !role.lists_absences() => Some(Aside::Cover),
        _ => None,
    }
}

/// The field that a user names: by its own name, or by one that a column could have.
#[must_use]
pub fn field_named(name: &str) -> Option<Field> {
    let roles = [Role::Batch, Role::Swaps];
    let known = || roles.into_iter().find_map(|role| meaning(name, role).field.ok());
    Field::named(name).or_else(known)
}

#[cfg(test)]
mod tests;
