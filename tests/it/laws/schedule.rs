//! Schedules, made up.

use jiff::civil::{DateTime, date};
use proptest::prelude::{Just, Strategy, prop_oneof};
use shiftlint::model::source::Role;

/// A row of a file, and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) role: Role,
    pub(crate) agent: u8,
    /// An id from a small pool, so that records replace each other.
    pub(crate) id: Option<u8>,
    /// Time off by the word of its kind, in files that hold shifts too.
    pub(crate) off: bool,
    pub(crate) status: &'static str,
    pub(crate) clock: Clock,
    pub(crate) start: DateTime,
    pub(crate) end: DateTime,
}

/// What its times stand beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clock {
    /// An offset in minutes.
    Offset(i32),
    /// The name of a zone.
    Zone(&'static str),
}

/// The rows of all files.
#[derive(Debug, Clone)]
pub(crate) struct Schedule {
    pub(crate) rows: Vec<Row>,
}

impl Schedule {
    /// The rows of one role, in order.
    pub(crate) fn of(&self, role: Role) -> Vec<Row> {
        self.rows.iter().filter(|row| row.role == role).cloned().collect()
    }
}

/// A grid of quarters of an hour from here on, and the zone whose clock changes
/// within it.
const SCENES: [(DateTime, &str, [i32; 2]); 5] = [
    (date(2026, 3, 7).at(20, 0, 0, 0), "America/Chicago", [-360, -300]),
    (date(2026, 10, 31).at(20, 0, 0, 0), "America/Chicago", [-300, -360]),
    (date(2026, 4, 4).at(20, 0, 0, 0), "Australia/Lord_Howe", [660, 630]),
    (date(2026, 10, 3).at(20, 0, 0, 0), "Australia/Lord_Howe", [630, 660]),
    (date(2026, 6, 1).at(20, 0, 0, 0), "Asia/Kolkata", [330, 0]),
];

/// From the first place on the grid to the last, in quarters of an hour.
const PLACES: i64 = 40;

const STATUSES: [&str; 6] = ["", "approved", "Pending", "cancelled", "parked", "DENIED"];

fn roles() -> impl Strategy<Value = Role> {
    prop_oneof![4 => Just(Role::Batch), 2 => Just(Role::Published), 1 => Just(Role::TimeOff)]
}

/// Mostly short, sometimes none or less, and sometimes more than a day.
fn lengths() -> impl Strategy<Value = i64> {
    prop_oneof![12 => 1..20i64, 2 => 1..4i64, 1 => -2..1i64, 1 => 94..102i64]
}

fn rows(scene: usize) -> impl Strategy<Value = Row> {
    let (from, zone, offsets) = SCENES[scene];
    let clocks = prop_oneof![
        3 => Just(Clock::Zone(zone)),
        1 => Just(Clock::Zone("America/New_York")),
        1 => Just(Clock::Offset(offsets[0])),
        1 => Just(Clock::Offset(offsets[1])),
        1 => Just(Clock::Offset(0)),
    ];
    let ids = prop_oneof![2 => Just(None), 2 => (0..4u8).prop_map(Some)];
    let words = (proptest::bool::weighted(0.2), proptest::sample::select(&STATUSES[..]));
    let place = (0..PLACES, lengths());
    (roles(), 0..3u8, ids, words, clocks, place).prop_map(
        move |(role, agent, id, (off, status), clock, (place, length))| {
            let at = |quarters: i64| from + jiff::Span::new().minutes(quarters * 15);
            let (start, end) = (at(place), at(place + length));
            Row { role, agent, id, off, status, clock, start, end }
        },
    )
}

/// Some rows again, as they are or for another role, as exports that were put
/// together have them.
fn with_copies(rows: Vec<Row>, copies: Vec<(usize, Role)>) -> Vec<Row> {
    let copied = |(place, role): &(usize, Role)| {
        let row = rows.get(place % rows.len().max(1))?;
        Some(Row { role: *role, id: None, ..row.clone() })
    };
    let copies: Vec<Row> = copies.iter().filter_map(copied).collect();
    [rows, copies].concat()
}

/// Schedules of a few records of very few agents.
pub(crate) fn schedules() -> impl Strategy<Value = Schedule> {
    let rows = (0..SCENES.len())
        .prop_flat_map(|scene| proptest::collection::vec(rows(scene), 1..20))
        .boxed();
    let copies = proptest::collection::vec((0..20usize, roles()), 0..4);
    (rows, copies).prop_map(|(rows, copies)| Schedule { rows: with_copies(rows, copies) })
}

/// The name of an agent or a record, as it is written.
pub(crate) fn agent(row: &Row) -> String {
    format!("agent-{}", row.agent)
}

/// The file that holds these rows.
pub(crate) fn csv(rows: &[Row]) -> String {
    let mut text = String::from("agent,id,kind,status,start,end,zone\n");
    for row in rows {
        let id = row.id.map_or_else(String::new, |id| format!("s-{id}"));
        let kind = if row.off { "Vacation" } else { "SHIFT" };
        let (suffix, zone) = match row.clock {
            Clock::Zone(zone) => (String::new(), zone),
            Clock::Offset(0) => ("Z".to_owned(), ""),
            Clock::Offset(minutes) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                (format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60), "")
            }
        };
        let time = |at: DateTime| format!("{}{suffix}", at.strftime("%Y-%m-%dT%H:%M"));
        let (start, end) = (time(row.start), time(row.end));
        let agent = agent(row);
        text.push_str(&format!("{agent},{id},{kind},{},{start},{end},{zone}\n", row.status));
    }
    text
}

/// A time as it is written in the file.
pub(crate) fn written(row: &Row) -> (String, String) {
    let line = csv(std::slice::from_ref(row));
    let cells: Vec<&str> = line.lines().last().unwrap_or_default().split(',').collect();
    (cells[4].to_owned(), cells[5].to_owned())
}
