//! Completes rows of tables in which several columns belong to one field.
//!
//! First and last names become one agent, columns that could as well be a field become
//! alternates, numbered columns become further rows of their record, and columns that are not
//! read are watched for words that would change the record. Only tables with such columns come
//! here: the cells of a row are cut a second time, which keeps all of this out of the way of
//! plain tables.

use super::asides::{AsideColumn, asides, may_be_agent};
use super::excerpt::cell_ranges;
use super::quoted::observe;
use super::unread::UnreadColumns;
use super::{Header, Table};
use crate::model::conventions::LengthUnit;
use crate::model::nobody::is_nobody;
use crate::model::observation::{Noticed, Observation};
use crate::model::row::{Alternate, Claim, Field, Row};
use crate::read::json::naming::is_minutes;
use crate::read::length_parts::{joined, length_of_break, unit_of, with_unit};
use crate::read::names::{Assignment, More, NoField, Shape, Unused, Usage, ZoneHint};
use crate::read::nothing::says_nothing;
use crate::read::rest_days::is_hourless;
use crate::read::weekdays::{
    counts_more_days, is_recurrence, is_yes, names_several_days, say_several, weekday_columns,
};
use crate::read::{Opening, Part};
use crate::timestamp::{self, Written};
use memchr::memchr3;
use std::borrow::Cow;
use std::ops::Range;

/// What the columns of a table are beside fields of their own.
#[derive(Debug, Clone, Default)]
pub(super) struct Extras {
    /// The field that the first and the last name make up together.
    whole_name: Option<Field>,
    rivals: Vec<RivalColumn>,
    groups: Vec<NumberedColumns>,
    /// The start of the first of several numbered columns.
    first: String,
    watched: Vec<WatchedColumn>,
    /// The columns of the days of a week, and what the first of them is called.
    weekdays: (Vec<usize>, String),
    asides: Vec<AsideColumn>,
    /// Whether only rows without an agent need their cells: other columns may name one.
    pub(super) of_agentless: bool,
    /// Whether only rows whose cell of the agent is empty do.
    pub(super) of_empty: bool,
    /// Fields whose empty cells have the word of the line above.
    pub(super) fill_down: Vec<Field>,
}

/// A column that could as well be a field that another one is.
#[derive(Debug, Clone)]
struct RivalColumn {
    field: Field,
    place: usize,
    column: String,
    chosen: String,
    /// Whether its name says that its times are those of UTC.
    is_utc: bool,
    /// Whether it is one only of records without hours.
    of_hourless: bool,
    claim: Option<Claim>,
    /// The unit of a length by its name, and by that of the column that is read.
    units: [Option<LengthUnit>; 2],
}

/// The columns of a further record in each row.
#[derive(Debug, Clone)]
struct NumberedColumns {
    /// The column of its start, or the first of them.
    column: String,
    columns: Vec<(usize, Field)>,
    /// Fields of the first record that are none of this one.
    without: Vec<Field>,
}

/// A column that makes a record more than it shows where it is filled.
#[derive(Debug, Clone)]
struct WatchedColumn {
    place: usize,
    column: String,
    more: More,
}

impl Extras {
    /// What the columns of a header are beside their fields; `None` for a plain one.
    pub(super) fn of(
        header: &Header,
        assignment: &Assignment,
        unread: &UnreadColumns,
        opening: &Opening<'_>,
    ) -> Option<Extras> {
        let names = &header.names;
        let name = |place: usize| names.get(place).cloned().unwrap_or_default();
        let has = |field| assignment.column(field).is_some();
        let halves = has(Field::GivenName) || has(Field::FamilyName);
        let whole = if has(Field::Agent) { Field::Name } else { Field::Agent };
        let filled = |field: &&Field| has(**field) || **field == whole && halves;
        let days = weekday_columns(names, assignment);
        let mut extras = Extras {
            whole_name: (halves && !has(whole)).then_some(whole),
            rivals: rivals(assignment, unread, &name),
            groups: groups(assignment, &name),
            first: first_start(assignment).map(name).unwrap_or_default(),
            watched: watched(assignment, &name),
            weekdays: (days.clone(), days.first().copied().map(name).unwrap_or_default()),
            asides: asides(header, assignment, unread.first(), opening.role),
            of_agentless: false,
            of_empty: false,
            fill_down: opening.fill_down.iter().filter(filled).copied().collect(),
        };
        let of_claims =
            |claims: &[Claim]| extras.asides.iter().all(|aside| claims.contains(&aside.claim));
        let persons = of_claims(&[Claim::Person, Claim::Displaced]);
        let displaced = of_claims(&[Claim::Displaced]);
        let alone = extras.rivals.is_empty() && extras.groups.is_empty();
        extras.of_agentless = persons
            && alone
            && extras.watched.is_empty()
            && days.is_empty()
            && extras.whole_name.is_none()
            && extras.fill_down.is_empty();
        extras.of_empty = extras.of_agentless && displaced;
        let plain =
            extras.whole_name.is_none() && !extras.needs_cells() && extras.fill_down.is_empty();
        (!plain).then_some(extras)
    }

    /// Whether the words of the fields alone do not say it all.
    fn needs_cells(&self) -> bool {
        !(self.rivals.is_empty()
            && self.groups.is_empty()
            && self.watched.is_empty()
            && self.asides.is_empty()
            && self.weekdays.0.is_empty())
    }

    /// Whether a record read alone would give another row, or more rows than one.
    pub(super) fn hangs_together(&self) -> bool {
        !self.fill_down.is_empty() || !self.groups.is_empty()
    }

    /// The field that first and last name make up.
    pub(super) fn whole_name(&self) -> Option<Field> {
        self.whole_name
    }
}

fn first_start(assignment: &Assignment) -> Option<usize> {
    let fields = [Field::Start, Field::Times, Field::StartDate, Field::Date];
    fields.into_iter().find_map(|field| assignment.column(field))
}

fn rivals(
    assignment: &Assignment,
    unread: &UnreadColumns,
    name: &impl Fn(usize) -> String,
) -> Vec<RivalColumn> {
    let hint = |place: usize| assignment.meanings.get(place).and_then(|found| found.zone.as_ref());
    let unit = |place: usize| assignment.meanings.get(place).and_then(unit_of);
    let contenders = assignment.contenders.iter().filter(|one| one.field.moves_records());
    let mut rivals: Vec<RivalColumn> = contenders
        .map(|contender| RivalColumn {
            field: contender.field,
            place: contender.other,
            column: name(contender.other),
            chosen: name(contender.chosen),
            is_utc: hint(contender.other) == Some(&ZoneHint::Utc),
            of_hourless: false,
            claim: contender.by_name.then_some(Claim::NamedAgent),
            units: [contender.other, contender.chosen].map(unit),
        })
        .collect();
    let hours = [Field::Start, Field::Times];
    let chosen = hours.into_iter().find_map(|field| assignment.column(field)).map(name);
    let ranges = unread.ranges().iter().map(|place| (place, false));
    let ranges = ranges.chain(unread.notes().iter().map(|place| (place, true)));
    rivals.extend(ranges.zip(chosen.iter().cycle()).map(|((place, of_hourless), chosen)| {
        RivalColumn {
            field: Field::Times,
            place: *place,
            column: name(*place),
            chosen: chosen.clone(),
            is_utc: false,
            of_hourless,
            claim: None,
            units: [None; 2],
        }
    }));
    // An end that no column is: its rival has no name.
    rivals.extend(unread.ends().iter().map(|place| RivalColumn {
        field: Field::End,
        place: *place,
        column: name(*place),
        chosen: String::new(),
        is_utc: false,
        of_hourless: false,
        claim: None,
        units: [None; 2],
    }));
    rivals
}

fn groups(assignment: &Assignment, name: &impl Fn(usize) -> String) -> Vec<NumberedColumns> {
    let begins = [Field::Start, Field::StartDate, Field::Times];
    let mut groups: Vec<NumberedColumns> = Vec::new();
    for group in &assignment.groups {
        let mut columns = group.columns.clone();
        columns.sort_unstable();
        let has = |fields: &[Field]| columns.iter().any(|(_, field)| fields.contains(field));
        let mut without = Vec::new();
        if has(&begins) {
            // A start of its own has an end of its own, or none.
            without.extend([Field::Start, Field::Times, Field::Length]);
            let ends = [Field::End, Field::EndDate].into_iter().filter(|_| !has(&[Field::End]));
            without.extend(ends);
        }
        let start = columns.iter().find(|(_, field)| begins.contains(field)).or(columns.first());
        if let Some((place, _)) = start {
            groups.push(NumberedColumns { column: name(*place), columns, without });
        }
    }
    groups.sort_by_key(|group| group.columns.first().map(|(place, _)| *place));
    groups
}

fn watched(assignment: &Assignment, name: &impl Fn(usize) -> String) -> Vec<WatchedColumn> {
    let in_days = |place: usize| {
        let unit = assignment.meanings.get(place).and_then(|meaning| meaning.unit);
        matches!(unit, Some(LengthUnit::Days | LengthUnit::Weeks))
    };
    let watch = |(place, usage): (usize, &Usage)| {
        let more = match usage {
            Usage::Unused(Unused::NoField(NoField::More(more))) => *more,
            Usage::Unused(_) if in_days(place) => More::Days,
            // A word that is not a number of days can be some days of the week.
            Usage::Field(Field::Length) if in_days(place) => More::Pattern,
            _ => return None,
        };
        Some(WatchedColumn { place, column: name(place), more })
    };
    assignment.usages.iter().enumerate().filter_map(watch).collect()
}

/// Completes the rows of a piece.
pub(super) struct Completer<'t> {
    table: &'t Table,
    extras: &'t Extras,
    bytes: &'t [u8],
    /// The last words of the fields that are filled down.
    pub(super) carried: Vec<(Field, Vec<u8>)>,
    pub(super) observations: Vec<Observation>,
}

impl<'t> Completer<'t> {
    /// For a piece of a part, which says what was last filled before.
    pub(super) fn new(
        table: &'t Table,
        extras: &'t Extras,
        bytes: &'t [u8],
        part: &Part,
    ) -> Completer<'t> {
        let carried = part.scope.words().map(|(field, word)| (field, word.to_vec())).collect();
        Completer { table, extras, bytes, carried, observations: Vec::new() }
    }

    /// Hands on a row with all that belongs to it.
    pub(super) fn complete(&mut self, row: &Row<'_>, sink: &mut dyn FnMut(&Row<'_>)) {
        if row.fault.is_some() {
            return sink(row);
        }
        let Completer { table, extras, bytes, carried, observations } = self;
        let name = extras.whole_name.map(|field| (field, whole_name(row)));
        let mut row = row.clone();
        if let Some((field, name)) = &name {
            row.set(*field, name);
        }
        extras.fill_down.iter().for_each(|field| carry(carried, *field, &row));
        for (field, word) in carried.iter() {
            if row.word(*field).is_empty() {
                row.set(*field, word);
                // It depends on a line before it, so that no reading can begin here.
                row.restart = 0;
            }
        }
        if !extras.needs_cells() {
            return sink(&row);
        }
        let record = CellRecord::at(table, bytes, row.offset);
        for column in &extras.watched {
            let noticed = column.notice(&record.cell(column.place), &row);
            observe(observations, noticed, row.offset);
        }
        observe(observations, extras.note_week(&record), row.offset);
        let mut words: Vec<Cow<'_, [u8]>> =
            extras.rivals.iter().map(|rival| rival.word(&record)).collect();
        let length = join_length(&extras.rivals, &mut words, row.word(Field::Length));
        length.iter().for_each(|length| row.set(Field::Length, length));
        let claims: Vec<[Cow<'_, [u8]>; 2]> =
            extras.asides.iter().map(|aside| aside.words(&record)).collect();
        let mut alternates = alternates(&extras.rivals, &words, is_hourless(&row));
        for (aside, words) in extras.asides.iter().zip(&claims) {
            aside.claim(words, &row, &mut alternates);
        }
        row.alternates = &alternates;
        extras.hand_on(&record, row, sink);
    }
}

impl WatchedColumn {
    /// What it makes of a record, if anything.
    fn notice(&self, cell: &[u8], row: &Row<'_>) -> Option<Observation> {
        is_more(self.more, cell.trim_ascii(), row).then(|| more_observed(&self.column, self.more))
    }
}

fn more_observed(column: &str, more: More) -> Observation {
    let (place, detail) = (column.to_owned(), more.why().to_owned());
    Observation { noticed: Noticed::More, place, detail, count: 1, at: 0 }
}

impl AsideColumn {
    /// Its words in a record: that of its column, and that of the end of a span or of the
    /// agent's own name. A first and a last name are one.
    fn words<'b>(&self, record: &CellRecord<'b>) -> [Cow<'b, [u8]>; 2] {
        let word = record.cell(self.place);
        if !self.own.is_empty() {
            let names: Vec<Cow<'b, [u8]>> =
                self.own.iter().map(|place| record.cell(*place)).collect();
            let names: Vec<&[u8]> = names.iter().map(|name| name.trim_ascii()).collect();
            return [word, names.join(&b' ').into()];
        }
        if self.claim == Claim::Break {
            let length = length_of_break(&word, self.unit).unwrap_or_default();
            return [length.into(), Cow::Borrowed(b"")];
        }
        let Some(second) = self.second.map(|place| record.cell(place)) else {
            return [word, Cow::Borrowed(b"")];
        };
        match self.claim {
            Claim::Person => {
                let name = [word.trim_ascii(), b" ", second.trim_ascii()].concat();
                [name.into(), Cow::Borrowed(b"")]
            }
            _ => [word, second],
        }
    }

    /// Adds what it claims, if its cells are filled and the record leaves it open.
    fn claim<'r>(
        &'r self,
        [word, second]: &'r [Cow<'_, [u8]>; 2],
        row: &Row<'_>,
        alternates: &mut Vec<Alternate<'r>>,
    ) {
        let is_filled = |word: &[u8]| !word.trim_ascii().is_empty();
        if matches!(self.claim, Claim::Absence | Claim::AbsenceSpan) && is_filled(word) {
            return self.claim_absence(word, second, alternates);
        }
        let is_span = self.claim.is_span();
        let is_open = match self.claim {
            Claim::Person => is_nobody(row.word(Field::Agent)),
            Claim::Displaced => {
                row.word(Field::Agent).is_empty() && may_be_displaced(word.trim_ascii(), self.field)
            }
            Claim::CoverByName => !word.trim_ascii().eq_ignore_ascii_case(second),
            _ => true,
        };
        if !is_filled(word) || is_span && !is_filled(second) || !is_open {
            return;
        }
        let field = if self.claim == Claim::Displaced { Field::Agent } else { self.field };
        alternates.push(Alternate::claim(self.claim, field, word, &self.column));
        if is_span {
            alternates.push(Alternate::claim(self.claim, Field::End, second, &self.column));
        }
    }
}

/// Whether the cell of a field may be that of an agent. A number may be one only where the
/// field takes no numbers of its own.
fn may_be_displaced(word: &[u8], field: Field) -> bool {
    const DATES: [Field; 5] =
        [Field::Date, Field::StartDate, Field::EndDate, Field::Start, Field::End];
    let is_number = || word.iter().all(u8::is_ascii_digit);
    may_be_agent(word) && (!is_number() || DATES.contains(&field))
}

impl RivalColumn {
    /// Its word in a record, on the clock that its name gives.
    fn word<'b>(&self, record: &CellRecord<'b>) -> Cow<'b, [u8]> {
        let word = record.cell(self.place);
        let local = self.is_utc && matches!(timestamp::read(&word, None), Ok(Written::Local(_)));
        if local { [word.trim_ascii(), b"Z"].concat().into() } else { word }
    }
}

/// The length of a row whose hours and minutes are in two columns, if they are. A length in
/// another column gets the unit that its name gives.
fn join_length(rivals: &[RivalColumn], words: &mut [Cow<'_, [u8]>], own: &[u8]) -> Option<Vec<u8>> {
    let mut both = None;
    for (rival, word) in rivals.iter().zip(words) {
        let [other, chosen] = rival.units;
        if rival.field != Field::Length || word.trim_ascii().is_empty() {
            continue;
        }
        match joined([(own, chosen), (word, other)]).filter(|_| both.is_none()) {
            Some(length) => {
                both = Some(length);
                *word = Cow::Borrowed(b"");
            }
            None => *word = with_unit(word, other).into_owned().into(),
        }
    }
    both
}

/// The alternates of a row. A cell with nothing in it says nothing else.
fn alternates<'r>(
    rivals: &'r [RivalColumn],
    words: &'r [Cow<'_, [u8]>],
    hourless: bool,
) -> Vec<Alternate<'r>> {
    let filled = rivals
        .iter()
        .zip(words)
        .filter(|(rival, word)| !word.trim_ascii().is_empty() && (hourless || !rival.of_hourless));
    let alternate = |(rival, word): (&'r RivalColumn, &'r Cow<'_, [u8]>)| Alternate {
        field: rival.field,
        word,
        column: &rival.column,
        chosen: &rival.chosen,
        claim: rival.claim,
    };
    filled.map(alternate).collect()
}

impl Extras {
    /// What the columns of the days of a week make of a record, if anything.
    fn note_week(&self, record: &CellRecord<'_>) -> Option<Observation> {
        let (places, column) = &self.weekdays;
        if places.is_empty() {
            return None;
        }
        let cells: Vec<Cow<'_, [u8]>> = places.iter().map(|place| record.cell(*place)).collect();
        let several = say_several(&cells.iter().map(|cell| &**cell).collect::<Vec<_>>());
        several.then(|| more_observed(column, More::Weekdays))
    }

    /// Hands on a row, and the further ones of its record. One that is empty in the
    /// columns that have numbers is none.
    fn hand_on(&self, record: &CellRecord<'_>, row: Row<'_>, sink: &mut dyn FnMut(&Row<'_>)) {
        let Extras { groups, first, .. } = self;
        let cells: Vec<Vec<Cow<'_, [u8]>>> = groups
            .iter()
            .map(|group| group.columns.iter().map(|(place, _)| record.cell(*place)).collect())
            .collect();
        let is_filled =
            |cells: &[Cow<'_, [u8]>]| cells.iter().any(|cell| !cell.trim_ascii().is_empty());
        let further = || groups.iter().zip(&cells).filter(|(_, cells)| is_filled(cells));
        let fields = || groups.iter().flat_map(|group| &group.columns).map(|(_, field)| *field);
        let own = fields().any(|field| !row.word(field).is_empty());
        let mut continues = own || further().next().is_none();
        if continues {
            let mut row = row.clone();
            row.numbered = if groups.is_empty() { "" } else { first };
            sink(&row);
        }
        for (group, cells) in further() {
            let mut more = row.clone();
            (more.continues, more.numbered, more.alternates) = (continues, &group.column, &[]);
            group.without.iter().for_each(|field| more.set(*field, b""));
            for ((_, field), cell) in group.columns.iter().zip(cells) {
                if !cell.trim_ascii().is_empty() || !matches!(field, Field::Agent | Field::Date) {
                    more.set(*field, cell);
                }
            }
            more.offset += group.columns.first().map_or(0, |(place, _)| record.mark(*place));
            sink(&more);
            continues = true;
        }
    }
}

/// A record of a table, cut into its cells.
struct CellRecord<'b> {
    bytes: &'b [u8],
    cells: Vec<Range<usize>>,
}

impl<'b> CellRecord<'b> {
    fn at(table: &Table, bytes: &'b [u8], offset: usize) -> CellRecord<'b> {
        let bytes = bytes.get(offset..).unwrap_or_default();
        let end = memchr3(b'\n', b'\r', b'"', bytes).unwrap_or(bytes.len());
        let bytes = if bytes.get(end) == Some(&b'"') { bytes } else { &bytes[..end] };
        CellRecord { bytes, cells: cell_ranges(table, bytes).0 }
    }

    /// The text of a cell; empty if there is none.
    fn cell(&self, place: usize) -> Cow<'b, [u8]> {
        let cell = self.cells.get(place).and_then(|cell| self.bytes.get(cell.clone()));
        let cell = cell.unwrap_or_default();
        let Some(quoted) = cell.strip_prefix(b"\"") else { return Cow::Borrowed(cell) };
        let quoted = quoted.strip_suffix(b"\"").unwrap_or(quoted);
        if !quoted.contains(&b'"') {
            return Cow::Borrowed(quoted);
        }
        String::from_utf8_lossy(quoted).replace("\"\"", "\"").into_bytes().into()
    }

    /// A place in the record that no other column has, nor its beginning.
    fn mark(&self, place: usize) -> usize {
        let cell = self.cells.get(place).cloned().unwrap_or_default();
        if cell.start == 0 { cell.end } else { cell.start }
    }
}

/// The first and the last name as one.
fn whole_name<'r>(row: &Row<'r>) -> Cow<'r, [u8]> {
    match [Field::GivenName, Field::FamilyName].map(|field| row.word(field)) {
        [given, b""] => given.into(),
        [b"", family] => family.into(),
        [given, family] => [given, b" ", family].concat().into(),
    }
}

/// Keeps the word of a field that is filled down, if the row has one.
fn carry(carried: &mut Vec<(Field, Vec<u8>)>, field: Field, row: &Row<'_>) {
    let word = row.word(field);
    match carried.iter_mut().find(|(of, _)| *of == field) {
        _ if word.is_empty() => {}
        Some((_, known)) if known.as_slice() == word => {}
        Some((_, known)) => *known = word.to_vec(),
        None => carried.push((field, word.to_vec())),
    }
}

/// Whether a cell makes a record more than it shows.
fn is_more(more: More, cell: &[u8], row: &Row<'_>) -> bool {
    !says_nothing(cell)
        && match more {
            More::Repeat => true,
            More::Occurrences => cell != b"1",
            // One day of the week is that of the date.
            More::Weekdays => {
                let shape = Shape::of(&[&String::from_utf8_lossy(cell)]);
                shape.weekdays == 0 && cell.len() > 2
            }
            More::DayOffset => !(matches!(cell, b"1" | b"+1") && ends_next_day(row)),
            More::Days => {
                let text = String::from_utf8_lossy(cell);
                names_several_days(&text) || counts_more_days(&text, row)
            }
            More::Pattern => is_recurrence(&String::from_utf8_lossy(cell)),
            More::Rhythm => is_yes(cell),
            More::Minutes => {
                let is_hour = |field| matches!(row.word(field).len(), 1 | 2);
                is_minutes(cell) && [Field::Start, Field::End].into_iter().any(is_hour)
            }
            More::NextDay => !ends_next_day(row) && !is_full(row.word(Field::End)),
        }
}

/// Whether a record ends on the next day by its clock times alone.
fn ends_next_day(row: &Row<'_>) -> bool {
    let clock = |field| match timestamp::read(row.word(field), None) {
        Ok(Written::Clock(clock, _)) => Some(clock),
        _ => None,
    };
    matches!((clock(Field::Start), clock(Field::End)), (Some(start), Some(end)) if end <= start)
}

/// Whether a word is a time with its date, or looks like one whose order of day and
/// month is open.
fn is_full(word: &[u8]) -> bool {
    matches!(
        timestamp::read(word, None),
        Ok(Written::Local(_) | Written::Instant { .. }) | Err(timestamp::NoTime::Order)
    )
}
