//! Decides which senses make up a field, in files of shifts, time off and agents.
//!
//! A field has senses that define it and senses that may accompany them. Any other sense makes
//! the name mean nothing: `Start Location`.

use super::senses::{Sense, Senses};
use super::words::{NamePart, SplitName};
use super::{Aside, Basis, Meaning, More, NoField, PersonRank, ZoneHint};
use crate::model::conventions::LengthUnit;
use crate::model::row::Field;
use crate::model::source::Role;

/// What says nothing, or how something is written.
const NEUTRAL: Senses = Senses::of(&[Sense::Particle, Sense::Format]);

/// Who works.
const PEOPLE: Senses = Senses::of(&[Sense::Person, Sense::People]);

/// What a shift is called in the names of its times.
const RECORD: Senses = Senses::of(&[Sense::Shift, Sense::Entry, Sense::Work, Sense::Schedule]);

/// Which of several starts it is.
const ORDINALS: Senses = Senses::of(&[Sense::First, Sense::Second, Sense::Third]);

/// Which of several versions of the record it belongs to.
const STAGES: Senses = Senses::of(&[Sense::Planned, Sense::Draft, Sense::Shared]);

/// On whose clock.
const CLOCKS: Senses = Senses::of(&[Sense::Local, Sense::Utc]);

/// What may accompany a start, an end and a date.
const WITH_TIMES: Senses =
    NEUTRAL.and(RECORD).and(ORDINALS).and(STAGES).and(CLOCKS).and(Senses::of(&[Sense::Attendance]));

/// Senses that say that it is a time, and not only a date.
const OF_TIME: Senses = Senses::of(&[
    Sense::Time,
    Sense::DateTime,
    Sense::Span,
    Sense::Hours,
    Sense::Epoch,
    Sense::Seconds,
    Sense::Milliseconds,
]);

/// Senses that say that it is a date.
const OF_DATE: Senses = Senses::of(&[Sense::Date, Sense::Day, Sense::Data]);

/// Beginnings and ends, as planned and as they happened.
const STARTS: Senses = Senses::of(&[Sense::Start, Sense::From, Sense::In]);
const ENDS: Senses = Senses::of(&[Sense::End, Sense::To, Sense::Out]);

/// Units of lengths.
const UNITS: [(Sense, LengthUnit); 9] = [
    (Sense::Days, LengthUnit::Days),
    (Sense::Weeks, LengthUnit::Weeks),
    (Sense::Hours, LengthUnit::Hours),
    (Sense::HoursShort, LengthUnit::Hours),
    (Sense::Minutes, LengthUnit::Minutes),
    (Sense::MinutesShort, LengthUnit::Minutes),
    (Sense::Seconds, LengthUnit::Seconds),
    (Sense::SecondsShort, LengthUnit::Seconds),
    (Sense::Milliseconds, LengthUnit::Milliseconds),
];

const OF_LENGTH: Senses = Senses::of(&[
    Sense::Length,
    Sense::Hours,
    Sense::HoursShort,
    Sense::Minutes,
    Sense::MinutesShort,
    Sense::Seconds,
    Sense::SecondsShort,
    Sense::Milliseconds,
]);

/// Lengths of time off, which are counted in days of work or of the calendar.
const OF_DAYS: Senses = Senses::of(&[Sense::Days, Sense::Weeks]);

/// What was done with a record.
pub(super) const BOOKKEEPING: Senses =
    Senses::of(&[Sense::Bookkeeping, Sense::Changed, Sense::Granted]);

/// Work beside a shift.
const EXTRA: Senses = Senses::of(&[Sense::Extra]);

/// What may accompany a number of days.
const WITH_DAYS: Senses = NEUTRAL.and(RECORD).and(STAGES).and(Senses::of(&[
    Sense::Length,
    Sense::Count,
    Sense::Number,
    Sense::Total,
    Sense::Attendance,
]));

/// What may accompany a person.
const WITH_PERSON: Senses = NEUTRAL
    .and(RECORD)
    .and(ORDINALS)
    .and(STAGES)
    .and(PEOPLE)
    .and(Senses::of(&[Sense::Assigned, Sense::Origin, Sense::Requested]));

/// What may accompany a word for who works instead.
const WITH_COVER: Senses = WITH_PERSON.and(Senses::of(&[
    Sense::Name,
    Sense::Full,
    Sense::Id,
    Sense::Number,
    Sense::Badge,
    Sense::Login,
    Sense::Email,
    Sense::Address,
]));

/// What distinguishes starts and ends that belong together from others.
const QUALIFIERS: Senses = RECORD.and(STAGES).and(CLOCKS).and(Senses::of(&[
    Sense::Attendance,
    Sense::Availability,
    Sense::Absence,
    Sense::Request,
    Sense::Requested,
]));

/// A field, what defines it, and what may accompany that.
struct FieldRule {
    field: Field,
    defined_by: Senses,
    with: Senses,
}

/// Fields that need no more than their senses; the first rule that fits counts.
static RULES: [FieldRule; 8] = [
    FieldRule {
        field: Field::Version,
        defined_by: Senses::of(&[Sense::Version]),
        with: NEUTRAL.and(Senses::of(&[Sense::Schedule, Sense::Shift])),
    },
    FieldRule {
        field: Field::AllDay,
        defined_by: Senses::of(&[Sense::AllDay]),
        with: NEUTRAL.and(Senses::of(&[Sense::Shift, Sense::Absence, Sense::Request])),
    },
    FieldRule {
        field: Field::Activities,
        defined_by: Senses::of(&[Sense::Activities]),
        with: NEUTRAL.and(STAGES).and(Senses::of(&[Sense::Shift])),
    },
    FieldRule {
        field: Field::Status,
        defined_by: Senses::of(&[Sense::Status, Sense::Approval]),
        with: NEUTRAL.and(RECORD).and(Senses::of(&[Sense::Request, Sense::Absence])),
    },
    FieldRule {
        field: Field::Kind,
        defined_by: Senses::of(&[Sense::Kind]),
        with: NEUTRAL.and(Senses::of(&[
            Sense::Shift,
            Sense::Entry,
            Sense::Work,
            Sense::Request,
            Sense::Absence,
            Sense::Activity,
        ])),
    },
    FieldRule {
        field: Field::Kind,
        defined_by: Senses::of(&[Sense::Activity]),
        with: NEUTRAL.and(Senses::of(&[Sense::Name])),
    },
    FieldRule {
        field: Field::Schedule,
        defined_by: Senses::of(&[Sense::Schedule]),
        with: NEUTRAL.and(Senses::of(&[Sense::Id])),
    },
    FieldRule {
        field: Field::Team,
        defined_by: Senses::of(&[Sense::Team]),
        with: NEUTRAL.and(Senses::of(&[Sense::Name])),
    },
];

/// What a name means.
pub(super) fn meaning(words: &SplitName, role: Role) -> Meaning {
    if words.numeric {
        return Meaning::none(NoField::Calendar);
    }
    let set = resolve(&words.words);
    let number = match words.number {
        0 if set.has(Sense::First) => 1,
        0 if set.has(Sense::Second) => 2,
        0 if set.has(Sense::Third) => 3,
        number => number,
    };
    let found = match reason(set, role) {
        Some(why) => Meaning::none(why),
        None => field(set, role),
    };
    let aside = aside(set, number, &found, role);
    let envelope = |word: &NamePart| matches!(word.sense, Sense::Envelope | Sense::Data);
    let enveloped = words.words.iter().any(|word| word.above && envelope(word));
    Meaning { number, enveloped, aside, ..found }
}

/// What a name says about a record if its column is not read.
fn aside(set: Senses, number: u8, found: &Meaning, role: Role) -> Option<Aside> {
    let unknown = found.field == Err(NoField::Unknown);
    if unknown && role.lists_absences() && set.has(Sense::Return) {
        return Some(Aside::Return);
    }
    if unknown && set.has(Sense::Through) {
        return Some(Aside::Through);
    }
    if !role.lists_absences() && names_cover(set) {
        return Some(Aside::Cover);
    }
    let dates = OF_DATE.and(OF_DAYS).and(NEUTRAL).and(RECORD);
    let extra_date = set.has(Sense::Extra) && set.any(OF_DATE) && made_of(set, EXTRA, dates);
    if extra_date || made_of(set, Senses::of(&[Sense::Another]), dates) {
        return Some(Aside::OtherDate);
    }
    let around = [Sense::Availability, Sense::Around, Sense::Place, Sense::Giver, Sense::Taker];
    if set.any(Senses::of(&around)) {
        return None;
    }
    bound_aside(set, found, role).or_else(|| attendance_aside(set, number, found)).or_else(|| {
        if is_extra(set) {
            return Some(Aside::Extra);
        }
        let rest = set.without(NEUTRAL);
        let away = Senses::of(&[Sense::Unknown, Sense::Return, Sense::Absence, Sense::Another]);
        if !unknown || !rest.without(away).is_empty() {
            return None;
        }
        let unnamed = rest.without(Senses::of(&[Sense::Unknown])).is_empty();
        Some(if unnamed { Aside::Anything } else { Aside::Something })
    })
}

/// Whether it names who works instead of the agent, or did in the end: `Actual Employee`.
fn names_cover(set: Senses) -> bool {
    let happened = Senses::of(&[Sense::Attendance]);
    let worked = set.any(PEOPLE) && set.any(happened);
    made_of(set, Senses::of(&[Sense::Cover]), WITH_COVER)
        || worked && made_of(set, PEOPLE, WITH_COVER.and(happened))
}

/// Whether it is about work beside a shift, and not about a part of one.
fn is_extra(set: Senses) -> bool {
    set.has(Sense::Extra) && !set.has(Sense::Part)
}

/// A start or an end of something that is not read.
fn bound_aside(set: Senses, found: &Meaning, role: Role) -> Option<Aside> {
    let granted = role.lists_absences() && set.has(Sense::Granted) && !set.has(Sense::By);
    // `Updated End` is one of the record; `Updated On` is when that was done.
    let changed = set.has(Sense::Changed) && !set.has(Sense::Bookkeeping);
    let open = found.field == Err(NoField::Unknown) || is_extra(set) || granted || changed;
    let ends_later = found.is(Field::End) || found.is(Field::EndDate);
    // Who returns during a day works on.
    let starts = set.any(STARTS) || set.has(Sense::Return);
    match (starts, set.any(ENDS)) {
        (false, true) if role.lists_absences() && (open || ends_later) => Some(Aside::LaterEnd),
        (true, false) if open => Some(Aside::Start),
        (_, true) if open && !set.any(STARTS) => Some(Aside::End),
        _ => None,
    }
}

/// When somebody comes or leaves once more.
fn attendance_aside(set: Senses, number: u8, found: &Meaning) -> Option<Aside> {
    let further = number > 1 && found.basis == Basis::Attendance;
    let open = further || found.field == Err(NoField::Attendance);
    match (set.any(STARTS), set.any(ENDS)) {
        (true, false) if open => Some(Aside::In),
        (false, true) if open => Some(Aside::Out),
        _ => None,
    }
}

/// The senses of a name, where those that depend on their place are settled.
fn resolve(words: &[NamePart]) -> Senses {
    let senses: Vec<Sense> =
        words.iter().enumerate().filter_map(|(place, _)| settle(words, place)).collect();
    owner(&senses)
}

/// What a word says in its place; `None` if nothing.
fn settle(words: &[NamePart], place: usize) -> Option<Sense> {
    let word = words.get(place)?;
    let (alone, last) = (words.len() == 1, place + 1 == words.len());
    let beside = |senses: Senses| words.iter().any(|other| senses.has(other.sense));
    let bounds = STARTS.and(ENDS);
    Some(match word.sense {
        Sense::Wrapper | Sense::Envelope | Sense::Data if word.above => return None,
        Sense::Wrapper | Sense::Envelope => Sense::Unknown,
        Sense::Resource if alone || names_person(words, place) => Sense::Person,
        Sense::Resource if word.above => return None,
        Sense::Resource => Sense::Unknown,
        Sense::Recipient => Sense::Person,
        Sense::Requester => Sense::OtherPerson,
        Sense::First if alone => Sense::GivenName,
        Sense::Last if alone => Sense::FamilyName,
        Sense::Last if is_last_day(words) => Sense::End,
        Sense::Last => Sense::Unknown,
        Sense::PersonShort if !alone => Sense::Person,
        Sense::PersonShort => Sense::Unknown,
        Sense::Guard if !alone => Sense::Work,
        Sense::HoursShort | Sense::MinutesShort | Sense::SecondsShort if alone => Sense::Unknown,
        Sense::WeakFrom if (alone || last) && !beside(bounds) => Sense::From,
        Sense::WeakTo if (alone || last) && !beside(bounds) => Sense::To,
        Sense::WeakFrom | Sense::WeakTo => Sense::Particle,
        other => other,
    })
}

/// Whether a name is that of the last day of something: `last day of leave`.
fn is_last_day(words: &[NamePart]) -> bool {
    let with = OF_DATE.and(NEUTRAL).and(Senses::of(&[Sense::Last, Sense::Absence, Sense::Request]));
    let is_day = |word: &NamePart| OF_DATE.has(word.sense);
    words.iter().all(|word| with.has(word.sense)) && words.iter().any(is_day)
}

/// Whether all words but one say what a person is known by.
fn names_person(words: &[NamePart], place: usize) -> bool {
    const KNOWN_BY: Senses = Senses::of(&[
        Sense::Id,
        Sense::Number,
        Sense::Login,
        Sense::Email,
        Sense::Address,
        Sense::Name,
        Sense::Full,
        Sense::Label,
    ]);
    let others = words.iter().enumerate().filter(|(other, _)| *other != place);
    others.map(|(_, word)| word.sense).all(|sense| KNOWN_BY.and(WITH_PERSON).has(sense))
}

/// Of a person and a record in one name the latter is meant: `staffShiftId` is a
/// shift, `shift.user.id` a user.
fn owner(senses: &[Sense]) -> Senses {
    let set = Senses::of(senses);
    let owned = Senses::of(&[Sense::Shift, Sense::Entry, Sense::Schedule]);
    if !set.any(PEOPLE) || !set.any(owned) || set.any(STARTS.and(ENDS)) {
        return set;
    }
    match senses.iter().rev().find(|sense| owned.and(PEOPLE).has(**sense)) {
        Some(last) if PEOPLE.has(*last) => set.without(owned),
        _ => set.without(PEOPLE),
    }
}

/// Why senses make up no field, if one of them says so.
fn reason(set: Senses, role: Role) -> Option<NoField> {
    let more = [
        (Sense::Repeat, More::Repeat),
        (Sense::Weekday, More::Weekdays),
        (Sense::Occurrences, More::Occurrences),
        (Sense::DayOffset, More::DayOffset),
        (Sense::NextDay, More::NextDay),
        (Sense::Pattern, More::Pattern),
    ];
    let has = |senses: &[Sense]| set.any(Senses::of(senses));
    if has(&[Sense::By, Sense::OtherPerson]) {
        return Some(NoField::OtherPerson);
    }
    if has(&[Sense::Customer]) {
        return Some(NoField::Customer);
    }
    if let Some((_, more)) = more.into_iter().find(|(sense, _)| set.has(*sense)) {
        return Some(NoField::More(more));
    }
    if made_of(set, Senses::of(&[Sense::Rhythm]), NEUTRAL.and(RECORD)) {
        return Some(NoField::More(More::Rhythm));
    }
    if has(&[Sense::Part, Sense::Extra]) || set.has(Sense::Activity) && set.any(TIMES) {
        return Some(NoField::Part);
    }
    const MINUTES: Senses = Senses::of(&[Sense::Minutes, Sense::MinutesShort]);
    let beside = MINUTES.and(STARTS).and(ENDS).and(NEUTRAL).and(RECORD);
    if set.any(STARTS.and(ENDS)) && made_of(set, MINUTES, beside) {
        return Some(NoField::More(More::Minutes));
    }
    if set.any(OF_DAYS) {
        return days(set, role);
    }
    let asked = has(&[Sense::Request, Sense::Requested]);
    let bounds = role.lists_absences() && set.any(STARTS.and(ENDS));
    let of_request = asked && !bounds && set.any(TIMES)
        || has(&[Sense::Requested]) && !bounds && !set.any(PEOPLE)
        || has(&[Sense::Approval]) && set.any(TIMES);
    if set.any(BOOKKEEPING) || of_request {
        return Some(NoField::Bookkeeping);
    }
    has(&[Sense::Calendar]).then_some(NoField::Calendar)
}

/// Why a name of days or weeks is not a field: in time off it counts them, also as asked
/// for or as paid; elsewhere a record may take place on all of them.
fn days(set: Senses, role: Role) -> Option<NoField> {
    let asked = BOOKKEEPING.and(absences(role));
    let counted = made_of(set, OF_DAYS, WITH_DAYS.and(asked));
    match role {
        role if role.lists_absences() && counted => None,
        Role::Batch | Role::Published | Role::Base if made_of(set, OF_DAYS, WITH_DAYS) => {
            Some(NoField::More(More::Days))
        }
        _ => Some(NoField::Calendar),
    }
}

/// Whatever is about time.
const TIMES: Senses = STARTS.and(ENDS).and(OF_DATE).and(OF_TIME).and(OF_LENGTH);

/// What may accompany the fields of time off, in a file of it.
const fn absences(role: Role) -> Senses {
    match role.lists_absences() {
        true => Senses::of(&[Sense::Absence, Sense::Request, Sense::Requested, Sense::Approval]),
        false => Senses::of(&[]),
    }
}

fn field(set: Senses, role: Role) -> Meaning {
    let absences = absences(role);
    let found = zone(set)
        .or_else(|| bounds(set, absences))
        .or_else(|| date(set, absences))
        .or_else(|| length(set, absences))
        .or_else(|| person(set))
        .or_else(|| request(set, role))
        .or_else(|| id(set, absences))
        .or_else(|| by_rule(set));
    let found = found.unwrap_or_else(|| Meaning::none(unknown(set)));
    Meaning {
        qualifiers: found.qualifiers.and(set.both(QUALIFIERS)),
        // The zone of a zone would be none.
        zone: clock(set).filter(|_| !found.is(Field::Zone)),
        maybe_times: may_be_times(set),
        maybe_start: found.field.is_err() && may_be_start(set),
        ..found
    }
}

/// Whether a column holds both clock times if its values are ranges.
fn may_be_times(set: Senses) -> bool {
    let span = Senses::of(&[
        Sense::Shift,
        Sense::Work,
        Sense::Schedule,
        Sense::Time,
        Sense::Span,
        Sense::Hours,
        Sense::Availability,
        Sense::Guard,
    ]);
    let with = Senses::of(&[Sense::Kind, Sense::Number, Sense::Name, Sense::Total]);
    made_of(set, span, NEUTRAL.and(ORDINALS).and(STAGES).and(with))
}

/// Whether a column is the start if there is no other.
fn may_be_start(set: Senses) -> bool {
    let moment = Senses::of(&[Sense::Time, Sense::DateTime]);
    made_of(set, moment, WITH_TIMES.and(OF_DATE))
}

/// Whether senses contain one of those that define something, and otherwise only such as
/// may accompany it.
fn made_of(set: Senses, defined_by: Senses, with: Senses) -> bool {
    set.any(defined_by) && set.without(defined_by.and(with)).is_empty()
}

fn known(field: Field) -> Meaning {
    Meaning { field: Ok(field), ..Meaning::none(NoField::Unknown) }
}

fn unknown(set: Senses) -> NoField {
    let happened = Senses::of(&[Sense::Attendance, Sense::In, Sense::Out]);
    if set.any(happened) { NoField::Attendance } else { NoField::Unknown }
}

fn clock(set: Senses) -> Option<ZoneHint> {
    match (set.has(Sense::Utc), set.has(Sense::Local)) {
        (true, _) => Some(ZoneHint::Utc),
        (false, true) => Some(ZoneHint::Local),
        _ => None,
    }
}

fn zone(set: Senses) -> Option<Meaning> {
    let with = NEUTRAL.and(RECORD).and(PEOPLE).and(CLOCKS).and(Senses::of(&[
        Sense::Offset,
        Sense::Time,
        Sense::Start,
        Sense::End,
        Sense::Place,
        Sense::Name,
        Sense::Id,
    ]));
    let offset = set.has(Sense::Offset) && set.has(Sense::Utc);
    let zones: &[Sense] = if offset { &[Sense::Offset] } else { &[Sense::Zone, Sense::AreaZone] };
    made_of(set, Senses::of(zones), with).then(|| Meaning {
        // Of the start's and the end's zone the former counts.
        qualifiers: set.both(PEOPLE.and(Senses::of(&[Sense::End, Sense::Place]))),
        doubtful: set.has(Sense::AreaZone),
        ..known(Field::Zone)
    })
}

/// The start, the end or both.
fn bounds(set: Senses, absences: Senses) -> Option<Meaning> {
    let with = WITH_TIMES.and(OF_TIME).and(OF_DATE).and(absences);
    if !made_of(set, STARTS.and(ENDS), with) {
        return None;
    }
    let happened = Senses::of(&[Sense::Attendance, Sense::In, Sense::Out]);
    let planned = set.has(Sense::Planned) && !set.has(Sense::Attendance);
    let basis = if set.any(happened) && !planned { Basis::Attendance } else { Basis::Planned };
    let dated = set.any(OF_DATE) && !set.any(OF_TIME);
    let field = match (set.any(STARTS), set.any(ENDS), dated) {
        (true, true, _) => Field::Times,
        (true, false, false) => Field::Start,
        (true, false, true) => Field::StartDate,
        (false, _, false) => Field::End,
        (false, _, true) => Field::EndDate,
    };
    Some(Meaning { basis, ..known(field) })
}

fn date(set: Senses, absences: Senses) -> Option<Meaning> {
    // When an entry was made, or booked, is another date.
    let with = WITH_TIMES.without(Senses::of(&[Sense::Entry])).and(absences);
    let with = with.and(Senses::of(&[Sense::Availability]));
    let span = made_of(set, Senses::of(&[Sense::Span]), WITH_TIMES.and(absences));
    let field = if span { Field::Times } else { Field::Date };
    let basis = if set.has(Sense::Attendance) { Basis::Attendance } else { Basis::Planned };
    let doubtful = set.has(Sense::Data);
    (span || made_of(set, OF_DATE, with)).then(|| Meaning { basis, doubtful, ..known(field) })
}

fn length(set: Senses, absences: Senses) -> Option<Meaning> {
    let with = NEUTRAL.and(RECORD).and(ORDINALS).and(STAGES).and(absences);
    let with = with.and(Senses::of(&[
        Sense::Total,
        Sense::In,
        Sense::Attendance,
        Sense::Time,
        Sense::Span,
    ]));
    let unit = UNITS.into_iter().find(|(sense, _)| set.has(*sense)).map(|(_, unit)| unit);
    let basis = if set.has(Sense::Attendance) { Basis::Attendance } else { Basis::Planned };
    // Whether days count at all was decided before.
    let is_length = made_of(set, OF_LENGTH, with) || set.any(OF_DAYS);
    is_length.then(|| Meaning { basis, unit, ..known(Field::Length) })
}

fn person(set: Senses) -> Option<Meaning> {
    let (field, rank) = person_field(set)?;
    // An address or a badge alone says less than that of a person, and `Who` less than
    // a name.
    let bare = set.both(Senses::of(&[Sense::Email, Sense::Badge, Sense::Who, Sense::Guard]));
    let qualifiers = if set.any(PEOPLE) { Senses::default() } else { bare };
    let doubtful = set.has(Sense::People);
    Some(Meaning { person: Some(rank), doubtful, qualifiers, ..known(field) })
}

/// The field of senses that name a person, and how well they do.
fn person_field(set: Senses) -> Option<(Field, PersonRank)> {
    const NUMBERS: Senses = Senses::of(&[Sense::Badge, Sense::Id, Sense::Number]);
    const LOGINS: Senses = Senses::of(&[Sense::Email, Sense::Login]);
    const NAMES: Senses = Senses::of(&[Sense::Name, Sense::Label, Sense::Full]);
    const ANYBODY: Senses = Senses::of(&[Sense::Name, Sense::Who, Sense::Guard]);
    let only = |senses: Senses| made_of(set, senses, WITH_PERSON);
    let people = set.any(PEOPLE);
    // The name of a shift does not name an agent.
    if !people && set.any(RECORD.and(STAGES)) && set.any(NAMES) {
        return None;
    }
    if let Some(half) = half_of_name(set) {
        return Some((half, PersonRank::Name));
    }
    let address = Senses::of(&[Sense::Address]);
    let found = if set.any(LOGINS) && only(LOGINS.and(address)) {
        (Field::Agent, PersonRank::Login)
    } else if (people || set.has(Sense::Badge)) && only(NUMBERS) {
        (Field::Agent, PersonRank::Number)
    } else if people && only(Senses::of(&[Sense::Qualifier])) {
        (Field::Agent, PersonRank::Login)
    } else if (people || set.has(Sense::Full) && set.has(Sense::Name)) && only(NAMES) {
        (Field::Name, PersonRank::Name)
    } else if made_of(set, ANYBODY, NEUTRAL) {
        (Field::Name, PersonRank::PlainName)
    } else if made_of(set, PEOPLE, WITH_PERSON) {
        (Field::Agent, PersonRank::Person)
    } else {
        return None;
    };
    Some(found)
}

/// The first name, the last name, or both in one cell: `Name, Vorname`.
fn half_of_name(set: Senses) -> Option<Field> {
    let halves = Senses::of(&[Sense::GivenName, Sense::FamilyName]);
    let with = WITH_PERSON.and(Senses::of(&[Sense::Name]));
    let both = set.has(Sense::Name) || set.both(halves) == halves;
    made_of(set, halves, with).then(|| match set.has(Sense::GivenName) {
        _ if both => Field::Name,
        true => Field::GivenName,
        false => Field::FamilyName,
    })
}

/// The request for time off that a record of the schedule carries.
fn request(set: Senses, role: Role) -> Option<Meaning> {
    let named = Senses::of(&[Sense::Request, Sense::Id]);
    let with = NEUTRAL.and(Senses::of(&[Sense::Absence, Sense::Number]));
    let carried = !role.lists_absences() && set.has(Sense::Absence) && made_of(set, named, with);
    carried.then(|| known(Field::Request))
}

fn id(set: Senses, absences: Senses) -> Option<Meaning> {
    let with = NEUTRAL.and(absences).and(Senses::of(&[Sense::Shift, Sense::Entry, Sense::Request]));
    made_of(set, Senses::of(&[Sense::Id]), with).then(|| known(Field::Id))
}

fn by_rule(set: Senses) -> Option<Meaning> {
    let rule = RULES.iter().find(|rule| made_of(set, rule.defined_by, rule.with))?;
    Some(known(rule.field))
}
