//! Rest and hours, held against counting by quarters of an hour.
//!
//! Instants, dates and weeks come from jiff. Rests are found by comparing every
//! shift with every other one, hours by asking for each quarter whether anybody
//! works then.

use super::{config, file};
use jiff::civil::{Date, DateTime, Weekday, date};
use jiff::tz::{AmbiguousOffset, TimeZone};
use proptest::prelude::{Just, Strategy, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use shiftlint::analyze::{Progress, analyze};
use shiftlint::judge::selected_under;
use shiftlint::model::fact::NoticeKind;
use shiftlint::model::finding::Report;
use shiftlint::model::settings::{Labour, Settings};
use shiftlint::model::source::Role;
use shiftlint::model::time::length_name;
use std::collections::{BTreeMap, BTreeSet};

const QUARTER: i64 = 15 * 60_000;
const MINUTE: i64 = 60_000;

/// Grids around changes of the clock, some of them at the midnight on which a
/// week begins.
const SCENES: [(Date, &str, [&str; 2]); 6] = [
    (date(2026, 3, 6), "America/Chicago", ["-06:00", "Z"]),
    (date(2026, 10, 30), "America/Chicago", ["-05:00", "-06:00"]),
    (date(2026, 9, 4), "America/Santiago", ["-03:00", "-04:00"]),
    (date(2026, 4, 3), "America/Santiago", ["-03:00", "-04:00"]),
    (date(2026, 10, 23), "Asia/Beirut", ["+03:00", "+02:00"]),
    (date(2026, 4, 3), "Australia/Lord_Howe", ["+11:00", "+10:30"]),
];

/// A shift as it is written, its readings, and its zone.
#[derive(Debug, Clone)]
struct Shift {
    role: Role,
    line: String,
    zone: TimeZone,
    chosen: (i64, i64),
    widest: (i64, i64),
    narrowest: (i64, i64),
}

/// The two readings of a local time, the chosen one first.
fn read(zone: &TimeZone, local: DateTime) -> (i64, i64) {
    let at = |offset: jiff::tz::Offset| {
        offset.to_timestamp(local).expect("within the years").as_millisecond()
    };
    match zone.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Unambiguous { offset } => (at(offset), at(offset)),
        AmbiguousOffset::Gap { before, after } | AmbiguousOffset::Fold { before, after } => {
            (at(before), at(after))
        }
    }
}

fn shift(
    role: Role,
    (from, zone, offsets): (Date, &str, [&str; 2]),
    which: usize,
    place: i64,
    length: i64,
) -> Shift {
    let local = |quarters: i64| from.at(0, 0, 0, 0) + jiff::Span::new().minutes(quarters * 15);
    let (start, end) = (local(place), local(place + length));
    let offset = offsets.get(which.wrapping_sub(1)).copied();
    let clock = match offset {
        None => TimeZone::get(zone).expect("a zone of the database"),
        Some("Z") => TimeZone::UTC,
        Some(offset) => {
            let text = format!("2026-01-01T00:00:00{offset}[{offset}]");
            text.parse::<jiff::Zoned>().expect("an offset").time_zone().clone()
        }
    };
    let written =
        |at: DateTime| format!("{}{}", at.strftime("%Y-%m-%dT%H:%M"), offset.unwrap_or(""));
    let named = if offset.is_none() { zone } else { "" };
    let ((start_read, start_other), (end_read, end_other)) =
        (read(&clock, start), read(&clock, end));
    Shift {
        role,
        line: format!("anna,{},{},{named}\n", written(start), written(end)),
        zone: clock,
        chosen: (start_read, end_read),
        widest: (start_read.min(start_other), end_read.max(end_other)),
        narrowest: (start_read.max(start_other), end_read.min(end_other)),
    }
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
            .filter(|shift| shift.chosen.0 < shift.chosen.1)
            .collect();
        // As the program meets them: batch first, then published.
        shifts.sort_by_key(|shift| shift.role);
        shifts
    })
}

fn check(shifts: &[Shift], labour: Labour) -> Report {
    let mut files = Vec::new();
    for (role, name) in [(Role::Batch, "batch.csv"), (Role::Published, "live.csv")] {
        let mut text = "agent,start,end,zone\n".to_owned();
        text.extend(
            shifts.iter().filter(|shift| shift.role == role).map(|shift| shift.line.as_str()),
        );
        files.push(file(role, name, text));
    }
    let limits = [NoticeKind::ShortRest, NoticeKind::TooManyHours];
    let levels = selected_under(&limits, &["LB".to_owned()], &[], &[]).expect("a family");
    let settings = Settings {
        files,
        levels,
        labour,
        max_per_agent: u64::MAX,
        jobs: Some(1),
        ..Settings::default()
    };
    analyze(&settings, &Progress::default()).expect("sound settings")
}

/// Severity, certainty, claim and records of a finding, and what its message
/// must hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Told {
    severity: &'static str,
    certainty: &'static str,
    claim: Option<(i64, i64)>,
    records: Vec<String>,
    amounts: String,
}

fn told(report: &Report, code: &str, amounts: fn(&str) -> String) -> Vec<Told> {
    let findings = report.findings.iter().filter(|finding| finding.rule.code == code);
    let mut told: Vec<Told> = findings
        .map(|finding| Told {
            severity: finding.severity.name(),
            certainty: finding.certainty.name(),
            claim: finding.claim.map(|claim| (claim.start.instant, claim.end.instant)),
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
    let cells: Vec<&str> = shift.line.split(',').collect();
    format!("{} {} {}", shift.role, cells[1], cells[2])
}

/// Places of shifts in the order in which they start.
fn in_order(shifts: &[Shift]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..shifts.len()).collect();
    order.sort_by_key(|place| (shifts[*place].chosen.0, *place));
    order
}

/// Of shifts that end or start at once, one of the batch, else the first.
fn named(shifts: &[Shift], places: &BTreeSet<usize>) -> usize {
    let order: Vec<usize> =
        in_order(shifts).into_iter().filter(|place| places.contains(place)).collect();
    let sent = order.iter().copied().find(|place| shifts[*place].role == Role::Batch);
    sent.unwrap_or(order[0])
}

fn expected_rests(shifts: &[Shift], limit: i64) -> Vec<Told> {
    let mut rests: BTreeMap<(i64, i64), (BTreeSet<usize>, BTreeSet<usize>)> = BTreeMap::new();
    for (one, before) in shifts.iter().enumerate() {
        for (two, next) in shifts.iter().enumerate() {
            let (from, to) = (before.chosen.1, next.chosen.0);
            let works = |other: &Shift| other.chosen.0 < to && from < other.chosen.1;
            let goes_on = |other: &Shift| other.chosen.0 < from && from < other.chosen.1;
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
        let least = (next.widest.0 - before.widest.1).max(0);
        let most = next.narrowest.0 - before.narrowest.1;
        let sent = [before, next].iter().any(|shift| shift.role == Role::Batch);
        if !sent || (to - from >= limit && least >= limit) {
            continue;
        }
        let as_read = to - from < limit;
        let claim = if as_read { (from, to) } else { (before.widest.1, next.widest.0) };
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
    let at = jiff::Timestamp::from_millisecond(at).expect("within the years");
    let day = at.to_zoned(shift.zone.clone()).date();
    let since = day.weekday().since(first);
    day - jiff::Span::new().days(since)
}

fn midnight(shift: &Shift, day: Date) -> i64 {
    day.to_zoned(shift.zone.clone()).expect("a day").timestamp().as_millisecond()
}

fn expected_weeks(shifts: &[Shift], limit: i64, first: Weekday) -> Vec<Told> {
    let order = in_order(shifts);
    let mut worked: BTreeMap<Date, BTreeMap<usize, i64>> = BTreeMap::new();
    for (rank, place) in order.iter().enumerate() {
        let shift = &shifts[*place];
        for at in (shift.chosen.0..shift.chosen.1).step_by(QUARTER as usize) {
            let holds =
                |other: &usize| (shifts[*other].chosen.0..shifts[*other].chosen.1).contains(&at);
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
        let sent = |rank: &&usize| shifts[order[**rank]].role == Role::Batch;
        let Some((passing, _)) = passing else { continue };
        let after = shares.keys().filter(|rank| *rank >= passing).find(sent);
        let Some(about) = after.or(shares.keys().rfind(sent)) else { continue };
        let length = |(start, end): (i64, i64)| (end - start).max(0);
        let doubt = |rank: &usize| {
            let shift = &shifts[order[*rank]];
            (length(shift.chosen) - length(shift.narrowest)).max(0)
        };
        let doubtful: i64 = shares.keys().map(doubt).sum();
        let (about, other) =
            (&shifts[order[*about]], (about != passing).then_some(&shifts[order[*passing]]));
        let next = day + jiff::Span::new().days(7);
        told.push(Told {
            severity: "error",
            certainty: if total - doubtful > limit { "certain" } else { "possible" },
            claim: Some((midnight(about, day), midnight(about, next))),
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
        let report = check(&shifts, labour);
        prop_assert!(report.complete);
        prop_assert_eq!(told(&report, "LB101", rest_told), expected_rests(&shifts, rest));
        let first = Weekday::from_monday_zero_offset(week_start as i8).expect("a weekday");
        prop_assert_eq!(told(&report, "LB102", week_told), expected_weeks(&shifts, week, first));
        let one = check(&shifts, Labour { min_rest: Some(rest), max_week: None, week_start });
        prop_assert_eq!(told(&one, "LB102", week_told), []);
        prop_assert_eq!(told(&one, "LB101", rest_told), expected_rests(&shifts, rest));
    }
}
