//! Activities, held against comparing every pair of them.
//!
//! Instants come from jiff; nothing of the program's own is used.

use super::{config, file};
use jiff::civil::{DateTime, date};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use proptest::prelude::{Just, Strategy, prop_assert, prop_assert_eq, prop_oneof, proptest};
use shiftlint::analyze::{Progress, analyze};
use shiftlint::judge::selected;
use shiftlint::model::finding::Report;
use shiftlint::model::settings::Settings;
use shiftlint::model::source::Role;

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
    let zone = TimeZone::get(ZONE).expect("a zone of the database");
    let offset = match zone.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Unambiguous { offset } => offset,
        AmbiguousOffset::Gap { before, .. } | AmbiguousOffset::Fold { before, .. } => before,
    };
    offset.to_timestamp(local).expect("within the years").as_millisecond()
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
    fn span(&self) -> (i64, i64) {
        (instant(self.start), instant(later(self.start, self.quarters)))
    }

    /// An activity as it is written, and when it is; `None` where its end is not
    /// after its start.
    fn activity(
        &self,
        (spelling, from, length): (Spelling, i64, i64),
    ) -> (String, Option<(i64, i64)>) {
        let (start, end) = (later(self.start, from), later(self.start, from + length));
        match spelling {
            Spelling::Clock => (
                format!(
                    r#"{{"start":"{}","end":"{}"}}"#,
                    start.strftime("%H:%M"),
                    end.strftime("%H:%M")
                ),
                self.by_clock(start, length),
            ),
            Spelling::Local => {
                let start = (start, instant(start));
                let end = start.1 + length * 900_000;
                let written = start.0.strftime("%Y-%m-%dT%H:%M");
                let minutes = length * 15;
                (
                    format!(r#"{{"startDateTime":"{written}","length":{minutes}}}"#),
                    Some((start.1, end)),
                )
            }
            Spelling::Instant => {
                let (from, to) = (instant(start), instant(start) + length * 900_000);
                let shown = |at: i64, hours: i8| {
                    let at = jiff::Timestamp::from_millisecond(at).expect("within the years");
                    Offset::constant(hours).to_datetime(at).strftime("%Y-%m-%dT%H:%M").to_string()
                };
                let (from_text, to_text) = (shown(from, 0), shown(to, 2));
                (format!(r#"{{"start":"{from_text}Z","end":"{to_text}+02:00"}}"#), Some((from, to)))
            }
        }
    }

    /// A clock time is on the date of the shift, or after midnight if it is
    /// before the shift on that date and within it on the next.
    fn by_clock(&self, start: DateTime, length: i64) -> Option<(i64, i64)> {
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

fn check(shifts: &[Shift]) -> Report {
    let mut text = String::from("[");
    for (number, shift) in shifts.iter().enumerate() {
        let written = |at: DateTime| at.strftime("%Y-%m-%dT%H:%M").to_string();
        let (start, end) = (written(shift.start), written(later(shift.start, shift.quarters)));
        let activities: Vec<String> =
            shift.activities.iter().map(|activity| shift.activity(*activity).0).collect();
        let joint = if number > 0 { ",\n" } else { "" };
        let activities = activities.join(", ");
        text.push_str(&format!(
            r#"{joint}{{"agent":"agent-{number}","start":"{start}","end":"{end}","zone":"{ZONE}","activities":[{activities}]}}"#
        ));
    }
    text.push(']');
    let file = file(Role::Batch, "batch.json", text);
    let levels = selected(&["OV3".to_owned(), "RC101".to_owned()], &[], &[]).expect("known");
    let settings =
        Settings { files: vec![file], levels, max_per_agent: u64::MAX, ..Settings::default() };
    analyze(&settings, &Progress::default()).expect("sound settings")
}

/// Rule, agent and claim of each finding, and how its message begins.
type Told = (&'static str, String, (i64, i64), Vec<String>);

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
        let claim = finding.claim.map(|claim| (claim.start.instant, claim.end.instant));
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
        let agent = format!("agent-{agent}");
        let (from, to) = shift.span();
        let spans: Vec<(usize, (i64, i64))> = shift
            .activities
            .iter()
            .enumerate()
            .filter_map(|(place, activity)| Some((place + 1, shift.activity(*activity).1?)))
            .collect();
        for (one, first) in &spans {
            let outside = match (first.0 < from, to < first.1) {
                (false, false) => None,
                (true, false) => Some((first.0, first.1.min(from))),
                (false, true) => Some((first.0.max(to), first.1)),
                (true, true) => Some(*first),
            };
            told.extend(outside.map(|time| ("OV302", agent.clone(), time, vec![one.to_string()])));
            for (other, second) in spans.iter().filter(|(other, _)| other > one) {
                let shared = (first.0.max(second.0), first.1.min(second.1));
                if shared.0 < shared.1 {
                    let mut numbers = vec![one.to_string(), other.to_string()];
                    numbers.sort();
                    told.push(("OV301", agent.clone(), shared, numbers));
                }
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
        let upside_down = shifts.iter().any(|shift| {
            let (start, end) = shift.span();
            end <= start || shift.activities.iter().any(|activity| shift.activity(*activity).1.is_none())
        });
        let report = check(&shifts);
        if !upside_down {
            prop_assert!(report.complete);
            prop_assert_eq!(told(&report), expected(&shifts));
        }
    }
}
