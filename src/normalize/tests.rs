use super::{Context, Normalizer, Outcome};
use crate::calendar::Calendar;
use crate::model::agents::Agents;
use crate::model::conventions::{Conventions, LengthUnit, Question, Questions, SerialEpoch};
use crate::model::keys::Keys;
use crate::model::row::{Field, Row};
use crate::model::settings::Settings;
use crate::model::shift::{Entry, Kind, Readings, Traits};
use crate::model::source::{Origin, Role};
use crate::model::time::{Clock, Disambiguation, Instant};
use proptest::prelude::{Just, Strategy, prop_assert, prop_assert_eq, prop_oneof, proptest};
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

/// Rows as most files have them: two times, with offsets or in a zone, and no more
/// about time.
fn usual_words() -> impl Strategy<Value = Vec<(Field, String)>> {
    let time = || {
        let date =
            select(vec!["2026-03-02", "2026-03-03", "2026-03-08", "2026-10-25", "2026-11-01"]);
        let tail = select(vec!["", ":00", ":30", ":00Z", ":00-06:00", "-05:00", ":00.000Z", " "]);
        (date, 0..24, 0..60, tail)
            .prop_map(|(date, hour, minute, tail)| format!("{date}T{hour:02}:{minute:02}{tail}"))
    };
    let clock = || {
        let tail = select(vec!["", ":00", ":30", "Z", " "]);
        (0..25, 0..60, tail).prop_map(|(hour, minute, tail)| format!("{hour:02}:{minute:02}{tail}"))
    };
    let times = prop_oneof![
        (Just(""), time(), time()),
        (select(vec!["2026-03-02", "2026-03-07", "2026-11-01", "2/3/2026"]), clock(), clock()),
    ];
    let zone = select(vec!["", "", "America/Chicago", " Europe/London ", "Mars"]);
    let kind = select(vec!["", "PTO", "LUNCH"]);
    let status = select(vec!["", "approved", "parked", "draft", "deleted"]);
    let end_date = select(vec!["", "", "2026-03-03"]);
    let beside = (
        end_date,
        select(vec!["", "", "", "2026-03-02", "2026-03-03"]),
        select(vec!["", "", "", "8", "480", "8h", "1:00", "long"]),
    );
    (times, beside, zone, kind, status, select(vec!["anna", "bob"])).prop_map(
        |((date, start, end), (end_date, start_date, length), zone, kind, status, agent)| {
            let words = [
                (Field::Agent, agent),
                (Field::Date, date),
                (Field::StartDate, start_date),
                (Field::EndDate, end_date),
                (Field::Length, length),
                (Field::Zone, zone),
                (Field::Kind, kind),
                (Field::Status, status),
            ];
            let words = words.map(|(field, word)| (field, word.to_owned()));
            words.into_iter().chain([(Field::Start, start), (Field::End, end)]).collect()
        },
    )
}

fn any_words() -> impl Strategy<Value = Vec<(Field, String)>> {
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
    fn the_usual_record_is_read_like_any_other(
        rows in proptest::collection::vec(prop_oneof![any_words(), usual_words()], 1..5),
        tz in select(vec![false, false, true]),
        zones in select(vec![false, false, true]),
        role in select(vec![Role::Batch, Role::Published, Role::TimeOff]),
        settled in select(vec![Questions::default(), Question::LengthUnit.into()]),
        start_clock in select(vec![None, None, None, Some(Clock::UTC)]),
    ) {
        let (calendar, mut agents, keys) = (Calendar::bundled(), Agents::default(), Keys::new());
        let zone: Option<Clock> = calendar.clock("America/Chicago").filter(|_| tz);
        if zones {
            let bob = calendar.clock("America/New_York");
            agents.add(&keys, "bob", bob);
        }
        let settings = Settings::default();
        let mut normalizer = Normalizer::new(&calendar, &agents, &keys, &settings, zone);
        for words in &rows {
            let mut row = Row::default();
            for (field, word) in words {
                row.set(*field, word.as_bytes());
            }
            let conventions = Conventions { settled, start_clock, ..Conventions::default() };
            let context = Context { role, conventions };
            let origin = Origin::new(0, 7);
            let short = became(normalizer.read(&row, context, origin));
            let mut other = Normalizer::new(&calendar, &agents, &keys, &settings, zone);
            let whole = other.read_fully(&row, context, origin);
            prop_assert_eq!(short, became(whole));
            let agent = other.agent_key(&row);
            let shown = [
                normalizer.spelled(&row, context, agent),
                other.spelled_fully(&row, context, agent),
            ];
            let [short, whole] = shown.map(|shown| shown.ok().map(|(side, of)| {
                let ends = [of.ends.start, of.ends.end].map(|of| {
                    (of.chosen, of.other, of.doubt, of.offset, of.local, of.instant)
                });
                (side, ends, of.ends.partial, of.clock, of.traits)
            }));
            prop_assert_eq!(short, whole);
        }
    }
}

/// What a row is read with.
#[derive(Clone, Copy)]
pub(super) struct Given {
    role: Role,
    kind: Option<Kind>,
    tz: Option<&'static str>,
    disambiguation: Disambiguation,
    /// Lengths without a unit are in minutes by default.
    conventions: Option<Conventions>,
}

pub(super) const BATCH: Given = Given {
    role: Role::Batch,
    kind: None,
    tz: None,
    disambiguation: Disambiguation::Compatible,
    conventions: None,
};

pub(super) const CHICAGO: Given = Given { tz: Some("America/Chicago"), ..BATCH };

/// An instant as ISO 8601 has it, by another library.
fn utc(at: Instant) -> String {
    let at = jiff::Timestamp::from_millisecond(at.millis()).expect("within its range");
    at.strftime("%m-%dT%H:%M").to_string()
}

const TRAITS: [(Traits, &str); 11] = [
    (Traits::OVERNIGHT, "overnight"),
    (Traits::GAP, "gap"),
    (Traits::FOLD, "fold"),
    (Traits::MISSING_OFFSET, "missing offset"),
    (Traits::MISMATCH, "mismatch"),
    (Traits::TOO_LONG, "too long"),
    (Traits::AMBIGUOUS, "ambiguous"),
    (Traits::UNKNOWN_STATUS, "unknown status"),
    (Traits::CONTRADICTING_LENGTH, "contradicting length"),
    (Traits::OTHER_DATE, "other date"),
    (Traits::PART, "part"),
];

/// Reads a row of these words, `field=word` each, with `_` for spaces. All questions are
/// settled except those that some test asks.
fn settled() -> Questions {
    let mut settled = Questions::from(Question::LengthUnit);
    settled.insert(Question::Meridiem);
    settled
}

pub(super) fn with<T>(
    given: Given,
    words: &str,
    read: impl FnOnce(&mut Normalizer<'_>, &Row<'_>, Context) -> T,
) -> T {
    let (calendar, keys) = (Calendar::bundled(), Keys::new());
    let zone = given.tz.and_then(|name| calendar.clock(name));
    let settings = Settings { disambiguation: given.disambiguation, ..Settings::default() };
    let mut agents = Agents::default();
    if words.contains("kei") {
        let tokyo = calendar.clock("Asia/Tokyo");
        agents.add(&keys, "kei", tokyo);
    }
    let pairs = words.split(' ').filter_map(|word| word.split_once('='));
    let words: Vec<(&str, String)> =
        pairs.map(|(field, word)| (field, word.replace('_', " "))).collect();
    let mut row = Row::default();
    row.set(Field::Agent, b"anna");
    row.kind = given.kind;
    for (field, word) in &words {
        row.set(Field::named(field).expect("a field"), word.as_bytes());
    }
    let minutes = Conventions { settled: settled(), ..Conventions::default() };
    let conventions = given.conventions.unwrap_or(minutes);
    let context = Context { role: given.role, conventions };
    let mut normalizer = Normalizer::new(&calendar, &agents, &keys, &settings, zone);
    read(&mut normalizer, &row, context)
}

/// What a row becomes: its widest span in UTC, its other readings, its side and
/// its traits.
fn told(given: Given, words: &str) -> String {
    let outcome = with(given, words, |normalizer, row, context| {
        normalizer.read(row, context, Origin::new(0, 7))
    });
    if let Outcome::Entry(entry, _) = &outcome {
        assert_eq!(entry.side().batch, given.role == Role::Batch);
    }
    became_told(outcome)
}

fn became_told(outcome: Outcome) -> String {
    let (entry, readings) = match outcome {
        Outcome::Entry(entry, readings) => (entry, readings),
        Outcome::Defect(flaw, ..) => return format!("{flaw:?}"),
        other => return format!("{other:?}"),
    };
    let mut told = format!("{} to {}", utc(entry.start()), utc(entry.end()));
    if let Some(Readings { chosen, narrowest }) = readings {
        for (start, end) in [chosen, narrowest] {
            told += &format!(", {} to {}", utc(start), utc(end));
        }
    }
    if entry.side().kind != Kind::Shift {
        told += &format!(", {:?}", entry.side().kind);
    }
    let traits = TRAITS.iter().filter(|(bit, _)| entry.traits().any(*bit));
    traits.for_each(|(_, name)| told += &format!(", {name}"));
    told
}

fn hold(given: Given, rows: &[(&str, &str)]) {
    for (words, expected) in rows {
        assert_eq!(told(given, words), *expected, "{words}");
    }
}

#[test]
fn rows_stand_on_their_side() {
    const TIMES: &str = "start=2026-03-02T08:00Z end=2026-03-02T09:00Z";
    let off = Given { role: Role::TimeOff, ..BATCH };
    let of_list = Given { kind: Some(Kind::TimeOff), ..BATCH };
    for (given, words, expected) in [
        (BATCH, "", ""),
        (BATCH, "kind=WORK status=parked", ""),
        (BATCH, "kind=PTO status=approved", ", TimeOff"),
        (BATCH, "kind=PTO status=pending", ", PendingTimeOff"),
        (BATCH, "kind=PTO status=parked", ", TimeOff, unknown status"),
        (off, "kind=WORK", ", TimeOff"),
        (of_list, "", ", TimeOff"),
        (of_list, "kind=WORK", ""),
    ] {
        let expected = format!("03-02T08:00 to 03-02T09:00{expected}");
        assert_eq!(told(given, &format!("{TIMES} {words}")), expected, "{words}");
    }
    for (given, words, expected) in [
        (BATCH, "status=denied", "Denied"),
        (BATCH, "status=cancelled", "Cancelled(true)"),
        (BATCH, "status=denied kind=PTO", "Cancelled(false)"),
        (BATCH, "status=deleted", "Deleted(true)"),
        (off, "status=denied", "Cancelled(false)"),
        (off, "status=removed", "Deleted(false)"),
        (BATCH, "agent=", "Open"),
        (BATCH, "agent= kind=PTO", "Absent(Agent)"),
        (off, "agent=", "Absent(Agent)"),
        (of_list, "agent=", "Absent(Agent)"),
    ] {
        assert_eq!(told(given, &format!("{TIMES} {words}")), expected, "{words}");
    }
}

#[test]
fn spans_have_an_order_and_a_length() {
    hold(
        BATCH,
        &[
            ("start=2026-03-02T08:00Z end=2026-03-03T08:00Z", "03-02T08:00 to 03-03T08:00"),
            (
                "start=2026-03-02T08:00Z end=2026-03-03T08:01Z",
                "03-02T08:00 to 03-03T08:01, too long",
            ),
            ("start=2026-03-02T08:00:00Z end=2026-03-03T08:00:00Z", "03-02T08:00 to 03-03T08:00"),
            ("start=2026-03-02T08:00Z length=1440", "03-02T08:00 to 03-03T08:00"),
            ("start=2026-03-02T08:00Z length=1441", "03-02T08:00 to 03-03T08:01, too long"),
            ("kind=PTO start=2026-03-02T08:00Z length=1441", "03-02T08:00 to 03-03T08:01, TimeOff"),
            ("start=2026-03-02T08:00Z length=7.5", "03-02T08:00 to 03-02T08:07"),
            (
                "start=2026-03-02T08:00Z end=2026-03-02T09:00Z length=30",
                "03-02T08:00 to 03-02T09:00",
            ),
            ("start=2026-03-02T08:00Z length=-30", "Reversed"),
            ("start=2026-03-02T08:00Z end=2026-03-02T07:59Z", "Reversed"),
            ("start=2026-03-02T08:00Z end=2026-03-02T08:00Z", "EmptySpan"),
            ("start=2026-03-02T08:00Z length=0", "EmptySpan"),
            ("start=2026-03-02T08:00Z length=an_hour", "NoLength"),
            ("start=2026-03-02T08:00Z length=1e3", "NoLength"),
            ("start=2026-03-02T08:00Z length=1000000001", "NoLength"),
        ],
    );
    assert!(told(BATCH, "start=2026-03-02T08:00Z length=1000000000").ends_with(", too long"));
}

#[test]
fn times_are_read_in_the_nearest_zone() {
    hold(
        BATCH,
        &[
            (
                "start=2026-03-02T08:00 end=2026-03-02T09:00",
                "03-02T08:00 to 03-02T09:00, missing offset",
            ),
            ("agent=kei start=2026-03-02T08:00 end=2026-03-02T09:00", "03-01T23:00 to 03-02T00:00"),
            (
                "zone=Europe/London start=2026-07-01T08:00 end=2026-07-01T09:00",
                "07-01T07:00 to 07-01T08:00",
            ),
            ("zone=Mars start=2026-03-02T08:00 end=2026-03-02T09:00", "UnknownZone"),
        ],
    );
    hold(
        CHICAGO,
        &[
            ("start=2026-03-02T08:00 end=2026-03-02T09:00", "03-02T14:00 to 03-02T15:00"),
            ("agent=kei start=2026-03-02T08:00 end=2026-03-02T09:00", "03-01T23:00 to 03-02T00:00"),
            (
                "agent=kei zone=Europe/London start=2026-07-01T08:00 end=2026-07-01T09:00",
                "07-01T07:00 to 07-01T08:00",
            ),
        ],
    );
}

#[test]
fn clock_times_find_their_day() {
    hold(
        CHICAGO,
        &[
            ("date=2026-03-02 start=08:00 end=16:00", "03-02T14:00 to 03-02T22:00"),
            ("date=2026-03-02 start=22:00 end=06:00", "03-03T04:00 to 03-03T12:00, overnight"),
            ("date=2026-03-02 start=08:00 end=08:00", "03-02T14:00 to 03-03T14:00, overnight"),
            ("start=2026-03-02T22:00 end=06:00", "03-03T04:00 to 03-03T12:00, overnight"),
            (
                "start=2026-03-02T22:00-06:00 end=06:00-06:00",
                "03-03T04:00 to 03-03T12:00, overnight",
            ),
            (
                "start=2026-03-02T08:00-06:00 end=08:00-06:00",
                "03-02T14:00 to 03-03T14:00, overnight",
            ),
            ("start=2026-03-02T08:00-06:00 end=16:00-06:00", "03-02T14:00 to 03-02T22:00"),
            (
                "date=2026-03-02 start=08:00-06:00 end=16:00-05:00",
                "03-02T14:00 to 03-02T21:00, mismatch",
            ),
            (
                "startdate=2026-03-02 start=22:00 enddate=2026-03-03 end=06:00",
                "03-03T04:00 to 03-03T12:00",
            ),
            (
                "startdate=2026-03-02 start=22:00 enddate=2026-03-04 end=06:00",
                "03-03T04:00 to 03-04T12:00, too long",
            ),
            (
                "startdate=2026-03-02 date=2026-03-05 start=08:00 enddate=2026-03-02 end=09:00",
                "03-02T14:00 to 03-02T15:00",
            ),
            ("date=2026-03-02_00:00 start=08:00 end=16:00", "03-02T14:00 to 03-02T22:00"),
            (
                "startdate=2026-03-02 date=2026-03-03 start=22:00 end=06:00",
                "03-03T04:00 to 03-03T12:00",
            ),
            ("start=2026-03-02T08:00-06:00 end=13:00-06:00", "03-02T14:00 to 03-02T19:00"),
            ("date=2026-03-02 start=2200 end=600", "03-03T04:00 to 03-03T12:00, overnight"),
            ("date=2026-03-02 start=8 end=16", "03-02T14:00 to 03-02T22:00"),
            ("startdate=2026-03-02 start=8 end=16", "03-02T14:00 to 03-02T22:00"),
            ("start=2026-03-02T08:00 end=16", "NoTime(End)"),
            ("date=2026-03-02 end=06:00", "Absent(Start)"),
            ("date=2026-03-02 end=00:00", "Absent(Start)"),
            ("kind=PTO date=2026-03-02 end=06:00", "Absent(Start)"),
            ("date=2026-03-02_00:00 end=16:00", "Absent(Start)"),
            ("startdate=2026-03-02_00:00 end=16:00", "Absent(Start)"),
            ("startdate=2026-03-02T00:00 enddate=2026-03-02T16:00", "03-02T06:00 to 03-02T22:00"),
            ("date=2026-03-02 start=08:00", "Absent(End)"),
            ("startdate=2026-03-02 start=08:00 enddate=2026-03-03", "Absent(End)"),
            ("kind=PTO startdate=2026-03-02 start=08:00 enddate=2026-03-03", "Absent(End)"),
            (
                "startdate=2026-03-02_00:00 start=08:00 enddate=2026-03-02_00:00 end=16:00",
                "03-02T14:00 to 03-02T22:00",
            ),
            ("date=2026-03-02_01:00 start=08:00 end=16:00", "NoTime(Date)"),
            ("start=08:00 end=16:00", "NoDate(Start)"),
            ("start=2026-03-02T08:00", "Absent(End)"),
            ("end=2026-03-02T08:00", "Absent(Start)"),
            ("start=2026-03-02T08:00 end=soon", "NoTime(End)"),
            ("start=2026-02-30T08:00 end=2026-03-02T08:00", "NoSuchTime(Start)"),
            ("start=3/2/2026 end=3/3/2026", "Asks(DateOrder)"),
        ],
    );
}

#[test]
fn dates_are_whole_days_of_time_off() {
    hold(
        CHICAGO,
        &[
            ("kind=PTO date=2026-03-02", "03-02T06:00 to 03-03T06:00, TimeOff"),
            ("kind=PTO start=2026-03-08", "03-08T06:00 to 03-09T05:00, TimeOff"),
            ("kind=PTO date=2026-11-01", "11-01T05:00 to 11-02T06:00, TimeOff"),
            (
                "kind=PTO startdate=2026-03-02 enddate=2026-03-03",
                "03-02T06:00 to 03-04T06:00, TimeOff",
            ),
            ("kind=PTO start=2026-03-02 end=2026-03-03", "03-02T06:00 to 03-04T06:00, TimeOff"),
            ("kind=PTO date=2026-03-02_00:00", "03-02T06:00 to 03-03T06:00, TimeOff"),
            ("kind=PTO date=2026-03-02 start=off end=off", "03-02T06:00 to 03-03T06:00, TimeOff"),
            // A length beside dates is credited.
            (
                "kind=PTO startdate=2026-03-02 enddate=2026-03-06 length=5",
                "03-02T06:00 to 03-07T06:00, TimeOff",
            ),
            ("kind=PTO date=2026-03-02 length=480", "03-02T06:00 to 03-03T06:00, TimeOff"),
            ("kind=PTO date=2026-03-02_00:00 length=480", "03-02T06:00 to 03-03T06:00, TimeOff"),
            // Less than six hours are an unknown part of the day.
            (
                "kind=PTO date=2026-03-02 length=240",
                "03-02T06:00 to 03-03T06:00, 03-02T06:00 to 03-03T06:00, \
                 03-02T06:00 to 03-02T06:00, TimeOff, ambiguous",
            ),
            (
                "kind=PTO status=pending startdate=2026-03-02 enddate=2026-03-02 length=4h",
                "03-02T06:00 to 03-03T06:00, 03-02T06:00 to 03-03T06:00, \
                 03-02T06:00 to 03-02T06:00, PendingTimeOff, ambiguous",
            ),
            // With a clock time a length is a span, up to the date of the end.
            ("kind=PTO start=2026-03-02T08:00 length=240", "03-02T14:00 to 03-02T18:00, TimeOff"),
            (
                "kind=PTO startdate=2026-03-02 start=08:00 enddate=2026-03-02 length=240",
                "03-02T14:00 to 03-02T18:00, TimeOff",
            ),
            (
                "kind=PTO startdate=2026-03-02 start=08:00 enddate=2026-03-06 length=2400",
                "03-02T14:00 to 03-07T06:00, TimeOff",
            ),
            ("startdate=2026-03-02 start=08:00 enddate=2026-03-06 length=240", "Absent(End)"),
            (
                "startdate=2026-03-02 start=16:00 enddate=2026-03-02 length=480",
                "03-02T22:00 to 03-03T06:00",
            ),
        ],
    );
}

#[test]
fn a_shift_without_clock_times_has_no_hours() {
    let rows = [
        "date=2026-03-02",
        "start=2026-03-02",
        "start=2026-03-02 end=2026-03-02",
        "date=2026-03-02 length=480",
        "date=2026-03-02_00:00 length=480",
        "startdate=2026-03-02 enddate=2026-03-03 length=960",
        "startdate=2026-03-02_00:00",
    ];
    for words in rows {
        assert_eq!(told(CHICAGO, words), "NoHours", "{words}");
    }
    let conventions = Some(Conventions { whole_days: true, ..Conventions::default() });
    hold(
        Given { conventions, ..CHICAGO },
        &[
            ("date=2026-03-02", "03-02T06:00 to 03-03T06:00"),
            ("date=2026-03-08 length=8", "03-08T06:00 to 03-09T05:00"),
            ("start=2026-03-02 end=2026-03-03", "03-02T06:00 to 03-04T06:00, too long"),
            ("date=2026-03-02 start=08:00 end=16:00", "03-02T14:00 to 03-02T22:00"),
            ("date=2026-03-02 end=16:00", "Absent(Start)"),
        ],
    );
}

#[test]
fn days_off_are_told_by_their_words() {
    for words in [
        "date=2026-03-02 start=OFF end=OFF",
        "date=2026-03-02 start=- end=-",
        "date=2026-03-02 start=x end=x",
        "date=2026-03-02 start=Frei end=frei",
        "date=2026-03-02 start=off",
        "date=2026-03-02 end=rdo",
        "date=2026-03-02 times=OFF",
        "start=off end=off",
    ] {
        assert_eq!(told(CHICAGO, words), "DayOff", "{words}");
    }
    hold(
        CHICAGO,
        &[
            ("date=2026-03-02 start=x", "NoTime(Start)"),
            ("date=2026-03-02 start=off end=16:00", "NoTime(Start)"),
            ("date=2026-03-02 start=tbd end=tbd", "NoTime(Start)"),
        ],
    );
}

#[test]
fn all_day_records_take_whole_days() {
    hold(
        CHICAGO,
        &[
            ("allday=1 start=2026-03-02T08:00", "03-02T06:00 to 03-03T06:00"),
            ("allday=1 start=2026-03-02T08:00 length=60", "03-02T06:00 to 03-03T06:00"),
            ("allday=1 start=2026-03-02T08:00 end=2026-03-03T00:00", "03-02T06:00 to 03-03T06:00"),
            ("allday=1 start=2026-03-02T00:00 end=2026-03-02T00:00", "03-02T06:00 to 03-03T06:00"),
            ("allday=no start=2026-03-02T08:00 end=2026-03-02T09:00", "03-02T14:00 to 03-02T15:00"),
            ("allday=1 start=2026-03-02T02:00+00:00", "03-01T06:00 to 03-02T06:00"),
            ("allday=1 start=2026-03-02T02:00Z", "03-02T06:00 to 03-03T06:00"),
            ("allday=si date=2026-03-02", "03-02T06:00 to 03-03T06:00"),
            ("allday=t date=2026-03-02 end=16:00", "03-02T06:00 to 03-03T06:00"),
            ("allday=1 date=2026-03-02 length=480", "03-02T06:00 to 03-03T06:00"),
            ("allday=maybe date=2026-03-02", "NoFlag(AllDay)"),
            ("allday=f date=2026-03-02 start=08:00 end=09:00", "03-02T14:00 to 03-02T15:00"),
            (
                "kind=PTO allday=1 start=2026-03-02T08:00 end=2026-03-03T09:00",
                "03-02T06:00 to 03-04T06:00, TimeOff",
            ),
            (
                "kind=PTO allday=1 start=2026-03-02T08:00 end=2026-03-04T00:00",
                "03-02T06:00 to 03-04T06:00, TimeOff",
            ),
        ],
    );
    // Where midnight is skipped or doubled, a day begins all the same.
    let beirut = Given { tz: Some("Asia/Beirut"), ..BATCH };
    hold(
        beirut,
        &[
            ("allday=1 start=2026-03-29T00:00 end=2026-03-29T00:00", "03-28T22:00 to 03-29T21:00"),
            ("allday=1 start=2026-10-25T00:00 end=2026-10-25T00:00", "10-24T22:00 to 10-25T22:00"),
            ("kind=PTO date=2026-03-29", "03-28T22:00 to 03-29T21:00, TimeOff"),
        ],
    );
}

/// A time and a zone in one word.
#[test]
fn times_name_their_zone() {
    let both = "start=2026-03-02T08:00[America/Chicago] end=2026-03-02T16:00[America/Chicago]";
    let mixed = "start=2026-03-02T22:00[America/Chicago] end=06:00";
    for given in [BATCH, CHICAGO, Given { tz: Some("Asia/Tokyo"), ..BATCH }] {
        for zone in ["", " zone=Europe/London"] {
            let told = |words: &str| told(given, &format!("{words}{zone}"));
            assert_eq!(told(both), "03-02T14:00 to 03-02T22:00");
            assert_eq!(told(mixed), "03-03T04:00 to 03-03T12:00, overnight");
        }
    }
    hold(
        BATCH,
        &[
            (
                "start=2026-07-01T08:00-06:00[America/Chicago] end=2026-07-01T16:00-05:00[America/Chicago]",
                "07-01T14:00 to 07-01T21:00, mismatch",
            ),
            (
                "start=2026-03-02T08:00Z[America/Chicago] end=2026-03-02T16:00Z[America/Chicago]",
                "03-02T08:00 to 03-02T16:00",
            ),
            ("start=2026-03-02T08:00[Mars] end=2026-03-02T16:00[Mars]", "UnknownZone"),
            (
                "start=2026-03-02T08:00[-06:00] end=2026-03-02T16:00[-06:00]",
                "03-02T14:00 to 03-02T22:00",
            ),
        ],
    );
    // Offsets are zones, too, and are compared with a zone that is known beside them.
    for zone in ["-06:00", "-0600", "UTC-06:00", "UTC-6", "GMT-06:00"] {
        let words = format!("zone={zone} start=2026-07-01T08:00 end=2026-07-01T16:00");
        assert_eq!(told(BATCH, &words), "07-01T14:00 to 07-01T22:00", "{zone}");
        assert_eq!(told(CHICAGO, &words), "07-01T14:00 to 07-01T22:00, mismatch", "{zone}");
    }
    hold(
        CHICAGO,
        &[
            ("zone=Z start=2026-07-01T08:00 end=2026-07-01T16:00", "07-01T08:00 to 07-01T16:00"),
            (
                "zone=+0530 start=2026-07-01T08:00 end=2026-07-01T16:00",
                "07-01T02:30 to 07-01T10:30",
            ),
        ],
    );
}

#[test]
fn abbreviations_count_where_their_zone_has_them() {
    hold(
        CHICAGO,
        &[
            ("start=2026-03-02_08:00_CST end=2026-03-02_16:00_CST", "03-02T14:00 to 03-02T22:00"),
            ("date=2026-03-02 start=08:00_CST end=16:00_CT", "03-02T14:00 to 03-02T22:00"),
            (
                "date=2026-03-02 start=22:00_CST end=06:00_CST",
                "03-03T04:00 to 03-03T12:00, overnight",
            ),
            ("start=2026-07-01_08:00_CST end=2026-07-01_16:00_CDT", "Abbreviation(Start)"),
            ("start=2026-07-01_08:00_CDT end=2026-07-01_16:00_JST", "Abbreviation(End)"),
            // Which half of a doubled hour is meant, they say.
            ("start=2026-11-01_01:30_CDT end=2026-11-01_09:00", "11-01T06:30 to 11-01T15:00"),
            ("start=2026-11-01_01:30_CST end=2026-11-01_09:00", "11-01T07:30 to 11-01T15:00"),
            (
                "start=2026-11-01_01:30_CT end=2026-11-01_09:00",
                "11-01T06:30 to 11-01T15:00, 11-01T06:30 to 11-01T15:00, \
                 11-01T07:30 to 11-01T15:00, fold, ambiguous",
            ),
            (
                "start=2026-03-08_02:30_CST end=2026-03-08_09:00",
                "03-08T07:30 to 03-08T14:00, 03-08T08:30 to 03-08T14:00, \
                 03-08T08:30 to 03-08T14:00, gap, ambiguous",
            ),
            (
                "agent=kei start=2026-03-02_08:00_CST end=2026-03-02_16:00_CST",
                "Abbreviation(Start)",
            ),
            (
                "zone=Asia/Shanghai start=2026-03-02_08:00_CST end=2026-03-02_16:00_CST",
                "03-02T00:00 to 03-02T08:00",
            ),
            // In mail they are defined.
            (
                "zone=Asia/Shanghai start=2_Mar_2026_08:00_CST end=2_Mar_2026_16:00_CST",
                "03-02T14:00 to 03-02T22:00, mismatch",
            ),
        ],
    );
    let words = "start=2026-03-02_08:00_CEST end=2026-03-02_16:00_CEST";
    assert_eq!(told(BATCH, words), "Abbreviation(Start)", "no zone is known");
}

#[test]
fn columns_name_their_clock() {
    let clocks = |start, end| {
        let conventions = Conventions {
            start_clock: start,
            end_clock: end,
            settled: Question::LengthUnit.into(),
            ..Conventions::default()
        };
        Given { conventions: Some(conventions), ..CHICAGO }
    };
    let utc = clocks(Some(Clock::UTC), Some(Clock::UTC));
    for zone in ["", " zone=Europe/London"] {
        for (words, expected) in [
            ("start=2026-03-02T08:00 end=2026-03-02T16:00", "03-02T08:00 to 03-02T16:00"),
            ("date=2026-03-02 start=08:00 end=16:00", "03-02T08:00 to 03-02T16:00"),
            ("date=2026-03-02 start=22:00 end=06:00", "03-02T22:00 to 03-03T06:00, overnight"),
            ("start=2026-03-02T08:00 length=60", "03-02T08:00 to 03-02T09:00"),
            ("date=2026-03-02 times=08:00-16:00", "03-02T08:00 to 03-02T16:00"),
        ] {
            assert_eq!(told(utc, &format!("{words}{zone}")), expected, "{words}{zone}");
        }
    }
    let mixed = clocks(Some(Clock::UTC), None);
    let words = "start=2026-03-02T14:00 end=2026-03-02T16:00";
    assert_eq!(told(mixed, words), "03-02T14:00 to 03-02T22:00");
    let alone = Given { tz: None, ..utc };
    assert_eq!(told(alone, words), "03-02T14:00 to 03-02T16:00", "and no offset is missing");
}

#[test]
fn clock_times_go_on_after_midnight() {
    hold(
        CHICAGO,
        &[
            ("date=2026-03-02 start=25:00 end=30:00", "03-03T07:00 to 03-03T12:00"),
            ("date=2026-03-02 start=18:00 end=26:00", "03-03T00:00 to 03-03T08:00"),
            ("date=2026-03-02 start=22:00 end=24:30", "03-03T04:00 to 03-03T06:30"),
            ("date=2026-03-02 start=22:00 end=24:00", "03-03T04:00 to 03-03T06:00"),
            ("date=2026-03-02 start=25:00 end=09:00", "03-03T07:00 to 03-03T15:00, overnight"),
            ("date=2026-03-02 start=27:00 end=26:00", "Reversed"),
            ("start=2026-03-02T18:00 end=26:00", "03-03T00:00 to 03-03T08:00"),
            (
                "startdate=2026-03-02 start=18:00 enddate=2026-03-02 end=26:00",
                "03-03T00:00 to 03-03T08:00",
            ),
            ("start=25:00 end=26:00", "NoDate(Start)"),
            ("date=2026-03-02 start=08:00 end=48:00", "NoSuchTime(End)"),
        ],
    );
}

#[test]
fn both_times_may_stand_in_one_word() {
    hold(
        CHICAGO,
        &[
            ("date=2026-03-02 times=09:00-13:00", "03-02T15:00 to 03-02T19:00"),
            ("date=2026-03-02 times=9_AM_-_5_PM", "03-02T15:00 to 03-02T23:00"),
            ("date=2026-03-02 times=9-17", "03-02T15:00 to 03-02T23:00"),
            ("startdate=2026-03-02 times=22:00-06:00", "03-03T04:00 to 03-03T12:00, overnight"),
            ("date=2026-03-02 times=22:00-26:00", "03-03T04:00 to 03-03T08:00"),
            ("times=2026-03-02T09:00/2026-03-02T13:00", "03-02T15:00 to 03-02T19:00"),
            ("times=2026-03-02T09:00Z/PT8H", "03-02T09:00 to 03-02T17:00"),
            ("times=2026-03-07T09:00/P1DT2H", "03-07T15:00 to 03-08T16:00, too long"),
            ("times=[2026-03-02_09:00,2026-03-02_13:00)", "03-02T15:00 to 03-02T19:00"),
            ("times=09:00-13:00", "NoDate(Times)"),
            ("date=2026-03-02 times=9-5pm", "NoTime(Times)"),
            ("date=2026-03-02 times=morning", "NoTime(Times)"),
            ("times=3/2/2026_09:00_-_3/2/2026_13:00", "Asks(DateOrder)"),
            ("date=2026-03-02 start=08:00 end=09:00 times=x", "03-02T14:00 to 03-02T15:00"),
            ("kind=PTO date=2026-03-02 times=off", "03-02T06:00 to 03-03T06:00, TimeOff"),
        ],
    );
}

#[test]
fn questions_are_asked_until_they_are_settled() {
    let asked = Given { conventions: Some(Conventions::default()), ..CHICAGO };
    let settled = |question: Question| {
        let settled = Questions::from(question);
        Given { conventions: Some(Conventions { settled, ..Conventions::default() }), ..CHICAGO }
    };
    for (words, question, otherwise) in [
        ("start=3/2/2026 end=2026-03-03", Question::DateOrder, "NoOrder(Start)"),
        ("start=2026-03-02T08:00 length=480", Question::LengthUnit, "03-02T14:00 to 03-02T22:00"),
        ("date=45353 start=08:00 end=16:00", Question::Serials, "NoTime(Date)"),
        ("date=2026-03-02 start=0.3333 end=0.6667", Question::Serials, "NoTime(Start)"),
        ("start=45353.3333 end=45353.6667", Question::Serials, "NoTime(Start)"),
    ] {
        assert_eq!(told(asked, words), format!("Asks({question:?})"), "{words}");
        assert_eq!(told(settled(question), words), otherwise, "{words}");
    }
    hold(
        asked,
        &[
            ("start=2026-03-02T08:00 length=8h", "03-02T14:00 to 03-02T22:00"),
            ("start=2026-03-02T08:00 length=8:00", "03-02T14:00 to 03-02T22:00"),
            ("start=1772460000 end=1772488800", "03-02T14:00 to 03-02T22:00"),
            ("kind=PTO date=2026-03-02 length=8", "03-02T06:00 to 03-03T06:00, TimeOff"),
            ("start=1234 end=2026-03-03T08:00", "NoTime(Start)"),
        ],
    );
    for (unit, word) in [
        (LengthUnit::Hours, "8"),
        (LengthUnit::Minutes, "480"),
        (LengthUnit::Seconds, "28800"),
        (LengthUnit::Milliseconds, "28800000"),
    ] {
        let settled = Question::LengthUnit.into();
        let conventions = Conventions { settled, length_unit: unit, ..Conventions::default() };
        let given = Given { conventions: Some(conventions), ..CHICAGO };
        let words = format!("start=2026-03-02T08:00 length={word}");
        assert_eq!(told(given, &words), "03-02T14:00 to 03-02T22:00", "{words}");
    }
}

#[test]
fn numbers_of_days_are_times_where_the_file_has_them() {
    let with = |epoch| {
        let settled = Questions::from(Question::Serials);
        let conventions = Conventions { settled, serials: Some(epoch), ..Conventions::default() };
        Given { conventions: Some(conventions), ..CHICAGO }
    };
    let rows = |first: i64| {
        let day = first + 46_083;
        [
            format!("date={day} start=0.3333 end=0.6666"),
            format!("start={day}.333333 end={day}.666667"),
            format!("date={day}.5 start=08:00 end=16:00"),
            format!("date={day} start=8 end=16"),
            format!("date={day} times=08:00-16:00"),
        ]
    };
    for (epoch, first) in [(SerialEpoch::Of1900, 0), (SerialEpoch::Of1904, -1462)] {
        for words in rows(first) {
            assert_eq!(told(with(epoch), &words), "03-02T14:00 to 03-02T22:00", "{words}");
        }
    }
    hold(
        with(SerialEpoch::Of1900),
        &[
            ("date=46083 start=0.75 end=1", "03-03T00:00 to 03-03T06:00, overnight"),
            ("date=46083 start=0 end=0.25", "03-02T06:00 to 03-02T12:00"),
            ("start=1772460000 end=1772488800", "03-02T14:00 to 03-02T22:00"),
            ("kind=PTO date=46083", "03-02T06:00 to 03-03T06:00, TimeOff"),
        ],
    );
}

#[test]
fn dates_before_clock_times_alone_do_not_count() {
    let eight = "03-02T14:00 to 03-02T22:00";
    for date in ["1899-12-30", "1899-12-31", "1900-01-00", "1900-01-01", "1904-01-01", "1970-01-01"]
    {
        for own in ["date", "startdate"] {
            let words = format!("{own}=2026-03-02 start={date}_08:00:00 end={date}T16:00:00");
            assert_eq!(told(CHICAGO, &words), eight, "{words}");
        }
        let night = format!("date=2026-03-02 start={date}_22:00 end={date}_06:00");
        assert_eq!(told(CHICAGO, &night), "03-03T04:00 to 03-03T12:00, overnight");
    }
    hold(
        CHICAGO,
        &[
            ("date=2026-03-02 start=0001-01-01T08:00 end=2000-01-01T16:00", eight),
            ("date=2026-03-02 start=1970-01-01T14:00Z end=1970-01-01T22:00Z", eight),
            ("date=2026-03-02 start=1899-12-30 end=1899-12-30T08:00", "03-02T06:00 to 03-02T14:00"),
            ("start=1900-01-00_08:00 end=1900-01-00_16:00", "NoDate(Start)"),
            ("start=2000-01-01T08:00 end=2000-01-01T16:00", "01-01T14:00 to 01-01T22:00"),
        ],
    );
}

#[test]
fn a_start_on_another_date_is_noticed() {
    hold(
        CHICAGO,
        &[
            (
                "date=2026-03-05 start=2026-03-02T08:00 end=2026-03-02T16:00",
                "03-02T14:00 to 03-02T22:00, other date",
            ),
            (
                "date=2026-03-02 start=2026-03-02T08:00 end=2026-03-02T16:00",
                "03-02T14:00 to 03-02T22:00",
            ),
            // 20:00 of the second in Chicago.
            (
                "date=2026-03-02 start=2026-03-03T02:00Z end=2026-03-03T08:00Z",
                "03-03T02:00 to 03-03T08:00",
            ),
            (
                "date=2026-03-03 start=2026-03-03T02:00Z end=2026-03-03T08:00Z",
                "03-03T02:00 to 03-03T08:00",
            ),
            (
                "date=Monday start=2026-03-02T08:00 end=2026-03-02T16:00",
                "03-02T14:00 to 03-02T22:00",
            ),
        ],
    );
}

#[test]
fn lengths_beside_two_times_are_compared() {
    let settled = Questions::from(Question::LengthUnit);
    let conventions =
        Conventions { settled, length_unit: LengthUnit::Hours, ..Conventions::default() };
    let hours = Given { conventions: Some(conventions), ..CHICAGO };
    let eight = "03-02T14:00 to 03-02T22:00";
    for (word, contradicts) in
        [("8", false), ("7.5", false), ("6", false), ("4", true), ("9", true), ("480m", false)]
    {
        for times in [
            "date=2026-03-02 start=08:00 end=16:00",
            "start=2026-03-02T08:00 end=2026-03-02T16:00",
            "start=2026-03-02T08:00-06:00 end=2026-03-02T16:00-06:00",
        ] {
            let expected =
                if contradicts { format!("{eight}, contradicting length") } else { eight.into() };
            assert_eq!(told(hours, &format!("{times} length={word}")), expected, "{times} {word}");
        }
    }
    hold(
        hours,
        &[
            // By the clock eight hours, and seven in between.
            ("start=2026-03-07T22:00 end=2026-03-08T06:00 length=8", "03-08T04:00 to 03-08T11:00"),
            ("start=2026-03-07T22:00 end=2026-03-08T06:00 length=7", "03-08T04:00 to 03-08T11:00"),
            (
                "kind=PTO start=2026-03-02T08:00 end=2026-03-06T17:00 length=40",
                "03-02T14:00 to 03-06T23:00, TimeOff",
            ),
            ("start=2026-03-02T08:00 end=2026-03-02T16:00 length=long", eight),
        ],
    );
}

#[test]
fn times_of_a_list_of_dates_move_to_each_of_them() {
    let moved = |words: &str, first: &'static str| {
        with(CHICAGO, words, |normalizer, row, context| {
            let row = row.on(row.word(Field::Date), first.as_bytes());
            became_told(normalizer.read(&row, context, Origin::new(0, 7)))
        })
    };
    for (words, expected) in [
        (
            "date=2026-03-02 start=2026-03-02T08:00 end=2026-03-02T16:00",
            "03-02T14:00 to 03-02T22:00",
        ),
        (
            "date=2026-03-04 start=2026-03-02T08:00 end=2026-03-02T16:00",
            "03-04T14:00 to 03-04T22:00",
        ),
        // After the change of the clock.
        (
            "date=2026-03-09 start=2026-03-02T22:00 end=2026-03-03T06:00",
            "03-10T03:00 to 03-10T11:00",
        ),
        (
            "date=2026-03-09 start=2026-03-02T08:00-06:00 end=2026-03-02T16:00-06:00",
            "03-09T13:00 to 03-09T21:00",
        ),
        (
            "date=2026-03-09 start=2026-03-02T14:00Z end=2026-03-02T22:00Z",
            "03-09T13:00 to 03-09T21:00",
        ),
        (
            "date=2026-03-08 start=2026-03-02T02:30 end=2026-03-02T09:00",
            "03-08T07:30 to 03-08T14:00, 03-08T08:30 to 03-08T14:00, 03-08T08:30 to 03-08T14:00, \
             gap, ambiguous",
        ),
        ("date=2026-03-04 start=2026-03-03T08:00 end=2026-03-03T16:00", "DatesApart"),
        ("date=2026-03-04 start=08:00 end=16:00", "03-04T14:00 to 03-04T22:00"),
        ("date=2026-03-04 allday=1 start=2026-03-02T00:00", "03-04T06:00 to 03-05T06:00"),
        ("date=2026-03-04 times=2026-03-02T08:00/PT8H", "03-04T14:00 to 03-04T22:00"),
    ] {
        assert_eq!(moved(words, "2026-03-02"), expected, "{words}");
    }
    let dates: [&[u8]; 3] = [b"2.10.2026", b"2026-03-04", b"20260302"];
    assert_eq!(super::words::first_date(&dates, None), b"20260302");
    assert_eq!(super::words::first_date(&[b"x", b"y"], None), b"x");
    assert_eq!(super::words::first_date(&[], None), b"");
}

#[test]
fn parts_of_shifts_and_drafts_are_told() {
    const TIMES: &str = "start=2026-03-02T08:00Z end=2026-03-02T09:00Z";
    let published = Given { role: Role::Published, ..BATCH };
    let off = Given { role: Role::TimeOff, ..BATCH };
    let nine = "03-02T08:00 to 03-02T09:00";
    for (given, words, expected) in [
        (BATCH, "kind=LUNCH", format!("{nine}, part")),
        (BATCH, "kind=meal_break", format!("{nine}, part")),
        (BATCH, "kind=lunch_cover", nine.to_owned()),
        (off, "kind=LUNCH", format!("{nine}, TimeOff")),
        (BATCH, "status=draft", nine.to_owned()),
        (BATCH, "status=unpublished", nine.to_owned()),
        (published, "status=draft", "Draft".to_owned()),
        (published, "status=Unpublished kind=PTO", "Draft".to_owned()),
        (BATCH, "status=draft kind=PTO", format!("{nine}, PendingTimeOff")),
        (off, "status=past_due", format!("{nine}, PendingTimeOff")),
        (off, "status=taken", format!("{nine}, TimeOff")),
    ] {
        assert_eq!(told(given, &format!("{TIMES} {words}")), expected, "{words}");
    }
}

#[test]
fn local_times_have_the_readings_of_their_clock() {
    let earlier = Given { disambiguation: Disambiguation::Earlier, ..CHICAGO };
    let later = Given { disambiguation: Disambiguation::Later, ..CHICAGO };
    let (first, second) = ("03-08T07:30 to 03-08T15:30", "03-08T08:30 to 03-08T15:30");
    for (given, chosen) in [(CHICAGO, second), (earlier, first), (later, second)] {
        let expected = format!("{first}, {chosen}, {second}, gap, ambiguous");
        hold(given, &[("start=2026-03-08T02:30 end=2026-03-08T10:30", &expected)]);
    }
    let (first, second) = ("11-01T06:30 to 11-01T15:00", "11-01T07:30 to 11-01T15:00");
    for (given, chosen) in [(CHICAGO, first), (earlier, first), (later, second)] {
        let expected = format!("{first}, {chosen}, {second}, fold, ambiguous");
        hold(given, &[("start=2026-11-01T01:30 end=2026-11-01T09:00", &expected)]);
    }
    hold(
        CHICAGO,
        &[
            ("start=2026-11-01T01:30 end=2026-11-01T01:15", "Reversed"),
            // What is empty as it is read is so, whatever else it could be.
            ("start=2026-11-01T01:30 end=2026-11-01T01:30", "EmptySpan"),
            (
                "start=2026-11-01T01:15 end=2026-11-01T01:30",
                "11-01T06:15 to 11-01T07:30, 11-01T06:15 to 11-01T06:30, 11-01T07:15 to 11-01T06:30, \
             fold, ambiguous",
            ),
            (
                "start=2026-11-01T01:30 length=60",
                "11-01T06:30 to 11-01T08:30, 11-01T06:30 to 11-01T07:30, 11-01T07:30 to 11-01T07:30, \
             fold, ambiguous",
            ),
        ],
    );
}

#[test]
fn offsets_are_held_against_the_zone() {
    let summer = |zone: &str, start: &str, end: &str| {
        let times = format!("start=2026-07-01T08:00{start} end=2026-07-01T16:00{end}");
        [told(BATCH, &format!("{times} zone={zone}")), told(BATCH, &times)]
            .map(|told| told.contains("mismatch"))
    };
    for (zone, start, end, mismatch) in [
        ("America/Chicago", "-05:00", "-05:00", false),
        ("America/Chicago", "-06:00", "-05:00", true),
        ("America/Chicago", "-05:00", "-06:00", true),
        ("America/Chicago", "+01:00", "+01:00", true),
        ("America/Chicago", "+00:00", "Z", false),
        ("Europe/London", "+00:00", "Z", true),
        ("Europe/London", "Z", "+01:00", false),
    ] {
        assert_eq!(summer(zone, start, end), [mismatch, false], "{zone} {start} {end}");
    }
    // What only `--tz` names knows of its own offsets alone.
    hold(
        CHICAGO,
        &[
            (
                "start=2026-07-01T08:00+01:00 end=2026-07-01T09:00+01:00",
                "07-01T07:00 to 07-01T08:00",
            ),
            ("start=2026-07-01T08:00-06:00 end=2026-07-01T09:00-05:00", "EmptySpan"),
            (
                "start=2026-07-01T08:00-06:00 end=2026-07-01T09:30-05:00",
                "07-01T14:00 to 07-01T14:30, mismatch",
            ),
        ],
    );
}

/// Reads some rows of these words, each in Chicago, with everything else at hand.
fn read_all(rows: &[Vec<(Field, String)>]) -> Vec<Became> {
    let (calendar, agents, keys) = (Calendar::bundled(), Agents::default(), Keys::new());
    let settings = Settings::default();
    let zone = calendar.clock("America/Chicago");
    let mut normalizer = Normalizer::new(&calendar, &agents, &keys, &settings, zone);
    let context = Context { role: Role::Batch, conventions: Conventions::default() };
    let read = |words: &Vec<(Field, String)>| {
        let mut row = Row::default();
        row.set(Field::Agent, b"anna");
        words.iter().for_each(|(field, word)| row.set(*field, word.as_bytes()));
        became(normalizer.read(&row, context, Origin::new(0, 7)))
    };
    rows.iter().map(read).collect()
}

/// A local time in Chicago, so many minutes after the midnight that begins a day of
/// 2026, by jiff.
fn chicago(day: i64, minutes: i64) -> jiff::civil::DateTime {
    use jiff::ToSpan;
    jiff::civil::date(2026, 1, 1).at(0, 0, 0, 0) + day.days() + minutes.minutes()
}

fn in_chicago(local: jiff::civil::DateTime) -> Instant {
    let zone = jiff::tz::TimeZone::get("America/Chicago").expect("a zone");
    let at = local.to_zoned(zone).expect("within the years").timestamp();
    Instant::from_millis(at.as_millisecond())
}

proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(64))]

    /// `25:30` is what adding that many minutes to a date gives; and two times in one
    /// word are what they are in two.
    #[test]
    fn clock_times_after_midnight_are_those_of_the_next_day(
        times in proptest::collection::vec((0i64..364, 0i64..2880, 1i64..600), 1..40),
    ) {
        let clock = |minutes: i64| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        let date = |day: i64| chicago(day, 0).date().to_string();
        let times: Vec<(i64, i64, i64)> = times
            .into_iter()
            .map(|(day, start, length)| (day, start, (start + length).min(2879)))
            .filter(|(_, start, end)| start < end)
            .collect();
        let apart = times.iter().map(|(day, start, end)| {
            vec![(Field::Date, date(*day)), (Field::Start, clock(*start)), (Field::End, clock(*end))]
        });
        let together = times.iter().map(|(day, start, end)| {
            let range = format!("{} - {}", clock(*start), clock(*end));
            vec![(Field::Date, date(*day)), (Field::Times, range)]
        });
        let mut apart = read_all(&apart.chain(together).collect::<Vec<_>>());
        let together = apart.split_off(times.len());
        prop_assert_eq!(&together, &apart);
        for ((day, start, end), read) in times.iter().zip(apart) {
            let (entry, readings) = match read {
                Ok(found) => found,
                // The clock skips an hour, so that nothing or less is left of it.
                Err(why) => {
                    let [start, end] = [start, end].map(|time| in_chicago(chicago(*day, *time)));
                    prop_assert!(start >= end, "{}", why);
                    continue;
                }
            };
            let chosen = readings.unwrap_or(Readings::of(&entry)).chosen;
            let expected = [start, end].map(|time| in_chicago(chicago(*day, *time)));
            prop_assert_eq!([chosen.0, chosen.1], expected, "{} {} {}", day, start, end);
            prop_assert!(!entry.traits().any(Traits::OVERNIGHT));
        }
    }

    /// What the zone itself calls its time then says which instant is meant.
    #[test]
    fn the_zones_own_abbreviation_tells_the_instant(
        instants in proptest::collection::vec(
            prop_oneof![
                1_767_225_600i64..1_798_761_600,
                // The two hours around each change.
                1_772_953_200i64..1_772_960_400,
                1_793_512_800i64..1_793_520_000,
            ],
            1..40,
        ),
    ) {
        let zone = jiff::tz::TimeZone::get("America/Chicago").expect("a zone");
        let rows = instants.iter().map(|second| {
            let at = jiff::Timestamp::from_second(*second).expect("within the years");
            let start = at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S %Z").to_string();
            let end = jiff::Timestamp::from_second(second + 3600).expect("within the years");
            vec![(Field::Start, start), (Field::End, end.to_string())]
        });
        let rows: Vec<_> = rows.collect();
        for ((second, read), words) in instants.iter().zip(read_all(&rows)).zip(&rows) {
            let Ok((entry, readings)) = read else { panic!("{words:?}: {read:?}") };
            prop_assert_eq!(entry.start().millis(), second * 1000, "{:?}", words);
            prop_assert!(readings.is_none() && !entry.traits().any(Traits::FOLD));
        }
    }
}
