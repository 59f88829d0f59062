//! A command beside the check: it visits the timelines of a schedule by itself.
//!
//! What a new command needs of a schedule is here in small: it reads the inputs, walks the
//! timelines, and looks names up again. The numbers are held against plain sums.

use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};
use shiftlint::model::settings::{InputFile, Settings};
use shiftlint::model::shift::{Entry, Kind};
use shiftlint::model::source::{Origin, Role};
use shiftlint::schedule::{Progress, Schedule, Visitor, with_schedule};
use std::collections::BTreeMap;

/// Sums the minutes of work of each agent, and the longest shift of all.
struct Hours<'s>(&'s Schedule<'s>);

impl Visitor for Hours<'_> {
    type Room = ();
    type Part = Vec<(Origin, i64)>;
    type Found = Vec<(Origin, i64)>;

    fn enter(&self) -> Self::Part {
        Vec::new()
    }

    fn visit(&self, timeline: &mut [Entry], part: &mut Self::Part, (): &mut ()) {
        let shifts = timeline.iter().filter(|entry| entry.side().kind == Kind::Shift);
        let minutes = shifts.map(|entry| {
            let (start, end) = self.0.readings(entry).chosen;
            (end - start) / 60_000
        });
        part.push((timeline[0].origin, minutes.sum()));
    }

    fn leave(&self, part: Self::Part) -> Self::Found {
        part
    }
}

/// The minutes of work of each agent of a batch, by name.
fn hours(csv: String, jobs: usize) -> BTreeMap<String, i64> {
    let files = vec![InputFile::in_memory(Role::Batch, "batch.csv", csv.into_bytes())];
    let settings = Settings { files, jobs: Some(jobs), ..Settings::default() };
    let sum = |mut schedule: Schedule<'_>| {
        let timelines = schedule.take_timelines();
        let found = schedule.walk(timelines, &Hours(&schedule)).concat();
        let name =
            |(origin, minutes): (Origin, i64)| (schedule.names_of(&[origin]).concat(), minutes);
        Ok(found.into_iter().map(name).collect())
    };
    with_schedule(&settings, &Progress::default(), sum).expect("sound settings")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_timeline_is_visited_once_and_whole(
        shifts in proptest::collection::vec((0u8..9, 1i64..28, 0i64..24, 1i64..12), 0..40),
        jobs in 1usize..4,
    ) {
        let mut csv = "agent,start,hours\n".to_owned();
        let mut expected: BTreeMap<String, i64> = BTreeMap::new();
        for (agent, day, hour, length) in shifts {
            csv += &format!("A{agent},2026-03-{day:02}T{hour:02}:00Z,{length}\n");
            *expected.entry(format!("A{agent}")).or_default() += length * 60;
        }
        prop_assert_eq!(hours(csv, jobs), expected);
    }
}
