//! Reads a file in blocks of whole records, and reads single records again.
//!
//! A [`Source`] hands out its bytes in blocks of whole records, to any thread that asks. What
//! was read of each block is noted in an index, so that single records can be recalled by where
//! they begin. A stream can be read only once, so its records are kept as far as they are ever
//! shown.

use crate::model::finding::Problem;
use crate::model::keys::Keys;
use crate::model::observation::KeyFacts;
use crate::model::receipt::ShownBy;
use crate::model::row::{Field, Row, fold_name};
use crate::model::settings::{InputFile, Settings, SheetName};
use crate::model::sheet::SheetLayout;
use crate::model::shift::Kind;
use crate::model::source::{Role, ScheduleWeeks};
use crate::read::content::{self, Access, Content, Wrapping, unreadable};
use crate::read::csv;
use crate::read::json::is_pattern;
use crate::read::names::{self, Hints, Shape};
use crate::read::{
    Block, ColumnSurvey, Cutter, Document, DocumentFacts, FORMATS, Format, Opening, ParseError,
    Part, Piece, SurveyedColumn,
};
use memchr::memchr_iter;
use std::io;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

mod as_sheet;

mod aside;

mod completions;

mod foreign;

mod gathered;

mod index;

mod kept;

mod ledger;

mod mentions;

mod onward;

#[cfg(feature = "cli")]
mod placed;

#[cfg(feature = "spreadsheets")]
mod sheets;

mod side_tables;

mod signs;

#[cfg(feature = "spreadsheets")]
mod skipped_sheets;

mod text_position;

pub use aside::SkipReason;
pub use completions::PublishedTimes;
pub use index::{Index, Place, Recalled};
pub use ledger::{NotedCount, SourceLedger};

use as_sheet::sheet_hints;
use completions::{Completions, hand_over};
use index::{Indexed, RestartMark};
use kept::Keeper;
use onward::read_on;
use text_position::{Landmarks, TextPosition};

/// How much of a file is examined to understand the rest, in bytes.
const HEAD: usize = 1 << 20;
/// A file of any role opens as a list of agents that names no column.
const ANY_AGENT: [(Field, String); 1] = [(Field::Agent, String::new())];
/// How much is read at a time, in bytes: so little that a block stays in the
/// cache of its core while it is cut and read.
const STRIDE: usize = 1 << 18;
/// From this length on, a document is cut before it is read, to learn what follows its records.
const LARGE: u64 = 1 << 20;
/// How far apart marks in the index are, at least, in bytes.
const MARK_SPACING: usize = 4096;

/// One input, opened.
pub struct Source {
    /// The file, as the user named it.
    pub file: InputFile,
    /// Its format; `None` if it could not be recognised.
    pub format: Option<&'static Format>,
    /// Whether it holds nothing at all.
    pub is_empty: bool,
    /// Lines and columns that were counted already.
    landmarks: Mutex<Landmarks>,
    /// Why it is not read at all, if it is not.
    refused: OnceLock<Problem>,
    /// Why it does not belong to what its directory is read as, if it does not.
    aside: OnceLock<SkipReason>,
    /// What it is, once its beginning is understood.
    document: Option<Box<dyn Document>>,
    /// What its format says of it as a whole.
    facts: DocumentFacts,
    /// Where the head begins: after a byte-order mark.
    base: u64,
    /// The place of the first record, if places are counted while the bytes pass.
    outset: Option<TextPosition>,
    /// The one part of a file without lists.
    whole: Arc<Part>,
    content: Option<Box<dyn Content>>,
    cursor: Mutex<Cursor>,
    index: Mutex<Vec<Arc<Indexed>>>,
    /// What was noticed beside the rows.
    ledger: Mutex<SourceLedger>,
    /// Whether records are read with what follows them in the document.
    applies_learnt: AtomicBool,
    /// Whether what follows the records was looked for before they are read.
    looked_ahead: AtomicBool,
    /// Whether records of this pass lack what was found so, and the pass ends.
    ends_early: AtomicBool,
    /// The times that changes leave to what is published, once they are known.
    completions: OnceLock<Completions>,
    /// What its columns hold in the head, if a receipt is wanted.
    survey: Option<ColumnSurvey>,
    /// What says its role.
    role_by: ShownBy,
    /// Whether it begins as workbooks do, so that its sheets have to be opened.
    #[cfg(feature = "spreadsheets")]
    may_be_workbook: bool,
    /// The sheet that it is, of a workbook.
    sheet: Option<Arc<SheetLayout>>,
    /// What the user should know about the sheet.
    sheet_notes: Vec<String>,
    /// What the workbook was wrapped in that it is a sheet of.
    outer: Option<Wrapping>,
}

#[derive(Default)]
struct Cursor {
    /// Where the bytes after the rest are read from.
    position: u64,
    /// Bytes that were read and not handed out.
    rest: Vec<u8>,
    cutter: Option<Box<dyn Cutter>>,
    /// The place of the next block, if places are counted while the bytes pass.
    text_position: Option<TextPosition>,
    handed_out: usize,
    /// Blocks that are kept and wait to be handed out again.
    again: Range<usize>,
    finished: bool,
    problem: Option<(Option<u64>, Problem)>,
}

/// A block that one thread reads; see [`Source::next_block`].
#[derive(Debug, Clone)]
pub struct BlockHandle {
    /// Its number among the blocks of its source.
    number: usize,
    /// Where its buffer begins in the source.
    offset: u64,
    /// Its records within the buffer.
    start: usize,
    end: usize,
    next: usize,
    part: Arc<Part>,
    part_number: u32,
    /// The place where its buffer begins, if places are counted while the bytes pass.
    text_position: Option<TextPosition>,
    /// Whether it was read before, and its records are kept.
    again: bool,
}

impl Source {
    /// Opens a file as far as its head. What is wrong with it is kept for
    /// [`Source::problem`].
    #[must_use]
    pub fn open(file: &InputFile, settings: &Settings) -> Source {
        Source::of_content(file, content::open(file, settings), settings)
    }

    /// Opens a file, or each sheet of one that is a workbook.
    #[must_use]
    pub fn open_all(file: &InputFile, settings: &Settings) -> Vec<Source> {
        let source = Source::open(file, settings);
        // The head of a stream can be read twice: once to see what it is, and once more.
        #[cfg(feature = "spreadsheets")]
        if let (true, Some(content)) = (source.may_be_workbook, &source.content) {
            return sheets::expand(file, &**content, settings);
        }
        vec![source]
    }

    fn of_content(
        file: &InputFile,
        content: Result<Box<dyn Content>, Problem>,
        settings: &Settings,
    ) -> Source {
        let mut source = Source {
            file: file.clone(),
            format: None,
            is_empty: false,
            refused: OnceLock::new(),
            aside: OnceLock::new(),
            document: None,
            facts: DocumentFacts::default(),
            base: 0,
            outset: None,
            whole: Arc::default(),
            content: None,
            cursor: Mutex::default(),
            index: Mutex::default(),
            landmarks: Mutex::default(),
            ledger: Mutex::default(),
            applies_learnt: AtomicBool::default(),
            looked_ahead: AtomicBool::default(),
            ends_early: AtomicBool::default(),
            completions: OnceLock::new(),
            survey: None,
            role_by: if file.guessed { ShownBy::Default } else { ShownBy::Option },
            #[cfg(feature = "spreadsheets")]
            may_be_workbook: false,
            sheet: None,
            sheet_notes: Vec::new(),
            outer: None,
        };
        let understood = content.and_then(|content| {
            source.content = Some(content);
            source.understand(settings)
        });
        if let Err(problem) = understood
            && source.aside.get().is_none()
        {
            source.give_up(problem);
        }
        source.name_sheet();
        source
    }

    fn understand(&mut self, settings: &Settings) -> Result<(), Problem> {
        let mut head = Vec::new();
        // If reading fails in the head, what is before the failure is read all the same,
        // and the failure occurs again after it.
        let read = self.read_at(0, HEAD, &mut head, 0);
        if let (Err(error), true) = (&read, head.is_empty()) {
            return Err(unreadable(error));
        }
        let whole = read.is_ok() && head.len() < HEAD;
        #[cfg(feature = "spreadsheets")]
        if sheets::may_be_workbook(&head, &self.file, settings) {
            self.may_be_workbook = true;
        }
        if self.file.sheet.is_none() {
            foreign::refuse(&head)?;
        }
        let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head);
        self.base = (head.len() - text.len()) as u64;
        self.is_empty = whole && text.trim_ascii().is_empty();
        if self.is_empty {
            return self.accept_empty();
        }
        let is_sheet = self.file.sheet.is_some();
        let fits = |format: &&&Format| match settings.format {
            _ if is_sheet => format.name == "xlsx",
            Some(name) => format.name == name,
            None => (format.sniff)(text),
        };
        let Some(format) = FORMATS.iter().find(fits) else {
            return Err(Problem {
                line: None,
                column: None,
                message: "this is in no known format".to_owned(),
                help: Some("expected CSV with a header line, JSON, or NDJSON".to_owned()),
            });
        };
        self.format = Some(format);
        let (role, limits) = (self.file.role, settings.limits);
        let (columns, fill_down) = (&settings.columns_of(&self.file), &*settings.fill_down);
        let sheet = self.file.sheet.as_ref().map(|sheet| sheet_hints(&sheet.name));
        let opening = Opening { head: text, whole, role, columns, fill_down, limits, sheet };
        if self.file.may_be_left_aside() || self.file.guessed {
            self.recognise_other_role(text, &opening, format);
        }
        let role = self.file.role;
        let columns = &settings.columns_of(&self.file);
        let opening = Opening { role, columns, ..opening };
        let understood = (format.open)(&opening);
        if self.file.found && self.file.sheet.is_none() && role.claims_time() {
            self.recognise_side_table(&understood, text, &opening, format);
        }
        // If a document cannot be understood because its end is missing, that is reported.
        let document = understood
            .map_err(|problem| read.map_or_else(|error| unreadable(&error), |_| problem))?;
        let start = document.outset().start;
        if settings.receipts {
            self.survey = document.survey(text.get(start..).unwrap_or_default(), whole);
        }
        self.facts = document.facts();
        self.document = Some(document);
        if self.access() != Access::Anywhere {
            let before = text.get(..start).unwrap_or(text);
            self.outset = Some(TextPosition::default().past(before, self.line_end()));
        }
        self.cursor = Mutex::new(self.outset_of_pass());
        Ok(())
    }

    /// Sets a file of a directory aside that is of another role.
    fn recognise_other_role(&mut self, head: &[u8], opening: &Opening<'_>, format: &Format) {
        if aside::is_own_output(head) {
            return self.set_aside(SkipReason::harmless("it is a report of shiftlint"));
        }
        let open = Opening { role: Role::Agents, columns: &ANY_AGENT, ..*opening };
        let swaps = Opening { role: Role::Swaps, columns: &[], ..*opening };
        let document = (format.open)(opening).or_else(|_| (format.open)(&open));
        let document = document.or_else(|_| (format.open)(&swaps));
        let names = document.as_ref().map_or(Vec::new(), |it| aside::names(&**it, head));
        if self.file.guessed && aside::is_list_of_swaps(&names) {
            (self.file.role, self.role_by) = (Role::Swaps, ShownBy::Content);
            return;
        }
        let is_found = self.file.found || self.file.guessed;
        let path = if is_found { &*self.file.path } else { "" };
        let Some(other) = aside::other_role(&names, path, self.file.role) else { return };
        if !self.file.guessed {
            #[cfg(feature = "spreadsheets")]
            if let (Some(SheetName { name, .. }), Some(csv)) = (&self.file.sheet, &self.file.bytes)
            {
                return self.set_aside(skipped_sheets::plan_beside_names(name, csv, other));
            }
            let other = match &document {
                Ok(it) if self.file.found => {
                    side_tables::plan_beside_names((&**it, head), path, other)
                }
                _ => other,
            };
            return self.set_aside(other);
        }
        let Some((role, by)) = other.role() else { return };
        let missed = document.is_ok_and(|it| aside::holds_times(&*it, head, opening));
        // Times that are not read are more likely those of shifts.
        if role != Role::Agents || !missed {
            (self.file.role, self.role_by) = (role, by);
        }
    }

    /// Sets a table of a directory aside that is beside the schedule. What does not fit in the
    /// head is no list of codes or holidays.
    fn recognise_side_table(
        &self,
        understood: &Result<Box<dyn Document>, Problem>,
        head: &[u8],
        opening: &Opening<'_>,
        format: &Format,
    ) {
        let path = &self.file.path;
        let aside = match understood {
            _ if !opening.whole || format.name != csv::FORMAT.name => None,
            Ok(document) => side_tables::of_holidays(&**document, head, path),
            Err(problem) => csv::delimiter(opening)
                .and_then(|by| side_tables::without_columns((head, by), path, problem)),
        };
        aside.into_iter().for_each(|aside| self.set_aside(aside));
    }

    /// What says its role.
    #[must_use]
    pub fn role_by(&self) -> ShownBy {
        self.role_by
    }

    /// What its bytes were wrapped in.
    #[must_use]
    pub fn wrapping(&self) -> Wrapping {
        let own = || self.content.as_ref().map(|content| content.wrapping());
        self.outer.or_else(own).unwrap_or_default()
    }

    /// What its columns hold in the beginning of the file, or its keys in all of
    /// it, once no thread reads a block any more; `None` if it was not understood.
    #[must_use]
    pub fn survey(&self) -> Option<ColumnSurvey> {
        let document = self.document.as_ref()?;
        if !document.names_in_records() {
            return self.survey.clone();
        }
        let ledger = self.ledger();
        let column = |key: &KeyFacts| {
            let samples: Vec<String> = key.samples.iter().map(|(_, text)| text.clone()).collect();
            let shape = Shape::of(&samples.iter().map(String::as_str).collect::<Vec<_>>());
            let (name, count) = (key.path.clone(), key.values);
            let field = document.field_of_key(&key.name);
            SurveyedColumn { field, name, count, shape, samples }
        };
        let columns = ledger.keys().into_iter().map(column).collect();
        Some(ColumnSurvey { columns, records: ledger.elements(), whole: true })
    }

    /// Says that the file does not belong to what its directory is read as. The
    /// first reason counts.
    pub fn set_aside(&self, aside: SkipReason) {
        let _ = self.aside.set(aside);
    }

    /// Why it does not belong to what its directory is read as, if it does not.
    #[must_use]
    pub fn aside(&self) -> Option<&SkipReason> {
        self.aside.get()
    }

    /// The length of its bytes, unpacked, and what they are, as a number; `None` if
    /// they cannot be read, or only once.
    #[must_use]
    pub fn contents(&self, keys: &Keys) -> Option<(u64, u64)> {
        if self.access() == Access::Once {
            return None;
        }
        let (mut bytes, mut length, mut sum) = (Vec::new(), 0u64, 0u64);
        loop {
            let count = self.read_at(length, STRIDE, &mut bytes, 0).ok()?;
            if count == 0 {
                return Some((length, sum));
            }
            bytes.extend_from_slice(&sum.to_le_bytes());
            sum = keys.hash(&bytes);
            length += count as u64;
        }
    }

    /// An empty batch is nothing to check. Any other empty file is more likely an
    /// export that failed than one without records, which has a header or a
    /// pair of brackets; only lines of JSON have neither.
    fn accept_empty(&self) -> Result<(), Problem> {
        if self.file.sheet.as_ref().is_some_and(|sheet| !sheet.chosen) {
            self.set_aside(SkipReason::harmless("the sheet is empty"));
            return Ok(());
        }
        if self.file.role == Role::Batch || self.is_of_lines() {
            return Ok(());
        }
        Err(Problem {
            line: None,
            column: None,
            message: "the file is empty, without even a header".to_owned(),
            help: Some("export it again, or leave the option out if there is nothing".to_owned()),
        })
    }

    /// Whether it holds lines of JSON by its name, which have no header.
    #[must_use]
    pub fn is_of_lines(&self) -> bool {
        let path = self.file.path.to_lowercase();
        [".ndjson", ".jsonl"].iter().any(|ending| path.ends_with(ending))
    }

    /// Whether its records can have a word of this field: not if a header leaves
    /// it out. Records that name their fields themselves can always have one.
    #[must_use]
    pub fn may_have(&self, field: Field) -> bool {
        self.document.as_ref().is_none_or(|document| document.may_have(field))
    }

    /// Whether it has a column or key for a field.
    #[must_use]
    pub fn has_place_for(&self, field: Field) -> bool {
        let in_records = || {
            let ledger = self.ledger();
            ledger.keys().iter().any(|key| self.field_of_key(&key.name) == Some(field))
        };
        match self.names_in_records() {
            true => in_records(),
            false => self.may_have(field),
        }
    }

    /// What its format says of it as a whole.
    #[must_use]
    pub fn facts(&self) -> &DocumentFacts {
        &self.facts
    }

    /// The weeks of which it is the whole schedule, if it is a batch that says so.
    #[must_use]
    pub fn weeks(&self) -> Option<ScheduleWeeks> {
        self.facts.weeks.filter(|_| self.file.role == Role::Batch)
    }

    /// Whether it is a batch that names only what it changes of a schedule.
    #[must_use]
    pub fn holds_changes(&self) -> bool {
        self.facts.holds_changes && self.file.role == Role::Batch
    }

    /// Whether it is a batch that is written to one schedule as a whole: its changes, or all of
    /// some weeks.
    #[must_use]
    pub fn is_upload(&self) -> bool {
        self.holds_changes() || self.weeks().is_some()
    }

    /// The field of a key, if records name their fields themselves.
    #[must_use]
    pub fn field_of_key(&self, key: &str) -> Option<Field> {
        self.document.as_ref()?.field_of_key(key)
    }

    /// What the names of its columns or keys say of all their values.
    #[must_use]
    pub fn hints(&self) -> Hints {
        self.document.as_ref().map(|document| document.hints()).unwrap_or_default()
    }

    /// Columns or keys that are not read and hold times, except bookkeeping, each with its
    /// first values.
    #[must_use]
    pub fn unread_times(&self) -> Vec<(String, Vec<String>)> {
        let Some(document) = self.document.as_ref() else { return Vec::new() };
        if !document.names_in_records() {
            return document.unread_times();
        }
        let ledger = self.ledger();
        let unread = |key: &&KeyFacts| {
            document.field_of_key(&key.name).is_none()
                && names::is_unread(&key.name, self.file.role)
        };
        let timed = |key: &&KeyFacts| Shape::of(&key.words()).holds_times();
        let keys = ledger.keys().into_iter().filter(unread).filter(timed);
        let owned = |word: &str| word.to_owned();
        keys.map(|key| (key.name.clone(), key.words().into_iter().map(owned).collect())).collect()
    }

    /// Columns that hold zones beside local times and are not read, each with its first values.
    #[must_use]
    pub fn unread_zones(&self) -> Vec<(String, Vec<String>)> {
        self.document.as_ref().map(|document| document.unread_zones()).unwrap_or_default()
    }

    /// The name of the column that a field is read from, if it has columns.
    #[must_use]
    pub fn column_of(&self, field: Field) -> Option<&str> {
        self.document.as_ref()?.column_of(field)
    }

    /// The column or key that a field is read from; its own name where that is not known.
    #[must_use]
    pub fn column_named(&self, field: Field) -> String {
        let of_key = |name: &str| self.field_of_key(name) == Some(field);
        let ledger = self.ledger();
        let in_records =
            || ledger.keys().iter().find(|key| of_key(&key.name)).map(|key| &*key.name);
        self.column_of(field).or_else(in_records).unwrap_or(field.name()).to_owned()
    }

    /// Whether attendance is read as the plan, since there is no other.
    #[must_use]
    pub fn reads_attendance(&self) -> bool {
        self.document.as_ref().is_some_and(|document| document.reads_attendance())
    }

    /// Whether the ids of its first records count these, as the numbers of lines do.
    #[must_use]
    pub fn ids_number_rows(&self) -> bool {
        self.document.as_ref().is_some_and(|document| document.ids_number_rows())
    }

    /// Under which orders of their numbers its dates are on the weekdays that a column
    /// says, if one does.
    #[must_use]
    pub fn weekday_orders(&self) -> Option<[bool; 3]> {
        self.document.as_ref()?.weekday_orders()
    }

    /// The byte where the first record begins that could be read, once all is read.
    #[must_use]
    pub fn first_record(&self) -> Option<u64> {
        let document = self.document.as_deref()?;
        let blocks = lock(&self.index).clone();
        let block =
            blocks.iter().filter(|block| block.records > 0).min_by_key(|block| block.number)?;
        let mut first = None;
        let mut see = |row: &Row<'_>| {
            first = first.or(row.fault.is_none().then(|| block.offset + row.offset as u64));
        };
        let part = self.part_of(block);
        match &block.kept {
            Some(kept) => kept.rows(document, &part, &mut |row, _| see(row)),
            None => {
                let (mut bytes, length) = (Vec::new(), block.end - block.offset);
                self.read_at(block.offset, usize::try_from(length).ok()?, &mut bytes, 0).ok()?;
                read_on(document, &Block::again(&bytes, &part), &mut see);
            }
        }
        first
    }

    /// Whether it is a table with exactly this many lines, once all is read. The last
    /// one may lack its end.
    #[must_use]
    pub fn is_table_of(&self, lines: u64) -> bool {
        let Some(document) = self.document.as_ref().filter(|found| !found.columns().is_empty())
        else {
            return false;
        };
        let ended: u64 = lock(&self.index).iter().map(|block| block.lines).sum();
        match (document.outset().lines + ended).checked_sub(lines) {
            Some(more) => more == 0 && !self.ends_open(),
            None => document.outset().lines + ended + 1 == lines && self.ends_open(),
        }
    }

    /// Whether its last line has no end, if that can be looked up.
    fn ends_open(&self) -> bool {
        let mut last = Vec::new();
        let length = self.length().filter(|_| self.access() == Access::Anywhere);
        let place = length.and_then(|length| length.checked_sub(1));
        let read = place.is_some_and(|place| self.read_at(place, 1, &mut last, 0).is_ok());
        read && last.first().is_some_and(|byte| *byte != self.line_end())
    }

    /// Its length in bytes, if that is known before all of it is read.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.content.as_ref().map_or(Some(0), |content| content.length())
    }

    /// Begins again for another pass, unless the file changed since it was opened: passes
    /// over a file that is being written would never end.
    pub fn begin_again(&self) {
        if self.has_changed() {
            self.refuse(changed());
        }
        self.rewind();
    }

    /// Begins again at the first record, as if nothing had been read. What is kept comes
    /// again, and after it what was not read yet.
    pub fn rewind(&self) {
        self.ends_early.store(false, Ordering::Relaxed);
        lock(&self.ledger).begin_again(self.access() == Access::Once);
        if self.access() == Access::Once {
            let mut cursor = lock(&self.cursor);
            cursor.again = 0..cursor.handed_out;
            lock(&self.index).sort_unstable_by_key(|block| block.number);
        } else {
            *lock(&self.cursor) = self.outset_of_pass();
            lock(&self.index).clear();
        }
    }

    fn outset_of_pass(&self) -> Cursor {
        let Some(document) = &self.document else { return Cursor::default() };
        let position = self.base + document.outset().start as u64;
        Cursor {
            position,
            text_position: self.outset,
            cutter: Some(document.cutter()),
            ..Cursor::default()
        }
    }

    fn has_changed(&self) -> bool {
        self.content.as_ref().is_some_and(|content| content.has_changed())
    }

    fn access(&self) -> Access {
        self.content.as_ref().map_or(Access::Anywhere, |content| content.access())
    }

    /// Whether records are best recalled from the first to the last, by one
    /// thread: everything before a record would be read again from the start.
    #[must_use]
    pub fn reads_forward(&self) -> bool {
        self.access() == Access::Forward
    }

    /// What the user should know about how it was read.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let empty = (self.is_empty && self.file.role == Role::Batch)
            .then(|| "the file is empty, without even a header".to_owned());
        let opened = self.document.iter().flat_map(|document| document.notes()).cloned();
        let completed = self.completions.get().map(|of| completions_note(of.count()));
        opened.chain(empty).chain(completed).chain(self.sheet_notes.iter().cloned()).collect()
    }

    /// Takes the next block into a buffer; `None` when there is none left.
    pub fn next_block(&self, buffer: &mut Vec<u8>) -> Option<BlockHandle> {
        let mut cursor = lock_soon(&self.cursor);
        if self.is_empty || self.refused.get().is_some() || self.aside.get().is_some() {
            return None;
        }
        if let Some(number) = cursor.again.next() {
            buffer.clear();
            return self.next_block_again(number);
        }
        if cursor.finished {
            return None;
        }
        let held = put_in_front(&mut cursor.rest, buffer);
        let offset = cursor.position - held as u64;
        let mut at_end = false;
        if held < STRIDE / 2 {
            at_end = self.fill(&mut cursor, buffer, held);
        } else {
            buffer.truncate(held);
        }
        loop {
            let cutter = cursor.cutter.as_mut()?;
            let (cut, noticed) = (cutter.cut(buffer, at_end), cutter.take_observations());
            for (place, word) in cutter.take_mentions() {
                lock(&self.ledger).mention(place, word);
            }
            for observation in noticed {
                let before = buffer.get(..observation.at as usize).unwrap_or(buffer);
                let text_position = self.past(cursor.text_position, before);
                lock(&self.ledger).note(observation, offset, text_position);
            }
            match cut {
                Ok(Some(piece)) => {
                    let handle = self.handle(&mut cursor, piece, offset);
                    cursor.rest.extend_from_slice(buffer.get(piece.next..).unwrap_or(&[]));
                    let taken = buffer.get(..piece.next).unwrap_or(buffer);
                    cursor.text_position = self.past(cursor.text_position, taken);
                    return Some(handle);
                }
                Ok(None) if at_end => {
                    cursor.finished = true;
                    return None;
                }
                Ok(None) if cursor.finished => return None,
                Ok(None) => at_end = self.fill(&mut cursor, buffer, buffer.len()),
                Err(mut fault) => {
                    // The next caller would begin in the middle of something.
                    cursor.finished = true;
                    let unread = "nothing after this place was read; correct it, and check again";
                    fault.help.get_or_insert_with(|| unread.to_owned());
                    let text_position = cursor.text_position;
                    drop(cursor);
                    self.break_off(offset, text_position, buffer, fault);
                    return None;
                }
            }
        }
    }

    fn handle(&self, cursor: &mut Cursor, piece: Piece, offset: u64) -> BlockHandle {
        let Piece { start, end, next, part: part_number } = piece;
        let number = cursor.handed_out;
        cursor.handed_out += 1;
        let parts = cursor.cutter.as_ref().map_or(&[][..], |cutter| cutter.parts());
        let part = parts.get(part_number as usize).unwrap_or(&self.whole).clone();
        let (text_position, again) = (cursor.text_position, false);
        BlockHandle { number, offset, start, end, next, part, part_number, text_position, again }
    }

    /// Hands out a block that is kept; its buffer stays empty.
    fn next_block_again(&self, number: usize) -> Option<BlockHandle> {
        let block = lock(&self.index).get(number).cloned()?;
        Some(BlockHandle {
            number,
            offset: block.offset,
            start: 0,
            end: 0,
            next: 0,
            part: Arc::clone(&block.part),
            part_number: block.part_number,
            text_position: None,
            again: true,
        })
    }

    /// Reads the rows of a block that is kept.
    fn read_again(
        &self,
        handle: &BlockHandle,
        document: &dyn Document,
        sink: &mut dyn FnMut(&Row<'_>, u64),
    ) {
        let Some(block) = lock(&self.index).get(handle.number).cloned() else { return };
        if let Some(kept) = &block.kept {
            let part = self.part_of(&block);
            let completions = self.completions.get();
            kept.rows(document, &part, &mut |row, _| {
                hand_over(completions, row, block.offset + row.offset as u64, sink);
            });
        }
    }

    /// The part of a block, with what its surroundings say after it.
    fn part_of(&self, block: &Indexed) -> Arc<Part> {
        let Some(document) = &self.document else { return Arc::clone(&block.part) };
        self.with_late_scope(&**document, &block.part)
    }

    /// Reads as [`Content::read`] does.
    fn read_at(
        &self,
        position: u64,
        count: usize,
        buffer: &mut Vec<u8>,
        kept: usize,
    ) -> io::Result<usize> {
        let Some(content) = &self.content else {
            buffer.truncate(kept);
            return Ok(0);
        };
        content.read(position, count, buffer, kept)
    }

    /// Reads on, after what is kept of a buffer; whether that was the end. If reading
    /// fails, what came before is in the buffer, and no more is read.
    fn fill(&self, cursor: &mut Cursor, buffer: &mut Vec<u8>, kept: usize) -> bool {
        let outcome = self.read_at(cursor.position, STRIDE, buffer, kept);
        let count = buffer.len() - kept;
        cursor.position += count as u64;
        if let Err(error) = &outcome {
            cursor.finished = true;
            let mut problem = unreadable(error);
            place(&mut problem, self.past(cursor.text_position, buffer));
            cursor.problem.get_or_insert((Some(cursor.position), problem));
        }
        outcome.is_ok() && count < STRIDE
    }

    /// Reads the rows of a block and notes them in the index. The sink is given
    /// the byte at which each record begins in the source.
    pub fn read(&self, handle: BlockHandle, buffer: &[u8], sink: &mut dyn FnMut(&Row<'_>, u64)) {
        let Some(document) = self.document.as_deref() else { return };
        if handle.again {
            return self.read_again(&handle, document, sink);
        }
        let bytes = buffer.get(handle.start..handle.end).unwrap_or(&[]);
        let offset = handle.offset + handle.start as u64;
        let mut marks = vec![RestartMark::default()];
        let has_lines = self.has_lines();
        let mut next_mark = MARK_SPACING;
        let mut keeper = (self.access() == Access::Once).then(Keeper::default);
        // What is kept is not read again from its bytes.
        let (mut records, mut one_each, mut alone_from) = (0u32, keeper.is_none(), 0);
        let part = self.with_late_scope(document, &handle.part);
        let completions = self.completions.get();
        let block = Block::new(bytes, &part);
        let (account, fault) = read_on(document, &block, &mut |row| {
            if let Some(keeper) = &mut keeper {
                keeper.keep(document, bytes, row);
            } else if row.restart >= next_mark {
                // A nested row is read again from its element on, which begins some lines before.
                let between = bytes.get(row.restart..row.offset).unwrap_or_default();
                let between = memchr_iter(self.line_end(), between).count() as u32;
                let (offset, element) = (row.restart as u32, row.element);
                let line = row.line.saturating_sub(between);
                marks.push(RestartMark { offset, line, record: records, element });
                next_mark = row.restart + MARK_SPACING;
            }
            if !row.continues {
                // A row that needs the one before to be read again restarts with it.
                one_each &= row.restart >= alone_from;
                one_each &= records == if has_lines { row.line } else { row.element };
                alone_from = row.restart + 1;
                records += 1;
            }
            hand_over(completions, row, offset + row.offset as u64, sink);
        });
        let text_position = |before: usize| {
            let before = buffer.get(..before).unwrap_or_default();
            self.past(handle.text_position, before)
        };
        if let Some(fault) = fault {
            self.break_off(offset, text_position(handle.start), bytes, fault);
        }
        let count = |range: std::ops::Range<usize>| {
            memchr_iter(self.line_end(), buffer.get(range).unwrap_or(&[])).count() as u64
        };
        // The lines of a quoted table decide nothing.
        one_each &= account.line_ends.is_some() || !has_lines;
        let leading = count(0..handle.start);
        let counted = account.line_ends.map_or_else(|| count(handle.start..handle.end), u64::from);
        let lines = leading + counted + count(handle.end..handle.next);
        for mark in &mut marks {
            mark.line += leading as u32;
        }
        let elements = u64::from(account.elements);
        if !account.is_bare() {
            let text_position = |at: u64| text_position(handle.start + at as usize);
            lock(&self.ledger).add(
                account,
                &handle.part.pointer,
                u64::from(records),
                offset,
                &text_position,
            );
        }
        lock(&self.index).push(Arc::new(Indexed {
            number: handle.number,
            offset,
            next: handle.offset + handle.next as u64,
            end: offset + bytes.len() as u64,
            part: handle.part,
            part_number: handle.part_number,
            lines,
            records: u64::from(records),
            elements,
            marks,
            one_each,
            kept: keeper.map(Keeper::finish),
        }));
    }

    /// Reads all rows that are left, on this thread.
    pub fn read_all(&self, sink: &mut dyn FnMut(&Row<'_>, u64)) {
        let mut buffer = Vec::new();
        while let Some(handle) = self.next_block(&mut buffer) {
            self.read(handle, &buffer, sink);
        }
    }

    /// Whether each line is a record, in a format of lines.
    pub(crate) fn has_lines(&self) -> bool {
        self.format.is_some_and(|format| format.lines)
    }

    /// A position after these bytes, if positions are known.
    fn past(&self, position: Option<TextPosition>, bytes: &[u8]) -> Option<TextPosition> {
        position.map(|position| position.past(bytes, self.line_end()))
    }

    /// The byte at the end of a line.
    fn line_end(&self) -> u8 {
        self.document.as_ref().map_or(b'\n', |document| document.outset().line_end)
    }

    /// Notes where and why reading stops, in bytes that begin at an offset and,
    /// where that is known, at a line and column. Of several places the first counts.
    fn break_off(
        &self,
        offset: u64,
        text_position: Option<TextPosition>,
        bytes: &[u8],
        fault: ParseError,
    ) {
        let at = offset + fault.offset as u64;
        let before = bytes.get(..fault.offset).unwrap_or(bytes);
        let ParseError { message, help, .. } = fault;
        let mut problem = Problem { line: None, column: None, message, help };
        place(
            &mut problem,
            text_position.map(|text_position| text_position.past(before, self.line_end())),
        );
        self.fail(Some(at), problem);
    }

    fn fail(&self, at: Option<u64>, problem: Problem) {
        let mut cursor = lock(&self.cursor);
        cursor.finished = cursor.finished || at.is_none();
        let earlier = cursor.problem.as_ref().is_none_or(|(known, _)| at < *known);
        if earlier {
            cursor.problem = Some((at, problem));
        }
    }

    /// Gives the source up: nothing of it is read. The first reason counts.
    pub fn refuse(&self, problem: Problem) {
        let _ = self.refused.set(problem);
    }

    /// Whether it was given up.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.refused.get().is_some()
    }

    /// Says that the file is not what it was when it was first read.
    pub fn note_change(&self) {
        self.fail(None, changed());
    }

    /// Why it could not be read to its end, with line and column.
    #[must_use]
    pub fn problem(&self) -> Option<Problem> {
        if let Some(problem) = self.refused.get() {
            return Some(problem.clone());
        }
        if self.has_changed() {
            return Some(changed());
        }
        let (at, mut problem) = lock(&self.cursor).problem.clone()?;
        if let (Some(at), None) = (at, problem.line) {
            place(&mut problem, self.locate(at).ok());
        }
        Some(problem)
    }

    /// Line and column of a byte, counted from the last place before it that is known. A document
    /// can have a doubt for each of its keys, all of which are looked up.
    fn locate(&self, at: u64) -> io::Result<TextPosition> {
        let mut landmarks = lock(&self.landmarks);
        let (mut position, mut text_position) = landmarks.before(at.saturating_sub(self.base));
        let mut bytes = Vec::new();
        loop {
            let ahead = at.saturating_sub(self.base + position);
            let wanted = usize::try_from(ahead).unwrap_or(usize::MAX).min(Landmarks::SPACING);
            let count = self.read_at(self.base + position, wanted, &mut bytes, 0)?;
            text_position = text_position.past(&bytes, self.line_end());
            position += count as u64;
            if count < Landmarks::SPACING {
                return Ok(text_position);
            }
            landmarks.add(position, text_position);
        }
    }

    /// Closes what is open, if it can be opened again and there are many inputs.
    fn pause(&self) {
        self.content.iter().for_each(|content| content.pause());
    }

    /// Whether it joins lines that are parts of one shift into one row.
    #[must_use]
    pub fn joins_lines(&self) -> bool {
        self.document.as_ref().is_some_and(|document| document.joins_lines())
    }

    /// How many lines or elements it has, once all of it was read.
    #[must_use]
    pub fn element_count(&self) -> u64 {
        lock(&self.index).iter().map(|block| block.elements).sum()
    }

    /// What its records are, if its name says so: that of a sheet.
    #[must_use]
    pub fn kind_by_name(&self) -> Option<Kind> {
        sheet_hints(&self.file.sheet.as_ref()?.name).kind
    }

    /// The byte between its cells, if it is a table.
    #[must_use]
    pub fn delimiter(&self) -> Option<u8> {
        self.document.as_ref()?.delimiter()
    }

    /// How many bytes of its text are before the first record.
    #[must_use]
    pub fn head_length(&self) -> u64 {
        let outset = self.document.as_ref().map_or(0, |document| document.outset().start);
        self.base + outset as u64
    }

    /// How many bytes its text has, unpacked and as UTF-8, once all of it was read.
    #[must_use]
    pub fn text_length(&self) -> u64 {
        let read = || lock(&self.cursor).position;
        self.length().unwrap_or_else(read)
    }

    /// Puts bytes of its text into a buffer; fewer only where it ends.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read_text(&self, from: u64, count: usize, into: &mut Vec<u8>) -> io::Result<()> {
        self.read_at(from, count, into, 0).map(drop)
    }

    /// The index of all that was read, once no thread reads a block any more.
    #[must_use]
    pub fn index(&self) -> Index<'_> {
        let blocks = lock(&self.index).clone();
        Index::of(self, blocks)
    }

    /// Whether it can be opened and read once more.
    #[must_use]
    pub fn can_be_read_again(&self) -> bool {
        self.access() != Access::Once
    }

    /// The names of its columns, or the paths of the keys that were seen.
    #[must_use]
    pub fn column_names(&self) -> Vec<String> {
        let header = self.document.iter().flat_map(|document| document.columns());
        let ledger = self.ledger();
        header.cloned().chain(ledger.keys().iter().map(|key| key.path.clone())).collect()
    }

    /// Whether it has a column or key of this name.
    #[must_use]
    pub fn has_column(&self, name: &str) -> bool {
        let alike = |known: &str| known == name || fold_name(known) == fold_name(name);
        let header = self.document.iter().flat_map(|document| document.columns());
        header.into_iter().any(|known| alike(known))
            || self.ledger().keys().iter().any(|key| alike(&key.path))
            || is_pattern(name) && self.ledger().may_have(name)
    }

    /// The line of a byte, from 1, if that can be looked up: of what can be read only
    /// once, that of the first byte of a record.
    #[must_use]
    pub fn line_at(&self, at: u64) -> Option<u64> {
        if self.access() != Access::Once {
            return self.locate(at).ok().map(|text_position| text_position.line);
        }
        let mut line = None;
        self.index().recall(&[at], &mut |_, recalled| line = Some(recalled.place.line));
        line
    }

    /// Whether there is any list or record in the document.
    #[must_use]
    pub fn has_lists(&self) -> bool {
        let cursor = lock(&self.cursor);
        cursor.cutter.as_ref().is_some_and(|cutter| !cutter.parts().is_empty())
    }

    /// Whether every record names its fields itself.
    #[must_use]
    pub fn names_in_records(&self) -> bool {
        self.document.as_ref().is_some_and(|document| document.names_in_records())
    }

    /// What was noticed beside the rows, once no thread reads a block any more.
    pub fn ledger(&self) -> MutexGuard<'_, SourceLedger> {
        lock(&self.ledger)
    }

    /// A part with what its surroundings say after it, once that is applied: not before, so
    /// that all records of a pass are read alike.
    fn with_late_scope(&self, document: &dyn Document, part: &Arc<Part>) -> Arc<Part> {
        if !self.applies_learnt.load(Ordering::Relaxed) {
            return Arc::clone(part);
        }
        let mut whole = Part::clone(part);
        whole.scope.join(&document.late_scope(&part.pointer));
        Arc::new(whole)
    }

    /// Whether what follows records was learnt while they were read, and changes how they
    /// are read.
    #[must_use]
    pub fn has_learnt(&self) -> bool {
        let Some(document) = &self.document else { return false };
        let lacks = || lock(&self.ledger).lacks(|pointer| document.late_scope(pointer));
        !self.applies_learnt.load(Ordering::Relaxed)
            && (self.ends_early.load(Ordering::Relaxed) || lacks())
    }

    /// Cuts a large document before its records are read, to learn what follows them. The first
    /// pass then ends as soon as a record lacks it.
    ///
    /// **Price tag.** Cutting takes a small part of the time of reading: the plain way is to
    /// read everything twice. A file of lines, or a list by itself, has nothing that follows.
    pub fn look_ahead(&self) {
        if self.access() != Access::Anywhere || self.length().is_none_or(|length| length < LARGE) {
            return;
        }
        let mut buffer = Vec::new();
        let is_within = |handle: BlockHandle| !handle.part.pointer.is_empty();
        while self.next_block(&mut buffer).is_some_and(is_within) {}
        self.rewind();
        self.looked_ahead.store(true, Ordering::Relaxed);
    }

    /// Whether records of this pass lack what follows them, so that no more of them have to
    /// be read. Only the first blocks are examined: documents can have many lists.
    #[must_use]
    pub fn ends_early(&self) -> bool {
        const FIRST: usize = 8;
        if self.looked_ahead.load(Ordering::Relaxed)
            && lock(&self.index).len() <= FIRST
            && self.has_learnt()
        {
            self.ends_early.store(true, Ordering::Relaxed);
        }
        self.ends_early.load(Ordering::Relaxed)
    }

    /// Whether it was told what is published of the records that it changes.
    #[must_use]
    pub fn is_completed(&self) -> bool {
        self.completions.get().is_some()
    }

    /// Tells it the times that its records leave to what is published, once, by the bytes at
    /// which they begin; whether there are any.
    pub fn complete_records(&self, times: Vec<(u64, PublishedTimes)>) -> bool {
        !times.is_empty() && self.completions.set(times.into_iter().collect()).is_ok()
    }

    /// Reads the records again with what was learnt.
    pub fn apply_learnt(&self) {
        if self.has_learnt() {
            self.applies_learnt.store(true, Ordering::Relaxed);
            if let (Access::Once, Some(document)) = (self.access(), &self.document) {
                lock(&self.ledger).settle_agents(|pointer| document.late_scope(pointer));
            }
        }
    }
}

/// Moves bytes to the start of a buffer; returns how many there are. The bytes after them
/// are left for the caller to overwrite.
fn put_in_front(bytes: &mut Vec<u8>, buffer: &mut Vec<u8>) -> usize {
    let held = bytes.len();
    match buffer.get_mut(..held) {
        Some(front) => front.copy_from_slice(bytes),
        None => buffer.clone_from(bytes),
    }
    bytes.clear();
    held
}

fn place(problem: &mut Problem, text_position: Option<TextPosition>) {
    if let Some(TextPosition { line, column }) = text_position {
        (problem.line, problem.column) = (Some(line), Some(column));
    }
}

fn completions_note(count: usize) -> String {
    let (what, have) =
        if count == 1 { ("change names", "it has") } else { ("changes name", "they have") };
    format!(
        "{count} {what} a start or a length alone: {have} the other from the published shift with \
         the same id"
    )
}

fn changed() -> Problem {
    Problem {
        line: None,
        column: None,
        message: "the file changed while it was read".to_owned(),
        help: Some("wait until it is written, and check again".to_owned()),
    }
}

/// Locks what is seldom held for long: a block is read in less time than the
/// system takes to put a thread to sleep and to wake it.
fn lock_soon<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    const TRIES: usize = 400;
    let mut tries = 0..TRIES;
    let guard = tries.find_map(|_| {
        let guard = mutex.try_lock().ok();
        if guard.is_none() {
            std::thread::yield_now();
        }
        guard
    });
    guard.unwrap_or_else(|| lock(mutex))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::Source;
    use crate::model::settings::{InputFile, Settings};
    use crate::model::source::Role;

    #[test]
    fn a_file_that_changed_is_not_gone_through_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("batch.csv");
        let text = "agent,start,end\na,2026-03-02T08:00Z,2026-03-02T09:00Z\n";
        std::fs::write(&path, text).expect("a file");
        let named = path.to_str().expect("a name");
        let source = Source::open(&InputFile::named(Role::Batch, named), &Settings::default());
        for _ in 0..2 {
            assert!(source.next_block(&mut Vec::new()).is_some());
            source.begin_again();
        }
        std::fs::write(&path, [text, text].concat()).expect("a file");
        source.begin_again();
        assert!(source.next_block(&mut Vec::new()).is_none());
        let problem = source.problem().expect("a problem");
        assert_eq!(problem.message, "the file changed while it was read");
    }

    #[test]
    fn lines_are_the_same_in_whatever_order_they_are_looked_up() {
        let mut text = String::from("agent,start,end,note\n");
        for place in 0..4000 {
            let note = "\u{e9}".repeat(place % 97);
            text.push_str(&format!("a{place},2026-03-02T08:00Z,2026-03-02T09:00Z,{note}\n"));
        }
        let file = InputFile::in_memory(Role::Batch, "batch.csv", text.as_bytes());
        let source = Source::open(&file, &Settings::default());
        let last = text.len() as u64;
        let steps = (0..600).map(|step| step * 7_919 % last);
        for at in [last, 0, 1 << 15, (1 << 15) - 1, last - 1].into_iter().chain(steps) {
            let before = text.as_bytes().iter().take(at as usize);
            let line = 1 + before.filter(|byte| **byte == b'\n').count() as u64;
            assert_eq!(source.line_at(at), Some(line), "{at}");
        }
    }
}
