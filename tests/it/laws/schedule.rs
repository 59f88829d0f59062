//! Schedules, made up by proptest.

use crate::world::schedule::{Row, Schedule, Times, numbered};
use jiff::civil::{DateTime, date};
use proptest::prelude::{Just, Strategy, prop_oneof};
use shiftlint::model::source::Role;

/// The columns that the files of these schedules have.
pub(super) const COLUMNS: [&str; 7] = ["agent", "id", "kind", "status", "start", "end", "zone"];

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
    prop_oneof![
        8 => Just(Role::Batch),
        4 => Just(Role::Published),
        2 => Just(Role::TimeOff),
        1 => Just(Role::Unavailable),
    ]
}

/// Mostly short, sometimes none or less, and sometimes more than a day.
fn lengths() -> impl Strategy<Value = i64> {
    prop_oneof![12 => 1..20i64, 2 => 1..4i64, 1 => -2..1i64, 1 => 94..102i64]
}

fn rows(scene: usize) -> impl Strategy<Value = Row> {
    let (from, zone, offsets) = SCENES[scene];
    // A zone, or else an offset; none of either is UTC.
    let clocks = prop_oneof![
        3 => Just((Some(zone), None)),
        1 => Just((Some("America/New_York"), None)),
        1 => Just((None, Some(offsets[0]))),
        1 => Just((None, Some(offsets[1]))),
        1 => Just((None, None)),
    ];
    let ids = prop_oneof![2 => Just(None), 2 => (0..4u8).prop_map(Some)];
    let words = (proptest::bool::weighted(0.2), proptest::sample::select(&STATUSES[..]));
    let place = (0..PLACES, lengths());
    (roles(), 0..3u8, ids, words, clocks, place).prop_map(
        move |(role, agent, id, (off, status), (zone, offset), (place, length))| {
            let at = |quarters: i64| from + jiff::Span::new().minutes(quarters * 15);
            let (start, end) = (at(place), at(place + length));
            let times = match zone {
                Some(_) => Times::Local(start, end),
                None => Times::at_offset(start, end, offset.filter(|offset| *offset != 0)),
            };
            let id = id.map(|id| numbered("s", id));
            Row { id, off, status, zone, ..Row::shift(role, &numbered("agent", agent), times) }
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
pub(super) fn schedules() -> impl Strategy<Value = Schedule> {
    let rows = (0..SCENES.len())
        .prop_flat_map(|scene| proptest::collection::vec(rows(scene), 1..20))
        .boxed();
    let copies = proptest::collection::vec((0..20usize, roles()), 0..4);
    (rows, copies).prop_map(|(rows, copies)| Schedule {
        // Ids from a small pool are ids of records all the same.
        ids_are_mapped: true,
        ..Schedule::new(with_copies(rows, copies))
    })
}
