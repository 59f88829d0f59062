//! The settings of a check, once the user's options are understood.

use crate::model::activity_codes::ActivityCodes;
use crate::model::conventions::{Conventions, LengthUnit, Question, SerialEpoch};
use crate::model::row::Field;
use crate::model::rule::Severity;
use crate::model::source::Role;
use crate::model::time::{DAY, DatePartOrder, Disambiguation};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Which published records a batch record takes the place of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Replace {
    /// The one with its id and agent.
    #[default]
    Id,
    /// All that its agent has published under its schedule.
    Schedule,
    /// None: everything is added.
    None,
}

/// Whose rules of the clock are used.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Tzdb {
    /// Those that are part of the program.
    #[default]
    Bundled,
    /// Those of this system.
    #[cfg(feature = "fs")]
    System,
    /// Those of a folder of compiled zone files.
    #[cfg(feature = "fs")]
    Folder(std::path::PathBuf),
}

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct InputFile {
    /// What it is read as.
    pub role: Role,
    /// Its path as the user named it, `-` for standard input.
    pub path: Arc<str>,
    /// How reports call it.
    pub shown: Arc<str>,
    /// Whether it was found in a directory that the user named, and not named
    /// itself.
    pub found: bool,
    /// Whether its role is the one that its columns show, and `role` only where
    /// they show none.
    pub guessed: bool,
    /// Its bytes, if they are in memory: the path is then no more than a name.
    pub bytes: Option<Arc<[u8]>>,
    /// The sheet that it is, of the workbook at its path.
    pub sheet: Option<SheetName>,
}

/// A sheet of a workbook, which is an input of its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SheetName {
    /// Its name.
    pub name: Arc<str>,
    /// Whether it is the only sheet, or named by the user: it is read like a file that the
    /// user names, and not like one that was found in a directory.
    pub chosen: bool,
}

/// A file of a directory that is not read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnreadFile {
    /// What its directory is read as.
    pub role: Role,
    /// Its path.
    pub path: Arc<str>,
    /// Why it is not read.
    pub why: String,
    /// Whether it might hold records all the same.
    pub doubtful: bool,
    /// The option that would read it.
    pub option: Option<&'static str>,
}

/// The column of a field, whatever its name says (`--map`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// The role of the files it is about; all of them if it is `None`.
    pub role: Option<Role>,
    /// The field.
    pub field: Field,
    /// The column or key.
    pub column: String,
    /// The paths of the files it is about; all of them if it is `None`.
    pub files: Option<Vec<Arc<str>>>,
    /// Whether it was typed, so that it counts before what a configuration says.
    pub is_typed: bool,
}

impl Mapping {
    /// Whether it is about this file.
    #[must_use]
    pub fn is_about(&self, file: &InputFile) -> bool {
        self.role.is_none_or(|role| role == file.role)
            && self.files.as_ref().is_none_or(|paths| paths.contains(&file.path))
    }
}

/// The encoding of one file, or of all (`--encoding`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedEncoding {
    /// The file; all of them if it is `None`.
    pub path: Option<String>,
    /// Its name, such as `windows-1252`.
    pub name: String,
}

impl InputFile {
    /// A file that the user named.
    #[must_use]
    pub fn named(role: Role, path: impl Into<Arc<str>>) -> InputFile {
        let path: Arc<str> = path.into();
        let shown = if &*path == "-" { "<stdin>".into() } else { Arc::clone(&path) };
        InputFile { role, path, shown, found: false, guessed: false, bytes: None, sheet: None }
    }

    /// An input whose bytes are in memory, in any format, encoding and packing that a
    /// file may have. Reports call it by the name.
    #[must_use]
    pub fn in_memory(
        role: Role,
        name: impl Into<Arc<str>>,
        bytes: impl Into<Arc<[u8]>>,
    ) -> InputFile {
        let name: Arc<str> = name.into();
        let (path, shown, bytes) = (Arc::clone(&name), name, Some(bytes.into()));
        InputFile { role, path, shown, found: false, guessed: false, bytes, sheet: None }
    }

    /// A sheet of this workbook, with its rows as lines of CSV. Reports call it
    /// `week.xlsx:Shifts`.
    #[must_use]
    pub fn sheet(&self, name: &str, chosen: bool, csv: Vec<u8>) -> InputFile {
        InputFile {
            shown: format!("{}:{name}", self.shown).into(),
            bytes: Some(csv.into()),
            sheet: Some(SheetName { name: name.into(), chosen }),
            ..self.clone()
        }
    }

    /// Whether what it holds may belong to another input, or to none: it was found in a
    /// directory or in a workbook, and not named.
    #[must_use]
    pub fn may_be_left_aside(&self) -> bool {
        self.found || self.sheet.as_ref().is_some_and(|sheet| !sheet.chosen)
    }
}

/// What a labour rule allows. A rule without a limit is off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Labour {
    /// The least rest between two shifts of an agent, in milliseconds.
    pub min_rest: Option<i64>,
    /// The most work of an agent in a local week, in milliseconds.
    pub max_week: Option<i64>,
    /// The first day of a week, in days since Monday: 0 to 6.
    pub week_start: u8,
}

/// How large a record may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Its length in bytes, without the end of its line; from
    /// [`Limits::SHORTEST`] to [`Limits::LONGEST`].
    pub record: usize,
    /// How many brackets may be open within it at once, in JSON.
    pub depth: usize,
}

impl Limits {
    /// The least that a record may be limited to: more than is read at a time.
    pub const SHORTEST: usize = 1 << 20;
    /// The most that one record may be, however it is limited.
    pub const LONGEST: usize = 1 << 30;
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { record: 16 << 20, depth: 128 }
    }
}

/// Everything that decides what is found.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The files, in the order they were named.
    pub files: Vec<InputFile>,
    /// The name of the format all inputs are in; by content if it is `None`.
    pub format: Option<&'static str>,
    /// The encodings of inputs; UTF-8, or what a byte-order mark says, where none
    /// is named.
    pub encodings: Vec<NamedEncoding>,
    /// The most that a compressed input may unpack to, in bytes.
    pub max_unpacked: u64,
    /// How large a record may be.
    pub limits: Limits,
    /// Columns of fields, whatever their names say.
    pub columns: Vec<Mapping>,
    /// Fields that are taken from the line above where they are empty.
    pub fill_down: Vec<Field>,
    /// Whether all spellings of an agent's name are one.
    pub fold_agents: bool,
    /// The sheets of workbooks that are read; all if none is named.
    pub sheets: Vec<String>,
    /// Files in which a shift with a date and no hours takes the whole local day.
    pub whole_days: Vec<String>,
    /// The unit of lengths that name none.
    pub length_unit: Option<LengthUnit>,
    /// Files of directories that are not read.
    pub unread: Vec<UnreadFile>,
    /// The zone of local times that nothing else gives a zone.
    pub zone: Option<String>,
    /// The zone of the business unit, where `zone` names none.
    pub unit_zone: Option<String>,
    /// Agents and their zones, for those of whom no list says one.
    pub agent_zones: Vec<(String, String)>,
    /// What codes of activities stand for.
    pub activity_codes: Arc<ActivityCodes>,
    /// Whose rules of the clock are used.
    pub tzdb: Tzdb,
    /// How skipped and doubled local times are read.
    pub disambiguation: Disambiguation,
    /// The order of day and month in dates such as `3/2/2026`; by content where
    /// it is `None`.
    pub date_order: Option<DatePartOrder>,
    /// What the serial numbers of spreadsheets count from.
    pub serial_epoch: SerialEpoch,
    /// The first day of the weeks that a batch is the whole schedule of, if it does not say so.
    pub week_of: Option<String>,
    /// What a batch record takes the place of.
    pub replace: Replace,
    /// Whether approved swaps are put into effect before anything is checked.
    pub apply_swaps: bool,
    /// The severity of each rule by code; rules that are off are absent. Of a rule whose level
    /// is another one for some files it is the highest.
    pub levels: RuleLevels,
    /// The levels for some files, if there are any.
    pub path_levels: Option<Arc<PathLevels>>,
    /// The severity from which findings fail the check; `None` for never.
    pub fail_on: Option<Severity>,
    /// The most findings of one rule that are listed for one agent.
    pub max_per_agent: u64,
    /// The most findings that are listed in all.
    pub max_findings: u64,
    /// The longest a shift may be, in milliseconds.
    pub longest_shift: i64,
    /// What the labour rules allow.
    pub labour: Labour,
    /// How the program was called, word by word, for what it suggests to type.
    pub command: Vec<String>,
    /// The path of the configuration, if there is one.
    pub configuration: Option<String>,
    /// Doubts that the user has accepted: code or name, and place.
    pub accepted: Vec<(String, String)>,
    /// Whether the report says of each input how it was understood.
    pub receipts: bool,
    /// Which rows are listed.
    pub listed_rows: ListedRows,
    /// Whether overlaps are only counted, because the command looks at the timelines itself.
    pub observes_timelines: bool,
    /// How many threads work; as many as the machine has if it is `None`.
    pub jobs: Option<usize>,
}

/// The severity of each rule that is on, by code.
pub type RuleLevels = BTreeMap<&'static str, Severity>;

/// The severity of rules, which for some files is another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathLevels {
    /// For all other files.
    pub usual: RuleLevels,
    /// For these files, by the name that reports have for them.
    pub by_path: HashMap<Arc<str>, RuleLevels>,
}

/// Which rows of the inputs are listed for a command, with what became of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListedRows {
    /// None.
    Nothing,
    /// Those of the batch.
    Batch,
    /// Those of all inputs that claim time, but for the base, under their ids whatever these
    /// name.
    All,
}

impl Settings {
    /// Whether the rule with this code is on.
    #[must_use]
    pub fn is_on(&self, code: &str) -> bool {
        self.levels.contains_key(code)
    }

    /// The columns that the user has named for this file. What was typed of a field counts before
    /// what a configuration says of this file, and that before what it says of all.
    #[must_use]
    pub fn columns_of(&self, file: &InputFile) -> Vec<(Field, String)> {
        let own: Vec<&Mapping> = self.columns.iter().filter(|of| of.is_about(file)).collect();
        let rank = |of: &Mapping| (of.is_typed, of.files.is_some());
        let highest =
            |field: Field| own.iter().filter(|of| of.field == field).map(|of| rank(of)).max();
        let counts = |of: &&&Mapping| Some(rank(of)) == highest(of.field);
        own.iter().filter(counts).map(|of| (of.field, of.column.clone())).collect()
    }

    /// Whether the user names a sheet, in any case, as spreadsheets do.
    #[must_use]
    pub fn names_sheet(&self, name: &str) -> bool {
        let folded = name.trim().to_lowercase();
        self.sheets.iter().any(|named| named.trim().to_lowercase() == folded)
    }

    /// The encoding that the user has named for a file, and whether for it alone.
    #[must_use]
    pub fn encoding_of(&self, path: &str) -> Option<(&str, bool)> {
        let own = self.encodings.iter().find(|named| named.path.as_deref() == Some(path));
        let all = self.encodings.iter().find(|named| named.path.is_none());
        let named = own.map(|named| (named, true)).or_else(|| all.map(|named| (named, false)));
        named.map(|(named, alone)| (named.name.as_str(), alone))
    }

    /// How the user says that a file writes its times and lengths.
    #[must_use]
    pub fn conventions_of(&self, file: &InputFile) -> Conventions {
        let mut conventions = Conventions {
            order: self.date_order.and_then(DatePartOrder::of_whole_years),
            short_years: self.date_order,
            ..Conventions::default()
        };
        if let Some(unit) = self.length_unit {
            conventions.length_unit = unit;
            conventions.settled.insert(Question::LengthUnit);
        }
        conventions.whole_days =
            self.whole_days.iter().any(|named| **named == *file.path || **named == *file.shown);
        conventions
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            files: Vec::new(),
            format: None,
            encodings: Vec::new(),
            max_unpacked: 16 << 30,
            limits: Limits::default(),
            columns: Vec::new(),
            fill_down: Vec::new(),
            fold_agents: false,
            sheets: Vec::new(),
            whole_days: Vec::new(),
            length_unit: None,
            unread: Vec::new(),
            zone: None,
            unit_zone: None,
            agent_zones: Vec::new(),
            activity_codes: Arc::default(),
            tzdb: Tzdb::default(),
            disambiguation: Disambiguation::default(),
            date_order: None,
            serial_epoch: SerialEpoch::default(),
            week_of: None,
            replace: Replace::default(),
            apply_swaps: false,
            levels: RuleLevels::new(),
            path_levels: None,
            fail_on: Some(Severity::Error),
            max_per_agent: 100,
            max_findings: 100_000,
            longest_shift: DAY,
            labour: Labour::default(),
            listed_rows: ListedRows::Nothing,
            observes_timelines: false,
            command: Vec::new(),
            configuration: None,
            accepted: Vec::new(),
            receipts: true,
            jobs: None,
        }
    }
}
