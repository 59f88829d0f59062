//! Activities, compared with what every pair of them shows.
//!
//! Instants come from jiff; nothing of the program's own is used.

use super::config;
use crate::world::check::{check, file, settings};
use crate::world::clock::{MINUTE, Span, outside, read, shared, timestamp, zone};
use crate::world::schedule::numbered;
use crate::world::write;
use jiff::civil::{DateTime, date};
use jiff::tz::Offset;
use proptest::prelude::{
    Just, Strategy, prop_assert, prop_assert_eq, prop_assume, prop_oneof, proptest,
};
use serde_json::{Value, json};
use shiftlint::judge::selected;
use shiftlint::model::finding::Report;
use shiftlint::model::settings::Settings;
use shiftlint::model::source::Role;
use shiftlint::model::time::Disambiguation;

/// How the times of an activity are written.
#[derive(Debug, Clone, Copy)]
enum Spelling {
    /// Clock times, without a date.
    Clock,
    /// A local date and time, and a length.
    Local,
    /// An instant of UTC, and an end at an offset.
    Instant,
}

/// A shift from a quarter of an hour on, and its activities: their starts from
/// that of the shift and their lengths, in quarters.
#[derive(Debug, Clone)]
struct Shift {
    start: DateTime,
    quarters: i64,
    activities: Vec<(Spelling, i64, i64)>,
}

const ZONE: &str = "America/Chicago";

/// A night in which the clock goes forward, one in which it goes back, and a day
/// without either.
const SCENES: [DateTime; 3] = [
    date(2026, 3, 7).at(20, 0, 0, 0),
    date(2026, 10, 31).at(20, 0, 0, 0),
    date(2026, 6, 1).at(6, 0, 0, 0),
];

fn later(at: DateTime, quarters: i64) -> DateTime {
    at + jiff::Span::new().minutes(quarters * 15)
}

fn instant(local: DateTime) -> i64 {
    read(&zone(ZONE), local, Disambiguation::Compatible).chosen
}

fn shifts() -> impl Strategy<Value = Vec<Shift>> {
    let spelling = prop_oneof![
        2 => Just(Spelling::Clock),
        1 => Just(Spelling::Local),
        1 => Just(Spelling::Instant),
    ];
    let length = prop_oneof![5 => 1..9i64, 1 => 1..60i64];
    let activities = proptest::collection::vec((spelling, -6..44i64, length), 0..8);
    let one = (0..SCENES.len(), 0..24i64, 8..40i64, activities);
    let shift = one.prop_map(|(scene, from, quarters, activities)| {
        let start = later(SCENES[scene], from);
        Shift { start, quarters, activities }
    });
    proptest::collection::vec(shift, 1..4)
}

impl Shift {
    fn span(&self) -> Span {
        (instant(self.start), instant(later(self.start, self.quarters)))
    }

    /// An activity as it is written, and when it is; `None` where its end is not
    /// after its start.
    fn activity(&self, (spelling, from, length): (Spelling, i64, i64)) -> (Value, Option<Span>) {
        let (start, end) = (later(self.start, from), later(self.start, from + length));
        let span = (instant(start), instant(start) + length * 15 * MINUTE);
        match spelling {
            Spelling::Clock => {
                let [from, to] = [start, end].map(|at| at.strftime("%H:%M").to_string());
                (json!({"start": from, "end": to}), self.by_clock(start, length))
            }
            Spelling::Local => {
                let start = write::local(start);
                (json!({"startDateTime": start, "length": length * 15}), Some(span))
            }
            Spelling::Instant => {
                let shown = |at: i64, hours: i8| {
                    write::local(Offset::constant(hours).to_datetime(timestamp(at)))
                };
                let (from, to) = (shown(span.0, 0) + "Z", shown(span.1, 2) + "+02:00");
                (json!({"start": from, "end": to}), Some(span))
            }
        }
    }

    /// A clock time is on the date of the shift, or after midnight if it is
    /// before the shift on that date and within it on the next.
    fn by_clock(&self, start: DateTime, length: i64) -> Option<Span> {
        let (first, last) = self.span();
        let on_date = self.start.date().to_datetime(start.time());
        let next = on_date + jiff::Span::new().days(1);
        let start = match instant(on_date) < first && instant(next) < last {
            true => next,
            false => on_date,
        };
        let span = (instant(start), instant(later(start, length)));
        (span.0 < span.1).then_some(span)
    }
}

fn check_shifts(shifts: &[Shift]) -> Report {
    let record = |(number, shift): (usize, &Shift)| {
        let activities = shift.activities.iter().map(|activity| shift.activity(*activity).0);
        json!({
            "agent": numbered("agent", number),
            "start": write::local(shift.start),
            "end": write::local(later(shift.start, shift.quarters)),
            "zone": ZONE,
            "activities": activities.collect::<Value>(),
        })
    };
    let text = shifts.iter().enumerate().map(record).collect::<Value>().to_string();
    let levels = selected(&["OV3".to_owned(), "RC101".to_owned()], &[], &[]).expect("known");
    let files = vec![file(Role::Batch, "batch.json", text)];
    check(&Settings { levels, jobs: None, ..settings(files) })
}

/// Rule, agent and claim of each finding, and how its message begins.
type Told = (&'static str, String, Span, Vec<String>);

/// The numbers of the activities in a message.
fn numbers(message: &str) -> Vec<String> {
    let after = message.split("activity ").skip(1);
    let number = |text: &str| text.split(' ').next().unwrap_or_default().to_owned();
    let mut numbers: Vec<String> = after.map(number).collect();
    numbers.sort();
    numbers
}

fn told(report: &Report) -> Vec<Told> {
    let tell = |finding: &shiftlint::model::finding::Finding| {
        let claim =
            finding.claim.map(|claim| (claim.start.instant.millis(), claim.end.instant.millis()));
        let agent = finding.agent.as_deref().unwrap_or_default().to_owned();
        (finding.rule.code, agent, claim.unwrap_or_default(), numbers(&finding.words().message))
    };
    let mut told: Vec<Told> = report.findings.iter().map(tell).collect();
    told.sort();
    told
}

fn expected(shifts: &[Shift]) -> Vec<Told> {
    let mut told: Vec<Told> = Vec::new();
    for (agent, shift) in shifts.iter().enumerate() {
        let agent = numbered("agent", agent);
        let spans: Vec<(usize, Span)> = (1..)
            .zip(&shift.activities)
            .filter_map(|(number, activity)| Some((number, shift.activity(*activity).1?)))
            .collect();
        for (place, (one, span)) in spans.iter().enumerate() {
            let outside = outside(*span, shift.span());
            told.extend(outside.map(|time| ("OV302", agent.clone(), time, vec![one.to_string()])));
            for (other, second) in &spans[..place] {
                let mut numbers = vec![other.to_string(), one.to_string()];
                numbers.sort();
                let both = shared(*span, *second);
                told.extend(both.map(|both| ("OV301", agent.clone(), both, numbers)));
            }
        }
    }
    told.sort();
    told
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn activities_are_told_as_comparing_every_pair_does(shifts in shifts()) {
        let is_reversed = |shift: &Shift| {
            let (start, end) = shift.span();
            let activities = || shift.activities.iter().map(|activity| shift.activity(*activity).1);
            end <= start || activities().any(|span| span.is_none())
        };
        prop_assume!(!shifts.iter().any(is_reversed));
        let report = check_shifts(&shifts);
        prop_assert!(report.complete);
        prop_assert_eq!(told(&report), expected(&shifts));
    }
}
