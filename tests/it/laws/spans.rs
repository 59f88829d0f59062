//! The span that a finding shows is the one that both records share as they are
//! read.
//!
//! Shifts are made up around changes of the clock in all zones, as local times,
//! as instants of UTC and as lists of dates. What they share is worked out from
//! jiff's readings of their words.

use super::config;
use crate::world::check::{check, file, settings_of};
use crate::world::clock::{Readings, Span, outside, read, shared, timestamp, zone, zone_names};
use crate::world::schedule::{Schedule, numbered};
use crate::world::write;
use jiff::ToSpan;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use proptest::prelude::{
    Just, Strategy, prop_assert, prop_assert_eq, prop_assume, prop_oneof, proptest,
};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use shiftlint::model::finding::{Finding, Report};
use shiftlint::model::settings::InputFile;
use shiftlint::model::source::Role;
use shiftlint::model::time::Disambiguation;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A change of the clock of a zone: what the clock showed when it came.
#[derive(Debug, Clone, Copy)]
struct Change {
    zone: &'static str,
    local: DateTime,
}

/// Every change of an offset from 2015 to 2029, in all zones.
static CHANGES: LazyLock<Vec<Change>> = LazyLock::new(|| {
    let [first, last] = ["2015-01-01T00:00:00Z", "2029-01-01T00:00:00Z"]
        .map(|text| text.parse::<jiff::Timestamp>().expect("a timestamp"));
    let mut changes = Vec::new();
    for name in zone_names() {
        let zone = zone(name);
        let mut before = zone.to_offset(first);
        for change in zone.following(first).take_while(|change| change.timestamp() < last) {
            if change.offset() != before {
                changes.push(Change { zone: name, local: before.to_datetime(change.timestamp()) });
            }
            before = change.offset();
        }
    }
    changes
});

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

/// An entry of a shift, as jiff reads its words.
struct Known {
    agent: u8,
    times: Readings,
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
        known.retain(|known| known.times.chosen.0 < known.times.chosen.1);
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
            Known { agent: shift.agent, times: Readings::of(from, to) }
        };
        weeks.iter().map(known).collect()
    }

    /// An instant near the change: its local time by the offset before it.
    fn in_utc(&self, local: DateTime) -> DateTime {
        let zone = zone(self.change.zone);
        let before = self.change.local - 1.days();
        let before = read(&zone, before, Disambiguation::Compatible).chosen;
        let offset = zone.to_offset(timestamp(before));
        Offset::UTC.to_datetime(offset.to_timestamp(local).expect("in range"))
    }

    fn json(&self) -> String {
        let record = |(number, shift): (usize, &Shift)| {
            let (start, end) = self.ends(shift);
            let mut record = serde_json::json!({
                "agent": numbered("agent", shift.agent),
                "id": numbered("s", number),
                "start": write::local(start),
                "end": write::local(end),
                "zone": self.change.zone,
            });
            match shift.spelling {
                Spelling::Local => {}
                Spelling::Utc => {
                    for (key, at) in [("start", start), ("end", end)] {
                        record[key] = (write::local(self.in_utc(at)) + "Z").into();
                    }
                }
                Spelling::Dates => {
                    let dates = [start - 7.days(), start].map(|at| at.date().to_string());
                    record["date"] = dates.to_vec().into();
                    for (key, at) in [("start", start), ("end", end)] {
                        record[key] = at.strftime("%H:%M:%S").to_string().into();
                    }
                }
            }
            record
        };
        self.shifts.iter().enumerate().map(record).collect::<serde_json::Value>().to_string()
    }

    /// All shifts of the first agent are to go to the other one.
    fn swaps(&self) -> String {
        let given = self.shifts.iter().enumerate().filter(|(_, shift)| shift.agent == 0);
        let line = |(number, _)| {
            let [swap, shift] = ["w", "s"].map(|what| numbered(what, number));
            [&swap, "pending", "agent-0", &shift, "agent-1"].map(str::to_owned).to_vec()
        };
        write::table(&["id", "status", "agent", "shift", "with agent"], given.map(line))
    }

    fn check(&self) -> Report {
        let mut files = vec![file(Role::Batch, "batch.json", self.json())];
        if self.shifts.iter().any(|shift| shift.agent == 0) {
            files.push(file(Role::Swaps, "swaps.csv", self.swaps()));
        }
        self.check_files(files)
    }

    fn check_files(&self, files: Vec<InputFile>) -> Report {
        let disambiguation = self.disambiguation;
        let schedule = Schedule { disambiguation, ..Schedule::new(Vec::new()) };
        check(&settings_of(&schedule, files))
    }

    /// What the clash of these two shifts must show: for each pair of entries
    /// that share time in any reading, that time as they are read, or else by
    /// their widest readings. Starts come first.
    fn shared(&self, one: usize, other: usize) -> Vec<Span> {
        let mut times = Vec::new();
        for first in self.known(&self.shifts[one]) {
            for second in self.known(&self.shifts[other]) {
                let widest = shared(first.times.widest, second.times.widest);
                times.extend(shared(first.times.chosen, second.times.chosen).or(widest));
            }
        }
        times.sort_unstable();
        times
    }
}

fn number(id: Option<&str>) -> usize {
    let digits = id.and_then(|id| id.split('-').nth(1)).unwrap_or_default();
    digits.parse().unwrap_or_else(|_| panic!("{id:?} has no number"))
}

/// The numbers of the two shifts that clash, in order, and the time that is told.
fn told(finding: &Finding) -> ((usize, usize), Span) {
    let last = finding.records.len() - 1;
    let numbers = [0, last].map(|place| number(finding.records[place].id.as_deref()));
    let claim = finding.claim.expect("a clash has a span");
    let times = (claim.start.instant.millis(), claim.end.instant.millis());
    assert_eq!(claim.minutes, (times.1 - times.0 + 59_999) / 60_000);
    ((numbers[0].min(numbers[1]), numbers[0].max(numbers[1])), times)
}

fn of_rules<'r>(report: &'r Report, family: &'r str) -> impl Iterator<Item = &'r Finding> {
    report.findings.iter().filter(move |finding| finding.rule.code.starts_with(family))
}

/// The first shift, whose activities are all others, by their local times.
fn with_activities(scene: &Scene) -> String {
    let times = |shift: &Shift| {
        let (start, end) = scene.ends(shift);
        serde_json::json!({"start": write::local(start), "end": write::local(end)})
    };
    let mut record = times(&scene.shifts[0]);
    record["agent"] = "anna".into();
    record["id"] = "s-0".into();
    record["zone"] = scene.change.zone.into();
    record["activities"] = scene.shifts[1..].iter().map(times).collect();
    serde_json::json!([record]).to_string()
}

/// The shifts as local times, as they are read.
fn locals(scene: &Scene) -> Vec<Span> {
    let local = |shift: &Shift| Shift { spelling: Spelling::Local, ..shift.clone() };
    scene.shifts.iter().map(|shift| scene.of_each_date(&local(shift))[0].times.chosen).collect()
}

/// What the activities of the first shift share, and what of them is outside.
fn activities_told(scene: &Scene) -> Vec<(&'static str, Span)> {
    let mut spans = locals(scene);
    let whole = spans.remove(0);
    let mut told = Vec::new();
    for (place, span) in spans.iter().enumerate() {
        told.extend(outside(*span, whole).map(|outside| ("OV302", outside)));
        let both = spans[..place].iter().filter_map(|other| shared(*other, *span));
        told.extend(both.map(|both| ("OV301", both)));
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
                let widest = shared(one.times.widest, other.times.widest);
                match shared(one.times.chosen, other.times.chosen) {
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
        let mut found: BTreeMap<(usize, usize), Vec<Span>> = BTreeMap::new();
        for finding in of_rules(&report, "OV1") {
            let (pair, times) = told(finding);
            found.entry(pair).or_default().push(times);
            let starts = finding.records.iter().map(|record| record.start.at.map(|at| at.instant));
            prop_assert!(starts.is_sorted() || finding.severity.name() == "warning");
        }
        found.values_mut().for_each(|times| times.sort_unstable());
        let mut expected: BTreeMap<(usize, usize), Vec<Span>> = BTreeMap::new();
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
        let mut refused = BTreeSet::new();
        for finding in of_rules(&report, "SW102") {
            let (pair, times) = told(finding);
            refused.extend([pair.0, pair.1].into_iter().filter(|shift| scene.shifts[*shift].agent == 0));
            prop_assert!(scene.shared(pair.0, pair.1).contains(&times), "{pair:?} {times:?}");
            // The day of a list of dates that is shown is the one that is meant.
            let [one, .., other] = &finding.records[..] else { panic!("two records") };
            let chosen = |record: &shiftlint::model::finding::Record| {
                Some((record.start.at?.instant.millis(), record.end.at?.instant.millis()))
            };
            let both = chosen(one).zip(chosen(other)).and_then(|(one, other)| shared(one, other));
            prop_assert!(both.is_none_or(|shared| shared == times));
        }
        let of_agent = |agent: u8| -> Vec<usize> {
            let places = 0..scene.shifts.len();
            places.filter(|place| scene.shifts[*place].agent == agent).collect()
        };
        let (mut expected, others) = (of_agent(0), of_agent(1));
        expected.retain(|own| others.iter().any(|other| !scene.shared(*own, *other).is_empty()));
        prop_assert_eq!(refused, expected.into_iter().collect::<BTreeSet<usize>>());
    }

    #[test]
    fn the_spans_of_activities_are_those_of_their_times_as_they_are_read(scene in scenes()) {
        // None ends before it starts, as it is read.
        prop_assume!(locals(&scene).iter().all(|(start, end)| start < end));
        let file = file(Role::Batch, "batch.json", with_activities(&scene));
        let report = scene.check_files(vec![file]);
        let mut told: Vec<(&str, Span)> = of_rules(&report, "OV3")
            .map(|finding| {
                let claim = finding.claim.expect("an activity has a span");
                (finding.rule.code, (claim.start.instant.millis(), claim.end.instant.millis()))
            })
            .collect();
        told.sort_unstable();
        prop_assert_eq!(told, activities_told(&scene));
    }
}
