//! A schedule as its files say it.

use jiff::civil::{Date, DateTime};
use shiftlint::model::settings::Replace;
use shiftlint::model::source::Role;
use shiftlint::model::time::Disambiguation;

/// The rows of all files, and the settings they are checked under.
#[derive(Debug, Clone)]
pub(crate) struct Schedule {
    pub(crate) rows: Vec<Row>,
    /// The zone of times without one.
    pub(crate) zone: Option<&'static str>,
    pub(crate) disambiguation: Disambiguation,
    pub(crate) replace: Replace,
    /// Whether the settings name the column of the ids. If so, ids name records, even
    /// where many records share them.
    pub(crate) ids_are_mapped: bool,
}

/// A row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) role: Role,
    /// `None` for an unassigned shift.
    pub(crate) agent: Option<String>,
    pub(crate) id: Option<String>,
    pub(crate) schedule: Option<String>,
    /// Whether its kind says time off. In a file of time off all rows are.
    pub(crate) off: bool,
    pub(crate) status: &'static str,
    pub(crate) zone: Option<&'static str>,
    pub(crate) times: Times,
}

/// The times of a row, in the way they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Times {
    /// Start and end as local times.
    Local(DateTime, DateTime),
    /// Start and end, each with an offset.
    Offset(Marked, Marked),
    /// A date, and the clock times of start and end.
    Clock(DateTime, DateTime),
    /// A local start and a length in minutes.
    Length(DateTime, i64),
    /// The first and the last day.
    Days(Date, Date),
}

/// A local time and its offset in minutes; `None` is written `Z`.
pub(crate) type Marked = (DateTime, Option<i32>);

impl Times {
    /// Start and end at one offset.
    pub(crate) fn at_offset(start: DateTime, end: DateTime, offset: Option<i32>) -> Times {
        Times::Offset((start, offset), (end, offset))
    }
}

/// The name of an agent, a record or a schedule with a number.
pub(crate) fn numbered(what: &str, number: impl std::fmt::Display) -> String {
    format!("{what}-{number}")
}

impl Row {
    /// A shift of an agent, without anything else.
    pub(crate) fn shift(role: Role, agent: &str, times: Times) -> Row {
        Row {
            role,
            agent: Some(agent.to_owned()),
            id: None,
            schedule: None,
            off: false,
            status: "",
            zone: None,
            times,
        }
    }

    pub(crate) fn is_off(&self) -> bool {
        self.off || self.role.lists_absences()
    }
}

impl Schedule {
    /// Rows under the default settings.
    pub(crate) fn new(rows: Vec<Row>) -> Schedule {
        Schedule {
            rows,
            zone: None,
            disambiguation: Disambiguation::default(),
            replace: Replace::default(),
            ids_are_mapped: false,
        }
    }

    /// The rows of one role, in order.
    pub(crate) fn of(&self, role: Role) -> Vec<&Row> {
        self.rows.iter().filter(|row| row.role == role).collect()
    }
}
