//! NICE IEX WFM: activities divided by bars, keyed by the date of their schedule.

use crate::program::Folder;
use proptest::prelude::{ProptestConfig, any, prop, prop_assert_eq, proptest};
use serde_json::Value;

const HEADER: &str = "#fields:excdate|schedDate|TZ|muID|tvID|logonID|ssn|code|startTime|stopTime\n";

/// A row of agent 4711: own date, date of the schedule, activity, start and end.
fn row(own: u32, schedule: u32, code: &str, from: &str, to: &str) -> String {
    format!("03{own:02}2026|03{schedule:02}2026|America/Chicago|7|4711|ann|99|{code}|{from}|{to}\n")
}

fn report(rows: &[String], arguments: &[&str]) -> Value {
    let text = format!("{HEADER}{}", rows.concat());
    let all = [&["check", "batch.txt", "--format", "json"], arguments].concat();
    Folder::new().with("batch.txt", text).run(&all).report()
}

/// The hours of the shifts, and the codes of what was found.
fn found(report: &Value) -> (Vec<String>, Vec<&str>) {
    let first = report["inputs"][0]["reading"]["first"].as_array().expect("records");
    let hours = first.iter().map(|first| {
        let word = |key: &str| first["record"][key].as_str().unwrap_or("?").to_owned();
        format!("{}/{}", &word("start")[8..16], &word("end")[8..16])
    });
    let findings = report["findings"].as_array().expect("findings");
    (hours.collect(), findings.iter().filter_map(|finding| finding["rule"].as_str()).collect())
}

#[test]
fn activities_that_go_on_are_one_shift() {
    for (rows, hours, codes) in [
        (
            vec![
                row(9, 9, "Open", "08:00", "12:00"),
                row(9, 9, "Lunch", "12:00", "13:00"),
                row(9, 9, "Open", "13:00", "16:00"),
            ],
            &["09T08:00/09T16:00"][..],
            &[][..],
        ),
        // Cut at midnight: two rows, one shift.
        (
            vec![row(9, 9, "Open", "22:00", "00:00"), row(10, 9, "Open", "00:00", "06:00")],
            &["09T22:00/10T06:00"],
            &[],
        ),
        // Not cut.
        (vec![row(9, 9, "Open", "22:00", "06:00")], &["09T22:00/10T06:00"], &[]),
        // The next schedule begins before the night is over.
        (
            vec![
                row(9, 9, "Open", "22:00", "00:00"),
                row(10, 9, "Open", "00:00", "06:00"),
                row(10, 10, "Open", "05:00", "13:00"),
            ],
            &["09T22:00/10T06:00", "10T05:00/10T13:00"],
            &["OV102"],
        ),
        // After a gap, past midnight: its own date counts.
        (
            vec![row(9, 9, "Open", "20:00", "23:00"), row(10, 9, "Open", "01:00", "03:00")],
            &["09T20:00/09T23:00", "10T01:00/10T03:00"],
            &[],
        ),
        (
            vec![row(9, 9, "Open", "08:00", "12:00"), row(9, 9, "Vacation", "10:00", "16:00")],
            &["09T08:00/09T12:00", "09T10:00/09T16:00"],
            &["OV201"],
        ),
    ] {
        let report = report(&rows, &[]);
        assert_eq!(report["inputs"][0]["format"], "iex");
        assert_eq!(
            found(&report),
            (hours.iter().map(|of| (*of).to_owned()).collect(), codes.to_vec()),
            "{rows:?}"
        );
    }
}

#[test]
fn a_personal_number_is_the_last_resort() {
    let told = report(&[row(9, 9, "Open", "08:00", "12:00")], &[]);
    assert_eq!(told["inputs"][0]["reading"]["first"][0]["record"]["agent"], "4711");
    let text =
        "#fields|excdate|schedDate|ssn|startTime|stopTime\n03132026|03132026|99|08:00|12:00\n";
    let told = Folder::new()
        .with("batch.txt", text)
        .run(&["check", "batch.txt", "--format", "json", "--tz", "UTC"])
        .exits(0)
        .report();
    assert_eq!(told["inputs"][0]["reading"]["first"][0]["record"]["agent"], "99");
}

#[test]
fn days_off_and_unknown_agents_claim_no_time() {
    let rows = [
        row(9, 9, "Open", "22:00", "06:00"),
        row(10, 10, "Day Off", "00:00", "00:00"),
        row(10, 10, "Open", "08:00", "12:00").replace("4711", "<Unknown>"),
        row(10, 10, "Open", "09:00", "12:00").replace("4711", "<Unknown>"),
    ];
    let told = report(&rows, &[]);
    assert_eq!(told["findings"].as_array().map(Vec::len), Some(0));
    assert_eq!(told["inputs"][0]["checked"], 1);
    // The same row twice is a shift twice.
    let twice = [row(9, 9, "Open", "08:00", "16:00"), row(9, 9, "Open", "08:00", "16:00")];
    assert_eq!(found(&report(&twice, &[])).1, ["OV103"]);
}

#[test]
fn one_date_is_enough() {
    for name in ["excdate", "schedDate"] {
        let text = format!(
            "#fields:{name}|tvID|code|startTime|stopTime\n03132026|7|Open|08:00|12:00\n\
             03132026|7|Open|12:00|13:00\n03132026|7|Open|12:30|14:00\n03142026|7|Open|13:00|15:00\n"
        );
        let report = Folder::new()
            .with("b.txt", text)
            .run(&["check", "b.txt", "--format", "json", "--tz", "UTC"])
            .report();
        assert_eq!(report["inputs"][0]["checked"], 2, "{name}");
        assert_eq!(report["complete"], true, "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// However a shift is divided into activities, what is found is what its hours give.
    #[test]
    fn a_shift_is_its_activities(
        shifts in prop::collection::vec((0u32..20, 1u32..9, any::<bool>()), 1..5),
    ) {
        let clock = |hour: u32| format!("{:02}:00", hour % 24);
        let (mut rows, mut flat) = (Vec::new(), String::from("agent,start,end\n"));
        for (day, (from, hours, divided)) in (9..).zip(&shifts) {
            let to = from + hours;
            let cuts = if *divided { (*from..to).collect() } else { vec![*from] };
            for cut in cuts {
                let end = if *divided { cut + 1 } else { to };
                rows.push(row(day + cut / 24, day, "Open", &clock(cut), &clock(end)));
            }
            let at = |hour: u32| format!("2026-03-{:02}T{}-05:00", day + hour / 24, clock(hour));
            flat.push_str(&format!("4711,{},{}\n", at(*from), at(to)));
        }
        let arguments = ["check", "flat.csv", "--tz", "America/Chicago", "--format", "json"];
        let flat = Folder::new().with("flat.csv", flat).run(&arguments).report();
        let told = report(&rows, &[]);
        prop_assert_eq!(found(&told).1, found(&flat).1);
        prop_assert_eq!(&told["inputs"][0]["checked"], &flat["inputs"][0]["checked"]);
    }
}
