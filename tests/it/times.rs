//! Spellings of times, written by jiff and read back.

use jiff::civil::DateTime;
use jiff::fmt::strtime;
use jiff::tz::{Offset, TimeZone};
use proptest::prelude::{Strategy, prop_assert_eq, proptest};
use shiftlint::model::time::DateOrder;
use shiftlint::timestamp::{Written, read};

/// Spellings of a local time, to the second.
const TO_THE_SECOND: &[(&str, Option<DateOrder>)] = &[
    ("%Y-%m-%dT%H:%M:%S", None),
    ("%Y-%m-%d %H:%M:%S", None),
    ("%Y-%m-%dt%H:%M:%S.000", None),
    ("%Y%m%dT%H%M%S", None),
    ("%Y%m%d%H%M%S", None),
    ("%Y%m%d %H%M%S", None),
    ("%Y/%m/%d %H:%M:%S", None),
    ("%Y.%m.%d %I:%M:%S %p", None),
    ("%d.%m.%Y %H:%M:%S", None),
    ("%a, %d %b %Y %H:%M:%S", None),
    ("%A, %d %B %Y %H:%M:%S", None),
    ("%d %b %Y %H:%M:%S", None),
    ("%m/%d/%Y %H:%M:%S", Some(DateOrder::MonthDay)),
    ("%-m/%-d/%Y, %-I:%M:%S %p", Some(DateOrder::MonthDay)),
    ("%d/%m/%Y %I:%M:%S%p", Some(DateOrder::DayMonth)),
    ("%d-%m-%Y %H:%M:%S", Some(DateOrder::DayMonth)),
];

/// Spellings of an instant with an offset in minutes.
const WITH_OFFSET: &[&str] = &[
    "%Y-%m-%dT%H:%M:%S%:z",
    "%Y-%m-%d %H:%M:%S %z",
    "%Y%m%dT%H%M%S%z",
    "%a, %d %b %Y %H:%M:%S %z",
    "%d.%m.%Y %H:%M:%S %:z",
];

fn local_time() -> impl Strategy<Value = DateTime> {
    // 1900 to 2200, in seconds.
    (-2_208_988_800_i64..7_258_118_400).prop_map(|second| {
        let instant = jiff::Timestamp::from_second(second).expect("within range");
        TimeZone::UTC.to_datetime(instant)
    })
}

fn milliseconds(local: DateTime) -> i64 {
    TimeZone::UTC.to_timestamp(local).expect("within range").as_millisecond()
}

proptest! {
    #[test]
    fn local_times_are_read_as_they_were_written(local in local_time()) {
        for (spelling, order) in TO_THE_SECOND {
            let word = strtime::format(spelling, local).expect("a spelling");
            let expected = Ok(Written::Local(milliseconds(local)));
            prop_assert_eq!(read(word.as_bytes(), *order), expected, "{}", word);
        }
    }

    #[test]
    fn instants_are_read_as_they_were_written(local in local_time(), minutes in -1000i32..1000) {
        let zone = TimeZone::fixed(Offset::from_seconds(minutes * 60).expect("within range"));
        let zoned = local.to_zoned(zone).expect("within range");
        let at = zoned.timestamp().as_millisecond();
        for spelling in WITH_OFFSET {
            let word = strtime::format(spelling, &zoned).expect("a spelling");
            let expected = Written::Instant { at, offset: Some(minutes * 60) };
            prop_assert_eq!(read(word.as_bytes(), None), Ok(expected), "{}", word);
        }
        let expected = Ok(Written::Instant { at, offset: None });
        if (1_000_000_000..10_000_000_000).contains(&(at / 1000)) {
            prop_assert_eq!(read((at / 1000).to_string().as_bytes(), None), expected);
            prop_assert_eq!(read(at.to_string().as_bytes(), None), expected);
        }
        prop_assert_eq!(read(format!("/Date({at})/").as_bytes(), None), expected);
        prop_assert_eq!(read(format!("{}", zoned.timestamp()).as_bytes(), None), expected);
    }

    /// Whatever the order, a date is read as one of two days, and never as a
    /// third.
    #[test]
    fn a_date_in_doubt_waits_for_its_order(local in local_time()) {
        let word = strtime::format("%m/%d/%Y", local).expect("a spelling");
        let day = milliseconds(local).div_euclid(86_400_000);
        prop_assert_eq!(read(word.as_bytes(), Some(DateOrder::MonthDay)), Ok(Written::Date(day)));
        proptest::prop_assert!(read(word.as_bytes(), None).is_err());
    }
}
