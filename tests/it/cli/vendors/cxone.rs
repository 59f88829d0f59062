//! NICE CXone: one shift on as many rows as it has activities, with an offset on each.

use crate::program::Folder;
use serde_json::Value;
use std::fmt::Write;

const HEADER: &str = "Username,Shift Start Date and Time,Shift End Date and Time,Local Time Zone,\
    Base Activity Name,Shift Notes,Activity Start Date and Time,Activity End Date and Time,Activity Name\n";

/// A row of a shift on the ninth of March, with an activity from one hour to another.
fn row(user: &str, hours: (u32, u32), activity: Option<(u32, u32)>) -> String {
    let time = |hour: u32| format!("03/09/2026 {hour:02}:00:00");
    let (from, to) = hours;
    let part = match activity {
        Some((from, to)) => format!("{},{},Meeting", time(from), time(to)),
        None => ",,".to_owned(),
    };
    format!("{user},{},{},UTC-05:00,open,,{part}\n", time(from), time(to))
}

fn report(rows: &[String]) -> Value {
    let text = format!("{HEADER}{}", rows.concat());
    Folder::new().with("batch.csv", text).run(&["check", "batch.csv", "--format", "json"]).report()
}

fn codes(report: &Value) -> Vec<&str> {
    let findings = report["findings"].as_array().expect("findings");
    findings.iter().filter_map(|finding| finding["rule"].as_str()).collect()
}

#[test]
fn rows_of_one_shift_are_one_shift() {
    let day = (8, 16);
    for (rows, expected, shifts) in [
        (vec![row("a", day, Some((9, 10))), row("a", day, Some((10, 11)))], &[][..], 1),
        // Parts that overlap each other, and one that leaves the shift.
        (vec![row("a", day, Some((9, 11))), row("a", day, Some((10, 12)))], &["OV301"], 1),
        (vec![row("a", day, Some((9, 10))), row("a", day, Some((15, 17)))], &["OV302"], 1),
        (vec![row("a", day, None), row("b", day, None), row("a", (15, 20), None)], &["OV101"], 3),
    ] {
        let report = report(&rows);
        assert_eq!(report["inputs"][0]["format"], "cxone");
        assert_eq!(codes(&report), expected, "{rows:?}");
        assert_eq!(report["inputs"][0]["checked"], shifts, "{rows:?}");
        assert_eq!(report["complete"], true, "{rows:?}");
    }
}

#[test]
fn rows_of_one_shift_that_are_apart_are_merged() {
    let day = (8, 16);
    let report =
        report(&[row("a", day, Some((9, 10))), row("b", day, None), row("a", day, Some((12, 13)))]);
    assert_eq!(codes(&report), [""; 0]);
    assert_eq!(report["inputs"][0]["checked"], 2);
    assert_eq!(report["inputs"][0]["reading"]["fates"]["merged"], 1);
}

#[test]
fn a_shift_is_one_wherever_a_large_file_is_cut() {
    let mut text = HEADER.to_owned();
    for user in 0..9_000 {
        let name = format!("user-{user}@example.com");
        let hours = (8, 16);
        let parts = [(9, 10), (11, 12), (13, 14)];
        parts
            .iter()
            .for_each(|part| text.write_str(&row(&name, hours, Some(*part))).expect("room"));
    }
    let outcome = Folder::new().with("batch.csv", text).run(&["check", "batch.csv"]).exits(0);
    assert!(outcome.out.contains("of 9,000 agents"), "{}", outcome.out);
}

#[test]
fn findings_name_the_first_row_of_their_shifts() {
    let rows = [
        row("a", (8, 16), Some((9, 10))),
        row("a", (8, 16), Some((10, 11))),
        row("a", (15, 20), Some((16, 17))),
        row("a", (15, 20), Some((17, 18))),
    ];
    let report = report(&rows);
    let lines: Vec<u64> = report["findings"][0]["records"]
        .as_array()
        .expect("records")
        .iter()
        .filter_map(|record| record["line"].as_u64())
        .collect();
    assert_eq!((codes(&report), lines), (vec!["OV101"], vec![2, 4]));
}

#[test]
fn a_day_over_twelve_says_more_than_the_format() {
    let text = format!(
        "{HEADER}a,09/03/2026 08:00:00,09/03/2026 16:00:00,UTC+01:00,open,,,,\n\
         a,13/03/2026 08:00:00,13/03/2026 16:00:00,UTC+01:00,open,,,,\n"
    );
    let report = Folder::new()
        .with("b.csv", text)
        .run(&["check", "b.csv", "--format", "json"])
        .exits(0)
        .report();
    assert_eq!(report["inputs"][0]["date_order"], "dmy");
}

#[test]
fn an_offset_is_compared_with_the_zone_of_the_agent() {
    let row = |day: u32, offset: &str| {
        format!("a,03/{day:02}/2026 08:00:00,03/{day:02}/2026 16:00:00,UTC{offset},open,,,,\n")
    };
    let agents = "agent,zone\na,America/Chicago\n";
    for (text, zone, expected) in [
        (row(7, "-06:00") + &row(9, "-05:00"), true, &[][..]),
        (row(7, "-06:00") + &row(9, "-06:00"), true, &["TZ104"]),
        (row(7, "-06:00") + &row(9, "-06:00"), false, &["TZ104"]),
        // Of another region: only the agent's zone objects.
        (row(7, "+05:30"), true, &["TZ104"]),
        (row(7, "+05:30"), false, &[]),
    ] {
        let folder = Folder::new().with("b.csv", format!("{HEADER}{text}")).with("a.csv", agents);
        let named = if zone { ["--agents", "a.csv"] } else { ["--tz", "America/Chicago"] };
        let arguments = [&["check", "b.csv", "--format", "json"], &named[..]].concat();
        let report = folder.run(&arguments).report();
        assert_eq!(codes(&report), expected, "{text} {zone}");
        let message = report["findings"][0]["message"].as_str().unwrap_or_default();
        let told = "`America/Chicago` has -0";
        assert!(expected.is_empty() || message.contains(told), "{message}");
    }
}

#[test]
fn a_shift_without_parts_that_is_there_twice_is_two() {
    let day = (8, 16);
    for rows in [
        vec![row("a", day, None), row("a", day, None)],
        vec![row("a", day, None), row("b", day, None), row("a", day, None)],
    ] {
        assert_eq!(codes(&report(&rows)), ["OV103"], "{rows:?}");
    }
    // The same hours by another offset are other hours.
    let early = row("a", day, None);
    let late = early.replace("UTC-05:00", "UTC-04:00");
    assert_eq!(codes(&report(&[early, late])), ["OV101"]);
}

#[test]
fn the_offset_zero_of_the_winter_is_one_too() {
    let row = "a@x,10/24/2026 18:00:00,10/24/2026 20:00:00,ZONE,open\n";
    let head = "Username,Shift Start Date and Time,Shift End Date and Time,Local Time Zone,\
                Base Activity Name\n";
    for (word, zone, expected) in [
        ("UTC+00:00", "Europe/London", true),
        ("UTC+01:00", "Europe/London", false),
        ("UTC+00:00", "America/Chicago", false),
        ("UTC+00:00", "Africa/Abidjan", false),
        ("UTC", "Europe/London", false),
    ] {
        let file = format!("{head}{}", row.replace("ZONE", word));
        let outcome = Folder::new().with("a.csv", file).run(&["check", "a.csv", "--tz", zone]);
        assert_eq!(outcome.out.contains("TZ104"), expected, "{word} {zone}: {}", outcome.out);
    }
}
