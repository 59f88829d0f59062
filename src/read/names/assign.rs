//! Assigns all columns of a file to fields at once.
//!
//! A name can mean several things, and several columns can be one field, so that no column is
//! assigned by itself. What the user says comes first, then who works, then when, then all other
//! fields. Of several columns for a field, the one counts whose values fit and whose name has
//! the fewest other words.

mod people;
mod times;

use super::amounts::{may_name_amounts, may_name_units};
use super::confirm::{Fit, fit};
use super::exclusive;
use super::marks;
use super::series;
use super::workers::is_vague;
use super::{Basis, Hints, Meaning, NoField, PersonRank, Sense, Senses, Shape, meaning, missing};
use crate::model::row::{Field, fold_name};
use crate::model::source::Role;

/// What the columns of a file are read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// What each name means by itself.
    pub meanings: Vec<Meaning>,
    /// What each column is read as, or why it is not.
    pub usages: Vec<Usage>,
    /// Columns that could as well be a field that another one is. Only their values show
    /// whether that makes a difference.
    pub contenders: Vec<Contender>,
    /// Numbered columns for further records of a row: `start2`, `end2`.
    pub groups: Vec<ColumnGroup>,
    /// How well the agent's column names a person; `None` if the user named it.
    pub agent_rank: Option<PersonRank>,
    /// Whether a column that says one thing throughout, or nothing, would be a field, if
    /// another one did not divide the records or hold values. More values can decide
    /// otherwise.
    pub passed_constant: bool,
    /// Whether attendance is read as the plan, since the file has no other.
    pub attendance: bool,
    /// Whether some column says a time of day.
    pub has_hours: bool,
    /// Columns that are not read and hold times, except those of bookkeeping.
    pub unread_times: Vec<usize>,
    /// The field that the role cannot do without and that no column is.
    pub missing: Option<Field>,
}

/// What became of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// It is read as this field.
    Field(Field),
    /// It is not read.
    Unused(Unused),
}

/// Why a column is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unused {
    /// Its name is not a field.
    NoField(NoField),
    /// Its name is this field, and its values are something else.
    Unconfirmed(Field),
    /// Another column is this field.
    Other(Field, usize),
    /// It says what happened, and the file has a plan.
    Attendance(Field),
    /// It belongs to a further record of the row.
    Numbered(Field, u8),
    /// Its name can be this field, but it takes its values or other columns to be.
    Unneeded(Field),
}

/// A column that could be a field as well as the one that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contender {
    /// The field.
    pub field: Field,
    /// The column that is read.
    pub chosen: usize,
    /// The column that is not.
    pub other: usize,
    /// Whether the other one is the agent by its name, and the one that is read by its values.
    pub by_name: bool,
}

/// The columns of a further record in each row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnGroup {
    /// The number in their names.
    pub number: u8,
    /// Each column with its field.
    pub columns: Vec<(usize, Field)>,
}

impl Assignment {
    /// The column that is read as a field.
    #[must_use]
    pub fn column(&self, field: Field) -> Option<usize> {
        self.usages.iter().position(|usage| *usage == Usage::Field(field))
    }

    /// The meaning of the column that is read as a field.
    #[must_use]
    pub fn meaning_of(&self, field: Field) -> Option<&Meaning> {
        self.meanings.get(self.column(field)?)
    }

    /// What the names of the columns that are read as some fields say of all their
    /// values.
    #[must_use]
    pub fn hints(&self, fields: &[Field]) -> Hints {
        let of = |field: Field| self.meaning_of(field).filter(|_| fields.contains(&field));
        let zone = |fields: [Field; 3]| {
            fields.into_iter().find_map(&of).and_then(|meaning| meaning.zone.clone())
        };
        Hints {
            length_unit: of(Field::Length).and_then(|meaning| meaning.unit),
            start: zone([Field::Start, Field::Times, Field::StartDate]),
            end: zone([Field::End, Field::Times, Field::EndDate]),
            exclusive_ends: false,
        }
    }

    /// Whether ends that are dates are the day after the last one, by the names of all columns.
    #[must_use]
    pub fn has_exclusive_ends(&self, names: &[String]) -> bool {
        let name = |fields: [Field; 2]| {
            names.get(fields.into_iter().find_map(|field| self.column(field))?)
        };
        let ends = name([Field::Start, Field::StartDate]).zip(name([Field::End, Field::EndDate]));
        ends.is_some_and(|(start, end)| exclusive::are_of_calendar(start, end))
    }

    /// The field of each column.
    #[must_use]
    pub fn fields(&self) -> Vec<Option<Field>> {
        let field = |usage: &Usage| match usage {
            Usage::Field(field) => Some(*field),
            Usage::Unused(_) => None,
        };
        self.usages.iter().map(field).collect()
    }
}

/// Decides what each column is read as. `shapes` are those of their values, in the
/// same order; where there are none, names decide. Of the columns that `mapped`
/// names for one field the first that is there counts.
#[must_use]
pub fn assign(
    names: &[String],
    shapes: &[Shape],
    mapped: &[(Field, String)],
    role: Role,
) -> Assignment {
    let mut table = ColumnSet::new(names, shapes, role);
    table.map(names, mapped);
    match role {
        Role::Swaps => table.settle_swaps(),
        Role::Agents => table.settle_roster(),
        _ => {
            table.settle_agent();
            table.settle_times();
            table.settle_others();
        }
    }
    table.finish()
}

/// The columns of a file, on their way to their fields.
struct ColumnSet<'s> {
    shapes: &'s [Shape],
    role: Role,
    meanings: Vec<Meaning>,
    /// Whether the name of a column leaves it open that it is of somebody else.
    vague: Vec<bool>,
    /// Whether the name of a column can be that of numbers of a unit, and that of their units.
    amounts: Vec<[bool; 2]>,
    usages: Vec<Option<Usage>>,
    /// Fields that the user named a column for.
    mapped: Vec<Field>,
    contenders: Vec<Contender>,
    groups: Vec<ColumnGroup>,
    agent_rank: Option<PersonRank>,
    passed_constant: bool,
    attendance: bool,
}

impl ColumnSet<'_> {
    fn new<'s>(names: &[String], shapes: &'s [Shape], role: Role) -> ColumnSet<'s> {
        let meaning_in = |(place, name): (usize, &String)| {
            let shape = shapes.get(place).copied().unwrap_or_default();
            match marks::confirmed(name, &shape, role) {
                Some(mark) => Meaning { field: Ok(mark), ..Meaning::none(NoField::Unknown) },
                None => meaning(name, role),
            }
        };
        let mut meanings: Vec<Meaning> = names.iter().enumerate().map(meaning_in).collect();
        series::number_off(names, &mut meanings, role);
        series::number_tables(names, &mut meanings);
        ColumnSet {
            shapes,
            role,
            meanings,
            vague: names.iter().map(|name| is_vague(name)).collect(),
            amounts: names
                .iter()
                .map(|name| [may_name_amounts(name), may_name_units(name)])
                .collect(),
            usages: vec![None; names.len()],
            mapped: Vec::new(),
            contenders: Vec::new(),
            groups: Vec::new(),
            agent_rank: None,
            passed_constant: false,
            attendance: false,
        }
    }

    /// Gives columns the fields that the user named them for.
    fn map(&mut self, names: &[String], mapped: &[(Field, String)]) {
        for (field, wanted) in mapped {
            let (trimmed, folded) = (wanted.trim(), fold_name(wanted));
            let place = names
                .iter()
                .position(|name| name.trim() == trimmed)
                .or_else(|| names.iter().position(|name| fold_name(name) == folded));
            if let Some(place) = place
                && !self.mapped.contains(field)
            {
                self.mapped.push(*field);
                self.read(place, *field);
            }
        }
    }

    fn shape(&self, place: usize) -> Shape {
        self.shapes.get(place).copied().unwrap_or_default()
    }

    fn is_free(&self, place: usize) -> bool {
        self.usages.get(place).is_some_and(Option::is_none)
    }

    fn is_settled(&self, field: Field) -> bool {
        self.column(field).is_some()
    }

    fn column(&self, field: Field) -> Option<usize> {
        self.usages.iter().position(|usage| *usage == Some(Usage::Field(field)))
    }

    fn read(&mut self, place: usize, field: Field) {
        if let Some(usage) = self.usages.get_mut(place) {
            *usage = Some(Usage::Field(field));
        }
    }

    fn skip(&mut self, place: usize, why: Unused) {
        if let Some(usage @ None) = self.usages.get_mut(place) {
            *usage = Some(Usage::Unused(why));
        }
    }

    /// The columns that are free and of which something holds.
    fn free(&self, holds: impl Fn(&Meaning) -> bool) -> Vec<usize> {
        let places = self.meanings.iter().enumerate();
        let found = places.filter(|(place, meaning)| self.is_free(*place) && holds(meaning));
        found.map(|(place, _)| place).collect()
    }

    /// Whether the values of a column fit the field that its name says.
    fn fit_as(&self, place: usize, field: Field) -> Fit {
        let doubtful = self.meanings.get(place).is_some_and(|meaning| meaning.doubtful);
        fit(field, &self.shape(place), doubtful)
    }

    /// How much a name says beside its field. An explicit plan counts before a plain
    /// name, that before one on the clock of UTC, and that before a local one.
    fn cost(&self, place: usize) -> u32 {
        let Some(meaning) = self.meanings.get(place) else { return u32::MAX };
        let said = meaning.qualifiers;
        let planned = Senses::of(&[Sense::Planned]);
        let local = u32::from(said.has(Sense::Local));
        let stages = Senses::of(&[Sense::Draft, Sense::Shared]);
        let stage = u32::from(meaning.is_of_other_stage(self.role));
        let base = 4 * said.without(planned.and(stages)).count() + 2 * local + 3 * stage + 1;
        base - u32::from(said.any(planned))
    }

    /// Whether a column has no values, and another one for the same field and record has.
    fn is_displaced(&self, place: usize, places: &[usize]) -> bool {
        let rivals = |other: &usize| {
            self.number(*other) == self.number(place) && self.shape(*other).filled() > 0
        };
        self.shape(place).is_vacant() && places.iter().any(rivals)
    }

    fn number(&self, place: usize) -> u8 {
        self.meanings.get(place).map_or(0, |meaning| meaning.number)
    }

    /// Of columns for a field the one that counts, and what becomes of the others.
    fn choose(&mut self, field: Field, mut places: Vec<usize>) -> Option<usize> {
        if let Some(chosen) = self.column(field) {
            for place in places {
                self.skip(place, Unused::Other(field, chosen));
            }
            return Some(chosen);
        }
        // Ids are one for each record.
        let says_nothing = |place| field == Field::Id && self.shape(place).is_constant();
        places.sort_by_key(|place| {
            let cost = self.cost(*place);
            let vacant = self.shape(*place).is_vacant();
            (self.fit_as(*place, field), vacant, says_nothing(*place), cost, *place)
        });
        let mut places = places.into_iter();
        let chosen = places.next()?;
        let doubtful = self.meanings.get(chosen).is_some_and(|meaning| meaning.doubtful);
        if doubtful && self.fit_as(chosen, field) == Fit::Differs {
            self.skip(chosen, Unused::Unconfirmed(field));
            for place in places {
                self.skip(place, Unused::Unconfirmed(field));
            }
            return None;
        }
        self.read(chosen, field);
        for other in places {
            let vacant = self.shape(other).is_vacant();
            self.passed_constant |= vacant && !self.shape(chosen).is_vacant();
            self.pass_over(field, chosen, other);
        }
        Some(chosen)
    }

    /// What becomes of a column whose field is another one.
    fn pass_over(&mut self, field: Field, chosen: usize, other: usize) {
        if self.fit_as(other, field) == Fit::Differs {
            self.skip(other, Unused::Unconfirmed(field));
            return;
        }
        self.skip(other, Unused::Other(field, chosen));
        self.contenders.push(Contender { field, chosen, other, by_name: false });
    }

    /// Adds a column to the further record of its number.
    fn number_off(&mut self, place: usize, field: Field) {
        let number = self.number(place);
        self.skip(place, Unused::Numbered(field, number));
        match self.groups.iter_mut().find(|group| group.number == number) {
            Some(group) => group.columns.push((place, field)),
            None => self.groups.push(ColumnGroup { number, columns: vec![(place, field)] }),
        }
    }

    /// Fields that hang on nothing but their own columns.
    fn settle_others(&mut self) {
        const OTHERS: [Field; 16] = [
            Field::Id,
            Field::Schedule,
            Field::Version,
            Field::Zone,
            Field::AllDay,
            Field::Kind,
            Field::Status,
            Field::Team,
            Field::Activities,
            Field::Request,
            Field::SyncVersion,
            Field::Deleted,
            Field::Cancelled,
            Field::Draft,
            Field::Available,
            Field::Approved,
        ];
        for field in OTHERS {
            let places = self.free(|meaning| meaning.is(field) && meaning.number == 0);
            self.choose(field, places);
        }
    }

    /// A file of swaps: each field has columns of its own.
    fn settle_swaps(&mut self) {
        for field in Field::all() {
            let mut places = self.free(|meaning| meaning.is(field));
            let rank = |place: &usize| self.meanings.get(*place).and_then(|found| found.person);
            let displaced = |place: &&usize| self.is_displaced(**place, &places);
            let best = places.iter().filter(|place| !displaced(place)).filter_map(rank).min();
            let (best, worse) = places.drain(..).partition(|place| rank(place) == best);
            if let Some(chosen) = self.choose(field, best) {
                let worse: Vec<usize> = worse;
                for place in worse {
                    self.skip(place, Unused::Other(field, chosen));
                }
            }
        }
    }

    fn finish(mut self) -> Assignment {
        for place in 0..self.usages.len() {
            let found = self.meanings.get(place).map(|meaning| meaning.field);
            let why = match found {
                Some(Ok(field)) => match self.column(field) {
                    Some(chosen) => Unused::Other(field, chosen),
                    None if self.fit_as(place, field) == Fit::Differs => Unused::Unconfirmed(field),
                    None => Unused::Unneeded(field),
                },
                Some(Err(why)) => Unused::NoField(why),
                None => Unused::NoField(NoField::Unknown),
            };
            self.skip(place, why);
        }
        self.groups.sort_by_key(|group| group.number);
        let has = |field| self.column(field).is_some();
        let missing = missing(self.role, has);
        Assignment {
            missing,
            has_hours: self.has_hours(),
            unread_times: self.unread_times(),
            usages: self.usages.into_iter().flatten().collect(),
            meanings: self.meanings,
            contenders: self.contenders,
            groups: self.groups,
            agent_rank: self.agent_rank,
            passed_constant: self.passed_constant,
            attendance: self.attendance,
        }
    }

    /// Columns that hold times, are not read, and are not bookkeeping.
    fn unread_times(&self) -> Vec<usize> {
        let unread = |place: &usize| {
            let kept = Some(Usage::Unused(Unused::NoField(NoField::Bookkeeping)));
            let usage = self.usages.get(*place).copied().flatten();
            matches!(usage, Some(Usage::Unused(_))) && usage != kept
        };
        let holds = |place: &usize| self.shape(*place).holds_times();
        (0..self.usages.len()).filter(unread).filter(holds).collect()
    }
}

#[cfg(test)]
mod tests;
