use super::{Context, Normalizer, Outcome, Skip};
use crate::calendar::Calendar;
use crate::model::agents::Agents;
use crate::model::keys::Keys;
use crate::model::row::{Field, Row};
use crate::model::settings::Settings;
use crate::model::shift::{Entry, Readings, Traits};
use crate::model::source::{Origin, Role};
use crate::model::time::Clock;
use proptest::prelude::{Strategy, prop_assert_eq, proptest};
use proptest::sample::select;

/// What became of a row, so that it can be compared.
type Became = Result<(Entry, Option<Readings>), String>;

fn became(outcome: Outcome) -> Became {
    match outcome {
        Outcome::Entry(entry, readings) => Ok((entry, readings)),
        other => Err(format!("{other:?}")),
    }
}

fn time() -> impl Strategy<Value = String> {
    let date = select(vec!["2026-03-02", "2026-03-08", "2026-11-01", "2026-02-30", "20260302", ""]);
    let time = select(vec!["T00:00:00", " 08:30:00", "T01:30:00", "T24:00:00", "T02:30", ""]);
    let zone = select(vec!["Z", "-06:00", "-05:00", "+00:00", "-00:00", "+14:00", "+05:53", ""]);
    (date, time, zone).prop_map(|(date, time, zone)| format!("{date}{time}{zone}"))
}

fn words() -> impl Strategy<Value = Vec<(Field, String)>> {
    let word =
        |field, of: Vec<&'static str>| select(of).prop_map(move |word| (field, word.to_owned()));
    (
        (time(), time()),
        word(Field::Agent, vec!["anna", "anna", "anna", " anna ", ""]),
        word(Field::Zone, vec!["", "", "", "America/Chicago", "Mars"]),
        word(Field::Kind, vec!["", "WORK", "PTO"]),
        word(Field::Status, vec!["", "approved", "pending", "denied", "parked"]),
        word(Field::Length, vec!["", "", "30"]),
        word(Field::AllDay, vec!["", "", "1", "no"]),
        word(Field::Date, vec!["", "", "2026-03-02"]),
    )
        .prop_map(|((start, end), agent, zone, kind, status, length, all_day, date)| {
            let times = [(Field::Start, start), (Field::End, end)];
            [agent, zone, kind, status, length, all_day, date].into_iter().chain(times).collect()
        })
}

proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(4_000))]

    /// The short way for the usual record is taken where the whole one would
    /// lead to the same.
    #[test]
    fn the_usual_record_is_read_like_any_other(words in words(), tz in select(vec![false, false, true])) {
        let (calendar, agents, keys) = (Calendar::bundled(), Agents::default(), Keys::new());
        let zone: Option<Clock> = calendar.clock("America/Chicago").filter(|_| tz);
        let settings = Settings::default();
        let mut normalizer = Normalizer::new(&calendar, &agents, &keys, &settings, zone);
        let mut row = Row::default();
        for (field, word) in &words {
            row.set(*field, word.as_bytes());
        }
        let context = Context { role: Role::Batch, kind: None, order: None };
        let origin = Origin::new(0, 7);
        let short = became(normalizer.read(&row, context, origin));
        let agent = keys.of(row.word(Field::Agent));
        let mut traits = Traits::default();
        let whole = match normalizer.side_of(&row, context, agent, &mut traits) {
            Ok(side) => normalizer.read_fully(&row, context, origin, (agent, side, traits)),
            Err(skip) => Skip::outcome(skip, agent),
        };
        prop_assert_eq!(short, became(whole));
    }
}
