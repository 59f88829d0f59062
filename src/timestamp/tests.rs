use super::usual::Timed;
use super::{
    Evidence, Expected, HalfOfDay, NoTime, Time, Usual, Written, dated_half_of_day, evidence,
    fixed, full, half_of_day, is_placeholder, read_as,
};
use crate::model::time::{Clock, DAY, DateOrder, HOUR, Instant, MINUTE};
use proptest::prelude::{Strategy, any, prop_assert_eq, proptest};

/// Monday 2026-03-02T00:00Z.
const MONDAY: i64 = 20_514 * DAY;

fn read(word: &[u8]) -> Result<Written, NoTime> {
    super::read(word, None)
}

fn instant(at: i64, offset: Option<i32>) -> Result<Written, NoTime> {
    Ok(Written::Instant { at: Instant::from_millis(at), offset })
}

#[test]
fn every_spelling_of_eight_in_the_morning_is_the_same() {
    let local = Ok(Written::Local(MONDAY + 8 * HOUR));
    for word in [
        "2026-03-02T08:00:00",
        "2026-03-02 08:00:00",
        "2026-03-02T08:00",
        "2026-03-02t08:00",
        "2026/03/02 08:00",
        "2026/3/2 08:00",
        "2026-3-2 8:00",
        "20260302T080000",
        "20260302T0800",
        "20260302 0800",
        "2026-03-02T08:00:00.000",
        "2026-03-02T08:00:00,0",
        " 2026-03-02  08:00 ",
    ] {
        assert_eq!(read(word.as_bytes()), local, "{word}");
    }
    for word in [
        "2026-03-02T08:00:00Z",
        "2026-03-02T08:00Z",
        "20260302T080000Z",
        "2026-03-02 08:00 UTC",
        "2026-03-02T08:00-00:00",
    ] {
        assert_eq!(read(word.as_bytes()), instant(MONDAY + 8 * HOUR, None), "{word}");
    }
    for word in ["2026-03-02T08:00:00-06:00", "2026-03-02T08:00-0600", "2026-03-02 08:00 -06"] {
        assert_eq!(read(word.as_bytes()), instant(MONDAY + 14 * HOUR, Some(-6 * 3600)), "{word}");
    }
    assert_eq!(read(b"2026-03-02T08:00:00+00:00"), instant(MONDAY + 8 * HOUR, Some(0)));
    for (offset, seconds) in [("+05:59", 21_540), ("+05:53:28", 21_208), ("-23:59:59", -86_399)] {
        let word = format!("2026-03-02T08:00{offset}");
        let expected = instant(MONDAY + 8 * HOUR - seconds * 1000, Some(seconds as i32));
        assert_eq!(read(word.as_bytes()), expected, "{word}");
    }
    assert_eq!(read(b"2026-03-02"), Ok(Written::Date(20_514)));
    assert_eq!(read(b"20260302"), Ok(Written::Date(20_514)));
    assert_eq!(read(b"2026-03-02T24:00"), Ok(Written::Local(MONDAY + DAY)));
    assert_eq!(read(b"2026-03-02T23:59:60"), Ok(Written::Local(MONDAY + DAY - 1000)));
    assert_eq!(read(b"2026-03-02T08:00:00.1239"), Ok(Written::Local(MONDAY + 8 * HOUR + 123)));
}

#[test]
fn clock_times_are_read_alone() {
    for (word, minutes) in [
        ("8:00", 480),
        ("08:00", 480),
        ("08:00:00", 480),
        ("8:00 AM", 480),
        ("8am", 480),
        ("8 a.m.", 480),
        ("8:00 a. m.", 480),
        ("12:00 AM", 0),
        ("12:30 pm", 750),
        ("11:59PM", 1439),
        ("24:00", 1440),
        ("00:00", 0),
        ("8:00a", 480),
        ("8:00p", 1200),
        ("8a", 480),
        ("8p", 1200),
        ("8 A", 480),
        ("8 P.M.", 1200),
        ("830am", 510),
        ("0830 PM", 1230),
        ("08h00", 480),
        ("8h30", 510),
        ("8 h 30", 510),
        ("8h", 480),
        ("8H", 480),
        ("8 Uhr", 480),
        ("8:30 Uhr", 510),
        ("8.30 Uhr", 510),
        ("24:30", 1470),
        ("26:00", 1560),
        ("25:15:00", 1515),
        ("47:59", 2879),
        ("8:00\u{202f}PM", 1200),
    ] {
        assert_eq!(read(word.as_bytes()), Ok(Written::Clock(minutes * MINUTE, None)), "{word}");
    }
    assert_eq!(read(b"08:00Z"), Ok(Written::Clock(8 * HOUR, Some(0))));
    assert_eq!(read(b"08:00-06:00"), Ok(Written::Clock(8 * HOUR, Some(-21_600))));
    assert_eq!(read(b"08:00 UTC+5"), Ok(Written::Clock(8 * HOUR, Some(5 * 3600))));
}

#[test]
fn numbers_are_clock_times_only_where_these_are_expected() {
    let expected = Expected { order: None, clock: true };
    let beside = |word: &str| read_as(word.as_bytes(), expected).map(|time| time.written);
    for (word, minutes) in [
        ("8", 480),
        ("08", 480),
        ("0", 0),
        ("24", 1440),
        ("830", 510),
        ("0830", 510),
        ("1300", 780),
        ("2400", 1440),
        ("2530", 1530),
        (" 8 ", 480),
    ] {
        assert_eq!(beside(word), Ok(Written::Clock(minutes * MINUTE, None)), "{word}");
        assert!(read(word.as_bytes()).is_err(), "{word}");
    }
    for (word, why) in [
        ("25", NoTime::Value),
        ("960", NoTime::Value),
        ("4800", NoTime::Value),
        ("83000", NoTime::Form),
        ("8.5", NoTime::Form),
        ("-8", NoTime::Form),
    ] {
        assert_eq!(beside(word), Err(why), "{word}");
    }
    for word in ["2026-03-02", "2026-03-02T08:00", "20260302", "1772438400", "8:00 PM"] {
        assert_eq!(beside(word), read(word.as_bytes()), "{word}");
    }
}

#[test]
fn a_clock_time_tells_its_half_of_the_day() {
    for (word, half) in [
        ("8:00", Some(HalfOfDay::Open)),
        ("12:59", Some(HalfOfDay::Open)),
        ("8", Some(HalfOfDay::Open)),
        ("0830", Some(HalfOfDay::Open)),
        ("8:00 AM", Some(HalfOfDay::Named)),
        ("8p", Some(HalfOfDay::Named)),
        ("0:00", Some(HalfOfDay::Settled)),
        ("13:00", Some(HalfOfDay::Settled)),
        ("26:00", Some(HalfOfDay::Settled)),
        ("2026-03-02 8:00", None),
        ("off", None),
    ] {
        assert_eq!(half_of_day(word.as_bytes()), half, "{word}");
    }
    for (word, half, date) in [
        ("2026-03-02 8:00", HalfOfDay::Open, "2026-03-02"),
        ("3/2/2026 8:00 pm", HalfOfDay::Named, "3/2/2026"),
        ("Mon, Mar 2, 2026 15:00", HalfOfDay::Settled, "Mon, Mar 2, 2026"),
    ] {
        let found = dated_half_of_day(word.as_bytes());
        assert_eq!(found, Some((half, date.as_bytes())), "{word}");
    }
    for word in ["8:00", "8:00 PM", "2026-03-02", "2026-03-02T8:00", "room 8", ""] {
        assert_eq!(dated_half_of_day(word.as_bytes()), None, "{word}");
    }
}

#[test]
fn the_spellings_of_other_programs_are_read() {
    let eight = MONDAY + 8 * HOUR;
    for word in [
        "Mon, 02 Mar 2026 08:00:00 GMT",
        "2 Mar 2026 08:00 UT",
        "Monday, 2 March 2026 08:00:00 UTC",
        "1772438400",
        "1772438400.0",
        "1772438400000",
        "/Date(1772438400000)/",
        "/Date(1772438400000-0600)/",
    ] {
        assert_eq!(read(word.as_bytes()), instant(eight, None), "{word}");
    }
    let chicago = instant(MONDAY + 14 * HOUR, Some(-6 * 3600));
    assert_eq!(read(b"Mon, 02 Mar 2026 08:00:00 -0600"), chicago);
    assert_eq!(read(b"Mon, 02 Mar 2026 08:00:00 CST"), chicago);
    for word in [
        "2026/3/2 8:00 AM",
        "2026.03.02 08:00",
        "2.3.2026 08:00",
        "02.03.2026, 8:00 am",
        "2.3.2026,08:00",
        "20260302080000",
        "202603020800",
        "2026-03-02 8:00\u{202f}AM",
        "2026-03-02\u{a0}08:00",
        "Mon, 02 Mar 2026 08:00",
    ] {
        assert_eq!(read(word.as_bytes()), Ok(Written::Local(eight)), "{word}");
    }
    for word in ["2 Mar 2026", "2.3.2026", "2026/3/2", "2026-3-2"] {
        assert_eq!(read(word.as_bytes()), Ok(Written::Date(20_514)), "{word}");
    }
    assert_eq!(read(b"2026-03-02T08:00:00.5Z"), instant(eight + 500, None));
    assert_eq!(read(b"2 Apr 2026"), Ok(Written::Date(20_545)));
    assert_eq!(read(b"1772438400.25"), instant(eight + 250, None));
    assert_eq!(read(b"/Date(-1000)/"), instant(-1000, None));
}

/// Monday, 2026-03-02, eight in the morning.
#[test]
fn months_and_weekdays_are_read_in_seven_languages() {
    let local = Ok(Written::Local(MONDAY + 8 * HOUR));
    for word in [
        "02-Mar-2026 08:00",
        "2/Mar/2026 8:00 AM",
        "2Mar2026 08:00",
        "2 March 2026 08:00",
        "2nd March 2026, 8 am",
        "2nd of March 2026 8:00",
        "Mar 2, 2026 08:00",
        "Mar. 2, 2026 8a",
        "MARCH 2 2026 8:00 AM",
        "Mon Mar 2 2026 08:00",
        "Mon Mar 02 2026 08:00:00",
        "Monday, March 2, 2026 8:00 AM",
        "Monday, March 2, 2026 at 8:00\u{202f}AM",
        "2. März 2026 08:00",
        "2. Mär. 2026 8 Uhr",
        "Mo., 2. März 2026, 08:00",
        "Montag, 2. März 2026 um 8:00 Uhr",
        "2 mars 2026 08:00",
        "lundi 2 mars 2026 à 8h00",
        "2 de marzo de 2026 8:00",
        "lunes, 2 de marzo de 2026 8:00",
        "2 marzo 2026 8:00",
        "lunedì 2 marzo 2026 alle 8:00",
        "2 de março de 2026 8:00",
        "segunda-feira, 2 de março de 2026 às 8:00",
        "2 maart 2026 08:00",
        "maandag 2 maart 2026 om 8:00",
        "2 mrt. 2026 08:00",
        "Mon 2026-03-02 08:00",
        "Mo 02.03.2026 08:00",
    ] {
        assert_eq!(read(word.as_bytes()), local, "{word}");
    }
    let date = |word: &str| read(word.as_bytes());
    assert_eq!(date("1er août 2026"), date("2026-08-01"));
    assert_eq!(date("mar 3 mar 2026"), date("2026-03-03"), "a Tuesday in March");
    assert_eq!(date("02-Mar-2026"), Ok(Written::Date(20_514)));
    assert_eq!(date("November 13, 2022"), date("2022-11-13"));
    let ten = instant(MONDAY + 10 * HOUR, None);
    assert_eq!(read(b"March 2, 2026 10:00Z"), ten);
    let browser = b"Mon Mar 02 2026 08:00:00 GMT-0600 (Central Standard Time)";
    assert_eq!(read(browser), instant(MONDAY + 14 * HOUR, Some(-6 * 3600)));
    for word in ["Tue Mar 2 2026", "mardi 2 mars 2026", "Di 2.3.2026", "Feb 30, 2026"] {
        assert_eq!(read(word.as_bytes()), Err(NoTime::Value), "{word}");
    }
}

#[test]
fn a_zone_in_brackets_is_the_zone_of_its_time() {
    let zoned = |word: &'static str| {
        let time = read_as(word.as_bytes(), Expected::default());
        time.map(|Time { written, zone }| {
            (written, zone.map(|zone| std::str::from_utf8(zone).expect("ASCII")))
        })
    };
    let (eight, chicago) = (MONDAY + 8 * HOUR, Some("America/Chicago"));
    let at = |at, offset| Written::Instant { at: Instant::from_millis(at), offset };
    for (word, written, zone) in [
        ("2026-03-02T08:00[America/Chicago]", Written::Local(eight), chicago),
        ("2026-03-02T08:00-06:00[America/Chicago]", at(eight + 6 * HOUR, Some(-21_600)), chicago),
        ("2026-03-02T08:00:00Z[!America/Chicago]", at(eight, None), chicago),
        ("2026-03-02T08:00[-06:00][u-ca=iso8601]", Written::Local(eight), Some("-06:00")),
        ("2026-03-02T08:00Z[u-ca=gregory]", at(eight, None), None),
        ("2026-03-02[America/Chicago]", Written::Date(20_514), chicago),
        ("08:00[America/Chicago]", Written::Clock(8 * HOUR, None), chicago),
        (" 3.2.2026 08:00[Mars] ", Written::Local((20_514 - 27) * DAY + 8 * HOUR), Some("Mars")),
    ] {
        assert_eq!(zoned(word), Ok((written, zone)), "{word}");
        assert_eq!(read(word.as_bytes()), Ok(written), "{word}");
    }
    for word in [
        "2026-03-02T08:00[]",
        "[America/Chicago]",
        "2026-03-02T08:00[America/Chicago",
        "2026-03-02T08:00[!knort=blargel]",
        "2026-03-02T08:00 CST[America/Chicago]",
        "2026-03-02T08:00[UTC][UTC]",
    ] {
        assert_eq!(zoned(word), Err(NoTime::Form), "{word}");
    }
    let mut times = Usual::default();
    for word in ["2026-03-02T08:00Z", "2026-03-02T08:00Z[Asia/Tokyo]", "2026-03-02T08:00[UTC]"] {
        let read = usual(&mut times, word.as_bytes());
        assert_eq!(read.is_some(), !word.contains('['), "{word}");
    }
}

#[test]
fn abbreviations_of_zones_are_read_beside_local_times() {
    let named = |word: &str| match read(word.as_bytes()) {
        Ok(Written::AbbreviatedLocal(local, zone)) => (local, zone.name()),
        Ok(Written::AbbreviatedClock(time, zone)) => (MONDAY + time, zone.name()),
        other => panic!("{word}: {other:?}"),
    };
    for (word, name) in [
        ("2026-03-02 08:00 CST", "CST"),
        ("2026-03-02T08:00:00CST", "CST"),
        ("3.2.2026 8:00 AM IST", "IST"),
        ("March 2, 2026 8:00 AM PST", "PST"),
        ("2-Mar-2026 08:00 CST", "CST"),
        ("2 März 2026 08:00 MEZ", "MEZ"),
        ("2 Mar 2026 08:00 CET", "CET"),
        ("08:00 AKST", "AKST"),
        ("8 AM ET", "ET"),
    ] {
        let (local, found) = named(word);
        assert_eq!((local - MONDAY).rem_euclid(DAY), 8 * HOUR, "{word}");
        assert_eq!(found, name, "{word}");
    }
    // In mail they are defined.
    for word in ["2 Mar 2026 08:00 CST", "Mon, 02 Mar 2026 08:00:00 CST (Chicago)"] {
        assert_eq!(read(word.as_bytes()), instant(MONDAY + 14 * HOUR, Some(-21_600)), "{word}");
    }
    for word in ["2026-03-02 08:00 cst", "2026-03-02 08:00 XYZ", "2026-03-02 08:00 CST x"] {
        assert_eq!(read(word.as_bytes()), Err(NoTime::Form), "{word}");
    }
}

#[test]
fn eight_digits_are_a_date_in_one_of_three_orders() {
    let (month, day) = (Some(DateOrder::MonthDay), Some(DateOrder::DayMonth));
    for (word, order, expected) in [
        ("03022026", month, Ok(Written::Date(20_514))),
        ("02032026", day, Ok(Written::Date(20_514))),
        ("03022026", None, Err(NoTime::Order)),
        ("03022026 08:00", month, Ok(Written::Local(MONDAY + 8 * HOUR))),
        ("03022026 8:00 AM", month, Ok(Written::Local(MONDAY + 8 * HOUR))),
        ("20260302", month, Ok(Written::Date(20_514))),
        ("20260302", None, Ok(Written::Date(20_514))),
        ("03032026", None, Ok(Written::Date(20_515))),
        ("20102026", day, read(b"2026-10-20")),
        ("20102026", month, Err(NoTime::Value)),
        ("20102026", None, Err(NoTime::Order)),
        ("20111210", month, read(b"2011-12-10")),
        ("13132026", None, Err(NoTime::Value)),
        ("21500302", None, read(b"2150-03-02")),
    ] {
        assert_eq!(super::read(word.as_bytes(), order), expected, "{word} {order:?}");
    }
    for (word, expected) in [
        ("13032026", Some(Evidence::Shows(DateOrder::DayMonth))),
        ("03132026 08:00", Some(Evidence::Shows(DateOrder::MonthDay))),
        ("03022026", Some(Evidence::Open)),
        ("03032026", None),
        ("20260302", None),
        ("13132026", None),
    ] {
        assert_eq!(evidence(word.as_bytes()), expected, "{word}");
    }
}

/// A weekday leaves one of two orders.
#[test]
fn a_weekday_shows_the_order_of_its_date() {
    for (word, expected) in [
        ("Mon 3/2/2026", Some(Evidence::Shows(DateOrder::MonthDay))),
        ("Tue, 3/2/2026 08:00", Some(Evidence::Shows(DateOrder::DayMonth))),
        ("mar 3/2/2026", Some(Evidence::Shows(DateOrder::DayMonth))),
        ("Wed 3/2/2026", Some(Evidence::Open)),
        ("3/3/2026", None),
    ] {
        assert_eq!(evidence(word.as_bytes()), expected, "{word}");
    }
    let monday = super::read(b"Mon 3/2/2026", Some(DateOrder::MonthDay));
    assert_eq!(monday, Ok(Written::Date(20_514)));
    assert_eq!(super::read(b"Mon 3/2/2026", Some(DateOrder::DayMonth)), Err(NoTime::Value));
    assert_eq!(read(b"Mon 3/2/2026"), Err(NoTime::Order));
    assert_eq!(read(b"Wed 3/2/2026"), Err(NoTime::Value), "in neither order");
    assert_eq!(read(b"3/3/2026"), Ok(Written::Date(20_515)), "in either");
}

/// Spreadsheets show a clock time alone as one of the day before their first.
#[test]
fn the_zeroth_day_stands_before_a_clock_time() {
    let eight = Ok(Written::Clock(8 * HOUR, None));
    for word in ["1900-01-00 08:00", "1/0/1900 8:00:00 AM", "0/1/1900 8:00", "00.01.1900 08:00"] {
        assert_eq!(read(word.as_bytes()), eight, "{word}");
    }
    for word in ["1900-01-00", "1/0/1900", "1900-02-00 08:00", "1901-01-00 08:00"] {
        assert!(read(word.as_bytes()).is_err(), "{word}");
    }
    for (date, expected) in [
        ("1899-12-30", true),
        ("1899-12-31", true),
        ("1900-01-01", true),
        ("1904-01-01", true),
        ("1970-01-01", true),
        ("2000-01-01", true),
        ("0001-01-01", true),
        ("2000-01-02", false),
        ("2026-03-02", false),
    ] {
        let day = read(date.as_bytes()).ok().and_then(Written::day).expect("a date");
        assert_eq!(is_placeholder(day), expected, "{date}");
    }
}

#[test]
fn the_names_of_months_weekdays_and_offsets_are_known() {
    for (place, name) in
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
            .iter()
            .enumerate()
    {
        let numbered = format!("2026-{:02}-05", place + 1);
        assert_eq!(read(format!("5 {name} 2026").as_bytes()), read(numbered.as_bytes()));
    }
    for (place, name) in ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].iter().enumerate() {
        let date = Ok(Written::Date(20_514 + place as i64));
        assert_eq!(read(format!("{name}, {} Mar 2026", place + 2).as_bytes()), date);
    }
    for (name, offset) in [
        ("EST", "-0500"),
        ("EDT", "-0400"),
        ("CST", "-0600"),
        ("CDT", "-0500"),
        ("MST", "-0700"),
        ("MDT", "-0600"),
        ("PST", "-0800"),
        ("PDT", "-0700"),
        ("GMT", "-0000"),
    ] {
        let time = |offset: &str| read(format!("2 Mar 2026 08:00 {offset}").as_bytes());
        assert_eq!((time(name), time(name).is_ok()), (time(offset), true), "{name}");
    }
}

#[test]
fn day_and_month_stand_in_the_order_that_is_known() {
    let local = |day: i64, minutes: i64| Ok(Written::Local(day * DAY + minutes * MINUTE));
    for (word, order, expected) in [
        ("3/2/2026 08:00", DateOrder::MonthDay, local(20_514, 480)),
        ("3/2/2026 08:00", DateOrder::DayMonth, local(20_487, 480)),
        ("03/02/2026, 8:00 PM", DateOrder::MonthDay, local(20_514, 1200)),
        ("02-03-2026 24:00", DateOrder::DayMonth, local(20_514, 1440)),
        ("3/2/2026", DateOrder::MonthDay, Ok(Written::Date(20_514))),
        ("13/3/2026", DateOrder::MonthDay, Err(NoTime::Value)),
        ("2026-03-02 08:00 GMT+1", DateOrder::MonthDay, instant(MONDAY + 7 * HOUR, Some(3600))),
        ("3/2/26", DateOrder::MonthDay, Err(NoTime::Form)),
        ("3/2-2026", DateOrder::MonthDay, Err(NoTime::Form)),
    ] {
        assert_eq!(super::read(word.as_bytes(), Some(order)), expected, "{word} {order:?}");
    }
    assert_eq!(read(b"13/3/2026"), Err(NoTime::Order));
}

#[test]
fn a_date_shows_its_order_where_only_one_is_possible() {
    for (word, expected) in [
        ("13/3/2026 08:00", Some(Evidence::Shows(DateOrder::DayMonth))),
        ("3/13/2026", Some(Evidence::Shows(DateOrder::MonthDay))),
        ("3-13-2026", Some(Evidence::Shows(DateOrder::MonthDay))),
        ("3/12/2026", Some(Evidence::Open)),
        ("12/3/2026", Some(Evidence::Open)),
        ("13/13/2026", None),
        ("2026/3/13", None),
        ("13.3.2026", None),
        ("2026-03-13", None),
        ("08:00", None),
        ("3/13/20261", None),
    ] {
        assert_eq!(evidence(word.as_bytes()), expected, "{word}");
    }
}

#[test]
fn what_is_no_time_says_why() {
    for word in [
        "",
        "TBD",
        "8",
        "0800",
        "8:0",
        "202",
        "8 hours",
        "8h3",
        "8.30",
        "Marsh 2, 2026",
        "Sunrise, 2 Mar 2026",
        "Mar 2,",
        "2. 3. 2026",
        "March 2, 26",
        "20263-2",
        "2026-03-02X08:00",
        "2026-03-02T8:00",
        "99999-01-01",
        "2026-03-02T08:00:00.",
        "17724384000",
        "999999999999999999",
        "/Date(x)/",
        "/Date(1)",
        "Mon",
        "Mon, 02",
        "2 Foo 2026",
        "next week",
        "1772438400.",
        "2026-03-02T08:00 x",
        "2026-03-02T08",
        "8:00 xm",
        "2026-03-02T08:00+6",
        "2026-02-301",
        "2 Mar 2026 8",
        "2 Mar 2026 08:00 PXT",
        "2.3.20268:00",
        "/Date()/",
        "/Date(1772438400000x)/",
        "/Date(1234567890123456)/",
        "\u{662}\u{660}\u{662}\u{666}",
    ] {
        assert_eq!(read(word.as_bytes()), Err(NoTime::Form), "{word}");
    }
    for word in [
        "2026-02-30",
        "2026-13-01",
        "2026-00-10",
        "0000-01-01",
        "48:00",
        "25:00Z",
        "08:60",
        "2026-03-02 25:00",
        "13:00p",
        "2026-03-02T24:01",
        "2026-03-02T08:00+25:00",
        "2026-03-02T08:00+05:60",
        "2026-03-02T08:00+05:30:60",
        "2026-03-02T08:00:61",
        "13:00 PM",
        "0:30 am",
        "2026-02-29T08:00:00Z",
        "Tue, 02 Mar 2026 08:00:00 GMT",
        "32.1.2026",
        "202613020800",
    ] {
        assert_eq!(read(word.as_bytes()), Err(NoTime::Value), "{word}");
    }
}

fn nearly_a_time() -> impl Strategy<Value = Vec<u8>> {
    let whole = (1i32..10_000, 0u8..14, 0u8..33, 0u8..26, 0u8..62, 0u8..62, any::<bool>(), -25i32..26, 0u8..62, 0u8..20)
        .prop_map(|(year, month, day, hour, minute, second, blank, offset, off_minute, zone)| {
            let joint = if blank { ' ' } else { 'T' };
            let fraction = ["", "", ".000", ".5", ".1234567"][usize::from(zone / 4)];
            let zone = match zone % 4 {
                0 => String::new(),
                1 => "Z".to_owned(),
                2 => format!("{offset:+03}{off_minute:02}"),
                _ => format!("{offset:+03}:{off_minute:02}"),
            };
            format!("{year:04}-{month:02}-{day:02}{joint}{hour:02}:{minute:02}:{second:02}{fraction}{zone}").into_bytes()
        });
    (whole, any::<Option<(usize, u8)>>()).prop_map(|(mut word, change)| {
        if let Some((place, byte)) = change {
            let place = place % word.len();
            word[place] = byte;
        }
        word
    })
}

#[test]
fn a_local_time_to_the_minute_is_read_by_what_is_remembered() {
    let mut times = Usual::default();
    for word in ["2026-03-02T08:00:00", "2026-03-02 08:00", "2024-02-29T23:59"] {
        let local = times.read_local(word.as_bytes()).map(Written::Local);
        assert_eq!(local, full::read(word.as_bytes(), Expected::default()).ok(), "{word}");
    }
    for word in ["2026-03-02T08:00:01", "2026-03-02T08:00Z", "2026-02-29T08:00", "08:00", ""] {
        assert_eq!(times.read_local(word.as_bytes()), None, "{word}");
    }
}

#[test]
fn the_readers_agree_on_any_byte_in_any_place() {
    for sound in [
        "2026-03-02T08:00:00-06:00",
        "2028-12-31 19:59:39Z",
        "2026-10-10T00:00:00",
        "0001-12-31T23:59:59-23:59",
        "2026-02-28",
        "0001-12-31",
        "9999-12-31",
        "2026-10-10",
        "23:59",
        "23:59:58",
    ] {
        assert!(fixed::read(sound.as_bytes()).is_some(), "{sound}");
        for place in 0..sound.len() {
            let mut word = sound.as_bytes().to_vec();
            for byte in 0..=u8::MAX {
                word[place] = byte;
                if let Some(written) = fixed::read(&word) {
                    assert_eq!(full::read(&word, Expected::default()), Ok(written), "{word:?}");
                }
            }
        }
    }
}

/// What the reader that remembers makes of a word.
fn usual(times: &mut Usual, word: &[u8]) -> Option<Written> {
    let Timed { at, offset, clock } = times.read(word)?;
    assert_eq!(clock, Clock::of_offset(offset));
    Some(Written::Instant { at, offset })
}

#[test]
fn what_is_remembered_agrees_on_any_byte_in_any_place() {
    for sound in [
        "2026-03-02T08:00:00-06:00",
        "2028-12-31 19:59:39+05:45",
        "2028-02-29T19:59:39Z",
        "2026-10-10T23:00-06:00",
        "2026-10-10 00:59Z",
        "2026-10-10 00:59+00:00",
        "0001-12-31T23:59:59-23:59",
        "2026-03-02T08:00:00.000Z",
        "2026-03-02 08:00:30.1234-0600",
    ] {
        for place in 0..sound.len() {
            let mut word = sound.as_bytes().to_vec();
            for byte in 0..=u8::MAX {
                word[place] = byte;
                let mut times = Usual::default();
                let read = usual(&mut times, sound.as_bytes());
                assert_eq!(read, full::read(sound.as_bytes(), Expected::default()).ok(), "{sound}");
                for again in 0..2 {
                    if let Some(written) = usual(&mut times, &word) {
                        assert_eq!(
                            full::read(&word, Expected::default()),
                            Ok(written),
                            "{word:?} {again}"
                        );
                    }
                }
            }
        }
    }
}

/// What is worked out of a tail once must hold for any time before it.
#[test]
fn a_tail_means_the_same_behind_any_time() {
    let halves = ["", " AM", "PM", " pm", " a.m."];
    let seconds = ["", ":30", ":60", ":00.5", ":59,250", ".5"];
    let zones =
        ["", "Z", " Z", "-06:00", " +0530", "+05", " GMT", " UTC", "-00:00", " EST", " (x)"];
    for (half, second, zone) in every_three(&halves, &seconds, &zones) {
        for tail in [format!("{second}{half}{zone}"), format!("{half}{second}{zone}")] {
            let mut times = Usual::default();
            for (hour, joint) in (0..24).flat_map(|hour| [(hour, 'T'), (hour, ' ')]) {
                for date in ["2026-03-02", "2016-12-31", "0001-01-01", "9999-12-31"] {
                    let word = format!("{date}{joint}{hour:02}:59{tail}");
                    if let Some(written) = usual(&mut times, word.as_bytes()) {
                        assert_eq!(
                            full::read(word.as_bytes(), Expected::default()),
                            Ok(written),
                            "{word}"
                        );
                    }
                }
            }
        }
    }
}

/// Every three of three lists.
fn every_three<'w>(
    one: &'w [&'w str],
    two: &'w [&'w str],
    three: &'w [&'w str],
) -> impl Iterator<Item = (&'w str, &'w str, &'w str)> {
    one.iter().flat_map(move |one| {
        two.iter().flat_map(move |two| three.iter().map(move |three| (*one, *two, *three)))
    })
}

proptest! {
    #[test]
    fn the_reader_of_fixed_places_agrees_with_the_full_one(word in nearly_a_time()) {
        if let Some(written) = fixed::read(&word) {
            prop_assert_eq!(full::read(&word, Expected::default()), Ok(written));
        }
    }

    #[test]
    fn the_reader_that_remembers_agrees_with_the_full_one(
        words in proptest::collection::vec(nearly_a_time(), 0..50),
    ) {
        let mut times = Usual::default();
        for word in words.iter().chain(&words) {
            if let Some(written) = usual(&mut times, word) {
                prop_assert_eq!(full::read(word, Expected::default()), Ok(written));
            }
            if let Some(written @ Written::Instant { .. }) = fixed::read(word) {
                prop_assert_eq!(usual(&mut times, word), Some(written));
            }
            if let Some(local) = times.read_local(word) {
                prop_assert_eq!(full::read(word, Expected::default()), Ok(Written::Local(local)));
            }
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(word in proptest::collection::vec(any::<u8>(), 0..40)) {
        let _ = read(&word);
    }
}
