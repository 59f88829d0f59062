//! Finds columns that are not read but could add to a record, such as a second end.
//!
//! Examples are a second start and end under other names, a later end of time off, and who
//! covers a shift. The normalizer decides what their words mean, so that each is handed on as an
//! alternate with its claim.

use super::{Header, each_record};
use crate::model::conventions::LengthUnit;
use crate::model::nobody::is_nobody;
use crate::model::row::{Claim, Field};
use crate::model::source::Role;
use crate::model::time::DateOrder;
use crate::read::json::class::Class;
use crate::read::json::naming::is_later_end;
use crate::read::names::{
    Aside, Assignment, Meaning, NoField, PersonRank, Shape, Unused, Usage, names_break,
};
use crate::timestamp::{self, list_entries};
use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;

/// A column, or two, that can say more of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AsideColumn {
    pub(super) claim: Claim,
    /// The field that its word is read as.
    pub(super) field: Field,
    pub(super) place: usize,
    pub(super) column: String,
    /// The column of the end of a span, or of the last name of a person.
    pub(super) second: Option<usize>,
    /// The columns of the name of the record's own agent, if the word is a name as well.
    pub(super) own: Vec<usize>,
    /// The unit of a length, if its name gives one.
    pub(super) unit: Option<LengthUnit>,
    /// Whether a word for an absence says that there is one, and not that there is a word.
    pub(super) by_word: bool,
}

/// The columns of a header that can say more of records than those that are read, by
/// their names and the values in the first records.
pub(super) fn asides(
    header: &Header,
    assignment: &Assignment,
    first: &[u8],
    role: Role,
) -> Vec<AsideColumn> {
    if !role.claims_time() {
        return Vec::new();
    }
    let found = AsideColumns { header, assignment, first, role };
    let absences = found.absences();
    let of_absence = |place: usize| {
        let spans = absences.iter().filter(|absence| absence.claim == Claim::AbsenceSpan);
        let mut places = spans.flat_map(|absence| [Some(absence.place), absence.second]);
        places.any(|of| of == Some(place))
    };
    let aside = |place: usize| found.aside(place).filter(|_| !of_absence(place));
    let wanted: Vec<Option<Aside>> = (0..header.names.len()).map(aside).collect();
    let mut columns = found.persons();
    columns.extend(found.displaced(&columns, &wanted));
    columns.extend(found.of_agents(&wanted));
    columns.extend(found.breaks());
    if wanted.iter().flatten().next().is_none() {
        columns.extend(absences);
        return columns;
    }
    let wants: Vec<bool> = wanted.iter().map(Option::is_some).collect();
    let shapes = header.shapes(first, &wants);
    let spans = found.spans(&wanted, &shapes);
    let is_known = |one: &AsideColumn| {
        spans.iter().any(|span| span.second == Some(one.place))
            || absences.iter().any(|absence| absence.place == one.place)
    };
    columns.extend(found.single(&wanted, &shapes).into_iter().filter(|one| !is_known(one)));
    columns.extend(spans);
    columns.extend(absences);
    columns
}

/// The columns of a table that are not read.
pub(super) struct AsideColumns<'t> {
    pub(super) header: &'t Header,
    pub(super) assignment: &'t Assignment,
    first: &'t [u8],
    pub(super) role: Role,
}

impl AsideColumns<'_> {
    /// What a column says if it is not read and no other column of its field is
    /// compared with it.
    fn aside(&self, place: usize) -> Option<Aside> {
        let Some(Usage::Unused(why)) = self.assignment.usages.get(place) else { return None };
        let contends = self.assignment.contenders.iter().any(|one| one.other == place);
        let numbered = matches!(why, Unused::Numbered(..));
        let meaning = self.assignment.meanings.get(place).filter(|_| !contends && !numbered)?;
        // An end without a start of its own goes with one that is called otherwise.
        let end = match why {
            Unused::Attendance(Field::End) if !self.has_attendance() => Some(Aside::Out),
            Unused::Other(Field::End, _) => Some(Aside::End),
            _ => None,
        };
        meaning.aside.or(end)
    }

    pub(super) fn column(&self, claim: Claim, field: Field, place: usize) -> AsideColumn {
        let column = self.header.names.get(place).cloned().unwrap_or_default();
        let (second, own, unit) = (None, Vec::new(), None);
        AsideColumn { claim, field, place, column, second, own, unit, by_word: false }
    }

    /// The columns that say something by themselves.
    fn single(&self, wanted: &[Option<Aside>], shapes: &[Shape]) -> Vec<AsideColumn> {
        let ends = [Field::End, Field::EndDate, Field::Times];
        let end = ends.into_iter().find(|field| self.assignment.column(*field).is_some());
        let of_time_off = self.role.lists_absences();
        let claim = |(place, aside): (usize, &Option<Aside>)| {
            let shape = shapes.get(place).copied().unwrap_or_default();
            let dated = shape.filled() == 0 || shape.dates + shape.locals + shape.instants > 0;
            let aside = match (*aside)? {
                Aside::Anything if dated && self.follows_record(place) => Aside::OtherDate,
                // Without a start of its own it can be the end that counts.
                Aside::End | Aside::Through if self.is_later_end(place) => Aside::LaterEnd,
                aside => aside,
            };
            let (claim, field) = aside.claim(end, of_time_off)?;
            let fits = match claim {
                Claim::Cover => true,
                Claim::LaterEnd => dated || shape.holds_times(),
                Claim::OtherDate => dated || shape.weekdays > 0 || self.lists_days(place),
                _ => dated,
            };
            fits.then(|| self.column(claim, field, place))
        };
        wanted.iter().enumerate().filter_map(claim).collect()
    }

    /// Whether a column is by its name the end that counts in the place of another.
    fn is_later_end(&self, place: usize) -> bool {
        self.header.names.get(place).is_some_and(|name| is_later_end(name))
    }

    /// Whether some cell of a column is a list with a date or a day of the week in it.
    fn lists_days(&self, place: usize) -> bool {
        let is_date = |entry: &[u8]| day(entry, DateOrder::DayMonth).is_some();
        let is_day = |entry: &[u8]| timestamp::weekday(entry).is_some() || is_date(entry);
        let samples = self.header.samples(self.first, place, usize::MAX);
        samples.iter().any(|cell| list_entries(cell.as_bytes()).any(is_day))
    }

    /// Whether a column is filled in some records only, and then with a date within the two
    /// weeks after the record. What is filled in all of them, such as the end of a week,
    /// is about the record.
    fn follows_record(&self, place: usize) -> bool {
        let orders = [DateOrder::DayMonth, DateOrder::MonthDay];
        orders.into_iter().any(|order| self.follows_record_in(place, order))
    }

    fn follows_record_in(&self, place: usize, order: DateOrder) -> bool {
        const NEAR: RangeInclusive<i64> = 1..=14;
        let dates = [Field::StartDate, Field::Date, Field::Start, Field::Times];
        let dates = dates.into_iter().filter_map(|field| self.assignment.column(field));
        let dates: Vec<usize> = dates.collect();
        let (mut near, mut empty, mut all_fit) = (0, 0, true);
        each_record(self.first, self.header.delimiter, |_, cells| {
            let cells: Vec<&[u8]> = cells.map(<[u8]>::trim_ascii).collect();
            let cell = |place: usize| cells.get(place).copied().unwrap_or_default();
            let own = dates.iter().find_map(|date| day(cell(*date), order));
            let other = day(cell(place), order);
            let fits = match (cell(place), other.zip(own)) {
                (b"", _) => Some(&mut empty),
                (_, Some((other, own))) if NEAR.contains(&(other - own)) => Some(&mut near),
                _ => None,
            };
            all_fit = fits.map(|count| *count += 1).is_some();
            all_fit
        });
        all_fit && near > 0 && empty > 0
    }

    /// Pairs of columns that can be a further span: a start with the next end after it, and
    /// two adjacent ones with unknown names.
    fn spans(&self, wanted: &[Option<Aside>], shapes: &[Shape]) -> Vec<AsideColumn> {
        let is = |place: usize, aside: Aside| {
            let shape = shapes.get(place).copied().unwrap_or_default();
            let unnamed = matches!(aside, Aside::Anything | Aside::Something);
            let open = shape.filled() == 0 && !unnamed;
            wanted.get(place) == Some(&Some(aside))
                && self.may_be_times(place)
                && (open || shape.holds_times())
        };
        let span = |claim: Claim, start: usize, end: usize| AsideColumn {
            second: Some(end),
            ..self.column(claim, Field::Start, start)
        };
        let count = self.header.names.len();
        let pairs = |(first, last): (Aside, Aside), claim: Claim| -> Vec<AsideColumn> {
            let starts = (0..count).filter(|place| is(*place, first));
            let pair = |start: usize| {
                let mut behind = (start + 1..count).take_while(|other| !is(*other, first));
                behind.find(|other| is(*other, last)).map(|end| span(claim, start, end))
            };
            starts.filter_map(pair).collect()
        };
        let end = if self.role.lists_absences() { Aside::LaterEnd } else { Aside::End };
        let mut spans = pairs((Aside::Start, end), Claim::Span);
        if !self.has_attendance() {
            spans.extend(pairs((Aside::In, Aside::Out), Claim::SpanApart));
        }
        let filled = |place: usize| shapes.get(place).map(Shape::filled);
        let mut place = 0;
        while place + 1 < count {
            let (start, end) = (place, place + 1);
            let found =
                |place: usize| wanted.get(place).copied().flatten().filter(|of| is(place, *of));
            let claim = found(start).zip(found(end)).and_then(claim_of_neighbours);
            if let Some(claim) = claim.filter(|_| filled(start) == filled(end)) {
                spans.push(span(claim, start, end));
                place += 1;
            }
            place += 1;
        }
        spans
    }

    /// Whether columns that are not read say when somebody first came: those of later times
    /// continue from there.
    fn has_attendance(&self) -> bool {
        let columns = self.assignment.usages.iter().zip(&self.assignment.meanings);
        columns.into_iter().any(|(usage, meaning)| {
            *usage == Usage::Unused(Unused::Attendance(Field::Start)) && meaning.number < 2
        })
    }

    /// Whether the name of a column leaves it open that its times are those of a record.
    fn may_be_times(&self, place: usize) -> bool {
        let class = self.header.names.get(place).map_or(Class::Plain, |name| Class::of(name));
        let told =
            [Class::Parts, Class::History, Class::Bookkeeping, Class::Calendar, Class::Aside];
        !told.contains(&class)
    }

    /// The columns that name a person beside the one of the agent.
    fn persons(&self) -> Vec<AsideColumn> {
        let Some(agent) = self.assignment.column(Field::Agent) else { return Vec::new() };
        if self.role.lists_absences() {
            return Vec::new(); // Without an agent it is unreadable.
        }
        let of_field = |place: usize| {
            let meaning = self.assignment.meanings.get(place)?;
            let beside = match self.assignment.usages.get(place)? {
                Usage::Field(field) => *field == Field::Name,
                Usage::Unused(Unused::Other(Field::Agent | Field::Name, _)) => true,
                Usage::Unused(_) => false,
            };
            let vague = meaning.person == Some(PersonRank::PlainName) || meaning.is_bare_email();
            let named = beside && (!vague || self.is_of_one_agent(agent, place));
            meaning.field.ok().filter(|_| named)
        };
        let places = 0..self.header.names.len();
        let fields: Vec<Option<Field>> = places.clone().map(of_field).collect();
        let half = |half: Field| fields.iter().position(|field| *field == Some(half));
        let family = half(Field::FamilyName);
        let person = |place: usize| {
            let second = match fields.get(place).copied().flatten()? {
                Field::Agent | Field::Name => None,
                Field::GivenName => family,
                Field::FamilyName if half(Field::GivenName).is_none() => None,
                _ => return None,
            };
            Some(AsideColumn { second, ..self.column(Claim::Person, Field::Agent, place) })
        };
        places.filter_map(person).collect()
    }

    /// The columns of breaks, where shifts have a length and no end: it may be that of the time
    /// that is paid.
    fn breaks(&self) -> Vec<AsideColumn> {
        let has = |field: Field| self.assignment.column(field).is_some();
        let ends = [Field::End, Field::EndDate, Field::Times].into_iter().any(has);
        if self.role.lists_absences() || ends || !has(Field::Length) {
            return Vec::new();
        }
        let is_break = |place: &usize| {
            matches!(self.assignment.usages.get(*place), Some(Usage::Unused(_)))
                && self.header.names.get(*place).is_some_and(|name| names_break(name))
        };
        let column = |place: usize| {
            let unit = self.assignment.meanings.get(place).and_then(|meaning| meaning.unit);
            AsideColumn { unit, ..self.column(Claim::Break, Field::Length, place) }
        };
        (0..self.header.names.len()).filter(is_break).map(column).collect()
    }

    /// The columns whose cells may be those of the agent, in a row whose cells have moved: all
    /// but those of other people and of bookkeeping.
    fn displaced(&self, persons: &[AsideColumn], wanted: &[Option<Aside>]) -> Vec<AsideColumn> {
        if self.assignment.column(Field::Agent).is_none() || self.role.lists_absences() {
            return Vec::new();
        }
        const OTHERS: [NoField; 3] =
            [NoField::Bookkeeping, NoField::OtherPerson, NoField::Customer];
        const OWN: [Field; 4] = [Field::Agent, Field::Name, Field::GivenName, Field::FamilyName];
        let names_person = |place: usize| {
            let is_of = |one: &AsideColumn| one.place == place || one.second == Some(place);
            persons.iter().any(is_of)
        };
        // It names somebody in any row, and not only where cells have moved.
        let is_cover = |place: usize| wanted.get(place) == Some(&Some(Aside::Cover));
        let field = |place: usize| match self.assignment.usages.get(place)? {
            Usage::Field(field) if OWN.contains(field) => None,
            Usage::Field(field) => Some(*field),
            Usage::Unused(Unused::NoField(why)) if OTHERS.contains(why) => None,
            Usage::Unused(_) if names_person(place) || is_cover(place) => None,
            Usage::Unused(_) => Some(Field::Agent),
        };
        let column = |place: usize| Some((place, field(place)?));
        (0..self.header.names.len())
            .filter_map(column)
            .map(|(place, field)| self.column(Claim::Displaced, field, place))
            .collect()
    }

    /// The columns that contain agents of other rows, by the words that the agent is read
    /// from or by their names: `Backup`, `Doctor` beside `Nurse`.
    fn of_agents(&self, wanted: &[Option<Aside>]) -> Vec<AsideColumn> {
        if self.role.lists_absences() {
            return Vec::new();
        }
        let covers = |place: &usize| wanted.get(*place) == Some(&Some(Aside::Cover));
        let may_name: Vec<usize> =
            (0..self.header.names.len()).filter(|place| self.may_name_agent(*place)).collect();
        let [agents, names] = self.identities();
        let others: Vec<usize> = may_name.iter().copied().filter(|place| !covers(place)).collect();
        let mut columns = Vec::new();
        for place in self.naming(&agents, &others) {
            columns.push(self.column(Claim::Cover, Field::Agent, place));
        }
        for place in self.naming(&names, &may_name) {
            let column = self.column(Claim::CoverByName, Field::Agent, place);
            columns.push(AsideColumn { own: names.clone(), ..column });
        }
        columns
    }

    /// Whether an agent in a column that is not the one of the agent may have the shift:
    /// nothing says that it is somebody else.
    fn may_name_agent(&self, place: usize) -> bool {
        match self.assignment.usages.get(place) {
            Some(Usage::Field(field)) => *field == Field::Name,
            Some(Usage::Unused(why)) => {
                let meaning = self.assignment.meanings.get(place);
                let covers = meaning.is_some_and(|meaning| meaning.aside == Some(Aside::Cover));
                let person = matches!(why, Unused::Other(Field::Agent | Field::Name, _));
                covers || person || *why == Unused::NoField(NoField::Unknown)
            }
            None => false,
        }
    }

    /// The columns that the agent is read from, and those of the agent's name if that is
    /// something else.
    fn identities(&self) -> [Vec<usize>; 2] {
        let of = |field: Field| self.assignment.column(field);
        let half = |field: Field| {
            let is_half = |meaning: &Meaning| meaning.is(field) && meaning.number < 2;
            self.assignment.meanings.iter().position(is_half)
        };
        let halves = || -> Vec<usize> {
            [half(Field::GivenName), half(Field::FamilyName)].into_iter().flatten().collect()
        };
        // `Early` is a name, too, of a shift.
        let is_person = |agent: usize, name: usize| {
            let meaning = self.assignment.meanings.get(name);
            let plain = meaning.is_none_or(|found| found.person == Some(PersonRank::PlainName));
            !plain || self.is_of_one_agent(agent, name)
        };
        match (of(Field::Agent), of(Field::Name)) {
            (Some(agent), Some(name)) if is_person(agent, name) => [vec![agent], vec![name]],
            (Some(agent), _) if halves().len() == 2 => [vec![agent], halves()],
            (Some(agent), _) => [vec![agent], Vec::new()],
            (None, _) => [halves(), Vec::new()],
        }
    }

    /// Which of some columns hold words that are another record's in the columns of an
    /// identity.
    fn naming(&self, identity: &[usize], places: &[usize]) -> Vec<usize> {
        let places: Vec<usize> =
            places.iter().copied().filter(|place| !identity.contains(place)).collect();
        if identity.is_empty() || places.is_empty() {
            return Vec::new();
        }
        let (mut agents, mut others) = (HashSet::new(), HashSet::new());
        each_record(self.first, self.header.delimiter, |_, cells| {
            let cells: Vec<&[u8]> = cells.map(<[u8]>::trim_ascii).collect();
            let cell = |place: &usize| cells.get(*place).copied().unwrap_or_default();
            let own = identity.iter().map(cell).collect::<Vec<_>>().join(&b' ');
            let others_of_row = places.iter().map(|place| (*place, cell(place)));
            let differing = others_of_row.filter(|(_, word)| may_be_agent(word) && *word != own);
            others.extend(differing.map(|(place, word)| (place, word.to_vec())));
            agents.insert(own);
            true
        });
        let names_agent =
            |place: &usize| others.iter().any(|(of, word)| of == place && agents.contains(word));
        places.into_iter().filter(names_agent).collect()
    }

    /// Whether each word of a column occurs beside one agent only: names of persons do,
    /// those of shifts and of places do not.
    fn is_of_one_agent(&self, agent: usize, other: usize) -> bool {
        let mut known: HashMap<Vec<u8>, Vec<u8>> = HashMap::new();
        let mut of_one = true;
        each_record(self.first, self.header.delimiter, |_, cells| {
            let cells: Vec<&[u8]> = cells.map(<[u8]>::trim_ascii).collect();
            if let (Some(agent), Some(word)) = (cells.get(agent), cells.get(other))
                && !is_nobody(agent)
                && !word.is_empty()
            {
                of_one = known.entry(word.to_vec()).or_insert_with(|| agent.to_vec()) == agent;
            }
            of_one
        });
        of_one
    }
}

/// What two columns of times side by side claim, unless they were paired by their names.
const fn claim_of_neighbours(pair: (Aside, Aside)) -> Option<Claim> {
    use Aside::{Anything, End, In, Out, Something, Start};
    match pair {
        (Anything, Anything) => Some(Claim::UnnamedSpan),
        (Start, End) | (In, Out) => None,
        (Anything | Something | Start | In, Anything | Something | End | Out) => {
            Some(Claim::SpanApart)
        }
        _ => None,
    }
}

/// The day of a word that is a date, with a time or without.
fn day(word: &[u8], order: DateOrder) -> Option<i64> {
    timestamp::read(word, Some(order)).ok()?.day()
}

/// Whether a word is more of a name than a small number is, which can be a floor or a
/// length as well as an agent.
pub(super) fn may_be_agent(word: &[u8]) -> bool {
    word.len() > 4 || word.iter().any(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii())
}
