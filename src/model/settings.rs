//! What the user wants, once it is understood.

use crate::model::row::Field;
use crate::model::rule::Severity;
use crate::model::source::Role;
use crate::model::time::{DAY, DateOrder, Disambiguation};
use std::collections::BTreeMap;
use std::path::PathBuf;
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
    System,
    /// Those of a folder of compiled zone files.
    Folder(PathBuf),
}

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct InputFile {
    /// What it is read as.
    pub role: Role,
    /// Its path as the user named it, `-` for standard input.
    pub path: Arc<str>,
}

impl InputFile {
    /// How reports call it.
    #[must_use]
    pub fn shown(&self) -> Arc<str> {
        if &*self.path == "-" { "<stdin>".into() } else { Arc::clone(&self.path) }
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
    /// The name of the format all inputs are in; by content where it is `None`.
    pub format: Option<&'static str>,
    /// The encoding of all inputs; UTF-8, or what a byte-order mark says, where
    /// it is `None`.
    pub encoding: Option<String>,
    /// The most that a compressed input may unpack to, in bytes.
    pub max_unpacked: u64,
    /// How large a record may be.
    pub limits: Limits,
    /// Columns that stand for a field whatever their name says.
    pub columns: Vec<(Field, String)>,
    /// The zone of local times that nothing else gives a zone.
    pub zone: Option<String>,
    /// Whose rules of the clock are used.
    pub tzdb: Tzdb,
    /// How skipped and doubled local times are read.
    pub disambiguation: Disambiguation,
    /// The order of day and month in dates such as `3/2/2026`; by content where
    /// it is `None`.
    pub date_order: Option<DateOrder>,
    /// What a batch record takes the place of.
    pub replace: Replace,
    /// Whether approved swaps are put into effect before anything is checked.
    pub apply_swaps: bool,
    /// The severity of each rule by code; rules that are off are absent.
    pub levels: BTreeMap<&'static str, Severity>,
    /// The severity from which findings fail the check; `None` for never.
    pub fail_on: Option<Severity>,
    /// The most findings of one rule that are listed for one agent.
    pub max_per_agent: u64,
    /// The longest a shift may be, in milliseconds.
    pub longest_shift: i64,
    /// What the labour rules allow.
    pub labour: Labour,
    /// How the program was called, word by word, for what it suggests to type.
    pub command: Vec<String>,
    /// Doubts that the user has accepted: code or name, and place.
    pub accepted: Vec<(String, String)>,
    /// How many threads work; as many as the machine has where it is `None`.
    pub jobs: Option<usize>,
}

impl Settings {
    /// Whether the rule with this code is on.
    #[must_use]
    pub fn is_on(&self, code: &str) -> bool {
        self.levels.contains_key(code)
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            files: Vec::new(),
            format: None,
            encoding: None,
            max_unpacked: 16 << 30,
            limits: Limits::default(),
            columns: Vec::new(),
            zone: None,
            tzdb: Tzdb::default(),
            disambiguation: Disambiguation::default(),
            date_order: None,
            replace: Replace::default(),
            apply_swaps: false,
            levels: BTreeMap::new(),
            fail_on: Some(Severity::Error),
            max_per_agent: 100,
            longest_shift: DAY,
            labour: Labour::default(),
            command: Vec::new(),
            accepted: Vec::new(),
            jobs: None,
        }
    }
}
