//! The span that a finding shows is the one that both records share as they are
//! read.
//!
//! Shifts are made up around changes of the clock in all zones, as local times,
//! as instants of UTC and as lists of dates. What they share is worked out from
//! jiff's readings of their words.

use super::{config, file};
use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, ToSpan};
use proptest::prelude::{Just, Strategy, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use shiftlint::analyze::{Progress, analyze};
use shiftlint::model::finding::{Finding, Report};
use shiftlint::model::settings::Settings;
use shiftlint::model::source::Role;
use shiftlint::model::time::Disambiguation;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Start and end in milliseconds.
type Times = (i64, i64);

/// A change of the clock of a zone: what the clock showed when it came.
#[derive(Debug, Clone, Copy)]
struct Change {
    zone: &'static str,
    local: DateTime,
}

/// Every change of an offset from 2015 to 2029, in all zones.
static CHANGES: LazyLock<Vec<Change>> = LazyLock::new(|| {
    let database = TimeZoneDatabase::bundled();
    let first: Timestamp = "2015-01-01T00:00:00Z".parse().expect("a timestamp");
    let mut changes = Vec::new();
    for name in database.available() {
        let zone = database.get(name.as_str()).expect("a zone of the database");
        let name: &'static str = Box::leak(name.to_string().into_boxed_str());
        let mut before = zone.to_offset(first);
        for change in zone.following(first).take_while(|change| change.timestamp() < last()) {
            if change.offset() != before {
                changes.push(Change { zone: name, local: before.to_datetime(change.timestamp()) });
            }
            before = change.offset();
        }
    }
    changes
});

fn last() -> Timestamp {
    "2029-01-01T00:00:00Z".parse().expect("a timestamp")
}

fn zone(name: &str) -> TimeZone {
    TimeZoneDatabase::bundled().get(name).expect("a zone of the database")
}

/// How the times of a shift are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spelling {
    /// Local times beside their zone.
    Local,
    /// Instants of UTC beside the zone.
    Utc,
    /// Clock times beside a list of dates, of which the first is a week before.
    Dates,
}

/// A shift in minutes from the change of the clock, and who has it.
#[derive(Debug, Clone)]
struct Shift {
    agent: u8,
    spelling: Spelling,
    start: i64,
    length: i64,
}

#[derive(Debug, Clone)]
struct Scene {
    change: Change,
    disambiguation: Disambiguation,
    shifts: Vec<Shift>,
}

fn scenes() -> impl Strategy<Value = Scene> {
    let spelling = prop_oneof![
        4 => Just(Spelling::Local),
        2 => Just(Spelling::Utc),
        1 => Just(Spelling::Dates),
    ];
    let grid = prop_oneof![Just(1i64), Just(15), Just(30)];
    let shift = (0..2u8, spelling, -200..140i64, 1..400i64);
    let shifts = (grid, proptest::collection::vec(shift, 2..7)).prop_map(|(grid, shifts)| {
        let snap = |minutes: i64| minutes.div_euclid(grid) * grid;
        let shift = |(agent, spelling, start, length)| Shift {
            agent,
            spelling,
            start: snap(start),
            length: snap(length).max(grid),
        };
        shifts.into_iter().map(shift).collect()
    });
    let how = prop_oneof![
        2 => Just(Disambiguation::Compatible),
        1 => Just(Disambiguation::Earlier),
        1 => Just(Disambiguation::Later),
    ];
    (0..CHANGES.len(), how, shifts).prop_map(|(change, disambiguation, shifts)| Scene {
        change: CHANGES[change],
        disambiguation,
        shifts,
    })
}

/// The two readings of a local time, the chosen one first.
fn read(zone: &TimeZone, local: DateTime, how: Disambiguation) -> (i64, i64) {
    let at = |offset: Offset| offset.to_timestamp(local).expect("in range").as_millisecond();
    let (usual, other) = match zone.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Unambiguous { offset } => (at(offset), at(offset)),
        AmbiguousOffset::Gap { before, after } | AmbiguousOffset::Fold { before, after } => {
            (at(before), at(after))
        }
    };
    let (first, second) = (usual.min(other), usual.max(other));
    match how {
        Disambiguation::Compatible => (usual, other),
        Disambiguation::Earlier => (first, second),
        Disambiguation::Later => (second, first),
    }
}

/// A shift as jiff reads its words.
struct Known {
    agent: u8,
    chosen: Times,
    widest: Times,
}

impl Scene {
    fn ends(&self, shift: &Shift) -> (DateTime, DateTime) {
        let start = self.change.local + shift.start.minutes();
        (start, start + shift.length.minutes())
    }

    /// The entries of a shift: one for each of its dates, without those that end as
    /// they start, or before, which are left out.
    fn known(&self, shift: &Shift) -> Vec<Known> {
        let mut known = self.of_each_date(shift);
        known.retain(|known| known.chosen.0 < known.chosen.1);
        known
    }

    fn of_each_date(&self, shift: &Shift) -> Vec<Known> {
        let zone = match shift.spelling {
            Spelling::Utc => TimeZone::UTC,
            _ => zone(self.change.zone),
        };
        let (start, end) = self.ends(shift);
        let weeks: &[i64] = if shift.spelling == Spelling::Dates { &[-7, 0] } else { &[0] };
        let known = |days: &i64| {
            let (from, to) = match shift.spelling {
                // The change as the clock showed it, taken for UTC.
                Spelling::Utc => (self.in_utc(start), self.in_utc(end)),
                _ => (start + days.days(), end + days.days()),
            };
            let [from, to] = [from, to].map(|local| read(&zone, local, self.disambiguation));
            Known {
                agent: shift.agent,
                chosen: (from.0, to.0),
                widest: (from.0.min(from.1), to.0.max(to.1)),
            }
        };
        weeks.iter().map(known).collect()
    }

    /// An instant near the change: its local time by the offset before it.
    fn in_utc(&self, local: DateTime) -> DateTime {
        let zone = zone(self.change.zone);
        let before = self.change.local - 1.days();
        let offset = zone.to_ambiguous_timestamp(before).compatible().expect("in range");
        let offset = zone.to_offset(offset);
        Offset::UTC.to_datetime(offset.to_timestamp(local).expect("in range"))
    }

    fn json(&self) -> String {
        let mut text = String::from("[");
        for (number, shift) in self.shifts.iter().enumerate() {
            let (start, end) = self.ends(shift);
            let joint = if number > 0 { ",\n" } else { "" };
            let full = |at: DateTime| at.strftime("%Y-%m-%dT%H:%M:%S").to_string();
            let clock = |at: DateTime| at.strftime("%H:%M:%S").to_string();
            let date = |at: Date| at.strftime("%Y-%m-%d").to_string();
            let times = match shift.spelling {
                Spelling::Local => format!(r#""start":"{}","end":"{}""#, full(start), full(end)),
                Spelling::Utc => {
                    let [start, end] = [start, end].map(|at| full(self.in_utc(at)));
                    format!(r#""start":"{start}Z","end":"{end}Z""#)
                }
                Spelling::Dates => format!(
                    r#""date":["{}","{}"],"start":"{}","end":"{}""#,
                    date((start - 7.days()).date()),
                    date(start.date()),
                    clock(start),
                    clock(end)
                ),
            };
            let (agent, zone) = (shift.agent, self.change.zone);
            text.push_str(&format!(
                r#"{joint}{{"agent":"agent-{agent}","id":"s-{number}",{times},"zone":"{zone}"}}"#
            ));
        }
        text.push(']');
        text
    }

    /// All shifts of the first agent are to go to the other one.
    fn swaps(&self) -> String {
        let mut text = String::from("id,status,agent,shift,with agent,with shift\n");
        for (number, _) in self.shifts.iter().enumerate().filter(|(_, shift)| shift.agent == 0) {
            text.push_str(&format!("w-{number},pending,agent-0,s-{number},agent-1,\n"));
        }
        text
    }

    fn check(&self) -> Report {
        let mut files = vec![(Role::Batch, "batch.json", self.json())];
        if self.shifts.iter().any(|shift| shift.agent == 0) {
            files.push((Role::Swaps, "swaps.csv", self.swaps()));
        }
        self.check_files(files)
    }

    fn check_files(&self, files: Vec<(Role, &str, String)>) -> Report {
        let files = files.into_iter().map(|(role, name, text)| file(role, name, text));
        let settings = Settings {
            files: files.collect(),
            levels: shiftlint::judge::selected(&[], &[], &[]).expect("the default selection"),
            disambiguation: self.disambiguation,
            max_per_agent: u64::MAX,
            jobs: Some(1),
            ..Settings::default()
        };
        analyze(&settings, &Progress::default()).expect("sound settings")
    }

    /// What the clash of these two shifts must show: for each pair of entries
    /// that share time in any reading, that time as they are read, or else by
    /// their widest readings. Starts come first.
    fn shared(&self, one: usize, other: usize) -> Vec<Times> {
        let mut shared = Vec::new();
        for first in self.known(&self.shifts[one]).iter().filter(|known| is_read(known)) {
            for second in self.known(&self.shifts[other]).iter().filter(|known| is_read(known)) {
                let widest = intersection(first.widest, second.widest);
                shared.extend(intersection(first.chosen, second.chosen).or(widest));
            }
        }
        shared.sort_unstable();
        shared
    }
}

/// Whether it does not end before it starts, as it is read.
fn is_read(known: &Known) -> bool {
    known.chosen.0 <= known.chosen.1 && known.widest.0 < known.widest.1
}

fn intersection(one: Times, other: Times) -> Option<Times> {
    let shared = (one.0.max(other.0), one.1.min(other.1));
    (shared.0 < shared.1).then_some(shared)
}

fn number(id: Option<&str>) -> usize {
    let digits = id.and_then(|id| id.split('-').nth(1)).unwrap_or_default();
    digits.parse().unwrap_or_else(|_| panic!("{id:?} has no number"))
}

/// The numbers of the two shifts that clash, in order, and the time that is told.
fn told(finding: &Finding) -> ((usize, usize), Times) {
    let last = finding.records.len() - 1;
    let numbers = [0, last].map(|place| number(finding.records[place].id.as_deref()));
    let claim = finding.claim.expect("a clash has a span");
    let times = (claim.start.instant, claim.end.instant);
    assert_eq!(claim.minutes, (times.1 - times.0 + 59_999) / 60_000);
    ((numbers[0].min(numbers[1]), numbers[0].max(numbers[1])), times)
}

fn of_rules<'r>(report: &'r Report, family: &'r str) -> impl Iterator<Item = &'r Finding> {
    report.findings.iter().filter(move |finding| finding.rule.code.starts_with(family))
}

/// The activities of the first shift: all others, by their local times.
fn with_activities(scene: &Scene) -> String {
    let full = |shift: &Shift| {
        let (start, end) = scene.ends(shift);
        let full = |at: DateTime| at.strftime("%Y-%m-%dT%H:%M:%S").to_string();
        format!(r#""start":"{}","end":"{}""#, full(start), full(end))
    };
    let activities: Vec<String> =
        scene.shifts.iter().skip(1).map(|shift| format!("{{{}}}", full(shift))).collect();
    let (shift, zone, activities) =
        (full(&scene.shifts[0]), scene.change.zone, activities.join(","));
    format!(
        r#"[{{"agent":"anna","id":"s-0",{shift},"zone":"{zone}","activities":[{activities}]}}]"#
    )
}

/// What the activities of the first shift share, and what of them is outside.
fn activities_told(scene: &Scene) -> Vec<(&'static str, Times)> {
    let local = |shift: &Shift| {
        let shift = Shift { spelling: Spelling::Local, ..shift.clone() };
        scene.of_each_date(&shift).remove(0)
    };
    let (from, to) = local(&scene.shifts[0]).chosen;
    let spans: Vec<Times> = scene
        .shifts
        .iter()
        .skip(1)
        .map(|shift| local(shift).chosen)
        .filter(|(from, to)| from < to)
        .collect();
    let mut told = Vec::new();
    for (place, span) in spans.iter().enumerate() {
        let outside = match (span.0 < from, to < span.1) {
            (false, false) => None,
            (true, false) => Some((span.0, span.1.min(from))),
            (false, true) => Some((span.0.max(to), span.1)),
            (true, true) => Some(*span),
        };
        told.extend(outside.map(|outside| ("OV302", outside)));
        let shared = spans[..place].iter().filter_map(|other| intersection(*other, *span));
        told.extend(shared.map(|shared| ("OV301", shared)));
    }
    told.sort_unstable();
    told
}

/// Most of the law would hold where nothing hangs on a reading, too.
#[test]
fn the_shifts_that_are_made_up_share_less_as_they_are_read() {
    let mut runner = TestRunner::deterministic();
    let (mut narrower, mut only_widest, mut zones) = (0, 0, BTreeMap::new());
    for _ in 0..400 {
        let scene = scenes().new_tree(&mut runner).expect("a scene").current();
        let known: Vec<Known> = scene.shifts.iter().flat_map(|shift| scene.known(shift)).collect();
        for (place, one) in known.iter().enumerate() {
            for other in known[..place].iter().filter(|other| other.agent == one.agent) {
                let widest = intersection(one.widest, other.widest);
                match intersection(one.chosen, other.chosen) {
                    Some(chosen) => narrower += usize::from(Some(chosen) != widest),
                    None => only_widest += usize::from(widest.is_some()),
                }
            }
        }
        *zones.entry(scene.change.zone).or_insert(0) += 1;
    }
    assert!(narrower > 60 && only_widest > 20, "{narrower} and {only_widest}");
    assert!(zones.len() > 100, "{} zones", zones.len());
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn the_span_of_an_overlap_is_what_both_share_as_they_are_read(scene in scenes()) {
        let report = scene.check();
        let mut found: BTreeMap<(usize, usize), Vec<Times>> = BTreeMap::new();
        for finding in of_rules(&report, "OV1") {
            let (pair, times) = told(finding);
            found.entry(pair).or_default().push(times);
            let starts = finding.records.iter().map(|record| record.start.at.map(|at| at.instant));
            prop_assert!(starts.is_sorted() || finding.severity.name() == "warning");
        }
        found.values_mut().for_each(|times| times.sort_unstable());
        let mut expected: BTreeMap<(usize, usize), Vec<Times>> = BTreeMap::new();
        for other in 0..scene.shifts.len() {
            for one in 0..other {
                let shared = scene.shared(one, other);
                if scene.shifts[one].agent == scene.shifts[other].agent && !shared.is_empty() {
                    expected.insert((one, other), shared);
                }
            }
        }
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn the_span_of_a_swap_is_what_both_share_as_they_are_read(scene in scenes()) {
        let report = scene.check();
        for finding in of_rules(&report, "SW102") {
            let (pair, times) = told(finding);
            prop_assert!(scene.shared(pair.0, pair.1).contains(&times), "{pair:?} {times:?}");
            // The day of a list of dates that is shown is the one that is meant.
            let [one, .., other] = &finding.records[..] else { panic!("two records") };
            let chosen = |record: &shiftlint::model::finding::Record| {
                Some((record.start.at?.instant, record.end.at?.instant))
            };
            let both = chosen(one).zip(chosen(other)).and_then(|(one, other)| intersection(one, other));
            prop_assert!(both.is_none_or(|shared| shared == times));
        }
    }

    #[test]
    fn the_spans_of_activities_are_those_of_their_times_as_they_are_read(scene in scenes()) {
        let report = scene.check_files(vec![(Role::Batch, "batch.json", with_activities(&scene))]);
        let readable = report.findings.iter().all(|finding| !finding.rule.code.starts_with("RC"));
        let mut told: Vec<(&str, Times)> = of_rules(&report, "OV3")
            .map(|finding| {
                let claim = finding.claim.expect("an activity has a span");
                (finding.rule.code, (claim.start.instant, claim.end.instant))
            })
            .collect();
        told.sort_unstable();
        if readable {
            prop_assert_eq!(told, activities_told(&scene));
        }
    }
}
