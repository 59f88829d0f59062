//! Genesys Cloud: exports, uploads of whole weeks, and uploads of changes.

use crate::cli::streams::fed;
use crate::program::Folder;
use proptest::prelude::{ProptestConfig, any, prop, prop_assert_eq, proptest};
use serde_json::{Value, json};
use std::io::Write;
use std::process::ChildStdin;

const ANN: &str = "5d0c2f6e-1a7b-4c9d-8e3f-000000000001";

/// An activity from an hour of the seventh of March, in minutes.
fn activity(hour: u32, minutes: u32) -> Value {
    let start = format!("2026-03-07T{hour:02}:00:00.000Z");
    json!({"activityCodeId": "0", "startDate": start, "lengthMinutes": minutes, "paid": true})
}

/// A shift of an upload, which leaves its times to its activities.
fn shift(activities: &[Value]) -> Value {
    json!({"manuallyEdited": true, "activities": activities})
}

fn import(shifts: &[Value]) -> Value {
    let agent = json!({"userId": ANN, "shifts": shifts, "fullDayTimeOffMarkers": []});
    json!({"description": "week", "weekCount": 1, "published": true, "agentSchedules": [agent]})
}

fn update(shifts: &[Value], markers: &[Value]) -> Value {
    let agent = json!({
        "userId": ANN, "metadata": {"version": 3}, "shifts": shifts, "fullDayTimeOffMarkers": markers
    });
    json!({"metadata": {"version": 7}, "agentSchedules": [agent]})
}

/// What is live: two shifts and a day off.
fn published() -> Value {
    let live = |id: &str, hour: u32, minutes: u32| {
        let mut shift = activity(hour, minutes);
        shift["id"] = json!(id);
        shift["activities"] = json!([activity(hour, minutes)]);
        shift
    };
    let marker =
        json!({"businessUnitDate": "2026-03-09", "lengthMinutes": 480, "activityCodeId": "5"});
    json!({
        "businessUnitTimeZone": "America/Chicago",
        "agentSchedules": [{
            "user": {"id": ANN},
            "shifts": [live("s-1", 8, 240), live("s-2", 14, 240)],
            "fullDayTimeOffMarkers": [marker]
        }]
    })
}

/// The codes of the findings of a batch against what is published, and how many of its
/// records were checked.
fn codes(batch: &Value, live: Option<&Value>) -> (Vec<String>, i64) {
    let folder = Folder::new().with("batch.json", batch.to_string());
    let mut arguments = vec!["check", "batch.json", "--tz", "America/Chicago", "--format", "json"];
    let folder = match live {
        Some(live) => {
            arguments.extend(["--published", "live.json"]);
            folder.with("live.json", live.to_string())
        }
        None => folder,
    };
    let report = folder.run(&arguments).report();
    assert_eq!(report["complete"], true, "{report}");
    let findings = report["findings"].as_array().expect("findings");
    let codes = findings.iter().filter_map(|finding| finding["rule"].as_str()).map(str::to_owned);
    (codes.collect(), report["inputs"][0]["checked"].as_i64().expect("a number"))
}

#[test]
fn a_shift_of_an_upload_takes_the_time_of_its_activities() {
    let morning = shift(&[activity(8, 120), activity(10, 120)]);
    for (second, expected) in [
        // From 11 to 13, while the first lasts until 12.
        (shift(&[activity(12, 60), activity(11, 60)]), &["OV101"][..]),
        (shift(&[activity(12, 60)]), &[]),
        (shift(&[activity(6, 120), activity(13, 60)]), &["OV101"]),
    ] {
        let batch = import(&[morning.clone(), second.clone()]);
        assert_eq!(
            codes(&batch, None),
            (expected.iter().map(|code| (*code).to_owned()).collect(), 2),
            "{second}"
        );
    }
}

#[test]
fn a_finding_shows_the_hours_of_the_activities() {
    let batch = import(&[shift(&[activity(8, 120)]), shift(&[activity(9, 180)])]);
    let outcome = Folder::new()
        .with("batch.json", batch.to_string())
        .run(&["check", "batch.json", "--tz", "America/Chicago"])
        .exits(1);
    let text = &outcome.out;
    assert!(text.contains("from 03:00 to 04:00 (1 h)"), "{text}");
    assert!(text.contains("2026-03-07 02:00–04:00 -06:00"), "{text}");
    assert!(text.contains("start: 2026-03-07T09:00:00.000Z, length: PT180M"), "{text}");
}

#[test]
fn activities_that_are_no_shift_together_are_never_dropped() {
    let mut later = activity(8, 120);
    later["startDate"] = json!("2026-03-09T09:00:00Z");
    for (activities, code) in [
        // More than a day from the first to the last: each is a record.
        (json!([activity(8, 120), later]), 1),
        (json!([activity(8, 120), {"startDate": "soon", "lengthMinutes": 60}]), 3),
        (json!([{"startDate": "2026-03-07T09:00:00", "lengthMinutes": 60}]), 1),
    ] {
        let batch = import(&[shift(&[activity(9, 60)]), json!({"activities": activities})]);
        let outcome = Folder::new().with("batch.json", batch.to_string()).run(&[
            "check",
            "batch.json",
            "--tz",
            "UTC",
        ]);
        assert_eq!(outcome.code, Some(code), "{activities}: {}", outcome.out);
    }
}

#[test]
fn an_update_replaces_what_it_names() {
    let live = published();
    let longer = |id: &str, minutes| {
        let mut shift = shift(&[activity(8, minutes)]);
        shift["id"] = json!(id);
        shift
    };
    let gone = |id: &str| json!({"id": id, "delete": true});
    for (shifts, expected) in [
        // Until 15, when s-2 began an hour ago.
        (vec![longer("s-1", 420)], &["OV104"][..]),
        (vec![longer("s-1", 420), gone("s-2")], &[]),
        (vec![longer("s-1", 360)], &[]),
        (vec![longer("s-9", 360)], &["ID110", "OV104"]),
        (vec![longer("s-9", 360), gone("s-1")], &["ID110"]),
    ] {
        let (found, _) = codes(&update(&shifts, &[]), Some(&live));
        assert_eq!(found, expected, "{shifts:?}");
    }
}

#[test]
fn a_full_day_off_is_known_by_its_date() {
    let live = published();
    let mut work = activity(15, 240);
    work["startDate"] = json!("2026-03-09T15:00:00Z");
    let work = shift(&[work]);
    let marker = |date: &str| json!({"businessUnitDate": date, "lengthMinutes": 480});
    let deleted = |date: &str| json!({"businessUnitDate": date, "delete": true});
    for (shifts, markers, expected) in [
        (vec![work.clone()], vec![], &["OV201"][..]),
        (vec![work.clone()], vec![deleted("2026-03-09")], &[]),
        (vec![work.clone()], vec![deleted("2026-03-10")], &["OV201"]),
        (vec![], vec![marker("2026-03-09")], &[]),
        (vec![work], vec![marker("2026-03-09")], &["OV201"]),
    ] {
        let (found, _) = codes(&update(&shifts, &markers), Some(&live));
        assert_eq!(found, expected, "{markers:?}");
    }
}

#[test]
fn a_change_of_what_is_not_published_is_told() {
    let named = |id: &str, hour: u32| {
        let mut shift = shift(&[activity(hour, 60)]);
        shift["id"] = json!(id);
        shift
    };
    let deleted = |id: &str| json!({"id": id, "delete": true});
    for (shifts, expected) in [
        (vec![named("s-1", 10)], &[][..]),
        (vec![named("s-9", 22)], &["ID110"]),
        (vec![shift(&[activity(22, 60)])], &[]),
        (vec![deleted("s-2"), shift(&[activity(15, 60)])], &[]),
        (vec![deleted("s-9"), shift(&[activity(22, 60)])], &["ID110"]),
        (vec![deleted("s-8"), deleted("s-9"), named("s-7", 22)], &["ID110", "ID110", "ID110"]),
    ] {
        let expected: Vec<String> = expected.iter().map(|code| (*code).to_owned()).collect();
        let batch = update(&shifts, &[]);
        assert_eq!(codes(&batch, Some(&published())).0, expected, "{batch}");
    }
    // A whole week names no published shift, and neither do records that are no changes.
    let folder = Folder::new()
        .with("batch.csv", "agent,id,start,end\na,s-9,2026-03-07T08:00Z,2026-03-07T09:00Z\n")
        .with("live.csv", "agent,id,start,end\na,s-1,2026-03-07T10:00Z,2026-03-07T11:00Z\n");
    folder.run(&["check", "batch.csv", "--published", "live.csv"]).exits(0).says(&["no conflicts"]);
}

#[test]
fn a_change_without_times_leaves_them_as_they_are() {
    let edited = json!({"id": "s-1", "manuallyEdited": true, "workPlanId": {"value": "w"}});
    let late = shift(&[activity(11, 60)]);
    let found = codes(&update(&[edited.clone(), late], &[]), Some(&published()));
    assert_eq!(found, (vec!["OV104".to_owned()], 1));
    let found =
        codes(&update(&[edited.clone(), shift(&[activity(22, 60)])], &[]), Some(&published()));
    assert_eq!(found, (vec![], 1));
    // One time beside activities says no more than they do.
    for key in ["startDate", "lengthMinutes"] {
        let mut timed = shift(&[activity(8, 60), activity(9, 60)]);
        timed["id"] = json!("s-1");
        timed[key] = if key == "startDate" { activity(8, 60)[key].clone() } else { json!(120) };
        let found =
            codes(&update(&[timed.clone(), shift(&[activity(9, 60)])], &[]), Some(&published()));
        assert_eq!(found, (vec!["OV101".to_owned()], 2), "{timed}");
        let found = codes(&update(&[timed, shift(&[activity(10, 60)])], &[]), Some(&published()));
        assert_eq!(found, (vec![], 2), "it takes the place of four hours");
    }
    // A new week has nothing to keep.
    let batch = import(&[edited, shift(&[activity(22, 60)])]);
    let folder = Folder::new()
        .with("batch.json", batch.to_string())
        .with("live.json", published().to_string());
    let args = ["check", "batch.json", "--published", "live.json", "--week-of", "2026-03-02"];
    assert!(folder.run(&args).exits(3).out.contains("RD104"), "{batch}");
}

/// `s-1` is live from 08:00 to 12:00, `s-2` from 14:00 to 18:00.
#[test]
fn a_change_of_one_half_of_the_times_keeps_the_other() {
    let changed =
        |key: &str, value: Value| json!({"id": "s-1", key: value, "manuallyEdited": true});
    for (shift, expected) in [
        (changed("lengthMinutes", json!(360)), vec![]),
        (changed("lengthMinutes", json!(361)), vec!["OV104"]),
        (changed("startDate", json!("2026-03-07T10:00:00.000Z")), vec![]),
        (changed("startDate", json!("2026-03-07T10:01:00.000Z")), vec!["OV104"]),
    ] {
        let mut whole = shift.clone();
        whole["activities"] = json!([]);
        for shift in [shift, whole] {
            let found = codes(&update(std::slice::from_ref(&shift), &[]), Some(&published()));
            assert_eq!(found.0, expected, "{shift}");
            assert_eq!(found.1, 1, "{shift}");
        }
    }
}

/// What a change may say of its times in another way, or nothing published can complete, is
/// refused.
#[test]
fn a_change_of_one_half_of_the_times_is_refused_where_more_may_be_said() {
    let with = |more: Value| {
        let mut shift = json!({"id": "s-1", "lengthMinutes": 300});
        shift.as_object_mut().expect("keys").extend(more.as_object().expect("keys").clone());
        shift
    };
    for (shift, code) in [
        (with(json!({"startOffsetMinutes": 480})), "RD104"),
        (with(json!({"newStart": "2026-03-07T20:00:00Z"})), "RD104"),
        (with(json!({"span": {"moved": 60}})), "RD104"),
        (with(json!({"id": "s-9"})), "RC101"),
        (with(json!({"id": null})), "RD104"),
        (json!({"id": "s-1", "startDate": "2026-03-07T20:00:00Z", "hours": "ten"}), "RC101"),
        (json!({"id": "s-1", "startDate": "2026-03-07T20:00:00Z", "endOffset": 10}), "RD104"),
    ] {
        let folder = Folder::new()
            .with("batch.json", update(std::slice::from_ref(&shift), &[]).to_string())
            .with("live.json", published().to_string());
        let outcome = folder.run(&["check", "batch.json", "--published", "live.json"]).exits(3);
        assert!(outcome.out.contains(code), "{shift}: {}", outcome.out);
    }
    // Of two published records with one id neither is the one.
    let mut live = published();
    let shifts = live["agentSchedules"][0]["shifts"].as_array_mut().expect("shifts");
    let mut again = shifts[0].clone();
    again["lengthMinutes"] = json!(60);
    shifts.push(again);
    let (found, code) = check(
        &[("batch.json", &update(&[with(json!({}))], &[])), ("live.json", &live)],
        &["--published", "live.json"],
    );
    assert!(found.contains("RC101"), "{found}");
    assert_eq!(code, Some(3));
}

/// A change from standard input, which cannot be read again, is completed, too.
#[test]
fn a_change_from_a_pipe_is_completed() {
    let folder = Folder::new().with("live.json", published().to_string());
    let batch = update(&[json!({"id": "s-1", "lengthMinutes": 400})], &[]);
    let args = ["check", "-", "--published", "live.json"];
    let write = move |_, mut input: ChildStdin| {
        input.write_all(batch.to_string().as_bytes()).expect("a pipe");
    };
    let outcome = fed(&folder, &args, write).exits(1);
    assert!(outcome.out.contains("2026-03-07 02:00–08:40 -06:00"), "{}", outcome.out);
    assert!(outcome.out.contains("1 change names a start or a length alone"), "{}", outcome.out);
}

/// What kind of upload a document is, whatever surrounds it and in whatever order its keys are.
#[test]
fn an_upload_says_what_it_is_anywhere() {
    let shifts: Vec<Value> = vec![shift(&[activity(8, 60)])];
    let changes = update(&shifts, &[]);
    let with = |key: &str, value: Value| {
        let mut changes = changes.clone();
        changes[key] = value;
        changes
    };
    for batch in [
        with("weekCount", Value::Null),
        with("weekCount", json!(0)),
        json!([changes]),
        json!({"body": changes}),
    ] {
        let folder = Folder::new().with("batch.json", batch.to_string());
        let outcome = folder.run(&["check", "batch.json", "--tz", "UTC"]).exits(3);
        assert!(outcome.out.contains("RD119"), "{batch}\n{}", outcome.out);
    }
    // More than is looked at for the keys of the whole.
    let note = "x".repeat(2_000);
    let agents: Vec<String> = (0..600)
        .map(|agent| {
            format!(
                r#"{{"userId":"u-{agent}","shifts":[{{"id":"s-{agent}","description":"{note}",
                "startDate":"2026-03-02T08:00:00Z","lengthMinutes":60}}]}}"#
            )
        })
        .collect();
    let agents = agents.join(",");
    for (text, code) in [
        (format!(r#"{{"agentSchedules":[{agents}],"metadata":{{"version":3}}}}"#), 3),
        (format!(r#"{{"agentSchedules":[{agents}],"weekCount":1}}"#), 3),
        (format!(r#"{{"weekCount":1,"agentSchedules":[{agents}]}}"#), 0),
        (
            format!(r#"{{"agentSchedules":[{agents}],"businessUnitTimeZone":"UTC"}}"#)
                .replace(r#""userId":"#, r#""user":{"id":"#)
                .replace(r#","shifts""#, r#"},"shifts""#),
            0,
        ),
    ] {
        let folder = Folder::new().with("batch.json", text);
        let outcome = folder.run(&["check", "batch.json", "--tz", "UTC"]).exits(code);
        assert_eq!(outcome.out.contains("RD119"), code == 3, "{}", outcome.out);
    }
}

#[test]
fn a_day_off_is_a_date_and_no_instant() {
    for (date, code) in
        [("2026-03-09", 0), ("2026-03-09T00:00:00Z", 3), ("2026-03-09T06:00:00.000Z", 3)]
    {
        let marker = json!({"businessUnitDate": date, "lengthMinutes": 480, "activityCodeId": "5"});
        let folder = Folder::new()
            .with("batch.json", update(&[], &[marker]).to_string())
            .with("live.json", published().to_string());
        folder.run(&["check", "batch.json", "--published", "live.json"]).exits(code);
    }
}

/// Lines are counted from the beginning of the file, also behind a long record.
#[test]
fn a_record_behind_a_long_one_has_its_own_line() {
    let mut long = activity(8, 60);
    (long["id"], long["description"]) = (json!("s"), json!("x".repeat(4_000)));
    let other = |id: &str| {
        let mut shift = activity(8, 60);
        shift["id"] = json!(id);
        shift
    };
    let document = json!({"agentSchedules": [
        {"user": {"id": "ben"}, "shifts": [long]},
        {"user": {"id": "ann"}, "shifts": [other("p"), other("q")]}
    ], "businessUnitTimeZone": "UTC"});
    let text = serde_json::to_string_pretty(&document).expect("JSON");
    let line = |id: &str| {
        let key = format!("\"id\": \"{id}\"");
        let place = text.find(&key).and_then(|at| text[..at].rfind('{')).expect("the shift");
        1 + text[..place].matches('\n').count()
    };
    let out = Folder::new().with("m.json", text.clone()).run(&["check", "m.json"]).exits(1).out;
    for id in ["p", "q"] {
        assert!(out.contains(&format!("--> m.json:{} ", line(id))), "{id} {}: {out}", line(id));
    }
}

/// A request as it is now, and what a schedule says of it.
#[test]
fn a_request_that_is_not_as_the_schedule_says_is_told() {
    let request = |status: &str, version: u64| {
        let own = json!({
            "id": "r-1", "user": {"id": ANN}, "isFullDayRequest": true,
            "fullDayManagementUnitDates": ["2026-03-10"], "dailyDurationMinutes": 480,
            "status": status, "syncVersion": version, "metadata": {"version": 40}
        });
        let mut other = own.clone();
        (other["id"], other["syncVersion"]) = (json!("r-2"), json!(1));
        other["fullDayManagementUnitDates"] = json!(["2026-03-01", "2026-03-20"]);
        other["status"] = json!("APPROVED");
        json!({"timeOffRequests": [own, other]})
    };
    let marker = |id: &str, version: Value| {
        json!({
            "businessUnitDate": "2026-03-10", "lengthMinutes": 480, "activityCodeId": "5",
            "timeOffRequestId": id, "timeOffRequestSyncVersion": version
        })
    };
    let absent = |id: &str, version: Value| {
        let mut activity = activity(9, 60);
        activity["startDate"] = json!("2026-03-10T15:00:00Z");
        (activity["timeOffRequestId"], activity["timeOffRequestSyncVersion"]) =
            (json!(id), version);
        shift(&[activity])
    };
    for (status, live, carried, said) in [
        ("APPROVED", 3, json!(3), None),
        ("PENDING", 3, json!(3), None),
        ("APPROVED", 3, Value::Null, None),
        ("APPROVED", 4, json!(3), Some("of request `r-1` (`APPROVED`) in")),
        ("DENIED", 3, json!(3), Some("carries request `r-1` (`DENIED`) in")),
        ("CANCELED", 4, json!(3), Some("the request does not hold any more")),
    ] {
        for (shifts, markers) in [
            (vec![], vec![marker("r-1", carried.clone())]),
            (vec![absent("r-1", carried.clone())], vec![]),
        ] {
            let batch = update(&shifts, &markers);
            let folder = Folder::new()
                .with("batch.json", batch.to_string())
                .with("live.json", published().to_string())
                .with("off.json", request(status, live).to_string());
            let args =
                ["check", "batch.json", "--published", "live.json", "--time-off", "off.json"];
            let outcome = folder.run(&args);
            let out = outcome.out.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(out.contains("VR105"), said.is_some(), "{batch}\n{out}");
            assert!(said.is_none_or(|said| out.contains(said)), "{said:?}\n{out}");
            assert_eq!(outcome.code, Some(0), "{out}");
        }
    }
    for (id, told) in [("r-9", true), ("r-2", false)] {
        let batch = update(&[], &[marker(id, json!(1))]);
        let folder = Folder::new()
            .with("batch.json", batch.to_string())
            .with("live.json", published().to_string())
            .with("off.json", request("APPROVED", 1).to_string());
        let args = ["check", "batch.json", "--published", "live.json", "--time-off", "off.json"];
        let out = folder.run(&args).out;
        let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(out.contains("no file of time off has that request"), told, "{out}");
    }
}

/// An upload names no zone, and its codes are numbers.
#[test]
fn the_unit_and_its_codes_are_named_by_options() {
    let unit =
        json!({"id": "u", "settings": {"timeZone": "America/Chicago", "startDayOfWeek": "Sunday"}});
    let codes = json!({"entities": [
        {"id": "0", "name": "On Queue", "category": "OnQueueWork"},
        {"id": "5", "name": "Vacation", "category": "TimeOff"}
    ]});
    let mut absent = activity(10, 120);
    absent["activityCodeId"] = json!("5");
    let batch = update(&[shift(&[activity(8, 120), absent.clone(), activity(12, 60)])], &[]);
    let off = "agent,id,start,end,status\n\
        AGENT,r-1,2026-03-07T04:00,2026-03-07T06:00,approved\n\
        AGENT,,2026-03-07T04:30,2026-03-07T05:30,approved\n"
        .replace("AGENT", ANN);
    let folder = Folder::new()
        .with("batch.json", batch.to_string())
        .with("unit.json", unit.to_string())
        .with("codes.json", codes.to_string())
        .with("off.csv", off);
    let all = ["check", "batch.json", "--time-off", "off.csv", "--accept", "RD119=batch.json"];
    let found = |more: &[&str]| {
        let report = folder.run(&[&all[..], more, &["--format", "json"]].concat()).report();
        let findings = report["findings"].as_array().expect("findings").clone();
        findings
            .iter()
            .map(|of| of["rule"].as_str().expect("a code").to_owned())
            .collect::<Vec<_>>()
    };
    let unit = ["--unit", "unit.json"];
    assert_eq!(found(&unit), ["OV201", "OV201", "OV203"]);
    assert_eq!(found(&["--tz", "America/Chicago"]), ["OV201", "OV201", "OV203"]);
    // The two requests are as long as the vacation; each by itself meets nothing any more.
    let coded = [&unit[..], &["--activity-codes", "codes.json"]].concat();
    assert_eq!(found(&coded), [""; 0]);
    let long = folder.run(&[&all[..], &unit, &["--max-week", "40h", "--verbose"]].concat());
    assert!(long.out.contains("America/Chicago"), "{}", long.out);
    for (args, said) in [
        (&["--unit", "unit.json", "--tz", "Europe/Berlin"][..], "--unit `America/Chicago`"),
        (&["--unit", "codes.json"], "it names no time zone of a business unit"),
        (&["--activity-codes", "unit.json"], "it has no activity codes"),
        (&["--unit", "none.json"], "cannot be read"),
        (&["--activity-codes", "off.csv"], "it is no JSON"),
    ] {
        let outcome = folder.run(&[&all[..], args].concat()).exits(2);
        assert!(outcome.err.contains(said), "{said}: {}", outcome.err);
    }
}

/// Findings name activities by what their codes stand for.
#[test]
fn a_code_is_shown_by_its_name() {
    let mut training = activity(9, 120);
    training["activityCodeId"] = json!("7");
    let batch = import(&[shift(&[activity(8, 120), training])]);
    let codes = json!([{"id": "7", "name": "Onboarding", "category": "Training"}]);
    let folder =
        Folder::new().with("batch.json", batch.to_string()).with("codes.json", codes.to_string());
    let args = ["check", "batch.json", "--tz", "UTC"];
    assert!(!folder.run(&args).exits(0).out.contains("Onboarding"));
    let named = folder.run(&[&args[..], &["--activity-codes", "codes.json"]].concat()).exits(0);
    assert!(named.out.contains("OV301") && named.out.contains("Onboarding"), "{}", named.out);
}

#[test]
fn an_import_replaces_what_is_published_in_its_weeks() {
    // The shift of the import overlaps s-1, and the day off is on the Monday after.
    let mut monday = activity(15, 240);
    monday["startDate"] = json!("2026-03-09T15:00:00Z");
    let batch = import(&[shift(&[activity(9, 60)]), shift(&[monday])]);
    let folder = Folder::new()
        .with("batch.json", batch.to_string())
        .with("live.json", published().to_string());
    let check = |more: &[&str]| {
        let first = ["check", "batch.json", "--published", "live.json", "--format", "json"];
        let all = [&first[..], &["--tz", "America/Chicago"], more].concat();
        let report = folder.run(&all).report();
        let findings = report["findings"].as_array().expect("findings").iter();
        let codes = findings.map(|finding| finding["rule"].as_str().expect("a code").to_owned());
        let codes: Vec<String> = codes.filter(|code| code.starts_with("OV")).collect();
        (codes.join(" "), report["complete"].as_bool(), report["inputs"][1]["replaced"].as_i64())
    };
    let told = |codes: &str, complete, replaced| (codes.to_owned(), Some(complete), Some(replaced));
    assert_eq!(check(&[]), told("OV104 OV201", false, 0));
    assert_eq!(check(&["--week-of", "2026-03-02"]), told("OV201", true, 2));
    assert_eq!(check(&["--week-of", "2026-03-03"]), told("", true, 3));
    assert_eq!(check(&["--week-of", "2026-03-09"]), told("OV104", true, 1));
    assert_eq!(check(&["--replace", "none"]), told("OV104 OV201", true, 0));
    let wrong = folder.run(&["check", "batch.json", "--week-of", "soon"]);
    assert!(wrong.exits(2).err.contains("--week-of: `soon` is no date"));
}

#[test]
fn an_upload_of_changes_asks_for_what_it_changes() {
    let batch = update(&[shift(&[activity(9, 60)])], &[]);
    let folder = Folder::new()
        .with("batch.json", batch.to_string())
        .with("live.json", published().to_string());
    assert!(folder.run(&["check", "batch.json"]).exits(3).out.contains("RD119"));
    let accepted = ["check", "batch.json", "--accept", "RD119=batch.json"];
    folder.run(&accepted).exits(0);
    folder.run(&["check", "batch.json", "--published", "live.json"]).exits(1);
}

#[test]
fn a_day_that_two_weeks_cover_counts_once() {
    let week = published();
    let folder =
        Folder::new().with("one.json", week.to_string()).with("two.json", week.to_string() + " ");
    let report =
        folder.run(&["check", "one.json", "two.json", "--format", "json"]).exits(0).report();
    assert_eq!(report["inputs"][0]["checked"], 3);
    assert_eq!(report["inputs"][1]["reading"]["fates"]["merged"], 3);
    // Two shifts of one file are two.
    let mut twice = published();
    let shifts = twice["agentSchedules"][0]["shifts"].as_array_mut().expect("shifts");
    shifts.push(shifts[0].clone());
    assert_eq!(codes(&twice, None).0, ["ID101", "OV103"]);
}

#[test]
fn an_answer_that_only_leads_to_its_data_is_not_read() {
    for text in [
        r#"{"status":"Complete","operationId":"o","result":null,"downloadUrl":"https://x/y"}"#,
        r#"{"entities":[],"downloadUrl":"https://x/y"}"#,
    ] {
        let outcome = Folder::new().with("batch.json", text).run(&["check", "batch.json"]).exits(3);
        assert!(outcome.out.contains("leads to them"), "{}", outcome.out);
    }
}

/// The codes of a check with these options, and its exit code.
fn check(files: &[(&str, &Value)], arguments: &[&str]) -> (String, Option<i32>) {
    let folder = files
        .iter()
        .fold(Folder::new(), |folder, (name, value)| folder.with(name, value.to_string()));
    let all = [&["check", "batch.json", "--format", "json"], arguments].concat();
    let outcome = folder.run(&all);
    let code = outcome.code;
    let report = outcome.report();
    let findings = report["findings"].as_array().expect("findings").iter();
    let codes = findings.map(|finding| finding["rule"].as_str().expect("a code").to_owned());
    let doubts = report["inputs"].as_array().expect("inputs").iter().flat_map(|input| {
        let doubts = input["doubts"].as_array().expect("doubts").iter();
        doubts.map(|doubt| doubt["code"].as_str().expect("a code").to_owned()).collect::<Vec<_>>()
    });
    // What side files cover is told beside.
    let told = codes.chain(doubts).filter(|code| !["ID107", "RC108"].contains(&code.as_str()));
    (told.collect::<Vec<_>>().join(" "), code)
}

fn told(codes: &str, code: i32) -> (String, Option<i32>) {
    (codes.to_owned(), Some(code))
}

#[test]
fn a_shift_without_a_start_is_never_dropped() {
    let whole = activity(8, 480);
    for shift in [
        json!({"id": "s2", "lengthMinutes": 480, "activities": [{"lengthMinutes": 480}]}),
        json!({"id": "s2", "lengthMinutes": 480, "activities": []}),
        json!({"startOffsetMinutes": 480, "lengthMinutes": 480, "activities": []}),
        json!({"startOffsetMinutes": 480, "lengthMinutes": 480}),
    ] {
        let of = |user: &str, shifts: &[&Value]| json!({"user": {"id": user}, "shifts": shifts});
        let agents = [of(ANN, &[&shift]), of("other", &[&whole])];
        let batch = json!({"businessUnitTimeZone": "UTC", "agentSchedules": agents});
        // The activity without a start is one more doubt.
        let (codes, code) = check(&[("batch.json", &batch)], &[]);
        assert_eq!((codes.replace("RD104 RD104", "RD104"), code), told("RD104", 3), "{shift}");
        let both =
            json!({"businessUnitTimeZone": "UTC", "agentSchedules": [of(ANN, &[&whole, &shift])]});
        let (codes, code) = check(&[("batch.json", &both)], &[]);
        assert_eq!((codes.replace("RD104 RD104", "RD104"), code), told("RD104", 3), "{shift}");
    }
    // A length of nothing says less than activities.
    let mut empty = activity(9, 0);
    empty["activities"] = json!([activity(9, 60)]);
    let mut whole = activity(8, 480);
    whole["activities"] = json!([]);
    assert_eq!(check(&[("batch.json", &import(&[whole, empty]))], &[]), told("OV101", 1));
}

#[test]
fn a_request_for_parts_of_several_days_is_one_record_of_several_entries() {
    let request = |more: Value| {
        let mut request = json!({
            "id": "r1", "user": {"id": ANN}, "isFullDayRequest": false, "status": "APPROVED",
            "fullDayManagementUnitDates": [],
            "partialDayStartDateTimes": ["2026-03-07T10:00:00Z", "2026-03-08T10:00:00Z"],
        });
        let more = more.as_object().expect("keys");
        more.iter().for_each(|(key, value)| request[key] = value.clone());
        json!({"entities": [request]})
    };
    let batch = import(&[shift(&[activity(8, 240)])]);
    for (more, expected) in [
        (json!({"dailyDurationMinutes": 60}), "OV201"),
        (json!({"durationMinutes": [60, 30], "payableMinutes": [60, 30]}), "OV201"),
        (
            json!({"durationMinutes": [30, 30], "partialDayStartDateTimes": ["2026-03-08T10:00:00Z", "2026-03-07T11:30:00Z"]}),
            "OV201",
        ),
        (
            json!({"durationMinutes": [60], "partialDayStartDateTimes": ["2026-03-07T10:00:00Z"]}),
            "OV201",
        ),
        (
            json!({"durationMinutes": [60, 30], "partialDayStartDateTimes": ["2026-03-07T12:00:00Z", "2026-03-08T10:00:00Z"]}),
            "",
        ),
    ] {
        let off = request(more.clone());
        let files = [("batch.json", &batch), ("off.json", &off)];
        let code = i32::from(!expected.is_empty());
        assert_eq!(check(&files, &["--time-off", "off.json"]), told(expected, code), "{more}");
    }
    // A list of requests is time off in a batch, too.
    let off = request(json!({"dailyDurationMinutes": 60}));
    let files = [("batch.json", &batch), ("off.json", &off)];
    assert_eq!(check(&files, &["off.json"]), told("OV201", 1));
}

#[test]
fn the_zone_of_the_unit_is_that_of_all_its_files() {
    let mut evening = activity(8, 120);
    evening["startDate"] = json!("2026-03-04T01:00:00Z");
    let batch = |shift: &Value| {
        json!({"businessUnitTimeZone": "America/Chicago",
               "agentSchedules": [{"user": {"id": ANN}, "shifts": [shift]}]})
    };
    let off = json!({"entities": [{
        "id": "r1", "user": {"id": ANN}, "isFullDayRequest": true, "status": "APPROVED",
        "fullDayManagementUnitDates": ["2026-03-04"], "partialDayStartDateTimes": [],
    }]});
    let check = |shift: &Value, more: &[&str]| {
        let files = [("batch.json", &batch(shift)), ("off.json", &off)];
        check(&files, &[&["--time-off", "off.json"], more].concat())
    };
    // 19:00 on the third in Chicago, and on the fourth in UTC.
    assert_eq!(check(&evening, &[]), told("", 0));
    assert_eq!(check(&evening, &["--tz", "UTC"]), told("OV201", 1));
    evening["startDate"] = json!("2026-03-05T01:00:00Z");
    assert_eq!(check(&evening, &[]), told("OV201", 1));
}

/// A week that was copied forward with the ids of its shifts takes those away from the first
/// week: in this format an id never is that of a slot.
#[test]
fn ids_are_those_of_records_however_often_they_come() {
    let shifts: Vec<Value> = ["2026-03-09", "2026-03-16"]
        .iter()
        .flat_map(|monday| {
            (0..6).map(move |number| {
                json!({"id": format!("s-{number}"), "lengthMinutes": 60,
                       "startDate": format!("{monday}T{:02}:00:00Z", 8 + 2 * number)})
            })
        })
        .collect();
    let batch = json!({"agentSchedules": [{"userId": ANN, "shifts": shifts}]});
    let (codes, exit) = check(&[("batch.json", &batch)], &["--tz", "UTC"]);
    assert!(codes.contains("ID101") && !codes.contains("ID109"), "{codes}");
    assert_eq!(exit, Some(1));
}

#[test]
fn shifts_beside_requests_for_time_off_are_shifts() {
    let request = json!({"id": "r", "status": "APPROVED", "isFullDayRequest": true,
        "fullDayManagementUnitDates": ["2026-03-20"]});
    let of_agent = |requests: &[Value]| {
        json!({"result": {"agentSchedules": [{
            "user": {"id": ANN},
            "shifts": [shift(&[activity(8, 60)]), shift(&[activity(8, 60)])],
            "timeOffRequests": requests,
        }]}})
    };
    for requests in [&[][..], &[request]] {
        let batch = of_agent(requests);
        assert_eq!(check(&[("batch.json", &batch)], &["--tz", "UTC"]).1, Some(1));
    }
}

#[test]
fn what_is_empty_or_not_complete_is_told_apart() {
    let empty = json!({"businessUnitTimeZone": "UTC", "agentSchedules": [
        {"user": {"id": ANN}, "shifts": [], "fullDayTimeOffMarkers": []}]});
    let batch = import(&[shift(&[activity(8, 60)])]);
    let files = [("batch.json", &batch), ("live.json", &empty)];
    let live = ["--published", "live.json", "--week-of", "2026-03-02"];
    assert_eq!(check(&files, &live).1, Some(0));
    assert_eq!(check(&[("batch.json", &empty)], &[]), told("", 4));
    // An agent who is dropped.
    let dropped = json!({"userId": "other", "delete": true, "metadata": {"version": 3}});
    let mut update = update(&[shift(&[activity(8, 60)])], &[]);
    update["agentSchedules"].as_array_mut().expect("agents").push(dropped);
    let live = published();
    let files = [("batch.json", &update), ("live.json", &live)];
    assert_eq!(check(&files, &["--published", "live.json"]).1, Some(1));
    for (status, code) in [("Complete", 0), ("Processing", 3), ("Error", 3), ("Canceled", 3)] {
        let job = json!({"status": status, "operationId": "o", "result": published()});
        assert_eq!(check(&[("batch.json", &job)], &[]).1, Some(code), "{status}");
    }
}

#[test]
fn an_upload_is_no_list_of_agents() {
    let batch = import(&[shift(&[activity(8, 120)]), shift(&[activity(9, 60)])]);
    let folder = Folder::new().with("week/batch.json", batch.to_string());
    folder.run(&["check", "week", "--tz", "UTC"]).exits(1);
    let outcome = folder.run(&["inspect", "week/batch.json"]);
    assert!(outcome.out.contains("read as batch"), "{}", outcome.out);
}

#[test]
fn the_version_of_a_schedule_is_not_that_of_its_agents() {
    let live = json!({"businessUnitTimeZone": "UTC", "agentSchedules": [
        {"user": {"id": ANN}, "shifts": [], "fullDayTimeOffMarkers": [], "metadata": {"version": 3}}]});
    let mut batch = update(&[shift(&[activity(8, 60)])], &[]);
    let files = [("batch.json", &batch), ("live.json", &live)];
    assert!(!check(&files, &["--published", "live.json"]).0.contains("VR101"));
    batch["agentSchedules"][0]["metadata"] = json!(null);
    let files = [("batch.json", &batch), ("live.json", &live)];
    assert!(!check(&files, &["--published", "live.json"]).0.contains("VR101"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Changes that leave out what is as it was give the findings of those that name it.
    #[test]
    fn changes_may_leave_out_what_is_as_it_was(
        live in prop::collection::vec((0u32..20, 1u32..5), 2..6),
        changes in prop::collection::vec((0usize..6, 0u32..20, 1u32..5, any::<bool>()), 1..5),
    ) {
        let timed = |number: usize, hour: u32, hours: u32| {
            let mut shift = activity(hour, hours * 60);
            shift["id"] = json!(format!("s-{number}"));
            shift.as_object_mut().expect("keys").remove("activityCodeId");
            shift.as_object_mut().expect("keys").remove("paid");
            shift
        };
        let mut named = Vec::new();
        let (mut whole, mut half) = (Vec::new(), Vec::new());
        for (number, hour, hours, starts) in changes {
            let number = number % live.len();
            if named.contains(&number) {
                continue;
            }
            named.push(number);
            let (hour, hours) = if starts { (hour, live[number].1) } else { (live[number].0, hours) };
            let change = timed(number, hour, hours);
            let mut short = change.clone();
            let key = if starts { "lengthMinutes" } else { "startDate" };
            short.as_object_mut().expect("keys").remove(key);
            whole.push(change);
            half.push(short);
        }
        let shifts: Vec<Value> =
            live.iter().zip(0..).map(|((hour, hours), number)| timed(number, *hour, *hours)).collect();
        let live = json!({
            "businessUnitTimeZone": "America/Chicago",
            "agentSchedules": [{"user": {"id": ANN}, "shifts": shifts}]
        });
        let [half, whole] = [half, whole].map(|shifts| codes(&update(&shifts, &[]), Some(&live)));
        prop_assert_eq!(half, whole);
    }

    /// Shifts as hulls of their activities, whatever these are, give the findings of the same
    /// shifts with times of their own.
    #[test]
    fn uploads_are_checked_like_exports(
        shifts in prop::collection::vec((0u32..20, 1u32..4, any::<bool>()), 1..6),
    ) {
        let parts = |(hour, hours, apart): &(u32, u32, bool)| match (hours, apart) {
            (1, _) => vec![activity(*hour, 60)],
            (hours, true) => vec![activity(hour + hours - 1, 60), activity(*hour, 30)],
            (hours, false) => (*hour..hour + hours).map(|hour| activity(hour, 60)).collect(),
        };
        let upload: Vec<Value> = shifts.iter().map(|of| shift(&parts(of))).collect();
        let export = shifts.iter().map(|of| {
            let mut shift = shift(&parts(of));
            shift["startDate"] = activity(of.0, 0)["startDate"].clone();
            shift["lengthMinutes"] = json!(of.1 * 60);
            shift
        });
        let export: Vec<Value> = export.collect();
        prop_assert_eq!(codes(&import(&upload), None), codes(&import(&export), None));
    }
}
