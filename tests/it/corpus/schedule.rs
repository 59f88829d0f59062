//! Bytes become a small schedule and the settings to check it under.
//!
//! Times stand on a grid of quarters of an hour around a change of the clock,
//! so that they touch, nest, repeat and replace each other often.

use jiff::civil::{Date, DateTime, date};
use shiftlint::model::settings::Replace;
use shiftlint::model::source::Role;
use shiftlint::model::time::Disambiguation;

/// A schedule and its settings.
#[derive(Debug)]
pub(crate) struct Schedule {
    pub(crate) rows: Vec<Row>,
    pub(crate) zone: Option<&'static str>,
    pub(crate) disambiguation: Disambiguation,
    pub(crate) replace: Replace,
    pub(crate) most: u64,
    pub(crate) jobs: usize,
}

/// A row of a file.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) role: Role,
    /// Nobody, where it is an open shift.
    pub(crate) agent: Option<u8>,
    pub(crate) id: Option<u8>,
    pub(crate) schedule: Option<u8>,
    /// Time off by the word of its kind, in files that hold shifts too.
    pub(crate) off: bool,
    pub(crate) status: &'static str,
    pub(crate) zone: Option<&'static str>,
    pub(crate) times: Times,
}

/// How its times are written.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Times {
    /// Start and end as local times.
    Local(DateTime, DateTime),
    /// Start and end with an offset in minutes; without one, with a `Z`.
    Offset(DateTime, DateTime, Option<i32>),
    /// A date, and the clock times of start and end.
    Clock(DateTime, DateTime),
    /// A local start and a length in minutes.
    Length(DateTime, i64),
    /// The first and the last day.
    Days(Date, Date),
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
pub(crate) const ELSEWHERE: &str = "America/New_York";

/// A zone that nobody knows.
pub(crate) const NOWHERE: &str = "Mars/Olympus";

const STATUSES: [&str; 8] = ["", "", "approved", "Pending", "cancelled", "parked", "DENIED", ""];

/// How many bytes make a row.
const WIDTH: usize = 6;

/// The most rows; what is beyond is left out.
const MOST: usize = 60;

impl Schedule {
    /// The schedule that some bytes stand for.
    pub(crate) fn decode(bytes: &[u8]) -> Option<Schedule> {
        let ([scene, settings, listed], rows) = bytes.split_first_chunk()?;
        let scene = &SCENES[usize::from(scene % 8)];
        let chunks = rows.as_chunks::<WIDTH>().0.iter().take(MOST);
        Some(Schedule {
            rows: chunks.map(|chunk| row(scene, *chunk)).collect(),
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
            most: [u64::MAX, u64::MAX, 1, 3][usize::from(listed % 4)],
            jobs: usize::from(listed / 4 % 2) + 1,
        })
    }

    /// The rows of one role, in order.
    pub(crate) fn of(&self, role: Role) -> Vec<&Row> {
        self.rows.iter().filter(|row| row.role == role).collect()
    }
}

fn row(scene: &Scene, [who, which, what, how, place, length]: [u8; WIDTH]) -> Row {
    use Role::{Batch, Published, TimeOff};
    let (from, zone, offsets) = *scene;
    let at = |quarters: i64| from + jiff::Span::new().minutes(quarters * 15);
    let length = match length {
        0..=199 => i64::from(length % 24),
        200..=219 => -i64::from(length % 4),
        _ => 90 + i64::from(length % 16),
    };
    let place = i64::from(place % 64);
    let (start, end) = (at(place), at(place + length));
    let known = |number: u8, from: u8| (number >= from).then_some(number);
    let (zone, times) = match how % 16 {
        0..=3 => (Some(zone), Times::Local(start, end)),
        4 => (Some(ELSEWHERE), Times::Local(start, end)),
        5 => (None, Times::Local(start, end)),
        6 => (None, Times::Offset(start, end, Some(offsets[0]))),
        7 => (None, Times::Offset(start, end, Some(offsets[1]))),
        8 => (None, Times::Offset(start, end, None)),
        9 => (Some(zone), Times::Offset(start, end, Some(offsets[0]))),
        10 => (Some(zone), Times::Offset(start, end, Some(0))),
        11 => (Some(zone), Times::Clock(start, end)),
        12 => (Some(zone), Times::Length(start, length * 15)),
        13 => (Some(zone), Times::Days(start.date(), end.date())),
        14 => (None, Times::Days(start.date(), end.date())),
        _ if how == u8::MAX => (Some(NOWHERE), Times::Local(start, end)),
        _ => (Some(zone), Times::Local(start, end)),
    };
    Row {
        role: [Batch, Batch, Batch, Batch, Batch, Published, Published, TimeOff]
            [usize::from(who % 8)],
        agent: (who / 8 % 16 != 15).then_some(who / 8 % 3),
        id: known(which % 8, 3),
        schedule: known(which / 8 % 8, 5),
        off: what / 8 % 8 == 7,
        status: STATUSES[usize::from(what % 8)],
        zone,
        times,
    }
}

/// The file that holds these rows.
pub(crate) fn csv(rows: &[&Row]) -> String {
    let mut text = String::from("agent,id,schedule,kind,status,date,start,end,length,zone\n");
    for row in rows {
        let name = |what: &str, number: Option<u8>| {
            number.map_or_else(String::new, |number| format!("{what}-{number}"))
        };
        let kind = if row.off { "Vacation" } else { "SHIFT" };
        let [day, start, end, length] = cells(row.times);
        text.push_str(&format!(
            "{},{},{},{kind},{},{day},{start},{end},{length},{}\n",
            name("agent", row.agent),
            name("s", row.id),
            name("week", row.schedule),
            row.status,
            row.zone.unwrap_or_default(),
        ));
    }
    text
}

/// The words for date, start, end and length.
fn cells(times: Times) -> [String; 4] {
    let local = |at: DateTime| at.strftime("%Y-%m-%dT%H:%M").to_string();
    let clock = |at: DateTime| at.strftime("%H:%M").to_string();
    let none = String::new;
    match times {
        Times::Local(start, end) => [none(), local(start), local(end), none()],
        Times::Offset(start, end, offset) => {
            let sign = |minutes: i32| if minutes < 0 { '-' } else { '+' };
            let offset = offset.map_or("Z".to_owned(), |minutes| {
                let size = minutes.abs();
                format!("{}{:02}:{:02}", sign(minutes), size / 60, size % 60)
            });
            [none(), local(start) + &offset, local(end) + &offset, none()]
        }
        Times::Clock(start, end) => [start.date().to_string(), clock(start), clock(end), none()],
        Times::Length(start, minutes) => [none(), local(start), none(), minutes.to_string()],
        Times::Days(first, last) => [none(), first.to_string(), last.to_string(), none()],
    }
}
