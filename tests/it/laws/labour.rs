//! Rest and hours, compared with counting by quarters of an hour.
//!
//! Instants, dates and weeks come from jiff. Rests are found by comparing every
//! shift with every other one, hours by asking for each quarter whether anybody
//! works then.

use super::config;
use crate::world::check::{FILES, check, file, settings};
use crate::world::clock::{self, MINUTE, Readings, Span};
use crate::world::schedule::{Row, Schedule, Times};
use crate::world::write;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use jiff::tz::TimeZone;
use proptest::prelude::{Just, Strategy, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use shiftlint::judge::selected_under;
use shiftlint::model::fact::NoticeKind;
use shiftlint::model::finding::Report;
use shiftlint::model::settings::{Labour, Settings};
use shiftlint::model::source::Role;
use shiftlint::model::time::length_name;
use std::collections::{BTreeMap, BTreeSet};

const QUARTER: i64 = 15 * MINUTE;

type Scene = (Date, &'static str, [Option<i32>; 2]);

/// Grids around changes of the clock, some of them at the midnight on which a
/// week begins. Offsets are in minutes, `None` stands for `Z`.
const SCENES: [Scene; 6] = [
    (date(2026, 3, 6), "America/Chicago", [Some(-360), None]),
    (date(2026, 10, 30), "America/Chicago", [Some(-300), Some(-360)]),
    (date(2026, 9, 4), "America/Santiago", [Some(-180), Some(-240)]),
    (date(2026, 4, 3), "America/Santiago", [Some(-180), Some(-240)]),
    (date(2026, 10, 23), "Asia/Beirut", [Some(180), Some(120)]),
    (date(2026, 4, 3), "Australia/Lord_Howe", [Some(660), Some(630)]),
];

/// A shift, its readings, and its clock.
#[derive(Debug, Clone)]
struct Shift {
    row: Row,
    times: Readings,
    zone: TimeZone,
}

impl Shift {
    fn is_sent(&self) -> bool {
        self.row.role == Role::Batch
    }
}

/// A shift in the zone of its scene, or at one of its offsets.
fn shift(role: Role, scene: Scene, which: usize, place: i64, length: i64) -> Shift {
    let (from, zone, offsets) = scene;
    let local = |quarters: i64| from.at(0, 0, 0, 0) + (quarters * 15).minutes();
    let (start, end) = (local(place), local(place + length));
    let (zone, times) = match which.checked_sub(1) {
        None => (Some(zone), Times::Local(start, end)),
        Some(which) => (None, Times::at_offset(start, end, offsets[which])),
    };
    let row = Row { zone, ..Row::shift(role, "anna", times) };
    let plain = Schedule::new(Vec::new());
    let (start, end) = clock::ends(&plain, &row);
    Shift { times: Readings::of(start, end), zone: clock::clock(&plain, &row), row }
}

fn shifts() -> impl Strategy<Value = Vec<Shift>> {
    let role = prop_oneof![3 => Just(Role::Batch), 1 => Just(Role::Published)];
    let which = prop_oneof![4 => Just(0usize), 1 => 1..3usize];
    let length = prop_oneof![12 => 8..48i64, 2 => 1..6i64, 1 => 300..900i64];
    let place = prop_oneof![3 => 150..240i64, 2 => 0..1000i64];
    let one = (role, which, place, length);
    // On a coarse grid many start or end at once.
    let grid = prop_oneof![Just(1i64), Just(16i64)];
    let rows = proptest::collection::vec(one, 1..16);
    (0..SCENES.len(), grid, rows).prop_map(|(scene, grid, rows)| {
        let snap = |quarters: i64| quarters / grid * grid;
        let rows = rows.into_iter().map(|(role, which, place, length)| {
            let end = snap(place + length);
            (role, which, snap(place), (end - snap(place)).max(1))
        });
        let mut shifts: Vec<Shift> = rows
            .map(|(role, which, place, length)| shift(role, SCENES[scene], which, place, length))
            .filter(|shift| shift.times.chosen.0 < shift.times.chosen.1)
            .collect();
        // As the program meets them: batch first, then published.
        shifts.sort_by_key(|shift| shift.row.role);
        shifts
    })
}

fn check_shifts(shifts: &[Shift], labour: Labour) -> Report {
    let of_role = |role| shifts.iter().map(|shift| &shift.row).filter(move |row| row.role == role);
    let csv = |role| write::csv(&["agent", "start", "end", "zone"], of_role(role));
    let files = FILES[..2].iter().map(|(role, name)| file(*role, name, csv(*role))).collect();
    let limits = [NoticeKind::ShortRest, NoticeKind::TooManyHours];
    let levels = selected_under(&limits, &["LB".to_owned()], &[], &[]).expect("a family");
    check(&Settings { levels, labour, ..settings(files) })
}

/// Severity, certainty, claim and records of a finding, and what its message
/// must hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Told {
    severity: &'static str,
    certainty: &'static str,
    claim: Option<Span>,
    records: Vec<String>,
    amounts: String,
}

fn told(report: &Report, code: &str, amounts: fn(&str) -> String) -> Vec<Told> {
    let findings = report.findings.iter().filter(|finding| finding.rule.code == code);
    let mut told: Vec<Told> = findings
        .map(|finding| Told {
            severity: finding.severity.name(),
            certainty: finding.certainty.name(),
            claim: finding
                .claim
                .map(|claim| (claim.start.instant.millis(), claim.end.instant.millis())),
            records: finding
                .records
                .iter()
                .map(|record| {
                    format!("{} {} {}", record.role, record.start.written, record.end.written)
                })
                .collect(),
            amounts: amounts(&finding.words().message),
        })
        .collect();
    told.sort();
    told
}

fn record(shift: &Shift) -> String {
    let [start, end] = ["start", "end"].map(|column| write::cell(&shift.row, column));
    format!("{} {start} {end}", shift.row.role)
}

/// Places of shifts in the order in which they start.
fn in_order(shifts: &[Shift]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..shifts.len()).collect();
    order.sort_by_key(|place| (shifts[*place].times.chosen.0, *place));
    order
}

/// Of shifts that end or start at once, one of the batch, else the first.
fn named(shifts: &[Shift], places: &BTreeSet<usize>) -> usize {
    let order: Vec<usize> =
        in_order(shifts).into_iter().filter(|place| places.contains(place)).collect();
    let sent = order.iter().copied().find(|place| shifts[*place].is_sent());
    sent.unwrap_or(order[0])
}

fn expected_rests(shifts: &[Shift], limit: i64) -> Vec<Told> {
    let mut rests: BTreeMap<Span, (BTreeSet<usize>, BTreeSet<usize>)> = BTreeMap::new();
    for (one, before) in shifts.iter().enumerate() {
        for (two, next) in shifts.iter().enumerate() {
            let (from, to) = (before.times.chosen.1, next.times.chosen.0);
            let works = |other: &Shift| other.times.chosen.0 < to && from < other.times.chosen.1;
            let goes_on =
                |other: &Shift| other.times.chosen.0 < from && from < other.times.chosen.1;
            if one == two || from > to || shifts.iter().any(|other| works(other) || goes_on(other))
            {
                continue;
            }
            let (enders, starters) = rests.entry((from, to)).or_default();
            enders.insert(one);
            starters.insert(two);
        }
    }
    let mut told = Vec::new();
    for ((from, to), (enders, starters)) in rests {
        let (before, next) = (&shifts[named(shifts, &enders)], &shifts[named(shifts, &starters)]);
        let least = (next.times.widest.0 - before.times.widest.1).max(0);
        let most = next.times.narrowest.0 - before.times.narrowest.1;
        let sent = [before, next].iter().any(|shift| shift.is_sent());
        if !sent || (to - from >= limit && least >= limit) {
            continue;
        }
        let as_read = to - from < limit;
        let claim = if as_read { (from, to) } else { (before.times.widest.1, next.times.widest.0) };
        let rest = if as_read { to - from } else { least };
        let amounts = match rest {
            0 => "no rest".to_owned(),
            _ => format!("{} of rest", length_name(rest / MINUTE)),
        };
        told.push(Told {
            severity: if as_read { "error" } else { "warning" },
            certainty: if most < limit { "certain" } else { "possible" },
            claim: (claim.0 < claim.1).then_some(claim),
            records: vec![record(before), record(next)],
            amounts,
        });
    }
    told.sort();
    told
}

fn rest_told(message: &str) -> String {
    let after = message.split("has ").nth(1).or(message.split("may have ").nth(1));
    let rest = after.and_then(|after| after.split(" between").next());
    rest.unwrap_or(message).to_owned()
}

/// The first day of the week that holds an instant, by the clock of a shift.
fn week_of(shift: &Shift, at: i64, first: Weekday) -> Date {
    let day = clock::day(&shift.zone, at);
    day - i64::from(day.weekday().since(first)).days()
}

fn expected_weeks(shifts: &[Shift], limit: i64, first: Weekday) -> Vec<Told> {
    let order = in_order(shifts);
    let mut worked: BTreeMap<Date, BTreeMap<usize, i64>> = BTreeMap::new();
    for (rank, place) in order.iter().enumerate() {
        let shift = &shifts[*place];
        let (start, end) = shift.times.chosen;
        for at in (start..end).step_by(QUARTER as usize) {
            let holds = |other: &usize| {
                let (start, end) = shifts[*other].times.chosen;
                start <= at && at < end
            };
            let first_to_claim = order.iter().position(holds) == Some(rank);
            let share =
                worked.entry(week_of(shift, at, first)).or_default().entry(rank).or_default();
            *share += if first_to_claim { QUARTER } else { 0 };
        }
    }
    let mut told = Vec::new();
    for (day, shares) in worked {
        let total: i64 = shares.values().sum();
        let mut sum = 0;
        let passing = shares.iter().find(|(_, share)| {
            sum += **share;
            sum > limit
        });
        let sent = |rank: &&usize| shifts[order[**rank]].is_sent();
        let Some((passing, _)) = passing else { continue };
        let after = shares.keys().filter(|rank| *rank >= passing).find(sent);
        let Some(about) = after.or(shares.keys().rfind(sent)) else { continue };
        let length = |(start, end): Span| (end - start).max(0);
        let doubt = |rank: &usize| {
            let times = &shifts[order[*rank]].times;
            (length(times.chosen) - length(times.narrowest)).max(0)
        };
        let doubtful: i64 = shares.keys().map(doubt).sum();
        let (about, other) =
            (&shifts[order[*about]], (about != passing).then_some(&shifts[order[*passing]]));
        let midnight = |day: Date| clock::midnight(&about.zone, day);
        told.push(Told {
            severity: "error",
            certainty: if total - doubtful > limit { "certain" } else { "possible" },
            claim: Some((midnight(day), midnight(day + 7.days()))),
            records: [about].into_iter().chain(other).map(record).collect(),
            amounts: format!(
                "{} of work in the week from {}, {} more than {}",
                length_name(total / MINUTE),
                day.strftime("%a %Y-%m-%d"),
                length_name((total - limit) / MINUTE),
                length_name(limit / MINUTE)
            ),
        });
    }
    told.sort();
    told
}

fn week_told(message: &str) -> String {
    let after = message.split("has ").nth(1).or(message.split("may have ").nth(1));
    let week = after.and_then(|after| after.split(": ").next());
    week.unwrap_or(message).to_owned()
}

#[test]
fn the_shifts_that_are_made_up_reach_every_case() {
    let mut runner = TestRunner::deterministic();
    let (mut rests, mut weeks) = (BTreeSet::new(), BTreeSet::new());
    for _ in 0..1500 {
        let shifts = shifts().new_tree(&mut runner).expect("shifts").current();
        for hours in [5, 8, 11] {
            for told in expected_rests(&shifts, hours * 60 * MINUTE) {
                rests.insert((told.severity, told.certainty, told.claim.is_some()));
            }
        }
        for told in expected_weeks(&shifts, 30 * 60 * MINUTE, Weekday::Sunday) {
            weeks.insert((told.certainty, told.records.len()));
        }
    }
    for reading in [("error", "certain"), ("error", "possible"), ("warning", "possible")] {
        assert!(rests.contains(&(reading.0, reading.1, true)), "{reading:?}: {rests:?}");
    }
    assert!(rests.contains(&("error", "certain", false)), "none touch: {rests:?}");
    for told in [("certain", 1), ("certain", 2), ("possible", 1)] {
        assert!(weeks.contains(&told), "{told:?}: {weeks:?}");
    }
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn rests_and_weeks_are_what_counting_finds(
        shifts in shifts(),
        hours in (1..16i64, 8..60i64),
        week_start in 0..7u8,
    ) {
        let (rest, week) = (hours.0 * 60 * MINUTE, hours.1 * 60 * MINUTE);
        let labour = Labour { min_rest: Some(rest), max_week: Some(week), week_start };
        let report = check_shifts(&shifts, labour);
        prop_assert!(report.complete);
        prop_assert_eq!(told(&report, "LB101", rest_told), expected_rests(&shifts, rest));
        let first = Weekday::from_monday_zero_offset(week_start as i8).expect("a weekday");
        prop_assert_eq!(told(&report, "LB102", week_told), expected_weeks(&shifts, week, first));
        let one = check_shifts(&shifts, Labour { min_rest: Some(rest), max_week: None, week_start });
        prop_assert_eq!(told(&one, "LB102", week_told), []);
        prop_assert_eq!(told(&one, "LB101", rest_told), expected_rests(&shifts, rest));
    }
}
