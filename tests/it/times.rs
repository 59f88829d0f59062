//! Spellings of times, written by jiff and read back.

use jiff::civil::DateTime;
use jiff::fmt::strtime;
use jiff::tz::TimeZoneDatabase;
use jiff::tz::{Offset, TimeZone};
use proptest::prelude::{Strategy, prop_assert_eq, proptest};
use shiftlint::model::time::{DateOrder, Instant};
use shiftlint::timestamp::{Evidence, Expected, Time, Written, evidence, read, read_as};

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
    ("%d-%b-%Y %H:%M:%S", None),
    ("%-d/%b/%Y %-I:%M:%S %p", None),
    ("%d%b%Y %H:%M:%S", None),
    ("%b %-d, %Y %H:%M:%S", None),
    ("%B %d %Y, %I:%M:%S%p", None),
    ("%a %b %d %Y %H:%M:%S", None),
    ("%A, %B %-d, %Y at %-I:%M:%S %p", None),
    ("%a %Y-%m-%d %H:%M:%S", None),
    ("%a %d.%m.%Y %H:%M:%S Uhr", None),
    ("%a %-m/%-d/%Y %-I:%M:%S %p", Some(DateOrder::MonthDay)),
    ("%A, %d/%m/%Y %H:%M:%S", Some(DateOrder::DayMonth)),
    ("%m%d%Y %H:%M:%S", Some(DateOrder::MonthDay)),
    ("%d%m%Y %-I:%M:%S %p", Some(DateOrder::DayMonth)),
];

/// Spellings of a clock time to the minute, where one is expected.
const TO_THE_MINUTE: &[&str] = &[
    "%H:%M",
    "%-H:%M",
    "%H:%M:%S",
    "%-I:%M %p",
    "%I:%M%P",
    "%-Hh%M",
    "%H h %M",
    "%-H:%M Uhr",
    "%-H.%M Uhr",
    "%H%M",
    "%-H%M",
    "%I%M%p",
];

/// What languages call months and weekdays, and a date that they write with both.
const LANGUAGES: &[(&str, &str, &str)] = &[
    (
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
        "{weekday}, {day}. {month} {year} um {time} Uhr",
    ),
    (
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "{weekday} {day} {month} {year} à {time}",
    ),
    (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "lunes martes miércoles jueves viernes sábado domingo",
        "{weekday}, {day} de {month} de {year} {time}",
    ),
    (
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre \
         dicembre",
        "lunedì martedì mercoledì giovedì venerdì sabato domenica",
        "{weekday} {day} {month} {year} alle {time}",
    ),
    (
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
        "{weekday}, {day} de {month} de {year} às {time}",
    ),
    (
        "januari februari maart april mei juni juli augustus september oktober november december",
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        "{weekday} {day} {month} {year} om {time}",
    ),
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
        let milliseconds = zoned.timestamp().as_millisecond();
        let at = Instant::from_millis(milliseconds);
        for spelling in WITH_OFFSET {
            let word = strtime::format(spelling, &zoned).expect("a spelling");
            let expected = Written::Instant { at, offset: Some(minutes * 60) };
            prop_assert_eq!(read(word.as_bytes(), None), Ok(expected), "{}", word);
        }
        let expected = Ok(Written::Instant { at, offset: None });
        if (1_000_000_000..10_000_000_000).contains(&(milliseconds / 1000)) {
            prop_assert_eq!(read((milliseconds / 1000).to_string().as_bytes(), None), expected);
            prop_assert_eq!(read(milliseconds.to_string().as_bytes(), None), expected);
        }
        prop_assert_eq!(read(format!("/Date({milliseconds})/").as_bytes(), None), expected);
        prop_assert_eq!(read(format!("{}", zoned.timestamp()).as_bytes(), None), expected);
    }

    /// Whatever the order, a date is read as one of two days, and never as a
    /// third.
    #[test]
    fn a_date_in_doubt_waits_for_its_order(local in local_time()) {
        let day = milliseconds(local).div_euclid(86_400_000);
        for spelling in ["%m/%d/%Y", "%-m-%-d-%Y", "%m%d%Y"] {
            let word = strtime::format(spelling, local).expect("a spelling");
            let word = word.as_bytes();
            prop_assert_eq!(read(word, Some(DateOrder::MonthDay)), Ok(Written::Date(day)));
            let same = local.month() == local.day();
            prop_assert_eq!(read(word, None).is_ok(), same);
            let told = match evidence(word) {
                Some(Evidence::Shows(DateOrder::MonthDay)) => local.day() > 12,
                Some(Evidence::Open) => local.day() <= 12 && !same,
                None => same,
                _ => false,
            };
            proptest::prop_assert!(told, "{:?}", evidence(word));
        }
        let word = strtime::format("%a %m/%d/%Y", local).expect("a spelling");
        let wrong = evidence(word.as_bytes()) == Some(Evidence::Shows(DateOrder::DayMonth));
        proptest::prop_assert!(!wrong, "{} has the month first", word);
    }

    #[test]
    fn clock_times_are_read_as_they_were_written(minutes in 0i64..1440) {
        let local = DateTime::constant(2026, 3, 2, (minutes / 60) as i8, (minutes % 60) as i8, 0, 0);
        let expected = Expected { order: None, clock: true };
        for spelling in TO_THE_MINUTE {
            let word = strtime::format(*spelling, local).expect("a spelling");
            let read = read_as(word.as_bytes(), expected).map(|time| time.written);
            // `%-H%M` makes `030` of half past midnight, which is three digits.
            prop_assert_eq!(read, Ok(Written::Clock(minutes * 60_000, None)), "{}", word);
        }
        let late = format!("{}:{:02}", minutes / 60 + 24, minutes % 60);
        let clock = Ok(Written::Clock((minutes + 1440) * 60_000, None));
        prop_assert_eq!(read(late.as_bytes(), None), clock);
    }

    #[test]
    fn names_of_months_and_weekdays_are_read_in_their_language(local in local_time()) {
        for (months, weekdays, form) in LANGUAGES {
            let name = |names: &str, place: i8| {
                names.split_whitespace().nth(place as usize).expect("a name").to_owned()
            };
            let month = name(months, local.month() - 1);
            let weekday = name(weekdays, local.weekday().to_monday_zero_offset());
            let word = form
                .replace("{weekday}", &weekday)
                .replace("{day}", &local.day().to_string())
                .replace("{month}", &month)
                .replace("{year}", &local.year().to_string())
                .replace("{time}", &local.strftime("%H:%M:%S").to_string());
            let expected = Ok(Written::Local(milliseconds(local)));
            prop_assert_eq!(read(word.as_bytes(), None), expected, "{}", word);
            let other = name(weekdays, local.tomorrow().expect("a day").weekday().to_monday_zero_offset());
            let wrong = word.replace(&weekday, &other);
            proptest::prop_assert!(read(wrong.as_bytes(), None).is_err(), "{}", wrong);
        }
    }

    /// RFC 9557, as jiff prints it.
    #[test]
    fn a_zone_in_brackets_comes_back(
        local in local_time(),
        zone in proptest::sample::select(vec!["America/Chicago", "Asia/Kolkata", "Etc/GMT+5", "UTC"]),
    ) {
        let database = TimeZoneDatabase::bundled();
        let zoned = local.to_zoned(database.get(zone).expect("a zone")).expect("within range");
        let word = zoned.to_string();
        let Time { written, zone: named } =
            read_as(word.as_bytes(), Expected::default()).expect("a time");
        let offset = zoned.offset().seconds();
        let at = Instant::from_millis(zoned.timestamp().as_millisecond());
        // Offsets of sun time have seconds, which the RFC leaves out.
        if offset % 60 == 0 {
            prop_assert_eq!(written, Written::Instant { at, offset: Some(offset) }, "{}", &word);
        }
        prop_assert_eq!(named, Some(zone.as_bytes()), "{}", &word);
    }
}

/// Pieces of times, which any order makes words of that are nearly some.
const PIECES: &[&str] = &[
    "2026",
    "03",
    "02",
    "3",
    "2",
    "12",
    "13",
    "24",
    "25",
    "31",
    "45353",
    "0",
    "1900",
    "1899",
    "2101",
    "03022026",
    "20260302",
    "830",
    "1772438400",
    "-",
    "-",
    ":",
    ":",
    "/",
    "/",
    ".",
    ",",
    " ",
    " ",
    "T",
    "Z",
    "+",
    "-06:00",
    "+05:30",
    "00",
    "30",
    "59",
    "60",
    "AM",
    "p",
    "a",
    "h",
    "Uhr",
    "Mar",
    "März",
    "Mon",
    "lundi",
    "de",
    "PT8H",
    "P1D",
    "min",
    "hours",
    "[",
    "]",
    ")",
    "[UTC]",
    "[America/Chicago]",
    "[u-ca=iso8601]",
    "CST",
    "PST",
    "UTC",
    "GMT",
    "–",
    "to",
    "bis",
    "\u{202f}",
    "(x)",
    "/Date(",
    ")/",
    "1.440",
    "0.3333",
    "st",
    "um",
    "\"",
    "2026-03-02",
    "08:00",
    "08:00:00",
];

proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(5_000))]

    #[test]
    fn words_of_any_pieces_are_read_alike_in_every_way(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES), 1..9),
    ) {
        crate::corpus::times::run(pieces.concat().as_bytes());
    }
}

/// What zones call their times is in the table of abbreviations, with the offset
/// that they have then.
#[test]
fn abbreviations_mean_what_zones_mean_by_them() {
    // Their offsets are those of another zone's other half.
    const ELSEWHERE: [&str; 2] = ["America/Havana", "Cuba"];
    let database = TimeZoneDatabase::bundled();
    let (mut known, mut unknown) = (0, std::collections::BTreeSet::new());
    for name in database.available().filter(|name| !ELSEWHERE.contains(&name.as_str())) {
        let zone = database.get(name.as_str()).expect("a zone");
        for month in ["2026-01-15T12:00Z", "2026-07-15T12:00Z"] {
            let at: jiff::Timestamp = month.parse().expect("a time");
            let about = zone.to_offset_info(at);
            let letters = about.abbreviation();
            if !letters.bytes().all(|byte| byte.is_ascii_uppercase())
                || ["UTC", "GMT"].contains(&letters)
            {
                continue;
            }
            let word = format!("2026-03-02T08:00 {letters}");
            match read(word.as_bytes(), None) {
                Ok(Written::AbbreviatedLocal(_, abbreviation)) => {
                    known += 1;
                    let offset = about.offset().seconds();
                    assert!(
                        abbreviation.can_mean(offset),
                        "{letters} of {} is {offset}",
                        name.as_str()
                    );
                }
                _ => {
                    unknown.insert(letters.to_owned());
                }
            }
        }
    }
    assert!(known > 300, "{known}");
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// One half of a doubled hour at most has a name.
#[test]
fn no_abbreviation_means_both_halves_of_a_doubled_hour() {
    let database = TimeZoneDatabase::bundled();
    let at = |month: &str| month.parse::<jiff::Timestamp>().expect("a time");
    for name in database.available() {
        let zone = database.get(name.as_str()).expect("a zone");
        let [winter, summer] =
            ["2026-01-15T12:00Z", "2026-07-15T12:00Z"].map(|month| zone.to_offset_info(at(month)));
        if winter.offset() == summer.offset() {
            continue;
        }
        for about in [&winter, &summer] {
            let word = format!("2026-03-02T08:00 {}", about.abbreviation());
            if let Ok(Written::AbbreviatedLocal(_, abbreviation)) = read(word.as_bytes(), None) {
                let both = [&winter, &summer].map(|about| about.offset().seconds());
                let meant = both.iter().filter(|offset| abbreviation.can_mean(**offset)).count();
                assert!(meant <= 1, "{} in {}", abbreviation.name(), name.as_str());
            }
        }
    }
}
