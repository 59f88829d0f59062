//! Decides whether columns that are not read could matter.
//!
//! Where the name of such a column does not decide it, its values in the first records do.

use super::absences::called_after_absences;
use super::{Header, each_record};
use crate::model::kinds::{is_absence, is_day_off, is_rest_day};
use crate::model::row::{Field, fold_name};
use crate::read::Opening;
use crate::read::columns::Columns;
use crate::read::json::absences::says_absence;
use crate::read::json::class::{Class, has_word};
use crate::read::names::{
    Aside, Assignment, Meaning, NoField, Shape, Unused, Usage, names_offsets, numeric_offsets,
};
use crate::read::rest_days::{flags_rest, is_rest_flag, names_shift_codes, names_shift_or_hours};
use crate::timestamp::{is_zone_like, list_entries};
use std::collections::HashMap;
use std::ops::RangeInclusive;

/// How many records are examined.
const FEW: usize = 64;

/// How many values of a column are shown.
const SAMPLES: usize = 2;

/// The columns that are not read, and the first records.
#[derive(Debug, Clone, Default)]
pub(super) struct UnreadColumns {
    delimiter: u8,
    first: Box<[u8]>,
    /// Whether each column is not read, and is not bookkeeping.
    unused: Vec<bool>,
    /// Whether a document in the cells of each column can hold records.
    documents: Vec<bool>,
    /// Columns that hold two times in one word.
    ranges: Vec<usize>,
    /// Columns whose ranges are hours only of records that have none: notes, and four digits
    /// twice, which can be telephone numbers.
    notes: Vec<usize>,
    /// Columns that may hold how long a record without hours is.
    lengths: Vec<usize>,
    /// Columns that may hold the end of time off that has none.
    ends: Vec<usize>,
    /// Columns that hold zones, beside local times.
    zones: Vec<usize>,
    /// Whether each column may say what a day is that has no hours, and whether that is
    /// what it is there for: `Turno` holds codes of shifts, `Remarks` anything.
    days: Vec<Option<bool>>,
    /// Whether each column is a code of shifts, or their kind, that only names the agent's
    /// work: it is the same in all records of an agent.
    constants: Vec<bool>,
    /// The column of the kind.
    kind: Option<usize>,
    /// Columns whose names are those of flags for days of rest, with these names.
    rest_flags: Vec<(usize, String)>,
    /// Columns that say by their names that the agent is absent, with these names.
    absences: Vec<(usize, String)>,
}

impl UnreadColumns {
    pub(super) fn of(opening: &Opening<'_>, header: &Header, columns: &Columns) -> UnreadColumns {
        let assignment = &columns.assignment;
        let contends = |place| assignment.contenders.iter().any(|one| one.other == place);
        let unused = |usage: &Usage| match usage {
            Usage::Field(_) => false,
            Usage::Unused(why) => *why != Unused::NoField(NoField::Bookkeeping),
        };
        let is_extra = |place: usize| {
            let meaning = assignment.meanings.get(place);
            meaning.is_some_and(|meaning| meaning.aside == Some(Aside::Extra))
        };
        let unknown = |(place, usage): (usize, &Usage)| {
            let class = header.names.get(place).map_or(Class::Plain, |name| Class::of(name));
            let may_be_times =
                assignment.meanings.get(place).is_some_and(|meaning| meaning.maybe_times);
            // `Hours` can be those of the shift; `Store Hours` are not.
            let aside = matches!(class, Class::Parts | Class::History | Class::Bookkeeping)
                || class == Class::Calendar && !may_be_times;
            let unknown = is_unknown(usage) && !aside && !contends(place);
            unknown || is_extra(place) && !matches!(usage, Usage::Field(_))
        };
        let unknown: Vec<bool> = assignment.usages.iter().enumerate().map(unknown).collect();
        let first = header.first_records(opening, FEW);
        let documents = |(place, usage): (usize, &Usage)| {
            let class = header.names.get(place).map_or(Class::Plain, |name| Class::of(name));
            let aside = matches!(class, Class::Parts | Class::History | Class::Bookkeeping)
                || class == Class::Calendar;
            !aside && may_be_document(usage)
        };
        let documents = assignment.usages.iter().enumerate().map(documents).collect();
        // Where no hours are read, all columns that hold times are in question.
        let asks = assignment.has_hours && unknown.contains(&true);
        let ranges = if asks { header.shapes(first, &unknown) } else { Vec::new() };
        // A column that begins empty is examined in all of the known beginning.
        let later: Vec<bool> = ranges
            .iter()
            .zip(&unknown)
            .map(|(shape, unknown)| *unknown && shape.filled() == 0)
            .collect();
        let further = match later.contains(&true) {
            true => header.first_records(opening, usize::MAX),
            false => first,
        };
        let later = header.shapes(further, &later);
        // Phone numbers and rooms look like hours; times of a day that people wish for
        // are none of the shift.
        let timed = |place: usize| {
            let asked = assignment.meanings.get(place).is_some_and(Meaning::is_of_availability);
            // A colon, or the letters of `3pm-8pm` and `15h00-20h00`.
            let marked = |value: &String| {
                value.contains(|letter: char| letter == ':' || letter.is_ascii_alphabetic())
            };
            is_extra(place) || !asked && header.samples(further, place, FEW).iter().any(marked)
        };
        let lists_ranges = |records: &[u8], place: usize, shape: &Shape| {
            shape.words > 0 && header.samples(records, place, FEW).iter().any(|cell| is_list(cell))
        };
        let ranges = ranges.iter().zip(&later).enumerate().filter(|(place, (shape, later))| {
            shape.ranges + later.ranges > 0
                || lists_ranges(first, *place, shape)
                || lists_ranges(further, *place, later)
        });
        let ranges: Vec<usize> =
            ranges.map(|(place, _)| place).filter(|place| timed(*place)).collect();
        UnreadColumns {
            notes: notes(header, assignment, first, &ranges),
            lengths: lengths(header, assignment, first),
            constants: constants(header, assignment, first),
            kind: assignment.column(Field::Kind),
            rest_flags: rest_flags(header, assignment),
            absences: absences(opening, header, assignment, first),
            delimiter: header.delimiter,
            first: first.into(),
            ranges,
            ends: ends(opening, header, assignment, first),
            zones: zones(header, assignment, first),
            days: days(opening, header, assignment, first),
            unused: assignment.usages.iter().map(unused).collect(),
            documents,
        }
    }

    /// The first records.
    pub(super) fn first(&self) -> &[u8] {
        &self.first
    }

    /// Columns that hold two times in one word.
    pub(super) fn ranges(&self) -> &[usize] {
        &self.ranges
    }

    /// Columns that hold two times in one word which count only where a record has no hours.
    pub(super) fn notes(&self) -> &[usize] {
        &self.notes
    }

    /// What the cells of a record without hours say of its length, if that is not zero.
    pub(super) fn length<'c>(
        &self,
        cells: impl Iterator<Item = &'c [u8]> + Clone,
    ) -> Option<&'c [u8]> {
        let cell = |place: &usize| cells.clone().nth(*place);
        self.lengths.iter().filter_map(cell).find(|cell| is_length(cell))
    }

    /// Columns that may hold the end of time off that has none.
    pub(super) fn ends(&self) -> &[usize] {
        &self.ends
    }

    /// The columns that hold zones beside local times, each with its first values.
    pub(super) fn zones(&self, names: &[String]) -> Vec<(String, Vec<String>)> {
        let header = Header { names: names.to_vec(), delimiter: self.delimiter, start: 0, end: 0 };
        let column = |place: &usize| {
            let name = names.get(*place).cloned().unwrap_or_default();
            (name, header.samples(&self.first, *place, FEW))
        };
        self.zones.iter().map(column).collect()
    }

    /// What the cells of a record without hours say that its day is: an absence, or a
    /// code of a shift. Of one whose hours say that there is no shift, a code that all records
    /// of its agent have is none.
    pub(super) fn day<'c>(
        &self,
        cells: impl Iterator<Item = &'c [u8]> + Clone,
        says_none: bool,
    ) -> Option<&'c [u8]> {
        let said = || self.said_days(cells.clone());
        let absence = said().find(|(_, cell)| is_absence(cell));
        let is_code = |((of_shifts, cell), place): &((bool, &[u8]), usize)| {
            // Ranges in columns of them are compared with the record by themselves.
            let in_ranges =
                || self.ranges.contains(place) && !cell.iter().any(u8::is_ascii_alphabetic);
            let constant = || self.constants.get(*place).copied().unwrap_or(false);
            *of_shifts && names_shift_or_hours(cell) && !in_ranges() && !(says_none && constant())
        };
        let code = || said().zip(self.places()).find(is_code).map(|(said, _)| said);
        absence.or_else(code).map(|(_, cell)| cell)
    }

    /// The columns that may say what a day is.
    fn places(&self) -> impl Iterator<Item = usize> {
        self.days.iter().enumerate().filter(|(_, day)| day.is_some()).map(|(place, _)| place)
    }

    /// Whether the kind of a record is that of all records of its agent.
    pub(super) fn has_constant_kind(&self) -> bool {
        self.kind.and_then(|place| self.constants.get(place)).copied().unwrap_or(false)
    }

    /// What the columns for codes of shifts say of a record, if that is no shift: an absence,
    /// or a day of rest.
    pub(super) fn idle_day<'c>(
        &self,
        cells: impl Iterator<Item = &'c [u8]> + Clone,
    ) -> Option<&'c [u8]> {
        let of_shifts = self.said_days(cells).filter(|(of_shifts, _)| *of_shifts);
        of_shifts.map(|(_, cell)| cell).find(|cell| is_absence(cell) || is_rest_day(cell))
    }

    /// Whether a flag says that the day of a record is one of rest.
    pub(super) fn is_flagged_as_rest<'c>(
        &self,
        cells: impl Iterator<Item = &'c [u8]> + Clone,
    ) -> bool {
        self.rest_flags.iter().any(|(place, name)| {
            cells.clone().nth(*place).is_some_and(|cell| is_rest_flag(name, cell.trim_ascii()))
        })
    }

    /// Whether a column that is called after an absence says that the day of a record is one: by a
    /// flag, words, or as many hours as a day of work has.
    pub(super) fn says_absent<'c>(&self, cells: impl Iterator<Item = &'c [u8]> + Clone) -> bool {
        const DAY_OF_WORK: RangeInclusive<f64> = 6.0..=24.0;
        let is_free = |cell: &[u8]| is_day_off(cell) && !is_absence(cell);
        let is_mark = |cell: &[u8]| cell.eq_ignore_ascii_case(b"x");
        self.absences.iter().any(|(place, name)| {
            let cell = cells.clone().nth(*place).unwrap_or_default().trim_ascii();
            match std::str::from_utf8(cell).unwrap_or_default().parse::<f64>() {
                Ok(number) if number > 1.0 => DAY_OF_WORK.contains(&number),
                Ok(_) => !has_word(name, &["hours", "days"]) && says_absence(name, cell),
                // `frei` is a day without work, whatever its column is called; `x` is a mark there.
                Err(_) => says_absence(name, cell) && (is_mark(cell) || !is_free(cell)),
            }
        })
    }

    /// The cells that may say what a day is; whether their columns are there for that.
    fn said_days<'c>(
        &self,
        cells: impl Iterator<Item = &'c [u8]>,
    ) -> impl Iterator<Item = (bool, &'c [u8])> {
        self.days.iter().zip(cells).filter_map(|(day, cell)| Some(((*day)?, cell)))
    }

    /// Whether a document in the cell of a column can hold records.
    pub(super) fn may_hold_records(&self, place: usize) -> bool {
        self.documents.get(place).copied().unwrap_or(false)
    }

    /// The columns that hold times, each with some of its values.
    pub(super) fn times(&self, names: &[String]) -> Vec<(String, Vec<String>)> {
        let header = Header { names: names.to_vec(), delimiter: self.delimiter, start: 0, end: 0 };
        let shapes = header.shapes(&self.first, &self.unused);
        let timed = shapes.iter().enumerate().filter(|(_, shape)| shape.holds_times());
        let column = |(place, _): (usize, &_)| {
            let name = names.get(place).cloned().unwrap_or_default();
            (name, header.samples(&self.first, place, SAMPLES))
        };
        timed.map(column).collect()
    }
}

/// The columns that are not read and whose names are those of flags for days of rest.
fn rest_flags(header: &Header, assignment: &Assignment) -> Vec<(usize, String)> {
    let named = header.names.iter().enumerate().zip(&assignment.usages);
    let unread = named.filter(|(_, usage)| !matches!(usage, Usage::Field(_)));
    let flags = unread.filter(|((_, name), _)| flags_rest(name).is_some());
    flags.map(|((place, name), _)| (place, name.clone())).collect()
}

/// Whether a cell is a list of several ranges of times, or of one more: `+ 13:00-17:00`.
fn is_list(cell: &str) -> bool {
    let entries: Vec<String> = list_entries(cell.as_bytes())
        .map(|entry| String::from_utf8_lossy(entry).into_owned())
        .collect();
    let ranges = entries.iter().filter(|entry| Shape::of(&[entry]).ranges > 0).count();
    let is_further = cell.trim_start().starts_with(['+', '&']);
    (is_further || entries.len() > 1) && ranges > 0 && ranges == entries.len()
}

/// The columns of dates that are not read, and are not bookkeeping, in a file of whole days
/// whose records have a start and no end.
fn ends(
    opening: &Opening<'_>,
    header: &Header,
    assignment: &Assignment,
    first: &[u8],
) -> Vec<usize> {
    let ended = [Field::End, Field::EndDate, Field::Times];
    // Shifts with dates alone take whole days, if the user says so.
    let whole_days = opening.role.lists_absences() || !assignment.has_hours;
    if !whole_days || ended.iter().any(|of| assignment.column(*of).is_some()) {
        return Vec::new();
    }
    let unused = |usage: &Usage| matches!(usage, Usage::Unused(why) if *why != Unused::NoField(NoField::Bookkeeping));
    let unused: Vec<bool> = assignment.usages.iter().map(unused).collect();
    let shapes = header.shapes(first, &unused);
    let dated = shapes.iter().enumerate().filter(|(_, shape)| {
        let dates = shape.dates + shape.locals + shape.instants;
        dates > 0 && dates == shape.filled()
    });
    dated.map(|(place, _)| place).collect()
}

/// The columns that are not read and hold zones, in a file of local times that has no other.
fn zones(header: &Header, assignment: &Assignment, first: &[u8]) -> Vec<usize> {
    if assignment.column(Field::Zone).is_some() || !assignment.has_hours {
        return Vec::new();
    }
    // Of each column, whether all of its values so far are zones, if it has some.
    let mut zones_alone: Vec<Option<bool>> = vec![None; assignment.usages.len()];
    each_record(first, header.delimiter, |_, cells| {
        for (all, cell) in zones_alone.iter_mut().zip(cells) {
            let cell = cell.trim_ascii();
            if !cell.is_empty() && *all != Some(false) {
                *all = Some(is_zone_like(cell));
            }
        }
        true
    });
    let is_unread = |place: &usize| !matches!(assignment.usages[*place], Usage::Field(_));
    let places = (0..assignment.usages.len()).filter(is_unread);
    let are_offsets = |place: usize| {
        // Most names decide it, and to read samples of each column takes time.
        let name = header.names.get(place).filter(|name| names_offsets(name));
        name.is_some_and(|name| numeric_offsets(name, &header.samples(first, place, FEW)).is_some())
    };
    let holds_zones = |place: &usize| zones_alone[*place] == Some(true) || are_offsets(*place);
    let zones: Vec<usize> = places.filter(holds_zones).collect();
    let has_local_times = || {
        let start = assignment.column(Field::Start);
        let wanted: Vec<bool> = (0..assignment.usages.len()).map(|at| Some(at) == start).collect();
        header.shapes(first, &wanted).iter().any(|shape| shape.filled() > shape.instants)
    };
    if zones.is_empty() || !has_local_times() { Vec::new() } else { zones }
}

/// The columns that may say what a day is that has no hours, where others are read.
fn days(
    opening: &Opening<'_>,
    header: &Header,
    assignment: &Assignment,
    first: &[u8],
) -> Vec<Option<bool>> {
    if !opening.role.claims_time() || !assignment.has_hours {
        return Vec::new();
    }
    let day = |(place, (usage, meaning)): (usize, (&Usage, &Meaning))| {
        const OTHERS: [NoField; 2] = [NoField::OtherPerson, NoField::Customer];
        let is_of_others = |why: &Unused| OTHERS.iter().any(|of| *why == Unused::NoField(*of));
        // A code for pay may be that of an absence as well.
        let says =
            matches!(usage, Usage::Unused(why) if !is_of_others(why)) && meaning.person.is_none();
        let of_shifts = is_unknown(usage) && meaning.maybe_times && !meaning.is_of_availability();
        let is_code = || {
            is_unknown(usage)
                && header.names.get(place).is_some_and(|name| names_shift_codes(name))
                && differs_by_record(header, assignment, first, place)
        };
        says.then(|| of_shifts || is_code())
    };
    assignment.usages.iter().zip(&assignment.meanings).enumerate().map(day).collect()
}

/// The columns that are called after an absence. Numbers beside hours are those of an account.
fn absences(
    opening: &Opening<'_>,
    header: &Header,
    assignment: &Assignment,
    first: &[u8],
) -> Vec<(usize, String)> {
    if !opening.role.claims_time() || !assignment.has_hours {
        return Vec::new();
    }
    let starts = [Field::Start, Field::Times].into_iter().find_map(|of| assignment.column(of));
    let is_account = |place: usize| {
        let mut counts = false;
        each_record(first, header.delimiter, |_, cells| {
            let cells: Vec<&[u8]> = cells.map(<[u8]>::trim_ascii).collect();
            let cell = |place: usize| cells.get(place).copied().unwrap_or_default();
            let number =
                std::str::from_utf8(cell(place)).ok().and_then(|it| it.parse::<f64>().ok());
            counts = number.is_some_and(|number| number > 0.0)
                && starts.is_some_and(|start| !cell(start).is_empty());
            !counts
        });
        counts
    };
    let mut columns = called_after_absences(header, assignment, opening.role);
    columns.retain(|(place, _)| !is_account(*place));
    columns
}

/// Whether a column of this name can hold how many hours a record has.
fn names_lengths(name: &str) -> bool {
    const HOURS: [&str; 12] = [
        "paidhours",
        "paidhrs",
        "nethours",
        "nethrs",
        "totalhours",
        "totalhrs",
        "hourspaid",
        "total",
        "totaltime",
        "paidtime",
        "hourstotal",
        "credit",
    ];
    HOURS.contains(&fold_name(name).as_str())
}

/// The columns that may hold the length of a record without hours. That of an agent's week
/// is the same in all of them.
fn lengths(header: &Header, assignment: &Assignment, first: &[u8]) -> Vec<usize> {
    let may_be = |(place, usage): &(usize, &Usage)| {
        matches!(usage, Usage::Unused(_))
            && header.names.get(*place).is_some_and(|name| names_lengths(name))
            && differs_by_record(header, assignment, first, *place)
    };
    assignment.usages.iter().enumerate().filter(may_be).map(|(place, _)| place).collect()
}

/// Whether two records of one agent differ in a column.
fn differs_by_record(header: &Header, assignment: &Assignment, first: &[u8], place: usize) -> bool {
    differs(header, assignment, first, place) == Some(true)
}

/// Whether two records of one agent differ in a column; `None` if no agent has two.
fn differs(header: &Header, assignment: &Assignment, first: &[u8], place: usize) -> Option<bool> {
    let agent = assignment.column(Field::Agent)?;
    let mut known: HashMap<Vec<u8>, Vec<u8>> = HashMap::new();
    let mut found = None;
    each_record(first, header.delimiter, |_, cells| {
        let cells: Vec<&[u8]> = cells.map(<[u8]>::trim_ascii).collect();
        let [agent, cell] = [agent, place].map(|at| cells.get(at).copied().unwrap_or_default());
        match known.get(agent) {
            Some(before) => found = Some(found == Some(true) || before != cell),
            None => drop(known.insert(agent.to_vec(), cell.to_vec())),
        }
        true
    });
    found
}

/// Whether each column that can say what a day is says the same in all records of an agent.
fn constants(header: &Header, assignment: &Assignment, first: &[u8]) -> Vec<bool> {
    let says_day = |(place, usage): (usize, &Usage)| {
        let maybe_code = assignment.meanings.get(place).is_some_and(|found| found.maybe_times);
        let says = *usage == Usage::Field(Field::Kind) || maybe_code && is_unknown(usage);
        says && differs(header, assignment, first, place) == Some(false)
    };
    assignment.usages.iter().enumerate().map(says_day).collect()
}

/// The columns of ranges that count only where a record has no hours.
fn notes(header: &Header, assignment: &Assignment, first: &[u8], ranges: &[usize]) -> Vec<usize> {
    const NOTES: [&str; 6] = ["note", "notes", "comment", "comments", "message", "shiftnotes"];
    if !assignment.has_hours {
        return Vec::new();
    }
    let unread: Vec<bool> = assignment
        .usages
        .iter()
        .enumerate()
        .map(|(place, usage)| is_unknown(usage) && !ranges.contains(&place))
        .collect();
    let shapes = header.shapes(first, &unread);
    let is_marked = |value: &String| {
        let digits = value.bytes().filter(u8::is_ascii_digit).count();
        value.contains(':') || digits == 8 && value.len() < 12
    };
    let holds = |(place, shape): &(usize, &Shape)| {
        let is_note =
            || header.names.get(*place).is_some_and(|name| NOTES.contains(&&*fold_name(name)));
        shape.ranges > 0 && is_note() && header.samples(first, *place, FEW).iter().any(is_marked)
    };
    shapes.iter().enumerate().filter(holds).map(|(place, _)| place).collect()
}

/// Whether a cell holds a length other than zero.
fn is_length(cell: &[u8]) -> bool {
    let cell = cell.trim_ascii();
    let is_part = |byte: &u8| byte.is_ascii_digit() || b".,: hm".contains(byte);
    cell.iter().all(is_part) && cell.iter().any(|byte| matches!(byte, b'1'..=b'9'))
}

/// Whether a column can hold documents of records: whatever it is taken for, if it
/// is neither the activities of its record nor about it.
fn may_be_document(usage: &Usage) -> bool {
    match usage {
        Usage::Field(field) => *field != Field::Activities,
        Usage::Unused(why) => !matches!(
            why,
            Unused::NoField(NoField::Bookkeeping | NoField::Attendance | NoField::Calendar)
                | Unused::Attendance(_)
        ),
    }
}

/// Whether a column is not read and nothing says what it means.
fn is_unknown(usage: &Usage) -> bool {
    match usage {
        Usage::Field(_) => false,
        Usage::Unused(why) => matches!(
            why,
            Unused::NoField(NoField::Unknown | NoField::More(_))
                | Unused::Unconfirmed(_)
                | Unused::Unneeded(_)
                | Unused::Other(..)
        ),
    }
}
