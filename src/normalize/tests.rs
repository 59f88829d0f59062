use super::{Context, Normalizer, Outcome};
use crate::calendar::Calendar;
use crate::model::agents::{Agent, Agents};
use crate::model::conventions::Conventions;
use crate::model::keys::Keys;
use crate::model::row::{Field, Row};
use crate::model::settings::Settings;
use crate::model::shift::{Entry, Kind, Readings, Traits};
use crate::model::source::{Origin, Role};
use crate::model::time::{Clock, Disambiguation};
use proptest::prelude::{Just, Strategy, prop_assert_eq, prop_oneof, proptest};
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
    let (kind, status) = (select(vec!["", "PTO"]), select(vec!["", "approved", "parked"]));
    let end_date = select(vec!["", "", "2026-03-03"]);
    (times, end_date, zone, kind, status, select(vec!["anna", "bob"])).prop_map(
        |((date, start, end), end_date, zone, kind, status, agent)| {
            let words = [
                (Field::Agent, agent),
                (Field::Date, date),
                (Field::EndDate, end_date),
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
    ) {
        let (calendar, mut agents, keys) = (Calendar::bundled(), Agents::default(), Keys::new());
        let zone: Option<Clock> = calendar.clock("America/Chicago").filter(|_| tz);
        if zones {
            let bob = Agent { id: "bob".to_owned(), zone: calendar.clock("America/New_York") };
            agents.add(keys.of(b"bob"), bob);
        }
        let settings = Settings::default();
        let mut normalizer = Normalizer::new(&calendar, &agents, &keys, &settings, zone);
        for words in &rows {
            let mut row = Row::default();
            for (field, word) in words {
                row.set(*field, word.as_bytes());
            }
            let context = Context { role: Role::Batch, conventions: Conventions::default() };
            let origin = Origin::new(0, 7);
            let short = became(normalizer.read(&row, context, origin));
            let mut other = Normalizer::new(&calendar, &agents, &keys, &settings, zone);
            let whole = other.read_fully(&row, context, origin);
            prop_assert_eq!(short, became(whole));
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
}

pub(super) const BATCH: Given =
    Given { role: Role::Batch, kind: None, tz: None, disambiguation: Disambiguation::Compatible };

pub(super) const CHICAGO: Given = Given { tz: Some("America/Chicago"), ..BATCH };

/// An instant as ISO 8601 has it, by another library.
fn utc(at: i64) -> String {
    let at = jiff::Timestamp::from_millisecond(at).expect("within its range");
    at.strftime("%m-%dT%H:%M").to_string()
}

const TRAITS: [(Traits, &str); 8] = [
    (Traits::OVERNIGHT, "overnight"),
    (Traits::GAP, "gap"),
    (Traits::FOLD, "fold"),
    (Traits::MISSING_OFFSET, "missing offset"),
    (Traits::MISMATCH, "mismatch"),
    (Traits::TOO_LONG, "too long"),
    (Traits::AMBIGUOUS, "ambiguous"),
    (Traits::UNKNOWN_STATUS, "unknown status"),
];

/// Reads a row of these words, `field=word` each, with `_` for blanks.
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
        agents.add(keys.of(b"kei"), Agent { id: "kei".to_owned(), zone: tokyo });
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
    let context = Context { role: given.role, conventions: Conventions::default() };
    let mut normalizer = Normalizer::new(&calendar, &agents, &keys, &settings, zone);
    read(&mut normalizer, &row, context)
}

/// What a row becomes: its widest span in UTC, its other readings, its side and
/// its traits.
fn told(given: Given, words: &str) -> String {
    let outcome = with(given, words, |normalizer, row, context| {
        normalizer.read(row, context, Origin::new(0, 7))
    });
    let (entry, readings) = match outcome {
        Outcome::Entry(entry, readings) => (entry, readings),
        Outcome::Defect(flaw, ..) => return format!("{flaw:?}"),
        other => return format!("{other:?}"),
    };
    assert_eq!(entry.side().batch, given.role == Role::Batch);
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
        (BATCH, "status=denied", "Void(true)"),
        (BATCH, "status=denied kind=PTO", "Void(false)"),
        (off, "status=denied", "Void(false)"),
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
            ("date=2026-03-02 end=06:00", "03-02T06:00 to 03-02T12:00"),
            ("date=2026-03-02 end=00:00", "03-02T06:00 to 03-03T06:00, overnight"),
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
fn dates_are_whole_days() {
    hold(
        CHICAGO,
        &[
            ("date=2026-03-02", "03-02T06:00 to 03-03T06:00"),
            ("start=2026-03-08", "03-08T06:00 to 03-09T05:00"),
            ("kind=PTO date=2026-11-01", "11-01T05:00 to 11-02T06:00, TimeOff"),
            (
                "kind=PTO startdate=2026-03-02 enddate=2026-03-03",
                "03-02T06:00 to 03-04T06:00, TimeOff",
            ),
            ("date=2026-03-02_00:00", "03-02T06:00 to 03-03T06:00"),
            ("date=2026-03-02_00:00 length=60", "03-02T06:00 to 03-02T07:00"),
            ("date=2026-03-02_01:00", "Absent(End)"),
            ("start=2026-03-02_00:00", "Absent(End)"),
            ("allday=1 start=2026-03-02T08:00", "03-02T06:00 to 03-03T06:00"),
            ("allday=1 start=2026-03-02T08:00 length=60", "03-02T06:00 to 03-03T06:00"),
            ("allday=1 start=2026-03-02T08:00 end=2026-03-03T00:00", "03-02T06:00 to 03-03T06:00"),
            ("allday=1 start=2026-03-02T00:00 end=2026-03-02T00:00", "03-02T06:00 to 03-03T06:00"),
            ("allday=no start=2026-03-02T08:00 end=2026-03-02T09:00", "03-02T14:00 to 03-02T15:00"),
            ("allday=1 start=2026-03-02T02:00+00:00", "03-01T06:00 to 03-02T06:00"),
            ("allday=1 start=2026-03-02T02:00Z", "03-02T06:00 to 03-03T06:00"),
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
            (
                "start=2026-11-01T01:30 end=2026-11-01T01:30",
                "11-01T06:30 to 11-01T07:30, 11-01T06:30 to 11-01T06:30, 11-01T07:30 to 11-01T06:30, \
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
