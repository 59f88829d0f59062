//! Bytes become a small schedule and the settings to check it under.
//!
//! Times stand on a grid of quarters of an hour around a change of the clock,
//! so that they touch, nest, repeat and replace each other often.

use crate::world::oracle::NOWHERE;
use crate::world::schedule::{Row, Schedule, Times, numbered};
use jiff::civil::{DateTime, date};
use shiftlint::model::settings::Replace;
use shiftlint::model::source::Role;
use shiftlint::model::time::Disambiguation;

/// A schedule, and how it is checked.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub(crate) schedule: Schedule,
    /// The most findings of one agent and rule that are listed.
    pub(crate) most: u64,
    pub(crate) jobs: usize,
}

/// Where a grid begins, the zone whose clock changes on it, and its offsets.
type Scene = (DateTime, &'static str, [i32; 2]);

const SCENES: [Scene; 8] = [
    (date(2026, 3, 7).at(20, 0, 0, 0), "America/Chicago", [-360, -300]),
    (date(2026, 10, 31).at(20, 0, 0, 0), "America/Chicago", [-300, -360]),
    (date(2026, 4, 4).at(20, 0, 0, 0), "Australia/Lord_Howe", [660, 630]),
    (date(2026, 10, 3).at(20, 0, 0, 0), "Australia/Lord_Howe", [630, 660]),
    (date(2026, 6, 1).at(20, 0, 0, 0), "Asia/Kolkata", [330, 0]),
    (date(2026, 3, 7).at(20, 0, 0, 0), "America/Havana", [-300, -240]),
    (date(2026, 10, 31).at(20, 0, 0, 0), "America/Havana", [-240, -300]),
    (date(2026, 3, 28).at(20, 0, 0, 0), "Europe/London", [0, 60]),
];

/// A zone of its own, in which the clock of no scene changes at that place.
const ELSEWHERE: &str = "America/New_York";

const STATUSES: [&str; 8] = ["", "", "approved", "Pending", "cancelled", "parked", "DENIED", ""];

/// How many bytes make a row.
const WIDTH: usize = 6;

/// The most rows; what is beyond is left out.
const MOST: usize = 60;

/// The schedule that some bytes stand for.
pub(crate) fn decode(bytes: &[u8]) -> Option<Decoded> {
    let ([scene, settings, listed], rows) = bytes.split_first_chunk()?;
    let scene = &SCENES[usize::from(scene % 8)];
    let chunks = rows.as_chunks::<WIDTH>().0.iter().take(MOST);
    let rows = chunks.map(|chunk| row(scene, *chunk)).collect();
    let schedule = Schedule {
        zone: [None, None, Some(scene.1), Some(ELSEWHERE)][usize::from(settings / 16 % 4)],
        disambiguation: match settings % 4 {
            2 => Disambiguation::Earlier,
            3 => Disambiguation::Later,
            _ => Disambiguation::Compatible,
        },
        replace: match settings / 4 % 4 {
            2 => Replace::Schedule,
            3 => Replace::None,
            _ => Replace::Id,
        },
        ..Schedule::new(rows)
    };
    Some(Decoded {
        schedule,
        most: [u64::MAX, u64::MAX, 1, 3][usize::from(listed % 4)],
        jobs: usize::from(listed / 4 % 2) + 1,
    })
}

fn row(scene: &Scene, [who, which, what, how, place, length]: [u8; WIDTH]) -> Row {
    use Role::{Batch, Published, TimeOff, Unavailable};
    let (from, zone, offsets) = *scene;
    let at = |quarters: i64| from + jiff::Span::new().minutes(quarters * 15);
    let length = match length {
        0..=199 => i64::from(length % 24),
        200..=219 => -i64::from(length % 4),
        _ => 90 + i64::from(length % 16),
    };
    let absent = if who < 192 { TimeOff } else { Unavailable };
    let place = i64::from(place % 64);
    let (start, end) = (at(place), at(place + length));
    let known = |what: &str, number: u8, from: u8| (number >= from).then(|| numbered(what, number));
    let offset = |minutes: Option<i32>| Times::at_offset(start, end, minutes);
    let (zone, times) = match how % 16 {
        0..=3 => (Some(zone), Times::Local(start, end)),
        4 => (Some(ELSEWHERE), Times::Local(start, end)),
        5 => (None, Times::Local(start, end)),
        6 => (None, offset(Some(offsets[0]))),
        7 => (None, offset(Some(offsets[1]))),
        8 => (None, offset(None)),
        9 => (Some(zone), offset(Some(offsets[0]))),
        10 => (Some(zone), offset(Some(0))),
        11 => (Some(zone), Times::Clock(start, end)),
        12 => (Some(zone), Times::Length(start, length * 15)),
        13 => (Some(zone), Times::Days(start.date(), end.date())),
        14 => (None, Times::Days(start.date(), end.date())),
        _ if how == u8::MAX => (Some(NOWHERE), Times::Local(start, end)),
        _ => (Some(zone), Times::Local(start, end)),
    };
    Row {
        role: [Batch, Batch, Batch, Batch, Batch, Published, Published, absent]
            [usize::from(who % 8)],
        agent: (who / 8 % 16 != 15).then(|| numbered("agent", who / 8 % 3)),
        id: known("s", which % 8, 3),
        schedule: known("week", which / 8 % 8, 5),
        off: what / 8 % 8 == 7,
        status: STATUSES[usize::from(what % 8)],
        zone,
        times,
    }
}
