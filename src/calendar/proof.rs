//! Compares every zone and every change of its clock with jiff, by the same database.

use super::{Calendar, Local, OffsetCache};
use crate::model::time::Instant;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};

/// 1970-01-01 and 2038-01-01, in seconds.
const YEARS: std::ops::Range<i64> = 0..2_145_916_800;

fn zones() -> (Calendar, Vec<(String, TimeZone)>) {
    let calendar = Calendar::bundled();
    let database = TimeZoneDatabase::bundled();
    let names = calendar.names().iter().filter(|name| super::meanings(name).is_none());
    let zones = names.map(|name| (name.clone(), database.get(name).expect("bundled"))).collect();
    (calendar, zones)
}

fn timestamp(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("within range")
}

fn instant(second: i64) -> Instant {
    Instant::from_millis(second * 1000)
}

/// The instants from 1970 to 2037 at which jiff knows a change of the offset.
fn changes(zone: &TimeZone) -> Vec<i64> {
    let mut offset = zone.to_offset(timestamp(YEARS.start - 1));
    let mut changes = Vec::new();
    for transition in zone.following(timestamp(YEARS.start - 1)) {
        let second = transition.timestamp().as_second();
        if second >= YEARS.end {
            break;
        }
        if transition.offset() != offset {
            changes.push(second);
        }
        offset = transition.offset();
    }
    changes
}

fn by_jiff(zone: &TimeZone, local: i64) -> Local {
    let civil: DateTime = TimeZone::UTC.to_datetime(timestamp(local));
    match zone.to_ambiguous_timestamp(civil).offset() {
        AmbiguousOffset::Unambiguous { offset } => Local::Plain(offset.seconds()),
        AmbiguousOffset::Gap { before, after } => Local::Gap(before.seconds(), after.seconds()),
        AmbiguousOffset::Fold { before, after } => Local::Fold(before.seconds(), after.seconds()),
    }
}

#[test]
fn every_zone_changes_when_jiff_says_so() {
    let (calendar, zones) = zones();
    let mut count = 0;
    for (name, zone) in &zones {
        let clock = calendar.clock(name).expect("known");
        let ours = calendar.changes(clock).into_iter().filter(|second| YEARS.contains(second));
        let ours: Vec<i64> = ours.collect();
        assert_eq!(ours, changes(zone), "{name}");
        count += ours.len();
    }
    assert!(zones.len() > 590 && count > 30_000, "{} zones, {count} changes", zones.len());
}

#[test]
fn every_local_time_around_a_change_is_read_as_jiff_reads_it() {
    let (calendar, zones) = zones();
    for (name, zone) in &zones {
        let clock = calendar.clock(name).expect("known");
        let mut offset_cache = OffsetCache::default();
        for change in changes(zone) {
            for near in [change - 1, change, change + 1] {
                let offset = calendar.offset_at(clock, instant(near), &mut offset_cache);
                assert_eq!(offset, zone.to_offset(timestamp(near)).seconds(), "{name} at {near}");
            }
            let before = i64::from(zone.to_offset(timestamp(change - 1)).seconds());
            let after = i64::from(zone.to_offset(timestamp(change)).seconds());
            let middle = change + (before + after) / 2;
            for edge in [change + before, change + after, middle] {
                for local in [edge - 1, edge, edge + 1] {
                    let ours = calendar.local(clock, local * 1000, &mut offset_cache);
                    assert_eq!(ours, by_jiff(zone, local), "{name} at local {local}");
                }
            }
        }
    }
}

/// Instants and local times far from any change, and beyond the table.
#[test]
fn every_zone_keeps_its_offsets_through_the_centuries() {
    let (calendar, zones) = zones();
    for (name, zone) in &zones {
        let clock = calendar.clock(name).expect("known");
        let mut offset_cache = OffsetCache::default();
        for step in 0..400 {
            let second = -3_000_000_000 + step * 500_000_003;
            let ours = calendar.offset_at(clock, instant(second), &mut offset_cache);
            assert_eq!(ours, zone.to_offset(timestamp(second)).seconds(), "{name} at {second}");
            let ours = calendar.local(clock, second * 1000, &mut offset_cache);
            assert_eq!(ours, by_jiff(zone, second), "{name} at local {second}");
        }
    }
}

/// A jump of a zone's clock: local time before and after, and the instant.
type Golden = (&'static str, &'static str, &'static str, &'static str);

const GOLDEN: &[Golden] = &[
    ("America/Chicago", "2026-03-08T02:00", "2026-03-08T03:00", "2026-03-08T08:00Z"),
    ("America/Chicago", "2026-11-01T02:00", "2026-11-01T01:00", "2026-11-01T07:00Z"),
    ("Australia/Lord_Howe", "2026-04-05T02:00", "2026-04-05T01:30", "2026-04-04T15:00Z"),
    ("Australia/Lord_Howe", "2026-10-04T02:00", "2026-10-04T02:30", "2026-10-03T15:30Z"),
    ("Antarctica/Troll", "2026-03-29T01:00", "2026-03-29T03:00", "2026-03-29T01:00Z"),
    ("Antarctica/Troll", "2026-10-25T03:00", "2026-10-25T01:00", "2026-10-25T01:00Z"),
    ("Europe/Dublin", "2026-03-29T01:00", "2026-03-29T02:00", "2026-03-29T01:00Z"),
    ("Europe/Dublin", "2026-10-25T02:00", "2026-10-25T01:00", "2026-10-25T01:00Z"),
    ("Africa/Casablanca", "2026-02-15T03:00", "2026-02-15T02:00", "2026-02-15T02:00Z"),
    ("Africa/Casablanca", "2026-03-22T02:00", "2026-03-22T03:00", "2026-03-22T02:00Z"),
    ("Asia/Beirut", "2026-03-29T00:00", "2026-03-29T01:00", "2026-03-28T22:00Z"),
    ("Asia/Beirut", "2026-10-25T00:00", "2026-10-24T23:00", "2026-10-24T21:00Z"),
    ("Africa/Cairo", "2026-04-24T00:00", "2026-04-24T01:00", "2026-04-23T22:00Z"),
    ("Africa/Cairo", "2026-10-30T00:00", "2026-10-29T23:00", "2026-10-29T21:00Z"),
    ("America/Santiago", "2026-04-05T00:00", "2026-04-04T23:00", "2026-04-05T03:00Z"),
    ("America/Santiago", "2026-09-06T00:00", "2026-09-06T01:00", "2026-09-06T04:00Z"),
    ("America/Havana", "2026-03-08T00:00", "2026-03-08T01:00", "2026-03-08T05:00Z"),
    ("America/Sao_Paulo", "2018-11-04T00:00", "2018-11-04T01:00", "2018-11-04T03:00Z"),
    ("America/Sao_Paulo", "2019-02-17T00:00", "2019-02-16T23:00", "2019-02-17T02:00Z"),
    ("America/Nuuk", "2024-03-30T23:00", "2024-03-31T00:00", "2024-03-31T01:00Z"),
    ("Pacific/Apia", "2011-12-30T00:00", "2011-12-31T00:00", "2011-12-30T10:00Z"),
    ("Asia/Almaty", "2024-03-01T00:00", "2024-02-29T23:00", "2024-02-29T18:00Z"),
    ("Asia/Pyongyang", "2018-05-04T23:30", "2018-05-05T00:00", "2018-05-04T15:00Z"),
    ("America/St_Johns", "2010-03-14T00:01", "2010-03-14T01:01", "2010-03-14T03:31Z"),
];

fn second(civil: &str) -> i64 {
    let civil: DateTime = civil.trim_end_matches('Z').parse().expect("a date and time");
    TimeZone::UTC.to_timestamp(civil).expect("within range").as_second()
}

#[test]
fn the_golden_changes_are_where_they_are() {
    let calendar = Calendar::bundled();
    for (zone, before, after, change) in GOLDEN {
        let clock = calendar.clock(zone).expect("known");
        let (before, after, change) = (second(before), second(after), second(change));
        let mut offset_cache = OffsetCache::default();
        let mut offset =
            |at: i64| i64::from(calendar.offset_at(clock, instant(at), &mut offset_cache));
        assert_eq!(offset(change - 1), before - change, "{zone} before");
        assert_eq!(offset(change), after - change, "{zone} after");
        let middle = (before + after) / 2;
        let kind = calendar.local(clock, middle * 1000, &mut offset_cache);
        let gap = matches!(kind, Local::Gap(..));
        let fold = matches!(kind, Local::Fold(..));
        assert_eq!((gap, fold), (before < after, after < before), "{zone} {kind:?}");
    }
}

/// The law of 2026 in large contact-centre cities, and a zone without changes.
#[test]
fn zones_that_gave_up_changing_do_not_change() {
    let calendar = Calendar::bundled();
    let after = second("2026-03-09T00:00");
    for (zone, hours) in [
        ("America/Vancouver", -7),
        ("America/Edmonton", -6),
        ("America/Inuvik", -6),
        ("America/Yellowknife", -6),
        ("America/Winnipeg", -5),
        ("America/Rainy_River", -5),
        ("Asia/Singapore", 8),
    ] {
        let clock = calendar.clock(zone).expect("known");
        let later = calendar.changes(clock).into_iter().find(|change| *change > after);
        assert_eq!(later, None, "{zone}");
        let offset = calendar.offset_at(clock, instant(after), &mut OffsetCache::default());
        assert_eq!(offset, hours * 3600, "{zone}");
    }
}
