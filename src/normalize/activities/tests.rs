use super::ActivityOutcome;
use crate::calendar::Calendar;
use crate::model::agents::Agents;
use crate::model::conventions::{Conventions, Question, Questions};
use crate::model::finding::Activity;
use crate::model::keys::Keys;
use crate::model::row::{Field, Row, RowFault};
use crate::model::settings::Settings;
use crate::model::source::Role;
use crate::model::time::{DateOrder, HOUR, MINUTE};
use crate::normalize::{Context, Normalizer, ShiftFrame};
use proptest::prelude::{Just, Strategy, prop, prop_assert_eq, proptest};

type Words<'w> = &'w [(Field, &'w str)];

/// A shift in Chicago from ten in the evening to six in the morning.
const NIGHT: Words<'static> = &[
    (Field::Agent, "anna"),
    (Field::Zone, "America/Chicago"),
    (Field::Start, "2026-03-02T22:00"),
    (Field::End, "2026-03-03T06:00"),
];

/// A shift in Chicago from eight on the second to ten on the third.
const LONG: Words<'static> = &[
    (Field::Agent, "anna"),
    (Field::Zone, "America/Chicago"),
    (Field::Start, "2026-03-02T08:00"),
    (Field::End, "2026-03-03T10:00"),
];

fn row<'w>(words: Words<'w>) -> Row<'w> {
    let mut row = Row::default();
    words.iter().for_each(|(field, word)| row.set(*field, word.as_bytes()));
    row
}

fn within<T>(
    shift: Words<'_>,
    order: Option<DateOrder>,
    act: impl FnOnce(&mut Normalizer<'_>, &ShiftFrame) -> T,
) -> Option<T> {
    let (calendar, agents, keys) = (Calendar::bundled(), Agents::default(), Keys::new());
    let settings = Settings::default();
    let mut normalizer = Normalizer::new(&calendar, &agents, &keys, &settings, None);
    let settled = Question::LengthUnit.into();
    let conventions = Conventions { order, settled, ..Conventions::default() };
    let context = Context { role: Role::Batch, conventions };
    let frame = normalizer.frame(&row(shift), context)?;
    Some(act(&mut normalizer, &frame))
}

fn taken(shift: Words<'_>, words: Words<'_>) -> ActivityOutcome {
    let taken = within(shift, None, |normalizer, frame| normalizer.activity(&row(words), frame));
    taken.expect("a shift that can be read")
}

/// From when to when after the start of the shift an activity is, in minutes;
/// what became of it if it is at no time.
fn minutes(shift: Words<'_>, words: Words<'_>) -> Result<(i64, i64), ActivityOutcome> {
    let start = within(shift, None, |_, frame| frame.shift.start()).expect("a readable shift");
    match taken(shift, words) {
        ActivityOutcome::Time(span) => {
            Ok(((span.start() - start) / MINUTE, (span.end() - start) / MINUTE))
        }
        other => Err(other),
    }
}

fn hours(shift: Words<'_>, words: Words<'_>) -> Result<(i64, i64), ActivityOutcome> {
    minutes(shift, words).map(|(start, end)| (start / 60, end / 60))
}

fn explained(words: Words<'_>, number: u32) -> Activity {
    let row = row(words);
    within(NIGHT, None, |normalizer, frame| normalizer.display_activity(&row, number, frame))
        .expect("a shift that can be read")
}

#[test]
fn a_shift_lends_its_clock_and_its_days() {
    let frame = |words: &[_]| within(words, None, |_, frame| frame.clone());
    let night = frame(NIGHT).expect("a shift");
    assert_eq!(night.shift.end() - night.shift.start(), 8 * HOUR);
    assert_eq!(night.dates, ["2026-03-02", "2026-03-03"]);
    let mut words = NIGHT.to_vec();
    words[1].1 = "";
    words[2].1 = "2026-12-31T23:00-06:00";
    words[3].1 = "2027-01-01T06:00-06:00";
    let own = frame(&words).expect("a shift");
    assert_eq!(own.clock.offset_minutes(), Some(-360));
    assert_eq!(own.dates, ["2026-12-31", "2027-01-01"]);
    words[3].1 = "soon";
    assert!(frame(&words).is_none());
}

#[test]
fn a_clock_time_before_the_shift_is_after_midnight_if_it_is_within_it_there() {
    for (start, end, expected) in [
        ("22:00", "23:00", (0, 1)),
        ("23:00", "01:00", (1, 3)),
        ("00:00", "01:00", (2, 3)),
        ("05:00", "07:00", (7, 9)),
        ("06:00", "07:00", (-16, -15)),
        ("21:00", "23:00", (-1, 1)),
    ] {
        let words = [(Field::Start, start), (Field::End, end)];
        assert_eq!(hours(NIGHT, &words), Ok(expected), "{start} to {end}");
    }
    // At its start an activity begins with the shift, and not a day later.
    let words = [(Field::Start, "08:00"), (Field::End, "09:00")];
    assert_eq!(hours(LONG, &words), Ok((0, 1)));
}

#[test]
fn an_activity_with_a_date_is_on_that_date() {
    let clocks = [(Field::Start, "04:00"), (Field::End, "05:00")];
    for date in [Field::Date, Field::StartDate] {
        let words = [clocks[0], clocks[1], (date, "2026-03-02")];
        assert_eq!(hours(NIGHT, &words), Ok((-18, -17)), "{date:?}");
    }
    let words = [(Field::Start, "2026-03-02T04:00"), (Field::End, "2026-03-02T05:00")];
    assert_eq!(hours(NIGHT, &words), Ok((-18, -17)));
    let words = [(Field::Start, "2026-03-03T05:30Z"), (Field::Length, "45")];
    assert_eq!(minutes(NIGHT, &words), Ok((90, 135)));
}

#[test]
fn an_activity_has_its_own_zone_or_the_clock_of_its_shift() {
    let words = [(Field::Start, "2026-03-03T00:00"), (Field::End, "2026-03-03T01:00")];
    let zoned = |zone| [words[0], words[1], (Field::Zone, zone)];
    assert_eq!(hours(NIGHT, &words), Ok((2, 3)));
    assert_eq!(hours(NIGHT, &zoned("America/New_York")), Ok((1, 2)));
    assert_eq!(taken(NIGHT, &zoned("Mars")), ActivityOutcome::Unreadable);
}

#[test]
fn what_claims_no_time_is_nothing() {
    for words in [
        &[][..],
        &[(Field::Start, "23:00")],
        &[(Field::End, "23:00")],
        &[(Field::StartDate, "2026-03-02")],
        &[(Field::Start, "23:00"), (Field::End, "23:00")],
        &[(Field::Start, "2026-03-02T23:00"), (Field::End, "23:00")],
        &[(Field::Start, "2026-03-02T23:00"), (Field::End, "2026-03-02T23:00")],
        &[(Field::Start, "23:00"), (Field::Length, "0")],
    ] {
        assert_eq!(taken(NIGHT, words), ActivityOutcome::Nothing, "{words:?}");
    }
}

/// A day that is written as one is no mark.
#[test]
fn an_end_a_day_later_by_its_own_date_is_a_day() {
    let start = (Field::Start, "2026-03-02T22:00");
    for words in [
        &[start, (Field::End, "2026-03-03T22:00")][..],
        &[start, (Field::End, "22:00"), (Field::EndDate, "2026-03-03")],
        &[start, (Field::Length, "1440")],
    ] {
        assert_eq!(hours(NIGHT, words), Ok((0, 24)), "{words:?}");
    }
}

#[test]
fn an_activity_that_cannot_be_read_is_told_from_one_whose_order_is_not_known() {
    for words in [
        [(Field::Start, "soon"), (Field::End, "23:00")],
        [(Field::Start, "23:00"), (Field::End, "late")],
        [(Field::Start, "2026-03-02T23:00"), (Field::End, "2026-03-02T22:59")],
        [(Field::Start, "23:00"), (Field::Length, "-1")],
    ] {
        assert_eq!(taken(NIGHT, &words), ActivityOutcome::Unreadable, "{words:?}");
    }
    let words = [(Field::Start, "03/02/2026 23:00"), (Field::End, "03/03/2026 00:00")];
    assert_eq!(taken(NIGHT, &words), ActivityOutcome::Asks(Question::DateOrder));
    let order = Some(DateOrder::MonthDay);
    let known = within(NIGHT, order, |normalizer, frame| normalizer.activity(&row(&words), frame));
    assert!(matches!(known, Some(ActivityOutcome::Time(_))), "{known:?}");
}

#[test]
fn an_element_that_is_no_activity_is_nothing_and_a_broken_one_unreadable() {
    let words = [(Field::Start, "23:00"), (Field::End, "23:30")];
    for (fault, expected) in [
        (RowFault::NotUtf8, Err(ActivityOutcome::Unreadable)),
        (RowFault::Nul, Err(ActivityOutcome::Unreadable)),
        (RowFault::Ragged { found: 1, expected: 2 }, Err(ActivityOutcome::Unreadable)),
        (RowFault::Broken, Err(ActivityOutcome::Unreadable)),
        (RowFault::NotAnObject, Err(ActivityOutcome::Nothing)),
    ] {
        let mut row = row(&words);
        row.fault = Some(fault);
        let taken = within(NIGHT, None, |normalizer, frame| normalizer.activity(&row, frame));
        let became = match taken.expect("a shift that can be read") {
            ActivityOutcome::Time(span) => Ok((span.end() - span.start()) / MINUTE),
            other => Err(other),
        };
        assert_eq!(became, expected, "{fault:?}");
    }
    let mut bare = Row::default();
    bare.fault = Some(RowFault::NotAnObject);
    let taken = within(NIGHT, None, |normalizer, frame| normalizer.activity(&bare, frame));
    assert_eq!(taken, Some(ActivityOutcome::Nothing));
}

#[test]
fn an_activity_is_explained_on_the_clock_of_its_shift() {
    let words = [
        (Field::Id, "a-1"),
        (Field::Start, "2026-03-03T01:15-05:00"),
        (Field::End, "2026-03-03T02:00-05:00"),
    ];
    let told = explained(&words, 7);
    assert_eq!((told.number, told.name.as_deref()), (7, Some("a-1")));
    assert_eq!(told.start.written, "2026-03-03T01:15-05:00");
    assert_eq!(told.end.written, "2026-03-03T02:00-05:00");
    let shown = [told.start, told.end].map(|moment| {
        let at = moment.at.expect("a time");
        (at.day, at.hour, at.minute, at.offset)
    });
    assert_eq!(shown, [(3, 0, 15, -21_600), (3, 1, 0, -21_600)]);
}

#[test]
fn an_activity_goes_by_its_name_else_its_code_else_its_id() {
    let words = [(Field::Name, "Lunch"), (Field::Kind, "LUN"), (Field::Id, "a-1")];
    for (first, name) in [(0, Some("Lunch")), (1, Some("LUN")), (2, Some("a-1")), (3, None)] {
        let told = explained(&words[first..], 1);
        assert_eq!(told.name.as_deref(), name);
        assert_eq!((told.start.written.as_str(), told.start.at), ("", None));
    }
    let told = explained(&[(Field::Start, "soon"), (Field::Length, "45")], 1);
    assert_eq!((told.start.written.as_str(), told.end.written.as_str()), ("soon", "45"));
    assert_eq!((told.start.at, told.end.at), (None, None));
}

/// Words of times in many forms.
fn time() -> impl Strategy<Value = String> {
    let (hour, minute) = (0u32..24, prop::sample::select(vec![0u32, 5, 30]));
    let form = prop::sample::select(vec![
        "T{}Z",
        "T{}:00Z",
        "T{}:00.000Z",
        "T{}:00-06:00",
        " {}",
        "T{}",
        "T{}:00+05:30",
        "",
    ]);
    (1u32..4, hour, minute, form).prop_map(|(day, hour, minute, form)| match form {
        "" => format!("{hour:02}:{minute:02}"),
        form => {
            let clock = format!("{hour:02}:{minute:02}");
            format!("2026-03-0{day}{}", form.replace("{}", &clock))
        }
    })
}

proptest! {
    #[test]
    fn the_short_way_to_an_activity_leads_where_the_long_one_does(
        start in time(),
        end in prop::option::of(time()),
        length in prop::option::of(prop::sample::select(
            vec!["0", "15", "480", "1.5", "90 min", "x", "12345678"])),
        dated: bool,
        zone in prop::option::of(Just("Europe/Berlin")),
        settled: bool,
    ) {
        let mut words = vec![(if dated { Field::StartDate } else { Field::Start }, start.as_str())];
        words.extend(end.as_deref().map(|end| (Field::End, end)));
        words.extend(length.map(|length| (Field::Length, length)));
        words.extend(zone.map(|zone| (Field::Zone, zone)));
        let row = row(&words);
        let both = within(LONG, None, |normalizer, frame| {
            if !settled {
                normalizer.conventions.settled = Questions::default();
            }
            (normalizer.activity(&row, frame), normalizer.activity_fully(&row, frame))
        });
        let (short, long) = both.expect("a shift that can be read");
        prop_assert_eq!(short, long);
    }
}
