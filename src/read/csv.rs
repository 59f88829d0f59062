//! Reads delimited text (CSV) into rows.
//!
//! The delimiter is a comma, semicolon, tab or bar, detected from content. Lines are cut at
//! their delimiters up to the first quote of a piece; from there on they go through the `csv`
//! crate. A property test compares the two ways.

mod absences;
mod activity_rows;
mod asides;
mod cells;
mod date_order;
mod excerpt;
mod extras;
mod filling;
mod grouped;
mod head;
mod lines;
mod marks;
pub(super) mod parts;
mod plain;
mod quoted;
mod stray;
mod survey;
mod unread;

use crate::model::finding::{Excerpt, Problem};
use crate::model::nobody::is_nobody;
use crate::model::observation::Observation;
use crate::model::row::{Field, Row, fold_name};
use crate::model::settings::Limits;
use crate::model::shift::Kind;
use crate::model::source::{Repeats, Role};
use crate::model::time::DateOrder;
use crate::read::columns::{Columns, find_columns};
use crate::read::names::{Hints, Shape, may_be_of_length, may_mark, meaning};
use crate::read::{
    Account, Block, ColumnSurvey, Cutter, Document, DocumentFacts, Enclosing, Format, Opening,
    Outset, ParseError, Part, Piece, limit_on_length,
};
use activity_rows::ActivityColumns;
use cells::{Cells, is_sound};
use excerpt::{excerpt, verbatim};
use extras::{Completer, Extras};
use filling::Filler;
use head::Head;
pub(in crate::read) use head::delimiter;
use lines::anchor;
pub(in crate::read) use lines::is_total;
#[cfg(feature = "cli")]
pub use lines::{is_below_records, is_of_foot};
use memchr::{memchr, memchr_iter, memchr2_iter, memrchr};
use parts::{PartJoiner, PartsOf};
use plain::{PlainStop, read_plain};
use quoted::{may_hold_records, noticed_in, observe};
use std::io::Read;
use std::sync::Arc;
use unread::UnreadColumns;

/// The format.
pub static FORMAT: Format = Format {
    name: "csv",
    extensions: &["csv", "tsv", "tab", "psv", "txt"],
    summary: "lines of cells under a header, divided by comma, semicolon, tab or bar",
    sniff: |_| true,
    open: |opening| Ok(Box::new(Table::open(opening)?)),
    lines: true,
    known_from: "",
};

/// What a vendor's documentation says of its tables.
#[derive(Debug, Clone, Copy)]
pub(super) struct TableShape {
    /// The names of columns, whatever they would mean elsewhere.
    pub(super) columns: &'static [(Field, &'static str)],
    /// The order of day and month in its dates.
    pub(super) date_order: DateOrder,
    /// Which rows are parts of one shift, if some are.
    pub(super) parts: Option<PartsOf>,
    /// A column that only tables of time off have.
    pub(super) of_time_off: Option<&'static str>,
}

/// A file of lines of cells, as its header says.
#[derive(Debug, Clone)]
pub struct Table {
    /// The byte between cells.
    pub delimiter: u8,
    /// The field of each column.
    pub columns: Vec<Option<Field>>,
    /// The names of the columns.
    names: Vec<String>,
    outset: Outset,
    limits: Limits,
    hints: Hints,
    notes: Vec<String>,
    /// What its columns are beside fields of their own, if they are anything.
    extras: Option<Arc<Extras>>,
    unread: Arc<UnreadColumns>,
    role: Role,
    /// The field whose word shows that a line is a record.
    anchor: Field,
    /// Whether what was worked is read as the plan.
    attendance: bool,
    /// Whether the ids of the first records count these.
    ids_number_rows: bool,
    /// What its beginning contains that is not a row.
    noticed: Vec<Observation>,
    /// Under which orders its dates fit a column of weekdays.
    weekday_orders: Option<[bool; 3]>,
    /// The columns of activities, if it repeats a shift for each of them.
    activities: Option<ActivityColumns>,
    /// What its vendor says of it, if it has one.
    shape: Option<&'static TableShape>,
    /// Whether it is a sheet of a workbook.
    is_sheet: bool,
    /// What its records are where they do not say so, if the name of its sheet does.
    kind: Option<Kind>,
}

/// The bytes that can divide cells, the likelier first.
const DELIMITERS: [u8; 4] = *b",;\t|";

impl Table {
    /// Understands the header of a file.
    ///
    /// # Errors
    /// When there is none, or a column that the file's role needs is missing.
    pub fn open(opening: &Opening<'_>) -> Result<Table, Problem> {
        Table::of_shape(opening, None)
    }

    /// Understands the header of a file of a vendor: what the user names comes first.
    ///
    /// # Errors
    /// As above.
    pub(super) fn of_vendor(
        opening: &Opening<'_>,
        shape: &'static TableShape,
    ) -> Result<Table, Problem> {
        let own = shape.columns.iter().map(|(field, name)| (*field, (*name).to_owned()));
        let columns: Vec<(Field, String)> = opening.columns.iter().cloned().chain(own).collect();
        Table::of_shape(&Opening { columns: &columns, ..*opening }, Some(shape))
    }

    fn of_shape(
        opening: &Opening<'_>,
        shape: Option<&'static TableShape>,
    ) -> Result<Table, Problem> {
        let of_sheet = opening.sheet.and_then(|sheet| sheet.kind);
        let line_end = if memchr(b'\n', opening.head).is_some() { b'\n' } else { b'\r' };
        let Head { header, mut columns, noticed, note } = Head::find(opening)?;
        let lines = memchr_iter(line_end, &opening.head[..header.end]).count() as u64;
        let unread = UnreadColumns::of(opening, &header, &columns);
        let extras = Extras::of(&header, &columns.assignment, &unread, opening);
        let activities = match shape {
            Some(_) => None,
            None => ActivityColumns::find(opening, &header, &columns),
        };
        activities.iter().for_each(|found| found.assign(&mut columns.fields));
        let grouped = grouped::noticed(opening, &header, &columns.fields);
        let stray = stray::noticed_in_header(opening.head, &header);
        let weekday_orders = date_order::orders(opening, &header, &columns.fields);
        let id = columns.fields.iter().position(|column| *column == Some(Field::Id));
        let of_time_off = shape.and_then(|shape| shape.of_time_off).is_some_and(|column| {
            header.names.iter().any(|name| fold_name(name) == fold_name(column))
        });
        let kind = of_sheet.or(of_time_off.then_some(Kind::TimeOff));
        let ids_number_rows = id.is_some_and(|id| numbers_rows(&header, unread.first(), id));
        Ok(Table {
            ids_number_rows,
            weekday_orders,
            anchor: anchor(&columns.fields),
            role: opening.role,
            attendance: columns.assignment.attendance,
            noticed: noticed.into_iter().chain(grouped).chain(stray).collect(),
            delimiter: header.delimiter,
            columns: columns.fields,
            outset: Outset { start: header.end, lines, line_end },
            limits: opening.limits,
            hints: Hints {
                exclusive_ends: columns.assignment.has_exclusive_ends(&header.names),
                ..columns.assignment.hints(&Field::all().collect::<Vec<_>>())
            },
            names: header.names,
            notes: note.into_iter().chain(columns.notes).collect(),
            extras: extras.map(Arc::new),
            unread: Arc::new(unread),
            activities,
            shape,
            is_sheet: opening.sheet.is_some(),
            kind,
        })
    }
}

impl Table {
    /// Whether its records are shifts, which have columns for their hours.
    fn has_shifts(&self) -> bool {
        let timed = [Field::Start, Field::Times].map(Some);
        let of_shifts = matches!(self.role, Role::Batch | Role::Published | Role::Base);
        let listed = self.kind.is_none_or(|kind| kind == Kind::Shift);
        of_shifts && listed && timed.iter().any(|of| self.columns.contains(of))
    }
}

impl Document for Table {
    fn outset(&self) -> Outset {
        self.outset
    }

    fn notes(&self) -> &[String] {
        &self.notes
    }

    fn columns(&self) -> &[String] {
        &self.names
    }

    fn joins_lines(&self) -> bool {
        self.parts().is_some()
    }

    fn delimiter(&self) -> Option<u8> {
        Some(self.delimiter)
    }

    fn column_of(&self, field: Field) -> Option<&str> {
        self.names.get(self.place_of(field)?).map(String::as_str)
    }

    fn place_of(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|column| *column == Some(field))
    }

    fn survey(&self, head: &[u8], whole: bool) -> Option<ColumnSurvey> {
        Some(survey::survey(self, head, whole))
    }

    fn may_have(&self, field: Field) -> bool {
        let whole = self.extras.as_ref().and_then(|extras| extras.whole_name());
        let listed = field == Field::Activities && self.parts().is_some();
        self.columns.contains(&Some(field)) || whole == Some(field) || listed
    }

    fn reads_attendance(&self) -> bool {
        self.attendance
    }

    fn ids_number_rows(&self) -> bool {
        self.ids_number_rows
    }

    fn weekday_orders(&self) -> Option<[bool; 3]> {
        self.weekday_orders
    }

    fn facts(&self) -> DocumentFacts {
        let repeats = match self.parts() {
            Some(PartsOf::OneSpan) => Repeats::InFile,
            None if self.activities.is_some() => Repeats::ByPart,
            Some(PartsOf::OneDay) | None => Repeats::Never,
        };
        let date_order = self.shape.map(|shape| shape.date_order);
        DocumentFacts { date_order, repeats, ..DocumentFacts::default() }
    }

    fn unread_times(&self) -> Vec<(String, Vec<String>)> {
        self.unread.times(&self.names)
    }

    fn unread_zones(&self) -> Vec<(String, Vec<String>)> {
        self.unread.zones(&self.names)
    }

    fn hints(&self) -> Hints {
        self.hints.clone()
    }

    fn cutter(&self) -> Box<dyn Cutter> {
        let Table { delimiter, outset, limits, .. } = *self;
        Box::new(LineCutter {
            delimiter,
            line_end: outset.line_end,
            limits,
            scanned: 0,
            quoted: false,
            opened: 0,
            filler: Filler::of(self),
            noticed: self.noticed.clone(),
        })
    }

    fn read(
        &self,
        block: &Block<'_>,
        account: &mut Account,
        sink: &mut dyn FnMut(&Row<'_>),
    ) -> Result<(), ParseError> {
        let Some(kind) = self.kind else {
            self.read_joined(block, account, sink);
            return Ok(());
        };
        self.read_joined(block, account, &mut |row| {
            let mut row = row.clone();
            row.kind = row.kind.or(Some(kind));
            sink(&row);
        });
        Ok(())
    }

    fn enclosing(&self, bytes: &[u8], at: usize) -> Option<Enclosing> {
        if self.parts().is_some() {
            return None;
        }
        let (before, behind) = bytes.split_at_checked(at)?;
        let line_end = self.outset.line_end;
        let start = memrchr(line_end, before).map_or(0, |end| end + 1);
        let end = memchr(line_end, behind).map_or(bytes.len(), |end| at + end + 1);
        let before = memchr_iter(line_end, before).count() as u32;
        Some(Enclosing { range: start..end, before })
    }

    fn excerpt(&self, bytes: &[u8], row: &Row<'_>) -> Excerpt {
        excerpt(self, bytes, row)
    }

    fn verbatim<'b>(&self, bytes: &'b [u8], row: &Row<'_>) -> Option<&'b [u8]> {
        if self.parts().is_some() { None } else { verbatim(self, bytes, row) }
    }
}

impl Table {
    /// Which rows are parts of one shift, if some are.
    fn parts(&self) -> Option<PartsOf> {
        self.shape.and_then(|shape| shape.parts)
    }

    /// Hands on the rows of a piece: one for each record, if several lines are parts of one.
    fn read_joined(
        &self,
        block: &Block<'_>,
        account: &mut Account,
        sink: &mut dyn FnMut(&Row<'_>),
    ) {
        let Some(by) = self.parts() else { return self.read_apart(block, account, sink) };
        let mut joiner = PartJoiner::new(by);
        self.read_completed(block, account, &mut |row| joiner.take(row, sink));
        joiner.finish(sink);
        // A line read alone is not its shift.
        account.line_ends = None;
    }

    /// Hands on the rows of a piece, each of which is one record, or a shift with one of its
    /// activities.
    fn read_apart(&self, block: &Block<'_>, account: &mut Account, sink: &mut dyn FnMut(&Row<'_>)) {
        let Some(activities) = self.activities else {
            return self.read_completed(block, account, sink);
        };
        self.read_completed(block, account, &mut |row| {
            let mut row = row.clone();
            activities.say_part(&mut row);
            sink(&row);
        });
    }

    /// Hands on the rows of a piece, each with all that its cells say.
    fn read_completed(
        &self,
        block: &Block<'_>,
        account: &mut Account,
        sink: &mut dyn FnMut(&Row<'_>),
    ) {
        let Some(extras) = &self.extras else {
            return self.read_rows(block.bytes, account, sink);
        };
        let mut completer = Completer::new(self, extras, block.bytes, block.part);
        // Complete rows are returned at once: to complete others takes far longer.
        let Extras { of_agentless, of_empty, .. } = **extras;
        self.read_rows(block.bytes, account, &mut |row| {
            let agent = row.word(Field::Agent);
            match of_empty && !agent.is_empty() || of_agentless && !is_nobody(agent) {
                true => sink(row),
                false => completer.complete(row, sink),
            }
        });
        account.observations.append(&mut completer.observations);
    }
}

impl Table {
    /// Whether each record is one row, with the words of its cells and nothing else.
    #[cfg(feature = "internals")]
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.extras.as_ref().is_none_or(|extras| extras.of_empty)
    }

    /// Hands on the rows of a piece with the words of their fields.
    fn read_rows(&self, bytes: &[u8], account: &mut Account, sink: &mut dyn FnMut(&Row<'_>)) {
        let counted = read_plain(self, bytes, &mut account.observations, sink);
        if let Err(stop) = counted {
            read_general(self, bytes, stop, &mut account.observations, sink);
        }
        account.line_ends = counted.ok();
    }
}

/// The fields of the columns by their names and their first values. Values of columns whose
/// names are not fields are examined if something is missing, and all values of the head if
/// the agent depends on a column with one value throughout.
fn columns(opening: &Opening<'_>, header: &Header) -> Result<Columns, Problem> {
    const FEW: usize = 64;
    let by = |records, all| {
        let may_be_field = |name: &str| may_mark(name) || may_be_of_length(name);
        let by_name =
            |name: &String| all || meaning(name, opening.role).needs_values() || may_be_field(name);
        let wanted: Vec<bool> = header.names.iter().map(by_name).collect();
        let shapes = header.shapes(header.first_records(opening, records), &wanted);
        find_columns(&header.names, &shapes, opening.columns, opening.role)
    };
    match by(FEW, false) {
        Ok(columns) if columns.assignment.passed_constant => by(usize::MAX, true),
        Ok(columns) if columns.assignment.has_hours => Ok(columns),
        _ => by(FEW, true),
    }
}

struct Header {
    names: Vec<String>,
    delimiter: u8,
    /// Where its line begins.
    start: usize,
    /// The byte after its line.
    end: usize,
}

impl Header {
    fn read(whole: &[u8], from: usize, delimiter: u8) -> Option<Header> {
        let head = whole.get(from..)?;
        let mut reader = general_reader(head, head.len(), delimiter);
        let mut record = csv::ByteRecord::new();
        if !reader.read_byte_record(&mut record).ok()? {
            return None;
        }
        let names =
            record.iter().map(|name| std::str::from_utf8(name).map(|name| name.trim().to_owned()));
        let names = names.collect::<Result<Vec<String>, _>>().ok()?;
        let end = usize::try_from(reader.position().byte()).ok()?;
        Some(Header { names, delimiter, start: from, end: after_line_break(whole, from + end) })
    }

    /// How many columns the user named, and how many others are known.
    fn known(&self, opening: &Opening<'_>) -> (usize, usize) {
        let mapped = |name: &&String| opening.columns.iter().any(|(_, column)| column == *name);
        let known = |name: &&String| meaning(name, opening.role).field.is_ok();
        (self.names.iter().filter(mapped).count(), self.names.iter().filter(known).count())
    }

    /// The first records. One that may not be whole is skipped.
    fn first_records<'h>(&self, opening: &Opening<'h>, records: usize) -> &'h [u8] {
        let rest = opening.head.get(self.end..).unwrap_or_default();
        let mut ends = memchr2_iter(b'\n', b'\r', rest).map(|end| end + 1);
        let first = match ends.nth(records.saturating_sub(1)) {
            Some(end) => rest.get(..end),
            None if opening.whole => Some(rest),
            None => memrchr(b'\n', rest).and_then(|end| rest.get(..end)),
        };
        first.unwrap_or_default()
    }

    /// The shapes of the values in some records, of the columns that are wanted.
    fn shapes(&self, first: &[u8], wanted: &[bool]) -> Vec<Shape> {
        let mut columns: Vec<Option<Shape>> =
            wanted.iter().map(|wanted| wanted.then(Shape::default)).collect();
        // Without quotes each line is a record, which needs no reader.
        if memchr(b'"', first).is_some() {
            self.add_quoted(first, &mut columns);
        } else {
            let lines = first.split(|byte| matches!(byte, b'\n' | b'\r'));
            for line in lines.filter(|line| !line.is_empty()) {
                add(&mut columns, line.split(|byte| *byte == self.delimiter));
            }
        }
        columns.into_iter().map(Option::unwrap_or_default).collect()
    }

    /// The first different values of a column that are not empty.
    fn samples(&self, first: &[u8], place: usize, most: usize) -> Vec<String> {
        let mut samples: Vec<String> = Vec::new();
        let mut reader = general_reader(first, first.len(), self.delimiter);
        let mut record = csv::ByteRecord::new();
        while samples.len() < most && matches!(reader.read_byte_record(&mut record), Ok(true)) {
            let cell = record.get(place).unwrap_or_default().trim_ascii();
            let value = String::from_utf8_lossy(cell).into_owned();
            if !value.is_empty() && !samples.contains(&value) {
                samples.push(value);
            }
        }
        samples
    }

    /// Adds the values of records with quotes, except the last one, which may end within
    /// them.
    fn add_quoted(&self, bytes: &[u8], columns: &mut [Option<Shape>]) {
        let mut reader = general_reader(bytes, bytes.len(), self.delimiter);
        let mut record = csv::ByteRecord::new();
        while matches!(reader.read_byte_record(&mut record), Ok(true)) {
            if reader.position().byte() as usize >= bytes.len() && record.len() < columns.len() {
                break;
            }
            add(columns, record.iter());
        }
    }

    fn preference(&self) -> usize {
        DELIMITERS.len() - DELIMITERS.iter().position(|byte| *byte == self.delimiter).unwrap_or(0)
    }
}

/// Adds the cells of a record to the shapes of their columns.
fn add<'c>(columns: &mut [Option<Shape>], cells: impl Iterator<Item = &'c [u8]>) {
    for (column, cell) in columns.iter_mut().zip(cells) {
        if let Some(shape) = column {
            shape.add(cell);
        }
    }
}

/// The csv crate stops after the `\r` of a `\r\n`.
fn after_line_break(bytes: &[u8], end: usize) -> usize {
    let behind_return = end > 0 && bytes.get(end - 1) == Some(&b'\r');
    if behind_return && bytes.get(end) == Some(&b'\n') { end + 1 } else { end }
}

/// Whether the cells of a column count the first records of a table, from 0 or 1 on.
fn numbers_rows(header: &Header, first: &[u8], column: usize) -> bool {
    const LEAST: u64 = 3;
    let (mut next, mut count, mut counts) = (None, 0_u64, true);
    each_record(first, header.delimiter, |_, cells| {
        let cell = cells.nth(column).unwrap_or_default().trim_ascii();
        let number = str::from_utf8(cell).ok().and_then(|cell| cell.parse::<u64>().ok());
        counts = match (number, next) {
            (Some(number), Some(next)) => number == next,
            (Some(number), None) => number <= 1,
            (None, _) => false,
        };
        next = number.map(|number| number + 1);
        count += 1;
        counts
    });
    counts && count >= LEAST
}

/// Calls back with the place and the cells of every record, for as long as that is
/// asked for.
pub(in crate::read) fn each_record(
    bytes: &[u8],
    delimiter: u8,
    mut visit: impl FnMut(usize, &mut dyn Iterator<Item = &[u8]>) -> bool,
) {
    let mut reader = general_reader(bytes, bytes.len(), delimiter);
    let mut record = csv::ByteRecord::new();
    while matches!(reader.read_byte_record(&mut record), Ok(true)) {
        let at = record.position().map_or(0, |position| position.byte() as usize);
        if !visit(at, &mut record.iter()) {
            break;
        }
    }
}

fn general_reader<R: Read>(bytes: R, length: usize, delimiter: u8) -> csv::Reader<R> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .buffer_capacity(length.clamp(1, 1 << 16))
        .from_reader(bytes)
}

/// Finds the ends of lines that are not within quotes.
struct LineCutter {
    delimiter: u8,
    line_end: u8,
    limits: Limits,
    /// How many of the bytes at hand were scanned without finding the end of a record.
    scanned: usize,
    /// Whether the byte at `scanned` is within quotes.
    quoted: bool,
    /// Where those quotes opened.
    opened: usize,
    filler: Option<Filler>,
    /// What was noticed before the first record.
    noticed: Vec<Observation>,
}

impl Cutter for LineCutter {
    fn cut(&mut self, bytes: &[u8], at_end: bool) -> Result<Option<Piece>, ParseError> {
        // A record that fits ends within what it may be, and the end of its line.
        let longest = bytes.get(..=self.limits.record);
        let (bytes, at_end) = longest.map_or((bytes, at_end), |near| (near, false));
        let end = match self.last_line_end(bytes, at_end) {
            Some(end) => end,
            None if at_end && !self.quoted => bytes.len(),
            None if at_end || longest.is_some() => return Err(self.endless(at_end)),
            None => return Ok(None),
        };
        (self.quoted, self.scanned) = (false, 0);
        let piece = bytes.get(..end).unwrap_or_default();
        let part = self.filler.as_mut().map_or(0, |filler| filler.take(piece));
        Ok((end > 0).then_some(Piece { start: 0, end, next: end, part }))
    }

    fn parts(&self) -> &[Arc<Part>] {
        self.filler.as_ref().map_or(&[], Filler::parts)
    }

    fn take_observations(&mut self) -> Vec<Observation> {
        std::mem::take(&mut self.noticed)
    }
}

impl LineCutter {
    /// Why a record has no end in sight.
    fn endless(&self, at_end: bool) -> ParseError {
        let limit = limit_on_length(self.limits);
        let (offset, message) = match (self.quoted, at_end) {
            (true, true) => (self.opened, "the quote that opens here is never closed".to_owned()),
            (true, false) => {
                (self.opened, format!("the quote that opens here is not closed within {limit}"))
            }
            (false, _) => (0, format!("the record that begins here is longer than {limit}")),
        };
        let mut help = "nothing after this place was read; close the quote or break the line, and \
                        check again"
            .to_owned();
        if !at_end {
            help.push_str("; if the record is right, --max-record allows more");
        }
        ParseError { offset, message, help: Some(help) }
    }

    /// Where the last whole line ends; at the end of the file a last line without
    /// line break is whole too. Remembers whether the bytes end within quotes.
    fn last_line_end(&mut self, bytes: &[u8], at_end: bool) -> Option<usize> {
        let mut last = None;
        let mut place = self.scanned.min(bytes.len());
        loop {
            let rest = &bytes[place..];
            let quote = memchr(b'"', rest).map(|found| place + found);
            if self.quoted {
                match quote {
                    None => break,
                    Some(quote) if quote + 1 == bytes.len() && !at_end => {
                        self.scanned = quote;
                        return last;
                    }
                    Some(quote) if bytes.get(quote + 1) == Some(&b'"') => place = quote + 2,
                    Some(quote) => {
                        self.quoted = false;
                        place = quote + 1;
                    }
                }
                continue;
            }
            let plain = &bytes[place..quote.unwrap_or(bytes.len())];
            last = memrchr(self.line_end, plain).map(|found| place + found + 1).or(last);
            let Some(quote) = quote else { break };
            let opens = quote == 0
                || bytes
                    .get(quote - 1)
                    .is_some_and(|before| [self.delimiter, b'\n', b'\r'].contains(before));
            self.quoted = opens;
            self.opened = if opens { quote } else { self.opened };
            place = quote + 1;
        }
        self.scanned = bytes.len();
        if at_end && !self.quoted { Some(bytes.len()) } else { last }
    }
}

/// Reads on from the beginning of a line, quotes and all.
fn read_general(
    table: &Table,
    bytes: &[u8],
    stop: PlainStop,
    observations: &mut Vec<Observation>,
    sink: &mut dyn FnMut(&Row<'_>),
) {
    let sound = is_sound(bytes);
    let bytes = bytes.get(stop.start..).unwrap_or(&[]);
    // The csv crate removes a byte-order mark at the start of its input. An empty line
    // before it makes it a part of the first cell, as it is anywhere else.
    let mut reader = general_reader(b"\n".chain(bytes), bytes.len(), table.delimiter);
    let mut record = csv::ByteRecord::new();
    let (mut counted, mut line) = (0, stop.line);
    while matches!(reader.read_byte_record(&mut record), Ok(true)) {
        let position = record.position().map_or(0, |position| position.byte() as usize);
        let start = position.saturating_sub(1);
        let blank = bytes[start..].iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        let start = start + blank;
        line += memchr_iter(table.outset.line_end, &bytes[counted..start]).count() as u32;
        counted = start;
        let mut cells = Cells::new(table, sound);
        cells.begin(stop.start + start, line);
        let mut may_be_stray = false;
        for (place, cell) in record.iter().enumerate() {
            cells.push(cell);
            may_be_stray |= stray::may_be_stray(table, place, cell);
            if may_hold_records(cell) {
                observe(observations, noticed_in(table, place, cell), stop.start + start);
            }
        }
        if may_be_stray {
            let end = (reader.position().byte() as usize).saturating_sub(1);
            let written = bytes.get(start..end).unwrap_or_default();
            observe(observations, stray::noticed_in_record(table, written), stop.start + start);
        }
        cells.finish(record.iter(), observations, sink);
    }
}

#[cfg(test)]
mod tests {
    use super::{PlainStop, Table, read_general, read_plain};
    use crate::model::row::{Field, Row, RowFault};
    use crate::model::source::Role;
    use crate::read::{Account, Block, Document, Opening, Part};
    use proptest::prelude::{Strategy, any, prop_assert_eq, proptest};

    type Seen = (usize, u32, Option<RowFault>, Vec<String>);

    fn seen(row: &Row<'_>) -> Seen {
        let words = Field::all().map(|field| String::from_utf8_lossy(row.word(field)).into_owned());
        (row.offset, row.line, row.fault, words.filter(|word| !word.is_empty()).collect())
    }

    fn open(text: &[u8]) -> Table {
        let opening = Opening::of_whole(text, Role::Batch);
        Table::open(&opening).expect("a header")
    }

    /// Reads a file whose bytes arrive `step` at a time.
    fn read_stepwise(text: &[u8], step: usize) -> Result<Vec<Seen>, String> {
        let (table, part) = (open(text), Part::default());
        let (mut start, mut end) = (table.outset.start, table.outset.start);
        let (mut cutter, mut rows) = (table.cutter(), Vec::new());
        loop {
            let at_end = end >= text.len();
            match cutter.cut(&text[start..end.min(text.len())], at_end) {
                Err(fault) => return Err(format!("{} at {}", fault.message, start + fault.offset)),
                Ok(None) if at_end => return Ok(rows),
                Ok(None) => end += step,
                Ok(Some(piece)) => {
                    let block = Block::new(&text[start + piece.start..start + piece.end], &part);
                    let mut sink = |row: &Row<'_>| {
                        let mut row = seen(row);
                        row.0 += start;
                        row.1 = 0;
                        rows.push(row);
                    };
                    table.read(&block, &mut Account::default(), &mut sink).expect("readable");
                    start += piece.next;
                }
            }
        }
    }

    #[test]
    fn delimiters_are_found_by_content() {
        for text in [
            "agent,start,end\na1,b,c\n",
            "agent;start;end\r\na1;b;c\r\n",
            "agent\tstart\tend\na1\tb\tc",
            "agent|start|end\na1|b|c\n",
            "\r\n\nagent;start;end\r\na1;b;c\r\n",
            "\"agent\";start;end\na1;b;c\n",
            "agent;start;end;\"no,\nte\"\na1;b;c;\n",
        ] {
            let rows = read_stepwise(text.as_bytes(), 7).expect("readable");
            assert_eq!(rows.len(), 1, "{text}");
            assert_eq!(rows[0].3, ["a1", "b", "c"], "{text}");
        }
    }

    /// The columns that are read of a file, of which this is the beginning.
    fn fields(head: &str, whole: bool) -> Vec<Option<Field>> {
        let head = head.as_bytes();
        let opening = Opening { whole, ..Opening::of_whole(head, Role::Batch) };
        Table::open(&opening).expect("a header").columns
    }

    #[test]
    fn values_say_what_names_leave_open() {
        let expected = [Some(Field::Agent), None, Some(Field::Date), Some(Field::Start)];
        for rows in [
            "a1,Monday,2026-03-02,08:00\n",
            "a1,Monday,2026-03-02,08:00",
            "a1,\"Monday\",2026-03-02,08:00\r\n",
            "\"a, 1\",\"Mon\",\"2026-03-02\",08:00\na2,\"Tue\n\",2026-03-03,08:00\n",
            "\n\na1,Monday,2026-03-02,08:00,,\n\na2\n",
        ] {
            let file = format!("user,day,date,start\n{rows}");
            assert_eq!(fields(&file, true), expected, "{rows}");
        }
        // A record that continues after the head is ignored.
        for rows in ["a1,2026-03-", "a1,\"2026-03-02", "a1,\"x\",\"2026"] {
            let file = format!("user,day,date,start\n{rows}");
            let first = [Some(Field::Agent), Some(Field::Date), None, Some(Field::Start)];
            assert_eq!(fields(&file, false), first, "{rows}");
        }
    }

    #[test]
    fn all_of_the_head_says_whether_a_column_is_one_thing_throughout() {
        let rows = |agents: u32| -> String {
            let row =
                |row: u32| format!("u{},room {},2026-03-02 08:00\n", row / 100 % agents, row % 7);
            (0..300).map(row).collect()
        };
        let file = |agents| format!("user_id,resource,start\n{}", rows(agents));
        let fields = |agents| fields(&file(agents), true);
        assert_eq!(fields(3), [Some(Field::Agent), None, Some(Field::Start)]);
        assert_eq!(fields(1), [None, Some(Field::Agent), Some(Field::Start)]);
    }

    #[test]
    fn quotes_hold_delimiters_quotes_and_line_breaks() {
        let text =
            b"agent,start,end,note\n\"a\n\"\"1\"\"\",\"b,x\",c,\"n\n\n\"\na2,5\" pipe,c,\"\"\n";
        for step in 1..30 {
            let rows = read_stepwise(text, step).expect("readable");
            assert_eq!(rows.len(), 2, "{step}");
            assert_eq!(rows[0].3, ["a\n\"1\"", "b,x", "c"]);
            assert_eq!(rows[1].3, ["a2", "5\" pipe", "c"]);
        }
    }

    #[test]
    fn a_quote_that_never_closes_is_told_where_it_opens() {
        let text = b"agent,start,end\na1,b,c\na2,\"b,c\na3,b,c\n";
        for step in 1..30 {
            assert_eq!(
                read_stepwise(text, step),
                Err("the quote that opens here is never closed at 26".to_owned())
            );
        }
    }

    #[test]
    fn lines_that_do_not_fit_the_header_are_ragged() {
        let rows = read_stepwise(b"agent,start,end\na1,b\n\n,,\na2,b,c,\na3,b,c,d\na4,b,c\n", 100)
            .expect("readable");
        let faults: Vec<_> = rows.iter().map(|row| row.2).collect();
        let ragged = |found| Some(RowFault::Ragged { found, expected: 3 });
        assert_eq!(faults, [ragged(2), None, ragged(4), None]);
    }

    #[test]
    fn bytes_that_are_no_text_spoil_their_record_only() {
        let rows =
            read_stepwise(b"agent,start,end,note\na\xff,b,c,\na2,b,c,\xff\na\x003,b,c,\n", 100)
                .expect("readable");
        let faults: Vec<_> = rows.iter().map(|row| row.2).collect();
        assert_eq!(faults, [Some(RowFault::NotUtf8), None, Some(RowFault::Nul)]);
    }

    #[test]
    fn lines_are_counted_through_blank_ones_and_quotes() {
        let text = b"agent,start,end\n\n\na1,b,c\r\n\"a\n2\",b,c\n\na3,b,c\n";
        let table = open(text);
        let mut lines = Vec::new();
        let part = Part::default();
        let block = Block::new(&text[table.outset.start..], &part);
        let before = table.outset.lines;
        table
            .read(&block, &mut Account::default(), &mut |row| {
                lines.push(u64::from(row.line) + before + 1)
            })
            .expect("readable");
        assert_eq!(lines, [4, 5, 8]);
    }

    fn cells_and_breaks() -> impl Strategy<Value = String> {
        let token = proptest::sample::select(vec![
            ",",
            "\n",
            "\r\n",
            "a",
            " ",
            "2026-03-02",
            "é",
            "\u{0}",
            "",
            "\n\n",
            "\r",
            "\"",
            "b,c,d,e\n",
            "f,g,h\n",
        ]);
        proptest::collection::vec(token, 0..60).prop_map(|tokens| tokens.concat())
    }

    /// What both ways make of the same bytes: plain lines first, and the general
    /// reader from the beginning. Where line feeds are counted, they are right.
    fn both_ways(table: &Table, bytes: &[u8]) -> [Vec<Seen>; 2] {
        let (mut mixed, mut general) = (Vec::new(), Vec::new());
        let (part, mut account) = (Part::default(), Account::default());
        let block = Block::new(bytes, &part);
        table.read(&block, &mut account, &mut |row| mixed.push(seen(row))).expect("readable");
        let feeds = bytes.iter().filter(|byte| **byte == b'\n').count() as u32;
        assert_eq!(account.line_ends.unwrap_or(feeds), feeds, "line feeds");
        read_general(table, bytes, PlainStop::default(), &mut Vec::new(), &mut |row| {
            general.push(seen(row));
        });
        [mixed, general]
    }

    #[test]
    fn any_odd_byte_may_stand_anywhere() {
        let table = open(b"agent,start,note,end\n");
        let sound: String = (0..12)
            .map(|line| format!("agent {line},2026-03-02T08:00:00Z,a note,2026-03-02T16:00:00Z\n"))
            .collect();
        let rows = |bytes: &[u8]| {
            let mut rows = 0;
            assert!(read_plain(&table, bytes, &mut Vec::new(), &mut |_| rows += 1).is_ok());
            rows
        };
        assert_eq!(rows(sound.as_bytes()), 12);
        assert_eq!(rows(sound.replace('\n', "\r\n").as_bytes()), 12);
        for place in 0..sound.len() {
            for byte in *b",\n\r\"\0 \x80" {
                let mut bytes = sound.clone().into_bytes();
                bytes[place] = byte;
                let [mixed, general] = both_ways(&table, &bytes);
                assert_eq!(mixed, general, "{byte} at {place}");
            }
        }
    }

    proptest! {
        #[test]
        fn cutting_at_delimiters_equals_the_csv_crate(
            text in cells_and_breaks(),
            padding in 0usize..9000,
            wide in any::<bool>(),
        ) {
            let table = open(if wide { b"agent,start,note,end\n" } else { b"agent,start,end\n" });
            // Moves the text over the places where chunks and stretches end.
            let mut lines = "padding,1,2,3\r\n".repeat(padding / 15).into_bytes();
            lines.resize(padding, b'x');
            lines.extend_from_slice(text.as_bytes());
            let [mixed, general] = both_ways(&table, &lines);
            prop_assert_eq!(mixed, general);
        }

        #[test]
        fn bytes_may_arrive_in_any_portions(
            text in proptest::collection::vec(proptest::sample::select(vec!["\"", "\"\"", ",", "\n", "\r\n", "a", "bc"]), 0..40),
            step in 1usize..9,
        ) {
            let text = format!("agent,start,end\n{}", text.concat());
            prop_assert_eq!(read_stepwise(text.as_bytes(), step), read_stepwise(text.as_bytes(), 1000));
        }
    }
}
